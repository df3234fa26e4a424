//! The pages of this room: needs at the desk, and the parts of them that the street shows. They
//! judge nothing.

use crate::door::Routes;

/// The routes of this room.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
}
