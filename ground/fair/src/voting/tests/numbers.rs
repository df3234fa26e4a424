//! Tests of amounts, and of fractions as they are told.
//!
//! Never checks what the standard library does.

use num_bigint::BigInt;

use super::*;

#[test]
fn an_amount_is_read_exactly_or_not_at_all() {
    let check = |text: &str, expected: Result<&str, NotAnAmount>| {
        let read = text.parse::<Decimal>().map(|amount| amount.to_string());
        assert_eq!(read, expected.map(str::to_owned), "{text}");
    };
    check("1200", Ok("1200"));
    check(" 400000.0 ", Ok("400000"));
    check("2532645.83", Ok("2532645.83"));
    check("2532645,83", Ok("2532645.83"));
    check("0,125", Ok("0.125"));
    check(".5", Ok("0.5"));
    check("7.", Ok("7"));
    check("007.10", Ok("7.1"));
    check("0", Ok("0"));
    check("", Err(NotAnAmount::Empty));
    check(".", Err(NotAnAmount::Letters));
    check("-3", Err(NotAnAmount::Negative));
    check("1,200", Err(NotAnAmount::Ambiguous));
    check("12,000.50", Err(NotAnAmount::Letters));
    check("1 200", Err(NotAnAmount::Letters));
    check("1e6", Err(NotAnAmount::Letters));
    check("+5", Err(NotAnAmount::Letters));
    check("٣", Err(NotAnAmount::Letters));
    check("999999999999999", Ok("999999999999999"));
    check("1000000000000000", Err(NotAnAmount::TooLong));
    check("0.123456", Ok("0.123456"));
    check("0.1234567", Err(NotAnAmount::TooLong));
}

#[test]
fn an_amount_is_counted_in_finer_parts_only() {
    let amount: Decimal = "12.5".parse().unwrap();
    assert_eq!((amount.at(1), amount.at(2), amount.at(0)), (Some(125), Some(1250), None));
    assert_eq!(Decimal::new(1250, 2), Some(amount), "zeros at the end say nothing");
    assert_eq!(Decimal::new(1, AMOUNT_DECIMALS_MAX + 1), None);
    assert_eq!(Decimal::new(10u64.pow(15), 0), None);
    assert_eq!(Decimal::from(3).at(AMOUNT_DECIMALS_MAX + 20), None);
}

#[test]
fn a_fraction_is_rounded_where_it_is_told() {
    let check = |above: i64, below: i64, digits: u8, expected: &str| {
        let fraction = Exact::new(BigInt::from(above), BigInt::from(below));
        assert_eq!(decimal(&fraction, digits), expected, "{above}/{below}");
    };
    check(1, 3, 4, "0.3333");
    check(2, 3, 4, "0.6667");
    check(5, 2, 0, "3");
    check(1, 20, 1, "0.1");
    check(10, 1, 3, "10");
    check(-2, 3, 2, "-0.67");
    check(-1, 1000, 2, "0");
}

#[test]
fn thousands_are_told_apart() {
    let check = |budget: &str, expected: &str| {
        let election = approval(budget, "a:1", "a");
        assert_eq!(money(&election, election.budget_parts()), expected);
    };
    check("7", "7");
    check("999", "999");
    check("9310", "9,310");
    check("1234567.5", "1,234,567.5");
    let exact = |above: i64, below: i64| {
        let fraction = Exact::new(BigInt::from(above), BigInt::from(below));
        money_exact(&approval("1.5", "a:1", "a"), &fraction)
    };
    assert_eq!(exact(34_846, 3), "1,161.53", "parts are tenths here");
    assert_eq!((exact(1, 30), exact(20, 1)), ("0.003333".into(), "2".into()));
}
