//! What this room reads: needs by id, number, area and standing, each page by an index; the frozen
//! counts of a need. No page counts a whole table, and no words of a person are opened here.

use record::Id;
use store::{StoreError, Value};

use super::rules::counts::Loose;
use super::views::{COLUMNS, Need};
use crate::door::House;
use crate::voices::{LOOSE_NO, LOOSE_SILENT, LOOSE_UNASKED, LOOSE_YES};

/// Needs on one page of the desk and of the street.
pub const PAGE_NEEDS: i64 = 20;
/// Most needs that are read at once by whoever asks for many.
pub const NEEDS_READ_MAX: i64 = 200;

const HIGHEST_NUMBER: &str = "SELECT MAX(number) FROM needs_1";
const COUNTED: &str = "SELECT voices, told, asked, yes, no FROM need_counts WHERE need = $1";

fn columns() -> String {
    COLUMNS.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ")
}

/// A need.
///
/// # Errors
/// When the store fails.
pub async fn need(house: &House, id: Id) -> Result<Option<Need>, StoreError> {
    let sql = format!("SELECT {} FROM needs_1 WHERE id = $1", columns());
    let row = house.store().read_one(&sql, vec![id.into()]).await?;
    Ok(row.map(|row| Need::from_row(&row)).filter(Need::is_stated))
}

/// Several needs by their ids; those that are not there are not in the answer.
///
/// # Errors
/// When the store fails.
pub async fn needs(house: &House, ids: &[Id]) -> Result<Vec<Need>, StoreError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let marks = store::marks(1, ids.len());
    let sql = format!("SELECT {} FROM needs_1 WHERE id IN ({marks})", columns());
    let params = ids.iter().map(|id| (*id).into()).collect();
    let rows = house.store().read(&sql, params).await?;
    Ok(rows.iter().map(Need::from_row).filter(Need::is_stated).collect())
}

/// The need of a number, as people say it: N-88 is 88.
///
/// # Errors
/// When the store fails.
pub async fn by_number(house: &House, number: i64) -> Result<Option<Need>, StoreError> {
    let sql = format!("SELECT {} FROM needs_1 WHERE number = $1 LIMIT 1", columns());
    let row = house.store().read_one(&sql, vec![number.into()]).await?;
    Ok(row.map(|row| Need::from_row(&row)).filter(Need::is_stated))
}

/// The highest number given so far.
///
/// # Errors
/// When the store fails.
pub(crate) async fn highest_number(house: &House) -> Result<i64, StoreError> {
    let row = house.store().read_one(HIGHEST_NUMBER, vec![]).await?;
    Ok(row.and_then(|row| row.opt_int(0)).unwrap_or(0))
}

/// Which needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which<'a> {
    /// Those that are neither closed nor withdrawn.
    Standing,
    /// Those that stand so.
    Status(&'a str),
    /// Those that stand, of one sector.
    Sector(&'a str),
    /// Those shown on the street.
    Public,
    /// Those that an agenda may offer.
    Agenda,
}

/// One page of needs, the gravest first and of these the oldest; `after` is the last need of the
/// page before. A status or a sector narrows an area further while it is read.
///
/// # Errors
/// When the store fails.
pub async fn list(
    house: &House,
    which: Which<'_>,
    area: Option<Id>,
    after: Option<&Need>,
    count: i64,
) -> Result<Vec<Need>, StoreError> {
    let mut params: Vec<Value> = Vec::new();
    let mut wheres: Vec<String> = Vec::new();
    match which {
        Which::Standing => wheres.push("standing = TRUE".to_owned()),
        Which::Public => wheres.push("published = TRUE AND status <> 'withdrawn'".to_owned()),
        Which::Agenda => wheres.push("agenda = TRUE".to_owned()),
        Which::Status(status) => {
            params.push(status.into());
            wheres.push("status = $1".to_owned());
        }
        Which::Sector(sector) => {
            params.push(sector.into());
            wheres.push("sector = $1 AND standing = TRUE".to_owned());
        }
    }
    if let Some(area) = area {
        params.push(area.into());
        wheres.push(format!("area = ${}", params.len()));
    }
    if let Some(last) = after {
        let place = params.len() + 1;
        let (s, m, i) = (place, place + 1, place + 2);
        params.extend([last.severity.into(), last.stated_ms.into(), last.id.into()]);
        wheres.push(format!(
            "(severity < ${s} OR (severity = ${s} AND (stated_ms, id) > (${m}, ${i})))"
        ));
    }
    params.push(count.into());
    let sql = format!(
        "SELECT {} FROM needs_1 WHERE {} ORDER BY severity DESC, stated_ms, id LIMIT ${}",
        columns(),
        wheres.join(" AND "),
        params.len()
    );
    Ok(house.store().read(&sql, params).await?.iter().map(Need::from_row).collect())
}

/// Needs that stand, the newest first.
///
/// # Errors
/// When the store fails.
pub async fn newest(house: &House, count: i64) -> Result<Vec<Need>, StoreError> {
    let sql = format!(
        "SELECT {} FROM needs_1 WHERE standing = TRUE ORDER BY number DESC LIMIT $1",
        columns()
    );
    let rows = house.store().read(&sql, vec![count.into()]).await?;
    Ok(rows.iter().map(Need::from_row).collect())
}

/// Needs that an agenda may offer (shown on the street, confirmed or open again, and taken up by
/// nobody), of an area or of the city, the gravest first.
///
/// # Errors
/// When the store fails.
pub async fn open_in(
    house: &House,
    area: Option<Id>,
    after: Option<&Need>,
    count: i64,
) -> Result<Vec<Need>, StoreError> {
    list(house, Which::Agenda, area, after, count.clamp(0, NEEDS_READ_MAX)).await
}

/// What the street is told of the voices of a need: floored to fives, as it was when last frozen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PublicNeed {
    /// At least so many voices; nought is "fewer than five".
    pub voices: i64,
    /// Whether it may be told what was answered; while it may not, the rest is nought.
    pub told: bool,
    /// Of these asked whether it arrived.
    pub asked: i64,
    /// Said YES.
    pub yes: i64,
    /// Said NO.
    pub no: i64,
}

/// The frozen counts of a need; all nought before they were first frozen.
///
/// # Errors
/// When the store fails.
pub async fn public_counts(house: &House, need: Id) -> Result<PublicNeed, StoreError> {
    let row = house.store().read_one(COUNTED, vec![need.into()]).await?;
    Ok(row.map_or_else(PublicNeed::default, |row| PublicNeed {
        voices: row.int(0),
        told: row.flag(1),
        asked: row.int(2),
        yes: row.int(3),
        no: row.int(4),
    }))
}

/// How many voices belong to no need, by what was said.
///
/// # Errors
/// When the store fails.
pub async fn loose(house: &House) -> Result<Loose, StoreError> {
    let totals = house.store().totals_of("voice", Id::NONE).await?;
    let of = |key: &str| totals.iter().find(|t| t.key == key).map_or(0, |total| total.n);
    Ok(Loose {
        yes: of(LOOSE_YES),
        no: of(LOOSE_NO),
        silent: of(LOOSE_SILENT),
        unasked: of(LOOSE_UNASKED),
    })
}

const REOPENED: &str = "SELECT id FROM needs_1 WHERE standing = TRUE AND reopenings > 0 \
    ORDER BY last_ms DESC, id LIMIT $1";

/// Needs that were opened again and stand, those in which something happened last first.
///
/// # Errors
/// When the store fails.
pub async fn reopened(house: &House, most: i64) -> Result<Vec<Id>, StoreError> {
    let rows = house.store().read(REOPENED, vec![most.into()]).await?;
    Ok(rows.iter().map(|row| row.id(0)).collect())
}
