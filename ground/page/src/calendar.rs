//! The day and hour of an instant, without a time-zone database.
//!
//! Never: it does not know where a city lies; the caller gives the offset from UTC in minutes.

/// A moment as a wall calendar and clock show it.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub struct Moment {
    /// Year of the common era.
    pub year: i64,
    /// 1 to 12.
    pub month: i64,
    /// 1 to 31.
    pub day: i64,
    /// 0 to 23.
    pub hour: i64,
    /// 0 to 59.
    pub minute: i64,
    /// 1 (Monday) to 7 (Sunday).
    pub weekday: i64,
}

/// Milliseconds in a minute.
pub const MINUTE_MS: i64 = 60_000;
/// Milliseconds in an hour.
pub const HOUR_MS: i64 = 60 * MINUTE_MS;
/// Milliseconds in a day.
pub const DAY_MS: i64 = 24 * HOUR_MS;

/// The moment `epoch_ms` (milliseconds since 1970-01-01 UTC) at `offset_minutes` east of UTC.
///
/// The day arithmetic counts in eras of 400 years that begin on 1 March, so that the leap day is
/// the last of its year and needs no exception.
pub fn moment(epoch_ms: i64, offset_minutes: i64) -> Moment {
    let local_ms = epoch_ms.saturating_add(offset_minutes.saturating_mul(MINUTE_MS));
    let days = local_ms.div_euclid(DAY_MS);
    let minutes = local_ms.rem_euclid(DAY_MS) / MINUTE_MS;
    let from_march_0000 = days + 719_468;
    let era = from_march_0000.div_euclid(146_097);
    let day_of_era = from_march_0000.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    Moment {
        year: year_of_era + era * 400 + i64::from(month <= 2),
        month,
        day: day_of_year - (153 * month_from_march + 2) / 5 + 1,
        hour: minutes / 60,
        minute: minutes % 60,
        weekday: (days + 3).rem_euclid(7) + 1,
    }
}
