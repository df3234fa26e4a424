//! Recounts a result from its bundle alone, and says exactly where something is wrong, what was
//! checked, and what could not be. It never trusts what made the bundle: the key by which it is
//! signed must be compared with the one that was published before the vote.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use serde_json::Value;

use super::{Beside, Bundle, Contents, FORMAT, FullBallot, Group, trace};
use crate::ballot::{Ballot, Choice, Fault, SignedBallot, key_is_sound};
use crate::count::{beside, count};
use crate::groups::{Voter, audit};
use crate::head::result_holds;
use crate::hex::Hex;
use crate::log::{self, Hash};
use crate::{AMOUNT_MINOR_MAX, BUNDLE_BYTES_MAX, CELL_MIN, GROUP_MIN, PROJECTS_MAX};

/// Something that is wrong, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Where: a path within the bundle, or a line and column.
    pub at: String,
    /// What.
    pub what: String,
}

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// What was checked.
    pub checked: Vec<Checked>,
    /// What is wrong.
    pub found: Vec<Notice>,
    /// What could not be checked.
    pub unchecked: Vec<String>,
}

/// Something that was checked.
pub type Checked = String;

/// Collects what a check comes to.
#[derive(Debug, Default)]
pub(super) struct Finds(Report);

impl Finds {
    pub(super) fn checked(&mut self, what: &str) {
        self.0.checked.push(what.to_owned());
    }

    pub(super) fn found(&mut self, at: &str, what: &str) {
        self.0.found.push(Notice { at: at.to_owned(), what: what.to_owned() });
    }

    pub(super) fn could_not(&mut self, what: &str) {
        self.0.unchecked.push(what.to_owned());
    }
}

/// Reads a bundle.
///
/// # Errors
/// It is too long, is no bundle of this format, or is not written in the one way of the format.
pub fn read(bytes: &[u8]) -> Result<Bundle, Notice> {
    let wrong = |at: String, what: String| Notice { at, what };
    if bytes.len() > BUNDLE_BYTES_MAX {
        return Err(wrong(
            "file".to_owned(),
            format!("it is longer than {BUNDLE_BYTES_MAX} bytes"),
        ));
    }
    let place = |e: &serde_json::Error| format!("line {}, column {}", e.line(), e.column());
    let bundle: Bundle =
        serde_json::from_slice(bytes).map_err(|e| wrong(place(&e), e.to_string()))?;
    if bundle.format != FORMAT {
        let what = format!("this program reads {FORMAT}, and this is “{}”", bundle.format);
        return Err(wrong("format".to_owned(), what));
    }
    let written: Value =
        serde_json::from_slice(bytes).map_err(|e| wrong(place(&e), e.to_string()))?;
    let canonical = serde_json::to_value(&bundle).unwrap_or_default();
    match differs("", &written, &canonical) {
        Some(at) => Err(wrong(at, "it is not written as the format writes it".to_owned())),
        None => Ok(bundle),
    }
}

/// Recounts a result.
#[must_use]
pub fn verify(bundle: &Bundle) -> Report {
    let mut finds = Finds::default();
    seal(bundle, &mut finds);
    rules(bundle, &mut finds);
    credentials(bundle, &mut finds);
    log_of(bundle, &mut finds);
    papers(bundle, &mut finds);
    outcome(bundle, &mut finds);
    match &bundle.contents {
        Contents::Full { ballots } => full(bundle, ballots, &mut finds),
        Contents::Commitments { why } => {
            if why != "by_rule" && why != "few_alike" {
                finds.found("contents.why", "there is no such reason");
            }
            trace::check(bundle, &mut finds);
            small(bundle, &mut finds);
            finds.could_not("what each group got: it needs the ballots");
            if bundle.beside.is_some() {
                finds.could_not(
                    "what most votes alone would have funded, and with how many votes more others \
                     would have won: both need the ballots",
                );
            }
        }
    }
    if bundle.beside.as_ref().is_some_and(|beside| beside.ways.len() > 1) {
        finds.could_not(
            "what those got whose cards came in one way: which card came how is not published",
        );
    }
    finds.could_not(
        "that cards went to those who may vote, and to each only one: that is seen to \
         by the registrar, and by whoever compares the counts of each area",
    );
    finds.0
}

fn seal(bundle: &Bundle, finds: &mut Finds) {
    let now = bundle.sections();
    if bundle.seal.sections.len() != now.len() {
        finds.found("seal.sections", "there are more or fewer sections than the format has");
    }
    let mut same = true;
    for (signed, now) in bundle.seal.sections.iter().zip(&now) {
        if signed != now {
            same = false;
            finds.found(&now.name, "this section is not the one that was signed");
        }
    }
    let digests = super::signed(&bundle.seal.sections);
    if !result_holds(&bundle.rules.log_key.0, &digests, &bundle.seal.signature) {
        same = false;
        finds.found("seal.signature", "the box of this round did not sign these sections");
    }
    if same {
        finds.checked("the box of this round signed every section as it stands here");
    }
}

fn rules(bundle: &Bundle, finds: &mut Finds) {
    let rules = &bundle.rules;
    if rules.rule().is_none() {
        finds.found("rules.rule", "there is no such rule for such ballots");
    }
    if rules.projects.is_empty() || rules.projects.len() > PROJECTS_MAX {
        finds.found("rules.projects", "there must be 1 to 40 projects");
    }
    let ordered = rules.projects.windows(2).all(|pair| match pair {
        [one, next] => one.id < next.id,
        _ => true,
    });
    if !ordered {
        finds.found("rules.projects", "ids are not in order, or one is there twice");
    }
    let costs = rules.projects.iter().map(|project| project.cost_minor);
    if costs.chain([rules.budget_minor]).any(|minor| minor > AMOUNT_MINOR_MAX) {
        finds.found("rules", "an amount is larger than can be counted");
    }
    if rules.opens_ms >= rules.closes_ms {
        finds.found("rules.closes_ms", "the round closes before it opens");
    }
    if !key_is_sound(&rules.log_key.0) {
        finds.found("rules.log_key", "it is no key");
    }
}

fn credentials(bundle: &Bundle, finds: &mut Finds) {
    let all = &bundle.credentials;
    let rising = |keys: &[Hex<32>]| {
        keys.windows(2).all(|pair| match pair {
            [one, next] => one < next,
            _ => true,
        })
    };
    if !rising(&all.keys) || !rising(&all.void) {
        finds.found("credentials", "keys are not in order, or one is there twice");
    }
    if all.void.iter().any(|key| all.keys.binary_search(key).is_err()) {
        finds.found("credentials.void", "a void key was never given out");
    }
    if let Some(at) = all.keys.iter().position(|key| !key_is_sound(&key.0)) {
        finds.found(&format!("credentials.keys[{at}]"), "it is no key");
    }
    let issued: Option<u64> = bundle.groups.iter().map(|group| group.issued).sum();
    let keys = u64::try_from(all.keys.len()).unwrap_or(u64::MAX);
    if issued.is_some_and(|issued| issued != keys) {
        finds.found("groups", "the groups' credentials are not as many as there are keys");
    }
}

fn log_of(bundle: &Bundle, finds: &mut Finds) {
    let leaves: Vec<Hash> = bundle.leaves.iter().map(|leaf| leaf.0).collect();
    let unique: HashSet<&Hash> = leaves.iter().collect();
    if unique.len() != leaves.len() {
        finds.found("leaves", "one is there twice");
    }
    let (key, round) = (&bundle.rules.log_key.0, bundle.rules.round.0);
    let (mut before, mut grown) = (0, log::Growing::default());
    for (n, head) in bundle.heads.iter().enumerate() {
        let at = format!("heads[{n}]");
        if !head.holds(key, round) {
            finds.found(&at, "the box of this round did not sign it");
        }
        if head.size < before {
            finds.found(&at, "it is of fewer leaves than the one before");
            continue;
        }
        before = head.size;
        let size = usize::try_from(head.size).unwrap_or(usize::MAX);
        let Some(more) = leaves.get(grown.size()..size) else {
            finds.found(&at, "it is of more leaves than there are: some were taken out");
            continue;
        };
        more.iter().for_each(|leaf| grown.push(*leaf));
        if grown.root() != head.root.0 {
            finds.found(&at, "these leaves have another root: the log was changed");
        }
    }
    let size = u64::try_from(leaves.len()).unwrap_or(u64::MAX);
    match (bundle.heads.first(), bundle.heads.last()) {
        (Some(first), Some(last)) if first.size == 0 && last.size == size => {}
        _ => finds.found("heads", "the first must be of the empty log, the last of all leaves"),
    }
    let n = bundle.heads.len();
    finds.checked(&format!("{size} ballots in the log, and its {n} signed heads"));
}

fn papers(bundle: &Bundle, finds: &mut Finds) {
    let (key, round) = (&bundle.rules.log_key.0, bundle.rules.round.0);
    let mut digests = BTreeSet::new();
    let mut all = 0u64;
    for (n, paper) in bundle.papers.iter().enumerate() {
        let at = format!("papers[{n}]");
        if !paper.holds(key, round) {
            finds.found(&at, "the box of this round did not sign it");
        }
        if !matches!(paper.groups.as_slice(), [one, other] if one != other) {
            finds.found(&at, "its two counters are not of different groups");
        }
        if !digests.insert(paper.digest) {
            finds.found(&at, "the same papers are there twice");
        }
        all = all.saturating_add(paper.papers);
    }
    if all > u64::try_from(bundle.leaves.len()).unwrap_or(u64::MAX) {
        finds.found("papers", "they hold more papers than there are ballots in the log");
    }
    if !bundle.papers.is_empty() {
        finds.checked(&format!("{} batches of paper are signed", bundle.papers.len()));
        finds.could_not("the papers themselves: whoever keeps them can make their digest again");
    }
}

/// What holds of every outcome, whatever is published of ballots.
fn outcome(bundle: &Bundle, finds: &mut Finds) {
    let (rules, outcome) = (&bundle.rules, &bundle.outcome);
    let ids = |all: &mut dyn Iterator<Item = &String>| all.cloned().collect::<Vec<_>>();
    let told = ids(&mut outcome.projects.iter().map(|told| &told.id));
    if told != ids(&mut rules.projects.iter().map(|project| &project.id)) {
        finds.found("outcome.projects", "they are not those of the rules");
    }
    let unique: BTreeSet<&String> = outcome.order.iter().collect();
    let won = outcome.projects.iter().filter(|told| told.won).map(|told| &told.id);
    if unique.len() != outcome.order.len() || unique != won.collect() {
        finds.found("outcome.order", "it is not what is said to be funded");
    }
    let costs = outcome.order.iter().filter_map(|id| rules.project(id));
    let cost = costs.fold(0u64, |sum, project| sum.saturating_add(project.cost_minor));
    if cost != outcome.cost_minor {
        finds.found("outcome.cost_minor", &format!("what is funded costs {cost}"));
    }
    if cost > rules.budget_minor {
        finds.found("outcome.order", "what is funded costs more than the budget");
    }
    let issued = u64::try_from(bundle.credentials.keys.len()).unwrap_or(u64::MAX);
    let leaves = u64::try_from(bundle.leaves.len()).unwrap_or(u64::MAX);
    if outcome.ballots.is_some_and(|n| n > issued || n > leaves) {
        finds.found("outcome.ballots", "more than there are credentials, or ballots in the log");
    }
}

/// A result without ballots must not give small groups away either.
fn small(bundle: &Bundle, finds: &mut Finds) {
    let below = |n: Option<u64>, min| n.is_some_and(|n| n > 0 && n < min);
    for told in &bundle.outcome.projects {
        if below(told.supporters, CELL_MIN) || below(told.payers, CELL_MIN) {
            finds.found(&format!("outcome.projects.{}", told.id), "a number below five is told");
        }
    }
    let ways = bundle.beside.iter().flat_map(|beside| &beside.ways).enumerate();
    let ways = ways.map(|(n, way)| (format!("beside.ways[{n}]"), way));
    let groups = bundle.groups.iter().enumerate().map(|(n, g)| (format!("groups[{n}]"), g));
    for (at, group) in groups.chain(ways) {
        if below(group.ballots, GROUP_MIN) || below(group.issued, CELL_MIN) {
            finds.found(&at, "a small group is told");
        }
    }
}

/// Every ballot, and the whole count again.
fn full(bundle: &Bundle, ballots: &[FullBallot], finds: &mut Finds) {
    let opened = open_all(bundle, ballots, finds);
    let turns: u64 = opened.iter().map(|(_, ballot)| u64::from(ballot.turn)).sum();
    let leaves = u64::try_from(bundle.leaves.len()).unwrap_or(u64::MAX);
    let cast = turns.saturating_add(bundle.credentials.void_ballots);
    if opened.len() == ballots.len() && cast != leaves {
        let what = format!("by the ballots {cast} were cast, and the log has {leaves}");
        finds.found("leaves", &what);
    }
    let voters: Vec<Voter> = opened
        .iter()
        .map(|(group, ballot)| Voter { group: *group, choices: &ballot.choices })
        .collect();
    let choices: Vec<&[Choice]> = voters.iter().map(|voter| voter.choices).collect();
    let hashes: Vec<Hash> = bundle.leaves.iter().map(|leaf| leaf.0).collect();
    match count(&bundle.rules, &choices, &log::root(&hashes)) {
        Ok(counted) => {
            let again = counted.told(&bundle.rules);
            compare("outcome", &bundle.outcome, &again, finds);
            let names: Vec<String> = bundle.groups.iter().map(|g| g.name.clone()).collect();
            let issued: Vec<u64> = bundle.groups.iter().map(|g| g.issued.unwrap_or(0)).collect();
            let groups = audit(&names, &issued, &voters, &bundle.rules, &again);
            // Which credential is of which group is not told: only their counts are.
            let groups = groups.into_iter().zip(&bundle.groups);
            let groups: Vec<Group> =
                groups.map(|(again, said)| Group { issued: said.issued, ..again }).collect();
            compare("groups", &bundle.groups, &groups, finds);
            if let Some(said) = &bundle.beside {
                let root = log::root(&hashes);
                let again = beside(&bundle.rules, &choices, &root, &counted).ok().flatten();
                let again = again.map(|again| Beside { ways: said.ways.clone(), ..again });
                compare("beside", &Some(said), &again.as_ref(), finds);
            }
            let n = ballots.len();
            finds.checked(&format!("{n} ballots with their signatures, and the whole count again"));
        }
        Err(why) => finds.found("contents.ballots", &why.to_string()),
    }
    let replaced = leaves.saturating_sub(u64::try_from(ballots.len()).unwrap_or(0));
    if replaced > 0 {
        finds.could_not(&format!(
            "what {replaced} ballots said that were replaced or made void: only their hashes are \
             published"
        ));
    }
}

fn open_all(bundle: &Bundle, ballots: &[FullBallot], finds: &mut Finds) -> Vec<(usize, Ballot)> {
    let leaves: HashSet<Hash> = bundle.leaves.iter().map(|leaf| leaf.0).collect();
    let void: BTreeSet<&Hex<32>> = bundle.credentials.void.iter().collect();
    let mut seen: BTreeMap<[u8; 32], usize> = BTreeMap::new();
    let mut opened = Vec::with_capacity(ballots.len());
    let signed = checked_each(bundle, ballots);
    for ((n, full), (leaf, ballot)) in ballots.iter().enumerate().zip(signed) {
        let at = format!("contents.ballots[{n}]");
        let ballot = match ballot {
            Ok(ballot) => ballot,
            Err(why) => {
                finds.found(&at, &why.to_string());
                continue;
            }
        };
        let key = Hex(ballot.credential);
        if !leaves.contains(&leaf) {
            finds.found(&at, "its hash is not in the log");
        }
        if bundle.credentials.keys.binary_search(&key).is_err() {
            finds.found(&at, "it is by a credential that was never given out");
        }
        if void.contains(&key) {
            finds.found(&at, "it is by a credential that was made void");
        }
        if let Some(before) = seen.insert(ballot.credential, n) {
            let what = format!("its credential cast contents.ballots[{before}] too");
            finds.found(&at, &what);
        }
        let group = usize::try_from(full.group).unwrap_or(usize::MAX);
        if group >= bundle.groups.len() {
            finds.found(&at, "there is no such group");
        }
        opened.push((group, ballot));
    }
    opened
}

/// The leaf hash of every ballot, and the ballot within if it is sound. Signatures are most of what
/// a recount costs, so they are looked at on all cores; the order stays.
fn checked_each(bundle: &Bundle, ballots: &[FullBallot]) -> Vec<(Hash, Result<Ballot, Fault>)> {
    let one = |full: &FullBallot| {
        let signed = SignedBallot { bytes: full.ballot.clone(), signature: full.signature.0 };
        let ballot = signed.open().and_then(|b| b.fits(&bundle.rules).map(|()| b));
        (signed.leaf(), ballot)
    };
    let all = |some: &[FullBallot]| some.iter().map(one).collect::<Vec<_>>();
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let parts = ballots.chunks(ballots.len().div_ceil(cores).max(1));
    std::thread::scope(|scope| {
        let begun: Vec<_> = parts.map(|some| (some, scope.spawn(move || all(some)))).collect();
        let done = begun.into_iter();
        done.flat_map(|(some, part)| part.join().unwrap_or_else(|_| all(some))).collect()
    })
}

fn compare<T: serde::Serialize>(name: &str, said: &T, again: &T, finds: &mut Finds) {
    let value = |of: &T| serde_json::to_value(of).unwrap_or_default();
    if let Some(at) = differs(name, &value(said), &value(again)) {
        finds.found(&at, "counted again, it comes to something else");
    }
}

/// The first place at which two values differ.
fn differs(at: &str, one: &Value, other: &Value) -> Option<String> {
    let below = |name: &str| if at.is_empty() { name.to_owned() } else { format!("{at}.{name}") };
    match (one, other) {
        (Value::Object(one), Value::Object(other)) => {
            let names: BTreeSet<&String> = one.keys().chain(other.keys()).collect();
            let null = Value::Null;
            names.into_iter().find_map(|name| {
                let (a, b) = (one.get(name), other.get(name));
                if a.is_some() != b.is_some() {
                    return Some(below(name));
                }
                differs(&below(name), a.unwrap_or(&null), b.unwrap_or(&null))
            })
        }
        (Value::Array(one), Value::Array(other)) => {
            let same = one.len() == other.len();
            let mut pairs = one.iter().zip(other).enumerate();
            let inner = pairs.find_map(|(n, (a, b))| differs(&format!("{at}[{n}]"), a, b));
            inner.or_else(|| (!same).then(|| at.to_owned()))
        }
        _ => (one != other).then(|| at.to_owned()),
    }
}
