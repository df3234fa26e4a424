//! What a result says beside its shares: total, levels, reasons, what is left, measures. All of it
//! follows from the shares, so it is reckoned again from those that were checked.
//!
//! Never looks at shares that were not.

use fair::sharing::Window;
use serde_json::{Map, Value};

use super::file::Asked;
use super::findings::Findings;
use super::result::{Handed, LevelsLine, fraction};
use super::told::Told;

/// Finds where a result says something else than what follows from its shares.
pub(super) fn compare(asked: &Asked, told: &Told, handed: &Handed, findings: &mut Findings) {
    let window = &asked.window;
    if let Some(total) = handed.total {
        findings.differs("total", &total.to_string(), &told.given.to_string());
    }
    levels(window, told, handed, findings);
    reasons(window, told, handed, findings);
    left(window, told, handed, findings);
    beside(told, asked, handed, findings);
    let Some(said) = &handed.measures else { return };
    let there = [
        &said.gini_before,
        &said.gini_after,
        &said.lowest_before,
        &said.lowest_after,
        &said.to_high_risk,
    ];
    for (there, (name, right)) in there.into_iter().zip(told.measures()) {
        differs(&format!("measures, {name}"), there.as_deref(), right.as_deref(), findings);
    }
}

/// What stands beside the shares, part by part. Draws are made again from the seed that is told.
fn beside(told: &Told, asked: &Asked, handed: &Handed, findings: &mut Findings) {
    let right = told.beside.json(asked);
    for (name, there) in handed.beside() {
        // Draws that are too many to be made again are told as not checked.
        if let Some(right) = right.get(name) {
            alike(name, there, right, findings);
        } else if handed.drawing().is_none() {
            findings.add(format!("{name}: it does not say how many draws, from which seed"));
        }
    }
}

/// Finds where two values differ, and names the place.
fn alike(place: &str, there: &Value, right: &Value, findings: &mut Findings) {
    match (there, right) {
        (Value::Object(said), Value::Object(known)) => {
            let names = said.keys().chain(known.keys().filter(|name| !said.contains_key(*name)));
            for name in names {
                let of = |all: &Map<String, Value>| all.get(name).cloned().unwrap_or_default();
                alike(&format!("{place}, {name}"), &of(said), &of(known), findings);
            }
        }
        (Value::String(said), Value::String(known)) => {
            differs(place, Some(said), Some(known), findings);
        }
        _ => findings.differs(place, &there.to_string(), &right.to_string()),
    }
}

fn levels(window: &Window, told: &Told, handed: &Handed, findings: &mut Findings) {
    let Some(said) = &handed.levels else { return };
    said.compare("levels", "area", window.areas.iter().map(|area| area.id.as_str()), findings);
    for (area, right) in window.areas.iter().zip(&told.levels) {
        let Some(there) = said.by.get(&area.id) else { continue };
        let before = |line: &LevelsLine| line.before.clone();
        let after = |line: &LevelsLine| line.after.clone();
        let there = [there.as_ref().map(before), there.as_ref().map(after)];
        let right = [right.map(|(before, _)| before), right.map(|(_, after)| after)];
        for (name, (there, right)) in ["before", "after"].into_iter().zip(there.iter().zip(right)) {
            let right = right.map(|right| right.to_string());
            let place = format!("levels, {}, {name}", area.id);
            differs(&place, there.as_deref(), right.as_deref(), findings);
        }
    }
}

fn reasons(window: &Window, told: &Told, handed: &Handed, findings: &mut Findings) {
    let Some(said) = &handed.reasons else { return };
    said.compare("reasons", "area", window.areas.iter().map(|area| area.id.as_str()), findings);
    for right in &told.sentences {
        let Some(there) = said.by.get(&right.id) else { continue };
        findings.differs(&format!("reasons, {}, why", right.id), &there.why, right.why);
        findings.differs(&format!("reasons, {}, said", right.id), &there.said, &right.said);
    }
}

fn left(window: &Window, told: &Told, handed: &Handed, findings: &mut Findings) {
    let Some(said) = &handed.left else { return };
    said.compare("left", "pool", window.pools.iter().map(|pool| pool.id.as_str()), findings);
    for right in &told.purses {
        let Some(there) = said.by.get(&right.id) else { continue };
        let place = |name: &str| format!("left, {}, {name}", right.id);
        let (amount, held_back) = (right.amount.to_string(), right.held_back.to_string());
        findings.differs(&place("amount"), &there.amount.to_string(), &amount);
        findings.differs(&place("held_back"), &there.held_back.to_string(), &held_back);
        findings.differs(&place("why"), &there.why.join(", "), &right.why.join(", "));
        findings.differs(&place("said"), &there.said, &right.said);
    }
}

/// Compares two numbers, which may be written differently.
fn differs(place: &str, there: Option<&str>, right: Option<&str>, findings: &mut Findings) {
    let number = |text: Option<&str>| text.and_then(|text| fraction(text).ok());
    if there != right && number(there).zip(number(right)).is_none_or(|(one, two)| one != two) {
        findings.differs(place, there.unwrap_or("nothing"), right.unwrap_or("nothing"));
    }
}
