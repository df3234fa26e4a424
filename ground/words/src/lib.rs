//! Pure text: what may enter, which language it is, how long it is as an SMS, what it seems to
//! ask for and which other message it resembles.
//!
//! Never holds a key, opens a file or a database, or decides anything: every answer here is a
//! hint with its reason, and a person has the last word.

mod clean;
mod fold;
mod language;
mod likeness;
mod matcher;
mod place;
mod sms;
mod suggest;

#[cfg(test)]
mod tests;

pub use clean::{Unclean, WORDS_BYTES_MAX, clean, plain};
pub use language::{LANGUAGES, LanguageGuess, UNDETERMINED, language};
pub use likeness::{LIKENESS_SAME, Sketch, likeness, sketch};
pub use place::{PLACES_MAX, PlaceIndex};
pub use sms::{Alphabet, SmsLength, gsm7, sms_length};
pub use suggest::{ALWAYS_A_PERSON, Hint, Reason, Suggested, suggest};
