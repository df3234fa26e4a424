//! Everything that waits on somebody's bodies, with its age: what was handed to them, appeals,
//! reviews, promises. What is late is red, with who is waited for and a way to reply.

use axum::extract::{Query, State};
use page::components::empty::empty;
use page::components::icon::Icon;
use page::components::table::{Column, table};
use page::{Html, text};

use super::motion::listed;
use super::parts::{Around, Asked, line, shown};
use crate::decisions::resolutions::queries;
use crate::decisions::resolutions::views::Decision;
use crate::door::{House, Shown, Trouble, Visitor};

/// What waits on the visitor's bodies, and how much waits on each body there is.
pub async fn page(
    State(house): State<House>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Shown, Trouble> {
    let around = Around::read(&house, &visitor).await?;
    let t = around.t;
    let own = visitor.member().map(|member| member.bodies.clone()).unwrap_or_default();
    let mut mine = queries::waiting_on(&house, &own).await?;
    let due = queries::reviews_due(&house, around.today).await?;
    let of_mine = |decision: &Decision| own.contains(&decision.body);
    mine.extend(due.into_iter().filter(|d| of_mine(d) && d.waiting_for != "review"));
    // What is late comes first; the rest by how long it has waited.
    mine.sort_by_key(|d| (!(around.late(d) || review_late(&around, d)), d.waiting_since_ms));
    let mut body = line(t, "decisions-waiting-lead");
    if own.is_empty() {
        body.push(&line(t, "decisions-waiting-no-body"));
    } else if mine.is_empty() {
        let (title, next) = (t.say("decisions-waiting-none"), t.say("decisions-waiting-none-next"));
        body.push(&empty(Icon::Decide, &title, &next, &Html::none()));
    } else {
        body.push(&listed(&around, &visitor, &mine));
    }
    body.push(&by_body(&around, &house).await?);
    Ok(shown(&visitor, &t.say("decisions-waiting"), &asked, body))
}

fn review_late(around: &Around, decision: &Decision) -> bool {
    decision.review_open() && decision.review_day.is_some_and(|day| day < around.today)
}

async fn by_body(around: &Around, house: &House) -> Result<Html, Trouble> {
    let t = around.t;
    let waiting = queries::waiting_by_body(house).await?;
    if waiting.is_empty() {
        return Ok(Html::none());
    }
    let rows: Vec<Vec<Html>> = waiting
        .iter()
        .map(|waiting| {
            vec![
                page::html::bdi(&around.body(waiting.body)),
                text(&t.number(waiting.decisions)),
                text(&around.ago(waiting.since_ms)),
            ]
        })
        .collect();
    let columns = [
        Column::words(&t.say("decisions-body")),
        Column::number(&t.say("decisions-waiting-count")),
        Column::words(&t.say("decisions-waiting-since")),
    ];
    Ok(table(&t.say("decisions-waiting-by-body"), &columns, &rows))
}
