//! Purpose: what is lacking: voices that say the same grouped into needs, by a person, confirmed by
//! those who live there, and open again when it did not arrive.
//! Records: need.stated … need.withdrawn (see `records.rs`).
//! Reads: places (where), people (bodies, names of members), voices (what was said, and who may
//! see it).
//! Never: takes the number of voices for how grave a need is; shows words without consent, or a
//! text by which somebody could be found; takes silence for having all one needs.

pub mod acts;
mod drawers;
mod freezing;
mod pages;
pub mod proposals;
pub mod queries;
mod reading;
pub mod quiet;
mod records;
mod rules;
#[cfg(test)]
mod tests;
mod views;

use page::{Lang, Tongue};

pub use acts::fit_in_house;
pub use drawers::drawers;
pub use freezing::freeze;
pub use pages::{public_list, public_part, routes, silent_part, tags};
pub use queries::{PublicNeed, by_number, need, open_in, public_counts, reopened};
pub use rules::drafts;
pub use rules::fit::{FEW, fit_for_public};
pub use rules::{
    CONFIRMED_HOW, LINE_CHARS_MAX, QUOTE_CHARS_MAX, SEVERITY_MAX, SOURCES, STATUSES, Said,
    TITLE_CHARS_MAX,
};
pub use views::{NEEDS_OPEN, NEEDS_OPEN_PUBLIC, Need, views};

/// The texts of this room, by language.
pub const TEXTS: &[(Lang, &str)] = &[
    (Lang::En, include_str!("texts/en.ftl")),
    (Lang::Fr, include_str!("texts/fr.ftl")),
    (Lang::Es, include_str!("texts/es.ftl")),
    (Lang::Ht, include_str!("texts/ht.ftl")),
    (Lang::Sw, include_str!("texts/sw.ftl")),
    (Lang::Ar, include_str!("texts/ar.ftl")),
];

/// The number of a need as people say it: N-88.
#[must_use]
pub fn number_said(need: &Need) -> String {
    format!("N-{}", need.number)
}

/// A need in one line, as it stands on an agenda: its number and what is lacking.
#[must_use]
pub fn title_line(t: Tongue, need: &Need) -> String {
    let args = [("number", number_said(need).into()), ("title", need.title.as_str().into())];
    t.with("needs-title-line", &args)
}
