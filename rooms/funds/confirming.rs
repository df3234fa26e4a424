//! When what was bought counts as confirmed, and when no longer: only by the answers of those who
//! asked for it. It decides nothing itself.

use record::Id;
use store::{Change, Decision, Known};

use super::acts::written;
use super::queries::{self, today};
use super::rules::Actor;
use super::rules::purse::{self, Keeping};
use super::views::{Purse, Window, purse_id};
use crate::actions::day_at;
use crate::door::{House, Trouble};
use crate::needs;

/// What was bought counts as confirmed, where those who asked for it have closed a need of it.
///
/// # Errors
/// As the rule refuses.
pub async fn confirm(house: &House, id: Id, spend: i64, actor: Actor) -> Result<(), Trouble> {
    let purse = queries::purse(house, id).await?;
    let of = purse.spends.iter().find(|known| known.of.spend == spend);
    let payment = of.and_then(|known| purse.payment(known.of.payment));
    let known = payment.and_then(|payment| purse.allocation(payment.asked.application));
    let about = known.map(|known| known.of.needs.clone()).unwrap_or_default();
    let (day, now_ms) = (today(house), house.now_ms());
    let entities = [vec![id, purse_id(id)], about.clone()].concat();
    let of_city = house.clone();
    let change = Change::on(entities, move |known: &Known| {
        let window = Window::fold(id, known.of(id));
        let closed = about.iter().filter_map(|need| {
            // Only people's own answers close a need; nobody's say about money does.
            let at_ms = needs::Need::closed_ms(*need, known.of(*need))?;
            Some((*need, day_at(&of_city, at_ms)))
        });
        let closed: Vec<(Id, i64)> = closed.collect();
        let keeping = Keeping { window: &window, actor: &actor, today: day, now_ms };
        Ok(written(purse::confirm(&keeping, known.of(purse_id(id)), spend, &closed)?))
    });
    house.store().append(change).await?;
    Ok(())
}

/// Needs that are looked at in one round.
const REOPENED_MAX: i64 = 500;

/// What people confirmed and then took back is not confirmed any more, wherever their NO was heard.
/// Safe to repeat.
///
/// # Errors
/// When the store fails.
pub async fn settle(house: &House) -> Result<(), Trouble> {
    for need in needs::reopened(house, REOPENED_MAX).await? {
        for purse in queries::confirming(house, need).await? {
            let change = Change::on(vec![purse, need], move |known| {
                // What is lacking again, or appealed, had arrived before.
                if !needs::Need::is_denied(need, known.of(need)) {
                    return Ok(Decision::default());
                }
                let purse = Purse::fold(purse, known.of(purse));
                Ok(written(purse::unconfirm(&purse, need)))
            });
            house.store().append(change).await?;
        }
    }
    Ok(())
}
