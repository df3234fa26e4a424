//! How a purse takes one record in, or why it does not: the one place where it is said what money
//! may do, for the fold and for the rules alike. Pure.

use record::{Id, Record};

use super::{Account, Allocation, Came, Entry, LINES_MAX, Payment, Pledge, Purse, Said, Spend};
use crate::funds::records::{
    Given, PurseAllocated, PurseCommitted, PurseConfirmed, PursePaidIn, PursePaymentApproved,
    PursePaymentAsked, PursePaymentRefused, PursePledged, PurseReleased, PurseRepaid, PurseReplied,
    PurseReturned, PurseSpent, PurseUnconfirmed, PurseWithdrawn,
};
use crate::funds::rules::money::{AMOUNT_MINOR_MAX, worth};

/// A record of a purse.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// Said to be given.
    Pledged(PursePledged),
    /// Signed for.
    Committed(PurseCommitted),
    /// Paid in.
    PaidIn(PursePaidIn),
    /// Will not come.
    Withdrawn(PurseWithdrawn),
    /// The giver's word.
    Replied(PurseReplied),
    /// Given to an application.
    Allocated(PurseAllocated),
    /// Back into the pool, unpaid.
    Released(PurseReleased),
    /// A payment prepared.
    Asked(PursePaymentAsked),
    /// A payment approved.
    Approved(PursePaymentApproved),
    /// A payment refused.
    Refused(PursePaymentRefused),
    /// Spent.
    Spent(PurseSpent),
    /// Confirmed.
    Confirmed(PurseConfirmed),
    /// Not confirmed any more.
    Unconfirmed(PurseUnconfirmed),
    /// Came back.
    Returned(PurseReturned),
    /// A loan repaid.
    Repaid(PurseRepaid),
}

/// Why a purse does not take something: a refusal's code.
pub type No = &'static str;

impl Line {
    /// The line that a record is; none for the one that opens a purse, and for unknown ones.
    #[must_use]
    pub fn of(record: &Record) -> Option<Line> {
        let line = record.read().map(Line::Pledged);
        let line = line.or_else(|| record.read().map(Line::Committed));
        let line = line.or_else(|| record.read().map(Line::PaidIn));
        let line = line.or_else(|| record.read().map(Line::Withdrawn));
        let line = line.or_else(|| record.read().map(Line::Replied));
        let line = line.or_else(|| record.read().map(Line::Allocated));
        let line = line.or_else(|| record.read().map(Line::Released));
        let line = line.or_else(|| record.read().map(Line::Asked));
        let line = line.or_else(|| record.read().map(Line::Approved));
        let line = line.or_else(|| record.read().map(Line::Refused));
        let line = line.or_else(|| record.read().map(Line::Spent));
        let line = line.or_else(|| record.read().map(Line::Confirmed));
        let line = line.or_else(|| record.read().map(Line::Unconfirmed));
        let line = line.or_else(|| record.read().map(Line::Returned));
        line.or_else(|| record.read().map(Line::Repaid))
    }
}

impl Allocation {
    /// Less is given than was: the part for running costs shrinks with it.
    fn shrink(&mut self, by: i64) {
        let was = i128::from(self.of.amount_minor).max(1);
        self.of.amount_minor -= by;
        let left = i128::from(self.of.amount_minor).max(0);
        let overhead = i128::from(self.of.overhead_minor) * left / was;
        self.of.overhead_minor = i64::try_from(overhead).unwrap_or(0);
    }
}

impl Purse {
    /// Takes a line in: all of it, or nothing.
    ///
    /// # Errors
    /// Why it does not fit.
    pub fn take(&mut self, line: &Line, by: Option<Id>, at_ms: i64) -> Result<(), No> {
        if self.window.is_none() {
            return Err("funds-purse-closed");
        }
        match line {
            Line::Pledged(said) => self.pledged(said, at_ms),
            Line::Committed(said) => self.committed(said, at_ms),
            Line::PaidIn(said) => self.paid_in(said, at_ms),
            Line::Withdrawn(said) => self.withdrawn(said, at_ms),
            Line::Replied(said) => {
                self.pledge_mut(said.pledge)?.reply = Some(said.words.clone());
                Ok(())
            }
            Line::Allocated(said) => self.allocated(said, at_ms),
            Line::Released(said) => self.released(said, at_ms),
            Line::Asked(said) => self.asked(said, by, at_ms),
            Line::Approved(said) => self.approved(said, by, at_ms),
            Line::Refused(said) => self.refused(said, by),
            Line::Spent(said) => self.spent(said, at_ms),
            Line::Confirmed(said) => self.confirmed(said, at_ms),
            Line::Unconfirmed(said) => self.unconfirmed(said, at_ms),
            Line::Returned(said) => self.returned(said, at_ms),
            Line::Repaid(said) => self.repaid(said, at_ms),
        }
    }

    fn pledged(&mut self, said: &PursePledged, at_ms: i64) -> Result<(), No> {
        if self.pledge(said.pledge).is_some() || !(0..self.pools).contains(&said.pool) {
            return Err("funds-pledge-unknown");
        }
        if worth(&said.given, &self.currency) != Ok(said.amount_minor) {
            return Err("funds-rate");
        }
        let to = Account::Pledged(said.pledge);
        self.moves(&[(Account::Outside, to, said.amount_minor)], at_ms)?;
        self.pledges.push(Pledge {
            pledge: said.pledge,
            giver: said.giver,
            directness: said.directness.clone(),
            pool: said.pool,
            given: said.given.clone(),
            amount_minor: said.amount_minor,
            promised_minor: said.amount_minor,
            due_day: said.due_day,
            matches: said.matches,
            ..Pledge::default()
        });
        Ok(())
    }

    fn committed(&mut self, said: &PurseCommitted, at_ms: i64) -> Result<(), No> {
        let pool = self.pledge(said.pledge).ok_or("funds-pledge-unknown")?.pool;
        let (from, owed) = (Account::Pledged(said.pledge), Account::Owed(said.pledge));
        self.moves(
            &[
                (from, Account::Committed(pool), said.amount_minor),
                (Account::Outside, owed, said.amount_minor),
            ],
            at_ms,
        )?;
        self.pledge_mut(said.pledge)?.committed_minor += said.amount_minor;
        self.note("commit", (said.pledge, said.amount_minor), &said.instrument, at_ms);
        Ok(())
    }

    /// What came at another rate than it was promised at makes the pledge larger or smaller: the
    /// difference is booked through it.
    fn paid_in(&mut self, said: &PursePaidIn, at_ms: i64) -> Result<(), No> {
        let (n, amount) = (said.pledge, said.amount_minor);
        let pledge = self.pledge(n).ok_or("funds-pledge-unknown")?;
        let pool = Account::Committed(pledge.pool);
        let (promised, owed, cash) =
            (Account::Pledged(n), Account::Owed(n), Account::Cash(pledge.pool));
        let expected = self.expected(pledge, said)?;
        let more = amount - expected;
        let mut moves = Vec::new();
        if more > 0 {
            moves.push((Account::Outside, promised, more));
            moves.push((promised, pool, more));
            moves.push((Account::Outside, owed, more));
        }
        if more < 0 {
            if self.holds(pool) < -more {
                return Err("funds-rate-loss");
            }
            moves.push((pool, promised, -more));
            moves.push((promised, Account::Outside, -more));
            moves.push((owed, Account::Outside, -more));
        }
        moves.push((owed, cash, amount));
        self.moves(&moves, at_ms)?;
        let own_minor = said.given.as_ref().map_or(expected, |given| given.amount_minor);
        let pledge = self.pledge_mut(n)?;
        pledge.amount_minor += more;
        pledge.committed_minor += more;
        pledge.paid_minor += amount;
        if said.day <= pledge.due_day {
            pledge.kept_minor += expected;
        }
        pledge.came.push(Came { day: said.day, amount_minor: amount, own_minor });
        Ok(())
    }

    /// What a part that came was promised to be worth, in the purse's currency.
    fn expected(&self, pledge: &Pledge, said: &PursePaidIn) -> Result<i64, No> {
        let Some(given) = &said.given else { return Ok(said.amount_minor) };
        let fits = given.currency == pledge.given.currency
            && worth(given, &self.currency) == Ok(said.amount_minor);
        let own: i64 = pledge.came.iter().map(|came| came.own_minor).sum();
        let own = own.saturating_add(given.amount_minor);
        if !fits || own > pledge.given.amount_minor {
            return Err(if fits { "funds-too-much" } else { "funds-rate" });
        }
        let held = self.holds(Account::Owed(pledge.pledge));
        if own == pledge.given.amount_minor && pledge.committed_minor == pledge.amount_minor {
            // The last part is what is left of the promise, to the cent.
            return Ok(held);
        }
        let at_promise = Given { amount_minor: given.amount_minor, ..pledge.given.clone() };
        let expected = worth(&at_promise, &self.currency).map_err(|_| "funds-rate")?;
        if expected > held { Err("funds-too-much") } else { Ok(expected) }
    }

    fn withdrawn(&mut self, said: &PurseWithdrawn, at_ms: i64) -> Result<(), No> {
        let from = Account::Pledged(said.pledge);
        self.pledge(said.pledge).ok_or("funds-pledge-unknown")?;
        self.moves(&[(from, Account::Outside, said.amount_minor)], at_ms)?;
        self.pledge_mut(said.pledge)?.amount_minor -= said.amount_minor;
        self.note("withdraw", (said.pledge, said.amount_minor), &said.reason, at_ms);
        Ok(())
    }

    fn allocated(&mut self, said: &PurseAllocated, at_ms: i64) -> Result<(), No> {
        let known = self.allocation(said.application).is_some();
        if known || !(0..=said.amount_minor).contains(&said.overhead_minor) {
            return Err("funds-allocation-unknown");
        }
        let (from, to) = (Account::Committed(said.pool), Account::Allocated(said.application));
        self.moves(&[(from, to, said.amount_minor)], at_ms)?;
        self.allocations.push(Allocation { of: said.clone(), ..Allocation::default() });
        Ok(())
    }

    fn released(&mut self, said: &PurseReleased, at_ms: i64) -> Result<(), No> {
        let known = self.allocation(said.application).ok_or("funds-allocation-unknown")?;
        let (from, to) = (Account::Allocated(said.application), Account::Committed(known.of.pool));
        self.moves(&[(from, to, said.amount_minor)], at_ms)?;
        self.allocation_mut(said.application)?.shrink(said.amount_minor);
        self.note("release", (said.application, said.amount_minor), &said.reason, at_ms);
        Ok(())
    }

    fn asked(&mut self, said: &PursePaymentAsked, by: Option<Id>, at_ms: i64) -> Result<(), No> {
        self.allocation(said.application).ok_or("funds-allocation-unknown")?;
        let parts = [said.fee_minor, said.overhead_minor];
        let sound = (1..=AMOUNT_MINOR_MAX).contains(&said.amount_minor)
            && parts.iter().all(|part| (0..=AMOUNT_MINOR_MAX).contains(part));
        if !sound || self.payment(said.number).is_some() || said.number <= 0 {
            return Err("funds-payment-unknown");
        }
        let asked = said.clone();
        let state = "asked".to_owned();
        self.payments.push(Payment { asked, by, asked_ms: at_ms, state, ..Payment::default() });
        Ok(())
    }

    fn approved(
        &mut self,
        said: &PursePaymentApproved,
        by: Option<Id>,
        at_ms: i64,
    ) -> Result<(), No> {
        let payment = self.waiting(said.number, by)?.clone();
        let asked = &payment.asked;
        let known = self.allocation(asked.application).ok_or("funds-allocation-unknown")?;
        if said.day < known.of.pay_from_day {
            return Err("funds-appeal-days");
        }
        let overhead = known.overhead_minor.saturating_add(asked.overhead_minor);
        if overhead > known.of.overhead_minor {
            return Err("funds-overhead");
        }
        let from = Account::Allocated(asked.application);
        let whole = payment.whole_minor();
        let mut moves = vec![
            (Account::Cash(known.of.pool), Account::Hands, whole),
            (from, Account::Disbursed(said.number), asked.amount_minor),
        ];
        if asked.fee_minor > 0 {
            moves.push((from, Account::Fees(said.number), asked.fee_minor));
        }
        if asked.overhead_minor > 0 {
            moves.push((from, Account::Overheads(said.number), asked.overhead_minor));
        }
        self.moves(&moves, at_ms)?;
        let known = self.allocation_mut(asked.application)?;
        known.paid_minor += whole;
        known.overhead_minor = overhead;
        let payment = self.payment_mut(said.number)?;
        payment.state = "paid".to_owned();
        payment.day = Some(said.day);
        payment.note = said.reference.clone();
        Ok(())
    }

    fn refused(&mut self, said: &PursePaymentRefused, by: Option<Id>) -> Result<(), No> {
        self.waiting(said.number, by)?;
        let payment = self.payment_mut(said.number)?;
        payment.state = "refused".to_owned();
        payment.note = said.reason.clone();
        Ok(())
    }

    /// A payment that waits for the word of another member than the one who prepared it.
    fn waiting(&self, number: i64, by: Option<Id>) -> Result<&Payment, No> {
        let payment = self.payment(number).ok_or("funds-payment-unknown")?;
        if payment.state != "asked" {
            return Err("funds-payment-ended");
        }
        // Whoever is not named cannot be told from whoever prepared it.
        if by.is_none() || payment.by == by {
            return Err("funds-own-payment");
        }
        Ok(payment)
    }

    fn spent(&mut self, said: &PurseSpent, at_ms: i64) -> Result<(), No> {
        let payment = self.payment(said.payment).ok_or("funds-payment-unknown")?;
        if payment.state != "paid" {
            return Err("funds-payment-unpaid");
        }
        let key = |of: &PurseSpent| (words::plain(&of.supplier), words::plain(&of.bill));
        let twice = |spend: &Spend| key(&spend.of) == key(said);
        if !said.bill.is_empty() && self.spends.iter().any(twice) {
            return Err("funds-bill-twice");
        }
        if self.spends.iter().any(|spend| spend.of.spend == said.spend) {
            return Err("funds-spend-unknown");
        }
        let (from, to) = (Account::Disbursed(said.payment), Account::Spent(said.spend));
        self.moves(&[(from, to, said.amount_minor)], at_ms)?;
        self.spends.push(Spend { of: said.clone(), confirmed_by: None });
        Ok(())
    }

    fn confirmed(&mut self, said: &PurseConfirmed, at_ms: i64) -> Result<(), No> {
        let known = self.spends.iter().position(|spend| spend.of.spend == said.spend);
        let spend = known.and_then(|at| self.spends.get(at)).ok_or("funds-spend-unknown")?;
        if spend.confirmed_by.is_some() {
            return Err("funds-spend-ended");
        }
        let (from, to) = (Account::Spent(said.spend), Account::Confirmed(said.spend));
        self.moves(&[(from, to, spend.of.amount_minor)], at_ms)?;
        if let Some(spend) = known.and_then(|at| self.spends.get_mut(at)) {
            spend.confirmed_by = Some(said.need);
        }
        Ok(())
    }

    fn unconfirmed(&mut self, said: &PurseUnconfirmed, at_ms: i64) -> Result<(), No> {
        let known = self.spends.iter().position(|spend| spend.of.spend == said.spend);
        let spend = known.and_then(|at| self.spends.get(at)).ok_or("funds-spend-unknown")?;
        if spend.confirmed_by != Some(said.need) {
            return Err("funds-spend-ended");
        }
        let (from, to) = (Account::Confirmed(said.spend), Account::Spent(said.spend));
        self.moves(&[(from, to, spend.of.amount_minor)], at_ms)?;
        if let Some(spend) = known.and_then(|at| self.spends.get_mut(at)) {
            spend.confirmed_by = None;
        }
        Ok(())
    }

    fn returned(&mut self, said: &PurseReturned, at_ms: i64) -> Result<(), No> {
        let payment = self.payment(said.payment).ok_or("funds-payment-unknown")?;
        let known = self.allocation(payment.asked.application);
        let known = known.ok_or("funds-allocation-unknown")?;
        let (pool, application) = (known.of.pool, known.of.application);
        let from = Account::Disbursed(said.payment);
        self.moves(
            &[
                (from, Account::Committed(pool), said.amount_minor),
                (Account::Hands, Account::Cash(pool), said.amount_minor),
            ],
            at_ms,
        )?;
        let known = self.allocation_mut(application)?;
        known.shrink(said.amount_minor);
        known.paid_minor -= said.amount_minor;
        self.payment_mut(said.payment)?.returned_minor += said.amount_minor;
        self.returned_minor += said.amount_minor;
        self.note("give_back", (said.payment, said.amount_minor), &said.reason, at_ms);
        Ok(())
    }

    fn repaid(&mut self, said: &PurseRepaid, at_ms: i64) -> Result<(), No> {
        let known = self.allocation(said.application).ok_or("funds-allocation-unknown")?;
        let left = known.paid_minor - known.repaid_minor;
        if said.amount_minor > left {
            return Err("funds-too-much");
        }
        let pool = known.of.pool;
        let amount = said.amount_minor;
        self.moves(
            &[
                (Account::Outside, Account::Committed(pool), amount),
                (Account::Outside, Account::Cash(pool), amount),
            ],
            at_ms,
        )?;
        self.allocation_mut(said.application)?.repaid_minor += amount;
        Ok(())
    }

    fn note(&mut self, act: &str, (of, amount_minor): (i64, i64), words: &str, at_ms: i64) {
        let (act, words) = (act.to_owned(), words.to_owned());
        self.said.push(Said { act, of, amount_minor, words, at_ms });
    }

    /// Moves amounts, all or none: no account but the outside falls below nothing.
    fn moves(&mut self, moves: &[(Account, Account, i64)], at_ms: i64) -> Result<(), No> {
        if self.journal.len() + moves.len() > LINES_MAX {
            return Err("funds-purse-full");
        }
        for (at, (from, to, amount)) in moves.iter().enumerate() {
            if let Err(no) = self.move_one(*from, *to, *amount) {
                for (from, to, amount) in moves.iter().take(at) {
                    *self.books.entry(*from).or_default() += amount;
                    *self.books.entry(*to).or_default() -= amount;
                }
                return Err(no);
            }
        }
        let entries = moves.iter().map(|(from, to, amount_minor)| Entry {
            at_ms,
            from: *from,
            to: *to,
            amount_minor: *amount_minor,
        });
        self.journal.extend(entries);
        Ok(())
    }

    fn move_one(&mut self, from: Account, to: Account, amount: i64) -> Result<(), No> {
        if !(1..=AMOUNT_MINOR_MAX).contains(&amount) {
            return Err("funds-amount-nothing");
        }
        let left = self.holds(from).checked_sub(amount).ok_or("funds-amount-large")?;
        if left < 0 && from != Account::Outside {
            return Err(short(from));
        }
        let more = self.holds(to).checked_add(amount).ok_or("funds-amount-large")?;
        self.books.insert(from, left);
        self.books.insert(to, more);
        Ok(())
    }

    fn pledge_mut(&mut self, pledge: i64) -> Result<&mut Pledge, No> {
        let known = self.pledges.iter_mut().find(|known| known.pledge == pledge);
        known.ok_or("funds-pledge-unknown")
    }

    fn allocation_mut(&mut self, application: i64) -> Result<&mut Allocation, No> {
        let mut all = self.allocations.iter_mut();
        let known = all.find(|known| known.of.application == application);
        known.ok_or("funds-allocation-unknown")
    }

    fn payment_mut(&mut self, number: i64) -> Result<&mut Payment, No> {
        let known = self.payments.iter_mut().find(|known| known.asked.number == number);
        known.ok_or("funds-payment-unknown")
    }
}

/// What is said when an account has not enough.
fn short(from: Account) -> No {
    match from {
        Account::Cash(_) => "funds-not-come",
        Account::Committed(_) => "funds-pool-short",
        _ => "funds-too-much",
    }
}
