//! What may be done with a decision: pure rules on its records. They read no clock: days and
//! numbers are arguments. They never judge by how loudly something was asked for.

mod afar;
mod force;
mod later;
mod motion;
mod resolve;
mod shown;
mod vote;
mod voted;

use record::{Id, Record, Refusal};

use super::views::Decision;

pub use afar::{came, set_aside, vote_from_afar};
pub use force::{
    ADVISORY, BINDING, BINDING_EMERGENCY, Ground, NOTICE_DAYS_MIN, OPINION, Reach, reach,
    to_be_told,
};
#[cfg(test)]
pub use force::{COOLING_OFF_DAYS, EMERGENCY_REVIEW_DAYS_MAX};
pub use later::{Taking, answer_appeal, appeal, appeal_goes_to, reply, review, take};
pub use motion::{KINDS, MotionAsked, SHORT_CHARS_MAX, SUBJECT_BYTES_MAX, move_motion};
#[cfg(test)]
pub use resolve::outcome_of;
pub use resolve::{BECAUSE_CHARS_MAX, Resolving, resolve};
pub use shown::{Split, afar_shown, split_shown};
pub use vote::{
    agreed, ask_conflict, ask_secret, begin, choices, count, hear, notice, recount, replace_chair,
};
pub use voted::{Voted, voted};

/// Most areas a decision affects, and most needs it answers.
pub const AREAS_MAX: usize = 100;
/// Longest title, in bytes.
pub const TITLE_BYTES_MAX: usize = 240;
/// Longest words of effects, reasons and dissent, in bytes.
pub const LONG_BYTES_MAX: usize = 4_000;
/// The furthest day of a promise or a review, in days from now: ten years.
pub const DAYS_AHEAD_MAX: i64 = 3653;

/// The decision, if it was moved and is not resolved.
///
/// # Errors
/// There is none, or it is resolved.
pub(super) fn open(id: Id, records: &[Record]) -> Result<Decision, Refusal> {
    let decision = known(id, records)?;
    if decision.resolved_ms.is_some() {
        return Err(Refusal::new("decision-resolved").status(409));
    }
    Ok(decision)
}

/// The decision, if it was moved.
///
/// # Errors
/// There is none.
pub(super) fn known(id: Id, records: &[Record]) -> Result<Decision, Refusal> {
    let decision = Decision::fold(id, records);
    if decision.moved_ms == 0 {
        return Err(Refusal::new("decision-unknown").status(404));
    }
    Ok(decision)
}

/// The decision, if it was resolved.
///
/// # Errors
/// There is none, or it is still open.
pub(super) fn resolved(id: Id, records: &[Record]) -> Result<Decision, Refusal> {
    let decision = known(id, records)?;
    if decision.resolved_ms.is_none() {
        return Err(Refusal::new("decision-open").status(409));
    }
    Ok(decision)
}

/// Words in one piece, which may be none.
///
/// # Errors
/// They are too long, or hold what is no words.
pub(super) fn limited(raw: &str, bytes_max: usize) -> Result<String, Refusal> {
    if raw.trim().is_empty() {
        return Ok(String::new());
    }
    public_line(raw, bytes_max, "decision-words")
}

/// Words in one piece.
///
/// # Errors
/// `empty` when there are none; they are too long.
pub(super) fn public_line(
    raw: &str,
    bytes_max: usize,
    empty: &'static str,
) -> Result<String, Refusal> {
    let long = || Refusal::new("decision-long").naming("bytes", bytes_max);
    let words = match words::clean(raw) {
        Ok(words) => words.trim().to_owned(),
        Err(words::Unclean::TooLong { .. }) => return Err(long()),
        Err(_) => return Err(Refusal::new(empty)),
    };
    if words.is_empty() {
        return Err(Refusal::new(empty));
    }
    if words.len() > bytes_max { Err(long()) } else { Ok(words) }
}
