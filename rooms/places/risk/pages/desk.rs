//! Setting risk at the desk: the sheet of the index with its reason, and the sheet of areas with
//! its day. What was typed comes back when something does not fit.

use axum::extract::{Query, Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use page::components::button::{Button, Kind, button, buttons, link_button};
use page::components::field::{self, Field};
use page::components::form::{Form, form};
use page::components::icon::Icon;
use page::components::notice::{Notice, Tone, notice};
use page::{Html, Tongue, text};
use record::{Refusal, day_of};
use serde::Deserialize;

use super::{AREAS_SHEET, INDEX_SHEET, para};
use crate::door::{House, Moved, Shown, Trouble, Visitor};
use crate::places::pages::bringing::Brought;
use crate::places::pages::draw::refusal_words;
use crate::places::risk::rules::REASON_CHARS_MAX;
use crate::places::risk::{SHEET_BYTES_MAX, acts, risks, sheets};

/// Where both are set.
pub const PATH: &str = "/desk/places/risk";
/// Where the index goes.
pub const INDEX: &str = "/desk/places/risk/index";
/// Where what was measured goes.
pub const READINGS: &str = "/desk/places/risk/readings";
/// Bytes of a form with its sheet, and of what else it holds.
const FORM_BYTES_MAX: usize = SHEET_BYTES_MAX + 100_000;
const MINUTE_MS: i64 = 60_000;

#[derive(Default, Deserialize)]
pub struct Done {
    #[serde(default)]
    done: String,
    #[serde(default)]
    changed: i64,
    #[serde(default)]
    same: i64,
}

/// A way to the page, for those who may set risk.
pub fn desk_link(t: Tongue) -> Html {
    buttons([link_button(PATH, &t.say("risk-desk-title"), Kind::Other, Some(Icon::Map))])
}

/// `GET /desk/places/risk`
pub async fn page(
    State(house): State<House>,
    visitor: Visitor,
    Query(done): Query<Done>,
) -> Result<Shown, Trouble> {
    let t = visitor.tongue();
    let shown = forms(&house, &visitor, &Brought::default(), None);
    Ok(match done.done.as_str() {
        "index" => shown.noticing(Notice::new(Tone::Good, &t.say("risk-done-index"))),
        "readings" => {
            let args = [("changed", done.changed.into()), ("same", done.same.into())];
            shown.noticing(Notice::new(Tone::Good, &t.with("risk-done-readings", &args)))
        }
        _ => shown,
    })
}

/// Both forms; above them what did not fit.
fn forms(house: &House, visitor: &Visitor, typed: &Brought, refused: Option<&Refusal>) -> Shown {
    let (t, known) = (visitor.tongue(), risks(house));
    let title = t.say("risk-desk-title");
    let mut body = Html(format!("<h1>{}</h1>", text(&title)));
    if let Some(refusal) = refused {
        body.push(&notice(t, &Notice::new(Tone::Bad, &refusal_words(t, refusal))));
    }
    body.push(&para(&t.say("risk-desk-lead")));
    body.push(&heading(t, "risk-index-title", "risk-index-about"));
    let standing = sheets::index_sheet(known.index());
    let index = match typed.get("index") {
        "" => standing.as_str(),
        typed => typed,
    };
    let reason = match typed.get("reason") {
        "" => known.reason(),
        typed => typed,
    };
    let fields = Html::join([
        file(t),
        area(t, ("index", "risk-f-index"), index),
        line(t, ("reason", "risk-f-reason"), reason, field::Kind::Words),
        go(t, "risk-index-go"),
    ]);
    let shape = Form { carries_file: true, ..Form::post(INDEX, visitor.csrf()) };
    body.push(&form(t, &shape, &fields));
    if known.index().is_empty() {
        return Shown::desk(title, body);
    }
    body.push(&heading(t, "risk-readings-title", "risk-readings-about"));
    body.push(&buttons([
        link_button(AREAS_SHEET, &t.say("risk-areas-sheet"), Kind::Other, Some(Icon::Paper)),
        link_button(INDEX_SHEET, &t.say("risk-index-sheet"), Kind::Other, Some(Icon::Paper)),
    ]));
    let fields = Html::join([
        file(t),
        area(t, ("readings", "risk-f-readings"), typed.get("readings")),
        line(t, ("day", "risk-f-day"), typed.get("day"), field::Kind::Day),
        go(t, "risk-readings-go"),
    ]);
    let shape = Form { carries_file: true, ..Form::post(READINGS, visitor.csrf()) };
    body.push(&form(t, &shape, &fields));
    Shown::desk(title, body)
}

fn heading(t: Tongue, title: &str, about: &str) -> Html {
    Html(format!("<h2>{}</h2>{}", text(&t.say(title)), para(&t.say(about))))
}

fn file(t: Tongue) -> Html {
    let label = t.say("risk-f-file");
    field::file(t, &Field { name: "file", label: &label, ..Field::default() })
}

fn area(t: Tongue, (name, key): (&str, &str), value: &str) -> Html {
    let label = t.say(key);
    field::area(t, &Field { name, label: &label, value, ..Field::default() }, 6)
}

fn line(t: Tongue, (name, key): (&str, &str), value: &str, kind: field::Kind) -> Html {
    let (label, most) = (t.say(key), Some(REASON_CHARS_MAX));
    let required = true;
    let shape = Field { name, label: &label, value, kind, required, ..Field::default() };
    field::line(t, &Field { length_max: most, ..shape })
}

fn go(t: Tongue, key: &str) -> Html {
    button(&Button::new(&t.say(key), Kind::Main))
}

/// `POST /desk/places/risk/index`
pub async fn set(
    State(house): State<House>,
    visitor: Visitor,
    request: Request,
) -> Result<Response, Trouble> {
    let brought = brought(&visitor, request).await?;
    let sheet = sheet_of(&brought, "index");
    let done = acts::set_index(&house, sheet, brought.get("reason"), visitor.author()).await;
    let to = format!("{PATH}?done=index");
    answered(&house, &visitor, &brought, done.map(|()| to))
}

/// `POST /desk/places/risk/readings`
pub async fn bring(
    State(house): State<House>,
    visitor: Visitor,
    request: Request,
) -> Result<Response, Trouble> {
    let brought = brought(&visitor, request).await?;
    let to = match day_of_form(&house, &brought) {
        Ok(day) => {
            let sheet = sheet_of(&brought, "readings");
            let done = acts::bring_readings(&house, sheet, day, visitor.author()).await;
            done.map(|acts::Brought { changed, same }| {
                format!("{PATH}?done=readings&changed={changed}&same={same}")
            })
        }
        Err(refusal) => Err(refusal.into()),
    };
    answered(&house, &visitor, &brought, to)
}

async fn brought(visitor: &Visitor, request: Request) -> Result<Brought, Trouble> {
    let brought = Brought::read(request, FORM_BYTES_MAX).await?;
    if brought.get("csrf") != visitor.signed_in()?.csrf {
        return Err(Refusal::new("form-stale").status(403).into());
    }
    Ok(brought)
}

/// The file where one came, else what was pasted.
fn sheet_of<'a>(brought: &'a Brought, name: &str) -> &'a [u8] {
    if brought.file.is_empty() { brought.get(name).as_bytes() } else { &brought.file }
}

/// The day of what was measured, in days since 1970; not one that lies ahead.
fn day_of_form(house: &House, brought: &Brought) -> Result<i64, Refusal> {
    let today = day_of(house.now_ms() + house.city().offset_minutes * MINUTE_MS);
    let day = page::calendar::day_typed(brought.get("day")).filter(|day| *day <= today);
    day.ok_or_else(|| Refusal::new("risk-day"))
}

fn answered(
    house: &House,
    visitor: &Visitor,
    typed: &Brought,
    done: Result<String, Trouble>,
) -> Result<Response, Trouble> {
    match done {
        Ok(to) => Ok(Moved(visitor.link(&to)).into_response()),
        Err(Trouble::Refused(refusal)) => {
            let shown = forms(house, visitor, typed, Some(&refusal));
            Ok(shown.with_status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
        }
        Err(trouble) => Err(trouble),
    }
}
