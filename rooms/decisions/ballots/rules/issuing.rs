//! Credentials are given out by the registrar alone, and made void with a reason. Pure. Nothing
//! here knows to whom one goes.

use record::{Draft, Id, Record, Refusal};

use super::announce::{REASON_CHARS_MAX, public_words};
use super::{Drafts, Hand, before_closing, registrar};
use crate::decisions::ballots::card::credential_id;
use crate::decisions::ballots::records::{CredentialIssued, CredentialVoided};
use crate::decisions::ballots::views::Credential;

/// Most cards of one sheet.
pub const CARDS_MAX: usize = 200;
/// Most credentials of a round.
pub const CREDENTIALS_MAX: usize = 10_000;
/// Longest words on whom a sheet is for, in characters.
pub const LOT_CHARS_MAX: usize = 40;
/// Fewer people than this are not sent credentials together: who got which could be guessed.
pub const SMS_MIN: usize = 5;

/// How many of `all` who wait for a code are sent one together: as many as one sending holds, and
/// never so many that fewer than [`SMS_MIN`] are left over, who could then not be sent any.
#[must_use]
pub fn sent_together(all: usize) -> usize {
    if all <= CARDS_MAX { all } else { CARDS_MAX.min(all - SMS_MIN) }
}

/// What is given out together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Issuing {
    /// The sheet or the sending.
    pub batch: Id,
    /// `card` or `sms`.
    pub via: String,
    /// Public keys, each with the place where it is given out.
    pub keys: Vec<([u8; 32], Option<Id>)>,
    /// How many there were before.
    pub there: usize,
    /// For whom the sheet is, in words everybody reads; empty for nobody in particular.
    pub lot: String,
}

/// How a credential comes where no sheet says for whom it is: no sheet may be called so.
const WAYS: [&str; 2] = ["card", "sms"];

/// Credentials are given out, in the order of their keys, which says nothing.
///
/// # Errors
/// The round is closed; not by the registrar; too many, or by SMS too few, or by SMS where women
/// alone vote; words on whom it is for are not fit.
pub fn issue(id: Id, records: &[Record], asked: &Issuing, hand: &Hand, now_ms: i64) -> Drafts {
    let round = before_closing(id, records, now_ms)?;
    registrar(&round, hand)?;
    let n = asked.keys.len();
    if n == 0 || n > CARDS_MAX || asked.there.saturating_add(n) > CREDENTIALS_MAX {
        let refusal = Refusal::new("ballot-cards-many").naming("max", CARDS_MAX);
        return Err(refusal.naming("all", CREDENTIALS_MAX));
    }
    if asked.via == "sms" && round.rules().women_only {
        return Err(Refusal::new("ballot-sms-women").status(409));
    }
    if asked.via == "sms" && n < SMS_MIN {
        return Err(Refusal::new("ballot-sms-few").status(409).naming("min", SMS_MIN));
    }
    if WAYS.contains(&words::plain(asked.lot.trim()).as_str()) {
        return Err(Refusal::new("ballot-lot"));
    }
    let lot = match asked.lot.trim() {
        "" => None,
        lot => Some(public_words(lot, LOT_CHARS_MAX)?),
    };
    let mut keys = asked.keys.clone();
    keys.sort_unstable();
    let one = |(public, area): ([u8; 32], Option<Id>)| {
        let (batch, via, lot) = (asked.batch, asked.via.clone(), lot.clone());
        let issued = CredentialIssued { round: id, batch, public, via, lot };
        Draft::new(credential_id(&public), &issued).area(area).by(Some(hand.id))
    };
    Ok(keys.into_iter().map(one).collect())
}

/// Credentials are made void before the round closes, for a reason that everybody reads: a sheet
/// that was lost, a card that somebody else holds.
///
/// # Errors
/// The round is closed; not by the registrar; none is left to make void; the reason is not fit.
pub fn void(
    id: Id,
    records: &[Record],
    credentials: &[Credential],
    reason: &str,
    hand: &Hand,
    now_ms: i64,
) -> Drafts {
    let round = before_closing(id, records, now_ms)?;
    registrar(&round, hand)?;
    let reason = public_words(reason, REASON_CHARS_MAX)?;
    let holds = |one: &&Credential| one.round == Some(id) && one.void.is_none();
    let one = |credential: &Credential| {
        let voided = CredentialVoided { reason: reason.clone() };
        Draft::new(credential.id, &voided).area(credential.area).by(Some(hand.id))
    };
    let drafts: Vec<Draft> = credentials.iter().filter(holds).map(one).collect();
    if drafts.is_empty() {
        return Err(Refusal::new("ballot-card-unknown").status(404));
    }
    Ok(drafts)
}
