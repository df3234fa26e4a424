//! `allocate`: shares out what is scarce by the fair rule, or checks a result that somebody else
//! reckoned. Both need no node, only files.
//!
//! Never decides anything: what it prints is for those who decide, and for whoever doubts them.

mod file;
mod sentence;

use std::path::PathBuf;

use anyhow::{Context, bail};
use clap::Args;
use fair::sharing::{
    Fault, Fraction, Grants, Level, Measures, Reasons, ShareError, Window, check_grants, measure,
    share_grants,
};
use serde_json::{Map, Value, json};

use crate::cli::{FOUND, Refused};

/// Share out what is scarce between areas, or check such a result
#[derive(Args)]
pub struct Allocate {
    /// What there is, who may receive it, and who may give to whom, as JSON
    file: PathBuf,
    /// The result to check, as `allocate --json` prints it
    #[arg(requires = "check")]
    result: Option<PathBuf>,
    /// Check a result against the file instead of sharing out
    #[arg(long, requires = "result")]
    check: bool,
    /// Print the result as JSON, with its certificate
    #[arg(long)]
    json: bool,
}

impl Allocate {
    /// Shares out or checks, and prints.
    ///
    /// # Errors
    /// When a file cannot be read or understood; when what it asks for is refused.
    pub fn run(&self) -> anyhow::Result<u8> {
        let window = file::window(&file::read(&self.file)?)
            .with_context(|| format!("{} is not understood", self.file.display()))?;
        match &self.result {
            Some(result) if self.check => self.check(&window, result),
            _ => self.share(&window),
        }
    }

    fn share(&self, window: &Window) -> anyhow::Result<u8> {
        let grants = share_grants(window).map_err(refused)?;
        // Checking costs little beside the sharing-out, and people act on what is printed.
        if let Err(fault) = check_grants(window, &grants) {
            bail!(
                "the result does not pass its own check, which is a fault of this program; tell \
                 its makers and use no part of it: {}",
                named(window, &fault)
            );
        }
        let told = Told::of(window, &grants)?;
        if self.json {
            println!("{}", told.json(window, &grants));
        } else {
            for line in told.lines(window) {
                println!("{line}");
            }
        }
        Ok(0)
    }

    fn check(&self, window: &Window, result: &std::path::Path) -> anyhow::Result<u8> {
        window.verify().map_err(refused)?;
        let grants = file::grants(window, &file::read(result)?)
            .with_context(|| format!("{} is not understood", result.display()))?;
        let found = check_grants(window, &grants).err().map(|fault| named(window, &fault));
        if self.json {
            let found: Vec<Value> = found.iter().map(|what| json!({ "what": what })).collect();
            println!("{}", json!({ "findings": found.len(), "found": found }));
        } else if found.is_none() {
            println!(
                "{} areas, {} pools, {} arcs: every amount, every flow and the certificate were \
                 checked.",
                window.areas.len(),
                window.pools.len(),
                window.arcs.len()
            );
            println!("Nothing is wrong.");
        }
        if let Some(what) = &found {
            eprintln!("{what}");
        }
        Ok(if found.is_none() { 0 } else { FOUND })
    }
}

fn refused(error: ShareError) -> Refused {
    Refused(error.to_string())
}

/// A fault with the name of what it is about.
fn named(window: &Window, fault: &Fault) -> String {
    let area = |at: usize| window.areas.get(at).map(|area| &area.id);
    let pool = |at: usize| window.pools.get(at).map(|pool| &pool.id);
    let name = match *fault {
        Fault::Overfilled { area: at }
        | Fault::Level { area: at }
        | Fault::Rounding { area: at }
        | Fault::Sum { area: at }
        | Fault::Deferred { area: at }
        | Fault::TooSmall { area: at }
        | Fault::Remainder { area: at } => area(at),
        Fault::Overspent { pool: at } | Fault::NotDry { pool: at } => pool(at),
        Fault::Partner { partner: at } | Fault::Through { partner: at } => {
            window.partners.get(at).map(|partner| &partner.id)
        }
        _ => None,
    };
    match (name, fault) {
        (Some(name), _) => format!("{name}: {fault}"),
        (None, &(Fault::Flow { arc } | Fault::Room { arc } | Fault::Use { arc })) => {
            format!("{}: {fault}", file::arc_name(window, arc))
        }
        (None, _) => fault.to_string(),
    }
}

/// All that is said about a result.
struct Told {
    sentences: Vec<sentence::Sentence>,
    /// By area, before and after.
    levels: Vec<Option<(Fraction, Fraction)>>,
    measures: Measures,
    given: i128,
    there: i128,
}

impl Told {
    fn of(window: &Window, grants: &Grants) -> anyhow::Result<Self> {
        // Reasons are those of the window in which the small grants had been left out.
        let mut rest = window.clone();
        for deferred in &grants.deferred {
            if let Some(area) = rest.areas.get_mut(deferred.area) {
                area.cap = 0;
            }
        }
        let reasons = Reasons::new(&rest, &grants.shares)?;
        let amounts = &grants.shares.amounts;
        let levels = window.areas.iter().zip(amounts);
        let levels: Vec<_> = levels.map(|(area, amount)| sentence::levels(area, *amount)).collect();
        let sentences = (0..window.areas.len())
            .filter_map(|at| sentence::Sentence::of(window, grants, &reasons, &levels, at))
            .collect();
        Ok(Self {
            sentences,
            levels,
            measures: measure(window, amounts).map_err(refused)?,
            given: amounts.iter().copied().map(i128::from).sum(),
            there: window.pools.iter().map(|pool| i128::from(pool.ready())).sum(),
        })
    }

    fn lines(&self, window: &Window) -> Vec<String> {
        let mut lines: Vec<String> =
            self.sentences.iter().map(|sentence| sentence.said.clone()).collect();
        let (given, there) = (self.given, self.there);
        let areas = window.areas.len();
        lines.push(String::new());
        lines.push(format!("{given} of {there} are shared out between {areas} areas."));
        let lowest = self.measures.lowest_before.zip(self.measures.lowest_after);
        if let Some((before, after)) = lowest {
            lines.push(format!(
                "The area that stood lowest stood at {}; now none stands below {}.",
                sentence::percent(before),
                sentence::percent(after)
            ));
        }
        lines.push(
            "Whoever doubts it: `baraza allocate FILE --json` prints the proof, and `--check` \
             checks it without reckoning anew."
                .to_owned(),
        );
        lines
    }

    fn json(&self, window: &Window, grants: &Grants) -> Value {
        let shares = &grants.shares;
        let proof = &shares.certificate;
        let by_area = |value: &dyn Fn(usize) -> Value| {
            let areas = window.areas.iter().enumerate();
            areas.map(|(at, area)| (area.id.clone(), value(at))).collect::<Map<String, Value>>()
        };
        let level = |level: Option<&Level>| json!(level.map(ToString::to_string));
        let levels = by_area(&|at| match self.levels.get(at).copied().flatten() {
            Some((before, after)) => {
                json!({ "before": before.to_string(), "after": after.to_string() })
            }
            None => Value::Null,
        });
        let pools = window.pools.iter().zip(&proof.pools);
        let pools: Map<String, Value> =
            pools.map(|(pool, at)| (pool.id.clone(), level(Some(at)))).collect();
        let partners = window.partners.iter().zip(&proof.partners);
        let partners: Map<String, Value> = partners
            .map(|(by, (before, behind))| {
                (by.id.clone(), json!([level(Some(before)), level(Some(behind))]))
            })
            .collect();
        json!({
            "total": self.given,
            "allocations": by_area(&|at| json!(shares.amounts.get(at))),
            "levels": levels,
            "flows": file::flows(window, shares),
            "certificate": {
                "pools": pools,
                "areas": by_area(&|at| level(proof.areas.get(at))),
                "partners": partners,
            },
            "deferred": grants.deferred.iter().map(|deferred| json!({
                "area": window.areas.get(deferred.area).map(|area| &area.id),
                "amount": deferred.amount,
                "deferrals": deferred.deferrals,
            })).collect::<Vec<_>>(),
            "reasons": self.sentences.iter().map(|sentence| {
                (sentence.id.clone(), json!({ "why": sentence.why, "said": sentence.said }))
            }).collect::<Map<String, Value>>(),
            "measures": {
                "gini_before": self.measures.gini_before.to_string(),
                "gini_after": self.measures.gini_after.to_string(),
                "lowest_before": self.measures.lowest_before.map(|level| level.to_string()),
                "lowest_after": self.measures.lowest_after.map(|level| level.to_string()),
                "to_high_risk": self.measures.to_high_risk.map(|part| part.to_string()),
            },
        })
    }
}

#[cfg(test)]
mod tests;
