//! How a source file is written: its opening, its lengths, its names, and what it must not say.
//!
//! Never repeats what rustfmt and clippy already refuse, except `#[allow(…)]` in macros and tests.

use super::Finding;
use super::scan::{Scan, item_end, line_of, words};
use crate::house::House;

/// A function fits a screen.
pub const FUNCTION_LINES_MAX: usize = 70;
/// A file fits a sitting.
pub const FILE_LINES_MAX: usize = 500;
/// A line fits beside another on a laptop.
pub const LINE_COLUMNS_MAX: usize = 100;

/// Names that say nothing of what is inside.
const EMPTY_NAMES: [&str; 8] =
    ["util", "utils", "common", "helper", "helpers", "manager", "misc", "shared"];

/// What reads a clock, draws by chance or looks outside.
const NOT_PURE: [&str; 8] =
    ["SystemTime", "Instant", "getrandom", "OsRng", "thread_rng", "tokio", "std::env", "std::fs"];

/// What writes to a terminal.
const PRINTS: [&str; 5] = ["println", "print", "eprintln", "eprint", "dbg"];

/// How a text that is SQL begins.
const SQL: [&str; 8] = [
    "SELECT ",
    "INSERT ",
    "UPDATE ",
    "DELETE FROM ",
    "CREATE TABLE ",
    "CREATE INDEX ",
    "DROP TABLE ",
    "ALTER TABLE ",
];

/// Everything found in the Rust files of the house.
#[must_use]
pub fn check(house: &House) -> Vec<Finding> {
    house.ending(".rs").flat_map(|(path, text)| check_one(path, text)).collect()
}

fn check_one(path: &str, text: &str) -> Vec<Finding> {
    let scan = Scan::of(text);
    let mut found = Vec::new();
    found.extend(opening(path, text));
    found.extend(name(path));
    found.extend(columns(path, text));
    found.extend(allowed(path, &scan.code));
    if is_test(path) {
        return found;
    }
    found.extend(file_length(path, text));
    found.extend(functions(path, &scan.code));
    found.extend(prints(path, &scan.code));
    found.extend(purity(path, &scan.code));
    found.extend(sql(path, &scan));
    found
}

/// Whether a file is there for tests, examples or benches only.
fn is_test(path: &str) -> bool {
    let folders = ["/tests/", "/benches/", "/examples/"];
    path.ends_with("/tests.rs") || folders.iter().any(|folder| path.contains(folder))
}

fn opening(path: &str, text: &str) -> Option<Finding> {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let why = "a reader decides by the first line whether to read on";
    let advice = "open with `//!`: what the file is for, then what it never does";
    (!first.starts_with("//!"))
        .then(|| Finding::new(path, 1, "the file does not open with `//!`", why, advice))
}

fn name(path: &str) -> Option<Finding> {
    let empty = path.split('/').map(|part| part.strip_suffix(".rs").unwrap_or(part));
    let empty = empty.into_iter().find(|part| EMPTY_NAMES.contains(part))?;
    let why = "a name that says nothing becomes a drawer for everything";
    let advice = "name it for what it is about, or put its parts where they are used";
    Some(Finding::new(path, 1, format!("the name `{empty}`"), why, advice))
}

fn columns(path: &str, text: &str) -> Vec<Finding> {
    let long = |line: &str| line.chars().count() > LINE_COLUMNS_MAX;
    let lines = text.lines().enumerate().filter(|(_, line)| long(line));
    lines
        .map(|(at, line)| {
            let what = format!("{} columns (at most {LINE_COLUMNS_MAX})", line.chars().count());
            let why = "two files must fit side by side";
            Finding::new(path, at + 1, what, why, "break the line")
        })
        .collect()
}

fn allowed(path: &str, code: &str) -> Vec<Finding> {
    let marks = code.match_indices("#[allow(").chain(code.match_indices("#![allow("));
    marks
        .map(|(at, mark)| {
            let why = "`expect` says when its reason has gone, `allow` never does";
            let advice = "write #[expect(lint, reason = \"…\")] or repair what the lint found";
            Finding::new(path, line_of(code, at), format!("`{mark}…)]`"), why, advice)
        })
        .collect()
}

fn file_length(path: &str, text: &str) -> Option<Finding> {
    let lines = text.lines().count();
    (lines > FILE_LINES_MAX).then(|| {
        let what = format!("the file has {lines} lines (at most {FILE_LINES_MAX})");
        let why = "a file is read in one sitting";
        Finding::new(path, 1, what, why, "make a folder of its name and split it by subject")
    })
}

fn functions(path: &str, code: &str) -> Vec<Finding> {
    let mut found = Vec::new();
    for at in words(code, "fn") {
        let after = code.get(at + "fn".len()..).unwrap_or_default();
        let name: String = after.trim_start().chars().take_while(|c| is_name(*c)).collect();
        // `fn(…)` is a type and has no name.
        if name.is_empty() {
            continue;
        }
        let first = line_of(code, at);
        let last = line_of(code, item_end(code, at).saturating_sub(1));
        let lines = last + 1 - first;
        if lines > FUNCTION_LINES_MAX {
            let what = format!("`{name}` has {lines} lines (at most {FUNCTION_LINES_MAX})");
            let why = "a function is seen at once";
            let advice = "give its parts names of their own, below it";
            found.push(Finding::new(path, first, what, why, advice));
        }
    }
    found
}

fn is_name(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

fn prints(path: &str, code: &str) -> Vec<Finding> {
    if !path.starts_with("ground/") && !path.starts_with("rooms/") {
        return Vec::new();
    }
    let mut found = Vec::new();
    for macro_name in PRINTS {
        for at in words(code, macro_name) {
            if code.get(at + macro_name.len()..).is_some_and(|rest| rest.starts_with('!')) {
                let why = "what is printed may be somebody's words, and nobody erases a terminal";
                let advice = "return it, or log a fact without words through `tracing`";
                let what = format!("`{macro_name}!`");
                found.push(Finding::new(path, line_of(code, at), what, why, advice));
            }
        }
    }
    found
}

fn purity(path: &str, code: &str) -> Vec<Finding> {
    let room_piece = path.strip_prefix("rooms/").and_then(|inside| inside.split('/').nth(1));
    let pure = matches!(room_piece, Some("rules.rs" | "rules" | "views.rs" | "views"))
        || path.starts_with("ground/fair/src/");
    if !pure {
        return Vec::new();
    }
    let mut found = Vec::new();
    for outside in NOT_PURE {
        for at in words(code, outside) {
            let what = format!("`{outside}` in a rule or a fold");
            let why = "two nodes with the same records must come to the same page";
            let advice = "take time and chance as arguments";
            found.push(Finding::new(path, line_of(code, at), what, why, advice));
        }
    }
    found
}

fn sql(path: &str, scan: &Scan) -> Vec<Finding> {
    let in_house = ["ground/", "rooms/", "roof/"].iter().any(|storey| path.starts_with(storey));
    let piece = path.strip_prefix("rooms/").and_then(|inside| inside.split('/').nth(1));
    // Handlers and rules hold no SQL; the pieces that read and write may, beside what they do.
    let judges = matches!(piece, Some("pages" | "pages.rs" | "rules" | "rules.rs" | "records.rs"));
    if !in_house || !judges {
        return Vec::new();
    }
    let is_sql = |said: &str| SQL.iter().any(|begin| said.trim_start().starts_with(begin));
    let texts = scan.literals.iter().filter(|(_, said)| is_sql(said));
    texts
        .map(|(line, _)| {
            let why =
                "every statement is tried on both engines, so it must be where the test looks";
            let advice = "make it a named const of the room's queries, or move it to views.sql";
            Finding::new(path, *line, "SQL in a handler, a rule or a record", why, advice)
        })
        .collect()
}
