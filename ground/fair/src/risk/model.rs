//! What an index is made of: which indicators, on which scale, with which weights. A city sets its
//! own and publishes them.
//!
//! Never has a weight or a scale that nobody set.

use std::collections::HashSet;
use std::fmt;

use super::roots::log2;

/// Indicators of one model.
pub const INDICATORS_MAX: usize = 1_000;
/// Any weight.
pub const WEIGHT_MAX: u32 = 100;

/// A number from 0 to 10, in thousand-millionths.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Score(u64);

impl Score {
    /// Nothing to fear.
    pub const LOWEST: Self = Self(0);
    /// The worst.
    pub const HIGHEST: Self = Self(10_000_000_000);
    /// What a dimension is at least: 0.1.
    pub const DIMENSION_LEAST: Self = Self(100_000_000);

    /// From thousand-millionths; none above 10.
    #[must_use]
    pub fn from_nanos(nanos: u64) -> Option<Self> {
        (nanos <= Self::HIGHEST.0).then_some(Self(nanos))
    }

    /// In thousand-millionths.
    #[must_use]
    pub const fn nanos(self) -> u64 {
        self.0
    }

    /// In thousandths, rounded to the nearest: for a weight in a published table, and for words.
    /// Areas are ranked by the score itself.
    #[must_use]
    pub fn milli(self) -> u32 {
        u32::try_from((self.0 + 500_000) / 1_000_000).unwrap_or(10_000)
    }
}

impl fmt::Display for Score {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{:03}", self.milli() / 1_000, self.milli() % 1_000)
    }
}

/// What was measured, in millionths of the indicator's unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Reading(pub i64);

impl Reading {
    /// Reads a decimal number such as `85.3000030517578`, cut after the sixth digit behind the
    /// point. None where it is no number (an empty field, `x`, `nan`), which means missing and
    /// not nought.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (minus, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (whole, behind) = digits.split_once('.').unwrap_or((digits, ""));
        let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if (whole.is_empty() && behind.is_empty()) || !all_digits(whole) || !all_digits(behind) {
            return None;
        }
        let micros = behind.bytes().chain(std::iter::repeat(b'0')).take(6);
        let micros = micros.fold(0, |sum, digit| sum * 10 + i64::from(digit - b'0'));
        let whole: i64 = if whole.is_empty() { 0 } else { whole.parse().ok()? };
        let size = whole.checked_mul(1_000_000)?.checked_add(micros)?;
        Some(Self(if minus { -size } else { size }))
    }
}

/// From which reading to which a score goes from 0 to 10. Readings beyond are at the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scale {
    /// Evenly. With `from` above `to`, more of it means less risk.
    Even {
        /// The reading with score 0.
        from: Reading,
        /// The reading with score 10.
        to: Reading,
    },
    /// By the logarithm, for what is many times larger in some places than in others. Both ends are
    /// positive; readings of nought and below are at the lower end.
    Log {
        /// The reading with score 0.
        from: Reading,
        /// The reading with score 10.
        to: Reading,
    },
}

impl Scale {
    /// The score of a reading, rounded down.
    #[must_use]
    pub fn score(self, reading: Reading) -> Score {
        let line = |at: Reading| match self {
            Self::Even { .. } => i128::from(at.0),
            Self::Log { .. } => i128::from(log2(u64::try_from(at.0.max(1)).unwrap_or(1))),
        };
        let (Self::Even { from, to } | Self::Log { from, to }) = self;
        let (from, to, at) = (line(from), line(to), line(reading));
        let (way, whole) = if from <= to { (at - from, to - from) } else { (from - at, from - to) };
        if whole == 0 {
            return Score::LOWEST;
        }
        let nanos = way.clamp(0, whole) * i128::from(Score::HIGHEST.0) / whole;
        u64::try_from(nanos).ok().and_then(Score::from_nanos).unwrap_or(Score::HIGHEST)
    }
}

/// Something measured in every area.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Indicator {
    /// Its name.
    pub id: String,
    /// How much it counts in its component, from 1.
    pub weight: u32,
    /// How a reading becomes a score.
    pub scale: Scale,
}

/// Indicators of one thing; their arithmetic mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Component {
    /// Its name.
    pub id: String,
    /// How much it counts in its category, from 1.
    pub weight: u32,
    /// Its indicators.
    pub indicators: Vec<Indicator>,
}

/// Components that belong together; their arithmetic mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Category {
    /// Its name.
    pub id: String,
    /// How much it counts in its dimension, from 1.
    pub weight: u32,
    /// Its components.
    pub components: Vec<Component>,
}

/// One side of risk, such as hazard, vulnerability or lack of coping capacity: the geometric mean
/// of its categories, taken from the far end, so that one bad category makes it bad.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dimension {
    /// Its name.
    pub id: String,
    /// How much it counts in the risk, from 1.
    pub weight: u32,
    /// Its categories.
    pub categories: Vec<Category>,
}

/// An index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Model {
    /// Its dimensions; the risk is their geometric mean.
    pub dimensions: Vec<Dimension>,
}

/// A model or a list of readings that makes no index, and what to do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RiskError {
    /// A part with nothing in it.
    #[error("{id} has no parts; give it one or leave it out")]
    Empty {
        /// Its name.
        id: String,
    },
    /// A weight that is none.
    #[error("{id}: the weight {weight} is none; give 1 to {WEIGHT_MAX}, or leave it out")]
    Weight {
        /// Whose.
        id: String,
        /// The weight.
        weight: u32,
    },
    /// A scale that leads nowhere.
    #[error("{id}: the scale has two equal ends, or a logarithm of what is not positive")]
    Scale {
        /// Whose.
        id: String,
    },
    /// Two indicators of one name.
    #[error("two indicators are called {id}; give each its own name")]
    Twice {
        /// The name.
        id: String,
    },
    /// Too many indicators.
    #[error("{count} indicators are more than {INDICATORS_MAX}; leave out what says the same")]
    TooMany {
        /// How many there are.
        count: usize,
    },
    /// Not one reading, or none said to be missing, for each indicator.
    #[error("{given} readings for {expected} indicators; give one, or say missing, for each")]
    Readings {
        /// How many were given.
        given: usize,
        /// How many indicators there are.
        expected: usize,
    },
}

impl Model {
    /// All indicators in the order in which readings are given.
    pub fn indicators(&self) -> impl Iterator<Item = &Indicator> {
        let categories = self.dimensions.iter().flat_map(|dimension| &dimension.categories);
        let components = categories.flat_map(|category| &category.components);
        components.flat_map(|component| &component.indicators)
    }

    /// Whether it makes an index.
    ///
    /// # Errors
    /// The first part that does not.
    pub fn verify(&self) -> Result<(), RiskError> {
        let count = self.indicators().count();
        if count > INDICATORS_MAX {
            return Err(RiskError::TooMany { count });
        }
        parts("the index", self.dimensions.len(), 1)?;
        for dimension in &self.dimensions {
            parts(&dimension.id, dimension.categories.len(), dimension.weight)?;
            for category in &dimension.categories {
                parts(&category.id, category.components.len(), category.weight)?;
                for component in &category.components {
                    parts(&component.id, component.indicators.len(), component.weight)?;
                }
            }
        }
        let mut seen = HashSet::new();
        for Indicator { id, weight, scale } in self.indicators() {
            parts(id, 1, *weight)?;
            let leads = match scale {
                Scale::Even { from, to } => from != to,
                Scale::Log { from, to } => from != to && from.0 > 0 && to.0 > 0,
            };
            if !leads {
                return Err(RiskError::Scale { id: id.clone() });
            }
            if !seen.insert(id) {
                return Err(RiskError::Twice { id: id.clone() });
            }
        }
        Ok(())
    }
}

fn parts(id: &str, count: usize, weight: u32) -> Result<(), RiskError> {
    if count == 0 {
        return Err(RiskError::Empty { id: id.to_owned() });
    }
    if weight == 0 || weight > WEIGHT_MAX {
        return Err(RiskError::Weight { id: id.to_owned(), weight });
    }
    Ok(())
}
