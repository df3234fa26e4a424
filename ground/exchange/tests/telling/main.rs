//! Activities told as IATI: what is written is sound by the checker, keeps every word, and what is
//! lacking is told with its place.
//!
//! Never compares with what another program would write.

#![expect(clippy::unwrap_used, reason = "a slip in a test should stop it loudly")]

mod activity;
mod any;
mod back;
mod lacks;
mod laws;
mod written;
