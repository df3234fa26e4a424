//! An offer by SMS: heard and acknowledged like any voice, then handed on to the room that lists
//! offers. That it could not be listed yet loses nothing: somebody at the desk lists it.

use std::pin::Pin;

use record::Id;

use super::code::Code;
use super::intake::{self, Inbound};
use super::queries;
use crate::door::{House, Trouble};

type Listing = Pin<Box<dyn Future<Output = Result<(), Trouble>> + Send>>;

/// By which the roof hands on an offer once it is heard: which voice it is. Without it an offer is
/// a voice like any other.
#[derive(Clone, Copy)]
pub struct Offered(pub fn(House, Id) -> Listing);

/// Hears an offer and hands it on.
pub(super) async fn hear(house: &House, inbound: Inbound) -> Result<(), Trouble> {
    let heard = intake::hear(house, inbound).await?;
    let Some(table) = house.kept::<Offered>() else { return Ok(()) };
    let Ok(code) = heard.code.parse::<Code>() else { return Ok(()) };
    let Some(voice) = queries::by_code(house, &code).await? else { return Ok(()) };
    if let Err(error) = (table.0)(house.clone(), voice.id).await {
        tracing::warn!(%error, "an offer was heard and not listed: the desk can list it");
    }
    Ok(())
}
