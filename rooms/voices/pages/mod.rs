//! The pages of this room: speaking on the street, and the desk that hears. Handlers extract, act
//! and redirect; they judge nothing, and none of them ever shows a number but the two that must.

mod alike;
mod answering;
mod calls;
mod desk;
mod doing;
mod handling;
mod list;
mod node;
mod paper;
pub mod parts;
mod say;
mod sealed;
mod search;
mod sorting;
mod voice;
mod whisper;

use axum::routing::{get, post};

use crate::door::{Access, Role, Routes};

pub use voice::seen;

/// Who reads voices. What is held for a focal point is asked again, voice by voice.
const READERS: Access =
    Access::Roles(&[Role::Operator, Role::Officer, Role::Steward, Role::FocalPoint]);
/// Who types what was written on paper.
const TYPISTS: Access =
    Access::Roles(&[Role::Operator, Role::Officer, Role::Facilitator, Role::Steward]);
/// Who calls back: the only ones who see a number without a life being at stake.
const CALLERS: Access = Access::Roles(&[Role::Operator, Role::FocalPoint]);
const FOCAL_POINTS: Access = Access::Roles(&[Role::FocalPoint]);
const STEWARDS: Access = Access::Roles(&[Role::Steward]);

/// The routes of this room.
#[must_use]
pub fn routes() -> Routes {
    let street = Routes::new()
        .get("/say", Access::Street, get(say::page))
        .post("/say", Access::Street, post(say::say))
        .get("/say/sealed", Access::Street, get(whisper::page))
        .post("/say/sealed", Access::Street, post(whisper::say));
    let voices = Routes::new()
        .get("/desk", Access::Members, get(desk::page))
        .get("/desk/voices", READERS, get(list::page))
        .get("/desk/voices/{id}", READERS, get(voice::page))
        .post("/desk/voices/{id}/sort", READERS, post(doing::sort))
        .post("/desk/voices/{id}/answer", READERS, post(doing::answer))
        .post("/desk/voices/{id}/link", READERS, post(doing::link))
        .post("/desk/voices/{id}/unlink", READERS, post(doing::unlink))
        .post("/desk/voices/{id}/seal", READERS, post(doing::seal))
        .post("/desk/voices/{id}/release", FOCAL_POINTS, post(doing::release))
        .post("/desk/voices/{id}/number", READERS, post(doing::number))
        .post("/desk/voices/{id}/confirm", FOCAL_POINTS, post(doing::confirm))
        .post("/desk/voices/{id}/consent", READERS, post(doing::consent))
        .post("/desk/voices/{id}/erase", READERS, post(doing::erase))
        .get("/desk/search", READERS, get(search::page));
    let rest = Routes::new()
        .get("/desk/paper", TYPISTS, get(paper::page))
        .post("/desk/paper", TYPISTS, post(paper::keep))
        .get("/desk/calls", CALLERS, get(calls::page))
        .post("/desk/calls/{id}", CALLERS, post(calls::returned))
        .get("/desk/sealed", FOCAL_POINTS, get(sealed::page))
        .post("/desk/sealed", FOCAL_POINTS, post(sealed::open))
        .post("/desk/sealed/state", FOCAL_POINTS, post(sealed::set_state))
        .get("/desk/node", STEWARDS, get(node::page))
        .post("/desk/node/hide", STEWARDS, post(node::hide))
        .post("/desk/node/on-call", STEWARDS, post(node::on_call))
        .get("/desk/node/texts", STEWARDS, get(node::texts))
        .post("/desk/node/texts", STEWARDS, post(node::accept));
    street.and(voices).and(rest)
}
