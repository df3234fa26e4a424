//! What may enter at all: a message is cut down to its words, and refused only when it has none.
//!
//! Never judges content: HTML, SQL and rude words are words like any other, and the pages escape
//! what they show.

use crate::fold::Folded;

/// The most bytes of UTF-8 one message may hold, counted after the blanks at both ends are cut.
pub const WORDS_BYTES_MAX: usize = 4_000;

/// The most accents that may be stacked on one letter; no living spelling needs more.
const MARKS_MAX: usize = 4;

/// Why a message was not taken in.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unclean {
    /// Nothing is left to read.
    #[error("the message has no words")]
    Empty,
    /// The message is longer than [`WORDS_BYTES_MAX`].
    #[error("the message has {bytes} bytes; at most {WORDS_BYTES_MAX} fit")]
    TooLong {
        /// Bytes of the message without the blanks at both ends.
        bytes: usize,
    },
    /// More than half of it is control, private or broken characters: a file, not a message.
    #[error("the message is not text")]
    NotText,
}

/// Returns the words of `raw` as they may be kept and shown.
///
/// Cuts blanks at both ends; takes out control characters (the line feed stays, a tab becomes a
/// blank), everything that turns the direction of writing, byte-order marks, characters without
/// width and stacked accents past four. Joiners inside a word stay, because Arabic-script and
/// emoji spelling needs them. Cleaning twice is the same as cleaning once.
///
/// # Errors
/// [`Unclean`]: nothing left, too long, or not text.
pub fn clean(raw: &str) -> Result<String, Unclean> {
    let raw = raw.trim();
    if raw.len() > WORDS_BYTES_MAX {
        return Err(Unclean::TooLong { bytes: raw.len() });
    }
    let mut words = String::with_capacity(raw.len());
    let (mut broken, mut sound, mut marks) = (0_usize, 0_usize, 0_usize);
    let mut last = ' ';
    for c in raw.chars() {
        match sort(c) {
            Sort::Broken => {
                broken += 1;
                // The sign that a letter was lost stays, so that a reader sees the gap.
                if c != '\u{FFFD}' {
                    continue;
                }
            }
            Sort::Unseen => continue,
            Sort::Joiner if last.is_whitespace() || sort(last) == Sort::Joiner => continue,
            Sort::Mark if marks == MARKS_MAX => continue,
            Sort::Letter if !c.is_whitespace() => sound += 1,
            _ => {}
        }
        marks = if sort(c) == Sort::Mark { marks + 1 } else { 0 };
        last = if c == '\t' { ' ' } else { c };
        words.push(last);
    }
    if broken > sound {
        return Err(Unclean::NotText);
    }
    let ends = |c: char| c.is_whitespace() || sort(c) == Sort::Joiner;
    words.truncate(words.trim_end_matches(ends).len());
    let kept = words.trim_start().to_owned();
    if kept.is_empty() { Err(Unclean::Empty) } else { Ok(kept) }
}

/// Returns `text` in the one form in which commands are compared: lower-case, without accents,
/// punctuation and doubled blanks, with plain Arabic letters and plain digits.
#[must_use]
pub fn plain(text: &str) -> String {
    Folded::new(text).into_text()
}

/// Returns `text` with the digits of other scripts as plain ones, and all else as it was written.
#[must_use]
pub fn plain_digits(text: &str) -> String {
    text.chars().map(|c| digit(c).map_or(c, |value| char::from(b'0' + value))).collect()
}

/// The value of an Arabic, Eastern Arabic or full-width digit.
pub(crate) fn digit(c: char) -> Option<u8> {
    let zero = match c {
        '\u{660}'..='\u{669}' => 0x660,
        '\u{6F0}'..='\u{6F9}' => 0x6F0,
        '\u{FF10}'..='\u{FF19}' => 0xFF10,
        _ => return None,
    };
    u8::try_from(u32::from(c) - zero).ok()
}

#[derive(PartialEq, Eq, Clone, Copy)]
enum Sort {
    /// May stay: letters, digits, signs, blanks.
    Letter,
    /// An accent that sits on the letter before it.
    Mark,
    /// Joins or parts two letters without being seen.
    Joiner,
    /// Is not seen and only serves to deceive: turned direction, no width, hidden tags.
    Unseen,
    /// Does not occur in text.
    Broken,
}

fn sort(c: char) -> Sort {
    match c {
        '\n' | '\t' => Sort::Letter,
        // A carriage return comes before a line feed on many phones; it is no sign of a file.
        '\r' => Sort::Unseen,
        _ if c.is_control() => Sort::Broken,
        '\u{FFFD}' | '\u{E000}'..='\u{F8FF}' | '\u{FDD0}'..='\u{FDEF}' => Sort::Broken,
        '\u{F0000}'..='\u{10FFFF}' => Sort::Broken,
        _ if u32::from(c) & 0xFFFE == 0xFFFE => Sort::Broken,
        '\u{200C}' | '\u{200D}' => Sort::Joiner,
        // 200E and 200F go too: pages set the direction of each message by themselves.
        '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' => Sort::Unseen,
        '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' => Sort::Unseen,
        '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{180B}'..='\u{180F}' => Sort::Unseen,
        '\u{115F}' | '\u{1160}' | '\u{3164}' | '\u{FFA0}' | '\u{2800}' => Sort::Unseen,
        '\u{2028}' | '\u{2029}' | '\u{E0000}'..='\u{E0FFF}' => Sort::Unseen,
        '\u{0300}'..='\u{036F}' | '\u{0483}'..='\u{0489}' => Sort::Mark,
        '\u{064B}'..='\u{065F}' | '\u{0670}' | '\u{06D6}'..='\u{06DC}' => Sort::Mark,
        '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}' => Sort::Mark,
        '\u{20D0}'..='\u{20FF}' | '\u{FE00}'..='\u{FE0F}' | '\u{FE20}'..='\u{FE2F}' => Sort::Mark,
        _ => Sort::Letter,
    }
}
