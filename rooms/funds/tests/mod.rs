//! What this room promises, tried out.

mod asking;
mod buying;
mod home;
mod line;
mod money;
mod pages;
mod phone;
mod purse;
mod refusals;
mod reported;
mod rules;
mod story;
mod telling;
mod texts;
