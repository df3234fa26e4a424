//! Authority as data: which body may decide about what, where, up to how much, until when, and on
//! which legal ground. Pure. A mandate without a legal instrument never binds anybody.

use record::{Draft, Id, Refusal, day_of};
use store::{Decision, Known};

use super::{by_steward, formed, one_line, writing};
use crate::people::records::{Ceiling, MandateEnded, MandateGiven};
use crate::people::views::MandateRow;

/// Longest subject of a mandate, in bytes.
pub const SUBJECT_BYTES_MAX: usize = 160;
/// Longest name of a legal instrument, and longest reason for an end, in bytes.
pub const INSTRUMENT_BYTES_MAX: usize = 400;
/// Symbols of a currency code (ISO 4217).
pub const CURRENCY_CHARS: usize = 3;
/// The furthest day a mandate may run to, in days from now: ten years.
pub const MANDATE_DAYS_MAX: i64 = 3653;

const AMOUNT_MINOR_MAX: i64 = 1_000_000_000_000_000;
const MINUTE_MS: i64 = 60_000;

/// How far decisions under a mandate reach.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Force {
    /// They bind, by the legal instrument that is named.
    Binding,
    /// They are advice.
    Advisory,
}

impl Force {
    /// Stable code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Force::Binding => "binding",
            Force::Advisory => "advisory",
        }
    }
}

impl MandateRow {
    /// How far its decisions reach.
    #[must_use]
    pub fn force(&self) -> Force {
        if self.instrument.is_some() { Force::Binding } else { Force::Advisory }
    }

    /// Whether it holds on a day (days since 1970, by the city's own calendar).
    #[must_use]
    pub fn holds_on(&self, day: i64) -> bool {
        self.given_ms > 0 && self.ended.is_none() && day <= self.expiry_day
    }
}

/// What is asked of a new mandate.
#[derive(Clone, Debug)]
pub struct MandateAsked {
    /// Who shall hold it.
    pub body: Id,
    /// What it may decide about.
    pub subject: String,
    /// Where; none for the whole city.
    pub area: Option<Id>,
    /// Up to how much, and in which currency (a code of three letters).
    pub ceiling: Option<(i64, String)>,
    /// The last day it holds, in days since 1970.
    pub expiry_day: i64,
    /// What it stands on; empty for nothing.
    pub instrument: String,
    /// The body that gives it of its own; none for what the law or the city itself gives.
    pub by: Option<Id>,
}

/// A body is given a mandate.
///
/// # Errors
/// The author is no steward; there is no such body; a part is missing, too long or out of range.
pub fn give_mandate(
    known: &Known,
    id: Id,
    asked: &MandateAsked,
    offset_minutes: i64,
    author: Option<Id>,
) -> Result<Decision, Refusal> {
    by_steward(known, author)?;
    formed(known, asked.body)?;
    if let Some(giver) = asked.by {
        formed(known, giver)?;
        if giver == asked.body {
            return Err(Refusal::new("people-mandate-own"));
        }
    }
    let today = day_of(known.now_ms + offset_minutes * MINUTE_MS);
    if asked.expiry_day < today {
        return Err(Refusal::new("people-mandate-past"));
    }
    if asked.expiry_day > today + MANDATE_DAYS_MAX {
        return Err(Refusal::new("people-mandate-far"));
    }
    let subject = one_line(
        &asked.subject,
        SUBJECT_BYTES_MAX,
        "people-mandate-subject-empty",
        "people-mandate-text-long",
    )?;
    let given = MandateGiven {
        body: asked.body,
        subject,
        area: asked.area,
        ceiling: asked.ceiling.as_ref().map(ceiling).transpose()?,
        expiry_day: asked.expiry_day,
        instrument: instrument(&asked.instrument)?,
        by: asked.by,
    };
    Ok(writing(Draft::new(id, &given).area(asked.area).by(author)))
}

/// A mandate ends before its day.
///
/// # Errors
/// The author is no steward; it was never given, or ended or ran out already; no reason is said.
pub fn end_mandate(
    known: &Known,
    id: Id,
    reason: &str,
    offset_minutes: i64,
    author: Option<Id>,
) -> Result<Decision, Refusal> {
    by_steward(known, author)?;
    let mandate = MandateRow::fold(id, known.of(id));
    if !mandate.holds_on(day_of(known.now_ms + offset_minutes * MINUTE_MS)) {
        return Err(Refusal::new("people-mandate-over").status(409));
    }
    let reason = one_line(
        reason,
        INSTRUMENT_BYTES_MAX,
        "people-mandate-reason-empty",
        "people-mandate-text-long",
    )?;
    Ok(writing(Draft::new(id, &MandateEnded { reason }).area(mandate.area).by(author)))
}

fn ceiling((amount_minor, currency): &(i64, String)) -> Result<Ceiling, Refusal> {
    let letters = currency.bytes().all(|b| b.is_ascii_uppercase());
    if !letters || currency.len() != CURRENCY_CHARS {
        return Err(Refusal::new("people-mandate-currency"));
    }
    if !(1..=AMOUNT_MINOR_MAX).contains(amount_minor) {
        return Err(Refusal::new("people-mandate-amount"));
    }
    Ok(Ceiling { amount_minor: *amount_minor, currency: currency.clone() })
}

fn instrument(raw: &str) -> Result<Option<String>, Refusal> {
    if raw.trim().is_empty() {
        return Ok(None);
    }
    let (empty, long) = ("people-mandate-instrument-unclear", "people-mandate-text-long");
    one_line(raw, INSTRUMENT_BYTES_MAX, empty, long).map(Some)
}
