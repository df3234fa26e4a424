//! How a piece of somebody's file is quoted in what is told about it: short, and on one line.
//!
//! Never lets a file write on a terminal or into a log: control characters, and those that turn the
//! direction of writing, become blanks.

/// Characters of a quote.
const QUOTE_CHARS_MAX: usize = 60;

/// A piece of a file as it may stand in a message.
pub(crate) fn quote(text: &str) -> String {
    let plain = |c: char| match c {
        '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => ' ',
        c if c.is_control() => ' ',
        c => c,
    };
    text.chars().take(QUOTE_CHARS_MAX).map(plain).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quote_is_short_and_on_one_line() {
        assert_eq!(quote("a\nb\u{1b}[31m\u{202e}c"), "a b [31m c");
        assert_eq!(quote(&"é".repeat(QUOTE_CHARS_MAX)).chars().count(), QUOTE_CHARS_MAX);
        assert_eq!(quote(&"é".repeat(QUOTE_CHARS_MAX + 1)).chars().count(), QUOTE_CHARS_MAX);
    }
}
