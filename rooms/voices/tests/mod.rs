//! Tests of the voices: the code, the commands, the folds, the rules, notes.

mod codes;
mod commands;
mod desk;
mod folds;
mod forgetting;
mod groups;
mod notes;
mod phone;
mod texts;
