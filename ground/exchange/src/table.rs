//! Tables with named columns, as spreadsheets save them (CSV): read within limits, each fault with
//! its row and column, and written so that a spreadsheet runs nothing in them.
//!
//! Never hands out half a table: with one fault in it, all that is told is the faults.

use std::fmt;

use csv::{QuoteStyle, ReaderBuilder, StringRecord, Terminator, WriterBuilder};

use crate::day::{Day, NoDay};
use crate::money::{Currency, Decimal, Money, NoMoney};
use crate::quote::quote;

/// Bytes of one table.
pub const TABLE_BYTES_MAX: usize = 32 * 1024 * 1024;
/// Rows of one table, its head aside.
pub const ROWS_MAX: usize = 200_000;
/// Columns of one table.
pub const COLUMNS_MAX: usize = 200;
/// Bytes of one cell: more than a spreadsheet holds in one.
pub const CELL_BYTES_MAX: usize = 100_000;
/// Symbols of an id in a table.
pub const ID_CHARS_MAX: usize = 64;
/// Faults that are told of one table.
pub const FAULTS_MAX: usize = 100;

/// A table that is not taken, with everything that keeps it from being; at most [`FAULTS_MAX`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused(Vec<Fault>);

impl Refused {
    /// One by one, from the top of the table.
    pub fn iter(&self) -> impl Iterator<Item = &Fault> {
        self.0.iter()
    }

    /// Faults of a table, at least one.
    pub(crate) fn of(faults: Vec<Fault>) -> Self {
        Self(faults)
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, fault) in self.0.iter().enumerate() {
            write!(f, "{}{fault}", if at == 0 { "" } else { "\n" })?;
        }
        Ok(())
    }
}

impl std::error::Error for Refused {}

/// A fault in a table.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("row {row}, line {line}{}: {why}", in_column(.column))]
pub struct Fault {
    /// The row, blank ones left out: the head is row 1.
    pub row: usize,
    /// The line of the file on which the row begins.
    pub line: usize,
    /// The column; empty when it is the whole row or table.
    pub column: &'static str,
    /// What is wrong, and what to do.
    pub why: Wrong,
}

fn in_column(column: &str) -> String {
    if column.is_empty() { String::new() } else { format!(", column {column}") }
}

/// What is wrong in a table.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Wrong {
    /// Larger than a table may be.
    #[error("the file has more than {TABLE_BYTES_MAX} bytes: split it")]
    TooLarge,
    /// More rows than a table may have.
    #[error("the table has more than {ROWS_MAX} rows: split it")]
    Rows,
    /// More columns than a table may have.
    #[error("the table has more than {COLUMNS_MAX} columns: leave out those that are not needed")]
    Columns,
    /// A cell longer than one may be.
    #[error("the cell has more than {CELL_BYTES_MAX} bytes: look for a quote that is not closed")]
    Cell,
    /// Bytes that are no text.
    #[error("these bytes are no UTF-8 text: save the file as CSV in UTF-8")]
    NotText,
    /// A row with more or fewer cells than the head.
    #[error("the row has {cells} cells and the head {columns}: look for a comma or quote amiss")]
    Ragged {
        /// How many it has.
        cells: u64,
        /// How many it should have.
        columns: u64,
    },
    /// A column that must be there.
    #[error("there is no such column: add it, or ask for the file as it was published")]
    NoColumn,
    /// A column that is there twice.
    #[error("this column is there twice: keep one")]
    TwiceColumn,
    /// A row that would be read as another one than was written.
    #[error("read again, this row would say something else: fill in all that belongs together")]
    Lost,
    /// A cell that must say something.
    #[error("the cell is empty: fill it in")]
    Empty,
    /// A cell that is no amount.
    #[error("“{0}”: {1}")]
    Amount(String, NoMoney),
    /// An amount below nothing.
    #[error("the amount is below zero: write what flowed as a number of 0 or more")]
    Below,
    /// An amount without its currency.
    #[error("an amount is told without its currency: fill in the currency")]
    NoCurrency,
    /// A cell that is no day.
    #[error("“{0}”: {1}")]
    Day(String, NoDay),
    /// A cell that is no whole number, or too large.
    #[error("“{0}” is no whole number: write digits only")]
    Number(String),
    /// A word that is none of those known.
    #[error("“{said}” is not known here: write one of {known}")]
    Word {
        /// What is there.
        said: String,
        /// What could be.
        known: &'static str,
    },
    /// An id that is not one plain word.
    #[error("“{0}” is no id: write up to {ID_CHARS_MAX} of a-z, 0-9 and . _ - : / without blanks")]
    Id(String),
    /// A country that is not told by three letters.
    #[error("“{0}” is no country: write three capital letters each, with commas between them")]
    Country(String),
    /// Two rows that tell different things of the same id.
    #[error("row {0} tells the same id otherwise: keep the row that is right")]
    Twice(usize),
    /// A row without an id that is no row of sums.
    #[error("a row without id is “Not specified” or “Multiple … (shared)”: add the id")]
    NoId,
}

/// A table being read.
pub(crate) struct Table {
    columns: Vec<Option<usize>>,
    names: &'static [&'static str],
    record: StringRecord,
    row: usize,
    line: usize,
    faults: Vec<Fault>,
}

impl Table {
    /// Reads a table row by row. `names` are the columns that `one` asks for by their place,
    /// `needed` those that must be there; gives what `one` gave, and the columns that nobody asked
    /// for.
    pub(crate) fn read<T>(
        bytes: &[u8],
        names: &'static [&'static str],
        needed: &[&'static str],
        mut one: impl FnMut(&mut Self) -> Option<T>,
    ) -> Result<(Vec<T>, Vec<String>), Refused> {
        let (columns, record, faults) = (Vec::new(), StringRecord::new(), Vec::new());
        let mut table = Self { columns, names, record, row: 0, line: 1, faults };
        let (mut all, mut others, mut rows) = (Vec::new(), Vec::new(), 0);
        let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
        if table.whole(bytes) {
            let mut reader = ReaderBuilder::new().has_headers(false).from_reader(bytes);
            if table.step(&mut reader) == Some(true) {
                others = table.head(needed);
            } else {
                table.fault("", Wrong::NoColumn);
            }
            let headed = table.faults.is_empty();
            while headed && table.faults.len() < FAULTS_MAX {
                match table.step(&mut reader) {
                    None => break,
                    // The second row of published tables may hold tags of the Humanitarian
                    // Exchange Language.
                    Some(true) if table.row == 2 && table.is_tags() => continue,
                    Some(true) => all.extend(table.judge(&mut one)),
                    Some(false) => {}
                }
                rows += 1;
                if rows > ROWS_MAX {
                    table.fault("", Wrong::Rows);
                    break;
                }
            }
        }
        if table.faults.is_empty() { Ok((all, others)) } else { Err(Refused(table.faults)) }
    }

    fn whole(&mut self, bytes: &[u8]) -> bool {
        if bytes.len() > TABLE_BYTES_MAX {
            self.fault("", Wrong::TooLarge);
        } else if let Err(bad) = std::str::from_utf8(bytes) {
            let before = bytes.get(..bad.valid_up_to()).unwrap_or_default();
            self.line = memchr::memchr_iter(b'\n', before).count() + 1;
            self.fault("", Wrong::NotText);
        }
        self.faults.is_empty()
    }

    /// Steps to the next row; none at the end, no when the row is not like the head.
    fn step(&mut self, reader: &mut csv::Reader<&[u8]>) -> Option<bool> {
        let read = reader.read_record(&mut self.record);
        let line = |at: Option<&csv::Position>| usize::try_from(at.map_or(1, |at| at.line())).ok();
        match read {
            Ok(false) => None,
            Ok(true) => {
                self.row += 1;
                self.line = line(self.record.position()).unwrap_or(usize::MAX);
                Some(true)
            }
            Err(error) => {
                self.row += 1;
                self.line = line(error.position()).unwrap_or(usize::MAX);
                let (why, goes_on) = match error.kind() {
                    csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
                        (Wrong::Ragged { cells: *len, columns: *expected_len }, true)
                    }
                    _ => (Wrong::NotText, false),
                };
                self.fault("", why);
                goes_on.then_some(false)
            }
        }
    }

    fn head(&mut self, needed: &[&'static str]) -> Vec<String> {
        if self.record.len() > COLUMNS_MAX {
            self.fault("", Wrong::Columns);
            return Vec::new();
        }
        let place = |name: &str| self.record.iter().position(|cell| cell.trim() == name);
        self.columns = self.names.iter().map(|name| place(name)).collect();
        let names = self.names;
        for name in names {
            let count = self.record.iter().filter(|cell| cell.trim() == *name).count();
            if count > 1 {
                self.fault(name, Wrong::TwiceColumn);
            } else if count == 0 && needed.contains(name) {
                self.fault(name, Wrong::NoColumn);
            }
        }
        let others = self.record.iter().filter(|cell| !names.contains(&cell.trim()));
        others.map(quote).collect()
    }

    fn is_tags(&self) -> bool {
        let mut cells = self.record.iter().filter(|cell| !cell.is_empty()).peekable();
        cells.peek().is_some() && cells.all(|cell| cell.starts_with('#'))
    }

    fn judge<T>(&mut self, one: &mut impl FnMut(&mut Self) -> Option<T>) -> Option<T> {
        if self.record.iter().any(|cell| cell.len() > CELL_BYTES_MAX) {
            self.fault("", Wrong::Cell);
            return None;
        }
        one(self)
    }

    /// The row that is being read, and the line on which it begins.
    pub(crate) fn place(&self) -> (usize, usize) {
        (self.row, self.line)
    }

    /// Notes a fault in this row.
    pub(crate) fn fault(&mut self, column: &'static str, why: Wrong) {
        if self.faults.len() < FAULTS_MAX {
            self.faults.push(Fault { row: self.row.max(1), line: self.line, column, why });
        }
    }

    fn name(&self, at: usize) -> &'static str {
        self.names.get(at).copied().unwrap_or_default()
    }

    fn cell(&self, at: usize) -> &str {
        let column = self.columns.get(at).copied().flatten();
        column.and_then(|column| self.record.get(column)).unwrap_or_default()
    }

    /// The words of a cell, without the mark that kept a spreadsheet from running them.
    pub(crate) fn words(&self, at: usize) -> String {
        let cell = self.cell(at);
        let inner = cell.strip_prefix(MARK).filter(|inner| runs(inner));
        inner.unwrap_or(cell).to_owned()
    }

    /// A cell that is read by `read`, or empty. A fault makes the row's value none.
    pub(crate) fn maybe<T>(
        &mut self,
        at: usize,
        read: impl FnOnce(&str) -> Result<T, Wrong>,
    ) -> Option<Option<T>> {
        let cell = self.cell(at).trim();
        if cell.is_empty() {
            return Some(None);
        }
        match read(cell) {
            Ok(value) => Some(Some(value)),
            Err(why) => {
                self.fault(self.name(at), why);
                None
            }
        }
    }

    /// A cell that must say something.
    pub(crate) fn must<T>(
        &mut self,
        at: usize,
        read: impl FnOnce(&str) -> Result<T, Wrong>,
    ) -> Option<T> {
        let value = self.maybe(at, read)?;
        if value.is_none() {
            self.fault(self.name(at), Wrong::Empty);
        }
        value
    }
}

pub(crate) fn day(text: &str) -> Result<Day, Wrong> {
    text.parse().map_err(|why| Wrong::Day(quote(text), why))
}

pub(crate) fn number<T: std::str::FromStr>(text: &str) -> Result<T, Wrong> {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    let parsed = if digits { text.parse().ok() } else { None };
    parsed.ok_or_else(|| Wrong::Number(quote(text)))
}

/// An amount of 0 or more.
pub(crate) fn amount(text: &str, currency: Currency) -> Result<i64, Wrong> {
    let read = money(text, currency)?;
    if read.minor < 0 { Err(Wrong::Below) } else { Ok(read.minor) }
}

/// An amount, also below nothing.
pub(crate) fn money(text: &str, currency: Currency) -> Result<Money, Wrong> {
    Money::read(text, currency).map_err(|why| Wrong::Amount(quote(text), why))
}

pub(crate) fn decimal(text: &str) -> Result<Decimal, Wrong> {
    text.parse().map_err(|why| Wrong::Amount(quote(text), why))
}

pub(crate) fn currency(text: &str) -> Result<Currency, Wrong> {
    text.parse().map_err(|why| Wrong::Amount(quote(text), why))
}

pub(crate) fn id(text: &str) -> Result<String, Wrong> {
    let fits = |c: char| c.is_ascii_alphanumeric() || "._-:/".contains(c);
    let sound = text.chars().all(fits) && text.starts_with(|c: char| c.is_ascii_alphanumeric());
    let long = text.len() > ID_CHARS_MAX;
    if sound && !long { Ok(text.to_owned()) } else { Err(Wrong::Id(quote(text))) }
}

/// What a spreadsheet would run begins with one of these.
const RUN: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];
/// What stands before words that a spreadsheet would otherwise run.
const MARK: char = '\'';

/// Whether a spreadsheet would run these words, now or with a mark taken off.
fn runs(words: &str) -> bool {
    words.trim_start_matches(MARK).starts_with(RUN)
}

/// Words as they may stand in a cell.
pub(crate) fn cell(words: &str) -> String {
    if runs(words) { format!("{MARK}{words}") } else { words.to_owned() }
}

/// Writes a table, and reads it again before it is handed out: what would be refused or read
/// otherwise is told instead.
pub(crate) fn write<T: PartialEq, const N: usize>(
    names: &[&'static str; N],
    rows: &[T],
    cells: impl Fn(&T) -> [String; N],
    read: impl FnOnce(&[u8]) -> Result<Vec<T>, Refused>,
) -> Result<String, Refused> {
    let mut builder = WriterBuilder::new();
    builder.terminator(Terminator::Any(b'\n')).quote_style(QuoteStyle::Necessary);
    let mut writer = builder.from_writer(Vec::new());
    // Writing into memory does not fail.
    let mut well = writer.write_record(names).is_ok();
    for row in rows {
        well &= writer.write_record(cells(row)).is_ok();
    }
    debug_assert!(well, "rows in memory");
    let bytes = writer.into_inner().unwrap_or_default();
    let again = read(&bytes)?;
    if let Some(at) = (0..rows.len()).find(|at| rows.get(*at) != again.get(*at)) {
        let fault = Fault { row: at + 2, line: at + 2, column: "", why: Wrong::Lost };
        return Err(Refused(vec![fault]));
    }
    // Every byte came out of a `String`.
    Ok(String::from_utf8(bytes).unwrap_or_default())
}

/// A value that may be absent, as a cell.
pub(crate) fn maybe(value: Option<impl fmt::Display>) -> String {
    value.map_or_else(String::new, |value| value.to_string())
}
