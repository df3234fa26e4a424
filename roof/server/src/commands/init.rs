//! `init`: makes a city's node from its name and a GeoJSON file of its areas.

use std::path::PathBuf;

use anyhow::{Context, bail};
use clap::Args;
use page::Lang;
use rooms::door::City;
use rooms::places::{self, AreaProps, CityWords};

use crate::cli::{LEFT_OUT, Where};
use crate::{node, start};

/// Longest file of areas, in bytes (the room says so again in its refusal).
const FILE_BYTES_MAX: u64 = 60 * 1024 * 1024;

/// Make a city's node: its name and its areas. Of a city that is there, what is not told stays.
#[derive(Args)]
pub struct Init {
    #[command(flatten)]
    at: Where,
    /// The city's name
    #[arg(long, alias = "name")]
    city: String,
    /// Its country, ISO 3166 code of three letters
    #[arg(long, value_parser = country_of)]
    country: String,
    /// A GeoJSON file of its areas
    #[arg(long)]
    areas: Option<PathBuf>,
    /// The property that holds an area's name
    #[arg(long, default_value = "name")]
    area_name: String,
    /// The property (or several, separated by commas) that holds an area's code
    #[arg(long)]
    area_code: Option<String>,
    /// The property that holds the name of what the area lies in
    #[arg(long)]
    area_parent: Option<String>,
    /// The property that holds its population
    #[arg(long)]
    area_population: Option<String>,
    /// Languages residents are answered in, the first for unknown ones (at first: en)
    #[arg(long, value_delimiter = ',', value_parser = language_of)]
    languages: Option<Vec<Lang>>,
    /// The local number for danger to life (at first: 112)
    #[arg(long)]
    emergency: Option<String>,
    /// The number residents send SMS to
    #[arg(long)]
    sms_number: Option<String>,
    /// Minutes east of UTC (at first: 0)
    #[arg(long, allow_hyphen_values = true)]
    offset_minutes: Option<i64>,
}

/// A country's code as it is kept.
fn country_of(typed: &str) -> Result<String, String> {
    let code = typed.to_ascii_uppercase();
    if start::known_country(&code) {
        return Ok(code);
    }
    Err("it is an ISO 3166 code of three letters, such as HTI or TZA".to_owned())
}

fn language_of(typed: &str) -> Result<Lang, String> {
    Lang::from_code(typed).ok_or_else(|| "texts are there in en, fr, es, ht, sw and ar".to_owned())
}

impl Init {
    /// The city as told, and as it was in what was not told.
    fn words(&self, city: City) -> CityWords {
        let languages = if city.name.is_empty() { vec![Lang::En] } else { city.languages };
        CityWords {
            name: self.city.clone(),
            country: self.country.clone(),
            languages: self.languages.clone().unwrap_or(languages),
            emergency: self.emergency.clone().unwrap_or(city.emergency),
            sms_number: self.sms_number.clone().unwrap_or(city.sms_number),
            offset_minutes: self.offset_minutes.unwrap_or(city.offset_minutes),
            demo: city.demo,
        }
    }

    /// Makes the node.
    ///
    /// # Errors
    /// When the folder, the languages or the file are not what they should be.
    pub async fn run(&self) -> anyhow::Result<u8> {
        let node = super::look::opened_folded(&self.at).await?;
        let words = self.words(City::clone(&node.house.city()));
        places::name_city(&node.house, words, None)
            .await
            .map_err(|t| super::explain(&node.house, &t))?;
        let found = self.import_areas(&node).await?;
        if !self.at.json {
            println!("{} is ready in {}.", self.city, self.at.data.display());
            println!("Next: baraza serve --data {}", self.at.data.display());
        }
        Ok(found)
    }

    async fn import_areas(&self, node: &node::Node) -> anyhow::Result<u8> {
        let Some(file) = &self.areas else { return Ok(0) };
        let size = std::fs::metadata(file)
            .with_context(|| format!("{} cannot be read", file.display()))?
            .len();
        if size > FILE_BYTES_MAX {
            bail!(
                "{} is larger than 50 MB: simplify its borders, or split it by district",
                file.display()
            );
        }
        let bytes = std::fs::read(file)?;
        let props = AreaProps {
            name: self.area_name.clone(),
            code: self.area_code.clone(),
            parent: self.area_parent.clone(),
            population: self.area_population.clone(),
        };
        let bar = super::bar(0, "areas");
        let imported = places::import_areas(&node.house, &bytes, &props, None, |done, all| {
            bar.set_length(all as u64);
            bar.set_position(done as u64);
        })
        .await
        .map_err(|trouble| super::explain(&node.house, &trouble))?;
        bar.finish_and_clear();
        if self.at.json {
            println!(
                "{}",
                serde_json::json!({ "areas_new": imported.new,
                "areas_same": imported.same, "areas_changed": imported.changed,
                "areas_refused": imported.refused.len() })
            );
        } else {
            println!(
                "Areas: {} new, {} as before, {} changed.",
                imported.new, imported.same, imported.changed
            );
        }
        for (n, refusal) in &imported.refused {
            let why = super::explain(&node.house, &refusal.clone().into());
            eprintln!("area {n} was left out: {why:#}");
        }
        for (n, what) in &imported.mended {
            eprintln!("area {n} was mended: {what}");
        }
        Ok(if imported.refused.is_empty() { 0 } else { LEFT_OUT })
    }
}
