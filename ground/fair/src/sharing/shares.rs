//! What comes out of a sharing-out, with the certificate by which anybody can check it.
//!
//! Never holds what cannot be recomputed from the window.

use super::level::{Fraction, Level};
use super::network::{NO_ARC, Network};
use super::rounding::{Rounded, round};
use super::solve::{Optimum, solve};
use super::window::{ShareError, Taker, Window};

/// Who gets how much, from whom, and why this and nothing else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shares {
    /// By area of the window, in whole units.
    pub amounts: Vec<i64>,
    /// By arc of the window, in whole units.
    pub flows: Vec<i64>,
    /// The proof.
    pub certificate: Certificate,
}

/// The proof that shares are the fair ones, in exact fractions before rounding.
///
/// It holds one number for each pool, area and partner, and says: *an area is paid only by the
/// pools that ran dry highest among those open to it, and no open pool was still wet above it.*
/// [`check`](super::check) says what exactly must hold; if it does, no other division lifts the
/// lowest higher, or of equally low the next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certificate {
    /// By pool: the level at which it ran dry; unbounded where something is left of it.
    pub pools: Vec<Level>,
    /// By area: its level; where it is at its cap, any level not below its own.
    pub areas: Vec<Level>,
    /// By partner: the levels before and behind its capacity. They differ where it is full.
    pub partners: Vec<(Level, Level)>,
    /// By arc: what flows over it. A fraction may stand unreduced.
    pub flows: Vec<Fraction>,
}

impl Certificate {
    /// By area of the window: its share as an exact fraction, before rounding. Empty where the
    /// certificate is of another window, or where fractions are too fine to add.
    #[must_use]
    pub fn amounts(&self, window: &Window) -> Vec<Fraction> {
        let mut amounts = vec![Fraction::ZERO; window.areas.len()];
        for (arc, flow) in window.arcs.iter().zip(&self.flows) {
            let Taker::Area(area) = arc.to else { continue };
            let sum = amounts.get_mut(area as usize).and_then(|sum| Some((sum.plus(*flow)?, sum)));
            let Some((more, sum)) = sum else { return Vec::new() };
            *sum = more;
        }
        amounts
    }
}

/// Shares a window out: risk-weighted leximin coverage.
///
/// The lowest level is made as high as it can be, then the next lowest, and so on. The amounts are
/// unique; how they flow is not, where several pools may give to the same areas.
///
/// Areas without need, without weight, without cap or without an arc get nothing. What no area may
/// receive stays in its pool.
///
/// # Errors
/// The first thing that is wrong with the window.
pub fn share(window: &Window) -> Result<Shares, ShareError> {
    window.verify()?;
    let network = Network::new(window)?;
    let optimum = solve(&network);
    let rounded = round(window, &network, &optimum);
    Ok(gathered(window, &network, &optimum, rounded))
}

#[expect(clippy::indexing_slicing, reason = "the network gives an arc's place in the window")]
fn gathered(
    window: &Window,
    network: &Network,
    optimum: &Optimum,
    Rounded { amounts, flows: whole }: Rounded,
) -> Shares {
    let mut flows = vec![0; window.arcs.len()];
    let mut parts = vec![Fraction::ZERO; window.arcs.len()];
    for (at, arc) in network.origin.iter().enumerate().filter(|(_, arc)| **arc != NO_ARC) {
        flows[*arc as usize] = whole[at];
        parts[*arc as usize] = optimum.flows[at];
    }
    let mut last = (Level::Unbounded, Level::Unbounded);
    let mut levels = optimum.levels.iter().map(|level| {
        // Neighbours often stand on the same line.
        if *level != last.0 {
            last = (*level, super::line::published(*level, network.scale));
        }
        last.1
    });
    let pools = levels.by_ref().take(network.pools).collect();
    let before: Vec<Level> = levels.by_ref().take(network.partners).collect();
    let behind: Vec<Level> = levels.by_ref().take(network.partners).collect();
    let areas = levels.collect();
    let partners = before.into_iter().zip(behind).collect();
    Shares { amounts, flows, certificate: Certificate { pools, areas, partners, flows: parts } }
}
