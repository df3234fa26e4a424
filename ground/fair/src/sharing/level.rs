//! Exact fractions, and the levels to which areas are lifted.
//!
//! Never rounds: where two products do not fit a machine word they are compared as big integers.

use std::cmp::Ordering;
use std::fmt;

use num_bigint::BigInt;
use num_integer::Integer;

/// A fraction that is never negative. It may stand unreduced; two are equal when their values are.
#[derive(Clone, Copy, Debug)]
pub struct Fraction {
    num: i128,
    den: i128,
}

impl Fraction {
    /// Nought.
    pub const ZERO: Self = Self { num: 0, den: 1 };
    /// One.
    pub const ONE: Self = Self { num: 1, den: 1 };

    /// `num / den`; none where the numerator is negative or the denominator is not positive.
    #[must_use]
    pub fn new(num: i128, den: i128) -> Option<Self> {
        (num >= 0 && den > 0).then_some(Self { num, den })
    }

    /// A fraction that is known to be one.
    pub(super) const fn constant(num: u32, den: u32) -> Self {
        assert!(den > 0, "a denominator that is written in the code");
        Self { num: num as i128, den: den as i128 }
    }

    /// A whole number.
    #[must_use]
    pub fn whole(amount: u64) -> Self {
        Self { num: i128::from(amount), den: 1 }
    }

    /// What stands above the line.
    #[must_use]
    pub fn num(self) -> i128 {
        self.num
    }

    /// What stands below the line; positive.
    #[must_use]
    pub fn den(self) -> i128 {
        self.den
    }

    /// The same value in lowest terms.
    #[must_use]
    pub fn reduced(self) -> Self {
        let by = self.num.gcd(&self.den);
        Self { num: self.num / by, den: self.den / by }
    }

    /// The largest whole number that is not above it.
    #[must_use]
    pub fn floor(self) -> i128 {
        self.num / self.den
    }

    /// Whether it is a whole number.
    #[must_use]
    pub fn is_whole(self) -> bool {
        self.num % self.den == 0
    }

    /// What is left of it above its floor; below one.
    #[must_use]
    pub fn remainder(self) -> Self {
        Self { num: self.num % self.den, den: self.den }
    }

    /// The sum; none where its parts do not fit 127 bits.
    #[must_use]
    pub fn plus(self, other: Self) -> Option<Self> {
        if self.den == other.den {
            return Some(Self { num: self.num.checked_add(other.num)?, den: self.den });
        }
        let by = self.den.gcd(&other.den);
        let (left, right) = (other.den / by, self.den / by);
        let num = self.num.checked_mul(left)?.checked_add(other.num.checked_mul(right)?)?;
        Some(Self { num, den: self.den.checked_mul(left)? })
    }

    /// The product; none where its parts do not fit 127 bits even in lowest terms.
    #[must_use]
    pub fn times(self, other: Self) -> Option<Self> {
        let (one, two) = (self.num.gcd(&other.den), other.num.gcd(&self.den));
        let num = (self.num / one).checked_mul(other.num / two)?;
        let den = (self.den / two).checked_mul(other.den / one)?;
        Some(Self { num, den })
    }

    /// In thousandths, rounded down; for words only, never for a share.
    #[must_use]
    pub fn per_mille(self) -> i128 {
        let whole = (self.num / self.den).saturating_mul(1_000);
        whole.saturating_add((self.num % self.den).saturating_mul(1_000) / self.den)
    }
}

impl Ord for Fraction {
    fn cmp(&self, other: &Self) -> Ordering {
        if self.den == other.den {
            return self.num.cmp(&other.num);
        }
        match (self.num.checked_mul(other.den), other.num.checked_mul(self.den)) {
            (Some(left), Some(right)) => left.cmp(&right),
            _ => {
                let left = BigInt::from(self.num) * BigInt::from(other.den);
                left.cmp(&(BigInt::from(other.num) * BigInt::from(self.den)))
            }
        }
    }
}

impl PartialOrd for Fraction {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Fraction {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Fraction {}

impl fmt::Display for Fraction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.den == 1 || self.num == 0 {
            return write!(f, "{}", self.num);
        }
        write!(f, "{}/{}", self.num, self.den)
    }
}

/// A level: which part of its reference need, times its risk factor, an area has. One is all of
/// it.
///
/// A pool that is not spent, and an area that can take no more, stand at [`Level::Unbounded`]:
/// no line stops them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// A line that can be named.
    At(Fraction),
    /// Above every line.
    Unbounded,
}

impl Level {
    /// The line, where there is one.
    #[must_use]
    pub fn line(self) -> Option<Fraction> {
        match self {
            Self::At(line) => Some(line),
            Self::Unbounded => None,
        }
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::At(line) => line.fmt(f),
            Self::Unbounded => f.write_str("unbounded"),
        }
    }
}
