//! Who and what goes where, once it is settled how much each area is due.
//!
//! [`sharing`](crate::sharing) says how many hours and things of each kind an area gets;
//! [`window`] makes that question from requests and offers. [`matched`] then says who comes: as
//! much of what is due as can be, the most urgent first, people of the place before others, and
//! among all ways to do so the least travelling, weighed by urgency.
//!
//! Never moves a due amount from one area to another, and never leaves a request open without the
//! reason.

mod asks;
mod cheapest;
mod fitting;
mod matches;

pub use asks::{
    Asks, Due, Gives, Kind, MatchError, OFFERS_MAX, Offer, PAIRS_MAX, REQUESTS_MAX, Request,
    TRAVEL_MINUTES_MAX, URGENCY_MAX,
};
pub use fitting::window;
pub use matches::{Chosen, Lack, Match, Matched, Open, matched};
