//! Gateways: the phone or service that carries SMS between residents and the node. Each hands what
//! comes in to the room of voices and fetches or is sent what goes out. None decides anything.

mod android;
pub(crate) mod json;
mod worker;

use rooms::door::{Access, House, Routes, Trouble};

pub(crate) use json::rfc3339_ms;
pub use worker::{Carrier, run};

use crate::settings::Gateway;

/// The gateway in force, kept in the house so that the desk may change it without a restart.
#[derive(Clone, Debug, Default)]
pub struct InForce(pub Option<Gateway>);

/// The routes gateways call.
#[must_use]
pub fn routes() -> Routes {
    use axum::routing::{get, post};
    Routes::new()
        .post("/gateway/android-sms/{token}", Access::Machine, post(android::receive))
        .post("/gateway/json/{token}", Access::Machine, post(json::receive))
        .get("/gateway/json/{token}/outbox", Access::Machine, get(json::outbox))
        .post("/gateway/json/{token}/handed", Access::Machine, post(json::handed))
}

/// The gateway that bears this token.
///
/// # Errors
/// Nothing is there for any other token: not even that there is a gateway.
fn bearing(house: &House, token: &str) -> Result<Gateway, Trouble> {
    let gateway = house.kept::<InForce>().and_then(|in_force| in_force.0.clone());
    let gateway = gateway.ok_or(Trouble::NotFound)?;
    // Keyed hashes are compared, so that the time taken says nothing of the token.
    let keyed = |text: &str| house.vault().keyed("gateway token", text.as_bytes());
    if keyed(&gateway.token) == keyed(token) { Ok(gateway) } else { Err(Trouble::NotFound) }
}
