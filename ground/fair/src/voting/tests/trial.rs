//! Real elections: each that others have counted is counted anew, and must come to the same winners
//! in the same order. They run where the folder that `BARAZA_TRIAL_DATA` names is there.
//!
//! Never prints a ballot, and keeps nothing.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde_json::Value;

use super::*;

/// Elections are tried in so many tests, to use more than one processor.
const PARTS: usize = 4;
/// Real elections that others have counted.
const ELECTIONS: usize = 43;
/// Rules by which they did.
const RULES: usize = 13;

fn folder() -> PathBuf {
    let said = std::env::var_os("BARAZA_TRIAL_DATA").filter(|said| !said.is_empty());
    let folder = said.map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data")),
        PathBuf::from,
    );
    folder.join("pabulib")
}

/// What others counted, a line an election; none when the data is not there, which a build server
/// does not accept.
fn expected() -> Option<String> {
    let file = folder().join("expected.jsonl");
    let read = std::fs::read_to_string(&file);
    if read.is_err() {
        assert!(std::env::var_os("CI").is_none(), "CI has no real elections: {}", file.display());
        eprintln!("NOT RUN: no real election was counted, there is no {}", file.display());
    }
    read.ok()
}

/// The cases of one part; none when the data is not there.
fn cases(part: usize) -> Vec<Value> {
    let text = expected().unwrap_or_default();
    let lines = text.lines().enumerate().filter(|(at, _)| at % PARTS == part);
    lines.map(|(_, line)| serde_json::from_str(line).expect("a line is JSON")).collect()
}

fn read(case: &Value) -> Election {
    let name = case["file"].as_str().expect("a case names its file");
    let bytes = std::fs::read(folder().join(name)).expect("the file is there");
    let read = pb::read(&bytes).unwrap_or_else(|why| panic!("{name}: {why}"));
    assert_eq!(read.election.kind().name(), case["vote_type"], "{name}");
    assert_eq!(read.election.projects().len() as u64, case["num_projects"], "{name}");
    assert_eq!(read.election.ballots_len() as u64, case["num_ballots"], "{name}");
    read.election
}

fn ids(election: &Election, order: &[usize]) -> Vec<String> {
    order.iter().map(|at| election.projects()[*at].id.clone()).collect()
}

/// How many outcomes are listed for each rule, without those that the judge did not finish.
fn listed(cases: &[Value]) -> BTreeMap<String, usize> {
    let mut all = BTreeMap::new();
    for case in cases {
        let rules = case["rules"].as_object().expect("a case has rules");
        let ended = rules.iter().filter(|(_, expected)| expected["order"].is_array());
        ended.for_each(|(rule, _)| *all.entry(rule.clone()).or_insert(0) += 1);
    }
    all
}

fn check(part: usize) {
    let (all, mut compared) = (cases(part), BTreeMap::new());
    for case in &all {
        let election = read(case);
        let rules = case["rules"].as_object().expect("a case has rules");
        for (name, expected) in rules {
            let rule: Rule = name.parse().expect("the rule is known");
            let outcome = count(&election, &Terms::of(rule)).expect("it is counted");
            let file = &case["file"];
            let of = |key: &str| -> Option<Vec<String>> {
                let listed = expected[key].as_array()?.iter();
                Some(listed.filter_map(|id| id.as_str().map(str::to_owned)).collect())
            };
            let ours = ids(&election, &outcome.order);
            if let Some(order) = of("order") {
                assert_eq!(ours, order, "{file} {rule}");
                *compared.entry(name.clone()).or_insert(0) += 1;
            }
            if let Some(selected) = of("selected") {
                let mut sorted = ours.clone();
                sorted.sort();
                assert_eq!(sorted, selected, "{file} {rule}");
            }
            // The judge tells how many counts it made; ours stand for as many.
            let runs = expected["oracle"]["runs"].as_u64();
            let runs = runs.filter(|_| expected["oracle"]["status"] == "ok");
            if let (Some(raise), Some(runs)) = (&outcome.raise, runs) {
                assert_eq!(raise.counts, runs, "{file} {rule}");
            }
        }
    }
    assert_eq!(compared, listed(&all), "every outcome that is listed was compared");
}

#[test]
fn all_real_elections_are_there_with_every_rule() {
    if expected().is_none() {
        return;
    }
    let all: Vec<Value> = (0..PARTS).flat_map(cases).collect();
    assert_eq!(all.len(), ELECTIONS);
    for case in &all {
        let name = case["file"].as_str().expect("a case names its file");
        assert!(folder().join(name).is_file(), "{name} is there");
    }
    let counts = listed(&all);
    let few = |rule: &str| match rule {
        // Points and ranks stand on the ballots of some elections only; one was too long for the
        // judge.
        "greedy_points" | "mes_points" | "mes_points_add1" | "mes_borda" => 8,
        "mes_cardinality_add1" => ELECTIONS - 1,
        _ => ELECTIONS,
    };
    assert_eq!(counts.len(), RULES);
    for (rule, n) in counts {
        assert_eq!(n, few(&rule), "{rule}");
    }
}

#[test]
fn real_elections_come_to_their_outcomes_first_part() {
    check(0);
}

#[test]
fn real_elections_come_to_their_outcomes_second_part() {
    check(1);
}

#[test]
fn real_elections_come_to_their_outcomes_third_part() {
    check(2);
}

#[test]
fn real_elections_come_to_their_outcomes_last_part() {
    check(3);
}

#[test]
fn official_winners_are_ours_where_the_rule_was_ours() {
    // Assen counted its election of 2024 by equal shares with add1, and published who won.
    let file = folder().join("Netherlands_Assen_2024.pb");
    if expected().is_none() {
        return;
    }
    let bytes = std::fs::read(file).expect("the election of Assen is among the others");
    let election = pb::read(&bytes).expect("it is read").election;
    let rule = "mes_cost_add1".parse().expect("the rule is known");
    let outcome = count(&election, &Terms::of(rule)).expect("it is counted");
    for at in 0..election.projects().len() {
        let official = election.said(at, "selected") == Some("1");
        assert_eq!(outcome.won(at), official, "{}", election.projects()[at].id);
    }
}

#[test]
fn a_real_election_written_and_read_is_the_same() {
    for case in (0..PARTS).flat_map(cases) {
        let election = read(&case);
        let again = pb::read(pb::write(&election).as_bytes()).expect("it is read");
        assert!(again.election == election, "{}", case["file"]);
        assert!(again.remarks.is_empty());
    }
}
