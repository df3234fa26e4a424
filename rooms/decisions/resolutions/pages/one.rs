//! The desk's page of one decision: what it says, the vote, what was resolved, what it waits for.

use axum::extract::{Path, Query, State};
use page::components::button::Kind;
use page::components::field;
use page::{Html, text};
use record::Id;

use super::parts::{
    Around, Asked, act, body_field, coded, line, link, long, needed, para, part, shown, typed,
};
use super::{result, voting};
use crate::decisions::resolutions::queries;
use crate::decisions::resolutions::records::Tally;
use crate::decisions::resolutions::rules::{self, BECAUSE_CHARS_MAX};
use crate::decisions::resolutions::views::Decision;
use crate::door::{House, Role, Shown, Trouble, Visitor};
use crate::people::BodyKind;

/// One decision.
pub async fn page(
    State(house): State<House>,
    visitor: Visitor,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Shown, Trouble> {
    let id = id.parse::<Id>().map_err(|_| Trouble::NotFound)?;
    let decision = queries::decision(&house, id).await?.ok_or(Trouble::NotFound)?;
    let around = Around::read(&house, &visitor).await?;
    let mut body = result::tags(&around, &decision);
    if let Some(assembly) = decision.assembly {
        let to = format!("/desk/assemblies/{assembly}/motions");
        let words = around.t.say("decisions-of-assembly");
        body.push(&Html(format!("<p>{}</p>", link(&visitor, &to, &words))));
    }
    if decision.outcome.is_some() {
        let said = result::aloud(&around, &decision);
        body.push(&Html(format!("<p class=lead dir=auto>{}</p>", text(&said))));
        body.push(&result::counted(&around, &decision, true));
    }
    body.push(&result::from_round(&around, &visitor, &decision));
    body.push(&result::said(&around, &decision));
    body.push(&result::later(&around, &decision));
    let leads = [Role::Facilitator, Role::Committee, Role::Officer, Role::Steward];
    let leads = leads.into_iter().any(|role| visitor.is(role));
    if decision.outcome.is_none() && leads {
        let votes = queries::afar(&house, id).await?.iter().map(Tally::sum).sum();
        body.push(&voting::before(&around, &visitor, &decision));
        body.push(&voting_part(&around, &visitor, &decision, votes));
    } else if leads {
        body.push(&waited(&around, &visitor, &decision));
    }
    if decision.outcome.is_some() {
        body.push(&appeal_form(&around, &visitor, &decision));
    }
    let title = format!("{} {}", decision.shown_number(), decision.title);
    Ok(shown(&visitor, &title, &asked, body))
}

/// The vote, or an authority's own act where nobody raises a hand.
fn voting_part(around: &Around, visitor: &Visitor, decision: &Decision, afar: i64) -> Html {
    let t = around.t;
    let kind = around.bodies.iter().find(|body| body.id == decision.body).map(|body| body.kind);
    let alone = decision.assembly.is_none() && kind == Some(BodyKind::Authority);
    let ready = alone && decision.conflict.is_some();
    let mut body = Html::none();
    if !alone {
        body.push(&voting::vote(around, visitor, decision, afar));
    }
    if !(ready || rules::agreed(decision).is_ok()) {
        return body;
    }
    let to = format!("/desk/decisions/{}/resolve", decision.id);
    let act_field = if alone {
        coded(t, "act", "decisions-act", &["carried", "rejected"])
    } else {
        Html::none()
    };
    let fields = Html::join([
        act_field,
        long(t, "reasons", "decisions-reasons", true),
        typed(t, "because", "decisions-because", field::Kind::Words, Some(BECAUSE_CHARS_MAX)),
        long(t, "dissent", "decisions-dissent", false),
        typed(t, "review_day", "decisions-review-day", field::Kind::Day, None),
        promise_fields(around, decision.offered.is_some()),
    ]);
    body.push(&part(t, "decisions-resolve"));
    body.push(&act(visitor, &to, fields, "decisions-resolve", Kind::Main));
    body
}

/// Who does what by when. Left empty, what was moved stands.
pub(super) fn promise_fields(around: &Around, offered: bool) -> Html {
    let t = around.t;
    let lead = if offered { "decisions-promise-as-moved" } else { "decisions-promise-lead" };
    Html::join([
        line(t, lead),
        body_field(around, "promise_body", "decisions-promise-body", None),
        typed(t, "promise_what", "decisions-promise-what", field::Kind::Words, Some(240)),
        typed(t, "promise_day", "decisions-promise-day", field::Kind::Day, None),
    ])
}

/// The forms of the body it waits on, for its own members.
fn waited(around: &Around, visitor: &Visitor, decision: &Decision) -> Html {
    let t = around.t;
    let own = visitor.member().map(|member| member.bodies.clone()).unwrap_or_default();
    let to = |verb: &str| format!("/desk/decisions/{}/{verb}", decision.id);
    let mut body = Html::none();
    let review = decision.review_open() && own.contains(&decision.body);
    if let Some(on) = decision.waiting_on.filter(|on| own.contains(on)) {
        let whose = field::hidden("body", &on.to_string());
        match decision.waiting_for.as_str() {
            "routed" => body.push(&take_form(around, visitor, &to("take"), whose.clone())),
            "appeal" => {
                let fields = Html::join([
                    whose.clone(),
                    coded(t, "answer", "decisions-answer", &["stands", "falls"]),
                    long(t, "reason", "decisions-reasons", true),
                ]);
                body.push(&part(t, "decisions-answer"));
                body.push(&act(
                    visitor,
                    &to("answer"),
                    fields,
                    "decisions-answer-keep",
                    Kind::Main,
                ));
            }
            _ => {}
        }
        let fields = Html::join([whose, long(t, "words", "decisions-reply-words", true)]);
        let form = act(visitor, &to("reply"), fields, "decisions-keep", Kind::Other);
        let title = text(&t.say("decisions-reply"));
        body.push(&Html(format!("<details><summary>{title}</summary>{form}</details>")));
    }
    if review {
        let fields = Html::join([
            coded(t, "review", "decisions-review", &["kept", "ended"]),
            long(t, "reason", "decisions-reasons", true),
            typed(t, "next_day", "decisions-next-day", field::Kind::Day, None),
        ]);
        body.push(&part(t, "decisions-review"));
        body.push(&act(visitor, &to("review"), fields, "decisions-keep", Kind::Main));
    }
    body
}

fn take_form(around: &Around, visitor: &Visitor, to: &str, whose: Html) -> Html {
    let t = around.t;
    let outcomes = ["accepted", "accepted_changed", "declined_reason", "deferred_date", "referred"];
    let fields = Html::join([
        whose,
        coded(t, "outcome", "decisions-take", &outcomes),
        long(t, "reason", "decisions-take-reason", false),
        typed(t, "because", "decisions-because", field::Kind::Words, Some(BECAUSE_CHARS_MAX)),
        typed(t, "until_day", "decisions-until", field::Kind::Day, None),
        body_field(around, "to", "decisions-refer-to", None),
        promise_fields(around, false),
    ]);
    Html::join([
        part(t, "decisions-take"),
        line(t, "decisions-take-lead"),
        act(visitor, to, fields, "decisions-take-keep", Kind::Main),
    ])
}

fn appeal_form(around: &Around, visitor: &Visitor, decision: &Decision) -> Html {
    let t = around.t;
    if decision.appeals.iter().any(|appeal| appeal.answered_ms.is_none()) {
        return Html::none();
    }
    let Some(to) = rules::appeal_goes_to(decision, &around.ground()) else { return Html::none() };
    let lead = t.with("decisions-appeal-lead", &[("body", around.body(to).into())]);
    let path = format!("/desk/decisions/{}/appeal", decision.id);
    let fields = Html::join([para(&lead), needed(t, "why", "decisions-appeal-why", 1000)]);
    let form = act(visitor, &path, fields, "decisions-appeal", Kind::Other);
    let title = text(&t.say("decisions-appeal"));
    Html(format!("<details><summary>{title}</summary>{form}</details>"))
}
