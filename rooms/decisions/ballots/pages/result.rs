//! A result in plain words: what is funded and why, what is not and why, whether every area got its
//! part. It shows no number that the count did not tell.

use std::collections::BTreeSet;

use ballots::{Beside, Group, More, Outcome, Rules, Told};
use page::components::notice::{Notice, Tone, notice};
use page::components::table::{Column, table};
use page::components::tag::tag;
use page::{Html, Tongue, text};

use super::super::rules::rules_of;
use super::super::views::{Counted, Round};
use super::parts::{Answers, line, money, para, part};
use crate::door::Visitor;

/// The result of a round; nothing before it is counted.
pub(super) fn section(visitor: &Visitor, round: &Round, answers: &Answers) -> Html {
    let t = visitor.tongue();
    let Some(Counted { outcome, groups, beside }) = round.result() else { return Html::none() };
    let rules = rules_of(round);
    let mut out = part(t, "ballots-result");
    let funded: Vec<&str> = outcome
        .order
        .iter()
        .filter_map(|id| rules.project(id))
        .map(|project| project.title.as_str())
        .collect();
    let lead = if funded.is_empty() {
        t.say("ballots-result-none")
    } else {
        let cost = money(t, outcome.cost_minor, &rules.currency);
        let budget = money(t, rules.budget_minor, &rules.currency);
        let n = i64::try_from(funded.len()).unwrap_or(i64::MAX);
        let args = [("n", n.into()), ("cost", cost.into()), ("budget", budget.into())];
        t.with("ballots-result-lead", &args)
    };
    out.push(&Html(format!("<p class=lead>{}</p>", text(&lead))));
    match outcome.ballots {
        Some(n) => {
            let n = i64::try_from(n).unwrap_or(i64::MAX);
            out.push(&para(&t.with("ballots-counted", &[("n", n.into())])));
        }
        None => out.push(&notice(t, &Notice::new(Tone::Info, &t.say("ballots-why-untold")))),
    }
    let binds = rules.force.as_ref().is_some_and(|force| force.binds);
    if binds && !rules.turned_out(&outcome) {
        let min = rules.turnout_min.and_then(|n| i64::try_from(n).ok()).unwrap_or(0);
        let words = t.with("ballots-turnout-missed", &[("n", min.into())]);
        out.push(&notice(t, &Notice::new(Tone::Info, &words)));
    }
    let more = beside.as_ref().map_or(&[][..], |beside| &beside.more);
    out.push(&projects(visitor, &rules, (&outcome, more), answers));
    let enough = outcome.ballots.is_some();
    if let Some(beside) = &beside {
        out.push(&greedy(t, &rules, &outcome, beside));
    }
    out.push(&shares(t, "ballots-shares", &groups, enough));
    if let Some(beside) = &beside {
        let said = |way: &Group| match way.name.as_str() {
            code @ ("card" | "sms") => t.say(&format!("ballots-way-{code}")),
            lot => lot.to_owned(),
        };
        let named = beside.ways.iter().map(|way| Group { name: said(way), ..way.clone() });
        out.push(&shares(t, "ballots-ways", &named.collect::<Vec<_>>(), enough));
    }
    out
}

/// What most votes alone would have funded, beside what is funded.
fn greedy(t: Tongue, rules: &Rules, outcome: &Outcome, beside: &Beside) -> Html {
    let sorted = |ids: &[String]| ids.iter().cloned().collect::<BTreeSet<_>>();
    if sorted(&beside.greedy) == sorted(&outcome.order) {
        return line(t, "ballots-greedy-same");
    }
    let titles = beside.greedy.iter().filter_map(|id| rules.project(id));
    let items: String =
        titles.map(|project| format!("<li>{}</li>", page::html::bdi(&project.title))).collect();
    Html::join([line(t, "ballots-greedy"), Html(format!("<ul>{items}</ul>"))])
}

fn projects(
    visitor: &Visitor,
    rules: &Rules,
    (outcome, more): (&Outcome, &[More]),
    answers: &Answers,
) -> Html {
    let t = visitor.tongue();
    let columns = ["ballots-project", "ballots-cost", "ballots-funded", "ballots-why"]
        .map(|key| Column::words(&t.say(key)));
    let lost = rules.projects.iter().map(|project| &project.id);
    let lost = lost.filter(|id| !outcome.order.contains(id));
    let row = |id: &String| {
        let project = rules.project(id)?;
        let told = outcome.projects.iter().find(|told| told.id == *id)?;
        let funded = match told.won {
            true => tag(Tone::Good, &t.say("ballots-funded-yes")),
            false => tag(Tone::Info, &t.say("ballots-funded-no")),
        };
        let cost = money(t, project.cost_minor, &rules.currency);
        let found = more.iter().find(|more| more.id == *id).map(|more| more.votes);
        let told = Told { votes_more: told.votes_more.or(found), ..told.clone() };
        let words = why(t, rules, project.cost_minor, &told);
        let at = rules.projects.iter().position(|one| one.id == *id)?;
        let title = answers.with_title(visitor, at, &project.title);
        Some(vec![title, text(&cost), funded, text(&words)])
    };
    let rows: Vec<Vec<Html>> = outcome.order.iter().chain(lost).filter_map(row).collect();
    table(&t.say("ballots-projects"), &columns, &rows)
}

/// Why a project is funded or not, in one or two sentences.
pub(super) fn why(t: Tongue, rules: &Rules, cost_minor: u64, told: &Told) -> String {
    let amount = |minor: Option<u64>| money(t, minor.unwrap_or(0), &rules.currency);
    let number = |n: Option<u64>| i64::try_from(n.unwrap_or(0)).unwrap_or(i64::MAX);
    let key = match (told.won, told.reason.as_str()) {
        (true, "shares") if told.payers.is_none() => "shared".to_owned(),
        (false, "supporters_short" | "money_short") if told.had_minor.is_none() => {
            "passed".to_owned()
        }
        (false, "money_short") => "supporters_short".to_owned(),
        (true, "unchosen") => "line".to_owned(),
        (_, reason) => reason.to_owned(),
    };
    let args = [
        ("n", number(told.supporters).into()),
        ("payers", number(told.payers).into()),
        ("cost", amount(Some(cost_minor)).into()),
        ("left", amount(told.left_minor).into()),
        ("had", amount(told.had_minor).into()),
        ("short", amount(told.short_minor).into()),
    ];
    let mut words = t.with(&format!("ballots-why-{}", key.replace('_', "-")), &args);
    if let Some(more) = told.votes_more {
        let more = [("n", number(Some(more)).into())];
        words = format!("{words} {}", t.with("ballots-why-more", &more));
    }
    words
}

/// What each group got, for those that are large enough.
fn shares(t: Tongue, key: &str, groups: &[Group], told: bool) -> Html {
    let large: Vec<&Group> = groups.iter().filter(|g| g.ballots_percent.is_some()).collect();
    if !told || groups.len() < 2 || large.is_empty() {
        return Html::none();
    }
    let columns = [
        Column::words(&t.say(&format!("{key}-who"))),
        Column::number(&t.say("ballots-share-ballots")),
        Column::number(&t.say("ballots-share-money")),
        Column::number(&t.say("ballots-share-projects")),
    ];
    let said = |n: Option<u64>| {
        let n = n.and_then(|n| i64::try_from(n).ok());
        text(&n.map_or_else(|| "–".to_owned(), |n| format!("{} %", t.number(n))))
    };
    let rows: Vec<Vec<Html>> = large
        .iter()
        .map(|g| {
            let name = page::html::bdi(&g.name);
            vec![name, said(g.ballots_percent), said(g.money_percent), said(g.projects_percent)]
        })
        .collect();
    Html::join([part(t, key), line(t, &format!("{key}-lead")), table(&t.say(key), &columns, &rows)])
}
