//! The house's own tool, as a library so that its checks are ordinary tests.
//!
//! Never imports a crate of the house: `cargo xtask tidy` must start in seconds on a machine that
//! has built nothing yet. The one thing shared, the throw-away PostgreSQL, is a file that knows
//! only the standard library and is read from `testkit`.

pub mod bench;
pub mod browser;
pub mod ci;
pub mod house;
#[path = "../../ground/testkit/src/postgres.rs"]
pub mod postgres;
pub mod tidy;
pub mod tools;
pub mod trial;
