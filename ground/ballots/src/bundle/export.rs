//! A result as a `.pb` file, the format in which others publish elections, so that other programs
//! count it too. It writes no more of ballots than the bundle does, and nothing where hashes alone
//! are published.

use fair::voting::pb;

use super::{Bundle, Contents};
use crate::ballot::{Choice, SignedBallot};
use crate::log;

/// The election of a result whose ballots are published, with the terms on which it was counted
/// under META; none where they are not, or cannot be read. Projects that nobody chose are left out:
/// they are not funded, whatever a rule would do with money that is left over.
#[must_use]
pub fn as_pb(bundle: &Bundle) -> Option<String> {
    let Contents::Full { ballots } = &bundle.contents else { return None };
    let opened = ballots.iter().map(|full| {
        let signed = SignedBallot { bytes: full.ballot.clone(), signature: full.signature.0 };
        signed.open().ok()
    });
    let opened = opened.collect::<Option<Vec<_>>>()?;
    let choices: Vec<&[Choice]> = opened.iter().map(|ballot| ballot.choices.as_slice()).collect();
    let leaves: Vec<log::Hash> = bundle.leaves.iter().map(|leaf| leaf.0).collect();
    let election = bundle.rules.exported(&choices, &log::root(&leaves)).ok()?;
    Some(pb::write(&election))
}
