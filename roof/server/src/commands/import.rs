//! `import`: what was said elsewhere, line by line. A line that was imported before is known by its
//! external id (or its own bytes) and stored once; a bad line is told by its number and left out.

mod fts;

use std::collections::VecDeque;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;

use anyhow::{Context, bail};
use clap::{Args, Subcommand};
use record::Refusal;
use rooms::door::{House, Trouble};
use rooms::voices::{self, Heard, Inbound};
use serde_json::{Map, Value};

use crate::cli::{LEFT_OUT, Where};
use crate::gateway::rfc3339_ms;

/// Lines on their way at once: enough to fill the store's batches.
const AT_ONCE: usize = 256;
/// Bad lines told in full; of more only the count is told.
const BAD_LINES_TOLD: usize = 50;

/// Bring in what was said elsewhere.
#[derive(Subcommand)]
pub enum Import {
    /// Voices from a file of JSON lines
    Voices(Voices),
    /// Money for people in need, from tables of the United Nations (FTS)
    Fts(fts::Fts),
}

impl Import {
    /// Imports.
    ///
    /// # Errors
    /// When the file or the node fails; bad lines are no error.
    pub async fn run(&self) -> anyhow::Result<u8> {
        match self {
            Import::Voices(voices) => voices.run().await,
            Import::Fts(fts) => fts.run().await,
        }
    }
}

/// Voices from a file of JSON lines.
#[derive(Args)]
pub struct Voices {
    #[command(flatten)]
    at: Where,
    /// The file, one JSON object a line
    file: PathBuf,
    /// The property that holds the words; of several, the first that is not empty
    #[arg(long, value_delimiter = ',', required = true)]
    text: Vec<String>,
    /// The property that holds when it was said (a date, or RFC 3339)
    #[arg(long)]
    time: Option<String>,
    /// The property that holds the message's id where it comes from
    #[arg(long)]
    external_id: Option<String>,
    /// The property that holds the language (BCP 47)
    #[arg(long)]
    language: Option<String>,
    /// The property that names the area
    #[arg(long)]
    area: Option<String>,
}

#[derive(Default)]
struct Tally {
    new: usize,
    again: usize,
    bad: Vec<(usize, String)>,
    bad_count: usize,
}

impl Tally {
    fn count(&mut self, line: usize, outcome: Result<Heard, anyhow::Error>) {
        match outcome {
            Ok(heard) if heard.again => self.again += 1,
            Ok(_) => self.new += 1,
            Err(error) => {
                self.bad_count += 1;
                if self.bad.len() < BAD_LINES_TOLD {
                    self.bad.push((line, format!("{error:#}")));
                }
            }
        }
    }
}

impl Voices {
    async fn run(&self) -> anyhow::Result<u8> {
        let node = super::look::folded(&self.at).await?;
        let file = std::fs::File::open(&self.file)
            .with_context(|| format!("{} cannot be read", self.file.display()))?;
        let bar = super::bar(file.metadata()?.len(), "bytes of voices");
        let mut tally = Tally::default();
        let mut under_way = VecDeque::new();
        let mut reader = BufReader::new(file);
        let (mut line, mut read) = (0, 0u64);
        let mut bytes = Vec::new();
        loop {
            bytes.clear();
            let length = reader.read_until(b'\n', &mut bytes)?;
            if length == 0 {
                break;
            }
            line += 1;
            read += length as u64;
            if bytes.iter().all(u8::is_ascii_whitespace) {
                continue;
            }
            match self.inbound(&node.house, &bytes) {
                Ok(inbound) => {
                    let house = node.house.clone();
                    let task = tokio::spawn(async move { voices::hear(&house, inbound).await });
                    under_way.push_back((line, task));
                }
                Err(error) => tally.count(line, Err(error)),
            }
            if under_way.len() >= AT_ONCE {
                settle(&node.house, &mut tally, under_way.pop_front()).await?;
                bar.set_position(read);
            }
        }
        while let Some(next) = under_way.pop_front() {
            settle(&node.house, &mut tally, Some(next)).await?;
        }
        bar.finish_and_clear();
        self.tell(&tally);
        Ok(if tally.bad_count == 0 { 0 } else { LEFT_OUT })
    }

    fn tell(&self, tally: &Tally) {
        for (line, why) in &tally.bad {
            eprintln!("line {line} was left out: {why}");
        }
        if self.at.json {
            let (new, again) = (tally.new, tally.again);
            let said =
                serde_json::json!({ "new": new, "again": again, "left_out": tally.bad_count });
            println!("{said}");
        } else {
            println!(
                "{} new, {} known already, {} left out.",
                tally.new, tally.again, tally.bad_count
            );
        }
    }

    fn inbound(&self, house: &House, bytes: &[u8]) -> anyhow::Result<Inbound> {
        let line: Map<String, Value> =
            serde_json::from_slice(bytes).context("this is not a JSON object")?;
        let words = self.text.iter().find_map(|name| text_of(&line, name));
        let words = words.with_context(|| format!("no words in {}", self.text.join(", ")))?;
        let named = |name: &Option<String>| name.as_ref().and_then(|name| text_of(&line, name));
        let external = named(&self.external_id);
        let id = external.unwrap_or_else(|| {
            // Without an id the line itself is its name.
            String::from_utf8_lossy(bytes).trim().to_owned()
        });
        let place = named(&self.area);
        let area = place.as_deref().and_then(|place| {
            rooms::places::atlas(house).by_text(place).first().map(|area| area.id)
        });
        Ok(Inbound {
            channel: "import",
            words,
            message_id: Some((
                format!("import {}", self.external_id.as_deref().unwrap_or("line")),
                id,
            )),
            said_ms: named(&self.time).as_deref().and_then(moment),
            area,
            place,
            language: named(&self.language),
            ..Inbound::default()
        })
    }
}

type UnderWay = (usize, tokio::task::JoinHandle<Result<Heard, Trouble>>);

async fn settle(house: &House, tally: &mut Tally, next: Option<UnderWay>) -> anyhow::Result<()> {
    let Some((line, task)) = next else { return Ok(()) };
    match task.await? {
        Err(Trouble::Broken(what)) => bail!("stopped at line {line}: {what}"),
        Err(Trouble::Refused(refusal)) if stops(&refusal) => {
            let why = super::explain(house, &refusal.into());
            return Err(why.context(format!("stopped at line {line}; run it again afterwards")));
        }
        outcome => {
            let outcome = outcome.map_err(|trouble| super::explain(house, &trouble));
            tally.count(line, outcome);
        }
    }
    Ok(())
}

/// Whether a refusal is about the node and not about the line: every other line would end alike.
fn stops(refusal: &Refusal) -> bool {
    refusal.code == "disk-full"
}

fn text_of(line: &Map<String, Value>, name: &str) -> Option<String> {
    let text = match line.get(name)? {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(n) => n.to_string(),
        _ => return None,
    };
    (!text.is_empty()).then_some(text)
}

fn moment(text: &str) -> Option<i64> {
    rfc3339_ms(text).or_else(|| rfc3339_ms(&format!("{text}T00:00:00Z")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::node::{self, Place};

    #[tokio::test(flavor = "multi_thread")]
    async fn a_full_disk_stops_the_import_and_a_bad_line_does_not() {
        let folder = tempfile::tempdir().unwrap();
        let node = node::open(&Place::new(folder.path(), None)).await.unwrap();
        let mut tally = Tally::default();
        let refused = |code| tokio::spawn(async move { Err(Refusal::new(code).into()) });
        let bad = Some((3, refused("voice-empty")));
        settle(&node.house, &mut tally, bad).await.unwrap();
        assert_eq!((tally.bad_count, tally.new), (1, 0));
        let full = Some((4, refused("disk-full")));
        let stopped = settle(&node.house, &mut tally, full).await.unwrap_err();
        assert!(format!("{stopped:#}").contains("line 4"), "{stopped:#}");
        assert!(stopped.downcast_ref::<crate::cli::Refused>().is_some(), "the exit code says so");
        assert_eq!(tally.bad_count, 1, "the line itself is not called bad");
    }
}
