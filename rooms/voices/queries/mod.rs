//! What this room reads back: voices by id, code, queue and person; their words, opened for those
//! who may. No page counts a whole table.

pub(crate) mod desk;
pub mod grouping;

use std::collections::HashMap;

use record::{Id, Payload};
use store::{StoreError, Value, marks};

use super::code::Code;
use super::intake::{code_name, number_name};
use super::records::{AnswerWords, VoiceAnswered, VoiceCorrected, VoiceHeard, VoiceTypedUp, Words};
use super::totals::{NEED_ASKED, NEED_NO, NEED_VOICES, NEED_YES};
use super::views::{COLUMNS, Voice};
use crate::door::House;

/// Persons who left the same number, as many as are looked at.
const LEFT_MAX: i64 = 1000;

/// Voices among whose persons those are looked for who can be reached.
const REACHED_MAX: i64 = 2000;

/// Voices on one page of the desk.
pub const PAGE_VOICES: i64 = 20;

/// Which voices of the desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Queue {
    /// All that wait, the most urgent first.
    Waiting,
    /// Held for a focal point.
    Held,
    /// All, the newest first.
    All,
}

fn columns() -> String {
    COLUMNS.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ")
}

/// A voice.
///
/// # Errors
/// When the store fails.
pub async fn voice(house: &House, id: Id) -> Result<Option<Voice>, StoreError> {
    let sql = format!("SELECT {} FROM voices_2 WHERE id = $1", columns());
    Ok(house.store().read_one(&sql, vec![id.into()]).await?.map(|row| Voice::from_row(&row)))
}

/// Whatever holds a code: a voice, or a report that must look like one.
///
/// # Errors
/// When the store fails.
pub async fn by_code(house: &House, code: &Code) -> Result<Option<Voice>, StoreError> {
    let Some(id) = house.store().holder(&code_name(house, code)).await? else { return Ok(None) };
    if let Some(report) = super::sealed::as_voice(house, id).await? {
        return Ok(Some(report));
    }
    voice(house, id).await
}

/// The code of whatever bears this id, shown as people write it.
///
/// # Errors
/// When the store fails.
pub async fn code_of(house: &House, id: Id) -> Result<Option<String>, StoreError> {
    let plain = match super::sealed::as_voice(house, id).await? {
        Some(report) => Some(report.code),
        None => voice(house, id).await?.map(|voice| voice.code),
    };
    Ok(plain.map(|plain| plain.parse::<Code>().map_or(plain, |code| code.to_string())))
}

/// One page of a queue; `after` is the last voice of the page before.
///
/// # Errors
/// When the store fails.
pub async fn queue(
    house: &House,
    queue: Queue,
    area: Option<Id>,
    after: Option<&Voice>,
) -> Result<Vec<Voice>, StoreError> {
    let mut params: Vec<Value> = Vec::new();
    let mut wheres = vec![
        match queue {
            Queue::Waiting => "waiting = TRUE AND held = FALSE",
            Queue::Held => "waiting = TRUE AND held = TRUE",
            Queue::All => "held = FALSE AND erased = FALSE",
        }
        .to_owned(),
    ];
    if let Some(area) = area {
        params.push(area.into());
        wheres.push(format!("area = ${}", params.len()));
    }
    let order = match queue {
        Queue::All => "heard_ms DESC, id DESC",
        Queue::Waiting | Queue::Held => "urgency DESC, heard_ms, id",
    };
    if let Some(last) = after {
        let place = params.len() + 1;
        match queue {
            Queue::All => {
                params.extend([last.heard_ms.into(), last.id.into()]);
                wheres.push(format!("(heard_ms, id) < ({})", marks(place, 2)));
            }
            Queue::Waiting | Queue::Held => {
                params.extend([last.urgency.into(), last.heard_ms.into(), last.id.into()]);
                let (u, h, i) = (place, place + 1, place + 2);
                wheres.push(format!(
                    "(urgency < ${u} OR (urgency = ${u} AND (heard_ms, id) > (${h}, ${i})))"
                ));
            }
        }
    }
    params.push(PAGE_VOICES.into());
    let sql = format!(
        "SELECT {} FROM voices_2 WHERE {} ORDER BY {order} LIMIT ${}",
        columns(),
        wheres.join(" AND "),
        params.len()
    );
    Ok(house.store().read(&sql, params).await?.iter().map(Voice::from_row).collect())
}

/// Voices of a need in the order in which they were grouped, from just after `(grouped_ms, id)`.
/// Forgotten ones are among them: they stay counted.
///
/// # Errors
/// When the store fails.
pub async fn of_need(
    house: &House,
    need: Id,
    after: Option<(i64, Id)>,
    count: i64,
) -> Result<Vec<Voice>, StoreError> {
    let (ms, id) = after.unwrap_or((-1, Id::NONE));
    let sql = format!(
        "SELECT {} FROM voices_2 WHERE need = $1 AND (grouped_ms, id) > ($2, $3) \
         ORDER BY grouped_ms, id LIMIT $4",
        columns()
    );
    let params = vec![need.into(), ms.into(), id.into(), count.into()];
    Ok(house.store().read(&sql, params).await?.iter().map(Voice::from_row).collect())
}

/// How many voices belong to a need, how many were asked, and how many said YES and NO.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NeedCounts {
    /// Voices grouped into it.
    pub voices: i64,
    /// Of these, asked at least once whether it arrived.
    pub asked: i64,
    /// Said YES.
    pub yes: i64,
    /// Said NO, and were not asked again since.
    pub no: i64,
}

/// The counts of a need, by the totals. Not for the street: there they are floored.
///
/// # Errors
/// When the store fails.
pub async fn counts_of_need(house: &House, need: Id) -> Result<NeedCounts, StoreError> {
    let totals = house.store().totals_of("voice", need).await?;
    let of = |key: &str| totals.iter().find(|t| t.key == key).map_or(0, |total| total.n);
    Ok(NeedCounts {
        voices: of(NEED_VOICES),
        asked: of(NEED_ASKED),
        yes: of(NEED_YES),
        no: of(NEED_NO),
    })
}

/// Voices of one need that say NO are counted up to here.
const NOES_MAX: i64 = 1000;

/// How many voices of a need say NO to what they were last asked, at most a thousand. Whoever was
/// forgotten can be asked no more: theirs counts only about `about`, the delivery that they were
/// asked about. With `only`, so does everybody's.
///
/// # Errors
/// When the store fails.
pub async fn noes_of_need(
    house: &House,
    need: Id,
    about: Option<Id>,
    only: bool,
) -> Result<i64, StoreError> {
    let sql = "SELECT COUNT(*) FROM (SELECT 1 FROM voices_2 WHERE need = $1 \
               AND status = 'said_not_done' AND (told = $2 OR (erased = FALSE AND $3)) \
               LIMIT $4) AS noes";
    let about = about.unwrap_or(Id::NONE);
    let params = vec![need.into(), about.into(), (!only).into(), NOES_MAX.into()];
    Ok(house.store().read_one(sql, params).await?.map_or(0, |row| row.int(0)))
}

/// All voices of a person that are not forgotten, the newest first.
///
/// # Errors
/// When the store fails.
pub async fn of_person(house: &House, person: Id) -> Result<Vec<Voice>, StoreError> {
    of_persons(house, &[person]).await
}

/// The same of several persons together.
///
/// # Errors
/// When the store fails.
pub async fn of_persons(house: &House, persons: &[Id]) -> Result<Vec<Voice>, StoreError> {
    if persons.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!(
        "SELECT {} FROM voices_2 WHERE person IN ({}) AND erased = FALSE ORDER BY heard_ms DESC",
        columns(),
        marks(1, persons.len())
    );
    let rows = house.store().read(&sql, persons.iter().map(|id| (*id).into()).collect()).await?;
    Ok(rows.iter().map(Voice::from_row).collect())
}

/// Voices whose persons can be reached, of one area or of all, each person's newest first; bounded.
///
/// # Errors
/// When the store fails.
pub async fn reachable_in(house: &House, area: Option<Id>) -> Result<Vec<Voice>, StoreError> {
    let mut params: Vec<Value> = vec![REACHED_MAX.into()];
    let place = area.map_or("", |area| {
        params.push(area.into());
        "AND area = $2"
    });
    let sql = format!(
        "SELECT {} FROM voices_2 WHERE reachable = TRUE AND erased = FALSE AND held = FALSE \
         AND status <> 'withdrawn' {place} ORDER BY heard_ms DESC, id LIMIT $1",
        columns()
    );
    Ok(house.store().read(&sql, params).await?.iter().map(Voice::from_row).collect())
}

/// Who speaks from a number: the one it is proven to be, first, and all who left it as theirs.
///
/// # Errors
/// When the store fails.
pub async fn persons_at(house: &House, number: &str) -> Result<Vec<Id>, StoreError> {
    let name = number_name(house, number);
    let mut persons: Vec<Id> = house.store().holder(&name).await?.into_iter().collect();
    let sql = "SELECT person FROM choices WHERE choice = 'left' AND value = $1 LIMIT $2";
    let left = house.store().read(sql, vec![name.key.into(), LEFT_MAX.into()]).await?;
    persons.extend(left.iter().map(|row| row.id(0)));
    Ok(persons)
}

/// Everybody who speaks from the number that is proven to be this person's, and the person.
///
/// # Errors
/// When the store fails.
pub async fn persons_with(house: &House, person: Id) -> Result<Vec<Id>, StoreError> {
    let sql = "SELECT c.person FROM choices c JOIN claims n ON n.key = c.value \
               WHERE n.entity = $1 AND n.space = 'number' AND c.choice = 'left' LIMIT $2";
    let left = house.store().read(sql, vec![person.into(), LEFT_MAX.into()]).await?;
    let mut persons = vec![person];
    persons.extend(left.iter().map(|row| row.id(0)));
    Ok(persons)
}

/// Whether a person's number is proven: a network brought it.
///
/// # Errors
/// When the store fails.
pub async fn number_proven(house: &House, person: Id) -> Result<bool, StoreError> {
    let sql = "SELECT 1 FROM claims WHERE entity = $1 AND space = 'number' LIMIT 1";
    Ok(house.store().read_one(sql, vec![person.into()]).await?.is_some())
}

/// Voices heard in an area (or in none) since a moment, the newest first, for likeness.
///
/// # Errors
/// When the store fails.
pub async fn near(house: &House, voice: &Voice, since_ms: i64) -> Result<Vec<Voice>, StoreError> {
    let mut params: Vec<Value> = vec![since_ms.into(), voice.id.into()];
    let place = match voice.area {
        Some(area) => {
            params.push(area.into());
            "AND area = $3"
        }
        None => "",
    };
    let sql = format!(
        "SELECT {} FROM voices_2 WHERE heard_ms > $1 AND id <> $2 {place} AND erased = FALSE \
         AND held = FALSE ORDER BY heard_ms DESC LIMIT 100",
        columns()
    );
    Ok(house.store().read(&sql, params).await?.iter().map(Voice::from_row).collect())
}

/// The words of voices, opened; a forgotten one has none. In the order asked for.
///
/// # Errors
/// When the store fails.
pub async fn words_of(house: &House, ids: &[Id]) -> Result<Vec<Option<Words>>, StoreError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let list = marks(1, ids.len());
    let params: Vec<Value> = ids.iter().map(|id| (*id).into()).collect();
    let sql = format!("SELECT person, wrapped FROM person_keys WHERE person IN ({list})");
    let keys = house.store().read(&sql, params.clone()).await?;
    let sql = format!(
        "SELECT entity, sealed FROM records WHERE entity IN ({list}) \
         AND kind IN ('{}', '{}', '{}') AND sealed IS NOT NULL ORDER BY clock",
        VoiceHeard::KIND,
        VoiceTypedUp::KIND,
        VoiceCorrected::KIND
    );
    let sealed = house.store().read(&sql, params).await?;
    let keys: HashMap<Id, Vec<u8>> = keys.iter().map(|row| (row.id(0), row.bytes(1))).collect();
    // The last one counts: a correction takes the place of what was heard or typed up.
    let sealed: HashMap<Id, Vec<u8>> = sealed.iter().map(|row| (row.id(0), row.bytes(1))).collect();
    let opened = ids.iter().map(|id| {
        let key = house.vault().unwrap(&id.0, keys.get(id)?).ok()?;
        let half = sealed.get(id)?;
        let body: record::Body = record::decode(half).ok()?;
        let bytes = seal::open(&key, &id.0, &body.bytes).ok()?;
        record::decode::<Words>(&bytes).ok()
    });
    Ok(opened.collect())
}

/// The words of one voice, opened.
///
/// # Errors
/// When the store fails.
pub async fn words(house: &House, id: Id) -> Result<Option<Words>, StoreError> {
    Ok(words_of(house, &[id]).await?.pop().flatten())
}

const NOTE: &str = "SELECT sealed FROM notes WHERE voice = $1";
const NOTED: &str = "SELECT id FROM voices_2 WHERE note_kb IS NOT NULL AND erased = FALSE";

/// The note of a voice, sealed as it lies there.
///
/// # Errors
/// When the store fails.
pub async fn sealed_note(house: &House, id: Id) -> Result<Option<Vec<u8>>, StoreError> {
    Ok(house.store().read_one(NOTE, vec![id.into()]).await?.map(|row| row.bytes(0)))
}

/// The voices that have a note.
///
/// # Errors
/// When the store fails.
pub async fn noted(house: &House) -> Result<Vec<Id>, StoreError> {
    Ok(house.store().read(NOTED, vec![]).await?.iter().map(|row| row.id(0)).collect())
}

/// The key of a voice, unless it was forgotten.
///
/// # Errors
/// When the store fails.
pub async fn key_of(house: &House, id: Id) -> Result<Option<seal::PersonKey>, StoreError> {
    let wrapped = house.store().wrapped_key(id).await?;
    Ok(wrapped.and_then(|wrapped| house.vault().unwrap(&id.0, &wrapped).ok()))
}

/// One answer as the person may read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// What it said.
    pub answered: VoiceAnswered,
    /// Its words, unless forgotten.
    pub words: Option<String>,
    /// When.
    pub at_ms: i64,
    /// By which member.
    pub by: Option<Id>,
}

/// All answers to a voice, in order.
///
/// # Errors
/// When the store fails.
pub async fn answers(house: &House, id: Id) -> Result<Vec<Answer>, StoreError> {
    let key = key_of(house, id).await?;
    let records = house.store().records_of(id).await?;
    let answers = records.iter().filter_map(|record| {
        let answered = record.read::<VoiceAnswered>()?;
        let open = |sealed: &Vec<u8>| {
            let bytes = seal::open(key.as_ref()?, &id.0, sealed).ok()?;
            record::decode::<AnswerWords>(&bytes).ok().map(|answer| answer.words)
        };
        let words = record.sealed.as_ref().and_then(open);
        Some(Answer { answered, words, at_ms: record.clock.ms(), by: record.author })
    });
    Ok(answers.collect())
}

/// Missed calls that wait: id, when, tries, and the number opened.
///
/// # Errors
/// When the store fails.
pub async fn calls(house: &House) -> Result<Vec<(Id, i64, i64, Option<String>)>, StoreError> {
    let sql = "SELECT id, rang_ms, tries FROM calls_1 WHERE waiting = TRUE \
               ORDER BY rang_ms LIMIT 50";
    let mut calls = Vec::new();
    for row in house.store().read(sql, vec![]).await? {
        let id = row.id(0);
        let number = call_number(house, id).await?;
        calls.push((id, row.int(1), row.int(2), number));
    }
    Ok(calls)
}

async fn call_number(house: &House, id: Id) -> Result<Option<String>, StoreError> {
    let Some(key) = key_of(house, id).await? else { return Ok(None) };
    let records = house.store().records_of(id).await?;
    let sealed = records.iter().find_map(|record| record.sealed.as_ref());
    let bytes = sealed.and_then(|sealed| seal::open(&key, &id.0, sealed).ok());
    Ok(bytes.and_then(|b| record::decode::<Words>(&b).ok()).and_then(|words| words.number))
}
