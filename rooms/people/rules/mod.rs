//! What may be done with members and bodies: pure rules on what is known under lock. They read no
//! clock and draw no chance: ids, keys and hashes are arguments. They never see a passphrase other
//! than to measure it.

mod mandates;
mod measures;
mod phrase;
mod sealed;

use record::{Draft, Id, Refusal};
use seal::{PASSPHRASE_BYTES_MAX, PASSPHRASE_CHARS_MIN};
use store::{Decision, Known, PERSON_KEYS, Put};

use super::records::{
    BodyContactGiven, BodyFormed, BodyRenamed, FocalStoodDown, MemberJoined, MemberLeft,
    MemberPassphraseRenewed, MemberRoleGiven, MemberRoleTaken, MembershipBegun, MembershipEnded,
};
use super::views::drawers::{credential, end_sessions, forget_credential};
use super::views::{BodyRow, FocalRow, MemberRow, MembershipRow, focal_id, membership_id};
use crate::door::Role;

#[cfg(test)]
pub use mandates::MANDATE_DAYS_MAX;
pub use mandates::{
    CURRENCY_CHARS, Force, INSTRUMENT_BYTES_MAX, MandateAsked, SUBJECT_BYTES_MAX, end_mandate,
    give_mandate,
};
pub use measures::{CURRENCIES, day_typed, minor_of, minor_parts};
pub use phrase::{PHRASE_CHANCE_BYTES, phrase};
pub use sealed::{
    Behind, CONFIRMED_MS_MAX, OUTSIDE_NUMBER_BYTES_MAX, REFERRAL_LIST_BYTES_MAX, SealedDoor,
    Training, WHY_CLOSED, confirm_door, confirm_focal, door_state, stand_down, train,
};

/// Longest name of a member, in bytes.
pub const MEMBER_NAME_BYTES_MAX: usize = 80;
/// Longest name of a body, in bytes.
pub const BODY_NAME_BYTES_MAX: usize = 160;
/// Longest line of how to reach a body, in bytes.
pub const CONTACT_BYTES_MAX: usize = 200;

/// What a body is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum BodyKind {
    /// A neighbourhood's assembly.
    Assembly,
    /// A public authority.
    Authority,
    /// Any other organisation.
    Organisation,
    /// A committee of an assembly or a neighbourhood.
    Committee,
}

impl BodyKind {
    /// All kinds.
    pub const ALL: [BodyKind; 4] =
        [BodyKind::Assembly, BodyKind::Authority, BodyKind::Organisation, BodyKind::Committee];

    /// Stable code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            BodyKind::Assembly => "assembly",
            BodyKind::Authority => "authority",
            BodyKind::Organisation => "organisation",
            BodyKind::Committee => "committee",
        }
    }

    /// The kind with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<BodyKind> {
        BodyKind::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// Whom a body speaks for: stable codes.
pub const CONSTITUENCIES: [&str; 14] = [
    "resident",
    "grassroots_org",
    "women_led_org",
    "local_government",
    "national_government",
    "un",
    "ingo",
    "rcrc",
    "nngo",
    "academia_knowledge",
    "urban_professional_network",
    "private_sector",
    "funder",
    "diaspora",
];

/// One line of words: cleaned, line breaks made blanks, at most `bytes_max` bytes of UTF-8.
///
/// # Errors
/// `empty` when nothing is left, `long` (naming the limit) when it is too long.
pub fn one_line(
    raw: &str,
    bytes_max: usize,
    empty: &'static str,
    long: &'static str,
) -> Result<String, Refusal> {
    let too_long = || Refusal::new(long).naming("bytes", bytes_max);
    let words = match words::clean(raw) {
        Ok(words) => words.split_whitespace().collect::<Vec<_>>().join(" "),
        Err(words::Unclean::TooLong { .. }) => return Err(too_long()),
        Err(_) => return Err(Refusal::new(empty)),
    };
    if words.len() > bytes_max { Err(too_long()) } else { Ok(words) }
}

/// A member's name as it may be kept.
///
/// # Errors
/// Nothing to read, or too long.
pub fn member_name(raw: &str) -> Result<String, Refusal> {
    one_line(raw, MEMBER_NAME_BYTES_MAX, "people-name-empty", "people-name-long")
}

/// The form of a name by which it is compared: `Ána  Pérez` and `ana perez` are the same member.
#[must_use]
pub fn folded_name(name: &str) -> String {
    let folded = words::plain(name);
    if folded.is_empty() { name.trim().to_lowercase() } else { folded }
}

/// Whether a passphrase may be taken.
///
/// # Errors
/// Too short to be safe, or so long that it only burns memory.
pub fn passphrase_fits(passphrase: &str) -> Result<(), Refusal> {
    if passphrase.len() > PASSPHRASE_BYTES_MAX {
        return Err(Refusal::new("people-passphrase-long").naming("bytes", PASSPHRASE_BYTES_MAX));
    }
    if passphrase.chars().count() < PASSPHRASE_CHARS_MIN {
        return Err(Refusal::new("people-passphrase-short").naming("chars", PASSPHRASE_CHARS_MIN));
    }
    Ok(())
}

/// Somebody who is about to join: everything that needed chance or keys is made already.
#[derive(Clone, Debug)]
pub struct Joining {
    /// Their new id.
    pub id: Id,
    /// What they may do from the beginning.
    pub roles: Vec<Role>,
    /// Their name, sealed under their own key.
    pub name: Vec<u8>,
    /// That key, wrapped by the vault.
    pub key: Vec<u8>,
    /// The hash of their passphrase.
    pub hash: Vec<u8>,
}

/// A member joins. Without an author it is the node itself: its first start, or the demo.
///
/// # Errors
/// The author is no steward.
pub fn join(known: &Known, who: &Joining, author: Option<Id>) -> Result<Decision, Refusal> {
    by_steward(known, author)?;
    let mut roles = who.roles.clone();
    roles.sort_unstable();
    roles.dedup();
    let roles = roles.iter().map(|role| role.code().to_owned()).collect();
    let draft = Draft::new(who.id, &MemberJoined { roles }).by(author).sealing(who.name.clone());
    let key = Put { table: PERSON_KEYS, row: vec![who.id.into(), who.key.clone().into()] };
    Ok(Decision {
        drafts: vec![draft],
        puts: vec![key, credential(who.id, &who.hash)],
        ..Decision::default()
    })
}

/// A member is given a role; nothing is written when they hold it already.
///
/// # Errors
/// The author is no steward, or the member is not here.
pub fn give_role(
    known: &Known,
    member: Id,
    role: Role,
    author: Option<Id>,
) -> Result<Decision, Refusal> {
    by_steward(known, author)?;
    if here(known, member)?.is(role) {
        return Ok(Decision::default());
    }
    let given = MemberRoleGiven { role: role.code().to_owned() };
    Ok(writing(Draft::new(member, &given).by(author)))
}

/// A role is taken from a member. `stewards` are all who may be stewards, loaded under lock.
///
/// # Errors
/// The author is no steward, the member is not here, or nobody would be steward any more.
pub fn take_role(
    known: &Known,
    member: Id,
    role: Role,
    stewards: &[Id],
    author: Option<Id>,
) -> Result<Decision, Refusal> {
    by_steward(known, author)?;
    if !here(known, member)?.is(role) {
        return Ok(Decision::default());
    }
    if role == Role::Steward {
        another_steward(known, member, stewards)?;
    }
    let taken = MemberRoleTaken { role: role.code().to_owned() };
    let mut decision = writing(Draft::new(member, &taken).by(author));
    if role == Role::FocalPoint {
        decision.drafts.extend(standing_down(known, member, author));
    }
    Ok(decision)
}

/// A member leaves: their way in, their sessions and the hold on their name go.
///
/// # Errors
/// The author is no steward, the member is not here, or nobody would be steward any more.
pub fn leave(
    known: &Known,
    member: Id,
    stewards: &[Id],
    author: Option<Id>,
) -> Result<Decision, Refusal> {
    by_steward(known, author)?;
    if here(known, member)?.is(Role::Steward) {
        another_steward(known, member, stewards)?;
    }
    let mut drafts = vec![Draft::new(member, &MemberLeft {}).by(author)];
    drafts.extend(standing_down(known, member, author));
    Ok(Decision {
        drafts,
        statements: vec![forget_credential(member), end_sessions(member)],
        release: vec![member],
        ..Decision::default()
    })
}

/// A steward gives a member a new passphrase. Whoever could read sensitive reports stands down:
/// their key was wrapped under the old one, and nobody may come to it by way of a steward.
///
/// # Errors
/// The author is no steward, or the member is not here.
pub fn renew_passphrase(
    known: &Known,
    member: Id,
    hash: &[u8],
    author: Option<Id>,
) -> Result<Decision, Refusal> {
    by_steward(known, author)?;
    here(known, member)?;
    let mut drafts = vec![Draft::new(member, &MemberPassphraseRenewed {}).by(author)];
    drafts.extend(standing_down(known, member, author));
    Ok(Decision {
        drafts,
        puts: vec![credential(member, hash)],
        statements: vec![end_sessions(member)],
        ..Decision::default()
    })
}

/// What is asked of a new body.
#[derive(Clone, Debug, Default)]
pub struct BodyAsked {
    /// Its name.
    pub name: String,
    /// Code of its kind.
    pub kind: String,
    /// The area it stands for; none for the whole city.
    pub area: Option<Id>,
    /// Code of whom it speaks for; empty for not said.
    pub constituency: String,
    /// How the public reaches it, in one line; may be empty.
    pub contact: String,
}

/// A body is written down.
///
/// # Errors
/// The author is no steward; the name is empty or long; a code is unknown.
pub fn form_body(
    known: &Known,
    id: Id,
    asked: &BodyAsked,
    author: Option<Id>,
) -> Result<Decision, Refusal> {
    by_steward(known, author)?;
    let kind = BodyKind::from_code(&asked.kind).ok_or(Refusal::new("people-body-kind"))?;
    let constituency = Some(asked.constituency.clone()).filter(|code| !code.is_empty());
    if constituency.as_deref().is_some_and(|code| !CONSTITUENCIES.contains(&code)) {
        return Err(Refusal::new("people-body-constituency"));
    }
    let formed = BodyFormed {
        name: body_name(&asked.name)?,
        kind: kind.code().to_owned(),
        area: asked.area,
        constituency,
        contact: contact_line(&asked.contact)?,
    };
    Ok(writing(Draft::new(id, &formed).area(asked.area).by(author)))
}

/// A body's name or the way to reach it changes; what is the same is not written again.
///
/// # Errors
/// The author is no steward, there is no such body, or the name is empty or long.
pub fn change_body(
    known: &Known,
    body: Id,
    name: &str,
    contact: &str,
    author: Option<Id>,
) -> Result<Decision, Refusal> {
    by_steward(known, author)?;
    let row = formed(known, body)?;
    let (name, contact) = (body_name(name)?, contact_line(contact)?);
    let mut decision = Decision::default();
    if name != row.name {
        let draft = Draft::new(body, &BodyRenamed { name });
        decision.drafts.push(draft.area(row.area).by(author));
    }
    if contact != row.contact {
        let draft = Draft::new(body, &BodyContactGiven { contact });
        decision.drafts.push(draft.area(row.area).by(author));
    }
    Ok(decision)
}

/// A member begins to belong to a body, or no longer does.
///
/// # Errors
/// The author is no steward, or there is no such body or member.
pub fn set_membership(
    known: &Known,
    body: Id,
    member: Id,
    belongs: bool,
    author: Option<Id>,
) -> Result<Decision, Refusal> {
    by_steward(known, author)?;
    formed(known, body)?;
    let id = membership_id(body, member);
    if MembershipRow::fold(id, known.of(id)).holds == belongs {
        return Ok(Decision::default());
    }
    let draft = if belongs {
        here(known, member)?;
        Draft::new(id, &MembershipBegun { body, member })
    } else {
        Draft::new(id, &MembershipEnded { body, member })
    };
    Ok(writing(draft.by(author)))
}

/// Passes when the author is the node itself or a steward now, under lock.
pub(crate) fn by_steward(known: &Known, author: Option<Id>) -> Result<(), Refusal> {
    let steward = |id: Id| MemberRow::fold(id, known.of(id)).is(Role::Steward);
    if author.is_none_or(steward) { Ok(()) } else { Err(Refusal::new("role-missing").status(403)) }
}

/// The member, if they joined and have not left.
pub(crate) fn here(known: &Known, member: Id) -> Result<MemberRow, Refusal> {
    let row = MemberRow::fold(member, known.of(member));
    if row.here { Ok(row) } else { Err(Refusal::new("people-member-gone").status(404)) }
}

/// The body, if it was ever written down.
pub(crate) fn formed(known: &Known, body: Id) -> Result<BodyRow, Refusal> {
    let row = BodyRow::fold(body, known.of(body));
    if row.formed_ms > 0 { Ok(row) } else { Err(Refusal::new("people-body-gone").status(404)) }
}

pub(crate) fn writing(draft: Draft) -> Decision {
    Decision { drafts: vec![draft], ..Decision::default() }
}

fn another_steward(known: &Known, member: Id, stewards: &[Id]) -> Result<(), Refusal> {
    let other =
        |id: &&Id| **id != member && MemberRow::fold(**id, known.of(**id)).is(Role::Steward);
    if stewards.iter().any(|id| other(&id)) {
        Ok(())
    } else {
        Err(Refusal::new("people-last-steward").status(409))
    }
}

/// What a focal point's losing their role, key or place writes.
fn standing_down(known: &Known, member: Id, author: Option<Id>) -> Option<Draft> {
    let focal = FocalRow::fold(focal_id(member), known.of(focal_id(member)));
    focal.stands.then(|| Draft::new(focal.id, &FocalStoodDown {}).by(author))
}

fn body_name(raw: &str) -> Result<String, Refusal> {
    one_line(raw, BODY_NAME_BYTES_MAX, "people-body-name-empty", "people-body-name-long")
}

fn contact_line(raw: &str) -> Result<String, Refusal> {
    if raw.trim().is_empty() {
        return Ok(String::new());
    }
    one_line(raw, CONTACT_BYTES_MAX, "people-contact-unclear", "people-contact-long")
}
