//! Typing papers: two counters of different groups, each for themselves. A counter never sees what
//! the other one typed; where they differ, both begin again.

use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Response};
use page::components::button::Kind;
use page::components::field;
use page::components::table::{Column, table};
use page::{Html, text};
use record::Id;

use super::super::acts;
use super::super::queries;
use super::super::views::{Paper, Round};
use super::parts::{Asked, Typed, act, again, line, long, part, said_as, shown, the_one};
use crate::door::{House, Moved, Sent, Shown, Trouble, Visitor};

/// `GET /desk/ballots/{id}/paper`
pub(super) async fn page(
    State(house): State<House>,
    visitor: Visitor,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Shown, Trouble> {
    let round = the_one(&house, &id).await?;
    page_of(&house, &visitor, &round, &asked, &Typed::default()).await
}

async fn page_of(
    house: &House,
    visitor: &Visitor,
    round: &Round,
    asked: &Asked,
    sent: &Typed,
) -> Result<Shown, Trouble> {
    let t = visitor.tongue();
    let papers = queries::papers(house, round.id).await?;
    let hint =
        if round.rules().points > 0 { "ballots-paper-points" } else { "ballots-paper-ticks" };
    let mut body = Html::join([line(t, "ballots-paper-lead"), line(t, hint)]);
    if round.status(house.now_ms()) == "open" {
        let fields = Html::join([which(visitor, &papers, sent), lines(visitor, sent)]);
        let to = format!("/desk/ballots/{}/paper", round.id);
        body.push(&act(visitor, &to, fields, "ballots-paper-keep", Kind::Main));
    }
    body.push(&all(visitor, round, &papers));
    Ok(shown(visitor, &said_as(round), asked, body))
}

fn lines(visitor: &Visitor, sent: &Typed) -> Html {
    long(visitor.tongue(), ("papers", "ballots-papers"), 8, sent.get("papers"))
}

/// A new batch, or one that waits for its second counter.
fn which(visitor: &Visitor, papers: &[Paper], sent: &Typed) -> Html {
    let t = visitor.tongue();
    let waits = papers.iter().filter(|paper| paper.status() == "waits");
    let named: Vec<(String, String)> = waits
        .map(|paper| {
            let name = t.with("ballots-paper-second", &[("batch", short(paper.id).into())]);
            (paper.id.to_string(), name)
        })
        .collect();
    let new = t.say("ballots-paper-new");
    let first = field::Choice::new("", &new);
    let rest = named.iter().map(|(id, name)| field::Choice::new(id, name));
    let choices: Vec<field::Choice> = std::iter::once(first).chain(rest).collect();
    let label = t.say("ballots-batch");
    let value = sent.get("batch");
    let shape = field::Field { name: "batch", label: &label, value, ..field::Field::default() };
    field::select(t, &shape, &choices)
}

fn short(batch: Id) -> String {
    let whole = batch.to_string().to_ascii_uppercase();
    whole.chars().skip(whole.chars().count().saturating_sub(4)).collect()
}

/// Every batch and how it stands.
fn all(visitor: &Visitor, round: &Round, papers: &[Paper]) -> Html {
    let t = visitor.tongue();
    if papers.is_empty() {
        return Html::none();
    }
    let columns = ["ballots-batch", "ballots-paper-state", "ballots-receipt"]
        .map(|k| Column::words(&t.say(k)));
    let row = |paper: &Paper| {
        let state = t.say(&format!("ballots-paper-{}", paper.status()));
        let mut cell = text(&state);
        if paper.status() == "differs" {
            let to = format!("/desk/ballots/{}/recount", round.id);
            let batch = field::hidden("batch", &paper.id.to_string());
            cell.push(&act(visitor, &to, batch, "ballots-recount", Kind::Other));
        }
        let receipt = paper.taken.as_ref().map(|taken| ballots::Hex(taken.digest).to_string());
        let receipt = receipt.map_or_else(Html::none, |digest| {
            Html(format!("<bdi class=mono dir=ltr>{digest}</bdi>"))
        });
        vec![text(&short(paper.id)), cell, receipt]
    };
    let rows: Vec<Vec<Html>> = papers.iter().map(row).collect();
    Html::join([part(t, "ballots-paper"), table(&t.say("ballots-paper"), &columns, &rows)])
}

/// `POST /desk/ballots/{id}/paper`
pub(super) async fn send(
    State(house): State<House>,
    visitor: Visitor,
    Path(id): Path<String>,
    Sent(sent): Sent<Typed>,
) -> Result<Response, Trouble> {
    let round = the_one(&house, &id).await?;
    match kept(&house, &visitor, &round, &sent).await {
        Ok(done) => {
            let to = format!("/desk/ballots/{}/paper?done={done}", round.id);
            Ok(Moved(visitor.link(&to)).into_response())
        }
        Err(Trouble::Refused(refusal)) => {
            let page = page_of(&house, &visitor, &round, &Asked::default(), &sent).await?;
            Ok(again(visitor.tongue(), page, &refusal).into_response())
        }
        Err(trouble) => Err(trouble),
    }
}

async fn kept(
    house: &House,
    visitor: &Visitor,
    round: &Round,
    sent: &Typed,
) -> Result<&'static str, Trouble> {
    let first = sent.get("batch").is_empty();
    let batch = if first { Id::fresh(house.now_ms()) } else { sent.id("batch")? };
    let hand = acts::hand(visitor)?;
    let taken = acts::type_paper(house, round.id, batch, sent.get("papers"), hand).await?;
    Ok(match (taken, first) {
        (true, _) => "taken",
        (false, true) => "first",
        (false, false) => "differs",
    })
}

/// `POST /desk/ballots/{id}/recount`
pub(super) async fn recount(
    State(house): State<House>,
    visitor: Visitor,
    Path(id): Path<String>,
    Sent(sent): Sent<Typed>,
) -> Result<Moved, Trouble> {
    let round = the_one(&house, &id).await?;
    acts::recount(&house, round.id, sent.id("batch")?, acts::hand(&visitor)?).await?;
    Ok(Moved(visitor.link(&format!("/desk/ballots/{}/paper", round.id))))
}
