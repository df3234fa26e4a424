//! Android SMS Gateway (capcom6): signed webhooks in. Its retries are known by the message's id; a
//! forged or stale signature is refused before anything is read.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use record::Refusal;
use rooms::door::{House, Trouble};
use rooms::voices::sms::{self, Sms};
use seal::hmac_sha256_holds;
use serde::Deserialize;

/// A webhook signed longer ago than this is not taken: the phone tries for days, not for weeks.
const SIGNED_WITHIN_S: i64 = 7 * 24 * 60 * 60;

#[derive(Deserialize)]
struct Webhook {
    event: String,
    payload: Payload,
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase")]
struct Payload {
    message_id: String,
    message: String,
    sender: String,
    phone_number: String,
    received_at: String,
}

pub(super) async fn receive(
    State(house): State<House>,
    Path(token): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<StatusCode, Trouble> {
    let gateway = super::bearing(&house, &token)?;
    let text = |name: &str| headers.get(name).and_then(|v| v.to_str().ok()).unwrap_or_default();
    let (timestamp, signature) = (text("x-timestamp"), text("x-signature"));
    let signed_at: i64 = timestamp.parse().unwrap_or(0);
    let fresh = (house.now_ms() / 1000 - signed_at).abs() <= SIGNED_WITHIN_S;
    let parts: [&[u8]; 2] = [&body, timestamp.as_bytes()];
    let key = gateway.signing_key.as_bytes();
    if key.is_empty() || !fresh || !hmac_sha256_holds(key, &parts, signature) {
        return Err(Refusal::new("webhook-forged").status(401).into());
    }
    let webhook: Webhook =
        serde_json::from_slice(&body).map_err(|_| Refusal::new("form-unreadable").status(400))?;
    if webhook.event != "sms:received" {
        // Reports about what we sent: the queue was emptied when the phone took it.
        return Ok(StatusCode::OK);
    }
    let payload = webhook.payload;
    let from = if payload.sender.is_empty() { payload.phone_number } else { payload.sender };
    // The app makes `messageId` from the words alone: two people may send the same. With the number
    // and the moment it names one message, and stays the same at every retry.
    let id = format!("{from}\n{}\n{}", payload.message_id, payload.received_at);
    let message = Sms {
        gateway: "android-sms".to_owned(),
        id,
        from,
        text: payload.message,
        sent_ms: super::json::rfc3339_ms(&payload.received_at),
    };
    match sms::receive(&house, &message).await {
        Ok(()) => Ok(StatusCode::OK),
        // A message that can never be kept must not be tried for days: it is told to the log.
        Err(Trouble::Refused(refusal)) if refusal.status < 500 => {
            tracing::warn!(code = refusal.code, "an SMS could not be taken");
            Ok(StatusCode::OK)
        }
        Err(trouble) => Err(trouble),
    }
}
