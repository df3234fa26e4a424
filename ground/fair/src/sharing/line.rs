//! One purse, one line: the level λ at which a supply is spent exactly, and who gets what of it.
//!
//! Never searches by halving: λ lies on a straight piece between two breakpoints, and is solved
//! for there.
#![expect(clippy::indexing_slicing, reason = "places are given here")]

use super::level::{Fraction, Level};
use super::network::{Claim, Network};
use super::window::{ShareError, Window};

/// The line of a single pool, and what each area gets up to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// λ; unbounded where there is more than all areas can take.
    pub level: Level,
    /// By area: clip(λ·w·N − c, 0, cap).
    pub amounts: Vec<Fraction>,
}

/// Shares out the supply of all pools together as if every pool could give to every area: the
/// closed form x = clip(λ·w·N − c, 0, cap), with the λ that spends what there is, at most all that
/// the areas can take.
///
/// Arcs and partners of the window are not looked at. Where there is one pool that may give to
/// all without ceilings, this is what [`share`](super::share) finds too.
///
/// # Errors
/// The first thing that is wrong with the window.
pub fn water_line(window: &Window) -> Result<Line, ShareError> {
    window.verify()?;
    let network = Network::new(window)?;
    let all: Vec<u32> = (0u32..).take(network.claims.len()).collect();
    let level = balance(&network.claims, &all, network.total.into(), Fraction::ZERO);
    let amounts = network.claims.iter().map(|claim| amount(claim, level)).collect();
    Ok(Line { level: published(level, network.scale), amounts })
}

/// A level in units of claims as people read it.
pub(super) fn published(level: Level, scale: i128) -> Level {
    let Level::At(line) = level else { return Level::Unbounded };
    let times = Fraction::new(scale, 1).and_then(|scale| line.times(scale));
    Level::At(times.unwrap_or(line).reduced())
}

/// What an area is lifted by, up to a level in units of claims.
pub(super) fn amount(claim: &Claim, level: Level) -> Fraction {
    let (num, den) = match level {
        Level::At(line) => (lifted(claim, line.num(), line.den()), line.den()),
        Level::Unbounded => (i128::from(claim.room), 1),
    };
    Fraction::new(num, den).unwrap_or(Fraction::ZERO)
}

/// clip(p/q·size − covered, 0, room), in units of 1/q. Sizes, p and q are bounded so that every
/// product fits; see the network's limit.
pub(super) fn lifted(claim: &Claim, p: i128, q: i128) -> i128 {
    if claim.room == 0 {
        return 0;
    }
    let wanted = p * claim.size - i128::from(claim.covered) * q;
    wanted.clamp(0, i128::from(claim.room) * q)
}

/// The level at which `areas` take `supply` together. Where a whole stretch of levels does, the one
/// nearest to `near`. Unbounded where they cannot take it all.
pub(super) fn balance(claims: &[Claim], areas: &[u32], supply: i128, near: Fraction) -> Level {
    let able = areas.iter().map(|area| claims[*area as usize]).filter(|claim| claim.room > 0);
    let able: Vec<Claim> = able.collect();
    let most: i128 = able.iter().map(|claim| i128::from(claim.room)).sum();
    if supply > most {
        return Level::Unbounded;
    }
    if supply > 0 && supply < most {
        return Search::new(&able, supply, near).run();
    }
    let low = match supply {
        0 => Fraction::ZERO,
        _ => able.iter().map(full).max().unwrap_or(Fraction::ZERO),
    };
    // All are empty, or all are full; so they are on a whole stretch from `low`.
    let high = match supply {
        0 => able.iter().map(start).min(),
        _ => None,
    };
    let near = near.max(low);
    Level::At(high.map_or(near, |high| near.min(high)))
}

/// The level from which an area takes.
fn start(claim: &Claim) -> Fraction {
    Fraction::new(claim.covered.into(), claim.size).unwrap_or(Fraction::ZERO)
}

/// The level at which an area can take no more.
fn full(claim: &Claim) -> Fraction {
    let num = i128::from(claim.covered) + i128::from(claim.room);
    Fraction::new(num, claim.size).unwrap_or(Fraction::ZERO)
}

/// Narrows the stretch on which the level lies, breakpoint by breakpoint, and settles areas as soon
/// as it is known on which piece they are; expected linear time.
struct Search<'a> {
    claims: &'a [Claim],
    supply: i128,
    near: Fraction,
    /// Areas for which it is open.
    open: Vec<u32>,
    low: Fraction,
    high: Option<Fraction>,
    /// Of those that take on the whole stretch.
    size: i128,
    covered: i128,
    /// Of those that are full on the whole stretch.
    room: i128,
}

impl<'a> Search<'a> {
    fn new(claims: &'a [Claim], supply: i128, near: Fraction) -> Self {
        let open = (0u32..).take(claims.len()).collect();
        let low = Fraction::ZERO;
        Self { claims, supply, near, open, low, high: None, size: 0, covered: 0, room: 0 }
    }

    /// For a supply between nought and what all can take, both excluded.
    fn run(mut self) -> Level {
        let mut chance: u64 = 0x9E37_79B9_7F4A_7C15;
        while !self.open.is_empty() {
            // Any mixing will do: it only spreads the pivots.
            chance ^= chance << 13;
            chance ^= chance >> 7;
            chance ^= chance << 17;
            let Some(pivot) = self.pivot(chance) else { break };
            let spent = self.spent(pivot);
            match spent.cmp(&(self.supply * pivot.den())) {
                std::cmp::Ordering::Less => self.low = pivot,
                std::cmp::Ordering::Greater => self.high = Some(pivot),
                std::cmp::Ordering::Equal => return self.stretch(pivot),
            }
            self.settle();
        }
        // Strictly between two breakpoints something rises, or the supply could not lie between.
        let num = self.supply + self.covered - self.room;
        Fraction::new(num, self.size).map_or(Level::Unbounded, Level::At)
    }

    /// A breakpoint inside the stretch.
    fn pivot(&self, chance: u64) -> Option<Fraction> {
        let count = self.open.len() as u64;
        let at = usize::try_from(chance % count).unwrap_or(0);
        let claim = &self.claims[self.open[at] as usize];
        let inside = |at: &Fraction| *at > self.low && self.high.is_none_or(|high| *at < high);
        [start(claim), full(claim)].into_iter().find(inside)
    }

    /// What is taken up to a level, in parts of the level's denominator.
    fn spent(&self, level: Fraction) -> i128 {
        let (p, q) = (level.num(), level.den());
        let open = self.open.iter().map(|at| lifted(&self.claims[*at as usize], p, q));
        p * self.size - q * self.covered + q * self.room + open.sum::<i128>()
    }

    fn settle(&mut self) {
        let (low, high) = (self.low, self.high);
        let mut open = std::mem::take(&mut self.open);
        open.retain(|at| {
            let claim = &self.claims[*at as usize];
            let (start, full) = (start(claim), full(claim));
            if full <= low {
                self.room += i128::from(claim.room);
                return false;
            }
            let Some(high) = high else { return true };
            if start >= high {
                return false;
            }
            if start <= low && full >= high {
                self.size += claim.size;
                self.covered += i128::from(claim.covered);
                return false;
            }
            true
        });
        self.open = open;
    }

    /// A breakpoint that spends exactly the supply. Where nothing rises on a side of it, the whole
    /// stretch up to the next breakpoint spends the same.
    fn stretch(&self, at: Fraction) -> Level {
        let (mut low, mut high) = (Fraction::ZERO, None::<Fraction>);
        for claim in self.claims {
            let (start, full) = (start(claim), full(claim));
            let below = if start < at { full.min(at) } else { Fraction::ZERO };
            low = low.max(below);
            if full > at {
                let above = start.max(at);
                high = Some(high.map_or(above, |high| high.min(above)));
            }
        }
        let near = self.near.max(low);
        Level::At(high.map_or(near, |high| near.min(high)))
    }
}
