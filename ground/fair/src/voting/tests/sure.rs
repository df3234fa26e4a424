//! What is sure whatever people vote: every rule gives what its definition gives, and the promises
//! of the rules hold.
//!
//! Never large elections: the definitions are slow, and what is wrong shows in small ones.

use num_bigint::BigInt;
use num_traits::Zero;
use proptest::prelude::*;

use super::definition::defined;
use super::*;

/// An election in the rough: costs and ballots of places, to be cut to what there is.
#[derive(Debug, Clone)]
struct Rough {
    kind: Kind,
    budget: u32,
    decimals: u8,
    costs: Vec<u32>,
    ballots: Vec<Vec<(usize, u32)>>,
}

impl Rough {
    fn amount(&self, parts: u32) -> Decimal {
        Decimal::new(u64::from(parts), self.decimals).unwrap()
    }

    /// The election, its projects told in that order under these names.
    fn built(&self, order: &[usize], names: &[String], ballots: &[&Vec<(usize, u32)>]) -> Election {
        let mut builder = Builder::new(self.kind, self.amount(self.budget));
        for at in order {
            builder.project(&names[*at], self.amount(self.costs[*at]), []).unwrap();
        }
        for ballot in ballots {
            let chosen = ballot.iter().map(|(at, n)| (names[at % names.len()].as_str(), *n));
            if self.kind.has_points() {
                builder.ballot_of_points(chosen.map(|(id, n)| (id, Decimal::from(n)))).unwrap();
            } else if self.kind == Kind::ChooseOne {
                builder.ballot(chosen.map(|(id, _)| id).take(1)).unwrap();
            } else {
                builder.ballot(chosen.map(|(id, _)| id)).unwrap();
            }
        }
        builder.finish().unwrap()
    }

    fn plain(&self) -> Election {
        let order: Vec<usize> = (0..self.costs.len()).collect();
        self.built(&order, &self.names(), &self.ballots.iter().collect::<Vec<_>>())
    }

    fn names(&self) -> Vec<String> {
        (0..self.costs.len()).map(|at| format!("p{at}")).collect()
    }
}

fn rough(voters: usize) -> impl Strategy<Value = Rough> {
    let kind = prop::sample::select(Kind::ALL.to_vec());
    // Few different costs make equals; many make none.
    let cost = prop_oneof![
        4 => prop::sample::select(vec![6u32, 12, 12, 18, 24, 30]),
        4 => 1..60u32,
        1 => Just(0),
    ];
    let costs = prop::collection::vec(cost, 1..8);
    let ballots =
        prop::collection::vec(prop::collection::vec((0..8usize, 0..5u32), 0..6), 0..voters);
    (kind, 0..150u32, 0..2u8, costs, ballots).prop_map(
        |(kind, budget, decimals, costs, ballots)| Rough { kind, budget, decimals, costs, ballots },
    )
}

fn rules_for(kind: Kind) -> Vec<Rule> {
    Rule::all().into_iter().filter(|rule| rule.fits(kind)).collect()
}

fn ties() -> impl Strategy<Value = Tie> {
    prop_oneof![
        Just(Tie::Id),
        "[a-z]{0,3}".prop_map(|seed| Tie::Cost { seed }),
        "[a-z]{0,3}".prop_map(|seed| Tie::Lot { seed }),
    ]
}

fn ids(election: &Election, order: &[usize]) -> Vec<String> {
    order.iter().map(|at| election.projects()[*at].id.clone()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn every_rule_gives_what_its_definition_gives(rough in rough(9), tie in ties()) {
        let election = rough.plain();
        for rule in rules_for(rough.kind) {
            let terms = Terms { tie: tie.clone(), ..Terms::of(rule) };
            let outcome = count(&election, &terms).unwrap();
            prop_assert_eq!(&outcome.order, &defined(&election, &terms), "{}", rule);
        }
    }

    #[test]
    fn a_raise_in_small_steps_gives_what_its_definition_gives(
        rough in rough(6),
        step in 1..9u32,
    ) {
        let election = rough.plain();
        let fine = Decimal::new(u64::from(step), 1).unwrap();
        for rule in rules_for(rough.kind) {
            if matches!(rule, Rule::EqualShares(_, rest) if rest == Rest::Raise) {
                // The definition counts in the election's parts, so these must be fine enough.
                let step = if rough.decimals == 1 && fine.at(election.decimals()).is_some() {
                    fine
                } else {
                    Decimal::from(1)
                };
                let terms = Terms { step, ..Terms::of(rule) };
                let outcome = count(&election, &terms).unwrap();
                prop_assert_eq!(&outcome.order, &defined(&election, &terms), "{}", rule);
            }
        }
    }

    #[test]
    fn nothing_is_overspent_and_every_project_has_a_fate(rough in rough(20)) {
        let election = rough.plain();
        for rule in rules_for(rough.kind) {
            let outcome = count(&election, &Terms::of(rule)).unwrap();
            prop_assert!(outcome.cost_parts <= election.budget_parts());
            prop_assert_eq!(outcome.fates.len(), election.projects().len());
            let won = (0..outcome.fates.len()).filter(|at| outcome.won(*at)).count();
            prop_assert_eq!(won, outcome.order.len());
            for at in 0..outcome.fates.len() {
                prop_assert!(explain(&election, &outcome, at).ends_with('.'));
            }
        }
    }

    #[test]
    fn who_wins_is_paid_by_those_who_chose_it_within_their_shares(rough in rough(12)) {
        let election = rough.plain();
        for rule in rules_for(rough.kind) {
            if let Rule::EqualShares(worth, _) = rule {
                paid_within_shares(&election, worth, &count(&election, &Terms::of(rule)).unwrap())?;
            }
        }
    }

    #[test]
    fn the_order_of_ballots_and_projects_changes_nothing(rough in rough(12), seed in any::<u64>()) {
        let plain = rough.plain();
        let order = shuffled(rough.costs.len(), seed);
        let ballots: Vec<_> =
            shuffled(rough.ballots.len(), seed).into_iter().map(|at| &rough.ballots[at]).collect();
        let moved = rough.built(&order, &rough.names(), &ballots);
        for rule in rules_for(rough.kind) {
            let before = count(&plain, &Terms::of(rule)).unwrap();
            let after = count(&moved, &Terms::of(rule)).unwrap();
            prop_assert_eq!(ids(&plain, &before.order), ids(&moved, &after.order), "{}", rule);
        }
    }

    #[test]
    fn everybody_twice_changes_nothing(rough in rough(10)) {
        let plain = rough.plain();
        let ballots: Vec<_> = rough.ballots.iter().chain(&rough.ballots).collect();
        let order: Vec<usize> = (0..rough.costs.len()).collect();
        let twice = rough.built(&order, &rough.names(), &ballots);
        for rule in rules_for(rough.kind) {
            // A step for everybody is twice the money when there are twice as many.
            if !matches!(rule, Rule::EqualShares(_, rest) if rest.raises()) {
                let before = count(&plain, &Terms::of(rule)).unwrap();
                let after = count(&twice, &Terms::of(rule)).unwrap();
                prop_assert_eq!(before.order, after.order, "{}", rule);
            }
        }
    }

    #[test]
    fn everybody_twice_with_half_the_step_changes_nothing(rough in rough(8)) {
        let plain = rough.plain();
        let ballots: Vec<_> = rough.ballots.iter().chain(&rough.ballots).collect();
        let order: Vec<usize> = (0..rough.costs.len()).collect();
        let twice = rough.built(&order, &rough.names(), &ballots);
        for rule in rules_for(rough.kind) {
            if matches!(rule, Rule::EqualShares(_, rest) if rest.raises()) {
                let whole = Terms { step: Decimal::from(2), ..Terms::of(rule) };
                let before = count(&plain, &whole).unwrap();
                let after = count(&twice, &Terms::of(rule)).unwrap();
                prop_assert_eq!(before.order, after.order, "{}", rule);
            }
        }
    }

    #[test]
    fn who_gets_another_vote_stays_first_by_votes(rough in rough(10), which: usize) {
        // By cost and votes alone: a winner to whom one more ballot gives its vote still wins.
        let plain = rough.plain();
        let order: Vec<usize> = (0..rough.costs.len()).collect();
        for rule in ["greedy_cost", "greedy_cardinality"] {
            let terms = Terms::of(rule.parse().unwrap());
            let before = count(&plain, &terms).unwrap();
            let Some(&winner) = before.order.get(which % before.order.len().max(1)) else {
                continue;
            };
            let alone = vec![(winner, 1)];
            let ballots: Vec<_> = rough.ballots.iter().chain([&alone]).collect();
            let after = count(&rough.built(&order, &rough.names(), &ballots), &terms).unwrap();
            prop_assert!(after.won(winner), "{}", rule);
        }
    }

    #[test]
    fn a_ballot_left_empty_is_not_a_ballot_that_is_missing(rough in rough(10)) {
        // Who came and chose nothing has a share of the money too; who did not come has none.
        let mut more = rough.clone();
        more.ballots.push(Vec::new());
        let (plain, more) = (rough.plain(), more.plain());
        prop_assert_eq!(more.ballots_len(), plain.ballots_len() + 1);
        for rule in rules_for(rough.kind) {
            let terms = Terms::of(rule);
            let (without, with) = (count(&plain, &terms).unwrap(), count(&more, &terms).unwrap());
            match rule {
                // Votes and loads are the same.
                Rule::Greedy(_) | Rule::Phragmen => prop_assert_eq!(without.order, with.order),
                // The share of whoever chose nothing is spent by nobody.
                Rule::EqualShares(_, Rest::Left) => {
                    let (ballots, all) = (plain.ballots_len() as u64, more.ballots_len() as u64);
                    prop_assert!(with.cost_parts * all <= more.budget_parts() * ballots);
                }
                Rule::EqualShares(..) => {}
            }
        }
    }

    #[test]
    fn another_currency_changes_nothing(rough in rough(10), times in 2..50u32) {
        let plain = rough.plain();
        let mut dearer = rough.clone();
        dearer.budget *= times;
        dearer.costs.iter_mut().for_each(|cost| *cost *= times);
        let dearer = dearer.plain();
        for rule in rules_for(rough.kind) {
            let before = count(&plain, &Terms::of(rule)).unwrap();
            let terms = Terms { step: Decimal::from(times), ..Terms::of(rule) };
            let after = count(&dearer, &terms).unwrap();
            prop_assert_eq!(before.order, after.order, "{}", rule);
        }
    }

    #[test]
    fn names_change_nothing_where_there_are_no_equals(rough in rough(10), seed in any::<u64>()) {
        let plain = rough.plain();
        let order: Vec<usize> = (0..rough.costs.len()).collect();
        let names: Vec<String> =
            shuffled(order.len(), seed).into_iter().map(|at| format!("q{at}")).collect();
        let renamed = rough.built(&order, &names, &rough.ballots.iter().collect::<Vec<_>>());
        for rule in rules_for(rough.kind) {
            let before = count(&plain, &Terms::of(rule)).unwrap();
            let after = count(&renamed, &Terms::of(rule)).unwrap();
            // Free projects, and those that nobody wants, stand in the order of their names.
            let bare = rough.costs.contains(&0)
                || before.fates.iter().any(|fate| fate.supporters == 0);
            let raises = matches!(rule, Rule::EqualShares(_, rest) if rest.raises());
            if before.ties.is_empty() && !bare && !raises {
                prop_assert_eq!(before.order, after.order, "{}", rule);
            }
        }
    }

    #[test]
    fn what_is_written_reads_back_the_same(
        rough in rough(9),
        said in prop::collection::vec("[ -~äß\"\n\r;]{0,9}", 8),
        key in "[a-z_]{1,8}",
    ) {
        let mut builder = Builder::new(rough.kind, rough.amount(rough.budget));
        let _ = builder.say(&key, &said[0]);
        builder.columns(["name", "category"]).unwrap();
        for (at, cost) in rough.costs.iter().enumerate() {
            let more = [said[at % 8].as_str(), said[(at + 1) % 8].as_str()];
            builder.project(&format!("p{at}"), rough.amount(*cost), more).unwrap();
        }
        for ballot in &rough.ballots {
            let ids: Vec<String> =
                ballot.iter().map(|(at, _)| format!("p{}", at % rough.costs.len())).collect();
            let ids = ids.iter().map(String::as_str);
            if rough.kind.has_points() {
                let points = ballot.iter().map(|(_, points)| rough.amount(*points));
                builder.ballot_of_points(ids.zip(points)).unwrap();
            } else if rough.kind == Kind::ChooseOne {
                builder.ballot(ids.take(1)).unwrap();
            } else {
                builder.ballot(ids).unwrap();
            }
        }
        let election = builder.finish().unwrap();
        let text = pb::write(&election);
        let read = pb::read(text.as_bytes());
        prop_assert!(read.is_ok(), "{:?}\n{}", read, text);
        let read = read.unwrap();
        prop_assert_eq!(&read.election, &election, "{}", text);
        prop_assert!(read.remarks.is_empty());
    }

    #[test]
    fn no_bytes_end_the_reader(
        bytes in prop::collection::vec(any::<u8>(), 0..200),
        cut in 0..200usize,
    ) {
        let _ = pb::read(&bytes);
        let mut text = b"META\nkey;value\nbudget;100\nvote_type;cumulative\nPROJECTS\n\
            project_id;cost\na;60\nb;50\nVOTES\nvoter_id;vote;points\n1;a;3\n2;a,b;1,2\n".to_vec();
        let at = cut.min(text.len());
        text.splice(at..at, bytes.iter().copied().take(3));
        let _ = pb::read(&text);
    }
}

/// Replays the payments of an outcome from its ρ alone.
fn paid_within_shares(
    election: &Election,
    worth: Worth,
    outcome: &Outcome,
) -> Result<(), TestCaseError> {
    let whole = |number: u64| Exact::from(BigInt::from(number));
    let share = match &outcome.raise {
        Some(raise) => raise.share.clone(),
        None => whole(election.budget_parts()) / whole((election.ballots_len() as u64).max(1)),
    };
    let mut money = vec![share; election.ballots_len()];
    for project in &outcome.order {
        let Turn::Won { by: Win::Shares(paid), .. } = &outcome.fates[*project].turn else {
            continue;
        };
        let cost = election.projects()[*project].cost_parts;
        let (mut sum, mut payers) = (Exact::zero(), 0);
        for (left, ballot) in money.iter_mut().zip(election.ballots()) {
            let Some(at) = ballot.chosen.iter().position(|one| one == &(*project as u32)) else {
                continue;
            };
            let worth = match worth {
                Worth::Cardinality => 1,
                Worth::Cost => cost,
                Worth::Points => ballot.points[at],
                Worth::Borda => (ballot.chosen.len() - at - 1) as u64,
            };
            let pays = left.clone().min(&paid.rho * whole(worth));
            *left -= &pays;
            payers += u64::from(!pays.is_zero());
            sum += pays;
        }
        prop_assert_eq!(sum, whole(cost));
        prop_assert_eq!(payers, paid.payers);
    }
    Ok(())
}

/// The numbers below `length` in an order that the seed decides.
fn shuffled(length: usize, seed: u64) -> Vec<usize> {
    let mut all: Vec<usize> = (0..length).collect();
    all.sort_by_key(|at| lot(&seed.to_string(), &at.to_string()));
    all
}
