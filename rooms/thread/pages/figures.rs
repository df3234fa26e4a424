//! Public counts as people read them: numbers that are rounded down, "fewer than 5" for what is
//! less, and the three answers to "was it done" always side by side. Never a number that was not
//! frozen.

use page::components::bar::{Bar, bars, share};
use page::components::number::{big, facts};
use page::{Html, Tongue, text};
use record::{DAY_MS, Id};

use super::{h2, say, small, soft};
use crate::thread::queries::Frozen;
use crate::voices::DELAY_HOURS;

const HOUR_MS: i64 = 60 * 60 * 1000;

/// A figure in words: the number, or "fewer than 5".
pub(super) fn at_least(t: Tongue, n: i64) -> String {
    if n > 0 { t.number(n) } else { t.say("thread-fewer") }
}

/// Of which day the counts are, and how they were rounded.
pub(super) fn when(t: Tongue, frozen: &Frozen) -> Html {
    match frozen.day {
        Some(day) => {
            let day = t.date(day.saturating_mul(DAY_MS));
            soft(&t.with("thread-counts-of", &[("day", day.into())]))
        }
        None => soft(&t.say("thread-counts-none")),
    }
}

/// How much is heard, how much waits, and how fast people are answered.
pub(super) fn clock(t: Tongue, frozen: &Frozen, area: Id) -> Html {
    let counted = |key: &str, name: &str| {
        big(t, Some(&at_least(t, frozen.figure(area, key))), &t.say(name), "")
    };
    let median = median(t, frozen.median_class(area));
    let half = match &median {
        Some(span) => big(t, Some(span), &t.say("thread-clock-median"), ""),
        None => big(t, None, &t.say("thread-clock-median"), &t.say("thread-clock-few")),
    };
    let mut out = Html(format!(
        "<div class=bigs>{half}{}{}{}</div>",
        counted("heard", "thread-count-heard"),
        counted("waiting", "thread-count-waiting"),
        counted("answered", "thread-count-answered"),
    ));
    let answered = frozen.figure(area, "answered");
    if answered > 0 {
        let soon = frozen.figure(area, "answered_soon");
        out.push(&share(t, &t.say("thread-clock-share"), small(soon), small(answered)));
    }
    out
}

/// The time within which the middle answer came.
fn median(t: Tongue, class: Option<usize>) -> Option<String> {
    let class = class?;
    let last = DELAY_HOURS.last().copied().unwrap_or(0);
    let (key, hours) = match DELAY_HOURS.get(class) {
        Some(hours) => ("thread-clock-upto", *hours),
        None => ("thread-clock-over", last),
    };
    Some(t.with(key, &[("span", t.span(hours * HOUR_MS).into())]))
}

/// Said to be done, YES, NO: always together, and silence by its name.
pub(super) fn done(t: Tongue, frozen: &Frozen, area: Id) -> Html {
    let line = |key: &str| text(&at_least(t, frozen.figure(area, key)));
    let (asked, yes, no) = (t.say("thread-asked"), t.say("thread-yes"), t.say("thread-no"));
    let mut out = h2(t, "thread-done-heading");
    out.push(&facts(&[(&asked, line("asked")), (&yes, line("said_yes")), (&no, line("said_no"))]));
    out.push(&say(t, "thread-silence"));
    out
}

/// What people speak of, as bars; nothing when all is fewer than five.
pub(super) fn split(t: Tongue, frozen: &Frozen, area: Id, prefix: &str, heading: &str) -> Html {
    let named: Vec<(String, i64)> = frozen
        .split(area, prefix)
        .into_iter()
        .map(|(code, n)| (t.say(&format!("voices-{}-{code}", prefix.trim_end_matches('/'))), n))
        .collect();
    if named.is_empty() {
        return Html::none();
    }
    let all: Vec<Bar<'_>> =
        named.iter().map(|(name, n)| Bar { name, value: Some(small(*n)), href: None }).collect();
    let mut out = h2(t, heading);
    out.push(&bars(t, &all));
    out
}
