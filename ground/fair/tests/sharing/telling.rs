//! What is told beside the shares: reasons, measures, draws, and grants that are too small.

use fair::risk::{Category, Component, Dimension, Indicator, Model, Reading, Scale, assess};
use fair::sharing::{
    Arc, Chance, Deferred, Fault, Fraction, Giver, Grants, Level, Partner, Reason, Reasons, Stop,
    Taker, Weight, Window, check_grants, class_weight, draw, measure, share, share_grants, varied,
};

use crate::windows::{area, drawn, pool};

fn fraction(num: i128, den: i128) -> Fraction {
    Fraction::new(num, den).unwrap()
}

/// Three areas at three levels, two pools: the second reaches the last only.
pub(crate) fn town() -> Window {
    let mut hill = area("hill", 100, 0, 100);
    hill.risk_milli = 8_000;
    Window {
        areas: vec![hill, area("river", 100, 0, 100), area("market", 100, 90, 10)],
        pools: vec![pool("city", 80), pool("trade", 2)],
        partners: vec![],
        arcs: vec![Arc::open(0, 0), Arc::open(0, 1), Arc::open(0, 2), Arc::open(1, 2)],
    }
}

#[test]
fn an_area_is_told_why_it_gets_no_more() {
    let why = |change: &dyn Fn(&mut Window), at: usize| {
        let mut window = town();
        change(&mut window);
        let shares = share(&window).unwrap();
        Reasons::new(&window, &shares).unwrap().why_not_more(at).unwrap()
    };
    let line = Level::At(fraction(2, 5));
    let dry = |arc, line| (arc, Stop::Dry { pool: 0, line });
    assert_eq!(why(&|_| {}, 0), Reason::Short { level: line, stops: vec![dry(0, line)] });
    assert_eq!(why(&|w| w.pools[1].supply = 10, 2), Reason::Full);
    assert_eq!(why(&|w| w.areas[2].cap = 0, 2), Reason::NoRequest);
    assert_eq!(why(&|w| w.areas[2].need = 0, 2), Reason::NoClaim);
    assert_eq!(why(&|w| w.areas[2].weight = Weight { num: 0, den: 1 }, 2), Reason::NoClaim);
    assert_eq!(why(&|w| w.arcs.truncate(2), 2), Reason::NoGiver);
    let level = Level::At(fraction(9, 10));
    let ahead = Reason::Ahead { level, stops: vec![dry(2, line)] };
    assert_eq!(why(&|w| w.arcs.truncate(3), 2), ahead);
    let ahead = Reason::Ahead { level, stops: vec![dry(2, line), (3, Stop::Empty { pool: 1 })] };
    assert_eq!(why(&|w| w.pools[1].supply = 0, 2), ahead);
    // What may not be given to it at all may lift others above it.
    let short = Reason::Short { level, stops: vec![dry(2, line), (3, Stop::Ceiling)] };
    assert_eq!(why(&|w| w.arcs[3].ceiling = Some(0), 2), short);
    let ceiling = why(&|w| w.arcs[1].ceiling = Some(7), 1);
    let level = Level::At(fraction(7, 100));
    assert_eq!(ceiling, Reason::Short { level, stops: vec![(1, Stop::Ceiling)] });
    let little = |w: &mut Window| {
        (w.areas[1].need, w.areas[1].cap, w.pools[0].supply) = (1, 1, 30);
    };
    let unit = why(&little, 1);
    assert!(matches!(unit, Reason::Unit { share } if share < Fraction::ONE), "{unit:?}");
}

#[test]
fn a_partner_is_told_from_the_pools_behind_it() {
    // The river is reached through a cart that brings from the city.
    let with = |capacity, change: &dyn Fn(&mut Window)| {
        let mut window = town();
        window.partners = vec![Partner { id: "cart".to_owned(), capacity }];
        let (by, to) = (Giver::Partner(0), Taker::Partner(0));
        window.arcs[1] = Arc { from: by, to: Taker::Area(1), ceiling: None };
        window.arcs.push(Arc { from: Giver::Pool(0), to, ceiling: None });
        change(&mut window);
        let shares = share(&window).unwrap();
        let reasons = Reasons::new(&window, &shares).unwrap();
        (reasons.why_not_more(1).unwrap(), reasons.partner_stops(0).to_vec())
    };
    let short =
        |num, stop| Reason::Short { level: Level::At(fraction(num, 100)), stops: vec![(1, stop)] };
    let dry = |num| (4, Stop::Dry { pool: 0, line: Level::At(fraction(num, 100)) });
    let full = short(9, Stop::PartnerFull { partner: 0 });
    assert_eq!(with(9, &|_| {}), (full, vec![dry(71)]));
    let through = short(40, Stop::PartnerDry { partner: 0 });
    assert_eq!(with(90, &|_| {}), (through, vec![dry(40)]));
    let bound = short(7, Stop::PartnerDry { partner: 0 });
    let ceiling = vec![(4, Stop::Ceiling)];
    assert_eq!(with(90, &|w| w.arcs[4].ceiling = Some(7)), (bound, ceiling));
    let bound = short(7, Stop::Ceiling);
    assert_eq!(with(90, &|w| w.arcs[1].ceiling = Some(7)), (bound, vec![dry(73)]));
    let nobody = with(90, &|w| _ = w.arcs.pop());
    assert_eq!(nobody, (Reason::NoGiver, vec![]));
    let ahead = with(90, &|w| w.areas[1].covered = 90).0;
    let stops = vec![(1, Stop::PartnerDry { partner: 0 })];
    assert_eq!(ahead, Reason::Ahead { level: Level::At(fraction(9, 10)), stops });
}

#[test]
fn one_unit_more_goes_where_it_is_said_to_go() {
    for seed in 0..400 {
        // So large that one unit more reaches no breakpoint.
        const LARGE: i64 = 1_000_000;
        let mut window = drawn(seed, 10, 40);
        for area in &mut window.areas {
            (area.need, area.covered, area.cap) =
                (area.need * LARGE, area.covered * LARGE, area.cap * LARGE);
        }
        for pool in &mut window.pools {
            (pool.supply, pool.held_back) = (pool.supply * LARGE, pool.held_back * LARGE);
        }
        window.partners.iter_mut().for_each(|by| by.capacity *= LARGE);
        window.arcs.iter_mut().for_each(|arc| arc.ceiling = arc.ceiling.map(|most| most * LARGE));
        let shares = share(&window).unwrap();
        let before = shares.certificate.amounts(&window);
        let reasons = Reasons::new(&window, &shares).unwrap();
        for at in 0..window.pools.len() {
            let marginal = reasons.marginal(at).unwrap().unwrap();
            assert!(marginal.until > marginal.line || marginal.parts.is_empty());
            let mut more = window.clone();
            more.pools[at].supply += 1;
            let after = share(&more).unwrap().certificate.amounts(&more);
            for area in 0..after.len() {
                let part = marginal.parts.iter().find(|(of, _)| *of == area);
                let part = part.map_or(Fraction::ZERO, |(_, part)| *part);
                assert_eq!(before[area].plus(part), Some(after[area]), "seed {seed}, pool {at}");
            }
        }
    }
}

#[test]
fn inequality_is_measured_before_and_after() {
    let window = town();
    let shares = share(&window).unwrap();
    assert_eq!(shares.amounts, [40, 40, 2]);
    let measures = measure(&window, &shares.amounts).unwrap();
    // Of three equal claims one has all: two thirds. Then 40, 40, 92.
    assert_eq!(measures.gini_before, num_rational::BigRational::new(2.into(), 3.into()));
    assert_eq!(measures.gini_after, num_rational::BigRational::new(26.into(), 129.into()));
    assert_eq!(measures.lowest_before, Some(Fraction::ZERO));
    assert_eq!(measures.lowest_after, Some(fraction(2, 5)));
    assert_eq!(measures.to_high_risk, Some(fraction(20, 41)));
    let nobody = measure(&Window::default(), &[]).unwrap();
    assert_eq!((nobody.lowest_after, nobody.to_high_risk), (None, None));
}

#[test]
fn draws_follow_their_seed_and_find_what_is_not_firm() {
    let window = town();
    let moves = |seed| draw(&window, 200, seed, |chance| varied(&window, &[], chance)).unwrap();
    assert_eq!(moves(1), moves(1));
    assert_ne!(moves(1), moves(2));
    let moved = moves(1).moved;
    // Two areas share one pool and move against each other; the last always gets its two.
    assert!(moved[0] > 5 && moved[1] > 5, "{moved:?}");
    assert_eq!(moved[2], 0);
    let still = draw(&window, 50, 1, |_| window.clone()).unwrap();
    assert_eq!((still.moved, still.funded), (vec![0, 0, 0], vec![50, 50, 50]));
    // Put off as it is published: an area that would get too little gets nothing in any draw.
    let mut small = window.clone();
    small.areas[2].grant_min = 9;
    let put_off = draw(&small, 50, 1, |_| small.clone()).unwrap();
    assert_eq!((put_off.moved, put_off.funded), (vec![0, 0, 0], vec![50, 50, 0]));
    assert!(draw(&window, 100_001, 1, |_| window.clone()).is_err());
}

/// Needs from people by phase, risks from indicators: both are drawn anew.
#[test]
fn indicators_and_classes_are_drawn_and_all_follows_from_them() {
    let scale = Scale::Even { from: Reading(0), to: Reading(10_000_000) };
    let indicator = |id: &str| Indicator { id: id.to_owned(), weight: 1, scale };
    let dimension = |id: &str| {
        let component = vec![indicator(id)];
        let component = Component { id: id.to_owned(), weight: 1, indicators: component };
        let category = Category { id: id.to_owned(), weight: 1, components: vec![component] };
        Dimension { id: id.to_owned(), weight: 1, categories: vec![category] }
    };
    let model = Model { dimensions: vec![dimension("hazard"), dimension("coping")] };
    // Two readings, the phase of most people, and how many they are.
    let known = [([8, 6], 4u8, 900), ([4, 5], 3, 1_200), ([3, 3], 3, 700)];
    let made = |vary: &mut dyn FnMut(i64, u8) -> (i64, u8)| {
        let mut window = town();
        for (area, (readings, phase, people)) in window.areas.iter_mut().zip(known) {
            let drawn = readings.map(|whole| Some(Reading(vary(whole * 1_000_000, phase).0)));
            let risk = assess(&model, &drawn).unwrap();
            area.need = people * class_weight(vary(0, phase).1) * 10;
            area.cap = area.need;
            area.covered = 0;
            area.risk_milli = risk.value.unwrap().milli();
            area.weight = Weight::of_risk(area.risk_milli);
        }
        window.pools[0].supply = 9_000;
        window
    };
    let window = made(&mut |reading, phase| (reading, phase));
    let moves = draw(&window, 300, 11, |chance| {
        made(&mut |reading, phase| (chance.within_a_tenth(reading), chance.beside(phase)))
    });
    let moved = moves.unwrap().moved;
    // A class up or down is a lot where it decides whether people count at all.
    assert!(moved.iter().all(|moved| (60..300).contains(moved)), "{moved:?}");
}

#[test]
fn a_class_of_severity_is_drawn_one_less_or_one_more_and_whoever_is_in_need_stays_so() {
    let window = town();
    let classes = [Some(4), None, Some(3)];
    let mut chance = Chance::new(5);
    let needs: Vec<[i64; 3]> = (0..300)
        .map(|_| {
            let drawn = varied(&window, &classes, &mut chance);
            [0, 1, 2].map(|at: usize| drawn.areas[at].need)
        })
        .collect();
    let span = |at: usize| {
        let all = needs.iter().map(|needs| needs[at]);
        (all.clone().min().unwrap(), all.max().unwrap())
    };
    // Counted twice: half to one and a half, up to a tenth off. Counted once: once or twice.
    assert_eq!(span(0), (45, 165));
    assert_eq!(span(1), (90, 110));
    assert_eq!(span(2), (90, 220));
}

#[test]
fn chance_keeps_within_its_bounds() {
    let mut chance = Chance::new(7);
    let tenths: Vec<i64> = (0..1_000).map(|_| chance.within_a_tenth(1_000)).collect();
    assert_eq!((tenths.iter().min(), tenths.iter().max()), (Some(&900), Some(&1_100)));
    let classes: Vec<u8> = (0..100).map(|_| chance.beside(1)).collect();
    assert!(classes.contains(&1) && classes.contains(&2) && !classes.contains(&0));
    assert_eq!(chance.beside(5).max(chance.beside(5)).max(5), 5);
    assert_eq!(chance.below(0), 0);
    assert_eq!([1, 2, 3, 4, 5].map(class_weight), [0, 0, 1, 2, 3]);
}

#[test]
fn a_grant_too_small_is_left_out_with_a_credit() {
    let mut window = town();
    window.areas[0].grant_min = 50;
    window.areas[1].grant_min = 50;
    let Grants { shares, deferred } = share_grants(&window).unwrap();
    // The river has the lower risk and waits; the hill gets its part.
    assert_eq!(shares.amounts, [80, 0, 2]);
    assert_eq!((deferred[0].area, deferred[0].amount, deferred[0].deferrals), (1, 40, 1));
    assert_eq!(deferred.len(), 1);
    // In the next window its claim counts a tenth more.
    window.areas[1].deferrals = deferred[0].deferrals;
    window.areas[0].grant_min = 0;
    window.areas[1].grant_min = 0;
    window.pools[0].supply = 105;
    assert_eq!(share(&window).unwrap().amounts, [50, 55, 2]);
}

#[test]
fn whoever_remains_only_gains_and_the_checker_sees_what_was_left_out() {
    let mut seen = 0;
    for seed in 0..300 {
        let mut window = drawn(seed, 20, 300);
        for (at, area) in (0..).zip(&mut window.areas) {
            area.grant_min = (at * 37) % 90;
        }
        let before = share(&window).unwrap();
        let grants = share_grants(&window).unwrap();
        check_grants(&window, &grants).unwrap();
        let left: Vec<usize> = grants.deferred.iter().map(|deferred| deferred.area).collect();
        let rest = grants.shares.certificate.amounts(&window);
        let whole = before.certificate.amounts(&window);
        for at in (0..rest.len()).filter(|at| !left.contains(at)) {
            assert!(rest[at] >= whole[at], "seed {seed}, area {at}");
        }
        let Some(&first) = grants.deferred.first() else { continue };
        seen += 1;
        let mut false_one = grants.clone();
        false_one.deferred[0].amount = 0;
        let found = check_grants(&window, &false_one);
        assert_eq!(found, Err(Fault::Deferred { area: first.area }));
        let mut twice = grants.clone();
        twice.deferred.push(first);
        assert_eq!(check_grants(&window, &twice), Err(Fault::Deferred { area: first.area }));
        let unasked = Grants { shares: before, deferred: vec![] };
        let found = check_grants(&window, &unasked);
        assert!(matches!(found, Err(Fault::TooSmall { .. })), "{found:?}");
    }
    assert!(seen > 100, "{seen}");
}

#[test]
fn who_is_put_off_first_is_proved() {
    let mut window = town();
    window.pools[0].supply = 60;
    for (area, risk) in window.areas.iter_mut().zip([8_000, 5_000, 5_000]) {
        (area.grant_min, area.risk_milli) = (70, risk);
    }
    let grants = share_grants(&window).unwrap();
    let left: Vec<usize> = grants.deferred.iter().map(|deferred| deferred.area).collect();
    // Of equal risk the one with the least unmet; then what is left for the hill is too little.
    assert_eq!(left, [2, 1, 0]);
    let with = |change: &dyn Fn(&mut Grants)| {
        let mut grants = grants.clone();
        change(&mut grants);
        check_grants(&window, &grants)
    };
    assert_eq!(with(&|_| {}), Ok(()));
    let order = Fault::Order { area: 1, first: 2 };
    assert_eq!(with(&|grants| grants.deferred.swap(0, 1)), Err(order));
    let share = Fault::Share { area: 2, said: 3, share: 2 };
    assert_eq!(with(&|grants| grants.deferred[0].amount = 3), Err(share));
    // The quay would have got enough, and is said to have been put off first.
    let mut other = window.clone();
    other.areas.push(area("quay", 100, 0, 100));
    other.pools.push(pool("quay's own", 50));
    other.arcs.push(Arc::open(2, 3));
    other.areas[3].grant_min = 50;
    let mut grants = share_grants(&other).unwrap();
    assert_eq!(grants.shares.amounts, [0, 0, 0, 50]);
    other.areas[3].cap = 0;
    grants.shares = share_grants(&other).unwrap().shares;
    other.areas[3].cap = 100;
    let quay = Deferred { area: 3, amount: 10, deferrals: 1 };
    grants.deferred.insert(0, quay);
    assert_eq!(check_grants(&other, &grants), Err(Fault::Order { area: 3, first: 2 }));
    grants.deferred.rotate_left(1);
    assert_eq!(check_grants(&other, &grants), Err(Fault::Deferred { area: 3 }));
}
