//! Amounts as people write them: exact decimals, never below nothing, with a point or a comma.
//!
//! Never rounds and never guesses: what can be read in two ways is refused.

use std::fmt;
use std::str::FromStr;

/// Digits of an amount, those behind the point included: ten-to-the-fifteen parts still fit a
/// machine number twice over when they are multiplied by votes.
pub const AMOUNT_DIGITS_MAX: usize = 15;
/// Digits behind the point. Currencies have three at most; the rest is for points.
pub const AMOUNT_DECIMALS_MAX: u8 = 6;

/// The largest amount in its own parts.
pub(crate) const AMOUNT_PARTS_MAX: u64 = 10u64.pow(15) - 1;

/// An exact decimal: so many `parts` of a tenth, a hundredth … of one, without trailing zeros.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Decimal {
    parts: u64,
    decimals: u8,
}

/// Why a text is no amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotAnAmount {
    /// There is nothing.
    #[error("it is empty: write digits, such as 1200 or 1200.50")]
    Empty,
    /// A sign, a letter, a blank or a second point.
    #[error("it is no plain number: write digits and at most one point, such as 1200.50")]
    Letters,
    /// It is below nothing.
    #[error("it is below zero: write what it costs, as a number of 0 or more")]
    Negative,
    /// `1,200` is one and a fifth here and twelve hundred there.
    #[error("it can be read in two ways: write 1200 for thousands, or a point before decimals")]
    Ambiguous,
    /// More digits than amounts have.
    #[error("it has more than 15 digits, or more than 6 behind the point: write a shorter one")]
    TooLong,
}

impl Decimal {
    /// `parts` of ten to the minus `decimals`; nothing when that is more than an amount may be.
    #[must_use]
    pub fn new(parts: u64, decimals: u8) -> Option<Self> {
        if parts > AMOUNT_PARTS_MAX || decimals > AMOUNT_DECIMALS_MAX {
            return None;
        }
        let (mut parts, mut decimals) = (parts, decimals);
        while decimals > 0 && parts.is_multiple_of(10) {
            (parts, decimals) = (parts / 10, decimals - 1);
        }
        Some(Self { parts, decimals })
    }

    /// How many digits stand behind the point.
    #[must_use]
    pub fn decimals(self) -> u8 {
        self.decimals
    }

    /// The same amount counted in parts of ten to the minus `decimals`; nothing when it does not
    /// come out even there, or is too large.
    #[must_use]
    pub fn at(self, decimals: u8) -> Option<u64> {
        let finer = decimals.checked_sub(self.decimals)?;
        let parts = self.parts.checked_mul(10u64.checked_pow(u32::from(finer))?)?;
        (parts <= AMOUNT_PARTS_MAX).then_some(parts)
    }
}

impl From<u32> for Decimal {
    fn from(whole: u32) -> Self {
        Self { parts: u64::from(whole), decimals: 0 }
    }
}

impl FromStr for Decimal {
    type Err = NotAnAmount;

    fn from_str(text: &str) -> Result<Self, NotAnAmount> {
        let text = text.trim();
        if text.is_empty() {
            return Err(NotAnAmount::Empty);
        }
        if text.starts_with('-') {
            return Err(NotAnAmount::Negative);
        }
        let (whole, behind) = text.split_once(['.', ',']).unwrap_or((text, ""));
        let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if !digits(whole) || !digits(behind) || whole.len() + behind.len() == 0 {
            return Err(NotAnAmount::Letters);
        }
        // A comma before three digits separates thousands as often as decimals.
        let thousands = text.contains(',') && behind.len() == 3 && whole.len() <= 3;
        if thousands && whole.bytes().any(|byte| byte != b'0') {
            return Err(NotAnAmount::Ambiguous);
        }
        let (whole, behind) = (whole.trim_start_matches('0'), behind.trim_end_matches('0'));
        if whole.len() + behind.len() > AMOUNT_DIGITS_MAX {
            return Err(NotAnAmount::TooLong);
        }
        let decimals = u8::try_from(behind.len()).map_err(|_| NotAnAmount::TooLong)?;
        let parts = whole.bytes().chain(behind.bytes());
        let parts = parts.fold(0u64, |sum, digit| sum * 10 + u64::from(digit - b'0'));
        Self::new(parts, decimals).ok_or(NotAnAmount::TooLong)
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.decimals == 0 {
            return write!(f, "{}", self.parts);
        }
        let one = 10u64.pow(u32::from(self.decimals));
        let width = usize::from(self.decimals);
        write!(f, "{}.{:0width$}", self.parts / one, self.parts % one)
    }
}
