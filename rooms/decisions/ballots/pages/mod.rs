//! The pages of ballots: for everybody, for whoever gives out cards, for whoever keeps the box, for
//! counters of paper. Handlers extract, act and redirect; they judge nothing.

mod announcing;
mod deciding;
mod desk;
mod doing;
mod issuing;
mod logged;
mod paper;
mod parts;
mod result;
mod street;
mod voting;

use axum::routing::{get, post};

use crate::door::{Access, Role, Routes};

/// Who announces rounds and calls them off.
const LEADERS: Access = Access::Roles(&[Role::Steward, Role::Facilitator]);
const STEWARDS: Access = Access::Roles(&[Role::Steward]);

/// The routes of this part. Who gives out cards, keeps the box and counts paper is a duty in a
/// round, not a role: the rules ask for it.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .get("/ballots", Access::Street, get(street::list))
        .get("/ballot/{number}", Access::Street, get(street::one))
        .get("/ballot/{number}/vote", Access::Street, get(voting::page))
        .post("/ballot/{number}/vote", Access::Street, post(voting::send))
        .get("/ballot/{number}/check", Access::Street, get(voting::check))
        .get("/ballot/{number}/result.json", Access::Street, get(street::bundle))
        .get("/ballot/{number}/log.json", Access::Street, get(logged::watch))
        .post("/ballot/{number}/appeal", Access::Street, post(doing::street_appeal))
        .get("/ballot/{number}/result.pb", Access::Street, get(street::ballots_file))
        .get("/desk/ballots", Access::Members, get(desk::list))
        .post("/desk/ballots", LEADERS, post(announcing::send))
        .get("/desk/ballots/new", LEADERS, get(announcing::page))
        .get("/desk/ballots/{id}", Access::Members, get(desk::one))
        .post("/desk/ballots/{id}/off", LEADERS, post(doing::off))
        .post("/desk/ballots/{id}/duty", STEWARDS, post(doing::duty))
        .post("/desk/ballots/{id}/conflict", Access::Members, post(doing::conflict))
        .post("/desk/ballots/{id}/count", Access::Members, post(doing::count))
        .post("/desk/ballots/{id}/appeal", Access::Members, post(doing::appeal))
        .post("/desk/ballots/{id}/answer", Access::Members, post(doing::answer))
        .post("/desk/ballots/{id}/decide", LEADERS, post(deciding::send))
        .get("/desk/ballots/{id}/cards", Access::Members, get(issuing::page))
        .post("/desk/ballots/{id}/cards", Access::Members, post(issuing::cards))
        .post("/desk/ballots/{id}/sms", Access::Members, post(issuing::send))
        .post("/desk/ballots/{id}/void", Access::Members, post(issuing::void))
        .get("/desk/ballots/{id}/paper", Access::Members, get(paper::page))
        .post("/desk/ballots/{id}/paper", Access::Members, post(paper::send))
        .post("/desk/ballots/{id}/recount", Access::Members, post(paper::recount))
}
