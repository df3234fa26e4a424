//! The kinds of values that IATI uses, as XML Schema defines them: which texts are a decimal, a
//! day, a yes or no.
//!
//! Never reads a value for more than its form.

use crate::day::Day;

/// A kind of value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Any text.
    Text,
    /// `true`, `false`, `1` or `0`.
    Boolean,
    /// A day, with or without a time zone.
    Date,
    /// A day and a time of day.
    DateTime,
    /// A number with or without a point, never with an exponent.
    Decimal,
    /// A whole number of 32 bits.
    Int,
    /// A whole number from 1.
    Positive,
    /// A whole number from 0.
    Count,
    /// An address.
    Uri,
    /// One word.
    Token,
    /// The tag of a language, or nothing.
    Language,
}

impl Kind {
    /// How to write such a value.
    pub(super) fn advice(self) -> &'static str {
        match self {
            Self::Text => "write any text",
            Self::Boolean => "write 1 for yes or 0 for no",
            Self::Date => "write a day, such as 2027-03-31",
            Self::DateTime => "write a day and time, such as 2027-03-31T06:00:00Z",
            Self::Decimal => "write a number, such as 1200 or 1200.50",
            Self::Int | Self::Count => "write a whole number",
            Self::Positive => "write a whole number from 1",
            Self::Uri => "write an address, such as https://example.org/page",
            Self::Token => "write one word of letters, digits, . - _ or :",
            Self::Language => "write a language, such as fr",
        }
    }

    /// Whether a text is of this kind; blanks around it do not count, but for texts.
    pub(super) fn holds(self, text: &str) -> bool {
        let text = text.trim_matches([' ', '\t', '\n', '\r']);
        match self {
            Self::Text => true,
            Self::Boolean => ["true", "false", "1", "0"].contains(&text),
            Self::Date => zoned(text).is_some_and(|day| date(day).is_some()),
            Self::DateTime => zoned(text).is_some_and(date_time),
            Self::Decimal => plain(unsigned(text)),
            Self::Int => whole(text) && text.trim_start_matches('+').parse::<i32>().is_ok(),
            Self::Positive => {
                let digits = text.strip_prefix('+').unwrap_or(text);
                counted(digits) && digits.bytes().any(|digit| digit != b'0')
            }
            Self::Count => {
                let nothing = text.strip_prefix('-').is_some_and(|zeros| {
                    !zeros.is_empty() && zeros.bytes().all(|digit| digit == b'0')
                });
                nothing || counted(text.strip_prefix('+').unwrap_or(text))
            }
            Self::Uri => address(text),
            Self::Token => {
                let fits = |c: char| c.is_alphanumeric() || ".-_:".contains(c);
                !text.is_empty() && text.chars().all(fits)
            }
            Self::Language => text.is_empty() || language(text),
        }
    }
}

fn unsigned(text: &str) -> &str {
    text.strip_prefix(['+', '-']).unwrap_or(text)
}

fn counted(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn whole(text: &str) -> bool {
    counted(unsigned(text))
}

fn plain(text: &str) -> bool {
    let (whole, behind) = text.split_once('.').unwrap_or((text, ""));
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    digits(whole) && digits(behind) && whole.len() + behind.len() > 0
}

/// What stands before the time zone.
fn zoned(text: &str) -> Option<&str> {
    if let Some(before) = text.strip_suffix('Z') {
        return Some(before);
    }
    let Some(zone) = text.len().checked_sub(6) else { return Some(text) };
    let signed = text.get(zone..).filter(|zone| zone.starts_with(['+', '-']));
    let Some((hours, minutes)) = signed.and_then(|zone| zone.get(1..)?.split_once(':')) else {
        return Some(text);
    };
    let small = |part: &str, most: u8| {
        part.len() == 2 && counted(part) && part.parse().is_ok_and(|number: u8| number <= most)
    };
    let fits = (small(hours, 13) && small(minutes, 59)) || (hours == "14" && minutes == "00");
    fits.then(|| text.get(..zone)).flatten()
}

/// A day; years before the first and beyond 9999 are days too, and nothing compares them.
fn date(text: &str) -> Option<()> {
    let (year, rest) = text.rsplit_once('-').and_then(|(rest, day)| {
        let (year, month) = rest.rsplit_once('-')?;
        Some((year, (month, day)))
    })?;
    let digits = year.strip_prefix('-').unwrap_or(year);
    let padded = digits.len() == 4 || (digits.len() > 4 && !digits.starts_with('0'));
    if !padded || !counted(digits) || digits.bytes().all(|digit| digit == b'0') {
        return None;
    }
    // Leap years repeat after 400 years, so the last four digits and a little more decide.
    let tail: u32 = digits.get(digits.len().saturating_sub(6)..)?.parse().ok()?;
    let year = tail % 400 + 400;
    let (month, day) = rest;
    format!("{year:04}-{month}-{day}").parse::<Day>().ok().map(|_| ())
}

fn date_time(text: &str) -> bool {
    let Some((day, time)) = text.split_once('T') else { return false };
    let (clock, part) = time.split_once('.').map_or((time, None), |(it, part)| (it, Some(part)));
    let mut parts = clock.split(':');
    let mut next = |most: u8| {
        let part = parts.next().filter(|part| part.len() == 2 && counted(part))?;
        part.parse::<u8>().ok().filter(|number| *number <= most)
    };
    let (Some(hour), Some(minute), Some(second)) = (next(24), next(59), next(59)) else {
        return false;
    };
    let exact = part.is_none_or(counted);
    let zero = part.is_none_or(|part| part.bytes().all(|digit| digit == b'0'));
    let midnight = hour < 24 || (minute == 0 && second == 0 && zero);
    date(day).is_some() && parts.next().is_none() && exact && midnight
}

/// An address may be nearly any text; but what stands before a colon is a scheme.
fn address(text: &str) -> bool {
    let first = text.split(['/', '?', '#']).next().unwrap_or_default();
    let Some((scheme, _)) = first.split_once(':') else { return true };
    let fits = |c: char| c.is_ascii_alphanumeric() || "+-.".contains(c);
    scheme.starts_with(|c: char| c.is_ascii_alphabetic()) && scheme.chars().all(fits)
}

fn language(text: &str) -> bool {
    let mut parts = text.split('-');
    let sized = |part: &str| (1..=8).contains(&part.len());
    let first = parts
        .next()
        .is_some_and(|part| sized(part) && part.bytes().all(|byte| byte.is_ascii_alphabetic()));
    first && parts.all(|part| sized(part) && part.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

/// The day that a value begins with, when it can be compared.
pub(super) fn day_of(text: &str) -> Option<Day> {
    text.trim().get(..10)?.parse().ok()
}

/// Decimal digits behind the point that are compared.
const SCALE: usize = 12;
/// A hundred, in those.
pub(super) const HUNDRED: i128 = 100 * 10_i128.pow(12);

/// A decimal, exactly, in parts of ten to the minus [`SCALE`]; none when it is no number or finer.
pub(super) fn decimal(text: &str) -> Option<i128> {
    let text = text.trim();
    let digits = unsigned(text);
    let (whole, behind) = digits.split_once('.').unwrap_or((digits, ""));
    let behind = behind.trim_end_matches('0');
    if !plain(digits) || whole.len() > 18 || behind.len() > SCALE {
        return None;
    }
    let parts = whole.bytes().chain(behind.bytes().chain(std::iter::repeat(b'0')).take(SCALE));
    let parts = parts.fold(0_i128, |sum, digit| sum * 10 + i128::from(digit - b'0'));
    Some(if text.starts_with('-') { -parts } else { parts })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(kind: Kind, good: &[&str], bad: &[&str]) {
        for text in good {
            assert!(kind.holds(text), "{kind:?} {text:?}");
        }
        for text in bad {
            assert!(!kind.holds(text), "{kind:?} {text:?}");
        }
    }

    #[test]
    fn values_are_of_their_kind() {
        check(Kind::Boolean, &["1", "0", "true", " false "], &["", "2", "TRUE", "yes"]);
        let days = ["2024-02-29", "2024-01-01Z", "2024-01-01+14:00", "-0004-02-29", "12024-01-01"];
        let odd = [
            "",
            "2023-02-29",
            "2024-1-1",
            "2024-01-01+15:00",
            "2024-01-01T00:00:00",
            "02024-01-01",
            "0000-01-01",
            "text",
            "2024-01-01+1:00",
        ];
        check(Kind::Date, &days, &odd);
        let moments =
            ["2024-01-01T24:00:00", "2024-01-01T06:00:00.5-04:30", "2021-01-04T10:38:27Z"];
        let odd = ["2024-01-01", "2024-01-01T25:00:00", "2024-01-01T24:00:01", "2024-01-01T06:00"];
        check(Kind::DateTime, &moments, &odd);
        check(Kind::Decimal, &["1", "-1.5", "+.5", "5."], &["", ".", "1e3", "1,5", "NaN", "--1"]);
        check(Kind::Int, &["-5", "+2147483647"], &["2147483648", "1.0", "", "+"]);
        check(Kind::Positive, &["1", "+2012"], &["0", "-1", "", "1.5", "2012-01-01"]);
        check(Kind::Count, &["0", "-0", "3"], &["-1", "", "-"]);
        let addresses =
            ["https://example.org/a?b", "", "x", "http:www.example.org", "/a:b", "#1:2"];
        check(Kind::Uri, &addresses, &["2014-01-01T00:00:00", ":x", "a b:c"]);
        check(Kind::Token, &["activity-status", "a:b.c"], &["", "a b", "a/b"]);
        check(Kind::Language, &["fr", "", "sr-Latn"], &["f r", "123", "abcdefghi", "fr-"]);
    }

    #[test]
    fn shares_are_summed_exactly() {
        let thirds = ["33.33", "33.33", "33.34"];
        assert_eq!(thirds.iter().filter_map(|it| decimal(it)).sum::<i128>(), HUNDRED);
        assert_eq!(decimal("-0.000000000001"), Some(-1));
        assert_eq!(decimal("0.0000000000001"), None);
        assert_eq!(decimal("1e2"), None);
    }
}
