//! `/money/{number}`: one window: its terms, how it was shared out, who applied and what became of
//! that, what was pledged and paid. Everything that decides is here before it decides.

use std::collections::HashMap;

use axum::extract::{Path, State};
use page::components::button::{Kind, buttons, link_button};
use page::components::icon::Icon;
use page::components::number::facts;
use page::components::table::{Column, table};
use page::components::tag::tag;
use page::frame::Tone;
use page::{Html, Tongue, text};
use record::Id;

use super::money::{hands, known};
use super::{line, parts, public, ranking};
use crate::door::{House, Shown, Trouble, Visitor};
use crate::funds::queries::{self, today};
use crate::funds::rules::SEATS;
use crate::funds::rules::window::WOMEN_SEATS_MIN;
use crate::funds::views::{Phase, Purse, Window};

/// The page.
pub async fn page(
    State(house): State<House>,
    visitor: Visitor,
    Path(number): Path<i64>,
) -> Result<Shown, Trouble> {
    let t = visitor.tongue();
    let window = queries::by_number(&house, number).await?.ok_or(Trouble::NotFound)?;
    let title = format!("W-{} · {}", window.number, window.terms.name);
    let phase = window.phase(today(&house));
    let mut body = parts::h1(&title);
    body.push(&Html(format!("<p class=tags>{}</p>", parts::phase_tag(t, phase))));
    body.push(&Html(format!("<p dir=auto>{}</p>", text(&window.terms.purpose))));
    if phase == Phase::Open {
        let to = visitor.link(&format!("/money/{number}/apply"));
        let apply = link_button(&to, &t.say("funds-apply"), Kind::Main, Some(Icon::Money));
        body.push(&buttons([apply]));
        let sms = house.city().sms_number.clone();
        if !sms.is_empty() {
            // A number keeps its order on a page that runs from right to left.
            let args = [("number", number.to_string().into()), ("sms", sms.into())];
            body.push(&Html(format!("<p>{}</p>", t.html("funds-apply-sms", &args))));
        }
    }
    let names = parts::body_names(&house).await?;
    body.push(&terms(&house, t, &window, &names));
    body.push(&line::part(&house, &visitor, &window));
    body.push(&line::departures(&house, t, &window).await?);
    body.push(&ranking::part(&house, &visitor, &window).await?);
    let purse = queries::purse(&house, window.id).await?;
    body.push(&money(&house, &visitor, &window, &purse, &names).await?);
    let memo = parts::link(&visitor, &format!("/money/{number}/memo"), &t.say("funds-memo"));
    body.push(&Html(format!("<p>{memo}</p>")));
    Ok(Shown::street(title, body))
}

/// The terms, in full.
pub fn terms(house: &House, t: Tongue, window: &Window, names: &HashMap<Id, String>) -> Html {
    let terms = &window.terms;
    let said = |key: &str| t.say(&format!("funds-fact-{key}"));
    let (mechanism, decides, about, most) =
        (said("mechanism"), said("decides"), said("about"), said("most"));
    let (overhead, women, reserve, kinds, areas) =
        (said("overhead"), said("women"), said("reserve"), said("kinds"), said("areas"));
    let (opens, closes, decided, appeal) =
        (said("opens"), said("closes"), said("decided"), said("appeal"));
    let day = |day: i64| text(&parts::day(t, day));
    let percent = |n: i64| text(&t.with("funds-percent", &[("n", n.into())]));
    let kind = |code: &String| t.say(&format!("people-constituency-{code}"));
    let all = || t.say("funds-all");
    let kinds_said: Vec<String> = terms.kinds.iter().map(kind).collect();
    let kinds_said = if kinds_said.is_empty() { all() } else { kinds_said.join(", ") };
    let areas_said = terms.areas.iter().map(|area| parts::area_name(house, t, Some(*area)));
    let areas_said: Vec<String> = areas_said.collect();
    let areas_said = if areas_said.is_empty() { all() } else { areas_said.join(", ") };
    let days = t.with("funds-days", &[("n", terms.appeal_days.into())]);
    let mut known: Vec<(&str, Html)> = vec![
        (&mechanism, text(&t.say(&format!("funds-mechanism-{}", terms.mechanism)))),
        (&decides, parts::said(&parts::body_name(names, t, terms.body))),
        (&about, parts::said(&terms.subject)),
        (&most, parts::amount_html(t, terms.application_minor_max, &terms.currency)),
        (&overhead, percent(terms.overhead_percent)),
        (&women, percent(terms.women_led_percent)),
        (&reserve, percent(terms.reserve_percent.unwrap_or(0))),
        (&kinds, text(&kinds_said)),
        (&areas, text(&areas_said)),
        (&opens, day(terms.opens_day)),
        (&closes, day(terms.closes_day)),
        (&decided, day(terms.decides_day)),
        (&appeal, text(&days)),
    ];
    let (waits, adds) = (said("trigger"), said("matching"));
    if !terms.trigger.is_empty() {
        known.push((&waits, parts::said(&terms.trigger)));
    }
    if let Some(matching) = &terms.matching {
        let args = [
            ("percent", matching.percent.into()),
            ("most", parts::amount(t, matching.ceiling_minor, &terms.currency).into()),
        ];
        known.push((&adds, text(&t.with("funds-matching-said", &args))));
    }
    let mut all = parts::h2(t, "funds-terms");
    all.push(&facts(&known));
    if let Some(triggered) = &window.triggered {
        let args = [("n", triggered.number.into())];
        let words = tag(Tone::Info, &t.with("funds-triggered", &args));
        all.push(&Html(format!("<p>{words} {}</p>", parts::said(&triggered.what))));
    } else if window.waits() {
        all.push(&Html(format!("<p>{}</p>", tag(Tone::Warn, &t.say("funds-waits-trigger")))));
    }
    all.push(&criteria(t, window));
    let args = [
        ("seats", i64::try_from(terms.panel.len()).unwrap_or(0).into()),
        ("women", i64::try_from(WOMEN_SEATS_MIN).unwrap_or(0).into()),
    ];
    all.push(&parts::line(&t.with("funds-panel-said", &args)));
    all.push(&seats(t, window));
    all.push(&changes(t, window));
    all
}

fn criteria(t: Tongue, window: &Window) -> Html {
    let rows: Vec<Vec<Html>> = window
        .terms
        .criteria
        .iter()
        .map(|known| {
            let weight = t.with("funds-percent", &[("n", known.weight.into())]);
            vec![parts::said(&known.name), text(&weight)]
        })
        .collect();
    let columns = [
        Column::words(&t.say("funds-column-criterion")),
        Column::number(&t.say("funds-column-weight")),
    ];
    table(&t.say("funds-criteria"), &columns, &rows)
}

/// The seats of the panel: for whom each is, and how many of them are women's. The names of those
/// who sit on them are not for everybody: whoever decides on money is pressed easily.
fn seats(t: Tongue, window: &Window) -> Html {
    let panel = &window.terms.panel;
    let row = |code: &&str| {
        let own = || panel.iter().filter(|seat| seat.seat == **code);
        let count = |n: usize| text(&t.number(i64::try_from(n).unwrap_or(0)));
        let women = own().filter(|seat| seat.woman).count();
        let name = text(&t.say(&format!("funds-seat-{code}")));
        vec![name, count(own().count()), count(women)]
    };
    let taken = SEATS.iter().filter(|code| panel.iter().any(|seat| seat.seat == ***code));
    let rows: Vec<Vec<Html>> = taken.map(row).collect();
    let columns = [
        Column::words(&t.say("funds-column-for-whom")),
        Column::number(&t.say("funds-column-seats")),
        Column::number(&t.say("funds-column-women")),
    ];
    table(&t.say("funds-panel"), &columns, &rows)
}

/// What was changed after others had read it.
fn changes(t: Tongue, window: &Window) -> Html {
    if window.changes.is_empty() {
        return Html::none();
    }
    let items = window.changes.iter().map(|known| {
        let args = [("n", known.version.into()), ("day", t.date(known.at_ms).into())];
        Html(format!("<li>{} {}</li>", t.html("funds-version", &args), parts::said(&known.reason)))
    });
    parts::folded(&t.say("funds-changes"), &Html(format!("<ul>{}</ul>", Html::join(items))))
}

/// What was pledged, signed for and paid in, and each payment.
async fn money(
    house: &House,
    visitor: &Visitor,
    window: &Window,
    purse: &Purse,
    names: &HashMap<Id, String>,
) -> Result<Html, Trouble> {
    let t = visitor.tongue();
    let mut all = parts::h2(t, "funds-purse");
    if purse.pledges.is_empty() {
        all.push(&parts::soft(&t.say("funds-purse-empty")));
        return Ok(all);
    }
    all.push(&parts::flow(t, &purse.states(), &purse.currency));
    let (figures, wait) = queries::figures_of(purse, today(house));
    all.push(&known(t, &figures, &purse.currency, wait));
    all.push(&hands(t, &figures, &purse.currency));
    all.push(&pledges(t, window, purse, names, today(house)));
    all.push(&said(t, purse));
    let red: Vec<_> =
        purse.red(today(house)).map(|pledge| (purse.clone(), pledge.clone())).collect();
    all.push(&public::red_list(house, visitor, &red).await?);
    let paid = purse.payments.iter().filter(|payment| payment.state == "paid");
    let items: Vec<Html> = paid
        .map(|payment| {
            let own = public::in_one_line(visitor, &queries::paid(purse, payment));
            Html(format!("<li>{own}</li>"))
        })
        .collect();
    if !items.is_empty() {
        all.push(&parts::h2(t, "funds-payments"));
        all.push(&Html(format!("<ul>{}</ul>", Html::join(items))));
    }
    if !purse.aside.is_empty() {
        let n = i64::try_from(purse.aside.len()).unwrap_or(0);
        all.push(&Html(format!(
            "<p>{}</p>",
            tag(Tone::Warn, &t.with("funds-aside", &[("n", n.into())]))
        )));
    }
    Ok(all)
}

/// What was signed, and why amounts were withdrawn, released or came back: each with its day.
fn said(t: Tongue, purse: &Purse) -> Html {
    if purse.said.is_empty() {
        return Html::none();
    }
    let items = purse.said.iter().rev().map(|known| {
        let args = [
            ("day", t.date(known.at_ms).into()),
            ("amount", parts::amount(t, known.amount_minor, &purse.currency).into()),
        ];
        let words = t.html(&format!("funds-said-{}", known.act), &args);
        Html(format!("<li>{words} {}</li>", parts::said(&known.words)))
    });
    parts::folded(&t.say("funds-said"), &Html(format!("<ul>{}</ul>", Html::join(items))))
}

/// The pledges of a purse as a table.
pub fn pledges(
    t: Tongue,
    window: &Window,
    purse: &Purse,
    names: &HashMap<Id, String>,
    today: i64,
) -> Html {
    let row = |pledge: &crate::funds::views::Pledge| {
        let pool = usize::try_from(pledge.pool).ok().and_then(|at| window.terms.pools.get(at));
        let given = &pledge.given;
        let foreign = given.currency != purse.currency;
        let mut amount = parts::amount_html(t, pledge.amount_minor, &purse.currency);
        if foreign {
            let args = [
                ("amount", parts::amount(t, given.amount_minor, &given.currency).into()),
                ("rate", rate(given.rate_digits, given.rate_scale).into()),
                ("day", parts::day(t, given.rate_day).into()),
            ];
            amount.push(&Html(format!("<br><small>{}</small>", t.html("funds-foreign", &args))));
        }
        let due = text(&parts::day(t, pledge.due_day));
        let late = if pledge.is_red(today) {
            tag(Tone::Bad, &t.say("funds-not-paid"))
        } else {
            Html::none()
        };
        vec![
            parts::said(&parts::body_name(names, t, pledge.giver)),
            parts::said(pool.map_or("", |pool| &pool.name)),
            parts::together(&amount),
            parts::amount_html(t, pledge.committed_minor, &purse.currency),
            parts::amount_html(t, pledge.paid_minor, &purse.currency),
            parts::together(&Html::join([due, Html(" ".to_owned()), late])),
        ]
    };
    let rows: Vec<Vec<Html>> = purse.pledges.iter().map(row).collect();
    let columns = [
        Column::words(&t.say("funds-column-giver")),
        Column::words(&t.say("funds-column-pool")),
        Column::number(&t.say("funds-state-pledged")),
        Column::number(&t.say("funds-state-committed")),
        Column::number(&t.say("funds-state-paid_in")),
        Column::words(&t.say("funds-column-due")),
    ];
    table(&t.say("funds-pledges"), &columns, &rows)
}

/// A rate as it is written.
fn rate(digits: i64, scale: i64) -> String {
    let places = usize::try_from(scale).unwrap_or(0);
    let width = places + 1;
    let written = format!("{digits:0>width$}");
    let (whole, part) = written.split_at(written.len() - places);
    if part.is_empty() { whole.to_owned() } else { format!("{whole}.{part}") }
}
