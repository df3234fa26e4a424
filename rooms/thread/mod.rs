//! Purpose: the way from a voice to its answer, walked both ways; pages that need all rooms.
//! Records: nothing. What is frozen once a day lies in a drawer of voices and can be made again.
//! Reads: every room, through its face.
//! Never: shows words, a number or a place on a code alone; shows a count of people below five.

mod pages;
mod queries;
mod rules;
#[cfg(test)]
mod tests;

use page::Lang;

use crate::door::{House, Trouble};
use crate::voices::Code;

pub use pages::{routes, traced};
pub use queries::{DAYS_KEPT, Frozen, freeze, frozen};
pub use rules::counts::{PublicTable, STEP, floor5};
pub use rules::way::{Knot, Standing, Step, Trace, Why};

/// The texts of this room, by language.
pub const TEXTS: &[(Lang, &str)] = &[
    (Lang::En, include_str!("texts/en.ftl")),
    (Lang::Fr, include_str!("texts/fr.ftl")),
    (Lang::Es, include_str!("texts/es.ftl")),
    (Lang::Ht, include_str!("texts/ht.ftl")),
    (Lang::Sw, include_str!("texts/sw.ftl")),
    (Lang::Ar, include_str!("texts/ar.ftl")),
];

/// The way of whatever bears a code, knot by knot: days and how each stands, never words or place.
///
/// # Errors
/// When the store fails.
pub async fn trace(house: &House, code: &Code) -> Result<Option<Trace>, Trouble> {
    let Some(voice) = crate::voices::queries::by_code(house, code).await? else { return Ok(None) };
    Ok(Some(queries::walked(house, &voice).await?.0))
}
