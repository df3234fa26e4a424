//! The log grows and is closed by itself; the keeper counts. Only here are ballots opened, and only
//! after closing.

use std::collections::{BTreeMap, BTreeSet};

use ballots::{Head, Issued, Making, SignedBallot, SignedHead, SignedPaper, log, make};
use record::Id;
use store::{Change, Decision};

use super::super::queries;
use super::super::rules::{self, CLOSE_GRACE_MS, Counting, Hand, TOGETHER_MIN, rules_of};
use super::super::views::{Credential, Log, Paper, Round};
use super::{box_key, bundle_id, log_id, log_key};
use crate::door::{House, Trouble};
use crate::places::{Area, atlas};

/// Looks after every round that waits for its count: ballots go into the log together, and the log
/// is closed once the round is. Repeated, it does nothing twice.
///
/// # Errors
/// When the database fails; what was not done is done at the next round.
pub async fn tend(house: &House) -> Result<(), Trouble> {
    for round in queries::uncounted(house).await? {
        if house.now_ms() >= round.rules().opens_ms {
            grow(house, &round).await?;
        }
    }
    Ok(())
}

async fn grow(house: &House, round: &Round) -> Result<(), Trouble> {
    let before = queries::log(house, round.id).await?;
    let last = house.now_ms() >= round.rules().closes_ms.saturating_add(CLOSE_GRACE_MS);
    let cast = u64::try_from(queries::cast(house, round.id).await?).unwrap_or(0);
    let enough = u64::try_from(2 * TOGETHER_MIN).unwrap_or(u64::MAX);
    if before.closed || !last && cast.saturating_sub(before.size()) < enough {
        return Ok(());
    }
    let waiting = queries::leaves(house, round.id).await?;
    let (round, id) = (round.clone(), log_id(round.id));
    let key = log_key(house, round.id);
    let change = Change::on(vec![round.id, id], move |known| {
        let now = Round::fold(round.id, known.of(round.id));
        let grown = rules::grow(&now, (id, known.of(id)), &waiting, &key, known.now_ms);
        Ok(Decision { drafts: grown.into_iter().collect(), ..Decision::default() })
    });
    house.store().append(change).await?;
    Ok(())
}

/// The keeper counts.
///
/// # Errors
/// As [`rules::counted`] refuses; the ballots cannot be counted.
pub async fn count(house: &House, id: Id, hand: Hand) -> Result<(), Trouble> {
    let records = house.store().records_of(id).await?;
    let round = rules::countable(id, &records, &hand, house.now_ms())?;
    grow(house, &round).await?;
    let making = making(house, &round).await?;
    let key = log_key(house, id);
    let work = move || make(&making, &key);
    let made = tokio::task::spawn_blocking(work).await.map_err(Trouble::broken)?;
    let bundle = made.map_err(|why| {
        tracing::error!(%why, "a round of ballots cannot be counted");
        rules::uncountable(&why)
    })?;
    let digest = seal::sha256(bundle.written().as_bytes());
    let counting = Counting { bundle, bundle_id: bundle_id(id), digest };
    let log = log_id(id);
    let change = Change::on(vec![id, log, bundle_id(id)], move |known| {
        let (about, logged) = ((id, known.of(id)), (log, known.of(log)));
        let drafts = rules::counted(about, logged, &counting, &hand, known.now_ms)?;
        Ok(Decision { drafts, ..Decision::default() })
    });
    house.store().append(change).await?;
    Ok(())
}

async fn making(house: &House, round: &Round) -> Result<Making, Trouble> {
    let credentials = queries::credentials(house, round.id).await?;
    let (groups, places) = groups(house, round, &credentials);
    let ways = ways(&credentials);
    let issued = credentials.iter().filter_map(|one| {
        let public = one.public.as_slice().try_into().ok()?;
        let group = places.get(&one.area).copied().unwrap_or(0);
        let way = ways.iter().position(|way| Some(way) == one.way.as_ref()).unwrap_or(0);
        Some(Issued { public, group, way, void: one.void.is_some() })
    });
    let log = queries::log(house, round.id).await?;
    let papers = queries::papers(house, round.id).await?;
    Ok(Making {
        rules: rules_of(round),
        groups,
        issued: issued.collect(),
        ways: ways.clone(),
        leaves: log.hashes(),
        heads: heads(round, &log),
        ballots: opened(house, round.id, &credentials)?,
        papers: papers.iter().filter_map(signed).collect(),
    })
}

/// The places for which credentials were given out, by name, and where each stands in the list.
fn groups(
    house: &House,
    round: &Round,
    credentials: &[Credential],
) -> (Vec<String>, BTreeMap<Option<Id>, usize>) {
    let atlas = atlas(house);
    let name = |area: Option<Id>| {
        let found = area.and_then(|area| atlas.area(area)).map(Area::both_names);
        found.unwrap_or_else(|| round.rules().place)
    };
    let mut named: Vec<(String, Option<Id>)> =
        credentials.iter().map(|one| (name(one.area), one.area)).collect();
    named.sort_unstable();
    named.dedup();
    let places = named.iter().enumerate().map(|(at, (_, area))| (*area, at)).collect();
    (named.into_iter().map(|(name, _)| name).collect(), places)
}

/// The ways in which cards came, by name.
fn ways(credentials: &[Credential]) -> Vec<String> {
    let named = credentials.iter().filter_map(|one| one.way.clone());
    named.collect::<BTreeSet<_>>().into_iter().collect()
}

/// The signed heads of a log, the empty one first.
pub fn heads(round: &Round, log: &Log) -> Vec<SignedHead> {
    let empty = Head { round: round.id.0, size: 0, root: log::root(&[]) };
    let signed = |size, root, signature: [u8; 64]| SignedHead {
        size,
        root: ballots::Hex(root),
        signature: ballots::Hex(signature),
    };
    let opened = round.rules().opened.try_into().unwrap_or([0; 64]);
    let first = signed(0, empty.root, opened);
    let later = log.heads.iter().map(|head| signed(head.size, head.root, head.signature));
    std::iter::once(first).chain(later).collect()
}

/// Every ballot of the box, opened.
fn opened(
    house: &House,
    round: Id,
    credentials: &[Credential],
) -> Result<Vec<SignedBallot>, Trouble> {
    let key = box_key(house, round);
    let mut all = Vec::new();
    for credential in credentials {
        for cast in &credential.ballots {
            let bytes = seal::open(&key, &credential.id.0, &cast.sealed);
            let bytes = bytes.map_err(Trouble::broken)?;
            all.push(record::decode(&bytes).map_err(Trouble::broken)?);
        }
    }
    Ok(all)
}

fn signed(paper: &Paper) -> Option<SignedPaper> {
    let taken = paper.taken.as_ref()?;
    Some(SignedPaper {
        papers: u64::try_from(taken.papers).unwrap_or(0),
        digest: ballots::Hex(taken.digest),
        groups: taken.groups.clone(),
        signature: ballots::Hex(taken.signature),
    })
}
