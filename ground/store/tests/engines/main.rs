//! The store's promises, on both engines: what is appended is read back, a refusal writes nothing,
//! a name is held once, order does not matter, a rebuild gives the same rows, tampering is found.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a failing test is a failing test"
)]

mod away;
mod rebuilding;
mod size;
mod trouble;
mod verifying;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use record::{Draft, Id, Payload, Record, Refusal, Shelled};
use store::{
    AppendError, Change, Column, Committed, Count, Database, Decision, Folded, Name, OnConflict,
    Plan, Statement, Store, Table, Value, View,
};
use testkit::Clock;

#[derive(minicbor::Encode, minicbor::Decode)]
struct Rung {
    #[n(0)]
    times: i64,
}
impl Payload for Rung {
    const KIND: &'static str = "bell.rung";
}

#[derive(minicbor::Encode, minicbor::Decode)]
struct Erased {}
impl Payload for Erased {
    const KIND: &'static str = "bell.erased";
}

fn fold(id: Id, records: &[Record]) -> Folded {
    // Deliberately sensitive to order: the last one rung is what the row shows.
    let (mut sum, mut last) = (0, 0);
    for rung in records.iter().filter_map(|r| r.read::<Rung>()) {
        sum += rung.times;
        last = rung.times;
    }
    let erased = records.iter().any(|r| r.kind == Erased::KIND);
    Folded {
        row: vec![id.into(), sum.into(), last.into(), erased.into()],
        counts: vec![
            Count { area: Id::NONE, key: "rung".into(), n: sum },
            Count { area: Id::NONE, key: format!("last/{last}").into(), n: 1 },
        ],
    }
}

fn plan_named(name: &'static str, sql: &'static str) -> Plan {
    let columns = &[
        ("id", Column::Bytes),
        ("rung", Column::Int),
        ("last", Column::Int),
        ("erased", Column::Bool),
    ];
    let table = Table { name: name.into(), key: 1, columns, on_conflict: OnConflict::Replace };
    Plan { views: vec![View { noun: "bell", table, sql, fold }], drawers: vec![] }
}

fn plan() -> Plan {
    plan_named(
        "bells_1",
        "CREATE TABLE IF NOT EXISTS bells_1 (id BYTEA PRIMARY KEY, rung BIGINT NOT NULL, \
         last BIGINT NOT NULL, erased BOOLEAN NOT NULL);\
         CREATE INDEX IF NOT EXISTS bells_1_rung ON bells_1 (rung)",
    )
}

fn bell(n: u8) -> Id {
    // Zeros are the id of nothing.
    Id([n + 1; 16])
}

fn ring(id: Id, times: i64) -> Change {
    Change::on(vec![id], move |_| {
        let draft = Draft::new(id, &Rung { times }).sealing(vec![9; 64]);
        Ok(Decision { drafts: vec![draft], ..Decision::default() })
    })
}

fn erase(id: Id) -> Change {
    Change::on(vec![id], move |_| {
        Ok(Decision { drafts: vec![Draft::new(id, &Erased {})], ..Decision::default() })
    })
}

/// All rows of the view and all totals: what two stores must agree on.
async fn shown(store: &Store) -> (Vec<store::Row>, Vec<store::Total>) {
    let rows = store.read("SELECT id, rung, last, erased FROM bells_1 ORDER BY id", vec![]).await;
    (rows.unwrap(), store.totals("bell", "").await.unwrap())
}

/// Runs a story on every engine, each in a fresh database.
fn on_both<F: Future<Output = ()>>(story: impl Fn(&'static str, Database) -> F) {
    let folder = tempfile::tempdir().unwrap();
    for (name, database) in testkit::databases(folder.path()) {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        runtime.block_on(story(name, database));
    }
}

fn on_postgres<F: Future<Output = ()>>(story: impl Fn(Database) -> F) {
    let story = &story;
    on_both(|engine, database| async move {
        if engine == "PostgreSQL" {
            story(database).await;
        }
    });
}

/// What became of these acts, which wait for the writer at the same time: an act before them keeps
/// it busy until the last of them is there.
async fn at_once(store: &Store, acts: Vec<Change>) -> Vec<Result<Committed, AppendError>> {
    let slow = Change::on(vec![], |_| {
        std::thread::sleep(std::time::Duration::from_millis(100));
        Ok(Decision::default())
    });
    let begun = std::iter::once(slow).chain(acts).map(|act| Box::pin(store.append(act)));
    let mut waiting: Vec<_> = begun.map(|act| (act, None)).collect();
    std::future::poll_fn(|context| {
        for (act, outcome) in waiting.iter_mut().filter(|(_, outcome)| outcome.is_none()) {
            if let std::task::Poll::Ready(done) = act.as_mut().poll(context) {
                *outcome = Some(done);
            }
        }
        let all = waiting.iter().all(|(_, outcome)| outcome.is_some());
        if all { std::task::Poll::Ready(()) } else { std::task::Poll::Pending }
    })
    .await;
    waiting.into_iter().skip(1).filter_map(|(_, outcome)| outcome).collect()
}

#[test]
fn what_is_appended_is_read_back_and_counted() {
    on_both(|engine, database| async move {
        let store = testkit::open(&database, plan(), &Clock::default(), 1).await.unwrap();
        store.append(ring(bell(1), 3)).await.unwrap();
        store.append(ring(bell(1), 2)).await.unwrap();
        store.append(ring(bell(2), 4)).await.unwrap();
        let (rows, totals) = shown(&store).await;
        assert_eq!(rows.iter().map(|r| r.int(1)).collect::<Vec<_>>(), [5, 4], "{engine}");
        let rung = totals.iter().find(|t| t.key == "rung").unwrap();
        assert_eq!(rung.n, 9, "{engine}");
        // The first bell's last moved from 3 to 2: the total moved with it.
        assert!(totals.iter().all(|t| t.key != "last/3"), "{engine}: {totals:?}");
        assert_eq!(store.records_of(bell(1)).await.unwrap().len(), 2);
    });
}

#[test]
fn a_refusal_writes_nothing_and_does_not_stop_its_neighbours() {
    on_both(|engine, database| async move {
        let store = testkit::open(&database, plan(), &Clock::default(), 1).await.unwrap();
        let no = Change::on(vec![bell(1)], |_| Err(Refusal::new("no-bells-today")));
        let (refused, rung) = tokio::join!(store.append(no), store.append(ring(bell(2), 1)));
        assert!(matches!(refused, Err(AppendError::Refused(r)) if r.code == "no-bells-today"));
        rung.unwrap();
        assert_eq!(shown(&store).await.0.len(), 1, "{engine}");
    });
}

#[test]
fn a_name_is_held_once_and_let_go_by_its_holder() {
    on_both(|engine, database| async move {
        let store = testkit::open(&database, plan(), &Clock::default(), 1).await.unwrap();
        let name = Name { space: "code", key: [7; 16] };
        store.append(ring(bell(1), 1).claiming(name.clone(), bell(1))).await.unwrap();
        let second = store.append(ring(bell(2), 1).claiming(name.clone(), bell(2))).await;
        assert!(matches!(second, Err(AppendError::Taken { entity, .. }) if entity == bell(1)));
        let held = store.append(ring(bell(1), 1).while_held(name.clone(), bell(1))).await;
        held.unwrap();
        let go = Decision { release: vec![bell(1)], ..Decision::default() };
        store.append(Change::writing(go)).await.unwrap();
        let gone = store.append(ring(bell(1), 1).while_held(name, bell(1))).await;
        assert!(matches!(gone, Err(AppendError::Gone)), "{engine}");
        assert_eq!(shown(&store).await.0.len(), 1, "the second bell never rang");
    });
}

#[test]
fn many_at_once_are_all_written_once_in_one_chain() {
    on_both(|engine, database| async move {
        let store = testkit::open(&database, plan(), &Clock::default(), 1).await.unwrap();
        let mut tasks = Vec::new();
        for n in 0..300u16 {
            let store = store.clone();
            let id = bell(u8::try_from(n % 50).unwrap());
            tasks.push(tokio::spawn(async move { store.append(ring(id, 1)).await }));
        }
        for task in tasks {
            task.await.unwrap().unwrap();
        }
        let verified = store.verify(None, |_| {}).await.unwrap();
        assert_eq!((verified.entries, verified.findings.len()), (300, 0), "{engine}");
        let rung = store.totals("bell", "rung").await.unwrap();
        assert_eq!(rung[0].n, 300, "{engine}");
    });
}

#[test]
fn two_processes_write_the_same_entity_without_losing_either() {
    on_both(|engine, database| async move {
        let clock = Clock::default();
        let one = testkit::open(&database, plan(), &clock, 1).await.unwrap();
        let two = testkit::open(&database, plan(), &clock, 2).await.unwrap();
        let mut tasks = Vec::new();
        for n in 0..100 {
            let store = if n % 2 == 0 { one.clone() } else { two.clone() };
            tasks.push(tokio::spawn(async move { store.append(ring(bell(1), 1)).await }));
        }
        for task in tasks {
            task.await.unwrap().unwrap();
        }
        let (rows, totals) = shown(&one).await;
        assert_eq!(rows[0].int(1), 100, "{engine}");
        assert_eq!(totals.iter().find(|t| t.key == "rung").unwrap().n, 100, "{engine}");
        let verified = one.verify(None, |_| {}).await.unwrap();
        assert_eq!((verified.writers, verified.findings.len()), (2, 0), "{engine}");
    });
}

#[test]
fn forgetting_takes_the_sealed_halves_and_every_signature_still_holds() {
    on_both(|engine, database| async move {
        let store = testkit::open(&database, plan(), &Clock::default(), 1).await.unwrap();
        store.append(ring(bell(1), 3)).await.unwrap();
        store.append(erase(bell(1))).await.unwrap();
        let records = store.records_of(bell(1)).await.unwrap();
        assert!(records.iter().all(|r| r.sealed.is_none()), "{engine}");
        let verified = store.verify(None, |_| {}).await.unwrap();
        assert_eq!((verified.forgotten, verified.findings.len()), (1, 0), "{engine}");
        assert_eq!(shown(&store).await.0[0].int(1), 3, "what was counted stays counted");
    });
}

#[test]
fn tampering_is_found() {
    on_both(|engine, database| async move {
        let store = testkit::open(&database, plan(), &Clock::default(), 1).await.unwrap();
        for n in 1..=3 {
            store.append(ring(bell(n), 1)).await.unwrap();
        }
        let sealed_away = "UPDATE records SET sealed = NULL WHERE seq = 2";
        store.run(vec![Statement::new(sealed_away, vec![])]).await.unwrap();
        let found = store.verify(None, |_| {}).await.unwrap().findings;
        assert!(found.len() == 1 && found[0].seq == 2, "{engine}: {found:?}");
        let plain = store.read("SELECT plain FROM records WHERE seq = 1", vec![]).await.unwrap();
        let mut bytes = plain[0].bytes(0);
        *bytes.last_mut().unwrap() ^= 1;
        let sql = "UPDATE records SET plain = $1 WHERE seq = 3";
        store.run(vec![Statement::new(sql, vec![bytes.into()])]).await.unwrap();
        let found = store.verify(None, |_| {}).await.unwrap().findings;
        assert!(found.iter().any(|f| f.seq == 3), "{engine}: {found:?}");
    });
}

#[test]
fn a_rebuild_while_serving_gives_the_same_rows_and_totals() {
    on_both(|engine, database| async move {
        let store = testkit::open(&database, plan(), &Clock::default(), 1).await.unwrap();
        for n in 0..60 {
            store.append(ring(bell(n), i64::from(n))).await.unwrap();
        }
        let spoil = "UPDATE bells_1 SET rung = 999 WHERE rung > 30";
        store.run(vec![Statement::new(spoil, vec![])]).await.unwrap();
        let writing = {
            let store = store.clone();
            tokio::spawn(async move {
                for n in 30..90 {
                    store.append(ring(bell(n), 1)).await.unwrap();
                }
            })
        };
        store.rebuild("bell", |_| {}).await.unwrap();
        writing.await.unwrap();
        let before = shown(&store).await;
        assert_eq!(before.0.len(), 90, "{engine}");
        assert_eq!(before.0.iter().map(|r| r.int(1)).sum::<i64>(), 1770 + 60, "{engine}");
        let folded = store.rebuild("bell", |_| {}).await.unwrap();
        assert_eq!(folded, 120, "{engine}");
        assert_eq!(shown(&store).await, before, "{engine}");
    });
}

#[test]
fn a_changed_view_is_built_beside_the_one_that_serves() {
    on_both(|engine, database| async move {
        let clock = Clock::default();
        let old = testkit::open(&database, plan(), &clock, 1).await.unwrap();
        for n in 0..20 {
            old.append(ring(bell(n), 1)).await.unwrap();
        }
        let next = plan_named(
            "bells_2",
            "CREATE TABLE IF NOT EXISTS bells_2 (id BYTEA PRIMARY KEY, rung BIGINT NOT NULL, \
             last BIGINT NOT NULL, erased BOOLEAN NOT NULL)",
        );
        let new = testkit::open(&database, next, &clock, 2).await.unwrap();
        assert_eq!(new.changed_views().await.unwrap(), ["bell"]);
        assert_eq!(shown(&old).await.0.len(), 20, "{engine}: the old one serves meanwhile");
        new.rebuild("bell", |_| {}).await.unwrap();
        new.append(ring(bell(99), 5)).await.unwrap();
        let rows = new.read("SELECT rung FROM bells_2 ORDER BY id", vec![]).await.unwrap();
        assert_eq!(rows.len(), 21, "{engine}");
        let rung = new.totals("bell", "rung").await.unwrap();
        assert_eq!(rung[0].n, 25, "{engine}");
        assert!(new.changed_views().await.unwrap().is_empty());
    });
}

#[test]
fn a_record_dated_far_ahead_is_parked_until_its_time() {
    on_both(|engine, database| async move {
        let ahead = Clock::default();
        ahead.pass_ms(60 * 60 * 1000);
        let folder = tempfile::tempdir().unwrap();
        let elsewhere = Database::Sqlite(folder.path().join("ahead.sqlite"));
        let other = testkit::open(&elsewhere, plan(), &ahead, 7).await.unwrap();
        other.append(ring(bell(1), 1)).await.unwrap();
        let clock = Clock::default();
        let store = testkit::open(&database, plan(), &clock, 1).await.unwrap();
        store.admit(log_of(&other).await).await.unwrap();
        assert!(shown(&store).await.0.is_empty(), "{engine}");
        assert_eq!(store.unpark().await.unwrap(), 0);
        clock.pass_ms(50 * 60 * 1000);
        assert_eq!(store.unpark().await.unwrap(), 1, "{engine}");
        assert_eq!(shown(&store).await.0.len(), 1, "{engine}");
    });
}

async fn log_of(store: &Store) -> Vec<Shelled> {
    let sql = "SELECT entry, envelope, plain, sealed FROM records ORDER BY writer, seq";
    let rows = store.read(sql, vec![]).await.unwrap();
    let read = |row: &store::Row| {
        Shelled::read(row.bytes(0), row.bytes(1), row.bytes(2), row.opt_bytes(3)).unwrap().1
    };
    rows.iter().map(read).collect()
}

/// Proof 5 of the ground: any interleaving of the same records, and a rebuild, give identical rows
/// and totals, on both engines.
#[test]
fn any_order_of_the_same_records_gives_the_same_rows() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let folder = tempfile::tempdir().unwrap();
    // Three writers with clocks apart, some entities erased in the middle.
    let log = runtime.block_on(async {
        let mut log = Vec::new();
        for writer in 1..=3u8 {
            let clock = Clock::default();
            clock.pass_ms(i64::from(writer) * 700);
            let path = folder.path().join(format!("writer{writer}.sqlite"));
            let database = Database::Sqlite(path);
            let store = testkit::open(&database, plan(), &clock, writer).await.unwrap();
            for n in 0..12u8 {
                clock.pass_ms(i64::from(n % 4) * 300);
                store.append(ring(bell(n % 5), i64::from(n * writer))).await.unwrap();
                if n == 6 && writer == 2 {
                    store.append(erase(bell(3))).await.unwrap();
                }
            }
            log.extend(log_of(&store).await);
        }
        log
    });
    let tried = Arc::new(AtomicUsize::new(0));
    let expected = runtime.block_on(arrive(&folder.path().join("first"), &log, 1));
    let config = Config { cases: 12, ..Config::default() };
    let order = Just(log).prop_shuffle();
    TestRunner::new(config)
        .run(&(order, 1usize..8), |(log, chunk)| {
            let n = tried.fetch_add(1, Ordering::SeqCst);
            let path = folder.path().join(format!("order{n}"));
            let shown = runtime.block_on(arrive(&path, &log, chunk));
            prop_assert!(shown == expected, "{shown:?}\n{expected:?}");
            Ok(())
        })
        .unwrap();
}

type Everything = Vec<(Vec<Vec<Value>>, Vec<store::Total>)>;

/// Admits the records in this order, in pieces, on every engine; then rebuilds. Everything shown.
async fn arrive(folder: &std::path::Path, log: &[Shelled], chunk: usize) -> Everything {
    std::fs::create_dir_all(folder).unwrap();
    let mut all = Vec::new();
    for (_, database) in testkit::databases(folder) {
        let clock = Clock::default();
        clock.pass_ms(60_000);
        let store = testkit::open(&database, plan(), &clock, 9).await.unwrap();
        for piece in log.chunks(chunk) {
            store.admit(piece.to_vec()).await.unwrap();
        }
        let (rows, totals) = shown(&store).await;
        all.push((values(rows), totals));
        store.rebuild("bell", |_| {}).await.unwrap();
        let (rows, totals) = shown(&store).await;
        all.push((values(rows), totals));
    }
    assert!(all.windows(2).all(|pair| pair[0] == pair[1]), "engines or rebuild differ: {all:?}");
    all.truncate(1);
    all
}

/// SQLite gives booleans back as numbers: the same thing, said otherwise.
fn values(rows: Vec<store::Row>) -> Vec<Vec<Value>> {
    let plain = |value| if let Value::Bool(b) = value { Value::Int(i64::from(b)) } else { value };
    rows.into_iter().map(|row| row.0.into_iter().map(plain).collect()).collect()
}
