//! The day and hour of an instant, and the day that somebody typed, without a time-zone database.
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

/// A day as a browser sends it (`2027-03-31`), in days since 1970; none for anything else, and for
/// days that no calendar has.
#[must_use]
pub fn day_typed(typed: &str) -> Option<i64> {
    let mut parts = typed.trim().split('-');
    let mut number = |digits: usize| {
        let part = parts.next().filter(|p| p.len() == digits)?;
        part.bytes().all(|b| b.is_ascii_digit()).then(|| part.parse::<i64>().ok())?
    };
    let (year, month, day) = (number(4)?, number(2)?, number(2)?);
    let sound = (1970..=9999).contains(&year) && (1..=12).contains(&month);
    if !sound || parts.next().is_some() || !(1..=days_in(year, month)).contains(&day) {
        return None;
    }
    let whole_years: i64 = (year - 1970) * 365 + leap_days_before(year) - leap_days_before(1970);
    let months: i64 = (1..month).map(|m| days_in(year, m)).sum();
    Some(whole_years + months + day - 1)
}

fn leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

/// Leap days of all years before this one.
fn leap_days_before(year: i64) -> i64 {
    let years = year - 1;
    years / 4 - years / 100 + years / 400
}

fn days_in(year: i64, month: i64) -> i64 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if leap(year) => 29,
        2 => 28,
        _ => 31,
    }
}
