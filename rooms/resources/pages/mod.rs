//! The pages of this room: what is asked for on the street and how to offer, the link of whoever
//! advises, and the desk's lists of requests, offers, matches, stock and waybills. Handlers
//! extract, act and redirect; they judge nothing.

mod advising;
pub mod area;
mod doing;
mod goods;
mod lists;
mod matches;
mod offering;
mod offers;
pub mod parts;
pub(super) mod public;
mod request;
mod waybill;
mod worth;

use axum::routing::{get, post};
use page::Html;
use page::components::button::{Kind, buttons, link_button};
use page::components::icon::Icon;
use page::components::number::big;

use super::queries;
use crate::door::{Access, House, Role, Routes, Trouble, Visitor};

/// Who asks, takes, sends and receives.
const DOERS: Access = Access::Roles(&[
    Role::Steward,
    Role::Operator,
    Role::Facilitator,
    Role::Officer,
    Role::Committee,
]);
/// Who reads the words of offers, and lists those that no rule could read.
const READERS: Access = Access::Roles(&[Role::Steward, Role::Operator, Role::Officer]);

/// The routes of this room.
#[must_use]
pub fn routes() -> Routes {
    street().and(requests()).and(offers()).and(stock())
}

fn street() -> Routes {
    Routes::new()
        .get("/help-wanted", Access::Street, get(public::page))
        .get("/help-wanted/offer", Access::Street, get(offering::page))
        .post("/help-wanted/offer", Access::Street, post(offering::offer))
        .get("/request/{number}", Access::Street, get(public::request))
        .get("/advise/{code}", Access::Street, get(advising::page))
        .post("/advise/{code}", Access::Street, post(advising::give))
        .post("/advise/{code}/erase", Access::Street, post(advising::erase))
}

fn requests() -> Routes {
    Routes::new()
        .get("/desk/requests", Access::Members, get(lists::requests))
        .get("/desk/requests/new", DOERS, get(request::new))
        .post("/desk/requests/new", DOERS, post(doing::ask))
        .get("/desk/requests/{id}", Access::Members, get(request::page))
        .post("/desk/requests/{id}/close", DOERS, post(doing::close))
        .post("/desk/requests/{id}/hand-over", DOERS, post(doing::hand_over))
        .post("/desk/requests/{id}/rate", DOERS, post(doing::rate))
        .post("/desk/requests/{id}/ask", DOERS, post(doing::ask_about))
        .post("/desk/requests/{id}/invite", DOERS, post(advising::invite))
        .post("/desk/advice/{id}/settle", DOERS, post(advising::settle))
        .post("/desk/advice/{id}/rate", DOERS, post(advising::rate))
        .get("/desk/matches", Access::Members, get(matches::page))
}

fn offers() -> Routes {
    Routes::new()
        .get("/desk/offers", Access::Members, get(lists::offers))
        .get("/desk/offers/new", DOERS, get(offers::new))
        .post("/desk/offers/new", DOERS, post(doing::offer))
        .get("/desk/offers/{id}", Access::Members, get(offers::page))
        .post("/desk/offers/{id}/sort", READERS, post(doing::sort))
        .post("/desk/offers/{id}/vouch", DOERS, post(doing::vouch))
        .post("/desk/offers/{id}/conflict", DOERS, post(doing::conflict))
        .post("/desk/offers/{id}/arrange", DOERS, post(doing::arrange))
        .post("/desk/offers/{id}/withdraw", DOERS, post(doing::withdraw))
        .post("/desk/offers/{id}/claim", DOERS, post(doing::claim))
        .post("/desk/offers/{id}/commit", DOERS, post(doing::commit))
        .post("/desk/offers/{id}/release", DOERS, post(doing::release))
        .post("/desk/offers/{id}/given", DOERS, post(doing::given))
}

fn stock() -> Routes {
    Routes::new()
        .get("/desk/stock", Access::Members, get(lists::stock))
        .get("/desk/stock/new", DOERS, get(goods::new))
        .post("/desk/stock/new", DOERS, post(doing::stock))
        .get("/desk/stock/{id}", Access::Members, get(goods::page))
        .post("/desk/stock/{id}/send", DOERS, post(doing::send))
        .post("/desk/stock/{id}/hand-out", DOERS, post(doing::hand_out))
        .post("/desk/stock/{id}/lose", DOERS, post(doing::lose))
        .post("/desk/stock/{id}/ask", DOERS, post(doing::ask_people))
        .get("/desk/waybills", Access::Members, get(lists::waybills))
        .get("/desk/waybills/{id}", Access::Members, get(waybill::page))
        .post("/desk/waybills/{id}/receive", DOERS, post(doing::receive))
        .post("/desk/waybills/{id}/cancel", DOERS, post(doing::cancel))
}

/// How much is asked for, and how fast the first useful advice comes, for `/desk`.
///
/// # Errors
/// When the store fails.
pub async fn desk_counters(house: &House, visitor: &Visitor) -> Result<Html, Trouble> {
    if !parts::may_do(visitor) {
        return Ok(Html::none());
    }
    let t = visitor.tongue();
    let open = t.number(queries::open_count(house).await?);
    let hours = queries::median_hours(house).await?;
    let median = hours.map(|hours| t.with("resources-hours", &[("n", hours.into())]));
    let numbers = Html::join([
        big(t, Some(&open), &t.say("resources-count-open"), ""),
        big(t, median.as_deref(), &t.say("resources-count-median"), ""),
    ]);
    let way = |path: &str, key: &str| {
        link_button(&visitor.link(path), &t.say(key), Kind::Other, Some(Icon::Act))
    };
    let ways = buttons([
        way("/desk/requests", "resources-requests"),
        way("/desk/offers", "resources-offers"),
        way("/desk/stock", "resources-stock"),
    ]);
    Ok(Html(format!("<div class=bigs>{numbers}</div>{ways}")))
}
