//! A ballot goes into the box: only while the round is open, only by a credential of it that holds,
//! and each time as its next one. Pure. It looks at a ballot to see that it is sound, and keeps
//! nothing of what it says outside the sealed half.

use ballots::{Fault, SignedBallot};
use record::{Draft, Id, Record, Refusal};

use super::{Drafts, open, rules_of};
use crate::decisions::ballots::card::credential_id;
use crate::decisions::ballots::records::CredentialUsed;
use crate::decisions::ballots::views::Credential;

/// A ballot, and the same under the box's key.
#[derive(Clone, Debug)]
pub struct Casting {
    /// As it was signed.
    pub ballot: SignedBallot,
    /// Under the box's key.
    pub sealed: Vec<u8>,
}

/// Puts a ballot in the box. `own` are the records of its credential.
///
/// # Errors
/// The round is not open; the credential is unknown here, or void; the ballot is unsound, or was
/// put in before.
pub fn cast(
    (id, records): (Id, &[Record]),
    own: &[Record],
    casting: &Casting,
    now_ms: i64,
) -> Drafts {
    let round = open(id, records, now_ms)?;
    let unsound = |_: Fault| Refusal::new("ballot-card-unknown").status(404);
    let ballot = casting.ballot.open().map_err(unsound)?;
    let entity = credential_id(&ballot.credential);
    let credential = Credential::fold(entity, own);
    if credential.round != Some(id) || credential.public != ballot.credential {
        return Err(Refusal::new("ballot-card-unknown").status(404));
    }
    if credential.void.is_some() {
        return Err(Refusal::new("ballot-card-void").status(409));
    }
    let rules = rules_of(&round);
    ballot.fits(&rules).map_err(|fault| match fault {
        Fault::Round => Refusal::new("ballot-card-unknown").status(404),
        _ => chosen_wrongly(rules.choices_max, rules.points),
    })?;
    if ballot.turn != credential.next_turn() {
        return Err(Refusal::new("ballot-replayed").status(409));
    }
    let used = CredentialUsed { turn: ballot.turn, leaf: casting.ballot.leaf() };
    Ok(vec![Draft::new(entity, &used).sealing(casting.sealed.clone())])
}

/// Nothing was chosen, or more than a ballot may say.
fn chosen_wrongly(choices_max: u32, points: u32) -> Refusal {
    match points {
        0 => Refusal::new("ballot-choices").naming("max", choices_max),
        points => Refusal::new("ballot-points").naming("max", choices_max).naming("points", points),
    }
}
