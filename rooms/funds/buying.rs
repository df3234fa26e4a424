//! Buying of an offer that a supplier has here: what was spent, and what of the offer is gone by
//! it, are one act on both. It takes nobody's word for where the supplier is: the offer says it.

use record::{Id, Refusal};
use store::Change;

use super::acts::{fit, written};
use super::queries::today;
use super::records::PurseSpent;
use super::rules::{Actor, purse, window};
use super::views::{Purse, Window, purse_id};
use crate::door::{House, Trouble};
use crate::resources;
use crate::resources::acts::offers::is_there;
use crate::resources::rules::{Buying, bought};

/// The offer people call by this number: `O-5`, or 5.
///
/// # Errors
/// When there is none.
pub async fn offer_typed(house: &House, typed: &str) -> Result<Id, Trouble> {
    let number: i64 = typed.trim_start_matches(['O', 'o', '-', ' ']).parse().unwrap_or(0);
    let found = if number > 0 { resources::offer_by_number(house, number).await? } else { None };
    Ok(found.ok_or(Refusal::new("offer-unknown").status(404))?.id)
}

/// What was bought of an offer is written into the purse and beside the offer; whether the supplier
/// is inside the area, is read from the offer.
///
/// # Errors
/// As the rules of both refuse; nothing is written then.
pub async fn buy(
    house: &House,
    window: Id,
    offer: Id,
    said: PurseSpent,
    actor: Actor,
) -> Result<(), Trouble> {
    fit(house, &[&said.supplier, &said.what]).await?;
    let known = resources::queries::offer(house, offer).await?;
    let voice = known.ok_or(Refusal::new("offer-unknown").status(404))?.voice;
    let (day, now_ms, take) = (today(house), house.now_ms(), Id::fresh(house.now_ms()));
    let entities = [vec![window, purse_id(window), offer], voice.into_iter().collect()].concat();
    let change = Change::on(entities, move |known| {
        let terms = Window::fold(window, known.of(window));
        window::known(&terms)?;
        let records = known.of(purse_id(window));
        let purse = Purse::fold(purse_id(window), records);
        let payment = purse.payment(said.payment).map(|payment| payment.asked.application);
        let buying = Buying {
            take,
            units: said.units.unwrap_or(0),
            area: payment.and_then(|of| purse.allocation(of)?.of.area),
            amount_minor: said.amount_minor,
            currency: purse.currency.clone(),
            payment: said.payment,
            day,
            alive: voice.is_none_or(|voice| is_there(known, voice)),
        };
        let (mut drafts, local) = bought(offer, known.of(offer), &buying, &actor)?;
        let keeping = purse::Keeping { window: &terms, actor: &actor, today: day, now_ms };
        let spent = PurseSpent { local, offer: Some(offer), ..said.clone() };
        drafts.extend(purse::spend(&keeping, records, &spent)?);
        Ok(written(drafts))
    });
    house.store().append(change).await?;
    Ok(())
}
