//! The rooms of the mission, in the order in which one may lean on another: a room uses only rooms
//! above it on this board, and only through its face (`mod.rs`).

/// The vestibule: what every request brings and how every answer leaves.
pub mod door;
/// Where: the city and its areas, official and community-drawn, both kept.
pub mod places;
/// Who: members, bodies, roles and mandates, and those behind the sealed door.
pub mod people;
/// What is said: every channel, the code, the answer, the sealed reports, forgetting.
pub mod voices;
/// What is lacking: voices grouped, confirmed, re-opened.
pub mod needs;
/// What is resolved: assemblies, votes, reasons, promises.
pub mod decisions;
/// The way walked both ways, and every page that needs all rooms. It records nothing.
pub mod thread;

use page::Lang;
use store::{Drawer, View};

/// All texts of all rooms.
pub fn texts() -> impl Iterator<Item = &'static [(Lang, &'static str)]> {
    [
        door::TEXTS,
        places::TEXTS,
        people::TEXTS,
        voices::TEXTS,
        needs::TEXTS,
        decisions::TEXTS,
        decisions::ASSEMBLY_TEXTS,
        decisions::RESOLUTION_TEXTS,
        decisions::kit::TEXTS,
        thread::TEXTS,
    ]
    .into_iter()
}

/// All views of all rooms.
#[must_use]
pub fn views() -> Vec<View> {
    [places::views(), people::views(), voices::views(), needs::views(), decisions::views()].concat()
}

/// All drawers of all rooms.
#[must_use]
pub fn drawers() -> Vec<Drawer> {
    [places::drawers(), people::drawers(), voices::drawers(), needs::drawers()].concat()
}

/// All routes of all rooms, with who may pass each.
#[must_use]
pub fn routes() -> door::Routes {
    places::routes()
        .and(people::routes())
        .and(voices::routes())
        .and(needs::routes())
        .and(decisions::routes())
        .and(thread::routes())
}
