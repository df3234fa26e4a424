//! The drawers of this room: what is not derived from the log because it must be able to vanish, or
//! because it is only on its way. Nothing civic lives here.

use store::{Column, Drawer, OnConflict, Table};

/// Messages on their way to a gateway: number and words sealed, deleted once handed over.
pub const OUTBOUND: Table = Table {
    name: std::borrow::Cow::Borrowed("outbound"),
    key: 1,
    columns: &[
        ("id", Column::Bytes),
        ("person", Column::Bytes),
        ("voice", Column::Bytes),
        ("urgency", Column::Int),
        ("made_ms", Column::Int),
        ("sealed", Column::Bytes),
        ("lease", Column::Bytes),
        ("lease_until", Column::Int),
        ("tries", Column::Int),
        ("refusals", Column::Int),
        ("handed_ms", Column::Int),
    ],
    on_conflict: OnConflict::Keep,
};

/// What a number is in the middle of, by keyed hash: the sealed path's half hour.
pub const NUMBER_STATES: Table = Table {
    name: std::borrow::Cow::Borrowed("number_states"),
    key: 2,
    columns: &[("number", Column::Bytes), ("state", Column::Text), ("until_ms", Column::Int)],
    on_conflict: OnConflict::Replace,
};

/// What a number is asked by a later room, one question an SMS: what it has said so far, sealed.
/// Gone when it ends, lapses, is stopped or its person is forgotten.
pub const DIALOGUES: Table = Table {
    name: std::borrow::Cow::Borrowed("dialogues"),
    key: 1,
    columns: &[
        ("number", Column::Bytes),
        ("turn", Column::Bytes),
        ("person", Column::Bytes),
        ("until_ms", Column::Int),
        ("sealed", Column::Bytes),
    ],
    on_conflict: OnConflict::Replace,
};

/// Which number is told what becomes of something it asked for by SMS; number and code sealed.
pub const FOLLOWED: Table = Table {
    name: std::borrow::Cow::Borrowed("followed"),
    key: 1,
    columns: &[
        ("entity", Column::Bytes),
        ("person", Column::Bytes),
        ("made_ms", Column::Int),
        ("until_ms", Column::Int),
        ("sealed", Column::Bytes),
    ],
    on_conflict: OnConflict::Replace,
};

/// What a person chose: a word (keyed hash; with when, if chosen later), whether to write with
/// codes only, and the number they left without proving it (keyed hash).
pub const CHOICES: Table = Table {
    name: std::borrow::Cow::Borrowed("choices"),
    key: 2,
    columns: &[("person", Column::Bytes), ("choice", Column::Text), ("value", Column::Bytes)],
    on_conflict: OnConflict::Replace,
};

/// Forgetting that waits its day.
pub const ERASURES_DUE: Table = Table {
    name: std::borrow::Cow::Borrowed("erasures_due"),
    key: 2,
    columns: &[("person", Column::Bytes), ("voice", Column::Bytes), ("due_ms", Column::Int)],
    on_conflict: OnConflict::Replace,
};

/// Sensitive reports: sealed to the focal points, in a chain of their own; the node cannot open
/// them. Days, not times; all of one size. Of the number only a hint that fits one in sixteen.
pub const SENSITIVE_LOG: Table = Table {
    name: std::borrow::Cow::Borrowed("sensitive_log"),
    key: 2,
    columns: &[
        ("writer", Column::Bytes),
        ("place", Column::Int),
        ("id", Column::Bytes),
        ("day", Column::Int),
        ("sealed", Column::Bytes),
        ("keys", Column::Bytes),
        ("before", Column::Bytes),
        ("hash", Column::Bytes),
        ("code", Column::Text),
        ("state", Column::Text),
        ("hint", Column::Int),
    ],
    on_conflict: OnConflict::Retry,
};

/// Voice notes, each sealed under its voice's key: too large for the log, which every rebuild and
/// every page of a voice reads, and gone with the key.
pub const NOTES: Table = Table {
    name: std::borrow::Cow::Borrowed("notes"),
    key: 1,
    columns: &[("voice", Column::Bytes), ("sealed", Column::Bytes)],
    on_conflict: OnConflict::Keep,
};

/// Public counts as frozen at the beginning of a day, floored.
pub const PUBLIC_COUNTS: Table = Table {
    name: std::borrow::Cow::Borrowed("public_counts"),
    key: 3,
    columns: &[
        ("day", Column::Int),
        ("area", Column::Bytes),
        ("key", Column::Text),
        ("n", Column::Int),
    ],
    on_conflict: OnConflict::Keep,
};

/// Voices whose danger somebody was called for.
pub const ALARMS: Table = Table {
    name: std::borrow::Cow::Borrowed("alarms"),
    key: 1,
    columns: &[("voice", Column::Bytes), ("rung_ms", Column::Int)],
    on_conflict: OnConflict::Keep,
};

/// What the steward set for this node: the number on call (sealed), the unreviewed texts that were
/// accepted by name.
pub const SETTINGS: Table = Table {
    name: std::borrow::Cow::Borrowed("settings"),
    key: 1,
    columns: &[("name", Column::Text), ("value", Column::Bytes)],
    on_conflict: OnConflict::Replace,
};

/// What all whose voices belong to a need are still to be told, and how far that has gone.
pub const NOTICES: Table = Table {
    name: std::borrow::Cow::Borrowed("notices"),
    key: 1,
    columns: &[
        ("id", Column::Bytes),
        ("need", Column::Bytes),
        ("notice", Column::Bytes),
        ("made_ms", Column::Int),
        ("after_ms", Column::Int),
        ("after_id", Column::Bytes),
        ("lease", Column::Bytes),
        ("lease_until", Column::Int),
    ],
    on_conflict: OnConflict::Keep,
};

/// Needs about which somebody said YES or NO since their rule was last asked.
pub const TO_SETTLE: Table = Table {
    name: std::borrow::Cow::Borrowed("to_settle"),
    key: 1,
    columns: &[
        ("need", Column::Bytes),
        ("said_ms", Column::Int),
        ("due_ms", Column::Int),
        ("mark", Column::Bytes),
    ],
    on_conflict: OnConflict::Replace,
};

const SQL: &str = include_str!("drawers.sql");

/// All drawers of this room. The script creates them all, so it is given once.
#[must_use]
pub fn drawers() -> Vec<Drawer> {
    let drawer =
        |table: &Table, sql, kept_in_backup| Drawer { table: table.clone(), sql, kept_in_backup };
    vec![
        // A restored node must not send again what left long ago, perhaps to somebody forgotten.
        drawer(&OUTBOUND, SQL, false),
        drawer(&NUMBER_STATES, "", false),
        // What was half said when a backup was made, its person has ended or forgotten since.
        drawer(&DIALOGUES, "", false),
        drawer(&FOLLOWED, "", true),
        drawer(&CHOICES, "", true),
        drawer(&ERASURES_DUE, "", true),
        drawer(&SENSITIVE_LOG, "", true),
        drawer(&NOTES, "", true),
        drawer(&PUBLIC_COUNTS, "", true),
        drawer(&ALARMS, "", false),
        drawer(&SETTINGS, "", true),
        drawer(&NOTICES, "", false),
        drawer(&TO_SETTLE, "", true),
    ]
}
