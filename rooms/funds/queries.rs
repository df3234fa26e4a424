//! What this room reads back: windows, applications and purses by id and number, totals by the
//! rollups, and what was paid for a need, a decision or an area. No page counts a whole table.

use std::collections::BTreeMap;

use record::Id;
use store::{Row, StoreError};

use super::records::AreaLine;
use super::views::{
    self, ASKED, Application, CONFIRMS, DAYS, IN_PURSE, PAYMENT, Payment, Pledge, Purse, Window,
    payment_id, purse_id,
};
use crate::door::House;
use crate::places;

pub use crate::actions::today;

/// Windows read at once.
pub const WINDOWS_MAX: i64 = 50;
/// Applications of one window that are read.
const APPLICATIONS_READ_MAX: i64 = 300;
/// Purses with a pledge that is late, read at once.
const RED_MAX: i64 = 50;
/// Payments listed for one need, decision or area.
const PAID_MAX: usize = 50;
/// Areas that are named as neglected.
pub const NEGLECTED_MAX: usize = 5;

fn detail<T: for<'b> minicbor::Decode<'b, ()>>(row: &Row) -> Result<T, StoreError> {
    Ok(record::decode(&row.bytes(0))?)
}

const WINDOW: &str = "SELECT detail FROM windows_1 WHERE id = $1 AND number > 0";

/// One window.
///
/// # Errors
/// When the store fails.
pub async fn window(house: &House, id: Id) -> Result<Option<Window>, StoreError> {
    let row = house.store().read_one(WINDOW, vec![id.into()]).await?;
    row.as_ref().map(detail).transpose()
}

const BY_NUMBER: &str =
    "SELECT detail FROM windows_1 WHERE number = $1 AND published = TRUE ORDER BY id LIMIT 1";

/// The published window that people call by this number: `W-3`.
///
/// # Errors
/// When the store fails.
pub async fn by_number(house: &House, number: i64) -> Result<Option<Window>, StoreError> {
    let row = house.store().read_one(BY_NUMBER, vec![number.max(1).into()]).await?;
    row.as_ref().map(detail).transpose()
}

const WINDOWS: &str = "SELECT detail FROM windows_1 WHERE number > 0 AND number < $1 \
    AND (published = TRUE OR published = $2) ORDER BY number DESC LIMIT $3";

/// Windows, the newest first, with numbers below `before`; `drafts` too, perhaps.
///
/// # Errors
/// When the store fails.
pub async fn windows(house: &House, before: i64, drafts: bool) -> Result<Vec<Window>, StoreError> {
    let params = vec![before.into(), (!drafts).into(), WINDOWS_MAX.into()];
    house.store().read(WINDOWS, params).await?.iter().map(detail).collect()
}

const PURSE: &str = "SELECT detail FROM purses_2 WHERE id = $1";

/// The purse of a window; an empty one while none was opened.
///
/// # Errors
/// When the store fails.
pub async fn purse(house: &House, window: Id) -> Result<Purse, StoreError> {
    let row = house.store().read_one(PURSE, vec![purse_id(window).into()]).await?;
    Ok(row.as_ref().map(detail).transpose()?.unwrap_or_default())
}

/// Published windows with their purses, the newest first, with numbers below `before`: the whole
/// ledger, a page at a time, for whoever writes it in another form.
///
/// # Errors
/// When the store fails.
pub async fn ledger(house: &House, before: i64) -> Result<Vec<(Window, Purse)>, StoreError> {
    let mut all = Vec::new();
    for window in windows(house, before, false).await? {
        let purse = purse(house, window.id).await?;
        all.push((window, purse));
    }
    Ok(all)
}

const APPLICATION: &str = "SELECT detail FROM applications_2 WHERE id = $1 AND number > 0";

/// One application.
///
/// # Errors
/// When the store fails.
pub async fn application(house: &House, id: Id) -> Result<Option<Application>, StoreError> {
    let row = house.store().read_one(APPLICATION, vec![id.into()]).await?;
    row.as_ref().map(detail).transpose()
}

const BY_CODE: &str = "SELECT detail FROM applications_2 WHERE code = $1 LIMIT 1";

/// The application whose code has this keyed hash.
///
/// # Errors
/// When the store fails.
pub async fn by_code(house: &House, key: [u8; 16]) -> Result<Option<Application>, StoreError> {
    let row = house.store().read_one(BY_CODE, vec![key.into()]).await?;
    row.as_ref().map(detail).transpose()
}

const OF_WINDOW: &str =
    "SELECT detail FROM applications_2 WHERE under = $1 ORDER BY number LIMIT $2";

/// The applications to a window, by their numbers.
///
/// # Errors
/// When the store fails.
pub async fn applications_of(house: &House, window: Id) -> Result<Vec<Application>, StoreError> {
    let params = vec![window.into(), APPLICATIONS_READ_MAX.into()];
    house.store().read(OF_WINDOW, params).await?.iter().map(detail).collect()
}

/// The highest numbers given so far: of windows, applications and payments.
pub(crate) async fn highest(house: &House, of: &str) -> Result<i64, StoreError> {
    let sql = match of {
        "window-number" => "SELECT MAX(number) FROM windows_1",
        "application-number" => "SELECT MAX(number) FROM applications_2",
        _ => "SELECT MAX(last_payment) FROM purses_2",
    };
    Ok(house.store().read_one(sql, vec![]).await?.map_or(0, |row| row.int(0)))
}

/// A payment with the purse it came from.
///
/// # Errors
/// When the store fails.
pub async fn payment(house: &House, number: i64) -> Result<Option<(Purse, Payment)>, StoreError> {
    let totals = house.store().totals_of("purse", payment_id(number)).await?;
    let own = totals.iter().find_map(|total| total.key.strip_prefix(IN_PURSE)?.parse::<Id>().ok());
    let Some(id) = own else { return Ok(None) };
    let row = house.store().read_one(PURSE, vec![id.into()]).await?;
    let purse: Option<Purse> = row.as_ref().map(detail).transpose()?;
    let found = purse.and_then(|purse| {
        let payment = purse.payment(number)?.clone();
        Some((purse, payment))
    });
    Ok(found)
}

/// A payment that was made for something, as other rooms see it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Paid {
    /// Its number: `/money/payment/31`.
    pub number: i64,
    /// The window's id.
    pub window: Id,
    /// What it pays for.
    pub what: String,
    /// How much in minor units, with fees and running costs, less what came back.
    pub amount_minor: i64,
    /// In which currency.
    pub currency: String,
    /// The day it was paid, in days since 1970.
    pub day: i64,
    /// Of it, spent.
    pub spent_minor: i64,
    /// Of this, confirmed by those who asked for it.
    pub confirmed_minor: i64,
}

/// What was paid for a need or by a decision, the newest first.
///
/// # Errors
/// When the store fails.
pub async fn paid_for(house: &House, entity: Id) -> Result<Vec<Paid>, StoreError> {
    let totals = house.store().totals_of("purse", entity).await?;
    let listed = totals.iter().filter_map(|total| total.key.strip_prefix(PAYMENT)?.parse().ok());
    let mut numbers: Vec<i64> = listed.collect();
    numbers.sort_unstable_by(|a, b| b.cmp(a));
    numbers.truncate(PAID_MAX);
    let mut all = Vec::with_capacity(numbers.len());
    for number in numbers {
        let Some((purse, payment)) = payment(house, number).await? else { continue };
        all.push(paid(&purse, &payment));
    }
    Ok(all)
}

/// A payment as other rooms see it.
#[must_use]
pub fn paid(purse: &Purse, payment: &Payment) -> Paid {
    let of = |confirmed: bool| {
        let own = purse.spends_of(payment.asked.number);
        let own = own.filter(|spend| !confirmed || spend.confirmed_by.is_some());
        own.map(|spend| spend.of.amount_minor).sum()
    };
    Paid {
        number: payment.asked.number,
        window: purse.window.unwrap_or_default(),
        what: payment.asked.what.clone(),
        amount_minor: payment.whole_minor() - payment.returned_minor,
        currency: purse.currency.clone(),
        day: payment.day.unwrap_or(0),
        spent_minor: of(false),
        confirmed_minor: of(true),
    }
}

/// Purses in which this need confirms something.
///
/// # Errors
/// When the store fails.
pub(crate) async fn confirming(house: &House, need: Id) -> Result<Vec<Id>, StoreError> {
    let totals = house.store().totals_of("purse", need).await?;
    let own = totals.iter().filter(|total| total.n > 0);
    Ok(own.filter_map(|total| total.key.strip_prefix(CONFIRMS)?.parse().ok()).collect())
}

const RED: &str = "SELECT detail FROM purses_2 WHERE red_day < $1 ORDER BY red_day, id LIMIT $2";

/// Pledges whose day has passed and that are not paid in, the oldest first, with their purses.
///
/// # Errors
/// When the store fails.
pub async fn red_pledges(house: &House) -> Result<Vec<(Purse, Pledge)>, StoreError> {
    let day = today(house);
    let rows = house.store().read(RED, vec![day.into(), RED_MAX.into()]).await?;
    let mut all = Vec::new();
    for row in &rows {
        let purse: Purse = detail(row)?;
        all.extend(purse.red(day).map(|pledge| (purse.clone(), pledge.clone())));
    }
    all.sort_by_key(|(_, pledge)| pledge.due_day);
    Ok(all)
}

/// The money of the whole city in one currency.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// By state, in minor units.
    pub states: BTreeMap<String, i64>,
    /// Paid in, by through how many hands.
    pub directness: BTreeMap<String, i64>,
    /// Bought of suppliers inside the areas.
    pub local_minor: i64,
    /// Bought of anybody.
    pub bought_minor: i64,
    /// Pledged, of what has fallen due.
    pub due_minor: i64,
    /// Paid in, of what has fallen due.
    pub kept_minor: i64,
}

/// The money of the city by currency, and days from an application to its first payment: the
/// median of all.
///
/// # Errors
/// When the store fails.
pub async fn figures(
    house: &House,
) -> Result<(BTreeMap<String, Figures>, Option<i64>), StoreError> {
    let totals = house.store().totals_of("purse", Id::NONE).await?;
    let totals = totals.iter().map(|total| (total.key.as_ref(), total.n));
    Ok(gathered(totals, today(house)))
}

/// The same of one purse: how its money did, beside the whole city's.
#[must_use]
pub fn figures_of(purse: &Purse, today: i64) -> (Figures, Option<i64>) {
    let counts = views::counts(purse);
    let own = counts.iter().filter(|count| count.area == Id::NONE);
    let (mut all, wait) = gathered(own.map(|count| (count.key.as_ref(), count.n)), today);
    (all.remove(&purse.currency).unwrap_or_default(), wait)
}

/// Totals by their keys, read as figures by currency and the median of days.
fn gathered<'a>(
    totals: impl Iterator<Item = (&'a str, i64)>,
    day: i64,
) -> (BTreeMap<String, Figures>, Option<i64>) {
    let mut all: BTreeMap<String, Figures> = BTreeMap::new();
    let mut waits: BTreeMap<i64, i64> = BTreeMap::new();
    for (key, n) in totals {
        if let Some(days) = key.strip_prefix(DAYS) {
            waits.insert(days.parse().unwrap_or(0), n);
            continue;
        }
        let mut parts = key.split('/');
        let (of, currency, last) = (parts.next(), parts.next(), parts.next().unwrap_or_default());
        let Some(currency) = currency else { continue };
        let own = all.entry(currency.to_owned()).or_default();
        let is_due = last.parse::<i64>().is_ok_and(|due| due < day);
        match of {
            Some("state") => {
                own.states.insert(last.to_owned(), n);
            }
            Some("directness") => {
                own.directness.insert(last.to_owned(), n);
            }
            Some("local") => {
                own.local_minor += n;
                own.bought_minor += n;
            }
            Some("far") => own.bought_minor += n,
            Some("due") if is_due => own.due_minor += n,
            Some("kept") if is_due => own.kept_minor += n,
            _ => {}
        }
    }
    (all, median(&waits))
}

/// The lower median of numbers that are counted.
fn median(counted: &BTreeMap<i64, i64>) -> Option<i64> {
    let all: i64 = counted.values().sum();
    let mut passed = 0;
    counted.iter().find_map(|(value, count)| {
        passed += count;
        (passed * 2 >= all).then_some(*value)
    })
}

/// What an area asked for and was given, by currency, in minor units.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AreaMoney {
    /// Asked for, by currency.
    pub asked: BTreeMap<String, i64>,
    /// Given to applications, by currency.
    pub allocated: BTreeMap<String, i64>,
    /// Paid, by currency.
    pub disbursed: BTreeMap<String, i64>,
    /// Spent, and confirmed by those who asked for it, by currency.
    pub confirmed: BTreeMap<String, i64>,
}

/// What an area was given.
///
/// # Errors
/// When the store fails.
pub async fn area_money(house: &House, area: Id) -> Result<AreaMoney, StoreError> {
    let mut money = AreaMoney::default();
    for total in house.store().totals_of("purse", area).await? {
        let Some((currency, state)) =
            total.key.strip_prefix("area/").and_then(|k| k.split_once('/'))
        else {
            continue;
        };
        let of = match state {
            "disbursed" => &mut money.disbursed,
            "confirmed" => &mut money.confirmed,
            _ => &mut money.allocated,
        };
        of.insert(currency.to_owned(), total.n);
    }
    for total in house.store().totals_of("application", area).await? {
        let Some(id) = total.key.strip_prefix(ASKED).and_then(|id| id.parse().ok()) else {
            continue;
        };
        let Some(window) = window(house, id).await? else { continue };
        *money.asked.entry(window.terms.currency).or_default() += total.n;
    }
    Ok(money)
}

/// An area by risk and by what it received for each person in need.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Neglected {
    /// Which.
    pub area: Id,
    /// Its place by risk, from 1 for the highest.
    pub risk_place: usize,
    /// Its place by what it received for each person, from 1 for the most.
    pub received_place: usize,
    /// Its risk in tenths; none where nobody knows it: then it stands with the highest.
    pub risk_tenths: Option<i64>,
    /// Received for each person in need, in minor units, from everybody.
    pub a_person_minor: i64,
    /// In which currency.
    pub currency: String,
    /// Of which day the figures are, in days since 1970.
    pub day: i64,
}

impl Neglected {
    /// How many places it stands further back by money than by risk; above nothing it is neglected.
    #[must_use]
    pub fn gap(&self) -> i64 {
        let place = |at: usize| i64::try_from(at).unwrap_or(i64::MAX);
        place(self.received_place) - place(self.risk_place)
    }
}

const SHARED: &str = "SELECT detail FROM windows_1 WHERE shared_ms > 0 AND published = TRUE \
    ORDER BY shared_ms DESC, id LIMIT $1";

/// All areas of which figures are known, those with the widest gap between risk and what they
/// received first: those of the windows that were shared out, and those whose risk the city has
/// measured and that no window was for and nobody paid anything. Figures of the last window that
/// was shared out stand for one currency.
///
/// # Errors
/// When the store fails.
pub async fn neglected(house: &House) -> Result<Vec<Neglected>, StoreError> {
    let rows = house.store().read(SHARED, vec![WINDOWS_MAX.into()]).await?;
    let windows: Vec<Window> = rows.iter().map(detail).collect::<Result<_, _>>()?;
    // Before anything was shared out nobody received anything: none stands behind another.
    let Some(newest) = windows.first() else { return Ok(Vec::new()) };
    let currency = newest.terms.currency.clone();
    let mut lines: Vec<AreaLine> = Vec::new();
    let own = windows.iter().filter(|window| window.terms.currency == currency);
    for line in own.filter_map(|window| window.shared.as_ref()).flat_map(|shared| &shared.lines) {
        if line.people > 0 && !lines.iter().any(|known| known.area == line.area) {
            lines.push(line.clone());
        }
    }
    let (mut all, risks) = (Vec::with_capacity(lines.len()), places::risk::risks(house));
    // All areas at once: this stands on the front page.
    let paid = house.store().totals("purse", "area/").await?;
    let disbursed = format!("area/{currency}/disbursed");
    for line in lines {
        let own = paid.iter().find(|total| total.area == line.area && *total.key == *disbursed);
        let paid = own.map_or(0, |total| total.n);
        let received = line.covered_minor.saturating_add(paid);
        // What the city has worked out stands for what a window was told of it.
        let of_city = risks.of(line.area);
        let risk_tenths = of_city.map_or(line.risk_tenths, |known| known.tenths());
        all.push(Neglected {
            area: line.area,
            risk_tenths,
            a_person_minor: received / line.people.max(1),
            currency: currency.clone(),
            day: line.day,
            ..Neglected::default()
        });
    }
    let paid: Vec<Id> =
        paid.iter().filter(|of| of.key.ends_with("/disbursed")).map(|of| of.area).collect();
    all.extend(passed_over(house, &all, &paid, &currency));
    Ok(placed(all))
}

/// Areas in which something of the city's risk was measured, that stood in no window and are not
/// among those that were `paid` something.
fn passed_over(house: &House, known: &[Neglected], paid: &[Id], currency: &str) -> Vec<Neglected> {
    let (atlas, risks) = (places::atlas(house), places::risk::risks(house));
    let mut all = Vec::new();
    for area in atlas.areas() {
        let measured = risks.of(area.id).filter(|known| !known.readings.is_empty());
        let Some(measured) = measured else { continue };
        let in_a_window = known.iter().any(|one| one.area == area.id);
        if in_a_window || paid.contains(&area.id) {
            continue;
        }
        all.push(Neglected {
            area: area.id,
            risk_tenths: measured.tenths(),
            currency: currency.to_owned(),
            day: measured.readings.iter().map(|read| read.day).max().unwrap_or(0),
            ..Neglected::default()
        });
    }
    all
}

/// Places by risk and by what was received, and the widest gap first.
fn placed(mut all: Vec<Neglected>) -> Vec<Neglected> {
    // A risk that nobody knows stands with the highest: it is never read as low.
    let risk = |one: &Neglected| one.risk_tenths.unwrap_or(i64::MAX);
    let risks: Vec<i64> = all.iter().map(risk).collect();
    let received: Vec<i64> = all.iter().map(|one| one.a_person_minor).collect();
    for one in &mut all {
        let (own_risk, own) = (risk(one), one.a_person_minor);
        one.risk_place = risks.iter().filter(|other| **other > own_risk).count() + 1;
        one.received_place = received.iter().filter(|other| **other > own).count() + 1;
    }
    all.sort_by_key(|one| (-one.gap(), one.risk_place, one.area));
    all
}
