//! Bundles: what was made is found sound; what anybody changes is found, and where; what the box
//! itself lies about is found by the recount.

use proptest::prelude::*;

use super::{
    Votes, alike, alike_round, apart_round, bundle, credential, key, making, points_rules, rules,
    rules_that_fit, ticks,
};
use crate::bundle::{Contents, FullBallot, NotMade, signed};
use crate::{BUNDLE_BYTES_MAX, Bundle, Choice, Hex, PaperBatch, Report, Rules, make, read, verify};

fn told(report: &Report) -> Vec<String> {
    report.found.iter().map(|one| format!("{}: {}", one.at, one.what)).collect()
}

fn sound(bundle: &Bundle) {
    assert_eq!(told(&verify(bundle)), Vec::<String>::new());
    assert_eq!(read(bundle.written().as_bytes()).as_ref(), Ok(bundle));
}

fn is_full(bundle: &Bundle) -> bool {
    matches!(bundle.contents, Contents::Full { .. })
}

/// The box signs again what somebody changed: it lies.
fn lies(mut bundle: Bundle) -> Vec<String> {
    bundle.seal.sections = bundle.sections();
    bundle.seal.signature = key().sign_result(&signed(&bundle.seal.sections));
    told(&verify(&bundle))
}

#[test]
fn a_sound_result_is_found_sound_by_every_rule() {
    for rules in rules_that_fit(&rules()) {
        let full = bundle(&rules, &["Anba", "Bèlè", "Delma"], &alike_round());
        assert!(is_full(&full));
        sound(&full);
        let apart = bundle(&rules, &["Anba", "Bèlè", "Delma"], &apart_round());
        assert!(!is_full(&apart));
        sound(&apart);
    }
}

#[test]
fn points_are_counted_too() {
    let points = |of: &[(u32, u32)]| -> Vec<Choice> {
        of.iter()
            .map(|(n, points)| Choice { project: format!("{n:02}"), points: *points })
            .collect()
    };
    for rules in rules_that_fit(&points_rules("mes_points")) {
        let mut voters = alike(12, 0, &points(&[(1, 7), (2, 3)]));
        voters.extend(alike(11, 1, &points(&[(3, 10)])));
        sound(&bundle(&rules, &["Anba", "Bèlè"], &voters));
        voters.extend(alike(2, 1, &points(&[(3, 1), (4, 9)])));
        let apart = bundle(&rules, &["Anba", "Bèlè"], &voters);
        assert!(!is_full(&apart));
        sound(&apart);
    }
}

#[test]
fn a_round_of_few_or_nobody_tells_no_figures() {
    for n in [0, 1, 9] {
        let made = bundle(&rules(), &["Anba"], &alike(n, 0, &ticks(&[1])));
        sound(&made);
        assert_eq!(made.outcome.ballots, None);
        assert!(made.outcome.projects.iter().all(|told| told.supporters.is_none()));
        assert_eq!(made.outcome.order.is_empty(), n == 0, "with nobody nothing is funded");
    }
    assert_eq!(bundle(&rules(), &["Anba"], &alike(10, 0, &ticks(&[1]))).outcome.ballots, Some(10));
}

#[test]
fn what_few_chose_is_told_without_a_number() {
    let made = bundle(&rules(), &["Anba", "Bèlè", "Delma"], &{
        let mut voters = alike(30, 0, &ticks(&[1]));
        voters.extend(alike(4, 0, &ticks(&[3])));
        voters
    });
    let drain = &made.outcome.projects[2];
    assert_eq!((drain.reason.as_str(), drain.supporters), ("few", None));
    assert!(!made.written().contains("\"supporters\":4"));
    let report = verify(&made);
    assert!(report.unchecked.iter().any(|what| what.contains("project 03: fewer than five")));
}

#[test]
fn the_last_ballot_counts_and_a_void_one_does_not() {
    let mut voters = alike(20, 0, &ticks(&[1]));
    voters[0].ballots.push(ticks(&[3]));
    voters[1].void = true;
    let made = bundle(&rules(), &["Anba"], &voters);
    sound(&made);
    assert_eq!(made.outcome.ballots, Some(19));
    assert_eq!(made.outcome.projects[0].supporters, Some(18));
    assert_eq!((made.leaves.len(), made.credentials.void_ballots), (21, 0));
    assert!(made.credentials.void.is_empty(), "hashes alone are published");
    let mut voters = alike(20, 0, &ticks(&[1]));
    voters[1].void = true;
    let made = bundle(&rules(), &["Anba"], &voters);
    sound(&made);
    assert_eq!((made.credentials.void.len(), made.credentials.void_ballots), (1, 1));
}

#[test]
fn nothing_is_made_of_a_box_that_was_tampered_with() {
    let sound = making(&rules(), &["Anba"], &alike(12, 0, &ticks(&[1])));
    let refused = |change: &dyn Fn(&mut crate::Making)| {
        let mut changed = sound.clone();
        change(&mut changed);
        make(&changed, &key()).expect_err("not made")
    };
    let lost = refused(&|making| drop(making.ballots.pop()));
    assert!(matches!(lost, NotMade::Leaves(12, 11)));
    let strange = refused(&|making| making.issued.truncate(11));
    assert!(matches!(strange, NotMade::Stranger(_)));
    let changed = refused(&|making| making.ballots[3].bytes[20] ^= 1);
    assert!(matches!(changed, NotMade::Ballot { .. }));
    let twice = refused(&|making| making.ballots.push(making.ballots[0].clone()));
    assert!(matches!(twice, NotMade::Leaves(12, 13)));
}

/// Some bytes of a bundle changed one at a time; each is found.
fn every_flip_is_found(bundle: &Bundle, step: usize, bit: u8) {
    let written = bundle.written().into_bytes();
    for at in (usize::from(bit)..written.len()).step_by(step) {
        let mut changed = written.clone();
        changed[at] ^= 1 << bit;
        let found = match read(&changed) {
            Err(notice) => vec![notice],
            Ok(read) => verify(&read).found,
        };
        let around = String::from_utf8_lossy(&written[at.saturating_sub(20)..at + 1]).into_owned();
        assert!(!found.is_empty(), "byte {at} after {around}");
        assert!(found.iter().all(|notice| !notice.at.is_empty()), "it says where");
    }
}

#[test]
fn one_changed_byte_is_found() {
    let full = bundle(&rules(), &["Anba", "Bèlè"], &alike_round());
    let apart = bundle(&rules(), &["Anba", "Bèlè", "Delma"], &apart_round());
    for bit in 0..8 {
        every_flip_is_found(&full, 397, bit);
        every_flip_is_found(&apart, 131, bit);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn any_changed_byte_is_found(at in any::<proptest::sample::Index>(), with in 1u8..=255) {
        let made = bundle(&rules(), &["Anba", "Bèlè", "Delma"], &apart_round());
        let mut changed = made.written().into_bytes();
        let place = at.index(changed.len());
        changed[place] ^= with;
        let found = read(&changed).map(|read| verify(&read).found);
        prop_assert!(!matches!(found, Ok(found) if found.is_empty()));
    }

    #[test]
    fn random_rounds_are_found_sound(
        chosen in proptest::collection::vec((1u32..16, 0usize..3, 0u8..4), 0..60)
    ) {
        let voters = chosen.into_iter().map(|(mask, group, more)| {
            let of = |mask: u32| (1..=4).filter(|n| mask & (1 << (n - 1)) != 0).take(3).collect();
            let first: Vec<u32> = of(mask);
            let mut ballots = vec![ticks(&first)];
            if more == 1 {
                ballots.push(ticks(&of(mask ^ 15 | 1)));
            }
            Votes { group, ballots, void: more == 2 }
        });
        let voters: Vec<Votes> = voters.collect();
        let made = bundle(&rules(), &["Anba", "Bèlè", "Delma"], &voters);
        prop_assert_eq!(told(&verify(&made)), Vec::<String>::new());
    }
}

#[test]
fn a_changed_section_is_named() {
    let full = bundle(&rules(), &["Anba", "Bèlè"], &alike_round());
    let found = |change: &dyn Fn(&mut Bundle)| {
        let mut changed = full.clone();
        change(&mut changed);
        told(&verify(&changed)).join("\n")
    };
    let check = |change: &dyn Fn(&mut Bundle), expected: &str| {
        let found = found(change);
        assert!(found.contains(expected), "{found}");
    };
    check(&|b| b.rules.budget_minor += 1, "rules: this section is not the one that was signed");
    check(&|b| b.groups[0].name.push('x'), "groups: this section");
    check(&|b| b.leaves[3].0[0] ^= 1, "heads[2]: these leaves have another root");
    check(&|b| b.leaves.truncate(37), "heads[2]: it is of more leaves than there are");
    check(&|b| b.heads.swap(1, 2), "heads[2]: it is of fewer leaves than the one before");
    check(&|b| b.heads[1].signature.0[0] ^= 1, "heads[1]: the box of this round did not sign it");
    check(&|b| b.seal.signature.0[0] ^= 1, "seal.signature: the box of this round did not sign");
    check(&|b| b.rules.log_key = Hex(credential(1).public()), "heads[0]: the box of this round");
}

#[test]
fn a_box_that_lies_is_found_by_the_recount() {
    let full = bundle(&rules(), &["Anba", "Bèlè"], &alike_round());
    let check = |change: &dyn Fn(&mut Bundle), expected: &str| {
        let mut changed = full.clone();
        change(&mut changed);
        let found = lies(changed).join("\n");
        assert!(found.contains(expected), "{found}");
    };
    let ballots = |bundle: &mut Bundle, change: &dyn Fn(&mut Vec<FullBallot>)| {
        if let Contents::Full { ballots } = &mut bundle.contents {
            change(ballots);
        }
    };
    let again = "counted again, it comes to something else";
    check(&|b| b.outcome.projects[0].supporters = Some(19), "outcome.projects[0].supporters");
    check(&|b| b.outcome.order.reverse(), again);
    check(&|b| b.groups[1].money_percent = Some(1), "groups[1].money_percent");
    check(
        &|b| ballots(b, &|all| drop(all.pop())),
        "by the ballots 37 were cast, and the log has 38",
    );
    check(&|b| ballots(b, &|all| all.push(all[0].clone())), "its credential cast");
    check(&|b| ballots(b, &|all| all[0].group ^= 1), again);
    check(&|b| ballots(b, &|all| all[0].ballot[30] ^= 1), "contents.ballots[0]");
    check(&|b| b.credentials.void_ballots += 1, "were cast, and the log has");
    let strange = credential(999).vote(rules().round.0, 1, &ticks(&[1]), [0; 16]);
    let stuffed = |all: &mut Vec<FullBallot>| {
        let signature = Hex(strange.signature);
        all.push(FullBallot { ballot: strange.bytes.clone(), signature, group: 0 });
    };
    check(&|b| ballots(b, &stuffed), "it is by a credential that was never given out");
    check(&|b| ballots(b, &stuffed), "its hash is not in the log");
}

#[test]
fn a_box_that_lies_about_hidden_ballots_is_found_by_its_arithmetic() {
    let of = |rule: &str| {
        let rules = Rules { rule: rule.to_owned(), ..rules() };
        bundle(&rules, &["Anba", "Bèlè", "Delma"], &apart_round())
    };
    let check = |rule: &str, change: &dyn Fn(&mut Bundle), expected: &str| {
        let mut changed = of(rule);
        change(&mut changed);
        let found = lies(changed).join("\n");
        assert!(found.contains(expected), "{rule}: {found}");
    };
    check("mes_cost", &|b| b.outcome.cost_minor += 1, "what is funded costs");
    check("mes_cost", &|b| b.outcome.projects[0].won ^= true, "outcome.order: it is not what");
    check("mes_cost", &|b| b.outcome.ballots = Some(900), "more than there are credentials");
    let paid = |b: &mut Bundle, change: &dyn Fn(&mut crate::Told)| {
        let first = b.outcome.order[0].clone();
        b.outcome.projects.iter_mut().filter(|told| told.id == first).for_each(change);
    };
    let payers = |told: &mut crate::Told| told.payers = told.supporters.map(|n| n + 1);
    check("mes_cost", &|b| paid(b, &payers), "more people paid for it than chose it");
    let cheap = |told: &mut crate::Told| told.price = Some("1".to_owned());
    check("mes_cost", &|b| paid(b, &cheap), "what its supporters paid cannot make its cost");
    let price = |told: &mut crate::Told| told.price = Some("1/0".to_owned());
    check("mes_cost", &|b| paid(b, &price), "no fraction");
    let greedy = |b: &mut Bundle| {
        b.outcome.projects[3].supporters = Some(40);
    };
    check("greedy_cost", &greedy, "outcome.order: by the totals another line wins");
    let raise = |b: &mut Bundle| {
        if let Some(raise) = &mut b.outcome.raise {
            raise.steps += 1;
        }
    };
    check("mes_cost_add1", &raise, "outcome.raise: the share is not the plain one");
    let small = |b: &mut Bundle| b.groups[2].ballots = Some(2);
    check("mes_cost", &small, "groups[2]: a small group is told");
}

#[test]
fn equals_meet_by_the_lot_of_the_last_root() {
    let rules = Rules { tie: crate::TieRule::Cost, rule: "greedy_cost".to_owned(), ..rules() };
    let mut voters = alike(15, 0, &ticks(&[1]));
    voters.extend(alike(15, 0, &ticks(&[3])));
    let made = bundle(&rules, &["Anba"], &voters);
    sound(&made);
    assert_eq!(made.outcome.equals, vec![vec!["01".to_owned(), "03".to_owned()]], "the cheaper");
}

#[test]
fn paper_is_signed_by_two_groups_once() {
    let mut making = making(&rules(), &["Anba"], &alike(12, 0, &ticks(&[1])));
    let batch = |groups: [&str; 2], papers, digest| {
        let groups = groups.map(str::to_owned).to_vec();
        key().sign_paper(&PaperBatch { round: rules().round.0, papers, digest, groups })
    };
    making.papers = vec![batch(["Women", "Market"], 6, [1; 32])];
    sound(&make(&making, &key()).expect("made"));
    let check = |papers: Vec<crate::SignedPaper>, expected: &str| {
        let changed = crate::Making { papers, ..making.clone() };
        let found = told(&verify(&make(&changed, &key()).expect("made"))).join("\n");
        assert!(found.contains(expected), "{found}");
    };
    check(vec![batch(["Women", "Women"], 6, [1; 32])], "not of different groups");
    let one = batch(["Women", "Market"], 6, [1; 32]);
    check(vec![one.clone(), one], "the same papers are there twice");
    check(vec![batch(["Women", "Market"], 13, [1; 32])], "more papers than there are ballots");
}

#[test]
fn a_bundle_is_read_in_one_way_only() {
    let made = bundle(&rules(), &["Anba"], &alike(12, 0, &ticks(&[1])));
    let check = |text: String, at: &str, what: &str| {
        let notice = read(text.as_bytes()).expect_err("refused");
        assert!(notice.at.contains(at) && notice.what.contains(what), "{notice:?}");
    };
    let text = made.written();
    check("{".to_owned(), "line 1", "EOF");
    check(text.replacen("baraza-result-1", "baraza-result-2", 1), "format", "reads");
    check(text.replacen("{\"format\"", "{\"more\":1,\"format\"", 1), "line 1", "unknown field");
    check(text.replacen("\"women_only\":false,", "", 1), "line 1", "missing field");
    let key = made.rules.log_key.to_string();
    let loud = text.replacen(&key, &key.to_uppercase(), 1);
    if loud != text {
        check(loud, "line 1", "lower-case");
    }
    let pretty = serde_json::to_string_pretty(&made).expect("written");
    assert_eq!(read(pretty.as_bytes()), Ok(made), "blanks mean nothing");
    check(" ".repeat(BUNDLE_BYTES_MAX + 1), "file", "longer");
}

#[test]
fn what_stands_beside_a_result_is_recounted_too() {
    let voters = alike_round();
    let made = bundle(&rules(), &["Anba", "Bèlè"], &voters);
    let beside = made.beside.clone().expect("told");
    assert!(!beside.greedy.is_empty());
    let ways: Vec<(&str, Option<u64>)> =
        beside.ways.iter().map(|way| (way.name.as_str(), way.ballots)).collect();
    assert_eq!(ways, [("card", Some(18)), ("sms", Some(18))]);
    let mut greedy = made.clone();
    greedy.beside.as_mut().expect("told").greedy.reverse();
    assert!(lies(greedy).iter().any(|found| found.starts_with("beside.greedy")));
    let mut more = made.clone();
    let untrue = crate::More { id: "03".to_owned(), votes: 99 };
    more.beside.as_mut().expect("told").more = vec![untrue];
    assert!(lies(more).iter().any(|found| found.starts_with("beside.more")));
    // With so many more for it alone a project wins, and with one fewer it does not.
    let mut told = 0;
    for rule in ["mes_cost", "mes_cost_add1u", "phragmen", "mes_cost_utility"] {
        let rules = Rules { rule: rule.to_owned(), ..rules() };
        let made = bundle(&rules, &["Anba", "Bèlè"], &voters);
        for one in made.beside.expect("told").more {
            told += 1;
            let number: u32 = one.id.parse().expect("a number");
            for (votes, wins) in [(one.votes, true), (one.votes - 1, false)] {
                let mut more = voters.clone();
                let votes = usize::try_from(votes).expect("few");
                more.extend(alike(votes, 0, &ticks(&[number])));
                let order = bundle(&rules, &["Anba", "Bèlè"], &more).outcome.order;
                assert_eq!(order.contains(&one.id), wins, "{rule} {one:?}");
            }
        }
    }
    assert!(told > 0, "at least one project lost by votes");
    let few = bundle(&rules(), &["Anba"], &alike(9, 0, &ticks(&[1])));
    assert_eq!(few.beside, None);
}

#[test]
fn ways_are_not_told_where_few_of_a_place_had_their_card_in_one() {
    let told = |small: usize| {
        let mut voters = alike(30, 0, &ticks(&[1]));
        voters.extend(alike(small, 1, &ticks(&[1])));
        bundle(&rules(), &["Anba", "Bèlè"], &voters).beside.expect("told").ways
    };
    // Every other card came by SMS: of eight people in Bèlè four each, of ten five.
    assert_eq!(told(8), vec![]);
    assert_eq!(told(10).iter().map(|way| way.ballots).collect::<Vec<_>>(), [Some(20), Some(20)]);
    assert!(told(10).iter().all(|way| way.issued.is_none()));
    assert_eq!(told(0).len(), 2, "nobody is no small number");
}

#[test]
fn a_bundle_from_before_has_nothing_beside_it_and_is_sound() {
    let mut made = bundle(&rules(), &["Anba", "Bèlè"], &alike_round());
    made.beside = None;
    made.seal.sections = made.sections();
    made.seal.signature = key().sign_result(&signed(&made.seal.sections));
    assert!(!made.written().contains("beside") && !made.written().contains("force"));
    sound(&made);
}

#[test]
fn a_published_round_is_counted_by_other_programs_too() {
    use fair::voting::{Terms, Tie, count, pb};
    for tie in [crate::TieRule::List, crate::TieRule::Cost] {
        for rules in rules_that_fit(&Rules { tie, ..rules() }) {
            let made = bundle(&rules, &["Anba", "Bèlè"], &alike_round());
            let text = crate::as_pb(&made).expect("ballots are published");
            let election = pb::read(text.as_bytes()).expect("it is read").election;
            let said = |key: &str| election.meta_of(key).unwrap_or_default().to_owned();
            let tie = match said("tie").as_str() {
                "cost" => Tie::Cost { seed: said("seed") },
                _ => Tie::Id,
            };
            let rule = said("rule").parse().expect("a rule");
            let terms = Terms { rule, tie, step: said("step").parse().expect("a step") };
            let outcome = count(&election, &terms).expect("counted");
            assert_eq!(outcome.ids(&election), made.outcome.order, "{}", rules.rule);
            assert_eq!(election.said(0, "name"), Some("A tap at the school"));
        }
    }
    let apart = bundle(&rules(), &["Anba", "Bèlè", "Delma"], &apart_round());
    assert_eq!(crate::as_pb(&apart), None, "hashes alone are published");
}
