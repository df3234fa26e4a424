//! A city's own table of flows, in plain columns that a person reads in a spreadsheet: a line for
//! each step that money took, each with the line that it is part of.
//!
//! | column | what stands in it |
//! |---|---|
//! | `flow` | the id of this line |
//! | `part_of` | the id of the line whose money this is; empty for the first |
//! | `step` | `pledged`, `committed`, `allocated`, `disbursed`, `spent`, `confirmed`, `returned` |
//! | `day` | when |
//! | `amount` | how much, with all digits of its currency; below zero it takes back |
//! | `currency` | of what (ISO 4217) |
//! | `from_id`, `from_name` | who gave: the id in a register where there is one, and the name |
//! | `to_id`, `to_name` | who received |
//! | `area_code`, `area_name` | for which area |
//! | `purpose` | for what, in words |
//! | `window` | out of which funding window |
//! | `decision` | which decision it follows |
//!
//! Never has a column for a person.

use crate::day::Day;
use crate::money::Money;
use crate::quote::quote;
use crate::table::{self, Refused, Table, Wrong, cell, currency, day, id, money};

/// The columns, in their order.
pub const LINE_COLUMNS: [&str; 15] = [
    "flow",
    "part_of",
    "step",
    "day",
    "amount",
    "currency",
    "from_id",
    "from_name",
    "to_id",
    "to_name",
    "area_code",
    "area_name",
    "purpose",
    "window",
    "decision",
];

const NEEDED: [&str; 5] = ["flow", "step", "day", "amount", "currency"];

/// How far money has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// Somebody said they would.
    Pledged,
    /// Somebody is bound to.
    Committed,
    /// It was shared out.
    Allocated,
    /// It was handed on.
    Disbursed,
    /// It was spent.
    Spent,
    /// Residents say that what it was for arrived.
    Confirmed,
    /// It was given back.
    Returned,
}

impl Step {
    /// All steps, in their order.
    pub const ALL: [Self; 7] = [
        Self::Pledged,
        Self::Committed,
        Self::Allocated,
        Self::Disbursed,
        Self::Spent,
        Self::Confirmed,
        Self::Returned,
    ];

    /// The word in the table.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Pledged => "pledged",
            Self::Committed => "committed",
            Self::Allocated => "allocated",
            Self::Disbursed => "disbursed",
            Self::Spent => "spent",
            Self::Confirmed => "confirmed",
            Self::Returned => "returned",
        }
    }

    fn read(text: &str) -> Result<Self, Wrong> {
        let known = "pledged, committed, allocated, disbursed, spent, confirmed, returned";
        let step = Self::ALL.into_iter().find(|step| step.word() == text);
        step.ok_or_else(|| Wrong::Word { said: quote(text), known })
    }
}

/// Somebody, or an area: by code, by name, or both.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Named {
    /// The id or code, where there is one.
    pub id: String,
    /// The name.
    pub name: String,
}

/// A step that money took.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Its id.
    pub flow: String,
    /// The line whose money this is.
    pub part_of: Option<String>,
    /// Which step.
    pub step: Step,
    /// When.
    pub day: Day,
    /// How much.
    pub money: Money,
    /// Who gave.
    pub from: Named,
    /// Who received.
    pub to: Named,
    /// For which area.
    pub area: Named,
    /// For what.
    pub purpose: String,
    /// Out of which window.
    pub window: String,
    /// Which decision it follows.
    pub decision: String,
}

/// Reads a city's own table of flows; gives the columns that it left out too.
///
/// # Errors
/// With one fault in the table all that is told is its faults: nothing is half read.
pub fn read_lines(bytes: &[u8]) -> Result<(Vec<Line>, Vec<String>), Refused> {
    Table::read(bytes, &LINE_COLUMNS, &NEEDED, |table| {
        let (flow, part_of) = (table.must(0, id), table.maybe(1, id));
        let (step, day) = (table.must(2, Step::read), table.must(3, day));
        let currency = table.must(5, currency);
        let money = currency.and_then(|currency| table.must(4, |text| money(text, currency)));
        let named = |table: &Table, at| Named { id: table.words(at), name: table.words(at + 1) };
        Some(Line {
            flow: flow?,
            part_of: part_of?,
            step: step?,
            day: day?,
            money: money?,
            from: named(table, 6),
            to: named(table, 8),
            area: named(table, 10),
            purpose: table.words(12),
            window: table.words(13),
            decision: table.words(14),
        })
    })
}

/// Writes a city's own table of flows; read again, it gives the same lines.
///
/// # Errors
/// When a line could not be read again: a bad id, an absurd amount.
pub fn write_lines(lines: &[Line]) -> Result<String, Refused> {
    let cells = |line: &Line| {
        [
            line.flow.clone(),
            table::maybe(line.part_of.as_ref()),
            line.step.word().to_owned(),
            line.day.to_string(),
            line.money.decimal(),
            line.money.currency.to_string(),
            cell(&line.from.id),
            cell(&line.from.name),
            cell(&line.to.id),
            cell(&line.to.name),
            cell(&line.area.id),
            cell(&line.area.name),
            cell(&line.purpose),
            cell(&line.window),
            cell(&line.decision),
        ]
    };
    table::write(&LINE_COLUMNS, lines, cells, |bytes| Ok(read_lines(bytes)?.0))
}
