//! The pages of assemblies and proposals: at the desk, in the room, on paper, on the street.
//! Handlers extract, act and redirect; they judge nothing.

mod agenda;
mod calling;
mod desk;
pub(super) mod evening;
mod parts;
mod proposals;
mod roll;
mod rules;
mod sheet;
mod street;
mod typing;

use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};

pub use street::{public_part, who_came};

use crate::door::{Access, Role, Routes};

/// Who calls, opens and ends assemblies.
const LEADERS: Access = Access::Roles(&[Role::Steward, Role::Facilitator]);
/// Who looks at proposals and counts lists of signatures.
const LOOKERS: Access = Access::Roles(&[Role::Steward, Role::Operator, Role::Facilitator]);
const STEWARDS: Access = Access::Roles(&[Role::Steward]);

/// The routes of this part.
#[must_use]
pub fn routes() -> Routes {
    let photo = post(evening::photo).layer(DefaultBodyLimit::disable());
    Routes::new()
        .get("/desk/assemblies", Access::Members, get(desk::list))
        .post("/desk/assemblies", LEADERS, post(calling::call))
        .get("/desk/assemblies/new", LEADERS, get(calling::page))
        .get("/desk/assemblies/sheet", Access::Members, get(sheet::blank))
        .get("/desk/assemblies/rules", Access::Members, get(rules::list))
        .get("/desk/assemblies/rules/{body}", Access::Members, get(rules::page))
        .post("/desk/assemblies/rules/{body}", STEWARDS, post(rules::set))
        .get("/desk/assemblies/{id}", Access::Members, get(evening::page))
        .get("/desk/assemblies/{id}/agenda", LEADERS, get(agenda::page))
        .post("/desk/assemblies/{id}/agenda", LEADERS, post(agenda::send))
        .post("/desk/assemblies/{id}/off", LEADERS, post(evening::off))
        .post("/desk/assemblies/{id}/open", LEADERS, post(evening::open))
        .get("/desk/assemblies/{id}/roll", Access::Members, get(roll::page))
        .post("/desk/assemblies/{id}/roll", Access::Members, post(roll::send))
        .post("/desk/assemblies/{id}/spoken", LEADERS, post(evening::spoken))
        .post("/desk/assemblies/{id}/women", LEADERS, post(evening::women))
        .post("/desk/assemblies/{id}/photo", LEADERS, photo)
        .post("/desk/assemblies/{id}/witnesses", LEADERS, post(evening::witnesses))
        .post("/desk/assemblies/{id}/close", LEADERS, post(evening::close))
        .get("/desk/assemblies/{id}/sheet", Access::Members, get(sheet::page))
        .get("/desk/assemblies/{id}/type", LEADERS, get(typing::page))
        .post("/desk/assemblies/{id}/type", LEADERS, post(typing::send))
        .get("/desk/proposals", LOOKERS, get(proposals::list))
        .post("/desk/proposals", LOOKERS, post(proposals::make))
        .get("/desk/proposals/new", LOOKERS, get(proposals::new))
        .get("/desk/proposals/{id}", LOOKERS, get(proposals::one))
        .post("/desk/proposals/{id}/show", LOOKERS, post(proposals::show))
        .post("/desk/proposals/{id}/refuse", LOOKERS, post(proposals::refuse))
        .post("/desk/proposals/{id}/count", LOOKERS, post(proposals::count))
        .get("/proposals", Access::Street, get(street::proposals))
        .get("/proposal/{number}", Access::Street, get(street::proposal))
        .get("/propose", Access::Street, get(street::propose))
        .post("/propose", Access::Street, post(street::send))
        .get("/assemblies", Access::Street, get(street::assemblies))
        .get("/assembly/{number}", Access::Street, get(street::assembly))
}
