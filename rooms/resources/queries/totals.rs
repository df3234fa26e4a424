//! Sums of what is exchanged, by the totals: of an area, of the city. Amounts of different items
//! are never added, and no row is counted here.

use std::collections::BTreeMap;

use record::Id;
use store::{StoreError, Total};

use crate::door::House;
use crate::resources::lists::{self, Kind};
use crate::resources::views::{GAVE, HELPED, STARS};
use crate::voices::DELAY_HOURS;

/// What was asked, promised, received and confirmed of one item in an area.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// The item's code.
    pub item: String,
    /// Asked for, in the item's unit.
    pub asked: i64,
    /// Promised, what came already among it.
    pub pledged: i64,
    /// Received.
    pub received: i64,
    /// Received, and those who spoke of the need say YES.
    pub confirmed: i64,
    /// Lies here now.
    pub here: i64,
}

/// What an area, or the city ([`Id::NONE`]), asked for and got: a line an item, in the order of the
/// list. Amounts of different items are never added.
///
/// # Errors
/// When the store fails.
pub async fn figures(house: &House, area: Id) -> Result<Vec<Line>, StoreError> {
    let mut lines: Vec<Line> = lists::ITEMS
        .iter()
        .map(|item| Line { item: item.code.to_owned(), ..Line::default() })
        .collect();
    for noun in ["request", "offer", "waybill", "lot"] {
        for total in house.store().totals_of(noun, area).await? {
            let Some((what, item)) = total.key.split_once('/') else { continue };
            let Some(line) = lines.iter_mut().find(|line| line.item == item) else { continue };
            match what {
                "asked" => line.asked += total.n,
                "pledged" => line.pledged += total.n,
                "received" => line.received += total.n,
                "confirmed" => line.confirmed += total.n,
                "here" => line.here += total.n,
                _ => {}
            }
        }
    }
    lines.retain(|line| *line != Line { item: line.item.clone(), ..Line::default() });
    Ok(lines)
}

/// Days that people worked in an area, by where they came from, and how many people that were.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Days {
    /// Days of people of the same area.
    pub here: i64,
    /// Days of people of other areas of the city.
    pub city: i64,
    /// Days of people from outside.
    pub outside: i64,
    /// How often somebody came, in the same order.
    pub people: [i64; 3],
    /// Days asked for.
    pub asked: i64,
}

/// Days that people worked in an area, or in the city ([`Id::NONE`]).
///
/// # Errors
/// When the store fails.
pub async fn days(house: &House, area: Id) -> Result<Days, StoreError> {
    let mut days = Days::default();
    for total in house.store().totals_of("offer", area).await? {
        let [here, city, outside] = &mut days.people;
        match total.key.as_str() {
            "days/here" => days.here = total.n,
            "days/city" => days.city = total.n,
            "days/outside" => days.outside = total.n,
            "people/here" => *here = total.n,
            "people/city" => *city = total.n,
            "people/outside" => *outside = total.n,
            _ => {}
        }
    }
    for total in house.store().totals_of("request", area).await? {
        let item = total.key.strip_prefix("asked/").and_then(lists::item);
        if item.is_some_and(|item| item.kind == Kind::People) {
            days.asked += total.n;
        }
    }
    Ok(days)
}

/// Days that people worked in several areas together, and how often somebody came.
///
/// # Errors
/// When the store fails.
pub async fn days_around(house: &House, areas: &[Id]) -> Result<Days, StoreError> {
    let mut days = Days::default();
    let own = |total: &Total| areas.contains(&total.area);
    for total in house.store().totals("offer", "days/").await?.iter().filter(|of| own(of)) {
        match total.key.as_str() {
            "days/here" => days.here += total.n,
            "days/city" => days.city += total.n,
            "days/outside" => days.outside += total.n,
            _ => {}
        }
    }
    for total in house.store().totals("offer", "people/").await?.iter().filter(|of| own(of)) {
        let [here, city, outside] = &mut days.people;
        match total.key.as_str() {
            "people/here" => *here += total.n,
            "people/city" => *city += total.n,
            "people/outside" => *outside += total.n,
            _ => {}
        }
    }
    Ok(days)
}

/// How often something came, by where it came from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sources {
    /// By source, in the order of `lists::SOURCES`.
    pub times: [i64; 4],
    /// Of them from the same area.
    pub here: i64,
    /// All of them.
    pub all: i64,
}

/// How often something came to an area, or to the city ([`Id::NONE`]), by where it came from.
///
/// # Errors
/// When the store fails.
pub async fn sources(house: &House, area: Id) -> Result<Sources, StoreError> {
    let mut sources = Sources::default();
    for total in house.store().totals_of("offer", area).await? {
        let Some((source, from)) = total.key.strip_prefix(GAVE).and_then(|of| of.split_once('/'))
        else {
            continue;
        };
        let at = lists::SOURCES.iter().position(|known| *known == source);
        if let Some(times) = at.and_then(|at| sources.times.get_mut(at)) {
            *times += total.n;
            sources.all += total.n;
            sources.here += if from == "here" { total.n } else { 0 };
        }
    }
    Ok(sources)
}

/// How many of each item are offered from an area, by item.
///
/// # Errors
/// When the store fails.
pub async fn suppliers(house: &House, area: Id) -> Result<Vec<(String, i64)>, StoreError> {
    let totals = house.store().totals_of("offer", area).await?;
    let of = |total: Total| Some((total.key.strip_prefix("offers/")?.to_owned(), total.n));
    Ok(totals.into_iter().filter_map(of).filter(|(_, n)| *n > 0).collect())
}

/// Within how many hours half of the requests that were helped had their first useful answer, in
/// the city; none while there is none, or when half took longer than the last class.
///
/// # Errors
/// When the store fails.
pub async fn median_hours(house: &House) -> Result<Option<i64>, StoreError> {
    let totals = house.store().totals_of("request", Id::NONE).await?;
    Ok(middle(&totals, "helped/").and_then(|(class, _)| hours_of(class)))
}

/// Of one kind of thing or work in the city: how fast requests were answered, and what whoever
/// asked says it was worth. Halves of many; of few, nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Worth {
    /// Which kind.
    pub kind: Kind,
    /// Within so many hours half of them had their first useful answer.
    pub hours: Option<i64>,
    /// Half of them were given at least so many stars.
    pub stars: Option<i64>,
}

/// How fast requests of each kind were answered and what that was worth, of kinds with at least
/// `few` answers or marks.
///
/// # Errors
/// When the store fails.
pub async fn worths(house: &House, few: i64) -> Result<Vec<Worth>, StoreError> {
    let totals = house.store().totals_of("request", Id::NONE).await?;
    let of = |kind: Kind, mark: &str| {
        let found = middle(&totals, &format!("{mark}{}/", kind.code()));
        found.filter(|(_, all)| *all >= few).map(|(class, _)| class)
    };
    let worth = |kind: Kind| Worth {
        kind,
        hours: of(kind, HELPED).and_then(hours_of),
        stars: of(kind, STARS),
    };
    let all = Kind::ALL.into_iter().map(worth);
    Ok(all.filter(|worth| worth.hours.is_some() || worth.stars.is_some()).collect())
}

/// The hours of a class of delays; none for the last one, which has no end.
fn hours_of(class: i64) -> Option<i64> {
    usize::try_from(class).ok().and_then(|class| DELAY_HOURS.get(class)).copied()
}

/// The lower middle of numbers that are counted under a mark, with how many there are.
fn middle(totals: &[Total], mark: &str) -> Option<(i64, i64)> {
    let of = |total: &Total| Some((total.key.strip_prefix(mark)?.parse::<i64>().ok()?, total.n));
    let counted: BTreeMap<i64, i64> = totals.iter().filter_map(of).collect();
    let all: i64 = counted.values().sum();
    let mut passed = 0;
    let found = counted.into_iter().find(|(_, n)| {
        passed += n;
        all > 0 && passed * 2 >= all
    });
    found.map(|(value, _)| (value, all))
}

/// How many requests are open in the city.
///
/// # Errors
/// When the store fails.
pub async fn open_count(house: &House) -> Result<i64, StoreError> {
    let totals = house.store().totals_of("request", Id::NONE).await?;
    Ok(totals.iter().find(|total| total.key == "open").map_or(0, |total| total.n))
}
