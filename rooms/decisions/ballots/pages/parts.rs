//! What the pages of ballots share: how a round stands, amounts, hours, fields. It knows no rule.

use page::components::button::{Kind, buttons, link_button};
use page::components::field::{self, Choice, Field};
use page::components::tag::tag;
use page::frame::Tone;
use page::{Html, Notice, Tongue};
use record::Id;
use serde::Deserialize;

use super::super::queries;
use super::super::records::ProjectSaid;
use super::super::rules::{RESTS, RULE_KINDS};
use super::super::views::Round;
pub(super) use crate::decisions::pages::parts::{
    act, again, area_choice, area_sent, heading, line, link, para, part,
};
use crate::door::{House, Shown, Trouble, Visitor};
use crate::needs;
use crate::people::minor_parts;
use crate::places::{Area, atlas};

/// What can be said above a page after something was done: `ballots-done-<code>`.
const DONE: [&str; 13] = [
    "announced",
    "off",
    "duty",
    "conflict",
    "counted",
    "appealed",
    "answered",
    "decided",
    "sent",
    "void",
    "first",
    "taken",
    "differs",
];

/// What every page here may find in its address.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    /// What was just done.
    pub done: Option<String>,
    /// Where a list goes on.
    pub before: Option<i64>,
}

/// A form as it was sent: names and values.
#[derive(Debug, Default, Deserialize)]
#[serde(transparent)]
pub(super) struct Typed(pub Vec<(String, String)>);

impl Typed {
    /// What was typed, without blanks at its ends; empty for nothing.
    pub fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(n, _)| n == name).map_or("", |(_, value)| value.trim())
    }

    /// A whole number; none when it is something else.
    pub fn number(&self, name: &str) -> Option<i64> {
        words::plain(self.get(name)).parse().ok()
    }

    /// An id.
    ///
    /// # Errors
    /// What was sent is none.
    pub fn id(&self, name: &str) -> Result<Id, Trouble> {
        self.get(name).parse().map_err(|_| Trouble::NotFound)
    }
}

/// A desk page with the line of what was just done.
pub(super) fn shown(visitor: &Visitor, title: &str, asked: &Asked, body: Html) -> Shown {
    let page = Shown::desk(title, Html::join([heading(title), body]));
    let t = visitor.tongue();
    match asked.done.as_deref().filter(|code| DONE.contains(code)) {
        Some("differs") => page.noticing(Notice::new(Tone::Bad, &t.say("ballots-done-differs"))),
        Some(code) => {
            page.noticing(Notice::new(Tone::Good, &t.say(&format!("ballots-done-{code}"))))
        }
        None => page,
    }
}

/// The round of an address of the desk.
///
/// # Errors
/// There is none.
pub(super) async fn the_one(house: &House, id: &str) -> Result<Round, Trouble> {
    let id: Id = id.parse().map_err(|_| Trouble::NotFound)?;
    queries::round(house, id).await?.ok_or(Trouble::NotFound)
}

/// The round of a number of the street.
///
/// # Errors
/// There is none.
pub(super) async fn of_number(house: &House, number: &str) -> Result<Round, Trouble> {
    let number: i64 = number.parse().map_err(|_| Trouble::NotFound)?;
    queries::by_number(house, number).await?.ok_or(Trouble::NotFound)
}

/// A round as people say it: `V-12 What shall we do with …?`
pub(super) fn said_as(round: &Round) -> String {
    format!("{} {}", round.shown_number(), round.rules().question)
}

/// How a round stands, and whether its result binds, by shape, word and colour.
pub(super) fn status_tag(house: &House, t: Tongue, round: &Round) -> Html {
    let status = round.status(house.now_ms());
    let tone = match status {
        "open" | "final" => Tone::Good,
        "called_off" | "void" => Tone::Bad,
        "closed" => Tone::Warn,
        _ => Tone::Info,
    };
    let status = tag(tone, &t.say(&format!("ballots-status-{status}")));
    let force = round.rules().right.map(|right| match right.binds {
        true => tag(Tone::Good, &t.say("decisions-force-binding")),
        false => tag(Tone::Info, &t.say("decisions-force-advisory")),
    });
    Html::join([Some(status), force].into_iter().flatten())
}

/// The needs that each project of a round answers, by their numbers: those that are public.
pub(super) struct Answers(Vec<Vec<i64>>);

/// Reads them.
///
/// # Errors
/// When the database fails.
pub(super) async fn answers(house: &House, round: &Round) -> Result<Answers, Trouble> {
    let projects = round.rules().projects;
    let ids: Vec<Id> = projects.iter().flat_map(|p| p.needs.iter().flatten().copied()).collect();
    let needs = needs::queries::needs(house, &ids).await?;
    let public: Vec<(Id, i64)> =
        needs.iter().filter(|need| need.published).map(|need| (need.id, need.number)).collect();
    let of = |project: &ProjectSaid| {
        let own = project.needs.iter().flatten();
        own.filter_map(|id| public.iter().find(|(one, _)| one == id).map(|(_, n)| *n)).collect()
    };
    Ok(Answers(projects.iter().map(of).collect()))
}

impl Answers {
    /// A project's title, with links to the needs that it answers. `at` is its place, from 0.
    pub fn with_title(&self, visitor: &Visitor, at: usize, title: &str) -> Html {
        let mut cell = page::html::bdi(title);
        for number in self.0.get(at).into_iter().flatten() {
            cell.push(&Html(" ".to_owned()));
            cell.push(&link(visitor, &format!("/need/{number}"), &format!("N-{number}")));
        }
        cell
    }
}

/// A rule in words, with what is done with money that equal shares leave over.
pub(super) fn rule_said(t: Tongue, rule: &str) -> String {
    let parted = RESTS.iter().find_map(|rest| {
        let kind = rule.strip_suffix(rest)?;
        RULE_KINDS.contains(&kind).then_some((kind, rest.trim_start_matches('_')))
    });
    let Some((kind, rest)) = parted else { return rule.to_owned() };
    let said = t.say(&format!("ballots-rule-{kind}"));
    if !kind.starts_with("mes_") {
        return said;
    }
    let rest = if rest.is_empty() { "none" } else { rest };
    format!("{said}. {}: {}", t.say("ballots-rest"), t.say(&format!("ballots-rest-{rest}")))
}

/// An amount with its currency.
pub(super) fn money(t: Tongue, minor: u64, currency: &str) -> String {
    let minor = i64::try_from(minor).unwrap_or(i64::MAX);
    let (whole, part) = minor_parts(minor, currency);
    let empty = part.bytes().all(|b| b == b'0');
    let cents = if empty { String::new() } else { format!(".{part}") };
    format!("{}{cents} {currency}", t.number(whole))
}

/// A weekday, day and hour by the city's clock.
pub(super) fn when(house: &House, t: Tongue, at_ms: i64) -> String {
    let offset = house.city().offset_minutes;
    format!("{} {}", t.weekday_at(at_ms, offset), t.time_at(at_ms, offset))
}

/// The name of an area; of a round's own place for none.
pub(super) fn area_name(house: &House, round: &Round, area: Option<Id>) -> String {
    let found = area.and_then(|area| atlas(house).area(area).map(Area::both_names));
    found.unwrap_or_else(|| round.rules().place)
}

/// A line to fill in; its label is `key`, its hint `key-hint` where there is one.
pub(super) fn typed(
    t: Tongue,
    (name, key): (&str, &str),
    (kind, max): (field::Kind, usize),
    value: &str,
) -> Html {
    let (label, hint) = (t.say(key), hint(t, key));
    let shape = Field {
        name,
        label: &label,
        hint: &hint,
        value,
        kind,
        length_max: Some(max),
        required: true,
        ..Field::default()
    };
    field::line(t, &shape)
}

/// Several lines to fill in.
pub(super) fn long(t: Tongue, (name, key): (&str, &str), rows: u8, value: &str) -> Html {
    let (label, hint) = (t.say(key), hint(t, key));
    let required = true;
    let shape = Field { name, label: &label, hint: &hint, value, required, ..Field::default() };
    field::area(t, &shape, rows)
}

/// One of several, by codes whose words are `key-<code>`.
pub(super) fn coded(t: Tongue, (name, key): (&str, &str), codes: &[&str], value: &str) -> Html {
    let words: Vec<String> = codes.iter().map(|code| t.say(&format!("{key}-{code}"))).collect();
    let pairs = codes.iter().zip(&words);
    let choices: Vec<Choice> = pairs.map(|(code, word)| Choice::new(code, word)).collect();
    let (label, value) = (
        t.say(key),
        if value.is_empty() { codes.first().copied().unwrap_or_default() } else { value },
    );
    field::radios(
        t,
        &Field { name, label: &label, value, required: true, ..Field::default() },
        &choices,
    )
}

fn hint(t: Tongue, key: &str) -> String {
    let hint = format!("{key}-hint");
    if t.has(&hint) { t.say(&hint) } else { String::new() }
}

/// A part that opens.
pub(super) fn folded(t: Tongue, key: &str, inside: &Html) -> Html {
    Html(format!("<details><summary>{}</summary>{inside}</details>", page::text(&t.say(key))))
}

/// A link that looks like a button.
pub(super) fn way(visitor: &Visitor, to: &str, key: &str, kind: Kind) -> Html {
    let words = visitor.tongue().say(key);
    buttons([link_button(&visitor.link(to), &words, kind, None)])
}
