//! `allocate` from files to files: what it prints, what it refuses, what it finds.

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
        { "id": "island", "need": 100, "cap": 100, "risk10": 50 },
        { "id": "quarry", "need": 0, "cap": 100, "risk10": 50 },
        { "id": "port", "need": 100, "cap": 10, "risk10": 50 },
        { "id": "mill", "need": 100, "cap": 0, "risk10": 50 }
    ],
    "pools": [{ "id": "city", "supply": 810, "held_back": 0 }],
    "eligible": [[0, 0], [0, 1], [0, 2], [0, 4], [0, 5], [0, 6]],
    "a field of tomorrow": true
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

fn town() -> Window {
    file::window(TOWN.as_bytes()).unwrap()
}

fn result(window: &Window) -> Value {
    let grants = share_grants(window).unwrap();
    Told::of(window, &grants).unwrap().json(window, &grants)
}

#[test]
fn each_area_is_told_what_it_gets_and_why() {
    let window = town();
    let grants = share_grants(&window).unwrap();
    let told = Told::of(&window, &grants).unwrap();
    let lines = told.lines(&window);
    let check = |at: usize, parts: &[&str]| {
        for part in parts {
            assert!(lines[at].contains(part), "{part}: {}", lines[at]);
        }
    };
    // 800 for the hill's claim of 2,000 and the river's 1,000, of which it has 100: 30 % each.
    check(0, &["hill: gets 600", "30.0 % of its need times its risk factor", "stood at 0.0 %"]);
    check(1, &["river: gets 200", "30.0 %", "stood at 10.0 %", "The pools that may give to it"]);
    check(2, &["market: gets nothing this time", "stands at 90.0 %", "up to 30.0 %"]);
    check(3, &["island: gets nothing: no pool may give to it"]);
    check(4, &["quarry: gets nothing: no need of it is known"]);
    check(5, &["port: gets 10, all that is asked for"]);
    check(6, &["mill: gets nothing: nothing is asked for"]);
    check(8, &["810 of 810 are shared out between 7 areas"]);
    check(9, &["stood at 0.0 %", "none stands below 0.0 %"]);
}

#[test]
fn a_result_that_was_printed_passes_and_a_changed_one_is_found() {
    let desk = Desk::new();
    let question = desk.put("town.json", TOWN);
    let checked = |text: &str| {
        let result = desk.put("result.json", text);
        line(&[Path::new("--check"), &question, &result]).run()
    };
    let right = result(&town()).to_string();
    assert_eq!(checked(&right).unwrap(), 0);
    let changed = |from: &str, to: &str| {
        assert!(right.contains(from), "{from}: {right}");
        checked(&right.replace(from, to))
    };
    assert_eq!(changed("\"hill\":600", "\"hill\":601").unwrap(), FOUND);
    assert_eq!(changed("\"city\":\"3/10\"", "\"city\":\"unbounded\"").unwrap(), FOUND);
    assert_eq!(changed("\"amount\":200", "\"amount\":199").unwrap(), FOUND);
    let said = |from: &str, to: &str| format!("{:#}", changed(from, to).unwrap_err());
    assert!(said("\"3/10\"", "\"3/0\"").contains("is no fraction"));
    assert!(said("\"from\":\"city\"", "\"from\":\"bank\"").contains("goes from bank"));
    assert!(format!("{:#}", checked("{}").unwrap_err()).contains("missing field"));
    assert!(format!("{:#}", checked("[").unwrap_err()).contains("result.json is not understood"));
}

#[test]
fn a_fault_is_named_by_what_people_call_the_place() {
    let window = town();
    assert!(named(&window, &Fault::Level { area: 1 }).starts_with("river: area 1"));
    assert!(named(&window, &Fault::Overspent { pool: 0 }).starts_with("city: pool 0"));
    assert!(named(&window, &Fault::Room { arc: 2 }).starts_with("city to market: arc 2"));
    assert!(named(&window, &Fault::Room { arc: 99 }).starts_with("arc 99"));
}

#[test]
fn what_cannot_be_shared_out_is_refused_or_not_understood() {
    let desk = Desk::new();
    let check = |from: &str, to: &str, is_refused: bool, expected: &str| {
        let question = desk.put("town.json", &TOWN.replace(from, to));
        let error = line(&[&question]).run().unwrap_err();
        let said = format!("{error:#}");
        assert!(said.contains(expected), "{said}");
        assert_eq!(error.downcast_ref::<Refused>().is_some(), is_refused, "{said}");
    };
    check("\"river\"", "\"hill\"", true, "two are called hill");
    check("[0, 1]", "[7, 1]", true, "arc 1 leads nowhere");
    check("\"supply\": 810", "\"supply\": -1", true, "city: the supply is -1");
    check("[0, 1]", "[0]", false, "eligible 1: give a pool");
    check("[0, 1]", "[-1, 1]", false, "eligible 1: -1 is no place");
    check("\"risk10\": 100", "\"risk10\": 101", false, "hill: risk10 is 101");
    check("\"supply\": 810", "\"supply\": 1.5", false, "town.json is not understood");
    let nowhere = desk.folder.path().join("nowhere.json");
    let error = line(&[&nowhere]).run().unwrap_err();
    assert!(format!("{error:#}").contains("nowhere.json cannot be read"), "{error:#}");
}

#[test]
fn a_file_too_large_to_hold_is_not_read() {
    let desk = Desk::new();
    let large = desk.put("large.json", "");
    let file = std::fs::File::options().write(true).open(&large).unwrap();
    file.set_len((1 << 30) + 1).unwrap();
    let error = line(&[&large]).run().unwrap_err();
    assert!(format!("{error:#}").contains("1073741825 bytes"), "{error:#}");
}

#[test]
fn ceilings_partners_and_small_grants_come_from_the_file_and_return() {
    let desk = Desk::new();
    let text = TOWN
        .replace("[0, 0],", "[0, 0, 250],")
        .replace(
            "\"a field of tomorrow\": true",
            r#""partners": [{ "id": "cart", "capacity": 30, "pools": [0], "areas": [3] }]"#,
        )
        .replace("\"cap\": 10,", "\"cap\": 10, \"grant_min\": 20,");
    let window = file::window(text.as_bytes()).unwrap();
    let printed = result(&window);
    let told = |area: &str| printed["reasons"][area]["why"].clone();
    assert_eq!(told("port"), "deferred");
    assert_eq!(printed["deferred"][0]["area"], "port");
    assert_eq!(printed["allocations"]["hill"], 250);
    assert_eq!(printed["allocations"]["island"], 30);
    assert!(printed["certificate"]["partners"]["cart"].is_array());
    let said = |area: &str| printed["reasons"][area]["said"].to_string();
    assert!(said("island").contains("A partner handles all that it can"), "{}", said("island"));
    assert!(said("hill").contains("What one of its pools may give"), "{}", said("hill"));
    let question = desk.put("town.json", &text);
    let answer = desk.put("result.json", &printed.to_string());
    let check = line(&[Path::new("--check"), Path::new("--json"), &question, &answer]);
    assert_eq!(check.run().unwrap(), 0);
    let unknown = printed.to_string().replace("\"area\":\"port\"", "\"area\":\"fort\"");
    let answer = desk.put("result.json", &unknown);
    let error = line(&[Path::new("--check"), &question, &answer]).run().unwrap_err();
    assert!(format!("{error:#}").contains("there is no area fort"), "{error:#}");
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
