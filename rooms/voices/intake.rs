//! How a voice comes in, whatever the door: cleaned, sealed, named by a code, made durable, and
//! only then acknowledged. It never keeps words in the plain, and never hears the same message
//! twice.

use record::{Draft, Id, Refusal};
use seal::PersonKey;
use store::{AppendError, Change, Decision, Name, PERSON_KEYS, Put};
use words::{Unclean, WORDS_BYTES_MAX, clean};

use super::code::Code;
use super::outbound::{self, Message};
use super::records::{VoiceHeard, Words};
use super::rules;
use crate::door::{House, Trouble};
use crate::places;

/// How often a code is drawn again when it is in use, and a number looked up again when it moved.
const TRIES_MAX: usize = 8;
/// Longest number, in characters of E.164.
pub const NUMBER_CHARS_MAX: usize = 16;
/// Longest city's name in a receipt, in characters.
const CITY_CHARS_MAX: usize = 24;
/// Longest place in a person's own words, in characters.
const PLACE_CHARS_MAX: usize = 200;

/// A voice as a door hands it in.
#[derive(Clone, Debug, Default)]
pub struct Inbound {
    /// `sms`, `page`, `paper`, `import`, `api` or `call`.
    pub channel: &'static str,
    /// The words as they came.
    pub words: String,
    /// The number it came from, in E.164, when there is one.
    pub number: Option<String>,
    /// The message's own id at its door, so that a second sending is known: (door, id).
    pub message_id: Option<(String, String)>,
    /// When it was said; now, when unknown.
    pub said_ms: Option<i64>,
    /// The area, when it was chosen.
    pub area: Option<Id>,
    /// The place in the person's own words.
    pub place: Option<String>,
    /// Language, when it was chosen.
    pub language: Option<String>,
    /// Type, when it was chosen.
    pub kind: Option<String>,
    /// The word they chose, for erasing and confirming at once.
    pub chosen_word: Option<String>,
    /// Whether to write with codes only.
    pub codes_only: bool,
    /// The member who typed it for them.
    pub typed_by: Option<Id>,
    /// Whether somebody speaks for them.
    pub on_behalf: bool,
}

/// What the door may say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heard {
    /// The code that follows it.
    pub code: String,
    /// Whether it had been heard before.
    pub again: bool,
    /// Whether its words speak of danger to life.
    pub life_at_risk: bool,
}

/// Hears a voice.
///
/// # Errors
/// A refusal in plain words when the words are empty, too long or not text; trouble when the node
/// cannot keep it. Nothing is acknowledged then.
pub async fn hear(house: &House, inbound: Inbound) -> Result<Heard, Trouble> {
    let words = clean(&inbound.words).map_err(refused)?;
    let number = inbound.number.as_deref().map(e164).transpose()?;
    let understood = rules::understand(house, &inbound, &words);
    for _ in 0..TRIES_MAX {
        match try_to_hear(house, &inbound, &words, number.as_deref(), &understood).await {
            Ok(heard) => return Ok(heard),
            Err(AppendError::Taken { space: "message", entity }) => {
                return heard_before(house, entity, understood.urgency > 1).await;
            }
            Err(AppendError::Taken { .. } | AppendError::Gone) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Err(Trouble::broken("no free code or number after several tries"))
}

async fn try_to_hear(
    house: &House,
    inbound: &Inbound,
    words: &str,
    number: Option<&str>,
    understood: &rules::Understood,
) -> Result<Heard, AppendError> {
    let now = house.now_ms();
    let known = match number {
        Some(number) => house
            .store()
            .holder(&number_name(house, number))
            .await
            .map_err(|e| AppendError::Store(e.to_string()))?,
        None => None,
    };
    let (id, person, key) = (Id::fresh(now), known.unwrap_or(Id::fresh(now)), PersonKey::fresh());
    let mut chance = [0; 5];
    seal::chance(&mut chance);
    let code = Code::from_chance(chance);
    let sealed = Words {
        words: words.to_owned(),
        place: inbound.place.as_deref().map(short_place).filter(|p| !p.is_empty()),
        number: number.map(str::to_owned),
    };
    let heard = VoiceHeard {
        code: code.plain(),
        channel: inbound.channel.to_owned(),
        language: understood.language.clone(),
        confidence: understood.confidence,
        said_ms: inbound.said_ms.unwrap_or(now),
        person,
        kind: inbound.kind.clone(),
        sectors: understood.sectors.clone(),
        urgency: understood.urgency,
        held: understood.held,
        reachable: number.is_some(),
        on_behalf: inbound.on_behalf,
        area_suggested: understood.area_suggested,
    };
    let draft = Draft::new(id, &heard)
        .area(understood.area)
        .by(inbound.typed_by)
        .sealing(seal::seal(&key, &id.0, &record::encode(&sealed)));
    let mut decision = Decision { drafts: vec![draft], ..Decision::default() };
    decision.puts.push(key_put(house, id, &key));
    decision.puts.extend(choices(house, inbound, person));
    if let Some(number) = number.filter(|_| inbound.channel == "sms" || inbound.channel == "call") {
        let receipt = receipt(house, understood, number, &code);
        outbound::tell(&mut decision, house, &receipt, (person, id), i64::from(understood.urgency));
    }
    let mut change = Change::writing(decision).claiming(code_name(house, &code), id);
    if let Some((door, message)) = &inbound.message_id {
        change = change.claiming(message_name(house, door, message), id);
    }
    if let Some(number) = number {
        let name = number_name(house, number);
        change = match known {
            Some(person) => change.while_held(name, person),
            None => change.claiming(name, person),
        };
    }
    house.store().append(change).await?;
    house.outbound().notify_one();
    Ok(Heard { code: code.to_string(), again: false, life_at_risk: understood.urgency > 1 })
}

/// The answer to a message that was heard before: the same code, even when it was forgotten since.
pub(crate) async fn heard_before(
    house: &House,
    entity: Id,
    life_at_risk: bool,
) -> Result<Heard, Trouble> {
    let code = super::queries::code_of(house, entity).await?.unwrap_or_default();
    Ok(Heard { code, again: true, life_at_risk })
}

/// The first reply: one part, own language, the code, who reads it and by when. Danger to life is
/// answered with the emergency number first. Under load, or when asked for, the code alone.
fn receipt(house: &House, understood: &rules::Understood, number: &str, code: &Code) -> Message {
    let city = house.city();
    let lang = rules::lang_for(&city, &understood.language);
    let code = code.to_string();
    if understood.urgency > 1 {
        return Message::new(
            number,
            lang,
            "sms-receipt-danger",
            &[("code", &code), ("emergency", &city.emergency)],
        );
    }
    let key = if super::under_load(house) { "sms-receipt-short" } else { "sms-receipt" };
    Message::new(number, lang, key, &[("code", &code), ("city", &short_city(&city.name))])
        .late("sms-receipt-late")
}

fn choices(house: &House, inbound: &Inbound, person: Id) -> Vec<Put> {
    let mut puts = Vec::new();
    if let Some(word) = inbound.chosen_word.as_deref().map(words::plain).filter(|w| !w.is_empty()) {
        puts.push(word_put(house, person, &word));
    }
    if inbound.codes_only {
        puts.push(codes_only_put(person));
    }
    puts
}

pub(crate) fn word_put(house: &House, person: Id, folded: &str) -> Put {
    let keyed = keyed_word(house, person, folded);
    Put { table: super::drawers::CHOICES, row: vec![person.into(), "word".into(), keyed.into()] }
}

pub(crate) fn codes_only_put(person: Id) -> Put {
    Put {
        table: super::drawers::CHOICES,
        row: vec![person.into(), "codes_only".into(), vec![1u8].into()],
    }
}

pub(crate) fn keyed_word(house: &House, person: Id, folded: &str) -> [u8; 16] {
    house.vault().keyed("word", &[&person.0[..], folded.as_bytes()].concat())
}

pub(crate) fn key_put(house: &House, voice: Id, key: &PersonKey) -> Put {
    let wrapped = house.vault().wrap(&voice.0, key);
    Put { table: PERSON_KEYS, row: vec![voice.into(), wrapped.into()] }
}

/// The name under which a code is held.
pub(crate) fn code_name(house: &House, code: &Code) -> Name {
    Name { space: "code", key: house.vault().keyed("code", code.plain().as_bytes()) }
}

/// The name under which a number's person is held.
pub(crate) fn number_name(house: &House, number: &str) -> Name {
    Name { space: "number", key: house.vault().keyed("number", number.as_bytes()) }
}

/// The keyed tombstone of a message: it stays when everything else is forgotten, so that a
/// gateway's retry never brings a voice back.
pub(crate) fn message_name(house: &House, door: &str, message: &str) -> Name {
    let key = house.vault().keyed("message", format!("{door}\n{message}").as_bytes());
    Name { space: "message", key }
}

/// A number in E.164 from what a gateway or a person wrote.
///
/// # Errors
/// When it holds something else than digits, spaces and the usual marks, or too many digits.
pub fn e164(typed: &str) -> Result<String, Refusal> {
    let mut digits: String = typed.chars().filter(|c| !" -().\u{a0}".contains(*c)).collect();
    if let Some(rest) = digits.strip_prefix("00") {
        digits = format!("+{rest}");
    }
    let plain = digits.strip_prefix('+').unwrap_or(&digits);
    let sound = !plain.is_empty()
        && plain.len() < NUMBER_CHARS_MAX
        && plain.chars().all(|c| c.is_ascii_digit());
    if sound { Ok(digits) } else { Err(Refusal::new("number-wrong")) }
}

/// The city's name as far as a receipt of one part has room for it.
pub(crate) fn short_city(name: &str) -> String {
    name.chars().take(CITY_CHARS_MAX).collect::<String>().trim_end().to_owned()
}

fn short_place(place: &str) -> String {
    let place = clean(place).unwrap_or_default();
    place.chars().take(PLACE_CHARS_MAX).collect()
}

pub(crate) fn refused(unclean: Unclean) -> Trouble {
    match unclean {
        Unclean::Empty => Refusal::new("words-empty"),
        Unclean::TooLong { .. } => {
            Refusal::new("words-too-long").status(413).naming("bytes", WORDS_BYTES_MAX)
        }
        Unclean::NotText => Refusal::new("words-not-text"),
    }
    .into()
}

/// The area a place in somebody's own words lies in, when the words say so.
pub(crate) fn area_of(house: &House, inbound: &Inbound, words: &str) -> (Option<Id>, bool) {
    if inbound.area.is_some() {
        return (inbound.area, false);
    }
    let atlas = places::atlas(house);
    let named = inbound.place.as_deref().and_then(|place| atlas.find(place));
    let found = named.or_else(|| atlas.find(words));
    (found.as_ref().map(|(id, _, _)| *id), found.is_some())
}
