//! What follows forgetting: taking what was deleted out of the database's files. It is done by one
//! task of the store, soon and not too often, so that nobody waits for it; a command or a test may
//! do it at once. It deletes nothing itself.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tokio::sync::mpsc;
use tokio_postgres::error::SqlState;

use crate::postgres::HOUSEWORK_LOCK;
use crate::{Engine, Store, StoreError};

/// Least time between two rounds: the tables that are rewritten stand still meanwhile.
pub const HOUSEWORK_EVERY: Duration = Duration::from_secs(10);

/// A word to the task, and how much of what was asked for is done.
#[derive(Clone)]
pub(crate) struct Bell {
    ring: mpsc::Sender<()>,
    tally: Arc<Tally>,
}

/// How often it was asked for, and up to which of these a whole round came after.
#[derive(Default)]
pub(crate) struct Tally {
    asked: AtomicU64,
    done: AtomicU64,
}

/// The word that wakes the task of a store; it ends with the last clone of the store.
pub(crate) fn bell() -> (Bell, mpsc::Receiver<()>) {
    let (ring, heard) = mpsc::channel(1);
    (Bell { ring, tally: Arc::default() }, heard)
}

/// Waits for the word and does the rounds, each again until it is whole.
async fn work(house: Housework, tally: Arc<Tally>, mut heard: mpsc::Receiver<()>) {
    while heard.recv().await.is_some() {
        while let Err(error) = round(&house, &tally).await {
            tracing::warn!(%error, "housekeeping was not finished");
            if heard.is_closed() {
                return;
            }
            tokio::time::sleep(HOUSEWORK_EVERY).await;
        }
        tokio::time::sleep(HOUSEWORK_EVERY).await;
    }
}

async fn round(house: &Housework, tally: &Tally) -> Result<Vec<String>, StoreError> {
    let asked = tally.asked.load(Ordering::SeqCst);
    let ran = house.round().await?;
    tally.done.fetch_max(asked, Ordering::SeqCst);
    Ok(ran)
}

/// What a round needs.
#[derive(Clone)]
pub(crate) struct Housework {
    engine: Engine,
    /// Tables from which forgetting deletes.
    tables: Vec<String>,
}

impl Store {
    /// Asks for housekeeping: it is done soon, by itself, once for all who asked meanwhile. What
    /// goes wrong then is told to the log and done again.
    pub fn housekeep(&self) {
        self.bell.tally.asked.fetch_add(1, Ordering::SeqCst);
        // A word that waits already is this one too.
        let _ = self.bell.ring.try_send(());
    }

    /// Whether housekeeping was asked for and is not done.
    #[must_use]
    pub fn owes_housekeeping(&self) -> bool {
        let tally = &self.bell.tally;
        tally.done.load(Ordering::SeqCst) < tally.asked.load(Ordering::SeqCst)
    }

    /// Does the housekeeping now, and says what ran. On SQLite the write-ahead log is copied back
    /// and cut to nothing (pages were zeroed when rows were deleted); on PostgreSQL the tables of
    /// keys, of names and of every drawer are rewritten whole, the log is vacuumed, and the
    /// write-ahead log moves on.
    ///
    /// # Errors
    /// When the database fails or refuses any of it, or readers keep the write-ahead log. What a
    /// user has no right to is passed over, with a word in the log.
    pub async fn housekeep_now(&self) -> Result<Vec<String>, StoreError> {
        round(&self.housework(), &self.bell.tally).await
    }

    pub(crate) fn housework(&self) -> Housework {
        let drawers = self.plan.drawers.iter().map(|drawer| drawer.table.name.to_string());
        let core = ["person_keys", "claims"].map(str::to_owned);
        Housework { engine: self.engine.clone(), tables: core.into_iter().chain(drawers).collect() }
    }

    pub(crate) fn begin_housework(&self, heard: mpsc::Receiver<()>) {
        tokio::spawn(work(self.housework(), self.bell.tally.clone(), heard));
    }
}

impl Housework {
    async fn round(&self) -> Result<Vec<String>, StoreError> {
        match &self.engine {
            Engine::Sqlite(engine) => {
                let engine = engine.clone();
                let task = tokio::task::spawn_blocking(move || {
                    crate::sqlite::checkpoint(&engine.writer()?)
                });
                task.await.map_err(|e| StoreError::Engine(e.to_string()))??;
                Ok(vec!["PRAGMA wal_checkpoint(TRUNCATE)".to_owned()])
            }
            Engine::Postgres(engine) => {
                let client = engine.connect().await?;
                client.execute("SELECT pg_advisory_lock($1)", &[&HOUSEWORK_LOCK]).await?;
                let (mut ran, mut refused) = (Vec::new(), Vec::new());
                let rewritten = self.tables.iter().map(|table| format!("VACUUM FULL {table}"));
                let then = ["VACUUM records", "CHECKPOINT", "SELECT pg_switch_wal()", "CHECKPOINT"];
                for chore in rewritten.chain(then.map(str::to_owned)) {
                    match client.batch_execute(&chore).await {
                        Ok(()) => ran.push(chore),
                        Err(error) if client.is_closed() => return Err(error.into()),
                        // Somebody else keeps this house: asking again would change nothing.
                        Err(error) if error.code() == Some(&SqlState::INSUFFICIENT_PRIVILEGE) => {
                            tracing::warn!(%error, chore, "housekeeping is not for this user");
                        }
                        Err(error) => {
                            refused.push(format!("{chore}: {}", crate::told(&error)));
                        }
                    }
                }
                if refused.is_empty() { Ok(ran) } else { Err(owed(&refused)) }
            }
        }
    }
}

/// What was refused is still in the files: the round is not whole.
fn owed(refused: &[String]) -> StoreError {
    StoreError::Engine(format!("housekeeping was refused: {}", refused.join("; ")))
}
