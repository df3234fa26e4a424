//! Money as files tell it: a whole number of minor units with its currency, written and read as a
//! decimal without loss.
//!
//! Never rounds, never converts, and no float comes near it.

use std::fmt;
use std::str::FromStr;

use crate::iati::lists::CURRENCIES;
use crate::quote::quote;

/// The largest amount in minor units, either way: more than any fund, and a sum of millions of them
/// still fits.
pub const AMOUNT_MINOR_MAX: i64 = 1_000_000_000_000_000;
/// Digits of a decimal as a file may write it, those behind the point included.
pub const DECIMAL_DIGITS_MAX: usize = 18;

/// Currencies without a smaller unit (ISO 4217).
const WHOLE: [&str; 17] = [
    "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND",
    "VUV", "XAF", "XOF", "XPF",
];
/// Currencies whose minor unit is a thousandth (ISO 4217).
const THOUSANDTHS: [&str; 7] = ["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"];
/// Currencies whose minor unit is a ten-thousandth (ISO 4217).
const TEN_THOUSANDTHS: [&str; 1] = ["CLF"];

/// A currency of ISO 4217 that the IATI list knows, the withdrawn ones included: old files hold
/// them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Currency([u8; 3]);

impl Currency {
    /// The dollar in which FTS adds up.
    pub const USD: Self = Self(*b"USD");
    /// The euro.
    pub const EUR: Self = Self(*b"EUR");
    /// The gourde.
    pub const HTG: Self = Self(*b"HTG");

    /// Its three letters.
    #[must_use]
    pub fn code(&self) -> &str {
        // Only ASCII letters are ever kept.
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// Digits behind the point.
    #[must_use]
    pub fn decimals(self) -> u8 {
        let code = self.code();
        if WHOLE.contains(&code) {
            0
        } else if THOUSANDTHS.contains(&code) {
            3
        } else if TEN_THOUSANDTHS.contains(&code) {
            4
        } else {
            2
        }
    }
}

impl FromStr for Currency {
    type Err = NoMoney;

    fn from_str(text: &str) -> Result<Self, NoMoney> {
        let unknown = || NoMoney::Currency(quote(text));
        let letters: [u8; 3] = text.as_bytes().try_into().map_err(|_| unknown())?;
        if CURRENCIES.has(text) { Ok(Self(letters)) } else { Err(unknown()) }
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// An amount of a currency. Below nothing it takes back what was told before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Money {
    /// How much, in the currency's minor unit.
    pub minor: i64,
    /// Of what.
    pub currency: Currency,
}

impl Money {
    /// So many minor units of a currency.
    #[must_use]
    pub fn new(minor: i64, currency: Currency) -> Self {
        Self { minor, currency }
    }

    /// Reads a decimal such as `1234.5` exactly.
    ///
    /// # Errors
    /// When it is no plain decimal, is finer than the currency, or is too large.
    pub fn read(text: &str, currency: Currency) -> Result<Self, NoMoney> {
        let minor = Decimal::from_str(text)?.at(currency.decimals())?;
        Ok(Self { minor, currency })
    }

    /// The decimal, with as many digits behind the point as the currency has.
    #[must_use]
    pub fn decimal(self) -> String {
        Decimal { parts: self.minor, decimals: self.currency.decimals() }.to_string()
    }

    /// The decimal, without a point where nothing stands behind it: `500000` rather than
    /// `500000.00`.
    #[must_use]
    pub fn short(self) -> String {
        let step = 10_i64.pow(u32::from(self.currency.decimals()));
        if self.minor % step == 0 { (self.minor / step).to_string() } else { self.decimal() }
    }
}

/// Why a text is no amount of money.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoMoney {
    /// There is nothing.
    #[error("nothing is there: write digits, such as 1200 or 1200.50")]
    Empty,
    /// Letters, blanks, a comma, or more than one point.
    #[error("it is no plain number: write digits and at most one point, such as 1200.50")]
    NotPlain,
    /// More digits than an amount may have.
    #[error("it is too large: an amount has at most {AMOUNT_MINOR_MAX} minor units")]
    TooLarge,
    /// More digits behind the point than the currency has.
    #[error("it has more than {0} digits behind the point: write no more than the currency has")]
    TooFine(u8),
    /// A currency that is not in the list.
    #[error("“{0}” is no currency: write a code of three capital letters, such as USD")]
    Currency(String),
}

/// An exact decimal: so many `parts` of ten to the minus `decimals`, its trailing zeros kept, so
/// that it is written as it was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Decimal {
    parts: i64,
    decimals: u8,
}

impl Decimal {
    /// `parts` of ten to the minus `decimals`; nothing when it has more digits than
    /// [`DECIMAL_DIGITS_MAX`].
    #[must_use]
    pub fn new(parts: i64, decimals: u8) -> Option<Self> {
        let fits = parts.unsigned_abs() < 10_u64.pow(18) && usize::from(decimals) < 18;
        fits.then_some(Self { parts, decimals })
    }

    /// The same number counted in parts of ten to the minus `decimals`.
    fn at(self, decimals: u8) -> Result<i64, NoMoney> {
        let minor = if self.decimals <= decimals {
            let finer = 10_i64.pow(u32::from(decimals - self.decimals));
            self.parts.checked_mul(finer).ok_or(NoMoney::TooLarge)?
        } else {
            let coarser = 10_i64.pow(u32::from(self.decimals - decimals));
            if self.parts % coarser != 0 {
                return Err(NoMoney::TooFine(decimals));
            }
            self.parts / coarser
        };
        let fits = minor.unsigned_abs() <= AMOUNT_MINOR_MAX.unsigned_abs();
        if fits { Ok(minor) } else { Err(NoMoney::TooLarge) }
    }
}

impl FromStr for Decimal {
    type Err = NoMoney;

    fn from_str(text: &str) -> Result<Self, NoMoney> {
        if text.is_empty() {
            return Err(NoMoney::Empty);
        }
        let (below, digits) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
        let (whole, behind) = digits.split_once('.').unwrap_or((digits, ""));
        let plain = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || !plain(whole) || !plain(behind) || digits.ends_with('.') {
            return Err(NoMoney::NotPlain);
        }
        let whole = whole.trim_start_matches('0');
        if whole.len() + behind.len() > DECIMAL_DIGITS_MAX || behind.len() >= DECIMAL_DIGITS_MAX {
            return Err(NoMoney::TooLarge);
        }
        let digits = whole.bytes().chain(behind.bytes());
        let parts = digits.fold(0_i64, |sum, digit| sum * 10 + i64::from(digit - b'0'));
        let decimals = u8::try_from(behind.len()).map_err(|_| NoMoney::TooLarge)?;
        Ok(Self { parts: if below { -parts } else { parts }, decimals })
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.decimals == 0 {
            return write!(f, "{}", self.parts);
        }
        let sign = if self.parts < 0 { "-" } else { "" };
        let one = 10_u64.pow(u32::from(self.decimals));
        let (parts, width) = (self.parts.unsigned_abs(), usize::from(self.decimals));
        write!(f, "{sign}{}.{:0width$}", parts / one, parts % one)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn currency(code: &str) -> Currency {
        code.parse().unwrap()
    }

    fn check(text: &str, code: &str, expected: Result<i64, NoMoney>) {
        let read = Money::read(text, currency(code)).map(|money| money.minor);
        assert_eq!(read, expected, "{text} {code}");
    }

    #[test]
    fn decimals_are_read_to_the_minor_unit() {
        check("1200", "USD", Ok(120_000));
        check("1200.5", "USD", Ok(120_050));
        check("1200.50", "USD", Ok(120_050));
        check("1200.500", "USD", Ok(120_050));
        check("-0.01", "USD", Ok(-1));
        check("007", "JPY", Ok(7));
        check("7.0", "JPY", Ok(7));
        check("1.234", "KWD", Ok(1_234));
        check("0", "USD", Ok(0));
    }

    #[test]
    fn what_is_no_plain_amount_is_refused() {
        check("", "USD", Err(NoMoney::Empty));
        for odd in ["1,200", "1e3", "NaN", "inf", "+1", " 1", "1 ", ".5", "5.", "--1", "٣", "1.2.3"]
        {
            check(odd, "USD", Err(NoMoney::NotPlain));
        }
        check("0.001", "USD", Err(NoMoney::TooFine(2)));
        check("7.5", "JPY", Err(NoMoney::TooFine(0)));
    }

    #[test]
    fn one_beyond_the_largest_amount_is_refused() {
        check("10000000000000.00", "USD", Ok(AMOUNT_MINOR_MAX));
        check("10000000000000.01", "USD", Err(NoMoney::TooLarge));
        check("-10000000000000.00", "USD", Ok(-AMOUNT_MINOR_MAX));
        check("-10000000000000.01", "USD", Err(NoMoney::TooLarge));
        check(&"9".repeat(DECIMAL_DIGITS_MAX), "JPY", Err(NoMoney::TooLarge));
        assert!("9".repeat(DECIMAL_DIGITS_MAX).parse::<Decimal>().is_ok());
        let beyond = "9".repeat(DECIMAL_DIGITS_MAX + 1);
        assert_eq!(beyond.parse::<Decimal>(), Err(NoMoney::TooLarge));
        assert_eq!(Decimal::new(10_i64.pow(18), 0), None);
        assert_eq!(Decimal::new(1, 18), None);
    }

    #[test]
    fn amounts_are_written_with_the_digits_of_their_currency() {
        assert_eq!(Money::new(-5, Currency::USD).decimal(), "-0.05");
        assert_eq!(Money::new(1_234, currency("KWD")).decimal(), "1.234");
        assert_eq!(Money::new(1_234, currency("JPY")).decimal(), "1234");
        assert_eq!(Money::new(50_000_000, Currency::EUR).short(), "500000");
        assert_eq!(Money::new(50_000_050, Currency::EUR).short(), "500000.50");
    }

    #[test]
    fn an_exchange_rate_is_written_as_it_was_read() {
        for text in ["0.824", "1.300", "1", "110.00"] {
            assert_eq!(text.parse::<Decimal>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn unknown_currencies_are_refused() {
        for odd in ["", "usd", "US", "USDD", "ZZZ", "U$D", "éa"] {
            assert!(matches!(odd.parse::<Currency>(), Err(NoMoney::Currency(_))), "{odd}");
        }
        assert_eq!(currency("HTG"), Currency::HTG);
    }
}
