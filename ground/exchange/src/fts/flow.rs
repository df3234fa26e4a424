//! Flows: who gave how much to whom, for which plan, and whether it is a promise or was paid.
//!
//! Never splits a text that FTS joined: names of organisations and clusters hold commas themselves.

use std::collections::HashMap;

use crate::day::Day;
use crate::money::{Currency, Decimal, Money};
use crate::quote::quote;
use crate::table::{
    self, FAULTS_MAX, Fault, Refused, Table, Wrong, amount, cell, currency, day, decimal, id,
    number,
};

/// The columns of a table of flows, in the order in which they are published.
pub const FLOW_COLUMNS: [&str; 37] = [
    "date",
    "budgetYear",
    "description",
    "amountUSD",
    "srcOrganization",
    "srcOrganizationTypes",
    "srcLocations",
    "srcUsageYearStart",
    "srcUsageYearEnd",
    "destPlan",
    "destPlanCode",
    "destPlanId",
    "destOrganization",
    "destOrganizationTypes",
    "destGlobalClusters",
    "destLocations",
    "destProject",
    "destProjectCode",
    "destEmergency",
    "destUsageYearStart",
    "destUsageYearEnd",
    "contributionType",
    "flowType",
    "method",
    "boundary",
    "onBoundary",
    "status",
    "firstReportedDate",
    "decisionDate",
    "keywords",
    "originalAmount",
    "originalCurrency",
    "exchangeRate",
    "id",
    "refCode",
    "createdAt",
    "updatedAt",
];

/// Without these no total can be trusted.
const NEEDED: [&str; 6] = ["date", "amountUSD", "boundary", "onBoundary", "status", "id"];

/// A table of flows that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flows {
    /// Every row, in the order of the table; a flow to several countries may be there twice.
    pub rows: Vec<Flow>,
    /// Columns that were left out, because FTS did not have them when this was written.
    pub left_out: Vec<String>,
}

/// Money that flowed, or that somebody said would.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flow {
    /// Its id in FTS: the same flow keeps it for ever.
    pub id: String,
    /// The day it is booked.
    pub date: Day,
    /// The giver's budget year.
    pub budget_year: Option<u16>,
    /// In words.
    pub description: String,
    /// How much, in cents of the US dollar.
    pub amount_usd_minor: i64,
    /// From whom.
    pub source: End,
    /// To whom and for what.
    pub destination: Destination,
    /// `financial` or `in kind`.
    pub contribution: String,
    /// How it is counted: `Standard`, `Parked` where it waits to be given on, `Pass through`,
    /// `Carryover` from an earlier year.
    pub flow_type: String,
    /// How it is handed out: `Traditional aid`, `Cash transfer programming (CTP)`.
    pub method: String,
    /// Whether it enters, stays in or leaves what the table is about.
    pub boundary: Boundary,
    /// Whether all of it does.
    pub on_boundary: OnBoundary,
    /// How firm it is.
    pub status: Status,
    /// When FTS first heard of it.
    pub first_reported: Option<Day>,
    /// When it was decided.
    pub decided: Option<Day>,
    /// Words to find it by.
    pub keywords: String,
    /// What was given before it was turned into dollars.
    pub original: Original,
    /// The giver's own number.
    pub reference: String,
    /// When its row was made.
    pub created: Option<Day>,
    /// When its row was last changed.
    pub updated: Option<Day>,
}

/// One end of a flow.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct End {
    /// The organisation or organisations, as FTS joins them.
    pub organisations: String,
    /// What they are, as FTS joins it.
    pub organisation_types: String,
    /// Countries (ISO 3166-1, three letters).
    pub countries: Vec<String>,
    /// The first year in which it is used.
    pub year_start: Option<u16>,
    /// The last.
    pub year_end: Option<u16>,
}

/// Where a flow goes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Destination {
    /// To whom.
    pub end: End,
    /// For which plan; nothing when none is named.
    pub plan: Plan,
    /// For which clusters, as FTS joins them.
    pub clusters: String,
    /// For which project.
    pub project: String,
    /// Its code.
    pub project_code: String,
    /// For which emergency.
    pub emergency: String,
}

/// A plan as a flow names it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Plan {
    /// Its id in FTS.
    pub id: Option<u32>,
    /// Its code.
    pub code: String,
    /// What it is called.
    pub name: String,
}

/// What was given before it was turned into dollars; FTS often knows only a part of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Original {
    /// How much, in the minor unit of its currency.
    pub amount_minor: Option<i64>,
    /// Of what.
    pub currency: Option<Currency>,
    /// How much of it made a dollar.
    pub rate: Option<Decimal>,
}

macro_rules! words {
    ($(#[$doc:meta])* $name:ident, $known:literal {
        $($(#[$means:meta])* $word:ident = $text:literal,)+
    }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $($(#[$means])* $word,)+
        }

        impl $name {
            /// The word in the table.
            #[must_use]
            pub fn word(self) -> &'static str {
                match self {
                    $(Self::$word => $text,)+
                }
            }

            fn read(text: &str) -> Result<Self, Wrong> {
                match text {
                    $($text => Ok(Self::$word),)+
                    other => {
                        let said = quote(other);
                        Err(Wrong::Word { said, known: $known })
                    }
                }
            }
        }
    };
}

words! {
    /// Whether a flow enters, stays in or leaves what the table is about.
    Boundary, "incoming, internal or outgoing" {
        /// It enters.
        Incoming = "incoming",
        /// It stays inside: one organisation passes it on to another.
        Internal = "internal",
        /// It leaves.
        Outgoing = "outgoing",
    }
}

words! {
    /// Whether all of a flow crosses the boundary.
    OnBoundary, "single or shared" {
        /// All of it.
        Single = "single",
        /// A part that nobody told: totals leave it out, and say so.
        Shared = "shared",
    }
}

words! {
    /// How firm a flow is.
    Status, "pledge, commitment or paid" {
        /// Somebody said they would.
        Pledge = "pledge",
        /// Somebody is bound to.
        Commitment = "commitment",
        /// It was paid.
        Paid = "paid",
    }
}

/// Reads a table of flows.
///
/// # Errors
/// With one fault in the table all that is told is its faults: nothing is half read.
pub fn read_flows(bytes: &[u8]) -> Result<Flows, Refused> {
    let (placed, left_out) = Table::read(bytes, &FLOW_COLUMNS, &NEEDED, |table| {
        let (row, line) = table.place();
        Some((row, line, flow(table)?))
    })?;
    let mut faults = Vec::new();
    let mut known: HashMap<&str, (usize, &Flow)> = HashMap::new();
    for (row, line, flow) in &placed {
        let (first, other) = *known.entry(&flow.id).or_insert((*row, flow));
        if other != flow && faults.len() < FAULTS_MAX {
            let (row, line, column) = (*row, *line, "id");
            faults.push(Fault { row, line, column, why: Wrong::Twice(first) });
        }
    }
    if !faults.is_empty() {
        return Err(Refused::of(faults));
    }
    Ok(Flows { rows: placed.into_iter().map(|(_, _, flow)| flow).collect(), left_out })
}

/// A row; every cell is looked at, so that all its faults are told.
fn flow(table: &mut Table) -> Option<Flow> {
    let date = table.must(0, day);
    let budget_year = table.maybe(1, number);
    let amount_usd_minor = table.must(3, |text| amount(text, Currency::USD));
    let source = end(table, [4, 5, 6, 7, 8]);
    let destination = destination(table);
    let boundary = table.must(24, Boundary::read);
    let on_boundary = table.must(25, OnBoundary::read);
    let status = table.must(26, Status::read);
    let (first_reported, decided) = (table.maybe(27, day), table.maybe(28, day));
    let original = original(table);
    let id = table.must(33, id);
    let (created, updated) = (table.maybe(35, day), table.maybe(36, day));
    Some(Flow {
        id: id?,
        date: date?,
        budget_year: budget_year?,
        description: table.words(2),
        amount_usd_minor: amount_usd_minor?,
        source: source?,
        destination: destination?,
        contribution: table.words(21),
        flow_type: table.words(22),
        method: table.words(23),
        boundary: boundary?,
        on_boundary: on_boundary?,
        status: status?,
        first_reported: first_reported?,
        decided: decided?,
        keywords: table.words(29),
        original: original?,
        reference: table.words(34),
        created: created?,
        updated: updated?,
    })
}

/// The cells of one end: organisations, their types, countries, first and last year.
fn end(table: &mut Table, at: [usize; 5]) -> Option<End> {
    let [organisations, types, places, start, last] = at;
    let countries = table.maybe(places, countries);
    let (year_start, year_end) = (table.maybe(start, number), table.maybe(last, number));
    Some(End {
        organisations: table.words(organisations),
        organisation_types: table.words(types),
        countries: countries?.unwrap_or_default(),
        year_start: year_start?,
        year_end: year_end?,
    })
}

fn countries(text: &str) -> Result<Vec<String>, Wrong> {
    let code = |code: &str| code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_uppercase());
    if text.split(',').all(code) {
        Ok(text.split(',').map(str::to_owned).collect())
    } else {
        Err(Wrong::Country(quote(text)))
    }
}

fn destination(table: &mut Table) -> Option<Destination> {
    let end = end(table, [12, 13, 15, 19, 20]);
    let plan = table.maybe(11, number);
    Some(Destination {
        end: end?,
        plan: Plan { id: plan?, code: table.words(10), name: table.words(9) },
        clusters: table.words(14),
        project: table.words(16),
        project_code: table.words(17),
        emergency: table.words(18),
    })
}

fn original(table: &mut Table) -> Option<Original> {
    let (currency, rate) = (table.maybe(31, currency), table.maybe(32, decimal));
    let currency = currency?;
    let amount_minor = table.maybe(30, |text| match currency {
        Some(currency) => amount(text, currency),
        None => Err(Wrong::NoCurrency),
    });
    Some(Original { amount_minor: amount_minor?, currency, rate: rate? })
}

/// Writes a table of flows in the columns of FTS; read again, it gives the same flows.
///
/// # Errors
/// When a flow could not be read again: a bad id, an amount below zero or without its currency.
pub fn write_flows(flows: &[Flow]) -> Result<String, Refused> {
    table::write(&FLOW_COLUMNS, flows, cells, |bytes| Ok(read_flows(bytes)?.rows))
}

fn cells(flow: &Flow) -> [String; 37] {
    let (from, to) = (&flow.source, &flow.destination);
    let original = &flow.original;
    let given = original.amount_minor.zip(original.currency);
    [
        flow.date.to_string(),
        table::maybe(flow.budget_year),
        cell(&flow.description),
        Money::new(flow.amount_usd_minor, Currency::USD).short(),
        cell(&from.organisations),
        cell(&from.organisation_types),
        from.countries.join(","),
        table::maybe(from.year_start),
        table::maybe(from.year_end),
        cell(&to.plan.name),
        cell(&to.plan.code),
        table::maybe(to.plan.id),
        cell(&to.end.organisations),
        cell(&to.end.organisation_types),
        cell(&to.clusters),
        to.end.countries.join(","),
        cell(&to.project),
        cell(&to.project_code),
        cell(&to.emergency),
        table::maybe(to.end.year_start),
        table::maybe(to.end.year_end),
        cell(&flow.contribution),
        cell(&flow.flow_type),
        cell(&flow.method),
        flow.boundary.word().to_owned(),
        flow.on_boundary.word().to_owned(),
        flow.status.word().to_owned(),
        table::maybe(flow.first_reported),
        table::maybe(flow.decided),
        cell(&flow.keywords),
        table::maybe(given.map(|(minor, currency)| Money::new(minor, currency).short())),
        table::maybe(original.currency),
        table::maybe(original.rate),
        flow.id.clone(),
        cell(&flow.reference),
        table::maybe(flow.created),
        table::maybe(flow.updated),
    ]
}
