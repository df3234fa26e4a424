//! What may be done to the city's facts and to areas, and by whom. Pure: what is known, who asks,
//! what is asked → a record, or a refusal. No clock, no chance, no key.

pub mod corners;
pub mod reading;
pub mod rings;

use page::Lang;
use record::{Id, Record, Refusal};

use crate::door::{Member, Role};
use crate::places::records::{AreaDrawn, CityNamed, Source};
use crate::places::views::{AreaRow, CityRow, Standing};

/// Longest name of a place, in characters.
pub const NAME_CHARS_MAX: usize = 120;
/// Longest reason, in characters.
pub const REASON_CHARS_MAX: usize = 500;
/// Longest result of a vote, in characters.
pub const VOTE_CHARS_MAX: usize = 200;
/// Farthest from UTC a clock on land goes, in minutes.
const OFFSET_MINUTES_MAX: i64 = 14 * 60;

/// A name as it is kept: on one line, without what cannot be seen.
///
/// # Errors
/// When nothing is left or it is too long.
pub fn name_of(typed: &str) -> Result<String, Refusal> {
    let clean = words::clean(typed).map_err(|_| Refusal::new("area-no-name"))?;
    let name = clean.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.chars().count() > NAME_CHARS_MAX {
        return Err(Refusal::new("places-text-long").naming("most", NAME_CHARS_MAX));
    }
    Ok(name)
}

/// What the city says of itself, as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CityWords {
    /// Its name.
    pub name: String,
    /// ISO 3166 code of three letters.
    pub country: String,
    /// Languages, the first being the one for unknown languages.
    pub languages: Vec<Lang>,
    /// The local number for danger to life.
    pub emergency: String,
    /// The number residents send SMS to; empty when there is none yet.
    pub sms_number: String,
    /// Minutes east of UTC.
    pub offset_minutes: i64,
    /// Whether this is the demo city.
    pub demo: bool,
}

/// The city's facts as they are kept.
///
/// # Errors
/// A refusal naming the first fact that cannot be right.
pub fn city_named(words: &CityWords) -> Result<CityNamed, Refusal> {
    let name = name_of(&words.name).map_err(|r| match r.code {
        "area-no-name" => Refusal::new("city-no-name"),
        _ => r,
    })?;
    let country = words.country.trim().to_ascii_uppercase();
    if country.len() != 3 || !country.bytes().all(|b| b.is_ascii_uppercase()) {
        return Err(Refusal::new("city-country"));
    }
    if words.languages.is_empty() {
        return Err(Refusal::new("city-no-language"));
    }
    let emergency = number_of(&words.emergency, 2..=15)?;
    let sms_number = match words.sms_number.trim() {
        "" => String::new(),
        typed => number_of(typed, 3..=15)?,
    };
    if words.offset_minutes.abs() > OFFSET_MINUTES_MAX {
        return Err(Refusal::new("city-clock"));
    }
    let mut languages: Vec<String> = Vec::new();
    for lang in &words.languages {
        if !languages.iter().any(|l| l == lang.code()) {
            languages.push(lang.code().to_owned());
        }
    }
    let (offset_minutes, demo) = (words.offset_minutes, words.demo);
    Ok(CityNamed { name, country, languages, emergency, sms_number, offset_minutes, demo })
}

fn number_of(typed: &str, digits: std::ops::RangeInclusive<usize>) -> Result<String, Refusal> {
    let typed = typed.trim();
    let bare: String =
        typed.chars().filter(|c| !matches!(c, ' ' | '-' | '.' | '(' | ')')).collect();
    let only = bare.strip_prefix('+').unwrap_or(&bare);
    if !only.bytes().all(|b| b.is_ascii_digit()) || !digits.contains(&only.len()) {
        return Err(Refusal::new("city-number").naming("number", typed));
    }
    Ok(bare)
}

/// Whether hiding or showing changes anything, with the reason as it is kept.
///
/// # Errors
/// When no reason is given: whoever finds the pages gone must be able to learn why.
pub fn hide(known: &[Record], hidden: bool, reason: &str) -> Result<Option<String>, Refusal> {
    let reason = words::clean(reason).map_err(|_| Refusal::new("city-no-reason"))?;
    if reason.chars().count() > REASON_CHARS_MAX {
        return Err(Refusal::new("places-text-long").naming("most", REASON_CHARS_MAX));
    }
    let now = CityRow::of(known).hidden.is_some();
    Ok((now != hidden).then_some(reason))
}

/// What an import does with an area.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Import {
    /// It was not known.
    New,
    /// It is as it was; so is one that was withdrawn, which a file never brings back.
    Same,
    /// It is drawn again.
    Changed,
}

/// What importing `drawn` over an area's records does. A community's area is never touched.
#[must_use]
pub fn import(id: Id, known: &[Record], drawn: &AreaDrawn) -> Import {
    let area = AreaRow::of(id, known);
    match (area.source, area.standing) {
        (None, _) => Import::New,
        (Some(Source::Community), _) | (_, Standing::Withdrawn) => Import::Same,
        (Some(Source::Official), _) => {
            let last = known.iter().rev().find_map(Record::read::<AreaDrawn>);
            if last.as_ref() == Some(drawn) { Import::Same } else { Import::Changed }
        }
    }
}

/// Whether a member may draw an area of a body.
///
/// # Errors
/// When they do not belong to it or do not speak for it.
pub fn may_draw(member: &Member, body: Id) -> Result<(), Refusal> {
    let speaks = [Role::Facilitator, Role::Committee].iter().any(|r| member.roles.contains(r));
    if speaks && member.bodies.contains(&body) {
        return Ok(());
    }
    Err(Refusal::new("area-other-body").status(403))
}

/// Whether a member may know of an area at all: everyone of a public one, its body alone of a
/// community's that is sealed or withdrawn, a steward of an official one that was withdrawn.
#[must_use]
pub fn may_see(member: &Member, area: &AreaRow) -> bool {
    match (area.standing, area.source) {
        (Standing::Public, _) => true,
        (Standing::Absent, _) | (_, None) => false,
        (_, Some(Source::Community)) => area.body.is_some_and(|b| member.bodies.contains(&b)),
        (_, Some(Source::Official)) => member.roles.contains(&Role::Steward),
    }
}

/// Whether a member may make a community's area public.
///
/// # Errors
/// When it is none, is public already, or is another body's.
pub fn may_release(member: &Member, area: &AreaRow) -> Result<(), Refusal> {
    if area.source != Some(Source::Community) || !may_see(member, area) {
        return Err(Refusal::new("area-unknown").status(404));
    }
    may_draw(member, area.body.unwrap_or(Id::NONE))?;
    match area.standing {
        Standing::Public => Err(Refusal::new("area-so-already").status(409)),
        _ => Ok(()),
    }
}

/// What a body decided about its area, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vote {
    /// The day of its meeting, in days since 1970.
    pub day: i64,
    /// The result in words.
    pub result: String,
}

/// The vote as it is kept. An area may be made public only by one: whoever is driven out for a map
/// must be able to ask who decided it, and when.
///
/// # Errors
/// The meeting lies ahead of `today`, or the result is missing or long.
pub fn vote(vote: &Vote, today: i64) -> Result<Vote, Refusal> {
    if !(0..=today).contains(&vote.day) {
        return Err(Refusal::new("area-vote-day"));
    }
    let result = words::clean(&vote.result).map_err(|_| Refusal::new("area-vote-result"))?;
    if result.chars().count() > VOTE_CHARS_MAX {
        return Err(Refusal::new("places-text-long").naming("most", VOTE_CHARS_MAX));
    }
    Ok(Vote { day: vote.day, result })
}

/// Whether a member may take an area from all pages: a steward an official one, its body a
/// community's.
///
/// # Errors
/// When it is neither theirs nor there.
pub fn may_withdraw(member: &Member, area: &AreaRow) -> Result<(), Refusal> {
    if !may_see(member, area) {
        return Err(Refusal::new("area-unknown").status(404));
    }
    match (area.source, area.body) {
        (Some(Source::Community), body) => may_draw(member, body.unwrap_or(Id::NONE))?,
        _ if !member.roles.contains(&Role::Steward) => {
            return Err(Refusal::new("role-missing").status(403));
        }
        _ => {}
    }
    match area.standing {
        Standing::Withdrawn => Err(Refusal::new("area-so-already").status(409)),
        _ => Ok(()),
    }
}

/// Whether a steward may bring a withdrawn official area back.
///
/// # Errors
/// When it is none, or the member is no steward.
pub fn may_show(member: &Member, area: &AreaRow) -> Result<(), Refusal> {
    let withdrawn = area.standing == Standing::Withdrawn && area.source == Some(Source::Official);
    if !may_see(member, area) || !withdrawn {
        return Err(Refusal::new("area-unknown").status(404));
    }
    Ok(())
}

/// Whether a member may put another name beside an area's own. Never before a community's area is
/// public: the name beside it is not sealed and would say where it lies.
///
/// # Errors
/// When it is not theirs to name, or still sealed.
pub fn may_rename(member: &Member, area: &AreaRow) -> Result<(), Refusal> {
    if !may_see(member, area) {
        return Err(Refusal::new("area-unknown").status(404));
    }
    if area.standing != Standing::Public {
        return Err(Refusal::new("area-not-public").status(409));
    }
    let holds = |roles: &[Role]| roles.iter().any(|role| member.roles.contains(role));
    let own = area.body.is_some_and(|body| may_draw(member, body).is_ok());
    let may = match area.source {
        Some(Source::Community) => own || holds(&[Role::Steward]),
        _ => holds(&[Role::Steward, Role::Facilitator, Role::Committee]),
    };
    if may { Ok(()) } else { Err(Refusal::new("role-missing").status(403)) }
}
