//! A number that must be read across a hall.
//!
//! Never: an unknown number is never shown as nought; it is a question mark with a word.

use crate::components::Example;
use crate::html::{Html, text};
use crate::tongue::Tongue;

/// A big number with what it counts and, beneath, since when or out of how many.
/// `None` is unknown.
pub fn big(t: Tongue, value: Option<&str>, counts: &str, note: &str) -> Html {
    let shown = match value {
        Some(value) => format!("<bdi>{}</bdi>", text(value)),
        None => format!(
            "<abbr title=\"{0}\">?</abbr><span class=vh>{0}</span>",
            text(&t.say("number-unknown"))
        ),
    };
    let note =
        if note.is_empty() { String::new() } else { format!("<small>{}</small>", text(note)) };
    // A span of time is read as words: in the size of a number it would break over three lines.
    let size = if value.is_some_and(|value| value.contains(' ')) { " class=w" } else { "" };
    Html(format!("<p class=big><b{size}>{shown}</b><span>{}{note}</span></p>", text(counts)))
}

/// Facts in a list: a name and its value each.
pub fn facts(all: &[(&str, Html)]) -> Html {
    let rows: String = all
        .iter()
        .map(|(name, value)| format!("<div><dt>{}</dt><dd>{value}</dd></div>", text(name)))
        .collect();
    Html(format!("<dl class=facts>{rows}</dl>"))
}

/// Known, and unknown.
pub fn examples(t: Tongue) -> Vec<Example> {
    let (counts, note) = (t.say("example-number"), t.say("example-number-note"));
    let known = big(t, Some(&t.number(1_240)), &counts, &note);
    let unknown = big(t, None, &counts, &note);
    let list = facts(&[
        (&t.say("column-when"), text(&t.date(1_772_500_000_000))),
        (&t.say("column-who"), text(&t.say("example-owner"))),
    ]);
    vec![
        Example::new(
            "numbers side by side",
            Html(format!("<div class=bigs>{known}{unknown}</div>")),
        ),
        Example::new("facts", list),
    ]
}
