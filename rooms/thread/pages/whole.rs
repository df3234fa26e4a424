//! The thread from its other ends: a need, a decision and a task, each with the way it is on,
//! walked forwards to what arrived and back to the voices it is for. It shows no voice, no number
//! and no count of people below five.

use axum::extract::{Path, State};
use page::components::button::{Kind, buttons, link_button};
use page::components::empty::empty;
use page::components::icon::Icon;
use page::components::row::{Row, pager, rows};
use page::{Html, text};
use record::Id;

use super::follow::picture;
use super::{Asked, asked, h1, h2, say, soft};
use crate::actions::{self, Task};
use crate::decisions::{self, Decision};
use crate::door::{House, Shown, Trouble, Visitor};
use crate::funds;
use crate::needs::{self, Need};
use crate::resources;
use crate::thread::queries::along;
use crate::thread::rules::way::{Moments, need_way};

/// Decisions on one page.
const PAGE_DECISIONS: i64 = 20;

/// `GET /needs`.
pub(super) async fn all_needs(
    State(house): State<House>,
    visitor: Visitor,
    query: Asked,
) -> Result<Shown, Trouble> {
    let t = visitor.tongue();
    let area: Option<Id> = asked(&query, "area").parse().ok();
    let after = match asked(&query, "after").parse::<i64>() {
        Ok(number) => needs::by_number(&house, number).await?,
        Err(_) => None,
    };
    let all = needs::public_list(&house, area, after.as_ref()).await?;
    let title = t.say("thread-needs");
    let mut body = h1(&text(&title));
    body.push(&say(t, "thread-needs-lead"));
    if all.is_empty() {
        let next = t.say("thread-needs-none-next");
        body.push(&empty(Icon::Search, &t.say("thread-needs-none"), &next, &Html::none()));
    } else {
        body.push(&need_rows(&visitor, &all));
        let full = i64::try_from(all.len()).unwrap_or(0) >= needs::queries::PAGE_NEEDS;
        let next = all.last().filter(|_| full).map(|last| {
            let area = area.map(|id| format!("&area={id}")).unwrap_or_default();
            visitor.link(&format!("/needs?after={}{area}", last.number))
        });
        body.push(&pager(t, None, next.as_deref()));
    }
    if let Some(area) = area {
        body.push(&needs::silent_part(&house, &visitor, area).await?);
    }
    Ok(Shown::street(title, body))
}

/// Needs as rows, each leading to its page.
pub(super) fn need_rows(visitor: &Visitor, all: &[Need]) -> Html {
    let t = visitor.tongue();
    let shown: Vec<(String, String, Html)> = all
        .iter()
        .map(|need| {
            let to = visitor.link(&format!("/need/{}", need.number));
            (needs::title_line(t, need), to, needs::tags(t, need))
        })
        .collect();
    let rowed: Vec<Row<'_>> = shown
        .iter()
        .map(|(title, href, tags)| Row {
            title,
            href,
            tags: tags.clone(),
            note: Html::none(),
            acts: Html::none(),
        })
        .collect();
    rows(&rowed)
}

/// `GET /need/{number}`.
pub(super) async fn need(
    State(house): State<House>,
    visitor: Visitor,
    Path(number): Path<i64>,
) -> Result<Shown, Trouble> {
    let t = visitor.tongue();
    let need = needs::by_number(&house, number).await?.filter(|need| need.published);
    let need = need.ok_or(Trouble::NotFound)?;
    let title = needs::title_line(t, &need);
    let heading = format!("{} {}", t.say("knot-need"), needs::number_said(&need));
    let mut body = h1(&text(&heading));
    body.push(&needs::public_part(&house, &visitor, &need).await?);
    body.push(&way(&house, &visitor, &need).await?);
    let decided = decisions::of_need(&house, need.id).await?;
    let heading = "thread-need-decisions";
    body.push(&decision_list(&house, &visitor, &decided, heading).await?);
    let tasks = actions::tasks_of_need(&house, need.id).await?;
    body.push(&task_list(&house, &visitor, &tasks).await?);
    body.push(&resources::need_part(&house, &visitor, need.id).await?);
    body.push(&funds::of_need_part(&house, &visitor, need.id).await?);
    body.push(&actions::public_answers(&house, &visitor, &need).await?);
    let speak = match need.area {
        Some(area) => format!("/say?area={area}"),
        None => "/say".to_owned(),
    };
    let speak = visitor.link(&speak);
    body.push(&say(t, "thread-need-yours"));
    body.push(&buttons([link_button(
        &speak,
        &t.say("thread-front-say"),
        Kind::Other,
        Some(Icon::Speak),
    )]));
    Ok(Shown::street(title, body))
}

/// The way of a need as a picture.
async fn way(house: &House, visitor: &Visitor, need: &Need) -> Result<Html, Trouble> {
    let at = Moments { now_ms: house.now_ms(), ..Moments::default() };
    let knots = need_way(&along(house, need).await?, &at);
    Ok(picture(visitor, &knots, &house.city().name))
}

/// `GET /decisions`.
pub(super) async fn all_decisions(
    State(house): State<House>,
    visitor: Visitor,
    query: Asked,
) -> Result<Shown, Trouble> {
    let t = visitor.tongue();
    let before = asked(&query, "before").parse::<i64>().unwrap_or(i64::MAX);
    let all = decisions::newest_resolved(&house, before, PAGE_DECISIONS).await?;
    let title = t.say("thread-decisions");
    let mut body = h1(&text(&title));
    body.push(&say(t, "thread-decisions-lead"));
    if all.is_empty() {
        let next = t.say("thread-power-none-next");
        body.push(&empty(Icon::Decide, &t.say("thread-power-none"), &next, &Html::none()));
        return Ok(Shown::street(title, body));
    }
    body.push(&decision_lines(&house, &visitor, &all).await?);
    let full = i64::try_from(all.len()).unwrap_or(0) >= PAGE_DECISIONS;
    let next = all.last().filter(|_| full);
    let next = next.map(|last| visitor.link(&format!("/decisions?before={}", last.number)));
    body.push(&pager(t, None, next.as_deref()));
    Ok(Shown::street(title, body))
}

/// Decisions, each in a line that leads to its page.
pub(super) async fn decision_lines(
    house: &House,
    visitor: &Visitor,
    all: &[Decision],
) -> Result<Html, Trouble> {
    let mut lines = Html::none();
    for decision in all {
        let line = decisions::public_line(house, visitor, decision).await?;
        lines.push(&Html(format!("<li>{line}</li>")));
    }
    Ok(Html(format!("<ul class=rows>{lines}</ul>")))
}

async fn decision_list(
    house: &House,
    visitor: &Visitor,
    all: &[Decision],
    heading: &str,
) -> Result<Html, Trouble> {
    let resolved: Vec<Decision> =
        all.iter().filter(|decision| decision.resolved_ms.is_some()).cloned().collect();
    if resolved.is_empty() {
        return Ok(Html::none());
    }
    let mut out = h2(visitor.tongue(), heading);
    out.push(&decision_lines(house, visitor, &resolved).await?);
    Ok(out)
}

async fn task_list(house: &House, visitor: &Visitor, tasks: &[Task]) -> Result<Html, Trouble> {
    if tasks.is_empty() {
        return Ok(Html::none());
    }
    let mut out = h2(visitor.tongue(), "thread-tasks");
    out.push(&actions::public_list(house, visitor, tasks).await?);
    Ok(out)
}

/// `GET /decision/{number}`.
pub(super) async fn decision(
    State(house): State<House>,
    visitor: Visitor,
    Path(number): Path<i64>,
) -> Result<Shown, Trouble> {
    let decision = decisions::by_number(&house, number).await?.ok_or(Trouble::NotFound)?;
    let title = format!("{} {}", decision.shown_number(), decision.title);
    let mut body = h1(&Html(format!("<bdi>{}</bdi>", text(&title))));
    body.push(&decisions::public_part(&house, &visitor, &decision).await?);
    body.push(&voices_behind(&house, &visitor, &decision.needs).await?);
    let tasks = actions::tasks_of_decision(&house, decision.id).await?;
    body.push(&task_list(&house, &visitor, &tasks).await?);
    body.push(&funds::of_decision_part(&house, &visitor, decision.id).await?);
    Ok(Shown::street(title, body))
}

/// Back from a decision or a task to the needs it is for, each with how many voices at least.
async fn voices_behind(house: &House, visitor: &Visitor, ids: &[Id]) -> Result<Html, Trouble> {
    let t = visitor.tongue();
    let mut shown = Vec::new();
    for id in ids {
        let need = needs::need(house, *id).await?;
        shown.extend(need.filter(|need| need.published));
    }
    if shown.is_empty() {
        return Ok(Html::none());
    }
    let mut out = h2(t, "thread-behind");
    out.push(&need_rows(visitor, &shown));
    for need in &shown {
        let counts = needs::public_counts(house, need.id).await?;
        let voices = super::figures::at_least(t, counts.voices);
        let args = [("number", needs::number_said(need).into()), ("voices", voices.into())];
        out.push(&soft(&t.with("thread-behind-voices", &args)));
    }
    Ok(out)
}

/// `GET /task/{number}`.
pub(super) async fn task(
    State(house): State<House>,
    visitor: Visitor,
    Path(number): Path<i64>,
) -> Result<Shown, Trouble> {
    let t = visitor.tongue();
    let task = actions::by_number(&house, number).await?.ok_or(Trouble::NotFound)?;
    let title = actions::title(t, &task);
    let mut body = h1(&Html(format!("<bdi>{}</bdi>", text(&title))));
    body.push(&actions::public_part(&house, &visitor, &task).await?);
    if let Some(id) = task.decision {
        let decision = decisions::decision(&house, id).await?;
        let heading = "thread-task-promised";
        let promised = decision.as_slice();
        body.push(&decision_list(&house, &visitor, promised, heading).await?);
    }
    body.push(&voices_behind(&house, &visitor, &task.needs).await?);
    Ok(Shown::street(title, body))
}
