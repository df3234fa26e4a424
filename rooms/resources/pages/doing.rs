//! What is done from the desk's pages of this room. Handlers extract, act and redirect; they judge
//! nothing.

use axum::extract::{Path, State};
use record::{Id, Refusal};
use serde::Deserialize;

use super::parts::{day_sent, id_of, id_perhaps, languages_sent, whole, whole_perhaps};
use crate::actions::today;
use crate::door::{House, Moved, Sent, Trouble, Visitor};
use crate::resources::acts;
use crate::resources::queries;
use crate::resources::records::{LotStocked, OfferArranged, OfferMade, RequestAsked};
use crate::resources::rules::{Actor, Given, Wayward};
use crate::voices::desk_parts::area_sent;
use crate::{needs, people};

/// The fields of a form, as they came.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(transparent)]
pub struct Fields(Vec<(String, String)>);

/// The field of a form's one-time id.
pub(super) const ONCE: &str = "once";

impl Fields {
    /// What was typed; empty when nothing was. A page with several forms calls a field `name.form`,
    /// since a name is an id in the page.
    pub fn get(&self, name: &str) -> &str {
        let named = |field: &str| field.split('.').next() == Some(name);
        let found = self.0.iter().find(|(field, _)| named(field));
        found.map_or("", |(_, value)| value.trim())
    }

    /// All of them.
    pub fn all(&self) -> &[(String, String)] {
        &self.0
    }
}

fn moved(visitor: &Visitor, path: &str, done: &str) -> Moved {
    Moved(visitor.link(&format!("{path}?done={done}")))
}

/// The need that was typed by its number: `N-88`, or 88; none when nothing was typed.
async fn need_typed(house: &House, typed: &str) -> Result<Option<Id>, Trouble> {
    if typed.is_empty() {
        return Ok(None);
    }
    let number: i64 = typed.trim_start_matches(['N', 'n', '-', ' ']).parse().unwrap_or(0);
    let need = if number > 0 { needs::by_number(house, number).await? } else { None };
    Ok(Some(need.ok_or(Refusal::new("request-need-unknown").status(404))?.id))
}

/// The request that was typed by its number: `R-3`, or 3; none when nothing was typed.
async fn request_typed(house: &House, typed: &str) -> Result<Option<Id>, Trouble> {
    if typed.is_empty() {
        return Ok(None);
    }
    let number: i64 = typed.trim_start_matches(['R', 'r', '-', ' ']).parse().unwrap_or(0);
    let found = if number > 0 { queries::request_by_number(house, number).await? } else { None };
    Ok(Some(found.ok_or(Refusal::new("request-unknown").status(404))?.id))
}

/// Something is asked for.
pub async fn ask(
    State(house): State<House>,
    visitor: Visitor,
    Sent(sent): Sent<Fields>,
) -> Result<Moved, Trouble> {
    let asked = RequestAsked {
        number: 0,
        item: sent.get("item").to_owned(),
        what: sent.get("what").to_owned(),
        amount: whole(sent.get("amount"))?,
        need: need_typed(&house, sent.get("need")).await?,
        body: id_perhaps(sent.get("body"))?,
        counterpart: sent.get("counterpart").parse().unwrap_or(Id::NONE),
        wanted_day: day_sent(sent.get("wanted"))?,
        hand_over_day: day_sent(sent.get("hand_over"))?,
        languages: languages_sent(sent.all()),
        remote: sent.get("remote") == "yes",
        urgency: sent.get("urgency").parse().unwrap_or(0),
    };
    let area = area_sent(&house, sent.get("area"))?;
    let id = acts::requests::ask(&house, asked, area, visitor.author()).await?;
    Ok(moved(&visitor, &format!("/desk/requests/{id}"), "asked"))
}

/// It is asked for no more.
pub async fn close(
    State(house): State<House>,
    visitor: Visitor,
    Path(id): Path<String>,
    Sent(sent): Sent<Fields>,
) -> Result<Moved, Trouble> {
    let reason = sent.get("reason").to_owned();
    acts::requests::close(&house, id_of(&id)?, reason, Actor::of(&visitor)).await?;
    Ok(moved(&visitor, &format!("/desk/requests/{id}"), "closed"))
}

/// The counterpart does it alone.
pub async fn hand_over(
    State(house): State<House>,
    visitor: Visitor,
    Path(id): Path<String>,
    Sent(_): Sent<Fields>,
) -> Result<Moved, Trouble> {
    acts::requests::hand_over(&house, id_of(&id)?, Actor::of(&visitor)).await?;
    Ok(moved(&visitor, &format!("/desk/requests/{id}"), "handed-over"))
}

/// Whoever asked says what it was worth.
pub async fn rate(
    State(house): State<House>,
    visitor: Visitor,
    Path(id): Path<String>,
    Sent(sent): Sent<Fields>,
) -> Result<Moved, Trouble> {
    let (stars, word) = (sent.get("stars").parse().unwrap_or(0), sent.get("word").to_owned());
    acts::requests::rate(&house, id_of(&id)?, stars, word, Actor::of(&visitor)).await?;
    Ok(moved(&visitor, &format!("/desk/requests/{id}"), "rated"))
}

/// People are asked whether what was promised for a request came.
pub async fn ask_about(
    State(house): State<House>,
    visitor: Visitor,
    Path(id): Path<String>,
    Sent(_): Sent<Fields>,
) -> Result<Moved, Trouble> {
    let request = queries::request(&house, id_of(&id)?).await?.ok_or(Trouble::NotFound)?;
    acts::requests::ask_people(&house, &request, Actor::of(&visitor)).await?;
    Ok(moved(&visitor, &format!("/desk/requests/{id}"), "asked-about"))
}

/// The price of one unit, in minor units, and its currency.
///
/// # Errors
/// When it is no whole amount of a currency.
pub fn price_sent(sent: &Fields) -> Result<(i64, String), Refusal> {
    let currency = sent.get("currency").to_uppercase();
    match sent.get("price") {
        "" | "0" => Ok((0, String::new())),
        typed => {
            let minor = people::minor_of(typed, &currency);
            Ok((minor.map_err(|_| Refusal::new("offer-price"))?, currency))
        }
    }
}

/// What a form that is sent twice has in common with itself and with no other: the one-time id that
/// it was given, with all that was typed, so that whoever goes back and changes something sends
/// another one. None for a form without such an id.
pub(super) fn once(sent: &Fields) -> Option<String> {
    let typed = sent.all().iter().map(|(name, value)| format!("{name}={value}\n"));
    Some(sent.get(ONCE)).filter(|id| !id.is_empty()).map(|_| typed.collect())
}

/// An offer is made at the desk, for a body, or for a voice that nobody listed.
pub async fn offer(
    State(house): State<House>,
    visitor: Visitor,
    Sent(sent): Sent<Fields>,
) -> Result<Moved, Trouble> {
    let (price_minor, currency) = price_sent(&sent)?;
    let made = OfferMade {
        number: 0,
        item: sent.get("item").to_owned(),
        amount: whole_perhaps(sent.get("amount"))?,
        price_minor,
        currency,
        from_day: day_sent(sent.get("from"))?,
        until_day: day_sent(sent.get("until"))?,
        languages: languages_sent(sent.all()),
        remote: sent.get("remote") == "yes",
        giver: sent.get("giver").to_owned(),
        body: id_perhaps(sent.get("body"))?,
        voice: id_perhaps(sent.get("voice"))?,
        conflict: id_perhaps(sent.get("conflict"))?,
    };
    if made.body.is_none() && made.voice.is_none() {
        return Err(Refusal::new("offer-whose").into());
    }
    let area = area_sent(&house, sent.get("area"))?;
    let by = visitor.author();
    let id = match once(&sent) {
        Some(form) => acts::offers::make_once(&house, &form, made, area, by).await?,
        None => acts::offers::make(&house, made, area, by).await?,
    };
    Ok(moved(&visitor, &format!("/desk/offers/{id}"), "offered"))
}

/// What it is, put right by somebody who read the words.
pub async fn sort(
    State(house): State<House>,
    visitor: Visitor,
    Path(id): Path<String>,
    Sent(sent): Sent<Fields>,
) -> Result<Moved, Trouble> {
    let amount = whole_perhaps(sent.get("amount"))?;
    let item = sent.get("item").to_owned();
    acts::offers::sort(&house, id_of(&id)?, item, amount, visitor.author()).await?;
    Ok(moved(&visitor, &format!("/desk/offers/{id}"), "sorted"))
}

/// A member vouches.
pub async fn vouch(
    State(house): State<House>,
    visitor: Visitor,
    Path(id): Path<String>,
    Sent(sent): Sent<Fields>,
) -> Result<Moved, Trouble> {
    let body = match id_perhaps(sent.get("body"))? {
        Some(body) => Some(body),
        // A member of a body speaks for it, unless they say for which.
        None => visitor.member().and_then(|member| member.bodies.first().copied()),
    };
    acts::offers::vouch(&house, id_of(&id)?, body, Actor::of(&visitor)).await?;
    Ok(moved(&visitor, &format!("/desk/offers/{id}"), "vouched"))
}

/// Its giver sits on a body that decides.
pub async fn conflict(
    State(house): State<House>,
    visitor: Visitor,
    Path(id): Path<String>,
    Sent(sent): Sent<Fields>,
) -> Result<Moved, Trouble> {
    let body = id_perhaps(sent.get("body"))?.ok_or(Refusal::new("resource-body-unknown"))?;
    acts::offers::conflict(&house, id_of(&id)?, body, Actor::of(&visitor)).await?;
    Ok(moved(&visitor, &format!("/desk/offers/{id}"), "conflict"))
}

/// What calls it was agreed.
pub async fn arrange(
    State(house): State<House>,
    visitor: Visitor,
    Path(id): Path<String>,
    Sent(sent): Sent<Fields>,
) -> Result<Moved, Trouble> {
    let (price_minor, currency) = price_sent(&sent)?;
    let arranged = OfferArranged {
        trigger: sent.get("trigger").to_owned(),
        until_day: day_sent(sent.get("until"))?,
        amount: Some(whole(sent.get("amount"))?),
        price_minor: Some(price_minor),
        currency: Some(currency),
        place: area_sent(&house, sent.get("area"))?,
    };
    acts::offers::arrange(&house, id_of(&id)?, arranged, Actor::of(&visitor)).await?;
    Ok(moved(&visitor, &format!("/desk/offers/{id}"), "arranged"))
}

/// It is offered no more.
pub async fn withdraw(
    State(house): State<House>,
    visitor: Visitor,
    Path(id): Path<String>,
    Sent(_): Sent<Fields>,
) -> Result<Moved, Trouble> {
    acts::offers::withdraw(&house, id_of(&id)?, Some(Actor::of(&visitor))).await?;
    Ok(moved(&visitor, &format!("/desk/offers/{id}"), "withdrawn"))
}

/// A part is taken for a request, in one tap.
pub async fn claim(
    State(house): State<House>,
    visitor: Visitor,
    Path(id): Path<String>,
    Sent(sent): Sent<Fields>,
) -> Result<Moved, Trouble> {
    let request = match id_perhaps(sent.get("request"))? {
        Some(request) => request,
        None => request_typed(&house, sent.get("number"))
            .await?
            .ok_or(Refusal::new("request-unknown").status(404))?,
    };
    let amount = whole_perhaps(sent.get("amount"))?;
    acts::offers::claim(&house, id_of(&id)?, request, amount, Actor::of(&visitor)).await?;
    Ok(moved(&visitor, &format!("/desk/requests/{request}"), "claimed"))
}

/// The way back to the request that a part is for.
fn to_request(visitor: &Visitor, sent: &Fields, done: &str) -> Moved {
    match sent.get("request").parse::<Id>() {
        Ok(request) => moved(visitor, &format!("/desk/requests/{request}"), done),
        Err(_) => moved(visitor, "/desk/requests", done),
    }
}

/// The giver said yes.
pub async fn commit(
    State(house): State<House>,
    visitor: Visitor,
    Path(id): Path<String>,
    Sent(sent): Sent<Fields>,
) -> Result<Moved, Trouble> {
    let take = id_of(sent.get("take"))?;
    acts::offers::commit(&house, id_of(&id)?, take, Actor::of(&visitor)).await?;
    Ok(to_request(&visitor, &sent, "committed"))
}

/// A part is free again.
pub async fn release(
    State(house): State<House>,
    visitor: Visitor,
    Path(id): Path<String>,
    Sent(sent): Sent<Fields>,
) -> Result<Moved, Trouble> {
    let take = id_of(sent.get("take"))?;
    acts::offers::release(&house, id_of(&id)?, take, Actor::of(&visitor)).await?;
    Ok(to_request(&visitor, &sent, "released"))
}

/// A part came.
pub async fn given(
    State(house): State<House>,
    visitor: Visitor,
    Path(id): Path<String>,
    Sent(sent): Sent<Fields>,
) -> Result<Moved, Trouble> {
    let given = Given {
        take: id_of(sent.get("take"))?,
        amount: whole(sent.get("amount"))?,
        difference: sent.get("difference").to_owned(),
    };
    acts::offers::given(&house, id_of(&id)?, given, Actor::of(&visitor)).await?;
    Ok(to_request(&visitor, &sent, "given"))
}

/// Goods are taken into stock.
pub async fn stock(
    State(house): State<House>,
    visitor: Visitor,
    Sent(sent): Sent<Fields>,
) -> Result<Moved, Trouble> {
    let good_until_day = match sent.get("good_until") {
        "" => None,
        typed => Some(day_sent(typed)?),
    };
    let stocked = LotStocked {
        item: sent.get("item").to_owned(),
        amount: whole(sent.get("amount"))?,
        good_until_day,
        source: sent.get("source").to_owned(),
        ..LotStocked::default()
    };
    let area = area_sent(&house, sent.get("area"))?;
    let id = acts::goods::stock(&house, stocked, area, visitor.author()).await?;
    Ok(moved(&visitor, &format!("/desk/stock/{id}"), "stocked"))
}

/// Goods leave on a waybill.
pub async fn send(
    State(house): State<House>,
    visitor: Visitor,
    Path(id): Path<String>,
    Sent(sent): Sent<Fields>,
) -> Result<Moved, Trouble> {
    let wayward = Wayward {
        lot: id_of(&id)?,
        to: area_sent(&house, sent.get("area"))?,
        amount: whole(sent.get("amount"))?,
        carrier: id_perhaps(sent.get("carrier"))?,
        request: request_typed(&house, sent.get("request")).await?,
    };
    let id = acts::goods::send(&house, wayward, visitor.author()).await?;
    Ok(moved(&visitor, &format!("/desk/waybills/{id}"), "sent"))
}

/// Goods are handed out to people.
pub async fn hand_out(
    State(house): State<House>,
    visitor: Visitor,
    Path(id): Path<String>,
    Sent(sent): Sent<Fields>,
) -> Result<Moved, Trouble> {
    let how_much = (whole(sent.get("amount"))?, request_typed(&house, sent.get("request")).await?);
    let what = sent.get("what").to_owned();
    acts::goods::hand_out(&house, id_of(&id)?, how_much, what, Actor::of(&visitor)).await?;
    Ok(moved(&visitor, &format!("/desk/stock/{id}"), "given"))
}

/// People are asked about a handing out that nobody was asked about yet.
pub async fn ask_people(
    State(house): State<House>,
    visitor: Visitor,
    Path(id): Path<String>,
    Sent(sent): Sent<Fields>,
) -> Result<Moved, Trouble> {
    let (lot, hand) = (id_of(&id)?, id_of(sent.get("hand"))?);
    let known = queries::lot(&house, lot).await?.ok_or(Trouble::NotFound)?;
    let found = known.hands.iter().find(|one| one.hand == hand && one.task.is_none());
    let request = found.and_then(|one| one.request).ok_or(Trouble::NotFound)?;
    let request = queries::request(&house, request).await?.ok_or(Trouble::NotFound)?;
    let what = sent.get("what").to_owned();
    acts::goods::ask(&house, lot, hand, &request, what, Actor::of(&visitor)).await?;
    Ok(moved(&visitor, &format!("/desk/stock/{id}"), "given"))
}

/// Some of a lot is gone.
pub async fn lose(
    State(house): State<House>,
    visitor: Visitor,
    Path(id): Path<String>,
    Sent(sent): Sent<Fields>,
) -> Result<Moved, Trouble> {
    let (amount, reason) = (whole(sent.get("amount"))?, sent.get("reason").to_owned());
    acts::goods::lose(&house, id_of(&id)?, amount, reason, visitor.author()).await?;
    Ok(moved(&visitor, &format!("/desk/stock/{id}"), "lost"))
}

/// Goods came.
pub async fn receive(
    State(house): State<House>,
    visitor: Visitor,
    Path(id): Path<String>,
    Sent(sent): Sent<Fields>,
) -> Result<Moved, Trouble> {
    let (amount, why) = (whole(sent.get("amount"))?, sent.get("difference").to_owned());
    acts::goods::receive(&house, id_of(&id)?, amount, why, visitor.author()).await?;
    Ok(moved(&visitor, &format!("/desk/waybills/{id}"), "received"))
}

/// They were not sent after all.
pub async fn cancel(
    State(house): State<House>,
    visitor: Visitor,
    Path(id): Path<String>,
    Sent(sent): Sent<Fields>,
) -> Result<Moved, Trouble> {
    let waybill = queries::waybill(&house, id_of(&id)?).await?;
    let waybill = waybill.ok_or(Refusal::new("waybill-unknown").status(404))?;
    let reason = sent.get("reason").to_owned();
    acts::goods::cancel(&house, &waybill, reason, visitor.author()).await?;
    Ok(moved(&visitor, &format!("/desk/waybills/{id}"), "cancelled"))
}

/// The day so many days from today.
pub fn in_days(house: &House, days: i64) -> i64 {
    today(house) + days
}

impl Fields {
    /// Fields that were filled in elsewhere, such as in an address.
    pub fn of(all: &[(&str, &str)]) -> Fields {
        Fields(all.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }
}
