//! Rebuilding while others write: processes of the same and of an older version, and a rebuild
//! that is cut short.

use super::*;

pub(super) fn next_plan() -> Plan {
    plan_named(
        "bells_2",
        "CREATE TABLE IF NOT EXISTS bells_2 (id BYTEA PRIMARY KEY, rung BIGINT NOT NULL, \
         last BIGINT NOT NULL, erased BOOLEAN NOT NULL);\
         CREATE INDEX IF NOT EXISTS bells_2_rung ON bells_2 (rung)",
    )
}

async fn rung(store: &Store) -> i64 {
    store.totals("bell", "rung").await.unwrap().first().map_or(0, |total| total.n)
}

/// The old version writes while the new one builds: its acts are in the new table, folded by the
/// new fold alone; it serves its own until then, and says what to do afterwards.
#[test]
fn an_older_version_serves_until_the_new_table_is_there_and_then_says_so() {
    on_both(|engine, database| async move {
        let clock = Clock::default();
        let old = testkit::open(&database, plan(), &clock, 1).await.unwrap();
        for n in 0..100 {
            old.append(ring(bell(n), 1)).await.unwrap();
        }
        let new = testkit::open(&database, next_plan(), &clock, 2).await.unwrap();
        let writing = {
            let old = old.clone();
            tokio::spawn(async move {
                for (acknowledged, n) in (0..).zip((0..120u8).cycle()) {
                    if let Err(error) = old.append(ring(bell(n), 1)).await {
                        return (acknowledged, error.to_string());
                    }
                }
                unreachable!("it writes until it is refused")
            })
        };
        assert_eq!(shown(&old).await.0.len() / 100, 1, "{engine}: the old table serves");
        new.rebuild("bell", |_| {}).await.unwrap();
        let (acknowledged, error) = writing.await.unwrap();
        assert!(error.contains("newer version"), "{engine}: {error}");
        assert_eq!(rung(&new).await, 100 + acknowledged, "{engine}");
        let rows = new.read("SELECT rung FROM bells_2", vec![]).await.unwrap();
        assert_eq!(rows.iter().map(|r| r.int(0)).sum::<i64>(), 100 + acknowledged, "{engine}");
        let read = old.read("SELECT id FROM bells_1", vec![]).await;
        assert!(read.unwrap_err().to_string().contains("newer version"), "{engine}");
        let again = new.rebuild_and_compare("bell", |_| {}).await.unwrap();
        assert_eq!(again.apart, 0, "{engine}");
    });
}

/// Two processes write, and a third rebuilds twice meanwhile, also over new and erased entities.
#[test]
fn what_others_commit_during_a_rebuild_is_in_the_new_table() {
    on_both(|engine, database| async move {
        let clock = Clock::default();
        let mut tasks = Vec::new();
        for seed in 1..=2u8 {
            let store = testkit::open(&database, plan(), &clock, seed).await.unwrap();
            tasks.push(tokio::spawn(async move {
                for n in 0..150u8 {
                    store.append(ring(bell(n.wrapping_mul(seed)), 1)).await.unwrap();
                    if n % 50 == 49 {
                        store.append(erase(bell(n))).await.unwrap();
                    }
                }
            }));
        }
        let store = testkit::open(&database, plan(), &clock, 3).await.unwrap();
        while tasks.iter().any(|task| !task.is_finished()) {
            store.rebuild("bell", |_| {}).await.unwrap();
        }
        for task in tasks {
            task.await.unwrap();
        }
        let before = shown(&store).await;
        assert_eq!(rung(&store).await, 300, "{engine}");
        let again = store.rebuild_and_compare("bell", |_| {}).await.unwrap();
        assert_eq!((again.apart, again.records), (0, 306), "{engine}");
        assert_eq!(shown(&store).await, before, "{engine}");
    });
}

#[test]
fn rebuilds_wait_for_each_other() {
    on_both(|engine, database| async move {
        let clock = Clock::default();
        let one = testkit::open(&database, plan(), &clock, 1).await.unwrap();
        let two = testkit::open(&database, plan(), &clock, 2).await.unwrap();
        for n in 0..100 {
            one.append(ring(bell(n), 1)).await.unwrap();
        }
        let rebuild =
            |store: Store| tokio::spawn(async move { store.rebuild("bell", |_| {}).await });
        for task in [rebuild(one.clone()), rebuild(two.clone()), rebuild(one.clone())] {
            assert_eq!(task.await.unwrap().unwrap(), 100, "{engine}");
        }
        assert_eq!((shown(&two).await.0.len(), rung(&two).await), (100, 100), "{engine}");
    });
}

#[test]
fn a_rebuild_says_what_was_not_as_it_should_be() {
    on_both(|engine, database| async move {
        let store = testkit::open(&database, plan(), &Clock::default(), 1).await.unwrap();
        for n in 0..5 {
            store.append(ring(bell(n), 1)).await.unwrap();
        }
        let sound = store.rebuild_and_compare("bell", |_| {}).await.unwrap();
        assert_eq!((sound.records, sound.apart), (5, 0), "{engine}");
        let spoil = "UPDATE bells_1 SET rung = 999 WHERE id = $1";
        let spoil = Statement::new(spoil, vec![bell(3).into()]);
        let total = "UPDATE rollups SET n = n + 1 WHERE key = 'rung' AND view = 'bells_1'";
        store.run(vec![spoil, Statement::new(total, vec![])]).await.unwrap();
        let found = store.rebuild_and_compare("bell", |_| {}).await.unwrap();
        assert_eq!(found.apart, 4, "{engine}: a row and a total, each here and not there");
        assert_eq!(store.rebuild_and_compare("bell", |_| {}).await.unwrap().apart, 0);
    });
}

/// A rebuild that fails, or was killed, leaves nothing that forgetting would not reach.
#[test]
fn a_rebuild_cut_short_leaves_nothing_behind() {
    on_both(|engine, database| async move {
        let clock = Clock::default();
        let store = testkit::open(&database, plan(), &clock, 1).await.unwrap();
        store.append(ring(bell(1), 1)).await.unwrap();
        // As a killed process leaves it.
        let left = [
            "CREATE TABLE bells_1_next (id BYTEA PRIMARY KEY)",
            "UPDATE views SET building = 'bells_1_next' WHERE noun = 'bell'",
        ];
        store.run(left.map(|sql| Statement::new(sql, vec![])).to_vec()).await.unwrap();
        let other = testkit::open(&database, plan(), &clock, 2).await.unwrap();
        assert!(other.read("SELECT id FROM bells_1_next", vec![]).await.is_err(), "{engine}");
        let building = "SELECT noun FROM views WHERE building IS NOT NULL";
        assert!(other.read(building, vec![]).await.unwrap().is_empty(), "{engine}");
        // One that fails midway: a record that cannot be read.
        let plain = store.read("SELECT plain FROM records", vec![]).await.unwrap()[0].bytes(0);
        let spoil = |bytes: Vec<u8>| {
            vec![Statement::new("UPDATE records SET plain = $1", vec![bytes.into()])]
        };
        store.run(spoil(vec![1])).await.unwrap();
        store.rebuild("bell", |_| {}).await.unwrap_err();
        assert!(store.read("SELECT id FROM bells_1_next", vec![]).await.is_err(), "{engine}");
        assert!(store.read(building, vec![]).await.unwrap().is_empty(), "{engine}");
        store.run(spoil(plain)).await.unwrap();
        store.rebuild("bell", |_| {}).await.unwrap();
        assert_eq!(shown(&store).await.0.len(), 1, "{engine}");
    });
}

/// The tests' PostgreSQL was created with an order in which dots and strokes count for nothing.
#[test]
fn totals_are_found_by_how_their_keys_begin_and_stand_in_the_order_of_bytes() {
    on_both(|engine, database| async move {
        let store = testkit::open(&database, plan(), &Clock::default(), 1).await.unwrap();
        let count = |key: &str| {
            let sql = "INSERT INTO rollups (view, area, key, writer, n) \
                       VALUES ('bells_1', $1, $2, $3, 1)";
            Statement::new(sql, vec![Id::NONE.into(), key.into(), store.writer().into()])
        };
        let keys = ["lasting", "last/9", "last/10", "last/b", "last/B", "last/", "last-2", "lost"];
        store.run(keys.map(count).to_vec()).await.unwrap();
        let check = async |prefix: &str, expected: &[&str]| {
            let found = store.totals("bell", prefix).await.unwrap();
            let found: Vec<&str> = found.iter().map(|total| total.key.as_str()).collect();
            assert_eq!(found, expected, "{engine}: {prefix}");
        };
        check("last/", &["last/", "last/10", "last/9", "last/B", "last/b"]).await;
        check("last", &["last-2", "last/", "last/10", "last/9", "last/B", "last/b", "lasting"])
            .await;
        let all = store.totals_of("bell", Id::NONE).await.unwrap();
        assert_eq!(all, store.totals("bell", "").await.unwrap(), "{engine}");
        assert_eq!(all.len(), keys.len(), "{engine}");
    });
}

/// Whatever should go wrong with finding them: a view is never emptied while its records are there.
#[test]
fn a_rebuild_that_finds_none_of_its_records_says_so_and_changes_nothing() {
    on_both(|engine, database| async move {
        let store = testkit::open(&database, plan(), &Clock::default(), 1).await.unwrap();
        assert_eq!(store.rebuild("bell", |_| {}).await.unwrap(), 0, "{engine}: there are none");
        store.append(ring(bell(1), 3)).await.unwrap();
        let before = shown(&store).await;
        let named =
            |kind: &str| vec![Statement::new("UPDATE records SET kind = $1", vec![kind.into()])];
        store.run(named("bell")).await.unwrap();
        let error = store.rebuild("bell", |_| {}).await.unwrap_err().to_string();
        assert!(error.contains("none of them was folded"), "{engine}: {error}");
        assert_eq!(shown(&store).await, before, "{engine}");
        store.run(named("bell.rung")).await.unwrap();
        assert_eq!(store.rebuild("bell", |_| {}).await.unwrap(), 1, "{engine}");
        assert_eq!(shown(&store).await, before, "{engine}");
    });
}
