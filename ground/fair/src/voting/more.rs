//! How many votes more a project would have needed, found by counting again with that many ballots
//! that name it alone, all others as they are.
//!
//! Never tells a number that was not counted: with so many votes more it wins, with one fewer it
//! does not. Shares do not grow evenly with votes, so that a smaller number may win by chance too.

use super::count::count;
use super::election::Election;
use super::outcome::{Loss, Outcome, Turn};
use super::rule::{Rule, Terms, Worth};

/// Choices on the ballots of all counts that are tried for one outcome together. What would need
/// more is not told.
pub const CHOICES_TRIED_MAX: usize = 1_000_000;

/// Fills in, for each project that lost, how many votes more would have won, where the rule itself
/// does not say it. `terms` are those of an election with so many ballots.
pub fn tell_votes_more(
    election: &Election,
    outcome: &mut Outcome,
    terms: impl Fn(u64) -> Option<Terms>,
) {
    let by_votes = match outcome.terms.rule {
        Rule::Greedy(_) => false,
        Rule::EqualShares(worth, _) => matches!(worth, Worth::Cost | Worth::Cardinality),
        Rule::Phragmen => true,
    };
    if !by_votes {
        return;
    }
    let mut trying = Trying { election, terms: &terms, choices_left: CHOICES_TRIED_MAX };
    for at in 0..outcome.fates.len() {
        let Some(fate) = outcome.fates.get_mut(at) else { return };
        if let Turn::Lost(loss) = &mut fate.turn
            && can_win(election, at)
        {
            *loss = Loss { votes_more: trying.votes_more(at), ..loss.clone() };
        }
    }
}

fn can_win(election: &Election, at: usize) -> bool {
    election.projects().get(at).is_some_and(|one| one.cost_parts <= election.budget_parts())
}

struct Trying<'a, T> {
    election: &'a Election,
    terms: &'a T,
    choices_left: usize,
}

impl<T: Fn(u64) -> Option<Terms>> Trying<'_, T> {
    /// Twice as many each time until it wins, then halves between the last two; never more than
    /// there are ballots.
    fn votes_more(&mut self, at: usize) -> Option<u64> {
        let most = self.election.ballots_len().max(1);
        let (mut loses, mut wins) = (0, 1);
        while !self.won_with(at, wins)? {
            if wins == most {
                return None;
            }
            (loses, wins) = (wins, wins.saturating_mul(2).min(most));
        }
        while wins - loses > 1 {
            let between = loses + (wins - loses) / 2;
            if self.won_with(at, between)? { wins = between } else { loses = between }
        }
        u64::try_from(wins).ok()
    }

    /// Whether a project wins with so many votes more; none when that cannot be tried.
    fn won_with(&mut self, at: usize, more: usize) -> Option<bool> {
        let election = self.election.with_more(at, more)?;
        self.choices_left = self.choices_left.checked_sub(election.choices_len())?;
        let ballots = u64::try_from(election.ballots_len()).ok()?;
        Some(count(&election, &(self.terms)(ballots)?).ok()?.won(at))
    }
}
