//! Fields of the desk's forms of money, drawn and read by their names: an amount, a day, a body, a
//! pool, a choice. What is sent is read here once, and judged by the rules.

use std::collections::HashMap;

use page::calendar::{day_typed, moment};
use page::components::field::{self, Choice, Field, Kind};
use page::{Html, Tongue};
use record::{DAY_MS, Id, Refusal};

use super::parts;
use crate::door::{House, Trouble, Visitor};
use crate::funds::queries::today;
use crate::funds::rules::{
    DIRECTNESS, MEANS, PLAN_CHARS_MAX, REASON_CHARS_MAX, REFERENCE_CHARS_MAX, SEATS,
    WHAT_CHARS_MAX, money,
};
use crate::funds::views::Window;
use crate::people;

/// What a form sent.
pub type Form = HashMap<String, String>;

/// Most bodies and members offered.
const LISTED_MAX: usize = 300;

/// What kind of field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// An amount of the window's currency, or of the one chosen beside it.
    Amount,
    /// The same, and it may be nothing.
    Perhaps,
    /// One line.
    Line,
    /// One line that may be left out.
    LinePerhaps,
    /// Several lines.
    Long,
    /// Several lines that may be left out.
    LongPerhaps,
    /// A reference of a bank or a bill.
    Reference,
    /// A whole number.
    Number,
    /// A rate.
    Rate,
    /// A day.
    Day,
    /// Yes or not.
    Tick,
    /// A currency.
    Currency,
    /// Any body, or none.
    Body,
    /// One of the member's own bodies.
    OwnBody,
    /// A pool of the window.
    Pool,
    /// An area of the line.
    Area,
    /// Through how many hands.
    Directness,
    /// How it reaches people.
    Means,
}

/// A value that was sent, trimmed; empty when it was not.
pub fn sent<'a>(form: &'a Form, name: &str) -> &'a str {
    form.get(name).map_or("", |value| value.trim())
}

/// Whether a box was ticked.
pub fn ticked(form: &Form, name: &str) -> bool {
    sent(form, name) == "yes"
}

/// A whole number.
///
/// # Errors
/// It is none.
pub fn number(form: &Form, name: &str) -> Result<i64, Refusal> {
    sent(form, name).parse().map_err(|_| Refusal::new("funds-number"))
}

/// A day.
///
/// # Errors
/// It is none.
pub fn day(form: &Form, name: &str) -> Result<i64, Refusal> {
    day_typed(sent(form, name)).ok_or_else(|| Refusal::new("funds-day"))
}

/// An id; none where nothing was chosen.
pub fn id(form: &Form, name: &str) -> Option<Id> {
    sent(form, name).parse().ok()
}

/// A day as a browser keeps it.
pub fn day_value(day: i64) -> String {
    let at = moment(day.saturating_mul(DAY_MS), 0);
    format!("{:04}-{:02}-{:02}", at.year, at.month, at.day)
}

/// A field of a form.
///
/// # Errors
/// When the store fails.
pub async fn drawn(
    house: &House,
    visitor: &Visitor,
    window: &Window,
    (name, shape): (&str, Shape),
    value: &str,
) -> Result<Html, Trouble> {
    let t = visitor.tongue();
    let label = t.say(&format!("funds-f-{name}"));
    let required = !matches!(
        shape,
        Shape::Perhaps | Shape::LinePerhaps | Shape::LongPerhaps | Shape::Reference | Shape::Body
    );
    let own = Field { name, label: &label, value, required, ..Field::default() };
    let most = |length_max: usize| Field { length_max: Some(length_max), ..own.clone() };
    let coded = |codes: &[&'static str], prefix: &str| -> Vec<(String, String)> {
        codes.iter().map(|code| ((*code).to_owned(), t.say(&format!("{prefix}{code}")))).collect()
    };
    let listed: Vec<(String, String)> = match shape {
        Shape::Amount | Shape::Perhaps => {
            return Ok(field::line(t, &most(money::AMOUNT_CHARS_MAX)));
        }
        Shape::Line | Shape::LinePerhaps => return Ok(field::line(t, &most(WHAT_CHARS_MAX))),
        Shape::Long | Shape::LongPerhaps => {
            let most = if name == "purpose" { PLAN_CHARS_MAX } else { REASON_CHARS_MAX };
            return Ok(field::area(t, &Field { length_max: Some(most), ..own }, 2));
        }
        Shape::Reference => return Ok(field::line(t, &most(REFERENCE_CHARS_MAX))),
        Shape::Rate => return Ok(field::line(t, &most(money::AMOUNT_CHARS_MAX))),
        Shape::Number => {
            return Ok(field::line(t, &Field { kind: Kind::Number, ..most(12) }));
        }
        Shape::Day => {
            let now = day_value(today(house));
            let value = if value.is_empty() { &now } else { value };
            return Ok(field::line(t, &Field { kind: Kind::Day, value, ..own }));
        }
        Shape::Tick => {
            return Ok(field::tick(t, &Field { required: false, ..own }));
        }
        Shape::Currency => {
            money::CURRENCIES.iter().map(|c| ((*c).to_owned(), (*c).to_owned())).collect()
        }
        Shape::Body => bodies(house, t).await?,
        Shape::OwnBody => own_bodies(house, visitor).await?,
        Shape::Pool => pools(window),
        Shape::Area => areas(house, t, window),
        Shape::Directness => coded(&DIRECTNESS, "funds-directness-"),
        Shape::Means => coded(&MEANS, "funds-means-"),
    };
    Ok(choose(t, &own, &listed))
}

/// A list to choose from.
pub fn choose(t: Tongue, own: &Field<'_>, listed: &[(String, String)]) -> Html {
    let choices: Vec<Choice<'_>> =
        listed.iter().map(|(value, name)| Choice::new(value, name)).collect();
    field::select(t, &Field { required: false, ..own.clone() }, &choices)
}

async fn bodies(house: &House, t: Tongue) -> Result<Vec<(String, String)>, Trouble> {
    let all = people::bodies(house).await?;
    let none = (String::new(), t.say("funds-private-people"));
    let listed = all.into_iter().take(LISTED_MAX).map(|body| (body.id.to_string(), body.name));
    Ok(std::iter::once(none).chain(listed).collect())
}

/// The member's own bodies.
pub async fn own_bodies(
    house: &House,
    visitor: &Visitor,
) -> Result<Vec<(String, String)>, Trouble> {
    let own = visitor.member().map(|member| member.bodies.clone()).unwrap_or_default();
    let all = people::bodies(house).await?;
    let listed = all.into_iter().filter(|body| own.contains(&body.id));
    Ok(listed.map(|body| (body.id.to_string(), body.name)).collect())
}

fn pools(window: &Window) -> Vec<(String, String)> {
    let all = window.terms.pools.iter().enumerate();
    all.map(|(at, pool)| (at.to_string(), pool.name.clone())).collect()
}

fn areas(house: &House, t: Tongue, window: &Window) -> Vec<(String, String)> {
    let shared = window.shared.iter().flat_map(|shared| &shared.lines);
    shared
        .map(|line| (line.area.to_string(), parts::area_name(house, t, Some(line.area))))
        .collect()
}

/// Members to choose from for a seat.
///
/// # Errors
/// When the store fails.
pub async fn members(house: &House, t: Tongue) -> Result<Vec<(String, String)>, Trouble> {
    let none = (String::new(), t.say("funds-nobody"));
    let all = people::here(house, None).await?.into_iter().take(LISTED_MAX);
    let listed = all.map(|(id, name)| (id.to_string(), name));
    Ok(std::iter::once(none).chain(listed).collect())
}

/// For whom somebody may sit on a panel.
pub fn seats(t: Tongue) -> Vec<(String, String)> {
    SEATS.iter().map(|code| ((*code).to_owned(), t.say(&format!("funds-seat-{code}")))).collect()
}
