//! The risk index from outside: published figures, gaps, and order.

#![expect(clippy::unwrap_used, reason = "a failing test is a failing test")]

use std::path::PathBuf;

use fair::risk::{
    Category, Component, Dimension, Indicator, Model, Reading, Risk, RiskError, Scale, Score,
    assess, combined, rank,
};
use fair::sharing::Weight;
use proptest::prelude::*;

fn even(id: &str, weight: u32, from: i64, to: i64) -> Indicator {
    let (from, to) = (Reading(from * 1_000_000), Reading(to * 1_000_000));
    Indicator { id: id.to_owned(), weight, scale: Scale::Even { from, to } }
}

fn component(id: &str, weight: u32, indicators: Vec<Indicator>) -> Component {
    Component { id: id.to_owned(), weight, indicators }
}

fn category(id: &str, weight: u32, components: Vec<Component>) -> Category {
    Category { id: id.to_owned(), weight, components }
}

fn dimension(id: &str, weight: u32, categories: Vec<Category>) -> Dimension {
    Dimension { id: id.to_owned(), weight, categories }
}

/// Floods and quakes; poverty; clinics and roads. Six readings from 0 to 10, but for the last two,
/// of which more means less risk.
fn model() -> Model {
    let flood = component("flood", 2, vec![even("deep", 1, 0, 10), even("often", 1, 0, 10)]);
    let quake = component("quake", 1, vec![even("shaking", 1, 0, 10)]);
    let poor = component("poverty", 1, vec![even("poor", 1, 0, 10)]);
    let clinics = component("clinics", 1, vec![even("beds", 3, 10, 0)]);
    let roads = component("roads", 1, vec![even("paved", 1, 10, 0)]);
    Model {
        dimensions: vec![
            dimension("hazard", 1, vec![category("nature", 1, vec![flood, quake])]),
            dimension("vulnerability", 1, vec![category("living", 1, vec![poor])]),
            dimension(
                "coping",
                1,
                vec![category("health", 1, vec![clinics]), category("reach", 1, vec![roads])],
            ),
        ],
    }
}

fn risk(readings: [Option<i64>; 6]) -> Risk {
    let readings = readings.map(|reading| reading.map(|whole| Reading(whole * 1_000_000)));
    assess(&model(), &readings).unwrap()
}

fn nanos(score: Option<Score>) -> u64 {
    score.unwrap().nanos()
}

#[test]
fn an_index_is_reckoned_as_published() {
    let found = risk([Some(8), Some(4), Some(3), Some(5), Some(4), Some(1)]);
    assert_eq!(nanos(found.dimensions[0]), 5_000_000_000);
    assert_eq!(nanos(found.dimensions[1]), 5_000_000_000);
    // Of 6 and 9 from the far end: (10 − √(4.6 · 1.9)) / 9 · 10 = 7.826…, more than their mean.
    let coping = nanos(found.dimensions[2]);
    assert_eq!(coping / 1_000, 7_826_278);
    // ∛(5 · 5 · 7.826…) = 5.805…
    assert_eq!(nanos(found.value) / 1_000, 5_805_394);
    assert_eq!((found.best, found.worst), (found.value.unwrap(), found.value.unwrap()));
    assert!(found.missing.is_empty());
}

#[test]
fn a_nought_does_not_wipe_out_the_rest() {
    let found = risk([Some(0), Some(0), Some(0), Some(10), Some(0), Some(0)]);
    // ∛(0.1 · 10 · 10)
    assert_eq!(nanos(found.value), 2_154_434_690);
    assert_eq!(nanos(combined(&[(Score::LOWEST, 1)])), 100_000_000);
    assert_eq!(combined(&[]), None);
    assert_eq!(combined(&[(Score::HIGHEST, 0)]), None);
}

#[test]
fn weights_are_the_citys_own() {
    let three = |one, two, three| {
        let scores = [8, 1, 1].map(|whole| Score::from_nanos(whole * 1_000_000_000).unwrap());
        nanos(combined(&[(scores[0], one), (scores[1], two), (scores[2], three)]))
    };
    assert_eq!(three(1, 1, 1), 2_000_000_000);
    assert_eq!(three(7, 7, 7), 2_000_000_000);
    assert_eq!(three(2, 1, 0), 4_000_000_000);
    // 8^(25/100): the product has hundreds of digits.
    assert_eq!(three(25, 37, 38), 1_681_792_830);
}

#[test]
fn what_is_missing_is_flagged_and_never_read_as_low() {
    let known = risk([Some(8), Some(8), Some(8), Some(5), Some(5), Some(5)]);
    let gap = risk([Some(8), None, Some(8), Some(5), Some(5), Some(5)]);
    let nought = risk([Some(8), Some(0), Some(8), Some(5), Some(5), Some(5)]);
    assert_eq!(gap.value, known.value);
    assert!(gap.value > nought.value);
    assert_eq!(gap.missing, [1]);
    assert!(gap.best < gap.worst);
    assert_eq!(Some(gap.best), nought.value);
    // What is missing within a component that is known: ranked as if it were the worst.
    let worst = risk([Some(8), Some(10), Some(8), Some(5), Some(5), Some(5)]);
    assert_eq!(Some(gap.ranked_by()), worst.value);
    assert_eq!(rank(&[&known, &gap]), [1, 0], "it is not known to be as low as the other");
    let whole = risk([None, None, None, Some(1), Some(9), Some(9)]);
    assert_eq!((whole.value, whole.dimensions[0]), (None, None));
    assert_eq!(whole.missing, [0, 1, 2]);
    assert_eq!(whole.ranked_by(), whole.worst);
    // Not known at all stands before what is known to be low, and before what it might exceed.
    let low = risk([Some(1), Some(1), Some(1), Some(1), Some(9), Some(9)]);
    assert_eq!(rank(&[&low, &whole, &known]), [2, 1, 0]);
    assert_eq!(rank(&[&low, &low]), [0, 1]);
}

#[test]
fn skewed_readings_are_taken_by_their_logarithm() {
    let scale = Scale::Log { from: Reading(1_000_000), to: Reading(1_000_000_000_000) };
    let score = |whole: i64| scale.score(Reading(whole * 1_000_000)).nanos();
    assert_eq!(score(1), 0);
    assert_eq!(score(0), 0);
    assert_eq!(score(-5), 0);
    assert_eq!(score(1_000_000), 10_000_000_000);
    assert_eq!(score(9_000_000), 10_000_000_000);
    assert!(score(1_000).abs_diff(5_000_000_000) < 10);
    let turned = Scale::Log { from: Reading(1_000_000_000_000), to: Reading(1_000_000) };
    assert!(turned.score(Reading(10_000_000)).nanos().abs_diff(8_333_333_333) < 10);
}

#[test]
fn numbers_are_read_as_they_are_published() {
    let check = |text: &str, expected: Option<i64>| {
        assert_eq!(Reading::parse(text), expected.map(Reading), "{text}");
    };
    check("85.3000030517578", Some(85_300_003));
    check(" 0.0 ", Some(0));
    check("-1.5", Some(-1_500_000));
    check(".5", Some(500_000));
    check("7", Some(7_000_000));
    check("", None);
    check(".", None);
    check("x", None);
    check("NaN", None);
    check("1e5", None);
    check("99999999999999999999", None);
    assert_eq!(Score::from_nanos(7_826_500_000).unwrap().milli(), 7_827);
    assert_eq!(Score::from_nanos(7_826_500_000).unwrap().to_string(), "7.827");
    assert_eq!(Score::from_nanos(10_000_000_001), None);
    assert_eq!(Weight::of_risk(Score::HIGHEST.milli()), Weight { num: 2, den: 1 });
}

#[test]
fn a_model_that_makes_no_index_is_refused() {
    let refused = |change: &dyn Fn(&mut Model)| {
        let mut model = model();
        change(&mut model);
        let readings = vec![None; model.indicators().count()];
        assess(&model, &readings).unwrap_err()
    };
    let first = |model: &mut Model, change: &dyn Fn(&mut Indicator)| {
        change(&mut model.dimensions[0].categories[0].components[0].indicators[0]);
    };
    let id = || "deep".to_owned();
    assert_eq!(
        refused(&|m| first(m, &|i| i.weight = 0)),
        RiskError::Weight { id: id(), weight: 0 }
    );
    assert_eq!(
        refused(&|m| first(m, &|i| i.weight = 101)),
        RiskError::Weight { id: id(), weight: 101 }
    );
    assert_eq!(
        refused(&|m| m.dimensions[1].weight = 0),
        RiskError::Weight { id: "vulnerability".to_owned(), weight: 0 }
    );
    let flat = Scale::Even { from: Reading(1), to: Reading(1) };
    assert_eq!(refused(&|m| first(m, &|i| i.scale = flat)), RiskError::Scale { id: id() });
    let log = Scale::Log { from: Reading(0), to: Reading(1) };
    assert_eq!(refused(&|m| first(m, &|i| i.scale = log)), RiskError::Scale { id: id() });
    assert_eq!(
        refused(&|m| first(m, &|i| "often".clone_into(&mut i.id))),
        RiskError::Twice { id: "often".to_owned() }
    );
    let empty = refused(&|m| m.dimensions[0].categories[0].components.clear());
    assert_eq!(empty, RiskError::Empty { id: "nature".to_owned() });
    assert_eq!(refused(&|m| m.dimensions.clear()), RiskError::Empty { id: "the index".to_owned() });
    let many = refused(&|m| {
        let list = &mut m.dimensions[0].categories[0].components[0].indicators;
        *list = (0..1_000).map(|at| even(&at.to_string(), 1, 0, 1)).collect();
    });
    assert_eq!(many, RiskError::TooMany { count: 1_004 });
    let short = assess(&model(), &[None]).unwrap_err();
    assert_eq!(short, RiskError::Readings { given: 1, expected: 6 });
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 400,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn the_truth_lies_in_the_interval(
        readings in prop::array::uniform6(0i64..=10),
        hidden in prop::array::uniform6(any::<bool>()),
    ) {
        let known = risk(readings.map(Some));
        let mut seen = readings.map(Some);
        for (reading, hidden) in seen.iter_mut().zip(hidden) {
            *reading = reading.filter(|_| !hidden);
        }
        let found = risk(seen);
        let truth = known.value.unwrap();
        prop_assert!(found.best <= truth && truth <= found.worst);
        if let Some(value) = found.value {
            prop_assert!(found.best <= value && value <= found.worst);
        }
        // Whatever is hidden, nobody is ranked lower for it.
        prop_assert!(found.ranked_by() >= truth);
    }

    #[test]
    fn a_worse_reading_never_lowers_the_risk(
        readings in prop::array::uniform6(0i64..=10), which in 0usize..6,
    ) {
        let mut worse = readings;
        // Of the last two, less is worse.
        worse[which] += if which < 4 { 1 } else { -1 };
        prop_assert!(risk(worse.map(Some)).value >= risk(readings.map(Some)).value);
    }
}

/// The shared folder of published figures; none where it is not at hand.
fn folder() -> Option<PathBuf> {
    let data = std::env::var("BARAZA_TRIAL_DATA").unwrap_or_else(|_| {
        concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data").to_owned()
    });
    let folder = PathBuf::from(data).join("risk");
    if folder.is_dir() {
        return Some(folder);
    }
    assert!(std::env::var_os("CI").is_none(), "no trial data in CI");
    println!("trial not run: no {}", folder.display());
    None
}

#[test]
fn published_risks_follow_from_published_dimensions() {
    let Some(folder) = folder() else { return };
    let mut file =
        csv::Reader::from_path(folder.join("inform_risk_dimensions_2015_2024.csv")).unwrap();
    let mut rows = 0;
    for row in file.records() {
        let row = row.unwrap();
        let score = |at: usize| {
            let reading = Reading::parse(&row[at]).unwrap().0;
            Score::from_nanos(reading.unsigned_abs() * 1_000).unwrap()
        };
        let found = combined(&[(score(4), 1), (score(5), 1), (score(6), 1)]).unwrap();
        // Published to one digit.
        let tenths = (found.nanos() + 50_000_000) / 100_000_000;
        assert_eq!(tenths * 100_000_000, score(3).nanos(), "{row:?}");
        rows += 1;
    }
    assert_eq!(rows, 1_910);
}

#[test]
fn real_indicators_with_gaps_make_an_index() {
    let Some(folder) = folder() else { return };
    let mut file =
        csv::Reader::from_path(folder.join("inform_urban_indicators_latest.csv")).unwrap();
    let names = [
        "Coastal Flood",
        "Population living in urban slums",
        "People using at least basic sanitation services (% of population)",
        "Access to electricity",
    ];
    let mut countries: std::collections::BTreeMap<String, [Option<Reading>; 4]> =
        std::collections::BTreeMap::new();
    for row in file.records() {
        let row = row.unwrap();
        let readings = countries.entry(row[0].to_owned()).or_default();
        if let Some(at) = names.iter().position(|name| *name == &row[2]) {
            readings[at] = Reading::parse(&row[4]);
        }
    }
    let one = |id: &str, scale: Scale| {
        let indicator = Indicator { id: id.to_owned(), weight: 1, scale };
        category(id, 1, vec![component(id, 1, vec![indicator])])
    };
    let log = Scale::Log { from: Reading(1_000_000), to: Reading(1_000_000_000_000) };
    let model = Model {
        dimensions: vec![
            dimension("hazard", 1, vec![one(names[0], log)]),
            dimension("vulnerability", 1, vec![one(names[1], even("", 1, 0, 100).scale)]),
            dimension(
                "coping",
                1,
                vec![
                    one(names[2], even("", 1, 100, 0).scale),
                    one(names[3], even("", 1, 100, 0).scale),
                ],
            ),
        ],
    };
    let risks = countries.values().map(|readings| assess(&model, readings).unwrap());
    let risks: Vec<Risk> = risks.collect();
    assert_eq!(risks.len(), 191);
    let unknown = risks.iter().filter(|risk| risk.value.is_none()).count();
    // Slums are not known everywhere, and that is said.
    assert!((10..40).contains(&unknown), "{unknown}");
    let ranked = rank(&risks.iter().collect::<Vec<_>>());
    assert!(ranked.windows(2).all(|pair| risks[pair[0]].ranked_by() >= risks[pair[1]].ranked_by()));
}
