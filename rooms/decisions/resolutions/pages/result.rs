//! What was resolved, in words and numbers: the one sentence that is read aloud, the count, the
//! force in plain words, who promised what. The street gets less of the split by sex than the hall.

use page::components::number::facts;
use page::components::quote::quote;
use page::components::table::{Column, table};
use page::components::tag::tag;
use page::frame::Tone;
use page::{Html, text};

use super::parts::{Around, link, para};
use super::voting::{choice_said, conflict_said};
use crate::decisions::resolutions::records::Tally;
use crate::decisions::resolutions::rules::{self, Split};
use crate::decisions::resolutions::views::Decision;
use crate::door::Visitor;

/// How a decision stands, as tags.
pub(super) fn tags(around: &Around, decision: &Decision) -> Html {
    let t = around.t;
    let outcome = match decision.outcome.as_deref() {
        Some("carried") => tag(Tone::Good, &t.say("decisions-carried")),
        Some(_) => tag(Tone::Warn, &t.say("decisions-rejected")),
        None => tag(Tone::Info, &t.say("decisions-open")),
    };
    let force = decision.force.as_deref().filter(|_| decision.carried()).map(|force| {
        let tone = if decision.binds() { Tone::Good } else { Tone::Warn };
        tag(tone, &t.say(&format!("decisions-force-{force}")))
    });
    let late = around.late(decision).then(|| tag(Tone::Bad, &t.say("decisions-overdue")));
    let ended = decision.carried() && !decision.stands();
    let ended = ended.then(|| tag(Tone::Bad, &t.say("decisions-ended")));
    let all = [Some(outcome), force, late, ended].into_iter().flatten();
    Html(format!("<p class=tags>{}</p>", Html::join(all)))
}

/// The force in one plain sentence.
pub(super) fn force_said(around: &Around, decision: &Decision) -> String {
    let t = around.t;
    let mandate = around.mandate(decision.mandate);
    let law = mandate.and_then(|mandate| mandate.instrument.clone()).unwrap_or_default();
    let why = || t.say(&format!("decisions-why-{}", decision.force_why));
    match decision.force.as_deref() {
        Some(rules::BINDING) => t.with("decisions-binds-by", &[("law", law.into())]),
        Some(rules::BINDING_EMERGENCY) => {
            let day = decision.review_day.map(|day| around.day(day)).unwrap_or_default();
            let args = [("law", law.into()), ("day", day.into())];
            t.with("decisions-binds-for-now", &args)
        }
        Some(rules::ADVISORY) => t.with("decisions-is-advice", &[("why", why().into())]),
        Some(_) => t.with("decisions-is-opinion", &[("why", why().into())]),
        None => String::new(),
    }
}

/// What was counted: hall and afar together.
fn total(decision: &Decision, choice: &str) -> i64 {
    let all = decision.hall.iter().chain(&decision.afar).filter(|tally| tally.choice == choice);
    all.map(Tally::sum).sum()
}

/// The sentence that is read aloud in the hall.
pub(super) fn aloud(around: &Around, decision: &Decision) -> String {
    let t = around.t;
    let counted: Vec<String> = if decision.hall.is_empty() {
        Vec::new()
    } else {
        let said = rules::choices(decision).into_iter().map(|choice| {
            format!("{} {}", choice_said(t, decision, choice), t.number(total(decision, choice)))
        });
        said.collect()
    };
    let key = match (decision.from_round, decision.carried()) {
        (Some(_), true) => "decisions-aloud-chosen",
        (Some(_), false) => "decisions-aloud-none",
        (None, true) => "decisions-aloud-yes",
        (None, false) => "decisions-aloud-no",
    };
    let vote = decision.from_round.map(|from| format!("V-{}", from.number)).unwrap_or_default();
    let args = [
        ("vote", vote.into()),
        ("chosen", decision.effects.as_str().into()),
        ("number", decision.shown_number().into()),
        ("title", decision.title.as_str().into()),
        ("counted", counted.join(", ").into()),
    ];
    let mut said = t.with(key, &args);
    if decision.carried() {
        said = format!("{said} {}", force_said(around, decision));
    }
    if let Some(promise) = promise_said(around, decision) {
        said = format!("{said} {promise}");
    }
    said
}

/// Who does what by when, in one sentence.
pub(super) fn promise_said(around: &Around, decision: &Decision) -> Option<String> {
    let body = around.body(decision.promise_body?);
    let what = decision.promise_what.clone()?;
    let day = around.day(decision.promise_due_day?);
    let args = [("body", body.into()), ("what", what.into()), ("day", day.into())];
    Some(around.t.with("decisions-promises", &args))
}

/// The count as a table. `full` shows the whole split by sex: the hall's own page alone.
pub(super) fn counted(around: &Around, decision: &Decision, full: bool) -> Html {
    let t = around.t;
    if decision.from_round.is_some() {
        return Html::none();
    }
    if decision.hall.is_empty() {
        return if decision.outcome.is_some() {
            para(&t.say("decisions-by-act"))
        } else {
            Html::none()
        };
    }
    let quorate = decision.force.as_deref() != Some(rules::OPINION);
    let split = rules::split_shown(&decision.hall, decision.present, decision.secret, quorate);
    let apart = rules::afar_shown(&decision.afar);
    let by_sex = !decision.secret && (full || (split == Split::Shown && apart));
    let mut keys = vec!["decisions-all"];
    if by_sex {
        keys.extend(["decisions-women", "decisions-men", "decisions-other"]);
    }
    let came = decision.afar.iter().any(|tally| tally.sum() > 0);
    let by_sms = full || (came && apart);
    if by_sms {
        keys.push("decisions-afar");
    }
    let mut columns = vec![Column::words(&t.say("decisions-choice"))];
    columns.extend(keys.iter().map(|key| Column::number(&t.say(key))));
    let number = |n: i64| text(&t.number(n));
    let row = |choice: &str| {
        let hall = decision.hall.iter().find(|tally| tally.choice == choice).cloned();
        let hall = hall.unwrap_or_default();
        let afar = decision.afar.iter().find(|tally| tally.choice == choice).map_or(0, Tally::sum);
        let mut cells =
            vec![text(&choice_said(t, decision, choice)), number(total(decision, choice))];
        if by_sex {
            cells.extend([number(hall.women), number(hall.men), number(hall.other)]);
        }
        if by_sms {
            cells.push(number(afar));
        }
        cells
    };
    let rows: Vec<Vec<Html>> = rules::choices(decision).into_iter().map(row).collect();
    let mut body = table(&t.say("decisions-result"), &columns, &rows);
    body.push(&present(around, decision, full, split));
    body
}

/// The way to the vote on projects that a decision comes from: there its count stands.
pub(super) fn from_round(around: &Around, visitor: &Visitor, decision: &Decision) -> Html {
    let Some(from) = decision.from_round else { return Html::none() };
    let number = format!("V-{}", from.number);
    let words = around.t.with("decisions-of-round", &[("number", number.into())]);
    Html(format!("<p>{}</p>", link(visitor, &format!("/ballot/{}", from.number), &words)))
}

fn present(around: &Around, decision: &Decision, full: bool, split: Split) -> Html {
    let t = around.t;
    let Some(present) = decision.present else { return Html::none() };
    let all = present.women + present.men + present.other;
    if full || split == Split::Shown {
        let args = [("all", all.into()), ("women", present.women.into())];
        return para(&t.with("decisions-present", &args));
    }
    let mut body = para(&t.with("decisions-present-all", &[("all", all.into())]));
    let key =
        if split == Split::FewWomen { "decisions-few-women" } else { "decisions-split-hidden" };
    body.push(&para(&t.say(key)));
    body
}

/// All that is said of a decision beside its numbers.
pub(super) fn said(around: &Around, decision: &Decision) -> Html {
    let t = around.t;
    let mut list: Vec<(String, Html)> = Vec::new();
    let mut fact = |key: &str, value: Html| list.push((t.say(key), value));
    let words = |words: &str| page::html::bdi(words);
    fact("decisions-body", words(&around.body(decision.body)));
    fact("decisions-area", words(&around.area(decision.area)));
    fact("decisions-subject", words(&decision.subject));
    if let Some(money) = &decision.money {
        fact("decisions-money", text(&around.money(Some(money))));
    }
    if decision.resolved_ms.is_some() && decision.carried() {
        fact("decisions-force", text(&force_said(around, decision)));
    }
    let by = around.mandate(decision.mandate).and_then(|mandate| mandate.by);
    if let Some(by) = by {
        fact("decisions-delegated", words(&around.body(by)));
    }
    if let Some(promise) = promise_said(around, decision) {
        let late = around.overdue(decision).then(|| tag(Tone::Bad, &t.say("decisions-overdue")));
        let kept = decision.kept.then(|| tag(Tone::Good, &t.say("decisions-kept")));
        let tags = Html::join([late, kept].into_iter().flatten());
        fact("decisions-promise", Html(format!("{} {tags}", text(&promise))));
    }
    if let Some(day) = decision.review_day.filter(|_| decision.review_open()) {
        let late = day < around.today;
        let late = late.then(|| tag(Tone::Bad, &t.say("decisions-overdue")));
        let late = late.unwrap_or_else(Html::none);
        fact("decisions-review-day", Html(format!("{} {late}", text(&around.day(day)))));
    }
    if !decision.conditions.is_empty() {
        let said = decision.conditions.iter().map(|c| t.say(&format!("decisions-condition-{c}")));
        let said: Vec<String> = said.collect();
        fact("decisions-conditions", text(&said.join(" ")));
        fact("decisions-from-day", text(&around.day(decision.from_day)));
    }
    if !decision.affects.is_empty() || decision.affects_whom.is_some() {
        let areas = decision.affects.iter().map(|area| around.area(Some(*area)));
        let all: Vec<String> = areas.chain(decision.affects_whom.clone()).collect();
        fact("decisions-affects", words(&all.join(", ")));
    }
    let list: Vec<(&str, Html)> = list.iter().map(|(n, v)| (n.as_str(), v.clone())).collect();
    Html::join([
        para(&decision.effects),
        facts(&list),
        why(around, decision),
        before(around, decision),
    ])
}

fn why(around: &Around, decision: &Decision) -> Html {
    let t = around.t;
    let mut body = Html::none();
    if !decision.reasons.is_empty() {
        body.push(&heading(&t.say("decisions-reasons")));
        body.push(&para(&decision.reasons));
    }
    if let Some(dissent) = &decision.dissent {
        body.push(&heading(&t.say("decisions-dissent")));
        body.push(&quote(dissent, None, &Html::none()));
    }
    body
}

fn before(around: &Around, decision: &Decision) -> Html {
    let mut body = conflict_said(around.t, decision);
    if decision.chair_replaced {
        body.push(&para(&around.t.say("decisions-chair-replaced")));
    }
    let notices = decision.notices.iter().map(|notice| {
        let area = around.area(Some(notice.area));
        let args = [
            ("area", area.into()),
            ("how", notice.words.as_str().into()),
            ("day", around.day(notice.day).into()),
        ];
        around.t.with("decisions-noticed", &args)
    });
    let heard = decision.hearings.iter().map(|heard| {
        let area = around.area(Some(heard.area).filter(|area| *area != record::Id::NONE));
        around.t.with(
            "decisions-heard-said",
            &[("area", area.into()), ("words", heard.words.as_str().into())],
        )
    });
    let all: Vec<String> = notices.chain(heard).collect();
    if !all.is_empty() {
        body.push(&heading(&around.t.say("decisions-hearing")));
        // Not the item itself: its mark would stand outside the page where the page is read from
        // the right.
        let item = |line: &String| format!("<li><bdi>{}</bdi></li>", text(line));
        let items: String = all.iter().map(item).collect();
        body.push(&Html(format!("<ul>{items}</ul>")));
    }
    body
}

/// What came after: what a body did with it, appeals, reviews, replies, who is waited for.
pub(super) fn later(around: &Around, decision: &Decision) -> Html {
    let t = around.t;
    let mut lines: Vec<String> = Vec::new();
    if let (Some(to), false) = (decision.routed_to, decision.routed_why.is_empty()) {
        let why = t.say(&format!("decisions-why-{}", decision.routed_why));
        let args = [("body", around.body(to).into()), ("why", why.into())];
        lines.push(t.with("decisions-routed", &args));
    }
    if let Some(taken) = taken_said(around, decision) {
        let law = around.mandate(decision.taken_mandate).and_then(|m| m.instrument.clone());
        lines.push(taken);
        lines.extend(law.map(|law| t.with("decisions-binds-by", &[("law", law.into())])));
    }
    for appeal in &decision.appeals {
        let args = [
            ("body", around.body(appeal.to).into()),
            ("why", appeal.why.as_str().into()),
            ("reason", appeal.reason.as_str().into()),
        ];
        let key = match (appeal.answered_ms, appeal.stands) {
            (None, _) => "decisions-appeal-waits",
            (Some(_), true) => "decisions-appeal-stands",
            (Some(_), false) => "decisions-appeal-fell",
        };
        lines.push(t.with(key, &args));
    }
    for review in &decision.reviews {
        let key = if review.kept { "decisions-reviewed-kept" } else { "decisions-reviewed-ended" };
        lines.push(t.with(key, &[("reason", review.words.as_str().into())]));
    }
    // While it is put off, what was said of that says until when.
    lines.extend(waits_said(around, decision).filter(|_| !around.put_off(decision)));
    for reply in &decision.replies {
        let args = [("body", around.body(reply.by).into()), ("words", reply.words.as_str().into())];
        lines.push(t.with("decisions-replied", &args));
    }
    Html::join(lines.iter().map(|said| para(said)))
}

/// What the body it was handed to said about it.
pub(super) fn taken_said(around: &Around, decision: &Decision) -> Option<String> {
    let (by, outcome) = (decision.taken_by?, decision.taken_outcome.as_ref()?);
    let day = decision.taken_until_day.map(|day| around.day(day)).unwrap_or_default();
    let args = [
        ("body", around.body(by).into()),
        ("reason", decision.taken_reason.as_str().into()),
        ("day", day.into()),
    ];
    Some(around.t.with(&format!("decisions-took-{outcome}"), &args))
}

/// Whom it waits on, for what, and since when.
pub(super) fn waits_said(around: &Around, decision: &Decision) -> Option<String> {
    let (on, since) = (decision.waiting_on?, decision.waiting_since_ms?);
    let what = around.t.say(&format!("decisions-waits-{}", decision.waiting_for));
    let args = [
        ("body", around.body(on).into()),
        ("what", what.into()),
        ("ago", around.ago(since).into()),
    ];
    Some(around.t.with("decisions-waits", &args))
}

fn heading(words: &str) -> Html {
    Html(format!("<h3>{}</h3>", text(words)))
}
