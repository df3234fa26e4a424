//! How long it takes to tell money and to read what others tell: 100,000 transactions written as
//! IATI and checked, and the tables of FTS that are given read and reconciled.
//!
//! Run in release: `cargo run --release -p exchange --example money_told -- [TABLE.csv …]`. With
//! `--print` it writes a small IATI file instead, for another validator to judge.
//!
//! Never part of what is built for a city.

#![expect(clippy::expect_used, reason = "a measuring tool: a slip should stop it loudly")]

use std::time::Instant;

use exchange::fts::{Totals, read_flows, write_flows};
use exchange::iati::codes::{
    DescriptionType, OrganisationType, Role, SectorVocabulary, Status, TransactionType, purpose,
};
use exchange::iati::{
    Activities, Activity, Dates, Organisation, Participant, Reporter, Sector, Texts, Transaction,
    check, write,
};
use exchange::{Currency, Day, Moment, Money};

/// Transactions of the large file, and of one activity in it.
const TRANSACTIONS: usize = 100_000;
const OF_ONE: usize = 100;

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    if words.iter().any(|word| word == "--print") {
        let file = write(&activities(3, 2)).expect("nothing is lacking");
        print!("{}", String::from_utf8(file).expect("it is text"));
        return;
    }
    let told = activities(TRANSACTIONS / OF_ONE, OF_ONE);
    let begun = Instant::now();
    let file = write(&told).expect("nothing is lacking");
    let written = begun.elapsed();
    let begun = Instant::now();
    let report = check(&file, told.generated.day).expect("it is XML");
    println!(
        "{TRANSACTIONS} transactions: {:.1} MB written in {:.3} s, checked in {:.3} s, sound: {}",
        megabytes(file.len()),
        written.as_secs_f64(),
        begun.elapsed().as_secs_f64(),
        report.is_sound(),
    );
    for name in words {
        table(&name);
    }
}

fn megabytes(bytes: usize) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "a size, not money")]
    let bytes = bytes as f64;
    bytes / 1e6
}

fn table(name: &str) {
    let bytes = std::fs::read(name).expect("the table is there");
    let begun = Instant::now();
    let flows = read_flows(&bytes).expect("the table is sound").rows;
    let read = begun.elapsed();
    let begun = Instant::now();
    let text = write_flows(&flows).expect("nothing is lacking");
    let totals = Totals::of(&flows);
    println!(
        "{name}: {} flows read in {:.4} s, written and read back ({} bytes) in {:.4} s, {} cents, \
         {} of them funding",
        flows.len(),
        read.as_secs_f64(),
        text.len(),
        begun.elapsed().as_secs_f64(),
        totals.all_usd_minor,
        totals.funded_usd_minor,
    );
}

fn activities(count: usize, transactions: usize) -> Activities {
    let day: Day = "2026-11-27".parse().expect("a day");
    let all = (0..count).map(|at| activity(at, transactions, day));
    Activities { generated: Moment::begins(day), activities: all.collect() }
}

fn activity(at: usize, transactions: usize, day: Day) -> Activity {
    let id = format!("HT-COA-7-{at}");
    let city = Organisation {
        id: Some("HT-COA-7".to_owned()),
        kind: Some(OrganisationType::LocalGovernment),
        names: Texts::of("fr", "Ville de Jacmel"),
        activity: Some(id.clone()),
    };
    let group = Organisation { names: Texts::of("ht", "Fanm Bèlè"), ..Organisation::default() };
    let paid = (1..=transactions).map(|number| Transaction {
        reference: Some(format!("P-{number}")),
        kind: TransactionType::Disbursement,
        day,
        money: Money::new(i64::try_from(number).expect("small") * 1_001, Currency::HTG),
        value_day: day,
        description: Texts::of("ht", "Dlo & manje"),
        provider: Some(city.clone()),
        receiver: Some(group.clone()),
    });
    Activity {
        reporter: Reporter {
            id: "HT-COA-7".to_owned(),
            kind: OrganisationType::LocalGovernment,
            names: city.names.clone(),
            secondary: false,
        },
        language: "fr".to_owned(),
        currency: Currency::HTG,
        humanitarian: true,
        title: Texts::of("fr", "Eau").and("ht", "Dlo"),
        descriptions: vec![(DescriptionType::General, Texts::of("fr", "Deux bornes"))],
        participants: vec![
            Participant { role: Role::Accountable, organisation: city.clone() },
            Participant { role: Role::Implementing, organisation: group.clone() },
        ],
        other_ids: vec![],
        status: Status::UnderWay,
        dates: Dates { actual_start: Some(day), ..Dates::default() },
        country: "HT".to_owned(),
        locations: vec![],
        sectors: vec![Sector {
            vocabulary: SectorVocabulary::Dac,
            code: purpose::RELIEF.to_owned(),
            share: None,
            names: Texts::default(),
        }],
        scopes: vec![],
        flow: None,
        finance: None,
        aid: None,
        tied: None,
        budgets: vec![],
        transactions: paid.collect(),
        related: vec![],
        results: vec![],
        id,
    }
}
