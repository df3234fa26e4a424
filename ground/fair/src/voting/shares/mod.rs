//! The Method of Equal Shares. Every ballot has the same share of the budget. Round by round the
//! project is bought that its supporters can pay at the lowest price for what it is worth to them
//! (ρ), each paying the same for the same worth, or the last they have.
//!
//! Never decides by a rounded number: those only tell early who cannot be meant, and where two are
//! closer than their error, exact fractions decide.

mod charge;
mod exact;
mod raise;
mod run;
mod story;

pub use raise::RAISE_COUNTS_MAX;
pub(super) use story::count;

use super::election::Election;
use super::outcome::Uncounted;
use super::profile::Profile;
use super::rule::{Terms, Worth};

/// All that stays the same from one run to the next. Money is counted in grains: the election's
/// parts, or finer ones when the step needs them.
pub(super) struct Ground<'a> {
    profile: &'a Profile,
    /// How many grains make one of the election's parts.
    fine: u64,
    budget: u64,
    step: u64,
    costs: Vec<u64>,
    /// What one unit of worth stands for: the cost itself where worth is cost. A price is ρ times
    /// this; worth that differs from voter to voter stands with the voters instead.
    units: Vec<u64>,
    /// The most that a project is worth to a single voter, where that differs.
    worth_most: Vec<u64>,
    ranks: &'a [u32],
    /// Supported projects that cost something.
    candidates: Vec<u32>,
    /// Supported projects that cost nothing, in the order among equals.
    free: Vec<u32>,
}

impl<'a> Ground<'a> {
    pub(super) fn of(
        election: &Election,
        profile: &'a Profile,
        worth: Worth,
        terms: &Terms,
        ranks: &'a [u32],
    ) -> Result<Self, Uncounted> {
        let decimals = election.decimals().max(terms.step.decimals());
        let fine = 10u64.pow(u32::from(decimals - election.decimals()));
        let grains = |parts: u64| {
            let most = super::decimal::AMOUNT_PARTS_MAX;
            parts.checked_mul(fine).filter(|grains| *grains <= most)
        };
        let step = terms.step.at(decimals).ok_or(Uncounted::StepTooFine)?;
        let budget = grains(election.budget_parts()).ok_or(Uncounted::StepTooFine)?;
        let costs = election.projects().iter().map(|project| grains(project.cost_parts));
        let costs: Option<Vec<u64>> = costs.collect();
        let costs = costs.ok_or(Uncounted::StepTooFine)?;
        let units = match worth {
            Worth::Cost => costs.clone(),
            _ => vec![1; costs.len()],
        };
        let supported = profile.score.iter().zip(&costs).zip(0u32..);
        let supported = supported.filter(|((score, _), _)| **score > 0);
        let (mut candidates, mut free) = (Vec::new(), Vec::new());
        for ((_, cost), place) in supported {
            if *cost > 0 { candidates.push(place) } else { free.push(place) }
        }
        free.sort_unstable_by_key(|place| ranks.get(*place as usize).copied());
        let most = |at: usize| {
            let worth = profile.behind_worth.get(profile.behind.range(at)).unwrap_or_default();
            worth.iter().copied().max().unwrap_or(1)
        };
        let worth_most = (0..costs.len()).map(most).collect();
        Ok(Self { profile, fine, budget, step, costs, units, worth_most, ranks, candidates, free })
    }
}
