//! The matching itself, and the reason for every match and every request that stays open.
//!
//! Never depends on the order of the lists: they are sorted by name first.

use std::collections::BTreeMap;

use super::asks::{
    Asks, Due, Gives, Kind, MatchError, Offer, PAIRS_MAX, Request, URGENCY_MAX, amount, many,
    verify,
};
use super::cheapest::{Cheapest, Cost};
use super::fitting::{Fit, Misfit, Stock, hours_in};

/// Who comes to whom.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Matched {
    /// Who comes where with how much, by request and then by offer.
    pub matches: Vec<Match>,
    /// What stays open, by request.
    pub open: Vec<Open>,
}

/// Somebody or something goes to a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match {
    /// The place of the request in its list.
    pub request: usize,
    /// The place of the offer in its list.
    pub offer: usize,
    /// Hours or things.
    pub amount: i64,
    /// How far it is.
    pub minutes: u32,
    /// A language that both have, where one was asked for.
    pub language: Option<String>,
    /// Why this offer.
    pub why: Chosen,
}

/// Why an offer was chosen for a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Chosen {
    /// They live in the same area.
    Local,
    /// No other offer that fits and has something left is nearer.
    Nearest,
    /// Of those from elsewhere somebody answers for this one; nobody does for a nearer one.
    AnsweredFor,
    /// A nearer offer, or one from the same area, would have fitted too; what is lacking of it goes
    /// to other requests, and together this way is best.
    NearerGivenElsewhere {
        /// The place of the nearest such offer in its list.
        offer: usize,
    },
    /// Somebody for whom others answer would have fitted too; what is lacking of their time goes to
    /// other requests.
    AnsweredForGivenElsewhere {
        /// The place of that offer in its list.
        offer: usize,
    },
}

/// What of a request stays open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Open {
    /// The place of the request in its list.
    pub request: usize,
    /// Hours or things.
    pub amount: i64,
    /// Why.
    pub why: Lack,
}

/// Why something stays open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lack {
    /// The area's fair share is less than what is asked for there; more urgent requests of the area
    /// came first.
    NotDue,
    /// Nobody offers this.
    NoOffer,
    /// Some could, but not in this shift.
    NotThen,
    /// Some could, but none speaks a language that was asked for.
    NoLanguage,
    /// Some could, but cannot get there.
    NoWay,
    /// All who could are given to other requests.
    GivenElsewhere,
}

/// Matches offers to requests so that each area gets what it is due of each kind, as far as offers
/// fit; nothing is due that is not in `dues`.
///
/// In this order: as much as can be; the most urgent first; people from the same area before
/// others; of these and of those, whom papers or others answer for before whom nobody does; least
/// minutes of travel times urgency. `travel` says how many minutes it is from one
/// area to another (of the offer, of the request), or that there is no way.
///
/// # Errors
/// The first thing that is wrong with the lists.
pub fn matched(
    requests: &[Request],
    offers: &[Offer],
    dues: &[Due],
    travel: impl Fn(u32, u32) -> Option<u32>,
) -> Result<Matched, MatchError> {
    verify(requests, offers)?;
    let due = due_amounts(dues)?;
    let stock = Stock::new(offers);
    let mut fits: Vec<Vec<Fit>> = Vec::with_capacity(requests.len());
    let mut misfits = Vec::with_capacity(requests.len());
    let mut pairs = 0;
    for (at, request) in requests.iter().enumerate() {
        let (mut list, misfit) = stock.fits(at, request, &travel);
        list.sort_unstable_by_key(|fit| offers.get(fit.offer).map(|offer| offer.id.as_str()));
        pairs += list.len();
        many("fitting pairs", pairs, PAIRS_MAX)?;
        fits.push(list);
        misfits.push(misfit);
    }
    let amounts = cheapest(requests, offers, &due, &fits);
    Ok(told(requests, offers, &due, &fits, &misfits, &amounts))
}

fn due_amounts(dues: &[Due]) -> Result<BTreeMap<(Kind, u32), i64>, MatchError> {
    let mut due = BTreeMap::new();
    for Due { kind, area, amount: much } in dues {
        amount("what is due", *much)?;
        if due.insert((kind.clone(), *area), *much).is_some() {
            return Err(MatchError::DueTwice { kind: kind.clone(), area: *area });
        }
    }
    Ok(due)
}

/// By request and fit, how much of it.
#[expect(clippy::indexing_slicing, reason = "fits name requests and offers of these lists")]
fn cheapest(
    requests: &[Request],
    offers: &[Offer],
    due: &BTreeMap<(Kind, u32), i64>,
    fits: &[Vec<Fit>],
) -> Vec<Vec<i64>> {
    // A node for each person's shift or store, each request, and each kind in each area.
    let mut order: Vec<usize> = (0..requests.len()).collect();
    order.sort_unstable_by_key(|at| &requests[*at].id);
    let mut supplies: BTreeMap<(&str, Option<u32>), (usize, i64)> = BTreeMap::new();
    let shift_of = |request: &Request| match request.asks {
        Asks::Hours { shift, .. } => Some(shift),
        Asks::Goods { .. } => None,
    };
    for fit in fits.iter().flatten() {
        let (offer, shift) = (&offers[fit.offer], shift_of(&requests[fit.request]));
        let much = match (&offer.gives, shift) {
            (Gives::Goods { count, .. }, _) => *count,
            (Gives::Hours { .. }, Some(shift)) => hours_in(offer, shift),
            (Gives::Hours { .. }, None) => 0,
        };
        supplies.insert((&offer.id, shift), (0, much));
    }
    let (source, sink) = (0, 1);
    let mut nodes = 2;
    let mut node = || {
        nodes += 1;
        nodes - 1
    };
    supplies.values_mut().for_each(|(at, _)| *at = node());
    let asking: Vec<usize> = requests.iter().map(|_| node()).collect();
    let receiving: BTreeMap<&(Kind, u32), usize> = due.keys().map(|key| (key, node())).collect();
    let mut flow = Cheapest::new(nodes);
    for (at, much) in supplies.values() {
        flow.add(source, *at, *much, Cost::default());
    }
    let mut carried: Vec<Vec<usize>> = vec![Vec::new(); requests.len()];
    for at in order {
        let request = &requests[at];
        let Some(area) = receiving.get(&(request.kind(), request.area)) else { continue };
        flow.add(asking[at], *area, request.amount(), Cost::default());
        for fit in &fits[at] {
            let offer = &offers[fit.offer];
            let supply = supplies.get(&(offer.id.as_str(), shift_of(request)));
            let Some((from, much)) = supply.copied() else { continue };
            carried[at].push(flow.add(from, asking[at], much, cost(request, offer, fit.minutes)));
        }
    }
    for (key, much) in due {
        flow.add(receiving[key], sink, *much, Cost::default());
    }
    flow.run(source, sink);
    let flows = |arcs: Vec<usize>| arcs.into_iter().map(|arc| flow.flow(arc)).collect();
    carried.into_iter().map(flows).collect()
}

/// What an hour or a thing of an offer costs for a request: how little urgent it is, whether it
/// comes from elsewhere though people of the place come first, whether nobody answers for what
/// somebody can do, and the way.
fn cost(request: &Request, offer: &Offer, minutes: u32) -> Cost {
    let wait = i64::from(URGENCY_MAX - request.urgency);
    let people = matches!(offer.gives, Gives::Hours { .. });
    let elsewhere = i64::from(people && offer.area != request.area);
    let unknown = i64::from(people && !offer.answered_for);
    Cost([wait, elsewhere, unknown, i64::from(minutes) * i64::from(request.urgency)])
}

fn told(
    requests: &[Request],
    offers: &[Offer],
    due: &BTreeMap<(Kind, u32), i64>,
    fits: &[Vec<Fit>],
    misfits: &[Misfit],
    amounts: &[Vec<i64>],
) -> Matched {
    let mut matched = Matched::default();
    // What is left of each area's due when its matches are taken.
    let mut left = due.clone();
    let all = || requests.iter().zip(fits).zip(amounts).enumerate();
    let mut given: BTreeMap<usize, i64> = BTreeMap::new();
    for (fit, much) in fits.iter().zip(amounts).flat_map(|(fits, much)| fits.iter().zip(much)) {
        *given.entry(fit.offer).or_default() += much;
    }
    for (at, ((request, fits), amounts)) in all() {
        for (fit, much) in fits.iter().zip(amounts).filter(|(_, much)| **much > 0) {
            let Some(offer) = offers.get(fit.offer) else { continue };
            // Whoever comes here with all their time is not given elsewhere.
            let to_others = |(other, here): &(&Fit, &i64)| {
                given.get(&other.offer).is_some_and(|all| all > *here)
            };
            let others = fits.iter().zip(amounts).filter(to_others).map(|(other, _)| other);
            matched.matches.push(Match {
                request: at,
                offer: fit.offer,
                amount: *much,
                minutes: fit.minutes,
                language: shared_language(request, offer),
                why: chosen((request, offers), fits, others, fit),
            });
            if let Some(left) = left.get_mut(&(request.kind(), request.area)) {
                *left -= much;
            }
        }
    }
    for (at, ((request, fits), amounts)) in all() {
        let open = request.amount() - amounts.iter().sum::<i64>();
        if open == 0 {
            continue;
        }
        let due = left.get(&(request.kind(), request.area)).is_some_and(|left| *left > 0);
        let why = match (misfits.get(at), fits.is_empty()) {
            (_, false) if due => Lack::GivenElsewhere,
            (_, false) => Lack::NotDue,
            (Some(Misfit::Shift), true) => Lack::NotThen,
            (Some(Misfit::Language), true) => Lack::NoLanguage,
            (Some(Misfit::Way), true) => Lack::NoWay,
            (Some(Misfit::Kind) | None, true) => Lack::NoOffer,
        };
        matched.open.push(Open { request: at, amount: open, why });
    }
    matched
}

fn shared_language(request: &Request, offer: &Offer) -> Option<String> {
    let (Asks::Hours { languages, .. }, Gives::Hours { languages: spoken, .. }) =
        (&request.asks, &offer.gives)
    else {
        return None;
    };
    languages.iter().find(|language| spoken.contains(language)).cloned()
}

/// Why this one of those that fit, where `others` give at least a part to other requests.
fn chosen<'a>(
    (request, offers): (&Request, &[Offer]),
    fits: &[Fit],
    others: impl Iterator<Item = &'a Fit>,
    this: &Fit,
) -> Chosen {
    let cost_of = |fit: &Fit| offers.get(fit.offer).map(|offer| cost(request, offer, fit.minutes));
    let is_local = |fit: &Fit| offers.get(fit.offer).is_some_and(|of| of.area == request.area);
    let this_cost = cost_of(this);
    let best = others.min_by_key(|fit| cost_of(fit));
    if let Some(best) = best.filter(|best| cost_of(best) < this_cost) {
        let comes_first = is_local(best) && !is_local(this);
        let nearer = comes_first || best.minutes < this.minutes;
        return match nearer {
            true => Chosen::NearerGivenElsewhere { offer: best.offer },
            false => Chosen::AnsweredForGivenElsewhere { offer: best.offer },
        };
    }
    if is_local(this) {
        return Chosen::Local;
    }
    let answered = |fit: &Fit| offers.get(fit.offer).is_some_and(|of| of.answered_for);
    let passed_over = |fit: &Fit| fit.minutes < this.minutes && !answered(fit);
    match answered(this) && fits.iter().any(passed_over) {
        true => Chosen::AnsweredFor,
        false => Chosen::Nearest,
    }
}
