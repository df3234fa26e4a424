//! Bars for counts: a list that can be read as one, with a length beside each number.
//!
//! Never: a bar never stands without its number, and never starts anywhere but at nought.

use crate::components::Example;
use crate::html::{Html, href, text};
use crate::tongue::Tongue;

/// One bar.
pub struct Bar<'a> {
    /// What is counted.
    pub name: &'a str,
    /// How many; `None` is unknown and a dotted line with words ("?").
    pub value: Option<u32>,
    /// Where the name leads.
    pub href: Option<&'a str>,
}

/// The bars, scaled to the largest.
pub fn bars(t: Tongue, all: &[Bar<'_>]) -> Html {
    let most = all.iter().filter_map(|bar| bar.value).max().unwrap_or(0).max(1);
    let rows: String = all.iter().map(|bar| row(t, bar, most)).collect();
    Html(format!("<ul class=bars>{rows}</ul>"))
}

fn row(t: Tongue, bar: &Bar<'_>, most: u32) -> String {
    let name = match bar.href {
        Some(to) => format!("<a href=\"{}\">{}</a>", href(to), text(bar.name)),
        None => text(bar.name).0,
    };
    let (drawing, number) = match bar.value {
        Some(value) => {
            let length = u64::from(value) * 1000 / u64::from(most);
            (filled(length), t.number(i64::from(value)))
        }
        None => {
            let dots = "<path class=bar-none d=\"M0 4h1000\"/>".to_owned();
            (dots, format!("? {}", t.say("number-unknown")))
        }
    };
    format!(
        "<li><span>{name}</span><b>{}</b><svg class=bar viewBox=\"0 0 1000 8\" height=8 \
         preserveAspectRatio=none aria-hidden=true>{drawing}</svg></li>",
        text(&number)
    )
}

/// A bar filled to `length` of 1000.
fn filled(length: u64) -> String {
    format!(
        "<path class=bar-ground d=\"M0 0h1000v8H0z\"/>\
         <path class=bar-fill d=\"M0 0h{length}v8H0z\"/>"
    )
}

/// A share of two: how many of how many, as a bar with its own label.
pub fn share(t: Tongue, name: &str, part: u32, whole: u32) -> Html {
    let n = [("part", i64::from(part).into()), ("whole", i64::from(whole).into())];
    let length = u64::from(part.min(whole)) * 1000 / u64::from(whole.max(1));
    Html(format!(
        "<div class=bars><div class=share><span>{}</span><b>{}</b><svg class=bar \
         viewBox=\"0 0 1000 8\" height=8 preserveAspectRatio=none aria-hidden=true>\
         {}</svg></div></div>",
        text(name),
        text(&t.with("number-of", &n)),
        filled(length),
    ))
}

/// Counts and a share.
pub fn examples(t: Tongue) -> Vec<Example> {
    let (water, food, other) =
        (t.say("example-water"), t.say("example-food"), t.say("example-other"));
    let all = [
        Bar { name: &water, value: Some(120), href: Some("#bar") },
        Bar { name: &food, value: Some(45), href: None },
        Bar { name: &other, value: None, href: None },
    ];
    vec![
        Example::new("counts", bars(t, &all)),
        Example::new("a share", share(t, &t.say("example-women"), 26, 41)),
    ]
}
