//! What is written down of what others reported: a flow, that a flow was taken back, and a plan.
//! Public in every word. Never edited: a later one stands in place of an earlier one.

use exchange::fts::{Destination, End, Flow, Home, OnBoundary, Plan, PlanRow, Status};
use exchange::{Day, fts::Boundary};
use minicbor::{Decode, Encode};
use record::{Id, Payload};

/// A flow of money as FTS published it. About [`flow_id`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct FlowReported {
    /// Its id in FTS.
    #[n(0)]
    pub flow: String,
    /// The day it is booked, in days since 1970.
    #[n(1)]
    pub day: i64,
    /// How much, in cents of the US dollar.
    #[n(2)]
    pub amount_usd_minor: i64,
    /// From whom, as FTS joins names; nothing where nobody is named.
    #[n(3)]
    pub from: String,
    /// To whom.
    #[n(4)]
    pub to: String,
    /// To which countries (ISO 3166-1, three letters), joined by commas.
    #[n(5)]
    pub countries: String,
    /// For which plan, by its id in FTS.
    #[n(6)]
    pub plan: Option<u32>,
    /// What that plan is called.
    #[n(7)]
    pub plan_name: String,
    /// For which clusters, as FTS joins them.
    #[n(8)]
    pub clusters: String,
    /// `incoming`, `internal` or `outgoing`.
    #[n(9)]
    pub boundary: String,
    /// Whether it is shared with other countries or plans, and nobody told which part is whose.
    #[n(10)]
    pub shared: bool,
    /// `pledge`, `commitment` or `paid`.
    #[n(11)]
    pub status: String,
    /// `financial` or `in kind`.
    #[n(12)]
    pub contribution: String,
    /// In words.
    #[n(13)]
    pub what: String,
    /// When its row was last changed, in days since 1970.
    #[n(14)]
    pub updated: Option<i64>,
}
impl Payload for FlowReported {
    const KIND: &'static str = "flow.reported";
}

/// A flow counts no more: it was brought in by mistake, or FTS has taken it back. About
/// [`flow_id`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct FlowTakenBack {}
impl Payload for FlowTakenBack {
    const KIND: &'static str = "flow.taken_back";
}

/// What a plan asked for and got, as FTS published it. About [`plan_id`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct PlanReported {
    /// The country (ISO 3166-1, three letters).
    #[n(0)]
    pub country: String,
    /// The year.
    #[n(1)]
    pub year: u16,
    /// Its id in FTS; none for the money for which no plan is named.
    #[n(2)]
    pub plan: Option<u32>,
    /// What it is called.
    #[n(3)]
    pub name: String,
    /// What it asks for, in cents of the US dollar.
    #[n(4)]
    pub required_usd_minor: Option<i64>,
    /// What came.
    #[n(5)]
    pub funded_usd_minor: Option<i64>,
    /// How much of it came, in whole percent, as published.
    #[n(6)]
    pub percent: Option<u32>,
}
impl Payload for PlanReported {
    const KIND: &'static str = "plan.reported";
}

/// Which record speaks for a flow.
#[must_use]
pub fn flow_id(flow: &str) -> Id {
    Id::named("fts flow", flow)
}

/// Which record speaks for a row of plans.
#[must_use]
pub fn plan_id(row: &PlanReported) -> Id {
    let plan = row.plan.map_or_else(|| row.name.clone(), |plan| plan.to_string());
    Id::named("fts plan", &format!("{}/{}/{plan}", row.country, row.year))
}

impl From<&Flow> for FlowReported {
    fn from(flow: &Flow) -> Self {
        let to = &flow.destination;
        Self {
            flow: flow.id.clone(),
            day: flow.date.epoch_day(),
            amount_usd_minor: flow.amount_usd_minor,
            from: flow.source.organisations.clone(),
            to: to.end.organisations.clone(),
            countries: to.end.countries.join(","),
            plan: to.plan.id,
            plan_name: to.plan.name.clone(),
            clusters: to.clusters.clone(),
            boundary: flow.boundary.word().to_owned(),
            shared: flow.on_boundary == OnBoundary::Shared,
            status: flow.status.word().to_owned(),
            contribution: flow.contribution.clone(),
            what: flow.description.clone(),
            updated: flow.updated.map(Day::epoch_day),
        }
    }
}

impl FlowReported {
    /// The flow in the columns of FTS, with what is kept of it; none where a day or a word is of no
    /// calendar or list, which only a node of a later time writes.
    #[must_use]
    pub fn told(&self) -> Option<Flow> {
        let countries = self.countries.split(',').filter(|code| !code.is_empty());
        let end = End {
            organisations: self.to.clone(),
            countries: countries.map(str::to_owned).collect(),
            ..End::default()
        };
        let plan = Plan { id: self.plan, name: self.plan_name.clone(), ..Plan::default() };
        let clusters = self.clusters.clone();
        Some(Flow {
            id: self.flow.clone(),
            date: Day::of_epoch(self.day)?,
            budget_year: None,
            description: self.what.clone(),
            amount_usd_minor: self.amount_usd_minor,
            source: End { organisations: self.from.clone(), ..End::default() },
            destination: Destination { end, plan, clusters, ..Destination::default() },
            contribution: self.contribution.clone(),
            flow_type: String::new(),
            method: String::new(),
            boundary: match self.boundary.as_str() {
                "incoming" => Boundary::Incoming,
                "internal" => Boundary::Internal,
                "outgoing" => Boundary::Outgoing,
                _ => return None,
            },
            on_boundary: if self.shared { OnBoundary::Shared } else { OnBoundary::Single },
            status: match self.status.as_str() {
                "pledge" => Status::Pledge,
                "commitment" => Status::Commitment,
                "paid" => Status::Paid,
                _ => return None,
            },
            first_reported: None,
            decided: None,
            keywords: String::new(),
            original: exchange::fts::Original::default(),
            reference: String::new(),
            created: None,
            updated: self.updated.and_then(Day::of_epoch),
        })
    }
}

impl From<&PlanRow> for PlanReported {
    fn from(row: &PlanRow) -> Self {
        Self {
            country: row.country.clone(),
            year: row.year,
            plan: match row.home {
                Home::Named(id) => Some(id),
                Home::NotSpecified | Home::Shared => None,
            },
            name: row.name.clone(),
            required_usd_minor: row.requirement.required_usd_minor,
            funded_usd_minor: row.requirement.funded_usd_minor,
            percent: row.requirement.percent,
        }
    }
}
