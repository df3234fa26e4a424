//! The house's own tool: `cargo xtask ci`, `tidy`, `bench`, `trial`.
//!
//! Never part of what a city runs: nothing here is linked into the `baraza` program.

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use xtask::{bench, ci, house, tidy, trial};

/// Checks, measures and tries the house.
#[derive(Parser)]
#[command(name = "cargo xtask")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Everything that must be green before a change lands, in order, stopping at the first no.
    Ci,
    /// The rules of the house that the compiler does not know.
    Tidy,
    /// Measure, and write the figures into docs/performance.md.
    Bench {
        /// One measurement; without it, all of them.
        name: Option<String>,
    },
    /// Try a part on real messages, outside the tests, and print what was found.
    Trial {
        /// Which trial: `suggestions`.
        name: String,
    },
}

fn main() -> ExitCode {
    let root = house::root();
    let done = match Cli::parse().command {
        Command::Ci => ci::run(&root),
        Command::Tidy => tidy::run(&root).map(|said| println!("{said}")),
        Command::Bench { name } => bench::run(&root, name.as_deref()),
        Command::Trial { name } => trial::run(&root, &name),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nNo: {error:#}");
            ExitCode::FAILURE
        }
    }
}
