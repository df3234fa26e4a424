//! How the index and what was measured get into the log: a sheet is read whole, judged, written.

use record::{Draft, Id, Record, Refusal};
use std::sync::{Arc, Mutex};
use store::{Change, Decision};

use super::queries::{refresh, risks};
use super::records::{Read, RiskMeasured, RiskSet, index_id, risk_id};
use super::{rules, sheets};
use crate::door::{House, Trouble};
use crate::places::atlas;

/// Areas written in one transaction.
const CHUNK: usize = 100;

/// What a sheet of areas did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Brought {
    /// Areas of which something else is known now.
    pub changed: usize,
    /// Areas of which the same was known.
    pub same: usize,
}

/// Sets what risk is made of, from its sheet.
///
/// # Errors
/// What in the sheet makes no index; no reason; a failing store.
pub async fn set_index(
    house: &House,
    sheet: &[u8],
    reason: &str,
    author: Option<Id>,
) -> Result<(), Trouble> {
    let measures = sheets::measures(sheet)?;
    rules::index(&measures)?;
    let set = RiskSet { measures, reason: rules::reason(reason)? };
    let change = Change::on(vec![index_id()], move |known| {
        let last = known.of(index_id()).iter().rev().find_map(Record::read::<RiskSet>);
        if last.as_ref() == Some(&set) {
            return Ok(Decision::default());
        }
        let drafts = vec![Draft::new(index_id(), &set).by(author).public()];
        Ok(Decision { drafts, ..Decision::default() })
    });
    house.store().append(change).await?;
    Ok(refresh(house).await?)
}

/// Takes in what was measured in areas, from its sheet, of the day on which it was measured. The
/// whole sheet is judged before anything is written.
///
/// # Errors
/// No index is set; what in the sheet cannot be read; a day ahead; a failing store, after which the
/// sheet can be brought again.
pub async fn bring_readings(
    house: &House,
    sheet: &[u8],
    day: i64,
    author: Option<Id>,
) -> Result<Brought, Trouble> {
    let known = risks(house);
    if known.index().is_empty() {
        return Err(Refusal::new("risk-unset").status(409).into());
    }
    let all = sheets::readings(sheet, known.index(), &atlas(house), day)?;
    let mut done = Brought::default();
    for chunk in all.chunks(CHUNK) {
        let Brought { changed, same } = bring_chunk(house, chunk.to_vec(), author).await?;
        done.changed += changed;
        done.same += same;
    }
    refresh(house).await?;
    Ok(done)
}

async fn bring_chunk(
    house: &House,
    chunk: Vec<(Id, Vec<Read>)>,
    author: Option<Id>,
) -> Result<Brought, Trouble> {
    // The rule may run more than once; the last run is the one that was written.
    let counted = Arc::new(Mutex::new(Brought::default()));
    let counts = counted.clone();
    let ids = chunk.iter().map(|(area, _)| risk_id(*area)).collect();
    let change = Change::on(ids, move |known| {
        let (mut decision, mut done) = (Decision::default(), Brought::default());
        for (area, reads) in &chunk {
            let id = risk_id(*area);
            let last = known.of(id).iter().rev().find_map(Record::read::<RiskMeasured>);
            let before = last.map(|last| last.readings).unwrap_or_default();
            let readings = rules::merged(&before, reads);
            if readings == before {
                done.same += 1;
                continue;
            }
            done.changed += 1;
            let measured = RiskMeasured { area: *area, readings };
            decision.drafts.push(Draft::new(id, &measured).by(author).public());
        }
        if let Ok(mut counts) = counts.lock() {
            *counts = done;
        }
        Ok(decision)
    });
    house.store().append(change).await?;
    let counts = counted.lock().map(|counts| *counts);
    counts.map_err(Trouble::broken)
}
