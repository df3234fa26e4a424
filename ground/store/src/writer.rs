//! The writer: takes whatever waits, has it decided and made durable in one transaction, answers.
//! It never answers before the commit, never keeps half a batch, and lets no act fail for another.

use std::collections::BTreeSet;
use std::error::Error;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use record::{Clock, HASH_BYTES, Hash, Id};
use tokio::sync::mpsc;

use crate::batch::{Assembled, Chain, Loaded, assemble, seq_value};
use crate::change::{AppendError, Work};
use crate::schema::CORE_SQL;
use crate::settle::{OnPostgres, OnSqlite};
use crate::table::Plan;
use crate::{Database, Engine, Job, Now, Opening, Row, StoreError, Value, postgres, sqlite};

/// Most acts in one transaction: more would make the first of them wait too long.
const BATCH_MAX: usize = 512;

/// The end of a writer's chain.
pub(crate) const LAST_SQL: &str =
    "SELECT seq, hash, clock FROM records WHERE writer = $1 ORDER BY seq DESC LIMIT 1";
const WRITER_SQL: &str = "INSERT INTO writers (writer, public, opened_ms, signature, node) \
                          VALUES ($1, $2, $3, $4, $5) ON CONFLICT (writer) DO NOTHING";
const RETIRED_SQL: &str =
    "SELECT retired_seq FROM writers WHERE writer = $1 AND retired_seq IS NOT NULL";

/// What a writer keeps between batches.
pub(crate) struct Desk {
    pub plan: Arc<Plan>,
    pub chain: Chain,
    now: Now,
    /// Nouns whose table of this version has served: should another serve one day, a newer version
    /// has taken over.
    served: BTreeSet<&'static str>,
}

/// Opens the engine and starts its writer.
pub(crate) async fn start(
    opening: Opening,
    plan: Arc<Plan>,
    jobs: mpsc::Receiver<Job>,
) -> Result<Engine, StoreError> {
    let scripts: Vec<&str> = std::iter::once(CORE_SQL)
        .chain(plan.views.iter().map(|v| v.sql))
        .chain(plan.drawers.iter().map(|d| d.sql))
        .collect();
    let id = opening.signer.writer();
    let d = &opening.delegation;
    let announce: Vec<Value> = vec![
        id.into(),
        d.public.into(),
        d.opened_ms.into(),
        d.signature.into(),
        opening.node.into(),
    ];
    let mut desk = Desk {
        plan,
        chain: Chain { signer: opening.signer, seq: 0, hash: [0; HASH_BYTES], clock: Clock(0) },
        now: opening.now,
        served: BTreeSet::new(),
    };
    match &opening.database {
        Database::Sqlite(path) => {
            let engine = sqlite::Sqlite::new(path);
            let conn = engine.writer()?;
            sqlite::create(&conn, &scripts)?;
            if !sqlite::query(&conn, RETIRED_SQL, &[id.into()])?.is_empty() {
                return Err(StoreError::Retired);
            }
            conn.prepare(&WRITER_SQL.replace('$', "?"))?
                .execute(rusqlite::params_from_iter(&announce))?;
            desk.recall(sqlite::query(&conn, LAST_SQL, &[id.into()])?.first());
            let writer = OnSqlite { engine: engine.clone(), conn, desk };
            std::thread::Builder::new()
                .name("writer".to_owned())
                .spawn(move || run_sqlite(writer, jobs))
                .map_err(|e| StoreError::Engine(e.to_string()))?;
            Ok(Engine::Sqlite(engine))
        }
        Database::Postgres(url) => {
            let engine = postgres::Postgres::new(url)?;
            let client = engine.writer(id).await?;
            postgres::create(&client, &scripts).await?;
            if !engine.read(RETIRED_SQL, &[id.into()]).await?.is_empty() {
                return Err(StoreError::Retired);
            }
            let params: Vec<_> = announce.iter().map(|v| v as _).collect();
            client.execute(WRITER_SQL, &params).await?;
            desk.recall(engine.read(LAST_SQL, &[id.into()]).await?.first());
            let writer = OnPostgres::new(engine.clone(), client, desk);
            tokio::spawn(run_postgres(writer, jobs));
            Ok(Engine::Postgres(Box::new(engine)))
        }
    }
}

fn run_sqlite(mut writer: OnSqlite, mut jobs: mpsc::Receiver<Job>) {
    let mut next = None;
    while let Some(first) = next.take().or_else(|| jobs.blocking_recv()) {
        let (works, replies) = gather(first, &mut jobs, &mut next);
        match writer.settle(&works) {
            Err(error) if works.len() > 1 && one_may_pass(&error) => {
                // One bad act must not fail everyone's: each is tried by itself.
                for (work, reply) in works.iter().zip(replies) {
                    answer(writer.settle(std::slice::from_ref(work)), vec![reply]);
                }
            }
            outcome => answer(outcome, replies),
        }
    }
}

async fn run_postgres(mut writer: OnPostgres, mut jobs: mpsc::Receiver<Job>) {
    let mut next = None;
    loop {
        let first = match next.take() {
            Some(job) => job,
            None => match jobs.recv().await {
                Some(job) => job,
                None => break,
            },
        };
        let (works, replies) = gather(first, &mut jobs, &mut next);
        match writer.settle(&works).await {
            Err(error) if works.len() > 1 && one_may_pass(&error) => {
                for (work, reply) in works.iter().zip(replies) {
                    answer(writer.settle(std::slice::from_ref(work)).await, vec![reply]);
                }
            }
            outcome => answer(outcome, replies),
        }
    }
}

impl Desk {
    pub fn assemble(&mut self, loaded: Loaded, works: &[Work]) -> Result<Assembled, StoreError> {
        for view in &self.plan.views {
            match loaded.serving.get(view.noun) {
                Some(serving) if *serving == view.table.name => {
                    self.served.insert(view.noun);
                }
                Some(_) if self.served.contains(view.noun) => return Err(StoreError::Superseded),
                _ => {}
            }
        }
        let mut seed = [0; 32];
        // Without chance the salts are guessable but nothing sealed is: keys are made elsewhere.
        let _ = getrandom::fill(&mut seed);
        let now_ms = (self.now)();
        let decided = || assemble(&self.plan, &self.chain, loaded, works, now_ms, &seed);
        // A bug in a rule or a fold is one act's failure. Nothing it touched is kept: neither the
        // chain here nor the transaction around it.
        catch_unwind(AssertUnwindSafe(decided))
            .map_err(|_| StoreError::Engine("a rule or a fold panicked".to_owned()))
    }

    /// Goes on from the end of the chain that is stored, whatever was believed before.
    pub fn recall(&mut self, last: Option<&Row>) {
        self.chain.seq = last.map_or(0, |row| u64::try_from(row.int(0)).unwrap_or(0));
        let hash: Option<Hash> = last.and_then(|row| row.bytes(1).try_into().ok());
        self.chain.hash = hash.unwrap_or([0; HASH_BYTES]);
        self.chain.clock = self.chain.clock.max(Clock(last.map_or(0, |row| row.int(2))));
    }

    pub fn writer(&self) -> Id {
        self.chain.signer.writer()
    }
}

type Reply = tokio::sync::oneshot::Sender<Result<crate::Committed, AppendError>>;

/// What waits goes into one batch; a swap of tables is a batch of its own.
fn gather(
    first: Job,
    jobs: &mut mpsc::Receiver<Job>,
    next: &mut Option<Job>,
) -> (Vec<Work>, Vec<Reply>) {
    let swaps = |job: &Job| matches!(job.work, Work::Swap(_));
    let alone = swaps(&first);
    let mut batch = vec![first];
    while !alone && batch.len() < BATCH_MAX {
        let Ok(job) = jobs.try_recv() else { break };
        if swaps(&job) {
            *next = Some(job);
            break;
        }
        batch.push(job);
    }
    batch.into_iter().map(|job| (job.work, job.reply)).unzip()
}

/// Tells each caller; a caller that has gone away is no reason to stop.
fn answer(outcome: Result<Assembled, StoreError>, replies: Vec<Reply>) {
    match outcome {
        Ok(assembled) => {
            for (reply, outcome) in replies.into_iter().zip(assembled.outcomes) {
                let _ = reply.send(outcome);
            }
        }
        Err(error) => {
            tracing::error!(%error, acts = replies.len(), "a batch was not written");
            let told = if is_full(&error) {
                AppendError::DiskFull
            } else {
                AppendError::Store(error.to_string())
            };
            for reply in replies {
                let _ = reply.send(Err(told.clone()));
            }
        }
    }
}

/// Whether the error may be of one act only.
fn one_may_pass(error: &StoreError) -> bool {
    !is_full(error) && !is_broken(error) && !matches!(error, StoreError::Superseded)
}

/// Whether another process was there first: try again with what is now known.
pub(crate) fn meets_another(error: &StoreError) -> bool {
    match error {
        StoreError::Sqlite(e) => matches!(
            e.sqlite_error_code(),
            Some(rusqlite::ErrorCode::ConstraintViolation | rusqlite::ErrorCode::DatabaseBusy)
        ),
        StoreError::Postgres(e) => e.code().is_some_and(|code| {
            // Unique violation, serialization failure, deadlock, a table renamed by a rebuild.
            matches!(code.code(), "23505" | "40001" | "40P01" | "42P01" | "0A000")
        }),
        _ => false,
    }
}

/// Whether the connection is gone or could not be had, or the server is about to take it away.
pub(crate) fn is_broken(error: &StoreError) -> bool {
    let error = match error {
        StoreError::Postgres(error) => error,
        StoreError::Away(_) => return true,
        _ => return false,
    };
    let said = error.code().map(tokio_postgres::error::SqlState::code);
    let network = error.source().is_some_and(|source| source.is::<std::io::Error>());
    // Also where the server has no room for one more connection.
    let is_away = |code: &str| code.starts_with("57P") || code.starts_with("08") || code == "53300";
    error.is_closed() || network || said.is_some_and(is_away)
}

fn is_full(error: &StoreError) -> bool {
    match error {
        StoreError::Sqlite(e) => matches!(
            e.sqlite_error_code(),
            Some(rusqlite::ErrorCode::DiskFull | rusqlite::ErrorCode::SystemIoFailure)
        ),
        StoreError::Postgres(e) => e.code().is_some_and(|code| code.code() == "53100"),
        _ => false,
    }
}

/// Marks which entry a head stands on, for reading heads back.
pub(crate) fn head_params(writer: Id, seq: u64) -> Vec<Value> {
    vec![writer.into(), seq_value(seq)]
}
