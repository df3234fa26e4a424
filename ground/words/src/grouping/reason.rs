//! The reason of a proposal: what the voices lack, the words they share, place and time.
//!
//! Never gives a word that fewer than two of them say, and never one that could turn the writing
//! of a page around.

use std::cmp::Reverse;

use super::heard::{THINGS, Window};
use super::score::{hours_apart, metres};
use super::{Thing, Why};
use crate::clean::clean;
use crate::fold::Folded;

/// The most words given, and the most things and sectors.
const WORDS_MAX: usize = 4;
/// The most ways given in which one thing was said.
const SAID_MAX: usize = 3;
/// Characters of one word that are given.
const WORD_CHARS_MAX: usize = 40;

/// Why `members` of the window are together.
pub(super) fn why(window: &Window<'_>, members: &[usize]) -> Why {
    let items: Vec<_> = members.iter().filter_map(|at| window.items.get(*at)).collect();
    let areas: Vec<_> = items.iter().map(|item| item.area).collect();
    let points: Option<Vec<_>> = items.iter().map(|item| item.point).collect();
    let points = points.filter(|points| points.len() > 1);
    let furthest = |points: Vec<super::Point>| {
        let from = |a: &super::Point| points.iter().map(|b| metres(*a, *b)).max();
        points.iter().filter_map(from).max()
    };
    let first = items.iter().min_by_key(|item| item.said_ms);
    let last = items.iter().max_by_key(|item| item.said_ms);
    Why {
        things: things(window, members),
        words: words(window, members),
        sectors: sectors(window, members),
        same_area: areas.first().is_some_and(|a| a.is_some() && areas.iter().all(|b| a == b)),
        near_m: points.and_then(furthest),
        hours_apart: first.zip(last).map_or(0, |(a, b)| hours_apart(a, b)),
    }
}

/// How many of `members` make half of them, and two or more.
fn enough(members: &[usize]) -> usize {
    members.len().div_ceil(2).max(2)
}

fn things(window: &Window<'_>, members: &[usize]) -> Vec<Thing> {
    let heard: Vec<_> = members.iter().filter_map(|at| window.heard.get(*at)).collect();
    let mut found: Vec<(usize, Thing)> = Vec::new();
    for (thing, code) in THINGS.codes.iter().enumerate() {
        let said_by = heard.iter().filter(|one| one.things >> thing & 1 == 1).count();
        if said_by < enough(members) {
            continue;
        }
        let mut words: Vec<String> = Vec::new();
        let mut known: Vec<String> = Vec::new();
        let said = heard.iter().flat_map(|one| &one.thing_words).filter(|(t, _)| *t == thing);
        for (_, said) in said {
            let folded = Folded::new(said).into_text();
            if words.len() < SAID_MAX && !known.contains(&folded) {
                words.push(shown(said));
                known.push(folded);
            }
        }
        found.push((said_by, Thing { code, words }));
    }
    found.sort_by_key(|(said_by, _)| Reverse(*said_by));
    found.truncate(WORDS_MAX);
    found.into_iter().map(|(_, thing)| thing).collect()
}

fn words(window: &Window<'_>, members: &[usize]) -> Vec<String> {
    let heard: Vec<_> = members.iter().filter_map(|at| window.heard.get(*at)).collect();
    // How often said, how rare, the key, and how it was first said.
    let mut found: Vec<(usize, u64, u64, &str)> = Vec::new();
    for (at, one) in heard.iter().enumerate() {
        let says = |word: &str| one.thing_words.iter().any(|(_, said)| said.contains(word));
        for word in &one.words {
            if let Some(known) = found.iter_mut().find(|(_, _, key, _)| *key == word.key) {
                known.0 += 1;
            } else if at + enough(members) <= heard.len() && !says(word.text) {
                found.push((1, window.rarity_of(word.key), word.key, word.text));
            }
        }
    }
    found.retain(|(said_by, rarity, ..)| *said_by >= enough(members) && *rarity > 0);
    found.sort_by_key(|(_, rarity, key, _)| (Reverse(*rarity), *key));
    found.truncate(WORDS_MAX);
    found.into_iter().map(|(.., said)| shown(said)).collect()
}

fn sectors(window: &Window<'_>, members: &[usize]) -> Vec<String> {
    let items: Vec<_> = members.iter().filter_map(|at| window.items.get(*at)).collect();
    let mut all: Vec<&str> = items.iter().flat_map(|item| item.sectors).copied().collect();
    all.sort_unstable();
    all.dedup();
    let with = |sector: &str| items.iter().filter(|item| item.sectors.contains(&sector)).count();
    all.retain(|sector| with(sector) >= enough(members));
    all.sort_by_key(|sector| Reverse(with(sector)));
    all.truncate(WORDS_MAX);
    all.into_iter().map(str::to_owned).collect()
}

/// A word as it may stand on a page.
fn shown(said: &str) -> String {
    let cut: String = said.chars().take(WORD_CHARS_MAX).collect();
    clean(&cut).unwrap_or_else(|_| Folded::new(&cut).into_text())
}
