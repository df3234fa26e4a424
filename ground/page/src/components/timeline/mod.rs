//! What happened, newest first, one line each.
//!
//! Never: it never shows who spoke.

use crate::components::Example;
use crate::components::icon::{Icon, icon};
use crate::html::{Html, text};
use crate::tongue::Tongue;

/// One thing that happened.
pub struct Event {
    /// When, in the reader's words.
    pub when: String,
    /// A picture for its kind.
    pub icon: Icon,
    /// What happened.
    pub words: Html,
}

/// The timeline, in the order given.
pub fn timeline(events: &[Event]) -> Html {
    let all: String = events
        .iter()
        .map(|event| {
            let (picture, when) = (icon(event.icon), text(&event.when));
            format!("<li>{picture}<div><small>{when}</small><p>{}</p></div></li>", event.words)
        })
        .collect();
    Html(format!("<ol class=timeline>{all}</ol>"))
}

/// Three events.
pub fn examples(t: Tongue) -> Vec<Example> {
    let now = 1_772_500_000_000;
    let event = |icon, hours: i64, key: &str| Event {
        when: t.ago(now - hours * crate::calendar::HOUR_MS, now),
        icon,
        words: text(&t.say(key)),
    };
    vec![Example::new(
        "newest first",
        timeline(&[
            event(Icon::Act, 3, "example-event-act"),
            event(Icon::Decide, 26, "example-event-decide"),
            event(Icon::Speak, 72, "example-event-speak"),
        ]),
    )]
}
