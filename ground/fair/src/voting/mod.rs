//! How a community chooses among projects within its envelope: `.pb` files, greedy, the Method of
//! Equal Shares, sequential Phragmén.

mod decimal;
mod election;
pub mod pb;

pub use decimal::{AMOUNT_DECIMALS_MAX, AMOUNT_DIGITS_MAX, Decimal, NotAnAmount};
pub use election::{
    BALLOTS_MAX, Ballot, Builder, CHOICES_MAX, COLUMNS_MAX, Election, Fault, Kind, META_MAX,
    POINTS_PARTS_MAX, PROJECTS_MAX, Project,
};
