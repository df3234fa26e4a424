//! The two sheets of risk, as spreadsheets save them: what the index is made of, and what was
//! measured in each area. Read whole or not at all; written so that a spreadsheet runs nothing.

use std::collections::HashSet;

use csv::{ReaderBuilder, StringRecord, Trim, WriterBuilder};
use fair::risk::Reading;
use record::{Id, Refusal};

use super::queries::{AreaRisk, Risks};
use super::records::{Measure, Read};
use crate::places::{Area, Atlas};

/// Bytes of one sheet.
pub const SHEET_BYTES_MAX: usize = 2_000_000;
/// Things that an index is made of.
pub const MEASURES_MAX: usize = 60;

const MICROS: i64 = 1_000_000;
/// The columns of the index.
const COLUMNS: [&str; 12] = [
    "dimension",
    "dimension_weight",
    "category",
    "category_weight",
    "component",
    "component_weight",
    "measure",
    "weight",
    "scale",
    "from",
    "to",
    "source",
];
/// Columns of the sheet of areas beside what is measured; the last three are worked out, and not
/// read again.
pub const OWN_COLUMNS: [&str; 6] = ["id", "area", "code", "risk", "risk_least", "risk_most"];
/// What stands in a cell for: nobody has measured it.
const MISSING: [&str; 5] = ["", "?", "x", "-", "n/a"];

/// A sheet with its head.
struct Sheet {
    head: Vec<String>,
    /// Each with its line in the file.
    rows: Vec<(u64, StringRecord)>,
}

impl Sheet {
    fn read(bytes: &[u8]) -> Result<Sheet, Refusal> {
        if bytes.len() > SHEET_BYTES_MAX {
            return Err(Refusal::new("risk-sheet-long").status(413).naming("most", "2 MB"));
        }
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let first = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
        // Spreadsheets in many languages part cells by semicolons.
        let semicolons = first.contains(&b';') && !first.contains(&b',');
        let mut reader = ReaderBuilder::new()
            .delimiter(if semicolons { b';' } else { b',' })
            .trim(Trim::All)
            .from_reader(bytes);
        let unread = |error: &csv::Error| {
            let line = error.position().map_or(1, csv::Position::line);
            Refusal::new("risk-sheet-unreadable").naming("line", line)
        };
        let head = reader.headers().map_err(|error| unread(&error))?;
        let head: Vec<String> = head.iter().map(words::plain).collect();
        let mut rows = Vec::new();
        for row in reader.records() {
            let row = row.map_err(|error| unread(&error))?;
            if row.iter().any(|cell| !cell.is_empty()) {
                rows.push((row.position().map_or(1, csv::Position::line), row));
            }
        }
        if rows.is_empty() {
            return Err(Refusal::new("risk-sheet-empty"));
        }
        Ok(Sheet { head, rows })
    }

    fn column(&self, name: &str) -> Result<usize, Refusal> {
        let found = self.head.iter().position(|known| *known == words::plain(name));
        found.ok_or_else(|| Refusal::new("risk-column").naming("column", name))
    }
}

/// The measures of an index, as its sheet says; whether they make one is not judged here.
///
/// # Errors
/// What cannot be read, with its line.
pub fn measures(bytes: &[u8]) -> Result<Vec<Measure>, Refusal> {
    let sheet = Sheet::read(bytes)?;
    if sheet.rows.len() > MEASURES_MAX {
        return Err(Refusal::new("risk-measures-many").naming("most", MEASURES_MAX));
    }
    let mut columns = Vec::with_capacity(COLUMNS.len());
    for name in COLUMNS {
        columns.push(sheet.column(name)?);
    }
    let one = |(line, row): &(u64, StringRecord)| {
        let cell = |at: usize| columns.get(at).and_then(|at| row.get(*at)).unwrap_or_default();
        let bad = |at: usize| not_a_number(*line, COLUMNS.get(at).copied().unwrap_or_default());
        let weight = |at: usize| match cell(at) {
            "" => Ok(1),
            typed => western(typed).parse().map_err(|_| bad(at)),
        };
        let end = |at: usize| number(cell(at)).ok_or_else(|| bad(at));
        let log = match words::plain(cell(8)).as_str() {
            "" | "even" => false,
            "log" => true,
            _ => return Err(bad(8)),
        };
        Ok(Measure {
            dimension: cell(0).to_owned(),
            dimension_weight: weight(1)?,
            category: cell(2).to_owned(),
            category_weight: weight(3)?,
            component: cell(4).to_owned(),
            component_weight: weight(5)?,
            name: cell(6).to_owned(),
            weight: weight(7)?,
            log,
            from_micros: end(9)?,
            to_micros: end(10)?,
            source: cell(11).to_owned(),
        })
    };
    sheet.rows.iter().map(one).collect()
}

/// What was measured, by area, as a sheet says. An area is known by its id, its code or one of its
/// names.
///
/// # Errors
/// What cannot be read, with its line; an area or a measure that nobody knows.
pub fn readings(
    bytes: &[u8],
    index: &[Measure],
    atlas: &Atlas,
    day: i64,
) -> Result<Vec<(Id, Vec<Read>)>, Refusal> {
    let sheet = Sheet::read(bytes)?;
    let mut columns: Vec<(usize, &Measure)> = Vec::new();
    for (at, head) in sheet.head.iter().enumerate() {
        if let Some(measure) = index.iter().find(|measure| words::plain(&measure.name) == *head) {
            columns.push((at, measure));
        } else if !OWN_COLUMNS.iter().any(|own| words::plain(own) == *head) {
            return Err(Refusal::new("risk-column-unknown").naming("column", head));
        }
    }
    if columns.is_empty() {
        let first = index.first().map(|measure| measure.name.as_str()).unwrap_or_default();
        return Err(Refusal::new("risk-column").naming("column", first));
    }
    let mut seen = HashSet::new();
    let mut all = Vec::with_capacity(sheet.rows.len());
    for (line, row) in &sheet.rows {
        let area = area_of(&sheet, row, atlas, *line)?;
        if !seen.insert(area.id) {
            let name = area.name.as_str();
            return Err(Refusal::new("risk-area-twice").naming("line", line).naming("name", name));
        }
        let mut reads = Vec::with_capacity(columns.len());
        for (at, measure) in &columns {
            let typed = row.get(*at).unwrap_or_default();
            let missing = MISSING.contains(&typed.to_lowercase().as_str());
            let micros = match number(typed) {
                Some(micros) => Some(micros),
                None if missing => None,
                None => return Err(not_a_number(*line, &measure.name)),
            };
            reads.push(Read { measure: measure.name.clone(), micros, day });
        }
        all.push((area.id, reads));
    }
    Ok(all)
}

fn area_of<'a>(
    sheet: &Sheet,
    row: &StringRecord,
    atlas: &'a Atlas,
    line: u64,
) -> Result<&'a Area, Refusal> {
    let cell = |name: &str| {
        let at = sheet.head.iter().position(|known| known == name);
        at.and_then(|at| row.get(at)).filter(|cell| !cell.is_empty())
    };
    let said = ["id", "code", "area"].into_iter().find_map(cell).unwrap_or_default();
    let unknown = || Refusal::new("risk-area").naming("line", line).naming("name", said);
    if let Some(id) = cell("id") {
        return id.parse().ok().and_then(|id| atlas.area(id)).ok_or_else(unknown);
    }
    let found: Vec<&Area> = match (cell("code"), cell("area")) {
        (Some(code), _) => atlas.areas().iter().filter(|area| area.code == code).collect(),
        (None, Some(name)) => atlas.areas().iter().filter(|area| is_called(area, name)).collect(),
        (None, None) => Vec::new(),
    };
    match found.as_slice() {
        [area] => Ok(area),
        _ => Err(unknown()),
    }
}

fn is_called(area: &Area, name: &str) -> bool {
    let name = words::plain(name);
    let other = area.other_name.as_deref().map(words::plain);
    words::plain(&area.name) == name || other.is_some_and(|other| other == name)
}

fn number(typed: &str) -> Option<i64> {
    Reading::parse(&western(typed)).map(|reading| reading.0)
}

/// Digits of any script as 0 to 9; everything else as it is, so that a sign or a point is neither
/// lost nor made.
fn western(typed: &str) -> String {
    let one = |c: char| match c.is_ascii() || !c.is_numeric() {
        true => c.to_string(),
        false => words::plain(&c.to_string()),
    };
    typed.chars().map(one).collect()
}

fn not_a_number(line: u64, column: &str) -> Refusal {
    Refusal::new("risk-number").naming("line", line).naming("column", column)
}

/// The sheet of an index; only its head where there is none.
#[must_use]
pub fn index_sheet(index: &[Measure]) -> String {
    let rows = index.iter().map(|measure| {
        vec![
            measure.dimension.clone(),
            measure.dimension_weight.to_string(),
            measure.category.clone(),
            measure.category_weight.to_string(),
            measure.component.clone(),
            measure.component_weight.to_string(),
            measure.name.clone(),
            measure.weight.to_string(),
            if measure.log { "log" } else { "even" }.to_owned(),
            decimal(measure.from_micros),
            decimal(measure.to_micros),
            measure.source.clone(),
        ]
    });
    written(COLUMNS.map(str::to_owned).to_vec(), rows)
}

/// The sheet of all areas, with what was measured and the risk that follows from it. It can be
/// filled in and brought again.
#[must_use]
pub fn areas_sheet(risks: &Risks, atlas: &Atlas) -> String {
    let [id, area, code, worked_out @ ..] = OWN_COLUMNS.map(str::to_owned);
    let mut head = vec![id, area, code];
    head.extend(risks.index().iter().map(|measure| measure.name.clone()));
    head.extend(worked_out);
    let rows = atlas.areas().iter().map(|area| {
        let mut row = vec![area.id.to_string(), area.name.clone(), area.code.clone()];
        let known: AreaRisk = risks.of(area.id).unwrap_or_default();
        let read = |measure: &Measure| known.reading(&measure.name).map(decimal);
        row.extend(risks.index().iter().map(|measure| read(measure).unwrap_or_default()));
        let said = known.risk.map(|risk| {
            let value = risk.value.map(|value| value.to_string()).unwrap_or_default();
            [value, risk.best.to_string(), risk.worst.to_string()]
        });
        row.extend(said.unwrap_or_default());
        row
    });
    written(head, rows)
}

fn written(head: Vec<String>, rows: impl Iterator<Item = Vec<String>>) -> String {
    let mut writer = WriterBuilder::new().from_writer(Vec::new());
    for row in std::iter::once(head).chain(rows) {
        // Writing to memory does not fail, and all rows are as long as the head.
        let _ = writer.write_record(row.iter().map(|cell| harmless(cell)));
    }
    let bytes = writer.into_inner().unwrap_or_default();
    String::from_utf8(bytes).unwrap_or_default()
}

/// A name that a spreadsheet would take for a formula is kept a name; numbers stay numbers.
fn harmless(cell: &str) -> String {
    let formula = cell.starts_with(['=', '+', '@', '\t', '-']) && number(cell).is_none();
    if formula { format!("'{cell}") } else { cell.to_owned() }
}

/// Millionths as a decimal number without empty digits.
pub(super) fn decimal(micros: i64) -> String {
    let minus = if micros < 0 { "-" } else { "" };
    let size = micros.unsigned_abs();
    let unit = MICROS.unsigned_abs();
    let part = format!("{:06}", size % unit);
    match part.trim_end_matches('0') {
        "" => format!("{minus}{}", size / unit),
        part => format!("{minus}{}.{part}", size / unit),
    }
}
