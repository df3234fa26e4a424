//! Two thousand unread voices, cleared and grouped by three scripted operators at human pace: the
//! words are real messages of a crisis, dealt over the areas of the stories' city. What a person
//! needs to read and to decide is reckoned, what the node needs is measured.

use std::collections::{HashMap, HashSet};
use std::io::Write as _;
use std::sync::{Arc, Mutex};
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
/// Ticking one voice among those that stand alone, and typing a title (milliseconds).
const TICK_MS: u64 = 1_000;
const TYPE_MS: u64 = 8_000;
/// What is written where no title is suggested, or the suggested one is refused.
const OTHER_TITLE: &str = "Things that are lacking here";
/// What is said of how grave it is, and of a group whose sector nothing suggests.
const SEVERITY: &str = "2";
const SECTOR: &str = "shelter";
/// More pages than this would mean that nothing moves any more.
const PAGES_MAX: usize = 3_000;
/// How people sorted the messages then, the more exact first, and the sector of each: it stands for
/// the judgement of whoever reads. Of what is sorted as none of these it is asked back.
const SORTED: [(&str, &str); 12] = [
    ("search_and_rescue", "protection"),
    ("missing_people", "protection"),
    ("medical_help", "health"),
    ("medical_products", "health"),
    ("hospitals", "health"),
    ("water", "wash"),
    ("food", "food_security"),
    ("shelter", "shelter"),
    ("clothing", "shelter"),
    ("electricity", "energy"),
    ("money", "cash"),
    ("other_aid", "early_recovery"),
];

/// The needs stated by hand, by area and sector: all operators see them on their pages.
type Stated = Mutex<HashMap<(&'static str, &'static str), String>>;

/// The sector of what is lacking, by the words of a message; none when nothing is.
type Judged = HashMap<String, Option<&'static str>>;

/// What one operator did.
#[derive(Default)]
struct Done {
    human_ms: u64,
    node_us: Vec<u64>,
    proposed: usize,
    chosen: usize,
    asked: usize,
    seen: HashSet<String>,
}

/// Runs and prints the table.
pub async fn clearing() {
    let Some(data) = stories::trial_data() else { return };
    println!(
        "| engine | voices | grouped as proposed | grouped by hand | asked what they lack | needs \
         | page p50 ms | page p95 ms | slowest of three operators, minutes |"
    );
    println!("|---|---|---|---|---|---|---|---|---|");
    for town in stories::towns(&program()) {
        town.settle().await;
        let judged = Arc::new(bring(&town, &data.join("messages/direct.jsonl")));
        let stated: Arc<Stated> = Arc::default();
        let before = waiting(&town).await;
        let node = town.serve();
        let mut operators = Vec::new();
        for (place, name) in OPERATORS.into_iter().enumerate() {
            let desk = node.web.sign_in(name).await;
            let (judged, stated) = (judged.clone(), stated.clone());
            operators
                .push(tokio::spawn(async move { work(&desk, place, (&judged, &stated)).await }));
        }
        let mut all = Done::default();
        let mut slowest = 0;
        for operator in operators {
            let done = operator.await.unwrap();
            slowest = slowest.max(done.human_ms + done.node_us.iter().sum::<u64>() / 1000);
            all.node_us.extend(done.node_us);
            all.proposed += done.proposed;
            all.chosen += done.chosen;
            all.asked += done.asked;
        }
        drop(node);
        assert_eq!(waiting(&town).await, 0, "everything is cleared");
        all.node_us.sort_unstable();
        let engine = if town.database.is_some() { "PostgreSQL" } else { "SQLite" };
        let (p50, p95) = (at_share(&all.node_us, 0.5), at_share(&all.node_us, 0.95));
        let (minutes, tenths) = (slowest / 60_000, slowest % 60_000 / 6_000);
        println!(
            "| {engine} | {before} | {} | {} | {} | {} | {p50} | {p95} | {minutes}.{tenths} |",
            all.proposed,
            all.chosen,
            all.asked,
            needs(&town).await,
        );
    }
    println!(
        "\nReading a voice is reckoned at {} s, a tick at {} s, deciding and pressing a key at {} \
         s, typing a title at {} s; the node's time is measured. The words are real messages, \
         and what people sorted them as in 2010 stands for what an operator finds in them; their \
         areas are dealt, so that what stands together is likelier than in a real city.",
        READ_MS / 1000,
        TICK_MS / 1000,
        DECIDE_MS / 1000,
        TYPE_MS / 1000
    );
}

/// The first messages with words, each with an area. Returns what is lacking in each.
fn bring(town: &Town, messages: &std::path::Path) -> Judged {
    let mut judged = Judged::new();
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
        let labels = message["labels"].as_array().cloned().unwrap_or_default();
        let found = SORTED.iter().find(|(label, _)| labels.iter().any(|one| one == label));
        judged.insert(squeezed(words), found.map(|(_, sector)| *sector));
        let voice = serde_json::json!({ "id": of("id"), "text": words, "area": area });
        writeln!(out, "{voice}").unwrap();
    }
    let path = file.to_string_lossy();
    let import = ["import", "voices", &path, "--text", "text", "--external-id", "id"];
    let (code, said, error) = town.command(&[&import[..], &["--area", "area"]].concat());
    assert_eq!(code, 0, "{said}{error}");
    judged
}

fn squeezed(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

async fn needs(town: &Town) -> i64 {
    let node = town.open().await;
    let sql = "SELECT COUNT(*) FROM needs_1";
    node.house.store().read_one(sql, vec![]).await.unwrap().unwrap().int(0)
}

async fn waiting(town: &Town) -> usize {
    let node = town.open().await;
    let sql = "SELECT COUNT(*) FROM voices_2 WHERE waiting = TRUE AND held = FALSE";
    let row = node.house.store().read_one(sql, vec![]).await.unwrap().unwrap();
    usize::try_from(row.int(0)).unwrap()
}

/// One operator, beginning with an area of their own, until nothing waits: first what is proposed
/// together, then what stands alone.
async fn work(desk: &Web, place: usize, known: (&Judged, &Stated)) -> Done {
    let mut done = Done::default();
    for turn in 0..AREAS.len() {
        let area = AREAS[(place + turn) % AREAS.len()];
        for page in 0.. {
            assert!(page < PAGES_MAX, "nothing moves any more");
            let path = format!("/desk/grouping?area={}&lang=en", encoded(area));
            let page = get(desk, &path, &mut done).await;
            if let Some(form) = form(&page, "/desk/grouping?") {
                done.proposed += group(desk, &form, &mut done).await;
                continue;
            }
            let page = get(desk, &format!("{path}&alone=1&choose=1"), &mut done).await;
            let Some(form) = form(&page, "/desk/grouping?") else { break };
            alone(desk, (&page, &form), (area, known), &mut done).await;
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

/// Of the voices that stand alone, the most that lack the same thing become a need or go to the one
/// that was stated before; where nothing is lacking that anybody could see, they are asked.
async fn alone(
    desk: &Web,
    (page, fields): (&str, &[(String, String)]),
    (area, (judged, stated)): (&'static str, (&Judged, &Stated)),
    done: &mut Done,
) {
    let mut by_sector: HashMap<Option<&'static str>, Vec<String>> = HashMap::new();
    for (id, words) in rows(page) {
        let sector = judged.get(&words).copied().flatten();
        by_sector.entry(sector).or_default().push(id.clone());
        if done.seen.insert(id) {
            done.human_ms += READ_MS;
        }
    }
    let largest = by_sector.into_iter().max_by_key(|(sector, ids)| (ids.len(), *sector));
    let Some((sector, ids)) = largest else { return };
    let known = sector.and_then(|sector| stated.lock().unwrap().get(&(area, sector)).cloned());
    let what = match (sector, &known) {
        (None, _) => "ask".to_owned(),
        (Some(_), Some(need)) => format!("add:{need}"),
        (Some(_), None) => "new".to_owned(),
    };
    let mut sent: Vec<(&str, &str)> = vec![("do", &what), ("severity", SEVERITY)];
    sent.extend(sector.map(|sector| ("sector", sector)));
    sent.extend(ids.iter().map(|id| ("v", id.as_str())));
    for (name, value) in fields.iter().filter(|(name, _)| !NOT_SENT.contains(&name.as_str())) {
        sent.push((name, if name == "title" { OTHER_TITLE } else { value }));
    }
    let type_ms = if what == "new" { TYPE_MS } else { 0 };
    done.human_ms += TICK_MS * u64::try_from(ids.len()).unwrap() + DECIDE_MS + type_ms;
    let began = Instant::now();
    let answer = desk.post("/desk/grouping", &sent).await;
    done.node_us.push(u64::try_from(began.elapsed().as_micros()).unwrap());
    assert!([303, 409].contains(&answer.status), "{}", answer.body);
    if answer.status != 303 {
        return;
    }
    if sector.is_none() {
        done.asked += ids.len();
        return;
    }
    done.chosen += ids.len();
    if let (Some(sector), "new") = (sector, what.as_str()) {
        let need = answer.location.split("undo=").nth(1).and_then(|rest| rest.get(..26));
        stated.lock().unwrap().insert((area, sector), need.unwrap().to_owned());
    }
}

/// What the operator says otherwise than the form stands.
const NOT_SENT: [&str; 3] = ["v", "severity", "sector"];

/// The voices of a page, with their words.
fn rows(page: &str) -> Vec<(String, String)> {
    let row = |rest: &str| {
        let id = rest.get(..26)?.to_owned();
        let words = rest.split_once('>')?.1.split_once("</a>")?.0;
        let words: String = words.split('<').map(|part| part.rsplit('>').next().unwrap()).collect();
        Some((id, squeezed(&unescaped(&words))))
    };
    page.split("href=\"/desk/voices/").skip(1).filter_map(row).collect()
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
    Some(unescaped(value))
}

fn unescaped(html: &str) -> String {
    let marks = [("&#39;", "'"), ("&quot;", "\""), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")];
    marks.iter().fold(html.to_owned(), |words, (mark, sign)| words.replace(mark, sign))
}

fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}
