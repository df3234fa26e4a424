//! The benches: each prints one table in Markdown, which `cargo xtask bench` puts into
//! `docs/performance.md`. The load runs on the same cores as the node. Never run by the tests.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a bench that cannot run should say so and stop"
)]

mod clearing;
mod fairness;
mod load;
mod pages;
mod results;
mod store;

const BENCHES: [&str; 7] = ["voices", "pages", "clearing", "folding", "fair", "results", "size"];

fn main() -> std::process::ExitCode {
    let name = std::env::args().nth(1).unwrap_or_default();
    let runtime = || tokio::runtime::Runtime::new().unwrap();
    match name.as_str() {
        "list" => println!("{}", BENCHES.join("\n")),
        "voices" => runtime().block_on(load::voices()),
        "pages" => runtime().block_on(pages::pages()),
        "clearing" => runtime().block_on(clearing::clearing()),
        "folding" => runtime().block_on(store::folding()),
        "fair" => fairness::fairness(),
        "results" => results::results(),
        "size" => store::size(),
        // Anything else is a command of the program itself: the bench starts itself as the node.
        _ => return server::cli::run(),
    }
    std::process::ExitCode::SUCCESS
}

/// Says under a table that a stated limit was missed: `cargo xtask bench` looks for these lines,
/// and ends with a no that names them.
fn held(what: &str, took_s: f64, most_s: f64) {
    if took_s > most_s {
        println!("\n**Missed:** {what} took {took_s:.2} s, at most {most_s} s.\n");
    }
}

/// The program: this one, which runs any command of `baraza`.
fn program() -> String {
    std::env::current_exe().unwrap().to_string_lossy().into_owned()
}

/// The value at a share of a sorted list, in milliseconds with one decimal.
fn at_share(sorted: &[u64], share: f64) -> String {
    let place = ((sorted.len() as f64 - 1.0) * share).round() as usize;
    format!("{:.1}", sorted.get(place).copied().unwrap_or(0) as f64 / 1000.0)
}

/// Resident memory of a process, in megabytes.
fn memory_mb(pid: u32) -> u64 {
    memory_line_mb(pid, "VmRSS:")
}

/// The most memory that a process has had so far, in megabytes.
fn peak_memory_mb(pid: u32) -> u64 {
    memory_line_mb(pid, "VmHWM:")
}

fn memory_line_mb(pid: u32, name: &str) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with(name)).unwrap_or_default();
    let kib: u64 = line.split_whitespace().nth(1).and_then(|n| n.parse().ok()).unwrap_or(0);
    kib / 1024
}
