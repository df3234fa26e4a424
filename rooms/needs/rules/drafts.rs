//! What other rooms say of a need: pure rules whose drafts they put into acts of their own, so that
//! a decision and what it means for its needs become durable together. They never change a need
//! that was withdrawn, and saying the same twice says nothing new.

use record::{Draft, Id, Payload, Record, Refusal};

use super::{LINE_CHARS_MAX, alive};
use crate::needs::records::{
    NeedClosed, NeedDecided, NeedDelivered, NeedInProgress, NeedReferred, NeedReopened, NeedTakenUp,
};
use crate::needs::views::Need;

type Drafts = Result<Vec<Draft>, Refusal>;

/// Why a need is opened again.
pub const REOPENED_WHY: [&str; 3] = ["said_not_done", "said_again", "appeal"];

fn draft<P: Payload>(need: &Need, payload: &P, by: Option<Id>) -> Drafts {
    Ok(vec![Draft::new(need.id, payload).area(need.area).by(by)])
}

/// A need that stands: neither closed nor withdrawn.
fn standing(id: Id, records: &[Record]) -> Result<Need, Refusal> {
    let need = alive(id, records)?;
    if need.status == "closed" {
        return Err(Refusal::new("need-closed").status(409));
    }
    Ok(need)
}

/// It is on the agenda of an assembly.
///
/// # Errors
/// It is unknown, closed or withdrawn.
pub fn taken_up(id: Id, records: &[Record], assembly: Id, by: Option<Id>) -> Drafts {
    let need = standing(id, records)?;
    if need.status == "in_assembly" && need.assembly == Some(assembly) {
        return Ok(Vec::new());
    }
    draft(&need, &NeedTakenUp { assembly }, by)
}

/// It was decided about.
///
/// # Errors
/// It is unknown, closed or withdrawn.
pub fn decided(id: Id, records: &[Record], decision: Id, yes: bool, by: Option<Id>) -> Drafts {
    let need = standing(id, records)?;
    let status = if yes { "decided_yes" } else { "declined_with_reason" };
    if need.decision == Some(decision) && need.status == status {
        return Ok(Vec::new());
    }
    draft(&need, &NeedDecided { decision, yes }, by)
}

/// Somebody works on it, by a task or a decision, perhaps until a day.
///
/// # Errors
/// It is unknown, closed or withdrawn.
pub fn in_progress(
    id: Id,
    records: &[Record],
    about: Id,
    body: Option<String>,
    due_day: Option<i64>,
    by: Option<Id>,
) -> Drafts {
    let need = standing(id, records)?;
    let same = need.task == Some(about) && need.body == body && need.due_day == due_day;
    if same && need.status == "in_progress" {
        return Ok(Vec::new());
    }
    draft(&need, &NeedInProgress { about, body, due_day }, by)
}

/// It is for another body: "not ours" must say whose.
///
/// # Errors
/// It is unknown, closed or withdrawn; nobody is named, or in too many letters.
pub fn referred(id: Id, records: &[Record], body: &str, by: Option<Id>) -> Drafts {
    let need = standing(id, records)?;
    let body = body.trim();
    if body.is_empty() {
        return Err(Refusal::new("need-refer-to-whom"));
    }
    if body.chars().count() > LINE_CHARS_MAX {
        return Err(Refusal::new("need-line-long").naming("most", LINE_CHARS_MAX));
    }
    if need.status == "referred" && need.body.as_deref() == Some(body) {
        return Ok(Vec::new());
    }
    draft(&need, &NeedReferred { body: body.to_owned() }, by)
}

/// Those who did it say that it arrived.
///
/// # Errors
/// It is unknown, closed or withdrawn.
pub fn delivered(id: Id, records: &[Record], task: Id, by: Option<Id>) -> Drafts {
    let need = standing(id, records)?;
    if need.status == "delivered" && need.task == Some(task) {
        return Ok(Vec::new());
    }
    draft(&need, &NeedDelivered { task }, by)
}

/// It is open again. One that nobody has decided about yet is open anyhow.
///
/// # Errors
/// It is unknown or withdrawn; the reason is on no list.
pub fn reopened(id: Id, records: &[Record], why: &str, by: Option<Id>) -> Drafts {
    let need = alive(id, records)?;
    if !REOPENED_WHY.contains(&why) {
        return Err(Refusal::new("need-list-unknown"));
    }
    if matches!(need.status.as_str(), "stated" | "confirmed" | "in_assembly" | "reopened") {
        return Ok(Vec::new());
    }
    draft(&need, &NeedReopened { why: why.to_owned() }, by)
}

/// It is closed by the published rule, with the counts by which it was.
///
/// # Errors
/// It is unknown or withdrawn, or nobody says that it was delivered.
pub fn closed(
    id: Id,
    records: &[Record],
    (asked, yes, no): (i64, i64, i64),
    by: Option<Id>,
) -> Drafts {
    let need = alive(id, records)?;
    match need.status.as_str() {
        "closed" => Ok(Vec::new()),
        "delivered" => draft(&need, &NeedClosed { asked, yes, no }, by),
        _ => Err(Refusal::new("need-not-delivered").status(409)),
    }
}
