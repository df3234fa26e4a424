//! Numbers to call, addresses and codes in a text. A day, a year, a sum of money and a count are
//! none of these. It judges no words.

use crate::voices::{CODE_SYMBOLS, Code};

/// A number to call has at least so many digits.
const PHONE_DIGITS_MIN: usize = 7;
/// A sum without a word of money beside it is taken for a number to call from so many digits on.
const BARE_SUM_DIGITS_MAX: usize = 7;
/// Papers are numbered with at least so many letters and digits.
const PAPER_SYMBOLS_MIN: usize = 9;
/// Of these, digits.
const PAPER_DIGITS_MIN: usize = 4;
/// Words of money and measure, folded; a number beside one is a sum.
const MEASURES: [&str; 40] = [
    "gourdes",
    "goud",
    "htg",
    "usd",
    "dola",
    "dollars",
    "dolares",
    "dollar",
    "pesos",
    "euros",
    "eur",
    "kes",
    "ksh",
    "shillings",
    "shilingi",
    "tzs",
    "francs",
    "xof",
    "xaf",
    "fcfa",
    "lires",
    "liras",
    "dinars",
    "دينار",
    "ليره",
    "دولار",
    "جنيه",
    "شلن",
    "غورد",
    "rupees",
    "birr",
    "litres",
    "liters",
    "litros",
    "lit",
    "lita",
    "people",
    "personnes",
    "personas",
    "moun",
];

/// An address or a handle, if there is one.
pub(super) fn contact(text: &str) -> Option<String> {
    let pieces =
        text.split(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '(' | ')' | ','));
    let mut found = pieces.filter(|piece| {
        let after = piece.split_once('@').map(|(_, after)| after);
        after.is_some_and(|after| after.starts_with(char::is_alphanumeric))
    });
    found.next().map(|piece| piece.trim_matches(['.', ';', ':', '!', '?']).to_owned())
}

/// A code of a voice or the number of somebody's papers, if there is one.
pub(super) fn code(text: &str) -> Option<String> {
    let pieces = text.split(|c: char| !(c.is_alphanumeric() || c == '-'));
    let mut pieces = pieces.map(|piece| piece.trim_matches('-')).filter(|piece| !piece.is_empty());
    pieces.find(|piece| is_code(piece) || is_paper(piece)).map(str::to_owned)
}

fn is_code(piece: &str) -> bool {
    let symbols: Vec<char> = piece.chars().filter(|c| *c != '-').collect();
    let hyphens = piece.chars().filter(|c| *c == '-').count();
    let parted = piece.split_once('-').is_some_and(|(left, _)| left.len() * 2 == CODE_SYMBOLS);
    if symbols.len() != CODE_SYMBOLS || hyphens > 1 || (hyphens == 1 && !parted) {
        return false;
    }
    let digits = symbols.iter().filter(|c| c.is_ascii_digit()).count();
    let letters = symbols.iter().filter(|c| c.is_ascii_alphabetic()).count();
    let large = symbols.iter().all(|c| c.is_ascii_digit() || c.is_ascii_uppercase());
    let known = symbols.iter().all(|c| !"ILOU".contains(*c));
    let looks = large && known && digits > 0 && letters > 0;
    let reads = piece.parse::<Code>().is_ok() && (digits > 0 && letters > 0 || parted && large);
    digits + letters == CODE_SYMBOLS && (looks || reads)
}

fn is_paper(piece: &str) -> bool {
    let symbols = piece.chars().filter(|c| *c != '-').count();
    let digits = piece.chars().filter(|c| c.is_numeric()).count();
    let letters = piece.chars().any(char::is_alphabetic);
    symbols >= PAPER_SYMBOLS_MIN && digits >= PAPER_DIGITS_MIN && letters
}

/// A number to call, if there is one.
pub(super) fn number(text: &str) -> Option<String> {
    let letters: Vec<char> = text.chars().collect();
    let mut at = 0;
    while at < letters.len() {
        let run: String = letters.iter().skip(at).take_while(|c| in_number(**c)).collect();
        let long = run.chars().count();
        if long == 0 {
            at += 1;
            continue;
        }
        let ahead: String = letters.iter().take(at).collect();
        let behind: String = letters.iter().skip(at + long).collect();
        if let Some(found) = to_call(&run, &ahead, &behind) {
            return Some(found);
        }
        at += long;
    }
    None
}

fn in_number(c: char) -> bool {
    c.is_numeric()
        || matches!(c, ' ' | '\u{A0}' | '\u{202F}' | '-' | '–' | '.' | ',' | '(' | ')' | '+' | '/')
}

fn to_call(run: &str, ahead: &str, behind: &str) -> Option<String> {
    let groups: Vec<&str> =
        run.split(|c: char| !c.is_numeric()).filter(|group| !group.is_empty()).collect();
    let digits: usize = groups.iter().map(|group| group.chars().count()).sum();
    let money =
        [words::plain(ahead).split(' ').next_back(), words::plain(behind).split(' ').next()]
            .into_iter()
            .flatten()
            .any(|word| MEASURES.contains(&word));
    let plus = run.contains('+');
    if digits < PHONE_DIGITS_MIN || (!plus && (is_days(&groups) || is_sum(&groups, digits, money)))
    {
        return None;
    }
    Some(run.trim_matches(|c: char| !c.is_numeric() && c != '+').to_owned())
}

/// Years and days: every group is a year, a month or a day, and one of them is a year.
fn is_days(groups: &[&str]) -> bool {
    let group = |group: &&str| words::plain(group).parse::<i64>().unwrap_or(-1);
    let is_year = |group: &&str| group.chars().count() == 4;
    let year = |n: i64| (1900..=2100).contains(&n);
    let all = groups
        .iter()
        .all(|g| if is_year(g) { year(group(g)) } else { (1..=31).contains(&group(g)) });
    let years = groups.iter().filter(|g| is_year(g)).count();
    all && years > 0 && groups.len() <= 3 * years
}

/// A sum: one number in groups of three, or one number beside a word of money.
fn is_sum(groups: &[&str], digits: usize, money: bool) -> bool {
    let first = groups.first().map_or(0, |group| group.chars().count());
    let rest = groups.iter().skip(1).all(|group| group.chars().count() == 3);
    let grouped = groups.len() > 1 && (1..=3).contains(&first) && rest;
    (grouped && (money || digits <= BARE_SUM_DIGITS_MAX)) || (groups.len() == 1 && money)
}
