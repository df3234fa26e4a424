//! What is kept: backups in every direction, restores that are refused or cut short, what `verify`
//! and `rebuild` find, and that the order in which records come does not matter.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a failing story is a failing test"
)]

use std::path::{Path, PathBuf};
use std::sync::Arc;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use record::{Id, Shelled};
use rooms::voices::{self, Inbound, VoiceAnswered, VoiceSorted, acts, queries};
use stories::{Town, towns};

const PROGRAM: &str = env!("CARGO_BIN_EXE_town");
const WORDS: [&str; 5] = [
    "Nou bezwen dlo nan Ravin Blan",
    "Moun yo grangou nan Kan Lanmè",
    "Besoin de médicaments pour ma mère",
    "The road is closed behind the church",
    "Mèsi pou dlo a, li rive",
];

fn text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

/// A town in which something was said, answered, confirmed, linked, withdrawn and forgotten by two
/// processes with clocks apart.
async fn lived_in(town: &Town) {
    town.settle().await;
    let mut nodes = Vec::new();
    for ahead_ms in [0, 90_000] {
        let mut place = server::node::Place::new(&town.data, town.database.clone());
        place.now = Arc::new(move || server::node::wall_ms() + ahead_ms);
        nodes.push(server::node::open(&place).await.unwrap());
    }
    let mut ids = Vec::new();
    for n in 0..12 {
        let inbound = Inbound {
            channel: "import",
            words: format!("{}, {n}", WORDS[n % WORDS.len()]),
            number: Some(format!("+5093700{:04}", n % 7)),
            ..Inbound::default()
        };
        let house = &nodes[n % 2].house;
        let heard = voices::hear(house, inbound).await.unwrap();
        let voice = queries::by_code(house, &heard.code.parse().unwrap()).await.unwrap();
        ids.push(voice.unwrap().id);
    }
    for (n, id) in ids.iter().copied().enumerate() {
        // Each step by another process; a step that the rules refuse is part of the story.
        let [one, two] = [n % 2, (n + 1) % 2].map(|k| &nodes[k].house);
        let sorted = VoiceSorted {
            urgency: Some(u8::try_from(n % 3).unwrap()),
            language: Some("ht".to_owned()),
            ..VoiceSorted::default()
        };
        let _ = acts::sort(one, id, sorted, None, None).await;
        let voice = queries::voice(two, id).await.unwrap().unwrap();
        let answered = VoiceAnswered {
            outcome: ["delivered", "in_progress", "declined_with_reason"][n % 3].to_owned(),
            body: None,
            due_day: None,
        };
        let said = "Dlo a rive nan kwen an, nan maten".to_owned();
        let _ = acts::answer(two, &voice, answered, said, None).await;
        let voice = queries::voice(one, id).await.unwrap().unwrap();
        let _ = acts::confirm(one, &voice, n % 4 == 0, "page", None).await;
        match n % 5 {
            1 => drop(acts::withdraw(two, id).await),
            2 => drop(acts::link(one, id, Some(ids[0]), None).await),
            3 => drop(voices::forget::voice(two, id).await),
            4 => drop(acts::correct(one, id, "Nou bezwen dlo ak manje").await),
            _ => {}
        }
    }
}

async fn totals(town: &Town) -> Vec<(String, Id, i64)> {
    let node = town.open().await;
    let mut all = Vec::new();
    for view in &node.house.store().plan().views {
        let totals = node.house.store().totals(view.noun, "").await.unwrap();
        all.extend(totals.into_iter().map(|t| (format!("{}/{}", view.noun, t.key), t.area, t.n)));
    }
    all
}

fn restored_into(town: &Town, into: &Town, backup: &Path) -> (i32, String, String) {
    let sheet = server::node::keys(&town.data).unwrap().vault.recovery();
    let list = town.data.join("erasures.list");
    let (backup, list) = (text(backup), list.exists().then(|| text(&list)));
    let mut args = vec!["restore", &backup, "--recovery", &sheet];
    match &list {
        Some(list) => args.extend(["--erasures", list]),
        None => args.push("--no-erasures"),
    }
    into.command(&args)
}

fn beside(town: &Town, name: &str) -> PathBuf {
    town.data.with_extension(name)
}

#[test]
fn a_backup_comes_back_in_every_direction() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    for from in towns(PROGRAM) {
        runtime.block_on(async {
            lived_in(&from).await;
            let backup = beside(&from, "backup");
            assert_eq!(from.command(&["backup", &text(&backup)]).0, 0);
            let before = totals(&from).await;
            assert!(before.len() > 5, "{before:?}");
            for (n, into) in towns(PROGRAM).into_iter().enumerate() {
                let (status, out, err) = restored_into(&from, &into, &backup);
                assert_eq!(status, 0, "{n}: {out}{err}");
                assert_eq!(totals(&into).await, before, "{n}");
                let (status, out, err) = into.command(&["verify"]);
                assert_eq!(status, 0, "{n}: {out}{err}");
                let (status, out, err) = into.command(&["rebuild"]);
                assert_eq!(status, 0, "{n}: {out}{err}");
                // Somebody speaks in the new town, by a new chain.
                let node = into.open().await;
                let inbound =
                    Inbound { channel: "page", words: WORDS[0].to_owned(), ..Inbound::default() };
                voices::hear(&node.house, inbound).await.unwrap();
            }
        });
    }
}

#[test]
fn a_restore_that_may_not_be_done_writes_nothing() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let town = towns(PROGRAM).remove(0);
    runtime.block_on(town.settle());
    let backup = beside(&town, "backup");
    assert_eq!(town.command(&["backup", &text(&backup)]).0, 0);
    let sheet = server::node::keys(&town.data).unwrap().vault.recovery();
    let into = Town::at(&beside(&town, "restored"), None, PROGRAM);

    // Without the list of what was forgotten since: the rules say no, unless somebody says so.
    let args = ["restore", &text(&backup), "--recovery", &sheet];
    let (status, _, err) = into.command(&args);
    assert_eq!(status, 3, "{err}");
    assert!(err.contains("--no-erasures"), "{err}");
    assert!(!into.data.exists());

    // A backup that is cut short, even by its last part, or changed in one byte.
    let whole = std::fs::read(&backup).unwrap();
    let mut changed = whole.clone();
    let middle = changed.len() - 100;
    changed[middle] ^= 1;
    for spoilt in [whole[..whole.len() - 60].to_vec(), whole[..whole.len() / 2].to_vec(), changed] {
        let file = beside(&town, "spoilt");
        std::fs::write(&file, &spoilt).unwrap();
        let args = ["restore", &text(&file), "--recovery", &sheet, "--no-erasures"];
        let (status, _, err) = into.command(&args);
        assert_eq!(status, 1, "{err}");
        assert!(!into.data.exists(), "something was written");
    }

    // Into a node that holds records: its keys stay.
    let key = || std::fs::read(town.data.join("writer-0.key")).unwrap();
    let before = key();
    let (status, _, err) = town.command(&["restore", &text(&backup), "--no-erasures"]);
    assert_eq!(status, 1, "{err}");
    assert!(err.contains("holds records already"), "{err}");
    assert_eq!(key(), before);
    assert_eq!(town.command(&["verify"]).0, 0);

    let args = ["restore", &text(&backup), "--recovery", &sheet, "--no-erasures"];
    let (status, out, err) = into.command(&args);
    assert_eq!(status, 0, "{out}{err}");
}

#[test]
fn a_restore_cut_short_is_not_opened_and_can_be_done_again() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let town = towns(PROGRAM).remove(0);
    runtime.block_on(town.settle());
    let backup = beside(&town, "backup");
    assert_eq!(town.command(&["backup", &text(&backup)]).0, 0);
    let into = Town::at(&beside(&town, "restored"), None, PROGRAM);
    assert_eq!(restored_into(&town, &into, &backup).0, 0);
    // As a power cut leaves it: half of the rows, and the file that says so.
    let begun = text(&into.data.join("baraza.sqlite"));
    std::fs::write(into.data.join("restoring"), begun).unwrap();
    let (status, _, err) = into.command(&["verify"]);
    assert_eq!(status, 1);
    assert!(err.contains("restore"), "{err}");
    let (status, out, err) = restored_into(&town, &into, &backup);
    assert_eq!(status, 0, "{out}{err}");
    assert_eq!(into.command(&["verify"]).0, 0);
}

/// The old machine's key comes back into the folder by hand: its chain has ended, and it is not
/// gone on with.
#[test]
fn a_retired_key_is_put_away_for_a_fresh_one() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let town = towns(PROGRAM).remove(0);
    runtime.block_on(town.settle());
    let old = std::fs::read(town.data.join("writer-0.key")).unwrap();
    let backup = beside(&town, "backup");
    assert_eq!(town.command(&["backup", &text(&backup)]).0, 0);
    let into = Town::at(&beside(&town, "restored"), None, PROGRAM);
    assert_eq!(restored_into(&town, &into, &backup).0, 0);
    std::fs::write(into.data.join("writer-0.key"), &old).unwrap();
    runtime.block_on(async {
        let node = into.open().await;
        let inbound = Inbound { channel: "page", words: WORDS[0].into(), ..Inbound::default() };
        voices::hear(&node.house, inbound).await.unwrap();
    });
    assert_ne!(std::fs::read(into.data.join("writer-0.key")).unwrap(), old);
    let (status, out, err) = into.command(&["verify"]);
    assert_eq!(status, 0, "{out}{err}");
}

#[test]
fn verify_and_rebuild_say_what_they_find() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    for town in towns(PROGRAM) {
        runtime.block_on(async {
            lived_in(&town).await;
            assert_eq!(town.command(&["rebuild"]).0, 0);
            let node = town.open().await;
            let spoil = "UPDATE voices_2 SET urgency = 1 - urgency WHERE urgency < 2";
            let spoil = store::Statement::new(spoil, vec![]);
            node.house.store().run(vec![spoil]).await.unwrap();
            drop(node);
            let (status, out, err) = town.command(&["rebuild", "--json"]);
            assert_eq!(status, 5, "{out}{err}");
            assert!(err.contains("voice"), "{err}");
            assert_eq!(town.command(&["rebuild"]).0, 0, "it was mended");
            // Another node's key vouches for nobody here: the whole log might be forged.
            let key = town.data.join("node.key");
            let mut bytes = std::fs::read(&key).unwrap();
            bytes[40] ^= 1;
            std::fs::write(&key, bytes).unwrap();
            let (status, out, err) = town.command(&["verify", "--json"]);
            assert_eq!(status, 5, "{out}{err}");
            let said: serde_json::Value = serde_json::from_str(out.trim()).unwrap();
            assert!(!said["found"].as_array().unwrap().is_empty(), "{out}");
        });
    }
}

/// A new version starts on the tables of an old one: nothing is shown before they are folded anew,
/// and then everything is there.
#[test]
fn a_changed_view_is_built_before_the_street_opens() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    for town in towns(PROGRAM) {
        runtime.block_on(async {
            lived_in(&town).await;
            let before = totals(&town).await;
            let node = town.open().await;
            let old = [
                "ALTER TABLE voices_2 RENAME TO voices_1",
                "ALTER TABLE areas_1 RENAME TO areas_0",
                "UPDATE rollups SET view = 'voices_1' WHERE view = 'voices_2'",
                "UPDATE rollups SET view = 'areas_0' WHERE view = 'areas_1'",
                "UPDATE views SET name = 'voices_1' WHERE noun = 'voice'",
                "UPDATE views SET name = 'areas_0' WHERE noun = 'area'",
            ];
            let old = old.map(|sql| store::Statement::new(sql, vec![])).to_vec();
            node.house.store().run(old).await.unwrap();
            drop(node);
            let (status, _, err) = town.command(&["trace", "K7M4-QX2R"]);
            assert!(status == 1 && err.contains("baraza rebuild"), "{status}: {err}");
            let node = town.serve();
            let areas = node.web.get("/areas?lang=ht").await;
            assert!(areas.body.contains("Ravin Blan"), "{}", areas.body);
            assert!(node.web.get("/health").await.body.contains("ok"));
            drop(node);
            assert_eq!(totals(&town).await, before);
            assert_eq!(town.command(&["rebuild"]).0, 0);
        });
    }
}

/// Who asks while tables are folded anew is told so, in every language, and asks again.
#[test]
fn meanwhile_everyone_is_asked_to_come_back() {
    use axum::http::{Request, StatusCode};
    use tower::ServiceExt;
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let check = |path: &str, expected: &[&str]| {
        let request = Request::get(path).body(axum::body::Body::empty()).unwrap();
        let answer = runtime.block_on(server::app::rebuilding().oneshot(request)).unwrap();
        assert_eq!(answer.status(), StatusCode::SERVICE_UNAVAILABLE);
        assert!(answer.headers().contains_key("retry-after"));
        let body = runtime.block_on(axum::body::to_bytes(answer.into_body(), 10_000)).unwrap();
        let body = String::from_utf8(body.to_vec()).unwrap();
        for part in expected {
            assert!(body.contains(part), "{path}: {part}: {body}");
        }
    };
    check("/health", &["rebuilding"]);
    check("/", &["Nothing is lost", "Anyen pa pèdi", "Rien n’est perdu", "لم يضع شيء"]);
    check("/gateway/json/some-token", &["No se pierde nada", "Hakuna kilichopotea"]);
}

/// Any interleaving of the same records of real voices, and a rebuild, give identical rows and
/// totals on both engines.
#[test]
fn any_order_of_the_same_voices_gives_the_same_rows() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let town = towns(PROGRAM).remove(0);
    let log = runtime.block_on(async {
        lived_in(&town).await;
        let node = town.open().await;
        let sql = "SELECT entry, envelope, plain, sealed FROM records ORDER BY writer, seq";
        let rows = node.house.store().read(sql, vec![]).await.unwrap();
        let shells = |row: &store::Row| {
            Shelled::read(row.bytes(0), row.bytes(1), row.bytes(2), row.opt_bytes(3)).unwrap().1
        };
        rows.iter().map(shells).collect::<Vec<_>>()
    });
    for kind in ["heard", "sorted", "answered", "confirmed", "withdrawn", "linked", "erased"] {
        let kind = format!("voice.{kind}");
        assert!(log.iter().any(|shelled| shelled.record.kind == kind), "no {kind} in the story");
    }
    let expected = runtime.block_on(arrive(&log, 7));
    let config = Config { cases: 6, failure_persistence: None, ..Config::default() };
    TestRunner::new(config)
        .run(&(Just(log).prop_shuffle(), 1usize..40), |(log, chunk)| {
            let shown = runtime.block_on(arrive(&log, chunk));
            prop_assert!(shown == expected, "{shown:?}\n{expected:?}");
            Ok(())
        })
        .unwrap();
}

/// Admits the records in this order, in pieces, on every engine; then rebuilds. Everything shown.
async fn arrive(log: &[Shelled], chunk: usize) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let mut all = Vec::new();
    for (_, database) in testkit::databases(folder.path()) {
        let clock = testkit::Clock::default();
        clock.pass_ms(server::node::wall_ms() - clock.ms());
        let store = testkit::open(&database, server::node::plan(), &clock, 9).await.unwrap();
        for piece in log.chunks(chunk) {
            store.admit(piece.to_vec()).await.unwrap();
        }
        all.push(shown(&store).await);
        for view in &store.plan().views {
            store.rebuild(view.noun, |_| {}).await.unwrap();
        }
        all.push(shown(&store).await);
    }
    assert!(all.windows(2).all(|pair| pair[0] == pair[1]), "engines or a rebuild differ");
    all.remove(0)
}

/// Every row and total of every view, as text.
async fn shown(store: &store::Store) -> Vec<String> {
    let then = store.snapshot().await.unwrap();
    let mut all = Vec::new();
    for view in &store.plan().views {
        let rows = then.page_of(&view.table, None, 10_000).await.unwrap();
        // SQLite gives booleans back as numbers: the same thing, said otherwise.
        let plain = |value: &store::Value| match value {
            store::Value::Bool(b) => store::Value::Int(i64::from(*b)),
            other => other.clone(),
        };
        let row = |row: &store::Row| format!("{:?}", row.0.iter().map(plain).collect::<Vec<_>>());
        all.extend(rows.iter().map(row));
        let totals = store.totals(view.noun, "").await.unwrap();
        all.extend(totals.iter().map(|total| format!("{}: {total:?}", view.noun)));
    }
    all
}
