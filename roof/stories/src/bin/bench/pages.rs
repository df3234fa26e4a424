//! Server time of pages with 100,000 and 1,000,000 voices, a tenth as many needs of five voices
//! each, and the memory it takes.

use std::sync::Arc;
use std::time::Instant;

use record::Id;
use rooms::needs::{self, Said};
use rooms::voices::{self, Inbound};

use crate::{at_share, memory_mb, program};

const ASKED: usize = 200;
const SIZES: [usize; 2] = [100_000, 1_000_000];
const STREET: [&str; 7] = ["/", "/areas", "/map", "/follow", "/needs", "/decisions", "/power"];
const DESK: [&str; 7] = [
    "/desk",
    "/desk/voices",
    "/desk/voices?queue=all",
    "/desk/needs",
    "/desk/grouping",
    "/desk/tasks",
    "/desk/waiting",
];
/// One need for so many voices, and so many of these voices belong to it.
const VOICES_A_NEED: usize = 10;
const GROUPED_A_NEED: usize = 5;
/// Every so many needs are shown on the street.
const SHOWN_EVERY: usize = 10;

/// Runs and prints the table.
pub async fn pages() {
    println!("| engine | voices | page | p50 ms | p95 ms |");
    println!("|---|---|---|---|---|");
    let mut memory = Vec::new();
    for town in stories::towns(&program()) {
        town.settle().await;
        let engine = if town.database.is_some() { "PostgreSQL" } else { "SQLite" };
        let mut there = 0;
        let rest = memory_mb(town.serve().pid());
        memory.push((engine, 0, rest, rest));
        for size in sizes() {
            let code = fill(&town, there, size).await;
            lack(&town, (size - there) / VOICES_A_NEED).await;
            there = size;
            let node = town.serve();
            let rest = memory_mb(node.pid());
            let desk = node.web.sign_in("josue").await;
            let follow = format!("/follow/{code}");
            let area = first(&node.web, "/areas", "/area/").await;
            let need = first(&node.web, "/needs", "/need/").await;
            let mut asked: Vec<(&str, &stories::Web)> = STREET.map(|p| (p, &node.web)).to_vec();
            asked.extend([&follow, &area, &need].map(|path| (path.as_str(), &node.web)));
            asked.extend(DESK.map(|p| (p, &desk)));
            for (path, web) in asked {
                let mut times = Vec::new();
                for _ in 0..ASKED {
                    let began = Instant::now();
                    let answer = web.get(path).await;
                    times.push(u64::try_from(began.elapsed().as_micros()).unwrap());
                    assert_eq!(answer.status, 200, "{path}");
                }
                times.sort_unstable();
                let shown = if path.starts_with("/follow/") {
                    "/follow/CODE"
                } else if path.starts_with("/area/") {
                    "/area/ID"
                } else if path.starts_with("/need/") {
                    "/need/N"
                } else {
                    path
                };
                let (p50, p95) = (at_share(&times, 0.5), at_share(&times, 0.95));
                println!("| {engine} | {size} | `{shown}` | {p50} | {p95} |");
            }
            memory.push((engine, size, rest, memory_mb(node.pid())));
        }
    }
    println!(
        "\n| engine | voices | memory at start MB | after these pages MB |\n|---|---|---|---|"
    );
    for (engine, size, start, after) in memory {
        println!("| {engine} | {size} | {start} | {after} |");
    }
}

/// How many voices there are when pages are asked for; `BARAZA_BENCH_VOICES_MAX` leaves out what
/// would take too long to fill.
fn sizes() -> impl Iterator<Item = usize> {
    let most = std::env::var("BARAZA_BENCH_VOICES_MAX").ok().and_then(|n| n.parse().ok());
    SIZES.into_iter().filter(move |size| most.is_none_or(|most: usize| *size <= most))
}

/// The first address of its kind to which a page leads.
async fn first(web: &stories::Web, page: &str, kind: &str) -> String {
    let page = web.get(page).await;
    let at = page.body.find(kind).unwrap();
    page.body[at..].split(['"', '?', ' ', '>']).next().unwrap().to_owned()
}

/// Voices from `there` up to `size`, heard by the same rules as any; the last code.
pub async fn fill(town: &stories::Town, there: usize, size: usize) -> String {
    const LANES: usize = 512;
    let node = Arc::new(town.open().await);
    let mut lanes = Vec::new();
    for lane in 0..LANES {
        let node = node.clone();
        lanes.push(tokio::spawn(async move {
            let mut code = String::new();
            for n in (there + lane..size).step_by(LANES) {
                let inbound = Inbound {
                    channel: "import",
                    words: format!("Nou bezwen dlo ak manje nan Ravin Blan, kay nimewo {n}"),
                    number: Some(format!("+509{:08}", n % 300_000)),
                    message_id: Some(("bench".to_owned(), n.to_string())),
                    ..Inbound::default()
                };
                code = voices::hear(&node.house, inbound).await.unwrap().code;
            }
            code
        }));
    }
    let mut last = String::new();
    for lane in lanes {
        let code = lane.await.unwrap();
        if !code.is_empty() {
            last = code;
        }
    }
    rooms::thread::freeze(&node.house).await.unwrap();
    last
}

/// So many more needs, stated from voices that belong to none.
async fn lack(town: &stories::Town, count: usize) {
    const LANES: usize = 64;
    let node = Arc::new(town.open().await);
    let sql = "SELECT id FROM voices_2 WHERE need IS NULL ORDER BY heard_ms, id LIMIT $1";
    let most = i64::try_from(count * GROUPED_A_NEED).unwrap();
    let rows = node.house.store().read(sql, vec![most.into()]).await.unwrap();
    let ids: Vec<Id> = rows.iter().map(|row| row.id(0)).collect();
    let groups: Arc<Vec<Vec<Id>>> =
        Arc::new(ids.chunks(GROUPED_A_NEED).map(<[Id]>::to_vec).collect());
    let area = rooms::places::atlas(&node.house).areas().first().map(|area| area.id);
    let mut lanes = Vec::new();
    for lane in 0..LANES {
        let (node, groups) = (node.clone(), groups.clone());
        lanes.push(tokio::spawn(async move {
            for (place, group) in groups.iter().enumerate().skip(lane).step_by(LANES) {
                let said = Said {
                    title: "Water at the spring".to_owned(),
                    area,
                    sector: "wash".to_owned(),
                    severity: u8::try_from(place % 5).unwrap(),
                    people_min: None,
                    people_max: None,
                    since_day: None,
                };
                let house = &node.house;
                let id = needs::acts::state(house, said, "voices", group, None).await.unwrap();
                if place % SHOWN_EVERY == 0 {
                    let need = needs::need(house, id).await.unwrap().unwrap();
                    needs::acts::publish(house, &need, None).await.unwrap();
                }
            }
        }));
    }
    for lane in lanes {
        lane.await.unwrap();
    }
    needs::freeze(&node.house).await.unwrap();
}
