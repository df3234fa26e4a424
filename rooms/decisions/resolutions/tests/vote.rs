//! The vote: who gains is asked, two count, papers when three ask, nobody twice.

use proptest::prelude::*;

use super::super::records::{AfarSetAside, AfarVoted};
use super::super::rules::{self, Split};
use super::super::views::AfarVote;
use super::*;

#[test]
fn who_gains_is_asked_before_anything_is_voted_on() {
    let mut told = Told::default();
    told.says(rules::move_motion(d(), &motion(), TODAY, None).expect("moved"));
    let begin = |told: &Told| code(rules::begin(d(), told.of(), None));
    assert_eq!(begin(&told), "decision-conflict-unasked");
    let chair = DecisionConflictAsked { declared: true, chair: true, what: String::new() };
    let ask =
        |told: &Told, said: &DecisionConflictAsked| rules::ask_conflict(d(), told.of(), said, None);
    assert_eq!(code(ask(&told, &chair)), "decision-conflict-what");
    let unseen = DecisionConflictAsked { what: "\u{1}\u{2}\u{3}x".into(), ..chair.clone() };
    assert_eq!(code(ask(&told, &unseen)), "decision-words", "it is no text");
    let chair = DecisionConflictAsked { what: "sells the water".into(), ..chair };
    let replace = |told: &Told| rules::replace_chair(d(), told.of(), true, None);
    assert_eq!(code(replace(&told)), "decision-chair-free");
    let said = ask(&told, &chair).expect("asked");
    told.all(said);
    assert_eq!(begin(&told), "decision-chair-conflict");
    let replaced = replace(&told).expect("replaced");
    told.all(replaced);
    assert_eq!(begin(&told), "");
    // Somebody else who gains sits out; the vote goes on.
    let other = DecisionConflictAsked { chair: false, ..chair };
    let mut told = Told::default();
    told.says(rules::move_motion(d(), &motion(), TODAY, None).expect("moved"));
    let said = ask(&told, &other).expect("asked");
    told.all(said);
    assert_eq!(begin(&told), "");
}

#[test]
fn a_chair_who_gains_resolves_nothing() {
    let mut told = Told::default();
    told.says(rules::move_motion(d(), &motion(), TODAY, None).expect("moved"));
    let chair = DecisionConflictAsked { declared: true, chair: true, what: "sells it".into() };
    told.all(rules::ask_conflict(d(), told.of(), &chair, None).expect("asked"));
    let quorum = quorum(26, 15);
    let (bodies, mandates) = (bodies(), [delegated()]);
    let ground = ground(&mandates, &bodies, Some(&quorum));
    let outcome = rules::resolve(d(), told.of(), &resolving(26, 15), &ground, None);
    assert_eq!(code(outcome), "decision-chair-conflict");
}

#[test]
fn hands_are_counted_by_two_members_until_they_agree() {
    let mut told = Told::begun(motion());
    let some = votes((20, 10), (5, 5), (1, 0));
    let count = |told: &Told, counter, who: &str, tallies: &[Tally]| {
        let counted = hands(counter, told.row().round, tallies);
        rules::count(d(), told.of(), &counted, Some(id(who)))
    };
    assert_eq!(code(rules::agreed(&told.row())), "decision-counts-missing");
    let first = count(&told, 1, "Nadège", &some).expect("counted");
    told.all(first);
    assert_eq!(code(count(&told, 2, "Nadège", &some)), "decision-same-counter");
    let others = count(&told, 2, "Wilner", &votes((19, 11), (5, 5), (1, 0))).expect("counted");
    told.all(others);
    assert_eq!(code(rules::agreed(&told.row())), "decision-counts-differ");
    let quorum = quorum(26, 15);
    let (bodies, mandates) = (bodies(), [delegated()]);
    let ground = ground(&mandates, &bodies, Some(&quorum));
    let outcome = rules::resolve(d(), told.of(), &resolving(26, 15), &ground, None);
    assert_eq!(code(outcome), "decision-counts-differ");
    let again = rules::recount(d(), told.of(), None).expect("again");
    told.all(again);
    assert_eq!(told.row().round, 2);
    let late = rules::count(d(), told.of(), &hands(1, 1, &some), Some(id("Nadège")));
    assert_eq!(code(late), "decision-round");
    told.counted(&some);
    assert_eq!(rules::agreed(&told.row()), Ok(some.clone()));
    assert_eq!(code(count(&told, 1, "Nadège", &some)), "decision-counts-agree");
}

#[test]
fn the_sheet_has_two_columns_that_must_agree() {
    let told = Told::begun(motion());
    let some = votes((20, 10), (5, 5), (1, 0));
    let column = |counter| DecisionHandsCounted { via: "paper".into(), ..hands(counter, 1, &some) };
    let mut sheet = Told::begun(motion());
    for counter in [1, 2] {
        let drafts = rules::count(d(), sheet.of(), &column(counter), Some(id("Nadège")));
        sheet.all(drafts.expect("one types both"));
    }
    assert!(rules::agreed(&sheet.row()).is_ok());
    // One hand in the hall and one on paper is one person counting alone.
    let mut mixed = told;
    let first = rules::count(d(), mixed.of(), &hands(1, 1, &some), Some(id("Nadège")));
    mixed.all(first.expect("counted"));
    let second = rules::count(d(), mixed.of(), &column(2), Some(id("Nadège")));
    assert_eq!(code(second), "decision-counter");
}

#[test]
fn three_who_ask_make_it_secret_and_nobodys_sex_is_counted() {
    for (asked, secret) in [(2, false), (3, true)] {
        let mut told = Told::default();
        told.says(rules::move_motion(d(), &motion(), TODAY, None).expect("moved"));
        told.all(rules::ask_secret(d(), told.of(), asked, None).expect("asked"));
        told.all(rules::ask_conflict(d(), told.of(), &nobody_gains(), None).expect("asked"));
        told.all(rules::begin(d(), told.of(), None).expect("begun"));
        let by_hand = hands(1, 1, &votes((20, 10), (0, 0), (0, 0)));
        let by_hand = code(rules::count(d(), told.of(), &by_hand, None));
        let paper =
            |choice: &str, papers| Tally { choice: choice.into(), papers, ..Tally::default() };
        let papers = [paper("yes", 20), paper("no", 9), paper("abstain", 1)];
        let by_paper = code(rules::count(d(), told.of(), &hands(1, 1, &papers), None));
        let expected = if secret { ("decision-secret", "") } else { ("", "decision-not-secret") };
        assert_eq!((by_hand, by_paper), expected, "{asked}");
    }
}

#[test]
fn a_count_has_every_choice_once_and_no_more_hands_than_people() {
    let told = Told::begun(motion());
    let check = |tallies: &[Tally], expected: &str| {
        let outcome = rules::count(d(), told.of(), &hands(1, 1, tallies), None);
        assert_eq!(code(outcome), expected);
    };
    let good = votes((20, 10), (0, 0), (0, 0));
    check(&good, "");
    check(&good[..2], "decision-choices");
    check(&[good.clone(), good[..1].to_vec()].concat(), "decision-choices");
    check(&votes((-1, 10), (0, 0), (0, 0)), "decision-number");
    check(&votes((100_001, 10), (0, 0), (0, 0)), "decision-number");
    let mut told = Told::begun(motion());
    told.counted(&votes((27, 10), (0, 0), (0, 0)));
    let quorum = quorum(26, 15);
    let (bodies, mandates) = (bodies(), [delegated()]);
    let ground = ground(&mandates, &bodies, Some(&quorum));
    let said = resolving(26, 15);
    let outcome = rules::resolve(d(), told.of(), &said, &ground, None);
    assert_eq!(code(outcome), "decision-more-hands");
    let said = Resolving { present: None, ..said };
    let outcome = rules::resolve(d(), told.of(), &said, &ground, None);
    assert_eq!(code(outcome), "decision-present-uncounted");
}

#[test]
fn the_most_wanted_option_wins_and_a_tie_wins_nothing() {
    let mut asked = motion();
    asked.moved.options = vec!["trucks".into(), "a pipe".into(), "bottles".into()];
    let decision = Told::begun(asked).row();
    let check = |votes: [i64; 4], expected: Option<u8>| {
        let tallies = ["1", "2", "3", "no"].into_iter().zip(votes);
        let tally = |(choice, women): (&str, i64)| Tally {
            choice: choice.to_owned(),
            women,
            ..Tally::default()
        };
        let tallies: Vec<Tally> = tallies.map(tally).collect();
        assert_eq!(rules::outcome_of(&decision, &tallies, &[]), expected, "{votes:?}");
    };
    check([10, 5, 2, 3], Some(1));
    check([5, 10, 2, 3], Some(2));
    check([5, 5, 2, 0], None);
    check([5, 4, 2, 6], None);
    check([0, 0, 0, 0], None);
    let yes_no = Told::begun(motion()).row();
    let outcome = |yes, no| rules::outcome_of(&yes_no, &votes((yes, 0), (no, 0), (0, 0)), &[]);
    assert_eq!((outcome(2, 1), outcome(1, 1), outcome(0, 0)), (Some(0), None, None));
    // Those from afar count for the result.
    let afar = [Tally { choice: "yes".into(), papers: 2, ..Tally::default() }];
    let hall = votes((1, 0), (2, 0), (0, 0));
    assert_eq!(rules::outcome_of(&yes_no, &hall, &afar), Some(0));
}

#[test]
fn a_vote_from_afar_is_taken_until_the_hall_begins_and_never_twice() {
    let moved = || {
        let mut told = Told::default();
        told.says(rules::move_motion(d(), &motion(), TODAY, None).expect("moved"));
        told
    };
    let told = moved();
    let (own, mark) = (id("vote"), id("mark"));
    let vote = |told: &Told, mine: &[Record], marks: &[(Id, Vec<Record>)], choice: &str| {
        code(rules::vote_from_afar((d(), told.of()), (own, mine), marks, choice))
    };
    assert_eq!(vote(&told, &[], &[], "yes"), "");
    assert_eq!(vote(&told, &[], &[], "1"), "decision-choices");
    let mut door = Told::default();
    door.all(rules::came(mark, &[], id("A-7"), None).into_iter().collect());
    let marks = door.records.get(&mark).cloned().unwrap_or_default();
    assert_eq!(vote(&told, &[], &[(mark, marks.clone())], "yes"), "decision-came");
    assert_eq!(rules::came(mark, &marks, id("A-7"), None).map(|_| ()), None, "once is enough");
    let mut aside = Told::default();
    aside.says(Draft::new(own, &AfarVoted { decision: d(), choice: "yes".into() }));
    aside.says(Draft::new(own, &AfarSetAside { decision: d() }));
    let mine = aside.records.get(&own).cloned().unwrap_or_default();
    assert_eq!(vote(&told, &mine, &[], "no"), "decision-came");
    let begun = Told::begun(motion());
    assert_eq!(vote(&begun, &[], &[], "yes"), "decision-vote-begun");
    let mut women = motion();
    women.moved.kind = "women_only".into();
    let mut told = Told::default();
    told.says(rules::move_motion(d(), &women, TODAY, None).expect("moved"));
    assert_eq!(vote(&told, &[], &[], "yes"), "decision-afar-women-only");
}

#[test]
fn no_man_is_counted_in_a_vote_of_women() {
    let mut women = motion();
    women.moved.kind = "women_only".into();
    let told = Told::begun(women);
    let count = |tallies: &[Tally]| {
        code(rules::count(d(), told.of(), &hands(1, 1, tallies), Some(id("Nadège"))))
    };
    assert_eq!(count(&votes((20, 0), (5, 1), (0, 0))), "decision-women-only");
    assert_eq!(count(&votes((20, 0), (5, 0), (0, 0))), "");
}

#[test]
fn a_decision_is_looked_at_again_neither_before_it_was_made_nor_when_all_have_forgotten() {
    let mut told = Told::begun(motion());
    told.counted(&votes((26, 15), (0, 0), (0, 0)));
    let (quorum, bodies, mandates) = (quorum(26, 15), bodies(), [delegated()]);
    let ground = ground(&mandates, &bodies, Some(&quorum));
    let resolve = |day: i64| {
        let said = Resolving { review_day: Some(day), ..resolving(26, 15) };
        code(rules::resolve(d(), told.of(), &said, &ground, None))
    };
    assert_eq!(resolve(TODAY - 1), "decision-review-day");
    assert_eq!(resolve(TODAY), "");
    assert_eq!(resolve(TODAY + rules::DAYS_AHEAD_MAX), "");
    assert_eq!(resolve(TODAY + rules::DAYS_AHEAD_MAX + 1), "decision-review-day");
}

proptest! {
    #[test]
    fn a_mark_at_the_door_holds_in_whatever_order_it_arrives(order in 0usize..24) {
        let own = id("vote");
        let voted = |choice: &str| {
            Draft::new(own, &AfarVoted { decision: d(), choice: choice.into() })
        };
        let mut drafts = vec![voted("yes"), voted("no"), voted("yes")];
        drafts.insert(order % 4, Draft::new(own, &AfarSetAside { decision: d() }));
        let mut told = Told::default();
        told.all(drafts);
        let vote = AfarVote::fold(own, told.records.get(&own).map_or(&[], Vec::as_slice));
        prop_assert!(vote.set_aside);
        prop_assert_eq!(vote.decision, Some(d()));
    }

    #[test]
    fn no_cell_below_five_can_be_worked_out(
        yes in (0i64..20, 0i64..20), no in (0i64..20, 0i64..20), away in (0i64..9, 0i64..9),
    ) {
        let hall = votes(yes, no, (0, 0));
        let (women, men) = (yes.0 + no.0 + away.0, yes.1 + no.1 + away.1);
        let present = Present { women, men, other: 0 };
        let split = rules::split_shown(&hall, Some(present), false, false);
        let cells = [yes.0, yes.1, no.0, no.1, away.0, away.1, present.women, present.men];
        let small = cells.iter().any(|n| (1..5).contains(n));
        prop_assert!(!small || split != Split::Shown);
        if present.women < 5 {
            prop_assert_eq!(split, Split::FewWomen);
            let quorate = rules::split_shown(&hall, Some(present), false, true);
            prop_assert_eq!(quorate, Split::Hidden);
        }
    }
}
