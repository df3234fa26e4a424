//! The folds of ballots: each entity's records to one row. Pure. None opens a sealed half: what a
//! ballot says stands in no row.

mod credential;
mod paper;
mod round;

use record::{Id, Record};
use store::{Column, Folded, OnConflict, Row, Table, Value, View};

use super::records::{BallotBundleMade, BallotLogGrown};

pub use credential::Credential;
pub use paper::Paper;
pub use round::{Appeal, Counted, Round};

/// The views of this part.
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
        view("ballot_round", "ballot_rounds_1", ROUNDS, |id, records| {
            plain(Round::fold(id, records).row())
        }),
        view("ballot_log", "ballot_logs_1", LOGS, |id, records| {
            plain(Log::fold(id, records).row())
        }),
        view("credential", "ballot_credentials_2", CREDENTIALS, |id, records| {
            plain(Credential::fold(id, records).row())
        }),
        view("ballot_paper", "ballot_papers_1", PAPERS, |id, records| {
            plain(Paper::fold(id, records).row())
        }),
        view("ballot_bundle", "ballot_bundles_1", BUNDLES, |id, records| {
            let made = records.iter().rev().find_map(Record::read::<BallotBundleMade>);
            plain(vec![id.into(), made.map(|made| made.json).into()])
        }),
    ]
}

fn plain(row: Vec<Value>) -> Folded {
    Folded { row, counts: Vec::new() }
}

const ROUNDS: &[(&str, Column)] = &[
    ("id", Column::Bytes),
    ("number", Column::Int),
    ("closes_ms", Column::Int),
    ("counted", Column::Bool),
    ("whole", Column::Bytes),
];
const LOGS: &[(&str, Column)] = &[
    ("id", Column::Bytes),
    ("size", Column::Int),
    ("closed", Column::Bool),
    ("whole", Column::Bytes),
];
const CREDENTIALS: &[(&str, Column)] = &[
    ("id", Column::Bytes),
    ("round", Column::Bytes),
    ("batch", Column::Bytes),
    ("area", Column::Bytes),
    ("void", Column::Bool),
    ("turns", Column::Int),
    ("whole", Column::Bytes),
];
const PAPERS: &[(&str, Column)] =
    &[("id", Column::Bytes), ("round", Column::Bytes), ("whole", Column::Bytes)];
const BUNDLES: &[(&str, Column)] = &[("id", Column::Bytes), ("json", Column::Text)];

/// The log of a box: its leaves and its signed heads.
#[derive(Clone, Debug, Default, PartialEq, Eq, minicbor::Encode, minicbor::Decode)]
pub struct Log {
    /// The entity, made from the round.
    #[n(0)]
    pub id: Id,
    /// Leaf hashes one after the other.
    #[cbor(n(1), with = "minicbor::bytes")]
    pub leaves: Vec<u8>,
    /// Heads after the empty one: size, root, signature.
    #[n(2)]
    pub heads: Vec<HeadRow>,
    /// Whether nothing comes after.
    #[n(3)]
    pub closed: bool,
}

/// A signed head of the log.
#[derive(Clone, Debug, PartialEq, Eq, minicbor::Encode, minicbor::Decode)]
pub struct HeadRow {
    /// How many leaves.
    #[n(0)]
    pub size: u64,
    /// The root over them.
    #[cbor(n(1), with = "minicbor::bytes")]
    pub root: [u8; 32],
    /// The box's signature.
    #[cbor(n(2), with = "minicbor::bytes")]
    pub signature: [u8; 64],
}

impl Log {
    /// The fold.
    #[must_use]
    pub fn fold(id: Id, records: &[Record]) -> Log {
        let mut log = Log { id, ..Log::default() };
        for grown in records.iter().filter_map(Record::read::<BallotLogGrown>) {
            log.leaves.extend_from_slice(&grown.leaves);
            let (root, signature) = (grown.root, grown.signature);
            log.heads.push(HeadRow { size: log.size(), root, signature });
            log.closed |= grown.last;
        }
        log
    }

    /// How many leaves.
    #[must_use]
    pub fn size(&self) -> u64 {
        u64::try_from(self.leaves.len() / 32).unwrap_or(u64::MAX)
    }

    /// The leaf hashes in order.
    #[must_use]
    pub fn hashes(&self) -> Vec<[u8; 32]> {
        self.leaves.chunks_exact(32).filter_map(|leaf| leaf.try_into().ok()).collect()
    }

    fn row(&self) -> Vec<Value> {
        let size = i64::try_from(self.size()).unwrap_or(i64::MAX);
        vec![self.id.into(), size.into(), self.closed.into(), record::encode(self).into()]
    }

    /// The row whose `whole` is the first column of a query's answer.
    #[must_use]
    pub fn from_row(row: &Row) -> Option<Log> {
        record::decode(&row.bytes(0)).ok()
    }
}
