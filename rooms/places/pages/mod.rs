//! The pages of places at the desk: the list, one area, importing, drawing. It decides nothing: the
//! rules do; and it shows nothing of a sealed area but to members of its body.

pub(super) mod bringing;
pub(super) mod draw;
pub(super) mod importing;

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::routing::{get, post};
use page::components::button::{Button, Kind, button, buttons, link_button};
use page::components::empty::empty;
use page::components::field::{self, Field};
use page::components::form::{Form, form};
use page::components::icon::Icon;
use page::components::map::{MapArea, MapPicture, map};
use page::components::notice::{Notice, Tone};
use page::components::row::pager;
use page::components::table::{Column, table};
use page::html::{bdi, href};
use page::{Html, Tongue, text};
use record::{DAY_MS, Id, Refusal};
use serde::Deserialize;

use crate::door::{Access, House, Moved, Role, Routes, Sent, Shown, Trouble, Visitor};
use crate::places::queries::{Area, Atlas, area_seen, atlas, own_areas, vote_of};
use crate::places::records::{
    MICRO, Source, Vote, release_area, rename_area, show_area, withdraw_area,
};
use crate::places::rules::{self, NAME_CHARS_MAX, VOTE_CHARS_MAX};
use crate::places::views::{AreaRow, Standing};

/// Where the list is.
pub const PLACES_PATH: &str = "/desk/places";
/// Areas on one page of the list.
const LIST_ROWS_MAX: usize = 100;

const SPEAKERS: Access = Access::Roles(&[Role::Facilitator, Role::Committee]);
const NAMERS: Access = Access::Roles(&[Role::Steward, Role::Facilitator, Role::Committee]);
const DRAWERS: Access = Access::Roles(&[Role::Facilitator, Role::Committee, Role::Steward]);
const STEWARDS: Access = Access::Roles(&[Role::Steward]);

/// The routes of this room.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .get(PLACES_PATH, Access::Members, get(list))
        .post("/desk/places/import", STEWARDS, post(importing::import))
        .get("/desk/places/draw", DRAWERS, get(draw::empty_sheet))
        .post("/desk/places/draw", DRAWERS, post(draw::draw))
        .get("/desk/places/area/{id}", Access::Members, get(area))
        .post("/desk/places/area/{id}/name", NAMERS, post(rename))
        .post("/desk/places/area/{id}/release", SPEAKERS, post(release))
        .post("/desk/places/area/{id}/withdraw", NAMERS, post(withdraw))
        .post("/desk/places/area/{id}/show", STEWARDS, post(show))
        .and(crate::places::risk::routes())
}

/// A form that sends nothing but its token.
#[derive(Deserialize)]
pub(super) struct Plain {}

#[derive(Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    pub(super) q: String,
    #[serde(default)]
    pub(super) from: usize,
}

#[derive(Template)]
#[template(path = "places/pages/list.html")]
struct List {
    t: Tongue,
    counts: Html,
    ways: Html,
    search: Html,
    areas: Html,
    pager: Html,
    own: Html,
    import: Html,
}

pub(super) async fn list(
    State(house): State<House>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Shown, Trouble> {
    let t = visitor.tongue();
    let member = visitor.signed_in()?;
    let known = atlas(&house);
    let wanted = words::plain(&asked.q);
    let of_text = |area: &&Area| {
        wanted.is_empty()
            || words::plain(&area.both_names()).contains(&wanted)
            || words::plain(&area.parent_name).contains(&wanted)
    };
    let found: Vec<&Area> = known.areas().iter().filter(of_text).collect();
    let rows: Vec<&Area> = found.iter().skip(asked.from).take(LIST_ROWS_MAX).copied().collect();
    let link = |from: usize| format!("{PLACES_PATH}?q={}&from={from}", encoded(&asked.q));
    let before = (asked.from > 0).then(|| link(asked.from.saturating_sub(LIST_ROWS_MAX)));
    let next = asked.from.saturating_add(LIST_ROWS_MAX);
    let after = (next < found.len()).then(|| link(next));
    let own = own_areas(&house, member).await?;
    let body = List {
        t,
        counts: counts(t, &known),
        ways: ways(t, &visitor),
        search: search(t, &asked.q),
        areas: if rows.is_empty() { nothing(t) } else { areas_table(t, &rows) },
        pager: pager(t, before.as_deref(), after.as_deref()),
        own: own_table(t, &own),
        import: if visitor.is(Role::Steward) {
            importing::form_of(t, &visitor)
        } else {
            Html::none()
        },
    };
    Ok(Shown::desk(t.say("places-title"), rendered(&body)?))
}

pub(super) fn rendered(body: &impl Template) -> Result<Html, Trouble> {
    body.render().map(Html).map_err(Trouble::broken)
}

fn encoded(typed: &str) -> String {
    serde_urlencoded::to_string([("", typed)])
        .map(|pair| pair.trim_start_matches('=').to_owned())
        .unwrap_or_default()
}

fn counts(t: Tongue, known: &Atlas) -> Html {
    let of = |source| known.areas().iter().filter(|area| area.source == source).count();
    let n = |source| i64::try_from(of(source)).unwrap_or(i64::MAX).into();
    let args = [("official", n(Source::Official)), ("community", n(Source::Community))];
    t.html("places-counts", &args)
}

/// Drawing an area, and setting how much each is at risk, for those who may.
fn ways(t: Tongue, visitor: &Visitor) -> Html {
    let draws = [Role::Facilitator, Role::Committee, Role::Steward];
    let sets = [Role::Steward, Role::Officer];
    let mut ways = Html::none();
    if draws.iter().any(|role| visitor.is(*role)) {
        let label = t.say("places-draw-title");
        let draw = link_button("/desk/places/draw", &label, Kind::Main, Some(Icon::Map));
        ways.push(&buttons([draw]));
    }
    if sets.iter().any(|role| visitor.is(*role)) {
        ways.push(&crate::places::risk::desk_link(t));
    }
    ways
}

fn search(t: Tongue, typed: &str) -> Html {
    let label = t.say("places-search");
    let name = Field {
        name: "q",
        label: &label,
        value: typed,
        kind: field::Kind::Search,
        length_max: Some(NAME_CHARS_MAX),
        ..Field::default()
    };
    let mut body = field::line(t, &name);
    body.push(&button(&Button::new(&t.say("places-search-go"), Kind::Other)));
    form(t, &Form::get(PLACES_PATH), &body)
}

fn nothing(t: Tongue) -> Html {
    empty(Icon::Map, &t.say("places-none"), &t.say("places-none-next"), &Html::none())
}

fn areas_table(t: Tongue, rows: &[&Area]) -> Html {
    let columns = [
        Column::words(&t.say("places-name")),
        Column::words(&t.say("places-other-name")),
        Column::words(&t.say("places-parent")),
        Column::words(&t.say("places-code")),
        Column::words(&t.say("places-source")),
        Column::number(&t.say("places-population")),
    ];
    let row = |area: &&Area| {
        vec![
            area_link(area.id, &area.name),
            bdi(area.other_name.as_deref().unwrap_or_default()),
            bdi(&area.parent_name),
            bdi(&area.code),
            text(&t.say(source_key(area.source))),
            text(&area.population.map_or_else(|| "?".to_owned(), |n| t.number(n))),
        ]
    };
    table(&t.say("places-table"), &columns, &rows.iter().map(row).collect::<Vec<_>>())
}

fn source_key(source: Source) -> &'static str {
    match source {
        Source::Official => "places-source-official",
        Source::Community => "places-source-community",
    }
}

fn area_link(id: Id, name: &str) -> Html {
    Html(format!("<a href=\"{}\">{}</a>", href(&area_path(id)), bdi(name)))
}

pub(super) fn area_path(id: Id) -> String {
    format!("{PLACES_PATH}/area/{id}")
}

/// What the member's own bodies drew and others may not see, and what was withdrawn.
fn own_table(t: Tongue, own: &[AreaRow]) -> Html {
    if own.is_empty() {
        return Html::none();
    }
    let columns = [Column::words(&t.say("places-name")), Column::words(&t.say("places-standing"))];
    let row = |area: &AreaRow| vec![area_link(area.id, &area.name), text(&standing(t, area))];
    let rows: Vec<_> = own.iter().map(row).collect();
    table(&t.say("places-own"), &columns, &rows)
}

fn standing(t: Tongue, area: &AreaRow) -> String {
    t.say(match area.standing {
        Standing::Withdrawn => "places-standing-withdrawn",
        Standing::Public => "places-standing-public",
        Standing::Sealed | Standing::Absent => "places-standing-sealed",
    })
}

#[derive(Template)]
#[template(path = "places/pages/area.html")]
struct OneArea {
    t: Tongue,
    name: String,
    other_name: String,
    standing: String,
    source: String,
    parent_name: String,
    code: String,
    population: String,
    vote: Option<Html>,
    map: Html,
    acts: Vec<(String, String, Html)>,
}

#[derive(Default, Deserialize)]
pub(super) struct Done {
    #[serde(default)]
    pub(super) done: String,
}

pub(super) async fn area(
    State(house): State<House>,
    visitor: Visitor,
    Path(id): Path<String>,
    Query(Done { done }): Query<Done>,
) -> Result<Shown, Trouble> {
    let t = visitor.tongue();
    let id = id_of(&id)?;
    let found = area_seen(&house, visitor.signed_in()?, id).await?;
    let seen = found.ok_or(Trouble::NotFound)?;
    let vote = match seen.standing {
        Standing::Public => vote_of(&house, id).await?.map(|vote| vote_said(t, &vote)),
        _ => None,
    };
    let body = OneArea {
        t,
        vote,
        name: seen.name.clone(),
        other_name: seen.other_name.clone().unwrap_or_default(),
        standing: standing(t, &seen),
        source: t.say(source_key(seen.source.unwrap_or(Source::Official))),
        parent_name: seen.parent_name.clone(),
        code: seen.code.clone(),
        population: seen.population.map(|n| t.number(n)).unwrap_or_default(),
        map: picture(t, &atlas(&house), &seen),
        acts: acts(t, &visitor, &seen)?,
    };
    let shown = Shown::desk(seen.name.clone(), rendered(&body)?);
    let told = ["drawn", "official", "named", "released", "withdrawn", "shown"];
    Ok(match told.iter().find(|known| **known == done) {
        Some(what) => {
            shown.noticing(Notice::new(Tone::Good, &t.say(&format!("places-done-{what}"))))
        }
        None => shown,
    })
}

fn vote_said(t: Tongue, vote: &Vote) -> Html {
    let day = t.date(vote.day.saturating_mul(DAY_MS));
    t.html("places-vote", &[("day", day.into()), ("result", vote.result.as_str().into())])
}

fn id_of(typed: &str) -> Result<Id, Trouble> {
    typed.parse().map_err(|_| Trouble::NotFound)
}

/// The area among those around it, shaded by the people who live there.
pub(super) fn picture(t: Tongue, known: &Atlas, seen: &AreaRow) -> Html {
    let degrees = |n: i32| f64::from(n) / MICRO;
    let corner = |(x, y): &(i32, i32)| (degrees(*x), degrees(*y));
    let people = |n: i64| u32::try_from(n).ok();
    let own = MapArea {
        id: seen.id.to_string(),
        name: seen.name.clone(),
        href: None,
        rings: match known.area(seen.id) {
            // The lighter outline fits those of the areas around it.
            Some(area) => area.rings.clone(),
            None => seen.rings.iter().map(|ring| ring.iter().map(corner).collect()).collect(),
        },
        value: seen.population.and_then(people),
        label_value: seen.population.map(|n| t.number(n)).unwrap_or_default(),
        own: true,
        community: seen.source == Some(Source::Community),
    };
    let mut near = known.neighbours(seen.id);
    if let Some((x, y)) = crate::places::queries::inside_of(&seen.rings)
        && known.area(seen.id).is_none()
        && let Some(under) = known.at(degrees(x), degrees(y))
    {
        near = std::iter::once(under).chain(known.neighbours(under)).collect();
    }
    let around = near.into_iter().filter_map(|id| known.area(id)).map(|area| MapArea {
        id: area.id.to_string(),
        name: area.name.clone(),
        href: Some(area_path(area.id)),
        rings: area.rings.clone(),
        value: area.population.and_then(people),
        label_value: area.population.map(|n| t.number(n)).unwrap_or_default(),
        own: false,
        community: area.source == Source::Community,
    });
    let all: Vec<MapArea> = around.chain([own]).collect();
    let title = t.with("places-map", &[("name", seen.name.as_str().into())]);
    map(t, &all, &MapPicture::neighbourhood(&title, &t.say("places-population")))
}

/// What this member may do with the area: heading, explanation, form.
fn acts(
    t: Tongue,
    visitor: &Visitor,
    seen: &AreaRow,
) -> Result<Vec<(String, String, Html)>, Trouble> {
    let member = visitor.signed_in()?;
    let path = |act: &str| format!("{}/{act}", area_path(seen.id));
    let mut acts = Vec::new();
    if rules::may_rename(member, seen).is_ok() {
        acts.push(act_of(t, visitor, "rename", &path("name"), &rename_field(t, seen), Kind::Main));
    }
    let none = Html::none();
    if rules::may_release(member, seen).is_ok() {
        acts.push(act_of(t, visitor, "release", &path("release"), &vote_fields(t), Kind::Grave));
    }
    if rules::may_withdraw(member, seen).is_ok() {
        acts.push(act_of(t, visitor, "withdraw", &path("withdraw"), &none, Kind::Grave));
    }
    if rules::may_show(member, seen).is_ok() {
        acts.push(act_of(t, visitor, "show", &path("show"), &none, Kind::Other));
    }
    Ok(acts)
}

fn act_of(
    t: Tongue,
    visitor: &Visitor,
    act: &str,
    path: &str,
    fields: &Html,
    kind: Kind,
) -> (String, String, Html) {
    let mut body = fields.clone();
    body.push(&button(&Button::new(&t.say(&format!("places-{act}")), kind)));
    let shown = form(t, &Form::post(path, visitor.csrf()), &body);
    (t.say(&format!("places-{act}-title")), t.say(&format!("places-{act}-about")), shown)
}

fn rename_field(t: Tongue, seen: &AreaRow) -> Html {
    let (label, hint) = (t.say("places-other-name"), t.say("places-other-name-hint"));
    field::line(
        t,
        &Field {
            name: "other_name",
            label: &label,
            hint: &hint,
            value: seen.other_name.as_deref().unwrap_or_default(),
            length_max: Some(NAME_CHARS_MAX),
            ..Field::default()
        },
    )
}

fn vote_fields(t: Tongue) -> Html {
    let (day, result) = (t.say("places-vote-day"), t.say("places-vote-result"));
    let hint = t.say("places-vote-result-hint");
    let day = Field {
        name: "day",
        label: &day,
        required: true,
        kind: field::Kind::Day,
        ..Field::default()
    };
    let result = Field {
        name: "result",
        label: &result,
        hint: &hint,
        required: true,
        length_max: Some(VOTE_CHARS_MAX),
        ..Field::default()
    };
    Html::join([field::line(t, &day), field::line(t, &result)])
}

#[derive(Default, Deserialize)]
pub(super) struct Releasing {
    #[serde(default)]
    pub(super) day: String,
    #[serde(default)]
    pub(super) result: String,
}

#[derive(Deserialize)]
pub(super) struct Renaming {
    #[serde(default)]
    other_name: String,
}

pub(super) async fn rename(
    State(house): State<House>,
    visitor: Visitor,
    Path(id): Path<String>,
    Sent(sent): Sent<Renaming>,
) -> Result<Moved, Trouble> {
    let id = id_of(&id)?;
    rename_area(&house, visitor.signed_in()?, id, &sent.other_name).await?;
    Ok(onward(id, "named"))
}

pub(super) async fn release(
    State(house): State<House>,
    visitor: Visitor,
    Path(id): Path<String>,
    Sent(sent): Sent<Releasing>,
) -> Result<Moved, Trouble> {
    let id = id_of(&id)?;
    let day = page::calendar::day_typed(&sent.day).ok_or(Refusal::new("area-vote-day"))?;
    let vote = Vote { day, result: sent.result };
    release_area(&house, visitor.signed_in()?, id, &vote).await?;
    Ok(onward(id, "released"))
}

pub(super) async fn withdraw(
    State(house): State<House>,
    visitor: Visitor,
    Path(id): Path<String>,
    Sent(Plain {}): Sent<Plain>,
) -> Result<Moved, Trouble> {
    let id = id_of(&id)?;
    withdraw_area(&house, visitor.signed_in()?, id).await?;
    Ok(onward(id, "withdrawn"))
}

pub(super) async fn show(
    State(house): State<House>,
    visitor: Visitor,
    Path(id): Path<String>,
    Sent(Plain {}): Sent<Plain>,
) -> Result<Moved, Trouble> {
    let id = id_of(&id)?;
    show_area(&house, visitor.signed_in()?, id).await?;
    Ok(onward(id, "shown"))
}

pub(super) fn onward(id: Id, done: &str) -> Moved {
    Moved(format!("{}?done={done}", area_path(id)))
}
