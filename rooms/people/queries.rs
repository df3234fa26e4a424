//! What is read of the people of the desk. SQL stands here in named constants, portable, with the
//! limits of what one page shows. It judges nothing and writes nothing; a name is opened here and
//! nowhere kept.

use std::collections::HashMap;

use record::Id;
use store::{Row, StoreError, Value, marks};

use super::rules::{Behind, SealedDoor, door_state};
use super::views::{BodyRow, DoorRow, FocalRow, MandateRow, MemberRow, door_id};
use crate::door::{House, Role};

/// Members on one page of the desk.
pub const MEMBERS_PAGE: usize = 100;
/// Bodies, mandates and members of one body that are read at once.
pub const ROWS_MAX: i64 = 2000;
/// Names read in one query.
const NAMES_CHUNK: usize = 200;

/// A member with their name opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// What is known of them.
    pub row: MemberRow,
    /// Their name; empty once forgotten.
    pub name: String,
}

const SESSION: &str = "SELECT m.id, m.name, m.roles, m.steward, m.joined_ms, m.here, k.wrapped, \
    s.until_ms FROM sessions s JOIN members_1 m ON m.id = s.member \
    LEFT JOIN person_keys k ON k.person = m.id WHERE s.token = $1";

/// The member a session belongs to and when it ends, in milliseconds since 1970.
pub(crate) async fn session(
    house: &House,
    token: [u8; 16],
) -> Result<Option<(Named, i64)>, StoreError> {
    let row = house.store().read_one(SESSION, vec![token.into()]).await?;
    Ok(row.map(|row| (named(house, &row), row.int(7))))
}

const HASH: &str = "SELECT hash FROM credentials WHERE member = $1";

/// The hash of a member's passphrase.
pub(crate) async fn hash(house: &House, member: Id) -> Result<Option<Vec<u8>>, StoreError> {
    let row = house.store().read_one(HASH, vec![member.into()]).await?;
    Ok(row.map(|row| row.bytes(0)))
}

const FOCAL_SECRET: &str = "SELECT wrapped FROM focal_secrets WHERE member = $1";

/// A focal point's key under its wrap.
pub(crate) async fn focal_secret(house: &House, member: Id) -> Result<Option<Vec<u8>>, StoreError> {
    let row = house.store().read_one(FOCAL_SECRET, vec![member.into()]).await?;
    Ok(row.map(|row| row.bytes(0)))
}

const MEMBER: &str = "SELECT m.id, m.name, m.roles, m.steward, m.joined_ms, m.here, k.wrapped \
    FROM members_1 m LEFT JOIN person_keys k ON k.person = m.id WHERE m.id = $1";

/// One member, whether here or gone.
pub(crate) async fn member(house: &House, id: Id) -> Result<Option<Named>, StoreError> {
    let row = house.store().read_one(MEMBER, vec![id.into()]).await?;
    Ok(row.map(|row| named(house, &row)))
}

const MEMBERS: &str = "SELECT m.id, m.name, m.roles, m.steward, m.joined_ms, m.here, k.wrapped \
    FROM members_1 m LEFT JOIN person_keys k ON k.person = m.id \
    WHERE m.here = TRUE AND m.id > $1 ORDER BY m.id LIMIT $2";

/// The members who are here, in the order in which they joined, after the one named.
pub(crate) async fn members(
    house: &House,
    after: Id,
    limit: usize,
) -> Result<Vec<Named>, StoreError> {
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let rows = house.store().read(MEMBERS, vec![after.into(), limit.into()]).await?;
    Ok(rows.iter().map(|row| named(house, row)).collect())
}

const STEWARDS: &str = "SELECT id FROM members_1 WHERE steward = TRUE AND here = TRUE";

/// Everyone who may be a steward now.
pub(crate) async fn stewards(house: &House) -> Result<Vec<Id>, StoreError> {
    let rows = house.store().read(STEWARDS, vec![]).await?;
    Ok(rows.iter().map(|row| row.id(0)).collect())
}

/// The names of members. Who was forgotten, or never was one, is not in the answer.
///
/// # Errors
/// When the database fails.
pub async fn member_names(house: &House, ids: &[Id]) -> Result<HashMap<Id, String>, StoreError> {
    let mut wanted = ids.to_vec();
    wanted.sort_unstable();
    wanted.dedup();
    let mut names = HashMap::with_capacity(wanted.len());
    for chunk in wanted.chunks(NAMES_CHUNK) {
        let sql = format!(
            "SELECT m.id, m.name, m.roles, m.steward, m.joined_ms, m.here, k.wrapped \
             FROM members_1 m LEFT JOIN person_keys k ON k.person = m.id WHERE m.id IN ({})",
            marks(1, chunk.len())
        );
        let params = chunk.iter().map(|id| Value::from(*id)).collect();
        for row in house.store().read(&sql, params).await? {
            let named = named(house, &row);
            if !named.name.is_empty() {
                names.insert(named.row.id, named.name);
            }
        }
    }
    Ok(names)
}

/// A row of the columns of `members_1` and the wrapped key, with its name opened.
fn named(house: &House, row: &Row) -> Named {
    let member = MemberRow::from_row(row, 0);
    let name = member.name.as_deref().zip(row.opt_bytes(6)).and_then(|(sealed, wrapped)| {
        let key = house.vault().unwrap(&member.id.0, &wrapped).ok()?;
        let name = seal::open(&key, &member.id.0, sealed).ok()?;
        String::from_utf8(name).ok()
    });
    Named { row: member, name: name.unwrap_or_default() }
}

const BODIES: &str = "SELECT id, name, kind, area, constituency, contact, formed_ms \
    FROM bodies_1 WHERE formed_ms > 0 ORDER BY name, id LIMIT $1";

/// All bodies by name.
pub(crate) async fn bodies(house: &House) -> Result<Vec<BodyRow>, StoreError> {
    let rows = house.store().read(BODIES, vec![ROWS_MAX.into()]).await?;
    Ok(rows.iter().map(BodyRow::from_row).collect())
}

const BODY: &str = "SELECT id, name, kind, area, constituency, contact, formed_ms \
    FROM bodies_1 WHERE id = $1 AND formed_ms > 0";

/// One body.
pub(crate) async fn body(house: &House, id: Id) -> Result<Option<BodyRow>, StoreError> {
    let row = house.store().read_one(BODY, vec![id.into()]).await?;
    Ok(row.as_ref().map(BodyRow::from_row))
}

const BODIES_OF: &str =
    "SELECT body FROM memberships_1 WHERE member = $1 AND holds = TRUE ORDER BY body";

/// The bodies a member belongs to.
///
/// # Errors
/// When the database fails.
pub async fn bodies_of(house: &House, member: Id) -> Result<Vec<Id>, StoreError> {
    let rows = house.store().read(BODIES_OF, vec![member.into()]).await?;
    Ok(rows.iter().map(|row| row.id(0)).collect())
}

const MEMBERS_OF: &str = "SELECT s.member FROM memberships_1 s JOIN members_1 m ON m.id = s.member \
    WHERE s.body = $1 AND s.holds = TRUE AND m.here = TRUE ORDER BY s.member LIMIT $2";

/// The members who belong to a body and are here.
pub(crate) async fn members_of(house: &House, body: Id) -> Result<Vec<Id>, StoreError> {
    let rows = house.store().read(MEMBERS_OF, vec![body.into(), ROWS_MAX.into()]).await?;
    Ok(rows.iter().map(|row| row.id(0)).collect())
}

const MANDATES: &str = "SELECT id, body, subject, area, amount_minor, currency, expiry_day, \
    instrument, given_ms, ended_ms, ended_why, by_body FROM mandates_2 WHERE given_ms > 0 \
    ORDER BY expiry_day DESC, id LIMIT $1";

/// All mandates, the one that holds longest first.
pub(crate) async fn mandates(house: &House) -> Result<Vec<MandateRow>, StoreError> {
    let rows = house.store().read(MANDATES, vec![ROWS_MAX.into()]).await?;
    Ok(rows.iter().map(MandateRow::from_row).collect())
}

const FOCALS: &str = "SELECT id, member, woman, outside, public, confirmed_ms, stands \
    FROM focals_1 WHERE stands = TRUE ORDER BY id";

const BEHIND: &str = "SELECT m.id, m.name, m.roles, m.steward, m.joined_ms, m.here \
    FROM members_1 m WHERE m.id IN (SELECT member FROM focals_1 WHERE stands = TRUE)";

const BEHIND_IN_BODIES: &str = "SELECT DISTINCT member FROM memberships_1 WHERE holds = TRUE \
    AND member IN (SELECT member FROM focals_1 WHERE stands = TRUE)";

/// Everyone who may stand behind the door for sensitive reports.
pub(crate) async fn behind(house: &House) -> Result<Vec<Behind>, StoreError> {
    let store = house.store();
    let focals = store.read(FOCALS, vec![]).await?;
    let members = store.read(BEHIND, vec![]).await?;
    let members: Vec<MemberRow> = members.iter().map(|row| MemberRow::from_row(row, 0)).collect();
    let in_bodies = store.read(BEHIND_IN_BODIES, vec![]).await?;
    let in_bodies: Vec<Id> = in_bodies.iter().map(|row| row.id(0)).collect();
    Ok(focals
        .iter()
        .map(FocalRow::from_row)
        .map(|focal| Behind {
            holds_role: members.iter().any(|m| m.id == focal.member && m.is(Role::FocalPoint)),
            in_a_body: in_bodies.contains(&focal.member),
            focal,
        })
        .collect())
}

const DOOR: &str = "SELECT id, outside_number, referral_list, confirmed_ms FROM sealed_doors_1 \
    WHERE id = $1";

/// What was last checked of the door.
pub(crate) async fn door(house: &House) -> Result<DoorRow, StoreError> {
    let row = house.store().read_one(DOOR, vec![door_id().into()]).await?;
    Ok(row.as_ref().map(DoorRow::from_row).unwrap_or_default())
}

/// Whether the door for sensitive reports is open now, and what stands behind it.
///
/// # Errors
/// When the database fails.
pub async fn sealed_door(house: &House) -> Result<SealedDoor, StoreError> {
    Ok(door_state(&behind(house).await?, &door(house).await?, house.now_ms()))
}
