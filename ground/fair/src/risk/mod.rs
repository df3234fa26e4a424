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
//! **What is not known.** A missing indicator is left out of its mean and said to be missing, and
//! the risk carries the interval from the best to the worst that it could be. Where a whole
//! dimension is missing there is no value, only the interval, and in a ranking the area stands
//! where the worst would put it. Nothing that is missing is ever read as low.
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
