//! What other rooms' pages show of money: what was paid for a need, by a decision or in an area,
//! pledges that were not kept, and areas that get least for their risk. Sums of money only; no
//! person stands in any of it.

use page::components::table::{Column, table};
use page::components::tag::tag;
use page::frame::Tone;
use page::{Html, Tongue, text};
use record::Id;

use super::parts;
use crate::door::{House, Trouble, Visitor};
use crate::funds::queries::{self, NEGLECTED_MAX, Neglected, Paid, today};
use crate::funds::views::{Pledge, Purse};
use crate::places;

/// What was paid for a need, with the way back from each payment; nothing where nothing was.
///
/// # Errors
/// When the store fails.
pub async fn of_need_part(house: &House, visitor: &Visitor, need: Id) -> Result<Html, Trouble> {
    Ok(listed(visitor, &queries::paid_for(house, need).await?))
}

/// What was paid by a decision; nothing where nothing was.
///
/// # Errors
/// When the store fails.
pub async fn of_decision_part(
    house: &House,
    visitor: &Visitor,
    decision: Id,
) -> Result<Html, Trouble> {
    Ok(listed(visitor, &queries::paid_for(house, decision).await?))
}

fn listed(visitor: &Visitor, paid: &[Paid]) -> Html {
    if paid.is_empty() {
        return Html::none();
    }
    let t = visitor.tongue();
    let items = paid.iter().map(|one| Html(format!("<li>{}</li>", in_one_line(visitor, one))));
    Html(format!("{}<ul>{}</ul>", parts::h2(t, "funds-paid-title"), Html::join(items)))
}

/// A payment in one line, leading to its way.
pub fn in_one_line(visitor: &Visitor, paid: &Paid) -> Html {
    let t = visitor.tongue();
    let words =
        format!("{} · {}", t.with("funds-payment", &[("n", paid.number.into())]), paid.what);
    let to = parts::link(visitor, &format!("/money/payment/{}", paid.number), &words);
    let amount = parts::amount_html(t, paid.amount_minor, &paid.currency);
    let confirmed = if paid.confirmed_minor > 0 {
        tag(Tone::Good, &t.say("funds-state-confirmed"))
    } else {
        tag(Tone::Info, &t.say("funds-state-disbursed"))
    };
    Html(format!("{to}, {amount}, {} {confirmed}", text(&parts::day(t, paid.day))))
}

/// Pledges whose day has passed, each with who is waited for and what they say; nothing where all
/// were kept.
///
/// # Errors
/// When the store fails.
pub async fn red_part(house: &House, visitor: &Visitor) -> Result<Html, Trouble> {
    let all = queries::red_pledges(house).await?;
    red_list(house, visitor, &all).await
}

/// These pledges, as [`red_part`] shows them.
///
/// # Errors
/// When the store fails.
pub async fn red_list(
    house: &House,
    visitor: &Visitor,
    all: &[(Purse, Pledge)],
) -> Result<Html, Trouble> {
    if all.is_empty() {
        return Ok(Html::none());
    }
    let t = visitor.tongue();
    let names = parts::body_names(house).await?;
    let day = today(house);
    let items = all.iter().map(|(purse, pledge)| {
        let giver = parts::body_name(&names, t, pledge.giver);
        let lacks = pledge.amount_minor - pledge.paid_minor;
        let span = (day - pledge.due_day).saturating_mul(page::calendar::DAY_MS);
        let args = [
            ("who", giver.into()),
            ("amount", parts::amount(t, lacks, &purse.currency).into()),
            ("day", parts::day(t, pledge.due_day).into()),
        ];
        let late = tag(Tone::Bad, &t.with("funds-late", &[("span", t.span(span).into())]));
        let reply = match &pledge.reply {
            Some(words) => {
                Html(format!("<br>{} {}", text(&t.say("funds-reply")), parts::said(words)))
            }
            None => Html(format!("<br>{}", text(&t.say("funds-reply-none")))),
        };
        Html(format!("<li>{late} {}{reply}</li>", t.html("funds-red", &args)))
    });
    let list = Html::join(items);
    Ok(Html(format!("{}<ul>{list}</ul>", parts::h2(t, "funds-red-title"))))
}

/// Areas by risk and by what they received for each person, the widest gap first; nothing before
/// anything was shared out.
///
/// # Errors
/// When the store fails.
pub async fn neglected_part(house: &House, visitor: &Visitor) -> Result<Html, Trouble> {
    let t = visitor.tongue();
    let all = queries::neglected(house).await?;
    let behind: Vec<&Neglected> = all.iter().filter(|one| one.gap() > 0).collect();
    if behind.is_empty() {
        return Ok(Html::none());
    }
    let rows: Vec<Vec<Html>> = behind
        .into_iter()
        .take(NEGLECTED_MAX)
        .map(|one| {
            let risk = match one.risk_tenths {
                Some(risk) => format!("{}.{}", risk / 10, risk % 10),
                None => t.say("funds-risk-missing"),
            };
            let name = parts::area_name(house, t, Some(one.area));
            let place = |at: usize| t.number(i64::try_from(at).unwrap_or(0));
            vec![
                parts::link(visitor, &format!("/area/{}", one.area), &name),
                text(&format!("{} ({risk})", place(one.risk_place))),
                text(&place(one.received_place)),
                parts::amount_html(t, one.a_person_minor, &one.currency),
            ]
        })
        .collect();
    let columns = [
        Column::words(&t.say("funds-column-area")),
        Column::number(&t.say("funds-column-risk-place")),
        Column::number(&t.say("funds-column-received-place")),
        Column::number(&t.say("funds-column-a-person")),
    ];
    Ok(Html::join([
        parts::h2(t, "funds-neglected"),
        parts::line(&t.say("funds-neglected-lead")),
        table(&t.say("funds-neglected"), &columns, &rows),
        places::risk::link(house, visitor),
    ]))
}

/// The money of an area, a row a currency: its name, asked, granted, paid out, confirmed.
///
/// # Errors
/// When the store fails.
pub async fn of_area_cells(house: &House, t: Tongue, area: Id) -> Result<Vec<Vec<Html>>, Trouble> {
    let money = queries::area_money(house, area).await?;
    let states = [&money.asked, &money.allocated, &money.disbursed, &money.confirmed];
    let mut all: Vec<&String> = states.iter().flat_map(|state| state.keys()).collect();
    all.sort_unstable();
    all.dedup();
    let row = |currency: &String| {
        let much = |state: &&std::collections::BTreeMap<String, i64>| {
            parts::amount_html(t, state.get(currency).copied().unwrap_or(0), currency)
        };
        std::iter::once(text(currency)).chain(states.iter().map(much)).collect()
    };
    Ok(all.into_iter().map(row).collect())
}
