//! The command line: `baraza --help` reads like a table of contents. Exit codes: 0 done; 1 it could
//! not be done; 2 the command was not understood; 3 the rules say no; 4 some lines were left out; 5
//! something was found wrong. The handbook's page on exit codes says what a script should do.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};

use crate::commands;
use crate::node::Place;

/// The rules say no, and the message says why.
pub const REFUSED: u8 = 3;
/// Done in part: some lines were left out, each told by its number.
pub const LEFT_OUT: u8 = 4;
/// Something was found wrong.
pub const FOUND: u8 = 5;

/// Residents say what they need, communities decide, and the person says whether it arrived.
#[derive(Parser)]
#[command(name = "baraza", version, after_help = AFTER)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
}

const AFTER: &str = "Without a command, the demo city opens.\n\
    Exit codes: 0 done; 1 it could not be done; 2 not understood; 3 refused by the rules;\n\
    4 done, some lines left out; 5 something was found wrong.";

/// Where the node is.
#[derive(Args, Clone)]
pub struct Where {
    /// The folder of keys, settings and (unless --database is given) the database
    #[arg(long, env = "BARAZA_DATA", default_value = "city", global = true)]
    pub data: PathBuf,
    /// A PostgreSQL URL; without it the database is a file in the data folder
    #[arg(long, env = "BARAZA_DATABASE", global = true)]
    pub database: Option<String>,
    /// Print results as JSON, one object a line
    #[arg(long, global = true)]
    pub json: bool,
}

impl Where {
    /// The node there, living now.
    #[must_use]
    pub fn place(&self) -> Place {
        Place::new(&self.data, self.database.clone())
    }
}

/// A refusal of the rooms, in words.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct Refused(pub String);

#[derive(Subcommand)]
enum Command {
    /// Open the demo city with its pages and a phone that sends SMS
    Demo(commands::serve::Demo),
    /// Make a city's node: its name and its areas
    Init(commands::init::Init),
    /// Run a city's node
    Serve {
        #[command(flatten)]
        at: Where,
        /// Address to listen on
        #[arg(long)]
        listen: Option<String>,
        /// A proxy on this machine brings every request, and tells from whom (X-Forwarded-For)
        #[arg(long, env = "BARAZA_BEHIND_PROXY")]
        behind_proxy: bool,
    },
    /// Bring in what was said elsewhere
    #[command(subcommand)]
    Import(commands::import::Import),
    /// Tell in files that others read what the money did
    #[command(subcommand)]
    Export(commands::export::Export),
    /// Walk the way of one voice by its code
    Trace {
        #[command(flatten)]
        at: Where,
        /// The code
        code: String,
    },
    /// Check every hash, link and signature of the log
    Verify {
        #[command(flatten)]
        at: Where,
    },
    /// Fold all views anew beside those that serve
    Rebuild {
        #[command(flatten)]
        at: Where,
    },
    /// Forget a voice for ever, at the person's wish
    Forget {
        #[command(flatten)]
        at: Where,
        /// The code
        code: String,
    },
    /// Write everything to one sealed file
    Backup {
        #[command(flatten)]
        at: Where,
        /// The file
        file: PathBuf,
    },
    /// Bring a backup back into an empty folder or database
    Restore(commands::restore::Restore),
    /// Print the recovery sheet again
    Sheet {
        #[command(flatten)]
        at: Where,
    },
    /// Count an election from its file, and say why each project won or lost
    Count(commands::count::Count),
    /// Share out what is scarce between areas by the fair rule, or check such a result
    Allocate(commands::allocate::Allocate),
    /// Recount the result of a vote from its published bundle, without any node
    VerifyResult(commands::verify_result::VerifyResult),
    /// Look at this node's health, and say what to do next
    Doctor {
        #[command(flatten)]
        at: Where,
    },
}

/// Runs the program.
#[must_use]
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    let filter = tracing_subscriber::EnvFilter::try_from_env("BARAZA_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("warn"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return told(&error.into()),
    };
    match runtime.block_on(act(cli.command)) {
        Ok(code) => ExitCode::from(code),
        Err(error) => told(&error),
    }
}

fn told(error: &anyhow::Error) -> ExitCode {
    eprintln!("baraza: {error:#}");
    match error.downcast_ref::<Refused>() {
        Some(_) => ExitCode::from(REFUSED),
        None => ExitCode::FAILURE,
    }
}

async fn act(command: Option<Command>) -> anyhow::Result<u8> {
    match command.unwrap_or_else(|| Command::Demo(commands::serve::Demo::default())) {
        Command::Demo(demo) => demo.run().await,
        Command::Init(init) => init.run().await,
        Command::Serve { at, listen, behind_proxy } => {
            commands::serve::serve(&at, listen, behind_proxy).await
        }
        Command::Import(import) => import.run().await,
        Command::Export(export) => export.run().await,
        Command::Trace { at, code } => commands::look::trace(&at, &code).await,
        Command::Verify { at } => commands::look::verify(&at).await,
        Command::Rebuild { at } => commands::look::rebuild(&at).await,
        Command::Forget { at, code } => commands::look::forget(&at, &code).await,
        Command::Backup { at, file } => commands::restore::backup(&at, &file).await,
        Command::Restore(restore) => restore.run().await,
        Command::Sheet { at } => commands::look::sheet(&at),
        Command::Count(asked) => asked.run(),
        Command::Allocate(allocate) => allocate.run(),
        Command::VerifyResult(asked) => asked.run(),
        Command::Doctor { at } => commands::doctor::doctor(&at).await,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The lines of the handbook's blocks of commands, with their continuations joined.
    fn lines_of(page: &str) -> Vec<String> {
        let blocks = page.split("```sh\n").skip(1).filter_map(|rest| rest.split("```").next());
        let lines = blocks.flat_map(|block| {
            let whole = block.replace("\\\n", " ");
            whole.lines().map(str::to_owned).collect::<Vec<_>>()
        });
        lines.filter(|line| line.starts_with("baraza ")).collect()
    }

    /// The words of a line as a shell hands them over.
    fn words_of(line: &str) -> Vec<String> {
        let parts = line.split('"').enumerate();
        let words = parts.flat_map(|(at, part)| match at % 2 {
            0 => part.split_whitespace().map(str::to_owned).collect(),
            _ => vec![part.to_owned()],
        });
        words.collect()
    }

    #[test]
    fn the_handbooks_commands_are_understood() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/handbook");
        let mut understood = 0;
        for page in std::fs::read_dir(folder).unwrap() {
            let page = page.unwrap().path();
            for line in lines_of(&std::fs::read_to_string(&page).unwrap_or_default()) {
                let read = Cli::try_parse_from(words_of(&line));
                assert!(read.is_ok(), "{}: {line}: {}", page.display(), read.err().unwrap());
                understood += 1;
            }
        }
        assert!(understood >= 5, "the handbook has commands: {understood}");
    }

    #[test]
    fn the_demo_keeps_to_its_own_folder() {
        let demo = |words: &[&str]| match Cli::try_parse_from(words).unwrap().command {
            Some(Command::Demo(demo)) => demo,
            _ => commands::serve::Demo::default(),
        };
        let apart = PathBuf::from("city/demo");
        assert_eq!(demo(&["baraza"]).data, apart);
        assert_eq!(demo(&["baraza", "demo"]).data, apart);
        assert_eq!(
            demo(&["baraza", "demo", "--data", "elsewhere"]).data,
            PathBuf::from("elsewhere")
        );
        let Some(Command::Doctor { at }) =
            Cli::try_parse_from(["baraza", "doctor"]).unwrap().command
        else {
            unreachable!("that is the doctor")
        };
        assert_ne!(at.data, apart);
    }

    #[test]
    fn a_city_is_named_by_either_flag_and_its_country_by_a_known_code() {
        let check = |rest: &[&str], expected: bool| {
            let words = ["baraza", "init"].iter().chain(rest);
            assert_eq!(Cli::try_parse_from(words).is_ok(), expected, "{rest:?}");
        };
        check(&["--city", "Lavil", "--country", "HTI"], true);
        check(&["--name", "Lavil", "--country", "hti"], true);
        check(&["--country", "HTI"], false);
        check(&["--city", "Lavil", "--country", "Haiti"], false);
        check(&["--city", "Lavil", "--country", "XYZ"], false);
        check(&["--city", "Lavil", "--country", "HTI", "--languages", "ht,fr"], true);
        check(&["--city", "Lavil", "--country", "HTI", "--languages", "ht,xx"], false);
    }
}
