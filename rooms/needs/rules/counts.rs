//! What the street is told of the voices of a need: every number rounded down to fives. It never
//! says a number below five, and adds nothing to what the figures of areas say.
//!
//! Why that is enough. A need's voices are a part of its area's voices (or fewer: some may come
//! from elsewhere, which says even less), and no voice is in two needs. An area's own figure is
//! the true number rounded down, too (`thread`'s counts). So whatever the needs of an area are,
//! the fives of its needs add up to no more than the fives of the area. Choose one need and one of
//! the five values its number may have: give the need so many more, up to four, give the same to
//! the wholes it is part of (asked, for YES and NO; the need's voices; the area's asked and
//! heard), and let every other number be its figure. That city adds up and publishes the same
//! figures, so none of the five values can be ruled out. The area's figures leave room for it,
//! because theirs are rounded alike and the chosen one takes the excess. A test builds that city
//! for every figure.
//!
//! The figures are frozen for a day. They are first frozen when a need is published, and from then
//! on once a day, so that nobody can watch one voice come in.

use super::fit::FEW;
use crate::needs::queries::PublicNeed;
use crate::voices::queries::NeedCounts;

/// A number rounded down to fives; nought for less.
#[must_use]
pub fn floored(n: i64) -> i64 {
    n.max(0) / FEW * FEW
}

/// What may be shown of a need's counts.
#[must_use]
pub fn public_need(counts: &NeedCounts) -> PublicNeed {
    PublicNeed {
        voices: floored(counts.voices),
        asked: floored(counts.asked),
        yes: floored(counts.yes),
        no: floored(counts.no),
    }
}
