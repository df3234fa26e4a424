//! What is read of risk: the index and the risk of every area by it, worked out once and kept in
//! the house until something changes.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use fair::risk::{Model, Risk, Score};
use record::{Id, decode};
use store::{Row, StoreError};

use super::records::{Measure, Read, RiskMeasured, RiskSet};
use super::rules;
use crate::door::House;

const MARKS: &str = "SELECT id, changed FROM risks_1 ORDER BY id";
const ALL: &str = "SELECT index_set, measured FROM risks_1 ORDER BY id";

/// What is known of the risk of one area.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AreaRisk {
    /// By the index; none while the city has set none.
    pub risk: Option<Risk>,
    /// What was read in it, of whatever index.
    pub readings: Vec<Read>,
}

impl AreaRisk {
    /// What a measure read, in millionths of its unit; none where it is missing.
    #[must_use]
    pub fn reading(&self, measure: &str) -> Option<i64> {
        self.readings.iter().find(|read| read.measure == measure).and_then(|read| read.micros)
    }

    /// Its risk in thousandths, 100 to 10,000, for reckoning: where anything is missing, the worst
    /// that it could be. None while the city has set no index.
    #[must_use]
    pub fn reckoned_milli(&self) -> Option<u32> {
        self.risk.as_ref().map(|risk| risk.ranked_by().milli())
    }

    /// Its risk in tenths, 1 to 100, for reckoning: where something is missing, the worst that it
    /// could be; none where a whole side of it is.
    #[must_use]
    pub fn tenths(&self) -> Option<i64> {
        let risk = self.risk.as_ref().filter(|risk| risk.value.is_some())?;
        Some(i64::from((risk.ranked_by().milli() + 50) / 100).max(1))
    }
}

/// The index and the risk of areas by it.
#[derive(Clone, Debug, Default)]
pub struct Risks {
    set: RiskSet,
    model: Option<Model>,
    measured: HashMap<Id, AreaRisk>,
    mark: u64,
}

impl Risks {
    fn new(rows: &[Row], mark: u64) -> Risks {
        let set = rows.iter().find_map(|row| decode::<RiskSet>(&row.opt_bytes(0)?).ok());
        let set = set.unwrap_or_default();
        let model = (!set.measures.is_empty()).then(|| rules::model(&set.measures));
        let measured = rows.iter().filter_map(|row| {
            let RiskMeasured { area, readings } = decode(&row.opt_bytes(1)?).ok()?;
            let risk = model.as_ref().and_then(|model| rules::risk(model, &readings));
            Some((area, AreaRisk { risk, readings }))
        });
        Risks { measured: measured.collect(), set, model, mark }
    }

    /// What the index is made of; nothing while the city has set none.
    #[must_use]
    pub fn index(&self) -> &[Measure] {
        &self.set.measures
    }

    /// The index as it is reckoned with; none while none is set.
    #[must_use]
    pub fn model(&self) -> Option<&Model> {
        self.model.as_ref()
    }

    /// Why the index is as it is.
    #[must_use]
    pub fn reason(&self) -> &str {
        &self.set.reason
    }

    /// The risk of an area; none while the city has set no index. Where nothing was measured,
    /// everything is missing.
    #[must_use]
    pub fn of(&self, area: Id) -> Option<AreaRisk> {
        let model = self.model.as_ref()?;
        if let Some(known) = self.measured.get(&area) {
            return Some(known.clone());
        }
        Some(AreaRisk { risk: rules::risk(model, &[]), readings: Vec::new() })
    }

    /// The place of an area among others, from 1 for the highest risk; none while none is set.
    #[must_use]
    pub fn place(&self, area: Id, among: &[Id]) -> Option<usize> {
        let by = |area: Id| self.of(area)?.risk.map(|risk| risk.ranked_by());
        let own: Score = by(area)?;
        Some(among.iter().filter(|other| by(**other).is_some_and(|other| other > own)).count() + 1)
    }
}

/// Reads the index and what was measured again when either has changed, and keeps both in the
/// house.
///
/// # Errors
/// When the database fails; what was kept stays.
pub async fn refresh(house: &House) -> Result<(), StoreError> {
    let mut hasher = DefaultHasher::new();
    for row in house.store().read(MARKS, vec![]).await? {
        (row.id(0), row.int(1)).hash(&mut hasher);
    }
    let mark = hasher.finish();
    if house.kept::<Risks>().is_some_and(|risks| risks.mark == mark) {
        return Ok(());
    }
    let rows = house.store().read(ALL, vec![]).await?;
    house.keep(Risks::new(&rows, mark));
    Ok(())
}

/// The index and the risks as last read; none before the first [`refresh`].
#[must_use]
pub fn risks(house: &House) -> Arc<Risks> {
    house.kept::<Risks>().unwrap_or_default()
}
