//! Every room has the same furniture, so that whoever knows one room knows them all.
//!
//! Never asks a room for a piece that it has no use for: a room whose header says
//! `Records: nothing` (as `thread` does) leaves out records, views and rules. The vestibule `door`
//! is no room: it has texts like everybody and otherwise its own pieces.

use super::board::rooms;
use super::{Finding, texts};
use crate::house::House;

/// What the header of each room's mod.rs says, one line each, in this order.
const HEADER: [&str; 4] = ["Purpose", "Records", "Reads", "Never"];

/// Pieces of every room: as one file, or as a folder of that name.
const ALWAYS: [&str; 3] = ["queries", "pages", "tests"];

/// Pieces of a room that records something.
const WITH_RECORDS: [&str; 3] = ["records", "views", "rules"];

/// On the board, yet no room of the mission: where every request comes in and every answer leaves.
const VESTIBULE: &str = "door";

const SAME: &str = "whoever knows one room must know where to look in all of them";

/// Every missing piece, every piece that no room has, every header without its lines.
#[must_use]
pub fn check(house: &House) -> Vec<Finding> {
    let rooms = rooms(house);
    rooms
        .iter()
        .filter(|room| *room != VESTIBULE)
        .flat_map(|room| check_room(house, room))
        .collect()
}

fn check_room(house: &House, room: &str) -> Vec<Finding> {
    let face = format!("rooms/{room}/mod.rs");
    let Some(text) = house.text(&face) else {
        let advice = "write mod.rs: its header, its face, its routes()";
        return vec![Finding::new(&face, 1, "the room has no face", SAME, advice)];
    };
    let mut found = header(&face, text);
    let records_nothing = says_nothing(text);
    let mut wanted = ALWAYS.to_vec();
    if !records_nothing {
        wanted.extend(WITH_RECORDS);
    }
    for piece in wanted {
        let file = house.has(&format!("rooms/{room}/{piece}.rs"));
        let folder = house.has(&format!("rooms/{room}/{piece}/mod.rs"));
        if !file && !folder {
            let what = format!("the room has no {piece}.rs");
            let advice =
                "add it; a room that records nothing says `Records: nothing` in its header";
            found.push(Finding::new(&face, 1, what, SAME, advice));
        }
    }
    if !records_nothing && !house.has(&format!("rooms/{room}/views.sql")) {
        let advice = "add it: the tables of the room's views, portable to both engines";
        found.push(Finding::new(&face, 1, "the room has no views.sql", SAME, advice));
    }
    if records_nothing && house.has(&format!("rooms/{room}/records.rs")) {
        let what = "the header says `Records: nothing` and there is a records.rs";
        found.push(Finding::new(&face, 1, what, SAME, "say in the header what is recorded"));
    }
    found.extend(languages(house, room, &face));
    found.extend(strangers(house, room));
    found
}

fn header(face: &str, text: &str) -> Vec<Finding> {
    let lines: Vec<String> = header_lines(text).collect();
    let absent = HEADER.iter().filter(|word| !lines.iter().any(|line| line.starts_with(*word)));
    absent
        .map(|word| {
            let what = format!("the header has no line that begins with `{word}`");
            let advice = "add `//! Purpose: …`, `//! Records: …`, `//! Reads: …`, `//! Never: …`";
            Finding::new(face, 1, what, SAME, advice)
        })
        .collect()
}

/// The lines of the header without their marks: `//! **Never:** x` is `Never:** x`.
fn header_lines(text: &str) -> impl Iterator<Item = String> + '_ {
    let lines = text.lines().map_while(|line| line.strip_prefix("//!"));
    lines.map(|line| line.trim_start_matches(|c: char| !c.is_alphanumeric()).to_owned())
}

fn says_nothing(text: &str) -> bool {
    let line = header_lines(text).find(|line| line.starts_with("Records"));
    line.is_some_and(|line| line.to_lowercase().contains("nothing"))
}

fn languages(house: &House, room: &str, face: &str) -> Vec<Finding> {
    let absent = texts::LANGUAGES
        .iter()
        .filter(|language| !house.has(&format!("rooms/{room}/texts/{language}.ftl")));
    absent
        .map(|language| {
            let what = format!("the room has no texts/{language}.ftl");
            let why = "a page in two languages at once is readable in neither";
            Finding::new(face, 1, what, why, "add the catalogue, with every key of en.ftl")
        })
        .collect()
}

/// Files at the top of the room that are neither furniture nor a piece of the room's own work: code
/// and the tables of a view may stand there under a name of their own, anything else may not.
fn strangers(house: &House, room: &str) -> Vec<Finding> {
    let known = |name: &str| {
        let code = name.ends_with(".rs") || name.ends_with(".sql");
        let folder = house.has(&format!("rooms/{room}/{name}/mod.rs"));
        code || folder || ["texts", "pages"].contains(&name)
    };
    let folder = format!("rooms/{room}");
    let strange = house.inside(&folder).into_iter().filter(|name| !known(name));
    strange
        .map(|name| {
            let what = format!("`{name}` is no piece of a room's furniture");
            let advice = "move it into the folder of the piece it belongs to, such as pages/";
            Finding::new(&format!("{folder}/{name}"), 1, what, SAME, advice)
        })
        .collect()
}
