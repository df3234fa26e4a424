//! What follows a decision: a body takes it or says why not, somebody appeals, it is looked at
//! again, who is waited for replies. Pure. An appeal never goes to the body that decided.

use record::{Draft, Id, Record, Refusal};

use super::force::{EMERGENCY_REVIEW_DAYS_MAX, Ground, covering};
use super::motion::{few_words, promise_fits};
use super::resolve::BECAUSE_CHARS_MAX;
use super::{DAYS_AHEAD_MAX, LONG_BYTES_MAX, known, public_line, resolved};
use crate::decisions::resolutions::records::{
    DecisionAppealAnswered, DecisionAppealed, DecisionReplied, DecisionReviewed, DecisionRouted,
    DecisionTaken, Promise,
};
use crate::decisions::resolutions::views::Decision;
use crate::people::{Body, BodyKind};

/// Most appeals and replies of one decision.
pub const LATER_MAX: usize = 50;

/// What a body does with a decision that waits on it.
#[derive(Clone, Debug, Default)]
pub struct Taking {
    /// The body that speaks.
    pub body: Id,
    /// `accepted`, `accepted_changed`, `declined_reason`, `deferred_date` or `referred`.
    pub outcome: String,
    /// Why; what is changed.
    pub reason: String,
    /// Why, in few words, for a no.
    pub because: String,
    /// Until when it is deferred.
    pub until_day: Option<i64>,
    /// The body it is referred to.
    pub to: Option<Id>,
    /// Who does what by when.
    pub promise: Option<Promise>,
}

/// A body says what it does with a decision that waits on it.
///
/// # Errors
/// It does not wait on this body; no reason where one is owed; no day, or one that is over, for a
/// deferral; no body, or the same, for a referral.
pub fn take(
    id: Id,
    records: &[Record],
    taking: &Taking,
    ground: &Ground,
    by: Option<Id>,
) -> Result<Vec<Draft>, Refusal> {
    let decision = resolved(id, records)?;
    let waits = decision.waiting_for == "routed" && decision.waiting_on == Some(taking.body);
    if !waits {
        return Err(Refusal::new("decision-not-waiting").status(409));
    }
    let reason = match taking.outcome.as_str() {
        "accepted" => super::limited(&taking.reason, LONG_BYTES_MAX)?,
        "accepted_changed" | "declined_reason" | "deferred_date" | "referred" => {
            public_line(&taking.reason, LONG_BYTES_MAX, "decision-reasons-empty")?
        }
        _ => return Err(Refusal::new("decision-taken")),
    };
    let accepts = taking.outcome.starts_with("accepted");
    let mandate = covering(&decision, taking.body, ground).ok().filter(|_| accepts);
    let promise = taking.promise.as_ref().filter(|_| accepts);
    let taken = DecisionTaken {
        by: taking.body,
        outcome: taking.outcome.clone(),
        reason,
        because: because(taking)?,
        until_day: until(taking, ground.day)?,
        mandate: mandate.map(|mandate| mandate.id),
        promise: promise.map(|promise| promise_fits(promise, ground.day)).transpose()?,
    };
    let mut drafts = vec![Draft::new(id, &taken).area(decision.area).by(by)];
    if taking.outcome == "referred" {
        drafts.push(take_route(&decision, taking, ground.bodies, by)?);
    }
    Ok(drafts)
}

fn because(taking: &Taking) -> Result<String, Refusal> {
    if taking.outcome != "declined_reason" {
        return Ok(String::new());
    }
    let (empty, long) = ("decision-because-empty", "decision-because-long");
    few_words(&taking.because, BECAUSE_CHARS_MAX, empty, long)
}

fn until(taking: &Taking, today: i64) -> Result<Option<i64>, Refusal> {
    if taking.outcome != "deferred_date" {
        return Ok(None);
    }
    let fits = |day: &i64| (today + 1..=today + DAYS_AHEAD_MAX).contains(day);
    let day = taking.until_day.filter(fits).ok_or(Refusal::new("decision-until-day"))?;
    Ok(Some(day))
}

/// "Not ours" must say whose.
///
/// # Errors
/// No body is named, or one that it cannot go to.
pub fn take_route(
    decision: &Decision,
    taking: &Taking,
    bodies: &[Body],
    by: Option<Id>,
) -> Result<Draft, Refusal> {
    let known = |to: &Id| *to != taking.body && bodies.iter().any(|body| body.id == *to);
    let to = taking.to.filter(known).ok_or(Refusal::new("decision-refer-to"))?;
    let routed = DecisionRouted { to, why: "referred".to_owned() };
    Ok(Draft::new(decision.id, &routed).area(decision.area).by(by))
}

/// The body an appeal goes to, never one that decided: the authority that the subject belongs to
/// there, else one of the place, else any authority, else any other body.
#[must_use]
pub fn appeal_goes_to(decision: &Decision, ground: &Ground) -> Option<Id> {
    let decided = [Some(decision.body), decision.taken_by];
    let others = ground.bodies.iter().filter(|body| !decided.contains(&Some(body.id)));
    let authority = |body: &&Body| body.kind == BodyKind::Authority;
    // Whoever judges spends nothing, so that no ceiling stands in the way.
    let covers =
        |body: &Body| matches!(covering(decision, body.id, ground), Ok(_) | Err("over_ceiling"));
    let near =
        |body: &Body| (!covers(body), body.area != decision.area, body.area.is_some(), body.id);
    let first = others.clone().filter(authority).map(near).min();
    first.map(|(.., id)| id).or_else(|| others.map(|body| body.id).min())
}

/// Somebody asks that another body look at it again.
///
/// # Errors
/// It is not resolved; an appeal is open; there is nobody to ask; no reason.
pub fn appeal(
    id: Id,
    records: &[Record],
    why: &str,
    ground: &Ground,
    by: Option<Id>,
) -> Result<Vec<Draft>, Refusal> {
    let decision = resolved(id, records)?;
    if decision.appeals.iter().any(|appeal| appeal.answered_ms.is_none()) {
        return Err(Refusal::new("decision-appeal-open").status(409));
    }
    if decision.appeals.len() >= LATER_MAX {
        return Err(Refusal::new("decision-many").naming("max", LATER_MAX));
    }
    let to = appeal_goes_to(&decision, ground);
    let to = to.ok_or(Refusal::new("decision-appeal-nobody").status(409))?;
    let why = public_line(why, LONG_BYTES_MAX, "decision-appeal-why")?;
    Ok(vec![Draft::new(id, &DecisionAppealed { why, to }).area(decision.area).by(by)])
}

/// The body that was asked answers an appeal.
///
/// # Errors
/// No appeal waits on this body; no reason.
pub fn answer_appeal(
    id: Id,
    records: &[Record],
    answer: &DecisionAppealAnswered,
    by: Option<Id>,
) -> Result<Vec<Draft>, Refusal> {
    let decision = resolved(id, records)?;
    let open = decision.appeals.iter().find(|appeal| appeal.answered_ms.is_none());
    if open.is_none_or(|appeal| appeal.to != answer.by) {
        return Err(Refusal::new("decision-not-waiting").status(409));
    }
    let reason = public_line(&answer.reason, LONG_BYTES_MAX, "decision-reasons-empty")?;
    let answer = DecisionAppealAnswered { reason, ..answer.clone() };
    Ok(vec![Draft::new(id, &answer).area(decision.area).by(by)])
}

/// It is looked at again: it goes on, or ends. What was decided in haste and goes on is looked at
/// again within two weeks more.
///
/// # Errors
/// There is nothing to look at again; no reason; a next day that is over or too far.
pub fn review(
    id: Id,
    records: &[Record],
    review: &DecisionReviewed,
    today: i64,
    by: Option<Id>,
) -> Result<Vec<Draft>, Refusal> {
    let decision = resolved(id, records)?;
    if !decision.review_open() {
        return Err(Refusal::new("decision-no-review").status(409));
    }
    let reason = public_line(&review.reason, LONG_BYTES_MAX, "decision-reasons-empty")?;
    let ahead = if decision.emergency { EMERGENCY_REVIEW_DAYS_MAX } else { DAYS_AHEAD_MAX };
    let next = review.next_day.filter(|_| review.kept);
    if next.is_some_and(|day| !(today + 1..=today + ahead).contains(&day)) {
        return Err(Refusal::new("decision-review-late").naming("days", ahead));
    }
    let hasty = review.kept && decision.emergency;
    let next_day = next.or(hasty.then_some(today + EMERGENCY_REVIEW_DAYS_MAX));
    let reviewed = DecisionReviewed { kept: review.kept, reason, next_day };
    Ok(vec![Draft::new(id, &reviewed).area(decision.area).by(by)])
}

/// Who is waited for says what they have to say about that.
///
/// # Errors
/// It does not wait on this body; nothing is said; too much was.
pub fn reply(
    id: Id,
    records: &[Record],
    reply: &DecisionReplied,
    by: Option<Id>,
) -> Result<Vec<Draft>, Refusal> {
    let decision = known(id, records)?;
    if decision.waiting_on != Some(reply.by) {
        return Err(Refusal::new("decision-not-waiting").status(409));
    }
    if decision.replies.len() >= LATER_MAX {
        return Err(Refusal::new("decision-many").naming("max", LATER_MAX));
    }
    let words = public_line(&reply.words, LONG_BYTES_MAX, "decision-reply-empty")?;
    let reply = DecisionReplied { words, ..reply.clone() };
    Ok(vec![Draft::new(id, &reply).area(decision.area).by(by)])
}
