//! Motions, votes, force, notice and hearing, appeal, promises, the desk of whoever is waited for,
//! and minutes.
//! Never: says who voted what, counts a vote twice, or calls an opinion a decision.

pub mod acts;
pub mod drafts;
mod pages;
pub mod power;
pub mod queries;
pub(crate) mod records;
pub mod rules;
#[cfg(test)]
mod tests;
mod views;

pub use pages::{public_line, public_minutes, public_part, public_path, routes, sheet_rows};
pub use queries::{
    Waiting, by_number, decision, in_area, newest, newest_resolved, of_assembly, of_need,
    open_promises, overdue, reviews_due, waiting_by_body,
};
pub use records::{
    DecisionConflictAsked, DecisionHandsCounted, DecisionHeard, DecisionMoved, DecisionNoticed,
    FromRound, NewRules, Present, Promise, Tally,
};
pub use views::{
    AfarVote, Appeal, AreaSaid, Conflict, Decision, HandCount, Later, SECRET_ASKED_MIN, views,
};
