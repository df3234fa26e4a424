//! The rules of this room: what money may be typed, what terms hold, who may apply, score and
//! decide, how much each area is due, and what a purse gives out. Pure: time is an argument, and
//! nothing here knows who said YES or NO.

pub mod application;
pub mod asking;
pub mod files;
pub mod line;
pub mod mandate;
pub mod money;
pub mod purse;
pub mod ranking;
pub mod told;
pub mod window;

use record::{Draft, Id, Refusal};

pub use crate::actions::rules::Actor;

/// Longest name of a window, a pool, a criterion or a body, in characters.
pub const NAME_CHARS_MAX: usize = 80;
/// Longest line of what is done or bought, in characters.
pub const WHAT_CHARS_MAX: usize = 120;
/// Longest reason, in characters.
pub const REASON_CHARS_MAX: usize = 400;
/// Longest reason of a score, in characters: there are many of them.
pub const SCORE_CHARS_MAX: usize = 120;
/// Longest purpose and longest plan, in characters.
pub const PLAN_CHARS_MAX: usize = 800;
/// Longest reference of a bank, a carrier or a bill, in characters.
pub const REFERENCE_CHARS_MAX: usize = 40;

/// Mechanisms (vocabulary 5.9, checked 2026-11-01).
pub const MECHANISMS: [&str; 10] = [
    "grant",
    "pooled",
    "pre_arranged",
    "cash_to_people",
    "matching",
    "revolving_savings",
    "insurance_payout",
    "in_kind",
    "diaspora",
    "municipal_budget",
];
/// Through how many hands money comes (vocabulary 5.9, checked 2026-11-01).
pub const DIRECTNESS: [&str; 5] =
    ["direct_donor", "direct_private", "pooled", "one_intermediary", "two_or_more"];
/// How a payment reaches people.
pub const MEANS: [&str; 5] = ["mobile_money", "bank", "cash", "voucher", "in_kind"];
/// For whom somebody sits on a panel.
pub const SEATS: [&str; 4] = ["resident", "officer", "organisation", "funder"];

type Drafts = Result<Vec<Draft>, Refusal>;

/// Words that must be there and may be read by everybody, on one line.
///
/// # Errors
/// Nothing is left; too long; not fit for everybody to read.
pub fn said(raw: &str, most: usize) -> Result<String, Refusal> {
    crate::actions::rules::said(raw, most, "funds-words-empty")
}

/// Words that may be left out.
///
/// # Errors
/// Too long; not fit for everybody to read.
pub fn said_perhaps(raw: &str, most: usize) -> Result<String, Refusal> {
    crate::actions::rules::said_perhaps(raw, most)
}

/// A reference of a bank, a carrier or a bill: letters and digits that name no person. It is not
/// looked at as words are, since such references are numbers.
///
/// # Errors
/// Too long, or with other symbols than letters, digits, blanks and `-/.#`.
pub fn reference(raw: &str) -> Result<String, Refusal> {
    let line = crate::actions::rules::line(raw, REFERENCE_CHARS_MAX)?;
    let sound = line.chars().all(|c| c.is_alphanumeric() || " -/.#".contains(c));
    // A number to call begins with a plus sign, which no reference needs.
    if sound { Ok(line) } else { Err(Refusal::new("funds-reference")) }
}

/// That one of a list was chosen.
///
/// # Errors
/// It is not on the list.
pub fn one_of(code: &str, list: &[&str]) -> Result<String, Refusal> {
    let known = list.contains(&code);
    known.then(|| code.to_owned()).ok_or_else(|| Refusal::new("funds-choice"))
}

/// That somebody may act for a body: they belong to it, or coordinate.
///
/// # Errors
/// They do neither.
pub fn acts_for(actor: &Actor, body: Option<Id>) -> Result<(), Refusal> {
    let own = body.is_some_and(|body| actor.bodies.contains(&body));
    if own || actor.coordinates {
        return Ok(());
    }
    Err(Refusal::new("funds-of-others").status(403))
}
