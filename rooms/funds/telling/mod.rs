//! Money told in files that others read: plain lines for a spreadsheet, IATI 2.03, and the columns
//! of FTS. It tells what the pages of published windows tell, and never a person: a body is named,
//! private givers are told together.

mod fts;
mod iati;
mod moves;
mod plain;

use std::collections::BTreeMap;

use exchange::{Currency, Day, Money};
use page::Tongue;
use record::Id;

use super::queries;
use super::views::{Purse, Window};
use crate::door::{House, Trouble};
use crate::{decisions, people, places};

pub use fts::Fts;
pub use iati::{Reported, Reporting};

/// What of the money is told, with the names in it.
pub struct Books {
    /// Published windows with their purses, by their numbers.
    windows: Vec<(Window, Purse)>,
    names: Names,
}

/// Names as the public pages have them.
#[derive(Default)]
struct Names {
    city: String,
    /// Private people who give, together.
    people: String,
    bodies: BTreeMap<Id, (String, Option<String>)>,
    areas: BTreeMap<Id, String>,
    /// Of each application, whose money it is: the entity, and the name of those who asked.
    applications: BTreeMap<Id, String>,
    decisions: BTreeMap<Id, i64>,
}

impl Names {
    fn giver(&self, giver: Option<Id>) -> &str {
        giver.and_then(|id| self.bodies.get(&id)).map_or(&self.people, |(name, _)| name)
    }

    fn constituency(&self, body: Option<Id>) -> Option<&str> {
        self.bodies.get(&body?)?.1.as_deref()
    }

    fn taker(&self, application: Id) -> &str {
        self.applications.get(&application).map_or("", String::as_str)
    }

    fn area(&self, area: Option<Id>) -> &str {
        area.and_then(|id| self.areas.get(&id)).map_or("", String::as_str)
    }
}

/// Reads the books of all windows. Names of the city's own texts are in the language of `t`.
///
/// # Errors
/// When the store fails.
pub async fn books(house: &House, t: Tongue) -> Result<Books, Trouble> {
    Ok(some_books(house, t, i64::MAX, usize::MAX).await?.0)
}

/// Reads the books of so many windows with numbers below `before`, the newest first; and before
/// which number the rest begins, if there is any.
///
/// # Errors
/// When the store fails.
pub async fn some_books(
    house: &House,
    t: Tongue,
    mut before: i64,
    most: usize,
) -> Result<(Books, Option<i64>), Trouble> {
    let mut windows = Vec::new();
    let rest = loop {
        let some = queries::ledger(house, before).await?;
        let Some((last, _)) = some.last() else { break None };
        before = last.number;
        windows.extend(some);
        if windows.len() >= most {
            break Some(before);
        }
    };
    windows.reverse();
    let names = names(house, t, &windows).await?;
    Ok((Books { windows, names }, rest))
}

async fn names(house: &House, t: Tongue, windows: &[(Window, Purse)]) -> Result<Names, Trouble> {
    let bodies = people::bodies(house).await?.into_iter();
    let atlas = places::atlas(house);
    let areas = atlas.areas().iter();
    let mut names = Names {
        city: house.city().name.clone(),
        people: t.say("funds-private-people"),
        bodies: bodies.map(|body| (body.id, (body.name, body.constituency))).collect(),
        areas: areas.map(|area| (area.id, area.name.clone())).collect(),
        ..Names::default()
    };
    for allocation in windows.iter().flat_map(|(_, purse)| &purse.allocations) {
        let asked = queries::application(house, allocation.of.of).await?;
        let name = asked.map(|asked| asked.made.body_name).unwrap_or_default();
        names.applications.insert(allocation.of.of, name);
        if let Some(id) = allocation.of.decision
            && let Some(decision) = decisions::decision(house, id).await?
        {
            names.decisions.insert(id, decision.number);
        }
    }
    Ok(names)
}

/// The currency of a window, as files write it.
fn currency(purse: &Purse) -> Option<Currency> {
    purse.currency.parse().ok()
}

fn money(amount_minor: i64, currency: Currency) -> Money {
    Money::new(amount_minor, currency)
}

/// A day that no calendar has is not told as another.
fn day(days: i64) -> Option<Day> {
    Day::of_epoch(days)
}
