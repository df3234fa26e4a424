//! What anybody may take away as a file: the borders of public areas, and the frozen counts.

use std::fmt::Write as _;

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use page::calendar::moment;
use record::{DAY_MS, Id};

use crate::door::{House, Trouble};
use crate::places::{self, geojson_of};
use crate::thread::queries::frozen;
use crate::voices::NOWHERE;

/// `GET /areas.geojson` (RFC 7946).
pub(super) async fn areas(State(house): State<House>) -> Response {
    let kind = [(header::CONTENT_TYPE, "application/geo+json")];
    (kind, geojson_of(&places::atlas(&house))).into_response()
}

/// `GET /counts.csv` (RFC 4180): a line for each figure; what has none is fewer than five.
pub(super) async fn counts(State(house): State<House>) -> Result<Response, Trouble> {
    let (atlas, frozen) = (places::atlas(&house), frozen(&house).await?);
    let mut lines = String::from("day,area,area_name,counted,at_least\r\n");
    let day = moment(frozen.day.unwrap_or(0).saturating_mul(DAY_MS), 0);
    for (area, key, n) in frozen.all() {
        let public = atlas.area(area);
        let (place, name) = match public {
            Some(area) => (area.id.to_string(), area.both_names()),
            None if area == Id::NONE => ("city".to_owned(), house.city().name.clone()),
            None if area == NOWHERE => ("none".to_owned(), String::new()),
            // An area that was withdrawn since the counts were frozen is told of no more.
            None => continue,
        };
        let (y, m, d, name) = (day.year, day.month, day.day, cell(&name));
        let _ = write!(lines, "{y:04}-{m:02}-{d:02},{place},{name},{key},{n}\r\n");
    }
    let kind = [(header::CONTENT_TYPE, "text/csv; charset=utf-8")];
    Ok((kind, lines).into_response())
}

/// A cell in quotes. A name that a spreadsheet would take for a formula is kept a name.
fn cell(words: &str) -> String {
    let formula = words.starts_with(['=', '+', '-', '@', '\t']);
    let mark = if formula { "'" } else { "" };
    format!("\"{mark}{}\"", words.replace('"', "\"\""))
}
