//! Purpose: what is asked for and what is offered: people, expertise, goods, space, transport; who
//! could come to whom and why; advice that has no power; goods followed until people say that they
//! came.
//! Records: request.asked … waybill.cancelled (see `records.rs`).
//! Reads: places (where, how far), people (who answers for what), voices (who offers, sealed),
//! needs (what for), actions (tasks, asking whether it arrived).
//! Never: decides who gets what; shows who offers; gives an adviser any power; takes silence for a
//! receipt; lets stock fall below zero.

pub mod acts;
pub mod lists;
pub mod matching;
mod pages;
pub mod queries;
mod records;
pub mod rules;
#[cfg(test)]
mod tests;
mod views;

use page::Lang;
use store::Drawer;

use crate::door::{House, Trouble};
use pages::parts;

pub use pages::area::{area_cells, area_part};
pub use pages::public::need_part;
pub use pages::{desk_counters, routes};
pub use queries::offer_by_number;
pub use queries::{Days, Line, days, figures, median_hours, requests_of_need};
pub use records::{AdviceInvited, AdviceWords, LotStocked, OfferArranged, OfferMade, RequestAsked};
pub use views::{Advice, Lot, Offer, Request, Take, Waybill, views};

/// The texts of this room, by language.
pub const TEXTS: &[(Lang, &str)] = &[
    (Lang::En, include_str!("texts/en.ftl")),
    (Lang::Fr, include_str!("texts/fr.ftl")),
    (Lang::Es, include_str!("texts/es.ftl")),
    (Lang::Ht, include_str!("texts/ht.ftl")),
    (Lang::Sw, include_str!("texts/sw.ftl")),
    (Lang::Ar, include_str!("texts/ar.ftl")),
];

/// The drawers of this room: none. Words and contacts lie with the voices, keys with everybody's.
#[must_use]
pub fn drawers() -> Vec<Drawer> {
    Vec::new()
}

/// What the node does by itself in this room: offers of people who were forgotten are let go, and
/// what people say about goods is written beside the requests.
///
/// # Errors
/// When the store fails; the rest is done in the next round.
pub async fn settle(house: &House) -> Result<usize, Trouble> {
    let gone = acts::offers::let_go(house).await?;
    Ok(gone + acts::requests::hear_answers(house).await?)
}
