//! What is done with requests: asked, closed, handed over; and what people say about what was
//! handed out is written beside them. It never asks anybody by itself.

use record::{Id, Refusal};
use store::Change;
use store::Decision;

use super::{body_known, numbered, offers, on, supplying, with_supply};
use crate::actions::today;
use crate::door::{House, Trouble};
use crate::resources::queries;
use crate::resources::records::RequestAsked;
use crate::resources::rules::{self, Actor, Asking};
use crate::resources::views::Take;
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

/// Writes beside requests what those who spoke of their needs say about what was handed out: only a
/// need that people closed confirms anything. Returns how many changed.
///
/// # Errors
/// When the store fails; the rest is looked at in the next round.
pub async fn hear_answers(house: &House) -> Result<usize, Trouble> {
    let lots = queries::lots_handed(house).await?;
    let asked = lots.iter().flat_map(|lot| lot.hands.iter().filter(|hand| hand.task.is_some()));
    let mut ids: Vec<Id> = asked.filter_map(|hand| hand.request).collect();
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
        let handed = queries::came(house, request.id).await?.handed;
        if request.answered == Some((yes, handed)) {
            continue;
        }
        let id = request.id;
        on(house, vec![id], move |known| Ok(rules::answered(id, known.of(id), yes, handed)))
            .await?;
        changed += 1;
    }
    Ok(changed)
}
