//! What can be recorded about money: nouns in the past tense, never edited, public in every word.
//! No person who spoke, received or signed is named in any of them, so nobody's erasure changes a
//! sum; members stand only as the authors of the envelopes.

mod application;
mod purse;
mod window;

macro_rules! payload {
    ($name:ident, $kind:literal) => {
        impl record::Payload for $name {
            const KIND: &'static str = $kind;
        }
    };
}
use payload;

pub use application::{
    ApplicationAppealAnswered, ApplicationAppealed, ApplicationConflictSaid, ApplicationDecided,
    ApplicationMade, ApplicationPointed, ApplicationRouted, ApplicationScored, ApplicationVouched,
    Score,
};
pub use purse::{
    Given, PurseAllocated, PurseCommitted, PurseConfirmed, PurseOpened, PursePaidIn,
    PursePaymentApproved, PursePaymentAsked, PursePaymentRefused, PursePledged, PurseReleased,
    PurseRepaid, PurseReplied, PurseReturned, PurseSpent, PurseUnconfirmed, PurseWithdrawn,
};
pub use window::{
    AreaLine, AreaShare, Beside, Criterion, Match, Next, NextArea, Pool, Seat, Terms,
    WindowDissented, WindowOverridden, WindowPublished, WindowShared, WindowTermsSet,
    WindowTriggered,
};
