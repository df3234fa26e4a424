//! What may be written into a purse: whatever the purse itself takes in, by somebody who keeps it,
//! and never by somebody for their own body. Pure.

use record::{Draft, Id, Record, Refusal};

use super::{Actor, Drafts, MEANS, REASON_CHARS_MAX, WHAT_CHARS_MAX, acts_for, money, one_of};
use super::{reference, said, said_perhaps};
use crate::funds::records::{
    PurseCommitted, PurseConfirmed, PursePaidIn, PursePaymentApproved, PursePaymentAsked,
    PursePaymentRefused, PursePledged, PurseReleased, PurseRepaid, PurseReplied, PurseReturned,
    PurseSpent, PurseUnconfirmed, PurseWithdrawn,
};
use crate::funds::views::{Account, Line, Purse, Window, purse_id};

/// How far ahead a pledge may fall due, in days.
pub const DUE_DAYS_MAX: i64 = 3 * 366;

/// Who keeps the purse of a window, and when.
#[derive(Clone, Debug)]
pub struct Keeping<'a> {
    /// The window.
    pub window: &'a Window,
    /// Who acts.
    pub actor: &'a Actor,
    /// The day, as the city counts it.
    pub today: i64,
    /// The moment, in milliseconds since 1970.
    pub now_ms: i64,
}

impl Keeping<'_> {
    /// The purse, open to this member.
    fn open(&self, records: &[Record]) -> Result<Purse, Refusal> {
        let purse = Purse::fold(purse_id(self.window.id), records);
        if purse.window.is_none() {
            return Err(Refusal::new("funds-purse-closed").status(409));
        }
        acts_for(self.actor, self.window.terms.body)?;
        Ok(purse)
    }

    /// What is written when the purse takes it in.
    fn write(&self, purse: &mut Purse, line: &Line) -> Drafts {
        let by = self.actor.id;
        purse.take(line, by, self.now_ms).map_err(|code| Refusal::new(code).status(409))?;
        Ok(vec![draft(purse.id, line, by)])
    }

    fn past(&self, day: i64) -> Result<i64, Refusal> {
        // A bank's slip may be typed late; a day to come is a slip of the finger.
        if (0..=self.today).contains(&day) { Ok(day) } else { Err(Refusal::new("funds-day")) }
    }
}

/// A line of a purse as a draft.
pub(super) fn draft(purse: Id, line: &Line, by: Option<Id>) -> Draft {
    let draft = match line {
        Line::Pledged(said) => Draft::new(purse, said),
        Line::Committed(said) => Draft::new(purse, said),
        Line::PaidIn(said) => Draft::new(purse, said),
        Line::Withdrawn(said) => Draft::new(purse, said),
        Line::Replied(said) => Draft::new(purse, said),
        Line::Allocated(said) => Draft::new(purse, said),
        Line::Released(said) => Draft::new(purse, said),
        Line::Asked(said) => Draft::new(purse, said),
        Line::Approved(said) => Draft::new(purse, said),
        Line::Refused(said) => Draft::new(purse, said),
        Line::Spent(said) => Draft::new(purse, said),
        Line::Confirmed(said) => Draft::new(purse, said),
        Line::Unconfirmed(said) => Draft::new(purse, said),
        Line::Returned(said) => Draft::new(purse, said),
        Line::Repaid(said) => Draft::new(purse, said),
    };
    draft.by(by)
}

/// Somebody said that they will give.
///
/// # Errors
/// The purse is another body's; amount, currency, rate, pool, day or directness cannot be.
pub fn pledge(keeping: &Keeping, records: &[Record], mut said: PursePledged) -> Drafts {
    let mut purse = keeping.open(records)?;
    one_of(&said.directness, &super::DIRECTNESS)?;
    let far = keeping.today.saturating_add(DUE_DAYS_MAX);
    // A promise whose day is past already is written down late, and red at once.
    if !(1..=far).contains(&said.due_day) || said.given.rate_day > keeping.today {
        return Err(Refusal::new("funds-day"));
    }
    let ours = keeping.window.terms.matching.is_some();
    if said.matches && !ours {
        return Err(Refusal::new("funds-no-matching"));
    }
    said.amount_minor = money::worth(&said.given, &purse.currency)?;
    said.pledge = i64::try_from(purse.pledges.len()).unwrap_or(i64::MAX).saturating_add(1);
    keeping.write(&mut purse, &Line::Pledged(said))
}

/// The giver signed for it. What matches others is signed for only as far as others have paid in.
///
/// # Errors
/// More than was pledged, or than may be matched.
pub fn commit(keeping: &Keeping, records: &[Record], asked: &PurseCommitted) -> Drafts {
    let mut purse = keeping.open(records)?;
    let instrument = said(&asked.instrument, WHAT_CHARS_MAX)?;
    let is_match = purse.pledge(asked.pledge).is_some_and(|pledge| pledge.matches);
    if let Some(matching) = keeping.window.terms.matching.as_ref().filter(|_| is_match) {
        let sum = |matches: bool, of: fn(&crate::funds::views::Pledge) -> i64| {
            let all = purse.pledges.iter().filter(|pledge| pledge.matches == matches);
            all.map(of).map(i128::from).sum::<i128>()
        };
        let paid = sum(false, |pledge| pledge.paid_minor);
        let most = (paid * i128::from(matching.percent) / 100).min(matching.ceiling_minor.into());
        let signed = sum(true, |pledge| pledge.committed_minor);
        if signed + i128::from(asked.amount_minor) > most {
            let most = i64::try_from(most - signed).unwrap_or(0).max(0);
            return Err(Refusal::new("funds-match-ceiling").status(409).naming("most", most));
        }
    }
    keeping.write(&mut purse, &Line::Committed(PurseCommitted { instrument, ..asked.clone() }))
}

/// It came, perhaps in the pledge's own currency and at another rate than it was promised at.
///
/// # Errors
/// More than was signed for; a day to come; another currency than the pledge's.
pub fn pay_in(keeping: &Keeping, records: &[Record], said: &PursePaidIn) -> Drafts {
    let mut purse = keeping.open(records)?;
    let (day, reference) = (keeping.past(said.day)?, reference(&said.reference)?);
    let amount_minor = match &said.given {
        Some(given) => money::worth(given, &purse.currency)?,
        None => said.amount_minor,
    };
    let line = PursePaidIn { day, reference, amount_minor, ..said.clone() };
    keeping.write(&mut purse, &Line::PaidIn(line))
}

/// What was not signed for will not come.
///
/// # Errors
/// More than that; no reason.
pub fn withdraw(keeping: &Keeping, records: &[Record], asked: &PurseWithdrawn) -> Drafts {
    let mut purse = keeping.open(records)?;
    let reason = said(&asked.reason, REASON_CHARS_MAX)?;
    keeping.write(&mut purse, &Line::Withdrawn(PurseWithdrawn { reason, ..asked.clone() }))
}

/// Whoever is waited for says why, in public: the giver itself, or the keeper in its words.
///
/// # Errors
/// Nothing is said; the member belongs to neither.
pub fn reply(keeping: &Keeping, records: &[Record], asked: &PurseReplied) -> Drafts {
    let mut purse = Purse::fold(purse_id(keeping.window.id), records);
    let giver = purse.pledge(asked.pledge).and_then(|pledge| pledge.giver);
    acts_for(keeping.actor, giver)
        .or_else(|_| acts_for(keeping.actor, keeping.window.terms.body))?;
    let words = said(&asked.words, REASON_CHARS_MAX)?;
    keeping.write(&mut purse, &Line::Replied(PurseReplied { words, ..asked.clone() }))
}

/// What was given to an application and not paid goes back.
///
/// # Errors
/// More than that; no reason.
pub fn release(keeping: &Keeping, records: &[Record], asked: &PurseReleased) -> Drafts {
    let mut purse = keeping.open(records)?;
    let reason = said(&asked.reason, REASON_CHARS_MAX)?;
    keeping.write(&mut purse, &Line::Released(PurseReleased { reason, ..asked.clone() }))
}

/// A payment is prepared. Others that wait are counted as if they were paid.
///
/// # Errors
/// The window waits for its trigger; it goes to the member's own body; more than is left.
pub fn ask(keeping: &Keeping, records: &[Record], asked: &PursePaymentAsked) -> Drafts {
    let mut purse = keeping.open(records)?;
    if keeping.window.waits() {
        return Err(Refusal::new("funds-not-triggered").status(409));
    }
    not_own(&purse, asked.application, keeping.actor)?;
    let asked = PursePaymentAsked {
        means: one_of(&asked.means, &MEANS)?,
        what: said(&asked.what, WHAT_CHARS_MAX)?,
        ..asked.clone()
    };
    let line = Line::Asked(asked.clone());
    let drafts = keeping.write(&mut purse, &line)?;
    let own = |payment: &&crate::funds::views::Payment| {
        payment.asked.application == asked.application && payment.state == "asked"
    };
    let waiting: i64 = purse.payments.iter().filter(own).map(|p| p.whole_minor()).sum();
    if waiting > purse.holds(Account::Allocated(asked.application)) {
        return Err(Refusal::new("funds-too-much").status(409));
    }
    let allocation = purse.allocation(asked.application);
    let spent = allocation.map_or(0, |known| known.of.overhead_minor - known.overhead_minor);
    if asked.overhead_minor > spent {
        return Err(Refusal::new("funds-overhead").status(409));
    }
    Ok(drafts)
}

/// Another member approves a payment.
///
/// # Errors
/// It is their own; it goes to their own body; it is too early, or money lacks.
pub fn approve(keeping: &Keeping, records: &[Record], said: &PursePaymentApproved) -> Drafts {
    let mut purse = keeping.open(records)?;
    if keeping.window.waits() {
        return Err(Refusal::new("funds-not-triggered").status(409));
    }
    let application = purse.payment(said.number).map(|payment| payment.asked.application);
    not_own(&purse, application.unwrap_or(0), keeping.actor)?;
    let reference = reference(&said.reference)?;
    let day = keeping.today;
    let said = PursePaymentApproved { number: said.number, day, reference };
    keeping.write(&mut purse, &Line::Approved(said))
}

/// Another member refuses a payment.
///
/// # Errors
/// It is their own; no reason.
pub fn refuse(keeping: &Keeping, records: &[Record], asked: &PursePaymentRefused) -> Drafts {
    let mut purse = keeping.open(records)?;
    let reason = said(&asked.reason, REASON_CHARS_MAX)?;
    keeping.write(&mut purse, &Line::Refused(PursePaymentRefused { reason, ..asked.clone() }))
}

/// Those who were paid say what they bought: a member of that body, or whoever keeps the purse.
///
/// # Errors
/// More than was paid; the same bill twice; a day to come.
pub fn spend(keeping: &Keeping, records: &[Record], asked: &PurseSpent) -> Drafts {
    let mut purse = Purse::fold(purse_id(keeping.window.id), records);
    let payment = purse.payment(asked.payment).map(|payment| payment.asked.application);
    let allocation = payment.and_then(|number| purse.allocation(number));
    acts_for(keeping.actor, allocation.and_then(|known| known.of.body))
        .or_else(|_| acts_for(keeping.actor, keeping.window.terms.body))?;
    let spent = PurseSpent {
        spend: i64::try_from(purse.spends.len()).unwrap_or(i64::MAX).saturating_add(1),
        supplier: said(&asked.supplier, super::NAME_CHARS_MAX)?,
        bill: reference(&asked.bill)?,
        what: said(&asked.what, WHAT_CHARS_MAX)?,
        day: keeping.past(asked.day)?,
        ..asked.clone()
    };
    keeping.write(&mut purse, &Line::Spent(spent))
}

/// What was bought counts as confirmed once those who asked for it have closed the need by the
/// published rule; `closed` are the needs of the application that are, each with its day.
///
/// # Errors
/// None of them was closed since it was bought; it was confirmed already.
pub fn confirm(keeping: &Keeping, records: &[Record], spend: i64, closed: &[(Id, i64)]) -> Drafts {
    let mut purse = Purse::fold(purse_id(keeping.window.id), records);
    let of = purse.spends.iter().find(|known| known.of.spend == spend);
    let payment = of.and_then(|known| purse.payment(known.of.payment));
    let allocation = payment.and_then(|known| purse.allocation(known.asked.application));
    let needs = allocation.map(|known| known.of.needs.clone()).unwrap_or_default();
    let bought = of.map_or(i64::MAX, |known| known.of.day);
    // Who said YES before it was bought spoke of something else.
    let since = |need: &Id| closed.iter().any(|(known, day)| known == need && *day >= bought);
    let need = needs.into_iter().find(since);
    let need = need.ok_or(Refusal::new("funds-not-confirmed").status(409))?;
    keeping.write(&mut purse, &Line::Confirmed(PurseConfirmed { spend, need }))
}

/// What a need confirmed is not confirmed any more: those who had closed it opened it again.
/// Nobody does this by hand.
#[must_use]
pub fn unconfirm(purse: &Purse, need: Id) -> Vec<Draft> {
    let own = purse.spends.iter().filter(|spend| spend.confirmed_by == Some(need));
    let lines =
        own.map(|spend| Line::Unconfirmed(PurseUnconfirmed { spend: spend.of.spend, need }));
    lines.map(|line| draft(purse.id, &line, None)).collect()
}

/// What was paid and not spent came back.
///
/// # Errors
/// More than that; no reason.
pub fn give_back(keeping: &Keeping, records: &[Record], asked: &PurseReturned) -> Drafts {
    let mut purse = keeping.open(records)?;
    let reason = said_perhaps(&asked.reason, REASON_CHARS_MAX)?;
    if reason.is_empty() {
        return Err(Refusal::new("funds-words-empty"));
    }
    keeping.write(&mut purse, &Line::Returned(PurseReturned { reason, ..asked.clone() }))
}

/// A loan was repaid in part: only a revolving window lends.
///
/// # Errors
/// The window lends nothing; more than was lent.
pub fn repay(keeping: &Keeping, records: &[Record], said: &PurseRepaid) -> Drafts {
    let mut purse = keeping.open(records)?;
    if keeping.window.terms.mechanism != "revolving_savings" {
        return Err(Refusal::new("funds-no-loan").status(409));
    }
    keeping.write(&mut purse, &Line::Repaid(said.clone()))
}

/// That money does not go to the member's own body.
fn not_own(purse: &Purse, application: i64, actor: &Actor) -> Result<(), Refusal> {
    let body = purse.allocation(application).and_then(|known| known.of.body);
    if body.is_some_and(|body| actor.bodies.contains(&body)) {
        return Err(Refusal::new("funds-own-body").status(403));
    }
    Ok(())
}
