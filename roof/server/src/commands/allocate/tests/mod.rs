//! `allocate` from files to files: what it prints, what it refuses, what it finds.

mod asking;
mod checking;
mod telling;

use std::path::{Path, PathBuf};

use clap::Parser;

use super::*;

#[derive(Parser)]
struct Line {
    #[command(flatten)]
    allocate: Allocate,
}

fn line(words: &[&Path]) -> Allocate {
    let words = std::iter::once(Path::new("allocate")).chain(words.iter().copied());
    Line::try_parse_from(words.map(Path::as_os_str)).unwrap().allocate
}

const TOWN: &str = r#"{
    "areas": [
        { "id": "hill", "need": 1000, "covered": 0, "cap": 1000, "risk10": 100 },
        { "id": "river", "need": 1000, "covered": 100, "cap": 900, "risk10": 50 },
        { "id": "market", "need": 1000, "covered": 900, "cap": 100, "risk10": 50 },
        { "id": "island", "need": 100, "cap": 100, "covered": 0, "risk10": 50 },
        { "id": "quarry", "need": 0, "cap": 100, "covered": 0, "risk10": 50 },
        { "id": "port", "need": 100, "cap": 10, "covered": 0, "risk10": 50 },
        { "id": "mill", "need": 100, "cap": 0, "covered": 0, "risk10": 50 }
    ],
    "pools": [{ "id": "city", "supply": 810, "held_back": 0 }],
    "eligible": [[0, 0], [0, 1], [0, 2], [0, 4], [0, 5], [0, 6]],
    "name": "a town"
}"#;

/// A town with a ceiling, a partner, a grant too small and something held back.
fn busy_town() -> String {
    TOWN.replace("[0, 0],", "[0, 0, 250],")
        .replace(
            "\"name\": \"a town\"",
            r#""partners": [{ "id": "cart", "capacity": 30, "pools": [0], "areas": [3] }]"#,
        )
        .replace("\"held_back\": 0", "\"held_back\": 60")
        .replace("\"cap\": 10,", "\"cap\": 10, \"grant_min\": 20,")
}

/// Two small grants, of which the river's waits first, having the lower risk; then the hill's.
const TWO_WAIT: &str = r#"{
    "areas": [
        { "id": "hill", "need": 100, "cap": 100, "covered": 0, "risk10": 60,
          "grant_min": 90, "weight": [1, 1] },
        { "id": "river", "need": 100, "cap": 100, "covered": 0, "risk10": 50,
          "grant_min": 90, "weight": [1, 1] },
        { "id": "port", "need": 100, "cap": 100, "covered": 0, "risk10": 70, "weight": [1, 1] }
    ],
    "pools": [{ "id": "city", "supply": 120 }],
    "eligible": [[0, 0], [0, 1], [0, 2]]
}"#;

struct Desk {
    folder: tempfile::TempDir,
}

impl Desk {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    fn put(&self, name: &str, text: &str) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    }
}

fn asked(text: &str) -> Asked {
    file::asked(text.as_bytes()).unwrap()
}

fn window(text: &str) -> Window {
    asked(text).window
}

/// A result, drawn anew a few times only: these tests are about other things.
fn result(asked: &Asked) -> Value {
    let grants = share_grants(&asked.window).unwrap();
    let drawing = Drawing { draws: 20, seed: 1 };
    Told::of(asked, &grants, Some(drawing)).unwrap().json(asked, &grants)
}

/// The lines for areas, by their names, and those for pools.
fn said(text: &str) -> Value {
    let printed = result(&asked(text));
    let of = |part: &str| {
        let all = printed[part].as_object().unwrap();
        all.iter().map(|(id, one)| (id.clone(), one["said"].clone())).collect::<Vec<_>>()
    };
    of("reasons").into_iter().chain(of("left")).collect::<serde_json::Map<_, _>>().into()
}

#[test]
fn to_check_takes_two_files_and_to_share_out_one() {
    let parsed = |words: &[&str]| {
        let words = std::iter::once("allocate").chain(words.iter().copied());
        Line::try_parse_from(words).is_ok()
    };
    assert!(parsed(&["town.json"]));
    assert!(parsed(&["town.json", "--json"]));
    assert!(parsed(&["--check", "town.json", "result.json"]));
    assert!(!parsed(&[]));
    assert!(!parsed(&["--check", "town.json"]));
    assert!(!parsed(&["town.json", "result.json"]));
}
