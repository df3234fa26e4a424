//! What the pages of all parts of this room share: headings, paragraphs, links, a form with one
//! button, the area that somebody named. It knows no rule.

use page::components::button::{Button, Kind, button, buttons};
use page::components::field::{self, Choice, Field};
use page::components::form::{Form, form};
use page::frame::Tone;
use page::{Html, Notice, Tongue, text};
use record::{Id, Refusal};

use crate::door::{House, Shown, Trouble, Visitor};
use crate::places::atlas;

/// The most areas offered as a list; where there are more, the name is typed.
const AREAS_LISTED_MAX: usize = 1000;

/// The first heading of a page.
pub fn heading(words: &str) -> Html {
    Html(format!("<h1 dir=auto>{}</h1>", text(words)))
}

/// The heading of a part.
pub fn part(t: Tongue, key: &str) -> Html {
    Html(format!("<h2>{}</h2>", text(&t.say(key))))
}

/// A paragraph of a text.
pub fn line(t: Tongue, key: &str) -> Html {
    para(&t.say(key))
}

/// A paragraph of words.
pub fn para(words: &str) -> Html {
    Html(format!("<p dir=auto>{}</p>", text(words)))
}

/// A link inside a sentence or a table.
pub fn link(visitor: &Visitor, to: &str, words: &str) -> Html {
    let to = page::html::href(&visitor.link(to));
    Html(format!("<a href=\"{to}\"><bdi>{}</bdi></a>", text(words)))
}

/// A form with its fields and one button.
pub fn act(visitor: &Visitor, to: &str, fields: Html, key: &str, kind: Kind) -> Html {
    let t = visitor.tongue();
    let go = buttons([button(&Button::new(&t.say(key), kind))]);
    let to = visitor.link(to);
    form(t, &Form::post(&to, visitor.csrf()), &Html::join([fields, go]))
}

/// A form that came back: why, above what was filled in, which is all still there.
pub fn again(t: Tongue, page: Shown, refusal: &Refusal) -> Shown {
    let args: Vec<(&str, page::Arg)> =
        refusal.args.iter().map(|(name, value)| (*name, value.as_str().into())).collect();
    let code = refusal.code;
    let what = t.with(&format!("refused-{code}"), &args);
    let advice = t.with(&format!("refused-{code}-advice"), &args);
    let status = Trouble::Refused(refusal.clone()).status();
    page.noticing(Notice::new(Tone::Bad, &format!("{what} {advice}"))).with_status(status)
}

/// A field in which an area is chosen, or typed where there are too many; `none` says what it means
/// when it is left empty.
pub fn area_choice(house: &House, t: Tongue, shape: &Field<'_>, none: &str) -> Html {
    let atlas = atlas(house);
    if atlas.areas().len() > AREAS_LISTED_MAX {
        return field::line(t, &Field { length_max: Some(200), ..shape.clone() });
    }
    let names: Vec<(String, String)> =
        atlas.areas().iter().map(|area| (area.id.to_string(), area.both_names())).collect();
    let areas = names.iter().map(|(id, name)| Choice::new(id, name));
    let choices: Vec<Choice> = std::iter::once(Choice::new("", none)).chain(areas).collect();
    field::select(t, shape, &choices)
}

/// The area that was chosen or typed; none for the whole city.
///
/// # Errors
/// `unknown` when what was sent names no area, or more than one.
pub fn area_sent(house: &House, sent: &str, unknown: &'static str) -> Result<Option<Id>, Refusal> {
    let sent = sent.trim();
    if sent.is_empty() {
        return Ok(None);
    }
    let atlas = atlas(house);
    let chosen = sent.parse::<Id>().ok().filter(|id| atlas.area(*id).is_some());
    let typed = || match atlas.by_text(sent).as_slice() {
        [only] => Some(only.id),
        _ => None,
    };
    chosen.or_else(typed).map(Some).ok_or(Refusal::new(unknown))
}
