//! What sharing out promises, asked from outside: instances with known answers, laws that hold for
//! every window, and a checker that believes nothing.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a failing test is a failing test"
)]

mod expected;
mod laws;
mod mutations;
mod price;
mod refusals;
mod telling;
mod truth;
mod windows;
