//! Keys: one per person, per focal point, per node; sealing, opening, forgetting. Everything here
//! is a thin layer over audited ciphers (XChaCha20-Poly1305, X25519 sealed boxes, Argon2id, BLAKE3,
//! HMAC-SHA256). It never keeps a key anywhere: the store and the data folder do.

mod digest;
mod focal;
mod passphrase;
mod person;
#[cfg(test)]
mod tests;
mod vault;
mod webhook;

pub use digest::sha256;
pub use focal::{FocalKey, FocalPublic, open_report, seal_report};
pub use passphrase::{
    PASSPHRASE_BYTES_MAX, PASSPHRASE_CHARS_MIN, hash_passphrase, key_from_code,
    key_from_passphrase, passphrase_holds,
};
pub use person::{KEY_BYTES, PAD_STEP_BYTES, PersonKey, open, seal};
pub use vault::{KEYED_BYTES, Keyed, RECOVERY_GROUPS, Vault};
pub use webhook::{hmac_sha256_hex, hmac_sha256_holds};

/// What can go wrong with a seal. It never says which part was wrong: that would help a thief.
#[derive(Debug, thiserror::Error, Clone, Copy, PartialEq, Eq)]
pub enum SealError {
    /// The key is not the right one, or the bytes were changed.
    #[error("this cannot be opened with this key")]
    Closed,
    /// A text that should hold a key does not.
    #[error("this is not a key: check for a missing or mistyped group")]
    NotAKey,
}

/// Fills `bytes` with chance from the operating system.
///
/// # Panics
/// When the operating system has none: no key may be made then.
#[expect(clippy::expect_used, reason = "without randomness no key is safe to make")]
pub fn chance(bytes: &mut [u8]) {
    getrandom::fill(bytes).expect("the operating system gives randomness");
}
