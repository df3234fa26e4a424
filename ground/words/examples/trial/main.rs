//! Measures the suggestions, the language and the likeness on the shared messages of real people,
//! and writes `docs/suggestions.md`: `cargo run --release -p words --example trial`.
//!
//! Never writes a message, a name or an id into the report: figures only.

#![expect(
    clippy::indexing_slicing,
    reason = "a measuring tool over lists of its own making: a slip should stop it loudly"
)]

mod data;
mod figures;
mod labels;
mod learn;
mod speed;
mod tongues;
mod twins;

use std::process::ExitCode;

use words::ALWAYS_A_PERSON;

fn main() -> ExitCode {
    match write_report() {
        Ok(poor) => {
            let listed = |class: &&str| ALWAYS_A_PERSON.contains(class);
            let unlisted: Vec<&str> = poor.into_iter().filter(|class| !listed(class)).collect();
            if unlisted.is_empty() {
                return ExitCode::SUCCESS;
            }
            eprintln!("poor, yet missing from ALWAYS_A_PERSON: {}", unlisted.join(", "));
            ExitCode::FAILURE
        }
        Err(why) => {
            eprintln!("{why}");
            ExitCode::FAILURE
        }
    }
}

fn write_report() -> Result<Vec<&'static str>, String> {
    let start = speed::start();
    let messages = data::messages()?;
    let (tables, poor) = labels::report(&messages);
    let page = format!(
        include_str!("page.md"),
        messages = messages.len(),
        poor = ALWAYS_A_PERSON.join("`, `"),
        baseline = labels::baseline(&messages),
        tables = tables,
        rates = labels::rates(&messages),
        language = tongues::report(&messages),
        twins = twins::report(&messages),
        speed = speed::report(&messages),
        language_start = start.0,
        suggest_start = start.1,
    );
    let file = data::root().join("docs/suggestions.md");
    std::fs::write(&file, page).map_err(|why| format!("docs/suggestions.md: {why}"))?;
    println!("docs/suggestions.md is written");
    Ok(poor)
}
