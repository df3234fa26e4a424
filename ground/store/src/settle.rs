//! Settling a batch: tried again where another process was first or the connection broke, always
//! from the end of the chain that is stored. It never writes a batch twice: when the answer to a
//! commit was lost, the chain tells whether it was done.

use std::time::Duration;

use crate::batch::{Assembled, Loaded};
use crate::change::Work;
use crate::writer::{Desk, LAST_SQL, is_broken, meets_another};
use crate::{StoreError, postgres, sqlite};

/// How often a batch is tried when two processes meet, or a connection breaks.
const TRIES_MAX: usize = 5;
/// How long a broken connection is left alone before the next is tried.
const AGAIN_AFTER: Duration = Duration::from_millis(50);

/// The embedded engine's writer.
pub(crate) struct OnSqlite {
    pub engine: sqlite::Sqlite,
    pub conn: rusqlite::Connection,
    pub desk: Desk,
}

impl OnSqlite {
    /// Writes the batch, or says why nothing of it was written.
    pub fn settle(&mut self, works: &[Work]) -> Result<Assembled, StoreError> {
        let mut tries = 1;
        loop {
            let error = match self.attempt(works) {
                Ok(assembled) => {
                    self.desk.chain = assembled.chain.clone();
                    return Ok(assembled);
                }
                Err(error) => error,
            };
            let last = sqlite::query(&self.conn, LAST_SQL, &[self.desk.writer().into()])?;
            self.desk.recall(last.first());
            if !meets_another(&error) || tries == TRIES_MAX {
                return Err(error);
            }
            tries += 1;
        }
    }

    fn attempt(&mut self, works: &[Work]) -> Result<Assembled, StoreError> {
        let admits = works.iter().any(|work| work.places().next().is_some());
        // Held until the commit: a rebuild begins before or after it.
        let quiet = if admits { Some(self.engine.rebuild_file()?) } else { None };
        let rebuilding = quiet.as_ref().is_some_and(|file| file.try_lock_shared().is_err());
        let tx = self.conn.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        let loaded = Loaded { rebuilding, ..sqlite::load(&tx, works)? };
        let assembled = self.desk.assemble(loaded, works)?;
        sqlite::write(&tx, &assembled.writes, self.desk.writer())?;
        if let [Work::Swap(swap)] = works {
            sqlite::swap(&tx, swap)?;
        } else if assembled.writes.is_empty() {
            return Ok(assembled);
        }
        tx.commit()?;
        Ok(assembled)
    }
}

/// The shared engine's writer.
pub(crate) struct OnPostgres {
    engine: postgres::Postgres,
    client: tokio_postgres::Client,
    prepared: postgres::Prepared,
    desk: Desk,
}

/// What came of one try.
enum Tried {
    Done(Assembled),
    /// Nothing was written.
    Failed(StoreError),
    /// The answer to the commit was lost.
    Unsure(StoreError, Assembled),
}

impl OnPostgres {
    pub fn new(
        engine: postgres::Postgres,
        client: tokio_postgres::Client,
        desk: Desk,
    ) -> OnPostgres {
        OnPostgres { engine, client, prepared: postgres::Prepared::default(), desk }
    }

    /// Writes the batch, or says why nothing of it was written.
    pub async fn settle(&mut self, works: &[Work]) -> Result<Assembled, StoreError> {
        let mut tries = 1;
        loop {
            let (error, unsure) = match self.attempt(works).await {
                Tried::Done(assembled) => {
                    self.desk.chain = assembled.chain.clone();
                    return Ok(assembled);
                }
                Tried::Failed(error) => (error, None),
                Tried::Unsure(error, assembled) => (error, Some(assembled)),
            };
            let began_at = self.desk.chain.seq;
            let broken = is_broken(&error) || self.client.is_closed();
            // Whether it was written cannot be told while nothing can be read: it is neither tried
            // again nor split.
            let away = |error: StoreError| StoreError::Away(error.to_string());
            self.recall(broken).await.map_err(away)?;
            if let Some(assembled) = unsure {
                let (ours, stored) = (&assembled.chain, &self.desk.chain);
                if ours.seq > began_at && (ours.seq, ours.hash) == (stored.seq, stored.hash) {
                    return Ok(assembled);
                }
                if broken && ours.seq == began_at {
                    // Nothing of it stands in the chain that could tell: the caller asks again.
                    return Err(StoreError::Away(error.to_string()));
                }
            }
            if !(broken || meets_another(&error)) || tries == TRIES_MAX {
                return Err(error);
            }
            tries += 1;
        }
    }

    /// Reads the end of the chain again, on a new connection if the old one is gone: the lock that
    /// it takes says that the old one's last commit is over and seen.
    async fn recall(&mut self, mut broken: bool) -> Result<(), StoreError> {
        let writer = self.desk.writer();
        self.prepared = postgres::Prepared::default();
        let mut tries = 1;
        loop {
            let fresh = if broken { Some(self.engine.writer(writer).await) } else { None };
            let last = match fresh.transpose() {
                Ok(fresh) => {
                    if let Some(fresh) = fresh {
                        self.client = fresh;
                    }
                    postgres::query_once(&self.client, LAST_SQL, &[writer.into()]).await
                }
                Err(error) => Err(error),
            };
            match last {
                Ok(last) => {
                    self.desk.recall(last.first());
                    return Ok(());
                }
                Err(error) if !is_broken(&error) || tries == TRIES_MAX => return Err(error),
                Err(_) => broken = true,
            }
            tries += 1;
            tokio::time::sleep(AGAIN_AFTER).await;
        }
    }

    async fn attempt(&mut self, works: &[Work]) -> Tried {
        let tx = match self.client.transaction().await {
            Ok(tx) => tx,
            Err(error) => return Tried::Failed(error.into()),
        };
        let assembled = match write(&tx, &mut self.prepared, &mut self.desk, works).await {
            Ok(assembled) => assembled,
            Err(error) => return Tried::Failed(error),
        };
        if assembled.writes.is_empty() && !matches!(works, [Work::Swap(_)]) {
            return Tried::Done(assembled);
        }
        match tx.commit().await {
            Ok(()) => Tried::Done(assembled),
            Err(error) => Tried::Unsure(error.into(), assembled),
        }
    }
}

async fn write(
    tx: &tokio_postgres::Transaction<'_>,
    prepared: &mut postgres::Prepared,
    desk: &mut Desk,
    works: &[Work],
) -> Result<Assembled, StoreError> {
    let loaded = postgres::load(tx, prepared, works).await?;
    let assembled = desk.assemble(loaded, works)?;
    postgres::write(tx, prepared, &assembled.writes, desk.writer()).await?;
    if let [Work::Swap(swap)] = works {
        postgres::swap(tx, prepared, swap).await?;
    }
    Ok(assembled)
}
