//! How tables of FTS get into the log: read whole, judged whole, then written. What is known
//! already is written once; a newer version replaces an older one; nothing else is touched.

use std::sync::{Arc, Mutex};

use exchange::fts::{Flow, PlanRow};
use record::{Draft, Id, Record, Refusal};
use store::{Change, Decision};

use super::queries::reported;
use super::records::{FlowReported, FlowTakenBack, PlanReported, flow_id, plan_id};
use super::views::{is_older, standing};
use crate::door::{House, Trouble};

/// Flows that a node keeps: several years of a country.
pub const FLOWS_MAX: usize = 20_000;
/// Plans in one table.
const PLANS_MAX: usize = 2_000;
/// Symbols in one cell that is kept: names and words that people write are far shorter.
const CELL_CHARS_MAX: usize = 2_000;
/// Cents that all known flows come to: more than the world earns in a year.
const ALL_USD_MINOR_MAX: i128 = 100_000_000_000_000_000;
/// Rows written in one transaction.
const CHUNK: usize = 100;

/// What taking a table did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Taken {
    /// Rows that were not known.
    pub new: usize,
    /// Rows that said something else before.
    pub changed: usize,
    /// Rows of which a later version is known: the table is an old one.
    pub older: usize,
    /// Rows that say what was known, and rows that stand twice in the table.
    pub same: usize,
}

impl Taken {
    fn and(self, other: Taken) -> Taken {
        Taken {
            new: self.new + other.new,
            changed: self.changed + other.changed,
            older: self.older + other.older,
            same: self.same + other.same,
        }
    }
}

/// What taking one row in would do.
enum Step {
    New,
    Changed,
    Older,
    Same,
}

/// Takes a table of flows in.
///
/// # Errors
/// Too many flows, a cell that is too long, amounts that come to too much: then nothing is written.
/// A failing store, after which the table can be brought again.
pub async fn take_flows(house: &House, flows: &[Flow]) -> Result<Taken, Trouble> {
    let all: Vec<FlowReported> = flows.iter().map(FlowReported::from).collect();
    check(house, &all).await?;
    let rows = all.into_iter().map(|flow| (flow_id(&flow.flow), flow)).collect::<Vec<_>>();
    write(house, &rows, |known, flow| {
        let step = match standing(known) {
            None => Step::New,
            Some(now) if now == *flow => Step::Same,
            Some(now) if is_older(flow, &now) => Step::Older,
            Some(_) => Step::Changed,
        };
        (step, Draft::new(flow_id(&flow.flow), flow))
    })
    .await
}

async fn check(house: &House, flows: &[FlowReported]) -> Result<(), Trouble> {
    let told = reported(house).await?;
    let known = usize::try_from(told.flows).unwrap_or(usize::MAX);
    let mut new: Vec<Id> = flows.iter().map(|flow| flow_id(&flow.flow)).collect();
    new.sort_unstable();
    new.dedup();
    // Only where it may be too much, each is looked for.
    if known + new.len() > FLOWS_MAX {
        let mut together = known;
        for id in new {
            together += usize::from(standing(&house.store().records_of(id).await?).is_none());
        }
        if together > FLOWS_MAX {
            let most = FLOWS_MAX.to_string();
            return Err(Refusal::new("reported-many").naming("most", most).into());
        }
    }
    let sum: i128 = flows.iter().map(|flow| i128::from(flow.amount_usd_minor)).sum();
    let sum = sum + told.classes.values().map(|of| i128::from(*of)).sum::<i128>();
    if sum > ALL_USD_MINOR_MAX {
        return Err(Refusal::new("reported-sum").into());
    }
    for flow in flows {
        let cells = [&flow.from, &flow.to, &flow.plan_name, &flow.clusters, &flow.what];
        long(cells.into_iter().chain([&flow.countries]), &flow.flow)?;
    }
    Ok(())
}

fn long<'a>(cells: impl IntoIterator<Item = &'a String>, row: &str) -> Result<(), Refusal> {
    if cells.into_iter().all(|cell| cell.chars().count() <= CELL_CHARS_MAX) {
        return Ok(());
    }
    let most = CELL_CHARS_MAX.to_string();
    Err(Refusal::new("reported-long").naming("row", row.to_owned()).naming("most", most))
}

/// Takes all flows of a table back: brought in by mistake, or gone from FTS. What was not known is
/// counted as the same.
///
/// # Errors
/// When the store fails; the table can be brought again.
pub async fn take_back_flows(house: &House, flows: &[Flow]) -> Result<Taken, Trouble> {
    let rows: Vec<(Id, Id)> =
        flows.iter().map(|flow| flow_id(&flow.id)).map(|id| (id, id)).collect();
    write(house, &rows, |known, id| {
        let step = if standing(known).is_some() { Step::Changed } else { Step::Same };
        (step, Draft::new(*id, &FlowTakenBack {}))
    })
    .await
}

/// Takes a table of plans in.
///
/// # Errors
/// Too many plans or a cell that is too long: then nothing is written. A failing store.
pub async fn take_plans(house: &House, plans: &[PlanRow]) -> Result<Taken, Trouble> {
    if plans.len() > PLANS_MAX {
        let most = PLANS_MAX.to_string();
        return Err(Refusal::new("reported-plans-many").naming("most", most).into());
    }
    let rows: Vec<PlanReported> = plans.iter().map(PlanReported::from).collect();
    for row in &rows {
        long([&row.name], &row.country)?;
    }
    let rows: Vec<(Id, PlanReported)> = rows.into_iter().map(|row| (plan_id(&row), row)).collect();
    write(house, &rows, |known, plan| {
        let last = known.iter().rev().find_map(Record::read::<PlanReported>);
        let step = match last {
            None => Step::New,
            Some(last) if last == *plan => Step::Same,
            Some(_) => Step::Changed,
        };
        (step, Draft::new(plan_id(plan), plan))
    })
    .await
}

/// Writes rows, so many at a time, each as the rule judges it beside what is known.
async fn write<T: Clone + Send + Sync + 'static>(
    house: &House,
    rows: &[(Id, T)],
    rule: impl Fn(&[Record], &T) -> (Step, Draft) + Copy + Send + Sync + 'static,
) -> Result<Taken, Trouble> {
    let mut all = Taken::default();
    for chunk in rows.chunks(CHUNK) {
        let (mut chunk, mut twice) = (chunk.to_vec(), 0);
        chunk.sort_by_key(|(id, _)| *id);
        chunk.dedup_by(|one, other| {
            let same = one.0 == other.0;
            twice += usize::from(same);
            same
        });
        let counted = Arc::new(Mutex::new(Taken::default()));
        let counts = counted.clone();
        let ids = chunk.iter().map(|(id, _)| *id).collect();
        // The rule may run more than once; the last run is the one that was written.
        let change = Change::on(ids, move |known| {
            let (mut decision, mut done) = (Decision::default(), Taken::default());
            for (id, row) in &chunk {
                let (step, draft) = rule(known.of(*id), row);
                match step {
                    Step::Older => done.older += 1,
                    Step::Same => done.same += 1,
                    Step::New => done.new += 1,
                    Step::Changed => done.changed += 1,
                }
                if matches!(step, Step::New | Step::Changed) {
                    decision.drafts.push(draft.public());
                }
            }
            if let Ok(mut counts) = counts.lock() {
                *counts = done;
            }
            Ok(decision)
        });
        house.store().append(change).await?;
        let done = counted.lock().map(|counts| *counts).map_err(Trouble::broken)?;
        all = all.and(done).and(Taken { same: twice, ..Taken::default() });
    }
    Ok(all)
}
