//! The atlas: every area that is public, laid out to be found by name, by place and by neighbour.
//! Worked out from the view and kept in memory; it never holds what is sealed.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::fmt::Write as _;

use geojson::{Feature, FeatureCollection, Geometry, GeometryValue, JsonObject, Position};
use record::Id;
use words::{PlaceIndex, Reason};

use crate::places::queries::outline::{Outline, outlines};
use crate::places::records::{Corner, MICRO, Rings, Source};
use crate::places::rules::rings::{area_twice, corner_of, edges, holds};
use crate::places::views::{AreaRow, Standing};

/// Most neighbours told of an area.
pub const NEIGHBOURS_MAX: usize = 8;
/// An area with fewer neighbours than this at its border is also told the nearest others.
const NEIGHBOURS_MIN: usize = 4;
/// Most areas offered for what is typed.
pub const TYPED_MAX: usize = 10;

/// A public area.
#[derive(Clone, Debug, PartialEq)]
pub struct Area {
    /// Which.
    pub id: Id,
    /// Its name.
    pub name: String,
    /// The community's name beside an official one, or the other way round.
    pub other_name: Option<String>,
    /// The office's code; empty when there is none.
    pub code: String,
    /// The name of what it lies in; empty when not known.
    pub parent_name: String,
    /// People who live there, if the source says.
    pub population: Option<i64>,
    /// Who drew it.
    pub source: Source,
    /// Lighter rings of (longitude, latitude) in degrees for pictures, not closed; what an even
    /// number of them encloses is out.
    pub rings: Outline,
    /// Whether it is public; all areas of the atlas are.
    pub published: bool,
}

impl Area {
    /// Its name with the other name beside it, as people read it.
    #[must_use]
    pub fn both_names(&self) -> String {
        match &self.other_name {
            Some(other) => format!("{} ({other})", self.name),
            None => self.name.clone(),
        }
    }
}

/// All public areas.
#[derive(Debug, Default)]
pub struct Atlas {
    areas: Vec<Area>,
    /// As kept, beside `areas`.
    borders: Vec<Rings>,
    /// Folded names, beside `areas`.
    folded: Vec<[String; 2]>,
    places: HashMap<Id, usize>,
    index: PlaceIndex,
    near: Vec<Vec<usize>>,
    mark: u64,
}

impl Atlas {
    /// The atlas of these areas; those that are not public are left out.
    #[must_use]
    pub fn new(rows: Vec<AreaRow>, mark: u64) -> Atlas {
        let mut rows: Vec<AreaRow> = rows
            .into_iter()
            .filter(|row| row.standing == Standing::Public && row.source.is_some())
            .collect();
        rows.sort_by_cached_key(|row| (sorting(&row.name), sorting(&row.parent_name), row.id));
        let outlines = outlines(rows.iter().map(|row| &row.rings));
        let borders: Vec<Rings> = rows.iter().map(|row| row.rings.clone()).collect();
        let areas: Vec<Area> = rows.into_iter().zip(outlines).map(area_of).collect();
        let names = areas.iter().enumerate().flat_map(|(at, area)| {
            let other = area.other_name.as_deref().map(|name| (at, name));
            std::iter::once((at, area.name.as_str())).chain(other)
        });
        let index = PlaceIndex::new(names);
        let fold = |area: &Area| {
            [&area.name, area.other_name.as_ref().unwrap_or(&String::new())]
                .map(|n| words::plain(n))
        };
        Atlas {
            folded: areas.iter().map(fold).collect(),
            places: areas.iter().enumerate().map(|(at, area)| (area.id, at)).collect(),
            near: neighbours_of(&borders),
            index,
            borders,
            areas,
            mark,
        }
    }

    /// Tells one reading of the view from another.
    pub(crate) fn mark(&self) -> u64 {
        self.mark
    }

    /// All public areas, in the order of their names ("Block 2" before "Block 10").
    #[must_use]
    pub fn areas(&self) -> &[Area] {
        &self.areas
    }

    /// An area, if it is public.
    #[must_use]
    pub fn area(&self, id: Id) -> Option<&Area> {
        self.areas.get(*self.places.get(&id)?)
    }

    /// The one area that words name by its own or its other name, the words that name it, and how
    /// sure that is (0 to 100). None when two could be meant.
    #[must_use]
    pub fn find(&self, words: &str) -> Option<(Id, Reason, u8)> {
        let (at, reason, sure) = self.index.find(words)?;
        Some((self.areas.get(at)?.id, reason, sure))
    }

    /// Areas that share a border with this one, longest border first; where there are few, the
    /// nearest others too. At most [`NEIGHBOURS_MAX`].
    #[must_use]
    pub fn neighbours(&self, id: Id) -> Vec<Id> {
        let near = self.places.get(&id).and_then(|at| self.near.get(*at));
        near.into_iter().flatten().filter_map(|at| self.areas.get(*at)).map(|a| a.id).collect()
    }

    /// The area a place lies in: the official one where there is one, so that counts of the city
    /// add up; else its community's.
    #[must_use]
    pub fn at(&self, lon: f64, lat: f64) -> Option<Id> {
        let corner = corner_of((lon, lat)).ok()?;
        let all = self.areas.iter().zip(&self.borders);
        let here = all.filter(|(_, rings)| near_box(rings, corner) && holds(rings, corner));
        let (area, _) = here.min_by_key(|(area, _)| area.source == Source::Community)?;
        Some(area.id)
    }

    /// Areas whose names go with what somebody typed, best first: the whole name, its beginning,
    /// a word's beginning, anywhere. At most [`TYPED_MAX`].
    #[must_use]
    pub fn by_text(&self, typed: &str) -> Vec<&Area> {
        let typed = words::plain(typed);
        if typed.is_empty() {
            return Vec::new();
        }
        let rank = |name: &String| match name.find(&typed) {
            Some(0) if name.len() == typed.len() => 0,
            Some(0) => 1,
            Some(_) if name.contains(&format!(" {typed}")) => 2,
            Some(_) => 3,
            None => u8::MAX,
        };
        let ranked = self.folded.iter().zip(&self.areas);
        let mut found: Vec<(u8, &Area)> = ranked
            .map(|(names, area)| (names.iter().map(rank).min().unwrap_or(u8::MAX), area))
            .filter(|(rank, _)| *rank < u8::MAX)
            .collect();
        // The sort keeps the order of names among equals.
        found.sort_by_key(|(rank, _)| *rank);
        found.into_iter().take(TYPED_MAX).map(|(_, area)| area).collect()
    }

    /// The borders of an area as kept.
    pub(crate) fn borders(&self, id: Id) -> Option<&Rings> {
        self.borders.get(*self.places.get(&id)?)
    }
}

fn area_of((row, rings): (AreaRow, Outline)) -> Area {
    Area {
        id: row.id,
        name: row.name,
        other_name: row.other_name,
        code: row.code,
        parent_name: row.parent_name,
        population: row.population,
        source: row.source.unwrap_or(Source::Official),
        rings,
        published: true,
    }
}

/// A name by which "Block 2" stands before "Block 10".
fn sorting(name: &str) -> String {
    let mut key = String::new();
    for word in words::plain(name).split(' ') {
        let digits = word.chars().take_while(char::is_ascii_digit).count();
        let _ = match digits {
            0 => write!(key, "{word} "),
            _ => write!(key, "{}{word} ", "0".repeat(12_usize.saturating_sub(digits))),
        };
    }
    key
}

fn near_box(rings: &Rings, at: Corner) -> bool {
    box_of(rings).is_some_and(|(low, high)| {
        low.0 <= at.0 && at.0 <= high.0 && low.1 <= at.1 && at.1 <= high.1
    })
}

/// The south-western and north-eastern corners of the box around rings.
fn box_of(rings: &Rings) -> Option<(Corner, Corner)> {
    let mut corners = rings.iter().flatten().copied();
    let first = corners.next()?;
    Some(corners.fold((first, first), |(low, high), c| {
        ((low.0.min(c.0), low.1.min(c.1)), (high.0.max(c.0), high.1.max(c.1)))
    }))
}

/// For each area those at its border, then the nearest.
fn neighbours_of(borders: &[Rings]) -> Vec<Vec<usize>> {
    let mut bearers: HashMap<Corner, Vec<usize>> = HashMap::new();
    for (at, rings) in borders.iter().enumerate() {
        for corner in rings.iter().flatten() {
            // Files that were rounded apart still meet on a grid of about a metre.
            let on_grid = (corner.0.div_euclid(10), corner.1.div_euclid(10));
            let here = bearers.entry(on_grid).or_default();
            if here.last() != Some(&at) {
                here.push(at);
            }
        }
    }
    let mut shared: Vec<HashMap<usize, usize>> = vec![HashMap::new(); borders.len()];
    for here in bearers.values() {
        for one in here {
            for other in here.iter().filter(|other| *other != one) {
                if let Some(counts) = shared.get_mut(*one) {
                    *counts.entry(*other).or_default() += 1;
                }
            }
        }
    }
    let middles: Vec<Option<(i64, i64)>> = borders.iter().map(middle_of).collect();
    let mut near = Vec::with_capacity(borders.len());
    for (at, counts) in shared.into_iter().enumerate() {
        let mut beside: Vec<(usize, usize)> = counts.into_iter().collect();
        beside.sort_by_key(|(other, corners)| (Reverse(*corners), *other));
        let mut list: Vec<usize> = beside.into_iter().map(|(other, _)| other).collect();
        if list.len() < NEIGHBOURS_MIN {
            let missing = NEIGHBOURS_MIN - list.len();
            list.extend(nearest(&middles, at, &list).into_iter().take(missing));
        }
        list.truncate(NEIGHBOURS_MAX);
        near.push(list);
    }
    near
}

fn middle_of(rings: &Rings) -> Option<(i64, i64)> {
    let (low, high) = box_of(rings)?;
    Some((i64::from(low.0.midpoint(high.0)), i64::from(low.1.midpoint(high.1))))
}

fn nearest(middles: &[Option<(i64, i64)>], at: usize, but: &[usize]) -> Vec<usize> {
    let Some(Some((x, y))) = middles.get(at) else { return Vec::new() };
    let others =
        middles.iter().enumerate().filter(|(other, _)| *other != at && !but.contains(other));
    let mut far: Vec<(i128, usize)> = others
        .filter_map(|(other, middle)| {
            let (ox, oy) = (*middle)?;
            Some((i128::from(ox - x).pow(2) + i128::from(oy - y).pow(2), other))
        })
        .collect();
    let rest = NEIGHBOURS_MIN.min(far.len());
    if rest < far.len() {
        far.select_nth_unstable(rest);
        far.truncate(rest);
    }
    far.sort_unstable();
    far.into_iter().map(|(_, other)| other).collect()
}

/// A place inside rings, for asking what lies around them: the middle of the widest stretch on
/// the line through the middle of the first outline, which is the largest.
#[must_use]
pub(crate) fn inside_of(rings: &Rings) -> Option<Corner> {
    let heights = || rings.first().into_iter().flatten().map(|corner| corner.1);
    let y = heights().min()?.midpoint(heights().max()?);
    let mut cuts: Vec<i64> = rings
        .iter()
        .flat_map(|ring| edges(ring))
        .filter(|(a, b)| (a.1 > y) != (b.1 > y))
        .map(|(a, b)| {
            let (rise, run) = (i64::from(b.1) - i64::from(a.1), i64::from(b.0) - i64::from(a.0));
            i64::from(a.0) + run * (i64::from(y) - i64::from(a.1)) / rise
        })
        .collect();
    cuts.sort_unstable();
    let stretches = cuts.chunks_exact(2).filter_map(|c| Some((*c.first()?, *c.last()?)));
    let (west, east) = stretches.max_by_key(|(west, east)| east - west)?;
    Some((i32::try_from(west.midpoint(east)).ok()?, y))
}

/// All public areas as GeoJSON (RFC 7946), with their borders as kept.
#[must_use]
pub fn geojson_of(atlas: &Atlas) -> String {
    let features = atlas.areas().iter().map(|area| {
        let rings = atlas.borders(area.id).map_or(&[][..], Vec::as_slice);
        Feature {
            geometry: Some(Geometry::new(shape_of(rings))),
            id: Some(geojson::feature::Id::String(area.id.to_string())),
            properties: Some(properties_of(area)),
            ..Feature::default()
        }
    });
    FeatureCollection { features: features.collect(), ..FeatureCollection::default() }.to_string()
}

fn properties_of(area: &Area) -> JsonObject {
    let mut properties = JsonObject::new();
    let mut say = |name: &str, value: serde_json::Value| {
        properties.insert(name.to_owned(), value);
    };
    say("name", area.name.as_str().into());
    say("other_name", area.other_name.as_deref().into());
    say("code", area.code.as_str().into());
    say("parent", area.parent_name.as_str().into());
    say("population", area.population.into());
    say("source", area.source.code().into());
    properties
}

fn shape_of(rings: &[Vec<Corner>]) -> GeometryValue {
    let position = |(x, y): &Corner| Position::from([f64::from(*x) / MICRO, f64::from(*y) / MICRO]);
    let mut polygons: Vec<Vec<Vec<Position>>> = Vec::new();
    for ring in rings {
        let closed = ring.iter().chain(ring.first()).map(position).collect();
        match polygons.last_mut() {
            // Outlines run against the clock; the holes that follow one run with it.
            Some(polygon) if area_twice(ring) < 0 => polygon.push(closed),
            _ => polygons.push(vec![closed]),
        }
    }
    match <[_; 1]>::try_from(polygons) {
        Ok([coordinates]) => GeometryValue::Polygon { coordinates },
        Err(coordinates) => GeometryValue::MultiPolygon { coordinates },
    }
}
