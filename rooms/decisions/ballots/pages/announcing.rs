//! Announcing a round: one form with all its rules. What was typed comes back when something does
//! not fit.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use page::components::button::Kind;
use page::components::field::{self, Choice, Field};
use page::components::notice::{Notice, Tone, notice};
use page::{Html, Tongue};
use record::{Id, Refusal};

use super::super::acts;
use super::super::records::{BallotRoundAnnounced, ProjectSaid, RightSaid};
use super::super::rules::{Announcing, RESTS, RULE_KINDS, WHO_CHARS_MAX, amount_typed};
use super::parts::{
    Asked, Typed, act, again, area_choice, area_sent, coded, line, long, shown, typed,
};
use crate::decisions::assemblies::rules::hours;
use crate::decisions::resolutions::acts::Actor;
use crate::door::{House, Moved, Sent, Shown, Trouble, Visitor};
use crate::needs;
use crate::people::{self, Body, minor_parts};
use crate::places::{Area, atlas};

/// Most lines of projects that are read; the rule has a smaller limit and says so.
const LINES_MAX: usize = 100;
/// What the form calls each of [`RESTS`].
const REST_CODES: [&str; RESTS.len()] = ["add1u", "add1", "utility", "none"];

/// `GET /desk/ballots/new`
pub(super) async fn page(State(house): State<House>, visitor: Visitor) -> Result<Shown, Trouble> {
    form_page(&house, &visitor, &Typed::default()).await
}

async fn form_page(house: &House, visitor: &Visitor, sent: &Typed) -> Result<Shown, Trouble> {
    let t = visitor.tongue();
    let members = people::here(house, None).await?;
    let label = t.say("ballots-area");
    let area = Field { name: "area", label: &label, value: sent.get("area"), ..Field::default() };
    let words = field::Kind::Words;
    let women = t.say("ballots-women-only");
    let value = sent.get("women_only");
    let women = Field { name: "women_only", label: &women, value, ..Field::default() };
    let fields = Html::join([
        long(t, ("question", "ballots-question"), 2, sent.get("question")),
        area_choice(house, t, &area, &t.say("ballots-whole-city")),
        long(t, ("projects", "ballots-projects-typed"), 6, sent.get("projects")),
        typed(t, ("budget", "ballots-budget"), (field::Kind::Number, 16), sent.get("budget")),
        typed(t, ("currency", "ballots-currency"), (words, 3), sent.get("currency")),
        typed(t, ("who", "ballots-who"), (words, WHO_CHARS_MAX), sent.get("who")),
        field::tick(t, &women),
        rights(house, visitor, sent).await?,
        coded(t, ("kind", "ballots-kind"), &["approval", "cumulative"], sent.get("kind")),
        number(t, ("choices_max", "ballots-choices-max"), sent, "3"),
        number(t, ("points", "ballots-points"), sent, "0"),
        coded(t, ("rule", "ballots-rule"), &RULE_KINDS, sent.get("rule")),
        coded(t, ("rest", "ballots-rest"), &REST_CODES, sent.get("rest")),
        coded(t, ("tie", "ballots-tie"), &["list", "cost"], sent.get("tie")),
        times(t, sent),
        coded(
            t,
            ("publication", "ballots-publication"),
            &["full", "hashes"],
            sent.get("publication"),
        ),
        turnout(t, sent),
        number(t, ("appeal_days", "ballots-appeal-days"), sent, "7"),
        member_field(t, ("registrar", "ballots-registrar"), &members, sent),
        member_field(t, ("keeper", "ballots-keeper"), &members, sent),
    ]);
    let form = act(visitor, "/desk/ballots", fields, "ballots-announce", Kind::Main);
    let body = Html::join([line(t, "ballots-announce-lead"), form]);
    Ok(shown(visitor, &t.say("ballots-announce"), &Asked::default(), body))
}

/// For which body the vote is held, and on which of its mandates: `body subject`, or the body
/// alone for advice. Those for which whoever announces may speak.
async fn rights(house: &House, visitor: &Visitor, sent: &Typed) -> Result<Html, Trouble> {
    let (t, own) = (visitor.tongue(), acts::hand(visitor)?.bodies);
    let (mut bodies, mandates) = (people::bodies(house).await?, people::mandates(house).await?);
    bodies.retain(|body| own.contains(&body.id));
    if bodies.is_empty() {
        return Ok(notice(t, &Notice::new(Tone::Warn, &t.say("ballots-right-none"))));
    }
    let mut all: Vec<(String, String)> = Vec::new();
    for body in &bodies {
        for mandate in mandates.iter().filter(|m| m.body == body.id && m.ended.is_none()) {
            let law = mandate.instrument.clone().unwrap_or_default();
            let said = [body.name.as_str(), &mandate.subject, &law];
            let said: Vec<&str> = said.into_iter().filter(|part| !part.is_empty()).collect();
            all.push((format!("{} {}", body.id, mandate.subject), said.join(" · ")));
        }
    }
    let advice = t.say("decisions-force-advisory");
    all.extend(bodies.iter().map(|b| (b.id.to_string(), format!("{} · {advice}", b.name))));
    let choices: Vec<Choice> = all.iter().map(|(value, said)| Choice::new(value, said)).collect();
    let (label, hint) = (t.say("ballots-right"), t.say("ballots-right-hint"));
    let shape = Field {
        name: "right",
        label: &label,
        hint: &hint,
        value: sent.get("right"),
        required: true,
        ..Field::default()
    };
    Ok(field::select(t, &shape, &choices))
}

/// The body and the subject that were chosen; the acts know what follows from them.
fn right_sent(sent: &str) -> Option<RightSaid> {
    let (body, subject) = sent.split_once(' ').unwrap_or((sent, ""));
    let body = body.parse().ok()?;
    Some(RightSaid { body, subject: subject.to_owned(), ..RightSaid::default() })
}

/// A kind of rule with what is done with money that equal shares leave over.
fn rule_sent(kind: &str, rest: &str) -> String {
    let at = REST_CODES.iter().position(|code| *code == rest);
    let rest = at.and_then(|at| RESTS.get(at)).copied().unwrap_or_default();
    let shares = RULE_KINDS.contains(&kind) && kind.starts_with("mes_");
    if shares { format!("{kind}{rest}") } else { kind.to_owned() }
}

fn number(t: Tongue, (name, key): (&str, &str), sent: &Typed, usual: &str) -> Html {
    let value = if sent.get(name).is_empty() { usual } else { sent.get(name) };
    typed(t, (name, key), (field::Kind::Number, 3), value)
}

/// May stay empty: then it is as the body's own assemblies.
fn turnout(t: Tongue, sent: &Typed) -> Html {
    let (label, hint) = (t.say("ballots-turnout"), t.say("ballots-turnout-hint"));
    let shape = Field {
        name: "turnout",
        label: &label,
        hint: &hint,
        value: sent.get("turnout"),
        kind: field::Kind::Number,
        ..Field::default()
    };
    field::line(t, &shape)
}

fn times(t: Tongue, sent: &Typed) -> Html {
    let hour = |name: &str, usual: &str| {
        let value =
            if sent.get(name).is_empty() { usual.to_owned() } else { sent.get(name).to_owned() };
        typed(t, (name, "ballots-hour"), (field::Kind::Words, 5), &value)
    };
    Html::join([
        typed(t, ("opens_day", "ballots-opens"), (field::Kind::Day, 10), sent.get("opens_day")),
        hour("opens_hour", "08:00"),
        typed(t, ("closes_day", "ballots-closes"), (field::Kind::Day, 10), sent.get("closes_day")),
        hour("closes_hour", "18:00"),
    ])
}

pub(super) fn member_field(
    t: Tongue,
    (name, key): (&str, &str),
    members: &[(Id, String)],
    sent: &Typed,
) -> Html {
    let ids: Vec<(String, &str)> =
        members.iter().map(|(id, name)| (id.to_string(), name.as_str())).collect();
    let choices: Vec<Choice> = ids.iter().map(|(id, name)| Choice::new(id, name)).collect();
    let (label, hint, value) = (t.say(key), t.say(&format!("{key}-hint")), sent.get(name));
    let required = true;
    let shape = Field { name, label: &label, hint: &hint, value, required, ..Field::default() };
    field::select(t, &shape, &choices)
}

/// `POST /desk/ballots`
pub(super) async fn send(
    State(house): State<House>,
    visitor: Visitor,
    Sent(sent): Sent<Typed>,
) -> Result<Response, Trouble> {
    match announced(&house, &visitor, &sent).await {
        Ok(id) => {
            let to = format!("/desk/ballots/{id}?done=announced");
            Ok(Moved(visitor.link(&to)).into_response())
        }
        Err(Trouble::Refused(refusal)) => {
            let page = form_page(&house, &visitor, &sent).await?;
            Ok(again(visitor.tongue(), page, &refusal).into_response())
        }
        Err(trouble) => Err(trouble),
    }
}

async fn announced(house: &House, visitor: &Visitor, sent: &Typed) -> Result<Id, Trouble> {
    let area = area_sent(house, sent.get("area"), "decision-area")?;
    let currency = sent.get("currency").to_ascii_uppercase();
    let bodies = people::bodies(house).await?;
    let atlas = atlas(house);
    let place = area.and_then(|area| atlas.area(area)).map(Area::both_names);
    let offset = house.city().offset_minutes;
    let hour = |day: &str, hour: &str| hours::instant(sent.get(day), sent.get(hour), offset);
    let cumulative = sent.get("kind") == "cumulative";
    let points = if cumulative { sent.number("points").unwrap_or(0) } else { 0 };
    let said = BallotRoundAnnounced {
        question: sent.get("question").to_owned(),
        kind: sent.get("kind").to_owned(),
        choices_max: sent.number("choices_max").unwrap_or(0),
        points,
        rule: rule_sent(sent.get("rule"), sent.get("rest")),
        tie: sent.get("tie").to_owned(),
        budget_minor: amount_typed(sent.get("budget"), &currency)?,
        decimals: u8::try_from(minor_parts(0, &currency).1.len()).unwrap_or(0),
        projects: projects(house, sent.get("projects"), &currency, &bodies).await?,
        currency,
        place: place.unwrap_or_else(|| house.city().name.clone()),
        who: sent.get("who").to_owned(),
        women_only: sent.get("women_only") == "yes",
        opens_ms: hour("opens_day", "opens_hour")?,
        closes_ms: hour("closes_day", "closes_hour")?,
        appeal_days: sent.number("appeal_days").unwrap_or(0),
        full_if_many: sent.get("publication") != "hashes",
        registrar: sent.id("registrar")?,
        keeper: sent.id("keeper")?,
        right: right_sent(sent.get("right")),
        turnout_min: match sent.get("turnout") {
            "" => None,
            _ => Some(sent.number("turnout").unwrap_or(0)),
        },
        ..BallotRoundAnnounced::default()
    };
    let hand = acts::hand(visitor)?;
    let by = Actor { id: Some(hand.id), bodies: hand.bodies };
    acts::announce(house, Announcing { said, area }, &by).await
}

/// Projects, a line each: what; what it costs; perhaps the body that would have the money; perhaps
/// the numbers of needs that it answers.
async fn projects(
    house: &House,
    typed: &str,
    currency: &str,
    bodies: &[Body],
) -> Result<Vec<ProjectSaid>, Trouble> {
    let unread = || Refusal::new("ballot-projects").naming("max", ballots::PROJECTS_MAX);
    let lines = typed.lines().map(str::trim).filter(|line| !line.is_empty());
    let mut all = Vec::new();
    for line in lines.take(LINES_MAX) {
        let mut parts = line.split(';').map(str::trim);
        let (title, cost) = (parts.next().unwrap_or_default(), parts.next().ok_or_else(unread)?);
        let body = match parts.next().filter(|name| !name.is_empty()) {
            Some(name) => {
                let named = |body: &&Body| words::plain(&body.name) == words::plain(name);
                Some(bodies.iter().find(named).ok_or_else(unread)?.id)
            }
            None => None,
        };
        let cost_minor = amount_typed(cost, currency)?;
        let needs = needs_of(house, parts.next().unwrap_or_default()).await?;
        all.push(ProjectSaid { title: title.to_owned(), cost_minor, body, needs });
    }
    Ok(all)
}

/// Public needs by their numbers, «N-3 N-7».
async fn needs_of(house: &House, typed: &str) -> Result<Option<Vec<Id>>, Trouble> {
    let mut all = Vec::new();
    for word in typed.split([' ', ',']).filter(|word| !word.is_empty()).take(LINES_MAX) {
        let unknown = || Refusal::new("ballot-need").naming("need", word);
        let plain = words::plain(word);
        let digits = plain.trim_start_matches(['n', '-', ' ']);
        let number: i64 = digits.parse().map_err(|_| unknown())?;
        let need = needs::by_number(house, number).await?.filter(|need| need.published);
        all.push(need.ok_or_else(unknown)?.id);
    }
    Ok(Some(all).filter(|all| !all.is_empty()))
}
