//! The folds of what others reported: a row for each flow and each plan, and what flows come to.
//! Pure. No page adds up a table: a total is the sum of what rows give.

use record::{Id, Record, encode};
use store::{Column, Count, Folded, OnConflict, Table, Value, View};

use super::records::{FlowReported, FlowTakenBack, PlanReported};

/// Before the name of a giver, of what was paid or signed for.
pub const FROM: &str = "from/";
/// Before the clusters, of what was paid or signed for.
pub const CLUSTER: &str = "cluster/";
/// Before the countries, of what was paid or signed for.
pub const INTO: &str = "into/";
/// How many flows there are.
pub const FLOWS: &str = "flows";
/// How many of them come in.
pub const INCOMING: &str = "incoming";

const SQL: &str = "CREATE TABLE IF NOT EXISTS flows_1 (
  id BYTEA PRIMARY KEY, flow TEXT, detail BYTEA);
CREATE INDEX IF NOT EXISTS flows_1_flow ON flows_1 (flow);
CREATE TABLE IF NOT EXISTS plans_1 (
  id BYTEA PRIMARY KEY, country TEXT, detail BYTEA)";

const FLOW_COLUMNS: &[(&str, Column)] =
    &[("id", Column::Bytes), ("flow", Column::Text), ("detail", Column::Bytes)];
const PLAN_COLUMNS: &[(&str, Column)] =
    &[("id", Column::Bytes), ("country", Column::Text), ("detail", Column::Bytes)];

/// The views of what others reported.
#[must_use]
pub fn views() -> Vec<View> {
    let view = |noun, name: &'static str, columns, fold| View {
        noun,
        table: Table { name: name.into(), key: 1, columns, on_conflict: OnConflict::Replace },
        sql: SQL,
        fold,
    };
    vec![
        view("flow", "flows_1", FLOW_COLUMNS, |id, records| {
            let flow = standing(records);
            let counts = flow.as_ref().map(counts).unwrap_or_default();
            let name = flow.as_ref().map(|flow| flow.flow.clone());
            Folded { row: row(id, name, flow.map(|flow| encode(&flow))), counts }
        }),
        view("plan", "plans_1", PLAN_COLUMNS, |id, records| {
            let plan = records.iter().rev().find_map(Record::read::<PlanReported>);
            let country = plan.as_ref().map(|plan| plan.country.clone());
            Folded { row: row(id, country, plan.map(|plan| encode(&plan))), counts: Vec::new() }
        }),
    ]
}

fn row(id: Id, text: Option<String>, detail: Option<Vec<u8>>) -> Vec<Value> {
    vec![id.into(), text.into(), detail.into()]
}

/// What is known of a flow now; nothing once it was taken back. A version that FTS changed on an
/// earlier day than another stands back, whichever came here first.
#[must_use]
pub fn standing(records: &[Record]) -> Option<FlowReported> {
    let mut standing: Option<FlowReported> = None;
    for record in records {
        if record.read::<FlowTakenBack>().is_some() {
            standing = None;
        } else if let Some(flow) = record.read::<FlowReported>()
            && !standing.as_ref().is_some_and(|now| is_older(&flow, now))
        {
            standing = Some(flow);
        }
    }
    standing
}

/// Whether FTS changed one version on an earlier day than the other.
#[must_use]
pub fn is_older(one: &FlowReported, other: &FlowReported) -> bool {
    one.updated.zip(other.updated).is_some_and(|(one, other)| one < other)
}

/// What a flow gives to the totals. What is handed on inside a country came into it before, and
/// what is shared may be another country's: neither is added to what came.
fn counts(flow: &FlowReported) -> Vec<Count> {
    let amount = flow.amount_usd_minor;
    let class = match (flow.boundary.as_str(), flow.shared) {
        ("incoming", true) => "shared",
        ("incoming", false) => flow.status.as_str(),
        (boundary, _) => boundary,
    };
    let mut all = vec![(FLOWS.to_owned(), 1), (format!("class/{class}"), amount)];
    if flow.boundary == "incoming" {
        all.push((INCOMING.to_owned(), 1));
    }
    if matches!(class, "paid" | "commitment") {
        all.push((format!("{FROM}{}", flow.from), amount));
        all.push((format!("{CLUSTER}{}", flow.clusters), amount));
        all.push((format!("{INTO}{}", flow.countries), amount));
    }
    let counted = all.into_iter().filter(|(_, n)| *n != 0);
    counted.map(|(key, n)| Count { area: Id::NONE, key: key.into(), n }).collect()
}
