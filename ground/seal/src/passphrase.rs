//! Passphrases of members: Argon2id with the parameters OWASP advises for servers (19 MiB, two
//! passes). A passphrase itself is never kept, logged or compared byte by byte.

use argon2::{Algorithm, Argon2, Params, Version};
use subtle::ConstantTimeEq;

use crate::chance;
use crate::person::{KEY_BYTES, PersonKey};

/// Shortest passphrase, in characters: four words make more.
pub const PASSPHRASE_CHARS_MIN: usize = 12;
/// Longest passphrase, in bytes: longer ones only burn memory.
pub const PASSPHRASE_BYTES_MAX: usize = 256;

const SALT_BYTES: usize = 16;
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;
/// A code made by chance needs less: there are so many of them that slowing the search a little is
/// enough, and a sheet of cards must be made while somebody waits.
const CODE_MEMORY_KIB: u32 = 8 * 1024;
const CODE_PASSES: u32 = 1;

/// The salted hash of a passphrase for keeping: salt, then hash.
#[must_use]
pub fn hash_passphrase(passphrase: &str) -> Vec<u8> {
    let mut salt = [0; SALT_BYTES];
    chance(&mut salt);
    let mut kept = salt.to_vec();
    kept.extend_from_slice(&key_from_passphrase(passphrase, &salt).0);
    kept
}

/// Whether this is the passphrase that was hashed; takes the same time when it is not.
#[must_use]
pub fn passphrase_holds(passphrase: &str, kept: &[u8]) -> bool {
    let Some((salt, hash)) = kept.split_at_checked(SALT_BYTES) else { return false };
    key_from_passphrase(passphrase, salt).0.ct_eq(hash).into()
}

/// A key grown from a passphrase and a salt.
#[must_use]
pub fn key_from_passphrase(passphrase: &str, salt: &[u8]) -> PersonKey {
    grown(passphrase, salt, MEMORY_KIB, PASSES)
}

/// A key grown from a code of at least 55 bits of chance and a salt of sixteen bytes. Not for what
/// people choose themselves: that needs [`key_from_passphrase`].
#[must_use]
pub fn key_from_code(code: &str, salt: &[u8; SALT_BYTES]) -> PersonKey {
    grown(code, salt, CODE_MEMORY_KIB, CODE_PASSES)
}

/// # Panics
/// Never: the parameters are constants that Argon2 accepts, and lengths are bounded by the doors.
#[expect(clippy::expect_used, reason = "constant parameters and bounded lengths cannot be refused")]
fn grown(secret: &str, salt: &[u8], memory_kib: u32, passes: u32) -> PersonKey {
    let params = Params::new(memory_kib, passes, LANES, Some(KEY_BYTES)).expect("valid constants");
    let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    let mut key = [0; KEY_BYTES];
    argon.hash_password_into(secret.as_bytes(), salt, &mut key).expect("bounded lengths");
    PersonKey(key)
}
