//! `/desk/money/new` and `/desk/money/{id}/terms`: the terms of a window on one form. Whatever is
//! published later, word for word, is written here.

use axum::extract::{Path, State};
use page::components::button::{Button, Kind as ButtonKind, button, buttons};
use page::components::field::{self, Field, Kind};
use page::components::form::{Form as Around, form};
use page::{Html, Tongue, text};
use record::{Id, Refusal};

use super::apply::area_sent;
use super::fields::{self, Form, Shape, drawn, sent, ticked};
use super::parts::{self, id_of};
use crate::door::{House, Moved, Sent, Shown, Trouble, Visitor};
use crate::funds::acts;
use crate::funds::queries::{self, today};
use crate::funds::records::{Criterion, Match, Pool, Seat, Terms};
use crate::funds::rules::{MECHANISMS, NAME_CHARS_MAX, money};
use crate::funds::views::Window;
use crate::people::CONSTITUENCIES;

/// Rows offered for pools, criteria and seats.
const POOL_ROWS: usize = 3;
const CRITERION_ROWS: usize = 5;
const SEAT_ROWS: usize = 7;
/// Days proposed for opening, closing, deciding and appeals.
const PROPOSED_DAYS: [i64; 4] = [3, 17, 24, 3];

/// An empty form.
pub async fn new(State(house): State<House>, visitor: Visitor) -> Result<Shown, Trouble> {
    form_page(&house, &visitor, None).await
}

/// A form with the terms that hold.
pub async fn page(
    State(house): State<House>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Shown, Trouble> {
    let window = queries::window(&house, id_of(&id)?).await?.ok_or(Trouble::NotFound)?;
    form_page(&house, &visitor, Some(&window)).await
}

/// Terms of a new window.
pub async fn set_new(
    State(house): State<House>,
    visitor: Visitor,
    Sent(form): Sent<Form>,
) -> Result<Moved, Trouble> {
    let terms = terms_sent(&house, &form)?;
    let id = acts::set_terms(&house, None, terms, String::new(), parts::actor(&visitor)).await?;
    Ok(Moved(visitor.link(&format!("/desk/money/{id}?done=1"))))
}

/// Terms written anew.
pub async fn set(
    State(house): State<House>,
    visitor: Visitor,
    Path(id): Path<String>,
    Sent(form): Sent<Form>,
) -> Result<Moved, Trouble> {
    let own = id_of(&id)?;
    queries::window(&house, own).await?.ok_or(Trouble::NotFound)?;
    let (terms, reason) = (terms_sent(&house, &form)?, sent(&form, "reason").to_owned());
    acts::set_terms(&house, Some(own), terms, reason, parts::actor(&visitor)).await?;
    Ok(Moved(visitor.link(&format!("/desk/money/{id}?done=1"))))
}

/// The terms as they were sent.
fn terms_sent(house: &House, form: &Form) -> Result<Terms, Refusal> {
    let words = |name: &str| sent(form, name).to_owned();
    let currency = words("currency");
    let areas = |typed: &str| -> Result<Vec<Id>, Refusal> {
        let all = typed.split(',').map(str::trim).filter(|name| !name.is_empty());
        let mut ids: Vec<Id> = Vec::new();
        for name in all {
            ids.extend(area_sent(house, name)?);
        }
        Ok(ids)
    };
    let rows = |count: usize| (0..count).map(|at| at.to_string());
    let mut pools = Vec::new();
    for at in rows(POOL_ROWS).filter(|at| !sent(form, &format!("pool{at}")).is_empty()) {
        let name = words(&format!("pool{at}"));
        pools.push(Pool { name, areas: areas(sent(form, &format!("pool_areas{at}")))? });
    }
    let mut criteria = Vec::new();
    for at in rows(CRITERION_ROWS).filter(|at| !sent(form, &format!("criterion{at}")).is_empty()) {
        let weight = fields::number(form, &format!("weight{at}"))?;
        criteria.push(Criterion { name: words(&format!("criterion{at}")), weight });
    }
    let seats = rows(SEAT_ROWS).filter_map(|at| {
        let member = fields::id(form, &format!("member{at}"))?;
        let woman = ticked(form, &format!("woman{at}"));
        Some(Seat { member, seat: words(&format!("seat{at}")), woman })
    });
    let kinds = CONSTITUENCIES.iter().filter(|code| ticked(form, &format!("kind_{code}")));
    let matching = match words("mechanism").as_str() {
        "matching" => Some(Match {
            percent: fields::number(form, "match_percent")?,
            ceiling_minor: money::typed(sent(form, "match_ceiling"), &currency)?,
        }),
        _ => None,
    };
    Ok(Terms {
        name: words("name"),
        purpose: words("purpose"),
        mechanism: words("mechanism"),
        body: fields::id(form, "body"),
        subject: words("subject"),
        pools,
        women_led_percent: fields::number(form, "women_led")?,
        reserve_percent: match sent(form, "reserve") {
            "" => None,
            _ => Some(fields::number(form, "reserve")?),
        },
        kinds: kinds.map(|code| (*code).to_owned()).collect(),
        areas: areas(sent(form, "areas"))?,
        application_minor_max: money::typed(sent(form, "most"), &currency)?,
        overhead_percent: fields::number(form, "overhead_percent")?,
        criteria,
        panel: seats.collect(),
        opens_day: fields::day(form, "opens")?,
        closes_day: fields::day(form, "closes")?,
        decides_day: fields::day(form, "decides")?,
        appeal_days: fields::number(form, "appeal_days")?,
        trigger: words("trigger"),
        matching,
        currency,
    })
}

async fn form_page(
    house: &House,
    visitor: &Visitor,
    window: Option<&Window>,
) -> Result<Shown, Trouble> {
    let t = visitor.tongue();
    let known = window.cloned().unwrap_or_else(|| proposed(house));
    let title = match window {
        Some(window) => format!("W-{} · {}", window.number, t.say("funds-terms-change")),
        None => t.say("funds-new"),
    };
    let mut inside = first_fields(house, visitor, &known).await?;
    inside.push(&pool_fields(house, t, &known));
    inside.push(&who_fields(house, t, &known));
    inside.push(&criterion_fields(t, &known));
    inside.push(&panel_fields(house, t, &known).await?);
    inside.push(&day_fields(house, visitor, &known).await?);
    if known.published_ms.is_some() {
        let reason = ("reason", Shape::Long);
        inside.push(&drawn(house, visitor, &known, reason, "").await?);
    }
    inside.push(&buttons([button(&Button::new(&t.say("funds-terms-keep"), ButtonKind::Main))]));
    let path = window.map_or_else(
        || "/desk/money/new".to_owned(),
        |window| format!("/desk/money/{}/terms", window.id),
    );
    let to = visitor.link(&path);
    let body = Html::join([
        parts::h1(&title),
        parts::line(&t.say("funds-terms-lead")),
        form(t, &Around::post(&to, visitor.csrf()), &inside),
    ]);
    Ok(Shown::desk(title, body))
}

/// What stands in an empty form.
fn proposed(house: &House) -> Window {
    let day = today(house);
    let [opens, closes, decides, appeal_days] = PROPOSED_DAYS;
    let terms = Terms {
        mechanism: "grant".to_owned(),
        currency: "USD".to_owned(),
        women_led_percent: 30,
        overhead_percent: 10,
        opens_day: day + opens,
        closes_day: day + closes,
        decides_day: day + decides,
        appeal_days,
        ..Terms::default()
    };
    Window { terms, ..Window::default() }
}

async fn first_fields(house: &House, visitor: &Visitor, known: &Window) -> Result<Html, Trouble> {
    let (t, terms) = (visitor.tongue(), &known.terms);
    let mut all = Html::none();
    for (name, shape, value) in [
        ("name", Shape::Line, terms.name.as_str()),
        ("purpose", Shape::Long, terms.purpose.as_str()),
    ] {
        all.push(&drawn(house, visitor, known, (name, shape), value).await?);
    }
    let listed =
        MECHANISMS.map(|code| (code.to_owned(), t.say(&format!("funds-mechanism-{code}"))));
    let label = t.say("funds-f-mechanism");
    let own =
        Field { name: "mechanism", label: &label, value: &terms.mechanism, ..Field::default() };
    all.push(&fields::choose(t, &own, &listed));
    let body = terms.body.map(|id| id.to_string()).unwrap_or_default();
    let amount = |minor: i64| match minor {
        0 => String::new(),
        minor => parts::amount_typed(minor, &terms.currency),
    };
    let (most, women, reserve, overhead) = (
        amount(terms.application_minor_max),
        terms.women_led_percent.to_string(),
        terms.reserve_percent.unwrap_or(0).to_string(),
        terms.overhead_percent.to_string(),
    );
    let matching = terms.matching.clone().unwrap_or_default();
    let (percent, ceiling) = (matching.percent.to_string(), amount(matching.ceiling_minor));
    for (name, shape, value) in [
        ("currency", Shape::Currency, terms.currency.as_str()),
        ("body", Shape::Body, body.as_str()),
        ("subject", Shape::Line, terms.subject.as_str()),
        ("most", Shape::Amount, most.as_str()),
        ("overhead_percent", Shape::Number, overhead.as_str()),
        ("women_led", Shape::Number, women.as_str()),
        ("reserve", Shape::Number, reserve.as_str()),
        ("trigger", Shape::LongPerhaps, terms.trigger.as_str()),
        ("match_percent", Shape::LinePerhaps, percent.as_str()),
        ("match_ceiling", Shape::Perhaps, ceiling.as_str()),
    ] {
        all.push(&drawn(house, visitor, known, (name, shape), value).await?);
    }
    Ok(all)
}

/// A field of a row.
fn of_row(t: Tongue, name: &str, key: &str, at: usize, value: &str, kind: Kind) -> Html {
    let name = format!("{name}{at}");
    let n = i64::try_from(at).unwrap_or(0) + 1;
    let label = t.with(key, &[("n", n.into())]);
    let most = if kind == Kind::Number { 4 } else { 4 * NAME_CHARS_MAX };
    let own = Field {
        name: &name,
        label: &label,
        value,
        length_max: Some(most),
        kind,
        ..Field::default()
    };
    field::line(t, &own)
}

fn group(t: Tongue, key: &str, inside: &Html) -> Html {
    Html(format!("<fieldset><legend>{}</legend>{inside}</fieldset>", text(&t.say(key))))
}

fn names_of(house: &House, t: Tongue, areas: &[Id]) -> String {
    let names = areas.iter().map(|area| match crate::places::atlas(house).area(*area) {
        Some(area) => area.name.clone(),
        None => parts::area_name(house, t, Some(*area)),
    });
    names.collect::<Vec<_>>().join(", ")
}

fn pool_fields(house: &House, t: Tongue, known: &Window) -> Html {
    let rows = (0..POOL_ROWS).map(|at| {
        let pool = known.terms.pools.get(at).cloned().unwrap_or_default();
        let areas = names_of(house, t, &pool.areas);
        Html::join([
            of_row(t, "pool", "funds-f-pool-n", at, &pool.name, Kind::Words),
            of_row(t, "pool_areas", "funds-f-pool-areas-n", at, &areas, Kind::Words),
        ])
    });
    group(t, "funds-pools", &Html::join(rows))
}

fn who_fields(house: &House, t: Tongue, known: &Window) -> Html {
    let ticks = CONSTITUENCIES.iter().map(|code| {
        let (name, label) = (format!("kind_{code}"), t.say(&format!("people-constituency-{code}")));
        let chosen = known.terms.kinds.iter().any(|kind| kind == code);
        let value = if chosen { "yes" } else { "" };
        field::tick(t, &Field { name: &name, label: &label, value, ..Field::default() })
    });
    let label = t.say("funds-f-areas");
    let areas = names_of(house, t, &known.terms.areas);
    let own = Field { name: "areas", label: &label, value: &areas, ..Field::default() };
    let kinds = group(t, "funds-f-kinds", &Html::join(ticks));
    Html::join([kinds, field::line(t, &own)])
}

fn criterion_fields(t: Tongue, known: &Window) -> Html {
    let rows = (0..CRITERION_ROWS).map(|at| {
        let criterion = known.terms.criteria.get(at);
        let (name, weight) = criterion
            .map(|known| (known.name.clone(), known.weight.to_string()))
            .unwrap_or_default();
        Html::join([
            of_row(t, "criterion", "funds-f-criterion-n", at, &name, Kind::Words),
            of_row(t, "weight", "funds-f-weight-n", at, &weight, Kind::Number),
        ])
    });
    group(t, "funds-criteria", &Html::join(rows))
}

async fn panel_fields(house: &House, t: Tongue, known: &Window) -> Result<Html, Trouble> {
    let (members, seats) = (fields::members(house, t).await?, fields::seats(t));
    let rows = (0..SEAT_ROWS.max(known.terms.panel.len())).map(|at| {
        let seat = known.terms.panel.get(at).cloned().unwrap_or_default();
        let n = [("n", (i64::try_from(at).unwrap_or(0) + 1).into())];
        let (one, two, three) = (format!("member{at}"), format!("seat{at}"), format!("woman{at}"));
        let labels = ["funds-f-member-n", "funds-f-seat-n", "funds-f-woman-n"];
        let [member, of, woman] = labels.map(|key| t.with(key, &n));
        let chosen = seat.member.to_string();
        let own = Field { name: &one, label: &member, value: &chosen, ..Field::default() };
        let own = fields::choose(t, &own, &members);
        let sits = Field { name: &two, label: &of, value: &seat.seat, ..Field::default() };
        let sits = fields::choose(t, &sits, &seats);
        let value = if seat.woman { "yes" } else { "" };
        let tick = Field { name: &three, label: &woman, value, ..Field::default() };
        Html::join([own, sits, field::tick(t, &tick)])
    });
    Ok(group(t, "funds-panel", &Html::join(rows)))
}

async fn day_fields(house: &House, visitor: &Visitor, known: &Window) -> Result<Html, Trouble> {
    let terms = &known.terms;
    let mut all = Html::none();
    for (name, day) in
        [("opens", terms.opens_day), ("closes", terms.closes_day), ("decides", terms.decides_day)]
    {
        let value = fields::day_value(day);
        all.push(&drawn(house, visitor, known, (name, Shape::Day), &value).await?);
    }
    let days = terms.appeal_days.to_string();
    all.push(&drawn(house, visitor, known, ("appeal_days", Shape::Number), &days).await?);
    Ok(all)
}
