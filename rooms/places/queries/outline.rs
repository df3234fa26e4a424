//! Lighter outlines for pictures. A border that two areas share is simplified once and is the same
//! in both, so that no gap shows between neighbours. It never changes what is kept.

use std::collections::{HashMap, HashSet};

use crate::places::records::{Corner, MICRO, Rings};

/// Corners in pictures stand on a grid of this many millionths of a degree (about a metre).
const GRID_MICRO: i32 = 10;
/// A corner that moves the line by less than this share of the city's width is left out.
const WIDTH_SHARES: i64 = 6_000;
/// The farthest a line may move, in millionths of a degree (about thirty metres).
const SLACK_MICRO_MAX: i64 = 300;

/// Rings of (longitude, latitude) in degrees.
pub type Outline = Vec<Vec<(f64, f64)>>;

/// The outlines of all areas together, in their order.
#[must_use]
pub fn outlines<'a>(areas: impl Iterator<Item = &'a Rings>) -> Vec<Outline> {
    let all: Vec<Rings> = areas.map(|rings| rings.iter().map(|r| on_grid(r)).collect()).collect();
    let knots = knots_of(&all);
    let slack = slack_of(&all);
    let degrees = |(x, y): &Corner| (f64::from(*x) / MICRO, f64::from(*y) / MICRO);
    all.iter()
        .map(|rings| {
            let lighter = rings.iter().map(|ring| lighter(ring, &knots, slack));
            let rings = lighter.filter(|ring| ring.len() >= 3);
            rings.map(|ring| ring.iter().map(degrees).collect()).collect()
        })
        .collect()
}

fn on_grid(ring: &[Corner]) -> Vec<Corner> {
    let snap = |n: i32| (n + n.signum() * GRID_MICRO / 2) / GRID_MICRO * GRID_MICRO;
    let mut snapped: Vec<Corner> = ring.iter().map(|(x, y)| (snap(*x), snap(*y))).collect();
    snapped.dedup();
    while snapped.len() > 1 && snapped.first() == snapped.last() {
        snapped.pop();
    }
    snapped
}

fn slack_of(all: &[Rings]) -> i64 {
    let corners = || all.iter().flatten().flatten();
    let west = corners().map(|c| c.0).min().unwrap_or(0);
    let east = corners().map(|c| c.0).max().unwrap_or(0);
    ((i64::from(east) - i64::from(west)) / WIDTH_SHARES).clamp(1, SLACK_MICRO_MAX)
}

/// Corners where borders part: those with other than two ways on.
fn knots_of(all: &[Rings]) -> HashSet<Corner> {
    let mut ways: HashMap<Corner, ([Corner; 2], usize)> = HashMap::new();
    let mut way = |from: Corner, to: Corner| {
        let (seen, count) = ways.entry(from).or_insert(([to; 2], 0));
        let known = seen.iter().take((*count).min(2)).any(|other| *other == to);
        if !known {
            if let Some(place) = seen.get_mut(*count) {
                *place = to;
            }
            *count += 1;
        }
    };
    for ring in all.iter().flatten() {
        for (from, to) in ring.iter().zip(ring.iter().cycle().skip(1)) {
            way(*from, *to);
            way(*to, *from);
        }
    }
    ways.into_iter().filter(|(_, (_, count))| *count != 2).map(|(corner, _)| corner).collect()
}

fn lighter(ring: &[Corner], knots: &HashSet<Corner>, slack: i64) -> Vec<Corner> {
    // A ring that meets no other begins at its smallest corner, in whichever ring it is.
    let start = ring
        .iter()
        .position(|corner| knots.contains(corner))
        .or_else(|| ring.iter().enumerate().min_by_key(|(_, corner)| **corner).map(|(at, _)| at))
        .unwrap_or(0);
    let (head, tail) = ring.split_at(start);
    let turned: Vec<Corner> = tail.iter().chain(head).copied().collect();
    let mut out = Vec::with_capacity(turned.len());
    let mut arc: Vec<Corner> = Vec::new();
    for corner in turned.iter().chain(turned.first()) {
        arc.push(*corner);
        if arc.len() > 1 && (knots.contains(corner) || Some(corner) == turned.first()) {
            out.extend(arc_lighter(&arc, slack));
            // The end of an arc begins the next one.
            out.pop();
            arc = vec![*corner];
        }
    }
    if out.len() < 3 { ring.to_vec() } else { out }
}

/// An arc without the corners that hardly move it; worked out in one direction, whichever way it
/// is walked.
fn arc_lighter(arc: &[Corner], slack: i64) -> Vec<Corner> {
    let backward = arc.iter().rev().lt(arc.iter());
    let mut way: Vec<Corner> = arc.to_vec();
    if backward {
        way.reverse();
    }
    let mut keep = vec![false; way.len()];
    for end in [keep.first_mut().map(|k| *k = true), keep.last_mut().map(|k| *k = true)] {
        debug_assert!(end.is_some());
    }
    let mut open = vec![(0, way.len().saturating_sub(1))];
    while let Some((from, to)) = open.pop() {
        if let Some(at) = farthest(&way, from, to, slack)
            && let Some(kept) = keep.get_mut(at)
        {
            *kept = true;
            open.push((from, at));
            open.push((at, to));
        }
    }
    let mut kept = keep.iter();
    way.retain(|_| kept.next() == Some(&true));
    if backward {
        way.reverse();
    }
    way
}

/// The corner farthest from the line between two others, if it is farther than the slack.
fn farthest(way: &[Corner], from: usize, to: usize, slack: i64) -> Option<usize> {
    let (a, b) = (way.get(from)?, way.get(to)?);
    let gap = |p: i32, q: i32| i64::from(p) - i64::from(q);
    let (dx, dy) = (gap(b.0, a.0), gap(b.1, a.1));
    let length = i128::from(dx * dx + dy * dy);
    let inside = way.iter().enumerate().take(to).skip(from + 1);
    let far = |(_, c): &(usize, &Corner)| {
        let (x, y) = (gap(c.0, a.0), gap(c.1, a.1));
        // Where the arc is a loop there is no line: the distance from its one end counts.
        if length == 0 { i128::from(x * x + y * y) } else { i128::from(dx * y - dy * x).pow(2) }
    };
    let (at, corner) = inside.max_by_key(far)?;
    let least = i128::from(slack).pow(2) * length.max(1);
    (far(&(at, corner)) > least).then_some(at)
}
