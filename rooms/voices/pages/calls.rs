//! `/desk/calls`: who rang and hung up, to be called back. The number is shown because to call it
//! is the task; once reached it is destroyed.

use axum::extract::{Path, Query, State};
use page::components::button::{Button, Kind, button, buttons, link_button};
use page::components::card::{card, cards};
use page::components::empty::empty;
use page::components::form::{Form, form};
use page::components::icon::Icon;
use page::{Html, text};
use record::{Id, Refusal};
use serde::Deserialize;

use super::parts::{self, Asked};
use crate::door::{House, Moved, Sent, Shown, Trouble, Visitor};
use crate::voices::{calls, queries};

/// How the call went.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Called {
    reached: String,
}

/// The list.
pub async fn page(
    State(house): State<House>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Shown, Trouble> {
    let t = visitor.tongue();
    let waiting = queries::calls(&house).await?;
    let mut body = parts::line(t, "voices-calls-lead");
    if waiting.is_empty() {
        let (title, next) = (t.say("voices-calls-empty"), t.say("voices-calls-empty-next"));
        body.push(&empty(Icon::Phone, &title, &next, &Html::none()));
    } else {
        let type_it = link_button(
            &visitor.link("/desk/paper?channel=call"),
            &t.say("voices-calls-type"),
            Kind::Other,
            Some(Icon::Paper),
        );
        body.push(&buttons([type_it]));
        body.push(&cards(waiting.iter().map(|call| one(&house, &visitor, call))));
    }
    Ok(parts::shown(&visitor, &t.say("voices-calls-title"), &asked, body))
}

fn one(
    house: &House,
    visitor: &Visitor,
    (id, rang_ms, tries, number): &(Id, i64, i64, Option<String>),
) -> Html {
    let t = visitor.tongue();
    let number = number.as_deref().map(parts::number_link);
    let number = number.unwrap_or_else(|| text(&t.say("voices-number-gone")));
    let tried = t.with("voices-calls-tried", &[("n", (*tries).into())]);
    let (yes, no) = (t.say("voices-calls-reached"), t.say("voices-calls-not-reached"));
    let pressed = [("yes", &yes), ("no", &no)].map(|(value, label)| {
        button(&Button { sends: Some(("reached", value)), ..Button::new(label, Kind::Other) })
    });
    let to = visitor.link(&format!("/desk/calls/{id}"));
    let inside = Html::join([
        Html(format!("<p class=lead>{number}</p>")),
        parts::soft(&text(&tried)),
        form(t, &Form::post(&to, visitor.csrf()), &buttons(pressed)),
    ]);
    let rang = t.with("voices-calls-rang", &[("when", parts::age(t, house, *rang_ms).into())]);
    card(&rang, None, &inside)
}

/// Notes how a call back went.
pub async fn returned(
    State(house): State<House>,
    visitor: Visitor,
    Path(id): Path<String>,
    Sent(sent): Sent<Called>,
) -> Result<Moved, Trouble> {
    let reached = match sent.reached.as_str() {
        "yes" => true,
        "no" => false,
        _ => return Err(Refusal::new("list-unknown").into()),
    };
    calls::returned(&house, parts::id_of(&id)?, reached, visitor.author()).await?;
    let done = if reached { "reached" } else { "not-reached" };
    Ok(Moved(visitor.link(&format!("/desk/calls?done={done}"))))
}
