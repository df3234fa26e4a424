//! The day and hour of an assembly, by the city's own clock, and whether that hour is safe to come
//! and go. Pure.

use page::calendar::{DAY_MS, MINUTE_MS};
use record::Refusal;

/// From this minute of the day on it is safe to come: seven in the morning.
pub const SAFE_FROM_MINUTE: i64 = 7 * 60;
/// An assembly that begins after this minute of the day ends in the dark: six in the evening.
pub const SAFE_UNTIL_MINUTE: i64 = 18 * 60;
/// How far ahead an assembly may be called, in days.
pub const AHEAD_DAYS_MAX: i64 = 366;
/// How late an assembly that has begun may still be written down, in milliseconds: paper comes in
/// the day after.
pub const LATE_MS_MAX: i64 = 3 * DAY_MS;
const DAY_MINUTES: i64 = 24 * 60;

/// The instant of a day (`2026-12-05`) and an hour (`15:00`) as typed, by the city's clock.
///
/// # Errors
/// It cannot be read.
pub fn instant(day: &str, hour: &str, offset_minutes: i64) -> Result<i64, Refusal> {
    let wrong = || Refusal::new("assembly-day-wrong").naming("days", AHEAD_DAYS_MAX);
    let day = page::calendar::day_typed(day).ok_or_else(wrong)?;
    let (hours, minutes) = hour.trim().split_once(':').ok_or_else(wrong)?;
    let number = |digits: &str, most: i64| {
        let sound = matches!(digits.len(), 1 | 2) && digits.chars().all(|c| c.is_ascii_digit());
        digits.parse::<i64>().ok().filter(|n| sound && *n < most)
    };
    let minute = number(hours, 24).zip(number(minutes, 60)).map(|(h, m)| h * 60 + m);
    let minute = minute.ok_or_else(wrong)?;
    Ok(day.saturating_mul(DAY_MS) + (minute - offset_minutes) * MINUTE_MS)
}

/// Whether an instant lies within the safe hours of the city.
#[must_use]
pub fn is_safe(starts_ms: i64, offset_minutes: i64) -> bool {
    let minute = (starts_ms.div_euclid(MINUTE_MS) + offset_minutes).rem_euclid(DAY_MINUTES);
    (SAFE_FROM_MINUTE..=SAFE_UNTIL_MINUTE).contains(&minute)
}

/// A minute of the day as a clock shows it: `07:00`.
#[must_use]
pub fn clock(minute: i64) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}
