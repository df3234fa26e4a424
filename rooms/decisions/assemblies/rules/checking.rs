//! The check of the roll by lot: who is asked, what they may answer, and what of the answers may be
//! shown. Pure. It never learns who was there: an answer knows no name, and few are no number.

use record::{DAY_MS, Draft, Id, Record, Refusal};

use super::super::records::{AssemblyChecked, AttendanceTold};
use super::super::views::{Assembly, Told};
use super::SHOWN_MIN;

/// The most people who are asked about one assembly.
pub const ASKED_MAX: usize = 40;
/// How long an answer counts after the assembly ended, in days.
pub const ANSWER_DAYS_MAX: i64 = 7;
/// What somebody may answer, by the digit they send.
pub const ANSWERS: [&str; 3] = ["so", "otherwise", "absent"];

/// By lot: the first of a shuffled order that nobody outside the node can foresee. `lots` are keyed
/// hashes, each with whose it is.
#[must_use]
pub fn drawn<T>(mut lots: Vec<([u8; 16], T)>) -> Vec<T> {
    lots.sort_by_key(|(lot, _)| *lot);
    lots.into_iter().take(ASKED_MAX).map(|(_, one)| one).collect()
}

/// How many were counted, as those who are asked are told: in steps of five; none when so few were
/// there that nobody is asked.
#[must_use]
pub fn counted_least(assembly: &Assembly) -> Option<i64> {
    let counts = assembly.counted_at("arrival", None)?.agreed()?;
    let least = counts.present() / SHOWN_MIN * SHOWN_MIN;
    (least > 0).then_some(least)
}

/// Whether an assembly ended of late and nobody was asked yet.
#[must_use]
pub fn is_due(assembly: &Assembly, now_ms: i64) -> bool {
    assembly.checked.is_none() && assembly.status() == "closed" && takes_answers(assembly, now_ms)
}

fn takes_answers(assembly: &Assembly, now_ms: i64) -> bool {
    assembly.closed_ms.is_some_and(|closed| now_ms - closed <= ANSWER_DAYS_MAX * DAY_MS)
}

/// So many were asked.
#[must_use]
pub fn checked(assembly: &Assembly, asked: usize) -> Draft {
    let asked = i64::try_from(asked).unwrap_or(i64::MAX);
    Draft::new(assembly.id, &AssemblyChecked { asked }).area(assembly.area)
}

/// Somebody who was asked answers; the last answer counts.
///
/// # Errors
/// The assembly has not ended or ended too long ago; what was sent is no answer.
pub fn told(
    assembly: (Id, &[Record]),
    (id, own): (Id, &[Record]),
    told: &str,
    now_ms: i64,
) -> Result<Vec<Draft>, Refusal> {
    let (of, records) = assembly;
    if !takes_answers(&Assembly::fold(of, records), now_ms) {
        return Err(Refusal::new("assembly-over").status(409));
    }
    if !ANSWERS.contains(&told) {
        return Err(Refusal::new("list-unknown"));
    }
    if Told::fold(id, own).told == told {
        return Ok(Vec::new());
    }
    Ok(vec![Draft::new(id, &AttendanceTold { assembly: of, told: told.to_owned() })])
}

/// What may be shown of the answers: each in steps of five, nought while they are fewer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PublicCheck {
    /// At least so many say that the count is right.
    pub so: i64,
    /// At least so many say that it was otherwise.
    pub otherwise: i64,
}

/// What may be shown of `so` and `otherwise` answers.
#[must_use]
pub fn public_check(so: i64, otherwise: i64) -> PublicCheck {
    let least = |n: i64| n.max(0) / SHOWN_MIN * SHOWN_MIN;
    PublicCheck { so: least(so), otherwise: least(otherwise) }
}
