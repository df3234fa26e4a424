//! The folds of this room: the city's facts to one row, each area's records to one row. Pure; they
//! never open a seal, so that a row of a sealed area holds neither name nor border.

use std::borrow::Cow;

use record::{Id, Record, decode, encode};
use store::{Column, Count, Folded, OnConflict, Row, Table, Value, View};

use crate::places::records::{
    AreaDrawn, AreaReleased, AreaRenamed, AreaWithdrawn, CityHidden, CityNamed, CityShown, Rings,
    Source,
};

const CITIES: Table = Table {
    name: Cow::Borrowed("cities_1"),
    key: 1,
    columns: &[
        ("id", Column::Bytes),
        ("name", Column::Text),
        ("country", Column::Text),
        ("languages", Column::Text),
        ("emergency", Column::Text),
        ("sms_number", Column::Text),
        ("offset_minutes", Column::Int),
        ("demo", Column::Bool),
        ("hidden", Column::Bool),
        ("hidden_reason", Column::Text),
    ],
    on_conflict: OnConflict::Replace,
};

const AREAS: Table = Table {
    name: Cow::Borrowed("areas_1"),
    key: 1,
    columns: &[
        ("id", Column::Bytes),
        ("name", Column::Text),
        ("other_name", Column::Text),
        ("code", Column::Text),
        ("parent_name", Column::Text),
        ("population", Column::Int),
        ("source", Column::Text),
        ("standing", Column::Text),
        ("body", Column::Bytes),
        ("rings", Column::Bytes),
        ("changed", Column::Int),
    ],
    on_conflict: OnConflict::Replace,
};

/// The views of this room.
#[must_use]
pub fn views() -> Vec<View> {
    let city = include_str!("views.sql");
    // One file holds both tables; each view is given only its own statements.
    let (cities, areas) = city.split_once("-- areas").unwrap_or((city, ""));
    let mut views = vec![
        View { noun: "city", table: CITIES, sql: cities, fold: fold_city },
        View { noun: "area", table: AREAS, sql: areas, fold: fold_area },
    ];
    views.extend(crate::places::risk::views());
    views
}

/// How an area stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Standing {
    /// Nothing was drawn yet.
    #[default]
    Absent,
    /// Known to its community body alone.
    Sealed,
    /// On all pages.
    Public,
    /// Taken from all pages.
    Withdrawn,
}

impl Standing {
    /// Stable code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Standing::Absent => "absent",
            Standing::Sealed => "sealed",
            Standing::Public => "public",
            Standing::Withdrawn => "withdrawn",
        }
    }

    fn from_code(code: &str) -> Standing {
        let all = [Standing::Sealed, Standing::Public, Standing::Withdrawn];
        all.into_iter().find(|s| s.code() == code).unwrap_or_default()
    }
}

/// An area as its records tell, without what is sealed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AreaRow {
    /// The area.
    pub id: Id,
    /// Its name; empty unless it was made public.
    pub name: String,
    /// The name beside it.
    pub other_name: Option<String>,
    /// The office's code; empty when there is none.
    pub code: String,
    /// The name of what it lies in.
    pub parent_name: String,
    /// People who live there, if the source says.
    pub population: Option<i64>,
    /// Who drew it; none when nothing was drawn.
    pub source: Option<Source>,
    /// How it stands.
    pub standing: Standing,
    /// The community body whose area it is.
    pub body: Option<Id>,
    /// Its borders; none unless it was made public.
    pub rings: Rings,
    /// The clock of its last record.
    pub changed: i64,
}

impl AreaRow {
    /// What an area's records, in order, make of it.
    #[must_use]
    pub fn of(id: Id, records: &[Record]) -> AreaRow {
        let mut area = AreaRow { id, ..AreaRow::default() };
        // Renames and withdrawals may have reached this node before the drawing itself: all of
        // them are followed in order, and only at the end is it asked whether there is an area.
        for record in records {
            area.follow(record);
            area.changed = area.changed.max(record.clock.0);
        }
        if area.source.is_none() {
            area.standing = Standing::Absent;
        }
        area
    }

    fn follow(&mut self, record: &Record) {
        if let Some(drawn) = record.read::<AreaDrawn>() {
            self.draw(drawn);
        } else if let Some(renamed) = record.read::<AreaRenamed>() {
            self.other_name = Some(renamed.other_name).filter(|name| !name.is_empty());
        } else if let Some(released) = record.read::<AreaReleased>() {
            self.name = released.name;
            self.parent_name = released.parent_name;
            self.rings = released.rings;
            self.standing = Standing::Public;
        } else if record.read::<AreaWithdrawn>().is_some() {
            self.standing = Standing::Withdrawn;
            if self.source != Some(Source::Official) {
                (self.name, self.rings) = (String::new(), Rings::new());
            }
        }
    }

    fn draw(&mut self, drawn: AreaDrawn) {
        // What its community drew is never changed by an office, and the other way round.
        if self.source.is_some_and(|source| source != drawn.source) {
            return;
        }
        self.source = Some(drawn.source);
        match drawn.source {
            Source::Official => {
                self.name = drawn.name;
                self.code = drawn.code;
                self.parent_name = drawn.parent_name;
                self.population = drawn.population;
                self.rings = drawn.rings;
                self.standing = Standing::Public;
            }
            Source::Community => {
                self.body = drawn.body;
                if self.standing == Standing::Absent {
                    self.standing = Standing::Sealed;
                }
            }
        }
    }

    /// The area in a row of `areas_1`, columns in order.
    #[must_use]
    pub fn from_row(row: &Row) -> AreaRow {
        AreaRow {
            id: row.id(0),
            name: row.text(1),
            other_name: row.opt_text(2),
            code: row.text(3),
            parent_name: row.text(4),
            population: row.opt_int(5),
            source: match row.text(6).as_str() {
                "official" => Some(Source::Official),
                "community" => Some(Source::Community),
                _ => None,
            },
            standing: Standing::from_code(&row.text(7)),
            body: row.opt_id(8),
            rings: row.opt_bytes(9).and_then(|b| decode(&b).ok()).unwrap_or_default(),
            changed: row.int(10),
        }
    }

    fn into_row(self) -> Vec<Value> {
        vec![
            self.id.into(),
            self.name.into(),
            self.other_name.into(),
            self.code.into(),
            self.parent_name.into(),
            self.population.into(),
            self.source.map_or("", Source::code).into(),
            self.standing.code().into(),
            self.body.into(),
            (!self.rings.is_empty()).then(|| encode(&self.rings)).into(),
            self.changed.into(),
        ]
    }
}

fn fold_area(id: Id, records: &[Record]) -> Folded {
    let area = AreaRow::of(id, records);
    let key = match (area.standing, area.source) {
        (Standing::Public, Some(Source::Official)) => Some("official"),
        (Standing::Public, Some(Source::Community)) => Some("community"),
        _ => None,
    };
    let counts = key.map(|key| Count { area: Id::NONE, key: key.into(), n: 1 });
    Folded { row: area.into_row(), counts: counts.into_iter().collect() }
}

/// The city's facts as its records tell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CityRow {
    /// What it says of itself; none until the node has been started.
    pub named: Option<CityNamed>,
    /// Why its pages are withdrawn, while they are.
    pub hidden: Option<String>,
}

impl CityRow {
    /// What the city's records, in order, make of it.
    #[must_use]
    pub fn of(records: &[Record]) -> CityRow {
        let mut city = CityRow::default();
        for record in records {
            if let Some(named) = record.read::<CityNamed>() {
                city.named = Some(named);
            } else if let Some(hidden) = record.read::<CityHidden>() {
                city.hidden = Some(hidden.reason);
            } else if record.read::<CityShown>().is_some() {
                city.hidden = None;
            }
        }
        city
    }

    /// The city in a row of `cities_1`, columns in order.
    #[must_use]
    pub fn from_row(row: &Row) -> CityRow {
        let named = CityNamed {
            name: row.text(1),
            country: row.text(2),
            languages: row.text(3).split(',').map(str::to_owned).collect(),
            emergency: row.text(4),
            sms_number: row.text(5),
            offset_minutes: row.int(6),
            demo: row.flag(7),
        };
        CityRow {
            named: (!named.name.is_empty()).then_some(named),
            hidden: row.flag(8).then(|| row.text(9)),
        }
    }
}

fn fold_city(id: Id, records: &[Record]) -> Folded {
    let city = CityRow::of(records);
    let hidden = city.hidden.is_some();
    let named = city.named.unwrap_or_else(|| CityNamed {
        name: String::new(),
        country: String::new(),
        languages: Vec::new(),
        emergency: String::new(),
        sms_number: String::new(),
        offset_minutes: 0,
        demo: false,
    });
    let row = vec![
        id.into(),
        named.name.into(),
        named.country.into(),
        named.languages.join(",").into(),
        named.emergency.into(),
        named.sms_number.into(),
        named.offset_minutes.into(),
        named.demo.into(),
        hidden.into(),
        city.hidden.unwrap_or_default().into(),
    ];
    Folded { row, counts: Vec::new() }
}
