//! The score of two voices: how far they lack the same thing, at the same place, in the same days.
//!
//! Never looks at urgency or at how many others say it.

use super::heard::{Heard, Window};
use super::{Item, Point};

/// Voices further apart in time are two needs, in hours.
const HOURS_APART_MAX: u32 = 7 * 24;
/// Points nearer than this are one place, whatever their areas, in metres.
const NEAR_M: u32 = 500;
/// Points further apart than this are two places, even in one area, in metres.
const FAR_M: u32 = 3_000;
/// Of the words of two landmarks so many must be shared to be one place, in percent.
const LANDMARK_SHARED_MIN: usize = 60;

/// At one place: things lacked by both, in percent of all things lacked, from which on it is one.
const LACK_MIN: u64 = 10;
/// What a shared sector says, in percent, while one of the two names no thing.
const LACK_BY_SECTOR: u64 = 30;
/// At one place: likeness of the words, in percent, that ties without a thing.
const WORDS_MIN: u64 = 50;
/// Where a place is not known: likeness of the words, in percent.
const WORDS_UNPLACED_MIN: u64 = 65;
/// Where a place is not known: rarity of the shared words, summed, in quarters of a bit. Short
/// pleas are the same all over a country; only many or rare words in common tie two of them.
const RARITY_UNPLACED_MIN: u64 = 120;

/// The score of two that lack one thing at one place, before what they share is added.
const SCORE_TIED: u64 = 50;
/// Added when the place is near by the map or the same by landmark.
const SCORE_NEARER: u64 = 5;

/// How the places of two voices stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// By the map or by the landmark.
    Near,
    SameArea,
    Unknown,
    Apart,
}

/// All pairs with a score: the lesser first.
pub(super) fn scores(window: &Window<'_>) -> Vec<(usize, usize, u8)> {
    let mut found = Vec::new();
    for one in 0..window.len() {
        for other in one + 1..window.len() {
            let score = score(window, one, other);
            if score > 0 {
                found.push((one, other, score));
            }
        }
    }
    found
}

/// 0 to 100; 0 when they cannot be one need.
pub(super) fn score(window: &Window<'_>, one: usize, other: usize) -> u8 {
    u8::try_from(weigh(window, one, other).unwrap_or(0).min(100)).unwrap_or(100)
}

/// `None` when they cannot be one need. What is cheap is asked first: most pairs end there.
fn weigh(window: &Window<'_>, one: usize, other: usize) -> Option<u64> {
    let (a, b) = (window.items.get(one)?, window.items.get(other)?);
    let hours = hours_apart(a, b);
    if hours > HOURS_APART_MAX {
        return None;
    }
    let (x, y) = (window.heard.get(one)?, window.heard.get(other)?);
    let place = place(a, b, x, y);
    let lack = lack(window, one, other)?;
    let score = match place {
        Place::Apart => return None,
        Place::Unknown if lack == 0 => return None,
        Place::Unknown => {
            let words = cosine(x, y);
            if words < WORDS_UNPLACED_MIN || rarity_shared(window, x, y) < RARITY_UNPLACED_MIN {
                return None;
            }
            words
        }
        Place::Near | Place::SameArea => {
            let words = cosine(x, y);
            let nearer = if place == Place::Near { SCORE_NEARER } else { 0 };
            if lack >= LACK_MIN {
                SCORE_TIED + nearer + lack * 3 / 10 + words / 5
            } else if words >= WORDS_MIN {
                words + nearer
            } else {
                return None;
            }
        }
    };
    // Each day between them takes one away.
    Some(score.saturating_sub(u64::from(hours / 24)))
}

/// Things lacked by both in percent of all things lacked by either, the rarer counting more.
fn lack(window: &Window<'_>, one: usize, other: usize) -> Option<u64> {
    let (x, y) = (window.heard.get(one)?, window.heard.get(other)?);
    if x.things == 0 || y.things == 0 {
        let (a, b) = (window.items.get(one)?, window.items.get(other)?);
        let shared = a.sectors.iter().any(|sector| b.sectors.contains(sector));
        return Some(if shared { LACK_BY_SECTOR } else { 0 });
    }
    let both = window.things_weight(x.things & y.things);
    let all = window.things_weight(x.things) + window.things_weight(y.things);
    (200 * both).checked_div(all)
}

/// How rare the words are that both say, summed, in quarters of a bit.
fn rarity_shared(window: &Window<'_>, x: &Heard<'_>, y: &Heard<'_>) -> u64 {
    let both = x.words.iter().filter(|word| y.words.iter().any(|other| other.key == word.key));
    both.map(|word| window.rarity_of(word.key)).sum()
}

/// What the two say alike, in percent: rare words and letter groups count for more.
fn cosine(x: &Heard<'_>, y: &Heard<'_>) -> u64 {
    let (mut at_x, mut at_y, mut dot) = (0, 0, 0_u64);
    while let (Some((k, w)), Some((l, v))) = (x.features.get(at_x), y.features.get(at_y)) {
        match k.cmp(l) {
            std::cmp::Ordering::Less => at_x += 1,
            std::cmp::Ordering::Greater => at_y += 1,
            std::cmp::Ordering::Equal => {
                dot += w * v;
                at_x += 1;
                at_y += 1;
            }
        }
    }
    let norm = x.norm.saturating_mul(y.norm).isqrt();
    (100 * dot).checked_div(norm).unwrap_or(0).min(100)
}

fn place(a: &Item<'_>, b: &Item<'_>, x: &Heard<'_>, y: &Heard<'_>) -> Place {
    let apart_m = a.point.zip(b.point).map(|(a, b)| metres(a, b));
    match (apart_m, a.area.zip(b.area)) {
        (Some(apart_m), _) if apart_m <= NEAR_M => Place::Near,
        (Some(apart_m), _) if apart_m > FAR_M => Place::Apart,
        (_, Some((a, b))) if a != b => Place::Apart,
        _ if one_landmark(x, y) => Place::Near,
        (_, Some(_)) => Place::SameArea,
        (_, None) => Place::Unknown,
    }
}

fn one_landmark(x: &Heard<'_>, y: &Heard<'_>) -> bool {
    let shared = x.landmark.iter().filter(|key| y.landmark.contains(key)).count();
    let all = x.landmark.len() + y.landmark.len();
    (200 * shared).checked_div(all).is_some_and(|percent| percent >= LANDMARK_SHARED_MIN)
}

pub(super) fn hours_apart(a: &Item<'_>, b: &Item<'_>) -> u32 {
    u32::try_from(a.said_ms.abs_diff(b.said_ms) / 3_600_000).unwrap_or(u32::MAX)
}

/// Metres between two points, on a sphere laid flat around them: within a city, right to 1 in 100.
pub(super) fn metres(a: Point, b: Point) -> u32 {
    // A millionth of a degree of latitude is 0.11132 m.
    let udeg = |a: i32, b: i32| i64::from(a).abs_diff(i64::from(b));
    let north = udeg(a.lat_udeg, b.lat_udeg);
    let east = udeg(a.lon_udeg, b.lon_udeg);
    let east = east.min(360_000_000_u64.saturating_sub(east));
    let cos = cosine_of_latitude(i64::midpoint(a.lat_udeg.into(), b.lat_udeg.into()));
    let (north, east) = (north * 11_132, east * 11_132 / 1_000 * cos);
    let square = u128::from(north).pow(2) + u128::from(east).pow(2);
    u32::try_from(square.isqrt() / 100_000).unwrap_or(u32::MAX)
}

/// The cosine of a latitude, in thousandths, in whole numbers (Bhaskara's formula, right to 0.2 %).
fn cosine_of_latitude(udeg: i64) -> u64 {
    let tenths = (udeg.unsigned_abs() / 100_000).min(900);
    let square = tenths * tenths;
    (1_000 * (3_240_000 - 4 * square)).checked_div(3_240_000 + square).unwrap_or(0)
}
