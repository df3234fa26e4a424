//! The files of the house, read once, and how to run a program in it.
//!
//! Never follows a link, never reads what git ignores, never writes.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

/// Folders that are made by tools or by a running city, and are nobody's source.
const NOT_OURS: [&str; 5] = ["target", ".git", "node_modules", "city", "corpus"];

/// Files whose text the checks read; of all others only the name is kept.
const READ: [&str; 9] = ["rs", "toml", "lock", "sql", "ftl", "html", "md", "mjs", "json"];

/// No source file of ours is larger; what is larger is data, and only its name is kept.
const FILE_BYTES_MAX: u64 = 2_000_000;

/// The folder of the workspace.
#[must_use]
pub fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_path_buf()
}

/// All files of the house: paths relative to the workspace, with `/` between the parts.
#[derive(Default)]
pub struct House {
    texts: BTreeMap<String, String>,
    names: BTreeSet<String>,
}

impl House {
    /// Reads the workspace at `root`.
    ///
    /// # Errors
    /// When a folder or a file cannot be read, or a source file is not UTF-8.
    pub fn read(root: &Path) -> Result<Self> {
        let mut house = Self::default();
        house.walk(root, "")?;
        Ok(house)
    }

    /// A house made of (path, text) pairs, for trying the checks.
    #[must_use]
    pub fn of(files: &[(&str, &str)]) -> Self {
        let mut house = Self::default();
        for (path, text) in files {
            house.keep(path, Some((*text).to_owned()));
        }
        house
    }

    fn walk(&mut self, folder: &Path, within: &str) -> Result<()> {
        let entries =
            std::fs::read_dir(folder).with_context(|| format!("cannot list {within:?}"))?;
        for entry in entries {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let path = if within.is_empty() { name.clone() } else { format!("{within}/{name}") };
            let kind = entry.file_type()?;
            if kind.is_dir() && !NOT_OURS.contains(&name.as_str()) {
                self.walk(&entry.path(), &path)?;
            } else if kind.is_file() {
                let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
                let small = entry.metadata()?.len() <= FILE_BYTES_MAX;
                let text = if READ.contains(&extension) && small {
                    let text = std::fs::read_to_string(entry.path());
                    Some(text.with_context(|| format!("cannot read {path} as UTF-8"))?)
                } else {
                    None
                };
                self.keep(&path, text);
            }
        }
        Ok(())
    }

    fn keep(&mut self, path: &str, text: Option<String>) {
        let mut folder = path;
        while let Some((above, _)) = folder.rsplit_once('/') {
            self.names.insert(above.to_owned());
            folder = above;
        }
        self.names.insert(path.to_owned());
        if let Some(text) = text {
            self.texts.insert(path.to_owned(), text);
        }
    }

    /// The (path, text) pairs whose path ends with `end`, in order of path.
    pub fn ending<'a>(&'a self, end: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.texts
            .iter()
            .filter(move |(path, _)| path.ends_with(end))
            .map(|(path, text)| (path.as_str(), text.as_str()))
    }

    /// The text of one file, when it exists.
    #[must_use]
    pub fn text(&self, path: &str) -> Option<&str> {
        self.texts.get(path).map(String::as_str)
    }

    /// Whether a file or a folder of this name exists.
    #[must_use]
    pub fn has(&self, path: &str) -> bool {
        self.names.contains(path)
    }

    /// The names directly inside a folder, files and folders alike.
    #[must_use]
    pub fn inside(&self, folder: &str) -> Vec<&str> {
        let start = format!("{folder}/");
        self.names
            .iter()
            .filter_map(|name| name.strip_prefix(start.as_str()))
            .filter(|rest| !rest.contains('/'))
            .collect()
    }
}

/// The `cargo` that started us, so that a pinned toolchain stays pinned.
#[must_use]
pub fn cargo(root: &Path) -> Command {
    let program = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(program);
    command.current_dir(root);
    command
}

/// Runs a program to its end, its output shown as it comes.
///
/// # Errors
/// When it cannot be started, or ends with anything but success; the message names the command.
pub fn run(command: &mut Command) -> Result<()> {
    let shown = shown(command);
    let status = command.status().with_context(|| format!("cannot start `{shown}`"))?;
    if !status.success() {
        bail!("`{shown}` ended with {status}");
    }
    Ok(())
}

/// A command as one would type it.
#[must_use]
pub fn shown(command: &Command) -> String {
    let program = Path::new(command.get_program());
    let program = program.file_name().unwrap_or(command.get_program());
    let mut words = vec![program.to_string_lossy().into_owned()];
    words.extend(command.get_args().map(|word| word.to_string_lossy().into_owned()));
    words.join(" ")
}
