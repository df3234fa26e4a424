//! What can be recorded about a decision: nouns in the past tense, never edited. All of it is a
//! public matter; nothing here says who voted what, and no vote names a person.

use minicbor::{Decode, Encode};
use record::{Id, Payload};

use crate::people::Ceiling;

macro_rules! payload {
    ($name:ident, $kind:literal) => {
        impl Payload for $name {
            const KIND: &'static str = $kind;
        }
    };
}

/// What somebody with a mandate says will be done, by which day.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Promise {
    /// The body that does it.
    #[n(0)]
    pub body: Id,
    /// What, in plain words.
    #[n(1)]
    pub what: String,
    /// The day it falls due, in days since 1970.
    #[n(2)]
    pub due_day: i64,
}

/// The rules of a body as a decision of kind `rules` would have them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct NewRules {
    /// Women among those present, in percent, below which a vote is an opinion.
    #[n(0)]
    pub women_share_min_percent: i64,
    /// People present below which a vote is an opinion.
    #[n(1)]
    pub attendance_min: i64,
    /// Supporters above which a proposal must be on the agenda.
    #[n(2)]
    pub support_min: i64,
    /// Voices above which a need must be on the agenda.
    #[n(3)]
    pub agenda_voices_min: i64,
}

/// The vote on projects that a decision comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct FromRound {
    /// The round.
    #[n(0)]
    pub round: Id,
    /// Its number: `V-12`.
    #[n(1)]
    pub number: i64,
}

/// A motion was put to a body. Its area is the envelope's.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct DecisionMoved {
    /// Its number: `D-41`.
    #[n(0)]
    pub number: i64,
    /// The assembly it is put to; none for a body that decides without one.
    #[n(1)]
    pub assembly: Option<Id>,
    /// The body that decides.
    #[n(2)]
    pub body: Id,
    /// What it is about, in the words of a mandate.
    #[n(3)]
    pub subject: String,
    /// Its title.
    #[n(4)]
    pub title: String,
    /// The same in few words, for an SMS.
    #[n(5)]
    pub short: String,
    /// What changes, for whom, in plain words.
    #[n(6)]
    pub effects: String,
    /// The money it decides on; none when it decides on none.
    #[n(7)]
    pub money: Option<Ceiling>,
    /// `ordinary`, `rules`, `relocation` or `women_only`.
    #[n(8)]
    pub kind: String,
    /// The needs it answers.
    #[n(9)]
    pub needs: Vec<Id>,
    /// The residents' proposal it answers.
    #[n(10)]
    pub proposal: Option<Id>,
    /// What may be chosen; empty for yes or no.
    #[n(11)]
    pub options: Vec<String>,
    /// The areas it affects beyond the one it decides for.
    #[n(12)]
    pub affects: Vec<Id>,
    /// Whom else it affects, in words.
    #[n(13)]
    pub affects_whom: Option<String>,
    /// Whether it cannot wait for notice and hearing.
    #[n(14)]
    pub emergency: bool,
    /// Who does what by when if it is carried.
    #[n(15)]
    pub promise: Option<Promise>,
    /// The rules it would set, for kind `rules`.
    #[n(16)]
    pub rules: Option<NewRules>,
    /// The vote on projects that it comes from.
    #[n(17)]
    pub from_round: Option<FromRound>,
}
payload!(DecisionMoved, "decision.moved");

/// It was asked aloud whether anybody gains from it.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct DecisionConflictAsked {
    /// Whether somebody said so of themselves.
    #[n(0)]
    pub declared: bool,
    /// Whether it was who led the meeting.
    #[n(1)]
    pub chair: bool,
    /// What was said, without a name.
    #[n(2)]
    pub what: String,
}
payload!(DecisionConflictAsked, "decision.conflict_asked");

/// Somebody else leads the meeting for this vote.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct DecisionChairReplaced {
    /// Whether it is a woman.
    #[n(0)]
    pub woman: bool,
}
payload!(DecisionChairReplaced, "decision.chair_replaced");

/// An area that it affects was told that it will be decided.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct DecisionNoticed {
    /// The area.
    #[n(0)]
    pub area: Id,
    /// How: loudspeaker, notice board, SMS, in words.
    #[n(1)]
    pub how: String,
    /// The day it was told, in days since 1970.
    #[n(2)]
    pub day: i64,
}
payload!(DecisionNoticed, "decision.noticed");

/// Somebody it affects was heard.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct DecisionHeard {
    /// The area they spoke for.
    #[n(0)]
    pub area: Id,
    /// What they said, without a name.
    #[n(1)]
    pub words: String,
}
payload!(DecisionHeard, "decision.heard");

/// People asked for a secret vote.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct DecisionSecretAsked {
    /// How many.
    #[n(0)]
    pub by_n: i64,
}
payload!(DecisionSecretAsked, "decision.secret_asked");

/// The vote began in the hall: no vote from afar is taken any more.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct DecisionVoteBegun {}
payload!(DecisionVoteBegun, "decision.vote_begun");

/// How many chose one thing. A secret vote has papers and no sexes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct Tally {
    /// `yes`, `no`, `abstain`, or `1`, `2`, `3` for an option.
    #[n(0)]
    pub choice: String,
    /// Women's hands.
    #[n(1)]
    pub women: i64,
    /// Men's hands.
    #[n(2)]
    pub men: i64,
    /// Hands of others and of those who did not say.
    #[n(3)]
    pub other: i64,
    /// Papers or pebbles, in a secret vote.
    #[n(4)]
    pub papers: i64,
}

impl Tally {
    /// All of them.
    #[must_use]
    pub fn sum(&self) -> i64 {
        [self.women, self.men, self.other, self.papers].iter().fold(0, |a, b| a.saturating_add(*b))
    }
}

/// One of two counters counted the hands or papers of one round.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct DecisionHandsCounted {
    /// 1 or 2.
    #[n(0)]
    pub counter: u8,
    /// The round, from 1.
    #[n(1)]
    pub round: u8,
    /// What was counted, one entry a choice.
    #[n(2)]
    pub tallies: Vec<Tally>,
    /// `hall`, or `paper` for a column of the sheet, typed by one for both.
    #[n(3)]
    pub via: String,
}
payload!(DecisionHandsCounted, "decision.hands_counted");

/// The two counts differed, or somebody doubted them: all is counted again.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct DecisionRecounted {
    /// The round that begins.
    #[n(0)]
    pub round: u8,
}
payload!(DecisionRecounted, "decision.recounted");

/// How many were there at the vote.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct Present {
    /// Women.
    #[n(0)]
    pub women: i64,
    /// Men.
    #[n(1)]
    pub men: i64,
    /// Others and who did not say.
    #[n(2)]
    pub other: i64,
}

/// It was resolved.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct DecisionResolved {
    /// `carried` or `rejected`.
    #[n(0)]
    pub outcome: String,
    /// The option that was carried, from 1; 0 for a yes or no.
    #[n(1)]
    pub option: u8,
    /// `binding`, `binding_emergency`, `advisory` or `opinion_not_quorate`.
    #[n(2)]
    pub force: String,
    /// Why it does not bind, one code; empty when it does.
    #[n(3)]
    pub force_why: String,
    /// The mandate it stands on.
    #[n(4)]
    pub mandate: Option<Id>,
    /// Who was there at the vote; none where no meeting was held.
    #[n(5)]
    pub present: Option<Present>,
    /// What was counted in the hall.
    #[n(6)]
    pub hall: Vec<Tally>,
    /// What was counted from afar: choice and how many, in `papers`.
    #[n(7)]
    pub afar: Vec<Tally>,
    /// Whether it was a secret vote.
    #[n(8)]
    pub secret: bool,
    /// Why, in plain words.
    #[n(9)]
    pub reasons: String,
    /// The reason in few words, for the SMS that says no.
    #[n(10)]
    pub because: String,
    /// What those said who were against, in their words.
    #[n(11)]
    pub dissent: Option<String>,
    /// The day it is looked at again, in days since 1970.
    #[n(12)]
    pub review_day: Option<i64>,
    /// Who does what by when.
    #[n(13)]
    pub promise: Option<Promise>,
    /// What must hold before it is carried out: `independent_witness`, `cooling_off`.
    #[n(14)]
    pub conditions: Vec<String>,
    /// The first day it may be carried out, in days since 1970.
    #[n(15)]
    pub from_day: i64,
}
payload!(DecisionResolved, "decision.resolved");

/// It was handed to the body that can decide it.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct DecisionRouted {
    /// The body.
    #[n(0)]
    pub to: Id,
    /// Why, one code.
    #[n(1)]
    pub why: String,
}
payload!(DecisionRouted, "decision.routed");

/// A body said what it does with a decision that waited on it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct DecisionTaken {
    /// The body.
    #[n(0)]
    pub by: Id,
    /// `accepted`, `accepted_changed`, `declined_reason`, `deferred_date` or `referred`.
    #[n(1)]
    pub outcome: String,
    /// Why, in plain words; what was changed.
    #[n(2)]
    pub reason: String,
    /// The reason in few words, for the SMS that says no.
    #[n(3)]
    pub because: String,
    /// Until when it is deferred, in days since 1970.
    #[n(4)]
    pub until_day: Option<i64>,
    /// The mandate it was accepted under.
    #[n(5)]
    pub mandate: Option<Id>,
    /// Who does what by when, said with the acceptance.
    #[n(6)]
    pub promise: Option<Promise>,
}
payload!(DecisionTaken, "decision.taken");

/// Somebody asked another body to look at it again.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct DecisionAppealed {
    /// Why, without a name.
    #[n(0)]
    pub why: String,
    /// The body that answers: never the one that decided.
    #[n(1)]
    pub to: Id,
}
payload!(DecisionAppealed, "decision.appealed");

/// The appeal was answered.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct DecisionAppealAnswered {
    /// Whether the decision stands.
    #[n(0)]
    pub stands: bool,
    /// Why.
    #[n(1)]
    pub reason: String,
    /// The body that answered.
    #[n(2)]
    pub by: Id,
}
payload!(DecisionAppealAnswered, "decision.appeal_answered");

/// It was looked at again on its day.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct DecisionReviewed {
    /// Whether it goes on.
    #[n(0)]
    pub kept: bool,
    /// Why.
    #[n(1)]
    pub reason: String,
    /// The next day it is looked at, in days since 1970.
    #[n(2)]
    pub next_day: Option<i64>,
}
payload!(DecisionReviewed, "decision.reviewed");

/// The body it waits on said what it has to say about that.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct DecisionReplied {
    /// The body.
    #[n(0)]
    pub by: Id,
    /// What it says.
    #[n(1)]
    pub words: String,
}
payload!(DecisionReplied, "decision.replied");

/// Its promise was kept, by this task.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct DecisionKept {
    /// The task.
    #[n(0)]
    pub task: Id,
}
payload!(DecisionKept, "decision.kept");

/// Somebody voted from afar. The entity is a keyed hash: it says of nobody who they are. The last
/// one counts.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct AfarVoted {
    /// The decision.
    #[n(0)]
    pub decision: Id,
    /// What was chosen, as in [`Tally`].
    #[n(1)]
    pub choice: String,
}
payload!(AfarVoted, "afar.voted");

/// Whoever this is came in person, and votes by hand: what they chose from afar is set aside.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct AfarSetAside {
    /// The decision.
    #[n(0)]
    pub decision: Id,
}
payload!(AfarSetAside, "afar.set_aside");

/// Whoever this is came in person to an assembly.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct AfarCame {
    /// The assembly.
    #[n(0)]
    pub assembly: Id,
}
payload!(AfarCame, "afar.came");
