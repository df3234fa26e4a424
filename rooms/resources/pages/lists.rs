//! The desk's lists of this room: requests, offers, stock and waybills. Each address can be sent to
//! somebody. The words of an offer are shown only to whoever may read its voice.

use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use page::components::button::{Button, Kind, button, buttons, link_button};
use page::components::empty::empty;
use page::components::field::{self, Choice};
use page::components::form::{Form, form};
use page::components::icon::Icon;
use page::components::row::{Row, pager, rows};
use page::components::tag::tag;
use page::frame::Tone;
use page::{Html, Tongue, text};

use super::offers::tags_on;
use super::parts::{self, Ask, Asked};
use super::public;
use crate::actions::today;
use crate::door::{House, Moved, Shown, Trouble, Visitor};
use crate::places;
use crate::resources::queries::{self, PAGE_ROWS, Which};
use crate::resources::rules::number_typed;
use crate::resources::views::{Lot, Waybill};
use crate::voices::desk_parts::may_see;
use crate::voices::queries as voices;

/// Voices that offer and are not listed yet, as many as are shown.
const UNLISTED_MAX: usize = 20;

struct Line {
    title: String,
    to: String,
    tags: Html,
    note: Html,
}

fn shown_rows(lines: &[Line]) -> Html {
    let all: Vec<Row<'_>> = lines
        .iter()
        .map(|line| Row {
            title: &line.title,
            href: &line.to,
            tags: line.tags.clone(),
            note: line.note.clone(),
            acts: Html::none(),
        })
        .collect();
    rows(&all)
}

/// The list, or that it is empty; and the way to its next page.
fn listed(
    visitor: &Visitor,
    path: &str,
    asked: &Asked,
    lines: &[Line],
    last: Option<String>,
) -> Html {
    let t = visitor.tongue();
    if lines.is_empty() {
        let (none, next) = (t.say("resources-list-empty"), t.say("resources-list-empty-next"));
        return empty(Icon::Ok, &none, &next, &Html::none());
    }
    let full = i64::try_from(lines.len()).unwrap_or(0) >= PAGE_ROWS;
    let which =
        asked.which.as_deref().filter(|which| which.bytes().all(|b| b.is_ascii_lowercase()));
    let which = which.map(|which| format!("&which={which}")).unwrap_or_default();
    let area = asked.area_id().map(|id| format!("&area={id}")).unwrap_or_default();
    let next = last.filter(|_| full);
    let next = next.map(|id| visitor.link(&format!("{path}?after={id}{which}{area}")));
    Html::join([shown_rows(lines), pager(t, None, next.as_deref())])
}

fn ways(visitor: &Visitor, new: Option<(&str, &str)>, others: &[(&str, &str)]) -> Html {
    let t = visitor.tongue();
    let new = new
        .filter(|_| parts::may_do(visitor))
        .map(|(to, key)| link_button(&visitor.link(to), &t.say(key), Kind::Main, Some(Icon::Add)));
    let others = others
        .iter()
        .map(|(to, key)| link_button(&visitor.link(to), &t.say(key), Kind::Other, None));
    buttons(new.into_iter().chain(others))
}

/// Only one area.
fn by_area(house: &House, visitor: &Visitor, path: &str, asked: &Asked) -> Html {
    let t = visitor.tongue();
    let atlas = places::atlas(house);
    let named: Vec<(String, String)> =
        atlas.areas().iter().map(|area| (area.id.to_string(), area.both_names())).collect();
    let all = t.say("resources-all-areas");
    let listed = named.iter().map(|(id, name)| Choice::new(id, name));
    let choices: Vec<Choice<'_>> = std::iter::once(Choice::new("", &all)).chain(listed).collect();
    let value = asked.area_id().map(|id| id.to_string()).unwrap_or_default();
    let which = asked.which.clone().unwrap_or_default();
    let fields = Html::join([
        field::hidden("which", &which),
        field::hidden("lang", t.lang.code()),
        Ask { value: &value, ..Ask::words("area", "resources-area", 40).perhaps() }
            .select(t, &choices),
        buttons([button(&Button::new(&t.say("resources-show"), Kind::Other))]),
    ]);
    parts::folded(&t.say("resources-area"), &form(t, &Form::get(path), &fields))
}

/// `/desk/requests`.
pub async fn requests(
    State(house): State<House>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Shown, Trouble> {
    let t = visitor.tongue();
    let day = today(&house);
    let which = match asked.which.as_deref() {
        Some("closed") => Which::Closed,
        Some("handover") => Which::HandOver(day),
        _ => Which::Open,
    };
    let after = match asked.after_id() {
        Some(id) => queries::request(&house, id).await?,
        None => None,
    };
    let list = queries::list(&house, which, asked.area_id(), after.as_ref()).await?;
    let mut lines = Vec::new();
    for request in &list {
        let came = queries::came(&house, request.id).await?;
        let note = [
            parts::area_name(&house, t, request.area),
            public::how_much(t, request),
            public::state(t, request, &came),
        ];
        lines.push(Line {
            title: parts::request_title(t, request),
            to: visitor.link(&format!("/desk/requests/{}", request.id)),
            tags: parts::request_tags(t, request, day),
            note: text(&note.join(" · ")),
        });
    }
    let others = [
        ("/desk/requests", "resources-open"),
        ("/desk/requests?which=handover", "resources-hand-over-due"),
        ("/desk/requests?which=closed", "resources-closed"),
        ("/desk/matches", "resources-matches"),
        ("/desk/offers", "resources-offers"),
        ("/desk/stock", "resources-stock"),
    ];
    let mut body = ways(&visitor, Some(("/desk/requests/new", "resources-ask")), &others);
    body.push(&by_area(&house, &visitor, "/desk/requests", &asked));
    let last = list.last().map(|request| request.id.to_string());
    body.push(&listed(&visitor, "/desk/requests", &asked, &lines, last));
    Ok(parts::shown(&visitor, &t.say("resources-requests"), &asked, body))
}

/// `/desk/offers`: also the suppliers of an area, and what was offered and is not listed.
pub async fn offers(
    State(house): State<House>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Shown, Trouble> {
    let t = visitor.tongue();
    let after = match asked.after_id() {
        Some(id) => queries::offer(&house, id).await?,
        None => None,
    };
    let of = (asked.item.as_deref(), asked.area_id());
    let list = queries::offers(&house, of, after.as_ref()).await?;
    let lines: Vec<Line> = list
        .iter()
        .map(|offer| {
            let note = [
                parts::area_name(&house, t, offer.area),
                t.say(&format!("resources-giver-{}", offer.giver)),
                parts::price(t, offer),
            ];
            Line {
                title: parts::offer_title(t, offer),
                to: visitor.link(&format!("/desk/offers/{}", offer.id)),
                tags: tags_on(t, offer, today(&house)),
                note: text(&note.join(" · ")),
            }
        })
        .collect();
    let others = [("/desk/requests", "resources-requests"), ("/desk/matches", "resources-matches")];
    let mut body = ways(&visitor, Some(("/desk/offers/new", "resources-offer-body")), &others);
    body.push(&by_area(&house, &visitor, "/desk/offers", &asked));
    if asked.after.is_none() {
        body.push(&unlisted(&house, &visitor).await?);
    }
    let last = list.last().map(|offer| offer.id.to_string());
    body.push(&listed(&visitor, "/desk/offers", &asked, &lines, last));
    Ok(parts::shown(&visitor, &t.say("resources-offers"), &asked, body))
}

/// Voices that offer something no word of which was known: somebody who reads them lists them.
async fn unlisted(house: &House, visitor: &Visitor) -> Result<Html, Trouble> {
    if !super::offers::reads_words(visitor) {
        return Ok(Html::none());
    }
    let t = visitor.tongue();
    let waiting = voices::desk::offering(house, UNLISTED_MAX).await?;
    let known = queries::listed_voices(house, &waiting).await?;
    let mut items = Vec::new();
    for voice in waiting.iter().filter(|voice| !known.contains(&voice.id)) {
        if !may_see(visitor, voice) {
            continue;
        }
        let words = voices::words(house, voice.id).await?.map(|words| words.words);
        let to = format!("/desk/offers/new?voice={}", voice.id);
        let link = parts::link(visitor, &to, &t.say("resources-list-it"));
        let said = text(&words.unwrap_or_default());
        items.push(Html(format!("<li><span dir=auto>{said}</span> {link}</li>")));
    }
    if items.is_empty() {
        return Ok(Html::none());
    }
    let list = Html(format!("<ul>{}</ul>", Html::join(items)));
    Ok(Html::join([parts::part(t, "resources-unlisted"), list]))
}

/// `/desk/stock`: what lies where, and what spoils.
pub async fn stock(
    State(house): State<House>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Shown, Trouble> {
    let t = visitor.tongue();
    let day = today(&house);
    let after = match asked.after_id() {
        Some(id) => queries::lot(&house, id).await?,
        None => None,
    };
    let list = queries::lots(&house, asked.area_id(), after.as_ref()).await?;
    let lines: Vec<Line> = list
        .iter()
        .map(|lot| {
            let here = parts::amount(t, &lot.item, lot.here);
            let note = [parts::area_name(&house, t, lot.area), here];
            Line {
                title: parts::lot_title(t, lot),
                to: visitor.link(&format!("/desk/stock/{}", lot.id)),
                tags: spoils(t, lot, day),
                note: text(&note.join(" · ")),
            }
        })
        .collect();
    let others =
        [("/desk/waybills", "resources-waybills"), ("/desk/requests", "resources-requests")];
    let mut body = ways(&visitor, Some(("/desk/stock/new", "resources-stock-new")), &others);
    body.push(&by_area(&house, &visitor, "/desk/stock", &asked));
    let last = list.last().map(|lot| lot.id.to_string());
    body.push(&listed(&visitor, "/desk/stock", &asked, &lines, last));
    Ok(parts::shown(&visitor, &t.say("resources-stock"), &asked, body))
}

/// So many days before it spoils a lot is marked.
const SOON_DAYS: i64 = 14;

/// Until when a lot is good; past it, red; below zero by the counts of two nodes, red too.
pub fn spoils(t: Tongue, lot: &Lot, today: i64) -> Html {
    let mut all = Html::none();
    if lot.here < 0 {
        all.push(&tag(Tone::Bad, &t.say("resources-below-zero")));
    }
    let Some(good) = lot.good_until_day else { return all };
    let args = [("day", parts::day(t, good).into())];
    let shown = match good - today {
        ..0 => tag(Tone::Bad, &t.with("resources-spoiled", &args)),
        0..=SOON_DAYS => tag(Tone::Warn, &t.with("resources-good-until", &args)),
        _ => tag(Tone::Info, &t.with("resources-good-until", &args)),
    };
    all.push(&shown);
    all
}

/// `/desk/waybills`: on their way, received, cancelled; or the one of a number that was typed.
pub async fn waybills(
    State(house): State<House>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Response, Trouble> {
    let t = visitor.tongue();
    if let Some(typed) = asked.number.as_deref().filter(|typed| !typed.trim().is_empty()) {
        let number = number_typed(typed)?;
        let found = queries::waybill_by_number(&house, number).await?.ok_or(Trouble::NotFound)?;
        let to = visitor.link(&format!("/desk/waybills/{}", found.id));
        return Ok(Moved(to).into_response());
    }
    let statuses = ["sent", "received", "cancelled"];
    let which = asked.which.as_deref().filter(|which| statuses.contains(which)).unwrap_or("sent");
    let after = match asked.after_id() {
        Some(id) => queries::waybill(&house, id).await?,
        None => None,
    };
    let list = queries::waybills(&house, which, after.as_ref()).await?;
    let lines: Vec<Line> = list.iter().map(|waybill| way_line(&house, &visitor, waybill)).collect();
    let others = [
        ("/desk/waybills?which=sent", "resources-waybill-sent"),
        ("/desk/waybills?which=received", "resources-waybill-received"),
        ("/desk/waybills?which=cancelled", "resources-waybill-cancelled"),
        ("/desk/stock", "resources-stock"),
    ];
    let mut body = ways(&visitor, None, &others);
    let fields = Html::join([
        field::hidden("lang", t.lang.code()),
        Ask { kind: field::Kind::Code, ..Ask::words("number", "resources-waybill-number", 20) }
            .line(t),
        buttons([button(&Button::new(&t.say("resources-show"), Kind::Other))]),
    ]);
    body.push(&form(t, &Form::get("/desk/waybills"), &fields));
    let last = list.last().map(|waybill| waybill.id.to_string());
    body.push(&listed(&visitor, "/desk/waybills", &asked, &lines, last));
    Ok(parts::shown(&visitor, &t.say("resources-waybills"), &asked, body).into_response())
}

fn way_line(house: &House, visitor: &Visitor, waybill: &Waybill) -> Line {
    let t = visitor.tongue();
    let number = parts::waybill_number(waybill);
    let note = [parts::area_name(house, t, waybill.from), parts::area_name(house, t, waybill.to)];
    let sent = parts::amount(t, &waybill.item, waybill.amount);
    let tone = match (waybill.status.as_str(), &waybill.difference) {
        ("sent", _) => Tone::Warn,
        ("received", None) => Tone::Good,
        _ => Tone::Bad,
    };
    let mut tags = tag(tone, &t.say(&format!("resources-waybill-{}", waybill.status)));
    if waybill.difference.is_some() {
        tags.push(&tag(Tone::Bad, &t.say("resources-with-difference")));
    }
    Line {
        title: format!("{number} · {} · {sent}", parts::item_name(t, &waybill.item)),
        to: visitor.link(&format!("/desk/waybills/{}", waybill.id)),
        tags,
        note: text(&note.join(" → ")),
    }
}
