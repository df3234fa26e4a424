//! What this room writes down: the city's own facts, areas drawn, renamed, released, withdrawn.
//! Never edited: a payload is superseded by a new version.

mod keep;

pub use keep::{
    AreaProps, CityWords, Imported, Outline, Vote, draw_area, draw_official, hide_city,
    import_areas, name_city, release_area, rename_area, show_area, withdraw_area,
};

use minicbor::{Decode, Encode};
use record::{Id, Payload};

/// A corner: longitude and latitude in millionths of a degree (about ten centimetres).
pub type Corner = (i32, i32);
/// Outlines and holes, each without its first corner said again at the end: an outline runs
/// against the clock, the holes that follow it run with it. What an even number encloses is out.
pub type Rings = Vec<Vec<Corner>>;

/// Millionths in a degree.
pub const MICRO: f64 = 1_000_000.0;

/// Who drew an area.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Encode, Decode)]
#[cbor(index_only)]
pub enum Source {
    /// An office: its borders came in a file.
    #[n(0)]
    Official,
    /// The people who live there.
    #[n(1)]
    Community,
}

impl Source {
    /// Stable code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Source::Official => "official",
            Source::Community => "community",
        }
    }
}

/// What the city says of itself. About `Id::named("city", "this")`.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct CityNamed {
    /// Its name.
    #[n(0)]
    pub name: String,
    /// ISO 3166 code of three letters.
    #[n(1)]
    pub country: String,
    /// ISO 639-1 codes, the first being the one for unknown languages.
    #[n(2)]
    pub languages: Vec<String>,
    /// The local number for danger to life.
    #[n(3)]
    pub emergency: String,
    /// The number residents send SMS to; empty when there is none yet.
    #[n(4)]
    pub sms_number: String,
    /// Minutes east of UTC.
    #[n(5)]
    pub offset_minutes: i64,
    /// Whether this is the demo city.
    #[n(6)]
    pub demo: bool,
}
impl Payload for CityNamed {
    const KIND: &'static str = "city.named";
}

/// The city's pages, exports and caches were withdrawn.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct CityHidden {
    /// Why, for the city's own members.
    #[n(0)]
    pub reason: String,
}
impl Payload for CityHidden {
    const KIND: &'static str = "city.hidden";
}

/// The city's pages were opened again.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct CityShown {
    /// Why, for the city's own members.
    #[n(0)]
    pub reason: String,
}
impl Payload for CityShown {
    const KIND: &'static str = "city.shown";
}

/// An area was drawn. Of a community's area everything but the body is in the sealed half
/// ([`AreaSealed`]), until the body releases it.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct AreaDrawn {
    /// Its name; empty while sealed.
    #[n(0)]
    pub name: String,
    /// The office's code; empty when there is none.
    #[n(1)]
    pub code: String,
    /// The name of what it lies in; empty when not known.
    #[n(2)]
    pub parent_name: String,
    /// People who live there, if the source says.
    #[n(3)]
    pub population: Option<i64>,
    /// Who drew it.
    #[n(4)]
    pub source: Source,
    /// Its borders; none while sealed.
    #[n(5)]
    pub rings: Rings,
    /// The community body whose area it is.
    #[n(6)]
    pub body: Option<Id>,
}
impl Payload for AreaDrawn {
    const KIND: &'static str = "area.drawn";
}

/// The sealed half of a community's [`AreaDrawn`], under the key of its body.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct AreaSealed {
    /// Its name.
    #[n(0)]
    pub name: String,
    /// Its borders.
    #[n(1)]
    pub rings: Rings,
}

/// The name that others use for an area was put beside its own.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct AreaRenamed {
    /// The community's name beside the official one, or the other way round; empty takes it away.
    #[n(0)]
    pub other_name: String,
}
impl Payload for AreaRenamed {
    const KIND: &'static str = "area.renamed";
}

/// A community body made its area public.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct AreaReleased {
    /// Its name.
    #[n(0)]
    pub name: String,
    /// The name of the official area it lies in; empty when it lies in none.
    #[n(1)]
    pub parent_name: String,
    /// Its borders.
    #[n(2)]
    pub rings: Rings,
    /// The day on which the body decided it, in days since 1970; none in records from before this
    /// was asked for.
    #[n(3)]
    pub voted_day: Option<i64>,
    /// What it decided, in its own words.
    #[n(4)]
    pub vote_result: Option<String>,
}
impl Payload for AreaReleased {
    const KIND: &'static str = "area.released";
}

/// An area was taken from all pages and lists. What others copied before is out of our hands.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct AreaWithdrawn {}
impl Payload for AreaWithdrawn {
    const KIND: &'static str = "area.withdrawn";
}
