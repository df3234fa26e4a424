//! Why an area does not get more, and what would change it.
//!
//! Never explains by what was not decided: every reason is read off the certificate.
#![expect(clippy::indexing_slicing, reason = "arcs of a verified window lead where there is one")]

use super::check::Fault;
use super::level::{Fraction, Level};
use super::shares::Shares;
use super::window::{Giver, ShareError, Taker, Window};

/// Why an area gets no more than it does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// Its need or its weight is nought: no line lifts it.
    NoClaim,
    /// It has no open request, or can absorb nothing.
    NoRequest,
    /// No pool may give to it, itself or through a partner.
    NoGiver,
    /// It gets all that it can take.
    Full,
    /// It gets nothing, since it stands above everybody who gets what there is for it.
    Ahead {
        /// Its own level.
        level: Level,
        /// What stops each arc that leads to it.
        stops: Vec<(usize, Stop)>,
    },
    /// It has a share, but of less than one whole unit, and that was rounded down.
    Unit {
        /// The share.
        share: Fraction,
    },
    /// It was lifted as high as what may be given to it reaches.
    Short {
        /// Its level.
        level: Level,
        /// What stops each arc that leads to it.
        stops: Vec<(usize, Stop)>,
    },
}

/// What stops an arc from giving more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// The pool ran dry: nobody whom it pays stands above its line.
    Dry {
        /// The pool.
        pool: usize,
        /// The level at which it ran dry.
        line: Level,
    },
    /// The pool has nothing that may be given.
    Empty {
        /// The pool.
        pool: usize,
    },
    /// The arc is at its ceiling.
    Ceiling,
    /// The partner handles all it can.
    PartnerFull {
        /// The partner.
        partner: usize,
    },
    /// The partner could handle more, but no more comes to it; why, [`Reasons::partner_stops`]
    /// says.
    PartnerDry {
        /// The partner.
        partner: usize,
    },
}

/// What one unit more in a pool would change, at first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marginal {
    /// Areas that would get some of it, and which part of it each. Empty where the pool is not
    /// spent as it is, or reaches nobody who could take more.
    pub parts: Vec<(usize, Fraction)>,
    /// The level on which they stand; unbounded where there are none.
    pub line: Level,
    /// The level at which, at the latest, others join them or one of them is full: up to there
    /// the parts hold, unless a ceiling or another pool's gift runs out before.
    pub until: Level,
    /// How many units more lift them so far; none where nothing ends it, or where there are none.
    pub amount: Option<Fraction>,
}

/// Answers to questions about shares.
///
/// The shares should have passed [`check`](super::check()); of others the reasons mean nothing.
#[derive(Debug)]
pub struct Reasons<'a> {
    pub(super) window: &'a Window,
    pub(super) shares: &'a Shares,
    /// By area, the arcs over which a pool could reach it.
    into: Vec<Vec<u32>>,
    pub(super) partners: Vec<Through>,
}

/// What is known of a partner.
#[derive(Clone, Debug, Default)]
pub(super) struct Through {
    /// Whether it handles all that it can.
    pub(super) is_full: bool,
    /// Whether any pool may give to it.
    is_fed: bool,
    /// What stops each arc that leads to it, where something does.
    stops: Vec<(usize, Stop)>,
    /// Nobody who gets something through it stands above this; none where nobody could.
    line: Option<Level>,
}

impl<'a> Reasons<'a> {
    /// Makes ready to answer.
    ///
    /// # Errors
    /// When the window is wrong, or the shares are of another window.
    pub fn new(window: &'a Window, shares: &'a Shares) -> Result<Self, Fault> {
        super::check::check_counts(window, shares)?;
        let into = vec![Vec::new(); window.areas.len()];
        let partners = vec![Through::default(); window.partners.len()];
        let mut reasons = Self { window, shares, into, partners };
        reasons.look_at_partners()?;
        for (at, arc) in (0u32..).zip(&window.arcs) {
            let Taker::Area(area) = arc.to else { continue };
            let leads_on = match arc.from {
                Giver::Pool(_) => true,
                Giver::Partner(by) => reasons.partners[by as usize].is_fed,
            };
            if leads_on {
                reasons.into[area as usize].push(at);
            }
        }
        Ok(reasons)
    }

    fn look_at_partners(&mut self) -> Result<(), Fault> {
        let mut through = vec![Fraction::ZERO; self.partners.len()];
        for (at, arc) in self.window.arcs.iter().enumerate() {
            let (Giver::Pool(pool), Taker::Partner(by)) = (arc.from, arc.to) else { continue };
            let (stop, by) = (self.pool_stop(at, pool as usize), by as usize);
            let sum = through[by].plus(self.shares.certificate.flows[at]);
            through[by] = sum.ok_or(Fault::TooFine { what: "partner", at: by })?;
            let partner = &mut self.partners[by];
            partner.is_fed = true;
            match stop {
                // Nothing stops a pool that is not dry, and then those behind can take no more.
                Stop::Dry { line: Level::Unbounded, .. } => continue,
                Stop::Dry { line, .. } => partner.line = partner.line.max(Some(line)),
                _ => {}
            }
            partner.stops.push((at, stop));
        }
        for (by, through) in through.into_iter().enumerate() {
            let partner = &mut self.partners[by];
            partner.is_full = through.floor() >= i128::from(self.window.partners[by].capacity);
            if through.num() > 0 {
                partner.line = Some(self.shares.certificate.partners[by].1);
            }
        }
        Ok(())
    }

    /// Why an area gets no more; none where there is no such area.
    #[must_use]
    pub fn why_not_more(&self, at: usize) -> Option<Reason> {
        let area = self.window.areas.get(at)?;
        let proof = &self.shares.certificate;
        if area.need == 0 || area.weight.num == 0 {
            return Some(Reason::NoClaim);
        }
        if area.cap == 0 {
            return Some(Reason::NoRequest);
        }
        if self.into[at].is_empty() {
            return Some(Reason::NoGiver);
        }
        if self.shares.amounts[at] == area.cap {
            return Some(Reason::Full);
        }
        let level = proof.areas[at];
        let mut flows = self.into[at].iter().map(|arc| proof.flows[*arc as usize]);
        let share = flows.try_fold(Fraction::ZERO, Fraction::plus).unwrap_or(Fraction::ZERO);
        if share.num() > 0 && self.shares.amounts[at] == 0 {
            return Some(Reason::Unit { share });
        }
        let stops = self.into[at].iter().map(|arc| (*arc as usize, self.stop(*arc as usize)));
        let stops: Vec<(usize, Stop)> = stops.collect();
        let line = stops.iter().filter_map(|(_, stop)| self.line(*stop)).max();
        // What may not be given to it may lift others above it.
        let is_barred = stops.iter().any(|(_, stop)| *stop == Stop::Ceiling);
        if share.num() == 0 && !is_barred && line.is_some_and(|line| line < level) {
            return Some(Reason::Ahead { level, stops });
        }
        Some(Reason::Short { level, stops })
    }

    /// What stops more from coming to a partner, by arc; nothing where there is no such partner.
    #[must_use]
    pub fn partner_stops(&self, by: usize) -> &[(usize, Stop)] {
        self.partners.get(by).map_or(&[], |partner| &partner.stops)
    }

    fn stop(&self, at: usize) -> Stop {
        match self.window.arcs[at].from {
            Giver::Pool(pool) => self.pool_stop(at, pool as usize),
            Giver::Partner(_) if !self.has_room(at) => Stop::Ceiling,
            Giver::Partner(by) if self.partners[by as usize].is_full => {
                Stop::PartnerFull { partner: by as usize }
            }
            Giver::Partner(by) => Stop::PartnerDry { partner: by as usize },
        }
    }

    fn pool_stop(&self, at: usize, pool: usize) -> Stop {
        if !self.has_room(at) {
            Stop::Ceiling
        } else if self.window.pools[pool].ready() == 0 {
            Stop::Empty { pool }
        } else {
            Stop::Dry { pool, line: self.shares.certificate.pools[pool] }
        }
    }

    /// Above which nobody stands who gets what is stopped here; none where nobody gets anything.
    fn line(&self, stop: Stop) -> Option<Level> {
        match stop {
            Stop::Dry { line, .. } => Some(line),
            Stop::Empty { .. } | Stop::Ceiling => None,
            Stop::PartnerFull { partner } | Stop::PartnerDry { partner } => {
                self.partners[partner].line
            }
        }
    }

    pub(super) fn has_room(&self, arc: usize) -> bool {
        let flow = self.shares.certificate.flows[arc].floor();
        self.window.arcs[arc].ceiling.is_none_or(|most| flow < i128::from(most))
    }

    /// What one unit more in a pool would change, at first; none where there is no such pool.
    ///
    /// # Errors
    /// When the claims are too fine to add.
    pub fn marginal(&self, pool: usize) -> Result<Option<Marginal>, ShareError> {
        let Some(&dry) = self.shares.certificate.pools.get(pool) else { return Ok(None) };
        let (line, until) = (Level::Unbounded, Level::Unbounded);
        let none = Marginal { parts: Vec::new(), line, until, amount: None };
        if dry == Level::Unbounded {
            return Ok(Some(none));
        }
        let open = self.open_from(pool)?;
        let Some(line) = open.iter().map(|at| self.shares.certificate.areas[*at]).min() else {
            return Ok(Some(none));
        };
        let mut until = Level::Unbounded;
        let mut sum = Fraction::ZERO;
        let mut rising = Vec::new();
        for at in open {
            let level = self.shares.certificate.areas[at];
            if level > line {
                until = until.min(level);
                continue;
            }
            let area = &self.window.areas[at];
            let claim = area.claim().ok_or(ShareError::TooFine)?;
            sum = sum.plus(claim).ok_or(ShareError::TooFine)?;
            rising.push((at, claim));
            let most = Fraction::new(i128::from(area.covered) + i128::from(area.cap), 1);
            let turned = Fraction::new(claim.den(), claim.num());
            if let Some(full) = most.zip(turned).and_then(|(most, turned)| most.times(turned)) {
                until = until.min(Level::At(full));
            }
        }
        let turned = Fraction::new(sum.den(), sum.num());
        let part = |claim: Fraction| turned.and_then(|sum| claim.times(sum));
        let parts = rising.into_iter().map(|(at, claim)| Some((at, part(claim)?)));
        let parts: Option<Vec<_>> = parts.collect();
        let parts = parts.ok_or(ShareError::TooFine)?;
        let amount = line.line().zip(until.line()).and_then(|(from, to)| apart(from, to));
        let amount = amount.and_then(|apart| apart.times(sum)).map(Fraction::reduced);
        Ok(Some(Marginal { parts, line, until, amount }))
    }

    /// Areas that can take more and that a unit of a pool could reach, directly or by changing
    /// places.
    fn open_from(&self, pool: usize) -> Result<Vec<usize>, ShareError> {
        let window = self.window;
        let (pools, partners) = (window.pools.len(), window.partners.len());
        let areas = pools + 2 * partners;
        let giver = |giver: Giver| match giver {
            Giver::Pool(pool) => pool as usize,
            Giver::Partner(by) => pools + partners + by as usize,
        };
        let taker = |taker: Taker| match taker {
            Taker::Area(area) => areas + area as usize,
            Taker::Partner(by) => pools + by as usize,
        };
        let proof = &self.shares.certificate;
        let mut steps = vec![Vec::new(); areas + window.areas.len()];
        let mut through = vec![Fraction::ZERO; partners];
        for (at, arc) in window.arcs.iter().enumerate() {
            let (from, to, flow) = (giver(arc.from), taker(arc.to), proof.flows[at]);
            if self.has_room(at) {
                steps[from].push(to);
            }
            if flow.num() > 0 {
                steps[to].push(from);
            }
            if let Taker::Partner(by) = arc.to {
                let sum = &mut through[by as usize];
                *sum = sum.plus(flow).ok_or(ShareError::TooFine)?;
            }
        }
        for (by, through) in through.into_iter().enumerate() {
            let (before, behind) = (pools + by, pools + partners + by);
            if through.floor() < i128::from(window.partners[by].capacity) {
                steps[before].push(behind);
            }
            if through.num() > 0 {
                steps[behind].push(before);
            }
        }
        let got = proof.amounts(window);
        let has_room = |at: &usize| {
            let most = i128::from(window.areas[*at].room());
            got.get(*at).is_some_and(|got| got.floor() < most)
        };
        Ok(reached(&steps, pool)
            .filter_map(|node| node.checked_sub(areas))
            .filter(has_room)
            .collect())
    }
}

/// How far one level lies above another; none where it does not, or where that is too fine.
fn apart(from: Fraction, to: Fraction) -> Option<Fraction> {
    let above = to.num().checked_mul(from.den())?;
    let below = from.num().checked_mul(to.den())?;
    Fraction::new(above.checked_sub(below)?, to.den().checked_mul(from.den())?)
}

/// All that can be reached from a node, itself too.
fn reached(steps: &[Vec<usize>], from: usize) -> impl Iterator<Item = usize> {
    let mut seen = vec![false; steps.len()];
    seen[from] = true;
    let mut queue = vec![from];
    while let Some(node) = queue.pop() {
        for &next in &steps[node] {
            if !std::mem::replace(&mut seen[next], true) {
                queue.push(next);
            }
        }
    }
    seen.into_iter().enumerate().filter_map(|(node, seen)| seen.then_some(node))
}
