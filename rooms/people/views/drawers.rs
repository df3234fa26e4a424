//! The drawers of this room: the hash of each passphrase, who has signed in, and the focal points'
//! wrapped keys. Nothing civic lives here, and no passphrase or token as it was typed or given.

use std::borrow::Cow;

use record::Id;
use store::{Column, Drawer, OnConflict, Put, Statement, Table};

/// The salted hash of each member's passphrase.
pub(crate) const CREDENTIALS: Table = Table {
    name: Cow::Borrowed("credentials"),
    key: 1,
    columns: &[("member", Column::Bytes), ("hash", Column::Bytes)],
    on_conflict: OnConflict::Replace,
};

/// Who has signed in: the keyed hash of the token, never the token.
pub(crate) const SESSIONS: Table = Table {
    name: Cow::Borrowed("sessions"),
    key: 1,
    columns: &[
        ("token", Column::Bytes),
        ("member", Column::Bytes),
        ("made_ms", Column::Int),
        ("until_ms", Column::Int),
    ],
    on_conflict: OnConflict::Replace,
};

/// Focal points' secret keys, each wrapped under its owner's passphrase: the node cannot open them.
pub(crate) const FOCAL_SECRETS: Table = Table {
    name: Cow::Borrowed("focal_secrets"),
    key: 1,
    columns: &[("member", Column::Bytes), ("wrapped", Column::Bytes)],
    on_conflict: OnConflict::Replace,
};

/// The drawers of this room. A backup carries no session: whoever restores one signs in again.
#[must_use]
pub fn drawers() -> Vec<Drawer> {
    let sql = include_str!("drawers.sql");
    [(CREDENTIALS, true), (SESSIONS, false), (FOCAL_SECRETS, true)]
        .into_iter()
        .map(|(table, kept_in_backup)| Drawer { table, sql, kept_in_backup })
        .collect()
}

/// Keeps the hash of a member's passphrase.
pub(crate) fn credential(member: Id, hash: &[u8]) -> Put {
    Put { table: CREDENTIALS, row: vec![member.into(), hash.to_vec().into()] }
}

/// Keeps a focal point's wrapped key.
pub(crate) fn focal_secret(member: Id, wrapped: &[u8]) -> Put {
    Put { table: FOCAL_SECRETS, row: vec![member.into(), wrapped.to_vec().into()] }
}

/// Ends every session of a member.
pub(crate) fn end_sessions(member: Id) -> Statement {
    Statement::new("DELETE FROM sessions WHERE member = $1", vec![member.into()])
}

/// Ends one session.
pub(crate) fn end_session(token: [u8; 16]) -> Statement {
    Statement::new("DELETE FROM sessions WHERE token = $1", vec![token.into()])
}

/// Clears sessions whose time is over.
pub(crate) fn clear_sessions(now_ms: i64) -> Statement {
    Statement::new("DELETE FROM sessions WHERE until_ms <= $1", vec![now_ms.into()])
}

/// Takes a member's way in away.
pub(crate) fn forget_credential(member: Id) -> Statement {
    Statement::new("DELETE FROM credentials WHERE member = $1", vec![member.into()])
}
