//! What the forms of a round's desk page do. Each extracts, acts and goes back to the page.

use axum::extract::{Path, State};
use record::{Id, Refusal};

use super::super::acts;
use super::parts::Typed;
use crate::door::{House, Moved, Sent, Trouble, Visitor};

fn id_of(id: &str) -> Result<Id, Trouble> {
    id.parse().map_err(|_| Trouble::NotFound)
}

fn back(visitor: &Visitor, id: Id, done: &str) -> Moved {
    Moved(visitor.link(&format!("/desk/ballots/{id}?done={done}")))
}

/// `POST /desk/ballots/{id}/off`
pub(super) async fn off(
    State(house): State<House>,
    visitor: Visitor,
    Path(id): Path<String>,
    Sent(sent): Sent<Typed>,
) -> Result<Moved, Trouble> {
    let id = id_of(&id)?;
    let by = Some(acts::hand(&visitor)?);
    acts::call_off(&house, id, sent.get("off_reason").to_owned(), by).await?;
    Ok(back(&visitor, id, "off"))
}

/// `POST /desk/ballots/{id}/duty`
pub(super) async fn duty(
    State(house): State<House>,
    visitor: Visitor,
    Path(id): Path<String>,
    Sent(sent): Sent<Typed>,
) -> Result<Moved, Trouble> {
    let id = id_of(&id)?;
    let given = (sent.get("duty").to_owned(), sent.id("member")?);
    let reason = sent.get("reason").to_owned();
    acts::transfer(&house, id, given, reason, Some(acts::hand(&visitor)?)).await?;
    Ok(back(&visitor, id, "duty"))
}

/// `POST /desk/ballots/{id}/conflict`
pub(super) async fn conflict(
    State(house): State<House>,
    visitor: Visitor,
    Path(id): Path<String>,
    Sent(sent): Sent<Typed>,
) -> Result<Moved, Trouble> {
    let id = id_of(&id)?;
    let member = visitor.signed_in()?.id;
    let project = sent.number("project").unwrap_or(0);
    acts::say_conflict(&house, id, project, member).await?;
    Ok(back(&visitor, id, "conflict"))
}

/// `POST /desk/ballots/{id}/count`
pub(super) async fn count(
    State(house): State<House>,
    visitor: Visitor,
    Path(id): Path<String>,
    Sent(_): Sent<Typed>,
) -> Result<Moved, Trouble> {
    let id = id_of(&id)?;
    acts::count(&house, id, acts::hand(&visitor)?).await?;
    Ok(back(&visitor, id, "counted"))
}

/// `POST /desk/ballots/{id}/appeal`
pub(super) async fn appeal(
    State(house): State<House>,
    visitor: Visitor,
    Path(id): Path<String>,
    Sent(sent): Sent<Typed>,
) -> Result<Moved, Trouble> {
    let id = id_of(&id)?;
    acts::appeal(&house, id, sent.get("reason").to_owned(), visitor.author()).await?;
    Ok(back(&visitor, id, "appealed"))
}

/// `POST /desk/ballots/{id}/answer`
pub(super) async fn answer(
    State(house): State<House>,
    visitor: Visitor,
    Path(id): Path<String>,
    Sent(sent): Sent<Typed>,
) -> Result<Moved, Trouble> {
    let id = id_of(&id)?;
    let stands = match sent.get("stands") {
        "yes" => true,
        "no" => false,
        _ => return Err(Refusal::new("form-unreadable").status(400).into()),
    };
    let (reason, hand) = (sent.get("reason").to_owned(), acts::hand(&visitor)?);
    acts::answer_appeal(&house, id, stands, reason, hand).await?;
    Ok(back(&visitor, id, "answered"))
}
