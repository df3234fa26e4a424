//! A member's own page: who they are here, what they may do, and their passphrase. It shows nothing
//! of anybody else.

use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::Response;
use page::components::button::{Button, Kind, button, buttons, link_button};
use page::components::field::{self, Field, Kind as FieldKind};
use page::components::form::{Form, form};
use page::{Html, text};
use record::Refusal;
use seal::PASSPHRASE_CHARS_MIN;
use serde::Deserialize;

use super::parts::{self, Asked, fact, line, part, roles_said};
use super::sessions;
use super::sign::{cookie, secure, with_cookie};
use crate::door::{House, Moved, Role, Sent, Shown, Trouble, Visitor};
use crate::people::queries;

/// What the form sends.
#[derive(Debug, Deserialize)]
pub struct Changed {
    old: String,
    new: String,
    again: String,
}

/// The page.
pub async fn page(
    State(house): State<House>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Shown, Trouble> {
    let t = visitor.tongue();
    let member = visitor.signed_in()?;
    let mut bodies = Vec::new();
    for id in &member.bodies {
        bodies.extend(queries::body(&house, *id).await?.map(|body| body.name));
    }
    let bodies = if bodies.is_empty() { t.say("people-no-bodies") } else { bodies.join(" · ") };
    let mut body = Html::join([
        fact(t, "people-name-here", &page::html::bdi(&member.name)),
        fact(t, "people-roles", &text(&roles_said(t, &member.roles))),
        fact(t, "people-bodies", &page::html::bdi(&bodies)),
    ]);
    if visitor.is(Role::FocalPoint) {
        let to = visitor.link("/desk/sealed/confirm");
        let label = t.say("people-door-own-title");
        body.push(&buttons([link_button(&to, &label, Kind::Other, None)]));
    }
    body.push(&passphrase_form(&visitor));
    Ok(parts::shown(&visitor, &t.say("people-me-title"), &asked, body))
}

/// Changes the passphrase; other sessions end, this one goes on under a new token.
pub async fn change_passphrase(
    State(house): State<House>,
    visitor: Visitor,
    headers: HeaderMap,
    Sent(sent): Sent<Changed>,
) -> Result<Response, Trouble> {
    let member = visitor.signed_in()?;
    if sent.new != sent.again {
        return Err(Refusal::new("people-passphrase-again").into());
    }
    let token = sessions::change_passphrase(&house, member.id, &sent.old, &sent.new).await?;
    let onward = Moved(visitor.link("/desk/me?done=passphrase"));
    with_cookie(&cookie(&token, secure(&headers)), onward)
}

fn passphrase_form(visitor: &Visitor) -> Html {
    let t = visitor.tongue();
    let least = i64::try_from(PASSPHRASE_CHARS_MIN).unwrap_or(i64::MAX);
    let hint = t.with("people-passphrase-hint", &[("chars", least.into())]);
    let secret = |name, key: &str, hint: &str, autocomplete| {
        let label = t.say(key);
        let shape = Field {
            name,
            label: &label,
            hint,
            required: true,
            kind: FieldKind::Secret,
            autocomplete: Some(autocomplete),
            ..Field::default()
        };
        field::line(t, &shape)
    };
    let fields = Html::join([
        secret("old", "people-passphrase-old", "", "current-password"),
        secret("new", "people-passphrase-new", &hint, "new-password"),
        secret("again", "people-passphrase-again", "", "new-password"),
        buttons([button(&Button::new(&t.say("people-passphrase-change"), Kind::Main))]),
    ]);
    let to = visitor.link("/desk/me/passphrase");
    Html::join([
        part(t, "people-passphrase-change"),
        line(t, "people-passphrase-change-lead"),
        form(t, &Form::post(&to, visitor.csrf()), &fields),
    ])
}
