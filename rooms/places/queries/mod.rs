//! What this room reads: the city's facts and the atlas, kept in the house; an area with its
//! records; what a body has drawn and not yet released, opened for that body's members alone.

mod atlas;
mod outline;

pub(crate) use atlas::inside_of;
pub use atlas::{Area, Atlas, NEIGHBOURS_MAX, TYPED_MAX, geojson_of};

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use page::Lang;
use record::{Id, Record, decode};
use seal::PersonKey;
use store::{StoreError, Value, marks};

use crate::door::{City, House, Member};
use crate::places::records::{AreaDrawn, AreaReleased, AreaSealed, Source, Vote};
use crate::places::rules::may_see;
use crate::places::views::{AreaRow, CityRow, Standing};

const CITY: &str = "SELECT id, name, country, languages, emergency, sms_number, offset_minutes, \
     demo, hidden, hidden_reason FROM cities_1 WHERE id = $1";
const PUBLIC_AREAS: &str = "SELECT id, name, other_name, code, parent_name, population, source, \
     standing, body, rings, changed FROM areas_1 WHERE standing = $1 ORDER BY id";
const AREA_MARKS: &str = "SELECT id, changed FROM areas_1 WHERE standing = $1 ORDER BY id";
const BODY_AREAS: &str = "SELECT id, name, other_name, code, parent_name, population, source, \
     standing, body, rings, changed FROM areas_1 WHERE standing <> 'public' AND body IN ";
const WITHDRAWN_AREAS: &str = "SELECT id, name, other_name, code, parent_name, population, \
     source, standing, body, rings, changed FROM areas_1 \
     WHERE standing = 'withdrawn' AND source = 'official' ORDER BY name, id";

/// Most sealed or withdrawn areas listed at once.
const OWN_AREAS_MAX: usize = 500;

/// Which record speaks for the city.
#[must_use]
pub fn city_id() -> Id {
    Id::named("city", "this")
}

/// Reads the city's facts and, when they have changed, its areas and their risk, and keeps all of
/// it in the house.
/// Cheap when nothing has changed: other processes may call it often.
///
/// # Errors
/// When the database fails; what was kept stays.
pub async fn refresh(house: &House) -> Result<(), StoreError> {
    let row = house.store().read_one(CITY, vec![city_id().into()]).await?;
    let city = row.map(|row| city_of(CityRow::from_row(&row))).unwrap_or_default();
    if *house.city() != city {
        house.keep(city);
    }
    let public = || vec![Value::from(Standing::Public.code())];
    crate::places::risk::refresh(house).await?;
    let marks = house.store().read(AREA_MARKS, public()).await?;
    let mut hasher = DefaultHasher::new();
    for row in &marks {
        (row.id(0), row.int(1)).hash(&mut hasher);
    }
    let mark = hasher.finish();
    if house.kept::<Atlas>().is_some_and(|atlas| atlas.mark() == mark) {
        return Ok(());
    }
    let rows = house.store().read(PUBLIC_AREAS, public()).await?;
    house.keep(Atlas::new(rows.iter().map(AreaRow::from_row).collect(), mark));
    Ok(())
}

/// The atlas as last read; empty before the first [`refresh`].
#[must_use]
pub fn atlas(house: &House) -> Arc<Atlas> {
    house.kept::<Atlas>().unwrap_or_default()
}

fn city_of(row: CityRow) -> City {
    let hidden = row.hidden.is_some();
    let Some(named) = row.named else { return City { hidden, ..City::default() } };
    City {
        name: named.name,
        country: named.country,
        languages: named.languages.iter().filter_map(|code| Lang::from_code(code)).collect(),
        emergency: named.emergency,
        sms_number: named.sms_number,
        offset_minutes: named.offset_minutes,
        hidden,
        demo: named.demo,
    }
}

/// The vote by which a body made its area public, as it was kept.
///
/// # Errors
/// When the database fails.
pub async fn vote_of(house: &House, id: Id) -> Result<Option<Vote>, StoreError> {
    let records = house.store().records_of(id).await?;
    let last = records.iter().rev().find_map(Record::read::<AreaReleased>);
    Ok(last.and_then(|released| {
        Some(Vote { day: released.voted_day?, result: released.vote_result? })
    }))
}

/// An area, if this member may know of it: for its body's members, what is sealed is opened.
///
/// # Errors
/// When the database fails.
pub async fn area_seen(
    house: &House,
    member: &Member,
    id: Id,
) -> Result<Option<AreaRow>, StoreError> {
    let records = house.store().records_of(id).await?;
    let mut row = AreaRow::of(id, &records);
    if !may_see(member, &row) {
        return Ok(None);
    }
    if row.standing != Standing::Public && row.source == Some(Source::Community) {
        let opened = opened(house, id, &records).await?;
        (row.name, row.rings) = opened.map(|o| (o.name, o.rings)).unwrap_or_default();
    }
    Ok(Some(row))
}

/// What a community drew, opened with its body's key; none when the key has gone or was never
/// this node's.
///
/// # Errors
/// When the database fails.
pub(crate) async fn opened(
    house: &House,
    id: Id,
    records: &[Record],
) -> Result<Option<AreaSealed>, StoreError> {
    let drawn = |r: &Record| Some((r.read::<AreaDrawn>()?.body?, r.sealed.clone()?));
    let Some((body, sealed)) = records.iter().rev().find_map(drawn) else { return Ok(None) };
    let Some(key) = body_key(house, body).await? else { return Ok(None) };
    let plain = seal::open(&key, &id.0, &sealed).ok();
    Ok(plain.and_then(|bytes| decode::<AreaSealed>(&bytes).ok()))
}

/// The key of a community body, if it has one.
///
/// # Errors
/// When the database fails.
pub(crate) async fn body_key(house: &House, body: Id) -> Result<Option<PersonKey>, StoreError> {
    let wrapped = house.store().wrapped_key(body).await?;
    Ok(wrapped.and_then(|wrapped| house.vault().unwrap(&body.0, &wrapped).ok()))
}

/// Areas that are not public and that this member may know of: those their bodies drew, and for a
/// steward the official ones that were withdrawn.
///
/// # Errors
/// When the database fails.
pub async fn own_areas(house: &House, member: &Member) -> Result<Vec<AreaRow>, StoreError> {
    let mut found = Vec::new();
    if !member.bodies.is_empty() {
        let sql = format!("{BODY_AREAS} ({}) ORDER BY id", marks(1, member.bodies.len()));
        let bodies = member.bodies.iter().map(|body| (*body).into()).collect();
        found.extend(house.store().read(&sql, bodies).await?);
    }
    found.extend(house.store().read(WITHDRAWN_AREAS, vec![]).await?);
    let mut seen = Vec::new();
    for row in found.iter().take(OWN_AREAS_MAX) {
        seen.extend(area_seen(house, member, row.id(0)).await?);
    }
    Ok(seen)
}
