//! What can be recorded of an application: who asks for what and for whom, who vouched, how it was
//! scored, and what became of it.

use minicbor::{Decode, Encode};
use record::Id;

use super::payload;

/// A body asked for money from a window. The area is the envelope's.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct ApplicationMade {
    /// The number people call it by: `F-12`.
    #[n(0)]
    pub number: i64,
    /// From which window.
    #[n(1)]
    pub window: Id,
    /// The body; none for one without papers, which two others must vouch for.
    #[n(2)]
    pub body: Option<Id>,
    /// The name of the body.
    #[n(3)]
    pub body_name: String,
    /// One of the constituencies.
    #[n(4)]
    pub kind: String,
    /// What will be done, in one line.
    #[n(5)]
    pub what: String,
    /// For how many people.
    #[n(6)]
    pub people: i64,
    /// How much, in minor units of the window's currency.
    #[n(7)]
    pub amount_minor: i64,
    /// How it will be done, and by when.
    #[n(8)]
    pub how: String,
    /// The needs it is for.
    #[n(9)]
    pub needs: Vec<Id>,
    /// The decision that asked for it.
    #[n(10)]
    pub decision: Option<Id>,
    /// Keyed hash of its code, by which whoever asked follows it.
    #[n(11)]
    pub code: Vec<u8>,
    /// On which day, in days since 1970.
    #[n(12)]
    pub day: i64,
    /// Through which door: `page` or `sms`.
    #[n(13)]
    pub channel: String,
}
payload!(ApplicationMade, "application.made");

/// A body vouches that those who ask are who they say, and do what they say.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct ApplicationVouched {
    /// Which body.
    #[n(0)]
    pub by: Id,
}
payload!(ApplicationVouched, "application.vouched");

/// Somebody of the body that decides names what an application is for, where those who asked did
/// not. What the desk named before no longer counts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct ApplicationPointed {
    /// The needs.
    #[n(0)]
    pub needs: Vec<Id>,
    /// The decision that asked for it.
    #[n(1)]
    pub decision: Option<Id>,
}
payload!(ApplicationPointed, "application.pointed");

/// What a member of the panel gives on one criterion, and why.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct Score {
    /// Which criterion, from 0.
    #[n(0)]
    pub criterion: i64,
    /// 0 to 4.
    #[n(1)]
    pub points: i64,
    /// Why, in few words.
    #[n(2)]
    pub reason: String,
}

/// The author scored it; what they said before on the same criteria no longer counts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct ApplicationScored {
    /// On which criteria how.
    #[n(0)]
    pub scores: Vec<Score>,
}
payload!(ApplicationScored, "application.scored");

/// The author gains from it, or is close to those who do: their scores do not count.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct ApplicationConflictSaid {
    /// In what way, in public words.
    #[n(0)]
    pub words: String,
}
payload!(ApplicationConflictSaid, "application.conflict_said");

/// It was above what the body may decide, and went to one that may.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct ApplicationRouted {
    /// To which body.
    #[n(0)]
    pub to: Id,
    /// Why: one code.
    #[n(1)]
    pub why: String,
    /// How much it is about.
    #[n(2)]
    pub amount_minor: i64,
}
payload!(ApplicationRouted, "application.routed");

/// It was decided, yes or no, with the reason.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct ApplicationDecided {
    /// Whether it is paid.
    #[n(0)]
    pub funded: bool,
    /// How much; nothing for a no.
    #[n(1)]
    pub amount_minor: i64,
    /// Why.
    #[n(2)]
    pub reason: String,
    /// What would change it; for a yes perhaps empty.
    #[n(3)]
    pub would_change: String,
    /// The body that decided.
    #[n(4)]
    pub by: Id,
    /// The mandate it stands on.
    #[n(5)]
    pub mandate: Option<Id>,
    /// Why it departs from rank or line; empty where it does not.
    #[n(6)]
    pub departs: String,
    /// On which day, in days since 1970.
    #[n(7)]
    pub day: i64,
}
payload!(ApplicationDecided, "application.decided");

/// Whoever asked appealed, with their code.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct ApplicationAppealed {
    /// Why.
    #[n(0)]
    pub why: String,
    /// On which day, in days since 1970.
    #[n(1)]
    pub day: i64,
}
payload!(ApplicationAppealed, "application.appealed");

/// Another body than the one that decided answered.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct ApplicationAppealAnswered {
    /// Which.
    #[n(0)]
    pub by: Id,
    /// Whether the decision stands; if not, it is to be decided anew.
    #[n(1)]
    pub stands: bool,
    /// Why.
    #[n(2)]
    pub reason: String,
}
payload!(ApplicationAppealAnswered, "application.appeal_answered");
