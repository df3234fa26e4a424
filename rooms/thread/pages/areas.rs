//! All areas as a list that a slow phone can carry: what lies in what first, then its areas, or
//! what was typed. Never the whole city at once.

use std::collections::BTreeMap;

use axum::extract::State;
use page::components::bar::{Bar, bars};
use page::components::button::{Button, Kind, button, buttons, link_button};
use page::components::empty::empty;
use page::components::field::{self, Field};
use page::components::form::{Form, form};
use page::components::icon::Icon;
use page::components::row::pager;
use page::components::table::{Column, table};
use page::html::href;
use page::{Html, Tongue, text};
use serde::Serialize;

use super::{Asked, area_path, asked, figures, h1, h2, soft};
use crate::door::{House, Shown, Trouble, Visitor};
use crate::places::{self, Area, Atlas};
use crate::thread::queries::{Frozen, frozen};

/// Cities with at most so many areas are listed whole.
const WHOLE_MAX: usize = 200;
/// Areas on one page of a longer list.
const PAGE_AREAS: usize = 100;
/// Longest text that is looked for, in characters.
const TYPED_CHARS_MAX: usize = 80;

/// An address's query.
#[derive(Serialize)]
struct Within<'a> {
    r#in: &'a str,
    from: usize,
}

/// `GET /areas`: `q` looks for a name, `in` opens what lies in something, `from` goes on.
pub(super) async fn areas(
    State(house): State<House>,
    visitor: Visitor,
    query: Asked,
) -> Result<Shown, Trouble> {
    let (t, atlas, frozen) = (visitor.tongue(), places::atlas(&house), frozen(&house).await?);
    let typed: String = asked(&query, "q").chars().take(TYPED_CHARS_MAX).collect();
    let mut body = h1(&text(&t.say("thread-areas")));
    if atlas.areas().is_empty() {
        let (title, next) = (t.say("thread-areas-none"), t.say("thread-areas-none-next"));
        body.push(&empty(Icon::Map, &title, &next, &Html::none()));
        return Ok(Shown::street(t.say("thread-areas"), body));
    }
    body.push(&search(&visitor, &typed));
    let list = Listing { visitor: &visitor, atlas: &atlas, frozen: &frozen };
    let inside = query.0.get("in").map(String::as_str);
    let from = asked(&query, "from").parse().unwrap_or(0);
    body.push(&match inside {
        _ if !typed.is_empty() => list.found(&typed),
        Some(parent) => list.of(parent, from),
        None if atlas.areas().len() <= WHOLE_MAX => list.whole(),
        None => list.parents(),
    });
    body.push(&figures::when(t, &frozen));
    body.push(&buttons([link_button(
        &visitor.link("/map"),
        &t.say("thread-map"),
        Kind::Other,
        Some(Icon::Map),
    )]));
    Ok(Shown::street(t.say("thread-areas"), body))
}

fn search(visitor: &Visitor, typed: &str) -> Html {
    let t = visitor.tongue();
    let (label, go) = (t.say("thread-areas-search"), t.say("thread-areas-find"));
    let mut body = field::line(
        t,
        &Field {
            name: "q",
            label: &label,
            value: typed,
            required: true,
            kind: field::Kind::Search,
            ..Field::default()
        },
    );
    body.push(&field::hidden("lang", t.lang.code()));
    body.push(&button(&Button { icon: Some(Icon::Search), ..Button::new(&go, Kind::Other) }));
    form(t, &Form::get("/areas"), &body)
}

struct Listing<'a> {
    visitor: &'a Visitor,
    atlas: &'a Atlas,
    frozen: &'a Frozen,
}

impl Listing<'_> {
    fn t(&self) -> Tongue {
        self.visitor.tongue()
    }

    fn found(&self, typed: &str) -> Html {
        let found = self.atlas.by_text(typed);
        if found.is_empty() {
            let (title, next) =
                (self.t().say("thread-areas-unknown"), self.t().say("thread-areas-unknown-next"));
            let way = link_button(
                &self.visitor.link("/areas"),
                &self.t().say("thread-areas-all"),
                Kind::Other,
                Some(Icon::Home),
            );
            return empty(Icon::Search, &title, &next, &way);
        }
        self.lines(&self.t().say("thread-areas"), found.into_iter())
    }

    /// The areas in something, a page at a time.
    fn of(&self, parent: &str, from: usize) -> Html {
        let inside = || self.atlas.areas().iter().filter(|area| area.parent_name == parent);
        let all = inside().count();
        let heading =
            if parent.is_empty() { self.t().say("thread-areas-alone") } else { parent.to_owned() };
        let mut out = self.lines(&heading, inside().skip(from).take(PAGE_AREAS));
        let to = |from: usize| {
            let query = serde_urlencoded::to_string(Within { r#in: parent, from });
            self.visitor.link(&format!("/areas?{}", query.unwrap_or_default()))
        };
        let before = (from > 0).then(|| to(from.saturating_sub(PAGE_AREAS)));
        let after = from.saturating_add(PAGE_AREAS);
        let after = (after < all).then(|| to(after));
        out.push(&pager(self.t(), before.as_deref(), after.as_deref()));
        out
    }

    /// Every area under what it lies in.
    fn whole(&self) -> Html {
        let mut out = Html::none();
        for parent in self.by_parent().keys() {
            let alone = || self.t().say("thread-areas-alone");
            let caption = if parent.is_empty() { alone() } else { (*parent).to_owned() };
            let inside = self.atlas.areas().iter().filter(|area| area.parent_name == *parent);
            out.push(&self.lines(&caption, inside));
        }
        out
    }

    /// What areas lie in, with how many there are; a city without such is cut into pages.
    fn parents(&self) -> Html {
        let all = self.by_parent();
        if all.len() == 1 {
            return self.of(all.keys().next().copied().unwrap_or_default(), 0);
        }
        let alone = self.t().say("thread-areas-alone");
        let lines: Vec<(String, String, u32)> = all
            .into_iter()
            .map(|(parent, areas)| {
                let query = serde_urlencoded::to_string(Within { r#in: parent, from: 0 });
                let to = self.visitor.link(&format!("/areas?{}", query.unwrap_or_default()));
                (if parent.is_empty() { alone.clone() } else { parent.to_owned() }, to, areas)
            })
            .collect();
        let lines: Vec<Bar<'_>> = lines
            .iter()
            .map(|(name, to, areas)| Bar { name, value: Some(*areas), href: Some(to) })
            .collect();
        let mut out = h2(self.t(), "thread-areas-groups");
        out.push(&soft(&self.t().say("thread-areas-groups-count")));
        out.push(&bars(self.t(), &lines));
        out
    }

    fn by_parent(&self) -> BTreeMap<&str, u32> {
        let mut all = BTreeMap::new();
        for area in self.atlas.areas() {
            *all.entry(area.parent_name.as_str()).or_default() += 1;
        }
        all
    }

    /// Areas with what was heard from each.
    fn lines<'b>(&self, caption: &str, areas: impl Iterator<Item = &'b Area>) -> Html {
        let columns = [
            Column::words(&self.t().say("column-area")),
            Column::number(&self.t().say("thread-count-heard")),
        ];
        let line = |area: &Area| {
            let heard = self.frozen.figure(area.id, "heard");
            let name = Html(format!(
                "<a href=\"{}\"><bdi>{}</bdi></a>",
                href(&area_path(self.visitor, area.id)),
                text(&area.both_names()),
            ));
            vec![name, text(&figures::at_least(self.t(), heard))]
        };
        let rows: Vec<Vec<Html>> = areas.map(line).collect();
        table(caption, &columns, &rows)
    }
}
