//! Rows of a list at the desk, made for reading ten a minute: what, how urgent, since when, and
//! the keys that act on it.
//!
//! The desk's script moves between elements with `data-item` (j, k), opens the first link of the
//! chosen one (Enter), and presses its `data-key` buttons. All of it works without the script.
//!
//! Never: a row never hides a thing that waits.

use crate::components::Example;
use crate::components::icon::{Icon, icon};
use crate::components::tag::{Haste, haste};
use crate::html::{Html, href, text};
use crate::tongue::Tongue;

/// One row.
pub struct Row<'a> {
    /// What it is: the first words of a voice, the name of a need.
    pub title: &'a str,
    /// Where it leads.
    pub href: &'a str,
    /// Tags: haste, sector, language.
    pub tags: Html,
    /// A line beneath: place, age, why it is here.
    pub note: Html,
    /// Buttons or small forms.
    pub acts: Html,
}

/// The list of rows.
pub fn rows(all: &[Row<'_>]) -> Html {
    let items: String = all
        .iter()
        .map(|row| {
            let acts = if row.acts.is_empty() {
                String::new()
            } else {
                format!("<div class=bs>{}</div>", row.acts)
            };
            format!(
                "<li data-item><div class=tags>{}</div><a dir=auto href=\"{}\">{}</a>\
                 <p class=soft>{}</p>{acts}</li>",
                row.tags,
                href(row.href),
                text(row.title),
                row.note,
            )
        })
        .collect();
    Html(format!("<ol class=rows>{items}</ol>"))
}

/// Pages of a list: the link before and the link after, each possibly none.
pub fn pager(t: Tongue, before: Option<&str>, after: Option<&str>) -> Html {
    let link = |to: Option<&str>, rel: &str, key: &str| {
        to.map(|to| {
            let label = text(&t.say(key));
            let (back, on) = match rel {
                "prev" => (icon(Icon::Back), Html::none()),
                _ => (Html::none(), icon(Icon::Next)),
            };
            format!("<a class=b rel={rel} href=\"{}\">{back}{label}{on}</a>", href(to))
        })
    };
    let links = [link(before, "prev", "pager-before"), link(after, "next", "pager-after")];
    let links: String = links.into_iter().flatten().collect();
    if links.is_empty() {
        return Html::none();
    }
    let label = text(&t.say("pager"));
    Html(format!("<nav class=\"bs pager\" aria-label=\"{label}\">{links}</nav>"))
}

/// Two rows and the pager.
pub fn examples(t: Tongue) -> Vec<Example> {
    use crate::components::button::{Button, Kind, button};
    let title = t.say("example-quote");
    let row = |level: Haste| Row {
        title: &title,
        href: "#row",
        tags: haste(t, level),
        note: text(&t.say("example-row-note")),
        acts: button(&Button {
            key: Some('1'),
            ..Button::new(&t.say("example-send"), Kind::Other)
        }),
    };
    vec![
        Example::new("urgent first", rows(&[row(Haste::Grave), row(Haste::Soon)])),
        Example::new("pages", pager(t, Some("?page=1"), Some("?page=3"))),
    ]
}
