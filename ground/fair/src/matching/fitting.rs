//! Which offer can serve which request, and the question to the sharing-out that follows from it.
//!
//! Never prefers one to another: that is for the matching.

use std::collections::{BTreeMap, HashMap};

use crate::sharing::{Arc, Area, Pool, Window};

use super::asks::{
    Asks, Gives, Kind, MatchError, Offer, PAIRS_MAX, Request, TRAVEL_MINUTES_MAX, many, verify,
};

/// Why an offer cannot serve a request; the first that applies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Misfit {
    Kind,
    Shift,
    Language,
    Way,
}

/// An offer that fits a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Fit {
    pub(super) request: usize,
    pub(super) offer: usize,
    pub(super) minutes: u32,
}

/// Offers by what they give, so that a request looks only at those of its kind.
pub(super) struct Stock<'a> {
    offers: &'a [Offer],
    of: HashMap<&'a str, Vec<usize>>,
}

impl<'a> Stock<'a> {
    pub(super) fn new(offers: &'a [Offer]) -> Self {
        let mut of: HashMap<&str, Vec<usize>> = HashMap::new();
        for (at, offer) in offers.iter().enumerate() {
            let names = match &offer.gives {
                Gives::Hours { skills, .. } => skills.as_slice(),
                Gives::Goods { item, .. } => std::slice::from_ref(item),
            };
            for name in names {
                let list = of.entry(name.as_str()).or_default();
                // A skill that is named twice counts once.
                if list.last() != Some(&at) {
                    list.push(at);
                }
            }
        }
        Self { offers, of }
    }

    /// Those who may have what is asked for, in order.
    fn candidates(&self, request: &Request) -> &[usize] {
        let name = match &request.asks {
            Asks::Hours { skill, .. } => skill,
            Asks::Goods { item, .. } => item,
        };
        self.of.get(name.as_str()).map(Vec::as_slice).unwrap_or_default()
    }

    /// The offers that fit a request; and of those that do not, the reason that came latest.
    pub(super) fn fits(
        &self,
        at: usize,
        request: &Request,
        travel: &impl Fn(u32, u32) -> Option<u32>,
    ) -> (Vec<Fit>, Misfit) {
        let mut latest = Misfit::Kind;
        let mut fits = Vec::new();
        for &offer in self.candidates(request) {
            let Some(given) = self.offers.get(offer) else { continue };
            match fit(request, given, travel) {
                Ok(minutes) => fits.push(Fit { request: at, offer, minutes }),
                Err(misfit) => latest = latest.max(misfit),
            }
        }
        (fits, latest)
    }
}

/// Whether an offer fits a request, and how many minutes it is away.
fn fit(
    request: &Request,
    offer: &Offer,
    travel: &impl Fn(u32, u32) -> Option<u32>,
) -> Result<u32, Misfit> {
    // What may not serve it is not there for it.
    if offer.kept_from.contains(&request.id) {
        return Err(Misfit::Kind);
    }
    match (&request.asks, &offer.gives) {
        (
            Asks::Hours { skill, languages, shift, .. },
            Gives::Hours { skills, languages: spoken, .. },
        ) => {
            if !skills.contains(skill) {
                return Err(Misfit::Kind);
            }
            if hours_in(offer, *shift) == 0 {
                return Err(Misfit::Shift);
            }
            if !languages.is_empty() && !languages.iter().any(|one| spoken.contains(one)) {
                return Err(Misfit::Language);
            }
        }
        (Asks::Goods { item, .. }, Gives::Goods { item: stocked, count }) => {
            if item != stocked || *count == 0 {
                return Err(Misfit::Kind);
            }
        }
        _ => return Err(Misfit::Kind),
    }
    let minutes = travel(offer.area, request.area);
    minutes.filter(|minutes| *minutes <= TRAVEL_MINUTES_MAX).ok_or(Misfit::Way)
}

/// The hours that an offer has in a shift; nought for goods.
pub(super) fn hours_in(offer: &Offer, shift: u32) -> i64 {
    let Gives::Hours { shifts, .. } = &offer.gives else { return 0 };
    let of = shifts.iter().filter(|(at, _)| *at == shift);
    of.map(|(_, hours)| *hours).fold(0, i64::saturating_add)
}

/// The question how a kind is shared out: `areas` with their needs, weights and risks; their caps
/// become what is asked for there, each offer becomes a pool, and an arc stands where an offer fits
/// a request of the area, with what those requests ask for as its ceiling.
///
/// A person who offers several skills is a pool in the question of each. Where that promises an
/// hour twice, [`matched`](super::matched) says whose request it left open.
///
/// # Errors
/// When the lists are wrong. A request from an area that is not in the list is left out.
pub fn window(
    kind: &Kind,
    areas: &[Area],
    requests: &[Request],
    offers: &[Offer],
    travel: impl Fn(u32, u32) -> Option<u32>,
) -> Result<Window, MatchError> {
    verify(requests, offers)?;
    let stock = Stock::new(offers);
    let mut areas = areas.to_vec();
    areas.iter_mut().for_each(|area| area.cap = 0);
    let mut asked: BTreeMap<(usize, u32), i64> = BTreeMap::new();
    for (at, request) in requests.iter().enumerate().filter(|(_, of)| of.kind() == *kind) {
        let Some(area) = areas.get_mut(request.area as usize) else { continue };
        area.cap = area.cap.saturating_add(request.amount());
        for fit in stock.fits(at, request, &travel).0 {
            let sum = asked.entry((fit.offer, request.area)).or_default();
            *sum = sum.saturating_add(request.amount());
        }
        many("fitting pairs", asked.len(), PAIRS_MAX)?;
    }
    let mut window = Window { areas, ..Window::default() };
    let mut pools: HashMap<usize, u32> = HashMap::new();
    for ((offer, area), ceiling) in asked {
        let next = u32::try_from(window.pools.len()).unwrap_or(u32::MAX);
        let pool = *pools.entry(offer).or_insert(next);
        if let (true, Some(of)) = (pool == next, offers.get(offer)) {
            let supply = match (kind, &of.gives) {
                (Kind::Hours { shift, .. }, _) => hours_in(of, *shift),
                (_, Gives::Goods { count, .. }) => *count,
                (_, Gives::Hours { .. }) => 0,
            };
            window.pools.push(Pool { id: of.id.clone(), supply, held_back: 0 });
        }
        window.arcs.push(Arc { ceiling: Some(ceiling), ..Arc::open(pool, area) });
    }
    window.verify()?;
    Ok(window)
}
