//! A result of `allocate`, as somebody hands it in to be checked.
//!
//! Never trusts it: a name too many, too few or twice is found and told, and so is a flow that goes
//! where no arc leads.

use std::collections::{HashMap, HashSet};
use std::fmt;
use std::marker::PhantomData;

use anyhow::Context;
use fair::sharing::{Certificate, Deferred, Fraction, Grants, Level, Shares, Window};
use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::Value;

use super::beside::Drawing;
use super::file::ends;
use super::findings::Findings;
use super::spelling::understood;

/// The file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Handed {
    allocations: Named<i64>,
    flows: Vec<FlowLine>,
    certificate: CertificateLines,
    #[serde(default)]
    deferred: Vec<DeferredLine>,
    pub(super) total: Option<i64>,
    pub(super) levels: Option<Named<Option<LevelsLine>>>,
    pub(super) reasons: Option<Named<ReasonLine>>,
    pub(super) left: Option<Named<LeftLine>>,
    pub(super) measures: Option<MeasuresLine>,
    robustness: Option<Value>,
    marginal: Option<Value>,
    price: Option<Value>,
    rounding: Option<Value>,
    unknown: Option<Value>,
    #[serde(default, rename = "name")]
    _name: IgnoredAny,
    #[serde(default, rename = "note")]
    _note: IgnoredAny,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FlowLine {
    from: String,
    to: String,
    amount: i64,
    exact: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CertificateLines {
    pools: Named<String>,
    areas: Named<String>,
    #[serde(default)]
    partners: Named<(String, String)>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DeferredLine {
    area: String,
    amount: i64,
    deferrals: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LevelsLine {
    pub(super) before: String,
    pub(super) after: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ReasonLine {
    pub(super) why: String,
    pub(super) said: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LeftLine {
    pub(super) amount: i64,
    pub(super) held_back: i64,
    pub(super) why: Vec<String>,
    pub(super) said: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MeasuresLine {
    pub(super) gini_before: Option<String>,
    pub(super) gini_after: Option<String>,
    pub(super) lowest_before: Option<String>,
    pub(super) lowest_after: Option<String>,
    pub(super) to_high_risk: Option<String>,
}

/// Values by name, and the names that stand twice: readers disagree on which of two counts.
pub(super) struct Named<T> {
    pub(super) by: HashMap<String, T>,
    twice: Vec<String>,
}

impl<T> Default for Named<T> {
    fn default() -> Self {
        Self { by: HashMap::new(), twice: Vec::new() }
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Named<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Names<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for Names<T> {
            type Value = Named<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("names with what belongs to each")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Named<T>, A::Error> {
                let mut named = Named::default();
                while let Some((name, value)) = map.next_entry::<String, T>()? {
                    if named.by.insert(name.clone(), value).is_some() {
                        named.twice.push(name);
                    }
                }
                Ok(named)
            }
        }
        deserializer.deserialize_map(Names(PhantomData))
    }
}

impl<T> Named<T> {
    /// Finds names that are lacking, unknown or there twice. `kind` is what they should name.
    pub(super) fn compare<'a>(
        &self,
        part: &str,
        kind: &str,
        ids: impl Iterator<Item = &'a str>,
        findings: &mut Findings,
    ) {
        let mut known = HashSet::new();
        for id in ids {
            known.insert(id);
            if !self.by.contains_key(id) {
                findings.add(format!("{part}: {id} is lacking"));
            }
        }
        let names = self.by.keys().map(String::as_str);
        let mut strange: Vec<&str> = names.filter(|name| !known.contains(name)).collect();
        strange.sort_unstable();
        for name in strange {
            findings.add(format!("{part}: {name} is no {kind} of the question"));
        }
        for name in &self.twice {
            findings.add(format!("{part}: {name} is there twice"));
        }
    }
}

/// Reads the file.
///
/// # Errors
/// When it is not such a file at all.
pub(super) fn read(bytes: &[u8]) -> anyhow::Result<Handed> {
    understood(bytes)
}

impl Handed {
    /// The parts that stand beside the shares and are reckoned again as they are.
    pub(super) fn beside(&self) -> impl Iterator<Item = (&'static str, &Value)> {
        let parts = [
            ("robustness", &self.robustness),
            ("marginal", &self.marginal),
            ("price", &self.price),
            ("rounding", &self.rounding),
            ("unknown", &self.unknown),
        ];
        parts.into_iter().filter_map(|(name, part)| Some((name, part.as_ref()?)))
    }

    /// How often the result says that it was drawn anew, and from which seed.
    pub(super) fn drawing(&self) -> Option<Drawing> {
        let number = |name: &str| self.robustness.as_ref()?.get(name)?.as_u64();
        Some(Drawing { draws: number("draws")?.try_into().ok()?, seed: number("seed")? })
    }

    /// The parts that need not be there and are not.
    pub(super) fn absent(&self) -> Vec<&'static str> {
        let parts = [
            ("total", self.total.is_some()),
            ("levels", self.levels.is_some()),
            ("reasons", self.reasons.is_some()),
            ("left", self.left.is_some()),
            ("measures", self.measures.is_some()),
            ("robustness", self.robustness.is_some()),
            ("marginal", self.marginal.is_some()),
            ("price", self.price.is_some()),
            ("rounding", self.rounding.is_some()),
            ("unknown", self.unknown.is_some()),
        ];
        parts.into_iter().filter(|(_, is_there)| !is_there).map(|(name, _)| name).collect()
    }

    /// What the result says everybody gets. None where names do not fit the question, which is
    /// found and told. Flows stand in the order of the window's arcs: of `eligible`, then of each
    /// partner's pools and areas.
    ///
    /// # Errors
    /// When something that should be a fraction is none.
    pub(super) fn grants(
        &self,
        window: &Window,
        findings: &mut Findings,
    ) -> anyhow::Result<Option<Grants>> {
        self.compare_names(window, findings);
        self.compare_flows(window, findings);
        let deferred = self.deferred(window, findings);
        if !findings.is_empty() {
            return Ok(None);
        }
        let proof = &self.certificate;
        let areas = window.areas.iter();
        let amounts = areas.clone().filter_map(|area| self.allocations.by.get(&area.id).copied());
        let amounts = amounts.collect();
        let areas = areas.filter_map(|area| Some((&area.id, proof.areas.by.get(&area.id)?)));
        let areas = areas.map(|(id, text)| level(id, text)).collect::<anyhow::Result<_>>()?;
        let pools = window.pools.iter();
        let pools = pools.filter_map(|pool| Some((&pool.id, proof.pools.by.get(&pool.id)?)));
        let pools = pools.map(|(id, text)| level(id, text)).collect::<anyhow::Result<_>>()?;
        let by = window.partners.iter();
        let partners = by.filter_map(|by| Some((&by.id, proof.partners.by.get(&by.id)?)));
        let partners = partners
            .map(|(id, (before, behind))| Ok((level(id, before)?, level(id, behind)?)))
            .collect::<anyhow::Result<_>>()?;
        let exact = self.flows.iter().enumerate();
        let exact = exact
            .map(|(at, line)| fraction(&line.exact).with_context(|| format!("flow {at}")))
            .collect::<anyhow::Result<_>>()?;
        let certificate = Certificate { pools, areas, partners, flows: exact };
        let flows = self.flows.iter().map(|line| line.amount).collect();
        Ok(Some(Grants { shares: Shares { amounts, flows, certificate }, deferred }))
    }

    fn compare_names(&self, window: &Window, findings: &mut Findings) {
        let areas = || window.areas.iter().map(|area| area.id.as_str());
        let pools = window.pools.iter().map(|pool| pool.id.as_str());
        let partners = window.partners.iter().map(|by| by.id.as_str());
        self.allocations.compare("allocations", "area", areas(), findings);
        let proof = &self.certificate;
        proof.areas.compare("certificate, areas", "area", areas(), findings);
        proof.pools.compare("certificate, pools", "pool", pools, findings);
        proof.partners.compare("certificate, partners", "partner", partners, findings);
    }

    fn compare_flows(&self, window: &Window, findings: &mut Findings) {
        let (known, given) = (window.arcs.len(), self.flows.len());
        if known != given {
            findings.add(format!("flows: there are {given} for the {known} arcs of the question"));
        }
        let pools = window.pools.iter().map(|pool| pool.id.as_str());
        let areas = window.areas.iter().map(|area| area.id.as_str());
        let partners = window.partners.iter().map(|by| by.id.as_str());
        let givers: HashSet<&str> = pools.chain(partners.clone()).collect();
        let takers: HashSet<&str> = areas.chain(partners).collect();
        for (at, line) in self.flows.iter().enumerate() {
            let FlowLine { from, to, .. } = line;
            let (giver, taker) = (givers.contains(from.as_str()), takers.contains(to.as_str()));
            if !giver {
                findings.add(format!("flow {at}: {from} is no pool or partner of the question"));
            }
            if !taker {
                findings.add(format!("flow {at}: {to} is no area or partner of the question"));
            }
            let Some(arc) = window.arcs.get(at).filter(|_| giver && taker) else { continue };
            let arc = ends(window, arc);
            if (&arc.0, &arc.1) != (from, to) {
                findings.add(format!(
                    "flow {at} goes from {from} to {to}, and the arc of that place from {} to {}",
                    arc.0, arc.1
                ));
            }
        }
    }

    fn deferred(&self, window: &Window, findings: &mut Findings) -> Vec<Deferred> {
        let areas = window.areas.iter().enumerate();
        let places: HashMap<&str, usize> = areas.map(|(at, area)| (area.id.as_str(), at)).collect();
        let mut deferred = Vec::with_capacity(self.deferred.len());
        for line in &self.deferred {
            match places.get(line.area.as_str()) {
                Some(&area) => {
                    let DeferredLine { amount, deferrals, .. } = *line;
                    deferred.push(Deferred { area, amount, deferrals });
                }
                None => {
                    findings.add(format!("deferred: {} is no area of the question", line.area));
                }
            }
        }
        deferred
    }
}

fn level(of: &str, text: &str) -> anyhow::Result<Level> {
    if text == Level::Unbounded.to_string() {
        Ok(Level::Unbounded)
    } else {
        fraction(text).map(Level::At).with_context(|| format!("the level of {of}"))
    }
}

/// A fraction as it is printed.
pub(super) fn fraction(text: &str) -> anyhow::Result<Fraction> {
    let (num, den) = text.split_once('/').unwrap_or((text, "1"));
    let parts = num.parse().ok().zip(den.parse().ok());
    let made = parts.and_then(|(num, den)| Fraction::new(num, den));
    made.with_context(|| format!("{text:?} is no fraction such as 3/7"))
}
