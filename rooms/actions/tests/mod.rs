//! Tests of the tasks: folds, rules, the published rule, settling, telling, pages, texts.

mod folds;
mod home;
mod notices;
mod pages;
mod rules;
mod settling;
mod texts;
