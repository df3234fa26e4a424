//! What can be recorded about the people of the desk: nouns in the past tense, never edited. The
//! name of a member stands only in a sealed half; a body's name and a mandate are public matters.

use minicbor::{Decode, Encode};
use record::{Id, Payload};

macro_rules! payload {
    ($name:ident, $kind:literal) => {
        impl Payload for $name {
            const KIND: &'static str = $kind;
        }
    };
}

/// Somebody joined the desk. The sealed half is their name in UTF-8, under their own key.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct MemberJoined {
    /// Codes of the roles they began with.
    #[n(0)]
    pub roles: Vec<String>,
}
payload!(MemberJoined, "member.joined");

/// A steward gave a role.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct MemberRoleGiven {
    /// Code of the role.
    #[n(0)]
    pub role: String,
}
payload!(MemberRoleGiven, "member.role_given");

/// A steward took a role.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct MemberRoleTaken {
    /// Code of the role.
    #[n(0)]
    pub role: String,
}
payload!(MemberRoleTaken, "member.role_taken");

/// A steward gave a member a new passphrase, so that nobody can do it unseen.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct MemberPassphraseRenewed {}
payload!(MemberPassphraseRenewed, "member.passphrase_renewed");

/// A member left the desk. What they did stays; their way in is gone.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct MemberLeft {}
payload!(MemberLeft, "member.left");

/// A body was formed, or first written down.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct BodyFormed {
    /// Its name.
    #[n(0)]
    pub name: String,
    /// Code of its [`super::BodyKind`].
    #[n(1)]
    pub kind: String,
    /// The area it stands for; none for the whole city.
    #[n(2)]
    pub area: Option<Id>,
    /// Code of the constituency it speaks for, one of [`super::CONSTITUENCIES`].
    #[n(3)]
    pub constituency: Option<String>,
    /// How the public reaches it, in one line.
    #[n(4)]
    pub contact: String,
}
payload!(BodyFormed, "body.formed");

/// A body took another name.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct BodyRenamed {
    /// Its new name.
    #[n(0)]
    pub name: String,
}
payload!(BodyRenamed, "body.renamed");

/// A body said anew how the public reaches it.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct BodyContactGiven {
    /// How the public reaches it, in one line.
    #[n(0)]
    pub contact: String,
}
payload!(BodyContactGiven, "body.contact_given");

/// A member began to belong to a body.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct MembershipBegun {
    /// The body.
    #[n(0)]
    pub body: Id,
    /// The member.
    #[n(1)]
    pub member: Id,
}
payload!(MembershipBegun, "membership.begun");

/// A member no longer belongs to a body.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct MembershipEnded {
    /// The body.
    #[n(0)]
    pub body: Id,
    /// The member.
    #[n(1)]
    pub member: Id,
}
payload!(MembershipEnded, "membership.ended");

/// The most money a mandate reaches.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Ceiling {
    /// Amount in the minor unit of the currency.
    #[n(0)]
    pub amount_minor: i64,
    /// ISO 4217 code.
    #[n(1)]
    pub currency: String,
}

/// A body may decide about a subject in an area, up to a ceiling, until a day.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct MandateGiven {
    /// Who holds it.
    #[n(0)]
    pub body: Id,
    /// What it may decide about.
    #[n(1)]
    pub subject: String,
    /// Where; none for the whole city.
    #[n(2)]
    pub area: Option<Id>,
    /// Up to how much; none when no money may be decided on.
    #[n(3)]
    pub ceiling: Option<Ceiling>,
    /// The last day it holds, in days since 1970.
    #[n(4)]
    pub expiry_day: i64,
    /// The law, by-law or resolution it stands on; without one its decisions are advice.
    #[n(5)]
    pub instrument: Option<String>,
    /// The body that gave it of its own; none for what the law or the city itself gave.
    #[n(6)]
    pub by: Option<Id>,
}
payload!(MandateGiven, "mandate.given");

/// A mandate ended before its day.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct MandateEnded {
    /// Why, in the words of whoever ended it.
    #[n(0)]
    pub reason: String,
}
payload!(MandateEnded, "mandate.ended");

/// A member was trained to read sensitive reports; reports are sealed to this key from now on.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct FocalTrained {
    /// Who.
    #[n(0)]
    pub member: Id,
    /// Whether she is a woman: one of them must be.
    #[n(1)]
    pub woman: bool,
    /// Whether they stand outside the bodies a report may be about: one of them must.
    #[n(2)]
    pub outside: bool,
    /// The public half of their key pair, 32 bytes.
    #[cbor(n(3), with = "minicbor::bytes")]
    pub public: [u8; 32],
}
payload!(FocalTrained, "focal.trained");

/// A focal point said again that they are there.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct FocalConfirmed {}
payload!(FocalConfirmed, "focal.confirmed");

/// A focal point no longer receives reports.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct FocalStoodDown {}
payload!(FocalStoodDown, "focal.stood_down");

/// A steward checked what stands behind the door for sensitive reports.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct SealedDoorConfirmed {
    /// A verified number outside the city's bodies that helps when nobody here can.
    #[n(0)]
    pub outside_number: String,
    /// Who helps with what, in words of the city: health, shelter, law, children, trafficking.
    #[n(1)]
    pub referral_list: String,
}
payload!(SealedDoorConfirmed, "sealed_door.confirmed");
