//! Tasks of the story: who took on what, what arrived, and what follows a NO. Whether it arrived
//! is said by the phones alone, never here.

use record::Id;
use rooms::actions::rules::Asked;
use rooms::actions::{COMMITTEE, DO, TaskDelivered, TaskPromised, acts, promises};
use rooms::door::Trouble;
use serde::Deserialize;

use super::{Act, Civic};

/// A task is set that no decision promised.
#[derive(Debug, Deserialize)]
pub(in crate::demo) struct Set {
    task: String,
    what: String,
    #[serde(default)]
    needs: Vec<String>,
    body: Option<String>,
    area: Option<String>,
    /// So many days before today.
    due: i64,
    by: String,
}

/// Something arrived.
#[derive(Debug, Deserialize)]
pub(in crate::demo) struct Delivered {
    task: String,
    what: String,
    how: String,
    #[serde(default)]
    much: String,
    by: String,
}

impl Civic<'_> {
    pub(super) async fn about_tasks(&mut self, act: &Act) -> Result<(), Trouble> {
        let house = self.house;
        match act {
            Act::TakeUp { task, decision, by } => {
                let (id, by) = (self.named(decision)?, Some(self.member(by)?));
                let taken = promises::take_up(house, id, by).await?;
                self.made.insert(format!("task:{task}"), taken);
                Ok(())
            }
            Act::Task(set) => self.set(set).await,
            Act::Claim { task, by } => {
                acts::claim(house, self.task(task)?, self.doer(by).await?).await
            }
            Act::HandOver { task, to, by } => {
                let (id, to) = (self.task(task)?, self.member(to)?);
                acts::hand_over(house, id, to, self.doer(by).await?).await
            }
            Act::Deliver(said) => {
                let delivered = TaskDelivered {
                    what: said.what.clone(),
                    how: said.how.clone(),
                    much: said.much.clone(),
                    ..TaskDelivered::default()
                };
                let by = self.doer(&said.by).await?;
                acts::deliver(house, self.task(&said.task)?, delivered, by).await.map(|_| ())
            }
            Act::Drop { task, reason, by } => {
                acts::drop(house, self.task(task)?, reason.clone(), self.doer(by).await?).await
            }
            Act::ReferTask { task, to, by } => {
                acts::refer(house, self.task(task)?, to.clone(), self.doer(by).await?).await
            }
            Act::Step { need, what, due, by } => {
                let owed = self.owed_step(need).await?;
                let step = TaskPromised { what: what.clone(), due_day: self.day(*due) };
                acts::promise(house, owed, step, self.doer(by).await?).await
            }
            _ => Ok(()),
        }
    }

    async fn set(&mut self, set: &Set) -> Result<(), Trouble> {
        let asked = Asked {
            what: set.what.clone(),
            kind: DO.to_owned(),
            needs: self.needs_named(&set.needs)?,
            body: set.body.as_deref().map(|body| self.body(body)).transpose()?,
            area: set.area.as_deref().map(|area| self.area(area)).transpose()?,
            due_day: self.day(set.due),
            ..Asked::default()
        };
        let id = acts::set(self.house, asked, Some(self.member(&set.by)?)).await?;
        self.made.insert(format!("task:{}", set.task), id);
        Ok(())
    }

    fn task(&self, name: &str) -> Result<Id, Trouble> {
        self.named(&format!("task:{name}"))
    }

    /// The task that the published rule gave to whoever owns the need, when somebody said NO.
    async fn owed_step(&self, need: &str) -> Result<Id, Trouble> {
        let tasks = rooms::actions::tasks_of_need(self.house, self.need(need)?).await?;
        let owed = tasks.iter().find(|task| task.kind == COMMITTEE && task.is_open());
        owed.map(|task| task.id).ok_or(Trouble::NotFound)
    }
}
