//! The worker that hands messages to the phone: a few at a time, by urgency, and asks again when
//! the phone is away. One phone carries about 330 messages an hour; the queue says how far it is.

use std::time::Duration;

use base64::Engine;
use http_body_util::{BodyExt, Full};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use rooms::door::House;
use rooms::voices::Load;
use rooms::voices::outbound::{self, Leased, Missed};

use super::InForce;
use crate::settings::{Gateway, GatewayKind};

/// Messages leased at once.
const LEASED_MAX: i64 = 10;
/// The pause when nothing waits or the phone is away.
const PAUSE: Duration = Duration::from_secs(5);
/// How long the phone may take to accept one message.
const SEND_TIME_MAX: Duration = Duration::from_secs(20);

/// Something that takes messages in this process, such as the simulator.
pub trait Carrier: Send + Sync {
    /// Takes a message; the node forgets number and words after.
    fn carry(&self, message: &Leased);
}

/// Hands messages over for as long as the node runs.
pub async fn run(house: House, simulator: std::sync::Arc<dyn Carrier>) {
    let client: Http = Client::builder(TokioExecutor::new()).build_http();
    loop {
        if let Ok(backlog) = outbound::backlog(&house).await {
            house.keep(Load(backlog.waiting));
        }
        let gateway = house.kept::<InForce>().and_then(|in_force| in_force.0.clone());
        let worked = match gateway {
            Some(gateway) => step(&house, &gateway, &client, simulator.as_ref()).await,
            None => Ok(false),
        };
        match worked {
            Ok(true) => {}
            Ok(false) => {
                let _ = tokio::time::timeout(PAUSE, house.outbound().notified()).await;
            }
            Err(error) => {
                tracing::warn!(%error, "messages could not be handed to the gateway");
                tokio::time::sleep(PAUSE).await;
            }
        }
    }
}

type Http = Client<HttpConnector, Full<axum::body::Bytes>>;

/// Hands over one lease; whether there was anything.
async fn step(
    house: &House,
    gateway: &Gateway,
    client: &Http,
    simulator: &dyn Carrier,
) -> anyhow::Result<bool> {
    if gateway.kind == GatewayKind::Json || !outbound::any_waiting(house).await? {
        return Ok(false);
    }
    let leased = outbound::lease(house, LEASED_MAX).await?;
    let (mut handed, mut failed) = (Vec::new(), Vec::new());
    for message in &leased {
        let outcome = match gateway.kind {
            GatewayKind::Simulator => {
                simulator.carry(message);
                Ok(())
            }
            _ => send(gateway, client, message).await,
        };
        match outcome {
            Ok(()) => handed.push(message.id),
            Err(why) => failed.push((message.id, why)),
        }
    }
    if !handed.is_empty() {
        outbound::handed(house, &handed).await?;
    }
    if !failed.is_empty() {
        outbound::failed(house, &failed).await?;
    }
    // One number that cannot be reached keeps nobody else waiting.
    Ok(!handed.is_empty())
}

/// `POST /message` of Android SMS Gateway, with the message's own id so that it is sent once. What
/// the phone says of it goes nowhere: it may repeat the number or the words.
async fn send(gateway: &Gateway, client: &Http, message: &Leased) -> Result<(), Missed> {
    let asked = asking(gateway, message).map_err(|error| {
        tracing::warn!(%error, "the gateway's address cannot be asked");
        Missed::Away
    })?;
    let answered = tokio::time::timeout(SEND_TIME_MAX, client.request(asked)).await;
    let Ok(Ok(response)) = answered else {
        tracing::warn!("the phone is away");
        return Err(Missed::Away);
    };
    let status = response.status();
    // Read to its end, so that the connection can be used again.
    let _ = response.into_body().collect().await;
    match status.as_u16() {
        // 409: the phone has this id already; it was handed over at an earlier try.
        200..=299 | 409 => Ok(()),
        400 | 422 => {
            tracing::warn!(%status, "the phone refused a message");
            Err(Missed::Refused)
        }
        _ => {
            tracing::warn!(%status, "the phone did not take a message");
            Err(Missed::Away)
        }
    }
}

fn asking(
    gateway: &Gateway,
    message: &Leased,
) -> anyhow::Result<axum::http::Request<Full<axum::body::Bytes>>> {
    let body = serde_json::json!({
        "id": message.id.to_string(),
        "textMessage": { "text": message.text },
        "phoneNumbers": [message.to],
    });
    let pair = format!("{}:{}", gateway.user, gateway.password);
    let basic = base64::engine::general_purpose::STANDARD.encode(pair);
    let to = format!("{}/message", gateway.url.trim_end_matches('/'));
    Ok(axum::http::Request::post(to)
        .header("content-type", "application/json")
        .header("authorization", format!("Basic {basic}"))
        .body(Full::new(axum::body::Bytes::from(body.to_string())))?)
}
