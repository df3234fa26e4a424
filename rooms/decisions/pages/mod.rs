//! The routes of this room, part by part, with who may pass, and what the pages of its parts share.
//! No page stands here.

pub mod parts;

use crate::door::Routes;

/// The routes of this room.
#[must_use]
pub fn routes() -> Routes {
    super::assemblies::routes()
        .and(super::resolutions::routes())
        .and(super::kit::routes())
        .and(super::ballots::routes())
}
