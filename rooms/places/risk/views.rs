//! The fold of risk: one row for the index, one for each area that was measured. Pure.

use std::borrow::Cow;

use record::{Id, Record, encode};
use store::{Column, Folded, OnConflict, Table, View};

use super::records::{RiskMeasured, RiskSet};

const RISKS: Table = Table {
    name: Cow::Borrowed("risks_1"),
    key: 1,
    columns: &[
        ("id", Column::Bytes),
        ("index_set", Column::Bytes),
        ("measured", Column::Bytes),
        ("changed", Column::Int),
    ],
    on_conflict: OnConflict::Replace,
};

const SQL: &str = "CREATE TABLE IF NOT EXISTS risks_1 (
  id BYTEA PRIMARY KEY, index_set BYTEA, measured BYTEA, changed BIGINT NOT NULL)";

/// The view of risk.
#[must_use]
pub fn views() -> Vec<View> {
    vec![View { noun: "risk", table: RISKS, sql: SQL, fold }]
}

fn fold(id: Id, records: &[Record]) -> Folded {
    let set = records.iter().rev().find_map(Record::read::<RiskSet>);
    let measured = records.iter().rev().find_map(Record::read::<RiskMeasured>);
    let changed = records.iter().map(|record| record.clock.0).max().unwrap_or(0);
    let row = vec![
        id.into(),
        set.map(|set| encode(&set)).into(),
        measured.map(|measured| encode(&measured)).into(),
        changed.into(),
    ];
    Folded { row, counts: Vec::new() }
}
