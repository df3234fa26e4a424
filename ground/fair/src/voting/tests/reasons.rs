//! Tests of the reasons: for each way to win or lose, the numbers and the English sentence.
//!
//! Never checks a sentence for its beauty, only that it says what the numbers are.

use super::*;

fn told(election: &Election, rule: &str, id: &str) -> String {
    let at = election.projects().iter().position(|project| project.id == id).unwrap();
    explain(election, &counted(election, rule), at)
}

#[test]
fn a_winner_by_shares_says_who_paid_what() {
    let election = approval("40", "a:12 b:15.50 free:0", "a,b|a,b,free|b|");
    assert_eq!(
        told(&election, "mes_cost", "b"),
        "Won in round 2: 3 of 3 voters paid its 15.5, 5.17 each."
    );
    assert_eq!(told(&election, "mes_cost", "free"), "Won: it costs nothing, and 1 voter chose it.");
    let election = approval("30", "a:15 b:15", "a,b|a,b|a,b");
    assert_eq!(
        told(&election, "mes_cost", "b"),
        "Won in round 2: 3 of 3 voters paid its 15, at most 5 each; 3 gave the last they had."
    );
}

#[test]
fn those_who_have_nothing_left_do_not_pay() {
    let election = approval("40", "a:20 b:22", "a,b|a,b|b|b");
    let outcome = counted(&election, "mes_cardinality");
    assert_eq!(order(&election, &outcome), "b", "5.50 each before 10 each");
    let election = approval("40", "a:20 b:18", "a,b|a,b|b|b");
    let terms = Terms { tie: Tie::Given(vec![]), ..Terms::of("mes_cost".parse().unwrap()) };
    let outcome = count(&election, &terms).unwrap();
    assert_eq!(order(&election, &outcome), "b");
    let Turn::Lost(loss) = &outcome.fates[0].turn else { panic!() };
    assert_eq!((loss.had_parts, loss.short_parts), (Some(11), Some(9)));
    assert_eq!(loss.left_parts, 22);
    assert_eq!(
        explain(&election, &outcome, 0),
        "Not funded: its 2 supporters still had 11 of the 20 it costs, 9 short."
    );
}

#[test]
fn points_are_paid_by_the_point() {
    let election = election(Kind::Cumulative, "20", "a:12 b:9", "a=3|a=1,b=2");
    assert_eq!(
        told(&election, "mes_points", "a"),
        "Won in round 1: 2 of 2 voters paid its 12, 3 for each point it is worth to them."
    );
    assert_eq!(
        told(&election, "mes_points", "b"),
        "Not funded: its only supporter still had 7 of the 9 it costs, 2 short."
    );
}

#[test]
fn the_completion_tells_both_reasons() {
    let election = approval("100", "a:60 b:50 c:45", "a|a,b|a,c|b,c");
    assert_eq!(
        told(&election, "mes_cost_utility", "a"),
        "Won in round 1: 3 of 3 voters paid its 60, 20 each."
    );
    assert_eq!(
        told(&election, "mes_cost_utility", "b"),
        "Not funded: its 2 supporters still had 30 of the 50 it costs, 20 short; of what was left \
         over, 40 remained when its turn came."
    );
    let election = approval("100", "a:60 b:40", "a|a,b|a|b");
    assert_eq!(
        told(&election, "mes_cost_utility", "b"),
        "Won in round 2 with what was left over: it costs 40, 40 were left, and 2 voters chose it."
    );
}

#[test]
fn a_loser_in_line_says_how_many_votes_more_would_have_won() {
    let check = |tie: &[&str], expected: Option<u64>| {
        let election = approval("100", "a:60 b:40 c:50", "a,b|a,b|a,c|b");
        let listed = tie.iter().map(|id| (*id).to_owned()).collect();
        let tie = Tie::Given(listed);
        let terms = Terms { tie, ..Terms::of("greedy_cost".parse().unwrap()) };
        let outcome = count(&election, &terms).unwrap();
        let Turn::Lost(loss) = &outcome.fates[2].turn else { panic!() };
        assert_eq!(loss.votes_more, expected, "{tie:?}", tie = terms.tie);
        // So many are enough, and one fewer is not.
        let more = usize::try_from(expected.unwrap()).unwrap();
        for (votes, wins) in [(more, true), (more - 1, false)] {
            let ballots = format!("a,b|a,b|a,c|b{}", "|c".repeat(votes));
            let election = approval("100", "a:60 b:40 c:50", &ballots);
            assert_eq!(count(&election, &terms).unwrap().won(2), wins, "{votes} votes more");
        }
    };
    // `a` and `b` have 3 votes each and take all; behind `a`, 40 are left, which is too little.
    check(&["a", "b", "c"], Some(3));
    check(&["c", "a", "b"], Some(2));
    // Behind `b` 60 are left, so that `c` needs to be before `a` only.
    check(&["b", "a", "c"], Some(3));
    check(&["b", "c", "a"], Some(2));
    let election = approval("100", "a:60 b:40 c:50 d:101", "a,b|a,b|a,c|b,d");
    assert_eq!(
        told(&election, "greedy_cost", "c"),
        "Not funded: it costs 50, and 0 were left when its turn came; 3 votes more would have won."
    );
    assert_eq!(
        told(&election, "greedy_cost", "d"),
        "Not funded: it costs 101, and the whole budget is 100."
    );
}

#[test]
fn votes_more_for_worth_by_number_count_per_unit_of_money() {
    let election = approval("100", "a:80 b:30", "a|a|a|a|b");
    // 4/80 against 1/30: two votes on 30 would be more than four on 80.
    let outcome = counted(&election, "greedy_cardinality");
    let Turn::Lost(loss) = &outcome.fates[1].turn else { panic!() };
    assert_eq!(loss.votes_more, Some(1));
    let votes = counted(&approval("100", "a:80 b:30", "a|a|a|a|b|b"), "greedy_cardinality");
    assert!(votes.won(1));
}

#[test]
fn the_unwanted_are_told_so() {
    let election = approval("10", "a:8 b:8", "a|a");
    assert_eq!(told(&election, "mes_cost", "b"), "Not funded: nobody chose it.");
    assert_eq!(
        told(&election, "greedy_cost", "b"),
        "Not funded: nobody chose it, it costs 8, and 2 were left; 2 votes more would have won."
            .replace("2 votes", "3 votes")
    );
}

#[test]
fn phragmen_tells_the_load() {
    let election = approval("100", "a:60 b:10.50 c:41", "a|a|b,c|b|c");
    assert_eq!(
        told(&election, "phragmen", "b"),
        "Won in round 1: 2 voters could pay it first, when each had paid 5.25 for all they got; \
         it costs 10.5, and 100 were left."
    );
    assert_eq!(
        told(&election, "phragmen", "a"),
        "Not funded: the count ended before its turn, since 48.5 were left and the next in turn \
         costs more."
    );
}

#[test]
fn there_is_nothing_to_say_of_what_is_not_there() {
    let election = approval("10", "a:8", "a");
    assert_eq!(explain(&election, &counted(&election, "mes_cost"), 9), "");
}

#[test]
fn votes_more_are_found_by_trying_where_no_line_tells_them() {
    let check = |rule: &str, ballots: &str| {
        let with = |more: usize| {
            let ballots = format!("{ballots}{}", "|c".repeat(more));
            approval("100", "a:60 b:40 c:50 d:101", &ballots)
        };
        let election = with(0);
        let mut outcome = counted(&election, rule);
        assert!(!outcome.won(2), "{rule}");
        let terms = outcome.terms.clone();
        tell_votes_more(&election, &mut outcome, |_| Some(terms.clone()));
        let lost = |at: usize| match &outcome.fates[at].turn {
            Turn::Lost(loss) => loss.votes_more,
            Turn::Won { .. } => panic!("{rule}: it won"),
        };
        assert_eq!(lost(3), None, "{rule}: it costs more than there is");
        let more = usize::try_from(lost(2).expect("told")).unwrap();
        assert!(counted(&with(more), rule).won(2), "{rule}: so many are enough");
        assert!(!counted(&with(more - 1), rule).won(2), "{rule}: one fewer is not");
    };
    check("mes_cost", "a,b|a,b|a,c|b");
    check("mes_cost_add1u", "a,b|a,b|a,b|a,c");
    check("mes_cost_utility", "a,b|a,b|a,b|b,c");
    check("phragmen", "a,b|a,b|a,b|c");
    // A line tells it itself, and of points nothing is tried.
    let election = election(Kind::Cumulative, "20", "a:12 b:9", "a=3|a=1,b=2");
    let mut outcome = counted(&election, "mes_points");
    let (before, terms) = (outcome.clone(), outcome.terms.clone());
    tell_votes_more(&election, &mut outcome, |_| Some(terms.clone()));
    assert_eq!(outcome, before);
}

#[test]
fn what_would_take_too_many_counts_is_not_told() {
    let many = "a,b|".repeat(CHOICES_TRIED_MAX / 2);
    let election = approval("100", "a:60 b:60", many.trim_end_matches('|'));
    let mut outcome = counted(&election, "mes_cost");
    let (before, terms) = (outcome.clone(), outcome.terms.clone());
    tell_votes_more(&election, &mut outcome, |_| Some(terms.clone()));
    assert_eq!(outcome, before, "one count more is more than may be tried");
}
