//! Limits on attempts: how often the same origin may try the same thing. Counted in memory by a
//! keyed hash that changes with the process; nobody's address is ever kept.

use std::collections::HashMap;
use std::sync::Mutex;

/// How many origins are remembered at once; beyond that the oldest windows are dropped.
const ORIGINS_MAX: usize = 100_000;

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

/// When a window began, and how many attempts fell into it.
type Window = (i64, u32);

/// Attempts by origin and rate.
#[derive(Default)]
pub struct Limits {
    windows: Mutex<HashMap<(&'static str, [u8; 16]), Window>>,
}

impl Limits {
    /// Counts an attempt; `false` when it is one too many.
    pub fn take(&self, rate: Rate, origin: [u8; 16], now_ms: i64) -> bool {
        let Ok(mut windows) = self.windows.lock() else { return true };
        if windows.len() >= ORIGINS_MAX {
            windows.retain(|_, (began, _)| now_ms - *began < rate.within_ms);
        }
        let window = windows.entry((rate.name, origin)).or_insert((now_ms, 0));
        if now_ms - window.0 >= rate.within_ms {
            *window = (now_ms, 0);
        }
        window.1 = window.1.saturating_add(1);
        window.1 <= rate.times
    }

    /// Whether another attempt would be let through, without counting one.
    pub fn open(&self, rate: Rate, origin: [u8; 16], now_ms: i64) -> bool {
        let Ok(windows) = self.windows.lock() else { return true };
        windows
            .get(&(rate.name, origin))
            .is_none_or(|(began, n)| now_ms - began >= rate.within_ms || *n < rate.times)
    }
}
