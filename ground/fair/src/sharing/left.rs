//! What stays in a pool, and why nobody gets it.
//!
//! Never lists everybody: a few names say enough, and every area is told its own reason.
#![expect(clippy::indexing_slicing, reason = "arcs of a verified window lead where there is one")]

use super::reasons::Reasons;
use super::window::{Giver, Taker};

/// So many are named before it says that there are more.
const FEW_MAX: usize = 3;

/// The first few of many, by their places in the window.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Few {
    /// At most three.
    pub first: Vec<usize>,
    /// Whether there are others.
    pub more: bool,
}

impl Few {
    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.first.is_empty()
    }

    fn add(&mut self, at: usize) {
        if self.first.contains(&at) {
            return;
        }
        if self.first.len() < FEW_MAX {
            self.first.push(at);
        } else {
            self.more = true;
        }
    }

    fn add_all(&mut self, other: &Self) {
        other.first.iter().for_each(|at| self.add(*at));
        self.more |= other.more;
    }
}

/// What stays in a pool in this window. The lists say why; where all are empty, no area may receive
/// from it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Left {
    /// Of what may be given, in whole units.
    pub amount: i64,
    /// Areas that get all that they can take.
    pub full: Few,
    /// Areas that can take nothing in this window: without need, without request, or put off.
    pub idle: Few,
    /// Arcs at their ceiling.
    pub ceilings: Few,
    /// Partners that handle all that they can.
    pub partners: Few,
}

impl Left {
    fn add_all(&mut self, other: &Self) {
        self.full.add_all(&other.full);
        self.idle.add_all(&other.idle);
        self.ceilings.add_all(&other.ceilings);
        self.partners.add_all(&other.partners);
    }
}

impl Reasons<'_> {
    /// By pool, what stays in it and why nobody gets it. Each arc is looked at once.
    #[must_use]
    pub fn what_is_left(&self) -> Vec<Left> {
        let (window, shares) = (self.window, self.shares);
        let mut behind = vec![Left::default(); window.partners.len()];
        for (at, arc) in window.arcs.iter().enumerate() {
            if let (Giver::Partner(by), Taker::Area(area)) = (arc.from, arc.to) {
                self.hold(&mut behind[by as usize], at, area as usize);
            }
        }
        let ready = window.pools.iter().map(|pool| pool.ready());
        let mut pools: Vec<Left> = ready.map(|amount| Left { amount, ..Left::default() }).collect();
        for (at, arc) in window.arcs.iter().enumerate() {
            let Giver::Pool(pool) = arc.from else { continue };
            let left = &mut pools[pool as usize];
            left.amount -= shares.flows[at];
            match arc.to {
                Taker::Area(area) => self.hold(left, at, area as usize),
                Taker::Partner(_) if !self.has_room(at) => left.ceilings.add(at),
                Taker::Partner(by) if self.partners[by as usize].is_full => {
                    left.partners.add(by as usize);
                }
                Taker::Partner(by) => left.add_all(&behind[by as usize]),
            }
        }
        pools
    }

    /// Why no more goes over an arc to an area, if something could.
    fn hold(&self, left: &mut Left, at: usize, area: usize) {
        let room = self.window.areas[area].room();
        if room == 0 {
            left.idle.add(area);
        } else if !self.has_room(at) {
            left.ceilings.add(at);
        } else if self.shares.amounts[area] == room {
            left.full.add(area);
        }
    }
}
