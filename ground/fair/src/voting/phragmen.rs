//! Sequential Phragmén: supporters earn money at the same pace from the beginning, and whichever
//! project its supporters can pay first is bought; they then begin at nothing again. Told the other
//! way round: each project in turn puts its cost on its supporters so that the heaviest load stays
//! as light as it can.
//!
//! Never decides by a rounded number: loads whose bounds overlap are compared as fractions.

#![expect(clippy::indexing_slicing, reason = "places come from the profile, which checked them")]

use std::cmp::Ordering;

use num_bigint::BigInt;
use num_rational::Ratio;
use num_traits::{One, Zero};

use super::election::Election;
use super::outcome::{Against, Fate, Loss, Met, Turn, Win};
use super::profile::Profile;

/// Bounds this close, in parts of themselves, are compared exactly.
const WINDOW: f64 = 1e-9;
/// A group that has no project yet.
const NOTHING: u32 = u32::MAX;

/// Counts by sequential Phragmén.
pub(super) fn count(
    election: &Election,
    profile: &Profile,
    ranks: &[u32],
) -> (Vec<usize>, Vec<Fate>, Vec<Met>) {
    let mut tour = Tour::new(election, profile);
    let mut order = Vec::new();
    let mut ties = Vec::new();
    let mut wins: Vec<(usize, Win)> = Vec::new();
    let mut left_parts = election.budget_parts();
    loop {
        let mut equal = tour.first();
        equal.sort_unstable_by_key(|project| ranks[*project]);
        let Some(project) = equal.first().copied() else { break };
        // When one of those whose turn it is does not fit, nobody is passed over for it.
        if equal.iter().any(|at| election.projects()[*at].cost_parts > left_parts) {
            break;
        }
        let supported = profile.supporters[project] > 0;
        if equal.len() > 1 && supported {
            ties.push(Met { round: order.len() + 1, projects: equal });
        }
        order.push(project);
        let load = supported.then(|| tour.bought(project));
        tour.in_play.retain(|one| *one != project);
        wins.push((project, Win::Earned { load, left_parts }));
        left_parts -= election.projects()[project].cost_parts;
    }
    let mut fates: Vec<Fate> = (0..election.projects().len())
        .map(|at| Fate {
            supporters: profile.supporters[at],
            turn: Turn::Lost(loss(election, at, left_parts)),
        })
        .collect();
    for (nth, (project, by)) in wins.into_iter().enumerate() {
        fates[project].turn = Turn::Won { round: nth + 1, by };
    }
    (order, fates, ties)
}

fn loss(election: &Election, at: usize, left_parts: u64) -> Loss {
    let over = election.projects()[at].cost_parts > election.budget_parts();
    let why = if over { Against::OverBudget } else { Against::Stopped };
    Loss { why, had_parts: None, short_parts: None, left_parts, votes_more: None }
}

struct Tour<'a> {
    profile: &'a Profile,
    costs: Vec<u64>,
    in_play: Vec<usize>,
    /// No more than the load at which each could be bought. Loads only grow, and so do these.
    lows: Vec<f64>,
    /// The load of each group, and the round it comes from.
    loads: Vec<f64>,
    since: Vec<u32>,
    /// The round in which a project's bound was last reckoned.
    reckoned: Vec<usize>,
    /// The exact load of each round, over one denominator.
    below: BigInt,
    rounds: Vec<BigInt>,
    /// No load is further off than this.
    fog: f64,
}

impl<'a> Tour<'a> {
    fn new(election: &Election, profile: &'a Profile) -> Self {
        let costs: Vec<u64> = election.projects().iter().map(|one| one.cost_parts).collect();
        let fits = |at: &usize| costs[*at] <= election.budget_parts();
        let in_play = (0..costs.len()).filter(fits).collect();
        let low = |at: usize| match profile.supporters[at] {
            0 => f64::INFINITY,
            votes => costs[at] as f64 / votes as f64 * (1.0 - WINDOW),
        };
        Self {
            profile,
            in_play,
            lows: (0..costs.len()).map(low).collect(),
            loads: vec![0.0; profile.people.len()],
            since: vec![NOTHING; profile.people.len()],
            reckoned: vec![usize::MAX; costs.len()],
            costs,
            below: BigInt::one(),
            rounds: Vec::new(),
            fog: 0.0,
        }
    }

    /// All projects that could be bought first, at the same load; when only such are left that
    /// nobody wants, all of these.
    fn first(&mut self) -> Vec<usize> {
        loop {
            let least = self.in_play.iter().copied();
            let least = least.reduce(|a, b| if self.lows[b] < self.lows[a] { b } else { a });
            let Some(least) = least else { return Vec::new() };
            if self.lows[least].is_infinite() {
                return self.in_play.clone();
            }
            // The bound of a reckoned one is this close to its load.
            let high = self.lows[least] * (1.0 + 4.0 * WINDOW) + 4.0 * self.fog;
            let now = self.rounds.len();
            let near = |at: &&usize| self.lows[**at] <= high;
            let rivals: Vec<usize> = self.in_play.iter().filter(near).copied().collect();
            match rivals.iter().find(|at| self.reckoned[**at] != now) {
                Some(stale) => self.reckon(*stale),
                None if rivals.len() == 1 => return rivals,
                None => return self.equal_among(&rivals),
            }
        }
    }

    fn reckon(&mut self, project: usize) {
        let groups = self.profile.behind.of(project);
        let load = |group: &u32| {
            let at = *group as usize;
            self.loads[at] * f64::from(self.profile.people[at])
        };
        let sum: f64 = groups.iter().map(load).sum();
        let votes = self.profile.supporters[project] as f64;
        let load = (sum + self.costs[project] as f64) / votes;
        // Summing so many numbers errs by far less than the window.
        self.lows[project] = self.lows[project].max(load * (1.0 - WINDOW) - self.fog);
        self.reckoned[project] = self.rounds.len();
    }

    fn equal_among(&self, rivals: &[usize]) -> Vec<usize> {
        let mut best: Vec<usize> = Vec::new();
        let mut least = (BigInt::zero(), 0u64);
        for rival in rivals {
            let ours = self.exact(*rival);
            let order = match best.is_empty() {
                true => Ordering::Less,
                false => (&ours.0 * least.1).cmp(&(&least.0 * ours.1)),
            };
            match order {
                Ordering::Less => (best, least) = (vec![*rival], ours),
                Ordering::Equal => best.push(*rival),
                Ordering::Greater => {}
            }
        }
        best
    }

    /// The load at which a project could be bought, over `below` times the second number.
    fn exact(&self, project: usize) -> (BigInt, u64) {
        let mut times = vec![0u64; self.rounds.len()];
        for group in self.profile.behind.of(project) {
            if let Some(count) = times.get_mut(self.since[*group as usize] as usize) {
                *count += u64::from(self.profile.people[*group as usize]);
            }
        }
        let cost = &self.below * self.costs[project];
        let loaded = times.iter().zip(&self.rounds).filter(|(times, _)| **times > 0);
        let above = loaded.fold(cost, |sum, (times, load)| sum + load * *times);
        (above, self.profile.supporters[project])
    }

    /// Puts a project's cost on its supporters, and gives their load.
    fn bought(&mut self, project: usize) -> Ratio<BigInt> {
        let (above, votes) = self.exact(project);
        self.below *= votes;
        for load in &mut self.rounds {
            *load *= votes;
        }
        let round = self.rounds.len() as u32;
        let load = Ratio::new(above.clone(), self.below.clone());
        self.rounds.push(above);
        let near = num_traits::ToPrimitive::to_f64(&load).unwrap_or(f64::MAX);
        self.fog = self.fog.max(near * 4.0 * f64::EPSILON);
        for group in self.profile.behind.of(project) {
            self.loads[*group as usize] = near;
            self.since[*group as usize] = round;
        }
        load
    }
}
