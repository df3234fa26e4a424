//! Roots and logarithms in whole numbers, rounded down.
//!
//! Never uses a float, nor anything that differs from machine to machine.

use num_bigint::BigUint;
use num_integer::Roots;
use num_traits::{One, ToPrimitive};

/// The weighted geometric mean of whole numbers, rounded down; one where all weights are nought.
pub(super) fn geometric_mean(parts: &[(u64, u32)]) -> u64 {
    let common = parts.iter().fold(0, |by, (_, weight)| num_integer::gcd(by, *weight)).max(1);
    let weights = || parts.iter().map(|(value, weight)| (*value, weight / common));
    let root: u32 = weights().map(|(_, weight)| weight).sum();
    if root == 0 {
        return 1;
    }
    let small = weights().try_fold(1u128, |product, (value, weight)| {
        product.checked_mul(u128::from(value).checked_pow(weight)?)
    });
    if let Some(product) = small {
        return u64::try_from(product.nth_root(root)).unwrap_or(u64::MAX);
    }
    let product = weights().fold(BigUint::one(), |product, (value, weight)| {
        product * BigUint::from(value).pow(weight)
    });
    product.nth_root(root).to_u64().unwrap_or(u64::MAX)
}

/// Bits behind the point of a logarithm.
pub(super) const LOG_BITS: u32 = 40;

/// The logarithm to base 2 of a positive whole number, in 2^[`LOG_BITS`] parts, rounded down and
/// off by less than one part in 2³⁶: the number is squared again and again, and each time that it
/// doubles is a bit.
pub(super) fn log2(number: u64) -> u64 {
    let whole = u64::from(number.max(1).ilog2());
    // From 1 to below 2, with 63 bits behind the point.
    let mut mantissa = u128::from(number.max(1)) << (63 - whole);
    let mut bits = 0;
    for _ in 0..LOG_BITS {
        mantissa = (mantissa * mantissa) >> 63;
        bits <<= 1;
        if mantissa >= 1 << 64 {
            mantissa >>= 1;
            bits |= 1;
        }
    }
    (whole << LOG_BITS) | bits
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn means_are_exact_where_they_are_whole_and_rounded_down_elsewhere() {
        let check = |parts: &[(u64, u32)], expected| {
            assert_eq!(geometric_mean(parts), expected, "{parts:?}");
        };
        check(&[(2, 1), (4, 1), (8, 1)], 4);
        check(&[(2, 1), (3, 1)], 2);
        check(&[(100_000_000, 7), (1_000_000_000, 0)], 100_000_000);
        check(&[(10_000_000_000, 3), (10_000_000_000, 2), (10_000_000_000, 5)], 10_000_000_000);
        check(&[(4, 50), (9, 50)], 6);
        check(&[(0, 1), (9, 50)], 0);
        check(&[], 1);
        // Of a wide product as of a narrow one: 3^(2/5) · 5^(3/5) of thousand millions.
        check(&[(3_000_000_000, 2), (5_000_000_000, 3)], 4_075_965_548);
    }

    #[test]
    fn logarithms_are_right_to_their_last_bits_and_rise() {
        let one = 1u64 << LOG_BITS;
        assert_eq!(log2(1), 0);
        assert_eq!(log2(1 << 40), 40 * one);
        let check = |number: u64, expected: f64| {
            let off = log2(number) as f64 / one as f64 - expected;
            assert!((-1e-10..=1e-13).contains(&off), "{number}: {off}");
        };
        check(10, std::f64::consts::LOG2_10);
        check(3, 1.584_962_500_721_156);
        check(1_000_003, 19.931_572_897_402_8);
        let rising: Vec<u64> = (1..5_000).map(log2).collect();
        assert!(rising.is_sorted());
    }
}
