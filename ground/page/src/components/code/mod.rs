//! The code of a voice, shown to be copied onto paper: two groups of four, large.
//!
//! Never: it never breaks over a line and never mixes with the direction of the sentence.

use crate::components::Example;
use crate::html::{Html, text};
use crate::tongue::Tongue;

/// Two groups of four: `K7M4 QX2R`. What is not a whole code is shown as it is.
pub fn grouped(code: &str) -> String {
    let bare: String = code.chars().filter(char::is_ascii_alphanumeric).collect();
    match bare.split_at_checked(4) {
        Some((first, rest)) if rest.len() == 4 => format!("{first} {rest}").to_ascii_uppercase(),
        _ => code.to_owned(),
    }
}

/// The code inside a sentence or a list.
pub fn inline(code: &str) -> Html {
    Html(format!("<bdi class=\"code mono\">{}</bdi>", text(&grouped(code))))
}

/// The code as the main thing on the page, with what it is for.
pub fn large(t: Tongue, code: &str) -> Html {
    let shown = grouped(code);
    let groups: String =
        shown.split(' ').map(|group| format!("<span>{}</span> ", text(group))).collect();
    Html(format!(
        "<div class=code-large><p>{}</p><p><bdi class=mono>{}</bdi></p>\
         <p class=soft>{}</p></div>",
        text(&t.say("code-yours")),
        groups.trim_end(),
        text(&t.say("code-keep")),
    ))
}

/// Large and small.
pub fn examples(t: Tongue) -> Vec<Example> {
    vec![
        Example::new("the main thing", large(t, "K7M4QX2R")),
        Example::new("in a line", inline("K7M4QX2R")),
    ]
}
