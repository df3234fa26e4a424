//! Rebuilding a view beside the one that serves. The new table is filled from the log alone, pass
//! after pass, each up to where the chains ended when it began; the last pass runs under the lock
//! in which the tables are swapped. Who writes meanwhile, of whatever version, knows nothing of it.
//! It never touches the serving table before that lock.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use record::Id;

use crate::batch::{Ends, seq_value};
use crate::change::{Refold, Swap, Sweep, Work};
use crate::postgres::REBUILD_LOCK;
use crate::schema::statements;
use crate::table::{Statement, View};
use crate::upkeep::failed;
use crate::{Engine, Row, Store, StoreError, Value};

/// Entities folded again in one transaction of a rebuild: what is said meanwhile waits for it.
pub const REBUILD_CHUNK: usize = 1000;
/// Passes over what came meanwhile, before the last one under lock.
const LATE_PASSES_MAX: usize = 8;

/// Where each chain ends.
pub(crate) const ENDS_SQL: &str = "SELECT writer, MAX(seq) FROM records GROUP BY writer";
/// Every kind there is, and where it first stands in each chain.
const KINDS_SQL: &str = "SELECT kind, writer, MIN(seq) FROM records WHERE parked = FALSE \
                         GROUP BY kind, writer";

/// What a rebuild did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rebuilt {
    /// Records folded.
    pub records: usize,
    /// Rows and totals that were not what they are now; 0 where nobody asked.
    pub apart: u64,
}

/// Held while views are rebuilt; it goes with the process, however that ends.
enum Claim {
    File { _locked: std::fs::File },
    Session(tokio_postgres::Client),
}

#[derive(Clone, Copy, Default)]
struct Wish {
    compare: bool,
    changed_only: bool,
}

impl Store {
    /// Folds every entity of a noun again into a new table beside the serving one, while writing
    /// and reading go on, then puts it in the old one's place. Returns records folded. `progress`
    /// is told the number of entities done. Another rebuild of this node is waited for.
    ///
    /// # Errors
    /// When the database fails, or holds records of the noun and none was folded; the serving table
    /// is untouched then.
    pub async fn rebuild(
        &self,
        noun: &str,
        progress: impl FnMut(usize),
    ) -> Result<usize, StoreError> {
        Ok(self.rebuilt(noun, Wish::default(), progress).await?.records)
    }

    /// The same, and compares every row and total with those that served.
    ///
    /// # Errors
    /// As for [`Store::rebuild`].
    pub async fn rebuild_and_compare(
        &self,
        noun: &str,
        progress: impl FnMut(usize),
    ) -> Result<Rebuilt, StoreError> {
        self.rebuilt(noun, Wish { compare: true, ..Wish::default() }, progress).await
    }

    /// The same, only if another version's table serves; another process may have done it.
    ///
    /// # Errors
    /// As for [`Store::rebuild`].
    pub async fn renew(
        &self,
        noun: &str,
        progress: impl FnMut(usize),
    ) -> Result<Rebuilt, StoreError> {
        self.rebuilt(noun, Wish { changed_only: true, ..Wish::default() }, progress).await
    }

    async fn rebuilt(
        &self,
        noun: &str,
        wish: Wish,
        progress: impl FnMut(usize),
    ) -> Result<Rebuilt, StoreError> {
        let Some(view) = self.view(noun).cloned() else { return Ok(Rebuilt::default()) };
        let claim = self.claim_rebuild().await?;
        let name = view.table.name.to_string();
        let serving = self.serving(noun).await?.unwrap_or_else(|| name.clone());
        if wish.changed_only && serving == name {
            return Ok(Rebuilt::default());
        }
        let target = if serving == name { format!("{name}_next") } else { name };
        let build = Build { store: self, claim, view, serving, target, compare: wish.compare };
        let outcome = build.run(progress).await;
        if outcome.is_err() {
            // What was half built is of no use, and forgetting would not reach it.
            let swept = self.work(Work::Sweep(build.swept())).await;
            if let Err(error) = swept {
                tracing::warn!(%error, "a half-built table is left until the next start");
            }
        }
        outcome
    }

    /// Takes away what a rebuild left that was killed; not if one is under way.
    pub(crate) async fn sweep(&self) -> Result<(), StoreError> {
        let sql = "SELECT noun, name, building FROM views WHERE building IS NOT NULL";
        let left = self.read(sql, vec![]).await?;
        if left.is_empty() || !self.nobody_rebuilds().await? {
            return Ok(());
        }
        for row in left {
            let (noun, building) = (row.text(0), row.text(2));
            let mut statements = Vec::new();
            let ours = self.view(&noun).is_some_and(|view| view.table.name == building);
            if building != row.text(1) && !ours {
                let sql = format!("DROP TABLE IF EXISTS {building}");
                statements.push(Statement::new(sql, vec![]));
                let sql = "DELETE FROM rollups WHERE view = $1";
                statements.push(Statement::new(sql, vec![building.clone().into()]));
            }
            let sql = "UPDATE views SET building = NULL WHERE noun = $1";
            statements.push(Statement::new(sql, vec![noun.clone().into()]));
            let sweep = Sweep { noun, building, statements };
            self.work(Work::Sweep(sweep)).await.map_err(failed)?;
        }
        Ok(())
    }

    async fn claim_rebuild(&self) -> Result<Claim, StoreError> {
        match &self.engine {
            Engine::Sqlite(engine) => {
                let file = engine.rebuild_file()?;
                let locked = tokio::task::spawn_blocking(move || file.lock().map(|()| file)).await;
                let locked = locked.map_err(|e| StoreError::Engine(e.to_string()))?;
                let file = locked.map_err(|e| StoreError::Engine(e.to_string()))?;
                Ok(Claim::File { _locked: file })
            }
            Engine::Postgres(engine) => {
                let client = engine.connect().await?;
                client.execute("SELECT pg_advisory_lock($1)", &[&REBUILD_LOCK]).await?;
                Ok(Claim::Session(client))
            }
        }
    }

    async fn nobody_rebuilds(&self) -> Result<bool, StoreError> {
        match &self.engine {
            Engine::Sqlite(engine) => Ok(engine.rebuild_file()?.try_lock().is_ok()),
            Engine::Postgres(engine) => {
                let client = engine.connect().await?;
                let sql = "SELECT pg_try_advisory_lock($1)";
                Ok(client.query_one(sql, &[&REBUILD_LOCK]).await?.get(0))
            }
        }
    }

    async fn ends(&self) -> Result<Ends, StoreError> {
        Ok(ends_of(&self.read(ENDS_SQL, vec![]).await?))
    }
}

/// A rebuild under way.
struct Build<'a> {
    store: &'a Store,
    claim: Claim,
    view: View,
    serving: String,
    target: String,
    compare: bool,
}

impl Build<'_> {
    async fn run(&self, mut progress: impl FnMut(usize)) -> Result<Rebuilt, StoreError> {
        self.begin().await?;
        let mut ends = self.store.ends().await?;
        let (mut records, mut done, mut after) = (0, 0, Id::NONE);
        loop {
            let ids = self.next_entities(after).await?;
            let Some(last) = ids.last().copied() else { break };
            (after, done) = (last, done + ids.len());
            records += self.refold(&Ends::new(), &ends, ids).await?;
            progress(done);
        }
        self.index().await?;
        for _ in 0..LATE_PASSES_MAX {
            let now = self.store.ends().await?;
            let ids = self.late(&ends, &now).await?;
            for chunk in ids.chunks(REBUILD_CHUNK) {
                records += self.refold(&ends, &now, chunk.to_vec()).await?;
            }
            ends = now;
            if ids.len() <= REBUILD_CHUNK {
                break;
            }
        }
        if records == 0 {
            self.be_sure_of_none(&ends).await?;
        }
        self.swap(ends, records).await
    }

    /// Refuses to put an empty table in the place of one that serves while the log, asked in
    /// another way, has what should be in it.
    async fn be_sure_of_none(&self, ends: &Ends) -> Result<(), StoreError> {
        let (noun, plan) = (self.view.noun, &self.store.plan);
        for row in self.store.read(KINDS_SQL, vec![]).await? {
            let (kind, first) = (row.text(0), u64::try_from(row.int(2)).unwrap_or(0));
            let there = ends.get(&row.id(1)).is_some_and(|end| first <= *end);
            if there && plan.view_of(&kind).is_some_and(|view| view.noun == noun) {
                return Err(StoreError::Engine(format!(
                    "there are records of {noun}, such as {kind}, and none of them was folded: \
                     its table is left as it was"
                )));
            }
        }
        Ok(())
    }

    async fn begin(&self) -> Result<(), StoreError> {
        let (name, target) = (self.view.table.name.as_ref(), self.target.as_str());
        let create = statements(self.view.sql).filter(|s| s.starts_with("CREATE TABLE"));
        let mut work = vec![
            Statement::new(format!("DROP TABLE IF EXISTS {target}"), vec![]),
            Statement::new("DELETE FROM rollups WHERE view = $1", vec![target.into()]),
        ];
        work.extend(create.map(|s| Statement::new(s.replace(name, target), vec![])));
        let sql = "UPDATE views SET building = $1 WHERE noun = $2";
        work.push(Statement::new(sql, vec![target.into(), self.view.noun.into()]));
        self.store.run(work).await
    }

    /// What takes a half-built table away again.
    fn swept(&self) -> Sweep {
        let (noun, target) = (self.view.noun.to_owned(), self.target.as_str());
        let mut work = vec![Statement::new(format!("DROP TABLE IF EXISTS {target}"), vec![])];
        let sql = "DELETE FROM rollups WHERE view = $1";
        work.push(Statement::new(sql, vec![target.into()]));
        if target == self.view.table.name {
            work.extend(statements(self.view.sql).map(|s| Statement::new(s.to_owned(), vec![])));
        }
        let sql = "UPDATE views SET building = NULL WHERE noun = $1";
        work.push(Statement::new(sql, vec![noun.clone().into()]));
        Sweep { noun, building: target.to_owned(), statements: work }
    }

    async fn next_entities(&self, after: Id) -> Result<Vec<Id>, StoreError> {
        let sql = "SELECT DISTINCT entity FROM records \
                   WHERE entity > $1 AND SUBSTR(kind, 1, $2) = $3 ORDER BY entity LIMIT $4";
        let limit = i64::try_from(REBUILD_CHUNK).unwrap_or(i64::MAX);
        let [length, begin] = kinds(self.view.noun);
        let rows = self.store.read(sql, vec![after.into(), length, begin, limit.into()]).await?;
        Ok(rows.iter().map(|row| row.id(0)).collect())
    }

    async fn late(&self, from: &Ends, to: &Ends) -> Result<Vec<Id>, StoreError> {
        let (sql, ranges) = late(self.view.noun, from, to);
        let mut ids = Vec::new();
        for range in ranges {
            ids.extend(self.store.read(sql, range).await?.iter().map(|row| row.id(0)));
        }
        ids.sort_unstable();
        ids.dedup();
        Ok(ids)
    }

    fn piece(&self, from: &Ends, to: &Ends, entities: Vec<Id>) -> Refold {
        let (noun, target) = (self.view.noun, self.target.clone());
        Refold { noun, target, from: from.clone(), to: to.clone(), entities }
    }

    async fn refold(&self, from: &Ends, to: &Ends, entities: Vec<Id>) -> Result<usize, StoreError> {
        let work = Work::Refold(self.piece(from, to, entities));
        self.store.work(work).await.map(|done| done.records).map_err(failed)
    }

    /// Indexes the filled table before the swap, so that its lock is short. The embedded engine
    /// cannot rename an index: there the one of the same version is indexed within the swap.
    async fn index(&self) -> Result<(), StoreError> {
        let (name, target) = (self.view.table.name.as_ref(), self.target.as_str());
        let indexes = indexes(&self.view);
        match &self.claim {
            Claim::Session(client) => {
                for sql in indexes {
                    client.batch_execute(&sql.replace(name, target)).await?;
                }
                Ok(())
            }
            Claim::File { .. } if name == target => {
                let work = indexes.map(|s| Statement::new(s.to_owned(), vec![])).collect();
                self.store.run(work).await
            }
            Claim::File { .. } => Ok(()),
        }
    }

    async fn swap(&self, from: Ends, records: usize) -> Result<Rebuilt, StoreError> {
        let apart = Arc::new(AtomicU64::new(0));
        let swap = Swap {
            refold: self.piece(&from, &Ends::new(), Vec::new()),
            compare: if self.compare { self.comparing() } else { Vec::new() },
            statements: self.swapping(),
            apart: apart.clone(),
        };
        let late = match self.store.work(Work::Swap(swap)).await {
            Ok(done) => done.records,
            Err(error) if self.serves().await => {
                tracing::warn!(%error, "the new table serves, though the answer was lost");
                0
            }
            Err(error) => return Err(failed(error)),
        };
        Ok(Rebuilt { records: records + late, apart: apart.load(Ordering::SeqCst) })
    }

    /// Whether the table that was built serves: it is named so within the swap only.
    async fn serves(&self) -> bool {
        let serving = self.store.serving(self.view.noun).await;
        serving.is_ok_and(|serving| serving.as_ref() == Some(&self.target))
    }

    fn swapping(&self) -> Vec<Statement> {
        let (name, serving, target) =
            (self.view.table.name.as_ref(), self.serving.as_str(), self.target.as_str());
        let mut work = vec![
            Statement::new(format!("DROP TABLE IF EXISTS {serving}"), vec![]),
            Statement::new("DELETE FROM rollups WHERE view = $1", vec![serving.into()]),
        ];
        if target != name {
            work.push(Statement::new(format!("ALTER TABLE {target} RENAME TO {name}"), vec![]));
            let sql = "UPDATE rollups SET view = $1 WHERE view = $2";
            work.push(Statement::new(sql, vec![name.into(), target.into()]));
            let named = |s: &'static str| {
                s.strip_prefix("CREATE INDEX IF NOT EXISTS ")?.split_whitespace().next()
            };
            let built = if self.store.is_embedded() { None } else { Some(indexes(&self.view)) };
            for index in built.into_iter().flatten().filter_map(named) {
                let built = index.replace(name, target);
                let sql = format!("ALTER INDEX {built} RENAME TO {index}");
                work.push(Statement::new(sql, vec![]));
            }
        }
        let noted = "UPDATE views SET name = $1, building = NULL WHERE noun = $2";
        work.push(Statement::new(noted, vec![name.into(), self.view.noun.into()]));
        work.extend(statements(self.view.sql).map(|s| Statement::new(s.to_owned(), vec![])));
        work
    }

    /// How many rows and totals are in one of the two and not in the other. Tables of two versions
    /// have nothing to be compared by.
    fn comparing(&self) -> Vec<Statement> {
        let (serving, target) = (self.serving.as_str(), self.target.as_str());
        if serving != self.view.table.name {
            return Vec::new();
        }
        let columns = self.view.table.column_names();
        let rows = |a: &str, b: &str| {
            let sql = format!(
                "SELECT COUNT(*) FROM (SELECT {columns} FROM {a} \
                 EXCEPT SELECT {columns} FROM {b}) AS apart"
            );
            Statement::new(sql, vec![])
        };
        let totals = |a: &str, b: &str| {
            let of = |mark: &str| {
                format!(
                    "SELECT area, key, SUM(n) FROM rollups WHERE view = {mark} \
                     GROUP BY area, key HAVING SUM(n) <> 0"
                )
            };
            let sql = format!("SELECT COUNT(*) FROM ({} EXCEPT {}) AS apart", of("$1"), of("$2"));
            Statement::new(sql, vec![a.into(), b.into()])
        };
        vec![
            rows(serving, target),
            rows(target, serving),
            totals(serving, target),
            totals(target, serving),
        ]
    }
}

/// What indexes a view's own table: a room may write one script for several.
fn indexes(view: &View) -> impl Iterator<Item = &'static str> {
    let on = format!(" ON {} ", view.table.name);
    statements(view.sql).filter(move |s| s.starts_with("CREATE INDEX") && s.contains(&on))
}

pub(crate) fn ends_of(rows: &[Row]) -> Ends {
    rows.iter().map(|row| (row.id(0), u64::try_from(row.int(1)).unwrap_or(0))).collect()
}

/// The kinds of a noun begin with so many characters, and with these. They are compared for being
/// equal only: what is less or greater goes by the collation of the database, and there is one in
/// which a dot counts for nothing.
fn kinds(noun: &str) -> [Value; 2] {
    let begin = format!("{noun}.");
    [i64::try_from(begin.chars().count()).unwrap_or(i64::MAX).into(), begin.into()]
}

/// What finds the entities of a noun with records between two ends, a query for each chain.
pub(crate) fn late(noun: &str, from: &Ends, to: &Ends) -> (&'static str, Vec<Vec<Value>>) {
    let sql = "SELECT DISTINCT entity FROM records WHERE writer = $1 AND seq > $2 AND seq <= $3 \
               AND SUBSTR(kind, 1, $4) = $5";
    let grown = to.iter().filter_map(|(writer, end)| {
        let begin = from.get(writer).copied().unwrap_or(0);
        let [length, alike] = kinds(noun);
        (begin < *end)
            .then(|| vec![(*writer).into(), seq_value(begin), seq_value(*end), length, alike])
    });
    (sql, grown.collect())
}
