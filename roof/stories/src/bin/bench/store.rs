//! Rebuild speed on both engines, and the size of the program and of building it.

use std::time::Instant;

use crate::program;

/// Voices folded on each engine, and once more on the embedded one.
const VOICES: usize = 100_000;
const VOICES_MANY: usize = 1_000_000;

/// Runs and prints the table.
pub async fn folding() {
    println!(
        "| engine | records | rebuild s | records/s | verify entries/s |\n|---|---|---|---|---|"
    );
    for town in stories::towns(&program()) {
        town.settle().await;
        crate::pages::fill(&town, 0, VOICES).await;
        fold(&town).await;
        if town.database.is_none() {
            crate::pages::fill(&town, VOICES, VOICES_MANY).await;
            fold(&town).await;
        }
    }
}

async fn fold(town: &stories::Town) {
    let node = town.open().await;
    let store = node.house.store();
    let engine = if town.database.is_some() { "PostgreSQL" } else { "SQLite" };
    let began = Instant::now();
    let records = store.rebuild("voice", |_| {}).await.unwrap();
    let seconds = began.elapsed().as_secs_f64();
    let began = Instant::now();
    let verified = store.verify(None, |_| {}).await.unwrap();
    let checking = began.elapsed().as_secs_f64();
    println!(
        "| {engine} | {records} | {seconds:.1} | {:.0} | {:.0} |",
        records as f64 / seconds,
        verified.entries as f64 / checking
    );
}

/// Prints the size of the program, how long it takes to build from nothing, and of how many crates.
pub fn size() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
    let folder = tempfile::tempdir().unwrap();
    let began = Instant::now();
    let built = std::process::Command::new("cargo")
        .args(["build", "--quiet", "--release", "--locked", "-p", "server", "--target-dir"])
        .arg(folder.path())
        .current_dir(root)
        .status()
        .unwrap();
    assert!(built.success(), "the release build failed");
    let minutes = began.elapsed().as_secs_f64() / 60.0;
    let bytes = std::fs::metadata(folder.path().join("release/baraza")).unwrap().len();
    let lock = std::fs::read_to_string(format!("{root}/Cargo.lock")).unwrap();
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    println!("| what | figure |\n|---|---|");
    println!("| program, release build | {:.1} MB |", bytes as f64 / 1e6);
    println!("| release build from nothing, {cores} cores | {minutes:.1} min |");
    println!("| crates in the program | {} |", crates_within(root));
    println!(
        "| crates in the lock file, tests and tools included | {} |",
        lock.matches("\nname = ").count()
    );
}

fn crates_within(root: &str) -> usize {
    let listed = std::process::Command::new("cargo")
        .args(["tree", "--locked", "-p", "server", "-e", "normal", "--prefix", "none"])
        .current_dir(root)
        .output()
        .unwrap();
    let listed = String::from_utf8(listed.stdout).unwrap();
    let names = listed.lines().map(|line| line.trim_end_matches(" (*)"));
    names.collect::<std::collections::BTreeSet<_>>().len()
}
