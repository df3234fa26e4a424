//! The code: eight symbols that let a person follow what they said, shown as two groups of four.
//! Seven are chance; the last is a check over the field of 32 elements that catches every single
//! wrong symbol and every swap of two. A code reads; it never acts by itself.

use std::fmt;
use std::str::FromStr;

/// Symbols in a code.
pub const CODE_SYMBOLS: usize = 8;

const DATA_SYMBOLS: usize = CODE_SYMBOLS - 1;
/// Crockford's base 32: no I, L, O or U, so that it survives handwriting and reading aloud.
pub(crate) const SYMBOLS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// x⁵ + x² + 1, the field's polynomial.
const FIELD: u8 = 0b10_0101;

/// A code.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Code([u8; CODE_SYMBOLS]);

/// Why something typed is no code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotACode {
    /// It has another number of symbols, or symbols no code has.
    Shape,
    /// It looks like a code, but one symbol or more is wrong.
    Check,
}

impl Code {
    /// The code of five bytes of chance (35 bits are used).
    #[must_use]
    pub fn from_chance(chance: [u8; 5]) -> Code {
        let mut bits = chance.iter().fold(0u64, |bits, byte| (bits << 8) | u64::from(*byte));
        let mut digits = [0; CODE_SYMBOLS];
        for digit in digits.iter_mut().take(DATA_SYMBOLS) {
            *digit = u8::try_from(bits & 31).unwrap_or(0);
            bits >>= 5;
        }
        let check = check_of(digits.split_at(DATA_SYMBOLS).0);
        if let Some(last) = digits.last_mut() {
            *last = check;
        }
        Code(digits)
    }

    /// The symbols without the hyphen, for hashing and links.
    #[must_use]
    pub fn plain(&self) -> String {
        let symbol =
            |digit: &u8| char::from(SYMBOLS.get(usize::from(*digit)).copied().unwrap_or(b'0'));
        self.0.iter().map(symbol).collect()
    }
}

/// The digits of exactly so many symbols as people type them: any case, with or without hyphens or
/// spaces, O for 0, I and L for 1.
pub(crate) fn digits_of<const N: usize>(typed: &str) -> Option<[u8; N]> {
    let mut digits = [0; N];
    let mut symbols = typed.chars().filter(|c| {
        !matches!(c, '-' | ' ' | '\u{2010}'..='\u{2015}' | '.' | '\u{200e}' | '\u{200f}')
    });
    for digit in &mut digits {
        let symbol = match symbols.next()?.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        };
        let place = SYMBOLS.iter().position(|s| char::from(*s) == symbol);
        *digit = place.and_then(|p| u8::try_from(p).ok())?;
    }
    symbols.next().is_none().then_some(digits)
}

/// The check symbol: each data symbol times its own power of x, summed, in GF(32). Powers differ,
/// so a wrong symbol changes the sum by a non-zero product and so does every swap of two symbols.
pub(crate) fn check_of(data: &[u8]) -> u8 {
    let mut power = 1;
    let mut sum = 0;
    for digit in data {
        power = times(power, 2);
        sum ^= times(power, *digit);
    }
    sum
}

fn times(mut a: u8, mut b: u8) -> u8 {
    let mut product = 0;
    while b > 0 {
        if b & 1 == 1 {
            product ^= a;
        }
        a <<= 1;
        if a & 32 != 0 {
            a ^= FIELD;
        }
        b >>= 1;
    }
    product
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plain = self.plain();
        let (left, right) = plain.split_at(CODE_SYMBOLS / 2);
        write!(f, "{left}-{right}")
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Code({self})")
    }
}

impl FromStr for Code {
    type Err = NotACode;

    /// Reads a code as people type it: any case, with or without hyphen or spaces, O for 0, I and
    /// L for 1.
    fn from_str(typed: &str) -> Result<Code, NotACode> {
        let digits: [u8; CODE_SYMBOLS] = digits_of(typed).ok_or(NotACode::Shape)?;
        if digits.last() != Some(&check_of(digits.split_at(DATA_SYMBOLS).0)) {
            return Err(NotACode::Check);
        }
        Ok(Code(digits))
    }
}
