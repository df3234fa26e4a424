//! A city's own table of flows.

use exchange::lines::{Line, Named, Step, read_lines, write_lines};
use exchange::{AMOUNT_MINOR_MAX, Currency, Day, Money};
use proptest::prelude::*;

use crate::laws::words;

fn line() -> Line {
    let named = |id: &str, name: &str| Named { id: id.to_owned(), name: name.to_owned() };
    Line {
        flow: "P-31".to_owned(),
        part_of: Some("A-7".to_owned()),
        step: Step::Disbursed,
        day: "2026-03-04".parse().unwrap(),
        money: Money::new(320_000, Currency::USD),
        from: named("HT-COA-7", "Ville de Jacmel"),
        to: named("", "Fanm Bèlè"),
        area: named("fond-melon", "Fond Melon"),
        purpose: "Two water trucks, six days".to_owned(),
        window: "W-2".to_owned(),
        decision: "D-41".to_owned(),
    }
}

#[test]
fn a_line_is_plain_to_read() {
    let text = write_lines(&[line()]).unwrap();
    let expected = "flow,part_of,step,day,amount,currency,from_id,from_name,to_id,to_name,\
        area_code,area_name,purpose,window,decision\n\
        P-31,A-7,disbursed,2026-03-04,3200.00,USD,HT-COA-7,Ville de Jacmel,,Fanm Bèlè,\
        fond-melon,Fond Melon,\"Two water trucks, six days\",W-2,D-41\n";
    assert_eq!(text, expected);
}

fn check(from: &str, to: &str, expected: &str) {
    let text = write_lines(&[line()]).unwrap();
    assert_eq!(text.matches(from).count(), 1, "{from}");
    let told = read_lines(text.replace(from, to).as_bytes()).unwrap_err().to_string();
    assert_eq!(told, format!("row 2, line 2, {expected}"));
}

#[test]
fn faults_are_told_with_their_place() {
    let steps = "column step: “given” is not known here: write one of pledged, committed, \
                 allocated, disbursed, spent, confirmed, returned";
    check("disbursed", "given", steps);
    let fine = "column amount: “3200.001”: it has more than 2 digits behind the point: write no \
                more than the currency has";
    check("3200.00", "3200.001", fine);
    check(",USD,", ",,", "column currency: the cell is empty: fill it in");
    let id = "column part_of: “A 7” is no id: write up to 64 of a-z, 0-9 and . _ - : / without \
              blanks";
    check(",A-7,", ",A 7,", id);
}

proptest! {
    #[test]
    fn what_is_written_is_read_as_it_was(
        flow in "[0-9A-Z][0-9A-Z._:/-]{0,63}",
        part_of in prop::option::of("[0-9A-Z]{1,9}"),
        step in prop::sample::select(Step::ALL.to_vec()),
        days in -700_000..2_900_000_i64,
        minor in -AMOUNT_MINOR_MAX..=AMOUNT_MINOR_MAX,
        code in prop::sample::select(vec!["USD", "JPY", "KWD", "HTG"]),
        texts in prop::collection::vec(words(), 9),
    ) {
        let mut one = line();
        (one.flow, one.part_of, one.step) = (flow, part_of, step);
        one.day = Day::of_epoch(days).unwrap();
        one.money = Money::new(minor, code.parse().unwrap());
        let mut texts = texts.into_iter();
        for slot in [
            &mut one.from.id, &mut one.from.name, &mut one.to.id, &mut one.to.name,
            &mut one.area.id, &mut one.area.name, &mut one.purpose, &mut one.window,
            &mut one.decision,
        ] {
            *slot = texts.next().unwrap();
        }
        let text = write_lines(&[one.clone()]).unwrap();
        prop_assert_eq!(read_lines(text.as_bytes()).unwrap().0, [one]);
    }
}
