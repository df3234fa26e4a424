//! A final result becomes a decision like any other: public, told to those whose needs it answers,
//! and what money, tasks and payments can refer to. What was chosen is read from the count.

use record::Id;

use super::super::rules::{self, Deciding, Hand};
use super::the_round;
use crate::decisions::resolutions::acts::{Actor, from_round};
use crate::door::{House, Trouble};

/// Makes a decision of a final result; returns which.
///
/// # Errors
/// As [`rules::decidable`] and [`rules::voted`] refuse; words or the promise are not fit; it is
/// the decision of a body that whoever asks does not speak for.
pub async fn decide(house: &House, id: Id, asked: Deciding, hand: Hand) -> Result<Id, Trouble> {
    let round = the_round(house, id).await?;
    let records = house.store().records_of(id).await?;
    rules::decidable(id, &records, &hand, house.now_ms())?;
    let said = rules::voted(&round, &asked)?;
    Actor { id: Some(hand.id), bodies: hand.bodies.clone() }.speaks_for(said.moved.body)?;
    let by = Some(hand.id);
    from_round(house, id, said, by, move |known, decision, number| {
        rules::decided(id, known.of(id), (decision, number), &hand, known.now_ms)
    })
    .await
}
