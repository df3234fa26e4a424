//! The desk's page of a round: the same that everybody reads, and what this member may do in it. A
//! duty that is not theirs shows nothing of its part.

use axum::extract::{Path, Query, State};
use page::components::button::Kind;
use page::components::field;
use page::{Html, Tongue};

use super::super::rules::REASON_CHARS_MAX;
use super::super::views::{Appeal, Round};
use super::announcing::member_field;
use super::parts::{
    Asked, Typed, act, answers, coded, folded, line, para, part, said_as, shown, status_tag,
    the_one, typed, way, when,
};
use super::{deciding, result, street};
use crate::door::{House, Member, Role, Shown, Trouble, Visitor};
use crate::people;

/// So many open appeals stand on the page at a time; others follow as these are answered.
const APPEALS_SHOWN: usize = 20;

/// `GET /desk/ballots`
pub(super) async fn list(
    State(house): State<House>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Shown, Trouble> {
    let t = visitor.tongue();
    let mut body = line(t, "ballots-desk-lead");
    if visitor.is(Role::Steward) || visitor.is(Role::Facilitator) {
        body.push(&way(&visitor, "/desk/ballots/new", "ballots-announce", Kind::Main));
    }
    let list = street::listed(&house, &visitor, &asked, "/desk/ballots", |round| {
        format!("/desk/ballots/{}", round.id)
    });
    body.push(&list.await?);
    Ok(shown(&visitor, &t.say("ballots-title"), &asked, body))
}

/// `GET /desk/ballots/{id}`
pub(super) async fn one(
    State(house): State<House>,
    visitor: Visitor,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Shown, Trouble> {
    let t = visitor.tongue();
    let round = the_one(&house, &id).await?;
    let member = visitor.signed_in()?;
    let answers = answers(&house, &round).await?;
    let tags = status_tag(&house, t, &round);
    let mut body = Html(format!("<p class=tags>{tags}</p>"));
    if let Some(reason) = &round.called_off {
        body.push(&Html::join([line(t, "ballots-off-because"), para(reason)]));
    }
    body.push(&duties(&house, &visitor, member, &round).await?);
    body.push(&deciding::section(&house, &visitor, &round).await?);
    body.push(&result::section(&visitor, &round, &answers));
    body.push(&street::appeals(&house, t, &round));
    body.push(&after(&house, &visitor, &round));
    body.push(&street::about(&house, &visitor, &round, &answers).await?);
    body.push(&steering(&house, &visitor, &round).await?);
    Ok(shown(&visitor, &said_as(&round), &asked, body))
}

/// What this member is in the round, and the way to their part.
async fn duties(
    house: &House,
    visitor: &Visitor,
    member: &Member,
    round: &Round,
) -> Result<Html, Trouble> {
    let t = visitor.tongue();
    let status = round.status(house.now_ms());
    let names = people::member_names(house, &[round.registrar, round.keeper]).await?;
    let name = |id| names.get(&id).cloned().unwrap_or_else(|| "–".to_owned());
    let args = [("registrar", name(round.registrar).into()), ("keeper", name(round.keeper).into())];
    let mut out = para(&t.with("ballots-duties", &args));
    if round.gains(member.id, &member.bodies) {
        out.push(&line(t, "ballots-you-gain"));
        return Ok(out);
    }
    let to = |part: &str| format!("/desk/ballots/{}/{part}", round.id);
    let running = matches!(status, "announced" | "open");
    if member.id == round.registrar && running {
        out.push(&way(visitor, &to("cards"), "ballots-cards", Kind::Main));
    }
    if member.id != round.registrar && status == "open" {
        out.push(&way(visitor, &to("paper"), "ballots-paper", Kind::Other));
    }
    if member.id == round.keeper && status == "closed" {
        out.push(&line(t, "ballots-count-lead"));
        out.push(&act(visitor, &to("count"), Html::none(), "ballots-count", Kind::Main));
    }
    if status != "called_off" && round.decided.is_none() {
        out.push(&folded(t, "ballots-conflict", &conflict(visitor, round)));
    }
    Ok(out)
}

fn conflict(visitor: &Visitor, round: &Round) -> Html {
    let t = visitor.tongue();
    let fields = typed(t, ("project", "ballots-conflict-project"), (field::Kind::Number, 2), "");
    let to = format!("/desk/ballots/{}/conflict", round.id);
    Html::join([
        line(t, "ballots-conflict-lead"),
        act(visitor, &to, fields, "ballots-conflict-say", Kind::Other),
    ])
}

/// Appealing, and answering appeals.
fn after(house: &House, visitor: &Visitor, round: &Round) -> Html {
    let t = visitor.tongue();
    let mut out = answering(house, visitor, round);
    if round.status(house.now_ms()) == "counted" && house.now_ms() < round.appeals_until_ms() {
        let kind = (field::Kind::Words, REASON_CHARS_MAX);
        let why = typed(t, ("why", "ballots-appeal-why"), kind, "");
        let to = format!("/desk/ballots/{}/appeal", round.id);
        let form = act(visitor, &to, why, "ballots-appeal-make", Kind::Other);
        let inside = Html::join([line(t, "ballots-appeal-lead"), form]);
        out.push(&folded(t, "ballots-appeal-make", &inside));
    }
    out
}

/// The open appeals in their words, the first so many, and one form that answers one of them.
fn answering(house: &House, visitor: &Visitor, round: &Round) -> Html {
    let t = visitor.tongue();
    let open: Vec<(u32, &Appeal)> = round.open_appeals().take(APPEALS_SHOWN).collect();
    if open.is_empty() {
        return Html::none();
    }
    let mut out = Html::join([part(t, "ballots-answer"), line(t, "ballots-answer-lead")]);
    for (n, appeal) in &open {
        out.push(&para(&format!("{n} · {} · {}", when(house, t, appeal.at_ms), appeal.why)));
        for said in appeal.answers() {
            out.push(&street::answered(t, said.stands, &said.reason));
            out.push(&line(t, "ballots-answer-second"));
        }
    }
    let numbers: Vec<String> = open.iter().map(|(n, _)| n.to_string()).collect();
    let choices: Vec<field::Choice> = numbers.iter().map(|n| field::Choice::new(n, n)).collect();
    let label = t.say("ballots-answer-which");
    let value = numbers.first().map_or("", String::as_str);
    let required = true;
    let shape =
        field::Field { name: "appeal", label: &label, value, required, ..field::Field::default() };
    let fields = Html::join([
        field::select(t, &shape, &choices),
        coded(t, ("stands", "ballots-answer"), &["yes", "no"], ""),
        coded(t, ("fit", "ballots-appeal-fit"), &["yes", "no"], "no"),
        reason(t),
    ]);
    let to = format!("/desk/ballots/{}/answer", round.id);
    out.push(&act(visitor, &to, fields, "ballots-answer-keep", Kind::Main));
    out
}

fn reason(t: Tongue) -> Html {
    typed(t, ("reason", "ballots-reason"), (field::Kind::Words, REASON_CHARS_MAX), "")
}

/// What stewards and facilitators may do with the round as a whole.
async fn steering(house: &House, visitor: &Visitor, round: &Round) -> Result<Html, Trouble> {
    let t = visitor.tongue();
    let to = |verb: &str| format!("/desk/ballots/{}/{verb}", round.id);
    let mut out = Html::none();
    if round.told.is_some() || round.called_off.is_some() {
        return Ok(out);
    }
    if visitor.is(Role::Steward) {
        let members = people::here(house, None).await?;
        let fields = Html::join([
            coded(t, ("duty", "ballots-duty"), &["registrar", "keeper"], ""),
            member_field(t, ("member", "ballots-duty-to"), &members, &Typed::default()),
            reason(t),
        ]);
        let form = act(visitor, &to("duty"), fields, "ballots-duty-give", Kind::Other);
        out.push(&folded(t, "ballots-duty-give", &form));
    }
    if visitor.is(Role::Steward) || visitor.is(Role::Facilitator) {
        // Two forms of one page have no field of the same id.
        let label = t.say("ballots-reason");
        let field = field::Field {
            name: "off_reason",
            label: &label,
            required: true,
            length_max: Some(REASON_CHARS_MAX),
            ..field::Field::default()
        };
        let form = act(visitor, &to("off"), field::line(t, &field), "ballots-off", Kind::Grave);
        out.push(&folded(t, "ballots-off", &form));
    }
    Ok(out)
}
