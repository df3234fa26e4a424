//! `/desk/money/{id}/share`: what is known of each area, typed once, with where it comes from; then
//! the line is drawn. What was asked for is read from the applications, never typed.

use axum::extract::{Path, State};
use page::Html;
use page::Tongue;
use page::components::button::{Button, Kind as ButtonKind, button, buttons};
use page::components::field::{self, Field, Kind};
use page::components::form::{Form as Around, form};
use record::{Id, Refusal};

use super::fields::{self, Form, Shape, drawn, sent};
use super::parts::{self, id_of};
use crate::door::{House, Moved, Sent, Shown, Trouble, Visitor};
use crate::funds::acts;
use crate::funds::queries;
use crate::funds::records::AreaLine;
use crate::funds::rules::money;
use crate::funds::views::{Application, Window};
use crate::places;

/// The areas of a window, its own or those somebody applied for, and the applications that still
/// wait for an answer: whoever has one was given what they get.
async fn areas(house: &House, window: &Window) -> Result<(Vec<Id>, Vec<Application>), Trouble> {
    let mut all = queries::applications_of(house, window.id).await?;
    all.retain(Application::counts);
    let mut areas = window.terms.areas.clone();
    if areas.is_empty() {
        areas = all.iter().filter_map(|one| one.area).collect();
        areas.sort_unstable();
        areas.dedup();
    }
    all.retain(|one| one.decided.is_none() || one.is_appealed());
    Ok((areas, all))
}

/// What was validly asked for in an area, and of it by women-led bodies.
fn asked_for(all: &[Application], area: Id) -> (i64, i64) {
    let own = all.iter().filter(|one| one.area == Some(area));
    let sum = |women: bool| {
        let some = own.clone().filter(|one| !women || one.is_women_led());
        some.map(|one| one.made.amount_minor).fold(0, i64::saturating_add)
    };
    (sum(false), sum(true))
}

/// The form.
pub async fn page(
    State(house): State<House>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Shown, Trouble> {
    let t = visitor.tongue();
    let window = queries::window(&house, id_of(&id)?).await?.ok_or(Trouble::NotFound)?;
    let (areas, all) = areas(&house, &window).await?;
    let title = t.say("funds-share");
    let mut inside = Html::none();
    inside.push(&drawn(&house, &visitor, &window, ("cost", Shape::Amount), "").await?);
    inside.push(&drawn(&house, &visitor, &window, ("grant_min", Shape::Perhaps), "").await?);
    inside.push(&drawn(&house, &visitor, &window, ("day", Shape::Day), "").await?);
    for (at, area) in areas.iter().enumerate() {
        let known = window.shared.iter().flat_map(|shared| &shared.lines);
        let known = known.into_iter().find(|line| line.area == *area);
        let name = parts::area_name(&house, t, Some(*area));
        let (cap, _) = asked_for(&all, *area);
        let cap = parts::amount(t, cap, &window.terms.currency);
        let heading = t.with("funds-share-area", &[("area", name.into()), ("asked", cap.into())]);
        let risk = match known {
            Some(line) => line.risk_tenths,
            // As the city has worked it out; whoever draws the line sees it and may know better.
            None => places::risk::risks(&house).of(*area).and_then(|known| known.tenths()),
        };
        inside.push(&rows(t, &window, at, (known, risk), &heading));
    }
    inside.push(&buttons([button(&Button::new(&title, ButtonKind::Main))]));
    let to = visitor.link(&format!("/desk/money/{id}/share"));
    let body = Html::join([
        parts::h1(&title),
        parts::line(&t.say("funds-share-lead")),
        form(t, &Around::post(&to, visitor.csrf()), &inside),
    ]);
    Ok(Shown::desk(title, body))
}

fn rows(
    t: Tongue,
    window: &Window,
    at: usize,
    (known, risk): (Option<&AreaLine>, Option<i64>),
    heading: &str,
) -> Html {
    let currency = &window.terms.currency;
    let risk = risk.map(|risk| format!("{}.{}", risk / 10, risk % 10)).unwrap_or_default();
    let values = [
        ("people", known.map(|line| line.people.to_string()).unwrap_or_default(), Kind::Number),
        (
            "covered",
            known.map(|line| parts::amount_typed(line.covered_minor, currency)).unwrap_or_default(),
            Kind::Words,
        ),
        (
            "severity",
            known.and_then(|line| line.severity).map(|class| class.to_string()).unwrap_or_default(),
            Kind::Words,
        ),
        ("risk", risk, Kind::Words),
        ("source", known.map(|line| line.source.clone()).unwrap_or_default(), Kind::Words),
    ];
    let fields = values.iter().map(|(name, value, kind)| {
        let (label, name) = (t.say(&format!("funds-f-{name}")), format!("{name}{at}"));
        let own = Field {
            name: &name,
            label: &label,
            value,
            length_max: Some(160),
            kind: *kind,
            ..Field::default()
        };
        field::line(t, &own)
    });
    let legend = page::text(heading);
    Html(format!("<fieldset><legend>{legend}</legend>{}</fieldset>", Html::join(fields)))
}

/// The line is drawn.
pub async fn share(
    State(house): State<House>,
    visitor: Visitor,
    Path(id): Path<String>,
    Sent(form): Sent<Form>,
) -> Result<Moved, Trouble> {
    let t = visitor.tongue();
    let window = queries::window(&house, id_of(&id)?).await?.ok_or(Trouble::NotFound)?;
    let (areas, all) = areas(&house, &window).await?;
    let currency = &window.terms.currency;
    let cost_minor = money::typed(sent(&form, "cost"), currency)?;
    let grant_min_minor = money::typed_or_none(sent(&form, "grant_min"), currency)?;
    let day = fields::day(&form, "day")?;
    let mut lines = Vec::with_capacity(areas.len());
    for (at, area) in areas.into_iter().enumerate() {
        let typed = |name: &str| sent(&form, &format!("{name}{at}"));
        let (cap_minor, women_minor) = asked_for(&all, area);
        let people = typed("people");
        let people = if people.is_empty() { "0" } else { people };
        lines.push(AreaLine {
            area,
            name: parts::area_name(&house, t, Some(area)),
            people: people.parse().map_err(|_| Refusal::new("funds-number"))?,
            cost_minor,
            covered_minor: money::typed_or_none(typed("covered"), currency)?,
            cap_minor,
            risk_tenths: risk_typed(typed("risk"))?,
            source: typed("source").to_owned(),
            day,
            grant_min_minor,
            women_minor,
            // How often it was left out and what it was given is read from the records.
            deferrals: None,
            given_minor: None,
            severity: severity_typed(typed("severity"))?,
        });
    }
    acts::share(&house, window.id, lines, parts::actor(&visitor)).await?;
    Ok(Moved(visitor.link(&format!("/desk/money/{id}?done=1"))))
}

/// A class of severity as it is written; none where nothing was typed. Which there are, the rule
/// says.
fn severity_typed(typed: &str) -> Result<Option<i64>, Refusal> {
    if typed.is_empty() {
        return Ok(None);
    }
    typed.parse().map(Some).map_err(|_| Refusal::new("funds-number"))
}

/// A risk as it is written, `7.3` or `7`, in tenths; none where nothing was typed.
fn risk_typed(typed: &str) -> Result<Option<i64>, Refusal> {
    if typed.is_empty() {
        return Ok(None);
    }
    let refused = || Refusal::new("funds-risk");
    let (whole, part) = typed.split_once('.').unwrap_or((typed, "0"));
    let digits = |text: &str, most: usize| {
        let sound = (1..=most).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        sound.then(|| text.parse::<i64>().ok()).flatten()
    };
    let tenths = digits(whole, 2).zip(digits(part, 1)).map(|(whole, part)| whole * 10 + part);
    let tenths = tenths.filter(|tenths| (1..=100).contains(tenths));
    tenths.map(Some).ok_or_else(refused)
}
