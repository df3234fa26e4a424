//! The rules of assemblies, proposals and bodies: pure judgements on what is known under lock. They
//! read no clock and draw no chance; what other parts know is given to them as plain values.

pub mod agenda;
pub mod body;
pub(crate) mod checking;
pub mod counting;
pub mod hours;
pub mod meeting;
pub mod proposing;
pub mod sheet;

pub use agenda::{NeedSeen, ProposalSeen, Required, Standing, Why, publishable, required};
pub use body::{BodyAsked, RulesBy, set_rules};
pub use counting::{
    BodyRules, Counts, Figure, Lack, PEOPLE_MAX, PublicRoom, Quorum, SHOWN_MIN, fit, public_room,
    quorum,
};
