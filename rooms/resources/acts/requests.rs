//! What is done with requests: asked, closed, handed over; and what people say about what was
//! handed out is written beside them. It never asks anybody by itself.

use record::{Id, Refusal};
use store::Change;
use store::Decision;

use super::{body_known, numbered, offers, on, supplying, with_supply};
use crate::actions::rules::{ARRIVED_CHARS_MAX, Asked, WHAT_CHARS_MAX};
use crate::actions::{DO, TaskDelivered, acts as tasks, today};
use crate::door::{House, Trouble};
use crate::resources::lists::is_goods;
use crate::resources::queries;
use crate::resources::records::RequestAsked;
use crate::resources::rules::{self, Actor, Asking};
use crate::resources::views::{Request, Take};
use crate::{needs, people};

/// Something is asked for. Returns which request it is.
///
/// # Errors
/// As the rule refuses; the need or body is unknown; the words are not for everybody to read.
pub async fn ask(
    house: &House,
    asked: RequestAsked,
    area: Option<Id>,
    by: Option<Id>,
) -> Result<Id, Trouble> {
    needs::fit_in_house(house, &asked.what).await?;
    body_known(house, asked.body).await?;
    let mut asking = Asking { asked, area, counterpart_here: false };
    if let Some(need) = asking.asked.need {
        let need = needs::need(house, need).await?;
        let need = need.ok_or(Refusal::new("request-need-unknown").status(404))?;
        asking.area = asking.area.or(need.area);
    }
    asking.counterpart_here = people::is_here(house, asking.asked.counterpart).await?;
    let (id, day) = (Id::fresh(house.now_ms()), today(house));
    numbered(house, ("request-number", "request"), id, |number| {
        let asking = asking.clone();
        Change::on(vec![id], move |_| {
            let drafts = rules::ask(id, number, &asking, day, by)?;
            Ok(Decision { drafts, ..Decision::default() })
        })
    })
    .await?;
    Ok(id)
}

/// It is asked for no more. What was taken for it and has not come is free again, and whoever had
/// been asked for it is told.
///
/// # Errors
/// As the rule refuses.
pub async fn close(house: &House, id: Id, reason: String, actor: Actor) -> Result<(), Trouble> {
    needs::fit_in_house(house, &reason).await?;
    let open = |part: &Take| part.request == id && part.status != "given";
    let mut asked = queries::offers_of(house, id).await?;
    asked.retain(|offer| offer.takes.iter().any(open));
    with_supply(house, id, |sources| {
        let (reason, actor) = (reason.clone(), actor.clone());
        on(house, [vec![id], sources.clone()].concat(), move |known| {
            supplying(known, id, &sources, |supply| rules::close(id, supply, &reason, &actor))
        })
    })
    .await?;
    let Some(request) = queries::request(house, id).await? else { return Ok(()) };
    offers::tell_released(house, &asked, &request, actor.id).await
}

/// The counterpart does it alone from now on.
///
/// # Errors
/// As the rule refuses.
pub async fn hand_over(house: &House, id: Id, actor: Actor) -> Result<(), Trouble> {
    on(house, vec![id], move |known| rules::hand_over(id, known.of(id), &actor)).await
}

/// Whoever asked says what it was worth.
///
/// # Errors
/// As the rule refuses.
pub async fn rate(
    house: &House,
    id: Id,
    stars: u8,
    word: String,
    actor: Actor,
) -> Result<(), Trouble> {
    if !word.trim().is_empty() {
        needs::fit_in_house(house, &word).await?;
    }
    with_supply(house, id, |sources| {
        let (word, actor) = (word.clone(), actor.clone());
        on(house, [vec![id], sources.clone()].concat(), move |known| {
            supplying(known, id, &sources, |supply| {
                rules::rate_request(id, supply, (stars, &word), &actor)
            })
        })
    })
    .await
}

/// When all of a request for people, places or rides came, those who spoke of its need are asked,
/// once. What came stands also when they cannot be asked now: the request's page has a button.
pub(super) async fn all_came(house: &House, id: Id, actor: Actor) -> Result<(), Trouble> {
    let Some(request) = queries::request(house, id).await? else { return Ok(()) };
    let came = queries::came(house, id).await?.received;
    if request.need.is_none() || request.asked_about.is_some() || came < request.amount {
        return Ok(());
    }
    match ask_people(house, &request, actor).await {
        Ok(_) | Err(Trouble::Refused(_)) => Ok(()),
        Err(trouble) => Err(trouble),
    }
}

/// Everybody who spoke of the need of a request is asked whether what was promised came. Returns
/// whether anybody is asked.
///
/// # Errors
/// Not found, when it is for no need; when nothing came yet; as the room of tasks refuses.
pub async fn ask_people(house: &House, request: &Request, actor: Actor) -> Result<bool, Trouble> {
    if request.need.is_none() {
        return Err(Trouble::NotFound);
    }
    if queries::came(house, request.id).await?.received == 0 {
        return Err(Refusal::new("request-nothing-came").status(409).into());
    }
    let (id, by) = (request.id, actor.id);
    let what = request.what.chars().take(ARRIVED_CHARS_MAX).collect();
    let (task, asks) = arrived(house, request, what, actor).await?;
    on(house, vec![id], move |known| rules::asked_about(id, known.of(id), task, by)).await?;
    Ok(asks)
}

/// Asks everybody who spoke of the need of a request, by a task that says what arrived. Returns the
/// task, and whether anybody is asked.
///
/// # Errors
/// As the room of tasks refuses.
pub(super) async fn arrived(
    house: &House,
    request: &Request,
    what: String,
    actor: Actor,
) -> Result<(Id, bool), Trouble> {
    let own = request.body.filter(|body| actor.coordinates || actor.bodies.contains(body));
    let set = Asked {
        what: request.what.chars().take(WHAT_CHARS_MAX).collect(),
        kind: DO.to_owned(),
        needs: request.need.into_iter().collect(),
        body: own,
        due_day: today(house),
        area: request.area,
        at_once: true,
        ..Asked::default()
    };
    let task = tasks::set(house, set, actor.id).await?;
    let how = request.what.clone();
    let delivered = TaskDelivered { what, how, ..TaskDelivered::default() };
    Ok((task, tasks::deliver(house, task, delivered, actor).await?))
}

/// Writes beside requests what those who spoke of their needs say about what was handed out or
/// came: only a need that people closed confirms anything. Returns how many changed.
///
/// # Errors
/// When the store fails; the rest is looked at in the next round.
pub async fn hear_answers(house: &House) -> Result<usize, Trouble> {
    let lots = queries::lots_handed(house).await?;
    let asked = lots.iter().flat_map(|lot| lot.hands.iter().filter(|hand| hand.task.is_some()));
    let mut ids: Vec<Id> = asked.filter_map(|hand| hand.request).collect();
    ids.extend(queries::asked_about(house).await?);
    ids.sort_unstable();
    ids.dedup();
    let mut changed = 0;
    for request in queries::requests(house, &ids).await? {
        let Some(need) = request.need else { continue };
        let Some(need) = needs::need(house, need).await? else { continue };
        let yes = match need.status.as_str() {
            "closed" => true,
            "reopened" => false,
            _ => continue,
        };
        let came = queries::came(house, request.id).await?;
        // Of goods it is what was handed out to people; of all else, what came.
        let much = if is_goods(&request.item) { came.handed } else { came.received };
        if request.answered == Some((yes, much)) {
            continue;
        }
        let id = request.id;
        on(house, vec![id], move |known| Ok(rules::answered(id, known.of(id), yes, much))).await?;
        changed += 1;
    }
    Ok(changed)
}
