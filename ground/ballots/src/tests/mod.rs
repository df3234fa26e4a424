//! Tests of ballots, the log and bundles, on rounds made here. They never lean on their order.

mod bundles;
mod groups;
mod log;
mod paper;
mod watch;

use fair::voting::Rule;

use crate::{
    APPROVAL, Bundle, CUMULATIVE, Choice, Credential, Head, Hex, Issued, LogKey, Making, Project,
    Publication, Rules, SignedBallot, TieRule, make,
};

/// What one voter does.
#[derive(Clone, Debug)]
pub(crate) struct Votes {
    pub group: usize,
    /// Their ballots, the last of which counts.
    pub ballots: Vec<Vec<Choice>>,
    pub void: bool,
}

pub(crate) fn key() -> LogKey {
    LogKey::from_seed(&[7; 32])
}

pub(crate) fn rules() -> Rules {
    let project = |n: u64, title: &str, cost_minor| Project {
        id: format!("{n:02}"),
        title: title.to_owned(),
        cost_minor,
    };
    Rules {
        round: Hex([3; 16]),
        number: 12,
        question: "What shall the 10 000 do for Lavil?".to_owned(),
        kind: APPROVAL.to_owned(),
        choices_max: 3,
        points: 0,
        rule: "mes_cost_add1u".to_owned(),
        tie: TieRule::List,
        budget_minor: 1_000_000,
        decimals: 2,
        currency: "HTG".to_owned(),
        projects: vec![
            project(1, "A tap at the school", 400_000),
            project(2, "Lamps on the stairs", 300_000),
            project(3, "A drain behind the market", 500_000),
            project(4, "A bench", 50_000),
        ],
        place: "Lavil".to_owned(),
        who: "Everybody of 16 and more who lives in Lavil".to_owned(),
        women_only: false,
        opens_ms: 1_000,
        closes_ms: 2_000,
        appeal_days: 7,
        publication: Publication::FullIfMany,
        log_key: Hex(key().public()),
        turnout_min: None,
        force: None,
    }
}

pub(crate) fn points_rules(rule: &str) -> Rules {
    let kind = CUMULATIVE.to_owned();
    Rules { kind, points: 10, rule: rule.to_owned(), ..rules() }
}

/// Approvals of projects by number.
pub(crate) fn ticks(numbers: &[u32]) -> Vec<Choice> {
    numbers.iter().map(|n| Choice { project: format!("{n:02}"), points: 1 }).collect()
}

/// So many voters of a group who all vote alike, once.
pub(crate) fn alike(n: usize, group: usize, choices: &[Choice]) -> Vec<Votes> {
    vec![Votes { group, ballots: vec![choices.to_vec()], void: false }; n]
}

pub(crate) fn credential(n: usize) -> Credential {
    let mut seed = [9; 32];
    seed[..8].copy_from_slice(&(n as u64).to_be_bytes());
    Credential::from_seed(&seed)
}

/// What lies in the box after these have voted.
pub(crate) fn making(rules: &Rules, groups: &[&str], voters: &[Votes]) -> Making {
    let (mut ballots, mut issued): (Vec<SignedBallot>, Vec<Issued>) = (Vec::new(), Vec::new());
    for (n, voter) in voters.iter().enumerate() {
        let credential = credential(n);
        let public = credential.public();
        issued.push(Issued { public, group: voter.group, way: n % 2, void: voter.void });
        for (turn, choices) in (1u32..).zip(&voter.ballots) {
            let mut salt = [0; 16];
            salt[..8].copy_from_slice(&(n as u64).to_be_bytes());
            salt[8..12].copy_from_slice(&turn.to_be_bytes());
            ballots.push(credential.vote(rules.round.0, turn, choices, salt));
        }
    }
    let mut leaves: Vec<_> = ballots.iter().map(SignedBallot::leaf).collect();
    leaves.sort_unstable();
    let head = |size: usize| {
        let root = crate::log::root(&leaves[..size]);
        key().sign_head(&Head { round: rules.round.0, size: size as u64, root })
    };
    let heads = vec![head(0), head(leaves.len() / 2), head(leaves.len())];
    let groups = groups.iter().map(|name| (*name).to_owned()).collect();
    let ways = vec!["card".to_owned(), "sms".to_owned()];
    let papers = Vec::new();
    Making { rules: rules.clone(), groups, ways, issued, leaves, heads, ballots, papers }
}

pub(crate) fn bundle(rules: &Rules, groups: &[&str], voters: &[Votes]) -> Bundle {
    make(&making(rules, groups, voters), &key()).expect("made")
}

/// A round in which everybody votes like at least four others of their area: full ballots.
pub(crate) fn alike_round() -> Vec<Votes> {
    let mut voters = alike(12, 0, &ticks(&[1, 2]));
    voters.extend(alike(8, 0, &ticks(&[3])));
    voters.extend(alike(10, 1, &ticks(&[2, 4])));
    voters.extend(alike(6, 1, &ticks(&[1, 4])));
    // Two who changed their mind.
    for voter in voters.iter_mut().take(2) {
        voter.ballots.insert(0, ticks(&[3, 4]));
    }
    voters
}

/// A round in which some ballots are like no other: hashes alone.
pub(crate) fn apart_round() -> Vec<Votes> {
    let mut voters = alike_round();
    voters.extend(alike(1, 1, &ticks(&[1, 2, 3])));
    voters.extend(alike(3, 0, &ticks(&[4])));
    voters.extend(alike(2, 2, &ticks(&[2])));
    voters
}

/// Every rule that fits these ballots.
pub(crate) fn rules_that_fit(rules: &Rules) -> Vec<Rules> {
    let all = Rule::all().into_iter().map(|rule| Rules { rule: rule.to_string(), ..rules.clone() });
    all.filter(|rules| rules.rule().is_some()).collect()
}
