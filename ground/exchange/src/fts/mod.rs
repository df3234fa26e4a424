//! Tables of the Financial Tracking Service (FTS) of the United Nations, as they are published:
//! [flows](Flow) of money, what [plans](PlanRow) and [clusters](ClusterRow) require and got.
//!
//! Never drops a row because it has no home: what is “Not specified” or “shared” is part of every
//! total, and totals are [reconciled](reconcile_flows) to the cent.

mod flow;
mod requirements;
mod totals;

pub use flow::{
    Boundary, Destination, End, FLOW_COLUMNS, Flow, Flows, OnBoundary, Original, Plan, Status,
    read_flows, write_flows,
};
pub use requirements::{
    CLUSTER_COLUMNS, ClusterRow, Home, PLAN_COLUMNS, PlanRow, Requirement, read_clusters,
    read_plans, write_clusters, write_plans,
};
pub use totals::{Book, Difference, Sum, Taken, Totals, reconcile_clusters, reconcile_flows};
