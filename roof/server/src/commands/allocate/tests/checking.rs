//! Results that are checked: what was printed passes, and whatever is changed is found and named.

use super::*;

struct Case {
    asked: Asked,
    right: Value,
}

impl Case {
    fn of(text: &str) -> Self {
        let asked = asked(text);
        let right = result(&asked);
        Self { asked, right }
    }

    /// What is found when the value at a pointer is replaced.
    fn with(&self, pointer: &str, value: Value) -> Vec<String> {
        let mut changed = self.right.clone();
        *changed.pointer_mut(pointer).expect(pointer) = value;
        self.found(&changed)
    }

    /// What is found when something is taken out of an object, or put into it.
    fn change(
        &self,
        pointer: &str,
        change: impl Fn(&mut serde_json::Map<String, Value>),
    ) -> Vec<String> {
        let mut changed = self.right.clone();
        change(changed.pointer_mut(pointer).expect(pointer).as_object_mut().unwrap());
        self.found(&changed)
    }

    fn found(&self, result: &Value) -> Vec<String> {
        self.checked(&result.to_string()).findings.lines()
    }

    fn checked(&self, text: &str) -> Checked {
        self.try_checked(text).unwrap()
    }

    fn try_checked(&self, text: &str) -> anyhow::Result<Checked> {
        checked(&self.asked, Path::new("result.json"), text.as_bytes())
    }

    fn not_understood(&self, text: &str) -> String {
        format!("{:#}", self.try_checked(text).err().unwrap())
    }
}

#[test]
fn a_result_that_was_printed_passes_and_a_changed_one_is_found() {
    let desk = Desk::new();
    for text in [TOWN, &busy_town(), TWO_WAIT] {
        let question = desk.put("town.json", text);
        let case = Case::of(text);
        let run = |result: &Value, json: bool| {
            let answer = desk.put("result.json", &result.to_string());
            let mut words = vec![Path::new("--check"), &question, &answer];
            words.extend(json.then_some(Path::new("--json")));
            line(&words).run().unwrap()
        };
        assert_eq!((run(&case.right, false), run(&case.right, true)), (0, 0));
        let mut changed = case.right.clone();
        changed["allocations"]["hill"] = json!(1);
        assert_eq!((run(&changed, false), run(&changed, true)), (FOUND, FOUND));
        let answer = desk.put("result.json", "[");
        let error = line(&[Path::new("--check"), &question, &answer]).run().unwrap_err();
        assert!(format!("{error:#}").contains("result.json is not understood"), "{error:#}");
    }
}

#[test]
fn shares_flows_and_certificate_are_checked() {
    let case = Case::of(TOWN);
    let check = |pointer: &str, value: Value, expected: &str| {
        let found = case.with(pointer, value);
        assert!(found.len() == 1 && found[0].starts_with(expected), "{found:?}");
    };
    check("/allocations/hill", json!(601), "hill: area 0");
    check("/certificate/pools/city", json!("unbounded"), "city to hill: arc 0: it has room");
    check("/flows/1/amount", json!(199), "river: area 1: what flows into it");
}

#[test]
fn all_that_a_result_says_beside_its_shares_is_reckoned_again() {
    let case = Case::of(&busy_town().replace("\"supply\": 810", "\"supply\": 5000"));
    let check = |pointer: &str, value: Value, expected: &str| {
        let found = case.with(pointer, value);
        assert!(found.len() == 1 && found[0].contains(expected), "{found:?}");
    };
    check("/total", json!(1), "total: 1 is there, and 1280 is right");
    check(
        "/levels/hill/before",
        json!("1/2"),
        "levels, hill, before: 1/2 is there, and 0 is right",
    );
    check(
        "/levels/hill/after",
        json!("1/9"),
        "levels, hill, after: 1/9 is there, and 1/8 is right",
    );
    check("/levels/hill/after", json!("x"), "levels, hill, after: x is there, and 1/8 is right");
    check("/levels/quarry", json!({"before": "0", "after": "nothing"}), "levels, quarry, before");
    check("/reasons/hill/why", json!("full"), "reasons, hill, why: full is there, and lifted is");
    check("/reasons/hill/said", json!("hill: be glad."), "reasons, hill, said: hill: be glad. is");
    check("/left/city/amount", json!(3), "left, city, amount: 3 is there, and 3660 is right");
    check("/left/city/held_back", json!(3), "left, city, held_back: 3 is there, and 60 is right");
    check("/left/city/why", json!(["full"]), "left, city, why: full is there, and full, idle");
    check("/left/city/said", json!(""), "left, city, said:  is there, and city: 3660 of its");
    for name in ["gini_before", "gini_after", "lowest_before", "lowest_after", "to_high_risk"] {
        let place = format!("measures, {name}: 1/7 is there, and ");
        check(&format!("/measures/{name}"), json!("1/7"), &place);
        let place = format!("measures, {name}: nothing is there, and ");
        check(&format!("/measures/{name}"), Value::Null, &place);
    }
}

/// The places of all values that hold no others, with the values.
fn leaves(value: &Value, at: &str, into: &mut Vec<(String, Value)>) {
    let step = |name: &str| format!("{at}/{}", name.replace('~', "~0").replace('/', "~1"));
    match value {
        Value::Object(all) => all.iter().for_each(|(name, one)| leaves(one, &step(name), into)),
        Value::Array(all) => (0..).zip(all).for_each(|(place, one)| {
            leaves(one, &step(&i32::to_string(&place)), into);
        }),
        one => into.push((at.to_owned(), one.clone())),
    }
}

/// Whatever is changed in a result, something is found, or it is no result any more. Levels of the
/// certificate are apart: of an area that can take no more, any that is high enough proves it; the
/// library's own tests change those.
#[test]
fn no_value_can_be_changed_unnoticed() {
    let mut changed = 0;
    for text in [TOWN, &busy_town(), TWO_WAIT] {
        let case = Case::of(text);
        let mut all = Vec::new();
        leaves(&case.right, "", &mut all);
        for (pointer, value) in all {
            // Another seed may draw the same, and then it is as true.
            if pointer.starts_with("/certificate") || pointer == "/robustness/seed" {
                continue;
            }
            let other = match &value {
                Value::Number(number) => json!(number.as_i64().unwrap() + 1),
                Value::String(text) => json!(format!("{text}1")),
                _ => json!({ "before": "1", "after": "1" }),
            };
            let mut result = case.right.clone();
            *result.pointer_mut(&pointer).unwrap() = other;
            let found = case.try_checked(&result.to_string());
            assert!(found.is_err() || !found.unwrap().findings.is_empty(), "{pointer}: {value}");
            changed += 1;
        }
    }
    assert!(changed > 150, "{changed}");
}

#[test]
fn a_number_may_be_written_differently() {
    let case = Case::of(TOWN);
    assert_eq!(case.with("/levels/hill/after", json!("6/20")), Vec::<String>::new());
    assert_eq!(case.with("/certificate/pools/city", json!("6/20")), Vec::<String>::new());
}

#[test]
fn a_part_that_is_not_there_is_said_not_to_be_checked() {
    let case = Case::of(TOWN);
    let mut bare = case.right.clone();
    let parts = ["total", "levels", "reasons", "left", "measures"];
    let beside = ["robustness", "marginal", "price", "rounding", "unknown"];
    for part in parts.into_iter().chain(beside) {
        bare.as_object_mut().unwrap().remove(part);
    }
    let checked = case.checked(&bare.to_string());
    assert!(checked.findings.is_empty());
    let told = "Not in the result, so not checked: total, levels, reasons, left, measures, \
                robustness, marginal, price, rounding, unknown.";
    assert!(checked.lines(&case.asked.window).contains(&told.to_owned()));
    assert_eq!(checked.json()["absent"].as_array().unwrap().len(), 10);
    let whole = case.checked(&case.right.to_string());
    assert_eq!(whole.json()["absent"], json!([]));
    assert!(!whole.lines(&case.asked.window).iter().any(|line| line.contains("not checked")));
}

#[test]
fn a_name_that_is_lacking_unknown_or_twice_is_a_finding() {
    let case = Case::of(&busy_town());
    let parts = [
        ("/allocations", "allocations", "hill", "area"),
        ("/certificate/areas", "certificate, areas", "hill", "area"),
        ("/certificate/pools", "certificate, pools", "city", "pool"),
        ("/certificate/partners", "certificate, partners", "cart", "partner"),
        ("/levels", "levels", "hill", "area"),
        ("/reasons", "reasons", "hill", "area"),
        ("/left", "left", "city", "pool"),
    ];
    for (pointer, part, name, kind) in parts {
        let found = case.change(pointer, |all| _ = all.remove(name));
        assert_eq!(found, [format!("{part}: {name} is lacking")]);
        let found =
            case.change(pointer, |all| _ = all.insert("fort".to_owned(), all[name].clone()));
        assert_eq!(found, [format!("{part}: fort is no {kind} of the question")]);
    }
    let twice = case.right.to_string().replacen("\"hill\":250", "\"hill\":999,\"hill\":250", 1);
    assert_eq!(case.checked(&twice).findings.lines(), ["allocations: hill is there twice"]);
}

#[test]
fn a_flow_that_goes_nowhere_or_elsewhere_is_a_finding() {
    let case = Case::of(&busy_town());
    let check = |pointer: &str, name: &str, expected: &str| {
        assert_eq!(case.with(pointer, json!(name)), [expected]);
    };
    check("/flows/0/from", "bank", "flow 0: bank is no pool or partner of the question");
    check("/flows/0/to", "fort", "flow 0: fort is no area or partner of the question");
    let elsewhere = "flow 0 goes from city to river, and the arc of that place from city to hill";
    check("/flows/0/to", "river", elsewhere);
    check("/deferred/0/area", "fort", "deferred: fort is no area of the question");
    let mut short = case.right.clone();
    short["flows"].as_array_mut().unwrap().pop();
    assert_eq!(case.found(&short), ["flows: there are 7 for the 8 arcs of the question"]);
}

#[test]
fn the_order_in_which_areas_were_put_off_is_proved() {
    let case = Case::of(TWO_WAIT);
    assert_eq!(case.right["deferred"][0]["area"], "river");
    assert_eq!(case.right["deferred"][1]["area"], "hill");
    let checked = case.checked(&case.right.to_string());
    let told = checked.lines(&case.asked.window).join("\n");
    assert!(told.contains("put off for a grant too small: 2. That it was these, in this order,"));
    assert!(told.contains("proved by sharing out anew"), "{told}");
    assert_eq!(checked.json()["order_proved_by"], "sharing_out_anew");
    let mut turned = case.right.clone();
    turned["deferred"].as_array_mut().unwrap().reverse();
    let found = "hill: it is put off when by the declared order river was next";
    assert_eq!(case.found(&turned), [found]);
    let found = case.with("/deferred/0/amount", json!(39));
    assert!(found[0].ends_with("left out for a share of 39, and its share was 40"), "{found:?}");
    let nobody = Case::of(TOWN);
    let told = nobody.checked(&nobody.right.to_string()).lines(&nobody.asked.window).join("\n");
    assert!(told.contains("Nobody was put off"), "{told}");
}

#[test]
fn what_is_no_result_is_not_understood() {
    let case = Case::of(TOWN);
    let right = case.right.to_string();
    let check = |from: &str, to: &str, expected: &str| {
        assert!(right.contains(from), "{from}: {right}");
        let said = case.not_understood(&right.replace(from, to));
        assert!(said.contains(expected), "{said}");
    };
    check("\"city\":\"3/10\"", "\"city\":\"3/0\"", "the level of city: \"3/0\" is no fraction");
    check("\"exact\":\"18", "\"exact\":\"-18", "flow 0: \"-1800000/3000\" is no fraction");
    check("\"gini_after\"", "\"gini_aftr\"", "nearest that is known is `gini_after`");
    check("\"total\"", "\"totl\"", "nearest that is known is `total`");
    assert!(case.not_understood("{}").contains("missing field"));
}

/// What is wrong with the question is not laid to the result.
#[test]
fn a_question_that_cannot_be_shared_out_is_refused_and_not_found_in_the_result() {
    let desk = Desk::new();
    let question = desk.put("town.json", &TOWN.replace("\"river\"", "\"hill\""));
    let answer = desk.put("result.json", &result(&asked(TOWN)).to_string());
    let error = line(&[Path::new("--check"), &question, &answer]).run().unwrap_err();
    assert!(error.downcast_ref::<Refused>().is_some(), "{error:#}");
    assert_eq!(format!("{error:#}"), "two are called hill; give each its own name");
}

#[test]
fn a_hundred_findings_are_told_and_the_rest_counted() {
    let case = Case::of(TOWN);
    let found = |count: usize| {
        case.change("/allocations", |all| {
            all.extend((0..count).map(|at| (format!("fort {at}"), json!(1))));
        })
    };
    assert_eq!(found(findings::FINDINGS_MAX).len(), 100);
    let more = found(findings::FINDINGS_MAX + 1);
    assert_eq!((more.len(), more[100].as_str()), (101, "and 1 more"));
}

#[test]
fn a_long_or_unruly_name_is_told_within_limits() {
    let case = Case::of(TOWN);
    let found = |name: String| case.with("/flows/0/from", json!(name)).remove(0);
    assert!(found("bank\u{1b}[2J".to_owned()).starts_with("flow 0: bank\u{fffd}[2J is no pool"));
    let long = found("a".repeat(findings::FINDING_CHARS_MAX + 1));
    assert_eq!(long.chars().count(), findings::FINDING_CHARS_MAX);
}

#[test]
fn a_fault_is_named_by_what_people_call_the_place() {
    let window = window(TOWN);
    assert!(named(&window, &Fault::Level { area: 1 }).starts_with("river: area 1"));
    assert!(named(&window, &Fault::Overspent { pool: 0 }).starts_with("city: pool 0"));
    assert!(named(&window, &Fault::Room { arc: 2 }).starts_with("city to market: arc 2"));
    assert!(named(&window, &Fault::Room { arc: 99 }).starts_with("arc 99"));
}
