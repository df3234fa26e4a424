//! Tests of the voices: the code, the commands, the folds, the rules.

mod codes;
mod commands;
mod folds;
mod texts;
