//! A ballot is cast: by the page or by SMS. The code makes the key, the key signs, both are
//! forgotten; what the ballot says goes into the box under the box's key.

use ballots::{Choice, Credential as Key, SALT_BYTES, SignedBallot};
use record::{Id, Refusal};
use store::{Change, Decision};

use super::super::card::{Card, credential_id};
use super::super::queries;
use super::super::rules::{self, Casting, Ticked, chosen_in, project_id};
use super::super::views::Round;
use super::box_key;
use crate::door::{House, Trouble};
use crate::voices::sms::Meant;

/// The first symbols of a receipt, as an SMS says them: enough to find it.
pub const RECEIPT_SYMBOLS: usize = 16;

/// Choices as a ballot says them, each project once.
#[must_use]
pub fn choices_of(ticked: &Ticked) -> Vec<Choice> {
    let mut ticked = ticked.clone();
    ticked.sort_unstable();
    ticked.dedup_by_key(|(n, _)| *n);
    let one = |(n, points): (usize, u32)| Choice { project: project_id(n), points };
    ticked.into_iter().map(one).collect()
}

/// A ballot that is ready for the box.
pub(super) struct Ready {
    pub credential: Id,
    pub casting: Casting,
}

/// Signs a ballot with the key of a card, as the next one of its credential.
pub(super) async fn ready(
    house: &House,
    round: &Round,
    key: &Key,
    choices: &[Choice],
) -> Result<Ready, Trouble> {
    let credential = credential_id(&key.public());
    let found = queries::credential(house, credential).await?;
    let turn = found.map_or(1, |found| found.next_turn());
    let mut salt = [0; SALT_BYTES];
    seal::chance(&mut salt);
    let ballot = key.vote(round.id.0, turn, choices, salt);
    let sealed = sealed(house, round.id, credential, &ballot);
    Ok(Ready { credential, casting: Casting { ballot, sealed } })
}

fn sealed(house: &House, round: Id, credential: Id, ballot: &SignedBallot) -> Vec<u8> {
    seal::seal(&box_key(house, round), &credential.0, &record::encode(ballot))
}

/// The key of a card. Slow, so off the threads that serve pages.
pub(super) async fn key_of(card: Card, round: Id) -> Result<Key, Trouble> {
    let grown = tokio::task::spawn_blocking(move || card.credential(round));
    grown.await.map_err(Trouble::broken)
}

/// Casts a ballot; returns its leaf hash, which is the receipt.
///
/// # Errors
/// As [`rules::cast`] refuses.
pub async fn cast(
    house: &House,
    round: &Round,
    card: Card,
    ticked: &Ticked,
) -> Result<[u8; 32], Trouble> {
    let (change, leaf) = casting(house, round, card, ticked).await?;
    house.store().append(change).await?;
    Ok(leaf)
}

async fn casting(
    house: &House,
    round: &Round,
    card: Card,
    ticked: &Ticked,
) -> Result<(Change, [u8; 32]), Trouble> {
    let key = key_of(card, round.id).await?;
    let Ready { credential, casting } = ready(house, round, &key, &choices_of(ticked)).await?;
    let (leaf, id) = (casting.ballot.leaf(), round.id);
    let change = Change::on(vec![id, credential], move |known| {
        let own = known.of(credential);
        let drafts = rules::cast((id, known.of(id)), own, &casting, known.now_ms)?;
        Ok(Decision { drafts, ..Decision::default() })
    });
    Ok((change, leaf))
}

/// A ballot by SMS, with the words that answer it. They repeat neither the code nor the choice:
/// somebody else may hold the phone. The answer belongs to no person, so that the queue of messages
/// does not say who voted.
///
/// # Errors
/// When the database fails.
pub async fn by_sms(
    house: &House,
    number: i64,
    code: &str,
    chosen: &str,
) -> Result<Meant, Trouble> {
    let name = format!("V-{number}");
    let Some(round) = queries::by_number(house, number).await? else {
        return Ok(refusing("ballot-unknown", "sms-ballot-unknown", name));
    };
    let Ok(card) = code.parse::<Card>() else {
        return Ok(refusing("ballot-card-mistyped", "sms-ballot-unknown", name));
    };
    if round.status(house.now_ms()) != "open" {
        return Ok(refusing("ballot-closed", "sms-ballot-shut", name));
    }
    let rules = rules::rules_of(&round);
    let ticked = match chosen_in(&rules, chosen) {
        Ok(ticked) => ticked,
        Err(wrong) => {
            let mut meant = refusing(wrong.code(), wrong.reply(), name);
            meant.args.extend(wrong.says(&rules));
            return Ok(meant);
        }
    };
    let (change, leaf) = casting(house, &round, card, &ticked).await?;
    let receipt = ballots::Hex(leaf).to_string().chars().take(RECEIPT_SYMBOLS).collect();
    let args = vec![("number", name), ("receipt", receipt)];
    let (done, refused) = ("sms-ballot-taken", "sms-ballot-unknown");
    Ok(Meant { change, done, again: done, refused, args })
}

fn refusing(code: &'static str, key: &'static str, number: String) -> Meant {
    let change = Change::on(Vec::new(), move |_| Err(Refusal::new(code).status(409)));
    let args = vec![("number", number)];
    Meant { change, done: key, again: key, refused: key, args }
}
