//! The rules of this room: what is understood of words, what may be done to a voice and by whom.
//! Pure but for reading what the house has worked out; time and chance are arguments.

use page::Lang;
use record::{Draft, Id, Record, Refusal};
use words::suggest;

use super::intake::{Inbound, area_of};
use super::records::{
    NumberSeen, VoiceAnswered, VoiceConfirmed, VoiceConsented, VoiceCorrected, VoiceErased,
    VoiceGrouped, VoiceLinked, VoiceQuoted, VoiceRead, VoiceReleased, VoiceSorted, VoiceTold,
    VoiceTypedUp, VoiceUngrouped, VoiceUnlinked, VoiceWithdrawn,
};
use super::views::Voice;
use crate::door::{City, House};

/// Types a person or an operator may choose (vocabulary 5.7); `sensitive` has its own path.
pub const KINDS: [&str; 10] = [
    "request",
    "complaint",
    "question",
    "suggestion",
    "rumour",
    "thanks",
    "aspiration",
    "offer",
    "alert_report",
    "other",
];
/// Sectors (vocabulary 5.3: global clusters and urban extras), version of 2026-11.
pub const SECTORS: [&str; 24] = [
    "wash",
    "food_security",
    "shelter",
    "health",
    "protection",
    "education",
    "nutrition",
    "logistics",
    "cccm",
    "early_recovery",
    "etc",
    "energy",
    "transport_roads",
    "drainage_flood",
    "solid_waste_debris",
    "markets_livelihoods",
    "governance_civil_docs",
    "public_space",
    "telecom_info",
    "environment",
    "mhpss",
    "cash",
    "hlp",
    "child_protection",
];
/// Outcomes of an answer.
pub const OUTCOMES: [&str; 5] =
    ["in_progress", "delivered", "declined_with_reason", "referred", "asked_back"];
/// Most sectors of one voice.
const SECTORS_MAX: usize = 4;
/// Longest answer, in characters: two SMS parts beside the code.
pub const ANSWER_CHARS_MAX: usize = 280;
/// Longest name of a body or reason, in characters.
pub const LINE_CHARS_MAX: usize = 160;
/// After a delivery nobody confirmed for so long, the page says "not confirmed" (milliseconds).
pub const NOT_CONFIRMED_AFTER_MS: i64 = 7 * 24 * 60 * 60 * 1000;

/// What is understood of words, by rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Understood {
    /// Language.
    pub language: String,
    /// How sure, 0 to 100.
    pub confidence: u8,
    /// Where.
    pub area: Option<Id>,
    /// Whether the area came from the words.
    pub area_suggested: bool,
    /// Sectors, likeliest first.
    pub sectors: Vec<String>,
    /// 2 danger to life, 1 urgent, 0 ordinary.
    pub urgency: u8,
    /// Whether it reads like a disclosure.
    pub held: bool,
}

/// Understands words, as far as rules can; a person decides.
#[must_use]
pub fn understand(house: &House, inbound: &Inbound, words: &str) -> Understood {
    let guess = words::language(words);
    // Only a language that somebody can be answered in or that a rule reads: what a program sends
    // instead stays out of the open half.
    let known = |code: &&str| words::LANGUAGES.contains(code) || Lang::from_code(code).is_some();
    let chosen = inbound.language.as_deref().filter(known);
    let language = chosen.unwrap_or(guess.code).to_owned();
    let suggested = suggest(words, &language);
    let (area, area_suggested) = area_of(house, inbound, words);
    let urgency = match suggested.urgency.as_ref().map(|hint| hint.value) {
        _ if suggested.life_at_risk.is_some() => 2,
        Some("life_at_risk") => 2,
        Some("urgent") => 1,
        _ => 0,
    };
    Understood {
        language,
        confidence: if chosen.is_some() { 100 } else { guess.confidence },
        area,
        area_suggested,
        sectors: suggested.sectors.iter().take(2).map(|hint| hint.value.to_owned()).collect(),
        urgency,
        held: inbound.held || suggested.disclosure.is_some(),
    }
}

/// The language a person is answered in: theirs, when our texts speak it, else the city's first.
#[must_use]
pub fn lang_for(city: &City, language: &str) -> Lang {
    Lang::from_code(language).or(city.languages.first().copied()).unwrap_or(Lang::En)
}

type Drafts = Result<Vec<Draft>, Refusal>;

fn alive(id: Id, records: &[Record]) -> Result<Voice, Refusal> {
    let voice = Voice::fold(id, records);
    if voice.code.is_empty() {
        return Err(Refusal::new("voice-unknown").status(404));
    }
    if voice.erased {
        return Err(Refusal::new("voice-erased").status(410));
    }
    Ok(voice)
}

/// An operator opens it; the second time says nothing new.
///
/// # Errors
/// When it is unknown or forgotten.
pub fn read(id: Id, records: &[Record], by: Option<Id>) -> Drafts {
    let voice = alive(id, records)?;
    if voice.read_ms.is_some() {
        return Ok(Vec::new());
    }
    Ok(vec![Draft::new(id, &VoiceRead {}).area(voice.area).by(by)])
}

/// An operator sorts it.
///
/// # Errors
/// When a code is on no list, or the voice is unknown or forgotten.
pub fn sort(
    id: Id,
    records: &[Record],
    sorted: &VoiceSorted,
    area: Option<Id>,
    by: Option<Id>,
) -> Drafts {
    let voice = alive(id, records)?;
    // Empty says that it is none of them after all.
    let known_kind =
        sorted.kind.as_deref().is_none_or(|kind| kind.is_empty() || KINDS.contains(&kind));
    let sectors = sorted.sectors.as_deref().unwrap_or_default();
    let known_sectors = sectors.iter().all(|sector| SECTORS.contains(&sector.as_str()));
    let known_language = sorted
        .language
        .as_deref()
        .is_none_or(|code| code == "und" || words::LANGUAGES.contains(&code));
    if !known_kind || !known_sectors || !known_language || sorted.urgency.is_some_and(|u| u > 2) {
        return Err(Refusal::new("list-unknown"));
    }
    if sectors.len() > SECTORS_MAX {
        return Err(Refusal::new("sectors-many").naming("most", SECTORS_MAX));
    }
    Ok(vec![Draft::new(id, sorted).area(area.or(voice.area)).by(by)])
}

/// It is answered. `sealed` is the answer's words under the voice's key.
///
/// # Errors
/// When it is held, "not ours" names nobody, a promise has no day or one that is past, or the words
/// are missing or too long.
pub fn answer(
    id: Id,
    records: &[Record],
    answered: &VoiceAnswered,
    (words, sealed): (&str, Vec<u8>),
    today: i64,
    by: Option<Id>,
) -> Drafts {
    let voice = alive(id, records)?;
    if voice.held {
        return Err(Refusal::new("voice-held").status(409));
    }
    if voice.status == "withdrawn" {
        return Err(Refusal::new("voice-withdrawn").status(409));
    }
    if !OUTCOMES.contains(&answered.outcome.as_str()) {
        return Err(Refusal::new("list-unknown"));
    }
    if words.trim().is_empty() {
        return Err(Refusal::new("answer-empty"));
    }
    if words.chars().count() > ANSWER_CHARS_MAX {
        return Err(Refusal::new("answer-long").naming("most", ANSWER_CHARS_MAX));
    }
    let body = answered.body.as_deref().map_or("", str::trim);
    if answered.outcome == "referred" && body.is_empty() {
        return Err(Refusal::new("refer-to-whom"));
    }
    if answered.outcome == "in_progress" && answered.due_day.is_none_or(|day| day < today) {
        return Err(Refusal::new("promise-when"));
    }
    Ok(vec![Draft::new(id, answered).area(voice.area).by(by).sealing(sealed)])
}

/// The person says whether it arrived. Only they, or a focal point who writes down what they said.
///
/// # Errors
/// When no such question is open.
pub fn confirm(id: Id, records: &[Record], yes: bool, via: &str, by: Option<Id>) -> Drafts {
    let voice = alive(id, records)?;
    if voice.asked_ms.is_none() {
        return Err(Refusal::new("nothing-asked").status(409));
    }
    let confirmed = VoiceConfirmed { yes, via: via.to_owned() };
    Ok(vec![Draft::new(id, &confirmed).area(voice.area).by(by)])
}

/// The person corrects their words; `sealed` is the new words under the voice's key.
///
/// # Errors
/// When it is unknown or forgotten, or was taken back.
pub fn correct(id: Id, records: &[Record], corrected: VoiceCorrected, sealed: Vec<u8>) -> Drafts {
    let voice = alive(id, records)?;
    if voice.status == "withdrawn" {
        return Err(Refusal::new("voice-withdrawn").status(409));
    }
    Ok(vec![Draft::new(id, &corrected).area(voice.area).sealing(sealed)])
}

/// A member types up its note; `sealed` is all its words under the voice's key.
///
/// # Errors
/// When it has no note, somebody was quicker, or the person took it back.
pub fn type_up(
    id: Id,
    records: &[Record],
    understood: Understood,
    sealed: Vec<u8>,
    by: Option<Id>,
) -> Drafts {
    let voice = alive(id, records)?;
    if voice.status == "withdrawn" {
        return Err(Refusal::new("voice-withdrawn").status(409));
    }
    if voice.note_kb.is_none() {
        return Err(Refusal::new("note-none").status(404));
    }
    if !voice.note_waits {
        return Err(Refusal::new("note-typed").status(409));
    }
    let typed = VoiceTypedUp {
        language: understood.language,
        confidence: understood.confidence,
        sectors: understood.sectors,
        urgency: understood.urgency,
        held: understood.held,
    };
    let area = voice.area.or(understood.area);
    Ok(vec![Draft::new(id, &typed).area(area).by(by).sealing(sealed)])
}

/// It is held for a focal point.
///
/// # Errors
/// When it is unknown or forgotten.
pub fn hold(id: Id, records: &[Record]) -> Drafts {
    let voice = alive(id, records)?;
    let held = VoiceSorted { held: Some(true), ..VoiceSorted::default() };
    Ok(if voice.held { Vec::new() } else { vec![Draft::new(id, &held)] })
}

/// The person takes back their consent.
///
/// # Errors
/// When it is unknown or forgotten.
pub fn withdraw(id: Id, records: &[Record]) -> Drafts {
    let voice = alive(id, records)?;
    if voice.status == "withdrawn" {
        return Ok(Vec::new());
    }
    Ok(vec![Draft::new(id, &VoiceWithdrawn {}).area(voice.area)])
}

/// Its words go. Asking twice is no fault.
///
/// # Errors
/// When it is unknown.
pub fn erase(id: Id, records: &[Record]) -> Drafts {
    match alive(id, records) {
        Ok(voice) => Ok(vec![Draft::new(id, &VoiceErased {}).area(voice.area)]),
        // Forgotten already; or what a later room sealed: its key goes all the same.
        Err(refusal) if ["voice-erased", "voice-unknown"].contains(&refusal.code) => Ok(Vec::new()),
        Err(refusal) => Err(refusal),
    }
}

/// A focal point lets it into the general queue.
///
/// # Errors
/// When it is not held.
pub fn release(id: Id, records: &[Record], by: Option<Id>) -> Drafts {
    let voice = alive(id, records)?;
    if !voice.held {
        return Err(Refusal::new("voice-not-held").status(409));
    }
    Ok(vec![Draft::new(id, &VoiceReleased {}).area(voice.area).by(by)])
}

/// It says the same as another, or does not after all.
///
/// # Errors
/// When it would be linked to itself.
pub fn link(id: Id, records: &[Record], to: Option<Id>, by: Option<Id>) -> Drafts {
    let voice = alive(id, records)?;
    let draft = match to {
        Some(to) if to == id => return Err(Refusal::new("link-itself")),
        Some(to) => Draft::new(id, &VoiceLinked { to }),
        None => Draft::new(id, &VoiceUnlinked {}),
    };
    Ok(vec![draft.area(voice.area).by(by)])
}

/// It belongs to a need, or to another one than before.
///
/// # Errors
/// When it is unknown, forgotten, held for a focal point, or was taken back.
pub fn group(id: Id, records: &[Record], need: Id, by: Option<Id>) -> Drafts {
    let voice = alive(id, records)?;
    if voice.held {
        return Err(Refusal::new("voice-held").status(409));
    }
    if voice.status == "withdrawn" {
        return Err(Refusal::new("voice-withdrawn").status(409));
    }
    if voice.need == Some(need) {
        return Ok(Vec::new());
    }
    Ok(vec![Draft::new(id, &VoiceGrouped { need }).area(voice.area).by(by)])
}

/// It does not belong to its need after all.
///
/// # Errors
/// When it is unknown or forgotten.
pub fn ungroup(id: Id, records: &[Record], by: Option<Id>) -> Drafts {
    let voice = alive(id, records)?;
    if voice.need.is_none() {
        return Ok(Vec::new());
    }
    Ok(vec![Draft::new(id, &VoiceUngrouped {}).area(voice.area).by(by)])
}

/// The person is told what became of their need: once of each thing. Nobody is left to be told of
/// a voice that was forgotten or taken back.
///
/// # Errors
/// When it is unknown.
pub fn tell(id: Id, records: &[Record], told: &VoiceTold) -> Drafts {
    let voice = match alive(id, records) {
        Err(refusal) if refusal.code == "voice-erased" => return Ok(Vec::new()),
        voice => voice?,
    };
    let known = records.iter().filter_map(Record::read).any(|before: VoiceTold| before == *told);
    if known || matches!(voice.status.as_str(), "withdrawn" | "confirmed") {
        return Ok(Vec::new());
    }
    Ok(vec![Draft::new(id, told).area(voice.area)])
}

/// The person said whether some of their words may be shown in public.
///
/// # Errors
/// When it is unknown, forgotten or was taken back.
pub fn consent(
    id: Id,
    records: &[Record],
    given: bool,
    via: &'static str,
    by: Option<Id>,
) -> Drafts {
    let voice = alive(id, records)?;
    if voice.status == "withdrawn" {
        return Err(Refusal::new("voice-withdrawn").status(409));
    }
    if voice.consented == given {
        return Ok(Vec::new());
    }
    let said = VoiceConsented { what: "words".to_owned(), given, via: via.to_owned() };
    Ok(vec![Draft::new(id, &said).area(voice.area).by(by)])
}

/// Some of its words are shown in public with its need; `sealed` is those words under the voice's
/// key. None: they are no longer shown.
///
/// # Errors
/// When it is unknown, forgotten or held, or the person has not said that they may be shown.
pub fn quote(id: Id, records: &[Record], sealed: Option<Vec<u8>>, by: Option<Id>) -> Drafts {
    let voice = alive(id, records)?;
    if voice.held {
        return Err(Refusal::new("voice-held").status(409));
    }
    if !voice.consented && sealed.is_some() {
        return Err(Refusal::new("voice-not-consented").status(403));
    }
    let draft = Draft::new(id, &VoiceQuoted { shown: sealed.is_some() });
    let draft = draft.area(voice.area).by(by);
    Ok(vec![match sealed {
        Some(sealed) => draft.sealing(sealed),
        None => draft,
    }])
}

/// The one look at a number, to save a life: logged, with a reason.
///
/// # Errors
/// When no life is in danger, the look was taken, no number was left, or no reason is given.
pub fn see_number(
    id: Id,
    records: &[Record],
    reason: &str,
    sealed: Vec<u8>,
    by: Option<Id>,
) -> Drafts {
    let voice = alive(id, records)?;
    if voice.urgency < 2 {
        return Err(Refusal::new("number-not-for-this").status(403));
    }
    if !voice.reachable {
        return Err(Refusal::new("number-none").status(404));
    }
    if voice.number_seen {
        return Err(Refusal::new("number-seen-once").status(409));
    }
    if reason.trim().is_empty() {
        return Err(Refusal::new("reason-empty"));
    }
    let seen = NumberSeen { reason: String::new() };
    Ok(vec![Draft::new(id, &seen).area(voice.area).by(by).sealing(sealed)])
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
        "clustered" => "voices-status-clustered",
        "in_assembly" => "voices-status-in_assembly",
        "decided_yes" => "voices-status-decided_yes",
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
