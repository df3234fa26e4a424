//! What people read: every key in all six languages, the same parts in each, and no word that makes
//! a person a case.
//!
//! Never judges a translation: that is for somebody who speaks the language.

use std::collections::{BTreeMap, BTreeSet};

use super::Finding;
use crate::house::House;

/// The languages that are complete from the first day.
pub const LANGUAGES: [&str; 6] = ["en", "fr", "es", "ht", "sw", "ar"];

/// Words that people may not be called by, in each language, in small letters.
const REFUSED: [(&str, &[&str]); 6] = [
    ("en", &["beneficiar", "target group", "target population", "caseload", "victim"]),
    ("fr", &["bénéficiaire", "groupe cible", "groupes cibles", "population cible", "victime"]),
    ("es", &["beneficiari", "grupo objetivo", "grupo meta", "población objetivo", "víctima"]),
    ("ht", &["benefisyè", "gwoup sib", "viktim"]),
    ("sw", &["mnufaika", "wanufaika", "walengwa", "mhanga", "wahanga"]),
    ("ar", &["مستفيد", "المستهدف", "الفئة المستهدفة", "ضحية", "ضحايا", "الضحية"]),
];

const COMPLETE: &str = "a page in two languages at once is readable in neither";

/// One message of a catalogue.
#[derive(Debug, Default, Clone)]
struct Message {
    line: usize,
    variables: BTreeSet<String>,
}

/// Everything found in the catalogues of the house.
#[must_use]
pub fn check(house: &House) -> Vec<Finding> {
    let mut folders: BTreeMap<&str, BTreeMap<&str, &str>> = BTreeMap::new();
    for (path, text) in house.ending(".ftl") {
        let Some((folder, file)) = path.rsplit_once('/') else { continue };
        let language = file.strip_suffix(".ftl").unwrap_or(file);
        folders.entry(folder).or_default().insert(language, text);
    }
    let mut found = Vec::new();
    for (folder, catalogues) in &folders {
        found.extend(complete(folder, catalogues));
        for (language, text) in catalogues {
            found.extend(refused(&format!("{folder}/{language}.ftl"), language, text));
        }
    }
    found
}

fn complete(folder: &str, catalogues: &BTreeMap<&str, &str>) -> Vec<Finding> {
    let mut found = Vec::new();
    let english = catalogues.get("en").map(|text| messages(text)).unwrap_or_default();
    for language in LANGUAGES {
        let path = format!("{folder}/{language}.ftl");
        let Some(text) = catalogues.get(language) else {
            let advice = "add the catalogue, with every key of en.ftl";
            found.push(Finding::new(&path, 1, "the catalogue is missing", COMPLETE, advice));
            continue;
        };
        let own = messages(text);
        found.extend(missing(&path, &english, &own));
        for (key, message) in &english {
            let Some(there) = own.get(key) else { continue };
            if there.variables != message.variables {
                let what = format!(
                    "`{key}` says {:?} and English says {:?}",
                    there.variables, message.variables
                );
                let why = "a code, a name or a date that one language leaves out is lost to people";
                let advice = "use the same { $parts } in every language";
                found.push(Finding::new(&path, there.line, what, why, advice));
            }
        }
        for (key, message) in own.iter().filter(|(key, _)| !english.contains_key(*key)) {
            let what = format!("the key `{key}` is not in en.ftl");
            let advice = "add it to all languages or remove it";
            found.push(Finding::new(&path, message.line, what, COMPLETE, advice));
        }
    }
    found
}

/// One finding for all the keys that a catalogue lacks: an untranslated file is one thing to do.
fn missing(
    path: &str,
    english: &BTreeMap<String, Message>,
    own: &BTreeMap<String, Message>,
) -> Option<Finding> {
    let lacks: Vec<&String> = english.keys().filter(|key| !own.contains_key(*key)).collect();
    let names: Vec<String> = lacks.iter().take(5).map(|key| format!("`{key}`")).collect();
    let rest = if lacks.len() > names.len() { " …" } else { "" };
    let what = format!("{} of en.ftl missing: {}{rest}", lacks.len(), names.join(", "));
    (!lacks.is_empty()).then(|| Finding::new(path, 1, what, COMPLETE, "translate it"))
}

/// The messages of a catalogue by key; an attribute is `key.attribute`.
fn messages(text: &str) -> BTreeMap<String, Message> {
    let mut all: BTreeMap<String, Message> = BTreeMap::new();
    let mut message = String::new();
    let mut current = String::new();
    for (at, line) in text.lines().enumerate() {
        if line.starts_with('#') {
            continue;
        }
        let begins = line.starts_with(|c: char| c.is_ascii_alphabetic() || c == '-');
        let attribute = line.trim_start().strip_prefix('.').filter(|_| !begins);
        if let Some((key, _)) = line.split_once('=').filter(|_| begins) {
            message = key.trim().to_owned();
            current.clone_from(&message);
            all.entry(current.clone()).or_default().line = at + 1;
        } else if let Some((name, _)) = attribute.and_then(|rest| rest.split_once('=')) {
            current = format!("{message}.{}", name.trim());
            all.entry(current.clone()).or_default().line = at + 1;
        }
        if let Some(entry) = all.get_mut(&current) {
            entry.variables.extend(variables(line));
        }
    }
    all
}

fn variables(line: &str) -> impl Iterator<Item = String> + '_ {
    let name = |rest: &str| -> String {
        rest.chars().take_while(|c| c.is_ascii_alphanumeric() || "_-".contains(*c)).collect()
    };
    let starts = line.match_indices('$').filter_map(|(at, _)| line.get(at + 1..));
    starts.map(name).filter(|name| name.starts_with(|c: char| c.is_ascii_alphabetic()))
}

fn refused(path: &str, language: &str, text: &str) -> Vec<Finding> {
    let list = REFUSED.iter().find(|(code, _)| *code == language).map_or(&[][..], |(_, l)| *l);
    let mut found = Vec::new();
    for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.starts_with('#')) {
        let said = line.to_lowercase();
        // What stands before the `=` is a key, which people never see.
        let said = said.split_once('=').map_or(said.as_str(), |(_, said)| said);
        for word in list.iter().filter(|word| begins_a_word(said, word)) {
            let what = format!("the word `{word}…`");
            let why = "people who speak are residents, neighbours, members: not cases";
            let advice = "say who they are or what they do: people, residents, those who asked";
            found.push(Finding::new(path, at + 1, what, why, advice));
        }
    }
    found
}

fn begins_a_word(said: &str, word: &str) -> bool {
    said.match_indices(word).any(|(at, _)| {
        let before = said.get(..at).and_then(|before| before.chars().next_back());
        // Arabic joins articles and prepositions to the front of a word.
        let arabic = word.starts_with(|c: char| ('\u{600}'..='\u{6ff}').contains(&c));
        arabic || !before.is_some_and(char::is_alphanumeric)
    })
}
