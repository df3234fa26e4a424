//! The cheapest of all largest flows: as much as can be, along the ways that cost least together.
//!
//! Never weighs one kind of cost against another: costs are compared first by their first part,
//! then by the second, and so on.
#![expect(clippy::indexing_slicing, reason = "numbers of nodes and arcs are given here")]

use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};
use std::ops::{Add, Sub};

/// What it costs to carry one unit, in parts of falling weight.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Cost(pub(crate) [i64; COST_PARTS]);

/// The parts of a cost.
pub(crate) const COST_PARTS: usize = 4;

impl Add for Cost {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(std::array::from_fn(|part| self.0[part] + other.0[part]))
    }
}

impl Sub for Cost {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(std::array::from_fn(|part| self.0[part] - other.0[part]))
    }
}

/// A network with one source, one sink, and costs that are not negative. Arc 2k is the kth that was
/// added, arc 2k + 1 its way back.
#[derive(Debug)]
pub(crate) struct Cheapest {
    arcs: Vec<Vec<u32>>,
    to: Vec<u32>,
    room: Vec<i64>,
    cost: Vec<Cost>,
    /// By node, the price of having a unit there; on no arc with room does it rise by more than the
    /// arc costs.
    price: Vec<Cost>,
}

impl Cheapest {
    pub(crate) fn new(nodes: usize) -> Self {
        let (arcs, price) = (vec![Vec::new(); nodes], vec![Cost::default(); nodes]);
        Self { arcs, to: Vec::new(), room: Vec::new(), cost: Vec::new(), price }
    }

    /// Adds an arc; returns its number.
    pub(crate) fn add(&mut self, from: usize, to: usize, room: i64, cost: Cost) -> usize {
        let at = self.to.len();
        for (from, to, room, cost) in
            [(from, to, room, cost), (to, from, 0, Cost::default() - cost)]
        {
            self.arcs[from].push(u32::try_from(self.to.len()).unwrap_or(u32::MAX));
            self.to.push(u32::try_from(to).unwrap_or(u32::MAX));
            self.room.push(room);
            self.cost.push(cost);
        }
        at
    }

    /// What flows over an arc.
    pub(crate) fn flow(&self, arc: usize) -> i64 {
        self.room[arc + 1]
    }

    /// Makes the flow as large as can be, and of all such the cheapest: round by round along the
    /// cheapest ways that are left.
    pub(crate) fn run(&mut self, source: usize, sink: usize) {
        while self.price(source, sink) {
            while let Some(mut steps) = self.steps(source, sink) {
                let mut next = vec![0; self.arcs.len()];
                while self.carry(source, sink, &mut steps, &mut next) {}
            }
        }
    }

    /// What an arc costs above the difference of its prices.
    fn reduced(&self, from: usize, arc: usize) -> Cost {
        self.cost[arc] + self.price[from] - self.price[self.to[arc] as usize]
    }

    /// Prices anew; false when the sink cannot be reached any more.
    fn price(&mut self, source: usize, sink: usize) -> bool {
        let mut far: Vec<Option<Cost>> = vec![None; self.arcs.len()];
        let mut queue = BinaryHeap::new();
        far[source] = Some(Cost::default());
        queue.push(Reverse((Cost::default(), source)));
        while let Some(Reverse((cost, node))) = queue.pop() {
            if far[node] != Some(cost) {
                continue;
            }
            for &arc in &self.arcs[node] {
                let arc = arc as usize;
                if self.room[arc] == 0 {
                    continue;
                }
                let (to, cost) = (self.to[arc] as usize, cost + self.reduced(node, arc));
                if far[to].is_none_or(|known| cost < known) {
                    far[to] = Some(cost);
                    queue.push(Reverse((cost, to)));
                }
            }
        }
        let Some(most) = far[sink] else { return false };
        // Whoever is farther than the sink rises no more than it does, which keeps prices right.
        for (price, far) in self.price.iter_mut().zip(far) {
            *price = *price + far.map_or(most, |far| far.min(most));
        }
        true
    }

    /// By node the number of steps from the source along arcs that cost no more than they must.
    fn steps(&self, source: usize, sink: usize) -> Option<Vec<u32>> {
        let mut steps = vec![u32::MAX; self.arcs.len()];
        steps[source] = 0;
        let mut queue = VecDeque::from([source]);
        while let Some(node) = queue.pop_front() {
            for &arc in &self.arcs[node] {
                let to = self.to[arc as usize] as usize;
                let open = self.room[arc as usize] > 0 && steps[to] == u32::MAX;
                if open && self.reduced(node, arc as usize) == Cost::default() {
                    steps[to] = steps[node] + 1;
                    queue.push_back(to);
                }
            }
        }
        (steps[sink] != u32::MAX).then_some(steps)
    }

    /// Carries along one way with the fewest steps; false when there is none left.
    fn carry(&mut self, source: usize, sink: usize, steps: &mut [u32], next: &mut [usize]) -> bool {
        let mut way: Vec<usize> = Vec::new();
        let mut node = source;
        while node != sink {
            let Some(&arc) = self.arcs[node].get(next[node]) else {
                steps[node] = u32::MAX;
                let Some(back) = way.pop() else { return false };
                node = self.to[back ^ 1] as usize;
                next[node] += 1;
                continue;
            };
            let (arc, to) = (arc as usize, self.to[arc as usize] as usize);
            let nearer = steps[to] == steps[node].wrapping_add(1) && self.room[arc] > 0;
            if nearer && self.reduced(node, arc) == Cost::default() {
                way.push(arc);
                node = to;
            } else {
                next[node] += 1;
            }
        }
        let much = way.iter().map(|arc| self.room[*arc]).min().unwrap_or(0);
        for arc in way {
            self.room[arc] -= much;
            self.room[arc ^ 1] += much;
        }
        true
    }
}
