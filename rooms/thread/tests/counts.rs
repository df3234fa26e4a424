//! Tests of the public counts, by somebody who knows the rules and every figure of the day and
//! tries all tables of numbers that could stand behind them.

use std::collections::HashMap;

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
    // Of 10 to 14 answers 5 to 9 came in time: a middle would say whether that is half of them.
    assert_eq!(find(area(1), MEDIAN), None);
    assert_eq!(find(area(1), "kind/request"), Some(10));
    assert_eq!(find(area(1), "sector/wash"), Some(5));
    let keys = ["status/", "delay/", "language/", "channel/", "kind/other", "sector/protection"];
    let split = |key: &str| keys.iter().any(|prefix| key.starts_with(prefix));
    assert_eq!(told.iter().find(|(_, key, _)| split(key)), None);
    let counts = told.iter().filter(|(_, key, _)| key != MEDIAN);
    assert!(counts.clone().all(|(_, _, n)| n % 5 == 0) && counts.count() > 6);
}

#[test]
fn the_middle_is_told_where_it_says_nothing_new() {
    let check = |soon: i64, late: i64, expected: Option<i64>| {
        let totals = [
            (area(1), "heard", soon + late),
            (area(1), "delay/2", soon),
            (area(1), "delay/7", late),
        ];
        let told = figures(&totals, &[area(1)]);
        let middle = told.iter().find(|(a, key, _)| *a == area(1) && key == MEDIAN);
        assert_eq!(middle.map(|(_, _, class)| *class), expected, "{soon} and {late}");
    };
    check(10, 0, Some(2));
    check(9, 0, None);
    // 15 to 19 answers, 10 to 14 of them in time: at least half, whatever they are.
    check(12, 5, Some(2));
    check(10, 9, Some(2));
    // 20 to 24, 10 to 14 in time.
    check(11, 11, None);
    check(4, 16, Some(7));
    check(6, 16, Some(7));
    check(6, 10, None);
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

/// One area's whole and two parts that exclude one another.
type Three = [i64; 3];
type Publish = fn(&[Three]) -> [PublicTable; 3];

fn together(rows: &[Three]) -> [PublicTable; 3] {
    let column = |at: usize| rows.iter().map(|row| row[at]).collect::<Vec<i64>>();
    let (whole, one, other) = (PublicTable::of(&column(0)), column(1), column(2));
    let parts = PublicTable::family(&[&one, &other], &whole);
    let [one, other] = parts.try_into().expect("two parts");
    [whole, one, other]
}

/// As it would be if each part were looked at alone.
fn one_by_one(rows: &[Three]) -> [PublicTable; 3] {
    let column = |at: usize| rows.iter().map(|row| row[at]).collect::<Vec<i64>>();
    let whole = PublicTable::of(&column(0));
    let [one, other] = [1, 2].map(|at| PublicTable::within(&column(at), &whole));
    [whole, one, other]
}

/// Which of the five numbers above each figure are possible, by trying all of them: what a city
/// publishes depends on its areas' figures and on the sums, so one table for each sum is enough.
fn seen_together(rows: &[Three], publish: Publish) -> Vec<[[bool; 5]; 3]> {
    let told = publish(rows);
    let around = |row: &Three| -> Vec<Three> {
        let [w, a, b] = row.map(floor5);
        let all = (0..125).map(|n| [w + n / 25, a + n / 5 % 5, b + n % 5]);
        all.filter(|[w, a, b]| a + b <= *w).collect()
    };
    let choices: Vec<Vec<Three>> = rows.iter().map(around).collect();
    let mut seen = vec![[[false; 5]; 3]; rows.len()];
    for (at, seen) in seen.iter_mut().enumerate() {
        let mut sums: HashMap<Three, Vec<Three>> = HashMap::from([([0; 3], Vec::new())]);
        let others = choices.iter().enumerate().filter(|(other, _)| *other != at);
        for (_, choices) in others {
            let mut next = HashMap::new();
            for (sum, table) in &sums {
                for row in choices {
                    let sum = [0, 1, 2].map(|key| sum[key] + row[key]);
                    next.entry(sum).or_insert_with(|| [table.as_slice(), &[*row]].concat());
                }
            }
            sums = next;
        }
        for row in &choices[at] {
            let fits = |others: &Vec<Three>| {
                let mut table = others.clone();
                table.insert(at, *row);
                publish(&table) == told
            };
            if sums.values().any(fits) {
                for key in 0..3 {
                    let above = row[key] - told[key].cells[at];
                    seen[key][usize::try_from(above).expect("above its figure")] = true;
                }
            }
        }
    }
    seen
}

#[test]
fn parts_that_exclude_one_another_give_nobody_away_together() {
    let all_seen = |rows: &[Three], publish: Publish| {
        seen_together(rows, publish).iter().flatten().flatten().all(|seen| *seen)
    };
    let check = |rows: &[Three]| {
        assert!(all_seen(rows, together), "{rows:?} as {:?}", together(rows));
    };
    // Four people in each of five areas were asked, two said YES and two NO: one by one the city's
    // figures are 15, 10 and 10, and twenty can only be five times four.
    let fives = [[4, 2, 2]; 5];
    assert_eq!(one_by_one(&fives).map(|told| told.total), [15, 10, 10]);
    assert!(!all_seen(&fives, one_by_one), "the check itself can fail");
    assert_eq!(together(&fives).map(|told| told.total), [15, 10, 5]);
    check(&fives);
    check(&[[4, 4, 0]; 5]);
    check(&[[9, 4, 4], [4, 2, 2], [4, 0, 4], [12, 5, 6]]);
    // Every city of two areas with up to five asked in each.
    let small = || (0..216).map(|n| [n / 36, n / 6 % 6, n % 6]).filter(|[w, a, b]| a + b <= *w);
    for one in small() {
        for other in small() {
            check(&[one, other]);
        }
    }
    let mut dice = Dice(3);
    for _ in 0..12 {
        let rows: Vec<Three> = (0..4)
            .map(|_| {
                let whole = dice.below(11);
                let one = dice.below(u64::try_from(whole).expect("a count") + 1);
                let other = dice.below(u64::try_from(whole - one).expect("a count") + 1);
                [whole, one, other]
            })
            .collect();
        check(&rows);
    }
}

/// The keys that are published, and the key each is a part of. Those of one group exclude one
/// another. A whole comes before its parts.
const GROUPS: [(&str, &[&str]); 7] = [
    ("heard", &["waiting"]),
    ("heard", &["answered"]),
    ("heard", &["kind/offer", "kind/request", "kind/thanks"]),
    ("heard", &["sector/wash"]),
    ("answered", &["answered_soon"]),
    ("answered", &["asked"]),
    ("asked", &["said_no", "said_yes"]),
];

/// Numbers by key, for each area; the last is for no area.
type Table = HashMap<&'static str, Vec<i64>>;

fn place(at: usize, width: usize) -> Id {
    if at + 1 == width { NOWHERE } else { area(u8::try_from(at + 1).expect("few areas")) }
}

/// What a city of these numbers publishes.
fn published(table: &Table) -> Vec<(Id, String, i64)> {
    let width = table["heard"].len();
    let mut totals: Vec<(Id, &str, i64)> = Vec::new();
    for (key, row) in table {
        for (at, n) in row.iter().enumerate() {
            match *key {
                "answered_soon" => totals.push((place(at, width), "delay/0", *n)),
                "answered" => {
                    totals.push((place(at, width), "delay/9", n - table["answered_soon"][at]));
                }
                key => totals.push((place(at, width), key, *n)),
            }
        }
    }
    let areas: Vec<Id> = (0..width - 1).map(|at| place(at, width)).collect();
    let mut told = figures(&totals, &areas);
    told.sort();
    told
}

/// A city that adds up.
fn any_table(dice: &mut Dice, width: usize, most: u64) -> Table {
    let mut table = Table::from([("heard", (0..width).map(|_| dice.below(most)).collect())]);
    for (whole, parts) in GROUPS {
        let mut left = table[whole].clone();
        for part in parts {
            let mut row = Vec::new();
            for left in &mut left {
                let n = dice.below(u64::try_from(*left).expect("a count") + 1);
                *left -= n;
                row.push(n);
            }
            table.insert(part, row);
        }
    }
    table
}

/// Puts `surplus` into areas, no more in each than its room.
fn spread(surplus: i64, room: &mut [i64]) -> Vec<i64> {
    let mut left = surplus;
    let put = room.iter_mut().map(|room| {
        let put = left.min(*room);
        (*room, left) = (*room - put, left - put);
        put
    });
    let put = put.collect();
    assert_eq!(left, 0, "the surplus fits into the other areas");
    put
}

/// A city that publishes the same figures, with the number of `key` in area `at` being `v` above
/// its figure: built as the proof in the rules says.
fn witness(told: &[(Id, String, i64)], width: usize, (key, at, v): (&str, usize, i64)) -> Table {
    let figure = |area: Id, key: &str| {
        told.iter().find(|(a, k, _)| *a == area && k == key).map_or(0, |(_, _, n)| *n)
    };
    let cells = |key: &str| (0..width).map(|a| figure(place(a, width), key)).collect::<Vec<i64>>();
    let surplus = |key: &str| figure(Id::NONE, key) - cells(key).iter().sum::<i64>();
    let mut chain = vec![key];
    while let Some((whole, _)) = GROUPS.iter().find(|(_, parts)| parts.contains(&chain[0])) {
        chain.insert(0, whole);
    }
    let mut above = Table::new();
    let mut room: Vec<i64> = (0..width).map(|a| if a == at { 0 } else { 4 }).collect();
    above.insert("heard", spread(surplus("heard"), &mut room));
    for (whole, parts) in GROUPS {
        let taken = |a: usize| parts.iter().map(|part| cells(part)[a]).sum::<i64>();
        let roomy = |a: usize| cells(whole)[a] - taken(a) >= 5;
        let room = |a: usize| if roomy(a) { 4 } else { above[whole][a] };
        let mut room: Vec<i64> = (0..width).map(|a| if a == at { 0 } else { room(a) }).collect();
        for part in parts {
            above.insert(part, spread(surplus(part), &mut room));
        }
    }
    for (key, row) in &mut above {
        if chain.contains(key) {
            row[at] = v;
        }
        for (n, cell) in row.iter_mut().zip(cells(key)) {
            *n += cell;
        }
    }
    above
}

#[test]
fn behind_every_figure_all_five_numbers_are_possible_whatever_else_is_published() {
    let check = |table: &Table| {
        let (told, width) = (published(table), table["heard"].len());
        for key in table.keys() {
            for at in 0..width {
                for v in 0..5 {
                    let other = witness(&told, width, (key, at, v));
                    for (whole, parts) in GROUPS {
                        for a in 0..width {
                            let sum: i64 = parts.iter().map(|part| other[part][a]).sum();
                            assert!(sum <= other[whole][a], "{whole} of {a}: {other:?}");
                        }
                    }
                    assert_eq!(published(&other), told, "{key} of {at} {v} above: {table:?}");
                }
            }
        }
    };
    let fours = |key: &str, n: i64| {
        let zero = if key == "said_no" || key == "said_yes" { 2 } else { 4 };
        vec![if key.starts_with("kind/") { n / 3 } else { zero.min(n) }; 5]
    };
    let keys = GROUPS.iter().flat_map(|(_, parts)| *parts).chain([&"heard"]);
    check(&keys.map(|key| (*key, fours(key, 4))).collect());
    let mut dice = Dice(4);
    for n in 0..60 {
        let width = 1 + usize::try_from(dice.below(6)).expect("few areas");
        check(&any_table(&mut dice, width, if n % 2 == 0 { 6 } else { 30 }));
    }
}
