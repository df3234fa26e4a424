//! Writers and their signatures: each process is a writer with its own key, delegated by the
//! node's key; one signature a committed batch, over the chain's head. It never signs a body.

use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};

use crate::id::fill_with_chance;
use crate::{Hash, Id, RecordError};

/// A writer's name: the first sixteen bytes of the hash of its public key.
pub type WriterId = Id;

/// A key that signs: the node's own, or one of its writers'.
#[derive(Clone)]
pub struct Signer {
    key: SigningKey,
}

/// The head of a chain after a batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// Whose chain.
    pub writer: WriterId,
    /// Last place in it.
    pub seq: u64,
    /// Hash of the entry there.
    pub hash: Hash,
}

/// The node's word that a key may write for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delegation {
    /// The writer.
    pub writer: WriterId,
    /// Its public key.
    pub public: [u8; 32],
    /// When it was opened, in milliseconds since 1970.
    pub opened_ms: i64,
    /// The node's signature over the three.
    pub signature: [u8; 64],
}

impl Signer {
    /// A new key from the operating system's chance.
    #[must_use]
    pub fn fresh() -> Signer {
        let mut seed = [0; 32];
        fill_with_chance(&mut seed);
        Signer::from_seed(&seed)
    }

    /// The key grown from a 32-byte seed.
    #[must_use]
    pub fn from_seed(seed: &[u8; 32]) -> Signer {
        Signer { key: SigningKey::from_bytes(seed) }
    }

    /// The seed, to be kept in a file only the node's user can read.
    #[must_use]
    pub fn seed(&self) -> [u8; 32] {
        self.key.to_bytes()
    }

    /// The public key.
    #[must_use]
    pub fn public(&self) -> [u8; 32] {
        self.key.verifying_key().to_bytes()
    }

    /// The writer's name that belongs to the public key.
    #[must_use]
    pub fn writer(&self) -> WriterId {
        writer_of(&self.public())
    }

    /// Signs the head of a chain.
    #[must_use]
    pub fn sign_head(&self, head: &Head) -> [u8; 64] {
        self.key.sign(&head_bytes(head)).to_bytes()
    }

    /// The node's word for a writer's public key.
    #[must_use]
    pub fn delegate(&self, public: [u8; 32], opened_ms: i64) -> Delegation {
        let writer = writer_of(&public);
        let signature = self.key.sign(&delegation_bytes(writer, &public, opened_ms)).to_bytes();
        Delegation { writer, public, opened_ms, signature }
    }
}

/// Checks a head's signature.
///
/// # Errors
/// `BadSignature` when it is not by `public`, `Malformed` when that is no key.
pub fn check_head(public: &[u8; 32], head: &Head, signature: &[u8; 64]) -> Result<(), RecordError> {
    check(public, &head_bytes(head), signature, "a chain's head")
}

/// Checks the node's word for a writer.
///
/// # Errors
/// `BadSignature` when it is not the node's or the name is not the key's.
pub fn check_delegation(node: &[u8; 32], delegation: &Delegation) -> Result<(), RecordError> {
    if writer_of(&delegation.public) != delegation.writer {
        return Err(RecordError::BadSignature("a writer"));
    }
    let bytes = delegation_bytes(delegation.writer, &delegation.public, delegation.opened_ms);
    check(node, &bytes, &delegation.signature, "a writer")
}

fn check(
    public: &[u8; 32],
    bytes: &[u8],
    signature: &[u8; 64],
    what: &'static str,
) -> Result<(), RecordError> {
    let key = VerifyingKey::from_bytes(public)
        .map_err(|_| RecordError::Malformed("not a public key".to_owned()))?;
    key.verify_strict(bytes, &Signature::from_bytes(signature))
        .map_err(|_| RecordError::BadSignature(what))
}

fn writer_of(public: &[u8; 32]) -> WriterId {
    let hash = blake3::Hasher::new_derive_key("baraza writer v1").update(public).finalize();
    let mut id = [0; 16];
    id.copy_from_slice(hash.as_bytes().split_at(16).0);
    Id(id)
}

fn head_bytes(head: &Head) -> Vec<u8> {
    let mut bytes = b"baraza head v1".to_vec();
    bytes.extend_from_slice(&head.writer.0);
    bytes.extend_from_slice(&head.seq.to_be_bytes());
    bytes.extend_from_slice(&head.hash);
    bytes
}

fn delegation_bytes(writer: WriterId, public: &[u8; 32], opened_ms: i64) -> Vec<u8> {
    let mut bytes = b"baraza writer v1".to_vec();
    bytes.extend_from_slice(&writer.0);
    bytes.extend_from_slice(public);
    bytes.extend_from_slice(&opened_ms.to_be_bytes());
    bytes
}
