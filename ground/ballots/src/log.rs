//! The log of a ballot box: a Merkle tree over SHA-256 as RFC 6962 describes it. A leaf is hashed
//! behind a 0 byte and a node behind a 1 byte, so that neither passes for the other.
//!
//! Never holds what a leaf stands for, and never takes a leaf out.

use sha2::{Digest as _, Sha256};

/// A SHA-256 hash.
pub type Hash = [u8; 32];

/// The hash of a leaf.
#[must_use]
pub fn leaf(bytes: &[u8]) -> Hash {
    Sha256::new().chain_update([0]).chain_update(bytes).finalize().into()
}

/// The hash of a node over two.
#[must_use]
pub fn node(left: &Hash, right: &Hash) -> Hash {
    Sha256::new().chain_update([1]).chain_update(left).chain_update(right).finalize().into()
}

/// The root of a tree over these leaf hashes; of an empty one, the hash of nothing.
#[must_use]
pub fn root(leaves: &[Hash]) -> Hash {
    match leaves {
        [] => Sha256::digest([]).into(),
        [only] => *only,
        more => {
            let (left, right) = parts(more);
            node(&root(left), &root(right))
        }
    }
}

/// A tree that grows leaf by leaf and gives its root at any size, without hashing again what came
/// before: a log of many signed heads is checked in one go.
#[derive(Clone, Debug, Default)]
pub struct Growing {
    size: usize,
    /// The roots of the complete trees it consists of, the largest first.
    complete: Vec<Hash>,
}

impl Growing {
    /// How many leaves it has.
    #[must_use]
    pub fn size(&self) -> usize {
        self.size
    }

    /// One more leaf.
    pub fn push(&mut self, leaf: Hash) {
        let (mut whole, mut size) = (leaf, self.size);
        // Two complete trees of one size are one of twice the size.
        while size % 2 == 1 {
            if let Some(left) = self.complete.pop() {
                whole = node(&left, &whole);
            }
            size /= 2;
        }
        self.complete.push(whole);
        self.size = self.size.saturating_add(1);
    }

    /// The root over all leaves so far.
    #[must_use]
    pub fn root(&self) -> Hash {
        let mut complete = self.complete.iter().rev();
        match complete.next() {
            None => root(&[]),
            Some(last) => complete.fold(*last, |right, left| node(left, &right)),
        }
    }
}

/// The hashes that lead from the leaf at `at` to the root, the nearest first; none when there is no
/// such leaf.
#[must_use]
pub fn inclusion(leaves: &[Hash], at: usize) -> Option<Vec<Hash>> {
    if at >= leaves.len() {
        return None;
    }
    let mut path = Vec::new();
    let (mut rest, mut at) = (leaves, at);
    while rest.len() > 1 {
        let (left, right) = parts(rest);
        if at < left.len() {
            path.push(root(right));
            rest = left;
        } else {
            path.push(root(left));
            at -= left.len();
            rest = right;
        }
    }
    path.reverse();
    Some(path)
}

/// Whether `path` leads from the leaf hash `of` at `at` to the root of a tree of `size` leaves.
#[must_use]
pub fn includes(root: &Hash, size: u64, of: &Hash, at: u64, path: &[Hash]) -> bool {
    if at >= size {
        return false;
    }
    let (mut at, mut last, mut seen) = (at, size - 1, *of);
    for step in path {
        if last == 0 {
            return false;
        }
        if at % 2 == 1 || at == last {
            seen = node(step, &seen);
            // Levels in which this one has no right neighbour have no node of their own.
            while at % 2 == 0 && at != 0 {
                (at, last) = (at / 2, last / 2);
            }
        } else {
            seen = node(&seen, step);
        }
        (at, last) = (at / 2, last / 2);
    }
    last == 0 && seen == *root
}

/// The hashes that show that the first `before` leaves are still the first ones of this tree; none
/// when there are fewer. Nothing needs to be shown of an empty tree or of the whole one.
#[must_use]
pub fn consistency(leaves: &[Hash], before: usize) -> Option<Vec<Hash>> {
    if before > leaves.len() {
        return None;
    }
    let mut proof = Vec::new();
    if before > 0 && before < leaves.len() {
        kept(leaves, before, true, &mut proof);
    }
    Some(proof)
}

/// RFC 6962's SUBPROOF. `whole` says that the part is a complete tree that the verifier knows.
fn kept(leaves: &[Hash], before: usize, whole: bool, proof: &mut Vec<Hash>) {
    if before == leaves.len() {
        if !whole {
            proof.push(root(leaves));
        }
        return;
    }
    let (left, right) = parts(leaves);
    if before <= left.len() {
        kept(left, before, whole, proof);
        proof.push(root(right));
    } else {
        kept(right, before - left.len(), false, proof);
        proof.push(root(left));
    }
}

/// Whether `proof` shows that the tree of `after.0` leaves with root `after.1` begins with the tree
/// of `before.0` leaves with root `before.1`.
#[must_use]
pub fn consistent(before: (u64, &Hash), after: (u64, &Hash), proof: &[Hash]) -> bool {
    let ((size, old), (size_after, new)) = (before, after);
    if size > size_after {
        return false;
    }
    if size == size_after {
        return proof.is_empty() && old == new;
    }
    if size == 0 {
        return proof.is_empty() && *old == root(&[]);
    }
    let (mut at, mut last) = (size - 1, size_after - 1);
    while at % 2 == 1 {
        (at, last) = (at / 2, last / 2);
    }
    // A tree whose size is a power of two is a node of the new one: the old root begins the proof.
    let whole = size.is_power_of_two();
    let mut steps = proof.iter();
    let first = if whole { Some(old) } else { steps.next() };
    let Some(first) = first else { return false };
    let (mut seen_old, mut seen_new) = (*first, *first);
    for step in steps {
        if last == 0 {
            return false;
        }
        if at % 2 == 1 || at == last {
            seen_old = node(step, &seen_old);
            seen_new = node(step, &seen_new);
            while at % 2 == 0 && at != 0 {
                (at, last) = (at / 2, last / 2);
            }
        } else {
            seen_new = node(&seen_new, step);
        }
        (at, last) = (at / 2, last / 2);
    }
    last == 0 && seen_old == *old && seen_new == *new
}

/// Where a tree of more than one leaf is parted: at the largest power of two below its size.
fn parts(leaves: &[Hash]) -> (&[Hash], &[Hash]) {
    let half = leaves.len().next_power_of_two() / 2;
    leaves.split_at(half.min(leaves.len()))
}
