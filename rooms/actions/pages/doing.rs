//! What is done with a task from its page. Handlers extract, act and redirect; they judge nothing.

use axum::extract::{Path, State};
use page::calendar::day_typed;
use record::Refusal;
use serde::Deserialize;

use super::parts::id_of;
use crate::actions::acts;
use crate::actions::records::{TaskDelivered, TaskPromised};
use crate::actions::rules::Actor;
use crate::actions::views::Hands;
use crate::door::{House, Moved, Sent, Trouble, Visitor};

/// A form without fields of its own.
#[derive(Debug, Deserialize)]
pub struct Nothing {}

/// To whom it goes.
#[derive(Debug, Deserialize)]
pub struct HandSent {
    #[serde(default)]
    to: String,
}

/// What arrived.
#[derive(Debug, Deserialize)]
pub struct DeliverySent {
    #[serde(default)]
    what: String,
    #[serde(default)]
    much: String,
    #[serde(default)]
    how: String,
}

/// Why it will not be done.
#[derive(Debug, Deserialize)]
pub struct ReasonSent {
    #[serde(default)]
    reason: String,
}

/// Whose it is.
#[derive(Debug, Deserialize)]
pub struct BodySent {
    #[serde(default)]
    body: String,
    #[serde(default)]
    body_other: String,
}

/// The next step.
#[derive(Debug, Deserialize)]
pub struct StepSent {
    #[serde(default)]
    what: String,
    #[serde(default)]
    due: String,
}

/// Hands at a meeting.
#[derive(Debug, Deserialize)]
pub struct HandsSent {
    #[serde(default)]
    asked: String,
    #[serde(default)]
    yes: String,
    #[serde(default)]
    no: String,
}

/// A day as a browser sends it.
///
/// # Errors
/// When it is none.
pub fn day_sent(typed: &str) -> Result<i64, Refusal> {
    day_typed(typed).ok_or(Refusal::new("task-when"))
}

fn back(visitor: &Visitor, id: &str, done: &str) -> Moved {
    Moved(visitor.link(&format!("/desk/tasks/{id}?done={done}")))
}

/// Taken on.
pub async fn claim(
    State(house): State<House>,
    visitor: Visitor,
    Path(id): Path<String>,
    Sent(Nothing {}): Sent<Nothing>,
) -> Result<Moved, Trouble> {
    acts::claim(&house, id_of(&id)?, Actor::of(&visitor)).await?;
    Ok(back(&visitor, &id, "claimed"))
}

/// Let go.
pub async fn release(
    State(house): State<House>,
    visitor: Visitor,
    Path(id): Path<String>,
    Sent(Nothing {}): Sent<Nothing>,
) -> Result<Moved, Trouble> {
    acts::release(&house, id_of(&id)?, Actor::of(&visitor)).await?;
    Ok(back(&visitor, &id, "released"))
}

/// Handed over.
pub async fn hand_over(
    State(house): State<House>,
    visitor: Visitor,
    Path(id): Path<String>,
    Sent(sent): Sent<HandSent>,
) -> Result<Moved, Trouble> {
    let to = sent.to.parse().unwrap_or(record::Id::NONE);
    acts::hand_over(&house, id_of(&id)?, to, Actor::of(&visitor)).await?;
    Ok(back(&visitor, &id, "handed"))
}

/// Delivered.
pub async fn deliver(
    State(house): State<House>,
    visitor: Visitor,
    Path(id): Path<String>,
    Sent(sent): Sent<DeliverySent>,
) -> Result<Moved, Trouble> {
    let delivered = TaskDelivered {
        what: sent.what,
        how: sent.how,
        much: sent.much,
        ..TaskDelivered::default()
    };
    let asks = acts::deliver(&house, id_of(&id)?, delivered, Actor::of(&visitor)).await?;
    Ok(back(&visitor, &id, if asks { "delivered" } else { "arrived" }))
}

/// Dropped, with why.
pub async fn drop(
    State(house): State<House>,
    visitor: Visitor,
    Path(id): Path<String>,
    Sent(sent): Sent<ReasonSent>,
) -> Result<Moved, Trouble> {
    acts::drop(&house, id_of(&id)?, sent.reason, Actor::of(&visitor)).await?;
    Ok(back(&visitor, &id, "dropped"))
}

/// Another's, who is named.
pub async fn refer(
    State(house): State<House>,
    visitor: Visitor,
    Path(id): Path<String>,
    Sent(sent): Sent<BodySent>,
) -> Result<Moved, Trouble> {
    let body = if sent.body.trim().is_empty() { sent.body_other } else { sent.body };
    acts::refer(&house, id_of(&id)?, body, Actor::of(&visitor)).await?;
    Ok(back(&visitor, &id, "referred"))
}

/// The next step, named.
pub async fn step(
    State(house): State<House>,
    visitor: Visitor,
    Path(id): Path<String>,
    Sent(sent): Sent<StepSent>,
) -> Result<Moved, Trouble> {
    let promised = TaskPromised { what: sent.what, due_day: day_sent(&sent.due)? };
    acts::promise(&house, id_of(&id)?, promised, Actor::of(&visitor)).await?;
    Ok(back(&visitor, &id, "step"))
}

/// What a meeting said.
pub async fn hands(
    State(house): State<House>,
    visitor: Visitor,
    Path(id): Path<String>,
    Sent(sent): Sent<HandsSent>,
) -> Result<Moved, Trouble> {
    let count = |typed: &str| typed.trim().parse().map_err(|_| Refusal::new("task-hands"));
    let hands = Hands { asked: count(&sent.asked)?, yes: count(&sent.yes)?, no: count(&sent.no)? };
    acts::ask_at_meeting(&house, id_of(&id)?, hands, visitor.author()).await?;
    Ok(back(&visitor, &id, "hands"))
}
