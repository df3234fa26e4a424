//! The rank of applications by their scores, and what other weights would make of it. Pure and
//! exact. A score that is missing is not nought: such an application has no place yet, only a span.

use fair::sharing::{Chance, Fraction};
use record::Id;

use super::application::POINTS_MAX;
use crate::funds::views::Application;

/// How an application stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Which.
    pub id: Id,
    /// Its number.
    pub number: i64,
    /// Its place from 1; equal scores share one. None while a score is missing.
    pub place: Option<usize>,
    /// Points of a hundred, in thousandths of one; of what is known.
    pub milli: i64,
    /// The same if each missing score were the highest.
    pub milli_most: i64,
    /// Criteria that nobody scored, from 0.
    pub missing: Vec<usize>,
    score: Fraction,
}

/// Why an application moved when weights were changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Because {
    /// The criterion that moved it most, from 0.
    pub criterion: usize,
    /// Whether it counts more now.
    pub more: bool,
    /// Whether the application is stronger there than the others are.
    pub stronger: bool,
}

/// Divides by every number of scorers up to as many as a panel has seats, so that means by it are
/// whole.
const SCORERS_SHARED: i64 = 360_360;
/// Parts of a weight that is drawn anew.
const WEIGHT_PARTS: i64 = 1_000;

/// How firm the place of an application is when the weights of the criteria are not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Firm {
    /// Its number.
    pub number: i64,
    /// In how many draws it kept its place.
    pub kept: i64,
    /// The best place it came to.
    pub best: usize,
    /// The worst.
    pub worst: usize,
}

/// How firm places are: each weight is drawn anew, up to a tenth more or less, as often as `draws`
/// says. Only of applications that have a place; the same seed gives the same on every machine.
#[must_use]
pub fn firmness(
    applications: &[&Application],
    weights: &[i64],
    (draws, seed): (u32, u64),
) -> Vec<Firm> {
    let whole = |one: &&&Application| standing(one, weights).missing.is_empty();
    let known: Vec<(i64, Vec<i64>)> = applications
        .iter()
        .filter(whole)
        .map(|one| {
            let means = (0..weights.len()).map(|criterion| shared_mean(one, criterion));
            (one.made.number, means.collect())
        })
        .collect();
    let places = |weights: &[i64]| -> Vec<usize> {
        let score = |means: &[i64]| -> i128 {
            let parts = means.iter().zip(weights);
            parts.map(|(mean, weight)| i128::from(*mean) * i128::from((*weight).max(0))).sum()
        };
        let scores: Vec<i128> = known.iter().map(|(_, means)| score(means)).collect();
        let mut sorted = scores.clone();
        sorted.sort_unstable_by(|one, other| other.cmp(one));
        scores.iter().map(|own| sorted.partition_point(|other| other > own) + 1).collect()
    };
    let before = places(weights);
    let numbers = known.iter().zip(&before);
    let firm = numbers.map(|((number, _), place)| Firm {
        number: *number,
        kept: 0,
        best: *place,
        worst: *place,
    });
    let mut firm: Vec<Firm> = firm.collect();
    let mut chance = Chance::new(seed);
    for _ in 0..draws {
        let parts = weights.iter().map(|weight| weight.saturating_mul(WEIGHT_PARTS));
        let drawn: Vec<i64> = parts.map(|weight| chance.within_a_tenth(weight)).collect();
        for (firm, (place, was)) in firm.iter_mut().zip(places(&drawn).into_iter().zip(&before)) {
            firm.kept += i64::from(place == *was);
            firm.best = firm.best.min(place);
            firm.worst = firm.worst.max(place);
        }
    }
    firm
}

/// The mean of a criterion, in parts of a point that are whole for any number of scorers.
fn shared_mean(application: &Application, criterion: usize) -> i64 {
    let own = application.scores.iter().filter(|s| usize::try_from(s.criterion) == Ok(criterion));
    let (points, count) = own.fold((0, 0), |(points, n), score| (points + score.points, n + 1));
    points * SCORERS_SHARED / count.max(1)
}

/// Applications by rank, those without a place last, by their numbers.
#[must_use]
pub fn rank(applications: &[&Application], weights: &[i64]) -> Vec<Standing> {
    let mut all: Vec<Standing> =
        applications.iter().map(|application| standing(application, weights)).collect();
    all.sort_by(|one, other| {
        let whole = |standing: &Standing| !standing.missing.is_empty();
        whole(one)
            .cmp(&whole(other))
            .then_with(|| other.score.cmp(&one.score))
            .then_with(|| one.number.cmp(&other.number))
    });
    let mut last: Option<(Fraction, usize)> = None;
    for (at, standing) in all.iter_mut().enumerate() {
        if !standing.missing.is_empty() {
            continue;
        }
        let place = match last {
            Some((score, place)) if score == standing.score => place,
            _ => at + 1,
        };
        last = Some((standing.score, place));
        standing.place = Some(place);
    }
    all
}

/// How many that stand higher than `id` still wait for a decision: they would be passed over.
#[must_use]
pub fn passed_over(applications: &[&Application], weights: &[i64], id: Id) -> usize {
    let all = rank(applications, weights);
    let Some(place) = all.iter().find(|standing| standing.id == id).map(|own| own.place) else {
        return 0;
    };
    // Without a place of its own every other that has one stands higher.
    let higher = |standing: &&Standing| match (standing.place, place) {
        (Some(theirs), Some(own)) => theirs < own,
        (Some(_), None) => standing.id != id,
        (None, _) => false,
    };
    let waits = |standing: &&Standing| {
        let one = applications.iter().find(|application| application.id == standing.id);
        one.is_some_and(|application| application.decided.is_none())
    };
    all.iter().filter(higher).filter(waits).count()
}

/// What moved an application when weights were changed, where anything did.
#[must_use]
pub fn because(
    applications: &[&Application],
    id: Id,
    (before, after): (&[i64], &[i64]),
) -> Option<Because> {
    let own = applications.iter().find(|application| application.id == id)?;
    let mut most: Option<(i128, Because)> = None;
    for (criterion, (was, is)) in before.iter().zip(after).enumerate() {
        let Some(mine) = mean(own, criterion) else { continue };
        let known = applications.iter().filter_map(|other| mean(other, criterion));
        let (sum, count) = known.fold((0_i128, 0_i128), |(sum, n), mean| (sum + mean, n + 1));
        let apart = mine * count - sum;
        let moved = i128::from(is - was) * apart;
        if moved == 0 || most.is_some_and(|(known, _)| known.abs() >= moved.abs()) {
            continue;
        }
        most = Some((moved, Because { criterion, more: is > was, stronger: apart > 0 }));
    }
    most.map(|(_, because)| because)
}

fn standing(application: &Application, weights: &[i64]) -> Standing {
    let sum: i64 = weights.iter().map(|weight| (*weight).max(0)).sum();
    let mut score = Fraction::ZERO;
    let mut missing = Vec::new();
    let mut missing_weight = 0_i64;
    for (criterion, weight) in weights.iter().enumerate() {
        let weight = (*weight).max(0);
        let of = |score: &&crate::funds::views::Scored| {
            usize::try_from(score.criterion) == Ok(criterion)
        };
        let points: i64 = application.scores.iter().filter(of).map(|score| score.points).sum();
        let scorers = application.scores.iter().filter(of).count();
        if scorers == 0 {
            missing.push(criterion);
            missing_weight = missing_weight.saturating_add(weight);
            continue;
        }
        let below = i128::from(POINTS_MAX) * i128::from(sum.max(1));
        let below = below * i128::try_from(scorers).unwrap_or(i128::MAX);
        let part = Fraction::new(100 * i128::from(weight) * i128::from(points), below);
        // At most eight fractions below 2^40 each: their sum always fits.
        score = part.and_then(|part| score.plus(part)).unwrap_or(score);
    }
    let milli = i64::try_from(score.per_mille()).unwrap_or(0);
    let more = missing_weight.saturating_mul(100_000) / sum.max(1);
    let milli_most = milli.saturating_add(more);
    let (id, number) = (application.id, application.made.number);
    Standing { id, number, place: None, milli, milli_most, missing, score }
}

/// The mean of a criterion, in millionths of a point.
fn mean(application: &Application, criterion: usize) -> Option<i128> {
    let own = application.scores.iter().filter(|s| usize::try_from(s.criterion) == Ok(criterion));
    let points: Vec<i128> = own.map(|score| i128::from(score.points)).collect();
    let count = i128::try_from(points.len()).ok().filter(|count| *count > 0)?;
    Some(points.iter().sum::<i128>() * 1_000_000 / count)
}
