//! What is done in this room, from whichever page: the rule is asked, what it answers is appended,
//! and whoever offered is told. It decides nothing itself, and opens no words but to those pages
//! that show them.

pub mod advice;
pub mod goods;
pub mod offers;
pub mod requests;

use record::{Draft, Id, Refusal};
use store::{AppendError, Change, Decision, Known, Name};

use super::queries;
use crate::door::{House, Trouble};
use crate::people;

/// How often a number is tried again when another process took it.
const NUMBER_TRIES_MAX: usize = 16;

/// Does an act that needs the next free number of its kind; another process may take it first.
async fn numbered(
    house: &House,
    (space, noun): (&'static str, &'static str),
    id: Id,
    make: impl Fn(i64) -> Change,
) -> Result<(), Trouble> {
    let mut number = 0;
    for _ in 0..NUMBER_TRIES_MAX {
        number = queries::highest(house, noun).await?.max(number) + 1;
        let key = house.vault().keyed(space, &number.to_be_bytes());
        match house.store().append(make(number).claiming(Name { space, key }, id)).await {
            Err(AppendError::Taken { space: taken, .. }) if taken == space => {}
            Err(error) => return Err(error.into()),
            Ok(_) => return Ok(()),
        }
    }
    Err(Trouble::broken(format!("no number is free for a {noun}")))
}

/// Appends what a rule over some records answers.
async fn on(
    house: &House,
    entities: Vec<Id>,
    rule: impl Fn(&Known) -> Result<Vec<Draft>, Refusal> + Send + Sync + 'static,
) -> Result<(), Trouble> {
    let change = Change::on(entities, move |known| {
        Ok(Decision { drafts: rule(known)?, ..Decision::default() })
    });
    house.store().append(change).await?;
    Ok(())
}

/// A body that is there, or none.
///
/// # Errors
/// When one is named that is not.
async fn body_known(house: &House, body: Option<Id>) -> Result<(), Trouble> {
    let Some(id) = body else { return Ok(()) };
    let there = people::bodies(house).await?.iter().any(|body| body.id == id);
    there.then_some(()).ok_or(Refusal::new("resource-body-unknown").into())
}
