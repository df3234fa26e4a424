//! SMS lengths against counts made by hand.

use proptest::prelude::*;

use crate::{Alphabet, SmsLength, gsm7, sms_length};

fn check(text: &str, alphabet: Alphabet, units: usize, parts: usize) {
    assert_eq!(sms_length(text), SmsLength { alphabet, units, parts }, "{text:?}");
}

#[test]
fn the_small_alphabet_holds_160_and_then_153_a_part() {
    check("", Alphabet::Gsm7, 0, 0);
    check("dlo", Alphabet::Gsm7, 3, 1);
    check(&"a".repeat(160), Alphabet::Gsm7, 160, 1);
    check(&"a".repeat(161), Alphabet::Gsm7, 161, 2);
    check(&"a".repeat(306), Alphabet::Gsm7, 306, 2);
    check(&"a".repeat(307), Alphabet::Gsm7, 307, 3);
}

#[test]
fn letters_of_the_extension_table_take_two() {
    check("{}", Alphabet::Gsm7, 4, 1);
    check("€", Alphabet::Gsm7, 2, 1);
    check(&"€".repeat(80), Alphabet::Gsm7, 160, 1);
    // 76 pairs fill 152 of 153 units; the pair that would be cut begins a new part.
    check(&"€".repeat(153), Alphabet::Gsm7, 306, 3);
}

#[test]
fn letters_of_the_basic_table_take_one() {
    check("è é ù ì ò Ç à ñ ¿ ¡ Ñ", Alphabet::Gsm7, 21, 1);
    check("@£$¥_ΔΩ\n\r", Alphabet::Gsm7, 9, 1);
}

#[test]
fn any_other_letter_makes_the_whole_text_wide() {
    check("ê", Alphabet::Ucs2, 1, 1);
    check("ç", Alphabet::Ucs2, 1, 1);
    check(&"م".repeat(70), Alphabet::Ucs2, 70, 1);
    check(&"م".repeat(71), Alphabet::Ucs2, 71, 2);
    check(&"م".repeat(134), Alphabet::Ucs2, 134, 2);
    check(&"م".repeat(135), Alphabet::Ucs2, 135, 3);
    check("🙂", Alphabet::Ucs2, 2, 1);
    // 33 pairs fill 66 of 67 units; the next begins a new part.
    check(&"🙂".repeat(67), Alphabet::Ucs2, 134, 3);
}

fn check_fold(text: &str, expected: &str) {
    assert_eq!(gsm7(text), expected, "gsm7({text:?})");
    assert_eq!(sms_length(expected).alphabet, Alphabet::Gsm7, "{expected:?}");
}

#[test]
fn latin_languages_are_respelled_to_stay_small() {
    check_fold("È tèt mwen", "E tèt mwen");
    check_fold("ê ç í ó ú á â", "e c i o u a a");
    check_fold("l’eau “potable”…", "l'eau \"potable\"...");
    check_fold("¿Dónde? ñ", "¿Donde? ñ");
    check_fold("kò ò à é", "kò ò à é");
    check_fold("sœur – père", "soeur - père");
    check_fold("e\u{301}cole", "ecole");
}

#[test]
fn arabic_is_left_alone() {
    assert_eq!(gsm7("نحتاج ماء"), "نحتاج ماء");
    assert_eq!(gsm7("🙂"), "🙂");
}

proptest! {
    #[test]
    fn parts_hold_all_units(text in "\\PC{0,400}") {
        let length = sms_length(&text);
        let (alone, joined) = match length.alphabet {
            Alphabet::Gsm7 => (160, 153),
            Alphabet::Ucs2 => (70, 67),
        };
        prop_assert!(length.parts <= 1 || length.units <= length.parts * joined);
        prop_assert_eq!(length.parts <= 1, length.units <= alone);
        prop_assert_eq!(gsm7(&gsm7(&text)), gsm7(&text));
    }
}
