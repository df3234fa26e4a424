//! A person's own words, in their own language and direction.
//!
//! Never: it never shows a name or a number beside the words.

use crate::components::Example;
use crate::html::{Html, attribute, text};
use crate::tongue::Tongue;

/// Someone's words. `lang` is the code of their language when it is known; `about` is a line
/// beneath (how they came, when), possibly empty.
pub fn quote(words: &str, lang: Option<&str>, about: &Html) -> Html {
    let foot = if about.is_empty() { String::new() } else { format!("<footer>{about}</footer>") };
    Html(format!(
        "<blockquote class=quote><p dir=auto{}>{}</p>{foot}</blockquote>",
        attribute("lang", lang),
        text(words),
    ))
}

/// Words of two directions.
pub fn examples(t: Tongue) -> Vec<Example> {
    let about = text(&t.say("example-quote-about"));
    vec![
        Example::new("in the reader's language", {
            quote(&t.say("example-quote"), Some(t.lang.code()), &about)
        }),
        Example::new(
            "right to left",
            quote("الماء لم يصل إلى حيّنا منذ يومين.", Some("ar"), &about),
        ),
    ]
}
