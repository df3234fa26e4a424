//! A backup: everything that is not derived, in one file sealed under the node's secret; and its
//! return, which opens a new writer and forgets again what was forgotten since. Views are never in
//! it: they are folded anew.
//!
//! Format: the line `baraza backup 1`, then frames of a four-byte length and a sealed CBOR part.
//! The order of frames is bound into their seals, and the last one says how many there were.

use std::fs::File;
use std::io::{BufReader, BufWriter, Read, Write};
use std::path::Path;

use anyhow::{Context, bail};
use minicbor::{Decode, Encode};
use rooms::door::House;
use seal::{PersonKey, Vault};
use store::{
    CLAIMS, Change, Decision, ERASURE_LIST, HEADS, PERSON_KEYS, Put, RECORDS, Row, Table, Value,
    WRITERS,
};

const MAGIC: &[u8] = b"baraza backup 1\n";
const PURPOSE: &str = "backup";
const PART_ROWS: i64 = 2000;
/// The same where a row is as large as a recording: a page of them is held in memory.
const LARGE_PART_ROWS: i64 = 16;
/// A part with more bytes than these is divided, unless it is a single row.
const PART_BYTES: usize = 16 * 1024 * 1024;
/// Largest frame taken back, in bytes.
const FRAME_BYTES_MAX: usize = 256 * 1024 * 1024;

#[derive(Encode, Decode)]
struct Part {
    #[n(0)]
    table: String,
    #[n(1)]
    rows: Vec<Vec<Cell>>,
    /// Only in the last part: rows in all.
    #[n(2)]
    end: Option<u64>,
}

#[derive(Encode, Decode)]
enum Cell {
    #[n(0)]
    Null,
    #[n(1)]
    Int(#[n(0)] i64),
    #[n(2)]
    Text(#[n(0)] String),
    #[n(3)]
    Bytes(#[cbor(n(0), with = "minicbor::bytes")] Vec<u8>),
    #[n(4)]
    Bool(#[n(0)] bool),
}

impl Cell {
    fn bytes(&self) -> usize {
        match self {
            Cell::Text(text) => text.len(),
            Cell::Bytes(bytes) => bytes.len(),
            Cell::Null | Cell::Int(_) | Cell::Bool(_) => 8,
        }
    }
}

impl From<Value> for Cell {
    fn from(value: Value) -> Cell {
        match value {
            Value::Null => Cell::Null,
            Value::Int(n) => Cell::Int(n),
            Value::Text(text) => Cell::Text(text),
            Value::Bytes(bytes) => Cell::Bytes(bytes),
            Value::Bool(b) => Cell::Bool(b),
        }
    }
}

impl From<Cell> for Value {
    fn from(cell: Cell) -> Value {
        match cell {
            Cell::Null => Value::Null,
            Cell::Int(n) => Value::Int(n),
            Cell::Text(text) => Value::Text(text),
            Cell::Bytes(bytes) => Value::Bytes(bytes),
            Cell::Bool(b) => Value::Bool(b),
        }
    }
}

/// The tables a backup carries, in order.
fn tables() -> Vec<Table> {
    let mut tables = vec![WRITERS, RECORDS, HEADS, CLAIMS];
    let drawers = crate::node::plan().drawers;
    tables.extend(drawers.into_iter().filter(|d| d.kept_in_backup).map(|d| d.table));
    tables.extend([PERSON_KEYS, ERASURE_LIST]);
    tables
}

/// Writes a backup; returns its rows. The file is complete and durable, or it is not there.
///
/// # Errors
/// When the store or the file fails.
pub async fn write(house: &House, file: &Path, mut told: impl FnMut(u64)) -> anyhow::Result<u64> {
    let part = file.with_extension("part");
    let mut out = BufWriter::new(
        File::create(&part).with_context(|| format!("{} cannot be written", part.display()))?,
    );
    out.write_all(MAGIC)?;
    let key = house.vault().key_for(PURPOSE);
    // All tables as they were at one moment: no code without its voice, no voice without its key.
    let then = house.store().snapshot().await?;
    let (mut rows, mut frame) = (0, 0);
    for table in tables() {
        let mut after = None;
        loop {
            let page = then.page_of(&table, after.take(), rows_of(&table)).await?;
            let Some(last) = page.last() else { break };
            after = Some(last.0.iter().take(table.key).cloned().collect());
            for part in parts_of(&table, page) {
                rows += part.rows.len() as u64;
                frame += 1;
                put_frame(&mut out, &key, frame, &part)?;
            }
            told(rows);
        }
    }
    let end = Part { table: String::new(), rows: Vec::new(), end: Some(rows) };
    put_frame(&mut out, &key, frame + 1, &end)?;
    out.flush()?;
    out.get_ref().sync_all()?;
    drop(out);
    crate::node::put_in_place(&part, file)?;
    Ok(rows)
}

/// How many rows of a table are read at once.
fn rows_of(table: &Table) -> i64 {
    if table.name == rooms::voices::NOTES.name { LARGE_PART_ROWS } else { PART_ROWS }
}

/// Rows in parts that one frame has room for.
fn parts_of(table: &Table, page: Vec<Row>) -> Vec<Part> {
    let part = |rows| Part { table: table.name.to_string(), rows, end: None };
    let (mut parts, mut rows, mut bytes) = (Vec::new(), Vec::new(), 0);
    for row in page {
        let row: Vec<Cell> = row.0.into_iter().map(Cell::from).collect();
        let size = row.iter().map(Cell::bytes).sum::<usize>();
        if bytes + size > PART_BYTES && !rows.is_empty() {
            parts.push(part(std::mem::take(&mut rows)));
            bytes = 0;
        }
        bytes += size;
        rows.push(row);
    }
    parts.push(part(rows));
    parts
}

fn put_frame(out: &mut impl Write, key: &PersonKey, n: u64, part: &Part) -> anyhow::Result<()> {
    let sealed = seal::seal(key, &n.to_be_bytes(), &record::encode(part));
    if sealed.len() > FRAME_BYTES_MAX {
        bail!("a row of {} is too large to be brought back: nothing was written", part.table);
    }
    out.write_all(&u32::try_from(sealed.len())?.to_be_bytes())?;
    out.write_all(&sealed)?;
    Ok(())
}

/// Opens every part of a backup and counts its rows, before anything of it is brought back.
///
/// # Errors
/// When it is no backup, of another node, damaged or cut short.
pub fn check(file: &Path, vault: &Vault, mut told: impl FnMut(u64)) -> anyhow::Result<u64> {
    let mut parts = Parts::open(file, vault)?;
    while let Some(part) = parts.next()? {
        told(parts.rows);
        drop(part);
    }
    Ok(parts.rows)
}

/// The parts of a backup, read one after the other, each checked.
struct Parts {
    input: BufReader<File>,
    key: PersonKey,
    tables: Vec<Table>,
    n: u64,
    rows: u64,
}

impl Parts {
    fn open(file: &Path, vault: &Vault) -> anyhow::Result<Parts> {
        let key = vault.key_for(PURPOSE);
        Ok(Parts { input: reader(file)?, key, tables: tables(), n: 0, rows: 0 })
    }

    /// The next part's table and rows; none after the last, if all were there.
    fn next(&mut self) -> anyhow::Result<Option<(Table, Vec<Vec<Cell>>)>> {
        self.n += 1;
        let Some(part) = next_part(&mut self.input, &self.key, self.n)? else {
            bail!("the backup is cut short after {} rows: use another copy", self.rows);
        };
        if let Some(end) = part.end {
            if end != self.rows {
                bail!("the backup holds {} rows where it says {end}: it is damaged", self.rows);
            }
            return Ok(None);
        }
        let Some(table) = self.tables.iter().find(|table| table.name == part.table) else {
            bail!("the backup holds a table this version does not know: {}", part.table);
        };
        if part.rows.iter().any(|row| row.len() != table.columns.len()) {
            bail!("the backup's {} have other columns than this version's", part.table);
        }
        self.rows += part.rows.len() as u64;
        Ok(Some((table.clone(), part.rows)))
    }
}

fn reader(file: &Path) -> anyhow::Result<BufReader<File>> {
    let mut input = BufReader::new(
        File::open(file).with_context(|| format!("{} cannot be read", file.display()))?,
    );
    let mut magic = [0; MAGIC.len()];
    if input.read_exact(&mut magic).is_err() || magic != MAGIC {
        bail!("{} is not a backup of Baraza", file.display());
    }
    Ok(input)
}

fn next_part(input: &mut impl Read, key: &PersonKey, n: u64) -> anyhow::Result<Option<Part>> {
    let mut length = [0; 4];
    if input.read_exact(&mut length).is_err() {
        return Ok(None);
    }
    let length = usize::try_from(u32::from_be_bytes(length))?;
    if length > FRAME_BYTES_MAX {
        bail!("the backup is damaged at part {n}");
    }
    let mut sealed = vec![0; length];
    input.read_exact(&mut sealed).with_context(|| format!("the backup ends within part {n}"))?;
    let bytes = seal::open(key, &n.to_be_bytes(), &sealed).map_err(|_| {
        anyhow::anyhow!("part {n} cannot be opened: the backup is damaged, or of another node")
    })?;
    Ok(Some(record::decode(&bytes)?))
}

/// Brings a backup back into an empty store; returns its rows. The caller has checked it, rebuilds
/// the views and completes what was forgotten before it opens the street.
///
/// # Errors
/// When the backup or the store fails: what was read before that is in the store, which may then
/// not be used.
pub async fn read(house: &House, file: &Path, mut told: impl FnMut(u64)) -> anyhow::Result<u64> {
    let mut parts = Parts::open(file, house.vault())?;
    while let Some((table, rows)) = parts.next()? {
        let puts = rows.into_iter().map(|row| Put {
            table: table.clone(),
            row: row.into_iter().map(Value::from).collect(),
        });
        let decision = Decision { puts: puts.collect(), ..Decision::default() };
        house.store().append(Change::writing(decision)).await?;
        told(parts.rows);
    }
    Ok(parts.rows)
}
