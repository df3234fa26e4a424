//! The embedded engine: one writer thread with its own connection, a pool of readers, full fsync.
//! It knows SQL and nothing of what is stored.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use record::{Id, Record};
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, OpenFlags, ToSql, params_from_iter};

use crate::batch::{Loaded, Writes};
use crate::change::{Name, Work};
use crate::schema::statements;
use crate::table::Plan;
use crate::{Row, StoreError, Value};

/// How long a second process waits for its turn to write (a backup or an import beside the node).
const BUSY_WAIT: Duration = Duration::from_secs(30);
const CACHE_KIB: i64 = 16 * 1024;
/// Pages of 4 KiB in the write-ahead log before it is copied back: rarely enough that a batch
/// seldom waits for it, little enough that a restart after a power cut reads it in a blink.
const WAL_PAGES: i64 = 8 * 1024;
const STATEMENTS_CACHED_MAX: usize = 128;
const READERS_MAX: usize = 8;

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

    fn reader(&self) -> Result<Connection, StoreError> {
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
pub(crate) fn load(conn: &Connection, plan: &Plan, works: &[Work]) -> Result<Loaded, StoreError> {
    let mut loaded = Loaded::default();
    for name in works.iter().flat_map(Work::names) {
        let sql = "SELECT entity FROM claims WHERE space = $1 AND key = $2";
        let rows = query(conn, sql, &[name.space.into(), name.key.into()])?;
        if let Some(row) = rows.first() {
            loaded.names.insert(Name { space: name.space, key: name.key }, row.id(0));
        }
    }
    for row in query(conn, "SELECT noun, building FROM views WHERE building IS NOT NULL", &[])? {
        loaded.building.insert(row.text(0), row.text(1));
    }
    for entity in works.iter().flat_map(Work::entities) {
        if loaded.records.contains_key(&entity) {
            continue;
        }
        let records = records_of(conn, entity)?;
        if let Some(building) = records
            .first()
            .and_then(|r: &Record| plan.view_of(&r.kind))
            .and_then(|view| loaded.building.get(view.noun).map(|name| (view, name)))
        {
            let (view, name) = building;
            let id = view.table.columns.first().map_or("id", |(id, _)| id);
            let sql = format!("SELECT {id} FROM {name} WHERE {id} = $1");
            if !query(conn, &sql, &[entity.into()])?.is_empty() {
                loaded.present.insert(entity);
            }
        }
        loaded.records.insert(entity, records);
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
    for (table, rows) in writes.puts.values() {
        let mut statement = conn.prepare_cached(&numbered(&table.insert_one()))?;
        for row in rows {
            statement.execute(params_from_iter(row))?;
        }
    }
    let mut rollup = conn.prepare_cached(
        "INSERT INTO rollups (view, area, key, writer, n) VALUES (?1, ?2, ?3, ?4, ?5) \
         ON CONFLICT (view, area, key, writer) DO UPDATE SET n = rollups.n + excluded.n",
    )?;
    for ((view, area, key), n) in &writes.rollups {
        rollup.execute(rusqlite::params![view, &area.0[..], key, &writer.0[..], n])?;
    }
    for entity in &writes.forget {
        conn.prepare_cached("UPDATE records SET sealed = NULL WHERE entity = ?1")?
            .execute([&entity.0[..]])?;
    }
    for person in &writes.release {
        conn.prepare_cached("DELETE FROM claims WHERE entity = ?1")?.execute([&person.0[..]])?;
    }
    for statement in &writes.statements {
        if statement.params.is_empty() {
            conn.execute_batch(&statement.sql)?;
        } else {
            conn.prepare_cached(&numbered(&statement.sql))?
                .execute(params_from_iter(&statement.params))?;
        }
    }
    Ok(())
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
