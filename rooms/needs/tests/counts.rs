//! The counts of needs: floored, frozen for a day, and giving nothing away beside the figures of
//! areas.

use proptest::prelude::*;
use record::{DAY_MS, Id};

use super::home::{Home, homes};
use crate::needs::rules::counts::{LOOSE_MIN, Loose, floored, public_need};
use crate::needs::{PublicNeed, acts, freeze, public_counts};
use crate::voices::queries::NeedCounts;

/// A need: its voices, asked, YES and NO.
type Parts = [i64; 4];

/// Numbers that add up: YES and NO are of those asked, and these of the voices.
fn parts() -> impl Strategy<Value = Parts> {
    (0..30i64, 0..30i64, 0..30i64, 0..30i64).prop_map(|(yes, no, silent, unasked)| {
        [yes + no + silent + unasked, yes + no + silent, yes, no]
    })
}

/// The voices of a need by sort: YES, NO, asked and silent, never asked.
fn sorts(of: &Parts) -> Parts {
    [of[2], of[3], of[1] - of[2] - of[3], of[0] - of[1]]
}

/// The wholes that each number is a part of.
fn wholes(key: usize) -> &'static [usize] {
    match key {
        0 => &[0],
        1 => &[0, 1],
        2 => &[0, 1, 2],
        _ => &[0, 1, 3],
    }
}

/// Whatever is published of areas and other needs, each number of a need may be any of five: a city
/// in which only the places of this need's voices and of loose ones differ publishes the very same.
fn no_value_can_be_ruled_out(true_ones: &Parts) {
    let told = true_ones.map(floored);
    let loose = [LOOSE_MIN.yes, LOOSE_MIN.no, LOOSE_MIN.silent, LOOSE_MIN.unasked];
    for key in 0..4 {
        for excess in 0..5 {
            let mut other = told;
            for whole in wholes(key) {
                other[*whole] += excess;
            }
            assert_eq!(other.map(floored), told, "the need's own figures are the same");
            assert_eq!(other[key], told[key] + excess);
            let (before, after) = (sorts(true_ones), sorts(&other));
            for at in 0..4 {
                assert!(after[at] >= 0, "it adds up: {other:?}");
                let wanted = after[at] - before[at];
                assert!(wanted <= loose[at], "{wanted} of sort {at}: {true_ones:?} as {other:?}");
            }
        }
    }
}

proptest! {
    #[test]
    fn no_value_of_any_need_can_be_ruled_out(need in parts()) {
        no_value_can_be_ruled_out(&need);
    }
}

#[test]
fn the_worst_needs_want_as_many_loose_voices_as_are_asked_for() {
    no_value_can_be_ruled_out(&[17, 13, 4, 4]);
    no_value_can_be_ruled_out(&[5, 5, 4, 0]);
    no_value_can_be_ruled_out(&[0, 0, 0, 0]);
    let enough = LOOSE_MIN;
    assert!(enough.hides());
    for fewer in [
        Loose { yes: 3, ..enough },
        Loose { no: 3, ..enough },
        Loose { silent: 11, ..enough },
        Loose { unasked: 7, ..enough },
    ] {
        assert!(!fewer.hides(), "{fewer:?}");
    }
}

#[test]
fn figures_are_floored_to_fives() {
    let check = |n: i64, expected: i64| assert_eq!(floored(n), expected, "{n}");
    for (n, expected) in [(-3, 0), (0, 0), (4, 0), (5, 5), (9, 5), (10, 10), (10_004, 10_000)] {
        check(n, expected);
    }
    let counts = NeedCounts { voices: 12, asked: 9, yes: 5, no: 4 };
    let told = PublicNeed { voices: 10, told: true, asked: 5, yes: 5, no: 0 };
    assert_eq!(public_need(&counts, &LOOSE_MIN), told);
    let few = PublicNeed { voices: 10, ..PublicNeed::default() };
    assert_eq!(public_need(&counts, &Loose::default()), few);
}

async fn spoken(home: &Home, n: usize) -> Vec<Id> {
    let mut of = Vec::new();
    for at in 0..n {
        of.push(home.says(&format!("Dlo {at}"), None, false).await.id);
    }
    of
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_street_is_told_stands_still_for_a_day() {
    for home in homes().await {
        let house = &home.house;
        let need = home.states(&spoken(&home, 7).await, None).await;
        let voices = || async { public_counts(house, need.id).await.expect("read").voices };
        freeze(house).await.expect("nothing is public");
        assert_eq!(voices().await, 0);
        acts::publish(house, &need, None).await.expect("published");
        assert_eq!(voices().await, 5, "frozen as it was published");
        let more: Vec<(Id, Id)> =
            spoken(&home, 4).await.into_iter().map(|id| (id, need.id)).collect();
        acts::group(house, &more, None).await.expect("grouped");
        freeze(house).await.expect("frozen");
        assert_eq!(voices().await, 5, "not twice a day");
        // To hide and publish again shows no newer count.
        acts::hide(house, need.id, None).await.expect("hidden");
        acts::publish(house, &home.need(need.id).await, None).await.expect("published");
        assert_eq!(voices().await, 5);
        home.pass(DAY_MS);
        freeze(house).await.expect("frozen");
        assert_eq!(voices().await, 10);
        home.pass(-DAY_MS);
        freeze(house).await.expect("a clock set back");
        assert_eq!(voices().await, 10);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn many_needs_are_frozen_in_chunks() {
    for home in homes().await {
        let house = &home.house;
        let mut ids = Vec::new();
        for _ in 0..210 {
            let need = home.states(&[], None).await;
            acts::publish(house, &need, None).await.expect("published");
            ids.push(need.id);
        }
        let one: Vec<(Id, Id)> =
            spoken(&home, 5).await.into_iter().map(|id| (id, ids[209])).collect();
        acts::group(house, &one, None).await.expect("grouped");
        home.pass(DAY_MS);
        freeze(house).await.expect("frozen");
        assert_eq!(public_counts(house, ids[209]).await.expect("read").voices, 5);
        let sql = "SELECT COUNT(*) FROM need_counts WHERE day = 20777";
        let row = house.store().read_one(sql, vec![]).await.expect("read").expect("a row");
        assert_eq!(row.int(0), 210);
    }
}
