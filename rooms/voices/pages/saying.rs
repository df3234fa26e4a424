//! What comes in through the street's form, with a note or without: read once, bounded part by
//! part, so that words come back to whoever wrote them though their recording was too large. It
//! judges no sound; it only never holds more of one than may be kept.

use axum::extract::multipart::MultipartError;
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::{StatusCode, header};
use page::components::button::{Button, Kind};
use page::components::field::{self, Field, hidden};
use page::components::icon::Icon;
use page::{Html, Tongue, text};
use record::Refusal;

use super::say::Said;
use crate::door::{Sent, Trouble, Visitor};
use crate::voices::notes::{Container, NOTE_BYTES_MAX, NOTE_SECONDS_MAX, Note};

/// Longest form with a recording, in bytes. A recording beyond [`NOTE_BYTES_MAX`] is not kept, but
/// what was written beside it comes back.
pub const SPOKEN_BYTES_MAX: usize = 8 * 1024 * 1024;
/// Longest of all that is written beside a recording, in bytes; as in a form without one.
const WRITTEN_BYTES_MAX: usize = 256 * 1024;
/// Most parts of the form.
const PARTS_MAX: usize = 20;

/// A recording as it came.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Sound {
    /// There is none.
    #[default]
    None,
    /// There is one, of these bytes.
    Some(Vec<u8>),
    /// There is one that is too large; nothing of it was kept.
    TooLarge,
}

/// What was said: in writing, aloud, or both.
#[derive(Default)]
pub struct Spoken {
    /// The fields.
    pub said: Said,
    /// The recording.
    pub sound: Sound,
}

impl Spoken {
    /// The note, when there is a recording that is one.
    ///
    /// # Errors
    /// It is too large, or no sound that we know.
    pub fn note(&self) -> Result<Option<Note>, Refusal> {
        let bytes = match &self.sound {
            Sound::None => return Ok(None),
            Sound::TooLarge => {
                let refusal = Refusal::new("note-too-large").status(413);
                return Err(refusal.naming("seconds", NOTE_SECONDS_MAX));
            }
            Sound::Some(bytes) => bytes,
        };
        let container = Container::of(bytes).ok_or(Refusal::new("note-no-sound").status(415))?;
        let seconds = self.said.note_seconds.trim().parse().ok();
        let seconds = seconds.filter(|n| (1..=NOTE_SECONDS_MAX).contains(n));
        Ok(Some(Note { container, bytes: bytes.clone(), seconds }))
    }
}

impl<S: Send + Sync> FromRequest<S> for Spoken {
    type Rejection = Trouble;

    async fn from_request(request: Request, state: &S) -> Result<Spoken, Trouble> {
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
        if kind.is_some_and(|kind| kind.starts_with("multipart/form-data")) {
            return parts_of(request).await;
        }
        let Sent(said) = Sent::<Said>::from_request(request, state).await?;
        Ok(Spoken { said, sound: Sound::None })
    }
}

async fn parts_of(request: Request) -> Result<Spoken, Trouble> {
    let visitor = request.extensions().get::<Visitor>().cloned();
    let token = visitor.as_ref().map(|v| v.csrf().to_owned()).unwrap_or_default();
    let mut parts = Multipart::from_request(request, &()).await.map_err(|_| unreadable())?;
    let (mut sound, mut left) = (Sound::None, WRITTEN_BYTES_MAX);
    let mut written: Vec<(String, String)> = Vec::new();
    while let Some(mut part) = parts.next_field().await.map_err(|error| wrong(&error))? {
        let name = part.name().unwrap_or_default().to_owned();
        if part.file_name().is_some() {
            while let Some(more) = part.chunk().await.map_err(|error| wrong(&error))? {
                sound = sound.with(&more);
            }
            continue;
        }
        let mut bytes = Vec::new();
        while let Some(more) = part.chunk().await.map_err(|error| wrong(&error))? {
            left = left.checked_sub(more.len()).ok_or_else(too_long)?;
            bytes.extend_from_slice(&more);
        }
        written.push((name, String::from_utf8(bytes).map_err(|_| unreadable())?));
        if written.len() > PARTS_MAX {
            return Err(unreadable().into());
        }
    }
    let sent = written.iter().find(|(name, _)| name == "csrf").map(|(_, value)| value.as_str());
    if !token.is_empty() && sent != Some(token.as_str()) {
        return Err(Refusal::new("form-stale").status(403).into());
    }
    let form = serde_urlencoded::to_string(&written).map_err(|_| unreadable())?;
    let said = serde_urlencoded::from_str(&form).map_err(|_| unreadable())?;
    Ok(Spoken { said, sound })
}

impl Sound {
    fn with(self, more: &[u8]) -> Sound {
        let mut bytes = match self {
            Sound::TooLarge => return Sound::TooLarge,
            Sound::None => Vec::new(),
            Sound::Some(bytes) => bytes,
        };
        if more.is_empty() && bytes.is_empty() {
            return Sound::None;
        }
        if bytes.len().saturating_add(more.len()) > NOTE_BYTES_MAX {
            return Sound::TooLarge;
        }
        bytes.extend_from_slice(more);
        Sound::Some(bytes)
    }
}

fn unreadable() -> Refusal {
    Refusal::new("form-unreadable").status(400)
}

fn too_long() -> Refusal {
    Refusal::new("form-too-long").status(413)
}

fn wrong(error: &MultipartError) -> Trouble {
    let too_large = error.status() == StatusCode::PAYLOAD_TOO_LARGE;
    if too_large { too_long().into() } else { unreadable().into() }
}

/// The field for a recording: a file from the phone's own recorder. Where a script runs and the
/// phone lets it, the hidden row takes its place: it records on the page, at most a minute.
pub fn note_field(t: Tongue, wrong: Option<&str>) -> Html {
    let seconds = i64::from(NOTE_SECONDS_MAX);
    let (label, hint) =
        (t.say("voices-note"), t.with("voices-note-hint", &[("seconds", seconds.into())]));
    let shape =
        Field { name: "note", label: &label, hint: &hint, error: wrong, ..Field::default() };
    let file = field::file(t, &shape).0;
    let file = file.replacen("type=file", "type=file accept=\"audio/*\" capture", 1);
    let says = [("on", "voices-note-on"), ("off", "voices-note-off"), ("no", "voices-note-denied")];
    let says = says.map(|(name, key)| format!(" data-{name}=\"{}\"", text(&t.say(key))));
    let press = |act: &str, picture: Icon, key: &str, kind: Kind| {
        let label = t.say(key);
        let Html(shown) = page::components::button::button(&Button {
            icon: Some(picture),
            ..Button::new(&label, kind)
        });
        let own = format!("<button type=button hidden data-do={act} ");
        shown.replacen("<button ", &own, 1)
    };
    let row = format!(
        "<div class=recorder hidden data-script=\"{}\" data-seconds={NOTE_SECONDS_MAX}{}>\
         <div class=bs>{}{}{}<b class=seconds role=timer hidden></b></div>\
         <audio class=note-player controls hidden aria-label=\"{}\"></audio>\
         <p role=status></p></div>",
        page::look::note_js().0,
        says.concat(),
        press("record", Icon::Microphone, "voices-note-record", Kind::Other),
        press("stop", Icon::Stop, "voices-note-stop", Kind::Grave),
        press("drop", Icon::Waste, "voices-note-drop", Kind::Other),
        text(&t.say("voices-note-player")),
    );
    Html::join([Html(file), Html(row), hidden("note_seconds", "")])
}
