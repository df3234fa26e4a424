//! Tests of the room of needs.

mod fit;
mod folds;
