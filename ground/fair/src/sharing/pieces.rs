//! Pieces of the network that are settled apart: nodes with what is given into each, and the arcs
//! between them; how a piece is put on one level, and how it falls apart where that fails.
//!
//! Never carries a flow over the edge of a piece: what must cross it is taken from one side and
//! given to the other when the piece is cut.
#![expect(clippy::indexing_slicing, reason = "numbers of nodes and arcs are given here")]

use super::flow::{Amount, Flow};
use super::level::{Fraction, Level};
use super::line::{balance, lifted};
use super::network::{NO_CEILING, Network};

/// A piece that is to be settled.
#[derive(Debug)]
pub(super) struct Piece<T> {
    /// Its nodes, as numbers of the network, rising.
    pub(super) nodes: Vec<u32>,
    /// By node, in whole units: what comes into it from outside the piece, or is owed to outside
    /// if negative.
    net: Vec<i64>,
    /// Its arcs, as numbers of the network, rising; and where they begin and end, as places in
    /// `nodes`.
    pub(super) arcs: Vec<u32>,
    from: Vec<u32>,
    to: Vec<u32>,
    /// What may be kept of an earlier flow, in parts of which `units` make a whole unit.
    pub(super) flow: Vec<T>,
    pub(super) units: i128,
    /// Its level is not below this one.
    near: Fraction,
}

/// A piece with its level, at which everything in it is spent and taken.
#[derive(Debug)]
pub(super) struct Settled<T> {
    pub(super) piece: Piece<T>,
    pub(super) level: Level,
}

/// How finely flows are counted.
#[derive(Clone, Copy, Debug)]
pub(super) enum Grain {
    /// Always in 2^n parts of a unit: quick, and right up to such a part.
    Shift(u32),
    /// As finely as the level needs: exact.
    Exact,
}

impl Grain {
    fn units(self, level: Level) -> i128 {
        match (self, level) {
            (Self::Shift(bits), _) => 1 << bits,
            (Self::Exact, Level::At(line)) => line.den(),
            (Self::Exact, Level::Unbounded) => 1,
        }
    }
}

/// Settles pieces until none is left. Arcs on which a piece was cut and which are full are added
/// to `full`.
pub(super) fn settle<T: Amount>(
    network: &Network,
    mut open: Vec<Piece<T>>,
    grain: Grain,
    full: &mut Vec<u32>,
) -> Vec<Settled<T>> {
    let mut settled = Vec::new();
    while let Some(piece) = open.pop() {
        match piece.put_on_level(network, grain) {
            Outcome::Settled(piece) => settled.push(piece),
            Outcome::Cut(piece, dry, level) => {
                open.extend(piece.split(network, |node| dry[node], level, full));
            }
        }
    }
    settled
}

enum Outcome<T> {
    Settled(Settled<T>),
    /// With the nodes that lack something, and the level they do not reach.
    Cut(Piece<T>, Vec<bool>, Level),
}

impl<T: Amount> Piece<T> {
    /// The whole network, cut into its connected parts.
    pub(super) fn whole(network: &Network, full: &mut Vec<u32>) -> Vec<Self> {
        let nodes = u32::try_from(network.nodes()).unwrap_or(u32::MAX);
        let mut net = network.supply.clone();
        net.resize(network.nodes(), 0);
        let whole = Self {
            nodes: (0..nodes).collect(),
            net,
            arcs: (0u32..).take(network.from.len()).collect(),
            from: network.from.clone(),
            to: network.to.clone(),
            flow: vec![T::zero(); network.from.len()],
            units: 1,
            near: Fraction::ZERO,
        };
        whole.split(network, |_| false, Level::Unbounded, full)
    }

    fn put_on_level(mut self, network: &Network, grain: Grain) -> Outcome<T> {
        let level = self.level(network);
        let units = grain.units(level);
        if self.arcs.is_empty() {
            self.units = units;
            return Outcome::Settled(Settled { piece: self, level });
        }
        let whole = |amount: i64| T::of(i128::from(amount) * units);
        let given: Vec<T> = self.net.iter().map(|net| whole((*net).max(0))).collect();
        let demand: Vec<T> = (self.nodes.iter().zip(&self.net))
            .map(|(node, net)| match network.claim_of(*node) {
                Some(claim) => T::of(part(claim, level, units)),
                None => whole((-*net).max(0)),
            })
            .collect();
        let mut flow = self.flow_of(network, units);
        flow.start(&given, &demand);
        if !flow.fill() {
            let dry: Vec<bool> = (0..flow.nodes()).map(|node| flow.is_cut_off(node)).collect();
            self.take_back(flow, units);
            // Demands and supplies are in balance, so something is left where something lacks;
            // if not, rounding alone kept them apart.
            if dry.contains(&false) && dry.contains(&true) {
                return Outcome::Cut(self, dry, level);
            }
            return Outcome::Settled(Settled { piece: self, level });
        }
        self.take_back(flow, units);
        Outcome::Settled(Settled { piece: self, level })
    }

    /// The level at which all that is given into the piece is taken by its areas.
    fn level(&self, network: &Network) -> Level {
        let first = self.nodes.iter().filter_map(|node| {
            let area = (*node as usize).checked_sub(network.areas_from())?;
            u32::try_from(area).ok()
        });
        let areas: Vec<u32> = first.collect();
        let supply: i128 = self.net.iter().copied().map(i128::from).sum();
        balance(&network.claims, &areas, supply.max(0), self.near)
    }

    fn flow_of(&mut self, network: &Network, units: i128) -> Flow<T> {
        let (from, to) = (std::mem::take(&mut self.from), std::mem::take(&mut self.to));
        let ceilings = self.arcs.iter().map(|arc| network.ceiling[*arc as usize]);
        let ceiling = if ceilings.clone().all(|most| most == NO_CEILING) {
            Vec::new()
        } else {
            let most = |most: i64| match most {
                NO_CEILING => T::max_value(),
                most => T::of(i128::from(most) * units),
            };
            ceilings.map(most).collect()
        };
        let mut flow = Flow::new(self.nodes.len(), from, to, ceiling);
        flow.flow = std::mem::take(&mut self.flow);
        if self.units != units {
            for flow in &mut flow.flow {
                *flow = T::of(rescaled(flow.wide(), self.units, units));
            }
        }
        flow
    }

    fn take_back(&mut self, flow: Flow<T>, units: i128) {
        self.flow = flow.flow;
        self.from = flow.from;
        self.to = flow.to;
        self.units = units;
    }

    /// Cuts the piece into the connected parts of its two sides: the nodes that stay below `level`
    /// and those above. Arcs from above to below are full, and stay so.
    fn split(
        mut self,
        network: &Network,
        below: impl Fn(usize) -> bool,
        level: Level,
        full: &mut Vec<u32>,
    ) -> Vec<Self> {
        let (part, count) = self.parts(&below);
        for (at, arc) in self.arcs.iter().enumerate() {
            let (from, to) = (self.from[at] as usize, self.to[at] as usize);
            if below(to) && !below(from) {
                let most = network.ceiling[*arc as usize];
                self.net[from] -= most;
                self.net[to] += most;
                full.push(*arc);
            }
        }
        let mut sizes = vec![(0, 0); count];
        for part in &part {
            sizes[*part as usize].0 += 1;
        }
        for (from, to) in self.from.iter().zip(&self.to) {
            if part[*from as usize] == part[*to as usize] {
                sizes[part[*from as usize] as usize].1 += 1;
            }
        }
        let mut made: Vec<Self> = sizes.into_iter().map(|size| self.empty(size)).collect();
        let mut place = vec![0u32; self.nodes.len()];
        for (at, part) in part.iter().enumerate() {
            let made = &mut made[*part as usize];
            place[at] = u32::try_from(made.nodes.len()).unwrap_or(u32::MAX);
            made.nodes.push(self.nodes[at]);
            made.net.push(self.net[at]);
            if let (false, Level::At(line)) = (below(at), level) {
                made.near = line;
            }
        }
        for at in 0..self.arcs.len() {
            let (from, to) = (self.from[at] as usize, self.to[at] as usize);
            if part[from] == part[to] {
                let made = &mut made[part[from] as usize];
                made.arcs.push(self.arcs[at]);
                made.from.push(place[from]);
                made.to.push(place[to]);
                made.flow.push(self.flow[at]);
            }
        }
        made
    }

    fn empty(&self, (nodes, arcs): (usize, usize)) -> Self {
        Self {
            nodes: Vec::with_capacity(nodes),
            net: Vec::with_capacity(nodes),
            arcs: Vec::with_capacity(arcs),
            from: Vec::with_capacity(arcs),
            to: Vec::with_capacity(arcs),
            flow: Vec::with_capacity(arcs),
            units: self.units,
            near: self.near,
        }
    }

    /// By node the connected part of its side, and how many parts there are.
    fn parts(&self, below: &impl Fn(usize) -> bool) -> (Vec<u32>, usize) {
        let mut root: Vec<u32> = (0u32..).take(self.nodes.len()).collect();
        for (from, to) in self.from.iter().zip(&self.to) {
            if below(*from as usize) == below(*to as usize) {
                let (one, other) = (find(&mut root, *from), find(&mut root, *to));
                root[one.max(other) as usize] = one.min(other);
            }
        }
        let mut part = vec![0u32; root.len()];
        let mut count = 0u32;
        for node in 0..root.len() {
            // A root is the smallest of its part, so it has been numbered before the others.
            let top = find(&mut root, u32::try_from(node).unwrap_or(u32::MAX)) as usize;
            part[node] = if top == node { count } else { part[top] };
            count += u32::from(top == node);
        }
        (part, count as usize)
    }

    /// The same piece with its flow as wide numbers.
    pub(super) fn widened(self) -> Piece<i128> {
        Piece {
            nodes: self.nodes,
            net: self.net,
            arcs: self.arcs,
            from: self.from,
            to: self.to,
            flow: self.flow.into_iter().map(T::wide).collect(),
            units: self.units,
            near: self.near,
        }
    }
}

fn find(root: &mut [u32], mut node: u32) -> u32 {
    while root[node as usize] != node {
        let above = root[root[node as usize] as usize];
        root[node as usize] = above;
        node = above;
    }
    node
}

/// What an area takes up to a level, in parts of which `units` make a whole, rounded down.
fn part(claim: &super::network::Claim, level: Level, units: i128) -> i128 {
    let Level::At(line) = level else { return i128::from(claim.room) * units };
    let taken = lifted(claim, line.num(), line.den());
    if line.den() == units {
        return taken;
    }
    rescaled(taken, line.den(), units)
}

/// An amount of parts, of which `old` make a whole, in parts of which `new` do: rounded down, and
/// further down where the exact product would not fit, since it is a beginning only. With `new` a
/// small power of two it always fits.
fn rescaled(amount: i128, old: i128, new: i128) -> i128 {
    let (whole, rest) = (amount / old, amount % old);
    let rest = match rest.checked_mul(new) {
        Some(product) => product / old,
        None => {
            let shift = i128::BITS - old.leading_zeros() - 40;
            ((rest >> shift) * new) / ((old >> shift) + 1)
        }
    };
    whole * new + rest
}
