//! What the pages of this room share: headings, how a task is called and how it stands, days, and
//! the line of what was just done. It knows no rule.

use page::calendar::DAY_MS;
use page::components::icon::Icon;
use page::components::tag::{self, tag};
use page::frame::Tone;
use page::{Html, Notice, Tongue, text};
use record::Id;
use serde::Deserialize;

use crate::actions::rules::Noes;
use crate::actions::views::{COMMITTEE, Task};
use crate::door::{House, Shown, Trouble, Visitor};
use crate::places::{self, Area};

/// What can be said above a page after something was done: `actions-done-<code>`.
const DONE: [&str; 10] = [
    "set",
    "claimed",
    "released",
    "handed",
    "delivered",
    "arrived",
    "dropped",
    "referred",
    "step",
    "hands",
];
/// A due day so near is marked (days).
const SOON_DAYS: i64 = 2;

/// What the pages of this room may find in their address.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Asked {
    /// What was just done.
    pub done: Option<String>,
    /// Which tasks: `mine`, `bodies`, `open`, `overdue` or `done`.
    pub which: Option<String>,
    /// Only those of this area.
    pub area: Option<String>,
    /// Where a list goes on.
    pub after: Option<String>,
    /// The number of the need that a new task is for.
    pub need: Option<String>,
}

/// The id in a path or a form.
///
/// # Errors
/// Not found, when it is none.
pub fn id_of(typed: &str) -> Result<Id, Trouble> {
    typed.parse().map_err(|_| Trouble::NotFound)
}

/// A page of the desk with the line of what was just done.
pub fn shown(visitor: &Visitor, title: &str, asked: &Asked, body: Html) -> Shown {
    let t = visitor.tongue();
    let heading = Html(format!("<h1 dir=auto>{}</h1>", text(title)));
    let page = Shown::desk(title, Html::join([heading, body]));
    match asked.done.as_deref().filter(|code| DONE.contains(code)) {
        Some(code) => {
            page.noticing(Notice::new(Tone::Good, &t.say(&format!("actions-done-{code}"))))
        }
        None => page,
    }
}

/// The heading of a part.
pub fn part(t: Tongue, key: &str) -> Html {
    Html(format!("<h2>{}</h2>", text(&t.say(key))))
}

/// A paragraph.
pub fn line(words: &str) -> Html {
    Html(format!("<p>{}</p>", text(words)))
}

/// A quiet paragraph.
pub fn soft(words: &str) -> Html {
    Html(format!("<p class=soft>{}</p>", text(words)))
}

/// A part that opens when it is wanted.
pub fn folded(summary: &str, inside: &Html) -> Html {
    Html(format!("<details><summary>{}</summary>{inside}</details>", text(summary)))
}

/// The small number people call it by.
pub fn number(task: &Task) -> String {
    format!("T-{}", task.number)
}

/// What is to be done, in words.
pub fn what(t: Tongue, task: &Task) -> String {
    match task.kind.as_str() {
        COMMITTEE if task.what.is_empty() => t.say("actions-committee-what"),
        _ => task.what.clone(),
    }
}

/// Number and words.
pub fn title(t: Tongue, task: &Task) -> String {
    format!("{} · {}", number(task), what(t, task))
}

/// A day in words.
pub fn day(t: Tongue, day: i64) -> String {
    t.weekday_at(day.saturating_mul(DAY_MS), 0)
}

/// The day it falls due, and how it stands: red when its day has passed, by shape and word.
pub fn tags(t: Tongue, task: &Task, today: i64) -> Html {
    let mut all = Html::none();
    let name = t.say(&format!("actions-status-{}", task.status));
    if task.is_open() {
        all.push(&due_tag(t, task.due_day, today));
        let tone = if task.holder.is_some() { Tone::Info } else { Tone::Warn };
        all.push(&tag(tone, &name));
    } else {
        let tone = match task.status.as_str() {
            "delivered" => Tone::Info,
            "met" => Tone::Good,
            _ => Tone::Bad,
        };
        all.push(&tag(tone, &name));
    }
    all.push(&tag::mark(Icon::Act, &t.say(&format!("actions-kind-{}", task.kind))));
    all
}

/// How near a day is.
pub fn due_tag(t: Tongue, due_day: i64, today: i64) -> Html {
    let left = due_day - today;
    let words = match left {
        ..0 => {
            let span = t.span(left.saturating_neg().saturating_mul(DAY_MS));
            t.with("actions-overdue-by", &[("span", span.into())])
        }
        0 => t.say("actions-due-today"),
        _ => t.with("actions-due-on", &[("day", day(t, due_day).into())]),
    };
    let tone = match left {
        ..0 => Tone::Bad,
        0..=SOON_DAYS => Tone::Warn,
        _ => Tone::Info,
    };
    tag(tone, &words)
}

/// The name of an area.
pub fn area_name(house: &House, t: Tongue, area: Option<Id>) -> String {
    let atlas = places::atlas(house);
    match area {
        None => t.say("actions-area-all"),
        Some(id) => atlas.area(id).map_or_else(|| t.say("actions-area-unshown"), Area::both_names),
    }
}

/// A link inside a sentence, with safe words.
pub fn link(visitor: &Visitor, to: &str, words: &str) -> Html {
    let to = page::html::href(&visitor.link(to));
    Html(format!("<a href=\"{to}\"><bdi>{}</bdi></a>", text(words)))
}

/// At least so many, in words; below five it is said as such, whether anybody is there or not.
pub fn floored(t: Tongue, n: i64) -> String {
    match floor(n) {
        ..=0 => t.say("actions-few"),
        n => t.with("actions-at-least", &[("n", n.into())]),
    }
}

/// Rounded down to a step of five.
pub fn floor(n: i64) -> i64 {
    n - n.rem_euclid(crate::actions::rules::NO_BATCH_PEOPLE)
}

/// Those who said NO, as a committee and everybody is shown them.
pub fn noes(t: Tongue, noes: Noes) -> String {
    match noes {
        Noes::None => t.say("actions-nobody"),
        Noes::Some => t.say("actions-some"),
        Noes::Few => t.say("actions-few"),
        Noes::AtLeast(n) => t.with("actions-at-least", &[("n", n.into())]),
    }
}
