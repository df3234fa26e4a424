//! What an offer by SMS says: which thing or work, and how much, by whole words of six languages.
//! Pure. It never guesses an amount: years of practice, a price and a house number are none.

use words::plain;

use crate::resources::lists::{self, Kind};

/// The most that is read from an SMS; more is a number of something else.
pub const READ_AMOUNT_MAX: i64 = 100_000;

/// Words for days, folded.
const DAYS: [&str; 12] = [
    "day", "days", "jour", "jours", "dia", "dias", "jou", "siku", "يوم", "ايام", "journee", "nuits",
];

/// What was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Read {
    /// What is offered.
    pub item: &'static str,
    /// How much, in its unit; 0 when it was not said.
    pub amount: i64,
}

/// Reads an offer; nothing when no word names something that we know.
#[must_use]
pub fn offer(message: &str) -> Option<Read> {
    let folded = plain(message);
    let words: Vec<&str> = folded.split(' ').collect();
    let (item, at, after) = lists::named(&words)?;
    let number = |at: usize| words.get(at).and_then(|word| amount(word));
    let amount = if item.kind == Kind::Goods {
        // "200 tarps", "rice 40 kg", "50 kg rice"
        at.checked_sub(1)
            .and_then(number)
            .or_else(|| at.checked_sub(2).filter(|_| is_unit(&words, at)).and_then(number))
            .or_else(|| number(after).filter(|_| is_unit(&words, after + 2)))
    } else {
        // "3 days", and in Swahili "siku 3"
        let days = words.iter().position(|word| DAYS.contains(word));
        let before = days.and_then(|at| at.checked_sub(1)).and_then(number);
        before.or_else(|| days.and_then(|at| number(at + 1)))
    };
    Some(Read { item: item.code, amount: amount.unwrap_or(0) })
}

/// Whether the word before this place is a unit of goods.
fn is_unit(words: &[&str], at: usize) -> bool {
    const UNITS: [&str; 8] = ["kg", "kilo", "kilos", "litre", "litres", "litros", "lita", "l"];
    at.checked_sub(1).and_then(|at| words.get(at)).is_some_and(|word| UNITS.contains(word))
}

fn amount(word: &str) -> Option<i64> {
    let digits = word.bytes().all(|b| b.is_ascii_digit());
    word.parse().ok().filter(|n| digits && (1..=READ_AMOUNT_MAX).contains(n))
}
