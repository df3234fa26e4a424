//! The rules of this room: who may ask, offer, take, advise, send and receive. Pure: time is an
//! argument. They never decide who gets what: a person does, and stock never goes below zero.

mod advice;
mod goods;
mod offers;
pub mod reading;
mod requests;
mod supply;

use record::{Draft, Id, Refusal};

use super::lists;
use crate::needs::fit_for_public;

pub use crate::actions::rules::Actor;
pub use advice::{
    ADVICE_CHARS_MAX, INVITED_MAX, WHO_CHARS_MAX, accept, decline, erase, give, invite, rate,
    worded,
};
pub use goods::{
    Stocking, Wayward, asked, cancel, check_symbol, hand_out, lose, number_typed, receive, send,
    stock,
};
pub use offers::{
    Buying, CLAIM_OPEN_MAX, Claim, Given, Making, PRICE_MINOR_MAX, TAKES_MAX, arrange, bought,
    claim, commit, conflict, given, in_conflict, made, released, sort, vouch, withdraw,
};
pub use requests::{
    Asking, STARS_MAX, answered, ask, asked_about, close, hand_over, rate as rate_request,
};
pub use supply::{BUSY, Supply, named as supplies_named};

/// Longest line of what is asked for, in characters.
pub const WHAT_CHARS_MAX: usize = 140;
/// Longest reason, in characters.
pub const REASON_CHARS_MAX: usize = 300;
/// The most of anything, in its unit.
pub const AMOUNT_MAX: i64 = 1_000_000;
/// How far ahead a day may lie, in days: what lies further on is a slip of the finger.
pub const AHEAD_DAYS_MAX: i64 = 2 * 366;
/// Most languages of a request or an offer.
pub const LANGUAGES_MAX: usize = 6;

type Drafts = Result<Vec<Draft>, Refusal>;

/// Words that must be there and may be read by everybody.
///
/// # Errors
/// `empty` when nothing is left; when they are too long, or not fit for everybody to read.
pub fn said(raw: &str, most: usize, empty: &'static str) -> Result<String, Refusal> {
    let line = line(raw, most)?;
    if line.is_empty() {
        return Err(Refusal::new(empty));
    }
    fit_for_public(&line)?;
    Ok(line)
}

/// Words that may be left out, and may be read by everybody.
///
/// # Errors
/// When they are too long, or not fit for everybody to read.
pub fn said_perhaps(raw: &str, most: usize) -> Result<String, Refusal> {
    let line = line(raw, most)?;
    if !line.is_empty() {
        fit_for_public(&line)?;
    }
    Ok(line)
}

/// The words of a line: cleaned, without breaks.
///
/// # Errors
/// When they are too long.
pub fn line(raw: &str, most: usize) -> Result<String, Refusal> {
    let cleaned = words::clean(raw).unwrap_or_default();
    let line = cleaned.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() > most {
        return Err(Refusal::new("resource-words-long").naming("most", most));
    }
    Ok(line)
}

/// A code of the list of items.
fn item_known(code: &str) -> Result<(), Refusal> {
    lists::item(code).map(|_| ()).ok_or(Refusal::new("resource-item-unknown"))
}

/// An amount of at least one.
fn amount_sound(amount: i64) -> Result<(), Refusal> {
    if (1..=AMOUNT_MAX).contains(&amount) {
        return Ok(());
    }
    Err(Refusal::new("resource-amount").naming("most", AMOUNT_MAX))
}

/// A day from today on, not too far.
fn day_sound(day: i64, today: i64) -> Result<(), Refusal> {
    if (today..=today + AHEAD_DAYS_MAX).contains(&day) {
        return Ok(());
    }
    Err(Refusal::new("resource-when"))
}

/// Languages, each once.
fn languages_sound(languages: &[String]) -> Result<Vec<String>, Refusal> {
    let known = |code: &String| page::Lang::ALL.iter().any(|lang| lang.code() == code);
    if languages.len() > LANGUAGES_MAX || !languages.iter().all(known) {
        return Err(Refusal::new("list-unknown"));
    }
    let mut all = languages.to_vec();
    all.sort_unstable();
    all.dedup();
    Ok(all)
}

/// Whether somebody answers for what a body owns.
#[must_use]
pub fn acts_for(actor: &Actor, body: Option<Id>) -> bool {
    body.is_none_or(|body| actor.bodies.contains(&body)) || actor.coordinates
}
