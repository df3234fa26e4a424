//! Tests of freezing: once a day, all at once, floored, on both engines; and what may be taken away
//! as a file.

use record::{DAY_MS, Id};
use store::Database;

use super::{Home, home, home_on};
use crate::door::{Member, Role};
use crate::places;
use crate::thread::queries::{DAYS_KEPT, freeze, frozen};

fn steward() -> Member {
    Member {
        id: Id::named("member", "Jean"),
        name: "Jean".to_owned(),
        roles: vec![Role::Steward],
        bodies: Vec::new(),
        csrf: String::new(),
    }
}

async fn days(home: &Home) -> Vec<i64> {
    let sql = "SELECT DISTINCT day FROM public_counts ORDER BY day";
    let rows = home.house.store().read(sql, vec![]).await.expect("it reads");
    rows.iter().map(|row| row.int(0)).collect()
}

/// A day of counts, the next, and the fortieth after.
async fn the_days_of_a_city(home: &Home) {
    let areas = home.areas(3).await;
    for _ in 0..7 {
        home.hear(areas.first().copied()).await;
    }
    home.hear(areas.get(1).copied()).await;
    home.hear(None).await;
    freeze(&home.house).await.expect("frozen");
    let first = frozen(&home.house).await.expect("read");
    let at = |n: usize| areas.get(n).copied().unwrap_or(Id::NONE);
    assert_eq!([at(0), at(1), at(2), Id::NONE].map(|id| first.figure(id, "heard")), [5, 0, 0, 5]);
    assert_eq!(first.figure(at(0), "waiting"), 5);
    for _ in 0..4 {
        home.hear(areas.first().copied()).await;
    }
    freeze(&home.house).await.expect("nothing to do");
    assert_eq!(*frozen(&home.house).await.expect("read"), *first);
    home.pass(DAY_MS);
    freeze(&home.house).await.expect("frozen");
    let second = frozen(&home.house).await.expect("read");
    assert_eq!(second.figure(at(0), "heard"), 10);
    assert_eq!(second.day, first.day.map(|day| day + 1));
    home.pass((DAYS_KEPT - 1) * DAY_MS);
    freeze(&home.house).await.expect("frozen");
    let last = second.day.unwrap_or(0) + DAYS_KEPT - 1;
    assert_eq!(days(home).await, [last - DAYS_KEPT + 1, last]);
}

#[tokio::test]
async fn counts_are_frozen_once_a_day_on_sqlite() {
    the_days_of_a_city(&home().await).await;
}

#[tokio::test]
async fn counts_are_frozen_once_a_day_on_postgresql() {
    let Some(url) = testkit::postgres::url() else {
        eprintln!("this machine has no PostgreSQL: this test did not run");
        return;
    };
    let database = testkit::postgres::fresh_database(&url).expect("an empty database");
    let folder = tempfile::tempdir().expect("a folder for the test");
    the_days_of_a_city(&home_on(Database::Postgres(database), folder).await).await;
}

#[tokio::test]
async fn two_who_freeze_at_once_freeze_one_day() {
    let home = home().await;
    for _ in 0..6 {
        home.hear(None).await;
    }
    let (one, other) = tokio::join!(freeze(&home.house), freeze(&home.house));
    one.and(other).expect("both are content");
    assert_eq!(days(&home).await.len(), 1);
    assert_eq!(frozen(&home.house).await.expect("read").figure(Id::NONE, "heard"), 5);
}

#[tokio::test]
async fn a_clock_that_was_wrong_does_not_stop_the_counts() {
    let home = home().await;
    home.pass(900 * DAY_MS);
    freeze(&home.house).await.expect("frozen");
    home.pass(-900 * DAY_MS);
    freeze(&home.house).await.expect("frozen");
    let today = (super::NOW_MS - 300 * 60_000) / DAY_MS;
    assert_eq!(days(&home).await, [today]);
    assert_eq!(frozen(&home.house).await.expect("read").day, Some(today));
}

#[tokio::test]
async fn files_hold_public_borders_and_frozen_counts_only() {
    let home = home().await;
    let areas = home.areas(2).await;
    for _ in 0..6 {
        home.hear(areas.first().copied()).await;
    }
    home.hear(areas.get(1).copied()).await;
    assert_eq!(home.get("/counts.csv").await.body, "day,area,area_name,counted,at_least\r\n");
    freeze(&home.house).await.expect("frozen");
    let csv = home.get("/counts.csv").await.body;
    let name = places::atlas(&home.house).areas()[0].both_names();
    assert!(csv.contains(&format!("2026-11-19,{},\"{name}\",heard,5\r\n", areas[0])), "{csv}");
    assert!(csv.contains("2026-11-19,city,\"Port Kilima\",heard,5\r\n"), "{csv}");
    assert!(!csv.contains(&areas[1].to_string()), "{csv}");
    let gone = places::withdraw_area(&home.house, &steward(), areas[0]).await;
    gone.expect("the area is withdrawn");
    let csv = home.get("/counts.csv").await.body;
    assert!(!csv.contains(&name) && !csv.contains(",none,"), "{csv}");
    assert!(csv.contains(",city,"), "{csv}");
    let borders = home.get("/areas.geojson").await.body;
    let borders: serde_json::Value = serde_json::from_str(&borders).expect("JSON");
    assert_eq!(borders["features"].as_array().map(Vec::len), Some(1));
}
