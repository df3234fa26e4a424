//! Greedy: projects stand in line by what they are worth per unit of money, and each is taken that
//! the money still reaches.
//!
//! Never compares rounded numbers: two projects are equal only when their fractions are.

#![expect(clippy::indexing_slicing, reason = "places are those of the election's own projects")]

use std::cmp::Ordering;

use super::election::Election;
use super::outcome::{Against, Fate, Loss, Met, Turn, Win};
use super::profile::Profile;
use super::rule::Worth;

/// The line, and how far the money reached.
pub(super) struct Line {
    /// The places in line, each with what was left before it.
    pub(super) stops: Vec<Stop>,
    /// Equals among the supported.
    pub(super) ties: Vec<Met>,
}

/// One place in the line.
pub(super) struct Stop {
    pub(super) project: usize,
    pub(super) left_parts: u64,
    pub(super) taken: bool,
}

/// What stands in line: how much each is worth, and who comes first among equals.
pub(super) struct Scores<'a> {
    pub(super) election: &'a Election,
    pub(super) score: &'a [u64],
    pub(super) worth: Worth,
    pub(super) ranks: &'a [u32],
}

/// Counts by a greedy rule: every project's fate, the winners in order, the ties.
pub(super) fn count(
    election: &Election,
    worth: Worth,
    ranks: &[u32],
) -> (Vec<usize>, Vec<Fate>, Vec<Met>) {
    let (supporters, score) = Profile::scores(election, worth);
    let scores = Scores { election, score: &score, worth, ranks };
    let everybody = (0..election.projects().len()).collect();
    let line = scores.line(everybody, election.budget_parts());
    let mut order = Vec::new();
    let mut fates: Vec<Option<Fate>> = vec![None; election.projects().len()];
    for stop in &line.stops {
        let turn = if stop.taken {
            order.push(stop.project);
            let by = Win::Line { left_parts: stop.left_parts, completion: false };
            Turn::Won { round: order.len(), by }
        } else {
            let votes_more = scores.votes_more(&line, stop);
            let why = against(election, supporters[stop.project], stop.project);
            let (had_parts, short_parts) = (None, None);
            let left_parts = stop.left_parts;
            Turn::Lost(Loss { why, had_parts, short_parts, left_parts, votes_more })
        };
        let supporters = supporters[stop.project];
        fates[stop.project] = Some(Fate { supporters, turn });
    }
    (order, fates.into_iter().flatten().collect(), line.ties)
}

/// Why a project in line was not taken.
pub(super) fn against(election: &Election, supporters: u64, project: usize) -> Against {
    if election.projects()[project].cost_parts > election.budget_parts() {
        Against::OverBudget
    } else if supporters == 0 {
        Against::NoSupporters
    } else {
        Against::MoneyShort
    }
}

impl Scores<'_> {
    /// Walks along the line of `waiting` with that money.
    pub(super) fn line(&self, mut waiting: Vec<usize>, money_parts: u64) -> Line {
        waiting.sort_unstable_by(|a, b| {
            self.before(*a, *b).then_with(|| self.ranks[*a].cmp(&self.ranks[*b]))
        });
        let mut left_parts = money_parts;
        let mut stops = Vec::with_capacity(waiting.len());
        let mut ties: Vec<Met> = Vec::new();
        for (at, project) in waiting.iter().copied().enumerate() {
            let equal = at > 0 && self.before(waiting[at - 1], project).is_eq();
            if equal && self.score[project] > 0 {
                match ties.last_mut() {
                    Some(met) if met.round + met.projects.len() == at + 1 => {
                        met.projects.push(project);
                    }
                    _ => ties.push(Met { round: at, projects: vec![waiting[at - 1], project] }),
                }
            }
            let cost = self.cost(project);
            let taken = cost <= left_parts;
            stops.push(Stop { project, left_parts, taken });
            if taken {
                left_parts -= cost;
            }
        }
        Line { stops, ties }
    }

    fn cost(&self, project: usize) -> u64 {
        self.election.projects()[project].cost_parts
    }

    /// The order of two in line, the one that is worth more per unit of money first.
    fn before(&self, a: usize, b: usize) -> Ordering {
        let (top_a, bottom_a) = self.density(a);
        let (top_b, bottom_b) = self.density(b);
        match (bottom_a, bottom_b) {
            // What costs nothing is worth more than anything that costs something.
            (0, 0) => Ordering::Equal,
            (0, _) => Ordering::Less,
            (_, 0) => Ordering::Greater,
            _ => {
                // Scores and amounts have some 50 bits each, so that 128 hold their product.
                let left = u128::from(top_a) * u128::from(bottom_b);
                (u128::from(top_b) * u128::from(bottom_a)).cmp(&left)
            }
        }
    }

    /// Worth per unit of money, as a fraction; a nought below stands for more than anything.
    fn density(&self, project: usize) -> (u64, u64) {
        let (score, cost) = (self.score[project], self.cost(project));
        match (score, cost, self.worth) {
            (0, ..) => (0, 1),
            (_, 0, _) => (1, 0),
            // Each supporter holds it worth its cost, so that the cost cancels out.
            (votes, _, Worth::Cost) => (votes, 1),
            (score, cost, _) => (score, cost),
        }
    }

    /// How many votes more would have put a project in front of the first one that took the money
    /// it needs. Those before that one leave enough, whatever else stands between.
    fn votes_more(&self, line: &Line, stop: &Stop) -> Option<u64> {
        let cost = self.cost(stop.project);
        if !matches!(self.worth, Worth::Cost | Worth::Cardinality)
            || cost > self.election.budget_parts()
        {
            return None;
        }
        let mut taken = line.stops.iter().filter(|stop| stop.taken);
        let after = |stop: &Stop| stop.left_parts - self.cost(stop.project);
        let rival = taken.find(|stop| after(stop) < cost)?.project;
        let first = self.ranks[stop.project] < self.ranks[rival];
        let (top, bottom) = self.density(rival);
        let own = if self.worth == Worth::Cost { 1 } else { cost };
        let product = u128::from(top) * u128::from(own);
        // What costs nothing takes no money, so that the rival costs something.
        let bottom = u128::from(bottom).max(1);
        let reached = product.is_multiple_of(bottom) && first;
        let needed = product / bottom + u128::from(!reached);
        u64::try_from(needed).ok()?.checked_sub(self.score[stop.project])
    }
}
