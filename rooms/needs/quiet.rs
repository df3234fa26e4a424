//! Which areas are silent: at the desk by what came in; on the street by the day's frozen figures
//! alone, so that nothing more is given away. Silence is never taken for having all one needs.

use std::collections::{BTreeMap, HashMap};

use record::{DAY_MS, Id};
use store::StoreError;

use super::rules::silent::{SILENT_DAYS, SILENT_VOICES, silent};
use crate::door::House;
use crate::places;
use crate::voices::queries::grouping::heard_since;

/// How long the desk's look is kept (milliseconds).
const KEPT_MS: i64 = 10 * 60 * 1000;

const NEWEST_DAY: &str = "SELECT MAX(day) FROM public_counts";
const FIGURES: &str =
    "SELECT day, area, n FROM public_counts WHERE key = 'heard' AND day IN ($1, $2)";

/// What the desk last saw.
#[derive(Clone, Debug)]
struct Seen {
    at_ms: i64,
    areas: Vec<Id>,
}

/// Silent areas as the desk sees them: fewer than five voices in two weeks, though neighbours
/// speak.
///
/// # Errors
/// When the store fails.
pub async fn silent_areas(house: &House) -> Result<Vec<Id>, StoreError> {
    let now = house.now_ms();
    let fresh = |seen: &Seen| (0..KEPT_MS).contains(&(now - seen.at_ms));
    if let Some(seen) = house.kept::<Seen>().filter(|seen| fresh(seen)) {
        return Ok(seen.areas.clone());
    }
    let atlas = places::atlas(house);
    let all: Vec<Id> = atlas.areas().iter().map(|area| area.id).collect();
    let since = now - SILENT_DAYS * DAY_MS;
    let spoke = heard_since(house, &all, since, SILENT_VOICES).await?;
    let areas = silent(&spoke, |id| atlas.neighbours(id));
    house.keep(Seen { at_ms: now, areas: areas.clone() });
    Ok(areas)
}

/// Silent areas as the street may know them: those whose published figure has not moved in two
/// weeks though a neighbour's has. A figure that stands still says that fewer than five came; one
/// that moved says nothing here, so this tells no more than the figures do.
///
/// # Errors
/// When the store fails.
pub async fn silent_in_public(house: &House) -> Result<Vec<Id>, StoreError> {
    let newest = house.store().read_one(NEWEST_DAY, vec![]).await?.and_then(|row| row.opt_int(0));
    let Some(today) = newest else { return Ok(Vec::new()) };
    let before = today - SILENT_DAYS;
    let mut moved: BTreeMap<Id, i64> = BTreeMap::new();
    for row in house.store().read(FIGURES, vec![today.into(), before.into()]).await? {
        let n = if row.int(0) == today { row.int(2) } else { -row.int(2) };
        *moved.entry(row.id(1)).or_default() += n;
    }
    let atlas = places::atlas(house);
    let of: HashMap<Id, i64> = moved.into_iter().collect();
    let spoke: Vec<(Id, i64)> = atlas
        .areas()
        .iter()
        .map(|area| (area.id, of.get(&area.id).copied().unwrap_or(0)))
        .collect();
    Ok(silent(&spoke, |id| atlas.neighbours(id)))
}
