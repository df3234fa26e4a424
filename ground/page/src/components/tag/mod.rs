//! A tag: one word about how a thing stands, by shape, word and colour.
//!
//! Never: two tags never differ by colour alone.

use crate::components::Example;
use crate::components::icon::{Icon, icon};
use crate::components::notice::Tone;
use crate::html::{Html, text};
use crate::tongue::Tongue;

/// How much haste a thing has. Each level has a shape of its own.
#[derive(Copy, Clone, Debug, Eq, PartialEq, PartialOrd, Ord)]
pub enum Haste {
    /// No haste: a ring.
    Calm,
    /// This week: a half-filled square.
    Soon,
    /// Today: a triangle.
    Urgent,
    /// Life may be in danger: an eight-sided sign.
    Grave,
}

/// A tag with the shape of its tone.
pub fn tag(tone: Tone, word: &str) -> Html {
    Html(format!("<span class=\"tag {}\">{}{}</span>", tone.class(), icon(tone.icon()), text(word)))
}

/// A tag with a picture of its own, in no tone: a sector, a channel, a language.
pub fn mark(picture: Icon, word: &str) -> Html {
    Html(format!("<span class=tag>{}{}</span>", icon(picture), text(word)))
}

/// A tag of haste; the word comes from the kit's texts.
pub fn haste(t: Tongue, level: Haste) -> Html {
    let (class, key, shape) = match level {
        Haste::Calm => ("calm", "haste-calm", "<circle cx=8 cy=8 r=5 fill=none />"),
        Haste::Soon => (
            "soon",
            "haste-soon",
            "<path fill=none d=\"M3 3h10v10H3z\"/><path stroke=none d=\"M3 8h10v5H3z\"/>",
        ),
        Haste::Urgent => ("urgent", "haste-urgent", "<path d=\"M8 2.5 14 13.500H2z\"/>"),
        Haste::Grave => {
            ("grave", "haste-grave", "<path d=\"M5.5 2h5L14 5.500v5L10.5 14h-5L2 10.500v-5z\"/>")
        }
    };
    Html(format!(
        "<span class=\"tag {class}\"><svg class=i viewBox=\"0 0 16 16\" width=16 height=16 \
         fill=currentColor stroke=currentColor stroke-width=2 stroke-linejoin=round \
         aria-hidden=true>{shape}</svg>{}</span>",
        text(&t.say(key))
    ))
}

/// All tones and levels.
pub fn examples(t: Tongue) -> Vec<Example> {
    let tones = [
        (Tone::Good, "knot-done"),
        (Tone::Info, "tone-info"),
        (Tone::Warn, "knot-pending"),
        (Tone::Bad, "knot-broken"),
    ];
    let tones = tones.map(|(tone, key)| tag(tone, &t.say(key)));
    let levels = [Haste::Grave, Haste::Urgent, Haste::Soon, Haste::Calm];
    let marks = mark(Icon::Water, &t.say("example-water"));
    let line = |all: Html| Html(format!("<p class=tags>{all}</p>"));
    vec![
        Example::new("how it stands", line(Html::join(tones))),
        Example::new(
            "how much haste",
            line(levels.map(|level| haste(t, level)).into_iter().collect()),
        ),
        Example::new("what it is about", line(marks)),
    ]
}
