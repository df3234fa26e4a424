//! The rules of an offer: made, vouched for, taken in parts, given. Pure. A part is taken once, an
//! offer whose giver sits on the body that decides is kept away and that is written down, and
//! nothing has come because somebody says it will.

use record::{Draft, Id, Payload, Record, Refusal};

use super::{
    AMOUNT_MAX, Actor, Drafts, REASON_CHARS_MAX, Supply, acts_for, amount_sound, day_sound,
    item_known, languages_sound, requests, said, said_perhaps, supply,
};
use crate::people::CURRENCIES;
use crate::resources::lists::GIVERS;
use crate::resources::records::{
    OfferArranged, OfferClaimed, OfferCommitted, OfferConflicted, OfferExcluded, OfferGiven,
    OfferMade, OfferReleased, OfferSorted, OfferVouched, OfferWithdrawn,
};
use crate::resources::views::{Offer, Request, Take};

/// The highest price of one unit, in minor units.
pub const PRICE_MINOR_MAX: i64 = 1_000_000_000_000;
/// The most that is taken at once of an offer that did not say how much.
pub const CLAIM_OPEN_MAX: i64 = 30;
/// The most parts of one offer.
pub const TAKES_MAX: usize = 200;

/// What is offered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Making {
    /// The fields of the record, as they were typed; the number is not looked at.
    pub made: OfferMade,
    /// Where; none outside the city, or when it was not said.
    pub area: Option<Id>,
}

/// Somebody offers something. The second time says nothing new.
///
/// # Errors
/// When the item, the giver or a language is none of ours; the amount, price or days do not fit.
pub fn made(
    id: Id,
    records: &[Record],
    number: i64,
    making: &Making,
    today: i64,
    by: Option<Id>,
) -> Drafts {
    if Offer::fold(id, records).number > 0 {
        return Ok(Vec::new());
    }
    let made = &making.made;
    item_known(&made.item)?;
    if !GIVERS.contains(&made.giver.as_str()) {
        return Err(Refusal::new("list-unknown"));
    }
    if !(0..=AMOUNT_MAX).contains(&made.amount) {
        return Err(Refusal::new("resource-amount").naming("most", AMOUNT_MAX));
    }
    let currency = price_sound(made.price_minor, &made.currency)?;
    day_sound(made.until_day, today)?;
    if made.from_day > made.until_day {
        return Err(Refusal::new("offer-days"));
    }
    let languages = languages_sound(&made.languages)?;
    let made = OfferMade { number, languages, currency, ..made.clone() };
    Ok(vec![Draft::new(id, &made).area(making.area).by(by)])
}

/// The currency of a price; none of a gift.
fn price_sound(price_minor: i64, currency: &str) -> Result<String, Refusal> {
    let currency = currency.trim();
    let named = currency.len() == 3 && currency.bytes().all(|b| b.is_ascii_uppercase());
    let priced = price_minor > 0;
    if !(0..=PRICE_MINOR_MAX).contains(&price_minor) || (priced && !named) {
        return Err(Refusal::new("offer-price"));
    }
    if priced && !CURRENCIES.contains(&currency) {
        return Err(Refusal::new("offer-currency").naming("currency", currency));
    }
    Ok(if priced { currency.to_owned() } else { String::new() })
}

/// Whether somebody belongs to the body that offers: they gain by what becomes of it.
pub(super) fn gains(offer: &Offer, bodies: &[Id]) -> bool {
    offer.body.is_some_and(|own| bodies.contains(&own))
}

/// The member who wrote an offer down; none of what somebody offered themselves.
fn maker(records: &[Record]) -> Option<Id> {
    records.iter().find(|record| record.kind.as_str() == OfferMade::KIND)?.author
}

fn known(id: Id, records: &[Record]) -> Result<Offer, Refusal> {
    let offer = Offer::fold(id, records);
    if offer.number <= 0 {
        return Err(Refusal::new("offer-unknown").status(404));
    }
    Ok(offer)
}

pub(super) fn open(id: Id, records: &[Record]) -> Result<Offer, Refusal> {
    let offer = known(id, records)?;
    if offer.withdrawn {
        return Err(Refusal::new("offer-gone").status(409));
    }
    Ok(offer)
}

/// An offer of which this member may say more than that they want it: it is their body's, or they
/// coordinate. The node itself may, too.
fn kept(id: Id, records: &[Record], actor: Option<&Actor>) -> Result<Offer, Refusal> {
    let offer = known(id, records)?;
    let theirs = |actor: &Actor| {
        actor.coordinates || offer.body.is_some_and(|body| actor.bodies.contains(&body))
    };
    if !actor.is_none_or(theirs) {
        return Err(Refusal::new("offer-of-others").status(403));
    }
    Ok(offer)
}

/// Somebody who read the words puts right what the offer is.
///
/// # Errors
/// When it is gone, a part of it is taken, or the item or amount is none.
pub fn sort(id: Id, records: &[Record], item: &str, amount: i64, by: Option<Id>) -> Drafts {
    let offer = open(id, records)?;
    if !offer.takes.is_empty() {
        return Err(Refusal::new("offer-taken").status(409));
    }
    item_known(item)?;
    if !(0..=AMOUNT_MAX).contains(&amount) {
        return Err(Refusal::new("resource-amount").naming("most", AMOUNT_MAX));
    }
    if offer.item == item && offer.amount == amount {
        return Ok(Vec::new());
    }
    let sorted = OfferSorted { item: item.to_owned(), amount };
    Ok(vec![Draft::new(id, &sorted).area(offer.area).by(by)])
}

/// A member vouches for it, once; for a body of theirs, or for themselves.
///
/// # Errors
/// When it is gone, is that body's own offer, or the body is not the member's.
pub fn vouch(id: Id, records: &[Record], body: Option<Id>, actor: &Actor) -> Drafts {
    let offer = open(id, records)?;
    let Some(member) = actor.id else { return Err(Refusal::new("sign-in-first").status(401)) };
    let theirs = body.is_none_or(|body| actor.bodies.contains(&body));
    if !theirs || gains(&offer, &actor.bodies) {
        return Err(Refusal::new("offer-vouch-own").status(403));
    }
    if offer.vouches.iter().any(|(by, _)| *by == member) {
        return Ok(Vec::new());
    }
    Ok(vec![Draft::new(id, &OfferVouched { body }).area(offer.area).by(actor.id)])
}

/// Its giver sits on a body that decides.
///
/// # Errors
/// When it is gone, or others' to keep.
pub fn conflict(id: Id, records: &[Record], body: Id, actor: &Actor) -> Drafts {
    open(id, records)?;
    let offer = kept(id, records, Some(actor))?;
    if offer.conflicts.contains(&body) {
        return Ok(Vec::new());
    }
    Ok(vec![Draft::new(id, &OfferConflicted { body }).area(offer.area).by(actor.id)])
}

/// It is agreed beforehand what calls it.
///
/// # Errors
/// When it is gone or others' to keep, says nothing or what is not for everybody to read, or its
/// day does not fit; when somebody else than the body's own member binds it to an amount or price.
pub fn arrange(
    id: Id,
    records: &[Record],
    arranged: &OfferArranged,
    today: i64,
    actor: &Actor,
) -> Drafts {
    open(id, records)?;
    let offer = kept(id, records, Some(actor))?;
    let trigger = said(&arranged.trigger, REASON_CHARS_MAX, "offer-trigger-empty")?;
    day_sound(arranged.until_day, today)?;
    let mut arranged = OfferArranged { trigger, ..arranged.clone() };
    let binds = arranged.amount.is_some() || arranged.price_minor.is_some();
    if binds && !gains(&offer, &actor.bodies) {
        // A yes beforehand is said by the body that gives it; a resident is asked each time.
        return Err(Refusal::new("offer-arrange-others").status(403));
    }
    if let Some(amount) = arranged.amount {
        amount_sound(amount)?;
        let taken: i64 = offer.takes.iter().map(|part| part.amount).sum();
        if amount < taken {
            return Err(Refusal::new("offer-arrange-less").naming("least", taken));
        }
        let price_minor = arranged.price_minor.unwrap_or(0);
        arranged.currency =
            Some(price_sound(price_minor, arranged.currency.as_deref().unwrap_or_default())?);
    }
    Ok(vec![Draft::new(id, &arranged).area(offer.area).by(actor.id)])
}

/// A part that somebody wants for a request.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Claim {
    /// The name the part gets.
    pub take: Id,
    /// The request.
    pub request: Id,
    /// How much; 0 for as much as there is, up to what the request still lacks.
    pub amount: i64,
    /// Whether the person who offers is still there: not forgotten, not withdrawn.
    pub alive: bool,
    /// The bodies of the request's counterpart, who will say whether it came.
    pub counterpart_bodies: Vec<Id>,
}

/// A part of an offer is taken for a request. Says also whether it was kept away instead, because
/// its giver sits on the body that decides.
///
/// # Errors
/// When either is gone or closed, the request is another's, they are not of the same item, not so
/// much is left, or the request does not lack so much.
pub fn claim(
    id: Id,
    (records, supply): (&[Record], Supply<'_>),
    claim: &Claim,
    today: i64,
    actor: &Actor,
) -> Result<(Vec<Draft>, bool), Refusal> {
    let request = requests::theirs(claim.request, supply.of_request, actor)?;
    let offer = open(id, records)?;
    if !claim.alive || offer.until_day < today {
        return Err(Refusal::new("offer-gone").status(409));
    }
    if offer.item != request.item {
        return Err(Refusal::new("offer-other-item").status(409));
    }
    if gains(&offer, &actor.bodies) || (offer.body.is_some() && offer.body == request.body) {
        return Err(Refusal::new("offer-claim-own").status(403));
    }
    if gains(&offer, &claim.counterpart_bodies) {
        return Err(Refusal::new("offer-counterpart-own").status(409));
    }
    if let Some(body) = in_conflict(&offer, &request, actor) {
        let excluded = OfferExcluded { request: claim.request, body };
        return Ok((vec![Draft::new(id, &excluded).area(offer.area).by(actor.id)], true));
    }
    let left = offer.left();
    if left <= 0 || offer.takes.len() >= TAKES_MAX {
        return Err(Refusal::new("offer-taken").status(409).naming("left", left.max(0)));
    }
    let lacks = supply.lacks(&request)?;
    let amount = if claim.amount == 0 { left.min(lacks.max(1)) } else { claim.amount };
    amount_sound(amount)?;
    if amount > left {
        return Err(Refusal::new("offer-taken").status(409).naming("left", left));
    }
    if amount > lacks {
        return Err(Refusal::new("request-lacks-less").status(409).naming("lacks", lacks));
    }
    let claimed = OfferClaimed {
        take: claim.take,
        request: claim.request,
        area: request.area,
        amount,
        from: origin(&offer, &request).to_owned(),
    };
    let mut drafts = vec![Draft::new(id, &claimed).area(offer.area).by(actor.id)];
    if offer.standing {
        // The yes was given beforehand.
        let yes = OfferCommitted { take: claim.take };
        drafts.push(Draft::new(id, &yes).area(offer.area).by(actor.id));
    }
    drafts.extend(supply::supplied(&request, supply.of_request, id, actor.id));
    Ok((drafts, false))
}

/// The body for whose sake an offer is kept away from a request: the one that decides on it, one of
/// whoever would take it, or the one that both asks and offers.
#[must_use]
pub fn in_conflict(offer: &Offer, request: &Request, actor: &Actor) -> Option<Id> {
    let decides = |body: &&Id| request.body == Some(**body) || actor.bodies.contains(body);
    let own = offer.body.filter(|body| request.body == Some(*body));
    own.or_else(|| offer.conflicts.iter().find(decides).copied())
}

/// Where an offer comes from, seen from a request.
#[must_use]
pub fn origin(offer: &Offer, request: &Request) -> &'static str {
    match offer.area {
        None => "outside",
        area if area == request.area => "here",
        Some(_) => "city",
    }
}

/// A part that is there, on which this member may act: for its request, or who took it.
fn theirs(
    id: Id,
    (records, of_request): (&[Record], &[Record]),
    take: Id,
    actor: &Actor,
) -> Result<(Offer, Take), Refusal> {
    let offer = known(id, records)?;
    let part = offer.takes.iter().find(|part| part.take == take).cloned();
    let part = part.ok_or(Refusal::new("offer-part-unknown").status(404))?;
    let request = Request::fold(part.request, of_request);
    let counterpart = actor.id.is_some() && actor.id == Some(request.counterpart);
    let took = actor.id.is_some() && actor.id == part.by;
    if !(counterpart || took || acts_for(actor, request.body)) {
        return Err(Refusal::new("request-of-others").status(403));
    }
    Ok((offer, part))
}

/// The giver said yes to whoever took it. The second time says nothing new.
///
/// # Errors
/// When the offer is gone, the part is free again, or it is another's; when whoever wrote the offer
/// down for a body that is not theirs says its yes, too.
pub fn commit(
    id: Id,
    records: (&[Record], &[Record]),
    take: Id,
    alive: bool,
    actor: &Actor,
) -> Drafts {
    let (offer, part) = theirs(id, records, take, actor)?;
    if !alive || offer.withdrawn {
        return Err(Refusal::new("offer-gone").status(409));
    }
    if part.status != "claimed" {
        return Ok(Vec::new());
    }
    let wrote = actor.id.is_some() && maker(records.0) == actor.id;
    if wrote && offer.body.is_some() && !gains(&offer, &actor.bodies) {
        return Err(Refusal::new("offer-yes-own").status(403));
    }
    Ok(vec![Draft::new(id, &OfferCommitted { take }).area(offer.area).by(actor.id)])
}

/// A part is free again, unless it came already.
///
/// # Errors
/// When it came, or is another's.
pub fn released(id: Id, records: (&[Record], &[Record]), take: Id, actor: &Actor) -> Drafts {
    let (offer, part) = theirs(id, records, take, actor)?;
    if part.status == "given" {
        return Err(Refusal::new("offer-given").status(409));
    }
    Ok(vec![Draft::new(id, &OfferReleased { take }).area(offer.area).by(actor.id)])
}

/// What came of a part.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Given {
    /// Which part.
    pub take: Id,
    /// How much.
    pub amount: i64,
    /// Why not all.
    pub difference: String,
}

/// A part came, says the counterpart of the request; a difference is explained.
///
/// # Errors
/// When somebody else says so, or whoever wrote the offer down, took it or said its yes; it came
/// already, more came than was taken, or a difference is not explained.
pub fn given(
    id: Id,
    records: (&[Record], &[Record]),
    given: &Given,
    (today, now_ms): (i64, i64),
    actor: &Actor,
) -> Result<(Vec<Draft>, Offer, Take), Refusal> {
    let (offer, part) = theirs(id, records, given.take, actor)?;
    let request = Request::fold(part.request, records.1);
    if actor.id != Some(request.counterpart) {
        return Err(Refusal::new("request-not-counterpart").status(403));
    }
    if gains(&offer, &actor.bodies) {
        return Err(Refusal::new("offer-receipt-own").status(403));
    }
    if part.status == "given" {
        return Err(Refusal::new("offer-given").status(409));
    }
    if maker(records.0) == actor.id || [part.by, part.yes_by].contains(&actor.id) {
        return Err(Refusal::new("offer-receipt-taker").status(403));
    }
    let difference = difference(given.amount, part.amount, &given.difference)?;
    let record = OfferGiven { take: given.take, amount: given.amount, difference, day: today };
    let mut drafts = vec![Draft::new(id, &record).area(offer.area).by(actor.id)];
    if given.amount > 0 {
        // The yes to something that then came was the useful answer.
        let yes_ms = part.promised_ms.unwrap_or(now_ms);
        drafts.extend(requests::helped(part.request, records.1, yes_ms, actor.id));
    }
    Ok((drafts, offer, part))
}

/// Why less came than was sent; nothing when all came.
///
/// # Errors
/// When more came than was sent, or less and nobody says why.
pub(super) fn difference(came: i64, sent: i64, raw: &str) -> Result<String, Refusal> {
    if !(0..=sent).contains(&came) {
        return Err(Refusal::new("resource-more").naming("most", sent));
    }
    if came == sent {
        return said_perhaps(raw, REASON_CHARS_MAX);
    }
    said(raw, REASON_CHARS_MAX, "resource-difference")
}

/// It is offered no more, says who keeps it or the node itself. The second time says nothing new.
///
/// # Errors
/// When it is unknown, or others' to keep.
pub fn withdraw(id: Id, records: &[Record], actor: Option<&Actor>) -> Drafts {
    let offer = kept(id, records, actor)?;
    if offer.withdrawn {
        return Ok(Vec::new());
    }
    let by = actor.and_then(|actor| actor.id);
    Ok(vec![Draft::new(id, &OfferWithdrawn {}).area(offer.area).by(by)])
}
