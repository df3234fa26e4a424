//! Areas nobody hears from: few voices came although neighbours speak. Silence is said as silence;
//! it never means that nothing is lacking, and never makes a need less or more grave.

use std::collections::HashMap;

use record::Id;

/// An area is silent when fewer voices than this came from it.
pub const SILENT_VOICES: i64 = 5;
/// Within so many days.
pub const SILENT_DAYS: i64 = 14;

/// Which areas are silent: fewer than [`SILENT_VOICES`] came from them, and a neighbour speaks (or,
/// where no neighbours are known, any other area does). `spoke` is how many came from each, or a
/// number that says at least so many; in its order.
#[must_use]
pub fn silent(spoke: &[(Id, i64)], neighbours: impl Fn(Id) -> Vec<Id>) -> Vec<Id> {
    let counts: HashMap<Id, i64> = spoke.iter().copied().collect();
    let speaks = |id: &Id| counts.get(id).is_some_and(|n| *n >= SILENT_VOICES);
    let anybody = counts.keys().any(|id| speaks(id));
    let quiet = spoke.iter().filter(|(_, n)| *n < SILENT_VOICES).map(|(id, _)| *id);
    let beside = |id: &Id| {
        let near = neighbours(*id);
        if near.is_empty() { anybody } else { near.iter().any(|other| speaks(other)) }
    };
    quiet.filter(beside).collect()
}
