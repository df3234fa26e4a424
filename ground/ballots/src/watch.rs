//! How a log stood when somebody looked, as the node serves it while people vote: signed heads, and
//! the proof that one size of it is the beginning of another. Kept by whoever looked, it is held
//! against the bundle in the end. It never holds a ballot: of hashes, only the
//! roots of the log and what its proofs need.

use serde::{Deserialize, Serialize};

use crate::bundle::{Bundle, Notice};
use crate::head::SignedHead;
use crate::hex::Hex;
use crate::log::{self, Hash};

/// One size of a log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stand {
    /// How many leaves.
    pub size: u64,
    /// The root over them.
    pub root: Hex<32>,
}

/// How a log stood.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Watch {
    /// The round.
    pub round: Hex<16>,
    /// The public key of the box.
    pub log_key: Hex<32>,
    /// All signed heads until then, the first of the empty log.
    pub heads: Vec<SignedHead>,
    /// The earlier size that was asked for.
    pub from: Stand,
    /// The later one.
    pub to: Stand,
    /// The hashes that show that the earlier one is the beginning of the later one (RFC 6962).
    pub proof: Vec<Hex<32>>,
}

impl Watch {
    /// The watch of a log from one size to another; none when it has fewer leaves, or the sizes
    /// stand the wrong way round.
    #[must_use]
    pub fn of(
        (round, log_key): (Hex<16>, Hex<32>),
        heads: Vec<SignedHead>,
        leaves: &[Hash],
        (from, to): (usize, usize),
    ) -> Option<Watch> {
        let whole = leaves.get(..to)?;
        let proof = log::consistency(whole, from)?.into_iter().map(Hex).collect();
        let stand = |size: usize| {
            let root = Hex(log::root(leaves.get(..size)?));
            Some(Stand { size: u64::try_from(size).ok()?, root })
        };
        Some(Watch { round, log_key, heads, from: stand(from)?, to: stand(to)?, proof })
    }

    /// Holds what was seen against the bundle: what is wrong, and where.
    #[must_use]
    pub fn against(&self, bundle: &Bundle) -> Vec<Notice> {
        let mut found = Vec::new();
        let mut wrong = |at: &str, what: &str| {
            found.push(Notice { at: format!("log.{at}"), what: what.to_owned() });
        };
        if self.round != bundle.rules.round || self.log_key != bundle.rules.log_key {
            wrong("round", "it is the log of another round or box");
        }
        let leaves: Vec<Hash> = bundle.leaves.iter().map(|leaf| leaf.0).collect();
        let same = |stand: &Stand| {
            let size = usize::try_from(stand.size).unwrap_or(usize::MAX);
            leaves.get(..size).is_some_and(|part| log::root(part) == stand.root.0)
        };
        for (n, head) in self.heads.iter().enumerate() {
            let at = format!("heads[{n}]");
            if !head.holds(&bundle.rules.log_key.0, bundle.rules.round.0) {
                wrong(&at, "the box of this round did not sign it");
            }
            if !same(&Stand { size: head.size, root: head.root }) {
                wrong(&at, "the log of the bundle does not begin with it: it was changed since");
            }
        }
        for (name, stand) in [("from", &self.from), ("to", &self.to)] {
            if !same(stand) {
                wrong(name, "the log of the bundle does not begin with it: it was changed since");
            }
        }
        let proof: Vec<Hash> = self.proof.iter().map(|hash| hash.0).collect();
        let (from, to) = (&self.from, &self.to);
        if !log::consistent((from.size, &from.root.0), (to.size, &to.root.0), &proof) {
            wrong("proof", "it does not show that the earlier log is the beginning of the later");
        }
        found
    }
}

/// The place of a receipt in the log of a bundle, from 1, and how many leaves that has; its first
/// symbols are enough when there is only one such.
///
/// # Errors
/// It is not there, or there are several.
pub fn receipt(bundle: &Bundle, begins: &str) -> Result<(usize, usize), Notice> {
    let wrong = |what: &str| Notice { at: "leaves".to_owned(), what: what.to_owned() };
    let mut places = (0..bundle.leaves.len()).filter(|at| {
        let leaf = bundle.leaves.get(*at).map(ToString::to_string).unwrap_or_default();
        leaf.starts_with(begins)
    });
    let at = places.next().ok_or_else(|| wrong("this receipt is not in the log"))?;
    if places.next().is_some() {
        return Err(wrong("several receipts begin so: give more symbols"));
    }
    let leaves: Vec<Hash> = bundle.leaves.iter().map(|leaf| leaf.0).collect();
    let (size, path) = (leaves.len(), log::inclusion(&leaves, at).unwrap_or_default());
    let root = bundle.heads.last().map(|head| head.root.0).unwrap_or_default();
    let whole = |n: usize| u64::try_from(n).unwrap_or(u64::MAX);
    let leaf = leaves.get(at).copied().unwrap_or_default();
    if !log::includes(&root, whole(size), &leaf, whole(at), &path) {
        return Err(wrong("this receipt does not lead to the last signed head"));
    }
    Ok((at + 1, size))
}
