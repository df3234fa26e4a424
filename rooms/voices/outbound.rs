//! Messages out: made together with what they tell of, sealed until handed to a gateway, by urgency
//! and then age. It never sends by itself: the roof asks for a lease, hands over, and says so.

use minicbor::{Decode, Encode};
use page::{Arg, Lang, Tongue};
use record::Id;
use seal::PersonKey;
use store::{Decision, Put, Statement, StoreError};

use super::drawers::OUTBOUND;
use super::review::may_send;
use crate::door::House;

/// What one phone carries in an hour, as reported by those who run such gateways.
pub const GATEWAY_MESSAGES_PER_HOUR: i64 = 330;
/// Older messages than this begin with a word of excuse (milliseconds).
pub const LATE_AFTER_MS: i64 = 15 * 60 * 1000;
/// How long a gateway may hold a message before another tries (milliseconds).
const LEASE_MS: i64 = 60 * 1000;
/// How long a handed message's row (without number or words) is kept for the clock.
const HANDED_KEPT_MS: i64 = 24 * 60 * 60 * 1000;
/// The rest after a first vain try, doubled by each further one (milliseconds): longer than the
/// pause of the worker, so that others get their turn.
const REST_MS: i64 = 10 * 1000;
/// The longest rest between two tries (milliseconds).
const REST_MS_MAX: i64 = 30 * 60 * 1000;
/// After so many refusals by the phone itself a message is given up: no such number, perhaps.
const REFUSALS_MAX: i64 = 3;
/// What stands for the tries of a message that was given up.
const GIVEN_UP: i64 = -1;

const PURPOSE: &str = "outbound";

/// What a message says: a text of the rooms with its values, worded when it leaves.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Message {
    /// The number, in E.164.
    #[n(0)]
    pub to: String,
    /// Language.
    #[n(1)]
    pub lang: String,
    /// Key of the text, such as `sms-receipt`.
    #[n(2)]
    pub key: String,
    /// Values it names.
    #[n(3)]
    pub args: Vec<(String, String)>,
    /// Key of the text when it leaves late, if it reads otherwise then.
    #[n(4)]
    pub late: Option<String>,
}

/// A message leased to a gateway.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leased {
    /// Its id, the same at every try.
    pub id: Id,
    /// The number.
    pub to: String,
    /// The words.
    pub text: String,
}

/// How the queue stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Backlog {
    /// Messages that wait.
    pub waiting: i64,
    /// Age of the oldest, in milliseconds.
    pub oldest_ms: i64,
    /// Median milliseconds from heard to handed over, of the last day's first hundred.
    pub median_ms: Option<i64>,
    /// Messages of the last day that no gateway would take.
    pub given_up: i64,
}

/// What became of a message at the gateway.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missed {
    /// The gateway was away, or could not now.
    Away,
    /// The gateway says that this message cannot be sent.
    Refused,
}

impl Message {
    /// A message that says `key` with `args`.
    #[must_use]
    pub fn new(to: &str, lang: Lang, key: &str, args: &[(&str, &str)]) -> Message {
        let args = args.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect();
        Message {
            to: to.to_owned(),
            lang: lang.code().to_owned(),
            key: key.to_owned(),
            args,
            late: None,
        }
    }

    /// The same, worded otherwise when it leaves late.
    #[must_use]
    pub fn late(mut self, key: &str) -> Message {
        self.late = Some(key.to_owned());
        self
    }

    /// The words, as they stand `age_ms` after the message was made; folded to the cheap alphabet
    /// where the language allows it.
    #[must_use]
    pub fn text(&self, texts: &'static page::Texts, age_ms: i64) -> String {
        let tongue = Tongue::new(Lang::from_code(&self.lang).unwrap_or(Lang::En), texts);
        let args: Vec<(&str, Arg)> =
            self.args.iter().map(|(n, v)| (n.as_str(), Arg::from(v.as_str()))).collect();
        let key = self.late.as_ref().filter(|_| age_ms > LATE_AFTER_MS).unwrap_or(&self.key);
        words::gsm7(&tongue.with(key, &args))
    }

    /// The row that makes it wait, to be written with what it tells of.
    #[must_use]
    pub fn put(&self, house: &House, id: Id, about: (Id, Id), urgency: i64, now_ms: i64) -> Put {
        let (person, voice) = about;
        // No unreviewed text leaves for real people, from whichever act it comes.
        let lang = Lang::from_code(&self.lang).unwrap_or(Lang::En);
        let lang = may_send(house, lang, &self.key).code().to_owned();
        let allowed = Message { lang, ..self.clone() };
        let sealed = seal::seal(&key(house), &id.0, &record::encode(&allowed));
        let row = vec![
            id.into(),
            person.into(),
            voice.into(),
            urgency.into(),
            now_ms.into(),
            sealed.into(),
            store::Value::Null,
            0i64.into(),
            0i64.into(),
            0i64.into(),
            store::Value::Null,
        ];
        Put { table: OUTBOUND, row }
    }
}

fn key(house: &House) -> PersonKey {
    house.vault().key_for(PURPOSE)
}

/// Takes up to `count` messages for a gateway, the most urgent and oldest first. What is not said
/// to be handed over comes back when the lease ends.
///
/// # Errors
/// When the store fails.
pub async fn lease(house: &House, count: i64) -> Result<Vec<Leased>, StoreError> {
    let now = house.now_ms();
    let lease = Id::fresh(now);
    let sql = "UPDATE outbound SET lease = $1, lease_until = $2, tries = tries + 1 \
               WHERE handed_ms IS NULL AND lease_until < $3 AND id IN ( \
                 SELECT id FROM outbound WHERE handed_ms IS NULL AND lease_until < $3 \
                 ORDER BY urgency DESC, made_ms, id LIMIT $4)";
    let params = vec![lease.into(), (now + LEASE_MS).into(), now.into(), count.into()];
    house.store().run(vec![Statement::new(sql, params)]).await?;
    let sql = "SELECT id, sealed, made_ms FROM outbound WHERE lease = $1 AND handed_ms IS NULL \
               ORDER BY urgency DESC, made_ms, id";
    let rows = house.store().read(sql, vec![lease.into()]).await?;
    let mut leased = Vec::new();
    for row in rows {
        let id = row.id(0);
        let opened = seal::open(&key(house), &id.0, &row.bytes(1)).ok();
        let Some(message) = opened.and_then(|b| record::decode::<Message>(&b).ok()) else {
            tracing::error!(%id, "an outbound message cannot be opened with this node's key");
            continue;
        };
        let text = message.text(house.texts(), now - row.int(2));
        leased.push(Leased { id, to: message.to, text });
    }
    Ok(leased)
}

/// Whether anything waits to be leased.
///
/// # Errors
/// When the store fails.
pub async fn any_waiting(house: &House) -> Result<bool, StoreError> {
    let sql = "SELECT 1 FROM outbound WHERE handed_ms IS NULL AND lease_until < $1 LIMIT 1";
    Ok(house.store().read_one(sql, vec![house.now_ms().into()]).await?.is_some())
}

/// The gateway has it: number and words are destroyed here.
///
/// # Errors
/// When the store fails.
pub async fn handed(house: &House, ids: &[Id]) -> Result<(), StoreError> {
    let now = house.now_ms();
    let sql = "UPDATE outbound SET handed_ms = $1, sealed = NULL WHERE id = $2";
    let mut work: Vec<Statement> =
        ids.iter().map(|id| Statement::new(sql, vec![now.into(), (*id).into()])).collect();
    let old = "DELETE FROM outbound WHERE handed_ms < $1";
    work.push(Statement::new(old, vec![(now - HANDED_KEPT_MS).into()]));
    house.store().run(work).await
}

/// The gateway could not take them: another try after a rest that grows. What the phone itself
/// refuses several times is given up, and its number and words are destroyed.
///
/// # Errors
/// When the store fails.
pub async fn failed(house: &House, missed: &[(Id, Missed)]) -> Result<(), StoreError> {
    let now = house.now_ms();
    let mut work = Vec::new();
    for (id, why) in missed {
        let sql = "SELECT tries, refusals FROM outbound WHERE id = $1";
        let row = house.store().read_one(sql, vec![(*id).into()]).await?;
        let (tries, refused) = row.map_or((0, 0), |row| (row.int(0), row.int(1)));
        let refusals = refused + i64::from(*why == Missed::Refused);
        if refusals >= REFUSALS_MAX {
            let sql = "UPDATE outbound SET handed_ms = $1, sealed = NULL, tries = $2 WHERE id = $3";
            work.push(Statement::new(sql, vec![now.into(), GIVEN_UP.into(), (*id).into()]));
        } else {
            let doubled = u32::try_from(tries.clamp(1, 16) - 1).unwrap_or(0);
            let rest = (REST_MS << doubled).min(REST_MS_MAX);
            let sql = "UPDATE outbound SET lease_until = $1, refusals = $2 WHERE id = $3";
            let row = vec![(now + rest).into(), refusals.into(), (*id).into()];
            work.push(Statement::new(sql, row));
        }
    }
    house.store().run(work).await
}

/// How the queue stands.
///
/// # Errors
/// When the store fails.
pub async fn backlog(house: &House) -> Result<Backlog, StoreError> {
    let sql = "SELECT COUNT(*), MIN(made_ms) FROM outbound WHERE handed_ms IS NULL";
    let now = house.now_ms();
    let row = house.store().read_one(sql, vec![]).await?;
    let waiting = row.as_ref().map_or(0, |row| row.int(0));
    let oldest = row.and_then(|row| row.opt_int(1));
    let sql = "SELECT handed_ms - made_ms FROM outbound \
               WHERE handed_ms IS NOT NULL AND tries <> $1 ORDER BY handed_ms DESC LIMIT 100";
    let rows = house.store().read(sql, vec![GIVEN_UP.into()]).await?;
    let mut delays: Vec<i64> = rows.iter().map(|row| row.int(0)).collect();
    delays.sort_unstable();
    let median_ms = delays.get(delays.len() / 2).copied();
    let sql = "SELECT COUNT(*) FROM outbound WHERE tries = $1";
    let given_up = house.store().read_one(sql, vec![GIVEN_UP.into()]).await?;
    let given_up = given_up.map_or(0, |row| row.int(0));
    let oldest_ms = oldest.map_or(0, |oldest| now - oldest);
    Ok(Backlog { waiting, oldest_ms, median_ms, given_up })
}

/// Adds a message to a decision.
pub(crate) fn tell(
    decision: &mut Decision,
    house: &House,
    message: &Message,
    about: (Id, Id),
    urgency: i64,
) {
    let now = house.now_ms();
    decision.puts.push(message.put(house, Id::fresh(now), about, urgency, now));
}
