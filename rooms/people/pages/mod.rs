//! The pages of this room: signing in, one's own page, the steward's pages of people, bodies and
//! mandates, and the door for sensitive reports. Handlers extract, act and redirect; they judge
//! nothing.

pub(super) mod acts;
mod bodies;
pub(super) mod mandates;
mod members;
mod own;
pub(super) mod parts;
mod sealed;
pub(super) mod sessions;
pub(super) mod sign;

use axum::routing::{get, post};

use crate::door::{Access, Role, Routes};

const STEWARDS: Access = Access::Roles(&[Role::Steward]);
const FOCAL_POINTS: Access = Access::Roles(&[Role::FocalPoint]);

/// The routes of this room.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .get("/sign-in", Access::Street, get(sign::page))
        .post("/sign-in", Access::Street, post(sign::sign_in))
        .post("/sign-out", Access::Members, post(sign::sign_out))
        .get("/desk/me", Access::Members, get(own::page))
        .post("/desk/me/passphrase", Access::Members, post(own::change_passphrase))
        .get("/desk/people", STEWARDS, get(members::page))
        .post("/desk/people/members", STEWARDS, post(members::add))
        .get("/desk/people/member/{id}", STEWARDS, get(members::one))
        .post("/desk/people/roles", STEWARDS, post(members::set_role))
        .post("/desk/people/passphrase", STEWARDS, post(members::renew_passphrase))
        .post("/desk/people/left", STEWARDS, post(members::leave))
        .get("/desk/people/bodies", STEWARDS, get(bodies::page))
        .post("/desk/people/bodies", STEWARDS, post(bodies::add))
        .get("/desk/people/body/{id}", STEWARDS, get(bodies::one))
        .post("/desk/people/body", STEWARDS, post(bodies::change))
        .post("/desk/people/memberships", STEWARDS, post(bodies::set_membership))
        .get("/desk/people/mandates", Access::Members, get(mandates::page))
        .post("/desk/people/mandates", STEWARDS, post(mandates::give))
        .get("/desk/people/mandate/{id}", Access::Members, get(mandates::one))
        .post("/desk/people/mandate", STEWARDS, post(mandates::end))
        .get("/desk/people/sealed-door", STEWARDS, get(sealed::page))
        .post("/desk/people/sealed-door", STEWARDS, post(sealed::confirm_door))
        .get("/desk/sealed/confirm", FOCAL_POINTS, get(sealed::own))
        .post("/desk/sealed/confirm", FOCAL_POINTS, post(sealed::confirm))
        .post("/desk/sealed/train", FOCAL_POINTS, post(sealed::train))
        .post("/desk/sealed/stand-down", FOCAL_POINTS, post(sealed::stand_down))
}
