//! The language of a message, from its script, its letter groups and its words.
//!
//! Never asks anyone and never insists: below the least confidence it says `und`. It knows seven
//! ways of writing; a language outside them comes out as `und` or, when close, as a neighbour.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::fold::Folded;

/// The code of a language that could not be told.
pub const UNDETERMINED: &str = "und";

/// Every code [`language`] may answer beside [`UNDETERMINED`].
pub const LANGUAGES: &[&str] = &["ht", "fr", "en", "es", "sw", "ar", "ur-Latn"];

/// Below this confidence the answer is `und`.
const CONFIDENCE_MIN: u8 = 55;
/// Letters (of any script) a message needs before anything is said about it.
const LETTERS_MIN: usize = 2;
/// Bytes of a message that are looked at; more adds time and no certainty.
const LOOKED_AT_BYTES_MAX: usize = 600;

/// Latin-script languages with the text each was learned from, written for this purpose.
const LATIN: [(&str, &str); LATIN_COUNT] = [
    ("ht", include_str!("tongues/ht.txt")),
    ("fr", include_str!("tongues/fr.txt")),
    ("en", include_str!("tongues/en.txt")),
    ("es", include_str!("tongues/es.txt")),
    ("sw", include_str!("tongues/sw.txt")),
    ("ur-Latn", include_str!("tongues/ur-latn.txt")),
];
const LATIN_COUNT: usize = 6;

/// Kinds of letters the model tells apart: a to z, blank, four kinds of accent, apostrophe.
const LETTERS: usize = 32;
const BLANK: usize = 26;
/// How strongly a rare letter group leans on the shorter group inside it.
const LEAN: f32 = 4.0;
/// What one sighting in the learned text weighs for a word that was not seen there.
const UNSEEN_WORD: f32 = 0.08;
/// How often a word of the lists at the head of each text counts as seen.
const LISTED_WORD: f32 = 4.0;
/// Neighbouring letter groups say much the same thing twice; this takes their share back.
const GROUPS_WEIGHT: f32 = 0.55;
/// A whole word is one piece of evidence.
const WORDS_WEIGHT: f32 = 0.9;
/// Mean log-likelihood of a letter group under which the text is in none of the languages.
const GROUP_LIKELIHOOD_MIN: f32 = -3.3;

/// What a message seems to be written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LanguageGuess {
    /// One of [`LANGUAGES`], or [`UNDETERMINED`].
    pub code: &'static str,
    /// 0 to 100; for `und` how sure the best guess would have been.
    pub confidence: u8,
}

/// Tells the language of `text`.
#[must_use]
pub fn language(text: &str) -> LanguageGuess {
    let text = first_bytes(text, LOOKED_AT_BYTES_MAX);
    let scripts = Scripts::of(text);
    if scripts.letters < LETTERS_MIN {
        return LanguageGuess { code: UNDETERMINED, confidence: 0 };
    }
    if scripts.arabic * 2 > scripts.letters {
        return arabic(&scripts);
    }
    if scripts.latin * 2 < scripts.letters {
        return LanguageGuess { code: UNDETERMINED, confidence: 0 };
    }
    latin(text)
}

fn arabic(scripts: &Scripts) -> LanguageGuess {
    // Two or more letters that Arabic does not have: Urdu, Persian, Pashto, Sindhi, Kurdish.
    let share = scripts.arabic * 100 / scripts.letters;
    let confidence = u8::try_from(share).unwrap_or(100).min(97);
    let foreign = scripts.beyond_arabic >= 2 && scripts.beyond_arabic * 33 >= scripts.arabic;
    LanguageGuess { code: if foreign { UNDETERMINED } else { "ar" }, confidence }
}

fn latin(text: &str) -> LanguageGuess {
    let evidence = MODEL.read(text);
    let mut best = (0, f32::NEG_INFINITY);
    for (at, score) in evidence.scores.iter().enumerate() {
        if *score > best.1 {
            best = (at, *score);
        }
    }
    let weight: f32 = evidence.scores.iter().map(|score| (score - best.1).exp()).sum();
    let mut confidence = 100.0 / weight;
    if !evidence.known_word {
        // Letter groups alone also fit names and noise.
        confidence = confidence.min(70.0);
        if evidence.group_likelihood(best.0) < GROUP_LIKELIHOOD_MIN {
            confidence = confidence.min(30.0);
        }
    }
    let confidence = percent(confidence);
    let code = match LATIN.get(best.0) {
        Some((code, _)) if confidence >= CONFIDENCE_MIN => code,
        _ => UNDETERMINED,
    };
    LanguageGuess { code, confidence }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped first")]
fn percent(share: f32) -> u8 {
    share.clamp(0.0, 99.0) as u8
}

fn first_bytes(text: &str, bytes_max: usize) -> &str {
    let end = (0..=bytes_max.min(text.len())).rev().find(|at| text.is_char_boundary(*at));
    text.get(..end.unwrap_or(0)).unwrap_or(text)
}

#[derive(Default)]
struct Scripts {
    letters: usize,
    latin: usize,
    arabic: usize,
    beyond_arabic: usize,
}

impl Scripts {
    fn of(text: &str) -> Self {
        let mut scripts = Self::default();
        for c in text.chars().filter(|c| c.is_alphabetic()) {
            scripts.letters += 1;
            match c {
                'a'..='z' | 'A'..='Z' | '\u{00C0}'..='\u{024F}' => scripts.latin += 1,
                '\u{0600}'..='\u{06FF}' | '\u{0750}'..='\u{077F}' => {
                    scripts.arabic += 1;
                    scripts.beyond_arabic += usize::from("ٹڈڑںےھہگچپژکیۓټډړښېۍڪڏڳڻ".contains(c));
                }
                '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFE}' => scripts.arabic += 1,
                _ => {}
            }
        }
        scripts
    }
}

static MODEL: LazyLock<Model> = LazyLock::new(Model::learned);

type PerLanguage = [f32; LATIN_COUNT];

struct Model {
    /// Log-likelihood of a letter after the two before it, for each language.
    groups: Vec<PerLanguage>,
    words: HashMap<String, PerLanguage>,
}

struct Evidence {
    scores: PerLanguage,
    groups: PerLanguage,
    groups_count: f32,
    known_word: bool,
}

impl Evidence {
    fn group_likelihood(&self, at: usize) -> f32 {
        self.groups.get(at).map_or(f32::NEG_INFINITY, |sum| sum / self.groups_count.max(1.0))
    }
}

impl Model {
    fn learned() -> Self {
        let mut groups = vec![[0.0; LATIN_COUNT]; LETTERS * LETTERS * LETTERS];
        let mut words: HashMap<String, PerLanguage> = HashMap::new();
        let mut totals = [0.0_f32; LATIN_COUNT];
        for (at, (_, text)) in LATIN.iter().enumerate() {
            fill_groups(&mut groups, at, text);
            for line in text.lines() {
                let (line, seen) = match line.strip_prefix('=') {
                    Some(listed) => (listed, LISTED_WORD),
                    None => (line, 1.0),
                };
                for word in Folded::new(line).words().filter(|w| w.parse::<u64>().is_err()) {
                    let counts = words.entry(word.to_owned()).or_default();
                    if let (Some(count), Some(total)) = (counts.get_mut(at), totals.get_mut(at)) {
                        *count += seen;
                        *total += seen;
                    }
                }
            }
        }
        for counts in words.values_mut() {
            for (count, total) in counts.iter_mut().zip(totals) {
                *count = ((*count + UNSEEN_WORD) / total).ln();
            }
        }
        Self { groups, words }
    }

    fn read(&self, text: &str) -> Evidence {
        let mut evidence = Evidence {
            scores: [0.0; LATIN_COUNT],
            groups: [0.0; LATIN_COUNT],
            groups_count: 0.0,
            known_word: false,
        };
        each_group(text, |first, second, third| {
            let at = (first * LETTERS + second) * LETTERS + third;
            if let Some(likelihoods) = self.groups.get(at) {
                add(&mut evidence.groups, likelihoods, 1.0);
                evidence.groups_count += 1.0;
            }
        });
        add(&mut evidence.scores, &evidence.groups, GROUPS_WEIGHT);
        for word in Folded::new(text).words() {
            if let Some(likelihoods) = self.words.get(word) {
                add(&mut evidence.scores, likelihoods, WORDS_WEIGHT);
                evidence.known_word = true;
            }
        }
        evidence
    }
}

fn add(sum: &mut PerLanguage, part: &PerLanguage, weight: f32) {
    for (sum, part) in sum.iter_mut().zip(part) {
        *sum += part * weight;
    }
}

/// Counts the letter groups of one language and turns them into log-likelihoods: a rare group
/// leans on the pair inside it, a rare pair on the single letter.
#[expect(clippy::cast_precision_loss, reason = "32 letters and a few thousand groups")]
fn fill_groups(groups: &mut [PerLanguage], language: usize, text: &str) {
    let mut triples = vec![0.0_f32; LETTERS * LETTERS * LETTERS];
    let mut pairs = vec![0.0_f32; LETTERS * LETTERS];
    let mut singles = vec![0.0_f32; LETTERS];
    // Many phones write no accents, so the text is learned once with and once without them.
    let bare = Folded::new(text).into_text();
    for text in [text, &bare] {
        each_group(text, |first, second, third| {
            let pair = second * LETTERS + third;
            for (counts, at) in [
                (&mut triples, first * LETTERS * LETTERS + pair),
                (&mut pairs, pair),
                (&mut singles, third),
            ] {
                if let Some(count) = counts.get_mut(at) {
                    *count += 1.0;
                }
            }
        });
    }
    let all: f32 = singles.iter().sum();
    let seen = |counts: &[f32], at: usize| counts.get(at).copied().unwrap_or(0.0);
    for first in 0..LETTERS {
        for second in 0..LETTERS {
            let before = seen(&pairs, first * LETTERS + second);
            for third in 0..LETTERS {
                let pair = second * LETTERS + third;
                let single = (seen(&singles, third) + 1.0) / (all + LETTERS as f32);
                let double = (seen(&pairs, pair) + LEAN * single) / (seen(&singles, second) + LEAN);
                let at = first * LETTERS * LETTERS + pair;
                let triple = (seen(&triples, at) + LEAN * double) / (before + LEAN);
                if let Some(slot) = groups.get_mut(at).and_then(|g| g.get_mut(language)) {
                    *slot = triple.ln();
                }
            }
        }
    }
}

/// Calls `tell` with every three letters in a row, words led and followed by a blank.
fn each_group(text: &str, mut tell: impl FnMut(usize, usize, usize)) {
    let (mut first, mut second) = (BLANK, BLANK);
    for c in text.chars().chain([' ']) {
        let third = letter(c);
        if third == BLANK && second == BLANK {
            continue;
        }
        tell(first, second, third);
        (first, second) = (second, third);
    }
}

fn letter(c: char) -> usize {
    match c.to_ascii_lowercase() {
        low @ 'a'..='z' => usize::try_from(u32::from(low) - u32::from('a')).unwrap_or(BLANK),
        'è' | 'à' | 'ù' | 'ì' | 'ò' | 'È' | 'À' | 'Ù' | 'Ì' | 'Ò' => 27,
        'é' | 'É' | 'ê' | 'Ê' | 'ç' | 'Ç' | 'ë' | 'ï' | 'œ' => 28,
        'ñ' | 'Ñ' | 'í' | 'ó' | 'ú' | 'á' | 'Í' | 'Ó' | 'Ú' | 'Á' => 29,
        'â' | 'î' | 'ô' | 'û' => 30,
        '\'' | '\u{2019}' => 31,
        _ => BLANK,
    }
}
