//! Joining: pairs become groups whose members fit each other on the whole, not only in a chain.
//!
//! Never makes a group of which one pair in the chain alone holds the ends together: two groups
//! join only while the mean over all pairs between them is high enough.

use super::GROUP_VOICES_MAX;

/// The least mean score of all pairs between two groups that join; a pair that is none counts 0.
const GROUP_MEAN_MIN: u32 = 40;

/// Joins `count` voices by their scores. Each group: the mean score, and its members by place.
pub(super) fn join(count: usize, scores: &[(usize, usize, u8)]) -> Vec<(u8, Vec<usize>)> {
    // `between[a][b]`: the scores between two groups, summed; a group is known by its first member.
    let mut between = vec![vec![0_u32; count]; count];
    for (one, other, score) in scores {
        set(&mut between, *one, *other, u32::from(*score));
    }
    let mut groups: Vec<Vec<usize>> = (0..count).map(|at| vec![at]).collect();
    let mut best: Vec<Option<(u32, usize)>> =
        (0..count).map(|at| likest(&between, &groups, at)).collect();
    while let Some((one, other)) = next(&best) {
        // Where the other stood stays an empty group.
        let moved = groups.get_mut(other).map(std::mem::take).unwrap_or_default();
        if let Some(group) = groups.get_mut(one) {
            group.extend(moved);
        }
        for third in 0..count {
            let sum = sum(&between, one, third) + sum(&between, other, third);
            set(&mut between, one, third, sum);
            set(&mut between, other, third, 0);
        }
        for at in 0..count {
            let stale =
                best.get(at).copied().flatten().is_some_and(|(_, b)| b == one || b == other);
            let gained = groups.get(at).is_some_and(|group| !group.is_empty());
            if stale || at == one || at == other || (gained && sum(&between, at, one) > 0) {
                let fresh = likest(&between, &groups, at);
                if let Some(slot) = best.get_mut(at) {
                    *slot = fresh;
                }
            }
        }
    }
    let mut joined: Vec<(u8, Vec<usize>)> = Vec::new();
    for mut members in groups.into_iter().filter(|group| group.len() > 1) {
        members.sort_unstable();
        joined.push((0, members));
    }
    for (mean, members) in &mut joined {
        let inside = |at: &usize| members.binary_search(at).is_ok();
        let all = scores.iter().filter(|(one, other, _)| inside(one) && inside(other));
        let sum: usize = all.map(|(_, _, score)| usize::from(*score)).sum();
        let pairs = members.len() * (members.len() - 1) / 2;
        *mean = u8::try_from(sum.checked_div(pairs).unwrap_or(0)).unwrap_or(100);
    }
    joined
}

/// The likest other group that `at` may join: its mean in hundredths, and which.
fn likest(between: &[Vec<u32>], groups: &[Vec<usize>], at: usize) -> Option<(u32, usize)> {
    let size = groups.get(at).map(Vec::len).filter(|size| *size > 0)?;
    let row = between.get(at)?;
    let mut found: Option<(u32, usize)> = None;
    for (other, (sum, group)) in row.iter().zip(groups).enumerate() {
        if other == at || *sum == 0 || group.is_empty() || size + group.len() > GROUP_VOICES_MAX {
            continue;
        }
        let pairs = u32::try_from(size * group.len()).unwrap_or(u32::MAX);
        let mean = sum.saturating_mul(100) / pairs;
        // Of equals the first: places are by id.
        if mean >= GROUP_MEAN_MIN * 100 && found.is_none_or(|(best, _)| mean > best) {
            found = Some((mean, other));
        }
    }
    found
}

/// The likest two of all, the lesser first.
fn next(best: &[Option<(u32, usize)>]) -> Option<(usize, usize)> {
    let mut found: Option<(u32, usize, usize)> = None;
    for (at, likest) in best.iter().enumerate() {
        if let Some((mean, other)) = likest
            && found.is_none_or(|(best, ..)| *mean > best)
        {
            found = Some((*mean, at, *other));
        }
    }
    found.map(|(_, one, other)| (one.min(other), one.max(other)))
}

fn sum(between: &[Vec<u32>], one: usize, other: usize) -> u32 {
    between.get(one).and_then(|row| row.get(other)).copied().unwrap_or(0)
}

fn set(between: &mut [Vec<u32>], one: usize, other: usize, to: u32) {
    for (one, other) in [(one, other), (other, one)] {
        if let Some(slot) = between.get_mut(one).and_then(|row| row.get_mut(other)) {
            *slot = if one == other { 0 } else { to };
        }
    }
}
