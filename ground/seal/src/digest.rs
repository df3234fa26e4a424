//! The plain SHA-256 of a file, so that anybody can make the same one with any tool. No key, and it
//! never keeps what it read.

use sha2::{Digest, Sha256};

/// SHA-256 of these bytes.
#[must_use]
pub fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

#[cfg(test)]
mod tests {
    use super::sha256;

    #[test]
    fn it_is_the_digest_every_tool_makes() {
        let hex: String = sha256(b"abc").iter().map(|b| format!("{b:02x}")).collect();
        assert_eq!(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
