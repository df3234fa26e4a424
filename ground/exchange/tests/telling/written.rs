//! What is written, byte for byte, and what the checker says of it.

use exchange::Day;
use exchange::iati::check::{Report, check};
use exchange::iati::{Activities, write};

use crate::activity::{activity, file};

pub fn judge(bytes: &[u8]) -> Report {
    let today: Day = "2026-11-27".parse().unwrap();
    check(bytes, today).unwrap()
}

#[test]
fn an_activity_is_written_as_the_standard_wants_it() {
    let bytes = write(&file()).unwrap();
    let text = String::from_utf8(bytes.clone()).unwrap();
    assert_eq!(text, include_str!("written.xml"));
    assert_eq!(judge(&bytes), Report { activities: 1, ..Report::default() });
}

#[test]
fn the_same_activities_are_the_same_bytes() {
    assert_eq!(write(&file()).unwrap(), write(&file().clone()).unwrap());
}

#[test]
fn an_activity_with_little_in_it_is_sound_too() {
    let mut little = activity();
    little.other_ids.clear();
    little.locations.clear();
    little.scopes.clear();
    little.budgets.clear();
    little.transactions.clear();
    little.related.clear();
    little.results.clear();
    (little.flow, little.finance, little.aid, little.tied) = (None, None, None, None);
    let all = Activities { activities: vec![little], ..file() };
    let report = judge(&write(&all).unwrap());
    assert_eq!(report, Report { activities: 1, ..Report::default() });
}
