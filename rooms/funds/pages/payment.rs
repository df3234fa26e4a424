//! `/money/payment/{number}`: one payment walked back: to the application it is for, the decision
//! that asked for it, the needs, and at least how many voices; and forwards: to what was bought,
//! and whether those who asked for it confirmed it. It names nobody, and counts nobody below five.

use axum::extract::{Path, State};
use page::components::number::facts;
use page::components::table::{Column, table};
use page::components::thread::{Knot, KnotState, thread};
use page::{Html, Tongue, text};

use super::parts;
use crate::decisions;
use crate::door::{House, Shown, Trouble, Visitor};
use crate::funds::queries;
use crate::funds::views::{Allocation, Payment, Purse, Window};
use crate::needs;

/// The page.
pub async fn page(
    State(house): State<House>,
    visitor: Visitor,
    Path(number): Path<i64>,
) -> Result<Shown, Trouble> {
    let t = visitor.tongue();
    let found = queries::payment(&house, number).await?;
    // What was not paid is nobody's business but theirs who prepare it.
    let found = found.filter(|(_, payment)| payment.state == "paid");
    let (purse, payment) = found.ok_or(Trouble::NotFound)?;
    let window = queries::window(&house, purse.window.unwrap_or_default()).await?;
    let window = window.ok_or(Trouble::NotFound)?;
    let allocation = purse.allocation(payment.asked.application).ok_or(Trouble::NotFound)?;
    let args = [("n", number.into())];
    let title = format!("{} · {}", t.with("funds-payment", &args), payment.asked.what);
    let mut body = parts::h1(&title);
    body.push(&sums(t, &purse, &payment));
    body.push(&parts::h2(t, "funds-way"));
    let knots = way(&house, t, &window, &purse, &payment, allocation).await?;
    body.push(&thread(t, &knots));
    body.push(&bought(t, &purse, &payment));
    let back = parts::link(&visitor, &format!("/money/{}", window.number), &window.terms.name);
    body.push(&Html(format!("<p>{back}</p>")));
    Ok(Shown::street(title, body))
}

fn sums(t: Tongue, purse: &Purse, payment: &Payment) -> Html {
    let names = ["reached", "fee", "running", "means", "paid-on", "returned"];
    let names = names.map(|key| t.say(&format!("funds-fact-{key}")));
    let [reached, fee, running, means, on, returned] = &names;
    let amount = |minor: i64| parts::amount_html(t, minor, &purse.currency);
    let asked = &payment.asked;
    let mut known = vec![
        (reached.as_str(), amount(asked.amount_minor)),
        (fee, amount(asked.fee_minor)),
        (running, amount(asked.overhead_minor)),
        (means, text(&t.say(&format!("funds-means-{}", asked.means)))),
        (on, text(&parts::day(t, payment.day.unwrap_or(0)))),
    ];
    if payment.returned_minor > 0 {
        known.push((returned, amount(payment.returned_minor)));
    }
    facts(&known)
}

/// The way, from the payment back to the voices.
async fn way(
    house: &House,
    t: Tongue,
    window: &Window,
    purse: &Purse,
    payment: &Payment,
    allocation: &Allocation,
) -> Result<Vec<Knot>, Trouble> {
    let done = |key: &str, note: String, href: Option<String>| Knot {
        name: t.say(key),
        state: KnotState::Done,
        when: None,
        note: Some(note),
        owner: None,
        href,
    };
    let link = |path: String| Some(format!("{path}?lang={}", t.lang.code()));
    let mut knots = vec![confirmed(t, purse, payment)];
    let amount = parts::amount(t, payment.asked.amount_minor, &purse.currency);
    let when = payment.day.map(|day| parts::day(t, day));
    knots.push(Knot { when, ..done("funds-knot-payment", amount, None) });
    let application = queries::application(house, allocation.of.of).await?;
    let made = application.map(|application| application.made).unwrap_or_default();
    let given = parts::amount(t, allocation.of.amount_minor, &purse.currency);
    let note = format!("F-{} · {} · {given}", made.number, made.body_name);
    let to = link(format!("/money/{}", window.number));
    knots.push(done("funds-knot-allocation", note, to));
    if let Some(id) = allocation.of.decision
        && let Some(decision) = decisions::decision(house, id).await?
    {
        let note = format!("D-{} · {}", decision.number, decision.title);
        let to = link(decisions::public_path(&decision));
        knots.push(done("funds-knot-decision", note, to));
    }
    for id in &allocation.of.needs {
        let Some(need) = needs::need(house, *id).await?.filter(|need| need.published) else {
            continue;
        };
        let to = link(format!("/need/{}", need.number));
        knots.push(done("funds-knot-need", needs::title_line(t, &need), to));
        // As it was frozen with the day, in fives: nothing is found out from two of them.
        let voices = needs::public_counts(house, *id).await?.voices;
        let note = match voices {
            ..=0 => t.say("funds-voices-few"),
            n => t.with("funds-voices", &[("n", n.into())]),
        };
        knots.push(done("funds-knot-voices", note, None));
    }
    Ok(knots)
}

/// Whether those who asked for it confirmed what was bought.
fn confirmed(t: Tongue, purse: &Purse, payment: &Payment) -> Knot {
    let paid = queries::paid(purse, payment);
    let whole = payment.asked.amount_minor - payment.returned_minor;
    let (state, key) = match (paid.spent_minor, paid.confirmed_minor) {
        (_, confirmed) if confirmed >= whole => (KnotState::Done, "funds-state-confirmed"),
        (_, confirmed) if confirmed > 0 => (KnotState::Pending, "funds-confirm-part"),
        (spent, _) if spent > 0 => (KnotState::Pending, "funds-confirm-waits"),
        _ => (KnotState::NotYet, "funds-spend-waits"),
    };
    let args = [
        ("spent", parts::amount(t, paid.spent_minor, &purse.currency).into()),
        ("confirmed", parts::amount(t, paid.confirmed_minor, &purse.currency).into()),
    ];
    Knot {
        name: t.say(key),
        state,
        when: None,
        note: Some(t.with("funds-confirmed-note", &args)),
        owner: None,
        href: None,
    }
}

/// What was bought with it.
fn bought(t: Tongue, purse: &Purse, payment: &Payment) -> Html {
    let rows: Vec<Vec<Html>> = purse
        .spends_of(payment.asked.number)
        .map(|spend| {
            let key = if spend.of.local { "funds-local-yes" } else { "funds-local-no" };
            vec![
                parts::said(&spend.of.what),
                parts::said(&spend.of.supplier),
                text(&t.say(key)),
                parts::amount_html(t, spend.of.amount_minor, &purse.currency),
                text(&parts::day(t, spend.of.day)),
            ]
        })
        .collect();
    if rows.is_empty() {
        return Html::none();
    }
    let columns = [
        Column::words(&t.say("funds-column-what")),
        Column::words(&t.say("funds-column-supplier")),
        Column::words(&t.say("funds-column-local")),
        Column::number(&t.say("funds-column-amount")),
        Column::words(&t.say("funds-column-day")),
    ];
    Html::join([parts::h2(t, "funds-bought"), table(&t.say("funds-bought"), &columns, &rows)])
}
