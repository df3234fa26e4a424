//! What the pages of this room share: headings, amounts, days, names, tags, and the two pictures.
//! It knows no rule, and no picture stands without its table and its sentence.

use std::collections::HashMap;
use std::fmt::Write as _;

use page::calendar::DAY_MS;
use page::components::tag::tag;
use page::frame::Tone;
use page::{Html, Tongue, text};
use record::Id;

use crate::door::{House, Role, Trouble, Visitor};
use crate::funds::rules::Actor;
use crate::funds::views::{Application, Phase, States};
use crate::people::{self, minor_parts};
use crate::places;

/// What an address asks beside its path.
pub type Asked = axum::extract::Query<HashMap<String, String>>;

/// A value of an address; empty when it was not given.
pub fn asked<'a>(query: &'a Asked, name: &str) -> &'a str {
    query.0.get(name).map_or("", |value| value.trim())
}

/// Whoever asks. For another body's purse only the steward may step in: no other role is authority
/// over money.
pub fn actor(visitor: &Visitor) -> Actor {
    Actor { coordinates: visitor.is(Role::Steward), ..Actor::of(visitor) }
}

/// The id in a path or a form.
///
/// # Errors
/// Not found, when it is none.
pub fn id_of(typed: &str) -> Result<Id, Trouble> {
    typed.parse().map_err(|_| Trouble::NotFound)
}

/// The heading of a page.
pub fn h1(words: &str) -> Html {
    Html(format!("<h1 dir=auto>{}</h1>", text(words)))
}

/// The heading of a part.
pub fn h2(t: Tongue, key: &str) -> Html {
    Html(format!("<h2>{}</h2>", text(&t.say(key))))
}

/// A paragraph of our own words.
pub fn line(words: &str) -> Html {
    Html(format!("<p>{}</p>", text(words)))
}

/// A paragraph that says the one thing to know.
pub fn lead(words: &str) -> Html {
    Html(format!("<p class=lead>{}</p>", text(words)))
}

/// A quiet paragraph.
pub fn soft(words: &str) -> Html {
    Html(format!("<p class=soft>{}</p>", text(words)))
}

/// Words that somebody wrote, in their own direction.
pub fn said(words: &str) -> Html {
    Html(format!("<span dir=auto>{}</span>", text(words)))
}

/// A part that opens when it is wanted.
pub fn folded(summary: &str, inside: &Html) -> Html {
    Html(format!("<details><summary>{}</summary>{inside}</details>", text(summary)))
}

/// A link inside a sentence.
pub fn link(visitor: &Visitor, to: &str, words: &str) -> Html {
    let to = page::html::href(&visitor.link(to));
    Html(format!("<a href=\"{to}\"><bdi>{}</bdi></a>", text(words)))
}

/// An amount as people read it: digits in groups, and the currency.
pub fn amount(t: Tongue, minor: i64, currency: &str) -> String {
    let (whole, part) = minor_parts(minor, currency);
    let is_round = part.chars().all(|digit| digit == '0');
    let cents = if is_round { String::new() } else { format!(".{part}") };
    format!("{}{cents} {currency}", t.number(whole))
}

/// An amount as it may be typed again.
pub fn amount_typed(minor: i64, currency: &str) -> String {
    let (whole, part) = minor_parts(minor, currency);
    if part.is_empty() { whole.to_string() } else { format!("{whole}.{part}") }
}

/// One thing out of several, for a cell: on a phone a cell lays its things side by side.
pub fn together(all: &Html) -> Html {
    Html(format!("<span>{all}</span>"))
}

/// An amount in a cell or a fact.
pub fn amount_html(t: Tongue, minor: i64, currency: &str) -> Html {
    page::html::bdi(&amount(t, minor, currency))
}

/// A part of a whole in percent, in words for people; "–" of nothing.
pub fn percent(t: Tongue, part: i64, whole: i64) -> String {
    if whole <= 0 {
        return "–".to_owned();
    }
    let percent = i128::from(part) * 100 / i128::from(whole);
    t.with("funds-percent", &[("n", i64::try_from(percent).unwrap_or(0).into())])
}

/// Thousandths in percent with one digit behind the point.
pub fn percent_of_milli(t: Tongue, milli: i64) -> String {
    let n = format!("{}.{}", t.number(milli / 10), milli.rem_euclid(10));
    t.with("funds-percent-fine", &[("n", n.into())])
}

/// A day in words.
pub fn day(t: Tongue, day: i64) -> String {
    t.weekday_at(day.saturating_mul(DAY_MS), 0)
}

/// The name of an area.
pub fn area_name(house: &House, t: Tongue, area: Option<Id>) -> String {
    let Some(id) = area else { return t.say("funds-whole-city") };
    let atlas = places::atlas(house);
    atlas.area(id).map_or_else(|| t.say("funds-area-unshown"), places::Area::both_names)
}

/// The names of all bodies.
///
/// # Errors
/// When the store fails.
pub async fn body_names(house: &House) -> Result<HashMap<Id, String>, Trouble> {
    let all = people::bodies(house).await?;
    Ok(all.into_iter().map(|body| (body.id, body.name)).collect())
}

/// The name of a body; a word for none.
pub fn body_name(names: &HashMap<Id, String>, t: Tongue, body: Option<Id>) -> String {
    let known = body.and_then(|id| names.get(&id)).cloned();
    known.unwrap_or_else(|| t.say("funds-private-people"))
}

/// How far a window is.
pub fn phase_tag(t: Tongue, phase: Phase) -> Html {
    let tone = match phase {
        Phase::Open => Tone::Good,
        Phase::Draft | Phase::Announced => Tone::Info,
        Phase::Closed => Tone::Warn,
    };
    tag(tone, &t.say(&format!("funds-phase-{}", phase.code())))
}

/// How an application stands.
pub fn status_tag(t: Tongue, application: &Application) -> Html {
    let status = application.status();
    let tone = match status {
        "funded" => Tone::Good,
        "declined" => Tone::Bad,
        "waits" | "appealed" | "routed" => Tone::Warn,
        _ => Tone::Info,
    };
    tag(tone, &t.say(&format!("funds-status-{status}")))
}

/// Half the width of the flow's widest step, in units of its picture.
const FLOW_HALF: i128 = 150;
/// The height of one step.
const FLOW_STEP: usize = 26;

/// How money narrows from what was said to be given to what people confirmed: a sentence, a
/// picture, and the same as a table.
pub fn flow(t: Tongue, states: &States, currency: &str) -> Html {
    let steps = [
        ("pledged", states.pledged),
        ("paid_in", states.paid_in),
        ("allocated", states.allocated),
        ("disbursed", states.disbursed),
        ("spent", states.spent),
        ("confirmed", states.confirmed),
    ];
    let most = steps.iter().map(|(_, n)| *n).max().unwrap_or(0).max(1);
    let half = |n: i64| i128::from(n) * FLOW_HALF / i128::from(most);
    let mut drawn = String::new();
    for (at, (_, n)) in steps.iter().enumerate() {
        let (top, own) = (at * FLOW_STEP, half(*n));
        let next = steps.get(at + 1).map_or(own, |(_, n)| half(*n));
        let (left, right) = (FLOW_HALF - own, FLOW_HALF + own);
        let (from, to) = (FLOW_HALF - next, FLOW_HALF + next);
        let shape =
            format!("M{left} {top}H{right}v16L{to} {0}H{from}L{left} {1}z", top + 26, top + 16);
        let _ = write!(drawn, "<path class=bar-fill d=\"{shape}\"/>");
    }
    let height = steps.len() * FLOW_STEP;
    let args = |n: i64| amount(t, n, currency);
    let words = [
        ("pledged", args(states.pledged).into()),
        ("paid", args(states.disbursed).into()),
        ("confirmed", args(states.confirmed).into()),
    ];
    let sentence = t.with("funds-flow-sentence", &words);
    let picture = format!(
        "<figure><svg viewBox=\"0 0 {0} {height}\" width={0} height={height} role=img \
         aria-label=\"{1}\">{drawn}</svg></figure>",
        FLOW_HALF * 2,
        text(&sentence)
    );
    let rows = states
        .named()
        .into_iter()
        .filter(|(name, n)| *n > 0 || steps.iter().any(|(step, _)| step == name));
    let rows: Vec<Vec<Html>> = rows
        .map(|(name, n)| {
            vec![text(&t.say(&format!("funds-state-{name}"))), amount_html(t, n, currency)]
        })
        .collect();
    use page::components::table::{Column, table};
    let columns = [
        Column::words(&t.say("funds-column-state")),
        Column::number(&t.say("funds-column-amount")),
    ];
    Html::join([lead(&sentence), Html(picture), table(&t.say("funds-flow-table"), &columns, &rows)])
}
