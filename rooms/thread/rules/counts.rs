//! Public counts: which figures may be shown so that nobody's small number can be worked out.
//! It never lets a figure through that has not been floored, and never a whole with all its parts.
//!
//! What is protected. Each day's figures are published once. A figure `f` says only that the true
//! number lies in `f ..= f + 4`, and all of the day's figures together say no more than that about
//! any area, even to somebody who knows these rules. From one day to the next a figure changes only
//! in steps of five; what somebody learns who compares a figure with the same figure of another day
//! is that the number passed such a step.
//!
//! How. Floors alone are not enough: five areas with four voices each are five times "fewer than
//! 5", but the floor of their sum is 20, which no other five numbers below five can make. Nor is it
//! enough to look at each total alone: if two in each of those areas said YES and two NO, then 10
//! and 10 give the twenty away again. So a total may say more than its areas' figures add up to
//! only as far as this rule goes; call that its *surplus*.
//!
//! - A whole's surplus fits into all areas but one, four in each.
//! - The parts of a whole that exclude one another (YES and NO; the kinds) share one surplus: that
//!   of their whole, or as much as fits, four in each, into all but one of the areas in which the
//!   whole's figure leaves room for five more.
//!
//! Why that is enough. Choose one area, one key and one of its five values. Give that area its
//! figures, with the value's excess added to the key and to the wholes it is part of. Spread each
//! key's surplus over the other areas, every part's beneath its whole's or into the room left: it
//! fits, by the rule. That is a city which adds up and publishes exactly the same figures. So none
//! of the five values can be ruled out; a test builds that city for every figure.
//!
//! Splits that add up to a whole (all statuses, all delays, all kinds) are never published whole:
//! statuses and delays not at all, of kinds the last one, `other`, is left out. The middle delay is
//! told only where the figures already say on which side of the hours of an answer in time it lies.

use std::collections::{BTreeMap, HashMap};

use record::Id;

use crate::voices::{DELAY_HOURS, NOWHERE};

/// Public counts of people come in steps of this.
pub const STEP: i64 = 5;
/// How far above its figure a number may be.
const SLACK: i64 = STEP - 1;
/// "Answered in time" means within so many hours (vocabulary 5.7).
pub const ANSWER_HOURS: i64 = 72;
/// The middle of the answers' delays is told only when at least so many are counted.
const MEDIAN_ANSWERS_MIN: i64 = 10;
/// The key under which the middle class of delays is kept; its number is a class, not a count.
pub const MEDIAN: &str = "clock/median";
/// Sectors that are never counted in the open: a count of them can point at those who spoke.
pub const SECTORS_UNTOLD: [&str; 2] = ["protection", "child_protection"];
/// The kind that is left out, so that kinds never add up to what was heard.
const KIND_UNTOLD: &str = "other";

/// A number rounded down to fives; nought for less.
#[must_use]
pub fn floor5(n: i64) -> i64 {
    n.max(0) / STEP * STEP
}

/// What may be shown of one key: a figure for each area, and one for the city.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicTable {
    /// The areas' figures, in the order given.
    pub cells: Vec<i64>,
    /// The city's figure.
    pub total: i64,
}

impl PublicTable {
    /// The figures of numbers that are part of nothing larger.
    #[must_use]
    pub fn of(numbers: &[i64]) -> PublicTable {
        let table = PublicTable::floored(numbers);
        let given = table.surplus().min(four_in_all_but_one(numbers.len()));
        table.with_surplus(given)
    }

    /// The figures of numbers each of which is a part of the number of `whole` in its place.
    #[must_use]
    pub fn within(numbers: &[i64], whole: &PublicTable) -> PublicTable {
        let table = PublicTable::floored(numbers);
        let given = table.surplus().min(room(whole, std::slice::from_ref(&table)));
        table.with_surplus(given)
    }

    /// The figures of parts of `whole` that exclude one another: they share what is to be had, five
    /// by five in turn, so that the largest does not crowd the others out.
    #[must_use]
    pub fn family(parts: &[&[i64]], whole: &PublicTable) -> Vec<PublicTable> {
        let tables: Vec<PublicTable> =
            parts.iter().map(|numbers| PublicTable::floored(numbers)).collect();
        let wanted: Vec<i64> = tables.iter().map(PublicTable::surplus).collect();
        let given = shared(&wanted, room(whole, &tables));
        tables.into_iter().zip(given).map(|(table, given)| table.with_surplus(given)).collect()
    }

    /// Every number and the whole sum, each floored by itself.
    fn floored(numbers: &[i64]) -> PublicTable {
        let cells = numbers.iter().map(|n| floor5(*n)).collect();
        PublicTable { cells, total: floor5(numbers.iter().sum()) }
    }

    /// What the total says beyond the areas' figures.
    fn surplus(&self) -> i64 {
        self.total - self.cells.iter().sum::<i64>()
    }

    fn with_surplus(self, given: i64) -> PublicTable {
        PublicTable { total: self.cells.iter().sum::<i64>() + given, ..self }
    }
}

/// The surplus that parts of a whole may have together.
fn room(whole: &PublicTable, parts: &[PublicTable]) -> i64 {
    let taken = |at: usize| parts.iter().filter_map(|part| part.cells.get(at)).sum::<i64>();
    let roomy = |(at, cell): &(usize, &i64)| *cell - taken(*at) >= STEP;
    let roomy = whole.cells.iter().enumerate().filter(roomy).count();
    whole.surplus().max(four_in_all_but_one(roomy))
}

fn four_in_all_but_one(areas: usize) -> i64 {
    floor5(SLACK * (count(areas) - 1))
}

/// Deals out `room` to those who want some, five by five in turn.
fn shared(wanted: &[i64], room: i64) -> Vec<i64> {
    let mut given = vec![0; wanted.len()];
    let mut left = room;
    let mut dealt = true;
    while dealt {
        dealt = false;
        for (given, wanted) in given.iter_mut().zip(wanted) {
            if *given < *wanted && left >= STEP {
                *given += STEP;
                left -= STEP;
                dealt = true;
            }
        }
    }
    given
}

fn count(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

/// One figure that may be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    /// Where; [`Id::NONE`] for the city, [`NOWHERE`] for no area that is public.
    pub area: Id,
    /// What is counted.
    pub key: String,
    /// At least so many.
    pub n: i64,
}

/// True numbers by area, for one key, in the order of the table's areas.
type Numbers = Vec<i64>;

/// The figures that may be shown of true totals. Numbers of areas that are not public count with
/// those that have none. The city's `heard` is always there; of the rest, what is nought is not.
#[must_use]
pub fn public_figures<'a>(
    totals: impl Iterator<Item = (Id, &'a str, i64)>,
    areas: &[Id],
) -> Vec<Figure> {
    let mut places: HashMap<Id, usize> =
        areas.iter().enumerate().map(|(at, id)| (*id, at)).collect();
    let nowhere = *places.entry(NOWHERE).or_insert(areas.len());
    let width = areas.len() + 1;
    let mut keys: BTreeMap<String, Numbers> = BTreeMap::new();
    let mut delays: Vec<Numbers> = vec![vec![0; width]; DELAY_HOURS.len() + 1];
    for (area, key, n) in totals.filter(|(area, _, _)| *area != Id::NONE) {
        let at = places.get(&area).copied().unwrap_or(nowhere);
        let row = match key.strip_prefix("delay/").map(|class| class.parse::<usize>().ok()) {
            Some(class) => class.and_then(|class| delays.get_mut(class)),
            None => Some(keys.entry(key.to_owned()).or_insert_with(|| vec![0; width])),
        };
        if let Some(cell) = row.and_then(|row| row.get_mut(at)) {
            *cell += n;
        }
    }
    let names: Vec<Id> = areas.iter().copied().chain([NOWHERE]).collect();
    let mut figures = Vec::new();
    let of = |key: &str| numbers(&keys, key, width);
    let heard = PublicTable::of(&of("heard"));
    tell(&mut figures, "heard", &heard, &names);
    tell(&mut figures, "waiting", &PublicTable::within(&of("waiting"), &heard), &names);
    let answered = PublicTable::within(&sums(&delays, width), &heard);
    tell(&mut figures, "answered", &answered, &names);
    let soon = DELAY_HOURS.iter().take_while(|hours| **hours <= ANSWER_HOURS).count();
    let soon = sums(delays.get(..soon).unwrap_or_default(), width);
    let soon = PublicTable::within(&soon, &answered);
    tell(&mut figures, "answered_soon", &soon, &names);
    let asked = PublicTable::within(&of("asked"), &answered);
    tell(&mut figures, "asked", &asked, &names);
    // NO comes first: where a five is left over, it is never YES that looks larger for it.
    tell_family(
        &mut figures,
        &[("said_no", &of("said_no")), ("said_yes", &of("said_yes"))],
        &asked,
        &names,
    );
    let kinds: Vec<(&str, &Numbers)> = keys
        .iter()
        .filter(|(key, _)| is_told_kind(key))
        .map(|(k, row)| (k.as_str(), row))
        .collect();
    tell_family(&mut figures, &kinds, &heard, &names);
    // A voice may be of several sectors: they do not exclude one another.
    for (key, row) in keys.iter().filter(|(key, _)| is_told_sector(key)) {
        tell(&mut figures, key, &PublicTable::within(row, &heard), &names);
    }
    medians(&mut figures, &delays, (&answered, &soon), &names);
    figures
}

fn is_told_kind(key: &str) -> bool {
    key.strip_prefix("kind/").is_some_and(|kind| kind != KIND_UNTOLD)
}

fn is_told_sector(key: &str) -> bool {
    key.strip_prefix("sector/").is_some_and(|sector| !SECTORS_UNTOLD.contains(&sector))
}

fn numbers(keys: &BTreeMap<String, Numbers>, key: &str, width: usize) -> Numbers {
    keys.get(key).cloned().unwrap_or_else(|| vec![0; width])
}

fn sums(rows: &[Numbers], width: usize) -> Numbers {
    let at = |place: usize| rows.iter().filter_map(|row| row.get(place)).sum();
    (0..width).map(at).collect()
}

fn tell(figures: &mut Vec<Figure>, key: &str, table: &PublicTable, names: &[Id]) {
    let figure = |area: Id, n: i64| Figure { area, key: key.to_owned(), n };
    let cells = names.iter().zip(&table.cells).filter(|(_, n)| **n > 0);
    figures.extend(cells.map(|(area, n)| figure(*area, *n)));
    if table.total > 0 || key == "heard" {
        figures.push(figure(Id::NONE, table.total));
    }
}

fn tell_family(
    figures: &mut Vec<Figure>,
    parts: &[(&str, &Numbers)],
    whole: &PublicTable,
    names: &[Id],
) {
    let rows: Vec<&[i64]> = parts.iter().map(|(_, row)| row.as_slice()).collect();
    for ((key, _), table) in parts.iter().zip(PublicTable::family(&rows, whole)) {
        tell(figures, key, &table, names);
    }
}

/// The class in which the middle answer's delay lies, where enough answers are counted and the
/// class says nothing new of how many came in time.
fn medians(
    figures: &mut Vec<Figure>,
    delays: &[Numbers],
    (answered, soon): (&PublicTable, &PublicTable),
    names: &[Id],
) {
    let mut say = |area: Id, classes: &[i64], (answered, soon): (i64, i64)| {
        let Some(class) = median_class(classes) else { return };
        let in_time = DELAY_HOURS.get(class).is_some_and(|hours| *hours <= ANSWER_HOURS);
        if answered >= MEDIAN_ANSWERS_MIN && side_is_plain(answered, soon, in_time) {
            figures.push(Figure { area, key: MEDIAN.to_owned(), n: count(class) });
        }
    };
    let city: Vec<i64> = delays.iter().map(|row| row.iter().sum()).collect();
    say(Id::NONE, &city, (answered.total, soon.total));
    let told = answered.cells.iter().copied().zip(soon.cells.iter().copied());
    for ((at, area), told) in names.iter().enumerate().zip(told) {
        let classes: Vec<i64> = delays.iter().filter_map(|row| row.get(at)).copied().collect();
        say(*area, &classes, told);
    }
}

/// Whether the figures alone say that at least half of the answers came in time, or that fewer did,
/// whatever the numbers above them are.
fn side_is_plain(answered: i64, soon: i64, in_time: bool) -> bool {
    if in_time { answered + SLACK <= 2 * soon } else { 2 * (soon + SLACK) < answered }
}

/// The class in which the middle one of all counted lies.
#[must_use]
pub fn median_class(classes: &[i64]) -> Option<usize> {
    let all: i64 = classes.iter().sum();
    let mut seen = 0;
    classes.iter().position(|n| {
        seen += n;
        all > 0 && seen * 2 >= all
    })
}
