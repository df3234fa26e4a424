//! Whether a body may decide on an application: within its mandate it decides, above its ceiling
//! the matter goes up, outside it is impossible. Pure. A mandate without a legal instrument gives
//! no money: it may only advise.

use record::{Id, Refusal};

use crate::people::MandateRow;

/// What is to be decided.
#[derive(Clone, Debug)]
pub struct Matter<'a> {
    /// What it is about, in the words of a mandate.
    pub subject: &'a str,
    /// Where; none for the whole city.
    pub area: Option<Id>,
    /// How much, in minor units.
    pub amount_minor: i64,
    /// In which currency.
    pub currency: &'a str,
    /// The day, as the city counts it.
    pub day: i64,
}

/// What a body may do with a matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum May {
    /// Decide, by this mandate.
    Decide(Id),
    /// Not decide: it is above its ceiling, and this other body may.
    Route(Id),
}

/// What a body may do.
///
/// # Errors
/// It has no mandate that holds for this subject, this place and this day, with a legal instrument;
/// or the matter is above its ceiling and nobody else has one.
pub fn may(body: Id, matter: &Matter, mandates: &[MandateRow]) -> Result<May, Refusal> {
    let own: Vec<&MandateRow> =
        mandates.iter().filter(|m| m.body == body && covers(m, matter)).collect();
    if own.is_empty() {
        return Err(Refusal::new("funds-outside-mandate").status(403));
    }
    if let Some(mandate) = own.iter().find(|m| is_within(m, matter)) {
        return Ok(May::Decide(mandate.id));
    }
    let others = mandates.iter().filter(|m| m.body != body);
    let able = others.filter(|m| covers(m, matter) && is_within(m, matter));
    // Who passed the mandate on comes first, then the nearest, then the lowest ceiling.
    let given = |m: &MandateRow| own.iter().any(|own| own.by == Some(m.body));
    let ceiling = |m: &MandateRow| m.ceiling.as_ref().map_or(i64::MAX, |c| c.amount_minor);
    let first = able.min_by_key(|m| (!given(m), m.area.is_none(), ceiling(m), m.body));
    first.map(|m| May::Route(m.body)).ok_or_else(|| Refusal::new("funds-above-all").status(409))
}

fn covers(mandate: &MandateRow, matter: &Matter) -> bool {
    words::plain(&mandate.subject) == words::plain(matter.subject)
        && (mandate.area.is_none() || mandate.area == matter.area)
        && mandate.holds_on(matter.day)
        && mandate.instrument.is_some()
}

fn is_within(mandate: &MandateRow, matter: &Matter) -> bool {
    mandate.ceiling.as_ref().is_some_and(|ceiling| {
        ceiling.currency == matter.currency && matter.amount_minor <= ceiling.amount_minor
    })
}
