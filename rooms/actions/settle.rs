//! Settling: what the published rule says of each need about which somebody said YES or NO, or a
//! meeting was asked. What waits lies in a drawer until it was done; doing it twice, or in two
//! processes at once, changes nothing. It never learns who said it.

use record::{DAY_MS, Id};
use store::{Change, Decision, Known};

use super::acts::numbered;
use super::queries::{self, day_at, open_committee, today};
use super::rules::{self, Asked, Counts, NEXT_STEP_DAYS, Settling};
use super::views::{COMMITTEE, Task};
use crate::decisions;
use crate::door::{House, Trouble};
use crate::needs::{self, Need};
use crate::voices::notices::{self, Unsettled};
use crate::voices::queries::{counts_of_need, noes_of_need};

/// While people are still being asked, a need is looked at again after this (milliseconds).
const ASKING_MS: i64 = 60 * 1000;

/// Settles every need that waits for it. Returns how many were opened again or closed.
///
/// # Errors
/// When the store fails; what was not settled waits on.
pub async fn settle(house: &House) -> Result<usize, Trouble> {
    let mut moved = 0;
    for taken in notices::unsettled(house).await? {
        match settle_one(house, &taken).await {
            Ok(done) => moved += usize::from(done),
            Err(error) => {
                // One that cannot be settled must not hold up the others.
                tracing::warn!(%error, need = %taken.need, "a need could not be settled yet");
                let later = notices::settle_later(&taken, house.now_ms() + ASKING_MS);
                house.store().run(vec![later]).await?;
            }
        }
    }
    Ok(moved)
}

async fn settle_one(house: &House, taken: &Unsettled) -> Result<bool, Trouble> {
    let now = house.now_ms();
    let (verdict, need, tasks) = match judged(house, taken.need).await? {
        Some(judged) => judged,
        None => (Settling::NotConfirmed, Need::default(), Vec::new()),
    };
    let (done, next) = match verdict {
        Settling::Reopen => (reopen(house, &need, &tasks, taken.said_ms).await?, None),
        // Not while others are still to be asked: they may say NO.
        Settling::Close if notices::is_owed(house, need.id).await? => {
            (false, Some(now + ASKING_MS))
        }
        Settling::Close => (close(house, need.id).await?, None),
        Settling::WaitUntil(at_ms) => (false, Some(at_ms)),
        Settling::NotConfirmed => (false, None),
    };
    let then = match next {
        Some(at_ms) => notices::settle_later(taken, at_ms),
        None => notices::settled(taken),
    };
    house.store().run(vec![then]).await?;
    Ok(done)
}

/// What the rule says of a need, with the need and its tasks; none when there is no such need.
async fn judged(house: &House, id: Id) -> Result<Option<(Settling, Need, Vec<Task>)>, Trouble> {
    let Some(need) = needs::need(house, id).await? else { return Ok(None) };
    let tasks = queries::tasks_of_need(house, id).await?;
    let counts = counts(house, &need, &tasks).await?;
    let delivery = delivery(&need, &tasks);
    let verdict = match delivery {
        Some(delivery) => rules::settle(&counts, house.now_ms(), delivery.done_ms.unwrap_or(0)),
        // Nobody says that the need was met: there is nothing to close, only a NO to hear.
        None if counts.no > 0 && need.status != "withdrawn" => Settling::Reopen,
        None => Settling::NotConfirmed,
    };
    Ok(Some((verdict, need, tasks)))
}

/// The task by which a need was last said to be met, while it is said so.
pub(crate) fn delivery<'a>(need: &Need, tasks: &'a [Task]) -> Option<&'a Task> {
    let said = matches!(need.status.as_str(), "delivered" | "closed");
    tasks.iter().find(|task| said && need.task == Some(task.id) && task.status == "delivered")
}

/// What was answered about a need.
async fn counts(house: &House, need: &Need, tasks: &[Task]) -> Result<Counts, Trouble> {
    let told = counts_of_need(house, need.id).await?;
    let delivery = delivery(need, tasks);
    let no = if told.no == 0 {
        0
    } else {
        // Those who said NO before the last delivery are being asked again: until that is done,
        // only what is said about this one counts.
        let asking = notices::is_owed(house, need.id).await?;
        noes_of_need(house, need.id, delivery.map(|task| task.id), asking).await?
    };
    Ok(Counts {
        asked: told.asked,
        yes: told.yes,
        no,
        hands: delivery.and_then(|task| task.hands),
        by_assembly: need.confirmed_how.as_deref() == Some("assembly"),
    })
}

/// The need is open again, and the body that owns it has a task until the day that whoever said NO
/// was told. One that is still to be done is enough.
async fn reopen(house: &House, need: &Need, tasks: &[Task], said_ms: i64) -> Result<bool, Trouble> {
    let owes = open_committee(tasks).map(|task| task.id);
    let nth = tasks.iter().filter(|task| task.kind == COMMITTEE).count();
    // The same id for every process that settles it: the second finds it there.
    let id = Id::named("committee's task", &format!("{}/{nth}", need.id));
    let due_day = day_at(house, said_ms + NEXT_STEP_DAYS * DAY_MS);
    let today = today(house);
    let asked = Asked {
        kind: COMMITTEE.to_owned(),
        needs: vec![need.id],
        decision: need.decision,
        body: owner(house, need, tasks).await?,
        // A node that was away for days owes the step at once.
        due_day: due_day.max(today),
        area: need.area,
        ..Asked::default()
    };
    let (need, before) = (need.id, need.status.clone());
    let ended = matches!(before.as_str(), "delivered" | "closed");
    if !ended && owes.is_some() {
        return Ok(false);
    }
    let decide = move |number: i64| {
        let asked = asked.clone();
        move |known: &Known| {
            let now = Need::fold(need, known.of(need));
            let ended = matches!(now.status.as_str(), "delivered" | "closed");
            let mut decision = Decision::default();
            if ended {
                let why = "said_not_done";
                decision.drafts.extend(needs::drafts::reopened(need, known.of(need), why, None)?);
            }
            let still = owes.is_some_and(|owes| Task::fold(owes, known.of(owes)).is_open());
            if !still {
                decision.drafts.extend(rules::set(id, known.of(id), number, &asked, today, None)?);
            }
            Ok(decision)
        }
    };
    let entities: Vec<Id> = [need, id].into_iter().chain(owes).collect();
    numbered(house, id, |number| Change::on(entities.clone(), decide(number))).await?;
    Ok(true)
}

/// Who owns what comes next: whoever said that it arrived, or else whoever promised it.
async fn owner(house: &House, need: &Need, tasks: &[Task]) -> Result<Option<Id>, Trouble> {
    let last = tasks.iter().find(|task| Some(task.id) == need.task);
    if let Some(body) = last.and_then(|task| task.body) {
        return Ok(Some(body));
    }
    let Some(decision) = need.decision else { return Ok(need.confirmed_by) };
    let decision = decisions::decision(house, decision).await?;
    Ok(decision.and_then(|decision| decision.promise_body).or(need.confirmed_by))
}

async fn close(house: &House, need: Id) -> Result<bool, Trouble> {
    let Some((_, row, tasks)) = judged(house, need).await? else { return Ok(false) };
    if row.status != "delivered" {
        return Ok(false);
    }
    let counts = counts(house, &row, &tasks).await?;
    let hands = counts.hands.unwrap_or_default();
    let said = (counts.asked + hands.asked, counts.yes + hands.yes, counts.no + hands.no);
    let task = row.task;
    let change = Change::on(vec![need], move |known| {
        let now = Need::fold(need, known.of(need));
        // It was delivered again or opened meanwhile: the rule is asked anew.
        let same = now.status == "delivered" && now.task == task;
        let drafts = match same {
            true => needs::drafts::closed(need, known.of(need), said, None)?,
            false => Vec::new(),
        };
        Ok(Decision { drafts, ..Decision::default() })
    });
    house.store().append(change).await?;
    Ok(true)
}
