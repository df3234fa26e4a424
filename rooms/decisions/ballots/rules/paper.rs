//! Paper: two members of different groups type the same papers, each for themselves, and only when
//! both have the same do they go into the box. Pure. Nothing of a code stays with the first typing.

use ballots::{Choice, LogKey, PaperBatch, log};
use minicbor::{Decode, Encode};
use record::{Draft, Id, Record, Refusal};

use super::{Drafts, Hand, no_gain, open};
use crate::decisions::ballots::records::{
    BallotPaperRecounted, BallotPaperTaken, BallotPaperTyped,
};
use crate::decisions::ballots::views::{Paper, Round};

/// Most papers of one batch.
pub const LINES_MAX: usize = 50;

/// One paper, without its code: whose credential, and what it chooses.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
pub struct Line {
    /// The credential's public key.
    #[cbor(n(0), with = "minicbor::bytes")]
    pub credential: [u8; 32],
    /// What it chooses, by id.
    #[n(1)]
    pub choices: Vec<Choice>,
}

/// What a counter typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed {
    /// The lines.
    pub lines: Vec<Line>,
    /// The lines under the box's key.
    pub sealed: Vec<u8>,
}

/// SHA-256 over lines, put in order; whoever keeps the papers can make it again.
#[must_use]
pub fn digest(lines: &[Line]) -> [u8; 32] {
    let mut lines = lines.to_vec();
    lines.sort_unstable();
    log::leaf(&record::encode(&lines))
}

/// A counter types a batch. The answer says whether both now have the same.
///
/// # Errors
/// The round is not open; the counter gives out credentials, gains, or is of the same group as the
/// other; the papers are none, too many, or twice the same.
pub fn typed(
    (id, records): (Id, &[Record]),
    (batch, own): (Id, &[Record]),
    asked: &Typed,
    hand: &Hand,
    now_ms: i64,
) -> Result<(Vec<Draft>, bool), Refusal> {
    let round = open(id, records, now_ms)?;
    may_count(&round, hand)?;
    if asked.lines.is_empty() || asked.lines.len() > LINES_MAX {
        return Err(Refusal::new("ballot-paper-many").naming("max", LINES_MAX));
    }
    let mut keys: Vec<&[u8; 32]> = asked.lines.iter().map(|line| &line.credential).collect();
    keys.sort_unstable();
    keys.dedup();
    if keys.len() != asked.lines.len() {
        return Err(Refusal::new("ballot-paper-many").naming("max", LINES_MAX));
    }
    let paper = Paper::fold(batch, own);
    if paper.taken.is_some() {
        return Err(Refusal::new("ballot-paper-again").status(409));
    }
    if paper.typed.len() > 1 {
        return Err(Refusal::new("ballot-paper-again").status(409));
    }
    let digest = digest(&asked.lines);
    if let Some(first) = paper.typed.first() {
        let shared = hand.bodies.iter().any(|body| first.groups.contains(body));
        if first.by == hand.id || shared || first.groups.is_empty() || hand.bodies.is_empty() {
            return Err(Refusal::new("ballot-paper-hands").status(409));
        }
    }
    let papers = i64::try_from(asked.lines.len()).unwrap_or(i64::MAX);
    let said = BallotPaperTyped { round: id, papers, digest, groups: hand.bodies.clone() };
    let draft = Draft::new(batch, &said).by(Some(hand.id)).sealing(asked.sealed.clone());
    let same = paper.typed.first().is_some_and(|first| first.digest == digest);
    Ok((vec![draft], same))
}

fn may_count(round: &Round, hand: &Hand) -> Result<(), Refusal> {
    no_gain(round, hand)?;
    if round.registrar == hand.id {
        return Err(Refusal::new("ballot-hands").status(403));
    }
    // Without a group of their own nobody is a counter of another one.
    if hand.bodies.is_empty() {
        return Err(Refusal::new("ballot-paper-hands").status(409));
    }
    Ok(())
}

/// Both counters had the same: the batch is signed.
#[must_use]
pub fn taken(
    (round, batch): (Id, Id),
    lines: &[Line],
    groups: [String; 2],
    key: &LogKey,
    by: Option<Id>,
) -> Draft {
    let papers = u64::try_from(lines.len()).unwrap_or(u64::MAX);
    let (digest, groups) = (digest(lines), groups.to_vec());
    let signed = key.sign_paper(&PaperBatch { round: round.0, papers, digest, groups });
    let taken = BallotPaperTaken {
        papers: i64::try_from(lines.len()).unwrap_or(i64::MAX),
        digest,
        groups: signed.groups,
        signature: signed.signature.0,
    };
    Draft::new(batch, &taken).by(by)
}

/// The counters differed, and begin again.
///
/// # Errors
/// They did not.
pub fn recount(
    (id, records): (Id, &[Record]),
    (batch, own): (Id, &[Record]),
    hand: &Hand,
    now_ms: i64,
) -> Drafts {
    let round = open(id, records, now_ms)?;
    may_count(&round, hand)?;
    let paper = Paper::fold(batch, own);
    if paper.round != Some(id) || paper.status() != "differs" {
        return Err(Refusal::new("ballot-paper-again").status(409));
    }
    Ok(vec![Draft::new(batch, &BallotPaperRecounted {}).by(Some(hand.id))])
}
