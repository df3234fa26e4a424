//! One run of equal shares with one share. Machine numbers keep a lower bound on every project's ρ
//! and an upper bound on their own error; ρ only grows while money is spent, so that most projects
//! are never looked at in most rounds.
//!
//! Never trusts a machine number nearer than its error: affordability, the lowest ρ and who gives
//! the last then go to the exact ledger.

#![expect(clippy::indexing_slicing, reason = "places come from the profile, which checked them")]

use std::cmp::Ordering;

use super::Ground;
use super::exact::Ledger;

/// How much wider than the last lower bound the next look is: root and bound then lie this close.
const WINDOW: f64 = 1e-9;
/// The relative error of one operation on machine numbers.
const EPSILON: f64 = f64::EPSILON;
/// Somebody who still has money.
pub(super) const ALIVE: u32 = u32::MAX;
/// A project that has not won.
pub(super) const UNWON: u32 = u32::MAX;

/// What is known of a project's ρ. The lower bound itself stands in `Run::lows`.
#[derive(Clone, Copy, Default)]
pub(super) struct Bound {
    /// No less than ρ; of use only in the round in which it was settled.
    pub(super) high: f64,
    /// ρ as it was reckoned, and how far it may be off.
    pub(super) rho: f64,
    pub(super) error: f64,
    /// The worth that pays, when nobody gives the last: ρ is then `cost / (rest · unit)` exactly.
    plain: Option<u64>,
    /// The round in which `high` was found, counted from 1.
    settled: u32,
}

/// A run, at the point to which it went.
pub(super) struct Run<'a> {
    pub(super) ground: &'a Ground<'a>,
    /// How many steps were added to everybody's share.
    pub(super) steps: u64,
    pub(super) share: f64,
    /// Money left to each voter of a group; exactly nought when the last was given.
    pub(super) purses: Vec<f64>,
    /// Of each group, the round in which it gave the last, from 0.
    pub(super) spent: Vec<u32>,
    /// Of each project, the round in which it won, from 0.
    pub(super) won_at: Vec<u32>,
    pub(super) winners: Vec<u32>,
    pub(super) ties: Vec<(usize, Vec<u32>)>,
    /// No purse is further off than this.
    pub(super) fog: f64,
    pub(super) in_play: Vec<u32>,
    pub(super) lows: Vec<f64>,
    pub(super) bounds: Vec<Bound>,
    pub(super) ledger: Ledger,
    /// What a run with at least this share has found.
    pub(super) ahead: Ahead,
    /// Whether the same has won so far as there.
    follows: bool,
    /// What this run finds for others, where it is asked to note it.
    notes: Option<Ahead>,
}

/// What a run leaves for runs with a smaller share. As long as the same has won, these see every
/// ρ at no less (see [`Run::go`]), so that its bounds are theirs too.
#[derive(Debug, Default)]
pub(super) struct Ahead {
    pub(super) steps: u64,
    winners: Vec<u32>,
    /// Of each round, a lower bound of every project's ρ; beyond any where it is out of play.
    lows: Vec<Vec<f64>>,
}

/// What one run proves to another with a smaller or larger share: who won, at which ρ at most.
#[derive(Debug, Clone, Default)]
pub(super) struct Trail {
    pub(super) steps: Vec<Step>,
    pub(super) cost: u64,
}

/// One round of a trail.
#[derive(Debug, Clone, Copy)]
pub(super) struct Step {
    pub(super) project: u32,
    /// No less than its ρ.
    high: f64,
    /// ρ as a fraction, where it is plain.
    plain: Option<(u64, u128)>,
}

impl Trail {
    /// Whether the same won in the same order.
    pub(super) fn same(&self, other: &Trail) -> bool {
        let ours = self.steps.iter().map(|step| step.project);
        ours.eq(other.steps.iter().map(|step| step.project))
    }
}

/// What one look at a project's supporters shows, at a price.
#[derive(Default)]
struct Look {
    /// What all would pay together.
    paid: f64,
    /// What all have.
    money: f64,
    /// Worth (or people, where worth is even) of those who would pay the price.
    rest: u64,
    /// How many would give the last.
    capped_people: u64,
}

impl Look {
    /// Adds a group. Whether somebody can pay the price is as good as chance to a processor, so
    /// that there is no branch on it: smaller of two, and whole numbers times nought or one.
    #[inline(always)]
    fn add(&mut self, left: f64, people: u32, worth: u64, price: f64) {
        let most = price * worth as f64;
        self.paid += f64::from(people) * if left < most { left } else { most };
        self.money += f64::from(people) * left;
        let pays = u64::from(left > most);
        let people = u64::from(people);
        self.rest += people * worth * pays;
        self.capped_people += people * (u64::from(left > 0.0) - pays);
    }
}

impl<'a> Run<'a> {
    pub(super) fn new(ground: &'a Ground<'a>) -> Self {
        let projects = ground.costs.len();
        let groups = ground.profile.people.len();
        Self {
            ground,
            steps: 0,
            share: 0.0,
            purses: vec![0.0; groups],
            spent: vec![ALIVE; groups],
            won_at: vec![UNWON; projects],
            winners: Vec::new(),
            ties: Vec::new(),
            fog: 0.0,
            in_play: Vec::new(),
            lows: Vec::new(),
            bounds: vec![Bound::default(); projects],
            ledger: Ledger::default(),
            ahead: Ahead::default(),
            follows: false,
            notes: None,
        }
    }

    /// Runs from the beginning with `steps` added to the share, and gives its trail.
    ///
    /// With a `guide`, the trail of a run with a smaller share, it gives a trail only when it is
    /// proved that every share between the two buys the same in the same order. Proof: as long as
    /// the same is bought, whoever had more at first has more after every round, since what is left
    /// is `max(0, left − ρ·worth)` and more money makes every ρ lower. A share between therefore
    /// sees the winner at no more than the guide's ρ, and every other project at no less than ours;
    /// where these are apart (or equal, and the winner comes first among equals) the same one wins.
    /// What nobody can pay at the end here, nobody can pay with less.
    pub(super) fn go(&mut self, steps: u64, guide: Option<&Trail>) -> Option<Trail> {
        self.begin(steps);
        let mut trail = Trail::default();
        loop {
            self.heed();
            let Some(project) = self.best() else { break };
            let bound = self.bounds[project as usize];
            let plain = bound.plain.map(|rest| self.plain(project, rest));
            if let Some(guide) = guide {
                let before = guide.steps.get(self.winners.len())?;
                if before.project != project || !self.stands_clear(project, before) {
                    return None;
                }
            }
            let high = if plain.is_some() { bound.rho * (1.0 + WINDOW) } else { bound.high };
            trail.steps.push(Step { project, high, plain });
            trail.cost += self.ground.costs[project as usize];
            self.note(Some(project));
            self.follows &= self.ahead.winners.get(self.winners.len()) == Some(&project);
            self.charge(project);
        }
        self.note(None);
        let whole = guide.is_none_or(|guide| guide.steps.len() == trail.steps.len());
        whole.then_some(trail)
    }

    /// The same without a guide, for the sake of runs with a smaller share.
    pub(super) fn go_ahead(&mut self, steps: u64) {
        self.note_from_now();
        self.go(steps, None);
        self.end_notes();
    }

    /// Notes what the next run finds.
    pub(super) fn note_from_now(&mut self) {
        self.notes = Some(Ahead::default());
    }

    /// Keeps what was noted, however far that run went.
    pub(super) fn end_notes(&mut self) {
        if let Some(notes) = self.notes.take() {
            self.ahead = notes;
        }
    }

    fn note(&mut self, winner: Option<u32>) {
        let Some(notes) = &mut self.notes else { return };
        notes.steps = self.steps;
        notes.winners.extend(winner);
        let mut lows = vec![f64::INFINITY; self.ground.costs.len()];
        for (project, low) in self.in_play.iter().zip(&self.lows) {
            lows[*project as usize] = *low;
        }
        notes.lows.push(lows);
    }

    /// Takes over the bounds of the run ahead.
    fn heed(&mut self) {
        let Some(ahead) = self.ahead.lows.get(self.winners.len()).filter(|_| self.follows) else {
            return;
        };
        for slot in (0..self.in_play.len()).rev() {
            let low = ahead[self.in_play[slot] as usize];
            if low == f64::INFINITY {
                self.in_play.swap_remove(slot);
                self.lows.swap_remove(slot);
            } else {
                self.lows[slot] = self.lows[slot].max(low);
            }
        }
    }

    fn begin(&mut self, steps: u64) {
        let ground = self.ground;
        self.steps = steps;
        self.share = ground.budget as f64 / ground.profile.voters.max(1) as f64
            + steps as f64 * ground.step as f64;
        self.purses.fill(self.share);
        self.spent.fill(ALIVE);
        self.won_at.fill(UNWON);
        self.winners.clear();
        self.ties.clear();
        self.fog = 4.0 * EPSILON * self.share;
        self.in_play.clear();
        self.in_play.extend(&ground.candidates);
        self.lows.clear();
        for project in &self.in_play {
            let at = *project as usize;
            let worth = ground.profile.score[at] as f64 * ground.units[at] as f64;
            let low = ground.costs[at] as f64 / worth * (1.0 - 8.0 * EPSILON);
            self.lows.push(low);
            self.bounds[at] = Bound::default();
        }
        self.ledger.begin(ground, steps);
        self.follows = self.ahead.steps >= steps;
    }

    /// What one voter of a group has left, within `fog`.
    pub(super) fn left(&self, group: u32) -> f64 {
        self.purses[group as usize]
    }

    /// What the projects cost that nobody could pay in the end.
    pub(super) fn unbought(&self) -> impl Iterator<Item = u64> {
        let candidates = self.ground.candidates.iter().map(|place| *place as usize);
        candidates.filter(|at| self.won_at[*at] == UNWON).map(|at| self.ground.costs[at])
    }

    /// Now, as it is marked on bounds.
    fn round(&self) -> u32 {
        self.winners.len() as u32 + 1
    }

    fn is_settled(&self, slot: usize) -> bool {
        self.bounds[self.in_play[slot] as usize].settled == self.round()
    }

    /// The project with the lowest ρ, the first among equals; none when nobody can pay any.
    fn best(&mut self) -> Option<u32> {
        let mut rivals: Vec<u32> = Vec::new();
        loop {
            let (first, _) = (self.lows.iter().copied().enumerate())
                .reduce(|least, next| if next.1 < least.1 { next } else { least })?;
            if !self.is_settled(first) {
                self.look_at(first);
                continue;
            }
            let project = self.in_play[first];
            let high = self.bounds[project as usize].high;
            rivals.clear();
            let mut unsettled = None;
            for slot in 0..self.lows.len() {
                if self.lows[slot] <= high && slot != first {
                    if !self.is_settled(slot) {
                        unsettled = Some(slot);
                        break;
                    }
                    rivals.push(self.in_play[slot]);
                }
            }
            match unsettled {
                Some(slot) => self.look_at(slot),
                None if rivals.is_empty() => return Some(project),
                None => {
                    rivals.push(project);
                    return Some(self.first_of(rivals));
                }
            }
        }
    }

    /// Whether every other project's ρ is above what the winner's was in the guide's run, or equal
    /// to it and behind the winner in the order among equals.
    fn stands_clear(&mut self, winner: u32, before: &Step) -> bool {
        let mut slot = 0;
        while slot < self.lows.len() {
            let other = self.in_play[slot];
            if other == winner || self.lows[slot] > before.high {
                slot += 1;
            } else if self.is_settled(slot) {
                let plain = self.bounds[other as usize].plain.map(|rest| self.plain(other, rest));
                let ahead = plain.zip(before.plain).is_some_and(|(ours, theirs)| {
                    let behind =
                        self.ground.ranks[winner as usize] < self.ground.ranks[other as usize];
                    match compare(ours, theirs) {
                        Ordering::Greater => true,
                        Ordering::Equal => behind,
                        Ordering::Less => false,
                    }
                });
                if !ahead {
                    return false;
                }
                slot += 1;
            } else {
                // What turns out too dear leaves its slot to another.
                self.look_at(slot);
            }
        }
        true
    }

    /// Raises the lower bound of the project in that slot: settles it, finds a better bound, or
    /// takes it out of play because its supporters cannot pay it any more.
    fn look_at(&mut self, slot: usize) {
        let project = self.in_play[slot];
        let at = project as usize;
        let (cost, unit) = (self.ground.costs[at] as f64, self.ground.units[at] as f64);
        let low = self.lows[slot];
        let bound = self.bounds[at];
        let high = low * (1.0 + WINDOW) + 4.0 * bound.error;
        let look = self.look(at, high * unit);
        let sums = EPSILON * (self.ground.profile.behind.of(at).len() + 8) as f64;
        let all_off = sums * look.money + self.ground.profile.supporters[at] as f64 * self.fog;
        if look.money + all_off < cost || (look.money - all_off < cost && !self.can_pay(project)) {
            self.in_play.swap_remove(slot);
            self.lows.swap_remove(slot);
            return;
        }
        let mark = self.round();
        if look.rest == 0 {
            // All would give the last at a price this little above the bound, and it is enough.
            let error = bound.error.max(low * WINDOW);
            self.bounds[at] = Bound { high, rho: high, error, plain: None, settled: mark };
            return;
        }
        // What those give who give the last; nobody's last is exactly nothing.
        let rest = look.rest as f64;
        let plain = look.capped_people == 0;
        let capped = if plain { 0.0 } else { look.paid - high * unit * rest };
        let rho = (cost - capped) / (rest * unit);
        let sums = if plain { 0.0 } else { sums * look.paid };
        let capped_off = sums + look.capped_people as f64 * self.fog;
        let error = capped_off / (rest * unit) + 8.0 * EPSILON * rho.abs();
        let settled = if rho + error <= high { mark } else { 0 };
        let plain = plain.then_some(look.rest);
        self.lows[slot] = low.max(rho - error);
        self.bounds[at] = Bound { high, rho, error, plain, settled };
    }

    /// Sums over the supporters of a project, at a price per unit of worth.
    ///
    /// Whatever the price, `cost ≤ capped + ρ·rest` holds for the true ρ, so that
    /// `(cost − capped) / rest` is never above it: a guess at the price can be wrong and the bound
    /// is right all the same.
    fn look(&self, project: usize, price: f64) -> Look {
        let profile = self.ground.profile;
        let range = profile.behind.range(project);
        let groups = &profile.behind.places[range.clone()];
        let people = &profile.behind_people[range.clone()];
        let worth = profile.behind_worth.get(range).unwrap_or_default();
        let mut look = Look::default();
        if profile.is_even() {
            for (group, people) in groups.iter().zip(people) {
                look.add(self.purses[*group as usize], *people, 1, price);
            }
        } else {
            for ((group, people), worth) in groups.iter().zip(people).zip(worth) {
                look.add(self.purses[*group as usize], *people, *worth, price);
            }
        }
        look
    }

    /// ρ as a fraction of whole numbers, where nobody gives the last.
    fn plain(&self, project: u32, rest: u64) -> (u64, u128) {
        let at = project as usize;
        (self.ground.costs[at], u128::from(rest) * u128::from(self.ground.units[at]))
    }

    fn can_pay(&mut self, project: u32) -> bool {
        let mut ledger = std::mem::take(&mut self.ledger);
        let can = ledger.can_pay(self, project);
        self.ledger = ledger;
        can
    }

    /// The first of projects whose bounds overlap.
    fn first_of(&mut self, rivals: Vec<u32>) -> u32 {
        let plain =
            |rival: &u32| self.bounds[*rival as usize].plain.map(|rest| self.plain(*rival, rest));
        let fractions: Option<Vec<(u64, u128)>> = rivals.iter().map(plain).collect();
        let mut equal = match fractions {
            Some(fractions) => least(&rivals, &fractions, |a, b| compare(*a, *b)),
            None => {
                let mut ledger = std::mem::take(&mut self.ledger);
                let priced = rivals.iter().map(|rival| ledger.price(self, *rival));
                let priced: Vec<_> = priced.collect();
                let equal = least(&rivals, &priced, super::exact::Priced::cheaper);
                self.ledger = ledger;
                self.clear_fog();
                equal
            }
        };
        equal.sort_unstable_by_key(|project| self.ground.ranks[*project as usize]);
        let first = equal[0];
        if equal.len() > 1 {
            self.ties.push((self.winners.len(), equal));
        }
        first
    }
}

/// Those of `rivals` whose value is the least.
fn least<T>(rivals: &[u32], values: &[T], by: impl Fn(&T, &T) -> Ordering) -> Vec<u32> {
    let mut best: Vec<usize> = Vec::new();
    for at in 0..rivals.len() {
        match best.first().map_or(Ordering::Less, |first| by(&values[at], &values[*first])) {
            Ordering::Less => best = vec![at],
            Ordering::Equal => best.push(at),
            Ordering::Greater => {}
        }
    }
    best.into_iter().map(|at| rivals[at]).collect()
}

/// Compares `a/b` with `c/d`. Amounts have some 50 bits and worths some 71, so that the products
/// fit.
fn compare((top, bottom): (u64, u128), (other_top, other_bottom): (u64, u128)) -> Ordering {
    let (ours, theirs) = (u128::from(top) * other_bottom, u128::from(other_top) * bottom);
    ours.cmp(&theirs)
}
