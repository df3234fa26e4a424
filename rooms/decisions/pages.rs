//! The routes of this room, part by part, with who may pass. No page stands here.

use crate::door::Routes;

/// The routes of this room.
#[must_use]
pub fn routes() -> Routes {
    super::assemblies::routes().and(super::resolutions::routes()).and(super::kit::routes())
}
