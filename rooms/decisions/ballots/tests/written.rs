//! What somebody may write behind a code, and what each odd thing is answered with.

use ballots::Rules;

use super::super::records::BallotRoundAnnounced;
use super::super::rules::{Wrong, chosen_in, rules_of};
use super::super::views::Round;
use super::home::{asked, cumulative};

fn rules(said: BallotRoundAnnounced) -> Rules {
    rules_of(&Round { said: Some(said), ..Round::default() })
}

#[test]
fn points_are_read_as_people_write_them() {
    let rules = rules(cumulative());
    for written in [
        "1=5 4=3",
        "4=3 1=5",
        "1:5 4:3",
        "1-5 4-3",
        "1 = 5  4 =3",
        "1=5,4=3.",
        "1=5;4=3",
        "1–5 4—3",
        "01=05 04=3",
        "١=٥ ٤=٣",
        "۱:۵، ۴:۳",
        "1=5 2=0 4=3",
    ] {
        assert_eq!(chosen_in(&rules, written), Ok(vec![(1, 5), (4, 3)]), "{written}");
    }
    assert_eq!(chosen_in(&rules, "2=10"), Ok(vec![(2, 10)]), "all of them");
}

#[test]
fn every_odd_ballot_of_points_has_its_own_answer() {
    let rules = rules(cumulative());
    let check = |written: &str, expected: Wrong| {
        assert_eq!(chosen_in(&rules, written), Err(expected), "{written}");
    };
    check("1=5 4=6", Wrong::Over(11));
    check("1=99999999999999999999", Wrong::Over(u64::from(u32::MAX)));
    check("1=4294967295 2=4294967295", Wrong::Over(2 * u64::from(u32::MAX)));
    for written in ["5=1", "0=1", "1=5 7=0", "99999999999999999999=1"] {
        check(written, Wrong::NotListed);
    }
    for written in ["1=5 1=5", "1=2 4=3 1=1", "1=0 1=1"] {
        check(written, Wrong::Twice);
    }
    check("1=1 2=1 3=1 4=1", Wrong::Many);
    check(&"1=1 ".repeat(41), Wrong::Many);
    for written in
        ["1=2.5", "1=٢٫٥", "1=1/2", "1=½", "1=-3", "1=+3", "1=5 4=", "1==5", "1=2=3", "=5", "1=50%"]
    {
        check(written, Wrong::NotWhole);
    }
    for written in ["1=five", "water", "1=5 and 4=3", "1=5pts", "tap=5", "1=5 ?"] {
        check(written, Wrong::Words);
    }
    for written in ["", "1 4", "1", "1=5 4", "1=0", "1=2,5"] {
        check(written, Wrong::Points);
    }
}

#[test]
fn points_are_told_apart_where_ballots_tick() {
    let rules = rules(asked());
    assert_eq!(chosen_in(&rules, "3 1 3"), Ok(vec![(1, 1), (3, 1)]), "each once");
    for written in ["1=5", "1:5 4:3", "1-5", "1=1 2"] {
        assert_eq!(chosen_in(&rules, written), Err(Wrong::NoPoints), "{written}");
    }
    for written in ["", "1 2 3 4", "5", "0", "1 and 3", "1-2-3", "1.5", "99999999999999999999"] {
        assert_eq!(chosen_in(&rules, written), Err(Wrong::Numbers), "{written}");
    }
}

#[test]
fn a_total_is_said_as_far_as_it_fits_an_sms() {
    let rules = rules(cumulative());
    let said = |total| {
        let all = Wrong::Over(total).says(&rules);
        all.into_iter().find(|(name, _)| *name == "total").map(|(_, value)| value)
    };
    assert_eq!(said(11).as_deref(), Some("11"));
    assert_eq!(said(9_999).as_deref(), Some("9999"));
    assert_eq!(said(10_000).as_deref(), Some("9999+"));
}
