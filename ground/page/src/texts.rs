//! Every sentence of every room in every language: read once at start, then only looked up.
//!
//! Never: it does not log, guess or translate; a key that is missing is shown as missing.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentError, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

use crate::tongue::{Lang, group_digits};

/// The kit's own sentences, one catalogue a language.
pub const KIT_TEXTS: &[(Lang, &str)] = &[
    (Lang::En, include_str!("../texts/en.ftl")),
    (Lang::Fr, include_str!("../texts/fr.ftl")),
    (Lang::Es, include_str!("../texts/es.ftl")),
    (Lang::Ht, include_str!("../texts/ht.ftl")),
    (Lang::Sw, include_str!("../texts/sw.ftl")),
    (Lang::Ar, include_str!("../texts/ar.ftl")),
];

/// The review state a catalogue states in its header (`# review: unreviewed`), for the steward.
/// `None` when the header is missing, which a test refuses.
pub fn review_state_of(catalogue: &str) -> Option<&str> {
    catalogue
        .lines()
        .take_while(|line| line.starts_with('#'))
        .find_map(|line| line.strip_prefix("# review:"))
        .map(str::trim)
}

/// The review state of the kit's own catalogue in `lang`.
pub fn review_state(lang: Lang) -> &'static str {
    KIT_TEXTS
        .iter()
        .find(|(of, _)| *of == lang)
        .and_then(|(_, catalogue)| review_state_of(catalogue))
        .unwrap_or("unreviewed")
}

/// Why the catalogues cannot be used. Each names the language and the key.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum TextError {
    /// The file does not parse; `near` is the key at or before the fault.
    Unparsable {
        /// The language of the catalogue.
        lang: Lang,
        /// The key at or just before the fault.
        near: String,
        /// What the parser found.
        fault: String,
    },
    /// The same key is said twice in one language.
    Duplicate {
        /// The language of the catalogue.
        lang: Lang,
        /// The key that is there twice.
        key: String,
    },
}

impl fmt::Display for TextError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            TextError::Unparsable { lang, near, fault } => {
                write!(f, "texts in {}: near `{near}`: {fault}", lang.code())
            }
            TextError::Duplicate { lang, key } => {
                write!(f, "texts in {}: `{key}` is there twice", lang.code())
            }
        }
    }
}

impl std::error::Error for TextError {}

/// All catalogues of all languages. Built once at start, shared by every thread.
pub struct Texts {
    bundles: BTreeMap<Lang, FluentBundle<FluentResource>>,
    keys: BTreeMap<Lang, BTreeSet<String>>,
}

impl Texts {
    /// Joins the catalogues of all rooms; several files may share a language.
    ///
    /// # Errors
    /// [`TextError`] names the first key that is unparsable or said twice.
    pub fn new(sources: &[(Lang, &'static str)]) -> Result<Texts, TextError> {
        let mut texts = Texts { bundles: BTreeMap::new(), keys: BTreeMap::new() };
        for (lang, source) in sources {
            texts.add(*lang, source)?;
        }
        Ok(texts)
    }

    /// The keys there are in `lang`, in order.
    pub fn keys(&self, lang: Lang) -> impl Iterator<Item = &str> {
        self.keys.get(&lang).into_iter().flatten().map(String::as_str)
    }

    fn add(&mut self, lang: Lang, source: &'static str) -> Result<(), TextError> {
        let resource = FluentResource::try_new(source.to_owned()).map_err(|(_, faults)| {
            let fault = faults.first();
            let at = fault.map_or(0, |fault| fault.pos.start);
            let before = source.get(..at).unwrap_or(source);
            let line_end = source.get(at..).and_then(|rest| rest.find('\n')).unwrap_or(0);
            let upto = source.get(..at.saturating_add(line_end)).unwrap_or(before);
            TextError::Unparsable {
                lang,
                near: upto.lines().filter_map(key_of).next_back().unwrap_or_default().to_owned(),
                fault: fault.map(|fault| fault.kind.to_string()).unwrap_or_default(),
            }
        })?;
        let bundle = self.bundles.entry(lang).or_insert_with(|| empty_bundle(lang));
        bundle.add_resource(resource).map_err(|faults| TextError::Duplicate {
            lang,
            key: faults
                .iter()
                .find_map(|fault| match fault {
                    FluentError::Overriding { id, .. } => Some(id.clone()),
                    _ => None,
                })
                .unwrap_or_default(),
        })?;
        let keys = source.lines().filter_map(key_of).map(str::to_owned);
        self.keys.entry(lang).or_default().extend(keys);
        Ok(())
    }

    pub(crate) fn has(&self, lang: Lang, key: &str) -> bool {
        self.bundles.get(&lang).is_some_and(|bundle| bundle.has_message(key))
    }

    /// The sentence, or `None` when it is missing or asks for a value that was not given.
    pub(crate) fn format(&self, lang: Lang, key: &str, args: &FluentArgs<'_>) -> Option<String> {
        let bundle = self.bundles.get(&lang)?;
        let pattern = bundle.get_message(key)?.value()?;
        let mut faults = Vec::new();
        let said = bundle.format_pattern(pattern, Some(args), &mut faults).into_owned();
        faults.is_empty().then_some(said)
    }
}

/// `key` of a line `key = …`; Fluent wants messages at the first column.
fn key_of(line: &str) -> Option<&str> {
    let (key, _) = line.split_once('=')?;
    let key = key.trim_end();
    let starts = key.starts_with(|first: char| first.is_ascii_alphabetic());
    let plain = key.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
    (starts && plain).then_some(key)
}

fn empty_bundle(lang: Lang) -> FluentBundle<FluentResource> {
    // The plural tables know no Haitian Creole. Its nouns do not change after a number, so any
    // table will do; French, which its readers also meet, lets a text say [one] if it wants to.
    let plurals = if lang == Lang::Ht { Lang::Fr } else { lang };
    let locale: LanguageIdentifier = plurals.code().parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![locale]);
    // Isolation marks cost an SMS its small alphabet; pages isolate values with <bdi> instead.
    bundle.set_use_isolating(false);
    // A function pointer cannot carry the language, so each language has its own.
    bundle.set_formatter(Some(match lang {
        Lang::En => |value, _| digits(Lang::En, value),
        Lang::Fr => |value, _| digits(Lang::Fr, value),
        Lang::Es => |value, _| digits(Lang::Es, value),
        Lang::Ht => |value, _| digits(Lang::Ht, value),
        Lang::Sw => |value, _| digits(Lang::Sw, value),
        Lang::Ar => |value, _| digits(Lang::Ar, value),
    }));
    bundle
}

fn digits(lang: Lang, value: &FluentValue<'_>) -> Option<String> {
    let FluentValue::Number(number) = value else { return None };
    // Every number we pass came from an i64; fractions are written by the texts themselves.
    (number.value.fract() == 0.0).then(|| group_digits(lang, number.value as i64))
}
