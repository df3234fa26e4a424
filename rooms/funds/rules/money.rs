//! Money as it is typed and reckoned: whole minor units of a currency that is named, and rates that
//! are whole numbers with a point. Pure. It never uses a float, and never guesses what was meant.

use record::Refusal;

use crate::funds::records::Given;
use crate::people::minor_parts;

pub use crate::people::CURRENCIES;

/// Most of any one amount, in minor units: what sharing out can reckon with.
pub const AMOUNT_MINOR_MAX: i64 = 10_000_000_000_000;
/// Longest amount and longest rate as typed, in characters.
pub const AMOUNT_CHARS_MAX: usize = 24;
/// Most digits of a rate behind its point.
pub const RATE_PLACES_MAX: u32 = 9;
/// Most of a rate, in units of its last digit.
pub const RATE_DIGITS_MAX: i64 = 1_000_000_000_000;

/// Whether a currency is on the list.
///
/// # Errors
/// `funds-currency`.
pub fn known(currency: &str) -> Result<(), Refusal> {
    if CURRENCIES.contains(&currency) {
        return Ok(());
    }
    Err(Refusal::new("funds-currency"))
}

/// How many digits stand behind the point of a currency.
#[must_use]
pub fn places(currency: &str) -> u32 {
    u32::try_from(minor_parts(0, currency).1.len()).unwrap_or(0)
}

/// An amount as it was typed, in minor units: digits, blanks between thousands, and a point before
/// exactly as many digits as the currency has.
///
/// # Errors
/// A currency that is not known; a comma; a sign, a letter or a second point; too few or too many
/// digits behind the point; nothing or less; more than [`AMOUNT_MINOR_MAX`].
pub fn typed(raw: &str, currency: &str) -> Result<i64, Refusal> {
    known(currency)?;
    let text = latin(raw);
    let unclear = || Refusal::new("funds-amount").naming("typed", text.clone());
    if text.chars().count() > AMOUNT_CHARS_MAX {
        let is_number = text.chars().all(|c| c.is_ascii_digit() || "., ".contains(c));
        return Err(if is_number { Refusal::new("funds-amount-large") } else { unclear() });
    }
    if text.starts_with('-') || text.starts_with('−') {
        return Err(Refusal::new("funds-amount-nothing"));
    }
    if text.contains([',', '٬', '\'', '’']) {
        return Err(Refusal::new("funds-amount-comma"));
    }
    let (whole, part) = match text.split_once('.') {
        Some((whole, part)) => (whole.trim_end(), Some(part)),
        None => (text.as_str(), None),
    };
    if part.is_some_and(|part| part.contains('.')) {
        return Err(unclear());
    }
    let whole = digits(whole).ok_or_else(unclear)?;
    let places = places(currency);
    let part = part.unwrap_or_default();
    let wanted = usize::try_from(places).unwrap_or(0);
    if !part.bytes().all(|b| b.is_ascii_digit()) {
        return Err(unclear());
    }
    if text.contains('.') && (part.len() != wanted || wanted == 0) {
        return Err(Refusal::new("funds-amount-cents").naming("places", places));
    }
    let whole: i64 = whole.parse().map_err(|_| Refusal::new("funds-amount-large"))?;
    let part: i64 = if part.is_empty() { 0 } else { part.parse().map_err(|_| unclear())? };
    let minor = whole.checked_mul(10_i64.pow(places)).and_then(|minor| minor.checked_add(part));
    sound(minor.unwrap_or(i64::MAX))
}

/// An amount that may be nothing: an empty field is none.
///
/// # Errors
/// As [`typed`].
pub fn typed_or_none(raw: &str, currency: &str) -> Result<i64, Refusal> {
    let bare = latin(raw);
    if bare.chars().all(|c| "0. ".contains(c)) {
        return Ok(0);
    }
    typed(raw, currency)
}

/// An amount that can be one.
///
/// # Errors
/// Nothing or less; more than [`AMOUNT_MINOR_MAX`].
pub fn sound(amount_minor: i64) -> Result<i64, Refusal> {
    match amount_minor {
        ..=0 => Err(Refusal::new("funds-amount-nothing")),
        AMOUNT_MINOR_MAX.. if amount_minor > AMOUNT_MINOR_MAX => {
            Err(Refusal::new("funds-amount-large"))
        }
        _ => Ok(amount_minor),
    }
}

/// A rate as it was typed: how many units of the window's currency one unit of the other is worth,
/// as digits and how many of them stand behind the point.
///
/// # Errors
/// Anything else than digits and one point; nothing; more digits than are kept.
pub fn rate_typed(raw: &str) -> Result<(i64, u32), Refusal> {
    let text = latin(raw);
    let refused = || Refusal::new("funds-rate").naming("places", RATE_PLACES_MAX);
    let (whole, part) = text.split_once('.').unwrap_or((text.as_str(), ""));
    let sound = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || !sound(whole) || !sound(part) || text.ends_with('.') {
        return Err(refused());
    }
    let scale = u32::try_from(part.len()).map_err(|_| refused())?;
    let digits: i64 = format!("{whole}{part}").parse().map_err(|_| refused())?;
    if scale > RATE_PLACES_MAX || !(1..=RATE_DIGITS_MAX).contains(&digits) {
        return Err(refused());
    }
    Ok((digits, scale))
}

/// What was given in another currency, in the window's: exactly, rounded down to a minor unit once.
///
/// # Errors
/// A currency that is not known; an amount that is none, before or after.
pub fn worth(given: &Given, currency: &str) -> Result<i64, Refusal> {
    known(&given.currency)?;
    known(currency)?;
    sound(given.amount_minor)?;
    let scale = u32::try_from(given.rate_scale).unwrap_or(u32::MAX);
    let fine = scale <= RATE_PLACES_MAX && (1..=RATE_DIGITS_MAX).contains(&given.rate_digits);
    if !fine || (given.currency == currency && (given.rate_digits, scale) != (1, 0)) {
        return Err(Refusal::new("funds-rate").naming("places", RATE_PLACES_MAX));
    }
    let (from, to) = (places(&given.currency), places(currency));
    // At most 10^13 · 10^12 · 10^3: far from the end of what i128 holds.
    let above = i128::from(given.amount_minor) * i128::from(given.rate_digits) * 10_i128.pow(to);
    let minor = above / 10_i128.pow(scale + from);
    sound(i64::try_from(minor).unwrap_or(i64::MAX))
}

/// Digits of other scripts as ours, with their point; outer blanks gone.
fn latin(raw: &str) -> String {
    let digit = |c: char| match c {
        '٠'..='٩' => char::from_digit(u32::from(c) - u32::from('٠'), 10).unwrap_or(c),
        '۰'..='۹' => char::from_digit(u32::from(c) - u32::from('۰'), 10).unwrap_or(c),
        '٫' => '.',
        '\u{a0}' | '\u{202f}' | '\u{2009}' => ' ',
        other => other,
    };
    raw.trim().chars().map(digit).collect()
}

/// Digits, with a blank between groups of three perhaps.
fn digits(text: &str) -> Option<String> {
    let groups: Vec<&str> = text.split(' ').collect();
    let (first, rest) = groups.split_first()?;
    let sound = |group: &str| !group.is_empty() && group.bytes().all(|b| b.is_ascii_digit());
    let grouped = rest.is_empty() || first.len() <= 3 && rest.iter().all(|g| g.len() == 3);
    (grouped && groups.iter().all(|group| sound(group))).then(|| groups.concat())
}
