//! The hybrid logical clock: wall time in milliseconds and a counter, in one number that only
//! grows. It never reads the time itself: the caller brings it.

/// A record dated further ahead than this is parked and shown, not folded (milliseconds).
pub const CLOCK_AHEAD_MS_MAX: i64 = 15 * 60 * 1000;
/// One day in milliseconds.
pub const DAY_MS: i64 = 24 * 60 * 60 * 1000;

const COUNTER_BITS: u32 = 16;

/// A point in the order of all records: 48 bits of milliseconds since 1970, 16 bits of counter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Clock(pub i64);

impl Clock {
    /// The first point within a millisecond.
    #[must_use]
    pub fn at(ms: i64) -> Clock {
        Clock(ms.max(0) << COUNTER_BITS)
    }

    /// The wall time of this point, in milliseconds since 1970.
    #[must_use]
    pub fn ms(self) -> i64 {
        self.0 >> COUNTER_BITS
    }

    /// The point after `self` when the wall shows `now_ms`: never earlier than `self`, even when
    /// the wall clock was set back by hours.
    #[must_use]
    pub fn tick(self, now_ms: i64) -> Clock {
        Clock(Clock::at(now_ms).0.max(self.0 + 1))
    }
}

/// The day a moment falls on, in days since 1970 (UTC).
#[must_use]
pub fn day_of(ms: i64) -> i64 {
    ms.div_euclid(DAY_MS)
}
