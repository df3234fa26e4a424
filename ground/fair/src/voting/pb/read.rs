//! Reads a `.pb` file, whatever its line ends, its order of columns and the case of its headings.
//!
//! Never mends what it cannot understand: a wrong line is told by its number, with what to do.

use csv::{ByteRecord, ReaderBuilder};

use super::super::decimal::{Decimal, NotAnAmount};
use super::super::election::{
    BALLOTS_MAX, Builder, COLUMNS_MAX, Election, Fault, HEADINGS, Kind, META_MAX, OWN_KEYS,
};

/// Bytes of one file; the largest published has some 10 MB.
pub const FILE_BYTES_MAX: usize = 64 * 1024 * 1024;

/// A file that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Read {
    /// The election.
    pub election: Election,
    /// What is odd about the file, and changes nothing in the count.
    pub remarks: Vec<Remark>,
}

/// Something odd: perhaps the file was cut off on its way.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Remark {
    /// The file says another number than it holds.
    #[error("the file says {key} {said}, and holds {held}: ask whether it is whole")]
    Count {
        /// The key under META.
        key: &'static str,
        /// What it says.
        said: String,
        /// What is there.
        held: usize,
    },
}

/// Why a file cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}{why}", at(*.line))]
pub struct Unreadable {
    /// The line, from 1; none when it is the whole file.
    pub line: Option<u64>,
    /// What is wrong there.
    pub why: Why,
}

fn at(line: Option<u64>) -> String {
    line.map_or_else(String::new, |line| format!("line {line}: "))
}

/// What is wrong with a file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Why {
    /// Larger than a file may be.
    #[error("the file has more than {FILE_BYTES_MAX} bytes: leave out columns about voters")]
    TooLarge,
    /// Bytes that are no text.
    #[error("these bytes are no UTF-8 text: save the file as UTF-8")]
    NotText,
    /// The table cannot be parted into fields.
    #[error("the fields cannot be told apart ({0}): look for a quote that is not closed")]
    Table(String),
    /// Something stands before the first heading.
    #[error("a file begins with the line META: put it first")]
    NoHeading,
    /// A heading that is not there.
    #[error("there is no line {0}: add it with its table, or ask for the whole file")]
    Missing(&'static str),
    /// A heading that is there twice, or out of order.
    #[error("the heading {0} comes twice or too late: order them META, PROJECTS, VOTES")]
    Order(&'static str),
    /// A table without a column that it needs.
    #[error("the table {table} has no column “{column}”: its first line names the columns")]
    NoColumn {
        /// Which table.
        table: &'static str,
        /// Which column.
        column: &'static str,
    },
    /// Something that META must say.
    #[error("META does not say {0}: add a line “{0};…”")]
    NoKey(&'static str),
    /// A kind of vote that is not known.
    #[error("vote_type “{0}” is not known: use approval, choose-1, ordinal, cumulative or scoring")]
    UnknownKind(String),
    /// The same thing said twice, differently.
    #[error("META says {0} twice: leave one")]
    TwiceKey(&'static str),
    /// What is said does not make an election.
    #[error(transparent)]
    Fault(#[from] Fault),
}

type Found<T> = Result<T, Unreadable>;

/// Reads a file from its bytes.
///
/// # Errors
/// When it is no `.pb` file, or what it says makes no election; the line is told.
pub fn read(bytes: &[u8]) -> Found<Read> {
    if bytes.len() > FILE_BYTES_MAX {
        return Err(Unreadable { line: None, why: Why::TooLarge });
    }
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    if let Err(bad) = std::str::from_utf8(bytes) {
        let before = bytes.get(..bad.valid_up_to()).unwrap_or_default();
        let line = before.iter().filter(|byte| **byte == b'\n').count() as u64 + 1;
        return Err(Unreadable { line: Some(line), why: Why::NotText });
    }
    let mut rows = Rows::of(bytes);
    let mut said = Said::default();
    rows.expect_heading()?;
    let heading = rows.meta(&mut said)?;
    follows(heading, "PROJECTS", rows.line)?;
    let (kind, mut builder) = said.begin()?;
    let heading = rows.projects(&mut builder)?;
    follows(heading, "VOTES", rows.line)?;
    rows.votes(kind, &mut builder)?;
    let election = builder.finish().map_err(|fault| whole(fault.into()))?;
    let counts =
        [("num_projects", election.projects().len()), ("num_votes", election.ballots_len())];
    let remarks = counts.into_iter().filter_map(|(key, held)| {
        let said = said.own(key)?.1.clone();
        (said.parse() != Ok(held)).then_some(Remark::Count { key, said, held })
    });
    Ok(Read { remarks: remarks.collect(), election })
}

fn whole(why: Why) -> Unreadable {
    Unreadable { line: None, why }
}

fn follows(found: Option<&'static str>, wanted: &'static str, line: u64) -> Found<()> {
    match found {
        Some(heading) if heading == wanted => Ok(()),
        Some(heading) => Err(Unreadable { line: Some(line), why: Why::Order(heading) }),
        None => Err(whole(Why::Missing(wanted))),
    }
}

/// What META says: the keys that make the election, and all others.
#[derive(Default)]
struct Said {
    own: Vec<(&'static str, String, u64)>,
    others: Vec<(String, String, u64)>,
}

impl Said {
    fn own(&self, key: &'static str) -> Option<(u64, &String)> {
        self.own.iter().find(|(name, ..)| *name == key).map(|(_, value, line)| (*line, value))
    }

    fn needed(&self, key: &'static str) -> Found<(u64, &String)> {
        self.own(key).ok_or_else(|| whole(Why::NoKey(key)))
    }

    fn begin(&self) -> Found<(Kind, Builder)> {
        let (line, name) = self.needed("vote_type")?;
        let unknown = || Unreadable { line: Some(line), why: Why::UnknownKind(name.clone()) };
        let kind = Kind::of(name).ok_or_else(unknown)?;
        let (line, text) = self.needed("budget")?;
        let budget = amount("budget", text, line)?;
        let mut builder = Builder::new(kind, budget);
        for (key, value, line) in &self.others {
            builder.say(key, value).map_err(|fault| on(*line, fault))?;
        }
        Ok((kind, builder))
    }
}

fn on(line: u64, fault: Fault) -> Unreadable {
    Unreadable { line: Some(line), why: fault.into() }
}

fn amount(of: &'static str, text: &str, line: u64) -> Found<Decimal> {
    let wrong = |why: NotAnAmount| on(line, Fault::Amount { of, text: text.to_owned(), why });
    text.parse().map_err(wrong)
}

/// The rows of the file, blank ones left out.
struct Rows<'a> {
    reader: csv::Reader<&'a [u8]>,
    record: ByteRecord,
    line: u64,
}

impl<'a> Rows<'a> {
    fn of(bytes: &'a [u8]) -> Self {
        let mut builder = ReaderBuilder::new();
        builder.delimiter(b';').has_headers(false).flexible(true);
        Self { reader: builder.from_reader(bytes), record: ByteRecord::new(), line: 0 }
    }

    /// Steps to the next row that is not blank.
    fn step(&mut self) -> Found<bool> {
        loop {
            let more = self.reader.read_byte_record(&mut self.record);
            let line = self.record.position().map_or(self.line, csv::Position::line);
            let broken =
                |e: csv::Error| Unreadable { line: Some(line), why: Why::Table(e.to_string()) };
            if !more.map_err(broken)? {
                return Ok(false);
            }
            self.line = line;
            if self.record.iter().any(|field| !field.trim_ascii().is_empty()) {
                return Ok(true);
            }
        }
    }

    fn field(&self, at: usize) -> &str {
        // The whole file was found to be UTF-8, and a field is cut out at single bytes.
        let field = self.record.get(at).unwrap_or_default();
        std::str::from_utf8(field).unwrap_or_default().trim()
    }

    fn fields(&self) -> impl Iterator<Item = &str> {
        (0..self.record.len()).map(|at| self.field(at))
    }

    /// The heading that this row is: its name alone.
    fn heading(&self) -> Option<&'static str> {
        let alone = self.record.iter().skip(1).all(|field| field.trim_ascii().is_empty());
        let name = self.field(0);
        HEADINGS.into_iter().find(|heading| alone && heading.eq_ignore_ascii_case(name))
    }

    fn expect_heading(&mut self) -> Found<()> {
        let begun = self.step()? && self.heading() == Some("META");
        let line = Some(self.line.max(1));
        if begun { Ok(()) } else { Err(Unreadable { line, why: Why::NoHeading }) }
    }

    /// Steps to the row that names a table's columns; none when the table has none.
    fn head(&mut self, table: &'static str, max: usize) -> Found<Vec<String>> {
        if !self.step()? || self.heading().is_some() {
            let column = if table == "VOTES" { "vote" } else { "cost" };
            return Err(self.wrong(Why::NoColumn { table, column }));
        }
        if self.record.len() > max {
            return Err(self.wrong(Fault::TooMany { of: "columns", max }.into()));
        }
        Ok(self.fields().map(str::to_owned).collect())
    }

    fn wrong(&self, why: Why) -> Unreadable {
        Unreadable { line: Some(self.line), why }
    }

    /// Reads the rows under META; gives the heading that ends them.
    fn meta(&mut self, said: &mut Said) -> Found<Option<&'static str>> {
        let mut rows = 0;
        let mut first = true;
        while self.step()? {
            if let Some(heading) = self.heading() {
                return Ok(Some(heading));
            }
            // The first row names the columns, `key;value`; a file without it is understood too.
            if std::mem::take(&mut first) && self.field(0).eq_ignore_ascii_case("key") {
                continue;
            }
            rows += 1;
            if rows > META_MAX + OWN_KEYS.len() {
                let many = Fault::TooMany { of: "rows under META", max: META_MAX };
                return Err(self.wrong(many.into()));
            }
            let key = self.field(0).to_owned();
            // A `;` in a value that nobody quoted belongs to the value.
            let mut value: Vec<&str> = self.fields().skip(1).collect();
            while value.last().is_some_and(|field| field.is_empty()) {
                value.pop();
            }
            let value = value.join(";");
            let lower = key.to_ascii_lowercase();
            match OWN_KEYS.into_iter().find(|own| *own == lower) {
                Some(own) if said.own(own).is_some() => return Err(self.wrong(Why::TwiceKey(own))),
                Some(own) => said.own.push((own, value, self.line)),
                None => said.others.push((key, value, self.line)),
            }
        }
        Ok(None)
    }

    /// Reads the rows under PROJECTS; gives the heading that ends them.
    fn projects(&mut self, builder: &mut Builder) -> Found<Option<&'static str>> {
        let names = self.head("PROJECTS", COLUMNS_MAX)?;
        let cost = column(&names, "cost");
        let cost =
            cost.ok_or_else(|| self.wrong(Why::NoColumn { table: "PROJECTS", column: "cost" }))?;
        let others: Vec<usize> = (1..names.len()).filter(|at| *at != cost).collect();
        let headed = others.iter().filter_map(|at| names.get(*at)).map(String::as_str);
        builder.columns(headed).map_err(|fault| on(self.line, fault))?;
        while self.step()? {
            if let Some(heading) = self.heading() {
                return Ok(Some(heading));
            }
            let price = amount("cost", self.field(cost), self.line)?;
            let said = others.iter().map(|at| self.field(*at));
            builder.project(self.field(0), price, said).map_err(|fault| on(self.line, fault))?;
        }
        Ok(None)
    }

    fn votes(&mut self, kind: Kind, builder: &mut Builder) -> Found<()> {
        let names = self.head("VOTES", COLUMNS_MAX)?;
        let vote = column(&names, "vote");
        let none = |column| Why::NoColumn { table: "VOTES", column };
        let vote = vote.ok_or_else(|| self.wrong(none("vote")))?;
        let points = column(&names, "points");
        if kind.has_points() && points.is_none() {
            return Err(self.wrong(none("points")));
        }
        let mut rows = 0;
        while self.step()? {
            if let Some(heading) = self.heading() {
                return Err(self.wrong(Why::Order(heading)));
            }
            rows += 1;
            if rows > BALLOTS_MAX {
                let many = Fault::TooMany { of: "ballots", max: BALLOTS_MAX };
                return Err(self.wrong(many.into()));
            }
            let ids = self.field(vote);
            match points.filter(|_| kind.has_points()) {
                Some(at) => self.vote_of_points(builder, ids, self.field(at))?,
                None => builder.ballot(listed(ids)).map_err(|fault| on(self.line, fault))?,
            }
        }
        Ok(())
    }

    fn vote_of_points(&self, builder: &mut Builder, ids: &str, points: &str) -> Found<()> {
        let (chosen, given) = (listed(ids).count(), listed(points).count());
        if chosen != given {
            return Err(on(self.line, Fault::PointsCount { chosen, points: given }));
        }
        let given: Found<Vec<Decimal>> =
            listed(points).map(|text| amount("points", text, self.line)).collect();
        let both = listed(ids).zip(given?);
        builder.ballot_of_points(both).map_err(|fault| on(self.line, fault))
    }
}

fn column(names: &[String], wanted: &str) -> Option<usize> {
    // The first column is the id, whatever it is called.
    names.iter().skip(1).position(|name| name.eq_ignore_ascii_case(wanted)).map(|at| at + 1)
}

/// The parts of a list; an empty text is an empty list, and a comma at its end adds nothing.
fn listed(text: &str) -> impl Iterator<Item = &str> {
    text.split(',').map(str::trim).filter(|part| !part.is_empty())
}
