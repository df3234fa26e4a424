//! `/desk/tasks`: what is to be done: mine, my bodies', all, overdue in red, done; and promises
//! that nobody has taken up yet. Each task can be taken on in one tap.

use std::collections::HashMap;

use axum::extract::{Query, State};
use page::components::button::{Button, Kind, button, buttons, link_button};
use page::components::empty::empty;
use page::components::field::{self, Choice, Field, hidden};
use page::components::form::{Form, form};
use page::components::icon::Icon;
use page::components::row::{Row, pager, rows};
use page::{Html, Tongue, text};
use record::Id;

use super::parts::{self, Asked};
use super::public::rule;
use crate::actions::promises;
use crate::actions::queries::{self, PAGE_TASKS, Which, today};
use crate::actions::rules::Actor;
use crate::actions::views::Task;
use crate::decisions::Decision;
use crate::door::{House, Shown, Trouble, Visitor};
use crate::places;

/// Areas offered to choose from.
const AREAS_LISTED_MAX: usize = 1000;
/// The lists there are.
const LISTS: [&str; 5] = ["mine", "bodies", "open", "overdue", "done"];

/// The page.
pub async fn page(
    State(house): State<House>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Shown, Trouble> {
    let t = visitor.tongue();
    let name = asked.which.as_deref().filter(|name| LISTS.contains(name)).unwrap_or("open");
    let which = which_of(&house, &visitor, name);
    let area: Option<Id> = asked.area.as_deref().and_then(|typed| typed.parse().ok());
    let after = asked.after.as_deref().and_then(|typed| typed.parse().ok());
    let last = match after {
        Some(id) => queries::task(&house, id).await?,
        None => None,
    };
    let tasks = queries::list(&house, &which, area, last.as_ref()).await?;
    let full = i64::try_from(tasks.len()).unwrap_or(0) >= PAGE_TASKS;
    let next = tasks.last().filter(|_| full).map(|task| {
        let area = area.map(|id| format!("&area={id}")).unwrap_or_default();
        visitor.link(&format!("/desk/tasks?which={name}{area}&after={}", task.id))
    });
    let mut body = ways(&visitor, name);
    body.push(&by_area(&house, &visitor, name, area));
    if after.is_none() && matches!(name, "open" | "overdue" | "bodies") {
        body.push(&to_take_up(&house, &visitor, &which).await?);
    }
    if tasks.is_empty() {
        let (title, then) = (t.say("actions-list-empty"), t.say("actions-list-empty-next"));
        body.push(&empty(Icon::Ok, &title, &then, &Html::none()));
    } else {
        body.push(&list(&house, &visitor, &tasks).await?);
        body.push(&pager(t, None, next.as_deref()));
    }
    body.push(&rule(t));
    Ok(parts::shown(&visitor, &t.say(&format!("actions-list-{name}")), &asked, body))
}

fn which_of(house: &House, visitor: &Visitor, name: &str) -> Which {
    let member = visitor.member();
    match name {
        "mine" => Which::Mine(member.map_or(Id::NONE, |member| member.id)),
        "bodies" => Which::Bodies(member.map(|member| member.bodies.clone()).unwrap_or_default()),
        "overdue" => Which::Overdue(today(house)),
        "done" => Which::Done,
        _ => Which::Open,
    }
}

fn ways(visitor: &Visitor, here: &str) -> Html {
    let t = visitor.tongue();
    let others = LISTS.into_iter().filter(|name| *name != here).map(|name| {
        let to = visitor.link(&format!("/desk/tasks?which={name}"));
        link_button(&to, &t.say(&format!("actions-list-{name}")), Kind::Other, None)
    });
    let new = visitor.link("/desk/tasks/new");
    let new = super::forms::may_do(visitor)
        .then(|| link_button(&new, &t.say("actions-new"), Kind::Main, Some(Icon::Add)));
    buttons(new.into_iter().chain(others))
}

fn by_area(house: &House, visitor: &Visitor, name: &str, area: Option<Id>) -> Html {
    let t = visitor.tongue();
    let atlas = places::atlas(house);
    let names: Vec<(String, String)> = atlas
        .areas()
        .iter()
        .take(AREAS_LISTED_MAX)
        .map(|area| (area.id.to_string(), area.both_names()))
        .collect();
    let all = t.say("actions-area-all");
    let listed = names.iter().map(|(id, name)| Choice::new(id, name));
    let choices: Vec<Choice<'_>> = std::iter::once(Choice::new("", &all)).chain(listed).collect();
    let (label, value) = (t.say("actions-area"), area.map(|id| id.to_string()).unwrap_or_default());
    let shape = Field { name: "area", label: &label, value: &value, ..Field::default() };
    let show = t.say("actions-show");
    let fields = Html::join([
        hidden("which", name),
        hidden("lang", t.lang.code()),
        field::select(t, &shape, &choices),
        buttons([button(&Button::new(&show, Kind::Other))]),
    ]);
    let inside = form(t, &Form::get("/desk/tasks"), &fields);
    parts::folded(&t.say("actions-by-area"), &inside)
}

/// Promises of decisions for which nobody has set a task yet; those whose day has passed are red.
async fn to_take_up(house: &House, visitor: &Visitor, which: &Which) -> Result<Html, Trouble> {
    let t = visitor.tongue();
    let day = today(house);
    let mut waiting = promises::to_take_up(house).await?;
    match which {
        Which::Bodies(bodies) => waiting
            .retain(|decision| decision.promise_body.is_some_and(|body| bodies.contains(&body))),
        Which::Overdue(_) => {
            waiting.retain(|decision| decision.promise_due_day.is_some_and(|due| due < day));
        }
        _ => {}
    }
    if waiting.is_empty() {
        return Ok(Html::none());
    }
    let names = promises::body_names(house).await?;
    let shown: Vec<(String, Html, Html, Html)> =
        waiting.iter().map(|decision| promise_row(visitor, t, decision, &names, day)).collect();
    let href = visitor.link("/desk/tasks");
    let rowed: Vec<Row<'_>> = shown
        .iter()
        .map(|(title, tags, note, acts)| Row {
            title,
            href: &href,
            tags: tags.clone(),
            note: note.clone(),
            acts: acts.clone(),
        })
        .collect();
    Ok(Html::join([parts::part(t, "actions-to-take-up"), rows(&rowed)]))
}

fn promise_row(
    visitor: &Visitor,
    t: Tongue,
    decision: &Decision,
    names: &HashMap<Id, String>,
    day: i64,
) -> (String, Html, Html, Html) {
    let what = decision.promise_what.clone().unwrap_or_default();
    let title = format!("D-{} · {what}", decision.number);
    let due = decision.promise_due_day.unwrap_or(day);
    let owner = decision.promise_body.and_then(|body| names.get(&body)).cloned();
    let owner = owner.unwrap_or_else(|| t.say("actions-body-none"));
    let take = t.say("actions-take-up");
    let fields = Html::join([
        hidden("decision", &decision.id.to_string()),
        button(&Button::new(&take, Kind::Other)),
    ]);
    let to = visitor.link("/desk/tasks/promise");
    let acts = if super::forms::may_do(visitor) {
        form(t, &Form::post(&to, visitor.csrf()), &fields)
    } else {
        Html::none()
    };
    (title, parts::due_tag(t, due, day), text(&owner), acts)
}

/// Tasks as rows, each with the tap that takes it on.
pub async fn list(house: &House, visitor: &Visitor, tasks: &[Task]) -> Result<Html, Trouble> {
    let t = visitor.tongue();
    let day = today(house);
    let holders: Vec<Id> = tasks.iter().filter_map(|task| task.holder).collect();
    let members = crate::people::member_names(house, &holders).await?;
    let bodies = promises::body_names(house).await?;
    let actor = Actor::of(visitor);
    let shown: Vec<(String, String, Html, Html, Html)> = tasks
        .iter()
        .map(|task| {
            let note = note(house, t, task, &members, &bodies);
            let acts = super::forms::one_tap(visitor, task, &actor);
            let to = visitor.link(&format!("/desk/tasks/{}", task.id));
            (parts::title(t, task), to, parts::tags(t, task, day), text(&note), acts)
        })
        .collect();
    let rowed: Vec<Row<'_>> = shown
        .iter()
        .map(|(title, href, tags, note, acts)| Row {
            title,
            href,
            tags: tags.clone(),
            note: note.clone(),
            acts: acts.clone(),
        })
        .collect();
    Ok(rows(&rowed))
}

fn note(
    house: &House,
    t: Tongue,
    task: &Task,
    members: &HashMap<Id, String>,
    bodies: &HashMap<Id, String>,
) -> String {
    let body = task.body.and_then(|id| bodies.get(&id)).cloned();
    let holder = task
        .holder
        .map(|id| members.get(&id).cloned().unwrap_or_else(|| t.say("actions-member-former")));
    let body = body.unwrap_or_else(|| t.say("actions-body-none"));
    let area = parts::area_name(house, t, task.area);
    [Some(body), holder, Some(area)].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}
