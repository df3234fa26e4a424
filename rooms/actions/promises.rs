//! Promises of decisions, seen from what was done about them: which wait for a task, and how many
//! were kept, kept late, or are overdue. It never counts a promise as kept because nobody looked.

use std::collections::HashMap;

use record::Id;
use store::{Change, Decision as Act, StoreError, marks};

use super::acts::{body_name, numbered};
use super::queries::{self, COUNTED_MAX, today};
use super::rules::{self, Asked};
use super::views::PROMISE;
use crate::decisions::{self, Decision};
use crate::door::{House, Trouble};
use crate::{needs, people};
use record::Refusal;

/// Promises that wait and are looked at.
const WAITING_MAX: i64 = 500;

/// What became of the city's promises, for its front page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Promises {
    /// Kept in time.
    pub kept: i64,
    /// Kept, after their day.
    pub kept_late: i64,
    /// Still to be kept, the overdue ones among them.
    pub open: i64,
    /// Their day has passed and they are not kept, at most [`COUNTED_MAX`].
    pub overdue: i64,
}

/// What became of the city's promises: by the totals, with those that no task was set for yet.
///
/// # Errors
/// When the store fails.
pub async fn promises(house: &House) -> Result<Promises, StoreError> {
    let figures = queries::figures(house, Id::NONE).await?;
    let day = today(house);
    let bare = to_take_up(house).await?;
    let late = bare.iter().filter(|decision| decision.promise_due_day.is_some_and(|due| due < day));
    let late = i64::try_from(late.count()).unwrap_or(0);
    let overdue = queries::overdue_promises(house, day).await? + late;
    Ok(Promises {
        kept: figures.kept,
        kept_late: figures.kept_late,
        open: figures.open + i64::try_from(bare.len()).unwrap_or(0),
        overdue: overdue.min(COUNTED_MAX),
    })
}

/// Decisions whose promise waits and for which nobody has a task, what falls due first before the
/// others.
///
/// # Errors
/// When the store fails.
pub async fn to_take_up(house: &House) -> Result<Vec<Decision>, StoreError> {
    let mut waiting = decisions::open_promises(house, WAITING_MAX).await?;
    if waiting.is_empty() {
        return Ok(waiting);
    }
    let sql = format!(
        "SELECT decision FROM tasks_1 WHERE decision IN ({}) AND kind = 'promise' AND open = TRUE",
        marks(1, waiting.len())
    );
    let params = waiting.iter().map(|decision| decision.id.into()).collect();
    let rows = house.store().read(&sql, params).await?;
    let taken: Vec<Id> = rows.iter().map(|row| row.id(0)).collect();
    waiting.retain(|decision| !taken.contains(&decision.id));
    Ok(waiting)
}

/// A decision's promise becomes a task of the body that gave it, due on its day. Taking it up twice
/// is no fault. Returns the task.
///
/// # Errors
/// When there is no such decision, or it waits for nothing.
pub async fn take_up(house: &House, decision: Id, by: Option<Id>) -> Result<Id, Trouble> {
    let known = decisions::decision(house, decision).await?.ok_or(Trouble::NotFound)?;
    let (Some(what), Some(due_day), false) =
        (known.promise_what.clone(), known.promise_due_day, known.kept)
    else {
        return Err(Refusal::new("task-no-promise").status(409).into());
    };
    let before = queries::tasks_of_decision(house, decision).await?;
    let before: Vec<_> = before.into_iter().filter(|task| task.kind == PROMISE).collect();
    if let Some(open) = before.iter().find(|task| task.is_open()) {
        return Ok(open.id);
    }
    // The same id for everybody who taps at once: the second finds it there.
    let id = Id::named("promise's task", &format!("{decision}/{}", before.len()));
    let body = body_name(house, known.promise_body).await?;
    let asked = Asked {
        what: what.chars().take(rules::WHAT_CHARS_MAX).collect(),
        kind: PROMISE.to_owned(),
        decision: Some(decision),
        needs: known.needs.clone(),
        body: known.promise_body,
        due_day,
        area: known.area,
        at_once: false,
    };
    let day = today(house);
    numbered(house, id, |number| {
        let (asked, body) = (asked.clone(), body.clone());
        Change::on([vec![id], asked.needs.clone()].concat(), move |known| {
            let drafts = rules::set(id, known.of(id), number, &asked, day, by)?;
            let mut act = Act { drafts, ..Act::default() };
            // Who spoke was told by the decision who does it and by when.
            for need in
                asked.needs.iter().filter(|_| !act.drafts.is_empty()).copied().collect::<Vec<_>>()
            {
                let due = Some(asked.due_day);
                let records = known.of(need);
                let drafts = needs::drafts::in_progress(need, records, id, body.clone(), due, by);
                act.drafts.extend(super::acts::unless_gone(drafts)?.unwrap_or_default());
            }
            Ok(act)
        })
    })
    .await?;
    Ok(id)
}

/// The names of all bodies.
///
/// # Errors
/// When the store fails.
pub(crate) async fn body_names(house: &House) -> Result<HashMap<Id, String>, StoreError> {
    Ok(people::bodies(house).await?.into_iter().map(|body| (body.id, body.name)).collect())
}
