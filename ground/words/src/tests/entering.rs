//! What may enter, and the one form of commands.

use proptest::prelude::*;

use crate::{Unclean, WORDS_BYTES_MAX, clean, plain, plain_digits};

fn check(raw: &str, expected: &str) {
    assert_eq!(clean(raw).as_deref(), Ok(expected), "clean({raw:?})");
}

#[test]
fn blanks_at_both_ends_go() {
    check("  nou bezwen dlo \n", "nou bezwen dlo");
    check("a\tb", "a b");
    check("a\r\nb", "a\nb");
}

#[test]
fn controls_and_turned_direction_go() {
    check("dl\0o", "dlo");
    check("abc\u{202E}def\u{202C}", "abcdef");
    check("\u{2066}abc\u{2069}", "abc");
    check("\u{FEFF}bonjou", "bonjou");
    check("wa\u{200B}ter", "water");
    check("نعم\u{200F}", "نعم");
    check("\u{1B}[31mred words here", "[31mred words here");
}

#[test]
fn joiners_stay_only_inside_words() {
    check("می\u{200C}خواهم", "می\u{200C}خواهم");
    check("a\u{200D}\u{200D}b", "a\u{200D}b");
    check("ab\u{200D}", "ab");
    check("\u{200D}ab", "ab");
}

#[test]
fn stacked_accents_are_cut_to_four() {
    check("a\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}b", "a\u{301}\u{301}\u{301}\u{301}b");
}

#[test]
fn html_and_sql_are_words_like_any_other() {
    check("<script>alert(1)</script>", "<script>alert(1)</script>");
    check("'; DROP TABLE voices; --", "'; DROP TABLE voices; --");
}

#[test]
fn a_message_without_words_is_empty() {
    for raw in ["", "  \n\t ", "\u{200B}\u{202E}", "\u{200D}"] {
        assert_eq!(clean(raw), Err(Unclean::Empty), "{raw:?}");
    }
}

#[test]
fn the_last_byte_that_fits_is_the_limit() {
    assert!(clean(&"a".repeat(WORDS_BYTES_MAX)).is_ok());
    let bytes = WORDS_BYTES_MAX + 1;
    assert_eq!(clean(&"a".repeat(bytes)), Err(Unclean::TooLong { bytes }));
    let padded = format!("   {}   ", "a".repeat(WORDS_BYTES_MAX));
    assert!(clean(&padded).is_ok(), "blanks at the ends are not counted");
    assert!(clean(&"ا".repeat(WORDS_BYTES_MAX / 2)).is_ok());
    assert!(matches!(clean(&"x".repeat(1_000_000)), Err(Unclean::TooLong { .. })));
}

#[test]
fn a_file_is_not_text() {
    assert_eq!(clean("\0\u{1}\u{2}\u{3}ab"), Err(Unclean::NotText));
    assert_eq!(clean(&"\u{FFFD}".repeat(9)), Err(Unclean::NotText));
    let photo =
        String::from_utf8_lossy(b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR\x00\x00\xff\xfe\xfd");
    assert_eq!(clean(&photo), Err(Unclean::NotText));
    check("nou bezwen d\u{FFFD}o", "nou bezwen d\u{FFFD}o");
}

fn check_plain(text: &str, expected: &str) {
    assert_eq!(plain(text), expected, "plain({text:?})");
}

#[test]
fn commands_come_out_in_one_form() {
    for (text, expected) in [
        (" NON ", "non"),
        ("No.", "no"),
        ("WI!", "wi"),
        ("WÌ", "wi"),
        ("wi\u{300}", "wi"),
        ("Oui", "oui"),
        ("YES!!", "yes"),
        ("Ndiyo", "ndiyo"),
        ("HAPANA", "hapana"),
        ("نعم", "نعم"),
        ("نَعَم", "نعم"),
        ("لا", "لا"),
        ("لأ", "لا"),
        ("BLIYE", "bliye"),
        ("«Erase»", "erase"),
        ("EFFACER", "effacer"),
        ("Effacér", "effacer"),
        ("borrar.", "borrar"),
        ("FUTA", "futa"),
        ("امسح", "امسح"),
        ("إمسح", "امسح"),
        ("امـــسح", "امسح"),
        ("SÍ", "si"),
        ("٩", "9"),
        ("9.", "9"),
        ("９", "9"),
    ] {
        check_plain(text, expected);
    }
}

#[test]
fn punctuation_parts_words_and_blanks_are_single() {
    check_plain("M'ap  vini,   demen!", "m ap vini demen");
    check_plain("", "");
    check_plain("...!?", "");
    check_plain("9 moun mouri", "9 moun mouri");
}

proptest! {
    #[test]
    fn cleaning_twice_is_cleaning_once(raw in "\\PC{0,80}|.{0,80}|(?s).{0,40}") {
        if let Ok(once) = clean(&raw) {
            prop_assert_eq!(clean(&once), Ok(once.clone()));
            prop_assert!(once.len() <= raw.len());
            let turned = ['\u{202E}', '\0', '\u{2066}'];
            prop_assert!(!once.contains(turned));
        }
    }

    #[test]
    fn any_characters_are_survived(raw in proptest::collection::vec(any::<char>(), 0..200)) {
        let raw: String = raw.into_iter().collect();
        if let Ok(once) = clean(&raw) {
            prop_assert_eq!(clean(&once), Ok(once.clone()));
        }
        prop_assert_eq!(plain(&plain(&raw)), plain(&raw));
    }
}

#[test]
fn digits_of_other_scripts_are_read_and_all_else_stays() {
    assert_eq!(plain_digits("V١٢ K7M4-QX2R ۱=۵ ４：3 é!"), "V12 K7M4-QX2R 1=5 4：3 é!");
}
