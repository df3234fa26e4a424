//! What is heard in each voice of a window: the things it lacks, its words and letter groups, and
//! how rare each is among the voices at hand.
//!
//! Never keeps anything after the call and never learns: rare means rare in this window.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::Item;
use crate::fold::Folded;
use crate::likeness::mix;
use crate::matcher::Matcher;
use crate::suggest::{Area, Rule, read, tongues};

/// Words of one voice that are looked at.
const ITEM_WORDS_MAX: usize = 120;
/// Letters under which a word ties nobody.
const WORD_LETTERS_MIN: usize = 3;
/// Letters in one group; groups tie the spellings of a word.
const GROUP_LETTERS: usize = 4;
/// Voices added to the window when rarity is reckoned, so that two voices alone can be alike.
const WINDOW_SMOOTH: u64 = 8;

/// A word as it was said: where it is in the text, or in the landmark.
#[derive(Debug, Clone, Copy)]
pub(super) struct Said<'a> {
    pub(super) key: u64,
    pub(super) text: &'a str,
}

/// What is heard in one voice.
#[derive(Debug, Default)]
pub(super) struct Heard<'a> {
    /// Things lacked: bit by place in the list of things.
    pub(super) things: u64,
    /// The words that say so.
    pub(super) thing_words: Vec<(usize, &'a str)>,
    /// Words that may tie, each once.
    pub(super) words: Vec<Said<'a>>,
    /// Keys of the words of the landmark.
    pub(super) landmark: Vec<u64>,
    /// Words and letter groups with their rarity, by key.
    pub(super) features: Vec<(u64, u64)>,
    /// The squares of the rarities, summed.
    pub(super) norm: u64,
}

/// The voices of one call, by id.
pub(super) struct Window<'a> {
    pub(super) items: Vec<Item<'a>>,
    pub(super) heard: Vec<Heard<'a>>,
    indexes: Vec<usize>,
    rarity: HashMap<u64, u64>,
    /// Rarity of each thing, at least one.
    thing_rarity: Vec<u64>,
    pub(super) left_out: usize,
}

impl<'a> Window<'a> {
    /// Listens to the latest `items_max` of `items`.
    pub(super) fn new(items: &[Item<'a>], items_max: usize) -> Self {
        let mut kept: Vec<(usize, Item<'a>)> = items.iter().copied().enumerate().collect();
        kept.sort_by_key(|(_, item)| (item.id, item.said_ms, item.text));
        kept.dedup_by_key(|(_, item)| item.id);
        kept.sort_by_key(|(_, item)| (Reverse(item.said_ms), item.id));
        let left_out = kept.len().saturating_sub(items_max);
        kept.truncate(items_max);
        kept.sort_by_key(|(_, item)| item.id);
        let (indexes, items): (Vec<usize>, Vec<Item<'a>>) = kept.into_iter().unzip();
        let mut heard: Vec<Heard<'a>> = items.iter().map(listen).collect();
        let mut window = Self {
            items,
            heard: Vec::new(),
            indexes,
            rarity: HashMap::new(),
            thing_rarity: Vec::new(),
            left_out,
        };
        window.reckon(&mut heard);
        window.heard = heard;
        window
    }

    /// How rare everything is among the voices, and with it the weights of each voice.
    fn reckon(&mut self, heard: &mut [Heard<'a>]) {
        let voices = u64::try_from(heard.len()).unwrap_or(u64::MAX);
        let mut counts: HashMap<u64, u64> = HashMap::new();
        for (key, _) in heard.iter().flat_map(|heard| &heard.features) {
            *counts.entry(*key).or_default() += 1;
        }
        self.rarity = counts.into_iter().map(|(key, count)| (key, rarity(voices, count))).collect();
        for one in heard.iter_mut() {
            for (key, weight) in &mut one.features {
                *weight = self.rarity.get(key).copied().unwrap_or(0);
            }
            one.norm = one.features.iter().map(|(_, weight)| weight * weight).sum();
        }
        let with = |thing: usize| heard.iter().filter(|one| one.things >> thing & 1 == 1).count();
        self.thing_rarity = (0..THINGS.codes.len())
            .map(|thing| rarity(voices, u64::try_from(with(thing)).unwrap_or(1)).max(1))
            .collect();
    }

    pub(super) fn len(&self) -> usize {
        self.items.len()
    }

    /// Where in the caller's list the voice stands.
    pub(super) fn index(&self, at: usize) -> usize {
        self.indexes.get(at).copied().unwrap_or(0)
    }

    /// How rare a word is: 0 in every voice.
    pub(super) fn rarity_of(&self, key: u64) -> u64 {
        self.rarity.get(&key).copied().unwrap_or(0)
    }

    /// The rarity of all things in `bits`, summed.
    pub(super) fn things_weight(&self, bits: u64) -> u64 {
        let weights = self.thing_rarity.iter().enumerate();
        weights.filter(|(thing, _)| bits >> thing & 1 == 1).map(|(_, weight)| weight).sum()
    }
}

/// Four times the binary logarithm of how many times rarer than everywhere, in whole numbers:
/// the same on every machine.
fn rarity(voices: u64, count: u64) -> u64 {
    let fourth = |n: u64| u128::from(n).saturating_pow(4);
    let times = fourth(voices.saturating_add(WINDOW_SMOOTH)) / fourth(count.max(1)).max(1);
    u64::from(times.checked_ilog2().unwrap_or(0))
}

fn listen<'a>(item: &Item<'a>) -> Heard<'a> {
    let mut heard = Heard::default();
    let mut features: HashMap<u64, u64> = HashMap::new();
    hear_things(item, &mut heard);
    hear_words(item.text, &mut heard, &mut features);
    if let Some(landmark) = item.landmark {
        let mut place = Heard::default();
        hear_words(landmark, &mut place, &mut features);
        heard.landmark = place.words.iter().map(|word| word.key).collect();
        for word in place.words {
            if !heard.words.iter().any(|known| known.key == word.key) {
                heard.words.push(word);
            }
        }
    }
    heard.features = features.into_iter().collect();
    heard.features.sort_unstable();
    heard
}

fn hear_things<'a>(item: &Item<'a>, heard: &mut Heard<'a>) {
    let folded = Folded::stemmed(item.text);
    let spoken = tongues(item.language);
    for hit in THINGS.matcher.find(&folded) {
        let Some(rule) = THINGS.rules.get(hit.rule).filter(|rule| rule.tongue & spoken != 0) else {
            continue;
        };
        let Some(thing) = THINGS.codes.iter().position(|code| *code == rule.value) else {
            continue;
        };
        heard.things |= 1 << thing;
        let spans = folded.spans();
        let (first, last) = (spans.get(hit.first), spans.get(hit.last));
        let ends = first.zip(last).map(|(first, last)| first.from..last.to);
        if let Some(said) = ends.and_then(|ends| item.text.get(ends)) {
            heard.thing_words.push((thing, said));
        }
    }
}

/// The words of `text`: a number belongs to the word before it, since "Delmas 33" is a place and
/// "33" is none.
fn hear_words<'a>(text: &'a str, heard: &mut Heard<'a>, features: &mut HashMap<u64, u64>) {
    let folded = Folded::stemmed(text);
    let spans = folded.spans().get(..ITEM_WORDS_MAX).unwrap_or(folded.spans());
    let mut before: Option<(&str, usize)> = None;
    for (word, span) in folded.words().zip(spans) {
        let number = word.chars().all(char::is_numeric);
        let (joined, from) = match before.take() {
            Some((name, from)) if number => (format!("{name} {word}"), from),
            _ if number => continue,
            _ => (word.to_owned(), span.from),
        };
        if !number {
            before = Some((word, span.from));
        }
        let letters = word_letters(&joined);
        if letters < WORD_LETTERS_MIN || (!number && EMPTY.contains(word)) {
            continue;
        }
        let key = key_of(&joined);
        features.insert(key, 0);
        if !number {
            groups_of(word, features);
        }
        if heard.words.iter().any(|known| known.key == key) {
            continue;
        }
        if let Some(said) = text.get(from..span.to) {
            heard.words.push(Said { key, text: said });
        }
    }
}

fn word_letters(word: &str) -> usize {
    word.chars().count()
}

fn key_of(word: &str) -> u64 {
    // A word is no letter group, even when it has as many letters.
    let letters: Vec<char> = std::iter::once('=').chain(word.chars()).collect();
    mix(&letters)
}

fn groups_of(word: &str, features: &mut HashMap<u64, u64>) {
    let letters: Vec<char> =
        std::iter::once(' ').chain(word.chars()).chain(std::iter::once(' ')).collect();
    for group in letters.windows(GROUP_LETTERS) {
        features.insert(mix(group), 0);
    }
}

/// The wordlist of things.
pub(super) struct Things {
    pub(super) codes: Vec<&'static str>,
    rules: Vec<Rule>,
    matcher: Matcher,
}

pub(super) static THINGS: LazyLock<Things> = LazyLock::new(|| {
    let rules = read(Area::Sector, include_str!("../rules/things.txt"));
    let mut codes: Vec<&'static str> = Vec::new();
    for rule in &rules {
        if !codes.contains(&rule.value) {
            codes.push(rule.value);
        }
    }
    // One bit a thing.
    codes.truncate(64);
    let matcher = Matcher::new(rules.iter().map(|rule| rule.phrase));
    Things { codes, rules, matcher }
});

/// Words that tie nobody, folded.
static EMPTY: LazyLock<HashSet<String>> = LazyLock::new(|| {
    let list = include_str!("../rules/empty.txt").lines().filter(|line| !line.starts_with('#'));
    let words = list.filter_map(|line| line.split_once(':')).map(|(_, words)| words);
    let folded = words.map(Folded::stemmed);
    folded.flat_map(|folded| folded.words().map(str::to_owned).collect::<Vec<_>>()).collect()
});
