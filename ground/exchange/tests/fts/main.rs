//! Tables of the Financial Tracking Service: the published ones to the cent, and bad ones refused
//! with row and column.
//!
//! Never rounds to make a total fit.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a slip in a test should stop it loudly"
)]

mod faults;
mod laws;
mod lines;
mod published;

use exchange::Currency;
use exchange::fts::{Boundary, Destination, End, Flow, OnBoundary, Original, Plan, Status};

/// A flow with something in every column. Nothing in it is true.
pub fn flow() -> Flow {
    let day = |text: &str| text.parse().unwrap();
    let end = |organisations: &str, country: &str| End {
        organisations: organisations.to_owned(),
        organisation_types: "Government".to_owned(),
        countries: vec![country.to_owned()],
        year_start: Some(2026),
        year_end: Some(2027),
    };
    Flow {
        id: "228238".to_owned(),
        date: day("2026-02-25"),
        budget_year: Some(2026),
        description: "Water, \"now\"\nand later".to_owned(),
        amount_usd_minor: 60_679_650,
        source: end("Luxembourg, Government of", "LUX"),
        destination: Destination {
            end: end("World Food Programme", "HTI"),
            plan: Plan { id: Some(929), code: "HHTI26".to_owned(), name: "Haiti 2026".to_owned() },
            clusters: "Housing, Land and Property".to_owned(),
            project: "Wells".to_owned(),
            project_code: "HTI-1".to_owned(),
            emergency: "Drought".to_owned(),
        },
        contribution: "financial".to_owned(),
        flow_type: "Standard".to_owned(),
        method: "Traditional aid".to_owned(),
        boundary: Boundary::Incoming,
        on_boundary: OnBoundary::Single,
        status: Status::Commitment,
        first_reported: Some(day("2026-02-26")),
        decided: Some(day("2026-02-24")),
        keywords: "Multiyear".to_owned(),
        original: Original {
            amount_minor: Some(50_000_000),
            currency: Some(Currency::EUR),
            rate: Some("0.824".parse().unwrap()),
        },
        reference: "P-1".to_owned(),
        created: Some(day("2026-02-27")),
        updated: Some(day("2026-03-01")),
    }
}
