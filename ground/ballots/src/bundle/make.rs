//! A bundle made from what lies in the box after closing. It decides by the published policy what
//! is told of ballots, and never tells more.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::{
    Beside, Bundle, Contents, Credentials, FORMAT, FullBallot, Group, Outcome, Seal, signed,
};
use crate::ballot::{Ballot, Choice, Fault, SignedBallot};
use crate::count::{NoCount, beside, count};
use crate::groups::{Voter, audit};
use crate::head::{LogKey, SignedHead, SignedPaper};
use crate::hex::Hex;
use crate::log::{self, Hash};
use crate::rules::{Publication, Rules};
use crate::{CELL_MIN, GROUP_MIN, PATTERN_MIN};

/// A credential as the registrar gave it out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Issued {
    /// Its public key.
    pub public: [u8; 32],
    /// The place of its group in the list.
    pub group: usize,
    /// The place of the way in which its card came in the list of ways.
    pub way: usize,
    /// Whether it was made void.
    pub void: bool,
}

/// All that a result is made of.
#[derive(Clone, Debug)]
pub struct Making {
    /// The rules.
    pub rules: Rules,
    /// The groups by name.
    pub groups: Vec<String>,
    /// The ways in which cards came, by name.
    pub ways: Vec<String>,
    /// Every credential.
    pub issued: Vec<Issued>,
    /// Every leaf of the log, in its order.
    pub leaves: Vec<Hash>,
    /// Signed heads, the first of the empty log.
    pub heads: Vec<SignedHead>,
    /// Every ballot that was ever in the box.
    pub ballots: Vec<SignedBallot>,
    /// Batches of paper.
    pub papers: Vec<SignedPaper>,
}

/// Why no result can be made: what lies in the box is not what was put in.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotMade {
    /// A ballot is unsound.
    #[error("the ballot of leaf {leaf}: {why}")]
    Ballot {
        /// Its leaf hash.
        leaf: String,
        /// What is wrong.
        why: Fault,
    },
    /// A ballot is by no credential of this round.
    #[error("the ballot of leaf {0} is by no credential of this round")]
    Stranger(String),
    /// The leaves of the log are not those of the ballots.
    #[error("the log has {0} leaves and the box {1} ballots, and they must be the same")]
    Leaves(usize, usize),
    /// They could not be counted.
    #[error(transparent)]
    NoCount(#[from] NoCount),
}

/// Makes the bundle of a round.
///
/// # Errors
/// What lies in the box is not what was put in, or cannot be counted.
pub fn make(making: &Making, key: &LogKey) -> Result<Bundle, NotMade> {
    let opened = open(making)?;
    let counting: Vec<&Opened> = last_of_each(&opened).into_values().collect();
    let voters: Vec<Voter> = counting
        .iter()
        .map(|one| Voter { group: one.group, choices: &one.ballot.choices })
        .collect();
    let choices: Vec<&[Choice]> = voters.iter().map(|voter| voter.choices).collect();
    let rules = &making.rules;
    let root = log::root(&making.leaves);
    let counted = count(rules, &choices, &root)?;
    let outcome = counted.told(rules);
    let issued = issued_by_group(making);
    let groups = audit(&making.groups, &issued, &voters, rules, &outcome);
    let mut beside = beside(rules, &choices, &root, &counted)?;
    if let Some(beside) = &mut beside {
        beside.ways = ways(making, &counting, &outcome);
    }
    let contents = contents(rules, &voters, &counting);
    Ok(sealed(making, &opened, contents, (outcome, groups, beside), key))
}

/// What those got whose cards came in one way. Nothing, where one to four people of a group had
/// theirs in one way: from what is told of places and of ways together, their number could be
/// worked out.
fn ways(making: &Making, counting: &[&Opened], outcome: &Outcome) -> Vec<Group> {
    let mut cells = HashMap::new();
    for one in counting {
        *cells.entry((one.group, one.way)).or_insert(0u64) += 1;
    }
    if cells.values().any(|n| *n < CELL_MIN) {
        return Vec::new();
    }
    let voters: Vec<Voter> =
        counting.iter().map(|one| Voter { group: one.way, choices: &one.ballot.choices }).collect();
    // How many cards came in a way stands beside how many an area got, so that it is not told.
    let told = audit(&making.ways, &[], &voters, &making.rules, outcome).into_iter();
    told.map(|way| Group { issued: None, ..way }).collect()
}

/// A ballot with its credential's group.
struct Opened {
    signed: SignedBallot,
    ballot: Ballot,
    leaf: Hash,
    group: usize,
    way: usize,
    void: bool,
}

fn open(making: &Making) -> Result<Vec<Opened>, NotMade> {
    let known: HashMap<[u8; 32], &Issued> =
        making.issued.iter().map(|issued| (issued.public, issued)).collect();
    let mut opened = Vec::with_capacity(making.ballots.len());
    for signed in &making.ballots {
        let leaf = signed.leaf();
        let name = || Hex(leaf).to_string();
        let unsound = |why| NotMade::Ballot { leaf: name(), why };
        let ballot = signed.open().map_err(unsound)?;
        ballot.fits(&making.rules).map_err(unsound)?;
        let issued = known.get(&ballot.credential).ok_or_else(|| NotMade::Stranger(name()))?;
        let Issued { group, way, void, .. } = **issued;
        opened.push(Opened { signed: signed.clone(), ballot, leaf, group, way, void });
    }
    let in_box: BTreeSet<Hash> = opened.iter().map(|one| one.leaf).collect();
    let in_log: BTreeSet<Hash> = making.leaves.iter().copied().collect();
    let same = in_box == in_log && in_log.len() == making.leaves.len();
    if !same || opened.len() != making.leaves.len() {
        return Err(NotMade::Leaves(making.leaves.len(), opened.len()));
    }
    Ok(opened)
}

/// The last ballot of every credential that holds, by leaf hash: an order that says nothing.
fn last_of_each(opened: &[Opened]) -> BTreeMap<Hash, &Opened> {
    let mut last: HashMap<[u8; 32], &Opened> = HashMap::new();
    for one in opened.iter().filter(|one| !one.void) {
        let kept = last.entry(one.ballot.credential).or_insert(one);
        if one.ballot.turn > kept.ballot.turn {
            *kept = one;
        }
    }
    last.into_values().map(|one| (one.leaf, one)).collect()
}

/// How many credentials each group was given.
fn issued_by_group(making: &Making) -> Vec<u64> {
    let of = |at| making.issued.iter().filter(move |issued| issued.group == at).count();
    (0..making.groups.len()).map(|at| u64::try_from(of(at)).unwrap_or(u64::MAX)).collect()
}

/// Whether ballots may be published in full: in every group with a ballot there are enough, and
/// each pattern occurs often enough.
fn publishes_in_full(voters: &[Voter]) -> bool {
    let (mut patterns, mut groups) = (HashMap::new(), HashMap::new());
    for voter in voters {
        *patterns.entry((voter.group, voter.choices)).or_insert(0usize) += 1;
        *groups.entry(voter.group).or_insert(0u64) += 1;
    }
    let enough = groups.values().all(|n| *n >= GROUP_MIN);
    enough && !patterns.is_empty() && patterns.values().all(|n| *n >= PATTERN_MIN)
}

fn contents(rules: &Rules, voters: &[Voter], counting: &[&Opened]) -> Contents {
    let why = match rules.publication {
        Publication::Commitments => "by_rule",
        Publication::FullIfMany if publishes_in_full(voters) => {
            let full = |one: &&Opened| FullBallot {
                ballot: one.signed.bytes.clone(),
                signature: Hex(one.signed.signature),
                group: u64::try_from(one.group).unwrap_or(u64::MAX),
            };
            return Contents::Full { ballots: counting.iter().map(full).collect() };
        }
        Publication::FullIfMany => "few_alike",
    };
    Contents::Commitments { why: why.to_owned() }
}

fn sealed(
    making: &Making,
    opened: &[Opened],
    contents: Contents,
    (outcome, groups, beside): (Outcome, Vec<Group>, Option<Beside>),
    key: &LogKey,
) -> Bundle {
    let keys = |void: bool| {
        let all = making.issued.iter().filter(|issued| !void || issued.void);
        let mut keys: Vec<Hex<32>> = all.map(|issued| Hex(issued.public)).collect();
        keys.sort_unstable();
        keys
    };
    // Only a recount of published ballots needs what is void.
    let recounted = matches!(contents, Contents::Full { .. });
    let void_ballots = opened.iter().filter(|one| recounted && one.void).count();
    let mut bundle = Bundle {
        format: FORMAT.to_owned(),
        rules: making.rules.clone(),
        credentials: Credentials {
            keys: keys(false),
            void: if recounted { keys(true) } else { Vec::new() },
            void_ballots: u64::try_from(void_ballots).unwrap_or(u64::MAX),
        },
        heads: making.heads.clone(),
        leaves: making.leaves.iter().copied().map(Hex).collect(),
        contents,
        papers: making.papers.clone(),
        outcome,
        groups,
        beside,
        seal: Seal { sections: Vec::new(), signature: Hex([0; 64]) },
    };
    let sections = bundle.sections();
    let signature = key.sign_result(&signed(&sections));
    bundle.seal = Seal { sections, signature };
    bundle
}
