//! Ballots as bytes: canonical, signed, bound to their round. What was changed is no ballot.

use proptest::prelude::*;

use super::{credential, key, points_rules, rules, ticks};
use crate::ballot::key_is_sound;
use crate::{BALLOT_BYTES_MAX, Choice, Fault, Head, PaperBatch, Rules, SignedBallot};

fn given(points: &[(u32, u32)]) -> Vec<Choice> {
    points
        .iter()
        .map(|(n, points)| Choice { project: format!("{n:02}"), points: *points })
        .collect()
}

#[test]
fn a_ballot_says_what_was_chosen_in_one_way_only() {
    let one = credential(1).vote(rules().round.0, 1, &ticks(&[3, 1]), [5; 16]);
    let other = credential(1).vote(rules().round.0, 1, &ticks(&[1, 3]), [5; 16]);
    assert_eq!(one, other, "the order in which somebody ticked is not kept");
    let ballot = one.open().expect("sound");
    assert_eq!((ballot.turn, ballot.choices.clone()), (1, ticks(&[1, 3])));
    assert_eq!(ballot.fits(&rules()), Ok(()));
    let salted = credential(1).vote(rules().round.0, 1, &ticks(&[1, 3]), [6; 16]);
    assert_ne!(one.leaf(), salted.leaf(), "nobody finds choices by trying them");
}

#[test]
fn what_a_round_does_not_allow_is_told() {
    let check = |rules: &Rules, choices: Vec<Choice>, expected: Result<(), Fault>| {
        let ballot = credential(1).vote(rules.round.0, 1, &choices, [0; 16]).open().unwrap();
        assert_eq!(ballot.fits(rules), expected, "{choices:?}");
    };
    let (ticked, points) = (rules(), points_rules("mes_points"));
    check(&ticked, ticks(&[1, 2, 3]), Ok(()));
    check(&ticked, ticks(&[1, 2, 3, 4]), Err(Fault::TooMany(4)));
    check(&ticked, ticks(&[]), Err(Fault::Empty));
    check(&ticked, ticks(&[5]), Err(Fault::Project("05".to_owned())));
    check(&ticked, ticks(&[1, 1]), Err(Fault::Order));
    check(&ticked, given(&[(1, 2)]), Err(Fault::Points(2)));
    check(&points, given(&[(1, 4), (2, 6)]), Ok(()));
    check(&points, given(&[(1, 4), (2, 7)]), Err(Fault::Points(11)));
    check(&points, given(&[(1, 0)]), Err(Fault::Points(0)));
    check(&points, given(&[(1, u32::MAX), (2, u32::MAX)]), Err(Fault::Points(8_589_934_590)));
    let ballot = credential(1).vote([4; 16], 1, &ticks(&[1]), [0; 16]).open().unwrap();
    assert_eq!(ballot.fits(&ticked), Err(Fault::Round), "of another round");
}

#[test]
fn bytes_that_are_no_ballot_are_refused() {
    let sound = credential(1).vote(rules().round.0, 1, &ticks(&[1]), [0; 16]);
    let longer = SignedBallot { bytes: [sound.bytes.clone(), vec![0]].concat(), ..sound.clone() };
    assert_eq!(longer.open(), Err(Fault::Bytes), "something hangs on");
    let long = SignedBallot { bytes: vec![0; BALLOT_BYTES_MAX + 1], ..sound.clone() };
    assert_eq!(long.open(), Err(Fault::Bytes));
    let strange = credential(2).vote(rules().round.0, 1, &ticks(&[1]), [0; 16]);
    let swapped = SignedBallot { signature: strange.signature, ..sound };
    assert_eq!(swapped.open(), Err(Fault::Signature));
    assert!(key_is_sound(&credential(1).public()));
    assert!(!key_is_sound(&[0; 32]), "a key that signs anything");
}

#[test]
fn a_head_is_no_paper_and_of_one_round_only() {
    let public = key().public();
    let head = key().sign_head(&Head { round: [3; 16], size: 4, root: [1; 32] });
    assert!(head.holds(&public, [3; 16]));
    assert!(!head.holds(&public, [4; 16]), "of another round");
    assert!(!head.holds(&credential(1).public(), [3; 16]), "by another key");
    let groups = vec!["Women of Lavil".to_owned(), "Market".to_owned()];
    let batch = PaperBatch { round: [3; 16], papers: 4, digest: [1; 32], groups };
    let signed = key().sign_paper(&batch);
    assert!(signed.holds(&public, [3; 16]));
    let mut more = signed.clone();
    more.papers += 1;
    assert!(!more.holds(&public, [3; 16]));
    let mut turned = signed;
    turned.groups.reverse();
    assert!(!turned.holds(&public, [3; 16]));
}

proptest! {
    #[test]
    fn every_ballot_comes_back_as_it_went(
        turn in 1u32..9, salt in any::<[u8; 16]>(),
        chosen in proptest::collection::btree_map(1u32..99, 1u32..100, 1..12),
    ) {
        let choices = given(&chosen.into_iter().collect::<Vec<_>>());
        let signed = credential(3).vote([8; 16], turn, &choices, salt);
        let ballot = signed.open().expect("sound");
        prop_assert_eq!((ballot.turn, ballot.choices, ballot.salt), (turn, choices, salt));
        let bytes = record::encode(&signed);
        let again: SignedBallot = record::decode(&bytes).expect("read");
        prop_assert_eq!(again.leaf(), signed.leaf());
    }

    #[test]
    fn one_changed_bit_is_no_ballot(at in any::<proptest::sample::Index>(), bit in 0u8..8) {
        let sound = credential(1).vote([8; 16], 1, &ticks(&[1, 2]), [0; 16]);
        let mut changed = sound.clone();
        let place = at.index(sound.bytes.len());
        changed.bytes[place] ^= 1 << bit;
        prop_assert!(changed.open().is_err());
        let mut changed = sound;
        changed.signature[at.index(64)] ^= 1 << bit;
        prop_assert!(changed.open().is_err());
    }
}
