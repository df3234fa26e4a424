//! Every published election, by every rule that its expected outcomes name.
//!
//! Prints numbers and the names of rules, never a ballot.

use std::collections::BTreeMap;
use std::path::Path;

use fair::voting::{Election, Rule, Terms, count, pb};
use serde_json::Value;

use super::judge::{self, Cost};
use super::timed;
use crate::held;

/// What all counts together may take, in seconds. Those in forints, where 150,000 counts stand
/// behind one outcome, need not be among them; they are.
const ALL_S_MAX: f64 = 15.0;

/// What counting cost.
#[derive(Default)]
struct Costs {
    elections: usize,
    reading_s: f64,
    by_rule: BTreeMap<String, (usize, f64)>,
    differ: usize,
    /// By file and rule, for the other program.
    each: Vec<Cost>,
}

/// Counts and prints the tables; without the folder of real data it says so.
pub(super) fn elections() {
    let Some(data) = stories::trial_data() else { return };
    let folder = data.join("pabulib");
    let expected = std::fs::read_to_string(folder.join("expected.jsonl")).unwrap();
    let mut costs = Costs::default();
    for line in expected.lines() {
        count_all(&folder, &serde_json::from_str(line).unwrap(), &mut costs);
    }
    let (mut counts, mut all_s) = (0, costs.reading_s);
    println!("| counting by | elections | processor s |\n|---|---|---|");
    for (rule, (times, seconds)) in &costs.by_rule {
        println!("| `{rule}` | {times} | {seconds:.3} |");
        counts += times;
        all_s += seconds;
    }
    println!("| reading the files | {} | {:.3} |", costs.elections, costs.reading_s);
    println!("| **all {counts} counts**, at most {ALL_S_MAX} s | | **{all_s:.2}** |");
    println!(
        "\nOutcomes that differ from the expected ones: {}. The counts in forints are among them, \
         though 150,000 counts stand behind one of their outcomes: most are proved to change \
         nothing, and are not made.\n",
        costs.differ
    );
    held("all counts together", all_s, ALL_S_MAX);
    println!("{}\n", judge::compared(&folder, &costs.each));
}

fn count_all(folder: &Path, case: &Value, costs: &mut Costs) {
    let file = case["file"].as_str().unwrap();
    let bytes = std::fs::read(folder.join(file)).unwrap();
    let (read, seconds) = timed(|| pb::read(&bytes).unwrap());
    costs.elections += 1;
    costs.reading_s += seconds;
    for (rule, expected) in case["rules"].as_object().unwrap() {
        let (winners, seconds) = timed(|| winners(&read.election, rule));
        let order = expected["order"].as_array();
        let same = order.is_none_or(|order| winners.iter().eq(order.iter()));
        costs.differ += usize::from(!same);
        let (times, sum) = costs.by_rule.entry(rule.clone()).or_default();
        (*times, *sum) = (*times + 1, *sum + seconds);
        if case["vote_type"] == "approval" {
            costs.each.push(Cost { file: file.to_owned(), rule: rule.clone(), seconds });
        }
    }
}

/// The winners in order, as they stand in JSON.
fn winners(election: &Election, rule: &str) -> Vec<Value> {
    let rule: Rule = rule.parse().unwrap();
    let outcome = count(election, &Terms::of(rule)).unwrap();
    outcome.ids(election).into_iter().map(Value::from).collect()
}
