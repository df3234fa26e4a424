//! A round of ballots as its records tell it. It never says how ballots stand before the count.

use ballots::{Beside, Group, Outcome};
use minicbor::{Decode, Encode};
use record::{DAY_MS, Id, Record};
use store::{Row, Value};

use crate::decisions::ballots::records::{
    BallotRoundAnnounced, BallotRoundAppealAnswered, BallotRoundAppealed, BallotRoundCalledOff,
    BallotRoundConflictSaid, BallotRoundCounted, BallotRoundDecided, BallotRoundDutyGiven,
};

/// An appeal against a result.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Appeal {
    /// Why.
    #[n(0)]
    pub why: String,
    /// When.
    #[n(1)]
    pub at_ms: i64,
    /// Whether the result stands, and why; none while it is open.
    #[n(2)]
    pub answer: Option<(bool, String)>,
    /// The member who made it, if one did.
    #[n(3)]
    pub by: Option<Id>,
    /// What members answered, in their order; none where the one answer closed it.
    #[n(4)]
    pub said: Option<Vec<AppealSaid>>,
}

/// What a member answered to an appeal.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct AppealSaid {
    /// Who.
    #[n(0)]
    pub by: Id,
    /// Their bodies.
    #[n(1)]
    pub groups: Vec<Id>,
    /// Whether the result stands.
    #[n(2)]
    pub stands: bool,
    /// Why.
    #[n(3)]
    pub reason: String,
    /// Whether the words of the appeal are fit for everybody.
    #[n(4)]
    pub fit: bool,
}

/// So many members of different bodies must say that a result is void, and so many that it stands
/// once one said that it is void.
const AGREEING: usize = 2;

impl Appeal {
    /// What members answered.
    #[must_use]
    pub fn answers(&self) -> &[AppealSaid] {
        self.said.as_deref().unwrap_or_default()
    }

    /// Whether everybody may read its words: those who answered found them fit.
    #[must_use]
    pub fn is_public(&self) -> bool {
        self.answer.is_some() && self.answers().iter().all(|said| said.fit)
    }

    fn take(&mut self, said: AppealSaid) {
        let mut all = self.said.take().unwrap_or_default();
        all.push(said.clone());
        let alike = all.iter().filter(|other| other.stands == said.stands).count();
        if alike >= AGREEING || (said.stands && all.len() == 1) {
            self.answer = Some((said.stands, said.reason));
        }
        self.said = Some(all);
    }
}

/// What a round came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted {
    /// What is funded, and why.
    pub outcome: Outcome,
    /// What each place got.
    pub groups: Vec<Group>,
    /// What stands beside it.
    pub beside: Option<Beside>,
}

/// A round.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct Round {
    /// Which.
    #[n(0)]
    pub id: Id,
    /// Where; none for the whole city.
    #[n(1)]
    pub area: Option<Id>,
    /// When it was announced; 0 when it never was.
    #[n(2)]
    pub announced_ms: i64,
    /// All its rules.
    #[n(3)]
    pub said: Option<BallotRoundAnnounced>,
    /// Who gives out credentials now.
    #[n(4)]
    pub registrar: Id,
    /// Who keeps the box now.
    #[n(5)]
    pub keeper: Id,
    /// Duties that were given to others, with the reason.
    #[n(6)]
    pub changes: Vec<(String, String)>,
    /// Members who gain, and by which project.
    #[n(7)]
    pub conflicts: Vec<(Id, i64)>,
    /// Why it was called off.
    #[n(8)]
    pub called_off: Option<String>,
    /// What it came to: outcome and groups as JSON.
    #[n(9)]
    pub told: Option<String>,
    /// When that was counted.
    #[n(10)]
    pub counted_ms: i64,
    /// SHA-256 of the bundle.
    #[n(11)]
    pub bundle: Option<Vec<u8>>,
    /// Whether ballots are published.
    #[n(12)]
    pub full: bool,
    /// Appeals in their order.
    #[n(13)]
    pub appeals: Vec<Appeal>,
    /// The number of the decision that its result became.
    #[n(14)]
    pub decided: Option<i64>,
}

impl Round {
    /// The fold.
    #[must_use]
    pub fn fold(id: Id, records: &[Record]) -> Round {
        let mut round = Round { id, ..Round::default() };
        for record in records {
            round.take(record);
        }
        round
    }

    fn take(&mut self, record: &Record) {
        if let Some(said) = record.read::<BallotRoundAnnounced>() {
            (self.area, self.announced_ms) = (record.area, record.clock.ms());
            (self.registrar, self.keeper) = (said.registrar, said.keeper);
            self.said = Some(said);
        } else if let Some(given) = record.read::<BallotRoundDutyGiven>() {
            match given.duty.as_str() {
                "registrar" => self.registrar = given.member,
                _ => self.keeper = given.member,
            }
            self.changes.push((given.duty, given.reason));
        } else if let Some(said) = record.read::<BallotRoundConflictSaid>() {
            self.conflicts.push((said.member, said.project));
        } else if let Some(off) = record.read::<BallotRoundCalledOff>() {
            self.called_off = Some(off.reason);
        } else if let Some(counted) = record.read::<BallotRoundCounted>() {
            (self.told, self.bundle) = (Some(counted.told), Some(counted.bundle.to_vec()));
            (self.counted_ms, self.full) = (record.clock.ms(), counted.full);
        } else if let Some(appealed) = record.read::<BallotRoundAppealed>() {
            let (at_ms, by) = (record.clock.ms(), record.author);
            let (why, answer, said) = (appealed.why, None, None);
            self.appeals.push(Appeal { why, at_ms, answer, by, said });
        } else if let Some(answered) = record.read::<BallotRoundAppealAnswered>() {
            self.answered(answered, record.author);
        } else if let Some(decided) = record.read::<BallotRoundDecided>() {
            self.decided = Some(decided.number);
        }
    }

    fn answered(&mut self, answered: BallotRoundAppealAnswered, by: Option<Id>) {
        let BallotRoundAppealAnswered { stands, reason, appeal, groups, fit } = answered;
        let mut open = (1..).zip(&mut self.appeals).filter(|(_, appeal)| appeal.answer.is_none());
        let found = open.find(|(n, _)| appeal.is_none_or(|asked| asked == *n));
        let Some((_, found)) = found else { return };
        match groups {
            None => found.answer = Some((stands, reason)),
            Some(groups) => {
                let (by, fit) = (by.unwrap_or(Id::NONE), fit.unwrap_or(false));
                found.take(AppealSaid { by, groups, stands, reason, fit });
            }
        }
    }

    /// The appeals that are not answered yet, with their numbers, from 1.
    pub fn open_appeals(&self) -> impl Iterator<Item = (u32, &Appeal)> {
        (1..).zip(&self.appeals).filter(|(_, appeal)| appeal.answer.is_none())
    }

    /// The rules as announced.
    #[must_use]
    pub fn rules(&self) -> BallotRoundAnnounced {
        self.said.clone().unwrap_or_default()
    }

    /// What it came to, once it is counted.
    #[must_use]
    pub fn result(&self) -> Option<Counted> {
        let told = self.told.as_deref()?;
        if let Ok((outcome, groups, beside)) = serde_json::from_str(told) {
            return Some(Counted { outcome, groups, beside });
        }
        // What was counted before anything stood beside it.
        let (outcome, groups) = serde_json::from_str(told).ok()?;
        Some(Counted { outcome, groups, beside: None })
    }

    /// Its number as people say it.
    #[must_use]
    pub fn shown_number(&self) -> String {
        format!("V-{}", self.rules().number)
    }

    /// How it stands: `announced`, `open`, `closed`, `counted` (one may appeal), `final`, `void`
    /// (an appeal held) or `called_off`.
    #[must_use]
    pub fn status(&self, now_ms: i64) -> &'static str {
        let (opens, closes) = self.said.as_ref().map_or((0, 0), |s| (s.opens_ms, s.closes_ms));
        let open_appeal = self.appeals.iter().any(|appeal| appeal.answer.is_none());
        let fell = self.appeals.iter().any(|a| a.answer.as_ref().is_some_and(|(s, _)| !s));
        match &self.told {
            _ if self.called_off.is_some() => "called_off",
            Some(_) if fell => "void",
            Some(_) if open_appeal || now_ms < self.appeals_until_ms() => "counted",
            Some(_) => "final",
            None if now_ms < opens => "announced",
            None if now_ms < closes => "open",
            None => "closed",
        }
    }

    /// Until when one may appeal.
    #[must_use]
    pub fn appeals_until_ms(&self) -> i64 {
        let days = self.said.as_ref().map_or(0, |said| said.appeal_days);
        self.counted_ms.saturating_add(days.saturating_mul(DAY_MS))
    }

    /// Whether a member gains by what is decided: they said so, or a body of theirs would have
    /// money.
    #[must_use]
    pub fn gains(&self, member: Id, bodies: &[Id]) -> bool {
        let said = self.conflicts.iter().any(|(who, _)| *who == member);
        let projects = self.said.iter().flat_map(|said| &said.projects);
        let mut bodies_paid = projects.filter_map(|project| project.body);
        said || bodies_paid.any(|body| bodies.contains(&body))
    }

    pub(super) fn row(&self) -> Vec<Value> {
        let said = self.said.as_ref();
        vec![
            self.id.into(),
            said.map_or(0, |said| said.number).into(),
            said.map_or(0, |said| said.closes_ms).into(),
            (self.told.is_some() || self.called_off.is_some()).into(),
            record::encode(self).into(),
        ]
    }

    /// The row whose `whole` is the first column of a query's answer.
    #[must_use]
    pub fn from_row(row: &Row) -> Option<Round> {
        record::decode(&row.bytes(0)).ok()
    }
}
