//! Pure text: what may enter, which language it is, how long it is as an SMS, what it seems to
//! ask for, which other message it resembles and which ones may lack the same thing.
//!
//! Never holds a key, opens a file or a database, or decides anything: every answer here is a
//! hint with its reason, and a person has the last word.

mod clean;
mod fold;
mod grouping;
mod language;
mod likeness;
mod matcher;
mod place;
mod sms;
mod suggest;

#[cfg(test)]
mod tests;

pub use clean::{Unclean, WORDS_BYTES_MAX, clean, plain, plain_digits};
pub use grouping::{
    FITS_MAX, Fit, GROUP_VOICES_MAX, Group, Grouping, ITEMS_MAX, Item, NEED_VOICES_MAX, NEEDS_MAX,
    Need, PAIR_SCORE_MIN, Pair, Point, Thing, Why, fits, groups, pairs,
};
pub use language::{LANGUAGES, LanguageGuess, UNDETERMINED, language};
pub use likeness::{LIKENESS_SAME, Sketch, likeness, sketch};
pub use place::{PLACES_MAX, PlaceIndex};
pub use sms::{Alphabet, SmsLength, gsm7, sms_length};
pub use suggest::{ALWAYS_A_PERSON, Hint, Reason, Suggested, suggest};
