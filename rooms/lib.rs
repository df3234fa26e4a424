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
/// What is done: tasks, deliveries, and the person's YES or NO.
pub mod actions;
/// What is exchanged: requests and offers of people, goods, space and transport, advice, stock.
pub mod resources;
/// What is paid: windows, applications, the water line, and a purse whose amounts have two sides.
pub mod funds;
/// The way walked both ways, and every page that needs all rooms. It records nothing.
pub mod thread;

use page::{Html, Lang};
use record::Id;
use store::{Drawer, View};

use door::{House, Trouble, Visitor};

/// All texts of all rooms.
pub fn texts() -> impl Iterator<Item = &'static [(Lang, &'static str)]> {
    [
        door::TEXTS,
        places::TEXTS,
        places::risk::TEXTS,
        people::TEXTS,
        voices::TEXTS,
        needs::TEXTS,
        decisions::TEXTS,
        decisions::ASSEMBLY_TEXTS,
        decisions::RESOLUTION_TEXTS,
        actions::TEXTS,
        decisions::kit::TEXTS,
        decisions::ballots::TEXTS,
        resources::TEXTS,
        funds::TEXTS,
        funds::reported::TEXTS,
        thread::TEXTS,
    ]
    .into_iter()
}

/// All views of all rooms.
#[must_use]
pub fn views() -> Vec<View> {
    [
        places::views(),
        people::views(),
        voices::views(),
        needs::views(),
        decisions::views(),
        actions::views(),
        resources::views(),
        funds::views(),
    ]
    .concat()
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
        .and(actions::routes())
        .and(resources::routes())
        .and(funds::routes())
        .and(thread::routes())
}

/// What later rooms add to the desk's first page, which is an earlier one's.
///
/// # Errors
/// When the store fails.
pub(crate) async fn on_desk(house: &House, visitor: &Visitor) -> Result<Html, Trouble> {
    let mut all = actions::desk_counters(house, visitor).await?;
    all.push(&resources::desk_counters(house, visitor).await?);
    Ok(all)
}

/// What later rooms add to the desk's page of a voice: its need, and what is done about it.
///
/// # Errors
/// When the store fails.
pub(crate) async fn on_voice(house: &House, visitor: &Visitor, need: Id) -> Result<Html, Trouble> {
    actions::of_voice(house, visitor, need).await
}
