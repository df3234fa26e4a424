//! A refusal: a "no" that says why and what to do instead, in words that respect the reader.
//!
//! Never: it blames nobody, and never says that something exists which the reader may not see.

use crate::components::Example;
use crate::components::button::{Kind, link_button};
use crate::components::icon::{Icon, icon};
use crate::html::{Html, text};
use crate::tongue::Tongue;

/// A refusal in the reader's language.
pub struct Refused<'a> {
    /// What was not done, in a few words.
    pub title: &'a str,
    /// Why, and what can be done.
    pub advice: &'a str,
    /// The stable code, for whoever helps by phone.
    pub code: &'a str,
    /// Where to go on: path and label.
    pub next: Option<(&'a str, &'a str)>,
}

/// The body of a refusal page.
pub fn refusal(t: Tongue, refused: &Refused<'_>) -> Html {
    let next = refused.next.map(|(to, label)| link_button(to, label, Kind::Main, Some(Icon::Home)));
    Html(format!(
        "<section class=refused>{}<h1>{}</h1><p class=lead>{}</p>{}<p class=soft>{} \
         <bdi class=mono>{}</bdi></p></section>",
        icon(Icon::Hear),
        text(refused.title),
        text(refused.advice),
        next.unwrap_or_default(),
        text(&t.say("refusal-code")),
        text(refused.code),
    ))
}

/// A wrong code.
pub fn examples(t: Tongue) -> Vec<Example> {
    let (title, advice, next) =
        (t.say("example-refusal"), t.say("example-refusal-advice"), t.say("example-refusal-next"));
    let refused = Refused {
        title: &title,
        advice: &advice,
        code: "code-unknown",
        next: Some(("#refusal", &next)),
    };
    // The kit page has its own first heading.
    let shown = refusal(t, &refused).0.replace("h1>", "h3>");
    vec![Example::new("a wrong code", Html(shown))]
}
