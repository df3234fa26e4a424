//! What the desk reads beside single voices: how much waits, whose danger nobody has read yet, the
//! settings of the node, and voices in order for a search that opens words as it goes. Bounded
//! everywhere; it opens nothing itself.

use record::Id;
use store::{StoreError, Value};

use super::columns;
use crate::door::House;
use crate::voices::views::Voice;

/// Things that wait are counted up to this many; "1,000 or more" says enough.
pub const COUNTED_MAX: i64 = 1000;
/// Voices in danger told of at the top of the desk.
const DANGER_SHOWN_MAX: i64 = 5;
/// Alarms given in one round.
const ALARMS_MAX: i64 = 20;

const HELD: &str = "SELECT COUNT(*) FROM (SELECT 1 FROM voices_2 \
     WHERE waiting = TRUE AND held = TRUE LIMIT $1) AS counted";
const CALLS: &str = "SELECT COUNT(*) FROM (SELECT 1 FROM calls_1 \
     WHERE waiting = TRUE LIMIT $1) AS counted";
const PARKED: &str = "SELECT COUNT(*) FROM (SELECT 1 FROM records \
     WHERE parked = TRUE LIMIT $1) AS counted";

/// Voices held for a focal point, up to [`COUNTED_MAX`].
///
/// # Errors
/// When the store fails.
pub async fn held(house: &House) -> Result<i64, StoreError> {
    counted(house, HELD).await
}

/// Missed calls that wait, up to [`COUNTED_MAX`].
///
/// # Errors
/// When the store fails.
pub async fn calls_waiting(house: &House) -> Result<i64, StoreError> {
    counted(house, CALLS).await
}

/// Records whose clocks run so far ahead that they wait for their hour, up to [`COUNTED_MAX`]. It
/// reads the whole log, so only a steward who asks for it gets it.
///
/// # Errors
/// When the store fails.
pub async fn parked(house: &House) -> Result<i64, StoreError> {
    counted(house, PARKED).await
}

async fn counted(house: &House, sql: &str) -> Result<i64, StoreError> {
    let row = house.store().read_one(sql, vec![COUNTED_MAX.into()]).await?;
    Ok(row.map_or(0, |row| row.int(0)))
}

/// How many wait, and how many of those are urgent, by the totals: `(waiting, urgent)`.
///
/// # Errors
/// When the store fails.
pub async fn waiting(house: &House) -> Result<(i64, i64), StoreError> {
    let totals = house.store().totals_of("voice", Id::NONE).await?;
    let of = |key: &str| totals.iter().find(|t| t.key == key).map_or(0, |total| total.n);
    Ok((of("waiting"), of("waiting_urgent")))
}

/// Voices of danger to life that nobody has read, the oldest first; those held for a focal point
/// only when asked for.
///
/// # Errors
/// When the store fails.
pub async fn danger_unread(house: &House, held: bool) -> Result<Vec<Voice>, StoreError> {
    let also = if held { "" } else { "AND held = FALSE" };
    let sql = format!(
        "SELECT {} FROM voices_2 WHERE waiting = TRUE AND urgency = 2 AND read_ms IS NULL {also} \
         ORDER BY heard_ms LIMIT $1",
        columns()
    );
    let rows = house.store().read(&sql, vec![DANGER_SHOWN_MAX.into()]).await?;
    Ok(rows.iter().map(Voice::from_row).collect())
}

/// Voices of danger to life left unread since before a moment, for which nobody was called yet. A
/// list rings for nobody, nor does a sheet of paper said before another moment; what a phone
/// sends late rings, since somebody sends it now.
///
/// # Errors
/// When the store fails.
pub async fn to_ring(
    house: &House,
    paper_said_after_ms: i64,
    before_ms: i64,
) -> Result<Vec<Voice>, StoreError> {
    let sql = format!(
        "SELECT {} FROM voices_2 WHERE waiting = TRUE AND urgency = 2 AND read_ms IS NULL \
         AND last_ms <= $1 AND channel <> 'import' \
         AND (channel <> 'paper' OR said_ms > $2 OR last_ms > heard_ms) \
         AND id NOT IN (SELECT voice FROM alarms) ORDER BY heard_ms LIMIT $3",
        columns()
    );
    let params = vec![before_ms.into(), paper_said_after_ms.into(), ALARMS_MAX.into()];
    let rows = house.store().read(&sql, params).await?;
    Ok(rows.iter().map(Voice::from_row).collect())
}

/// Up to `count` voices that are not held and not forgotten, the newest first, from just before
/// `(heard_ms, id)`.
///
/// # Errors
/// When the store fails.
pub async fn newest(
    house: &House,
    before: Option<(i64, Id)>,
    count: i64,
) -> Result<Vec<Voice>, StoreError> {
    let mut params: Vec<Value> = Vec::new();
    let from = match before {
        Some((heard_ms, id)) => {
            params.extend([heard_ms.into(), id.into()]);
            "AND (heard_ms, id) < ($1, $2)"
        }
        None => "",
    };
    params.push(count.into());
    let sql = format!(
        "SELECT {} FROM voices_2 WHERE held = FALSE AND erased = FALSE {from} \
         ORDER BY heard_ms DESC, id DESC LIMIT ${}",
        columns(),
        params.len()
    );
    Ok(house.store().read(&sql, params).await?.iter().map(Voice::from_row).collect())
}

const SETTING: &str = "SELECT value FROM settings WHERE name = $1";
const SETTINGS_FROM: &str =
    "SELECT name FROM settings WHERE SUBSTR(name, 1, $1) = $2 ORDER BY name LIMIT 2000";

/// A setting of the node.
///
/// # Errors
/// When the store fails.
pub async fn setting(house: &House, name: &str) -> Result<Option<Vec<u8>>, StoreError> {
    let row = house.store().read_one(SETTING, vec![name.into()]).await?;
    Ok(row.map(|row| row.bytes(0)))
}

/// The names of settings that begin alike, in the order of their bytes.
///
/// # Errors
/// When the store fails.
pub async fn settings_from(house: &House, begin: &str) -> Result<Vec<String>, StoreError> {
    let length = i64::try_from(begin.chars().count()).unwrap_or(i64::MAX);
    let rows = house.store().read(SETTINGS_FROM, vec![length.into(), begin.into()]).await?;
    let mut names: Vec<String> = rows.iter().map(|row| row.text(0)).collect();
    names.sort_unstable();
    Ok(names)
}

/// Takes a setting away.
pub const SETTING_GONE: &str = "DELETE FROM settings WHERE name = $1";
/// Takes a call's key away, so that its number is gone.
pub const CALL_KEY_GONE: &str = "DELETE FROM person_keys WHERE person = $1";

const NUMBERS_OF: &str = "SELECT key FROM claims WHERE entity = $1 AND space = 'number'";
const CALL_OF: &str = "SELECT entity FROM claims WHERE space = 'call' AND key = $1";

const CALL_TRIES: &str = "SELECT tries FROM calls_1 WHERE id = $1";

/// How often a missed call was tried to be returned; -1 when there is no such call.
///
/// # Errors
/// When the store fails.
pub async fn call_tries(house: &House, id: Id) -> Result<i64, StoreError> {
    let row = house.store().read_one(CALL_TRIES, vec![id.into()]).await?;
    Ok(row.map_or(-1, |row| row.int(0)))
}

/// The open missed calls of a person's number.
///
/// # Errors
/// When the store fails.
pub async fn calls_of(house: &House, person: Id) -> Result<Vec<Id>, StoreError> {
    let mut calls = Vec::new();
    for number in house.store().read(NUMBERS_OF, vec![person.into()]).await? {
        let rows = house.store().read(CALL_OF, vec![number.bytes(0).into()]).await?;
        calls.extend(rows.iter().map(|row| row.id(0)));
    }
    Ok(calls)
}

/// Voices that wait and offer something, the newest first; never those that are held.
///
/// # Errors
/// When the store fails.
pub async fn offering(house: &House, count: usize) -> Result<Vec<Voice>, StoreError> {
    let sql = format!(
        "SELECT {} FROM voices_2 WHERE waiting = TRUE AND held = FALSE AND kind = 'offer' \
         AND erased = FALSE ORDER BY heard_ms DESC, id DESC LIMIT $1",
        columns()
    );
    let most = i64::try_from(count).unwrap_or(i64::MAX);
    Ok(house.store().read(&sql, vec![most.into()]).await?.iter().map(Voice::from_row).collect())
}
