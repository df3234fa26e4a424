//! What the forms of a decision do: read, handed to an act, and back to the page. No judgement.

use axum::extract::{Path, State};
use record::Id;

use super::parts::{Typed, actor};
use super::voting::{column, tallies};
use crate::decisions::resolutions::acts;
use crate::decisions::resolutions::queries;
use crate::decisions::resolutions::records::{
    DecisionAppealAnswered, DecisionConflictAsked, DecisionHandsCounted, DecisionHeard,
    DecisionNoticed, DecisionReplied, DecisionReviewed, Promise,
};
use crate::decisions::resolutions::rules::{Resolving, Taking};
use crate::door::{House, Moved, Sent, Trouble, Visitor};

type Done = Result<Moved, Trouble>;
type Of = Path<String>;

fn id_of(sent: &str) -> Result<Id, Trouble> {
    sent.parse().map_err(|_| Trouble::NotFound)
}

fn back(visitor: &Visitor, id: Id, done: &str) -> Moved {
    Moved(visitor.link(&format!("/desk/decisions/{id}?done={done}")))
}

/// The promise of a form; none when nothing was promised.
pub(super) fn promise_of(typed: &Typed) -> Result<Option<Promise>, Trouble> {
    let what = typed.words("promise_what");
    let Some(body) = typed.id("promise_body")? else { return Ok(None) };
    let due_day = typed.day("promise_day")?.unwrap_or_default();
    Ok(Some(Promise { body, what, due_day }))
}

/// Who gains was asked aloud.
pub async fn conflict(
    State(house): State<House>,
    visitor: Visitor,
    Path(id): Of,
    Sent(typed): Sent<Typed>,
) -> Done {
    let id = id_of(&id)?;
    let said = typed.get("who");
    let asked = DecisionConflictAsked {
        declared: matches!(said, "other" | "chair"),
        chair: said == "chair",
        what: typed.words("what"),
    };
    acts::ask_conflict(&house, id, asked, &actor(&visitor)).await?;
    Ok(back(&visitor, id, "conflict"))
}

/// Somebody else leads.
pub async fn chair(
    State(house): State<House>,
    visitor: Visitor,
    Path(id): Of,
    Sent(typed): Sent<Typed>,
) -> Done {
    let id = id_of(&id)?;
    acts::replace_chair(&house, id, typed.on("woman"), &actor(&visitor)).await?;
    Ok(back(&visitor, id, "chair"))
}

/// An area was told.
pub async fn notice(
    State(house): State<House>,
    visitor: Visitor,
    Path(id): Of,
    Sent(typed): Sent<Typed>,
) -> Done {
    let id = id_of(&id)?;
    let area = typed.area(&house, "area")?.unwrap_or(Id::NONE);
    let day = typed.day("day")?.unwrap_or_else(|| acts::today(&house));
    let noticed = DecisionNoticed { area, how: typed.words("how"), day };
    acts::notice(&house, id, noticed, &actor(&visitor)).await?;
    Ok(back(&visitor, id, "notice"))
}

/// Somebody was heard.
pub async fn hear(
    State(house): State<House>,
    visitor: Visitor,
    Path(id): Of,
    Sent(typed): Sent<Typed>,
) -> Done {
    let id = id_of(&id)?;
    let area = typed.area(&house, "area")?.unwrap_or(Id::NONE);
    let heard = DecisionHeard { area, words: typed.words("words") };
    acts::hear(&house, id, heard, &actor(&visitor)).await?;
    Ok(back(&visitor, id, "heard"))
}

/// People ask for a secret vote.
pub async fn secret(
    State(house): State<House>,
    visitor: Visitor,
    Path(id): Of,
    Sent(typed): Sent<Typed>,
) -> Done {
    let id = id_of(&id)?;
    acts::ask_secret(&house, id, typed.number("by_n")?, &actor(&visitor)).await?;
    Ok(back(&visitor, id, "secret"))
}

/// The vote begins.
pub async fn begin(
    State(house): State<House>,
    visitor: Visitor,
    Path(id): Of,
    Sent(_): Sent<Typed>,
) -> Done {
    let id = id_of(&id)?;
    acts::begin(&house, id, &actor(&visitor)).await?;
    Ok(back(&visitor, id, "begun"))
}

/// One counter counted.
pub async fn count(
    State(house): State<House>,
    visitor: Visitor,
    Path(id): Of,
    Sent(typed): Sent<Typed>,
) -> Done {
    let id = id_of(&id)?;
    let decision = queries::decision(&house, id).await?.ok_or(Trouble::NotFound)?;
    let counted = DecisionHandsCounted {
        counter: u8::try_from(typed.number("counter")?).unwrap_or(0),
        round: u8::try_from(typed.number("round")?).unwrap_or(0),
        tallies: tallies(&decision, &typed, "")?,
        via: "hall".to_owned(),
    };
    acts::count(&house, id, vec![counted], &actor(&visitor)).await?;
    Ok(back(&visitor, id, "counted"))
}

/// Both columns of the paper sheet are typed.
pub async fn sheet(
    State(house): State<House>,
    visitor: Visitor,
    Path(id): Of,
    Sent(typed): Sent<Typed>,
) -> Done {
    let id = id_of(&id)?;
    let decision = queries::decision(&house, id).await?.ok_or(Trouble::NotFound)?;
    let columns = [column(&decision, &typed, 1)?, column(&decision, &typed, 2)?];
    acts::count(&house, id, columns.to_vec(), &actor(&visitor)).await?;
    Ok(back(&visitor, id, "counted"))
}

/// All is counted again.
pub async fn recount(
    State(house): State<House>,
    visitor: Visitor,
    Path(id): Of,
    Sent(_): Sent<Typed>,
) -> Done {
    let id = id_of(&id)?;
    acts::recount(&house, id, &actor(&visitor)).await?;
    Ok(back(&visitor, id, "recount"))
}

/// It is resolved.
pub async fn resolve(
    State(house): State<House>,
    visitor: Visitor,
    Path(id): Of,
    Sent(typed): Sent<Typed>,
) -> Done {
    let id = id_of(&id)?;
    let said = Resolving {
        by_act: Some(typed.get("act")).filter(|act| !act.is_empty()).map(|act| act == "carried"),
        reasons: typed.words("reasons"),
        because: typed.words("because"),
        dissent: typed.words("dissent"),
        review_day: typed.day("review_day")?,
        promise: promise_of(&typed)?,
        ..Resolving::default()
    };
    acts::resolve(&house, id, said, &actor(&visitor)).await?;
    Ok(back(&visitor, id, "resolved"))
}

/// The body it waits on says what it does with it.
pub async fn take(
    State(house): State<House>,
    visitor: Visitor,
    Path(id): Of,
    Sent(typed): Sent<Typed>,
) -> Done {
    let id = id_of(&id)?;
    let taking = Taking {
        body: typed.id("body")?.unwrap_or(Id::NONE),
        outcome: typed.words("outcome"),
        reason: typed.words("reason"),
        because: typed.words("because"),
        until_day: typed.day("until_day")?,
        to: typed.id("to")?,
        promise: promise_of(&typed)?,
    };
    acts::take(&house, id, taking, &actor(&visitor)).await?;
    Ok(back(&visitor, id, "taken"))
}

/// An appeal is written down.
pub async fn appeal(
    State(house): State<House>,
    visitor: Visitor,
    Path(id): Of,
    Sent(typed): Sent<Typed>,
) -> Done {
    let id = id_of(&id)?;
    acts::appeal(&house, id, typed.words("why"), &actor(&visitor)).await?;
    Ok(back(&visitor, id, "appealed"))
}

/// An appeal is answered.
pub async fn answer(
    State(house): State<House>,
    visitor: Visitor,
    Path(id): Of,
    Sent(typed): Sent<Typed>,
) -> Done {
    let id = id_of(&id)?;
    let answer = DecisionAppealAnswered {
        stands: typed.get("answer") == "stands",
        reason: typed.words("reason"),
        by: typed.id("body")?.unwrap_or(Id::NONE),
    };
    acts::answer_appeal(&house, id, answer, &actor(&visitor)).await?;
    Ok(back(&visitor, id, "answered"))
}

/// It is looked at again.
pub async fn review(
    State(house): State<House>,
    visitor: Visitor,
    Path(id): Of,
    Sent(typed): Sent<Typed>,
) -> Done {
    let id = id_of(&id)?;
    let reviewed = DecisionReviewed {
        kept: typed.get("review") == "kept",
        reason: typed.words("reason"),
        next_day: typed.day("next_day")?,
    };
    acts::review(&house, id, reviewed, &actor(&visitor)).await?;
    Ok(back(&visitor, id, "reviewed"))
}

/// Who is waited for replies.
pub async fn reply(
    State(house): State<House>,
    visitor: Visitor,
    Path(id): Of,
    Sent(typed): Sent<Typed>,
) -> Done {
    let id = id_of(&id)?;
    let by = typed.id("body")?.unwrap_or(Id::NONE);
    let replied = DecisionReplied { by, words: typed.words("words") };
    acts::reply(&house, id, replied, &actor(&visitor)).await?;
    Ok(back(&visitor, id, "replied"))
}
