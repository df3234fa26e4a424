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
use super::rules::{self, Supply};
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

/// How often what supplies a request is read again when others took something meanwhile.
const SUPPLY_TRIES_MAX: usize = 16;

/// Does an act that stands on all that supplies a request: `act` is given what to lock beside it,
/// and is done again when somebody else was faster.
///
/// # Errors
/// As the act; that others are faster all the time.
async fn with_supply<T, F>(
    house: &House,
    request: Id,
    act: impl Fn(Vec<Id>) -> F,
) -> Result<T, Trouble>
where
    F: Future<Output = Result<T, Trouble>>,
{
    for _ in 0..SUPPLY_TRIES_MAX {
        match act(queries::supplies(house, request).await?).await {
            Err(Trouble::Refused(refusal)) if refusal.code == rules::BUSY => {}
            outcome => return outcome,
        }
    }
    Err(Refusal::new(rules::BUSY).status(409).into())
}

/// Asks a rule about all that supplies a request.
fn supplying<T>(
    known: &Known<'_>,
    request: Id,
    sources: &[Id],
    ask: impl FnOnce(Supply<'_>) -> T,
) -> T {
    let by: Vec<_> = sources.iter().map(|id| (*id, known.of(*id))).collect();
    ask(Supply { of_request: known.of(request), by: &by })
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
