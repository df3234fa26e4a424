//! The programs of others that the checks need: found, or installed where that is ours to do, or
//! named with the exact command that installs them.
//!
//! Never skips a tool in silence and never downloads a browser.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::{house, postgres};

/// The browser driver, the last that runs on the Node 18 of Debian 12.
const PLAYWRIGHT: &str = "playwright-core@1.60.0";
/// The accessibility checks.
const AXE: &str = "axe-core@4.14.1";

/// The folder of the PostgreSQL server programs, installed by apt where they are missing.
///
/// # Errors
/// When they are missing and cannot be installed from here.
pub fn postgres() -> Result<PathBuf> {
    let wanted = format!("PostgreSQL {} or newer", postgres::VERSION_MIN);
    installed(postgres::programs, &wanted, &["postgresql"])
}

/// Chromium with fonts for every script we write, installed by apt where it is missing.
///
/// # Errors
/// When it is missing and cannot be installed from here.
pub fn chromium() -> Result<PathBuf> {
    installed(find_chromium, "Chromium", &["chromium", "fonts-noto-core"])
}

/// Node, for the browser checks only; its npm is found too.
///
/// # Errors
/// When either is missing and cannot be installed from here.
pub fn node() -> Result<PathBuf> {
    let both = || on_path("npm").and_then(|_| on_path("node"));
    installed(both, "node and npm", &["nodejs", "npm"])
}

/// The folder whose `node_modules` has the browser driver and the accessibility checks.
///
/// # Errors
/// When npm cannot install them.
pub fn browser_packages(target: &Path) -> Result<PathBuf> {
    let folder = target.join("browser-tools");
    let note = folder.join("installed");
    let wanted = format!("{PLAYWRIGHT} {AXE}");
    if std::fs::read_to_string(&note).is_ok_and(|installed| installed == wanted) {
        return Ok(folder);
    }
    std::fs::create_dir_all(&folder)?;
    let mut npm = Command::new("npm");
    npm.args(["install", "--no-audit", "--no-fund", "--no-save", "--ignore-scripts", "--prefix"]);
    npm.arg(&folder).args([PLAYWRIGHT, AXE]).current_dir(&folder);
    house::run(npm.env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"))?;
    std::fs::write(&note, wanted).context("cannot note what npm installed")?;
    Ok(folder)
}

/// Where a program is in PATH.
#[must_use]
pub fn on_path(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(program)).find(|file| file.is_file())
}

fn find_chromium() -> Option<PathBuf> {
    let said = std::env::var_os("BARAZA_CHROMIUM").map(PathBuf::from).filter(|it| it.is_file());
    let names = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];
    said.or_else(|| names.iter().find_map(|name| on_path(name)))
}

/// Finds a tool; where it is missing and we are root on a system with apt, installs it and looks
/// again.
fn installed(find: impl Fn() -> Option<PathBuf>, what: &str, packages: &[&str]) -> Result<PathBuf> {
    if let Some(found) = find() {
        return Ok(found);
    }
    let by_hand = format!("sudo apt-get install -y {}", packages.join(" "));
    if on_path("apt-get").is_none() || !is_root() {
        bail!("{what} is not on this machine. Install it (on Debian: `{by_hand}`) and run again");
    }
    let apt = || {
        let mut apt = Command::new("apt-get");
        apt.env("DEBIAN_FRONTEND", "noninteractive");
        apt
    };
    house::run(apt().args(["update", "-q"]))?;
    let mut install = apt();
    house::run(install.args(["install", "-y", "-q", "--no-install-recommends"]).args(packages))?;
    find().with_context(|| format!("{what} is still not found after `{by_hand}`"))
}

fn is_root() -> bool {
    use std::os::unix::fs::MetadataExt;
    std::fs::metadata("/proc/self").is_ok_and(|process| process.uid() == 0)
}
