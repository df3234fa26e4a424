//! Whether the fractions flow where they may, and no more than there is.
//!
//! Never rounds.
#![expect(clippy::indexing_slicing, reason = "the window was verified and all counts compared")]

use crate::sharing::level::Fraction;
use crate::sharing::shares::Certificate;
use crate::sharing::window::{Giver, Taker, Window};

use super::Fault;

/// What flows at every node.
pub(super) struct Sums {
    pub(super) pools: Vec<Fraction>,
    /// Into each partner; the same flows out.
    pub(super) partners: Vec<Fraction>,
    pub(super) areas: Vec<Fraction>,
}

pub(super) fn check(window: &Window, certificate: &Certificate) -> Result<Sums, Fault> {
    let mut pools = vec![Fraction::ZERO; window.pools.len()];
    let mut into = vec![Fraction::ZERO; window.partners.len()];
    let mut out = into.clone();
    let mut areas = vec![Fraction::ZERO; window.areas.len()];
    for (at, (arc, flow)) in window.arcs.iter().zip(&certificate.flows).enumerate() {
        if flow.num() == 0 {
            continue;
        }
        if arc.ceiling.is_some_and(|most| is_above(*flow, most)) {
            return Err(Fault::Flow { arc: at });
        }
        match arc.from {
            Giver::Pool(pool) => add(&mut pools, pool, "pool", *flow)?,
            Giver::Partner(by) => add(&mut out, by, "partner", *flow)?,
        }
        match arc.to {
            Taker::Area(area) => add(&mut areas, area, "area", *flow)?,
            Taker::Partner(by) => add(&mut into, by, "partner", *flow)?,
        }
    }
    let overspent = |pool: &usize| is_above(pools[*pool], window.pools[*pool].ready());
    if let Some(pool) = (0..pools.len()).find(overspent) {
        return Err(Fault::Overspent { pool });
    }
    let wrong =
        |by: &usize| into[*by] != out[*by] || is_above(into[*by], window.partners[*by].capacity);
    if let Some(partner) = (0..into.len()).find(wrong) {
        return Err(Fault::Partner { partner });
    }
    let overfilled = |area: &usize| is_above(areas[*area], window.areas[*area].room());
    if let Some(area) = (0..areas.len()).find(overfilled) {
        return Err(Fault::Overfilled { area });
    }
    Ok(Sums { pools, partners: into, areas })
}

fn add(sums: &mut [Fraction], at: u32, what: &'static str, by: Fraction) -> Result<(), Fault> {
    let sum = &mut sums[at as usize];
    *sum = if sum.num() == 0 {
        by
    } else {
        sum.plus(by).ok_or(Fault::TooFine { what, at: at as usize })?
    };
    Ok(())
}

/// Whether a fraction is more than a whole amount.
pub(super) fn is_above(flow: Fraction, most: i64) -> bool {
    let floor = flow.floor();
    floor > i128::from(most) || (floor == i128::from(most) && !flow.is_whole())
}

/// Whether a fraction is less than a whole amount.
pub(super) fn is_below(flow: Fraction, amount: i64) -> bool {
    flow.floor() < i128::from(amount)
}
