//! Purpose: where people are: the city's own facts, its areas as offices and communities draw them,
//! and how much each is at risk.
//! Records: city.named, city.hidden, city.shown, area.drawn, .renamed, .released, .withdrawn,
//! risk.set (what risk is made of), risk.measured.
//! Reads: nothing of other rooms.
//! Never: a community's area, its name or its border, in the open before its own body releases it.

mod pages;
mod queries;
mod records;
pub mod risk;
mod rules;
#[cfg(test)]
mod tests;
mod views;

use std::collections::HashMap;

use page::Lang;
use record::Id;
use store::Drawer;

pub use pages::bringing::{Brought, choose_fields, file_fields, import_chosen, take_file};
pub use pages::draw::{drawing_fields, outline_picture};
pub use pages::routes;
pub use queries::{Area, Atlas, NEIGHBOURS_MAX, TYPED_MAX, atlas, city_id, geojson_of, refresh};
pub use records::{
    AreaProps, CityWords, Imported, Outline, Source, Vote, draw_area, draw_official, hide_city,
    import_areas, name_city, release_area, rename_area, show_area, withdraw_area,
};
pub use rules::NAME_CHARS_MAX;
pub use rules::corners::rings_of_typed;
pub use rules::reading::{AREAS_MAX, GEOJSON_BYTES_MAX};
pub use views::views;

/// The names of bodies, by their ids: kept in the house by the room of people, which comes later
/// on the board, so that a member can choose for which body they draw.
#[derive(Clone, Debug, Default)]
pub struct BodyNames(pub HashMap<Id, String>);

/// The texts of this room, by language.
pub const TEXTS: &[(Lang, &str)] = &[
    (Lang::En, include_str!("texts/en.ftl")),
    (Lang::Fr, include_str!("texts/fr.ftl")),
    (Lang::Es, include_str!("texts/es.ftl")),
    (Lang::Ht, include_str!("texts/ht.ftl")),
    (Lang::Sw, include_str!("texts/sw.ftl")),
    (Lang::Ar, include_str!("texts/ar.ftl")),
];

/// The drawers of this room: none. Bodies' keys lie in the store's own drawer of keys.
#[must_use]
pub fn drawers() -> Vec<Drawer> {
    Vec::new()
}
