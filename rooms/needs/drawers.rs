//! The drawer of this room: what the street is told of the voices of each public need, floored and
//! frozen for a day. It can be made again from totals and holds nothing civic.

use store::{Column, Drawer, OnConflict, Table};

/// The day's frozen counts of public needs, floored.
pub const NEED_COUNTS: Table = Table {
    name: std::borrow::Cow::Borrowed("need_counts"),
    key: 1,
    columns: &[
        ("need", Column::Bytes),
        ("day", Column::Int),
        ("voices", Column::Int),
        ("asked", Column::Int),
        ("yes", Column::Int),
        ("no", Column::Int),
    ],
    on_conflict: OnConflict::Replace,
};

/// All drawers of this room.
#[must_use]
pub fn drawers() -> Vec<Drawer> {
    vec![Drawer {
        table: NEED_COUNTS,
        sql: include_str!("drawers.sql"),
        // Kept, so that a figure does not move because a node was restored.
        kept_in_backup: true,
    }]
}
