//! What a record is: ids, kinds, canonical bytes, hashes, signatures, and the hybrid logical clock.
//! Pure: it never reads a clock, a file or a database, and never draws chance except through `Id`s
//! and salts that the caller asks for.
//!
//! A record has three shells. The **entry** is what everyone may see and what the chain is made of.
//! The **envelope** says who spoke of what, where and when; it goes to the audience only. The
//! **body** has two halves, hashed apart, each with its own salt: the *plain* half (whatever a
//! total counts, never personal) and the *sealed* half (words, contact, exact place; ciphertext
//! under a person's key). The sealed half can be taken away and the chain still verifies.

mod clock;
mod entry;
mod id;
mod payload;
mod refusal;
mod signer;
#[cfg(test)]
mod tests;

pub use clock::{CLOCK_AHEAD_MS_MAX, Clock, DAY_MS, day_of};
pub use entry::{
    Audience, Body, Draft, Entry, Envelope, FORMAT, HASH_BYTES, Hash, Record, SALT_BYTES,
    SIZE_STEP_BYTES, Shelled, half_hash,
};
pub use id::{ID_BYTES, Id};
pub use payload::{Payload, decode, encode};
pub use refusal::Refusal;
pub use signer::{Delegation, Head, Signer, WriterId, check_delegation, check_head};

/// What can be wrong with bytes that claim to be a record.
#[derive(Debug, thiserror::Error, Clone, PartialEq, Eq)]
pub enum RecordError {
    /// The bytes are not the canonical CBOR of this format version.
    #[error("not a record of format {FORMAT}: {0}")]
    Malformed(String),
    /// A hash does not match what it stands for.
    #[error("the {0} does not match its hash")]
    HashMismatch(&'static str),
    /// The entry does not follow the one before it.
    #[error("entry {0} does not follow its predecessor")]
    Broken(u64),
    /// A signature is not by the key it names.
    #[error("the signature of {0} does not hold")]
    BadSignature(&'static str),
}
