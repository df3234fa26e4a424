//! The writer: takes whatever waits, decides it, makes it durable in one transaction, answers.
//! It never answers before the commit, and never keeps half a batch.

use std::sync::Arc;

use record::{Clock, HASH_BYTES, Hash, Id};
use tokio::sync::mpsc;

use crate::batch::{Assembled, Chain, Loaded, assemble, seq_value};
use crate::change::{AppendError, Work};
use crate::schema::CORE_SQL;
use crate::table::Plan;
use crate::{Database, Engine, Job, Now, Opening, Row, StoreError, Value, postgres, sqlite};

/// Most acts in one transaction: more would make the first of them wait too long.
const BATCH_MAX: usize = 512;
/// How often a batch is tried when two processes meet.
const TRIES_MAX: usize = 5;

const LAST_SQL: &str = "SELECT seq, hash FROM records WHERE writer = $1 ORDER BY seq DESC LIMIT 1";
const CLOCK_SQL: &str = "SELECT MAX(clock) FROM records WHERE parked = FALSE";
const WRITER_SQL: &str = "INSERT INTO writers (writer, public, opened_ms, signature, node) \
                          VALUES ($1, $2, $3, $4, $5) ON CONFLICT (writer) DO NOTHING";

/// What a writer keeps between batches.
struct Desk {
    plan: Arc<Plan>,
    chain: Chain,
    now: Now,
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
    match &opening.database {
        Database::Sqlite(path) => {
            let engine = sqlite::Sqlite::new(path);
            let conn = engine.writer()?;
            sqlite::create(&conn, &scripts)?;
            conn.prepare(&WRITER_SQL.replace('$', "?"))?
                .execute(rusqlite::params_from_iter(&announce))?;
            let last = sqlite::query(&conn, LAST_SQL, &[id.into()])?;
            let clock = sqlite::query(&conn, CLOCK_SQL, &[])?;
            let chain = chain_from(&opening, last.first(), clock.first());
            let desk = Desk { plan, chain, now: opening.now };
            std::thread::Builder::new()
                .name("writer".to_owned())
                .spawn(move || run_sqlite(conn, desk, jobs))
                .map_err(|e| StoreError::Engine(e.to_string()))?;
            Ok(Engine::Sqlite(engine))
        }
        Database::Postgres(url) => {
            let engine = postgres::Postgres::new(url)?;
            let client = engine.writer().await?;
            postgres::create(&client, &scripts).await?;
            let params: Vec<_> = announce.iter().map(|v| v as _).collect();
            client.execute(WRITER_SQL, &params).await?;
            let last = engine.read(LAST_SQL, &[id.into()]).await?;
            let clock = engine.read(CLOCK_SQL, &[]).await?;
            let chain = chain_from(&opening, last.first(), clock.first());
            let desk = Desk { plan, chain, now: opening.now };
            tokio::spawn(run_postgres(engine.clone(), client, desk, jobs));
            Ok(Engine::Postgres(Box::new(engine)))
        }
    }
}

fn chain_from(opening: &Opening, last: Option<&Row>, clock: Option<&Row>) -> Chain {
    let hash: Hash = last.and_then(|row| row.bytes(1).try_into().ok()).unwrap_or([0; HASH_BYTES]);
    let seq = last.map_or(0, |row| u64::try_from(row.int(0)).unwrap_or(0));
    let clock = Clock(clock.map_or(0, |row| row.int(0)));
    Chain { signer: opening.signer.clone(), seq, hash, clock }
}

fn run_sqlite(mut conn: rusqlite::Connection, mut desk: Desk, mut jobs: mpsc::Receiver<Job>) {
    while let Some(first) = jobs.blocking_recv() {
        let batch = gather(first, &mut jobs);
        let (works, replies): (Vec<Work>, Vec<_>) =
            batch.into_iter().map(|job| (job.work, job.reply)).unzip();
        let mut outcome = try_sqlite(&mut conn, &desk, &works);
        for _ in 1..TRIES_MAX {
            if !matches!(&outcome, Err(e) if meets_another(e)) {
                break;
            }
            outcome = try_sqlite(&mut conn, &desk, &works);
        }
        answer(&mut desk, outcome, replies);
    }
}

fn try_sqlite(
    conn: &mut rusqlite::Connection,
    desk: &Desk,
    works: &[Work],
) -> Result<Assembled, StoreError> {
    let tx = conn.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    let loaded = sqlite::load(&tx, &desk.plan, works)?;
    let assembled = desk.assemble(loaded, works);
    if assembled.writes.is_empty() {
        return Ok(assembled);
    }
    sqlite::write(&tx, &assembled.writes, desk.chain.signer.writer())?;
    tx.commit()?;
    Ok(assembled)
}

async fn run_postgres(
    engine: postgres::Postgres,
    mut client: tokio_postgres::Client,
    mut desk: Desk,
    mut jobs: mpsc::Receiver<Job>,
) {
    let mut prepared = postgres::Prepared::default();
    while let Some(first) = jobs.recv().await {
        let batch = gather(first, &mut jobs);
        let (works, replies): (Vec<Work>, Vec<_>) =
            batch.into_iter().map(|job| (job.work, job.reply)).unzip();
        let mut outcome = try_postgres(&mut client, &mut prepared, &desk, &works).await;
        for _ in 1..TRIES_MAX {
            match &outcome {
                Err(e) if meets_another(e) => prepared = postgres::Prepared::default(),
                Err(_) if client.is_closed() => {
                    let Ok(fresh) = engine.writer().await else { break };
                    client = fresh;
                    prepared = postgres::Prepared::default();
                    // The old connection may have committed before it broke: begin from what is
                    // stored, and let the callers ask again rather than write twice.
                    desk.recall(&engine).await;
                    break;
                }
                _ => break,
            }
            outcome = try_postgres(&mut client, &mut prepared, &desk, &works).await;
        }
        answer(&mut desk, outcome, replies);
    }
}

async fn try_postgres(
    client: &mut tokio_postgres::Client,
    prepared: &mut postgres::Prepared,
    desk: &Desk,
    works: &[Work],
) -> Result<Assembled, StoreError> {
    let tx = client.transaction().await?;
    let loaded = postgres::load(&tx, prepared, &desk.plan, works).await?;
    let assembled = desk.assemble(loaded, works);
    if assembled.writes.is_empty() {
        return Ok(assembled);
    }
    postgres::write(&tx, prepared, &assembled.writes, desk.chain.signer.writer()).await?;
    tx.commit().await?;
    Ok(assembled)
}

impl Desk {
    fn assemble(&self, loaded: Loaded, works: &[Work]) -> Assembled {
        let mut seed = [0; 32];
        // Without chance the salts are guessable but nothing sealed is: keys are made elsewhere.
        let _ = getrandom::fill(&mut seed);
        assemble(&self.plan, &self.chain, loaded, works, (self.now)(), &seed)
    }

    /// Reads the chain's end again after a broken connection.
    async fn recall(&mut self, engine: &postgres::Postgres) {
        let id: Id = self.chain.signer.writer();
        if let Ok(rows) = engine.read(LAST_SQL, &[id.into()]).await
            && let Some(row) = rows.first()
        {
            self.chain.seq = u64::try_from(row.int(0)).unwrap_or(self.chain.seq);
            self.chain.hash = row.bytes(1).try_into().unwrap_or(self.chain.hash);
        }
    }
}

fn gather(first: Job, jobs: &mut mpsc::Receiver<Job>) -> Vec<Job> {
    let mut batch = vec![first];
    while batch.len() < BATCH_MAX {
        let Ok(job) = jobs.try_recv() else { break };
        batch.push(job);
    }
    batch
}

type Reply = tokio::sync::oneshot::Sender<Result<crate::Committed, AppendError>>;

/// Tells each caller; a caller that has gone away is no reason to stop.
fn answer(desk: &mut Desk, outcome: Result<Assembled, StoreError>, replies: Vec<Reply>) {
    match outcome {
        Ok(assembled) => {
            desk.chain = assembled.chain;
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

/// Whether another process was there first: try again with what is now known.
fn meets_another(error: &StoreError) -> bool {
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
