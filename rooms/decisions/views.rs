//! The views of this room, part by part. The folds stand with their part; none reads a clock.

use store::View;

use super::{assemblies, ballots, kit, resolutions};

/// The views of this room.
#[must_use]
pub fn views() -> Vec<View> {
    [assemblies::views::views(), resolutions::views(), kit::views(), ballots::views()].concat()
}
