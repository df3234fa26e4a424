//! Instances that another program solved with an iterated linear programme, in floats. Where the
//! two differ the certificate decides; they do not by more than that program's own tolerance.

use std::path::PathBuf;

use fair::sharing::{Arc, Fraction, Weight, Window, check, share};
use serde_json::Value;

use crate::windows::{area, pool};

/// The shared folder of instances; none where it is not at hand.
fn folder() -> Option<PathBuf> {
    let data = std::env::var("BARAZA_TRIAL_DATA").unwrap_or_else(|_| {
        concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data").to_owned()
    });
    let folder = PathBuf::from(data).join("alloc");
    if folder.is_dir() {
        return Some(folder);
    }
    assert!(std::env::var_os("CI").is_none(), "no trial data in CI");
    println!("trial not run: no {}", folder.display());
    None
}

fn window(instance: &Value) -> Window {
    let amount = |of: &Value, name: &str| of[name].as_i64().unwrap();
    let place = |at: &Value| u32::try_from(at.as_u64().unwrap()).unwrap();
    let list = |name: &str| instance[name].as_array().unwrap().iter();
    let mut window = Window::default();
    for of in list("areas") {
        let id = of["id"].as_str().unwrap();
        let mut next = area(id, amount(of, "need"), amount(of, "covered"), amount(of, "cap"));
        next.risk_milli = u32::try_from(amount(of, "risk10") * 100).unwrap();
        next.weight = Weight::of_risk(next.risk_milli);
        window.areas.push(next);
    }
    window.pools =
        list("pools").map(|of| pool(of["id"].as_str().unwrap(), amount(of, "supply"))).collect();
    window.arcs = list("eligible").map(|arc| Arc::open(place(&arc[0]), place(&arc[1]))).collect();
    window
}

fn float(fraction: Fraction) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "the other program's answers are floats")]
    let value = fraction.num() as f64 / fraction.den() as f64;
    value
}

#[test]
fn known_instances_are_shared_out_as_known() {
    let Some(folder) = folder() else { return };
    let mut instances = 0;
    for file in std::fs::read_dir(folder).unwrap() {
        let file = file.unwrap().path();
        let instance: Value =
            serde_json::from_str(&std::fs::read_to_string(&file).unwrap()).unwrap();
        let window = window(&instance);
        let shares = share(&window).unwrap();
        check(&window, &shares).unwrap();
        let expected = &instance["expected"];
        let total: i64 = shares.amounts.iter().sum();
        assert_eq!(total, expected["max_flow"].as_i64().unwrap(), "{}", file.display());
        let exact = shares.certificate.amounts(&window);
        for (at, known) in expected["x"].as_array().unwrap().iter().enumerate() {
            let known = known.as_f64().unwrap();
            let off = (float(exact[at]) - known).abs();
            assert!(off <= 1.0 + 1e-5 * known, "{}, area {at}: off by {off}", file.display());
        }
        instances += 1;
    }
    assert_eq!(instances, 7);
}
