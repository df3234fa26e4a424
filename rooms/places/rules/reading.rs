//! Reading a GeoJSON file: feature by feature, each taken or refused by its number, so that one bad
//! feature does not cost the others. Pure; it never opens a file and never holds more than one
//! feature as it came.

use std::collections::{HashMap, HashSet};

use geojson::{Geometry, GeometryValue, JsonObject, JsonValue};
use record::{Id, Refusal};
use serde::de::{DeserializeSeed, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor};

use crate::places::records::Rings;
use crate::places::rules::name_of;
use crate::places::rules::rings::{Polygon, shape_of};

/// Most bytes of a file of areas: 50 MB.
pub const GEOJSON_BYTES_MAX: usize = 50_000_000;
/// Most areas of a city.
pub const AREAS_MAX: usize = 20_000;
/// How deep collections of shapes may lie in each other.
pub const COLLECTIONS_DEEP_MAX: usize = 4;

/// Features whose properties are looked at for whoever must choose among them.
const LOOKED_AT_MAX: usize = 20;
/// Properties that one can choose among.
pub const PROPERTIES_MAX: usize = 40;
/// Characters shown of what a property says.
const SAYS_CHARS_MAX: usize = 40;

/// Which properties of a feature say what. Each is one name, or several with commas between them,
/// whose values together make the name or code.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AreaProps {
    /// The area's name.
    pub name: String,
    /// The office's code.
    pub code: Option<String>,
    /// The name of what it lies in.
    pub parent: Option<String>,
    /// People who live there.
    pub population: Option<String>,
}

/// An area as a file tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadArea {
    /// Its feature's number in the file, from 1.
    pub number: usize,
    /// Its id: the same whenever the same code or name is read.
    pub id: Id,
    /// Its name.
    pub name: String,
    /// Its code; empty when it has none.
    pub code: String,
    /// The name of what it lies in; empty when not said.
    pub parent_name: String,
    /// People who live there.
    pub population: Option<i64>,
    /// Its borders.
    pub rings: Rings,
}

/// What a file holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// Areas that can be kept.
    pub areas: Vec<ReadArea>,
    /// Features that cannot, by number, and why.
    pub refused: Vec<(usize, Refusal)>,
    /// What was mended, by number (keys of texts).
    pub mended: Vec<(usize, String)>,
}

/// Reads a file of areas.
///
/// # Errors
/// When nothing in it can be used: too long, no text, no GeoJSON, too many or no features, or none
/// of them has the property that should name it.
pub fn read_areas(bytes: &[u8], props: &AreaProps) -> Result<Reading, Refusal> {
    let Reader { reading, number, known, .. } = read(bytes, props)?;
    let unnamed = |(_, why): &(usize, Refusal)| why.code == "area-no-name";
    if reading.refused.len() == number && reading.refused.iter().all(unnamed) && !known.is_empty() {
        let names: Vec<&str> = known.iter().map(|property| property.name.as_str()).collect();
        return Err(Refusal::new("geojson-no-property")
            .naming("property", &props.name)
            .naming("known", names.join(", ")));
    }
    Ok(told_apart(reading))
}

/// A property of a file's features, with what the first feature that has it says there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Property {
    /// Its name.
    pub name: String,
    /// What it says, shortened.
    pub says: String,
    /// How many different things it says of the features that were looked at.
    pub kinds: usize,
}

/// How many features a file has, and the properties of the first ones, for whoever must choose.
///
/// # Errors
/// As [`read_areas`], but for what depends on the choice.
pub fn properties_of(bytes: &[u8]) -> Result<(usize, Vec<Property>), Refusal> {
    // Without a name every feature is passed over, once its properties were seen.
    let Reader { number, known, .. } = read(bytes, &AreaProps::default())?;
    Ok((number, known))
}

/// Reads a file to its end.
fn read<'a>(bytes: &[u8], props: &'a AreaProps) -> Result<Reader<'a>, Refusal> {
    if bytes.len() > GEOJSON_BYTES_MAX {
        return Err(Refusal::new("geojson-long").status(413).naming("most", "50 MB"));
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let text = std::str::from_utf8(bytes).map_err(|error| {
        // A broken letter is told like a broken bracket: by its line.
        let before = bytes.get(..error.valid_up_to()).unwrap_or_default();
        unreadable(before.iter().filter(|b| **b == b'\n').count() + 1)
    })?;
    let (known, said) = (Vec::new(), HashSet::new());
    let mut reader = Reader { props, reading: Reading::default(), number: 0, known, said };
    let mut json = serde_json::Deserializer::from_str(text);
    let read = Top(&mut reader).deserialize(&mut json).and_then(|()| json.end());
    read.map_err(|error| refusal_of(&error))?;
    if reader.number == 0 {
        return Err(Refusal::new("geojson-no-features"));
    }
    Ok(reader)
}

const TOO_MANY: &str = "too many features";

fn refusal_of(error: &serde_json::Error) -> Refusal {
    let said = error.to_string();
    if said.contains(TOO_MANY) {
        return Refusal::new("geojson-many").naming("most", AREAS_MAX);
    }
    if said.contains("recursion limit") {
        return Refusal::new("geojson-deep");
    }
    unreadable(error.line())
}

fn unreadable(line: usize) -> Refusal {
    Refusal::new("geojson-unreadable").naming("line", line)
}

struct Reader<'a> {
    props: &'a AreaProps,
    reading: Reading,
    number: usize,
    /// Properties of the first features, for whoever chooses among them or chose a wrong one.
    known: Vec<Property>,
    /// What they said, each thing once.
    said: HashSet<(String, String)>,
}

impl Reader<'_> {
    /// Takes or refuses a feature; `false` when it is one too many.
    fn take(&mut self, feature: JsonValue) -> bool {
        self.number += 1;
        if self.number > AREAS_MAX {
            return false;
        }
        if self.number <= LOOKED_AT_MAX
            && let Some(JsonValue::Object(properties)) = feature.get("properties")
        {
            self.know(properties);
        }
        match self.area_of(feature) {
            Ok(area) => self.reading.areas.push(area),
            Err(refusal) => self.reading.refused.push((self.number, refusal)),
        }
        true
    }

    fn know(&mut self, properties: &JsonObject) {
        for (name, value) in properties {
            let says: String = match value {
                JsonValue::String(text) => text.trim().chars().take(SAYS_CHARS_MAX).collect(),
                JsonValue::Number(number) => number.to_string(),
                _ => continue,
            };
            // A name that cannot be shown cannot be chosen.
            let plain = name_of(name).is_ok_and(|plain| plain == *name);
            let new = self.said.insert((name.clone(), says.clone()));
            if let Some(known) = self.known.iter_mut().find(|known| known.name == *name) {
                known.kinds += usize::from(new);
            } else if plain && self.known.len() < PROPERTIES_MAX {
                self.known.push(Property { name: name.clone(), says, kinds: 1 });
            }
        }
    }

    fn area_of(&mut self, feature: JsonValue) -> Result<ReadArea, Refusal> {
        let JsonValue::Object(mut feature) = feature else {
            return Err(Refusal::new("area-unreadable"));
        };
        let properties = match feature.remove("properties") {
            Some(JsonValue::Object(properties)) => properties,
            _ => JsonObject::new(),
        };
        let of = |property: &str, between: &str| text_of(&properties, property, between);
        let name = of(&self.props.name, " ").ok_or_else(|| Refusal::new("area-no-name"))?;
        let name = name_of(&name)?;
        let optional = |property: &Option<String>, between: &str| match property {
            Some(property) => of(property, between).map(|t| name_of(&t)).transpose(),
            None => Ok(None),
        };
        let code = optional(&self.props.code, "/")?.unwrap_or_default();
        let parent_name = optional(&self.props.parent, " ")?.unwrap_or_default();
        let population = match &self.props.population {
            Some(property) => people_of(properties.get(property.as_str())),
            None => Ok(None),
        };
        let geometry = feature.remove("geometry").unwrap_or(JsonValue::Null);
        let shape = shape_of(&polygons_of(geometry)?)?;
        let mut mended = shape.mended;
        if population.is_err() {
            mended.push("places-mended-population");
        }
        let number = self.number;
        self.reading.mended.extend(mended.into_iter().map(|m| (number, m.to_owned())));
        let population = population.unwrap_or_default();
        let rings = shape.rings;
        Ok(ReadArea { number, id: Id::NONE, name, code, parent_name, population, rings })
    }
}

/// The words in a property, or in several with commas between their names; all of a code's parts
/// must be there, else two areas might share it.
fn text_of(properties: &JsonObject, property: &str, between: &str) -> Option<String> {
    let word = |name: &str| match properties.get(name)? {
        JsonValue::String(text) if !text.trim().is_empty() => Some(text.clone()),
        JsonValue::Number(number) => Some(number.to_string()),
        _ => None,
    };
    if properties.contains_key(property) || !property.contains(',') {
        return word(property);
    }
    let words: Option<Vec<String>> = property.split(',').map(|name| word(name.trim())).collect();
    words.map(|words| words.join(between))
}

/// A count of people; an error when something else stands there.
fn people_of(value: Option<&JsonValue>) -> Result<Option<i64>, ()> {
    /// More than any city has.
    const PEOPLE_MAX: i64 = 1_000_000_000;
    let count = match value {
        None | Some(JsonValue::Null) => return Ok(None),
        Some(JsonValue::Number(number)) => {
            // Some files write counts as 1605.0.
            number.as_i64().or_else(|| number.as_f64().map(|n| n.round() as i64))
        }
        Some(JsonValue::String(text)) if text.trim().is_empty() => return Ok(None),
        Some(JsonValue::String(text)) => text.trim().parse().ok(),
        Some(_) => None,
    };
    count.filter(|n| (0..=PEOPLE_MAX).contains(n)).map(Some).ok_or(())
}

fn polygons_of(geometry: JsonValue) -> Result<Vec<Polygon>, Refusal> {
    if geometry.is_null() {
        return Err(Refusal::new("area-empty"));
    }
    let geometry: Geometry =
        serde_json::from_value(geometry).map_err(|_| Refusal::new("area-unreadable"))?;
    let mut polygons = Vec::new();
    gather(&geometry.value, 0, &mut polygons)?;
    Ok(polygons)
}

fn gather(shape: &GeometryValue, depth: usize, polygons: &mut Vec<Polygon>) -> Result<(), Refusal> {
    let polygon = |rings: &[Vec<geojson::Position>]| -> Result<Polygon, Refusal> {
        rings.iter().map(|ring| ring.iter().map(point_of).collect()).collect()
    };
    match shape {
        GeometryValue::Polygon { coordinates } => polygons.push(polygon(coordinates)?),
        GeometryValue::MultiPolygon { coordinates } => {
            for rings in coordinates {
                polygons.push(polygon(rings)?);
            }
        }
        GeometryValue::GeometryCollection { .. } if depth == COLLECTIONS_DEEP_MAX => {
            return Err(Refusal::new("geojson-deep"));
        }
        GeometryValue::GeometryCollection { geometries } => {
            for inner in geometries {
                gather(&inner.value, depth + 1, polygons)?;
            }
        }
        other => return Err(Refusal::new("area-no-area").naming("type", other.type_name())),
    }
    Ok(())
}

fn point_of(position: &geojson::Position) -> Result<(f64, f64), Refusal> {
    match position.as_slice() {
        // A third number is a height, which no border has.
        [lon, lat, ..] => Ok((*lon, *lat)),
        _ => Err(Refusal::new("area-unreadable")),
    }
}

/// The id of an area without a code.
#[must_use]
pub fn id_of(parent_name: &str, name: &str) -> Id {
    Id::named("area", &format!("{parent_name}/{name}"))
}

/// Gives every area its id, and refuses those that cannot be told from an earlier one.
fn told_apart(mut reading: Reading) -> Reading {
    let mut bearers: HashMap<String, usize> = HashMap::new();
    for area in reading.areas.iter().filter(|area| !area.code.is_empty()) {
        *bearers.entry(area.code.clone()).or_default() += 1;
    }
    let mut first: HashMap<Id, usize> = HashMap::new();
    let mut named: HashMap<(String, String), usize> = HashMap::new();
    let mut kept = Vec::with_capacity(reading.areas.len());
    for mut area in reading.areas {
        // A code that two features bear names neither.
        let telling = bearers.get(&area.code) == Some(&1);
        area.id = match telling {
            true => Id::named("area", &area.code),
            false => id_of(&area.parent_name, &area.name),
        };
        if let Some(other) = first.get(&area.id) {
            let refusal = Refusal::new("area-twice").naming("other", *other);
            reading.refused.push((area.number, refusal));
            continue;
        }
        first.insert(area.id, area.number);
        let name = (area.parent_name.clone(), area.name.clone());
        if named.insert(name, area.number).is_some() {
            reading.mended.push((area.number, "places-mended-same-name".to_owned()));
        }
        kept.push(area);
    }
    reading.refused.sort_by_key(|(number, _)| *number);
    reading.mended.sort();
    Reading { areas: kept, ..reading }
}

/// The outermost object: a collection, whose features are handed on one by one, or a lone feature.
struct Top<'a, 'b>(&'a mut Reader<'b>);

impl<'de> DeserializeSeed<'de> for Top<'_, '_> {
    type Value = ();

    fn deserialize<D: serde::Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        json.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Top<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        f.write_str("a GeoJSON object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let mut lone = JsonObject::new();
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "features" => map.next_value_seed(Features(self.0))?,
                "type" | "geometry" | "properties" | "coordinates" | "geometries" => {
                    lone.insert(key, map.next_value()?);
                }
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        // A bare shape is a feature without properties, and is refused as such.
        let alone = ["geometry", "coordinates", "geometries"].iter().any(|k| lone.contains_key(*k));
        if alone && self.0.number == 0 {
            self.0.take(JsonValue::Object(lone));
        }
        Ok(())
    }
}

struct Features<'a, 'b>(&'a mut Reader<'b>);

impl<'de> DeserializeSeed<'de> for Features<'_, '_> {
    type Value = ();

    fn deserialize<D: serde::Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        json.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Features<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        f.write_str("a list of features")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        while let Some(feature) = list.next_element::<JsonValue>()? {
            if !self.0.take(feature) {
                return Err(A::Error::custom(TOO_MANY));
            }
        }
        Ok(())
    }
}
