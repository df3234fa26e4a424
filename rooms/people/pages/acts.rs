//! What the pages and the other rooms ask for, done: read what is needed, decide by a rule under
//! lock, append. No judgement of its own, and no passphrase kept.

use record::{Id, Refusal};
use seal::{FocalKey, PersonKey};
use store::{Change, StoreError};

use super::sessions::{check_passphrase, hash, name_key, unwrap, wrap};
use crate::door::{House, Role, Trouble};
use crate::people::queries;
use crate::people::rules::{self, BodyAsked, Joining, MandateAsked, Training};
use crate::people::views::{FocalRow, door_id, focal_id, membership_id};
use crate::places::BodyNames;

/// Somebody who joins the desk.
#[derive(Clone)]
pub struct NewMember {
    /// The name they use at the desk, and sign in with.
    pub name: String,
    /// Their first passphrase.
    pub passphrase: String,
    /// What they may do from the beginning.
    pub roles: Vec<Role>,
}

/// A member joins the desk; without an author it is the node itself (first start, demo).
///
/// # Errors
/// The name is empty, long or taken; the passphrase does not fit; the author is no steward.
pub async fn join(house: &House, new: NewMember, author: Option<Id>) -> Result<Id, Trouble> {
    let name = rules::member_name(&new.name)?;
    rules::passphrase_fits(&new.passphrase)?;
    let id = Id::fresh(house.now_ms());
    let key = PersonKey::fresh();
    let joining = Joining {
        id,
        roles: new.roles,
        name: seal::seal(&key, &id.0, name.as_bytes()),
        key: house.vault().wrap(&id.0, &key),
        hash: hash(&new.passphrase).await?,
    };
    let change =
        Change::on(author.into_iter().collect(), move |known| rules::join(known, &joining, author));
    let done = house.store().append(change.claiming(name_key(house, &name), id)).await;
    done.map_err(|error| match error {
        store::AppendError::Taken { .. } => Refusal::new("people-name-taken").status(409).into(),
        other => Trouble::from(other),
    })?;
    Ok(id)
}

/// Gives or takes a role.
///
/// # Errors
/// As [`rules::give_role`] and [`rules::take_role`].
pub async fn set_role(
    house: &House,
    member: Id,
    role: Role,
    holds: bool,
    author: Option<Id>,
) -> Result<(), Trouble> {
    let stewards = queries::stewards(house).await?;
    let entities = with_stewards(&stewards, member, author);
    let change = Change::on(entities, move |known| {
        if holds {
            rules::give_role(known, member, role, author)
        } else {
            rules::take_role(known, member, role, &stewards, author)
        }
    });
    Ok(house.store().append(change).await.map(|_| ())?)
}

/// A member leaves.
///
/// # Errors
/// As [`rules::leave`].
pub async fn leave(house: &House, member: Id, author: Option<Id>) -> Result<(), Trouble> {
    let stewards = queries::stewards(house).await?;
    let entities = with_stewards(&stewards, member, author);
    let change = Change::on(entities, move |known| rules::leave(known, member, &stewards, author));
    Ok(house.store().append(change).await.map(|_| ())?)
}

/// A steward gives a member a new passphrase.
///
/// # Errors
/// As [`rules::renew_passphrase`], or the passphrase does not fit.
pub async fn renew_passphrase(
    house: &House,
    member: Id,
    passphrase: &str,
    author: Option<Id>,
) -> Result<(), Trouble> {
    rules::passphrase_fits(passphrase)?;
    let hash = hash(passphrase).await?;
    let entities = with_author(vec![member, focal_id(member)], author);
    let change =
        Change::on(entities, move |known| rules::renew_passphrase(known, member, &hash, author));
    Ok(house.store().append(change).await.map(|_| ())?)
}

/// Writes down a body with all that is asked of it.
///
/// # Errors
/// As [`rules::form_body`].
pub async fn write_body(
    house: &House,
    asked: BodyAsked,
    author: Option<Id>,
) -> Result<Id, Trouble> {
    let id = Id::fresh(house.now_ms());
    let change = Change::on(author.into_iter().collect(), move |known| {
        rules::form_body(known, id, &asked, author)
    });
    house.store().append(change).await?;
    refresh(house).await?;
    Ok(id)
}

/// Keeps the names of bodies in the house for the room of places. The roof calls it at the start,
/// and now and then where several processes share a database.
///
/// # Errors
/// When the database fails.
pub async fn refresh(house: &House) -> Result<(), StoreError> {
    let bodies = queries::bodies(house).await?;
    house.keep(BodyNames(bodies.into_iter().map(|body| (body.id, body.name)).collect()));
    Ok(())
}

/// A body's name or the way to reach it changes.
///
/// # Errors
/// As [`rules::change_body`].
pub async fn change_body(
    house: &House,
    body: Id,
    name: String,
    contact: String,
    author: Option<Id>,
) -> Result<(), Trouble> {
    let change = Change::on(with_author(vec![body], author), move |known| {
        rules::change_body(known, body, &name, &contact, author)
    });
    house.store().append(change).await?;
    Ok(refresh(house).await?)
}

/// A member begins to belong to a body, or no longer does.
///
/// # Errors
/// As [`rules::set_membership`].
pub async fn set_membership(
    house: &House,
    body: Id,
    member: Id,
    belongs: bool,
    author: Option<Id>,
) -> Result<(), Trouble> {
    let entities = with_author(vec![body, member, membership_id(body, member)], author);
    let change = Change::on(entities, move |known| {
        rules::set_membership(known, body, member, belongs, author)
    });
    Ok(house.store().append(change).await.map(|_| ())?)
}

/// Gives a body a mandate.
///
/// # Errors
/// As [`rules::give_mandate`].
pub async fn give_mandate(
    house: &House,
    asked: MandateAsked,
    author: Option<Id>,
) -> Result<Id, Trouble> {
    let id = Id::fresh(house.now_ms());
    let offset = house.city().offset_minutes;
    let bodies = [asked.body].into_iter().chain(asked.by).collect();
    let change = Change::on(with_author(bodies, author), move |known| {
        rules::give_mandate(known, id, &asked, offset, author)
    });
    house.store().append(change).await?;
    Ok(id)
}

/// Ends a mandate before its day.
///
/// # Errors
/// As [`rules::end_mandate`].
pub async fn end_mandate(
    house: &House,
    mandate: Id,
    reason: String,
    author: Option<Id>,
) -> Result<(), Trouble> {
    let offset = house.city().offset_minutes;
    let change = Change::on(with_author(vec![mandate], author), move |known| {
        rules::end_mandate(known, mandate, &reason, offset, author)
    });
    Ok(house.store().append(change).await.map(|_| ())?)
}

/// A member begins to receive sensitive reports: makes their key pair and wraps its secret half
/// under their own passphrase. Trained again with the same passphrase they keep their key, and so
/// what was sealed to it.
///
/// # Errors
/// As [`rules::train`]; the passphrase is not theirs; too many attempts; a busy node.
pub async fn train_focal_point(
    house: &House,
    member: Id,
    woman: bool,
    outside_bodies: bool,
    passphrase: &str,
    author: Option<Id>,
) -> Result<(), Trouble> {
    check_passphrase(house, member, passphrase).await?;
    let kept = queries::focal_secret(house, member).await?;
    let old = match kept {
        Some(wrapped) => unwrap(passphrase, wrapped).await?,
        None => None,
    };
    let key = old.unwrap_or_else(FocalKey::fresh);
    let public = key.public();
    let wrapped = wrap(key, passphrase).await?;
    let bodies = queries::bodies_of(house, member).await?;
    let memberships: Vec<Id> = bodies.iter().map(|body| membership_id(*body, member)).collect();
    let mut entities = with_author(vec![member, focal_id(member)], author);
    entities.extend(&memberships);
    let training =
        Training { member, woman, outside: outside_bodies, public, wrapped, memberships };
    let change = Change::on(entities, move |known| rules::train(known, &training, author));
    Ok(house.store().append(change).await.map(|_| ())?)
}

/// Opens a focal point's key with their own passphrase, for as long as the caller holds it.
///
/// # Errors
/// They do not stand behind the door; the passphrase is wrong; too many attempts; a busy node.
pub async fn focal_key(house: &House, member: Id, passphrase: &str) -> Result<FocalKey, Trouble> {
    let untrained = || Refusal::new("people-focal-untrained").status(409);
    let row = queries::behind(house).await?.into_iter().find(|b| b.focal.member == member);
    if !row.is_some_and(|behind| behind.holds_role) {
        return Err(untrained().into());
    }
    check_passphrase(house, member, passphrase).await?;
    let wrapped = queries::focal_secret(house, member).await?.ok_or_else(untrained)?;
    let key = unwrap(passphrase, wrapped).await?;
    Ok(key.ok_or(Refusal::new("people-passphrase-wrong").status(403))?)
}

/// A focal point says that they are there.
///
/// # Errors
/// As [`rules::confirm_focal`].
pub async fn confirm_focal(house: &House, member: Id) -> Result<(), Trouble> {
    let change = Change::on(vec![member, focal_id(member)], move |known| {
        rules::confirm_focal(known, member)
    });
    Ok(house.store().append(change).await.map(|_| ())?)
}

/// A focal point no longer receives reports.
///
/// # Errors
/// As [`rules::stand_down`].
pub async fn stand_down(house: &House, member: Id, author: Option<Id>) -> Result<(), Trouble> {
    let entities = with_author(vec![member, focal_id(member)], author);
    let change = Change::on(entities, move |known| rules::stand_down(known, member, author));
    Ok(house.store().append(change).await.map(|_| ())?)
}

/// A steward has checked the outside number and the referral list.
///
/// # Errors
/// As [`rules::confirm_door`].
pub async fn confirm_sealed_door(
    house: &House,
    outside_number: &str,
    referral_list: &str,
    author: Option<Id>,
) -> Result<(), Trouble> {
    let (number, list) = (outside_number.to_owned(), referral_list.to_owned());
    let change = Change::on(with_author(vec![door_id()], author), move |known| {
        rules::confirm_door(known, &number, &list, author)
    });
    Ok(house.store().append(change).await.map(|_| ())?)
}

/// How a member stands behind the door, if they were ever trained.
///
/// # Errors
/// When the database fails.
pub(crate) async fn focal_of(house: &House, member: Id) -> Result<Option<FocalRow>, StoreError> {
    let id = focal_id(member);
    let records = house.store().records_of(id).await?;
    Ok((!records.is_empty()).then(|| FocalRow::fold(id, &records)))
}

/// Whether anybody is a steward yet.
///
/// # Errors
/// When the database fails.
pub async fn has_steward(house: &House) -> Result<bool, StoreError> {
    Ok(!queries::stewards(house).await?.is_empty())
}

/// All stewards, the member with their place behind the door, and the author: whoever takes a role
/// locks them all, so that two stewards cannot take each other's at the same moment.
fn with_stewards(stewards: &[Id], member: Id, author: Option<Id>) -> Vec<Id> {
    let entities = stewards.iter().copied().chain([member, focal_id(member)]).collect();
    with_author(entities, author)
}

/// The entities and the author, whose role is judged under the same lock. No entity twice.
fn with_author(mut entities: Vec<Id>, author: Option<Id>) -> Vec<Id> {
    entities.extend(author);
    entities.sort_unstable();
    entities.dedup();
    entities
}
