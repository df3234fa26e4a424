//! `/say/sealed`: words for a trained person only. The page says nothing of what they may be about,
//! keeps nothing on the phone, and answers like any other. It never opens a door with nobody behind
//! it: then it shows a number outside.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use page::components::button::Button;
use page::components::field::{self, Field};
use page::components::icon::Icon;
use page::{Html, text};
use record::Refusal;
use serde::Deserialize;

use super::{parts, say};
use crate::door::{House, Rate, Sent, Shown, Trouble, Visitor};
use crate::people;
use crate::voices::intake::refused;
use crate::voices::sealed::{self, Report};

/// Reports one origin may send in a minute.
const REPORTS: Rate = Rate { name: "say sealed", times: 20, within_ms: 60_000 };
/// Longest way of reaching somebody, in characters.
const CONTACT_CHARS_MAX: usize = 200;

/// What the form sends.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Said {
    words: String,
    contact: String,
}

/// The form, or the number outside.
pub async fn page(State(house): State<House>, visitor: Visitor) -> Result<Shown, Trouble> {
    form_page(&house, &visitor, &Said::default(), None).await
}

/// Seals what was said to the focal points.
pub async fn say(
    State(house): State<House>,
    visitor: Visitor,
    Sent(said): Sent<Said>,
) -> Result<Response, Trouble> {
    match hear(&house, &visitor, &said).await {
        Ok((code, danger)) => Ok(say::kept(&house, &visitor, &code, danger)),
        Err(Trouble::Refused(refusal)) if !visitor.0.wants_json => {
            Ok(form_page(&house, &visitor, &said, Some(&refusal)).await?.into_response())
        }
        Err(trouble) => Err(trouble),
    }
}

async fn hear(house: &House, visitor: &Visitor, said: &Said) -> Result<(String, bool), Trouble> {
    say::few(house, visitor, REPORTS)?;
    let door = people::sealed_door(house).await?;
    if !door.open {
        let refusal = Refusal::new("sealed-nobody").status(409);
        return Err(refusal.naming("number", outside(house, door.outside_number)).into());
    }
    let mut words = words::clean(&said.words).map_err(refused)?;
    let language = words::language(&words).code.to_owned();
    let danger = words::suggest(&words, &language).life_at_risk.is_some();
    // How to be reached stands among the words: as a number it would be sent a receipt, and only
    // the person knows whether that is safe.
    let contact: String = said.contact.trim().chars().take(CONTACT_CHARS_MAX).collect();
    if let Ok(contact) = words::clean(&contact) {
        let label = visitor.tongue().say("voices-sealed-contact-label");
        words = format!("{words}\n\n{label} {contact}");
    }
    let report = Report {
        words,
        language,
        channel: "page".to_owned(),
        said_ms: house.now_ms(),
        ..Report::default()
    };
    Ok((sealed::hear(house, &report, None).await?, danger))
}

async fn form_page(
    house: &House,
    visitor: &Visitor,
    said: &Said,
    refusal: Option<&Refusal>,
) -> Result<Shown, Trouble> {
    let t = visitor.tongue();
    let title = t.say("voices-sealed-title");
    let door = people::sealed_door(house).await?;
    let body = if door.open {
        let wrong = refusal.map(|refusal| parts::said(t, refusal));
        let (label, hint) = (t.say("voices-sealed-words"), t.say("voices-sealed-words-hint"));
        let words = Field {
            name: "words",
            label: &label,
            hint: &hint,
            error: wrong.as_deref(),
            value: &said.words,
            required: true,
            ..Field::default()
        };
        let (label, hint) = (t.say("voices-sealed-contact"), t.say("voices-sealed-contact-hint"));
        let contact = Field {
            name: "contact",
            label: &label,
            hint: &hint,
            value: &said.contact,
            length_max: Some(CONTACT_CHARS_MAX),
            ..Field::default()
        };
        let fields = Html::join([field::area(t, &words, 5), field::line(t, &contact)]);
        let send = t.say("voices-say-send");
        let send = Button { icon: Some(Icon::Speak), ..parts::main_button(&send) };
        Html::join([
            parts::line(t, "voices-sealed-lead"),
            say::danger(house, t),
            parts::act(visitor, "/say/sealed", fields, &send),
            parts::soft(&text(&t.say("voices-sealed-phone"))),
        ])
    } else {
        let number = outside(house, door.outside_number);
        let words = text(&t.say("voices-sealed-closed"));
        Html(format!("<p>{words}</p><p class=lead>{}</p>", parts::number_link(&number)))
    };
    let status = refusal.and_then(|refusal| StatusCode::from_u16(refusal.status).ok());
    let all = Html::join([parts::heading(&title), body]);
    Ok(Shown::street(title, all).with_status(status.unwrap_or_default()))
}

/// The number outside the city's bodies; the emergency number while none was ever set.
fn outside(house: &House, number: String) -> String {
    if number.is_empty() { house.city().emergency.clone() } else { number }
}
