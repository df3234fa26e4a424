//! Making a decision of a final result. The form asks for words and, if somebody promises one, for
//! who does what by when; what was chosen stands in the count.

use axum::extract::{Path, State};
use page::components::button::Kind;
use page::components::field::{self, Choice, Field};
use page::{Html, Tongue};
use record::Id;

use super::super::acts;
use super::super::rules::{Deciding, REASON_CHARS_MAX, unchosen};
use super::super::views::Round;
use super::parts::{Typed, act, line, para, part, the_one, typed};
use crate::decisions::resolutions::Promise;
use crate::decisions::resolutions::rules::{BECAUSE_CHARS_MAX, SHORT_CHARS_MAX};
use crate::door::{House, Moved, Role, Sent, Trouble, Visitor};
use crate::people::{self, Body};

/// Longest words of what is promised.
const PROMISE_CHARS_MAX: usize = 240;

/// The decision that a result became, or the form that makes one of it.
pub(super) async fn section(
    house: &House,
    visitor: &Visitor,
    round: &Round,
) -> Result<Html, Trouble> {
    let t = visitor.tongue();
    if round.decided.is_some() {
        return Ok(decision(visitor, round));
    }
    let leads = visitor.is(Role::Steward) || visitor.is(Role::Facilitator);
    let body = round.rules().right.map(|right| right.body);
    let may = visitor.member().is_some_and(|m| {
        !round.gains(m.id, &m.bodies) && body.is_none_or(|body| m.bodies.contains(&body))
    });
    if round.status(house.now_ms()) != "final" || !leads || !may {
        return Ok(Html::none());
    }
    let bodies = people::bodies(house).await?;
    let nothing = round.result().is_some_and(|counted| counted.outcome.order.is_empty());
    let words = field::Kind::Words;
    let mut fields = Html::join([
        typed(t, ("short", "ballots-decide-short"), (words, SHORT_CHARS_MAX), ""),
        typed(t, ("reasons", "ballots-decide-reasons"), (words, REASON_CHARS_MAX), ""),
    ]);
    if round.rules().right.is_none() {
        fields.push(&body_choice(t, ("body", "ballots-right"), &bodies));
    }
    if nothing || !unchosen(round).is_empty() {
        let because = ("because", "ballots-decide-because");
        fields.push(&typed(t, because, (words, BECAUSE_CHARS_MAX), ""));
    }
    if !nothing {
        fields.push(&promise(t, &bodies));
    }
    let to = format!("/desk/ballots/{}/decide", round.id);
    let form = act(visitor, &to, fields, "ballots-decide", Kind::Main);
    Ok(Html::join([part(t, "ballots-decide"), line(t, "ballots-decide-lead"), form]))
}

/// The way to the decision that a result became.
pub(super) fn decision(visitor: &Visitor, round: &Round) -> Html {
    let Some(number) = round.decided else { return Html::none() };
    let t = visitor.tongue();
    let words = t.with("ballots-decided", &[("number", format!("D-{number}").into())]);
    let to = page::html::href(&visitor.link(&format!("/decision/{number}")));
    Html(format!("<p><a href=\"{to}\">{}</a></p>", page::text(&words)))
}

/// Who does what by when; all three may stay empty.
fn promise(t: Tongue, bodies: &[Body]) -> Html {
    let may = |name, key, kind, max| {
        let label = t.say(key);
        let shape = Field { name, label: &label, kind, length_max: max, ..Field::default() };
        field::line(t, &shape)
    };
    Html::join([
        para(&t.say("decisions-promise-lead")),
        body_choice(t, ("promise_body", "decisions-promise-body"), bodies),
        may("promise_what", "decisions-promise-what", field::Kind::Words, Some(PROMISE_CHARS_MAX)),
        may("promise_day", "decisions-promise-day", field::Kind::Day, None),
    ])
}

fn body_choice(t: Tongue, (name, key): (&str, &str), bodies: &[Body]) -> Html {
    let ids: Vec<(String, &str)> =
        bodies.iter().map(|body| (body.id.to_string(), body.name.as_str())).collect();
    let none = t.say("ballots-decide-nobody");
    let first = Choice::new("", &none);
    let rest = ids.iter().map(|(id, name)| Choice::new(id, name));
    let choices: Vec<Choice> = std::iter::once(first).chain(rest).collect();
    let label = t.say(key);
    field::select(t, &Field { name, label: &label, ..Field::default() }, &choices)
}

/// `POST /desk/ballots/{id}/decide`
pub(super) async fn send(
    State(house): State<House>,
    visitor: Visitor,
    Path(id): Path<String>,
    Sent(sent): Sent<Typed>,
) -> Result<Moved, Trouble> {
    let round = the_one(&house, &id).await?;
    let optional = |name: &str| Some(sent.get(name)).filter(|sent| !sent.is_empty());
    let promise = match optional("promise_body") {
        Some(_) => Some(Promise {
            body: sent.id("promise_body")?,
            what: sent.get("promise_what").to_owned(),
            due_day: people::day_typed(sent.get("promise_day"))?,
        }),
        None => None,
    };
    let body: Option<Id> = optional("body").map(|_| sent.id("body")).transpose()?;
    let asked = Deciding {
        short: sent.get("short").to_owned(),
        reasons: sent.get("reasons").to_owned(),
        because: sent.get("because").to_owned(),
        body,
        promise,
    };
    acts::decide(&house, round.id, asked, acts::hand(&visitor)?).await?;
    Ok(Moved(visitor.link(&format!("/desk/ballots/{}?done=decided", round.id))))
}
