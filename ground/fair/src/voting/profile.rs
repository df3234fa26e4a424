//! Ballots as a count needs them: like ballots together, and for each project who stands behind it.
//!
//! Never tells two voters with the same ballot apart: they have the same money for ever, so that
//! nothing is lost by counting them as one who weighs more.

#![expect(clippy::indexing_slicing, reason = "places were checked when the election was built")]

use std::collections::HashMap;

use super::election::{Ballot, Election};
use super::rule::Worth;

/// Lists of lists in one piece: the `i`-th lies between two ends.
#[derive(Debug, Default)]
pub(super) struct Lists {
    starts: Vec<usize>,
    pub(super) places: Vec<u32>,
}

impl Lists {
    pub(super) fn range(&self, at: usize) -> std::ops::Range<usize> {
        self.starts[at]..self.starts[at + 1]
    }

    pub(super) fn of(&self, at: usize) -> &[u32] {
        &self.places[self.range(at)]
    }
}

/// The ballots of an election under one measure of worth.
#[derive(Debug)]
pub(super) struct Profile {
    /// Ballots, empty ones included.
    pub(super) voters: u64,
    /// How many voters each group of like ballots has.
    pub(super) people: Vec<u32>,
    /// Of each group, the projects that are worth something to it.
    pub(super) ballots: Lists,
    /// What they are worth, where that differs from voter to voter; else empty.
    pub(super) worth: Vec<u64>,
    /// Of each project, the groups behind it, ascending.
    pub(super) behind: Lists,
    /// How many voters each of these has, side by side with them.
    pub(super) behind_people: Vec<u32>,
    /// What it is worth to them, where that differs; else empty.
    pub(super) behind_worth: Vec<u64>,
    /// Of each project, how many voters stand behind it.
    pub(super) supporters: Vec<u64>,
    /// Of each project, what it is worth to all of them together (votes, where worth is even).
    pub(super) score: Vec<u64>,
}

impl Profile {
    pub(super) fn of(election: &Election, worth: Worth) -> Self {
        let mut profile = Self::grouped(election, worth);
        profile.turn(election.projects().len());
        profile
    }

    /// Only how many stand behind each project, and what it is worth to all of them together.
    pub(super) fn scores(election: &Election, worth: Worth) -> (Vec<u64>, Vec<u64>) {
        let projects = election.projects().len();
        let (mut supporters, mut score) = (vec![0; projects], vec![0; projects]);
        for ballot in election.ballots() {
            for (place, worth) in valued(ballot, worth) {
                supporters[place as usize] += u64::from(worth > 0);
                score[place as usize] += worth;
            }
        }
        (supporters, score)
    }

    /// Whether a project is worth the same to all behind it.
    pub(super) fn is_even(&self) -> bool {
        self.worth.is_empty()
    }

    fn grouped(election: &Election, worth: Worth) -> Self {
        let even = matches!(worth, Worth::Cardinality | Worth::Cost);
        let mut groups: HashMap<Vec<(u32, u64)>, u32> = HashMap::new();
        let mut profile = Self {
            voters: election.ballots_len() as u64,
            people: Vec::new(),
            ballots: Lists { starts: vec![0], places: Vec::new() },
            worth: Vec::new(),
            behind: Lists::default(),
            behind_people: Vec::new(),
            behind_worth: Vec::new(),
            supporters: Vec::new(),
            score: Vec::new(),
        };
        let mut key: Vec<(u32, u64)> = Vec::new();
        for ballot in election.ballots() {
            key.clear();
            key.extend(valued(ballot, worth).filter(|(_, worth)| *worth > 0));
            if key.is_empty() {
                continue;
            }
            key.sort_unstable();
            if let Some(group) = groups.get(&key) {
                profile.people[*group as usize] += 1;
                continue;
            }
            profile.ballots.places.extend(key.iter().map(|(place, _)| *place));
            profile.ballots.starts.push(profile.ballots.places.len());
            if !even {
                profile.worth.extend(key.iter().map(|(_, worth)| *worth));
            }
            groups.insert(key.clone(), profile.people.len() as u32);
            profile.people.push(1);
        }
        profile
    }

    /// Turns the ballots round: from groups with projects to projects with groups.
    fn turn(&mut self, projects: usize) {
        let mut counts = vec![0usize; projects + 1];
        for place in &self.ballots.places {
            counts[*place as usize + 1] += 1;
        }
        for at in 1..counts.len() {
            counts[at] += counts[at - 1];
        }
        self.behind.starts = counts.clone();
        self.behind.places = vec![0; self.ballots.places.len()];
        self.behind_people = vec![0; self.ballots.places.len()];
        self.behind_worth = vec![0; self.worth.len()];
        self.supporters = vec![0; projects];
        self.score = vec![0; projects];
        let mut next = counts;
        for group in 0..self.people.len() {
            let people = u64::from(self.people[group]);
            for at in self.ballots.range(group) {
                let project = self.ballots.places[at] as usize;
                let slot = next[project];
                next[project] += 1;
                self.behind.places[slot] = group as u32;
                self.behind_people[slot] = self.people[group];
                let worth = self.worth.get(at).copied();
                if let Some(worth) = worth {
                    self.behind_worth[slot] = worth;
                }
                self.supporters[project] += people;
                self.score[project] += people * worth.unwrap_or(1);
            }
        }
    }
}

/// The projects of a ballot, each with what it is worth to the voter (1 where worth is even).
fn valued(ballot: Ballot<'_>, worth: Worth) -> impl Iterator<Item = (u32, u64)> {
    let last = ballot.chosen.len().saturating_sub(1);
    ballot.chosen.iter().enumerate().map(move |(at, place)| {
        let worth = match worth {
            Worth::Cardinality | Worth::Cost => 1,
            Worth::Points => ballot.points.get(at).copied().unwrap_or(0),
            Worth::Borda => (last - at) as u64,
        };
        (*place, worth)
    })
}
