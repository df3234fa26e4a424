//! What supplies requests: all that was taken for one, offers by their number, and supply that was
//! agreed beforehand. It reads no words.

use record::Id;
use store::StoreError;

use super::rows;
use crate::door::House;
use crate::resources::rules::supplies_named;
use crate::resources::views::{CARRIED, Offer, TAKEN};

/// Standing offers of an area that are shown.
const STANDING_MAX: i64 = 20;

/// All that supplies a request: offers and waybills by the totals, and what the request's own
/// records name.
///
/// # Errors
/// When the store fails.
pub(crate) async fn supplies(house: &House, request: Id) -> Result<Vec<Id>, StoreError> {
    let records = house.store().records_of(request).await?;
    let mut all: Vec<Id> = supplies_named(&records).collect();
    for (noun, mark) in [("offer", TAKEN), ("waybill", CARRIED)] {
        let totals = house.store().totals_of(noun, request).await?;
        all.extend(totals.iter().filter_map(|of| of.key.strip_prefix(mark)?.parse::<Id>().ok()));
    }
    all.sort_unstable();
    all.dedup();
    Ok(all)
}

/// The offer people call by this number.
///
/// # Errors
/// When the store fails.
pub async fn offer_by_number(house: &House, number: i64) -> Result<Option<Offer>, StoreError> {
    let params = vec![number.max(1).into()];
    let found = rows(house, "offer", "WHERE number = $1 LIMIT 1", params).await?;
    Ok(found.first().map(Offer::from_row))
}

/// What bodies have agreed beforehand to give or sell in an area, still good on a day: what ends
/// first, first.
///
/// # Errors
/// When the store fails.
pub async fn standing(house: &House, area: Id, today: i64) -> Result<Vec<Offer>, StoreError> {
    let rest = "WHERE standing = TRUE AND area = $1 AND until_day >= $2 AND open = TRUE \
                AND body IS NOT NULL ORDER BY until_day, id LIMIT $3";
    let params = vec![area.into(), today.into(), STANDING_MAX.into()];
    Ok(rows(house, "offer", rest, params).await?.iter().map(Offer::from_row).collect())
}
