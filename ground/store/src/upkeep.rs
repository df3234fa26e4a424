//! Upkeep: totals, rebuilding a view beside the one that serves, taking in parked records,
//! housekeeping after forgetting. It never changes the log.

use std::borrow::Cow;

use record::{CLOCK_AHEAD_MS_MAX, Clock, Id, Shelled};

use crate::change::Work;
use crate::schema::statements;
use crate::table::{Statement, View};
use crate::{AppendError, Engine, Store, StoreError, Value};

/// Entities folded again in one transaction of a rebuild.
pub const REBUILD_CHUNK: usize = 2000;

/// A total of a view, summed over all writers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Total {
    /// Where; [`Id::NONE`] for the city as a whole.
    pub area: Id,
    /// What is counted.
    pub key: String,
    /// How many.
    pub n: i64,
}

impl Store {
    /// The totals of a noun's view whose keys begin with `prefix`, in the order of area and key.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn totals(&self, noun: &str, prefix: &str) -> Result<Vec<Total>, StoreError> {
        let name = self.view(noun).map(|v| v.table.name.to_string()).unwrap_or_default();
        // The end of a range of texts that begin alike: portable, and it uses the key's index.
        let end = format!("{prefix}\u{10ffff}");
        let sql = "SELECT area, key, CAST(SUM(n) AS BIGINT) FROM rollups \
                   WHERE view = $1 AND key >= $2 AND key < $3 \
                   GROUP BY area, key HAVING SUM(n) <> 0 ORDER BY area, key";
        let rows = self.read(sql, vec![name.into(), prefix.into(), end.into()]).await?;
        let total = |row: &crate::Row| Total { area: row.id(0), key: row.text(1), n: row.int(2) };
        Ok(rows.iter().map(total).collect())
    }

    /// The totals of one area.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn totals_of(&self, noun: &str, area: Id) -> Result<Vec<Total>, StoreError> {
        let name = self.view(noun).map(|v| v.table.name.to_string()).unwrap_or_default();
        let sql = "SELECT area, key, CAST(SUM(n) AS BIGINT) FROM rollups \
                   WHERE view = $1 AND area = $2 \
                   GROUP BY area, key HAVING SUM(n) <> 0 ORDER BY area, key";
        let rows = self.read(sql, vec![name.into(), area.into()]).await?;
        let total = |row: &crate::Row| Total { area: row.id(0), key: row.text(1), n: row.int(2) };
        Ok(rows.iter().map(total).collect())
    }

    fn view(&self, noun: &str) -> Option<&View> {
        self.plan.views.iter().find(|view| view.noun == noun)
    }

    /// Notes which table serves each view when there is nothing to build yet.
    pub(crate) async fn note_views(&self) -> Result<(), StoreError> {
        for view in &self.plan.views {
            let known = self.serving(view.noun).await?;
            if known.is_some() {
                continue;
            }
            let sql =
                "INSERT INTO views (noun, name) VALUES ($1, $2) ON CONFLICT (noun) DO NOTHING";
            let params = vec![view.noun.into(), view.table.name.to_string().into()];
            self.run(vec![Statement::new(sql, params)]).await?;
        }
        Ok(())
    }

    async fn serving(&self, noun: &str) -> Result<Option<String>, StoreError> {
        let row =
            self.read_one("SELECT name FROM views WHERE noun = $1", vec![noun.into()]).await?;
        Ok(row.map(|row| row.text(0)))
    }

    /// Nouns whose view has another version than the one that was last built.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn changed_views(&self) -> Result<Vec<&'static str>, StoreError> {
        let mut changed = Vec::new();
        for view in &self.plan.views {
            if self.serving(view.noun).await?.is_some_and(|name| name != view.table.name) {
                changed.push(view.noun);
            }
        }
        Ok(changed)
    }

    /// Folds every entity of a noun again into a new table beside the serving one, while writing
    /// and reading go on, then puts it in the old one's place. Returns records folded. `progress`
    /// is told the number of entities done.
    ///
    /// # Errors
    /// When the database fails; the serving table is untouched then.
    pub async fn rebuild(
        &self,
        noun: &str,
        mut progress: impl FnMut(usize),
    ) -> Result<usize, StoreError> {
        let Some(view) = self.view(noun).cloned() else { return Ok(0) };
        let name = view.table.name.to_string();
        let serving = self.serving(noun).await?.unwrap_or_else(|| name.clone());
        let target = if serving == name { format!("{name}_next") } else { name.clone() };
        self.begin_building(&view, &target).await?;
        let marks =
            self.read("SELECT writer, MAX(seq) FROM records GROUP BY writer", vec![]).await?;
        let building = "UPDATE views SET building = $1 WHERE noun = $2";
        let params = vec![target.clone().into(), view.noun.into()];
        self.run(vec![Statement::new(building, params)]).await?;
        let (mut folded, mut done, mut after) = (0, 0, Id::NONE);
        loop {
            let ids = self.next_entities(noun, after).await?;
            let Some(last) = ids.last().copied() else { break };
            (after, done) = (last, done + ids.len());
            folded += self.refold(view.noun, ids).await?;
            progress(done);
        }
        for row in &marks {
            // Whatever another process was committing when building began.
            let sql = "SELECT DISTINCT entity FROM records WHERE writer = $1 AND seq > $2";
            let late = self.read(sql, vec![row.value(0).clone(), row.value(1).clone()]).await?;
            let ids: Vec<Id> = late.iter().map(|row| row.id(0)).collect();
            for chunk in ids.chunks(REBUILD_CHUNK) {
                folded += self.refold(view.noun, chunk.to_vec()).await?;
            }
        }
        self.swap(&view, &serving, &target).await?;
        Ok(folded)
    }

    async fn next_entities(&self, noun: &str, after: Id) -> Result<Vec<Id>, StoreError> {
        let sql = "SELECT DISTINCT entity FROM records \
                   WHERE entity > $1 AND kind >= $2 AND kind < $3 ORDER BY entity LIMIT $4";
        let limit = i64::try_from(REBUILD_CHUNK).unwrap_or(i64::MAX);
        let (from, to) = (format!("{noun}."), format!("{noun}/"));
        let rows = self.read(sql, vec![after.into(), from.into(), to.into(), limit.into()]).await?;
        Ok(rows.iter().map(|row| row.id(0)).collect())
    }

    async fn refold(&self, noun: &'static str, entities: Vec<Id>) -> Result<usize, StoreError> {
        let work = Work::Refold { noun, entities };
        self.work(work).await.map(|done| done.records).map_err(failed)
    }

    async fn begin_building(&self, view: &View, target: &str) -> Result<(), StoreError> {
        let name = view.table.name.as_ref();
        let create = statements(view.sql).filter(|s| s.starts_with("CREATE TABLE"));
        let mut work = vec![
            Statement::new(format!("DROP TABLE IF EXISTS {target}"), vec![]),
            Statement::new("DELETE FROM rollups WHERE view = $1", vec![target.into()]),
        ];
        work.extend(create.map(|s| Statement::new(s.replace(name, target), vec![])));
        self.run(work).await
    }

    async fn swap(&self, view: &View, serving: &str, target: &str) -> Result<(), StoreError> {
        let name = view.table.name.as_ref();
        let mut work = Vec::new();
        if !self.is_embedded() {
            // No batch of another process may stand between the two tables.
            let both = format!("LOCK TABLE records, {serving}, {target} IN ACCESS EXCLUSIVE MODE");
            work.push(Statement::new(both, vec![]));
        }
        work.push(Statement::new(format!("DROP TABLE {serving}"), vec![]));
        work.push(Statement::new("DELETE FROM rollups WHERE view = $1", vec![serving.into()]));
        if target != name {
            work.push(Statement::new(format!("ALTER TABLE {target} RENAME TO {name}"), vec![]));
            let sql = "UPDATE rollups SET view = $1 WHERE view = $2";
            work.push(Statement::new(sql, vec![name.into(), target.into()]));
        }
        let noted = "UPDATE views SET name = $1, building = NULL WHERE noun = $2";
        work.push(Statement::new(noted, vec![name.into(), view.noun.into()]));
        work.extend(statements(view.sql).map(|s| Statement::new(s.to_owned(), vec![])));
        self.run(work).await
    }

    /// Folds records that were dated too far ahead and whose time has come. Returns how many.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn unpark(&self) -> Result<usize, StoreError> {
        let until = Clock::at(self.now_ms() + CLOCK_AHEAD_MS_MAX).0;
        let sql = "SELECT entry, envelope, plain, sealed FROM records \
                   WHERE parked = TRUE AND clock <= $1 ORDER BY clock LIMIT 1000";
        let rows = self.read(sql, vec![until.into()]).await?;
        let mut due = Vec::new();
        for row in &rows {
            let read = Shelled::read(row.bytes(0), row.bytes(1), row.bytes(2), row.opt_bytes(3))?;
            due.push(read.1);
        }
        if due.is_empty() {
            return Ok(0);
        }
        self.admit(due).await.map_err(failed)
    }

    /// What follows forgetting: takes what was deleted out of the files. On SQLite the write-ahead
    /// log is copied back and cut to nothing (pages were zeroed when rows were deleted); on
    /// PostgreSQL the table of keys is rewritten whole, the log is vacuumed, and the write-ahead
    /// log moves on. Say to the steward which of these ran.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn housekeep(&self) -> Result<Vec<&'static str>, StoreError> {
        match &self.engine {
            Engine::Sqlite(engine) => {
                let engine = engine.clone();
                let task = tokio::task::spawn_blocking(move || -> Result<(), StoreError> {
                    let conn = engine.writer()?;
                    crate::sqlite::query(&conn, "PRAGMA wal_checkpoint(TRUNCATE)", &[])?;
                    Ok(())
                });
                task.await.map_err(|e| StoreError::Engine(e.to_string()))??;
                Ok(vec!["PRAGMA wal_checkpoint(TRUNCATE)"])
            }
            Engine::Postgres(engine) => {
                let client = engine.writer().await?;
                let mut ran = Vec::new();
                for chore in [
                    "VACUUM FULL person_keys",
                    "VACUUM FULL claims",
                    "VACUUM records",
                    "CHECKPOINT",
                    "SELECT pg_switch_wal()",
                    "CHECKPOINT",
                ] {
                    match client.batch_execute(chore).await {
                        Ok(()) => ran.push(chore),
                        Err(error) => tracing::warn!(%error, chore, "housekeeping was refused"),
                    }
                }
                Ok(ran)
            }
        }
    }

    /// Statements of the node's own on drawers, in one transaction.
    ///
    /// # Errors
    /// When the database fails; nothing was done then.
    pub async fn run(&self, statements: Vec<Statement>) -> Result<(), StoreError> {
        self.work(Work::Statements(statements)).await.map(|_| ()).map_err(failed)
    }

    /// One page of a table's rows in the order of its key, after the row whose key is `after`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn page_of(
        &self,
        table: &crate::Table,
        after: Option<Vec<Value>>,
        limit: i64,
    ) -> Result<Vec<crate::Row>, StoreError> {
        let keys: Vec<&str> = table.columns.iter().take(table.key).map(|(name, _)| *name).collect();
        let keys = keys.join(", ");
        let mut params = after.unwrap_or_default();
        let from: Cow<str> = if params.is_empty() {
            "".into()
        } else {
            format!("WHERE ({keys}) > ({})", crate::marks(1, params.len())).into()
        };
        let place = params.len() + 1;
        params.push(limit.into());
        let sql = format!(
            "SELECT {} FROM {} {from} ORDER BY {keys} LIMIT ${place}",
            table.column_names(),
            table.name
        );
        self.read(&sql, params).await
    }
}

fn failed(error: AppendError) -> StoreError {
    StoreError::Engine(error.to_string())
}
