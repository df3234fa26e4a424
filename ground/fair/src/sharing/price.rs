//! What a fair division costs beside the one that reaches the most people, and what rounding to
//! whole units did.
//!
//! Never chooses anything: these are figures beside the rule, not the rule.
#![expect(clippy::indexing_slicing, reason = "arcs of a verified window lead where there is one")]

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Zero};

use super::level::Fraction;
use super::shares::Shares;
use super::window::{Giver, ShareError, Taker, Window};
use crate::matching::cheapest::{Cheapest, Cost};

/// How many people amounts reach, and how many the most that any division reaches. People are
/// amounts by what one of them costs, so they are fractions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Price {
    /// Reached by the amounts that were given.
    pub reached: BigRational,
    /// Reached by the division that reaches the most, small grants counted too.
    pub most: BigRational,
}

impl Price {
    /// Whether another division reaches more.
    #[must_use]
    pub fn is_paid(&self) -> bool {
        self.reached < self.most
    }

    /// The price of fairness: which part of the most is not reached; nought where the most is.
    #[must_use]
    pub fn part(&self) -> BigRational {
        if self.most.is_zero() {
            return BigRational::zero();
        }
        BigRational::one() - &self.reached / &self.most
    }
}

/// What amounts cost beside the division that reaches the most people, where `costs` says by area
/// what one person costs, in units; where nothing is said of an area, one unit.
///
/// The division that reaches the most gives as much as can be given, first where a person costs
/// least. What can be given to areas together is a polymatroid, so taking the cheapest first gives
/// up nothing.
///
/// # Errors
/// The first thing that is wrong with the window.
pub fn price(window: &Window, amounts: &[i64], costs: &[i64]) -> Result<Price, ShareError> {
    window.verify()?;
    let cost_of = |area: usize| costs.get(area).copied().unwrap_or(1).max(1);
    let people = |amounts: &[i64]| {
        let each = amounts.iter().enumerate().map(|(area, amount)| {
            BigRational::new(BigInt::from(*amount), BigInt::from(cost_of(area)))
        });
        each.fold(BigRational::zero(), |sum, each| sum + each)
    };
    Ok(Price { reached: people(amounts), most: people(&cheapest_first(window, cost_of)) })
}

/// By area, what it gets where as much as can be is given, the cheapest people first.
fn cheapest_first(window: &Window, cost_of: impl Fn(usize) -> i64) -> Vec<i64> {
    let (pools, partners) = (window.pools.len(), window.partners.len());
    let (source, sink, first) = (0, 1, 2);
    let before = |by: u32| first + pools + by as usize;
    let behind = |by: u32| first + pools + partners + by as usize;
    let area = |at: usize| first + pools + 2 * partners + at;
    let mut flow = Cheapest::new(area(window.areas.len()));
    for (at, pool) in window.pools.iter().enumerate() {
        flow.add(source, first + at, pool.ready(), Cost::default());
    }
    for (by, partner) in (0u32..).zip(&window.partners) {
        flow.add(before(by), behind(by), partner.capacity, Cost::default());
    }
    for arc in &window.arcs {
        let (from, holds) = match arc.from {
            Giver::Pool(pool) => (first + pool as usize, window.pools[pool as usize].ready()),
            Giver::Partner(by) => (behind(by), window.partners[by as usize].capacity),
        };
        let to = match arc.to {
            Taker::Area(at) => area(at as usize),
            Taker::Partner(by) => before(by),
        };
        flow.add(from, to, arc.ceiling.unwrap_or(holds).min(holds), Cost::default());
    }
    let into = window
        .areas
        .iter()
        .enumerate()
        .map(|(at, own)| flow.add(area(at), sink, own.room(), Cost([cost_of(at), 0, 0, 0])));
    let into: Vec<usize> = into.collect();
    flow.run(source, sink);
    into.into_iter().map(|arc| flow.flow(arc)).collect()
}

/// The most by which rounding to whole units moved an area's share, in parts of one unit: always
/// below one. None where the shares are of another window, or too fine to add.
#[must_use]
pub fn rounded_by(window: &Window, shares: &Shares) -> Option<Fraction> {
    let exact = shares.certificate.amounts(window);
    if exact.len() != shares.amounts.len() {
        return None;
    }
    let mut off = exact.iter().zip(&shares.amounts).map(|(exact, amount)| {
        let (num, den) = (exact.num(), exact.den());
        Fraction::new(i128::from(*amount).checked_mul(den)?.checked_sub(num)?.abs(), den)
    });
    off.try_fold(Fraction::ZERO, |most, off| Some(most.max(off?))).map(Fraction::reduced)
}
