//! Borders: from coordinates as they come to rings we keep, or a refusal that says where.
//! Whole numbers throughout, so that the same file gives the same rings on every machine. It never
//! guesses a border: what is mended is only order, direction and doubled corners.

use record::Refusal;

use crate::places::records::{Corner, MICRO, Rings};

/// Most corners of one area; the largest districts of a fine national map have some ten thousand.
pub const CORNERS_MAX: usize = 50_000;

/// A polygon as it comes: its outline, then its holes, in (longitude, latitude).
pub type Polygon = Vec<Vec<(f64, f64)>>;

/// Rings to keep, and what was mended to get them (keys of texts).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shape {
    /// The rings.
    pub rings: Rings,
    /// What was mended, each once.
    pub mended: Vec<&'static str>,
}

/// One polygon's rings on their way.
struct Part {
    outline: Vec<Corner>,
    holes: Vec<Vec<Corner>>,
}

/// Makes the rings of an area from its polygons.
///
/// # Errors
/// A refusal naming what is wrong and, where it can be said, at which longitude and latitude.
pub fn shape_of(polygons: &[Polygon]) -> Result<Shape, Refusal> {
    let corners: usize = polygons.iter().flatten().map(Vec::len).sum();
    if corners == 0 {
        return Err(Refusal::new("area-empty"));
    }
    if corners > CORNERS_MAX {
        return Err(Refusal::new("area-corners-many").naming("most", CORNERS_MAX));
    }
    let mut mended = Vec::new();
    let mut parts = Vec::new();
    for polygon in polygons {
        let Some((outline, holes)) = polygon.split_first() else { continue };
        let outline = ring_of(outline, &mut mended)?;
        let mut kept = Vec::new();
        for hole in holes {
            kept.push(ring_of(hole, &mut mended)?);
        }
        parts.push(Part { outline, holes: kept });
    }
    let all = parts.iter().flat_map(|p| std::iter::once(&p.outline).chain(&p.holes));
    if let Some((lon, lat)) = crossing(all) {
        let at = |degrees: f64| format!("{degrees:.5}");
        return Err(Refusal::new("area-crosses").naming("lon", at(lon)).naming("lat", at(lat)));
    }
    for part in &mut parts {
        turn(part, &mut mended)?;
    }
    let rings = whole(parts, &mut mended);
    mended.sort_unstable();
    mended.dedup();
    Ok(Shape { rings, mended })
}

/// A ring's corners in millionths, without its first said again, without corners said twice and
/// without needles (out and back on the same line).
fn ring_of(points: &[(f64, f64)], mended: &mut Vec<&'static str>) -> Result<Vec<Corner>, Refusal> {
    let mut ring = Vec::with_capacity(points.len());
    for point in points {
        ring.push(corner_of(*point)?);
    }
    if ring.len() > 1 && ring.first() == ring.last() {
        ring.pop();
    } else {
        mended.push("places-mended-closed");
    }
    let before = ring.len();
    if before < 3 {
        return Err(Refusal::new("area-corners-few"));
    }
    let ring = without_needles(ring);
    if ring.len() < 3 {
        return Err(Refusal::new("area-corners-few"));
    }
    if ring.len() < before {
        mended.push("places-mended-doubled");
    }
    Ok(ring)
}

/// A corner in millionths of a degree.
///
/// # Errors
/// When it is no place on Earth, with a guess why.
pub fn corner_of((lon, lat): (f64, f64)) -> Result<Corner, Refusal> {
    if !lon.is_finite() || !lat.is_finite() {
        return Err(Refusal::new("area-unreadable"));
    }
    let code = match (lon.abs() <= 180.0, lat.abs() <= 90.0) {
        (true, true) => {
            // In range: at most 180 million, which 32 bits hold.
            return Ok(((lon * MICRO).round() as i32, (lat * MICRO).round() as i32));
        }
        (true, false) if lat.abs() <= 180.0 && lon.abs() <= 90.0 => "area-swapped",
        _ if lon.abs() > 1000.0 || lat.abs() > 1000.0 => "area-metres",
        _ => "area-outside",
    };
    Err(Refusal::new(code).naming("lon", lon).naming("lat", lat))
}

fn without_needles(ring: Vec<Corner>) -> Vec<Corner> {
    let mut kept: Vec<Corner> = Vec::with_capacity(ring.len());
    for corner in ring {
        kept.push(corner);
        // Taking a needle out may lay the next one bare.
        while let [.., a, b, c] = kept.as_slice()
            && (a == c || b == c)
        {
            kept.truncate(kept.len() - if a == c { 2 } else { 1 });
        }
        if let [a, b] = kept.as_slice()
            && a == b
        {
            kept.pop();
        }
    }
    // The same across the seam, where the last corner meets the first.
    while let [first, second, .., before, last] = kept.as_slice() {
        if first == last || before == first {
            kept.pop();
        } else if last == second {
            kept.remove(0);
        } else {
            break;
        }
    }
    kept
}

/// Twice the area a ring encloses, positive when it runs against the clock.
pub fn area_twice(ring: &[Corner]) -> i128 {
    edges(ring).map(|((ax, ay), (bx, by))| wide(ax) * wide(by) - wide(bx) * wide(ay)).sum()
}

fn wide(n: i32) -> i128 {
    i128::from(n)
}

/// A ring's edges, the last leading back to the first corner.
pub fn edges(ring: &[Corner]) -> impl Iterator<Item = (Corner, Corner)> + '_ {
    ring.iter().copied().zip(ring.iter().copied().cycle().skip(1))
}

/// Outlines against the clock, holes with it; holes of no size and outside their outline go.
fn turn(part: &mut Part, mended: &mut Vec<&'static str>) -> Result<(), Refusal> {
    let area = area_twice(&part.outline);
    if area == 0 {
        return Err(Refusal::new("area-corners-few"));
    }
    if area < 0 {
        part.outline.reverse();
        mended.push("places-mended-winding");
    }
    let outline = &part.outline;
    part.holes.retain(|hole| {
        let inside = area_twice(hole) != 0 && within(hole, outline) == Some(true);
        if !inside {
            mended.push("places-mended-hole");
        }
        inside
    });
    for hole in part.holes.iter_mut().filter(|hole| area_twice(hole) > 0) {
        hole.reverse();
        mended.push("places-mended-winding");
    }
    Ok(())
}

/// All rings in order, without a part that lies on or in another: even and odd would make a hole
/// of it.
fn whole(parts: Vec<Part>, mended: &mut Vec<&'static str>) -> Rings {
    let mut order: Vec<&Part> = parts.iter().collect();
    order.sort_by_key(|part| std::cmp::Reverse(area_twice(&part.outline)));
    let mut kept: Vec<&Part> = Vec::new();
    for part in order {
        let covered = kept.iter().any(|larger| {
            let in_hole = |hole: &Vec<Corner>| within(&part.outline, hole) == Some(true);
            within(&part.outline, &larger.outline) != Some(false)
                && !larger.holes.iter().any(in_hole)
        });
        if covered {
            mended.push("places-mended-twice");
        } else {
            kept.push(part);
        }
    }
    let rings = |part: &Part| {
        let outline = std::iter::once(part.outline.clone());
        outline.chain(part.holes.iter().cloned()).collect::<Vec<_>>()
    };
    kept.into_iter().flat_map(rings).collect()
}

/// Whether `inner`, which crosses no edge of `outer`, lies within it; none when both are the same
/// corner by corner.
fn within(inner: &[Corner], outer: &[Corner]) -> Option<bool> {
    let middle = |((ax, ay), (bx, by)): (Corner, Corner)| (ax.midpoint(bx), ay.midpoint(by));
    let points = inner.iter().copied().chain(edges(inner).map(middle));
    points.map(|point| side(point, outer)).find(|side| *side != Side::On).map(|s| s == Side::In)
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Side {
    In,
    On,
    Out,
}

fn side((x, y): Corner, ring: &[Corner]) -> Side {
    let mut inside = false;
    for (a, b) in edges(ring) {
        let turn = turn_of(a, b, (x, y));
        let between = |p: i32, q: i32, at: i32| p.min(q) <= at && at <= p.max(q);
        if turn == 0 && between(a.0, b.0, x) && between(a.1, b.1, y) {
            return Side::On;
        }
        // A ray to the east: an edge counts when it passes the ray's height, its lower end with it.
        if (a.1 > y) != (b.1 > y) && (turn > 0) == (b.1 > a.1) {
            inside = !inside;
        }
    }
    if inside { Side::In } else { Side::Out }
}

/// Whether a place lies in rings by even and odd; on a border counts as in.
#[must_use]
pub fn holds(rings: &[Vec<Corner>], at: Corner) -> bool {
    let mut inside = false;
    for ring in rings {
        match side(at, ring) {
            Side::On => return true,
            Side::In => inside = !inside,
            Side::Out => {}
        }
    }
    inside
}

/// Positive when `c` lies to the left of the way from `a` to `b`. Differences of corners are below
/// 2^29, so products are far from 2^63.
fn turn_of(a: Corner, b: Corner, c: Corner) -> i64 {
    let gap = |p: i32, q: i32| i64::from(p) - i64::from(q);
    gap(b.0, a.0) * gap(c.1, a.1) - gap(b.1, a.1) * gap(c.0, a.0)
}

/// Where two edges of these rings cross in their midst, in degrees. Rings that only touch are fine:
/// even and odd read them rightly.
fn crossing<'a>(rings: impl Iterator<Item = &'a Vec<Corner>>) -> Option<(f64, f64)> {
    let mut all: Vec<(Corner, Corner)> = rings
        .flat_map(|ring| edges(ring))
        .map(|(a, b)| if a <= b { (a, b) } else { (b, a) })
        .collect();
    all.sort_unstable();
    // A line sweeps from west to east; only edges it stands on can cross the next one.
    let mut under: Vec<(Corner, Corner)> = Vec::new();
    for edge in all {
        let west = edge.0.0;
        under.retain(|(_, end)| end.0 >= west);
        if let Some(other) = under.iter().find(|other| cross(edge, **other)) {
            return Some(meeting(edge, *other));
        }
        under.push(edge);
    }
    None
}

fn cross((a, b): (Corner, Corner), (c, d): (Corner, Corner)) -> bool {
    let low = |p: Corner, q: Corner| p.1.min(q.1);
    let high = |p: Corner, q: Corner| p.1.max(q.1);
    if low(a, b) > high(c, d) || low(c, d) > high(a, b) {
        return false;
    }
    let apart = |p: i64, q: i64| p != 0 && q != 0 && (p > 0) != (q > 0);
    apart(turn_of(a, b, c), turn_of(a, b, d)) && apart(turn_of(c, d, a), turn_of(c, d, b))
}

fn meeting((a, b): (Corner, Corner), (c, d): (Corner, Corner)) -> (f64, f64) {
    let (to_c, to_d) = (turn_of(a, b, c) as f64, turn_of(a, b, d) as f64);
    let share = to_c / (to_c - to_d);
    let along = |p: i32, q: i32| (f64::from(p) + (f64::from(q) - f64::from(p)) * share) / MICRO;
    (along(c.0, d.0), along(c.1, d.1))
}
