//! The kit for an evening without the node: one page that a phone keeps, two phones that count, one
//! sending that is taken in once.
//! Never: puts anything about a person into what a phone keeps; takes the same tap for two; takes
//! one phone's count for both.

mod acts;
mod motions;
mod page;
mod pages;
mod queries;
mod records;
mod rules;
mod steps;
mod texts;
#[cfg(test)]
mod tests;
mod views;

use ::page::Lang;

pub use pages::{may_count, routes};
pub use views::views;

/// The texts of the kit, by language.
pub const TEXTS: &[(Lang, &str)] = &[
    (Lang::En, include_str!("texts/en.ftl")),
    (Lang::Fr, include_str!("texts/fr.ftl")),
    (Lang::Es, include_str!("texts/es.ftl")),
    (Lang::Ht, include_str!("texts/ht.ftl")),
    (Lang::Sw, include_str!("texts/sw.ftl")),
    (Lang::Ar, include_str!("texts/ar.ftl")),
];
