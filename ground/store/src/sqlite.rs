//! The embedded engine: one writer thread with its own connection, a pool of readers, full fsync.
//! It knows SQL and nothing of what is stored.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use record::{Id, Record};
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, OpenFlags, ToSql, params_from_iter};

use crate::batch::{Loaded, seq_value};
use crate::change::{Name, Swap, Work};
use crate::rebuild::{ENDS_SQL, ends_of, late};
use crate::schema::{SERVING_SQL, statements};
use crate::table::Statement;
use crate::writes::{Step, Writes};
use crate::{Row, StoreError, Value};

/// How long a second process waits for its turn to write (a backup or an import beside the node).
const BUSY_WAIT: Duration = Duration::from_secs(30);
const CACHE_KIB: i64 = 16 * 1024;
/// Pages of 4 KiB in the write-ahead log before it is copied back: rarely enough that a batch
/// seldom waits for it, little enough that a restart after a power cut reads it in a blink.
const WAL_PAGES: i64 = 8 * 1024;
const STATEMENTS_CACHED_MAX: usize = 128;
const READERS_MAX: usize = 8;
/// How often the write-ahead log is asked to become empty, and how long between.
const CHECKPOINT_TRIES_MAX: usize = 50;
const CHECKPOINT_WAIT: Duration = Duration::from_millis(100);

/// Readers of one database file.
#[derive(Clone)]
pub(crate) struct Sqlite {
    path: Arc<PathBuf>,
    idle: Arc<Mutex<Vec<Connection>>>,
}

impl Sqlite {
    pub fn new(path: &Path) -> Sqlite {
        Sqlite { path: Arc::new(path.to_owned()), idle: Arc::default() }
    }

    /// A connection that may write.
    pub fn writer(&self) -> Result<Connection, StoreError> {
        let conn = Connection::open(self.path.as_ref())?;
        conn.busy_timeout(BUSY_WAIT)?;
        conn.pragma_update(None, "journal_mode", "WAL")?;
        // Everything said to be received is on the disk first: a power cut may come at any instant.
        conn.pragma_update(None, "synchronous", "FULL")?;
        // What is deleted is overwritten with zeros: forgetting reaches the file.
        conn.pragma_update(None, "secure_delete", "ON")?;
        conn.pragma_update(None, "wal_autocheckpoint", WAL_PAGES)?;
        conn.pragma_update(None, "cache_size", -CACHE_KIB)?;
        conn.set_prepared_statement_cache_capacity(STATEMENTS_CACHED_MAX);
        Ok(conn)
    }

    /// The file whose lock says that views are being rebuilt.
    pub fn rebuild_file(&self) -> Result<std::fs::File, StoreError> {
        let mut path = self.path.as_os_str().to_owned();
        path.push(".rebuild");
        let mut options = std::fs::OpenOptions::new();
        let file = options.create(true).truncate(false).write(true).open(path);
        file.map_err(|e| StoreError::Engine(format!("the lock of rebuilding: {e}")))
    }

    /// A connection that only reads.
    pub fn reader(&self) -> Result<Connection, StoreError> {
        if let Some(conn) = self.idle.lock().ok().and_then(|mut idle| idle.pop()) {
            return Ok(conn);
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let conn = Connection::open_with_flags(self.path.as_ref(), flags)?;
        conn.busy_timeout(BUSY_WAIT)?;
        conn.pragma_update(None, "cache_size", -CACHE_KIB)?;
        conn.set_prepared_statement_cache_capacity(STATEMENTS_CACHED_MAX);
        Ok(conn)
    }

    /// Runs a query on a reader, away from the async threads.
    pub async fn read(&self, sql: String, params: Vec<Value>) -> Result<Vec<Row>, StoreError> {
        let this = self.clone();
        let task = tokio::task::spawn_blocking(move || {
            let conn = this.reader()?;
            let rows = query(&conn, &sql, &params);
            if let Ok(mut idle) = this.idle.lock()
                && idle.len() < READERS_MAX
            {
                idle.push(conn);
            }
            rows
        });
        task.await.map_err(|e| StoreError::Engine(e.to_string()))?
    }
}

pub(crate) fn query(
    conn: &Connection,
    sql: &str,
    params: &[Value],
) -> Result<Vec<Row>, StoreError> {
    let mut statement = conn.prepare_cached(&numbered(sql))?;
    let width = statement.column_count();
    let rows = statement.query_map(params_from_iter(params), |row| {
        (0..width).map(|i| row.get_ref(i).map(value_of)).collect::<Result<Vec<_>, _>>().map(Row)
    })?;
    Ok(rows.collect::<Result<Vec<_>, _>>()?)
}

/// Creates what is missing.
pub(crate) fn create(conn: &Connection, scripts: &[&str]) -> Result<(), StoreError> {
    for script in scripts {
        for statement in statements(script) {
            conn.execute_batch(statement)?;
        }
    }
    Ok(())
}

/// Reads, inside the writer's transaction, all that the work asks for.
pub(crate) fn load(conn: &Connection, works: &[Work]) -> Result<Loaded, StoreError> {
    let mut loaded = Loaded::default();
    for name in works.iter().flat_map(Work::names) {
        let sql = "SELECT entity FROM claims WHERE space = $1 AND key = $2";
        let rows = query(conn, sql, &[name.space.into(), name.key.into()])?;
        if let Some(row) = rows.first() {
            loaded.names.insert(Name { space: name.space, key: name.key }, row.id(0));
        }
    }
    for row in query(conn, SERVING_SQL, &[])? {
        loaded.serving.insert(row.text(0), row.text(1));
    }
    for (writer, seq) in works.iter().flat_map(Work::places) {
        let sql = "SELECT hash, parked FROM records WHERE writer = $1 AND seq = $2";
        if let Some(row) = query(conn, sql, &[writer.into(), seq_value(seq)])?.first() {
            let hash = row.bytes(0).try_into().unwrap_or_default();
            loaded.places.insert((writer, seq), (hash, row.flag(1)));
        }
    }
    if let [Work::Swap(swap)] = works {
        loaded.ends = ends_of(&query(conn, ENDS_SQL, &[])?);
        let (sql, ranges) = late(swap.refold.noun, &swap.refold.from, &loaded.ends);
        for range in ranges {
            loaded.late.extend(query(conn, sql, &range)?.iter().map(|row| row.id(0)));
        }
    }
    let entities = works.iter().flat_map(|work| [work.entities(), work.reads().to_vec()].concat());
    for entity in entities.chain(loaded.late.clone()) {
        if let Entry::Vacant(place) = loaded.records.entry(entity) {
            place.insert(records_of(conn, entity)?);
        }
    }
    Ok(loaded)
}

fn records_of(conn: &Connection, entity: Id) -> Result<Vec<Record>, StoreError> {
    let sql = "SELECT writer, seq, envelope, plain, sealed FROM records \
               WHERE entity = $1 AND parked = FALSE ORDER BY clock, writer, seq";
    query(conn, sql, &[entity.into()])?.iter().map(crate::record_of).collect()
}

/// Writes everything; the caller commits.
pub(crate) fn write(conn: &Connection, writes: &Writes, writer: Id) -> Result<(), StoreError> {
    let mut rollup = conn.prepare_cached(
        "INSERT INTO rollups (view, area, key, writer, n) VALUES (?1, ?2, ?3, ?4, ?5) \
         ON CONFLICT (view, area, key, writer) DO UPDATE SET n = rollups.n + excluded.n",
    )?;
    for ((view, area, key), n) in &writes.rollups {
        rollup.execute(rusqlite::params![view, &area.0[..], key, &writer.0[..], n])?;
    }
    for step in &writes.steps {
        match step {
            Step::Rows(table, rows) => {
                let mut statement = conn.prepare_cached(&numbered(&table.insert_one()))?;
                for row in rows {
                    statement.execute(params_from_iter(row))?;
                }
            }
            Step::Statement(statement) => run(conn, statement)?,
        }
    }
    for entity in &writes.forget {
        conn.prepare_cached("UPDATE records SET sealed = NULL WHERE entity = ?1")?
            .execute([&entity.0[..]])?;
    }
    Ok(())
}

fn run(conn: &Connection, statement: &Statement) -> Result<(), StoreError> {
    if statement.params.is_empty() {
        conn.execute_batch(&statement.sql)?;
    } else {
        conn.prepare_cached(&numbered(&statement.sql))?
            .execute(params_from_iter(&statement.params))?;
    }
    Ok(())
}

/// Compares if that was asked for, and puts a built table in its place.
pub(crate) fn swap(conn: &Connection, swap: &Swap) -> Result<(), StoreError> {
    for compare in &swap.compare {
        let rows = query(conn, &compare.sql, &compare.params)?;
        let n = rows.first().map_or(0, |row| row.int(0));
        swap.apart.fetch_add(u64::try_from(n).unwrap_or(0), Ordering::SeqCst);
    }
    swap.statements.iter().try_for_each(|statement| run(conn, statement))
}

/// Copies the write-ahead log back into the file and cuts it to nothing, so that what was deleted
/// is in neither. Readers in the middle of a page may keep it: then again, a little later.
pub(crate) fn checkpoint(conn: &Connection) -> Result<(), StoreError> {
    for _ in 0..CHECKPOINT_TRIES_MAX {
        let rows = query(conn, "PRAGMA wal_checkpoint(TRUNCATE)", &[])?;
        if rows.first().is_some_and(|row| row.int(0) == 0) {
            return Ok(());
        }
        std::thread::sleep(CHECKPOINT_WAIT);
    }
    Err(StoreError::Engine("readers kept the write-ahead log: it is emptied later".to_owned()))
}

/// Turns `$1` into `?1`: SQLite takes the first for a name and the second for a number.
fn numbered(sql: &str) -> String {
    sql.replace('$', "?")
}

fn value_of(value: ValueRef) -> Value {
    match value {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(n) => Value::Int(n),
        // No column of ours holds a float; one that did would be a bug of the schema.
        ValueRef::Real(_) => Value::Null,
        ValueRef::Text(text) => Value::Text(String::from_utf8_lossy(text).into_owned()),
        ValueRef::Blob(bytes) => Value::Bytes(bytes.to_vec()),
    }
}

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Value::Null => ValueRef::Null,
            Value::Int(n) => ValueRef::Integer(*n),
            Value::Bool(b) => ValueRef::Integer(i64::from(*b)),
            Value::Text(text) => ValueRef::Text(text.as_bytes()),
            Value::Bytes(bytes) => ValueRef::Blob(bytes),
        }))
    }
}

/// Names grouped by space, for the engine that loads them by array.
pub(crate) fn by_space<'a>(
    names: impl Iterator<Item = &'a Name>,
) -> HashMap<&'static str, Vec<Vec<u8>>> {
    let mut spaces: HashMap<&'static str, Vec<Vec<u8>>> = HashMap::new();
    for name in names {
        spaces.entry(name.space).or_default().push(name.key.to_vec());
    }
    spaces
}

#[cfg(test)]
mod tests {
    //! What only this engine's own connections can show.

    use super::*;

    #[test]
    fn the_write_ahead_log_is_emptied_once_the_last_reader_is_done() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("test.sqlite");
        let engine = Sqlite::new(&path);
        let writer = engine.writer().unwrap();
        writer.execute_batch("CREATE TABLE t (n BIGINT); INSERT INTO t VALUES (1)").unwrap();
        let reader = engine.reader().unwrap();
        reader.execute_batch("BEGIN").unwrap();
        assert_eq!(query(&reader, "SELECT n FROM t", &[]).unwrap().len(), 1);
        writer.execute_batch("UPDATE t SET n = 2").unwrap();
        writer.busy_timeout(Duration::from_millis(10)).unwrap();
        let reading = std::thread::spawn(move || {
            std::thread::sleep(Duration::from_millis(300));
            reader.execute_batch("COMMIT").unwrap();
        });
        let wal = || std::fs::metadata(path.with_extension("sqlite-wal")).unwrap().len();
        assert!(wal() > 0);
        checkpoint(&writer).unwrap();
        assert_eq!(wal(), 0);
        reading.join().unwrap();
    }
}
