//! All that is said about a result, as lines to read and as JSON.
//!
//! Never says more than the certificate proves: all of it is read off the shares, so that whoever
//! checks the shares can say it again.

use fair::sharing::{Fraction, Grants, Level, Measures, Reasons, ShareError, Window, measure};
use serde_json::{Map, Value, json};

use super::beside::{Beside, Drawing};
use super::file::{self, Asked};
use super::purse::Purse;
use super::sentence::{self, Sentence, Words};

/// All that is said about a result.
pub(super) struct Told {
    pub(super) sentences: Vec<Sentence>,
    pub(super) purses: Vec<Purse>,
    /// By area, before and after.
    pub(super) levels: Vec<Option<(Fraction, Fraction)>>,
    measures: Measures,
    pub(super) given: i128,
    there: i128,
    held_back: i128,
    pub(super) beside: Beside,
    /// Whether of some area it is not said what others gave it.
    uncovered: bool,
}

/// Why nothing can be said of a result.
#[derive(Debug, thiserror::Error)]
pub(super) enum Untold {
    /// The window cannot be measured.
    #[error(transparent)]
    Window(#[from] ShareError),
    /// The shares are not those of the window.
    #[error(transparent)]
    Shares(#[from] fair::sharing::Fault),
}

impl Told {
    pub(super) fn of(
        asked: &Asked,
        grants: &Grants,
        drawing: Option<Drawing>,
    ) -> Result<Self, Untold> {
        let window = &asked.window;
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
        let words = Words::new(asked, grants, &reasons);
        let sentences = (0..window.areas.len())
            .filter_map(|at| Sentence::of(&words, levels.get(at).copied().flatten(), at))
            .collect();
        // Where it is not known what others gave, nobody knows where an area stands.
        let known = levels.into_iter().zip(&asked.uncovered);
        let levels = known.map(|(level, uncovered)| level.filter(|_| !uncovered)).collect();
        let left = reasons.what_is_left();
        let pools = window.pools.iter().zip(&grants.shares.certificate.pools).zip(left);
        let somebody_waits = !grants.deferred.is_empty();
        let purses = pools
            .map(|((pool, line), left)| Purse::of(window, pool, *line, &left, somebody_waits))
            .collect();
        let sum = |all: &mut dyn Iterator<Item = i64>| all.map(i128::from).sum::<i128>();
        Ok(Self {
            sentences,
            purses,
            levels,
            measures: measure(window, amounts)?,
            given: sum(&mut amounts.iter().copied()),
            there: sum(&mut window.pools.iter().map(|pool| pool.ready())),
            held_back: sum(&mut window.pools.iter().map(|pool| pool.held_back)),
            beside: Beside::of(asked, grants, &reasons, drawing)?,
            uncovered: asked.uncovered.contains(&true),
        })
    }

    pub(super) fn lines(&self, window: &Window, grants: &Grants) -> Vec<String> {
        let sentences = self.sentences.iter().map(|sentence| sentence.said.clone());
        let mut lines: Vec<String> = sentences.collect();
        lines.push(String::new());
        lines.extend(self.purses.iter().map(|purse| purse.said.clone()));
        lines.push(String::new());
        let (given, there, areas) = (self.given, self.there, window.areas.len());
        let getting = grants.shares.amounts.iter().filter(|amount| **amount > 0).count();
        lines.push(format!(
            "Of {there} that may be given, {given} are shared out; {getting} of {areas} areas get \
             something."
        ));
        if self.held_back > 0 {
            lines.push(format!("{} more are held back for what comes suddenly.", self.held_back));
        }
        let lowest = self.measures.lowest_before.zip(self.measures.lowest_after);
        let lowest = lowest.filter(|_| !self.uncovered);
        if let Some((before, after)) = lowest {
            lines.push(format!(
                "The area that stood lowest stood at {}; now none stands below {}.",
                sentence::percent(before),
                sentence::percent(after)
            ));
        }
        lines.extend(self.beside.lines(window));
        lines.push(
            "A line is the level at which a pool ran dry, before shares were rounded to whole \
             units. Levels are rounded down here."
                .to_owned(),
        );
        lines.push(
            "Whoever doubts it: `baraza allocate FILE --json` prints the result with its proof, \
             and `baraza allocate --check FILE RESULT` checks it."
                .to_owned(),
        );
        lines
    }

    /// By name. What hangs on levels is not known where somebody's level is not.
    pub(super) fn measures(&self) -> [(&'static str, Option<String>); 5] {
        let of = |level: Option<Fraction>| level.map(|level| level.to_string());
        let known = |said: Option<String>| said.filter(|_| !self.uncovered);
        let measures = &self.measures;
        [
            ("gini_before", known(Some(measures.gini_before.to_string()))),
            ("gini_after", known(Some(measures.gini_after.to_string()))),
            ("lowest_before", known(of(measures.lowest_before))),
            ("lowest_after", known(of(measures.lowest_after))),
            ("to_high_risk", of(measures.to_high_risk)),
        ]
    }

    pub(super) fn json(&self, asked: &Asked, grants: &Grants) -> Value {
        let window = &asked.window;
        let mut all = self.beside.json(asked);
        if let Value::Object(parts) = self.parts(window, grants) {
            all.extend(parts);
        }
        Value::Object(all)
    }

    fn parts(&self, window: &Window, grants: &Grants) -> Value {
        let shares = &grants.shares;
        let by_area = |value: &dyn Fn(usize) -> Value| {
            let areas = window.areas.iter().enumerate();
            areas.map(|(at, area)| (area.id.clone(), value(at))).collect::<Map<String, Value>>()
        };
        let levels = by_area(&|at| match self.levels.get(at).copied().flatten() {
            Some((before, after)) => {
                json!({ "before": before.to_string(), "after": after.to_string() })
            }
            None => Value::Null,
        });
        let left = self.purses.iter().map(|purse| (purse.id.clone(), purse.json()));
        let reasons = self.sentences.iter().map(|sentence| {
            (sentence.id.clone(), json!({ "why": sentence.why, "said": sentence.said }))
        });
        let measures = self.measures().into_iter();
        json!({
            "total": self.given,
            "allocations": by_area(&|at| json!(shares.amounts.get(at))),
            "levels": levels,
            "flows": file::flows(window, shares),
            "certificate": certificate(window, grants),
            "deferred": grants.deferred.iter().map(|deferred| json!({
                "area": window.areas.get(deferred.area).map(|area| &area.id),
                "amount": deferred.amount,
                "deferrals": deferred.deferrals,
            })).collect::<Vec<_>>(),
            "reasons": reasons.collect::<Map<String, Value>>(),
            "left": left.collect::<Map<String, Value>>(),
            "measures": measures
                .map(|(name, value)| (name.to_owned(), json!(value)))
                .collect::<Map<String, Value>>(),
        })
    }
}

fn certificate(window: &Window, grants: &Grants) -> Value {
    let proof = &grants.shares.certificate;
    let level = |level: &Level| json!(level.to_string());
    let pools = window.pools.iter().zip(&proof.pools);
    let pools: Map<String, Value> = pools.map(|(pool, at)| (pool.id.clone(), level(at))).collect();
    let areas = window.areas.iter().zip(&proof.areas);
    let areas: Map<String, Value> = areas.map(|(area, at)| (area.id.clone(), level(at))).collect();
    let partners = window.partners.iter().zip(&proof.partners);
    let partners: Map<String, Value> = partners
        .map(|(by, (before, behind))| (by.id.clone(), json!([level(before), level(behind)])))
        .collect();
    json!({ "pools": pools, "areas": areas, "partners": partners })
}
