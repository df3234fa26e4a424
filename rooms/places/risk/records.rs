//! What is written down of risk: the index as it was set, and what was measured in an area. Never
//! edited: a later one stands in place of an earlier one.

use minicbor::{Decode, Encode};
use record::{Id, Payload};

/// One thing that is measured: where it stands in the index, and how a reading becomes a score.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct Measure {
    /// The side of risk it belongs to, such as hazard.
    #[n(0)]
    pub dimension: String,
    /// How much that side counts in the risk, from 1.
    #[n(1)]
    pub dimension_weight: u32,
    /// What it belongs to within that side.
    #[n(2)]
    pub category: String,
    /// How much that counts in its side, from 1.
    #[n(3)]
    pub category_weight: u32,
    /// What it is a part of within that.
    #[n(4)]
    pub component: String,
    /// How much that part counts, from 1.
    #[n(5)]
    pub component_weight: u32,
    /// Its own name.
    #[n(6)]
    pub name: String,
    /// How much it counts in its part, from 1.
    #[n(7)]
    pub weight: u32,
    /// Whether its scale goes by the logarithm.
    #[n(8)]
    pub log: bool,
    /// The reading with score 0, in millionths of its unit.
    #[n(9)]
    pub from_micros: i64,
    /// The reading with score 10, in millionths of its unit.
    #[n(10)]
    pub to_micros: i64,
    /// Where readings come from.
    #[n(11)]
    pub source: String,
}

/// The city said what risk is made of. About `Id::named("risk", "index")`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct RiskSet {
    /// What is measured.
    #[n(0)]
    pub measures: Vec<Measure>,
    /// Why these, and why so weighted.
    #[n(1)]
    pub reason: String,
}
impl Payload for RiskSet {
    const KIND: &'static str = "risk.set";
}

/// What one thing read in an area.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Read {
    /// The name of the measure.
    #[n(0)]
    pub measure: String,
    /// In millionths of its unit; none where it is missing.
    #[n(1)]
    pub micros: Option<i64>,
    /// Of which day it is, in days since 1970.
    #[n(2)]
    pub day: i64,
}

/// What was measured in an area: all that is known of it now. About `risk_id(area)`.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct RiskMeasured {
    /// Where.
    #[n(0)]
    pub area: Id,
    /// What was read.
    #[n(1)]
    pub readings: Vec<Read>,
}
impl Payload for RiskMeasured {
    const KIND: &'static str = "risk.measured";
}

/// Which record speaks for the index.
#[must_use]
pub fn index_id() -> Id {
    Id::named("risk", "index")
}

/// Which record speaks for what was measured in an area.
#[must_use]
pub fn risk_id(area: Id) -> Id {
    Id::named("risk of", &area.to_string())
}
