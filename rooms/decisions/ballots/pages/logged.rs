//! How the log of a box stands, for programs: its signed heads, and the proof that one size of it
//! is the beginning of another. It works while people vote; nothing in it says how a vote goes.

use axum::extract::{Path, Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use ballots::Watch;
use record::Refusal;
use serde::Deserialize;

use super::super::queries;
use super::super::rules::rules_of;
use super::parts::of_number;
use crate::decisions::ballots::acts::heads;
use crate::door::{House, Trouble};

/// Two sizes of the log; without them, its beginning and now.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Sizes {
    from: Option<usize>,
    to: Option<usize>,
}

/// `GET /ballot/{number}/log.json`
pub(super) async fn watch(
    State(house): State<House>,
    Path(number): Path<String>,
    Query(sizes): Query<Sizes>,
) -> Result<Response, Trouble> {
    let round = of_number(&house, &number).await?;
    let (rules, log) = (rules_of(&round), queries::log(&house, round.id).await?);
    let leaves = log.hashes();
    let (from, to) = (sizes.from.unwrap_or(0), sizes.to.unwrap_or(leaves.len()));
    let heads = heads(&round, &log);
    let watch = Watch::of((rules.round, rules.log_key), heads, &leaves, (from, to));
    let size = leaves.len();
    let wrong = || Refusal::new("ballot-log-sizes").naming("size", size);
    let json = serde_json::to_string(&watch.ok_or_else(wrong)?).map_err(Trouble::broken)?;
    Ok(([(header::CONTENT_TYPE, "application/json")], json).into_response())
}
