//! What is read of ballots. It writes nothing, and opens no ballot.

use record::Id;
use store::{Row, StoreError};

use super::acts::{bundle_id, log_id};
use super::views::{Credential, Log, Paper, Round};
use crate::door::House;

/// How many rounds a page lists.
pub const PAGE: i64 = 30;
/// Most rounds looked after in one go.
const TENDED_MAX: i64 = 100;

/// How many credentials were given out somewhere, and how many of them are void.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    /// The sheet or the sending, or none where sheets are added up.
    pub batch: Option<Id>,
    /// Where.
    pub area: Option<Id>,
    /// How many.
    pub n: i64,
    /// How many are void.
    pub void: i64,
}

/// A round.
///
/// # Errors
/// When the database fails.
pub async fn round(house: &House, id: Id) -> Result<Option<Round>, StoreError> {
    let sql = "SELECT whole FROM ballot_rounds_1 WHERE id = $1";
    let row = house.store().read_one(sql, vec![id.into()]).await?;
    Ok(row.as_ref().and_then(Round::from_row).filter(|round| round.said.is_some()))
}

/// The round of a number.
///
/// # Errors
/// When the database fails.
pub async fn by_number(house: &House, number: i64) -> Result<Option<Round>, StoreError> {
    let sql = "SELECT whole FROM ballot_rounds_1 WHERE number = $1 ORDER BY id LIMIT 1";
    let row = house.store().read_one(sql, vec![number.into()]).await?;
    Ok(row.as_ref().and_then(Round::from_row).filter(|round| round.said.is_some()))
}

/// Rounds by their numbers, the newest first, those below `before`.
///
/// # Errors
/// When the database fails.
pub async fn rounds(house: &House, before: i64, count: i64) -> Result<Vec<Round>, StoreError> {
    let sql = "SELECT whole FROM ballot_rounds_1 WHERE number < $1 AND number > 0 \
               ORDER BY number DESC, id LIMIT $2";
    let rows = house.store().read(sql, vec![before.into(), count.into()]).await?;
    Ok(rows.iter().filter_map(Round::from_row).collect())
}

/// Rounds that wait for their count.
///
/// # Errors
/// When the database fails.
pub async fn uncounted(house: &House) -> Result<Vec<Round>, StoreError> {
    let sql = "SELECT whole FROM ballot_rounds_1 WHERE counted = FALSE AND number > 0 \
               ORDER BY closes_ms, id LIMIT $1";
    let rows = house.store().read(sql, vec![TENDED_MAX.into()]).await?;
    Ok(rows.iter().filter_map(Round::from_row).collect())
}

/// The number that the next round would have.
///
/// # Errors
/// When the database fails.
pub async fn next_number(house: &House) -> Result<i64, StoreError> {
    let sql = "SELECT COALESCE(MAX(number), 0) FROM ballot_rounds_1";
    let row = house.store().read_one(sql, vec![]).await?;
    Ok(row.map_or(1, |row| row.int(0).saturating_add(1)))
}

/// The log of a round's box.
///
/// # Errors
/// When the database fails.
pub async fn log(house: &House, round: Id) -> Result<Log, StoreError> {
    let (sql, id) = ("SELECT whole FROM ballot_logs_1 WHERE id = $1", log_id(round));
    let row = house.store().read_one(sql, vec![id.into()]).await?;
    Ok(row.as_ref().and_then(Log::from_row).unwrap_or(Log { id, ..Log::default() }))
}

/// One credential.
///
/// # Errors
/// When the database fails.
pub async fn credential(house: &House, id: Id) -> Result<Option<Credential>, StoreError> {
    let sql = "SELECT whole FROM ballot_credentials_2 WHERE id = $1";
    let row = house.store().read_one(sql, vec![id.into()]).await?;
    Ok(row.as_ref().and_then(Credential::from_row))
}

/// All credentials of a round.
///
/// # Errors
/// When the database fails.
pub async fn credentials(house: &House, round: Id) -> Result<Vec<Credential>, StoreError> {
    let sql = "SELECT whole FROM ballot_credentials_2 WHERE round = $1 ORDER BY id";
    let rows = house.store().read(sql, vec![round.into()]).await?;
    Ok(rows.iter().filter_map(Credential::from_row).collect())
}

/// The credentials of one sheet or sending.
///
/// # Errors
/// When the database fails.
pub async fn of_batch(house: &House, batch: Id) -> Result<Vec<Credential>, StoreError> {
    let sql = "SELECT whole FROM ballot_credentials_2 WHERE batch = $1 ORDER BY id";
    let rows = house.store().read(sql, vec![batch.into()]).await?;
    Ok(rows.iter().filter_map(Credential::from_row).collect())
}

/// The credentials of a round that cast a ballot.
///
/// # Errors
/// When the database fails.
pub async fn used(house: &House, round: Id) -> Result<Vec<Credential>, StoreError> {
    let sql = "SELECT whole FROM ballot_credentials_2 WHERE round = $1 AND turns > 0 ORDER BY id";
    let rows = house.store().read(sql, vec![round.into()]).await?;
    Ok(rows.iter().filter_map(Credential::from_row).collect())
}

/// The leaf hashes of all ballots of a round, in the box and in the log.
///
/// # Errors
/// When the database fails.
pub async fn leaves(house: &House, round: Id) -> Result<Vec<[u8; 32]>, StoreError> {
    let used = used(house, round).await?.into_iter();
    Ok(used.flat_map(|one| one.ballots.into_iter().map(|cast| cast.leaf)).collect())
}

/// How many ballots were ever put in the box of a round.
///
/// # Errors
/// When the database fails.
pub async fn cast(house: &House, round: Id) -> Result<i64, StoreError> {
    let sql = "SELECT CAST(COALESCE(SUM(turns), 0) AS BIGINT) FROM ballot_credentials_2 \
               WHERE round = $1";
    let row = house.store().read_one(sql, vec![round.into()]).await?;
    Ok(row.map_or(0, |row| row.int(0)))
}

/// How many credentials there are, by sheet and place.
///
/// # Errors
/// When the database fails.
pub async fn by_batch(house: &House, round: Id) -> Result<Vec<Given>, StoreError> {
    let sql = "SELECT batch, area, COUNT(*), COUNT(CASE WHEN void = TRUE THEN 1 END) \
               FROM ballot_credentials_2 WHERE round = $1 \
               GROUP BY batch, area ORDER BY batch, area";
    let rows = house.store().read(sql, vec![round.into()]).await?;
    let given = |row: &Row| Given {
        batch: Some(row.id(0)),
        area: row.opt_id(1),
        n: row.int(2),
        void: row.int(3),
    };
    Ok(rows.iter().map(given).collect())
}

/// How many codes of a round went by SMS.
///
/// # Errors
/// When the database fails.
pub async fn by_sms(house: &House, round: Id) -> Result<usize, StoreError> {
    let all = credentials(house, round).await?;
    Ok(all.iter().filter(|one| one.way.as_deref() == Some("sms")).count())
}

/// How many credentials there are, by place.
///
/// # Errors
/// When the database fails.
pub async fn by_area(house: &House, round: Id) -> Result<Vec<Given>, StoreError> {
    let sql = "SELECT area, COUNT(*), COUNT(CASE WHEN void = TRUE THEN 1 END) \
               FROM ballot_credentials_2 WHERE round = $1 GROUP BY area ORDER BY area";
    let rows = house.store().read(sql, vec![round.into()]).await?;
    let given =
        |row: &Row| Given { batch: None, area: row.opt_id(0), n: row.int(1), void: row.int(2) };
    Ok(rows.iter().map(given).collect())
}

/// Batches of paper of a round.
///
/// # Errors
/// When the database fails.
pub async fn papers(house: &House, round: Id) -> Result<Vec<Paper>, StoreError> {
    let sql = "SELECT whole FROM ballot_papers_1 WHERE round = $1 ORDER BY id";
    let rows = house.store().read(sql, vec![round.into()]).await?;
    Ok(rows.iter().filter_map(Paper::from_row).collect())
}

/// The published result of a round.
///
/// # Errors
/// When the database fails.
pub async fn bundle(house: &House, round: Id) -> Result<Option<String>, StoreError> {
    let sql = "SELECT json FROM ballot_bundles_1 WHERE id = $1";
    let row = house.store().read_one(sql, vec![bundle_id(round).into()]).await?;
    Ok(row.and_then(|row| row.opt_text(0)))
}
