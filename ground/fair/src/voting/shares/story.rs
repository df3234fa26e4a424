//! Tells a count by equal shares: each winner with what its supporters paid, each loser with what
//! its supporters had left.
//!
//! Never tells a machine number: all that is told is taken from the exact ledger.

#![expect(clippy::indexing_slicing, reason = "places come from the profile, which checked them")]

use num_bigint::BigInt;

use super::Ground;
use super::raise::raise;
use super::run::Run;
use crate::voting::election::Election;
use crate::voting::greedy::{self, Scores};
use crate::voting::outcome::{
    Against, Fate, Loss, Met, Outcome, Paid, Raise, Turn, Uncounted, Win,
};
use crate::voting::profile::Profile;
use crate::voting::rule::{Rest, Terms, Worth};

/// Counts an election by equal shares.
pub(in crate::voting) fn count(
    election: &Election,
    profile: &Profile,
    (worth, rest): (Worth, Rest),
    terms: &Terms,
    ranks: &[u32],
    counts_max: u64,
) -> Result<Outcome, Uncounted> {
    let ground = Ground::of(election, profile, worth, terms, ranks)?;
    if rest.raises() && ground.step == 0 {
        return Err(Uncounted::NoStep);
    }
    let mut run = Run::new(&ground);
    let raised = if rest.raises() { Some(raise(&mut run, counts_max)?) } else { None };
    let steps = raised.as_ref().map_or(0, |raised| raised.steps);
    // Once more the count that stands, for its story. Without a guide a run always ends well.
    run.go(steps, None);
    let mut story = Story::of(election, worth, &mut run);
    if rest.goes_by_votes() {
        story.complete(ranks);
    }
    let fine = BigInt::from(ground.fine);
    let raise = raised.map(|raised| Raise {
        steps: raised.steps,
        share: run.ledger.share() / fine,
        end: raised.end,
        counts: raised.counts,
        reckoned: raised.reckoned,
    });
    Ok(story.outcome(terms, raise))
}

struct Story<'a> {
    election: &'a Election,
    order: Vec<usize>,
    fates: Vec<Fate>,
    ties: Vec<Met>,
}

impl<'a> Story<'a> {
    fn of(election: &'a Election, worth: Worth, run: &mut Run<'_>) -> Self {
        let ground = run.ground;
        let free = ground.free.iter().map(|place| *place as usize);
        let mut order: Vec<usize> = free.collect();
        let before = order.len();
        order.extend(run.winners.iter().map(|place| *place as usize));
        let mut ledger = std::mem::take(&mut run.ledger);
        ledger.extend(run);
        run.ledger = ledger;
        let spent: u64 = order.iter().map(|at| election.projects()[*at].cost_parts).sum();
        let left_parts = election.budget_parts().saturating_sub(spent);
        let fates = (0..election.projects().len()).map(|at| {
            let supporters = ground.profile.supporters[at];
            let won = order.iter().position(|one| *one == at);
            let turn = match won {
                Some(nth) if nth < before => Turn::Won { round: nth + 1, by: Win::Free },
                Some(nth) => {
                    let by = Win::Shares(paid(run, worth, at as u32, nth - before));
                    Turn::Won { round: nth + 1, by }
                }
                None => Turn::Lost(loss(election, run, at, left_parts)),
            };
            Fate { supporters, turn }
        });
        let fates = fates.collect();
        let met = |(round, projects): &(usize, Vec<u32>)| Met {
            round: before + round + 1,
            projects: projects.iter().map(|place| *place as usize).collect(),
        };
        let ties = run.ties.iter().map(met).collect();
        Self { election, order, fates, ties }
    }

    /// Gives what is left to what most ballots want, as far as it reaches.
    fn complete(&mut self, ranks: &[u32]) {
        let waiting: Vec<usize> =
            (0..self.fates.len()).filter(|at| !self.order.contains(at)).collect();
        // Votes are ballots that name it, also where these are worth nothing to the rule before.
        let (_, votes) = Profile::scores(self.election, Worth::Cost);
        let scores = Scores { election: self.election, score: &votes, worth: Worth::Cost, ranks };
        let line = scores.line(waiting, self.left_parts());
        let rounds = self.order.len();
        for stop in &line.stops {
            let fate = &mut self.fates[stop.project];
            if stop.taken {
                self.order.push(stop.project);
                let by = Win::Line { left_parts: stop.left_parts, completion: true };
                fate.turn = Turn::Won { round: self.order.len(), by };
            } else if let Turn::Lost(loss) = &mut fate.turn {
                loss.left_parts = stop.left_parts;
                loss.why = greedy::against(self.election, votes[stop.project], stop.project);
            }
        }
        let met = line.ties.into_iter();
        self.ties.extend(met.map(|met| Met { round: rounds + met.round, ..met }));
    }

    fn left_parts(&self) -> u64 {
        self.election.budget_parts().saturating_sub(self.cost_parts())
    }

    fn cost_parts(&self) -> u64 {
        self.order.iter().map(|at| self.election.projects()[*at].cost_parts).sum()
    }

    fn outcome(self, terms: &Terms, raise: Option<Raise>) -> Outcome {
        let cost_parts = self.cost_parts();
        let terms = terms.clone();
        Outcome { terms, order: self.order, cost_parts, fates: self.fates, ties: self.ties, raise }
    }
}

/// How the supporters of a winner paid.
fn paid(run: &Run<'_>, worth: Worth, project: u32, round: usize) -> Paid {
    let ground = run.ground;
    let at = project as usize;
    let now = round as u32;
    let groups = ground.profile.behind.of(at);
    let people = |takes: &dyn Fn(u32) -> bool| -> u64 {
        let taken = groups.iter().filter(|group| takes(run.spent[**group as usize]));
        taken.map(|group| u64::from(ground.profile.people[*group as usize])).sum()
    };
    let fine = BigInt::from(ground.fine);
    let price = run.ledger.price_of(round) / &fine;
    // ρ is told in parts of money for a unit of worth; where worth is cost, both are parts.
    let rho = match worth {
        Worth::Cost => &price * fine / BigInt::from(ground.units[at]),
        _ => price.clone(),
    };
    Paid {
        rho,
        payers: people(&|spent| spent >= now),
        gave_all: people(&|spent| spent == now),
        price: ground.profile.is_even().then_some(price),
    }
}

/// Why the supporters of a project could not pay it.
fn loss(election: &Election, run: &Run<'_>, at: usize, left_parts: u64) -> Loss {
    let cost = election.projects()[at].cost_parts;
    let supporters = run.ground.profile.supporters[at];
    let why = if supporters == 0 {
        Against::NoSupporters
    } else if cost > election.budget_parts() {
        Against::OverBudget
    } else {
        Against::SupportersShort
    };
    let had = run.ledger.grains_behind(run, at as u32) / run.ground.fine;
    let (had_parts, short_parts) = (Some(had), Some(cost.saturating_sub(had)));
    Loss { why, had_parts, short_parts, left_parts, votes_more: None }
}
