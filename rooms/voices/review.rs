//! Which texts may be sent to people: those that a speaker has reviewed, and those a steward took
//! on by name. It never lets an unreviewed text on life, consent or sealed reports out, and never
//! judges a translation itself.

use std::collections::BTreeSet;

use page::{KIT_TEXTS, Lang};
use record::{Id, Refusal};
use store::{Change, Decision, Put, Statement};

use super::drawers::SETTINGS;
use super::queries::desk;
use crate::door::{House, Trouble};

/// What the catalogues call a text that a speaker of the language has read and found right.
const REVIEWED: &str = "reviewed";
/// How the keys of SMS texts begin.
const SMS: &str = "sms-";
/// How the settings begin that take on a text.
const ACCEPTED: &str = "accepted/";

/// Texts on life, consent and sealed reports: unreviewed they are sent to nobody, whoever wishes.
pub const NEVER_UNREVIEWED: [&str; 15] = [
    "sms-receipt-danger",
    "sms-receipt-danger-alone",
    "sms-help",
    "sms-forget-asked",
    "sms-forget-code-asked",
    "sms-forgotten",
    "sms-forgotten-rest",
    "sms-kept",
    "sms-word-chosen",
    "sms-word-there",
    "sms-codes-only",
    "sms-words-again",
    "sms-stopped",
    "sms-sealed-open",
    "sms-sealed-closed",
];

/// The unreviewed texts that were taken on, as `lang/key`; kept in the house.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Accepted(pub BTreeSet<String>);

/// Reads which texts were taken on. Cheap; another process may have changed it.
///
/// # Errors
/// When the store fails; what was kept stays.
pub async fn refresh(house: &House) -> Result<(), Trouble> {
    let names = desk::settings_from(house, ACCEPTED).await?;
    let taken = names.iter().filter_map(|name| name.strip_prefix(ACCEPTED)).map(str::to_owned);
    house.keep(Accepted(taken.collect()));
    Ok(())
}

/// The language in which a text may be sent: the one asked for, when it is reviewed, taken on by
/// name, or said to nobody real (the demo city); else the first of the city's that is reviewed.
#[must_use]
pub fn may_send(house: &House, lang: Lang, key: &str) -> Lang {
    let city = house.city();
    if city.demo {
        return lang;
    }
    let accepted = house.kept::<Accepted>().unwrap_or_default();
    let catalogues = catalogues_of(key);
    choose(lang, key, &city.languages, &accepted, |lang| state_in(catalogues, lang) == REVIEWED)
}

/// The same, with all that it stands on as arguments.
pub(crate) fn choose(
    lang: Lang,
    key: &str,
    city: &[Lang],
    accepted: &Accepted,
    reviewed: impl Fn(Lang) -> bool,
) -> Lang {
    let taken =
        !NEVER_UNREVIEWED.contains(&key) && accepted.0.contains(&format!("{}/{key}", lang.code()));
    if reviewed(lang) || taken {
        return lang;
    }
    let first = city.iter().chain(&Lang::ALL).copied().find(|lang| reviewed(*lang));
    first.unwrap_or(lang)
}

/// The review state of this room's texts, which all SMS are.
#[must_use]
pub fn own_state(lang: Lang) -> &'static str {
    state_in(super::TEXTS, lang)
}

/// The catalogues of the room that says a text: ours, when none does.
#[must_use]
pub fn catalogues_of(key: &str) -> &'static [(Lang, &'static str)] {
    let says = |text: &str| {
        let lines = text.lines().filter_map(|line| line.strip_prefix(key));
        lines.into_iter().any(|rest| rest.starts_with(" ="))
    };
    let says_it = |catalogues: &&'static [(Lang, &'static str)]| {
        catalogues.iter().any(|(lang, text)| *lang == Lang::En && says(text))
    };
    // Ours come first: most of what is sent is ours.
    std::iter::once(super::TEXTS).chain(crate::texts()).find(says_it).unwrap_or(super::TEXTS)
}

fn state_in(catalogues: &'static [(Lang, &'static str)], lang: Lang) -> &'static str {
    let catalogue = catalogues.iter().find(|(of, _)| *of == lang).map(|(_, text)| *text);
    catalogue.and_then(page::texts::review_state_of).unwrap_or("unreviewed")
}

/// How many of all catalogues of a language are reviewed, and how many there are.
#[must_use]
pub fn reviewed_of(lang: Lang) -> (usize, usize) {
    let all: Vec<_> = crate::texts().chain([KIT_TEXTS]).collect();
    let done = all.iter().filter(|catalogues| state_in(catalogues, lang) == REVIEWED).count();
    (done, all.len())
}

/// The keys of all SMS texts, in order.
#[must_use]
pub fn sms_keys(house: &House) -> Vec<&'static str> {
    house.texts().keys(Lang::En).filter(|key| key.starts_with(SMS)).collect()
}

/// Whether a text was taken on in a language.
#[must_use]
pub fn is_accepted(house: &House, lang: Lang, key: &str) -> bool {
    let accepted = house.kept::<Accepted>().unwrap_or_default();
    accepted.0.contains(&format!("{}/{key}", lang.code()))
}

/// A steward takes on an unreviewed text by name, or takes that back.
///
/// # Errors
/// When there is no such text, or it speaks of life, consent or sealed reports.
pub async fn accept(
    house: &House,
    lang: Lang,
    key: &str,
    taken: bool,
    by: Option<Id>,
) -> Result<(), Trouble> {
    if !sms_keys(house).contains(&key) {
        return Err(Refusal::new("list-unknown").into());
    }
    if taken && NEVER_UNREVIEWED.contains(&key) {
        return Err(Refusal::new("text-never-unreviewed").status(409).into());
    }
    let name = format!("{ACCEPTED}{}/{key}", lang.code());
    let mut decision = Decision::default();
    if taken {
        let row = vec![name.into(), by.unwrap_or(Id::NONE).into()];
        decision.puts.push(Put { table: SETTINGS, row });
    } else {
        decision.statements.push(Statement::new(desk::SETTING_GONE, vec![name.into()]));
    }
    house.store().append(Change::writing(decision)).await?;
    refresh(house).await
}
