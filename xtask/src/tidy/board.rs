//! The board at the door: rooms import only rooms earlier on it, and only through their face.
//!
//! Never judges what a room does with another: only whether it may know it.

use super::Finding;
use super::scan::{Scan, line_of, words};
use crate::house::House;

/// The board: the crate root of the rooms, which names them in order.
pub const BOARD: &str = "rooms/lib.rs";

const FACE_ONLY: &str = "a room is known by its face, so that its inside can change in one sitting";

/// The rooms in the order of the board.
#[must_use]
pub fn rooms(house: &House) -> Vec<String> {
    let code = house.text(BOARD).map(|text| Scan::of(text).code).unwrap_or_default();
    let name = |line: &str| {
        let line = line.trim();
        let line = line.strip_prefix("pub mod ").or_else(|| line.strip_prefix("mod "))?;
        line.strip_suffix(';').map(str::to_owned)
    };
    // A file beside the board is part of the board itself; a folder is a room.
    let room = |name: &String| !house.has(&format!("rooms/{name}.rs"));
    code.lines().filter_map(name).filter(room).collect()
}

/// Every import that goes to a later room or past a face, and every room not on the board.
#[must_use]
pub fn check(house: &House) -> Vec<Finding> {
    let board = rooms(house);
    let mut found = missing(house, &board);
    for (path, text) in house.ending(".rs") {
        let Some(inside) = path.strip_prefix("rooms/") else { continue };
        let Some((room, _)) = inside.split_once('/') else { continue };
        let code = Scan::of(text).code;
        found.extend(imports(house, &board, room, path, &code));
        found.extend(roundabout(&board, path, &code));
    }
    found
}

fn missing(house: &House, board: &[String]) -> Vec<Finding> {
    let mut found = Vec::new();
    for room in board.iter().filter(|room| !house.has(&format!("rooms/{room}"))) {
        let what = format!("the board names the room `{room}`, which is not there");
        let why = "the board is what a stranger reads first";
        found.push(Finding::new(BOARD, 1, what, why, "add the room or take it off the board"));
    }
    for folder in house.inside("rooms") {
        let is_room = house.has(&format!("rooms/{folder}/mod.rs"));
        if is_room && !board.iter().any(|room| room == folder) {
            let what = format!("the room `{folder}` is not on the board");
            let why = "the board's order says who may import whom";
            let advice = "add `pub mod` with one sentence to rooms/lib.rs, after what it imports";
            found.push(Finding::new(BOARD, 1, what, why, advice));
        }
    }
    found
}

/// `crate::ROOM…`, alone or in a list of imports.
fn imports(house: &House, board: &[String], room: &str, path: &str, code: &str) -> Vec<Finding> {
    let place = |name: &str| board.iter().position(|other| other == name);
    let mut found = Vec::new();
    for at in words(code, "crate") {
        let Some(rest) = code.get(at + "crate".len()..).and_then(|rest| rest.strip_prefix("::"))
        else {
            continue;
        };
        for (named, steps) in leaves(rest) {
            if named == room || place(&named).is_none() {
                continue;
            }
            let line = line_of(code, at);
            // A room that is not on the board is a finding of its own.
            if place(room).is_some() && place(&named) > place(room) {
                let what = format!("`{room}` imports `{named}`, which is later on the board");
                let why = "rooms know only earlier rooms, so that no two know each other";
                let advice = "link by record reference, or write this in `thread`";
                found.push(Finding::new(path, line, what, why, advice));
            }
            let hidden = steps.iter().find(|step| is_piece(house, &named, step));
            if let Some(step) = hidden {
                let what = format!("`{named}::{step}` is the inside of another room");
                let advice = "import from the room's mod.rs, and let it offer what you need";
                found.push(Finding::new(path, line, what, FACE_ONLY, advice));
            }
        }
    }
    found
}

/// Whether a step leads to a piece that the room's face does not offer by `pub mod`.
fn is_piece(house: &House, room: &str, step: &str) -> bool {
    let face = house.text(&format!("rooms/{room}/mod.rs")).unwrap_or_default();
    let offered = face.lines().any(|line| line.trim() == format!("pub mod {step};"));
    let there = house.has(&format!("rooms/{room}/{step}.rs"))
        || house.has(&format!("rooms/{room}/{step}/mod.rs"));
    there && !offered
}

/// The first names of a path after `crate::`, each with the names that follow it at once:
/// `voices::{records::Heard, Face}` is (voices, [records, Face]).
fn leaves(rest: &str) -> Vec<(String, Vec<String>)> {
    branches(rest)
        .into_iter()
        .map(|(name, after)| {
            let next = after.strip_prefix("::").map(branches).unwrap_or_default();
            (name, next.into_iter().map(|(name, _)| name).collect())
        })
        .collect()
}

/// The names at the head of `rest`: one, or those of a `{…}` list at its first level.
fn branches(rest: &str) -> Vec<(String, &str)> {
    let Some(list) = rest.strip_prefix('{') else {
        return head(rest).into_iter().collect();
    };
    let mut depth = 1;
    let mut fresh = true;
    let mut names = Vec::new();
    for (at, letter) in list.char_indices() {
        match letter {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 1 => fresh = true,
            letter if fresh && !letter.is_whitespace() => {
                fresh = false;
                names.extend(list.get(at..).and_then(head));
            }
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
    names
}

fn head(rest: &str) -> Option<(String, &str)> {
    let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
    let name = rest.get(..end).filter(|name| !name.is_empty())?;
    Some((name.to_owned(), rest.get(end..)?))
}

/// `super::super::ROOM` and, in a mod.rs, `super::ROOM`: another room by the back stairs.
fn roundabout(board: &[String], path: &str, code: &str) -> Vec<Finding> {
    let mut found = Vec::new();
    for at in words(code, "super") {
        let rest = code.get(at..).unwrap_or_default().trim_start_matches("super::");
        let name = head(rest).map(|(name, _)| name).unwrap_or_default();
        let own_room = path.split('/').nth(1) == Some(name.as_str());
        if board.contains(&name) && !own_room {
            let what = format!("`super::` leads to the room `{name}`");
            let why = "the order of the board must be seen in the import";
            let advice = "write `crate::` and the room's name";
            found.push(Finding::new(path, line_of(code, at), what, why, advice));
        }
    }
    found
}
