//! Words of a city that everybody will read: measured, cleaned, and looked at for names and small
//! numbers. It never changes what somebody wrote, other than blanks and line breaks.

use record::Refusal;

use crate::needs;

/// Longest title of an assembly, an item or a proposal, in characters.
pub const TITLE_CHARS_MAX: usize = 100;
/// Longest words of a proposal, in characters.
pub const PROPOSED_CHARS_MAX: usize = 1_000;
/// Longest reason or result, in characters.
pub const REASON_CHARS_MAX: usize = 400;
/// Longest place of an assembly, in characters: it stands in an SMS.
pub const PLACE_CHARS_MAX: usize = 30;
/// Longest way to take part from afar, in characters: it stands in an SMS.
pub const FROM_AFAR_CHARS_MAX: usize = 28;

/// One line of words, not longer than `chars_max`; nothing at all is fine.
///
/// # Errors
/// Too long, or no words.
pub fn line(raw: &str, chars_max: usize) -> Result<String, Refusal> {
    let too_long = || Refusal::new("assembly-words-long").naming("chars", chars_max);
    let said = match words::clean(raw) {
        Ok(said) => said.split_whitespace().collect::<Vec<_>>().join(" "),
        Err(words::Unclean::TooLong { .. }) => return Err(too_long()),
        Err(_) => return Ok(String::new()),
    };
    if said.chars().count() > chars_max { Err(too_long()) } else { Ok(said) }
}

/// Words that everybody will read.
///
/// # Errors
/// `empty` when there are none; too long; something in them points at a person.
pub fn public_words(raw: &str, chars_max: usize, empty: &'static str) -> Result<String, Refusal> {
    let said = line(raw, chars_max)?;
    if said.is_empty() {
        return Err(Refusal::new(empty));
    }
    needs::fit_for_public(&said)?;
    Ok(said)
}
