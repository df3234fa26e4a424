//! What is done: tasks, deliveries, and the person's YES or NO.
//! Purpose: who does what by when, what arrived, and what those who asked for it say about that.
//! Records: task.set … task.met (see `records.rs`).
//! Reads: places (where), people (who), voices (YES and NO), needs (what for), decisions (what was
//! promised).
//! Never: takes silence for a yes; shows who said NO, or when; lets a promise vanish unanswered.

pub mod acts;
mod pages;
pub mod promises;
mod queries;
mod records;
pub mod rules;
mod settle;
#[cfg(test)]
mod tests;
mod views;

use page::Lang;
use store::Drawer;

pub use pages::parts::title;
pub use pages::public::{answers, public_answers, public_list, public_part, rule};
pub use pages::{desk_counters, of_voice, routes};
pub use promises::{Promises, promises};
pub use queries::{
    Figures, Which, by_number, day_at, figures, overdue, overdue_count, task, tasks_of_decision,
    tasks_of_need, today,
};
pub use records::{TaskDelivered, TaskPromised};
pub use settle::settle;
pub use views::{COMMITTEE, DO, Hands, PROMISE, Task, views};

/// The texts of this room, by language.
pub const TEXTS: &[(Lang, &str)] = &[
    (Lang::En, include_str!("texts/en.ftl")),
    (Lang::Fr, include_str!("texts/fr.ftl")),
    (Lang::Es, include_str!("texts/es.ftl")),
    (Lang::Ht, include_str!("texts/ht.ftl")),
    (Lang::Sw, include_str!("texts/sw.ftl")),
    (Lang::Ar, include_str!("texts/ar.ftl")),
];

/// The drawers of this room: none. What waits to be settled lies in one of the room of voices.
#[must_use]
pub fn drawers() -> Vec<Drawer> {
    Vec::new()
}
