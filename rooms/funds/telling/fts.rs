//! The columns of FTS: what came to the city, how firm it is, and what it handed on.
//!
//! Never turns money into dollars: FTS adds up in dollars, so that windows in another currency are
//! named and left out.

use exchange::fts::{
    Boundary, Destination, End, Flow, OnBoundary, Original, Plan, Status, write_flows,
};
use exchange::{Currency, Day};
use record::day_of;

use super::{Books, Names, currency, day};
use crate::funds::views::{Allocation, Pledge, Purse, Window};

/// A table for FTS.
#[derive(Clone, Debug)]
pub struct Fts {
    /// The table, as CSV.
    pub file: String,
    /// How many flows are in it.
    pub flows: usize,
    /// Windows in another currency than the dollar, as people call them.
    pub left_out: Vec<String>,
}

impl Books {
    /// The flows of all windows in dollars. `country` is that of the city (ISO 3166-1, three
    /// letters).
    ///
    /// # Errors
    /// When a flow could not be read again, which is a fault of this program.
    pub fn fts(&self, country: &str) -> Result<Fts, exchange::Refused> {
        let (mut flows, mut left_out) = (Vec::new(), Vec::new());
        for (window, purse) in &self.windows {
            if currency(purse) != Some(Currency::USD) {
                left_out.push(format!("W-{} ({})", window.number, purse.currency));
                continue;
            }
            let own = OfWindow { names: &self.names, country, window };
            flows.extend(purse.pledges.iter().flat_map(|pledge| own.incoming(purse, pledge)));
            flows.extend(purse.allocations.iter().flat_map(|given| own.internal(purse, given)));
        }
        let file = write_flows(&flows)?;
        Ok(Fts { file, flows: flows.len(), left_out })
    }
}

struct OfWindow<'a> {
    names: &'a Names,
    country: &'a str,
    window: &'a Window,
}

impl OfWindow<'_> {
    /// A pledge in its parts: paid, signed for, and only said.
    fn incoming(&self, purse: &Purse, pledge: &Pledge) -> Vec<Flow> {
        let paid = pledge.paid_minor;
        let signed = pledge.committed_minor - paid;
        let said = pledge.amount_minor - pledge.committed_minor;
        let booked = booked_day(purse, |account| {
            account == crate::funds::views::Account::Pledged(pledge.pledge)
        });
        let parts = [(Status::Paid, paid), (Status::Commitment, signed), (Status::Pledge, said)];
        let told = parts.into_iter().filter(|(_, amount)| *amount > 0).filter_map(|part| {
            let from = self.names.giver(pledge.giver).to_owned();
            let to = self.names.city.clone();
            let id = format!("G{}", pledge.pledge);
            let flow = self.flow((id, from, to), Boundary::Incoming, part, booked?)?;
            Some(Flow { original: original(pledge, purse, part), ..flow })
        });
        told.collect()
    }

    /// What was handed on: paid, and given but not paid yet.
    fn internal(&self, purse: &Purse, given: &Allocation) -> Vec<Flow> {
        let number = given.of.application;
        let booked =
            booked_day(purse, |account| account == crate::funds::views::Account::Allocated(number));
        let rest = given.of.amount_minor - given.paid_minor;
        let parts = [(Status::Paid, given.paid_minor), (Status::Commitment, rest)];
        let told = parts.into_iter().filter(|(_, amount)| *amount > 0).filter_map(|part| {
            let (from, to) = (self.names.city.clone(), self.names.taker(given.of.of).to_owned());
            self.flow((format!("F{number}"), from, to), Boundary::Internal, part, booked?)
        });
        told.collect()
    }

    fn flow(
        &self,
        (id, from, to): (String, String, String),
        boundary: Boundary,
        (status, amount_usd_minor): (Status, i64),
        date: Day,
    ) -> Option<Flow> {
        let terms = &self.window.terms;
        let end = |organisations: String| End { organisations, ..End::default() };
        let here = vec![self.country.to_owned()];
        let destination = End { countries: here, ..end(to) };
        Some(Flow {
            id: format!("W{}-{id}-{}", self.window.number, status.word()),
            date,
            budget_year: None,
            description: terms.name.clone(),
            amount_usd_minor,
            source: end(from),
            destination: Destination {
                end: destination,
                plan: Plan::default(),
                project: terms.name.clone(),
                project_code: format!("W-{}", self.window.number),
                ..Destination::default()
            },
            contribution: match terms.mechanism.as_str() {
                "in_kind" => "in kind".to_owned(),
                _ => "financial".to_owned(),
            },
            flow_type: "Standard".to_owned(),
            method: match terms.mechanism.as_str() {
                "cash_to_people" => "Cash transfer programming (CTP)".to_owned(),
                _ => "Traditional aid".to_owned(),
            },
            boundary,
            on_boundary: OnBoundary::Single,
            status,
            first_reported: Some(date),
            decided: day(terms.decides_day).filter(|_| boundary == Boundary::Internal),
            keywords: String::new(),
            original: Original::default(),
            reference: id,
            created: Some(date),
            updated: None,
        })
    }
}

/// A part of a pledge as it was given, where that was another currency. What is promised and not
/// there has an amount of its own in it only where none of it is signed for, or all.
fn original(pledge: &Pledge, purse: &Purse, (status, _): (Status, i64)) -> Original {
    let given = &pledge.given;
    if given.currency == purse.currency {
        return Original::default();
    }
    let came: i64 = pledge.came.iter().map(|came| came.own_minor).sum();
    let one_part = [pledge.amount_minor, pledge.paid_minor].contains(&pledge.committed_minor);
    let amount_minor = match status {
        Status::Paid => Some(came),
        _ => one_part.then_some(given.amount_minor - came),
    };
    Original { amount_minor, currency: given.currency.parse().ok(), rate: None }
}

/// The day on which something was first booked into an account.
fn booked_day(purse: &Purse, of: impl Fn(crate::funds::views::Account) -> bool) -> Option<Day> {
    let first = purse.journal.iter().find(|entry| of(entry.to))?;
    day(day_of(first.at_ms))
}
