//! What we take from others: how many crates, under which licences, and none that are banned.
//!
//! Never trusts a list written by hand: the crates come from Cargo.lock, the licences from cargo's
//! own metadata, and what is accepted from deny.toml.

use std::path::Path;

use anyhow::{Context, Result, bail};

use super::Finding;
use crate::house::{self, House};

/// How many crates the house may lock, its own included: each one is somebody else's code that a
/// city has to trust and a two-core machine has to build.
pub const CRATES_MAX: usize = 350;

/// The names in a Cargo.lock, one for each version.
#[must_use]
pub fn crates(lock: &str) -> Vec<&str> {
    let named = lock.lines().filter_map(|line| line.strip_prefix("name = \""));
    named.filter_map(|rest| rest.strip_suffix('"')).collect()
}

/// More crates than the house can carry.
#[must_use]
pub fn count(house: &House) -> Vec<Finding> {
    let locked = crates(house.text("Cargo.lock").unwrap_or_default()).len();
    if locked <= CRATES_MAX {
        return Vec::new();
    }
    let what = format!("{locked} crates are locked (at most {CRATES_MAX})");
    let why = "each crate is code that a city has to trust and a small machine has to build";
    let advice = "switch off default features, or write the few lines that are used";
    vec![Finding::new("Cargo.lock", 1, what, why, advice)]
}

/// Crates that deny.toml bans by name.
#[must_use]
pub fn bans(house: &House) -> Vec<Finding> {
    let deny = deny(house);
    let banned = deny.get("bans").and_then(|bans| bans.get("deny")).and_then(|b| b.as_array());
    let locked = crates(house.text("Cargo.lock").unwrap_or_default());
    let names = banned.into_iter().flatten().filter_map(|ban| ban.get("crate")?.as_str());
    names
        .filter(|name| locked.contains(name))
        .map(|name| {
            let why = "deny.toml bans it, and says why";
            let advice = "find who brings it with `cargo tree -i` and choose another way";
            Finding::new("Cargo.lock", 1, format!("the crate `{name}`"), why, advice)
        })
        .collect()
}

/// Crates whose licence is not among those that deny.toml accepts.
///
/// # Errors
/// When cargo cannot say what the licences are.
pub fn licences(root: &Path, house: &House) -> Result<Vec<Finding>> {
    let deny = deny(house);
    let list = deny.get("licenses").and_then(|l| l.get("allow")).and_then(|a| a.as_array());
    let accepted: Vec<&str> = list.into_iter().flatten().filter_map(toml::Value::as_str).collect();
    if accepted.is_empty() {
        bail!("deny.toml accepts no licence: it needs [licenses] allow = [\"…\"]");
    }
    let mut command = house::cargo(root);
    command.args(["metadata", "--format-version", "1", "--locked"]);
    let output = command.output().context("cannot start cargo metadata")?;
    if !output.status.success() {
        bail!("cargo metadata: {}", String::from_utf8_lossy(&output.stderr).trim());
    }
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout)?;
    let packages = metadata.get("packages").and_then(|packages| packages.as_array());
    let packages = packages.context("cargo metadata names no packages")?;
    Ok(packages.iter().filter_map(|package| refused(package, &accepted)).collect())
}

fn refused(package: &serde_json::Value, accepted: &[&str]) -> Option<Finding> {
    let name = package.get("name")?.as_str()?;
    let licence = package.get("license").and_then(|licence| licence.as_str()).unwrap_or_default();
    (!accepts(licence, accepted)).then(|| {
        let what = format!("the crate `{name}` is under `{licence}`");
        let why = "every city must be free to run, change and pass on the whole program";
        let advice = "choose another crate, or add the licence to deny.toml with its reason";
        Finding::new("Cargo.lock", 1, what, why, advice)
    })
}

fn deny(house: &House) -> toml::Table {
    house.text("deny.toml").and_then(|text| text.parse().ok()).unwrap_or_default()
}

/// Whether an SPDX expression can be met with the accepted licences: `OR` (and the old `/`) needs
/// one side, `AND` both, parentheses group.
#[must_use]
pub fn accepts(expression: &str, accepted: &[&str]) -> bool {
    let spaced = expression.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ");
    let tokens: Vec<&str> = spaced.split_whitespace().collect();
    let mut at = 0;
    let met = either(&tokens, &mut at, accepted);
    met && at == tokens.len()
}

fn either(tokens: &[&str], at: &mut usize, accepted: &[&str]) -> bool {
    let mut met = both(tokens, at, accepted);
    while tokens.get(*at) == Some(&"OR") {
        *at += 1;
        // Both sides are read even when one is enough: the rest of the expression follows.
        met = both(tokens, at, accepted) || met;
    }
    met
}

fn both(tokens: &[&str], at: &mut usize, accepted: &[&str]) -> bool {
    let mut met = one(tokens, at, accepted);
    while tokens.get(*at) == Some(&"AND") {
        *at += 1;
        met = one(tokens, at, accepted) && met;
    }
    met
}

fn one(tokens: &[&str], at: &mut usize, accepted: &[&str]) -> bool {
    let Some(token) = tokens.get(*at) else { return false };
    *at += 1;
    if *token == "(" {
        let met = either(tokens, at, accepted);
        let closed = tokens.get(*at) == Some(&")");
        *at += 1;
        return met && closed;
    }
    if tokens.get(*at) == Some(&"WITH") {
        let exception = tokens.get(*at + 1).copied().unwrap_or_default();
        *at += 2;
        return accepted.contains(&format!("{token} WITH {exception}").as_str());
    }
    accepted.contains(token)
}
