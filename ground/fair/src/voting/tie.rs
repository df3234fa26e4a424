//! Who comes first among equals, settled before anybody counts.
//!
//! Never draws a lot by itself: the seed is published by people, after the vote has closed, and
//! everybody can draw again.

use std::cmp::Ordering;
use std::collections::HashMap;

use super::election::Election;

/// The order among equals. Each is an order of all projects, the same in every round.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Tie {
    /// The smaller id, compared by code points: `10` before `2` before `A` before `a`.
    #[default]
    Id,
    /// The lower cost, then more votes, then the lot of this seed.
    Cost {
        /// The published seed.
        seed: String,
    },
    /// The lot of this seed alone.
    Lot {
        /// The published seed.
        seed: String,
    },
    /// As listed; who is not listed comes after, by id.
    Given(Vec<String>),
}

/// The lot of an id: the smaller one comes first. FNV-1a over the seed's bytes, a zero byte and the
/// id's bytes, in 64 bits, then stirred as SplitMix64 stirs its counter. Anybody can redo it.
#[must_use]
pub fn lot(seed: &str, id: &str) -> u64 {
    let bytes = seed.bytes().chain([0]).chain(id.bytes());
    let fnv = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    let stirred = (fnv ^ (fnv >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let stirred = (stirred ^ (stirred >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    stirred ^ (stirred >> 31)
}

impl Tie {
    /// The place of every project in the order among equals, from 0.
    pub(super) fn ranks(&self, election: &Election) -> Vec<u32> {
        let projects = election.projects();
        let mut order: Vec<usize> = (0..projects.len()).collect();
        let id = |at: usize| projects.get(at).map_or("", |project| project.id.as_str());
        let by_lot = |seed: &str, a: usize, b: usize| lot(seed, id(a)).cmp(&lot(seed, id(b)));
        match self {
            Tie::Id => order.sort_by(|a, b| id(*a).cmp(id(*b))),
            Tie::Lot { seed } => {
                order.sort_by(|a, b| by_lot(seed, *a, *b).then_with(|| id(*a).cmp(id(*b))));
            }
            Tie::Cost { seed } => {
                let mut votes = vec![0u64; projects.len()];
                for ballot in election.ballots() {
                    for place in ballot.chosen {
                        if let Some(count) = votes.get_mut(*place as usize) {
                            *count += 1;
                        }
                    }
                }
                let cost = |at: usize| projects.get(at).map_or(0, |project| project.cost_parts);
                let votes = |at: usize| votes.get(at).copied().unwrap_or(0);
                order.sort_by(|a, b| -> Ordering {
                    let by_cost = cost(*a).cmp(&cost(*b));
                    let by_votes = by_cost.then_with(|| votes(*b).cmp(&votes(*a)));
                    by_votes.then_with(|| by_lot(seed, *a, *b)).then_with(|| id(*a).cmp(id(*b)))
                });
            }
            Tie::Given(listed) => {
                let mut place: HashMap<&str, usize> = HashMap::new();
                for (at, one) in listed.iter().enumerate() {
                    place.entry(one.as_str()).or_insert(at);
                }
                let place = |at: usize| place.get(id(at)).copied().unwrap_or(usize::MAX);
                order.sort_by(|a, b| place(*a).cmp(&place(*b)).then_with(|| id(*a).cmp(id(*b))));
            }
        }
        let mut ranks = vec![0; projects.len()];
        for (rank, at) in order.into_iter().enumerate() {
            if let Some(one) = ranks.get_mut(at) {
                *one = u32::try_from(rank).unwrap_or(u32::MAX);
            }
        }
        ranks
    }
}
