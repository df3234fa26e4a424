//! Who is reading what at the pages of grouping, so that two seldom read the same. Known to this
//! process alone and for a few minutes: a courtesy, which refuses nobody anything.

use std::collections::{HashMap, HashSet};

use record::Id;

use crate::door::House;

/// How long a page is taken to be read (milliseconds).
const READING_MS: i64 = 3 * 60 * 1000;

/// Voices on the page of a member, and until when they are taken to be read.
#[derive(Clone, Default)]
struct Reading(HashMap<Id, (Id, i64)>);

/// A member has these voices before them, and no others any more.
pub fn reads(house: &House, member: Option<Id>, voices: impl Iterator<Item = Id>) {
    let (Some(member), now) = (member, house.now_ms()) else { return };
    let mut all = house.kept::<Reading>().map(|reading| reading.0.clone()).unwrap_or_default();
    all.retain(|_, (by, until_ms)| *by != member && *until_ms > now);
    for voice in voices {
        all.entry(voice).or_insert((member, now + READING_MS));
    }
    house.keep(Reading(all));
}

/// The voices that others have before them.
#[must_use]
pub fn read_by_others(house: &House, member: Option<Id>) -> HashSet<Id> {
    let Some(reading) = house.kept::<Reading>() else { return HashSet::new() };
    let now = house.now_ms();
    let others = |by: &Id, until_ms: i64| Some(*by) != member && until_ms > now;
    let all = reading.0.iter();
    all.filter(|(_, (by, until_ms))| others(by, *until_ms)).map(|(voice, _)| *voice).collect()
}
