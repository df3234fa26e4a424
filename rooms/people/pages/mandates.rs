//! The pages of mandates: who may decide about what, where, up to how much, until when, and on
//! which legal ground. Every member may read them; only stewards give and end them. They never hide
//! one that has ended.

use axum::extract::{Path, Query, State};
use page::components::button::{Button, Kind, button, buttons};
use page::components::empty::empty;
use page::components::field::{self, Choice, Field, Kind as FieldKind};
use page::components::form::{Form, form};
use page::components::icon::Icon;
use page::components::table::{Column, table};
use page::components::tag::tag;
use page::frame::Tone;
use page::{Html, Tongue, text};
use record::{DAY_MS, Id, Refusal, day_of};
use serde::Deserialize;

use super::acts;
use super::members::id_of;
use super::parts::{self, Asked, area_field, area_name, area_sent, fact, line, part, ways};
use crate::door::{House, Moved, Role, Sent, Shown, Trouble, Visitor};
use crate::people::queries;
use crate::people::records::Ceiling;
use crate::people::rules::{
    CURRENCY_CHARS, Force, INSTRUMENT_BYTES_MAX, MandateAsked, SUBJECT_BYTES_MAX, day_typed,
    minor_of, minor_parts,
};
use crate::people::views::{BodyRow, MandateRow};

/// A new mandate.
#[derive(Debug, Deserialize)]
pub struct MandateSent {
    body: String,
    subject: String,
    #[serde(default)]
    area: String,
    #[serde(default)]
    amount: String,
    #[serde(default)]
    currency: String,
    expiry: String,
    #[serde(default)]
    instrument: String,
    #[serde(default)]
    by: String,
}

/// A mandate ended.
#[derive(Debug, Deserialize)]
pub struct EndSent {
    mandate: String,
    reason: String,
}

/// All mandates, and for stewards the form that gives one.
pub async fn page(
    State(house): State<House>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Shown, Trouble> {
    let t = visitor.tongue();
    let all = queries::mandates(&house).await?;
    let bodies = queries::bodies(&house).await?;
    let rows: Vec<Vec<Html>> = all
        .iter()
        .map(|mandate| {
            let to = format!("/desk/people/mandate/{}", mandate.id);
            vec![
                parts::link(&visitor, &to, &holder(t, &bodies, mandate)),
                page::html::bdi(&mandate.subject),
                page::html::bdi(&area_name(&house, t, mandate.area)),
                text(&ceiling_said(t, mandate.ceiling.as_ref())),
                text(&t.date(mandate.expiry_day * DAY_MS)),
                state(&house, t, mandate),
                force(t, mandate),
            ]
        })
        .collect();
    let list = if rows.is_empty() {
        let (title, next) = (t.say("people-mandates-none"), t.say("people-mandates-none-next"));
        empty(Icon::Decide, &title, &next, &Html::none())
    } else {
        let columns = COLUMNS.map(|key| Column::words(&t.say(key)));
        table(&t.say("people-mandates-title"), &columns, &rows)
    };
    let mut body = Html::join([ways(&visitor), line(t, "people-mandates-lead"), list]);
    if visitor.is(Role::Steward) {
        body.push(&give_form(&house, &visitor, &bodies));
    }
    Ok(parts::shown(&visitor, &t.say("people-mandates-title"), &asked, body))
}

const COLUMNS: [&str; 7] = [
    "people-mandate-holder",
    "people-mandate-subject",
    "people-area",
    "people-mandate-ceiling",
    "people-mandate-expiry",
    "people-mandate-state",
    "people-mandate-force",
];

fn give_form(house: &House, visitor: &Visitor, bodies: &[BodyRow]) -> Html {
    let t = visitor.tongue();
    if bodies.is_empty() {
        let way = parts::link(visitor, "/desk/people/bodies", &t.say("people-bodies-title"));
        let (title, next) = (t.say("people-mandate-give"), t.say("people-bodies-none-next"));
        return empty(Icon::People, &title, &next, &way);
    }
    let line_of = |name, key: &str, hint: &str, kind, required, length_max| {
        let (label, hint) = (t.say(key), if hint.is_empty() { String::new() } else { t.say(hint) });
        let shape = Field {
            name,
            label: &label,
            hint: &hint,
            kind,
            required,
            length_max: Some(length_max),
            ..Field::default()
        };
        field::line(t, &shape)
    };
    let choices: Vec<(String, &str)> =
        bodies.iter().map(|body| (body.id.to_string(), body.name.as_str())).collect();
    let choices: Vec<Choice> = choices.iter().map(|(id, name)| Choice::new(id, name)).collect();
    let label = t.say("people-mandate-holder");
    let body = Field { name: "body", label: &label, required: true, ..Field::default() };
    let (by_label, by_hint) = (t.say("people-mandate-by"), t.say("people-mandate-by-hint"));
    let by = Field { name: "by", label: &by_label, hint: &by_hint, ..Field::default() };
    let nobody = t.say("people-mandate-by-nobody");
    let mut givers = vec![Choice::new("", &nobody)];
    givers.extend(choices.iter().map(|choice| Choice::new(choice.value, choice.label)));
    let words = FieldKind::Words;
    let (subject, expiry) = ("people-mandate-subject", "people-mandate-expiry");
    let fields = Html::join([
        field::select(t, &body, &choices),
        line_of("subject", subject, "people-mandate-subject-hint", words, true, SUBJECT_BYTES_MAX),
        area_field(house, t),
        line_of(
            "amount",
            "people-mandate-amount",
            "people-mandate-amount-hint",
            FieldKind::Number,
            false,
            15,
        ),
        line_of(
            "currency",
            "people-mandate-currency",
            "people-mandate-currency-hint",
            FieldKind::Code,
            false,
            CURRENCY_CHARS,
        ),
        line_of("expiry", expiry, "people-mandate-expiry-hint", FieldKind::Day, true, 10),
        field::select(t, &by, &givers),
        line_of(
            "instrument",
            "people-mandate-instrument",
            "people-mandate-instrument-hint",
            words,
            false,
            INSTRUMENT_BYTES_MAX,
        ),
        buttons([button(&Button::new(&t.say("people-mandate-give"), Kind::Main))]),
    ]);
    let to = visitor.link("/desk/people/mandates");
    Html::join([part(t, "people-mandate-give"), form(t, &Form::post(&to, visitor.csrf()), &fields)])
}

/// Gives a mandate.
pub async fn give(
    State(house): State<House>,
    visitor: Visitor,
    Sent(sent): Sent<MandateSent>,
) -> Result<Moved, Trouble> {
    let asked = MandateAsked {
        body: id_of(&sent.body)?,
        subject: sent.subject,
        area: area_sent(&house, &sent.area)?,
        ceiling: ceiling_sent(&sent.amount, &sent.currency)?,
        expiry_day: day_typed(&sent.expiry)?,
        instrument: sent.instrument,
        by: Some(sent.by).filter(|by| !by.is_empty()).map(|by| id_of(&by)).transpose()?,
    };
    acts::give_mandate(&house, asked, visitor.author()).await?;
    Ok(Moved(visitor.link("/desk/people/mandates?done=mandate")))
}

fn ceiling_sent(amount: &str, currency: &str) -> Result<Option<(i64, String)>, Refusal> {
    if amount.trim().is_empty() {
        return Ok(None);
    }
    let currency = currency.trim().to_ascii_uppercase();
    let minor = minor_of(amount, &currency)?;
    Ok(Some((minor, currency)))
}

/// One mandate, and for stewards the form that ends it.
pub async fn one(
    State(house): State<House>,
    visitor: Visitor,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Shown, Trouble> {
    let t = visitor.tongue();
    let id = id_of(&id)?;
    let all = queries::mandates(&house).await?;
    let mandate = all.iter().find(|mandate| mandate.id == id).ok_or(Trouble::NotFound)?;
    let bodies = queries::bodies(&house).await?;
    let instrument = mandate.instrument.clone();
    let instrument = instrument.unwrap_or_else(|| t.say("people-mandate-no-instrument"));
    let mut body = Html::join([
        ways(&visitor),
        fact(t, "people-mandate-holder", &page::html::bdi(&holder(t, &bodies, mandate))),
        fact(t, "people-area", &page::html::bdi(&area_name(&house, t, mandate.area))),
        fact(t, "people-mandate-ceiling", &text(&ceiling_said(t, mandate.ceiling.as_ref()))),
        fact(t, "people-mandate-expiry", &text(&t.date(mandate.expiry_day * DAY_MS))),
        fact(t, "people-mandate-state", &state(&house, t, mandate)),
        fact(t, "people-mandate-force", &force(t, mandate)),
        fact(t, "people-mandate-instrument", &page::html::bdi(&instrument)),
    ]);
    if let Some(by) = mandate.by {
        let giver = bodies.iter().find(|body| body.id == by).map(|body| body.name.clone());
        let giver = giver.unwrap_or_else(|| t.say("people-body-unknown"));
        body.push(&fact(t, "people-mandate-by", &page::html::bdi(&giver)));
    }
    if let Some((at, why)) = &mandate.ended {
        let day = t.date_at(*at, house.city().offset_minutes);
        body.push(&fact(t, "people-mandate-ended-on", &text(&day)));
        body.push(&fact(t, "people-mandate-reason", &page::html::bdi(why)));
    }
    if visitor.is(Role::Steward) && mandate.holds_on(today(&house)) {
        body.push(&end_form(&visitor, id));
    }
    Ok(parts::shown(&visitor, &mandate.subject, &asked, body))
}

fn end_form(visitor: &Visitor, id: Id) -> Html {
    let t = visitor.tongue();
    let label = t.say("people-mandate-reason");
    let reason = Field {
        name: "reason",
        label: &label,
        required: true,
        length_max: Some(INSTRUMENT_BYTES_MAX),
        ..Field::default()
    };
    let fields = Html::join([
        field::hidden("mandate", &id.to_string()),
        field::line(t, &reason),
        buttons([button(&Button::new(&t.say("people-mandate-end"), Kind::Grave))]),
    ]);
    let to = visitor.link("/desk/people/mandate");
    Html::join([
        part(t, "people-mandate-end"),
        line(t, "people-mandate-end-lead"),
        form(t, &Form::post(&to, visitor.csrf()), &fields),
    ])
}

/// Ends a mandate.
pub async fn end(
    State(house): State<House>,
    visitor: Visitor,
    Sent(sent): Sent<EndSent>,
) -> Result<Moved, Trouble> {
    let id = id_of(&sent.mandate)?;
    acts::end_mandate(&house, id, sent.reason, visitor.author()).await?;
    Ok(Moved(visitor.link(&format!("/desk/people/mandate/{id}?done=ended"))))
}

/// The city's own day, in days since 1970.
fn today(house: &House) -> i64 {
    day_of(house.now_ms() + house.city().offset_minutes * 60_000)
}

fn holder(t: Tongue, bodies: &[BodyRow], mandate: &MandateRow) -> String {
    let body = bodies.iter().find(|body| body.id == mandate.body);
    body.map_or_else(|| t.say("people-body-unknown"), |body| body.name.clone())
}

fn state(house: &House, t: Tongue, mandate: &MandateRow) -> Html {
    let today = today(house);
    match &mandate.ended {
        Some(_) => tag(Tone::Bad, &t.say("people-mandate-is-ended")),
        None if mandate.holds_on(today) => tag(Tone::Good, &t.say("people-mandate-is-held")),
        None => tag(Tone::Warn, &t.say("people-mandate-is-over")),
    }
}

fn force(t: Tongue, mandate: &MandateRow) -> Html {
    match mandate.force() {
        Force::Binding => tag(Tone::Info, &t.say("people-force-binding")),
        Force::Advisory => tag(Tone::Warn, &t.say("people-force-advisory")),
    }
}

/// An amount as people read it; "no money" for none.
#[must_use]
pub fn ceiling_said(t: Tongue, ceiling: Option<&Ceiling>) -> String {
    let Some(ceiling) = ceiling else { return t.say("people-mandate-no-money") };
    let (whole, part) = minor_parts(ceiling.amount_minor, &ceiling.currency);
    let cents = if part.is_empty() { String::new() } else { format!(".{part}") };
    format!("{}{cents} {}", t.number(whole), ceiling.currency)
}
