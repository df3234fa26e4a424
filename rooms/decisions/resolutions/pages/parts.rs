//! What the pages of decisions share: names, facts, forms, what was typed. It knows no rule.

use page::components::field::{self, Choice, Field};
use page::frame::Tone;
use page::{Html, Notice, Tongue};
use record::{DAY_MS, Id, Refusal};
use serde::Deserialize;

use super::super::acts::{Actor, today};
use super::super::rules::Ground;
use super::super::views::Decision;
use crate::decisions::pages::parts;
pub(super) use crate::decisions::pages::parts::{act, heading, line, link, para, part};
use crate::door::{House, Shown, Trouble, Visitor};
use crate::people::{self, Body, Ceiling, MandateRow};
use crate::places::{Area, atlas};

/// What can be said above a page after something was done: `decisions-done-<code>`.
const DONE: [&str; 16] = [
    "moved", "conflict", "chair", "notice", "heard", "secret", "begun", "counted", "recount",
    "resolved", "taken", "appealed", "answered", "reviewed", "replied", "came",
];

/// What every page here may find in its address.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    /// What was just done.
    pub done: Option<String>,
    /// Where a list goes on.
    pub before: Option<i64>,
    /// Numbers of decisions that must be named to somebody at the door.
    pub hands_down: Option<String>,
}

/// A form as it was sent: names and values, some of them several times.
#[derive(Debug, Default, Deserialize)]
#[serde(transparent)]
pub(super) struct Typed(pub Vec<(String, String)>);

impl Typed {
    /// What was typed, without blanks at its ends; empty for nothing.
    pub fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(n, _)| n == name).map_or("", |(_, value)| value.trim())
    }

    /// The same as owned words.
    pub fn words(&self, name: &str) -> String {
        self.get(name).to_owned()
    }

    /// All that was sent under a name and is not empty.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        let sent = self.0.iter().filter(move |(n, _)| n == name);
        sent.map(|(_, value)| value.trim()).filter(|value| !value.is_empty())
    }

    /// Whether a box was ticked, or yes was chosen.
    pub fn on(&self, name: &str) -> bool {
        matches!(self.get(name), "on" | "yes" | "1" | "true")
    }

    /// A number; nothing typed is 0.
    ///
    /// # Errors
    /// What was typed is no number.
    pub fn number(&self, name: &str) -> Result<i64, Refusal> {
        let typed = words::plain(self.get(name));
        if typed.is_empty() {
            return Ok(0);
        }
        typed.parse().map_err(|_| Refusal::new("decision-number").naming("max", 100_000))
    }

    /// A day; none when nothing was typed.
    ///
    /// # Errors
    /// What was typed is no day.
    pub fn day(&self, name: &str) -> Result<Option<i64>, Refusal> {
        Some(self.get(name)).filter(|day| !day.is_empty()).map(people::day_typed).transpose()
    }

    /// An id; none when nothing was chosen.
    ///
    /// # Errors
    /// What was sent is no id.
    pub fn id(&self, name: &str) -> Result<Option<Id>, Trouble> {
        let sent = Some(self.get(name)).filter(|id| !id.is_empty());
        sent.map(|id| id.parse::<Id>().map_err(|_| Trouble::NotFound)).transpose()
    }

    /// An area that was chosen or typed; none for the whole city.
    ///
    /// # Errors
    /// What was typed names no area, or more than one.
    pub fn area(&self, house: &House, name: &str) -> Result<Option<Id>, Refusal> {
        parts::area_sent(house, self.get(name), "decision-area")
    }
}

/// Who asks, as the acts know them.
pub(super) fn actor(visitor: &Visitor) -> Actor {
    let member = visitor.member();
    Actor { id: visitor.author(), bodies: member.map(|m| m.bodies.clone()).unwrap_or_default() }
}

/// What stands around a decision: bodies, mandates, the city's own day.
pub(super) struct Around {
    pub house: House,
    pub t: Tongue,
    pub bodies: Vec<Body>,
    pub mandates: Vec<MandateRow>,
    pub today: i64,
}

impl Around {
    /// Reads it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn read(house: &House, visitor: &Visitor) -> Result<Around, Trouble> {
        Ok(Around {
            house: house.clone(),
            t: visitor.tongue(),
            bodies: people::bodies(house).await?,
            mandates: people::mandates(house).await?,
            today: today(house),
        })
    }

    /// What is known of who may decide what, today.
    pub fn ground(&self) -> Ground<'_> {
        let Around { mandates, bodies, today, .. } = self;
        Ground { mandates, bodies, quorum: None, day: *today }
    }

    /// The name of a body.
    pub fn body(&self, id: Id) -> String {
        let body = self.bodies.iter().find(|body| body.id == id);
        body.map_or_else(|| self.t.say("decisions-body-unknown"), |body| body.name.clone())
    }

    /// The name of an area; of the whole city for none.
    pub fn area(&self, id: Option<Id>) -> String {
        let Some(id) = id else { return self.t.say("decisions-whole-city") };
        let unshown = || self.t.say("decisions-area-unshown");
        atlas(&self.house).area(id).map_or_else(unshown, Area::both_names)
    }

    /// A day in words.
    pub fn day(&self, day: i64) -> String {
        self.t.date(day.saturating_mul(DAY_MS))
    }

    /// How long ago something was.
    pub fn ago(&self, at_ms: i64) -> String {
        self.t.ago(at_ms, self.house.now_ms())
    }

    /// Money in words.
    pub fn money(&self, money: Option<&Ceiling>) -> String {
        people::ceiling_said(self.t, money)
    }

    /// The mandate of this id.
    pub fn mandate(&self, id: Option<Id>) -> Option<&MandateRow> {
        let id = id?;
        self.mandates.iter().find(|mandate| mandate.id == id)
    }

    /// Whether it is put off until a day that is not over.
    pub fn put_off(&self, decision: &Decision) -> bool {
        decision.put_off_day().is_some_and(|day| day >= self.today)
    }

    /// Whether a day is over that somebody gave: of a promise, or until which they put it off.
    pub fn late(&self, decision: &Decision) -> bool {
        let put_off = decision.put_off_day().is_some_and(|day| day < self.today);
        put_off || self.overdue(decision)
    }

    /// Whether the day of a promise is over.
    pub fn overdue(&self, decision: &Decision) -> bool {
        decision.promise_open() && decision.promise_due_day.is_some_and(|day| day < self.today)
    }
}

/// A desk page with the line of what was just done.
pub(super) fn shown(visitor: &Visitor, title: &str, asked: &Asked, body: Html) -> Shown {
    let t = visitor.tongue();
    let page = Shown::desk(title, Html::join([heading(title), body]));
    let hands_down = asked.hands_down.as_deref().filter(|said| {
        !said.is_empty() && said.chars().all(|c| c.is_ascii_digit() || matches!(c, ' ' | 'D' | '-'))
    });
    if let Some(numbers) = hands_down {
        let words = t.with("decisions-hands-down", &[("numbers", numbers.into())]);
        return page.noticing(Notice::new(Tone::Warn, &words));
    }
    match asked.done.as_deref().filter(|code| DONE.contains(code)) {
        Some(code) => {
            page.noticing(Notice::new(Tone::Good, &t.say(&format!("decisions-done-{code}"))))
        }
        None => page,
    }
}

/// One line to fill in: the label is `key`, its hint `key-hint` where there is one.
pub(super) fn typed(
    t: Tongue,
    name: &str,
    key: &str,
    kind: field::Kind,
    max: Option<usize>,
) -> Html {
    let (label, hint) = (t.say(key), hint(t, key));
    let shape =
        Field { name, label: &label, hint: &hint, kind, length_max: max, ..Field::default() };
    field::line(t, &shape)
}

/// The same, which the form cannot do without.
pub(super) fn needed(t: Tongue, name: &str, key: &str, max: usize) -> Html {
    let (label, hint) = (t.say(key), hint(t, key));
    let shape = Field {
        name,
        label: &label,
        hint: &hint,
        required: true,
        length_max: Some(max),
        ..Field::default()
    };
    field::line(t, &shape)
}

/// Several lines to fill in.
pub(super) fn long(t: Tongue, name: &str, key: &str, required: bool) -> Html {
    let (label, hint) = (t.say(key), hint(t, key));
    let shape = Field { name, label: &label, hint: &hint, required, ..Field::default() };
    field::area(t, &shape, 3)
}

/// A box to tick.
pub(super) fn tick(t: Tongue, name: &str, key: &str) -> Html {
    let (label, hint) = (t.say(key), hint(t, key));
    field::tick(t, &Field { name, label: &label, hint: &hint, ..Field::default() })
}

/// One of several, by codes whose words are `key-<code>`.
pub(super) fn coded(t: Tongue, name: &str, key: &str, codes: &[&str]) -> Html {
    let words: Vec<String> = codes.iter().map(|code| t.say(&format!("{key}-{code}"))).collect();
    let pairs = codes.iter().zip(&words);
    let choices: Vec<Choice> = pairs.map(|(code, word)| Choice::new(code, word)).collect();
    let label = t.say(key);
    let shape = Field { name, label: &label, required: true, ..Field::default() };
    field::radios(t, &shape, &choices)
}

fn hint(t: Tongue, key: &str) -> String {
    let hint = format!("{key}-hint");
    if t.has(&hint) { t.say(&hint) } else { String::new() }
}

/// A body to choose; with an empty first line when none will do too.
pub(super) fn body_field(around: &Around, name: &str, key: &str, only: Option<&[Id]>) -> Html {
    let t = around.t;
    let offered = around.bodies.iter().filter(|body| only.is_none_or(|ids| ids.contains(&body.id)));
    let ids: Vec<(String, &str)> =
        offered.map(|body| (body.id.to_string(), body.name.as_str())).collect();
    let nobody = t.say("decisions-nobody");
    let first = only.is_none().then(|| Choice::new("", &nobody));
    let all = ids.iter().map(|(id, name)| Choice::new(id, name));
    let choices: Vec<Choice> = first.into_iter().chain(all).collect();
    let (label, hint) = (t.say(key), hint(t, key));
    field::select(t, &Field { name, label: &label, hint: &hint, ..Field::default() }, &choices)
}

/// An area to choose or type; empty for the whole city, or for none.
pub(super) fn area_field(around: &Around, name: &str, key: &str, empty: &str) -> Html {
    let t = around.t;
    let (label, hint) = (t.say(key), hint(t, key));
    let shape = Field { name, label: &label, hint: &hint, ..Field::default() };
    parts::area_choice(&around.house, t, &shape, &t.say(empty))
}
