//! Tests of places: borders and files by pure rules, areas and bodies through a real store, and
//! real cities where the trial data is. They never print a name from that data.

mod atlas;
mod bad_files;
mod borders;
mod city;
mod community;
mod pages;
mod trial;

use std::sync::Arc;

use record::{Id, Signer};
use seal::Vault;
use store::{Database, Opening, Plan, Store};
use tempfile::TempDir;

use crate::door::{House, HouseParts, Member, Role};
use crate::places::{self, AreaProps};

/// A morning in November 2026.
pub(in crate::places) const NOW_MS: i64 = 1_795_000_000_000;

/// A house with nothing but places in it, in a folder that goes with the test.
pub(in crate::places) async fn house() -> (House, TempDir) {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let database = Database::Sqlite(folder.path().join("baraza.db"));
    (house_on(database, &folder).await, folder)
}

/// The same on PostgreSQL; none where this machine has none.
pub(in crate::places) async fn house_on_postgres() -> Option<(House, TempDir)> {
    let url = testkit::postgres::url()?;
    let folder = tempfile::tempdir().expect("a folder for the test");
    let database = testkit::postgres::fresh_database(&url).expect("an empty database");
    Some((house_on(Database::Postgres(database), &folder).await, folder))
}

async fn house_on(database: Database, folder: &TempDir) -> House {
    let (signer, node) = (Signer::fresh(), Signer::fresh());
    let delegation = node.delegate(signer.public(), NOW_MS);
    let opening = Opening {
        database,
        plan: Plan { views: places::views(), drawers: places::drawers() },
        signer,
        delegation,
        node: node.public(),
        now: Arc::new(|| NOW_MS),
    };
    let texts: &'static page::Texts = Box::leak(Box::new(texts()));
    let house = House::new(HouseParts {
        store: Store::open(opening).await.expect("a new store opens"),
        vault: Vault::fresh(),
        texts,
        data: folder.path().to_path_buf(),
        who: Arc::new(|_, _| Box::pin(async { None })),
    });
    places::refresh(&house).await.expect("an empty city is read");
    house
}

/// Every query and every act of the room, on one engine.
async fn the_way_of_an_area(house: &House) {
    let steward = member("Jean", &[Role::Steward], &[]);
    let rose = member("Rose", &[Role::Facilitator], &[body("yard"), body("market")]);
    let file = collection(&[("Section 9", &square(0, 0)), ("Section 10", &square(1, 0))]);
    let bytes = file.as_bytes();
    for new in [2, 0] {
        let done = places::import_areas(house, bytes, &by_name(), None, |_, _| ()).await;
        assert_eq!(done.expect("imported").new, new);
    }
    let rings = places::rings_of_typed("0.001, 0.002\n0.001, 0.007\n0.006, 0.007");
    let rings = rings.expect("three corners");
    let id = places::draw_area(house, &rose, body("yard"), "Lakou", rings).await.expect("drawn");
    let own = places::queries::own_areas(house, &rose).await.expect("read");
    assert_eq!(own.iter().map(|area| area.name.as_str()).collect::<Vec<_>>(), ["Lakou"]);
    let vote = places::Vote { day: 20_000, result: "31 for".to_owned() };
    places::release_area(house, &rose, id, &vote).await.expect("released");
    places::rename_area(house, &steward, id, "Zone 4").await.expect("named");
    let names: Vec<String> =
        places::atlas(house).areas().iter().map(places::Area::both_names).collect();
    assert_eq!(names, ["Lakou (Zone 4)", "Section 9", "Section 10"]);
    let ninth = Id::named("area", "/Section 9");
    places::withdraw_area(house, &steward, ninth).await.expect("withdrawn");
    assert_eq!(places::queries::own_areas(house, &steward).await.expect("read").len(), 1);
    assert_eq!(places::atlas(house).areas().len(), 2);
    places::hide_city(house, true, "Armed men ask for the map", None).await.expect("hidden");
    assert!(house.city().hidden);
    let before = house.store().totals("area", "").await.expect("totals");
    for noun in ["area", "city"] {
        house.store().rebuild(noun, |_| ()).await.expect("rebuilt");
    }
    assert_eq!(house.store().totals("area", "").await.expect("totals"), before);
    places::refresh(house).await.expect("read again");
    assert_eq!(places::atlas(house).areas().len(), 2);
}

#[tokio::test]
async fn an_area_goes_its_way_on_sqlite() {
    let (house, _folder) = house().await;
    the_way_of_an_area(&house).await;
}

#[tokio::test]
async fn an_area_goes_its_way_on_postgresql() {
    match house_on_postgres().await {
        Some((house, _folder)) => the_way_of_an_area(&house).await,
        None => eprintln!("this machine has no PostgreSQL: this test did not run"),
    }
}

pub(in crate::places) fn texts() -> page::Texts {
    let all: Vec<_> =
        page::KIT_TEXTS.iter().chain(places::TEXTS).chain(places::risk::TEXTS).copied().collect();
    page::Texts::new(&all).expect("the texts are sound")
}

/// Rose, of a body; with other roles she is another Rose.
pub(in crate::places) fn member(name: &str, roles: &[Role], bodies: &[Id]) -> Member {
    Member {
        id: Id::named("member", name),
        name: name.to_owned(),
        roles: roles.to_vec(),
        bodies: bodies.to_vec(),
        csrf: "a token".to_owned(),
    }
}

pub(in crate::places) fn body(name: &str) -> Id {
    Id::named("body", name)
}

pub(in crate::places) fn by_name() -> AreaProps {
    AreaProps { name: "name".to_owned(), ..AreaProps::default() }
}

/// A collection of features of (name, geometry).
pub(in crate::places) fn collection(features: &[(&str, &str)]) -> String {
    let all: Vec<String> = features
        .iter()
        .map(|(name, geometry)| {
            format!(
                r#"{{"type":"Feature","properties":{{"name":"{name}"}},"geometry":{geometry}}}"#
            )
        })
        .collect();
    format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, all.join(","))
}

/// A square of a hundredth of a degree whose south-western corner is at (lon, lat) hundredths.
pub(in crate::places) fn square(lon: i32, lat: i32) -> String {
    let at =
        |x: i32, y: i32| format!("[{},{}]", f64::from(lon + x) / 100.0, f64::from(lat + y) / 100.0);
    let corners = [at(0, 0), at(1, 0), at(1, 1), at(0, 1), at(0, 0)].join(",");
    format!(r#"{{"type":"Polygon","coordinates":[[{corners}]]}}"#)
}
