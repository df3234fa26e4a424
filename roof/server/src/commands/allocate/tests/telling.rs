//! What areas and pools are told: each sentence for itself, and that it names who and how much.

use super::*;

/// Looks for parts in what is said of an area or a pool.
fn check(said: &Value, of: &str, parts: &[&str]) {
    let line = said[of].as_str().unwrap();
    for part in parts {
        assert!(line.contains(part), "{part}: {line}");
    }
}

#[test]
fn each_area_is_told_what_it_gets_and_why() {
    let said = said(TOWN);
    // 800 for the hill's claim of 2,000 and the river's 1,000, of which it has 100: 30 % each.
    let need = "of its need times its risk factor";
    let dry = "It gets no more, since city ran dry at the line of 30.0 %.";
    check(&said, "hill", &["hill: gets 600: it stood at 0.0 %", need, "lifted to 30.0 %", dry]);
    check(&said, "river", &["gets 200: it stood at 10.0 %", "lifted to 30.0 %", dry]);
    let ahead = "above every line up to which others are lifted here: city ran dry at the line of";
    check(&said, "market", &["gets nothing this time: it stands at 90.0 %", ahead, "30.0 %"]);
    check(&said, "island", &["gets nothing: no pool may give to it, itself or through a partner."]);
    check(&said, "quarry", &["gets nothing: its need is given as nought."]);
    check(&said, "port", &["gets 10, as much as it can take: it stood at 0.0 %", "at 10.0 %"]);
    check(&said, "mill", &["gets nothing: what it can take is given as nought."]);
    let higher = "nobody whom it pays stands higher";
    check(&said, "city", &["all of its 810 are given. It ran dry at the line of 30.0 %", higher]);
    let weightless =
        TOWN.replace("\"need\": 100, \"cap\": 10", "\"need\": 9, \"weight\": [0, 1], \"cap\": 1");
    check(&super::said(&weightless), "port", &["gets nothing: the weight of its need is nought."]);
}

#[test]
fn what_is_told_at_the_end_adds_up() {
    let asked = asked(&busy_town());
    let grants = share_grants(&asked.window).unwrap();
    let drawing = Drawing { draws: 50, seed: 4 };
    let told = Told::of(&asked, &grants, Some(drawing)).unwrap();
    let lines = told.lines(&asked.window, &grants).join("\n");
    let check = |part: &str| assert!(lines.contains(part), "{part}: {lines}");
    check("Of 750 that may be given, 750 are shared out; 3 of 7 areas get something.");
    check("60 more are held back for what comes suddenly.");
    check("The area that stood lowest stood at 0.0 %; now none stands below 0.0 %.");
    check("A line is the level at which a pool ran dry");
    check("More in city would go first to river (1), up to");
    check("No other division gives out more.");
    check("drawn anew 50 times, up to a tenth more or less, from seed 4.");
    check("hill: gets something in 50 of 50; moves by more than a tenth in 0.");
}

/// An area that a second pool helps as well is not on the line of the first.
#[test]
fn who_is_helped_from_elsewhere_as_well_is_not_said_to_stand_on_the_same_line() {
    let text = r#"{
        "areas": [
            { "id": "hill", "need": 100, "cap": 100, "covered": 0, "risk10": 50 },
            { "id": "river", "need": 100, "cap": 100, "covered": 0, "risk10": 50 }
        ],
        "pools": [{ "id": "city", "supply": 40 }, { "id": "trade", "supply": 90 }],
        "eligible": [[0, 0], [0, 1, 10], [1, 1]]
    }"#;
    let said = said(text);
    // The river's ceiling with the city does not hold it back: the trade's money is all for it.
    check(&said, "hill", &["lifted to 40.0 %. It gets no more, since city ran dry at the line of"]);
    check(
        &said,
        "river",
        &["lifted to 90.0 %", "since every way to it is used up", "trade ran dry"],
    );
    check(&said, "city", &["40.0 %"]);
    check(&said, "trade", &["90.0 %"]);
    for line in said.as_object().unwrap().values() {
        assert!(!line.as_str().unwrap().contains("same line"), "{line}");
    }
}

#[test]
fn ceilings_partners_and_small_grants_are_named() {
    let text = busy_town();
    let printed = result(&asked(&text));
    assert_eq!(printed["reasons"]["port"]["why"], "deferred");
    assert_eq!(printed["deferred"][0]["area"], "port");
    assert_eq!(printed["allocations"]["hill"], 250);
    assert_eq!(printed["allocations"]["island"], 30);
    assert!(printed["certificate"]["partners"]["cart"].is_array());
    let said = said(&text);
    check(&said, "island", &["gets 30: it stood at", "since cart handles no more than 30."]);
    check(&said, "hill", &["since from city to hill no more than 250 may go."]);
    check(
        &said,
        "port",
        &[
            "gets nothing this time: its share would be 10, and with less than 20 nothing can be",
            "next time its need counts for 110.0 % for having waited.",
        ],
    );
    check(&said, "city", &["60 more are held back"]);
}

#[test]
fn what_stays_in_a_pool_is_told_with_the_reason() {
    let rich = busy_town().replace("\"supply\": 810", "\"supply\": 5000");
    let printed = result(&asked(&rich));
    let city = &printed["left"]["city"];
    assert_eq!((city["amount"].as_i64(), city["held_back"].as_i64()), (Some(3_660), Some(60)));
    assert_eq!(city["why"], json!(["full", "idle", "ceiling", "partner"]));
    check(
        &said(&rich),
        "city",
        &[
            "city: 3660 of its 4940 stay in it. River and market can take no more",
            "nothing goes to quarry, port and mill this time",
            "from city to hill no more than 250 may go",
            "cart handles no more than 30",
            "60 more are held back for what comes suddenly",
        ],
    );
    let alone = TOWN.replace("[[0, 0], [0, 1], [0, 2], [0, 4], [0, 5], [0, 6]]", "[]");
    check(&said(&alone), "city", &["810 of its 810 stay in it. No area may receive from it."]);
    let kept = TOWN.replace("\"held_back\": 0", "\"held_back\": 810");
    check(&said(&kept), "city", &["city: all of its 810 are held back for what comes suddenly."]);
    check(&said(&kept), "hill", &["gets nothing: it stands at 0.0 %", "city has nothing to give."]);
    let empty = TOWN.replace("\"supply\": 810", "\"supply\": 0");
    check(&said(&empty), "city", &["city: nothing is in it."]);
    let just = r#"{
        "areas": [{ "id": "hill", "need": 9, "cap": 7, "risk10": 50 }],
        "pools": [{ "id": "city", "supply": 5 }, { "id": "trade", "supply": 9 }],
        "eligible": [[0, 0], [1, 0]]
    }"#;
    check(&said(just), "city", &["city: all of its 5 are given."]);
    check(&said(just), "trade", &["trade: 7 of its 9 stay in it. Hill can take no more."]);
}

#[test]
fn nobody_who_was_put_off_is_denied() {
    let said = said(TWO_WAIT);
    check(&said, "city", &["20 of its 120 stay in it", "nothing goes to hill and river this time"]);
    let poor = TWO_WAIT.replace("\"supply\": 120", "\"supply\": 60");
    check(&super::said(&poor), "city", &["stands lower, apart from areas that were put off."]);
}

#[test]
fn many_ways_are_counted_and_few_are_named() {
    let text = r#"{
        "areas": [
            { "id": "hill", "need": 1000, "cap": 1000, "risk10": 50 },
            { "id": "river", "need": 3, "cap": 3, "risk10": 50, "weight": [1, 1] },
            { "id": "port", "need": 2, "cap": 2, "risk10": 50, "weight": [1, 2] }
        ],
        "pools": [{ "id": "a", "supply": 1 }, { "id": "b", "supply": 1 },
            { "id": "c", "supply": 1 }, { "id": "d", "supply": 1 },
            { "id": "e", "supply": 1 }, { "id": "f", "supply": 1 }],
        "eligible": [[0, 0], [1, 0], [2, 0], [3, 0], [3, 0], [4, 1], [4, 2]],
        "partners": [{ "id": "cart", "capacity": 9, "pools": [5], "areas": [0] },
            { "id": "mule", "capacity": 9, "pools": [], "areas": [0] }]
    }"#;
    let said = said(text);
    check(&said, "hill", &["b ran dry at the line of", "and 3 other ways are used up too."]);
    check(&said, "port", &["gets nothing: its share is less than one whole unit, and is rounded"]);
    let one = text.replace("[0, 0], [1, 0], [2, 0], [3, 0], [3, 0], ", "");
    let through = "since no more comes through cart (f ran dry at the line of 0.1 %).";
    check(&super::said(&one), "hill", &[through]);
}

#[test]
fn what_is_not_said_is_not_taken_for_nothing_in_silence() {
    assert_eq!(asked(TOWN).unknown(), Vec::<String>::new());
    let text = TOWN.replace("\"covered\": 0, \"risk10\"", "\"risk10\"");
    let unsaid = asked(&text);
    let said = unsaid.unknown().remove(0);
    assert!(said.starts_with("Of island, quarry, port and others it is not said"), "{said}");
    assert!(said.ends_with("It is counted as nothing."), "{said}");
    let printed = result(&unsaid);
    assert_eq!(printed["levels"]["port"], Value::Null, "nobody knows where it stands");
    assert!(printed["levels"]["hill"]["before"].is_string());
    assert_eq!(printed["measures"]["lowest_before"], Value::Null);
    assert_eq!(printed["unknown"]["covered"], json!(["island", "quarry", "port", "mill"]));
    check(&super::said(&text), "port", &["as much as it can take: it stood at no less than 0.0 %"]);
}

#[test]
fn a_risk_that_nobody_knows_counts_like_the_worst_and_is_named() {
    let text = TOWN.replace("\"cap\": 900, \"risk10\": 50", "\"cap\": 900");
    let unsaid = asked(&text);
    assert_eq!(unsaid.window.areas[1].risk_milli, 10_000, "like the hill's");
    assert_eq!(unsaid.window.areas[1].weight, unsaid.window.areas[0].weight);
    assert!(unsaid.unknown()[0].starts_with("Of river the risk is not said."));
    assert_eq!(result(&unsaid)["unknown"]["risk"], json!(["river"]));
    let low = r#"{ "areas": [{ "id": "a", "need": 1, "cap": 1 }], "pools": [], "eligible": [] }"#;
    assert_eq!(asked(low).window.areas[0].risk_milli, 5_000, "at least as a need counts as it is");
}

#[test]
fn what_fairness_costs_is_counted_in_people_where_every_area_says_what_one_costs() {
    let priced = TOWN.replace("\"risk10\"", "\"cost\": 10, \"risk10\"");
    let dear = priced.replacen("\"cost\": 10", "\"cost\": 40", 1);
    let printed = result(&asked(&dear));
    assert_eq!(printed["price"]["counted_in"], "people");
    // Of 810 the port takes 10, the market 100, the river 700: 81 people. The hill cost four times.
    assert_eq!(
        (&printed["price"]["most"], &printed["price"]["reached"]),
        (&json!("81"), &json!("36"))
    );
    assert_eq!(printed["price"]["part"], "5/9");
    let some = dear.replacen("\"cost\": 10, ", "", 1);
    assert_eq!(result(&asked(&some))["price"]["counted_in"], "units");
}

#[test]
fn the_same_seed_draws_the_same_and_too_many_draws_are_not_made() {
    let asked = asked(TOWN);
    let grants = share_grants(&asked.window).unwrap();
    let drawn = |draws: u32, seed: u64| {
        let told = Told::of(&asked, &grants, Some(Drawing { draws, seed })).unwrap();
        told.json(&asked, &grants).get("robustness").cloned()
    };
    assert_eq!(drawn(30, 2), drawn(30, 2));
    assert_eq!(drawn(30, 2).unwrap()["funded"]["hill"], 30);
    assert_eq!(drawn(0, 2), None);
    let severe = TOWN.replacen("\"risk10\"", "\"severity\": 4, \"risk10\"", 1);
    let severe = super::asked(&severe);
    let told = Told::of(&severe, &grants, Some(Drawing { draws: 30, seed: 2 })).unwrap();
    let moved = told.json(&severe, &grants)["robustness"]["moved"]["hill"].as_u64().unwrap();
    assert!(moved > drawn(30, 2).unwrap()["moved"]["hill"].as_u64().unwrap(), "{moved}");
    let most = u32::try_from(beside::DRAWN_ARCS_MAX / asked.window.arcs.len()).unwrap();
    assert!(Drawing { draws: most, seed: 1 }.fits(&asked.window));
    assert!(!Drawing { draws: most + 1, seed: 1 }.fits(&asked.window));
}
