//! Tests of the voices.
