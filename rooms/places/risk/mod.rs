//! How much each area is at risk: an index that the city sets itself, and what was measured in each
//! area, both public with their sources.
//! Never: fills a gap with a number, reads as low what nobody has measured, or rounds before
//! areas are ranked.

mod acts;
mod pages;
mod queries;
mod records;
mod rules;
mod sheets;
#[cfg(test)]
mod tests;
mod views;

use page::Lang;

pub use acts::{Brought, bring_readings, set_index};
pub(super) use pages::desk_link;
pub use pages::{area_part, link, routes};
pub use queries::{AreaRisk, Risks, refresh, risks};
pub use records::Measure;
pub use sheets::{MEASURES_MAX, SHEET_BYTES_MAX};
pub use views::views;

/// The texts of risk, by language.
pub const TEXTS: &[(Lang, &str)] = &[
    (Lang::En, include_str!("texts/en.ftl")),
    (Lang::Fr, include_str!("texts/fr.ftl")),
    (Lang::Es, include_str!("texts/es.ftl")),
    (Lang::Ht, include_str!("texts/ht.ftl")),
    (Lang::Sw, include_str!("texts/sw.ftl")),
    (Lang::Ar, include_str!("texts/ar.ftl")),
];
