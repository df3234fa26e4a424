//! Forgetting: the sealed halves are taken away, the keys destroyed, the names let go. Every total
//! and every signature holds. The list of what was forgotten is written first, outside the
//! database, so that neither a crash nor an old backup brings anything back.

use std::collections::HashSet;
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

/// What a line of the list says was forgotten.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Listed {
    /// A voice, of a person.
    Voice(Id, Id),
    /// A voice whose words went to the sensitive log, of a person.
    Moved(Id, Id),
    /// The number of a missed call.
    Call(Id),
    /// A person: number, word, choices and whatever waits to be sent to them.
    Person(Id),
}

impl std::fmt::Display for Listed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Voice(id, person) => write!(f, "voice {id} {person}"),
            Self::Moved(id, person) => write!(f, "moved {id} {person}"),
            Self::Call(id) => write!(f, "call {id}"),
            Self::Person(id) => write!(f, "person {id}"),
        }
    }
}

impl Listed {
    fn read(line: &str) -> Option<Listed> {
        let mut words = line.split(' ');
        let (kind, id) = (words.next()?, words.next()?.parse().ok()?);
        let mut person = || words.next()?.parse().ok();
        Some(match kind {
            "voice" => Self::Voice(id, person()?),
            "moved" => Self::Moved(id, person()?),
            "call" => Self::Call(id),
            "person" => Self::Person(id),
            _ => return None,
        })
    }
}

/// Forgets everything ordinary of a person, now. Returns how many voices.
///
/// # Errors
/// When the list or the store cannot be written; asking again completes it.
pub async fn person(house: &House, person: Id) -> Result<usize, Trouble> {
    let done = person_before(house, person, i64::MAX).await?;
    house.store().housekeep();
    Ok(done)
}

/// Forgets what a person said up to a moment; when that is all there is, the person too.
async fn person_before(house: &House, person: Id, until_ms: i64) -> Result<usize, Trouble> {
    super::calls::forget_of(house, person).await?;
    house.store().run(super::dialogue::forgetting_before(person, until_ms)).await?;
    let mut done = 0;
    loop {
        let voices = queries::of_person(house, person).await?;
        let (old, newer): (Vec<_>, Vec<_>) =
            voices.into_iter().partition(|voice| voice.heard_ms <= until_ms);
        if old.is_empty() && newer.is_empty() {
            break;
        }
        if old.is_empty() {
            // They have spoken again since they asked: that is not what they meant.
            let sql = "DELETE FROM erasures_due WHERE person = $1 AND voice = $2";
            let row = vec![person.into(), Id::NONE.into()];
            house.store().run(vec![Statement::new(sql, row)]).await?;
            return Ok(done);
        }
        for chunk in old.chunks(AT_ONCE_MAX) {
            let ids: Vec<Id> = chunk.iter().map(|voice| voice.id).collect();
            done += ids.len();
            erase(house, person, &ids, Listed::Voice).await?;
        }
    }
    // What was moved to the focal points stays with them; its codes show what the others show.
    for id in moved_of(house, person).await? {
        super::sealed::show_forgotten(house, id).await?;
    }
    list(house, &[Listed::Person(person)])?;
    house.store().append(letting_go(house.now_ms(), person)).await?;
    // A voice that was heard between the last look and the letting go belongs to a person without
    // a number: nobody could ask for it to be forgotten any more.
    let late: Vec<Id> = queries::of_person(house, person).await?.iter().map(|v| v.id).collect();
    if until_ms == i64::MAX && !late.is_empty() {
        done += late.len();
        erase(house, person, &late, Listed::Voice).await?;
    }
    Ok(done)
}

/// Forgets one voice, now; with the last voice of somebody who only left a number, that too.
///
/// # Errors
/// When the list or the store cannot be written; asking again completes it.
pub async fn voice(house: &House, id: Id) -> Result<(), Trouble> {
    let of = queries::voice(house, id).await?.and_then(|voice| voice.person);
    let person = of.unwrap_or(Id::NONE);
    erase(house, person, &[id], Listed::Voice).await?;
    if of.is_some() && only_left(house, person).await? {
        list(house, &[Listed::Person(person)])?;
        house.store().append(letting_go(house.now_ms(), person)).await?;
    }
    house.store().housekeep();
    Ok(())
}

/// What forgets the words that a later room sealed under a key of their own: the list is written
/// now, and the key goes with the room's own record that says `erased`.
///
/// # Errors
/// When the list cannot be written; nothing was forgotten then.
pub fn of_another_room(house: &House, id: Id) -> Result<Decision, Trouble> {
    list(house, &[Listed::Voice(id, Id::NONE)])?;
    let gone = Statement::new("DELETE FROM person_keys WHERE person = $1", vec![id.into()]);
    let row = vec![id.into(), Id::NONE.into(), house.now_ms().into()];
    let puts = vec![Put { table: ERASURE_LIST, row }];
    Ok(Decision { puts, statements: vec![gone], ..Decision::default() })
}

/// Whether nothing is left of a person but a number they never proved.
async fn only_left(house: &House, person: Id) -> Result<bool, Trouble> {
    Ok(!queries::number_proven(house, person).await?
        && queries::of_person(house, person).await?.is_empty())
}

/// The voices of a person that were moved to the focal points.
async fn moved_of(house: &House, person: Id) -> Result<Vec<Id>, Trouble> {
    let sql = "SELECT entity FROM erasure_list WHERE person = $1 \
               AND entity IN (SELECT id FROM sensitive_log)";
    let rows = house.store().read(sql, vec![person.into()]).await?;
    Ok(rows.iter().map(|row| row.id(0)).collect())
}

/// Takes a voice's words out of the ordinary log once they lie in the sensitive one. What waits to
/// be sent about it is still sent: its silence would tell it from any other voice.
///
/// # Errors
/// When the list or the store cannot be written; asking again completes it.
pub(super) async fn moved(house: &House, id: Id) -> Result<(), Trouble> {
    let of = queries::voice(house, id).await?.and_then(|voice| voice.person);
    let person = of.unwrap_or(Id::NONE);
    erase(house, person, &[id], Listed::Moved).await?;
    if of.is_some() && only_left(house, person).await? {
        // The number they left would lead to the report for ever.
        let sql = "DELETE FROM choices WHERE person = $1";
        house.store().run(vec![Statement::new(sql, vec![person.into()])]).await?;
    }
    house.store().housekeep();
    Ok(())
}

async fn erase(
    house: &House,
    person: Id,
    ids: &[Id],
    listed: fn(Id, Id) -> Listed,
) -> Result<(), Trouble> {
    let lines: Vec<Listed> = ids.iter().map(|id| listed(*id, person)).collect();
    list(house, &lines)?;
    house.store().append(erasing(house.now_ms(), &lines)).await?;
    Ok(())
}

/// The change that forgets voices.
fn erasing(at_ms: i64, lines: &[Listed]) -> Change {
    let voices: Vec<(Id, Id, bool)> = lines
        .iter()
        .filter_map(|line| match line {
            Listed::Voice(id, person) => Some((*id, *person, false)),
            Listed::Moved(id, person) => Some((*id, *person, true)),
            _ => None,
        })
        .collect();
    let ids = voices.iter().map(|(id, ..)| *id).collect();
    Change::on(ids, move |known| {
        let mut decision = Decision::default();
        for (id, person, moved) in &voices {
            decision.drafts.extend(rules::erase(*id, known.of(*id))?);
            let mut gone = |sql| decision.statements.push(Statement::new(sql, vec![(*id).into()]));
            gone("DELETE FROM person_keys WHERE person = $1");
            gone("DELETE FROM notes WHERE voice = $1");
            gone("DELETE FROM alarms WHERE voice = $1");
            if !moved {
                gone("DELETE FROM erasures_due WHERE voice = $1");
                gone("DELETE FROM outbound WHERE voice = $1");
            }
            let row = vec![(*id).into(), (*person).into(), at_ms.into()];
            decision.puts.push(Put { table: ERASURE_LIST, row });
        }
        Ok(decision)
    })
}

/// The change that lets a person's number, word, choices and waiting messages go.
fn letting_go(at_ms: i64, person: Id) -> Change {
    let gone = |sql| Statement::new(sql, vec![person.into()]);
    let mut statements = super::dialogue::forgetting(person);
    statements.extend([
        gone("DELETE FROM choices WHERE person = $1"),
        gone("DELETE FROM outbound WHERE person = $1"),
        // That the code of a report shall show a forgotten voice is not forgotten.
        gone(
            "DELETE FROM erasures_due WHERE person = $1 \
              AND voice NOT IN (SELECT id FROM sensitive_log)",
        ),
    ]);
    let row = vec![person.into(), person.into(), at_ms.into()];
    let puts = vec![Put { table: ERASURE_LIST, row }];
    Change::writing(Decision { statements, puts, release: vec![person], ..Decision::default() })
}

/// Writes the list before the database: one line each, durable before anything else happens. Each
/// writing begins on a line of its own, so that one cut short by a power cut swallows none.
pub(super) fn list(house: &House, lines: &[Listed]) -> Result<(), Trouble> {
    if lines.is_empty() {
        return Ok(());
    }
    let path = house.data().join(ERASURE_FILE);
    let text: String = lines.iter().map(|line| format!("\n{line}")).collect();
    let write = || -> std::io::Result<()> {
        let mut file = std::fs::OpenOptions::new().create(true).append(true).open(&path)?;
        file.write_all(text.as_bytes())?;
        file.write_all(b"\n")?;
        file.sync_all()
    };
    write().map_err(|error| Trouble::broken(format!("the erasure list: {error}")))
}

/// What a file lists, each once, and how many of its lines that are not blank list nothing: one cut
/// short by a power cut, whose erasure had not been promised yet, or all when it is another file.
#[must_use]
pub fn listed_in(file: &[u8]) -> (Vec<Listed>, usize) {
    let text = String::from_utf8_lossy(file);
    let lines = text.lines().filter(|line| !line.trim().is_empty()).map(Listed::read);
    let (kept, other): (Vec<_>, Vec<_>) = lines.partition(Option::is_some);
    let mut seen = HashSet::new();
    let kept = kept.into_iter().flatten().filter(|line| seen.insert(*line)).collect();
    (kept, other.len())
}

/// The list: everything that was forgotten.
///
/// # Errors
/// When the file is there but cannot be read.
pub fn listed(data: &std::path::Path) -> std::io::Result<Vec<Listed>> {
    match std::fs::read(data.join(ERASURE_FILE)) {
        Ok(file) => Ok(listed_in(&file).0),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(error),
    }
}

/// Completes what the list says was forgotten and the store still has: after a crash, and after an
/// old backup was restored. Takes into the list what another folder of this node has forgotten.
/// Returns how many were forgotten again.
///
/// # Errors
/// When the list or the store fails.
pub async fn complete(house: &House) -> Result<usize, Trouble> {
    let file = || {
        let told = |error| Trouble::broken(format!("the erasure list {ERASURE_FILE}: {error}"));
        listed(house.data()).map_err(told)
    };
    let before = file()?;
    // Which voice was moved is known by its row: while this version's are not there yet, it waits.
    if house.store().changed_views().await?.is_empty() {
        take_in(house, &before).await?;
    }
    let mut done = 0;
    for line in &file()? {
        done += usize::from(complete_one(house, *line).await?);
    }
    if done > 0 {
        house.store().housekeep();
    }
    Ok(done)
}

async fn complete_one(house: &House, line: Listed) -> Result<bool, Trouble> {
    let still = async |id: Id| -> Result<bool, Trouble> {
        let known = house.store().wrapped_key(id).await?.is_some();
        Ok(known || queries::voice(house, id).await?.is_some_and(|voice| !voice.erased))
    };
    match line {
        Listed::Voice(id, _) if still(id).await? => {
            house.store().append(erasing(house.now_ms(), &[line])).await?;
        }
        // The backup is older than the move: the words go where they belong before they go here.
        Listed::Moved(id, _) if still(id).await? => {
            if queries::words(house, id).await?.is_some() {
                return move_again(house, id).await;
            }
            house.store().append(erasing(house.now_ms(), &[line])).await?;
        }
        Listed::Call(id) if house.store().wrapped_key(id).await?.is_some() => {
            house.store().append(super::calls::forgetting(id)).await?;
        }
        Listed::Person(person) if anything_left(house, person).await? => {
            house.store().append(letting_go(house.now_ms(), person)).await?;
        }
        _ => return Ok(false),
    }
    Ok(true)
}

/// Moves a voice to the focal points that a backup brought back among the ordinary ones. While
/// nobody is behind their door it is held: only a focal point will see it, and move it.
async fn move_again(house: &House, id: Id) -> Result<bool, Trouble> {
    match super::sealed::move_here(house, id).await {
        // Nor is a note moved that the backup brought back unheard: its words went with the move.
        Err(Trouble::Refused(refusal))
            if ["sealed-nobody", "note-words-first"].contains(&refusal.code) =>
        {
            tracing::warn!(%id, code = refusal.code, "held for a focal point, who moves it");
            super::acts::hold(house, id).await?;
            Ok(true)
        }
        moved => moved.map(|()| true),
    }
}

async fn anything_left(house: &House, person: Id) -> Result<bool, Trouble> {
    let sql = "SELECT 1 FROM claims WHERE entity = $1 UNION ALL \
               SELECT 1 FROM choices WHERE person = $1 UNION ALL \
               SELECT 1 FROM dialogues WHERE person = $1 UNION ALL \
               SELECT 1 FROM followed WHERE person = $1 UNION ALL \
               SELECT 1 FROM outbound WHERE person = $1 LIMIT 1";
    Ok(house.store().read_one(sql, vec![person.into()]).await?.is_some())
}

/// Writes into this folder's list what the database says was forgotten and the list does not:
/// another process, on another machine, keeps a list of its own.
async fn take_in(house: &House, listed: &[Listed]) -> Result<(), Trouble> {
    let known: HashSet<Id> = listed
        .iter()
        .map(|line| match line {
            Listed::Voice(id, _) | Listed::Moved(id, _) => *id,
            Listed::Call(id) | Listed::Person(id) => *id,
        })
        .collect();
    let sql = "SELECT entity, person FROM erasure_list";
    let mut missing = Vec::new();
    for row in house.store().read(sql, vec![]).await? {
        let (id, person) = (row.id(0), row.id(1));
        if known.contains(&id) {
            continue;
        }
        let moved = async || -> Result<bool, Trouble> {
            let Some(voice) = queries::voice(house, id).await? else { return Ok(false) };
            let code: Option<super::Code> = voice.code.parse().ok();
            let Some(code) = code else { return Ok(false) };
            Ok(queries::by_code(house, &code).await?.is_some_and(|found| found.sealed))
        };
        missing.push(match person {
            _ if person == id => Listed::Person(id),
            Id::NONE if super::calls::known(house, id).await? => Listed::Call(id),
            _ if moved().await? => Listed::Moved(id, person),
            _ => Listed::Voice(id, person),
        });
    }
    list(house, &missing)
}

/// Forgets what has waited its day, and lets go what a number was in the middle of. Returns how
/// many were due.
///
/// # Errors
/// When the store fails.
pub async fn due(house: &House) -> Result<usize, Trouble> {
    let now = house.now_ms();
    let sql = "DELETE FROM number_states WHERE until_ms < $1";
    let mut gone = super::dialogue::lapsing(now);
    gone.push(Statement::new(sql, vec![now.into()]));
    house.store().run(gone).await?;
    let sql = "SELECT person, voice, due_ms FROM erasures_due WHERE due_ms <= $1 LIMIT 100";
    let rows = house.store().read(sql, vec![now.into()]).await?;
    for row in &rows {
        let (of, id, asked_ms) = (row.id(0), row.id(1), row.int(2) - ERASURE_WAITS_MS);
        if id == Id::NONE {
            person_before(house, of, asked_ms).await?;
        } else if super::sealed::as_voice(house, id).await?.is_some() {
            super::sealed::show_forgotten(house, id).await?;
        } else {
            voice(house, id).await?;
        }
    }
    if !rows.is_empty() {
        house.store().housekeep();
    }
    Ok(rows.len())
}

/// What makes forgetting wait its day: of all voices of each person, or of one voice.
#[must_use]
pub(super) fn asked(house: &House, persons: &[Id], voice: Option<Id>) -> Vec<Put> {
    let due = house.now_ms() + ERASURE_WAITS_MS;
    let row = |person: &Id| vec![(*person).into(), voice.unwrap_or(Id::NONE).into(), due.into()];
    let table = super::drawers::ERASURES_DUE;
    persons.iter().map(|person| Put { table: table.clone(), row: row(person) }).collect()
}

/// What takes back whatever forgetting a person asked for.
#[must_use]
pub(super) fn kept(person: Id) -> Statement {
    Statement::new("DELETE FROM erasures_due WHERE person = $1", vec![person.into()])
}
