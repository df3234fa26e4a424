//! The whole city: every public area shaded by what is heard or what waits, and the same as a
//! table. An area of which nothing can be shown is hatched, never pale.

use axum::extract::State;
use page::components::button::{Kind, buttons, link_button};
use page::components::empty::empty;
use page::components::icon::Icon;
use page::components::map::{self, MapArea, MapPicture};
use page::components::table::{Column, table};
use page::html::href;
use page::{Html, text};

use super::{Asked, area_path, asked, drawn, figures, h1, soft};
use crate::door::{House, Shown, Trouble, Visitor};
use crate::places::{self, Atlas};
use crate::thread::queries::{Frozen, frozen};

/// `GET /map`: shaded by what is heard, or with `by=waiting` by what waits.
pub(super) async fn map(
    State(house): State<House>,
    visitor: Visitor,
    query: Asked,
) -> Result<Shown, Trouble> {
    let (t, atlas, frozen) = (visitor.tongue(), places::atlas(&house), frozen(&house).await?);
    let title = t.with("thread-map-title", &[("city", house.city().name.as_str().into())]);
    let mut body = h1(&text(&title));
    if atlas.areas().is_empty() {
        let (none, next) = (t.say("thread-areas-none"), t.say("thread-areas-none-next"));
        body.push(&empty(Icon::Map, &none, &next, &Html::none()));
        return Ok(Shown::street(title, body));
    }
    let waiting = asked(&query, "by") == "waiting";
    let (key, counts) =
        if waiting { ("waiting", "thread-map-waiting") } else { ("heard", "thread-map-heard") };
    let shown = |(by, icon): (&str, Icon), label: &str, now: bool| {
        let kind = if now { Kind::Main } else { Kind::Other };
        link_button(&visitor.link(&format!("/map?by={by}")), &t.say(label), kind, Some(icon))
    };
    body.push(&buttons([
        shown(("heard", Icon::Hear), "thread-map-heard", !waiting),
        shown(("waiting", Icon::Clock), "thread-map-waiting", waiting),
    ]));
    let areas: Vec<MapArea> =
        atlas.areas().iter().map(|area| drawn(&visitor, &frozen, area, key)).collect();
    body.push(&map::map(t, &areas, &MapPicture::city(&title, &t.say(counts))));
    body.push(&soft(&t.say("thread-map-hatched")));
    body.push(&figures::when(t, &frozen));
    body.push(&counted(&visitor, &atlas, &frozen));
    let way = |path: &str, label: &str| {
        link_button(&visitor.link(path), &t.say(label), Kind::Other, Some(Icon::Paper))
    };
    body.push(&buttons([
        way("/counts.csv", "thread-map-counts"),
        way("/areas.geojson", "thread-map-borders"),
    ]));
    Ok(Shown::street(title, body))
}

/// Every area with what is heard, what waits and what is answered.
fn counted(visitor: &Visitor, atlas: &Atlas, frozen: &Frozen) -> Html {
    let t = visitor.tongue();
    let keys = ["heard", "waiting", "answered"];
    let mut columns = vec![Column::words(&t.say("column-area"))];
    columns.extend(keys.map(|key| Column::number(&t.say(&format!("thread-count-{key}")))));
    let rows: Vec<Vec<Html>> = atlas
        .areas()
        .iter()
        .map(|area| {
            let name = Html(format!(
                "<a href=\"{}\"><bdi>{}</bdi></a>",
                href(&area_path(visitor, area.id)),
                text(&area.both_names())
            ));
            let figure = |key| text(&figures::at_least(t, frozen.figure(area.id, key)));
            std::iter::once(name).chain(keys.map(figure)).collect()
        })
        .collect();
    table(&t.say("thread-map-table"), &columns, &rows)
}
