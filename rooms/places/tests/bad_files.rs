//! Files that are not what they should be: each is refused in a sentence, feature by feature where
//! that is possible, and none ever ends the process.

use proptest::prelude::*;

use crate::places::rules::reading::{AREAS_MAX, AreaProps, GEOJSON_BYTES_MAX, Reading, read_areas};
use crate::places::tests::{by_name, collection, square};

fn read(file: &str) -> Reading {
    read_areas(file.as_bytes(), &by_name()).expect("the file as a whole can be read")
}

/// A whole file is refused with this code.
fn whole(file: &[u8], code: &str) {
    let refusal = read_areas(file, &by_name()).expect_err("nothing in it can be used");
    assert_eq!(refusal.code, code);
}

/// The second of three features is refused with this code; the others are taken.
fn second(geometry: &str, code: &str) {
    let file =
        collection(&[("Kilima", &square(0, 0)), ("Mtoni", geometry), ("Bandari", &square(2, 0))]);
    let reading = read(&file);
    let names: Vec<&str> = reading.areas.iter().map(|area| area.name.as_str()).collect();
    assert_eq!(names, ["Kilima", "Bandari"]);
    let refused: Vec<(usize, &str)> =
        reading.refused.iter().map(|(number, refusal)| (*number, refusal.code)).collect();
    assert_eq!(refused, [(2, code)]);
}

#[test]
fn one_bad_feature_does_not_cost_the_others() {
    second("null", "area-empty");
    second("7", "area-unreadable");
    second(r#"{"type":"Polygon"}"#, "area-unreadable");
    second(r#"{"type":"Polygon","coordinates":[]}"#, "area-empty");
    second(r#"{"type":"Polygon","coordinates":[[]]}"#, "area-empty");
    second(r#"{"type":"Polygon","coordinates":[[["a","b"]]]}"#, "area-unreadable");
    second(r#"{"type":"Polygon","coordinates":[[[1],[2],[3],[1]]]}"#, "area-unreadable");
    second(r#"{"type":"Polygon","coordinates":[[1,2],[3,4]]}"#, "area-unreadable");
    second(r#"{"type":"Point","coordinates":[1,2]}"#, "area-no-area");
    second(r#"{"type":"LineString","coordinates":[[1,2],[3,4]]}"#, "area-no-area");
    second(r#"{"type":"Circle","coordinates":[1,2]}"#, "area-unreadable");
    second(r#"{"type":"Polygon","coordinates":[[[0,0],[2,2],[2,0],[0,2],[0,0]]]}"#, "area-crosses");
    second(r#"{"type":"Polygon","coordinates":[[[0,0],[2,2],[0,0]]]}"#, "area-corners-few");
    second(
        r#"{"type":"Polygon","coordinates":[[[529000,9248000],[529100,9248000],[529000,9e6]]]}"#,
        "area-metres",
    );
    second(
        r#"{"type":"Polygon","coordinates":[[[-6.8,139.2],[-6.9,139.2],[-6.8,139.3]]]}"#,
        "area-swapped",
    );
}

#[test]
fn shapes_nested_too_deep_are_refused_and_shallow_ones_taken() {
    let nested = |depth: usize| {
        let open = r#"{"type":"GeometryCollection","geometries":["#.repeat(depth);
        format!("{open}{}{}", square(5, 5), "]}".repeat(depth))
    };
    assert_eq!(read(&collection(&[("Kilima", &nested(4))])).areas.len(), 1);
    second(&nested(5), "geojson-deep");
    whole(collection(&[("Kilima", &nested(2_000))]).as_bytes(), "geojson-deep");
    whole("[".repeat(100_000).as_bytes(), "geojson-unreadable");
    whole(format!("{{\"features\":{}", "[".repeat(100_000)).as_bytes(), "geojson-deep");
}

#[test]
fn a_feature_without_a_name_is_refused_by_its_number() {
    let odd = |properties: &str| {
        format!(
            r#"{{"type":"FeatureCollection","features":[
            {{"type":"Feature","properties":{{"name":"Kilima"}},"geometry":{}}},
            {{"type":"Feature","properties":{properties},"geometry":{}}}]}}"#,
            square(0, 0),
            square(2, 0)
        )
    };
    for properties in ["null", "{}", r#"{"name":null}"#, r#"{"name":"  "}"#, r#"{"name":["a"]}"#] {
        let reading = read(&odd(properties));
        assert_eq!(reading.areas.len(), 1);
        assert_eq!(reading.refused[0].0, 2);
        assert_eq!(reading.refused[0].1.code, "area-no-name", "{properties}");
    }
    let long = format!(r#"{{"name":"{}"}}"#, "a".repeat(121));
    assert_eq!(read(&odd(&long)).refused[0].1.code, "places-text-long");
}

#[test]
fn names_lose_what_cannot_be_seen_and_keep_the_rest() {
    let file = collection(&[("  Kwa\\u202e Mama\\n Zahra\\u0000 ", &square(0, 0))]);
    assert_eq!(read(&file).areas[0].name, "Kwa Mama Zahra");
    let file = collection(&[("<script>'; DROP TABLE areas_1;--", &square(0, 0))]);
    assert_eq!(read(&file).areas[0].name, "<script>'; DROP TABLE areas_1;--");
}

#[test]
fn a_property_that_no_feature_has_is_told_with_those_there_are() {
    let props = AreaProps { name: "ward".to_owned(), ..AreaProps::default() };
    let file = collection(&[("Kilima", &square(0, 0))]);
    let refusal = read_areas(file.as_bytes(), &props).expect_err("no ward");
    assert_eq!(refusal.code, "geojson-no-property");
    let args = [("property", "ward".to_owned()), ("known", "name".to_owned())];
    assert_eq!(refusal.args, args);
}

#[test]
fn a_whole_file_that_is_none_is_refused() {
    whole(b"", "geojson-unreadable");
    whole(b"\x00\x01\x02\xff\xfe", "geojson-unreadable");
    whole(b"PK\x03\x04 a zipped shapefile", "geojson-unreadable");
    whole(b"name,lon,lat\nKilima,1,2\n", "geojson-unreadable");
    whole(b"[]", "geojson-unreadable");
    whole(b"{}", "geojson-no-features");
    whole(br#"{"type":"FeatureCollection","features":[]}"#, "geojson-no-features");
    whole(br#"{"type":"FeatureCollection","features":{}}"#, "geojson-unreadable");
    let cut = collection(&[("Kilima", &square(0, 0))]);
    whole(&cut.as_bytes()[..cut.len() - 3], "geojson-unreadable");
    whole(format!("{cut}{cut}").as_bytes(), "geojson-unreadable");
    let latin = [b"{\"type\":\n\"".as_slice(), b"Qu\xe9bec\"}"].concat();
    let refusal = read_areas(&latin, &by_name()).expect_err("not UTF-8");
    assert_eq!(refusal.args, [("line", "2".to_owned())]);
}

#[test]
fn a_mark_before_the_text_and_a_lone_feature_are_taken() {
    let lone = format!(
        r#"{{"type":"Feature","properties":{{"name":"Kilima"}},"geometry":{}}}"#,
        square(0, 0)
    );
    assert_eq!(read(&format!("\u{feff}{lone}")).areas.len(), 1);
    let bare = read(&square(0, 0));
    assert_eq!(bare.refused.len(), 1);
    assert_eq!((bare.refused[0].0, bare.refused[0].1.code), (1, "area-no-name"));
}

#[test]
fn more_than_fifty_megabytes_are_refused_at_once() {
    let mut long = vec![b' '; GEOJSON_BYTES_MAX + 1];
    whole(&long, "geojson-long");
    let file = collection(&[("Kilima", &square(0, 0))]);
    long.truncate(GEOJSON_BYTES_MAX);
    long[..file.len()].copy_from_slice(file.as_bytes());
    let reading = read_areas(&long, &by_name()).expect("just short enough");
    assert_eq!(reading.areas.len(), 1);
}

#[test]
fn fifty_megabytes_of_one_border_are_refused_by_their_corners() {
    let corner = "[39.12345,-6.12345],";
    let corners = corner.repeat(GEOJSON_BYTES_MAX / corner.len() - 100);
    let border = format!(r#"{{"type":"Polygon","coordinates":[[{corners}[1,1]]]}}"#);
    let file = collection(&[("Kilima", &square(0, 0)), ("Mtoni", &border)]);
    assert!(file.len() > GEOJSON_BYTES_MAX - 5_000);
    let reading = read(&file);
    assert_eq!(reading.areas.len(), 1);
    assert_eq!(reading.refused[0].1.code, "area-corners-many");
}

#[test]
fn too_many_areas_are_refused() {
    let feature = r#"{"type":"Feature","properties":{"name":"a"},"geometry":null},"#;
    let file = |n: usize| {
        let all = feature.repeat(n);
        format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, all.trim_end_matches(','))
    };
    assert_eq!(read(&file(AREAS_MAX)).refused.len(), AREAS_MAX);
    whole(file(AREAS_MAX + 1).as_bytes(), "geojson-many");
}

fn feature(properties: &str, lon: i32) -> String {
    let shape = square(lon, 0);
    format!(r#"{{"type":"Feature","properties":{properties},"geometry":{shape}}}"#)
}

fn coded(features: &[String]) -> Reading {
    let props = AreaProps {
        name: "name".to_owned(),
        code: Some("ward,sub".to_owned()),
        parent: Some("in".to_owned()),
        population: Some("people".to_owned()),
    };
    let file = format!(r#"{{"features":[{}],"type":"FeatureCollection"}}"#, features.join(","));
    read_areas(file.as_bytes(), &props).expect("the file as a whole can be read")
}

#[test]
fn areas_are_told_apart_by_code_or_by_name_and_parent() {
    let reading = coded(&[
        feature(r#"{"name":"Mtoni","ward":"01","sub":1,"in":"Temeke"}"#, 0),
        feature(r#"{"name":"Mtoni","ward":"01","sub":2,"in":"Ilala"}"#, 2),
        feature(r#"{"name":"Mtoni","in":"Kinondoni"}"#, 4),
        feature(r#"{"name":"Mtoni","in":"Kinondoni"}"#, 6),
        feature(r#"{"name":"Mtoni","ward":"01","sub":3,"in":"Ilala"}"#, 8),
        feature(r#"{"name":"Pugu","ward":"09","sub":9,"in":"Ilala"}"#, 10),
        feature(r#"{"name":"Kivule","ward":"09","sub":9,"in":"Ilala"}"#, 12),
    ]);
    let codes: Vec<&str> = reading.areas.iter().map(|area| area.code.as_str()).collect();
    assert_eq!(codes, ["01/1", "01/2", "", "01/3", "09/9", "09/9"]);
    assert_eq!(reading.areas[0].id, record::Id::named("area", "01/1"));
    assert_eq!(reading.areas[2].id, record::Id::named("area", "Kinondoni/Mtoni"));
    assert_eq!(reading.areas[4].id, record::Id::named("area", "Ilala/Pugu"));
    assert_eq!(reading.refused.len(), 1);
    let (number, refusal) = &reading.refused[0];
    assert_eq!((*number, refusal.code), (4, "area-twice"));
    assert_eq!(refusal.args, [("other", "3".to_owned())]);
    assert_eq!(reading.mended, [(5, "places-mended-same-name".to_owned())]);
}

#[test]
fn counts_of_people_are_read_or_left_out() {
    let people = |value: &str| {
        let reading = coded(&[feature(&format!(r#"{{"name":"Mtoni","people":{value}}}"#), 0)]);
        (reading.areas[0].population, reading.mended.len())
    };
    assert_eq!(people("1605"), (Some(1605), 0));
    assert_eq!(people("1605.0"), (Some(1605), 0));
    assert_eq!(people("\"1605\""), (Some(1605), 0));
    assert_eq!(people("null"), (None, 0));
    assert_eq!(people("\"\""), (None, 0));
    assert_eq!(people("-5"), (None, 1));
    assert_eq!(people("1e300"), (None, 1));
    assert_eq!(people("\"many\""), (None, 1));
    assert_eq!(people("true"), (None, 1));
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = read_areas(&bytes, &by_name());
    }

    #[test]
    fn a_file_with_any_bytes_changed_is_read_or_refused(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12),
    ) {
        let hole = r#"{"type":"MultiPolygon","coordinates":[[[[0,0],[4,0],[4,4],[0,4],[0,0]],
            [[1,1],[1,2],[2,2],[2,1],[1,1]]]]}"#;
        let mut bytes = collection(&[("Kilima", &square(0, 0)), ("Mtoni", hole)]).into_bytes();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let _ = read_areas(&bytes, &by_name());
    }

    #[test]
    fn any_numbers_are_read_or_refused_one_by_one(
        points in prop::collection::vec((any::<f64>(), -200.0_f64..200.0), 0..12),
    ) {
        let corners: Vec<String> = points.iter().map(|(x, y)| format!("[{x:e},{y}]")).collect();
        let border = format!(r#"{{"type":"Polygon","coordinates":[[{}]]}}"#, corners.join(","));
        let file = collection(&[("Kilima", &square(0, 0)), ("Mtoni", &border)]);
        if let Ok(reading) = read_areas(file.as_bytes(), &by_name()) {
            prop_assert_eq!(reading.areas.len() + reading.refused.len(), 2);
        }
    }
}
