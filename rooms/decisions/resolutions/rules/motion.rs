//! A motion: what is put to a body, with its effects and its money in plain words. Pure. It is
//! never put without saying whom it affects when it moves people away.

use record::{Draft, Id, Refusal};

use super::{AREAS_MAX, DAYS_AHEAD_MAX, LONG_BYTES_MAX, TITLE_BYTES_MAX, limited, public_line};
use crate::decisions::assemblies::rules::body;
use crate::decisions::resolutions::records::{DecisionMoved, NewRules, Promise};
use crate::people::Ceiling;

/// What a motion can be.
pub const KINDS: [&str; 4] = ["ordinary", "rules", "relocation", "women_only"];
/// Longest short form, in characters of the alphabet of SMS.
pub const SHORT_CHARS_MAX: usize = 70;
/// Longest subject, in bytes: a mandate's.
pub const SUBJECT_BYTES_MAX: usize = 160;
/// Longest words of an option or of whom it affects, in bytes.
const OPTION_BYTES_MAX: usize = 240;
/// Most options in one round.
pub const OPTIONS_MAX: usize = 3;
/// Most money, in the minor unit.
const AMOUNT_MINOR_MAX: i64 = 1_000_000_000_000_000;

/// What is asked of a new motion.
#[derive(Clone, Debug, Default)]
pub struct MotionAsked {
    /// All of it, as typed; its number is given with it.
    pub moved: DecisionMoved,
    /// The area it decides for; none for the whole city.
    pub area: Option<Id>,
}

/// A motion is put. `today` is the city's own day.
///
/// # Errors
/// A part is missing, too long, not on its list, or out of range.
pub fn move_motion(
    id: Id,
    asked: &MotionAsked,
    today: i64,
    by: Option<Id>,
) -> Result<Draft, Refusal> {
    let moved = &asked.moved;
    if !KINDS.contains(&moved.kind.as_str()) {
        return Err(Refusal::new("decision-kind"));
    }
    if moved.affects.len() > AREAS_MAX || moved.needs.len() > AREAS_MAX {
        return Err(Refusal::new("decision-many").naming("max", AREAS_MAX));
    }
    if moved.kind == "relocation" && asked.area.is_none() && moved.affects.is_empty() {
        return Err(Refusal::new("decision-affects-empty"));
    }
    let rules = moved.rules.filter(|_| moved.kind == "rules");
    if moved.kind == "rules" {
        rules_fit(rules.as_ref())?;
    }
    let written = DecisionMoved {
        subject: public_line(&moved.subject, SUBJECT_BYTES_MAX, "decision-subject-empty")?,
        title: public_line(&moved.title, TITLE_BYTES_MAX, "decision-title-empty")?,
        short: short_fits(&moved.short)?,
        effects: public_line(&moved.effects, LONG_BYTES_MAX, "decision-effects-empty")?,
        money: moved.money.clone().map(money_fits).transpose()?,
        options: options_fit(&moved.options)?,
        affects_whom: whom(moved.affects_whom.as_deref())?,
        promise: moved.promise.as_ref().map(|p| promise_fits(p, today)).transpose()?,
        rules,
        ..moved.clone()
    };
    Ok(Draft::new(id, &written).area(asked.area).by(by))
}

/// Few words as an SMS can carry them.
///
/// # Errors
/// None, or too many.
pub fn short_fits(raw: &str) -> Result<String, Refusal> {
    few_words(raw, SHORT_CHARS_MAX, "decision-short-empty", "decision-short-long")
}

/// Words of at most `chars_max` characters in the alphabet of SMS, or half as many in another.
///
/// # Errors
/// None, or too many.
pub(super) fn few_words(
    raw: &str,
    chars_max: usize,
    empty: &'static str,
    long: &'static str,
) -> Result<String, Refusal> {
    let words = public_line(raw, LONG_BYTES_MAX, empty)?;
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let length = words::sms_length(&words::gsm7(&words));
    let latin = length.alphabet == words::Alphabet::Gsm7;
    let max = if latin { chars_max } else { chars_max / 2 };
    if length.units > max { Err(Refusal::new(long).naming("chars", max)) } else { Ok(words) }
}

/// A promise as it may be made.
///
/// # Errors
/// It says nothing, or its day is over or too far.
pub(super) fn promise_fits(promise: &Promise, today: i64) -> Result<Promise, Refusal> {
    if !(today..=today + DAYS_AHEAD_MAX).contains(&promise.due_day) {
        return Err(Refusal::new("decision-promise-day"));
    }
    let what = public_line(&promise.what, TITLE_BYTES_MAX, "decision-promise-what")?;
    Ok(Promise { what, ..promise.clone() })
}

fn options_fit(options: &[String]) -> Result<Vec<String>, Refusal> {
    let said = options.iter().filter(|option| !option.trim().is_empty());
    let fit = said.map(|option| public_line(option, OPTION_BYTES_MAX, "decision-options"));
    let options = fit.collect::<Result<Vec<_>, _>>()?;
    if options.len() == 1 || options.len() > OPTIONS_MAX {
        return Err(Refusal::new("decision-options"));
    }
    Ok(options)
}

fn whom(raw: Option<&str>) -> Result<Option<String>, Refusal> {
    let words = limited(raw.unwrap_or_default(), OPTION_BYTES_MAX)?;
    Ok(Some(words).filter(|words| !words.is_empty()))
}

fn money_fits(money: Ceiling) -> Result<Ceiling, Refusal> {
    let letters =
        money.currency.len() == 3 && money.currency.bytes().all(|b| b.is_ascii_uppercase());
    if letters && (1..=AMOUNT_MINOR_MAX).contains(&money.amount_minor) {
        return Ok(money);
    }
    Err(Refusal::new("decision-money"))
}

fn rules_fit(rules: Option<&NewRules>) -> Result<(), Refusal> {
    let Some(rules) = rules else { return Err(Refusal::new("decision-rules")) };
    let fit = body::SHARE_PERCENT.contains(&rules.women_share_min_percent)
        && body::ATTENDANCE.contains(&rules.attendance_min)
        && body::SUPPORT.contains(&rules.support_min)
        && body::AGENDA_VOICES.contains(&rules.agenda_voices_min);
    if fit { Ok(()) } else { Err(Refusal::new("decision-rules")) }
}
