//! Every no has a test that provokes it: a code that has words for people is named by a test of the
//! rooms or of the stories.
//!
//! Never runs a test: whether it provokes what it names is for whoever reads it.

use std::collections::BTreeSet;

use super::Finding;
use crate::house::House;

/// Rooms of which every refusal has its test. A room joins once its list is empty.
const ROOMS: [&str; 5] = ["places", "needs", "decisions", "actions", "resources"];
/// What stands before a code in a catalogue, and where a test asks for its words.
const MARK: &str = "refused-";
/// The second text of each code.
const ADVICE: &str = "-advice";

/// Codes of these rooms that no test names.
#[must_use]
pub fn check(house: &House) -> Vec<Finding> {
    let named: BTreeSet<&str> = house
        .ending(".rs")
        .filter(|(path, _)| is_test(path))
        .flat_map(|(_, text)| text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-')))
        .map(|word| word.strip_prefix(MARK).unwrap_or(word))
        .collect();
    let mut found = Vec::new();
    for (path, text) in house.ending("/texts/en.ftl").filter(|(path, _)| is_whole(path)) {
        for (at, line) in text.lines().enumerate() {
            let Some(code) = code_of(line).filter(|code| !named.contains(code)) else { continue };
            let what = format!("no test names the refusal `{code}`");
            let why = "a no that nobody has provoked may never come, or come too often";
            let advice = "write a test that provokes it, or remove the code";
            found.push(Finding::new(path, at + 1, what, why, advice));
        }
    }
    found
}

fn is_test(path: &str) -> bool {
    path.contains("/tests/") || path.ends_with("/tests.rs") || path.starts_with("roof/stories/")
}

fn is_whole(path: &str) -> bool {
    let room = path.strip_prefix("rooms/").and_then(|rest| rest.split('/').next());
    room.is_some_and(|room| ROOMS.contains(&room))
}

/// The code of a line of a catalogue that says a refusal.
fn code_of(line: &str) -> Option<&str> {
    let code = line.strip_prefix(MARK)?.split_once('=')?.0.trim();
    (!code.ends_with(ADVICE)).then_some(code)
}
