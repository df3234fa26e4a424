//! The published tables of 2020 for three countries, their union, and what plans and clusters got.

use std::path::PathBuf;

use exchange::fts::{
    Book, Flow, Home, Totals, read_clusters, read_flows, read_plans, reconcile_clusters,
    reconcile_flows, write_clusters, write_flows, write_plans,
};

/// A published table; none where the data is not at hand.
fn table(name: &str) -> Option<Vec<u8>> {
    let said = std::env::var_os("BARAZA_TRIAL_DATA").filter(|said| !said.is_empty());
    let data = said.map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data")),
        PathBuf::from,
    );
    if !data.join("funding").is_dir() {
        assert!(std::env::var_os("CI").is_none(), "no trial data in CI");
        eprintln!("BARAZA_TRIAL_DATA has no funding: this trial did not run");
        return None;
    }
    Some(std::fs::read(data.join(name)).unwrap())
}

fn incoming(of: &str) -> Option<Vec<Flow>> {
    let bytes = table(&format!("funding/fts_incoming_funding_{of}_2020.csv"))?;
    let read = read_flows(&bytes).unwrap();
    assert!(read.left_out.is_empty());
    Some(read.rows)
}

const COUNTRIES: [&str; 3] = ["afg", "jor", "pse"];

#[test]
fn flows_come_to_their_totals_to_the_cent() {
    // Rows, everything, funding, pledges, shared: whole dollars. Funding is what the table of plans
    // says; the rest is what it leaves out.
    let expected: [(&str, usize, i128, i128, i128, i128); 4] = [
        ("afg", 328, 754_117_611, 725_591_299, 0, 28_526_312),
        ("jor", 440, 889_974_329, 714_246_261, 81_128, 175_646_940),
        ("pse", 338, 405_982_143, 381_508_179, 29_621, 24_444_343),
        ("global", 1_106, 2_050_074_083, 1_821_345_739, 110_749, 228_617_595),
    ];
    for (of, rows, all, funded, pledged, shared) in expected {
        let Some(flows) = incoming(of) else { return };
        assert_eq!(flows.len(), rows, "{of}");
        let totals = Totals {
            all_usd_minor: all * 100,
            funded_usd_minor: funded * 100,
            pledged_usd_minor: pledged * 100,
            shared_usd_minor: shared * 100,
        };
        assert_eq!(Totals::of(&flows), totals, "{of}");
    }
}

#[test]
fn flows_agree_with_what_the_plans_got() {
    let Some(bytes) = table("funding/fts_requirements_funding_global.csv") else { return };
    let (plans, _) = read_plans(&bytes).unwrap();
    assert_eq!(plans.len(), 8);
    assert_eq!(plans.iter().filter(|row| row.home == Home::NotSpecified).count(), 3);
    let global = incoming("global").unwrap();
    assert_eq!(reconcile_flows(&global, &plans), []);
    for country in COUNTRIES {
        let flows = incoming(country).unwrap();
        let code = country.to_ascii_uppercase();
        let own: Vec<_> = plans.iter().filter(|row| row.country == code).cloned().collect();
        assert_eq!(reconcile_flows(&flows, &own), [], "{country}");
        // One flow less, and it shows.
        let at = flows.iter().position(|flow| flow.amount_usd_minor > 0).unwrap();
        let less: Vec<Flow> = [&flows[..at], &flows[at + 1..]].concat();
        let differences = reconcile_flows(&less, &own);
        let missing = differences.iter().map(|it| it.plans_usd_minor - it.rows_usd_minor);
        assert_eq!(missing.sum::<i128>(), i128::from(flows[at].amount_usd_minor), "{country}");
    }
}

#[test]
fn clusters_agree_with_their_plans_not_specified_and_shared_too() {
    let Some(bytes) = table("funding/fts_requirements_funding_global.csv") else { return };
    let (plans, _) = read_plans(&bytes).unwrap();
    for (name, rows) in [("cluster", 40), ("globalcluster", 37)] {
        let bytes = table(&format!("funding/fts_requirements_funding_{name}_global.csv")).unwrap();
        let (clusters, left_out) = read_clusters(&bytes).unwrap();
        assert_eq!((clusters.len(), left_out.len()), (rows, 0));
        assert_eq!(reconcile_clusters(&clusters, &plans), [], "{name}");
        let count = |home: Home| clusters.iter().filter(|row| row.home == home).count();
        assert_eq!((count(Home::NotSpecified), count(Home::Shared)), (3, 3));
        // Without the rows that have no home nothing agrees.
        let named = clusters.iter().filter(|row| matches!(row.home, Home::Named(_)));
        let named: Vec<_> = named.cloned().collect();
        assert_eq!(reconcile_clusters(&named, &plans).len(), 3, "{name}");
        for row in &clusters {
            assert_eq!(row.requirement.percent, row.requirement.percent_worked_out(), "{row:?}");
        }
        let text = write_clusters(&clusters).unwrap();
        assert_eq!(text.as_bytes(), bytes, "{name}");
    }
    for row in &plans {
        assert_eq!(row.requirement.percent, row.requirement.percent_worked_out(), "{row:?}");
    }
    assert_eq!(write_plans(&plans).unwrap().as_bytes(), bytes);
}

#[test]
fn the_union_is_its_parts_and_the_same_flow_is_counted_once() {
    let Some(global) = incoming("global") else { return };
    let parts: Vec<Flow> = COUNTRIES.iter().flat_map(|of| incoming(of).unwrap()).collect();
    assert_eq!(parts, global);
    let mut book = Book::default();
    let first = book.take(&parts);
    // Three flows go to two countries each.
    assert_eq!((first.new.len(), first.changed.len(), first.same), (1_103, 0, 3));
    let kept = book.clone();
    let again = book.take(&global);
    assert_eq!((again.new.len(), again.changed.len(), again.same), (0, 0, 1_106));
    assert_eq!(book, kept);
    let mut changed = global[0].clone();
    changed.amount_usd_minor += 1;
    assert_eq!(book.take(&[changed.clone()]).changed, [changed.id.as_str()]);
    assert_eq!(book.flow(&changed.id), Some(&changed));
    let mut old = changed.clone();
    old.updated = Some("2019-12-31".parse().unwrap());
    assert_eq!(book.take(&[old]).older, [changed.id.as_str()]);
    assert_eq!(book.flow(&changed.id), Some(&changed));
    assert_eq!(book.flows().count(), 1_103);
}

#[test]
fn what_is_read_is_written_byte_for_byte() {
    // The rows, and the cells that a spreadsheet would run: those get a mark before them.
    let files: [(&str, usize, usize); 7] = [
        ("funding/fts_incoming_funding_afg_2020.csv", 328, 3),
        ("funding/fts_incoming_funding_jor_2020.csv", 440, 3),
        ("funding/fts_incoming_funding_pse_2020.csv", 338, 4),
        ("funding/fts_incoming_funding_global_2020.csv", 1_106, 10),
        ("funding/fts_internal_funding_global.csv", 279, 0),
        ("standards/fts/fts_incoming_funding_afg.csv", 328, 3),
        ("standards/fts/fts_internal_funding_afg.csv", 156, 0),
    ];
    for (name, rows, marked) in files {
        let Some(bytes) = table(name) else { return };
        let flows = read_flows(&bytes).unwrap().rows;
        assert_eq!(flows.len(), rows, "{name}");
        let text = write_flows(&flows).unwrap();
        assert_eq!(text.len(), bytes.len() + marked, "{name}");
        let unmarked = text.replace("'-", "-");
        assert_eq!(unmarked.as_bytes(), bytes, "{name}");
        assert_eq!(read_flows(text.as_bytes()).unwrap().rows, flows, "{name}");
    }
}
