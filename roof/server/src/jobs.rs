//! What the node does by itself: forgetting whose day has come, alarms for unread danger, freezing
//! public counts, taking in parked records, reading again what another process changed. Each chore
//! is short and safe to repeat; a failing one is told to the log and tried at the next round.

use std::time::Duration;

use rooms::door::House;

/// The round of short chores.
const ROUND: Duration = Duration::from_secs(5);
/// Every so many rounds the longer chores are done too.
const LONG_EVERY: u64 = 12;

/// Works for as long as the node runs.
pub async fn run(house: House) {
    // Whoever ended the process before may have left a round of it undone.
    if let Err(error) = house.store().housekeep().await {
        tracing::warn!(%error, "housekeeping could not be asked for");
    }
    let mut round = 0u64;
    loop {
        short(&house).await;
        if round.is_multiple_of(LONG_EVERY) {
            long(&house).await;
        }
        round += 1;
        tokio::time::sleep(ROUND).await;
    }
}

async fn short(house: &House) {
    if let Err(error) = rooms::places::refresh(house).await {
        tracing::warn!(%error, "the city could not be read again");
    }
    if let Err(error) = rooms::people::refresh(house).await {
        tracing::warn!(%error, "the bodies could not be read again");
    }
    if let Err(error) = rooms::voices::review::refresh(house).await {
        tracing::warn!(%error, "the texts taken on could not be read again");
    }
    if let Err(error) = rooms::voices::alarms::ring(house).await {
        tracing::warn!(%error, "alarms could not be rung");
    }
}

async fn long(house: &House) {
    if let Err(error) = rooms::voices::forget::due(house).await {
        tracing::warn!(%error, "forgetting that is due could not be done");
    }
    if let Err(error) = rooms::thread::freeze(house).await {
        tracing::warn!(%error, "public counts could not be frozen");
    }
    if let Err(error) = house.store().unpark().await {
        tracing::warn!(%error, "parked records could not be taken in");
    }
}
