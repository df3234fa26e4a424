//! How communities decide and how what is scarce is shared: exact rules, each outcome with its
//! reasons in numbers, and a checker that does not trust whoever reckoned it.
//!
//! Never reads a clock, draws a lot, opens a file or uses a float for a share or for money: what
//! is known comes in, what follows comes out, the same on every machine.

pub mod matching;
pub mod risk;
pub mod sharing;
pub mod voting;
