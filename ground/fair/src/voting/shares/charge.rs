//! Paying: the supporters of a winner give its price, or the last they have.
//!
//! Never leaves it to a machine number whether somebody gave the last: within its error the ledger
//! is asked.

#![expect(clippy::indexing_slicing, reason = "places come from the profile, which checked them")]

use super::run::{ALIVE, Run};

/// What a voter does when a project is bought.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Stand {
    /// Pays the price.
    Pays,
    /// Has less, and gives it all.
    GivesLast,
    /// Has so nearly the price that only the ledger knows.
    Unsure,
}

/// The price of a project, between two bounds, with the error of a purse.
#[derive(Clone, Copy)]
pub(super) struct Window {
    low: f64,
    high: f64,
    slack: f64,
    unit: f64,
}

impl Window {
    /// What somebody does who has `left` and to whom the project is worth so much.
    pub(super) fn stand(self, left: f64, worth: f64) -> Stand {
        let unit = self.unit * worth;
        let pays = left - self.slack > self.high * unit;
        let gives_last = left + self.slack < self.low * unit;
        match (pays, gives_last) {
            (false, false) => Stand::Unsure,
            (true, _) => Stand::Pays,
            (false, true) => Stand::GivesLast,
        }
    }
}

impl Run<'_> {
    /// Lets the supporters of a project pay for it.
    pub(super) fn charge(&mut self, project: u32) {
        let at = project as usize;
        let window = self.window(project);
        let bound = self.bounds[at];
        let mut unsure = Vec::new();
        let round = self.winners.len() as u32;
        let profile = self.ground.profile;
        let worth = profile.behind_worth.get(profile.behind.range(at)).unwrap_or_default();
        // No less than the bound below it, so that whoever has less than that has less than this.
        let price = bound.rho.max(window.low) * window.unit;
        // The window once more, a little wider and asked for with one comparison.
        let middle = (window.low + window.high) / 2.0 * window.unit;
        let width = (window.high - window.low) * window.unit + 8.0 * f64::EPSILON * middle;
        for (nth, group) in profile.behind.of(at).iter().enumerate() {
            let left = self.purses[*group as usize];
            let worth = worth.get(nth).copied().unwrap_or(1);
            let times = worth as f64;
            if (left - middle * times).abs() <= width * times + window.slack {
                if left > 0.0 {
                    unsure.push((*group, worth));
                }
                continue;
            }
            // The others have more than the price, or less and nothing then. There is no branch
            // on that, which is as good as chance to a processor: the larger of two, and the
            // smaller, for whoever has nothing now has had nothing since this round or before.
            let kept = left - price * times;
            let kept = if kept > 0.0 { kept } else { 0.0 };
            let since = u32::from(kept > 0.0).wrapping_neg() | round;
            let spent = &mut self.spent[*group as usize];
            *spent = (*spent).min(since);
            self.purses[*group as usize] = kept;
        }
        let dearest = self.ground.worth_most[at] as f64 * window.unit;
        self.fog += bound.error * dearest + 2.0 * f64::EPSILON * self.share;
        if !unsure.is_empty() {
            self.settle_unsure(project, &unsure);
        }
        let slot = self.slot_of(project);
        self.in_play.swap_remove(slot);
        self.lows.swap_remove(slot);
        self.won_at[at] = round;
        self.winners.push(project);
        if !unsure.is_empty() {
            self.clear_fog();
        }
    }

    /// Between which prices a project in play is to be had.
    pub(super) fn window(&self, project: u32) -> Window {
        let at = project as usize;
        Window {
            low: self.lows[self.slot_of(project)],
            high: self.bounds[at].high,
            slack: self.fog + 4.0 * f64::EPSILON * self.share,
            unit: self.ground.units[at] as f64,
        }
    }

    fn slot_of(&self, project: u32) -> usize {
        // Only winners are charged, and a winner is in play until then.
        self.in_play.iter().position(|one| *one == project).unwrap_or(0)
    }

    /// Tells exactly which of them gave the last: those who had no more than the price.
    fn settle_unsure(&mut self, project: u32, unsure: &[(u32, u64)]) {
        let mut ledger = std::mem::take(&mut self.ledger);
        let priced = ledger.price_among(self, project, unsure, |group, _| {
            self.spent[group as usize] == self.winners.len() as u32
        });
        for (group, worth) in unsure {
            let at = *group as usize;
            if ledger.gives_last(self, *group, *worth, &priced) {
                self.purses[at] = 0.0;
                self.spent[at] = self.winners.len() as u32;
            }
        }
        self.ledger = ledger;
    }

    /// Reckons every purse anew from the exact prices, so that errors do not add up for ever.
    pub(super) fn clear_fog(&mut self) {
        let mut ledger = std::mem::take(&mut self.ledger);
        ledger.extend(self);
        let (share, prices) = ledger.rounded();
        self.ledger = ledger;
        let profile = self.ground.profile;
        for group in 0..self.purses.len() {
            if self.spent[group] != ALIVE {
                continue;
            }
            let mut left = share;
            for at in profile.ballots.range(group) {
                let won = self.won_at[profile.ballots.places[at] as usize];
                if let Some(price) = prices.get(won as usize) {
                    left -= price * profile.worth.get(at).map_or(1.0, |worth| *worth as f64);
                }
            }
            // Who did not give the last has something, however little.
            self.purses[group] = left.max(f64::MIN_POSITIVE);
        }
        let rounds = self.winners.len() as f64;
        self.fog = (2.0 * rounds + 8.0) * f64::EPSILON * self.share;
    }
}
