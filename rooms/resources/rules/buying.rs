//! The rules of buying of an offer with money that was paid out. Pure. Nobody buys from their own:
//! neither the body that was paid nor whoever writes it down.

use record::{Draft, Id, Record, Refusal};

use super::offers::{TAKES_MAX, gains, open};
use super::{Actor, amount_sound};
use crate::resources::records::OfferBought;

/// What was bought of an offer with money that had been paid out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Buying {
    /// The name the part gets.
    pub take: Id,
    /// How much, in the item's unit.
    pub units: i64,
    /// The area the money is for; none for the whole city.
    pub area: Option<Id>,
    /// What was paid for it, in minor units.
    pub amount_minor: i64,
    /// In which currency.
    pub currency: String,
    /// The number of the payment.
    pub payment: i64,
    /// The body that was paid, when one was.
    pub paid: Option<Id>,
    /// The day, in days since 1970 as the city counts them.
    pub day: i64,
    /// Whether the person who offers is still there.
    pub alive: bool,
}

/// A part of an offer was bought. Says also whether the supplier is of the area the money is for,
/// or of the city where it is for the whole of it.
///
/// # Errors
/// When the offer is gone, is a gift or of another currency; when not so much is left, or more was
/// paid than it costs; when whoever was paid or says so would buy from their own body.
pub fn bought(
    id: Id,
    records: &[Record],
    buying: &Buying,
    actor: &Actor,
) -> Result<(Vec<Draft>, bool), Refusal> {
    let offer = open(id, records)?;
    if !buying.alive || offer.until_day < buying.day {
        return Err(Refusal::new("offer-gone").status(409));
    }
    let paid_itself = buying.paid.is_some() && buying.paid == offer.body;
    if paid_itself || gains(&offer, &actor.bodies) {
        return Err(Refusal::new("offer-bought-own").status(403));
    }
    if offer.price_minor == 0 || offer.currency != buying.currency {
        return Err(Refusal::new("offer-not-sold").naming("currency", buying.currency.as_str()));
    }
    amount_sound(buying.units)?;
    let left = offer.left();
    if buying.units > left || offer.takes.len() >= TAKES_MAX {
        return Err(Refusal::new("offer-taken").status(409).naming("left", left.max(0)));
    }
    if buying.amount_minor > buying.units.saturating_mul(offer.price_minor) {
        return Err(Refusal::new("offer-dearer"));
    }
    let from = match offer.area {
        None => "outside",
        area if area == buying.area => "here",
        Some(_) => "city",
    };
    let local = from == "here" || (from == "city" && buying.area.is_none());
    let record = OfferBought {
        take: buying.take,
        area: buying.area,
        amount: buying.units,
        from: from.to_owned(),
        day: buying.day,
        payment: buying.payment,
    };
    Ok((vec![Draft::new(id, &record).area(offer.area).by(actor.id)], local))
}
