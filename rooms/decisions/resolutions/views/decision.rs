//! A decision as its records tell it, and what can be read off it. It knows no clock: whether a day
//! is over is asked elsewhere.

use minicbor::{Decode, Encode};
use record::Id;
use store::{Count, Row, Value};

use super::{Appeal, AreaSaid, Conflict, HandCount, Later, SECRET_ASKED_MIN};
use crate::decisions::resolutions::records::{FromRound, NewRules, Present, Promise, Tally};
use crate::people::Ceiling;

/// Under a need's id: before the id of each decision that answers it.
pub(crate) const OF_NEED: &str = "decision/";

/// A decision as its records tell it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct Decision {
    /// Which.
    #[n(0)]
    pub id: Id,
    /// Its number: `D-41`; 0 before the motion itself is known.
    #[n(1)]
    pub number: i64,
    /// Its title.
    #[n(2)]
    pub title: String,
    /// The same in few words.
    #[n(3)]
    pub short: String,
    /// What changes, for whom.
    #[n(4)]
    pub effects: String,
    /// The area it decides for; none for the whole city.
    #[n(5)]
    pub area: Option<Id>,
    /// The body that decides.
    #[n(6)]
    pub body: Id,
    /// The assembly it was put to.
    #[n(7)]
    pub assembly: Option<Id>,
    /// What it is about, in the words of a mandate.
    #[n(8)]
    pub subject: String,
    /// The money it decides on.
    #[n(9)]
    pub money: Option<Ceiling>,
    /// `ordinary`, `rules`, `relocation` or `women_only`.
    #[n(10)]
    pub kind: String,
    /// The needs it answers.
    #[n(11)]
    pub needs: Vec<Id>,
    /// The proposal it answers.
    #[n(12)]
    pub proposal: Option<Id>,
    /// What may be chosen; empty for yes or no.
    #[n(13)]
    pub options: Vec<String>,
    /// The areas it affects beyond its own.
    #[n(14)]
    pub affects: Vec<Id>,
    /// Whom else it affects, in words.
    #[n(15)]
    pub affects_whom: Option<String>,
    /// Whether it cannot wait.
    #[n(16)]
    pub emergency: bool,
    /// Who would do what by when, as moved.
    #[n(17)]
    pub offered: Option<Promise>,
    /// The rules it would set.
    #[n(18)]
    pub rules: Option<NewRules>,
    /// When it was moved, in milliseconds since 1970; 0 before that record is known.
    #[n(19)]
    pub moved_ms: i64,
    /// What was said when it was asked who gains; none before it was asked.
    #[n(20)]
    pub conflict: Option<Conflict>,
    /// Whether somebody else led the meeting for this vote.
    #[n(21)]
    pub chair_replaced: bool,
    /// Which affected areas were told, how and when.
    #[n(22)]
    pub notices: Vec<AreaSaid>,
    /// What those it affects said.
    #[n(23)]
    pub hearings: Vec<AreaSaid>,
    /// How many asked for a secret vote.
    #[n(24)]
    pub secret_asked: i64,
    /// When the vote began in the hall.
    #[n(25)]
    pub vote_begun_ms: Option<i64>,
    /// The round of counting, from 1.
    #[n(26)]
    pub round: u8,
    /// All counts of all rounds.
    #[n(27)]
    pub counts: Vec<HandCount>,
    /// `carried` or `rejected`.
    #[n(28)]
    pub outcome: Option<String>,
    /// The option that was carried, from 1.
    #[n(29)]
    pub option: u8,
    /// `binding`, `binding_emergency`, `advisory` or `opinion_not_quorate`.
    #[n(30)]
    pub force: Option<String>,
    /// Why it does not bind; empty when it does.
    #[n(31)]
    pub force_why: String,
    /// The mandate it stands on.
    #[n(32)]
    pub mandate: Option<Id>,
    /// When it was resolved.
    #[n(33)]
    pub resolved_ms: Option<i64>,
    /// Who was there at the vote.
    #[n(34)]
    pub present: Option<Present>,
    /// What was counted in the hall.
    #[n(35)]
    pub hall: Vec<Tally>,
    /// What was counted from afar.
    #[n(36)]
    pub afar: Vec<Tally>,
    /// Whether the vote was secret.
    #[n(37)]
    pub secret: bool,
    /// Why, in plain words.
    #[n(38)]
    pub reasons: String,
    /// Why, in few words.
    #[n(39)]
    pub because: String,
    /// What those said who were against.
    #[n(40)]
    pub dissent: Option<String>,
    /// The day it is looked at again.
    #[n(41)]
    pub review_day: Option<i64>,
    /// What must hold before it is carried out.
    #[n(42)]
    pub conditions: Vec<String>,
    /// The first day it may be carried out.
    #[n(43)]
    pub from_day: i64,
    /// The body whose promise stands; none while nobody has promised anything.
    #[n(44)]
    pub promise_body: Option<Id>,
    /// What it promised.
    #[n(45)]
    pub promise_what: Option<String>,
    /// The day that falls due.
    #[n(46)]
    pub promise_due_day: Option<i64>,
    /// The body it was handed to.
    #[n(47)]
    pub routed_to: Option<Id>,
    /// Why it was handed on.
    #[n(48)]
    pub routed_why: String,
    /// When.
    #[n(49)]
    pub routed_ms: Option<i64>,
    /// The body that said what it does with it.
    #[n(50)]
    pub taken_by: Option<Id>,
    /// `accepted`, `accepted_changed`, `declined_reason`, `deferred_date` or `referred`.
    #[n(51)]
    pub taken_outcome: Option<String>,
    /// Why.
    #[n(52)]
    pub taken_reason: String,
    /// Until when it is deferred.
    #[n(53)]
    pub taken_until_day: Option<i64>,
    /// The mandate it was accepted under.
    #[n(54)]
    pub taken_mandate: Option<Id>,
    /// When.
    #[n(55)]
    pub taken_ms: Option<i64>,
    /// Appeals, the first first.
    #[n(56)]
    pub appeals: Vec<Appeal>,
    /// Reviews, the first first.
    #[n(57)]
    pub reviews: Vec<Later>,
    /// Replies of who is waited for.
    #[n(58)]
    pub replies: Vec<Later>,
    /// Whether its promise was kept, according to those who brought it.
    #[n(59)]
    pub kept: bool,
    /// By which task.
    #[n(60)]
    pub kept_task: Option<Id>,
    /// When.
    #[n(61)]
    pub kept_ms: Option<i64>,
    /// The body it waits on.
    #[n(62)]
    pub waiting_on: Option<Id>,
    /// For what: `appeal`, `routed`, `promise` or `review`; empty when for nothing.
    #[n(63)]
    pub waiting_for: String,
    /// Since when, in milliseconds since 1970; a day to come for what is put off until then.
    #[n(64)]
    pub waiting_since_ms: Option<i64>,
    /// When anything last happened to it.
    #[n(65)]
    pub last_ms: i64,
    /// The vote on projects that it comes from.
    #[n(66)]
    pub from_round: Option<FromRound>,
}

impl Decision {
    /// Whether it was carried.
    #[must_use]
    pub fn carried(&self) -> bool {
        self.outcome.as_deref() == Some("carried")
    }

    /// Whether it bound when it was resolved.
    #[must_use]
    pub fn binds(&self) -> bool {
        self.force.as_deref().is_some_and(|force| force.starts_with("binding"))
    }

    /// Whether a body with a mandate accepted it.
    #[must_use]
    pub fn accepted(&self) -> bool {
        self.taken_outcome.as_deref().is_some_and(|outcome| outcome.starts_with("accepted"))
    }

    /// Whether it was carried, and neither ended by its review nor overturned on appeal.
    #[must_use]
    pub fn stands(&self) -> bool {
        let ended = self.reviews.iter().any(|review| !review.kept);
        let fell = self.appeals.iter().any(|appeal| appeal.answered_ms.is_some() && !appeal.stands);
        self.carried() && !ended && !fell
    }

    /// The day until which the body that it waits on has put it off.
    #[must_use]
    pub fn put_off_day(&self) -> Option<i64> {
        self.taken_until_day.filter(|_| self.waiting_for == "routed")
    }

    /// Whether somebody has promised something that is not done yet.
    #[must_use]
    pub fn promise_open(&self) -> bool {
        self.promise_body.is_some() && !self.kept && self.stands()
    }

    /// Whether it is still to be looked at again.
    #[must_use]
    pub fn review_open(&self) -> bool {
        self.review_day.is_some() && self.stands()
    }

    /// Whether enough people asked for the vote to be secret.
    #[must_use]
    pub fn must_be_secret(&self) -> bool {
        self.secret_asked >= SECRET_ASKED_MIN
    }

    /// Its number as people say it.
    #[must_use]
    pub fn shown_number(&self) -> String {
        format!("D-{}", self.number)
    }

    pub(super) fn row(&self) -> Vec<Value> {
        vec![
            self.id.into(),
            self.number.into(),
            self.area.into(),
            self.body.into(),
            self.assembly.into(),
            self.needs.iter().map(Id::to_string).collect::<Vec<_>>().join(" ").into(),
            self.moved_ms.into(),
            self.resolved_ms.into(),
            self.waiting_on.into(),
            self.waiting_since_ms.into(),
            self.promise_body.into(),
            self.promise_due_day.into(),
            self.promise_open().into(),
            self.review_day.into(),
            self.review_open().into(),
            record::encode(self).into(),
        ]
    }

    pub(super) fn counts(&self) -> Vec<Count> {
        let mut counts = Vec::new();
        if self.moved_ms == 0 {
            return counts;
        }
        let mut both = |key: String| {
            counts.push(Count { area: Id::NONE, key: key.clone().into(), n: 1 });
            counts.extend(self.area.map(|area| Count { area, key: key.into(), n: 1 }));
        };
        both(format!("outcome/{}", self.outcome.as_deref().unwrap_or("moved")));
        if let (true, Some(force)) = (self.carried(), &self.force) {
            both(format!("force/{force}"));
        }
        if self.promise_body.is_some() {
            both(format!("promise/{}", if self.kept { "kept" } else { "made" }));
        }
        self.power_keys().into_iter().for_each(both);
        let listed = format!("{OF_NEED}{}", self.id);
        let of_need = |need: &Id| Count { area: *need, key: listed.clone().into(), n: 1 };
        counts.extend(self.needs.iter().map(of_need));
        counts
    }

    /// A decision from the column `detail`, the first of a row.
    ///
    /// # Errors
    /// When it cannot be read: the table is of another version.
    pub fn from_row(row: &Row) -> Result<Decision, record::RecordError> {
        record::decode(&row.bytes(0))
    }
}
