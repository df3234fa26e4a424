//! Rebuild speed on both engines, and the size of the program.

use std::time::Instant;

use crate::program;

const VOICES: usize = 100_000;

/// Runs and prints the table.
pub async fn folding() {
    println!(
        "| engine | records | rebuild s | records/s | verify entries/s |\n|---|---|---|---|---|"
    );
    for town in stories::towns(&program()) {
        town.settle().await;
        crate::pages::fill(&town, 0, VOICES).await;
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
}

/// Prints the size of the program and the number of crates it is locked to.
pub fn size() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
    let built = std::process::Command::new("cargo")
        .args(["build", "--quiet", "--release", "--locked", "-p", "server"])
        .current_dir(root)
        .status()
        .unwrap();
    assert!(built.success(), "the release build failed");
    let beside = std::env::current_exe().unwrap().with_file_name("baraza");
    let bytes = std::fs::metadata(beside).unwrap().len();
    let lock = std::fs::read_to_string(format!("{root}/Cargo.lock")).unwrap();
    println!("| what | figure |\n|---|---|");
    println!("| program, release build | {:.1} MB |", bytes as f64 / 1e6);
    println!(
        "| crates in the lock file, tests and tools included | {} |",
        lock.matches("\nname = ").count()
    );
}
