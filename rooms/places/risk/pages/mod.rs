//! The pages of risk: where it is high, what it is made of, both sheets; and at the desk, setting
//! them. A number never stands without what is missing beside it.

pub(super) mod desk;

use axum::extract::{Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use fair::risk::{Risk, Score, rank};
use page::components::button::{Kind, buttons, link_button};
use page::components::empty::empty;
use page::components::icon::Icon;
use page::components::map::{self, MapArea, MapPicture};
use page::components::row::pager;
use page::components::table::{Column, table};
use page::html::{bdi, href};
use page::{Html, Tongue, text};
use record::Id;
use serde::Deserialize;

use super::queries::{AreaRisk, Risks, risks};
use super::records::Measure;
use super::sheets;
use crate::door::{Access, House, Role, Routes, Shown, Trouble, Visitor};
use crate::places::{Area, Atlas, atlas};

pub use desk::desk_link;

/// Where the risks of all areas are.
pub const PATH: &str = "/risk";
const INDEX_SHEET: &str = "/risk/index.csv";
const AREAS_SHEET: &str = "/risk.csv";
/// Areas on one page.
const ROWS_MAX: usize = 60;
/// Who sets the index and brings what was measured.
const SETTERS: Access = Access::Roles(&[Role::Steward, Role::Officer]);

/// The routes of risk.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .get(PATH, Access::Street, get(page))
        .get(INDEX_SHEET, Access::Street, get(index_sheet))
        .get(AREAS_SHEET, Access::Street, get(areas_sheet))
        .get(desk::PATH, SETTERS, get(desk::page))
        .post(desk::INDEX, SETTERS, post(desk::set))
        .post(desk::READINGS, SETTERS, post(desk::bring))
}

#[derive(Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    pub(super) from: usize,
}

/// `GET /risk`
pub(super) async fn page(
    State(house): State<House>,
    visitor: Visitor,
    Query(Asked { from }): Query<Asked>,
) -> Result<Shown, Trouble> {
    let (t, known, atlas) = (visitor.tongue(), risks(&house), atlas(&house));
    let title = t.say("risk-title");
    let mut body = Html(format!("<h1>{}</h1>", text(&title)));
    if known.index().is_empty() {
        let next = t.say("risk-unset-next");
        body.push(&empty(Icon::Map, &t.say("risk-unset"), &next, &Html::none()));
        return Ok(Shown::street(title, body));
    }
    body.push(&para(&t.say("risk-lead")));
    body.push(&para(&t.say("risk-missing-lead")));
    let all = ranked(&known, &atlas);
    if from == 0 {
        body.push(&picture(&visitor, &all));
    }
    body.push(&areas_table(&visitor, &known, &all, from));
    let link = |from: usize| visitor.link(&format!("{PATH}?from={from}"));
    let before = (from > 0).then(|| link(from.saturating_sub(ROWS_MAX)));
    let next = from.saturating_add(ROWS_MAX);
    let after = (next < all.len()).then(|| link(next));
    body.push(&pager(t, before.as_deref(), after.as_deref()));
    body.push(&made_of(t, &known));
    let way = |to: &str, key: &str| link_button(to, &t.say(key), Kind::Other, Some(Icon::Paper));
    body.push(&buttons([
        way(AREAS_SHEET, "risk-areas-sheet"),
        way(INDEX_SHEET, "risk-index-sheet"),
    ]));
    Ok(Shown::street(title, body))
}

/// All public areas, the highest risk first.
fn ranked<'a>(known: &Risks, atlas: &'a Atlas) -> Vec<(&'a Area, AreaRisk)> {
    let all = atlas.areas().iter().filter_map(|area| Some((area, known.of(area.id)?)));
    let all: Vec<(&Area, AreaRisk)> = all.filter(|(_, known)| known.risk.is_some()).collect();
    let risks: Vec<&Risk> = all.iter().filter_map(|(_, known)| known.risk.as_ref()).collect();
    rank(&risks).into_iter().filter_map(|at| all.get(at).cloned()).collect()
}

fn picture(visitor: &Visitor, all: &[(&Area, AreaRisk)]) -> Html {
    let t = visitor.tongue();
    let areas = all.iter().map(|(area, known)| MapArea {
        id: area.id.to_string(),
        name: area.both_names(),
        href: Some(visitor.link(&format!("/area/{}", area.id))),
        rings: area.rings.clone(),
        value: known.tenths().and_then(|tenths| u32::try_from(tenths).ok()),
        label_value: known.risk.as_ref().map(|risk| said(t, risk)).unwrap_or_default(),
        own: false,
        community: area.source == crate::places::Source::Community,
    });
    let areas: Vec<MapArea> = areas.collect();
    let picture = MapPicture::city(&t.say("risk-map"), &t.say("risk-column-risk"));
    map::map(t, &areas, &MapPicture { tenths: true, ..picture })
}

/// Areas with their risk, and folded below it each side of it, which is for a closer look.
fn areas_table(visitor: &Visitor, known: &Risks, all: &[(&Area, AreaRisk)], from: usize) -> Html {
    let t = visitor.tongue();
    let ids: Vec<Id> = all.iter().map(|(area, _)| area.id).collect();
    let (mut rows, mut sides) = (Vec::new(), Vec::new());
    for (area, found) in all.iter().skip(from).take(ROWS_MAX) {
        let place = known.place(area.id, &ids).and_then(|place| i64::try_from(place).ok());
        let place = place.map(|place| t.number(place)).unwrap_or_default();
        let to = visitor.link(&format!("/area/{}", area.id));
        let name = bdi(&area.both_names());
        let link = format!("<span>{place}. <a href=\"{}\">{name}</a></span>", href(&to));
        let Some(risk) = &found.risk else {
            rows.push(vec![Html(link)]);
            continue;
        };
        rows.push(vec![Html(link), text(&said(t, risk))]);
        let mut side = vec![name];
        side.extend(risk.dimensions.iter().map(|score| match score {
            Some(score) => text(&tenths(*score)),
            None => text("?"),
        }));
        side.push(text(&t.number(i64::try_from(risk.missing.len()).unwrap_or(i64::MAX))));
        sides.push(side);
    }
    let columns =
        [Column::words(&t.say("risk-column-area")), Column::number(&t.say("risk-column-risk"))];
    let whole = table(&t.say("risk-table"), &columns, &rows);
    let dimensions = known.model().map(|model| model.dimensions.as_slice()).unwrap_or_default();
    let mut columns = vec![Column::words(&t.say("risk-column-area"))];
    columns.extend(dimensions.iter().map(|dimension| Column::number(&dimension.id)));
    columns.push(Column::number(&t.say("risk-column-missing")));
    let title = t.say("risk-sides");
    let sides = table(&title, &columns, &sides);
    Html(format!("{whole}<details><summary>{}</summary>{sides}</details>", text(&title)))
}

/// A risk as it is said: `7.3`; with what is missing, `7.3 (6.9 to 7.8)`; with too much missing,
/// `6.9 to 9.4`.
fn said(t: Tongue, risk: &Risk) -> String {
    let (least, most) = (tenths(risk.best), tenths(risk.worst));
    let between = || t.with("risk-between", &[("least", least.into()), ("most", most.into())]);
    match risk.value {
        Some(value) if risk.missing.is_empty() => tenths(value),
        Some(value) => format!("{} ({})", tenths(value), between()),
        None => between(),
    }
}

fn tenths(score: Score) -> String {
    let tenths = (score.milli() + 50) / 100;
    format!("{}.{}", tenths / 10, tenths % 10)
}

/// What the index is made of, with weights and sources, and why.
fn made_of(t: Tongue, known: &Risks) -> Html {
    let columns = [
        Column::words(&t.say("risk-column-measure")),
        Column::words(&t.say("risk-column-part")),
        Column::number(&t.say("risk-column-weight")),
        Column::words(&t.say("risk-column-scale")),
        Column::words(&t.say("risk-column-source")),
    ];
    let row = |measure: &Measure| {
        let (from, to) = (measure.from_micros, measure.to_micros);
        let scale = [("from", sheets::decimal(from).into()), ("to", sheets::decimal(to).into())];
        let key = if measure.log { "risk-scale-log" } else { "risk-scale-even" };
        vec![
            bdi(&measure.name),
            Html(format!(
                "{} ({}) › {} ({}) › {} ({})",
                bdi(&measure.dimension),
                measure.dimension_weight,
                bdi(&measure.category),
                measure.category_weight,
                bdi(&measure.component),
                measure.component_weight
            )),
            text(&t.number(i64::from(measure.weight))),
            text(&t.with(key, &scale)),
            bdi(&measure.source),
        ]
    };
    let rows: Vec<_> = known.index().iter().map(row).collect();
    Html(format!(
        "<h2>{}</h2>{}<details><summary>{}</summary>{}{}</details>",
        text(&t.say("risk-made-of")),
        page::components::quote::quote(known.reason(), None, &Html::none()),
        text(&t.say("risk-measures")),
        para(&t.say("risk-measures-lead")),
        table(&t.say("risk-measures"), &columns, &rows)
    ))
}

/// One line for the page of an area: its risk, its place, what is missing; nothing while the city
/// has set no index.
#[must_use]
pub fn area_part(house: &House, visitor: &Visitor, area: Id) -> Html {
    let (t, known, atlas) = (visitor.tongue(), risks(house), atlas(house));
    let Some(risk) = known.of(area).and_then(|known| known.risk) else { return Html::none() };
    let ids: Vec<Id> = atlas.areas().iter().map(|area| area.id).collect();
    let n = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let args = [
        ("risk", said(t, &risk).into()),
        ("place", n(known.place(area, &ids).unwrap_or(0)).into()),
        ("of", n(ids.len()).into()),
        ("missing", n(risk.missing.len()).into()),
    ];
    Html(format!("<p>{} {}</p>", t.html("risk-of-area", &args), way(visitor)))
}

/// A way to the risk of all areas; nothing while the city has set no index.
#[must_use]
pub fn link(house: &House, visitor: &Visitor) -> Html {
    match risks(house).index() {
        [] => Html::none(),
        _ => Html(format!("<p>{}</p>", way(visitor))),
    }
}

fn way(visitor: &Visitor) -> Html {
    let title = visitor.tongue().say("risk-title");
    Html(format!("<a href=\"{}\">{}</a>", href(&visitor.link(PATH)), text(&title)))
}

async fn index_sheet(State(house): State<House>) -> Response {
    sheet(sheets::index_sheet(risks(&house).index()))
}

async fn areas_sheet(State(house): State<House>) -> Response {
    sheet(sheets::areas_sheet(&risks(&house), &atlas(&house)))
}

fn sheet(lines: String) -> Response {
    ([(header::CONTENT_TYPE, "text/csv; charset=utf-8")], lines).into_response()
}

fn para(words: &str) -> Html {
    Html(format!("<p>{}</p>", text(words)))
}
