//! What the pages of this room share: headings, names of codes in the reader's language, areas to
//! choose from, days typed into forms. It knows no rule and opens no words.

use page::calendar::DAY_MS;
use page::components::button::{Button, Kind, button, buttons, link_button};
use page::components::field::{self, Choice, Field};
use page::components::form::{Form, form};
use page::components::icon::Icon;
use page::components::tag::{self, Haste};
use page::frame::Tone;
use page::{Html, Notice, Tongue, text};
use record::{Id, Refusal};
use serde::Deserialize;

use crate::door::{House, Role, Shown, Trouble, Visitor};
use crate::places::{self, Area};
use crate::voices::rules::NOT_CONFIRMED_AFTER_MS;
use crate::voices::{Voice, rules};

/// The most areas offered as a list at the desk; where there are more, the name is typed.
pub const AREAS_LISTED_MAX: usize = 1000;

/// Statuses whose own texts say "you".
const SAID_TO_THE_PERSON: [&str; 4] = ["delivered", "confirmed", "said_not_done", "withdrawn"];

/// What can be said above a page after something was done: `voices-done-<code>`.
const DONE: [&str; 18] = [
    "sorted",
    "answered",
    "typed",
    "linked",
    "unlinked",
    "sealed",
    "released",
    "confirmed",
    "consented",
    "unconsented",
    "withdrawn",
    "erased",
    "reached",
    "not-reached",
    "state",
    "hidden",
    "on-call",
    "texts",
];

/// What the pages of the desk may find in their address.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Asked {
    /// What was just done.
    pub done: Option<String>,
    /// Which voices: `waiting`, `all` or `held`.
    pub queue: Option<String>,
    /// Only those of this area.
    pub area: Option<String>,
    /// Where a list goes on.
    pub after: Option<String>,
    /// What is looked for.
    pub q: Option<String>,
    /// Where a search goes on: milliseconds since 1970.
    pub from: Option<i64>,
    /// Language whose texts are shown.
    pub of: Option<String>,
    /// What is counted only when asked for.
    pub count: Option<String>,
}

impl Asked {
    /// The voice after which a list goes on.
    pub fn after(&self) -> Option<Id> {
        self.after.as_deref().and_then(|typed| typed.parse().ok())
    }
}

/// The id in a path.
///
/// # Errors
/// Not found, when it is none.
pub fn id_of(typed: &str) -> Result<Id, Trouble> {
    typed.parse().map_err(|_| Trouble::NotFound)
}

/// A page of the desk with the line of what was just done.
pub fn shown(visitor: &Visitor, title: &str, asked: &Asked, body: Html) -> Shown {
    let t = visitor.tongue();
    let page = Shown::desk(title, Html::join([heading(title), body]));
    match asked.done.as_deref().filter(|code| DONE.contains(code)) {
        Some(code) => {
            page.noticing(Notice::new(Tone::Good, &t.say(&format!("voices-done-{code}"))))
        }
        None => page,
    }
}

/// The first heading of a page.
pub fn heading(words: &str) -> Html {
    Html(format!("<h1 dir=auto>{}</h1>", text(words)))
}

/// The heading of a part.
pub fn part(t: Tongue, key: &str) -> Html {
    Html(format!("<h2>{}</h2>", text(&t.say(key))))
}

/// A paragraph.
pub fn line(t: Tongue, key: &str) -> Html {
    Html(format!("<p>{}</p>", text(&t.say(key))))
}

/// A quiet paragraph around what is safe already.
pub fn soft(inside: &Html) -> Html {
    Html(format!("<p class=soft>{inside}</p>"))
}

/// A part that opens when it is wanted.
pub fn folded(summary: &str, inside: &Html) -> Html {
    Html(format!("<details><summary>{}</summary>{inside}</details>", text(summary)))
}

/// A form of the desk with one button.
pub fn act(visitor: &Visitor, to: &str, fields: Html, pressed: &Button<'_>) -> Html {
    let all = Html::join([fields, buttons([button(pressed)])]);
    form(visitor.tongue(), &Form::post(&visitor.link(to), visitor.csrf()), &all)
}

/// The one button of a form.
pub fn main_button(label: &str) -> Button<'_> {
    Button::new(label, Kind::Main)
}

/// Another button.
pub fn other_button(label: &str) -> Button<'_> {
    Button::new(label, Kind::Other)
}

/// The same field, reached by a key of the desk. The kit's own buttons carry their key; fields
/// are given it here, on their first opening tag of that name.
pub fn keyed(html: Html, tag: &str, key: char) -> Html {
    Html(html.0.replacen(&format!("<{tag} "), &format!("<{tag} data-key=\"{key}\" "), 1))
}

/// How much haste a voice has, by shape and word.
pub fn haste(t: Tongue, urgency: i64) -> Html {
    tag::haste(t, haste_of(urgency))
}

/// How much haste a number of urgency is.
pub fn haste_of(urgency: i64) -> Haste {
    match urgency {
        2 => Haste::Grave,
        1 => Haste::Urgent,
        _ => Haste::Calm,
    }
}

/// The name of a type.
pub fn kind_name(t: Tongue, code: &str) -> String {
    t.say(&format!("voices-kind-{code}"))
}

/// The name of a sector.
pub fn sector_name(t: Tongue, code: &str) -> String {
    t.say(&format!("voices-sector-{code}"))
}

/// The name of a language.
pub fn language_name(t: Tongue, code: &str) -> String {
    let known = code == "und" || words::LANGUAGES.contains(&code);
    if known { t.say(&format!("voices-lang-{}", code.to_lowercase())) } else { code.to_owned() }
}

/// How a voice came.
pub fn channel_name(t: Tongue, code: &str) -> String {
    t.say(&format!("voices-channel-{code}"))
}

/// The name of an outcome.
pub fn outcome_name(t: Tongue, code: &str) -> String {
    t.say(&format!("voices-outcome-{code}"))
}

/// Where a voice stands, as the desk says it: some texts of the street speak to the person.
/// Silence after a delivery is "not confirmed", never a yes.
pub fn status_name(t: Tongue, voice: &Voice, now_ms: i64) -> String {
    let silent = voice.asked_ms.is_some_and(|asked| now_ms - asked > NOT_CONFIRMED_AFTER_MS);
    match voice.status.as_str() {
        _ if silent => t.say("voices-status-not_confirmed"),
        status if !voice.erased && SAID_TO_THE_PERSON.contains(&status) => {
            t.say(&format!("voices-stand-{status}"))
        }
        _ => t.say(rules::status_key(voice)),
    }
}

/// A small picture for a type.
pub fn kind_icon(code: &str) -> Icon {
    match code {
        "request" => Icon::Decide,
        "complaint" => Icon::Warn,
        "question" => Icon::Ask,
        "suggestion" => Icon::Info,
        "rumour" => Icon::Hear,
        "thanks" => Icon::Ok,
        "aspiration" => Icon::Home,
        "offer" => Icon::Add,
        "alert_report" => Icon::Alert,
        _ => Icon::Other,
    }
}

/// A small picture for a sector.
pub fn sector_icon(code: &str) -> Icon {
    match code {
        "wash" | "drainage_flood" => Icon::Water,
        "food_security" | "nutrition" => Icon::Food,
        "shelter" | "cccm" | "hlp" => Icon::Shelter,
        "health" | "mhpss" => Icon::Health,
        "transport_roads" | "logistics" => Icon::Road,
        "energy" => Icon::Power,
        "education" => Icon::School,
        "markets_livelihoods" => Icon::Work,
        "protection" | "child_protection" => Icon::Safety,
        "solid_waste_debris" | "environment" => Icon::Waste,
        "cash" => Icon::Money,
        "telecom_info" | "etc" => Icon::Phone,
        "public_space" => Icon::Map,
        "governance_civil_docs" => Icon::Paper,
        _ => Icon::Other,
    }
}

/// Why a rule says what it says, in words.
pub fn why(t: Tongue, reason: &words::Reason) -> String {
    let said = reason.words.join(", ");
    t.with(&format!("voices-why-{}", reason.code), &[("words", said.into())])
}

/// The name of an area, with the other name beside it.
pub fn area_name(house: &House, t: Tongue, area: Option<Id>) -> String {
    let atlas = places::atlas(house);
    match area {
        None => t.say("voices-area-none"),
        Some(id) => atlas.area(id).map_or_else(|| t.say("voices-area-unshown"), Area::both_names),
    }
}

/// The field in which an area is chosen, or typed where there are too many to list.
pub fn area_field(house: &House, t: Tongue, chosen: Option<Id>, listed_max: usize) -> Html {
    let atlas = places::atlas(house);
    let (label, hint) = (t.say("voices-area"), t.say("voices-area-hint"));
    let value = chosen.map(|id| id.to_string()).unwrap_or_default();
    let shape = Field { name: "area", label: &label, ..Field::default() };
    if atlas.areas().len() > listed_max {
        let name = chosen.and_then(|id| atlas.area(id)).map(|area| area.name.clone());
        let name = name.unwrap_or_default();
        let typed = Field { hint: &hint, value: &name, length_max: Some(200), ..shape };
        return field::line(t, &typed);
    }
    let none = t.say("voices-area-none");
    let names: Vec<(String, String)> =
        atlas.areas().iter().map(|area| (area.id.to_string(), area.both_names())).collect();
    let all = names.iter().map(|(id, name)| Choice::new(id, name));
    let choices: Vec<Choice<'_>> = std::iter::once(Choice::new("", &none)).chain(all).collect();
    field::select(t, &Field { value: &value, ..shape }, &choices)
}

/// The area that was chosen or typed; none when the field was left empty.
///
/// # Errors
/// What was typed names no area, or more than one.
pub fn area_sent(house: &House, sent: &str) -> Result<Option<Id>, Refusal> {
    let sent = sent.trim();
    if sent.is_empty() {
        return Ok(None);
    }
    let atlas = places::atlas(house);
    if let Some(area) = sent.parse::<Id>().ok().and_then(|id| atlas.area(id)) {
        return Ok(Some(area.id));
    }
    let folded = words::plain(sent);
    let found = atlas.by_text(sent);
    let mut whole = found.iter().filter(|area| words::plain(&area.name) == folded);
    // "Block 1" is meant, though "Block 10" begins alike; but of two of one name, neither.
    let only = match (whole.next(), whole.next(), found.as_slice()) {
        (Some(area), None, _) => Some(area.id),
        (None, _, [area]) => Some(area.id),
        _ => None,
    };
    only.map(Some).ok_or(Refusal::new("place-unclear"))
}

/// The last year taken from a form: what lies further on is a slip of the finger.
const YEAR_MAX: i64 = 2099;

/// Days since 1970 of a day as a browser sends it (`2026-11-22`); none when it is no day.
pub fn day_sent(sent: &str) -> Option<i64> {
    let mut numbers = sent.trim().splitn(3, '-').map(|n| n.parse::<i64>().ok());
    let (year, month, day) = (numbers.next()??, numbers.next()??, numbers.next()??);
    let sound = (1970..=YEAR_MAX).contains(&year) && (1..=12).contains(&month) && day >= 1;
    // The calendar of the kit reads days; the one that reads back as it was typed is the one.
    let near = (year - 1970) * 365 + (year - 1969) / 4 + (month - 1) * 30;
    sound.then_some(())?;
    (near - 20..near + 60).find(|days| {
        let at = page::calendar::moment(days * DAY_MS, 0);
        (at.year, at.month, at.day) == (year, month, day)
    })
}

/// The length of time since a moment, in the reader's words.
pub fn age(t: Tongue, house: &House, at_ms: i64) -> String {
    t.ago(at_ms, house.now_ms())
}

/// A link inside a sentence, with safe words.
pub fn link(visitor: &Visitor, to: &str, words: &Html) -> Html {
    Html(format!("<a href=\"{}\">{words}</a>", page::html::href(&visitor.link(to))))
}

/// A number that can be called from the page.
pub fn number_link(number: &str) -> Html {
    let to = page::html::href(&format!("tel:{number}"));
    Html(format!("<a href=\"{to}\"><bdi>{}</bdi></a>", text(number)))
}

/// Whether this member may know of a voice: what is held is for focal points alone, and a complaint
/// about a body never reaches its own members. What a note says nobody knows before somebody has
/// typed it up or sorted it: until then it is heard by members of no body.
pub fn may_see(visitor: &Visitor, voice: &Voice) -> bool {
    let bodies = visitor.member().map_or(&[][..], |member| &member.bodies);
    let unheard = voice.note_waits && !voice.sorted && !bodies.is_empty();
    let accused = unheard || voice.about.is_some_and(|about| bodies.contains(&about));
    !accused && (!voice.held || visitor.is(Role::FocalPoint))
}

/// Whether a voice may be grouped into a need: it is there, let in, and the person wants it used.
pub fn may_group(voice: &Voice) -> bool {
    voice.need.is_none() && !voice.held && !voice.erased && voice.status != "withdrawn"
}

/// The way to the needs a voice may belong to, the best first.
pub fn group_link(visitor: &Visitor, voice: &Voice) -> Html {
    let to = visitor.link(&format!("/desk/grouping?voice={}", voice.id));
    link_button(&to, &visitor.tongue().say("voices-group"), Kind::Other, Some(Icon::Add))
}

/// A refusal in words: what is wrong, and what to do.
pub fn said(t: Tongue, refusal: &Refusal) -> String {
    let args: Vec<(&str, page::Arg)> =
        refusal.args.iter().map(|(name, value)| (*name, value.as_str().into())).collect();
    let what = t.with(&format!("refused-{}", refusal.code), &args);
    let advice = t.with(&format!("refused-{}-advice", refusal.code), &args);
    format!("{what}. {advice}")
}

/// Whether words complain about a body that this member belongs to. Until somebody else has sorted
/// it, such a voice is not theirs to see: a complaint never reaches the accused.
pub fn accuses(house: &House, visitor: &Visitor, voice: &Voice, said: &str) -> bool {
    let bodies = visitor.member().map_or(&[][..], |member| &member.bodies);
    if bodies.is_empty() || voice.sorted {
        return false;
    }
    let complains =
        words::suggest(said, &voice.language).kind.is_some_and(|hint| hint.value == "complaint");
    let names = house.kept::<places::BodyNames>().unwrap_or_default();
    let folded = format!(" {} ", words::plain(said));
    complains
        && bodies.iter().filter_map(|body| names.0.get(body)).any(|name| {
            let name = words::plain(name);
            !name.is_empty() && folded.contains(&format!(" {name} "))
        })
}
