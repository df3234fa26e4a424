//! What is read of what others reported: what flows come to, the plans, and whether both agree.

use std::collections::BTreeMap;

use record::{Id, decode};
use store::StoreError;

use super::acts::FLOWS_MAX;
use super::records::{FlowReported, PlanReported};
use super::views::{CLUSTER, FLOWS, FROM, INCOMING, INTO};
use crate::door::House;

/// Plans read at once.
const PLANS_READ_MAX: i64 = 2_000;

/// What flows come to, in cents of the US dollar.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reported {
    /// How many flows.
    pub flows: i64,
    /// How many of them come in.
    pub coming: i64,
    /// By class: `paid`, `commitment` and `pledge` of what comes in; `shared`; `internal` and
    /// `outgoing`.
    pub classes: BTreeMap<String, i64>,
    /// Paid or signed for, by giver; under no name, those who are not told.
    pub from: BTreeMap<String, i64>,
    /// Paid or signed for, by clusters; under no name, what was not specified.
    pub clusters: BTreeMap<String, i64>,
    /// Paid or signed for, by the countries.
    pub into: BTreeMap<String, i64>,
}

impl Reported {
    /// A class.
    #[must_use]
    pub fn class(&self, name: &str) -> i64 {
        self.classes.get(name).copied().unwrap_or(0)
    }

    /// Paid or signed for: what FTS calls funding.
    #[must_use]
    pub fn funded(&self) -> i64 {
        self.class("paid") + self.class("commitment")
    }

    /// Everything that comes in, promised and shared too.
    #[must_use]
    pub fn incoming(&self) -> i64 {
        self.funded() + self.class("pledge") + self.class("shared")
    }
}

/// What flows come to.
///
/// # Errors
/// When the store fails.
pub async fn reported(house: &House) -> Result<Reported, StoreError> {
    let mut all = Reported::default();
    for total in house.store().totals_of("flow", Id::NONE).await? {
        let (key, n) = (total.key.as_str(), total.n);
        if key == FLOWS {
            all.flows = n;
        } else if key == INCOMING {
            all.coming = n;
        } else if let Some(class) = key.strip_prefix("class/") {
            all.classes.insert(class.to_owned(), n);
        } else if let Some(name) = key.strip_prefix(FROM) {
            all.from.insert(name.to_owned(), n);
        } else if let Some(name) = key.strip_prefix(CLUSTER) {
            all.clusters.insert(name.to_owned(), n);
        } else if let Some(name) = key.strip_prefix(INTO) {
            all.into.insert(name.to_owned(), n);
        }
    }
    Ok(all)
}

const ALL_FLOWS: &str =
    "SELECT detail FROM flows_1 WHERE flow IS NOT NULL ORDER BY flow, id LIMIT $1";

/// All flows, by their ids in FTS.
///
/// # Errors
/// When the store fails.
pub async fn flows(house: &House) -> Result<Vec<FlowReported>, StoreError> {
    let most = i64::try_from(FLOWS_MAX).unwrap_or(i64::MAX);
    let rows = house.store().read(ALL_FLOWS, vec![most.into()]).await?;
    rows.iter().map(|row| Ok(decode(&row.bytes(0))?)).collect()
}

const PLANS: &str =
    "SELECT detail FROM plans_1 WHERE country IS NOT NULL ORDER BY country LIMIT $1";

/// All plans: by country, the latest year first, what no plan is named for last.
///
/// # Errors
/// When the store fails.
pub async fn plans(house: &House) -> Result<Vec<PlanReported>, StoreError> {
    let rows = house.store().read(PLANS, vec![PLANS_READ_MAX.into()]).await?;
    let mut all: Vec<PlanReported> = Vec::with_capacity(rows.len());
    for row in &rows {
        all.push(decode(&row.bytes(0))?);
    }
    all.sort_by(|a, b| {
        let by = |plan: &PlanReported| {
            (plan.country.clone(), u16::MAX - plan.year, plan.plan.is_none(), plan.plan)
        };
        by(a).cmp(&by(b)).then_with(|| a.name.cmp(&b.name))
    });
    Ok(all)
}
