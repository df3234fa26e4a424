//! A ballot: its canonical bytes, the credential that signs it, and what makes it unsound. It never
//! names a person, a place or an hour.

use ed25519_dalek::{Signature as Signed, Signer as _, SigningKey, VerifyingKey};
use minicbor::{Decode, Encode};

use crate::log::{self, Hash};
use crate::rules::Rules;

/// Bytes of chance in a ballot, so that nobody finds its choices by trying them against its hash.
pub const SALT_BYTES: usize = 16;
/// Longest signed ballot, in bytes.
pub const BALLOT_BYTES_MAX: usize = 4096;

/// The version of a ballot's bytes.
const FORMAT: u8 = 1;
/// What stands before the bytes that a credential signs, so that no other signature passes for it.
const SIGNED_AS: &[u8] = b"baraza ballot v1\0";

/// One project on a ballot.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
pub struct Choice {
    /// The project's id.
    #[n(0)]
    pub project: String,
    /// The points it is given; 1 on a ballot of approvals.
    #[n(1)]
    pub points: u32,
}

/// A ballot before it is signed.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Ballot {
    #[n(0)]
    format: u8,
    /// The round.
    #[cbor(n(1), with = "minicbor::bytes")]
    pub round: [u8; 16],
    /// The public key of the credential.
    #[cbor(n(2), with = "minicbor::bytes")]
    pub credential: [u8; 32],
    /// The how-manieth ballot of this credential it is, from 1. The last one counts.
    #[n(3)]
    pub turn: u32,
    /// What it chooses, by id.
    #[n(4)]
    pub choices: Vec<Choice>,
    /// Chance.
    #[cbor(n(5), with = "minicbor::bytes")]
    pub salt: [u8; SALT_BYTES],
}

/// A ballot as it lies in the box.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct SignedBallot {
    /// Canonical bytes of the [`Ballot`].
    #[cbor(n(0), with = "minicbor::bytes")]
    pub bytes: Vec<u8>,
    /// The credential's signature.
    #[cbor(n(1), with = "minicbor::bytes")]
    pub signature: [u8; 64],
}

/// What makes a ballot unsound.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// The bytes are no ballot, or are not written in the one way in which ballots are.
    #[error("these bytes are no ballot in its canonical form")]
    Bytes,
    /// The signature is not by the credential that the ballot names.
    #[error("the signature is not by the credential that the ballot names")]
    Signature,
    /// It is of another round.
    #[error("the ballot is of another round")]
    Round,
    /// It names a project that is not on the list.
    #[error("the ballot names “{0}”, which is not on the list")]
    Project(String),
    /// It names a project twice, or out of order.
    #[error("the ballot names its projects out of order")]
    Order,
    /// It chooses more than it may.
    #[error("the ballot chooses {0} projects, more than it may")]
    TooMany(usize),
    /// It gives more points than it has, or none.
    #[error("the ballot gives {0} points, which it may not")]
    Points(u64),
    /// It chooses nothing.
    #[error("the ballot chooses nothing")]
    Empty,
}

/// A one-time credential: the key that signs ballots of one round.
pub struct Credential(SigningKey);

impl Credential {
    /// The credential grown from 32 bytes that only its holder can make again.
    #[must_use]
    pub fn from_seed(seed: &[u8; 32]) -> Credential {
        Credential(SigningKey::from_bytes(seed))
    }

    /// Its public key: all that anybody else keeps of it.
    #[must_use]
    pub fn public(&self) -> [u8; 32] {
        self.0.verifying_key().to_bytes()
    }

    /// A signed ballot. `choices` may come in any order.
    #[must_use]
    pub fn vote(
        &self,
        round: [u8; 16],
        turn: u32,
        choices: &[Choice],
        salt: [u8; SALT_BYTES],
    ) -> SignedBallot {
        let mut choices = choices.to_vec();
        choices.sort_unstable();
        let credential = self.public();
        let ballot = Ballot { format: FORMAT, round, credential, turn, choices, salt };
        let bytes = record::encode(&ballot);
        let signature = self.0.sign(&signed_bytes(&bytes)).to_bytes();
        SignedBallot { bytes, signature }
    }
}

impl std::fmt::Debug for Credential {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Credential(…)")
    }
}

/// Whether 32 bytes are a public key that a ballot could be checked with.
#[must_use]
pub fn key_is_sound(public: &[u8; 32]) -> bool {
    VerifyingKey::from_bytes(public).is_ok_and(|key| !key.is_weak())
}

impl SignedBallot {
    /// The hash by which the log knows it: its holder's receipt.
    #[must_use]
    pub fn leaf(&self) -> Hash {
        log::leaf(&record::encode(self))
    }

    /// The ballot within, when its bytes and its signature are sound.
    ///
    /// # Errors
    /// The bytes are not canonical, or the signature is somebody else's.
    pub fn open(&self) -> Result<Ballot, Fault> {
        if self.bytes.len() > BALLOT_BYTES_MAX {
            return Err(Fault::Bytes);
        }
        let ballot: Ballot = record::decode(&self.bytes).map_err(|_| Fault::Bytes)?;
        if ballot.format != FORMAT || record::encode(&ballot) != self.bytes {
            return Err(Fault::Bytes);
        }
        let key = VerifyingKey::from_bytes(&ballot.credential).map_err(|_| Fault::Signature)?;
        key.verify_strict(&signed_bytes(&self.bytes), &Signed::from_bytes(&self.signature))
            .map_err(|_| Fault::Signature)?;
        Ok(ballot)
    }
}

impl Ballot {
    /// Whether it may be cast in this round.
    ///
    /// # Errors
    /// What makes it unsound.
    pub fn fits(&self, rules: &Rules) -> Result<(), Fault> {
        if self.round != rules.round.0 {
            return Err(Fault::Round);
        }
        fits(&self.choices, rules)
    }
}

/// Whether these choices may stand on one ballot of this round.
pub(crate) fn fits(choices: &[Choice], rules: &Rules) -> Result<(), Fault> {
    if choices.is_empty() {
        return Err(Fault::Empty);
    }
    let ordered = choices.windows(2).all(|pair| match pair {
        [one, next] => one.project < next.project,
        _ => true,
    });
    if !ordered {
        return Err(Fault::Order);
    }
    let known = |choice: &&Choice| rules.project(&choice.project).is_none();
    if let Some(choice) = choices.iter().find(known) {
        return Err(Fault::Project(choice.project.clone()));
    }
    if choices.len() > usize::try_from(rules.choices_max).unwrap_or(usize::MAX) {
        return Err(Fault::TooMany(choices.len()));
    }
    let points: u64 = choices.iter().map(|choice| u64::from(choice.points)).sum();
    let sound = if rules.gives_points() {
        choices.iter().all(|c| c.points > 0) && points <= u64::from(rules.points)
    } else {
        choices.iter().all(|choice| choice.points == 1)
    };
    if sound { Ok(()) } else { Err(Fault::Points(points)) }
}

fn signed_bytes(bytes: &[u8]) -> Vec<u8> {
    [SIGNED_AS, bytes].concat()
}
