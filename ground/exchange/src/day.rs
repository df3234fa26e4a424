//! Days and moments as files write them: `2027-03-31`, `2027-03-31T06:00:00Z`.
//!
//! Never knows what today is: whoever asks says it.

use std::fmt;
use std::str::FromStr;

/// A day of the calendar, from year 1 to 9999.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day {
    year: u16,
    month: u8,
    day: u8,
}

impl Day {
    /// A day; none where no calendar has it.
    #[must_use]
    pub fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        let sound = (1..=9999).contains(&year) && (1..=days_in(year, month)).contains(&day);
        sound.then_some(Self { year, month, day })
    }

    /// The day that is so many days after 1970-01-01, as records count them.
    #[must_use]
    pub fn of_epoch(days: i64) -> Option<Self> {
        // Years from March on, so that the leap day is the last of its year.
        let from_march = days.checked_add(719_468)?;
        let (era, of_era) = (from_march.div_euclid(146_097), from_march.rem_euclid(146_097));
        let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year + year / 4 - year / 100);
        let month = (5 * of_year + 2) / 153;
        let day = of_year - (153 * month + 2) / 5 + 1;
        let (month, after) = if month < 10 { (month + 3, 0) } else { (month - 9, 1) };
        let year = u16::try_from(year + era * 400 + after).ok()?;
        Self::new(year, u8::try_from(month).ok()?, u8::try_from(day).ok()?)
    }

    /// How many days it is after 1970-01-01, as records count them.
    #[must_use]
    pub fn epoch_day(self) -> i64 {
        let (month, after) = if self.month > 2 { (self.month - 3, 0) } else { (self.month + 9, 1) };
        let year = i64::from(self.year) - after;
        let of_year = (153 * i64::from(month) + 2) / 5 + i64::from(self.day) - 1;
        let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
        era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
    }

    /// The same day a year later; the first of March where there is no 29 February.
    #[must_use]
    pub fn year_later(self) -> Self {
        let year = self.year.saturating_add(1);
        Self::new(year, self.month, self.day).unwrap_or(Self { year, month: 3, day: 1 })
    }

    /// Its year.
    #[must_use]
    pub fn year(self) -> u16 {
        self.year
    }
}

fn days_in(year: u16, month: u8) -> u8 {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 => 28 + u8::from(leap),
        _ => 0,
    }
}

/// The text is no day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("it is no day: write year, month and day, such as 2027-03-31")]
pub struct NoDay;

impl FromStr for Day {
    type Err = NoDay;

    fn from_str(text: &str) -> Result<Self, NoDay> {
        let mut parts = text.split('-');
        let mut part = |digits: usize| -> Option<u16> {
            let part = parts.next().filter(|part| part.len() == digits)?;
            part.bytes().all(|byte| byte.is_ascii_digit()).then(|| part.parse().ok())?
        };
        let all = (part(4), part(2), part(2));
        let (Some(year), Some(month), Some(day)) = all else { return Err(NoDay) };
        if parts.next().is_some() {
            return Err(NoDay);
        }
        let small = |number: u16| u8::try_from(number).map_err(|_| NoDay);
        Self::new(year, small(month)?, small(day)?).ok_or(NoDay)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// A second of a day, in UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment {
    /// The day.
    pub day: Day,
    second: u32,
}

impl Moment {
    /// Seconds of a day.
    const DAY_SECONDS: i64 = 86_400;

    /// The moment so many milliseconds after 1970, as clocks count them; none outside the years 1
    /// to 9999.
    #[must_use]
    pub fn of_epoch_ms(ms: i64) -> Option<Self> {
        let seconds = ms.div_euclid(1_000);
        let second = u32::try_from(seconds.rem_euclid(Self::DAY_SECONDS)).ok()?;
        Some(Self { day: Day::of_epoch(seconds.div_euclid(Self::DAY_SECONDS))?, second })
    }

    /// The first second of a day.
    #[must_use]
    pub fn begins(day: Day) -> Self {
        Self { day, second: 0 }
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (hour, rest) = (self.second / 3_600, self.second % 3_600);
        write!(f, "{}T{hour:02}:{:02}:{:02}Z", self.day, rest / 60, rest % 60)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    #[test]
    fn days_are_read_and_written_alike() {
        for text in ["1970-01-01", "2024-02-29", "0001-01-01", "9999-12-31", "2000-02-29"] {
            assert_eq!(day(text).to_string(), text);
        }
    }

    #[test]
    fn what_no_calendar_has_is_refused() {
        let odd = [
            "",
            "2023-02-29",
            "1900-02-29",
            "2023-13-01",
            "2023-00-01",
            "2023-04-31",
            "2023-01-00",
            "0000-01-01",
            "23-01-01",
            "2023-1-1",
            "2023-01-01-",
            "2023/01/01",
            "+202-01-01",
            "10000-01-01",
            "2023-01-01T00:00:00",
        ];
        for text in odd {
            assert_eq!(text.parse::<Day>(), Err(NoDay), "{text}");
        }
    }

    #[test]
    fn days_of_the_log_are_found_in_the_calendar() {
        assert_eq!(Day::of_epoch(0), Some(day("1970-01-01")));
        assert_eq!(Day::of_epoch(-1), Some(day("1969-12-31")));
        assert_eq!(Day::of_epoch(19_782), Some(day("2024-02-29")));
        assert_eq!(Day::of_epoch(19_783), Some(day("2024-03-01")));
        assert_eq!(Day::of_epoch(i64::MAX), None);
        assert_eq!(Day::of_epoch(i64::MIN), None);
        let mut last = Day::of_epoch(-800_000 + 100_000).unwrap();
        for days in -699_999..100_000 {
            let next = Day::of_epoch(days).unwrap();
            assert!(next > last, "{days}");
            assert_eq!(next.epoch_day(), days);
            last = next;
        }
    }

    #[test]
    fn a_year_later_is_the_same_day() {
        assert_eq!(day("2023-06-01").year_later(), day("2024-06-01"));
        assert_eq!(day("2024-02-29").year_later(), day("2025-03-01"));
    }

    #[test]
    fn moments_are_written_in_utc() {
        let moment = Moment::of_epoch_ms(1_772_500_000_999).unwrap();
        assert_eq!(moment.to_string(), "2026-03-03T01:06:40Z");
        assert_eq!(Moment::of_epoch_ms(-1).unwrap().to_string(), "1969-12-31T23:59:59Z");
        assert_eq!(Moment::begins(day("2026-03-03")).to_string(), "2026-03-03T00:00:00Z");
        assert_eq!(Moment::of_epoch_ms(i64::MAX), None);
    }
}
