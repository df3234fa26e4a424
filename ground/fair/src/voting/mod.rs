//! How a community chooses among projects within its envelope: `.pb` files, greedy, the Method of
//! Equal Shares, sequential Phragmén.

mod count;
mod decimal;
mod election;
mod greedy;
mod outcome;
pub mod pb;
mod phragmen;
mod profile;
mod rule;
mod shares;
mod tie;

pub use count::count;
pub use decimal::{AMOUNT_DECIMALS_MAX, AMOUNT_DIGITS_MAX, Decimal, NotAnAmount};
pub use election::{
    BALLOTS_MAX, Ballot, Builder, CHOICES_MAX, COLUMNS_MAX, Election, Fault, Kind, META_MAX,
    POINTS_PARTS_MAX, PROJECTS_MAX, Project,
};
pub use outcome::{
    Against, Exact, Fate, Loss, Met, Outcome, Paid, Raise, RaiseEnd, Turn, Uncounted, Win,
};
pub use rule::{NoRule, Rest, Rule, Terms, Worth};
pub use shares::RAISE_COUNTS_MAX;
pub use tie::{Tie, lot};
