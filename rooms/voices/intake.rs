//! How a voice comes in, whatever the door: cleaned, sealed, named by a code, made durable, and
//! only then acknowledged. It never keeps words in the plain, and never hears the same message
//! twice.

use record::{Draft, Id, Refusal};
use seal::PersonKey;
use store::{AppendError, Change, Decision, Name, PERSON_KEYS, Put};
use words::{Unclean, WORDS_BYTES_MAX, clean};

use super::code::Code;
use super::outbound::{self, Message};
use super::records::{VoiceConsented, VoiceHeard, Words};
use super::{acts, rules};
use crate::door::{House, Rate, Trouble};
use crate::places;

/// How often a code is drawn again when it is in use, and a number looked up again when it moved.
const TRIES_MAX: usize = 8;
/// Longest number, in characters of E.164.
pub const NUMBER_CHARS_MAX: usize = 16;
/// Longest chosen word, in characters.
pub const CHOSEN_WORD_CHARS_MAX: usize = 24;
/// Longest city's name in a receipt, in characters.
const CITY_CHARS_MAX: usize = 24;
/// Longest place in a person's own words, in characters.
const PLACE_CHARS_MAX: usize = 200;
/// Fewest digits of a number that somebody typed, its country code included.
const TYPED_DIGITS_MIN: usize = 8;
/// Receipts and replies one number gets in an hour. Beyond it everything is still kept, and another
/// machine that answers every message does not make a loop without an end.
const REPLIES: Rate = Rate { name: "sms replies", times: 30, within_ms: 60 * 60 * 1000 };

/// How often in a day a number that somebody typed is noted beside a voice. Beyond it the voices
/// are kept all the same, and whoever has that phone is not answerable for a flood of them.
const LEFT: Rate = Rate { name: "number left", times: 50, within_ms: 24 * 60 * 60 * 1000 };

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
    /// Whether only focal points may see it until one has looked.
    pub held: bool,
    /// Whether the person said that some of their words may be shown in public.
    pub show_words: bool,
}

impl Inbound {
    /// Whether the number is proven by the message itself: a network brought it, nobody typed it.
    fn number_proven(&self) -> bool {
        self.channel == "sms"
    }
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
    let number = inbound.number.as_deref();
    let number =
        number.map(if inbound.number_proven() { e164 } else { typed_number }).transpose()?;
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
    let failed = |error: store::StoreError| AppendError::Store(error.to_string());
    // A number that somebody typed is where an answer goes, and no more: whoever types a stranger's
    // number is not the stranger, and their voices stay two people's.
    let proven = number.filter(|_| inbound.number_proven());
    let known = match proven {
        Some(number) => house.store().holder(&number_name(house, number)).await.map_err(failed)?,
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
    let heard = heard_of(inbound, understood, &code, (person, number.is_some()), now);
    let draft = Draft::new(id, &heard)
        .area(understood.area)
        .by(inbound.typed_by)
        .sealing(seal::seal(&key, &id.0, &record::encode(&sealed)));
    let mut decision = Decision { drafts: vec![draft], ..Decision::default() };
    if inbound.show_words {
        let (what, via) = ("words".to_owned(), inbound.channel.to_owned());
        let said = VoiceConsented { what, given: true, via };
        decision.drafts.push(Draft::new(id, &said).area(understood.area).by(inbound.typed_by));
    }
    decision.puts.push(key_put(house, id, &key));
    if known.is_none() {
        decision.puts.extend(choices(house, inbound, person));
    }
    if let Some(number) = number.filter(|_| !inbound.number_proven())
        && house.limits().take(LEFT, number_name(house, number).key, now)
    {
        decision.puts.push(left_put(house, person, number));
    }
    let told = number.filter(|_| inbound.channel == "sms" || inbound.channel == "call");
    if let Some(number) = told.filter(|number| may_reply(house, number)) {
        let quiet = inbound.codes_only || acts::codes_only(house, person).await.map_err(failed)?;
        let wants = Wants { lang: &understood.language, danger: understood.urgency > 1, quiet };
        let receipt = receipt(house, &wants, number, &code).await.map_err(failed)?;
        outbound::tell(&mut decision, house, &receipt, (person, id), i64::from(understood.urgency));
    }
    let change = naming(house, Change::writing(decision), inbound, words, (id, &code));
    let change = match (proven.map(|number| number_name(house, number)), known) {
        (Some(name), Some(person)) => change.while_held(name, person),
        (Some(name), None) => change.claiming(name, person),
        (None, _) => change,
    };
    house.store().append(change).await?;
    house.outbound().notify_one();
    Ok(Heard { code: code.to_string(), again: false, life_at_risk: understood.urgency > 1 })
}

fn heard_of(
    inbound: &Inbound,
    understood: &rules::Understood,
    code: &Code,
    (person, reachable): (Id, bool),
    now_ms: i64,
) -> VoiceHeard {
    VoiceHeard {
        code: code.plain(),
        channel: inbound.channel.to_owned(),
        language: understood.language.clone(),
        confidence: understood.confidence,
        said_ms: inbound.said_ms.unwrap_or(now_ms),
        person,
        kind: inbound.kind.clone(),
        sectors: understood.sectors.clone(),
        urgency: understood.urgency,
        held: understood.held,
        reachable,
        on_behalf: inbound.on_behalf,
        area_suggested: understood.area_suggested,
    }
}

/// The same change, taking the code and the message's own id for the voice.
fn naming(
    house: &House,
    change: Change,
    inbound: &Inbound,
    words: &str,
    (id, code): (Id, &Code),
) -> Change {
    let change = change.claiming(code_name(house, code), id);
    let Some((door, message)) = &inbound.message_id else { return change };
    // An id that a program or a phone made is its own affair: another one's same id with other
    // words is another voice.
    let name = match inbound.channel {
        "page" | "api" => message_name(house, door, &format!("{message}\n{words}")),
        _ => message_name(house, door, message),
    };
    change.claiming(name, id)
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

/// What decides how a receipt reads.
pub(crate) struct Wants<'a> {
    /// Code of the language of the words.
    pub lang: &'a str,
    /// Whether they speak of danger to life.
    pub danger: bool,
    /// Whether the person wants codes only.
    pub quiet: bool,
}

/// The first reply: one part, own language, the code, who reads it and by when. Danger to life is
/// answered with the emergency number first, and says that somebody is called only when there is
/// somebody to call. Under load, or when asked for, the code alone. An ordinary voice and a sealed
/// report have this same one.
pub(crate) async fn receipt(
    house: &House,
    wants: &Wants<'_>,
    number: &str,
    code: &Code,
) -> Result<Message, store::StoreError> {
    let city = house.city();
    let lang = rules::lang_for(&city, wants.lang);
    let code = code.to_string();
    if wants.quiet {
        return Ok(Message::new(number, lang, "sms-code-only", &[("code", &code)]));
    }
    if wants.danger {
        let called = super::alarms::on_call(house).await?.is_some();
        let key = if called { "sms-receipt-danger" } else { "sms-receipt-danger-alone" };
        let args = [("code", code.as_str()), ("emergency", city.emergency.as_str())];
        return Ok(Message::new(number, lang, key, &args));
    }
    let key = if super::under_load(house) { "sms-receipt-short" } else { "sms-receipt" };
    let args = [("code", code.as_str()), ("city", &short_city(&city.name))];
    Ok(Message::new(number, lang, key, &args).late("sms-receipt-late"))
}

/// Whether a number still gets replies in this hour.
pub(crate) fn may_reply(house: &House, number: &str) -> bool {
    let origin = house.vault().keyed("replies", number.as_bytes());
    house.limits().take(REPLIES, origin, house.now_ms())
}

fn choices(house: &House, inbound: &Inbound, person: Id) -> Vec<Put> {
    let mut puts = Vec::new();
    // What is longer is cut, whatever the door.
    let cut = |word: &String| word.chars().take(CHOSEN_WORD_CHARS_MAX).collect::<String>();
    let word = inbound.chosen_word.as_ref().map(|word| words::plain(&cut(word)));
    if let Some(word) = word.filter(|word| !word.is_empty()) {
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

/// When the word was chosen, so that one chosen late waits its day.
pub(crate) fn word_since_put(person: Id, now_ms: i64) -> Put {
    let since = now_ms.to_be_bytes().to_vec();
    Put {
        table: super::drawers::CHOICES,
        row: vec![person.into(), "word_since".into(), since.into()],
    }
}

pub(crate) fn codes_only_put(person: Id) -> Put {
    Put {
        table: super::drawers::CHOICES,
        row: vec![person.into(), "codes_only".into(), vec![1u8].into()],
    }
}

/// That a person left this number without proving it: whoever writes from it may answer for them
/// and ask for them to be forgotten.
fn left_put(house: &House, person: Id, number: &str) -> Put {
    let key = number_name(house, number).key;
    Put { table: super::drawers::CHOICES, row: vec![person.into(), "left".into(), key.into()] }
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

/// A number in E.164 that a person typed: with its country code, so that the same number is not
/// two people's.
///
/// # Errors
/// As [`e164`], and when the country code is missing or it is too short to be a number.
pub fn typed_number(typed: &str) -> Result<String, Refusal> {
    let number = e164(typed)?;
    let whole = number.starts_with('+') && number.len() > TYPED_DIGITS_MIN;
    if whole { Ok(number) } else { Err(Refusal::new("number-wrong")) }
}

/// A number in E.164 from what a gateway wrote.
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
