//! Each check on a sample that it must refuse and one that it must leave alone; then the house.

use super::{Check, board, furniture, licences, links, refusals, scan, source, storeys, texts};
use crate::house::{self, House};

/// Runs one check on a small house and compares what it found, in order, with words that each
/// finding must contain.
fn check(check: Check, files: &[(&str, &str)], expected: &[&str]) {
    let mut found: Vec<String> =
        check(&House::of(files)).iter().map(super::Finding::to_string).collect();
    found.sort();
    assert_eq!(found.len(), expected.len(), "{found:#?}");
    for word in expected {
        assert!(found.iter().any(|line| line.contains(word)), "no {word:?} in {found:#?}");
    }
}

#[test]
fn the_house_is_tidy() {
    let root = house::root();
    if let Err(error) = super::run(&root) {
        panic!("{error:#}");
    }
}

#[test]
fn comments_and_texts_are_not_code() {
    let code = |text: &str| scan::Scan::of(text).code;
    assert_eq!(code("a // b\nc"), "a     \nc");
    assert_eq!(code("a /* b /* c */ d */ e"), "a                   e");
    assert_eq!(code(r#"x("{", y)"#), r#"x(" ", y)"#);
    assert_eq!(code(r##"r#"a"b"# z"##), r##"r#"   "# z"##);
    assert_eq!(code(r"'{' 'a 'static '\'' x"), r"' ' 'a 'static '  ' x");
    assert_eq!(code("r#type b"), "r#type b");
    assert_eq!(scan::Scan::of("\n\"a\\\"b\"").literals, vec![(2, "a\"b".to_owned())]);
}

#[test]
fn tests_inside_a_file_are_set_aside() {
    let scan = scan::Scan::of("fn a() {}\n#[cfg(test)]\nmod t { fn b() { \"x\" } }\nfn c() {}");
    assert!(scan.code.contains("fn a") && scan.code.contains("fn c"));
    assert!(!scan.code.contains("fn b"));
    assert!(scan.literals.is_empty());
}

#[test]
fn imports_go_down_only() {
    let one = |path: &str, text: &str, expected: &[&str]| {
        check(storeys::check, &[(path, text)], expected);
    };
    let ground = |name: &str, rest: &str| format!("[package]\nname = \"{name}\"\n{rest}");
    let store =
        ground("store", "[dependencies]\nrusqlite.workspace = true\nrecord.workspace = true");
    one("ground/store/Cargo.toml", &store, &[]);
    let record = ground("record", "[dependencies]\nstore.workspace = true");
    one("ground/record/Cargo.toml", &record, &["Cargo.toml:4: `record` imports `store`"]);
    let page = ground("page", "[dependencies]\naxum = \"0.8\"");
    one("ground/page/Cargo.toml", &page, &["`page` is pure and names `axum`"]);
    let rooms = ground("rooms", "[dependencies]\nserver.workspace = true\nstore.workspace = true");
    one("rooms/Cargo.toml", &rooms, &["`rooms` imports `server`"]);
    let kit = ground("rooms", "[dev-dependencies]\ntestkit.workspace = true");
    one("rooms/Cargo.toml", &kit, &[]);
    let shipped = ground("server", "[dependencies]\ntestkit.workspace = true");
    one("roof/server/Cargo.toml", &shipped, &["`server` imports `testkit`"]);
    let driver = ground("rooms", "[dependencies]\ntokio-postgres = \"0.7\"");
    one("rooms/Cargo.toml", &driver, &["names the database driver `tokio-postgres`"]);
    let own = ground("xtask", "[dependencies]\nrecord.workspace = true");
    one("xtask/Cargo.toml", &own, &["`xtask` imports `record`"]);
}

const BOARD: (&str, &str) = ("rooms/lib.rs", "//! Board\npub mod places;\npub mod voices;\n");
const PLACES: (&str, &str) = ("rooms/places/mod.rs", "//! x\nmod records;\n");
const RECORDS: (&str, &str) = ("rooms/places/records.rs", "//! x\n");

#[test]
fn rooms_import_earlier_rooms_by_their_face() {
    let voices = |text: &str, expected: &[&str]| {
        let files = [BOARD, PLACES, RECORDS, ("rooms/voices/mod.rs", text)];
        check(board::check, &files, expected);
    };
    voices("use crate::places::Area;", &[]);
    voices("use crate::voices::records::Heard;", &[]);
    voices("// crate::places::records", &[]);
    voices("use crate::places::records::Area;", &["`places::records` is the inside"]);
    voices("use crate::places::{Area, records::AreaDrawn};", &["`places::records`"]);
    voices("use crate::{places::{records::X, Y}, voices::Z};", &["`places::records`"]);
    voices("use super::places::Area;", &["`super::` leads to the room `places`"]);
}

#[test]
fn rooms_never_import_later_rooms() {
    let places = |text: &str, expected: &[&str]| {
        let voices = ("rooms/voices/mod.rs", "//! x\n");
        check(board::check, &[BOARD, voices, ("rooms/places/mod.rs", text)], expected);
    };
    places("use crate::voices::Heard;", &["mod.rs:1: `places` imports `voices`, which is later"]);
    places("fn f() { crate::voices::say() }", &["`places` imports `voices`"]);
    places("let voices = 1;", &[]);
}

#[test]
fn the_board_names_every_room() {
    let voices = ("rooms/voices/mod.rs", "//! x\n");
    let extra = ("rooms/attic/mod.rs", "//! x\n");
    check(board::check, &[BOARD, PLACES, voices, extra], &["`attic` is not on the board"]);
    check(board::check, &[BOARD, PLACES], &["the room `voices`, which is not there"]);
}

/// A whole room, with one file left out and one put in.
fn room(without: &str, with: Option<(&'static str, &'static str)>) -> Vec<(String, &'static str)> {
    const HEADER: &str = "//! Purpose: a\n//! Records: b\n//! Reads: c\n//! Never: d\n";
    let mut files = vec![("rooms/lib.rs".to_owned(), "//! Board\npub mod places;\n")];
    let pieces = ["records", "views", "queries", "rules", "pages"];
    let mut names: Vec<String> = pieces.iter().map(|piece| format!("{piece}.rs")).collect();
    names.extend(texts::LANGUAGES.iter().map(|language| format!("texts/{language}.ftl")));
    names.extend(["mod.rs".into(), "views.sql".into(), "tests.rs".into()]);
    names.retain(|name| name != without);
    for name in names {
        files.push((format!("rooms/places/{name}"), if name == "mod.rs" { HEADER } else { "" }));
    }
    if let Some((name, text)) = with {
        files.retain(|(path, _)| path.rsplit('/').next() != Some(name));
        files.push((format!("rooms/places/{name}"), text));
    }
    files
}

#[test]
fn every_room_has_the_same_furniture() {
    let place = |without: &str, with, expected: &[&str]| {
        let files = room(without, with);
        let files: Vec<(&str, &str)> = files.iter().map(|(p, t)| (p.as_str(), *t)).collect();
        check(furniture::check, &files, expected);
    };
    place("", None, &[]);
    place("rules.rs", None, &["no rules.rs"]);
    place("views.sql", None, &["no views.sql"]);
    place("tests.rs", None, &["no tests.rs"]);
    place("texts/ht.ftl", None, &["no texts/ht.ftl"]);
    place("", Some(("sms.rs", "")), &[]);
    place("", Some(("notes.txt", "")), &["`notes.txt` is no piece"]);
    let no_never = "//! Purpose: a\n//! Records: b\n//! Reads: c\n";
    place("", Some(("mod.rs", no_never)), &["begins with `Never`"]);
    let nothing = "//! **Purpose** a\n//! **Records:** nothing\n//! Reads: all\n//! Never: d\n";
    place("records.rs", Some(("mod.rs", nothing)), &[]);
    place("", Some(("mod.rs", nothing)), &["there is a records.rs"]);
    let board = ("rooms/lib.rs", "//! Board\npub mod door;\n");
    let door = ("rooms/door/mod.rs", "//! The vestibule\n");
    check(furniture::check, &[board, door], &[]);
}

#[test]
fn source_is_written_to_be_read() {
    let one = |path: &str, text: &str, expected: &[&str]| {
        check(source::check, &[(path, text)], expected);
    };
    let long = |lines: usize| format!("//! x\nfn f() {{\n{}}}\n", "    a();\n".repeat(lines - 2));
    one("ground/words/src/a.rs", "//! x\n", &[]);
    one("ground/words/src/a.rs", "use b;\n", &["a.rs:1: the file does not open with `//!`"]);
    one("ground/words/src/utils.rs", "//! x\n", &["the name `utils`"]);
    one("ground/words/src/a.rs", &long(70), &[]);
    one("ground/words/src/a.rs", &long(71), &["a.rs:2: `f` has 71 lines"]);
    one("ground/words/src/tests.rs", &long(600), &[]);
    one("ground/words/src/a.rs", &"//! x\n".repeat(501), &["501 lines (at most 500)"]);
    let wide = format!("//! {}", "é".repeat(97));
    one("ground/words/src/a.rs", &wide, &["101 columns"]);
    one("roof/server/src/tests.rs", "//! x\n#[allow(dead_code)]\n", &["tests.rs:2: `#[allow("]);
    one("roof/server/src/a.rs", "//! x\n// #[allow(dead_code)]\n", &[]);
}

#[test]
fn nothing_below_the_roof_prints() {
    let print = "//! x\nfn f() { println!(\"hello\") }";
    check(source::check, &[("rooms/voices/pages.rs", print)], &["pages.rs:2: `println!`"]);
    check(source::check, &[("ground/words/examples/trial.rs", print)], &[]);
    check(source::check, &[("roof/server/src/main.rs", print)], &[]);
}

#[test]
fn rules_and_folds_know_no_clock_and_no_chance() {
    let clock = "//! x\nfn f() { SystemTime::now(); }";
    check(source::check, &[("rooms/voices/rules.rs", clock)], &["`SystemTime` in a rule"]);
    check(source::check, &[("rooms/voices/rules/code.rs", clock)], &["`SystemTime` in a rule"]);
    check(source::check, &[("rooms/voices/views.rs", clock)], &["`SystemTime` in a rule"]);
    check(source::check, &[("rooms/voices/pages.rs", clock)], &[]);
}

#[test]
fn sql_has_its_places() {
    let text = "//! x\nconst Q: &str =\n    \"SELECT 1\";";
    check(source::check, &[("rooms/voices/pages.rs", text)], &["pages.rs:3: SQL in a handler"]);
    check(source::check, &[("rooms/voices/rules.rs", text)], &["SQL in a handler"]);
    check(source::check, &[("rooms/voices/forget.rs", text)], &[]);
    check(source::check, &[("rooms/voices/queries.rs", text)], &[]);
    check(source::check, &[("rooms/voices/views/drawers.rs", text)], &[]);
    check(source::check, &[("ground/store/src/log.rs", text)], &[]);
    let prose = "//! x\nconst Q: &str = \"select a district\";";
    check(source::check, &[("rooms/voices/pages.rs", prose)], &[]);
}

#[test]
fn texts_are_complete_and_call_nobody_a_case() {
    let six = |french: &'static str, arabic: &'static str, expected: &[&str]| {
        let english = "# what\ncode = Your code is { $code }.\nsay = Say\n    .title = More\n";
        let mut files = vec![("p/en.ftl", english), ("p/fr.ftl", french), ("p/ar.ftl", arabic)];
        for path in ["p/es.ftl", "p/ht.ftl", "p/sw.ftl"] {
            files.push((path, english));
        }
        check(texts::check, &files, expected);
    };
    let fr = "code = Votre code : { $code }.\nsay = Dire\n    .title = Plus\n";
    let ar = "code = رمزك { $code }.\nsay = قل\n    .title = المزيد\n";
    six(fr, ar, &[]);
    six("say = Dire\n    .title = Plus\n", ar, &["fr.ftl:1: 1 of en.ftl missing: `code`"]);
    six("code = Votre code.\nsay = Dire\n    .title = Plus\n", ar, &["fr.ftl:1: `code` says {}"]);
    six("code = { $code }\nsay = Dire\n", ar, &["missing: `say.title`"]);
    let more = "code = { $code }\nsay = Dire\n    .title = Plus\nold = x\n";
    six(more, ar, &["fr.ftl:4: the key `old` is not in en.ftl"]);
    let word = "code = { $code } bénéficiaires\nsay = Dire\n    .title = Plus\n";
    six(word, ar, &["fr.ftl:1: the word `bénéficiaire…`"]);
    let arabic = "code = { $code } للمستفيدين\nsay = قل\n    .title = المزيد\n";
    six(fr, arabic, &["ar.ftl:1: the word"]);
}

#[test]
fn a_missing_catalogue_is_found() {
    let files = [("p/en.ftl", "a = b"), ("p/fr.ftl", "a = b"), ("p/es.ftl", "a = b")];
    let expected = ["p/ht.ftl:1", "p/sw.ftl:1", "p/ar.ftl:1"];
    check(texts::check, &files, &expected);
}

#[test]
fn links_lead_somewhere() {
    let page = |text: &str, expected: &[&str]| {
        let other = ("docs/a/b.md", "# Head of it, all\n");
        check(links::check, &[("docs/x.md", text), other], expected);
    };
    page("[a](a/b.md) [b](https://example.org/x) [c](a) ![d](../docs/a/b.md)", &[]);
    page("[a](a/b.md#head-of-it-all) [b](#here)\n# Here", &[]);
    page("\n[a](a/c.md)", &["x.md:2: the link `a/c.md` leads to docs/a/c.md"]);
    page("[a](a/b.md#tail)", &["names a heading that is not in docs/a/b.md"]);
    page("`[a](gone.md)`\n```\n[b](gone.md)\n```", &[]);
}

#[test]
fn every_refusal_is_named_by_a_test() {
    let words = "refused-lot-gone = It is gone\nrefused-lot-gone-advice = Look again\n";
    let told = ("rooms/resources/texts/en.ftl", words);
    let one = |path: &str, test: &str, expected: &[&str]| {
        check(refusals::check, &[told, (path, test)], expected);
    };
    let missing = ["rooms/resources/texts/en.ftl:1: no test names the refusal `lot-gone`"];
    let tests = "rooms/resources/tests/goods.rs";
    one(tests, "assert_eq!(code(x), \"lot-gone\");", &[]);
    one(tests, "say(\"refused-lot-gone\")", &[]);
    one("roof/stories/src/river.rs", "contains(\">lot-gone<\")", &[]);
    one(tests, "\"lot-gone-elsewhere\"", &missing);
    one("rooms/resources/rules.rs", "Refusal::new(\"lot-gone\")", &missing);
    check(refusals::check, &[("rooms/voices/texts/en.ftl", words)], &[]);
}

#[test]
fn a_licence_is_met_by_one_side_of_or_and_both_of_and() {
    let allow = ["MIT", "Apache-2.0", "Apache-2.0 WITH LLVM-exception"];
    let check = |said: &str, expected: bool| {
        assert_eq!(licences::accepts(said, &allow), expected, "{said}");
    };
    check("MIT", true);
    check("MIT OR GPL-2.0-only", true);
    check("GPL-2.0-only/MIT", true);
    check("(MIT OR Apache-2.0) AND Unicode-3.0", false);
    check("(GPL-2.0-only OR Apache-2.0) AND MIT", true);
    check("Apache-2.0 WITH LLVM-exception OR GPL-3.0-only", true);
    check("Apache-2.0 WITH Classpath-exception", false);
    check("GPL-3.0-only", false);
    check("", false);
    check("(MIT", false);
}

#[test]
fn banned_and_countless_crates_are_refused() {
    let deny = ("deny.toml", "[bans]\ndeny = [{ crate = \"sqlx\", reason = \"slow\" }]");
    let lock = "[[package]]\nname = \"sqlx\"\n";
    check(licences::bans, &[deny, ("Cargo.lock", lock)], &["the crate `sqlx`"]);
    check(licences::bans, &[deny, ("Cargo.lock", "[[package]]\nname = \"serde\"\n")], &[]);
    let many = "[[package]]\nname = \"x\"\n".repeat(licences::CRATES_MAX + 1);
    check(licences::count, &[("Cargo.lock", &many)], &["351 crates are locked"]);
    check(licences::count, &[("Cargo.lock", lock)], &[]);
}
