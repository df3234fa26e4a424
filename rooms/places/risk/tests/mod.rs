//! Tests of risk: both sheets with everything that can be wrong in them, the index, the pages in
//! every language, and the way from a sheet to a place among areas on both engines.

mod pages;
mod sheets;

use record::Id;

use crate::door::{House, Trouble};
use crate::places::risk::{self, Brought, bring_readings, risks, set_index};
use crate::places::tests::{by_name, collection, house, house_on_postgres, square};
use crate::places::{import_areas, refresh};

/// Two sides of risk, three things measured: the more flood and the more poor the worse; the more
/// clinics the better.
pub(super) const INDEX: &str = "\
dimension,dimension_weight,category,category_weight,component,component_weight,measure,weight,\
scale,from,to,source
Hazard,1,Natural,1,Water,1,Flood days,1,even,0,50,River office
People,1,Poverty,1,Poverty,1,Poor,1,even,0,100,Census 2024
People,1,Care,1,Clinics,1,Clinics,1,even,10,0,Health office
";

/// A day in 2026, in days since 1970.
pub(super) const DAY: i64 = 20_700;

pub(super) fn area(name: &str) -> Id {
    Id::named("area", &format!("/{name}"))
}

/// Three areas and an index.
pub(super) async fn set_in(house: &House) {
    let squares = [square(0, 0), square(1, 0), square(2, 0)];
    let names = ["Hill", "River", "Port"];
    let all: Vec<(&str, &str)> =
        names.into_iter().zip(squares.iter().map(String::as_str)).collect();
    let file = collection(&all);
    import_areas(house, file.as_bytes(), &by_name(), None, |_, _| ()).await.expect("imported");
    set_index(house, INDEX.as_bytes(), "The river and the poor", None).await.expect("set");
}

async fn bring(house: &House, sheet: &str) -> Result<Brought, Trouble> {
    bring_readings(house, sheet.as_bytes(), DAY, None).await
}

async fn the_way_of_a_risk(house: &House) {
    set_in(house).await;
    let sheet = "area,Flood days,Poor,Clinics\nHill,5,20,8\nriver,45,80,1\nPort,,60,\n";
    let done = bring(house, sheet).await.expect("brought");
    assert_eq!((done.changed, done.same), (3, 0));
    let again = bring(house, sheet).await.expect("the same again");
    assert_eq!((again.changed, again.same), (0, 3));
    let known = risks(house);
    let tenths = |name: &str| known.of(area(name)).expect("an index is set").tenths();
    // Hazard 1; people: 2 and 2 from the far end are 2: the root of 1 × 2 is 1.41.
    assert_eq!(tenths("Hill"), Some(14));
    assert_eq!(tenths("Port"), None, "nobody measured the water: there is no value");
    let all = ["Hill", "River", "Port"].map(area);
    let place = |name: &str| known.place(area(name), &all);
    assert_eq!(place("Hill"), Some(3));
    let port = known.of(area("Port")).and_then(|known| known.risk).expect("it is assessed");
    assert_eq!((port.missing.len(), port.value), (2, None));
    assert!(port.best < port.worst);
    assert_eq!(known.of(area("Port")).expect("known").reckoned_milli(), Some(port.worst.milli()));
    // A sheet with fewer columns leaves the others as they were; an empty cell takes away.
    let later = bring(house, "area,Poor\nHill,?\n").await.expect("brought");
    assert_eq!(later.changed, 1);
    let hill = risks(house).of(area("Hill")).expect("known");
    assert_eq!((hill.reading("Poor"), hill.reading("Flood days")), (None, Some(5_000_000)));
    // Nothing of a sheet with one bad line is taken.
    let refused = bring(house, "area,Poor\nHill,30\nRiver,a lot\n").await;
    assert!(matches!(refused, Err(Trouble::Refused(r)) if r.code == "risk-number"));
    assert_eq!(risks(house).of(area("Hill")).expect("known").reading("Poor"), None);
    house.store().rebuild("risk", |_| ()).await.expect("rebuilt");
    house.keep(risk::Risks::default());
    refresh(house).await.expect("read again");
    assert_eq!(risks(house).of(area("Hill")), Some(hill));
}

#[tokio::test]
async fn a_risk_goes_its_way_on_sqlite() {
    let (house, _folder) = house().await;
    the_way_of_a_risk(&house).await;
}

#[tokio::test]
async fn a_risk_goes_its_way_on_postgresql() {
    match house_on_postgres().await {
        Some((house, _folder)) => the_way_of_a_risk(&house).await,
        None => eprintln!("this machine has no PostgreSQL: this test did not run"),
    }
}

#[tokio::test]
async fn an_index_is_set_once_for_the_same_words_and_its_versions_stay() {
    let (house, _folder) = house().await;
    let refused = bring(&house, "area,Poor\nHill,30\n").await;
    assert!(matches!(refused, Err(Trouble::Refused(r)) if r.code == "risk-unset"));
    set_in(&house).await;
    set_index(&house, INDEX.as_bytes(), "The river and the poor", None).await.expect("the same");
    let heavier = INDEX.replace("Flood days,1,", "Flood days,3,");
    set_index(&house, heavier.as_bytes(), "Two floods came", None).await.expect("anew");
    assert_eq!(risks(&house).reason(), "Two floods came");
    let id = super::records::index_id();
    assert_eq!(house.store().records_of(id).await.expect("records").len(), 2);
    let long = "x".repeat(601);
    for reason in ["", "  ", long.as_str()] {
        let refused = set_index(&house, INDEX.as_bytes(), reason, None).await;
        assert!(matches!(refused, Err(Trouble::Refused(r)) if r.code == "risk-reason"));
    }
    assert!(set_index(&house, INDEX.as_bytes(), &"x".repeat(600), None).await.is_ok());
}
