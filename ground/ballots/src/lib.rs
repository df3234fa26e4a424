//! Secret votes that anybody can recount: ballots signed by one-time credentials, an append-only
//! log of what lies in the box, and a result bundle that is checked from the first byte to the last
//! without asking the node that made it.
//!
//! Never knows a person, a clock, a file or a database; draws no chance of its own; and never says
//! of something that it was checked when it was not.
//!
//! # How it holds together
//!
//! A **credential** is a key that signs ballots of one round. Whoever holds it may vote; the last
//! ballot counts. A [`Ballot`] in its canonical bytes with its signature has one **leaf hash**, and
//! that is all the log shows of it: a commitment, salted, from which nobody reads a choice. Leaf
//! hashes go into a tree as RFC 6962 describes it ([`log`]), whose **heads** are signed. With an
//! inclusion proof the holder of a leaf hash sees that it is in the box; with a consistency proof
//! everybody sees that nothing was taken out. A [`Bundle`] tells the result with all of that, and
//! [`verify`] recounts it by [`fair`].

mod ballot;
mod bundle;
mod count;
mod groups;
mod head;
mod hex;
pub mod log;
mod rules;
#[cfg(test)]
mod tests;
mod watch;

pub use ballot::{BALLOT_BYTES_MAX, Ballot, Choice, Credential, Fault, SALT_BYTES, SignedBallot};
pub use bundle::{
    BUNDLE_BYTES_MAX, Beside, Bundle, Checked, Contents, Credentials, FORMAT, FullBallot, Group,
    Issued, Making, More, NotMade, Notice, Outcome, Raise, Report, Seal, Section, Told, as_pb,
    make, read, verify,
};
pub use count::NoCount;
pub use groups::shown;
pub use head::{Head, LogKey, PaperBatch, Signature, SignedHead, SignedPaper};
pub use hex::Hex;
pub use rules::{
    AMOUNT_MINOR_MAX, APPROVAL, CUMULATIVE, Force, POINTS_MAX, PROJECTS_MAX, Project, Publication,
    Rules, TieRule,
};

pub use watch::{Stand, Watch, receipt};

/// Fewer people than this are never shown as a number.
pub const CELL_MIN: u64 = 5;
/// How often each pattern must occur in each group before ballots are published in full.
pub const PATTERN_MIN: usize = 5;
/// Fewer ballots than this of a group, or of a whole round, give no figures.
pub const GROUP_MIN: u64 = 10;
