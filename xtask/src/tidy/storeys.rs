//! Imports go down only: which crate may name which, read from the Cargo.toml files.
//!
//! Never looks into the code: a crate that is not in Cargo.toml cannot be used.

use super::Finding;
use crate::house::House;

/// The ground floor, and what each of its crates may use of the others. What is not here may use
/// nothing of the house.
const GROUND: [(&str, &[&str]); 10] = [
    ("record", &[]),
    ("seal", &["record"]),
    ("words", &[]),
    ("fair", &[]),
    ("exchange", &[]),
    ("ballots", &["record", "fair"]),
    ("page", &["words"]),
    ("store", &["record"]),
    ("sync", &["record"]),
    ("testkit", &["record", "seal", "words", "page", "store", "sync", "fair", "ballots"]),
];

/// The upper storeys, and what each may use of the house besides the whole ground floor.
const UPPER: [(&str, &str, &[&str]); 4] = [
    ("rooms/Cargo.toml", "rooms", &[]),
    ("roof/server/Cargo.toml", "server", &["rooms"]),
    ("roof/stories/Cargo.toml", "stories", &["rooms", "server", "testkit"]),
    ("xtask/Cargo.toml", "xtask", &[]),
];

/// Crates of the ground that are pure: they know no web and no database.
const PURE: [&str; 7] = ["record", "words", "fair", "exchange", "ballots", "page", "seal"];

/// The web and the wires, as crates.
const WEB: [&str; 7] =
    ["axum", "hyper", "hyper-util", "tower", "tower-http", "tokio", "tokio-postgres"];

/// Database drivers: `store` alone names them.
const DRIVERS: [&str; 8] = [
    "rusqlite",
    "libsqlite3-sys",
    "tokio-postgres",
    "postgres",
    "deadpool-postgres",
    "sqlx",
    "diesel",
    "sea-orm",
];

const DOWN_ONLY: &str = "imports go down only, so that a lower floor can be read, tested and \
                         trusted without the floors above";

/// Every dependency that points up, sideways to where it may not, or to a driver outside `store`.
#[must_use]
pub fn check(house: &House) -> Vec<Finding> {
    let manifests = house.ending("Cargo.toml").filter(|(path, _)| *path != "Cargo.toml");
    manifests.flat_map(|(path, text)| check_one(path, text)).collect()
}

fn check_one(path: &str, text: &str) -> Vec<Finding> {
    let Ok(manifest) = text.parse::<toml::Table>() else {
        let why = "cargo cannot read it either";
        return vec![Finding::new(path, 1, "this is not TOML", why, "repair the file")];
    };
    let name = manifest.get("package").and_then(|p| p.get("name")).and_then(|n| n.as_str());
    let name = name.unwrap_or_default();
    let sections = ["dependencies", "build-dependencies", "dev-dependencies"];
    let mut found = Vec::new();
    for section in sections {
        let table = manifest.get(section).and_then(|table| table.as_table());
        for used in table.into_iter().flat_map(toml::Table::keys) {
            if let Some((what, why, advice)) = refused(path, name, section, used) {
                found.push(Finding::new(path, line_naming(text, used), what, why, advice));
            }
        }
    }
    found
}

fn refused(
    path: &str,
    name: &str,
    section: &str,
    used: &str,
) -> Option<(String, &'static str, &'static str)> {
    if DRIVERS.contains(&used) && name != "store" {
        let why = "only `store` knows a database, so that both engines stay one code";
        let advice = "ask the store for what you need, or give it a new function";
        return Some((format!("`{name}` names the database driver `{used}`"), why, advice));
    }
    if PURE.contains(&name) && WEB.contains(&used) && section != "dev-dependencies" {
        let advice = "take what you need as an argument and leave the wires to the roof";
        return Some((format!("`{name}` is pure and names `{used}`"), DOWN_ONLY, advice));
    }
    let ours = GROUND.iter().any(|(crate_name, _)| *crate_name == used)
        || UPPER.iter().any(|(_, crate_name, _)| *crate_name == used);
    if !ours || may_use(path, name, section, used) {
        return None;
    }
    let advice = "move what you need down a floor, or move this code up to who may know both";
    Some((format!("`{name}` imports `{used}`"), DOWN_ONLY, advice))
}

fn may_use(path: &str, name: &str, section: &str, used: &str) -> bool {
    let in_ground = GROUND.iter().find(|(crate_name, _)| *crate_name == name);
    let on_ground = GROUND.iter().any(|(crate_name, _)| *crate_name == used);
    // Tests of every floor may use the kit for tests; nobody ships it.
    if used == "testkit" && section == "dev-dependencies" {
        return name != "record";
    }
    if path.starts_with("ground/") {
        return match in_ground {
            Some((_, may)) if section == "dev-dependencies" => may.contains(&used) || on_ground,
            Some((_, may)) => may.contains(&used),
            None => false,
        };
    }
    let upper = UPPER.iter().find(|(manifest, _, _)| *manifest == path);
    let may = upper.is_some_and(|(_, _, may)| may.contains(&used));
    may || (on_ground && used != "testkit" && name != "xtask")
}

fn line_naming(text: &str, used: &str) -> usize {
    let named = |line: &str| {
        let word = line.split(['.', '=', ' ']).next().unwrap_or_default();
        word.trim_matches('"') == used
    };
    text.lines().position(named).map_or(1, |at| at + 1)
}
