//! Public counts: which figures may be shown so that nobody's small number can be worked out.
//! It never lets a figure through that has not been floored, and never a whole with all its parts.
//!
//! What is protected. Each day's figures are published once. A figure `f` says only that the true
//! number lies in `f ..= f + 4`, and all of the day's figures of a key together, with those of the
//! key it is a part of, say no more than that about any area, even to somebody who knows these
//! rules. From one day to the next a figure changes only in steps of five; what somebody learns who
//! compares a figure with the same figure of another day is that the number passed such a step.
//!
//! How. Floors alone are not enough: five areas with four voices each are five times "fewer than
//! 5", but the floor of their sum is 20, which no other five numbers below five can make. So a
//! total is lowered until every single area could stand at its floor with the others making up the
//! rest. Splits that add up to a whole (all statuses, all delays, all kinds) are never published
//! whole: statuses and delays not at all, of kinds the last one, `other`, is left out.

use std::collections::{BTreeMap, HashMap};

use record::Id;

use crate::voices::{DELAY_HOURS, NOWHERE};

/// Public counts of people come in steps of this.
pub const STEP: i64 = 5;
/// How far above its floor a number may be.
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
    /// How far above their floors all areas together may be, as anybody can work out.
    slack: i64,
}

impl PublicTable {
    /// The figures of numbers that are part of nothing larger.
    #[must_use]
    pub fn of(numbers: &[i64]) -> PublicTable {
        PublicTable::capped(numbers, SLACK * (count(numbers.len()) - 1).max(0))
    }

    /// The figures of numbers each of which is a part of the number of `whole` in its place.
    ///
    /// Where a part's figure is as large as its whole's, the part can only be above its floor if
    /// the whole is, and what all wholes together have above their floors is known: `slack`.
    #[must_use]
    pub fn within(numbers: &[i64], whole: &PublicTable) -> PublicTable {
        let tied = numbers.iter().zip(&whole.cells).filter(|(n, w)| floor5(**n) >= **w).count();
        let (tied, all) = (count(tied), count(numbers.len()));
        let free = all - tied;
        let room = |free: i64, tied: i64| SLACK * free + (SLACK * tied).min(whole.slack);
        // Whichever area is looked at, the others must be able to make up the total without it.
        let without_a_free = (free > 0).then(|| room(free - 1, tied));
        let without_a_tied = (tied > 0).then(|| room(free, tied - 1));
        let least = without_a_free.into_iter().chain(without_a_tied).min();
        PublicTable::capped(numbers, least.unwrap_or(0))
    }

    fn capped(numbers: &[i64], room: i64) -> PublicTable {
        let cells: Vec<i64> = numbers.iter().map(|n| floor5(*n)).collect();
        let floors: i64 = cells.iter().sum();
        let cap = floor5(floors + room);
        let total = floor5(numbers.iter().sum()).min(cap);
        // A figure at its cap says "at least"; below it, it says "and at most four more".
        let most = SLACK * count(numbers.len());
        let slack = if total == cap { most } else { (total + SLACK - floors).min(most) };
        PublicTable { cells, total, slack }
    }
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
    let heard = PublicTable::of(&numbers(&keys, "heard", width));
    tell(&mut figures, "heard", &heard, &names);
    let answered = PublicTable::within(&sums(&delays, width), &heard);
    tell(&mut figures, "answered", &answered, &names);
    let asked = PublicTable::within(&numbers(&keys, "asked", width), &answered);
    tell(&mut figures, "asked", &asked, &names);
    for key in ["said_yes", "said_no"] {
        let said = PublicTable::within(&numbers(&keys, key, width), &asked);
        tell(&mut figures, key, &said, &names);
    }
    let soon = DELAY_HOURS.iter().filter(|hours| **hours <= ANSWER_HOURS).count();
    let soon = sums(delays.get(..soon).unwrap_or_default(), width);
    tell(&mut figures, "answered_soon", &PublicTable::within(&soon, &answered), &names);
    for (key, row) in keys.iter().filter(|(key, _)| may_be_told(key)) {
        tell(&mut figures, key, &PublicTable::within(row, &heard), &names);
    }
    medians(&mut figures, &delays, &answered, &names);
    figures
}

/// Parts of what was heard that are shown as they are: `waiting`, kinds and sectors.
fn may_be_told(key: &str) -> bool {
    match key.split_once('/') {
        Some(("kind", kind)) => kind != KIND_UNTOLD,
        Some(("sector", sector)) => !SECTORS_UNTOLD.contains(&sector),
        Some(_) => false,
        None => key == "waiting",
    }
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

/// The class in which the middle answer's delay lies, where enough answers are counted.
fn medians(figures: &mut Vec<Figure>, delays: &[Numbers], answered: &PublicTable, names: &[Id]) {
    let city: Vec<i64> = delays.iter().map(|row| row.iter().sum()).collect();
    let mut say = |area: Id, classes: &[i64]| {
        if let Some(class) = median_class(classes) {
            figures.push(Figure { area, key: MEDIAN.to_owned(), n: count(class) });
        }
    };
    if answered.total >= MEDIAN_ANSWERS_MIN {
        say(Id::NONE, &city);
    }
    for (at, (area, told)) in names.iter().zip(&answered.cells).enumerate() {
        if *told >= MEDIAN_ANSWERS_MIN {
            let classes: Vec<i64> = delays.iter().filter_map(|row| row.get(at)).copied().collect();
            say(*area, &classes);
        }
    }
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
