//! The two files of `allocate`: the question, and the result with its certificate.
//!
//! Never trusts them: bytes have a limit, and whatever is not understood is named.

use std::collections::HashMap;
use std::path::Path;

use anyhow::{Context, bail, ensure};
use fair::sharing::{
    Arc, Area, Certificate, Deferred, Fraction, Giver, Grants, Level, Partner, Pool, Shares, Taker,
    Weight, Window,
};
use serde::Deserialize;
use serde_json::{Value, json};

/// A file of more bytes is not read: a gigabyte holds some ten million arcs.
const FILE_BYTES_MAX: u64 = 1 << 30;

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
struct Question {
    areas: Vec<AreaLine>,
    pools: Vec<PoolLine>,
    /// Pool, area, and where there is one the ceiling.
    eligible: Vec<Vec<i64>>,
    #[serde(default)]
    partners: Vec<PartnerLine>,
}

#[derive(Deserialize)]
struct AreaLine {
    id: String,
    need: i64,
    #[serde(default)]
    covered: i64,
    cap: i64,
    /// Risk in tenths, 0 to 100.
    risk10: u32,
    /// Without one, R / 5.
    weight: Option<(u32, u32)>,
    #[serde(default)]
    deferrals: u32,
    #[serde(default)]
    grant_min: i64,
}

#[derive(Deserialize)]
struct PoolLine {
    id: String,
    supply: i64,
    #[serde(default)]
    held_back: i64,
}

#[derive(Deserialize)]
struct PartnerLine {
    id: String,
    capacity: i64,
    pools: Vec<u32>,
    areas: Vec<u32>,
}

/// What is to be shared out. Fields that are not known are passed over.
pub(super) fn window(bytes: &[u8]) -> anyhow::Result<Window> {
    let question: Question = serde_json::from_slice(bytes)?;
    let mut window = Window::default();
    for line in question.areas {
        ensure!(line.risk10 <= 100, "{}: risk10 is {}; give 0 to 100", line.id, line.risk10);
        let risk_milli = line.risk10 * 100;
        let weight = line.weight.map(|(num, den)| Weight { num, den });
        window.areas.push(Area {
            id: line.id,
            need: line.need,
            covered: line.covered,
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
    Ok(window)
}

/// The ends of an arc, by name.
fn ends(window: &Window, arc: &Arc) -> (String, String) {
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

#[derive(Deserialize)]
struct Result {
    allocations: HashMap<String, i64>,
    flows: Vec<FlowLine>,
    certificate: CertificateLines,
    #[serde(default)]
    deferred: Vec<DeferredLine>,
}

#[derive(Deserialize)]
struct FlowLine {
    from: String,
    to: String,
    amount: i64,
    exact: String,
}

#[derive(Deserialize)]
struct CertificateLines {
    pools: HashMap<String, String>,
    areas: HashMap<String, String>,
    #[serde(default)]
    partners: HashMap<String, (String, String)>,
}

#[derive(Deserialize)]
struct DeferredLine {
    area: String,
    amount: i64,
    deferrals: u32,
}

/// A result of this window. Flows stand in the order of the window's arcs: of `eligible`, then of
/// each partner's pools and areas.
pub(super) fn grants(window: &Window, bytes: &[u8]) -> anyhow::Result<Grants> {
    let result: Result = serde_json::from_slice(bytes)?;
    let proof = &result.certificate;
    let (known, given) = (window.areas.len(), result.allocations.len());
    ensure!(known == given, "{given} allocations for {known} areas");
    let mut amounts = Vec::with_capacity(window.areas.len());
    let mut areas = Vec::with_capacity(window.areas.len());
    for area in &window.areas {
        amounts.push(*of(&result.allocations, &area.id, "no allocation")?);
        areas.push(level(of(&proof.areas, &area.id, "no level")?)?);
    }
    let pools = window.pools.iter().map(|pool| level(of(&proof.pools, &pool.id, "no level")?));
    let pools = pools.collect::<anyhow::Result<_>>()?;
    let partners = window.partners.iter().map(|by| {
        let (before, behind) = of(&proof.partners, &by.id, "no levels")?;
        Ok((level(before)?, level(behind)?))
    });
    let partners = partners.collect::<anyhow::Result<_>>()?;
    let (known, given) = (window.arcs.len(), result.flows.len());
    ensure!(known == given, "{given} flows for {known} arcs");
    let (mut flows, mut exact) = (Vec::with_capacity(known), Vec::with_capacity(known));
    for (at, (arc, line)) in window.arcs.iter().zip(&result.flows).enumerate() {
        let (from, to) = ends(window, arc);
        ensure!(
            from == line.from && to == line.to,
            "flow {at} goes from {} to {}, and the arc of that place from {from} to {to}",
            line.from,
            line.to
        );
        flows.push(line.amount);
        exact.push(fraction(&line.exact)?);
    }
    let places: HashMap<&str, usize> =
        window.areas.iter().enumerate().map(|(at, area)| (area.id.as_str(), at)).collect();
    let deferred = result.deferred.iter().map(|line| {
        let area = places.get(line.area.as_str()).copied();
        let area = area.with_context(|| format!("there is no area {}", line.area))?;
        Ok(Deferred { area, amount: line.amount, deferrals: line.deferrals })
    });
    let deferred = deferred.collect::<anyhow::Result<_>>()?;
    let certificate = Certificate { pools, areas, partners, flows: exact };
    Ok(Grants { shares: Shares { amounts, flows, certificate }, deferred })
}

fn of<'a, T>(map: &'a HashMap<String, T>, id: &str, lacking: &str) -> anyhow::Result<&'a T> {
    map.get(id).with_context(|| format!("{id} has {lacking}"))
}

fn level(text: &str) -> anyhow::Result<Level> {
    if text == Level::Unbounded.to_string() {
        Ok(Level::Unbounded)
    } else {
        fraction(text).map(Level::At)
    }
}

fn fraction(text: &str) -> anyhow::Result<Fraction> {
    let (num, den) = text.split_once('/').unwrap_or((text, "1"));
    let parts = num.parse().ok().zip(den.parse().ok());
    let made = parts.and_then(|(num, den)| Fraction::new(num, den));
    made.with_context(|| format!("{text:?} is no fraction such as 3/7"))
}
