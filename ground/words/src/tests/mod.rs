//! Tests of the crate, one file an area. No message of a real person is in them.

mod entering;
mod grouping;
mod hints;
mod lengths;
mod likenesses;
mod naming;
mod telling;
