//! The log's own tables: records, chain heads, writers, claims, rollups, persons' keys, the
//! erasure list. Everything else belongs to a room.

use std::borrow::Cow;

use crate::table::{Column, OnConflict, Table};

/// `CREATE` statements of the core, portable.
pub const CORE_SQL: &str = "
CREATE TABLE IF NOT EXISTS records (
  writer BYTEA NOT NULL, seq BIGINT NOT NULL, entity BYTEA NOT NULL, clock BIGINT NOT NULL,
  kind TEXT NOT NULL, hash BYTEA NOT NULL, entry BYTEA NOT NULL, envelope BYTEA NOT NULL,
  plain BYTEA NOT NULL, sealed BYTEA, parked BOOLEAN NOT NULL,
  PRIMARY KEY (writer, seq));
CREATE INDEX IF NOT EXISTS records_entity ON records (entity, clock, writer, seq);
CREATE INDEX IF NOT EXISTS records_parked ON records (clock) WHERE parked = TRUE;
CREATE TABLE IF NOT EXISTS heads (
  writer BYTEA NOT NULL, seq BIGINT NOT NULL, hash BYTEA NOT NULL, signature BYTEA NOT NULL,
  PRIMARY KEY (writer, seq));
CREATE TABLE IF NOT EXISTS writers (
  writer BYTEA PRIMARY KEY, public BYTEA NOT NULL, opened_ms BIGINT NOT NULL,
  signature BYTEA NOT NULL, node BYTEA NOT NULL, retired_seq BIGINT);
CREATE TABLE IF NOT EXISTS claims (
  key BYTEA NOT NULL, space TEXT NOT NULL, entity BYTEA NOT NULL, PRIMARY KEY (key, space));
CREATE INDEX IF NOT EXISTS claims_entity ON claims (entity);
CREATE TABLE IF NOT EXISTS rollups (
  view TEXT NOT NULL, area BYTEA NOT NULL, key TEXT NOT NULL, writer BYTEA NOT NULL,
  n BIGINT NOT NULL, PRIMARY KEY (view, area, key, writer));
CREATE TABLE IF NOT EXISTS views (
  noun TEXT PRIMARY KEY, name TEXT NOT NULL, building TEXT);
CREATE TABLE IF NOT EXISTS person_keys (
  person BYTEA PRIMARY KEY, wrapped BYTEA NOT NULL);
CREATE TABLE IF NOT EXISTS erasure_list (
  entity BYTEA PRIMARY KEY, person BYTEA NOT NULL, at_ms BIGINT NOT NULL);
";

/// Which table serves each noun.
pub(crate) const SERVING_SQL: &str = "SELECT noun, name FROM views";

/// The log.
pub const RECORDS: Table = Table {
    name: Cow::Borrowed("records"),
    key: 2,
    columns: &[
        ("writer", Column::Bytes),
        ("seq", Column::Int),
        ("entity", Column::Bytes),
        ("clock", Column::Int),
        ("kind", Column::Text),
        ("hash", Column::Bytes),
        ("entry", Column::Bytes),
        ("envelope", Column::Bytes),
        ("plain", Column::Bytes),
        ("sealed", Column::Bytes),
        ("parked", Column::Bool),
    ],
    on_conflict: OnConflict::Retry,
};

/// Signed heads of chains, one a committed batch.
pub const HEADS: Table = Table {
    name: Cow::Borrowed("heads"),
    key: 2,
    columns: &[
        ("writer", Column::Bytes),
        ("seq", Column::Int),
        ("hash", Column::Bytes),
        ("signature", Column::Bytes),
    ],
    on_conflict: OnConflict::Retry,
};

/// Processes that may write, with the node's word for each.
pub const WRITERS: Table = Table {
    name: Cow::Borrowed("writers"),
    key: 1,
    columns: &[
        ("writer", Column::Bytes),
        ("public", Column::Bytes),
        ("opened_ms", Column::Int),
        ("signature", Column::Bytes),
        ("node", Column::Bytes),
        ("retired_seq", Column::Int),
    ],
    on_conflict: OnConflict::Keep,
};

/// Names that may be held once: codes, numbers and message ids, all as keyed hashes.
pub const CLAIMS: Table = Table {
    name: Cow::Borrowed("claims"),
    key: 2,
    // The key first: few rows share one, while a whole space would be read to find it.
    columns: &[("key", Column::Bytes), ("space", Column::Text), ("entity", Column::Bytes)],
    on_conflict: OnConflict::Retry,
};

/// Drawer: persons' keys, wrapped by the vault. Deleting a row is forgetting.
pub const PERSON_KEYS: Table = Table {
    name: Cow::Borrowed("person_keys"),
    key: 1,
    columns: &[("person", Column::Bytes), ("wrapped", Column::Bytes)],
    on_conflict: OnConflict::Keep,
};

/// Drawer: what was forgotten, so that a restored backup forgets it again.
pub const ERASURE_LIST: Table = Table {
    name: Cow::Borrowed("erasure_list"),
    key: 1,
    columns: &[("entity", Column::Bytes), ("person", Column::Bytes), ("at_ms", Column::Int)],
    on_conflict: OnConflict::Keep,
};

/// The statements of a script, without empty ones.
pub fn statements(script: &str) -> impl Iterator<Item = &str> {
    script.split(';').map(str::trim).filter(|s| !s.is_empty())
}
