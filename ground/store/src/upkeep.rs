//! Upkeep: totals, which table serves, taking in parked records, statements of the node's own. It
//! never changes the log.

use record::{CLOCK_AHEAD_MS_MAX, Clock, Id, Shelled};

use crate::change::Work;
use crate::table::{Statement, View};
use crate::{AppendError, Store, StoreError};

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
        // Not a range of texts: where one begins and ends goes by the database's collation.
        let length = i64::try_from(prefix.chars().count()).unwrap_or(i64::MAX);
        let sql = "SELECT area, key, CAST(SUM(n) AS BIGINT) FROM rollups \
                   WHERE view = $1 AND SUBSTR(key, 1, $2) = $3 \
                   GROUP BY area, key HAVING SUM(n) <> 0";
        let rows = self.read(sql, vec![name.into(), length.into(), prefix.into()]).await?;
        Ok(in_order(&rows))
    }

    /// The totals of one area, in the order of their keys.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn totals_of(&self, noun: &str, area: Id) -> Result<Vec<Total>, StoreError> {
        let name = self.view(noun).map(|v| v.table.name.to_string()).unwrap_or_default();
        let sql = "SELECT area, key, CAST(SUM(n) AS BIGINT) FROM rollups \
                   WHERE view = $1 AND area = $2 \
                   GROUP BY area, key HAVING SUM(n) <> 0";
        let rows = self.read(sql, vec![name.into(), area.into()]).await?;
        Ok(in_order(&rows))
    }

    pub(crate) fn view(&self, noun: &str) -> Option<&View> {
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

    pub(crate) async fn serving(&self, noun: &str) -> Result<Option<String>, StoreError> {
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
            match Shelled::read(row.bytes(0), row.bytes(1), row.bytes(2), row.opt_bytes(3)) {
                Ok((_, shelled)) => due.push(shelled),
                // One that is spoilt must not hold up the others; `verify` tells of it.
                Err(error) => tracing::warn!(%error, "a parked record cannot be read"),
            }
        }
        if due.is_empty() {
            return Ok(0);
        }
        self.admit(due).await.map_err(failed)
    }

    /// Settings of the database under which a power cut may take back what was said to be received;
    /// the embedded one has none. (`synchronous_commit` is set by each of our connections.)
    ///
    /// # Errors
    /// When the database fails.
    pub async fn unsafe_settings(&self) -> Result<Vec<String>, StoreError> {
        if self.is_embedded() {
            return Ok(Vec::new());
        }
        let sql = "SELECT name FROM pg_settings \
                   WHERE name IN ('fsync', 'full_page_writes', 'synchronous_commit') \
                   AND setting = 'off' ORDER BY name";
        Ok(self.read(sql, vec![]).await?.iter().map(|row| row.text(0)).collect())
    }

    /// Statements of the node's own on drawers, in one transaction.
    ///
    /// # Errors
    /// When the database fails; nothing was done then.
    pub async fn run(&self, statements: Vec<Statement>) -> Result<(), StoreError> {
        self.work(Work::Statements(statements)).await.map(|_| ()).map_err(failed)
    }
}

/// The order of their bytes, which is the same on every database.
fn in_order(rows: &[crate::Row]) -> Vec<Total> {
    let total = |row: &crate::Row| Total { area: row.id(0), key: row.text(1), n: row.int(2) };
    let mut totals: Vec<Total> = rows.iter().map(total).collect();
    totals.sort_unstable_by(|a, b| (a.area, &a.key).cmp(&(b.area, &b.key)));
    totals
}

pub(crate) fn failed(error: AppendError) -> StoreError {
    StoreError::Engine(error.to_string())
}
