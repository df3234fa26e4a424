//! When something goes wrong: one bad act among good ones, a broken connection, clocks apart, a
//! second record for the same place.

use super::*;

fn statement(sql: &'static str, params: Vec<Value>) -> Statement {
    Statement::new(sql, params)
}

fn doing(statements: Vec<Statement>) -> Change {
    Change::writing(Decision { statements, ..Decision::default() })
}

fn drawer() -> Table {
    let columns = &[("key", Column::Text), ("n", Column::Int)];
    Table { name: "drawer".into(), key: 1, columns, on_conflict: OnConflict::Replace }
}

fn keeping() -> Table {
    Table { on_conflict: OnConflict::Keep, ..drawer() }
}

fn plan_with_drawer() -> Plan {
    let sql = "CREATE TABLE IF NOT EXISTS drawer (key TEXT PRIMARY KEY, n BIGINT NOT NULL)";
    let drawer = store::Drawer { table: drawer(), sql, kept_in_backup: true };
    Plan { drawers: vec![drawer], ..plan() }
}

fn put(table: Table, key: &str, n: i64) -> store::Put {
    store::Put { table, row: vec![key.into(), n.into()] }
}

#[test]
fn one_bad_act_does_not_fail_its_neighbours() {
    on_both(|engine, database| async move {
        let store = testkit::open(&database, plan(), &Clock::default(), 1).await.unwrap();
        // A slow act first, so that the others wait for company.
        let slow = Change::on(vec![], |_| {
            std::thread::sleep(std::time::Duration::from_millis(200));
            Ok(Decision::default())
        });
        let first = store.clone();
        tokio::spawn(async move { first.append(slow).await });
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        let mut tasks = Vec::new();
        for n in 0..60u8 {
            let store = store.clone();
            let act = match n % 20 {
                7 => doing(vec![statement(
                    "DELETE FROM no_such_table WHERE id = $1",
                    vec![n.to_string().into()],
                )]),
                13 => {
                    let row = vec![Value::Null, Value::Null, Value::Null];
                    let put = store::Put { table: store::CLAIMS, row };
                    Change::writing(Decision { puts: vec![put], ..Decision::default() })
                }
                _ => ring(bell(n), 1),
            };
            tasks.push(tokio::spawn(async move { (n, store.append(act).await) }));
        }
        for task in tasks {
            let (n, outcome) = task.await.unwrap();
            let bad = matches!(n % 20, 7 | 13);
            assert_eq!(outcome.is_err(), bad, "{engine}: act {n}: {outcome:?}");
        }
        assert_eq!(shown(&store).await.0.len(), 54, "{engine}");
        let verified = store.verify(None, |_| {}).await.unwrap();
        assert_eq!((verified.entries, verified.findings), (54, vec![]), "{engine}");
    });
}

#[test]
fn a_nul_in_a_text_is_left_out_on_both_engines() {
    on_both(|engine, database| async move {
        let store =
            testkit::open(&database, plan_with_drawer(), &Clock::default(), 1).await.unwrap();
        let puts = vec![put(drawer(), "a\0b", 1)];
        store.append(Change::writing(Decision { puts, ..Decision::default() })).await.unwrap();
        let rows = store.read("SELECT key FROM drawer", vec![]).await.unwrap();
        assert_eq!(rows[0].text(0), "ab", "{engine}");
    });
}

#[test]
fn a_row_put_after_a_statement_of_the_same_batch_stays() {
    on_both(|engine, database| async move {
        let store =
            testkit::open(&database, plan_with_drawer(), &Clock::default(), 1).await.unwrap();
        let delete = || statement("DELETE FROM drawer WHERE key = $1", vec!["a".into()]);
        // In one act rows come first; acts that come together are done in their order.
        let acts = [
            Decision { puts: vec![put(drawer(), "a", 1)], ..Decision::default() },
            Decision { statements: vec![delete()], ..Decision::default() },
            Decision {
                puts: vec![put(drawer(), "a", 2), put(drawer(), "b", 1)],
                ..Decision::default()
            },
            Decision {
                puts: vec![put(keeping(), "c", 1), put(keeping(), "c", 2)],
                ..Decision::default()
            },
            Decision {
                puts: vec![put(drawer(), "b", 2), put(drawer(), "b", 3)],
                ..Decision::default()
            },
        ];
        // A slow act first, so that the others wait for company.
        let slow = Change::on(vec![], |_| {
            std::thread::sleep(std::time::Duration::from_millis(200));
            Ok(Decision::default())
        });
        let mut tasks = vec![slow];
        tasks.extend(acts.into_iter().map(Change::writing));
        let tasks: Vec<_> = tasks
            .into_iter()
            .map(|act| {
                let store = store.clone();
                Box::pin(async move { store.append(act).await })
            })
            .collect();
        together(tasks).await;
        let rows = store.read("SELECT key, n FROM drawer ORDER BY key", vec![]).await.unwrap();
        let shown: Vec<(String, i64)> = rows.iter().map(|r| (r.text(0), r.int(1))).collect();
        let expected = [("a", 2), ("b", 3), ("c", 1)].map(|(k, n)| (k.to_owned(), n));
        assert_eq!(shown, expected, "{engine}");
    });
}

/// Starts these in order, and waits for all of them.
async fn together<T>(mut tasks: Vec<std::pin::Pin<Box<impl Future<Output = T>>>>) {
    let mut left: Vec<usize> = (0..tasks.len()).collect();
    std::future::poll_fn(|context| {
        left.retain(|n| tasks[*n].as_mut().poll(context).is_pending());
        if left.is_empty() { std::task::Poll::Ready(()) } else { std::task::Poll::Pending }
    })
    .await;
}

#[test]
fn a_name_let_go_and_taken_again_in_one_batch_is_held() {
    on_both(|engine, database| async move {
        let store = testkit::open(&database, plan(), &Clock::default(), 1).await.unwrap();
        let name = Name { space: "code", key: [7; 16] };
        store.append(ring(bell(1), 1).claiming(name.clone(), bell(1))).await.unwrap();
        let slow = Change::on(vec![], |_| {
            std::thread::sleep(std::time::Duration::from_millis(200));
            Ok(Decision::default())
        });
        let go = Change::writing(Decision { release: vec![bell(1)], ..Decision::default() });
        let again = ring(bell(2), 1).claiming(name.clone(), bell(2));
        let tasks = [slow, go, again].map(|act| {
            let store = store.clone();
            Box::pin(async move { store.append(act).await.unwrap() })
        });
        together(tasks.into_iter().collect()).await;
        assert_eq!(store.holder(&name).await.unwrap(), Some(bell(2)), "{engine}");
    });
}

/// Two processes whose clocks are minutes apart: what is said after an answer stays after it.
#[test]
fn what_is_said_after_something_was_read_stands_after_it() {
    on_both(|engine, database| async move {
        let (ahead, behind) = (Clock::default(), Clock::default());
        ahead.pass_ms(10 * 60 * 1000);
        let one = testkit::open(&database, plan(), &ahead, 1).await.unwrap();
        let two = testkit::open(&database, plan(), &behind, 2).await.unwrap();
        one.append(ring(bell(1), 1)).await.unwrap();
        two.append(ring(bell(1), 2)).await.unwrap();
        one.append(ring(bell(1), 3)).await.unwrap();
        two.append(ring(bell(1), 4)).await.unwrap();
        let said: Vec<i64> = two
            .records_of(bell(1))
            .await
            .unwrap()
            .iter()
            .map(|r| r.read::<Rung>().unwrap().times)
            .collect();
        assert_eq!(said, [1, 2, 3, 4], "{engine}");
        assert_eq!(shown(&one).await.0[0].int(2), 4, "{engine}: the last one rung is shown");
    });
}

#[test]
fn a_second_record_for_a_known_place_never_overwrites_the_log() {
    let folder = tempfile::tempdir().unwrap();
    let forked = tokio::runtime::Runtime::new().unwrap().block_on(async {
        // The same key on two machines: two records for the first place of one chain.
        let mut logs = Vec::new();
        for n in [1, 2] {
            let path = folder.path().join(format!("fork{n}.sqlite"));
            let store = testkit::open(&Database::Sqlite(path), plan(), &Clock::default(), 7).await;
            let store = store.unwrap();
            store.append(ring(bell(n), i64::from(n))).await.unwrap();
            logs.push(log_of(&store).await);
        }
        logs
    });
    on_both(|engine, database| {
        let forked = forked.clone();
        async move {
            let clock = Clock::default();
            clock.pass_ms(1000);
            let store = testkit::open(&database, plan(), &clock, 1).await.unwrap();
            assert_eq!(store.admit(forked[0].clone()).await.unwrap(), 1);
            assert_eq!(store.admit(forked[1].clone()).await.unwrap(), 0, "{engine}");
            assert_eq!(store.admit(forked[0].clone()).await.unwrap(), 0, "{engine}");
            let rows = shown(&store).await.0;
            assert_eq!((rows.len(), rows[0].int(1)), (1, 1), "{engine}");
            let both = [forked[1].clone(), forked[0].clone()].concat();
            assert_eq!(store.admit(both).await.unwrap(), 0, "{engine}");
        }
    });
}

#[test]
fn a_spoilt_parked_record_does_not_hold_up_the_others() {
    on_both(|engine, database| async move {
        let folder = tempfile::tempdir().unwrap();
        let ahead = Clock::default();
        ahead.pass_ms(60 * 60 * 1000);
        let elsewhere = Database::Sqlite(folder.path().join("ahead.sqlite"));
        let other = testkit::open(&elsewhere, plan(), &ahead, 7).await.unwrap();
        other.append(ring(bell(1), 1)).await.unwrap();
        other.append(ring(bell(2), 1)).await.unwrap();
        let clock = Clock::default();
        let store = testkit::open(&database, plan(), &clock, 1).await.unwrap();
        store.admit(log_of(&other).await).await.unwrap();
        let spoil = "UPDATE records SET plain = $1 WHERE seq = 1";
        store.run(vec![statement(spoil, vec![vec![1u8, 2, 3].into()])]).await.unwrap();
        clock.pass_ms(50 * 60 * 1000);
        assert_eq!(store.unpark().await.unwrap(), 1, "{engine}");
        assert_eq!(shown(&store).await.0.len(), 1, "{engine}");
        assert_eq!(store.unpark().await.unwrap(), 0, "{engine}");
    });
}

#[test]
fn a_retired_writer_may_not_write_again() {
    on_both(|engine, database| async move {
        let store = testkit::open(&database, plan(), &Clock::default(), 1).await.unwrap();
        store.append(ring(bell(1), 1)).await.unwrap();
        let retire = statement(
            "UPDATE writers SET retired_seq = 1 WHERE writer = $1",
            vec![store.writer().into()],
        );
        store.run(vec![retire]).await.unwrap();
        drop(store);
        let again = testkit::open(&database, plan(), &Clock::default(), 1).await;
        assert!(matches!(again, Err(store::StoreError::Retired)), "{engine}");
        testkit::open(&database, plan(), &Clock::default(), 2).await.unwrap();
    });
}

/// The server takes every connection away again and again while eight lanes write.
#[test]
fn a_broken_connection_loses_nothing_and_doubles_nothing() {
    on_postgres(|database| async move {
        let store = testkit::open(&database, plan(), &Clock::default(), 1).await.unwrap();
        let done = Arc::new(AtomicUsize::new(0));
        let lanes: Vec<_> = (0..8u8)
            .map(|lane| {
                let (store, done) = (store.clone(), done.clone());
                tokio::spawn(async move {
                    let mut acknowledged = 0;
                    for _ in 0..120 {
                        match store.append(ring(bell(lane), 1)).await {
                            Ok(_) => acknowledged += 1,
                            Err(error) => eprintln!("not acknowledged: {error}"),
                        }
                    }
                    done.fetch_add(1, Ordering::SeqCst);
                    acknowledged
                })
            })
            .collect();
        let mut cuts = 0;
        while done.load(Ordering::SeqCst) < 8 {
            tokio::time::sleep(std::time::Duration::from_millis(43 + cuts % 17)).await;
            let cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
                       WHERE datname = current_database() AND pid <> pg_backend_pid()";
            // The reader that asks may be one that was cut off before.
            cuts += u64::from(store.read(cut, vec![]).await.is_ok());
        }
        let mut acknowledged = 0;
        for lane in lanes {
            acknowledged += lane.await.unwrap();
        }
        assert!(cuts > 3, "only {cuts} cuts");
        assert_eq!(acknowledged, 960, "each was tried again until it was written");
        // After a moment of quiet, the first act meets a dead connection.
        let mut rows = Err(());
        for _ in 0..20 {
            rows = store.totals("bell", "rung").await.map_err(|_| ());
            if rows.is_ok() {
                break;
            }
        }
        assert_eq!(rows.unwrap()[0].n, 960);
        store.append(ring(bell(1), 1)).await.unwrap();
        let verified = store.verify(None, |_| {}).await.unwrap();
        assert_eq!((verified.entries, verified.findings), (961, vec![]));
    });
}

#[test]
fn two_processes_with_one_key_never_write_at_once() {
    on_postgres(|database| async move {
        let one = testkit::open(&database, plan(), &Clock::default(), 1).await.unwrap();
        let two = testkit::open(&database, plan(), &Clock::default(), 1).await;
        let error = two.err().unwrap().to_string();
        assert!(error.contains("another process writes"), "{error}");
        one.append(ring(bell(1), 1)).await.unwrap();
    });
}

#[test]
fn housekeeping_is_done_soon_and_once_for_all_who_asked() {
    on_both(|engine, database| async move {
        let store =
            testkit::open(&database, plan_with_drawer(), &Clock::default(), 1).await.unwrap();
        store.append(ring(bell(1), 1)).await.unwrap();
        assert!(!store.owes_housekeeping(), "{engine}");
        let began = std::time::Instant::now();
        for _ in 0..100 {
            store.housekeep();
        }
        assert!(store.owes_housekeeping(), "{engine}: nobody waited for it");
        while store.owes_housekeeping() {
            assert!(began.elapsed() < store::HOUSEWORK_EVERY * 4, "{engine}: it was never done");
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
        let ran = store.housekeep_now().await.unwrap();
        let expected = if engine == "SQLite" { "wal_checkpoint" } else { "VACUUM FULL drawer" };
        assert!(ran.iter().any(|chore| chore.contains(expected)), "{engine}: {ran:?}");
    });
}

#[test]
fn what_is_said_to_be_received_is_durable_whatever_the_server_is_set_to() {
    on_postgres(|database| async move {
        let store = testkit::open(&database, plan(), &Clock::default(), 1).await.unwrap();
        let sql = "SELECT current_database()";
        let name = store.read(sql, vec![]).await.unwrap()[0].text(0);
        let off = format!("ALTER DATABASE {name} SET synchronous_commit = off");
        store.run(vec![Statement::new(off, vec![])]).await.unwrap();
        drop(store);
        let store = testkit::open(&database, plan(), &Clock::default(), 2).await.unwrap();
        let sql = "SELECT current_setting('synchronous_commit')";
        assert_eq!(store.read(sql, vec![]).await.unwrap()[0].text(0), "on");
        assert!(store.unsafe_settings().await.unwrap().is_empty());
    });
}

/// Folds as usual, until a bell is rung an unlucky number of times.
fn unlucky(id: Id, records: &[Record]) -> Folded {
    let rung = records.iter().filter_map(|r| r.read::<Rung>());
    assert!(rung.fold(0, |sum, rung| sum + rung.times) != 13, "a bug in a fold");
    fold(id, records)
}

#[test]
fn a_panic_in_a_rule_or_a_fold_is_one_acts_failure() {
    on_both(|engine, database| async move {
        let mut plan = plan();
        plan.views[0].fold = unlucky;
        let store = testkit::open(&database, plan, &Clock::default(), 1).await.unwrap();
        let act = |n: u8| match n {
            5 => ring(bell(n), 13),
            11 => Change::on(vec![bell(n)], |_| panic!("a bug in a rule")),
            _ => ring(bell(n), 1),
        };
        let outcomes = at_once(&store, (0..20).map(act).collect()).await;
        for (n, outcome) in outcomes.into_iter().enumerate() {
            assert_eq!(outcome.is_err(), matches!(n, 5 | 11), "{engine}: act {n}: {outcome:?}");
        }
        assert!(store.is_writing(), "{engine}");
        store.append(ring(bell(5), 1)).await.unwrap();
        assert_eq!(shown(&store).await.0.len(), 19, "{engine}");
        let verified = store.verify(None, |_| {}).await.unwrap();
        assert_eq!((verified.entries, verified.findings), (19, vec![]), "{engine}");
    });
}

struct Bomb;

impl Drop for Bomb {
    fn drop(&mut self) {
        panic!("a bug where nobody looks for one");
    }
}

#[test]
fn a_store_whose_writer_has_ended_says_so() {
    on_both(|engine, database| async move {
        let store = testkit::open(&database, plan(), &Clock::default(), 1).await.unwrap();
        assert!(store.is_writing(), "{engine}");
        let bomb = Bomb;
        let act = Change::on(vec![], move |_| {
            let _kept = &bomb;
            Ok(Decision::default())
        });
        let _ = store.append(act).await;
        for _ in 0..100 {
            if !store.is_writing() {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
        assert!(!store.is_writing(), "{engine}");
        store.append(ring(bell(1), 1)).await.unwrap_err();
    });
}

#[test]
fn housekeeping_that_was_refused_is_owed_until_it_is_done() {
    on_postgres(|database| async move {
        let Database::Postgres(url) = &database else { return };
        let impatient = format!("{url}?options=-c%20lock_timeout%3D200");
        let impatient = Database::Postgres(impatient);
        let store =
            testkit::open(&impatient, plan_with_drawer(), &Clock::default(), 1).await.unwrap();
        let (other, line) = tokio_postgres::connect(url, tokio_postgres::NoTls).await.unwrap();
        tokio::spawn(line);
        other.batch_execute("BEGIN; LOCK TABLE person_keys IN ACCESS SHARE MODE").await.unwrap();
        store.housekeep();
        let mut error = String::new();
        // Until then the round of the background keeps the house, and is refused itself.
        for _ in 0..50 {
            error = store.housekeep_now().await.unwrap_err().to_string();
            if error.contains("VACUUM FULL") {
                break;
            }
        }
        assert!(error.contains("VACUUM FULL person_keys: canceling"), "{error}");
        assert!(!error.contains("VACUUM FULL drawer"), "what could be done was done: {error}");
        assert!(store.owes_housekeeping());
        other.batch_execute("ROLLBACK").await.unwrap();
        for _ in 0..50 {
            if store.housekeep_now().await.is_ok() {
                break;
            }
        }
        assert!(!store.owes_housekeeping());
    });
}

/// A hosted database keeps its own write-ahead log: its users may not move it on.
#[test]
fn housekeeping_passes_over_what_is_not_for_this_user() {
    on_postgres(|database| async move {
        let Database::Postgres(url) = &database else { return };
        let (owner, name) = url.rsplit_once('/').unwrap();
        let (other, line) = tokio_postgres::connect(url, tokio_postgres::NoTls).await.unwrap();
        tokio::spawn(line);
        let sql = format!("CREATE ROLE {name} LOGIN; ALTER DATABASE {name} OWNER TO {name}");
        other.batch_execute(&sql).await.unwrap();
        let server = owner.split_once('@').unwrap().1;
        let plain = Database::Postgres(format!("postgres://{name}@{server}/{name}"));
        let store = testkit::open(&plain, plan_with_drawer(), &Clock::default(), 1).await.unwrap();
        let ran = store.housekeep_now().await.unwrap();
        assert!(ran.iter().any(|chore| chore == "VACUUM FULL person_keys"), "{ran:?}");
        assert!(!ran.iter().any(|chore| chore == "CHECKPOINT"), "{ran:?}");
    });
}
