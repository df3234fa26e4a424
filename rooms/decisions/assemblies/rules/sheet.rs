//! The paper sheet as it is typed: every row has a sum that people make by hand, and both counters
//! write their own row, so that an error of the pen or of the keyboard shows, and says where. Pure.

use record::Refusal;

use super::counting::{Counts, PEOPLE_MAX};

/// One row of three numbers and their sum, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sums {
    /// The numbers, in the order of the sheet.
    pub parts: [i64; 3],
    /// The sum as somebody wrote it.
    pub sum: i64,
}

/// A number as somebody typed it; an empty field is nought.
///
/// # Errors
/// It is no number, or beyond what a meeting can hold.
pub fn number(typed: &str) -> Result<i64, Refusal> {
    let wrong = || Refusal::new("assembly-count-wrong").naming("most", PEOPLE_MAX);
    let folded = words::plain(typed);
    if folded.is_empty() {
        return if typed.trim().is_empty() { Ok(0) } else { Err(wrong()) };
    }
    let all_digits = folded.len() <= 9 && folded.chars().all(|c| c.is_ascii_digit());
    let n = folded.parse::<i64>().ok().filter(|_| all_digits && !typed.contains('-'));
    n.filter(|n| *n <= PEOPLE_MAX).ok_or_else(wrong)
}

/// Whether a row adds up.
///
/// # Errors
/// It does not; the refusal names the row, what the numbers make and what the sheet says.
pub fn adds_up(row: &Sums, name: &str) -> Result<(), Refusal> {
    let found: i64 = row.parts.iter().fold(0, |sum, n| sum.saturating_add(*n));
    if found == row.sum {
        return Ok(());
    }
    Err(Refusal::new("assembly-sheet-sums")
        .naming("row", name)
        .naming("found", found)
        .naming("said", row.sum))
}

/// What the rows of both counters and, where they were counted, of ages say of one moment.
///
/// # Errors
/// A row does not add up; the two counters differ; the ages make another sum than the people. The
/// refusal names the row, by `names`: first counter, second counter, ages.
pub fn read(
    first: &Sums,
    second: &Sums,
    ages: Option<&Sums>,
    names: [&str; 3],
) -> Result<Counts, Refusal> {
    let [first_name, second_name, ages_name] = names;
    adds_up(first, first_name)?;
    adds_up(second, second_name)?;
    if first.parts != second.parts {
        return Err(Refusal::new("assembly-sheet-differs").naming("row", second_name));
    }
    if let Some(ages) = ages {
        adds_up(ages, ages_name)?;
        if ages.sum != first.sum {
            return Err(Refusal::new("assembly-sheet-sums")
                .naming("row", ages_name)
                .naming("found", ages.sum)
                .naming("said", first.sum));
        }
    }
    let [women, men, other] = first.parts;
    Ok(Counts { women, men, other, ages: ages.map(|ages| ages.parts) })
}
