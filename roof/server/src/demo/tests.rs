//! The demo city: its land holds together, its story can be told at any hour, and it is told
//! through real records.

use std::collections::{BTreeMap, HashSet};

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use record::DAY_MS;
use rooms::decisions::ballots;
use rooms::door::House;
use rooms::voices::notices;
use rooms::voices::queries::{Queue, queue};
use rooms::voices::{outbound, sealed};
use rooms::{decisions, people, places};
use tower::ServiceExt;

use super::{DemoClock, STEWARD, city, civic, seed, story};
use crate::node::{self, Node, Place};
use crate::simulator::{OnScreen, Phones, demo_number};

type Ring = Vec<(f64, f64)>;

/// Voices that everybody at the desk may count.
const HEARD: i64 = 103;
/// The phones of the demo's people.
const PHONES: u32 = 100;

fn rings() -> Vec<(String, Ring)> {
    let land: serde_json::Value = serde_json::from_str(&city::geojson()).unwrap();
    let features = land["features"].as_array().unwrap();
    let corner = |c: &serde_json::Value| (c[0].as_f64().unwrap(), c[1].as_f64().unwrap());
    let ring = |feature: &serde_json::Value| {
        let outline = feature["geometry"]["coordinates"][0].as_array().unwrap();
        let name = feature["properties"]["name"].as_str().unwrap().to_owned();
        (name, outline.iter().map(corner).collect())
    };
    features.iter().map(ring).collect()
}

fn area_of(ring: &Ring) -> f64 {
    ring.windows(2).map(|w| w[0].0 * w[1].1 - w[1].0 * w[0].1).sum::<f64>() / 2.0
}

fn holds(ring: &Ring, (x, y): (f64, f64)) -> bool {
    let crosses = |w: &[(f64, f64)]| {
        (w[0].1 > y) != (w[1].1 > y)
            && x < w[0].0 + (w[1].0 - w[0].0) * (y - w[0].1) / (w[1].1 - w[0].1)
    };
    ring.windows(2).filter(|w| crosses(w)).count() % 2 == 1
}

#[test]
fn neighbourhoods_tile_the_land() {
    let rings = rings();
    assert_eq!(rings.len(), 24);
    let names: HashSet<&String> = rings.iter().map(|(name, _)| name).collect();
    assert_eq!(names.len(), 24, "every neighbourhood has a name of its own");
    for (name, ring) in &rings {
        assert_eq!(ring.first(), ring.last(), "{name} is closed");
        assert!(area_of(ring) > 0.000_05, "{name} runs against the clock and is no sliver");
    }
    // No place lies in two of them, and the whole is as large as its parts.
    let (mut in_one, mut all) = (0, 0);
    for x in 0..200 {
        for y in 0..150 {
            let at = (f64::from(x) * 0.001 + 0.000_37, f64::from(y) * 0.001 + 0.000_41);
            let holders = rings.iter().filter(|(_, ring)| holds(ring, at)).count();
            assert!(holders <= 1, "{at:?} lies in {holders} neighbourhoods");
            in_one += holders;
            all += 1;
        }
    }
    let sum: f64 = rings.iter().map(|(_, ring)| area_of(ring)).sum();
    let sampled = f64::from(u32::try_from(in_one).unwrap()) * 0.000_001;
    assert!((sum - sampled).abs() < sum * 0.02, "{sum} against {sampled} of {all}");
}

#[test]
fn a_patch_lies_in_its_neighbourhood() {
    for (name, wide) in [("Tifonten", 0.34), ("Duneja", 0.4)] {
        let ring = rings().into_iter().find(|(known, _)| known == name).unwrap().1;
        for (x, y) in city::patch(name, wide) {
            assert!(holds(&ring, (f64::from(x) / 1e6, f64::from(y) / 1e6)), "{name}: {x} {y}");
        }
    }
}

#[test]
fn the_story_ends_before_it_is_told() {
    let story = story::read().unwrap();
    let midnight = 1_800_000_000_000 - 1_800_000_000_000 % DAY_MS;
    for minute in [1, 7 * 60, 12 * 60 + 30, 23 * 60 + 59] {
        let now_ms = midnight + minute * 60_000;
        let timeline = story::timeline(&story, now_ms);
        let (last_ms, _, _) = *timeline.last().unwrap();
        assert!(last_ms < now_ms, "at minute {minute} of the day");
        for (at, voice, step) in &timeline {
            let late = timeline.iter().any(|(a, v, s)| v == voice && s < step && a > at);
            assert!(!late, "voice {voice} has a step before the one it follows");
        }
        for event in civic::read().unwrap() {
            assert!(event.at_ms(now_ms) < now_ms, "{event:?} at minute {minute} of the day");
        }
    }
}

#[test]
fn a_demo_clock_never_goes_back_while_it_is_held() {
    let clock = DemoClock::default();
    let now = clock.now();
    assert!(now() > 1_700_000_000_000, "it is the machine's clock at first");
    clock.go(5_000);
    clock.go(4_000);
    assert_eq!(now(), 5_000);
    clock.let_go();
    assert!(now() > 1_700_000_000_000, "and after");
}

async fn seeded(folder: &tempfile::TempDir) -> (Node, Phones) {
    let clock = DemoClock::default();
    let place = Place { now: clock.now(), ..Place::new(folder.path(), None) };
    let node = node::open(&place).await.unwrap();
    let phones = Phones::default();
    seed(&node, &clock, &phones).await.unwrap();
    (node, phones)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_city_is_told_once_and_through_real_records() {
    let folder = tempfile::tempdir().unwrap();
    let (node, phones) = seeded(&folder).await;
    let house = &node.house;
    assert_eq!(house.city().name, city::NAME);
    assert!(house.city().demo);
    // 24 official areas, and the one drawing that its assembly released.
    assert_eq!(places::atlas(house).areas().len(), 25);
    assert!(people::sealed_door(house).await.unwrap().open);
    assert!(people::sign_in(house, STEWARD, super::PASSPHRASE).await.is_ok());

    let sql = "SELECT status, COUNT(*) FROM voices_2 GROUP BY status";
    let rows = house.store().read(sql, vec![]).await.unwrap();
    let by_status: BTreeMap<String, i64> = rows.iter().map(|r| (r.text(0), r.int(1))).collect();
    for status in [
        "received",
        "read",
        "in_progress",
        "delivered",
        "confirmed",
        "said_not_done",
        "declined_with_reason",
        "referred",
    ] {
        assert!(by_status.contains_key(status), "nobody is {status}: {by_status:?}");
    }
    let count =
        async |sql: &str| house.store().read_one(sql, vec![]).await.unwrap().unwrap().int(0);
    // All but one came in the open, one through the sealed door; three of the open ones were
    // forgotten, one of them after it was counted with its need.
    assert_eq!(by_status.values().sum::<i64>(), HEARD);
    assert_eq!(count("SELECT COUNT(*) FROM voices_2 WHERE erased").await, 3);
    let forgotten = "SELECT COUNT(*) FROM voices_2 WHERE erased AND need IS NOT NULL";
    assert_eq!(count(forgotten).await, 1);
    assert_eq!(count("SELECT COUNT(*) FROM voices_2 WHERE consented AND quoted").await, 1);
    assert_eq!(count("SELECT COUNT(*) FROM notes").await, 1);
    assert_eq!(count("SELECT COUNT(*) FROM voices_2 WHERE linked_to IS NOT NULL").await, 1);
    assert_eq!(count("SELECT COUNT(*) FROM voices_2 WHERE urgency = 2").await, 2);
    assert_eq!(count("SELECT COUNT(DISTINCT language) FROM voices_2").await, 6);
    assert_eq!(count("SELECT COUNT(*) FROM calls_1 WHERE waiting").await, 1);
    assert_eq!(queue(house, Queue::Held, None, None).await.unwrap().len(), 1);
    assert_eq!(sealed::reports(house).await.unwrap().len(), 2);

    assert!(!outbound::any_waiting(house).await.unwrap(), "everything reached its phone");
    for n in 1..=4 {
        let screen = phones.on_screen(&demo_number(n));
        assert!(screen.iter().any(|m| m.own) && screen.iter().any(|m| !m.own), "phone {n}");
        assert!(screen.windows(2).all(|w| w[0].at_ms <= w[1].at_ms), "phone {n} is in order");
    }
    let twice = |screen: &[OnScreen]| {
        let of_city = screen.iter().filter(|message| !message.own);
        let told: HashSet<(i64, &str)> = of_city.clone().map(|m| (m.at_ms, &*m.words)).collect();
        told.len() != of_city.count()
    };
    let all = (0..PHONES).map(|n| phones.on_screen(&demo_number(n)));
    assert_eq!(all.filter(|screen| twice(screen)).count(), 0, "no message came twice");
    let late = "SELECT COUNT(*) FROM outbound WHERE handed_ms - made_ms > 1000";
    assert_eq!(count(late).await, 0, "each was handed over at the hour at which it was made");
    let verified = house.store().verify(Some(node.keys.node.public()), |_| {}).await.unwrap();
    assert_eq!(verified.findings, vec![]);
    assert_eq!(sealed::verify(house).await.unwrap(), None);

    let before = count("SELECT COUNT(*) FROM records").await;
    seed(&node, &DemoClock::default(), &phones).await.unwrap();
    assert_eq!(count("SELECT COUNT(*) FROM records").await, before, "it is told only once");
}

async fn listed(house: &House, sql: &str) -> HashSet<String> {
    let rows = house.store().read(sql, vec![]).await.unwrap();
    rows.iter().map(|row| row.text(0)).collect()
}

fn assert_has(all: &HashSet<String>, wanted: &[&str]) {
    for one in wanted {
        assert!(all.contains(*one), "nothing is {one}: {all:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn needs_decisions_and_tasks_of_every_kind_are_there() {
    let folder = tempfile::tempdir().unwrap();
    let (node, _) = seeded(&folder).await;
    let house = &node.house;
    let needs = listed(house, "SELECT status FROM needs_1").await;
    assert_has(&needs, &rooms::needs::STATUSES);
    let tasks = listed(house, "SELECT status FROM tasks_1").await;
    assert_has(&tasks, &["open", "claimed", "delivered", "dropped", "referred", "met"]);
    assert_has(&listed(house, "SELECT kind FROM tasks_1").await, &["promise", "committee", "do"]);

    let all = decisions::newest(house, i64::MAX, 100).await.unwrap();
    let of = |value: fn(&decisions::Decision) -> Option<&str>| -> HashSet<String> {
        all.iter().filter_map(value).map(str::to_owned).collect()
    };
    let forces = ["binding", "binding_emergency", "advisory", "opinion_not_quorate"];
    assert_has(&of(|d| d.force.as_deref()), &forces);
    assert_has(&of(|d| d.outcome.as_deref()), &["carried", "rejected"]);
    assert_has(&of(|d| Some(&d.kind)), &["ordinary", "rules", "relocation", "women_only"]);
    let answers = ["accepted", "accepted_changed", "deferred_date"];
    assert_has(&of(|d| d.taken_outcome.as_deref()), &answers);
    assert_has(&of(|d| Some(&d.waiting_for)), &["appeal", "routed", "promise", "review"]);
    assert_has(&of(|d| Some(&d.force_why)), &["women", "over_ceiling", "no_instrument"]);
    assert!(all.iter().any(|d| d.secret && d.dissent.is_none()), "one was voted on in secret");
    assert!(all.iter().any(|d| d.dissent.is_some()), "somebody was against");
    assert!(all.iter().any(|d| !d.afar.is_empty()), "somebody voted from afar");

    let deferred = all.iter().find(|d| d.taken_outcome.as_deref() == Some("deferred_date"));
    for need in &deferred.unwrap().needs {
        let need = rooms::needs::need(house, *need).await.unwrap().unwrap();
        assert_eq!(need.status, "referred", "it still waits on the body that put it off");
    }

    let kept = rooms::actions::promises(house).await.unwrap();
    assert!(kept.kept > 0 && kept.kept_late > 0 && kept.overdue > 0, "{kept:?}");
    let meetings = listed(house, "SELECT status FROM assemblies_1").await;
    assert_has(&meetings, &["closed", "called_off", "invited"]);
    let proposals = listed(house, "SELECT status FROM proposals_1").await;
    assert_has(&proposals, &["made", "shown", "refused", "carried"]);
    assert_eq!(notices::owed(house).await.unwrap(), 0, "everybody was told");
    assert!(!outbound::any_waiting(house).await.unwrap(), "on their phone");
}

/// The paths of every kind of page of the civic life: for the street, and for a member.
async fn civic_pages(house: &House) -> (Vec<String>, Vec<String>) {
    let mut street: Vec<String> =
        ["/", "/needs", "/decisions", "/assemblies", "/proposals", "/power", "/help-wanted"]
            .map(Into::into)
            .into();
    let mut desk: Vec<String> = [
        "needs",
        "needs/new",
        "grouping",
        "assemblies",
        "assemblies/new",
        "assemblies/rules",
        "assemblies/sheet",
        "decisions",
        "decisions/new",
        "waiting",
        "tasks",
        "tasks/new",
        "proposals",
        "proposals/new",
        "requests",
        "requests/new",
        "matches",
        "offers",
        "offers/new",
        "stock",
        "stock/new",
        "waybills",
        "ballots",
        "ballots/new",
    ]
    .map(|page| format!("/desk/{page}"))
    .into();
    let kinds = [
        ("need", "needs", "WHERE published = TRUE", &[""][..]),
        ("decision", "decisions", "WHERE resolved_ms IS NOT NULL", &[""]),
        ("task", "tasks", "", &[""]),
        (
            "assembly",
            "assemblies",
            "WHERE status <> 'called_off'",
            &["", "/agenda", "/roll", "/sheet", "/type", "/minutes", "/motions"],
        ),
        ("proposal", "proposals", "WHERE status <> 'made'", &[""]),
        ("request", "requests", "", &[""]),
    ];
    for (one, many, shown, pages) in kinds {
        let version = if matches!(many, "decisions" | "requests") { 2 } else { 1 };
        let sql = format!("SELECT id, number FROM {many}_{version} {shown} ORDER BY number");
        for row in house.store().read(&sql, vec![]).await.unwrap() {
            street.push(format!("/{one}/{}", row.int(1)));
            desk.extend(pages.iter().map(|page| format!("/desk/{many}/{}{page}", row.id(0))));
        }
    }
    let of_window =
        ["1", "2", "1/what-if", "1/memo", "2/apply", "1/question.json", "1/result.json"];
    street.extend(of_window.map(|page| format!("/money/{page}")));
    street.extend(["", "/application", "/payment/1", "/payment/2"].map(|p| format!("/money{p}")));
    desk.extend(["/desk/money".to_owned(), "/desk/money/new".to_owned()]);
    for (one, table, pages) in [
        ("money", "windows_1", &["", "/terms", "/share"][..]),
        ("application", "applications_2", &[""]),
    ] {
        let sql = format!("SELECT id FROM {table} WHERE number > 0");
        for row in house.store().read(&sql, vec![]).await.unwrap() {
            desk.extend(pages.iter().map(|page| format!("/desk/{one}/{}{page}", row.id(0))));
        }
    }
    for (path, table) in [("offers", "offers_2"), ("stock", "lots_2"), ("waybills", "waybills_2")] {
        let rows = house.store().read(&format!("SELECT id FROM {table}"), vec![]).await.unwrap();
        desk.extend(rows.iter().map(|row| format!("/desk/{path}/{}", row.id(0))));
    }
    for page in ["s", "/1", "/2", "/2/vote", "/1/check"] {
        street.push(format!("/ballot{page}"));
    }
    let rounds = "SELECT id FROM ballot_rounds_1 ORDER BY number";
    for row in house.store().read(rounds, vec![]).await.unwrap() {
        desk.extend(["", "/paper"].map(|page| format!("/desk/ballots/{}{page}", row.id(0))));
    }
    (street, desk)
}

#[tokio::test(flavor = "multi_thread")]
async fn people_advice_and_goods_are_exchanged() {
    use rooms::resources::{matching, queries};
    let folder = tempfile::tempdir().unwrap();
    let (node, phones) = seeded(&folder).await;
    let house = &node.house;
    let masons = queries::offers(house, (Some("mason"), None), None).await.unwrap();
    let [mason] = masons.as_slice() else { panic!("{masons:?}") };
    assert!(mason.is_vouched() && mason.voice.is_some(), "a neighbour, by SMS");
    assert_eq!(mason.takes.iter().map(|part| &*part.status).collect::<Vec<_>>(), ["committed"]);
    let told = phones.on_screen(&demo_number(97));
    assert!(told.iter().any(|message| !message.own && message.words.contains("R-1")), "is told");
    let advised = listed(house, "SELECT status FROM advice_1").await;
    assert_has(&advised, &["accepted", "declined"]);
    let sql = "SELECT amount - came FROM waybills_2 WHERE difference IS NOT NULL";
    let short = house.store().read_one(sql, vec![]).await.unwrap().unwrap();
    assert!(short.int(0) > 0, "a waybill came with a difference");
    let open = matching::propose_all(house).await.unwrap().unserved;
    let unmet = queries::request_by_number(house, 4).await.unwrap().unwrap();
    assert!(open.iter().any(|one| one.request == unmet.id), "nobody offers a midwife");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_vote_on_projects_is_over_and_can_be_recounted_and_one_is_open() {
    let folder = tempfile::tempdir().unwrap();
    let (node, _) = seeded(&folder).await;
    let house = &node.house;
    let of = async |number| ballots::queries::by_number(house, number).await.unwrap().unwrap();
    let (over, open) = (of(1).await, of(2).await);
    assert_eq!((over.status(house.now_ms()), open.status(house.now_ms())), ("final", "open"));
    let json = ballots::queries::bundle(house, over.id).await.unwrap().unwrap();
    let bundle = ::ballots::read(json.as_bytes()).unwrap();
    assert_eq!(::ballots::verify(&bundle).found, vec![]);
    assert_eq!(bundle.outcome.ballots, Some(61));
    assert!(!bundle.outcome.order.is_empty());
    assert!(ballots::queries::bundle(house, open.id).await.unwrap().is_none());
}

#[tokio::test(flavor = "multi_thread")]
async fn every_page_of_the_civic_life_opens_in_every_language() {
    let folder = tempfile::tempdir().unwrap();
    let (node, _) = seeded(&folder).await;
    let app = crate::app::app(node.house.clone(), crate::simulator::routes());
    let (street, desk) = civic_pages(&node.house).await;
    // The facilitator of Tifonten leads assemblies; the steward may see what she may not.
    let mut cookies = Vec::new();
    for name in ["nadege", STEWARD] {
        let token = people::sign_in(&node.house, name, super::PASSPHRASE).await.unwrap();
        let cookie = people::cookie(&token, false);
        cookies.push(cookie.split(';').next().unwrap().to_owned());
    }
    let ask = async |path: &str, cookie: &str| {
        let request = Request::get(path).header(header::COOKIE, cookie).body(Body::empty());
        app.clone().oneshot(request.unwrap()).await.unwrap().status()
    };
    for lang in page::Lang::ALL.map(|lang| lang.code().to_owned()) {
        for path in &street {
            let said = ask(&format!("{path}?lang={lang}"), "").await;
            assert_eq!(said, StatusCode::OK, "{path} in {lang}");
        }
        for path in &desk {
            let path = format!("{path}?lang={lang}");
            let mut said = ask(&path, &cookies[0]).await;
            if said == StatusCode::FORBIDDEN {
                said = ask(&path, &cookies[1]).await;
            }
            assert_eq!(said, StatusCode::OK, "{path}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_real_city_is_never_opened_as_the_demo() {
    let folder = tempfile::tempdir().unwrap();
    let clock = DemoClock::default();
    let place = Place { now: clock.now(), ..Place::new(folder.path(), None) };
    let node = node::open(&place).await.unwrap();
    let words = places::CityWords {
        name: "Lavil".to_owned(),
        country: "HTI".to_owned(),
        languages: vec![page::Lang::Ht],
        emergency: "114".to_owned(),
        sms_number: String::new(),
        offset_minutes: 0,
        demo: false,
    };
    places::name_city(&node.house, words, None).await.unwrap();
    let refused = seed(&node, &clock, &Phones::default()).await.unwrap_err();
    assert!(refused.downcast_ref::<crate::cli::Refused>().is_some(), "{refused:#}");
    let said = format!("{refused:#}");
    assert!(said.contains("Lavil") && said.contains("--data"), "{said}");
    assert!(!people::has_steward(&node.house).await.unwrap(), "nothing of the demo was written");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_money_of_the_city_is_shared_out_so_that_anybody_can_check_it() {
    use clap::Parser;

    #[derive(Parser)]
    struct Line {
        #[command(flatten)]
        allocate: crate::commands::allocate::Allocate,
    }

    let folder = tempfile::tempdir().unwrap();
    let (node, _) = seeded(&folder).await;
    let house = &node.house;
    let window = rooms::funds::by_number(house, 1).await.unwrap().unwrap();
    let shared = window.shared.clone().unwrap();
    let given: i64 = shared.shares.iter().map(|share| share.amount_minor).sum();
    assert_eq!(given, shared.ready_minor, "all of it is shared out");
    assert!(shared.lines.iter().any(|line| line.risk_tenths.is_none()), "a risk is missing");
    let put = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path.to_string_lossy().into_owned()
    };
    let checked = |result: &str| {
        let (question, result) =
            (put("question.json", &shared.question), put("result.json", result));
        let line = Line::try_parse_from(["allocate", "--check", &question, &result]).unwrap();
        line.allocate.run().unwrap()
    };
    assert_eq!(checked(&shared.result), 0, "the published files pass the check");
    let (line, share) = (&shared.lines[1], &shared.shares[1]);
    let said = |amount: i64| format!("\"{}\":{amount},", line.name);
    let other = shared.result.replace(&said(share.amount_minor), &said(share.amount_minor + 1));
    assert_ne!(other, shared.result);
    assert_ne!(checked(&other), 0, "one cent more for one area is found");

    let purse = rooms::funds::purse(house, window.id).await.unwrap();
    assert!(purse.balances() && purse.aside.is_empty(), "{:?}", purse.aside);
    let states = purse.states();
    assert!(states.confirmed > 0 && states.confirmed < states.spent, "{states:?}");
    let red = rooms::funds::red_pledges(house).await.unwrap();
    assert_eq!(red.len(), 1);
    assert!(red[0].1.reply.is_some(), "whoever is waited for has said why");
    let neglected = rooms::funds::neglected(house).await.unwrap();
    assert_eq!(neglected.len(), 24, "the four of the window, and all whose risk was measured");
    let (purse, payment) = rooms::funds::payment(house, 1).await.unwrap().unwrap();
    let needs = &purse.allocation(payment.asked.application).unwrap().of.needs;
    // One voice of this need was forgotten; it is counted still.
    let voices = rooms::needs::public_counts(house, needs[0]).await.unwrap().voices;
    assert!(voices >= 5, "at least five voices asked for what payment 1 paid: {voices}");
}
