//! Areas nobody hears from: said at the desk by what came, on the street by figures alone, and a
//! need may be stated there without any voice.

use record::{DAY_MS, Id};
use store::Put;

use super::home::{Home, TODAY, homes};
use crate::needs::quiet::{silent_areas, silent_in_public};
use crate::needs::rules::silent::{SILENT_DAYS, silent};
use crate::voices::PUBLIC_COUNTS;

fn id(n: u8) -> Id {
    Id([n; 16])
}

#[test]
fn silence_is_few_voices_where_neighbours_speak() {
    let check = |spoke: &[(u8, i64)], near: &[(u8, &[u8])], expected: &[u8]| {
        let spoke: Vec<(Id, i64)> = spoke.iter().map(|(n, count)| (id(*n), *count)).collect();
        let neighbours = |area: Id| {
            let found = near.iter().find(|(n, _)| id(*n) == area);
            found.map(|(_, all)| all.iter().map(|n| id(*n)).collect()).unwrap_or_default()
        };
        let expected: Vec<Id> = expected.iter().map(|n| id(*n)).collect();
        assert_eq!(silent(&spoke, neighbours), expected, "{spoke:?}");
    };
    check(&[], &[], &[]);
    check(&[(1, 0), (2, 0)], &[(1, &[2]), (2, &[1])], &[]);
    check(&[(1, 4), (2, 5)], &[(1, &[2]), (2, &[1])], &[1]);
    check(&[(1, 5), (2, 5)], &[(1, &[2]), (2, &[1])], &[]);
    // The neighbour is silent too, only one further away speaks.
    check(&[(1, 0), (2, 0), (3, 9)], &[(1, &[2]), (2, &[1, 3]), (3, &[2])], &[2]);
    // Where no neighbours are known, any other area will do.
    check(&[(1, 0), (2, 9)], &[], &[1]);
}

async fn figure(home: &Home, day: i64, area: Id, n: i64) {
    let row = vec![day.into(), area.into(), "heard".into(), n.into()];
    let decision = store::Decision {
        puts: vec![Put { table: PUBLIC_COUNTS, row }],
        ..store::Decision::default()
    };
    home.house.store().append(store::Change::writing(decision)).await.expect("kept");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_desk_and_the_street_name_silent_areas() {
    for home in homes().await {
        let house = &home.house;
        let areas = home.areas(3).await;
        for _ in 0..5 {
            home.says("Dlo", areas.first().copied(), false).await;
        }
        for _ in 0..4 {
            home.says("Dlo", areas.get(1).copied(), false).await;
        }
        assert_eq!(silent_areas(house).await.expect("read"), areas[1..]);
        let page = home.page("operator", "/desk/needs").await;
        assert!(page.contains("that is not the same as nothing lacking"), "{page}");
        let new = format!("/desk/needs/new?area={}", areas[1]);
        assert!(page.contains(&new), "{page}");
        assert!(!home.page("committee", "/desk/needs").await.contains(&new));
        let form = format!("title=Water&sector=wash&severity=3&source=visit&area={}", areas[1]);
        let to = home.does("/desk/needs", &form).await;
        let page = home.page("operator", to.split('?').next().unwrap_or_default()).await;
        assert!(page.contains("somebody went there") && page.contains("It counts all the same"));
        // After two weeks of silence everybody is as silent as everybody.
        home.pass((SILENT_DAYS + 1) * DAY_MS);
        assert_eq!(silent_areas(house).await.expect("read"), []);
        // The street knows figures alone: one that moved is not silent, one that stands still is.
        assert_eq!(silent_in_public(house).await.expect("read"), []);
        figure(&home, TODAY, areas[0], 20).await;
        figure(&home, TODAY, areas[1], 10).await;
        figure(&home, TODAY - SILENT_DAYS, areas[0], 15).await;
        figure(&home, TODAY - SILENT_DAYS, areas[1], 10).await;
        assert_eq!(silent_in_public(house).await.expect("read"), areas[1..]);
    }
}
