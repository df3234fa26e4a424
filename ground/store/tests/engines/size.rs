//! What must not grow with the log: opening, and what runs each minute.

use super::*;

const RECORDS: usize = 20_000;
const OPEN_MAX: std::time::Duration = std::time::Duration::from_millis(500);

#[test]
fn a_larger_log_is_opened_as_fast_as_a_small_one() {
    on_both(|engine, database| async move {
        let clock = Clock::default();
        let store = testkit::open(&database, plan(), &clock, 1).await.unwrap();
        let lanes: Vec<_> = (0..500u16)
            .map(|lane| {
                let store = store.clone();
                tokio::spawn(async move {
                    let id = |n: usize| {
                        let mut bytes = [1; 16];
                        bytes[..2].copy_from_slice(&lane.to_be_bytes());
                        bytes[2..6].copy_from_slice(&u32::try_from(n).unwrap().to_be_bytes());
                        Id(bytes)
                    };
                    for n in 0..RECORDS / 500 {
                        store.append(ring(id(n), 1)).await.unwrap();
                    }
                })
            })
            .collect();
        for lane in lanes {
            lane.await.unwrap();
        }
        drop(store);
        let began = std::time::Instant::now();
        let store = testkit::open(&database, plan(), &clock, 2).await.unwrap();
        assert!(began.elapsed() < OPEN_MAX, "{engine}: it took {:?}", began.elapsed());
        let began = std::time::Instant::now();
        for _ in 0..20 {
            store.unpark().await.unwrap();
        }
        assert!(began.elapsed() < OPEN_MAX, "{engine}: parked records: {:?}", began.elapsed());
        let explain = if engine == "SQLite" { "EXPLAIN QUERY PLAN" } else { "EXPLAIN" };
        let sql = format!("{explain} SELECT entry FROM records WHERE parked = TRUE AND clock <= 1");
        let plan = store.read(&sql, vec![]).await.unwrap();
        assert!(format!("{plan:?}").contains("records_parked"), "{engine}: {plan:?}");
    });
}
