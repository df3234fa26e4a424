//! What the ballot box signs: heads of its log, batches of paper, results. Each kind of statement
//! has words of its own before it, so that none passes for another. It never signs a ballot.

use ed25519_dalek::{Signature as Signed, Signer as _, SigningKey, VerifyingKey};
use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use crate::hex::Hex;
use crate::log::Hash;

/// A signature, written as hexadecimal.
pub type Signature = Hex<64>;

const HEAD: &[u8] = b"baraza ballot log head v1\0";
const PAPER: &[u8] = b"baraza paper batch v1\0";
const RESULT: &[u8] = b"baraza ballot result v1\0";

/// The key of one round's ballot box.
pub struct LogKey(SigningKey);

impl std::fmt::Debug for LogKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("LogKey(…)")
    }
}

/// How the log stood.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Head {
    /// The round.
    #[cbor(n(0), with = "minicbor::bytes")]
    pub round: [u8; 16],
    /// How many leaves.
    #[n(1)]
    pub size: u64,
    /// The root over them.
    #[cbor(n(2), with = "minicbor::bytes")]
    pub root: Hash,
}

/// A head that the box signed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignedHead {
    /// How many leaves.
    pub size: u64,
    /// The root over them.
    pub root: Hex<32>,
    /// The box's signature.
    pub signature: Signature,
}

/// Papers that two counters of different groups typed in, each for themselves, with the same
/// result.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct PaperBatch {
    /// The round.
    #[cbor(n(0), with = "minicbor::bytes")]
    pub round: [u8; 16],
    /// How many papers.
    #[n(1)]
    pub papers: u64,
    /// SHA-256 over their lines, put in order: whoever has the papers makes it again.
    #[cbor(n(2), with = "minicbor::bytes")]
    pub digest: Hash,
    /// The groups of the two counters.
    #[n(3)]
    pub groups: Vec<String>,
}

/// A batch of paper that the box signed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignedPaper {
    /// How many papers.
    pub papers: u64,
    /// SHA-256 over their lines, put in order.
    pub digest: Hex<32>,
    /// The groups of the two counters.
    pub groups: Vec<String>,
    /// The box's signature.
    pub signature: Signature,
}

impl LogKey {
    /// The key grown from 32 bytes.
    #[must_use]
    pub fn from_seed(seed: &[u8; 32]) -> LogKey {
        LogKey(SigningKey::from_bytes(seed))
    }

    /// Its public key, published with the rules before anybody votes.
    #[must_use]
    pub fn public(&self) -> [u8; 32] {
        self.0.verifying_key().to_bytes()
    }

    /// Signs how the log stands.
    #[must_use]
    pub fn sign_head(&self, head: &Head) -> SignedHead {
        let signature = Hex(self.sign(HEAD, &record::encode(head)));
        SignedHead { size: head.size, root: Hex(head.root), signature }
    }

    /// Signs a batch of paper.
    #[must_use]
    pub fn sign_paper(&self, batch: &PaperBatch) -> SignedPaper {
        let signature = Hex(self.sign(PAPER, &record::encode(batch)));
        let PaperBatch { papers, digest, groups, .. } = batch.clone();
        SignedPaper { papers, digest: Hex(digest), groups, signature }
    }

    /// Signs the digests of a result's sections.
    #[must_use]
    pub fn sign_result(&self, digests: &[u8]) -> Signature {
        Hex(self.sign(RESULT, digests))
    }

    fn sign(&self, words: &[u8], bytes: &[u8]) -> [u8; 64] {
        self.0.sign(&[words, bytes].concat()).to_bytes()
    }
}

impl SignedHead {
    /// Whether the box of this key and round signed it.
    #[must_use]
    pub fn holds(&self, key: &[u8; 32], round: [u8; 16]) -> bool {
        let head = Head { round, size: self.size, root: self.root.0 };
        holds(key, HEAD, &record::encode(&head), &self.signature)
    }
}

impl SignedPaper {
    /// Whether the box of this key and round signed it.
    #[must_use]
    pub fn holds(&self, key: &[u8; 32], round: [u8; 16]) -> bool {
        let (papers, digest, groups) = (self.papers, self.digest.0, self.groups.clone());
        let batch = PaperBatch { round, papers, digest, groups };
        holds(key, PAPER, &record::encode(&batch), &self.signature)
    }
}

/// Whether the box of this key signed these digests of a result's sections.
pub(crate) fn result_holds(key: &[u8; 32], digests: &[u8], signature: &Signature) -> bool {
    holds(key, RESULT, digests, signature)
}

fn holds(key: &[u8; 32], words: &[u8], bytes: &[u8], signature: &Signature) -> bool {
    let Ok(key) = VerifyingKey::from_bytes(key) else { return false };
    key.verify_strict(&[words, bytes].concat(), &Signed::from_bytes(&signature.0)).is_ok()
}
