//! Two thousand unread voices, cleared and grouped by three scripted operators at human pace: the
//! words are real messages of a crisis, dealt over the areas of the stories' city. What a person
//! needs to read and to decide is reckoned, what the node needs is measured.

use std::io::Write as _;
use std::time::Instant;

use stories::{Town, Web};

use crate::{at_share, program};

/// Voices to be cleared.
const VOICES: usize = 2_000;
/// Who clears them: the members of the stories who may group.
const OPERATORS: [&str; 3] = ["josue", "wilner", "mirlande"];
/// The areas of the stories' city, as the voices are dealt over them.
const AREAS: [&str; 4] = ["Bèlè", "Ravin Blan", "Fò Mèkredi", "Kan Lanmè"];
/// Reading one voice (milliseconds): some twenty words.
const READ_MS: u64 = 3_000;
/// Deciding about one group, or one voice alone, and pressing its key (milliseconds).
const DECIDE_MS: u64 = 5_000;
/// What is written where the suggested title is refused.
const OTHER_TITLE: &str = "Things that are lacking here";
/// What is said of how grave it is, and of a group whose sector nothing suggests.
const SEVERITY: &str = "2";
const SECTOR: &str = "shelter";
/// More pages than this would mean that nothing moves any more.
const PAGES_MAX: usize = 3_000;

/// What one operator did.
#[derive(Default)]
struct Done {
    human_ms: u64,
    node_us: Vec<u64>,
    groups: usize,
    grouped: usize,
    alone: usize,
}

/// Runs and prints the table.
pub async fn clearing() {
    let Some(data) = stories::trial_data() else { return };
    println!(
        "| engine | voices | cleared | into needs | of these alone | page p50 ms | page p95 ms | \
         slowest of three operators, minutes |"
    );
    println!("|---|---|---|---|---|---|---|---|");
    for town in stories::towns(&program()) {
        town.settle().await;
        bring(&town, &data.join("messages/direct.jsonl"));
        let before = waiting(&town).await;
        let node = town.serve();
        let mut operators = Vec::new();
        for (place, name) in OPERATORS.into_iter().enumerate() {
            let desk = node.web.sign_in(name).await;
            operators.push(tokio::spawn(async move { work(&desk, place).await }));
        }
        let mut all = Done::default();
        let mut slowest = 0;
        for operator in operators {
            let done = operator.await.unwrap();
            let node_ms = done.node_us.iter().sum::<u64>() / 1000;
            slowest = slowest.max(done.human_ms + node_ms);
            all.node_us.extend(done.node_us);
            all.groups += done.groups;
            all.grouped += done.grouped;
            all.alone += done.alone;
        }
        drop(node);
        all.node_us.sort_unstable();
        let engine = if town.database.is_some() { "PostgreSQL" } else { "SQLite" };
        let left = waiting(&town).await;
        let (p50, p95) = (at_share(&all.node_us, 0.5), at_share(&all.node_us, 0.95));
        let (minutes, tenths) = (slowest / 60_000, slowest % 60_000 / 6_000);
        println!(
            "| {engine} | {before} | {} | {} | {} | {p50} | {p95} | {minutes}.{tenths} |",
            before - left,
            all.groups + all.alone,
            all.alone,
        );
    }
    println!(
        "\nReading a voice is reckoned at {} s, deciding and pressing a key at {} s; the node's \
         time is measured. The words are real messages; their areas are dealt, so that what \
         stands together is likelier than in a real city.",
        READ_MS / 1000,
        DECIDE_MS / 1000
    );
}

/// The first messages with words, each with an area.
fn bring(town: &Town, messages: &std::path::Path) {
    let file = town.data.with_extension("jsonl");
    let mut out = std::fs::File::create(&file).unwrap();
    let text = std::fs::read_to_string(messages).unwrap();
    let mut count = 0;
    for line in text.lines() {
        let message: serde_json::Value = serde_json::from_str(line).unwrap();
        let of = |name: &str| message[name].as_str().unwrap_or_default().trim();
        let words =
            if of("text_original").is_empty() { of("text_en") } else { of("text_original") };
        if words.is_empty() || count == VOICES {
            continue;
        }
        let area = AREAS[count % AREAS.len()];
        count += 1;
        let voice = serde_json::json!({ "id": of("id"), "text": words, "area": area });
        writeln!(out, "{voice}").unwrap();
    }
    let path = file.to_string_lossy();
    let import = ["import", "voices", &path, "--text", "text", "--external-id", "id"];
    let (code, said, error) = town.command(&[&import[..], &["--area", "area"]].concat());
    assert_eq!(code, 0, "{said}{error}");
}

async fn waiting(town: &Town) -> usize {
    let node = town.open().await;
    let sql = "SELECT COUNT(*) FROM voices_2 WHERE waiting = TRUE AND held = FALSE";
    let row = node.house.store().read_one(sql, vec![]).await.unwrap().unwrap();
    usize::try_from(row.int(0)).unwrap()
}

/// One operator at the page of groups, beginning with an area of their own, until nothing waits.
async fn work(desk: &Web, place: usize) -> Done {
    let mut done = Done::default();
    for turn in 0..AREAS.len() {
        let area = AREAS[(place + turn) % AREAS.len()];
        for _ in 0..PAGES_MAX {
            let path = format!("/desk/grouping?area={}&lang=en", encoded(area));
            let page = get(desk, &path, &mut done).await;
            let Some(form) = form(&page, "/desk/grouping?") else {
                if !alone(desk, &page, &mut done).await {
                    break;
                }
                continue;
            };
            let voices = group(desk, &form, &mut done).await;
            done.groups += 1;
            done.grouped += voices;
        }
    }
    done
}

async fn get(desk: &Web, path: &str, done: &mut Done) -> String {
    let began = Instant::now();
    let answer = desk.get(path).await;
    done.node_us.push(u64::try_from(began.elapsed().as_micros()).unwrap());
    assert_eq!(answer.status, 200, "{path}");
    answer.body
}

/// Reads the voices of a group and states their need; a title that may not be public is written
/// anew. Somebody else may have been faster: then the next page shows what is left.
async fn group(desk: &Web, fields: &[(String, String)], done: &mut Done) -> usize {
    let voices = fields.iter().filter(|(name, _)| name == "v").count();
    done.human_ms += READ_MS * u64::try_from(voices).unwrap() + DECIDE_MS;
    for title in [None, Some(OTHER_TITLE)] {
        let mut sent: Vec<(&str, &str)> = vec![("do", "new"), ("severity", SEVERITY)];
        if fields.iter().all(|(name, _)| name != "sector") {
            sent.push(("sector", SECTOR));
        }
        for (name, value) in fields {
            let title = title.filter(|_| name == "title");
            sent.push((name, title.unwrap_or(value)));
        }
        let began = Instant::now();
        let answer = desk.post("/desk/grouping", &sent).await;
        done.node_us.push(u64::try_from(began.elapsed().as_micros()).unwrap());
        if answer.status == 303 {
            return voices;
        }
        done.human_ms += DECIDE_MS;
        // Somebody else may have been faster; anything else would go on for ever.
        assert!(answer.status == 409 || title.is_none(), "{}", answer.body);
    }
    0
}

/// The first voice that stands alone becomes a need of its own; false when there is none.
async fn alone(desk: &Web, page: &str, done: &mut Done) -> bool {
    let mark = "/desk/grouping?voice=";
    let Some(id) = page.split(mark).nth(1).and_then(|rest| rest.get(..26)) else { return false };
    let path = format!("{mark}{id}&lang=en");
    let answer = desk.get(&path).await;
    if let Some(fields) = form(&answer.body, "/desk/grouping?") {
        group(desk, &fields, done).await;
        done.alone += 1;
    }
    true
}

/// What a form would send as it stands on the page.
fn form(page: &str, action: &str) -> Option<Vec<(String, String)>> {
    let start = page.find(&format!("<form method=post action=\"{action}"))?;
    let body = &page[start..];
    let body = &body[..body.find("</form>")?];
    let mut fields = Vec::new();
    let mut select = None;
    for tag in body.split('<').skip(1) {
        let of = |name: &str| attribute(tag, name);
        match tag.split([' ', '>']).next().unwrap_or_default() {
            "input" if ticked(tag) == Some(false) => {}
            "input" => fields.extend(of("name").map(|n| (n, of("value").unwrap_or_default()))),
            "select" => select = of("name"),
            "option" if tag.contains(" selected") => {
                fields.extend(select.clone().map(|n| (n, of("value").unwrap_or_default())));
            }
            _ => {}
        }
    }
    fields.retain(|(name, _)| name != "csrf" && name != "do");
    Some(fields)
}

/// Of a box or a round button, whether it is ticked as it stands.
fn ticked(tag: &str) -> Option<bool> {
    let ticks = tag.contains("type=checkbox") || tag.contains("type=radio");
    ticks.then(|| tag.contains(" checked"))
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let value = tag.split(&format!(" {name}=")).nth(1)?;
    let value = match value.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next()?,
        None => value.split([' ', '>']).next()?,
    };
    Some(value.replace("&#39;", "'").replace("&quot;", "\"").replace("&amp;", "&"))
}

fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}
