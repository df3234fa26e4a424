//! What the pages of assemblies share: headings, areas and bodies to choose from, how a thing
//! stands. It knows no rule.

use page::components::button::{Kind, buttons, link_button};
use page::components::field::{self, Field};
use page::components::tag::tag;
use page::frame::Tone;
use page::{Html, Notice, Tongue};
use record::{Id, Refusal};
use serde::Deserialize;

use super::super::queries;
use super::super::views::Assembly;
use crate::decisions::pages::parts;
pub(super) use crate::decisions::pages::parts::{act, again, heading, line, link, para, part};
use crate::door::{House, Shown, Trouble, Visitor};
use crate::people::{self, Body, BodyKind};
use crate::places::atlas;

/// What can be said above a page after something was done: `assemblies-done-<code>`.
const DONE: [&str; 15] = [
    "called",
    "kept",
    "invited",
    "off",
    "opened",
    "counted",
    "spoken",
    "women",
    "photo",
    "witnesses",
    "closed",
    "typed",
    "rules",
    "proposal",
    "refused",
];

/// What every page here may find in its address.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    /// What was just done.
    pub done: Option<String>,
    /// Where a list goes on.
    pub before: Option<String>,
}

/// A desk page with the line of what was just done.
pub(super) fn shown(visitor: &Visitor, title: &str, asked: &Asked, body: Html) -> Shown {
    let page = Shown::desk(title, Html::join([heading(title), body]));
    said(visitor.tongue(), page, asked)
}

/// A page with the line of what was just done.
pub(super) fn said(t: Tongue, page: Shown, asked: &Asked) -> Shown {
    match asked.done.as_deref().filter(|code| DONE.contains(code)) {
        Some(code) => {
            page.noticing(Notice::new(Tone::Good, &t.say(&format!("assemblies-done-{code}"))))
        }
        None => page,
    }
}

/// Links that look like buttons.
pub(super) fn ways(visitor: &Visitor, all: &[(&str, &str)]) -> Html {
    let t = visitor.tongue();
    let links =
        all.iter().map(|(to, key)| link_button(&visitor.link(to), &t.say(key), Kind::Other, None));
    buttons(links)
}

/// The name of an area; of the whole city for none; a line for one that is not public.
pub(super) fn area_name(house: &House, t: Tongue, area: Option<Id>) -> String {
    match area {
        None => t.say("assemblies-whole-city"),
        Some(id) => atlas(house)
            .area(id)
            .map_or_else(|| t.say("assemblies-area-unshown"), crate::places::Area::both_names),
    }
}

/// The field in which an area is chosen or typed; left empty it is the whole city.
pub(super) fn area_field(house: &House, t: Tongue, value: &str) -> Html {
    let (label, hint) = (t.say("assemblies-area"), t.say("assemblies-area-hint"));
    let shape = Field { name: "area", label: &label, hint: &hint, value, ..Field::default() };
    parts::area_choice(house, t, &shape, &t.say("assemblies-whole-city"))
}

/// The area that was chosen or typed.
///
/// # Errors
/// What was typed names no area, or more than one.
pub(super) fn area_sent(house: &House, sent: &str) -> Result<Option<Id>, Refusal> {
    parts::area_sent(house, sent, "assembly-area-unknown")
}

/// Bodies that meet: assemblies and committees.
pub(super) async fn meeting_bodies(house: &House) -> Result<Vec<Body>, Trouble> {
    let meets = |body: &Body| matches!(body.kind, BodyKind::Assembly | BodyKind::Committee);
    Ok(people::bodies(house).await?.into_iter().filter(meets).collect())
}

/// The name of a body; a line for one that is not known.
pub(super) async fn body_name(house: &House, t: Tongue, id: Id) -> Result<String, Trouble> {
    let found = people::bodies(house).await?.into_iter().find(|body| body.id == id);
    Ok(found.map_or_else(|| t.say("assemblies-body-unknown"), |body| body.name))
}

/// The assembly of an address.
///
/// # Errors
/// There is none.
pub(super) async fn the_one(house: &House, id: &str) -> Result<Assembly, Trouble> {
    let id: Id = id.parse().map_err(|_| Trouble::NotFound)?;
    queries::assembly(house, id).await?.ok_or(Trouble::NotFound)
}

/// An assembly as people say it: `A-7 Water in Bèlè`.
pub(super) fn said_as(assembly: &Assembly) -> String {
    format!("A-{} {}", assembly.number, assembly.title)
}

/// The weekday, day and hour of an assembly, by the city's clock.
pub(super) fn when(house: &House, t: Tongue, starts_ms: i64) -> String {
    let offset = house.city().offset_minutes;
    let (day, hour) = (t.weekday_at(starts_ms, offset), t.time_at(starts_ms, offset));
    t.with("assemblies-when-said", &[("day", day.into()), ("hour", hour.into())])
}

/// How an assembly stands, by shape, word and colour.
pub(super) fn status_tag(t: Tongue, assembly: &Assembly) -> Html {
    let status = assembly.status();
    let tone = match status {
        "open" | "closed" => Tone::Good,
        "called_off" => Tone::Bad,
        "called" => Tone::Warn,
        _ => Tone::Info,
    };
    tag(tone, &t.say(&format!("assemblies-status-{status}")))
}

/// A field of a whole number.
pub(super) fn number_field(t: Tongue, name: &str, label: &str, value: &str) -> Html {
    let shape = Field {
        name,
        label,
        value,
        kind: field::Kind::Number,
        length_max: Some(6),
        required: true,
        ..Field::default()
    };
    field::line(t, &shape)
}
