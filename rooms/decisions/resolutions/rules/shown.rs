//! What the street may see of a vote. The open count of hands is shown; its split by sex only when
//! no cell of it, nor a difference of what is shown, is of one to four people. Pure.

use crate::decisions::resolutions::records::{Present, Tally};

/// Fewer people than this are never shown as a number.
pub const CELL_MIN: i64 = 5;

/// What may be said of women and men in a vote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Split {
    /// All figures.
    Shown,
    /// No figure, and that fewer than five women were there.
    FewWomen,
    /// No figure.
    Hidden,
}

/// What may be said of the split by sex. Everything that a page could subtract is looked at: each
/// choice, who was there, and who was there and did not vote.
#[must_use]
pub fn split_shown(hall: &[Tally], present: Option<Present>, secret: bool, quorate: bool) -> Split {
    let Some(present) = present else { return Split::Hidden };
    if present.women < CELL_MIN {
        // Fewer than five women of ten who may decide could only be four.
        return if quorate { Split::Hidden } else { Split::FewWomen };
    }
    let sum = |of: fn(&Tally) -> i64| -> i64 { hall.iter().map(of).sum() };
    let silent = |there: i64, of: fn(&Tally) -> i64| if secret { 0 } else { there - sum(of) };
    let rest = [
        silent(present.women, |t| t.women),
        silent(present.men, |t| t.men),
        silent(present.other, |t| t.other),
    ];
    let cells = hall.iter().flat_map(|tally| [tally.women, tally.men, tally.other]);
    let all = cells.chain(rest).chain([present.women, present.men, present.other]);
    let mut small = all.filter(|n| *n != 0 && *n < CELL_MIN);
    if small.next().is_some() { Split::Hidden } else { Split::Shown }
}

/// Whether the street may tell votes by SMS apart from hands: not where somebody could see how one
/// of fewer than five people chose. Then the split by sex is not told either: what is missing in
/// it would be the votes by SMS.
#[must_use]
pub fn afar_shown(afar: &[Tally]) -> bool {
    afar.iter().map(Tally::sum).all(|n| n == 0 || n >= CELL_MIN)
}
