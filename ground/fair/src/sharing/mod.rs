//! How a scarce resource is split between areas: risk-weighted leximin coverage on an earmark
//! network, with a certificate.
//!
//! Never uses a float, and never asks anybody to trust the solver: [`check`] needs none.

mod check;
mod draws;
mod flow;
mod grants;
mod level;
mod line;
mod measures;
mod network;
mod pieces;
mod reasons;
mod rounding;
mod shares;
mod solve;
mod window;

#[cfg(test)]
mod tests;

pub use check::{Fault, check};
pub use draws::{Chance, DRAWS_MAX, Moves, counted_by_phase, draw, varied};
pub use grants::{Deferred, Grants, check_grants, share_grants};
pub use level::{Fraction, Level};
pub use line::{Line, water_line};
pub use measures::{HIGH_RISK_MILLI, Measures, measure};
pub use reasons::{Marginal, Reason, Reasons, Stop};
pub use shares::{Certificate, Shares, share};
pub use window::{
    AMOUNT_UNITS_MAX, ARCS_MAX, AREAS_MAX, Arc, Area, Giver, PARTNERS_MAX, POOLS_MAX, Partner,
    Pool, ShareError, Taker, WEIGHT_PART_MAX, WEIGHTS_DENOMINATOR_MAX, Weight, Window, credit,
    part,
};
