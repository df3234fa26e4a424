//! What the node does by itself: forgetting whose day has come, alarms for unread danger, telling
//! people, settling needs, asking by lot about rolls, putting ballots in their log, freezing public
//! counts, taking in parked records, reading again what another process changed. Each chore is
//! short and safe to repeat; a failing one is told to the log and tried at the next round.

use std::time::Duration;

use rooms::door::House;
use store::StoreError;

/// The round of short chores.
const ROUND: Duration = Duration::from_secs(5);
/// Every so many rounds the longer chores are done too.
const LONG_EVERY: u64 = 12;

/// Works for as long as the node runs.
pub async fn run(house: House) {
    let (mut round, mut forgotten) = (0u64, None);
    loop {
        short(&house).await;
        if round.is_multiple_of(LONG_EVERY) {
            long(&house).await;
            if let Err(error) = housekeep_for_all(&house, &mut forgotten).await {
                tracing::warn!(%error, "the list of what was forgotten could not be read");
            }
        }
        round += 1;
        tokio::time::sleep(ROUND).await;
    }
}

/// Asks for housekeeping when more was forgotten than at the last look, by whichever process: one
/// that ended, or a command that was kept from it, may have left it undone. So also at the first.
async fn housekeep_for_all(house: &House, seen: &mut Option<i64>) -> Result<(), StoreError> {
    let row = house.store().read_one("SELECT COUNT(*) FROM erasure_list", vec![]).await?;
    let now = row.map(|row| row.int(0));
    if *seen != now {
        house.store().housekeep();
        *seen = now;
    }
    Ok(())
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
    if let Err(error) = rooms::voices::notices::carry(house).await {
        tracing::warn!(%error, "not everybody could be told yet");
    }
    match rooms::actions::settle(house).await {
        // A need that is open again confirms no money.
        Ok(moved) if moved > 0 => settle_money(house).await,
        Ok(_) => {}
        Err(error) => {
            tracing::warn!(%error, "what was said about needs could not be settled yet");
        }
    }
}

async fn settle_money(house: &House) {
    if let Err(error) = rooms::funds::settle(house).await {
        tracing::warn!(%error, "money whose need is open again could not be settled yet");
    }
}

async fn long(house: &House) {
    if let Err(error) = rooms::voices::forget::due(house).await {
        tracing::warn!(%error, "forgetting that is due could not be done");
    }
    if let Err(error) = rooms::thread::freeze(house).await {
        tracing::warn!(%error, "public counts could not be frozen");
    }
    if let Err(error) = rooms::decisions::check_rolls(house).await {
        tracing::warn!(%error, "not everybody could be asked about a roll yet");
    }
    if let Err(error) = rooms::decisions::ballots::tend(house).await {
        tracing::warn!(%error, "ballots could not be put in their log yet");
    }
    settle_money(house).await;
    if let Err(error) = rooms::needs::freeze(house).await {
        tracing::warn!(%error, "the counts of needs could not be frozen");
    }
    if let Err(error) = rooms::resources::settle(house).await {
        tracing::warn!(%error, "offers and receipts could not be brought up to date yet");
    }
    if let Err(error) = house.store().unpark().await {
        tracing::warn!(%error, "parked records could not be taken in");
    }
}

#[cfg(test)]
mod tests {
    use rooms::voices::{self, Inbound, forget, queries};

    use super::*;
    use crate::node::{self, Place};

    #[tokio::test(flavor = "multi_thread")]
    async fn what_another_process_has_forgotten_is_cleaned_up_here() {
        let folder = tempfile::tempdir().unwrap();
        let place = Place::new(folder.path(), None);
        let (node, other) = (node::open(&place).await.unwrap(), node::open(&place).await.unwrap());
        let store = node.house.store();
        let mut seen = None;
        housekeep_for_all(&node.house, &mut seen).await.unwrap();
        assert!(store.owes_housekeeping(), "at the first look");
        store.housekeep_now().await.unwrap();
        housekeep_for_all(&node.house, &mut seen).await.unwrap();
        assert!(!store.owes_housekeeping(), "nothing was forgotten since");
        let inbound = Inbound { channel: "page", words: "Dlo".to_owned(), ..Inbound::default() };
        let code = voices::hear(&other.house, inbound).await.unwrap().code.parse().unwrap();
        let voice = queries::by_code(&other.house, &code).await.unwrap().unwrap();
        forget::voice(&other.house, voice.id).await.unwrap();
        housekeep_for_all(&node.house, &mut seen).await.unwrap();
        assert!(store.owes_housekeeping());
    }
}
