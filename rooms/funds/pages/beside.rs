//! What is told beside the line: whom more money would lift next, what fairness costs, what
//! rounding did. It reckons nothing: it shows what was recorded, and nothing for older records.

use page::{Html, Tongue};

use super::parts;
use crate::door::House;
use crate::funds::records::{Next, WindowShared};
use crate::funds::rules::told::DRAWS_BEFORE;
use crate::funds::views::Window;

/// How often figures were drawn anew for a sharing-out.
pub fn draws(shared: &WindowShared) -> i64 {
    shared.beside.as_ref().map_or(DRAWS_BEFORE, |beside| beside.draws)
}

/// By pool, whom more money would lift next.
pub fn next(house: &House, t: Tongue, window: &Window) -> Vec<Html> {
    let beside = window.shared.as_ref().and_then(|shared| shared.beside.as_ref());
    let all = beside.map(|beside| beside.next.as_slice()).unwrap_or_default();
    let currency = &window.terms.currency;
    all.iter().map(|next| page::text(&next_said(house, t, next, currency))).collect()
}

fn next_said(house: &House, t: Tongue, next: &Next, currency: &str) -> String {
    let pool = || ("pool", next.pool.as_str().into());
    if next.areas.is_empty() {
        return t.with("funds-next-none", &[pool()]);
    }
    let areas = next.areas.iter().map(|part| {
        let args = [
            ("area", parts::area_name(house, t, Some(part.area)).into()),
            ("percent", parts::percent_of_milli(t, part.part_milli).into()),
        ];
        t.with("funds-next-part", &args)
    });
    let areas = areas.collect::<Vec<_>>().join(", ");
    match next.amount_minor {
        Some(most) => {
            let most = parts::amount(t, most, currency).into();
            t.with("funds-next", &[pool(), ("areas", areas.into()), ("amount", most)])
        }
        None => t.with("funds-next-open", &[pool(), ("areas", areas.into())]),
    }
}

/// What fairness costs, and what rounding did: a sentence each.
pub fn costs(t: Tongue, window: &Window) -> Vec<Html> {
    let shared = window.shared.as_ref();
    let Some(beside) = shared.and_then(|shared| shared.beside.as_ref()) else { return Vec::new() };
    let price = if beside.reached >= beside.most {
        t.say("funds-price-none")
    } else {
        let args = [
            ("reached", t.number(beside.reached).into()),
            ("most", t.number(beside.most).into()),
            ("percent", parts::percent_of_milli(t, beside.price_milli).into()),
        ];
        t.with("funds-price", &args)
    };
    let percent = parts::percent_of_milli(t, beside.rounded_milli).into();
    let rounding = t.with("funds-rounding", &[("percent", percent)]);
    vec![page::text(&price), page::text(&rounding)]
}
