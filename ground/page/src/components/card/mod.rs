//! A card: one thing of a kind, its name, and the way to it.
//!
//! Never: a card never holds a second card.

use crate::components::Example;
use crate::components::icon::{Icon, icon};
use crate::html::{Html, href, text};
use crate::tongue::Tongue;

/// A card with a heading. With `to`, the heading is a link whose area is the whole card.
pub fn card(heading: &str, to: Option<&str>, body: &Html) -> Html {
    let words = text(heading);
    let head = match to {
        Some(to) => format!("<a class=whole href=\"{}\">{words}</a>", href(to)),
        None => words.0,
    };
    Html(format!("<section class=card><h3>{head}</h3>{body}</section>"))
}

/// A door of the front page: a large target with a picture, a verb, and one line about it.
pub fn door(picture: Icon, to: &str, verb: &str, about: &str) -> Html {
    Html(format!(
        "<a class=door href=\"{}\">{}<span><b>{}</b><small>{}</small></span>{}</a>",
        href(to),
        icon(picture),
        text(verb),
        text(about),
        icon(Icon::Next),
    ))
}

/// Cards or doors in as many columns as the screen has room for.
pub fn cards<I: IntoIterator<Item = Html>>(all: I) -> Html {
    Html(format!("<div class=cards>{}</div>", Html::join(all)))
}

/// A panel without a heading of its own.
pub fn panel(body: &Html) -> Html {
    Html(format!("<div class=card>{body}</div>"))
}

/// Doors and a card.
pub fn examples(t: Tongue) -> Vec<Example> {
    let body = Html(format!("<p>{}</p>", text(&t.say("example-card-body"))));
    let doors = [
        door(Icon::Speak, "#card", &t.say("example-say"), &t.say("example-say-about")),
        door(Icon::Follow, "#card", &t.say("example-follow"), &t.say("example-follow-about")),
    ];
    vec![
        Example::new("doors of the front page", cards(doors)),
        Example::new("a card", card(&t.say("example-card"), Some("#card"), &body)),
    ]
}
