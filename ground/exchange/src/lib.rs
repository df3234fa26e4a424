//! Files in which money is told to others.
//!
//! Never reads a clock, opens a file, asks another machine or knows a database.
pub mod iati;
pub mod xml;
mod day;
mod money;
pub use day::{Day, Moment, NoDay};
pub use money::{AMOUNT_MINOR_MAX, Currency, DECIMAL_DIGITS_MAX, Decimal, Money, NoMoney};
