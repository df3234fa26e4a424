//! What the pages of real cities weigh on the wire, as a phone asks for them. The browser checks
//! weigh the demo city; this one weighs cities of hundreds of areas with borders as offices draw
//! them.

#![expect(clippy::unwrap_used, reason = "a failing story is a failing test")]

use axum::body::Bytes;
use axum::http::Request;
use http_body_util::Full;
use stories::{Town, Web};

const PROGRAM: &str = env!("CARGO_BIN_EXE_town");
/// A page of the street with its style sheet: what arrives in the first round trip.
const STREET_BYTES_MAX: usize = 14 * 1024;
/// The whole city's map with its style sheet.
const MAP_BYTES_MAX: usize = 150 * 1024;
/// Status line and headers of two answers; measured: 700 bytes.
const HEADERS_BYTES: usize = 1024;
/// Pages of areas weighed in each city, taken evenly from the list.
const AREAS_WEIGHED: usize = 60;

/// Bytes of a page's body and of the style sheet, each as a phone gets it.
async fn weight(web: &Web, path: &str) -> usize {
    let mut sum = HEADERS_BYTES;
    for path in [path, page::css().0] {
        let request = Request::get(format!("http://{}{path}", web.address()))
            .header("accept-encoding", "gzip, deflate, br")
            .body(Full::new(Bytes::new()));
        let answer = web.send(request.unwrap()).await;
        assert_eq!(answer.status, 200, "{path}");
        sum += answer.bytes;
    }
    sum
}

async fn weighed(town: &Town, areas: usize) {
    let node = town.serve();
    let map = node.web.get("/map?lang=en").await.body;
    let ids = |body: &str| -> Vec<String> {
        let all = body.split("\"/area/").skip(1).filter_map(|rest| rest.get(..26));
        let mut ids: Vec<String> = all.map(str::to_owned).collect();
        ids.sort();
        ids.dedup();
        ids
    };
    let found = ids(&map);
    assert!(found.len() == areas, "{} of {areas} areas are on the map", found.len());
    let map = weight(&node.web, "/map?lang=ar").await;
    assert!(map <= MAP_BYTES_MAX, "the map of {areas} areas weighs {map}");
    let mut street = [
        "/?lang=ar",
        "/areas?lang=ar",
        "/say?lang=ar",
        "/help-wanted?lang=ar",
        "/help-wanted/offer?lang=ar",
    ]
    .map(str::to_owned)
    .to_vec();
    let list = node.web.get("/areas?lang=ar").await.body;
    // Where there are many, the list leads to its parts.
    let parts = list.split("href=\"/areas?").skip(1).filter_map(|rest| rest.split('"').next());
    street.extend(parts.map(|query| format!("/areas?{}", query.replace("&amp;", "&"))));
    assert!(street.len() > 10, "{street:?}");
    for path in &street {
        let weight = weight(&node.web, path).await;
        assert!(weight <= STREET_BYTES_MAX, "{path} in a city of {areas} areas weighs {weight}");
    }
    let mut most = (0, String::new());
    for id in found.iter().step_by(areas / AREAS_WEIGHED) {
        let path = format!("/area/{id}?lang=ar");
        most = most.max((weight(&node.web, &path).await, path));
    }
    assert!(most.0 <= STREET_BYTES_MAX, "{} in a city of {areas} weighs {}", most.1, most.0);
    println!("{areas} areas: map {map} bytes, heaviest area page {} bytes", most.0);
}

#[test]
fn real_cities_fit_the_budgets_of_their_pages() {
    let Some(data) = stories::trial_data() else { return };
    let folder = tempfile::tempdir().unwrap();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let dar = ["subward", "district,ward_code,subward_code", "ward"];
    let manila = ["barangay", "pcode", "district"];
    for (country, file, [area, code, parent], areas) in [
        ("TZA", "dar_es_salaam_subwards", dar, 452),
        ("PHL", "city_of_manila_barangays", manila, 899),
    ] {
        let town = Town::at(&folder.path().join(file), None, PROGRAM);
        let geojson = data.join(format!("boundaries/{file}.geojson"));
        let geojson = geojson.to_string_lossy();
        let init = ["init", "--name", file, "--country", country, "--areas", &geojson];
        let which = ["--area-name", area, "--area-code", code, "--area-parent", parent];
        let more = ["--languages", "en,sw,ar"];
        let (code, out, err) = town.command(&[&init[..], &which[..], &more[..]].concat());
        assert_eq!(code, 0, "{out}{err}");
        runtime.block_on(weighed(&town, areas));
    }
}
