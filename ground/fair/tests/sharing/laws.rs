//! Laws that hold for every window, however it is made.

use std::cmp::Ordering;

use fair::sharing::{Arc, Fraction, Giver, Level, Taker, Weight, Window, check, share, water_line};
use num_integer::Integer;
use proptest::prelude::*;

use crate::windows::{Chance, drawn};

/// The shares before rounding, of a window whose result passes the checker.
fn exact(window: &Window) -> Vec<Fraction> {
    let shares = share(window).unwrap();
    let found = check(window, &shares);
    assert!(found.is_ok(), "{found:?}: {window:?}");
    shares.certificate.amounts(window)
}

fn times(amounts: &[Fraction], by: u32) -> Vec<Fraction> {
    amounts.iter().map(|amount| amount.times(Fraction::whole(by.into())).unwrap()).collect()
}

fn windows() -> impl Strategy<Value = Window> {
    (any::<u64>(), 1u32..14, prop_oneof![Just(6u32), Just(40), Just(100_000)])
        .prop_map(|(seed, areas, most)| crate::windows::drawn(seed, areas, most))
}

fn pick(len: usize, by: usize) -> usize {
    by % len
}

/// A new order of `count` things.
fn shuffled(count: usize, seed: u64) -> Vec<usize> {
    let mut chance = Chance::new(seed);
    let mut order: Vec<usize> = (0..count).collect();
    for at in (1..count).rev() {
        order.swap(at, chance.below(u32::try_from(at).unwrap() + 1) as usize);
    }
    order
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 400,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn every_result_passes_the_checker(window in windows()) {
        exact(&window);
    }

    #[test]
    fn the_order_of_areas_pools_partners_and_arcs_changes_nothing(window in windows(), seed: u64) {
        let areas = shuffled(window.areas.len(), seed);
        let pools = shuffled(window.pools.len(), seed ^ 1);
        let partners = shuffled(window.partners.len(), seed ^ 3);
        let at = |order: &[usize], old: u32| {
            u32::try_from(order.iter().position(|from| *from == old as usize).unwrap()).unwrap()
        };
        let mut other = window.clone();
        other.areas = areas.iter().map(|from| window.areas[*from].clone()).collect();
        other.pools = pools.iter().map(|from| window.pools[*from].clone()).collect();
        other.partners = partners.iter().map(|from| window.partners[*from].clone()).collect();
        other.arcs = shuffled(window.arcs.len(), seed ^ 2).into_iter().map(|arc| {
            let arc = window.arcs[arc];
            let from = match arc.from {
                Giver::Pool(pool) => Giver::Pool(at(&pools, pool)),
                Giver::Partner(by) => Giver::Partner(at(&partners, by)),
            };
            let to = match arc.to {
                Taker::Area(area) => Taker::Area(at(&areas, area)),
                Taker::Partner(by) => Taker::Partner(at(&partners, by)),
            };
            Arc { from, to, ..arc }
        }).collect();
        let (one, two) = (share(&window).unwrap(), share(&other).unwrap());
        check(&other, &two).unwrap();
        for (at, from) in areas.iter().enumerate() {
            prop_assert_eq!(one.amounts[*from], two.amounts[at]);
        }
    }

    #[test]
    fn names_decide_nothing_but_the_last_unit(window in windows(), seed: u64) {
        let mut other = window.clone();
        for (area, name) in other.areas.iter_mut().zip(shuffled(window.areas.len(), seed)) {
            area.id = format!("another {name}");
        }
        prop_assert_eq!(exact(&window), exact(&other));
    }

    #[test]
    fn another_currency_changes_nothing(window in windows(), by in 2u32..50) {
        let mut other = window.clone();
        let by_wide = i64::from(by);
        for area in &mut other.areas {
            area.need *= by_wide;
            area.covered *= by_wide;
            area.cap *= by_wide;
        }
        for pool in &mut other.pools {
            pool.supply *= by_wide;
            pool.held_back *= by_wide;
        }
        other.partners.iter_mut().for_each(|partner| partner.capacity *= by_wide);
        other.arcs.iter_mut().for_each(|arc| arc.ceiling = arc.ceiling.map(|most| most * by_wide));
        prop_assert_eq!(times(&exact(&window), by), exact(&other));
    }

    #[test]
    fn a_factor_on_all_weights_changes_nothing(
        window in windows(), num in 1u32..20, den in 1u32..20,
    ) {
        let mut other = window.clone();
        for area in &mut other.areas {
            let Weight { num: above, den: below } = area.weight;
            area.weight = Weight { num: above * num, den: below * den };
        }
        prop_assert_eq!(exact(&window), exact(&other));
    }

    #[test]
    fn to_split_an_area_or_to_merge_its_parts_does_not_pay(window in windows(), which: usize) {
        let which = pick(window.areas.len(), which);
        // Everything threefold, so that the area splits in one and two thirds.
        let mut whole = window.clone();
        for area in &mut whole.areas {
            (area.need, area.covered, area.cap) = (area.need * 3, area.covered * 3, area.cap * 3);
        }
        // A ceiling belongs to an arc, and halves of an area cannot share one.
        whole.arcs.iter_mut().for_each(|arc| arc.ceiling = None);
        let mut split = whole.clone();
        let part = split.areas.len();
        let mut third = split.areas[which].clone();
        third.id = "a third".to_owned();
        (third.need, third.covered, third.cap) = (third.need / 3, third.covered / 3, third.cap / 3);
        let rest = &mut split.areas[which];
        rest.need -= third.need;
        rest.covered -= third.covered;
        rest.cap -= third.cap;
        split.areas.push(third);
        let mine = Taker::Area(u32::try_from(which).unwrap());
        let arcs = whole.arcs.iter().filter(|arc| arc.to == mine);
        let to = Taker::Area(u32::try_from(part).unwrap());
        split.arcs.extend(arcs.map(|arc| Arc { to, ..*arc }));
        let (one, two) = (exact(&whole), exact(&split));
        for at in 0..part {
            let parts = if at == which { two[at].plus(two[part]).unwrap() } else { two[at] };
            prop_assert_eq!(one[at], parts, "area {}", at);
        }
        prop_assert_eq!(times(&two[part..], 2), vec![two[which]]);
    }

    #[test]
    fn more_money_harms_nobody(window in windows(), which: usize, more in 1i64..30) {
        let mut other = window.clone();
        other.pools[pick(window.pools.len(), which)].supply += more;
        let (one, two) = (exact(&window), exact(&other));
        for at in 0..one.len() {
            prop_assert!(one[at] <= two[at], "area {}", at);
        }
    }

    #[test]
    fn more_need_or_risk_never_lowers_a_share_and_more_cover_never_raises_it(
        window in windows(), which: usize, more in 1i64..30,
    ) {
        let which = pick(window.areas.len(), which);
        let with = |change: &dyn Fn(&mut fair::sharing::Area)| {
            let mut other = window.clone();
            change(&mut other.areas[which]);
            exact(&other)[which]
        };
        let before = exact(&window)[which];
        prop_assert!(with(&|area| area.need += more) >= before);
        prop_assert!(with(&|area| area.weight.num += u32::try_from(more).unwrap()) >= before);
        prop_assert!(with(&|area| area.deferrals += 1) >= before);
        prop_assert!(with(&|area| area.covered += more) <= before);
        prop_assert!(with(&|area| area.cap += more) >= before);
    }

    #[test]
    fn of_two_alike_the_one_in_more_need_never_gets_less(
        window in windows(), which: usize, more in 0i64..30,
    ) {
        let which = pick(window.areas.len(), which);
        let mut other = window.clone();
        let mut twin = other.areas[which].clone();
        twin.id = "the twin".to_owned();
        twin.need += more;
        other.areas.push(twin);
        let to = Taker::Area(u32::try_from(window.areas.len()).unwrap());
        let mine = Taker::Area(u32::try_from(which).unwrap());
        let arcs: Vec<Arc> = window.arcs.iter().filter(|arc| arc.to == mine).copied().collect();
        other.arcs.extend(arcs.into_iter().map(|arc| Arc { to, ..arc }));
        let shares = exact(&other);
        prop_assert!(shares[window.areas.len()].cmp(&shares[which]) != Ordering::Less);
    }

    #[test]
    fn of_two_alike_the_one_worse_off_never_gets_less(
        window in windows(), which: usize, more in 1u32..30,
    ) {
        // The twin is at a higher risk, or others gave it less, or it was put off before.
        let which = pick(window.areas.len(), which);
        let to = Taker::Area(u32::try_from(window.areas.len()).unwrap());
        let mine = Taker::Area(u32::try_from(which).unwrap());
        let with = |change: &dyn Fn(&mut fair::sharing::Area)| {
            let mut other = window.clone();
            let mut twin = other.areas[which].clone();
            twin.id = "the twin".to_owned();
            change(&mut twin);
            other.areas.push(twin);
            let arcs: Vec<Arc> = window.arcs.iter().filter(|arc| arc.to == mine).copied().collect();
            other.arcs.extend(arcs.into_iter().map(|arc| Arc { to, ..arc }));
            let shares = exact(&other);
            (shares[window.areas.len()], shares[which])
        };
        for (twin, other) in [
            with(&|twin| twin.weight.num += more),
            with(&|twin| twin.covered = (twin.covered - i64::from(more)).max(0)),
            with(&|twin| twin.deferrals += more % 4),
        ] {
            prop_assert!(twin >= other);
        }
    }

    /// Said of the flows themselves and not through the checker, which is judged here too.
    #[test]
    fn nothing_is_given_that_is_not_there(window in windows()) {
        let shares = share(&window).unwrap();
        let sum = |arcs: &dyn Fn(&Arc) -> bool| {
            let flows = window.arcs.iter().zip(&shares.flows).filter(|(arc, _)| arcs(arc));
            flows.map(|(_, flow)| *flow).sum::<i64>()
        };
        for (at, pool) in (0u32..).zip(&window.pools) {
            let out = sum(&|arc| arc.from == Giver::Pool(at));
            prop_assert!(out <= pool.supply - pool.held_back);
        }
        for (at, by) in (0u32..).zip(&window.partners) {
            let into = sum(&|arc| arc.to == Taker::Partner(at));
            prop_assert!(into <= by.capacity);
            prop_assert_eq!(into, sum(&|arc| arc.from == Giver::Partner(at)));
        }
        for (at, area) in (0u32..).zip(&window.areas) {
            let got = sum(&|arc| arc.to == Taker::Area(at));
            prop_assert_eq!(got, shares.amounts[at as usize]);
            prop_assert!(got <= area.cap);
        }
        for (arc, flow) in window.arcs.iter().zip(&shares.flows) {
            prop_assert!(*flow >= 0 && arc.ceiling.is_none_or(|most| *flow <= most));
        }
    }

    #[test]
    fn over_asking_does_not_pay(window in windows(), which: usize, more in 1i64..1_000) {
        // Who did not get all that was asked for gets no more by asking for more.
        let which = pick(window.areas.len(), which);
        let before = exact(&window)[which];
        let mut other = window.clone();
        other.areas[which].cap += more;
        let area = &window.areas[which];
        if before < Fraction::whole(area.cap.unsigned_abs()) {
            prop_assert_eq!(exact(&other)[which], before);
        }
    }

    #[test]
    fn a_settled_area_may_leave_with_its_money(window in windows(), which: usize) {
        let flows = share(&window).unwrap().certificate.flows;
        // In such units every flow is whole, so that a pool can be reduced by it.
        let by = flows.iter().fold(1i128, |by, flow| by.lcm(&flow.reduced().den()));
        if by >= 1_000_000 {
            return Ok(());
        }
        let wide = i64::try_from(by).unwrap();
        let mut window = window;
        for area in &mut window.areas {
            area.need *= wide;
            area.covered *= wide;
            area.cap *= wide;
        }
        for pool in &mut window.pools {
            (pool.supply, pool.held_back) = (pool.supply * wide, pool.held_back * wide);
        }
        window.partners.iter_mut().for_each(|partner| partner.capacity *= wide);
        window.arcs.iter_mut().for_each(|arc| arc.ceiling = arc.ceiling.map(|most| most * wide));
        let which = u32::try_from(pick(window.areas.len(), which)).unwrap();
        let shares = share(&window).unwrap();
        if !shares.certificate.flows.iter().all(|flow| flow.is_whole()) {
            return Ok(());
        }
        // What came through a partner cannot be told apart from what others got there.
        let by_hand = |arc: &Arc| matches!(arc.from, Giver::Partner(_));
        let mine = |arc: &Arc| arc.to == Taker::Area(which);
        let through = window.arcs.iter().any(|arc| by_hand(arc) && mine(arc));
        if through {
            return Ok(());
        }
        let mut without = window.clone();
        for (arc, flow) in window.arcs.iter().zip(&shares.certificate.flows) {
            if let (Giver::Pool(pool), true) = (arc.from, arc.to == Taker::Area(which)) {
                without.pools[pool as usize].supply -= i64::try_from(flow.floor()).unwrap();
            }
        }
        without.arcs.retain(|arc| arc.to != Taker::Area(which));
        let (one, two) = (shares.certificate.amounts(&window), exact(&without));
        for at in (0..one.len()).filter(|at| *at != which as usize) {
            prop_assert_eq!(one[at], two[at], "area {}", at);
        }
    }

    #[test]
    fn one_pool_for_all_is_the_water_line(window in windows()) {
        let mut window = window;
        window.partners.clear();
        window.pools.truncate(1);
        let areas = u32::try_from(window.areas.len()).unwrap();
        window.arcs = (0..areas).map(|area| Arc::open(0, area)).collect();
        let line = water_line(&window).unwrap();
        prop_assert_eq!(&line.amounts, &exact(&window));
        let shares = share(&window).unwrap();
        let spent: i64 = shares.amounts.iter().sum();
        let most: i64 = window.areas.iter().map(fair::sharing::Area::room).sum();
        prop_assert_eq!(spent, window.pools[0].ready().min(most));
        if line.level == Level::Unbounded {
            prop_assert_eq!(spent, most);
        }
    }
}

/// Found by a property: a capacity far above all there is.
#[test]
fn a_bound_that_binds_nothing_is_none() {
    for seed in 0..200 {
        let mut window = drawn(seed, 12, 40);
        let before = exact(&window);
        window.partners.iter_mut().for_each(|by| by.capacity += 1_000_000_000_000);
        window.arcs.iter_mut().for_each(|arc| arc.ceiling = None);
        let open = exact(&window);
        window.arcs.iter_mut().for_each(|arc| arc.ceiling = Some(10_000_000_000_000));
        assert_eq!(open, exact(&window));
        let sum = |all: &[Fraction]| all.iter().map(|one| one.floor()).sum::<i128>();
        assert!(sum(&open) + 12 >= sum(&before));
    }
}

#[test]
fn a_thousand_windows_of_few_numbers_pass_the_checker() {
    for seed in 0..1_000 {
        exact(&drawn(seed, 30, 9));
    }
}
