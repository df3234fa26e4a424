//! What the buttons of a need's page do: each reads its form, asks the room to act, and leads on.
//! Before a need is shown on the street the very part that would be shown is previewed. It judges
//! nothing.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use page::components::button::{Button, Kind, buttons, link_button};
use page::components::icon::Icon;
use page::components::notice::notice;
use page::frame::Tone;
use page::{Html, Notice};
use record::{Id, Refusal};

use super::need::{may_speak_for, seen};
use super::stating::{self, Pairs, Typed, value};
use super::{parts, street};
use crate::door::{House, Moved, Sent, Shown, Trouble, Visitor};
use crate::needs::rules::counts::public_need;
use crate::needs::{Need, acts, queries};
use crate::voices::desk_parts as desk;
use crate::voices::queries::counts_of_need;

/// The need's page again.
pub fn back(visitor: &Visitor, id: Id, done: &str) -> Moved {
    Moved(visitor.link(&format!("/desk/needs/{id}?done={done}")))
}

/// What the street would show, or shows.
pub async fn preview(
    State(house): State<House>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Shown, Trouble> {
    let need = seen(&house, &id).await?;
    let t = visitor.tongue();
    let told = if need.published {
        queries::public_counts(&house, need.id).await?
    } else {
        public_need(&counts_of_need(&house, need.id).await?)
    };
    let quotes = street::quotes(&house, need.id).await?;
    let as_shown = street::drawn(&house, t, &need, &told, &quotes);
    let key = if need.published { "needs-preview-public" } else { "needs-preview-about" };
    let mut body = Html::join([desk::line(t, key), as_shown]);
    let to = format!("/desk/needs/{}", need.id);
    let unfit = acts::fit_in_house(&house, &need.title).await;
    match unfit {
        _ if need.status == "withdrawn" => {}
        _ if need.published => {
            let label = t.say("needs-hide");
            let pressed = Button::new(&label, Kind::Grave);
            body.push(&desk::act(&visitor, &format!("{to}/hide"), Html::none(), &pressed));
        }
        Ok(()) => {
            let label = t.say("needs-publish-now");
            let pressed = Button { key: Some(KEY_PUBLISH), ..desk::main_button(&label) };
            body.push(&desk::act(&visitor, &format!("{to}/publish"), Html::none(), &pressed));
        }
        Err(Trouble::Refused(refusal)) => {
            body.push(&notice(t, &Notice::new(Tone::Bad, &desk::said(t, &refusal))));
        }
        Err(trouble) => return Err(trouble),
    }
    let back = link_button(&visitor.link(&to), &t.say("needs-back"), Kind::Other, Some(Icon::Next));
    body.push(&buttons([back]));
    Ok(parts::shown(&visitor, &t.say("needs-preview-title"), "", body))
}

/// The key that publishes what was previewed.
const KEY_PUBLISH: char = 'p';

/// Shows it on the street.
pub async fn publish(
    State(house): State<House>,
    visitor: Visitor,
    Path(id): Path<String>,
    Sent(_): Sent<Pairs>,
) -> Result<Moved, Trouble> {
    let need = seen(&house, &id).await?;
    acts::publish(&house, &need, visitor.author()).await?;
    Ok(back(&visitor, need.id, "published"))
}

/// Shows it no longer.
pub async fn hide(
    State(house): State<House>,
    visitor: Visitor,
    Path(id): Path<String>,
    Sent(_): Sent<Pairs>,
) -> Result<Moved, Trouble> {
    let need = seen(&house, &id).await?;
    acts::hide(&house, need.id, visitor.author()).await?;
    Ok(back(&visitor, need.id, "hidden"))
}

/// Says it in other words.
pub async fn reword(
    State(house): State<House>,
    visitor: Visitor,
    Path(id): Path<String>,
    Sent(pairs): Sent<Pairs>,
) -> Result<Response, Trouble> {
    let need = seen(&house, &id).await?;
    let typed = Typed::of(&pairs);
    let done: Result<(), Trouble> =
        async { acts::reword(&house, need.id, typed.read(&house)?, visitor.author()).await }.await;
    match done {
        Ok(()) => Ok(back(&visitor, need.id, "reworded").into_response()),
        Err(Trouble::Refused(refusal)) if !visitor.0.wants_json => {
            Ok(reword_page(&house, &visitor, &need, &typed, &refusal).into_response())
        }
        Err(trouble) => Err(trouble),
    }
}

/// The form again, with what was typed and what is wrong with it.
fn reword_page(
    house: &House,
    visitor: &Visitor,
    need: &Need,
    typed: &Typed,
    refusal: &Refusal,
) -> Shown {
    let t = visitor.tongue();
    let label = t.say("needs-reword-send");
    let fields = stating::fields(house, t, typed, Some(refusal));
    let to = format!("/desk/needs/{}/reword", need.id);
    let body = desk::act(visitor, &to, fields, &desk::main_button(&label));
    let status = StatusCode::from_u16(refusal.status).unwrap_or_default();
    parts::shown(visitor, &t.say("needs-reword"), "", body).with_status(status)
}

/// Writes down that those who live there said it is so.
pub async fn confirm(
    State(house): State<House>,
    visitor: Visitor,
    Path(id): Path<String>,
    Sent(pairs): Sent<Pairs>,
) -> Result<Moved, Trouble> {
    let need = seen(&house, &id).await?;
    let body = match value(&pairs, "body") {
        "" => None,
        typed => Some(desk::id_of(typed)?),
    };
    if body.is_some_and(|body| !may_speak_for(&visitor, body)) {
        return Err(Refusal::new("need-body-not-yours").status(403).into());
    }
    acts::confirm(&house, need.id, body, value(&pairs, "how"), visitor.author()).await?;
    Ok(back(&visitor, need.id, "confirmed"))
}

/// It is for another body.
pub async fn refer(
    State(house): State<House>,
    visitor: Visitor,
    Path(id): Path<String>,
    Sent(pairs): Sent<Pairs>,
) -> Result<Moved, Trouble> {
    let need = seen(&house, &id).await?;
    acts::refer(&house, need.id, value(&pairs, "body_name"), visitor.author()).await?;
    Ok(back(&visitor, need.id, "referred"))
}

/// It was no need after all.
pub async fn withdraw(
    State(house): State<House>,
    visitor: Visitor,
    Path(id): Path<String>,
    Sent(pairs): Sent<Pairs>,
) -> Result<Moved, Trouble> {
    let need = seen(&house, &id).await?;
    acts::withdraw(&house, need.id, value(&pairs, "reason"), visitor.author()).await?;
    Ok(back(&visitor, need.id, "withdrawn"))
}

/// Takes voices out.
pub async fn ungroup(
    State(house): State<House>,
    visitor: Visitor,
    Path(id): Path<String>,
    Sent(pairs): Sent<Pairs>,
) -> Result<Moved, Trouble> {
    let need = seen(&house, &id).await?;
    let named = pairs.iter().filter(|(name, _)| name == "v");
    let mut of = Vec::new();
    for (_, typed) in named {
        of.push(crate::voices::seen(&house, &visitor, desk::id_of(typed)?).await?.id);
    }
    acts::ungroup(&house, need.id, &of, visitor.author()).await?;
    Ok(back(&visitor, need.id, "ungrouped"))
}

/// Moves all voices to another need, or back among those that wait.
pub async fn move_voices(
    State(house): State<House>,
    visitor: Visitor,
    Path(id): Path<String>,
    Sent(pairs): Sent<Pairs>,
) -> Result<Moved, Trouble> {
    let need = seen(&house, &id).await?;
    let to = match value(&pairs, "to") {
        "" => None,
        typed => Some(numbered(&house, typed).await?.id),
    };
    acts::empty(&house, need.id, to, visitor.author()).await?;
    Ok(back(&visitor, to.unwrap_or(need.id), "moved"))
}

/// The need of a number as people write it: `N-88`, `n88` or `88`.
///
/// # Errors
/// There is none.
pub async fn numbered(house: &House, typed: &str) -> Result<Need, Trouble> {
    let digits: String = words::plain(typed).chars().filter(char::is_ascii_digit).collect();
    let number = digits.parse().ok();
    let need = match number {
        Some(number) => queries::by_number(house, number).await?,
        None => None,
    };
    Ok(need.ok_or(Refusal::new("need-unknown").status(404))?)
}
