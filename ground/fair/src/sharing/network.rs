//! The window as a network of flat arrays: pools, partners' two sides, areas, numbered in the
//! order in which it flows, so that every arc goes from a smaller number to a larger.
//!
//! Never reached before the window was verified; that is why it indexes.
#![expect(clippy::indexing_slicing, reason = "numbers are given here, from a verified window")]

use num_integer::Integer;

use super::level::Fraction;
use super::window::{Giver, ShareError, Taker, WEIGHTS_DENOMINATOR_MAX, Window};

/// The ceiling of an arc that has none.
pub(super) const NO_CEILING: i64 = i64::MAX;
/// The arc of the window to which the way through a partner belongs: none.
pub(super) const NO_ARC: u32 = u32::MAX;
/// Products of money and claims that are still reckoned: with this, every product the solver makes
/// fits 127 bits. It multiplies at most an amount, or the sum of all amounts of a window, with the
/// sum of all claims; the two factors are `money` and `claims` below.
const PRODUCT_BITS_MAX: u32 = 125;

/// What an area brings to the reckoning.
#[derive(Clone, Copy, Debug)]
pub(super) struct Claim {
    /// Its claim, in units of which all claims are whole multiples.
    pub(super) size: i128,
    pub(super) covered: i64,
    pub(super) room: i64,
}

#[derive(Debug)]
pub(super) struct Network {
    pub(super) pools: usize,
    pub(super) partners: usize,
    /// By area.
    pub(super) claims: Vec<Claim>,
    /// Of pools, by pool: what may be given.
    pub(super) supply: Vec<i64>,
    /// Arcs in the order of where they end, then of where they begin.
    pub(super) from: Vec<u32>,
    pub(super) to: Vec<u32>,
    pub(super) ceiling: Vec<i64>,
    /// The arc of the window.
    pub(super) origin: Vec<u32>,
    /// A level in claims' units times this is the level that people read.
    pub(super) scale: i128,
    /// All that may be given.
    pub(super) total: i64,
}

impl Network {
    pub(super) fn new(window: &Window) -> Result<Self, ShareError> {
        let supply: Vec<i64> = window.pools.iter().map(super::window::Pool::ready).collect();
        let total: i128 = supply.iter().copied().map(i128::from).sum();
        let total = i64::try_from(total).ok().filter(|sum| *sum < 1 << 60);
        let total = total.ok_or(ShareError::TooFine)?;
        let (claims, scale) = claims(window, total)?;
        let mut network = Self {
            pools: window.pools.len(),
            partners: window.partners.len(),
            claims,
            supply,
            from: Vec::new(),
            to: Vec::new(),
            ceiling: Vec::new(),
            origin: Vec::new(),
            scale,
            total,
        };
        network.lay(window);
        Ok(network)
    }

    pub(super) fn nodes(&self) -> usize {
        self.areas_from() + self.claims.len()
    }

    /// The number of the first area.
    pub(super) fn areas_from(&self) -> usize {
        self.pools + 2 * self.partners
    }

    /// The claim of a node, if it is an area.
    pub(super) fn claim_of(&self, node: u32) -> Option<&Claim> {
        (node as usize).checked_sub(self.areas_from()).map(|area| &self.claims[area])
    }

    /// Lays the arcs out by where they end and then by where they begin: sorting by counting,
    /// twice.
    #[expect(clippy::cast_possible_truncation, reason = "all counts have limits below 2³¹")]
    fn lay(&mut self, window: &Window) {
        let (pools, partners) = (self.pools as u32, self.partners as u32);
        let areas_from = self.areas_from() as u32;
        let mut arcs: Vec<(u32, u32, i64, u32)> =
            Vec::with_capacity(window.arcs.len() + window.partners.len());
        for (at, arc) in window.arcs.iter().enumerate() {
            let from = match arc.from {
                Giver::Pool(pool) => pool,
                Giver::Partner(by) => pools + partners + by,
            };
            let to = match arc.to {
                Taker::Area(area) => areas_from + area,
                Taker::Partner(by) => pools + by,
            };
            arcs.push((from, to, self.bound(arc.ceiling), at as u32));
        }
        for (by, partner) in window.partners.iter().enumerate() {
            let inside = pools + by as u32;
            arcs.push((inside, inside + partners, self.bound(Some(partner.capacity)), NO_ARC));
        }
        self.keep(&arcs);
    }

    /// What bounds a flow. A ceiling above all there is bounds nothing, and its multiples might
    /// not fit.
    fn bound(&self, ceiling: Option<i64>) -> i64 {
        ceiling.filter(|most| *most < self.total).unwrap_or(NO_CEILING)
    }

    fn keep(&mut self, arcs: &[(u32, u32, i64, u32)]) {
        let order = sorted(arcs, self.nodes());
        self.from = order.iter().map(|at| arcs[*at as usize].0).collect();
        self.to = order.iter().map(|at| arcs[*at as usize].1).collect();
        self.ceiling = order.iter().map(|at| arcs[*at as usize].2).collect();
        self.origin = order.iter().map(|at| arcs[*at as usize].3).collect();
    }
}

#[expect(clippy::cast_possible_truncation, reason = "arcs have a limit below 2³¹")]
fn sorted(arcs: &[(u32, u32, i64, u32)], nodes: usize) -> Vec<u32> {
    let by_from = counted(nodes, (0..arcs.len() as u32).collect(), |at| arcs[at as usize].0);
    counted(nodes, by_from, |at| arcs[at as usize].1)
}

fn counted(nodes: usize, items: Vec<u32>, key: impl Fn(u32) -> u32) -> Vec<u32> {
    let mut first = vec![0u32; nodes + 1];
    for &item in &items {
        first[key(item) as usize + 1] += 1;
    }
    for node in 0..nodes {
        first[node + 1] += first[node];
    }
    let mut sorted = vec![0; items.len()];
    for item in items {
        let place = &mut first[key(item) as usize];
        sorted[*place as usize] = item;
        *place += 1;
    }
    sorted
}

/// The claims as whole multiples of one unit, and how many units make one.
fn claims(window: &Window, total: i64) -> Result<(Vec<Claim>, i128), ShareError> {
    let exact: Option<Vec<Fraction>> =
        window.areas.iter().map(super::window::Area::claim).collect();
    let exact = exact.ok_or(ShareError::TooFine)?;
    let mut scale: i128 = 1;
    let mut last = 1;
    for claim in &exact {
        let den = claim.reduced().den();
        if den != last {
            last = den;
            scale = scale / scale.gcd(&den) * den;
        }
        if scale > WEIGHTS_DENOMINATOR_MAX {
            return Err(ShareError::TooFine);
        }
    }
    let mut whole = Vec::with_capacity(exact.len());
    let (mut money, mut sum) = (i128::from(total) + 1, 1i128);
    for (area, claim) in window.areas.iter().zip(exact) {
        let claim = claim.reduced();
        let size = claim.num().checked_mul(scale / claim.den()).ok_or(ShareError::TooFine)?;
        // More than everything cannot arrive; so large a cap is as good as none.
        let room = area.room().min(total + 1);
        money += i128::from(area.covered) + i128::from(room);
        sum = sum.checked_add(size).ok_or(ShareError::TooFine)?;
        whole.push(Claim { size, covered: area.covered, room });
    }
    let bits = |number: i128| i128::BITS - number.leading_zeros();
    if bits(money) + bits(sum.max(scale)) > PRODUCT_BITS_MAX || bits(sum) > 80 {
        return Err(ShareError::TooFine);
    }
    Ok((whole, scale))
}
