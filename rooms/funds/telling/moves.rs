//! The steps that the money of one window took, read off the journal of its purse. Pure. It tells
//! each movement once: the other side of a booking is no step of its own.

use std::collections::HashMap;

use record::{Id, day_of};

use crate::funds::views::{Account, Allocation, Entry, Payment, Purse, Spend};

/// A step, with whose it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Move<'a> {
    /// Its id in files; the same movement keeps it for ever.
    pub(super) id: String,
    /// The id of the step whose money this is.
    pub(super) part_of: Option<String>,
    pub(super) what: What<'a>,
    /// In days since 1970.
    pub(super) day: i64,
    /// Below nothing it takes back what was told before.
    pub(super) amount_minor: i64,
}

/// What moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What<'a> {
    /// By whom it is given, if by a body.
    Pledged(Option<Id>),
    Committed(Option<Id>),
    PaidIn(Option<Id>),
    Allocated(&'a Allocation),
    /// To those who asked; with running costs.
    Paid(&'a Allocation, &'a Payment),
    /// What the carrier kept.
    Fee(&'a Allocation, &'a Payment),
    Spent(&'a Allocation, &'a Spend),
    Confirmed(&'a Allocation, &'a Spend),
    Returned(&'a Allocation, &'a Payment),
    /// A loan came back.
    Repaid,
}

/// The steps of a purse, in the order in which they were recorded. `window` is the number that
/// people call it by.
pub(super) fn moves(window: i64, purse: &Purse) -> Vec<Move<'_>> {
    let mut told = Telling { window, purse, times: HashMap::new() };
    purse.journal.iter().filter_map(|entry| told.step(entry)).collect()
}

struct Telling<'a> {
    window: i64,
    purse: &'a Purse,
    /// How often each id was given.
    times: HashMap<String, u32>,
}

impl<'a> Telling<'a> {
    fn step(&mut self, entry: &Entry) -> Option<Move<'a>> {
        use Account::{
            Allocated, Committed, Confirmed, Disbursed, Fees, Outside, Overheads, Owed, Pledged,
            Spent,
        };
        let amount = entry.amount_minor;
        match (entry.from, entry.to) {
            (Outside, Pledged(n)) => {
                // After its beginning it grows only by a better rate.
                let mark =
                    if self.times.contains_key(&self.named(&format!("G{n}"))) { "-X" } else { "" };
                self.of_pledge(entry, n, mark, What::Pledged, amount)
            }
            (Pledged(n), Outside) => self.of_pledge(entry, n, "-W", What::Pledged, -amount),
            (Pledged(n), Committed(_)) => self.of_pledge(entry, n, "-C", What::Committed, amount),
            (Committed(_), Pledged(n)) => self.of_pledge(entry, n, "-C", What::Committed, -amount),
            (Owed(n), Account::Cash(_)) => self.of_pledge(entry, n, "-I", What::PaidIn, amount),
            (Committed(_), Allocated(n)) => self.of_allocation(entry, n, "", amount),
            (Allocated(n), Committed(_)) => self.of_allocation(entry, n, "-R", -amount),
            (Allocated(_), Disbursed(n)) => self.of_payment(entry, n, "", What::Paid, amount),
            (Allocated(_), Overheads(n)) => self.of_payment(entry, n, "-O", What::Paid, amount),
            (Allocated(_), Fees(n)) => self.of_payment(entry, n, "-F", What::Fee, amount),
            (Disbursed(n), Committed(_)) => self.of_payment(entry, n, "-B", What::Returned, amount),
            (Disbursed(_), Spent(n)) => self.of_spend(entry, n, "", What::Spent, amount),
            (Spent(_), Confirmed(n)) => self.of_spend(entry, n, "-Y", What::Confirmed, amount),
            (Confirmed(_), Spent(n)) => self.of_spend(entry, n, "-N", What::Confirmed, -amount),
            (Outside, Committed(_)) => {
                let id = self.id("L".to_owned(), "");
                Some(told(id, None, What::Repaid, entry, amount))
            }
            _ => None,
        }
    }

    fn of_pledge(
        &mut self,
        entry: &Entry,
        n: i64,
        mark: &str,
        what: fn(Option<Id>) -> What<'a>,
        amount_minor: i64,
    ) -> Option<Move<'a>> {
        let pledge = self.purse.pledge(n)?;
        let part_of = (!mark.is_empty()).then(|| self.named(&format!("G{n}")));
        let id = self.id(format!("G{n}"), mark);
        let step = told(id, part_of, what(pledge.giver), entry, amount_minor);
        if mark != "-I" {
            return Some(step);
        }
        // It came on the day that the bank says, whenever that was written down.
        let times = self.times.get(&self.named(&format!("G{n}-I"))).copied().unwrap_or(1);
        let came = usize::try_from(times).ok().and_then(|times| pledge.came.get(times - 1));
        Some(Move { day: came.map_or(step.day, |came| came.day), ..step })
    }

    fn of_allocation(
        &mut self,
        entry: &Entry,
        n: i64,
        mark: &str,
        amount_minor: i64,
    ) -> Option<Move<'a>> {
        let allocation = self.purse.allocation(n)?;
        let part_of = (!mark.is_empty()).then(|| self.named(&format!("F{n}")));
        let id = self.id(format!("F{n}"), mark);
        Some(told(id, part_of, What::Allocated(allocation), entry, amount_minor))
    }

    fn of_payment(
        &mut self,
        entry: &Entry,
        n: i64,
        mark: &str,
        what: fn(&'a Allocation, &'a Payment) -> What<'a>,
        amount_minor: i64,
    ) -> Option<Move<'a>> {
        let payment = self.purse.payment(n)?;
        let allocation = self.purse.allocation(payment.asked.application)?;
        let of = match mark {
            "-B" => format!("P{n}"),
            _ => format!("F{}", payment.asked.application),
        };
        let (part_of, id) = (self.named(&of), self.id(format!("P{n}"), mark));
        let step = told(id, Some(part_of), what(allocation, payment), entry, amount_minor);
        // What came back came on the day it was recorded; the rest, on the day of the payment.
        let day = payment.day.filter(|_| mark != "-B").unwrap_or(step.day);
        Some(Move { day, ..step })
    }

    fn of_spend(
        &mut self,
        entry: &Entry,
        n: i64,
        mark: &str,
        what: fn(&'a Allocation, &'a Spend) -> What<'a>,
        amount_minor: i64,
    ) -> Option<Move<'a>> {
        let spend = self.purse.spends.iter().find(|spend| spend.of.spend == n)?;
        let payment = self.purse.payment(spend.of.payment)?;
        let allocation = self.purse.allocation(payment.asked.application)?;
        let own = format!("P{}-S{n}", spend.of.payment);
        let of = if mark.is_empty() { format!("P{}", spend.of.payment) } else { own.clone() };
        let (part_of, id) = (self.named(&of), self.id(own, mark));
        let step = told(id, Some(part_of), what(allocation, spend), entry, amount_minor);
        let day = if mark.is_empty() { spend.of.day } else { step.day };
        Some(Move { day, ..step })
    }

    fn named(&self, of: &str) -> String {
        format!("W{}-{of}", self.window)
    }

    /// An id; what happens to the same thing again is counted.
    fn id(&mut self, of: String, mark: &str) -> String {
        let id = self.named(&(of + mark));
        let times = self.times.entry(id.clone()).or_default();
        *times += 1;
        if *times == 1
            && !matches!(mark, "-W" | "-C" | "-I" | "-R" | "-B" | "-X" | "-N")
            && !id.ends_with('L')
        {
            return id;
        }
        format!("{id}{times}")
    }
}

fn told<'a>(
    id: String,
    part_of: Option<String>,
    what: What<'a>,
    entry: &Entry,
    amount_minor: i64,
) -> Move<'a> {
    Move { id, part_of, what, day: day_of(entry.at_ms), amount_minor }
}
