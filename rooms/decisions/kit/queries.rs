//! What is read of facts that wait for the other phone. It writes nothing.

use record::Id;
use store::StoreError;

use super::views::Waiting;
use crate::door::House;

/// Most facts of one assembly that wait.
pub const WAITING_MAX: i64 = 200;

const WAITS: &str = "SELECT whole FROM kit_1 WHERE assembly = $1 AND waits = TRUE \
    ORDER BY place, id LIMIT $2";

/// What waits of an assembly, in the order of the phones.
///
/// # Errors
/// When the database fails.
pub async fn waiting(house: &House, assembly: Id) -> Result<Vec<Waiting>, StoreError> {
    let rows = house.store().read(WAITS, vec![assembly.into(), WAITING_MAX.into()]).await?;
    Ok(rows.iter().filter_map(Waiting::from_row).collect())
}

const LAST_NUMBER: &str = "SELECT COALESCE(MAX(number), 0) FROM decisions_2";

/// The number that the next motion would have.
///
/// # Errors
/// When the database fails.
pub async fn next_number(house: &House) -> Result<i64, StoreError> {
    let row = house.store().read_one(LAST_NUMBER, vec![]).await?;
    Ok(row.map_or(1, |row| row.int(0).saturating_add(1)))
}
