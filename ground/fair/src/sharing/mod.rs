//! How a scarce resource is split between areas: risk-weighted leximin coverage on an earmark
//! network, with a certificate.
//!
//! **The rule.** An area's *level* is what it has, from anybody, divided by its claim: its need
//! times a weight for its risk. Whatever there is goes to the area that stands lowest, until it
//! stands as high as the next, and then to both; an area that can take no more drops out. Not every
//! pool may give to every area, so there is not one line but one for each group of pools that can
//! stand in for each other, and nobody can be lifted further without taking from somebody who
//! stands no higher. The result is the same however strongly one dislikes inequality, as long as
//! one dislikes it at all; so there is nothing to argue about but needs, weights, and who may give
//! to whom.
//!
//! **The sentence for people.** Where one pool may give to all: "Every area below the line is
//! lifted to it, or as far as it can take: 37 % of its need times its risk factor, counting what
//! others already gave. Yours stood at 12 %, so it gets the difference." Where there are several
//! pools each has a line of its own, and an area is told of each that may give to it ([`Reasons`]).
//!
//! ```
//! use fair::sharing::{Arc, Area, Fraction, Level, Pool, Weight, Window, check, share};
//!
//! let area = |id: &str, need, covered, risk_milli| Area {
//!     id: id.to_owned(),
//!     need,
//!     covered,
//!     cap: need - covered,
//!     weight: Weight::of_risk(risk_milli),
//!     risk_milli,
//!     deferrals: 0,
//!     grant_min: 0,
//! };
//! let window = Window {
//!     areas: vec![area("hill", 1_000, 0, 10_000), area("river", 1_000, 500, 5_000)],
//!     pools: vec![Pool { id: "city".to_owned(), supply: 1_000, held_back: 0 }],
//!     partners: vec![],
//!     arcs: vec![Arc::open(0, 0), Arc::open(0, 1)],
//! };
//! let shares = share(&window)?;
//! // The hill counts double: its claim is 2,000. Both stand at one half.
//! assert_eq!(shares.amounts, [1_000, 0]);
//! assert_eq!(shares.certificate.areas, [Level::At(Fraction::new(1, 2).unwrap()); 2]);
//! // Whoever does not believe it needs no solver to check it.
//! assert_eq!(check(&window, &shares), Ok(()));
//! # Ok::<(), fair::sharing::ShareError>(())
//! ```
//!
//! **How it is found.** [`share`] puts the whole network on the one level that spends everything.
//! Where that cannot flow, a smallest cut shows which areas stay below it and which rise above it,
//! and each side is put on a level of its own, until all flows. This is done first in small fixed
//! parts of a unit, which is quick, and then exactly, which proves it or starts again. Numbers are
//! whole and have at most 127 bits; a window that would need more is refused, not rounded.
//!
//! **How it is checked.** [`check`] looks at every arc a few times and at nothing else. It shares
//! no code with the solver, so that a mistake would have to be made twice.
//!
//! Around it: [`water_line`] for one pool, [`share_grants`] where a small grant helps nobody,
//! [`Reasons`] for why not more, what stays in the pools and what would change it, [`measure`] for
//! what is published with every result, [`price`] for what fairness costs beside reaching the most
//! people, [`rounded_by`] for what rounding did, [`draw`] for how firm it is.
//!
//! Never uses a float, and never asks anybody to trust the solver: [`check`] needs none. Only where
//! small grants were put off does [`check_grants`] share out anew, since the rounds in between
//! leave no certificate; it holds each of them against [`check`].

mod check;
mod draws;
mod flow;
mod grants;
mod left;
mod level;
mod line;
mod measures;
mod network;
mod pieces;
mod price;
mod reasons;
mod rounding;
mod shares;
mod solve;
mod window;

#[cfg(test)]
mod tests;

pub use check::{Fault, check};
pub use draws::{CLASS_IN_NEED, CLASS_WORST, Chance, DRAWS_MAX, Moves, class_weight, draw, varied};
pub use grants::{Deferred, Grants, check_grants, share_grants};
pub use left::{Few, Left};
pub use level::{Fraction, Level};
pub use line::{Line, water_line};
pub use measures::{HIGH_RISK_MILLI, Measures, measure};
pub use price::{Price, price, rounded_by};
pub use reasons::{Marginal, Reason, Reasons, Stop};
pub use shares::{Certificate, Shares, share};
pub use window::{
    AMOUNT_UNITS_MAX, ARCS_MAX, AREAS_MAX, Arc, Area, Giver, PARTNERS_MAX, POOLS_MAX, Partner,
    Pool, ShareError, Taker, WEIGHT_PART_MAX, WEIGHTS_DENOMINATOR_MAX, Weight, Window, credit,
    part,
};
