//! The clock of a promise: how much of its time has gone, or how late it is.
//!
//! Never: it never hides lateness behind an average, and it never ticks by itself.

use crate::calendar::DAY_MS;
use crate::components::Example;
use crate::components::notice::Tone;
use crate::components::tag::tag;
use crate::html::{Html, text};
use crate::tongue::Tongue;

/// How a promise stands.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Clock<'a> {
    /// Whose clock: "Answer", "Water for Block 4".
    pub name: &'a str,
    /// Milliseconds gone since it began.
    pub gone_ms: i64,
    /// Milliseconds it was given.
    pub given_ms: i64,
    /// Who has to act.
    pub owner: Option<&'a str>,
}

/// The clock: a dial that fills, the time left or late in words, and who has to act.
pub fn clock(t: Tongue, clock: &Clock<'_>) -> Html {
    let left = clock.given_ms.saturating_sub(clock.gone_ms);
    let late = left < 0;
    let (tone, key) = match left {
        _ if late => (Tone::Bad, "clock-late"),
        _ if left.saturating_mul(4) < clock.given_ms => (Tone::Warn, "clock-left"),
        _ => (Tone::Good, "clock-left"),
    };
    let words = t.with(key, &[("span", t.span(left).into())]);
    let given = t.with("clock-given", &[("span", t.span(clock.given_ms).into())]);
    let owner = clock.owner.map(|owner| {
        let waits = t.html("clock-owner", &[("owner", owner.into())]);
        format!("<small>{waits}</small>")
    });
    Html(format!(
        "<div class=\"clock {}\">{}<div><span>{}</span> {}<small>{}</small>{}</div></div>",
        tone.class(),
        dial(clock.gone_ms, clock.given_ms),
        text(clock.name),
        tag(tone, &words),
        text(&given),
        owner.unwrap_or_default(),
    ))
}

/// The dial: a ring, the part gone as a thick arc from twelve o'clock, and a hand.
fn dial(gone_ms: i64, given_ms: i64) -> Html {
    // Per mille of the ring; the ring's path length is declared as 1000.
    let gone = gone_ms.max(0).saturating_mul(1000) / given_ms.max(1);
    let shown = gone.clamp(0, 1000);
    let degrees = shown * 360 / 1000;
    Html(format!(
        "<svg class=dial viewBox=\"0 0 48 48\" width=48 height=48 fill=none aria-hidden=true>\
         <circle class=dial-ring cx=24 cy=24 r=20 stroke-width=6 />\
         <circle class=dial-gone cx=24 cy=24 r=20 stroke-width=6 pathLength=1000 \
         stroke-dasharray=\"{shown} 1000\" transform=\"rotate(-90 24 24)\"/>\
         <path class=dial-hand stroke-width=3 stroke-linecap=round d=\"M24 24V12\" \
         transform=\"rotate({degrees} 24 24)\"/><circle class=dial-pin cx=24 cy=24 r=3 /></svg>"
    ))
}

/// In time, nearly late, late.
pub fn examples(t: Tongue) -> Vec<Example> {
    let (name, owner) = (t.say("example-answer"), t.say("example-owner"));
    let show = |gone_days: i64| {
        let shown = Clock {
            name: &name,
            gone_ms: gone_days * DAY_MS,
            given_ms: 10 * DAY_MS,
            owner: Some(&owner),
        };
        clock(t, &shown)
    };
    vec![
        Example::new("in time", show(3)),
        Example::new("nearly late", show(8)),
        Example::new("late", show(14)),
    ]
}
