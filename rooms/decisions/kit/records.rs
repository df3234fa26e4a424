//! What is kept of a phone's evening while it waits for the other phone: nouns in the past tense,
//! never edited. No name of anybody stands in them, and no words that are not fit for everybody.

use minicbor::{Decode, Encode};
use record::{Id, Payload};

/// A fact from a phone came before what it needs, and waits. Its entity is the event's own id. Who
/// sent it is the author.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct KitKept {
    /// The assembly.
    #[n(0)]
    pub assembly: Id,
    /// Its place in the order of its phone.
    #[n(1)]
    pub place: i64,
    /// The fact as the phone wrote it, in JSON.
    #[n(2)]
    pub fact: String,
    /// The bodies its sender belongs to.
    #[n(3)]
    pub groups: Vec<Id>,
}
impl Payload for KitKept {
    const KIND: &'static str = "kit.kept";
}

/// What it waited for came, and it was taken in; or something newer said the same.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct KitTakenIn {
    /// Whether it still changed anything.
    #[n(0)]
    pub late: bool,
}
impl Payload for KitTakenIn {
    const KIND: &'static str = "kit.taken_in";
}
