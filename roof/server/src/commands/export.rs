//! `export`: what the city's money did, in files that others read.
//!
//! Never tells what the public pages do not tell, and nothing at all while the city hides.

use std::path::PathBuf;

use anyhow::{Context, bail};
use clap::{Args, Subcommand};
use exchange::Moment;
use page::{Lang, Tongue};
use rooms::funds::telling::{Books, Reporting, books};
use serde_json::json;

use crate::cli::{LEFT_OUT, Where};

/// Tell in files what the money did.
#[derive(Subcommand)]
pub enum Export {
    /// For donors and whoever follows aid: IATI 2.03
    Iati(Iati),
    /// For the United Nations' tracking: the columns of FTS
    Fts(Plain),
    /// For a spreadsheet: a line for each step that money took
    Lines(Plain),
}

impl Export {
    /// Writes the file.
    ///
    /// # Errors
    /// When the node or the file fails, the city hides, or something is lacking.
    pub async fn run(&self) -> anyhow::Result<u8> {
        match self {
            Export::Iati(iati) => iati.run().await,
            Export::Fts(plain) => plain.fts().await,
            Export::Lines(plain) => plain.lines().await,
        }
    }
}

/// A file that needs nothing beside the node.
#[derive(Args)]
pub struct Plain {
    #[command(flatten)]
    at: Where,
    /// The file to write; without it the table is printed
    file: Option<PathBuf>,
}

/// An IATI file.
#[derive(Args)]
pub struct Iati {
    #[command(flatten)]
    at: Where,
    /// The file to write; without it the XML is printed
    file: Option<PathBuf>,
    /// The city's id as an organisation, such as HT-COA-7
    #[arg(long)]
    reporter: String,
    /// The country, in the two letters of ISO 3166-1
    #[arg(long)]
    country: String,
    /// The language in which the city writes (ISO 639-1); without it the city's first one
    #[arg(long)]
    language: Option<String>,
}

/// The books of a node, with the day and the language of its city.
struct Opened {
    books: Books,
    language: Lang,
    country: String,
    now_ms: i64,
    today: i64,
}

async fn opened(at: &Where) -> anyhow::Result<Opened> {
    let node = super::look::folded(at).await?;
    let house = &node.house;
    let city = house.city();
    if city.hidden {
        bail!("the city hides: end that at the desk first, under “This node”");
    }
    let language = city.languages.first().copied().unwrap_or(Lang::En);
    let books = books(house, Tongue::new(language, house.texts())).await;
    let books = books.map_err(|trouble| super::explain(house, &trouble))?;
    let (now_ms, today) = (house.now_ms(), rooms::funds::today(house));
    Ok(Opened { books, language, country: city.country.clone(), now_ms, today })
}

impl Plain {
    async fn lines(&self) -> anyhow::Result<u8> {
        let opened = opened(&self.at).await?;
        let told = opened.books.lines().context("the table cannot be told")?;
        let lines = told.lines().count().saturating_sub(1);
        put(&self.at, self.file.as_ref(), &told, &[("lines", lines)])?;
        Ok(0)
    }

    async fn fts(&self) -> anyhow::Result<u8> {
        let opened = opened(&self.at).await?;
        let told = opened.books.fts(&opened.country).context("the table cannot be told")?;
        put(&self.at, self.file.as_ref(), &told.file, &[("flows", told.flows)])?;
        if told.left_out.is_empty() {
            return Ok(0);
        }
        eprintln!("left out, since FTS adds up in dollars: {}", told.left_out.join(", "));
        Ok(LEFT_OUT)
    }
}

impl Iati {
    async fn run(&self) -> anyhow::Result<u8> {
        let opened = opened(&self.at).await?;
        let Some(generated) = Moment::of_epoch_ms(opened.now_ms) else {
            bail!("this machine's clock is in no year of the calendar: set it first");
        };
        let by = Reporting {
            reporter: self.reporter.clone(),
            country: self.country.to_uppercase(),
            language: self.language.clone().unwrap_or_else(|| opened.language.code().to_owned()),
            generated,
            today: opened.today,
        };
        let told = opened.books.iati(&by).context("nothing was written; what is lacking")?;
        let counts = [("activities", told.activities), ("transactions", told.transactions)];
        put(&self.at, self.file.as_ref(), &told.file, &counts)?;
        Ok(0)
    }
}

/// Writes the file and says what is in it; without one, prints it.
fn put(
    at: &Where,
    file: Option<&PathBuf>,
    told: &str,
    counts: &[(&str, usize)],
) -> anyhow::Result<()> {
    let Some(file) = file else {
        print!("{told}");
        return Ok(());
    };
    std::fs::write(file, told).with_context(|| format!("{} cannot be written", file.display()))?;
    if at.json {
        let counts = counts.iter().map(|(what, n)| ((*what).to_owned(), json!(n)));
        println!("{}", serde_json::Value::Object(counts.collect()));
        return Ok(());
    }
    let counts: Vec<String> = counts.iter().map(|(what, n)| format!("{n} {what}")).collect();
    println!("{}: {}.", file.display(), counts.join(", "));
    Ok(())
}
