//! Forgetting: the sealed halves are taken away, the keys destroyed, the names let go. Every total
//! and every signature holds. The list of what was forgotten is written first, outside the
//! database, so that neither a crash nor an old backup brings anything back.

use std::io::Write;

use record::Id;
use store::{Change, Decision, ERASURE_LIST, Put, Statement};

use super::queries;
use super::rules;
use crate::door::{House, Trouble};

/// How long a forgetting without the chosen word can be taken back (milliseconds).
pub const ERASURE_WAITS_MS: i64 = 24 * 60 * 60 * 1000;
/// The list's file in the data folder; copy it to wherever the backups are.
pub const ERASURE_FILE: &str = "erasures.list";
/// Voices of one person forgotten in one transaction.
const AT_ONCE_MAX: usize = 200;

/// Forgets everything ordinary of a person, now. Returns how many voices.
///
/// # Errors
/// When the list or the store cannot be written; asking again completes it.
pub async fn person(house: &House, person: Id) -> Result<usize, Trouble> {
    super::calls::forget_of(house, person).await?;
    let voices = queries::of_person(house, person).await?;
    let ids: Vec<Id> = voices.iter().map(|voice| voice.id).collect();
    for chunk in ids.chunks(AT_ONCE_MAX) {
        erase(house, person, chunk.to_vec(), false).await?;
    }
    erase(house, person, Vec::new(), true).await?;
    house.store().housekeep().await?;
    Ok(ids.len())
}

/// Forgets one voice, now.
///
/// # Errors
/// When the list or the store cannot be written; asking again completes it.
pub async fn voice(house: &House, id: Id) -> Result<(), Trouble> {
    let person = queries::voice(house, id).await?.and_then(|voice| voice.person);
    erase(house, person.unwrap_or(Id::NONE), vec![id], false).await?;
    house.store().housekeep().await?;
    Ok(())
}

async fn erase(house: &House, person: Id, ids: Vec<Id>, wholly: bool) -> Result<(), Trouble> {
    list(house, person, &ids)?;
    let change = erasing(house.now_ms(), person, ids, wholly);
    house.store().append(change).await?;
    Ok(())
}

/// The change that forgets these voices of a person; `wholly` also forgets the person's number,
/// word, choices and waiting messages.
pub(crate) fn erasing(at_ms: i64, person: Id, ids: Vec<Id>, wholly: bool) -> Change {
    Change::on(ids.clone(), move |known| {
        let mut decision = Decision::default();
        for id in &ids {
            decision.drafts.extend(rules::erase(*id, known.of(*id))?);
            let gone = |sql| Statement::new(sql, vec![(*id).into()]);
            decision.statements.push(gone("DELETE FROM person_keys WHERE person = $1"));
            decision.statements.push(gone("DELETE FROM outbound WHERE voice = $1"));
            decision.statements.push(gone("DELETE FROM alarms WHERE voice = $1"));
            decision.statements.push(gone("DELETE FROM erasures_due WHERE voice = $1"));
            let row = vec![(*id).into(), person.into(), at_ms.into()];
            decision.puts.push(Put { table: ERASURE_LIST, row });
        }
        if wholly && person != Id::NONE {
            let gone = |sql| Statement::new(sql, vec![person.into()]);
            decision.statements.push(gone("DELETE FROM choices WHERE person = $1"));
            decision.statements.push(gone("DELETE FROM outbound WHERE person = $1"));
            decision.statements.push(gone("DELETE FROM erasures_due WHERE person = $1"));
            decision.release.push(person);
        }
        Ok(decision)
    })
}

/// Writes the list before the database: one line a voice, durable before anything else happens.
fn list(house: &House, person: Id, ids: &[Id]) -> Result<(), Trouble> {
    if ids.is_empty() {
        return Ok(());
    }
    let path = house.data().join(ERASURE_FILE);
    let mut lines = String::new();
    for id in ids {
        lines.push_str(&format!("{id} {person}\n"));
    }
    let write = || -> std::io::Result<()> {
        let mut file = std::fs::OpenOptions::new().create(true).append(true).open(&path)?;
        file.write_all(lines.as_bytes())?;
        file.sync_all()
    };
    write().map_err(|error| Trouble::broken(format!("the erasure list: {error}")))
}

/// The list: voice and person of everything that was forgotten.
///
/// # Errors
/// When the file is there but cannot be read.
pub fn listed(data: &std::path::Path) -> std::io::Result<Vec<(Id, Id)>> {
    let text = match std::fs::read_to_string(data.join(ERASURE_FILE)) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
        Err(error) => return Err(error),
    };
    let pair = |line: &str| {
        let (id, person) = line.split_once(' ')?;
        Some((id.parse().ok()?, person.parse().ok()?))
    };
    // A line cut short by a power cut is passed over: its erasure had not been promised yet.
    Ok(text.lines().filter_map(pair).collect())
}

/// Completes what the list says was forgotten and the store still has: after a crash, and after an
/// old backup was restored. Returns how many voices.
///
/// # Errors
/// When the list or the store fails.
pub async fn complete(house: &House) -> Result<usize, Trouble> {
    let listed = listed(house.data()).map_err(Trouble::broken)?;
    let mut done = 0;
    for (id, person) in listed {
        let known = house.store().wrapped_key(id).await?.is_some();
        let voice = queries::voice(house, id).await?;
        if known || voice.is_some_and(|voice| !voice.erased) {
            house.store().append(erasing(house.now_ms(), person, vec![id], false)).await?;
            done += 1;
        }
    }
    if done > 0 {
        house.store().housekeep().await?;
    }
    Ok(done)
}

/// Forgets what has waited its day. Returns how many were due.
///
/// # Errors
/// When the store fails.
pub async fn due(house: &House) -> Result<usize, Trouble> {
    let sql = "SELECT person, voice FROM erasures_due WHERE due_ms <= $1 LIMIT 100";
    let rows = house.store().read(sql, vec![house.now_ms().into()]).await?;
    for row in &rows {
        if row.id(1) == Id::NONE {
            person(house, row.id(0)).await?;
        } else {
            voice(house, row.id(1)).await?;
        }
    }
    Ok(rows.len())
}

/// Asks for forgetting in a day: of a person's voices, or of one.
///
/// # Errors
/// When the store fails.
pub async fn ask(house: &House, person: Id, voice: Option<Id>) -> Result<(), Trouble> {
    let due = house.now_ms() + ERASURE_WAITS_MS;
    let row = vec![person.into(), voice.unwrap_or(Id::NONE).into(), due.into()];
    let put = Put { table: super::drawers::ERASURES_DUE, row };
    let decision = Decision { puts: vec![put], ..Decision::default() };
    house.store().append(Change::writing(decision)).await?;
    Ok(())
}

/// Takes back whatever forgetting a person asked for. Returns whether any waited.
///
/// # Errors
/// When the store fails.
pub async fn keep(house: &House, person: Id) -> Result<bool, Trouble> {
    let sql = "SELECT 1 FROM erasures_due WHERE person = $1 LIMIT 1";
    let waited = house.store().read_one(sql, vec![person.into()]).await?.is_some();
    let sql = "DELETE FROM erasures_due WHERE person = $1";
    house.store().run(vec![Statement::new(sql, vec![person.into()])]).await?;
    Ok(waited)
}
