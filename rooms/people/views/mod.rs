//! The folds of this room: each entity's records in order to one row. Pure. A member's name stays
//! sealed in its row: only who holds the vault can read it, and forgetting takes it away.

pub(crate) mod drawers;
mod sealed;

use std::borrow::Cow;

use record::{Id, Payload, Record};
use store::{Column, Count, Folded, OnConflict, Row, Table, Value, View};

use super::records::{
    BodyContactGiven, BodyFormed, BodyRenamed, Ceiling, MandateEnded, MandateGiven, MemberJoined,
    MemberLeft, MemberRoleGiven, MemberRoleTaken, MembershipBegun, MembershipEnded,
};
use crate::door::Role;

pub use sealed::{DoorRow, FocalRow, door_id, focal_id};

/// The views of this room.
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
        view("member", "members_1", MEMBERS, |id, records| {
            let member = MemberRow::fold(id, records);
            Folded { counts: member.counts(), row: member.row() }
        }),
        view("body", "bodies_1", BODIES, |id, records| Folded {
            row: BodyRow::fold(id, records).row(),
            counts: Vec::new(),
        }),
        view("membership", "memberships_1", MEMBERSHIPS, |id, records| Folded {
            row: MembershipRow::fold(id, records).row(),
            counts: Vec::new(),
        }),
        view("mandate", "mandates_2", MANDATES, |id, records| {
            let mandate = MandateRow::fold(id, records);
            Folded { counts: mandate.counts(), row: mandate.row() }
        }),
        view("focal", "focals_1", sealed::FOCALS, |id, records| Folded {
            row: FocalRow::fold(id, records).row(),
            counts: Vec::new(),
        }),
        view("sealed_door", "sealed_doors_1", sealed::SEALED_DOORS, |id, records| Folded {
            row: DoorRow::fold(id, records).row(),
            counts: Vec::new(),
        }),
    ]
}

const MEMBERS: &[(&str, Column)] = &[
    ("id", Column::Bytes),
    ("name", Column::Bytes),
    ("roles", Column::Text),
    ("steward", Column::Bool),
    ("joined_ms", Column::Int),
    ("here", Column::Bool),
];
const BODIES: &[(&str, Column)] = &[
    ("id", Column::Bytes),
    ("name", Column::Text),
    ("kind", Column::Text),
    ("area", Column::Bytes),
    ("constituency", Column::Text),
    ("contact", Column::Text),
    ("formed_ms", Column::Int),
];
const MEMBERSHIPS: &[(&str, Column)] = &[
    ("id", Column::Bytes),
    ("body", Column::Bytes),
    ("member", Column::Bytes),
    ("holds", Column::Bool),
    ("since_ms", Column::Int),
];
const MANDATES: &[(&str, Column)] = &[
    ("id", Column::Bytes),
    ("body", Column::Bytes),
    ("subject", Column::Text),
    ("area", Column::Bytes),
    ("amount_minor", Column::Int),
    ("currency", Column::Text),
    ("expiry_day", Column::Int),
    ("instrument", Column::Text),
    ("given_ms", Column::Int),
    ("ended_ms", Column::Int),
    ("ended_why", Column::Text),
    ("by_body", Column::Bytes),
];
/// A member, as folded. The name is still sealed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MemberRow {
    /// Who.
    pub id: Id,
    /// Their name under their own key; none once forgotten.
    pub name: Option<Vec<u8>>,
    /// What they may do, in the order of [`Role::ALL`].
    pub roles: Vec<Role>,
    /// When they joined, in milliseconds since 1970; 0 before that record is known.
    pub joined_ms: i64,
    /// Whether they joined and have not left.
    pub here: bool,
}

impl MemberRow {
    /// The fold.
    #[must_use]
    pub fn fold(id: Id, records: &[Record]) -> MemberRow {
        let mut member = MemberRow { id, ..MemberRow::default() };
        let mut left = false;
        for record in records {
            if let Some(joined) = record.read::<MemberJoined>() {
                member.joined_ms = record.clock.ms();
                member.name.clone_from(&record.sealed);
                joined.roles.iter().for_each(|role| member.give(role));
            } else if let Some(given) = record.read::<MemberRoleGiven>() {
                member.give(&given.role);
            } else if let Some(taken) = record.read::<MemberRoleTaken>() {
                member.roles.retain(|role| role.code() != taken.role);
            } else if record.kind == MemberLeft::KIND {
                left = true;
            }
        }
        member.here = member.joined_ms > 0 && !left;
        member.roles.sort_unstable();
        member
    }

    /// A role that this program does not know is passed over: a newer one wrote it.
    fn give(&mut self, code: &str) {
        let role = Role::from_code(code).filter(|role| !self.roles.contains(role));
        self.roles.extend(role);
    }

    /// Whether they are here with this role.
    #[must_use]
    pub fn is(&self, role: Role) -> bool {
        self.here && self.roles.contains(&role)
    }

    fn row(&self) -> Vec<Value> {
        let codes: Vec<&str> = self.roles.iter().map(|role| role.code()).collect();
        vec![
            self.id.into(),
            self.name.clone().into(),
            codes.join(" ").into(),
            self.roles.contains(&Role::Steward).into(),
            self.joined_ms.into(),
            self.here.into(),
        ]
    }

    fn counts(&self) -> Vec<Count> {
        let roles = if self.here { self.roles.as_slice() } else { &[] };
        roles.iter().map(|role| one(Id::NONE, format!("role/{}", role.code()))).collect()
    }

    /// The row in the columns of `members_1`, beginning at `from`.
    #[must_use]
    pub fn from_row(row: &Row, from: usize) -> MemberRow {
        let roles = row.text(from + 2);
        MemberRow {
            id: row.id(from),
            name: row.opt_bytes(from + 1),
            roles: roles.split(' ').filter_map(Role::from_code).collect(),
            joined_ms: row.int(from + 4),
            here: row.flag(from + 5),
        }
    }
}

/// A body, as folded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BodyRow {
    /// Which.
    pub id: Id,
    /// Its name.
    pub name: String,
    /// Code of its kind.
    pub kind: String,
    /// The area it stands for; none for the whole city.
    pub area: Option<Id>,
    /// Code of the constituency it speaks for, if said.
    pub constituency: Option<String>,
    /// How the public reaches it.
    pub contact: String,
    /// When it was written down, in milliseconds since 1970; 0 before that record is known.
    pub formed_ms: i64,
}

impl BodyRow {
    /// The fold.
    #[must_use]
    pub fn fold(id: Id, records: &[Record]) -> BodyRow {
        let mut body = BodyRow { id, ..BodyRow::default() };
        for record in records {
            if let Some(formed) = record.read::<BodyFormed>() {
                body.name = formed.name;
                body.kind = formed.kind;
                body.area = formed.area;
                body.constituency = formed.constituency;
                body.contact = formed.contact;
                body.formed_ms = record.clock.ms();
            } else if let Some(renamed) = record.read::<BodyRenamed>() {
                body.name = renamed.name;
            } else if let Some(given) = record.read::<BodyContactGiven>() {
                body.contact = given.contact;
            }
        }
        body
    }

    fn row(&self) -> Vec<Value> {
        vec![
            self.id.into(),
            self.name.clone().into(),
            self.kind.clone().into(),
            self.area.into(),
            self.constituency.clone().into(),
            self.contact.clone().into(),
            self.formed_ms.into(),
        ]
    }

    /// The row in the columns of `bodies_1`.
    #[must_use]
    pub fn from_row(row: &Row) -> BodyRow {
        BodyRow {
            id: row.id(0),
            name: row.text(1),
            kind: row.text(2),
            area: row.opt_id(3),
            constituency: row.opt_text(4),
            contact: row.text(5),
            formed_ms: row.int(6),
        }
    }
}

/// Whether a member belongs to a body, as folded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MembershipRow {
    /// [`membership_id`] of the two.
    pub id: Id,
    /// The body.
    pub body: Id,
    /// The member.
    pub member: Id,
    /// Whether they belong to it now.
    pub holds: bool,
    /// Since when that is so, in milliseconds since 1970.
    pub since_ms: i64,
}

impl MembershipRow {
    /// The fold: the last word counts.
    #[must_use]
    pub fn fold(id: Id, records: &[Record]) -> MembershipRow {
        let mut row = MembershipRow { id, ..MembershipRow::default() };
        for record in records {
            let begun = record.read::<MembershipBegun>().map(|m| (m.body, m.member, true));
            let ended = record.read::<MembershipEnded>().map(|m| (m.body, m.member, false));
            if let Some((body, member, holds)) = begun.or(ended) {
                row = MembershipRow { id, body, member, holds, since_ms: record.clock.ms() };
            }
        }
        row
    }

    fn row(&self) -> Vec<Value> {
        let (body, member) = (self.body.into(), self.member.into());
        vec![self.id.into(), body, member, self.holds.into(), self.since_ms.into()]
    }
}

/// A mandate, as folded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MandateRow {
    /// Which.
    pub id: Id,
    /// Who holds it.
    pub body: Id,
    /// What it may decide about.
    pub subject: String,
    /// Where; none for the whole city.
    pub area: Option<Id>,
    /// Up to how much; none when no money may be decided on.
    pub ceiling: Option<Ceiling>,
    /// The last day it holds, in days since 1970.
    pub expiry_day: i64,
    /// What it stands on; without it decisions are advice.
    pub instrument: Option<String>,
    /// When it was given, in milliseconds since 1970; 0 before that record is known.
    pub given_ms: i64,
    /// When it was ended before its day, and why.
    pub ended: Option<(i64, String)>,
    /// The body that delegated it, if one did.
    pub by: Option<Id>,
}

impl MandateRow {
    /// The fold. The first end counts: what has ended cannot end again.
    #[must_use]
    pub fn fold(id: Id, records: &[Record]) -> MandateRow {
        let mut mandate = MandateRow { id, ..MandateRow::default() };
        for record in records {
            if let Some(given) = record.read::<MandateGiven>() {
                mandate = MandateRow {
                    id,
                    body: given.body,
                    subject: given.subject,
                    area: given.area,
                    ceiling: given.ceiling,
                    expiry_day: given.expiry_day,
                    instrument: given.instrument,
                    given_ms: record.clock.ms(),
                    ended: mandate.ended,
                    by: given.by,
                };
            } else if let Some(ended) = record.read::<MandateEnded>() {
                mandate.ended.get_or_insert((record.clock.ms(), ended.reason));
            }
        }
        mandate
    }

    fn row(&self) -> Vec<Value> {
        let ceiling = self.ceiling.as_ref();
        vec![
            self.id.into(),
            self.body.into(),
            self.subject.clone().into(),
            self.area.into(),
            ceiling.map(|c| c.amount_minor).into(),
            ceiling.map(|c| c.currency.clone()).into(),
            self.expiry_day.into(),
            self.instrument.clone().into(),
            self.given_ms.into(),
            self.ended.as_ref().map(|(at, _)| *at).into(),
            self.ended.as_ref().map(|(_, why)| why.clone()).into(),
            self.by.into(),
        ]
    }

    fn counts(&self) -> Vec<Count> {
        let force = if self.instrument.is_some() { "binding" } else { "advisory" };
        let state = if self.ended.is_some() { "ended" } else { "given" };
        vec![one(self.area.unwrap_or(Id::NONE), format!("{state}/{force}"))]
    }

    /// The row in the columns of `mandates_2`.
    #[must_use]
    pub fn from_row(row: &Row) -> MandateRow {
        let ceiling =
            row.opt_int(4).map(|amount_minor| Ceiling { amount_minor, currency: row.text(5) });
        MandateRow {
            id: row.id(0),
            body: row.id(1),
            subject: row.text(2),
            area: row.opt_id(3),
            ceiling,
            expiry_day: row.int(6),
            instrument: row.opt_text(7),
            given_ms: row.int(8),
            ended: row.opt_int(9).map(|at| (at, row.text(10))),
            by: row.opt_id(11),
        }
    }
}

/// The entity of "this member belongs to that body".
#[must_use]
pub fn membership_id(body: Id, member: Id) -> Id {
    Id::named("membership", &format!("{body}/{member}"))
}

fn one(area: Id, key: String) -> Count {
    Count { area, key: Cow::Owned(key), n: 1 }
}
