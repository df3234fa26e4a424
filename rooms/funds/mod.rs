//! Money: windows with published terms, applications, the water line between areas, and a purse in
//! which every amount has two sides.
//! Purpose: who gives what to whom and why, walked from a payment back to the voices it is for.
//! Records: window.* (terms, shares), application.* (asked, scored, decided), purse.* (every move);
//! flow.*, plan.* (what others told the United Nations).
//! Reads: places (where), people (bodies, mandates), voices (codes), needs, decisions, actions.
//! Never: moves an amount with one hand; lets a child take more than its parent has; names whoever
//! received it; hides a pledge that was not paid, a departure from the rule, or a no.

pub mod acts;
mod applying;
pub mod buying;
mod confirming;
mod pages;
mod queries;
mod records;
pub mod reported;
pub mod rules;
mod sms;
pub mod telling;
#[cfg(test)]
mod tests;
mod views;

use page::Lang;
use store::Drawer;

pub use acts::settle;
pub use pages::public::{neglected_part, of_area_cells, of_decision_part, of_need_part, red_part};
pub use pages::routes;
pub use queries::{
    AreaMoney, Figures, Neglected, Paid, application, applications_of, area_money, by_number,
    figures, ledger, neglected, paid_for, payment, purse, red_pledges, today, window, windows,
};
pub use records::{
    ApplicationMade, AreaLine, Criterion, Given, Match, Pool, PurseAllocated, PurseCommitted,
    PurseConfirmed, PursePaidIn, PursePaymentApproved, PursePaymentAsked, PursePledged,
    PurseReplied, PurseSpent, Score, Seat, Terms, WindowOverridden, WindowShared,
};
pub use sms::dialogue;
pub use views::{
    Account, Allocation, Application, Entry, Payment, Phase, Pledge, Purse, Spend, States, Window,
    views,
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

/// The drawers of this room: none.
#[must_use]
pub fn drawers() -> Vec<Drawer> {
    Vec::new()
}
