//! Totals of flows and whether tables agree with each other, to the cent.
//!
//! Never explains a difference away: it says what each table says.

use std::collections::BTreeMap;

use super::flow::{Boundary, Flow, OnBoundary, Status};
use super::requirements::{ClusterRow, Home, PlanRow, Requirement};

/// What flows come to, in cents of the US dollar. The parts make the whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Totals {
    /// All rows.
    pub all_usd_minor: i128,
    /// Paid or committed, all of it on this side of the boundary: what FTS calls funding.
    pub funded_usd_minor: i128,
    /// Promised only, all of it on this side of the boundary.
    pub pledged_usd_minor: i128,
    /// Shared with another country or plan; nobody told which part is whose.
    pub shared_usd_minor: i128,
}

impl Totals {
    /// Adds up flows, each row once.
    #[must_use]
    pub fn of<'a>(flows: impl IntoIterator<Item = &'a Flow>) -> Self {
        let mut totals = Self::default();
        for flow in flows {
            let amount = i128::from(flow.amount_usd_minor);
            totals.all_usd_minor += amount;
            match (flow.on_boundary, flow.status) {
                (OnBoundary::Shared, _) => totals.shared_usd_minor += amount,
                (OnBoundary::Single, Status::Pledge) => totals.pledged_usd_minor += amount,
                (OnBoundary::Single, Status::Commitment | Status::Paid) => {
                    totals.funded_usd_minor += amount;
                }
            }
        }
        totals
    }
}

/// Which of two sums differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sum {
    /// What is required.
    Required,
    /// What came.
    Funded,
}

/// Two tables that do not agree, in cents of the US dollar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The country.
    pub country: String,
    /// The plan; none where the whole country was compared.
    pub plan: Option<u32>,
    /// Which sum.
    pub sum: Sum,
    /// What the rows come to.
    pub rows_usd_minor: i128,
    /// What the table of plans says.
    pub plans_usd_minor: i128,
}

/// Compares flows into each country with what the table of plans says came to it, under a plan or
/// under none. Nothing is given back when they agree.
#[must_use]
pub fn reconcile_flows(flows: &[Flow], plans: &[PlanRow]) -> Vec<Difference> {
    let mut told: BTreeMap<&str, i128> = BTreeMap::new();
    for plan in plans {
        *told.entry(&plan.country).or_default() += funded(&plan.requirement);
    }
    let into = |country: &str| {
        let here = flows.iter().filter(|flow| {
            flow.boundary == Boundary::Incoming && flow.destination.end.countries == [country]
        });
        Totals::of(here).funded_usd_minor
    };
    let pairs = told.into_iter().map(|(country, told)| Difference {
        country: country.to_owned(),
        plan: None,
        sum: Sum::Funded,
        rows_usd_minor: into(country),
        plans_usd_minor: told,
    });
    pairs.filter(|pair| pair.rows_usd_minor != pair.plans_usd_minor).collect()
}

/// Compares the clusters of each plan, those that have no home too, with what the table of plans
/// says of it. Plans without clusters are left alone; nothing is given back when all agree.
#[must_use]
pub fn reconcile_clusters(clusters: &[ClusterRow], plans: &[PlanRow]) -> Vec<Difference> {
    let mut sums: BTreeMap<(&str, u32), (i128, i128)> = BTreeMap::new();
    for row in clusters {
        let sum = sums.entry((&row.country, row.plan)).or_default();
        sum.0 += required(&row.requirement);
        sum.1 += funded(&row.requirement);
    }
    let mut differences = Vec::new();
    for ((country, plan), (rows_required, rows_funded)) in sums {
        let of = plans.iter().filter(|row| row.country == country);
        let told = of.filter(|row| row.home == Home::Named(plan)).map(|row| &row.requirement);
        let (told_required, told_funded) =
            told.fold((0, 0), |sum, it| (sum.0 + required(it), sum.1 + funded(it)));
        let pairs = [
            (Sum::Required, rows_required, told_required),
            (Sum::Funded, rows_funded, told_funded),
        ];
        for (sum, rows_usd_minor, plans_usd_minor) in pairs {
            if rows_usd_minor != plans_usd_minor {
                let (country, plan) = (country.to_owned(), Some(plan));
                let of = Difference { country, plan, sum, rows_usd_minor, plans_usd_minor };
                differences.push(of);
            }
        }
    }
    differences
}

fn required(of: &Requirement) -> i128 {
    of.required_usd_minor.map_or(0, i128::from)
}

fn funded(of: &Requirement) -> i128 {
    of.funded_usd_minor.map_or(0, i128::from)
}

/// Flows by their id: a table taken twice changes nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Book(BTreeMap<String, Flow>);

/// What taking a table did to a book.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Taken {
    /// Ids that were not there.
    pub new: Vec<String>,
    /// Ids that say something else than before, and now say it in the book.
    pub changed: Vec<String>,
    /// Ids of which the book has a later version: the table is an old one, and the book keeps its
    /// own.
    pub older: Vec<String>,
    /// Rows that say what was there already.
    pub same: usize,
}

impl Book {
    /// Takes flows in. What a table says replaces what is in the book, unless the book's version
    /// was changed on a later day.
    pub fn take(&mut self, flows: &[Flow]) -> Taken {
        let mut taken = Taken::default();
        for flow in flows {
            let id = flow.id.clone();
            match self.0.get(&id) {
                Some(before) if before == flow => taken.same += 1,
                Some(before) if is_older(flow, before) => taken.older.push(id),
                before => {
                    let list = if before.is_none() { &mut taken.new } else { &mut taken.changed };
                    list.push(id.clone());
                    self.0.insert(id, flow.clone());
                }
            }
        }
        taken
    }

    /// The flows, by id.
    pub fn flows(&self) -> impl Iterator<Item = &Flow> {
        self.0.values()
    }

    /// The flow of an id.
    #[must_use]
    pub fn flow(&self, id: &str) -> Option<&Flow> {
        self.0.get(id)
    }
}

fn is_older(flow: &Flow, before: &Flow) -> bool {
    flow.updated.zip(before.updated).is_some_and(|(now, then)| now < then)
}
