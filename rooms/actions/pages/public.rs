//! The parts of a task that anybody may see: what is to be done, by whom, until when; what arrived,
//! and what those who asked for it say: asked, answered, YES and NO, never below five. No person is
//! in it, no member's name, and no hour.

use page::components::notice::notice;
use page::components::number::facts;
use page::components::tag::tag;
use page::frame::Tone;
use page::{Html, Notice, Tongue, text};
use record::Id;

use super::parts;
use crate::actions::promises::body_names;
use crate::actions::queries::{open_committee, tasks_of_need, today};
use crate::actions::rules::{
    ANSWER_DAYS, CLOSE_YES_PERCENT, NEXT_STEP_DAYS, NO_BATCH_DAYS, NO_BATCH_PEOPLE, Noes,
    noes_shown,
};
use crate::actions::views::{COMMITTEE, Task};
use crate::door::{House, Trouble, Visitor};
use crate::needs::{self, Need};
use crate::voices::queries::counts_of_need;

/// One task, for anybody to see, without its title.
///
/// # Errors
/// When the store fails.
pub async fn public_part(house: &House, visitor: &Visitor, task: &Task) -> Result<Html, Trouble> {
    let t = visitor.tongue();
    let day = today(house);
    let owner = task.body;
    let owner = match owner {
        Some(id) => body_names(house).await?.get(&id).cloned(),
        None => None,
    };
    let mut all = Html(format!("<p class=tags>{}</p>", parts::tags(t, task, day)));
    all.push(&own_facts(t, task, owner.as_deref()));
    for need in &task.needs {
        let need = needs::need(house, *need).await?;
        if let Some(need) = need.filter(|need| need.published) {
            all.push(&public_answers(house, visitor, &need).await?);
        }
    }
    Ok(all)
}

/// What is known of a task, without anybody's name.
pub fn own_facts(t: Tongue, task: &Task, owner: Option<&str>) -> Html {
    let said = |words: &str| Html(format!("<span dir=auto>{}</span>", text(words)));
    let names = [
        "actions-fact-owner",
        "actions-fact-due",
        "actions-fact-arrived",
        "actions-fact-much",
        "actions-fact-how",
        "actions-fact-day",
        "actions-fact-reason",
        "actions-fact-whose",
        "actions-fact-hands",
    ]
    .map(|key| t.say(key));
    let [whose, due, arrived, much, how, on, reason, referred, hands] = &names;
    let none = t.say("actions-body-none");
    let mut all: Vec<(&str, Html)> = vec![(whose, said(owner.unwrap_or(&none)))];
    all.push((due, text(&parts::day(t, task.due_day))));
    let words = [
        (arrived, &task.arrived),
        (much, &task.much),
        (how, &task.how),
        (reason, &task.reason),
        (referred, &task.referred_to),
    ];
    for (name, value) in words {
        if let Some(value) = value.as_deref().filter(|value| !value.is_empty()) {
            all.push((name, said(value)));
        }
    }
    if let Some(day) = task.done_day {
        all.push((on, text(&parts::day(t, day))));
    }
    if let Some(counted) = task.hands {
        let args = [
            ("asked", counted.asked.into()),
            ("yes", counted.yes.into()),
            ("no", counted.no.into()),
        ];
        all.push((hands, text(&t.with("actions-hands-said", &args))));
    }
    facts(&all)
}

/// What those who spoke of a need say about its delivery, as it stands now, for the desk; nothing
/// before anything was delivered.
///
/// # Errors
/// When the store fails.
pub async fn answers(house: &House, visitor: &Visitor, need: &Need) -> Result<Html, Trouble> {
    let counts = counts_of_need(house, need.id).await?;
    if counts.asked == 0 {
        return Ok(Html::none());
    }
    let tasks = tasks_of_need(house, need.id).await?;
    let since = tasks.iter().find(|task| task.kind == COMMITTEE).map(|task| task.set_ms);
    let noes = noes_shown(counts.no, since, house.now_ms());
    Ok(said(house, visitor, need, (counts.asked, counts.yes, noes), &tasks))
}

/// The same for the street, as it was frozen with the day: nobody can see an answer come in.
///
/// # Errors
/// When the store fails.
pub async fn public_answers(
    house: &House,
    visitor: &Visitor,
    need: &Need,
) -> Result<Html, Trouble> {
    if need.deliveries == 0 {
        return Ok(Html::none());
    }
    let counts = needs::public_counts(house, need.id).await?;
    let tasks = tasks_of_need(house, need.id).await?;
    if !counts.told {
        let t = visitor.tongue();
        let mut all = Html(format!("<h3>{}</h3>", text(&t.say("actions-answers-title"))));
        all.push(&Html(format!("<p>{}</p>", standing(t, need))));
        all.push(&parts::soft(&t.say("actions-counts-hidden")));
        all.push(&step_owed(house, t, &tasks));
        return Ok(all);
    }
    let noes = match counts.no {
        n if n >= NO_BATCH_PEOPLE => Noes::AtLeast(n),
        _ if tasks.iter().any(|task| task.kind == COMMITTEE) => Noes::Some,
        _ => Noes::Few,
    };
    Ok(said(house, visitor, need, (counts.asked, counts.yes, noes), &tasks))
}

fn said(
    house: &House,
    visitor: &Visitor,
    need: &Need,
    (asked_of, said_yes, said_no): (i64, i64, Noes),
    tasks: &[Task],
) -> Html {
    let t = visitor.tongue();
    // Summed from what is shown, so that nothing can be worked out from the difference.
    let no_least = if let Noes::AtLeast(n) = said_no { n } else { 0 };
    let answered = parts::floor(said_yes) + no_least;
    let names = ["actions-asked", "actions-answered", "actions-yes", "actions-no"];
    let names = names.map(|key| t.say(key));
    let [asked, replied, yes, no] = &names;
    let mut all = Html(format!("<h3>{}</h3>", text(&t.say("actions-answers-title"))));
    all.push(&Html(format!("<p>{}</p>", standing(t, need))));
    all.push(&facts(&[
        (asked, text(&parts::floored(t, asked_of))),
        (replied, text(&parts::floored(t, answered))),
        (yes, text(&parts::floored(t, said_yes))),
        (no, text(&parts::noes(t, said_no))),
    ]));
    all.push(&step_owed(house, t, tasks));
    all
}

/// The next step that is owed to those who said NO, and by when.
fn step_owed(house: &House, t: Tongue, tasks: &[Task]) -> Html {
    let Some(step) = open_committee(tasks) else { return Html::none() };
    let day = parts::day(t, step.due_day);
    let words = t.html("actions-next-step-by", &[("day", day.into())]);
    let tone = if step.is_overdue(today(house)) { Tone::Bad } else { Tone::Warn };
    notice(t, &Notice { tone, words })
}

/// How a delivered need stands: silence is "not confirmed".
fn standing(t: Tongue, need: &Need) -> Html {
    let (tone, key) = match need.status.as_str() {
        "closed" => (Tone::Good, "actions-stand-closed"),
        "reopened" => (Tone::Bad, "actions-stand-reopened"),
        "delivered" => (Tone::Warn, "actions-stand-not-confirmed"),
        _ => (Tone::Info, "actions-stand-on"),
    };
    tag(tone, &t.say(key))
}

/// The published rule, in plain words, with its numbers.
#[must_use]
pub fn rule(t: Tongue) -> Html {
    let args: [(&str, page::Arg); 5] = [
        ("percent", CLOSE_YES_PERCENT.into()),
        ("days", ANSWER_DAYS.into()),
        ("step", NEXT_STEP_DAYS.into()),
        ("people", NO_BATCH_PEOPLE.into()),
        ("batch", NO_BATCH_DAYS.into()),
    ];
    let items = [1, 2, 3, 4, 5, 6]
        .map(|n| Html(format!("<li>{}</li>", text(&t.with(&format!("actions-rule-{n}"), &args)))));
    let list = Html(format!("<ol>{}</ol>", Html::join(items)));
    parts::folded(&t.say("actions-rule-title"), &list)
}

/// The tasks of a need or decision, for anybody to see, each in few words.
///
/// # Errors
/// When the store fails.
pub async fn public_list(
    house: &House,
    visitor: &Visitor,
    tasks: &[Task],
) -> Result<Html, Trouble> {
    let t = visitor.tongue();
    let day = today(house);
    let names = body_names(house).await?;
    let none = t.say("actions-body-none");
    let owner = |body: Option<Id>| body.and_then(|id| names.get(&id)).unwrap_or(&none).clone();
    let items = tasks.iter().map(|task| {
        Html(format!(
            "<li><span dir=auto>{}</span> <span class=tags>{}</span> <bdi>{}</bdi></li>",
            text(&parts::title(t, task)),
            parts::tags(t, task, day),
            text(&owner(task.body))
        ))
    });
    Ok(Html(format!("<ul>{}</ul>", Html::join(items))))
}
