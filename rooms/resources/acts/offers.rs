//! What is done with offers: made on a page or by SMS, vouched for, taken, given, gone. Whoever
//! offered is told under the code of their voice. It never shows a number or a name to anybody.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use page::Tongue;
use record::{Id, Refusal};
use store::{Change, Decision, Known};

use super::{body_known, numbered, on, requests, supplying, with_supply};
use crate::actions::acts::short;
use crate::actions::today;
use crate::door::{House, Trouble};
use crate::resources::queries;
use crate::resources::records::{LotStocked, OfferArranged, OfferMade};
use crate::resources::rules::{self, Actor, Claim, Given, Making, Stocking};
use crate::resources::views::{Offer, Request, Take};
use crate::resources::{lists, parts};
use crate::voices::rules::lang_for;
use crate::voices::{Code, Inbound, Voice, VoiceAnswered, acts as voices, hear, queries as said};
use crate::{needs, people};

/// For how long an offer by SMS holds, in days: nobody is asked for ever.
pub const SMS_OFFER_DAYS: i64 = 90;

/// An offer is made at the desk, for a body or from words that came as a voice. Twice of one voice
/// is no fault. Returns which offer it is.
///
/// # Errors
/// As the rule refuses; a body is unknown; the voice is gone or held.
pub async fn make(
    house: &House,
    made: OfferMade,
    area: Option<Id>,
    by: Option<Id>,
) -> Result<Id, Trouble> {
    let fresh = Id::fresh(house.now_ms());
    make_as(house, own_id(&made).unwrap_or(fresh), made, area, by).await
}

/// The same from a form that carries a one-time id: sent twice, it makes one offer.
///
/// # Errors
/// As for [`make`].
pub async fn make_once(
    house: &House,
    form: &str,
    made: OfferMade,
    area: Option<Id>,
    by: Option<Id>,
) -> Result<Id, Trouble> {
    let of_form = Id::named("offer of a form", form);
    make_as(house, own_id(&made).unwrap_or(of_form), made, area, by).await
}

/// The offer of a voice is that voice's only one.
fn own_id(made: &OfferMade) -> Option<Id> {
    made.voice.map(|voice| Id::named("offer of a voice", &voice.to_string()))
}

async fn make_as(
    house: &House,
    id: Id,
    made: OfferMade,
    area: Option<Id>,
    by: Option<Id>,
) -> Result<Id, Trouble> {
    body_known(house, made.body).await?;
    body_known(house, made.conflict).await?;
    let (day, voice) = (today(house), made.voice);
    let making = Making { made, area };
    numbered(house, ("offer-number", "offer"), id, |number| {
        let making = making.clone();
        Change::on([vec![id], voice.into_iter().collect()].concat(), move |known| {
            if voice.is_some_and(|voice| !is_there(known, voice)) {
                return Err(Refusal::new("offer-gone").status(409));
            }
            let drafts = rules::made(id, known.of(id), number, &making, day, by)?;
            Ok(Decision { drafts, ..Decision::default() })
        })
    })
    .await?;
    Ok(id)
}

/// Whether the person behind a voice is still there, and may be asked.
pub(crate) fn is_there(known: &Known, voice: Id) -> bool {
    let voice = Voice::fold(voice, known.of(voice));
    !(voice.code.is_empty() || voice.erased || voice.held || voice.status == "withdrawn")
}

/// Somebody offers on the page: heard as a voice, which keeps words and contact sealed, and listed.
/// Words that a focal point must see first are heard and not listed. Returns the code.
///
/// # Errors
/// As the hearing or the rule refuses. The rule is asked first: nothing is heard of what cannot be
/// listed.
pub async fn hear_offer(
    house: &House,
    inbound: Inbound,
    made: OfferMade,
) -> Result<String, Trouble> {
    let making = Making { made: made.clone(), area: inbound.area };
    rules::made(Id::NONE, &[], 1, &making, today(house), None)?;
    body_known(house, made.conflict).await?;
    let heard = hear(house, inbound).await?;
    if let Some(voice) = voice_of(house, &heard.code).await? {
        let listed = OfferMade { voice: Some(voice.id), ..made };
        if !voice.held {
            make(house, listed, voice.area, None).await?;
        }
    }
    Ok(heard.code)
}

async fn voice_of(house: &House, code: &str) -> Result<Option<Voice>, Trouble> {
    let Ok(code) = code.parse::<Code>() else { return Ok(None) };
    Ok(said::by_code(house, &code).await?)
}

/// `OFFER mason 20 yrs Bèlè` was heard: what its words name is listed. What no word names waits
/// until somebody at the desk lists it.
///
/// # Errors
/// When the store fails; it is heard all the same.
pub async fn by_sms(house: House, voice: Id) -> Result<(), Trouble> {
    let Some(voice) = said::voice(&house, voice).await?.filter(|voice| !voice.held) else {
        return Ok(());
    };
    let words = said::words(&house, voice.id).await?.map(|words| words.words);
    let Some(read) = rules::reading::offer(&words.unwrap_or_default()) else { return Ok(()) };
    let day = today(&house);
    let lang = page::Lang::from_code(&voice.language);
    let made = OfferMade {
        item: read.item.to_owned(),
        amount: read.amount,
        from_day: day,
        until_day: day + SMS_OFFER_DAYS,
        languages: lang.map(|lang| lang.code().to_owned()).into_iter().collect(),
        giver: "resident".to_owned(),
        voice: Some(voice.id),
        ..OfferMade::default()
    };
    make(&house, made, voice.area, None).await.map(|_| ())
}

/// Somebody who read the words puts right what an offer is.
///
/// # Errors
/// As the rule refuses.
pub async fn sort(
    house: &House,
    id: Id,
    item: String,
    amount: i64,
    by: Option<Id>,
) -> Result<(), Trouble> {
    on(house, vec![id], move |known| rules::sort(id, known.of(id), &item, amount, by)).await
}

/// A member vouches for an offer.
///
/// # Errors
/// As the rule refuses.
pub async fn vouch(house: &House, id: Id, body: Option<Id>, actor: Actor) -> Result<(), Trouble> {
    on(house, vec![id], move |known| rules::vouch(id, known.of(id), body, &actor)).await
}

/// The giver sits on a body that decides.
///
/// # Errors
/// As the rule refuses; the body is unknown.
pub async fn conflict(house: &House, id: Id, body: Id, actor: Actor) -> Result<(), Trouble> {
    body_known(house, Some(body)).await?;
    on(house, vec![id], move |known| rules::conflict(id, known.of(id), body, &actor)).await
}

/// It is agreed beforehand what calls an offer.
///
/// # Errors
/// As the rule refuses.
pub async fn arrange(
    house: &House,
    id: Id,
    arranged: OfferArranged,
    actor: Actor,
) -> Result<(), Trouble> {
    needs::fit_in_house(house, &arranged.trigger).await?;
    let day = today(house);
    on(house, vec![id], move |known| rules::arrange(id, known.of(id), &arranged, day, &actor)).await
}

/// It is offered no more.
///
/// # Errors
/// As the rule refuses.
pub async fn withdraw(house: &House, id: Id, actor: Option<Actor>) -> Result<(), Trouble> {
    on(house, vec![id], move |known| rules::withdraw(id, known.of(id), actor.as_ref())).await
}

async fn both(house: &House, id: Id, request: Id) -> Result<(Offer, Request), Trouble> {
    let offer = queries::offer(house, id).await?;
    let request = queries::request(house, request).await?;
    let offer = offer.ok_or(Refusal::new("offer-unknown").status(404))?;
    Ok((offer, request.ok_or(Refusal::new("request-unknown").status(404))?))
}

/// A part of an offer is taken for a request, in one tap, and the giver is asked, under their code,
/// whether they can. Of two who take the same at once, one has it and the other is told.
///
/// # Errors
/// As the rule refuses; when the giver sits on the body that decides, which is written down.
pub async fn claim(
    house: &House,
    id: Id,
    request: Id,
    amount: i64,
    actor: Actor,
) -> Result<Id, Trouble> {
    let (offer, asked) = both(house, id, request).await?;
    let counterpart_bodies = people::bodies_of(house, asked.counterpart).await?;
    let take = Id::fresh(house.now_ms());
    let (day, voice, actor_id) = (today(house), offer.voice, actor.id);
    let excluded = Arc::new(AtomicBool::new(false));
    with_supply(house, request, |sources| {
        let (told, actor, bodies) = (excluded.clone(), actor.clone(), counterpart_bodies.clone());
        let entities = [vec![id, request], voice.into_iter().collect(), sources.clone()].concat();
        on(house, entities, move |known| {
            let alive = voice.is_none_or(|voice| is_there(known, voice));
            let counterpart_bodies = bodies.clone();
            let wanted = Claim { take, request, amount, alive, counterpart_bodies };
            supplying(known, request, &sources, |supply| {
                let records = (known.of(id), supply);
                let (drafts, kept_away) = rules::claim(id, records, &wanted, day, &actor)?;
                told.store(kept_away, Ordering::SeqCst);
                Ok(drafts)
            })
        })
    })
    .await?;
    if excluded.load(Ordering::SeqCst) {
        return Err(Refusal::new("offer-conflict").status(409).into());
    }
    let telling = if offer.standing { Telling::Taken } else { Telling::Asked };
    tell(house, &offer, &asked, telling, actor_id).await?;
    Ok(take)
}

/// The part of an offer with this name, and the request it is for.
async fn part(house: &House, id: Id, take: Id) -> Result<(Offer, Take, Request), Trouble> {
    let offer = queries::offer(house, id).await?;
    let offer = offer.ok_or(Refusal::new("offer-unknown").status(404))?;
    let part = offer.takes.iter().find(|part| part.take == take).cloned();
    let part = part.ok_or(Refusal::new("offer-part-unknown").status(404))?;
    let (offer, request) = both(house, id, part.request).await?;
    Ok((offer, part, request))
}

/// The giver said yes: it will come. They are told, under their code, for what and until when.
///
/// # Errors
/// As the rule refuses.
pub async fn commit(house: &House, id: Id, take: Id, actor: Actor) -> Result<(), Trouble> {
    let (offer, before, request) = part(house, id, take).await?;
    let (of, voice) = (request.id, offer.voice);
    let entities = [vec![id, of], voice.into_iter().collect()].concat();
    let by = actor.id;
    on(house, entities, move |known| {
        let alive = voice.is_none_or(|voice| is_there(known, voice));
        rules::commit(id, (known.of(id), known.of(of)), take, alive, &actor)
    })
    .await?;
    if before.status == "claimed" {
        tell(house, &offer, &request, Telling::Taken, by).await?;
    }
    Ok(())
}

/// A part is free again. Whoever had been asked is told that it is not needed.
///
/// # Errors
/// As the rule refuses.
pub async fn release(house: &House, id: Id, take: Id, actor: Actor) -> Result<(), Trouble> {
    let (offer, _, request) = part(house, id, take).await?;
    let (of, by) = (request.id, actor.id);
    on(house, vec![id, of], move |known| {
        rules::released(id, (known.of(id), known.of(of)), take, &actor)
    })
    .await?;
    tell(house, &offer, &request, Telling::Released, by).await
}

/// A part came, says the counterpart. Goods lie in a lot of the request's area from now on; of
/// anything else, those who spoke of the need are asked once all of it came.
///
/// # Errors
/// As the rule refuses.
pub async fn given(house: &House, id: Id, given: Given, actor: Actor) -> Result<(), Trouble> {
    let (offer, _, request) = part(house, id, given.take).await?;
    let (of, day, by, doer) = (request.id, today(house), actor.id, actor.clone());
    let goods = lists::is_goods(&offer.item);
    let lot = Id::named("lot of an offer", &given.take.to_string());
    if !goods || given.amount == 0 {
        let rule = move |known: &Known| {
            let records = (known.of(id), known.of(of));
            Ok(rules::given(id, records, &given, (day, known.now_ms), &actor)?.0)
        };
        on(house, vec![id, of], rule).await?;
        return requests::all_came(house, of, doer).await;
    }
    numbered(house, ("lot-number", "lot"), lot, |number| {
        let (given, actor) = (given.clone(), actor.clone());
        Change::on(vec![id, of, lot], move |known| {
            let records = (known.of(id), known.of(of));
            let when = (day, known.now_ms);
            let (mut drafts, offer, part) = rules::given(id, records, &given, when, &actor)?;
            let stocked = LotStocked {
                item: offer.item.clone(),
                amount: given.amount,
                source: "offer".to_owned(),
                by: Some(id),
                request: Some(part.request),
                ..LotStocked::default()
            };
            let stocking = Stocking { stocked, area: part.area };
            drafts.extend(rules::stock(lot, known.of(lot), number, &stocking, day, by)?);
            Ok(Decision { drafts, ..Decision::default() })
        })
    })
    .await
}

/// Whoever had been asked for these parts is told that they are not needed.
///
/// # Errors
/// When the store fails.
pub(super) async fn tell_released(
    house: &House,
    offers: &[Offer],
    request: &Request,
    by: Option<Id>,
) -> Result<(), Trouble> {
    for offer in offers {
        tell(house, offer, request, Telling::Released, by).await?;
    }
    Ok(())
}

#[derive(Clone, Copy)]
enum Telling {
    Asked,
    Taken,
    Released,
}

/// Tells whoever offered, in their language and under their code. A body at the desk sees it there.
async fn tell(
    house: &House,
    offer: &Offer,
    request: &Request,
    telling: Telling,
    by: Option<Id>,
) -> Result<(), Trouble> {
    let Some(voice) = offer.voice else { return Ok(()) };
    let there = |voice: &Voice| !(voice.erased || voice.held || voice.status == "withdrawn");
    let Some(voice) = said::voice(house, voice).await?.filter(there) else { return Ok(()) };
    let city = house.city();
    let t = Tongue::new(lang_for(&city, &voice.language), house.texts());
    let bodies = people::bodies(house).await?;
    let body = bodies.iter().find(|body| Some(body.id) == request.body).map(|b| b.name.clone());
    let who = body.unwrap_or_else(|| city.name.clone());
    let day = request.wanted_day.max(today(house));
    let args = [
        ("request", parts::request_number(request).into()),
        ("area", short(&parts::area_name(house, t, request.area)).into()),
        ("who", short(&who).into()),
        ("day", parts::day(t, day).into()),
    ];
    let (key, outcome, due_day) = match telling {
        Telling::Asked => ("resources-told-asked", "asked_back", None),
        Telling::Taken => ("resources-told-taken", "in_progress", Some(day)),
        Telling::Released => ("resources-told-released", "declined_with_reason", None),
    };
    let answered = VoiceAnswered { outcome: outcome.to_owned(), body: None, due_day };
    voices::answer(house, &voice, answered, t.with(key, &args), by).await
}

/// Takes from the list the offers of people who were forgotten or took their voice back. Returns
/// how many.
///
/// # Errors
/// When the store fails; the rest is looked at in the next round.
pub async fn let_go(house: &House) -> Result<usize, Trouble> {
    let (mut after, mut gone) = (Id::NONE, 0);
    loop {
        let some = queries::offers_with_voice(house, after).await?;
        let Some(last) = some.last() else { return Ok(gone) };
        after = last.id;
        let ids: Vec<Id> = some.iter().filter_map(|offer| offer.voice).collect();
        let voices = said::grouping::by_ids(house, &ids).await?;
        let left = |voice: &Voice| voice.erased || voice.status == "withdrawn";
        for offer in &some {
            let voice = voices.iter().find(|voice| Some(voice.id) == offer.voice);
            // One whose records have not come here yet is no reason to let an offer go.
            if voice.is_some_and(left) {
                withdraw(house, offer.id, None).await?;
                gone += 1;
            }
        }
    }
}
