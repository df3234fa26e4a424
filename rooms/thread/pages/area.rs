//! One area: both its names, where it lies, what is heard from it and what became of that; which
//! money, people and goods were asked for, promised, and came. It shows counts as they were frozen,
//! never a voice.

use axum::extract::{Path, State};
use page::components::button::{Kind, buttons, link_button};
use page::components::empty::empty;
use page::components::icon::Icon;
use page::components::map::{self, MapArea, MapPicture, map_table};
use page::{Html, text};
use record::Id;

use super::{aid, drawn, figures, h1, h2, soft, whole};
use crate::decisions::{self, Decision};
use crate::door::{House, Shown, Trouble, Visitor};
use crate::needs;
use crate::places::{self, Area, Atlas, Source};
use crate::thread::queries::{Frozen, frozen};

/// Needs, and decisions, shown of an area.
const SHOWN_MAX: usize = 5;
/// Decisions of an area looked at for those that were resolved.
const DECISIONS_READ: i64 = 20;

/// `GET /area/{id}`.
pub(super) async fn area(
    State(house): State<House>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Shown, Trouble> {
    let id: Id = id.parse().map_err(|_| Trouble::NotFound)?;
    let (t, atlas) = (visitor.tongue(), places::atlas(&house));
    let area = atlas.area(id).ok_or(Trouble::NotFound)?;
    let frozen = frozen(&house).await?;
    let mut body = names(&visitor, area);
    body.push(&places::risk::area_part(&house, &visitor, id));
    let speak = visitor.link(&format!("/say?area={id}"));
    let speak = link_button(&speak, &t.say("thread-area-say"), Kind::Main, Some(Icon::Speak));
    if frozen.figure(id, "heard") == 0 {
        let (title, next) = (t.say("thread-area-quiet"), t.say("thread-area-quiet-next"));
        body.push(&empty(Icon::Hear, &title, &next, &speak));
    } else {
        body.push(&buttons([speak]));
        body.push(&figures::clock(t, &frozen, id));
        body.push(&figures::done(t, &frozen, id));
        body.push(&figures::split(t, &frozen, id, "sector/", "thread-sectors"));
        body.push(&figures::split(t, &frozen, id, "kind/", "thread-kinds"));
    }
    body.push(&lacking(&house, &visitor, id).await?);
    body.push(&aid::part(&house, &visitor, id).await?);
    body.push(&around(&visitor, &atlas, &frozen, area));
    body.push(&figures::when(t, &frozen));
    Ok(Shown::street(area.both_names(), body))
}

/// What is lacking in the area, and what was decided for it; that nobody is heard is said too.
async fn lacking(house: &House, visitor: &Visitor, area: Id) -> Result<Html, Trouble> {
    let t = visitor.tongue();
    let mut out = needs::silent_part(house, visitor, area).await?;
    let mut all = needs::public_list(house, Some(area), None).await?;
    let more = all.len() > SHOWN_MAX;
    all.truncate(SHOWN_MAX);
    if !all.is_empty() {
        out.push(&h2(t, "thread-needs"));
        out.push(&whole::need_rows(visitor, &all));
    }
    if more {
        let to = visitor.link(&format!("/needs?area={area}"));
        out.push(&buttons([link_button(&to, &t.say("thread-needs-all"), Kind::Other, None)]));
    }
    let decided = decisions::in_area(house, area, DECISIONS_READ).await?;
    let decided: Vec<Decision> =
        decided.into_iter().filter(|d| d.resolved_ms.is_some()).take(SHOWN_MAX).collect();
    if !decided.is_empty() {
        out.push(&h2(t, "thread-decisions"));
        out.push(&whole::decision_lines(house, visitor, &decided).await?);
    }
    Ok(out)
}

fn names(visitor: &Visitor, area: &Area) -> Html {
    let t = visitor.tongue();
    let mut out = h1(&Html(format!("<bdi>{}</bdi>", text(&area.name))));
    let line = |key: &str, value: &str| {
        Html(format!("<p class=soft>{}</p>", t.html(key, &[("name", value.into())])))
    };
    if let Some(other) = &area.other_name {
        out.push(&line("thread-area-also", other));
    }
    if !area.parent_name.is_empty() {
        out.push(&line("thread-area-in", &area.parent_name));
    }
    if area.source == Source::Community {
        out.push(&soft(&t.say("thread-area-community")));
    }
    out
}

/// The area and its neighbours, drawn and as a table.
fn around(visitor: &Visitor, atlas: &Atlas, frozen: &Frozen, area: &Area) -> Html {
    let t = visitor.tongue();
    let own = MapArea { own: true, href: None, ..drawn(visitor, frozen, area, "heard") };
    let near = atlas.neighbours(area.id);
    let near = near.into_iter().filter_map(|id| atlas.area(id));
    let areas: Vec<MapArea> =
        std::iter::once(own).chain(near.map(|a| drawn(visitor, frozen, a, "heard"))).collect();
    let title = t.with("thread-area-map", &[("name", area.name.as_str().into())]);
    let counts = t.say("thread-map-heard");
    let mut out = h2(t, "thread-area-around");
    out.push(&map::map(t, &areas, &MapPicture::neighbourhood(&title, &counts)));
    out.push(&soft(&t.say("thread-map-hatched")));
    out.push(&map_table(t, &areas, &counts));
    out
}
