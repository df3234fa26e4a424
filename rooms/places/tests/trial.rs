//! Real cities: imported whole, and a second time without a change. They run where the folder that
//! `BARAZA_TRIAL_DATA` names is there, and print no name from it.

use std::path::PathBuf;

use crate::places::tests::house;
use crate::places::{AreaProps, Imported, atlas, import_areas};

/// The bytes of a file of the trial data, when it is there.
fn file(name: &str) -> Option<Vec<u8>> {
    let said = std::env::var_os("BARAZA_TRIAL_DATA").filter(|said| !said.is_empty());
    let folder = said.map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/data")),
        PathBuf::from,
    );
    std::fs::read(folder.join("boundaries").join(name)).ok()
}

fn props(name: &str, code: &str, parent: &str, population: &str) -> AreaProps {
    let some = |property: &str| Some(property.to_owned()).filter(|p| !p.is_empty());
    AreaProps {
        name: name.to_owned(),
        code: some(code),
        parent: some(parent),
        population: some(population),
    }
}

/// Imports a city twice: `areas` of its features are kept, and the second time none is new. Every
/// area is then found where it lies, and has neighbours.
async fn check(name: &str, props: AreaProps, areas: usize, refused: usize) {
    let Some(bytes) = file(name) else {
        eprintln!("BARAZA_TRIAL_DATA has no boundaries/{name}: this trial did not run");
        return;
    };
    let (house, _folder) = house().await;
    let import = async || -> Imported {
        import_areas(&house, &bytes, &props, None, |_, _| ()).await.expect("the file is taken")
    };
    let first = import().await;
    assert_eq!((first.new, first.refused.len()), (areas, refused), "{name}: {:?}", first.refused);
    let second = import().await;
    assert_eq!((second.new, second.changed, second.same), (0, 0, areas), "{name}");
    let atlas = atlas(&house);
    assert_eq!(atlas.areas().len(), areas);
    let full: usize =
        atlas.areas().iter().filter_map(|a| atlas.borders(a.id)).flatten().map(Vec::len).sum();
    let light: usize = atlas.areas().iter().flat_map(|a| &a.rings).map(Vec::len).sum();
    let mended: std::collections::BTreeMap<&str, usize> =
        first.mended.iter().fold(Default::default(), |mut counts, (_, key)| {
            *counts.entry(key.as_str()).or_default() += 1;
            counts
        });
    eprintln!("{name}: {areas} areas, {full} corners, {light} in pictures, mended {mended:?}");
    let mut astray = 0;
    for area in atlas.areas() {
        assert!(!area.rings.is_empty(), "{name}: an area has no outline");
        assert!(!atlas.neighbours(area.id).is_empty(), "{name}: an area has no neighbour");
        let rings = atlas.borders(area.id).expect("its borders are kept");
        let (x, y) = crate::places::queries::inside_of(rings).expect("it has an inside");
        let found = atlas.at(f64::from(x) / 1e6, f64::from(y) / 1e6);
        astray += usize::from(found != Some(area.id));
    }
    // Files drawn by hand overlap here and there; nearly all areas lie where they say.
    assert!(astray * 50 <= areas, "{name}: {astray} of {areas} are found elsewhere");
}

#[tokio::test]
async fn dar_es_salaam_is_imported_by_ward_and_name() {
    let props = props("subward", "", "ward", "population_2012");
    check("dar_es_salaam_subwards.geojson", props, 452, 0).await;
}

#[tokio::test]
async fn dar_es_salaam_is_imported_by_codes_of_several_parts() {
    let props = props("subward", "district,ward_code,subward_code", "ward", "population_2012");
    check("dar_es_salaam_subwards.geojson", props, 452, 0).await;
}

#[tokio::test]
async fn manila_is_imported_whole() {
    let props = props("barangay", "pcode", "district", "");
    check("city_of_manila_barangays.geojson", props, 899, 0).await;
}

#[tokio::test]
async fn dhaka_is_imported_by_its_codes() {
    check("dhaka_wards.geojson", props("name", "shapeID", "adm3", ""), 138, 0).await;
}

#[tokio::test]
async fn dhaka_without_codes_tells_which_names_are_there_twice() {
    check("dhaka_wards.geojson", props("name", "", "adm3", ""), 118, 20).await;
}

#[tokio::test]
async fn beirut_is_imported_in_arabic() {
    let props = props("cadaster_ar,zone", "zone", "district_ar", "");
    check("beirut_operational_zones.geojson", props, 139, 0).await;
}

#[tokio::test]
async fn nairobi_is_imported_whole() {
    check("nairobi_wards.geojson", props("ward", "ward_code", "constituency", ""), 84, 0).await;
}
