//! An SMS comes in: a command is done, anything else is heard. Every reply is in the sender's own
//! language and fits one part. It never acts on a code from another number.

use page::Lang;
use record::Id;
use store::{Change, Decision, StoreError};

use super::commands::{Intent, intent};
use super::intake::{self, Inbound, codes_only_put, e164, number_name, word_put};
use super::outbound::{self, Message};
use super::sealed::{self, Report};
use super::views::Voice;
use super::{Code, acts, forget, queries, rules};
use crate::door::{House, Trouble};
use crate::people;

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

struct Sender<'a> {
    house: &'a House,
    sms: &'a Sms,
    number: String,
    person: Option<Id>,
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
    let person = house.store().holder(&number_name(house, &number)).await?;
    let sender = Sender { house, sms, number, person };
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
            Intent::ChooseWord(word) => self.choose_word(&word).await,
            Intent::CodesOnly => self.codes_only().await,
            Intent::Stop => self.stop().await,
            Intent::Sealed => self.open_sealed_path().await,
            Intent::Help => self.help().await,
        }
    }

    async fn say(&self) -> Result<(), Trouble> {
        let inbound = Inbound {
            channel: "sms",
            words: self.sms.text.clone(),
            number: Some(self.number.clone()),
            message_id: Some((self.sms.gateway.clone(), self.sms.id.clone())),
            said_ms: self.sms.sent_ms,
            ..Inbound::default()
        };
        intake::hear(self.house, inbound).await.map(|_| ())
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
        sealed::hear(self.house, &report, Some(&message)).await.map(|_| ())
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
            // Eight letters that happen to check may be a word somebody said.
            if !self.sms.text.chars().any(|c| c.is_ascii_digit()) {
                return self.say().await;
            }
            return self.reply("sms-code-unknown", &[]).await;
        };
        let lang = self.lang().await?;
        // The status stands inside the text, so both are in the language that may be sent.
        let lang = super::review::may_send(self.house, lang, "sms-follow");
        let key = status_key(&voice);
        let status = page::Tongue::new(lang, self.house.texts()).say(key);
        self.reply("sms-follow", &[("code", &code.to_string()), ("status", &status)]).await
    }

    async fn answer(&self, yes: bool, code: Option<Code>) -> Result<(), Trouble> {
        let open = self.open_questions().await?;
        let voice = match code {
            Some(code) => {
                let found = queries::by_code(self.house, &code).await?;
                // Only the number that spoke may answer; to anyone else the code says nothing.
                let own = found.filter(|v| v.person.is_some() && v.person == self.person);
                let Some(voice) = own else { return self.reply("sms-code-not-yours", &[]).await };
                voice
            }
            None => match open.as_slice() {
                [] => return self.say().await,
                [voice] => voice.clone(),
                _ => return self.reply("sms-which-code", &[]).await,
            },
        };
        if voice.asked_ms.is_none() {
            return self.reply("sms-nothing-asked", &[]).await;
        }
        let done = acts::confirm(self.house, &voice, yes, "sms", None).await;
        self.tombstone().await?;
        done
    }

    async fn open_questions(&self) -> Result<Vec<Voice>, StoreError> {
        let Some(person) = self.person else { return Ok(Vec::new()) };
        let voices = queries::of_person(self.house, person).await?;
        Ok(voices.into_iter().filter(|voice| voice.asked_ms.is_some()).collect())
    }

    async fn forget(&self, code: Option<Code>, word: Option<String>) -> Result<(), Trouble> {
        let Some(person) = self.person else { return self.reply("sms-nothing-kept", &[]).await };
        let voice = match code {
            Some(code) => {
                let found = queries::by_code(self.house, &code).await?;
                let own = found.filter(|voice| voice.person == Some(person));
                let Some(voice) = own else { return self.reply("sms-code-not-yours", &[]).await };
                Some(voice.id)
            }
            None => None,
        };
        if let Some(word) = word {
            if !acts::word_holds(self.house, person, &word).await? {
                // Perhaps not a command at all: nothing is lost, somebody will read it.
                return self.say().await;
            }
            let lang = self.lang().await?;
            match voice {
                Some(id) => forget::voice(self.house, id).await?,
                None => {
                    forget::person(self.house, person).await?;
                }
            }
            return self.reply_in(lang, "sms-forgotten", &[]).await;
        }
        forget::ask(self.house, person, voice).await?;
        self.reply("sms-forget-asked", &[]).await
    }

    async fn keep(&self) -> Result<(), Trouble> {
        let Some(person) = self.person else { return self.say().await };
        if forget::keep(self.house, person).await? {
            self.reply("sms-kept", &[]).await
        } else {
            self.say().await
        }
    }

    async fn choose_word(&self, word: &str) -> Result<(), Trouble> {
        let Some(person) = self.person else { return self.say().await };
        let put = word_put(self.house, person, &words::plain(word));
        self.write(vec![put]).await?;
        self.reply("sms-word-chosen", &[]).await
    }

    async fn codes_only(&self) -> Result<(), Trouble> {
        let Some(person) = self.person else { return self.say().await };
        self.write(vec![codes_only_put(person)]).await?;
        self.reply("sms-codes-only", &[]).await
    }

    async fn stop(&self) -> Result<(), Trouble> {
        let Some(person) = self.person else { return self.say().await };
        let lang = self.lang().await?;
        for voice in queries::of_person(self.house, person).await? {
            acts::withdraw(self.house, voice.id).await?;
        }
        self.reply_in(lang, "sms-stopped", &[]).await
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
    async fn lang(&self) -> Result<Lang, Trouble> {
        let city = self.house.city();
        if let Some(person) = self.person
            && let Some(voice) = queries::of_person(self.house, person).await?.first()
        {
            return Ok(rules::lang_for(&city, &voice.language));
        }
        Ok(rules::lang_for(&city, super::commands::language_of(&self.sms.text)))
    }

    async fn reply(&self, key: &str, args: &[(&str, &str)]) -> Result<(), Trouble> {
        let lang = self.lang().await?;
        self.reply_in(lang, key, args).await
    }

    async fn reply_in(&self, lang: Lang, key: &str, args: &[(&str, &str)]) -> Result<(), Trouble> {
        let message = Message::new(&self.number, lang, key, args);
        let about = (self.person.unwrap_or(Id::NONE), Id::NONE);
        let mut decision = Decision::default();
        outbound::tell(&mut decision, self.house, &message, about, 0);
        let name = intake::message_name(self.house, &self.sms.gateway, &self.sms.id);
        let change = Change::writing(decision).claiming(name, Id::fresh(self.house.now_ms()));
        match self.house.store().append(change).await {
            // The gateway's retry crossed the first: it was answered already.
            Ok(_) | Err(store::AppendError::Taken { .. }) => {}
            Err(error) => return Err(error.into()),
        }
        self.house.outbound().notify_one();
        Ok(())
    }

    /// Marks the message as heard when its reply was written elsewhere.
    async fn tombstone(&self) -> Result<(), Trouble> {
        let name = intake::message_name(self.house, &self.sms.gateway, &self.sms.id);
        let change =
            Change::writing(Decision::default()).claiming(name, Id::fresh(self.house.now_ms()));
        match self.house.store().append(change).await {
            Ok(_) | Err(store::AppendError::Taken { .. }) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }
}

/// The text that says where a voice stands.
#[must_use]
pub fn status_key(voice: &Voice) -> &'static str {
    if voice.erased {
        return "voices-status-erased";
    }
    match voice.status.as_str() {
        "received" => "voices-status-received",
        "read" => "voices-status-read",
        "in_progress" => "voices-status-in_progress",
        "delivered" => "voices-status-delivered",
        "declined_with_reason" => "voices-status-declined_with_reason",
        "referred" => "voices-status-referred",
        "confirmed" => "voices-status-confirmed",
        "said_not_done" => "voices-status-said_not_done",
        "withdrawn" => "voices-status-withdrawn",
        _ => "voices-status-received",
    }
}
