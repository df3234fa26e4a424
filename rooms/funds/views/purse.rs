//! A purse as its records tell it: a journal in which every amount leaves one account and enters
//! another, so that the sum of all is nothing, always. Pure. No account but the outside may fall
//! below nothing: what a child takes is never more than its parent has. Whatever would break that
//! (of two writers who did not know of each other, the later) is set aside and shown, not counted.

mod take;

use std::collections::BTreeMap;

use minicbor::{Decode, Encode};
use record::{Id, Record};

use crate::funds::records::PurseOpened;

pub use take::Line;

/// Lines of one journal: a window of more is to be opened anew.
pub const LINES_MAX: usize = 20_000;

/// Where money stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
pub enum Account {
    /// Outside of the purse; the only account that may be below nothing.
    #[n(0)]
    Outside,
    /// Said to be given, by pledge.
    #[n(1)]
    Pledged(#[n(0)] i64),
    /// Signed for and not paid in yet, by pledge.
    #[n(2)]
    Owed(#[n(0)] i64),
    /// Signed for and not given to an application, by pool.
    #[n(3)]
    Committed(#[n(0)] i64),
    /// Paid in and not paid out, by pool.
    #[n(4)]
    Cash(#[n(0)] i64),
    /// Given to an application and not paid to it, by its number.
    #[n(5)]
    Allocated(#[n(0)] i64),
    /// Paid and not spent, by payment.
    #[n(6)]
    Disbursed(#[n(0)] i64),
    /// What carriers kept, by payment.
    #[n(7)]
    Fees(#[n(0)] i64),
    /// What went into running costs, by payment.
    #[n(8)]
    Overheads(#[n(0)] i64),
    /// Spent and not confirmed, by spend.
    #[n(9)]
    Spent(#[n(0)] i64),
    /// Confirmed by those who asked for it, by spend.
    #[n(10)]
    Confirmed(#[n(0)] i64),
    /// The other side of cash that was paid out.
    #[n(11)]
    Hands,
}

/// One line of the journal.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Entry {
    /// When, in milliseconds since 1970.
    #[n(0)]
    pub at_ms: i64,
    /// The account it leaves.
    #[n(1)]
    pub from: Account,
    /// The account it enters.
    #[n(2)]
    pub to: Account,
    /// How much, in minor units; more than nothing.
    #[n(3)]
    pub amount_minor: i64,
}

/// A pledge.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct Pledge {
    /// Its number in the purse.
    #[n(0)]
    pub pledge: i64,
    /// Who gives.
    #[n(1)]
    pub giver: Option<Id>,
    /// Through how many hands.
    #[n(2)]
    pub directness: String,
    /// For which pool.
    #[n(3)]
    pub pool: i64,
    /// As it was given.
    #[n(4)]
    pub given: crate::funds::records::Given,
    /// In the purse's currency, less what was withdrawn.
    #[n(5)]
    pub amount_minor: i64,
    /// Signed for.
    #[n(6)]
    pub committed_minor: i64,
    /// Paid in.
    #[n(7)]
    pub paid_minor: i64,
    /// The day by which it is to be paid in.
    #[n(8)]
    pub due_day: i64,
    /// Whether it matches what others pay in.
    #[n(9)]
    pub matches: bool,
    /// What the giver says about it, the last.
    #[n(10)]
    pub reply: Option<String>,
    /// As it was promised, in the purse's currency, whatever was withdrawn since.
    #[n(11)]
    pub promised_minor: i64,
    /// Of this, paid in by its day.
    #[n(12)]
    pub kept_minor: i64,
    /// What came, the first first.
    #[n(13)]
    pub came: Vec<Came>,
}

/// A part of a pledge that came.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct Came {
    /// On which day, in days since 1970.
    #[n(0)]
    pub day: i64,
    /// In the purse's currency.
    #[n(1)]
    pub amount_minor: i64,
    /// In the pledge's own.
    #[n(2)]
    pub own_minor: i64,
}

impl Pledge {
    /// Whether its day has passed and it is not all paid in.
    #[must_use]
    pub fn is_red(&self, today: i64) -> bool {
        self.due_day < today && self.paid_minor < self.amount_minor
    }
}

/// What an application was given.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct Allocation {
    /// As it was recorded, less what was released.
    #[n(0)]
    pub of: crate::funds::records::PurseAllocated,
    /// Paid, with fees and running costs.
    #[n(1)]
    pub paid_minor: i64,
    /// Of this, running costs.
    #[n(2)]
    pub overhead_minor: i64,
    /// Repaid, of a loan.
    #[n(3)]
    pub repaid_minor: i64,
}

/// A payment.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct Payment {
    /// As it was asked for.
    #[n(0)]
    pub asked: crate::funds::records::PursePaymentAsked,
    /// Who prepared it.
    #[n(1)]
    pub by: Option<Id>,
    /// When, in milliseconds since 1970.
    #[n(2)]
    pub asked_ms: i64,
    /// `asked`, `paid` or `refused`.
    #[n(3)]
    pub state: String,
    /// The day it was paid.
    #[n(4)]
    pub day: Option<i64>,
    /// What the carrier calls it, or why it was refused.
    #[n(5)]
    pub note: String,
    /// Came back.
    #[n(6)]
    pub returned_minor: i64,
}

impl Payment {
    /// All that leaves the purse with it.
    #[must_use]
    pub fn whole_minor(&self) -> i64 {
        let asked = &self.asked;
        let fees = asked.fee_minor.saturating_add(asked.overhead_minor);
        asked.amount_minor.saturating_add(fees)
    }
}

/// A spend.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct Spend {
    /// As it was recorded.
    #[n(0)]
    pub of: crate::funds::records::PurseSpent,
    /// The need that those who asked closed with it.
    #[n(1)]
    pub confirmed_by: Option<Id>,
}

/// What was said when an amount was signed for, withdrawn, released or came back.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct Said {
    /// `commit`, `withdraw`, `release` or `give_back`.
    #[n(0)]
    pub act: String,
    /// Of which pledge, application or payment.
    #[n(1)]
    pub of: i64,
    /// How much.
    #[n(2)]
    pub amount_minor: i64,
    /// What was signed, or why.
    #[n(3)]
    pub words: String,
    /// When, in milliseconds since 1970.
    #[n(4)]
    pub at_ms: i64,
}

/// What did not fit and was not counted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct Aside {
    /// The record's kind.
    #[n(0)]
    pub kind: String,
    /// Why: a refusal's code.
    #[n(1)]
    pub why: String,
    /// When, in milliseconds since 1970.
    #[n(2)]
    pub at_ms: i64,
}

/// A purse as its records tell it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct Purse {
    /// Its entity.
    #[n(0)]
    pub id: Id,
    /// The window; none before what opened it is known.
    #[n(1)]
    pub window: Option<Id>,
    /// Its currency.
    #[n(2)]
    pub currency: String,
    /// How many pools it has.
    #[n(3)]
    pub pools: i64,
    /// Pledges, in the order in which they came.
    #[n(4)]
    pub pledges: Vec<Pledge>,
    /// What applications were given.
    #[n(5)]
    pub allocations: Vec<Allocation>,
    /// Payments.
    #[n(6)]
    pub payments: Vec<Payment>,
    /// What was bought.
    #[n(7)]
    pub spends: Vec<Spend>,
    /// All movements.
    #[n(8)]
    pub journal: Vec<Entry>,
    /// What did not fit.
    #[n(9)]
    pub aside: Vec<Aside>,
    /// What each account holds.
    #[n(10)]
    pub books: BTreeMap<Account, i64>,
    /// Came back, of all payments.
    #[n(11)]
    pub returned_minor: i64,
    /// What was signed, and why amounts were withdrawn, released or came back.
    #[n(12)]
    pub said: Vec<Said>,
}

/// How much has reached each state at some time, in minor units: each is a part of the one before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct States {
    /// Said to be given, less what was withdrawn.
    pub pledged: i64,
    /// Signed for, with what came back or was repaid.
    pub committed: i64,
    /// Paid in.
    pub paid_in: i64,
    /// Given to applications.
    pub allocated: i64,
    /// Paid, with fees and running costs, less what came back.
    pub disbursed: i64,
    /// Spent, with fees and running costs.
    pub spent: i64,
    /// Confirmed by those who asked for it.
    pub confirmed: i64,
    /// Came back.
    pub returned: i64,
    /// Kept by carriers.
    pub fees: i64,
    /// Gone into running costs.
    pub overheads: i64,
}

impl Purse {
    /// Folds a purse's records, whatever order they come in.
    #[must_use]
    pub fn fold(id: Id, records: &[Record]) -> Purse {
        let mut ordered: Vec<&Record> = records.iter().collect();
        ordered.sort_by_key(|record| record.order());
        let mut purse = Purse { id, ..Purse::default() };
        // What opened it is read first, whatever the clocks of two nodes say.
        if let Some(opened) = ordered.iter().find_map(|record| record.read::<PurseOpened>()) {
            purse.window = Some(opened.window);
            purse.currency = opened.currency;
            purse.pools = opened.pools;
        }
        for record in ordered {
            let Some(line) = Line::of(record) else { continue };
            if let Err(why) = purse.take(&line, record.author, record.clock.ms()) {
                let (kind, why) = (record.kind.clone(), why.to_owned());
                purse.aside.push(Aside { kind, why, at_ms: record.clock.ms() });
            }
        }
        purse
    }

    /// What an account holds.
    #[must_use]
    pub fn holds(&self, account: Account) -> i64 {
        self.books.get(&account).copied().unwrap_or(0)
    }

    /// The sum over all accounts of a kind.
    fn sum(&self, of: impl Fn(&Account) -> bool) -> i64 {
        let all = self.books.iter().filter(|(account, _)| of(account));
        all.map(|(_, held)| *held).fold(0, i64::saturating_add)
    }

    /// How much has reached each state.
    #[must_use]
    pub fn states(&self) -> States {
        let confirmed = self.sum(|a| matches!(a, Account::Confirmed(_)));
        let fees = self.sum(|a| matches!(a, Account::Fees(_)));
        let overheads = self.sum(|a| matches!(a, Account::Overheads(_)));
        let spent = self.sum(|a| matches!(a, Account::Spent(_))) + confirmed + fees + overheads;
        let disbursed = self.sum(|a| matches!(a, Account::Disbursed(_))) + spent;
        let allocated = self.sum(|a| matches!(a, Account::Allocated(_))) + disbursed;
        let pledges = |of: fn(&Pledge) -> i64| self.pledges.iter().map(of).sum::<i64>();
        let repaid: i64 = self.allocations.iter().map(|a| a.repaid_minor).sum();
        States {
            pledged: pledges(|pledge| pledge.amount_minor),
            committed: pledges(|pledge| pledge.committed_minor).saturating_add(repaid),
            paid_in: pledges(|pledge| pledge.paid_minor).saturating_add(repaid),
            allocated,
            disbursed,
            spent,
            confirmed,
            returned: self.returned_minor,
            fees,
            overheads,
        }
    }

    /// What was signed for in a pool at some time, whether it was given on or not.
    #[must_use]
    pub fn supply(&self, pool: i64) -> i64 {
        let signed = self.pledges.iter().filter(|pledge| pledge.pool == pool);
        let signed: i64 = signed.map(|pledge| pledge.committed_minor).sum();
        let repaid = self.allocations.iter().filter(|allocation| allocation.of.pool == pool);
        signed.saturating_add(repaid.map(|allocation| allocation.repaid_minor).sum())
    }

    /// What an area was given in this window.
    #[must_use]
    pub fn allocated_in(&self, area: Option<Id>) -> i64 {
        let own = self.allocations.iter().filter(|allocation| allocation.of.area == area);
        own.map(|allocation| allocation.of.amount_minor).sum()
    }

    /// What a pool gave.
    #[must_use]
    pub fn allocated_from(&self, pool: i64) -> i64 {
        let own = self.allocations.iter().filter(|allocation| allocation.of.pool == pool);
        own.map(|allocation| allocation.of.amount_minor).sum()
    }

    /// What a pool gave to bodies that are not women-led.
    #[must_use]
    pub fn allocated_to_others(&self, pool: i64) -> i64 {
        let of = |a: &&Allocation| a.of.pool == pool && !a.of.women_led;
        self.allocations.iter().filter(of).map(|a| a.of.amount_minor).sum()
    }

    /// The pledge of this number.
    #[must_use]
    pub fn pledge(&self, pledge: i64) -> Option<&Pledge> {
        self.pledges.iter().find(|known| known.pledge == pledge)
    }

    /// What the application of this number was given.
    #[must_use]
    pub fn allocation(&self, application: i64) -> Option<&Allocation> {
        self.allocations.iter().find(|known| known.of.application == application)
    }

    /// The payment of this number.
    #[must_use]
    pub fn payment(&self, number: i64) -> Option<&Payment> {
        self.payments.iter().find(|known| known.asked.number == number)
    }

    /// What was bought with a payment.
    pub fn spends_of(&self, payment: i64) -> impl Iterator<Item = &Spend> {
        self.spends.iter().filter(move |spend| spend.of.payment == payment)
    }

    /// Pledges whose day has passed.
    pub fn red(&self, today: i64) -> impl Iterator<Item = &Pledge> {
        self.pledges.iter().filter(move |pledge| pledge.is_red(today))
    }

    /// Whether every movement has two sides, every account but the outside has enough, and every
    /// state is a part of the one before.
    #[must_use]
    pub fn balances(&self) -> bool {
        let mut books: BTreeMap<Account, i64> = BTreeMap::new();
        for entry in &self.journal {
            *books.entry(entry.from).or_default() -= entry.amount_minor;
            *books.entry(entry.to).or_default() += entry.amount_minor;
        }
        let enough = books.iter().all(|(at, held)| *at == Account::Outside || *held >= 0);
        let states = self.states();
        let parts = [
            states.pledged + self.allocations.iter().map(|a| a.repaid_minor).sum::<i64>(),
            states.committed,
            states.allocated,
            states.disbursed,
            states.spent,
            states.confirmed,
        ];
        let less = parts.windows(2).all(|two| matches!(two, [more, part] if part <= more));
        let held = books.iter().filter(|(_, held)| **held != 0);
        let same = held.clone().count() == self.books.values().filter(|held| **held != 0).count();
        let same = same && held.into_iter().all(|(at, held)| self.holds(*at) == *held);
        enough && less && same && books.values().sum::<i64>() == 0
    }
}
