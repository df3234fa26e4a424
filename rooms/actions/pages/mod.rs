//! The pages of this room: the list of tasks and one task. Handlers extract, act and redirect; they
//! judge nothing, and none of them shows who said NO.

use crate::door::Routes;

/// The routes of this room.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
}
