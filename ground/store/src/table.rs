//! What the rooms tell the store about their tables: views (derived from the log, may be dropped)
//! and drawers (the few named tables that are not). It writes the SQL that both engines share.

use std::borrow::Cow;
use std::fmt::Write as _;

use record::{Id, Record};

use crate::Value;

/// The type of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// `BIGINT`.
    Int,
    /// `TEXT`.
    Text,
    /// `BYTEA`.
    Bytes,
    /// `BOOLEAN`.
    Bool,
}

/// What happens when a row with the same key is there already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnConflict {
    /// The new row takes its place.
    Replace,
    /// The row there stays.
    Keep,
    /// The whole batch is tried again with what is now known.
    Retry,
}

/// A table: its name and columns, the first `key` of them being the primary key.
#[derive(Clone, Debug)]
pub struct Table {
    /// Name; a view's name ends in its version, such as `voices_1`.
    pub name: Cow<'static, str>,
    /// How many of the first columns make the primary key.
    pub key: usize,
    /// Columns in order.
    pub columns: &'static [(&'static str, Column)],
    /// What a second row with the same key does.
    pub on_conflict: OnConflict,
}

/// A share of a total that one row gives: a rollup is the sum of these over all rows.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Count {
    /// Where; [`Id::NONE`] for the city as a whole.
    pub area: Id,
    /// What is counted, such as `status/received`.
    pub key: Cow<'static, str>,
    /// How many.
    pub n: i64,
}

/// What a fold makes of an entity's records: one row, and what it gives to the totals.
#[derive(Clone, Debug, Default)]
pub struct Folded {
    /// The row, in the order of the table's columns, the entity's id first.
    pub row: Vec<Value>,
    /// Shares of totals.
    pub counts: Vec<Count>,
}

/// A view: the table that the records of one noun fold into.
#[derive(Clone, Debug)]
pub struct View {
    /// The noun: what stands before the dot in its records' kinds.
    pub noun: &'static str,
    /// The table.
    pub table: Table,
    /// `CREATE` statements, portable, separated by semicolons.
    pub sql: &'static str,
    /// The pure fold: an entity's records in order to its row.
    pub fold: fn(Id, &[Record]) -> Folded,
}

/// A drawer: a named table not derived from the log. Nothing civic may live in one.
#[derive(Clone, Debug)]
pub struct Drawer {
    /// The table.
    pub table: Table,
    /// `CREATE` statements.
    pub sql: &'static str,
    /// Whether a backup carries it.
    pub kept_in_backup: bool,
}

/// All tables of a node beside the log's own.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// Views, one a noun.
    pub views: Vec<View>,
    /// Drawers.
    pub drawers: Vec<Drawer>,
}

impl Plan {
    /// The view in which records of this kind fold.
    #[must_use]
    pub fn view_of(&self, kind: &str) -> Option<&View> {
        let noun = kind.split_once('.').map_or(kind, |(noun, _)| noun);
        self.views.iter().find(|view| view.noun == noun)
    }
}

/// A row to be written.
#[derive(Clone, Debug)]
pub struct Put {
    /// Where.
    pub table: Table,
    /// Values in the order of the columns.
    pub row: Vec<Value>,
}

/// A statement to be run as it is: for deletions and changes in drawers.
#[derive(Clone, Debug)]
pub struct Statement {
    /// Portable SQL with `$1`, `$2`, ….
    pub sql: Cow<'static, str>,
    /// Parameters.
    pub params: Vec<Value>,
}

impl Statement {
    /// A statement with its parameters.
    pub fn new(sql: impl Into<Cow<'static, str>>, params: Vec<Value>) -> Statement {
        Statement { sql: sql.into(), params }
    }
}

impl Table {
    /// The names of the columns, separated by commas.
    #[must_use]
    pub fn column_names(&self) -> String {
        self.columns.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ")
    }

    /// `INSERT … VALUES ($1, …)` for one row.
    #[must_use]
    pub fn insert_one(&self) -> String {
        let marks = marks(1, self.columns.len());
        format!(
            "INSERT INTO {} ({}) VALUES ({marks}){}",
            self.name,
            self.column_names(),
            self.conflict_clause()
        )
    }

    /// `INSERT … SELECT * FROM UNNEST($1::bytea[], …)`: any number of rows in one statement
    /// (PostgreSQL).
    #[must_use]
    pub fn insert_many(&self) -> String {
        let arrays: Vec<String> = self
            .columns
            .iter()
            .enumerate()
            .map(|(i, (_, column))| format!("${}::{}[]", i + 1, column.sql()))
            .collect();
        format!(
            "INSERT INTO {} ({}) SELECT * FROM UNNEST({}){}",
            self.name,
            self.column_names(),
            arrays.join(", "),
            self.conflict_clause()
        )
    }

    fn conflict_clause(&self) -> String {
        let (keys, rest) = self.columns.split_at(self.key.min(self.columns.len()));
        let keys: Vec<&str> = keys.iter().map(|(name, _)| *name).collect();
        match self.on_conflict {
            OnConflict::Retry => String::new(),
            OnConflict::Keep => format!(" ON CONFLICT ({}) DO NOTHING", keys.join(", ")),
            OnConflict::Replace if rest.is_empty() => {
                format!(" ON CONFLICT ({}) DO NOTHING", keys.join(", "))
            }
            OnConflict::Replace => {
                let sets: Vec<String> =
                    rest.iter().map(|(name, _)| format!("{name} = excluded.{name}")).collect();
                format!(" ON CONFLICT ({}) DO UPDATE SET {}", keys.join(", "), sets.join(", "))
            }
        }
    }
}

impl Column {
    /// The SQL name that both engines take.
    #[must_use]
    pub fn sql(self) -> &'static str {
        match self {
            Column::Int => "bigint",
            Column::Text => "text",
            Column::Bytes => "bytea",
            Column::Bool => "boolean",
        }
    }
}

/// `$from, $from+1, …`: `count` placeholders, for `IN (…)`.
#[must_use]
pub fn marks(from: usize, count: usize) -> String {
    let mut text = String::new();
    for i in from..from + count {
        let _ = write!(text, "{}${i}", if i == from { "" } else { ", " });
    }
    text
}
