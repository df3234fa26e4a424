//! Which of five shades a count has.
//!
//! Never: nought shares a shade with something; equal counts never differ in shade.

/// The steps: nought is the first, the rest are cut into up to four groups of about equal size.
pub(super) struct Shades {
    /// Smallest and largest value of each step that has any, in order, with the step (1 to 5).
    ranges: Vec<(u8, u32, u32)>,
}

/// Steps above nought.
const GROUPS_MAX: usize = 4;

impl Shades {
    /// The shades of these counts.
    pub(super) fn of(values: impl Iterator<Item = u32>) -> Shades {
        let mut all: Vec<u32> = values.collect();
        all.sort_unstable();
        let mut ranges = Vec::new();
        if all.first() == Some(&0) {
            ranges.push((1, 0, 0));
        }
        let above: Vec<u32> = all.into_iter().filter(|value| *value > 0).collect();
        let mut kinds = above.clone();
        kinds.dedup();
        let groups = kinds.len().min(GROUPS_MAX);
        for group in 0..groups {
            // Cut by the number of areas, but by kinds of value when there are few of them.
            let cut = |at: usize| {
                if kinds.len() <= GROUPS_MAX {
                    kinds.get(at).copied()
                } else {
                    above.get(at * above.len() / groups).copied()
                }
            };
            let Some(low) = cut(group) else { continue };
            let next = if group + 1 < groups { cut(group + 1) } else { None };
            let inside = |value: &&u32| **value >= low && next.is_none_or(|next| **value < next);
            let high = kinds.iter().rfind(inside).copied();
            // Many equal counts can swallow a whole group; then it has nothing of its own.
            let Some(high) = high else { continue };
            // Few kinds use the far shades, so that the difference is seen.
            let step = 5 - (groups - 1 - group);
            ranges.push((u8::try_from(step).unwrap_or(5), low, high));
        }
        Shades { ranges }
    }

    /// The step of a count, 1 (pale) to 5 (dark).
    pub(super) fn step(&self, value: u32) -> u8 {
        let within = self.ranges.iter().rfind(|(_, low, _)| *low <= value);
        within.map_or(1, |(step, _, _)| *step)
    }

    /// The steps there are, with their smallest and largest count.
    pub(super) fn ranges(&self) -> impl Iterator<Item = (u8, u32, u32)> {
        self.ranges.iter().copied()
    }
}
