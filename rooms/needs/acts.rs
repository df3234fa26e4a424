//! What is done to needs, from whichever page: the rule is asked, and what it answers is appended.
//! Grouping is all or nothing; whatever was grouped meanwhile is named, and everything can be
//! undone. It decides nothing itself, and tells nobody: that is for those who decide.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use record::{Draft, Id, Payload, Record, Refusal, day_of};
use store::{AppendError, Change, Decision, Known, Name};

use super::freezing;
use super::queries;
use super::rules::{self, QUOTE_CHARS_MAX, Said, drafts, fit};
use super::views::Need;
use crate::door::{House, Trouble};
use crate::people;
use crate::voices::queries as voices;
use crate::voices::{self as spoken, Voice, VoiceGrouped};

/// Most voices grouped in one act.
pub const GROUPED_AT_ONCE_MAX: usize = 200;
/// How often a number is looked for that is free.
const TRIES_MAX: i64 = 16;
/// Voices moved at once when a need is emptied.
const MOVED_AT_ONCE: i64 = 100;

/// Whether a text may be public in this house: nobody is found by it, no member of the desk either.
///
/// # Errors
/// As the rule refuses; or when the store fails.
pub async fn fit_in_house(house: &House, text: &str) -> Result<(), Trouble> {
    fit::fit_for_public(text)?;
    let names = people::names_here(house).await?;
    Ok(fit::names_nobody_of(text, names.iter().map(String::as_str))?)
}

/// States a need, perhaps of voices that are grouped into it in the same act. Returns which.
///
/// # Errors
/// As the rules refuse; nothing was written then.
pub async fn state(
    house: &House,
    said: Said,
    source: &str,
    of: &[Id],
    by: Option<Id>,
) -> Result<Id, Trouble> {
    let of = once(of)?;
    fit_in_house(house, &said.title).await?;
    let today = today(house);
    let id = Id::fresh(house.now_ms());
    let highest = queries::highest_number(house).await?;
    for _ in 0..TRIES_MAX {
        let number = next_number(house, highest);
        let (said, source, all) = (said.clone(), source.to_owned(), of.clone());
        let change = Change::on(of.clone(), move |known| {
            let mut drafts = vec![rules::state(id, number, &said, &source, today, by)?];
            drafts.extend(grouped(known, all.iter().map(|voice| (*voice, id)), by)?);
            Ok(Decision { drafts, ..Decision::default() })
        });
        let key = house.vault().keyed("need-number", &number.to_be_bytes());
        let change = change.claiming(Name { space: "need-number", key }, id);
        match house.store().append(change).await {
            Ok(_) => return Ok(id),
            Err(AppendError::Taken { space: "need-number", .. }) => {}
            Err(error) => {
                give_back(house, number);
                return Err(error.into());
            }
        }
    }
    Err(Trouble::broken("no free number after several tries"))
}

/// The last number that was tried here, so that many who state needs at once do not all try one.
struct Tried(AtomicI64);

/// A number that nobody tries in this process, above the highest that is known.
fn next_number(house: &House, highest: i64) -> i64 {
    let tried = house.kept::<Tried>().unwrap_or_else(|| {
        house.keep(Tried(AtomicI64::new(highest)));
        house.kept::<Tried>().unwrap_or_else(|| Arc::new(Tried(AtomicI64::new(highest))))
    });
    tried.0.fetch_max(highest, Ordering::SeqCst);
    tried.0.fetch_add(1, Ordering::SeqCst) + 1
}

/// A number of which no need came is the next one again, unless somebody has gone on from it.
fn give_back(house: &House, number: i64) {
    if let Some(tried) = house.kept::<Tried>() {
        let _ = tried.0.compare_exchange(number, number - 1, Ordering::SeqCst, Ordering::SeqCst);
    }
}

/// Groups voices into needs that are there, all in one act: each a voice and its need.
///
/// # Errors
/// A need is unknown, closed or withdrawn; a voice was grouped elsewhere meanwhile or may not be
/// grouped: all such are named, and nothing was written.
pub async fn group(house: &House, pairs: &[(Id, Id)], by: Option<Id>) -> Result<(), Trouble> {
    let of: Vec<Id> = pairs.iter().map(|(voice, _)| *voice).collect();
    if once(&of)?.is_empty() {
        return Err(Refusal::new("need-voices-none").into());
    }
    let mut needs: Vec<Id> = pairs.iter().map(|(_, need)| *need).collect();
    needs.sort_unstable();
    needs.dedup();
    let entities = needs.iter().chain(&of).copied().collect();
    let pairs = pairs.to_vec();
    let change = Change::on(entities, move |known| {
        for need in &needs {
            rules::open_for_voices(*need, known.of(*need))?;
        }
        let drafts = grouped(known, pairs.iter().copied(), by)?;
        Ok(Decision { drafts, ..Decision::default() })
    });
    house.store().append(change).await?;
    Ok(())
}

/// Each voice once, and not too many.
fn once(of: &[Id]) -> Result<Vec<Id>, Refusal> {
    let mut all = of.to_vec();
    all.sort_unstable();
    all.dedup();
    if all.len() > GROUPED_AT_ONCE_MAX {
        return Err(Refusal::new("need-voices-many").naming("most", GROUPED_AT_ONCE_MAX));
    }
    Ok(all)
}

/// The drafts that group voices, or the codes of all that cannot be grouped any more.
fn grouped(
    known: &Known,
    pairs: impl Iterator<Item = (Id, Id)>,
    by: Option<Id>,
) -> Result<Vec<Draft>, Refusal> {
    let (mut drafts, mut gone) = (Vec::new(), Vec::new());
    for (id, need) in pairs {
        let voice = Voice::fold(id, known.of(id));
        let elsewhere = voice.need.is_some_and(|other| other != need);
        match spoken::rules::group(id, known.of(id), need, by) {
            Ok(some) if !elsewhere => drafts.extend(some),
            _ => gone.push(spoken::acts::shown_code(&voice)),
        }
    }
    if gone.is_empty() {
        return Ok(drafts);
    }
    Err(Refusal::new("need-voices-taken").status(409).naming("codes", gone.join(", ")))
}

/// Takes voices out of a need. Those that are in another one by now stay there.
///
/// # Errors
/// When the store fails.
pub async fn ungroup(house: &House, need: Id, of: &[Id], by: Option<Id>) -> Result<(), Trouble> {
    let of = once(of)?;
    let all = of.clone();
    let change = Change::on(of, move |known| {
        let mut drafts = Vec::new();
        for id in &all {
            if Voice::fold(*id, known.of(*id)).need == Some(need) {
                // A forgotten voice stays where it was counted.
                drafts.extend(spoken::rules::ungroup(*id, known.of(*id), by).unwrap_or_default());
            }
        }
        Ok(Decision { drafts, ..Decision::default() })
    });
    house.store().append(change).await?;
    Ok(())
}

/// Undoes what a member grouped into a need since a moment; a need that they stated in that same
/// act, and that nobody else has touched, is withdrawn with it. Returns how many voices came back.
///
/// # Errors
/// When the store fails.
pub async fn undo(
    house: &House,
    need: Id,
    from_ms: i64,
    reason: &str,
    by: Option<Id>,
) -> Result<usize, Trouble> {
    let since = Some((from_ms - 1, Id([u8::MAX; 16])));
    let most = i64::try_from(GROUPED_AT_ONCE_MAX).unwrap_or(i64::MAX);
    let recent = voices::of_need(house, need, since, most).await?;
    let of: Vec<Id> = recent.iter().map(|voice| voice.id).collect();
    let rest = voices::counts_of_need(house, need).await?.voices;
    let entities = std::iter::once(need).chain(of.iter().copied()).collect();
    let (count, reason) = (of.len(), reason.to_owned());
    let change = Change::on(entities, move |known| {
        let mut drafts = Vec::new();
        for id in &of {
            let records = known.of(*id);
            let theirs = records.iter().rev().find(|record| record.kind == VoiceGrouped::KIND);
            let mine = theirs.is_some_and(|r| r.author == by && r.clock.ms() >= from_ms);
            if mine && Voice::fold(*id, records).need == Some(need) {
                drafts.extend(spoken::rules::ungroup(*id, records, by).unwrap_or_default());
            }
        }
        let records = known.of(need);
        let fresh = |first: &Record| first.author == by && first.clock.ms() >= from_ms;
        let alone = i64::try_from(drafts.len()).is_ok_and(|n| n == rest);
        if alone && matches!(records, [first] if fresh(first)) {
            drafts.extend(rules::withdraw(need, records, &reason, by)?);
        }
        Ok(Decision { drafts, ..Decision::default() })
    });
    house.store().append(change).await?;
    Ok(count)
}

/// Moves all voices of a need to another one, or back among those that wait. Forgotten voices stay
/// where they were counted.
///
/// # Errors
/// The other need is unknown, closed or withdrawn, or the store fails; what was moved stays moved.
pub async fn empty(house: &House, need: Id, to: Option<Id>, by: Option<Id>) -> Result<(), Trouble> {
    if to == Some(need) {
        return Err(Refusal::new("need-itself").into());
    }
    let mut after = None;
    loop {
        let some = voices::of_need(house, need, after, MOVED_AT_ONCE).await?;
        let Some(last) = some.last() else { return Ok(()) };
        after = Some((last.grouped_ms.unwrap_or(0), last.id));
        let of: Vec<Id> = some.iter().map(|voice| voice.id).collect();
        let entities = to.into_iter().chain(of.iter().copied()).collect();
        let change = Change::on(entities, move |known| {
            if let Some(to) = to {
                rules::open_for_voices(to, known.of(to))?;
            }
            let mut drafts = Vec::new();
            for id in &of {
                let records = known.of(*id);
                if Voice::fold(*id, records).need != Some(need) {
                    continue;
                }
                drafts.extend(match to {
                    Some(to) => spoken::rules::group(*id, records, to, by).unwrap_or_default(),
                    None => spoken::rules::ungroup(*id, records, by).unwrap_or_default(),
                });
            }
            Ok(Decision { drafts, ..Decision::default() })
        });
        house.store().append(change).await?;
    }
}

async fn on_need(
    house: &House,
    id: Id,
    rule: impl Fn(&[Record]) -> Result<Vec<Draft>, Refusal> + Send + Sync + 'static,
) -> Result<(), Trouble> {
    let change = Change::on(vec![id], move |known| {
        Ok(Decision { drafts: rule(known.of(id))?, ..Decision::default() })
    });
    house.store().append(change).await?;
    Ok(())
}

/// Says a need in other words.
///
/// # Errors
/// As the rule refuses.
pub async fn reword(house: &House, id: Id, said: Said, by: Option<Id>) -> Result<(), Trouble> {
    fit_in_house(house, &said.title).await?;
    let today = today(house);
    on_need(house, id, move |records| rules::reword(id, records, &said, today, by)).await
}

/// Shows a need on the street, with its counts frozen for the day.
///
/// # Errors
/// As the rule refuses.
pub async fn publish(house: &House, need: &Need, by: Option<Id>) -> Result<(), Trouble> {
    fit_in_house(house, &need.title).await?;
    let id = need.id;
    let counts = voices::counts_of_need(house, id).await?;
    let told = rules::counts::public_need(&counts, &queries::loose(house).await?);
    let frozen = freezing::statement(house, id, &told);
    let change = Change::on(vec![id], move |known| {
        let drafts = rules::publish(id, known.of(id), by)?;
        Ok(Decision { drafts, statements: vec![frozen.clone()], ..Decision::default() })
    });
    house.store().append(change).await?;
    Ok(())
}

/// Shows a need no longer.
///
/// # Errors
/// As the rule refuses.
pub async fn hide(house: &House, id: Id, by: Option<Id>) -> Result<(), Trouble> {
    on_need(house, id, move |records| rules::hide(id, records, by)).await
}

/// Those who live there said that it is so.
///
/// # Errors
/// As the rule refuses.
pub async fn confirm(
    house: &House,
    id: Id,
    body: Option<Id>,
    how: &str,
    by: Option<Id>,
) -> Result<(), Trouble> {
    let how = how.to_owned();
    on_need(house, id, move |records| rules::confirm(id, records, body, &how, by)).await
}

/// It is for another body, which is named.
///
/// # Errors
/// As the rule refuses, or a person is named instead of a body.
pub async fn refer(house: &House, id: Id, body: &str, by: Option<Id>) -> Result<(), Trouble> {
    fit_in_house(house, body).await?;
    let body = body.to_owned();
    on_need(house, id, move |records| drafts::referred(id, records, &body, by)).await
}

/// It was no need after all, or was stated twice. Voices in it are moved first.
///
/// # Errors
/// As the rule refuses, or while voices belong to it.
pub async fn withdraw(house: &House, id: Id, reason: &str, by: Option<Id>) -> Result<(), Trouble> {
    fit_in_house(house, reason).await?;
    if has_living(house, id).await? {
        return Err(Refusal::new("need-has-voices").status(409).into());
    }
    let reason = reason.to_owned();
    on_need(house, id, move |records| rules::withdraw(id, records, &reason, by)).await?;
    // What came in at the last moment waits at the desk again.
    empty(house, id, None, by).await
}

/// Whether a voice belongs to it that somebody can still be answered about.
async fn has_living(house: &House, need: Id) -> Result<bool, Trouble> {
    let mut after = None;
    loop {
        let some = voices::of_need(house, need, after, MOVED_AT_ONCE).await?;
        let Some(last) = some.last() else { return Ok(false) };
        after = Some((last.grouped_ms.unwrap_or(0), last.id));
        if some.iter().any(|voice| !voice.erased && voice.status != "withdrawn") {
            return Ok(true);
        }
    }
}

/// The words of a voice that would be shown, when they may be: its own, said by somebody who let
/// them be shown, and nobody is found by them.
///
/// # Errors
/// The voice is not of this need, nobody said that its words may be shown, the words are not its
/// own, too long or not fit to be public.
pub async fn quotable(
    house: &House,
    need: Id,
    voice: &Voice,
    chosen: &str,
) -> Result<String, Trouble> {
    if voice.need != Some(need) {
        return Err(Refusal::new("need-quote-elsewhere").status(409).into());
    }
    if !voice.consented {
        return Err(Refusal::new("need-quote-not-consented").status(403).into());
    }
    let chosen = rules::public_line(chosen, QUOTE_CHARS_MAX)?;
    fit_in_house(house, &chosen).await?;
    let own = voices::words(house, voice.id).await?.map(|words| words.words).unwrap_or_default();
    let own = own.split_whitespace().collect::<Vec<_>>().join(" ");
    if !own.contains(&chosen) {
        return Err(Refusal::new("need-quote-not-theirs").into());
    }
    Ok(chosen)
}

/// Shows some words of a voice with its need.
///
/// # Errors
/// As [`quotable`] refuses.
pub async fn quote(
    house: &House,
    need: Id,
    voice: &Voice,
    chosen: &str,
    by: Option<Id>,
) -> Result<(), Trouble> {
    let chosen = quotable(house, need, voice, chosen).await?;
    spoken::acts::quote(house, voice.id, Some(&chosen), by).await
}

fn today(house: &House) -> i64 {
    day_of(house.now_ms() + house.city().offset_minutes * MINUTE_MS)
}

const MINUTE_MS: i64 = 60_000;
