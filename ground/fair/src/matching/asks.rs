//! What is asked for and what is offered.
//!
//! Never holds a name or a number of anybody: ids are whatever the caller can find people by.

use crate::sharing::{AMOUNT_UNITS_MAX, ShareError};

/// Requests of one matching.
pub const REQUESTS_MAX: usize = 100_000;
/// Offers of one matching.
pub const OFFERS_MAX: usize = 100_000;
/// Pairs of a request and an offer that fits it.
pub const PAIRS_MAX: usize = 5_000_000;
/// The highest urgency.
pub const URGENCY_MAX: u8 = 5;
/// The longest way: a week. What is farther cannot be reached.
pub const TRAVEL_MINUTES_MAX: u32 = 10_080;

/// Somebody in an area asks for something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// Its name; breaks ties.
    pub id: String,
    /// Where, as the place of the area in the caller's list.
    pub area: u32,
    /// From 1, can wait, to [`URGENCY_MAX`], danger to life.
    pub urgency: u8,
    /// What.
    pub asks: Asks,
}

/// What is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asks {
    /// People who can do something.
    Hours {
        /// What they must be able to do.
        skill: String,
        /// They must speak one of these; empty when any will do.
        languages: Vec<String>,
        /// When: a shift, numbered by the caller.
        shift: u32,
        /// For how many hours, of all who come together.
        hours: i64,
    },
    /// Things.
    Goods {
        /// Of which type.
        item: String,
        /// How many.
        count: i64,
    },
}

/// Somebody, or a store, has something to give.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// Its name; breaks ties.
    pub id: String,
    /// Where they live, or where the store is.
    pub area: u32,
    /// Whether papers or others answer for what somebody can do; no matter for things.
    pub answered_for: bool,
    /// Requests that it may not serve, by their names: whoever sits where a request is decided
    /// gains nothing from it.
    pub kept_from: Vec<String>,
    /// What.
    pub gives: Gives,
}

/// What is offered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Gives {
    /// A person's time.
    Hours {
        /// What the person can do; an hour goes to one of them.
        skills: Vec<String>,
        /// What the person speaks.
        languages: Vec<String>,
        /// When the person has time, and how many hours of it.
        shifts: Vec<(u32, i64)>,
    },
    /// Things in stock.
    Goods {
        /// Of which type.
        item: String,
        /// How many.
        count: i64,
    },
}

/// What is shared out apart from everything else.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Hours of a skill in a shift.
    Hours {
        /// The skill.
        skill: String,
        /// The shift.
        shift: u32,
    },
    /// Things of a type.
    Goods {
        /// The type.
        item: String,
    },
}

impl Request {
    /// Of which kind it is.
    #[must_use]
    pub fn kind(&self) -> Kind {
        match &self.asks {
            Asks::Hours { skill, shift, .. } => Kind::Hours { skill: skill.clone(), shift: *shift },
            Asks::Goods { item, .. } => Kind::Goods { item: item.clone() },
        }
    }

    /// How much is asked for: hours or things.
    #[must_use]
    pub fn amount(&self) -> i64 {
        match self.asks {
            Asks::Hours { hours, .. } => hours,
            Asks::Goods { count, .. } => count,
        }
    }
}

/// How much of a kind an area is due, by the sharing-out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    /// The kind.
    pub kind: Kind,
    /// The area.
    pub area: u32,
    /// Hours or things.
    pub amount: i64,
}

/// Lists that cannot be matched, and what to do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MatchError {
    /// More of something than is matched at once.
    #[error("{what}: more than {most}; match by district or by shift")]
    TooMany {
        /// What is too many.
        what: &'static str,
        /// How many there may be.
        most: usize,
    },
    /// An amount that is negative or too large.
    #[error("{of}: {amount} hours or things; give 0 to {AMOUNT_UNITS_MAX}")]
    Amount {
        /// Whose.
        of: String,
        /// The amount.
        amount: i64,
    },
    /// An urgency that is none.
    #[error("{of}: the urgency {urgency} is none; give 1 to {URGENCY_MAX}")]
    Urgency {
        /// Whose.
        of: String,
        /// The urgency.
        urgency: u8,
    },
    /// Two of one name.
    #[error("two are called {id}; give each its own name")]
    Twice {
        /// The name.
        id: String,
    },
    /// The same kind is due to the same area twice.
    #[error("{kind:?} is due to area {area} twice; add the amounts")]
    DueTwice {
        /// The kind.
        kind: Kind,
        /// The area.
        area: u32,
    },
    /// The question to the sharing-out cannot be asked.
    #[error(transparent)]
    Share(#[from] ShareError),
}

/// Whether the lists can be matched at all.
pub(super) fn verify(requests: &[Request], offers: &[Offer]) -> Result<(), MatchError> {
    many("requests", requests.len(), REQUESTS_MAX)?;
    many("offers", offers.len(), OFFERS_MAX)?;
    for request in requests {
        amount(&request.id, request.amount())?;
        if request.urgency == 0 || request.urgency > URGENCY_MAX {
            let (of, urgency) = (request.id.clone(), request.urgency);
            return Err(MatchError::Urgency { of, urgency });
        }
    }
    for offer in offers {
        match &offer.gives {
            Gives::Hours { shifts, .. } => {
                for (_, hours) in shifts {
                    amount(&offer.id, *hours)?;
                }
            }
            Gives::Goods { count, .. } => amount(&offer.id, *count)?,
        }
    }
    once(requests.iter().map(|request| request.id.as_str()))?;
    once(offers.iter().map(|offer| offer.id.as_str()))
}

pub(super) fn amount(of: &str, amount: i64) -> Result<(), MatchError> {
    if (0..=AMOUNT_UNITS_MAX).contains(&amount) {
        return Ok(());
    }
    Err(MatchError::Amount { of: of.to_owned(), amount })
}

pub(super) fn many(what: &'static str, count: usize, most: usize) -> Result<(), MatchError> {
    if count <= most { Ok(()) } else { Err(MatchError::TooMany { what, most }) }
}

fn once<'a>(ids: impl Iterator<Item = &'a str>) -> Result<(), MatchError> {
    let mut ids: Vec<&str> = ids.collect();
    ids.sort_unstable();
    match ids.iter().zip(ids.iter().skip(1)).find(|(one, other)| one == other) {
        Some((id, _)) => Err(MatchError::Twice { id: (*id).to_owned() }),
        None => Ok(()),
    }
}
