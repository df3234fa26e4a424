//! The rules of a round, settled and published before anybody votes. They never change afterwards:
//! their digest stands on the round's page from the first day.

use fair::voting::{AMOUNT_DIGITS_MAX, Builder, Decimal, Election, Fault, Kind, Rule, Terms, Tie};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::ballot::Choice;
use crate::bundle::Outcome;
use crate::hex::{Hex, written};
use crate::log::Hash;

/// Ballots that tick what somebody would have.
pub const APPROVAL: &str = "approval";
/// Ballots that give points.
pub const CUMULATIVE: &str = "cumulative";
/// Most projects of a round: they must fit a sheet and a small screen.
pub const PROJECTS_MAX: usize = 40;
/// Most points that one ballot gives.
pub const POINTS_MAX: u32 = 100;

/// Most money of a round, and most that a project may cost, in minor units: no election holds more.
pub const AMOUNT_MINOR_MAX: u64 = 10u64.pow(AMOUNT_DIGITS_MAX as u32) - 1;

/// Everybody's share is raised in steps of this part of a share, and at least by one minor unit.
const STEP_PARTS: u64 = 10_000;

/// A project.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Project {
    /// Its number with a zero before small ones, so that ids are in the order of the list.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// What it costs, in minor units.
    pub cost_minor: u64,
}

/// Who comes first among equals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TieRule {
    /// The one that stands before on the list.
    List,
    /// The cheaper, then the one with more votes, then by a lot whose seed is the root of the log
    /// at the end: nobody knows it before.
    Cost,
}

/// What is published of ballots.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Publication {
    /// Ballots, where each pattern occurs often enough in each group; else as below.
    FullIfMany,
    /// Hashes of all ballots, totals, and how each project was paid for.
    Commitments,
}

/// By what right a round is held, and whether its result binds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Force {
    /// Whether it binds; if not, it is advice.
    pub binds: bool,
    /// The body for which the round is held.
    pub body: String,
    /// The law or other instrument that its mandate stands on; empty when there is none.
    pub instrument: String,
    /// Why it does not bind, one code; empty when it does.
    pub why: String,
}

/// The rules of a round.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    /// The round.
    pub round: Hex<16>,
    /// The small number that people say aloud.
    pub number: u64,
    /// What is asked.
    pub question: String,
    /// [`APPROVAL`] or [`CUMULATIVE`].
    pub kind: String,
    /// How many projects a ballot may name.
    pub choices_max: u32,
    /// How many points a ballot has; 0 on ballots of approvals.
    pub points: u32,
    /// The rule by its name, as `baraza count` takes it.
    pub rule: String,
    /// Who comes first among equals.
    pub tie: TieRule,
    /// The money, in minor units.
    pub budget_minor: u64,
    /// How many digits of an amount stand behind the point.
    pub decimals: u8,
    /// The currency.
    pub currency: String,
    /// What can be chosen.
    pub projects: Vec<Project>,
    /// Where, in words.
    pub place: String,
    /// Who may vote, in words.
    pub who: String,
    /// Whether women alone vote.
    pub women_only: bool,
    /// When it opens, in milliseconds since 1970.
    pub opens_ms: i64,
    /// When it closes.
    pub closes_ms: i64,
    /// For how many days after the count the result can be appealed against.
    pub appeal_days: u32,
    /// What is published of ballots.
    pub publication: Publication,
    /// The public key of the ballot box.
    pub log_key: Hex<32>,
    /// By what right it is held; none in rounds that were announced before this was asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub force: Option<Force>,
    /// So many ballots must count for the result to bind, at least [`crate::GROUP_MIN`]; with
    /// fewer it is advice. None in rounds that were announced before this was asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub turnout_min: Option<u64>,
}

impl Rules {
    /// The project of this id.
    #[must_use]
    pub fn project(&self, id: &str) -> Option<&Project> {
        self.projects.iter().find(|project| project.id == id)
    }

    /// Whether ballots give points.
    #[must_use]
    pub fn gives_points(&self) -> bool {
        self.kind == CUMULATIVE
    }

    /// The rule, when its name is one and ballots of this kind say what it needs.
    #[must_use]
    pub fn rule(&self) -> Option<Rule> {
        let rule: Rule = self.rule.parse().ok()?;
        rule.fits(self.ballots()).then_some(rule)
    }

    fn ballots(&self) -> Kind {
        if self.gives_points() { Kind::Cumulative } else { Kind::Approval }
    }

    /// The terms of the count for so many ballots, the lot's seed being the root of the log.
    pub(crate) fn terms(&self, rule: Rule, ballots: u64, root: &Hash) -> Result<Terms, Fault> {
        let tie = match self.tie {
            TieRule::List => Tie::Id,
            TieRule::Cost => Tie::Cost { seed: written(root) },
        };
        Ok(Terms { rule, tie, step: whole(self.step_minor(ballots), "the step")? })
    }

    /// By how much everybody's share is raised at a time, in minor units.
    #[must_use]
    pub fn step_minor(&self, ballots: u64) -> u64 {
        let parts = ballots.max(1).saturating_mul(STEP_PARTS);
        self.budget_minor.div_ceil(parts).max(1)
    }

    /// The election of these ballots among the projects at `places`, in minor units.
    pub(crate) fn election<'a>(
        &self,
        places: &[usize],
        ballots: impl IntoIterator<Item = &'a [Choice]>,
    ) -> Result<Election, Fault> {
        let mut builder = Builder::new(self.ballots(), whole(self.budget_minor, "the budget")?);
        for project in places.iter().filter_map(|at| self.projects.get(*at)) {
            let cost = whole(project.cost_minor, &format!("the cost of “{}”", project.id))?;
            builder.project(&project.id, cost, [])?;
        }
        self.filled(builder, ballots)
    }

    /// The same for other programs: amounts in the currency, titles, the terms under META; of the
    /// projects that somebody chose.
    pub(crate) fn exported(&self, ballots: &[&[Choice]], root: &Hash) -> Result<Election, Fault> {
        let money = |minor, of: &str| {
            let amount = Decimal::new(minor, self.decimals);
            amount.ok_or_else(|| Fault::Scale { of: of.to_owned() })
        };
        let mut builder = Builder::new(self.ballots(), money(self.budget_minor, "the budget")?);
        let n = u64::try_from(ballots.len()).unwrap_or(u64::MAX);
        let step = money(self.step_minor(n), "the step")?.to_string();
        let number = format!("V-{}", self.number);
        let (tie, seed) = match self.tie {
            TieRule::List => ("id", String::new()),
            TieRule::Cost => ("cost", written(root)),
        };
        let said = [
            ("description", self.question.as_str()),
            ("unit", &self.place),
            ("instance", &number),
            ("currency", &self.currency),
            ("rule", &self.rule),
            ("tie", tie),
            ("seed", &seed),
            ("step", &step),
        ];
        for (key, value) in said.into_iter().filter(|(_, value)| !value.is_empty()) {
            builder.say(key, value)?;
        }
        builder.columns(["name"])?;
        let chosen = |one: &&Project| {
            ballots.iter().flat_map(|ballot| ballot.iter()).any(|choice| choice.project == one.id)
        };
        for project in self.projects.iter().filter(chosen) {
            let cost = money(project.cost_minor, &format!("the cost of “{}”", project.id))?;
            builder.project(&project.id, cost, [project.title.as_str()])?;
        }
        self.filled(builder, ballots.iter().copied())
    }

    fn filled<'a>(
        &self,
        mut builder: Builder,
        ballots: impl IntoIterator<Item = &'a [Choice]>,
    ) -> Result<Election, Fault> {
        for ballot in ballots {
            if self.gives_points() {
                let given = |c: &'a Choice| (c.project.as_str(), Decimal::from(c.points));
                builder.ballot_of_points(ballot.iter().map(given))?;
            } else {
                builder.ballot(ballot.iter().map(|choice| choice.project.as_str()))?;
            }
        }
        builder.finish()
    }

    /// Whether so many ballots were counted that the result can bind: an outcome that tells no
    /// number is of fewer than every round asks for.
    #[must_use]
    pub fn turned_out(&self, outcome: &Outcome) -> bool {
        self.turnout_min.is_none_or(|min| outcome.ballots.is_some_and(|n| n >= min))
    }

    /// SHA-256 of the rules as the bundle writes them: what is printed before anybody votes.
    #[must_use]
    pub fn digest(&self) -> Hash {
        Sha256::digest(serde_json::to_vec(self).unwrap_or_default()).into()
    }
}

/// Minor units as whole units of an election.
fn whole(minor: u64, of: &str) -> Result<Decimal, Fault> {
    Decimal::new(minor, 0).ok_or_else(|| Fault::Scale { of: of.to_owned() })
}
