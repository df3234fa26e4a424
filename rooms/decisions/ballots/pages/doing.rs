//! What the forms of a round's desk page do. Each extracts, acts and goes back to the page.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use record::{Id, Refusal};

use super::super::acts;
use super::super::rules::Answering;
use super::parts::{Typed, again, of_number};
use super::street;
use crate::door::{House, Moved, Rate, Sent, Trouble, Visitor};

/// Appeals that one place may send.
const APPEALS: Rate = Rate { name: "ballot appeal", times: 5, within_ms: 60 * 60 * 1000 };
/// The same from everywhere together.
const APPEALS_IN_ALL: Rate =
    Rate { name: "ballot appeal in all", times: 100, within_ms: 60 * 60 * 1000 };
const EVERYBODY: [u8; 16] = [0; 16];

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
    acts::appeal(&house, id, sent.get("why").to_owned(), visitor.author()).await?;
    Ok(back(&visitor, id, "appealed"))
}

/// `POST /ballot/{number}/appeal`: by anybody, without an account.
pub(super) async fn street_appeal(
    State(house): State<House>,
    visitor: Visitor,
    Path(number): Path<String>,
    Sent(sent): Sent<Typed>,
) -> Result<Response, Trouble> {
    let round = of_number(&house, &number).await?;
    let (now, origin) = (house.now_ms(), visitor.0.origin);
    let few = house.limits().take(APPEALS, origin, now);
    if !few || !house.limits().take(APPEALS_IN_ALL, EVERYBODY, now) {
        return Err(Refusal::new("too-often").status(429).into());
    }
    let why = sent.get("why").to_owned();
    match acts::appeal(&house, round.id, why, visitor.author()).await {
        Ok(()) => Ok(Moved(visitor.link(&format!("/ballot/{number}"))).into_response()),
        Err(Trouble::Refused(refusal)) => {
            let page = street::page_of(&house, &visitor, &round, sent.get("why")).await?;
            Ok(again(visitor.tongue(), page, &refusal).into_response())
        }
        Err(trouble) => Err(trouble),
    }
}

/// `POST /desk/ballots/{id}/answer`
pub(super) async fn answer(
    State(house): State<House>,
    visitor: Visitor,
    Path(id): Path<String>,
    Sent(sent): Sent<Typed>,
) -> Result<Moved, Trouble> {
    let id = id_of(&id)?;
    let yes = |name: &str| match sent.get(name) {
        "yes" => Ok(true),
        "no" => Ok(false),
        _ => Err(Refusal::new("form-unreadable").status(400)),
    };
    let asked = Answering {
        appeal: sent.number("appeal").and_then(|n| u32::try_from(n).ok()).unwrap_or(0),
        stands: yes("stands")?,
        fit: yes("fit")?,
        reason: sent.get("reason").to_owned(),
    };
    acts::answer_appeal(&house, id, asked, acts::hand(&visitor)?).await?;
    Ok(back(&visitor, id, "answered"))
}
