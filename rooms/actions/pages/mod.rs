//! The pages of this room: the list of tasks, one task, and the parts that other pages show of
//! them. Handlers extract, act and redirect; they judge nothing, and none of them shows who said
//! NO.

mod counters;
mod doing;
mod forms;
mod list;
mod new;
mod one;
pub mod parts;
pub(super) mod public;

use axum::routing::{get, post};

use crate::door::{Access, Role, Routes};

pub use counters::{desk_counters, of_voice};

/// Who does things: sets, takes on, brings, names the next step.
const DOERS: Access = Access::Roles(&[
    Role::Steward,
    Role::Operator,
    Role::Facilitator,
    Role::Officer,
    Role::Committee,
]);
/// Who counts the hands of a meeting: nobody who brings things.
const COUNTERS: Access = Access::Roles(&[Role::Steward, Role::Operator, Role::Facilitator]);

/// The routes of this room.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .get("/desk/tasks", Access::Members, get(list::page))
        .get("/desk/tasks/new", DOERS, get(new::page))
        .post("/desk/tasks/new", DOERS, post(new::set))
        .post("/desk/tasks/promise", DOERS, post(new::take_up))
        .get("/desk/tasks/{id}", Access::Members, get(one::page))
        .post("/desk/tasks/{id}/claim", DOERS, post(doing::claim))
        .post("/desk/tasks/{id}/release", DOERS, post(doing::release))
        .post("/desk/tasks/{id}/hand-over", DOERS, post(doing::hand_over))
        .post("/desk/tasks/{id}/deliver", DOERS, post(doing::deliver))
        .post("/desk/tasks/{id}/drop", DOERS, post(doing::drop))
        .post("/desk/tasks/{id}/refer", DOERS, post(doing::refer))
        .post("/desk/tasks/{id}/step", DOERS, post(doing::step))
        .post("/desk/tasks/{id}/hands", COUNTERS, post(doing::hands))
}
