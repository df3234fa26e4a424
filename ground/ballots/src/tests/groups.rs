//! What may be said of groups. A small group is not told, and cannot be worked out.

use proptest::prelude::*;

use super::{alike, apart_round, bundle, rules, ticks};
use crate::bundle::Contents;
use crate::{GROUP_MIN, Publication, Rules, shown};

#[test]
fn a_small_group_hides_with_another() {
    let check = |counts: &[u64], expected: &[bool]| {
        assert_eq!(shown(counts, GROUP_MIN), expected, "{counts:?}");
    };
    check(&[12, 20], &[true, true]);
    check(&[12, 20, 0], &[true, true, true]);
    // Alone it would be the rest of the sum.
    check(&[12, 20, 3], &[false, true, false]);
    check(&[12, 20, 3, 4], &[false, true, false, false]);
    check(&[12, 20, 6, 4], &[true, true, false, false]);
    check(&[3], &[false]);
    check(&[], &[]);
}

proptest! {
    #[test]
    fn what_is_hidden_is_never_one_group_nor_few_people(
        counts in proptest::collection::vec(0u64..40, 0..9)
    ) {
        let shows = shown(&counts, GROUP_MIN);
        let hidden: Vec<u64> =
            counts.iter().zip(&shows).filter(|(_, s)| !**s).map(|(n, _)| *n).collect();
        let all_hidden = counts.iter().zip(&shows).all(|(n, s)| *n == 0 || !*s);
        let sum: u64 = hidden.iter().sum();
        prop_assert!(hidden.is_empty() || all_hidden || (hidden.len() > 1 && sum >= GROUP_MIN));
        for (n, shows) in counts.iter().zip(&shows) {
            prop_assert!(!*shows || *n == 0 || *n >= GROUP_MIN);
        }
    }
}

#[test]
fn each_group_sees_what_its_choices_got() {
    let made = bundle(&rules(), &["Anba", "Bèlè", "Delma"], &apart_round());
    let told = &made.outcome;
    assert_eq!(told.ballots, Some(42));
    let said: Vec<_> = made.groups.iter().map(|group| (group.ballots, group.issued)).collect();
    // Two voted in Delma: neither they nor those of Bèlè are told apart from the sum.
    assert_eq!(said, [(Some(23), Some(23)), (None, None), (None, None)]);
    assert_eq!(made.groups[0].ballots_percent, Some(55));
    assert!(made.groups[1].money_percent.is_none());
}

#[test]
fn a_project_that_few_of_an_area_chose_is_not_shared_out() {
    let of = |few: usize| {
        let mut voters = alike(20, 0, &ticks(&[1]));
        voters.extend(alike(20 - few, 1, &ticks(&[2])));
        voters.extend(alike(few, 1, &ticks(&[1, 2])));
        let made = bundle(&rules(), &["Anba", "Bèlè"], &voters);
        assert_eq!(made.outcome.order, ["01", "02"]);
        (made.groups[0].money_percent, made.groups[0].projects_percent)
    };
    // Of the tap 20 of 25, of the lamps none: 3 200 of 7 000, and 4 of 5 of one project of two.
    assert_eq!(of(5), (Some(46), Some(40)));
    // Four of Bèlè chose the tap: only the lamps are shared out, and of these Anba chose none.
    assert_eq!(of(4), (Some(0), Some(0)));
}

#[test]
fn shares_of_groups_follow_their_choices() {
    let mut voters = alike(20, 0, &ticks(&[1]));
    voters.extend(alike(20, 1, &ticks(&[1, 2])));
    let made = bundle(&rules(), &["Anba", "Bèlè"], &voters);
    assert_eq!(made.outcome.order, ["01", "02"]);
    // Of the tap's 4 000 each has half, the lamps' 3 000 are Bèlè's: 2 000 and 5 000 of 7 000.
    let said: Vec<_> = made
        .groups
        .iter()
        .map(|g| (g.ballots_percent, g.money_percent, g.projects_percent))
        .collect();
    assert_eq!(said, [(Some(50), Some(29), Some(25)), (Some(50), Some(71), Some(75))]);
}

#[test]
fn ballots_are_published_only_where_nobody_is_alone_with_theirs() {
    let full = |voters: &[super::Votes]| {
        matches!(bundle(&rules(), &["A", "B"], voters).contents, Contents::Full { .. })
    };
    let base = || {
        let mut voters = alike(10, 0, &ticks(&[1]));
        voters.extend(alike(10, 1, &ticks(&[2])));
        voters
    };
    assert!(full(&base()));
    let mut one_apart = base();
    one_apart[0].ballots = vec![ticks(&[4])];
    assert!(!full(&one_apart), "a pattern of one");
    let mut five = base();
    five.iter_mut().take(5).for_each(|voter| voter.ballots = vec![ticks(&[4])]);
    assert!(full(&five), "five alike");
    five[0].ballots = vec![ticks(&[1])];
    assert!(!full(&five), "four alike");
    let small = [base(), alike(9, 1, &ticks(&[1]))].concat();
    assert!(full(&small));
    assert!(!full(&base()[..19]), "a group of nine");
    let never = Rules { publication: Publication::Commitments, ..rules() };
    let made = bundle(&never, &["A", "B"], &base());
    assert_eq!(made.contents, Contents::Commitments { why: "by_rule".to_owned() });
}
