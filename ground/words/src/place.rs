//! Places: which of the city's areas a message names.
//!
//! Never picks between two: when two areas could be meant, it says nothing and a person asks.

use std::collections::HashMap;

use crate::fold::Folded;
use crate::suggest::Reason;

/// The most names one index takes; a city's areas and landmarks with room to spare.
pub const PLACES_MAX: usize = 50_000;

/// Words of a message that are looked at for a slip; a longer text is looked at for exact names.
const SLIP_WORDS_MAX: usize = 200;
/// Words in one name that are looked at.
const NAME_WORDS_MAX: usize = 6;
/// Letters a name needs before a slip of one letter is forgiven.
const SLIP_LETTERS_MIN: usize = 6;
/// Letters under which a name needs a word such as "in" before it.
const BARE_LETTERS_MIN: usize = 4;

const CONFIDENCE_FULL: u8 = 90;
const CONFIDENCE_SHORT: u8 = 70;
const CONFIDENCE_SLIP: u8 = 60;

/// Words after which a place name follows, in the languages of the platform.
const CUES: &[&str] = &[
    "a",
    "at",
    "in",
    "near",
    "from",
    "nan",
    "zone",
    "zon",
    "katye",
    "bo",
    "quartier",
    "en",
    "dans",
    "de",
    "barrio",
    "cerca",
    "kwa",
    "mtaa",
    "huko",
    "eneo",
    "pale",
    "في",
    "من",
    "حي",
    "منطقه",
    "mein",
    "mohalla",
    "ilaqa",
    "gaon",
    "area",
    "ward",
    "barangay",
    "soti",
];

/// The names of a city's areas, laid out to be found in messages.
#[derive(Debug, Default)]
pub struct PlaceIndex {
    /// Folded name to the areas that bear it.
    exact: HashMap<String, Vec<usize>>,
    /// Name with any one letter left out, to the names it may be a slip of.
    slips: HashMap<String, Vec<String>>,
    words_max: usize,
}

struct Found<'a> {
    name: &'a str,
    keys: &'a [usize],
    first: usize,
    last: usize,
    slip: bool,
}

impl PlaceIndex {
    /// Lays out `names`: each a key of the caller and a name. One key may come with several
    /// names. Names past [`PLACES_MAX`] and names without a letter are left out.
    pub fn new<'a>(names: impl IntoIterator<Item = (usize, &'a str)>) -> Self {
        let mut index = Self::default();
        for (key, name) in names.into_iter().take(PLACES_MAX) {
            let folded = Folded::new(name);
            let words = folded.spans().len();
            let folded = folded.into_text();
            if words == 0 || words > NAME_WORDS_MAX || !folded.chars().any(char::is_alphabetic) {
                continue;
            }
            index.words_max = index.words_max.max(words);
            let keys = index.exact.entry(folded.clone()).or_default();
            if !keys.contains(&key) {
                keys.push(key);
            }
            if keys.len() == 1 && letters(&folded) >= SLIP_LETTERS_MIN {
                for shorter in one_letter_less(&folded) {
                    let bearers = index.slips.entry(shorter).or_default();
                    if !bearers.contains(&folded) {
                        bearers.push(folded.clone());
                    }
                }
            }
        }
        index
    }

    /// Finds the one area `text` names: its key, the words that name it and a confidence of 0 to
    /// 100. `None` when no area is named, or more than one could be meant.
    #[must_use]
    pub fn find(&self, text: &str) -> Option<(usize, Reason, u8)> {
        let folded = Folded::new(text);
        let mut found = self.look(&folded, false);
        if found.is_empty() && folded.spans().len() <= SLIP_WORDS_MAX {
            found = self.look(&folded, true);
        }
        let longest = found.iter().max_by_key(|f| (f.last - f.first, f.name.len()))?;
        // "Delmas 33" names Delmas 33 and not also Delmas; two names apart are two places.
        let inside = |f: &Found| f.first >= longest.first && f.last <= longest.last;
        let only = found.iter().all(|f| f.keys == longest.keys || inside(f));
        let rival = found
            .iter()
            .any(|f| f.name.len() == longest.name.len() && inside(f) && f.keys != longest.keys);
        let [key] = longest.keys else { return None };
        if !only || rival {
            return None;
        }
        let confidence = if longest.slip {
            CONFIDENCE_SLIP
        } else if longest.last > longest.first || letters(longest.name) >= SLIP_LETTERS_MIN {
            CONFIDENCE_FULL
        } else {
            CONFIDENCE_SHORT
        };
        let from = folded.spans().get(longest.first)?.from;
        let to = folded.spans().get(longest.last)?.to;
        let code = if longest.slip { "names_nearly" } else { "names" };
        let words = vec![text.get(from..to)?.to_owned()];
        Some((*key, Reason { code, words }, confidence))
    }

    fn look<'a>(&'a self, folded: &Folded, slips: bool) -> Vec<Found<'a>> {
        let mut found: Vec<Found<'a>> = Vec::new();
        let words: Vec<&str> = folded.words().collect();
        for first in 0..words.len() {
            for last in first..words.len().min(first + self.words_max) {
                let (Some(start), Some(end)) =
                    (folded.spans().get(first), folded.spans().get(last))
                else {
                    continue;
                };
                let Some(group) = folded.text().get(start.start..end.end) else { continue };
                let cued = first
                    .checked_sub(1)
                    .and_then(|before| words.get(before))
                    .is_some_and(|word| CUES.contains(word));
                let bare = words.len() == last + 1 - first;
                if letters(group) < BARE_LETTERS_MIN && !cued && !bare {
                    continue;
                }
                let names = if slips { self.near(group) } else { self.same(group) };
                for (name, keys) in names {
                    found.push(Found { name, keys, first, last, slip: slips });
                }
            }
        }
        found
    }

    fn same(&self, group: &str) -> Vec<(&str, &[usize])> {
        let entry = self.exact.get_key_value(group);
        entry.map(|(name, keys)| (name.as_str(), keys.as_slice())).into_iter().collect()
    }

    fn near(&self, group: &str) -> Vec<(&str, &[usize])> {
        if letters(group) + 1 < SLIP_LETTERS_MIN {
            return Vec::new();
        }
        let mut names: Vec<&str> = Vec::new();
        for shorter in one_letter_less(group).chain([group.to_owned()]) {
            let bearers = self.slips.get(&shorter).map(Vec::as_slice).unwrap_or_default();
            let whole = self.exact.get_key_value(&shorter).map(|(name, _)| name);
            for name in bearers.iter().chain(whole) {
                let new = !names.contains(&name.as_str());
                if new && letters(name) >= SLIP_LETTERS_MIN && one_slip(group, name) {
                    names.push(name);
                }
            }
        }
        names.into_iter().flat_map(|name| self.same(name)).collect()
    }
}

fn letters(name: &str) -> usize {
    name.chars().filter(|c| c.is_alphabetic()).count()
}

/// Every spelling of `name` with one character left out; a digit is never left out, because
/// "Barangay 12" is no slip of "Barangay 112".
fn one_letter_less(name: &str) -> impl Iterator<Item = String> {
    name.char_indices().filter(|(_, c)| !c.is_numeric()).filter_map(|(at, c)| {
        let mut shorter = name.get(..at)?.to_owned();
        shorter.push_str(name.get(at + c.len_utf8()..)?);
        Some(shorter)
    })
}

/// Tells whether `a` becomes `b` by one letter put in, left out, changed or swapped with the next.
fn one_slip(a: &str, b: &str) -> bool {
    let digits = |s: &str| s.chars().filter(|c| c.is_numeric()).collect::<String>();
    if digits(a) != digits(b) {
        return false;
    }
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let head = a.iter().zip(&b).take_while(|(a, b)| a == b).count();
    let (a, b) = (a.get(head..).unwrap_or_default(), b.get(head..).unwrap_or_default());
    let tail = a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| a == b).count();
    let a = a.get(..a.len() - tail).unwrap_or_default();
    let b = b.get(..b.len() - tail).unwrap_or_default();
    match (a, b) {
        ([_] | [], [_]) | ([_], []) => true,
        ([one, two], [three, four]) => one == four && two == three,
        _ => false,
    }
}
