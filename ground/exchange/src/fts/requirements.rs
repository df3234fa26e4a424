//! What plans require and what they got: a row a plan, or a row a cluster of a plan, with the rows
//! that have no home.
//!
//! Never works out a figure: percentages are told as they were published, and checked on request.

use crate::day::Day;
use crate::money::{Currency, Money};
use crate::quote::quote;
use crate::table::{self, Refused, Table, Wrong, amount, cell, day, number};

/// The columns of a table of plans, in the order in which they are published.
pub const PLAN_COLUMNS: [&str; 12] = [
    "countryCode",
    "id",
    "name",
    "code",
    "typeId",
    "typeName",
    "startDate",
    "endDate",
    "year",
    "requirements",
    "funding",
    "percentFunded",
];

/// The columns of a table of clusters, the plan's own or the global ones.
pub const CLUSTER_COLUMNS: [&str; 12] = [
    "countryCode",
    "id",
    "name",
    "code",
    "startDate",
    "endDate",
    "year",
    "clusterCode",
    "cluster",
    "requirements",
    "funding",
    "percentFunded",
];

const PLAN_NEEDED: [&str; 6] = ["countryCode", "id", "name", "year", "requirements", "funding"];
const CLUSTER_NEEDED: [&str; 8] =
    ["countryCode", "id", "name", "year", "clusterCode", "cluster", "requirements", "funding"];

/// What is said of money that has no home.
const NOT_SPECIFIED: &str = "Not specified";

/// What a row is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Home {
    /// The plan or cluster with this id.
    Named(u32),
    /// Money of which nobody said what it is for.
    NotSpecified,
    /// Money for several together, that nobody split.
    Shared,
}

impl Home {
    fn of(id: Option<u32>, name: &str) -> Option<Self> {
        let shared = name.starts_with("Multiple ") && name.ends_with("(shared)");
        match id {
            Some(id) => Some(Self::Named(id)),
            None if name == NOT_SPECIFIED => Some(Self::NotSpecified),
            None if shared => Some(Self::Shared),
            None => None,
        }
    }
}

/// What is required and what came, in cents of the US dollar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Requirement {
    /// What is required; none where nothing was asked.
    pub required_usd_minor: Option<i64>,
    /// What came; none where nothing is known.
    pub funded_usd_minor: Option<i64>,
    /// How much of it came, in whole percent, as published.
    pub percent: Option<u32>,
}

impl Requirement {
    /// The percentage that follows from the two amounts, halves rounded up; none without both, or
    /// where nothing is required.
    #[must_use]
    pub fn percent_worked_out(&self) -> Option<u32> {
        let required = i128::from(self.required_usd_minor.filter(|required| *required > 0)?);
        let funded = i128::from(self.funded_usd_minor?);
        u32::try_from((funded * 200 + required) / (required * 2)).ok()
    }
}

/// A plan in a country: what it requires and got, or what came for no plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanRow {
    /// The country (ISO 3166-1, three letters).
    pub country: String,
    /// The plan, or that there is none.
    pub home: Home,
    /// What it is called.
    pub name: String,
    /// Its code.
    pub code: String,
    /// The id of its type.
    pub type_id: Option<u32>,
    /// Its type.
    pub type_name: String,
    /// From this day.
    pub start: Option<Day>,
    /// To this day.
    pub end: Option<Day>,
    /// The year.
    pub year: u16,
    /// The amounts.
    pub requirement: Requirement,
}

/// A cluster of a plan: what it requires and got, or what came for no cluster or for several.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClusterRow {
    /// The country (ISO 3166-1, three letters).
    pub country: String,
    /// The plan's id.
    pub plan: u32,
    /// What the plan is called.
    pub name: String,
    /// Its code.
    pub code: String,
    /// From this day.
    pub start: Option<Day>,
    /// To this day.
    pub end: Option<Day>,
    /// The year.
    pub year: u16,
    /// The cluster, or that there is none.
    pub home: Home,
    /// What the cluster is called.
    pub cluster: String,
    /// The amounts.
    pub requirement: Requirement,
}

/// Reads a table of plans; gives the columns that it left out too.
///
/// # Errors
/// With one fault in the table all that is told is its faults: nothing is half read.
pub fn read_plans(bytes: &[u8]) -> Result<(Vec<PlanRow>, Vec<String>), Refused> {
    Table::read(bytes, &PLAN_COLUMNS, &PLAN_NEEDED, |table| {
        let (country, id) = (table.must(0, country), table.maybe(1, number));
        let name = table.words(2);
        let home = home(table, "id", id, &name);
        let type_id = table.maybe(4, number);
        let (start, end, year) = (table.maybe(6, day), table.maybe(7, day), table.must(8, number));
        let requirement = requirement(table);
        Some(PlanRow {
            country: country?,
            home: home?,
            name,
            code: table.words(3),
            type_id: type_id?,
            type_name: table.words(5),
            start: start?,
            end: end?,
            year: year?,
            requirement: requirement?,
        })
    })
}

/// Reads a table of clusters; gives the columns that it left out too.
///
/// # Errors
/// With one fault in the table all that is told is its faults: nothing is half read.
pub fn read_clusters(bytes: &[u8]) -> Result<(Vec<ClusterRow>, Vec<String>), Refused> {
    Table::read(bytes, &CLUSTER_COLUMNS, &CLUSTER_NEEDED, |table| {
        let (country, plan) = (table.must(0, country), table.must(1, number));
        let (start, end, year) = (table.maybe(4, day), table.maybe(5, day), table.must(6, number));
        let (id, cluster) = (table.maybe(7, number), table.words(8));
        let home = home(table, "clusterCode", id, &cluster);
        let requirement = requirement(table);
        Some(ClusterRow {
            country: country?,
            plan: plan?,
            name: table.words(2),
            code: table.words(3),
            start: start?,
            end: end?,
            year: year?,
            home: home?,
            cluster,
            requirement: requirement?,
        })
    })
}

fn country(text: &str) -> Result<String, Wrong> {
    let sound = text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_uppercase());
    if sound { Ok(text.to_owned()) } else { Err(Wrong::Country(quote(text))) }
}

fn home(
    table: &mut Table,
    column: &'static str,
    id: Option<Option<u32>>,
    name: &str,
) -> Option<Home> {
    let home = Home::of(id?, name);
    if home.is_none() {
        table.fault(column, Wrong::NoId);
    }
    home
}

/// Both tables have the amounts in the same places.
fn requirement(table: &mut Table) -> Option<Requirement> {
    let dollars = |text: &str| amount(text, Currency::USD);
    let (required, funded) = (table.maybe(9, dollars), table.maybe(10, dollars));
    let percent = table.maybe(11, number);
    Some(Requirement {
        required_usd_minor: required?,
        funded_usd_minor: funded?,
        percent: percent?,
    })
}

/// Writes a table of plans; read again, it gives the same rows.
///
/// # Errors
/// When a row could not be read again: a country without three letters, an amount below zero.
pub fn write_plans(rows: &[PlanRow]) -> Result<String, Refused> {
    let cells = |row: &PlanRow| {
        let [required, funded, percent] = amounts(&row.requirement);
        [
            row.country.clone(),
            named(row.home),
            cell(&row.name),
            cell(&row.code),
            table::maybe(row.type_id),
            cell(&row.type_name),
            table::maybe(row.start),
            table::maybe(row.end),
            row.year.to_string(),
            required,
            funded,
            percent,
        ]
    };
    table::write(&PLAN_COLUMNS, rows, cells, |bytes| Ok(read_plans(bytes)?.0))
}

/// Writes a table of clusters; read again, it gives the same rows.
///
/// # Errors
/// When a row could not be read again: a country without three letters, an amount below zero.
pub fn write_clusters(rows: &[ClusterRow]) -> Result<String, Refused> {
    let cells = |row: &ClusterRow| {
        let [required, funded, percent] = amounts(&row.requirement);
        [
            row.country.clone(),
            row.plan.to_string(),
            cell(&row.name),
            cell(&row.code),
            table::maybe(row.start),
            table::maybe(row.end),
            row.year.to_string(),
            named(row.home),
            cell(&row.cluster),
            required,
            funded,
            percent,
        ]
    };
    table::write(&CLUSTER_COLUMNS, rows, cells, |bytes| Ok(read_clusters(bytes)?.0))
}

fn named(home: Home) -> String {
    match home {
        Home::Named(id) => id.to_string(),
        Home::NotSpecified | Home::Shared => String::new(),
    }
}

fn amounts(of: &Requirement) -> [String; 3] {
    let dollars = |minor| Money::new(minor, Currency::USD).short();
    [
        table::maybe(of.required_usd_minor.map(dollars)),
        table::maybe(of.funded_usd_minor.map(dollars)),
        table::maybe(of.percent),
    ]
}
