//! Signing in and out on the street's side of the desk. The street itself sets no cookie: only who
//! signs in gets one, and it says nothing but a token.

use axum::extract::{Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use page::components::button::{Button, Kind, button, buttons};
use page::components::field::{self, Field, Kind as FieldKind};
use page::components::form::{Form, form};
use page::components::icon::Icon;
use page::frame::Tone;
use page::{Html, Notice, text};
use record::Refusal;
use serde::Deserialize;

use super::parts::{heading, line};
use super::sessions::{self, SESSION_MS};
use crate::door::{House, Moved, SESSION_COOKIE, Sent, Shown, Trouble, Visitor};

/// Longest path to go on to after signing in, in bytes.
const NEXT_BYTES_MAX: usize = 300;
/// Where a member goes who came from nowhere.
const DESK: &str = "/desk";

/// What the address of the page may say.
#[derive(Debug, Default, Deserialize)]
pub struct Coming {
    next: Option<String>,
}

/// What the form sends.
#[derive(Debug, Deserialize)]
pub struct SignIn {
    name: String,
    passphrase: String,
    #[serde(default)]
    next: String,
}

/// The form carries nothing but its token.
#[derive(Debug, Deserialize)]
pub struct Nothing {}

/// The page on which a member signs in.
pub async fn page(visitor: Visitor, Query(coming): Query<Coming>) -> Response {
    let next = local(coming.next.as_deref().unwrap_or_default());
    if visitor.member().is_some() {
        return Moved(visitor.link(&next)).into_response();
    }
    shown(&visitor, &next, "", None).into_response()
}

/// Signs in and goes on, or shows the form again with what was typed but the passphrase.
pub async fn sign_in(
    State(house): State<House>,
    visitor: Visitor,
    headers: HeaderMap,
    Sent(sent): Sent<SignIn>,
) -> Result<Response, Trouble> {
    let next = local(&sent.next);
    let origin = visitor.0.origin;
    match sessions::sign_in_from(&house, origin, &sent.name, &sent.passphrase).await {
        Ok(token) => {
            let cookie = cookie(&token, secure(&headers));
            Ok(with_cookie(&cookie, Moved(visitor.link(&next)))?)
        }
        Err(Trouble::Refused(refusal)) if !visitor.0.wants_json => {
            Ok(shown(&visitor, &next, &sent.name, Some(&refusal)).into_response())
        }
        Err(trouble) => Err(trouble),
    }
}

/// Ends the session and takes the cookie back.
pub async fn sign_out(
    State(house): State<House>,
    visitor: Visitor,
    headers: HeaderMap,
    Sent(_): Sent<Nothing>,
) -> Result<Response, Trouble> {
    if let Some(token) = token_of(&headers) {
        sessions::sign_out(&house, token).await?;
    }
    let gone = format!("{SESSION_COOKIE}=; HttpOnly; SameSite=Strict; Path=/; Max-Age=0");
    with_cookie(&gone, Moved(visitor.link("/")))
}

/// The line that sets the cookie of a session. `secure` when the request came by https.
#[must_use]
pub fn cookie(token: &str, secure: bool) -> String {
    let seconds = SESSION_MS / 1000;
    let secure = if secure { "; Secure" } else { "" };
    format!(
        "{SESSION_COOKIE}={token}; HttpOnly; SameSite=Strict; Path=/; Max-Age={seconds}{secure}"
    )
}

/// An answer that also sets a cookie.
pub fn with_cookie(cookie: &str, answer: impl IntoResponse) -> Result<Response, Trouble> {
    let value = HeaderValue::from_str(cookie).map_err(Trouble::broken)?;
    let mut response = answer.into_response();
    response.headers_mut().append(header::SET_COOKIE, value);
    Ok(response)
}

/// Whether the way to the visitor is encrypted: what stands before the node says so.
pub fn secure(headers: &HeaderMap) -> bool {
    headers.get("x-forwarded-proto").is_some_and(|proto| proto.as_bytes() == b"https")
}

/// A path of this node to go on to; the desk for everything else.
pub fn local(next: &str) -> String {
    let plain = next.bytes().all(|b| b.is_ascii_graphic() && b != b'\\');
    let own = next.starts_with('/') && !next.starts_with("//");
    let path = next.split(['?', '#']).next().unwrap_or_default();
    let signs = path == "/sign-in" || path == "/sign-out";
    if plain && own && !signs && next.len() <= NEXT_BYTES_MAX {
        next.to_owned()
    } else {
        DESK.to_owned()
    }
}

fn token_of(headers: &HeaderMap) -> Option<&str> {
    let cookies = headers.get(header::COOKIE)?.to_str().ok()?;
    let mut pairs = cookies.split(';').filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(name, _)| *name == SESSION_COOKIE).map(|(_, token)| token)
}

fn shown(visitor: &Visitor, next: &str, name: &str, refusal: Option<&Refusal>) -> Shown {
    let t = visitor.tongue();
    let title = t.say("people-sign-in-title");
    let (name_label, passphrase) = (t.say("people-name"), t.say("people-passphrase"));
    let who = Field {
        name: "name",
        label: &name_label,
        value: name,
        required: true,
        autocomplete: Some("username"),
        length_max: Some(160),
        ..Field::default()
    };
    let secret = Field {
        name: "passphrase",
        label: &passphrase,
        required: true,
        kind: FieldKind::Secret,
        autocomplete: Some("current-password"),
        ..Field::default()
    };
    let fields = Html::join([
        field::line(t, &who),
        field::line(t, &secret),
        field::hidden("next", next),
        buttons([button(&Button {
            icon: Some(Icon::Lock),
            ..Button::new(&t.say("people-sign-in"), Kind::Main)
        })]),
    ]);
    let say = page::html::href(&visitor.link("/say"));
    let speak = Html(format!(
        "<p>{} <a href=\"{say}\">{}</a></p>",
        text(&t.say("people-sign-in-no-need")),
        text(&t.say("people-sign-in-say"))
    ));
    let body = Html::join([
        heading(&title),
        line(t, "people-sign-in-lead"),
        form(t, &Form::post(&visitor.link("/sign-in"), ""), &fields),
        line(t, "people-sign-in-forgot"),
        speak,
    ]);
    let page = Shown::street(title, body);
    match refusal {
        None => page,
        Some(refusal) => {
            let args: Vec<(&str, page::Arg)> =
                refusal.args.iter().map(|(n, v)| (*n, v.as_str().into())).collect();
            let what = t.with(&format!("refused-{}", refusal.code), &args);
            let advice = t.with(&format!("refused-{}-advice", refusal.code), &args);
            let words = format!("{what}. {advice}");
            let status = StatusCode::from_u16(refusal.status);
            page.noticing(Notice::new(Tone::Bad, &words))
                .with_status(status.unwrap_or(StatusCode::UNPROCESSABLE_ENTITY))
        }
    }
}
