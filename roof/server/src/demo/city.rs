//! The land of the demo city: a bay, a river and 24 neighbourhoods in 8 districts, worked out from
//! one smooth bending of a grid, so that neighbours share every corner of their border. Pure; it
//! never shows a real coast, a real border or a real name.

use std::f64::consts::PI;
use std::fmt::Write as _;

/// Name of the demo city.
pub const NAME: &str = "Zanmira";

/// Columns of the grid, from the western cape to the eastern one; the river runs in the middle.
const COLUMNS: usize = 6;
/// Rows of the grid, from the coast up to the hills.
const ROWS: usize = 4;
/// The column where the river runs.
const RIVER: f64 = 3.0;
/// Corners on each side of a neighbourhood.
const SIDE_CORNERS: usize = 8;
/// The middle of the bay: longitude and latitude in degrees, in the open ocean.
const MIDDLE: (f64, f64) = (0.1, 0.03);
/// How far around the bay the city reaches, in radians.
const AROUND: f64 = 200.0 * PI / 180.0;
/// Where the western cape lies, in radians from the east against the clock.
const WEST: f64 = 190.0 * PI / 180.0;

/// A neighbourhood: name, district, people.
type Place = (&'static str, &'static str, u32);

/// The neighbourhoods, row by row from the coast, each row from west to east.
pub const PLACES: [Place; COLUMNS * ROWS] = [
    ("Anseluna", "Portanza", 8_400),
    ("Fontabel", "Portanza", 11_900),
    ("Sablonel", "Portanza", 9_700),
    ("Mtorani", "Kilimbe", 13_600),
    ("Shamboni", "Kilimbe", 10_200),
    ("Kisimara", "Kilimbe", 7_300),
    ("Tifonten", "Marigwa", 12_800),
    ("Lakoubel", "Marigwa", 14_100),
    ("Bwadoran", "Marigwa", 8_900),
    ("Zahrawan", "Bahrane", 9_600),
    ("Qasmira", "Bahrane", 11_100),
    ("Wadilune", "Bahrane", 6_800),
    ("Salverda", "Salinero", 7_900),
    ("Duneja", "Salinero", 10_700),
    ("Cayomar", "Salinero", 9_300),
    ("Croixlune", "Belmonde", 8_200),
    ("Rivaluna", "Belmonde", 7_600),
    ("Pontarel", "Belmonde", 9_900),
    ("Tollmere", "Norvale", 5_400),
    ("Brackfold", "Norvale", 6_200),
    ("Quarrow", "Norvale", 4_900),
    ("Rizibon", "Deltame", 5_800),
    ("Mangolet", "Deltame", 4_300),
    ("Kanalou", "Deltame", 3_700),
];

/// All neighbourhoods as GeoJSON (RFC 7946) with the properties `name`, `code`, `district` and
/// `people`.
#[must_use]
pub fn geojson() -> String {
    let mut features = Vec::with_capacity(PLACES.len());
    for (at, (name, district, people)) in PLACES.iter().enumerate() {
        let ring: Vec<String> = closed(&ring(at % COLUMNS, at / COLUMNS))
            .iter()
            .map(|(x, y)| format!("[{x:.6},{y:.6}]"))
            .collect();
        features.push(format!(
            "{{\"type\":\"Feature\",\"properties\":{{\"name\":\"{name}\",\"code\":\"Z{:02}\",\
             \"district\":\"{district}\",\"people\":{people}}},\"geometry\":{{\"type\":\"Polygon\",\
             \"coordinates\":[[{}]]}}}}",
            at + 1,
            ring.join(",")
        ));
    }
    let mut collection = String::from("{\"type\":\"FeatureCollection\",\"features\":[");
    let _ = write!(collection, "{}]}}", features.join(","));
    collection
}

/// A patch inside the neighbourhood of this name, as a community would draw it: corners in
/// millionths of a degree, longitude first. `wide` is its part of the neighbourhood's width.
#[must_use]
pub fn patch(name: &str, wide: f64) -> Vec<(i32, i32)> {
    let at = PLACES.iter().position(|(known, _, _)| *known == name).unwrap_or_default();
    let (column, row) = (count(at % COLUMNS) + 0.5, count(at / COLUMNS) + 0.5);
    let corners = 9;
    (0..corners)
        .map(|corner| {
            let turn = 2.0 * PI * count(corner) / count(corners);
            // A circle with a dent: people draw around yards, not along a compass.
            let reach = wide * (1.0 + 0.25 * (3.0 * turn).sin()) / 2.0;
            let (x, y) = bend(column - reach * turn.cos(), row + reach * turn.sin());
            (micro(x), micro(y))
        })
        .collect()
}

#[expect(clippy::cast_possible_truncation, reason = "degrees of this city are small numbers")]
fn micro(degrees: f64) -> i32 {
    (degrees * 1_000_000.0).round() as i32
}

fn count(n: usize) -> f64 {
    f64::from(u32::try_from(n).unwrap_or_default())
}

/// The border of a neighbourhood, against the clock, its first corner not said again.
fn ring(column: usize, row: usize) -> Vec<(f64, f64)> {
    let (low, high) = (count(row), count(row + 1));
    let west = |v: f64| bank(count(column), column >= COLUMNS / 2, v);
    let east = |v: f64| bank(count(column + 1), column >= COLUMNS / 2, v);
    let steps = || (0..SIDE_CORNERS).map(|step| count(step) / count(SIDE_CORNERS));
    let along = |v: f64, part: f64| bend(west(v) + (east(v) - west(v)) * part, v);
    let mut ring: Vec<(f64, f64)> = steps().map(|part| along(low, part)).collect();
    ring.extend(steps().map(|part| low + (high - low) * part).map(|v| bend(east(v), v)));
    ring.extend(steps().map(|part| along(high, 1.0 - part)));
    ring.extend(steps().map(|part| high + (low - high) * part).map(|v| bend(west(v), v)));
    ring
}

fn closed(ring: &[(f64, f64)]) -> Vec<(f64, f64)> {
    ring.iter().chain(ring.first()).copied().collect()
}

/// The line between two columns; the one in the middle is a bank of the river, which widens
/// towards the sea.
fn bank(column: f64, eastern: bool, row: f64) -> f64 {
    if (column - RIVER).abs() > f64::EPSILON {
        return column;
    }
    let down = 1.0 - row / count(ROWS);
    let half_width = 0.0008 + 0.0017 * down * down;
    let shift = half_width / (reach(RIVER, row) * AROUND / count(COLUMNS));
    if eastern { column + shift } else { column - shift }
}

/// Bends the grid around the bay: column and row to longitude and latitude. Neighbours share what
/// lies between them because both are bent by this one function.
fn bend(column: f64, row: f64) -> (f64, f64) {
    let wave = 0.04 * (2.9 * row + 1.7 * column).sin() + 0.012 * (8.3 * row + 3.1 * column).sin();
    let turn = WEST - AROUND * column / count(COLUMNS) + wave;
    let reach = reach(column, row);
    (MIDDLE.0 + reach * turn.cos(), MIDDLE.1 + reach * turn.sin())
}

/// How far from the middle of the bay, in degrees.
fn reach(column: f64, row: f64) -> f64 {
    let (turn, part) = (WEST - AROUND * column / count(COLUMNS), row / count(ROWS));
    let coast = 0.034
        + 0.0035 * (3.1 * turn + 0.4).sin()
        + 0.0016 * (9.0 * turn + 1.1).sin()
        + 0.0007 * (23.0 * turn).sin();
    let hills = 0.088 + 0.006 * (2.3 * turn + 2.0).sin() + 0.002 * (7.0 * turn).sin();
    let between = 0.0018 * (5.1 * column + 3.7 * row).sin() * 4.0 * part * (1.0 - part);
    coast + (hills - coast) * part + between
}
