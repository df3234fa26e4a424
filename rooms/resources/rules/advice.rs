//! The rules of advice: whoever gives it may do nothing but give it; whether it is followed says
//! the local owner of the request alone, with a reason. Pure. It opens no door to anything else.

use record::{Draft, Id, Record, Refusal};

use super::{Actor, Drafts, REASON_CHARS_MAX, day_sound, line, requests, said, said_perhaps};
use crate::resources::lists::DISCIPLINES;
use crate::resources::records::{
    AdviceAccepted, AdviceDeclined, AdviceErased, AdviceGiven, AdviceInvited, AdviceRated,
    AdviceWords,
};
use crate::resources::views::{Advice, Request};

/// Longest advice, in characters.
pub const ADVICE_CHARS_MAX: usize = 4_000;
/// Longest name of whoever is invited, in characters.
pub const WHO_CHARS_MAX: usize = 120;
/// The most invitations of one request.
pub const INVITED_MAX: usize = 50;

/// Somebody is invited to advise on a request; who, is sealed.
///
/// # Errors
/// When the request is closed or another's, the discipline is none, the day does not fit, or many
/// were invited before.
pub fn invite(
    id: Id,
    of_request: &[Record],
    (invited, sealed): (&AdviceInvited, Vec<u8>),
    before: usize,
    today: i64,
    actor: &Actor,
) -> Drafts {
    let request = requests::theirs(invited.request, of_request, actor)?;
    if !DISCIPLINES.contains(&invited.discipline.as_str()) {
        return Err(Refusal::new("list-unknown"));
    }
    day_sound(invited.until_day, today)?;
    if before >= INVITED_MAX {
        return Err(Refusal::new("advice-many").status(409).naming("most", INVITED_MAX));
    }
    Ok(vec![Draft::new(id, invited).area(request.area).by(actor.id).sealing(sealed)])
}

fn known(id: Id, records: &[Record]) -> Result<Advice, Refusal> {
    let advice = Advice::fold(id, records);
    if advice.request == Id::NONE {
        return Err(Refusal::new("advice-unknown").status(404));
    }
    if advice.erased {
        return Err(Refusal::new("advice-erased").status(410));
    }
    Ok(advice)
}

/// Words of an advice, made fit to keep.
///
/// # Errors
/// When nothing is advised, or too much.
pub fn worded(raw: &AdviceWords) -> Result<AdviceWords, Refusal> {
    let long = |typed: &str| {
        let cleaned = words::clean(typed).unwrap_or_default();
        let fits = cleaned.chars().count() <= ADVICE_CHARS_MAX;
        fits.then_some(cleaned)
            .ok_or(Refusal::new("resource-words-long").naming("most", ADVICE_CHARS_MAX))
    };
    let words = long(&raw.words)?;
    if words.trim().is_empty() {
        return Err(Refusal::new("advice-empty"));
    }
    Ok(AdviceWords { who: line(&raw.who, WHO_CHARS_MAX)?, words, wrong_if: long(&raw.wrong_if)? })
}

/// Advice is given, once, by whoever has the link; its limits were read.
///
/// # Errors
/// When it was given already, its day has passed, the request is closed, or its limits were not
/// taken on.
pub fn give(
    id: Id,
    (records, of_request): (&[Record], &[Record]),
    (gains, limits_read): (bool, bool),
    sealed: Vec<u8>,
    today: i64,
) -> Drafts {
    let advice = known(id, records)?;
    if advice.given_ms.is_some() {
        return Err(Refusal::new("advice-given").status(409));
    }
    let request = requests::open(advice.request, of_request)?;
    if today > advice.until_day {
        return Err(Refusal::new("advice-late").status(410));
    }
    if !limits_read {
        return Err(Refusal::new("advice-limits"));
    }
    Ok(vec![Draft::new(id, &AdviceGiven { gains }).area(request.area).sealing(sealed)])
}

/// Advice that waits for its local owner, asked by that owner.
fn owned(
    id: Id,
    (records, of_request): (&[Record], &[Record]),
    actor: &Actor,
) -> Result<(Advice, Request), Refusal> {
    let advice = known(id, records)?;
    if advice.given_ms.is_none() {
        return Err(Refusal::new("advice-not-given").status(409));
    }
    let request = Request::fold(advice.request, of_request);
    if actor.id.is_none() || actor.id != Some(request.counterpart) {
        return Err(Refusal::new("advice-not-yours").status(403));
    }
    Ok((advice, request))
}

fn unsettled(advice: &Advice) -> Result<(), Refusal> {
    if advice.status == "given" {
        return Ok(());
    }
    Err(Refusal::new("advice-settled").status(409))
}

/// The local owner does as advised, and says why.
///
/// # Errors
/// When somebody else says so, it was settled already, or no reason is given.
pub fn accept(id: Id, records: (&[Record], &[Record]), reason: &str, actor: &Actor) -> Drafts {
    let (advice, request) = owned(id, records, actor)?;
    unsettled(&advice)?;
    let reason = said(reason, REASON_CHARS_MAX, "resource-reason-empty")?;
    Ok(vec![Draft::new(id, &AdviceAccepted { reason }).area(request.area).by(actor.id)])
}

/// The local owner does not, and says why.
///
/// # Errors
/// As for [`accept`].
pub fn decline(id: Id, records: (&[Record], &[Record]), reason: &str, actor: &Actor) -> Drafts {
    let (advice, request) = owned(id, records, actor)?;
    unsettled(&advice)?;
    let reason = said(reason, REASON_CHARS_MAX, "resource-reason-empty")?;
    Ok(vec![Draft::new(id, &AdviceDeclined { reason }).area(request.area).by(actor.id)])
}

/// The local owner says what it was worth; what was useful first ends the request's clock.
///
/// # Errors
/// When somebody else says so, or the word is not for everybody to read.
pub fn rate(
    id: Id,
    records: (&[Record], &[Record]),
    useful: bool,
    word: &str,
    actor: &Actor,
) -> Drafts {
    let (advice, request) = owned(id, records, actor)?;
    let word = said_perhaps(word, REASON_CHARS_MAX)?;
    if advice.useful == Some(useful) && advice.word == word {
        return Ok(Vec::new());
    }
    let draft = Draft::new(id, &AdviceRated { useful, word }).area(request.area).by(actor.id);
    let mut drafts = vec![draft];
    if let Some(given_ms) = advice.given_ms.filter(|_| useful) {
        drafts.extend(requests::helped(advice.request, records.1, given_ms, actor.id));
    }
    Ok(drafts)
}

/// Its words are gone, at the adviser's wish. The second time says nothing new.
///
/// # Errors
/// When there is no such advice.
pub fn erase(id: Id, records: &[Record]) -> Drafts {
    let advice = Advice::fold(id, records);
    if advice.request == Id::NONE {
        return Err(Refusal::new("advice-unknown").status(404));
    }
    if advice.erased {
        return Ok(Vec::new());
    }
    Ok(vec![Draft::new(id, &AdviceErased {})])
}
