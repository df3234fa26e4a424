//! How a scarce resource is split between areas: risk-weighted leximin coverage on an earmark
//! network, with a certificate.
//!
//! Never uses a float, and never asks anybody to trust the solver: [`check`] needs none.

mod check;
mod flow;
mod level;
mod line;
mod network;
mod pieces;
mod rounding;
mod shares;
mod solve;
mod window;

#[cfg(test)]
mod tests;

pub use check::{Fault, check};
pub use level::{Fraction, Level};
pub use line::{Line, water_line};
pub use shares::{Certificate, Shares, share};
pub use window::{
    AMOUNT_UNITS_MAX, ARCS_MAX, AREAS_MAX, Arc, Area, DEFERRALS_MAX, Giver, PARTNERS_MAX,
    POOLS_MAX, Partner, Pool, ShareError, Taker, WEIGHT_PART_MAX, WEIGHTS_DENOMINATOR_MAX, Weight,
    Window, credit, part,
};
