//! What is done with ballots: reads what the rules need, asks them under lock, appends. It keeps no
//! code, and never writes down who holds one.

mod casting;
mod counting;
mod deciding;
mod issuing;
mod paper;

use ballots::LogKey;
use record::{Draft, Id, Refusal};
use seal::PersonKey;
use store::{AppendError, Change, Decision, Known, Name};

use super::queries;
use super::records::RightSaid;
use super::rules::{self, Announcing, Answering, Hand};
use super::views::Round;
use crate::decisions::assemblies;
use crate::decisions::resolutions::acts::Actor;
use crate::decisions::resolutions::rules::Ground;
use crate::door::{House, Trouble, Visitor};
use crate::{needs, people};

pub use casting::{RECEIPT_SYMBOLS, by_sms, cast, choices_of};
pub(super) use counting::heads;
pub use counting::{count, tend};
pub use deciding::decide;
pub use issuing::{Sheet, cards, send, void_batch, void_card};
pub use paper::{recount, type_paper};

/// How often a number is tried when others take one at the same moment.
const NUMBER_TRIES: usize = 8;
const MINUTE_MS: i64 = 60 * 1000;

type Drafts = Result<Vec<Draft>, Refusal>;

/// The entity of a round's log.
#[must_use]
pub fn log_id(round: Id) -> Id {
    Id::named("ballot-log", &round.to_string())
}

/// The entity of a round's published result.
#[must_use]
pub fn bundle_id(round: Id) -> Id {
    Id::named("ballot-bundle", &round.to_string())
}

/// The key by which a round's box signs.
fn log_key(house: &House, round: Id) -> LogKey {
    LogKey::from_seed(&house.vault().key_for(&format!("ballot log {round}")).0)
}

/// The key under which ballots lie in the box until they are counted.
fn box_key(house: &House, round: Id) -> PersonKey {
    house.vault().key_for(&format!("ballot box {round}"))
}

/// Who asks, as the rules know them.
///
/// # Errors
/// Nobody has signed in.
pub fn hand(visitor: &Visitor) -> Result<Hand, Refusal> {
    let member = visitor.signed_in()?;
    Ok(Hand { id: member.id, bodies: member.bodies.clone() })
}

/// A member who is given a duty.
async fn hand_of(house: &House, member: Id) -> Result<Hand, Trouble> {
    if !people::is_here(house, member).await? {
        return Err(Refusal::new("ballot-same-hands").into());
    }
    Ok(Hand { id: member, bodies: people::bodies_of(house, member).await? })
}

/// Does one thing with one round.
async fn on(
    house: &House,
    id: Id,
    rule: impl Fn(&Known) -> Drafts + Send + Sync + 'static,
) -> Result<(), Trouble> {
    let change = Change::on(vec![id], move |known| {
        Ok(Decision { drafts: rule(known)?, ..Decision::default() })
    });
    house.store().append(change).await?;
    Ok(())
}

/// Announces a round; returns which it is. Where it says no turnout, it is as many ballots as an
/// assembly of the body needs people.
///
/// # Errors
/// As [`rules::announce`] refuses; words name a member of the desk; no body is named, or one that
/// whoever announces does not speak for.
pub async fn announce(house: &House, asked: Announcing, by: &Actor) -> Result<Id, Trouble> {
    if let Some(right) = &asked.said.right {
        by.speaks_for(right.body)?;
    }
    let titles = asked.said.projects.iter().map(|project| project.title.as_str());
    for words in titles.chain([asked.said.question.as_str(), asked.said.who.as_str()]) {
        if !words.trim().is_empty() {
            needs::fit_in_house(house, words).await?;
        }
    }
    let mut asked = asked;
    let right = right(house, &asked).await?;
    if asked.said.turnout_min.is_none() {
        let meets = assemblies::rules_of(house, right.body).await?.attendance_min;
        asked.said.turnout_min = Some(meets.max(rules::TURNOUT_MIN));
    }
    asked.said.right = Some(right);
    let registrar = hand_of(house, asked.said.registrar).await?;
    let keeper = hand_of(house, asked.said.keeper).await?;
    let author = Hand { id: by.id.unwrap_or(Id::NONE), bodies: by.bodies.clone() };
    let mut number = queries::next_number(house).await?;
    for _ in 0..NUMBER_TRIES {
        let id = Id::fresh(house.now_ms());
        let key = log_key(house, id);
        let mut asked = asked.clone();
        asked.said.number = number;
        let hands = (registrar.clone(), keeper.clone(), author.clone());
        let change = Change::on(vec![id], move |known| {
            let hands = (&hands.0, &hands.1, &hands.2);
            let drafts = rules::announce(id, &asked, &key, hands, known.now_ms)?;
            Ok(Decision { drafts, ..Decision::default() })
        });
        let keyed = house.vault().keyed("ballot-number", &number.to_be_bytes());
        let name = Name { space: "ballot-number", key: keyed };
        match house.store().append(change.claiming(name, id)).await {
            Ok(_) => return Ok(id),
            Err(AppendError::Taken { .. }) => number += 1,
            Err(error) => return Err(error.into()),
        }
    }
    Err(Trouble::broken("no number for a round was free"))
}

/// By what right a round would be held, by the mandates there are now.
async fn right(house: &House, asked: &Announcing) -> Result<RightSaid, Trouble> {
    let (bodies, mandates) = (people::bodies(house).await?, people::mandates(house).await?);
    let offset_ms = house.city().offset_minutes.saturating_mul(MINUTE_MS);
    let day = record::day_of(asked.said.closes_ms.saturating_add(offset_ms));
    let ground = Ground { mandates: &mandates, bodies: &bodies, quorum: None, day };
    Ok(rules::right(&asked.said, asked.area, &ground)?)
}

/// Calls a round off.
///
/// # Errors
/// As [`rules::call_off`] refuses.
pub async fn call_off(
    house: &House,
    id: Id,
    reason: String,
    by: Option<Hand>,
) -> Result<(), Trouble> {
    needs::fit_in_house(house, &reason).await?;
    on(house, id, move |known| rules::call_off(id, known.of(id), &reason, by.as_ref())).await
}

/// A member says that they gain by a project.
///
/// # Errors
/// As [`rules::say_conflict`] refuses.
pub async fn say_conflict(house: &House, id: Id, project: i64, member: Id) -> Result<(), Trouble> {
    on(house, id, move |known| rules::say_conflict(id, known.of(id), project, member)).await
}

/// Gives a duty to another member.
///
/// # Errors
/// As [`rules::transfer`] refuses.
pub async fn transfer(
    house: &House,
    id: Id,
    (duty, to): (String, Id),
    reason: String,
    by: Option<Hand>,
) -> Result<(), Trouble> {
    needs::fit_in_house(house, &reason).await?;
    let to = hand_of(house, to).await?;
    on(house, id, move |known| {
        rules::transfer(id, known.of(id), (&duty, &to), &reason, by.as_ref())
    })
    .await
}

/// Appeals against a result.
///
/// # Errors
/// As [`rules::appeal`] refuses.
pub async fn appeal(house: &House, id: Id, why: String, by: Option<Id>) -> Result<(), Trouble> {
    needs::fit_in_house(house, &why).await?;
    on(house, id, move |known| rules::appeal(id, known.of(id), &why, by, known.now_ms)).await
}

/// Answers an appeal.
///
/// # Errors
/// As [`rules::answer_appeal`] refuses.
pub async fn answer_appeal(
    house: &House,
    id: Id,
    asked: Answering,
    hand: Hand,
) -> Result<(), Trouble> {
    needs::fit_in_house(house, &asked.reason).await?;
    on(house, id, move |known| rules::answer_appeal(id, known.of(id), &asked, &hand)).await
}

/// The round of an id, or a refusal.
async fn the_round(house: &House, id: Id) -> Result<Round, Trouble> {
    let found = queries::round(house, id).await?;
    Ok(found.ok_or_else(|| Refusal::new("ballot-unknown").status(404))?)
}
