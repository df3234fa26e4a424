//! The rules of this room: who may do what with a task, and the published rule by which a need is
//! settled. Pure: time is an argument. They never see who said YES or NO, only how many.

mod settling;

use record::{Draft, Id, Record, Refusal};

use super::records::{
    TaskAskedAtMeeting, TaskClaimed, TaskDelivered, TaskDropped, TaskHandedOver, TaskMet,
    TaskPromised, TaskReferred, TaskReleased, TaskSet,
};
use super::views::{COMMITTEE, DO, Hands, PROMISE, Task};

use crate::needs::fit_for_public;
pub use settling::{
    ANSWER_DAYS, CLOSE_YES_PERCENT, Counts, NEXT_STEP_DAYS, NO_BATCH_DAYS, NO_BATCH_PEOPLE, Noes,
    Settling, noes_shown, settle,
};

/// Longest name of a task, in characters.
pub const WHAT_CHARS_MAX: usize = 120;
/// Longest name of what arrived, in characters: it stands in an SMS.
pub const ARRIVED_CHARS_MAX: usize = 32;
/// Longest word of how much, in characters.
pub const MUCH_CHARS_MAX: usize = 60;
/// Longest name of a next step, in characters: it stands in an SMS.
pub const STEP_CHARS_MAX: usize = 45;
/// Longest reason, and longest way of bringing, in characters.
pub const REASON_CHARS_MAX: usize = 400;
/// Longest name of a body, in characters.
pub const BODY_CHARS_MAX: usize = 160;
/// Most needs of one task.
pub const NEEDS_MAX: usize = 20;
/// How far ahead a task's day may lie, in days: what lies further on is a slip of the finger.
pub const DUE_DAYS_MAX: i64 = 2 * 366;
/// Most people at one meeting.
pub const HANDS_MAX: i64 = 100_000;

type Drafts = Result<Vec<Draft>, Refusal>;

/// Who acts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Actor {
    /// The member; none for the node itself.
    pub id: Option<Id>,
    /// Bodies they belong to.
    pub bodies: Vec<Id>,
    /// Whether they coordinate: they may act for every body.
    pub coordinates: bool,
}

/// What is asked for with a new task.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// What is to be done.
    pub what: String,
    /// `promise`, `committee` or `do`.
    pub kind: String,
    /// The decision that promised it.
    pub decision: Option<Id>,
    /// The needs it is for.
    pub needs: Vec<Id>,
    /// The body that owns it.
    pub body: Option<Id>,
    /// The last day for it.
    pub due_day: i64,
    /// Where.
    pub area: Option<Id>,
    /// Whether it is done in the same breath: whoever spoke of its needs is asked whether it
    /// arrived, and is not told before that somebody works on it.
    pub at_once: bool,
}

/// The words of a line: cleaned, without breaks, no longer than `most` characters.
///
/// # Errors
/// `task-words-long` when they are longer.
pub fn line(raw: &str, most: usize) -> Result<String, Refusal> {
    let cleaned = words::clean(raw).unwrap_or_default();
    let line = cleaned.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() > most {
        return Err(Refusal::new("task-words-long").naming("most", most));
    }
    Ok(line)
}

/// Words that must be there and may be read by everybody.
///
/// # Errors
/// `empty` when nothing is left; when they are too long, or not fit for everybody to read.
pub fn said(raw: &str, most: usize, empty: &'static str) -> Result<String, Refusal> {
    let line = line(raw, most)?;
    if line.is_empty() {
        return Err(Refusal::new(empty));
    }
    fit_for_public(&line)?;
    Ok(line)
}

/// Words that may be left out, and may be read by everybody.
///
/// # Errors
/// When they are too long, or not fit for everybody to read.
pub fn said_perhaps(raw: &str, most: usize) -> Result<String, Refusal> {
    let line = line(raw, most)?;
    if !line.is_empty() {
        fit_for_public(&line)?;
    }
    Ok(line)
}

fn known(id: Id, records: &[Record]) -> Result<Task, Refusal> {
    let task = Task::fold(id, records);
    if task.number <= 0 {
        return Err(Refusal::new("task-unknown").status(404));
    }
    Ok(task)
}

/// A task that is still to be done, and that this member may act on.
fn theirs(id: Id, records: &[Record], actor: &Actor) -> Result<Task, Refusal> {
    let task = known(id, records)?;
    if !task.is_open() {
        return Err(Refusal::new("task-ended").status(409));
    }
    let own_body = task.body.is_none_or(|body| actor.bodies.contains(&body));
    let holds = actor.id.is_some() && task.holder == actor.id;
    if !(own_body || holds || actor.coordinates) {
        return Err(Refusal::new("task-of-others").status(403));
    }
    Ok(task)
}

/// A task is set. The second time says nothing new.
///
/// # Errors
/// When it says nothing, too much, or what is not for everybody to read; when its day is past or
/// too far; when it is of no known kind.
pub fn set(
    id: Id,
    records: &[Record],
    number: i64,
    asked: &Asked,
    today: i64,
    by: Option<Id>,
) -> Drafts {
    if Task::fold(id, records).number > 0 {
        return Ok(Vec::new());
    }
    if ![PROMISE, COMMITTEE, DO].contains(&asked.kind.as_str()) {
        return Err(Refusal::new("task-kind-unknown"));
    }
    let what = match asked.kind.as_str() {
        COMMITTEE => String::new(),
        _ => said(&asked.what, WHAT_CHARS_MAX, "task-what-empty")?,
    };
    if asked.needs.len() > NEEDS_MAX {
        return Err(Refusal::new("task-needs-many").naming("most", NEEDS_MAX));
    }
    // A promise may be taken up when its day is past already: it is late, and shown so.
    let past = asked.due_day < today && asked.kind != PROMISE;
    if past || asked.due_day > today + DUE_DAYS_MAX {
        return Err(Refusal::new("task-when"));
    }
    let mut needs = asked.needs.clone();
    needs.sort_unstable();
    needs.dedup();
    let set = TaskSet {
        number,
        what,
        kind: asked.kind.clone(),
        decision: asked.decision,
        needs,
        body: asked.body,
        due_day: asked.due_day,
    };
    Ok(vec![Draft::new(id, &set).area(asked.area).by(by)])
}

/// A member takes it on.
///
/// # Errors
/// When it has ended, is another body's, or somebody else has it.
pub fn claim(id: Id, records: &[Record], actor: &Actor) -> Drafts {
    let task = theirs(id, records, actor)?;
    match task.holder {
        Some(holder) if Some(holder) == actor.id => Ok(Vec::new()),
        Some(_) => Err(Refusal::new("task-held").status(409)),
        None => Ok(vec![Draft::new(id, &TaskClaimed {}).area(task.area).by(actor.id)]),
    }
}

/// Whoever has it lets it go, or somebody who coordinates does so for them.
///
/// # Errors
/// When it has ended, or somebody else has it.
pub fn release(id: Id, records: &[Record], actor: &Actor) -> Drafts {
    let task = theirs(id, records, actor)?;
    match task.holder {
        None => Ok(Vec::new()),
        Some(holder) if Some(holder) == actor.id || actor.coordinates => {
            Ok(vec![Draft::new(id, &TaskReleased {}).area(task.area).by(actor.id)])
        }
        Some(_) => Err(Refusal::new("task-held").status(409)),
    }
}

/// It goes to another member; `here` is whether they are one.
///
/// # Errors
/// When it has ended, is another body's, or goes to nobody who is here.
pub fn hand_over(id: Id, records: &[Record], to: Id, here: bool, actor: &Actor) -> Drafts {
    let task = theirs(id, records, actor)?;
    if !here {
        return Err(Refusal::new("task-to-nobody"));
    }
    if task.holder == Some(to) {
        return Ok(Vec::new());
    }
    Ok(vec![Draft::new(id, &TaskHandedOver { to }).area(task.area).by(actor.id)])
}

/// Something arrived. The words are made fit here; what comes back is what was written.
///
/// # Errors
/// When it has ended or is another body's; when it does not say what arrived or how, or says what
/// is not for everybody to read.
pub fn deliver(
    id: Id,
    records: &[Record],
    delivered: &TaskDelivered,
    actor: &Actor,
) -> Result<(Vec<Draft>, TaskDelivered), Refusal> {
    let task = theirs(id, records, actor)?;
    let delivered = worded(delivered)?;
    let draft = Draft::new(id, &delivered).area(task.area).by(actor.id);
    Ok((vec![draft], delivered))
}

/// What is done already is set and delivered in the same breath, for whoever may say so by another
/// rule than a task's own. The words are made fit here; what comes back is what was written.
///
/// # Errors
/// As for [`set`], and for the words of [`deliver`].
pub fn set_done(
    id: Id,
    number: i64,
    (asked, delivered): (&Asked, &TaskDelivered),
    today: i64,
    by: Option<Id>,
) -> Result<(Vec<Draft>, TaskDelivered), Refusal> {
    let delivered = worded(delivered)?;
    let mut drafts = set(id, &[], number, asked, today, by)?;
    drafts.push(Draft::new(id, &delivered).area(asked.area).by(by));
    Ok((drafts, delivered))
}

/// What arrived, and how, in words for everybody to read.
fn worded(delivered: &TaskDelivered) -> Result<TaskDelivered, Refusal> {
    Ok(TaskDelivered {
        what: said(&delivered.what, ARRIVED_CHARS_MAX, "task-arrived-empty")?,
        how: said(&delivered.how, REASON_CHARS_MAX, "task-how-empty")?,
        much: said_perhaps(&delivered.much, MUCH_CHARS_MAX)?,
        day: delivered.day,
    })
}

/// What a committee's task asked for was done under another one: nothing when it has ended.
#[must_use]
pub fn met(id: Id, records: &[Record], by_task: Id, by: Option<Id>) -> Vec<Draft> {
    let task = Task::fold(id, records);
    if task.number <= 0 || !task.is_open() || id == by_task {
        return Vec::new();
    }
    vec![Draft::new(id, &TaskMet { by: by_task }).area(task.area).by(by)]
}

/// It will not be done, and why.
///
/// # Errors
/// When it has ended or is another body's; when no reason is given; when people were told that a
/// next step comes.
pub fn drop(id: Id, records: &[Record], reason: &str, actor: &Actor) -> Drafts {
    let task = theirs(id, records, actor)?;
    if task.kind == COMMITTEE {
        return Err(Refusal::new("task-owed").status(409));
    }
    let reason = said(reason, REASON_CHARS_MAX, "task-reason-empty")?;
    Ok(vec![Draft::new(id, &TaskDropped { reason }).area(task.area).by(actor.id)])
}

/// It is another body's, which is named.
///
/// # Errors
/// When it has ended or is another body's already; when nobody is named.
pub fn refer(id: Id, records: &[Record], body: &str, actor: &Actor) -> Drafts {
    let task = theirs(id, records, actor)?;
    let body = said(body, BODY_CHARS_MAX, "task-refer-to-whom")?;
    Ok(vec![Draft::new(id, &TaskReferred { body }).area(task.area).by(actor.id)])
}

/// The next step is named to those who said that it did not arrive.
///
/// # Errors
/// When it is no committee's task, has ended, is another body's; when it says nothing or its day
/// is past or too far.
pub fn promise(
    id: Id,
    records: &[Record],
    promised: &TaskPromised,
    today: i64,
    actor: &Actor,
) -> Result<(Vec<Draft>, TaskPromised), Refusal> {
    let task = theirs(id, records, actor)?;
    if task.kind != COMMITTEE || task.promised {
        return Err(Refusal::new("task-no-step").status(409));
    }
    if promised.due_day < today || promised.due_day > today + DUE_DAYS_MAX {
        return Err(Refusal::new("task-when"));
    }
    let what = said(&promised.what, STEP_CHARS_MAX, "task-what-empty")?;
    let promised = TaskPromised { what, due_day: promised.due_day };
    let draft = Draft::new(id, &promised).area(task.area).by(actor.id);
    Ok((vec![draft], promised))
}

/// Those at a meeting said by hands whether it arrived.
///
/// # Errors
/// When nothing was delivered, or more hands were counted than people.
pub fn ask_at_meeting(id: Id, records: &[Record], hands: Hands, by: Option<Id>) -> Drafts {
    let task = known(id, records)?;
    if task.status != "delivered" {
        return Err(Refusal::new("task-not-delivered").status(409));
    }
    let Hands { asked, yes, no } = hands;
    let sound = (1..=HANDS_MAX).contains(&asked) && yes >= 0 && no >= 0;
    if !sound || yes.saturating_add(no) > asked {
        return Err(Refusal::new("task-hands"));
    }
    if task.hands == Some(hands) {
        return Ok(Vec::new());
    }
    let said = TaskAskedAtMeeting { asked, yes, no };
    Ok(vec![Draft::new(id, &said).area(task.area).by(by)])
}
