//! The folds of this room: requests, offers, advice, lots and waybills, each its records in order
//! to one row and what it gives to the totals. Pure. They never see words that are sealed.

mod advice;
mod goods;
mod offer;
mod request;

use record::{Id, Record};
use store::{Column, Count, Folded, OnConflict, Table, Value, View};

pub use advice::Advice;
pub use goods::{Hand, Lot, Waybill};
pub use offer::{Offer, Take};
pub use request::Request;

/// Under a need's id: before the id of each request that is for it.
pub(crate) const OF_NEED: &str = "request/";
/// Before the source and whence something came: how often.
pub(crate) const GAVE: &str = "gave/";
/// Before the kind and the class of the time to the first useful answer.
pub(crate) const HELPED: &str = "clock/";
/// Before the kind and the number of stars that whoever asked gave.
pub(crate) const STARS: &str = "stars/";
/// Under a request's id: before the id of each offer of which a part is taken for it.
pub(crate) const TAKEN: &str = "take/";
/// Under a request's id: before the id of each waybill that carries goods for it.
pub(crate) const CARRIED: &str = "way/";
/// Under a request's id: before the id of each lot that was handed out for it.
pub(crate) const HANDED: &str = "hand/";

/// The views of this room.
#[must_use]
pub fn views() -> Vec<View> {
    let view = |noun, name: &'static str, columns, sql, fold| View {
        noun,
        table: Table { name: name.into(), key: 1, columns, on_conflict: OnConflict::Replace },
        sql,
        fold,
    };
    vec![
        view("request", "requests_2", request::COLUMNS, include_str!("../views.sql"), |id, all| {
            let request = Request::fold(id, all);
            Folded { counts: request.counts(), row: request.row() }
        }),
        view("offer", "offers_2", offer::COLUMNS, include_str!("../offers.sql"), |id, all| {
            let offer = Offer::fold(id, all);
            Folded { counts: offer.counts(), row: offer.row() }
        }),
        view("advice", "advice_1", advice::COLUMNS, include_str!("../advice.sql"), |id, all| {
            let advice = Advice::fold(id, all);
            Folded { counts: advice.counts(), row: advice.row() }
        }),
        view("lot", "lots_2", goods::LOTS, include_str!("../lots.sql"), |id, all| {
            let lot = Lot::fold(id, all);
            Folded { counts: lot.counts(), row: lot.row() }
        }),
        view(
            "waybill",
            "waybills_2",
            goods::WAYBILLS,
            include_str!("../waybills.sql"),
            |id, all| {
                let waybill = Waybill::fold(id, all);
                Folded { counts: waybill.counts(), row: waybill.row() }
            },
        ),
    ]
}

/// The columns of a table, as a query names them.
pub(crate) fn columns_of(columns: &[(&str, Column)]) -> String {
    columns.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ")
}

/// The columns of each table, as a query names them.
pub(crate) fn columns(noun: &str) -> String {
    columns_of(match noun {
        "request" => request::COLUMNS,
        "offer" => offer::COLUMNS,
        "advice" => advice::COLUMNS,
        "lot" => goods::LOTS,
        _ => goods::WAYBILLS,
    })
}

/// Records in the order of their clocks.
fn in_order(records: &[Record]) -> Vec<&Record> {
    let mut ordered: Vec<&Record> = records.iter().collect();
    ordered.sort_by_key(|record| record.order());
    ordered
}

/// A count in an area and in the city.
fn both(counts: &mut Vec<Count>, area: Option<Id>, key: &str, n: i64) {
    if n != 0 {
        let areas = [area.unwrap_or(crate::voices::NOWHERE), Id::NONE];
        counts.extend(areas.map(|area| Count { area, key: key.to_owned().into(), n }));
    }
}

/// A count under one thing, such as a request.
fn under(counts: &mut Vec<Count>, of: Id, key: String, n: i64) {
    if n != 0 {
        counts.push(Count { area: of, key: key.into(), n });
    }
}

fn ids(all: &[Id]) -> Value {
    all.iter().flat_map(|id| id.0).collect::<Vec<u8>>().into()
}

fn ids_of(bytes: &[u8]) -> Vec<Id> {
    bytes.chunks(record::ID_BYTES).filter_map(Id::from_slice).collect()
}

fn words_of(joined: &str) -> Vec<String> {
    joined.split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect()
}
