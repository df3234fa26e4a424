//! What the pages of this room have in common: names of codes in the reader's language, how grave a
//! need is by shape and word, how many people, since when. It knows no rule and opens no words.

use page::calendar::DAY_MS;
use page::components::icon::Icon;
use page::components::tag;
use page::frame::Tone;
use page::{Html, Notice, Tongue, text};
use serde::Deserialize;

use crate::door::{House, Role, Shown, Visitor};
use crate::needs::Need;
use crate::needs::rules::SEVERITY_MAX;
use crate::needs::rules::drafts::REOPENED_WHY;
use crate::places::BodyNames;
use crate::voices::desk_parts as desk;

/// Whose role lets them read voices: they also see the voices of a need.
pub const READERS: &[Role] = &[Role::Operator, Role::Officer, Role::Steward, Role::FocalPoint];
/// Whose role lets them say what is lacking.
pub const WRITERS: &[Role] = &[Role::Operator, Role::Officer, Role::Steward];
/// Whose role lets them write down that a community confirmed it.
pub const CONFIRMERS: &[Role] =
    &[Role::Operator, Role::Officer, Role::Steward, Role::Facilitator, Role::Committee];

/// What can be said above a page after something was done: `needs-done-<code>`.
const DONE: [&str; 14] = [
    "stated",
    "grouped",
    "reworded",
    "published",
    "hidden",
    "confirmed",
    "referred",
    "withdrawn",
    "quoted",
    "unquoted",
    "ungrouped",
    "moved",
    "undone",
    "asked",
];

/// What the pages of this room may find in their address.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// What was just done.
    pub done: String,
    /// Only needs that stand so.
    pub status: String,
    /// Only those of this area.
    pub area: String,
    /// Only those of this sector.
    pub sector: String,
    /// Where a list goes on: the id of the last one shown.
    pub after: String,
    /// The voice that is to be grouped.
    pub voice: String,
    /// Which of the proposals.
    pub at: usize,
    /// `1`: voices that no proposal holds.
    pub alone: String,
    /// `1`: of those that no proposal holds, several are chosen at once.
    pub choose: String,
    /// The need that was just grouped into.
    pub undo: String,
    /// When that was, in milliseconds since 1970.
    pub from: i64,
}

/// Whether a member has one of these roles.
pub fn any(visitor: &Visitor, roles: &[Role]) -> bool {
    roles.iter().any(|role| visitor.is(*role))
}

/// A page of the desk with the line of what was just done.
pub fn shown(visitor: &Visitor, title: &str, done: &str, body: Html) -> Shown {
    let t = visitor.tongue();
    let page = Shown::desk(title, Html::join([desk::heading(title), body]));
    match DONE.iter().find(|known| **known == done) {
        Some(code) => page.noticing(Notice::new(Tone::Good, &t.say(&format!("needs-done-{code}")))),
        None => page,
    }
}

/// The number and name of a need's status.
pub fn status_name(t: Tongue, status: &str) -> String {
    t.say(&format!("needs-status-{status}"))
}

/// A status by shape and word.
pub fn status_tag(t: Tongue, need: &Need) -> Html {
    let tone = match need.status.as_str() {
        "closed" => Tone::Good,
        "reopened" | "declined_with_reason" => Tone::Bad,
        "stated" | "delivered" => Tone::Warn,
        _ => Tone::Info,
    };
    tag::tag(tone, &status_name(t, &need.status))
}

/// The word of a level of severity.
pub fn severity_name(t: Tongue, level: i64) -> String {
    t.say(&format!("needs-severity-{level}"))
}

/// How grave a need is, by shape and word: as many full bars as its level; a question mark when
/// nobody has said.
pub fn severity(t: Tongue, level: i64) -> Html {
    let class = match level {
        1 => "calm",
        2 => "soon",
        3 => "urgent",
        4 => "grave",
        _ => "",
    };
    let bar = |n: i64| if n <= level { '▮' } else { '▯' };
    let shape: String =
        if level == 0 { "?".to_owned() } else { (1..=i64::from(SEVERITY_MAX)).map(bar).collect() };
    let word = text(&severity_name(t, level));
    Html(format!("<span class=\"tag {class}\"><b aria-hidden=true>{shape}</b> {word}</span>"))
}

/// The sector with its picture.
pub fn sector(t: Tongue, code: &str) -> Html {
    tag::mark(desk::sector_icon(code), &desk::sector_name(t, code))
}

/// How many people lack it, or that nobody knows.
pub fn people(t: Tongue, need: &Need) -> String {
    let say = |key: &str, args: &[(&str, i64)]| {
        let args: Vec<(&str, page::Arg)> =
            args.iter().map(|(name, n)| (*name, (*n).into())).collect();
        t.with(key, &args)
    };
    match (need.people_min, need.people_max) {
        (Some(min), Some(max)) if min == max => say("needs-people-about", &[("n", min)]),
        (Some(min), Some(max)) => say("needs-people-range", &[("min", min), ("max", max)]),
        (Some(n), None) => say("needs-people-least", &[("n", n)]),
        (None, Some(n)) => say("needs-people-most", &[("n", n)]),
        (None, None) => t.say("needs-people-unknown"),
    }
}

/// The same, with how long ago it was said.
pub fn people_aged(t: Tongue, need: &Need, now_ms: i64) -> String {
    match need.people_ms {
        Some(at) if need.people_min.or(need.people_max).is_some() => {
            let ago = t.ago(at, now_ms);
            t.with("needs-people-aged", &[("people", people(t, need).into()), ("ago", ago.into())])
        }
        _ => people(t, need),
    }
}

/// Since when it is lacking.
pub fn since(t: Tongue, need: &Need) -> String {
    match need.since_day {
        Some(day) => t.date(day.saturating_mul(DAY_MS)),
        None => t.say("needs-since-unknown"),
    }
}

/// A count as the street is told it: at least so many, or fewer than five.
pub fn floored(t: Tongue, n: i64) -> String {
    if n > 0 { t.with("needs-least", &[("n", n.into())]) } else { t.say("needs-few") }
}

/// The picture of what happened to a need.
pub fn verb_icon(verb: &str) -> Icon {
    match verb {
        "stated" => Icon::Speak,
        "reworded" => Icon::Paper,
        "published" => Icon::Home,
        "hidden" => Icon::Hide,
        "confirmed" => Icon::People,
        "taken_up" | "decided" => Icon::Decide,
        "in_progress" => Icon::Act,
        "referred" => Icon::Next,
        "delivered" => Icon::Act,
        "reopened" => Icon::Alert,
        "closed" => Icon::Ok,
        "withdrawn" => Icon::No,
        _ => Icon::Other,
    }
}

/// Who confirmed a need, if anybody did.
pub fn confirmed(house: &House, t: Tongue, need: &Need) -> Option<String> {
    let how = t.say(&format!("needs-how-{}", need.confirmed_how.as_deref()?));
    let names = house.kept::<BodyNames>().unwrap_or_default();
    let body = need.confirmed_by.and_then(|id| names.0.get(&id).cloned());
    Some(match body {
        Some(body) => t.with("needs-confirmed-by", &[("how", how.into()), ("body", body.into())]),
        None => how,
    })
}

/// Why a need was withdrawn or opened again.
pub fn reason(t: Tongue, need: &Need) -> Option<String> {
    let reason = need.reason.as_deref()?;
    Some(if need.status == "reopened" {
        t.say(&format!("needs-why-open-{}", known_why(reason)))
    } else {
        reason.to_owned()
    })
}

/// A reason for opening again that there is a text for.
pub fn known_why(why: &str) -> &'static str {
    REOPENED_WHY.into_iter().find(|known| *known == why).unwrap_or("said_again")
}
