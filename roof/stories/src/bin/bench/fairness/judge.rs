//! Another program beside ours: pabutools, put into a throw-away environment if this machine can
//! fetch it. It is a judge to run beside ours, and nothing of it is kept.

use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;

/// What is fetched.
const PABUTOOLS: &str = "pabutools==1.2.3";
/// What one count of it may take, and all together, in seconds.
const ONE_S_MAX: u32 = 10;
const ALL_S_MAX: u32 = 240;

/// What one count cost.
pub(super) struct Cost {
    pub(super) file: String,
    pub(super) rule: String,
    pub(super) seconds: f64,
}

/// A sentence on how our counts compare with its own, or on why they could not be compared.
pub(super) fn compared(folder: &Path, ours: &[Cost]) -> String {
    match theirs(folder) {
        Ok(theirs) => said(ours, &theirs),
        Err(why) => format!("Not compared with pabutools: {why}. The seconds above stand alone."),
    }
}

fn said(ours: &[Cost], theirs: &[Cost]) -> String {
    let mut ratios = Vec::new();
    let (mut our_s, mut their_s) = (0.0, 0.0);
    for their in theirs {
        let same = |our: &&Cost| our.file == their.file && our.rule == their.rule;
        let Some(our) = ours.iter().find(same) else { continue };
        ratios.push(their.seconds / our.seconds);
        our_s += our.seconds;
        their_s += their.seconds;
    }
    ratios.sort_by(f64::total_cmp);
    let Some(middle) = ratios.get(ratios.len() / 2) else {
        return "Not compared with pabutools: it finished no count in time.".to_owned();
    };
    format!(
        "{PABUTOOLS}, grouping equal ballots and with exact fractions, finished {} of the counts \
         of approval ballots that it was given (each within {ONE_S_MAX} s, all within {ALL_S_MAX} \
         s), in {their_s:.1} s; the same counts take {our_s:.3} s here: {:.0} times less in all, \
         {middle:.0} times less in the middle one. Reading files is left out on both sides.",
        ratios.len(),
        their_s / our_s
    )
}

/// What its counts cost, of those it finished.
fn theirs(folder: &Path) -> Result<Vec<Cost>, String> {
    let place = tempfile::tempdir().map_err(|why| why.to_string())?;
    let python = place.path().join("bin/python");
    let made = Command::new("python3").args(["-m", "venv"]).arg(place.path()).output();
    if !made.is_ok_and(|made| made.status.success()) {
        return Err("there is no python3 here that makes an environment".to_owned());
    }
    let install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", PABUTOOLS];
    let fetched = Command::new(&python).args(install).output();
    if !fetched.is_ok_and(|fetched| fetched.status.success()) {
        return Err("it could not be fetched from here".to_owned());
    }
    let script = place.path().join("judge.py");
    std::fs::write(&script, include_str!("judge.py")).map_err(|why| why.to_string())?;
    let run = Command::new(&python)
        .arg(&script)
        .arg(folder)
        .args([ONE_S_MAX.to_string(), ALL_S_MAX.to_string()])
        .stderr(Stdio::inherit())
        .output();
    let run = run.map_err(|why| why.to_string())?;
    if !run.status.success() {
        return Err("it stopped with an error".to_owned());
    }
    let said = String::from_utf8_lossy(&run.stdout).into_owned();
    let lines = said.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let text = |line: &Value, key: &str| Some(line[key].as_str()?.to_owned());
    let costs = lines.filter_map(|line| {
        let seconds = line["seconds"].as_f64()?;
        Some(Cost { file: text(&line, "file")?, rule: text(&line, "rule")?, seconds })
    });
    Ok(costs.collect())
}
