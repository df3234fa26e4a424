//! The forms of the vote: who gains, who was told and heard, secrecy, the two counters. A counter
//! never sees what the other counted.

use page::components::button::Kind;
use page::components::card::panel;
use page::components::field::{self, Field};
use page::components::tag::tag;
use page::frame::Tone;
use page::{Html, Tongue, text};
use record::Refusal;

use super::parts::{
    Around, Typed, act, area_field, coded, line, link, long, needed, para, part, tick, typed,
};
use crate::decisions::resolutions::records::{DecisionHandsCounted, Tally};
use crate::decisions::resolutions::rules;
use crate::decisions::resolutions::views::Decision;
use crate::door::Visitor;

const GROUPS: [&str; 3] = ["women", "men", "other"];

/// What must be asked, told and heard before the vote.
pub(super) fn before(around: &Around, visitor: &Visitor, decision: &Decision) -> Html {
    let t = around.t;
    let to = |verb: &str| format!("/desk/decisions/{}/{verb}", decision.id);
    let mut body = part(t, "decisions-before");
    body.push(&conflict(t, visitor, decision, &to("conflict"), &to("chair")));
    let areas = rules::to_be_told(decision);
    if !areas.is_empty() {
        body.push(&told(around, decision));
        let fields = Html::join([
            area_field(around, "area", "decisions-area", "decisions-whole-city"),
            needed(t, "how", "decisions-notice-how", 400),
            typed(t, "day", "decisions-notice-day", field::Kind::Day, None),
        ]);
        body.push(&folded(
            t,
            "decisions-notice",
            &act(visitor, &to("notice"), fields, "decisions-keep", Kind::Other),
        ));
    }
    let fields = Html::join([
        area_field(around, "area", "decisions-area", "decisions-whole-city"),
        long(t, "words", "decisions-heard-words", true),
    ]);
    let form = act(visitor, &to("hear"), fields, "decisions-keep", Kind::Other);
    body.push(&folded(t, "decisions-heard", &form));
    if decision.counts.is_empty() {
        let fields = typed(t, "by_n", "decisions-secret-n", field::Kind::Number, Some(5));
        let form = act(visitor, &to("secret"), fields, "decisions-keep", Kind::Other);
        body.push(&folded(t, "decisions-secret", &form));
    }
    body
}

fn folded(t: Tongue, key: &str, form: &Html) -> Html {
    Html(format!("<details><summary>{}</summary>{form}</details>", text(&t.say(key))))
}

fn conflict(t: Tongue, visitor: &Visitor, decision: &Decision, to: &str, chair: &str) -> Html {
    let asked = match &decision.conflict {
        None => {
            let fields = Html::join([
                coded(t, "who", "decisions-conflict", &["nobody", "other", "chair"]),
                typed(t, "what", "decisions-conflict-what", field::Kind::Words, Some(400)),
            ]);
            act(visitor, to, fields, "decisions-conflict-keep", Kind::Main)
        }
        Some(said) if said.chair && !decision.chair_replaced => Html::join([
            tag(Tone::Bad, &t.say("decisions-chair-must")),
            act(
                visitor,
                chair,
                tick(t, "woman", "decisions-chair-woman"),
                "decisions-chair",
                Kind::Main,
            ),
        ]),
        Some(_) => conflict_said(t, decision),
    };
    panel(&Html::join([line(t, "decisions-conflict-ask"), asked]))
}

/// What was said when it was asked who gains.
pub(super) fn conflict_said(t: Tongue, decision: &Decision) -> Html {
    let Some(said) = &decision.conflict else { return Html::none() };
    let key = match (said.declared, said.chair) {
        (false, _) => "decisions-conflict-said-nobody",
        (true, false) => "decisions-conflict-said-other",
        (true, true) => "decisions-conflict-said-chair",
    };
    para(&t.with(key, &[("what", said.what.as_str().into())]))
}

fn told(around: &Around, decision: &Decision) -> Html {
    let t = around.t;
    let rows = rules::to_be_told(decision).into_iter().map(|area| {
        let name = around.area(Some(area));
        let notices = decision.notices.iter().filter(|notice| notice.area == area);
        let days: Vec<i64> = notices.map(|notice| notice.day).collect();
        let in_time = days.iter().any(|day| around.today - day >= rules::NOTICE_DAYS_MIN);
        let state = match days.iter().min() {
            _ if in_time => tag(Tone::Good, &t.say("decisions-told-in-time")),
            Some(day) => {
                let from = around.day(day + rules::NOTICE_DAYS_MIN);
                tag(Tone::Warn, &t.with("decisions-told-wait", &[("day", from.into())]))
            }
            None => tag(Tone::Bad, &t.say("decisions-told-not")),
        };
        Html(format!("<li><bdi>{}</bdi> {state}</li>", text(&name)))
    });
    let rows = Html::join(rows);
    let lead = t.with("decisions-told-lead", &[("days", rules::NOTICE_DAYS_MIN.into())]);
    Html(format!("<p>{}</p><ul>{rows}</ul>", text(&lead)))
}

/// The vote itself: its beginning, the two counters, another round.
pub(super) fn vote(around: &Around, visitor: &Visitor, decision: &Decision, afar: i64) -> Html {
    let t = around.t;
    let to = |verb: &str| format!("/desk/decisions/{}/{verb}", decision.id);
    let mut body = part(t, "decisions-vote");
    if decision.assembly.is_some() {
        body.push(&para(&t.with("decisions-afar-so-far", &[("n", afar.into())])));
    }
    if decision.vote_begun_ms.is_none() {
        body.push(&line(t, "decisions-begin-lead"));
        body.push(&act(visitor, &to("begin"), Html::none(), "decisions-begin", Kind::Main));
        return body;
    }
    if decision.must_be_secret() {
        body.push(&tag(Tone::Info, &t.say("decisions-is-secret")));
    }
    if let Some(assembly) = decision.assembly {
        let way = format!("/desk/assemblies/{assembly}/roll?moment=vote&of={}", decision.id);
        body.push(&Html(format!(
            "<p>{}</p>",
            link(visitor, &way, &t.say("decisions-count-people"))
        )));
    }
    match rules::agreed(decision) {
        Ok(_) => body.push(&tag(Tone::Good, &t.say("decisions-counts-agree"))),
        Err(refusal) if refusal.code == "decision-counts-differ" => {
            body.push(&tag(Tone::Bad, &t.say("decisions-counts-differ")));
            body.push(&act(visitor, &to("recount"), Html::none(), "decisions-recount", Kind::Main));
        }
        Err(_) => body.push(&counters(t, visitor, decision, &to("count"), &to("sheet"))),
    }
    body
}

fn counters(t: Tongue, visitor: &Visitor, decision: &Decision, to: &str, sheet: &str) -> Html {
    let mut body = Html::none();
    for counter in [1u8, 2] {
        let done = |c: &&crate::decisions::resolutions::HandCount| {
            (c.counter, c.round) == (counter, decision.round)
        };
        let n = [("n", i64::from(counter).into())];
        if decision.counts.iter().any(|c| done(&c)) {
            body.push(&tag(Tone::Good, &t.with("decisions-counter-done", &n)));
            continue;
        }
        let fields = Html::join([
            field::hidden("counter", &counter.to_string()),
            field::hidden("round", &decision.round.to_string()),
            numbers(t, decision, &format!("k{counter}-"), ""),
        ]);
        let form = act(visitor, to, fields, "decisions-count-keep", Kind::Main);
        let title = text(&t.with("decisions-counter", &n));
        body.push(&Html(format!("<details><summary>{title}</summary>{form}</details>")));
    }
    if !decision.counts.iter().any(|c| c.round == decision.round) {
        let fields = Html::join([sheet_column(t, decision, 1), sheet_column(t, decision, 2)]);
        let form = act(visitor, sheet, fields, "decisions-sheet-keep", Kind::Other);
        body.push(&folded(t, "decisions-sheet", &form));
    }
    body
}

/// The fields of one column of the sheet, with its sum.
fn sheet_column(t: Tongue, decision: &Decision, counter: u8) -> Html {
    let prefix = format!("s{counter}-");
    let title = t.with("decisions-counter", &[("n", i64::from(counter).into())]);
    let label = t.say("decisions-sum");
    let name = format!("{prefix}sum");
    let kind = field::Kind::Number;
    let shape = Field { name: &name, label: &label, required: true, kind, ..Field::default() };
    let numbers = numbers(t, decision, &prefix, &prefix);
    Html(format!("<h3>{}</h3>{numbers}{}", text(&title), field::line(t, &shape)))
}

/// Number fields, one a choice and group; or one a choice, for papers. `scope` keeps ids apart on
/// the page, `sent` stands before the names that are sent.
fn numbers(t: Tongue, decision: &Decision, scope: &str, sent: &str) -> Html {
    let groups: &[&str] = if decision.must_be_secret() { &["papers"] } else { &GROUPS };
    let mut body = Html::none();
    for choice in rules::choices(decision) {
        let heading = choice_said(t, decision, choice);
        let mut fields = Html::none();
        for group in groups {
            let label = t.say(&format!("decisions-{group}"));
            let name = format!("{sent}{choice}-{group}");
            let id = format!("{scope}{choice}-{group}");
            fields.push(&Html(format!(
                "<div class=f><label for=\"{id}\">{}</label><input id=\"{id}\" name=\"{name}\" \
                 type=text inputmode=numeric pattern=\"[0-9]*\" value=\"0\" \
                 autocomplete=off></div>",
                text(&label)
            )));
        }
        let heading = text(&heading);
        body.push(&Html(format!(
            "<fieldset class=f><legend>{heading}</legend>{fields}</fieldset>"
        )));
    }
    body
}

/// A choice in words.
pub(super) fn choice_said(t: Tongue, decision: &Decision, choice: &str) -> String {
    let option = choice.parse::<usize>().ok().and_then(|n| decision.options.get(n.checked_sub(1)?));
    match option {
        Some(words) => format!("{choice}. {words}"),
        None if choice == "no" && !decision.options.is_empty() => t.say("decisions-choice-none"),
        None => t.say(&format!("decisions-choice-{choice}")),
    }
}

/// What was typed into number fields.
///
/// # Errors
/// Something is no number.
pub(super) fn tallies(
    decision: &Decision,
    typed: &Typed,
    prefix: &str,
) -> Result<Vec<Tally>, Refusal> {
    let number = |choice: &str, group: &str| typed.number(&format!("{prefix}{choice}-{group}"));
    let one = |choice: &'static str| {
        Ok(Tally {
            choice: choice.to_owned(),
            women: number(choice, "women")?,
            men: number(choice, "men")?,
            other: number(choice, "other")?,
            papers: number(choice, "papers")?,
        })
    };
    rules::choices(decision).into_iter().map(one).collect()
}

/// One column of the paper sheet: its sum, made by hand, must be that of its numbers.
///
/// # Errors
/// Something is no number, or the sum is another.
pub(super) fn column(
    decision: &Decision,
    typed: &Typed,
    counter: u8,
) -> Result<DecisionHandsCounted, Refusal> {
    let prefix = format!("s{counter}-");
    let tallies = tallies(decision, typed, &prefix)?;
    let sum: i64 = tallies.iter().map(Tally::sum).sum();
    let written = typed.number(&format!("{prefix}sum"))?;
    if sum != written {
        let refusal = Refusal::new("decision-sums").naming("column", counter);
        return Err(refusal.naming("sum", sum).naming("written", written));
    }
    Ok(DecisionHandsCounted { counter, round: decision.round, tallies, via: "paper".to_owned() })
}

/// The rows of a motion on the paper sheet of an assembly: number, title, and an empty row of boxes
/// for each choice and counter, with its sum.
#[must_use]
pub fn sheet_rows(t: Tongue, decision: &Decision) -> Html {
    let groups: &[&str] = if decision.must_be_secret() { &["papers"] } else { &GROUPS };
    let choices = rules::choices(decision);
    let mut head = format!("<th>{}</th>", text(&t.say("decisions-choice")));
    for counter in [1i64, 2] {
        for group in groups {
            let who = t.with("decisions-counter", &[("n", counter.into())]);
            let label = t.say(&format!("decisions-{group}"));
            head.push_str(&format!("<th>{}<br>{}</th>", text(&who), text(&label)));
        }
    }
    let boxes = "<td class=box></td>".repeat(groups.len().saturating_mul(2));
    let row = |said: &str| format!("<tr><th>{}</th>{boxes}</tr>", text(said));
    let rows: String =
        choices.iter().map(|choice| row(&choice_said(t, decision, choice))).collect();
    let sum = row(&t.say("decisions-sum"));
    let title = format!("{} {}", decision.shown_number(), decision.title);
    Html(format!(
        "<table><caption dir=auto>{}</caption><thead><tr>{head}</tr></thead>\
         <tbody>{rows}{sum}</tbody></table>",
        text(&title)
    ))
}
