//! What is done with goods: taken into stock, sent on a waybill, received, handed out and asked
//! about. What leaves one place and what comes to another is one act each, on both at once.

use record::{Id, Refusal};
use store::{Change, Decision};

use super::{body_known, numbered, on, requests};
use crate::actions::today;
use crate::door::{House, Trouble};
use crate::resources::queries;
use crate::resources::records::{LotAsked, LotHandedOut, LotStocked};
use crate::resources::rules::{self, Actor, Stocking, Wayward};
use crate::resources::views::{Request, Waybill};
use crate::{needs, people};

/// Goods are taken into stock. Returns which lot they are.
///
/// # Errors
/// As the rule refuses.
pub async fn stock(
    house: &House,
    stocked: LotStocked,
    area: Option<Id>,
    by: Option<Id>,
) -> Result<Id, Trouble> {
    let (id, day) = (Id::fresh(house.now_ms()), today(house));
    let stocking = Stocking { stocked, area };
    numbered(house, ("lot-number", "lot"), id, |number| {
        let stocking = stocking.clone();
        Change::on(vec![id], move |known| {
            let drafts = rules::stock(id, known.of(id), number, &stocking, day, by)?;
            Ok(Decision { drafts, ..Decision::default() })
        })
    })
    .await?;
    Ok(id)
}

/// Goods leave on a waybill. Of two who send the last of them at once, one does and the other is
/// told. Returns which waybill it is.
///
/// # Errors
/// As the rule refuses; the carrier or request is unknown.
pub async fn send(house: &House, wayward: Wayward, by: Option<Id>) -> Result<Id, Trouble> {
    body_known(house, wayward.carrier).await?;
    let mut wayward = wayward;
    if let Some(request) = wayward.request {
        let request = known_request(house, request).await?;
        wayward.to = wayward.to.or(request.area);
    }
    let (id, day) = (Id::fresh(house.now_ms()), today(house));
    numbered(house, ("waybill-number", "waybill"), id, |number| {
        let wayward = wayward.clone();
        let entities = [vec![wayward.lot], wayward.request.into_iter().collect()].concat();
        Change::on(entities, move |known| {
            let of_request = wayward.request.map_or(&[][..], |request| known.of(request));
            let records = (known.of(wayward.lot), of_request);
            let drafts = rules::send(id, records, number, &wayward, day, by)?;
            Ok(Decision { drafts, ..Decision::default() })
        })
    })
    .await?;
    Ok(id)
}

async fn known_request(house: &House, id: Id) -> Result<Request, Trouble> {
    let request = queries::request(house, id).await?;
    Ok(request.ok_or(Refusal::new("request-unknown").status(404))?)
}

/// Goods came; they lie in a lot of their own there. The second sending of a form says so.
///
/// # Errors
/// As the rule refuses.
pub async fn receive(
    house: &House,
    id: Id,
    amount: i64,
    difference: String,
    by: Option<Id>,
) -> Result<(), Trouble> {
    needs::fit_in_house(house, &difference).await.or_else(unless_empty(&difference))?;
    let (lot, day) = (Id::named("lot of a waybill", &id.to_string()), today(house));
    let request = queries::waybill(house, id).await?.and_then(|waybill| waybill.request);
    let bodies = match by {
        Some(by) => people::bodies_of(house, by).await?,
        None => Vec::new(),
    };
    numbered(house, ("lot-number", "lot"), lot, |number| {
        let (difference, bodies) = (difference.clone(), bodies.clone());
        let entities = [vec![id, lot], request.into_iter().collect()].concat();
        Change::on(entities, move |known| {
            let came = (amount, difference.as_str());
            let of_request = request.map_or(&[][..], |request| known.of(request));
            let records = (known.of(id), of_request);
            let drafts = rules::receive(id, records, (lot, number), came, day, (by, &bodies))?;
            Ok(Decision { drafts, ..Decision::default() })
        })
    })
    .await
}

/// Words that are not there name nobody.
fn unless_empty(words: &str) -> impl Fn(Trouble) -> Result<(), Trouble> {
    let empty = words.trim().is_empty();
    move |trouble| if empty { Ok(()) } else { Err(trouble) }
}

/// They were not sent after all.
///
/// # Errors
/// As the rule refuses.
pub async fn cancel(
    house: &House,
    waybill: &Waybill,
    reason: String,
    by: Option<Id>,
) -> Result<(), Trouble> {
    needs::fit_in_house(house, &reason).await?;
    let (id, lot) = (waybill.id, waybill.lot);
    on(house, vec![id, lot], move |known| {
        rules::cancel(id, (known.of(id), known.of(lot)), &reason, by)
    })
    .await
}

/// Goods are handed out; when that is for a need, everybody who spoke of it is asked whether it
/// arrived. Returns whether anybody is asked.
///
/// # Errors
/// As the rule refuses.
pub async fn hand_out(
    house: &House,
    lot: Id,
    (amount, request): (i64, Option<Id>),
    what: String,
    actor: Actor,
) -> Result<bool, Trouble> {
    let asked_for = match request {
        Some(request) => Some(known_request(house, request).await?),
        None => None,
    };
    let of = queries::lot(house, lot).await?.ok_or(Refusal::new("stock-unknown").status(404))?;
    if asked_for.as_ref().is_some_and(|request| request.item != of.item) {
        return Err(Refusal::new("offer-other-item").status(409).into());
    }
    let hand = Id::fresh(house.now_ms());
    let (day, by) = (today(house), actor.id);
    let handed = LotHandedOut { hand, request, amount };
    on(house, vec![lot], move |known| rules::hand_out(lot, known.of(lot), &handed, day, by))
        .await?;
    match asked_for.filter(|request| request.need.is_some()) {
        Some(request) => ask(house, lot, hand, &request, what, actor).await,
        None => Ok(false),
    }
}

/// Everybody who spoke of the need is asked about a handing out, by a task that says what arrived.
///
/// # Errors
/// As the room of tasks refuses: the handing out stands, and can be asked about later.
pub async fn ask(
    house: &House,
    lot: Id,
    hand: Id,
    request: &Request,
    what: String,
    actor: Actor,
) -> Result<bool, Trouble> {
    let by = actor.id;
    let (task, asks) = requests::arrived(house, request, what, actor).await?;
    let asked = LotAsked { hand, task };
    on(house, vec![lot], move |known| rules::asked(lot, known.of(lot), asked, by)).await?;
    Ok(asks)
}

/// Some of a lot is gone, and how.
///
/// # Errors
/// As the rule refuses.
pub async fn lose(
    house: &House,
    id: Id,
    amount: i64,
    reason: String,
    by: Option<Id>,
) -> Result<(), Trouble> {
    needs::fit_in_house(house, &reason).await?;
    on(house, vec![id], move |known| rules::lose(id, known.of(id), amount, &reason, by)).await
}
