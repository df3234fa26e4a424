//! The rules of this room: how a need is stated, said otherwise, shown, confirmed and withdrawn,
//! and which texts may be public. Pure; time is an argument. No rule looks at how many voices there
//! are.

pub mod counts;
pub mod drafts;
pub mod fit;
pub mod silent;

use record::{Draft, Id, Payload, Record, Refusal};

use super::records::{
    NeedConfirmed, NeedHidden, NeedPublished, NeedReworded, NeedStated, NeedWithdrawn,
};
use super::views::Need;
use crate::voices::rules::SECTORS;
use fit::fit_for_public;

/// Where a need may stand.
pub const STATUSES: [&str; 11] = [
    "stated",
    "confirmed",
    "in_assembly",
    "decided_yes",
    "declined_with_reason",
    "in_progress",
    "delivered",
    "closed",
    "reopened",
    "referred",
    "withdrawn",
];
/// How the desk knows of a need.
pub const SOURCES: [&str; 5] = ["voices", "visit", "phone_round", "meeting", "authority"];
/// How a community confirms one.
pub const CONFIRMED_HOW: [&str; 3] = ["assembly", "committee", "residents"];
/// How badly people fare at worst; 0 is "not known".
pub const SEVERITY_MAX: u8 = 4;
/// Longest title of a need, in characters: it stands on an agenda and in an SMS.
pub const TITLE_CHARS_MAX: usize = 90;
/// Longest name of a body or reason, in characters.
pub const LINE_CHARS_MAX: usize = 160;
/// Most words of one voice that are shown, in characters.
pub const QUOTE_CHARS_MAX: usize = 160;
/// Most people of whom a need may speak: more than live in any city.
pub const PEOPLE_MAX: i64 = 100_000_000;

type Drafts = Result<Vec<Draft>, Refusal>;

/// What is said of a need when it is stated or said otherwise.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// What is lacking.
    pub title: String,
    /// Where; none for the whole city.
    pub area: Option<Id>,
    /// Sector of vocabulary 5.3.
    pub sector: String,
    /// 0 not known, 1 to 4.
    pub severity: u8,
    /// At least so many people.
    pub people_min: Option<i64>,
    /// At most so many.
    pub people_max: Option<i64>,
    /// Since when, in days since 1970.
    pub since_day: Option<i64>,
}

/// A need whose beginning is known and that was not withdrawn.
fn alive(id: Id, records: &[Record]) -> Result<Need, Refusal> {
    let need = Need::fold(id, records);
    if !need.is_stated() {
        return Err(Refusal::new("need-unknown").status(404));
    }
    if need.status == "withdrawn" {
        return Err(Refusal::new("need-withdrawn").status(409));
    }
    Ok(need)
}

/// A need that voices may be grouped into.
///
/// # Errors
/// It is unknown, closed or withdrawn.
pub fn open_for_voices(id: Id, records: &[Record]) -> Result<(), Refusal> {
    let need = alive(id, records)?;
    if need.status == "closed" {
        return Err(Refusal::new("need-closed").status(409));
    }
    Ok(())
}

/// A line that anybody may read: there, not too long, and nobody can be found by it.
///
/// # Errors
/// It is empty, too long, or not fit to be public.
pub fn public_line(line: &str, chars_max: usize) -> Result<String, Refusal> {
    let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.is_empty() {
        return Err(Refusal::new("need-words-missing"));
    }
    if line.chars().count() > chars_max {
        return Err(Refusal::new("need-line-long").naming("most", chars_max));
    }
    fit_for_public(&line)?;
    Ok(line)
}

/// Whether what is said of a need holds together.
fn sound(said: &Said, today: i64) -> Result<String, Refusal> {
    let title = public_line(&said.title, TITLE_CHARS_MAX)?;
    if !SECTORS.contains(&said.sector.as_str()) || said.severity > SEVERITY_MAX {
        return Err(Refusal::new("need-list-unknown"));
    }
    let told = [said.people_min, said.people_max];
    let far = |n: &i64| !(0..=PEOPLE_MAX).contains(n);
    let turned = matches!(told, [Some(min), Some(max)] if min > max);
    if turned || told.iter().flatten().any(far) {
        return Err(Refusal::new("need-people-wrong"));
    }
    // Fewer than five can be known by their number; "not known" says nothing of anybody.
    if told.iter().flatten().any(|n| (0..fit::FEW).contains(n)) {
        return Err(Refusal::new("need-people-few").naming("least", fit::FEW));
    }
    if said.since_day.is_some_and(|day| day > today) {
        return Err(Refusal::new("need-since-ahead"));
    }
    Ok(title)
}

/// A need is stated.
///
/// # Errors
/// What is said of it does not hold together, or its title is not fit to be public.
pub fn state(
    id: Id,
    number: i64,
    said: &Said,
    source: &str,
    today: i64,
    by: Option<Id>,
) -> Result<Draft, Refusal> {
    let title = sound(said, today)?;
    if !SOURCES.contains(&source) {
        return Err(Refusal::new("need-list-unknown"));
    }
    let stated = NeedStated {
        number,
        title,
        sector: said.sector.clone(),
        severity: said.severity,
        people_min: said.people_min,
        people_max: said.people_max,
        since_day: said.since_day,
        source: Some(source.to_owned()),
    };
    Ok(Draft::new(id, &stated).area(said.area).by(by))
}

/// A need is said in other words; only what changed is written.
///
/// # Errors
/// It is unknown or withdrawn, or what is said does not hold together.
pub fn reword(id: Id, records: &[Record], said: &Said, today: i64, by: Option<Id>) -> Drafts {
    use super::records::PEOPLE_UNKNOWN;
    let need = alive(id, records)?;
    let title = sound(said, today)?;
    let people =
        |was: Option<i64>, now: Option<i64>| (was != now).then_some(now.unwrap_or(PEOPLE_UNKNOWN));
    let reworded = NeedReworded {
        title: Some(title).filter(|title| *title != need.title),
        sector: Some(said.sector.clone()).filter(|sector| *sector != need.sector),
        severity: Some(said.severity).filter(|level| i64::from(*level) != need.severity),
        people_min: people(need.people_min, said.people_min),
        people_max: people(need.people_max, said.people_max),
        since_day: said.since_day.filter(|day| Some(*day) != need.since_day),
    };
    if reworded == NeedReworded::default() && said.area == need.area {
        return Ok(Vec::new());
    }
    let area = (said.area != need.area).then_some(said.area.unwrap_or(Id::NONE));
    Ok(vec![Draft::new(id, &reworded).area(area).by(by)])
}

fn one<P: Payload>(need: &Need, payload: &P, by: Option<Id>) -> Drafts {
    Ok(vec![Draft::new(need.id, payload).area(need.area).by(by)])
}

/// It is shown on the street, as it was previewed.
///
/// # Errors
/// It is unknown or withdrawn, or its words are not fit to be public.
pub fn publish(id: Id, records: &[Record], by: Option<Id>) -> Drafts {
    let need = alive(id, records)?;
    // The title may come from an older version of the rule, or from another node.
    fit_for_public(&need.title)?;
    if need.published {
        return Ok(Vec::new());
    }
    one(&need, &NeedPublished {}, by)
}

/// It is no longer shown.
///
/// # Errors
/// It is unknown.
pub fn hide(id: Id, records: &[Record], by: Option<Id>) -> Drafts {
    let need = Need::fold(id, records);
    if !need.is_stated() {
        return Err(Refusal::new("need-unknown").status(404));
    }
    if !need.published {
        return Ok(Vec::new());
    }
    one(&need, &NeedHidden {}, by)
}

/// Those who live there said that it is so.
///
/// # Errors
/// It is unknown or withdrawn, the way is on no list, or a committee is not named.
pub fn confirm(id: Id, records: &[Record], body: Option<Id>, how: &str, by: Option<Id>) -> Drafts {
    let need = alive(id, records)?;
    if !CONFIRMED_HOW.contains(&how) {
        return Err(Refusal::new("need-list-unknown"));
    }
    if body.is_none() && how != "residents" {
        return Err(Refusal::new("need-confirmed-by-whom"));
    }
    if need.confirmed_by == body && need.confirmed_how.as_deref() == Some(how) {
        let settled = !matches!(need.status.as_str(), "stated" | "reopened");
        if settled {
            return Ok(Vec::new());
        }
    }
    one(&need, &NeedConfirmed { by: body, how: how.to_owned() }, by)
}

/// It was no need after all, or was stated twice.
///
/// # Errors
/// It is unknown, withdrawn already or closed, or the reason is missing or not fit to be public.
pub fn withdraw(id: Id, records: &[Record], reason: &str, by: Option<Id>) -> Drafts {
    let need = alive(id, records)?;
    if need.status == "closed" {
        return Err(Refusal::new("need-closed").status(409));
    }
    let reason = public_line(reason, LINE_CHARS_MAX)?;
    one(&need, &NeedWithdrawn { reason }, by)
}
