//! Counting and sharing out: every published election by every rule, beside another program where
//! that can be had; windows of many arcs, shared out and checked; and how firm a result is.

mod elections;
mod judge;
mod windows;

use std::time::Instant;

/// Runs and prints the tables.
pub fn fairness() {
    elections::elections();
    windows::windows();
}

/// What is shorter than this is told by the clock, in seconds: the system adds up a processor's
/// time in steps of some milliseconds.
const CLOCK_S_MAX: f64 = 0.1;

/// What something gives, and the seconds for which it keeps a processor busy. The crate works in
/// one thread, so this is all that a count or a sharing-out costs.
fn timed<T>(work: impl FnOnce() -> T) -> (T, f64) {
    let (clock, began) = (Instant::now(), cpu_seconds());
    let made = work();
    let (passed, busy) = (clock.elapsed().as_secs_f64(), cpu_seconds().zip(began));
    let busy = busy.map_or(passed, |(now, began)| now - began);
    (made, if passed < CLOCK_S_MAX { passed } else { busy })
}

/// Seconds that this thread has kept a processor busy, where the system tells.
fn cpu_seconds() -> Option<f64> {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    Some(stat.split_whitespace().next()?.parse::<f64>().ok()? / 1e9)
}
