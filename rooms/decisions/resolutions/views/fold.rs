//! The fold of a decision: what began it and what resolved it are read first, the rest in order. It
//! accepts what has not arrived and what it does not know.

use record::{DAY_MS, Id, Payload, Record};

use super::{Appeal, AreaSaid, Conflict, Decision, HandCount, Later};
use crate::decisions::resolutions::records::{
    DecisionAppealAnswered, DecisionAppealed, DecisionChairReplaced, DecisionConflictAsked,
    DecisionHandsCounted, DecisionHeard, DecisionKept, DecisionMoved, DecisionNoticed,
    DecisionRecounted, DecisionReplied, DecisionResolved, DecisionReviewed, DecisionRouted,
    DecisionSecretAsked, DecisionTaken, DecisionVoteBegun, Promise,
};

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
        self.from_round = moved.from_round;
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
            // What is put off waits again from its day on.
            let day = self.taken_until_day.map(|day| day.saturating_mul(DAY_MS));
            (self.routed_to, "routed", self.routed_ms.max(day))
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
}
