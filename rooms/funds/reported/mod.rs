//! What organisations told the United Nations about money for people in need (FTS): flows, and
//! what plans asked for and got, brought in as published and shown beside the city's own money.
//! Never: drops a flow because it has no plan, splits what nobody split, or adds it to the city's
//! own books.

mod acts;
mod pages;
mod queries;
mod records;
mod views;

use page::Lang;

pub use acts::{FLOWS_MAX, Taken, take_back_flows, take_flows, take_plans};
pub(super) use pages::{link, page, table};
pub use queries::{Reported, flows, plans, reported};
pub use records::{FlowReported, PlanReported};
pub use views::views;

/// The texts of what others reported, by language.
pub const TEXTS: &[(Lang, &str)] = &[
    (Lang::En, include_str!("texts/en.ftl")),
    (Lang::Fr, include_str!("texts/fr.ftl")),
    (Lang::Es, include_str!("texts/es.ftl")),
    (Lang::Ht, include_str!("texts/ht.ftl")),
    (Lang::Sw, include_str!("texts/sw.ftl")),
    (Lang::Ar, include_str!("texts/ar.ftl")),
];
