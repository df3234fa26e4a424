//! The pages of this room: needs at the desk, grouping, and the parts of needs that the street
//! shows. Handlers extract, act and redirect; they judge nothing.

mod doing;
mod grouping;
mod grouping_parts;
mod history;
mod list;
mod need;
mod parts;
mod quoting;
mod silence;
mod stating;
mod street;

use axum::routing::{get, post};

use crate::door::{Access, Routes};

pub use silence::silent_part;
pub use street::{public_list, public_part};

const READERS: Access = Access::Roles(parts::READERS);
const WRITERS: Access = Access::Roles(parts::WRITERS);
const CONFIRMERS: Access = Access::Roles(parts::CONFIRMERS);

/// The routes of this room.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .get("/desk/needs", Access::Members, get(list::page))
        .post("/desk/needs", WRITERS, post(stating::state))
        .get("/desk/needs/new", WRITERS, get(stating::new_page))
        .get("/desk/needs/{id}", Access::Members, get(need::page))
        .post("/desk/needs/{id}/reword", WRITERS, post(doing::reword))
        .get("/desk/needs/{id}/publish", WRITERS, get(doing::preview))
        .post("/desk/needs/{id}/publish", WRITERS, post(doing::publish))
        .post("/desk/needs/{id}/hide", WRITERS, post(doing::hide))
        .post("/desk/needs/{id}/confirm", CONFIRMERS, post(doing::confirm))
        .post("/desk/needs/{id}/refer", WRITERS, post(doing::refer))
        .post("/desk/needs/{id}/withdraw", WRITERS, post(doing::withdraw))
        .post("/desk/needs/{id}/move", WRITERS, post(doing::move_voices))
        .post("/desk/needs/{id}/ungroup", READERS, post(doing::ungroup))
        .get("/desk/grouping", READERS, get(grouping::page))
        .post("/desk/grouping", READERS, post(grouping::group))
        .post("/desk/grouping/suggested", READERS, post(grouping::suggested))
        .post("/desk/grouping/undo", READERS, post(grouping::undo))
        .get("/desk/needs/{id}/quote", WRITERS, get(quoting::page))
        .post("/desk/needs/{id}/quote", WRITERS, post(quoting::quote_words))
}
