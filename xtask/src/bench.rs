//! Measurements: runs the bench program in release and keeps its tables in docs/performance.md.
//!
//! Never writes a figure that was not just measured, never touches what another measurement wrote,
//! and never ends well when a limit that a table states was missed. What `stories`' `bench` prints
//! for NAME goes between `<!-- bench:NAME -->` and `<!-- /bench:NAME -->`; `bench list` prints the
//! names, one a line.

use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::house;

/// The page of figures, seen from the workspace.
const PAGE: &str = "docs/performance.md";

/// How a line begins that says that a limit was missed.
const MISSED: &str = "**Missed:**";

/// What the page begins with when there is none.
const PAGE_HEAD: &str = "# Figures\n\nEach table is written by `cargo xtask bench NAME` and says \
                         on what machine it was measured.\n";

/// Measures one thing, or all, and writes the page.
///
/// # Errors
/// When the bench program fails, the page cannot be written, or a stated limit was missed: what was
/// measured stands on the page all the same.
pub fn run(root: &Path, name: Option<&str>) -> Result<()> {
    let names = match name {
        Some(name) => vec![name.to_owned()],
        None => said(root, "list")?.lines().map(str::to_owned).collect(),
    };
    let (machine, mut missing) = (machine(root), Vec::new());
    for name in names {
        eprintln!("bench {name}");
        let table = said(root, &name)?;
        let page = root.join(PAGE);
        let old = std::fs::read_to_string(&page).unwrap_or_else(|_| PAGE_HEAD.to_owned());
        let body = format!("{}\n\n{machine}", table.trim());
        std::fs::write(&page, with_section(&old, &name, &body))
            .with_context(|| format!("cannot write {PAGE}"))?;
        println!("{table}");
        missing.extend(missed(&table).map(|what| format!("{name}: {what}")));
    }
    if !missing.is_empty() {
        bail!("a limit was missed. {}", missing.join(" "));
    }
    Ok(())
}

/// What a table says was missed of the limits it states, a sentence each.
fn missed(table: &str) -> impl Iterator<Item = &str> {
    table.lines().filter_map(|line| line.strip_prefix(MISSED)).map(str::trim)
}

fn said(root: &Path, name: &str) -> Result<String> {
    let mut command = house::cargo(root);
    command.args(["run", "--quiet", "--release", "--locked", "-p", "stories"]);
    command.args(["--bin", "bench", "--", name]).stderr(Stdio::inherit());
    let output = command.output().context("cannot start cargo")?;
    if !output.status.success() {
        bail!("`{}` ended with {}", house::shown(&command), output.status);
    }
    let said = String::from_utf8(output.stdout)?;
    if said.trim().is_empty() {
        bail!("the bench {name:?} printed nothing");
    }
    Ok(said)
}

/// The page with one section replaced, or added at its end.
#[must_use]
pub fn with_section(page: &str, name: &str, body: &str) -> String {
    let (open, close) = (format!("<!-- bench:{name} -->"), format!("<!-- /bench:{name} -->"));
    let section = format!("{open}\n{}\n{close}", body.trim());
    if let Some((before, rest)) = page.split_once(&open)
        && let Some((_, after)) = rest.split_once(&close)
    {
        return format!("{before}{section}{after}");
    }
    format!("{}\n\n## {name}\n\n{section}\n", page.trim_end())
}

/// One line that says on what the figures were measured.
fn machine(root: &Path) -> String {
    let read = |path: &str| std::fs::read_to_string(path).unwrap_or_default();
    let value = |text: &str, key: &str| {
        let line = text.lines().find(|line| line.starts_with(key)).unwrap_or_default().to_owned();
        line.split_once(':').map_or(String::new(), |(_, value)| value.trim().to_owned())
    };
    let processor = value(&read("/proc/cpuinfo"), "model name");
    let memory = value(&read("/proc/meminfo"), "MemTotal");
    let kilobytes = memory.split(' ').next().and_then(|number| number.parse::<u64>().ok());
    let gigabytes = kilobytes.map_or("?".to_owned(), |kb| (kb / 1_000_000).to_string());
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let output = |command: &mut Command| {
        let said = command.current_dir(root).output().map(|output| output.stdout);
        String::from_utf8(said.unwrap_or_default()).unwrap_or_default().trim().to_owned()
    };
    let rustc = output(Command::new("rustc").arg("--version"));
    let day = output(Command::new("date").args(["-u", "+%Y-%m-%d"]));
    let load = read("/proc/loadavg");
    let load = load.split(' ').next().unwrap_or("?").to_owned();
    format!("_{day}: {cores} cores of {processor}, {gigabytes} GB, load {load} before, {rustc}._")
}

#[cfg(test)]
mod tests {
    //! The page keeps what others measured; a limit that was missed is no good end.

    use super::{missed, with_section};

    #[test]
    fn a_limit_that_was_missed_is_found_under_its_table() {
        let kept = "| a | 1 |\n\nThe slowest took 0.10 s, at most 0.5 s.";
        assert_eq!(missed(kept).count(), 0);
        let told = format!("{kept}\n\n**Missed:** the slowest took 0.70 s, at most 0.5 s.\n");
        assert_eq!(missed(&told).collect::<Vec<_>>(), ["the slowest took 0.70 s, at most 0.5 s."]);
    }

    #[test]
    fn a_section_is_replaced_where_it_stands_or_added_at_the_end() {
        let check = |page: &str, expected: &str| {
            assert_eq!(with_section(page, "voices", "| 2 |"), expected);
        };
        let section = "<!-- bench:voices -->\n| 2 |\n<!-- /bench:voices -->";
        check("# P\n", &format!("# P\n\n## voices\n\n{section}\n"));
        check(
            "# P\n<!-- bench:voices -->\n| 1 |\n<!-- /bench:voices -->\nkept\n",
            &format!("# P\n{section}\nkept\n"),
        );
        check(
            "<!-- bench:pages -->\nx\n<!-- /bench:pages -->\n",
            &format!("<!-- bench:pages -->\nx\n<!-- /bench:pages -->\n\n## voices\n\n{section}\n"),
        );
    }
}
