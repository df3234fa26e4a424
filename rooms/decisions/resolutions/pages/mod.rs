//! The pages of decisions: motions, the vote, what waits, minutes; and the parts that the street
//! shows. Handlers extract, act and redirect; they judge nothing.

mod acting;
mod minutes;
mod motion;
mod one;
mod parts;
mod qr;
mod result;
mod street;
mod voting;
mod waiting;

use axum::routing::{get, post};

use crate::door::{Access, Role, Routes};

pub use minutes::public_minutes;
pub use street::{public_line, public_part, public_path};
pub use voting::sheet_rows;

/// Who moves, counts and resolves.
const LEADERS: Access =
    Access::Roles(&[Role::Facilitator, Role::Committee, Role::Officer, Role::Steward]);

/// The routes of this part.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .get("/desk/assemblies/{id}/motions", Access::Members, get(motion::of_assembly))
        .post("/desk/assemblies/{id}/motions", LEADERS, post(motion::put_to_assembly))
        .post("/desk/assemblies/{id}/came", LEADERS, post(motion::came))
        .get("/desk/assemblies/{id}/minutes", Access::Members, get(minutes::page))
        .get("/desk/decisions", Access::Members, get(motion::list))
        .post("/desk/decisions", LEADERS, post(motion::put_to_body))
        .get("/desk/decisions/new", LEADERS, get(motion::new))
        .get("/desk/decisions/{id}", Access::Members, get(one::page))
        .post("/desk/decisions/{id}/conflict", LEADERS, post(acting::conflict))
        .post("/desk/decisions/{id}/chair", LEADERS, post(acting::chair))
        .post("/desk/decisions/{id}/notice", LEADERS, post(acting::notice))
        .post("/desk/decisions/{id}/hear", LEADERS, post(acting::hear))
        .post("/desk/decisions/{id}/secret", LEADERS, post(acting::secret))
        .post("/desk/decisions/{id}/begin", LEADERS, post(acting::begin))
        .post("/desk/decisions/{id}/count", Access::Members, post(acting::count))
        .post("/desk/decisions/{id}/sheet", LEADERS, post(acting::sheet))
        .post("/desk/decisions/{id}/recount", LEADERS, post(acting::recount))
        .post("/desk/decisions/{id}/resolve", LEADERS, post(acting::resolve))
        .post("/desk/decisions/{id}/take", LEADERS, post(acting::take))
        .post("/desk/decisions/{id}/appeal", Access::Members, post(acting::appeal))
        .post("/desk/decisions/{id}/answer", LEADERS, post(acting::answer))
        .post("/desk/decisions/{id}/review", LEADERS, post(acting::review))
        .post("/desk/decisions/{id}/reply", LEADERS, post(acting::reply))
        .get("/desk/waiting", Access::Members, get(waiting::page))
}
