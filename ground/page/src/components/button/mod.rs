//! Buttons, and links that look like them because they lead to doing something.
//!
//! Never: a button never does anything that its word does not say; there is no icon-only button.

use crate::components::Example;
use crate::components::icon::{Icon, icon};
use crate::html::{Html, attribute, href, text};
use crate::tongue::Tongue;

/// How much a button asks for.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub enum Kind {
    /// The one thing this page is for. One a page.
    Main,
    /// Another thing one may do.
    Other,
    /// Cannot be undone, or says no to a person.
    Grave,
}

impl Kind {
    fn class(self) -> &'static str {
        match self {
            Kind::Main => "b main",
            Kind::Other => "b",
            Kind::Grave => "b grave",
        }
    }
}

/// A button that sends its form.
pub struct Button<'a> {
    /// What pressing it does, as a verb.
    pub label: &'a str,
    /// How much it asks for.
    pub kind: Kind,
    /// A picture beside the word.
    pub icon: Option<Icon>,
    /// Name and value sent with the form, when a form has several buttons.
    pub sends: Option<(&'a str, &'a str)>,
    /// The desk key that presses it (`data-key`), one digit or letter, shown on the button.
    pub key: Option<char>,
}

impl<'a> Button<'a> {
    /// A plain button of a kind.
    pub fn new(label: &'a str, kind: Kind) -> Button<'a> {
        Button { label, kind, icon: None, sends: None, key: None }
    }
}

/// The button.
pub fn button(shown: &Button<'_>) -> Html {
    let (name, value) = shown.sends.unzip();
    let key = shown.key.map(String::from);
    let hint = key.as_deref().map(|key| format!(" <kbd>{}</kbd>", text(key))).unwrap_or_default();
    Html(format!(
        "<button class=\"{}\"{}{}{}>{}{}{hint}</button>",
        shown.kind.class(),
        attribute("name", name),
        attribute("value", value),
        attribute("data-key", key.as_deref()),
        shown.icon.map(icon).unwrap_or_default(),
        text(shown.label),
    ))
}

/// A link that looks like a button.
pub fn link_button(to: &str, label: &str, kind: Kind, picture: Option<Icon>) -> Html {
    Html(format!(
        "<a class=\"{}\" href=\"{}\">{}{}</a>",
        kind.class(),
        href(to),
        picture.map(icon).unwrap_or_default(),
        text(label),
    ))
}

/// Buttons side by side, wrapping on a narrow screen.
pub fn buttons<I: IntoIterator<Item = Html>>(all: I) -> Html {
    Html(format!("<div class=bs>{}</div>", Html::join(all)))
}

/// The kinds, with and without a picture and a key.
pub fn examples(t: Tongue) -> Vec<Example> {
    let (say, follow, forget) =
        (t.say("example-say"), t.say("example-follow"), t.say("example-forget"));
    let speak = Button { icon: Some(Icon::Speak), ..Button::new(&say, Kind::Main) };
    let keyed = Button { key: Some('2'), ..Button::new(&follow, Kind::Other) };
    vec![Example::new(
        "main, link, with a desk key, grave",
        buttons([
            button(&speak),
            link_button("#button", &follow, Kind::Other, Some(Icon::Follow)),
            button(&keyed),
            button(&Button::new(&forget, Kind::Grave)),
        ]),
    )]
}
