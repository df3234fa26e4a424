//! Calling an assembly: who meets, where, when, how from afar. The form comes back with its words.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use page::components::button::Kind;
use page::components::field::{self, Choice, Field};
use page::{Html, Tongue};
use record::Refusal;
use serde::Deserialize;

use super::super::acts;
use super::super::rules::hours::{self, SAFE_FROM_MINUTE, SAFE_UNTIL_MINUTE};
use super::super::rules::meeting::Calling;
use super::super::words::{
    FROM_AFAR_CHARS_MAX, PLACE_CHARS_MAX, REASON_CHARS_MAX, TITLE_CHARS_MAX,
};
use super::parts::{self, Asked, act, area_field, area_sent, line, meeting_bodies};
use crate::door::{House, Moved, Sent, Shown, Trouble, Visitor};

/// What the form sends.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Called {
    body: String,
    area: String,
    title: String,
    place: String,
    day: String,
    hour: String,
    hour_reason: String,
    from_afar: String,
    childcare: String,
    women_first: String,
    short_form: String,
}

/// `GET /desk/assemblies/new`
pub(super) async fn page(State(house): State<House>, visitor: Visitor) -> Result<Shown, Trouble> {
    form_page(&house, &visitor, &Called::default()).await
}

async fn form_page(house: &House, visitor: &Visitor, sent: &Called) -> Result<Shown, Trouble> {
    let t = visitor.tongue();
    let bodies = meeting_bodies(house).await?;
    let fields = if bodies.is_empty() {
        line(t, "assemblies-no-bodies")
    } else {
        let names: Vec<(String, &str)> =
            bodies.iter().map(|body| (body.id.to_string(), body.name.as_str())).collect();
        let choices: Vec<Choice> = names.iter().map(|(id, name)| Choice::new(id, name)).collect();
        let label = t.say("assemblies-body");
        let body = Field { name: "body", label: &label, value: &sent.body, ..Field::default() };
        let body = field::select(t, &Field { required: true, ..body }, &choices);
        let fields = Html::join([body, area_field(house, t, &sent.area), fields(t, sent)]);
        act(visitor, "/desk/assemblies", fields, "assemblies-call", Kind::Main)
    };
    let body = Html::join([line(t, "assemblies-call-lead"), fields]);
    Ok(parts::shown(visitor, &t.say("assemblies-call"), &Asked::default(), body))
}

fn fields(t: Tongue, sent: &Called) -> Html {
    let words = |name, key: &str, value, most, required| {
        let (label, hint) = (t.say(key), t.say(&format!("{key}-hint")));
        let (label, hint) = (label.as_str(), hint.as_str());
        let length_max = Some(most);
        field::line(
            t,
            &Field { name, label, hint, value, length_max, required, ..Field::default() },
        )
    };
    let day = t.say("assemblies-day");
    let day = Field { name: "day", label: &day, value: &sent.day, ..Field::default() };
    let day = field::line(t, &Field { kind: field::Kind::Day, required: true, ..day });
    let safe = [("from", SAFE_FROM_MINUTE), ("until", SAFE_UNTIL_MINUTE)];
    let safe = safe.map(|(name, minute)| (name, hours::clock(minute).into()));
    let (hour, hint) = (t.say("assemblies-hour"), t.with("assemblies-hour-hint", &safe));
    let value = if sent.hour.is_empty() { "15:00" } else { &sent.hour };
    let hour = Field { name: "hour", label: &hour, hint: &hint, value, ..Field::default() };
    let hour = field::line(t, &Field { length_max: Some(5), required: true, ..hour });
    let tick = |name, key: &str, value| {
        let (label, hint) = (t.say(key), t.say(&format!("{key}-hint")));
        field::tick(t, &Field { name, label: &label, hint: &hint, value, ..Field::default() })
    };
    Html::join([
        words("title", "assemblies-name", &sent.title, TITLE_CHARS_MAX, true),
        words("place", "assemblies-place", &sent.place, PLACE_CHARS_MAX, true),
        day,
        hour,
        words("hour_reason", "assemblies-hour-reason", &sent.hour_reason, REASON_CHARS_MAX, false),
        words("from_afar", "assemblies-from-afar", &sent.from_afar, FROM_AFAR_CHARS_MAX, false),
        tick("childcare", "assemblies-childcare", &sent.childcare),
        tick("women_first", "assemblies-women-first", &sent.women_first),
        tick("short_form", "assemblies-short-form", &sent.short_form),
    ])
}

/// `POST /desk/assemblies`
pub(super) async fn call(
    State(house): State<House>,
    visitor: Visitor,
    Sent(sent): Sent<Called>,
) -> Result<Response, Trouble> {
    match called(&house, &visitor, &sent).await {
        Ok(moved) => Ok(moved.into_response()),
        Err(Trouble::Refused(refusal)) => {
            let page = form_page(&house, &visitor, &sent).await?;
            Ok(parts::again(visitor.tongue(), page, &refusal).into_response())
        }
        Err(trouble) => Err(trouble),
    }
}

async fn called(house: &House, visitor: &Visitor, sent: &Called) -> Result<Moved, Trouble> {
    let offset_minutes = house.city().offset_minutes;
    let body = sent.body.parse().map_err(|_| Refusal::new("assembly-body-unknown"))?;
    let asked = Calling {
        number: 0,
        body,
        area: area_sent(house, &sent.area)?,
        title: sent.title.clone(),
        place: sent.place.clone(),
        starts_ms: hours::instant(&sent.day, &sent.hour, offset_minutes)?,
        offset_minutes,
        from_afar: sent.from_afar.clone(),
        childcare: sent.childcare == "yes",
        women_first: sent.women_first == "yes",
        short_form: sent.short_form == "yes",
        hour_reason: sent.hour_reason.clone(),
    };
    let id = acts::call(house, asked, visitor.author()).await?;
    Ok(Moved(visitor.link(&format!("/desk/assemblies/{id}/agenda?done=called"))))
}
