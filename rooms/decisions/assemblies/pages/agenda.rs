//! The agenda: what belongs on it by the rules, in an order she chooses, with a reason for whatever
//! is left out. Kept as often as she likes, then made public.

use std::collections::HashMap;

use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Response};
use page::components::button::{Button, Kind, button, buttons};
use page::components::field::{self, Field};
use page::components::form::{Form, form};
use page::components::tag::tag;
use page::frame::Tone;
use page::{Html, text};
use record::Id;

use super::super::acts;
use super::super::records::{AgendaItem, AssemblyAgendaSet, LeftOut};
use super::super::rules::Required;
use super::super::views::Assembly;
use super::super::words::{REASON_CHARS_MAX, TITLE_CHARS_MAX};
use super::parts::{self, Asked, line, number_field, part, said_as, the_one};
use crate::door::{House, Moved, Sent, Shown, Trouble, Visitor};

/// Lines for items of her own.
const OWN_LINES: usize = 3;

/// `GET /desk/assemblies/{id}/agenda`
pub(super) async fn page(
    State(house): State<House>,
    visitor: Visitor,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Shown, Trouble> {
    let assembly = the_one(&house, &id).await?;
    let page = form_page(&house, &visitor, &assembly, None).await?;
    Ok(parts::said(visitor.tongue(), page, &asked))
}

/// What was filled in, by name; none the first time.
type Filled<'a> = Option<&'a HashMap<String, String>>;

async fn form_page(
    house: &House,
    visitor: &Visitor,
    assembly: &Assembly,
    filled: Filled<'_>,
) -> Result<Shown, Trouble> {
    let t = visitor.tongue();
    let offered = acts::offered(house, t, assembly).await?;
    let mut rows = Html::none();
    for (at, item) in offered.iter().enumerate() {
        rows.push(&row(visitor, assembly, filled, at, item));
    }
    if offered.is_empty() {
        rows.push(&line(t, "assemblies-agenda-nothing"));
    }
    let own: Vec<String> = own_items(assembly, filled);
    for at in 0..OWN_LINES {
        let (name, value) = (format!("own-{at}"), own.get(at).map_or("", String::as_str));
        let label = t.with("assemblies-agenda-own", &[("n", (at + 1).to_string().into())]);
        let shape = Field { name: &name, label: &label, value, ..Field::default() };
        rows.push(&field::line(t, &Field { length_max: Some(TITLE_CHARS_MAX), ..shape }));
    }
    let send = |key: &str, kind, value| {
        button(&Button { sends: Some(("do", value)), ..Button::new(&t.say(key), kind) })
    };
    rows.push(&buttons([
        send("assemblies-agenda-publish", Kind::Main, "publish"),
        send("assemblies-agenda-keep", Kind::Other, "keep"),
    ]));
    let to = visitor.link(&format!("/desk/assemblies/{}/agenda", assembly.id));
    let body = Html::join([
        Html(format!("<p>{}</p>", text(&said_as(assembly)))),
        line(t, "assemblies-agenda-lead"),
        form(t, &Form::post(&to, visitor.csrf()), &rows),
    ]);
    Ok(parts::shown(visitor, &t.say("assemblies-agenda"), &Asked::default(), body))
}

/// One thing that belongs on the agenda: its place in the order, or the reason why it has none.
fn row(
    visitor: &Visitor,
    assembly: &Assembly,
    filled: Filled<'_>,
    at: usize,
    item: &Required,
) -> Html {
    let t = visitor.tongue();
    let key = format!("{}-{}", item.kind, item.of);
    let filled_in = |name: &str| filled.and_then(|f| f.get(name)).cloned();
    let place_name = format!("place-{key}");
    let place = filled_in(&place_name).unwrap_or_else(|| place_of(assembly, item, at));
    let reason_name = format!("reason-{key}");
    let reason = filled_in(&reason_name).unwrap_or_else(|| {
        let left = assembly.left_out.iter().find(|l| l.of == item.of && l.kind == item.kind);
        left.map(|left| left.reason.clone()).unwrap_or_default()
    });
    let (place_label, reason_label) =
        (t.say("assemblies-agenda-place"), t.say("assemblies-agenda-reason"));
    let reason_field =
        Field { name: &reason_name, label: &reason_label, value: &reason, ..Field::default() };
    let place_field = number_field(t, &place_name, &place_label, &place).0.replace(" required", "");
    Html(format!(
        "<div class=card><fieldset class=f><legend dir=auto>{}</legend><p class=tags>{}</p>\
         {}{}{}</fieldset></div>",
        text(&item.title),
        tag(Tone::Info, &t.say(&format!("assemblies-why-{}", item.why.code()))),
        field::hidden(&format!("title-{key}"), &item.title),
        place_field,
        field::line(t, &Field { length_max: Some(REASON_CHARS_MAX), ..reason_field }),
    ))
}

/// The place of something on the agenda as it was kept; at first, in the order in which it came.
fn place_of(assembly: &Assembly, item: &Required, at: usize) -> String {
    let kept = assembly.items.iter().position(|i| i.of == item.of && i.kind == item.kind);
    let is_fresh = assembly.items.is_empty() && assembly.left_out.is_empty();
    let left = assembly.left_out.iter().any(|l| l.of == item.of && l.kind == item.kind);
    match kept {
        Some(place) => (place + 1).to_string(),
        None if is_fresh => (at + 1).to_string(),
        None if left => String::new(),
        // It came since the agenda was kept: last, until she says otherwise.
        None => (assembly.items.len() + at + 1).to_string(),
    }
}

fn own_items(assembly: &Assembly, filled: Filled<'_>) -> Vec<String> {
    if let Some(filled) = filled {
        let name = |at| filled.get(&format!("own-{at}")).cloned().unwrap_or_default();
        return (0..OWN_LINES).map(name).collect();
    }
    let own = assembly.items.iter().filter(|item| item.kind == "own");
    own.map(|item| item.title.clone()).collect()
}

/// `POST /desk/assemblies/{id}/agenda`
pub(super) async fn send(
    State(house): State<House>,
    visitor: Visitor,
    Path(id): Path<String>,
    Sent(filled): Sent<HashMap<String, String>>,
) -> Result<Response, Trouble> {
    let assembly = the_one(&house, &id).await?;
    match sent(&house, &visitor, &assembly, &filled).await {
        Ok(moved) => Ok(moved.into_response()),
        Err(Trouble::Refused(refusal)) => {
            let page = form_page(&house, &visitor, &assembly, Some(&filled)).await?;
            Ok(parts::again(visitor.tongue(), page, &refusal).into_response())
        }
        Err(trouble) => Err(trouble),
    }
}

async fn sent(
    house: &House,
    visitor: &Visitor,
    assembly: &Assembly,
    filled: &HashMap<String, String>,
) -> Result<Moved, Trouble> {
    let t = visitor.tongue();
    let offered = acts::offered(house, t, assembly).await?;
    let agenda = agenda_of(&offered, filled);
    let id = assembly.id;
    if filled.get("do").is_some_and(|what| what == "publish") {
        acts::publish(house, t, id, agenda, visitor.author()).await?;
        return Ok(Moved(visitor.link(&format!("/desk/assemblies/{id}?done=invited"))));
    }
    acts::keep_agenda(house, id, agenda, visitor.author()).await?;
    Ok(Moved(visitor.link(&format!("/desk/assemblies/{id}/agenda?done=kept"))))
}

/// The agenda that was filled in: what has a place, in its order, then her own items; what has none
/// is left out with the reason that stands there.
fn agenda_of(offered: &[Required], filled: &HashMap<String, String>) -> AssemblyAgendaSet {
    let value = |name: String| filled.get(&name).map(|v| v.trim().to_owned()).unwrap_or_default();
    let mut placed: Vec<(i64, AgendaItem)> = Vec::new();
    let mut left_out = Vec::new();
    for item in offered {
        let key = format!("{}-{}", item.kind, item.of);
        let place = words::plain(&value(format!("place-{key}"))).parse::<i64>().ok();
        let (kind, of, title) = (item.kind.to_owned(), item.of, item.title.clone());
        match place.filter(|place| *place > 0) {
            Some(place) => placed.push((place, AgendaItem { kind, of, title })),
            None => {
                let reason = value(format!("reason-{key}"));
                left_out.push(LeftOut { kind, of, title, reason });
            }
        }
    }
    placed.sort_by_key(|(place, _)| *place);
    let mut items: Vec<AgendaItem> = placed.into_iter().map(|(_, item)| item).collect();
    for title in (0..OWN_LINES).map(|at| value(format!("own-{at}"))).filter(|t| !t.is_empty()) {
        items.push(AgendaItem { kind: "own".to_owned(), of: Id::NONE, title });
    }
    AssemblyAgendaSet { items, left_out }
}

/// The list of an agenda and of what it leaves out, as everybody may read it.
pub(super) fn said(visitor: &Visitor, assembly: &Assembly) -> Html {
    let t = visitor.tongue();
    let item = |words: &str| format!("<li><bdi>{}</bdi></li>", text(words));
    let items: String = assembly.items.iter().map(|i| item(&i.title)).collect();
    let mut out = if items.is_empty() {
        line(t, "assemblies-agenda-empty")
    } else {
        Html(format!("<ol>{items}</ol>"))
    };
    if !assembly.left_out.is_empty() {
        out.push(&Html(format!("<h3>{}</h3>", text(&t.say("assemblies-agenda-left-out")))));
        let left = assembly.left_out.iter().map(|left| {
            format!(
                "<li><bdi>{}</bdi><br><bdi class=soft>{}</bdi></li>",
                text(&left.title),
                text(&left.reason)
            )
        });
        out.push(&Html(format!("<ul>{}</ul>", left.collect::<String>())));
    }
    out
}

/// The heading and the list, for a page that shows more.
pub(super) fn section(visitor: &Visitor, assembly: &Assembly) -> Html {
    Html::join([part(visitor.tongue(), "assemblies-agenda"), said(visitor, assembly)])
}
