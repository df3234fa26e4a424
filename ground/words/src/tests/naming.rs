//! Areas named in messages.

use crate::PlaceIndex;

fn city() -> PlaceIndex {
    PlaceIndex::new([
        (1, "Belvi"),
        (2, "Kafou Fèy"),
        (3, "Kafou"),
        (4, "Mchikichini"),
        (5, "Mji Mpya"),
        (6, "Barangay 12"),
        (7, "Barangay 112"),
        (8, "حي السلام"),
        (9, "Santa Marta"),
        (10, "Santa Marta"),
        (11, "Ilo"),
        (12, "Tandale"),
        (12, "Tandale Sokoni"),
        (13, "Kigogoni"),
        (14, "Kigogono"),
    ])
}

fn check(text: &str, expected: Option<usize>) {
    assert_eq!(city().find(text).map(|found| found.0), expected, "{text:?}");
}

#[test]
fn a_named_area_is_found() {
    check("nou nan Belvi nou bezwen dlo", Some(1));
    check("pa gen dlo nan BÈLVI", Some(1));
    check("tuko mji mpya, maji yamejaa", Some(5));
    check("نحن في حي السلام", Some(8));
    check("no water at Tandale Sokoni", Some(12));
}

#[test]
fn the_longer_name_wins_over_the_name_inside_it() {
    check("moun kafou fey yo grangou", Some(2));
    check("moun kafou yo grangou", Some(3));
}

#[test]
fn one_slip_is_forgiven_in_a_long_name() {
    check("tuko Mchikichin hatuna maji", Some(4));
    check("tuko Mchikihcini hatuna maji", Some(4));
    check("we are in tandle", Some(12));
    check("nou nan Belvu", None);
}

#[test]
fn a_number_is_never_a_slip() {
    check("flood in Barangay 12", Some(6));
    check("flood in Barangay 112", Some(7));
    check("flood in Barangay 13", None);
}

#[test]
fn two_that_could_be_meant_are_none() {
    check("estamos en Santa Marta", None);
    check("from Belvi to Tandale", None);
    check("tuko Kigogona", None);
}

#[test]
fn a_very_short_name_needs_a_word_before_it() {
    check("ilo la cho", None);
    check("nou nan ilo", Some(11));
}

#[test]
fn the_reason_has_the_words_as_written() {
    let (_, reason, sure) = city().find("nou nan KAFOU FÈY la").expect("is named");
    assert_eq!(
        (reason.code, reason.words.as_slice(), sure),
        ("names", &["KAFOU FÈY".into()][..], 90)
    );
    let (_, reason, sure) = city().find("huko mchikichin").expect("is nearly named");
    assert_eq!((reason.code, sure), ("names_nearly", 60));
}

#[test]
fn nothing_is_found_in_an_empty_city() {
    assert!(PlaceIndex::new([]).find("Belvi").is_none());
    assert!(PlaceIndex::new([(1, "12"), (2, "")]).find("12").is_none());
}
