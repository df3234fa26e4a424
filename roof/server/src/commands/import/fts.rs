//! `import fts`: tables of the United Nations' tracking of money, as they are published. Every
//! table is read whole before anything is written, and each is told with its sum.

use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use clap::Args;
use exchange::fts::{
    Flow, PlanRow, Sum, Totals, read_clusters, read_flows, read_plans, reconcile_clusters,
    reconcile_flows,
};
use exchange::{Currency, Money};
use rooms::door::House;
use rooms::funds::reported::{self, Taken};
use serde_json::{Value, json};

use crate::cli::Where;

/// Tables of FTS: flows, plans, clusters of plans.
#[derive(Args)]
pub struct Fts {
    #[command(flatten)]
    at: Where,
    /// The tables, as FTS publishes them (CSV)
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// Take the flows of these tables back: they were brought in by mistake, or FTS has withdrawn
    /// them
    #[arg(long)]
    take_back: bool,
}

/// A table, by what its columns are.
enum Sheet {
    Flows(Vec<Flow>),
    Plans(Vec<PlanRow>),
    Clusters(Vec<exchange::fts::ClusterRow>),
}

impl Fts {
    /// Takes the tables in, and says what they come to.
    ///
    /// # Errors
    /// With one bad cell in any table nothing is written.
    pub async fn run(&self) -> anyhow::Result<u8> {
        let sheets: Vec<(&PathBuf, Sheet)> =
            self.files.iter().map(|file| Ok((file, read(file)?))).collect::<anyhow::Result<_>>()?;
        if self.take_back
            && let Some((file, _)) = sheets.iter().find(|(_, of)| !matches!(of, Sheet::Flows(_)))
        {
            bail!("{}: only flows can be taken back; nothing was", file.display());
        }
        let node = super::super::look::folded(&self.at).await?;
        let mut told = Vec::new();
        for (file, sheet) in &sheets {
            told.push(self.take(&node.house, file, sheet).await?);
        }
        let differences = differences(&sheets);
        if self.at.json {
            println!("{}", json!({ "tables": told, "differences": differences }));
        } else {
            for line in differences.iter().flatten() {
                println!("{line}");
            }
            if differences.is_some_and(|all| all.is_empty()) {
                println!("All tables agree, to the cent.");
            }
        }
        Ok(0)
    }

    async fn take(&self, house: &House, file: &Path, sheet: &Sheet) -> anyhow::Result<Value> {
        let name = file.display().to_string();
        let taken = match sheet {
            Sheet::Flows(flows) if self.take_back => reported::take_back_flows(house, flows).await,
            Sheet::Flows(flows) => reported::take_flows(house, flows).await,
            Sheet::Plans(plans) => reported::take_plans(house, plans).await,
            Sheet::Clusters(rows) => {
                if !self.at.json {
                    let n = rows.len();
                    println!("{name}: {n} rows of clusters, compared with the plans; not kept.");
                }
                return Ok(json!({ "table": name, "clusters": rows.len() }));
            }
        };
        let taken = taken.map_err(|why| super::super::explain(house, &why))?;
        let Taken { new, changed, older, same } = taken;
        let sums = match sheet {
            Sheet::Flows(flows) => Some(Totals::of(flows)),
            _ => None,
        };
        if !self.at.json {
            print!("{name}: ");
            if let Some(sums) = sums {
                println!(
                    "{}; paid or signed for {}, promised {}, shared {}.",
                    dollars(sums.all_usd_minor),
                    dollars(sums.funded_usd_minor),
                    dollars(sums.pledged_usd_minor),
                    dollars(sums.shared_usd_minor)
                );
            }
            let changed_as = if self.take_back { "taken back" } else { "changed" };
            println!(
                "{new} new, {changed} {changed_as}, {same} known already, {older} older than known."
            );
        }
        Ok(json!({
            "table": name, "new": new, "changed": changed, "known": same, "older": older,
            "all_usd": sums.map(|sums| dollars(sums.all_usd_minor)),
        }))
    }
}

/// Reads a table, as which its columns say.
fn read(file: &Path) -> anyhow::Result<Sheet> {
    let name = file.display();
    let bytes = std::fs::read(file).with_context(|| format!("{name} cannot be read"))?;
    let head = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let has = |column: &str| {
        String::from_utf8_lossy(head).split(',').any(|cell| cell.trim().trim_matches('"') == column)
    };
    let (sheet, left_out) = if has("onBoundary") {
        let flows = read_flows(&bytes).with_context(|| format!("{name} was not taken"))?;
        (Sheet::Flows(flows.rows), flows.left_out)
    } else if has("clusterCode") {
        let (rows, left) =
            read_clusters(&bytes).with_context(|| format!("{name} was not taken"))?;
        (Sheet::Clusters(rows), left)
    } else if has("requirements") {
        let (rows, left) = read_plans(&bytes).with_context(|| format!("{name} was not taken"))?;
        (Sheet::Plans(rows), left)
    } else {
        bail!(
            "{name} is no table of FTS: its first line must name the columns, such as onBoundary \
             for flows or requirements for plans"
        );
    };
    if !left_out.is_empty() {
        eprintln!("{name}: columns that are not known here were left out: {}", left_out.join(", "));
    }
    Ok(sheet)
}

/// Where the tables that were brought together do not say the same; none where none of them can be
/// compared.
fn differences(sheets: &[(&PathBuf, Sheet)]) -> Option<Vec<String>> {
    let (mut flows, mut plans, mut clusters) = (Vec::new(), Vec::new(), Vec::new());
    for (_, sheet) in sheets {
        match sheet {
            Sheet::Flows(rows) => flows.extend(rows.iter().cloned()),
            Sheet::Plans(rows) => plans.extend(rows.iter().cloned()),
            Sheet::Clusters(rows) => clusters.push(rows),
        }
    }
    if plans.is_empty() || (flows.is_empty() && clusters.is_empty()) {
        return None;
    }
    let mut all = Vec::new();
    if !flows.is_empty() {
        all.extend(reconcile_flows(&flows, &plans));
    }
    all.extend(clusters.into_iter().flat_map(|rows| reconcile_clusters(rows, &plans)));
    let lines = all.iter().map(|one| {
        let plan = one.plan.map(|plan| format!(", plan {plan}")).unwrap_or_default();
        let sum = match one.sum {
            Sum::Required => "asked for",
            Sum::Funded => "came",
        };
        let (rows, told) = (dollars(one.rows_usd_minor), dollars(one.plans_usd_minor));
        format!("{}{plan}, {sum}: its rows come to {rows}, the plans say {told}.", one.country)
    });
    Some(lines.collect())
}

fn dollars(minor: i128) -> String {
    // Amounts are written by one rule, which takes i64; what is larger is written in cents.
    i64::try_from(minor).map_or_else(
        |_| format!("{minor} US cents"),
        |minor| format!("{} USD", Money::new(minor, Currency::USD).decimal()),
    )
}
