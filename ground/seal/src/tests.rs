//! Tests of the seals.

use proptest::prelude::*;

use crate::{
    FocalKey, PersonKey, SealError, Vault, hash_passphrase, hmac_sha256_hex, hmac_sha256_holds,
    open, open_report, passphrase_holds, seal, seal_report,
};

#[test]
fn words_open_only_with_their_key_and_purpose() {
    let key = PersonKey::fresh();
    let sealed = seal(&key, b"voice", "dlo antre nan kay la".as_bytes());
    assert_eq!(open(&key, b"voice", &sealed).unwrap(), "dlo antre nan kay la".as_bytes());
    assert_eq!(open(&key, b"other", &sealed), Err(SealError::Closed));
    assert_eq!(open(&PersonKey::fresh(), b"voice", &sealed), Err(SealError::Closed));
}

#[test]
fn the_length_of_short_words_is_hidden() {
    let key = PersonKey::fresh();
    assert_eq!(seal(&key, b"", b"yes").len(), seal(&key, b"", &[b'a'; 60]).len());
}

#[test]
fn the_recovery_sheet_brings_the_vault_back() {
    let vault = Vault::fresh();
    let sheet = vault.recovery();
    assert_eq!(sheet.split('-').count(), crate::RECOVERY_GROUPS);
    let typed = sheet.to_lowercase().replace('-', " ");
    assert_eq!(Vault::from_recovery(&typed).unwrap().secret(), vault.secret());
}

#[test]
fn a_mistyped_recovery_sheet_is_noticed() {
    let sheet = Vault::from_secret([3; 32]).recovery();
    let first = if sheet.starts_with('7') { "8" } else { "7" };
    let wrong = format!("{first}{}", &sheet[1..]);
    assert_eq!(Vault::from_recovery(&wrong).unwrap_err(), SealError::NotAKey);
    assert_eq!(Vault::from_recovery("too short").unwrap_err(), SealError::NotAKey);
}

#[test]
fn a_persons_key_unwraps_only_for_that_person_and_node() {
    let (vault, key) = (Vault::fresh(), PersonKey::fresh());
    let wrapped = vault.wrap(b"marlene", &key);
    assert_eq!(vault.unwrap(b"marlene", &wrapped).unwrap(), key);
    assert!(vault.unwrap(b"junior", &wrapped).is_err());
    assert!(Vault::fresh().unwrap(b"marlene", &wrapped).is_err());
}

#[test]
fn a_report_opens_for_every_focal_point_and_for_nobody_else() {
    let (rose, ines, other) = (FocalKey::fresh(), FocalKey::fresh(), FocalKey::fresh());
    let (sealed, keys) = seal_report(b"what happened", &[rose.public(), ines.public()]);
    assert_eq!(open_report(&rose, &keys[0], &sealed).unwrap(), b"what happened");
    assert_eq!(open_report(&ines, &keys[1], &sealed).unwrap(), b"what happened");
    assert_eq!(open_report(&other, &keys[0], &sealed), Err(SealError::Closed));
    assert_eq!(sealed.len(), seal_report(b"x", &[]).0.len(), "all reports look alike");
}

#[test]
fn a_focal_points_key_needs_their_own_passphrase() {
    let rose = FocalKey::fresh();
    let wrapped = rose.wrap("rain on the tin roof");
    let back = FocalKey::unwrap("rain on the tin roof", &wrapped).unwrap();
    assert_eq!(back.public(), rose.public());
    assert!(FocalKey::unwrap("rain on the zinc roof", &wrapped).is_err());
}

#[test]
fn a_passphrase_is_checked_against_its_hash() {
    let kept = hash_passphrase("four small words here");
    assert!(passphrase_holds("four small words here", &kept));
    assert!(!passphrase_holds("four small words hers", &kept));
    assert!(!passphrase_holds("", &[]));
}

#[test]
fn a_webhook_signature_holds_only_for_its_bytes() {
    // RFC 4231, test case 2.
    let hex = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
    let parts: [&[u8]; 2] = [b"what do ya want ", b"for nothing?"];
    assert_eq!(hmac_sha256_hex(b"Jefe", &parts), hex);
    assert!(hmac_sha256_holds(b"Jefe", &parts, hex));
    assert!(!hmac_sha256_holds(b"jefe", &parts, hex));
    assert!(!hmac_sha256_holds(b"Jefe", &parts, "zz"));
}

proptest! {
    #[test]
    fn whatever_is_sealed_opens_again(text in proptest::collection::vec(any::<u8>(), 0..300)) {
        let key = PersonKey([5; 32]);
        prop_assert_eq!(open(&key, b"a", &seal(&key, b"a", &text)).unwrap(), text);
    }

    #[test]
    fn any_bytes_open_or_are_closed(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = open(&PersonKey([5; 32]), b"a", &bytes);
    }
}
