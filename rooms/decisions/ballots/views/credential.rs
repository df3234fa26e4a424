//! A credential as its records tell it: that it was given out, whether it is void, and its ballots,
//! sealed. It never says to whom it went: nobody wrote that down.

use minicbor::{Decode, Encode};
use record::{Id, Record};
use store::{Row, Value};

use crate::decisions::ballots::records::{CredentialIssued, CredentialUsed, CredentialVoided};

/// A ballot in the box.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Cast {
    /// Its leaf hash.
    #[cbor(n(0), with = "minicbor::bytes")]
    pub leaf: [u8; 32],
    /// The signed ballot under the box's key.
    #[cbor(n(1), with = "minicbor::bytes")]
    pub sealed: Vec<u8>,
}

/// A credential.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct Credential {
    /// The entity, made from its public key.
    #[n(0)]
    pub id: Id,
    /// The round; none when it was never given out.
    #[n(1)]
    pub round: Option<Id>,
    /// The sheet or the sending.
    #[n(2)]
    pub batch: Id,
    /// Where it was given out.
    #[n(3)]
    pub area: Option<Id>,
    /// Its public key.
    #[cbor(n(4), with = "minicbor::bytes")]
    pub public: Vec<u8>,
    /// Why it is void.
    #[n(5)]
    pub void: Option<String>,
    /// Its ballots in their order; the last counts.
    #[n(6)]
    pub ballots: Vec<Cast>,
    /// How it came to its holder: what its sheet says, or else `card` or `sms`.
    #[n(7)]
    pub way: Option<String>,
}

impl Credential {
    /// The fold.
    #[must_use]
    pub fn fold(id: Id, records: &[Record]) -> Credential {
        let mut credential = Credential { id, ..Credential::default() };
        for record in records {
            if let Some(issued) = record.read::<CredentialIssued>() {
                credential.round = Some(issued.round);
                credential.batch = issued.batch;
                credential.area = record.area;
                credential.public = issued.public.to_vec();
                credential.way = issued.lot.or(Some(issued.via));
            } else if let Some(voided) = record.read::<CredentialVoided>() {
                credential.void = Some(voided.reason);
            } else if let Some(used) = record.read::<CredentialUsed>() {
                let sealed = record.sealed.clone().unwrap_or_default();
                credential.ballots.push(Cast { leaf: used.leaf, sealed });
            }
        }
        credential
    }

    /// The turn that its next ballot would have.
    #[must_use]
    pub fn next_turn(&self) -> u32 {
        u32::try_from(self.ballots.len()).unwrap_or(u32::MAX).saturating_add(1)
    }

    pub(super) fn row(&self) -> Vec<Value> {
        vec![
            self.id.into(),
            self.round.into(),
            self.batch.into(),
            self.area.into(),
            self.void.is_some().into(),
            i64::try_from(self.ballots.len()).unwrap_or(i64::MAX).into(),
            record::encode(self).into(),
        ]
    }

    /// The row whose `whole` is the first column of a query's answer.
    #[must_use]
    pub fn from_row(row: &Row) -> Option<Credential> {
        record::decode(&row.bytes(0)).ok()
    }
}
