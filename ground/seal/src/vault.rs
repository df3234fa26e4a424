//! The node's master secret and what grows from it: the wrap of persons' keys, keyed hashes of
//! numbers, the queue's key, the backup's key. The secret itself lives in one file of the data
//! folder and on the printed recovery sheet, nowhere else.

use zeroize::ZeroizeOnDrop;

use crate::person::{KEY_BYTES, PersonKey, open, seal};
use crate::{SealError, chance};

/// Length of a keyed hash in bytes.
pub const KEYED_BYTES: usize = 16;
/// Groups of four symbols on the recovery sheet: 32 bytes and a check.
pub const RECOVERY_GROUPS: usize = 14;

const SYMBOLS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const CHECK_BYTES: usize = 3;

/// A keyed hash: without the vault nobody can tell what it stands for.
pub type Keyed = [u8; KEYED_BYTES];

/// The node's master secret, and the keys grown from it.
#[derive(Clone, ZeroizeOnDrop)]
pub struct Vault {
    secret: [u8; KEY_BYTES],
    wrap: PersonKey,
    pepper: [u8; KEY_BYTES],
}

impl std::fmt::Debug for Vault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Vault(…)")
    }
}

impl Vault {
    /// A vault with a new secret.
    #[must_use]
    pub fn fresh() -> Vault {
        let mut secret = [0; KEY_BYTES];
        chance(&mut secret);
        Vault::from_secret(secret)
    }

    /// The vault of a secret.
    #[must_use]
    pub fn from_secret(secret: [u8; KEY_BYTES]) -> Vault {
        let wrap = PersonKey(blake3::derive_key("baraza wrap of persons' keys v1", &secret));
        let pepper = blake3::derive_key("baraza keyed hashes v1", &secret);
        Vault { secret, wrap, pepper }
    }

    /// The secret, to be written to the node's own file.
    #[must_use]
    pub fn secret(&self) -> [u8; KEY_BYTES] {
        self.secret
    }

    /// A key for one purpose of the node itself, such as the outbound queue or a backup.
    #[must_use]
    pub fn key_for(&self, purpose: &str) -> PersonKey {
        let mut hasher = blake3::Hasher::new_keyed(&self.secret);
        hasher.update(b"baraza key for ").update(purpose.as_bytes());
        PersonKey(*hasher.finalize().as_bytes())
    }

    /// The keyed hash of `bytes` in a space of names, such as numbers or codes.
    #[must_use]
    pub fn keyed(&self, space: &str, bytes: &[u8]) -> Keyed {
        let mut hasher = blake3::Hasher::new_keyed(&self.pepper);
        hasher.update(space.as_bytes()).update(&[0]).update(bytes);
        let mut keyed = [0; KEYED_BYTES];
        hasher.finalize_xof().fill(&mut keyed);
        keyed
    }

    /// A person's key, wrapped for keeping under that person's id.
    #[must_use]
    pub fn wrap(&self, person: &[u8], key: &PersonKey) -> Vec<u8> {
        seal(&self.wrap, person, &key.0)
    }

    /// The person's key in its wrap.
    ///
    /// # Errors
    /// `Closed` when it was wrapped by another node or for another person.
    pub fn unwrap(&self, person: &[u8], wrapped: &[u8]) -> Result<PersonKey, SealError> {
        let bytes = open(&self.wrap, person, wrapped)?;
        bytes.try_into().map(PersonKey).map_err(|_| SealError::Closed)
    }

    /// The secret as groups of four symbols for the printed recovery sheet.
    #[must_use]
    pub fn recovery(&self) -> String {
        let mut bytes = self.secret.to_vec();
        bytes.extend_from_slice(&check_of(&self.secret));
        let symbols: Vec<u8> = base32(&bytes);
        let groups: Vec<String> =
            symbols.chunks(4).map(|g| String::from_utf8_lossy(g).into_owned()).collect();
        groups.join("-")
    }

    /// The vault of a recovery sheet, typed with or without its hyphens.
    ///
    /// # Errors
    /// `NotAKey` when a symbol is missing or wrong.
    pub fn from_recovery(typed: &str) -> Result<Vault, SealError> {
        let symbols = typed.bytes().filter(u8::is_ascii_alphanumeric).map(|b| match b {
            b'o' | b'O' => b'0',
            b'i' | b'I' | b'l' | b'L' => b'1',
            other => other.to_ascii_uppercase(),
        });
        let digits: Option<Vec<u8>> = symbols
            .map(|b| SYMBOLS.iter().position(|s| *s == b).and_then(|d| u8::try_from(d).ok()))
            .collect();
        let digits = digits.ok_or(SealError::NotAKey)?;
        if digits.len() != RECOVERY_GROUPS * 4 {
            return Err(SealError::NotAKey);
        }
        let bytes = from_base32(&digits);
        let (secret, check) = bytes.split_at_checked(KEY_BYTES).ok_or(SealError::NotAKey)?;
        let secret: [u8; KEY_BYTES] = secret.try_into().map_err(|_| SealError::NotAKey)?;
        if check != check_of(&secret) {
            return Err(SealError::NotAKey);
        }
        Ok(Vault::from_secret(secret))
    }
}

fn check_of(secret: &[u8; KEY_BYTES]) -> [u8; CHECK_BYTES] {
    let hash = blake3::derive_key("baraza recovery check v1", secret);
    let mut check = [0; CHECK_BYTES];
    check.copy_from_slice(hash.split_at(CHECK_BYTES).0);
    check
}

fn base32(bytes: &[u8]) -> Vec<u8> {
    let (mut out, mut held, mut bits) = (Vec::new(), 0u32, 0u32);
    for byte in bytes {
        held = (held << 8) | u32::from(*byte);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            let digit = usize::try_from((held >> bits) & 31).unwrap_or(0);
            out.push(SYMBOLS.get(digit).copied().unwrap_or(b'0'));
        }
    }
    out
}

fn from_base32(digits: &[u8]) -> Vec<u8> {
    let (mut out, mut held, mut bits) = (Vec::new(), 0u32, 0u32);
    for digit in digits {
        held = (held << 5) | u32::from(*digit);
        bits += 5;
        if bits >= 8 {
            bits -= 8;
            out.push(u8::try_from((held >> bits) & 255).unwrap_or(0));
        }
    }
    out
}
