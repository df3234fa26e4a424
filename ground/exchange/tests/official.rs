//! The checker against the cases that IATI itself publishes: 374 that its schema passes or fails,
//! and 8 of its validator. They run where the folder that `BARAZA_TRIAL_DATA` names is there.
//!
//! Never counts a case as judged by what did not judge it, and keeps nothing.

#![expect(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a missing or broken case should stop the trial loudly"
)]

use std::path::{Path, PathBuf};

use exchange::Day;
use exchange::iati::check::{Level, Report, check};

/// The folder of IATI's files; none where it is not at hand.
fn folder() -> Option<PathBuf> {
    let said = std::env::var_os("BARAZA_TRIAL_DATA").filter(|said| !said.is_empty());
    let data = said.map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data")),
        PathBuf::from,
    );
    let folder = data.join("standards/iati");
    if folder.is_dir() {
        return Some(folder);
    }
    assert!(std::env::var_os("CI").is_none(), "no trial data in CI");
    eprintln!("BARAZA_TRIAL_DATA has no standards/iati: this trial did not run");
    None
}

/// All XML files under a folder, in order.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let listed = std::fs::read_dir(folder).unwrap_or_else(|why| panic!("{folder:?}: {why}"));
    for entry in listed {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if path.extension().is_some_and(|extension| extension == "xml") {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn report(file: &Path) -> Report {
    let today: Day = "2026-01-01".parse().unwrap();
    let bytes = std::fs::read(file).unwrap();
    check(&bytes, today).unwrap_or_else(|why| panic!("{file:?}: {why}"))
}

/// What the structure of a file is found guilty of.
fn shape(report: &Report) -> Vec<String> {
    let structure = report.findings.iter().filter(|it| it.rule.starts_with("shape-"));
    structure.filter(|it| it.level == Level::Wrong).map(ToString::to_string).collect()
}

#[test]
fn what_the_schema_passes_and_fails_the_structure_passes_and_fails() {
    let Some(folder) = folder() else { return };
    let mut judged = Vec::new();
    for (part, passes) in [
        ("activity-tests/should-pass", true),
        ("activity-tests/should-fail", false),
        ("schema-tests/should-pass", true),
        ("schema-tests/should-fail", false),
    ] {
        let files = files(&folder.join(part));
        for file in &files {
            let found = shape(&report(file));
            assert_eq!(found.is_empty(), passes, "{file:?}: {found:?}");
        }
        judged.push(files.len());
    }
    // 374 cases, each judged by the structure alone: none of them needs a code list or a rule.
    assert_eq!(judged, [6, 113, 157, 98]);
}

#[test]
fn the_cases_of_the_validator_are_judged_by_the_part_that_they_are_for() {
    let Some(folder) = folder() else { return };
    // What makes each case wrong, and nothing else does.
    let expected: [(&str, &[&str]); 8] = [
        ("iati-act-no-errors", &[]),
        ("iati-act-root-only", &["shape-element-missing"]),
        ("iati-act-title-no-narrative", &["4.3.1", "shape-element-missing", "shape-text"]),
        (
            "iati-act-schema-errors",
            &[
                "1.1.3",
                "3.7.1",
                "4.1.1",
                "4.4.1",
                "6.10.1",
                "6.11.1",
                "6.2.2",
                "code",
                "shape-value",
            ],
        ),
        ("iati-act-codelist-basic", &["code"]),
        ("iati-act-atLeastOne-error-01", &["6.11.1"]),
        ("iati-act-dateOrder-error", &["11.1.2", "11.1.4", "11.2.1"]),
        ("iati-act-strictSum-error", &["3.4.2"]),
    ];
    // So many cases are found wrong by their structure, by codes and by rules; one is sound, and of
    // the others three are found wrong by a rule that no schema could judge.
    let by = |part: fn(&str) -> bool| {
        expected.iter().filter(|(_, rules)| rules.iter().any(|rule| part(rule))).count()
    };
    let numbered = |rule: &str| rule.starts_with(|c: char| c.is_ascii_digit());
    assert_eq!(by(|rule| rule.starts_with("shape-")), 3);
    assert_eq!(by(|rule| rule == "code"), 2);
    assert_eq!(by(numbered), 5);
    let cases = folder.join("validator-cases");
    assert_eq!(files(&cases).len(), expected.len());
    for (name, rules) in expected {
        let report = report(&cases.join(name).with_extension("xml"));
        let wrong = report.findings.iter().filter(|it| it.level == Level::Wrong);
        let mut found: Vec<&str> = wrong.map(|it| it.rule).collect();
        found.sort_unstable();
        found.dedup();
        assert_eq!(found, rules, "{name}: {:#?}", report.findings);
    }
}
