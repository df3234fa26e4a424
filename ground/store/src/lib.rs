//! The append-only log and the view runner, on SQLite and on PostgreSQL. The only crate that names
//! a database driver. It knows nothing of the mission: rooms bring their tables and folds.
//!
//! Appends wait for company: whatever arrives while a batch is being made durable goes into the
//! next one, then one transaction writes entries, rows and totals, and only then is anyone told
//! "received". A failed batch leaves nothing behind.

mod batch;
mod change;
mod housework;
mod postgres;
mod rebuild;
mod schema;
mod settle;
mod snapshot;
mod sqlite;
mod table;
mod upkeep;
mod value;
mod verify;
mod writer;
mod writes;

use std::path::PathBuf;
use std::sync::Arc;

use record::{Delegation, Id, Record, Shelled, Signer};
use tokio::sync::{mpsc, oneshot};

pub use change::{AppendError, Change, Committed, Decide, Decision, Known, Name};
pub use housework::HOUSEWORK_EVERY;
pub use rebuild::{REBUILD_CHUNK, Rebuilt};
pub use schema::{CLAIMS, CORE_SQL, ERASURE_LIST, HEADS, PERSON_KEYS, RECORDS, WRITERS};
pub use snapshot::Snapshot;
pub use table::{
    Column, Count, Drawer, Folded, OnConflict, Plan, Put, Statement, Table, View, marks,
};
pub use upkeep::Total;
pub use value::{Row, Value};
pub use verify::{Finding, Verified};

use change::Work;

/// How many acts may wait for the writer; a further one waits at its door.
pub const QUEUE_MAX: usize = 4096;

/// Where the time comes from, in milliseconds since 1970; tests and the demo bring their own.
pub type Now = Arc<dyn Fn() -> i64 + Send + Sync>;

/// An unexpected failure of a database.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// SQLite said no.
    #[error("the database file: {0}")]
    Sqlite(#[from] rusqlite::Error),
    /// PostgreSQL said no.
    #[error("PostgreSQL: {}", told(.0))]
    Postgres(#[from] tokio_postgres::Error),
    /// Something stored is not what it should be.
    #[error("a stored record: {0}")]
    Record(#[from] record::RecordError),
    /// Another version's tables serve since this process began.
    #[error("a newer version of Baraza has rebuilt the views: restart this process with it")]
    Superseded,
    /// There is nothing to write over for now: the server is out of reach, or an older connection
    /// still holds the writer's name. What was being written may stand.
    #[error("{0}")]
    Away(String),
    /// The writer's chain was ended, by a restore: a fresh key begins a new one.
    #[error("this writer's key was retired: its chain has ended")]
    Retired,
    /// Anything else of the engine.
    #[error("{0}")]
    Engine(String),
}

fn told(error: &tokio_postgres::Error) -> String {
    error.as_db_error().map_or_else(|| error.to_string(), |db| db.message().to_owned())
}

/// Which database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Database {
    /// A file.
    Sqlite(PathBuf),
    /// A `postgres://` URL.
    Postgres(String),
}

/// All that opening a store needs.
pub struct Opening {
    /// Which database.
    pub database: Database,
    /// Views and drawers.
    pub plan: Plan,
    /// This process's own key; no other running process may use it.
    pub signer: Signer,
    /// The node's word for that key.
    pub delegation: Delegation,
    /// The node's public key.
    pub node: [u8; 32],
    /// The time.
    pub now: Now,
}

#[derive(Clone)]
enum Engine {
    Sqlite(sqlite::Sqlite),
    Postgres(Box<postgres::Postgres>),
}

pub(crate) struct Job {
    work: Work,
    reply: oneshot::Sender<Result<Committed, AppendError>>,
}

/// An open store. Clones share one writer.
#[derive(Clone)]
pub struct Store {
    engine: Engine,
    plan: Arc<Plan>,
    queue: mpsc::Sender<Job>,
    now: Now,
    writer: Id,
    bell: housework::Bell,
}

impl Store {
    /// Opens the database, creates what is missing and starts the writer.
    ///
    /// # Errors
    /// When the database cannot be reached or created, or the writer was retired.
    pub async fn open(opening: Opening) -> Result<Store, StoreError> {
        let plan = Arc::new(opening.plan.clone());
        let writer = opening.signer.writer();
        let (queue, jobs) = mpsc::channel(QUEUE_MAX);
        let now = opening.now.clone();
        let engine = writer::start(opening, plan.clone(), jobs).await?;
        let (bell, heard) = housework::bell();
        let store = Store { engine, plan, queue, now, writer, bell };
        store.note_views().await?;
        store.sweep().await?;
        store.begin_housework(heard);
        Ok(store)
    }

    /// Whether a database holds any record; one that is not there, or is empty, holds none. Nothing
    /// is created in it.
    ///
    /// # Errors
    /// When the database cannot be reached.
    pub async fn holds_records(database: &Database) -> Result<bool, StoreError> {
        Ok(!peek(database, "SELECT 1 FROM records LIMIT 1").await?.is_empty())
    }

    /// Whether a database is this node's: its key vouched for a writer there, or nobody's did.
    /// Nothing is created in it.
    ///
    /// # Errors
    /// When the database cannot be reached.
    pub async fn is_of(database: &Database, node: [u8; 32]) -> Result<bool, StoreError> {
        let nodes = peek(database, "SELECT DISTINCT node FROM writers").await?;
        Ok(nodes.is_empty() || nodes.iter().any(|row| row.bytes(0) == node))
    }

    /// Whether this is the embedded engine.
    #[must_use]
    pub fn is_embedded(&self) -> bool {
        matches!(self.engine, Engine::Sqlite(_))
    }

    /// This process's writer.
    #[must_use]
    pub fn writer(&self) -> Id {
        self.writer
    }

    /// The tables this store was opened with.
    #[must_use]
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// Whether the writer works. It ends with a bug only, and then nothing is received any more.
    #[must_use]
    pub fn is_writing(&self) -> bool {
        !self.queue.is_closed()
    }

    /// Milliseconds since 1970 by this store's clock.
    #[must_use]
    pub fn now_ms(&self) -> i64 {
        (self.now)()
    }

    /// Does one all-or-nothing act; returns when it is durable.
    ///
    /// # Errors
    /// The rule's refusal, a name that is taken or let go, a full disk or a failing database;
    /// nothing was written then.
    pub async fn append(&self, change: Change) -> Result<Committed, AppendError> {
        self.work(Work::Change(change)).await
    }

    /// Takes in records of other writers whose hashes were checked by [`Shelled::read`]; those
    /// known already are passed over. Returns how many were new.
    ///
    /// # Errors
    /// A full disk or a failing database; nothing was written then.
    pub async fn admit(&self, records: Vec<Shelled>) -> Result<usize, AppendError> {
        Ok(self.work(Work::Admit(records)).await?.records)
    }

    pub(crate) async fn work(&self, work: Work) -> Result<Committed, AppendError> {
        let (reply, answer) = oneshot::channel();
        let gone = |_| AppendError::Store("the writer has stopped".to_owned());
        self.queue.send(Job { work, reply }).await.map_err(|_| gone(()))?;
        answer.await.map_err(|_| gone(()))?
    }

    /// Runs a query. The SQL is portable, with `$1`, `$2`, … for the parameters.
    ///
    /// # Errors
    /// When the database fails or the SQL is wrong.
    pub async fn read(&self, sql: &str, params: Vec<Value>) -> Result<Vec<Row>, StoreError> {
        let rows = match &self.engine {
            Engine::Sqlite(engine) => engine.read(sql.to_owned(), params).await,
            Engine::Postgres(engine) => engine.read(sql, &params).await,
        };
        match rows {
            // The tables of this version were there when it opened.
            Err(error) if lost_its_table(&error) => Err(StoreError::Superseded),
            rows => rows,
        }
    }

    /// Runs a query for its first row.
    ///
    /// # Errors
    /// When the database fails or the SQL is wrong.
    pub async fn read_one(&self, sql: &str, params: Vec<Value>) -> Result<Option<Row>, StoreError> {
        Ok(self.read(sql, params).await?.into_iter().next())
    }

    /// The records of an entity, in order.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn records_of(&self, entity: Id) -> Result<Vec<Record>, StoreError> {
        let sql = "SELECT writer, seq, envelope, plain, sealed FROM records \
                   WHERE entity = $1 AND parked = FALSE ORDER BY clock, writer, seq";
        self.read(sql, vec![entity.into()]).await?.iter().map(record_of).collect()
    }

    /// Who holds a name.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn holder(&self, name: &Name) -> Result<Option<Id>, StoreError> {
        let sql = "SELECT entity FROM claims WHERE space = $1 AND key = $2";
        let row = self.read_one(sql, vec![name.space.into(), name.key.into()]).await?;
        Ok(row.map(|row| row.id(0)))
    }

    /// A person's wrapped key, unless it was forgotten or never there.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn wrapped_key(&self, person: Id) -> Result<Option<Vec<u8>>, StoreError> {
        let sql = "SELECT wrapped FROM person_keys WHERE person = $1";
        Ok(self.read_one(sql, vec![person.into()]).await?.map(|row| row.bytes(0)))
    }
}

/// Reads a database that is not opened; a table that is not there has no rows.
async fn peek(database: &Database, sql: &str) -> Result<Vec<Row>, StoreError> {
    let rows = match database {
        Database::Sqlite(path) if !path.exists() => return Ok(Vec::new()),
        Database::Sqlite(path) => sqlite::Sqlite::new(path).read(sql.to_owned(), vec![]).await,
        Database::Postgres(url) => postgres::Postgres::new(url)?.read(sql, &[]).await,
    };
    match rows {
        Err(error) if lost_its_table(&error) => Ok(Vec::new()),
        rows => rows,
    }
}

fn lost_its_table(error: &StoreError) -> bool {
    match error {
        StoreError::Sqlite(e) => e.to_string().contains("no such table"),
        StoreError::Postgres(e) => e.code().is_some_and(|code| code.code() == "42P01"),
        _ => false,
    }
}

/// A record in the columns writer, seq, envelope, plain, sealed.
pub(crate) fn record_of(row: &Row) -> Result<Record, StoreError> {
    let seq = u64::try_from(row.int(1)).unwrap_or(0);
    let sealed = row.opt_bytes(4);
    Ok(Record::read_shells(row.id(0), seq, &row.bytes(2), &row.bytes(3), sealed.as_deref())?)
}
