//! A flow on a piece of the network, made as large as it can be: demands pull, one after the other,
//! along shortest ways from what is left somewhere.
//!
//! Never asks what is fair: which demands there are is settled before.
#![expect(clippy::indexing_slicing, reason = "numbers of nodes and arcs are given by the piece")]

use std::fmt::Debug;

use num_traits::{NumAssign, PrimInt};

/// In what a flow is counted.
pub(super) trait Amount: PrimInt + NumAssign + Debug {
    /// The number, which is known to fit.
    fn of(number: i128) -> Self;
    /// The number, in the widest form.
    fn wide(self) -> i128;
}

impl Amount for i64 {
    fn of(number: i128) -> Self {
        debug_assert!(Self::try_from(number).is_ok(), "the shift was chosen so that all fits");
        Self::try_from(number).unwrap_or(Self::MAX)
    }
    fn wide(self) -> i128 {
        self.into()
    }
}

impl Amount for i128 {
    fn of(number: i128) -> Self {
        number
    }
    fn wide(self) -> i128 {
        self
    }
}

/// No way from anything that is left.
const NOWHERE: u32 = u32::MAX;
/// More steps than any way has, and not [`NOWHERE`]: nothing is one step nearer than a source.
const NO_STEPS: u32 = u32::MAX - 1;
/// After looking at so many arcs for each arc there is, all distances are measured anew.
const LOOKS_PER_ARC: usize = 4;

/// Nodes are numbered in the order in which it flows; arcs stand in the order of where they end.
#[derive(Debug)]
pub(super) struct Flow<T> {
    pub(super) from: Vec<u32>,
    pub(super) to: Vec<u32>,
    /// By arc; empty where no arc has a ceiling.
    pub(super) ceiling: Vec<T>,
    pub(super) flow: Vec<T>,
    /// By node: what is there and goes nowhere yet.
    pub(super) left: Vec<T>,
    /// By node: what is missing.
    pub(super) want: Vec<T>,
    /// Arcs into node v: from `first_in[v]` to before `first_in[v + 1]`.
    first_in: Vec<u32>,
    first_out: Vec<u32>,
    out: Vec<u32>,
    /// At least so many steps from something that is left.
    steps: Vec<u32>,
    /// The next arc of a node to look at.
    next: Vec<u32>,
    way: Vec<Step>,
    queue: Vec<u32>,
    looks: usize,
    /// By number of steps, how many nodes are said to be so far.
    crowd: Vec<u32>,
}

/// One step of a way, seen from where it is wanted: along an arc, or by taking back.
#[derive(Clone, Copy, Debug)]
struct Step {
    arc: u32,
    back: bool,
}

impl<T: Amount> Flow<T> {
    pub(super) fn new(nodes: usize, from: Vec<u32>, to: Vec<u32>, ceiling: Vec<T>) -> Self {
        let first_in = starts(nodes, &to);
        let first_out = starts(nodes, &from);
        let mut place = first_out.clone();
        let mut out = vec![0; from.len()];
        for (arc, from) in (0u32..).zip(&from) {
            let at = &mut place[*from as usize];
            out[*at as usize] = arc;
            *at += 1;
        }
        Self {
            flow: vec![T::zero(); from.len()],
            from,
            to,
            ceiling,
            left: vec![T::zero(); nodes],
            want: vec![T::zero(); nodes],
            first_in,
            first_out,
            out,
            steps: vec![0; nodes],
            next: vec![0; nodes],
            way: Vec::new(),
            queue: Vec::new(),
            looks: 0,
            crowd: vec![0; nodes + 1],
        }
    }

    pub(super) fn nodes(&self) -> usize {
        self.left.len()
    }

    /// The arcs into a node.
    pub(super) fn arcs_in(&self, node: usize) -> std::ops::Range<usize> {
        self.first_in[node] as usize..self.first_in[node + 1] as usize
    }

    /// Sets what is left and what is missing, node by node, from what flows, what is given into
    /// each node and what each demands. Where more flows out of a node than into it, or more into
    /// it than it can use, the flow is cut down first.
    pub(super) fn start(&mut self, given: &[T], demand: &[T]) {
        let nodes = self.nodes();
        let (mut inward, mut outward) = (vec![T::zero(); nodes], vec![T::zero(); nodes]);
        for arc in 0..self.flow.len() {
            inward[self.to[arc] as usize] += self.flow[arc];
            outward[self.from[arc] as usize] += self.flow[arc];
        }
        for node in 0..nodes {
            let over = outward[node] - inward[node] - given[node];
            if over > T::zero() {
                self.cut_out(node, over, &mut inward);
                outward[node] -= over;
            }
        }
        for node in (0..nodes).rev() {
            let over = inward[node] - outward[node] - demand[node];
            if over > T::zero() {
                self.cut_in(node, over, &mut outward);
                inward[node] -= over;
            }
            let open = outward[node] + demand[node] - inward[node];
            let own = open.min(given[node]);
            self.left[node] = given[node] - own;
            self.want[node] = open - own;
        }
        self.measure();
    }

    fn cut_out(&mut self, node: usize, mut over: T, inward: &mut [T]) {
        for at in self.first_out[node]..self.first_out[node + 1] {
            let arc = self.out[at as usize] as usize;
            let by = over.min(self.flow[arc]);
            self.flow[arc] -= by;
            inward[self.to[arc] as usize] -= by;
            over -= by;
        }
    }

    fn cut_in(&mut self, node: usize, mut over: T, outward: &mut [T]) {
        for arc in self.arcs_in(node) {
            let by = over.min(self.flow[arc]);
            self.flow[arc] -= by;
            outward[self.from[arc] as usize] -= by;
            over -= by;
        }
    }

    /// Fills every demand as far as it goes. Returns whether all are filled. Afterwards
    /// [`Flow::is_cut_off`] tells the two sides of the cut.
    pub(super) fn fill(&mut self) -> bool {
        let mut all = true;
        for node in 0..self.nodes() {
            all &= self.pull(node);
        }
        if !all {
            self.measure();
        }
        all
    }

    /// Whether nothing that is left anywhere can reach a node. Right after measuring only.
    pub(super) fn is_cut_off(&self, node: usize) -> bool {
        self.steps[node] == NOWHERE
    }

    /// Fills the demand of one node as far as it goes. Returns whether it is filled. What is not
    /// filled can never be: later fillings do not bring back a way that has gone.
    pub(super) fn pull(&mut self, node: usize) -> bool {
        while self.want[node] > T::zero() {
            if self.steps[node] == NOWHERE {
                return false;
            }
            if let Some(source) = self.walk(node) {
                self.carry(node, source);
            }
        }
        true
    }

    /// Walks from where it is wanted to something that is left; none when distances have changed
    /// and it should be tried again.
    fn walk(&mut self, sink: usize) -> Option<usize> {
        self.way.clear();
        let mut node = sink;
        while self.left[node].is_zero() {
            if let Some((step, before)) = self.step(node) {
                self.way.push(step);
                node = before;
                continue;
            }
            self.farther(node);
            if self.steps[sink] == NOWHERE {
                return None;
            }
            if self.looks > LOOKS_PER_ARC * (self.flow.len() + self.nodes()) {
                self.measure();
                return None;
            }
            let last = self.way.pop()?;
            let arc = last.arc as usize;
            node = if last.back { self.from[arc] } else { self.to[arc] } as usize;
        }
        Some(node)
    }

    /// The next step from a node towards what is left.
    fn step(&mut self, node: usize) -> Option<(Step, usize)> {
        let (first_in, first_out) = (self.first_in[node], self.first_out[node]);
        let ins = self.first_in[node + 1] - first_in;
        let all = ins + self.first_out[node + 1] - first_out;
        let near = self.steps[node].checked_sub(1).unwrap_or(NO_STEPS);
        let begun = self.next[node];
        for at in begun..all {
            let (arc, back) = match at.checked_sub(ins) {
                None => (first_in + at, false),
                Some(at) => (self.out[(first_out + at) as usize], true),
            };
            let before = if back { self.to[arc as usize] } else { self.from[arc as usize] };
            if self.steps[before as usize] == near && self.may(arc as usize, back) {
                self.next[node] = at;
                self.looks += (at - begun) as usize;
                return Some((Step { arc, back }, before as usize));
            }
        }
        self.next[node] = all;
        self.looks += (all - begun) as usize;
        None
    }

    fn may(&self, arc: usize, back: bool) -> bool {
        if back {
            return self.flow[arc] > T::zero();
        }
        self.ceiling.is_empty() || self.flow[arc] < self.ceiling[arc]
    }

    /// No neighbour is one step nearer: the node is farther than it was thought to be.
    fn farther(&mut self, node: usize) {
        let mut nearest = NOWHERE;
        for arc in self.arcs_in(node) {
            if self.may(arc, false) {
                nearest = nearest.min(self.steps[self.from[arc] as usize]);
            }
        }
        for at in self.first_out[node]..self.first_out[node + 1] {
            let arc = self.out[at as usize] as usize;
            if self.may(arc, true) {
                nearest = nearest.min(self.steps[self.to[arc] as usize]);
            }
        }
        let before = std::mem::replace(&mut self.steps[node], nearest.saturating_add(1));
        self.next[node] = 0;
        self.moved(before, self.steps[node]);
        let outs = self.first_out[node + 1] - self.first_out[node];
        self.looks += self.arcs_in(node).len() + outs as usize;
    }

    /// A node is farther than it was. If nobody is as near as it was any more, all who are farther
    /// have lost every way, since no way leaps over a step.
    fn moved(&mut self, before: u32, now: u32) {
        if let Some(crowd) = self.crowd.get_mut(now as usize) {
            *crowd += 1;
        }
        let Some(crowd) = self.crowd.get_mut(before as usize) else { return };
        *crowd -= 1;
        if *crowd > 0 {
            return;
        }
        for steps in self.steps.iter_mut().filter(|steps| **steps > before) {
            if let Some(crowd) = self.crowd.get_mut(*steps as usize) {
                *crowd -= 1;
            }
            *steps = NOWHERE;
        }
    }

    /// Carries as much as fits along the way that was walked.
    fn carry(&mut self, sink: usize, source: usize) {
        let mut much = self.want[sink].min(self.left[source]);
        for step in &self.way {
            let arc = step.arc as usize;
            if step.back {
                much = much.min(self.flow[arc]);
            } else if !self.ceiling.is_empty() {
                much = much.min(self.ceiling[arc] - self.flow[arc]);
            }
        }
        for step in &self.way {
            let flow = &mut self.flow[step.arc as usize];
            if step.back {
                *flow -= much;
            } else {
                *flow += much;
            }
        }
        self.want[sink] -= much;
        self.left[source] -= much;
    }

    /// Measures the distance of every node from what is left.
    fn measure(&mut self) {
        self.looks = 0;
        self.steps.fill(NOWHERE);
        self.crowd.fill(0);
        self.next.fill(0);
        let mut queue = std::mem::take(&mut self.queue);
        queue.clear();
        for node in 0..self.nodes() {
            if self.left[node] > T::zero() {
                self.steps[node] = 0;
                self.crowd[0] += 1;
                queue.push(u32::try_from(node).unwrap_or(NOWHERE));
            }
        }
        let mut at = 0;
        while let Some(&node) = queue.get(at) {
            at += 1;
            let node = node as usize;
            let steps = self.steps[node] + 1;
            let known = queue.len();
            for place in self.first_out[node]..self.first_out[node + 1] {
                let arc = self.out[place as usize] as usize;
                let to = self.to[arc];
                if self.steps[to as usize] == NOWHERE && self.may(arc, false) {
                    self.steps[to as usize] = steps;
                    queue.push(to);
                }
            }
            for arc in self.arcs_in(node) {
                let from = self.from[arc];
                if self.steps[from as usize] == NOWHERE && self.may(arc, true) {
                    self.steps[from as usize] = steps;
                    queue.push(from);
                }
            }
            self.crowd[steps as usize] += u32::try_from(queue.len() - known).unwrap_or(0);
        }
        self.queue = queue;
    }
}

fn starts(nodes: usize, ends: &[u32]) -> Vec<u32> {
    let mut first = vec![0u32; nodes + 1];
    for end in ends {
        first[*end as usize + 1] += 1;
    }
    for node in 0..nodes {
        first[node + 1] += first[node];
    }
    first
}
