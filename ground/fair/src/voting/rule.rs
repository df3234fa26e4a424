//! The rules by their names: `greedy_cost`, `mes_cost_add1u`, `phragmen` and their like.
//!
//! Never chooses a rule: which one counts is decided before the vote, by people.

use std::fmt;
use std::str::FromStr;

use super::decimal::Decimal;
use super::election::Kind;
use super::tie::Tie;

/// What a funded project is worth to somebody who chose it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Worth {
    /// One, whatever it costs.
    Cardinality,
    /// What it costs.
    Cost,
    /// The points that were given to it.
    Points,
    /// How many projects stand behind it on the ballot; the last one is worth nothing.
    Borda,
}

/// What is done with money that equal shares leave over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Rest {
    /// It stays.
    Left,
    /// `utility`: it goes to what most ballots want, as far as it reaches (`greedy_cost`).
    Votes,
    /// `add1`: everybody is given a step more, again and again, as long as all that is bought then
    /// costs no more than the budget and something could still be bought.
    Raise,
    /// `add1u`: `add1` first, then what is left over goes as in `utility`.
    RaiseThenVotes,
}

/// A rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Rule {
    /// What is worth most per unit of money, one after the other, as far as the money reaches.
    Greedy(Worth),
    /// The Method of Equal Shares: everybody has the same share and pays for what they chose.
    EqualShares(Worth, Rest),
    /// Sequential Phragmén: supporters earn money at the same pace and buy what they can first.
    Phragmen,
}

/// Why a name is no rule.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "there is no rule “{0}”: use greedy_W, mes_W, mes_W_utility, mes_W_add1, mes_W_add1u or \
     phragmen, where W is cardinality, cost, points or borda"
)]
pub struct NoRule(pub String);

impl Worth {
    const NAMES: [(Worth, &str); 4] = [
        (Worth::Cardinality, "cardinality"),
        (Worth::Cost, "cost"),
        (Worth::Points, "points"),
        (Worth::Borda, "borda"),
    ];

    fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(worth, _)| *worth == self).map_or("", |(_, name)| name)
    }

    /// Whether ballots of that kind say it.
    #[must_use]
    pub fn fits(self, kind: Kind) -> bool {
        match self {
            Worth::Cardinality | Worth::Cost => true,
            Worth::Points => kind.has_points(),
            Worth::Borda => kind == Kind::Ordinal,
        }
    }
}

impl Rest {
    const NAMES: [(Rest, &str); 4] = [
        (Rest::Left, ""),
        (Rest::Votes, "_utility"),
        (Rest::Raise, "_add1"),
        (Rest::RaiseThenVotes, "_add1u"),
    ];

    /// Whether shares are raised.
    #[must_use]
    pub fn raises(self) -> bool {
        matches!(self, Rest::Raise | Rest::RaiseThenVotes)
    }

    /// Whether what is left over goes by votes.
    #[must_use]
    pub fn goes_by_votes(self) -> bool {
        matches!(self, Rest::Votes | Rest::RaiseThenVotes)
    }
}

impl Rule {
    /// Every rule.
    #[must_use]
    pub fn all() -> Vec<Rule> {
        let worths = Worth::NAMES.map(|(worth, _)| worth);
        let greedy = worths.into_iter().map(Rule::Greedy);
        let shares = worths.into_iter().flat_map(|worth| {
            Rest::NAMES.into_iter().map(move |(rest, _)| Rule::EqualShares(worth, rest))
        });
        greedy.chain(shares).chain([Rule::Phragmen]).collect()
    }

    /// Whether ballots of that kind say what the rule needs.
    #[must_use]
    pub fn fits(self, kind: Kind) -> bool {
        match self {
            Rule::Greedy(worth) | Rule::EqualShares(worth, _) => worth.fits(kind),
            Rule::Phragmen => true,
        }
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Rule::Greedy(worth) => write!(f, "greedy_{}", worth.name()),
            Rule::EqualShares(worth, rest) => {
                let end = Rest::NAMES.iter().find(|(one, _)| one == rest).map_or("", |(_, n)| n);
                write!(f, "mes_{}{end}", worth.name())
            }
            Rule::Phragmen => f.write_str("phragmen"),
        }
    }
}

impl FromStr for Rule {
    type Err = NoRule;

    fn from_str(text: &str) -> Result<Self, NoRule> {
        let named = Rule::all().into_iter().find(|rule| rule.to_string() == text.trim());
        named.ok_or_else(|| NoRule(text.trim().to_owned()))
    }
}

/// All that is settled before a count: with the same ballots it gives the same outcome.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Terms {
    /// The rule.
    pub rule: Rule,
    /// Who comes first among equals.
    pub tie: Tie,
    /// How much more `add1` gives everybody each time; one unit of the currency by default.
    ///
    /// The outcome depends on it: the same election counted in cents and in euros may end apart.
    /// It is therefore part of what is published before the vote.
    pub step: Decimal,
}

impl Terms {
    /// The rule with its plain terms: ties by id, raised by one unit.
    #[must_use]
    pub fn of(rule: Rule) -> Self {
        Self { rule, tie: Tie::Id, step: Decimal::from(1) }
    }
}
