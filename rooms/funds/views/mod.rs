//! The folds of this room: windows, applications and purses, each to one row, and what purses give
//! to the totals. Pure. A total is the sum of what rows give; no page adds up a table.

mod application;
mod purse;
mod window;

use std::collections::BTreeMap;

use record::Id;
use store::{Column, Count, Folded, OnConflict, Table, Value, View};

pub use application::{Application, Scored, VOUCHERS_MIN, Voucher};
#[cfg(test)]
pub(super) use purse::LINES_MAX;
pub use purse::{Account, Allocation, Entry, Line, Payment, Pledge, Purse, Spend, States};
pub use window::{Phase, Window};

/// Under the id of a need, a decision or a payment's number: before the number of each payment.
pub(crate) const PAYMENT: &str = "payment/";
/// Under the id of a payment's number: before the id of its purse.
pub(crate) const IN_PURSE: &str = "purse/";
/// Under the id of a need: before the id of each purse in which it confirms something.
pub(crate) const CONFIRMS: &str = "confirms/";
/// Before the days from an application to its first payment.
pub(crate) const DAYS: &str = "days/";

const WINDOWS: &[(&str, Column)] = &[
    ("id", Column::Bytes),
    ("number", Column::Int),
    ("published", Column::Bool),
    ("closes_day", Column::Int),
    ("shared_ms", Column::Int),
    ("detail", Column::Bytes),
];
const APPLICATIONS: &[(&str, Column)] = &[
    ("id", Column::Bytes),
    ("number", Column::Int),
    ("under", Column::Bytes),
    ("code", Column::Bytes),
    ("detail", Column::Bytes),
];
const PURSES: &[(&str, Column)] = &[
    ("id", Column::Bytes),
    ("under", Column::Bytes),
    ("red_day", Column::Int),
    ("last_payment", Column::Int),
    ("detail", Column::Bytes),
];

/// The views of this room.
#[must_use]
pub fn views() -> Vec<View> {
    let sql = include_str!("../views.sql");
    let view = |noun, name: &'static str, columns, fold| View {
        noun,
        table: Table { name: name.into(), key: 1, columns, on_conflict: OnConflict::Replace },
        sql,
        fold,
    };
    let mut all = vec![
        view("window", "windows_1", WINDOWS, |id, records| Folded {
            row: window_row(&Window::fold(id, records)),
            counts: Vec::new(),
        }),
        view("application", "applications_2", APPLICATIONS, |id, records| {
            let application = Application::fold(id, records);
            Folded { row: application_row(&application), counts: asked(&application) }
        }),
        view("purse", "purses_2", PURSES, |id, records| {
            let purse = Purse::fold(id, records);
            Folded { row: purse_row(&purse), counts: counts(&purse) }
        }),
    ];
    all.extend(crate::funds::reported::views());
    all
}

/// The purse of a window.
#[must_use]
pub fn purse_id(window: Id) -> Id {
    Id::named("purse", &window.to_string())
}

/// Where a payment's number is looked up.
#[must_use]
pub(crate) fn payment_id(number: i64) -> Id {
    Id::named("payment", &number.to_string())
}

fn window_row(window: &Window) -> Vec<Value> {
    vec![
        window.id.into(),
        window.number.into(),
        window.published_ms.is_some().into(),
        window.terms.closes_day.into(),
        window.shared_ms.into(),
        record::encode(window).into(),
    ]
}

fn application_row(application: &Application) -> Vec<Value> {
    vec![
        application.id.into(),
        application.made.number.into(),
        application.made.window.into(),
        application.made.code.clone().into(),
        record::encode(application).into(),
    ]
}

fn purse_row(purse: &Purse) -> Vec<Value> {
    let unpaid = purse.pledges.iter().filter(|pledge| pledge.paid_minor < pledge.amount_minor);
    let last = purse.payments.iter().map(|payment| payment.asked.number).max();
    vec![
        purse.id.into(),
        purse.window.into(),
        unpaid.map(|pledge| pledge.due_day).min().into(),
        last.unwrap_or(0).into(),
        record::encode(purse).into(),
    ]
}

/// What a purse gives to the totals of the city, of its areas, and to the lists of payments under
/// needs, decisions and numbers.
pub(super) fn counts(purse: &Purse) -> Vec<Count> {
    let currency = &purse.currency;
    let mut all: BTreeMap<(Id, String), i64> = BTreeMap::new();
    let mut add = |area: Id, key: String, n: i64| {
        let held = all.entry((area, key)).or_default();
        *held = held.saturating_add(n);
    };
    for (name, n) in purse.states().named() {
        add(Id::NONE, format!("state/{currency}/{name}"), n);
    }
    for pledge in &purse.pledges {
        let key = |of: &str| format!("{of}/{currency}/{}", pledge.due_day);
        // A promise that was withdrawn, or kept after its day, was not kept.
        add(Id::NONE, key("due"), pledge.promised_minor);
        add(Id::NONE, key("kept"), pledge.kept_minor);
        add(Id::NONE, format!("directness/{currency}/{}", pledge.directness), pledge.paid_minor);
    }
    for spend in &purse.spends {
        let kind = if spend.of.local { "local" } else { "far" };
        add(Id::NONE, format!("{kind}/{currency}"), spend.of.amount_minor);
        if let Some(need) = spend.confirmed_by {
            add(need, format!("{CONFIRMS}{}", purse.id), 1);
        }
    }
    for allocation in &purse.allocations {
        if let Some(days) = days_to_cash(purse, allocation) {
            add(Id::NONE, format!("{DAYS}{days}"), 1);
        }
        let area = allocation.of.area.unwrap_or(crate::voices::NOWHERE);
        add(area, format!("area/{currency}/allocated"), allocation.of.amount_minor);
        add(area, format!("area/{currency}/disbursed"), allocation.paid_minor);
        let number = allocation.of.application;
        let own = purse.payments.iter().filter(|payment| payment.asked.application == number);
        let spends = own.flat_map(|payment| purse.spends_of(payment.asked.number));
        let confirmed = spends.filter(|spend| spend.confirmed_by.is_some());
        let sum = confirmed.map(|spend| spend.of.amount_minor).sum();
        add(area, format!("area/{currency}/confirmed"), sum);
    }
    for (area, key) in purse.payments.iter().flat_map(|payment| listed(purse, payment)) {
        add(area, key, 1);
    }
    let counted = all.into_iter().filter(|(_, n)| *n != 0);
    counted.map(|((area, key), n)| Count { area, key: key.into(), n }).collect()
}

/// Before a window's id, under an area: what is asked of it for that area.
pub(crate) const ASKED: &str = "asked/";

/// What an application gives to the totals: what is asked for its area. One without papers counts
/// once two vouch for it.
fn asked(application: &Application) -> Vec<Count> {
    let amount = application.made.amount_minor;
    if !application.counts() || amount <= 0 {
        return Vec::new();
    }
    let area = application.area.unwrap_or(crate::voices::NOWHERE);
    vec![Count { area, key: format!("{ASKED}{}", application.made.window).into(), n: amount }]
}

/// Days from the application to its first payment.
fn days_to_cash(purse: &Purse, allocation: &Allocation) -> Option<i64> {
    let own = |payment: &&Payment| payment.asked.application == allocation.of.application;
    let days = purse.payments.iter().filter(own).filter_map(|payment| payment.day);
    days.min().map(|day| (day - allocation.of.applied_day).max(0))
}

/// Where a payment is found again: under its number, and once it is paid under each need and the
/// decision it is for.
fn listed(purse: &Purse, payment: &Payment) -> Vec<(Id, String)> {
    let number = payment.asked.number;
    let mut all = vec![(payment_id(number), format!("{IN_PURSE}{}", purse.id))];
    let allocation = purse.allocation(payment.asked.application);
    if let Some(allocation) = allocation.filter(|_| payment.state == "paid") {
        let under = allocation.of.needs.iter().copied().chain(allocation.of.decision);
        all.extend(under.map(|area| (area, format!("{PAYMENT}{number}"))));
    }
    all
}

impl States {
    /// Each state with its name, in the order in which money passes them.
    #[must_use]
    pub fn named(&self) -> [(&'static str, i64); 10] {
        [
            ("pledged", self.pledged),
            ("committed", self.committed),
            ("paid_in", self.paid_in),
            ("allocated", self.allocated),
            ("disbursed", self.disbursed),
            ("spent", self.spent),
            ("confirmed", self.confirmed),
            ("returned", self.returned),
            ("fees", self.fees),
            ("overheads", self.overheads),
        ]
    }
}
