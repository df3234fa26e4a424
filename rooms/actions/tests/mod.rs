//! Tests of the tasks: folds, rules, the published rule.

mod folds;
mod rules;
