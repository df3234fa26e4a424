//! What holds for any flow and any bytes.

use exchange::fts::{
    Boundary, Flow, OnBoundary, Original, Status, Totals, read_clusters, read_flows, read_plans,
    write_flows,
};
use exchange::lines::read_lines;
use exchange::{AMOUNT_MINOR_MAX, Currency, Day, Decimal};
use proptest::prelude::*;

use crate::flow;

/// Any words, those that a spreadsheet would run too.
pub fn words() -> impl Strategy<Value = String> {
    let start =
        prop::sample::select(vec!["", "=", "-", "+", "@", "'", "''", "'=", "\t", "\r", "#"]);
    (start, any::<String>()).prop_map(|(start, rest)| format!("{start}{rest}"))
}

fn day() -> impl Strategy<Value = Day> {
    (-700_000..2_900_000_i64).prop_map(|days| Day::of_epoch(days).unwrap())
}

fn original() -> impl Strategy<Value = Original> {
    let currency = prop::sample::select(vec!["USD", "JPY", "KWD", "HTG"]);
    let currency = currency.prop_map(|code| code.parse::<Currency>().unwrap());
    let rate = (0..1_000_000_i64, 0..6_u8)
        .prop_map(|(parts, decimals)| Decimal::new(parts, decimals).unwrap());
    let parts = (0..=AMOUNT_MINOR_MAX, prop::option::of(currency), prop::option::of(rate));
    parts.prop_map(|(minor, currency, rate)| Original {
        amount_minor: currency.map(|_| minor),
        currency,
        rate,
    })
}

prop_compose! {
    fn flows()(
        id in "[0-9A-Za-z][0-9A-Za-z._:/-]{0,63}",
        date in day(),
        decided in prop::option::of(day()),
        texts in prop::collection::vec(words(), 8),
        amount in 0..=AMOUNT_MINOR_MAX,
        year in prop::option::of(any::<u16>()),
        plan in prop::option::of(any::<u32>()),
        countries in prop::collection::vec("[A-Z]{3}", 0..4),
        original in original(),
        kinds in (0..3_u8, any::<bool>(), 0..3_u8),
    ) -> Flow {
        let mut one = Flow { id, date, decided, original, ..flow() };
        one.description = texts[0].clone();
        one.source.organisations = texts[1].clone();
        one.source.organisation_types = texts[2].clone();
        one.destination.clusters = texts[3].clone();
        one.destination.project = texts[4].clone();
        one.destination.plan.name = texts[5].clone();
        one.reference = texts[6].clone();
        one.keywords = texts[7].clone();
        one.amount_usd_minor = amount;
        one.budget_year = year;
        one.destination.plan.id = plan;
        one.destination.end.countries = countries;
        one.boundary = match kinds.0 {
            0 => Boundary::Incoming,
            1 => Boundary::Internal,
            _ => Boundary::Outgoing,
        };
        one.on_boundary = if kinds.1 { OnBoundary::Single } else { OnBoundary::Shared };
        one.status = match kinds.2 {
            0 => Status::Pledge,
            1 => Status::Commitment,
            _ => Status::Paid,
        };
        one
    }
}

/// What may turn one table into another.
const CHANGES: [&str; 8] = [",", "\"", "\n", "-", "#", "é", "9999999999999999999", ""];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn what_is_written_is_read_as_it_was(
        all in prop::collection::btree_map("[0-9]{1,9}", flows(), 0..6),
    ) {
        let flows: Vec<Flow> = all.into_iter().map(|(id, flow)| Flow { id, ..flow }).collect();
        let text = write_flows(&flows).unwrap();
        prop_assert_eq!(&read_flows(text.as_bytes()).unwrap().rows, &flows);
        let again = write_flows(&read_flows(text.as_bytes()).unwrap().rows).unwrap();
        prop_assert_eq!(again, text);
    }

    #[test]
    fn no_cell_of_words_begins_with_what_a_spreadsheet_runs(one in flows()) {
        let text = write_flows(&[one]).unwrap();
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        for cell in reader.records().next().unwrap().unwrap().iter() {
            prop_assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{:?}", cell);
        }
    }

    #[test]
    fn the_parts_make_the_whole_in_any_order(
        mut all in prop::collection::vec(flows(), 0..8),
    ) {
        let totals = Totals::of(&all);
        let parts = totals.funded_usd_minor + totals.pledged_usd_minor + totals.shared_usd_minor;
        prop_assert_eq!(parts, totals.all_usd_minor);
        all.reverse();
        prop_assert_eq!(Totals::of(&all), totals);
    }

    #[test]
    fn no_bytes_end_a_reader(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = read_flows(&bytes);
        let _ = read_plans(&bytes);
        let _ = read_clusters(&bytes);
        let _ = read_lines(&bytes);
    }

    #[test]
    fn no_changed_table_ends_a_reader(
        at in any::<prop::sample::Index>(),
        put in prop::sample::select(CHANGES.to_vec()),
        cut in 0..30_usize,
    ) {
        let mut bytes = write_flows(&[flow()]).unwrap().into_bytes();
        let from = at.index(bytes.len());
        let to = (from + cut).min(bytes.len());
        bytes.splice(from..to, put.bytes());
        let _ = read_flows(&bytes);
    }
}
