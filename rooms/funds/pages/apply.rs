//! `/money/{number}/apply`: asking for money on one page, without an account; and
//! `/money/application`: following it with its code, and appealing. A body without papers is told
//! that two others must vouch for it. Whoever asks is asked for no name and no number.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use page::components::button::{Button, Kind, button, buttons};
use page::components::code;
use page::components::field::{self, Choice, Field, Kind as FieldKind};
use page::components::form::{Form, form};
use page::components::notice::notice;
use page::components::number::facts;
use page::frame::Tone;
use page::{Html, Notice, Tongue, text};
use record::{Id, Refusal};
use serde::Deserialize;

use super::parts::{self, Asked, asked};
use crate::door::{House, Moved, Rate, Sent, Shown, Trouble, Visitor};
use crate::funds::acts;
use crate::funds::queries::{self, today};
use crate::funds::records::ApplicationMade;
use crate::funds::rules::{self, NAME_CHARS_MAX, PLAN_CHARS_MAX, WHAT_CHARS_MAX, money};
use crate::funds::views::{Application, Phase, VOUCHERS_MIN, Window};
use crate::people::{self, CONSTITUENCIES};
use crate::voices::Code;
use crate::{decisions, needs, places};

/// Applications from one place.
const APPLIED: Rate = Rate { name: "applications", times: 6, within_ms: 60 * 60 * 1000 };
/// Codes that were not there, from one place.
const MISSED: Rate = Rate { name: "application-codes", times: 20, within_ms: 10 * 60 * 1000 };

/// What is asked for.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Said {
    #[serde(default)]
    body: String,
    #[serde(default)]
    body_name: String,
    #[serde(default)]
    kind: String,
    #[serde(default)]
    area: String,
    #[serde(default)]
    what: String,
    #[serde(default)]
    people: String,
    #[serde(default)]
    amount: String,
    #[serde(default)]
    how: String,
    #[serde(default)]
    needs: String,
    #[serde(default)]
    decision: String,
}

/// Why somebody appeals.
#[derive(Debug, Deserialize)]
pub struct Appeal {
    #[serde(default)]
    code: String,
    #[serde(default)]
    why: String,
}

/// The form.
pub async fn page(
    State(house): State<House>,
    visitor: Visitor,
    Path(number): Path<i64>,
) -> Result<Shown, Trouble> {
    let window = queries::by_number(&house, number).await?.ok_or(Trouble::NotFound)?;
    if window.phase(today(&house)) != Phase::Open {
        return Err(Refusal::new("funds-window-shut").status(409).into());
    }
    form_page(&house, &visitor, &window, &Said::default(), None).await
}

/// Asked for. What cannot be taken comes back with all that was typed.
pub async fn apply(
    State(house): State<House>,
    visitor: Visitor,
    Path(number): Path<i64>,
    Sent(said): Sent<Said>,
) -> Result<Response, Trouble> {
    let window = queries::by_number(&house, number).await?.ok_or(Trouble::NotFound)?;
    match applied(&house, &visitor, &window, &said).await {
        Ok(code) => {
            let to = format!("/money/application?code={}&new=1", code.plain());
            Ok(Moved(visitor.link(&to)).into_response())
        }
        Err(Trouble::Refused(refusal)) => {
            let page = form_page(&house, &visitor, &window, &said, Some(&refusal)).await?;
            Ok(page.into_response())
        }
        Err(trouble) => Err(trouble),
    }
}

async fn applied(
    house: &House,
    visitor: &Visitor,
    window: &Window,
    said: &Said,
) -> Result<Code, Trouble> {
    let is_member = visitor.member().is_some();
    if !is_member && !house.limits().take(APPLIED, visitor.0.origin, house.now_ms()) {
        return Err(Refusal::new("funds-too-often").status(429).into());
    }
    let own = own_bodies(house, visitor).await?;
    let body: Option<Id> = said.body.parse().ok();
    let known = own.iter().find(|known| Some(known.id) == body);
    if body.is_some() && known.is_none() {
        return Err(Refusal::new("funds-of-others").status(403).into());
    }
    let kind = known.and_then(|known| known.constituency.clone());
    let made = ApplicationMade {
        window: window.id,
        body: known.map(|known| known.id),
        body_name: known.map_or_else(|| said.body_name.clone(), |known| known.name.clone()),
        kind: kind.unwrap_or_else(|| said.kind.clone()),
        what: said.what.clone(),
        people: said.people.trim().parse().map_err(|_| people_unclear())?,
        amount_minor: money::typed(&said.amount, &window.terms.currency)?,
        how: said.how.clone(),
        needs: needs_typed(house, &said.needs).await?,
        decision: decision_typed(house, &said.decision).await?,
        channel: "page".to_owned(),
        ..ApplicationMade::default()
    };
    let area = area_sent(house, &said.area)?;
    Ok(acts::apply(house, made, area, visitor.author()).await?.1)
}

fn people_unclear() -> Refusal {
    Refusal::new("funds-people").naming("few", needs::FEW)
}

/// Needs by their numbers: `N-88, N-90`.
///
/// # Errors
/// There is none of a number.
pub async fn needs_typed(house: &House, typed: &str) -> Result<Vec<Id>, Trouble> {
    let mut all = Vec::new();
    for part in typed.split([',', ' ', ';']).filter(|part| !part.is_empty()) {
        let number = part.trim_start_matches(['N', 'n', '-']).parse().unwrap_or(0);
        let need = needs::by_number(house, number).await?.filter(|need| need.published);
        let need = need.ok_or(Refusal::new("task-need-unknown").status(404))?;
        if !all.contains(&need.id) {
            all.push(need.id);
        }
    }
    Ok(all)
}

/// A decision that was carried, by its number: `D-41`; none where nothing was typed.
///
/// # Errors
/// There is none of that number.
pub async fn decision_typed(house: &House, typed: &str) -> Result<Option<Id>, Trouble> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(None);
    }
    let number = typed.trim_start_matches(['D', 'd', '-', ' ']).parse().unwrap_or(0);
    let decision = decisions::by_number(house, number).await?;
    let decision = decision.filter(decisions::Decision::carried);
    let decision = decision.ok_or(Refusal::new("funds-decision-unknown").status(404))?;
    Ok(Some(decision.id))
}

/// An area by id, or by its name where only one is meant.
///
/// # Errors
/// None is, or several are.
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
    match (whole.next(), whole.next(), found.as_slice()) {
        (Some(area), None, _) | (None, _, [area]) => Ok(Some(area.id)),
        _ => Err(Refusal::new("funds-area-unknown")),
    }
}

async fn own_bodies(house: &House, visitor: &Visitor) -> Result<Vec<people::Body>, Trouble> {
    let Some(member) = visitor.member() else { return Ok(Vec::new()) };
    let all = people::bodies(house).await?;
    Ok(all.into_iter().filter(|body| member.bodies.contains(&body.id)).collect())
}

async fn form_page(
    house: &House,
    visitor: &Visitor,
    window: &Window,
    said: &Said,
    refusal: Option<&Refusal>,
) -> Result<Shown, Trouble> {
    let t = visitor.tongue();
    let terms = &window.terms;
    let title = t.say("funds-apply");
    let mut body = parts::h1(&title);
    if let Some(refusal) = refusal {
        let words = super::refused(t, refusal);
        body.push(&notice(t, &Notice::new(Tone::Bad, &words)));
    }
    let args = [
        ("most", parts::amount(t, terms.application_minor_max, &terms.currency).into()),
        ("day", parts::day(t, terms.closes_day).into()),
    ];
    body.push(&parts::line(&t.with("funds-apply-lead", &args)));
    let own = own_bodies(house, visitor).await?;
    let vouched = [("n", i64::try_from(VOUCHERS_MIN).unwrap_or(0).into())];
    body.push(&parts::soft(&t.with("funds-apply-vouched", &vouched)));
    let fields = Html::join([
        body_fields(t, window, said, &own),
        area_field(house, t, window, &said.area),
        plain(t, "what", &said.what, WHAT_CHARS_MAX, FieldKind::Words, true),
        plain(t, "people", &said.people, 8, FieldKind::Number, true),
        plain(t, "amount", &said.amount, money::AMOUNT_CHARS_MAX, FieldKind::Words, true),
        how_field(t, &said.how),
        plain(t, "needs", &said.needs, 60, FieldKind::Words, false),
        plain(t, "decision", &said.decision, 12, FieldKind::Words, false),
        buttons([button(&Button::new(&t.say("funds-apply-send"), Kind::Main))]),
    ]);
    let to = visitor.link(&format!("/money/{}/apply", window.number));
    body.push(&form(t, &Form::post(&to, visitor.csrf()), &fields));
    let status = refusal.and_then(|no| axum::http::StatusCode::from_u16(no.status).ok());
    Ok(Shown::street(title, body).with_status(status.unwrap_or_default()))
}

fn plain(
    t: Tongue,
    name: &'static str,
    value: &str,
    most: usize,
    kind: FieldKind,
    required: bool,
) -> Html {
    let label = t.say(&format!("funds-ask-{name}"));
    let hint = t.say(&format!("funds-ask-{name}-hint"));
    let shape = Field {
        name,
        label: &label,
        hint: &hint,
        value,
        required,
        length_max: Some(most),
        kind,
        ..Field::default()
    };
    field::line(t, &shape)
}

fn how_field(t: Tongue, value: &str) -> Html {
    let (label, hint) = (t.say("funds-ask-how"), t.say("funds-ask-how-hint"));
    let shape = Field {
        name: "how",
        label: &label,
        hint: &hint,
        value,
        required: true,
        length_max: Some(PLAN_CHARS_MAX),
        ..Field::default()
    };
    field::area(t, &shape, 4)
}

fn body_fields(t: Tongue, window: &Window, said: &Said, own: &[people::Body]) -> Html {
    let mut all = Html::none();
    if !own.is_empty() {
        let other = t.say("funds-ask-body-other");
        let ids: Vec<(String, &str)> =
            own.iter().map(|body| (body.id.to_string(), body.name.as_str())).collect();
        let listed = ids.iter().map(|(id, name)| Choice::new(id, name));
        let choices: Vec<Choice<'_>> = listed.chain([Choice::new("", &other)]).collect();
        let label = t.say("funds-ask-body");
        let shape = Field { name: "body", label: &label, value: &said.body, ..Field::default() };
        all.push(&field::select(t, &shape, &choices));
    }
    all.push(&plain(
        t,
        "body_name",
        &said.body_name,
        NAME_CHARS_MAX,
        FieldKind::Words,
        own.is_empty(),
    ));
    let kinds = CONSTITUENCIES.iter().filter(|code| {
        window.terms.kinds.is_empty() || window.terms.kinds.iter().any(|kind| kind == *code)
    });
    let named: Vec<(&str, String)> =
        kinds.map(|code| (*code, t.say(&format!("people-constituency-{code}")))).collect();
    let choices: Vec<Choice<'_>> =
        named.iter().map(|(code, name)| Choice::new(code, name)).collect();
    let label = t.say("funds-ask-kind");
    let shape = Field { name: "kind", label: &label, value: &said.kind, ..Field::default() };
    all.push(&field::select(t, &shape, &choices));
    all
}

fn area_field(house: &House, t: Tongue, window: &Window, value: &str) -> Html {
    if window.terms.areas.is_empty() {
        return plain(t, "area", value, NAME_CHARS_MAX, FieldKind::Words, false);
    }
    let named: Vec<(String, String)> = window
        .terms
        .areas
        .iter()
        .map(|area| (area.to_string(), parts::area_name(house, t, Some(*area))))
        .collect();
    let choices: Vec<Choice<'_>> = named.iter().map(|(id, name)| Choice::new(id, name)).collect();
    let label = t.say("funds-ask-area");
    let shape = Field { name: "area", label: &label, value, ..Field::default() };
    field::select(t, &shape, &choices)
}

/// `GET /money/application`: what became of an application, by its code.
pub async fn follow(
    State(house): State<House>,
    visitor: Visitor,
    query: Asked,
) -> Result<Shown, Trouble> {
    let t = visitor.tongue();
    let title = t.say("funds-follow");
    let typed = asked(&query, "code");
    if typed.is_empty() {
        let body = Html::join([parts::h1(&title), code_form(&visitor)]);
        return Ok(Shown::street(title, body));
    }
    let (code, application) = of_code(&house, &visitor, typed).await?;
    let window = queries::window(&house, application.made.window).await?;
    let window = window.ok_or(Trouble::NotFound)?;
    let mut body = parts::h1(&format!("F-{} · {}", application.made.number, application.made.what));
    if asked(&query, "new") == "1" {
        body.push(&code::large(t, &code.plain()));
        body.push(&parts::line(&t.say("funds-receipt")));
    }
    let tag = parts::status_tag(t, &application);
    body.push(&Html(format!("<p class=tags>{tag}</p>")));
    if !application.counts() {
        let got = i64::try_from(application.vouchers.len()).unwrap_or(0);
        let args = [("got", got.into()), ("n", i64::try_from(VOUCHERS_MIN).unwrap_or(0).into())];
        body.push(&parts::line(&t.with("funds-vouchers", &args)));
    }
    body.push(&outcome(t, &window, &application));
    body.push(&appeal_form(&house, &visitor, &window, &application, &code));
    let to = parts::link(&visitor, &format!("/money/{}", window.number), &window.terms.name);
    body.push(&Html(format!("<p>{to}</p>")));
    Ok(Shown::street(title, body))
}

async fn of_code(
    house: &House,
    visitor: &Visitor,
    typed: &str,
) -> Result<(Code, Application), Trouble> {
    let origin = visitor.0.origin;
    if !house.limits().take(MISSED, origin, house.now_ms()) {
        return Err(Refusal::new("funds-too-often").status(429).into());
    }
    let unknown = || Refusal::new("funds-code").status(404);
    let code: Code = typed.parse().map_err(|_| unknown())?;
    let found = queries::by_code(house, acts::code_key(house, &code)).await?.ok_or_else(unknown)?;
    house.limits().give_back(MISSED, origin);
    Ok((code, found))
}

fn code_form(visitor: &Visitor) -> Html {
    let t = visitor.tongue();
    let label = t.say("funds-code");
    let shape = Field {
        name: "code",
        label: &label,
        required: true,
        kind: FieldKind::Code,
        length_max: Some(12),
        ..Field::default()
    };
    let fields = Html::join([
        field::hidden("lang", t.lang.code()),
        field::line(t, &shape),
        buttons([button(&Button::new(&t.say("funds-follow-send"), Kind::Main))]),
    ]);
    form(t, &Form::get("/money/application"), &fields)
}

fn outcome(t: Tongue, window: &Window, application: &Application) -> Html {
    let Some(decided) = &application.decided else {
        let args = [("day", parts::day(t, window.terms.decides_day).into())];
        return parts::line(&t.with("funds-decided-by", &args));
    };
    let names = ["funds-state-allocated", "funds-fact-why", "funds-would-change"];
    let names = names.map(|key| t.say(key));
    let [given, why, change] = &names;
    let mut known: Vec<(&str, Html)> = Vec::new();
    if decided.funded {
        let amount = parts::amount_html(t, decided.amount_minor, &window.terms.currency);
        known.push((given, amount));
    }
    known.push((why, parts::said(&decided.reason)));
    if !decided.would_change.is_empty() {
        known.push((change, parts::said(&decided.would_change)));
    }
    facts(&known)
}

fn appeal_form(
    house: &House,
    visitor: &Visitor,
    window: &Window,
    application: &Application,
    code: &Code,
) -> Html {
    let t = visitor.tongue();
    let decided = application.decided.as_ref().filter(|decided| !decided.funded);
    let Some(decided) = decided.filter(|_| !application.is_appealed()) else {
        return Html::none();
    };
    let last = decided.day.saturating_add(window.terms.appeal_days);
    if today(house) > last {
        return Html::none();
    }
    let (label, hint) = (t.say("funds-appeal-why"), parts::day(t, last));
    let hint = t.with("funds-appeal-until", &[("day", hint.into())]);
    let shape = Field {
        name: "why",
        label: &label,
        hint: &hint,
        required: true,
        length_max: Some(rules::REASON_CHARS_MAX),
        ..Field::default()
    };
    let fields = Html::join([
        field::hidden("code", &code.plain()),
        field::area(t, &shape, 3),
        buttons([button(&Button::new(&t.say("funds-appeal-send"), Kind::Main))]),
    ]);
    let to = visitor.link("/money/application/appeal");
    Html::join([
        parts::h2(t, "funds-appeal"),
        form(t, &Form::post(&to, visitor.csrf()), &fields),
        Html(format!("<p class=soft>{}</p>", text(&t.say("funds-appeal-to")))),
    ])
}

/// `POST /money/application/appeal`.
pub async fn appeal(
    State(house): State<House>,
    visitor: Visitor,
    Sent(sent): Sent<Appeal>,
) -> Result<Moved, Trouble> {
    let (code, _) = of_code(&house, &visitor, &sent.code).await?;
    acts::appeal(&house, &code, sent.why).await?;
    Ok(Moved(visitor.link(&format!("/money/application?code={}", code.plain()))))
}
