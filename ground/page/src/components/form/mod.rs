//! A form: where it goes, and the token that shows it came from our own page.
//!
//! Never: a form that changes anything goes by GET; a form without a script works less well.

use crate::components::Example;
use crate::components::button::{Button, Kind, button, buttons};
use crate::components::field::{self, Field};
use crate::html::{Html, href};
use crate::tongue::Tongue;

/// Where a form goes and how.
#[derive(Clone, Debug)]
pub struct Form<'a> {
    /// The path it is sent to.
    pub action: &'a str,
    /// The session's token; empty on the street, where the body is all there is to check.
    pub csrf: &'a str,
    /// Whether it only asks (GET: the answer can be linked to); otherwise it changes something.
    pub asks: bool,
    /// Whether the street's script keeps it when there is no network and sends it later, once.
    /// It then carries an id made on the phone (`client_id`), which the server must honour.
    pub kept_offline: bool,
    /// Whether it carries a file.
    pub carries_file: bool,
}

impl<'a> Form<'a> {
    /// A form that changes something.
    pub fn post(action: &'a str, csrf: &'a str) -> Form<'a> {
        Form { action, csrf, asks: false, kept_offline: false, carries_file: false }
    }

    /// A form that only asks.
    pub fn get(action: &'a str) -> Form<'a> {
        Form { asks: true, ..Form::post(action, "") }
    }
}

/// The form around its fields and buttons.
pub fn form(t: Tongue, shape: &Form<'_>, body: &Html) -> Html {
    let method = if shape.asks { "get" } else { "post" };
    let mut inner = Html::none();
    if !shape.csrf.is_empty() && !shape.asks {
        inner.push(&field::hidden("csrf", shape.csrf));
    }
    let mut kept = String::new();
    if shape.kept_offline {
        inner.push(&field::hidden("client_id", ""));
        // The script has no catalogue: the page brings the sentences it may have to say.
        for (name, key) in [
            ("kept", "offline-kept"),
            ("sent", "offline-sent"),
            ("follow", "offline-follow"),
            ("again", "offline-refused"),
            ("waits", "offline-waits"),
            ("bring", "offline-bring"),
            ("drop", "offline-drop"),
            ("room", "offline-room"),
        ] {
            // Only a form with a file can be too large for the phone.
            if name == "room" && !shape.carries_file {
                continue;
            }
            let sentence = crate::html::text(&t.say(key));
            kept.push_str(&format!(" data-{name}=\"{sentence}\""));
        }
    }
    if shape.carries_file {
        kept.push_str(" enctype=\"multipart/form-data\"");
    }
    inner.push(body);
    Html(format!("<form method={method} action=\"{}\"{kept}>{inner}</form>", href(shape.action)))
}

/// A form with words and one button.
pub fn examples(t: Tongue) -> Vec<Example> {
    let (label, hint) = (t.say("example-words"), t.say("example-words-hint"));
    let words =
        Field { name: "kit-say", label: &label, hint: &hint, required: true, ..Field::default() };
    let mut body = field::area(t, &words, 3);
    body.push(&buttons([button(&Button::new(&t.say("example-send"), Kind::Main))]));
    let shape = Form { kept_offline: true, ..Form::post("/kit", "") };
    vec![Example::new("kept on the phone when there is no network", form(t, &shape, &body))]
}
