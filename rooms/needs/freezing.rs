//! The day's frozen counts of public needs: written once a day, a chunk at a time, and never again
//! that day, whichever process comes first. It never counts a need that is not shown.

use record::{DAY_MS, Id};
use store::{Statement, StoreError};

use super::queries::PublicNeed;
use super::rules::counts::public_need;
use crate::door::House;
use crate::voices::queries::grouping::{NEEDS_AT_ONCE, counts_of_needs};

const MINUTE_MS: i64 = 60_000;

/// Shown needs whose counts are not of this day. Days further ahead come from a clock that was
/// wrong.
const UNCOUNTED: &str = "SELECT n.id FROM needs_1 n LEFT JOIN need_counts c ON c.need = n.id \
     WHERE n.published = TRUE AND n.id > $1 AND (c.day IS NULL OR c.day < $2 OR c.day > $3) \
     ORDER BY n.id LIMIT $4";
/// What was frozen for a day stays for that day.
const FREEZE: &str = "INSERT INTO need_counts (need, day, voices, asked, yes, no) \
     VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (need) DO UPDATE SET day = excluded.day, \
     voices = excluded.voices, asked = excluded.asked, yes = excluded.yes, no = excluded.no \
     WHERE need_counts.day < excluded.day OR need_counts.day > excluded.day + 1";

/// The day up to which this process has seen all counts frozen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct FrozenUpTo(i64);

/// The day as the city counts it.
fn today(house: &House) -> i64 {
    (house.now_ms() + house.city().offset_minutes * MINUTE_MS).div_euclid(DAY_MS)
}

/// Freezes the counts of one need for today, unless that was done.
pub(super) fn statement(house: &House, need: Id, told: &PublicNeed) -> Statement {
    let params = vec![
        need.into(),
        today(house).into(),
        told.voices.into(),
        told.asked.into(),
        told.yes.into(),
        told.no.into(),
    ];
    Statement::new(FREEZE, params)
}

/// Freezes today's counts of all public needs that have none of today. Called every minute; after
/// the first time of a day it asks nothing.
///
/// # Errors
/// When the store fails; what was frozen stays, and the rest follows at the next call.
pub async fn freeze(house: &House) -> Result<(), StoreError> {
    let today = today(house);
    if house.kept::<FrozenUpTo>().is_some_and(|kept| kept.0 == today) {
        return Ok(());
    }
    let most = i64::try_from(NEEDS_AT_ONCE).unwrap_or(i64::MAX);
    let mut after = Id::NONE;
    loop {
        let params = vec![after.into(), today.into(), (today + 1).into(), most.into()];
        let rows = house.store().read(UNCOUNTED, params).await?;
        let ids: Vec<Id> = rows.iter().map(|row| row.id(0)).collect();
        let Some(last) = ids.last() else { break };
        after = *last;
        let counts = counts_of_needs(house, &ids).await?;
        let of = |id: &Id| public_need(&counts.get(id).copied().unwrap_or_default());
        let statements = ids.iter().map(|id| statement(house, *id, &of(id))).collect();
        house.store().run(statements).await?;
    }
    house.keep(FrozenUpTo(today));
    Ok(())
}
