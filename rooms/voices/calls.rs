//! Missed calls: somebody rang and hung up, because that costs nothing. Each number becomes one
//! task to call back. The number is sealed, shown only on the list of calls, and gone once reached.

use record::{Draft, Id, Record, Refusal};
use seal::PersonKey;
use store::{AppendError, Change, Decision, ERASURE_LIST, Name, Put, Statement, StoreError};

use super::forget::{self, Listed};
use super::intake::{e164, key_put, message_name, number_name};
use super::queries::desk;
use super::records::{CallErased, CallMissed, CallReturned, Words};
use crate::door::{House, Trouble};

/// How often a number is looked up again when it moved meanwhile.
const TRIES_MAX: usize = 8;
/// After so many vain tries a call is no longer on the list, and its number is destroyed.
pub const CALL_TRIES_MAX: i64 = 5;

/// Somebody rang and could not speak: to be called back. A second ring of the same number, and a
/// second telling of the same ring, change nothing.
///
/// # Errors
/// When the number is none, or the store fails; the gateway tells it again then.
pub async fn missed_call(
    house: &House,
    number: &str,
    message_id: (&str, &str),
) -> Result<(), Trouble> {
    let number = e164(number)?;
    for _ in 0..TRIES_MAX {
        let known = house.store().holder(&number_name(house, &number)).await?;
        match house.store().append(missed(house, &number, known, message_id)).await {
            Ok(_) | Err(AppendError::Taken { space: "call" | "message", .. }) => return Ok(()),
            Err(AppendError::Taken { .. } | AppendError::Gone) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Err(Trouble::broken("a missed call could not be kept after several tries"))
}

fn missed(house: &House, number: &str, known: Option<Id>, message_id: (&str, &str)) -> Change {
    let now = house.now_ms();
    let (id, key) = (Id::fresh(now), PersonKey::fresh());
    let half = Words { number: Some(number.to_owned()), ..Words::default() };
    let sealed = seal::seal(&key, &id.0, &record::encode(&half));
    let draft = Draft::new(id, &CallMissed { rang_ms: now }).sealing(sealed);
    let mut decision = Decision { drafts: vec![draft], ..Decision::default() };
    decision.puts.push(key_put(house, id, &key));
    let (door, message) = message_id;
    // The tombstone is not the call's own: it outlives the forgetting of the number.
    let change = Change::writing(decision)
        .claiming(call_name(house, number), id)
        .claiming(message_name(house, door, message), Id::fresh(now));
    let name = number_name(house, number);
    match known {
        Some(person) => change.while_held(name, person),
        // Whoever only ever rang can still ask to be forgotten.
        None => change.claiming(name, Id::fresh(now)),
    }
}

/// The same key as the number's own name, so that forgetting the number finds its calls.
fn call_name(house: &House, number: &str) -> Name {
    Name { space: "call", ..number_name(house, number) }
}

/// Somebody called back. Once they were reached, or were tried often enough, the number goes.
///
/// # Errors
/// When there is no such call, or it is done already.
pub async fn returned(house: &House, id: Id, reached: bool, by: Option<Id>) -> Result<(), Trouble> {
    let change = Change::on(vec![id], move |known| give_back(id, known.of(id), reached, by));
    house.store().append(change).await?;
    let tries = desk::call_tries(house, id).await?;
    if reached || tries >= CALL_TRIES_MAX {
        forget::list(house, &[Listed::Call(id)])?;
        house.store().housekeep();
    }
    Ok(())
}

/// What one try to call back writes.
///
/// # Errors
/// When there is no such call, or it is done already.
pub(super) fn give_back(
    id: Id,
    records: &[Record],
    reached: bool,
    by: Option<Id>,
) -> Result<Decision, Refusal> {
    if !records.iter().any(|record| record.read::<CallMissed>().is_some()) {
        return Err(Refusal::new("call-unknown").status(404));
    }
    let tried: Vec<CallReturned> = records.iter().filter_map(Record::read).collect();
    let tries = i64::try_from(tried.len()).unwrap_or(i64::MAX);
    let gone = records.iter().any(|record| record.read::<CallErased>().is_some());
    if gone || tried.iter().any(|tried| tried.reached) || tries >= CALL_TRIES_MAX {
        return Err(Refusal::new("call-returned").status(409));
    }
    let draft = Draft::new(id, &CallReturned { reached }).by(by);
    let mut decision = Decision { drafts: vec![draft], ..Decision::default() };
    if reached || tries + 1 == CALL_TRIES_MAX {
        forget_number(id, &mut decision);
    }
    Ok(decision)
}

/// The record takes the sealed number away, here and wherever the call was sent; without its key
/// no copy of it opens.
fn forget_number(id: Id, decision: &mut Decision) {
    decision.drafts.push(Draft::new(id, &CallErased {}));
    decision.statements.push(Statement::new(desk::CALL_KEY_GONE, vec![id.into()]));
    decision.release.push(id);
    let row = vec![id.into(), Id::NONE.into(), 0i64.into()];
    decision.puts.push(Put { table: ERASURE_LIST, row });
}

/// The change that takes a call's number away, when an old backup has brought it back.
pub(super) fn forgetting(id: Id) -> Change {
    Change::on(vec![id], move |_| {
        let mut decision = Decision::default();
        forget_number(id, &mut decision);
        Ok(decision)
    })
}

/// Whether this is the id of a missed call.
pub(super) async fn known(house: &House, id: Id) -> Result<bool, StoreError> {
    Ok(desk::call_tries(house, id).await? >= 0)
}

/// Forgets the numbers of a person's missed calls; what is left of them is that somebody rang.
///
/// # Errors
/// When the store fails.
pub(crate) async fn forget_of(house: &House, person: Id) -> Result<(), Trouble> {
    let calls = desk::calls_of(house, person).await?;
    if calls.is_empty() {
        return Ok(());
    }
    let lines: Vec<Listed> = calls.iter().map(|id| Listed::Call(*id)).collect();
    forget::list(house, &lines)?;
    let change = Change::on(calls.clone(), move |_| {
        let mut decision = Decision::default();
        for id in &calls {
            forget_number(*id, &mut decision);
        }
        Ok(decision)
    });
    house.store().append(change).await?;
    Ok(())
}
