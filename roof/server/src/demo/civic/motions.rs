//! Decisions of the story: motions, votes, force, and what the bodies they wait on answer. What
//! force each has is the room's own judgement: the story never says it.

use rooms::decisions::resolutions::rules::{MotionAsked, Resolving, Taking};
use rooms::decisions::resolutions::{
    DecisionConflictAsked, DecisionHandsCounted, DecisionHeard, DecisionMoved, DecisionNoticed,
    NewRules, Promise, Tally, acts,
};
use rooms::door::Trouble;
use rooms::people::Ceiling;
use serde::Deserialize;

use super::{Act, CURRENCY, Civic, Promised};

/// A motion is put.
#[derive(Debug, Deserialize)]
pub(in crate::demo) struct Moved {
    decision: String,
    /// The assembly; none for a body that decides without one.
    assembly: Option<String>,
    body: String,
    area: Option<String>,
    subject: String,
    kind: Option<String>,
    title: String,
    short: String,
    effects: String,
    /// In cents.
    money: Option<i64>,
    #[serde(default)]
    needs: Vec<String>,
    proposal: Option<String>,
    #[serde(default)]
    affects: Vec<String>,
    whom: Option<String>,
    #[serde(default)]
    emergency: bool,
    promise: Option<Promised>,
    /// Share of women, attendance, supporters and voices, of a motion about the rules.
    rules: Option<[i64; 4]>,
    by: String,
}

/// It is asked who gains.
#[derive(Debug, Deserialize)]
pub(in crate::demo) struct Conflict {
    decision: String,
    #[serde(default)]
    declared: bool,
    #[serde(default)]
    chair: bool,
    #[serde(default)]
    what: String,
    by: String,
}

/// A vote: hands of women, men and others, or papers for yes, no and neither.
#[derive(Debug, Deserialize)]
pub(in crate::demo) struct Vote {
    decision: String,
    /// Who is there, in an assembly.
    there: Option<[i64; 3]>,
    #[serde(default)]
    yes: [i64; 3],
    #[serde(default)]
    no: [i64; 3],
    #[serde(default)]
    abstain: [i64; 3],
    papers: Option<[i64; 3]>,
    counters: [String; 2],
}

/// It is resolved.
#[derive(Debug, Deserialize)]
pub(in crate::demo) struct Resolved {
    decision: String,
    reasons: String,
    #[serde(default)]
    because: String,
    #[serde(default)]
    dissent: String,
    by: String,
}

/// A body answers what waits on it.
#[derive(Debug, Deserialize)]
pub(in crate::demo) struct Taken {
    decision: String,
    body: String,
    outcome: String,
    #[serde(default)]
    reason: String,
    /// So many days before today.
    until: Option<i64>,
    promise: Option<Promised>,
    by: String,
}

impl Civic<'_> {
    pub(super) async fn about_decisions(&mut self, act: &Act) -> Result<(), Trouble> {
        let house = self.house;
        match act {
            Act::Move(moved) => self.put(moved).await,
            Act::Notice { decision, areas, how, by } => {
                let (id, by) = (self.named(decision)?, self.actor(by).await?);
                for area in areas {
                    let day = record::day_of(house.now_ms());
                    let noticed = DecisionNoticed { area: self.area(area)?, how: how.clone(), day };
                    acts::notice(house, id, noticed, &by).await?;
                }
                Ok(())
            }
            Act::Hear { decision, area, words, by } => {
                let heard = DecisionHeard { area: self.area(area)?, words: words.clone() };
                acts::hear(house, self.named(decision)?, heard, &self.actor(by).await?).await
            }
            Act::Conflict(asked) => {
                let Conflict { decision, declared, chair, what, by } = asked;
                let (declared, chair, what) = (*declared, *chair, what.clone());
                let asked = DecisionConflictAsked { declared, chair, what };
                acts::ask_conflict(house, self.named(decision)?, asked, &self.actor(by).await?)
                    .await
            }
            Act::Chair { decision, woman, by } => {
                let by = self.actor(by).await?;
                acts::replace_chair(house, self.named(decision)?, *woman, &by).await
            }
            Act::Secret { decision, n, by } => {
                acts::ask_secret(house, self.named(decision)?, *n, &self.actor(by).await?).await
            }
            Act::Vote(vote) => self.vote(vote).await,
            Act::Resolve(said) => {
                let resolving = Resolving {
                    reasons: said.reasons.clone(),
                    because: said.because.clone(),
                    dissent: said.dissent.clone(),
                    ..Resolving::default()
                };
                let by = self.actor(&said.by).await?;
                acts::resolve(house, self.named(&said.decision)?, resolving, &by).await
            }
            Act::Take(taken) => self.take(taken).await,
            Act::Appeal { decision, why, by } => {
                let by = self.actor(by).await?;
                acts::appeal(house, self.named(decision)?, why.clone(), &by).await
            }
            _ => Ok(()),
        }
    }

    fn promise(&self, promised: Option<&Promised>) -> Result<Option<Promise>, Trouble> {
        let Some(Promised { body, what, due }) = promised else { return Ok(None) };
        let due_day = self.day(*due);
        Ok(Some(Promise { body: self.body(body)?, what: what.clone(), due_day }))
    }

    async fn put(&mut self, moved: &Moved) -> Result<(), Trouble> {
        let by = self.actor(&moved.by).await?;
        let named = |name: &Option<String>| name.as_deref().map(|n| self.named(n)).transpose();
        let rules = moved.rules.map(|[women, attendance, support, voices]| NewRules {
            women_share_min_percent: women,
            attendance_min: attendance,
            support_min: support,
            agenda_voices_min: voices,
        });
        let money = |amount_minor| Ceiling { amount_minor, currency: CURRENCY.to_owned() };
        let written = DecisionMoved {
            assembly: named(&moved.assembly)?,
            body: self.body(&moved.body)?,
            subject: moved.subject.clone(),
            title: moved.title.clone(),
            short: moved.short.clone(),
            effects: moved.effects.clone(),
            money: moved.money.map(money),
            kind: moved.kind.clone().unwrap_or_else(|| "ordinary".to_owned()),
            needs: self.needs_named(&moved.needs)?,
            proposal: named(&moved.proposal)?,
            affects: moved.affects.iter().map(|area| self.area(area)).collect::<Result<_, _>>()?,
            affects_whom: moved.whom.clone(),
            emergency: moved.emergency,
            promise: self.promise(moved.promise.as_ref())?,
            rules,
            ..DecisionMoved::default()
        };
        let area = moved.area.as_deref().map(|area| self.area(area)).transpose()?;
        let asked = MotionAsked { moved: written, area };
        let id = acts::move_motion(self.house, asked, &by).await?;
        self.made.insert(moved.decision.clone(), id);
        Ok(())
    }

    /// Who is there is counted by both, the vote begins, and both count the hands or papers.
    async fn vote(&self, vote: &Vote) -> Result<(), Trouble> {
        let (house, id) = (self.house, self.named(&vote.decision)?);
        let [first, second] = &vote.counters;
        let (first, second) = (self.actor(first).await?, self.actor(second).await?);
        let decision = rooms::decisions::decision(house, id).await?.ok_or(Trouble::NotFound)?;
        if let (Some(there), Some(assembly)) = (vote.there, decision.assembly) {
            self.roll(assembly, ("vote", Some(id)), (there, None), &vote.counters).await?;
        }
        acts::begin(house, id, &first).await?;
        let counted = |counter| {
            vec![DecisionHandsCounted {
                counter,
                round: decision.round,
                tallies: tallies(vote),
                via: "hall".to_owned(),
            }]
        };
        let (first, second) = tokio::join!(
            biased;
            acts::count(house, id, counted(1), &first),
            acts::count(house, id, counted(2), &second)
        );
        first.and(second)
    }

    async fn take(&self, taken: &Taken) -> Result<(), Trouble> {
        let taking = Taking {
            body: self.body(&taken.body)?,
            outcome: taken.outcome.clone(),
            reason: taken.reason.clone(),
            until_day: taken.until.map(|before| self.day(before)),
            promise: self.promise(taken.promise.as_ref())?,
            ..Taking::default()
        };
        let by = self.actor(&taken.by).await?;
        acts::take(self.house, self.named(&taken.decision)?, taking, &by).await
    }
}

fn tallies(vote: &Vote) -> Vec<Tally> {
    let [yes, no, abstain] = vote.papers.unwrap_or_default();
    let all = [("yes", vote.yes, yes), ("no", vote.no, no), ("abstain", vote.abstain, abstain)];
    all.map(|(choice, [women, men, other], papers)| Tally {
        choice: choice.to_owned(),
        women,
        men,
        other,
        papers,
    })
    .to_vec()
}
