//! An application as its records tell it. Pure. A score that somebody gave before they said that
//! they are too close to it does not count.

use minicbor::{Decode, Encode};
use record::{Id, Payload, Record};

use crate::funds::records::{
    ApplicationAppealAnswered, ApplicationAppealed, ApplicationConflictSaid, ApplicationDecided,
    ApplicationMade, ApplicationPointed, ApplicationRouted, ApplicationScored, ApplicationVouched,
};

/// How many bodies vouch for one without papers.
pub const VOUCHERS_MIN: usize = 2;

/// What one member of the panel gave on one criterion.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct Scored {
    /// Who.
    #[n(0)]
    pub member: Id,
    /// On which criterion, from 0.
    #[n(1)]
    pub criterion: i64,
    /// 0 to 4.
    #[n(2)]
    pub points: i64,
    /// Why.
    #[n(3)]
    pub reason: String,
}

/// Who vouched.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct Voucher {
    /// The body.
    #[n(0)]
    pub body: Id,
    /// The member who said so for it.
    #[n(1)]
    pub member: Option<Id>,
}

/// An appeal and its answer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct Appealed {
    /// Why.
    #[n(0)]
    pub said: ApplicationAppealed,
    /// What another body answered.
    #[n(1)]
    pub answer: Option<ApplicationAppealAnswered>,
}

/// An application as its records tell it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct Application {
    /// Its id.
    #[n(0)]
    pub id: Id,
    /// What was asked for; its number is 0 before that is known.
    #[n(1)]
    pub made: ApplicationMade,
    /// Where; none for the whole city.
    #[n(2)]
    pub area: Option<Id>,
    /// When, in milliseconds since 1970.
    #[n(3)]
    pub made_ms: i64,
    /// Who vouched, each body once and each member once.
    #[n(4)]
    pub vouchers: Vec<Voucher>,
    /// All scores that count.
    #[n(5)]
    pub scores: Vec<Scored>,
    /// Who is too close to it, and in what way.
    #[n(6)]
    pub conflicts: Vec<(Id, String)>,
    /// Where it went, when it was above what its body may decide.
    #[n(7)]
    pub routed: Option<ApplicationRouted>,
    /// What was decided.
    #[n(8)]
    pub decided: Option<ApplicationDecided>,
    /// Appeals, the first first.
    #[n(9)]
    pub appeals: Vec<Appealed>,
    /// Whether what it is for was named by the desk.
    #[n(10)]
    pub pointed: bool,
}

impl Application {
    /// Folds an application's records, whatever order they come in.
    #[must_use]
    pub fn fold(id: Id, records: &[Record]) -> Application {
        let mut ordered: Vec<&Record> = records.iter().collect();
        ordered.sort_by_key(|record| record.order());
        let mut application = Application { id, ..Application::default() };
        let made = ordered.iter().find_map(|r| Some((r, r.read::<ApplicationMade>()?)));
        if let Some((record, made)) = made {
            application.made = made;
            application.area = record.area;
            application.made_ms = record.clock.ms();
        }
        for record in ordered {
            application.step(record);
        }
        application
    }

    fn step(&mut self, record: &Record) {
        match record.kind.as_str() {
            ApplicationVouched::KIND => {
                let Some(vouched) = record.read::<ApplicationVouched>() else { return };
                let voucher = Voucher { body: vouched.by, member: record.author };
                let known =
                    |other: &Voucher| other.body == voucher.body || other.member == voucher.member;
                if Some(vouched.by) != self.made.body && !self.vouchers.iter().any(known) {
                    self.vouchers.push(voucher);
                }
            }
            ApplicationPointed::KIND => {
                let Some(pointed) = record.read::<ApplicationPointed>() else { return };
                // Once it is decided, the purse keeps what it was decided for.
                if self.decided.is_none() {
                    self.made.needs = pointed.needs;
                    self.made.decision = pointed.decision;
                    self.pointed = true;
                }
            }
            ApplicationScored::KIND => self.scored(record),
            ApplicationConflictSaid::KIND => {
                let said = record.read::<ApplicationConflictSaid>();
                let Some((said, member)) = said.zip(record.author) else { return };
                self.scores.retain(|score| score.member != member);
                self.conflicts.retain(|(known, _)| *known != member);
                self.conflicts.push((member, said.words));
            }
            ApplicationRouted::KIND => self.routed = record.read(),
            // The first decision counts; one that an appeal overturned is gone by then.
            ApplicationDecided::KIND => {
                self.decided = self.decided.take().or_else(|| record.read());
            }
            ApplicationAppealed::KIND => {
                let Some(said) = record.read() else { return };
                self.appeals.push(Appealed { said, answer: None });
            }
            ApplicationAppealAnswered::KIND => {
                let Some(answer) = record.read::<ApplicationAppealAnswered>() else { return };
                let Some(open) = self.appeals.iter_mut().find(|a| a.answer.is_none()) else {
                    return;
                };
                if !answer.stands {
                    self.decided = None;
                }
                open.answer = Some(answer);
            }
            _ => {}
        }
    }

    fn scored(&mut self, record: &Record) {
        let said = record.read::<ApplicationScored>();
        let Some((said, member)) = said.zip(record.author) else { return };
        if self.is_close(member) {
            return;
        }
        for score in said.scores {
            let same =
                |known: &Scored| known.member == member && known.criterion == score.criterion;
            self.scores.retain(|known| !same(known));
            self.scores.push(Scored {
                member,
                criterion: score.criterion,
                points: score.points,
                reason: score.reason,
            });
        }
    }

    /// Whether a member said that they are too close to it.
    #[must_use]
    pub fn is_close(&self, member: Id) -> bool {
        self.conflicts.iter().any(|(known, _)| *known == member)
    }

    /// Whether those who asked named themselves what it is for.
    #[must_use]
    pub fn is_named_by_them(&self) -> bool {
        let named = !self.made.needs.is_empty() || self.made.decision.is_some();
        named && !self.pointed
    }

    /// Whether it counts: from a registered body, or vouched for by two.
    #[must_use]
    pub fn counts(&self) -> bool {
        self.made.number > 0 && (self.made.body.is_some() || self.vouchers.len() >= VOUCHERS_MIN)
    }

    /// Whether it comes from a women-led body.
    #[must_use]
    pub fn is_women_led(&self) -> bool {
        self.made.kind == "women_led_org"
    }

    /// Whether an appeal waits for an answer.
    #[must_use]
    pub fn is_appealed(&self) -> bool {
        self.appeals.iter().any(|appeal| appeal.answer.is_none())
    }

    /// How it stands, one code.
    #[must_use]
    pub fn status(&self) -> &'static str {
        match &self.decided {
            _ if !self.counts() => "waits",
            _ if self.is_appealed() => "appealed",
            Some(decided) if decided.funded => "funded",
            Some(_) => "declined",
            None if self.routed.is_some() => "routed",
            None if self.scores.is_empty() => "received",
            None => "scored",
        }
    }
}
