//! Signatures of webhooks: HMAC-SHA256 in hex, as Android SMS Gateway sends them. Compared in
//! constant time; it never says how far a wrong one was right.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// HMAC-SHA256 of the parts, in lower-case hex.
#[must_use]
pub fn hmac_sha256_hex(key: &[u8], parts: &[&[u8]]) -> String {
    let bytes = mac(key, parts).finalize().into_bytes();
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

/// Whether `hex` is the HMAC-SHA256 of the parts under `key`.
#[must_use]
pub fn hmac_sha256_holds(key: &[u8], parts: &[&[u8]], hex: &str) -> bool {
    let Some(bytes) = from_hex(hex) else { return false };
    mac(key, parts).verify_slice(&bytes).is_ok()
}

#[expect(clippy::expect_used, reason = "HMAC takes keys of any length")]
fn mac(key: &[u8], parts: &[&[u8]]) -> Hmac<Sha256> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes keys of any length");
    for part in parts {
        mac.update(part);
    }
    mac
}

fn from_hex(hex: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u8>> =
        hex.trim().chars().map(|c| c.to_digit(16).and_then(|d| u8::try_from(d).ok())).collect();
    let digits = digits.filter(|d| d.len().is_multiple_of(2))?;
    Some(digits.chunks_exact(2).map(|pair| pair.iter().fold(0, |n, d| (n << 4) | d)).collect())
}
