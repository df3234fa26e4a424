//! Limits on attempts: how often the same origin may try the same thing. Counted in memory by a
//! keyed hash that changes with the process; nobody's address is ever kept.

use std::collections::HashMap;
use std::sync::Mutex;

/// How many windows are remembered at once. When there are more, those that have ended go, and if
/// few have, those that end soonest.
const WINDOWS_MAX: usize = 100_000;
/// How many are left after a clearing: so much room is made that clearing is seldom.
const WINDOWS_LEFT_MAX: usize = WINDOWS_MAX / 4 * 3;

/// A rate: so many in so long.
#[derive(Clone, Copy, Debug)]
pub struct Rate {
    /// Name, such as `sign-in`.
    pub name: &'static str,
    /// How many.
    pub times: u32,
    /// In how many milliseconds.
    pub within_ms: i64,
}

/// When a window ends, and how many attempts fell into it.
struct Window {
    ends_ms: i64,
    attempts: u32,
}

/// Whose attempts at what.
type Key = (&'static str, [u8; 16]);

/// Attempts by origin and rate.
#[derive(Default)]
pub struct Limits {
    windows: Mutex<HashMap<Key, Window>>,
}

impl Limits {
    /// Counts an attempt; `false` when it is one too many.
    pub fn take(&self, rate: Rate, origin: [u8; 16], now_ms: i64) -> bool {
        let Ok(mut windows) = self.windows.lock() else { return true };
        let key = (rate.name, origin);
        if windows.len() >= WINDOWS_MAX && !windows.contains_key(&key) {
            clear(&mut windows, now_ms);
        }
        let fresh = || Window { ends_ms: now_ms.saturating_add(rate.within_ms), attempts: 0 };
        let window = windows.entry(key).or_insert_with(fresh);
        if now_ms >= window.ends_ms {
            *window = fresh();
        }
        window.attempts = window.attempts.saturating_add(1);
        window.attempts <= rate.times
    }

    /// Takes back an attempt that turned out to be none, such as a right passphrase. Whoever counts
    /// first and takes back afterwards lets no two guesses through side by side.
    pub fn give_back(&self, rate: Rate, origin: [u8; 16]) {
        let Ok(mut windows) = self.windows.lock() else { return };
        if let Some(window) = windows.get_mut(&(rate.name, origin)) {
            window.attempts = window.attempts.saturating_sub(1);
        }
    }
}

/// Makes room. Each clearing frees a quarter of all windows, so that its cost is shared by as many
/// attempts as it walks through, up to a small factor.
fn clear(windows: &mut HashMap<Key, Window>, now_ms: i64) {
    windows.retain(|_, window| window.ends_ms > now_ms);
    let Some(too_many) = windows.len().checked_sub(WINDOWS_LEFT_MAX).filter(|n| *n > 0) else {
        return;
    };
    let mut ends: Vec<(i64, Key)> = windows.iter().map(|(key, w)| (w.ends_ms, *key)).collect();
    ends.select_nth_unstable(too_many - 1);
    for (_, key) in ends.into_iter().take(too_many) {
        windows.remove(&key);
    }
}

#[cfg(test)]
mod tests {
    use super::{Limits, Rate, WINDOWS_LEFT_MAX, WINDOWS_MAX};

    const SHORT: Rate = Rate { name: "short", times: 1, within_ms: 1_000 };
    const LONG: Rate = Rate { name: "long", times: 1, within_ms: 600_000 };

    fn from(n: usize) -> [u8; 16] {
        (n as u128).to_be_bytes()
    }

    #[test]
    fn a_window_closes_after_its_own_time_and_not_before() {
        let limits = Limits::default();
        assert!(limits.take(SHORT, from(1), 0) && !limits.take(SHORT, from(1), 999));
        assert!(limits.take(SHORT, from(1), 1_000), "a window has ended");
        assert!(limits.take(LONG, from(1), 0) && !limits.take(LONG, from(1), 599_999));
        assert!(limits.take(LONG, from(2), 0), "another origin has its own");
    }

    #[test]
    fn an_attempt_given_back_may_be_made_again() {
        let limits = Limits::default();
        limits.give_back(LONG, from(1));
        assert!(limits.take(LONG, from(1), 0));
        limits.give_back(LONG, from(1));
        assert!(limits.take(LONG, from(1), 0) && !limits.take(LONG, from(1), 0));
    }

    #[test]
    fn a_short_rate_does_not_clear_the_windows_of_a_long_one() {
        let limits = Limits::default();
        assert!(limits.take(LONG, from(0), 0));
        // Two minutes later the short windows have ended; the long one counts on.
        for n in 1..WINDOWS_MAX {
            limits.take(SHORT, from(n), 0);
        }
        assert!(limits.take(SHORT, from(WINDOWS_MAX), 120_000));
        assert_eq!(limits.windows.lock().unwrap().len(), 2);
        assert!(!limits.take(LONG, from(0), 120_000), "it was forgotten");
    }

    #[test]
    fn where_all_windows_are_open_those_that_end_soonest_go() {
        let limits = Limits::default();
        for n in 0..WINDOWS_MAX {
            limits.take(LONG, from(n), i64::try_from(n).unwrap());
        }
        let now = i64::try_from(WINDOWS_MAX).unwrap();
        limits.take(LONG, from(WINDOWS_MAX), now);
        assert_eq!(limits.windows.lock().unwrap().len(), WINDOWS_LEFT_MAX + 1);
        assert!(!limits.take(LONG, from(WINDOWS_MAX - 1), now), "the newest is still counted");
        assert!(limits.take(LONG, from(0), now), "the oldest made room");
    }
}
