//! A count of ballots by the rules of their round, and its numbers as they may be told. It never
//! tells a number of fewer than five people.

use fair::voting::{
    self, Against, Election, Exact, Fault, Loss, Outcome as Found, Rule, Turn, Uncounted, Win,
    Worth,
};

use crate::ballot::Choice;
use crate::bundle::{Beside, More, Outcome, Raise, Told};
use crate::log::Hash;
use crate::rules::Rules;
use crate::{CELL_MIN, GROUP_MIN};

/// What a count came to.
#[derive(Clone, Debug)]
pub struct Counted {
    /// How many ballots were counted.
    pub ballots: u64,
    /// The outcome of the projects that somebody chose, in minor units.
    pub found: Found,
    /// Which of the round's projects those are, by their places.
    places: Vec<usize>,
    /// The points that each of the round's projects was given.
    points: Vec<u64>,
}

/// Why there is no count.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoCount {
    /// The rule is none, or these ballots do not say what it needs.
    #[error("there is no rule “{0}” for such ballots")]
    Rule(String),
    /// A ballot or a project cannot be counted.
    #[error("what was cast cannot be counted: {0}")]
    Fault(#[from] Fault),
    /// The rule came to no end.
    #[error("the rule came to no end: {0}")]
    Uncounted(#[from] Uncounted),
}

/// Counts ballots. `root` is the root of the log at the end, the seed of a lot. A project that
/// nobody chose is not funded, whatever the rule would do with money that is left over.
///
/// # Errors
/// The rule or the ballots cannot be counted.
pub fn count(rules: &Rules, ballots: &[&[Choice]], root: &Hash) -> Result<Counted, NoCount> {
    let rule = rules.rule().ok_or_else(|| NoCount::Rule(rules.rule.clone()))?;
    let n = u64::try_from(ballots.len()).unwrap_or(u64::MAX);
    let points: Vec<u64> = rules.projects.iter().map(|one| given(ballots, &one.id)).collect();
    let chosen = points.iter().enumerate().filter(|(_, points)| **points > 0);
    let places: Vec<usize> = chosen.map(|(at, _)| at).collect();
    let election = rules.election(&places, ballots.iter().copied())?;
    let terms = rules.terms(rule, n, root)?;
    let found = if places.is_empty() {
        nobody(&election, &terms)
    } else {
        voting::count(&election, &terms)?
    };
    Ok(Counted { ballots: n, found, places, points })
}

/// What stands beside a count: what most votes alone would have funded, and with how many votes
/// more others would have won. None where there are too few ballots to give figures.
///
/// # Errors
/// The ballots cannot be counted.
pub(crate) fn beside(
    rules: &Rules,
    ballots: &[&[Choice]],
    root: &Hash,
    counted: &Counted,
) -> Result<Option<Beside>, NoCount> {
    if counted.ballots < GROUP_MIN {
        return Ok(None);
    }
    let rule = rules.rule().ok_or_else(|| NoCount::Rule(rules.rule.clone()))?;
    let points = matches!(rule, Rule::Greedy(Worth::Points) | Rule::EqualShares(Worth::Points, _));
    let line = if points { Worth::Points } else { Worth::Cost };
    let line = Rules { rule: Rule::Greedy(line).to_string(), ..rules.clone() };
    let greedy = count(&line, ballots, root)?.told(&line).order;
    let election = rules.election(&counted.places, ballots.iter().copied())?;
    let mut found = counted.found.clone();
    voting::tell_votes_more(&election, &mut found, |n| rules.terms(rule, n, root).ok());
    let more = counted.places.iter().zip(&found.fates).zip(&counted.found.fates);
    let more = more.filter_map(|((at, fate), before)| match (&fate.turn, &before.turn) {
        (Turn::Lost(Loss { votes_more: Some(votes), .. }), Turn::Lost(before))
            if before.votes_more.is_none() && fate.supporters >= CELL_MIN =>
        {
            Some(More { id: rules.projects.get(*at)?.id.clone(), votes: *votes })
        }
        _ => None,
    });
    Ok(Some(Beside { greedy, more: more.collect(), ways: Vec::new() }))
}

fn given(ballots: &[&[Choice]], id: &str) -> u64 {
    let all = ballots.iter().flat_map(|ballot| ballot.iter());
    all.filter(|choice| choice.project == id).map(|choice| u64::from(choice.points)).sum()
}

/// Nobody chose anything: nothing is funded.
fn nobody(election: &Election, terms: &voting::Terms) -> Found {
    let (order, fates, ties) = (Vec::new(), Vec::new(), Vec::new());
    debug_assert!(election.projects().is_empty(), "nobody chose any");
    Found { terms: terms.clone(), order, cost_parts: 0, fates, ties, raise: None }
}

impl Counted {
    /// The outcome as it may be told.
    #[must_use]
    pub fn told(&self, rules: &Rules) -> Outcome {
        let ids = |places: &[usize]| {
            let place = |at: &usize| self.places.get(*at).copied();
            let id = |at: usize| rules.projects.get(at).map(|project| project.id.clone());
            places.iter().filter_map(place).filter_map(id).collect::<Vec<_>>()
        };
        let n = self.ballots;
        let enough = n >= GROUP_MIN;
        let raise = self.found.raise.as_ref().filter(|_| enough).map(|raise| Raise {
            steps: raise.steps,
            step_minor: rules.step_minor(n),
            share: raise.share.to_string(),
        });
        let projects = rules.projects.iter().enumerate();
        Outcome {
            ballots: enough.then_some(n),
            order: ids(&self.found.order),
            cost_minor: self.found.cost_parts,
            raise,
            equals: self.found.ties.iter().map(|met| ids(&met.projects)).collect(),
            projects: projects.map(|(at, project)| self.one(rules, at, &project.id)).collect(),
        }
    }

    fn one(&self, rules: &Rules, at: usize, id: &str) -> Told {
        let mut told = Told { id: id.to_owned(), ..Told::default() };
        let found = self.places.iter().position(|place| *place == at);
        let fate = found.and_then(|found| self.found.fates.get(found));
        told.won = found.is_some_and(|found| self.found.won(found));
        if self.ballots < GROUP_MIN {
            told.reason = "untold".to_owned();
            return told;
        }
        let Some(fate) = fate else {
            told.supporters = Some(0);
            told.reason = "no_supporters".to_owned();
            return told;
        };
        if fate.supporters > 0 && fate.supporters < CELL_MIN {
            told.reason = "few".to_owned();
            return told;
        }
        told.supporters = Some(fate.supporters);
        told.points = self.points.get(at).copied().filter(|_| rules.gives_points());
        match &fate.turn {
            Turn::Won { round, by } => won(&mut told, *round, by),
            Turn::Lost(loss) => lost(&mut told, loss),
        }
        told
    }
}

fn won(told: &mut Told, round: usize, by: &Win) {
    told.round = u64::try_from(round).ok();
    let reason = match by {
        Win::Free => "free",
        Win::Line { left_parts, completion } => {
            told.left_minor = Some(*left_parts);
            if *completion { "completion" } else { "line" }
        }
        Win::Earned { load, left_parts } => {
            told.left_minor = Some(*left_parts);
            told.price = load.as_ref().map(Exact::to_string);
            if load.is_some() { "earned" } else { "unchosen" }
        }
        Win::Shares(paid) => {
            let few = |n: u64| n > 0 && n < CELL_MIN;
            // From the price and the cost the number of payers could be worked out.
            if !few(paid.payers) {
                told.payers = Some(paid.payers);
                told.rho = Some(paid.rho.to_string());
                told.price = paid.price.as_ref().map(Exact::to_string);
                let apart = few(paid.gave_all) || few(paid.payers - paid.gave_all);
                told.gave_all = Some(paid.gave_all).filter(|_| !apart);
            }
            "shares"
        }
    };
    told.reason = reason.to_owned();
}

fn lost(told: &mut Told, loss: &Loss) {
    told.left_minor = Some(loss.left_parts);
    told.had_minor = loss.had_parts;
    told.short_minor = loss.short_parts;
    told.votes_more = loss.votes_more;
    let reason = match loss.why {
        Against::NoSupporters => "no_supporters",
        Against::OverBudget => "over_budget",
        Against::SupportersShort => "supporters_short",
        Against::MoneyShort => "money_short",
        Against::Stopped => "stopped",
    };
    told.reason = reason.to_owned();
}
