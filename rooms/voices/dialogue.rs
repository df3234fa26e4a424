//! A dialogue by SMS that a later room leads, one question a message: kept sealed between two
//! messages, one at a time for a number, gone when it ends. It judges no answer, and never stands
//! before words of danger, a disclosure or a command.

use std::pin::Pin;

use minicbor::{Decode, Encode};
use page::Lang;
use record::Id;
use seal::PersonKey;
use store::{AppendError, Change, Decision, Name, Put, Statement, StoreError};

use super::code::Code;
use super::drawers::{DIALOGUES, FOLLOWED};
use super::intake::{self, number_name};
use super::outbound::{self, Message};
use super::sms::Sender;
use super::{acts, rules};
use crate::door::{House, Trouble};

/// After so long without an answer a dialogue lapses (milliseconds).
pub const DIALOGUE_MS: i64 = 7 * 24 * 60 * 60 * 1000;
/// How often a message is taken up again when what it stood on moved meanwhile.
const TRIES_MAX: usize = 8;
const PURPOSE: &str = "dialogue";

/// What a message says to a dialogue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said {
    /// The word that opens one, with the number of what it is about.
    Opening(i64),
    /// The word alone: what was I asked?
    Again,
    /// The word with the word for stopping: this one, and nothing else.
    Stopping,
    /// Anything else: an answer.
    Words(String),
}

/// A message, with what was said before it.
#[derive(Clone, Debug)]
pub struct Turn {
    /// What the room kept at the last message; none when no dialogue is open.
    pub kept: Option<Vec<u8>>,
    /// What the message says.
    pub said: Said,
    /// The language of its words, or the person's.
    pub lang: Lang,
    /// The keyed hash of the number, for counting attempts.
    pub origin: [u8; 16],
    /// How often this message was taken up already.
    pub tries: i64,
}

/// Whether words fit what was asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Fit {
    /// They do, or nothing was asked.
    #[default]
    Answer,
    /// They do not: the room says what to send, unless they sound urgent. Then they are a voice.
    Unclear,
    /// Somebody speaks of something else: they are a voice, and the question stays.
    Speech,
}

/// What the room makes of it. All of it is durable in one breath with the answer.
pub struct Led {
    /// Whether the words fit what was asked.
    pub fit: Fit,
    /// An act.
    pub change: Change,
    /// What it keeps until the next message; none ends the dialogue.
    pub keeps: Option<Vec<u8>>,
    /// In which language it answers.
    pub lang: Lang,
    /// Key of the answer.
    pub key: &'static str,
    /// What the answer names.
    pub args: Vec<(&'static str, String)>,
    /// What the number will be told of.
    pub follows: Option<Follows>,
}

/// Something of which a number is told what becomes of it.
#[derive(Clone, Debug)]
pub struct Follows {
    /// What.
    pub entity: Id,
    /// The code under which it is told.
    pub code: String,
    /// Until when at most.
    pub until_ms: i64,
}

type Leading = Pin<Box<dyn Future<Output = Result<Led, Trouble>> + Send>>;
type Status = Pin<Box<dyn Future<Output = Result<Option<Told>, Trouble>> + Send>>;

/// A text with what it names, in the language in which that stands.
pub type Told = (Lang, &'static str, Vec<(&'static str, String)>);

/// The table by which the roof hands on turns of a dialogue, and codes that are no voice's. Without
/// it such a message is heard like any other.
#[derive(Clone, Copy)]
pub struct Dialogue {
    /// Takes a turn.
    pub turn: fn(House, Turn) -> Leading,
    /// What stands under a code; in this language, where none is known of whoever asked for it.
    pub status: fn(House, Code, Lang) -> Status,
}

/// Who is told of something, and under which code.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct Follower {
    /// The number, in E.164.
    #[n(0)]
    pub number: String,
    /// The code.
    #[n(1)]
    pub code: String,
    /// The language in which it was asked for.
    #[n(2)]
    pub lang: String,
    /// The person the number was proven to be.
    #[n(3)]
    pub person: Id,
}

/// A dialogue as the drawer has it.
struct Open {
    turn: Id,
    kept: Vec<u8>,
}

fn key(house: &House) -> PersonKey {
    house.vault().key_for(PURPOSE)
}

/// The name that a turn holds until the next: two messages at once cannot both follow it.
fn turn_name(house: &House, turn: Id) -> Name {
    Name { space: "turn", key: house.vault().keyed("turn", &turn.0) }
}

async fn open(house: &House, number: &str) -> Result<Option<Open>, StoreError> {
    let sql = "SELECT turn, sealed FROM dialogues WHERE number = $1 AND until_ms > $2";
    let of = number_name(house, number).key;
    let row = house.store().read_one(sql, vec![of.into(), house.now_ms().into()]).await?;
    let opened = row.and_then(|row| {
        let kept = seal::open(&key(house), &row.id(0).0, &row.bytes(1)).ok()?;
        Some(Open { turn: row.id(0), kept })
    });
    Ok(opened)
}

impl Sender<'_> {
    /// Words: the answer to what this number was asked, or a voice. Whatever sounds like danger, or
    /// like something that only a focal point should read, is always heard.
    pub(super) async fn say(&self) -> Result<(), Trouble> {
        if open(self.house, &self.number).await?.is_none() || self.sounds_like_danger() {
            return self.hear(false).await;
        }
        self.turn(Said::Words(self.sms.text.clone())).await
    }

    fn sounds_like_danger(&self) -> bool {
        self.urgency_over(1)
    }

    fn urgency_over(&self, level: u8) -> bool {
        let Ok(words) = words::clean(&self.sms.text) else { return true };
        let understood = rules::understand(self.house, &self.inbound(), &words);
        understood.urgency > level || understood.held
    }

    /// A sentence that begins like an offer may be an answer.
    pub(super) async fn is_asked(&self) -> Result<bool, StoreError> {
        Ok(open(self.house, &self.number).await?.is_some())
    }

    /// A turn of the dialogue, answered once however often the gateway hands it in.
    pub(super) async fn turn(&self, said: Said) -> Result<(), Trouble> {
        let Some(table) = self.house.kept::<Dialogue>() else { return self.hear(false).await };
        let mut tries = 0;
        for _ in 0..TRIES_MAX {
            let open = open(self.house, &self.number).await?;
            let answers = matches!(said, Said::Words(_));
            let Some(person) = self.proven().await?.filter(|_| open.is_some() || !answers) else {
                return self.hear(false).await;
            };
            let turn = Turn {
                kept: open.as_ref().map(|open| open.kept.clone()),
                said: said.clone(),
                lang: self.lang_of(&said).await?,
                origin: number_name(self.house, &self.number).key,
                tries,
            };
            let led = (table.turn)(self.house.clone(), turn).await?;
            let is_speech = match led.fit {
                Fit::Answer => false,
                Fit::Unclear => self.urgency_over(0),
                Fit::Speech => true,
            };
            if is_speech {
                return self.hear(false).await;
            }
            match self.house.store().append(self.taking(led, open.as_ref(), person)).await {
                Ok(_) => {
                    self.house.outbound().notify_one();
                    return Ok(());
                }
                // The gateway's retry crossed the first: it was answered already.
                Err(AppendError::Taken { space: "message", .. }) => return Ok(()),
                // Something moved between reading and writing: the room looks again.
                Err(AppendError::Taken { .. } | AppendError::Gone | AppendError::Refused(_)) => {
                    tries += 1;
                }
                Err(error) => return Err(error.into()),
            }
        }
        Err(Trouble::broken("a turn of a dialogue could not be taken after several tries"))
    }

    /// Whoever opens a dialogue chooses its language by the word for it.
    async fn lang_of(&self, said: &Said) -> Result<Lang, Trouble> {
        if matches!(said, Said::Words(_)) {
            return self.lang().await;
        }
        let word = super::commands::language_of(&self.sms.text);
        Ok(rules::lang_for(&self.house.city(), word))
    }

    /// The act, what is kept, and the answer, as one change.
    fn taking(&self, led: Led, open: Option<&Open>, person: Id) -> Change {
        let (house, now) = (self.house.clone(), self.house.now_ms());
        let args: Vec<(&str, &str)> = led.args.iter().map(|(n, v)| (*n, v.as_str())).collect();
        let message = Message::new(&self.number, led.lang, led.key, &args);
        let replies = intake::may_reply(self.house, &self.number);
        let (turn, last) = (Id::fresh(now), open.map(|open| open.turn));
        let name = number_name(self.house, &self.number);
        let mut rest = Decision::default();
        rest.release.extend(last);
        let goes_on = led.keeps.is_some();
        match led.keeps {
            Some(kept) => {
                let sealed = seal::seal(&key(self.house), &turn.0, &kept);
                let until = now + DIALOGUE_MS;
                let own = name.key.into();
                let row = vec![own, turn.into(), person.into(), until.into(), sealed.into()];
                rest.puts.push(Put { table: DIALOGUES, row });
            }
            None => rest.statements.push(ended(name.key)),
        }
        if let Some(follows) = &led.follows {
            rest.puts.push(self.followed(follows, led.lang, person));
        }
        let Change { entities, claims, holds, decide } = led.change;
        let all = Change::on(entities, move |known| {
            let mut decision = decide(known)?;
            decision.puts.extend(rest.puts.iter().cloned());
            decision.statements.extend(rest.statements.iter().cloned());
            decision.release.extend(&rest.release);
            if replies {
                outbound::tell(&mut decision, &house, &message, (person, Id::NONE), 0);
            }
            Ok(decision)
        });
        let mut all = Change { claims, holds, ..all }
            .claiming(self.message_name(), Id::fresh(now))
            // Whoever was forgotten a moment ago is not written down again.
            .while_held(name, person);
        if let Some(last) = last {
            all = all.while_held(turn_name(self.house, last), last);
        }
        if goes_on { all.claiming(turn_name(self.house, turn), turn) } else { all }
    }

    fn followed(&self, follows: &Follows, lang: Lang, person: Id) -> Put {
        let number = self.number.clone();
        let (code, lang) = (follows.code.clone(), lang.code().to_owned());
        let half = record::encode(&Follower { number, code, lang, person });
        let sealed = seal::seal(&key(self.house), &follows.entity.0, &half);
        let (made, until) = (self.house.now_ms(), follows.until_ms);
        let row =
            vec![follows.entity.into(), person.into(), made.into(), until.into(), sealed.into()];
        Put { table: FOLLOWED, row }
    }

    /// What takes the dialogue of this number away.
    pub(super) fn dialogue_gone(&self) -> Vec<Statement> {
        let own = number_name(self.house, &self.number).key;
        let turn = "DELETE FROM claims WHERE entity IN \
                    (SELECT turn FROM dialogues WHERE number = $1)";
        vec![Statement::new(turn, vec![own.into()]), ended(own)]
    }

    /// What a code says that is no voice's; nothing when it is nobody's.
    pub(super) async fn status_elsewhere(&self, code: &Code) -> Result<Option<Told>, Trouble> {
        let Some(table) = self.house.kept::<Dialogue>() else { return Ok(None) };
        (table.status)(self.house.clone(), *code, self.lang().await?).await
    }
}

fn ended(number: [u8; 16]) -> Statement {
    Statement::new("DELETE FROM dialogues WHERE number = $1", vec![number.into()])
}

/// What lets go all that a person was asked and is told of.
pub(super) fn forgetting(person: Id) -> Vec<Statement> {
    let of = |sql| Statement::new(sql, vec![person.into()]);
    vec![
        of("DELETE FROM claims WHERE entity IN (SELECT turn FROM dialogues WHERE person = $1)"),
        of("DELETE FROM dialogues WHERE person = $1"),
        of("DELETE FROM followed WHERE person = $1"),
    ]
}

/// The same, of what was said and asked for up to a moment.
pub(super) fn forgetting_before(person: Id, until_ms: i64) -> Vec<Statement> {
    // A dialogue is as old as its last message.
    let last = until_ms.saturating_add(DIALOGUE_MS);
    let of = |sql, ms: i64| Statement::new(sql, vec![person.into(), ms.into()]);
    vec![
        of("DELETE FROM dialogues WHERE person = $1 AND until_ms <= $2", last),
        of("DELETE FROM followed WHERE person = $1 AND made_ms <= $2", until_ms),
    ]
}

/// What takes away whatever has lapsed.
pub(super) fn lapsing(now_ms: i64) -> Vec<Statement> {
    let of = |sql| Statement::new(sql, vec![now_ms.into()]);
    vec![
        of("DELETE FROM claims WHERE entity IN (SELECT turn FROM dialogues WHERE until_ms < $1)"),
        of("DELETE FROM dialogues WHERE until_ms < $1"),
        of("DELETE FROM followed WHERE until_ms < $1"),
    ]
}

/// Who is told what becomes of something, if anybody is.
///
/// # Errors
/// When the store fails.
pub async fn follower(house: &House, entity: Id) -> Result<Option<Follower>, StoreError> {
    let sql = "SELECT sealed FROM followed WHERE entity = $1 AND until_ms > $2";
    let row = house.store().read_one(sql, vec![entity.into(), house.now_ms().into()]).await?;
    Ok(row.and_then(|row| {
        let half = seal::open(&key(house), &entity.0, &row.bytes(0)).ok()?;
        record::decode(&half).ok()
    }))
}

/// The message that tells them, as they wish to be written to: the code alone, perhaps. Only while
/// the number is theirs: the change that tells it stands on the name that comes with it.
///
/// # Errors
/// When the store fails.
pub async fn telling(
    house: &House,
    follower: &Follower,
    key: &str,
    args: &[(&str, &str)],
) -> Result<(Message, Name), StoreError> {
    let lang = Lang::from_code(&follower.lang).unwrap_or(Lang::En);
    let message = if acts::codes_only(house, follower.person).await? {
        Message::new(&follower.number, lang, "sms-code-only", &[("code", &follower.code)])
    } else {
        Message::new(&follower.number, lang, key, args)
    };
    Ok((message, number_name(house, &follower.number)))
}
