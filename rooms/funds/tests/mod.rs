//! What this room promises, tried out.

mod home;
mod money;
mod pages;
mod purse;
mod refusals;
mod reported;
mod rules;
mod story;
mod telling;
mod texts;
