//! The fold of what waits from a phone: its records in order to one row. Pure. It never judges
//! whether what it waits for has come.

use minicbor::{Decode, Encode};
use record::{Id, Payload, Record};
use store::{Column, Folded, OnConflict, Row, Table, Value, View};

use super::records::{KitKept, KitTakenIn};

/// The view of this part.
#[must_use]
pub fn views() -> Vec<View> {
    let table =
        Table { name: "kit_1".into(), key: 1, columns: KIT, on_conflict: OnConflict::Replace };
    let fold = |id, records: &[Record]| Folded {
        row: Waiting::fold(id, records).row(),
        counts: Vec::new(),
    };
    vec![View { noun: "kit", table, sql: include_str!("views.sql"), fold }]
}

const KIT: &[(&str, Column)] = &[
    ("id", Column::Bytes),
    ("assembly", Column::Bytes),
    ("place", Column::Int),
    ("waits", Column::Bool),
    ("whole", Column::Bytes),
];

/// A fact that waits for the other phone, or did.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct Waiting {
    /// The event.
    #[n(0)]
    pub id: Id,
    /// The assembly.
    #[n(1)]
    pub assembly: Id,
    /// Its place in the order of its phone.
    #[n(2)]
    pub place: i64,
    /// The fact, in JSON; empty before it is known.
    #[n(3)]
    pub fact: String,
    /// Who sent it.
    #[n(4)]
    pub by: Option<Id>,
    /// The bodies they belong to.
    #[n(5)]
    pub groups: Vec<Id>,
    /// Whether it was taken in.
    #[n(6)]
    pub taken_in: bool,
}

impl Waiting {
    /// The fold.
    #[must_use]
    pub fn fold(id: Id, records: &[Record]) -> Waiting {
        let mut waiting = Waiting { id, ..Waiting::default() };
        for record in records {
            if let Some(kept) = record.read::<KitKept>() {
                waiting.assembly = kept.assembly;
                waiting.place = kept.place;
                waiting.fact = kept.fact;
                waiting.groups = kept.groups;
                waiting.by = record.author;
            } else if record.kind == KitTakenIn::KIND {
                waiting.taken_in = true;
            }
        }
        waiting
    }

    fn row(&self) -> Vec<Value> {
        vec![
            self.id.into(),
            self.assembly.into(),
            self.place.into(),
            (!self.taken_in && !self.fact.is_empty()).into(),
            record::encode(self).into(),
        ]
    }

    /// The row whose `whole` is the first column of a query's answer.
    #[must_use]
    pub fn from_row(row: &Row) -> Option<Waiting> {
        record::decode(&row.bytes(0)).ok()
    }
}
