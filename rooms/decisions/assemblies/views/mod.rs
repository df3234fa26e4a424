//! The folds of assemblies, proposals and the rules of bodies: each entity's records to one row.
//! Pure. They never see words that nobody has looked at: those stay sealed in the log.

mod assembly;
mod proposal;

use record::{Id, Record};
use store::{Column, Folded, OnConflict, Row, Table, Value, View};

use super::records::{AttendanceTold, BodyRulesSet};
use super::rules::BodyRules;

pub use assembly::{Assembly, Counted};
pub use proposal::{LISTS_MAX, Proposal, SupportList};

/// The views of this part.
#[must_use]
pub fn views() -> Vec<View> {
    let sql = include_str!("../../views.sql");
    let view = |noun, name: &'static str, columns, fold| View {
        noun,
        table: Table { name: name.into(), key: 1, columns, on_conflict: OnConflict::Replace },
        sql,
        fold,
    };
    vec![
        view("assembly", "assemblies_1", ASSEMBLIES, |id, records| {
            let assembly = Assembly::fold(id, records);
            Folded { counts: assembly.counts(), row: assembly.row() }
        }),
        view("proposal", "proposals_1", PROPOSALS, |id, records| {
            let proposal = Proposal::fold(id, records);
            Folded { counts: proposal.counts(), row: proposal.row() }
        }),
        view("attendance", "attendance_1", ATTENDANCE, |id, records| Folded {
            row: Told::fold(id, records).row(),
            counts: Vec::new(),
        }),
        view("body_rules", "body_rules_1", BODY_RULES, |id, records| Folded {
            row: RulesRow::fold(id, records).row(),
            counts: Vec::new(),
        }),
    ]
}

const ASSEMBLIES: &[(&str, Column)] = &[
    ("id", Column::Bytes),
    ("number", Column::Int),
    ("body", Column::Bytes),
    ("area", Column::Bytes),
    ("starts_ms", Column::Int),
    ("status", Column::Text),
    ("whole", Column::Bytes),
];
const PROPOSALS: &[(&str, Column)] = &[
    ("id", Column::Bytes),
    ("number", Column::Int),
    ("area", Column::Bytes),
    ("status", Column::Text),
    ("supporters", Column::Int),
    ("made_ms", Column::Int),
    ("by_women", Column::Bool),
    ("whole", Column::Bytes),
];
const ATTENDANCE: &[(&str, Column)] =
    &[("id", Column::Bytes), ("assembly", Column::Bytes), ("told", Column::Text)];
const BODY_RULES: &[(&str, Column)] = &[
    ("id", Column::Bytes),
    ("body", Column::Bytes),
    ("women_share_min_percent", Column::Int),
    ("attendance_min", Column::Int),
    ("support_min", Column::Int),
    ("agenda_voices_min", Column::Int),
    ("set_ms", Column::Int),
    ("by_decision", Column::Bytes),
];

/// What somebody who was asked by lot told of an assembly; the last they told counts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// A keyed hash of the assembly and whoever was asked.
    pub id: Id,
    /// The assembly.
    pub assembly: Id,
    /// `so`, `otherwise` or `absent`; empty before they told.
    pub told: String,
}

impl Told {
    /// The fold.
    #[must_use]
    pub fn fold(id: Id, records: &[Record]) -> Told {
        let mut all = records.iter().filter_map(Record::read::<AttendanceTold>);
        let last =
            all.next_back().map(|last| Told { id, assembly: last.assembly, told: last.told });
        last.unwrap_or(Told { id, ..Told::default() })
    }

    fn row(&self) -> Vec<Value> {
        vec![self.id.into(), self.assembly.into(), self.told.as_str().into()]
    }
}

/// The rules of a body, as folded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RulesRow {
    /// [`rules_id`] of the body.
    pub id: Id,
    /// The body.
    pub body: Id,
    /// The rules that hold.
    pub rules: BodyRules,
    /// When they were set, in milliseconds since 1970; 0 when they never were.
    pub set_ms: i64,
    /// The decision that set them; none the first time.
    pub by_decision: Option<Id>,
}

impl RulesRow {
    /// The fold.
    #[must_use]
    pub fn fold(id: Id, records: &[Record]) -> RulesRow {
        let mut row = RulesRow { id, ..RulesRow::default() };
        for record in records {
            if let Some(set) = record.read::<BodyRulesSet>() {
                row.body = set.body;
                row.rules = BodyRules {
                    women_share_min_percent: set.women_share_min_percent,
                    attendance_min: set.attendance_min,
                    support_min: set.support_min,
                    agenda_voices_min: set.agenda_voices_min,
                };
                row.set_ms = record.clock.ms();
                row.by_decision = set.by_decision;
            }
        }
        row
    }

    fn row(&self) -> Vec<Value> {
        vec![
            self.id.into(),
            self.body.into(),
            self.rules.women_share_min_percent.into(),
            self.rules.attendance_min.into(),
            self.rules.support_min.into(),
            self.rules.agenda_voices_min.into(),
            self.set_ms.into(),
            self.by_decision.into(),
        ]
    }

    /// The row in the columns of `body_rules_1`.
    #[must_use]
    pub fn from_row(row: &Row) -> RulesRow {
        RulesRow {
            id: row.id(0),
            body: row.id(1),
            rules: BodyRules {
                women_share_min_percent: row.int(2),
                attendance_min: row.int(3),
                support_min: row.int(4),
                agenda_voices_min: row.int(5),
            },
            set_ms: row.int(6),
            by_decision: row.opt_id(7),
        }
    }
}

/// The entity of the rules of a body.
#[must_use]
pub fn rules_id(body: Id) -> Id {
    Id::named("body_rules", &body.to_string())
}
