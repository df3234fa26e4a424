//! A voice's note at the desk: heard by whoever may read the words of that voice, and typed up. It
//! is answered in pieces when a player asks for pieces, is kept by no browser, and has no type but
//! the one its own bytes tell.

use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use page::components::button::Button;
use page::components::field::{self, Field};
use page::components::icon::{Icon, icon_word};
use page::{Html, Tongue, text};
use serde::Deserialize;

use super::parts;
use super::voice::seen;
use crate::door::{House, Moved, Sent, Trouble, Visitor};
use crate::voices::notes::{self, Note};
use crate::voices::{Voice, acts};

/// Rows of the field for what was heard.
const HEARD_ROWS: u8 = 4;
/// The key that leads to it.
const KEY_TYPE: char = 't';

/// What was heard.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Heard {
    heard: String,
}

/// `GET /desk/voices/{id}/note`.
pub async fn hear(
    State(house): State<House>,
    visitor: Visitor,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Trouble> {
    let voice = seen(&house, &visitor, parts::id_of(&id)?).await?;
    let note = notes::of(&house, voice.id).await?.ok_or(Trouble::NotFound)?;
    Ok(played(note, &headers))
}

/// `POST /desk/voices/{id}/type`. Leads to the list, not back: what the words say of danger is to
/// be opened by somebody, or the alarm rings.
pub async fn type_up(
    State(house): State<House>,
    visitor: Visitor,
    Path(id): Path<String>,
    Sent(sent): Sent<Heard>,
) -> Result<Moved, Trouble> {
    let voice = seen(&house, &visitor, parts::id_of(&id)?).await?;
    acts::type_up(&house, voice.id, &sent.heard, visitor.author()).await?;
    Ok(Moved(visitor.link("/desk/voices?done=typed")))
}

/// A note as a player wants it: whole, or the piece it asked for.
pub fn played(note: Note, headers: &HeaderMap) -> Response {
    let Note { container, bytes, .. } = note;
    let length = bytes.len();
    let asked = headers.get(header::RANGE).and_then(|range| range.to_str().ok());
    let piece = asked.and_then(|asked| piece_of(asked, length));
    let mut answer = match piece.and_then(|(from, to)| bytes.get(from..=to).map(<[u8]>::to_vec)) {
        Some(part) => (StatusCode::PARTIAL_CONTENT, part).into_response(),
        None => (StatusCode::OK, bytes).into_response(),
    };
    let told = answer.headers_mut();
    if let Some((from, to)) = piece
        && let Ok(range) = HeaderValue::from_str(&format!("bytes {from}-{to}/{length}"))
    {
        told.insert(header::CONTENT_RANGE, range);
    }
    told.insert(header::CONTENT_TYPE, HeaderValue::from_static(container.media_type()));
    told.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    told.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    told.insert(header::CONTENT_DISPOSITION, HeaderValue::from_static("inline"));
    answer
}

/// The first and last byte of `bytes=FROM-TO`; none when it asks for something else, and the whole
/// is given.
pub(in crate::voices) fn piece_of(asked: &str, length: usize) -> Option<(usize, usize)> {
    let (from, to) = asked.trim().strip_prefix("bytes=")?.split_once('-')?;
    let last = length.checked_sub(1)?;
    let (from, to) = match (from, to) {
        ("", end) => (length.saturating_sub(end.parse().ok()?), last),
        (from, "") => (from.parse().ok()?, last),
        (from, to) => (from.parse().ok()?, to.parse::<usize>().ok()?.min(last)),
    };
    (from <= to).then_some((from, to))
}

/// The player of a note. Nothing is fetched before somebody presses it.
pub fn player(t: Tongue, from: &str) -> Html {
    let name = text(&t.say("voices-note-player"));
    let from = page::html::href(from);
    Html(format!(
        "<audio class=note-player controls preload=none aria-label=\"{name}\" \
         src=\"{from}\"></audio>"
    ))
}

/// How long or how large a note is, in words.
pub fn measure(t: Tongue, voice: &Voice) -> String {
    match voice.note_seconds {
        Some(seconds) => t.with("voices-note-seconds", &[("n", seconds.into())]),
        None => t.with("voices-note-size", &[("n", voice.note_kb.unwrap_or(0).into())]),
    }
}

/// What a voice with a note is called while nobody has typed it up.
pub fn untyped(t: Tongue, voice: &Voice) -> String {
    t.with("voices-note-untyped", &[("measure", measure(t, voice).into())])
}

/// The note on the page of its voice, and the form in which it is typed up.
pub fn shown(visitor: &Visitor, voice: &Voice) -> Html {
    if voice.note_kb.is_none() {
        return Html::none();
    }
    let t = visitor.tongue();
    let line = if voice.note_waits { untyped(t, voice) } else { measure(t, voice) };
    let name = Html(format!("<p>{}</p>", icon_word(Icon::Microphone, &line)));
    let player = player(t, &visitor.link(&format!("/desk/voices/{}/note", voice.id)));
    let mut all = Html::join([name, player]);
    if voice.note_waits && voice.status != "withdrawn" {
        all.push(&form(visitor, voice));
    }
    all
}

fn form(visitor: &Visitor, voice: &Voice) -> Html {
    let t = visitor.tongue();
    let keep = t.say("voices-note-type-keep");
    let press = Button { icon: Some(Icon::Paper), ..parts::main_button(&keep) };
    let words = heard_field(t, "heard", "voices-note-type", "voices-note-type-hint");
    let words = parts::keyed(words, "textarea", KEY_TYPE);
    parts::act(visitor, &format!("/desk/voices/{}/type", voice.id), words, &press)
}

/// The field for what somebody heard.
pub fn heard_field(t: Tongue, name: &str, label: &str, hint: &str) -> Html {
    let (label, hint) = (t.say(label), t.say(hint));
    let shape = Field { name, label: &label, hint: &hint, required: true, ..Field::default() };
    field::area(t, &shape, HEARD_ROWS)
}
