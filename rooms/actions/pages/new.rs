//! `/desk/tasks/new`: a task by itself or for a need; and the one tap by which a decision's promise
//! becomes one.

use axum::extract::{Query, State};
use page::Html;
use page::components::button::{Button, Kind, button, buttons};
use page::components::field::{self, Field};
use page::components::form::{Form, form};
use record::{Id, Refusal};
use serde::Deserialize;

use super::forms;
use super::parts::{self, Asked, id_of};
use crate::actions::queries::today;
use crate::actions::rules::{self, WHAT_CHARS_MAX};
use crate::actions::views::DO;
use crate::actions::{acts, promises};
use crate::door::{House, Moved, Sent, Shown, Trouble, Visitor};
use crate::needs::{self, Need};

/// A task is due after so many days when nothing else is said.
const DUE_DAYS: i64 = 7;

/// A new task.
#[derive(Debug, Deserialize)]
pub struct TaskSent {
    what: String,
    #[serde(default)]
    need: String,
    #[serde(default)]
    body: String,
    #[serde(default)]
    due: String,
}

/// A promise to take up.
#[derive(Debug, Deserialize)]
pub struct PromiseSent {
    decision: String,
}

/// The form.
pub async fn page(
    State(house): State<House>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Shown, Trouble> {
    let t = visitor.tongue();
    let typed = asked.need.clone().unwrap_or_default();
    let need = need_of(&house, &typed).await.unwrap_or(None);
    let what = need.as_ref().map(|need| need.title.clone()).unwrap_or_default();
    let what: String = what.chars().take(WHAT_CHARS_MAX).collect();
    let (label, hint) = (t.say("actions-what"), t.say("actions-what-hint"));
    let what = Field {
        name: "what",
        label: &label,
        hint: &hint,
        value: &what,
        required: true,
        length_max: Some(WHAT_CHARS_MAX),
        ..Field::default()
    };
    let number = need.as_ref().map(|need| format!("N-{}", need.number)).unwrap_or(typed);
    let (label, hint) = (t.say("actions-need"), t.say("actions-need-hint"));
    let needed = Field {
        name: "need",
        label: &label,
        hint: &hint,
        value: &number,
        length_max: Some(12),
        ..Field::default()
    };
    let fields = Html::join([
        field::line(t, &what),
        field::line(t, &needed),
        forms::body_field(&house, t, None).await?,
        forms::due_field(t, today(&house) + DUE_DAYS),
        buttons([button(&Button::new(&t.say("actions-set"), Kind::Main))]),
    ]);
    let to = visitor.link("/desk/tasks/new");
    let body = Html::join([
        parts::line(&t.say("actions-new-lead")),
        form(t, &Form::post(&to, visitor.csrf()), &fields),
    ]);
    Ok(parts::shown(&visitor, &t.say("actions-new"), &asked, body))
}

/// The need that was typed by its number: `N-88`, or 88; none when nothing was typed.
async fn need_of(house: &House, typed: &str) -> Result<Option<Need>, Trouble> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(None);
    }
    let digits = typed.trim_start_matches(['N', 'n', '-', ' ']);
    let number: i64 = digits.parse().unwrap_or(0);
    let need = if number > 0 { needs::by_number(house, number).await? } else { None };
    Ok(Some(need.ok_or(Refusal::new("task-need-unknown").status(404))?))
}

/// A task is set.
pub async fn set(
    State(house): State<House>,
    visitor: Visitor,
    Sent(sent): Sent<TaskSent>,
) -> Result<Moved, Trouble> {
    let need = need_of(&house, &sent.need).await?;
    let body: Option<Id> = match sent.body.trim() {
        "" => None,
        typed => Some(id_of(typed)?),
    };
    let asked = rules::Asked {
        what: sent.what,
        kind: DO.to_owned(),
        decision: None,
        needs: need.into_iter().map(|need| need.id).collect(),
        body,
        due_day: super::doing::day_sent(&sent.due)?,
        area: None,
        at_once: false,
    };
    let id = acts::set(&house, asked, visitor.author()).await?;
    Ok(Moved(visitor.link(&format!("/desk/tasks/{id}?done=set"))))
}

/// A decision's promise is taken up.
pub async fn take_up(
    State(house): State<House>,
    visitor: Visitor,
    Sent(sent): Sent<PromiseSent>,
) -> Result<Moved, Trouble> {
    let id = promises::take_up(&house, id_of(&sent.decision)?, visitor.author()).await?;
    Ok(Moved(visitor.link(&format!("/desk/tasks/{id}?done=set"))))
}
