//! Whether every group got its part: for each group that is large enough, its share of the ballots
//! beside its share of what was funded. It never shows a group that is small, nor one that could be
//! worked out from the others.

use num_rational::Ratio;

use crate::ballot::Choice;
use crate::bundle::{Group, Outcome};
use crate::rules::Rules;
use crate::{CELL_MIN, GROUP_MIN};

/// A ballot that counts, and the group whose credential it was cast with.
#[derive(Clone, Copy, Debug)]
pub struct Voter<'a> {
    /// The group's place in the list.
    pub group: usize,
    /// What it chose.
    pub choices: &'a [Choice],
}

/// Which of several counts may be shown beside their sum. Those below `min` are not; where what is
/// hidden could then be worked out, the smallest that are left are hidden with it.
#[must_use]
pub fn shown(counts: &[u64], min: u64) -> Vec<bool> {
    let mut shows: Vec<bool> = counts.iter().map(|n| *n == 0 || *n >= min).collect();
    let hidden = |shows: &[bool]| {
        let all = counts.iter().zip(shows).filter(|(_, shown)| !**shown);
        all.fold((0u64, 0u64), |(n, sum), (count, _)| (n + 1, sum.saturating_add(*count)))
    };
    loop {
        let (n, sum) = hidden(&shows);
        if n == 0 || (n > 1 && sum >= min) {
            return shows;
        }
        let left =
            counts.iter().enumerate().filter(|(at, n)| **n > 0 && shows.get(*at) == Some(&true));
        let Some((at, _)) = left.min_by_key(|(at, n)| (**n, *at)) else { return shows };
        if let Some(one) = shows.get_mut(at) {
            *one = false;
        }
    }
}

/// What may be said of every group. `issued` counts the credentials of each.
#[must_use]
pub fn audit(
    names: &[String],
    issued: &[u64],
    voters: &[Voter],
    rules: &Rules,
    outcome: &Outcome,
) -> Vec<Group> {
    let of = |at: usize| voters.iter().filter(move |voter| voter.group == at);
    let count = |at: usize| u64::try_from(of(at).count()).unwrap_or(u64::MAX);
    let ballots: Vec<u64> = (0..names.len()).map(count).collect();
    let chosen = chosen(names.len(), voters, rules, outcome);
    let issued_shown = shown(issued, CELL_MIN);
    let ballots_shown = shown(&ballots, GROUP_MIN);
    let all = u64::try_from(voters.len()).unwrap_or(u64::MAX);
    let said = |at: usize, name: &String| {
        let n = ballots.get(at).copied().unwrap_or(0);
        let shows = all >= GROUP_MIN && ballots_shown.get(at).copied().unwrap_or(false);
        let figures = shows && n > 0;
        let (money, projects) = parts(at, &chosen);
        Group {
            name: name.clone(),
            issued: issued.get(at).copied().filter(|_| issued_shown.get(at) == Some(&true)),
            ballots: Some(n).filter(|_| shows),
            ballots_percent: figures.then(|| percent(&Ratio::new(n.into(), all.max(1).into()))),
            money_percent: money.filter(|_| figures).map(|part| percent(&part)),
            projects_percent: projects.filter(|_| figures).map(|part| percent(&part)),
        }
    };
    names.iter().enumerate().map(|(at, name)| said(at, name)).collect()
}

/// A funded project: what it costs, and how many of each group chose it.
struct Chosen {
    cost_minor: u64,
    by_group: Vec<u64>,
}

/// The funded projects of which it may be told who chose them: from shares and totals, how many of
/// a group chose one could be worked out, so that none is among them that one to four people of a
/// group chose. Ballots are gone through once for each project, however many groups there are.
fn chosen(groups: usize, voters: &[Voter], rules: &Rules, outcome: &Outcome) -> Vec<Chosen> {
    let one = |id: &String| {
        let mut by_group = vec![0u64; groups];
        for voter in voters.iter().filter(|voter| chose(voter, id)) {
            if let Some(n) = by_group.get_mut(voter.group) {
                *n += 1;
            }
        }
        let cost_minor = rules.project(id)?.cost_minor;
        let tells_nobody = by_group.iter().all(|n| *n == 0 || *n >= CELL_MIN);
        tells_nobody.then_some(Chosen { cost_minor, by_group })
    };
    outcome.order.iter().filter_map(one).collect()
}

/// Which part of the money, and of the funded projects, the choices of a group stand for: each
/// project is shared out among those who chose it.
fn parts(group: usize, chosen: &[Chosen]) -> (Option<Ratio<u128>>, Option<Ratio<u128>>) {
    let (mut money, mut spent) = (Ratio::from_integer(0u128), 0u128);
    let (mut projects, mut funded) = (Ratio::from_integer(0u128), 0u128);
    for Chosen { cost_minor, by_group } in chosen {
        let all = by_group.iter().map(|n| u128::from(*n)).sum::<u128>();
        let own = u128::from(by_group.get(group).copied().unwrap_or(0));
        let (part, cost) = (Ratio::new(own, all.max(1)), u128::from(*cost_minor));
        money += part * cost;
        spent += cost;
        projects += part;
        funded += 1;
    }
    let of = |part: Ratio<u128>, whole: u128| (whole > 0).then(|| part / whole);
    (of(money, spent), of(projects, funded))
}

fn chose(voter: &Voter, id: &str) -> bool {
    voter.choices.iter().any(|choice| choice.project == id)
}

/// A share in whole percent, halves upward.
fn percent(share: &Ratio<u128>) -> u64 {
    let hundred = share * 100u128 + Ratio::new(1u128, 2u128);
    u64::try_from(hundred.to_integer()).unwrap_or(u64::MAX)
}
