//! Trials on real messages: longer than a test may take, run by hand, their report printed.
//!
//! Never keeps or copies a message: the data stays in the folder that `BARAZA_TRIAL_DATA` names.

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

use crate::house;

/// Where real messages and maps are looked for, seen from the workspace, when nothing else is said.
const DATA_DEFAULT: &str = "../shared/data";

/// The folder of real data, when there is one on this machine.
#[must_use]
pub fn data(root: &Path) -> Option<PathBuf> {
    let said = std::env::var_os("BARAZA_TRIAL_DATA").filter(|said| !said.is_empty());
    let folder = said.map_or_else(|| root.join(DATA_DEFAULT), PathBuf::from);
    // Tests run in the folder of their crate: a relative path would mean something else there.
    let folder = if folder.is_absolute() { folder } else { root.join(folder) };
    folder.canonicalize().ok().filter(|folder| folder.is_dir())
}

/// Runs one trial by name.
///
/// # Errors
/// When the name is unknown, the data is absent, or the trial itself fails.
pub fn run(root: &Path, name: &str) -> Result<()> {
    let Some(data) = data(root) else {
        bail!("no trial data: set BARAZA_TRIAL_DATA to its folder (default {DATA_DEFAULT})");
    };
    match name {
        "suggestions" => house::run(
            house::cargo(root)
                .args(["run", "--release", "--locked", "-p", "words", "--example", "trial"])
                .env("BARAZA_TRIAL_DATA", data),
        ),
        other => bail!("no trial is called {other:?}; there is: suggestions"),
    }
}
