//! The rules of a body: what holds, since when, by what; the first are set by a steward here.

use axum::extract::{Path, Query, State};
use page::components::button::Kind;
use page::components::field::{self, Field};
use page::components::number::facts;
use page::{Html, Tongue, text};
use record::Id;
use serde::Deserialize;

use super::super::rules::body::{AGENDA_VOICES, ATTENDANCE, SHARE_PERCENT, SUPPORT};
use super::super::rules::{BodyRules, sheet};
use super::super::views::RulesRow;
use super::super::{acts, queries};
use super::parts::{self, Asked, act, body_name, line, link, meeting_bodies, part};
use crate::door::{House, Moved, Role, Sent, Shown, Trouble, Visitor};

/// `GET /desk/assemblies/rules`
pub(super) async fn list(State(house): State<House>, visitor: Visitor) -> Result<Shown, Trouble> {
    let t = visitor.tongue();
    let bodies = meeting_bodies(&house).await?;
    let items = bodies.iter().map(|body| {
        let to = format!("/desk/assemblies/rules/{}", body.id);
        Html(format!("<li>{}</li>", link(&visitor, &to, &body.name)))
    });
    let list = if bodies.is_empty() {
        line(t, "assemblies-no-bodies")
    } else {
        Html(format!("<ul>{}</ul>", Html::join(items)))
    };
    let body = Html::join([line(t, "assemblies-rules-lead"), list]);
    Ok(parts::shown(&visitor, &t.say("assemblies-rules"), &Asked::default(), body))
}

/// `GET /desk/assemblies/rules/{body}`
pub(super) async fn page(
    State(house): State<House>,
    visitor: Visitor,
    Path(body): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Shown, Trouble> {
    let t = visitor.tongue();
    let body: Id = body.parse().map_err(|_| Trouble::NotFound)?;
    let name = body_name(&house, t, body).await?;
    let row = queries::rules_row(&house, body).await?;
    let mut shown = Html::join([parts::para(&name), in_force(t, &row)]);
    let offset = house.city().offset_minutes;
    if row.set_ms == 0 {
        shown.push(&line(t, "assemblies-rules-defaults"));
    } else {
        let day = t.date_at(row.set_ms, offset);
        shown.push(&parts::para(&t.with("assemblies-rules-since", &[("day", day.into())])));
    }
    if row.by_decision.is_some() {
        shown.push(&line(t, "assemblies-rules-by-decision"));
    }
    let may_set = row.set_ms == 0 && !queries::has_met(&house, body).await?;
    if may_set && visitor.is(Role::Steward) {
        shown.push(&part(t, "assemblies-rules-first"));
        let to = format!("/desk/assemblies/rules/{body}");
        shown.push(&act(&visitor, &to, fields(t, &row.rules), "assemblies-rules-set", Kind::Main));
    } else {
        shown.push(&line(t, "assemblies-rules-how"));
    }
    Ok(parts::shown(&visitor, &t.say("assemblies-rules"), &asked, shown))
}

fn in_force(t: Tongue, row: &RulesRow) -> Html {
    let percent = [("n", row.rules.women_share_min_percent.into())];
    let names = [
        t.say("assemblies-rules-share"),
        t.say("assemblies-rules-attendance"),
        t.say("assemblies-rules-support"),
        t.say("assemblies-rules-voices"),
    ];
    let values = [
        t.with("assemblies-percent", &percent),
        t.number(row.rules.attendance_min),
        t.number(row.rules.support_min),
        t.number(row.rules.agenda_voices_min),
    ];
    let all: Vec<(&str, Html)> =
        names.iter().zip(&values).map(|(name, value)| (name.as_str(), text(value))).collect();
    facts(&all)
}

fn fields(t: Tongue, rules: &BodyRules) -> Html {
    let all = [
        ("share", "assemblies-rules-share", rules.women_share_min_percent, SHARE_PERCENT),
        ("attendance", "assemblies-rules-attendance", rules.attendance_min, ATTENDANCE),
        ("support", "assemblies-rules-support", rules.support_min, SUPPORT),
        ("voices", "assemblies-rules-voices", rules.agenda_voices_min, AGENDA_VOICES),
    ];
    Html::join(all.map(|(name, key, value, range)| {
        let limits = [("least", *range.start()), ("most", *range.end())];
        let hint = t.with("assemblies-from-to", &limits.map(|(n, v)| (n, v.into())));
        let (label, value) = (t.say(key), value.to_string());
        let shape = Field { name, label: &label, hint: &hint, value: &value, ..Field::default() };
        let kind = field::Kind::Number;
        field::line(t, &Field { kind, length_max: Some(6), required: true, ..shape })
    }))
}

/// The rules as sent.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Rules {
    share: String,
    attendance: String,
    support: String,
    voices: String,
}

/// `POST /desk/assemblies/rules/{body}`
pub(super) async fn set(
    State(house): State<House>,
    visitor: Visitor,
    Path(body): Path<String>,
    Sent(sent): Sent<Rules>,
) -> Result<Moved, Trouble> {
    let body: Id = body.parse().map_err(|_| Trouble::NotFound)?;
    let rules = BodyRules {
        women_share_min_percent: sheet::number(&sent.share)?,
        attendance_min: sheet::number(&sent.attendance)?,
        support_min: sheet::number(&sent.support)?,
        agenda_voices_min: sheet::number(&sent.voices)?,
    };
    acts::first_rules(&house, &visitor, body, rules).await?;
    Ok(Moved(visitor.link(&format!("/desk/assemblies/rules/{body}?done=rules"))))
}
