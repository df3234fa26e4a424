//! Ballots: rounds with rules that are published first, credentials from a registrar, a box that
//! another member keeps, a log that loses no ballot, a count with its reasons, a result that
//! anybody can recount.
//! Never: keeps a code, says who holds a card or who voted what, shows how a vote goes before it is
//! closed, or changes a rule once it is announced.

pub mod acts;
mod card;
mod pages;
pub mod queries;
pub(crate) mod records;
pub mod rules;
#[cfg(test)]
mod tests;
mod views;

use page::Lang;

pub use acts::{by_sms, tend};
pub use card::{CARD_SYMBOLS, Card, NotACard};
pub use pages::routes;
pub use records::{BallotRoundAnnounced, ProjectSaid, RightSaid};
pub use rules::{Announcing, Deciding, Hand};
pub use views::{Round, views};

/// The texts of ballots, by language.
pub const TEXTS: &[(Lang, &str)] = &[
    (Lang::En, include_str!("texts/en.ftl")),
    (Lang::Fr, include_str!("texts/fr.ftl")),
    (Lang::Es, include_str!("texts/es.ftl")),
    (Lang::Ht, include_str!("texts/ht.ftl")),
    (Lang::Sw, include_str!("texts/sw.ftl")),
    (Lang::Ar, include_str!("texts/ar.ftl")),
];
