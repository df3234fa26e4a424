//! A result as it is published: rules, credentials, the log, ballots or only their hashes, the
//! outcome with its reasons, what each group got, and signatures over all of it. One JSON object,
//! written in one way. It never holds a name, a number, an hour of a ballot, or a count of fewer
//! than five people.

mod export;
mod make;
mod trace;
mod verify;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::head::{Signature, SignedHead, SignedPaper};
use crate::hex::{self, Hex};
use crate::rules::Rules;

pub use export::as_pb;
pub use make::{Issued, Making, NotMade, make};
pub use verify::{Checked, Notice, Report, read, verify};

/// The format's name and version.
pub const FORMAT: &str = "baraza-result-1";
/// Longest bundle that is read, in bytes.
pub const BUNDLE_BYTES_MAX: usize = 64 * 1024 * 1024;

/// A result.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bundle {
    /// [`FORMAT`].
    pub format: String,
    /// The rules.
    pub rules: Rules,
    /// The credentials.
    pub credentials: Credentials,
    /// Signed heads of the log, the first of the empty one.
    pub heads: Vec<SignedHead>,
    /// The leaf hash of every ballot that was ever in the box, in the order of the log.
    pub leaves: Vec<Hex<32>>,
    /// Ballots, or what stands for them.
    pub contents: Contents,
    /// Batches of paper.
    pub papers: Vec<SignedPaper>,
    /// What it came to.
    pub outcome: Outcome,
    /// What each group got.
    pub groups: Vec<Group>,
    /// What stands beside the result; none where there are too few ballots to give figures, and in
    /// bundles that were made before it was told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub beside: Option<Beside>,
    /// The box's signature over all of it.
    pub seal: Seal,
}

/// The credentials of a round.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Credentials {
    /// All public keys, in their own order.
    pub keys: Vec<Hex<32>>,
    /// Those that were made void; none is told where only hashes of ballots are published.
    pub void: Vec<Hex<32>>,
    /// How many ballots void ones had cast: with published ballots the log is counted through by
    /// it, so that it is told even when it is small; 0 where only hashes are published.
    pub void_ballots: u64,
}

/// What is published of ballots.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "snake_case", tag = "policy")]
pub enum Contents {
    /// Each ballot that counts, in the order of their leaf hashes.
    Full {
        /// They.
        ballots: Vec<FullBallot>,
    },
    /// The leaf hashes alone.
    Commitments {
        /// Why: `by_rule`, or `few_alike` where somebody could have been told by a ballot.
        why: String,
    },
}

/// A ballot that counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FullBallot {
    /// Its canonical bytes.
    #[serde(with = "hex::any")]
    pub ballot: Vec<u8>,
    /// Its credential's signature.
    pub signature: Signature,
    /// The place of its credential's group in the list of groups.
    pub group: u64,
}

/// What a count came to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outcome {
    /// How many ballots were counted; none when there are too few to give figures.
    pub ballots: Option<u64>,
    /// What is funded, in the order in which it won.
    pub order: Vec<String>,
    /// What that costs together.
    pub cost_minor: u64,
    /// How shares were raised.
    pub raise: Option<Raise>,
    /// Equals that met, the first of each in front.
    pub equals: Vec<Vec<String>>,
    /// What became of every project.
    pub projects: Vec<Told>,
}

/// How shares were raised.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Raise {
    /// How often.
    pub steps: u64,
    /// By how much each time.
    pub step_minor: u64,
    /// Everybody's share in the end, as a fraction of minor units.
    pub share: String,
}

/// What became of a project. Amounts are in minor units, fractions are written `a/b`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Told {
    /// Which.
    pub id: String,
    /// Whether it is funded.
    pub won: bool,
    /// Won: `free`, `shares`, `line`, `completion`, `earned`, `unchosen`. Lost: `no_supporters`,
    /// `over_budget`, `supporters_short`, `money_short`, `stopped`. `few` where fewer than five
    /// chose it, `untold` where too few voted.
    pub reason: String,
    /// In which round it won.
    pub round: Option<u64>,
    /// On how many ballots it stands.
    pub supporters: Option<u64>,
    /// The points it was given.
    pub points: Option<u64>,
    /// The price per unit of worth.
    pub rho: Option<String>,
    /// How many paid for it.
    pub payers: Option<u64>,
    /// How many of these gave the last they had.
    pub gave_all: Option<u64>,
    /// What each of the others paid; of `earned`, what each had paid by then.
    pub price: Option<String>,
    /// What was left of the money before it.
    pub left_minor: Option<u64>,
    /// What its supporters still had.
    pub had_minor: Option<u64>,
    /// What they were short of its cost.
    pub short_minor: Option<u64>,
    /// With how many votes more it would have won.
    pub votes_more: Option<u64>,
}

/// What a group got. What is none is of too few people, or would give such a number away.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// Its name.
    pub name: String,
    /// How many credentials were given out.
    pub issued: Option<u64>,
    /// How many ballots counted.
    pub ballots: Option<u64>,
    /// Its share of all ballots.
    pub ballots_percent: Option<u64>,
    /// The share of the money that its choices stand for.
    pub money_percent: Option<u64>,
    /// The share of the funded projects that its choices stand for.
    pub projects_percent: Option<u64>,
}

/// What stands beside a result, for whoever asks why it is so.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Beside {
    /// What most votes alone, or most points for the money, would have funded, in that order.
    pub greedy: Vec<String>,
    /// With how many votes more, for it alone, a project would have won, found by counting again:
    /// those of which the count itself does not say it.
    pub more: Vec<More>,
    /// What those got whose cards came in one way: by hand, by SMS, or as a sheet says; none where
    /// one to four people of a group had theirs in one way.
    pub ways: Vec<Group>,
}

/// With how many votes more a project would have won.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct More {
    /// Which.
    pub id: String,
    /// So many.
    pub votes: u64,
}

/// The box's signature over a result.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Seal {
    /// The SHA-256 of each section, so that a change can be told where it is.
    pub sections: Vec<Section>,
    /// The signature over them.
    pub signature: Signature,
}

/// A section and its digest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Section {
    /// Its name.
    pub name: String,
    /// Its SHA-256.
    pub sha256: Hex<32>,
}

impl Bundle {
    /// The result as it is published: one line of JSON.
    #[must_use]
    pub fn written(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// The digests of all sections but the seal, as they are.
    pub(crate) fn sections(&self) -> Vec<Section> {
        let beside = self.beside.as_ref().map(|beside| section("beside", beside));
        let sections = [
            section("format", &self.format),
            section("rules", &self.rules),
            section("credentials", &self.credentials),
            section("heads", &self.heads),
            section("leaves", &self.leaves),
            section("contents", &self.contents),
            section("papers", &self.papers),
            section("outcome", &self.outcome),
            section("groups", &self.groups),
        ];
        sections.into_iter().chain(beside).collect()
    }
}

fn section<T: Serialize>(name: &str, of: &T) -> Section {
    let bytes = serde_json::to_vec(of).unwrap_or_default();
    Section { name: name.to_owned(), sha256: Hex(Sha256::digest(bytes).into()) }
}

/// What the box signs of these sections.
pub(crate) fn signed(sections: &[Section]) -> Vec<u8> {
    serde_json::to_vec(sections).unwrap_or_default()
}
