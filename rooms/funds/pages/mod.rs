//! The pages of this room: where the money is, one window, one payment, asking for money; and for
//! the desk terms, the purse, the line, scores and decisions. Handlers extract, act and redirect;
//! they judge nothing.

mod application;
mod apply;
mod beside;
mod desk;
mod doing;
mod fields;
mod line;
mod memo;
mod money;
pub(super) mod parts;
mod payment;
pub(super) mod public;
mod ranking;
mod sharing;
mod terms;
mod window;

use axum::routing::{get, post};
use page::Tongue;
use record::Refusal;

use super::reported;
use crate::door::{Access, Role, Routes};

pub(super) use apply::area_sent;
#[cfg(test)]
pub(super) use fields::day_value;

/// Who works with money at the desk; who may do what is then a matter of bodies and mandates.
const KEEPERS: Access = Access::Roles(&[
    Role::Steward,
    Role::Operator,
    Role::Facilitator,
    Role::Officer,
    Role::Committee,
]);

/// The routes of this room.
#[must_use]
pub fn routes() -> Routes {
    const STREET: Access = Access::Street;
    Routes::new()
        .get("/money", STREET, get(money::page))
        .get("/money/flows.csv", STREET, get(money::flows))
        .get("/money/reported", STREET, get(reported::page))
        .get("/money/reported.csv", STREET, get(reported::table))
        .get("/money/application", STREET, get(apply::follow))
        .post("/money/application/appeal", STREET, post(apply::appeal))
        .get("/money/payment/{number}", STREET, get(payment::page))
        .get("/money/{number}", STREET, get(window::page))
        .get("/money/{number}/question.json", STREET, get(line::question))
        .get("/money/{number}/result.json", STREET, get(line::result))
        .get("/money/{number}/what-if", STREET, get(ranking::what_if))
        .get("/money/{number}/memo", STREET, get(memo::page))
        .get("/money/{number}/apply", STREET, get(apply::page))
        .post("/money/{number}/apply", STREET, post(apply::apply))
        .get("/desk/money", Access::Members, get(desk::list))
        .get("/desk/money/new", KEEPERS, get(terms::new))
        .post("/desk/money/new", KEEPERS, post(terms::set_new))
        .get("/desk/money/{id}", Access::Members, get(desk::window))
        .get("/desk/money/{id}/terms", KEEPERS, get(terms::page))
        .post("/desk/money/{id}/terms", KEEPERS, post(terms::set))
        .get("/desk/money/{id}/share", KEEPERS, get(sharing::page))
        .post("/desk/money/{id}/share", KEEPERS, post(sharing::share))
        .get("/desk/money/{id}/do", KEEPERS, get(doing::page))
        .post("/desk/money/{id}/do", KEEPERS, post(doing::act))
        .get("/desk/application/{id}", Access::Members, get(application::page))
        .get("/desk/application/{id}/do", KEEPERS, get(application::form_page))
        .post("/desk/application/{id}/do", KEEPERS, post(application::act))
}

/// A refusal as one line: what was not done, and what to do.
fn refused(t: Tongue, refusal: &Refusal) -> String {
    let args: Vec<(&str, page::Arg)> =
        refusal.args.iter().map(|(name, value)| (*name, value.as_str().into())).collect();
    let what = t.with(&format!("refused-{}", refusal.code), &args);
    let advice = t.with(&format!("refused-{}-advice", refusal.code), &args);
    format!("{what}. {advice}")
}
