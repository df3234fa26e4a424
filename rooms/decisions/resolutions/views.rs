//! The folds of decisions and of votes from afar: records in order to one row. Pure. A row of a
//! vote from afar never says whose it is.

use minicbor::{Decode, Encode};
use record::{Id, Payload, Record};
use store::{Column, Count, Folded, OnConflict, Row, Table, Value, View};

use super::records::{
    AfarCame, AfarSetAside, AfarVoted, DecisionAppealAnswered, DecisionAppealed,
    DecisionChairReplaced, DecisionConflictAsked, DecisionHandsCounted, DecisionHeard,
    DecisionKept, DecisionMoved, DecisionNoticed, DecisionRecounted, DecisionReplied,
    DecisionResolved, DecisionReviewed, DecisionRouted, DecisionSecretAsked, DecisionTaken,
    DecisionVoteBegun, NewRules, Present, Promise, Tally,
};
use crate::people::Ceiling;

/// How many of those present must ask for a vote to be secret (safety 11).
pub const SECRET_ASKED_MIN: i64 = 3;

/// The views of this part of the room.
#[must_use]
pub fn views() -> Vec<View> {
    let sql = include_str!("views.sql");
    let view = |noun, name: &'static str, columns, fold| View {
        noun,
        table: Table { name: name.into(), key: 1, columns, on_conflict: OnConflict::Replace },
        sql,
        fold,
    };
    vec![
        view("decision", "decisions_1", DECISIONS, |id, records| {
            let decision = Decision::fold(id, records);
            Folded { counts: decision.counts(), row: decision.row() }
        }),
        view("afar", "afar_1", AFAR, |id, records| Folded {
            row: AfarVote::fold(id, records).row(),
            counts: Vec::new(),
        }),
    ]
}

const DECISIONS: &[(&str, Column)] = &[
    ("id", Column::Bytes),
    ("number", Column::Int),
    ("area", Column::Bytes),
    ("body", Column::Bytes),
    ("assembly", Column::Bytes),
    ("needs", Column::Text),
    ("moved_ms", Column::Int),
    ("resolved_ms", Column::Int),
    ("waiting_on", Column::Bytes),
    ("waiting_since_ms", Column::Int),
    ("promise_body", Column::Bytes),
    ("promise_due_day", Column::Int),
    ("promise_open", Column::Bool),
    ("review_day", Column::Int),
    ("review_open", Column::Bool),
    ("detail", Column::Bytes),
];
const AFAR: &[(&str, Column)] = &[
    ("id", Column::Bytes),
    ("decision", Column::Bytes),
    ("choice", Column::Text),
    ("counts", Column::Bool),
];

/// Somebody said that they gain from it, or that nobody does.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct Conflict {
    /// Whether somebody said so.
    #[n(0)]
    pub declared: bool,
    /// Whether it was who led the meeting.
    #[n(1)]
    pub chair: bool,
    /// What was said.
    #[n(2)]
    pub what: String,
}

/// What was told to, or heard from, an area that is affected.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct AreaSaid {
    /// The area.
    #[n(0)]
    pub area: Id,
    /// How it was told, or what was said.
    #[n(1)]
    pub words: String,
    /// The day, in days since 1970; 0 for a hearing.
    #[n(2)]
    pub day: i64,
}

/// What one counter counted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct HandCount {
    /// 1 or 2.
    #[n(0)]
    pub counter: u8,
    /// The round, from 1.
    #[n(1)]
    pub round: u8,
    /// One entry a choice.
    #[n(2)]
    pub tallies: Vec<Tally>,
    /// `hall` or `paper`.
    #[n(3)]
    pub via: String,
    /// Who wrote it down.
    #[n(4)]
    pub author: Option<Id>,
}

/// An appeal and its answer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct Appeal {
    /// Why.
    #[n(0)]
    pub why: String,
    /// The body that answers.
    #[n(1)]
    pub to: Id,
    /// When it was made, in milliseconds since 1970.
    #[n(2)]
    pub made_ms: i64,
    /// When it was answered.
    #[n(3)]
    pub answered_ms: Option<i64>,
    /// Whether the decision stands.
    #[n(4)]
    pub stands: bool,
    /// Why, in the words of the body that answered.
    #[n(5)]
    pub reason: String,
}

/// What was said of a decision on a later day: a review, or a reply of who is waited for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct Later {
    /// The body that said it.
    #[n(0)]
    pub by: Id,
    /// What.
    #[n(1)]
    pub words: String,
    /// When, in milliseconds since 1970.
    #[n(2)]
    pub at_ms: i64,
    /// Whether the decision goes on.
    #[n(3)]
    pub kept: bool,
}

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
    /// Since when, in milliseconds since 1970.
    #[n(64)]
    pub waiting_since_ms: Option<i64>,
    /// When anything last happened to it.
    #[n(65)]
    pub last_ms: i64,
}

impl Decision {
    /// The fold.
    #[must_use]
    pub fn fold(id: Id, records: &[Record]) -> Decision {
        let mut decision = Decision { id, round: 1, ..Decision::default() };
        // What began it is read first, whatever the clocks of two nodes say.
        for record in records.iter().filter(|r| r.kind == DecisionMoved::KIND) {
            decision.moved(record);
        }
        for record in records.iter().filter(|r| r.kind == DecisionResolved::KIND) {
            decision.resolved(record);
        }
        for record in records {
            if !decision.vote_step(record) {
                decision.later_step(record);
            }
            decision.last_ms = decision.last_ms.max(record.clock.ms());
        }
        decision.wait();
        decision
    }

    fn moved(&mut self, record: &Record) {
        let Some(moved) = record.read::<DecisionMoved>() else { return };
        if self.moved_ms > 0 {
            return;
        }
        self.number = moved.number;
        self.title = moved.title;
        self.short = moved.short;
        self.effects = moved.effects;
        self.area = record.area;
        self.body = moved.body;
        self.assembly = moved.assembly;
        self.subject = moved.subject;
        self.money = moved.money;
        self.kind = moved.kind;
        self.needs = moved.needs;
        self.proposal = moved.proposal;
        self.options = moved.options;
        self.affects = moved.affects;
        self.affects_whom = moved.affects_whom;
        self.emergency = moved.emergency;
        self.offered = moved.promise;
        self.rules = moved.rules;
        self.moved_ms = record.clock.ms();
    }

    /// The first resolution counts: what was resolved is appealed or reviewed, never resolved anew.
    fn resolved(&mut self, record: &Record) {
        let Some(resolved) = record.read::<DecisionResolved>() else { return };
        if self.resolved_ms.is_some() {
            return;
        }
        self.outcome = Some(resolved.outcome);
        self.option = resolved.option;
        self.force = Some(resolved.force);
        self.force_why = resolved.force_why;
        self.mandate = resolved.mandate;
        self.resolved_ms = Some(record.clock.ms());
        self.present = resolved.present;
        self.hall = resolved.hall;
        self.afar = resolved.afar;
        self.secret = resolved.secret;
        self.reasons = resolved.reasons;
        self.because = resolved.because;
        self.dissent = resolved.dissent;
        self.review_day = resolved.review_day;
        self.conditions = resolved.conditions;
        self.from_day = resolved.from_day;
        self.offered = resolved.promise;
        let owned = self.offered.as_ref().is_some_and(|promise| promise.body == self.body);
        if self.carried() && (self.binds() || owned) {
            let offered = self.offered.clone();
            self.promise(offered);
        }
    }

    fn promise(&mut self, promise: Option<Promise>) {
        let Some(promise) = promise else { return };
        self.promise_body = Some(promise.body);
        self.promise_what = Some(promise.what);
        self.promise_due_day = Some(promise.due_day);
    }

    /// What happens before it is resolved; whether this was such a record.
    fn vote_step(&mut self, record: &Record) -> bool {
        if let Some(asked) = record.read::<DecisionConflictAsked>() {
            self.conflict =
                Some(Conflict { declared: asked.declared, chair: asked.chair, what: asked.what });
        } else if record.kind == DecisionChairReplaced::KIND {
            self.chair_replaced = true;
        } else if let Some(noticed) = record.read::<DecisionNoticed>() {
            let DecisionNoticed { area, how: words, day } = noticed;
            self.notices.push(AreaSaid { area, words, day });
        } else if let Some(heard) = record.read::<DecisionHeard>() {
            let DecisionHeard { area, words } = heard;
            self.hearings.push(AreaSaid { area, words, day: 0 });
        } else if let Some(asked) = record.read::<DecisionSecretAsked>() {
            self.secret_asked = self.secret_asked.max(asked.by_n);
        } else if record.kind == DecisionVoteBegun::KIND {
            let at = record.clock.ms();
            self.vote_begun_ms = Some(self.vote_begun_ms.map_or(at, |first| first.min(at)));
        } else if let Some(counted) = record.read::<DecisionHandsCounted>() {
            let DecisionHandsCounted { counter, round, tallies, via } = counted;
            let author = record.author;
            self.counts.retain(|count| (count.counter, count.round) != (counter, round));
            self.counts.push(HandCount { counter, round, tallies, via, author });
        } else if let Some(recounted) = record.read::<DecisionRecounted>() {
            self.round = self.round.max(recounted.round);
        } else {
            return false;
        }
        true
    }

    /// What happens after it was resolved.
    fn later_step(&mut self, record: &Record) {
        let at = record.clock.ms();
        if let Some(routed) = record.read::<DecisionRouted>() {
            self.routed_to = Some(routed.to);
            self.routed_why = routed.why;
            self.routed_ms = Some(at);
            if self.taken_outcome.as_deref() == Some("referred") {
                self.taken_outcome = None;
            }
        } else if let Some(taken) = record.read::<DecisionTaken>() {
            self.take(taken, at);
        } else if let Some(appealed) = record.read::<DecisionAppealed>() {
            let DecisionAppealed { why, to } = appealed;
            self.appeals.push(Appeal { why, to, made_ms: at, ..Appeal::default() });
        } else if let Some(answer) = record.read::<DecisionAppealAnswered>() {
            let open = self.appeals.iter_mut().find(|appeal| appeal.answered_ms.is_none());
            if let Some(appeal) = open {
                appeal.answered_ms = Some(at);
                appeal.stands = answer.stands;
                appeal.reason = answer.reason;
                appeal.to = answer.by;
            }
        } else if let Some(reviewed) = record.read::<DecisionReviewed>() {
            let DecisionReviewed { kept, reason: words, next_day } = reviewed;
            self.reviews.push(Later { by: self.body, words, at_ms: at, kept });
            self.review_day = next_day.filter(|_| kept);
        } else if let Some(replied) = record.read::<DecisionReplied>() {
            let DecisionReplied { by, words } = replied;
            self.replies.push(Later { by, words, at_ms: at, kept: true });
        } else if let Some(kept) = record.read::<DecisionKept>() {
            self.kept = true;
            self.kept_task = Some(kept.task);
            self.kept_ms = Some(at);
        }
    }

    fn take(&mut self, taken: DecisionTaken, at: i64) {
        if taken.outcome.starts_with("accepted") {
            let promise = taken.promise.or_else(|| self.offered.clone());
            self.promise(promise);
        }
        self.taken_by = Some(taken.by);
        self.taken_outcome = Some(taken.outcome);
        self.taken_reason = taken.reason;
        self.taken_until_day = taken.until_day;
        self.taken_mandate = taken.mandate;
        self.taken_ms = Some(at);
    }

    /// What it waits for now, the most pressing first.
    fn wait(&mut self) {
        let appeal = self.appeals.iter().find(|appeal| appeal.answered_ms.is_none());
        let open = matches!(self.taken_outcome.as_deref(), None | Some("deferred_date"));
        let (on, what, since) = if let Some(appeal) = appeal {
            (Some(appeal.to), "appeal", Some(appeal.made_ms))
        } else if !self.stands() {
            (None, "", None)
        } else if self.routed_to.is_some() && open {
            (self.routed_to, "routed", self.routed_ms)
        } else if self.promise_open() {
            (self.promise_body, "promise", self.taken_ms.or(self.resolved_ms))
        } else if self.review_open() {
            (Some(self.body), "review", self.resolved_ms)
        } else {
            (None, "", None)
        };
        self.waiting_on = on;
        what.clone_into(&mut self.waiting_for);
        self.waiting_since_ms = since;
    }

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

    fn row(&self) -> Vec<Value> {
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

    fn counts(&self) -> Vec<Count> {
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

/// A vote from afar, as folded. It says nothing of whose it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AfarVote {
    /// A keyed hash.
    pub id: Id,
    /// The decision; none for the mark of somebody who came in person.
    pub decision: Option<Id>,
    /// What was chosen last; empty when nothing was.
    pub choice: String,
    /// Whether whoever it is came in person, and votes by hand.
    pub set_aside: bool,
}

impl AfarVote {
    /// The fold: the last choice counts, and a mark at the door sets it aside for good.
    #[must_use]
    pub fn fold(id: Id, records: &[Record]) -> AfarVote {
        let mut vote = AfarVote { id, ..AfarVote::default() };
        for record in records {
            if let Some(voted) = record.read::<AfarVoted>() {
                vote.decision = Some(voted.decision);
                vote.choice = voted.choice;
            } else if let Some(aside) = record.read::<AfarSetAside>() {
                vote.decision = Some(aside.decision);
                vote.set_aside = true;
            } else if record.kind == AfarCame::KIND {
                vote.set_aside = true;
            }
        }
        vote
    }

    fn row(&self) -> Vec<Value> {
        let counts = !self.set_aside && !self.choice.is_empty();
        vec![self.id.into(), self.decision.into(), self.choice.as_str().into(), counts.into()]
    }
}
