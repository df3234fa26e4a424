//! The shared engine: PostgreSQL 15 or newer, several writers at once. Entities are locked in id
//! order for the length of a transaction; many rows go in one statement. It knows SQL and nothing
//! of what is stored.

use std::error::Error;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use deadpool_postgres::{Manager, Pool};
use record::Id;
use tokio_postgres::types::{IsNull, ToSql, Type, to_sql_checked};
use tokio_postgres::{Client, Config, NoTls};

use crate::batch::Loaded;
use crate::change::{Name, Swap, Work};
use crate::rebuild::{ENDS_SQL, ends_of, late};
use crate::schema::{SERVING_SQL, statements};
use crate::sqlite::by_space;
use crate::table::{Column, Statement};
use crate::writes::{Step, Writes};
use crate::{Row, StoreError, Value};

const READERS_MAX: usize = 16;
/// Every statement of ours looks up by a key: a plan made while a table was empty must not go on
/// reading it from end to end as it grows. And none is worth compiling first. What is said to be
/// received is on the disk, whatever the server is set to.
const BY_KEY: &str = "-c enable_seqscan=off -c jit=off -c synchronous_commit=on";
/// A server that is told nothing takes two hours to notice that we have gone, and keeps our locks
/// until then: it asks as we do.
const ASKED: &str =
    "-c tcp_keepalives_idle=15 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3";
/// A connection over which nothing came for so long is asked for a sign of life, so often and as
/// many times; one over which nothing is acknowledged for `UNHEARD_MAX` is given up.
const ASK_AFTER: Duration = Duration::from_secs(15);
const ASK_EVERY: Duration = Duration::from_secs(5);
const ASK_TIMES_MAX: u32 = 3;
const UNHEARD_MAX: Duration = Duration::from_secs(30);
const CONNECT_WAIT_MAX: Duration = Duration::from_secs(10);
/// Key of the lock under which tables are created, so that two processes may start at once.
const CREATE_LOCK: i64 = 0x0042_6172_617a_6100;
/// Key of the lock of whoever rebuilds views.
pub(crate) const REBUILD_LOCK: i64 = CREATE_LOCK + 1;
/// Key of the lock of whoever does the housekeeping.
pub(crate) const HOUSEWORK_LOCK: i64 = CREATE_LOCK + 2;
/// How long a writer waits for an older connection of its name to be gone, and how often it looks.
const WRITER_WAIT_MAX: Duration = Duration::from_secs(10);
const WRITER_WAIT: Duration = Duration::from_millis(20);

/// Readers of one database.
#[derive(Clone)]
pub(crate) struct Postgres {
    config: Config,
    pool: Pool,
}

impl Postgres {
    pub fn new(url: &str) -> Result<Postgres, StoreError> {
        let mut config: Config =
            url.parse().map_err(|e| StoreError::Engine(format!("the database URL: {e}")))?;
        let options = format!("{ASKED} {} {BY_KEY}", config.get_options().unwrap_or_default());
        config.options(options);
        notice_silence(&mut config);
        let pool = Pool::builder(Manager::new(config.clone(), NoTls))
            .max_size(READERS_MAX)
            .build()
            .map_err(|e| StoreError::Engine(e.to_string()))?;
        Ok(Postgres { config, pool })
    }

    /// A connection of its own.
    pub async fn connect(&self) -> Result<Client, StoreError> {
        let (client, connection) = self.config.connect(NoTls).await?;
        tokio::spawn(async move {
            if let Err(error) = connection.await {
                tracing::warn!(%error, "a connection to PostgreSQL ended");
            }
        });
        Ok(client)
    }

    /// The writer's connection. It holds the lock of the writer's name: while an older connection
    /// of that name lives, perhaps still committing, nothing is written by this one.
    pub async fn writer(&self, writer: Id) -> Result<Client, StoreError> {
        let client = self.connect().await?;
        let key = lock_key(&[b"writer", &writer.0[..]].concat());
        let began = Instant::now();
        loop {
            let row = client.query_one("SELECT pg_try_advisory_lock($1)", &[&key]).await?;
            if row.get(0) {
                return Ok(client);
            }
            if began.elapsed() > WRITER_WAIT_MAX {
                return Err(StoreError::Away(format!(
                    "another process writes as {writer}: each needs a data folder's key of its own"
                )));
            }
            tokio::time::sleep(WRITER_WAIT).await;
        }
    }

    pub async fn read(&self, sql: &str, params: &[Value]) -> Result<Vec<Row>, StoreError> {
        let client = self.pool.get().await.map_err(|e| StoreError::Engine(e.to_string()))?;
        let statement = client.prepare_cached(sql).await?;
        let params: Vec<&(dyn ToSql + Sync)> = params.iter().map(|p| p as _).collect();
        let rows = client.query(&statement, &params).await?;
        Ok(rows.iter().map(row_of).collect())
    }
}

/// A connection that a firewall dropped without a word must not be waited for; what the URL says
/// of this stands.
fn notice_silence(config: &mut Config) {
    let unset = Config::new();
    if config.get_keepalives_idle() == unset.get_keepalives_idle() {
        config.keepalives_idle(ASK_AFTER);
    }
    if config.get_keepalives_interval().is_none() {
        config.keepalives_interval(ASK_EVERY);
    }
    if config.get_keepalives_retries().is_none() {
        config.keepalives_retries(ASK_TIMES_MAX);
    }
    if config.get_tcp_user_timeout().is_none() {
        config.tcp_user_timeout(UNHEARD_MAX);
    }
    if config.get_connect_timeout().is_none() {
        config.connect_timeout(CONNECT_WAIT_MAX);
    }
}

/// Creates what is missing, one process at a time.
pub(crate) async fn create(client: &Client, scripts: &[&str]) -> Result<(), StoreError> {
    client.execute("SELECT pg_advisory_lock($1)", &[&CREATE_LOCK]).await?;
    let mut outcome = Ok(());
    for statement in scripts.iter().flat_map(|script| statements(script)) {
        outcome = client.batch_execute(statement).await;
        if outcome.is_err() {
            break;
        }
    }
    client.execute("SELECT pg_advisory_unlock($1)", &[&CREATE_LOCK]).await?;
    Ok(outcome?)
}

/// Statements prepared once a connection.
#[derive(Default)]
pub(crate) struct Prepared {
    statements: std::collections::HashMap<String, tokio_postgres::Statement>,
}

impl Prepared {
    async fn get(
        &mut self,
        client: &tokio_postgres::Transaction<'_>,
        sql: &str,
    ) -> Result<tokio_postgres::Statement, StoreError> {
        if let Some(statement) = self.statements.get(sql) {
            return Ok(statement.clone());
        }
        let statement = client.prepare(sql).await?;
        self.statements.insert(sql.to_owned(), statement.clone());
        Ok(statement)
    }
}

type Tx<'a> = tokio_postgres::Transaction<'a>;

async fn query(
    tx: &Tx<'_>,
    prepared: &mut Prepared,
    sql: &str,
    params: &[&(dyn ToSql + Sync)],
) -> Result<Vec<Row>, StoreError> {
    let statement = prepared.get(tx, sql).await?;
    Ok(tx.query(&statement, params).await?.iter().map(row_of).collect())
}

/// A query outside any transaction.
pub(crate) async fn query_once(
    client: &Client,
    sql: &str,
    params: &[Value],
) -> Result<Vec<Row>, StoreError> {
    let params: Vec<&(dyn ToSql + Sync)> = params.iter().map(|p| p as _).collect();
    Ok(client.query(sql, &params).await?.iter().map(row_of).collect())
}

/// Locks the entities in id order and reads all that the work asks for.
pub(crate) async fn load(
    tx: &Tx<'_>,
    prepared: &mut Prepared,
    works: &[Work],
) -> Result<Loaded, StoreError> {
    let mut loaded = Loaded::default();
    // Which table serves stays as it is until this batch is done: a swap waits for this lock, and
    // while one is under way nobody writes.
    let swap = if let [Work::Swap(swap)] = works { Some(swap) } else { None };
    let mode = if swap.is_some() { "SHARE" } else { "ROW EXCLUSIVE" };
    let lock = format!("LOCK TABLE records IN {mode} MODE");
    let serving = prepared.get(tx, SERVING_SQL).await?;
    let (_, rows) = tokio::try_join!(tx.batch_execute(&lock), tx.query(&serving, &[]))?;
    for row in rows.iter().map(row_of) {
        loaded.serving.insert(row.text(0), row.text(1));
    }
    let mut entities: Vec<Id> = works.iter().flat_map(Work::entities).collect();
    if !entities.is_empty() {
        let mut keys: Vec<i64> = entities.iter().map(|id| lock_key(&id.0)).collect();
        keys.sort_unstable();
        keys.dedup();
        let lock = "SELECT pg_advisory_xact_lock(k) FROM UNNEST($1::bigint[]) AS k";
        query(tx, prepared, lock, &[&keys]).await?;
    }
    load_names(tx, prepared, works, &mut loaded).await?;
    load_places(tx, prepared, works, &mut loaded).await?;
    if let Some(swap) = swap {
        loaded.ends = ends_of(&query(tx, prepared, ENDS_SQL, &[]).await?);
        let (sql, ranges) = late(swap.refold.noun, &swap.refold.from, &loaded.ends);
        for range in ranges {
            let range: Vec<&(dyn ToSql + Sync)> = range.iter().map(|v| v as _).collect();
            loaded.late.extend(query(tx, prepared, sql, &range).await?.iter().map(|r| r.id(0)));
        }
    }
    entities.extend(works.iter().flat_map(Work::reads));
    entities.extend(&loaded.late);
    let ids: Vec<&[u8]> = entities.iter().map(|id| &id.0[..]).collect();
    if !ids.is_empty() {
        let sql = "SELECT writer, seq, envelope, plain, sealed, entity FROM records \
                   WHERE entity = ANY($1::bytea[]) AND parked = FALSE \
                   ORDER BY entity, clock, writer, seq";
        for row in query(tx, prepared, sql, &[&ids]).await? {
            loaded.records.entry(row.id(5)).or_default().push(crate::record_of(&row)?);
        }
    }
    Ok(loaded)
}

async fn load_names(
    tx: &Tx<'_>,
    prepared: &mut Prepared,
    works: &[Work],
    loaded: &mut Loaded,
) -> Result<(), StoreError> {
    for (space, keys) in by_space(works.iter().flat_map(Work::names)) {
        // The lock keeps a held name from being let go until this batch is done.
        let sql = "SELECT key, entity FROM claims \
                   WHERE space = $1 AND key = ANY($2::bytea[]) FOR SHARE";
        for row in query(tx, prepared, sql, &[&space, &keys]).await? {
            if let Ok(key) = row.bytes(0).try_into() {
                loaded.names.insert(Name { space, key }, row.id(1));
            }
        }
    }
    Ok(())
}

/// What is known of the places in chains that are to be admitted, unless a rebuild is under way.
async fn load_places(
    tx: &Tx<'_>,
    prepared: &mut Prepared,
    works: &[Work],
    loaded: &mut Loaded,
) -> Result<(), StoreError> {
    let (mut writers, mut seqs) = (Vec::new(), Vec::new());
    for (writer, seq) in works.iter().flat_map(Work::places) {
        writers.push(writer.0.to_vec());
        seqs.push(i64::try_from(seq).unwrap_or(i64::MAX));
    }
    if writers.is_empty() {
        return Ok(());
    }
    let quiet = "SELECT pg_try_advisory_xact_lock_shared($1)";
    let rows = query(tx, prepared, quiet, &[&REBUILD_LOCK]).await?;
    loaded.rebuilding = !rows.first().is_some_and(|row| row.flag(0));
    let sql = "SELECT r.writer, r.seq, r.hash, r.parked FROM records r \
               JOIN UNNEST($1::bytea[], $2::bigint[]) AS asked(writer, seq) \
               ON r.writer = asked.writer AND r.seq = asked.seq";
    for row in query(tx, prepared, sql, &[&writers, &seqs]).await? {
        let hash = row.bytes(2).try_into().unwrap_or_default();
        let seq = u64::try_from(row.int(1)).unwrap_or(0);
        loaded.places.insert((row.id(0), seq), (hash, row.flag(3)));
    }
    Ok(())
}

/// Writes everything; the caller commits.
pub(crate) async fn write(
    tx: &Tx<'_>,
    prepared: &mut Prepared,
    writes: &Writes,
    writer: Id,
) -> Result<(), StoreError> {
    write_rollups(tx, prepared, writes, writer).await?;
    for step in &writes.steps {
        match step {
            Step::Rows(table, rows) => {
                let columns = table.columns.iter().enumerate();
                let columns: Vec<Array> =
                    columns.map(|(i, (_, column))| Array::of(*column, rows, i)).collect();
                let params: Vec<&(dyn ToSql + Sync)> = columns.iter().map(Array::param).collect();
                let statement = prepared.get(tx, &table.insert_many()).await?;
                tx.execute(&statement, &params).await?;
            }
            Step::Statement(statement) => run(tx, prepared, statement).await?,
        }
    }
    if !writes.forget.is_empty() {
        let ids: Vec<Vec<u8>> = writes.forget.iter().map(|id| id.0.to_vec()).collect();
        let sql = "UPDATE records SET sealed = NULL WHERE entity = ANY($1::bytea[])";
        let statement = prepared.get(tx, sql).await?;
        tx.execute(&statement, &[&ids]).await?;
    }
    Ok(())
}

async fn run(
    tx: &Tx<'_>,
    prepared: &mut Prepared,
    statement: &Statement,
) -> Result<(), StoreError> {
    if statement.params.is_empty() {
        return Ok(tx.batch_execute(&statement.sql).await?);
    }
    let params: Vec<&(dyn ToSql + Sync)> = statement.params.iter().map(|p| p as _).collect();
    let prepared = prepared.get(tx, &statement.sql).await?;
    tx.execute(&prepared, &params).await?;
    Ok(())
}

/// Compares if that was asked for, and puts a built table in its place.
pub(crate) async fn swap(
    tx: &Tx<'_>,
    prepared: &mut Prepared,
    swap: &Swap,
) -> Result<(), StoreError> {
    for compare in &swap.compare {
        let params: Vec<&(dyn ToSql + Sync)> = compare.params.iter().map(|p| p as _).collect();
        let n = query(tx, prepared, &compare.sql, &params).await?;
        let n = n.first().map_or(0, |row| row.int(0));
        swap.apart.fetch_add(u64::try_from(n).unwrap_or(0), Ordering::SeqCst);
    }
    for statement in &swap.statements {
        run(tx, prepared, statement).await?;
    }
    Ok(())
}

async fn write_rollups(
    tx: &Tx<'_>,
    prepared: &mut Prepared,
    writes: &Writes,
    writer: Id,
) -> Result<(), StoreError> {
    if writes.rollups.is_empty() {
        return Ok(());
    }
    let (mut views, mut areas, mut keys, mut ns) = (vec![], vec![], vec![], vec![]);
    for ((view, area, key), n) in &writes.rollups {
        views.push(view.clone());
        areas.push(area.0.to_vec());
        keys.push(key.clone());
        ns.push(*n);
    }
    let sql = "INSERT INTO rollups (view, area, key, writer, n) \
               SELECT v, a, k, $4::bytea, n \
               FROM UNNEST($1::text[], $2::bytea[], $3::text[], $5::bigint[]) AS t(v, a, k, n) \
               ON CONFLICT (view, area, key, writer) DO UPDATE SET n = rollups.n + excluded.n";
    let statement = prepared.get(tx, sql).await?;
    tx.execute(&statement, &[&views, &areas, &keys, &writer.0.to_vec(), &ns]).await?;
    Ok(())
}

fn lock_key(of: &[u8]) -> i64 {
    let mut bytes = [0; 8];
    bytes.copy_from_slice(blake3::hash(of).as_bytes().split_at(8).0);
    i64::from_be_bytes(bytes)
}

/// One column of many rows, as PostgreSQL takes it.
enum Array {
    Int(Vec<Option<i64>>),
    Text(Vec<Option<String>>),
    Bytes(Vec<Option<Vec<u8>>>),
    Bool(Vec<Option<bool>>),
}

impl Array {
    fn of(column: Column, rows: &[Vec<Value>], place: usize) -> Array {
        let values = rows.iter().map(|row| row.get(place).unwrap_or(&Value::Null));
        match column {
            Column::Int => Array::Int(
                values.map(|v| if let Value::Int(n) = v { Some(*n) } else { None }).collect(),
            ),
            Column::Text => Array::Text(
                values
                    .map(|v| if let Value::Text(t) = v { Some(t.clone()) } else { None })
                    .collect(),
            ),
            Column::Bytes => Array::Bytes(
                values
                    .map(|v| if let Value::Bytes(b) = v { Some(b.clone()) } else { None })
                    .collect(),
            ),
            Column::Bool => Array::Bool(
                values
                    .map(|v| match v {
                        Value::Bool(b) => Some(*b),
                        // As the other engine keeps it, and as a backup made there has it.
                        Value::Int(n) => Some(*n != 0),
                        _ => None,
                    })
                    .collect(),
            ),
        }
    }

    fn param(&self) -> &(dyn ToSql + Sync) {
        match self {
            Array::Int(values) => values,
            Array::Text(values) => values,
            Array::Bytes(values) => values,
            Array::Bool(values) => values,
        }
    }
}

fn row_of(row: &tokio_postgres::Row) -> Row {
    let values = row.columns().iter().enumerate().map(|(i, column)| match *column.type_() {
        Type::INT8 => row.get::<_, Option<i64>>(i).into(),
        Type::INT4 => row.get::<_, Option<i32>>(i).map(i64::from).into(),
        Type::BOOL => row.get::<_, Option<bool>>(i).into(),
        Type::BYTEA => row.get::<_, Option<Vec<u8>>>(i).into(),
        Type::TEXT | Type::VARCHAR | Type::NAME => row.get::<_, Option<String>>(i).into(),
        _ => Value::Null,
    });
    Row(values.collect())
}

impl ToSql for Value {
    fn to_sql(
        &self,
        ty: &Type,
        out: &mut tokio_postgres::types::private::BytesMut,
    ) -> Result<IsNull, Box<dyn Error + Sync + Send>> {
        match self {
            Value::Null => Ok(IsNull::Yes),
            Value::Int(n) if *ty == Type::BOOL => (*n != 0).to_sql(ty, out),
            Value::Int(n) if *ty == Type::INT4 => i32::try_from(*n)?.to_sql(ty, out),
            Value::Int(n) => n.to_sql(ty, out),
            Value::Text(text) => text.to_sql(ty, out),
            Value::Bytes(bytes) => bytes.to_sql(ty, out),
            Value::Bool(b) => b.to_sql(ty, out),
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}
