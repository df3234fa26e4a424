//! Focal points: trained people who may read sensitive reports. A report is sealed to their public
//! keys, so that the node itself cannot open it; their secret keys are wrapped under their own
//! passphrases. Nobody else's key ever opens a report.

use crypto_box::{PublicKey, SecretKey, aead::OsRng};

use crate::passphrase::key_from_passphrase;
use crate::person::{KEY_BYTES, PersonKey, open, seal};
use crate::{SealError, chance};

/// Reports are padded to this many bytes before sealing, more than any door lets in: all look
/// alike.
const REPORT_STEP_BYTES: usize = 8192;
const SALT_BYTES: usize = 16;

/// A focal point's public key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FocalPublic(pub [u8; KEY_BYTES]);

/// A focal point's secret key, open for as long as they read.
pub struct FocalKey {
    secret: SecretKey,
}

impl FocalKey {
    /// A new key pair.
    #[must_use]
    pub fn fresh() -> FocalKey {
        FocalKey { secret: SecretKey::generate(&mut OsRng) }
    }

    /// The public half.
    #[must_use]
    pub fn public(&self) -> FocalPublic {
        FocalPublic(*self.secret.public_key().as_bytes())
    }

    /// The secret half, wrapped under the focal point's own passphrase: salt, then ciphertext.
    #[must_use]
    pub fn wrap(&self, passphrase: &str) -> Vec<u8> {
        let mut salt = [0; SALT_BYTES];
        chance(&mut salt);
        let mut wrapped = salt.to_vec();
        let key = key_from_passphrase(passphrase, &salt);
        wrapped.extend(seal(&key, b"focal point", &self.secret.to_bytes()));
        wrapped
    }

    /// Opens the wrap with the passphrase.
    ///
    /// # Errors
    /// `Closed` when the passphrase is not the one it was wrapped with.
    pub fn unwrap(passphrase: &str, wrapped: &[u8]) -> Result<FocalKey, SealError> {
        let (salt, sealed) = wrapped.split_at_checked(SALT_BYTES).ok_or(SealError::Closed)?;
        let key = key_from_passphrase(passphrase, salt);
        let bytes: [u8; KEY_BYTES] =
            open(&key, b"focal point", sealed)?.try_into().map_err(|_| SealError::Closed)?;
        Ok(FocalKey { secret: SecretKey::from_bytes(bytes) })
    }
}

/// Seals a report: the ciphertext, and its key sealed to each focal point in the order given.
#[must_use]
pub fn seal_report(report: &[u8], to: &[FocalPublic]) -> (Vec<u8>, Vec<Vec<u8>>) {
    let key = PersonKey::fresh();
    let mut padded = u32::try_from(report.len()).unwrap_or(u32::MAX).to_be_bytes().to_vec();
    padded.extend_from_slice(report);
    padded.resize(padded.len().next_multiple_of(REPORT_STEP_BYTES), 0);
    let sealed = seal(&key, b"report", &padded);
    let keys = to
        .iter()
        .filter_map(|public| PublicKey::from_bytes(public.0).seal(&mut OsRng, &key.0).ok())
        .collect();
    (sealed, keys)
}

/// Opens a report with a focal point's key and the sealed key that is theirs.
///
/// # Errors
/// `Closed` when it was not sealed to them.
pub fn open_report(
    focal: &FocalKey,
    sealed_key: &[u8],
    sealed: &[u8],
) -> Result<Vec<u8>, SealError> {
    let key = focal.secret.unseal(sealed_key).map_err(|_| SealError::Closed)?;
    let key: [u8; KEY_BYTES] = key.try_into().map_err(|_| SealError::Closed)?;
    let padded = open(&PersonKey(key), b"report", sealed)?;
    let (length, rest) = padded.split_at_checked(4).ok_or(SealError::Closed)?;
    let length = u32::from_be_bytes(length.try_into().map_err(|_| SealError::Closed)?);
    let length = usize::try_from(length).map_err(|_| SealError::Closed)?;
    rest.get(..length).map(<[u8]>::to_vec).ok_or(SealError::Closed)
}
