//! What the pages of this room share: how things are called and how they stand, fields by the key
//! of their text, days and amounts, and the line of what was just done. It knows no rule.

use page::calendar::{DAY_MS, moment};
use page::components::button::{Button, Kind, button, buttons};
use page::components::field::{self, Choice, Field, Kind as FieldKind};
use page::components::form::{Form, form};
use page::components::icon::Icon;
use page::components::tag::{mark, tag};
use page::frame::Tone;
use page::{Html, Notice, Tongue, text};
use record::{Id, Refusal};
use serde::Deserialize;

use crate::door::{House, Role, Shown, Trouble, Visitor};
use crate::people;
use crate::places::{self, Area};
use crate::resources::lists::{self, GIVERS, ITEMS, Kind as What};
use crate::resources::rules::check_symbol;
use crate::resources::views::{Lot, Offer, Request, Waybill};

/// What can be said above a page after something was done: `resources-done-<code>`.
const DONE: [&str; 19] = [
    "asked",
    "closed",
    "handed-over",
    "offered",
    "sorted",
    "vouched",
    "conflict",
    "arranged",
    "withdrawn",
    "claimed",
    "committed",
    "released",
    "given",
    "stocked",
    "sent",
    "received",
    "cancelled",
    "advice",
    "lost",
];
/// Areas offered to choose from; where there are more, one types.
pub const AREAS_LISTED_MAX: usize = 30;

/// What the pages of this room may find in their address.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// What was just done.
    pub done: Option<String>,
    /// Which list.
    pub which: Option<String>,
    /// Only those of this area.
    pub area: Option<String>,
    /// Only those of this item.
    pub item: Option<String>,
    /// Where a list goes on.
    pub after: Option<String>,
    /// The number of a need, or of a waybill.
    pub number: Option<String>,
    /// The voice that is to be listed.
    pub voice: Option<String>,
}

impl Asked {
    /// The area asked for, if it is one.
    pub fn area_id(&self) -> Option<Id> {
        self.area.as_deref().and_then(|typed| typed.parse().ok())
    }

    /// Where the list goes on, if that is an id.
    pub fn after_id(&self) -> Option<Id> {
        self.after.as_deref().and_then(|typed| typed.parse().ok())
    }
}

/// The id in a path or a form.
///
/// # Errors
/// Not found, when it is none.
pub fn id_of(typed: &str) -> Result<Id, Trouble> {
    typed.trim().parse().map_err(|_| Trouble::NotFound)
}

/// The id that was chosen; none when nothing was.
///
/// # Errors
/// Not found, when it is none.
pub fn id_perhaps(typed: &str) -> Result<Option<Id>, Trouble> {
    if typed.trim().is_empty() { Ok(None) } else { id_of(typed).map(Some) }
}

/// A whole number as somebody typed it.
///
/// # Errors
/// When it is none: `12.5` and `many` are not.
pub fn whole(typed: &str) -> Result<i64, Refusal> {
    typed.trim().parse().map_err(|_| Refusal::new("resource-whole"))
}

/// A whole number; 0 when nothing was typed.
///
/// # Errors
/// When something else was typed.
pub fn whole_perhaps(typed: &str) -> Result<i64, Refusal> {
    if typed.trim().is_empty() { Ok(0) } else { whole(typed) }
}

/// A day as a browser sends it.
///
/// # Errors
/// When it is none.
pub fn day_sent(typed: &str) -> Result<i64, Refusal> {
    page::calendar::day_typed(typed).ok_or(Refusal::new("resource-when"))
}

/// Whether this member asks, takes, sends and receives.
pub fn may_do(visitor: &Visitor) -> bool {
    [Role::Steward, Role::Operator, Role::Facilitator, Role::Officer, Role::Committee]
        .iter()
        .any(|role| visitor.is(*role))
}

/// A page of the desk with the line of what was just done.
pub fn shown(visitor: &Visitor, title: &str, asked: &Asked, body: Html) -> Shown {
    let t = visitor.tongue();
    let page = Shown::desk(title, Html::join([h1(title), body]));
    match asked.done.as_deref().filter(|code| DONE.contains(code)) {
        Some(code) => {
            page.noticing(Notice::new(Tone::Good, &t.say(&format!("resources-done-{code}"))))
        }
        None => page,
    }
}

/// The heading of a page.
pub fn h1(title: &str) -> Html {
    Html(format!("<h1 dir=auto>{}</h1>", text(title)))
}

/// The heading of a part.
pub fn part(t: Tongue, key: &str) -> Html {
    Html(format!("<h2>{}</h2>", text(&t.say(key))))
}

/// A paragraph.
pub fn line(words: &str) -> Html {
    Html(format!("<p dir=auto>{}</p>", text(words)))
}

/// A quiet paragraph.
pub fn soft(words: &str) -> Html {
    Html(format!("<p class=soft dir=auto>{}</p>", text(words)))
}

/// A part that opens when it is wanted.
pub fn folded(summary: &str, inside: &Html) -> Html {
    Html(format!("<details><summary>{}</summary>{inside}</details>", text(summary)))
}

/// A link inside a sentence, with safe words.
pub fn link(visitor: &Visitor, to: &str, words: &str) -> Html {
    let to = page::html::href(&visitor.link(to));
    Html(format!("<a href=\"{to}\"><bdi>{}</bdi></a>", text(words)))
}

/// A form with one button.
pub fn act(visitor: &Visitor, to: &str, fields: Html, key: &str, kind: Kind) -> Html {
    let t = visitor.tongue();
    let to = visitor.link(to);
    let send = buttons([button(&Button::new(&t.say(key), kind))]);
    form(t, &Form::post(&to, visitor.csrf()), &Html::join([fields, send]))
}

/// One tap.
pub fn tap(visitor: &Visitor, to: &str, hidden: &[(&str, &str)], key: &str, kind: Kind) -> Html {
    let fields = Html::join(hidden.iter().map(|(name, value)| field::hidden(name, value)));
    let t = visitor.tongue();
    let to = visitor.link(to);
    let inside = Html::join([fields, button(&Button::new(&t.say(key), kind))]);
    form(t, &Form::post(&to, visitor.csrf()), &inside)
}

/// A field by the key of its label; `KEY-hint`, where there is one, says what it is for.
pub struct Ask<'a> {
    /// The name it is sent under.
    pub name: &'a str,
    /// The key of its label.
    pub key: &'a str,
    /// What stands in it.
    pub value: &'a str,
    /// The longest value taken, in characters.
    pub most: usize,
    /// Whether the form cannot do without it.
    pub required: bool,
    /// What kind of text.
    pub kind: FieldKind,
}

impl<'a> Ask<'a> {
    /// A line of words that must be there.
    pub fn words(name: &'a str, key: &'a str, most: usize) -> Ask<'a> {
        Ask { name, key, value: "", most, required: true, kind: FieldKind::Words }
    }

    /// The same, and it may stay empty.
    pub fn perhaps(self) -> Ask<'a> {
        Ask { required: false, ..self }
    }

    /// A whole number.
    pub fn number(name: &'a str, key: &'a str) -> Ask<'a> {
        Ask { kind: FieldKind::Number, ..Ask::words(name, key, 9) }
    }

    fn with<T>(&self, t: Tongue, show: impl Fn(&Field<'_>) -> T) -> T {
        let label = t.say(self.key);
        let hint = format!("{}-hint", self.key);
        let hint = if t.has(&hint) { t.say(&hint) } else { String::new() };
        show(&Field {
            name: self.name,
            label: &label,
            hint: &hint,
            value: self.value,
            required: self.required,
            length_max: Some(self.most),
            kind: self.kind,
            ..Field::default()
        })
    }

    /// As one line.
    pub fn line(&self, t: Tongue) -> Html {
        self.with(t, |field| field::line(t, field))
    }

    /// As several lines.
    pub fn area(&self, t: Tongue, rows: u8) -> Html {
        self.with(t, |field| field::area(t, field, rows))
    }

    /// As a tick.
    pub fn tick(&self, t: Tongue) -> Html {
        self.with(t, |field| field::tick(t, &Field { length_max: None, ..field.clone() }))
    }

    /// As one of many.
    pub fn select(&self, t: Tongue, choices: &[Choice<'_>]) -> Html {
        self.with(t, |field| {
            field::select(t, &Field { length_max: None, ..field.clone() }, choices)
        })
    }
}

/// A day to choose.
pub fn day_field(t: Tongue, name: &str, key: &str, day: i64) -> Html {
    let at = moment(day.saturating_mul(DAY_MS), 0);
    let value = format!("{:04}-{:02}-{:02}", at.year, at.month, at.day);
    Ask { value: &value, kind: FieldKind::Day, ..Ask::words(name, key, 10) }.line(t)
}

/// The items to choose from, perhaps of one kind.
pub fn item_field(t: Tongue, kind: Option<What>, chosen: &str) -> Html {
    let named: Vec<(&str, String)> = ITEMS
        .iter()
        .filter(|item| kind.is_none_or(|kind| item.kind == kind))
        .map(|item| {
            let unit = t.say(&format!("resources-unit-{}", item.unit));
            (item.code, format!("{} · {unit}", item_name(t, item.code)))
        })
        .collect();
    let choices: Vec<Choice<'_>> =
        named.iter().map(|(code, name)| Choice::new(code, name)).collect();
    Ask { value: chosen, ..Ask::words("item", "resources-item", 40) }.select(t, &choices)
}

/// Bodies to choose from; the first choice is none.
pub async fn body_field(house: &House, t: Tongue, name: &str, key: &str) -> Result<Html, Trouble> {
    let bodies = people::bodies(house).await?;
    let none = t.say("resources-none");
    let named: Vec<(String, String)> =
        bodies.iter().map(|body| (body.id.to_string(), body.name.clone())).collect();
    let listed = named.iter().map(|(id, name)| Choice::new(id, name));
    let choices: Vec<Choice<'_>> = std::iter::once(Choice::new("", &none)).chain(listed).collect();
    Ok(Ask::words(name, key, 40).perhaps().select(t, &choices))
}

/// Who offers, to choose from.
pub fn giver_field(t: Tongue, all: &[&str], chosen: &str) -> Html {
    let named: Vec<(&str, String)> = all
        .iter()
        .filter(|code| GIVERS.contains(code))
        .map(|code| (*code, t.say(&format!("resources-giver-{code}"))))
        .collect();
    let choices: Vec<Choice<'_>> =
        named.iter().map(|(code, name)| Choice::new(code, name)).collect();
    Ask { value: chosen, ..Ask::words("giver", "resources-giver", 20) }.select(t, &choices)
}

/// A tick for each language.
pub fn language_ticks(t: Tongue, chosen: &[String]) -> Html {
    let ticks = page::Lang::ALL.map(|lang| {
        let (name, label) = (format!("lang-{}", lang.code()), lang.own_name());
        let value = if chosen.iter().any(|code| code == lang.code()) { "yes" } else { "" };
        field::tick(t, &Field { name: &name, label, value, ..Field::default() })
    });
    let legend = text(&t.say("resources-languages"));
    Html(format!("<fieldset><legend>{legend}</legend>{}</fieldset>", Html::join(ticks)))
}

/// The languages that were ticked.
pub fn languages_sent(fields: &[(String, String)]) -> Vec<String> {
    let ticked = |lang: &page::Lang| {
        let name = format!("lang-{}", lang.code());
        fields.iter().any(|(field, value)| *field == name && value == "yes")
    };
    page::Lang::ALL.iter().filter(|lang| ticked(lang)).map(|lang| lang.code().to_owned()).collect()
}

/// The name of an item.
pub fn item_name(t: Tongue, code: &str) -> String {
    t.say(&format!("resources-item-{code}"))
}

/// An amount with its unit: "12 days of work".
pub fn amount(t: Tongue, item: &str, n: i64) -> String {
    let unit = t.say(&format!("resources-unit-{}", lists::unit_of(item)));
    t.with("resources-amount", &[("n", t.number(n).into()), ("unit", unit.into())])
}

/// The number people call a request by.
pub fn request_number(request: &Request) -> String {
    format!("R-{}", request.number)
}

/// A request in one line.
pub fn request_title(t: Tongue, request: &Request) -> String {
    let item = item_name(t, &request.item);
    format!("{} · {item}: {}", request_number(request), request.what)
}

/// An offer in one line.
pub fn offer_title(t: Tongue, offer: &Offer) -> String {
    format!("O-{} · {}", offer.number, item_name(t, &offer.item))
}

/// A lot in one line.
pub fn lot_title(t: Tongue, lot: &Lot) -> String {
    format!("L-{} · {}", lot.number, item_name(t, &lot.item))
}

/// The number on a waybill, with its check symbol.
pub fn waybill_number(waybill: &Waybill) -> String {
    format!("W-{}-{}", waybill.number, check_symbol(waybill.number))
}

/// A day in words.
pub fn day(t: Tongue, day: i64) -> String {
    t.weekday_at(day.saturating_mul(DAY_MS), 0)
}

/// The name of an area.
pub fn area_name(house: &House, t: Tongue, area: Option<Id>) -> String {
    let atlas = places::atlas(house);
    match area {
        None => t.say("resources-outside"),
        Some(id) => {
            atlas.area(id).map_or_else(|| t.say("resources-area-unshown"), Area::both_names)
        }
    }
}

/// The name of a body; a dash when there is none.
pub async fn body_name(house: &House, body: Option<Id>) -> Result<String, Trouble> {
    let bodies = people::bodies(house).await?;
    let name = bodies.into_iter().find(|one| Some(one.id) == body).map(|body| body.name);
    Ok(name.unwrap_or_else(|| "–".to_owned()))
}

/// What one unit costs: "gift", or the price.
pub fn price(t: Tongue, offer: &Offer) -> String {
    if offer.price_minor == 0 {
        return t.say("resources-gift");
    }
    let ceiling =
        people::Ceiling { amount_minor: offer.price_minor, currency: offer.currency.clone() };
    let unit = t.say(&format!("resources-unit-{}", lists::unit_of(&offer.item)));
    let price = people::ceiling_said(t, Some(&ceiling));
    t.with("resources-price-each", &[("price", price.into()), ("unit", unit.into())])
}

/// How a request stands, by shape and word.
pub fn request_tags(t: Tongue, request: &Request, today: i64) -> Html {
    let mut all = Html::none();
    let kind = lists::item(&request.item).map_or(What::Goods, |item| item.kind);
    all.push(&mark(icon(kind), &t.say(&format!("resources-kind-{}", kind.code()))));
    if request.open {
        let tone = if request.wanted_day < today { Tone::Bad } else { Tone::Info };
        let by = t.with("resources-wanted-by", &[("day", day(t, request.wanted_day).into())]);
        all.push(&tag(tone, &by));
    } else {
        all.push(&tag(Tone::Info, &t.say("resources-closed")));
    }
    if request.urgency >= 4 {
        all.push(&tag(Tone::Bad, &t.say("resources-urgent")));
    }
    if request.is_hand_over_due(today) {
        all.push(&tag(Tone::Bad, &t.say("resources-hand-over-due")));
    }
    all
}

/// The picture of a kind.
pub fn icon(kind: What) -> Icon {
    match kind {
        What::People => Icon::People,
        What::Goods => Icon::Work,
        What::Space => Icon::Shelter,
        What::Transport => Icon::Act,
    }
}
