//! What a phone may say of an evening, and what is done when it comes too early, too late or twice:
//! pure judgements. They never take one phone's word for the other's.

use record::{Id, Refusal};
use serde::{Deserialize, Serialize};

use crate::decisions::resolutions::Tally;

/// Longest fact, in bytes: a result with all its words.
pub const FACT_BYTES_MAX: usize = 16 * 1024;
/// Most facts in one sending.
pub const FACTS_MAX: usize = 100;
/// Most motions from the floor in one evening.
pub const FLOOR_MAX: u8 = 40;

/// What somebody with a mandate would do by when, as a phone wrote it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Promised {
    /// The body.
    pub body: String,
    /// What.
    pub what: String,
    /// By which day, in days since 1970.
    pub due_day: i64,
}

/// How many chose one thing, as a phone counted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Tallied {
    /// The choice.
    pub choice: String,
    /// Women's hands.
    pub women: i64,
    /// Men's hands.
    pub men: i64,
    /// Other hands.
    pub other: i64,
    /// Papers.
    pub papers: i64,
}

/// What a phone says. A motion is named by its id, or `floor-1` for the first from the floor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "k", rename_all = "lowercase")]
pub enum Said {
    /// The meeting began.
    Opened { chair: bool, co: Option<bool>, why: String },
    /// Who is there: `of` is `roll` at the arrival, else a motion at its vote.
    Counted { of: String, counter: u8, women: i64, men: i64, other: i64, ages: Option<[i64; 3]> },
    /// A motion came from the floor.
    Moved {
        floor: u8,
        title: String,
        short: String,
        subject: String,
        effects: String,
        options: Vec<String>,
    },
    /// It was asked who gains.
    Conflict { of: String, declared: bool, chair: bool, what: String },
    /// Somebody else leads the vote.
    Replaced { of: String, woman: bool },
    /// So many ask for a secret vote.
    Secret { of: String, asked: i64 },
    /// What this counter counted in a round.
    Hands { of: String, counter: u8, round: u8, tallies: Vec<Tallied> },
    /// All is counted again, in this round.
    Again { of: String, round: u8 },
    /// It was resolved.
    Resolved {
        of: String,
        reasons: String,
        because: String,
        dissent: String,
        review_day: Option<i64>,
        promise: Option<Promised>,
    },
    /// What the women's session found.
    Women { held: bool, words: String },
    /// How long who spoke, in minutes.
    Spoken { women: i64, men: i64, other: i64 },
    /// How many witnesses said that it is true.
    Witnessed { witnesses: i64 },
    /// The meeting ended.
    Closed {},
}

/// One fact of a phone: what it says, under an id that the phone made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    /// The event's id: 32 hexadecimal digits.
    pub id: String,
    /// Its place in the order of the phone.
    pub n: i64,
    /// What it says.
    #[serde(flatten)]
    pub said: Said,
}

/// A fact from what was sent.
///
/// # Errors
/// It is none, or of another version of the kit.
pub fn read(sent: &serde_json::Value) -> Result<(Id, Fact), Refusal> {
    let unreadable = || Refusal::new("kit-unreadable").status(400);
    if sent.to_string().len() > FACT_BYTES_MAX {
        return Err(unreadable());
    }
    let fact: Fact = serde_json::from_value(sent.clone()).map_err(|_| unreadable())?;
    let id = event_id(&fact.id).ok_or_else(unreadable)?;
    Ok((id, fact))
}

/// The id of an event from its 32 hexadecimal digits.
#[must_use]
pub fn event_id(hex: &str) -> Option<Id> {
    if hex.len() != 32 || !hex.bytes().all(|b| b.is_ascii_hexdigit()) {
        return None;
    }
    u128::from_str_radix(hex, 16).ok().map(|n| Id(n.to_be_bytes()))
}

impl Said {
    /// The motion it is about, as the phone names it.
    #[must_use]
    pub fn of(&self) -> Option<&str> {
        match self {
            Said::Counted { of, .. } => Some(of.as_str()).filter(|of| *of != "roll"),
            Said::Conflict { of, .. }
            | Said::Replaced { of, .. }
            | Said::Secret { of, .. }
            | Said::Hands { of, .. }
            | Said::Again { of, .. }
            | Said::Resolved { of, .. } => Some(of),
            _ => None,
        }
    }

    /// Whether the phone that only counts says it: what it needs may still be on the other phone.
    #[must_use]
    pub fn by_second(&self) -> bool {
        matches!(self, Said::Counted { counter: 2, .. } | Said::Hands { counter: 2, .. })
    }

    /// All words in it that a person wrote.
    #[must_use]
    pub fn words(&self) -> Vec<&str> {
        match self {
            Said::Opened { why, .. } => vec![why],
            Said::Conflict { what, .. } => vec![what],
            Said::Women { words, .. } => vec![words],
            Said::Resolved { reasons, because, dissent, promise, .. } => {
                let what = promise.as_ref().map_or("", |promise| promise.what.as_str());
                vec![reasons, because, dissent, what]
            }
            Said::Moved { title, short, subject, effects, options, .. } => {
                let said = [title, short, subject, effects].into_iter();
                said.chain(options).map(String::as_str).collect()
            }
            _ => Vec::new(),
        }
    }
}

/// Whether a refusal only says that what this fact needs has not come yet, so that the node keeps
/// it and takes it in later. What the minute phone did wrong itself is no such thing.
/// `minute_counted` says whether the minute phone's count of this vote is there.
#[must_use]
pub fn waits(said: &Said, code: &str, minute_counted: bool) -> bool {
    match code {
        "kit-motion-waits" | "kit-other-phone" => true,
        "assembly-not-open" | "assembly-counts-differ" | "decision-assembly-shut" => true,
        "decision-present-uncounted" | "decision-counts-missing" | "decision-counts-differ" => {
            matches!(said, Said::Resolved { .. })
        }
        "decision-vote-not-begun" | "decision-conflict-unasked" | "decision-chair-conflict" => {
            said.by_second()
        }
        "decision-round" => matches!(said, Said::Hands { .. }),
        // The hall asked for papers on the minute phone, unless that has counted already.
        "decision-secret" | "decision-not-secret" => said.by_second() && !minute_counted,
        _ => false,
    }
}

/// Whether a refusal only says that it is so already: nothing is left to do.
#[must_use]
pub fn is_so(said: &Said, code: &str) -> bool {
    matches!(
        (said, code),
        (Said::Opened { .. }, "assembly-open-already") | (Said::Closed {}, "assembly-over")
    )
}

/// The tallies as they are recorded.
#[must_use]
pub fn tallies(tallied: &[Tallied]) -> Vec<Tally> {
    let tally = |one: &Tallied| Tally {
        choice: one.choice.clone(),
        women: one.women,
        men: one.men,
        other: one.other,
        papers: one.papers,
    };
    tallied.iter().map(tally).collect()
}

/// Of facts that wait, those that a newer one of the same sender about the same motion replaces:
/// whoever writes a result anew means the new one.
#[must_use]
pub fn replaced(waiting: &[(Id, Option<Id>, Fact)]) -> Vec<Id> {
    let newer = |(id, by, fact): &(Id, Option<Id>, Fact)| {
        waiting.iter().any(|(other, sender, later)| {
            let both =
                matches!((&fact.said, &later.said), (Said::Resolved { .. }, Said::Resolved { .. }));
            let same = sender == by && later.said.of() == fact.said.of();
            both && same && (later.n, other) > (fact.n, id)
        })
    };
    waiting.iter().filter(|one| newer(one)).map(|(id, ..)| *id).collect()
}
