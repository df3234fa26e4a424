//! The exact ledger of a run: every price as a whole number over one denominator that all prices
//! share, so that no fraction ever has to be reduced.
//!
//! Never holds what every voter has: that is the share less the prices of what they chose and did
//! not have to pay with their last, and follows from the run's own notes.

#![expect(clippy::indexing_slicing, reason = "places come from the profile, which checked them")]

use std::cmp::Ordering;

use num_bigint::BigInt;
use num_rational::Ratio;
use num_traits::{ToPrimitive, Zero};

use super::Ground;
use super::charge::Stand;
use super::run::{ALIVE, Run, UNWON};

/// Prices so far. The price of a round is per unit of worth where worth differs, else per voter.
#[derive(Default)]
pub(super) struct Ledger {
    below: BigInt,
    /// The share, and the price of each round, over `below`.
    share: BigInt,
    prices: Vec<BigInt>,
}

/// A price over the ledger's denominator times `below`.
pub(super) struct Priced {
    above: BigInt,
    below: BigInt,
    /// What one unit of ρ costs.
    unit: u64,
}

impl Priced {
    /// Compares two values of ρ.
    pub(super) fn cheaper(&self, other: &Self) -> Ordering {
        let ours = &self.above * &other.below * other.unit;
        ours.cmp(&(&other.above * &self.below * self.unit))
    }
}

/// Money of several voters: so many shares, less so much of each price.
struct Sum {
    shares: u64,
    prices: Vec<u64>,
}

impl Ledger {
    pub(super) fn begin(&mut self, ground: &Ground<'_>, steps: u64) {
        let voters = ground.profile.voters.max(1);
        self.below = BigInt::from(voters);
        self.share = BigInt::from(ground.budget) + BigInt::from(steps) * ground.step * voters;
        self.prices.clear();
    }

    /// The share, and the prices so far, rounded to the nearest machine number.
    pub(super) fn rounded(&self) -> (f64, Vec<f64>) {
        let round = |above: &BigInt| {
            Ratio::new_raw(above.clone(), self.below.clone()).to_f64().unwrap_or(f64::MAX)
        };
        (round(&self.share), self.prices.iter().map(round).collect())
    }

    /// The share as a fraction.
    pub(super) fn share(&self) -> Ratio<BigInt> {
        Ratio::new(self.share.clone(), self.below.clone())
    }

    /// The price of a round as a fraction, once the ledger goes as far.
    pub(super) fn price_of(&self, round: usize) -> Ratio<BigInt> {
        Ratio::new(self.prices[round].clone(), self.below.clone())
    }

    /// Brings the ledger up to the run: the price of every round that has ended.
    pub(super) fn extend(&mut self, run: &Run<'_>) {
        for round in self.prices.len()..run.winners.len() {
            let project = run.winners[round];
            let now = round as u32;
            let alive = |group: u32| run.spent[group as usize] >= now;
            let last = |group: u32| run.spent[group as usize] == now;
            let capped = self.sum(run, now, project, last);
            let rest = worth_of(run, project, |group| alive(group) && !last(group));
            if rest == 0 {
                let (above, below) = self.dearest(run, project, now);
                self.push(above, below);
                continue;
            }
            let cost = BigInt::from(run.ground.costs[project as usize]) * &self.below;
            self.push(cost - self.value(&capped), rest);
        }
    }

    /// Adds a price of `above / (self.below · below)`.
    fn push(&mut self, above: BigInt, below: u64) {
        self.below *= below;
        self.share *= below;
        for price in &mut self.prices {
            *price *= below;
        }
        self.prices.push(above);
    }

    /// The price of a round in which everybody gave the last: the most that one gave for a unit.
    fn dearest(&self, run: &Run<'_>, project: u32, now: u32) -> (BigInt, u64) {
        let mut dearest = (BigInt::zero(), 1);
        for (group, worth) in supporters(run, project) {
            if run.spent[group as usize] == now {
                let left = self.left(run, group, now);
                if &left * dearest.1 > &dearest.0 * worth {
                    dearest = (left, worth);
                }
            }
        }
        dearest
    }

    /// Whether the supporters of a project can pay it together.
    pub(super) fn can_pay(&mut self, run: &Run<'_>, project: u32) -> bool {
        self.extend(run);
        let money = self.money_behind(run, project);
        money >= BigInt::from(run.ground.costs[project as usize]) * &self.below
    }

    /// What the supporters of a project have together, over the ledger's denominator.
    fn money_behind(&self, run: &Run<'_>, project: u32) -> BigInt {
        let now = run.winners.len() as u32;
        let sum = self.sum(run, now, project, |group| run.spent[group as usize] == ALIVE);
        self.value(&sum)
    }

    /// The same in grains, rounded down.
    pub(super) fn grains_behind(&self, run: &Run<'_>, project: u32) -> u64 {
        (self.money_behind(run, project) / &self.below).to_u64().unwrap_or(u64::MAX)
    }

    /// The exact price of a project that its supporters can pay.
    pub(super) fn price(&mut self, run: &Run<'_>, project: u32) -> Priced {
        let window = run.window(project);
        let stand = |group: u32, worth: u64| window.stand(run.left(group), worth as f64);
        let unsure: Vec<(u32, u64)> = supporters(run, project)
            .filter(|(group, worth)| {
                run.spent[*group as usize] == ALIVE && stand(*group, *worth) == Stand::Unsure
            })
            .collect();
        let gives_last = |group, worth| stand(group, worth) == Stand::GivesLast;
        self.price_among(run, project, &unsure, gives_last)
    }

    /// The same, when of all but the unsure it is known who gives the last.
    pub(super) fn price_among(
        &mut self,
        run: &Run<'_>,
        project: u32,
        unsure: &[(u32, u64)],
        gives_last: impl Fn(u32, u64) -> bool,
    ) -> Priced {
        self.extend(run);
        let now = run.winners.len() as u32;
        let mut capped = Sum { shares: 0, prices: vec![0; self.prices.len()] };
        let mut rest = 0;
        // Both lists ascend by group.
        let mut next_unsure = unsure.iter().map(|(group, _)| *group).peekable();
        for (group, worth) in supporters(run, project) {
            if run.spent[group as usize] < now {
                continue;
            }
            let is_unsure = next_unsure.next_if_eq(&group).is_some();
            if !is_unsure && gives_last(group, worth) {
                self.add(run, now, group, &mut capped);
            } else {
                rest += worth * u64::from(run.ground.profile.people[group as usize]);
            }
        }
        let cost = BigInt::from(run.ground.costs[project as usize]) * &self.below;
        let mut above = cost - self.value(&capped);
        let mut open: Vec<(u32, u64, BigInt)> = unsure
            .iter()
            .map(|(group, worth)| (*group, *worth, self.left(run, *group, now)))
            .collect();
        // Whoever has less than the price gives all of it, and the price for the others rises.
        loop {
            let before = open.len();
            let (mut more, mut fewer) = (BigInt::zero(), 0);
            open.retain(|(group, worth, left)| {
                let keeps = left * rest >= &above * worth;
                if !keeps {
                    let people = u64::from(run.ground.profile.people[*group as usize]);
                    more += left * people;
                    fewer += worth * people;
                }
                keeps
            });
            above -= more;
            rest -= fewer;
            if open.len() == before || rest == 0 {
                break;
            }
        }
        let unit = run.ground.units[project as usize];
        Priced { above, below: BigInt::from(rest.max(1)), unit }
    }

    /// Whether a voter of that group has no more than the price of what it is worth to them.
    pub(super) fn gives_last(
        &self,
        run: &Run<'_>,
        group: u32,
        worth: u64,
        priced: &Priced,
    ) -> bool {
        let left = self.left(run, group, run.winners.len() as u32);
        left * &priced.below <= &priced.above * worth
    }

    /// What one voter of a group had before a round, over the ledger's denominator.
    fn left(&self, run: &Run<'_>, group: u32, before: u32) -> BigInt {
        let mut one = Sum { shares: 0, prices: vec![0; self.prices.len()] };
        self.add(run, before, group, &mut one);
        self.value(&one) / run.ground.profile.people[group as usize]
    }

    fn sum(&self, run: &Run<'_>, before: u32, project: u32, takes: impl Fn(u32) -> bool) -> Sum {
        let mut sum = Sum { shares: 0, prices: vec![0; self.prices.len()] };
        for (group, _) in supporters(run, project) {
            if takes(group) {
                self.add(run, before, group, &mut sum);
            }
        }
        sum
    }

    /// Adds what a group had before a round. It paid the full price of whatever it chose and won
    /// until then, or it would have had nothing.
    fn add(&self, run: &Run<'_>, before: u32, group: u32, sum: &mut Sum) {
        let profile = run.ground.profile;
        let people = u64::from(profile.people[group as usize]);
        sum.shares += people;
        for at in profile.ballots.range(group as usize) {
            let won = run.won_at[profile.ballots.places[at] as usize];
            if won != UNWON && won < before {
                sum.prices[won as usize] += people * profile.worth.get(at).copied().unwrap_or(1);
            }
        }
    }

    fn value(&self, sum: &Sum) -> BigInt {
        let paid = sum.prices.iter().zip(&self.prices).filter(|(times, _)| **times > 0);
        paid.fold(&self.share * sum.shares, |left, (times, price)| left - price * *times)
    }
}

/// The groups behind a project, each with what it is worth to one of them.
fn supporters(run: &Run<'_>, project: u32) -> impl Iterator<Item = (u32, u64)> {
    let profile = run.ground.profile;
    let range = profile.behind.range(project as usize);
    let worth = profile.behind_worth.get(range.clone()).unwrap_or_default();
    let groups = &profile.behind.places[range];
    groups.iter().enumerate().map(|(at, group)| (*group, worth.get(at).copied().unwrap_or(1)))
}

fn worth_of(run: &Run<'_>, project: u32, takes: impl Fn(u32) -> bool) -> u64 {
    let taken = supporters(run, project).filter(|(group, _)| takes(*group));
    taken.map(|(group, worth)| worth * u64::from(run.ground.profile.people[group as usize])).sum()
}
