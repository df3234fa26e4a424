//! An SMS comes in: a command is done, anything else is heard. Every reply is in the sender's own
//! language and fits one part. It never acts on a code from another number.

use std::collections::BTreeSet;

use page::Lang;
use record::Id;
use store::{AppendError, Change, Decision, Name, StoreError};

use super::commands::{Intent, intent, only_a_code};
use super::intake::{self, Inbound, codes_only_put, e164, number_name, word_put};
use super::outbound::{self, Message};
use super::sealed::{self, Report};
use super::views::Voice;
use super::{Code, acts, dialogue, forget, offered, queries, rules};
use crate::door::{House, Rate, Trouble};
use crate::people;

pub use super::dialogue::{Dialogue, Fit, Follows, Led, Said, Told, Turn};
pub use super::elsewhere::{Asked, Elsewhere, Meant};
pub use super::offered::Offered;

/// A message as a gateway hands it in.
#[derive(Clone, Debug, Default)]
pub struct Sms {
    /// Which gateway, for telling its retries.
    pub gateway: String,
    /// The message's id there.
    pub id: String,
    /// The number it came from.
    pub from: String,
    /// The words.
    pub text: String,
    /// When it was sent, if the gateway knows.
    pub sent_ms: Option<i64>,
}

/// A word chosen within this time of the first message was chosen at first contact: it erases at
/// once. One chosen later, perhaps by whoever took the phone, waits its day (milliseconds).
const FIRST_CONTACT_MS: i64 = 60 * 60 * 1000;

/// Ballots that one number may send: whoever guesses codes does not get far.
const BALLOTS: Rate = Rate { name: "ballot sms", times: 12, within_ms: 60 * 60 * 1000 };

pub(super) struct Sender<'a> {
    pub(super) house: &'a House,
    pub(super) sms: &'a Sms,
    pub(super) number: String,
    /// Who speaks from this number: the one it is proven to be, if any, and all who left it.
    persons: Vec<Id>,
}

/// Receives an SMS. Returns when what it asks for is durable; replies wait in the outbound queue.
///
/// # Errors
/// A refusal when number or words are not fit to keep; trouble when the node cannot keep them, so
/// that the gateway tries again.
pub async fn receive(house: &House, sms: &Sms) -> Result<(), Trouble> {
    let number = e164(&sms.from)?;
    let message = intake::message_name(house, &sms.gateway, &sms.id);
    if house.store().holder(&message).await?.is_some() {
        return Ok(());
    }
    let persons = queries::persons_at(house, &number).await?;
    let sender = Sender { house, sms, number, persons };
    sender.act(intent(&sms.text)).await
}

impl Sender<'_> {
    async fn act(&self, intent: Intent) -> Result<(), Trouble> {
        if sealed::path_open(self.house, &self.number).await? && intent != Intent::Sealed {
            return self.seal().await;
        }
        match intent {
            Intent::Say => self.say().await,
            Intent::Follow(code) => self.follow(&code).await,
            Intent::Mistyped => self.reply("sms-code-mistyped", &[]).await,
            Intent::Yes(code) => self.answer(true, code).await,
            Intent::No(code) => self.answer(false, code).await,
            Intent::Forget { code, word } => self.forget(code, word).await,
            Intent::Keep => self.keep().await,
            Intent::ChooseWord { old, new } => self.choose_word(old.as_deref(), &new).await,
            Intent::CodesOnly => self.codes_only().await,
            Intent::Stop => self.stop().await,
            Intent::Sealed => self.open_sealed_path().await,
            Intent::Support(number) => self.hand_on(Asked::Support(number)).await,
            Intent::Vote { number, choice } => self.hand_on(Asked::Vote { number, choice }).await,
            Intent::Attendance { number, digit } => {
                self.hand_on(Asked::Attendance { number, digit }).await
            }
            Intent::Ballot { number, code, chosen } => {
                self.ballot(Asked::Ballot { number, code, chosen }).await
            }
            // Whoever was asked what they will do answers «we offer …».
            Intent::Offer if self.is_asked().await? => self.say().await,
            Intent::Offer => self.offer().await,
            Intent::Apply(said) => self.turn(said).await,
            Intent::Help => self.help().await,
        }
    }

    pub(super) async fn hear(&self, held: bool) -> Result<(), Trouble> {
        intake::hear(self.house, Inbound { held, ..self.inbound() }).await.map(|_| ())
    }

    pub(super) fn inbound(&self) -> Inbound {
        Inbound {
            channel: "sms",
            words: self.sms.text.clone(),
            number: Some(self.number.clone()),
            message_id: Some((self.sms.gateway.clone(), self.sms.id.clone())),
            said_ms: self.sms.sent_ms,
            ..Inbound::default()
        }
    }

    async fn offer(&self) -> Result<(), Trouble> {
        let inbound = Inbound { kind: Some("offer".to_owned()), ..self.inbound() };
        offered::hear(self.house, inbound).await
    }

    async fn seal(&self) -> Result<(), Trouble> {
        let words = words::clean(&self.sms.text).map_err(intake::refused)?;
        let report = Report {
            language: words::language(&words).code.to_owned(),
            words,
            number: Some(self.number.clone()),
            channel: "sms".to_owned(),
            said_ms: self.sms.sent_ms.unwrap_or_else(|| self.house.now_ms()),
            moved: false,
        };
        let message = (self.sms.gateway.clone(), self.sms.id.clone());
        match sealed::hear(self.house, &report, Some(&message)).await {
            // The last focal point stood down within the half hour. What was said is not lost, and
            // no operator reads it.
            Err(Trouble::Refused(refusal)) if refusal.code == "sealed-nobody" => {
                self.hear(true).await
            }
            heard => heard.map(|_| ()),
        }
    }

    async fn open_sealed_path(&self) -> Result<(), Trouble> {
        if sealed::open_path(self.house, &self.number).await? {
            return self.reply("sms-sealed-open", &[]).await;
        }
        let outside = people::sealed_door(self.house).await?.outside_number;
        let number = if outside.is_empty() { self.house.city().emergency.clone() } else { outside };
        self.reply("sms-sealed-closed", &[("number", &number)]).await
    }

    async fn follow(&self, code: &Code) -> Result<(), Trouble> {
        let Some(voice) = queries::by_code(self.house, code).await? else {
            if let Some((lang, key, args)) = self.status_elsewhere(code).await? {
                let args: Vec<(&str, &str)> = args.iter().map(|(n, v)| (*n, v.as_str())).collect();
                return self.reply_in(lang, key, &args).await;
            }
            // Eight symbols that happen to check may be words somebody said.
            if !only_a_code(&self.sms.text) {
                return self.say().await;
            }
            return self.reply("sms-code-unknown", &[]).await;
        };
        let lang = self.lang().await?;
        // The status stands inside the text, so both are in the language that may be sent.
        let lang = super::review::may_send(self.house, lang, "sms-follow");
        let key = rules::status_key(&voice);
        let status = page::Tongue::new(lang, self.house.texts()).say(key);
        self.reply("sms-follow", &[("code", &code.to_string()), ("status", &status)]).await
    }

    /// Whether a voice was said from this number. Of a sealed report nobody can tell.
    fn own(&self, voice: &Voice) -> bool {
        voice.person.is_some_and(|person| self.persons.contains(&person))
    }

    /// YES or NO. To a code of somebody else, of a sealed report and of a voice about which nothing
    /// is asked the answer is one and the same, so that it tells none from the others.
    async fn answer(&self, yes: bool, code: Option<Code>) -> Result<(), Trouble> {
        let voice = match code {
            Some(code) => {
                let found = queries::by_code(self.house, &code).await?;
                let open = found.filter(|voice| self.own(voice) && voice.asked_ms.is_some());
                let Some(voice) = open else { return self.reply("sms-no-question", &[]).await };
                voice
            }
            None => match self.open_questions().await?.as_slice() {
                [] => return self.say().await,
                [voice] => voice.clone(),
                // Somebody who spoke of one need several times is asked once.
                [voice, rest @ ..]
                    if rest.iter().all(|r| r.need == voice.need && r.need.is_some()) =>
                {
                    for other in rest {
                        acts::confirm_silently(self.house, other, yes, "sms").await?;
                    }
                    voice.clone()
                }
                _ => return self.reply("sms-which-code", &[]).await,
            },
        };
        match acts::confirm_by_sms(self.house, &voice, yes, self.message_name()).await {
            // It was answered from elsewhere a moment ago.
            Err(Trouble::Refused(_)) => self.reply("sms-no-question", &[]).await,
            done => done,
        }
    }

    async fn open_questions(&self) -> Result<Vec<Voice>, StoreError> {
        Ok(self.voices().await?.into_iter().filter(|voice| voice.asked_ms.is_some()).collect())
    }

    /// All living voices from this number, the newest first.
    async fn voices(&self) -> Result<Vec<Voice>, StoreError> {
        queries::of_persons(self.house, &self.persons).await
    }

    /// Forgetting. A number of which nothing is known, a code of somebody else and a sealed report
    /// are answered like any other: whoever holds the phone learns nothing from it.
    async fn forget(&self, code: Option<Code>, word: Option<String>) -> Result<(), Trouble> {
        let voice = match &code {
            Some(code) => match queries::by_code(self.house, code).await? {
                None => return self.reply("sms-code-unknown", &[]).await,
                found => found,
            },
            None => None,
        };
        if let Some(word) = word {
            return self.forget_at_once(voice, &word).await;
        }
        let asked = match voice {
            Some(voice) if self.own(&voice) => {
                forget::asked(self.house, voice.person.as_slice(), Some(voice.id))
            }
            // Only what its code shows will be forgotten; the report stays with the focal points.
            Some(voice) if self.maybe_reported(&voice).await? => {
                let waits = self.proven().await?.unwrap_or(Id::NONE);
                forget::asked(self.house, &[waits], Some(voice.id))
            }
            Some(_) => Vec::new(),
            None => forget::asked(self.house, &self.persons, None),
        };
        let key = if code.is_some() { "sms-forget-code-asked" } else { "sms-forget-asked" };
        // What was half said for everybody to read goes now: nobody would take that back.
        let statements = if code.is_some() { Vec::new() } else { self.dialogue_gone() };
        self.reply_with(Decision { puts: asked, statements, ..Decision::default() }, key).await
    }

    /// Whether a report is sealed that may have come from this number.
    async fn maybe_reported(&self, voice: &Voice) -> Result<bool, StoreError> {
        Ok(voice.sealed && sealed::may_be_from(self.house, voice.id, &self.number).await?)
    }

    async fn forget_at_once(&self, voice: Option<Voice>, word: &str) -> Result<(), Trouble> {
        let now = self.house.now_ms();
        let (mut holding, mut others) = (Vec::new(), Vec::new());
        for person in &self.persons {
            let holds = acts::word_holds(self.house, *person, word).await?
                && acts::word_is_settled(self.house, *person, now).await?;
            if holds { holding.push(*person) } else { others.push(*person) }
        }
        let lang = self.lang().await?;
        // A report by SMS is as much the number's own as a voice is: whoever only left the number
        // on a page has no word for it.
        let own = self.house.store().holder(&number_name(self.house, &self.number)).await?;
        let proven = own.is_some_and(|own| holding.contains(&own));
        let mut said = "sms-forgotten";
        match voice {
            Some(voice) if voice.person.is_some_and(|person| holding.contains(&person)) => {
                forget::voice(self.house, voice.id).await?;
            }
            Some(voice) if proven && self.maybe_reported(&voice).await? => {
                sealed::show_forgotten(self.house, voice.id).await?;
            }
            None if !holding.is_empty() => {
                for person in holding {
                    forget::person(self.house, person).await?;
                }
                if !others.is_empty() {
                    said = "sms-forgotten-rest";
                    self.write(forget::asked(self.house, &others, None)).await?;
                }
            }
            // Perhaps not a command at all: nothing is lost, somebody will read it.
            _ => return self.say().await,
        }
        // The answer belongs to nobody any more, so that forgetting the rest does not take it.
        let decision = Decision::default();
        self.reply_about(decision, Id::NONE, Message::new(&self.number, lang, said, &[])).await
    }

    async fn keep(&self) -> Result<(), Trouble> {
        let statements = self.persons.iter().map(|person| forget::kept(*person)).collect();
        self.reply_with(Decision { statements, ..Decision::default() }, "sms-kept").await
    }

    /// A word is chosen once; whoever has the phone changes it only with the old one. Danger is no
    /// word: «mo toupatou» without its accent says that people are dead everywhere.
    async fn choose_word(&self, old: Option<&str>, new: &str) -> Result<(), Trouble> {
        let language = super::commands::language_of(&self.sms.text);
        let said = words::suggest(&self.sms.text, language);
        if said.life_at_risk.is_some() || said.urgency.is_some_and(|hint| hint.value == "urgent") {
            return self.say().await;
        }
        let Some(person) = self.proven().await? else { return self.say().await };
        let there = acts::word_there(self.house, person).await?;
        match old {
            Some(old) if !there || !acts::word_holds(self.house, person, old).await? => {
                return self.say().await;
            }
            None if there => return self.reply("sms-word-there", &[]).await,
            _ => {}
        }
        let now = self.house.now_ms();
        let mut puts = vec![word_put(self.house, person, &words::plain(new))];
        let first = self.voices().await?.last().map_or(now, |voice| voice.heard_ms);
        if old.is_none() && now - first > FIRST_CONTACT_MS {
            puts.push(intake::word_since_put(person, now));
        }
        self.reply_with(Decision { puts, ..Decision::default() }, "sms-word-chosen").await
    }

    /// Something for a later room, by whoever this number is proven to be.
    async fn hand_on(&self, asked: Asked) -> Result<(), Trouble> {
        let Some(person) = self.proven().await? else { return self.say().await };
        self.elsewhere(&asked, person).await
    }

    /// A ballot: nobody is made or looked up for this number, and nothing written with it says
    /// whose it was. It is limited by number.
    async fn ballot(&self, asked: Asked) -> Result<(), Trouble> {
        let origin = number_name(self.house, &self.number).key;
        if !self.house.limits().take(BALLOTS, origin, self.house.now_ms()) {
            let message = Message::new(&self.number, self.lang().await?, "sms-ballot-often", &[]);
            return self.reply_about(Decision::default(), Id::NONE, message).await;
        }
        self.elsewhere(&asked, Id::NONE).await
    }

    /// Something for a later room: done and answered in one breath.
    async fn elsewhere(&self, asked: &Asked, person: Id) -> Result<(), Trouble> {
        let Some(table) = self.house.kept::<Elsewhere>() else { return self.say().await };
        let meant = (table.0)(self.house.clone(), asked.clone(), person).await?;
        let Meant { change, done, again, refused, args } = meant;
        let args: Vec<(&str, &str)> = args.iter().map(|(n, v)| (*n, v.as_str())).collect();
        let lang = self.lang().await?;
        let message = Message::new(&self.number, lang, done, &args);
        let (house, replies) = (self.house.clone(), intake::may_reply(self.house, &self.number));
        let Change { entities, claims, holds, decide } = change;
        let answered = Change::on(entities, move |known| {
            let mut decision = decide(known)?;
            if replies {
                outbound::tell(&mut decision, &house, &message, (person, Id::NONE), 0);
            }
            Ok(decision)
        });
        let name = self.message_name();
        let change = Change { claims, holds, ..answered };
        let change = change.claiming(name, Id::fresh(self.house.now_ms()));
        match self.house.store().append(change).await {
            Ok(_) => self.house.outbound().notify_one(),
            // The gateway's retry crossed the first: it was answered already.
            Err(AppendError::Taken { space: "message", .. }) => {}
            Err(AppendError::Taken { .. }) => {
                return self.answer_to(person, lang, again, &args).await;
            }
            Err(AppendError::Refused(_)) => {
                return self.answer_to(person, lang, refused, &args).await;
            }
            Err(error) => return Err(error.into()),
        }
        Ok(())
    }

    async fn answer_to(
        &self,
        person: Id,
        lang: Lang,
        key: &str,
        args: &[(&str, &str)],
    ) -> Result<(), Trouble> {
        let message = Message::new(&self.number, lang, key, args);
        self.reply_about(Decision::default(), person, message).await
    }

    /// The person this number is proven to be; made now when it never wrote before.
    pub(super) async fn proven(&self) -> Result<Option<Id>, Trouble> {
        let name = number_name(self.house, &self.number);
        if let Some(person) = self.house.store().holder(&name).await? {
            return Ok(Some(person));
        }
        let person = Id::fresh(self.house.now_ms());
        let change = Change::writing(Decision::default()).claiming(name, person);
        match self.house.store().append(change).await {
            Ok(_) => Ok(Some(person)),
            Err(store::AppendError::Taken { entity, .. }) => Ok(Some(entity)),
            Err(error) => Err(error.into()),
        }
    }

    /// Codes only, from now on; sent again, words again.
    async fn codes_only(&self) -> Result<(), Trouble> {
        let Some(proven) = self.proven().await? else { return self.say().await };
        let persons: Vec<Id> = self
            .persons
            .iter()
            .copied()
            .chain([proven])
            .collect::<BTreeSet<_>>()
            .into_iter()
            .collect();
        if acts::codes_only(self.house, proven).await? {
            let statements = persons.into_iter().map(acts::words_again).collect();
            let again = Decision { statements, ..Decision::default() };
            return self.reply_with(again, "sms-words-again").await;
        }
        let puts = persons.into_iter().map(codes_only_put).collect();
        self.reply_with(Decision { puts, ..Decision::default() }, "sms-codes-only").await
    }

    async fn stop(&self) -> Result<(), Trouble> {
        let lang = self.lang().await?;
        for voice in self.voices().await? {
            acts::withdraw(self.house, voice.id).await?;
        }
        let statements = self.persons.iter().copied().flat_map(dialogue::forgetting).collect();
        let decision = Decision { statements, ..Decision::default() };
        let person = self.persons.first().copied().unwrap_or(Id::NONE);
        let message = Message::new(&self.number, lang, "sms-stopped", &[]);
        self.reply_about(decision, person, message).await
    }

    async fn help(&self) -> Result<(), Trouble> {
        let emergency = self.house.city().emergency.clone();
        self.reply("sms-help", &[("emergency", &emergency)]).await
    }

    async fn write(&self, puts: Vec<store::Put>) -> Result<(), Trouble> {
        let decision = Decision { puts, ..Decision::default() };
        self.house.store().append(Change::writing(decision)).await?;
        Ok(())
    }

    /// The language of what this number said last, else of this message, else the city's.
    pub(super) async fn lang(&self) -> Result<Lang, Trouble> {
        let city = self.house.city();
        Ok(match self.voices().await?.first() {
            Some(voice) => rules::lang_for(&city, &voice.language),
            None => rules::lang_for(&city, super::commands::language_of(&self.sms.text)),
        })
    }

    async fn reply(&self, key: &str, args: &[(&str, &str)]) -> Result<(), Trouble> {
        let lang = self.lang().await?;
        self.reply_in(lang, key, args).await
    }

    async fn reply_in(&self, lang: Lang, key: &str, args: &[(&str, &str)]) -> Result<(), Trouble> {
        let message = Message::new(&self.number, lang, key, args);
        let person = self.persons.first().copied().unwrap_or(Id::NONE);
        self.reply_about(Decision::default(), person, message).await
    }

    /// Does and replies in one breath, so that a gateway's retry does nothing twice.
    async fn reply_with(&self, decision: Decision, key: &str) -> Result<(), Trouble> {
        let message = Message::new(&self.number, self.lang().await?, key, &[]);
        let person = self.persons.first().copied().unwrap_or(Id::NONE);
        self.reply_about(decision, person, message).await
    }

    async fn reply_about(
        &self,
        mut decision: Decision,
        person: Id,
        message: Message,
    ) -> Result<(), Trouble> {
        if intake::may_reply(self.house, &self.number) {
            outbound::tell(&mut decision, self.house, &message, (person, Id::NONE), 0);
        }
        let name = self.message_name();
        let change = Change::writing(decision).claiming(name, Id::fresh(self.house.now_ms()));
        match self.house.store().append(change).await {
            // The gateway's retry crossed the first: it was answered already.
            Ok(_) | Err(store::AppendError::Taken { .. }) => {}
            Err(error) => return Err(error.into()),
        }
        self.house.outbound().notify_one();
        Ok(())
    }

    /// Under which this message is known to have been heard.
    pub(super) fn message_name(&self) -> Name {
        intake::message_name(self.house, &self.sms.gateway, &self.sms.id)
    }
}
