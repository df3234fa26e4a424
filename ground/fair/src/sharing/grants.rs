//! Grants too small to do anything with: who is left out, in which order, and what they carry over.
//!
//! Never pays an area less than its smallest grant, and never leaves one out without saying so. To
//! find the best set of areas to leave out takes for ever in general; this is a rule that anybody
//! can follow by hand, not the best set.

use std::cmp::Ordering;
use std::collections::HashSet;

use super::check::{Fault, check};
use super::level::Fraction;
use super::shares::{Shares, share};
use super::window::{Area, ShareError, Window};

/// Shares in which nobody gets less than the smallest grant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grants {
    /// Of the window without those left out, whose caps are nought.
    pub shares: Shares,
    /// Who was left out, in order.
    pub deferred: Vec<Deferred>,
}

/// An area that is left out of this window, and counts more in the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deferred {
    /// Its place in the window.
    pub area: usize,
    /// What it would have got, more than nothing and less than its smallest grant.
    pub amount: i64,
    /// How often it has been left out in a row now; [`credit`](super::credit) says what that
    /// counts.
    pub deferrals: u32,
}

/// Shares a window out so that no area gets more than nothing but less than its smallest grant.
///
/// While there are such areas, the one with the lowest risk is left out (of equal risk the one
/// with the least of its claim unmet, then the smaller name) and the rest is shared out anew, so
/// that every remaining area can only gain, apart from the last unit of rounding. There are at
/// most as many rounds as areas.
///
/// # Errors
/// The first thing that is wrong with the window.
pub fn share_grants(window: &Window) -> Result<Grants, ShareError> {
    let mut rest = window.clone();
    let mut deferred = Vec::new();
    loop {
        let shares = share(&rest)?;
        let Some(next) = next_deferred(&rest, &shares) else {
            return Ok(Grants { shares, deferred });
        };
        leave_out(&mut rest, next.area);
        deferred.push(next);
    }
}

/// Whether grants are right: those left out were left out in the declared order, each for the
/// share it would have had; nobody else gets too little; and the shares of the others are the fair
/// ones.
///
/// Where nobody was left out this needs no solver. Where somebody was, every round is shared out
/// anew, since only the last has a certificate here; each is held against [`check`] before it is
/// believed.
///
/// # Errors
/// The first thing that is wrong, and where.
pub fn check_grants(window: &Window, grants: &Grants) -> Result<(), Fault> {
    let mut rest = window.clone();
    let mut seen = HashSet::new();
    for deferred in &grants.deferred {
        let area = rest.areas.get_mut(deferred.area);
        let area = area.ok_or(Fault::Deferred { area: deferred.area })?;
        let counted = deferred.deferrals == area.deferrals.saturating_add(1);
        if !is_too_small(area, deferred.amount) || !counted || !seen.insert(deferred.area) {
            return Err(Fault::Deferred { area: deferred.area });
        }
        area.cap = 0;
    }
    check(&rest, &grants.shares)?;
    let mut all = rest.areas.iter().zip(&grants.shares.amounts);
    if let Some(area) = all.position(|(area, amount)| is_too_small(area, *amount)) {
        return Err(Fault::TooSmall { area });
    }
    check_order(window, &grants.deferred, share)
}

/// Whether areas were left out in the declared order, by sharing out anew.
fn check_order(
    window: &Window,
    deferred: &[Deferred],
    share: impl Fn(&Window) -> Result<Shares, ShareError>,
) -> Result<(), Fault> {
    let mut rest = window.clone();
    for (round, said) in deferred.iter().enumerate() {
        let shares = share(&rest)?;
        check(&rest, &shares).map_err(|fault| Fault::Anew { round, fault: Box::new(fault) })?;
        let next = next_deferred(&rest, &shares).ok_or(Fault::Deferred { area: said.area })?;
        if next.area != said.area {
            return Err(Fault::Order { area: said.area, first: next.area });
        }
        if next.amount != said.amount {
            return Err(Fault::Share { area: said.area, said: said.amount, share: next.amount });
        }
        leave_out(&mut rest, said.area);
    }
    Ok(())
}

/// Who is left out next, if anybody gets too little.
fn next_deferred(rest: &Window, shares: &Shares) -> Option<Deferred> {
    let small = rest.areas.iter().zip(&shares.amounts).enumerate();
    let small = small.filter(|(_, (area, amount))| is_too_small(area, **amount));
    let (at, (area, &amount)) = small.min_by(|(_, one), (_, other)| comes_first(*one, *other))?;
    Some(Deferred { area: at, amount, deferrals: area.deferrals.saturating_add(1) })
}

fn leave_out(rest: &mut Window, area: usize) {
    if let Some(area) = rest.areas.get_mut(area) {
        area.cap = 0;
    }
}

fn is_too_small(area: &Area, amount: i64) -> bool {
    amount > 0 && amount < area.grant_min
}

fn comes_first((one, got): (&Area, &i64), (other, had): (&Area, &i64)) -> Ordering {
    (one.risk_milli.cmp(&other.risk_milli))
        // Least unmet is highest level.
        .then_with(|| level(other, *had).cmp(&level(one, *got)))
        .then_with(|| one.id.cmp(&other.id))
}

fn level(area: &Area, amount: i64) -> Option<Fraction> {
    let claim = area.claim()?;
    let has = Fraction::new(i128::from(area.covered) + i128::from(amount), 1)?;
    has.times(Fraction::new(claim.den(), claim.num())?)
}

#[cfg(test)]
mod tests {
    //! What only the inside can ask: a solver that errs is not believed, and nobody is accused of
    //! its mistake.

    use super::super::window::{Arc, Pool, Weight};
    use super::*;

    #[test]
    fn a_round_that_is_shared_out_wrongly_is_not_believed() {
        let area = |id: &str, grant_min| Area {
            id: id.to_owned(),
            need: 10,
            covered: 0,
            cap: 10,
            weight: Weight::ONE,
            risk_milli: 5_000,
            deferrals: 0,
            grant_min,
        };
        let window = Window {
            areas: vec![area("hill", 6), area("river", 6)],
            pools: vec![Pool { id: "city".to_owned(), supply: 10, held_back: 0 }],
            partners: vec![],
            arcs: vec![Arc::open(0, 0), Arc::open(0, 1)],
        };
        let grants = share_grants(&window).unwrap();
        assert_eq!(check_order(&window, &grants.deferred, share), Ok(()));
        let errs = |window: &Window| {
            let mut shares = share(window)?;
            shares.amounts.reverse();
            shares.amounts.iter_mut().for_each(|amount| *amount += 1);
            Ok(shares)
        };
        let found = check_order(&window, &grants.deferred, errs);
        let fault = Box::new(Fault::Sum { area: 0 });
        assert_eq!(found, Err(Fault::Anew { round: 0, fault }));
    }
}
