//! Folders, keys and databases that people mix up: a wrong one is refused with what to do next, and
//! nothing that was there is lost.

#![expect(clippy::unwrap_used, reason = "a failing story is a failing test")]

use std::path::{Path, PathBuf};

use rooms::voices::{self, Inbound, queries};
use stories::{Town, towns};

const PROGRAM: &str = env!("CARGO_BIN_EXE_town");

fn beside(town: &Town, name: &str) -> PathBuf {
    town.data.with_extension(name)
}

fn text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

fn sheet(town: &Town) -> String {
    server::node::keys(&town.data).unwrap().vault.recovery()
}

async fn somebody_speaks(town: &Town, words: &str) -> String {
    let node = town.open().await;
    let inbound = Inbound { channel: "page", words: words.to_owned(), ..Inbound::default() };
    voices::hear(&node.house, inbound).await.unwrap().code
}

/// A move to PostgreSQL breaks off, and is tried again without saying where to.
#[tokio::test(flavor = "multi_thread")]
async fn a_living_city_is_never_taken_for_a_half_restored_one() {
    let town = towns(PROGRAM).remove(0);
    town.settle().await;
    let backup = beside(&town, "backup");
    assert_eq!(town.command(&["backup", &text(&backup)]).0, 0);
    std::fs::write(town.data.join("restoring"), "the PostgreSQL database").unwrap();
    let code = somebody_speaks(&town, "Wout la bloke").await;
    let (status, _, err) = town.command(&["restore", &text(&backup), "--no-erasures"]);
    assert!(status == 1 && err.contains("holds records already"), "{err}");
    let (status, out, _) = town.command(&["trace", &code]);
    assert_eq!(status, 0, "what was said since the backup is there: {out}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_is_opened_by_its_own_nodes_key_alone() {
    for town in towns(PROGRAM) {
        town.settle().await;
        let code = somebody_speaks(&town, "Wout la bloke").await;
        let (sheet, key) = (sheet(&town), town.data.join("node.key"));
        // The same database from a folder that has no key, or another's.
        let other = beside(&town, "other");
        std::fs::create_dir_all(&other).unwrap();
        for file in ["baraza.sqlite", "baraza.sqlite-wal"] {
            if town.data.join(file).exists() {
                std::fs::copy(town.data.join(file), other.join(file)).unwrap();
            }
        }
        let other = Town::at(&other, town.database.clone(), PROGRAM);
        let (status, _, err) = other.command(&["init", "--city", "Lavil", "--country", "HTI"]);
        assert!(status == 1 && err.contains("belongs to another node"), "{err}");
        assert!(err.contains("--key-only"), "it says what to do: {err}");

        // The key is damaged, then lost: the sheet alone brings it back.
        let whole = std::fs::read(&key).unwrap();
        std::fs::write(&key, b"damaged").unwrap();
        let (status, _, err) = town.command(&["verify"]);
        assert!(status == 1 && err.contains("--key-only"), "{err}");
        let back = |sheet: &str| town.command(&["restore", "--key-only", "--recovery", sheet]);
        assert_eq!(back(&sheet).0, 1, "what is there is not written over");
        std::fs::remove_file(&key).unwrap();
        let wrong = seal::Vault::fresh().recovery();
        let (status, _, err) = back(&wrong);
        assert!(status == 1 && err.contains("another node"), "{err}");
        let (status, out, err) = back(&sheet);
        assert_eq!(status, 0, "{out}{err}");
        assert_eq!(std::fs::read(&key).unwrap(), whole);
        let (status, out, err) = town.command(&["verify"]);
        assert_eq!(status, 0, "{out}{err}");
        assert_eq!(town.command(&["trace", &code]).0, 0);
    }
}

#[test]
fn two_processes_that_begin_at_once_have_one_key() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("city");
    let threads: Vec<_> = (0..8)
        .map(|_| {
            let data = data.clone();
            std::thread::spawn(move || server::node::keys(&data).unwrap().node.public())
        })
        .collect();
    let mut keys: Vec<_> = threads.into_iter().map(|thread| thread.join().unwrap()).collect();
    keys.dedup();
    assert_eq!(keys.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn init_again_changes_nothing_that_it_was_not_told() {
    let town = towns(PROGRAM).remove(0);
    town.settle().await;
    let city = async || town.open().await.house.city();
    let before = city().await;
    let (status, out, err) = town.command(&["init", "--city", "Lavil", "--country", "HTI"]);
    assert_eq!(status, 0, "{out}{err}");
    assert_eq!(city().await, before);
    assert_eq!(before.emergency, "114");
    let args = ["init", "--city", "Lavil", "--country", "HTI", "--sms-number", "+50928000000"];
    assert_eq!(town.command(&args).0, 0);
    let after = city().await;
    assert_eq!((after.emergency.as_str(), after.sms_number.as_str()), ("114", "+50928000000"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_list_of_the_forgotten_is_neither_believed_nor_kept() {
    let town = towns(PROGRAM).remove(0);
    town.settle().await;
    let code = somebody_speaks(&town, "Wout la bloke").await;
    let backup = beside(&town, "backup");
    assert_eq!(town.command(&["backup", &text(&backup)]).0, 0);
    assert_eq!(town.command(&["forget", &code]).0, 0);
    let into = Town::at(&beside(&town, "restored"), None, PROGRAM);
    let sheet = sheet(&town);
    let restore = |list: &Path| {
        let list = text(list);
        let file = text(&backup);
        into.command(&["restore", &file, "--recovery", &sheet, "--erasures", &list])
    };
    let empty = beside(&town, "empty");
    std::fs::write(&empty, "\n").unwrap();
    for wrong in [&backup, &town.data.join("baraza.toml"), &empty] {
        let (status, _, err) = restore(wrong);
        assert!(status == 3 && err.contains("no list of what was forgotten"), "{err}");
        assert!(!into.data.exists(), "something was written");
    }
    // The real one, its last line cut short by the power cut that took the machine.
    let list = town.data.join("erasures.list");
    let mut lines = std::fs::read(&list).unwrap();
    lines.extend_from_slice(b"voice 01k3");
    std::fs::write(&list, lines).unwrap();
    let (status, out, err) = restore(&list);
    assert_eq!(status, 0, "{out}{err}");
    let node = into.open().await;
    let voice = queries::by_code(&node.house, &code.parse().unwrap()).await.unwrap().unwrap();
    assert!(voice.erased);
}

/// What is said while a backup is made is in it whole or not at all.
#[tokio::test(flavor = "multi_thread")]
async fn a_backup_is_of_one_moment() {
    for town in towns(PROGRAM) {
        town.settle().await;
        let node = town.open().await;
        let then = node.house.store().snapshot().await.unwrap();
        let count = async |table: &store::Table| then.page_of(table, None, 1000).await.unwrap();
        let before = count(&store::CLAIMS).await.len();
        somebody_speaks(&town, "Wout la bloke").await;
        assert_eq!(count(&store::CLAIMS).await.len(), before);
        let records = count(&store::RECORDS).await.len();
        drop(then);
        let now = node.house.store().snapshot().await.unwrap();
        assert_eq!(now.page_of(&store::RECORDS, None, 1000).await.unwrap().len(), records + 1);
    }
}
