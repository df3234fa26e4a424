//! The parts pages are made of, one folder each, with examples.
//!
//! Never: a part knows no room; it takes words that are already in the reader's language and
//! gives back [`Html`].

pub mod bar;
pub mod button;
pub mod card;
pub mod clock;
pub mod code;
pub mod empty;
pub mod field;
pub mod form;
pub mod icon;
pub mod map;
pub mod notice;
pub mod number;
pub mod quote;
pub mod refusal;
pub mod row;
pub mod table;
pub mod tag;
pub mod thread;
pub mod timeline;

use crate::html::{Html, text};
use crate::tongue::Tongue;

/// One way a component looks, for `/kit`.
pub struct Example {
    /// What the example shows, for those who build pages (English).
    pub name: &'static str,
    /// The example itself.
    pub html: Html,
}

impl Example {
    /// An example with its name.
    pub fn new(name: &'static str, html: Html) -> Example {
        Example { name, html }
    }
}

/// How a component shows itself.
type Show = fn(Tongue) -> Vec<Example>;

/// Every component with its examples, in the order of `/kit`.
pub const ALL: &[(&str, Show)] = &[
    ("thread", thread::examples),
    ("map", map::examples),
    ("clock", clock::examples),
    ("bar", bar::examples),
    ("number", number::examples),
    ("code", code::examples),
    ("button", button::examples),
    ("field", field::examples),
    ("form", form::examples),
    ("notice", notice::examples),
    ("refusal", refusal::examples),
    ("empty", empty::examples),
    ("card", card::examples),
    ("quote", quote::examples),
    ("tag", tag::examples),
    ("row", row::examples),
    ("table", table::examples),
    ("timeline", timeline::examples),
    ("icon", icon::examples),
];

/// The body of `/kit`: every component with every example.
pub fn kit(t: Tongue) -> Html {
    let mut out = Html(format!("<h1>{}</h1>", text(&t.say("kit-title"))));
    for (name, show) in ALL {
        out.push(&Html(format!(
            "<section class=kit><h2 id=\"{name}\" lang=en dir=ltr>{name}</h2>"
        )));
        for example in show(t) {
            let name = text(example.name);
            let shown = example.html;
            out.push(&Html(format!("<p class=kit-name lang=en dir=ltr>{name}</p>{shown}")));
        }
        out.push(&Html("</section>".to_owned()));
    }
    out
}
