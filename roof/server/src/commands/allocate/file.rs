//! The question of `allocate`: what there is, who may receive it, who may give to whom.
//!
//! Never trusts the file, and never passes over a field that it does not know: a misspelled
//! `grant_min` would cost an area its money, and a field of tomorrow might change the answer. What
//! only describes is known by name.

use std::path::Path;

use anyhow::{Context, bail, ensure};
use fair::sharing::{
    Arc, Area, CLASS_IN_NEED, CLASS_WORST, Giver, Partner, Pool, Shares, Taker, Weight, Window,
};
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::{Value, json};

use super::sentence::listed;
use super::spelling::understood;

/// A file of more bytes is not read: a gigabyte holds some ten million arcs.
const FILE_BYTES_MAX: u64 = 1 << 30;
/// A risk that nobody knows is at least this, in tenths: the one at which a need counts as it is.
const NEUTRAL_TENTHS: u32 = 50;
/// So many areas are named before it says that there are others.
const NAMES_MAX: usize = 3;

/// Reads a file.
pub(super) fn read(path: &Path) -> anyhow::Result<Vec<u8>> {
    let bytes = std::fs::metadata(path).map(|about| about.len());
    let bytes = bytes.with_context(|| format!("{} cannot be read", path.display()))?;
    if bytes > FILE_BYTES_MAX {
        bail!("{} has {bytes} bytes, more than {FILE_BYTES_MAX}: split it", path.display());
    }
    std::fs::read(path).with_context(|| format!("{} cannot be read", path.display()))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Question {
    areas: Vec<AreaLine>,
    pools: Vec<PoolLine>,
    /// Pool, area, and where there is one the ceiling.
    eligible: Vec<Vec<i64>>,
    #[serde(default)]
    partners: Vec<PartnerLine>,
    #[serde(default, rename = "name")]
    _name: IgnoredAny,
    #[serde(default, rename = "note")]
    _note: IgnoredAny,
    /// From which numbers an example was drawn, and what somebody else found: both are told, and
    /// neither is looked at.
    #[serde(default, rename = "seed")]
    _seed: IgnoredAny,
    #[serde(default, rename = "expected")]
    _expected: IgnoredAny,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AreaLine {
    id: String,
    need: i64,
    /// Without it nothing is counted, and that is said.
    covered: Option<i64>,
    cap: i64,
    /// Risk in tenths, 1 to 100. Without it the area is reckoned like the worst known, and that is
    /// said.
    risk10: Option<u32>,
    /// Without one, R / 5.
    weight: Option<(u32, u32)>,
    #[serde(default)]
    deferrals: u32,
    #[serde(default)]
    grant_min: i64,
    /// In which class of severity most people are, 3 to 5; the need is counted by it already.
    severity: Option<u8>,
    /// What one person costs. Where every area says it, people are counted.
    cost: Option<i64>,
    #[serde(default, rename = "name")]
    _name: IgnoredAny,
    #[serde(default, rename = "note")]
    _note: IgnoredAny,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PoolLine {
    id: String,
    supply: i64,
    #[serde(default)]
    held_back: i64,
    #[serde(default, rename = "name")]
    _name: IgnoredAny,
    #[serde(default, rename = "note")]
    _note: IgnoredAny,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PartnerLine {
    id: String,
    capacity: i64,
    pools: Vec<u32>,
    areas: Vec<u32>,
    #[serde(default, rename = "name")]
    _name: IgnoredAny,
    #[serde(default, rename = "note")]
    _note: IgnoredAny,
}

/// What is asked.
pub(super) struct Asked {
    pub(super) window: Window,
    /// By area, what one person costs; none where not every area says it.
    pub(super) costs: Option<Vec<i64>>,
    /// By area, in which class of severity most of its people are; none where that is not said.
    pub(super) classes: Vec<Option<u8>>,
    /// By area, whether it is not said what others gave it.
    pub(super) uncovered: Vec<bool>,
    /// By area, whether its risk is not said.
    pub(super) riskless: Vec<bool>,
}

impl Asked {
    /// What is to be known of areas of which something is not said, a sentence each.
    pub(super) fn unknown(&self) -> Vec<String> {
        let cover = self.names(&self.uncovered).map(|names| {
            format!("Of {names} it is not said what others already gave. It is counted as nothing.")
        });
        let risk = self.names(&self.riskless).map(|names| {
            format!(
                "Of {names} the risk is not said. It is counted like the highest that is said, at \
                 least 5."
            )
        });
        cover.into_iter().chain(risk).collect()
    }

    /// The first few of the areas marked; none where none is.
    fn names(&self, marked: &[bool]) -> Option<String> {
        let areas = self.window.areas.iter().zip(marked).filter(|(_, marked)| **marked);
        let mut names: Vec<String> = areas.clone().map(|(area, _)| area.id.clone()).collect();
        if names.len() > NAMES_MAX {
            names.truncate(NAMES_MAX);
            names.push("others".to_owned());
        }
        (!names.is_empty()).then(|| listed(&names))
    }
}

/// What is to be shared out.
pub(super) fn asked(bytes: &[u8]) -> anyhow::Result<Asked> {
    let question: Question = understood(bytes)?;
    let mut window = Window::default();
    let of = |line: &AreaLine| (line.covered.is_none(), line.risk10.is_none());
    let (uncovered, riskless) = question.areas.iter().map(of).unzip();
    let classes = question.areas.iter().map(|line| line.severity).collect();
    let costs = question.areas.iter().map(|line| line.cost).collect();
    let highest = question.areas.iter().filter_map(|line| line.risk10).max().unwrap_or(0);
    for line in question.areas {
        let risk10 = line.risk10.unwrap_or(highest.max(NEUTRAL_TENTHS));
        ensure!(
            (1..=100).contains(&risk10),
            "{}: risk10 is {risk10}; give 1 to 100, or leave it out where nobody knows it: then it \
             counts like the highest that is said, never as low",
            line.id
        );
        let class = line.severity.unwrap_or(CLASS_IN_NEED);
        ensure!(
            (CLASS_IN_NEED..=CLASS_WORST).contains(&class),
            "{}: severity is {class}; give {CLASS_IN_NEED} to {CLASS_WORST}, or leave it out",
            line.id
        );
        let cost = line.cost.unwrap_or(1);
        ensure!(cost > 0, "{}: cost is {cost}; give what one person costs, at least 1", line.id);
        let risk_milli = risk10 * 100;
        let weight = line.weight.map(|(num, den)| Weight { num, den });
        window.areas.push(Area {
            id: line.id,
            need: line.need,
            covered: line.covered.unwrap_or_default(),
            cap: line.cap,
            weight: weight.unwrap_or(Weight::of_risk(risk_milli)),
            risk_milli,
            deferrals: line.deferrals,
            grant_min: line.grant_min,
        });
    }
    let pools = question.pools.into_iter();
    window.pools = pools
        .map(|line| Pool { id: line.id, supply: line.supply, held_back: line.held_back })
        .collect();
    for (at, line) in question.eligible.iter().enumerate() {
        let (pool, area, ceiling) = match line.as_slice() {
            [pool, area] => (*pool, *area, None),
            [pool, area, ceiling] => (*pool, *area, Some(*ceiling)),
            _ => bail!("eligible {at}: give a pool, an area and at most a ceiling"),
        };
        let place = |number: i64| {
            u32::try_from(number).with_context(|| format!("eligible {at}: {number} is no place"))
        };
        window.arcs.push(Arc { ceiling, ..Arc::open(place(pool)?, place(area)?) });
    }
    for (by, line) in (0u32..).zip(question.partners) {
        window.partners.push(Partner { id: line.id, capacity: line.capacity });
        let into = |pool| (Giver::Pool(pool), Taker::Partner(by));
        let out = |area| (Giver::Partner(by), Taker::Area(area));
        let ends = line.pools.into_iter().map(into).chain(line.areas.into_iter().map(out));
        window.arcs.extend(ends.map(|(from, to)| Arc { from, to, ceiling: None }));
    }
    Ok(Asked { window, costs, classes, uncovered, riskless })
}

/// The ends of an arc, by name.
pub(super) fn ends(window: &Window, arc: &Arc) -> (String, String) {
    let partner = |by: u32| window.partners.get(by as usize).map(|by| by.id.clone());
    let from = match arc.from {
        Giver::Pool(pool) => window.pools.get(pool as usize).map(|pool| pool.id.clone()),
        Giver::Partner(by) => partner(by),
    };
    let to = match arc.to {
        Taker::Area(area) => window.areas.get(area as usize).map(|area| area.id.clone()),
        Taker::Partner(by) => partner(by),
    };
    (from.unwrap_or_default(), to.unwrap_or_default())
}

/// An arc as people call it.
pub(super) fn arc_name(window: &Window, arc: usize) -> String {
    let Some(arc) = window.arcs.get(arc) else { return format!("arc {arc}") };
    let (from, to) = ends(window, arc);
    format!("{from} to {to}")
}

/// What flows over each arc, in whole units and exactly.
pub(super) fn flows(window: &Window, shares: &Shares) -> Vec<Value> {
    let flows = window.arcs.iter().zip(shares.flows.iter().zip(&shares.certificate.flows));
    flows
        .map(|(arc, (amount, exact))| {
            let (from, to) = ends(window, arc);
            json!({ "from": from, "to": to, "amount": amount, "exact": exact.to_string() })
        })
        .collect()
}
