//! Why an area does not get more, and what would change it.
//!
//! Never explains by what was not decided: every reason is read off the certificate.
#![expect(clippy::indexing_slicing, reason = "arcs of a verified window lead where there is one")]

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
    /// No pool may give to it.
    NoGiver,
    /// It gets all that it can take.
    Full,
    /// It stood above the line of every pool that may give to it before anything was given: others
    /// need it more.
    Ahead {
        /// Its own level.
        level: Level,
        /// The highest line of a pool that may give to it.
        line: Level,
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
    /// The giver ran dry at this level.
    Dry(Level),
    /// The arc is at its ceiling.
    Ceiling,
    /// The partner handles all it can.
    PartnerFull,
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
}

/// Answers to questions about shares.
///
/// The shares should have passed [`check`](super::check); of others the reasons mean nothing.
#[derive(Debug)]
pub struct Reasons<'a> {
    window: &'a Window,
    shares: &'a Shares,
    /// By area, the arcs that lead to it.
    into: Vec<Vec<u32>>,
}

impl<'a> Reasons<'a> {
    /// Makes ready to answer.
    ///
    /// # Errors
    /// When the window is wrong, or the shares are of another window.
    pub fn new(window: &'a Window, shares: &'a Shares) -> Result<Self, super::check::Fault> {
        super::check::check_counts(window, shares)?;
        let mut into = vec![Vec::new(); window.areas.len()];
        for (at, arc) in (0u32..).zip(&window.arcs) {
            if let Taker::Area(area) = arc.to {
                into[area as usize].push(at);
            }
        }
        Ok(Self { window, shares, into })
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
        let nothing = self.into[at].iter().all(|arc| proof.flows[*arc as usize].num() == 0);
        let lines = self.into[at].iter().map(|arc| self.giver_level(*arc as usize));
        let line = lines.max().unwrap_or(level);
        if nothing && line < level {
            return Some(Reason::Ahead { level, line });
        }
        let stops = self.into[at].iter().map(|arc| (*arc as usize, self.stop(*arc as usize)));
        Some(Reason::Short { level, stops: stops.collect() })
    }

    fn giver_level(&self, arc: usize) -> Level {
        let proof = &self.shares.certificate;
        match self.window.arcs[arc].from {
            Giver::Pool(pool) => proof.pools[pool as usize],
            Giver::Partner(by) => proof.partners[by as usize].1,
        }
    }

    fn stop(&self, at: usize) -> Stop {
        let arc = self.window.arcs[at];
        if !self.has_room(at) {
            return Stop::Ceiling;
        }
        if let Giver::Partner(by) = arc.from {
            let (before, behind) = self.shares.certificate.partners[by as usize];
            if before > behind {
                return Stop::PartnerFull;
            }
        }
        Stop::Dry(self.giver_level(at))
    }

    fn has_room(&self, arc: usize) -> bool {
        let flow = self.shares.certificate.flows[arc].floor();
        self.window.arcs[arc].ceiling.is_none_or(|most| flow < i128::from(most))
    }

    /// What one unit more in a pool would change, at first; none where there is no such pool.
    ///
    /// # Errors
    /// When the claims are too fine to add.
    pub fn marginal(&self, pool: usize) -> Result<Option<Marginal>, ShareError> {
        let Some(&dry) = self.shares.certificate.pools.get(pool) else { return Ok(None) };
        let none = Marginal { parts: Vec::new(), line: Level::Unbounded, until: Level::Unbounded };
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
        Ok(Some(Marginal { parts: parts.ok_or(ShareError::TooFine)?, line, until }))
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
