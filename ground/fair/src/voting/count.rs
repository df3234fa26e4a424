//! Counts an election on its terms.
//!
//! Never counts by a rule for which the ballots say too little.

use super::election::Election;
use super::outcome::{Fate, Met, Outcome, Uncounted};
use super::profile::Profile;
use super::rule::{Rule, Terms, Worth};
use super::{greedy, phragmen, shares};

/// Counts an election.
///
/// # Errors
/// When the ballots do not say what the rule needs, or the step cannot be used.
pub fn count(election: &Election, terms: &Terms) -> Result<Outcome, Uncounted> {
    let kind = election.kind();
    if !terms.rule.fits(kind) {
        return Err(Uncounted::Kind { rule: terms.rule.to_string(), kind: kind.name() });
    }
    let ranks = terms.tie.ranks(election);
    let (order, fates, ties) = match terms.rule {
        Rule::Greedy(worth) => greedy::count(election, worth, &ranks),
        Rule::Phragmen => {
            phragmen::count(election, &Profile::of(election, Worth::Cardinality), &ranks)
        }
        Rule::EqualShares(worth, rest) => {
            let profile = Profile::of(election, worth);
            let counts_max = shares::RAISE_COUNTS_MAX;
            return shares::count(election, &profile, (worth, rest), terms, &ranks, counts_max);
        }
    };
    Ok(outcome(election, terms, order, fates, ties))
}

fn outcome(
    election: &Election,
    terms: &Terms,
    order: Vec<usize>,
    fates: Vec<Fate>,
    ties: Vec<Met>,
) -> Outcome {
    let costs = order.iter().filter_map(|at| election.projects().get(*at));
    let cost_parts = costs.map(|project| project.cost_parts).sum();
    Outcome { terms: terms.clone(), order, cost_parts, fates, ties, raise: None }
}
