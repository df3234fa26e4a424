//! What this room reads back: requests, offers, advice, lots and waybills by id, number and list;
//! sums by the totals. No page counts a whole table, and no words are read here.

mod supply;
mod totals;

use record::Id;
use store::{Row, StoreError, Total, Value, marks};

use super::views::{
    Advice, CARRIED, HANDED, Lot, OF_NEED, Offer, Request, TAKEN, Waybill, columns,
};
use crate::door::House;
use crate::voices::Voice;

pub(crate) use supply::supplies;
pub use supply::{offer_by_number, standing};
pub use totals::{
    Days, Line, Sources, Worth, days, days_around, figures, median_hours, open_count, sources,
    suppliers, worths,
};

/// Rows on one page of a list.
pub const PAGE_ROWS: i64 = 20;
/// Rows of one thing that are read, such as the offers taken for a request.
const OF_ONE_MAX: usize = 100;
/// Requests, and offers of each item, that are matched at once.
pub const MATCHED_MAX: i64 = 500;

async fn rows(
    house: &House,
    noun: &'static str,
    rest: &str,
    params: Vec<Value>,
) -> Result<Vec<Row>, StoreError> {
    let table = match noun {
        "request" => "requests_2",
        "offer" => "offers_2",
        "advice" => "advice_1",
        "lot" => "lots_2",
        _ => "waybills_2",
    };
    let sql = format!("SELECT {} FROM {table} {rest}", columns(noun));
    house.store().read(&sql, params).await
}

async fn by_ids(house: &House, noun: &'static str, ids: &[Id]) -> Result<Vec<Row>, StoreError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let rest = format!("WHERE id IN ({}) ORDER BY id", marks(1, ids.len()));
    rows(house, noun, &rest, ids.iter().map(|id| (*id).into()).collect()).await
}

/// The highest number given so far to requests, offers, lots or waybills.
pub(crate) async fn highest(house: &House, noun: &'static str) -> Result<i64, StoreError> {
    let sql = match noun {
        "request" => "SELECT MAX(number) FROM requests_2",
        "offer" => "SELECT MAX(number) FROM offers_2",
        "lot" => "SELECT MAX(number) FROM lots_2",
        _ => "SELECT MAX(number) FROM waybills_2",
    };
    let row = house.store().read_one(sql, vec![]).await?;
    Ok(row.map_or(0, |row| row.int(0)))
}

/// A request.
///
/// # Errors
/// When the store fails.
pub async fn request(house: &House, id: Id) -> Result<Option<Request>, StoreError> {
    let found = by_ids(house, "request", &[id]).await?;
    Ok(found.first().map(Request::from_row).filter(|request| request.number > 0))
}

/// Requests by their ids.
///
/// # Errors
/// When the store fails.
pub async fn requests(house: &House, ids: &[Id]) -> Result<Vec<Request>, StoreError> {
    Ok(by_ids(house, "request", ids).await?.iter().map(Request::from_row).collect())
}

/// The request people call by this number.
///
/// # Errors
/// When the store fails.
pub async fn request_by_number(house: &House, number: i64) -> Result<Option<Request>, StoreError> {
    let params = vec![number.max(1).into()];
    let found = rows(house, "request", "WHERE number = $1 LIMIT 1", params).await?;
    Ok(found.first().map(Request::from_row))
}

/// Requests about which those who spoke of their needs were asked, the last ones.
///
/// # Errors
/// When the store fails.
pub(crate) async fn asked_about(house: &House) -> Result<Vec<Id>, StoreError> {
    let sql = "SELECT id FROM requests_2 WHERE asked_about IS NOT NULL \
               ORDER BY last_ms DESC LIMIT $1";
    let found = house.store().read(sql, vec![MATCHED_MAX.into()]).await?;
    Ok(found.iter().map(|row| row.id(0)).collect())
}

/// Which requests of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// Those that are asked for.
    Open,
    /// Those whose hand-over day has come.
    HandOver(i64),
    /// Those that are closed.
    Closed,
}

/// One page of requests; `after` is the last one of the page before.
///
/// # Errors
/// When the store fails.
pub async fn list(
    house: &House,
    which: Which,
    area: Option<Id>,
    after: Option<&Request>,
) -> Result<Vec<Request>, StoreError> {
    let mut params: Vec<Value> = Vec::new();
    let mut mark = |value: Value| {
        params.push(value);
        format!("${}", params.len())
    };
    let (mut wheres, day) = match which {
        Which::Open => (vec!["open = TRUE".to_owned()], "wanted_day"),
        Which::Closed => (vec!["open = FALSE AND number > 0".to_owned()], "wanted_day"),
        Which::HandOver(today) => {
            let due = format!("hand_over_day <= {} AND number > 0", mark(today.into()));
            (vec!["handed_over_ms IS NULL".to_owned(), due], "hand_over_day")
        }
    };
    if let Some(area) = area {
        wheres.push(format!("area = {}", mark(area.into())));
    }
    if let Some(last) = after {
        let at = if day == "wanted_day" { last.wanted_day } else { last.hand_over_day };
        let (at, id) = (mark(at.into()), mark(last.id.into()));
        wheres.push(format!("({day}, id) > ({at}, {id})"));
    }
    let most = mark(PAGE_ROWS.into());
    let rest = format!("WHERE {} ORDER BY {day}, id LIMIT {most}", wheres.join(" AND "));
    Ok(rows(house, "request", &rest, params).await?.iter().map(Request::from_row).collect())
}

/// Open requests to be matched, the soonest first; perhaps of one item.
///
/// # Errors
/// When the store fails.
pub async fn to_match(house: &House, item: Option<&str>) -> Result<Vec<Request>, StoreError> {
    let mut params: Vec<Value> = vec![MATCHED_MAX.into()];
    let of = item.map_or("", |item| {
        params.push(item.into());
        "AND item = $2"
    });
    let rest = format!("WHERE open = TRUE {of} ORDER BY wanted_day, id LIMIT $1");
    let found = rows(house, "request", &rest, params).await?;
    Ok(found.iter().map(Request::from_row).collect())
}

/// Requests for a need, the newest first.
///
/// # Errors
/// When the store fails.
pub async fn requests_of_need(house: &House, need: Id) -> Result<Vec<Request>, StoreError> {
    let totals = house.store().totals_of("request", need).await?;
    requests(house, &listed(&totals, OF_NEED)).await
}

/// Ids that totals list under a mark, the newest first: an id begins with its time.
fn listed(totals: &[Total], mark: &str) -> Vec<Id> {
    let mut ids: Vec<Id> =
        totals.iter().filter_map(|total| total.key.strip_prefix(mark)?.parse().ok()).collect();
    ids.sort_unstable_by(|a, b| b.cmp(a));
    ids.truncate(OF_ONE_MAX);
    ids
}

/// What came of a request, by the totals of offers, waybills and lots.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Came {
    /// Taken, and the giver has not said yes yet.
    pub claimed: i64,
    /// Promised, what came already among it.
    pub pledged: i64,
    /// Received.
    pub received: i64,
    /// Handed out to people.
    pub handed: i64,
}

impl Came {
    /// What a request still lacks.
    #[must_use]
    pub fn lacks(&self, request: &Request) -> i64 {
        (request.amount - self.claimed - self.pledged).max(0)
    }
}

/// What came of a request.
///
/// # Errors
/// When the store fails.
pub async fn came(house: &House, request: Id) -> Result<Came, StoreError> {
    let mut came = Came::default();
    for noun in ["offer", "waybill", "lot"] {
        for total in house.store().totals_of(noun, request).await? {
            match total.key.as_str() {
                "claimed" => came.claimed += total.n,
                "pledged" => came.pledged += total.n,
                "received" => came.received += total.n,
                "handed" => came.handed += total.n,
                _ => {}
            }
        }
    }
    Ok(came)
}

/// Offers of which a part is taken for a request.
///
/// # Errors
/// When the store fails.
pub async fn offers_of(house: &House, request: Id) -> Result<Vec<Offer>, StoreError> {
    let totals = house.store().totals_of("offer", request).await?;
    let found = by_ids(house, "offer", &listed(&totals, TAKEN)).await?;
    Ok(found.iter().map(Offer::from_row).collect())
}

/// Waybills that carry goods for a request.
///
/// # Errors
/// When the store fails.
pub async fn waybills_of(house: &House, request: Id) -> Result<Vec<Waybill>, StoreError> {
    let totals = house.store().totals_of("waybill", request).await?;
    let found = by_ids(house, "waybill", &listed(&totals, CARRIED)).await?;
    Ok(found.iter().map(Waybill::from_row).collect())
}

/// Lots of which something was handed out for a request.
///
/// # Errors
/// When the store fails.
pub async fn lots_of(house: &House, request: Id) -> Result<Vec<Lot>, StoreError> {
    let totals = house.store().totals_of("lot", request).await?;
    let found = by_ids(house, "lot", &listed(&totals, HANDED)).await?;
    Ok(found.iter().map(Lot::from_row).collect())
}

/// An offer.
///
/// # Errors
/// When the store fails.
pub async fn offer(house: &House, id: Id) -> Result<Option<Offer>, StoreError> {
    let found = by_ids(house, "offer", &[id]).await?;
    Ok(found.first().map(Offer::from_row).filter(|offer| offer.number > 0))
}

/// Offers of an item that can be had today or later, those that end first before the others.
///
/// # Errors
/// When the store fails.
pub async fn offers_of_item(
    house: &House,
    item: &str,
    today: i64,
) -> Result<Vec<Offer>, StoreError> {
    let rest =
        "WHERE item = $1 AND open = TRUE AND until_day >= $2 ORDER BY until_day, id LIMIT $3";
    let params = vec![item.into(), today.into(), MATCHED_MAX.into()];
    Ok(rows(house, "offer", rest, params).await?.iter().map(Offer::from_row).collect())
}

/// One page of open offers, the newest first, perhaps of one item or area.
///
/// # Errors
/// When the store fails.
pub async fn offers(
    house: &House,
    (item, area): (Option<&str>, Option<Id>),
    after: Option<&Offer>,
) -> Result<Vec<Offer>, StoreError> {
    let mut params: Vec<Value> = Vec::new();
    let mut mark = |value: Value| {
        params.push(value);
        format!("${}", params.len())
    };
    let mut wheres = vec!["open = TRUE".to_owned()];
    if let Some(item) = item {
        wheres.push(format!("item = {}", mark(item.into())));
    }
    if let Some(area) = area {
        wheres.push(format!("area = {}", mark(area.into())));
    }
    if let Some(last) = after {
        let (at, id) = (mark(last.made_ms.into()), mark(last.id.into()));
        wheres.push(format!("(made_ms, id) < ({at}, {id})"));
    }
    let most = mark(PAGE_ROWS.into());
    let rest =
        format!("WHERE {} ORDER BY made_ms DESC, id DESC LIMIT {most}", wheres.join(" AND "));
    Ok(rows(house, "offer", &rest, params).await?.iter().map(Offer::from_row).collect())
}

/// Open offers that came with a voice, in the order of their ids.
///
/// # Errors
/// When the store fails.
pub(crate) async fn offers_with_voice(house: &House, after: Id) -> Result<Vec<Offer>, StoreError> {
    let rest = "WHERE open = TRUE AND voice IS NOT NULL AND id > $1 ORDER BY id LIMIT $2";
    let params = vec![after.into(), MATCHED_MAX.into()];
    Ok(rows(house, "offer", rest, params).await?.iter().map(Offer::from_row).collect())
}

/// Of these voices, those that are listed as offers.
///
/// # Errors
/// When the store fails.
pub async fn listed_voices(house: &House, voices: &[Voice]) -> Result<Vec<Id>, StoreError> {
    if voices.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!("SELECT voice FROM offers_2 WHERE voice IN ({})", marks(1, voices.len()));
    let params = voices.iter().map(|voice| voice.id.into()).collect();
    Ok(house.store().read(&sql, params).await?.iter().map(|row| row.id(0)).collect())
}

/// An advice.
///
/// # Errors
/// When the store fails.
pub async fn advice(house: &House, id: Id) -> Result<Option<Advice>, StoreError> {
    Ok(by_ids(house, "advice", &[id]).await?.first().map(Advice::from_row))
}

/// All advice on a request, the oldest first.
///
/// # Errors
/// When the store fails.
pub async fn advice_on(house: &House, request: Id) -> Result<Vec<Advice>, StoreError> {
    let most = i64::try_from(OF_ONE_MAX).unwrap_or(i64::MAX);
    let rest = "WHERE request = $1 ORDER BY invited_ms, id LIMIT $2";
    let found = rows(house, "advice", rest, vec![request.into(), most.into()]).await?;
    Ok(found.iter().map(Advice::from_row).collect())
}

/// A lot.
///
/// # Errors
/// When the store fails.
pub async fn lot(house: &House, id: Id) -> Result<Option<Lot>, StoreError> {
    let found = by_ids(house, "lot", &[id]).await?;
    Ok(found.first().map(Lot::from_row).filter(|lot| lot.number > 0))
}

/// Lots of which something is left, by area and item; perhaps of one area.
///
/// # Errors
/// When the store fails.
pub async fn lots(
    house: &House,
    area: Option<Id>,
    after: Option<&Lot>,
) -> Result<Vec<Lot>, StoreError> {
    let mut params: Vec<Value> = Vec::new();
    let mut mark = |value: Value| {
        params.push(value);
        format!("${}", params.len())
    };
    let mut wheres = vec!["there = TRUE".to_owned()];
    if let Some(area) = area {
        wheres.push(format!("area = {}", mark(area.into())));
    }
    if let Some(last) = after {
        let place = mark(last.area.unwrap_or(Id::NONE).into());
        let (item, id) = (mark(last.item.as_str().into()), mark(last.id.into()));
        wheres.push(format!("(area, item, id) > ({place}, {item}, {id})"));
    }
    let most = mark(PAGE_ROWS.into());
    let rest = format!("WHERE {} ORDER BY area, item, id LIMIT {most}", wheres.join(" AND "));
    Ok(rows(house, "lot", &rest, params).await?.iter().map(Lot::from_row).collect())
}

/// Lots of an item of which something is left.
///
/// # Errors
/// When the store fails.
pub async fn lots_of_item(house: &House, item: &str) -> Result<Vec<Lot>, StoreError> {
    let rest = "WHERE item = $1 AND there = TRUE ORDER BY id LIMIT $2";
    let found = rows(house, "lot", rest, vec![item.into(), MATCHED_MAX.into()]).await?;
    Ok(found.iter().map(Lot::from_row).collect())
}

/// Lots of which something was handed out, the last ones.
///
/// # Errors
/// When the store fails.
pub(crate) async fn lots_handed(house: &House) -> Result<Vec<Lot>, StoreError> {
    let rest = "WHERE handed > 0 ORDER BY last_ms DESC LIMIT $1";
    let found = rows(house, "lot", rest, vec![MATCHED_MAX.into()]).await?;
    Ok(found.iter().map(Lot::from_row).collect())
}

/// A waybill.
///
/// # Errors
/// When the store fails.
pub async fn waybill(house: &House, id: Id) -> Result<Option<Waybill>, StoreError> {
    let found = by_ids(house, "waybill", &[id]).await?;
    Ok(found.first().map(Waybill::from_row).filter(|waybill| waybill.number > 0))
}

/// The waybill of a number.
///
/// # Errors
/// When the store fails.
pub async fn waybill_by_number(house: &House, number: i64) -> Result<Option<Waybill>, StoreError> {
    let params = vec![number.max(1).into()];
    let found = rows(house, "waybill", "WHERE number = $1 LIMIT 1", params).await?;
    Ok(found.first().map(Waybill::from_row))
}

/// One page of waybills of a status, the newest first.
///
/// # Errors
/// When the store fails.
pub async fn waybills(
    house: &House,
    status: &str,
    after: Option<&Waybill>,
) -> Result<Vec<Waybill>, StoreError> {
    let mut params: Vec<Value> = vec![status.into(), PAGE_ROWS.into()];
    let mut place = "";
    if let Some(last) = after {
        params.extend([last.sent_ms.into(), last.id.into()]);
        place = "AND (sent_ms, id) < ($3, $4)";
    }
    let rest =
        format!("WHERE status = $1 AND number > 0 {place} ORDER BY sent_ms DESC, id DESC LIMIT $2");
    Ok(rows(house, "waybill", &rest, params).await?.iter().map(Waybill::from_row).collect())
}
