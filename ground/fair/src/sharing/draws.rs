//! How firm an outcome is: what is known is changed a little, many times over, and it is counted
//! how often an area's share moves, and how often the area gets anything at all.
//!
//! Never draws from anywhere but the seed that is given: the same seed gives the same counts on
//! every machine, and whoever doubts them draws again.

use super::grants::share_grants;
use super::window::{Area, ShareError, Weight, Window};

/// Draws of one run.
pub const DRAWS_MAX: u32 = 100_000;
/// A share has moved if it differs by more than one part in so many.
const MOVED_PART: i128 = 10;
/// An indicator is varied in steps of half a hundredth, up to twenty of them either way.
const STEPS: i64 = 200;
const STEPS_AWAY: i64 = 20;
/// Classes of severity go from 1 to 5; whoever is verified to be in need is at least in this one.
pub const CLASS_IN_NEED: u8 = 3;
/// The worst class.
pub const CLASS_WORST: u8 = 5;

/// A stream of numbers from a seed (SplitMix64): every seed gives its own, none is better.
#[derive(Clone, Debug)]
pub struct Chance(u64);

impl Chance {
    /// The stream of a seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number from 0 to below `count`; 0 where that is 0.
    pub fn below(&mut self, count: u32) -> u32 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^= mixed >> 31;
        // The upper half of a product spreads evenly enough: off by less than one in 2³² draws.
        let spread = u64::from(u32::try_from(mixed >> 32).unwrap_or(0)) * u64::from(count);
        u32::try_from(spread >> 32).unwrap_or(0)
    }

    /// An indicator, up to a tenth more or less.
    pub fn within_a_tenth(&mut self, value: i64) -> i64 {
        let varied = i128::from(value) * i128::from(self.steps()) / i128::from(STEPS);
        i64::try_from(varied).unwrap_or(value)
    }

    /// A class of severity, one less, the same or one more, from 1 to 5.
    pub fn beside(&mut self, class: u8) -> u8 {
        let moved = match self.below(3) {
            0 => class.saturating_sub(1),
            1 => class,
            _ => class.saturating_add(1),
        };
        moved.clamp(1, 5)
    }

    fn steps(&mut self) -> i64 {
        STEPS - STEPS_AWAY + i64::from(self.below(2 * STEPS_AWAY as u32 + 1))
    }
}

/// How often a person in need counts by the class of severity: once in 3, twice in 4, three times
/// in 5; below 3 nobody is in need.
#[must_use]
pub fn class_weight(class: u8) -> i64 {
    i64::from((class + 1).saturating_sub(CLASS_IN_NEED))
}

/// How often shares moved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moves {
    /// Draws that were made.
    pub draws: u32,
    /// By area, in how many draws its amount differed by more than a tenth. An area that gets
    /// nothing has moved when it gets anything.
    pub moved: Vec<u32>,
    /// By area, in how many draws it got anything.
    pub funded: Vec<u32>,
}

/// Shares a window out, then as often as asked what `vary` makes of it; small grants are put off
/// as in [`share_grants`].
///
/// `vary` is handed the stream of chance and returns a window with the same areas in the same
/// order: it varies each indicator ([`Chance::within_a_tenth`]) and class
/// ([`Chance::beside`]) and reckons need and risk from them again. Where nothing is known but need
/// and risk themselves, [`varied`] does.
///
/// # Errors
/// The first thing that is wrong with a window; more draws than [`DRAWS_MAX`].
pub fn draw(
    window: &Window,
    draws: u32,
    seed: u64,
    mut vary: impl FnMut(&mut Chance) -> Window,
) -> Result<Moves, ShareError> {
    if draws > DRAWS_MAX {
        let (count, most) = (draws as usize, DRAWS_MAX as usize);
        return Err(ShareError::TooMany { what: "draws", count, most });
    }
    let before = share_grants(window)?.shares.amounts;
    let (mut moved, mut funded) = (vec![0; before.len()], vec![0; before.len()]);
    let mut chance = Chance::new(seed);
    for _ in 0..draws {
        let after = share_grants(&vary(&mut chance))?.shares.amounts;
        for (moved, (before, after)) in moved.iter_mut().zip(before.iter().zip(&after)) {
            let off = i128::from((after - before).abs());
            *moved += u32::from(off * MOVED_PART > i128::from(*before));
        }
        for (funded, after) in funded.iter_mut().zip(after) {
            *funded += u32::from(after > 0);
        }
    }
    Ok(Moves { draws, moved, funded })
}

/// A window with every need and every risk up to a tenth more or less, and the weight with the
/// risk. Where `classes` says in which class of severity most of an area's people are, by which its
/// need was counted ([`class_weight`]), that is drawn one less, the same or one more; people who
/// are verified to be in need stay so.
#[must_use]
pub fn varied(window: &Window, classes: &[Option<u8>], chance: &mut Chance) -> Window {
    let mut window = window.clone();
    for (at, area) in window.areas.iter_mut().enumerate() {
        if let Some(class) = classes.get(at).copied().flatten() {
            let drawn = chance.beside(class).max(CLASS_IN_NEED);
            area.need = area.need / class_weight(class).max(1) * class_weight(drawn);
        }
        area.need = chance.within_a_tenth(area.need).min(super::window::AMOUNT_UNITS_MAX);
        vary_risk(area, chance.steps());
    }
    window
}

fn vary_risk(area: &mut Area, steps: i64) {
    let by = |value: u32, factor: i64| {
        u32::try_from(i64::from(value).saturating_mul(factor)).unwrap_or(u32::MAX)
    };
    let Weight { num, den } = area.weight;
    let (num, den) = (by(num, steps), by(den, STEPS));
    let common = num_integer::gcd(num, den).max(1);
    area.weight = Weight { num: num / common, den: den / common };
    area.risk_milli = by(area.risk_milli, steps) / by(1, STEPS);
}
