//! What a count came to: who won, in which order, and for every project the numbers that say why.
//!
//! Never holds a sentence: the numbers are told in each reader's language elsewhere.

use num_bigint::BigInt;
use num_rational::Ratio;

use super::election::Election;
use super::rule::Terms;

/// An exact fraction.
pub type Exact = Ratio<BigInt>;

/// The outcome of a count. Amounts are in the election's parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// On which terms it was counted.
    pub terms: Terms,
    /// The winners by their place among the projects, in the order in which they won.
    pub order: Vec<usize>,
    /// What the winners cost together.
    pub cost_parts: u64,
    /// For every project, in the order of the election, what became of it.
    pub fates: Vec<Fate>,
    /// Where equals met, and who came first by the order among equals.
    pub ties: Vec<Met>,
    /// How shares were raised, where they were.
    pub raise: Option<Raise>,
}

/// Equals met.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Met {
    /// In which round, from 1.
    pub round: usize,
    /// The projects that were equal, the one that came first at the front.
    pub projects: Vec<usize>,
}

/// How `add1` went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Raise {
    /// How often everybody was given a step more than their share.
    pub steps: u64,
    /// What everybody had to spend in the end: the share and the steps.
    pub share: Exact,
    /// Why it ended there.
    pub end: RaiseEnd,
    /// How many whole counts stand behind it by the definition: one for each step tried.
    pub counts: u64,
    /// How many of these were reckoned; for the others it was proved that nothing changes.
    pub reckoned: u64,
}

/// Why shares were raised no further.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RaiseEnd {
    /// Nothing that somebody wants could be paid from the rest.
    NothingFits,
    /// A step more would have cost more than the budget.
    OverBudget,
}

/// What became of a project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fate {
    /// On how many ballots it stands (for points and ranks: those that are worth something to it).
    pub supporters: u64,
    /// Won, and how; or lost, and why.
    pub turn: Turn,
}

/// Won or lost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Turn {
    /// It is funded, in this round from 1.
    Won {
        /// The round.
        round: usize,
        /// By what.
        by: Win,
    },
    /// It is not.
    Lost(Loss),
}

/// How a project won.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Win {
    /// It costs nothing and somebody wants it.
    Free,
    /// Its supporters paid for it.
    Shares(Paid),
    /// It was next in line and the money reached.
    Line {
        /// What was left before it.
        left_parts: u64,
        /// Whether this was the completion after equal shares.
        completion: bool,
    },
    /// Its supporters were the first to have earned it.
    Earned {
        /// When: how much each of its supporters has paid by then for all they got.
        load: Option<Exact>,
        /// What was left before it.
        left_parts: u64,
    },
}

/// How supporters paid for a project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paid {
    /// The price per unit of worth: of all that could be bought, the lowest.
    pub rho: Exact,
    /// How many paid something.
    pub payers: u64,
    /// How many of these gave the last they had, which was no more than the price.
    pub gave_all: u64,
    /// What each of the others paid, and the most that anybody paid; none where that differs from
    /// one to the next because it is worth more to some.
    pub price: Option<Exact>,
}

/// Why a project lost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loss {
    /// What stood against it.
    pub why: Against,
    /// What its supporters still had together, rounded down; where supporters pay.
    pub had_parts: Option<u64>,
    /// What they were short of its cost.
    pub short_parts: Option<u64>,
    /// What was left of the budget when its turn came, or at the end.
    pub left_parts: u64,
    /// With how many votes more, for it alone, it would have won, all other ballots as they are.
    /// A line tells it by itself; of shares and loads it is found by trying, where that was asked
    /// for.
    pub votes_more: Option<u64>,
}

/// What stood against a project.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Against {
    /// Nobody chose it, and no money was left for it.
    NoSupporters,
    /// It costs more than there ever was.
    OverBudget,
    /// Its supporters could not pay it together.
    SupportersShort,
    /// Less was left than it costs when its turn came.
    MoneyShort,
    /// The count stopped at another project that no longer fitted.
    Stopped,
}

/// Why there is no outcome.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Uncounted {
    /// The ballots do not say what the rule needs.
    #[error("{rule} cannot count {kind} ballots: use cost or cardinality, which every ballot says")]
    Kind {
        /// The rule's name.
        rule: String,
        /// The kind of ballots.
        kind: &'static str,
    },
    /// Shares cannot be raised by nothing.
    #[error("the step is 0, and shares cannot be raised by nothing: give a step above 0")]
    NoStep,
    /// The step has more decimals than the amounts can be counted in.
    #[error("the step has too many decimals for amounts this large: give a rounder step")]
    StepTooFine,
    /// More counts than one may cost.
    #[error(
        "after {0} counts shares were still to be raised: give a larger step, such as a \
         ten-thousandth of one share"
    )]
    TooManyCounts(u64),
}

impl Outcome {
    /// The ids of the winners, in the order in which they won.
    #[must_use]
    pub fn ids<'a>(&self, election: &'a Election) -> Vec<&'a str> {
        let winners = self.order.iter().filter_map(|at| election.projects().get(*at));
        winners.map(|project| project.id.as_str()).collect()
    }

    /// Whether a project won.
    #[must_use]
    pub fn won(&self, project: usize) -> bool {
        matches!(self.fates.get(project), Some(Fate { turn: Turn::Won { .. }, .. }))
    }
}
