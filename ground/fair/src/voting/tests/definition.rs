//! The rules as they are defined, with fractions, no thought of speed, and nothing in common with
//! what they judge.
//!
//! Never used outside tests: an election of a hundred ballots is too large for it.

use num_bigint::BigInt;
use num_rational::Ratio;
use num_traits::Zero;

use super::super::*;

type Q = Ratio<BigInt>;

fn q(number: u64) -> Q {
    Q::from(BigInt::from(number))
}

/// An election spelled out: costs, and what each project is worth to each voter.
struct Plain {
    budget: Q,
    costs: Vec<Q>,
    worth: Vec<Vec<Q>>,
    ranks: Vec<u32>,
}

impl Plain {
    fn of(election: &Election, worth: Worth, tie: &Tie) -> Self {
        let costs: Vec<Q> = election.projects().iter().map(|one| q(one.cost_parts)).collect();
        let mut table = Vec::new();
        for ballot in election.ballots() {
            let mut row = vec![Q::zero(); costs.len()];
            for (at, place) in ballot.chosen.iter().enumerate() {
                row[*place as usize] = match worth {
                    Worth::Cardinality => q(1),
                    Worth::Cost => costs[*place as usize].clone(),
                    Worth::Points => q(ballot.points[at]),
                    Worth::Borda => q((ballot.chosen.len() - at - 1) as u64),
                };
            }
            table.push(row);
        }
        let budget = q(election.budget_parts());
        Self { budget, costs, worth: table, ranks: tie.ranks(election) }
    }

    fn supporters(&self, project: usize, election: &Election) -> usize {
        let named = election.ballots().filter(|b| b.chosen.contains(&(project as u32)));
        named.count()
    }

    fn total(&self, project: usize) -> Q {
        self.worth.iter().map(|row| row[project].clone()).sum()
    }

    fn cost(&self, order: &[usize]) -> Q {
        order.iter().map(|at| self.costs[*at].clone()).sum()
    }
}

/// The winners in order by a rule.
pub(super) fn defined(election: &Election, terms: &Terms) -> Vec<usize> {
    match terms.rule {
        Rule::Greedy(worth) => {
            let plain = Plain::of(election, worth, &terms.tie);
            let all = (0..plain.costs.len()).collect();
            greedy(&plain, election, worth == Worth::Cost, all, plain.budget.clone())
        }
        Rule::Phragmen => phragmen(election, &terms.tie),
        Rule::EqualShares(worth, rest) => {
            let plain = Plain::of(election, worth, &terms.tie);
            let share = &plain.budget / q((plain.worth.len() as u64).max(1));
            let step = q(terms.step.at(election.decimals()).unwrap());
            let mut order = match rest.raises() {
                true => add1(&plain, election, worth, &share, &step),
                false => shares(&plain, election, worth, &share),
            };
            if rest.goes_by_votes() {
                let votes = Plain::of(election, Worth::Cardinality, &terms.tie);
                let waiting = (0..plain.costs.len()).filter(|at| !order.contains(at)).collect();
                let left = &plain.budget - plain.cost(&order);
                order.extend(greedy(&votes, election, true, waiting, left));
            }
            order
        }
    }
}

fn greedy(
    plain: &Plain,
    election: &Election,
    by_votes: bool,
    mut waiting: Vec<usize>,
    mut left: Q,
) -> Vec<usize> {
    // Nothing, a density, or more than any density.
    let density = |at: usize| -> (u8, Q) {
        let supported =
            !plain.total(at).is_zero() || (by_votes && plain.supporters(at, election) > 0);
        match (supported, plain.costs[at].is_zero()) {
            (false, _) => (0, Q::zero()),
            (true, true) => (2, Q::zero()),
            (true, false) if by_votes => (1, q(plain.supporters(at, election) as u64)),
            (true, false) => (1, plain.total(at) / &plain.costs[at]),
        }
    };
    waiting.sort_by(|a, b| {
        density(*b).cmp(&density(*a)).then_with(|| plain.ranks[*a].cmp(&plain.ranks[*b]))
    });
    waiting.retain(|at| {
        let takes = plain.costs[*at] <= left;
        if takes {
            left -= &plain.costs[*at];
        }
        takes
    });
    waiting
}

/// Free ones first; their support is told by ballots where worth is cost, since that is nought.
fn free(plain: &Plain, election: &Election, worth: Worth) -> Vec<usize> {
    let wanted = |at: &usize| match worth {
        Worth::Cost => plain.supporters(*at, election) > 0,
        _ => !plain.total(*at).is_zero(),
    };
    let all = 0..plain.costs.len();
    let mut free: Vec<usize> = all.filter(|at| plain.costs[*at].is_zero()).filter(wanted).collect();
    free.sort_by_key(|at| plain.ranks[*at]);
    free
}

fn shares(plain: &Plain, election: &Election, worth: Worth, share: &Q) -> Vec<usize> {
    let mut order = free(plain, election, worth);
    let mut money = vec![share.clone(); plain.worth.len()];
    let mut open: Vec<usize> = (0..plain.costs.len())
        .filter(|at| !plain.costs[*at].is_zero() && !plain.total(*at).is_zero())
        .collect();
    loop {
        let priced = open.iter().filter_map(|at| Some((rho(plain, &money, *at)?, *at)));
        let best = priced
            .min_by(|a, b| a.0.cmp(&b.0).then_with(|| plain.ranks[a.1].cmp(&plain.ranks[b.1])));
        let Some((rho, project)) = best else { return order };
        for (left, row) in money.iter_mut().zip(&plain.worth) {
            *left -= left.clone().min(&rho * &row[project]);
        }
        order.push(project);
        open.retain(|at| *at != project);
    }
}

/// The ρ at which supporters pay the cost, or none.
fn rho(plain: &Plain, money: &[Q], project: usize) -> Option<Q> {
    let cost = &plain.costs[project];
    let mut payers: Vec<(Q, &Q, &Q)> = money
        .iter()
        .zip(&plain.worth)
        .filter(|(_, row)| !row[project].is_zero())
        .map(|(left, row)| (left / &row[project], left, &row[project]))
        .collect();
    if payers.iter().map(|(_, left, _)| (*left).clone()).sum::<Q>() < *cost {
        return None;
    }
    payers.sort_by(|a, b| a.0.cmp(&b.0));
    let mut open = cost.clone();
    let mut rest: Q = payers.iter().map(|(.., worth)| (*worth).clone()).sum();
    for (most, left, worth) in &payers {
        let rho = &open / &rest;
        if rho <= *most {
            return Some(rho);
        }
        open -= *left;
        rest -= *worth;
    }
    None
}

fn add1(plain: &Plain, election: &Election, worth: Worth, share: &Q, step: &Q) -> Vec<usize> {
    let mut before = free(plain, election, worth);
    let mut share = share.clone();
    loop {
        let order = shares(plain, election, worth, &share);
        let cost = plain.cost(&order);
        if cost > plain.budget {
            return before;
        }
        let left = &plain.budget - &cost;
        let fits = (0..plain.costs.len()).any(|at| {
            let wanted = !plain.costs[at].is_zero() && !plain.total(at).is_zero();
            wanted && !order.contains(&at) && plain.costs[at] <= left
        });
        if !fits {
            return order;
        }
        before = order;
        share += step;
    }
}

fn phragmen(election: &Election, tie: &Tie) -> Vec<usize> {
    let plain = Plain::of(election, Worth::Cardinality, tie);
    let mut loads = vec![Q::zero(); plain.worth.len()];
    let mut left = plain.budget.clone();
    let mut order = Vec::new();
    let mut open: Vec<usize> =
        (0..plain.costs.len()).filter(|at| plain.costs[*at] <= plain.budget).collect();
    loop {
        // Without supporters the load is beyond any other.
        let load = |at: usize| -> (bool, Q) {
            let votes = plain.total(at);
            if votes.is_zero() {
                return (true, Q::zero());
            }
            let held = loads.iter().zip(&plain.worth).filter(|(_, row)| !row[at].is_zero());
            (false, (held.map(|(load, _)| load.clone()).sum::<Q>() + &plain.costs[at]) / votes)
        };
        let Some(least) = open.iter().map(|at| load(*at)).min() else { return order };
        let equal: Vec<usize> = open.iter().copied().filter(|at| load(*at) == least).collect();
        if equal.iter().any(|at| plain.costs[*at] > left) {
            return order;
        }
        let project = equal.into_iter().min_by_key(|at| plain.ranks[*at]).unwrap();
        for (load, row) in loads.iter_mut().zip(&plain.worth) {
            if !row[project].is_zero() {
                load.clone_from(&least.1);
            }
        }
        left -= &plain.costs[project];
        order.push(project);
        open.retain(|at| *at != project);
    }
}
