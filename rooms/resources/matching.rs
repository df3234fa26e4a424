//! Who could come to whom, with the reason: requests and offers put before the fair matching, the
//! soonest first, people of the place first, and of these and of strangers those for whom others
//! vouch before those whom nobody knows. It proposes and takes nothing: a person decides, always.

use std::collections::{BTreeMap, HashMap};

use fair::matching::{
    Asks, Chosen, Due, Gives, Kind as FairKind, Lack, MatchError, Offer as FairOffer,
    Request as FairRequest, matched, window,
};
use fair::sharing::{Area as FairArea, ShareError, Weight, share};
use record::Id;
use store::StoreError;

use super::lists::is_people;
use super::queries::{self, Came};
use super::rules::{Actor, in_conflict};
use super::views::{Lot, Offer, Request};
use crate::actions::today;
use crate::door::{House, Trouble};
use crate::needs;
use crate::places::{self, Atlas};

/// How far one walks in an hour, in metres: no map says how the roads are.
const WALK_METRES_AN_HOUR: f64 = 4_000.0;
/// Metres in a degree of latitude.
const DEGREE_METRES: f64 = 111_320.0;
/// From outside the city, and from an area that no map shows: a day, in minutes.
const FAR_MINUTES: u32 = 24 * 60;
/// Nobody comes for longer than this, in minutes.
const WAY_MINUTES_MAX: u32 = 10_000;
/// The shift of a matching in which everybody has time, and the one in which the others have.
const NOW: u32 = 0;
const ANOTHER_TIME: u32 = 1;

/// What is proposed to serve a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Source {
    /// An offer.
    Offer(Id),
    /// A lot in stock.
    Lot(Id),
}

/// Somebody or something could go to a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposed {
    /// The request.
    pub request: Id,
    /// What could serve it.
    pub source: Source,
    /// How much of it.
    pub amount: i64,
    /// How far it is on foot, in minutes, as the crow flies.
    pub minutes: u32,
    /// A language that both have, where one was asked for.
    pub language: Option<String>,
    /// Why this one.
    pub why: Chosen,
}

/// What of a request nothing serves, and why not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unserved {
    /// The request.
    pub request: Id,
    /// How much.
    pub amount: i64,
    /// Why.
    pub why: Lack,
}

/// What is proposed for all open requests.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Proposal {
    /// Who could go where.
    pub proposed: Vec<Proposed>,
    /// What stays open.
    pub unserved: Vec<Unserved>,
}

/// An open request as a proposal sees it.
#[derive(Clone, Debug, Default)]
pub struct Wanting {
    /// The request.
    pub request: Request,
    /// What it still lacks.
    pub lacks: i64,
    /// The people of its need, if anybody knows.
    pub people: Option<i64>,
}

/// What the proposal is made from.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// Open requests.
    pub requests: Vec<Wanting>,
    /// Offers that can be had.
    pub offers: Vec<Offer>,
    /// Lots of which something is left.
    pub lots: Vec<Lot>,
    /// The middle of each area that a map shows, as longitude and latitude.
    pub places: HashMap<Id, (f64, f64)>,
    /// What areas were promised and got already, by area and item.
    pub came: HashMap<(Id, String), i64>,
    /// The risk of areas in thousandths, where the city has said what risk is made of.
    pub risks: HashMap<Id, u32>,
    /// Today, as the city counts days.
    pub today: i64,
}

/// Reads what there is and proposes who could go where.
///
/// # Errors
/// When the store fails.
pub async fn propose_all(house: &House) -> Result<Proposal, Trouble> {
    propose(&read(house, None).await?).map_err(|error| Trouble::broken(error.to_string()))
}

/// The same for the requests of one item: no other request competes with them.
///
/// # Errors
/// When the store fails.
pub async fn propose_of(house: &House, item: &str) -> Result<Proposal, Trouble> {
    propose(&read(house, Some(item)).await?).map_err(|error| Trouble::broken(error.to_string()))
}

async fn read(house: &House, item: Option<&str>) -> Result<Known, StoreError> {
    let day = today(house);
    let mut known = Known { today: day, ..Known::default() };
    let mut items: Vec<String> = Vec::new();
    let mut people: HashMap<Id, Option<i64>> = HashMap::new();
    for request in queries::to_match(house, item).await? {
        let came: Came = queries::came(house, request.id).await?;
        let lacks = came.lacks(&request);
        let of_need = match request.need {
            Some(need) => match people.get(&need) {
                Some(known) => *known,
                None => {
                    let read = needs::need(house, need).await?;
                    let said = read.and_then(|need| need.people_max.or(need.people_min));
                    people.insert(need, said);
                    said
                }
            },
            None => None,
        };
        items.push(request.item.clone());
        known.requests.push(Wanting { request, lacks, people: of_need });
    }
    items.sort_unstable();
    items.dedup();
    for item in &items {
        known.offers.extend(queries::offers_of_item(house, item, day).await?);
        known.lots.extend(queries::lots_of_item(house, item).await?);
    }
    let mut asking: Vec<Id> = known.requests.iter().filter_map(|one| one.request.area).collect();
    asking.sort_unstable();
    asking.dedup();
    for area in asking {
        for line in queries::figures(house, area).await? {
            known.came.insert((area, line.item), line.pledged.max(line.received));
        }
    }
    let (atlas, risks) = (places::atlas(house), places::risk::risks(house));
    known.places = middles(&atlas);
    let risk = |area: &places::Area| Some((area.id, risks.of(area.id)?.reckoned_milli()?));
    known.risks = atlas.areas().iter().filter_map(risk).collect();
    Ok(known)
}

/// The middle of the corners of each area: near enough to say who is nearer.
fn middles(atlas: &Atlas) -> HashMap<Id, (f64, f64)> {
    let middle = |area: &places::Area| {
        let corners = area.rings.iter().flatten();
        let (sum, n) = corners
            .fold(((0.0, 0.0), 0.0), |((x, y), n), corner| ((x + corner.0, y + corner.1), n + 1.0));
        (n > 0.0).then_some((area.id, (sum.0 / n, sum.1 / n)))
    };
    atlas.areas().iter().filter_map(middle).collect()
}

/// What is left of each source while requests are served group by group.
type Left = BTreeMap<Source, i64>;

/// Proposes who could go where. Requests are served by their day, then those that can be done from
/// afar; in each group the requests of all bodies compete in one sharing-out.
///
/// # Errors
/// When there is more of something than is matched at once.
pub fn propose(known: &Known) -> Result<Proposal, MatchError> {
    let mut left: Left = BTreeMap::new();
    for offer in &known.offers {
        left.insert(Source::Offer(offer.id), offer.left().max(0));
    }
    for lot in known.lots.iter().filter(|lot| good(lot, known.today)) {
        left.insert(Source::Lot(lot.id), lot.here.max(0));
    }
    let mut groups: BTreeMap<(i64, bool), Vec<&Wanting>> = BTreeMap::new();
    for one in known.requests.iter().filter(|one| one.lacks > 0) {
        let day = one.request.wanted_day.max(known.today);
        groups.entry((day, one.request.remote)).or_default().push(one);
    }
    let mut proposal = Proposal::default();
    // What is proposed for an earlier day counts as come when a later one is shared out.
    let mut came = known.came.clone();
    for ((day, remote), open) in groups {
        let round = Round { known, day, remote, came: &came };
        let done = round.serve(&open, &left)?;
        for one in &done.proposed {
            if let Some(much) = left.get_mut(&one.source) {
                *much -= one.amount;
            }
            let request = open.iter().find(|open| open.request.id == one.request);
            if let Some((area, request)) = request.and_then(|of| Some((of.request.area?, of))) {
                *came.entry((area, request.request.item.clone())).or_default() += one.amount;
            }
        }
        proposal.proposed.extend(done.proposed);
        proposal.unserved.extend(done.unserved);
    }
    Ok(proposal)
}

fn good(lot: &Lot, today: i64) -> bool {
    lot.good_until_day.is_none_or(|day| day >= today)
}

/// One round: the requests of one day.
struct Round<'a> {
    known: &'a Known,
    day: i64,
    remote: bool,
    came: &'a HashMap<(Id, String), i64>,
}

impl Round<'_> {
    fn serve(&self, still: &[&Wanting], left: &Left) -> Result<Proposal, MatchError> {
        let mut areas: Vec<Option<Id>> = still.iter().map(|one| one.request.area).collect();
        areas.extend(self.known.offers.iter().map(|offer| offer.area));
        areas.extend(self.known.lots.iter().map(|lot| lot.area));
        areas.sort_unstable();
        areas.dedup();
        let at = |area: Option<Id>| {
            u32::try_from(areas.binary_search(&area).unwrap_or(0)).unwrap_or(u32::MAX)
        };
        let requests: Vec<FairRequest> = still.iter().map(|one| asks(one, &at)).collect();
        let (sources, offers) = self.sources(still, left, &at);
        let travel = |from: u32, to: u32| self.travel(&areas, from, to);
        let dues = self.dues(still, &areas, &requests, &offers, travel)?;
        let found = matched(&requests, &offers, &dues, travel)?;
        let mut proposal = Proposal::default();
        for one in found.matches {
            let (Some(request), Some(source)) = (still.get(one.request), sources.get(one.offer))
            else {
                continue;
            };
            proposal.proposed.push(Proposed {
                request: request.request.id,
                source: *source,
                amount: one.amount,
                minutes: one.minutes,
                language: one.language,
                why: one.why,
            });
        }
        for one in found.open {
            let Some(request) = still.get(one.request) else { continue };
            let (request, amount) = (request.request.id, one.amount);
            proposal.unserved.push(Unserved { request, amount, why: one.why });
        }
        Ok(proposal)
    }

    /// What this round may give, and to which requests never: what is kept away from the body that
    /// decides on them.
    fn sources(
        &self,
        still: &[&Wanting],
        left: &Left,
        at: &impl Fn(Option<Id>) -> u32,
    ) -> (Vec<Source>, Vec<FairOffer>) {
        let nobody = Actor::default();
        let kept_from = |offer: &Offer| -> Vec<String> {
            let own =
                still.iter().filter(|one| in_conflict(offer, &one.request, &nobody).is_some());
            own.map(|one| one.request.id.to_string()).collect()
        };
        let (mut sources, mut offers) = (Vec::new(), Vec::new());
        let much = |source: &Source| left.get(source).copied().unwrap_or(0);
        for offer in &self.known.offers {
            let source = Source::Offer(offer.id);
            let amount = much(&source);
            if amount == 0 || !self.can_be_had(offer) {
                continue;
            }
            offers.push(FairOffer {
                id: offer.id.to_string(),
                area: at(offer.area),
                answered_for: offer.is_vouched(),
                kept_from: kept_from(offer),
                gives: self.gives(offer, amount),
            });
            sources.push(source);
        }
        for lot in &self.known.lots {
            let source = Source::Lot(lot.id);
            let (item, count) = (lot.item.clone(), much(&source));
            if count > 0 {
                offers.push(FairOffer {
                    id: lot.id.to_string(),
                    area: at(lot.area),
                    answered_for: true,
                    kept_from: Vec::new(),
                    gives: Gives::Goods { item, count },
                });
                sources.push(source);
            }
        }
        (sources, offers)
    }

    /// Whether an offer has anything to do with this round. People who have no time then are let
    /// in, so that this is told as the reason; goods that cannot be had are not there.
    fn can_be_had(&self, offer: &Offer) -> bool {
        let afar = offer.area.is_none() && offer.remote && !self.remote;
        is_people(&offer.item) || (self.has_time(offer) && !afar)
    }

    fn has_time(&self, offer: &Offer) -> bool {
        offer.from_day <= self.day && offer.until_day >= self.known.today
    }

    fn gives(&self, offer: &Offer, amount: i64) -> Gives {
        if !is_people(&offer.item) {
            return Gives::Goods { item: offer.item.clone(), count: amount };
        }
        let shift = if self.has_time(offer) { NOW } else { ANOTHER_TIME };
        Gives::Hours {
            skills: vec![offer.item.clone()],
            languages: offer.languages.clone(),
            shifts: vec![(shift, amount)],
        }
    }

    /// Minutes on foot from one area to another, straight; none from afar to where one must come.
    fn travel(&self, areas: &[Option<Id>], from: u32, to: u32) -> Option<u32> {
        if from == to {
            return Some(0);
        }
        let of = |at: u32| areas.get(at as usize).copied().flatten();
        let Some(here) = of(from) else {
            // Whoever is outside answers from afar where that will do, and else needs a day.
            return Some(if self.remote { 0 } else { FAR_MINUTES });
        };
        let ends = (self.known.places.get(&here), of(to).and_then(|to| self.known.places.get(&to)));
        let (Some(one), Some(other)) = ends else { return Some(FAR_MINUTES) };
        Some(minutes(*one, *other))
    }

    /// How much each area is due of each kind: all that is asked where there is enough, else what
    /// lifts all to one line by the people of their needs times their risk, counting what came to
    /// them before. A number that nobody knows is never taken for a small one.
    fn dues(
        &self,
        still: &[&Wanting],
        areas: &[Option<Id>],
        requests: &[FairRequest],
        offers: &[FairOffer],
        travel: impl Fn(u32, u32) -> Option<u32> + Copy,
    ) -> Result<Vec<Due>, MatchError> {
        let most = still.iter().filter_map(|one| one.people).max().unwrap_or(1).max(1);
        let people_of = |area: Option<Id>| {
            let here = still.iter().filter(|one| one.request.area == area);
            let said = here.map(|one| one.people.unwrap_or(most)).max();
            said.unwrap_or(most).max(1)
        };
        let risk_of = |area: &Option<Id>| self.known.risks.get(area.as_ref()?).copied();
        let worst = areas.iter().filter_map(risk_of).max();
        let of: Vec<FairArea> = areas
            .iter()
            .map(|area| {
                // Where the city has set no risk, all weigh the same; what lies in no area, or in
                // one whose risk nobody knows, weighs like the worst of the others.
                let risk = risk_of(area).or(worst);
                FairArea {
                    id: area.map(|id| id.to_string()).unwrap_or_default(),
                    need: people_of(*area),
                    covered: 0,
                    cap: 0,
                    weight: risk.map_or(Weight::ONE, Weight::of_risk),
                    risk_milli: risk.unwrap_or(0),
                    deferrals: 0,
                    grant_min: 0,
                }
            })
            .collect();
        let mut kinds: Vec<FairKind> = requests.iter().map(FairRequest::kind).collect();
        kinds.sort_unstable();
        kinds.dedup();
        let mut dues = Vec::new();
        for kind in kinds {
            let item = match &kind {
                FairKind::Hours { skill, .. } => skill,
                FairKind::Goods { item } => item,
            };
            let came = |area: &Option<Id>| self.came.get(&((*area)?, item.clone())).copied();
            let covered = areas.iter().map(|area| came(area).unwrap_or(0).max(0));
            let of = of.iter().cloned().zip(covered);
            let of: Vec<FairArea> =
                of.map(|(area, covered)| FairArea { covered, ..area }).collect();
            let asked = window(&kind, &of, requests, offers, travel)?;
            let amounts = if asked.arcs.is_empty() {
                asked.areas.iter().map(|area| area.cap).collect()
            } else {
                share(&asked).map_err(|error: ShareError| MatchError::from(error))?.amounts
            };
            for (area, amount) in amounts.into_iter().enumerate() {
                let area = u32::try_from(area).unwrap_or(u32::MAX);
                dues.push(Due { kind: kind.clone(), area, amount });
            }
        }
        Ok(dues)
    }
}

fn asks(one: &Wanting, at: &impl Fn(Option<Id>) -> u32) -> FairRequest {
    let (request, lacks) = (&one.request, one.lacks);
    let asks = if is_people(&request.item) {
        Asks::Hours {
            skill: request.item.clone(),
            languages: request.languages.clone(),
            shift: NOW,
            hours: lacks,
        }
    } else {
        Asks::Goods { item: request.item.clone(), count: lacks }
    };
    let (id, area) = (request.id.to_string(), at(request.area));
    FairRequest { id, area, urgency: request.urgency.clamp(1, 5), asks }
}

/// Minutes on foot between two places, straight.
fn minutes(one: (f64, f64), other: (f64, f64)) -> u32 {
    let flat = ((one.1 + other.1) / 2.0).to_radians().cos();
    let (x, y) = ((one.0 - other.0) * flat, one.1 - other.1);
    let metres = x.hypot(y) * DEGREE_METRES;
    let minutes = (metres / WALK_METRES_AN_HOUR * 60.0).round();
    // Bounded first: a number beyond the bound, or none, becomes the longest way.
    if minutes < f64::from(WAY_MINUTES_MAX) {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "between nought and the longest way"
        )]
        let whole = minutes.max(0.0) as u32;
        return whole;
    }
    WAY_MINUTES_MAX
}
