//! Tests of the voices: the code, the commands, the folds, the rules.

mod codes;
mod commands;
mod desk;
mod folds;
mod forgetting;
mod groups;
mod phone;
mod texts;
