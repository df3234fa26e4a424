//! A notice: what just happened or what to know, by icon, word and colour together.
//!
//! Never: colour alone says nothing; a notice never moves or goes away by itself.

use crate::components::Example;
use crate::components::icon::{Icon, icon};
use crate::html::{Html, text};
use crate::tongue::Tongue;

/// How a thing stands. Shown by shape, word and colour.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub enum Tone {
    /// Done, kept, received.
    Good,
    /// To know.
    Info,
    /// To watch: it waits, it may go wrong.
    Warn,
    /// It went wrong, or is refused.
    Bad,
}

impl Tone {
    pub(crate) fn class(self) -> &'static str {
        match self {
            Tone::Good => "good",
            Tone::Info => "info",
            Tone::Warn => "warn",
            Tone::Bad => "bad",
        }
    }

    pub(crate) fn icon(self) -> Icon {
        match self {
            Tone::Good => Icon::Ok,
            Tone::Info => Icon::Info,
            Tone::Warn => Icon::Warn,
            Tone::Bad => Icon::No,
        }
    }

    fn word(self, t: Tongue) -> String {
        t.say(match self {
            Tone::Good => "tone-good",
            Tone::Info => "tone-info",
            Tone::Warn => "tone-warn",
            Tone::Bad => "tone-bad",
        })
    }
}

/// What a notice says.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Notice {
    /// How it stands.
    pub tone: Tone,
    /// What it says, in the reader's language.
    pub words: Html,
}

impl Notice {
    /// A notice of plain words.
    pub fn new(tone: Tone, words: &str) -> Notice {
        Notice { tone, words: text(words) }
    }
}

/// The notice. Bad and warning ones are read out at once, the others when there is a pause.
pub fn notice(t: Tongue, notice: &Notice) -> Html {
    let role = if matches!(notice.tone, Tone::Bad | Tone::Warn) { "alert" } else { "status" };
    Html(format!(
        "<div class=\"notice {}\" role={role}>{}<div><b>{}</b> {}</div></div>",
        notice.tone.class(),
        icon(notice.tone.icon()),
        text(&notice.tone.word(t)),
        notice.words,
    ))
}

/// The four tones.
pub fn examples(t: Tongue) -> Vec<Example> {
    let show = |name, tone, key| Example::new(name, notice(t, &Notice::new(tone, &t.say(key))));
    vec![
        show("good", Tone::Good, "example-notice-good"),
        show("to know", Tone::Info, "example-notice-info"),
        show("to watch", Tone::Warn, "example-notice-warn"),
        show("went wrong", Tone::Bad, "example-notice-bad"),
    ]
}
