//! Money of the story: windows and their terms, who applied, what the line gave, what was decided,
//! paid and bought, and one promise of money that was not kept. Whether people confirm it is said
//! by the phones alone, never here.

use record::Id;
use rooms::door::Trouble;
use rooms::funds::acts::{self, Act as Keep};
use rooms::funds::rules::application::Verdict;
use rooms::funds::{
    self, AreaLine, Criterion, Given, Pool, PurseCommitted, PursePaidIn, PursePaymentApproved,
    PursePaymentAsked, PursePledged, PurseReplied, PurseSpent, Score, Seat, Terms,
    WindowOverridden,
};
use serde::Deserialize;

use super::{CURRENCY, Civic};

/// The day of the figures of areas lies so many days before today.
const FIGURES_DAYS: i64 = 13;

/// What is done with money. Each step uses the fields it needs.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(in crate::demo) struct Money {
    step: String,
    /// The window's name in the story; empty for the first.
    window: String,
    /// The application's name in the story.
    application: String,
    body: Option<String>,
    /// The name of a group that is no body here.
    group: String,
    kind: String,
    area: Option<String>,
    what: String,
    how: String,
    reason: String,
    people: i64,
    /// In cents.
    amount: i64,
    /// What the carrier keeps, in cents.
    fee: i64,
    needs: Vec<String>,
    decision: Option<String>,
    /// Points for each criterion.
    points: Vec<i64>,
    pledge: i64,
    payment: i64,
    directness: String,
    /// So many days before today.
    due: i64,
    supplier: String,
    local: bool,
    bill: String,
    /// The names and seats of the panel.
    panel: Vec<(String, String, bool)>,
    /// Days before today: opens, closes, decides.
    days: Vec<i64>,
    /// Figures of areas, for the line.
    lines: Vec<Figures>,
    by: String,
    /// The other member, who approves.
    and: String,
}

/// What is known of one area.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Figures {
    area: String,
    people: i64,
    /// What others gave already, in cents.
    #[serde(default)]
    covered: i64,
    source: String,
}

impl Civic<'_> {
    pub(super) async fn about_money(&mut self, step: &Money) -> Result<(), Trouble> {
        match step.step.as_str() {
            "terms" => self.terms(step).await,
            "publish" => {
                acts::publish(self.house, self.opened(step)?, self.doer(&step.by).await?).await
            }
            "apply" => self.apply(step).await,
            "vouch" => {
                let body = self.body(step.body.as_deref().unwrap_or_default())?;
                let (id, by) = (self.applied(step)?, self.doer(&step.by).await?);
                acts::vouch(self.house, id, body, by).await
            }
            "score" => self.score(step).await,
            "close" => {
                let (id, by) = (self.applied(step)?, self.doer(&step.by).await?);
                acts::conflict(self.house, id, step.reason.clone(), by).await
            }
            "share" => self.share(step).await,
            "depart" => {
                let asked = WindowOverridden {
                    area: self.area(step.area.as_deref().unwrap_or_default())?,
                    amount_minor: step.amount,
                    reason: step.reason.clone(),
                };
                let by = self.doer(&step.by).await?;
                acts::depart(self.house, self.opened(step)?, asked, by).await
            }
            "fund" | "decline" => self.decide(step).await,
            "dissent" => {
                let (id, by) = (self.opened(step)?, self.doer(&step.by).await?);
                acts::dissent(self.house, id, step.reason.clone(), by).await
            }
            "pay" => self.pay(step).await,
            "confirm" => {
                let (id, by) = (self.opened(step)?, self.doer(&step.by).await?);
                acts::confirm(self.house, id, step.payment, by).await
            }
            _ => {
                let act = self.kept(step)?;
                let by = self.doer(&step.by).await?;
                acts::keep(self.house, self.opened(step)?, act, by).await
            }
        }
    }

    fn opened(&self, step: &Money) -> Result<Id, Trouble> {
        self.named(&format!("window:{}", step.window))
    }

    fn applied(&self, step: &Money) -> Result<Id, Trouble> {
        self.named(&format!("application:{}", step.application))
    }

    async fn terms(&mut self, step: &Money) -> Result<(), Trouble> {
        let seats = step.panel.iter().map(|(name, seat, woman)| {
            Ok(Seat { member: self.member(name)?, seat: seat.clone(), woman: *woman })
        });
        let panel = seats.collect::<Result<Vec<Seat>, Trouble>>()?;
        let day = |at: usize| self.day(step.days.get(at).copied().unwrap_or_default());
        let criterion = |name: &str, weight| Criterion { name: name.to_owned(), weight };
        let terms = Terms {
            name: step.what.clone(),
            purpose: step.how.clone(),
            mechanism: step.kind.clone(),
            currency: CURRENCY.to_owned(),
            body: Some(self.body(step.body.as_deref().unwrap_or_default())?),
            subject: step.reason.clone(),
            pools: vec![Pool { name: "Flood fund".to_owned(), areas: Vec::new() }],
            women_led_percent: 30,
            application_minor_max: step.amount,
            overhead_percent: 10,
            criteria: vec![
                criterion("Does it reach those in need?", 50),
                criterion("Can they do it in time?", 30),
                criterion("Does it last?", 20),
            ],
            panel,
            opens_day: day(0),
            closes_day: day(1),
            decides_day: day(2),
            appeal_days: 2,
            ..Terms::default()
        };
        let by = self.doer(&step.by).await?;
        let id = acts::set_terms(self.house, None, terms, String::new(), by).await?;
        self.made.insert(format!("window:{}", step.window), id);
        Ok(())
    }

    async fn apply(&mut self, step: &Money) -> Result<(), Trouble> {
        let body = step.body.as_deref().map(|name| self.body(name)).transpose()?;
        let all = rooms::people::bodies(self.house).await?;
        let known = all.into_iter().find(|known| Some(known.id) == body);
        let name = known.as_ref().map_or_else(|| step.group.clone(), |known| known.name.clone());
        let kind = known.and_then(|known| known.constituency);
        let made = funds::ApplicationMade {
            window: self.opened(step)?,
            body,
            body_name: name,
            kind: kind.unwrap_or_else(|| step.kind.clone()),
            what: step.what.clone(),
            people: step.people,
            amount_minor: step.amount,
            how: step.how.clone(),
            needs: self.needs_named(&step.needs)?,
            decision: step.decision.as_deref().map(|name| self.named(name)).transpose()?,
            channel: "page".to_owned(),
            ..funds::ApplicationMade::default()
        };
        let area = step.area.as_deref().map(|area| self.area(area)).transpose()?;
        let (id, _) = acts::apply(self.house, made, area, None).await?;
        self.made.insert(format!("application:{}", step.application), id);
        Ok(())
    }

    async fn score(&mut self, step: &Money) -> Result<(), Trouble> {
        let scores = step.points.iter().zip(0..).map(|(points, criterion)| Score {
            criterion,
            points: *points,
            reason: step.reason.clone(),
        });
        let by = self.doer(&step.by).await?;
        acts::score(self.house, self.applied(step)?, scores.collect(), by).await
    }

    async fn share(&mut self, step: &Money) -> Result<(), Trouble> {
        let id = self.opened(step)?;
        let all = funds::applications_of(self.house, id).await?;
        let (mut lines, risks) = (Vec::new(), rooms::places::risk::risks(self.house));
        for known in &step.lines {
            let area = self.area(&known.area)?;
            let own = all.iter().filter(|one| one.counts() && one.area == Some(area));
            let women = own.clone().filter(|one| one.is_women_led());
            lines.push(AreaLine {
                area,
                name: known.area.clone(),
                people: known.people,
                cost_minor: step.amount,
                covered_minor: known.covered,
                cap_minor: own.map(|one| one.made.amount_minor).sum(),
                risk_tenths: risks.of(area).and_then(|known| known.tenths()),
                source: known.source.clone(),
                day: self.day(FIGURES_DAYS),
                grant_min_minor: 0,
                women_minor: women.map(|one| one.made.amount_minor).sum(),
                deferrals: None,
                given_minor: None,
                severity: None,
            });
        }
        acts::share(self.house, id, lines, self.doer(&step.by).await?).await
    }

    /// A yes gives what was asked for, or what the line leaves for it if that is less.
    async fn decide(&mut self, step: &Money) -> Result<(), Trouble> {
        let id = self.applied(step)?;
        let application = funds::application(self.house, id).await?.ok_or(Trouble::NotFound)?;
        let window = funds::window(self.house, self.opened(step)?).await?;
        let window = window.ok_or(Trouble::NotFound)?;
        let purse = funds::purse(self.house, window.id).await?;
        let due = application.area.and_then(|area| window.envelope(area)).unwrap_or(0);
        let left = due - purse.allocated_in(application.area);
        let verdict = Verdict {
            funded: step.step == "fund",
            amount_minor: application.made.amount_minor.min(left),
            reason: step.reason.clone(),
            would_change: step.how.clone(),
            departs: step.what.clone(),
            ..Verdict::default()
        };
        acts::decide(self.house, id, verdict, self.doer(&step.by).await?).await
    }

    /// One prepares a payment, another approves it.
    async fn pay(&mut self, step: &Money) -> Result<(), Trouble> {
        let application = funds::application(self.house, self.applied(step)?).await?;
        let number = application.ok_or(Trouble::NotFound)?.made.number;
        let asked = PursePaymentAsked {
            application: number,
            amount_minor: step.amount,
            fee_minor: step.fee,
            means: step.kind.clone(),
            what: step.what.clone(),
            ..PursePaymentAsked::default()
        };
        let (id, by) = (self.opened(step)?, self.doer(&step.by).await?);
        let number = acts::ask_payment(self.house, id, asked, by).await?;
        if step.and.is_empty() {
            return Ok(());
        }
        let approved = PursePaymentApproved { number, day: 0, reference: step.bill.clone() };
        let other = self.doer(&step.and).await?;
        acts::keep(self.house, id, Keep::Approve(approved), other).await
    }

    fn kept(&self, step: &Money) -> Result<Keep, Trouble> {
        let (pledge, amount_minor) = (step.pledge, step.amount);
        Ok(match step.step.as_str() {
            "pledge" => Keep::Pledge(PursePledged {
                giver: step.body.as_deref().map(|name| self.body(name)).transpose()?,
                directness: step.directness.clone(),
                given: Given {
                    amount_minor,
                    currency: CURRENCY.to_owned(),
                    rate_digits: 1,
                    rate_scale: 0,
                    rate_day: self.day(18),
                },
                due_day: self.day(step.due),
                ..PursePledged::default()
            }),
            "commit" => {
                Keep::Commit(PurseCommitted { pledge, amount_minor, instrument: step.what.clone() })
            }
            "pay_in" => Keep::PayIn(PursePaidIn {
                pledge,
                amount_minor,
                day: self.day(step.due),
                reference: step.bill.clone(),
                given: None,
            }),
            "reply" => Keep::Reply(PurseReplied { pledge, words: step.reason.clone() }),
            "spend" => Keep::Spend(PurseSpent {
                payment: step.payment,
                amount_minor,
                supplier: step.supplier.clone(),
                local: step.local,
                bill: step.bill.clone(),
                what: step.what.clone(),
                day: self.day(step.due),
                ..PurseSpent::default()
            }),
            other => return Err(Trouble::broken(format!("money knows no step {other}"))),
        })
    }
}
