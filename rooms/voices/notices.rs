//! Telling everyone whose voice belongs to a need what became of it: each voice once, each person
//! by one SMS, in their language, whatever stops in between. What is owed is written with the act
//! it tells of, and carried out piece by piece. It never says a word of what somebody told us.

use minicbor::{Decode, Encode};
use page::{Lang, Tongue};
use record::{DAY_MS, Id};
use store::{AppendError, Change, Decision, Name, Put, Row, Statement, StoreError};
use tokio::task::JoinSet;

use super::acts::{codes_only, reach, shown_code};
use super::drawers::{NOTICES, TO_SETTLE};
use super::outbound::{Message, tell};
use super::records::VoiceTold;
use super::review::may_send;
use super::views::Voice;
use super::{queries, rules};
use crate::door::{House, Trouble};

/// Voices told at once.
const AT_ONCE: i64 = 64;
/// How long a process may carry a notice before another goes on with it (milliseconds).
const LEASE_MS: i64 = 60 * 1000;
/// Needs settled in one round.
const SETTLED_MAX: i64 = 100;
/// Notices leave after danger to life and a person's NO.
const TELL_NOTICE: i64 = 0;

/// What is told to all whose voices belong to a need.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Notice {
    /// The need.
    #[n(0)]
    pub need: Id,
    /// What it tells of: an assembly, a decision or a task.
    #[n(1)]
    pub about: Id,
    /// Where the voices stand since, a status of vocabulary 5.7; `delivered` asks for YES or NO.
    #[n(2)]
    pub standing: String,
    /// Key of the SMS, such as `sms-need-decided`. It may name `code`, `body` and `day`.
    #[n(3)]
    pub key: String,
    /// What else it names.
    #[n(4)]
    pub args: Vec<(String, String)>,
    /// The body that owns what comes next, by name.
    #[n(5)]
    pub body: Option<String>,
    /// The day the promise falls due, in days since 1970; `day` in the text, in words.
    #[n(6)]
    pub due_day: Option<i64>,
}

/// Adds a notice to the act that it tells of: durable with it, carried out soon after.
pub fn owe(decision: &mut Decision, house: &House, notice: &Notice) {
    let id = house.vault().keyed("notice", &named(notice, Id::NONE));
    let row = vec![
        id.into(),
        notice.need.into(),
        record::encode(notice).into(),
        house.now_ms().into(),
        (-1i64).into(),
        Id::NONE.into(),
        store::Value::Null,
        0i64.into(),
    ];
    decision.puts.push(Put { table: NOTICES, row });
}

/// What makes a notice the same as another: a later word about the same thing, such as another day,
/// is told too.
fn named(notice: &Notice, person: Id) -> Vec<u8> {
    let ids = [notice.need, notice.about, person];
    let mut name: Vec<u8> = ids.iter().flat_map(|id| id.0).collect();
    name.extend(notice.standing.as_bytes());
    name.push(0);
    name.extend(notice.key.as_bytes());
    name.extend(notice.due_day.unwrap_or_default().to_be_bytes());
    name
}

/// Carries out what is owed, the oldest first, until nothing is left or a piece fails. Returns how
/// many voices were told.
///
/// # Errors
/// When the store fails; what was told stays told, and the rest is owed.
pub async fn carry(house: &House) -> Result<usize, Trouble> {
    let mut told = 0;
    while let Some(mut owed) = lease(house).await? {
        loop {
            let voices = next(house, &owed).await?;
            let Some(last) = voices.last() else { break };
            owed.after = (last.grouped_ms.unwrap_or(0), last.id);
            told += voices.len();
            all_told(house, &owed.notice, voices).await?;
            let sql = "UPDATE notices SET after_ms = $1, after_id = $2, lease_until = $3 \
                       WHERE id = $4";
            let until = house.now_ms() + LEASE_MS;
            let (ms, id) = owed.after;
            let params = vec![ms.into(), id.into(), until.into(), owed.id.into()];
            house.store().run(vec![Statement::new(sql, params)]).await?;
            house.outbound().notify_one();
        }
        let done = "DELETE FROM notices WHERE id = $1";
        house.store().run(vec![Statement::new(done, vec![owed.id.into()])]).await?;
    }
    Ok(told)
}

/// How many notices are owed.
///
/// # Errors
/// When the store fails.
pub async fn owed(house: &House) -> Result<i64, StoreError> {
    let row = house.store().read_one("SELECT COUNT(*) FROM notices", vec![]).await?;
    Ok(row.map_or(0, |row| row.int(0)))
}

struct Owed {
    id: Id,
    notice: Notice,
    after: (i64, Id),
}

async fn lease(house: &House) -> Result<Option<Owed>, StoreError> {
    let now = house.now_ms();
    let lease = Id::fresh(now);
    let sql = "UPDATE notices SET lease = $1, lease_until = $2 WHERE lease_until < $3 AND id IN ( \
               SELECT id FROM notices WHERE lease_until < $3 ORDER BY made_ms, id LIMIT 1)";
    let params = vec![lease.into(), (now + LEASE_MS).into(), now.into()];
    house.store().run(vec![Statement::new(sql, params)]).await?;
    let sql = "SELECT id, notice, after_ms, after_id FROM notices WHERE lease = $1";
    let row = house.store().read_one(sql, vec![lease.into()]).await?;
    Ok(row.as_ref().and_then(read))
}

fn read(row: &Row) -> Option<Owed> {
    let id = row.id(0);
    let Ok(notice) = record::decode::<Notice>(&row.bytes(1)) else {
        tracing::error!(%id, "a notice cannot be read");
        return None;
    };
    Some(Owed { id, notice, after: (row.int(2), row.id(3)) })
}

async fn next(house: &House, owed: &Owed) -> Result<Vec<Voice>, StoreError> {
    queries::of_need(house, owed.notice.need, Some(owed.after), AT_ONCE).await
}

async fn all_told(house: &House, notice: &Notice, voices: Vec<Voice>) -> Result<(), Trouble> {
    let mut under_way = JoinSet::new();
    for voice in voices {
        let (house, notice) = (house.clone(), notice.clone());
        under_way.spawn(async move { tell_one(&house, &notice, &voice).await });
    }
    while let Some(done) = under_way.join_next().await {
        done.map_err(|error| StoreError::Engine(error.to_string()))??;
    }
    Ok(())
}

/// One voice is told. A person whose other voice belongs to the same need gets no second SMS.
async fn tell_one(house: &House, notice: &Notice, voice: &Voice) -> Result<(), Trouble> {
    let told = VoiceTold {
        about: notice.about,
        standing: notice.standing.clone(),
        body: notice.body.clone(),
        due_day: notice.due_day,
    };
    if let Some((number, person)) = reach(house, voice).await? {
        let message = worded(house, voice, notice, &number, person).await?;
        let key = house.vault().keyed("told", &named(notice, person));
        let change = telling(house, voice.id, &told, Some((message, person)))
            .claiming(Name { space: "told", key }, person);
        match house.store().append(change).await {
            Ok(_) => return Ok(()),
            Err(AppendError::Taken { space: "told", .. }) => {}
            Err(error) => return Err(error.into()),
        }
    }
    house.store().append(telling(house, voice.id, &told, None)).await?;
    Ok(())
}

fn telling(house: &House, id: Id, told: &VoiceTold, message: Option<(Message, Id)>) -> Change {
    let (house, told) = (house.clone(), told.clone());
    Change::on(vec![id], move |known| {
        let drafts = rules::tell(id, known.of(id), &told)?;
        let mut decision = Decision { drafts, ..Decision::default() };
        if let (Some((message, person)), false) = (&message, decision.drafts.is_empty()) {
            tell(&mut decision, &house, message, (*person, id), TELL_NOTICE);
        }
        Ok(decision)
    })
}

/// The SMS: with the code alone for whoever asked for that.
async fn worded(
    house: &House,
    voice: &Voice,
    notice: &Notice,
    number: &str,
    person: Id,
) -> Result<Message, StoreError> {
    let code = shown_code(voice);
    let lang = rules::lang_for(&house.city(), &voice.language);
    if codes_only(house, person).await? {
        let asks = notice.standing == "delivered";
        let key = if asks { "sms-asked-quiet" } else { "sms-answer-quiet" };
        return Ok(Message::new(number, lang, key, &[("code", &code)]));
    }
    // The day stands inside the text, so both are in the language that may be sent.
    let lang = may_send(house, lang, &notice.key);
    let day = notice.due_day.map(|day| day_said(house, lang, day)).unwrap_or_default();
    let body = notice.body.clone().unwrap_or_default();
    let mut args = vec![("code", code.as_str()), ("day", &day), ("body", &body)];
    args.extend(notice.args.iter().map(|(name, value)| (name.as_str(), value.as_str())));
    Ok(Message::new(number, lang, &notice.key, &args))
}

/// Asks whoever said a voice something by SMS: each person once about one thing, however often it
/// is repeated. Returns whether they were asked, now or before; whoever asked for codes only is
/// left in peace, and so is whoever left no number.
///
/// # Errors
/// When the store fails.
pub async fn ask(
    house: &House,
    (about, voice): (Id, &Voice),
    key: &str,
    args: &[(&str, String)],
) -> Result<bool, Trouble> {
    let Some((message, person)) = message_to(house, voice, key, args).await? else {
        return Ok(false);
    };
    let (ours, id) = (house.clone(), voice.id);
    let change = Change::on(Vec::new(), move |_| {
        let mut decision = Decision::default();
        tell(&mut decision, &ours, &message, (person, id), TELL_NOTICE);
        Ok(decision)
    });
    match house.store().append(change.claiming(asked_name(house, about, person), person)).await {
        Ok(_) => house.outbound().notify_one(),
        Err(AppendError::Taken { .. }) => {}
        Err(error) => return Err(error.into()),
    }
    Ok(true)
}

/// A message to whoever said a voice, in their language, with the person it is for. None for
/// whoever asked for codes only, or left no number.
///
/// # Errors
/// When the store fails.
pub async fn message_to(
    house: &House,
    voice: &Voice,
    key: &str,
    args: &[(&str, String)],
) -> Result<Option<(Message, Id)>, Trouble> {
    let Some((number, person)) = reach(house, voice).await? else { return Ok(None) };
    if codes_only(house, person).await? {
        return Ok(None);
    }
    let lang = may_send(house, rules::lang_for(&house.city(), &voice.language), key);
    let args: Vec<(&str, &str)> = args.iter().map(|(name, said)| (*name, said.as_str())).collect();
    Ok(Some((Message::new(&number, lang, key, &args), person)))
}

fn asked_name(house: &House, about: Id, person: Id) -> Name {
    Name { space: "asked", key: house.vault().keyed("asked", &[about.0, person.0].concat()) }
}

/// Whether somebody was asked about a thing.
///
/// # Errors
/// When the store fails.
pub async fn was_asked(house: &House, about: Id, person: Id) -> Result<bool, StoreError> {
    Ok(house.store().holder(&asked_name(house, about, person)).await?.is_some())
}

fn day_said(house: &House, lang: Lang, day: i64) -> String {
    Tongue::new(lang, house.texts()).date(day.saturating_mul(DAY_MS))
}

/// A need about which somebody has said YES or NO, to be settled by its rule.
pub(crate) fn to_settle(house: &House, need: Id) -> Put {
    let now = house.now_ms();
    Put { table: TO_SETTLE, row: vec![need.into(), now.into(), now.into(), Id::fresh(now).into()] }
}

/// A need that waits to be settled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unsettled {
    /// Which.
    pub need: Id,
    /// When somebody last said YES or NO of it, in milliseconds since 1970.
    pub said_ms: i64,
    /// Another one is written whenever somebody says YES or NO.
    mark: Id,
}

/// Needs that wait to be settled, the oldest first. What is said of one from now on keeps it on the
/// list, whatever is written by [`settled`] or [`settle_later`].
///
/// # Errors
/// When the store fails.
pub async fn unsettled(house: &House) -> Result<Vec<Unsettled>, StoreError> {
    let sql = "SELECT need, said_ms, mark FROM to_settle WHERE due_ms <= $1 \
               ORDER BY due_ms, need LIMIT $2";
    let rows = house.store().read(sql, vec![house.now_ms().into(), SETTLED_MAX.into()]).await?;
    let taken = |row: &Row| Unsettled { need: row.id(0), said_ms: row.int(1), mark: row.id(2) };
    Ok(rows.iter().map(taken).collect())
}

/// A need was settled.
#[must_use]
pub fn settled(taken: &Unsettled) -> Statement {
    let sql = "DELETE FROM to_settle WHERE need = $1 AND mark = $2";
    Statement::new(sql, vec![taken.need.into(), taken.mark.into()])
}

/// A need is to be looked at again at a moment, or as soon as somebody says YES or NO of it.
#[must_use]
pub fn settle_later(taken: &Unsettled, at_ms: i64) -> Statement {
    let sql = "UPDATE to_settle SET due_ms = $1 WHERE need = $2 AND mark = $3";
    Statement::new(sql, vec![at_ms.into(), taken.need.into(), taken.mark.into()])
}

/// Whether somebody is still to be told something about a need.
///
/// # Errors
/// When the store fails.
pub async fn is_owed(house: &House, need: Id) -> Result<bool, StoreError> {
    let sql = "SELECT 1 FROM notices WHERE need = $1 LIMIT 1";
    Ok(house.store().read_one(sql, vec![need.into()]).await?.is_some())
}
