//! Writes an election as a `.pb` file that reads back as the same election.
//!
//! Never writes who voted: the first column of a vote is its place in the file.

use csv::{QuoteStyle, Terminator, Writer, WriterBuilder};

use super::super::decimal::Decimal;
use super::super::election::Election;

/// The election as the text of a `.pb` file.
#[must_use]
pub fn write(election: &Election) -> String {
    let mut table = Table::new();
    let own = [
        ("num_projects", election.projects().len().to_string()),
        ("num_votes", election.ballots_len().to_string()),
        ("budget", election.amount(election.budget_parts())),
        ("vote_type", election.kind().name().to_owned()),
    ];
    table.row(["META"]);
    table.row(["key", "value"]);
    for (key, value) in election.meta() {
        table.row([key, value]);
    }
    for (key, value) in &own {
        table.row([*key, value]);
    }
    projects(&mut table, election);
    votes(&mut table, election);
    table.text()
}

fn projects(table: &mut Table, election: &Election) {
    table.row(["PROJECTS"]);
    let names = election.columns().iter().map(String::as_str);
    table.row(["project_id", "cost"].into_iter().chain(names));
    for project in election.projects() {
        let cost = election.amount(project.cost_parts);
        let said = project.said.iter().map(String::as_str);
        table.row([project.id.as_str(), &cost].into_iter().chain(said));
    }
}

fn votes(table: &mut Table, election: &Election) {
    table.row(["VOTES"]);
    let pointed = election.kind().has_points();
    if pointed {
        table.row(["voter_id", "vote", "points"]);
    } else {
        table.row(["voter_id", "vote"]);
    }
    for (at, ballot) in election.ballots().enumerate() {
        let ids = ballot.chosen.iter().filter_map(|at| election.projects().get(*at as usize));
        let ids = ids.map(|project| project.id.as_str()).collect::<Vec<_>>().join(",");
        let number = (at + 1).to_string();
        if pointed {
            let given = ballot.points.iter().map(|parts| {
                Decimal::new(*parts, election.point_decimals()).unwrap_or_default().to_string()
            });
            table.row([&number, &ids, &given.collect::<Vec<_>>().join(",")]);
        } else {
            table.row([&number, &ids]);
        }
    }
}

struct Table(Writer<Vec<u8>>);

impl Table {
    fn new() -> Self {
        let mut builder = WriterBuilder::new();
        builder.delimiter(b';').quote_style(QuoteStyle::Necessary);
        builder.terminator(Terminator::Any(b'\n')).flexible(true);
        Self(builder.from_writer(Vec::new()))
    }

    /// Adds one row, its fields quoted where they need it.
    fn row<T: AsRef<[u8]>>(&mut self, fields: impl IntoIterator<Item = T>) {
        // Writing into memory does not fail, and rows of any length are taken.
        let written = self.0.write_record(fields);
        debug_assert!(written.is_ok(), "a row in memory: {written:?}");
    }

    fn text(self) -> String {
        // Every byte came out of a `str`.
        self.0.into_inner().ok().and_then(|all| String::from_utf8(all).ok()).unwrap_or_default()
    }
}
