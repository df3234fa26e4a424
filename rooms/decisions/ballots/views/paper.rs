//! A batch of paper as its records tell it: who typed, whether both had the same. It never holds a
//! code.

use minicbor::{Decode, Encode};
use record::{Id, Payload as _, Record};
use store::{Row, Value};

use crate::decisions::ballots::records::{
    BallotPaperRecounted, BallotPaperTaken, BallotPaperTyped,
};

/// What one counter typed.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Typing {
    /// The counter.
    #[n(0)]
    pub by: Id,
    /// The bodies they belong to.
    #[n(1)]
    pub groups: Vec<Id>,
    /// How many papers.
    #[n(2)]
    pub papers: i64,
    /// SHA-256 over the lines, put in order.
    #[cbor(n(3), with = "minicbor::bytes")]
    pub digest: [u8; 32],
    /// The lines under the box's key.
    #[cbor(n(4), with = "minicbor::bytes")]
    pub sealed: Vec<u8>,
}

/// A batch.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct Paper {
    /// Which.
    #[n(0)]
    pub id: Id,
    /// The round; none when nobody typed it.
    #[n(1)]
    pub round: Option<Id>,
    /// What was typed since the last beginning: one counter's, or two that differ.
    #[n(2)]
    pub typed: Vec<Typing>,
    /// Once both had the same: papers, digest, groups in words, signature.
    #[n(3)]
    pub taken: Option<BallotPaperTaken>,
}

impl Paper {
    /// The fold.
    #[must_use]
    pub fn fold(id: Id, records: &[Record]) -> Paper {
        let mut paper = Paper { id, ..Paper::default() };
        for record in records {
            if let Some(typed) = record.read::<BallotPaperTyped>() {
                paper.round = Some(typed.round);
                paper.typed.push(Typing {
                    by: record.author.unwrap_or(Id::NONE),
                    groups: typed.groups,
                    papers: typed.papers,
                    digest: typed.digest,
                    sealed: record.sealed.clone().unwrap_or_default(),
                });
            } else if let Some(taken) = record.read::<BallotPaperTaken>() {
                paper.taken = Some(taken);
            } else if record.kind == BallotPaperRecounted::KIND {
                paper.typed.clear();
            }
        }
        paper
    }

    /// How it stands: `waits` for the second counter, `differs` or `taken`.
    #[must_use]
    pub fn status(&self) -> &'static str {
        match (&self.taken, self.typed.len()) {
            (Some(_), _) => "taken",
            (None, 0 | 1) => "waits",
            _ => "differs",
        }
    }

    pub(super) fn row(&self) -> Vec<Value> {
        vec![self.id.into(), self.round.into(), record::encode(self).into()]
    }

    /// The row whose `whole` is the first column of a query's answer.
    #[must_use]
    pub fn from_row(row: &Row) -> Option<Paper> {
        record::decode(&row.bytes(0)).ok()
    }
}
