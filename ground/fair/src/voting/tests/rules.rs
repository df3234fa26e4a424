//! Hand-made elections, one for each definition and each way to get it wrong.
//!
//! Never large: each can be followed with a pencil.

use super::*;

fn check(election: &Election, rule: &str, expected: &str) {
    assert_eq!(order(election, &counted(election, rule)), expected, "{rule}");
}

#[test]
fn every_rule_has_a_name_and_is_found_by_it() {
    let all = Rule::all();
    assert_eq!(all.len(), 4 + 4 * 4 + 1);
    for rule in all {
        assert_eq!(rule.to_string().parse(), Ok(rule));
    }
    let told = "mes_luck".parse::<Rule>().unwrap_err().to_string();
    assert!(told.contains("mes_luck") && told.contains("mes_W_add1u"), "{told}");
}

#[test]
fn a_rule_needs_ballots_that_say_enough() {
    let election = approval("10", "a:5", "a");
    for rule in ["greedy_points", "mes_borda_add1"] {
        let told = count(&election, &Terms::of(rule.parse().unwrap())).unwrap_err().to_string();
        assert!(told.contains(rule) && told.contains("approval"), "{told}");
    }
}

#[test]
fn greedy_takes_what_is_worth_most_per_unit_of_money_and_still_fits() {
    let election = approval("100", "big:80 mid:50 low:30", "big,mid|big,mid|big,low|mid,low|low");
    // Votes: 3, 3, 3: by id. By cardinality the cheapest first.
    check(&election, "greedy_cost", "big");
    check(&election, "greedy_cardinality", "low mid");
}

#[test]
fn greedy_takes_the_unwanted_last_and_the_free_first() {
    let election = approval("100", "zero:0 none:20 free:0 some:70 more:40", "free,some|some|more");
    check(&election, "greedy_cost", "free some none zero");
    check(&election, "greedy_cardinality", "free some none zero");
}

#[test]
fn ids_are_compared_as_texts() {
    let election = approval("4", "a:1 A:1 2:1 10:1 z:1", "a,A,2,10,z");
    for rule in ["greedy_cost", "mes_cost", "phragmen"] {
        check(&election, rule, "10 2 A a");
    }
}

#[test]
fn empty_ballots_have_a_share_too() {
    // With three empty ballots of four the only supporter has 25 of the 100, not all.
    let election = approval("100", "a:30", "a|||");
    check(&election, "mes_cost", "");
    check(&election, "mes_cost_utility", "a");
    check(&approval("100", "a:25", "a|||"), "mes_cost", "a");
}

#[test]
fn worth_by_cost_prefers_many_votes_and_worth_by_number_the_cheap() {
    let election = approval("100", "dear:60 cheap:20", "dear|dear|dear|dear,cheap|cheap");
    check(&election, "mes_cost", "dear cheap");
    check(&election, "mes_cardinality", "cheap dear");
}

#[test]
fn who_cannot_pay_the_price_gives_the_last() {
    // Shares of 10. `a` takes 5 each of two; for `b` these give their last 5 and the third 8.
    let election = approval("30", "a:10 b:18", "a,b|a,b|b");
    let outcome = counted(&election, "mes_cardinality");
    assert_eq!(order(&election, &outcome), "a b");
    let Turn::Won { by: Win::Shares(paid), .. } = &outcome.fates[1].turn else { panic!() };
    let eight = Exact::from(num_bigint::BigInt::from(8));
    assert_eq!((&paid.rho, paid.payers, paid.gave_all), (&eight, 3, 2));
    let election = approval("30", "a:16 b:13", "a,b|a,b|b");
    check(&election, "mes_cardinality", "b");
    let election = approval("30", "a:14 b:14", "a,b|a,b|b");
    let outcome = counted(&election, "mes_cost");
    assert_eq!(order(&election, &outcome), "b", "after 4.67 each two have 10.67 of the 14");
}

#[test]
fn a_share_can_be_spent_to_the_last_grain() {
    // Everybody pays exactly what they have, so that ρ is where all give the last.
    let election = approval("30", "a:15 b:15", "a,b|a,b|a,b");
    let outcome = counted(&election, "mes_cost");
    assert_eq!(order(&election, &outcome), "a b");
    let Turn::Won { by: Win::Shares(paid), .. } = &outcome.fates[1].turn else { panic!() };
    assert_eq!((paid.payers, paid.gave_all), (3, 3));
    assert_eq!(paid.rho, Exact::new(1.into(), 3.into()));
    assert_eq!(paid.price, Some(Exact::from(num_bigint::BigInt::from(5))));
    check(&approval("7", "a:7", "a"), "mes_cardinality", "a");
    // One third is no machine number; three of them are a whole all the same.
    check(&approval("1", "a:1", "a|a|a"), "mes_cost", "a");
    check(&approval("1", "a:0.333333 b:0.666667", "a|b|b"), "mes_cost", "a");
}

#[test]
fn free_projects_that_somebody_wants_come_first() {
    let election = approval("10", "z:0 a:10 b:0", "a,z|a");
    check(&election, "mes_cost", "z a");
    check(&election, "mes_cost_add1", "z a");
    check(&election, "mes_cost_utility", "z a b");
}

#[test]
fn raising_stops_when_nothing_wanted_fits() {
    // 50 each. `a` costs 40; `b` needs 70 of one voter: 20 steps of one unit.
    let election = approval("110", "a:40 b:70 none:1", "a|b");
    let outcome = counted(&election, "mes_cost_add1");
    assert_eq!(order(&election, &outcome), "a b");
    let raise = outcome.raise.unwrap();
    assert_eq!((raise.steps, raise.end, raise.counts), (15, RaiseEnd::NothingFits, 16));
    assert_eq!(raise.share, Exact::from(num_bigint::BigInt::from(70)));
    assert!(raise.reckoned < 16, "most are proved to change nothing: {}", raise.reckoned);
}

#[test]
fn raising_stops_before_the_budget_is_exceeded_though_something_would_fit() {
    // With 61 each `b` and `c` would both be bought, 122 of 100; with 60 neither is.
    let election = approval("100", "a:1 b:60 c:61", "a,b|c");
    let outcome = counted(&election, "mes_cardinality_add1");
    assert_eq!(order(&election, &outcome), "a");
    let raise = outcome.raise.unwrap();
    assert_eq!((raise.steps, raise.end, raise.counts), (10, RaiseEnd::OverBudget, 12));
    let after = counted(&election, "mes_cardinality_add1u");
    assert_eq!(order(&election, &after), "a b", "votes decide on the rest");
}

#[test]
fn the_step_is_part_of_the_terms() {
    let election = approval("100", "a:1 b:60 c:61.5", "a,b|c");
    let with = |step: &str| {
        let rule = "mes_cardinality_add1".parse().unwrap();
        let terms = Terms { step: step.parse().unwrap(), ..Terms::of(rule) };
        count(&election, &terms).map(|outcome| order(&election, &outcome))
    };
    assert_eq!(with("1"), Ok("a b".into()), "with 61 each b is bought, and c then fits no more");
    assert_eq!(with("12"), Ok("a".into()), "with 62 each all three would cost 122.5");
    assert_eq!(with("0"), Err(Uncounted::NoStep));
    let large = approval("999999999999999", "a:1", "a");
    let terms =
        Terms { step: "0.01".parse().unwrap(), ..Terms::of("mes_cost_add1".parse().unwrap()) };
    assert_eq!(count(&large, &terms), Err(Uncounted::StepTooFine));
}

#[test]
fn a_finer_step_is_counted_in_finer_grains() {
    // `c` needs 50.25 of one voter: 1 step of a unit, or 3 of a tenth, or 25 of a hundredth.
    let election = approval("100", "a:40 c:50.25", "a|c");
    for (step, steps) in [("1", 1), ("0.1", 3), ("0.01", 25), ("0.125", 2)] {
        let rule = "mes_cost_add1".parse().unwrap();
        let terms = Terms { step: step.parse().unwrap(), ..Terms::of(rule) };
        let outcome = count(&election, &terms).unwrap();
        assert_eq!(order(&election, &outcome), "a c", "{step}");
        assert_eq!(outcome.raise.unwrap().steps, steps, "{step}");
    }
}

#[test]
fn points_pay_in_proportion() {
    let election = election(Kind::Cumulative, "20", "a:12 b:9", "a=3,b=0|a=1,b=2");
    // For `a` the first gives 9 and the second 3; for `b` only the second counts, and has 7.
    let outcome = counted(&election, "mes_points");
    assert_eq!(order(&election, &outcome), "a");
    assert_eq!(outcome.fates[1].supporters, 1, "no points are no support");
    let Turn::Lost(loss) = &outcome.fates[1].turn else { panic!() };
    assert_eq!((loss.had_parts, loss.short_parts), (Some(7), Some(2)));
    // Membership counts for the other measures.
    check(&election, "mes_cost", "a");
    assert_eq!(counted(&election, "greedy_cost").fates[1].supporters, 2);
    check(&election, "greedy_points", "a");
}

#[test]
fn the_last_of_a_ranking_is_worth_nothing() {
    let election = election(Kind::Ordinal, "30", "a:10 b:10 c:10", "a,b,c|b,a,c|a,c");
    let outcome = counted(&election, "mes_borda");
    assert_eq!(order(&election, &outcome), "a b", "nobody's worth stands behind c");
    assert_eq!(outcome.fates[2].supporters, 0);
    check(&election, "greedy_borda", "a b c");
    check(&election, "mes_cost_utility", "a c b");
    check(&election, "mes_borda_utility", "a b c");
}

#[test]
fn phragmen_stops_at_the_first_that_does_not_fit() {
    let election = approval("100", "a:60 b:50 c:30", "a,b|a,b|a|c");
    // Loads: a 20, b 25, c 30. After `a`: b (20+20+50)/2 = 45, c 30.
    check(&election, "phragmen", "a c");
    let election = approval("100", "a:60 b:10 c:41", "a|a|b,c|b|c");
    // b 5, c 20.5 → (5+0+41)/2 = 23, a 30: c would be next and fits, a then does not.
    check(&election, "phragmen", "b c");
    let outcome = counted(&election, "phragmen");
    let Turn::Lost(loss) = &outcome.fates[0].turn else { panic!() };
    assert_eq!((loss.why, loss.left_parts), (Against::Stopped, 49));
}

#[test]
fn phragmen_stops_when_one_of_several_equals_does_not_fit() {
    // After `a` both b and c stand at the same load, and only b would fit.
    let election = approval("10", "a:4 b:4 c:8 z:20", "a|a|b|c|c");
    // a 2; b 4; c 4: b fits, c does not.
    check(&election, "phragmen", "a");
    check(&approval("30", "b:10 a:10 n:10", "a"), "phragmen", "a b n");
    check(&approval("20", "b:10 a:10 n:11", "a"), "phragmen", "a");
}

#[test]
fn equals_are_told_and_the_order_among_them_is_chosen() {
    let election = approval("12", "b:6 a:6 c:4", "a,b,c|a,b,c");
    let with = |tie: Tie| {
        let terms = Terms { tie, ..Terms::of("greedy_cost".parse().unwrap()) };
        let outcome = count(&election, &terms).unwrap();
        assert_eq!(outcome.ties.len(), 1);
        assert_eq!(outcome.ties[0].round, 1);
        assert_eq!(outcome.ties[0].projects.len(), 3);
        assert_eq!(outcome.terms.tie, terms.tie);
        order(&election, &outcome)
    };
    assert_eq!(with(Tie::Id), "a b");
    assert_eq!(with(Tie::Given(vec!["b".into(), "a".into()])), "b a");
    assert_eq!(with(Tie::Given(vec!["c".into()])), "c a");
    let by_cost = with(Tie::Cost { seed: "Lavil 12 March".into() });
    assert!(by_cost == "c a" || by_cost == "c b", "{by_cost}");
    let lots: std::collections::BTreeSet<String> =
        (0..40).map(|seed| with(Tie::Lot { seed: seed.to_string() })).collect();
    assert!(lots.len() > 3, "different seeds draw differently: {lots:?}");
}

#[test]
fn a_lot_can_be_drawn_again_by_anybody() {
    // FNV-1a of "s", 0, "a" and the stirring of SplitMix64, reckoned apart from this program.
    assert_eq!(lot("s", "a"), 0xffd1_4d5b_7a07_997d);
    assert_ne!(lot("s", "a"), lot("sa", ""));
    assert_ne!(lot("s", "a"), lot("t", "a"));
}

#[test]
fn cheap_then_wanted_come_first_among_equals() {
    let election = approval("5", "a:5 b:4 c:4", "a,b,c|b,a|a,c|c");
    // Votes: a 3, b 2, c 3; by cost c before b before a.
    let terms = |rule: &str| Terms {
        tie: Tie::Cost { seed: String::new() },
        ..Terms::of(rule.parse().unwrap())
    };
    let ranks = terms("phragmen").tie.ranks(&election);
    assert_eq!(ranks, [2, 1, 0]);
    let outcome = count(&election, &terms("greedy_cost")).unwrap();
    assert_eq!(order(&election, &outcome), "c");
}

#[test]
fn an_election_of_nothing_has_an_outcome() {
    for rule in Rule::all().into_iter().filter(|rule| rule.fits(Kind::Approval)) {
        for election in [
            Builder::new(Kind::Approval, Decimal::from(10)).finish().unwrap(),
            approval("0", "a:1", "a"),
            approval("10", "a:20", "a"),
            approval("10", "a:20", "|"),
        ] {
            let outcome = count(&election, &Terms::of(rule)).unwrap();
            assert_eq!(order(&election, &outcome), "", "{rule}");
            assert_eq!(outcome.fates.len(), election.projects().len());
        }
    }
}

#[test]
fn a_raise_that_takes_too_many_counts_is_refused() {
    let election = approval("100", "a:1 b:60 c:61.5", "a,b|c");
    let terms = Terms::of("mes_cost_add1".parse().unwrap());
    let reckoned = count(&election, &terms).unwrap().raise.unwrap().reckoned;
    let profile = profile::Profile::of(&election, Worth::Cost);
    let ranks = terms.tie.ranks(&election);
    let within = |counts_max: u64| {
        let how = (Worth::Cost, Rest::Raise);
        shares::count(&election, &profile, how, &terms, &ranks, counts_max)
    };
    assert!(within(reckoned).is_ok(), "{reckoned}");
    let told = within(3).unwrap_err();
    assert!(matches!(told, Uncounted::TooManyCounts(_)), "{told}");
    assert!(told.to_string().contains("larger step"), "{told}");
}
