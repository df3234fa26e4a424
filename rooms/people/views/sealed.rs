//! The folds behind the door for sensitive reports: who may read them, and what else must be there
//! before the door opens. Pure. They never see a report.

use record::{Id, Payload, Record};
use store::{Column, Row, Value};

use crate::people::records::{FocalConfirmed, FocalStoodDown, FocalTrained, SealedDoorConfirmed};

pub(super) const FOCALS: &[(&str, Column)] = &[
    ("id", Column::Bytes),
    ("member", Column::Bytes),
    ("woman", Column::Bool),
    ("outside", Column::Bool),
    ("public", Column::Bytes),
    ("confirmed_ms", Column::Int),
    ("stands", Column::Bool),
];
pub(super) const SEALED_DOORS: &[(&str, Column)] = &[
    ("id", Column::Bytes),
    ("outside_number", Column::Text),
    ("referral_list", Column::Text),
    ("confirmed_ms", Column::Int),
];

/// A focal point, as folded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FocalRow {
    /// [`focal_id`] of the member.
    pub id: Id,
    /// Who.
    pub member: Id,
    /// Whether she is a woman.
    pub woman: bool,
    /// Whether they said that they stand outside the bodies.
    pub outside: bool,
    /// Their public key.
    pub public: [u8; 32],
    /// When they last said that they are there, in milliseconds since 1970; training counts.
    pub confirmed_ms: i64,
    /// Whether they were trained and have not stood down since.
    pub stands: bool,
}

impl FocalRow {
    /// The fold.
    #[must_use]
    pub fn fold(id: Id, records: &[Record]) -> FocalRow {
        let mut focal = FocalRow { id, ..FocalRow::default() };
        for record in records {
            if let Some(trained) = record.read::<FocalTrained>() {
                focal.member = trained.member;
                focal.woman = trained.woman;
                focal.outside = trained.outside;
                focal.public = trained.public;
                focal.confirmed_ms = record.clock.ms();
                focal.stands = true;
            } else if record.kind == FocalConfirmed::KIND {
                focal.confirmed_ms = record.clock.ms();
            } else if record.kind == FocalStoodDown::KIND {
                focal.stands = false;
            }
        }
        focal
    }

    pub(super) fn row(&self) -> Vec<Value> {
        vec![
            self.id.into(),
            self.member.into(),
            self.woman.into(),
            self.outside.into(),
            self.public.into(),
            self.confirmed_ms.into(),
            self.stands.into(),
        ]
    }

    /// The row in the columns of `focals_1`.
    #[must_use]
    pub fn from_row(row: &Row) -> FocalRow {
        FocalRow {
            id: row.id(0),
            member: row.id(1),
            woman: row.flag(2),
            outside: row.flag(3),
            public: row.bytes(4).try_into().unwrap_or_default(),
            confirmed_ms: row.int(5),
            stands: row.flag(6),
        }
    }
}

/// What stands behind the door for sensitive reports, as folded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DoorRow {
    /// [`door_id`].
    pub id: Id,
    /// A verified number outside the city's bodies; empty when none was ever set.
    pub outside_number: String,
    /// Who helps with what.
    pub referral_list: String,
    /// When both were last checked, in milliseconds since 1970; 0 for never.
    pub confirmed_ms: i64,
}

impl DoorRow {
    /// The fold: the last check counts.
    #[must_use]
    pub fn fold(id: Id, records: &[Record]) -> DoorRow {
        let mut door = DoorRow { id, ..DoorRow::default() };
        for record in records {
            if let Some(checked) = record.read::<SealedDoorConfirmed>() {
                door.outside_number = checked.outside_number;
                door.referral_list = checked.referral_list;
                door.confirmed_ms = record.clock.ms();
            }
        }
        door
    }

    pub(super) fn row(&self) -> Vec<Value> {
        let (number, list) = (self.outside_number.clone(), self.referral_list.clone());
        vec![self.id.into(), number.into(), list.into(), self.confirmed_ms.into()]
    }

    /// The row in the columns of `sealed_doors_1`.
    #[must_use]
    pub fn from_row(row: &Row) -> DoorRow {
        DoorRow {
            id: row.id(0),
            outside_number: row.text(1),
            referral_list: row.text(2),
            confirmed_ms: row.int(3),
        }
    }
}

/// The entity of a member's being a focal point.
#[must_use]
pub fn focal_id(member: Id) -> Id {
    Id::named("focal", &member.to_string())
}

/// The one entity of the door for sensitive reports.
#[must_use]
pub fn door_id() -> Id {
    Id::named("sealed_door", "node")
}
