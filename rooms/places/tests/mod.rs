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
pub(super) const NOW_MS: i64 = 1_795_000_000_000;

/// A house with nothing but places in it, in a folder that goes with the test.
pub(super) async fn house() -> (House, TempDir) {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let (signer, node) = (Signer::fresh(), Signer::fresh());
    let delegation = node.delegate(signer.public(), NOW_MS);
    let opening = Opening {
        database: Database::Sqlite(folder.path().join("baraza.db")),
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
    (house, folder)
}

pub(super) fn texts() -> page::Texts {
    let all: Vec<_> = page::KIT_TEXTS.iter().chain(places::TEXTS).copied().collect();
    page::Texts::new(&all).expect("the texts are sound")
}

/// Rose, of a body; with other roles she is another Rose.
pub(super) fn member(name: &str, roles: &[Role], bodies: &[Id]) -> Member {
    Member {
        id: Id::named("member", name),
        name: name.to_owned(),
        roles: roles.to_vec(),
        bodies: bodies.to_vec(),
        csrf: "a token".to_owned(),
    }
}

pub(super) fn body(name: &str) -> Id {
    Id::named("body", name)
}

pub(super) fn by_name() -> AreaProps {
    AreaProps { name: "name".to_owned(), ..AreaProps::default() }
}

/// A collection of features of (name, geometry).
pub(super) fn collection(features: &[(&str, &str)]) -> String {
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
pub(super) fn square(lon: i32, lat: i32) -> String {
    let at =
        |x: i32, y: i32| format!("[{},{}]", f64::from(lon + x) / 100.0, f64::from(lat + y) / 100.0);
    let corners = [at(0, 0), at(1, 0), at(1, 1), at(0, 1), at(0, 0)].join(",");
    format!(r#"{{"type":"Polygon","coordinates":[[{corners}]]}}"#)
}
