//! Counts every election of a folder by every rule that `expected.jsonl` names beside it, compares
//! winners and order, and tells the processor's seconds for each: `cargo run --release -p fair
//! --example elections -- [FOLDER] [--only TEXT] [--all]`. Without a folder: that of the trials.
//!
//! Never keeps anything; nothing but numbers and the names of files and rules is printed. Counts in
//! forints that stand for 150,000 counts or more are left out unless `--all` asks for them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use fair::voting::{Election, Rule, Terms, count, pb};
use serde_json::Value;

/// The election whose shares are raised in forints.
const IN_FORINTS: &str = "Hungary_Budapest_2022_VIII_Jozsefvaros.pb";

fn main() -> Result<(), String> {
    let mut folder = data().join("pabulib");
    let (mut all, mut only) = (false, String::new());
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        match word.as_str() {
            "--all" => all = true,
            "--only" => only = words.next().unwrap_or_default(),
            other => folder = PathBuf::from(other),
        }
    }
    let expected = std::fs::read_to_string(folder.join("expected.jsonl"))
        .map_err(|why| format!("{}/expected.jsonl: {why}", folder.display()))?;
    let (mut wrong, mut counted, mut seconds) = (0, 0, 0.0);
    let mut by_rule: BTreeMap<String, f64> = BTreeMap::new();
    for line in expected.lines() {
        let case: Value = serde_json::from_str(line).map_err(|why| why.to_string())?;
        let name = case.get("file").and_then(Value::as_str).unwrap_or_default();
        if !name.contains(&only) {
            continue;
        }
        let began = cpu_seconds();
        let election = read(&folder.join(name))?;
        let mut spent = cpu_seconds() - began;
        *by_rule.entry("(reading)".into()).or_default() += spent;
        let mut told = format!("read {spent:.3}");
        for (rule, want) in case.get("rules").and_then(Value::as_object).into_iter().flatten() {
            if name == IN_FORINTS && rule.contains("add1") && !all {
                continue;
            }
            let (took, same, reckoned) = one(&election, rule, want)?;
            counted += 1;
            wrong += usize::from(!same);
            spent += took;
            *by_rule.entry(rule.clone()).or_default() += took;
            let mark = if same { "" } else { " DIFFERS" };
            told += &format!("  {rule} {took:.3}{reckoned}{mark}");
        }
        seconds += spent;
        println!("{spent:8.3} s  {name}: {told}");
    }
    for (rule, took) in by_rule {
        println!("{took:8.3} s  {rule}");
    }
    println!("{seconds:8.3} s  {counted} counts, {wrong} differ");
    if wrong > 0 { Err("outcomes differ".into()) } else { Ok(()) }
}

/// Counts by one rule: seconds, whether the outcome is the expected one, how shares were raised.
fn one(election: &Election, rule: &str, want: &Value) -> Result<(f64, bool, String), String> {
    let began = cpu_seconds();
    let terms = Terms::of(rule.parse::<Rule>().map_err(|why| why.to_string())?);
    let outcome = count(election, &terms).map_err(|why| why.to_string())?;
    let took = cpu_seconds() - began;
    let ids = outcome.ids(election);
    let raised = outcome.raise.map_or_else(String::new, |raise| {
        format!(" ({} of {} counts)", raise.reckoned, raise.counts)
    });
    let order = want.get("order").and_then(Value::as_array);
    let same = order.is_none_or(|order| ids.into_iter().eq(order.iter().filter_map(Value::as_str)));
    Ok((took, same, raised))
}

fn read(file: &Path) -> Result<Election, String> {
    let bytes = std::fs::read(file).map_err(|why| format!("{}: {why}", file.display()))?;
    pb::read(&bytes).map(|read| read.election).map_err(|why| format!("{}: {why}", file.display()))
}

fn data() -> PathBuf {
    let here = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data");
    std::env::var_os("BARAZA_TRIAL_DATA").map_or_else(|| here.into(), PathBuf::from)
}

/// Seconds that this process has kept a processor busy, where the system tells; else wall time.
fn cpu_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/schedstat").unwrap_or_default();
    let nanoseconds = stat.split_whitespace().next().and_then(|first| first.parse::<f64>().ok());
    nanoseconds.map_or_else(wall_seconds, |nanoseconds| nanoseconds / 1e9)
}

fn wall_seconds() -> f64 {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    now.map_or(0.0, |since| since.as_secs_f64())
}
