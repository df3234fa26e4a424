//! `allocate`: shares out what is scarce by the fair rule, or checks a result that somebody else
//! reckoned. Both need no node, only files.
//!
//! Never decides anything: what it prints is for those who decide, and for whoever doubts them.

mod beside;
mod compare;
mod file;
mod findings;
mod purse;
mod result;
mod sentence;
mod spelling;
mod told;

use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use clap::Args;
use fair::sharing::{DRAWS_MAX, Fault, ShareError, Window, check_grants, share_grants};
use serde_json::{Value, json};

use self::beside::{DRAWS, Drawing, SEED};
use self::file::Asked;
use self::findings::Findings;
use self::told::{Told, Untold};
use crate::cli::{FOUND, Refused};

/// What is told of draws that are too many to be made again.
const TOO_MANY_DRAWS: &str = "robustness (too many draws to be made again)";

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
    /// How often needs and risks are drawn anew, to see how firm the result is; 0 for not at all
    #[arg(long, default_value_t = DRAWS, conflicts_with = "check",
        value_parser = clap::value_parser!(u32).range(..=i64::from(DRAWS_MAX)))]
    draws: u32,
    /// From which seed: the same draws the same, on every machine
    #[arg(long, default_value_t = SEED, conflicts_with = "check")]
    seed: u64,
}

impl Allocate {
    /// Shares out or checks, and prints.
    ///
    /// # Errors
    /// When a file cannot be read or understood; when what it asks for is refused.
    pub fn run(&self) -> anyhow::Result<u8> {
        let asked = file::asked(&file::read(&self.file)?)
            .with_context(|| format!("{} is not understood", self.file.display()))?;
        // Beside the result and not in it, so that JSON stays JSON.
        asked.unknown().iter().for_each(|said| eprintln!("{said}"));
        match &self.result {
            Some(result) if self.check => self.check(&asked, result),
            _ => self.share(&asked),
        }
    }

    fn share(&self, asked: &Asked) -> anyhow::Result<u8> {
        let window = &asked.window;
        let grants = share_grants(window).map_err(refused)?;
        // Checking costs little beside the sharing-out, and people act on what is printed.
        if let Err(fault) = check_grants(window, &grants) {
            bail!(
                "the result does not pass its own check, which is a fault of this program; tell \
                 its makers and use no part of it: {}",
                named(window, &fault)
            );
        }
        let drawing = Drawing { draws: self.draws, seed: self.seed };
        if !drawing.fits(window) {
            eprintln!(
                "So many ways drawn anew {} times would take too long, so it is not told how firm \
                 the result is; ask for fewer with --draws.",
                self.draws
            );
        }
        let told = Told::of(asked, &grants, Some(drawing)).map_err(untold)?;
        if self.json {
            println!("{}", told.json(asked, &grants));
        } else {
            for line in told.lines(window, &grants) {
                println!("{line}");
            }
        }
        Ok(0)
    }

    fn check(&self, asked: &Asked, result: &Path) -> anyhow::Result<u8> {
        let window = &asked.window;
        let checked = checked(asked, result, &file::read(result)?)?;
        if self.json {
            println!("{}", checked.json());
        } else {
            checked.lines(window).iter().for_each(|line| println!("{line}"));
        }
        checked.findings.lines().iter().for_each(|line| eprintln!("{line}"));
        Ok(if checked.findings.is_empty() { 0 } else { FOUND })
    }
}

/// What checking came to.
struct Checked {
    findings: Findings,
    /// How many areas were put off.
    deferred: usize,
    /// The parts that the result does not have.
    absent: Vec<&'static str>,
}

/// Checks a result: names, then shares and proof, then whatever it says beside them.
fn checked(asked: &Asked, result: &Path, bytes: &[u8]) -> anyhow::Result<Checked> {
    let window = &asked.window;
    window.verify().map_err(refused)?;
    let not_understood = || format!("{} is not understood", result.display());
    let handed = result::read(bytes).with_context(not_understood)?;
    let mut findings = Findings::default();
    let grants = handed.grants(window, &mut findings).with_context(not_understood)?;
    let (drawing, mut absent) = (handed.drawing(), handed.absent());
    if drawing.is_some_and(|drawing| !drawing.fits(window)) {
        absent.push(TOO_MANY_DRAWS);
    }
    let deferred = grants.as_ref().map_or(0, |grants| grants.deferred.len());
    if let Some(grants) = grants {
        match check_grants(window, &grants) {
            Ok(()) => {
                let told = Told::of(asked, &grants, drawing).map_err(untold)?;
                compare::compare(asked, &told, &handed, &mut findings);
            }
            Err(Fault::Window(error)) => return Err(refused(error).into()),
            // Of the result this says nothing.
            Err(fault @ Fault::Anew { .. }) => return Err(fault.into()),
            Err(fault) => findings.add(named(window, &fault)),
        }
    }
    Ok(Checked { findings, deferred, absent })
}

impl Checked {
    fn json(&self) -> Value {
        let found: Vec<Value> =
            self.findings.lines().into_iter().map(|what| json!({ "what": what })).collect();
        let order = (self.deferred > 0).then_some("sharing_out_anew");
        json!({
            "findings": self.findings.len(),
            "found": found,
            "order_proved_by": order.filter(|_| self.findings.is_empty()),
            "absent": self.absent,
        })
    }

    /// What was checked and how, if nothing was found.
    fn lines(&self, window: &Window) -> Vec<String> {
        if !self.findings.is_empty() {
            return Vec::new();
        }
        let mut lines = vec![format!(
            "{} areas, {} pools, {} arcs: every amount, every flow and the certificate were \
             checked, without any solver; and all else that the result says was reckoned again \
             from them.",
            window.areas.len(),
            window.pools.len(),
            window.arcs.len()
        )];
        lines.push(match self.deferred {
            0 => "Nobody was put off for a grant too small, so there is no order to prove."
                .to_owned(),
            count => format!(
                "Areas put off for a grant too small: {count}. That it was these, in this order, \
                 was proved by sharing out anew, each round held against its own certificate."
            ),
        });
        if !self.absent.is_empty() {
            lines.push(format!("Not in the result, so not checked: {}.", self.absent.join(", ")));
        }
        lines.push("Nothing is wrong.".to_owned());
        lines
    }
}

fn untold(why: Untold) -> anyhow::Error {
    match why {
        Untold::Window(error) => refused(error).into(),
        Untold::Shares(fault) => fault.into(),
    }
}

fn refused(error: ShareError) -> Refused {
    Refused(error.to_string())
}

/// A fault with the name of what it is about.
fn named(window: &Window, fault: &Fault) -> String {
    let area = |at: usize| window.areas.get(at).map(|area| &area.id);
    if let &Fault::Order { area: at, first } = fault
        && let Some((put_off, first)) = area(at).zip(area(first))
    {
        return format!("{put_off}: it is put off when by the declared order {first} was next");
    }
    let pool = |at: usize| window.pools.get(at).map(|pool| &pool.id);
    let name = match *fault {
        Fault::Overfilled { area: at }
        | Fault::Level { area: at }
        | Fault::Rounding { area: at }
        | Fault::Sum { area: at }
        | Fault::Deferred { area: at }
        | Fault::Share { area: at, .. }
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

#[cfg(test)]
mod tests;
