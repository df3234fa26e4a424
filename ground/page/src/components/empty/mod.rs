//! An empty state: nothing is here yet, and what to do next.
//!
//! Never: it never leaves the reader with nothing to do.

use crate::components::Example;
use crate::components::icon::{Icon, icon};
use crate::html::{Html, text};
use crate::tongue::Tongue;

/// Nothing is here yet: a picture, what is missing, what to do next, and the way to do it (a
/// link or button; [`Html::none`] when waiting is all there is to do).
pub fn empty(picture: Icon, title: &str, next: &str, way: &Html) -> Html {
    Html(format!(
        "<div class=empty>{}<p><b>{}</b></p><p class=soft>{}</p>{way}</div>",
        icon(picture),
        text(title),
        text(next),
    ))
}

/// No voices yet.
pub fn examples(t: Tongue) -> Vec<Example> {
    let way = crate::components::button::link_button(
        "#empty",
        &t.say("example-say"),
        crate::components::button::Kind::Main,
        Some(Icon::Speak),
    );
    let (title, next) = (t.say("example-empty"), t.say("example-empty-next"));
    vec![Example::new("nothing yet", empty(Icon::Hear, &title, &next, &way))]
}
