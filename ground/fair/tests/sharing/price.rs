//! What fairness costs beside reaching the most people, what rounding does, and what more money
//! would lift first.

use fair::sharing::{Fraction, Reasons, price, rounded_by, share, share_grants};
use num_rational::BigRational;
use num_traits::Zero;

use crate::windows::{Chance, drawn};

fn ratio(num: i64, den: i64) -> BigRational {
    BigRational::new(num.into(), den.into())
}

#[test]
fn the_price_of_fairness_is_what_the_cheapest_people_would_have_been() {
    let window = super::telling::town();
    let amounts = share(&window).unwrap().amounts;
    assert_eq!(amounts, [40, 40, 2]);
    // One person of the hill costs four: 80 would reach 80 at the river, and 2 reach 2.
    let found = price(&window, &amounts, &[4, 1, 1]).unwrap();
    assert_eq!((found.reached.clone(), found.most.clone()), (ratio(52, 1), ratio(82, 1)));
    assert_eq!((found.part(), found.is_paid()), (ratio(30, 82), true));
    assert!(price(&window, &amounts, &[]).unwrap().part().is_zero(), "all cost the same");
    let nothing = price(&window, &[0, 0, 0], &[1, 1, 1]).unwrap();
    assert_eq!(nothing.part(), ratio(1, 1));
    let mut empty = window;
    empty.pools.iter_mut().for_each(|pool| pool.supply = 0);
    assert!(price(&empty, &[0, 0, 0], &[]).unwrap().part().is_zero());
    empty.pools[0].held_back = 1;
    assert!(price(&empty, &[0, 0, 0], &[]).is_err());
}

#[test]
fn nothing_reaches_more_than_the_most_and_at_one_cost_nothing_is_lost() {
    for seed in 0..300 {
        let mut window = drawn(seed, 12, 60);
        let mut chance = Chance::new(seed);
        let costs: Vec<i64> = window.areas.iter().map(|_| 1 + chance.amount(5)).collect();
        let shares = share(&window).unwrap();
        let found = price(&window, &shares.amounts, &costs).unwrap();
        assert!(found.reached <= found.most, "seed {seed}");
        assert!(price(&window, &shares.amounts, &[]).unwrap().part().is_zero(), "seed {seed}");
        assert!(rounded_by(&window, &shares).unwrap() < Fraction::ONE, "seed {seed}");
        window.areas.iter_mut().for_each(|area| area.grant_min = 9);
        let grants = share_grants(&window).unwrap();
        let found = price(&window, &grants.shares.amounts, &costs).unwrap();
        assert!(found.reached <= found.most, "small grants are counted: seed {seed}");
    }
}

#[test]
fn rounding_is_told_in_parts_of_a_unit() {
    let mut window = super::telling::town();
    window.pools[0].supply = 81;
    let shares = share(&window).unwrap();
    assert_eq!(rounded_by(&window, &shares), Fraction::new(1, 2));
    window.areas.pop();
    assert_eq!(rounded_by(&window, &shares), None, "of another window");
}

#[test]
fn how_much_more_money_goes_the_same_way_is_told() {
    let window = super::telling::town();
    let shares = share(&window).unwrap();
    let reasons = Reasons::new(&window, &shares).unwrap();
    // Hill and river stand at 0.4 with 200 of claims; the market joins at 0.92.
    let more = reasons.marginal(0).unwrap().unwrap();
    assert_eq!(more.amount, Fraction::new(104, 1));
    let alone = reasons.marginal(1).unwrap().unwrap();
    assert_eq!((alone.parts, alone.amount), (vec![(2, Fraction::ONE)], Fraction::new(8, 1)));
}
