//! Likeness of messages.

use proptest::prelude::*;

use crate::{LIKENESS_SAME, likeness, sketch};

fn check(a: &str, b: &str, expected: std::ops::RangeInclusive<u8>) {
    let alike = likeness(&sketch(a), &sketch(b));
    assert!(expected.contains(&alike), "{alike} for {a:?} and {b:?}");
}

#[test]
fn the_same_words_are_wholly_alike() {
    check("Nou bezwen dlo!", "nou bezwen  dlo", 100..=100);
    check("نحتاج ماء", "نحتاج ماء", 100..=100);
    check("ok", "OK.", 100..=100);
}

#[test]
fn a_resent_message_with_a_slip_is_shown() {
    check(
        "Nou nan katye Bèlvi, nou pa gen dlo depi twa jou, tanpri voye kamyon",
        "nou nan katye belvi nou pa gen dlo depi 3 jou tanpri voye kamyon an",
        LIKENESS_SAME..=99,
    );
}

#[test]
fn another_need_is_not() {
    check("Nou bezwen dlo nan katye a", "The bridge is blocked since monday", 0..=10);
    check("tunahitaji maji safi mtaani", "tunahitaji daktari haraka sana", 0..=45);
}

#[test]
fn nothing_is_like_nothing() {
    check("", "", 0..=0);
    check("!!", "nou bezwen dlo", 0..=0);
}

proptest! {
    #[test]
    fn likeness_does_not_care_which_comes_first(a in ".{0,80}", b in ".{0,80}") {
        let (a, b) = (sketch(&a), sketch(&b));
        prop_assert_eq!(likeness(&a, &b), likeness(&b, &a));
        prop_assert!(likeness(&a, &b) <= 100);
    }
}
