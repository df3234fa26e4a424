//! Tests of the room of needs.

mod counts;
mod desk;
mod fit;
mod folds;
mod grouping;
mod home;
mod silence;
