//! The way of a voice, knot by knot, as anybody with its code may see it. In days, never hours: a
//! sealed report is kept by its day alone and must look like any voice. It never holds words.

use record::{DAY_MS, day_of};
use serde::{Serialize, Serializer};

use crate::voices::Voice;
use crate::voices::rules::NOT_CONFIRMED_AFTER_MS;

/// A person reads a voice within so many days (vocabulary 5.7: 24 hours).
pub const READ_DAYS: i64 = 1;
/// A person answers within so many days (vocabulary 5.7: 72 hours).
pub const ANSWER_DAYS: i64 = 3;
/// A person answers an urgent voice within so many milliseconds (vocabulary 5.7: 4 hours).
pub const URGENT_MS: i64 = 4 * 60 * 60 * 1000;

/// A step on the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// Somebody spoke, and the node heard.
    Voice,
    /// A person read it.
    Read,
    /// It belongs to a need, with the voices of others who lack the same.
    Need,
    /// An assembly or a body resolved what is done about the need.
    Decision,
    /// Money was paid for the need: its page leads on to what was bought.
    Allocation,
    /// People or goods were asked for it.
    Resources,
    /// A person answered, with a reason.
    Answer,
    /// What was promised is done.
    Action,
    /// The person says YES or NO.
    Confirmation,
}

/// How a step stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Taken.
    Done,
    /// Being waited for.
    Waiting,
    /// Late, refused, or said not to have happened.
    Broken,
    /// Its turn has not come.
    NotYet,
}

/// Why a step stands as it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// Its day is over.
    Late,
    /// It is urgent: hours, not days.
    Urgent,
    /// The person was asked something back.
    AskedBack,
    /// The answer is no, with its reason.
    Declined,
    /// It belongs to another body.
    Referred,
    /// The person said that it was not done.
    SaidNotDone,
    /// Others who spoke of the same need said that it was not done.
    OthersSaidNotDone,
    /// Nobody has said YES or NO for a week.
    NotConfirmed,
    /// A meeting is called that decides.
    Called,
}

/// One step of a way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Knot {
    /// Which step.
    pub step: Step,
    /// How it stands.
    pub state: Standing,
    /// The day it was taken, in days since 1970 (UTC); an ISO date where it is serialised.
    #[serde(serialize_with = "iso")]
    pub day: Option<i64>,
    /// The last day there is for it.
    #[serde(serialize_with = "iso")]
    pub due_day: Option<i64>,
    /// The body it waits for, when it is not the desk.
    pub body: Option<String>,
    /// Why it stands so.
    pub why: Option<Why>,
    /// The number of what it leads to, such as `N-88`: its page tells more.
    pub refers: Option<String>,
}

/// The way of a voice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Trace {
    /// Its code, as people write it.
    pub code: String,
    /// Where it stands: a status of vocabulary 5.7.
    pub status: String,
    /// The day its words were forgotten.
    #[serde(serialize_with = "iso")]
    pub forgotten_day: Option<i64>,
    /// Its steps in order.
    pub knots: Vec<Knot>,
}

fn iso<S: Serializer>(day: &Option<i64>, to: S) -> Result<S::Ok, S::Error> {
    let text = day.map(|day| {
        let at = page::calendar::moment(day.saturating_mul(DAY_MS), 0);
        format!("{:04}-{:02}-{:02}", at.year, at.month, at.day)
    });
    text.serialize(to)
}

/// What is known of a voice's way beside its row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Moments {
    /// When it was last answered.
    pub answered_ms: Option<i64>,
    /// When the person last said YES or NO.
    pub confirmed_ms: Option<i64>,
    /// Now.
    pub now_ms: i64,
}

/// What is known of the need a voice belongs to, and of what became of it. Days are days since
/// 1970 (UTC); a number names a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Along {
    /// Number of the need; 0 while it is not shown on the street.
    pub number: i64,
    /// The day on which the voice was grouped, or the need stated.
    pub day: i64,
    /// Status of the need (see the room of needs).
    pub status: String,
    /// Number and day of the meeting that has it on its agenda.
    pub assembly: Option<(i64, i64)>,
    /// Number and day of the decision.
    pub decision: Option<(i64, i64)>,
    /// Number and day of the last payment for it.
    pub payment: Option<(i64, i64)>,
    /// Number of the last request of people or goods for it, the day it was made, and whether it is
    /// still asked for.
    pub request: Option<(i64, i64, bool)>,
    /// Number of the task, and the day on which it was said to be done.
    pub task: Option<(i64, Option<i64>)>,
    /// The body that owns what comes next.
    pub body: Option<String>,
    /// The day a promise falls due.
    pub due_day: Option<i64>,
}

/// The way of a voice at a moment, alone or along with its need.
#[must_use]
pub fn way(voice: &Voice, along: Option<&Along>, at: &Moments) -> Trace {
    let standing = standing(voice);
    let mut knots = vec![tied(Step::Voice, day_of(voice.heard_ms))];
    match along {
        Some(along) => knots.extend(with_need(voice, standing, along, at)),
        None => knots.extend(alone(voice, standing, at)),
    }
    if voice.erased || voice.status == "withdrawn" {
        knots.retain(|knot| matches!(knot.state, Standing::Done | Standing::Broken));
        // Nobody is late for somebody who has taken their voice back.
        knots.retain(|knot| knot.why != Some(Why::Late));
    }
    let status = if voice.erased { "erased" } else { voice.status.as_str() };
    Trace {
        code: crate::voices::acts::shown_code(voice),
        status: status.to_owned(),
        forgotten_day: voice.erased.then(|| day_of(voice.last_ms)),
        knots,
    }
}

fn alone(voice: &Voice, standing: &str, at: &Moments) -> Vec<Knot> {
    let mut knots = vec![read(voice, at), answer(voice, standing, at)];
    // A "no" with its reason is where a way ends; nothing is announced beyond it.
    if standing != "declined_with_reason" {
        knots.push(action(voice, standing, at));
        knots.push(confirmation(voice, standing, at));
    }
    knots
}

/// The way of a voice that belongs to a need: what the person says of it stands above what is said
/// of the need as a whole.
fn with_need(voice: &Voice, standing: &str, along: &Along, at: &Moments) -> Vec<Knot> {
    let mut knots = vec![need(along), decision(along, Some(voice), at)];
    if along.status == "declined_with_reason" {
        return knots;
    }
    knots.extend(shared(along));
    knots.push(match standing {
        // Said by this person, whatever others say.
        "confirmed" | "said_not_done" => refer(action(voice, standing, at), "T", along.task),
        _ => done_about(along, at),
    });
    knots.push(confirmation(voice, standing, at));
    knots
}

/// The way of a need itself: from its first day to what was done. What each person says of it
/// stands under their own code.
#[must_use]
pub fn need_way(along: &Along, at: &Moments) -> Vec<Knot> {
    let mut knots = vec![need(along), decision(along, None, at)];
    if along.status != "declined_with_reason" {
        knots.extend(shared(along));
        knots.push(done_about(along, at));
    }
    knots
}

fn need(along: &Along) -> Knot {
    let refers = (along.number > 0).then(|| format!("N-{}", along.number));
    Knot { refers, ..tied(Step::Need, along.day) }
}

fn refer<T>(knot: Knot, letter: &str, to: Option<(i64, T)>) -> Knot {
    Knot { refers: to.map(|(number, _)| format!("{letter}-{number}")), ..knot }
}

/// What was resolved about a need. Until then the clock of the answer runs, for a voice.
fn decision(along: &Along, voice: Option<&Voice>, at: &Moments) -> Knot {
    let step = Step::Decision;
    if let Some((_, day)) = along.decision {
        let knot = Knot { day: Some(day), ..open(step, Standing::Done) };
        let knot = match along.status.as_str() {
            "declined_with_reason" => {
                Knot { state: Standing::Broken, why: Some(Why::Declined), ..knot }
            }
            _ => knot,
        };
        return refer(knot, "D", along.decision);
    }
    match (along.status.as_str(), along.assembly, voice) {
        ("referred", _, _) => Knot {
            why: Some(Why::Referred),
            body: along.body.clone(),
            ..open(step, Standing::Done)
        },
        (_, Some((_, day)), _) if day_of(at.now_ms) <= day => {
            let called = clocked(step, day, false, Some(Why::Called));
            refer(Knot { body: along.body.clone(), ..called }, "A", along.assembly)
        }
        (_, _, Some(voice)) if voice.answered_ms.is_none() => {
            clock_of(voice, step, ANSWER_DAYS, at)
        }
        _ => open(step, Standing::Waiting),
    }
}

/// What was given for a need: money that was paid, and people or goods that were asked for. Where
/// nothing was, nothing is announced: many needs are met without.
fn shared(along: &Along) -> Vec<Knot> {
    let paid = along.payment.map(|(number, day)| {
        let refers = Some(format!("P-{number}"));
        Knot { refers, ..tied(Step::Allocation, day) }
    });
    let asked = along.request.map(|(number, day, open)| {
        let state = if open { Standing::Waiting } else { Standing::Done };
        let refers = Some(format!("R-{number}"));
        Knot { state, refers, ..tied(Step::Resources, day) }
    });
    paid.into_iter().chain(asked).collect()
}

/// What is done about a need.
fn done_about(along: &Along, at: &Moments) -> Knot {
    let step = Step::Action;
    let delivered = along.task.and_then(|(_, day)| day);
    let knot = match (along.status.as_str(), along.due_day) {
        ("delivered" | "closed", _) => Knot { day: delivered, ..open(step, Standing::Done) },
        ("reopened", due_day) => {
            let why = Some(Why::OthersSaidNotDone);
            Knot { day: delivered, due_day, why, ..open(step, Standing::Broken) }
        }
        ("decided_yes" | "in_progress", Some(due)) => {
            clocked(step, due, day_of(at.now_ms) > due, None)
        }
        ("referred", _) => Knot { why: Some(Why::Referred), ..open(step, Standing::Waiting) },
        ("decided_yes" | "in_progress", None) => open(step, Standing::Waiting),
        _ => open(step, Standing::NotYet),
    };
    refer(Knot { body: along.body.clone(), ..knot }, "T", along.task)
}

/// The status, or for a voice that was taken back, what it was before.
fn standing(voice: &Voice) -> &str {
    match (voice.status.as_str(), voice.outcome.as_deref()) {
        ("withdrawn", Some("asked_back")) => "read",
        ("withdrawn", Some(outcome)) => outcome,
        ("withdrawn", None) if voice.read_ms.is_some() => "read",
        ("withdrawn", None) => "received",
        (status, _) => status,
    }
}

fn tied(step: Step, day: i64) -> Knot {
    let state = Standing::Done;
    Knot { step, state, day: Some(day), due_day: None, body: None, why: None, refers: None }
}

fn open(step: Step, state: Standing) -> Knot {
    Knot { state, day: None, ..tied(step, 0) }
}

/// Waiting until a day, or late since.
fn clocked(step: Step, due_day: i64, late: bool, why: Option<Why>) -> Knot {
    let state = if late { Standing::Broken } else { Standing::Waiting };
    let why = if late { Some(Why::Late) } else { why };
    Knot { due_day: Some(due_day), why, ..open(step, state) }
}

/// The last day of a step that is due so many days after the voice was heard.
fn clock_of(voice: &Voice, step: Step, days: i64, at: &Moments) -> Knot {
    if voice.urgency > 0 {
        let due_ms = voice.heard_ms.saturating_add(URGENT_MS);
        return clocked(step, day_of(due_ms), at.now_ms > due_ms, Some(Why::Urgent));
    }
    let due = day_of(voice.heard_ms) + days;
    clocked(step, due, day_of(at.now_ms) > due, None)
}

fn is_answered(voice: &Voice, standing: &str) -> bool {
    voice.answered_ms.is_some() || !matches!(standing, "received" | "read")
}

fn read(voice: &Voice, at: &Moments) -> Knot {
    match voice.read_ms.or(voice.answered_ms) {
        Some(ms) => tied(Step::Read, day_of(ms)),
        None => clock_of(voice, Step::Read, READ_DAYS, at),
    }
}

fn answer(voice: &Voice, standing: &str, at: &Moments) -> Knot {
    let step = Step::Answer;
    if !is_answered(voice, standing) {
        return match voice.read_ms {
            Some(_) => clock_of(voice, step, ANSWER_DAYS, at),
            None => open(step, Standing::NotYet),
        };
    }
    let day = voice.answered_ms.map(day_of);
    let last = at.answered_ms.map(day_of).or(day);
    match standing {
        "read" => Knot { day: last, why: Some(Why::AskedBack), ..open(step, Standing::Waiting) },
        "declined_with_reason" => {
            Knot { day: last, why: Some(Why::Declined), ..open(step, Standing::Broken) }
        }
        "referred" => Knot {
            day: last,
            why: Some(Why::Referred),
            body: voice.body.clone(),
            ..open(step, Standing::Done)
        },
        _ => Knot { day, ..open(step, Standing::Done) },
    }
}

fn action(voice: &Voice, standing: &str, at: &Moments) -> Knot {
    let step = Step::Action;
    let last = at.answered_ms.or(voice.answered_ms).map(day_of);
    match standing {
        "in_progress" => match voice.due_day {
            Some(due) => clocked(step, due, day_of(at.now_ms) > due, None),
            None => open(step, Standing::Waiting),
        },
        "referred" => Knot { body: voice.body.clone(), ..open(step, Standing::Waiting) },
        "delivered" | "confirmed" => Knot { day: last, ..open(step, Standing::Done) },
        "said_not_done" => {
            let day = at.confirmed_ms.map(day_of);
            let due_day = day.map(|day| day + ANSWER_DAYS);
            let why = Some(Why::SaidNotDone);
            Knot { day, due_day, why, ..open(step, Standing::Broken) }
        }
        _ => open(step, Standing::NotYet),
    }
}

fn confirmation(voice: &Voice, standing: &str, at: &Moments) -> Knot {
    let step = Step::Confirmation;
    match standing {
        "confirmed" => Knot { day: at.confirmed_ms.map(day_of), ..open(step, Standing::Done) },
        "delivered" => {
            let asked = voice.asked_ms.unwrap_or(at.now_ms);
            let silent = at.now_ms.saturating_sub(asked) > NOT_CONFIRMED_AFTER_MS;
            Knot { why: silent.then_some(Why::NotConfirmed), ..open(step, Standing::Waiting) }
        }
        _ => open(step, Standing::NotYet),
    }
}
