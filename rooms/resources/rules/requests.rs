//! The rules of a request: it names its local counterpart and the day from which they do it alone.
//! Pure. Nobody who is not of the body, the counterpart or coordinating closes it.

use record::{Draft, Id, Record, Refusal};

use super::{
    Actor, Drafts, REASON_CHARS_MAX, Supply, WHAT_CHARS_MAX, acts_for, amount_sound, day_sound,
    item_known, languages_sound, said, said_perhaps,
};
use crate::resources::records::{
    OfferReleased, RequestAnswered, RequestAsked, RequestAskedAbout, RequestClosed,
    RequestHandedOver, RequestHelped, RequestRated,
};
use crate::resources::views::Request;

/// The highest urgency: danger to life.
pub const URGENCY_MAX: u8 = 5;

/// What is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asking {
    /// The fields of the record, as they were typed; the number is not looked at.
    pub asked: RequestAsked,
    /// Where.
    pub area: Option<Id>,
    /// Whether the counterpart is a member now.
    pub counterpart_here: bool,
}

/// Something is asked for.
///
/// # Errors
/// When it does not say what, how much, where and until when; names no counterpart who is here; or
/// hands over before it is wanted.
pub fn ask(id: Id, number: i64, asking: &Asking, today: i64, by: Option<Id>) -> Drafts {
    let asked = &asking.asked;
    item_known(&asked.item)?;
    amount_sound(asked.amount)?;
    let what = said(&asked.what, WHAT_CHARS_MAX, "request-what-empty")?;
    if asking.area.is_none() {
        return Err(Refusal::new("request-where"));
    }
    if !asking.counterpart_here {
        return Err(Refusal::new("request-counterpart"));
    }
    day_sound(asked.wanted_day, today)?;
    day_sound(asked.hand_over_day, today)?;
    if asked.hand_over_day < asked.wanted_day {
        return Err(Refusal::new("request-hand-over"));
    }
    if !(1..=URGENCY_MAX).contains(&asked.urgency) {
        return Err(Refusal::new("list-unknown"));
    }
    let languages = languages_sound(&asked.languages)?;
    let asked = RequestAsked { number, what, languages, ..asked.clone() };
    Ok(vec![Draft::new(id, &asked).area(asking.area).by(by)])
}

/// A request that is there and still open, on which this member may act.
pub(super) fn theirs(id: Id, records: &[Record], actor: &Actor) -> Result<Request, Refusal> {
    let request = open(id, records)?;
    let own = actor.id.is_some() && actor.id == Some(request.counterpart);
    if !(own || acts_for(actor, request.body)) {
        return Err(Refusal::new("request-of-others").status(403));
    }
    Ok(request)
}

/// A request that is there and still open.
pub(super) fn open(id: Id, records: &[Record]) -> Result<Request, Refusal> {
    let request = Request::fold(id, records);
    if request.number <= 0 {
        return Err(Refusal::new("request-unknown").status(404));
    }
    if !request.open {
        return Err(Refusal::new("request-closed").status(409));
    }
    Ok(request)
}

/// It is asked for no more, and why. Parts of offers that were taken for it and have not come are
/// free again.
///
/// # Errors
/// When it is closed already or another's; when goods for it are on the road; when no reason is
/// given.
pub fn close(id: Id, supply: Supply<'_>, reason: &str, actor: &Actor) -> Drafts {
    let request = theirs(id, supply.of_request, actor)?;
    let reason = said(reason, REASON_CHARS_MAX, "resource-reason-empty")?;
    supply.whole()?;
    if supply.on_the_road(id) {
        return Err(Refusal::new("request-on-road").status(409));
    }
    let closed = Draft::new(id, &RequestClosed { reason }).area(request.area).by(actor.id);
    let free = supply.open_parts(id).into_iter().map(|(offer, take)| {
        Draft::new(offer.id, &OfferReleased { take }).area(offer.area).by(actor.id)
    });
    Ok(std::iter::once(closed).chain(free).collect())
}

/// The counterpart does it alone from now on. Said by the counterpart, nobody else.
///
/// # Errors
/// When it is closed, or somebody else says so. The second time says nothing new.
pub fn hand_over(id: Id, records: &[Record], actor: &Actor) -> Drafts {
    let request = open(id, records)?;
    if actor.id != Some(request.counterpart) {
        return Err(Refusal::new("request-not-counterpart").status(403));
    }
    if request.handed_over_ms.is_some() {
        return Ok(Vec::new());
    }
    Ok(vec![Draft::new(id, &RequestHandedOver {}).area(request.area).by(actor.id)])
}

/// The most stars: just what was needed.
pub const STARS_MAX: u8 = 5;

/// Whoever asked says what it was worth. The same twice says nothing new.
///
/// # Errors
/// When nothing was answered yet, somebody else says so, their own body gave it, or the word is not
/// for everybody to read.
pub fn rate(id: Id, supply: Supply<'_>, (stars, word): (u8, &str), actor: &Actor) -> Drafts {
    let request = Request::fold(id, supply.of_request);
    if request.number <= 0 {
        return Err(Refusal::new("request-unknown").status(404));
    }
    let own = [request.asked_by, Some(request.counterpart)];
    let asked = actor.id.is_some() && own.contains(&actor.id);
    let answers = request.body.is_some_and(|body| actor.bodies.contains(&body));
    if !(asked || answers) {
        return Err(Refusal::new("request-rate-others").status(403));
    }
    supply.whole()?;
    if supply.given_by(id, actor) {
        return Err(Refusal::new("request-rate-own").status(403));
    }
    if !(1..=STARS_MAX).contains(&stars) {
        return Err(Refusal::new("request-stars").naming("most", STARS_MAX));
    }
    let received = supply.received(id);
    if received == 0 && request.helped_ms.is_none() {
        return Err(Refusal::new("request-nothing-came").status(409));
    }
    let word = said_perhaps(word, REASON_CHARS_MAX)?;
    let before = request.rated.as_ref().map(|old| (old.stars, &*old.word, old.received, old.by));
    if before == Some((i64::from(stars), &*word, received, actor.id)) {
        return Ok(Vec::new());
    }
    let rated = RequestRated { stars, word, received };
    Ok(vec![Draft::new(id, &rated).area(request.area).by(actor.id)])
}

/// Those who spoke of its need are being asked whether it came.
///
/// # Errors
/// When there is no such request.
pub fn asked_about(id: Id, records: &[Record], task: Id, by: Option<Id>) -> Drafts {
    let request = Request::fold(id, records);
    if request.number <= 0 {
        return Err(Refusal::new("request-unknown").status(404));
    }
    Ok(vec![Draft::new(id, &RequestAskedAbout { task }).area(request.area).by(by)])
}

/// An answer of that moment was useful; only the first ends the clock.
#[must_use]
pub fn helped(id: Id, records: &[Record], given_ms: i64, by: Option<Id>) -> Vec<Draft> {
    let request = Request::fold(id, records);
    if request.number <= 0 || request.helped_ms.is_some_and(|first| first <= given_ms) {
        return Vec::new();
    }
    vec![Draft::new(id, &RequestHelped { given_ms }).area(request.area).by(by)]
}

/// What people say about what was handed out or came; the same twice says nothing new, and of
/// nothing nothing is confirmed.
#[must_use]
pub fn answered(id: Id, records: &[Record], yes: bool, amount: i64) -> Vec<Draft> {
    let request = Request::fold(id, records);
    if request.number <= 0 || amount <= 0 || request.answered == Some((yes, amount)) {
        return Vec::new();
    }
    vec![Draft::new(id, &RequestAnswered { yes, amount }).area(request.area)]
}
