//! What is typed about money and days, made exact: an amount in the minor unit of its currency, a
//! day as a number. It never rounds, and knows no rate and no clock.

use record::Refusal;

/// Currencies that money may be in: those in use (ISO 4217, as published on 2024-06-25; checked
/// 2026-11-28), without metals, funds and units of account.
pub const CURRENCIES: [&str; 155] = [
    "AED", "AFN", "ALL", "AMD", "ANG", "AOA", "ARS", "AUD", "AWG", "AZN", "BAM", "BBD", "BDT",
    "BGN", "BHD", "BIF", "BMD", "BND", "BOB", "BRL", "BSD", "BTN", "BWP", "BYN", "BZD", "CAD",
    "CDF", "CHF", "CLP", "CNY", "COP", "CRC", "CUP", "CVE", "CZK", "DJF", "DKK", "DOP", "DZD",
    "EGP", "ERN", "ETB", "EUR", "FJD", "FKP", "GBP", "GEL", "GHS", "GIP", "GMD", "GNF", "GTQ",
    "GYD", "HKD", "HNL", "HTG", "HUF", "IDR", "ILS", "INR", "IQD", "IRR", "ISK", "JMD", "JOD",
    "JPY", "KES", "KGS", "KHR", "KMF", "KPW", "KRW", "KWD", "KYD", "KZT", "LAK", "LBP", "LKR",
    "LRD", "LSL", "LYD", "MAD", "MDL", "MGA", "MKD", "MMK", "MNT", "MOP", "MRU", "MUR", "MVR",
    "MWK", "MXN", "MYR", "MZN", "NAD", "NGN", "NIO", "NOK", "NPR", "NZD", "OMR", "PAB", "PEN",
    "PGK", "PHP", "PKR", "PLN", "PYG", "QAR", "RON", "RSD", "RUB", "RWF", "SAR", "SBD", "SCR",
    "SDG", "SEK", "SGD", "SHP", "SLE", "SOS", "SRD", "SSP", "STN", "SVC", "SYP", "SZL", "THB",
    "TJS", "TMT", "TND", "TOP", "TRY", "TTD", "TWD", "TZS", "UAH", "UGX", "USD", "UYU", "UZS",
    "VES", "VND", "VUV", "WST", "XAF", "XCD", "XOF", "XPF", "YER", "ZAR", "ZMW", "ZWL",
];
/// Most digits of an amount in whole units.
const AMOUNT_CHARS_MAX: usize = 12;
/// Currencies whose minor unit is the whole one (ISO 4217).
const WHOLE: [&str; 17] = [
    "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND",
    "VUV", "XAF", "XOF", "XPF",
];
/// Currencies whose minor unit is a thousandth (ISO 4217).
const THOUSANDTHS: [&str; 7] = ["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"];

/// An amount typed in whole units, with blanks, points or commas between its thousands, in minor
/// units.
///
/// # Errors
/// Anything that is not a whole number of at most twelve digits.
pub fn minor_of(typed: &str, currency: &str) -> Result<i64, Refusal> {
    let refused = || Refusal::new("people-mandate-amount");
    let typed = typed.trim();
    let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
    let plain = typed.chars().all(|c| c.is_ascii_digit());
    if !plain && !grouped(typed) || digits.is_empty() || digits.len() > AMOUNT_CHARS_MAX {
        return Err(refused());
    }
    let whole: i64 = digits.parse().map_err(|_| refused())?;
    whole.checked_mul(10_i64.pow(places_of(currency))).ok_or_else(refused)
}

/// Whole units and the digits after the point (empty when the currency has none).
#[must_use]
pub fn minor_parts(amount_minor: i64, currency: &str) -> (i64, String) {
    let places = places_of(currency);
    let step = 10_i64.pow(places);
    let rest = (amount_minor % step).unsigned_abs();
    let width = usize::try_from(places).unwrap_or(0);
    let part = if places == 0 { String::new() } else { format!("{rest:0width$}") };
    (amount_minor / step, part)
}

/// A day as a browser sends it (`2027-03-31`), in days since 1970.
///
/// # Errors
/// Anything else, and days that no calendar has.
pub fn day_typed(typed: &str) -> Result<i64, Refusal> {
    page::calendar::day_typed(typed).ok_or_else(|| Refusal::new("people-mandate-day"))
}

/// Thousands in groups of three behind the first: `1 250 000`, `1,250,000`, `1.250.000`.
fn grouped(typed: &str) -> bool {
    let sign = |c: char| " ,.\u{a0}\u{202f}'".contains(c);
    let mut groups = typed.split(sign);
    let digits = |group: &str| group.bytes().all(|b| b.is_ascii_digit());
    let first = groups.next().is_some_and(|g| (1..=3).contains(&g.len()) && digits(g));
    first && groups.all(|g| g.len() == 3 && digits(g))
}

fn places_of(currency: &str) -> u32 {
    if WHOLE.contains(&currency) {
        0
    } else if THOUSANDTHS.contains(&currency) {
        3
    } else {
        2
    }
}
