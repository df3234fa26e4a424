//! Which voices may lack the same thing, and which need a voice may belong to: proposed from a
//! window of those that wait, each with its reasons. It opens only what this member may know of,
//! keeps nothing, and groups nothing: a person does.

use std::collections::{HashMap, HashSet};

use page::calendar::DAY_MS;
use record::Id;
use store::StoreError;
use words::{Fit, Item, NEEDS_MAX, Why};

use super::queries::{self, Which};
use super::reading;
use super::views::Need;
use crate::door::{House, Visitor};
use crate::places;
use crate::voices::queries::grouping::{latest_of_needs, opened_for, ungrouped};
use crate::voices::{Voice, Words};

/// Voices looked at together.
pub const WINDOW_VOICES: i64 = 200;
/// Needs a voice is compared with: those of its area, of the areas beside it, and the newest.
const NEEDS_NEAR: i64 = 10;
const NEEDS_NEWEST: i64 = 20;
/// Voices of each need that speak for it.
const NEED_VOICES: i64 = 4;
/// A group of at least so many is a large one, and of so many a middling one.
const LARGE: usize = 8;
const MIDDLING: usize = 4;

/// A voice with its words.
pub type Opened = (Voice, Words);

/// Voices that wait, in the order of the desk.
#[derive(Debug, Default)]
pub struct Window {
    /// The voices.
    pub voices: Vec<Opened>,
    /// Whether more wait than were looked at.
    pub more: bool,
}

/// Voices that may lack the same thing.
#[derive(Clone, Debug)]
pub struct Proposal {
    /// Where in the window.
    pub members: Vec<usize>,
    /// Why.
    pub why: Why,
}

/// A need that a voice may belong to.
#[derive(Clone, Debug)]
pub struct Suggestion {
    /// The need.
    pub need: Need,
    /// 0 to 100: how well it fits.
    pub score: u8,
    /// Why.
    pub why: Why,
}

/// The voices that wait, as far as this member may know of them.
///
/// # Errors
/// When the store fails.
pub async fn window(
    house: &House,
    visitor: &Visitor,
    area: Option<Id>,
) -> Result<Window, StoreError> {
    let mut waiting = ungrouped(house, area, WINDOW_VOICES).await?;
    let more = i64::try_from(waiting.len()).is_ok_and(|n| n >= WINDOW_VOICES);
    // What somebody else is reading is left to them, as long as there is anything else. Danger is
    // before everybody: a page may have been left open by somebody who went to eat.
    let others = reading::read_by_others(house, visitor.author());
    let own = |voice: &Voice| voice.urgency > 1 || !others.contains(&voice.id);
    if waiting.iter().any(own) {
        waiting.retain(own);
    }
    Ok(Window { voices: opened(house, visitor, waiting).await?, more })
}

/// Voices with their words, without those that are gone or not for this member.
///
/// # Errors
/// When the store fails.
pub async fn opened(
    house: &House,
    visitor: &Visitor,
    voices: Vec<Voice>,
) -> Result<Vec<Opened>, StoreError> {
    let all = opened_for(house, visitor, voices).await?;
    Ok(all.into_iter().filter_map(|(voice, words)| Some((voice, words?))).collect())
}

fn number(id: Id) -> u128 {
    u128::from_be_bytes(id.0)
}

fn sectors(voice: &Voice) -> Vec<&str> {
    voice.sectors.iter().map(String::as_str).collect()
}

fn item<'a>((voice, words): &'a Opened, sectors: &'a [&'a str]) -> Item<'a> {
    Item {
        id: number(voice.id),
        text: &words.words,
        language: &voice.language,
        sectors,
        area: voice.area.map(number),
        landmark: words.place.as_deref(),
        point: None,
        said_ms: voice.said_ms,
    }
}

/// The groups of a window, those with danger first, then the large ones; within these each member
/// of the desk begins somewhere else, so that two seldom look at the same.
#[must_use]
pub fn proposals(house: &House, member: Option<Id>, window: &Window) -> Vec<Proposal> {
    let sectors: Vec<Vec<&str>> = window.voices.iter().map(|(voice, _)| sectors(voice)).collect();
    let items: Vec<Item<'_>> =
        window.voices.iter().zip(&sectors).map(|(one, sectors)| item(one, sectors)).collect();
    let mut all: Vec<Proposal> = words::groups(&items)
        .groups
        .into_iter()
        .map(|group| Proposal { members: group.members, why: group.why })
        .collect();
    let voice = |at: &usize| window.voices.get(*at).map(|(voice, _)| voice);
    all.sort_by_cached_key(|proposal| {
        let grave = proposal.members.iter().filter_map(voice).any(|voice| voice.urgency > 1);
        let size = match proposal.members.len() {
            n if n >= LARGE => 0,
            n if n >= MIDDLING => 1,
            _ => 2,
        };
        let first = proposal.members.first().and_then(voice).map_or(Id::NONE, |voice| voice.id);
        let own = [member.unwrap_or(Id::NONE).0, first.0].concat();
        (!grave, size, house.vault().keyed("grouping", &own))
    });
    all
}

/// Which voices of a window are in no group: those with danger first, and within these each member
/// of the desk begins somewhere else, so that two seldom read the same.
#[must_use]
pub fn alone(
    house: &House,
    member: Option<Id>,
    window: &Window,
    proposals: &[Proposal],
) -> Vec<usize> {
    let held: HashSet<usize> =
        proposals.iter().flat_map(|proposal| proposal.members.iter().copied()).collect();
    let free = window.voices.iter().enumerate().filter(|(at, _)| !held.contains(at));
    let mut all: Vec<(usize, &Voice)> = free.map(|(at, (voice, _))| (at, voice)).collect();
    all.sort_by_cached_key(|(_, voice)| {
        let own = [member.unwrap_or(Id::NONE).0, voice.id.0].concat();
        (std::cmp::Reverse(voice.urgency), house.vault().keyed("grouping", &own))
    });
    all.into_iter().map(|(at, _)| at).collect()
}

/// A need with the voices that speak for it.
struct Known {
    need: Need,
    voices: Vec<Opened>,
}

/// Needs that voices of an area may belong to, ready to be compared with many.
pub struct Candidates(Vec<Known>);

/// The needs that voices of these areas may belong to: those of each area and beside it, and the
/// newest.
///
/// # Errors
/// When the store fails.
pub async fn candidates(
    house: &House,
    visitor: &Visitor,
    areas: &[Id],
) -> Result<Candidates, StoreError> {
    let atlas = places::atlas(house);
    let mut near: Vec<Id> = areas.to_vec();
    if let [only] = areas {
        near.extend(atlas.neighbours(*only));
    }
    near.dedup();
    let mut needs = queries::newest(house, NEEDS_NEWEST).await?;
    for area in near {
        needs.extend(queries::list(house, Which::Standing, Some(area), None, NEEDS_NEAR).await?);
    }
    let mut seen = HashSet::new();
    needs.retain(|need| seen.insert(need.id));
    needs.truncate(NEEDS_MAX);
    let ids: Vec<Id> = needs.iter().map(|need| need.id).collect();
    let latest = latest_of_needs(house, &ids, NEED_VOICES).await?;
    let mut of_need: HashMap<Id, Vec<Opened>> = HashMap::new();
    for one in opened(house, visitor, latest).await? {
        of_need.entry(one.0.need.unwrap_or(Id::NONE)).or_default().push(one);
    }
    let known = |need: Need| Known { voices: of_need.remove(&need.id).unwrap_or_default(), need };
    Ok(Candidates(needs.into_iter().map(known).collect()))
}

/// The needs that any of several voices may belong to, those that fit most of them first.
#[must_use]
pub fn fits_any(all: &[Opened], candidates: &Candidates) -> Vec<Suggestion> {
    let mut found: Vec<(usize, Suggestion)> = Vec::new();
    for best in all.iter().filter_map(|one| fits(one, candidates).into_iter().next()) {
        match found.iter_mut().find(|(_, known)| known.need.id == best.need.id) {
            Some((times, _)) => *times += 1,
            None => found.push((1, best)),
        }
    }
    found.sort_by_key(|(times, fit)| (std::cmp::Reverse((*times, fit.score)), fit.need.number));
    found.into_iter().map(|(_, fit)| fit).take(words::FITS_MAX).collect()
}

/// The needs that a voice may belong to, the likest first.
#[must_use]
pub fn fits(one: &Opened, candidates: &Candidates) -> Vec<Suggestion> {
    let language = words::UNDETERMINED;
    let own: Vec<Vec<Vec<&str>>> = candidates
        .0
        .iter()
        .map(|known| known.voices.iter().map(|(voice, _)| sectors(voice)).collect())
        .collect();
    let items: Vec<Vec<Item<'_>>> = candidates
        .0
        .iter()
        .zip(&own)
        .map(|(known, own)| known.voices.iter().zip(own).map(|(one, s)| item(one, s)).collect())
        .collect();
    let named: Vec<[&str; 1]> =
        candidates.0.iter().map(|known| [known.need.sector.as_str()]).collect();
    let needs: Vec<words::Need<'_>> = candidates
        .0
        .iter()
        .zip(&items)
        .zip(&named)
        .map(|((known, voices), sectors)| words::Need {
            id: number(known.need.id),
            title: &known.need.title,
            language,
            sectors,
            area: known.need.area.map(number),
            voices,
        })
        .collect();
    let theirs = sectors(&one.0);
    let fits = words::fits(&item(one, &theirs), &needs);
    let suggestion = |fit: Fit| {
        let need = candidates.0.get(fit.need)?.need.clone();
        Some(Suggestion { need, score: fit.score, why: fit.why })
    };
    fits.into_iter().filter_map(suggestion).collect()
}

/// The area most of these voices are from.
#[must_use]
pub fn area_of(members: &[Opened]) -> Option<Id> {
    let areas: Vec<Id> = members.iter().filter_map(|(voice, _)| voice.area).collect();
    let count = |id: &Id| areas.iter().filter(|other| *other == id).count();
    areas.iter().max_by_key(|id| (count(id), std::cmp::Reverse(**id))).copied()
}

/// The day the first of these voices was said.
#[must_use]
pub fn since_day(members: &[Opened]) -> Option<i64> {
    members.iter().map(|(voice, _)| voice.said_ms.div_euclid(DAY_MS)).min()
}
