//! `count`: an election from its file, by a rule, with the reason for every project.
//!
//! Never opens a node and keeps nothing: whoever has the file and the terms comes to the same.

use std::fmt::Write as _;
use std::path::PathBuf;

use anyhow::{Context, bail};
use clap::{Args, ValueEnum};
use fair::voting::{
    Decimal, Election, Exact, Outcome, RaiseEnd, Rule, Terms, Tie, Turn, Win, count, decimal,
    explain, money, money_exact, pb, tell_votes_more,
};
use serde_json::{Value, json};

use crate::cli::Refused;

/// Digits behind the point of a price per unit of worth.
const RHO_DIGITS: u8 = 12;

/// Count an election.
#[derive(Args)]
pub struct Count {
    /// The election, a .pb file
    file: PathBuf,
    /// The rule: mes_cost_add1u, mes_cost, greedy_cost, phragmen and their like
    #[arg(long, default_value = "mes_cost_add1u")]
    rule: Rule,
    /// Who comes first among equals
    #[arg(long, value_enum, default_value = "id")]
    tie: Among,
    /// The published seed of the lot
    #[arg(long, required_if_eq("tie", "lot"))]
    seed: Option<String>,
    /// The ids of projects in their order among equals
    #[arg(long, value_delimiter = ',', required_if_eq("tie", "given"))]
    order: Vec<String>,
    /// How much more add1 gives everybody each time, in units of the currency
    #[arg(long, default_value = "1")]
    step: Decimal,
    /// Print the outcome as JSON, one object in one line
    #[arg(long)]
    json: bool,
}

/// Who comes first among equals.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Among {
    /// The smaller id, compared letter by letter
    Id,
    /// The cheaper, then the one on more ballots, then by lot
    Cost,
    /// The lot of the seed
    Lot,
    /// As --order lists them
    Given,
}

impl Count {
    /// Counts and prints.
    ///
    /// # Errors
    /// When the file cannot be read, or the rule cannot count it.
    pub fn run(&self) -> anyhow::Result<u8> {
        print!("{}", self.told()?);
        Ok(0)
    }

    fn told(&self) -> anyhow::Result<String> {
        let read = self.read()?;
        let mut outcome = count(&read.election, &self.terms())
            .map_err(|why| anyhow::Error::new(Refused(why.to_string())))?;
        tell_votes_more(&read.election, &mut outcome, |_| Some(self.terms()));
        if self.json {
            return Ok(format!("{}\n", self.as_json(&read, &outcome)));
        }
        let mut told = String::new();
        // Writing into a text does not fail.
        let _ = self.as_text(&mut told, &read, &outcome);
        Ok(told)
    }

    fn read(&self) -> anyhow::Result<pb::Read> {
        let file = self.file.display();
        let unread = || format!("{file} cannot be read");
        let bytes = std::fs::metadata(&self.file).with_context(unread)?.len();
        if usize::try_from(bytes).is_ok_and(|bytes| bytes > pb::FILE_BYTES_MAX) {
            bail!("{file}: {}", pb::Why::TooLarge);
        }
        let bytes = std::fs::read(&self.file).with_context(unread)?;
        pb::read(&bytes).with_context(unread)
    }

    fn terms(&self) -> Terms {
        let seed = || self.seed.clone().unwrap_or_default();
        let tie = match self.tie {
            Among::Id => Tie::Id,
            Among::Cost => Tie::Cost { seed: seed() },
            Among::Lot => Tie::Lot { seed: seed() },
            Among::Given => Tie::Given(self.order.clone()),
        };
        Terms { rule: self.rule, tie, step: self.step }
    }

    fn tie_name(&self) -> String {
        let name = self.tie.to_possible_value();
        name.map_or_else(String::new, |value| value.get_name().to_owned())
    }

    fn as_text(&self, out: &mut String, read: &pb::Read, outcome: &Outcome) -> std::fmt::Result {
        let election = &read.election;
        if let Some(about) = election.meta_of("description") {
            writeln!(out, "{about}")?;
        }
        let currency = election.meta_of("currency").unwrap_or_default();
        let budget = format!("{} {currency}", money(election, election.budget_parts()));
        writeln!(
            out,
            "{} ballots on {} projects, and a budget of {}.",
            election.ballots_len(),
            election.projects().len(),
            budget.trim_end()
        )?;
        let among = match self.tie {
            Among::Id => "the smaller id comes first".to_owned(),
            Among::Cost => format!("the cheaper comes first, then more votes, then {}", self.lot()),
            Among::Lot => format!("{} says who comes first", self.lot()),
            Among::Given => format!("the order is {}", self.order.join(", ")),
        };
        writeln!(out, "Counted by {}; among equals {among}.", self.rule)?;
        for remark in &read.remarks {
            writeln!(out, "Note: {remark}.")?;
        }
        self.raise_as_text(out, election, outcome)?;
        let (won, all) = (outcome.order.len(), election.projects().len());
        let cost = money(election, outcome.cost_parts);
        writeln!(out, "\n{won} of {all} projects are funded, for {cost} together.")?;
        let lost = (0..all).filter(|at| !outcome.won(*at));
        for at in outcome.order.iter().copied().chain(lost) {
            writeln!(out, "  {}: {}", named(election, at), explain(election, outcome, at))?;
        }
        for met in &outcome.ties {
            let ids: Vec<&str> = met.projects.iter().map(|at| id_of(election, *at)).collect();
            let round = met.round;
            let first = ids.first().copied().unwrap_or_default();
            writeln!(out, "Equal in round {round}: {}. {first} came first.", ids.join(", "))?;
        }
        Ok(())
    }

    fn lot(&self) -> String {
        match &self.seed {
            Some(seed) => format!("the lot of “{seed}”"),
            None => "the lot of an empty seed".to_owned(),
        }
    }

    fn raise_as_text(
        &self,
        out: &mut String,
        election: &Election,
        outcome: &Outcome,
    ) -> std::fmt::Result {
        let Some(raise) = &outcome.raise else { return Ok(()) };
        let end = match raise.end {
            RaiseEnd::NothingFits => "nothing more that somebody wants would fit then",
            RaiseEnd::OverBudget => "a step more would have cost more than the budget",
        };
        let share = money_exact(election, &raise.share);
        writeln!(
            out,
            "Everybody's share was raised {} times by {}, to {share}; {end}.",
            raise.steps, self.step
        )
    }

    fn as_json(&self, read: &pb::Read, outcome: &Outcome) -> Value {
        let election = &read.election;
        let order = outcome.ids(election);
        let mut selected = order.clone();
        selected.sort_unstable();
        let met = outcome.ties.iter().map(|met| {
            let ids = met.projects.iter().map(|at| id_of(election, *at));
            json!({ "round": met.round, "projects": ids.collect::<Vec<_>>() })
        });
        let raise = outcome.raise.as_ref().map(|raise| {
            json!({
                "steps": raise.steps,
                "step": self.step.to_string(),
                "share": decimal(&amount(election, &raise.share), RHO_DIGITS),
                "over_budget_next": raise.end == RaiseEnd::OverBudget,
                "counts": raise.counts,
            })
        });
        let reasons = (0..election.projects().len()).map(|at| reason(election, outcome, at));
        json!({
            "rule": self.rule.to_string(),
            "tie": self.tie_name(),
            "seed": self.seed,
            "budget": election.amount(election.budget_parts()),
            "ballots": election.ballots_len(),
            "selected": selected,
            "order": order,
            "cost": election.amount(outcome.cost_parts),
            "equals": met.collect::<Vec<_>>(),
            "raise": raise,
            "reasons": reasons.collect::<Vec<_>>(),
            "remarks": read.remarks.iter().map(ToString::to_string).collect::<Vec<_>>(),
        })
    }
}

/// What became of one project, in numbers and in words. Amounts are texts, for a number in JSON is
/// rounded by whoever reads it.
fn reason(election: &Election, outcome: &Outcome, at: usize) -> Value {
    let mut told = json!({
        "id": id_of(election, at),
        "name": election.said(at, "name"),
        "won": outcome.won(at),
        "why": explain(election, outcome, at),
    });
    let parts = |parts: u64| election.amount(parts);
    let exact = |fraction: &Exact| decimal(&amount(election, fraction), RHO_DIGITS);
    let more = match outcome.fates.get(at).map(|fate| (fate.supporters, &fate.turn)) {
        None => return told,
        Some((supporters, Turn::Won { round, by })) => {
            let mut more = json!({ "supporters": supporters, "round": round });
            let by = match by {
                Win::Free => json!({ "by": "free" }),
                Win::Shares(paid) => json!({
                    "by": "shares",
                    "rho": decimal(&paid.rho, RHO_DIGITS),
                    "payers": paid.payers,
                    "gave_all": paid.gave_all,
                    "price": paid.price.as_ref().map(exact),
                }),
                Win::Line { left_parts, completion } => json!({
                    "by": if *completion { "completion" } else { "line" },
                    "left": parts(*left_parts),
                }),
                Win::Earned { load, left_parts } => json!({
                    "by": "earned",
                    "load": load.as_ref().map(exact),
                    "left": parts(*left_parts),
                }),
            };
            merge(&mut more, by);
            more
        }
        Some((supporters, Turn::Lost(loss))) => json!({
            "supporters": supporters,
            "had": loss.had_parts.map(parts),
            "short": loss.short_parts.map(parts),
            "left": parts(loss.left_parts),
            "votes_more": loss.votes_more,
        }),
    };
    merge(&mut told, more);
    told
}

fn merge(into: &mut Value, more: Value) {
    if let (Value::Object(into), Value::Object(more)) = (into, more) {
        into.extend(more);
    }
}

/// A fraction of parts as one of the currency.
fn amount(election: &Election, parts: &Exact) -> Exact {
    let one = 10u64.pow(u32::from(election.decimals()));
    parts / Exact::from_integer(one.into())
}

fn id_of(election: &Election, at: usize) -> &str {
    election.projects().get(at).map_or("", |project| project.id.as_str())
}

fn named(election: &Election, at: usize) -> String {
    match election.said(at, "name").filter(|name| !name.is_empty()) {
        Some(name) => format!("{} ({name})", id_of(election, at)),
        None => id_of(election, at).to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Parser;

    #[derive(Parser)]
    struct Line {
        #[command(flatten)]
        count: Count,
    }

    const FILE: &str = "META\nkey;value\ndescription;A street in Lavil\nbudget;100\n\
        vote_type;approval\ncurrency;HTG\nPROJECTS\nproject_id;cost;name\ntap;60;A tap\n\
        path;50;A path\nlamp;40;\nVOTES\nvoter_id;vote\n1;tap\n2;tap,lamp\n3;tap,path\n\
        4;path,lamp\n";

    fn asked(file: &str, words: &[&str]) -> anyhow::Result<String> {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("street.pb");
        std::fs::write(&path, file)?;
        let path = path.display().to_string();
        Line::try_parse_from(["count", &path].iter().chain(words))?.count.told()
    }

    #[test]
    fn everybody_reads_who_won_and_why() {
        let told = asked(FILE, &[]).unwrap();
        assert_eq!(
            told,
            "A street in Lavil\n\
             4 ballots on 3 projects, and a budget of 100 HTG.\n\
             Counted by mes_cost_add1u; among equals the smaller id comes first.\n\
             Everybody's share was raised 5 times by 1, to 30; nothing more that somebody wants \
             would fit then.\n\
             \n\
             2 of 3 projects are funded, for 100 together.\n  \
             tap (A tap): Won in round 1: 3 of 3 voters paid its 60, 20 each.\n  \
             lamp: Won in round 2: 2 of 2 voters paid its 40, at most 30 each; 2 gave the last \
             they had.\n  \
             path (A path): Not funded: its 2 supporters still had 10 of the 50 it costs, 40 \
             short; of what was left over, 0 remained when its turn came; 1 vote more would have \
             won.\n"
        );
    }

    #[test]
    fn a_program_reads_the_same() {
        let told: Value =
            serde_json::from_str(&asked(FILE, &["--json", "--rule", "greedy_cost"]).unwrap())
                .unwrap();
        assert_eq!(told["selected"], json!(["lamp", "tap"]));
        assert_eq!(told["order"], json!(["tap", "lamp"]));
        assert_eq!((&told["cost"], &told["tie"]), (&json!("100"), &json!("id")));
        assert_eq!(told["equals"], json!([{ "round": 2, "projects": ["lamp", "path"] }]));
        assert_eq!(told["reasons"][1]["left"], "0");
        assert_eq!(told["reasons"][1]["votes_more"], 1);
        let told = asked(FILE, &["--json", "--rule", "mes_cost"]).unwrap();
        assert_eq!(told.lines().count(), 1, "one object in one line");
        let told: Value = serde_json::from_str(&told).unwrap();
        assert_eq!(told["reasons"][0]["rho"], "0.333333333333");
        assert_eq!(told["reasons"][0]["payers"], 3);
        assert_eq!(told["reasons"][2]["short"], "10");
    }

    #[test]
    fn equals_are_ordered_as_asked_and_it_is_told() {
        let check = |words: &[&str], expected: &str| {
            let rule = ["--rule", "greedy_cost"];
            let words: Vec<&str> = rule.iter().chain(words).copied().collect();
            let told = asked(FILE, &words).unwrap();
            assert!(told.contains(expected), "{told}");
        };
        check(&[], "Equal in round 2: lamp, path. lamp came first.");
        check(&["--tie", "given", "--order", "path,lamp"], "Equal in round 2: path, lamp.");
        check(&["--tie", "cost"], "the cheaper comes first, then more votes, then the lot of an");
        check(&["--tie", "lot", "--seed", "4711"], "among equals the lot of “4711” says who");
    }

    #[test]
    fn what_cannot_be_counted_says_what_to_do() {
        let check = |file: &str, words: &[&str], expected: &str| {
            let told = format!("{:#}", asked(file, words).unwrap_err());
            assert!(told.contains(expected), "{told}");
        };
        check(FILE, &["--rule", "mes_luck"], "there is no rule “mes_luck”");
        check(FILE, &["--tie", "lot"], "--seed");
        check(FILE, &["--tie", "given"], "--order");
        check(FILE, &["--step", "1,000"], "two ways");
        check(&FILE.replace("lamp;40", "lamp;forty"), &[], "line 11: the cost “forty” cannot");
        check("", &[], "street.pb cannot be read: line 1: a file begins with the line META");
        let refused = asked(FILE, &["--rule", "mes_points"]).unwrap_err();
        assert!(refused.downcast_ref::<Refused>().is_some(), "the exit code says so: {refused}");
        let nowhere = Line::try_parse_from(["count", "nowhere.pb"]).unwrap().count.told();
        assert!(format!("{:#}", nowhere.unwrap_err()).contains("nowhere.pb cannot be read"));
    }

    #[test]
    fn a_file_cut_off_on_its_way_is_noted() {
        let file = FILE.replace("budget;100", "budget;100\nnum_votes;400");
        let told = asked(&file, &[]).unwrap();
        assert!(told.contains("Note: the file says num_votes 400, and holds 4"), "{told}");
    }
}
