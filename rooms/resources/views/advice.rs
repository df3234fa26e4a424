//! The fold of an advice. Pure. It never holds its words, nor who gave it.

use record::{Id, Payload, Record};
use store::{Column, Count, Row, Value};

use super::{in_order, under};
use crate::resources::records::{
    AdviceAccepted, AdviceDeclined, AdviceErased, AdviceGiven, AdviceInvited, AdviceRated,
};

/// The columns of `advice_1`, in order.
pub(super) const COLUMNS: &[(&str, Column)] = &[
    ("id", Column::Bytes),
    ("request", Column::Bytes),
    ("discipline", Column::Text),
    ("until_day", Column::Int),
    ("invited_ms", Column::Int),
    ("given_ms", Column::Int),
    ("gains", Column::Bool),
    ("status", Column::Text),
    ("reason", Column::Text),
    ("useful", Column::Int),
    ("word", Column::Text),
    ("erased", Column::Bool),
    ("last_ms", Column::Int),
];

/// An advice as its records tell it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Advice {
    /// Its id.
    pub id: Id,
    /// The request it is on; [`Id::NONE`] while what began it has not arrived.
    pub request: Id,
    /// A code of vocabulary 5.9, disciplines.
    pub discipline: String,
    /// The last day for it.
    pub until_day: i64,
    /// When it was invited.
    pub invited_ms: i64,
    /// When it was given.
    pub given_ms: Option<i64>,
    /// Whether the adviser gains by what they advise, as they say.
    pub gains: bool,
    /// `invited`, `given`, `accepted` or `declined`.
    pub status: String,
    /// Why it is followed, or not.
    pub reason: Option<String>,
    /// Whether it was useful.
    pub useful: Option<bool>,
    /// A word on that.
    pub word: String,
    /// Whether its words are gone.
    pub erased: bool,
    /// When it last changed.
    pub last_ms: i64,
}

impl Advice {
    /// Folds an advice's records, whatever order they come in.
    #[must_use]
    pub fn fold(id: Id, records: &[Record]) -> Advice {
        let ordered = in_order(records);
        let status = "invited".to_owned();
        let mut advice = Advice { id, request: Id::NONE, status, ..Advice::default() };
        let begun = ordered.iter().find_map(|r| Some((r, r.read::<AdviceInvited>()?)));
        if let Some((record, invited)) = begun {
            advice.request = invited.request;
            advice.discipline = invited.discipline;
            advice.until_day = invited.until_day;
            advice.invited_ms = record.clock.ms();
        }
        for record in ordered {
            advice.step(record);
            advice.last_ms = advice.last_ms.max(record.clock.ms());
        }
        advice
    }

    fn step(&mut self, record: &Record) {
        let waits = self.status == "given";
        match record.kind.as_str() {
            AdviceGiven::KIND if self.given_ms.is_none() => {
                self.given_ms = Some(record.clock.ms());
                self.gains = record.read::<AdviceGiven>().is_some_and(|given| given.gains);
                self.status = "given".to_owned();
            }
            AdviceAccepted::KIND if waits => {
                self.status = "accepted".to_owned();
                self.reason = record.read::<AdviceAccepted>().map(|said| said.reason);
            }
            AdviceDeclined::KIND if waits => {
                self.status = "declined".to_owned();
                self.reason = record.read::<AdviceDeclined>().map(|said| said.reason);
            }
            AdviceRated::KIND => {
                let Some(rated) = record.read::<AdviceRated>() else { return };
                self.useful = Some(rated.useful);
                self.word = rated.word;
            }
            AdviceErased::KIND => self.erased = true,
            _ => {}
        }
    }

    pub(super) fn row(&self) -> Vec<Value> {
        vec![
            self.id.into(),
            self.request.into(),
            self.discipline.as_str().into(),
            self.until_day.into(),
            self.invited_ms.into(),
            self.given_ms.into(),
            self.gains.into(),
            self.status.as_str().into(),
            self.reason.clone().into(),
            self.useful.map(i64::from).into(),
            self.word.as_str().into(),
            self.erased.into(),
            self.last_ms.into(),
        ]
    }

    /// An advice from a row of `advice_1`.
    #[must_use]
    pub fn from_row(row: &Row) -> Advice {
        Advice {
            id: row.id(0),
            request: row.id(1),
            discipline: row.text(2),
            until_day: row.int(3),
            invited_ms: row.int(4),
            given_ms: row.opt_int(5),
            gains: row.flag(6),
            status: row.text(7),
            reason: row.opt_text(8),
            useful: row.opt_int(9).map(|said| said != 0),
            word: row.text(10),
            erased: row.flag(11),
            last_ms: row.int(12),
        }
    }

    /// What this advice gives to the totals of its request.
    pub(super) fn counts(&self) -> Vec<Count> {
        let mut counts = Vec::new();
        if self.request == Id::NONE {
            return counts;
        }
        under(&mut counts, self.request, "invited".to_owned(), 1);
        under(&mut counts, self.request, self.status.clone(), 1);
        counts
    }
}
