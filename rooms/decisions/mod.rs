//! Purpose: what communities and authorities resolve: motions, counted votes, force by mandate,
//! promises with their owner and day, and who is waited for.
//! Records: decision.*, afar.* (votes from afar).
//! Reads: places (where), people (bodies, mandates), voices (whom to tell).
//! Never: says who voted what, counts a vote twice, calls an opinion a decision.

mod resolutions;

use page::Lang;

use crate::door::Routes;

pub use resolutions::{
    AfarVote, Appeal, AreaSaid, Conflict, Decision, HandCount, Later, NewRules, Present, Promise,
    Tally, Waiting, by_number, decision, drafts, in_area, newest, of_assembly, of_need,
    open_promises, overdue, reviews_due, views, waiting_by_body,
};

/// The texts of this room, by language.
pub const TEXTS: &[(Lang, &str)] = &[
    (Lang::En, include_str!("texts/en.ftl")),
    (Lang::Fr, include_str!("texts/fr.ftl")),
    (Lang::Es, include_str!("texts/es.ftl")),
    (Lang::Ht, include_str!("texts/ht.ftl")),
    (Lang::Sw, include_str!("texts/sw.ftl")),
    (Lang::Ar, include_str!("texts/ar.ftl")),
];

/// The routes of this room.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
}
