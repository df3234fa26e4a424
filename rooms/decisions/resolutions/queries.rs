//! What is read of decisions. It never reads more than a page has use for.

use record::Id;
use store::{Row, StoreError, Value, marks};

use super::records::Tally;
use super::views::{Decision, OF_NEED};
use crate::door::House;

/// Most decisions read at once.
pub const ROWS_MAX: i64 = 500;
/// Most decisions read of one need.
const OF_NEED_MAX: usize = 100;

fn all(rows: &[Row]) -> Result<Vec<Decision>, StoreError> {
    rows.iter().map(|row| Ok(Decision::from_row(row)?)).collect()
}

const DECISION: &str = "SELECT detail FROM decisions_2 WHERE id = $1 AND moved_ms > 0";

/// One decision.
///
/// # Errors
/// When the database fails.
pub async fn decision(house: &House, id: Id) -> Result<Option<Decision>, StoreError> {
    let row = house.store().read_one(DECISION, vec![id.into()]).await?;
    Ok(row.as_ref().map(Decision::from_row).transpose()?)
}

const BY_NUMBER: &str =
    "SELECT detail FROM decisions_2 WHERE number = $1 AND moved_ms > 0 ORDER BY id LIMIT 1";

/// The decision with this number: `D-41`.
///
/// # Errors
/// When the database fails.
pub async fn by_number(house: &House, number: i64) -> Result<Option<Decision>, StoreError> {
    let row = house.store().read_one(BY_NUMBER, vec![number.into()]).await?;
    Ok(row.as_ref().map(Decision::from_row).transpose()?)
}

const LAST_NUMBER: &str = "SELECT COALESCE(MAX(number), 0) FROM decisions_2";

/// The highest number there is.
pub(super) async fn last_number(house: &House) -> Result<i64, StoreError> {
    let row = house.store().read_one(LAST_NUMBER, vec![]).await?;
    Ok(row.map_or(0, |row| row.int(0)))
}

/// The decisions that answer a need, the first first: listed among the need's totals, so that no
/// page looks through all there are.
///
/// # Errors
/// When the database fails.
pub async fn of_need(house: &House, need: Id) -> Result<Vec<Decision>, StoreError> {
    let totals = house.store().totals_of("decision", need).await?;
    let listed = totals.iter().filter_map(|total| total.key.strip_prefix(OF_NEED)?.parse().ok());
    let ids: Vec<Id> = listed.take(OF_NEED_MAX).collect();
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!(
        "SELECT detail FROM decisions_2 WHERE id IN ({}) AND moved_ms > 0 ORDER BY moved_ms, id",
        marks(1, ids.len())
    );
    all(&house.store().read(&sql, ids.into_iter().map(Value::from).collect()).await?)
}

const OF_ASSEMBLY: &str = "SELECT detail FROM decisions_2 WHERE assembly = $1 AND moved_ms > 0 \
    ORDER BY number, id LIMIT $2";

/// The motions put to an assembly, by their numbers.
///
/// # Errors
/// When the database fails.
pub async fn of_assembly(house: &House, assembly: Id) -> Result<Vec<Decision>, StoreError> {
    all(&house.store().read(OF_ASSEMBLY, vec![assembly.into(), ROWS_MAX.into()]).await?)
}

const NEWEST_RESOLVED: &str = "SELECT detail FROM decisions_2 WHERE resolved_ms IS NOT NULL \
    AND moved_ms > 0 AND number < $1 ORDER BY number DESC LIMIT $2";

/// What was resolved, yes and no, the newest first, with numbers below `before`.
///
/// # Errors
/// When the database fails.
pub async fn newest_resolved(
    house: &House,
    before: i64,
    limit: i64,
) -> Result<Vec<Decision>, StoreError> {
    let limit = limit.clamp(1, ROWS_MAX);
    all(&house.store().read(NEWEST_RESOLVED, vec![before.into(), limit.into()]).await?)
}

const NEWEST: &str = "SELECT detail FROM decisions_2 WHERE moved_ms > 0 AND number < $1 \
    ORDER BY number DESC LIMIT $2";

/// Decisions, the newest first, with numbers below `before`.
///
/// # Errors
/// When the database fails.
pub async fn newest(house: &House, before: i64, limit: i64) -> Result<Vec<Decision>, StoreError> {
    let limit = limit.clamp(1, ROWS_MAX);
    all(&house.store().read(NEWEST, vec![before.into(), limit.into()]).await?)
}

const IN_AREA: &str = "SELECT detail FROM decisions_2 WHERE area = $1 AND resolved_ms > 0 \
    ORDER BY resolved_ms DESC, id LIMIT $2";

/// What was resolved for an area, the newest first.
///
/// # Errors
/// When the database fails.
pub async fn in_area(house: &House, area: Id, limit: i64) -> Result<Vec<Decision>, StoreError> {
    let limit = limit.clamp(1, ROWS_MAX);
    all(&house.store().read(IN_AREA, vec![area.into(), limit.into()]).await?)
}

const OPEN_PROMISES: &str = "SELECT detail FROM decisions_2 WHERE promise_open = TRUE \
    ORDER BY promise_due_day, id LIMIT $1";

/// Promises that are not kept yet, the one that falls due first before the others.
///
/// # Errors
/// When the database fails.
pub async fn open_promises(house: &House, limit: i64) -> Result<Vec<Decision>, StoreError> {
    all(&house.store().read(OPEN_PROMISES, vec![limit.clamp(1, ROWS_MAX).into()]).await?)
}

const OVERDUE: &str = "SELECT detail FROM decisions_2 WHERE promise_open = TRUE \
    AND promise_due_day < $1 ORDER BY promise_due_day, id LIMIT $2";

/// Promises whose day is over on `today` (days since 1970, by the city's own calendar).
///
/// # Errors
/// When the database fails.
pub async fn overdue(house: &House, today: i64) -> Result<Vec<Decision>, StoreError> {
    all(&house.store().read(OVERDUE, vec![today.into(), ROWS_MAX.into()]).await?)
}

const REVIEWS_DUE: &str = "SELECT detail FROM decisions_2 WHERE review_open = TRUE \
    AND review_day <= $1 ORDER BY review_day, id LIMIT $2";

/// Decisions to be looked at again by `day`, the oldest day first.
///
/// # Errors
/// When the database fails.
pub async fn reviews_due(house: &House, day: i64) -> Result<Vec<Decision>, StoreError> {
    all(&house.store().read(REVIEWS_DUE, vec![day.into(), ROWS_MAX.into()]).await?)
}

/// What waits on any of these bodies, what has waited longest first.
///
/// # Errors
/// When the database fails.
pub async fn waiting_on(house: &House, bodies: &[Id]) -> Result<Vec<Decision>, StoreError> {
    if bodies.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!(
        "SELECT detail FROM decisions_2 WHERE waiting_on IN ({}) \
         ORDER BY waiting_since_ms, id LIMIT ${}",
        marks(1, bodies.len()),
        bodies.len() + 1
    );
    let mut params: Vec<Value> = bodies.iter().map(|body| (*body).into()).collect();
    params.push(ROWS_MAX.into());
    all(&house.store().read(&sql, params).await?)
}

const WAITING_BY_BODY: &str = "SELECT waiting_on, COUNT(*), MIN(waiting_since_ms) \
    FROM decisions_2 WHERE waiting_on IS NOT NULL AND waiting_since_ms <= $1 \
    GROUP BY waiting_on ORDER BY waiting_on LIMIT $2";

/// How much waits on a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// The body.
    pub body: Id,
    /// How many decisions wait on it.
    pub decisions: i64,
    /// Since when the oldest of them waits, in milliseconds since 1970.
    pub since_ms: i64,
}

/// How much waits on each body by now: not what it has put off until a day to come.
///
/// # Errors
/// When the database fails.
pub async fn waiting_by_body(house: &House) -> Result<Vec<Waiting>, StoreError> {
    let now = house.now_ms();
    let rows = house.store().read(WAITING_BY_BODY, vec![now.into(), ROWS_MAX.into()]).await?;
    Ok(rows
        .iter()
        .map(|row| Waiting { body: row.id(0), decisions: row.int(1), since_ms: row.int(2) })
        .collect())
}

const AFAR: &str = "SELECT choice, COUNT(*) FROM afar_1 WHERE decision = $1 AND counts = TRUE \
    GROUP BY choice ORDER BY choice";

/// What was chosen from afar and counts.
///
/// # Errors
/// When the database fails.
pub async fn afar(house: &House, decision: Id) -> Result<Vec<Tally>, StoreError> {
    let rows = house.store().read(AFAR, vec![decision.into()]).await?;
    let tally = |row: &Row| Tally { choice: row.text(0), papers: row.int(1), ..Tally::default() };
    Ok(rows.iter().map(tally).collect())
}
