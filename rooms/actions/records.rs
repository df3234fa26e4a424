//! What can be recorded about a task: nouns in the past tense, never edited. Every word in them is
//! a public one; no person who spoke is named, and no number or exact place stands here.

use minicbor::{Decode, Encode};
use record::{Id, Payload};

macro_rules! payload {
    ($name:ident, $kind:literal) => {
        impl Payload for $name {
            const KIND: &'static str = $kind;
        }
    };
}

/// Something is to be done, by a day. The area is the envelope's.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct TaskSet {
    /// The small number people call it by: `T-5`.
    #[n(0)]
    pub number: i64,
    /// What is to be done; empty for a committee's task, which pages word by themselves.
    #[n(1)]
    pub what: String,
    /// `promise` (of a decision), `committee` (people said that it did not arrive) or `do`.
    #[n(2)]
    pub kind: String,
    /// The decision that promised it.
    #[n(3)]
    pub decision: Option<Id>,
    /// The needs it is for.
    #[n(4)]
    pub needs: Vec<Id>,
    /// The body that owns it.
    #[n(5)]
    pub body: Option<Id>,
    /// The last day for it, in days since 1970 as the city counts them.
    #[n(6)]
    pub due_day: i64,
}
payload!(TaskSet, "task.set");

/// The author took it on.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct TaskClaimed {}
payload!(TaskClaimed, "task.claimed");

/// It went to another member.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct TaskHandedOver {
    /// To whom.
    #[n(0)]
    pub to: Id,
}
payload!(TaskHandedOver, "task.handed_over");

/// Whoever had it let it go.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct TaskReleased {}
payload!(TaskReleased, "task.released");

/// Something arrived, according to those who brought it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct TaskDelivered {
    /// What arrived, short enough to stand in an SMS.
    #[n(0)]
    pub what: String,
    /// How it was brought, and to where, in public words.
    #[n(1)]
    pub how: String,
    /// How much of it.
    #[n(2)]
    pub much: String,
    /// The day, in days since 1970 as the city counts them: kept in time, or late.
    #[n(3)]
    pub day: i64,
}
payload!(TaskDelivered, "task.delivered");

/// It will not be done.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct TaskDropped {
    /// Why.
    #[n(0)]
    pub reason: String,
}
payload!(TaskDropped, "task.dropped");

/// It is another body's to do.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct TaskReferred {
    /// Whose, by name; never empty: "not ours" must say whose.
    #[n(0)]
    pub body: String,
}
payload!(TaskReferred, "task.referred");

/// Those at a meeting were asked whether it arrived, by hands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct TaskAskedAtMeeting {
    /// How many were there.
    #[n(0)]
    pub asked: i64,
    /// Hands for YES.
    #[n(1)]
    pub yes: i64,
    /// Hands for NO.
    #[n(2)]
    pub no: i64,
}
payload!(TaskAskedAtMeeting, "task.asked_at_meeting");

/// The next step was named, to those who said that it did not arrive: what, and by which day.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct TaskPromised {
    /// What is done next.
    #[n(0)]
    pub what: String,
    /// By which day, in days since 1970 as the city counts them.
    #[n(1)]
    pub due_day: i64,
}
payload!(TaskPromised, "task.promised");

/// What it asked for was done under another task.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct TaskMet {
    /// The other.
    #[n(0)]
    pub by: Id,
}
payload!(TaskMet, "task.met");
