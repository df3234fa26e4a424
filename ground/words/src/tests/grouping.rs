//! Grouping: which voices are proposed together, and why.

use proptest::prelude::*;

use crate::{
    FITS_MAX, GROUP_VOICES_MAX, ITEMS_MAX, Item, Need, PAIR_SCORE_MIN, Point, fits, groups, pairs,
};

const HOUR_MS: i64 = 3_600_000;
const BELVI: Option<u128> = Some(1);
const FONTEN: Option<u128> = Some(2);

/// A voice said `hours` after the first.
fn said<'a>(
    id: u128,
    language: &'a str,
    area: Option<u128>,
    hours: i64,
    text: &'a str,
) -> Item<'a> {
    let said_ms = 1_700_000_000_000 + hours * HOUR_MS;
    Item { id, text, language, sectors: &[], area, landmark: None, point: None, said_ms }
}

fn together(items: &[Item<'_>]) -> Vec<Vec<usize>> {
    groups(items).groups.into_iter().map(|group| group.members).collect()
}

fn check(a: &Item<'_>, b: &Item<'_>, one_need: bool) {
    let found = pairs(&[*a, *b]);
    assert_eq!(found.len() == 1, one_need, "{:?} and {:?}: {found:?}", a.text, b.text);
    assert!(found.iter().all(|pair| pair.score >= PAIR_SCORE_MIN));
}

#[test]
fn one_thing_at_one_place_is_one_need_in_every_language() {
    for (language, one, other) in [
        ("ht", "nou pa gen dlo depi twa jou", "kamyon dlo a pa janm vini"),
        ("fr", "nous n'avons plus d'eau", "le robinet est sec, pas d'eau"),
        ("en", "no water in our street", "the water truck did not come"),
        ("es", "no tenemos agua", "hace tres días que no llega agua"),
        ("sw", "hatuna maji mtaani", "maji hayajafika wiki nzima"),
        ("ar", "لا يوجد ماء في الحي", "انقطعت المياه منذ ثلاثة أيام"),
        ("ur-Latn", "hamare mohallay mein pani nahi", "teen din se paani band hai"),
    ] {
        check(&said(1, language, BELVI, 0, one), &said(2, language, BELVI, 5, other), true);
        // The same words elsewhere, or too late, are another need.
        check(&said(1, language, BELVI, 0, one), &said(2, language, FONTEN, 5, other), false);
        check(&said(1, language, BELVI, 0, one), &said(2, language, BELVI, 200, other), false);
    }
}

#[test]
fn languages_meet_in_the_thing_and_each_keeps_its_word() {
    let voices =
        [said(1, "ht", BELVI, 0, "nou bezwen dlo"), said(2, "en", BELVI, 3, "we have no water")];
    let found = groups(&voices).groups;
    let [group] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!(group.why.things.first().map(|thing| thing.code), Some("water"));
    assert_eq!(group.why.things.first().map(|thing| thing.words.clone()), {
        Some(vec!["dlo".to_owned(), "water".to_owned()])
    });
    assert!(group.why.same_area);
    assert_eq!(group.why.hours_apart, 3);
    assert_eq!(group.why.near_m, None);
}

#[test]
fn another_thing_at_one_place_is_another_need() {
    check(
        &said(1, "en", BELVI, 0, "we need water"),
        &said(2, "en", BELVI, 1, "the school has no teacher, when does the school open"),
        false,
    );
    check(
        &said(1, "ht", BELVI, 0, "nou bezwen tant, lapli ap tonbe"),
        &said(2, "ht", BELVI, 1, "nou bezwen doktè pou malad yo"),
        false,
    );
}

#[test]
fn a_plea_without_a_place_is_tied_to_nobody() {
    check(
        &said(1, "en", None, 0, "we are hungry please help"),
        &said(2, "en", None, 1, "please help we are hungry"),
        false,
    );
    check(
        &said(1, "en", None, 0, "we are hungry please help"),
        &said(2, "en", BELVI, 1, "we are hungry please help"),
        false,
    );
}

#[test]
fn the_map_and_the_landmark_tie_and_part() {
    let point = |lat_udeg, lon_udeg| Some(Point { lat_udeg, lon_udeg });
    let voice = |id, area, point, landmark| Item {
        point,
        landmark,
        ..said(id, "en", area, 0, "no water here")
    };
    let here = point(18_540_000, -72_340_000);
    // 300 m, over the boundary of two areas.
    let near =
        [voice(1, BELVI, here, None), voice(2, FONTEN, point(18_542_700, -72_340_000), None)];
    let found = pairs(&near);
    let why = &found.first().expect("near by the map").why;
    assert!(why.near_m.is_some_and(|metres| (298..=302).contains(&metres)), "{why:?}");
    assert!(!why.same_area);
    // 5 km in one area.
    check(&near[0], &voice(2, BELVI, point(18_585_000, -72_340_000), None), false);
    let church = Some("behind the blue church");
    check(
        &voice(1, None, None, church),
        &voice(2, None, None, Some("Behind the BLUE church!")),
        true,
    );
    check(&voice(1, None, None, church), &voice(2, None, None, Some("at the church")), false);
    check(&voice(1, BELVI, None, church), &voice(2, FONTEN, None, church), false);
}

#[test]
fn a_sector_ties_only_where_no_thing_is_named() {
    let wash: &[&str] = &["wash"];
    let vague = |id, text| Item { sectors: wash, ..said(id, "en", BELVI, 0, text) };
    check(&vague(1, "it smells at the corner"), &vague(2, "the pump is broken"), true);
    check(&vague(1, "the toilets are full"), &vague(2, "there is no water"), false);
}

#[test]
fn a_group_holds_together_and_is_not_surer_for_being_long() {
    let mut voices: Vec<Item<'_>> =
        (0..4).map(|id| said(id, "ht", BELVI, 1, "nou pa gen dlo")).collect();
    voices.push(said(9, "ht", BELVI, 1, "bezwen doktè, timoun malad"));
    assert_eq!(together(&voices), vec![vec![0, 1, 2, 3]]);
    // The score is the mean of the pairs, so that a longer group is not a surer one.
    let scores: Vec<usize> = pairs(&voices).iter().map(|pair| usize::from(pair.score)).collect();
    assert_eq!(scores.len(), 6);
    assert_eq!(usize::from(groups(&voices).groups[0].score), scores.iter().sum::<usize>() / 6);
    let many: Vec<Item<'_>> =
        (0..60).map(|id| said(id, "ht", BELVI, 1, "nou pa gen dlo")).collect();
    let found = groups(&many).groups;
    assert!(found.iter().all(|group| group.members.len() <= GROUP_VOICES_MAX));
    assert_eq!(found.iter().map(|group| group.members.len()).sum::<usize>(), 60);
}

#[test]
fn one_more_than_may_come_is_counted_and_the_latest_are_kept() {
    let hours = |id: u128| i64::try_from(id).unwrap();
    let many: Vec<Item<'_>> =
        (0..=500).map(|id| said(id, "ht", BELVI, hours(id), "mèsi anpil")).collect();
    assert_eq!(many.len(), ITEMS_MAX + 1);
    assert_eq!(groups(&many).left_out, 1);
    assert_eq!(groups(&many[1..]).left_out, 0);
    let twice = [many[0], many[0], Item { text: "dlo", ..many[0] }];
    assert_eq!((groups(&twice).groups.len(), groups(&twice).left_out), (0, 0));
}

#[test]
fn a_voice_is_shown_the_needs_that_lack_the_same() {
    let voices = [
        said(1, "ht", BELVI, 0, "nou pa gen dlo"),
        said(2, "ht", BELVI, 2, "kamyon dlo a pa vini"),
    ];
    let doctors = [said(3, "ht", BELVI, 1, "pa gen doktè nan klinik la")];
    let need =
        |id, title, area, voices| Need { id, title, language: "ht", sectors: &[], area, voices };
    let needs = [
        need(1, "Doktè nan Bèlvi", BELVI, &doctors[..]),
        need(2, "Dlo nan Bèlvi", BELVI, &voices[..]),
        need(3, "Dlo nan Fonten", FONTEN, &[]),
        need(4, "Dlo", BELVI, &[]),
    ];
    let voice = said(9, "en", BELVI, 6, "there is no water");
    let found = fits(&voice, &needs);
    let mut which: Vec<usize> = found.iter().map(|fit| fit.need).collect();
    which.sort_unstable();
    assert_eq!(which, vec![1, 3], "{found:?}");
    let words = found.iter().flat_map(|fit| &fit.why.things).flat_map(|thing| &thing.words);
    assert!(words.clone().any(|word| word == "dlo") && words.clone().any(|word| word == "water"));
    let many: Vec<Need<'_>> = (0..80).map(|id| need(id, "Dlo", BELVI, &[])).collect();
    assert_eq!(fits(&voice, &many).len(), FITS_MAX);
    assert!(fits(&voice, &[]).is_empty());
}

#[test]
fn garbage_says_nothing_and_a_reason_never_turns_the_page_around() {
    for text in ["", " ", "!!!", "\u{202E}\u{202E}", "12 34", "\u{0}\u{FFFD}"] {
        check(&said(1, "und", BELVI, 0, text), &said(2, "und", BELVI, 0, text), false);
    }
    let turned = "d\u{202E}l\u{200B}o nan ri Mar\u{2066}kadye fini";
    let found = pairs(&[said(1, "ht", BELVI, 0, turned), said(2, "ht", BELVI, 0, turned)]);
    let why = &found.first().expect("the same words").why;
    let mut given = why.things.iter().flat_map(|thing| &thing.words).chain(&why.words);
    let turns = ['\u{200B}'..='\u{200F}', '\u{202A}'..='\u{202E}', '\u{2060}'..='\u{206F}'];
    let unseen = |c: char| turns.iter().any(|range| range.contains(&c));
    assert!(given.clone().count() > 0);
    assert!(!given.any(|word| word.contains(unseen)), "{why:?}");
}

#[test]
fn times_and_places_at_the_ends_of_the_world_are_borne() {
    let at = |id, said_ms, lat_udeg, lon_udeg| Item {
        said_ms,
        point: Some(Point { lat_udeg, lon_udeg }),
        ..said(id, "en", BELVI, 0, "no water")
    };
    let ends = [
        at(1, i64::MIN, i32::MIN, i32::MAX),
        at(2, i64::MAX, i32::MAX, i32::MIN),
        at(3, 0, 0, 179_999_000),
        at(4, 0, 0, -179_999_000),
    ];
    // A thousandth of a degree on each side of the date line: 222 m.
    assert_eq!(together(&ends), vec![vec![2, 3]]);
}

#[test]
fn every_thing_has_words_in_every_language() {
    let mut missing: Vec<String> = Vec::new();
    let mut thing = "";
    let mut spoken: Vec<&str> = Vec::new();
    let list = include_str!("../rules/things.txt").lines().filter(|line| !line.starts_with('#'));
    for line in list.chain(["@ end"]) {
        if let Some(next) = line.strip_prefix("@ ") {
            let all = ["ht", "fr", "en", "es", "sw", "ar", "ur"];
            let none = all.iter().filter(|tongue| !thing.is_empty() && !spoken.contains(*tongue));
            missing.extend(none.map(|tongue| format!("{thing} {tongue}")));
            (thing, spoken) = (next, Vec::new());
        } else if let Some((head, _)) = line.split_once(' ') {
            spoken.push(head);
        }
    }
    assert_eq!(missing, Vec::<String>::new());
}

fn item_parts() -> impl Strategy<Value = (String, Option<u128>, i64, Option<(i32, i32)>)> {
    let words = prop::sample::select(vec![
        "dlo", "water", "ماء", "manje", "tant", "lekol", "Belvi", "33", "\u{202E}", "nou", "kamyon",
    ]);
    let text = prop_oneof![
        prop::collection::vec(words, 0..8).prop_map(|words| words.join(" ")),
        ".{0,40}",
    ];
    let area = prop::option::of(0_u128..3);
    let point = prop::option::of((18_000_000_i32..18_050_000, -72_050_000_i32..-72_000_000));
    (text, area, 0_i64..900_000_000, point)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn the_order_of_the_list_changes_nothing(
        parts in prop::collection::vec(item_parts(), 0..24),
        turn in 0_usize..24,
    ) {
        let items: Vec<Item<'_>> = parts
            .iter()
            .zip(0_u128..)
            .map(|((text, area, said_ms, point), id)| Item {
                id,
                text,
                language: "und",
                sectors: if id % 2 == 0 { &["wash"] } else { &["wash", "shelter"] },
                area: *area,
                landmark: None,
                point: point.map(|(lat_udeg, lon_udeg)| Point { lat_udeg, lon_udeg }),
                said_ms: *said_ms,
            })
            .collect();
        let mut turned = items.clone();
        turned.reverse();
        turned.rotate_left(turn.min(items.len()));
        let by_id = |items: &[Item<'_>]| {
            let found = groups(items).groups;
            let ids = |at: &usize| items[*at].id;
            found
                .iter()
                .map(|group| {
                    let members = group.members.iter().map(ids).collect::<Vec<_>>();
                    (group.score, members, group.why.clone())
                })
                .collect::<Vec<_>>()
        };
        prop_assert_eq!(by_id(&items), by_id(&turned));
        let mut seen: Vec<usize> =
            groups(&items).groups.into_iter().flat_map(|group| group.members).collect();
        let all = seen.len();
        seen.sort_unstable();
        seen.dedup();
        prop_assert_eq!(seen.len(), all, "no voice is in two groups");
        for pair in pairs(&items) {
            prop_assert!(pair.score <= 100 && pair.score >= PAIR_SCORE_MIN);
            prop_assert!(items[pair.one].id < items[pair.other].id);
            prop_assert!(pair.why.hours_apart <= 7 * 24);
        }
    }
}
