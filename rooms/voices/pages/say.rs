//! `/say`: the street's form. It asks for words and a place; all else is optional and says what it
//! is for. It never loses what was typed, never promises rescue, and knows nobody's name.

use axum::Json;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use page::components::button::{Button, Kind, button, buttons};
use page::components::field::{self, Choice, Field, Kind as FieldKind};
use page::components::form::{Form, form};
use page::components::icon::Icon;
use page::frame::Tone;
use page::{Html, Notice, Tongue, text};
use record::Refusal;
use serde::Deserialize;
use serde_json::json;

use super::parts;
use crate::door::{House, Moved, Rate, Sent, Shown, Trouble, Visitor};
use crate::people;
use crate::places;
use crate::voices::rules::KINDS;
use crate::voices::{CHOSEN_WORD_CHARS_MAX, Code, Heard, Inbound, NUMBER_CHARS_MAX, hear};

/// Voices one origin may send in a minute: a church's Wi-Fi is one origin for many people.
const VOICES: Rate = Rate { name: "say", times: 60, within_ms: 60_000 };
/// Where there are more areas than this, the page asks for the place in words alone.
const AREAS_LISTED_MAX: usize = 30;
/// Longest id made on the phone, in characters.
const CLIENT_ID_CHARS_MAX: usize = 100;
/// Longest place, in characters.
const PLACE_CHARS_MAX: usize = 200;
/// More digits than a number has, so that blanks fit between them.
const NUMBER_TYPED_CHARS_MAX: usize = 2 * NUMBER_CHARS_MAX;
/// The door's name in the tombstones of messages.
const DOOR: &str = "page";

/// What the form sends.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Said {
    words: String,
    place: String,
    area: String,
    kind: String,
    number: String,
    word: String,
    codes_only: String,
    on_behalf: String,
    show_words: String,
    client_id: String,
}

/// What the address of the form may say.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Coming {
    /// The area from whose page somebody comes.
    area: String,
    /// The code of what was just kept, while the city hides.
    kept: String,
    /// `1` when it spoke of danger to life.
    danger: String,
}

/// The form.
pub async fn page(
    State(house): State<House>,
    visitor: Visitor,
    Query(coming): Query<Coming>,
) -> Result<Response, Trouble> {
    if let Ok(code) = coming.kept.parse::<Code>() {
        return Ok(if house.city().hidden {
            receipt(&house, &visitor, &code, coming.danger == "1").into_response()
        } else {
            Moved(visitor.link(&format!("/follow/{}", code.plain()))).into_response()
        });
    }
    let atlas = places::atlas(&house);
    let area = coming.area.parse().ok().and_then(|id| atlas.area(id));
    let area = area.map(|area| area.id.to_string()).unwrap_or_default();
    let said = Said { area, ..Said::default() };
    Ok(form_page(&house, &visitor, &said, None).await?.into_response())
}

/// Hears what was said, and leads to where it can be followed.
pub async fn say(
    State(house): State<House>,
    visitor: Visitor,
    Sent(said): Sent<Said>,
) -> Result<Response, Trouble> {
    match heard(&house, &visitor, &said).await {
        Ok(heard) => Ok(kept(&house, &visitor, &heard.code, heard.life_at_risk)),
        // The form comes back with its words; a phone that sends by script is told in JSON.
        Err(Trouble::Refused(refusal)) if !visitor.0.wants_json => {
            Ok(form_page(&house, &visitor, &said, Some(&refusal)).await?.into_response())
        }
        Err(trouble) => Err(trouble),
    }
}

async fn heard(house: &House, visitor: &Visitor, said: &Said) -> Result<Heard, Trouble> {
    few(house, visitor, VOICES)?;
    hear(house, inbound(house, said)?).await
}

/// Passes while this origin has sent no more than it may.
pub fn few(house: &House, visitor: &Visitor, rate: Rate) -> Result<(), Refusal> {
    let few = house.limits().take(rate, visitor.0.origin, house.now_ms());
    few.then_some(()).ok_or(Refusal::new("too-often").status(429))
}

/// The way to what was kept. A sealed report's answer is made here too, so that it is the same.
/// While the city hides, the pages that follow a code are withdrawn: the form's own page shows it.
pub fn kept(house: &House, visitor: &Visitor, code: &str, life_at_risk: bool) -> Response {
    let danger = if life_at_risk { "&danger=1" } else { "" };
    let follow = visitor.link(&if house.city().hidden {
        format!("/say?kept={code}{danger}")
    } else {
        format!("/follow/{code}?new=1{danger}")
    });
    if visitor.0.wants_json {
        let told = Json(json!({ "code": code, "follow": follow }));
        return (StatusCode::CREATED, told).into_response();
    }
    Moved(follow).into_response()
}

/// The code, to be written down, and when it will be of use. Nothing is looked up.
fn receipt(house: &House, visitor: &Visitor, code: &Code, life_at_risk: bool) -> Shown {
    let t = visitor.tongue();
    let title = t.say("voices-say-kept");
    let mut all = if life_at_risk { danger(house, t) } else { Html::none() };
    all.push(&parts::heading(&title));
    all.push(&page::components::code::large(t, &code.to_string()));
    all.push(&parts::line(t, "voices-say-kept-hidden"));
    Shown::street(title, all)
}

/// The tombstone's name for an id made on the phone, if there is one.
pub fn message_id(client_id: &str) -> Option<(String, String)> {
    let id: String = client_id.trim().chars().take(CLIENT_ID_CHARS_MAX).collect();
    (!id.is_empty()).then(|| (DOOR.to_owned(), id))
}

fn inbound(house: &House, said: &Said) -> Result<Inbound, Refusal> {
    let some = |typed: &str| Some(typed.trim().to_owned()).filter(|typed| !typed.is_empty());
    let kind = some(&said.kind);
    if kind.as_deref().is_some_and(|kind| !KINDS.contains(&kind)) {
        return Err(Refusal::new("list-unknown"));
    }
    Ok(Inbound {
        channel: DOOR,
        words: said.words.clone(),
        number: some(&said.number),
        message_id: message_id(&said.client_id),
        area: parts::area_sent(house, &said.area)?,
        place: some(&said.place),
        kind,
        chosen_word: some(&said.word),
        codes_only: said.codes_only == "yes",
        on_behalf: said.on_behalf == "yes",
        show_words: said.show_words == "yes",
        ..Inbound::default()
    })
}

async fn form_page(
    house: &House,
    visitor: &Visitor,
    said: &Said,
    refusal: Option<&Refusal>,
) -> Result<Shown, Trouble> {
    let t = visitor.tongue();
    let wrong = refusal.map(|refusal| (field_of(refusal.code), parts::said(t, refusal)));
    let wrong_at =
        |name: &str| wrong.as_ref().filter(|(at, _)| *at == name).map(|(_, words)| words.as_str());
    let (label, hint) = (t.say("voices-say-words"), t.say("voices-say-words-hint"));
    let words = Field {
        name: "words",
        label: &label,
        hint: &hint,
        error: wrong_at("words"),
        value: &said.words,
        required: true,
        ..Field::default()
    };
    let send = t.say("voices-say-send");
    let send = Button { icon: Some(Icon::Speak), ..Button::new(&send, Kind::Main) };
    let fields = Html::join([
        field::area(t, &words, 5),
        place(house, visitor, said, wrong_at("area")),
        more(t, said, &wrong_at),
        buttons([button(&send)]),
    ]);
    // The words stay on the phone while there is no network, and are sent once. While the city
    // hides, nothing stays on any phone.
    let to = visitor.link("/say");
    let kept_offline = !house.city().hidden;
    let shape = Form { kept_offline, ..Form::post(&to, visitor.csrf()) };
    let mut all = Html::join([
        parts::heading(&t.say("voices-say-title")),
        parts::line(t, "voices-say-lead"),
        danger(house, t),
        with_id(form(t, &shape, &fields), &said.client_id),
    ]);
    if people::sealed_door(house).await?.open {
        let words = text(&t.say("voices-say-sealed-link"));
        all.push(&parts::soft(&parts::link(visitor, "/say/sealed", &words)));
    }
    let status = refusal.and_then(|refusal| StatusCode::from_u16(refusal.status).ok());
    Ok(Shown::street(t.say("voices-say-title"), all).with_status(status.unwrap_or_default()))
}

/// The emergency number above the form, and that nobody here can come to the rescue.
pub fn danger(house: &House, t: Tongue) -> Html {
    let number = house.city().emergency.clone();
    let mut words = t.html("voices-say-danger", &[("emergency", number.as_str().into())]);
    let shown = format!("<bdi>{}</bdi>", text(&number));
    words.0 = words.0.replacen(&shown, &parts::number_link(&number).0, 1);
    page::components::notice::notice(t, &Notice { tone: Tone::Warn, words })
}

/// The id made on the phone goes with the words when the form comes back.
fn with_id(form: Html, client_id: &str) -> Html {
    let (empty, full) = (field::hidden("client_id", ""), field::hidden("client_id", client_id));
    Html(form.0.replacen(&empty.0, &full.0, 1))
}

fn place(house: &House, visitor: &Visitor, said: &Said, wrong: Option<&str>) -> Html {
    let t = visitor.tongue();
    let (label, hint) = (t.say("voices-say-place"), t.say("voices-say-place-hint"));
    let place = Field {
        name: "place",
        label: &label,
        hint: &hint,
        error: wrong,
        value: &said.place,
        length_max: Some(PLACE_CHARS_MAX),
        ..Field::default()
    };
    let mut all = field::line(t, &place);
    if house.city().hidden {
        // The names of areas are withdrawn with the pages.
        return all;
    }
    let atlas = places::atlas(house);
    let chosen = parts::area_sent(house, &said.area).ok().flatten();
    if (1..=AREAS_LISTED_MAX).contains(&atlas.areas().len()) {
        all.push(&parts::area_field(house, t, chosen, AREAS_LISTED_MAX));
    } else if let Some(area) = chosen.and_then(|id| atlas.area(id)) {
        all.push(&field::hidden("area", &area.id.to_string()));
        let elsewhere = parts::link(visitor, "/say", &text(&t.say("voices-say-elsewhere")));
        let (label, name) = (t.say("voices-area"), area.both_names());
        let (label, name) = (text(&label), text(&name));
        all.push(&Html(format!("<p>{label}: <b><bdi>{name}</bdi></b> {elsewhere}</p>")));
    }
    all
}

/// Everything nobody has to tell.
fn more<'a>(t: Tongue, said: &Said, wrong_at: &dyn Fn(&str) -> Option<&'a str>) -> Html {
    let names: Vec<String> = KINDS.iter().map(|kind| parts::kind_name(t, kind)).collect();
    let choices: Vec<Choice<'_>> = KINDS
        .iter()
        .zip(&names)
        .map(|(kind, name)| Choice {
            icon: Some(parts::kind_icon(kind)),
            ..Choice::new(kind, name)
        })
        .collect();
    let about = t.say("voices-say-kind");
    let about = Field { name: "kind", label: &about, value: &said.kind, ..Field::default() };
    let (label, hint) = (t.say("voices-say-number"), t.say("voices-say-number-hint"));
    let number = Field {
        name: "number",
        label: &label,
        hint: &hint,
        error: wrong_at("number"),
        value: &said.number,
        length_max: Some(NUMBER_TYPED_CHARS_MAX),
        kind: FieldKind::Phone,
        autocomplete: Some("tel"),
        ..Field::default()
    };
    let (label, hint) = (t.say("voices-say-word"), t.say("voices-say-word-hint"));
    let word = Field {
        name: "word",
        label: &label,
        hint: &hint,
        value: &said.word,
        length_max: Some(CHOSEN_WORD_CHARS_MAX),
        ..Field::default()
    };
    let tick = |name: &str, key: &str, value: &str| {
        let (label, hint) = (t.say(key), t.say(&format!("{key}-hint")));
        field::tick(t, &Field { name, label: &label, hint: &hint, value, ..Field::default() })
    };
    let inside = Html::join([
        field::radios(t, &about, &choices),
        field::line(t, &number),
        field::line(t, &word),
        tick("codes_only", "voices-say-codes-only", &said.codes_only),
        tick("on_behalf", "voices-say-on-behalf", &said.on_behalf),
        tick("show_words", "voices-say-show", &said.show_words),
    ]);
    let open = wrong_at("number").is_some();
    let folded = parts::folded(&t.say("voices-say-more"), &inside);
    if open { Html(folded.0.replacen("<details>", "<details open>", 1)) } else { folded }
}

/// Which field a refusal is about.
fn field_of(code: &str) -> &'static str {
    match code {
        "number-wrong" => "number",
        "place-unclear" => "area",
        _ => "words",
    }
}
