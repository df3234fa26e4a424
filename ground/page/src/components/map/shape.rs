//! Outlines: from degrees to the shortest path on a whole-number grid.
//!
//! Borders are cut where three areas meet, and each piece is simplified the same way for both its
//! neighbours, so that no gap opens between them.
//!
//! Never: an area never vanishes, however small; a broken outline never stops the page.

use std::collections::{HashMap, HashSet};

use super::MapArea;

type Point = (i32, i32);
type Ring = Vec<Point>;

/// How far a border may stray from the true one, in grid pixels.
const STRAY_PX_MAX: f64 = 0.9;

/// The drawn outline of one area.
#[derive(Debug, Default)]
pub(super) struct Outline {
    /// The `d` of its path.
    pub(super) path: String,
    /// Where its name stands.
    pub(super) middle: Point,
    /// The room it has across.
    pub(super) width_px: i32,
    /// The room it has up and down.
    pub(super) height_px: i32,
}

/// All outlines, and the size of the picture.
#[derive(Debug)]
pub(super) struct Outlines {
    pub(super) all: Vec<Outline>,
    pub(super) width: i32,
    pub(super) height: i32,
}

/// Draws the areas on a grid whose longer side is `grid_px`.
pub(super) fn outlines(areas: &[MapArea], grid_px: u16) -> Outlines {
    let frame = Frame::around(areas, f64::from(grid_px.max(16)));
    let snapped: Vec<Vec<Ring>> =
        areas.iter().map(|area| area.rings.iter().map(|ring| frame.snap(ring)).collect()).collect();
    let corners = corners(snapped.iter().flatten());
    let all = snapped
        .iter()
        .map(|rings| {
            let rings: Vec<Ring> = rings.iter().map(|ring| simplify(ring, &corners)).collect();
            outline(&rings)
        })
        .collect();
    Outlines { all, width: frame.width, height: frame.height }
}

/// How degrees become grid pixels: equirectangular, with a degree of longitude shortened by the
/// cosine of the middle latitude. True enough for one city.
struct Frame {
    west: f64,
    north: f64,
    across: f64,
    down: f64,
    width: i32,
    height: i32,
}

impl Frame {
    fn around(areas: &[MapArea], grid_px: f64) -> Frame {
        let (mut west, mut east) = (f64::INFINITY, f64::NEG_INFINITY);
        let (mut south, mut north) = (f64::INFINITY, f64::NEG_INFINITY);
        let points = areas.iter().flat_map(|area| area.rings.iter().flatten());
        for (lon, lat) in points.filter(|(lon, lat)| lon.is_finite() && lat.is_finite()) {
            (west, east) = (west.min(*lon), east.max(*lon));
            (south, north) = (south.min(*lat), north.max(*lat));
        }
        if !(west <= east && south <= north) {
            return Frame { west: 0.0, north: 0.0, across: 0.0, down: 0.0, width: 16, height: 16 };
        }
        let shrink = ((south + north) / 2.0).to_radians().cos().abs().max(0.01);
        let (wide, high) = ((east - west) * shrink, north - south);
        let scale = grid_px / wide.max(high).max(1e-9);
        Frame {
            west,
            north,
            across: shrink * scale,
            down: scale,
            width: ((wide * scale).round() as i32).max(16),
            height: ((high * scale).round() as i32).max(16),
        }
    }

    /// The ring on the grid, open (its last point is not its first), without repeated points.
    fn snap(&self, ring: &[(f64, f64)]) -> Ring {
        let mut out: Ring = Vec::with_capacity(ring.len());
        for (lon, lat) in ring.iter().filter(|(lon, lat)| lon.is_finite() && lat.is_finite()) {
            let x = ((lon - self.west) * self.across).round() as i32;
            let y = ((self.north - lat) * self.down).round() as i32;
            if out.last() != Some(&(x, y)) {
                out.push((x, y));
            }
        }
        while out.len() > 1 && out.first() == out.last() {
            out.pop();
        }
        out
    }
}

/// The points where borders meet: those with other than two different neighbours in all rings
/// together. They stay where they are, whoever's outline they belong to.
fn corners<'a>(rings: impl Iterator<Item = &'a Ring>) -> HashSet<Point> {
    let mut beside: HashMap<Point, HashSet<Point>> = HashMap::new();
    for ring in rings {
        for (from, to) in ring.iter().zip(ring.iter().cycle().skip(1)) {
            beside.entry(*from).or_default().insert(*to);
            beside.entry(*to).or_default().insert(*from);
        }
    }
    let meets = |near: &HashSet<Point>| near.len() != 2;
    beside.into_iter().filter(|(_, near)| meets(near)).map(|(point, _)| point).collect()
}

/// The ring with as few points as look the same.
fn simplify(ring: &Ring, corners: &HashSet<Point>) -> Ring {
    if ring.len() < 4 {
        return ring.clone();
    }
    let mut cuts: Vec<usize> = (0..)
        .zip(ring)
        .filter(|(_, point)| corners.contains(point))
        .map(|(index, _)| index)
        .collect();
    if cuts.len() < 2 {
        // An island has no corners, or one: its outermost points serve, the same from any start.
        let least = (0..).zip(ring).min_by_key(|(_, point)| **point).map_or(0, |(at, _)| at);
        let most = (0..).zip(ring).max_by_key(|(_, point)| **point).map_or(0, |(at, _)| at);
        cuts.extend([least, most]);
        cuts.sort_unstable();
        cuts.dedup();
    }
    let mut out = Ring::new();
    for (from, to) in cuts.iter().zip(cuts.iter().cycle().skip(1)) {
        let steps = if to > from { to - from } else { to + ring.len() - from };
        let piece: Ring = ring.iter().cycle().skip(*from).take(steps + 1).copied().collect();
        let kept = thin_both_ways(piece);
        // The end of a piece is the beginning of the next.
        out.extend(kept.iter().take(kept.len().saturating_sub(1)));
    }
    out
}

/// Thins a piece of border in one of its two directions, always the same one, so that both
/// neighbours keep the same points.
fn thin_both_ways(mut piece: Ring) -> Ring {
    let turned = piece.iter().rev().lt(piece.iter());
    if turned {
        piece.reverse();
    }
    let mut keep = vec![false; piece.len()];
    if let Some(first) = keep.first_mut() {
        *first = true;
    }
    if let Some(last) = keep.last_mut() {
        *last = true;
    }
    // Douglas and Peucker's way, with a list of its own in place of recursion: a long border must
    // not use up the stack.
    let mut open = vec![(0, piece.len().saturating_sub(1))];
    while let Some((from, to)) = open.pop() {
        let (Some(begin), Some(end)) = (piece.get(from), piece.get(to)) else { continue };
        let between = piece.get(from + 1..to).unwrap_or_default();
        let far = (from + 1..)
            .zip(between)
            .map(|(index, point)| (index, distance(*point, *begin, *end)))
            .max_by(|one, other| one.1.total_cmp(&other.1));
        let Some((index, _)) = far.filter(|(_, stray)| *stray > STRAY_PX_MAX) else { continue };
        if let Some(kept) = keep.get_mut(index) {
            *kept = true;
        }
        open.extend([(from, index), (index, to)]);
    }
    let mut out: Ring =
        piece.into_iter().zip(keep).filter(|(_, keep)| *keep).map(|(point, _)| point).collect();
    if turned {
        out.reverse();
    }
    out
}

/// The distance of a point from the stretch between two others.
fn distance(point: Point, begin: Point, end: Point) -> f64 {
    let to = |a: Point, b: Point| (f64::from(b.0 - a.0), f64::from(b.1 - a.1));
    let (along, out) = (to(begin, end), to(begin, point));
    let length = along.0.hypot(along.1);
    if length == 0.0 {
        return out.0.hypot(out.1);
    }
    let share = ((out.0 * along.0 + out.1 * along.1) / (length * length)).clamp(0.0, 1.0);
    (out.0 - share * along.0).hypot(out.1 - share * along.1)
}

fn outline(rings: &[Ring]) -> Outline {
    let mut path = String::new();
    for ring in rings.iter().filter(|ring| ring.len() >= 3 && twice_area(ring) != 0) {
        write_ring(&mut path, ring);
    }
    let points = || rings.iter().flatten();
    let (Some(west), Some(east)) = (points().map(|p| p.0).min(), points().map(|p| p.0).max())
    else {
        return Outline::default();
    };
    let north = points().map(|p| p.1).min().unwrap_or(0);
    let south = points().map(|p| p.1).max().unwrap_or(0);
    if path.is_empty() {
        // Smaller than the grid can show: a dot of two pixels, so that it is still there.
        path = format!("M{west} {north}h2v2h-2z");
    }
    Outline {
        path,
        middle: middle(rings).unwrap_or((west.midpoint(east), north.midpoint(south))),
        width_px: east - west,
        height_px: south - north,
    }
}

/// Twice the signed area of a ring.
fn twice_area(ring: &Ring) -> i64 {
    ring.iter()
        .zip(ring.iter().cycle().skip(1))
        .map(|(a, b)| i64::from(a.0) * i64::from(b.1) - i64::from(b.0) * i64::from(a.1))
        .sum()
}

/// The centre of gravity of the largest ring.
fn middle(rings: &[Ring]) -> Option<Point> {
    let ring = rings.iter().max_by_key(|ring| twice_area(ring).abs())?;
    let area = twice_area(ring) as f64;
    let (mut x, mut y) = (0.0, 0.0);
    for (a, b) in ring.iter().zip(ring.iter().cycle().skip(1)) {
        let (a, b) = ((f64::from(a.0), f64::from(a.1)), (f64::from(b.0), f64::from(b.1)));
        let cross = a.0 * b.1 - b.0 * a.1;
        x += (a.0 + b.0) * cross;
        y += (a.1 + b.1) * cross;
    }
    let whole = |sum: f64| (sum / (3.0 * area)).round() as i32;
    (area != 0.0).then(|| (whole(x), whole(y)))
}

/// `M12 34l5-6 7 8z`, with `h` and `v` for level and upright steps.
fn write_ring(path: &mut String, ring: &Ring) {
    let Some(first) = ring.first() else { return };
    path.push_str(&format!("M{} {}", first.0, first.1));
    let mut at = *first;
    let mut command = ' ';
    for point in ring.iter().skip(1) {
        let (dx, dy) = (point.0 - at.0, point.1 - at.1);
        at = *point;
        let (next, steps) = match (dx, dy) {
            (_, 0) => ('h', vec![dx]),
            (0, _) => ('v', vec![dy]),
            _ => ('l', vec![dx, dy]),
        };
        let mut fresh = next != command;
        if fresh {
            path.push(next);
            command = next;
        }
        for step in steps {
            // A minus sign parts two numbers by itself.
            if !fresh && step >= 0 {
                path.push(' ');
            }
            path.push_str(&step.to_string());
            fresh = false;
        }
    }
    path.push('z');
}
