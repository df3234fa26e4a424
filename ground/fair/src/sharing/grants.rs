//! Grants too small to do anything with: who is left out, in which order, and what they carry over.
//!
//! Never pays an area less than its smallest grant, and never leaves one out without saying so. To
//! find the best set of areas to leave out takes for ever in general; this is a rule that anybody
//! can follow by hand, not the best set.

use std::cmp::Ordering;
use std::collections::HashSet;

use super::check::{Fault, check};
use super::level::Fraction;
use super::shares::{Shares, share};
use super::window::{Area, ShareError, Window};

/// Shares in which nobody gets less than the smallest grant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grants {
    /// Of the window without those left out, whose caps are nought.
    pub shares: Shares,
    /// Who was left out, in order.
    pub deferred: Vec<Deferred>,
}

/// An area that is left out of this window, and counts more in the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deferred {
    /// Its place in the window.
    pub area: usize,
    /// What it would have got, more than nothing and less than its smallest grant.
    pub amount: i64,
    /// How often it has been left out in a row now; [`credit`](super::credit) says what that
    /// counts.
    pub deferrals: u32,
}

/// Shares a window out so that no area gets more than nothing but less than its smallest grant.
///
/// While there are such areas, the one with the lowest risk is left out (of equal risk the one
/// with the least of its claim unmet, then the smaller name) and the rest is shared out anew, so
/// that every remaining area can only gain, apart from the last unit of rounding. There are at
/// most as many rounds as areas.
///
/// # Errors
/// The first thing that is wrong with the window.
pub fn share_grants(window: &Window) -> Result<Grants, ShareError> {
    let mut rest = window.clone();
    let mut deferred = Vec::new();
    loop {
        let shares = share(&rest)?;
        let small = rest.areas.iter().zip(&shares.amounts).enumerate();
        let small = small.filter(|(_, (area, amount))| is_too_small(area, **amount));
        let first = small.min_by(|(_, one), (_, other)| comes_first(*one, *other));
        let Some((at, (area, &amount))) = first else {
            return Ok(Grants { shares, deferred });
        };
        deferred.push(Deferred { area: at, amount, deferrals: area.deferrals.saturating_add(1) });
        if let Some(area) = rest.areas.get_mut(at) {
            area.cap = 0;
        }
    }
}

/// Whether grants are right: everybody left out would have got too little, nobody else gets too
/// little, and the shares of the others are the fair ones.
///
/// The order in which areas were left out is not proved; whoever doubts it runs
/// [`share_grants`] again.
///
/// # Errors
/// The first thing that is wrong, and where.
pub fn check_grants(window: &Window, grants: &Grants) -> Result<(), Fault> {
    let mut rest = window.clone();
    let mut seen = HashSet::new();
    for deferred in &grants.deferred {
        let area = rest.areas.get_mut(deferred.area);
        let area = area.ok_or(Fault::Deferred { area: deferred.area })?;
        let counted = deferred.deferrals == area.deferrals.saturating_add(1);
        if !is_too_small(area, deferred.amount) || !counted || !seen.insert(deferred.area) {
            return Err(Fault::Deferred { area: deferred.area });
        }
        area.cap = 0;
    }
    check(&rest, &grants.shares)?;
    let mut all = rest.areas.iter().zip(&grants.shares.amounts);
    match all.position(|(area, amount)| is_too_small(area, *amount)) {
        Some(area) => Err(Fault::TooSmall { area }),
        None => Ok(()),
    }
}

fn is_too_small(area: &Area, amount: i64) -> bool {
    amount > 0 && amount < area.grant_min
}

fn comes_first((one, got): (&Area, &i64), (other, had): (&Area, &i64)) -> Ordering {
    (one.risk_milli.cmp(&other.risk_milli))
        // Least unmet is highest level.
        .then_with(|| level(other, *had).cmp(&level(one, *got)))
        .then_with(|| one.id.cmp(&other.id))
}

fn level(area: &Area, amount: i64) -> Option<Fraction> {
    let claim = area.claim()?;
    let has = Fraction::new(i128::from(area.covered) + i128::from(amount), 1)?;
    has.times(Fraction::new(claim.den(), claim.num())?)
}
