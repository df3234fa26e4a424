//! What the street is told of the voices of a need: every number rounded down to fives. It never
//! says a number below five, and nothing that could be taken from the figures of areas.
//!
//! What is protected. A figure `f` says only that the true number lies in `f ..= f + 4`; all that
//! is published together, the figures of areas and of other needs included, rules none of these
//! five out.
//!
//! Why floors alone are not enough. Four needs of an area, five asked in each and four of them said
//! YES, and four more who said YES to something else: the area's floors, 20 asked and 20 YES, can
//! only be made of fours. So of YES and NO no more is told than can be hidden among voices that
//! belong to no need. Call those *loose*.
//!
//! How. Which voices belong to a need is not published. Choose one need, one number and one of its
//! five values; let its other numbers be their figures. From the true city that one is reached by
//! letting some of the need's voices change places with loose ones (and leave it, or come to it).
//! No voice changes its area or its answer, so no figure of an area or of the city changes, and no
//! other need does. Voices that leave a need become loose; of those that come, so many of each sort
//! are wanted at most ([`LOOSE_MIN`]): YES 4, NO 4, asked and silent 12, never asked 8. A test
//! counts it out for every figure. While fewer are loose in the city, only the number of voices is
//! told; that one alone is part of the areas' voices, whose fives are never fewer than the fives of
//! their needs, so that its excess fits into theirs.
//!
//! The figures are frozen for a day. They are first frozen when a need is published, and from then
//! on once a day, so that nobody can watch one voice come in.

use super::fit::FEW;
use crate::needs::queries::PublicNeed;
use crate::voices::queries::NeedCounts;

/// Voices that belong to no need, by what was said: YES, NO, asked and silent, never asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Loose {
    /// Said YES.
    pub yes: i64,
    /// Said NO.
    pub no: i64,
    /// Were asked and have not answered.
    pub silent: i64,
    /// Were never asked.
    pub unasked: i64,
}

/// The fewest loose voices of each sort among which a need's YES and NO can be hidden.
pub const LOOSE_MIN: Loose = Loose { yes: 4, no: 4, silent: 12, unasked: 8 };

impl Loose {
    /// Whether there are enough to hide any need's numbers.
    #[must_use]
    pub fn hides(&self) -> bool {
        self.yes >= LOOSE_MIN.yes
            && self.no >= LOOSE_MIN.no
            && self.silent >= LOOSE_MIN.silent
            && self.unasked >= LOOSE_MIN.unasked
    }
}

/// A number rounded down to fives; nought for less.
#[must_use]
pub fn floored(n: i64) -> i64 {
    n.max(0) / FEW * FEW
}

/// What may be shown of a need's counts beside so many loose voices.
#[must_use]
pub fn public_need(counts: &NeedCounts, loose: &Loose) -> PublicNeed {
    let voices = floored(counts.voices);
    if !loose.hides() {
        return PublicNeed { voices, ..PublicNeed::default() };
    }
    PublicNeed {
        voices,
        told: true,
        asked: floored(counts.asked),
        yes: floored(counts.yes),
        no: floored(counts.no),
    }
}
