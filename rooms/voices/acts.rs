//! What is done to a voice, from whichever door: the rule is asked, what it answers is appended,
//! and the person is told. It never decides anything itself.

use page::Tongue;
use record::{Draft, Id, Record, Refusal};
use store::{AppendError, Change, Decision, Name, Statement, StoreError};

use super::outbound::{Message, tell};
use super::queries::{key_of, words};
use super::records::{AnswerWords, VoiceAnswered, VoiceCorrected, VoiceSorted, Words};
use super::views::Voice;
use super::{intake, notices, rules};
use crate::door::{House, Trouble};

/// Messages to people leave in this order: danger to life, a person's NO, answers.
const TELL_ANSWER: i64 = 0;
const TELL_NO: i64 = 1;

/// Appends what a rule over one voice's records answers.
async fn on_voice(
    house: &House,
    id: Id,
    rule: impl Fn(&[Record]) -> Result<Vec<Draft>, Refusal> + Send + Sync + 'static,
) -> Result<(), Trouble> {
    house.store().append(telling(house, id, None, rule)).await?;
    Ok(())
}

/// The same, and tells the person in the same breath.
async fn with_message(
    house: &House,
    id: Id,
    message: Option<(Message, Id, i64)>,
    rule: impl Fn(&[Record]) -> Result<Vec<Draft>, Refusal> + Send + Sync + 'static,
) -> Result<(), Trouble> {
    house.store().append(telling(house, id, message, rule)).await?;
    house.outbound().notify_one();
    Ok(())
}

fn telling(
    house: &House,
    id: Id,
    message: Option<(Message, Id, i64)>,
    rule: impl Fn(&[Record]) -> Result<Vec<Draft>, Refusal> + Send + Sync + 'static,
) -> Change {
    let ours = house.clone();
    Change::on(vec![id], move |known| {
        let mut decision = Decision { drafts: rule(known.of(id))?, ..Decision::default() };
        if let Some((message, person, urgency)) = &message {
            tell(&mut decision, &ours, message, (*person, id), *urgency);
        }
        Ok(decision)
    })
}

/// An operator opens a voice.
///
/// # Errors
/// As the rule refuses.
pub async fn read(house: &House, id: Id, by: Option<Id>) -> Result<(), Trouble> {
    on_voice(house, id, move |records| rules::read(id, records, by)).await
}

/// An operator sorts a voice.
///
/// # Errors
/// As the rule refuses.
pub async fn sort(
    house: &House,
    id: Id,
    sorted: VoiceSorted,
    area: Option<Id>,
    by: Option<Id>,
) -> Result<(), Trouble> {
    on_voice(house, id, move |records| rules::sort(id, records, &sorted, area, by)).await
}

/// A voice is answered, and the person told in their language.
///
/// # Errors
/// As the rule refuses.
pub async fn answer(
    house: &House,
    voice: &Voice,
    answered: VoiceAnswered,
    said: String,
    by: Option<Id>,
) -> Result<(), Trouble> {
    let id = voice.id;
    let Some(key) = key_of(house, id).await? else {
        return Err(Refusal::new("voice-erased").status(410).into());
    };
    let said = words::clean(&said).unwrap_or_default();
    let half = record::encode(&AnswerWords { words: said.clone() });
    let sealed = seal::seal(&key, &id.0, &half);
    let message = answer_message(house, voice, &answered, &said).await?;
    let today = record::day_of(house.now_ms());
    with_message(house, id, message, move |records| {
        rules::answer(id, records, &answered, (&said, sealed.clone()), today, by)
    })
    .await
}

/// Somebody whose words name nothing that is lacking is asked what it is and where, in their
/// language.
///
/// # Errors
/// As the rule refuses.
pub async fn ask_what(house: &House, voice: &Voice, by: Option<Id>) -> Result<(), Trouble> {
    let lang = rules::lang_for(&house.city(), &voice.language);
    let said = Tongue::new(lang, house.texts()).say("voices-ask-what");
    let answered = VoiceAnswered { outcome: "asked_back".to_owned(), body: None, due_day: None };
    answer(house, voice, answered, said, by).await
}

/// What the person is told of an answer: the words, or the code alone if they asked for that.
async fn answer_message(
    house: &House,
    voice: &Voice,
    answered: &VoiceAnswered,
    said: &str,
) -> Result<Option<(Message, Id, i64)>, Trouble> {
    let Some((number, person)) = reach(house, voice).await? else { return Ok(None) };
    let code = shown_code(voice);
    let delivered = answered.outcome == "delivered";
    let quiet = codes_only(house, person).await?;
    let key = match (quiet, delivered, answered.outcome.as_str()) {
        (true, true, _) => "sms-asked-quiet",
        (true, false, _) => "sms-answer-quiet",
        (false, true, _) => "sms-asked",
        (false, false, "referred") => "sms-answer-referred",
        (false, false, "asked_back") => "sms-answer-asked-back",
        (false, false, _) => "sms-answer",
    };
    let lang = rules::lang_for(&house.city(), &voice.language);
    let body = answered.body.clone().unwrap_or_default();
    let args = [("code", code.as_str()), ("words", said), ("body", body.as_str())];
    Ok(Some((Message::new(&number, lang, key, &args), person, TELL_ANSWER)))
}

/// The person says whether it arrived, on the page or through a focal point.
///
/// # Errors
/// As the rule refuses.
pub async fn confirm(
    house: &House,
    voice: &Voice,
    yes: bool,
    via: &'static str,
    by: Option<Id>,
) -> Result<(), Trouble> {
    let change = confirming(house, voice, yes, via, by).await?;
    house.store().append(change).await?;
    house.outbound().notify_one();
    Ok(())
}

/// The person says it by SMS. The message is known by its name from that same moment on: a gateway
/// that sends it again changes nothing, and one that could not be kept is heard anew.
///
/// # Errors
/// As the rule refuses.
pub(crate) async fn confirm_by_sms(
    house: &House,
    voice: &Voice,
    yes: bool,
    message: Name,
) -> Result<(), Trouble> {
    let change = confirming(house, voice, yes, "sms", None).await?.claiming(message, voice.id);
    match house.store().append(change).await {
        Ok(_) | Err(AppendError::Taken { space: "message", .. }) => {}
        Err(error) => return Err(error.into()),
    }
    house.outbound().notify_one();
    Ok(())
}

/// The same for a further voice of the same person and need, which is answered with the other.
pub(crate) async fn confirm_silently(
    house: &House,
    voice: &Voice,
    yes: bool,
    via: &'static str,
) -> Result<(), Trouble> {
    let id = voice.id;
    let rule = move |records: &[Record]| rules::confirm(id, records, yes, via, None);
    match house.store().append(confirming_with(house, voice, None, rule)).await {
        // It was answered from elsewhere a moment ago.
        Ok(_) | Err(AppendError::Refused(_)) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

async fn confirming(
    house: &House,
    voice: &Voice,
    yes: bool,
    via: &'static str,
    by: Option<Id>,
) -> Result<Change, Trouble> {
    let id = voice.id;
    let reply = confirmed_message(house, voice, yes).await?;
    Ok(confirming_with(house, voice, reply, move |records| {
        rules::confirm(id, records, yes, via, by)
    }))
}

/// What the person says about a need's voice is also for the need to be settled by.
fn confirming_with(
    house: &House,
    voice: &Voice,
    reply: Option<(Message, Id, i64)>,
    rule: impl Fn(&[Record]) -> Result<Vec<Draft>, Refusal> + Send + Sync + 'static,
) -> Change {
    let (ours, id, need) = (house.clone(), voice.id, voice.need);
    Change::on(vec![id], move |known| {
        let mut decision = Decision { drafts: rule(known.of(id))?, ..Decision::default() };
        decision.puts.extend(need.map(|need| notices::to_settle(&ours, need)));
        if let Some((message, person, urgency)) = &reply {
            tell(&mut decision, &ours, message, (*person, id), *urgency);
        }
        Ok(decision)
    })
}

/// What the person is told when they have said YES or NO.
async fn confirmed_message(
    house: &House,
    voice: &Voice,
    yes: bool,
) -> Result<Option<(Message, Id, i64)>, Trouble> {
    Ok(match reach(house, voice).await? {
        Some((number, person)) if codes_only(house, person).await? => {
            let lang = rules::lang_for(&house.city(), &voice.language);
            let code = shown_code(voice);
            let message = Message::new(&number, lang, "sms-code-only", &[("code", &code)]);
            Some((message, person, TELL_NO))
        }
        Some((number, person)) => {
            let lang = rules::lang_for(&house.city(), &voice.language);
            let key = if yes { "sms-thanks-yes" } else { "sms-believe-no" };
            // The day stands inside the text, so both are in the language that may be sent.
            let lang = super::review::may_send(house, lang, key);
            let tongue = page::Tongue::new(lang, house.texts());
            let by_ms = house.now_ms() + rules_answer_span();
            let day = tongue.weekday_at(by_ms, house.city().offset_minutes);
            let code = shown_code(voice);
            let args = [("code", code.as_str()), ("day", day.as_str())];
            Some((Message::new(&number, lang, key, &args), person, TELL_NO))
        }
        None => None,
    })
}

/// The first human answer is due within this span (vocabulary 5.7: 72 hours).
fn rules_answer_span() -> i64 {
    72 * 60 * 60 * 1000
}

/// The person takes back their consent; what waits to be sent to them about it is not sent.
///
/// # Errors
/// As the rule refuses.
pub async fn withdraw(house: &House, id: Id) -> Result<(), Trouble> {
    let change = Change::on(vec![id], move |known| {
        let gone = Statement::new("DELETE FROM outbound WHERE voice = $1", vec![id.into()]);
        let drafts = rules::withdraw(id, known.of(id))?;
        Ok(Decision { drafts, statements: vec![gone], ..Decision::default() })
    });
    house.store().append(change).await?;
    Ok(())
}

/// The person corrects their words. The new ones are read by the same rules as the first: a
/// disclosure is held for a focal point, and danger is raised, never lowered.
///
/// # Errors
/// As the rule refuses, or when the new words are not fit to keep.
pub async fn correct(house: &House, id: Id, words_now: &str) -> Result<(), Trouble> {
    let cleaned = words::clean(words_now).map_err(intake::refused)?;
    let (Some(key), Some(before)) = (key_of(house, id).await?, words(house, id).await?) else {
        return Err(Refusal::new("voice-erased").status(410).into());
    };
    let understood = rules::understand(house, &intake::Inbound::default(), &cleaned);
    let corrected =
        VoiceCorrected { held: Some(understood.held), urgency: Some(understood.urgency) };
    let half = record::encode(&Words { words: cleaned, ..before });
    let sealed = seal::seal(&key, &id.0, &half);
    on_voice(house, id, move |records| {
        rules::correct(id, records, corrected.clone(), sealed.clone())
    })
    .await
}

/// A member types up the note of a voice. What they heard is read by the same rules as words that
/// were written: a disclosure is held for a focal point, and the alarm rings for danger.
///
/// # Errors
/// As the rule refuses, or when the words are not fit to keep.
pub async fn type_up(house: &House, id: Id, heard: &str, by: Option<Id>) -> Result<(), Trouble> {
    words::clean(heard).map_err(intake::refused)?;
    let (Some(key), Some(before)) = (key_of(house, id).await?, words(house, id).await?) else {
        return Err(Refusal::new("voice-erased").status(410).into());
    };
    let now = with_heard(before, heard)?;
    let inbound = intake::Inbound { place: now.place.clone(), ..intake::Inbound::default() };
    let understood = rules::understand(house, &inbound, &now.words);
    let sealed = seal::seal(&key, &id.0, &record::encode(&now));
    on_voice(house, id, move |records| {
        rules::type_up(id, records, understood.clone(), sealed.clone(), by)
    })
    .await
}

/// Words with what was heard in a note after them: nothing that the person wrote is lost.
///
/// # Errors
/// When both together are too long, or what was heard is no text.
pub(crate) fn with_heard(mut words: Words, heard: &str) -> Result<Words, Trouble> {
    if heard.trim().is_empty() {
        return Ok(words);
    }
    let both = format!("{}\n\n{heard}", words.words);
    words.words = words::clean(&both).map_err(intake::refused)?;
    Ok(words)
}

/// A focal point lets a held voice into the general queue.
///
/// # Errors
/// As the rule refuses.
pub async fn release(house: &House, id: Id, by: Option<Id>) -> Result<(), Trouble> {
    on_voice(house, id, move |records| rules::release(id, records, by)).await
}

/// The node holds a voice for a focal point.
///
/// # Errors
/// As the rule refuses.
pub async fn hold(house: &House, id: Id) -> Result<(), Trouble> {
    on_voice(house, id, move |records| rules::hold(id, records)).await
}

/// A voice says the same as another, or does not after all.
///
/// # Errors
/// As the rule refuses.
pub async fn link(house: &House, id: Id, to: Option<Id>, by: Option<Id>) -> Result<(), Trouble> {
    on_voice(house, id, move |records| rules::link(id, records, to, by)).await
}

/// The person said whether some of their words may be shown in public, without their name.
///
/// # Errors
/// As the rule refuses.
pub async fn consent(
    house: &House,
    id: Id,
    given: bool,
    via: &'static str,
    by: Option<Id>,
) -> Result<(), Trouble> {
    on_voice(house, id, move |records| rules::consent(id, records, given, via, by)).await
}

/// Some of a voice's words are shown in public with its need, or no longer. They are sealed under
/// the voice's own key, so that they go when it is forgotten.
///
/// # Errors
/// As the rule refuses.
pub async fn quote(
    house: &House,
    id: Id,
    shown: Option<&str>,
    by: Option<Id>,
) -> Result<(), Trouble> {
    let Some(key) = key_of(house, id).await? else {
        return Err(Refusal::new("voice-erased").status(410).into());
    };
    let sealed = shown.map(|words| {
        let half = record::encode(&AnswerWords { words: words.to_owned() });
        seal::seal(&key, &id.0, &half)
    });
    on_voice(house, id, move |records| rules::quote(id, records, sealed.clone(), by)).await
}

/// The one look at a number, to save a life.
///
/// # Errors
/// As the rule refuses; nothing was seen then.
pub async fn see_number(
    house: &House,
    id: Id,
    reason: String,
    by: Option<Id>,
) -> Result<String, Trouble> {
    // The reason may name the person: it goes when they are forgotten.
    let Some(key) = key_of(house, id).await? else {
        return Err(Refusal::new("number-none").status(404).into());
    };
    let said: String = reason.trim().chars().take(rules::LINE_CHARS_MAX).collect();
    let sealed = seal::seal(&key, &id.0, &record::encode(&AnswerWords { words: said.clone() }));
    on_voice(house, id, move |records| rules::see_number(id, records, &said, sealed.clone(), by))
        .await?;
    let words = words(house, id).await?;
    words.and_then(|w| w.number).ok_or_else(|| Refusal::new("number-none").status(404).into())
}

/// The number and person a voice can be answered at.
pub(crate) async fn reach(house: &House, voice: &Voice) -> Result<Option<(String, Id)>, Trouble> {
    let (Some(person), true) = (voice.person, voice.reachable) else { return Ok(None) };
    let number = words(house, voice.id).await?.and_then(|words| words.number);
    Ok(number.map(|number| (number, person)))
}

/// Whether a person asked to be written to with codes only.
pub(crate) async fn codes_only(house: &House, person: Id) -> Result<bool, StoreError> {
    let sql = "SELECT 1 FROM choices WHERE person = $1 AND choice = 'codes_only'";
    Ok(house.store().read_one(sql, vec![person.into()]).await?.is_some())
}

/// Writes to a person in words again.
pub(crate) fn words_again(person: Id) -> Statement {
    let sql = "DELETE FROM choices WHERE person = $1 AND choice = 'codes_only'";
    Statement::new(sql, vec![person.into()])
}

/// Whether a person has chosen a word.
pub(crate) async fn word_there(house: &House, person: Id) -> Result<bool, StoreError> {
    let sql = "SELECT 1 FROM choices WHERE person = $1 AND choice = 'word'";
    Ok(house.store().read_one(sql, vec![person.into()]).await?.is_some())
}

/// Whether a person's word erases at once: chosen at first contact, or a day ago.
pub(crate) async fn word_is_settled(
    house: &House,
    person: Id,
    now_ms: i64,
) -> Result<bool, StoreError> {
    let sql = "SELECT value FROM choices WHERE person = $1 AND choice = 'word_since'";
    let row = house.store().read_one(sql, vec![person.into()]).await?;
    let since = row.and_then(|row| row.bytes(0).try_into().ok()).map(i64::from_be_bytes);
    Ok(since.is_none_or(|since| now_ms - since >= super::forget::ERASURE_WAITS_MS))
}

/// Whether a word is the one a person chose.
///
/// # Errors
/// When the store fails.
pub async fn word_holds(house: &House, person: Id, word: &str) -> Result<bool, Trouble> {
    let folded = words::plain(word);
    let sql = "SELECT value FROM choices WHERE person = $1 AND choice = 'word'";
    let row = house.store().read_one(sql, vec![person.into()]).await?;
    let keyed = intake::keyed_word(house, person, &folded);
    Ok(!folded.is_empty() && row.is_some_and(|row| row.bytes(0) == keyed))
}

/// A person proves themselves by the word they chose. One chosen late proves nothing for a day:
/// whoever took the phone can choose one too.
///
/// # Errors
/// It is not the word, or too young; nobody is known by a word here.
pub async fn prove(house: &House, person: Option<Id>, word: &str) -> Result<(), Trouble> {
    // Asked also where there is nobody, so that the time it takes tells nothing.
    let asked = person.unwrap_or(Id::NONE);
    let holds = word_holds(house, asked, word).await?;
    let settled = word_is_settled(house, asked, house.now_ms()).await?;
    match (person, holds, settled) {
        (Some(_), true, true) => Ok(()),
        (Some(_), true, false) => Err(Refusal::new("word-young").status(403).into()),
        _ => Err(Refusal::new("word-wrong").status(403).into()),
    }
}

/// The code as people write it.
#[must_use]
pub fn shown_code(voice: &Voice) -> String {
    voice.code.parse::<super::Code>().map_or_else(|_| voice.code.clone(), |code| code.to_string())
}
