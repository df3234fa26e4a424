//! `/money/reported`: what others told the United Nations about money, to its cent, with what has
//! no plan, no giver and no cluster as lines of their own; and its table for a spreadsheet.

use std::collections::BTreeMap;

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use page::components::empty::empty;
use page::components::icon::Icon;
use page::components::table::{Column, table as drawn};
use page::{Html, Tongue, text};

use super::queries::{Reported, flows, plans, reported};
use super::records::{FlowReported, PlanReported};
use crate::door::{House, Shown, Trouble, Visitor};
use crate::funds::pages::parts;

/// Where it stands.
const PATH: &str = "/money/reported";
/// Its table.
const TABLE: &str = "/money/reported.csv";
/// Givers and clusters that stand by name; the others stand together.
const NAMED_MAX: usize = 12;
/// Plans that are shown; the table of FTS has all.
const PLANS_SHOWN_MAX: usize = 40;

/// A way to the page; nothing while nothing was brought in.
///
/// # Errors
/// When the store fails.
pub async fn link(house: &House, visitor: &Visitor) -> Result<Html, Trouble> {
    if reported(house).await?.flows == 0 && plans(house).await?.is_empty() {
        return Ok(Html::none());
    }
    let words = visitor.tongue().say("reported-title");
    Ok(Html(format!("<p>{}</p>", parts::link(visitor, PATH, &words))))
}

/// `GET /money/reported`
pub async fn page(State(house): State<House>, visitor: Visitor) -> Result<Shown, Trouble> {
    let t = visitor.tongue();
    let title = t.say("reported-title");
    let mut body = Html::join([parts::h1(&title), parts::lead(&t.say("reported-lead"))]);
    let own = parts::link(&visitor, "/money", &t.say("reported-own"));
    body.push(&Html(format!("<p>{own}</p>")));
    let (all, plans) = (reported(&house).await?, plans(&house).await?);
    if all.flows == 0 && plans.is_empty() {
        let next = t.say("reported-none-next");
        body.push(&empty(Icon::Money, &t.say("reported-none"), &next, &Html::none()));
        return Ok(Shown::street(title, body));
    }
    if all.flows > 0 {
        body.push(&sums(t, &all));
    }
    if !plans.is_empty() {
        body.push(&plans_part(t, &all, &plans));
    }
    if all.flows > 0 {
        body.push(&split(t, "reported-from", "reported-from-none", &all.from));
        body.push(&split(t, "reported-clusters", "reported-not-specified", &all.clusters));
        let table = parts::link(&visitor, TABLE, &t.say("reported-table"));
        body.push(&Html(format!("<p>{table}</p>")));
    }
    Ok(Shown::street(title, body))
}

fn dollars(t: Tongue, minor: i64) -> Html {
    parts::amount_html(t, minor, "USD")
}

/// What all flows come to: the parts make the whole.
fn sums(t: Tongue, all: &Reported) -> Html {
    let args = [
        ("flows", all.coming.into()),
        ("all", parts::amount(t, all.incoming(), "USD").into()),
        ("funded", parts::amount(t, all.funded(), "USD").into()),
    ];
    let sentence = Html(format!("<p>{}</p>", t.html("reported-sentence", &args)));
    let row = |key: &str, minor: i64| vec![text(&t.say(key)), dollars(t, minor)];
    let classes = ["paid", "commitment", "pledge", "shared"];
    let mut rows: Vec<Vec<Html>> =
        classes.iter().map(|name| row(&format!("reported-{name}"), all.class(name))).collect();
    rows.push(row("reported-all", all.incoming()));
    // Neither is a part of the whole: it came in before.
    for name in ["internal", "outgoing"] {
        if all.class(name) > 0 {
            rows.push(row(&format!("reported-{name}"), all.class(name)));
        }
    }
    let columns = [
        Column::words(&t.say("reported-column-what")),
        Column::number(&t.say("reported-column-amount")),
    ];
    Html::join([sentence, drawn(&t.say("reported-sums"), &columns, &rows)])
}

/// Plans as they were published, and whether the flows that are known here say the same.
fn plans_part(t: Tongue, all: &Reported, plans: &[PlanReported]) -> Html {
    let maybe = |minor: Option<i64>| minor.map_or_else(|| text("–"), |minor| dollars(t, minor));
    let rows: Vec<Vec<Html>> = plans
        .iter()
        .take(PLANS_SHOWN_MAX)
        .map(|plan| {
            let name = match plan.plan {
                Some(_) => parts::said(&plan.name),
                None => text(&t.say("reported-no-plan")),
            };
            let percent = plan.percent.map_or_else(
                || "–".to_owned(),
                |percent| t.with("funds-percent", &[("n", i64::from(percent).into())]),
            );
            vec![
                parts::together(&Html(format!("{name} ({}, {})", text(&plan.country), plan.year))),
                maybe(plan.required_usd_minor),
                maybe(plan.funded_usd_minor),
                text(&percent),
            ]
        })
        .collect();
    let columns = [
        Column::words(&t.say("reported-column-plan")),
        Column::number(&t.say("reported-column-required")),
        Column::number(&t.say("reported-column-funded")),
        Column::number(&t.say("reported-column-percent")),
    ];
    let mut part = Html::join([
        parts::h2(t, "reported-plans"),
        parts::line(&t.say("reported-plans-lead")),
        drawn(&t.say("reported-plans"), &columns, &rows),
    ]);
    for line in agreement(t, all, plans) {
        part.push(&Html(format!("<p>{line}</p>")));
    }
    part
}

/// For each country of which both are known: what its flows come to beside what its plans got.
fn agreement(t: Tongue, all: &Reported, plans: &[PlanReported]) -> Vec<Html> {
    let mut told: BTreeMap<&str, i64> = BTreeMap::new();
    for plan in plans {
        let sum = told.entry(&plan.country).or_default();
        *sum = sum.saturating_add(plan.funded_usd_minor.unwrap_or(0));
    }
    let both = told.into_iter().filter_map(|(country, told)| {
        let flows = *all.into.get(country)?;
        let args = [
            ("country", country.into()),
            ("flows", parts::amount(t, flows, "USD").into()),
            ("plans", parts::amount(t, told, "USD").into()),
            ("by", parts::amount(t, (flows - told).abs(), "USD").into()),
        ];
        let key = if flows == told { "reported-agrees" } else { "reported-differs" };
        Some(t.html(key, &args))
    });
    both.collect()
}

/// Paid or signed for by one thing, the largest first; what is not told stands in its place.
fn split(t: Tongue, title: &str, unnamed: &str, sums: &BTreeMap<String, i64>) -> Html {
    let mut all: Vec<(&String, i64)> = sums.iter().map(|(name, sum)| (name, *sum)).collect();
    all.sort_by_key(|(name, sum)| (std::cmp::Reverse(*sum), *name));
    let rest: i64 = all.iter().skip(NAMED_MAX).map(|(_, sum)| sum).sum();
    let mut rows: Vec<Vec<Html>> = all
        .iter()
        .take(NAMED_MAX)
        .map(|(name, sum)| {
            let name = if name.is_empty() { text(&t.say(unnamed)) } else { parts::said(name) };
            vec![name, dollars(t, *sum)]
        })
        .collect();
    if rest > 0 {
        let n = i64::try_from(all.len() - NAMED_MAX).unwrap_or(i64::MAX);
        let others = t.with("reported-others", &[("n", n.into())]);
        rows.push(vec![text(&others), dollars(t, rest)]);
    }
    let columns = [
        Column::words(&t.say("reported-column-name")),
        Column::number(&t.say("reported-column-amount")),
    ];
    Html::join([parts::h2(t, title), drawn(&t.say(title), &columns, &rows)])
}

/// `GET /money/reported.csv`: all flows in the columns of FTS, with what is kept of them.
pub async fn table(State(house): State<House>) -> Result<Response, Trouble> {
    let all = flows(&house).await?;
    let told: Vec<_> = all.iter().filter_map(FlowReported::told).collect();
    let table = exchange::fts::write_flows(&told).map_err(Trouble::broken)?;
    Ok(([(header::CONTENT_TYPE, "text/csv; charset=utf-8")], table).into_response())
}
