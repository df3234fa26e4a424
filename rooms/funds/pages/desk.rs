//! `/desk/money`: windows, drafts too; and one window for whoever keeps its purse: what waits to be
//! done with each pledge, application, payment and bill, each one tap away.

use std::collections::HashMap;

use axum::extract::{Path, State};
use page::components::button::{Kind, buttons, link_button};
use page::components::empty::empty;
use page::components::icon::Icon;
use page::components::table::{Column, table};
use page::components::tag::tag;
use page::frame::Tone;
use page::{Html, Notice, text};
use record::Id;

use super::line;
use super::money::window_rows;
use super::parts::{self, Asked, asked, id_of};
use super::window as public_window;
use crate::door::{House, Role, Shown, Trouble, Visitor};
use crate::funds::queries::{self, today};
use crate::funds::rules::acts_for;
use crate::funds::views::{Account, Phase, Purse, Window};

/// `GET /desk/money`.
pub async fn list(
    State(house): State<House>,
    visitor: Visitor,
    query: Asked,
) -> Result<Shown, Trouble> {
    let t = visitor.tongue();
    let title = t.say("funds-windows");
    let mut body = parts::h1(&title);
    if may_keep(&visitor) {
        let to = visitor.link("/desk/money/new");
        let new = link_button(&to, &t.say("funds-new"), Kind::Main, Some(Icon::Add));
        body.push(&buttons([new]));
    }
    let before = asked(&query, "before").parse().unwrap_or(i64::MAX);
    let windows = queries::windows(&house, before, true).await?;
    if windows.is_empty() {
        let next = t.say("funds-windows-none-next");
        body.push(&empty(Icon::Money, &t.say("funds-windows-none"), &next, &Html::none()));
    } else {
        body.push(&window_rows(&house, &visitor, &windows, "/desk/money/"));
    }
    let public = parts::link(&visitor, "/money", &t.say("funds-title"));
    body.push(&Html(format!("<p>{public}</p>")));
    Ok(Shown::desk(title, body))
}

/// Whether this member works with money at all.
pub fn may_keep(visitor: &Visitor) -> bool {
    [Role::Steward, Role::Operator, Role::Facilitator, Role::Officer, Role::Committee]
        .iter()
        .any(|role| visitor.is(*role))
}

/// A way to do something with a window.
pub fn way(visitor: &Visitor, id: Id, act: &str, of: i64) -> Html {
    let words = visitor.tongue().say(&format!("funds-do-{act}"));
    parts::link(visitor, &format!("/desk/money/{id}/do?act={act}&of={of}"), &words)
}

fn ways(visitor: &Visitor, id: Id, acts: &[&str], of: i64) -> Html {
    let all: Vec<String> = acts.iter().map(|act| way(visitor, id, act, of).0).collect();
    parts::together(&Html(all.join(" · ")))
}

/// `GET /desk/money/{id}`.
pub async fn window(
    State(house): State<House>,
    visitor: Visitor,
    Path(id): Path<String>,
    query: Asked,
) -> Result<Shown, Trouble> {
    let t = visitor.tongue();
    let window = queries::window(&house, id_of(&id)?).await?.ok_or(Trouble::NotFound)?;
    let names = parts::body_names(&house).await?;
    let actor = parts::actor(&visitor);
    let keeps = may_keep(&visitor) && acts_for(&actor, window.terms.body).is_ok();
    let title = format!("W-{} · {}", window.number, window.terms.name);
    let phase = window.phase(today(&house));
    let mut body = parts::h1(&title);
    body.push(&Html(format!("<p class=tags>{}</p>", parts::phase_tag(t, phase))));
    if keeps {
        body.push(&steps(&visitor, &window, phase));
    }
    body.push(&applications(&house, &visitor, &window).await?);
    let purse = queries::purse(&house, window.id).await?;
    body.push(&ledger(&house, &visitor, &window, &purse, (&names, keeps)));
    body.push(&line::part(&house, &visitor, &window));
    body.push(&line::departures(&house, t, &window).await?);
    body.push(&public_window::terms(&house, t, &window, &names));
    let page = Shown::desk(title, body);
    if asked(&query, "done").is_empty() {
        return Ok(page);
    }
    Ok(page.noticing(Notice::new(Tone::Good, &t.say("funds-done"))))
}

/// What can be done with the window itself now.
fn steps(visitor: &Visitor, window: &Window, phase: Phase) -> Html {
    let t = visitor.tongue();
    let page = |path: &str, key: &str| {
        let to = visitor.link(&format!("/desk/money/{}/{path}", window.id));
        link_button(&to, &t.say(key), Kind::Other, None)
    };
    let act = |act: &str, kind: Kind| {
        let to = visitor.link(&format!("/desk/money/{}/do?act={act}", window.id));
        link_button(&to, &t.say(&format!("funds-do-{act}")), kind, None)
    };
    let mut all = Vec::new();
    if phase == Phase::Draft {
        all.push(act("publish", Kind::Main));
    }
    if matches!(phase, Phase::Draft | Phase::Announced) {
        all.push(page("terms", "funds-terms-change"));
    }
    if phase != Phase::Draft {
        all.push(act("pledge", Kind::Other));
    }
    if phase == Phase::Closed {
        all.push(page("share", "funds-share"));
    }
    if window.shared.is_some() {
        all.push(act("depart", Kind::Other));
    }
    if window.waits() && phase != Phase::Draft {
        all.push(act("trigger", Kind::Other));
    }
    if window.terms.panel.iter().any(|seat| Some(seat.member) == visitor.author()) {
        all.push(act("dissent", Kind::Other));
    }
    buttons(all)
}

async fn applications(house: &House, visitor: &Visitor, window: &Window) -> Result<Html, Trouble> {
    let t = visitor.tongue();
    let all = queries::applications_of(house, window.id).await?;
    let mut body = parts::h2(t, "funds-applications");
    if all.is_empty() {
        body.push(&parts::soft(&t.say("funds-applications-none")));
        return Ok(body);
    }
    let items = all.iter().map(|one| {
        let words = format!("F-{} · {}", one.made.number, one.made.what);
        let to = parts::link(visitor, &format!("/desk/application/{}", one.id), &words);
        let amount = parts::amount_html(t, one.made.amount_minor, &window.terms.currency);
        Html(format!(
            "<li>{to}, {}, {amount} {}</li>",
            parts::said(&one.made.body_name),
            parts::status_tag(t, one)
        ))
    });
    body.push(&Html(format!("<ul>{}</ul>", Html::join(items))));
    Ok(body)
}

/// The purse, line by line, with what can be done with each.
fn ledger(
    house: &House,
    visitor: &Visitor,
    window: &Window,
    purse: &Purse,
    (names, keeps): (&HashMap<Id, String>, bool),
) -> Html {
    let t = visitor.tongue();
    let mut all = parts::h2(t, "funds-purse");
    if purse.window.is_none() {
        all.push(&parts::soft(&t.say("funds-purse-empty")));
        return all;
    }
    all.push(&parts::flow(t, &purse.states(), &purse.currency));
    all.push(&public_window::pledges(t, window, purse, names, today(house)));
    if keeps {
        let acts = purse.pledges.iter().map(|pledge| {
            let ways = ways(visitor, window.id, &["commit", "pay_in", "withdraw"], pledge.pledge);
            let reply = way(visitor, window.id, "reply", pledge.pledge);
            let who = parts::said(&parts::body_name(names, t, pledge.giver));
            Html(format!("<li>{who}: {ways} · {reply}</li>"))
        });
        all.push(&Html(format!("<ul>{}</ul>", Html::join(acts))));
    }
    all.push(&allocations(visitor, window, purse, keeps));
    all.push(&payments(visitor, window, purse, keeps));
    all.push(&spends(visitor, window, purse, keeps));
    if !purse.aside.is_empty() {
        let items = purse.aside.iter().map(|aside| {
            let why = t.say(&format!("refused-{}", aside.why));
            Html(format!("<li>{} {}</li>", page::html::bdi(&aside.kind), text(&why)))
        });
        let heading =
            t.with("funds-aside", &[("n", i64::try_from(purse.aside.len()).unwrap_or(0).into())]);
        let list = Html::join(items);
        all.push(&Html(format!("<p>{}</p><ul>{list}</ul>", tag(Tone::Warn, &heading))));
    }
    all
}

fn allocations(visitor: &Visitor, window: &Window, purse: &Purse, keeps: bool) -> Html {
    let t = visitor.tongue();
    let lends = window.terms.mechanism == "revolving_savings";
    let rows: Vec<Vec<Html>> = purse
        .allocations
        .iter()
        .map(|known| {
            let of = known.of.application;
            let acts: &[&str] =
                if lends { &["pay", "release", "repay"] } else { &["pay", "release"] };
            let acts = if keeps { ways(visitor, window.id, acts, of) } else { Html::none() };
            vec![
                text(&format!("F-{of}")),
                parts::amount_html(t, known.of.amount_minor, &purse.currency),
                parts::amount_html(t, purse.holds(Account::Allocated(of)), &purse.currency),
                text(&parts::day(t, known.of.pay_from_day)),
                acts,
            ]
        })
        .collect();
    if rows.is_empty() {
        return Html::none();
    }
    let columns = [
        Column::words(&t.say("funds-column-application")),
        Column::number(&t.say("funds-state-allocated")),
        Column::number(&t.say("funds-column-left")),
        Column::words(&t.say("funds-column-pay-from")),
        Column::words(&t.say("funds-column-do")),
    ];
    table(&t.say("funds-allocations"), &columns, &rows)
}

fn payments(visitor: &Visitor, window: &Window, purse: &Purse, keeps: bool) -> Html {
    let t = visitor.tongue();
    let rows: Vec<Vec<Html>> = purse
        .payments
        .iter()
        .map(|payment| {
            let number = payment.asked.number;
            let acts: &[&str] = match payment.state.as_str() {
                "asked" if payment.by != visitor.author() => &["approve", "refuse"],
                "paid" => &["spend", "give_back"],
                _ => &[],
            };
            let acts = if keeps { ways(visitor, window.id, acts, number) } else { Html::none() };
            let key = format!("funds-payment-{}", payment.state);
            let tone = match payment.state.as_str() {
                "paid" => Tone::Good,
                "asked" => Tone::Warn,
                _ => Tone::Bad,
            };
            let what = format!("{number} · {}", payment.asked.what);
            let note = match payment.note.as_str() {
                "" => Html::none(),
                note => Html(format!("<br><small>{}</small>", page::html::bdi(note))),
            };
            vec![
                parts::together(&Html::join([parts::said(&what), note])),
                text(&format!("F-{}", payment.asked.application)),
                parts::amount_html(t, payment.whole_minor(), &purse.currency),
                tag(tone, &t.say(&key)),
                acts,
            ]
        })
        .collect();
    if rows.is_empty() {
        return Html::none();
    }
    let columns = [
        Column::words(&t.say("funds-column-what")),
        Column::words(&t.say("funds-column-application")),
        Column::number(&t.say("funds-column-amount")),
        Column::words(&t.say("funds-column-state")),
        Column::words(&t.say("funds-column-do")),
    ];
    table(&t.say("funds-payments"), &columns, &rows)
}

fn spends(visitor: &Visitor, window: &Window, purse: &Purse, keeps: bool) -> Html {
    let t = visitor.tongue();
    let rows: Vec<Vec<Html>> = purse
        .spends
        .iter()
        .map(|spend| {
            let (state, acts) = match spend.confirmed_by {
                Some(_) => (tag(Tone::Good, &t.say("funds-state-confirmed")), Html::none()),
                None if keeps => (
                    tag(Tone::Info, &t.say("funds-state-spent")),
                    way(visitor, window.id, "confirm", spend.of.spend),
                ),
                None => (tag(Tone::Info, &t.say("funds-state-spent")), Html::none()),
            };
            vec![
                parts::said(&spend.of.what),
                parts::said(&spend.of.supplier),
                parts::amount_html(t, spend.of.amount_minor, &purse.currency),
                state,
                acts,
            ]
        })
        .collect();
    if rows.is_empty() {
        return Html::none();
    }
    let columns = [
        Column::words(&t.say("funds-column-what")),
        Column::words(&t.say("funds-column-supplier")),
        Column::number(&t.say("funds-column-amount")),
        Column::words(&t.say("funds-column-state")),
        Column::words(&t.say("funds-column-do")),
    ];
    table(&t.say("funds-bought"), &columns, &rows)
}
