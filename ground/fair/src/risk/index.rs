//! From readings to the risk of an area, with what is missing and what it could change.
//!
//! Never fills a gap with a number, and never rounds before ranking.

use super::model::{Category, Component, Dimension, Model, Reading, RiskError, Score};
use super::roots::geometric_mean;

/// The risk of an area.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Risk {
    /// By what is known; none where a whole dimension is missing. For words beside the interval:
    /// what is missing is left out of its mean here, which may make it lower than it is.
    pub value: Option<Score>,
    /// If everything that is missing were the best it can be.
    pub best: Score,
    /// If everything that is missing were the worst it can be.
    pub worst: Score,
    /// By dimension of the model, by what is known.
    pub dimensions: Vec<Option<Score>>,
    /// Indicators that are missing, by their place among the model's.
    pub missing: Vec<usize>,
}

impl Risk {
    /// What an area is ranked by and reckoned with: the worst that it could be, which is its value
    /// where nothing is missing. So nothing that nobody measured ever makes it lower.
    #[must_use]
    pub fn ranked_by(&self) -> Score {
        self.worst
    }
}

/// The risk of an area from one reading for each indicator, in the order of
/// [`Model::indicators`]; none where it is missing.
///
/// # Errors
/// The first thing that is wrong with the model, or a wrong number of readings.
pub fn assess(model: &Model, readings: &[Option<Reading>]) -> Result<Risk, RiskError> {
    model.verify()?;
    let expected = model.indicators().count();
    if readings.len() != expected {
        return Err(RiskError::Readings { given: readings.len(), expected });
    }
    let scores = model.indicators().zip(readings);
    let scores = scores.map(|(indicator, reading)| reading.map(|at| indicator.scale.score(at)));
    let scores: Vec<Option<Score>> = scores.collect();
    let filled = |with: Score| {
        let all: Vec<Option<Score>> = scores.iter().map(|score| score.or(Some(with))).collect();
        risk_of(model, &dimensions_of(model, &all))
    };
    let dimensions = dimensions_of(model, &scores);
    let missing = scores.iter().enumerate().filter(|(_, score)| score.is_none());
    Ok(Risk {
        value: risk_of(model, &dimensions),
        // With every gap filled there is always a value.
        best: filled(Score::LOWEST).unwrap_or(Score::LOWEST),
        worst: filled(Score::HIGHEST).unwrap_or(Score::HIGHEST),
        missing: missing.map(|(at, _)| at).collect(),
        dimensions,
    })
}

/// The places of `risks` from the highest to the lowest; equal ones in the order given.
#[must_use]
pub fn rank(risks: &[&Risk]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..risks.len()).collect();
    order.sort_by_key(|at| std::cmp::Reverse(risks.get(*at).map(|risk| risk.ranked_by())));
    order
}

/// The risk from dimensions that somebody else reckoned, with their weights: the weighted geometric
/// mean, each dimension at least 0.1. None where there is no dimension or no weight.
#[must_use]
pub fn combined(dimensions: &[(Score, u32)]) -> Option<Score> {
    if dimensions.iter().all(|(_, weight)| *weight == 0) {
        return None;
    }
    let least = Score::DIMENSION_LEAST;
    let parts = dimensions.iter().map(|(score, weight)| ((*score).max(least).nanos(), *weight));
    let parts: Vec<(u64, u32)> = parts.collect();
    Score::from_nanos(geometric_mean(&parts))
}

fn risk_of(model: &Model, dimensions: &[Option<Score>]) -> Option<Score> {
    let weighted = model.dimensions.iter().zip(dimensions);
    let weighted: Option<Vec<(Score, u32)>> =
        weighted.map(|(dimension, score)| Some(((*score)?, dimension.weight))).collect();
    combined(&weighted?)
}

fn dimensions_of(model: &Model, scores: &[Option<Score>]) -> Vec<Option<Score>> {
    let mut scores = scores.iter().copied();
    model.dimensions.iter().map(|dimension| dimension_of(dimension, &mut scores)).collect()
}

/// The geometric mean of categories from the far end: each is turned to 10 for none and 1 for the
/// worst, and the mean is turned back.
fn dimension_of(
    dimension: &Dimension,
    scores: &mut impl Iterator<Item = Option<Score>>,
) -> Option<Score> {
    const TEN: u64 = Score::HIGHEST.nanos();
    const ONE: u64 = TEN / 10;
    let mut parts = Vec::with_capacity(dimension.categories.len());
    for category in &dimension.categories {
        if let Some(score) = category_of(category, scores) {
            parts.push(((TEN - score.nanos()) / 10 * 9 + ONE, category.weight));
        }
    }
    if parts.is_empty() {
        return None;
    }
    let mean = geometric_mean(&parts).clamp(ONE, TEN);
    let back = u128::from(TEN - mean) * 10 / 9;
    u64::try_from(back).ok().and_then(Score::from_nanos)
}

fn category_of(
    category: &Category,
    scores: &mut impl Iterator<Item = Option<Score>>,
) -> Option<Score> {
    let parts = category.components.iter().map(|part| (component_of(part, scores), part.weight));
    let parts: Vec<_> = parts.collect();
    mean(parts.into_iter())
}

fn component_of(
    component: &Component,
    scores: &mut impl Iterator<Item = Option<Score>>,
) -> Option<Score> {
    let parts = component.indicators.iter().map(|part| (scores.next().flatten(), part.weight));
    let parts: Vec<_> = parts.collect();
    mean(parts.into_iter())
}

/// The arithmetic mean of what is known; none where nothing is.
fn mean(parts: impl Iterator<Item = (Option<Score>, u32)>) -> Option<Score> {
    let known = parts.filter_map(|(score, weight)| Some((score?, u64::from(weight))));
    let (sum, weights) = known.fold((0, 0), |(sum, weights), (score, weight)| {
        (sum + score.nanos() * weight, weights + weight)
    });
    sum.checked_div(weights).and_then(Score::from_nanos)
}
