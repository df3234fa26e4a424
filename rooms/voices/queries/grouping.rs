//! What grouping reads: voices that belong to no need yet, the latest of each need, the counts of
//! several needs at once, the words that are shown in public, and how much each area has said
//! lately. Bounded everywhere; what a member may know of is asked of the pages' own rule.

use std::collections::HashMap;

use record::{Id, Payload};
use store::{StoreError, Value, marks};

use super::{NeedCounts, columns};
use crate::door::{House, Visitor};
use crate::voices::pages::parts::{accuses, may_see};
use crate::voices::records::{AnswerWords, VoiceQuoted, Words};
use crate::voices::totals::{NEED_ASKED, NEED_NO, NEED_VOICES, NEED_YES};
use crate::voices::views::Voice;

/// Most areas asked for in one query.
const AREAS_AT_ONCE: usize = 100;
/// Most needs asked for in one query.
pub const NEEDS_AT_ONCE: usize = 200;

/// Several voices by their ids; those that are not there are not in the answer.
///
/// # Errors
/// When the store fails.
pub async fn by_ids(house: &House, ids: &[Id]) -> Result<Vec<Voice>, StoreError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let list = marks(1, ids.len());
    let sql = format!("SELECT {} FROM voices_2 WHERE id IN ({list})", columns());
    let params = ids.iter().map(|id| (*id).into()).collect();
    let found: Vec<Voice> =
        house.store().read(&sql, params).await?.iter().map(Voice::from_row).collect();
    // In the order asked for.
    let one = |id: &Id| found.iter().find(|voice| voice.id == *id).cloned();
    Ok(ids.iter().filter_map(one).collect())
}

/// Voices that wait at the desk and belong to no need, the most urgent first, perhaps of one area.
///
/// # Errors
/// When the store fails.
pub async fn ungrouped(
    house: &House,
    area: Option<Id>,
    count: i64,
) -> Result<Vec<Voice>, StoreError> {
    let mut params: Vec<Value> = Vec::new();
    let place = match area {
        Some(area) => {
            params.push(area.into());
            "AND area = $1"
        }
        None => "",
    };
    params.push(count.into());
    let sql = format!(
        "SELECT {} FROM voices_2 WHERE waiting = TRUE AND held = FALSE AND need IS NULL {place} \
         ORDER BY urgency DESC, heard_ms, id LIMIT ${}",
        columns(),
        params.len()
    );
    Ok(house.store().read(&sql, params).await?.iter().map(Voice::from_row).collect())
}

/// The voices grouped last into each of several needs, so many of each, the latest first.
///
/// # Errors
/// When the store fails.
pub async fn latest_of_needs(
    house: &House,
    needs: &[Id],
    count: i64,
) -> Result<Vec<Voice>, StoreError> {
    let mut found = Vec::new();
    for some in needs.chunks(NEEDS_AT_ONCE) {
        let one = |at: usize| {
            format!(
                "SELECT * FROM (SELECT {} FROM voices_2 WHERE need = ${} \
                 ORDER BY grouped_ms DESC, id DESC LIMIT $1) AS latest{at}",
                columns(),
                at + 2
            )
        };
        let each: Vec<String> = (0..some.len()).map(one).collect();
        let mut params: Vec<Value> = vec![count.into()];
        params.extend(some.iter().map(|id| Value::from(*id)));
        let rows = house.store().read(&each.join(" UNION ALL "), params).await?;
        found.extend(rows.iter().map(Voice::from_row));
    }
    Ok(found)
}

/// Voices with their words opened, without those that this member may not know of.
///
/// # Errors
/// When the store fails.
pub async fn opened_for(
    house: &House,
    visitor: &Visitor,
    voices: Vec<Voice>,
) -> Result<Vec<(Voice, Option<Words>)>, StoreError> {
    let known: Vec<Voice> = voices.into_iter().filter(|voice| may_see(visitor, voice)).collect();
    let ids: Vec<Id> = known.iter().map(|voice| voice.id).collect();
    let opened = super::words_of(house, &ids).await?;
    let all = known.into_iter().zip(opened);
    let accused = |(voice, words): &(Voice, Option<Words>)| {
        words.as_ref().is_some_and(|words| accuses(house, visitor, voice, &words.words))
    };
    Ok(all.filter(|one| !accused(one)).collect())
}

/// The counts of several needs, by the totals. Not for the street: there they are floored.
///
/// # Errors
/// When the store fails.
pub async fn counts_of_needs(
    house: &House,
    needs: &[Id],
) -> Result<HashMap<Id, NeedCounts>, StoreError> {
    let mut counts: HashMap<Id, NeedCounts> = HashMap::with_capacity(needs.len());
    for some in needs.chunks(NEEDS_AT_ONCE) {
        let sql = format!(
            "SELECT area, key, CAST(SUM(n) AS BIGINT) FROM rollups \
             WHERE view = 'voices_2' AND area IN ({}) GROUP BY area, key",
            marks(1, some.len())
        );
        let params = some.iter().map(|id| (*id).into()).collect();
        for row in house.store().read(&sql, params).await? {
            let all = counts.entry(row.id(0)).or_default();
            match row.text(1).as_str() {
                NEED_VOICES => all.voices = row.int(2),
                NEED_ASKED => all.asked = row.int(2),
                NEED_YES => all.yes = row.int(2),
                NEED_NO => all.no = row.int(2),
                _ => {}
            }
        }
    }
    Ok(counts)
}

/// The words of a need's voices that are shown in public, each with its voice, in the order of
/// grouping. Only of those who said that they may be shown, and have not been forgotten.
///
/// # Errors
/// When the store fails.
pub async fn quotes_of_need(
    house: &House,
    need: Id,
    count: i64,
) -> Result<Vec<(Voice, String)>, StoreError> {
    let sql = format!(
        "SELECT {} FROM voices_2 WHERE need = $1 AND quoted = TRUE AND held = FALSE \
         AND erased = FALSE ORDER BY grouped_ms, id LIMIT $2",
        columns()
    );
    let rows = house.store().read(&sql, vec![need.into(), count.into()]).await?;
    let mut quotes = Vec::with_capacity(rows.len());
    for voice in rows.iter().map(Voice::from_row) {
        if let Some(words) = quote_of(house, voice.id).await? {
            quotes.push((voice, words));
        }
    }
    Ok(quotes)
}

/// The words of one voice that are shown in public, as last chosen.
async fn quote_of(house: &House, id: Id) -> Result<Option<String>, StoreError> {
    let Some(key) = super::key_of(house, id).await? else { return Ok(None) };
    let records = house.store().records_of(id).await?;
    let last = records.iter().rev().find(|record| record.kind == VoiceQuoted::KIND);
    let sealed = last.and_then(|record| record.sealed.as_ref());
    let bytes = sealed.and_then(|sealed| seal::open(&key, &id.0, sealed).ok());
    let words = bytes.and_then(|bytes| record::decode::<AnswerWords>(&bytes).ok());
    Ok(words.map(|quoted| quoted.words).filter(|words| !words.is_empty()))
}

/// How many voices each area has sent since a moment, counted up to `most`.
///
/// # Errors
/// When the store fails.
pub async fn heard_since(
    house: &House,
    areas: &[Id],
    since_ms: i64,
    most: i64,
) -> Result<Vec<(Id, i64)>, StoreError> {
    let mut heard = Vec::with_capacity(areas.len());
    for some in areas.chunks(AREAS_AT_ONCE) {
        let one = |at: usize| {
            format!(
                "SELECT {at} AS place, COUNT(*) AS n FROM (SELECT 1 FROM voices_2 \
                 WHERE area = ${} AND heard_ms > $1 LIMIT $2) AS counted{at}",
                at + 3
            )
        };
        let each: Vec<String> = (0..some.len()).map(one).collect();
        let mut params: Vec<Value> = vec![since_ms.into(), most.into()];
        params.extend(some.iter().map(|id| Value::from(*id)));
        let rows = house.store().read(&each.join(" UNION ALL "), params).await?;
        heard.extend(rows.iter().filter_map(|row| {
            let at = usize::try_from(row.int(0)).ok()?;
            Some((*some.get(at)?, row.int(1)))
        }));
    }
    Ok(heard)
}
