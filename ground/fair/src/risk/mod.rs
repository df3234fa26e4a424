//! How likely and how hard a hazard would hit an area: an index in the manner of INFORM, from
//! indicators by components, categories and dimensions to one number from 0 to 10.
//!
//! Within a component and a category means are arithmetic; categories become a dimension, and
//! dimensions the risk, by **geometric** means, so that a strength in one does not make up for a
//! weakness in another. A dimension is at least 0.1, or one nought would wipe out all else.
//!
//! **Numbers.** A [`Score`] counts thousand-millionths from 0 to 10. Every step is whole-number
//! arithmetic rounded down, roots and logarithms too, so it is the same on every machine; a risk is
//! off by less than a millionth, and is not rounded further before areas are ranked.
//!
//! **What is not known.** A missing indicator is left out of the value and said to be missing, and
//! the risk carries the interval from the best to the worst that it could be. Where a whole
//! dimension is missing there is no value, only the interval. Wherever anything is missing the area
//! is ranked by the worst that it could be, and reckoned with it: nothing that is missing is ever
//! read as low.
//!
//! ```
//! use fair::risk::{
//!     Category, Component, Dimension, Indicator, Model, Reading, Scale, assess, rank,
//! };
//!
//! // A side of risk with one thing measured, from 0 to 10.
//! let side = |name: &str| {
//!     let scale = Scale::Even { from: Reading(0), to: Reading(10_000_000) };
//!     let indicators = vec![Indicator { id: name.to_owned(), weight: 1, scale }];
//!     let components = vec![Component { id: name.to_owned(), weight: 1, indicators }];
//!     let categories = vec![Category { id: name.to_owned(), weight: 1, components }];
//!     Dimension { id: name.to_owned(), weight: 1, categories }
//! };
//! let model = Model { dimensions: vec![side("flood"), side("poverty")] };
//! let hill = assess(&model, &[Reading::parse("4"), Reading::parse("9")])?;
//! // The root of 4 times 9, not their mean: what is good on one side makes up for little.
//! assert_eq!(hill.value.map(|risk| risk.to_string()), Some("6.000".to_owned()));
//!
//! // Nobody measured how poor the river bank is: there is an interval, and no value.
//! let river = assess(&model, &[Reading::parse("4"), Reading::parse("n/a")])?;
//! assert_eq!((river.value, river.missing.as_slice()), (None, [1].as_slice()));
//! assert_eq!((river.best.to_string(), river.worst.to_string()), ("0.632".into(), "6.325".into()));
//! // It stands where the worst would put it, before the hill.
//! assert_eq!(rank(&[&hill, &river]), [1, 0]);
//! # Ok::<(), fair::risk::RiskError>(())
//! ```
//!
//! Never knows where its indicators come from, and never uses a float.

mod index;
mod model;
mod roots;

pub use index::{Risk, assess, combined, rank};
pub use model::{
    Category, Component, Dimension, INDICATORS_MAX, Indicator, Model, Reading, RiskError, Scale,
    Score, WEIGHT_MAX,
};
