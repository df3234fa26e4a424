//! What can be recorded about a need: nouns in the past tense, never edited. A need is public
//! matter: no words of a person, no number and no exact place stands in any of these.

use minicbor::{Decode, Encode};
use record::{Id, Payload};

macro_rules! payload {
    ($name:ident, $kind:literal) => {
        impl Payload for $name {
            const KIND: &'static str = $kind;
        }
    };
}

/// What a number of people is when nobody knows it, where it must be said that nobody does.
pub const PEOPLE_UNKNOWN: i64 = -1;

/// Somebody at the desk said what is lacking, where, and how badly. The area is the envelope's.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct NeedStated {
    /// The small number that people say, as in N-88.
    #[n(0)]
    pub number: i64,
    /// What is lacking, in the city's words.
    #[n(1)]
    pub title: String,
    /// Sector of vocabulary 5.3.
    #[n(2)]
    pub sector: String,
    /// 0 not known, 1 to 4: how badly people fare; said by a person, never by a count.
    #[n(3)]
    pub severity: u8,
    /// At least so many people lack it.
    #[n(4)]
    pub people_min: Option<i64>,
    /// At most so many.
    #[n(5)]
    pub people_max: Option<i64>,
    /// Since when, in days since 1970.
    #[n(6)]
    pub since_day: Option<i64>,
    /// How the desk knows: `voices`, `visit`, `phone_round`, `meeting` or `authority`.
    #[n(7)]
    pub source: Option<String>,
}
payload!(NeedStated, "need.stated");

/// It was said in other words; what is absent stays as it was. The area is the envelope's:
/// absent it stays, [`Id::NONE`] takes it away.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct NeedReworded {
    /// What is lacking.
    #[n(0)]
    pub title: Option<String>,
    /// Sector of vocabulary 5.3.
    #[n(1)]
    pub sector: Option<String>,
    /// 0 not known, 1 to 4.
    #[n(2)]
    pub severity: Option<u8>,
    /// At least so many people; [`PEOPLE_UNKNOWN`] when it is not known after all.
    #[n(3)]
    pub people_min: Option<i64>,
    /// At most so many; [`PEOPLE_UNKNOWN`] when it is not known after all.
    #[n(4)]
    pub people_max: Option<i64>,
    /// Since when, in days since 1970.
    #[n(5)]
    pub since_day: Option<i64>,
}
payload!(NeedReworded, "need.reworded");

/// It is shown on the street.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct NeedPublished {}
payload!(NeedPublished, "need.published");

/// It is no longer shown on the street.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct NeedHidden {}
payload!(NeedHidden, "need.hidden");

/// Those who live there said that it is so.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct NeedConfirmed {
    /// The body that said it.
    #[n(0)]
    pub by: Option<Id>,
    /// `assembly`, `committee` or `residents`.
    #[n(1)]
    pub how: String,
}
payload!(NeedConfirmed, "need.confirmed");

/// It is on the agenda of an assembly.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct NeedTakenUp {
    /// Which.
    #[n(0)]
    pub assembly: Id,
}
payload!(NeedTakenUp, "need.taken_up");

/// It was decided about.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct NeedDecided {
    /// Which decision.
    #[n(0)]
    pub decision: Id,
    /// Whether something is to be done.
    #[n(1)]
    pub yes: bool,
}
payload!(NeedDecided, "need.decided");

/// Somebody works on it.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct NeedInProgress {
    /// The task or decision by which.
    #[n(0)]
    pub about: Id,
    /// Who, by name.
    #[n(1)]
    pub body: Option<String>,
    /// The day it was promised for, in days since 1970.
    #[n(2)]
    pub due_day: Option<i64>,
}
payload!(NeedInProgress, "need.in_progress");

/// It is for another body, which is named.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct NeedReferred {
    /// Whose it is, by name.
    #[n(0)]
    pub body: String,
}
payload!(NeedReferred, "need.referred");

/// Those who did it say that it arrived.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct NeedDelivered {
    /// The task that delivered it.
    #[n(0)]
    pub task: Id,
}
payload!(NeedDelivered, "need.delivered");

/// It is open again.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct NeedReopened {
    /// `said_not_done`, `said_again` or `appeal`.
    #[n(0)]
    pub why: String,
}
payload!(NeedReopened, "need.reopened");

/// Those who spoke of it say that it arrived, by the published rule.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct NeedClosed {
    /// How many were asked.
    #[n(0)]
    pub asked: i64,
    /// Said YES.
    #[n(1)]
    pub yes: i64,
    /// Said NO.
    #[n(2)]
    pub no: i64,
}
payload!(NeedClosed, "need.closed");

/// It was no need after all, or was stated twice.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct NeedWithdrawn {
    /// Why, as anybody may read it.
    #[n(0)]
    pub reason: String,
}
payload!(NeedWithdrawn, "need.withdrawn");
