//! Purpose: who works at the desk (members, roles, sessions), which bodies there are, what each may
//! decide (mandates as data), and who stands behind the door for sensitive reports.
//! Records: member.*, body.*, membership.*, mandate.*, focal.*, sealed_door.*.
//! Reads: places (the names of areas).
//! Never: keeps a passphrase, a token or an address; shows a member's name on the street; lets the
//! node open what is sealed to a focal point; takes a role for authority.

mod pages;
mod queries;
mod records;
mod rules;
#[cfg(test)]
mod tests;
mod views;

use page::Lang;
use record::{Id, Refusal};
use store::StoreError;

use crate::door::{House, Trouble};

pub use pages::acts::{
    NewMember, change_body, confirm_focal, confirm_sealed_door, end_mandate, focal_key,
    give_mandate, has_steward, join, leave, refresh, renew_passphrase, set_membership, set_role,
    stand_down, train_focal_point, write_body,
};
pub use pages::mandates::ceiling_said;
pub use pages::routes;
pub use pages::sessions::{
    SESSION_MS, change_passphrase, check_passphrase, sign_in, sign_out, who,
};
pub use pages::sign::cookie;
pub use queries::{bodies_of, member_names, sealed_door};
pub use records::Ceiling;
pub use rules::{
    BodyAsked, BodyKind, CONSTITUENCIES, CURRENCIES, Force, MandateAsked, SealedDoor, WHY_CLOSED,
    day_typed, minor_of, minor_parts, phrase,
};
pub use views::drawers::drawers;
pub use views::{MandateRow, views};

/// The texts of this room, by language.
pub const TEXTS: &[(Lang, &str)] = &[
    (Lang::En, include_str!("texts/en.ftl")),
    (Lang::Fr, include_str!("texts/fr.ftl")),
    (Lang::Es, include_str!("texts/es.ftl")),
    (Lang::Ht, include_str!("texts/ht.ftl")),
    (Lang::Sw, include_str!("texts/sw.ftl")),
    (Lang::Ar, include_str!("texts/ar.ftl")),
];

/// Most members whose names are looked for in a text.
const NAMES_READ_MAX: usize = 5000;

/// A body, as other rooms see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Body {
    /// Which.
    pub id: Id,
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: BodyKind,
    /// The area it stands for; none for the whole city.
    pub area: Option<Id>,
    /// Code of the constituency it speaks for, one of [`CONSTITUENCIES`], if said.
    pub constituency: Option<String>,
    /// How the public reaches it, in one line; may be empty.
    pub contact: String,
}

/// All bodies by name.
///
/// # Errors
/// When the database fails.
pub async fn bodies(house: &House) -> Result<Vec<Body>, StoreError> {
    let rows = queries::bodies(house).await?.into_iter();
    Ok(rows
        .filter_map(|row| {
            Some(Body {
                id: row.id,
                kind: BodyKind::from_code(&row.kind)?,
                name: row.name,
                area: row.area,
                constituency: row.constituency,
                contact: row.contact,
            })
        })
        .collect())
}

/// Names of the members who are here, as many as are read at once.
///
/// # Errors
/// When the database fails.
pub async fn names_here(house: &House) -> Result<Vec<String>, StoreError> {
    let (mut names, mut after) = (Vec::new(), Id::NONE);
    while names.len() < NAMES_READ_MAX {
        let some = queries::members(house, after, queries::MEMBERS_PAGE).await?;
        let Some(last) = some.last() else { break };
        after = last.row.id;
        names.extend(some.into_iter().map(|member| member.name).filter(|name| !name.is_empty()));
    }
    Ok(names)
}

/// Writes down a body.
///
/// # Errors
/// The author is no steward; the name is empty or long; the kind is unknown.
pub async fn form_body(
    house: &House,
    name: &str,
    kind: &str,
    area: Option<Id>,
    author: Option<Id>,
) -> Result<Id, Trouble> {
    let asked =
        BodyAsked { name: name.to_owned(), kind: kind.to_owned(), area, ..BodyAsked::default() };
    write_body(house, asked, author).await
}

/// Members who are here and belong to a body, or the first hundred of all, by name.
///
/// # Errors
/// When the database fails.
pub async fn here(house: &House, body: Option<Id>) -> Result<Vec<(Id, String)>, StoreError> {
    let ids = match body {
        Some(body) => queries::members_of(house, body).await?,
        None => Vec::new(),
    };
    let mut named: Vec<(Id, String)> = if ids.is_empty() {
        let all = queries::members(house, Id::NONE, queries::MEMBERS_PAGE).await?;
        all.into_iter().map(|member| (member.row.id, member.name)).collect()
    } else {
        member_names(house, &ids).await?.into_iter().collect()
    };
    named.retain(|(_, name)| !name.is_empty());
    named.sort_by(|a, b| a.1.cmp(&b.1));
    named.truncate(queries::MEMBERS_PAGE);
    Ok(named)
}

/// Whether somebody is a member now.
///
/// # Errors
/// When the database fails.
pub async fn is_here(house: &House, member: Id) -> Result<bool, StoreError> {
    Ok(queries::member(house, member).await?.is_some_and(|named| named.row.here))
}

/// All mandates that were ever given, the one that holds longest first.
///
/// # Errors
/// When the database fails.
pub async fn mandates(house: &House) -> Result<Vec<MandateRow>, StoreError> {
    queries::mandates(house).await
}

/// Whether a passphrase may be taken, to be told before anything else is asked.
///
/// # Errors
/// Too short to be safe, or too long.
pub fn passphrase_fits(passphrase: &str) -> Result<(), Refusal> {
    rules::passphrase_fits(passphrase)
}

/// A first passphrase of four words, from the operating system's chance.
#[must_use]
pub fn fresh_passphrase() -> String {
    let mut chance = [0; rules::PHRASE_CHANCE_BYTES];
    seal::chance(&mut chance);
    phrase(chance)
}
