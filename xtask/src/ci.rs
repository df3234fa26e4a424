//! `cargo xtask ci`: everything that must be green before a change lands, in order.
//!
//! Never goes on after a no, never skips a step in silence: what did not run is said in one line,
//! and on a build server (`CI=true`) it is a failure.

use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Context, Result, bail};

use crate::house::{self, House};
use crate::postgres::{self, Cluster};
use crate::{browser, tidy, tools, trial};

/// Runs all steps; stops at the first that fails.
///
/// # Errors
/// The first step that failed, with its reason.
pub fn run(root: &Path) -> Result<()> {
    let mut run = Run::default();
    let done = steps(root, &mut run);
    run.print();
    if let Some(tests) = run.tests {
        // Said last and plainly: it is what a build server and a hurried reader look for.
        println!("{} passed, {} failed{}", tests.passed, tests.failed, tests.aside());
    }
    done
}

fn steps(root: &Path, run: &mut Run) -> Result<()> {
    run.step("format", || {
        house::run(house::cargo(root).args(["fmt", "--all", "--check"]))?;
        Ok("as rustfmt.toml says")
    })?;
    run.step("lints", || {
        let mut clippy = house::cargo(root);
        clippy.args(["clippy", "--workspace", "--all-targets", "--locked", "--quiet"]);
        house::run(clippy.args(["--", "-D", "warnings"]))?;
        Ok("no warning")
    })?;
    run.step("tidy", || tidy::run(root))?;
    let data = run.step("trial data", || trial_data(root))?;
    let programs = run.step("PostgreSQL", || tools::postgres().map(Found))?;
    let chromium = run.step("Chromium", || tools::chromium().map(Found))?;
    let node = run.step("Node", || tools::node().map(Found))?;
    let target = target(root);
    let packages = run.step("browser packages", || tools::browser_packages(&target).map(Found))?;
    let mut tests = Tests::default();
    let done = run.step("tests", || run_tests(root, &programs.0, data.folder(), &mut tests));
    if tests.ran() {
        run.tests = Some(tests);
    }
    done?;
    run.step("browser", || {
        let tools = browser::Tools { node: node.0, chromium: chromium.0, packages: packages.0 };
        browser::run(root, &target, &tools)
    })?;
    Ok(())
}

/// What has run so far, and how long it took.
#[derive(Default)]
struct Run {
    lines: Vec<String>,
    tests: Option<Tests>,
}

impl Run {
    fn step<T: ToString>(&mut self, name: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
        println!("── {name}");
        let begun = Instant::now();
        let done = work();
        let (mark, said) = match &done {
            Ok(said) => ("ok", said.to_string()),
            Err(_) => ("NO", "failed".to_owned()),
        };
        let line = format!("{mark} {name:<17} {:>6.1} s  {said}", begun.elapsed().as_secs_f32());
        println!("{line}");
        self.lines.push(line);
        done.with_context(|| format!("the step `{name}` failed"))
    }

    fn print(&self) {
        println!("\nWhat ran:");
        for line in &self.lines {
            println!("  {line}");
        }
    }
}

/// A tool and where it is.
struct Found(PathBuf);

impl std::fmt::Display for Found {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.0.display())
    }
}

/// The folder of real data, or the tests that can try nothing without it.
enum TrialData {
    There(PathBuf),
    Absent(Vec<String>),
}

impl TrialData {
    fn folder(&self) -> Option<&Path> {
        match self {
            Self::There(folder) => Some(folder),
            Self::Absent(_) => None,
        }
    }
}

impl std::fmt::Display for TrialData {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::There(_) => write!(f, "found"),
            Self::Absent(users) => {
                write!(f, "ABSENT: the trials in {} try nothing", users.join(", "))
            }
        }
    }
}

fn trial_data(root: &Path) -> Result<TrialData> {
    if let Some(folder) = trial::data(root) {
        return Ok(TrialData::There(folder));
    }
    if std::env::var("CI").is_ok_and(|ci| ci == "true") {
        bail!("this is a build server and BARAZA_TRIAL_DATA names no folder of real data");
    }
    let house = House::read(root)?;
    let users = house
        .ending(".rs")
        .filter(|(path, text)| !path.starts_with("xtask/") && text.contains("BARAZA_TRIAL_DATA"));
    Ok(TrialData::Absent(users.map(|(path, _)| path.to_owned()).collect()))
}

fn target(root: &Path) -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), |dir| root.join(dir))
}

/// Totals of all test runs.
#[derive(Default, Debug, Clone, Copy, PartialEq, Eq)]
struct Tests {
    passed: u64,
    failed: u64,
    ignored: u64,
}

impl Tests {
    fn ran(self) -> bool {
        self.passed + self.failed > 0
    }

    fn aside(self) -> String {
        if self.ignored == 0 { String::new() } else { format!(", {} ignored", self.ignored) }
    }

    /// Adds what one line of a test runner says: cargo's `test result: ok. 3 passed; 0 failed; …`
    /// or nextest's `Summary [  1.2s] 5 tests run: 4 passed, 1 failed, 2 skipped`.
    fn read(&mut self, line: &str) {
        let line = line.trim();
        let totals = match (line.strip_prefix("test result:"), line.split_once("tests run:")) {
            (Some(rest), _) => rest,
            (None, Some((before, rest))) if before.starts_with("Summary") => rest,
            (None, _) => match line.split_once("test run:") {
                Some((before, rest)) if before.starts_with("Summary") => rest,
                _ => return,
            },
        };
        for part in totals.split(['.', ';', ',']) {
            let mut words = part.split_whitespace();
            let (number, what) = (words.next(), words.next());
            let Some(number) = number.and_then(|number| number.parse::<u64>().ok()) else {
                continue;
            };
            match what {
                Some("passed") => self.passed += number,
                Some("failed" | "timed") => self.failed += number,
                Some("ignored" | "skipped") => self.ignored += number,
                _ => {}
            }
        }
    }
}

/// All tests, with one throw-away PostgreSQL for all of them.
fn run_tests(
    root: &Path,
    programs: &Path,
    data: Option<&Path>,
    tests: &mut Tests,
) -> Result<String> {
    let said = std::env::var(postgres::SETTING).ok().filter(|said| !said.is_empty());
    let cluster = match said {
        Some(_) => None,
        None => Some(Cluster::start(programs).context("the throw-away PostgreSQL")?),
    };
    let url = said.or_else(|| cluster.as_ref().map(|cluster| cluster.url.clone()));
    let cargo = |words: &[&str]| {
        let mut cargo = house::cargo(root);
        cargo.args(words).args(["--workspace", "--locked"]);
        cargo.env("CARGO_TERM_COLOR", "never").envs(url.iter().map(|u| (postgres::SETTING, u)));
        cargo.envs(data.map(|folder| ("BARAZA_TRIAL_DATA", folder)));
        cargo
    };
    let runner = if tools::on_path("cargo-nextest").is_some() {
        counted(&mut cargo(&["nextest", "run", "--no-fail-fast"]), tests)?;
        // nextest leaves the examples in the docs to cargo.
        counted(&mut cargo(&["test", "--quiet", "--doc"]), tests)?;
        "cargo nextest, and cargo test --doc"
    } else {
        counted(&mut cargo(&["test", "--no-fail-fast"]), tests)?;
        "cargo test"
    };
    if !tests.ran() {
        bail!("the test runner ended well and reported no test");
    }
    Ok(format!("{} passed, {} failed{} by {runner}", tests.passed, tests.failed, tests.aside()))
}

/// Runs a test runner, shows what it says as it comes, and adds up its totals.
fn counted(command: &mut Command, tests: &mut Tests) -> Result<()> {
    let shown = house::shown(command);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
    let (out, err) = (child.stdout.take(), child.stderr.take());
    // cargo reports on one stream and nextest on the other: both are read, each in a thread.
    let other = std::thread::spawn(move || pass_on(err, &mut std::io::stderr()));
    let mut lines = pass_on(out, &mut std::io::stdout());
    lines.extend(other.join().unwrap_or_default());
    for line in lines {
        tests.read(&line);
    }
    let status = child.wait()?;
    if !status.success() {
        bail!("`{shown}` ended with {status}");
    }
    Ok(())
}

/// Copies a stream to ours and keeps the lines that carry totals.
fn pass_on(from: Option<impl Read>, to: &mut impl Write) -> Vec<String> {
    let mut kept = Vec::new();
    let Some(from) = from else { return kept };
    for line in BufReader::new(from).split(b'\n').map_while(Result::ok) {
        let line = String::from_utf8_lossy(&line).into_owned();
        // A closed terminal must not stop the tests.
        let _ = writeln!(to, "{line}");
        if line.contains("test result:") || line.contains("Summary") {
            kept.push(line);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    //! The totals are those that the runners say.

    use super::Tests;

    #[test]
    fn totals_are_read_from_both_runners() {
        let check = |line: &str, passed: u64, failed: u64, ignored: u64| {
            let mut tests = Tests::default();
            tests.read(line);
            assert_eq!(tests, Tests { passed, failed, ignored }, "{line}");
        };
        check("test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured", 3, 0, 1);
        check("test result: FAILED. 3 passed; 2 failed; 0 ignored; 0 measured", 3, 2, 0);
        check("     Summary [   0.9s] 14 tests run: 14 passed, 0 skipped", 14, 0, 0);
        check(
            "     Summary [   0.9s] 14 tests run: 12 passed (1 slow), 2 failed, 3 skipped",
            12,
            2,
            3,
        );
        check("     Summary [   0.9s] 9/14 tests run: 8 passed, 1 timed out, 0 skipped", 8, 1, 0);
        check("     Summary [   0.9s] 1 test run: 1 passed, 0 skipped", 1, 0, 0);
        check("a test said: 5 passed", 0, 0, 0);
    }
}
