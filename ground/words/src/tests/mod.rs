//! Tests of the crate, one file an area. No message of a real person is in them.

mod entering;
mod hints;
mod lengths;
mod likenesses;
mod naming;
mod telling;
