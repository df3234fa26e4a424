//! Who and what goes where, once it is settled how much each area is due.
//!
//! [`sharing`](crate::sharing) says how many hours and things of each kind an area gets;
//! [`window`] makes that question from requests and offers. [`matched`] then says who comes: as
//! much of what is due as can be, the most urgent first, people of the place before others, and
//! among all ways to do so the least travelling, weighed by urgency.
//!
//! ```
//! use fair::matching::{Asks, Chosen, Due, Gives, Lack, Offer, Request, matched, window};
//! use fair::sharing::{Area, Weight, share};
//!
//! // The hill (0) and the river (1) ask for masons, for three hours each; the hill is worse off.
//! let ask = |id: &str, area| Request {
//!     id: id.to_owned(),
//!     area,
//!     urgency: 3,
//!     asks: Asks::Hours { skill: "mason".to_owned(), languages: vec![], shift: 0, hours: 3 },
//! };
//! let requests = [ask("hill wall", 0), ask("river wall", 1)];
//! // One mason lives at the river, nobody answers for him; another comes from the port (2).
//! let offer = |id: &str, area, answered_for, hours| Offer {
//!     id: id.to_owned(),
//!     area,
//!     answered_for,
//!     kept_from: vec![],
//!     gives: Gives::Hours {
//!         skills: vec!["mason".to_owned()],
//!         languages: vec![],
//!         shifts: vec![(0, hours)],
//!     },
//! };
//! let offers = [offer("neighbour", 1, false, 1), offer("from the port", 2, true, 3)];
//! let travel = |from: u32, to: u32| Some(30 * from.abs_diff(to));
//!
//! // First how much each area is due, by the fair rule.
//! let area = |id: &str, need, risk_milli| Area {
//!     id: id.to_owned(),
//!     need,
//!     covered: 0,
//!     cap: 0,
//!     weight: Weight::of_risk(risk_milli),
//!     risk_milli,
//!     deferrals: 0,
//!     grant_min: 0,
//! };
//! let areas = [area("hill", 100, 10_000), area("river", 100, 5_000), area("port", 0, 5_000)];
//! let kind = requests[0].kind();
//! let shares = share(&window(&kind, &areas, &requests, &offers, travel)?)?;
//! assert_eq!(shares.amounts, [3, 1, 0]);
//!
//! // Then who comes: the neighbour to his own wall, though nobody answers for him.
//! let dues = (0..).zip(&shares.amounts);
//! let dues: Vec<Due> =
//!     dues.map(|(area, amount)| Due { kind: kind.clone(), area, amount: *amount }).collect();
//! let found = matched(&requests, &offers, &dues, travel)?;
//! let all: Vec<_> = found.matches.iter().map(|m| (m.request, m.offer, m.amount, m.why)).collect();
//! assert_eq!(
//!     all,
//!     [(0, 1, 3, Chosen::AnsweredFor), (1, 0, 1, Chosen::Local)],
//! );
//! // Two hours at the river stay open, and why.
//! assert_eq!((found.open[0].amount, found.open[0].why), (2, Lack::NotDue));
//! # Ok::<(), fair::matching::MatchError>(())
//! ```
//!
//! Never moves a due amount from one area to another, and never leaves a request open without the
//! reason.

mod asks;
pub(crate) mod cheapest;
mod fitting;
mod matches;

pub use asks::{
    Asks, Due, Gives, Kind, MatchError, OFFERS_MAX, Offer, PAIRS_MAX, REQUESTS_MAX, Request,
    TRAVEL_MINUTES_MAX, URGENCY_MAX,
};
pub use fitting::window;
pub use matches::{Chosen, Lack, Match, Matched, Open, matched};
