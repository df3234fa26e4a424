//! Borders: what is taken, what is mended, what is refused and where.

use proptest::prelude::*;

use crate::places::records::Rings;
use crate::places::rules::corners::rings_of_typed;
use crate::places::rules::rings::{Polygon, area_twice, holds, shape_of};

fn polygon(rings: &[&[(f64, f64)]]) -> Polygon {
    rings.iter().map(|ring| ring.to_vec()).collect()
}

const SQUARE: &[(f64, f64)] = &[(0.0, 0.0), (4.0, 0.0), (4.0, 4.0), (0.0, 4.0), (0.0, 0.0)];
const HOLE: &[(f64, f64)] = &[(1.0, 1.0), (1.0, 2.0), (2.0, 2.0), (2.0, 1.0), (1.0, 1.0)];

/// The code of the refusal, or the keys of what was mended.
fn check(polygons: &[Polygon], expected: Result<&[&str], &str>) {
    let shape = shape_of(polygons);
    let found = match &shape {
        Ok(shape) => Ok(shape.mended.as_slice()),
        Err(refusal) => Err(refusal.code),
    };
    assert_eq!(found, expected, "{shape:?}");
}

#[test]
fn a_square_is_kept_as_it_is() {
    check(&[polygon(&[SQUARE])], Ok(&[]));
}

#[test]
fn a_hole_is_kept_and_lies_outside() {
    check(&[polygon(&[SQUARE, HOLE])], Ok(&[]));
    let rings = shape_of(&[polygon(&[SQUARE, HOLE])]).expect("a square with a hole").rings;
    assert_eq!(rings.len(), 2);
    assert!(holds(&rings, (500_000, 500_000)));
    assert!(!holds(&rings, (1_500_000, 1_500_000)), "the hole is out");
}

#[test]
fn a_wrong_winding_is_turned() {
    let backward: Vec<(f64, f64)> = SQUARE.iter().rev().copied().collect();
    check(&[polygon(&[&backward])], Ok(&["places-mended-winding"]));
    let shape = shape_of(&[polygon(&[&backward])]).expect("a square backward");
    assert!(area_twice(&shape.rings[0]) > 0);
    let hole: Vec<(f64, f64)> = HOLE.iter().rev().copied().collect();
    let turned = shape_of(&[polygon(&[SQUARE, &hole])]).expect("a hole backward");
    assert_eq!(turned.mended, ["places-mended-winding"]);
    assert!(area_twice(&turned.rings[1]) < 0);
}

#[test]
fn an_open_border_is_closed() {
    check(&[polygon(&[&SQUARE[..4]])], Ok(&["places-mended-closed"]));
    let open = shape_of(&[polygon(&[&SQUARE[..4]])]).expect("an open square");
    assert_eq!(open.rings, shape_of(&[polygon(&[SQUARE])]).expect("a square").rings);
}

#[test]
fn a_corner_said_twice_and_a_needle_are_left_out() {
    let doubled = [(0.0, 0.0), (4.0, 0.0), (4.0, 0.0), (4.0, 4.0), (0.0, 4.0), (0.0, 0.0)];
    let needle =
        [(0.0, 0.0), (4.0, 0.0), (9.0, 0.0), (4.0, 0.0), (4.0, 4.0), (0.0, 4.0), (0.0, 0.0)];
    let at_seam =
        [(0.0, 0.0), (4.0, 0.0), (4.0, 4.0), (0.0, 4.0), (0.0, 0.0), (-3.0, 0.0), (0.0, 0.0)];
    let plain = shape_of(&[polygon(&[SQUARE])]).expect("a square").rings;
    for ring in [&doubled[..], &needle, &at_seam] {
        check(&[polygon(&[ring])], Ok(&["places-mended-doubled"]));
        assert_eq!(shape_of(&[polygon(&[ring])]).expect("mended").rings, plain);
    }
}

#[test]
fn a_border_that_crosses_itself_is_refused_with_its_place() {
    let bow = [(0.0, 0.0), (2.0, 2.0), (2.0, 0.0), (0.0, 2.0), (0.0, 0.0)];
    let refusal = shape_of(&[polygon(&[&bow])]).expect_err("a bow tie");
    assert_eq!(refusal.code, "area-crosses");
    let place = [("lon", "1.00000".to_owned()), ("lat", "1.00000".to_owned())];
    assert_eq!(refusal.args, place);
    let over: &[(f64, f64)] = &[(3.0, 1.0), (5.0, 1.0), (5.0, 2.0), (3.0, 2.0), (3.0, 1.0)];
    check(&[polygon(&[SQUARE, over])], Err("area-crosses"));
    check(&[polygon(&[SQUARE]), polygon(&[over])], Err("area-crosses"));
}

#[test]
fn parts_that_only_touch_are_fine() {
    let beside: &[(f64, f64)] = &[(4.0, 4.0), (5.0, 4.0), (5.0, 5.0), (4.0, 5.0), (4.0, 4.0)];
    check(&[polygon(&[SQUARE]), polygon(&[beside])], Ok(&[]));
    let along: &[(f64, f64)] = &[(4.0, 0.0), (5.0, 0.0), (5.0, 4.0), (4.0, 4.0), (4.0, 0.0)];
    check(&[polygon(&[SQUARE]), polygon(&[along])], Ok(&[]));
}

#[test]
fn what_would_turn_inside_out_is_left_out() {
    check(&[polygon(&[SQUARE]), polygon(&[SQUARE])], Ok(&["places-mended-twice"]));
    let inner: Vec<(f64, f64)> = HOLE.iter().rev().copied().collect();
    check(&[polygon(&[SQUARE]), polygon(&[&inner])], Ok(&["places-mended-twice"]));
    check(&[polygon(&[&inner]), polygon(&[SQUARE])], Ok(&["places-mended-twice"]));
    let far: Vec<(f64, f64)> = HOLE.iter().map(|(x, y)| (x + 20.0, *y)).collect();
    check(&[polygon(&[SQUARE, &far])], Ok(&["places-mended-hole"]));
}

#[test]
fn an_island_in_a_lake_is_kept() {
    let lake = [(1.0, 1.0), (1.0, 3.0), (3.0, 3.0), (3.0, 1.0), (1.0, 1.0)];
    let island = [(1.5, 1.5), (2.5, 1.5), (2.5, 2.5), (1.5, 2.5), (1.5, 1.5)];
    let shape = shape_of(&[polygon(&[SQUARE, &lake]), polygon(&[&island])]).expect("an island");
    assert_eq!(shape.mended, [""; 0]);
    assert!(holds(&shape.rings, (2_000_000, 2_000_000)));
    assert!(!holds(&shape.rings, (1_200_000, 1_200_000)));
}

#[test]
fn what_is_no_area_is_refused() {
    check(&[], Err("area-empty"));
    check(&[vec![]], Err("area-empty"));
    check(&[polygon(&[&[]])], Err("area-empty"));
    check(&[polygon(&[&SQUARE[..2]])], Err("area-corners-few"));
    check(&[polygon(&[&[(0.0, 0.0), (1.0, 1.0), (0.0, 0.0)]])], Err("area-corners-few"));
    check(
        &[polygon(&[&[(0.0, 0.0), (1.0, 1.0), (2.0, 2.0), (0.0, 0.0)]])],
        Err("area-corners-few"),
    );
    check(&[vec![vec![(1.0, 1.0); 50_001]]], Err("area-corners-many"));
}

#[test]
fn what_is_not_on_earth_is_refused_with_a_guess() {
    let with = |odd: (f64, f64)| [polygon(&[&[(0.0, 0.0), odd, (1.0, 1.0), (0.0, 0.0)]])];
    check(&with((-6.8, 139.2)), Err("area-swapped"));
    check(&with((529_000.0, 9_248_000.0)), Err("area-metres"));
    check(&with((190.0, 10.0)), Err("area-outside"));
    check(&with((f64::NAN, 1.0)), Err("area-unreadable"));
    check(&with((1.0, f64::INFINITY)), Err("area-unreadable"));
}

fn typed(lines: &str, expected: Result<usize, (&str, &str)>) {
    let found = rings_of_typed(lines);
    let arg = |refusal: &record::Refusal| refusal.args.first().map(|a| a.1.clone());
    match (&found, expected) {
        (Ok(rings), Ok(corners)) => assert_eq!(rings[0].len(), corners),
        (Err(refusal), Err((code, line))) => {
            assert_eq!(refusal.code, code);
            assert_eq!(arg(refusal).unwrap_or_default(), line);
        }
        _ => panic!("{lines:?}: {found:?}, not {expected:?}"),
    }
}

#[test]
fn corners_are_read_as_people_type_them() {
    let same = |lines: &str| {
        let rings = rings_of_typed(lines).expect("corners");
        assert_eq!(rings, rings_of_typed("18.5, -72.3\n18.5, -72.2\n18.6, -72.2").expect("plain"));
    };
    same("18.5 -72.3\n18.5 -72.2\n\n18.6 -72.2\n");
    same("18,5 -72,3\n18,5 -72,2\n18,6 -72,2");
    same("18,5; -72,3\r\n18,5; -72,2\r\n18,6; -72,2");
    same("18.5° N, 72.3° W\nN 18.5, W 72.2\n18.6n, 72.2o");
    same("١٨٫٥، -٧٢٫٣\n١٨٫٥، -٧٢٫٢\n١٨٫٦، -٧٢٫٢");
    typed("18.5, −72.3\n18.5, −72.2\n18.6, −72.2\n18.6, −72.3", Ok(4));
}

#[test]
fn corners_that_cannot_be_read_are_told_by_line() {
    typed("18.5, -72.3\nnear the church\n18.6, -72.2", Err(("corner-unreadable", "2")));
    typed("18.5, -72.3, 12", Err(("corner-unreadable", "1")));
    typed("inf, 1e3", Err(("corner-unreadable", "1")));
    typed("18.5 E, -72.3", Err(("corner-unreadable", "1")));
    typed("\n\n-18 S, 72", Err(("corner-unreadable", "3")));
    typed("118.5, 72.3", Err(("corner-outside", "1")));
    typed(" \n", Err(("area-empty", "")));
    typed("1, 1\n2, 2", Err(("area-corners-few", "")));
    typed(&"1, 1\n".repeat(501), Err(("area-corners-many", "500")));
}

/// Rings as they would be read again.
fn again(rings: &Rings) -> Vec<Polygon> {
    let mut polygons: Vec<Polygon> = Vec::new();
    for ring in rings {
        let closed = ring.iter().chain(ring.first());
        let closed = closed.map(|(x, y)| (f64::from(*x) / 1e6, f64::from(*y) / 1e6)).collect();
        match polygons.last_mut() {
            Some(polygon) if area_twice(ring) < 0 => polygon.push(closed),
            _ => polygons.push(vec![closed]),
        }
    }
    polygons
}

proptest! {
    #[test]
    fn whatever_is_taken_is_taken_again_without_mending(
        rings in prop::collection::vec(
            prop::collection::vec((-9_i8..9, -9_i8..9), 0..9), 1..4),
        whole in any::<bool>(),
    ) {
        let point = |(x, y): (i8, i8)| (f64::from(x), f64::from(y));
        let rings: Polygon =
            rings.into_iter().map(|ring| ring.into_iter().map(point).collect()).collect();
        let polygons: Vec<Polygon> =
            if whole { vec![rings] } else { rings.into_iter().map(|ring| vec![ring]).collect() };
        if let Ok(shape) = shape_of(&polygons) {
            let twice = shape_of(&again(&shape.rings)).expect("it was taken once");
            prop_assert_eq!(twice.mended, Vec::<&str>::new());
            let sorted = |mut rings: Rings| { rings.sort(); rings };
            prop_assert_eq!(sorted(twice.rings), sorted(shape.rings));
        }
    }
}
