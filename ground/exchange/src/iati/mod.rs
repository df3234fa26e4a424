//! IATI 2.03, the format in which organisations tell each other what their money does: activities
//! are [written](write()) from plain values, and files of anybody are [checked](check()).
//!
//! Never publishes: whether a file may leave the house is decided above.

pub mod check;
pub mod codes;
mod lack;
pub mod lists;
mod model;
mod sound;
mod write;

pub use check::check;
pub use lack::{Lack, Lacks, Why};
pub use model::{
    Activities, Activity, Administrative, Budget, Dates, Indicator, Location, Organisation,
    Outcome, Participant, Period, Reporter, Scope, Sector, Share, Texts, Transaction,
};
pub use write::{VERSION, write};

/// Activities of one file.
pub const ACTIVITIES_MAX: usize = 10_000;
/// Transactions of one file.
pub const TRANSACTIONS_MAX: usize = 100_000;
/// Descriptions, locations, sectors, budgets, results … of one activity, each.
pub const LISTED_MAX: usize = 500;
/// Characters of one text in one language.
pub const TEXT_CHARS_MAX: usize = 10_000;
/// Characters of an id.
pub const ID_CHARS_MAX: usize = 128;
/// Lacks that are told at once.
pub const LACKS_MAX: usize = 100;
/// People below which a count is not told: by a smaller one somebody could be recognised.
pub const PEOPLE_MIN: u64 = 5;
