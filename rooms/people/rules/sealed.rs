//! The door for sensitive reports: who may stand behind it, and when it is open. No door is open
//! with nobody behind it. Pure: it never sees a report, a passphrase or a secret key.

use record::{DAY_MS, Draft, Id, Refusal};
use seal::FocalPublic;
use store::{Decision, Known};

use super::{by_steward, here, one_line, writing};
use crate::door::Role;
use crate::people::records::{FocalConfirmed, FocalStoodDown, FocalTrained, SealedDoorConfirmed};
use crate::people::views::drawers::focal_secret;
use crate::people::views::{DoorRow, FocalRow, MembershipRow, door_id, focal_id};

/// How long a confirmation counts, in milliseconds: thirty days.
pub const CONFIRMED_MS_MAX: i64 = 30 * DAY_MS;
/// Focal points that must stand behind the door.
pub const FOCAL_POINTS_MIN: usize = 2;
/// Longest outside number, in bytes.
pub const OUTSIDE_NUMBER_BYTES_MAX: usize = 32;
/// Longest referral list, in bytes.
pub const REFERRAL_LIST_BYTES_MAX: usize = 4000;

const OUTSIDE_NUMBER_DIGITS_MIN: usize = 3;

/// Why the door can be closed: codes whose texts are `people-door-<code>`.
pub const WHY_CLOSED: [&str; 5] =
    ["focal-points-few", "no-woman", "nobody-outside", "outside-number-missing", "referral-old"];

/// Whether `9` may be offered, and what stands behind it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealedDoor {
    /// Whether it may be offered now.
    pub open: bool,
    /// To whom reports are sealed. While the door is open: those who confirmed within thirty days.
    /// While it is closed: all who stand, so that a disclosure moved at the desk reaches somebody.
    pub to: Vec<(Id, FocalPublic)>,
    /// A verified number outside the city's bodies; empty when none was ever set.
    pub outside_number: String,
    /// What is missing, as codes of [`WHY_CLOSED`]; empty while it is open.
    pub why_closed: Vec<&'static str>,
}

/// Somebody who may stand behind the door.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Behind {
    /// What was recorded of them.
    pub focal: FocalRow,
    /// Whether they are a member here with the role of focal point now.
    pub holds_role: bool,
    /// Whether they belong to any body now: whoever does is not outside.
    pub in_a_body: bool,
}

/// Whether the door is open at `now_ms`, and for what it is closed.
#[must_use]
pub fn door_state(behind: &[Behind], door: &DoorRow, now_ms: i64) -> SealedDoor {
    let fresh = |at_ms: i64| now_ms.saturating_sub(at_ms) <= CONFIRMED_MS_MAX;
    let standing: Vec<&Behind> = behind.iter().filter(|b| b.focal.stands && b.holds_role).collect();
    let ready: Vec<&Behind> =
        standing.iter().copied().filter(|b| fresh(b.focal.confirmed_ms)).collect();
    let checked = door.confirmed_ms > 0 && fresh(door.confirmed_ms);
    let holds = [
        ready.len() >= FOCAL_POINTS_MIN,
        ready.iter().any(|b| b.focal.woman),
        ready.iter().any(|b| b.focal.outside && !b.in_a_body),
        !door.outside_number.is_empty(),
        checked && !door.referral_list.is_empty(),
    ];
    let why_closed: Vec<&'static str> =
        WHY_CLOSED.into_iter().zip(holds).filter(|(_, holds)| !holds).map(|(why, _)| why).collect();
    let open = why_closed.is_empty();
    let to = if open { ready } else { standing };
    SealedDoor {
        open,
        to: to.iter().map(|b| (b.focal.member, FocalPublic(b.focal.public))).collect(),
        outside_number: door.outside_number.clone(),
        why_closed,
    }
}

/// A member who is about to be trained; the key pair is made already.
#[derive(Clone, Debug)]
pub struct Training {
    /// Who.
    pub member: Id,
    /// Whether she is a woman.
    pub woman: bool,
    /// Whether they say that they stand outside the bodies.
    pub outside: bool,
    /// Their public key.
    pub public: FocalPublic,
    /// Their secret key under their own passphrase.
    pub wrapped: Vec<u8>,
    /// Their memberships of bodies, loaded under lock.
    pub memberships: Vec<Id>,
}

/// A member begins to receive sensitive reports. It counts as their first confirmation.
///
/// # Errors
/// The author is neither the member nor a steward; the member lacks the role; they say they stand
/// outside the bodies and belong to one.
pub fn train(known: &Known, asked: &Training, author: Option<Id>) -> Result<Decision, Refusal> {
    if author != Some(asked.member) {
        by_steward(known, author)?;
    }
    if !here(known, asked.member)?.is(Role::FocalPoint) {
        return Err(Refusal::new("people-focal-role").status(409));
    }
    let belongs = |id: &Id| MembershipRow::fold(*id, known.of(*id)).holds;
    if asked.outside && asked.memberships.iter().any(belongs) {
        return Err(Refusal::new("people-focal-not-outside").status(409));
    }
    let trained = FocalTrained {
        member: asked.member,
        woman: asked.woman,
        outside: asked.outside,
        public: asked.public.0,
    };
    Ok(Decision {
        drafts: vec![Draft::new(focal_id(asked.member), &trained).by(author)],
        puts: vec![focal_secret(asked.member, &asked.wrapped)],
        ..Decision::default()
    })
}

/// A focal point says that they are there. Nobody can say it for them.
///
/// # Errors
/// They are not trained, stood down, or no longer hold the role.
pub fn confirm_focal(known: &Known, member: Id) -> Result<Decision, Refusal> {
    let focal = standing(known, member)?;
    Ok(writing(Draft::new(focal.id, &FocalConfirmed {}).by(Some(member))))
}

/// A focal point no longer receives reports.
///
/// # Errors
/// The author is neither they nor a steward, or they do not stand.
pub fn stand_down(known: &Known, member: Id, author: Option<Id>) -> Result<Decision, Refusal> {
    if author != Some(member) {
        by_steward(known, author)?;
    }
    let focal = FocalRow::fold(focal_id(member), known.of(focal_id(member)));
    if !focal.stands {
        return Err(Refusal::new("people-focal-untrained").status(409));
    }
    Ok(writing(Draft::new(focal.id, &FocalStoodDown {}).by(author)))
}

/// A steward has checked the outside number and the referral list.
///
/// # Errors
/// The author is no steward; the number is no number; the list is empty or long.
pub fn confirm_door(
    known: &Known,
    outside_number: &str,
    referral_list: &str,
    author: Option<Id>,
) -> Result<Decision, Refusal> {
    by_steward(known, author)?;
    let number = outside_number.split_whitespace().collect::<Vec<_>>().join(" ");
    let shape = number.chars().all(|c| c.is_ascii_digit() || "+-() *#".contains(c));
    let digits = number.chars().filter(char::is_ascii_digit).count();
    if !shape || digits < OUTSIDE_NUMBER_DIGITS_MIN || number.len() > OUTSIDE_NUMBER_BYTES_MAX {
        return Err(Refusal::new("people-door-number"));
    }
    let list = words::clean(referral_list).map_err(|_| Refusal::new("people-door-list"))?;
    // One line of it would do; that it is read again is what the confirmation says.
    one_line(&list, REFERRAL_LIST_BYTES_MAX, "people-door-list", "people-door-list")?;
    let checked = SealedDoorConfirmed { outside_number: number, referral_list: list };
    Ok(writing(Draft::new(door_id(), &checked).by(author)))
}

/// The focal point's row, if they stand and hold the role.
pub(crate) fn standing(known: &Known, member: Id) -> Result<FocalRow, Refusal> {
    let untrained = || Refusal::new("people-focal-untrained").status(409);
    let focal = FocalRow::fold(focal_id(member), known.of(focal_id(member)));
    if focal.stands && here(known, member)?.is(Role::FocalPoint) {
        Ok(focal)
    } else {
        Err(untrained())
    }
}
