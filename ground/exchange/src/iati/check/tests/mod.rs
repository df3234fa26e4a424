//! The checker's tables against what IATI publishes, and the checker against bad files.
//!
//! Never copies a published file: they are read where the folder that `BARAZA_TRIAL_DATA` names is
//! there.

mod files;
mod rules;
mod schema;
mod tables;

use std::path::PathBuf;

/// A published file, under the first of its names that is there; none where there is no data.
fn published(names: &[&str]) -> Option<String> {
    let said = std::env::var_os("BARAZA_TRIAL_DATA").filter(|said| !said.is_empty());
    let data = said.map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data")),
        PathBuf::from,
    );
    let folder = data.join("standards/iati");
    if !folder.is_dir() {
        assert!(std::env::var_os("CI").is_none(), "no trial data in CI");
        eprintln!("BARAZA_TRIAL_DATA has no standards/iati: this trial did not run");
        return None;
    }
    let read = |name: &&str| std::fs::read_to_string(folder.join(name)).ok();
    Some(names.iter().find_map(read).expect("the file is there"))
}
