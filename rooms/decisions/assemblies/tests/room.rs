//! Who was in the room: what may be shown of it never gives a small number away.

use std::collections::HashMap;

use crate::decisions::assemblies::{
    BodyRules, Counts, Figure, Lack, PublicRoom, public_room, quorum,
};

fn counts(women: i64, men: i64, other: i64) -> Counts {
    Counts { women, men, other, ages: None }
}

fn rules(share: i64, attendance: i64) -> BodyRules {
    BodyRules { women_share_min_percent: share, attendance_min: attendance, ..BodyRules::default() }
}

#[test]
fn a_room_decides_with_enough_people_and_enough_women() {
    let check = |women, men, other, quorate, why: &[Lack]| {
        let found = quorum(&counts(women, men, other), &BodyRules::default());
        assert_eq!((found.quorate, found.why.as_slice()), (quorate, why), "{women} {men} {other}");
    };
    check(26, 15, 0, true, &[]);
    check(4, 6, 0, true, &[]);
    check(2, 10, 0, false, &[Lack::Women { percent: 16, min: 40 }]);
    // 39.9 of a hundred is not forty, whatever is rounded.
    check(399, 601, 0, false, &[Lack::Women { percent: 39, min: 40 }]);
    check(5, 4, 0, false, &[Lack::People { present: 9, min: 10 }]);
    let nobody = [Lack::People { present: 0, min: 10 }];
    check(0, 0, 0, false, &nobody);
}

#[test]
fn two_women_of_twelve_are_fewer_than_five_and_cannot_be_counted_out() {
    let room = public_room(&counts(2, 10, 0), &BodyRules::default());
    let expected = PublicRoom {
        present: 12,
        quorate: false,
        women: Figure::FewerThanFive,
        men: Figure::Unsaid,
        other: Figure::Unsaid,
    };
    assert_eq!(room, expected);
    let open = public_room(&counts(26, 15, 0), &BodyRules::default());
    assert_eq!((open.women, open.men), (Figure::Exactly(26), Figure::Exactly(15)));
    let few_others = public_room(&counts(26, 13, 2), &BodyRules::default());
    assert_eq!((few_others.women, few_others.men), (Figure::Exactly(26), Figure::Unsaid));
}

/// How many of a room belong to some of its groups.
type Group = fn(&Counts) -> i64;

/// All rooms that look alike in public leave every small number open: of each group, of men and
/// others together, and of each pair. Whoever knows the rules of the body and this very function
/// cannot tell one of two numbers from the other.
#[test]
fn no_figures_together_give_a_small_number_away() {
    const PRESENT_MAX: i64 = 34;
    for (share, attendance) in
        [(30, 10), (33, 10), (40, 10), (40, 25), (50, 10), (55, 10), (60, 10), (60, 12)]
    {
        let rules = rules(share, attendance);
        let mut alike: HashMap<PublicRoom, Vec<Counts>> = HashMap::new();
        for present in 0..=PRESENT_MAX {
            for women in 0..=present {
                for men in 0..=(present - women) {
                    let counts = counts(women, men, present - women - men);
                    alike.entry(public_room(&counts, &rules)).or_default().push(counts);
                }
            }
        }
        let groups: [(&str, Group); 6] = [
            ("women", |c| c.women),
            ("men", |c| c.men),
            ("other", |c| c.other),
            ("men and other", |c| c.men + c.other),
            ("women and other", |c| c.women + c.other),
            ("women and men", |c| c.women + c.men),
        ];
        for (room, all) in &alike {
            // Of a room of five or fewer people the whole itself is small; it is an open count.
            if room.present <= 5 {
                continue;
            }
            for (name, of) in groups {
                let first = of(&all[0]);
                let is_told = all.iter().all(|counts| of(counts) == first);
                assert!(
                    !(is_told && (1..5).contains(&first)),
                    "{share} %, {attendance}: {room:?} tells that {name} are {first}"
                );
            }
        }
    }
}
