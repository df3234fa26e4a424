//! Whether the whole units are the fractions, rounded in the declared way.
//!
//! Never tries another rounding: it asks, unit by unit, who could have had it, and whether that
//! one came first.
#![expect(clippy::indexing_slicing, reason = "the window was verified and all counts compared")]

use std::cmp::Ordering;

use crate::sharing::level::Fraction;
use crate::sharing::shares::Shares;
use crate::sharing::window::{Giver, Taker, Window};

use super::Fault;
use super::feasible::Sums;

pub(super) fn check(window: &Window, shares: &Shares, sums: &Sums) -> Result<(), Fault> {
    let left = flows(window, shares)?;
    let mut rounded = Vec::with_capacity(sums.areas.len());
    for (area, share) in sums.areas.iter().enumerate() {
        let amount = i128::from(shares.amounts[area]);
        let up = !share.is_whole() && amount == share.floor() + 1;
        if amount != share.floor() && !up {
            return Err(Fault::Rounding { area });
        }
        rounded.push(Rounded { part: share.remainder(), up });
    }
    let mut exact: i128 = sums.pools.iter().map(|spent| spent.floor()).sum();
    let mut parts = Fraction::ZERO;
    for (at, spent) in sums.pools.iter().enumerate().filter(|(_, spent)| !spent.is_whole()) {
        let part = spent.remainder().reduced();
        parts = parts.plus(part).ok_or(Fault::TooFine { what: "pool", at })?.reduced();
    }
    exact += parts.floor();
    let whole: i128 = shares.amounts.iter().copied().map(i128::from).sum();
    if whole != exact || !parts.is_whole() {
        return Err(Fault::Total { whole, exact });
    }
    Search::new(window, shares, &rounded).run(&left)
}

/// Whether whole units flow where they may, and what is left in each pool.
fn flows(window: &Window, shares: &Shares) -> Result<Vec<i64>, Fault> {
    let mut pools: Vec<i128> = window.pools.iter().map(|pool| pool.ready().into()).collect();
    let mut into = vec![0i128; window.partners.len()];
    let mut out = into.clone();
    let mut areas = vec![0i128; window.areas.len()];
    for (at, (arc, flow)) in window.arcs.iter().zip(&shares.flows).enumerate() {
        if *flow < 0 || arc.ceiling.is_some_and(|most| *flow > most) {
            return Err(Fault::Flow { arc: at });
        }
        let flow = i128::from(*flow);
        match arc.from {
            Giver::Pool(pool) => pools[pool as usize] -= flow,
            Giver::Partner(by) => out[by as usize] += flow,
        }
        match arc.to {
            Taker::Area(area) => areas[area as usize] += flow,
            Taker::Partner(by) => into[by as usize] += flow,
        }
    }
    if let Some(pool) = pools.iter().position(|left| *left < 0) {
        return Err(Fault::Overspent { pool });
    }
    for (partner, by) in window.partners.iter().enumerate() {
        if into[partner] != out[partner] || into[partner] > i128::from(by.capacity) {
            return Err(Fault::Partner { partner });
        }
    }
    let differs = |area: &usize| areas[*area] != i128::from(shares.amounts[*area]);
    if let Some(area) = (0..areas.len()).find(differs) {
        return Err(Fault::Sum { area });
    }
    Ok(pools.into_iter().map(|left| i64::try_from(left).unwrap_or(i64::MAX)).collect())
}

/// The share of an area: what stands behind its whole units, and whether it was rounded up.
#[derive(Clone, Copy)]
struct Rounded {
    part: Fraction,
    up: bool,
}

/// Walks from every unit that could be had to those who could have it. A unit can be had from a
/// pool with something left, or from an area that was rounded up; each node is reached once, from
/// the unit whose holder has the least claim to it, and that is the one to compare with.
struct Search<'a> {
    window: &'a Window,
    flows: &'a [i64],
    rounded: &'a [Rounded],
    /// Through each partner, in whole units.
    through: Vec<i64>,
    out: Lists,
    into: Lists,
    seen: Vec<bool>,
}

impl<'a> Search<'a> {
    fn new(window: &'a Window, shares: &'a Shares, rounded: &'a [Rounded]) -> Self {
        let nodes = Nodes::of(window);
        let mut through = vec![0; window.partners.len()];
        for (arc, flow) in window.arcs.iter().zip(&shares.flows) {
            if let Taker::Partner(by) = arc.to {
                through[by as usize] += flow;
            }
        }
        let ends = || window.arcs.iter();
        Self {
            window,
            flows: &shares.flows,
            rounded,
            through,
            out: Lists::new(nodes.count, ends().map(|arc| nodes.giver(arc.from))),
            into: Lists::new(nodes.count, ends().map(|arc| nodes.taker(arc.to))),
            seen: vec![false; nodes.count],
        }
    }

    fn run(mut self, left: &[i64]) -> Result<(), Fault> {
        let nodes = Nodes::of(self.window);
        let wet = (0..left.len()).filter(|pool| left[*pool] > 0).collect();
        if let Some(area) = self.walk(wet, None) {
            return Err(Fault::Remainder { area });
        }
        let up = |area: &usize| self.rounded[*area].up;
        let mut holders: Vec<usize> = (0..self.rounded.len()).filter(up).collect();
        holders.sort_unstable_by(|one, other| self.comes_first(*other, *one));
        for holder in holders {
            if let Some(area) = self.walk(vec![nodes.areas + holder], Some(holder)) {
                return Err(Fault::Remainder { area });
            }
        }
        Ok(())
    }

    /// Walks on from `queue`; returns an area that could have had the unit and came before its
    /// holder, or that could have had one that nobody holds.
    fn walk(&mut self, mut queue: Vec<usize>, holder: Option<usize>) -> Option<usize> {
        queue.retain(|node| !std::mem::replace(&mut self.seen[*node], true));
        let nodes = Nodes::of(self.window);
        while let Some(node) = queue.pop() {
            if let Some(area) = node.checked_sub(nodes.areas) {
                let Rounded { part, up } = self.rounded[area];
                let waits = !up && part.num() > 0;
                let first = |holder| self.comes_first(area, holder) == Ordering::Less;
                if waits && holder.is_none_or(first) {
                    return Some(area);
                }
            }
            self.neighbours(&nodes, node, &mut queue);
        }
        None
    }

    /// Adds the nodes to which a unit can go on from a node: over an arc with room, or by taking
    /// the place of a unit that flows into it.
    fn neighbours(&mut self, nodes: &Nodes, node: usize, queue: &mut Vec<usize>) {
        let mut reach = |to: usize| {
            if !std::mem::replace(&mut self.seen[to], true) {
                queue.push(to);
            }
        };
        for &at in self.out.of(node) {
            let arc = self.window.arcs[at as usize];
            if arc.ceiling.is_none_or(|most| self.flows[at as usize] < most) {
                reach(nodes.taker(arc.to));
            }
        }
        for &at in self.into.of(node) {
            if self.flows[at as usize] > 0 {
                reach(nodes.giver(self.window.arcs[at as usize].from));
            }
        }
        if let Some((by, side)) = nodes.partner(node) {
            let through = self.through[by];
            let passes = match side {
                Side::Before => through < self.window.partners[by].capacity,
                Side::Behind => through > 0,
            };
            if passes {
                reach(nodes.other_side(by, side));
            }
        }
    }

    /// The declared order: larger remainder, higher risk, smaller name.
    fn comes_first(&self, one: usize, other: usize) -> Ordering {
        let (first, second) = (&self.window.areas[one], &self.window.areas[other]);
        (self.rounded[other].part.cmp(&self.rounded[one].part))
            .then_with(|| second.risk_milli.cmp(&first.risk_milli))
            .then_with(|| first.id.cmp(&second.id))
    }
}

#[derive(Clone, Copy)]
enum Side {
    Before,
    Behind,
}

/// Numbers for everything through which a unit can go.
struct Nodes {
    pools: usize,
    partners: usize,
    /// The first area.
    areas: usize,
    count: usize,
}

impl Nodes {
    fn of(window: &Window) -> Self {
        let (pools, partners) = (window.pools.len(), window.partners.len());
        let areas = pools + 2 * partners;
        Self { pools, partners, areas, count: areas + window.areas.len() }
    }

    fn giver(&self, giver: Giver) -> usize {
        match giver {
            Giver::Pool(pool) => pool as usize,
            Giver::Partner(by) => self.pools + self.partners + by as usize,
        }
    }

    fn taker(&self, taker: Taker) -> usize {
        match taker {
            Taker::Area(area) => self.areas + area as usize,
            Taker::Partner(by) => self.pools + by as usize,
        }
    }

    fn partner(&self, node: usize) -> Option<(usize, Side)> {
        let at = node.checked_sub(self.pools).filter(|at| *at < 2 * self.partners)?;
        Some(match at.checked_sub(self.partners) {
            None => (at, Side::Before),
            Some(at) => (at, Side::Behind),
        })
    }

    fn other_side(&self, by: usize, side: Side) -> usize {
        match side {
            Side::Before => self.pools + self.partners + by,
            Side::Behind => self.pools + by,
        }
    }
}

/// The arcs of each node.
struct Lists {
    first: Vec<u32>,
    arcs: Vec<u32>,
}

impl Lists {
    fn new(nodes: usize, ends: impl Iterator<Item = usize> + Clone) -> Self {
        let mut first = vec![0u32; nodes + 1];
        for end in ends.clone() {
            first[end + 1] += 1;
        }
        for node in 0..nodes {
            first[node + 1] += first[node];
        }
        let mut place = first.clone();
        let mut arcs = vec![0; ends.clone().count()];
        for (arc, end) in (0u32..).zip(ends) {
            arcs[place[end] as usize] = arc;
            place[end] += 1;
        }
        Self { first, arcs }
    }

    fn of(&self, node: usize) -> &[u32] {
        &self.arcs[self.first[node] as usize..self.first[node + 1] as usize]
    }
}
