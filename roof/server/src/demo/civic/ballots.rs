//! Votes on projects in the story: announced, cards given out, ballots cast, counted. What wins is
//! the room's own count: the story never says it.

use record::{DAY_MS, Id};
use rooms::decisions::ballots::{
    Announcing, BallotRoundAnnounced, Hand, ProjectSaid, RightSaid, acts, queries,
};
use rooms::door::Trouble;
use rooms::people;
use serde::Deserialize;

use super::{Act, CURRENCY, Civic};

/// Digits of an amount behind the point.
const DECIMALS: u8 = 2;

/// A round is announced. Days are counted back from today.
#[derive(Debug, Deserialize)]
pub(in crate::demo) struct Announced {
    round: String,
    question: String,
    who: String,
    /// What it is called and what it costs, in cents.
    projects: Vec<(String, i64)>,
    /// In cents.
    budget: i64,
    choices: i64,
    rule: String,
    opens: i64,
    closes: i64,
    appeal_days: i64,
    registrar: String,
    keeper: String,
    /// The body that decides, and what about, in the words of its mandate.
    body: String,
    subject: String,
    by: String,
}

/// So many people who vote alike.
#[derive(Debug, Deserialize)]
pub(in crate::demo) struct Alike {
    n: usize,
    ticks: Vec<usize>,
}

impl Civic<'_> {
    pub(super) async fn about_ballots(&mut self, act: &Act) -> Result<(), Trouble> {
        match act {
            Act::Announce(said) => self.announce(said).await,
            Act::Cards { round, area, n } => self.hand_out(round, area, *n).await,
            Act::Ballots { round, cast } => self.cast(round, cast).await,
            Act::CountBallots { round } => {
                let keeper = self.keepers.get(round).cloned().unwrap_or_default();
                let hand = self.hand(&keeper).await?;
                acts::count(self.house, self.named(round)?, hand).await
            }
            _ => Ok(()),
        }
    }

    async fn announce(&mut self, said: &Announced) -> Result<(), Trouble> {
        // Ten in the morning and six in the evening.
        let hour = |before: i64, hour: i64| self.day(before) * DAY_MS + hour * DAY_MS / 24;
        let project = |(title, cost_minor): &(String, i64)| ProjectSaid {
            title: title.clone(),
            cost_minor: *cost_minor,
            ..ProjectSaid::default()
        };
        let (body, subject) = (self.body(&said.body)?, said.subject.clone());
        let right = RightSaid { body, subject, ..RightSaid::default() };
        let asked = BallotRoundAnnounced {
            question: said.question.clone(),
            kind: "approval".to_owned(),
            choices_max: said.choices,
            rule: said.rule.clone(),
            tie: "cost".to_owned(),
            budget_minor: said.budget,
            decimals: DECIMALS,
            currency: CURRENCY.to_owned(),
            projects: said.projects.iter().map(project).collect(),
            place: self.house.city().name.clone(),
            who: said.who.clone(),
            opens_ms: hour(said.opens, 10),
            closes_ms: hour(said.closes, 18),
            appeal_days: said.appeal_days,
            full_if_many: true,
            registrar: self.member(&said.registrar)?,
            keeper: self.member(&said.keeper)?,
            right: Some(right),
            ..BallotRoundAnnounced::default()
        };
        let by = self.actor(&said.by).await?;
        let asked = Announcing { said: asked, area: None };
        let id = acts::announce(self.house, asked, &by).await?;
        self.made.insert(said.round.clone(), id);
        self.keepers.insert(said.round.clone(), said.keeper.clone());
        Ok(())
    }

    async fn hand_out(&mut self, round: &str, area: &str, n: usize) -> Result<(), Trouble> {
        let (id, area) = (self.named(round)?, self.area(area)?);
        let found = queries::round(self.house, id).await?;
        let registrar = found.map_or(Id::NONE, |found| found.registrar);
        let hand = Hand { id: registrar, bodies: Vec::new() };
        let batch = Id::fresh(self.house.now_ms());
        let sheet = acts::Sheet { batch, cards: n, area: Some(area), lot: String::new() };
        let made = acts::cards(self.house, id, sheet, hand).await?;
        self.cards.entry(round.to_owned()).or_default().extend(made);
        Ok(())
    }

    async fn cast(&mut self, round: &str, cast: &[Alike]) -> Result<(), Trouble> {
        let found = queries::round(self.house, self.named(round)?).await?;
        let found = found.ok_or_else(|| Trouble::broken("the story's round is gone"))?;
        for alike in cast {
            let ticked = alike.ticks.iter().map(|n| (*n, 1)).collect();
            for _ in 0..alike.n {
                let card = self
                    .cards
                    .get_mut(round)
                    .and_then(|cards| (!cards.is_empty()).then(|| cards.remove(0)));
                let card = card.ok_or_else(|| Trouble::broken("the story has no card left"))?;
                acts::cast(self.house, &found, card, &ticked).await?;
            }
        }
        Ok(())
    }

    async fn hand(&self, name: &str) -> Result<Hand, Trouble> {
        let id = self.member(name)?;
        Ok(Hand { id, bodies: people::bodies_of(self.house, id).await? })
    }
}
