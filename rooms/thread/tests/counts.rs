//! Tests of the public counts, by somebody who knows the rules and every figure of the day and
//! tries all tables of numbers that could stand behind them.

use proptest::prelude::*;
use record::Id;

use crate::thread::rules::counts::{
    Figure, MEDIAN, PublicTable, floor5, median_class, public_figures,
};
use crate::voices::NOWHERE;

/// Every table whose numbers lie no more than four above these figures.
fn behind(figures: &[i64]) -> Vec<Vec<i64>> {
    let mut all = vec![Vec::new()];
    for figure in figures {
        all = all
            .into_iter()
            .flat_map(|table| (0..5).map(move |more| [table.clone(), vec![figure + more]].concat()))
            .collect();
    }
    all
}

/// Which of an area's five numbers are still possible, for each area.
fn seen(tables: impl Iterator<Item = Vec<i64>>, figures: &[i64]) -> Vec<[bool; 5]> {
    let mut seen = vec![[false; 5]; figures.len()];
    for table in tables {
        for ((n, figure), seen) in table.iter().zip(figures).zip(&mut seen) {
            seen[usize::try_from(n - figure).expect("above its floor")] = true;
        }
    }
    seen
}

/// A small generator, so that every run tries the same tables.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: u64) -> i64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        i64::try_from((self.0 >> 33) % n).expect("a small number")
    }
}

#[test]
fn numbers_are_rounded_down_to_fives() {
    fn check(n: i64, expected: i64) {
        assert_eq!(floor5(n), expected, "{n}");
    }
    for (n, expected) in [(-3, 0), (0, 0), (4, 0), (5, 5), (9, 5), (10, 10), (1_000_004, 1_000_000)]
    {
        check(n, expected);
    }
}

#[test]
fn floors_alone_would_give_five_areas_away() {
    let figures = [0; 5];
    let naive = floor5(4 * 5);
    let fitting = behind(&figures).into_iter().filter(|t| floor5(t.iter().sum()) == naive);
    // The figures say "fewer than 5" five times, and 20 in all: then each has exactly four.
    assert_eq!(seen(fitting, &figures), [[false, false, false, false, true]; 5]);
    assert_eq!(PublicTable::of(&[4; 5]).total, 15);
}

#[test]
fn a_total_never_says_more_of_an_area_than_its_own_figure() {
    fn check(numbers: &[i64]) {
        let told = PublicTable::of(numbers);
        let fitting = behind(&told.cells).into_iter().filter(|t| PublicTable::of(t) == told);
        let seen = seen(fitting, &told.cells);
        assert!(seen.iter().flatten().all(|s| *s), "{numbers:?} as {told:?}: {seen:?}");
    }
    check(&[4; 5]);
    check(&[0, 0, 0, 0, 20]);
    check(&[7]);
    check(&[]);
    let mut dice = Dice(1);
    for _ in 0..300 {
        let areas = 1 + dice.below(5);
        let numbers: Vec<i64> = (0..areas).map(|_| dice.below(13)).collect();
        check(&numbers);
    }
}

/// Every pair of tables, whole and part, that would be published just so.
fn pairs_behind(
    whole: &PublicTable,
    part: &PublicTable,
    parts: fn(&[i64], &PublicTable) -> PublicTable,
) -> (Vec<[bool; 5]>, Vec<[bool; 5]>) {
    let wholes: Vec<_> =
        behind(&whole.cells).into_iter().filter(|t| PublicTable::of(t) == *whole).collect();
    let all_parts: Vec<_> =
        behind(&part.cells).into_iter().filter(|t| parts(t, whole) == *part).collect();
    let fits = |w: &[i64], p: &[i64]| w.iter().zip(p).all(|(w, p)| p <= w);
    let some_whole = wholes.iter().filter(|w| all_parts.iter().any(|p| fits(w, p))).cloned();
    let some_part = all_parts.iter().filter(|p| wholes.iter().any(|w| fits(w, p))).cloned();
    (seen(some_whole, &whole.cells), seen(some_part, &part.cells))
}

#[test]
fn the_figures_of_a_part_and_its_whole_together_say_no_more_either() {
    fn check(wholes: &[i64], parts: &[i64]) {
        let whole = PublicTable::of(wholes);
        let part = PublicTable::within(parts, &whole);
        let (of_whole, of_part) = pairs_behind(&whole, &part, PublicTable::within);
        let all = of_whole.iter().chain(&of_part).flatten().all(|seen| *seen);
        assert!(all, "{wholes:?} and {parts:?}: {whole:?} {part:?} {of_whole:?} {of_part:?}");
    }
    check(&[50, 2, 2], &[4, 2, 2]);
    check(&[4, 4, 4, 4], &[4, 4, 4, 4]);
    let mut dice = Dice(2);
    for _ in 0..250 {
        let areas = 1 + dice.below(4);
        let wholes: Vec<i64> = (0..areas).map(|_| dice.below(13)).collect();
        let parts: Vec<i64> =
            wholes.iter().map(|w| dice.below(u64::try_from(*w).expect("a count") + 1)).collect();
        check(&wholes, &parts);
    }
}

#[test]
fn a_part_floored_without_its_whole_would_be_given_away() {
    // 54 people at most in all, 50 of them in the first area: of the eight who said yes at most
    // four live elsewhere. With a total of 5 somebody in the first must have said yes.
    let whole = PublicTable::of(&[50, 2, 2]);
    let careless = PublicTable::of(&[4, 2, 2]);
    let (_, parts) = pairs_behind(&whole, &careless, |numbers, _| PublicTable::of(numbers));
    assert!(!parts[0][0], "the careless total gives the first area away: {parts:?}");
    assert_eq!((careless.total, PublicTable::within(&[4, 2, 2], &whole).total), (5, 0));
}

proptest! {
    /// Large tables, by bounds: from all figures together, each area keeps its five numbers.
    #[test]
    fn no_area_of_a_large_city_is_narrowed(
        numbers in proptest::collection::vec((0i64..40, 0i64..5), 1..400),
    ) {
        let some_small = |(n, small): &(i64, i64)| if n % 3 == 0 { *small } else { *n };
        let numbers: Vec<i64> = numbers.iter().map(some_small).collect();
        let told = PublicTable::of(&numbers);
        let floors: i64 = told.cells.iter().sum();
        let most = floors + 4 * i64::try_from(numbers.len()).unwrap_or(0);
        prop_assert!(told.total <= numbers.iter().sum::<i64>());
        prop_assert_eq!(told.total % 5, 0);
        for figure in &told.cells {
            let low = told.total - (most - figure - 4);
            let high = told.total + 4 - (floors - figure);
            prop_assert!(low <= *figure && high >= figure + 4, "{} of {:?}", figure, told);
        }
    }

    /// Two days of a number that grows: each day's figure moves in steps of five, and both days'
    /// figures together leave each day's number its five possibilities.
    #[test]
    fn two_days_of_one_area_say_no_more_than_each(before in 0i64..60, more in 0i64..60) {
        let (first, second) = (floor5(before), floor5(before + more));
        prop_assert_eq!((second - first) % 5, 0);
        let fits = |a: i64, b: i64| a <= b;
        for a in first..first + 5 {
            prop_assert!((second..second + 5).any(|b| fits(a, b)));
        }
        for b in second..second + 5 {
            prop_assert!((first..first + 5).any(|a| fits(a, b)));
        }
    }
}

fn area(n: u8) -> Id {
    Id([n; 16])
}

fn figures(totals: &[(Id, &str, i64)], areas: &[Id]) -> Vec<(Id, String, i64)> {
    let figures = public_figures(totals.iter().copied(), areas);
    figures.into_iter().map(|Figure { area, key, n }| (area, key, n)).collect()
}

#[test]
fn what_is_published_has_no_small_number_and_no_whole_split() {
    let totals = [
        (area(1), "heard", 23),
        (area(1), "status/received", 23),
        (area(1), "delay/0", 6),
        (area(1), "delay/7", 6),
        (area(1), "language/ht", 23),
        (area(1), "kind/request", 12),
        (area(1), "kind/other", 11),
        (area(1), "sector/wash", 9),
        (area(1), "sector/protection", 9),
        (area(1), "waiting", 4),
        (area(2), "heard", 4),
        (area(9), "heard", 6),
        (NOWHERE, "heard", 2),
        (Id::NONE, "heard", 35),
        (Id::NONE, "channel/sms", 35),
    ];
    let told = figures(&totals, &[area(1), area(2)]);
    let find = |area: Id, key: &str| {
        told.iter().find(|(a, k, _)| *a == area && k == key).map(|(_, _, n)| *n)
    };
    assert_eq!(find(area(1), "heard"), Some(20));
    assert_eq!(find(area(2), "heard"), None);
    // An area that is not public counts with those that have none.
    assert_eq!(find(NOWHERE, "heard"), Some(5));
    assert_eq!(find(area(9), "heard"), None);
    assert_eq!(find(Id::NONE, "heard"), Some(30));
    assert_eq!(find(area(1), "answered"), Some(10));
    assert_eq!(find(area(1), "answered_soon"), Some(5));
    assert_eq!(find(area(1), MEDIAN), Some(0));
    assert_eq!(find(area(1), "kind/request"), Some(10));
    assert_eq!(find(area(1), "sector/wash"), Some(5));
    let keys = ["status/", "delay/", "language/", "channel/", "kind/other", "sector/protection"];
    let split = |key: &str| keys.iter().any(|prefix| key.starts_with(prefix));
    assert_eq!(told.iter().find(|(_, key, _)| split(key)), None);
    let counts = told.iter().filter(|(_, key, _)| key != MEDIAN);
    assert!(counts.clone().all(|(_, _, n)| n % 5 == 0) && counts.count() > 6);
}

#[test]
fn a_city_without_voices_says_that_it_counted() {
    assert_eq!(figures(&[], &[area(1)]), [(Id::NONE, "heard".to_owned(), 0)]);
}

#[test]
fn the_middle_answer_lies_where_half_have_come() {
    fn check(classes: &[i64], expected: Option<usize>) {
        assert_eq!(median_class(classes), expected, "{classes:?}");
    }
    check(&[], None);
    check(&[0, 0], None);
    check(&[1, 0, 0], Some(0));
    check(&[1, 1, 0], Some(0));
    check(&[1, 1, 1], Some(1));
    check(&[0, 0, 7, 1], Some(2));
    check(&[4, 0, 0, 9], Some(3));
}
