//! The plain JSON gateway: for anything that can post a message and fetch what is to be sent. A
//! message fetched comes back after a minute unless it is said to be handed over.

use axum::Json;
use axum::extract::{Path, Query, State};
use record::{Id, Refusal};
use rooms::door::{House, Trouble};
use rooms::voices::sms::{self, Sms};
use rooms::voices::{missed_call, outbound};
use serde::{Deserialize, Serialize};

/// Most messages fetched at once.
const FETCHED_MAX: i64 = 50;

#[derive(Deserialize)]
pub(super) struct Inward {
    id: String,
    from: String,
    #[serde(default)]
    text: String,
    #[serde(default)]
    event: Option<String>,
    #[serde(default)]
    sent_at: Option<String>,
}

#[derive(Serialize)]
pub(super) struct Outward {
    id: String,
    to: String,
    text: String,
}

#[derive(Deserialize)]
pub(super) struct Fetch {
    max: Option<i64>,
}

#[derive(Deserialize)]
pub(super) struct Handed {
    ids: Vec<String>,
}

pub(super) async fn receive(
    State(house): State<House>,
    Path(token): Path<String>,
    body: axum::body::Bytes,
) -> Result<Json<serde_json::Value>, Trouble> {
    super::bearing(&house, &token)?;
    let inward: Inward =
        serde_json::from_slice(&body).map_err(|_| Refusal::new("form-unreadable").status(400))?;
    if inward.event.as_deref() == Some("call:missed") {
        missed_call(&house, &inward.from, ("json", &inward.id)).await?;
    } else {
        let message = Sms {
            gateway: "json".to_owned(),
            id: inward.id,
            from: inward.from,
            text: inward.text,
            sent_ms: inward.sent_at.as_deref().and_then(rfc3339_ms),
        };
        sms::receive(&house, &message).await?;
    }
    Ok(Json(serde_json::json!({ "kept": true })))
}

pub(super) async fn outbox(
    State(house): State<House>,
    Path(token): Path<String>,
    Query(fetch): Query<Fetch>,
) -> Result<Json<Vec<Outward>>, Trouble> {
    super::bearing(&house, &token)?;
    let count = fetch.max.unwrap_or(FETCHED_MAX).clamp(1, FETCHED_MAX);
    let leased = outbound::lease(&house, count).await?;
    let outward =
        leased.into_iter().map(|m| Outward { id: m.id.to_string(), to: m.to, text: m.text });
    Ok(Json(outward.collect()))
}

pub(super) async fn handed(
    State(house): State<House>,
    Path(token): Path<String>,
    Json(handed): Json<Handed>,
) -> Result<Json<serde_json::Value>, Trouble> {
    super::bearing(&house, &token)?;
    let ids: Vec<Id> = handed.ids.iter().filter_map(|id| id.parse().ok()).collect();
    outbound::handed(&house, &ids).await?;
    Ok(Json(serde_json::json!({ "handed": ids.len() })))
}

/// Milliseconds since 1970 of an RFC 3339 time; none when it is not one.
pub(crate) fn rfc3339_ms(text: &str) -> Option<i64> {
    let (date, rest) = text.trim().split_once(['T', ' '])?;
    let mut parts = date.split('-').map(|p| p.parse::<i64>().ok());
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    let zone_at = rest.find(['Z', 'z', '+', '-']).unwrap_or(rest.len());
    let (time, zone) = rest.split_at_checked(zone_at)?;
    let mut parts = time.split(':').map(|p| p.parse::<f64>().ok());
    let (hour, minute) = (parts.next()??, parts.next()??);
    let second = parts.next().flatten().unwrap_or(0.0);
    let offset = match zone.split_at_checked(1) {
        Some((sign @ ("+" | "-"), hhmm)) => {
            let (h, m) = hhmm.split_once(':').or_else(|| hhmm.split_at_checked(2))?;
            let minutes = h.parse::<i64>().ok()? * 60 + m.parse::<i64>().unwrap_or(0);
            if sign == "-" { -minutes } else { minutes }
        }
        _ => 0,
    };
    let sound = (1..=12).contains(&month) && (1..=31).contains(&day);
    let days = sound.then(|| days_from_civil(year, month, day))?;
    #[expect(clippy::cast_possible_truncation, reason = "a time of day in milliseconds is small")]
    let of_day = ((hour * 3600.0 + minute * 60.0 + second) * 1000.0) as i64;
    Some(days * 86_400_000 + of_day - offset * 60_000)
}

/// Days since 1970 of a date of the Gregorian calendar (Hinnant's algorithm).
fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let shifted = (month + 9) % 12;
    let of_year = (153 * shifted + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

#[cfg(test)]
mod tests {
    use super::rfc3339_ms;

    #[test]
    fn times_of_gateways_are_read_with_their_zone() {
        let check = |text, expected| assert_eq!(rfc3339_ms(text), expected, "{text}");
        check("1970-01-01T00:00:00Z", Some(0));
        check("2024-06-07T11:41:31.000+07:00", Some(1_717_735_291_000));
        check("2017-05-03 06:04:45", Some(1_493_791_485_000));
        check("2024-02-30", None);
        check("yesterday", None);
        check("2024-13-01T00:00:00Z", None);
    }
}
