//! The rules of the house that the compiler does not know. Each check is a pure function from the
//! files of the house to findings, and each finding says where, what, why and what to do.
//!
//! Never repairs anything, and never looks at what a rule does not name.

mod board;
mod furniture;
mod licences;
mod links;
mod refusals;
mod scan;
mod source;
mod storeys;
mod texts;

#[cfg(test)]
mod tests;

use std::fmt;
use std::path::Path;

use anyhow::{Result, bail};

use crate::house::House;

/// One place where the house breaks one of its rules.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// The file, relative to the workspace.
    pub path: String,
    /// The line, counted from 1.
    pub line: usize,
    /// What is there.
    pub what: String,
    /// Why the house does not want it.
    pub why: &'static str,
    /// What to do instead.
    pub advice: &'static str,
}

impl Finding {
    fn new(
        path: &str,
        line: usize,
        what: impl Into<String>,
        why: &'static str,
        advice: &'static str,
    ) -> Self {
        Self { path: path.to_owned(), line, what: what.into(), why, advice }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { path, line, what, why, advice } = self;
        write!(f, "{path}:{line}: {what}. Why not: {why}. Do: {advice}.")
    }
}

type Check = fn(&House) -> Vec<Finding>;

/// Every check that needs nothing but the files, by name.
const CHECKS: [(&str, Check); 9] = [
    ("storeys", storeys::check),
    ("board", board::check),
    ("furniture", furniture::check),
    ("source", source::check),
    ("texts", texts::check),
    ("refusals", refusals::check),
    ("links", links::check),
    ("bans", licences::bans),
    ("crate count", licences::count),
];

/// All findings of the checks that need nothing but the files.
#[must_use]
pub fn findings(house: &House) -> Vec<Finding> {
    let mut all: Vec<Finding> = CHECKS.iter().flat_map(|(_, check)| check(house)).collect();
    all.sort();
    all.dedup();
    all
}

/// Runs every check, licences too, and says in one line what was looked at.
///
/// # Errors
/// When there is a finding: each is in the message, one a line.
pub fn run(root: &Path) -> Result<String> {
    let house = House::read(root)?;
    let mut found = findings(&house);
    found.extend(licences::licences(root, &house)?);
    if !found.is_empty() {
        let lines: Vec<String> = found.iter().map(Finding::to_string).collect();
        bail!("tidy found {}:\n{}", plural(found.len(), "thing"), lines.join("\n"));
    }
    let names: Vec<&str> = CHECKS.iter().map(|(name, _)| *name).collect();
    let crates = licences::crates(house.text("Cargo.lock").unwrap_or_default()).len();
    let most = licences::CRATES_MAX;
    Ok(format!("{}, licences: nothing found; {crates} of {most} crates", names.join(", ")))
}

fn plural(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}
