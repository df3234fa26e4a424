//! The bottleneck decomposition: first in small fixed parts of a unit, which is quick and almost
//! always finds the right pieces, then exactly, piece by piece, which proves it or corrects it.
//!
//! Never answers from the quick pass: what leaves here is exact, and every arc was looked at.
#![expect(clippy::indexing_slicing, reason = "numbers of nodes and arcs are the network's")]

use super::level::{Fraction, Level};
use super::line::amount;
use super::network::{NO_CEILING, Network};
use super::pieces::{Grain, Piece, Settled, settle};

/// Bits of all money in parts of a unit.
const MONEY_BITS: u32 = 60;
/// More parts of a unit than 2 to this help nobody.
const SHIFT_BITS_MAX: u32 = 40;

/// The optimum in fractions; levels in units of claims.
#[derive(Debug)]
pub(super) struct Optimum {
    /// By node. Of an area that takes nothing its own level, if that is higher than its piece's.
    pub(super) levels: Vec<Level>,
    /// By arc of the network.
    pub(super) flows: Vec<Fraction>,
    /// By area.
    pub(super) amounts: Vec<Fraction>,
}

pub(super) fn solve(network: &Network) -> Optimum {
    let money_bits = i64::BITS - (network.total + 1).leading_zeros();
    let shift = MONEY_BITS.saturating_sub(money_bits).min(SHIFT_BITS_MAX);
    let optimum = quick(network, shift);
    if is_in_order(network, &optimum) {
        return optimum;
    }
    // Two levels were nearer to each other than the parts of a unit could tell.
    let optimum = slow(network);
    debug_assert!(is_in_order(network, &optimum), "the decomposition is exact");
    optimum
}

/// The pieces from a pass in parts of which 2 to the `shift` make a unit, each put on its level
/// exactly. The optimum, if it is in order.
pub(super) fn quick(network: &Network, shift: u32) -> Optimum {
    let mut full = Vec::new();
    let whole = Piece::<i64>::whole(network, &mut full);
    let guess = settle(network, whole, Grain::Shift(shift), &mut full);
    let guess: Vec<Piece<i128>> = guess.into_iter().map(|guess| guess.piece.widened()).collect();
    let exact = settle(network, guess, Grain::Exact, &mut full);
    gathered(network, &exact, &full)
}

/// The same, exact from the beginning.
pub(super) fn slow(network: &Network) -> Optimum {
    let mut full = Vec::new();
    let whole = Piece::<i128>::whole(network, &mut full);
    let exact = settle(network, whole, Grain::Exact, &mut full);
    gathered(network, &exact, &full)
}

fn gathered(network: &Network, settled: &[Settled<i128>], full: &[u32]) -> Optimum {
    let mut levels = vec![Level::Unbounded; network.nodes()];
    let mut flows = vec![Fraction::ZERO; network.from.len()];
    let mut amounts = vec![Fraction::ZERO; network.claims.len()];
    for Settled { piece, level } in settled {
        for node in &piece.nodes {
            levels[*node as usize] = *level;
            if let Some(claim) = network.claim_of(*node) {
                let taken = amount(claim, *level);
                amounts[*node as usize - network.areas_from()] = taken;
                if claim.size == 0 || claim.room == 0 {
                    levels[*node as usize] = Level::Unbounded;
                } else if taken.num() == 0 {
                    let own = Fraction::new(claim.covered.into(), claim.size);
                    levels[*node as usize] = own.map_or(*level, |own| (*level).max(Level::At(own)));
                }
            }
        }
        for (arc, flow) in piece.arcs.iter().zip(&piece.flow) {
            let flow = Fraction::new(*flow, piece.units).unwrap_or(Fraction::ZERO);
            flows[*arc as usize] = flow;
        }
    }
    for arc in full {
        let most = u64::try_from(network.ceiling[*arc as usize]).unwrap_or_default();
        flows[*arc as usize] = Fraction::whole(most);
    }
    Optimum { levels, flows, amounts }
}

/// Whether no arc with room leads down, and none in use leads up.
pub(super) fn is_in_order(network: &Network, optimum: &Optimum) -> bool {
    let levels = &optimum.levels;
    (0..network.from.len()).all(|arc| {
        let (from, to) = (levels[network.from[arc] as usize], levels[network.to[arc] as usize]);
        let flow = optimum.flows[arc];
        let ceiling = network.ceiling[arc];
        let room = ceiling == NO_CEILING || flow.num() < i128::from(ceiling) * flow.den();
        from == to || (from < to && flow.num() == 0) || (from > to && !room)
    })
}
