//! What is done with tasks, from whichever page: the rule is asked, what it answers is appended
//! with what it means for needs and decisions, and those who spoke are told. It decides nothing
//! itself, and no word of what somebody told us leaves by it.

use record::{Draft, Id, Record, Refusal};
use store::{AppendError, Change, Decision, Known, Name};

use super::queries::{self, open_committee, today};
use super::records::{TaskDelivered, TaskPromised};
use super::rules::{self, Actor, Asked};
use super::views::{Hands, PROMISE};
use crate::door::{House, Role, Trouble, Visitor};
use crate::voices::notices::{self, Notice};
use crate::{decisions, needs, people};

/// Roles that coordinate: they may act for every body.
const COORDINATORS: [Role; 3] = [Role::Steward, Role::Operator, Role::Facilitator];
/// How often a number is tried again when another process took it.
const NUMBER_TRIES_MAX: usize = 16;
/// Longest name of a body in an SMS, in characters.
pub const SMS_BODY_CHARS_MAX: usize = 36;

impl Actor {
    /// Whoever asks.
    #[must_use]
    pub fn of(visitor: &Visitor) -> Actor {
        Actor {
            id: visitor.author(),
            bodies: visitor.member().map(|member| member.bodies.clone()).unwrap_or_default(),
            coordinates: COORDINATORS.iter().any(|role| visitor.is(*role)),
        }
    }
}

/// A task is set, by itself, for needs, or for a decision's promise. Whoever spoke of a need on
/// which nobody worked yet is told who does now, and until when.
///
/// # Errors
/// As the rule refuses; a need or body is unknown.
pub async fn set(house: &House, mut asked: Asked, by: Option<Id>) -> Result<Id, Trouble> {
    needs::fit_in_house(house, &asked.what).await?;
    let id = Id::fresh(house.now_ms());
    let body = body_name(house, asked.body).await?;
    if asked.body.is_some() && body.is_none() {
        return Err(Refusal::new("task-body-unknown").into());
    }
    for need in &asked.needs {
        let known = needs::need(house, *need).await?;
        let known = known.ok_or(Refusal::new("task-need-unknown").status(404))?;
        asked.area = asked.area.or(known.area);
    }
    let day = today(house);
    numbered(house, id, |number| {
        let (ours, asked, body) = (house.clone(), asked.clone(), body.clone());
        let entities = [vec![id], asked.needs.clone()].concat();
        Change::on(entities, move |known| {
            let drafts = rules::set(id, known.of(id), number, &asked, day, by)?;
            let mut decision = Decision { drafts, ..Decision::default() };
            for need in &asked.needs {
                let before = needs::Need::fold(*need, known.of(*need)).status;
                let due = Some(asked.due_day);
                let taken_on =
                    needs::drafts::in_progress(*need, known.of(*need), id, body.clone(), due, by);
                let Some(drafts) = unless_gone(taken_on)? else { continue };
                decision.drafts.extend(drafts);
                // Who was told by the decision, or by a task before, is not told twice.
                if asked.kind != PROMISE && !asked.at_once && before != "in_progress" {
                    let notice = in_progress(*need, id, body.clone(), asked.due_day);
                    notices::owe(&mut decision, &ours, &notice);
                }
            }
            Ok(decision)
        })
    })
    .await?;
    Ok(id)
}

fn in_progress(need: Id, task: Id, body: Option<String>, due_day: i64) -> Notice {
    let (key, args) = match &body {
        Some(body) => ("sms-task-set", vec![("who".to_owned(), short(body))]),
        None => ("sms-task-set-nobody", Vec::new()),
    };
    Notice {
        need,
        about: task,
        standing: "in_progress".to_owned(),
        key: key.to_owned(),
        args,
        body,
        due_day: Some(due_day),
    }
}

/// Does an act that needs the next free number of a task; another process may take it first.
pub(crate) async fn numbered(
    house: &House,
    id: Id,
    make: impl Fn(i64) -> Change,
) -> Result<(), Trouble> {
    let mut number = 0;
    for _ in 0..NUMBER_TRIES_MAX {
        number = queries::highest(house).await?.max(number) + 1;
        let key = house.vault().keyed("task-number", &number.to_be_bytes());
        let change = make(number).claiming(Name { space: "task-number", key }, id);
        match house.store().append(change).await {
            Err(AppendError::Taken { space: "task-number", .. }) => {}
            Err(error) => return Err(error.into()),
            Ok(_) => return Ok(()),
        }
    }
    Err(Trouble::broken("no number is free for a task"))
}

/// The drafts of a need, unless it was closed or withdrawn meanwhile: then nothing is said of it.
pub(crate) fn unless_gone(
    drafts: Result<Vec<Draft>, Refusal>,
) -> Result<Option<Vec<Draft>>, Refusal> {
    match drafts {
        Err(gone) if ["need-closed", "need-withdrawn"].contains(&gone.code) => Ok(None),
        drafts => drafts.map(Some),
    }
}

/// The name of a body; none when there is none of this id.
pub(crate) async fn body_name(house: &House, body: Option<Id>) -> Result<Option<String>, Trouble> {
    let Some(id) = body else { return Ok(None) };
    let all = people::bodies(house).await?;
    Ok(all.into_iter().find(|body| body.id == id).map(|body| body.name))
}

/// A name as it stands in an SMS: whole words, as many as have room.
pub(crate) fn short(name: &str) -> String {
    if name.chars().count() <= SMS_BODY_CHARS_MAX {
        return name.to_owned();
    }
    let mut kept = String::new();
    for word in name.split_whitespace() {
        let length = kept.chars().count() + word.chars().count() + 1;
        if length > SMS_BODY_CHARS_MAX {
            break;
        }
        if !kept.is_empty() {
            kept.push(' ');
        }
        kept.push_str(word);
    }
    if kept.is_empty() { name.chars().take(SMS_BODY_CHARS_MAX).collect() } else { kept }
}

async fn on_task(
    house: &House,
    id: Id,
    rule: impl Fn(&[Record]) -> Result<Vec<Draft>, Refusal> + Send + Sync + 'static,
) -> Result<(), Trouble> {
    let change = Change::on(vec![id], move |known| {
        Ok(Decision { drafts: rule(known.of(id))?, ..Decision::default() })
    });
    house.store().append(change).await?;
    Ok(())
}

/// A member takes a task on.
///
/// # Errors
/// As the rule refuses.
pub async fn claim(house: &House, id: Id, actor: Actor) -> Result<(), Trouble> {
    on_task(house, id, move |records| rules::claim(id, records, &actor)).await
}

/// Whoever has it lets it go.
///
/// # Errors
/// As the rule refuses.
pub async fn release(house: &House, id: Id, actor: Actor) -> Result<(), Trouble> {
    on_task(house, id, move |records| rules::release(id, records, &actor)).await
}

/// It goes to another member.
///
/// # Errors
/// As the rule refuses.
pub async fn hand_over(house: &House, id: Id, to: Id, actor: Actor) -> Result<(), Trouble> {
    let here = people::is_here(house, to).await?;
    on_task(house, id, move |records| rules::hand_over(id, records, to, here, &actor)).await
}

/// It will not be done.
///
/// # Errors
/// As the rule refuses.
pub async fn drop(house: &House, id: Id, reason: String, actor: Actor) -> Result<(), Trouble> {
    needs::fit_in_house(house, &reason).await?;
    on_task(house, id, move |records| rules::drop(id, records, &reason, &actor)).await
}

/// Something arrived: the task ends, its needs are delivered, its decision's promise is kept, and
/// everybody who spoke of them is asked whether it arrived. All of it, or nothing. Returns whether
/// anybody is asked.
///
/// # Errors
/// As the rule refuses.
pub async fn deliver(
    house: &House,
    id: Id,
    delivered: TaskDelivered,
    actor: Actor,
) -> Result<bool, Trouble> {
    let task = queries::task(house, id).await?.ok_or(Trouble::NotFound)?;
    let body = body_name(house, task.body).await?;
    for words in [&delivered.what, &delivered.much, &delivered.how] {
        needs::fit_in_house(house, words).await?;
    }
    let delivered = TaskDelivered { day: today(house), ..delivered };
    let owed = owed_steps(house, &task.needs, id).await?;
    let promise = task.decision.filter(|_| task.kind == PROMISE);
    let entities = [vec![id], task.needs.clone(), owed.clone(), promise.into_iter().collect()];
    let (ours, asks) = (house.clone(), !task.needs.is_empty());
    let change = Change::on(entities.concat(), move |known| {
        let (drafts, said) = rules::deliver(id, known.of(id), &delivered, &actor)?;
        let mut decision = Decision { drafts, ..Decision::default() };
        for other in &owed {
            decision.drafts.extend(rules::met(*other, known.of(*other), id, actor.id));
        }
        for need in &task.needs {
            let arrived = (id, said.what.as_str(), body.clone());
            arrives(&mut decision, (&ours, known), *need, arrived, actor.id)?;
        }
        if let Some(promise) = promise {
            decision.drafts.extend(decisions::drafts::kept(
                promise,
                known.of(promise),
                id,
                actor.id,
            )?);
        }
        Ok(decision)
    });
    house.store().append(change).await?;
    Ok(asks)
}

/// A delivery says of a need that it was met, unless it is gone; everybody who spoke of it is owed
/// the question whether it arrived.
fn arrives(
    decision: &mut Decision,
    (house, known): (&House, &Known),
    need: Id,
    (task, what, body): (Id, &str, Option<String>),
    by: Option<Id>,
) -> Result<(), Refusal> {
    let drafts = needs::drafts::delivered(need, known.of(need), task, by);
    let Some(drafts) = unless_gone(drafts)? else { return Ok(()) };
    decision.drafts.extend(drafts);
    let notice = Notice {
        need,
        about: task,
        standing: "delivered".to_owned(),
        key: "sms-did-it-arrive".to_owned(),
        args: vec![("what".to_owned(), what.to_owned())],
        body,
        due_day: None,
    };
    notices::owe(decision, house, &notice);
    Ok(())
}

/// What is done already is set and delivered as a task of its own, with what `beside` writes when
/// the task has that id: all of it, or nothing. `beside` says also whether this member may.
///
/// # Errors
/// As `beside` refuses, and the rules of setting and delivering.
pub async fn deliver_at_once(
    house: &House,
    (asked, delivered): (Asked, TaskDelivered),
    (others, beside): (
        Vec<Id>,
        impl Fn(&Known, Id) -> Result<Vec<Draft>, Refusal> + Clone + Send + Sync + 'static,
    ),
    by: Option<Id>,
) -> Result<(), Trouble> {
    for words in [&asked.what, &delivered.what, &delivered.how] {
        needs::fit_in_house(house, words).await?;
    }
    let id = Id::fresh(house.now_ms());
    let (day, body) = (today(house), body_name(house, asked.body).await?);
    let owed = owed_steps(house, &asked.needs, id).await?;
    let entities = [vec![id], others, asked.needs.clone(), owed.clone()].concat();
    let delivered = TaskDelivered { day, ..delivered };
    numbered(house, id, |number| {
        let (ours, body, owed, beside) =
            (house.clone(), body.clone(), owed.clone(), beside.clone());
        let said = (asked.clone(), delivered.clone());
        Change::on(entities.clone(), move |known| {
            let mut drafts = beside(known, id)?;
            let (set, arrived) = rules::set_done(id, number, (&said.0, &said.1), day, by)?;
            drafts.extend(set);
            drafts
                .extend(owed.iter().flat_map(|other| rules::met(*other, known.of(*other), id, by)));
            let mut decision = Decision { drafts, ..Decision::default() };
            for need in &said.0.needs {
                let about = (id, arrived.what.as_str(), body.clone());
                arrives(&mut decision, (&ours, known), *need, about, by)?;
            }
            Ok(decision)
        })
    })
    .await
}

/// Committee's tasks for these needs that are still to be done: what arrives answers them.
async fn owed_steps(house: &House, needs: &[Id], own: Id) -> Result<Vec<Id>, Trouble> {
    let mut owed = Vec::new();
    for need in needs {
        let of_need = queries::tasks_of_need(house, *need).await?;
        owed.extend(open_committee(&of_need).map(|other| other.id).filter(|other| *other != own));
    }
    owed.sort_unstable();
    owed.dedup();
    Ok(owed)
}

/// It is another body's, which is named to everybody who spoke of its needs.
///
/// # Errors
/// As the rule refuses.
pub async fn refer(house: &House, id: Id, body: String, actor: Actor) -> Result<(), Trouble> {
    needs::fit_in_house(house, &body).await?;
    let task = queries::task(house, id).await?.ok_or(Trouble::NotFound)?;
    let ours = house.clone();
    let change = Change::on([vec![id], task.needs.clone()].concat(), move |known| {
        let drafts = rules::refer(id, known.of(id), &body, &actor)?;
        let body = body.split_whitespace().collect::<Vec<_>>().join(" ");
        let mut decision = Decision { drafts, ..Decision::default() };
        for need in &task.needs {
            let drafts = needs::drafts::referred(*need, known.of(*need), &body, actor.id);
            let Some(drafts) = unless_gone(drafts)? else { continue };
            decision.drafts.extend(drafts);
            let notice = Notice {
                need: *need,
                about: id,
                standing: "referred".to_owned(),
                key: "sms-task-referred".to_owned(),
                args: vec![("who".to_owned(), short(&body))],
                body: Some(body.clone()),
                due_day: None,
            };
            notices::owe(&mut decision, &ours, &notice);
        }
        Ok(decision)
    });
    house.store().append(change).await?;
    Ok(())
}

/// The next step is named to everybody who spoke of the need: what, and by which day.
///
/// # Errors
/// As the rule refuses.
pub async fn promise(
    house: &House,
    id: Id,
    promised: TaskPromised,
    actor: Actor,
) -> Result<(), Trouble> {
    let task = queries::task(house, id).await?.ok_or(Trouble::NotFound)?;
    let body = body_name(house, task.body).await?;
    needs::fit_in_house(house, &promised.what).await?;
    let (ours, day) = (house.clone(), today(house));
    let change = Change::on([vec![id], task.needs.clone()].concat(), move |known| {
        let (drafts, promised) = rules::promise(id, known.of(id), &promised, day, &actor)?;
        let mut decision = Decision { drafts, ..Decision::default() };
        for need in &task.needs {
            let (body, due) = (body.clone(), Some(promised.due_day));
            let records = known.of(*need);
            let drafts =
                needs::drafts::in_progress(*need, records, id, body.clone(), due, actor.id);
            let Some(drafts) = unless_gone(drafts)? else { continue };
            decision.drafts.extend(drafts);
            let notice = Notice {
                need: *need,
                about: id,
                standing: "in_progress".to_owned(),
                key: "sms-next-step".to_owned(),
                args: vec![("what".to_owned(), promised.what.clone())],
                body,
                due_day: due,
            };
            notices::owe(&mut decision, &ours, &notice);
        }
        Ok(decision)
    });
    house.store().append(change).await?;
    Ok(())
}

/// Those at a meeting said by hands whether it arrived; the needs are settled by it.
///
/// # Errors
/// As the rule refuses.
pub async fn ask_at_meeting(
    house: &House,
    id: Id,
    hands: Hands,
    by: Option<Id>,
) -> Result<(), Trouble> {
    let task = queries::task(house, id).await?.ok_or(Trouble::NotFound)?;
    let ours = house.clone();
    let change = Change::on(vec![id], move |known: &Known| {
        let drafts = rules::ask_at_meeting(id, known.of(id), hands, by)?;
        let puts = task.needs.iter().map(|need| notices::to_settle(&ours, *need)).collect();
        Ok(Decision { drafts, puts, ..Decision::default() })
    });
    house.store().append(change).await?;
    super::settle(house).await?;
    Ok(())
}
