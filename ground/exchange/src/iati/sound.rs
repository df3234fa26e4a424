//! Whether activities can be written: what IATI requires, what its rules call an error, and our own
//! rules about people.
//!
//! Never mends anything: it says what to do.

use std::collections::BTreeSet;

use super::codes::SectorVocabulary;
use super::lack::{Lacks, Walk, Why};
use super::lists::{COUNTRIES, LANGUAGES, List, SECTOR_CATEGORY, SECTORS, UN_SDG_GOALS};
use super::model::{
    Activities, Activity, Budget, Indicator, Location, Organisation, Period, Reporter, Scope,
    Sector, Share, Texts, Transaction,
};
use super::{
    ACTIVITIES_MAX, ID_CHARS_MAX, LISTED_MAX, PEOPLE_MIN, TEXT_CHARS_MAX, TRANSACTIONS_MAX,
};
use crate::day::Day;
use crate::money::{AMOUNT_MINOR_MAX, Money};
use crate::quote::quote;
use crate::xml::write::refused;

/// Looks at all activities.
pub(super) fn sound(all: &Activities) -> Result<(), Lacks> {
    let mut walk = Walk::new();
    let today = all.generated.day;
    walk.need(!all.activities.is_empty(), || Why::Missing("an activity"));
    walk.need(all.activities.len() <= ACTIVITIES_MAX, || Why::ACTIVITIES);
    let transactions = all.activities.iter().map(|activity| activity.transactions.len());
    walk.need(transactions.sum::<usize>() <= TRANSACTIONS_MAX, || Why::TRANSACTIONS);
    let mut ids = BTreeSet::new();
    walk.each("iati-activity", &all.activities, |walk, one| {
        walk.need(ids.insert(&one.id), || Why::Twice(quote(&one.id)));
        activity(walk, one, today);
    });
    walk.done()
}

fn activity(walk: &mut Walk, one: &Activity, today: Day) {
    who(walk, one);
    coded(walk, &LANGUAGES, &one.language);
    walk.inside("title", 0, |walk| words(walk, &one.title, true));
    walk.need(!one.descriptions.is_empty(), || Why::Missing("a description"));
    walk.each("description", &one.descriptions, |walk, (_, texts)| words(walk, texts, true));
    walk.need(!one.participants.is_empty(), || Why::Missing("an organisation that takes part"));
    walk.each("participating-org", &one.participants, |walk, it| {
        organisation(walk, &it.organisation);
    });
    walk.each("other-identifier", &one.other_ids, |walk, (_, id)| other_id(walk, id));
    dates(walk, one, today);
    walk.inside("recipient-country", 0, |walk| coded(walk, &COUNTRIES, &one.country));
    locations(walk, &one.locations);
    sectors(walk, &one.sectors);
    walk.each("humanitarian-scope", &one.scopes, scope);
    walk.each("budget", &one.budgets, budget);
    walk.each("transaction", &one.transactions, |walk, it| transaction(walk, it, today));
    walk.each("related-activity", &one.related, |walk, (_, id)| other_id(walk, id));
    walk.each("result", &one.results, |walk, it| {
        walk.inside("title", 0, |walk| words(walk, &it.title, true));
        walk.need(!it.indicators.is_empty(), || Why::Missing("an indicator"));
        few(walk, it.indicators.len());
        walk.each("indicator", &it.indicators, |walk, it| indicator(walk, it, &one.locations));
    });
    let lists = [
        one.descriptions.len(),
        one.participants.len(),
        one.other_ids.len(),
        one.locations.len(),
        one.sectors.len(),
        one.scopes.len(),
        one.budgets.len(),
        one.related.len(),
        one.results.len(),
    ];
    lists.into_iter().for_each(|len| few(walk, len));
}

fn few(walk: &mut Walk, len: usize) {
    walk.need(len <= LISTED_MAX, || Why::LISTED);
}

fn who(walk: &mut Walk, one: &Activity) {
    let Reporter { id: reporter, names, .. } = &one.reporter;
    walk.inside("reporting-org", 0, |walk| {
        own_id(walk, reporter);
        words(walk, names, true);
    });
    walk.inside("iati-identifier", 0, |walk| {
        own_id(walk, &one.id);
        let own = one.id.strip_prefix(reporter.as_str()).and_then(|rest| rest.strip_prefix('-'));
        walk.need(own.is_some_and(|own| !own.is_empty()), || Why::IdOwn);
    });
}

/// The id of an activity of ours or of an organisation: it stands in links.
fn own_id(walk: &mut Walk, id: &str) {
    walk.need(!id.contains(['/', '&', '|', '?']), || Why::Symbols(quote(id)));
    other_id(walk, id);
}

/// An id or code as somebody else wrote it: `relation/12345` is one too.
fn other_id(walk: &mut Walk, id: &str) {
    walk.need(!id.is_empty(), || Why::Missing("the id or code"));
    let trimmed = !id.starts_with(char::is_whitespace) && !id.ends_with(char::is_whitespace);
    walk.need(trimmed, || Why::Padded(quote(id)));
    text(walk, id);
    walk.need(id.chars().take(ID_CHARS_MAX + 1).count() <= ID_CHARS_MAX, || Why::IdLong);
}

fn text(walk: &mut Walk, text: &str) {
    if let Some(c) = refused(text) {
        walk.lacks(Why::Character(u32::from(c)));
    }
}

fn words(walk: &mut Walk, texts: &Texts, needed: bool) {
    walk.need(!needed || !texts.0.is_empty(), || Why::Missing("a text"));
    for (language, words) in &texts.0 {
        coded(walk, &LANGUAGES, language);
        walk.need(!words.trim().is_empty(), || Why::Empty(quote(language)));
        let fits = words.chars().take(TEXT_CHARS_MAX + 1).count() <= TEXT_CHARS_MAX;
        walk.need(fits, || Why::Long(quote(language)));
        text(walk, words);
    }
}

fn coded(walk: &mut Walk, list: &'static List, code: &str) {
    walk.need(list.has(code), || Why::Code { list: list.name, code: quote(code) });
}

fn organisation(walk: &mut Walk, one: &Organisation) {
    let told = one.id.is_some() || !one.names.0.is_empty();
    walk.need(told, || Why::Missing("the organisation's id or name"));
    if let Some(id) = &one.id {
        own_id(walk, id);
    }
    if let Some(id) = &one.activity {
        other_id(walk, id);
    }
    words(walk, &one.names, false);
}

fn dates(walk: &mut Walk, one: &Activity, today: Day) {
    let dates = &one.dates;
    walk.inside("activity-date", 0, |walk| {
        let begins = dates.planned_start.is_some() || dates.actual_start.is_some();
        walk.need(begins, || Why::Missing("the day it began or is meant to begin"));
        for day in [dates.actual_start, dates.actual_end].into_iter().flatten() {
            past(walk, day, today);
        }
        let meant = (dates.planned_start, dates.planned_end);
        for (start, end) in [meant, (dates.actual_start, dates.actual_end)] {
            if let (Some(start), Some(end)) = (start, end) {
                forwards(walk, start, end);
            }
        }
    });
}

fn past(walk: &mut Walk, day: Day, today: Day) {
    walk.need(day <= today, || Why::Future(day));
}

fn forwards(walk: &mut Walk, start: Day, end: Day) {
    walk.need(start <= end, || Why::Backwards { start, end });
}

fn locations(walk: &mut Walk, all: &[Location]) {
    let mut known = BTreeSet::new();
    walk.each("location", all, |walk, one| {
        let told = !one.names.0.is_empty() || !one.administrative.is_empty();
        walk.need(told, || Why::Missing("the area's name or code"));
        words(walk, &one.names, false);
        if let Some(id) = &one.reference {
            other_id(walk, id);
            walk.need(known.insert(id), || Why::Twice(quote(id)));
        }
        few(walk, one.administrative.len());
        walk.each("administrative", &one.administrative, |walk, it| {
            other_id(walk, &it.code);
            if it.vocabulary == super::codes::AreaVocabulary::Country {
                coded(walk, &COUNTRIES, &it.code);
            }
        });
    });
}

fn sectors(walk: &mut Walk, all: &[Sector]) {
    walk.need(!all.is_empty(), || Why::Missing("a sector"));
    walk.each("sector", all, |walk, one| {
        words(walk, &one.names, one.vocabulary == SectorVocabulary::Own);
        match one.vocabulary {
            SectorVocabulary::Dac => coded(walk, &SECTORS, &one.code),
            SectorVocabulary::Dac3 => coded(walk, &SECTOR_CATEGORY, &one.code),
            SectorVocabulary::Goal => coded(walk, &UN_SDG_GOALS, &one.code),
            SectorVocabulary::Cluster | SectorVocabulary::Own => other_id(walk, &one.code),
        }
    });
    for vocabulary in SectorVocabulary::ALL {
        let of = || all.iter().filter(|one| one.vocabulary == *vocabulary);
        let shares: Vec<Option<Share>> = of().map(|one| one.share).collect();
        if shares.is_empty() || shares == [None] {
            continue;
        }
        walk.need(shares.iter().all(Option::is_some), || Why::Shares);
        let sum = shares.iter().flatten().map(|share| u64::from(share.0)).sum::<u64>();
        walk.need(sum == u64::from(Share::WHOLE.0), || Why::Sum(sum));
    }
}

fn scope(walk: &mut Walk, one: &Scope) {
    other_id(walk, &one.code);
    words(walk, &one.names, one.vocabulary == super::codes::ScopeVocabulary::Own);
}

fn budget(walk: &mut Walk, one: &Budget) {
    forwards(walk, one.start, one.end);
    walk.need(one.end <= one.start.year_later(), || Why::OverYear);
    amount(walk, one.money);
}

fn amount(walk: &mut Walk, money: Money) {
    let fits = money.minor.unsigned_abs() <= AMOUNT_MINOR_MAX.unsigned_abs();
    walk.need(fits, || Why::Amount);
}

fn transaction(walk: &mut Walk, one: &Transaction, today: Day) {
    if let Some(id) = &one.reference {
        other_id(walk, id);
    }
    past(walk, one.day, today);
    past(walk, one.value_day, today);
    amount(walk, one.money);
    words(walk, &one.description, false);
    walk.each("provider-org", &one.provider, organisation);
    walk.each("receiver-org", &one.receiver, organisation);
}

fn indicator(walk: &mut Walk, one: &Indicator, areas: &[Location]) {
    walk.inside("title", 0, |walk| words(walk, &one.title, true));
    few(walk, one.periods.len());
    walk.each("period", &one.periods, |walk, it| {
        forwards(walk, it.start, it.end);
        let Period { actual, area, .. } = it;
        walk.need(!one.people || actual.is_none_or(|count| count >= PEOPLE_MIN), || Why::TooFew);
        if let Some(area) = area {
            let known = areas.iter().any(|it| it.reference.as_ref() == Some(area));
            walk.need(known, || Why::NoArea(quote(area)));
        }
    });
}
