//! Money as it is typed: exact, or refused with what to do.

use crate::funds::records::Given;
use crate::funds::rules::money::{
    AMOUNT_CHARS_MAX, AMOUNT_MINOR_MAX, CURRENCIES, RATE_DIGITS_MAX, RATE_PLACES_MAX, known,
    places, rate_typed, sound, typed, typed_or_none, worth,
};

#[test]
fn an_amount_is_understood_exactly_or_refused() {
    let check = |raw: &str, currency: &str, expected: Result<i64, &str>| {
        let got = typed(raw, currency).map_err(|refusal| refusal.code);
        assert_eq!(got, expected, "{raw:?} {currency}");
    };
    check("3200", "USD", Ok(320_000));
    check(" 3 200.50 ", "USD", Ok(320_050));
    check("3\u{202f}200\u{a0}000", "USD", Ok(320_000_000));
    check("٣٢٠٠٫٥٠", "USD", Ok(320_050));
    check("500", "JPY", Ok(500));
    check("1.250", "JOD", Ok(1_250));
    check("12.5.3", "USD", Err("funds-amount"));
    check("1,000.00", "USD", Err("funds-amount-comma"));
    check("1.000,00", "USD", Err("funds-amount-comma"));
    check("1'000", "USD", Err("funds-amount-comma"));
    check("12.5", "USD", Err("funds-amount-cents"));
    check("12.505", "USD", Err("funds-amount-cents"));
    check("12.", "USD", Err("funds-amount-cents"));
    check("12.00", "JPY", Err("funds-amount-cents"));
    check("1e6", "USD", Err("funds-amount"));
    check("NaN", "USD", Err("funds-amount"));
    check("12.x0", "USD", Err("funds-amount"));
    check("1 20", "USD", Err("funds-amount"));
    check("", "USD", Err("funds-amount"));
    check(".50", "USD", Err("funds-amount"));
    check("-5", "USD", Err("funds-amount-nothing"));
    check("−5", "USD", Err("funds-amount-nothing"));
    check("0", "USD", Err("funds-amount-nothing"));
    check("0.00", "USD", Err("funds-amount-nothing"));
    check("100000000000", "USD", Ok(AMOUNT_MINOR_MAX));
    check("100000000000.01", "USD", Err("funds-amount-large"));
    check("99999999999999999999", "USD", Err("funds-amount-large"));
    check(&"9".repeat(AMOUNT_CHARS_MAX + 1), "USD", Err("funds-amount-large"));
    check("5", "XXX", Err("funds-currency"));
    check("5", "usd", Err("funds-currency"));
    assert_eq!(typed_or_none("", "USD"), Ok(0));
    assert_eq!(typed_or_none("0.00", "USD"), Ok(0));
    assert_eq!(typed_or_none("1.50", "USD"), Ok(150));
    assert!(typed_or_none("-", "USD").is_err());
    assert!(sound(AMOUNT_MINOR_MAX).is_ok() && sound(AMOUNT_MINOR_MAX + 1).is_err());
    assert!(known("EUR").is_ok());
}

#[test]
fn a_rate_is_digits_and_a_point() {
    assert_eq!(rate_typed("1"), Ok((1, 0)));
    assert_eq!(rate_typed("0.0076"), Ok((76, 4)));
    assert_eq!(rate_typed("131.250000001"), Ok((131_250_000_001, 9)));
    let longer = format!("1.{}", "0".repeat(usize::try_from(RATE_PLACES_MAX + 1).unwrap()));
    let larger = (RATE_DIGITS_MAX + 1).to_string();
    for wrong in ["", "0", "0.0", "-1", "1,5", "1.2.3", "1.", ".5", "x", &longer, &larger] {
        assert!(rate_typed(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn what_is_given_in_another_currency_is_worth_exactly_so_much() {
    let check = |amount, currency: &str, rate: &str, into: &str, expected: Option<i64>| {
        let (rate_digits, scale) = rate_typed(rate).unwrap();
        let given = Given {
            amount_minor: amount,
            currency: currency.to_owned(),
            rate_digits,
            rate_scale: scale.into(),
            rate_day: 20_000,
        };
        assert_eq!(worth(&given, into).ok(), expected, "{amount} {currency} {rate} {into}");
    };
    check(100_000, "USD", "1", "USD", Some(100_000));
    // A rate between a currency and itself is a slip of the finger.
    check(100_000, "USD", "1.1", "USD", None);
    check(100_000, "EUR", "1.0837", "USD", Some(108_370));
    // 100,000 yen have no cents; 0.0066 dollars each.
    check(100_000, "JPY", "0.0066", "USD", Some(66_000));
    check(100, "USD", "151.7", "JPY", Some(151));
    check(1_000, "JOD", "1.41", "USD", Some(141));
    check(1, "HTG", "0.0076", "USD", None);
    check(AMOUNT_MINOR_MAX, "EUR", "2", "USD", None);
    check(0, "EUR", "1.1", "USD", None);
    check(5, "XXX", "1.1", "USD", None);
}

#[test]
fn every_currency_is_one_that_files_know_with_the_same_cents() {
    for code in CURRENCIES {
        let in_files: exchange::Currency = code.parse().expect(code);
        assert_eq!(u32::from(in_files.decimals()), places(code), "{code}");
    }
    assert!(CURRENCIES.is_sorted());
    for not in ["XAU", "BTC", "usd", "US", "HTGX"] {
        assert!(known(not).is_err(), "{not}");
    }
}
