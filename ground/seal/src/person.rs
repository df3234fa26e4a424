//! A person's key and what it seals. Destroying the key is forgetting: nothing sealed under it can
//! be read again by anyone. Sizes are padded, so that the length of words tells little.

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use zeroize::ZeroizeOnDrop;

use crate::{SealError, chance};

/// Length of every symmetric key in bytes.
pub const KEY_BYTES: usize = 32;
/// Sealed texts are padded to a multiple of this many bytes.
pub const PAD_STEP_BYTES: usize = 64;

const NONCE_BYTES: usize = 24;
const PAD_MARK: u8 = 0x80;

/// The key under which everything of one person is sealed.
#[derive(Clone, PartialEq, Eq, ZeroizeOnDrop)]
pub struct PersonKey(pub [u8; KEY_BYTES]);

impl PersonKey {
    /// A new key from the operating system's chance.
    #[must_use]
    pub fn fresh() -> PersonKey {
        let mut bytes = [0; KEY_BYTES];
        chance(&mut bytes);
        PersonKey(bytes)
    }
}

impl std::fmt::Debug for PersonKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PersonKey(…)")
    }
}

/// Seals `text` under `key`, bound to `about` (an id or a purpose): nonce, then ciphertext.
#[must_use]
pub fn seal(key: &PersonKey, about: &[u8], text: &[u8]) -> Vec<u8> {
    let mut nonce = [0; NONCE_BYTES];
    chance(&mut nonce);
    let mut padded = Vec::with_capacity((text.len() + 1).next_multiple_of(PAD_STEP_BYTES));
    padded.extend_from_slice(text);
    padded.push(PAD_MARK);
    padded.resize(padded.len().next_multiple_of(PAD_STEP_BYTES), 0);
    let cipher = XChaCha20Poly1305::new(&key.0.into());
    let payload = Payload { msg: &padded, aad: about };
    let mut sealed = nonce.to_vec();
    // Encryption fails only for texts of hundreds of gigabytes, which no door lets in.
    if let Ok(bytes) = cipher.encrypt(&XNonce::from(nonce), payload) {
        sealed.extend_from_slice(&bytes);
    }
    sealed
}

/// Opens what [`seal`] made.
///
/// # Errors
/// `Closed` when key, purpose or bytes are not those it was sealed with.
pub fn open(key: &PersonKey, about: &[u8], sealed: &[u8]) -> Result<Vec<u8>, SealError> {
    let (nonce, bytes) = sealed.split_at_checked(NONCE_BYTES).ok_or(SealError::Closed)?;
    let nonce: [u8; NONCE_BYTES] = nonce.try_into().map_err(|_| SealError::Closed)?;
    let cipher = XChaCha20Poly1305::new(&key.0.into());
    let payload = Payload { msg: bytes, aad: about };
    let mut padded =
        cipher.decrypt(&XNonce::from(nonce), payload).map_err(|_| SealError::Closed)?;
    let end = padded.iter().rposition(|b| *b == PAD_MARK).ok_or(SealError::Closed)?;
    padded.truncate(end);
    Ok(padded)
}
