//! `add1`: everybody is given a step more, and all is counted anew, until a step more would cost
//! more than the budget or nothing that is wanted could be paid from the rest.
//!
//! Never skips a count of which it is not proved that it changes nothing: what is bought does not
//! grow evenly with the share, so that no search by halves finds the end.

use super::run::{Run, Trail};
use crate::voting::outcome::{RaiseEnd, Uncounted};

/// Counts that one raise may need. Each buys the same as all that it stands for, so that many
/// millions of steps take some thousands; a step that is far too small is refused in the end.
pub const RAISE_COUNTS_MAX: u64 = 2_000_000;

/// How many blocks of steps one share holds.
const BLOCKS_A_SHARE: u64 = 50;
const BLOCK_STEPS_MIN: u64 = 2;

/// Where a raise ended.
pub(super) struct Raised {
    /// How many steps were given in the count that stands.
    pub(super) steps: u64,
    pub(super) end: RaiseEnd,
    /// Counts by the definition, and counts that were made.
    pub(super) counts: u64,
    pub(super) reckoned: u64,
}

/// Raises shares step by step.
///
/// While the same is bought as before, steps are taken two, four, eight … at a time, each time with
/// a proof that every count between them buys the same (see [`Run::go`]); where there is no proof,
/// half as many. A single step needs no proof: it is counted.
pub(super) fn raise(run: &mut Run<'_>, counts_max: u64) -> Result<Raised, Uncounted> {
    let mut reckoned = 1;
    let mut steps = 0;
    let mut last = run.go(steps, None).unwrap_or_default();
    if let Some(end) = ends(run, &last) {
        return Ok(Raised { steps, end, counts: 1, reckoned });
    }
    let mut stride = 1;
    while reckoned < counts_max {
        reckoned += 1;
        let target = steps.saturating_add(stride);
        let block = block_of(run, steps);
        if run.ahead.steps < target && stride < block {
            run.go_ahead(steps.saturating_add(block));
            reckoned += 1;
        }
        if stride > 1 {
            let notes = run.ahead.steps < target;
            if notes {
                run.note_from_now();
            }
            let trail = run.go(target, Some(&last));
            run.end_notes();
            match trail {
                Some(trail) => {
                    steps += stride;
                    stride *= 2;
                    last = trail;
                }
                None => stride /= 2,
            }
            continue;
        }
        let trail = run.go(steps + 1, None).unwrap_or_default();
        let counts = steps + 2;
        match ends(run, &trail) {
            Some(end @ RaiseEnd::OverBudget) => return Ok(Raised { steps, end, counts, reckoned }),
            Some(end) => return Ok(Raised { steps: steps + 1, end, counts, reckoned }),
            None => {}
        }
        steps += 1;
        if trail.same(&last) {
            stride = 2;
        }
        last = trail;
    }
    Err(Uncounted::TooManyCounts(reckoned))
}

/// How many steps ahead a run is made for the bounds it leaves to those before it. Much further,
/// another project wins early on and the bounds end there; less far, it serves too few.
fn block_of(run: &Run<'_>, steps: u64) -> u64 {
    let ground = run.ground;
    let share = ground.budget / ground.profile.voters.max(1) + steps.saturating_mul(ground.step);
    (share / ground.step.max(1) / BLOCKS_A_SHARE).max(BLOCK_STEPS_MIN)
}

/// Why shares are raised no further after a count, if they are not.
fn ends(run: &Run<'_>, trail: &Trail) -> Option<RaiseEnd> {
    let ground = run.ground;
    let Some(left) = ground.budget.checked_sub(trail.cost) else {
        return Some(RaiseEnd::OverBudget);
    };
    let fits = run.unbought().any(|cost| cost <= left);
    (!fits).then_some(RaiseEnd::NothingFits)
}
