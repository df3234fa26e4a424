//! Windows that are refused, each with what to do; and windows at the edge that are not.

use fair::sharing::{
    AMOUNT_UNITS_MAX, ARCS_MAX, AREAS_MAX, Arc, Fraction, Giver, PARTNERS_MAX, POOLS_MAX, Partner,
    ShareError, Taker, WEIGHT_PART_MAX, Weight, Window, credit, part, share,
};

use crate::windows::{area, pool};

fn sound() -> Window {
    Window {
        areas: vec![area("a", 10, 0, 10), area("b", 10, 0, 10)],
        pools: vec![pool("p", 10)],
        partners: vec![],
        arcs: vec![Arc::open(0, 0), Arc::open(0, 1)],
    }
}

fn refused(change: impl Fn(&mut Window)) -> String {
    let mut window = sound();
    change(&mut window);
    share(&window).unwrap_err().to_string()
}

#[test]
fn what_cannot_be_shared_out_is_refused_with_advice() {
    let check = |change: &dyn Fn(&mut Window), expected: &str| {
        let said = refused(change);
        assert!(said.contains(expected), "{said}");
    };
    check(&|w| w.areas[0].need = -1, "a: the need is -1");
    check(&|w| w.areas[0].need = AMOUNT_UNITS_MAX + 1, "a: the need is");
    check(&|w| w.areas[1].cap = -5, "b: the cap is -5");
    check(&|w| w.areas[1].covered = -5, "b: what is covered is -5");
    check(&|w| w.areas[1].grant_min = -5, "b: the smallest grant is -5");
    check(&|w| w.areas[0].weight = Weight { num: 1, den: 0 }, "a: the weight 1/0");
    check(&|w| w.areas[0].weight.num = WEIGHT_PART_MAX + 1, "a: the weight 10000001/1");
    check(&|w| w.pools[0].supply = -1, "p: the supply is -1");
    check(&|w| w.pools[0].held_back = 11, "p: 11 held back of 10");
    check(&|w| w.areas[1].id = "a".to_owned(), "two are called a");
    check(&|w| w.arcs[1] = Arc::open(1, 0), "arc 1 leads nowhere");
    check(&|w| w.arcs[1] = Arc::open(0, 2), "arc 1 leads nowhere");
    check(&|w| w.arcs[1].ceiling = Some(-1), "arc 1: the ceiling is -1");
    check(
        &|w| {
            w.partners = vec![Partner { id: "r".to_owned(), capacity: 1 }];
            let (from, to) = (Giver::Partner(0), Taker::Partner(0));
            w.arcs.push(Arc { from, to, ceiling: None });
        },
        "arc 2 leads nowhere",
    );
    check(&|w| w.partners = vec![Partner { id: "r".to_owned(), capacity: -1 }], "the capacity");
}

#[test]
fn one_more_than_a_window_holds_is_refused() {
    let said = refused(|w: &mut Window| w.pools = vec![pool("p", 1); POOLS_MAX + 1]);
    assert!(said.starts_with("pools: 100001 are more than 100000"), "{said}");
    let partner = Partner { id: "r".to_owned(), capacity: 1 };
    let said = refused(|w: &mut Window| w.partners = vec![partner.clone(); PARTNERS_MAX + 1]);
    assert!(said.starts_with("partners: 100001 are more than 100000"), "{said}");
    let said = refused(|w: &mut Window| w.areas = vec![area("a", 1, 0, 1); AREAS_MAX + 1]);
    assert!(said.starts_with("areas: 1000001 are more than 1000000"), "{said}");
    let said = refused(|w: &mut Window| w.arcs = vec![Arc::open(0, 0); ARCS_MAX + 1]);
    assert!(said.starts_with("arcs: 10000001 are more than 10000000"), "{said}");
}

#[test]
fn numbers_too_fine_to_reckon_exactly_are_refused_and_not_rounded() {
    let mut window = sound();
    for (at, den) in [999_983, 999_979, 999_961].into_iter().enumerate() {
        window.areas.push(area(&format!("fine {at}"), 10, 0, 10));
        window.areas.last_mut().unwrap().weight = Weight { num: 1, den };
    }
    assert_eq!(share(&window), Err(ShareError::TooFine));
}

#[test]
fn the_largest_amounts_are_reckoned() {
    let mut window = sound();
    for area in &mut window.areas {
        (area.need, area.cap) = (AMOUNT_UNITS_MAX, AMOUNT_UNITS_MAX);
        area.weight = Weight { num: WEIGHT_PART_MAX, den: 9_999_991 };
    }
    window.pools[0].supply = AMOUNT_UNITS_MAX - 1;
    let shares = share(&window).unwrap();
    assert_eq!(shares.amounts.iter().sum::<i64>(), AMOUNT_UNITS_MAX - 1);
    // Of equal remainders and risks the smaller name has the unit.
    assert_eq!(shares.amounts[0], shares.amounts[1] + 1);
}

#[test]
fn nothing_at_all_is_shared_out_into_nothing() {
    assert!(share(&Window::default()).unwrap().amounts.is_empty());
    let mut window = sound();
    window.arcs.clear();
    assert_eq!(share(&window).unwrap().amounts, [0, 0]);
    let mut window = sound();
    window.pools[0].supply = 0;
    assert_eq!(share(&window).unwrap().amounts, [0, 0]);
    let mut window = sound();
    window.areas[0].need = 0;
    assert_eq!(share(&window).unwrap().amounts, [0, 10]);
    let mut window = sound();
    window.areas[0].cap = 0;
    assert_eq!(share(&window).unwrap().amounts, [0, 10]);
}

#[test]
fn what_is_held_back_stays() {
    let mut window = sound();
    window.pools[0].held_back = part(window.pools[0].supply, 2, 10);
    assert_eq!(share(&window).unwrap().amounts, [4, 4]);
}

#[test]
fn what_is_set_aside_reaches_only_those_it_is_for() {
    let mut window = sound();
    window.areas[0].weight = Weight { num: 9, den: 1 };
    assert_eq!(share(&window).unwrap().amounts, [9, 1]);
    let made = window.set_aside(0, "p, for b", part(10, 3, 10), &[1]).unwrap();
    assert_eq!((window.pools[0].supply, window.pools[made as usize].supply), (7, 3));
    assert_eq!(share(&window).unwrap().amounts, [7, 3]);
    window.pools[0].held_back = 2;
    let more = window.set_aside(0, "more than is ready", 6, &[1]);
    assert_eq!(more, Err(ShareError::Aside { of: "p".to_owned(), amount: 6, ready: 5 }));
    assert!(window.set_aside(0, "less than nothing", -1, &[1]).is_err());
    assert!(window.set_aside(9, "of nothing", 1, &[1]).is_err());
    assert!(window.set_aside(0, "for nobody there is", 1, &[7]).is_err());
}

#[test]
fn a_share_of_a_pool_is_a_ceiling_on_its_arc() {
    let mut window = sound();
    window.arcs[0].ceiling = Some(part(10, 1, 5));
    assert_eq!(share(&window).unwrap().amounts, [2, 8]);
}

#[test]
fn the_credit_grows_by_a_tenth_and_stops_at_one_half() {
    let check = |deferrals, num, den| {
        assert_eq!(credit(deferrals), Fraction::new(num, den).unwrap(), "{deferrals}");
    };
    check(0, 1, 1);
    check(1, 11, 10);
    check(2, 121, 100);
    check(4, 14_641, 10_000);
    check(5, 3, 2);
    check(u32::MAX, 3, 2);
}
