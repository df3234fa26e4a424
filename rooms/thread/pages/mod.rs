//! The pages of the street: the front page, following a code, areas, the map, the counts, and what
//! this is. Everything works without a script, an account or a cookie. They write nothing but what
//! a person does to their own voice with the word they chose.

mod about;
mod aid;
mod area;
mod areas;
mod data;
mod figures;
mod follow;
mod front;
mod map;
mod mine;
mod power;
mod whole;

use std::collections::HashMap;

use axum::extract::{Path, Query};
use axum::routing::{get, post};
use page::components::map::MapArea;
use page::{Html, Tongue, text};
use record::{DAY_MS, Id};

use crate::door::{Access, Moved, Rate, Routes, Trouble, Visitor};
use crate::places::{Area, Source};
use crate::thread::queries::Frozen;
use crate::voices::Code;

pub use follow::traced;

/// Codes that were not there, by where the question comes from.
const MISSES: Rate = Rate { name: "codes", times: 20, within_ms: 10 * 60 * 1000 };

/// What an address asks beside its path; what is said twice counts once.
type Asked = Query<HashMap<String, String>>;

/// The routes of this room.
#[must_use]
pub fn routes() -> Routes {
    const STREET: Access = Access::Street;
    Routes::new()
        .get("/", STREET, get(front::front))
        .get("/follow", STREET, get(follow::ask))
        .get("/follow/{code}", STREET, get(follow::follow))
        .get("/follow/{code}/note", STREET, get(mine::note))
        .post("/follow/{code}/confirm", STREET, post(mine::confirm))
        .post("/follow/{code}/see", STREET, post(mine::see))
        .post("/follow/{code}/correct", STREET, post(mine::correct))
        .post("/follow/{code}/show", STREET, post(mine::show))
        .post("/follow/{code}/unshow", STREET, post(mine::unshow))
        .post("/follow/{code}/withdraw", STREET, post(mine::withdraw))
        .post("/follow/{code}/erase", STREET, post(mine::erase))
        .and(forms())
        .get("/areas", STREET, get(areas::areas))
        .get("/area/{id}", STREET, get(area::area))
        .get("/map", STREET, get(map::map))
        .get("/areas.geojson", STREET, get(data::areas))
        .get("/counts.csv", STREET, get(data::counts))
        .get("/needs", STREET, get(whole::all_needs))
        .get("/need/{number}", STREET, get(whole::need))
        .get("/decisions", STREET, get(whole::all_decisions))
        .get("/decision/{number}", STREET, get(whole::decision))
        .get("/task/{number}", STREET, get(whole::task))
        .get("/power", STREET, get(power::power))
        .get("/about", STREET, get(about::about))
        .get("/privacy", STREET, get(about::privacy))
}

/// An act's address that is only looked at (a language was chosen, a page was opened again) leads
/// to the act's form.
fn forms() -> Routes {
    let form = |act: &'static str| {
        get(move |visitor: Visitor, Path(code): Path<String>| async move {
            let code: Code = code.parse().map_err(|_| Trouble::NotFound)?;
            let to = match act {
                "confirm" => format!("/follow/{}", code.plain()),
                _ => format!("/follow/{}?do={act}", code.plain()),
            };
            Ok::<Moved, Trouble>(Moved(visitor.link(&to)))
        })
    };
    Routes::new()
        .get("/follow/{code}/confirm", Access::Street, form("confirm"))
        .get("/follow/{code}/see", Access::Street, form("see"))
        .get("/follow/{code}/correct", Access::Street, form("correct"))
        .get("/follow/{code}/show", Access::Street, form("show"))
        .get("/follow/{code}/unshow", Access::Street, form("unshow"))
        .get("/follow/{code}/withdraw", Access::Street, form("withdraw"))
        .get("/follow/{code}/erase", Access::Street, form("erase"))
}

/// A value of the query, trimmed; empty when it was not given.
fn asked<'a>(query: &'a Asked, name: &str) -> &'a str {
    query.0.get(name).map_or("", |value| value.trim())
}

fn h1(words: &Html) -> Html {
    Html(format!("<h1>{words}</h1>"))
}

fn h2(t: Tongue, key: &str) -> Html {
    Html(format!("<h2>{}</h2>", text(&t.say(key))))
}

fn p(words: &Html) -> Html {
    Html(format!("<p>{words}</p>"))
}

fn say(t: Tongue, key: &str) -> Html {
    p(&text(&t.say(key)))
}

fn soft(words: &str) -> Html {
    Html(format!("<p class=soft>{}</p>", text(words)))
}

/// A day as a date, in UTC: days are all that is known of a sealed report.
fn date_of(t: Tongue, day: i64) -> String {
    t.date(day.saturating_mul(DAY_MS))
}

fn small(n: i64) -> u32 {
    u32::try_from(n.max(0)).unwrap_or(u32::MAX)
}

/// The path of an area's page.
fn area_path(visitor: &Visitor, id: Id) -> String {
    visitor.link(&format!("/area/{id}"))
}

/// An area for a map, shaded by a figure; fewer than five is no figure.
fn drawn(visitor: &Visitor, frozen: &Frozen, area: &Area, key: &str) -> MapArea {
    let n = frozen.figure(area.id, key);
    MapArea {
        id: area.id.to_string(),
        name: area.both_names(),
        href: Some(area_path(visitor, area.id)),
        rings: area.rings.clone(),
        value: (n > 0).then(|| small(n)),
        label_value: figures::at_least(visitor.tongue(), n),
        own: false,
        community: area.source == Source::Community,
    }
}
