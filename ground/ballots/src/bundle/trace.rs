//! The arithmetic of a result whose ballots are not published: whether costs, payments and what was
//! left agree with each other, and, where lines are taken by votes alone, the whole line again.
//! It never needs a ballot, and says what it could not check without one.

use fair::voting::{Exact, Rest, Rule, Worth};
use num_bigint::BigInt;
use num_traits::Zero;

use super::verify::Finds;
use super::{Bundle, Told};
use crate::ballot::Choice;
use crate::count::count;

/// Longest fraction that is read, in letters.
const FRACTION_CHARS_MAX: usize = 20_000;

/// Checks what can be checked without ballots.
pub(super) fn check(bundle: &Bundle, finds: &mut Finds) {
    let Some(ballots) = bundle.outcome.ballots else {
        finds.could_not(
            "fewer than 10 ballots were counted, so that no figures are given and none is checked",
        );
        return;
    };
    let rules = &bundle.rules;
    let rule = rules.rule();
    for told in &bundle.outcome.projects {
        let at = format!("outcome.projects.{}", told.id);
        let cost = rules.project(&told.id).map_or(0, |project| project.cost_minor);
        if told.supporters.is_some_and(|n| n > ballots) {
            finds.found(&at, "it has more supporters than there are ballots");
        }
        if told.payers > told.supporters || told.gave_all > told.payers {
            finds.found(&at, "more people paid for it than chose it");
        }
        if told.reason == "few" {
            finds.could_not(&format!("project {}: fewer than five chose it", told.id));
        }
        match told.won {
            true => paid(told, cost, &at, finds),
            false => short(told, cost, &at, finds),
        }
    }
    in_order(bundle, finds);
    match rule {
        Some(Rule::Greedy(Worth::Cost | Worth::Cardinality)) => line(bundle, finds),
        Some(Rule::EqualShares(..)) => shares(bundle, ballots, finds),
        _ => {}
    }
    finds.could_not(
        "that each hash in the log stands for a sound ballot, and the totals by project: the \
         ballots are not published, since somebody could be told by theirs",
    );
}

/// What was paid for a project makes its cost.
fn paid(told: &Told, cost: u64, at: &str, finds: &mut Finds) {
    if told.left_minor.is_some_and(|left| left < cost) {
        finds.found(at, "it costs more than was left for it");
    }
    if told.reason != "shares" {
        return;
    }
    let Some(price) = told.price.as_deref() else { return };
    let (Some(price), Some(payers)) = (fraction(price), told.payers) else {
        finds.found(at, "what each paid is no fraction, or how many paid is not said");
        return;
    };
    let cost = whole(cost);
    let most = &price * whole(payers).numer();
    let least = told.gave_all.map(|all| &price * whole(payers.saturating_sub(all)).numer());
    if told.gave_all == Some(0) && most != cost {
        finds.found(at, "what its supporters paid does not make its cost");
    }
    if most < cost || least.is_some_and(|least| least > cost) {
        finds.found(at, "what its supporters paid cannot make its cost");
    }
}

/// What supporters were short of makes the cost with what they had.
fn short(told: &Told, cost: u64, at: &str, finds: &mut Finds) {
    if let Some((had, short)) = told.had_minor.zip(told.short_minor)
        && had.checked_add(short) != Some(cost)
        && told.reason == "supporters_short"
    {
        finds.found(at, "what its supporters had and what they were short of is not its cost");
    }
    let left = told.left_minor.filter(|_| told.reason == "money_short");
    if left.is_some_and(|left| left >= cost) {
        finds.found(at, "enough was left for it, and it is said to have lost for want of money");
    }
    if told.reason == "over_budget" && told.left_minor.is_some_and(|left| left >= cost) {
        finds.found(at, "it is said to cost more than there was, and does not");
    }
}

/// Costs add up, in the order in which projects won.
fn in_order(bundle: &Bundle, finds: &mut Finds) {
    let rules = &bundle.rules;
    let mut spent = 0u64;
    for id in &bundle.outcome.order {
        let Some(project) = rules.project(id) else { continue };
        let told = bundle.outcome.projects.iter().find(|told| told.id == *id);
        let left = rules.budget_minor.saturating_sub(spent);
        let said = told.and_then(|told| told.left_minor);
        if said.is_some_and(|said| said != left) {
            let what = format!("{left} minor units were left before it, not what is said");
            finds.found(&format!("outcome.projects.{id}"), &what);
        }
        spent = spent.saturating_add(project.cost_minor);
    }
}

/// Where projects stand in line by votes alone, totals are enough to form the line again.
fn line(bundle: &Bundle, finds: &mut Finds) {
    let totals: Option<Vec<(&str, u64)>> = bundle
        .outcome
        .projects
        .iter()
        .map(|told| Some((told.id.as_str(), told.supporters?)))
        .collect();
    let Some(totals) = totals else {
        finds.could_not("the line itself: a total of fewer than five people is not given");
        return;
    };
    let one = |id: &str| vec![Choice { project: id.to_owned(), points: 1 }];
    let mut ballots: Vec<Vec<Choice>> = Vec::new();
    for (id, n) in totals {
        ballots.extend((0..n.min(bundle.outcome.ballots.unwrap_or(0))).map(|_| one(id)));
    }
    let ballots: Vec<&[Choice]> = ballots.iter().map(Vec::as_slice).collect();
    let again = bundle.leaves.iter().map(|leaf| leaf.0).collect::<Vec<_>>();
    let root = crate::log::root(&again);
    match count(&bundle.rules, &ballots, &root) {
        Ok(counted) if counted.told(&bundle.rules).order == bundle.outcome.order => {
            finds.checked("the line by votes was formed again from the totals");
        }
        _ => finds.found("outcome.order", "by the totals another line wins"),
    }
}

/// Prices never fall from round to round, and no more is paid than everybody's share.
fn shares(bundle: &Bundle, ballots: u64, finds: &mut Finds) {
    let outcome = &bundle.outcome;
    let of = |id: &String| outcome.projects.iter().find(|told| told.id == *id);
    let paid: Vec<&Told> =
        outcome.order.iter().filter_map(of).filter(|told| told.reason == "shares").collect();
    let mut before: Option<Exact> = None;
    for told in &paid {
        let Some(rho) = told.rho.as_deref().and_then(fraction) else { continue };
        if before.as_ref().is_some_and(|before| *before > rho) {
            let at = format!("outcome.projects.{}", told.id);
            finds.found(&at, "it was cheaper for its supporters than one that won before it");
        }
        before = Some(rho);
    }
    let share = match (&outcome.raise, bundle.rules.rule()) {
        (Some(raise), _) => raised(bundle, raise, ballots, finds),
        (None, Some(Rule::EqualShares(_, rest))) if rest != Rest::Left && rest.raises() => {
            finds.found("outcome.raise", "the rule raises shares, and nothing is said of it");
            None
        }
        _ => Some(whole(bundle.rules.budget_minor) / whole(ballots.max(1))),
    };
    let spent: u64 = paid
        .iter()
        .filter_map(|told| bundle.rules.project(&told.id))
        .fold(0, |sum, project| sum.saturating_add(project.cost_minor));
    if share.is_some_and(|share| share * whole(ballots) < whole(spent)) {
        finds.found("outcome.order", "more was paid than everybody's shares together");
    }
    finds.checked("payments, prices and what was left agree with each other");
}

/// A raised share is the plain one and the steps.
fn raised(bundle: &Bundle, raise: &super::Raise, ballots: u64, finds: &mut Finds) -> Option<Exact> {
    let plain = whole(bundle.rules.budget_minor) / whole(ballots.max(1));
    let expected = plain + whole(raise.steps) * whole(raise.step_minor);
    let said = fraction(&raise.share);
    if said.as_ref() != Some(&expected) || raise.step_minor != bundle.rules.step_minor(ballots) {
        finds.found("outcome.raise", "the share is not the plain one and the steps");
    }
    said
}

fn whole(n: u64) -> Exact {
    Exact::from_integer(BigInt::from(n))
}

/// A fraction, `a/b` or `a`.
fn fraction(text: &str) -> Option<Exact> {
    if text.len() > FRACTION_CHARS_MAX {
        return None;
    }
    let (above, below) = text.split_once('/').unwrap_or((text, "1"));
    let (above, below): (BigInt, BigInt) = (above.parse().ok()?, below.parse().ok()?);
    (!below.is_zero()).then(|| Exact::new(above, below))
}
