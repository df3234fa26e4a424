//! The sealed path: reports that only focal points can open. Their log is a chain of its own, of
//! equal sizes and bare days; their receipts are those of any voice. Ordinary erasure never touches
//! them, and nothing here is ever counted, listed to an operator or sent to a peer.

use minicbor::{Decode, Encode};
use record::{DAY_MS, Id, Refusal, day_of};
use seal::{FocalKey, FocalPublic};
use store::{AppendError, Change, Decision, Name, Put, Statement, StoreError};

use super::code::Code;
use super::drawers::{NUMBER_STATES, SENSITIVE_LOG};
use super::intake::{self, Wants, code_name, message_name};
use super::outbound;
use super::queries;
use super::views::Voice;
use super::{acts, alarms, forget};
use crate::door::{House, Trouble};
use crate::people;

/// How long after `9` the next message is sealed (milliseconds).
pub const SEALED_PATH_MS: i64 = 30 * 60 * 1000;
/// What a focal point may show whoever follows the code (only on the person's wish).
pub const STATES: [&str; 3] = ["received", "read", "in_progress"];
const TRIES_MAX: usize = 8;
/// How a state begins that shows a report as forgotten.
const FORGOTTEN: &str = "forgotten/";
/// One number in so many fits a report's hint: enough that a stranger's seldom does, and so few
/// that it points at nobody.
const HINTS: u8 = 16;

/// A report as focal points read it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct Report {
    /// The words.
    #[n(0)]
    pub words: String,
    /// Language.
    #[n(1)]
    pub language: String,
    /// The number, for the safe means the person names; never shown elsewhere.
    #[n(2)]
    pub number: Option<String>,
    /// How it came.
    #[n(3)]
    pub channel: String,
    /// When it was said.
    #[n(4)]
    pub said_ms: i64,
    /// Why it was moved here, when an operator found it.
    #[n(5)]
    pub moved: bool,
}

/// A report as the log keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealedReport {
    /// Its id.
    pub id: Id,
    /// The day it came.
    pub day: i64,
    /// Its code, plain.
    pub code: String,
    /// What following the code shows.
    pub state: String,
    sealed: Vec<u8>,
    keys: Vec<(Id, Vec<u8>)>,
}

/// Opens the half hour after `9`, when somebody is behind the door. Says whether it is open.
///
/// # Errors
/// When the store fails.
pub async fn open_path(house: &House, number: &str) -> Result<bool, Trouble> {
    if !people::sealed_door(house).await?.open {
        return Ok(false);
    }
    let until = house.now_ms() + SEALED_PATH_MS;
    let row = vec![state_key(house, number).into(), "sealed".into(), until.into()];
    let put = Put { table: NUMBER_STATES, row };
    let decision = Decision { puts: vec![put], ..Decision::default() };
    house.store().append(Change::writing(decision)).await?;
    Ok(true)
}

/// Whether the next message of a number belongs to the sealed path.
///
/// # Errors
/// When the store fails.
pub async fn path_open(house: &House, number: &str) -> Result<bool, StoreError> {
    let sql = "SELECT until_ms FROM number_states WHERE number = $1 AND state = 'sealed'";
    let row = house.store().read_one(sql, vec![state_key(house, number).into()]).await?;
    Ok(row.is_some_and(|row| row.int(0) > house.now_ms()))
}

fn state_key(house: &House, number: &str) -> [u8; 16] {
    house.vault().keyed("number", number.as_bytes())
}

/// Seals a report to the focal points. The answer to it is an ordinary receipt.
///
/// # Errors
/// When nobody is behind the door, or the store fails; nothing was kept then.
pub async fn hear(
    house: &House,
    report: &Report,
    message_id: Option<&(String, String)>,
) -> Result<String, Trouble> {
    let danger = words::suggest(&report.words, &report.language).life_at_risk.is_some();
    let calls = danger && alarms::may_call_focal_point(house);
    let kept = keep(house, report, message_id, (danger, calls)).await;
    if calls && kept.is_err() {
        alarms::nobody_was_called(house);
    }
    kept
}

async fn keep(
    house: &House,
    report: &Report,
    message_id: Option<&(String, String)>,
    (danger, calls): (bool, bool),
) -> Result<String, Trouble> {
    for _ in 0..TRIES_MAX {
        let mut chance = [0; 5];
        seal::chance(&mut chance);
        let code = Code::from_chance(chance);
        let id = fresh_id(house);
        let day = day_of(house.now_ms());
        let (put, place) = sealed_put(house, (id, day), (&code, "received"), report).await?;
        let mut decision = Decision { puts: vec![put], ..Decision::default() };
        if calls {
            alarms::for_report(house, &mut decision).await?;
        }
        if let Some(number) = &report.number {
            answer(house, &mut decision, (id, &code), report, (number, danger)).await?;
        }
        let mut change =
            Change::writing(decision).claiming(code_name(house, &code), id).claiming(place, id);
        if let Some((door, message)) = message_id {
            change = change.claiming(message_name(house, door, message), id);
        }
        match house.store().append(change).await {
            Ok(_) => {
                house.outbound().notify_one();
                return Ok(code.to_string());
            }
            Err(AppendError::Taken { space: "message", entity }) => {
                return Ok(queries::code_of(house, entity).await?.unwrap_or_default());
            }
            Err(AppendError::Taken { .. } | AppendError::Store(_)) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Err(Trouble::broken("the report could not be kept after several tries"))
}

/// Byte for byte what anybody gets who says anything, as they wish to be written to; and the half
/// hour of the number is over.
async fn answer(
    house: &House,
    decision: &mut Decision,
    (id, code): (Id, &Code),
    report: &Report,
    (number, danger): (&str, bool),
) -> Result<(), Trouble> {
    if intake::may_reply(house, number) {
        let person = house.store().holder(&intake::number_name(house, number)).await?;
        let quiet = acts::codes_only(house, person.unwrap_or(Id::NONE)).await?;
        let wants = Wants { lang: &report.language, danger, quiet };
        let receipt = intake::receipt(house, &wants, number, code).await?;
        let urgency = if danger { 2 } else { 0 };
        outbound::tell(decision, house, &receipt, (id, id), urgency);
    }
    let sql = "DELETE FROM number_states WHERE number = $1";
    decision.statements.push(Statement::new(sql, vec![state_key(house, number).into()]));
    Ok(())
}

/// An id that says the day and no more.
fn fresh_id(house: &House) -> Id {
    let mut chance = [0; 10];
    seal::chance(&mut chance);
    Id::new(day_of(house.now_ms()) * DAY_MS, chance)
}

/// The report as a row of the log, and the name of its place there, which two cannot take at once.
async fn sealed_put(
    house: &House,
    (id, day): (Id, i64),
    (code, state): (&Code, &str),
    report: &Report,
) -> Result<(Put, Name), Trouble> {
    let door = people::sealed_door(house).await?;
    if door.to.is_empty() {
        return Err(Refusal::new("sealed-nobody")
            .status(409)
            .naming("number", door.outside_number)
            .into());
    }
    let publics: Vec<FocalPublic> = door.to.iter().map(|(_, public)| *public).collect();
    let (sealed, keys) = seal::seal_report(&record::encode(report), &publics);
    let keys: Vec<(Id, minicbor::bytes::ByteVec)> =
        door.to.iter().map(|(id, _)| *id).zip(keys.into_iter().map(Into::into)).collect();
    let keys = record::encode(&keys);
    let writer = house.store().writer();
    let sql = "SELECT place, hash FROM sensitive_log WHERE writer = $1 ORDER BY place DESC LIMIT 1";
    let last = house.store().read_one(sql, vec![writer.into()]).await?;
    let place = last.as_ref().map_or(1, |row| row.int(0) + 1);
    let before = last.map_or_else(|| vec![0; 32], |row| row.bytes(1));
    let hash = chain_hash(&before, id, day, &sealed, &keys);
    let row = vec![
        writer.into(),
        place.into(),
        id.into(),
        day.into(),
        sealed.into(),
        keys.into(),
        before.into(),
        hash.into(),
        code.plain().into(),
        state.into(),
        report.number.as_deref().map(|number| hint(house, id, number)).into(),
    ];
    let key = house.vault().keyed("sealed place", format!("{writer} {place}").as_bytes());
    Ok((Put { table: SENSITIVE_LOG, row }, Name { space: "sealed-place", key }))
}

/// What is noted of the number a report came from.
fn hint(house: &House, id: Id, number: &str) -> i64 {
    let keyed = house.vault().keyed("report hint", &[&id.0[..], number.as_bytes()].concat());
    i64::from(keyed[0] % HINTS)
}

/// Whether a report may have come from a number. So that its code does what that of an ordinary
/// voice does, for its own phone always and for another's as seldom as one in [`HINTS`].
///
/// # Errors
/// When the store fails.
pub async fn may_be_from(house: &House, id: Id, number: &str) -> Result<bool, StoreError> {
    let sql = "SELECT hint FROM sensitive_log WHERE id = $1";
    let row = house.store().read_one(sql, vec![id.into()]).await?;
    Ok(row.and_then(|row| row.opt_int(0)) == Some(hint(house, id, number)))
}

fn chain_hash(before: &[u8], id: Id, day: i64, sealed: &[u8], keys: &[u8]) -> [u8; 32] {
    let parts = [before, &id.0, &day.to_be_bytes(), sealed, keys];
    record::half_hash(&parts.concat())
}

/// Whether the sensitive log's chain holds; the place of the first break if not.
///
/// # Errors
/// When the store fails.
pub async fn verify(house: &House) -> Result<Option<i64>, StoreError> {
    let sql = "SELECT writer, place, id, day, sealed, keys, before, hash FROM sensitive_log \
               ORDER BY writer, place";
    let (mut writer, mut place, mut before) = (Id::NONE, 0, vec![0u8; 32]);
    for row in house.store().read(sql, vec![]).await? {
        if row.id(0) != writer {
            (writer, place, before) = (row.id(0), 0, vec![0; 32]);
        }
        let hash = chain_hash(&before, row.id(2), row.int(3), &row.bytes(4), &row.bytes(5));
        if row.int(1) != place + 1 || row.bytes(6) != before || row.bytes(7) != hash {
            return Ok(Some(row.int(1)));
        }
        (place, before) = (row.int(1), row.bytes(7));
    }
    Ok(None)
}

/// Moves a disclosure out of the ordinary log: its words are sealed to the focal points, and every
/// ordinary trace of them is destroyed, a note too. Its code keeps following, and shows what it
/// showed.
///
/// # Errors
/// When nobody is behind the door, it has no words left, or a note that nobody has typed up.
pub async fn move_here(house: &House, id: Id) -> Result<(), Trouble> {
    move_with(house, id, "").await
}

/// The same, with what was heard in a note that nobody has typed up: those words go to the focal
/// points alone, and never into the ordinary log. The reports are all of one size, so the note
/// itself cannot go with them.
///
/// # Errors
/// As [`move_here`], and when the words are not fit to keep.
pub async fn move_with(house: &House, id: Id, heard: &str) -> Result<(), Trouble> {
    let voice = queries::voice(house, id).await?.ok_or(Trouble::NotFound)?;
    let words = queries::words(house, id).await?;
    let words = words.ok_or_else(|| Refusal::new("voice-erased").status(410))?;
    if voice.note_waits && heard.trim().is_empty() {
        return Err(Refusal::new("note-words-first").status(409).into());
    }
    let words = acts::with_heard(words, heard)?;
    let code: Code = voice.code.parse().map_err(|_| Trouble::broken("a voice without a code"))?;
    let report = Report {
        words: words.words,
        language: voice.language.clone(),
        number: words.number,
        channel: voice.channel.clone(),
        said_ms: voice.said_ms,
        moved: true,
    };
    let day = day_of(voice.heard_ms);
    let state = match voice.status.as_str() {
        state @ ("received" | "in_progress") => state,
        _ => "read",
    };
    for _ in 0..TRIES_MAX {
        let (put, place) = sealed_put(house, (id, day), (&code, state), &report).await?;
        // Kept for the focal points first: a crash between the two loses nothing.
        let kept = Decision { puts: vec![put], ..Decision::default() };
        match house.store().append(Change::writing(kept).claiming(place, id)).await {
            Ok(_) => return forget::moved(house, id).await,
            Err(AppendError::Taken { .. }) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Err(Trouble::broken("the report could not be moved after several tries"))
}

/// A report as whoever follows its code sees it: a voice like any other.
///
/// # Errors
/// When the store fails.
pub async fn as_voice(house: &House, id: Id) -> Result<Option<Voice>, StoreError> {
    let sql = "SELECT code, state, day FROM sensitive_log WHERE id = $1";
    let Some(row) = house.store().read_one(sql, vec![id.into()]).await? else { return Ok(None) };
    let heard_ms = row.int(2) * DAY_MS;
    let state = row.text(1);
    // `forgotten/DAY/STATE`: what the code shows after its person asked to be forgotten.
    let forgotten = state.strip_prefix(FORGOTTEN).and_then(|rest| rest.split_once('/'));
    let forgotten_ms =
        forgotten.and_then(|(day, _)| day.parse::<i64>().ok()).map(|day| day * DAY_MS);
    let status = forgotten.map_or(state.as_str(), |(_, state)| state).to_owned();
    let read_ms = (status != "received").then_some(heard_ms);
    Ok(Some(Voice {
        id,
        code: row.text(0),
        status,
        heard_ms,
        said_ms: heard_ms,
        read_ms,
        last_ms: forgotten_ms.unwrap_or(heard_ms),
        erased: forgotten_ms.is_some(),
        waiting: forgotten_ms.is_none(),
        sealed: true,
        ..Voice::default()
    }))
}

/// From now on the code shows what that of any forgotten voice shows. The report itself stays with
/// the focal points: only its person's own wish, told to one of them, ends it.
///
/// # Errors
/// When the store fails.
pub async fn show_forgotten(house: &House, id: Id) -> Result<(), StoreError> {
    let Some(voice) = as_voice(house, id).await? else { return Ok(()) };
    let gone = "DELETE FROM erasures_due WHERE voice = $1";
    let mut work = vec![Statement::new(gone, vec![id.into()])];
    if !voice.erased {
        let today = day_of(house.now_ms());
        let state = format!("{FORGOTTEN}{today}/{}", voice.status);
        let sql = "UPDATE sensitive_log SET state = $1 WHERE id = $2";
        work.push(Statement::new(sql, vec![state.into(), id.into()]));
    }
    house.store().run(work).await
}

/// All reports, the newest first, still sealed.
///
/// # Errors
/// When the store fails.
pub async fn reports(house: &House) -> Result<Vec<SealedReport>, StoreError> {
    let sql = "SELECT id, day, code, state, sealed, keys FROM sensitive_log \
               ORDER BY day DESC, place DESC LIMIT 500";
    let rows = house.store().read(sql, vec![]).await?;
    let report = |row: &store::Row| {
        let keys: Vec<(Id, minicbor::bytes::ByteVec)> =
            record::decode(&row.bytes(5)).unwrap_or_default();
        SealedReport {
            id: row.id(0),
            day: row.int(1),
            code: row.text(2),
            state: row.text(3),
            sealed: row.bytes(4),
            keys: keys.into_iter().map(|(id, key)| (id, key.into())).collect(),
        }
    };
    Ok(rows.iter().map(report).collect())
}

/// Opens a report with a focal point's own key; none when it was not sealed to them.
#[must_use]
pub fn open(report: &SealedReport, focal: Id, key: &FocalKey) -> Option<Report> {
    let (_, mine) = report.keys.iter().find(|(id, _)| *id == focal)?;
    let bytes = seal::open_report(key, mine, &report.sealed).ok()?;
    record::decode(&bytes).ok()
}

/// Sets what following the code shows: only what the person chose.
///
/// # Errors
/// When the state is on no list.
pub async fn set_state(house: &House, id: Id, state: &str) -> Result<(), Trouble> {
    let Some(state) = STATES.into_iter().find(|known| *known == state) else {
        return Err(Refusal::new("list-unknown").into());
    };
    // A code that shows a forgotten voice goes on showing one.
    let sql = "SELECT state FROM sensitive_log WHERE id = $1";
    let row = house.store().read_one(sql, vec![id.into()]).await?;
    let was = row.map_or_else(String::new, |row| row.text(0));
    let day = was.strip_prefix(FORGOTTEN).and_then(|rest| rest.split_once('/'));
    let state = match day {
        Some((day, _)) => format!("{FORGOTTEN}{day}/{state}"),
        None => state.to_owned(),
    };
    let sql = "UPDATE sensitive_log SET state = $1 WHERE id = $2";
    house.store().run(vec![Statement::new(sql, vec![state.into(), id.into()])]).await?;
    Ok(())
}
