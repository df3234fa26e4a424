//! The conditions of the certificate: levels are what they say, and nothing could be moved to
//! anybody worse off.
//!
//! Never compares levels as decimals.
#![expect(clippy::indexing_slicing, reason = "the window was verified and all counts compared")]

use std::cmp::Ordering;

use num_bigint::BigInt;

use crate::sharing::level::{Fraction, Level};
use crate::sharing::shares::Certificate;
use crate::sharing::window::{Area, Giver, ShareError, Taker, Window};

use super::Fault;
use super::feasible::{Sums, is_below};

pub(super) fn check(window: &Window, proof: &Certificate, sums: &Sums) -> Result<(), Fault> {
    for (pool, level) in proof.pools.iter().enumerate() {
        let left = is_below(sums.pools[pool], window.pools[pool].ready());
        if left && *level != Level::Unbounded {
            return Err(Fault::NotDry { pool });
        }
    }
    for (at, area) in window.areas.iter().enumerate() {
        if !area_stands(area, sums.areas[at], proof.areas[at])? {
            return Err(Fault::Level { area: at });
        }
    }
    for (at, partner) in window.partners.iter().enumerate() {
        let (before, behind) = proof.partners[at];
        let full = !is_below(sums.partners[at], partner.capacity);
        let idle = sums.partners[at].num() == 0;
        if !stands(before, behind, full, idle) {
            return Err(Fault::Through { partner: at });
        }
    }
    arcs(window, proof)
}

fn arcs(window: &Window, proof: &Certificate) -> Result<(), Fault> {
    for (at, (arc, flow)) in window.arcs.iter().zip(&proof.flows).enumerate() {
        let from = match arc.from {
            Giver::Pool(pool) => proof.pools[pool as usize],
            Giver::Partner(by) => proof.partners[by as usize].1,
        };
        let to = match arc.to {
            Taker::Area(area) => proof.areas[area as usize],
            Taker::Partner(by) => proof.partners[by as usize].0,
        };
        match from.cmp(&to) {
            Ordering::Equal => {}
            Ordering::Less if flow.num() == 0 => {}
            Ordering::Less => return Err(Fault::Use { arc: at }),
            Ordering::Greater => {
                if arc.ceiling.is_none_or(|most| is_below(*flow, most)) {
                    return Err(Fault::Room { arc: at });
                }
            }
        }
    }
    Ok(())
}

/// Whether two levels may stand on the two sides of something that is full or idle.
fn stands(from: Level, to: Level, full: bool, idle: bool) -> bool {
    match from.cmp(&to) {
        Ordering::Equal => true,
        Ordering::Less => idle,
        Ordering::Greater => full,
    }
}

/// Whether an area that gets `share` may be said to stand at `level`: exactly there, or, where it
/// can take no more, there or higher.
fn area_stands(area: &Area, share: Fraction, level: Level) -> Result<bool, Fault> {
    let full = !is_below(share, area.room());
    let Level::At(line) = level else { return Ok(full) };
    let claim = area.claim().ok_or(ShareError::TooFine)?;
    if claim.num() == 0 {
        return Ok(true);
    }
    let order = has_by_claim(area.covered, share, claim, line);
    Ok(order == Ordering::Equal || (full && order == Ordering::Less))
}

/// (covered + share) / claim against a level.
fn has_by_claim(covered: i64, share: Fraction, claim: Fraction, line: Fraction) -> Ordering {
    let narrow = || {
        let had = i128::from(covered).checked_mul(share.den())?.checked_add(share.num())?;
        let left = had.checked_mul(claim.den())?.checked_mul(line.den())?;
        let right = line.num().checked_mul(claim.num())?.checked_mul(share.den())?;
        Some(left.cmp(&right))
    };
    narrow().unwrap_or_else(|| {
        let wide = |number: i128| BigInt::from(number);
        let had = wide(covered.into()) * wide(share.den()) + wide(share.num());
        let left = had * wide(claim.den()) * wide(line.den());
        left.cmp(&(wide(line.num()) * wide(claim.num()) * wide(share.den())))
    })
}
