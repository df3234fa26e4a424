//! The atlas: order, finding, neighbours, outlines without gaps.

use std::collections::{HashMap, HashSet};

use proptest::prelude::*;
use record::Id;

use crate::places::records::{Rings, Source};
use crate::places::views::{AreaRow, Standing};
use crate::places::{Atlas, geojson_of};

/// A square of a hundredth of a degree.
fn square(x: i32, y: i32) -> Rings {
    let at = |dx: i32, dy: i32| ((x + dx) * 10_000, (y + dy) * 10_000);
    vec![vec![at(0, 0), at(1, 0), at(1, 1), at(0, 1)]]
}

fn row(name: &str, rings: Rings) -> AreaRow {
    AreaRow {
        id: Id::named("area", name),
        name: name.to_owned(),
        source: Some(Source::Official),
        standing: Standing::Public,
        rings,
        ..AreaRow::default()
    }
}

/// Nine squares in three rows, named by their place.
fn city() -> Atlas {
    let at = |n: i32| row(&format!("Block {n}"), square((n - 1) % 3, (n - 1) / 3));
    let mut rows: Vec<AreaRow> = (1..10).map(at).collect();
    rows.push(AreaRow {
        other_name: Some("Bò lanmè".to_owned()), ..row("Bel Air", square(40, 0))
    });
    rows.push(AreaRow { standing: Standing::Withdrawn, ..row("Gone", square(0, 0)) });
    rows.push(AreaRow { standing: Standing::Sealed, ..row("Not yet", square(0, 0)) });
    rows.push(AreaRow { source: Some(Source::Community), ..row("Our yard", square(0, 0)) });
    Atlas::new(rows, 1)
}

fn names(atlas: &Atlas, ids: &[Id]) -> Vec<String> {
    ids.iter().filter_map(|id| atlas.area(*id)).map(|area| area.name.clone()).collect()
}

#[test]
fn only_public_areas_are_in_it_in_the_order_of_their_names() {
    let rows = ["Block 10", "block 2", "Árbol", "Zona"].map(|name| row(name, square(0, 0)));
    let atlas = Atlas::new(rows.to_vec(), 1);
    let order: Vec<&str> = atlas.areas().iter().map(|area| area.name.as_str()).collect();
    assert_eq!(order, ["Árbol", "block 2", "Block 10", "Zona"]);
    let all: Vec<String> = city().areas().iter().map(|area| area.name.clone()).collect();
    assert_eq!(all.len(), 11);
    assert!(!all.contains(&"Gone".to_owned()) && !all.contains(&"Not yet".to_owned()));
    assert!(city().area(Id::named("area", "Gone")).is_none());
}

#[test]
fn an_area_is_found_by_either_of_its_names() {
    let atlas = city();
    let found = |words: &str| atlas.find(words).and_then(|(id, ..)| Some(&atlas.area(id)?.name));
    assert_eq!(found("no water in bel air since monday").map(String::as_str), Some("Bel Air"));
    assert_eq!(found("pa gen dlo bo lanme").map(String::as_str), Some("Bel Air"));
    assert_eq!(found("block 7 needs food").map(String::as_str), Some("Block 7"));
    assert_eq!(found("between block 7 and block 8"), None);
}

#[test]
fn what_is_typed_finds_whole_names_first() {
    let atlas = city();
    let typed = |text: &str| {
        atlas.by_text(text).into_iter().map(|area| area.name.as_str()).collect::<Vec<_>>()
    };
    assert_eq!(typed("BLOCK 2").first(), Some(&"Block 2"));
    assert_eq!(typed("b").len(), 10);
    assert_eq!(typed("b").first(), Some(&"Bel Air"));
    assert_eq!(typed("air"), ["Bel Air"]);
    assert_eq!(typed("lanme"), ["Bel Air"]);
    assert_eq!(typed("lock 3"), ["Block 3"]);
    assert_eq!(typed("  "), [""; 0]);
    assert_eq!(typed("nowhere"), [""; 0]);
}

#[test]
fn a_place_lies_in_the_official_area_first() {
    let atlas = city();
    let at = |lon, lat| atlas.at(lon, lat).map(|id| names(&atlas, &[id]).concat());
    assert_eq!(at(0.005, 0.005).as_deref(), Some("Block 1"));
    assert_eq!(at(0.025, 0.025).as_deref(), Some("Block 9"));
    assert_eq!(at(0.405, 0.005).as_deref(), Some("Bel Air"));
    assert_eq!(at(5.0, 5.0), None);
    assert_eq!(at(f64::NAN, 5.0), None);
}

#[test]
fn neighbours_share_a_border_and_the_lonely_get_the_nearest() {
    let atlas = city();
    let of = |name: &str| names(&atlas, &atlas.neighbours(Id::named("area", name)));
    let middle = of("Block 5");
    assert_eq!(middle.len(), 8);
    let sides: HashSet<&str> = middle.iter().take(4).map(String::as_str).collect();
    assert_eq!(sides, HashSet::from(["Block 2", "Block 4", "Block 6", "Block 8"]));
    let lonely = of("Bel Air");
    assert_eq!(lonely.len(), 4);
    assert_eq!(lonely.first().map(String::as_str), Some("Block 3"));
    assert_eq!(of("Gone"), [""; 0]);
}

/// The way from one knot of a three-by-three city to the next: straight at the city's edge, a
/// ragged line of 40 corners inside it, the same whichever way it is walked.
fn way(from: (i32, i32), to: (i32, i32), jitter: &[i32]) -> Vec<(i32, i32)> {
    const SIDE: i32 = 1_000_000;
    let (low, high) = (from.min(to), from.max(to));
    let across = low.0 == high.0;
    let rim = if across { low.0 % 3 == 0 } else { low.1 % 3 == 0 };
    let corner = |n: i32| {
        let along = n * SIDE / 40;
        let at = usize::try_from(low.0 * 31 + low.1 * 17 + n * 7).expect("small numbers");
        let off = if rim || n % 40 == 0 { 0 } else { jitter[at % jitter.len()] };
        let step = if across { (off, along) } else { (along, off) };
        (low.0 * SIDE + step.0, low.1 * SIDE + step.1)
    };
    let mut corners: Vec<(i32, i32)> = (0..=40).map(corner).collect();
    if from > to {
        corners.reverse();
    }
    corners.pop();
    corners
}

fn ragged_city(jitter: &[i32]) -> Atlas {
    let block = |n: i32| {
        let (x, y) = (n % 3, n / 3);
        let knots = [(x, y), (x + 1, y), (x + 1, y + 1), (x, y + 1)];
        let ways = knots.iter().zip(knots.iter().cycle().skip(1));
        let ring = ways.flat_map(|(from, to)| way(*from, *to, jitter)).collect();
        row(&format!("Block {n}"), vec![ring])
    };
    Atlas::new((0..9).map(block).collect(), 1)
}

proptest! {
    #[test]
    fn no_gap_shows_between_the_outlines_of_neighbours(
        jitter in prop::collection::vec(-2_000_i32..2_000, 60),
    ) {
        let atlas = ragged_city(&jitter);
        let whole = |(x, y): &(f64, f64)| ((x * 1e6).round() as i64, (y * 1e6).round() as i64);
        let mut edges: HashMap<[(i64, i64); 2], usize> = HashMap::new();
        for ring in atlas.areas().iter().flat_map(|area| &area.rings) {
            for (from, to) in ring.iter().zip(ring.iter().cycle().skip(1)) {
                let mut edge = [whole(from), whole(to)];
                edge.sort_unstable();
                *edges.entry(edge).or_default() += 1;
            }
        }
        let rim = |n: i64| n == 0 || n == 3_000_000;
        for (edge, times) in edges {
            let [(ax, ay), (bx, by)] = edge;
            let outer = (ax == bx && rim(ax)) || (ay == by && rim(ay));
            prop_assert_eq!(times, if outer { 1 } else { 2 }, "{:?}", edge);
        }
    }
}

#[test]
fn outlines_are_lighter_than_borders() {
    let corners = |atlas: &Atlas| {
        atlas.areas().iter().flat_map(|area| &area.rings).map(Vec::len).sum::<usize>()
    };
    // Nine squares of which only the knots are left, and of a ragged city much more.
    assert_eq!(corners(&ragged_city(&[0])), 36);
    assert_eq!(corners(&ragged_city(&[90, -90])), 36);
    assert!(corners(&ragged_city(&[1_500, -1_500, 700])) > 500);
}

#[test]
fn outlines_keep_small_areas_and_holes() {
    let tiny = vec![vec![(0, 0), (30, 0), (30, 30), (0, 30)]];
    let hole = vec![
        vec![(0, 0), (900_000, 0), (900_000, 900_000), (0, 900_000)],
        vec![(10, 10), (10, 50), (50, 50), (50, 10)],
    ];
    let atlas = Atlas::new(vec![row("Tiny", tiny), row("Wide", hole)], 1);
    let rings = |name: &str| atlas.area(Id::named("area", name)).map(|a| a.rings.len());
    assert_eq!(rings("Tiny"), Some(1));
    assert_eq!(rings("Wide"), Some(2));
}

#[test]
fn open_data_is_geojson_that_can_be_read_again() {
    let rings = vec![
        vec![(0, 0), (40_000, 0), (40_000, 40_000), (0, 40_000)],
        vec![(10_000, 10_000), (10_000, 20_000), (20_000, 20_000), (20_000, 10_000)],
        vec![(50_000, 0), (60_000, 0), (60_000, 10_000)],
    ];
    let area = AreaRow {
        code: "7".to_owned(),
        population: Some(120),
        ..row("Kwa \"Mama\"", rings.clone())
    };
    let text = geojson_of(&Atlas::new(vec![area], 1));
    let props = crate::places::AreaProps {
        name: "name".to_owned(),
        code: Some("code".to_owned()),
        parent: None,
        population: Some("population".to_owned()),
    };
    let reading = crate::places::rules::reading::read_areas(text.as_bytes(), &props);
    let reading = reading.expect("our own file can be read");
    assert_eq!(reading.mended, []);
    let [again] = reading.areas.as_slice() else { panic!("one area: {reading:?}") };
    assert_eq!((again.name.as_str(), again.code.as_str()), ("Kwa \"Mama\"", "7"));
    assert_eq!((again.population, &again.rings), (Some(120), &rings));
}
