//! The folds of decisions and of votes from afar: records in order to one row. Pure. A row of a
//! vote from afar never says whose it is.

mod decision;
mod fold;

use minicbor::{Decode, Encode};
use record::{Id, Payload, Record};
use store::{Column, Folded, OnConflict, Table, Value, View};

use super::records::{AfarCame, AfarSetAside, AfarVoted, Tally};

pub use decision::Decision;
pub(crate) use decision::OF_NEED;

/// How many of those present must ask for a vote to be secret (safety 11).
pub const SECRET_ASKED_MIN: i64 = 3;

/// The views of this part of the room.
#[must_use]
pub fn views() -> Vec<View> {
    let sql = include_str!("../views.sql");
    let view = |noun, name: &'static str, columns, fold| View {
        noun,
        table: Table { name: name.into(), key: 1, columns, on_conflict: OnConflict::Replace },
        sql,
        fold,
    };
    vec![
        view("decision", "decisions_2", DECISIONS, |id, records| {
            let decision = Decision::fold(id, records);
            Folded { counts: decision.counts(), row: decision.row() }
        }),
        view("afar", "afar_1", AFAR, |id, records| Folded {
            row: AfarVote::fold(id, records).row(),
            counts: Vec::new(),
        }),
    ]
}

const DECISIONS: &[(&str, Column)] = &[
    ("id", Column::Bytes),
    ("number", Column::Int),
    ("area", Column::Bytes),
    ("body", Column::Bytes),
    ("assembly", Column::Bytes),
    ("needs", Column::Text),
    ("moved_ms", Column::Int),
    ("resolved_ms", Column::Int),
    ("waiting_on", Column::Bytes),
    ("waiting_since_ms", Column::Int),
    ("promise_body", Column::Bytes),
    ("promise_due_day", Column::Int),
    ("promise_open", Column::Bool),
    ("review_day", Column::Int),
    ("review_open", Column::Bool),
    ("detail", Column::Bytes),
];
const AFAR: &[(&str, Column)] = &[
    ("id", Column::Bytes),
    ("decision", Column::Bytes),
    ("choice", Column::Text),
    ("counts", Column::Bool),
];

/// Somebody said that they gain from it, or that nobody does.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct Conflict {
    /// Whether somebody said so.
    #[n(0)]
    pub declared: bool,
    /// Whether it was who led the meeting.
    #[n(1)]
    pub chair: bool,
    /// What was said.
    #[n(2)]
    pub what: String,
}

/// What was told to, or heard from, an area that is affected.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct AreaSaid {
    /// The area.
    #[n(0)]
    pub area: Id,
    /// How it was told, or what was said.
    #[n(1)]
    pub words: String,
    /// The day, in days since 1970; 0 for a hearing.
    #[n(2)]
    pub day: i64,
}

/// What one counter counted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct HandCount {
    /// 1 or 2.
    #[n(0)]
    pub counter: u8,
    /// The round, from 1.
    #[n(1)]
    pub round: u8,
    /// One entry a choice.
    #[n(2)]
    pub tallies: Vec<Tally>,
    /// `hall` or `paper`.
    #[n(3)]
    pub via: String,
    /// Who wrote it down.
    #[n(4)]
    pub author: Option<Id>,
}

/// An appeal and its answer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct Appeal {
    /// Why.
    #[n(0)]
    pub why: String,
    /// The body that answers.
    #[n(1)]
    pub to: Id,
    /// When it was made, in milliseconds since 1970.
    #[n(2)]
    pub made_ms: i64,
    /// When it was answered.
    #[n(3)]
    pub answered_ms: Option<i64>,
    /// Whether the decision stands.
    #[n(4)]
    pub stands: bool,
    /// Why, in the words of the body that answered.
    #[n(5)]
    pub reason: String,
}

/// What was said of a decision on a later day: a review, or a reply of who is waited for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct Later {
    /// The body that said it.
    #[n(0)]
    pub by: Id,
    /// What.
    #[n(1)]
    pub words: String,
    /// When, in milliseconds since 1970.
    #[n(2)]
    pub at_ms: i64,
    /// Whether the decision goes on.
    #[n(3)]
    pub kept: bool,
}

/// A vote from afar, as folded. It says nothing of whose it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AfarVote {
    /// A keyed hash.
    pub id: Id,
    /// The decision; none for the mark of somebody who came in person.
    pub decision: Option<Id>,
    /// What was chosen last; empty when nothing was.
    pub choice: String,
    /// Whether whoever it is came in person, and votes by hand.
    pub set_aside: bool,
}

impl AfarVote {
    /// The fold: the last choice counts, and a mark at the door sets it aside for good.
    #[must_use]
    pub fn fold(id: Id, records: &[Record]) -> AfarVote {
        let mut vote = AfarVote { id, ..AfarVote::default() };
        for record in records {
            if let Some(voted) = record.read::<AfarVoted>() {
                vote.decision = Some(voted.decision);
                vote.choice = voted.choice;
            } else if let Some(aside) = record.read::<AfarSetAside>() {
                vote.decision = Some(aside.decision);
                vote.set_aside = true;
            } else if record.kind == AfarCame::KIND {
                vote.set_aside = true;
            }
        }
        vote
    }

    fn row(&self) -> Vec<Value> {
        let counts = !self.set_aside && !self.choice.is_empty();
        vec![self.id.into(), self.decision.into(), self.choice.as_str().into(), counts.into()]
    }
}
