//! A vote leads somewhere: voices become a need, a round of ballots is announced for it with who
//! decides and by which law, people vote on the page and by SMS, anybody recounts the published
//! result, and once it is final it is a decision that the need, the vote and a task lead to. Over
//! HTTP and SMS, on SQLite and on PostgreSQL, by a clock that the story moves.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a failing story is a failing test"
)]

use rooms::decisions::ballots::Card;
use rooms::door::House;
use stories::bele::{self, City, MARLENE, grouped, heard};
use stories::{Days, Town, Web, towns};

const PROGRAM: &str = env!("CARGO_BIN_EXE_town");
/// Cards that are handed out.
const CARDS: usize = 14;
const PROJECTS: &str = "Two water trucks each morning;1200;Komite dlo;N-1\nLamps on the \
    stairs;1500\nA bench in the shade;900";

async fn member_id(house: &House, name: &str) -> String {
    let all = rooms::people::here(house, None).await.unwrap();
    all.iter().find(|(_, known)| known == name).map(|(id, _)| id.to_string()).unwrap()
}

/// The codes on a page or in a message.
fn codes_in(text: &str) -> Vec<String> {
    let apart = |c: char| c.is_whitespace() || matches!(c, '<' | '>');
    let words = text.split(apart).map(|word| word.trim_end_matches(['.', ',']));
    words.filter(|word| word.parse::<Card>().is_ok()).map(str::to_owned).collect()
}

/// The authority of the place, for which Nadège speaks, and its mandate on a law.
async fn authority(house: &House) -> String {
    let area = rooms::places::atlas(house).by_text("Bèlè").first().map(|area| area.id);
    let body = rooms::people::form_body(house, "Meri Bèlè", "authority", area, None).await.unwrap();
    let nadege = member_id(house, "nadege").await.parse().unwrap();
    rooms::people::set_membership(house, body, nadege, true, None).await.unwrap();
    bele::mandate(house, body).await;
    body.to_string()
}

/// The round is announced; everybody reads who decides, and which need a project answers.
async fn announced(city: &City, house: &House, decides: &str, days: &Days) -> String {
    let nadege = city.member("nadege").await;
    let (opens, closes) = (days.day(2), days.day(5));
    let (registrar, keeper) = (member_id(house, "ines").await, member_id(house, "wilner").await);
    let right = format!("{decides} Water points");
    let asked = [
        ("question", "What shall the money for water do first in Bèlè?"),
        ("projects", PROJECTS),
        ("budget", "2400"),
        ("currency", "USD"),
        ("who", "Everybody of sixteen and more who lives there"),
        ("area", "Bèlè"),
        ("right", &right),
        ("kind", "approval"),
        ("choices_max", "2"),
        ("points", "0"),
        ("rule", "mes_cost_add1u"),
        ("tie", "list"),
        ("opens_day", &opens),
        ("opens_hour", "08:00"),
        ("closes_day", &closes),
        ("closes_hour", "18:00"),
        ("publication", "full"),
        ("appeal_days", "3"),
        ("registrar", &registrar),
        ("keeper", &keeper),
    ];
    let unknown = PROJECTS.replace("N-1", "N-99");
    let wrong: Vec<(&str, &str)> = asked
        .iter()
        .map(|(name, said)| (*name, if *name == "projects" { unknown.as_str() } else { said }))
        .collect();
    let refused = nadege.post("/desk/ballots?lang=en", &wrong).await;
    assert!(refused.body.contains("There is no public need N-99"), "{}", refused.plain());
    let round = nadege.post("/desk/ballots?lang=en", &asked).await.moved();
    let page = city.street.get("/ballot/1?lang=en").await;
    for said in ["By-law 12/2026", "Meri Bèlè", "/need/1", "binding"] {
        assert!(page.body.contains(said), "{said}: {}", page.plain());
    }
    round
}

/// Cards by hand, and codes by SMS to those who spoke.
async fn handed_out(city: &City, round: &str) -> (Vec<String>, String) {
    let ines = city.member("ines").await;
    let form = ines.get(&format!("{round}/cards?lang=en")).await;
    let batches = form.body.split("name=\"batch\" value=\"").skip(1);
    let batches: Vec<&str> = batches.filter_map(|rest| rest.get(..26)).collect();
    assert!(batches.len() > 1, "{}", form.body);
    let n = CARDS.to_string();
    let print = [("batch", batches[0]), ("n", n.as_str()), ("area", "Bèlè")];
    let sheet = ines.post(&format!("{round}/cards?lang=en"), &print).await;
    let cards = codes_in(&sheet.body);
    assert_eq!(cards.len(), CARDS, "{}", sheet.plain());
    ines.post(&format!("{round}/sms?lang=en"), &[("batch", batches[1])]).await.moved();
    let told = city.phone(MARLENE).receives("V1:").await;
    let code = codes_in(&told).into_iter().next();
    (cards, code.unwrap_or_else(|| panic!("no code in {told}")))
}

/// Most vote for the water on the page; Marlène by SMS. Gives the receipt of hers.
async fn voted(city: &City, cards: &[String], code: &str) -> String {
    for (n, card) in cards.iter().enumerate() {
        let other = if n % 2 == 0 { "p02" } else { "p03" };
        let ticks = [("code", card.as_str()), ("p01", "yes"), (other, "yes")];
        let sent = city.street.post("/ballot/1/vote?lang=en", &ticks).await;
        assert_eq!(sent.moved(), "/ballot/1/check", "{}", sent.plain());
    }
    let answer = city.phone(MARLENE).ask(&format!("V1 {code} 1 2")).await;
    assert!(answer.contains("V-1") && !answer.contains(code), "{answer}");
    let mut words = answer.split_whitespace().map(|word| word.trim_end_matches('.'));
    let hex = |word: &&str| word.len() == 16 && word.bytes().all(|b| b.is_ascii_hexdigit());
    words.find(hex).unwrap_or_else(|| panic!("no receipt in {answer}")).to_owned()
}

/// The keeper counts, and anybody recounts what is published.
async fn recounted(town: &Town, city: &City, round: &str, receipt: &str) {
    let folder = town.data.parent().unwrap();
    let written = |name: &str, text: &str| {
        let file = folder.join(name);
        std::fs::write(&file, text).unwrap();
        file.to_str().unwrap().to_owned()
    };
    let watched = city.street.get("/ballot/1/log.json").await;
    let log = written("log.json", &watched.body);
    let wilner = city.member("wilner").await;
    wilner.post(&format!("{round}/count?lang=en"), &[]).await.moved();
    let page = city.street.get("/ballot/1?lang=en").await;
    assert!(page.body.contains("15 ballots were counted"), "{}", page.plain());
    let bundle = city.street.get("/ballot/1/result.json").await;
    let run = |args: &[&str]| {
        let output = std::process::Command::new(PROGRAM).args(args).output().unwrap();
        (output.status.code(), String::from_utf8_lossy(&output.stdout).into_owned())
    };
    let verify = |json: &str| {
        run(&["verify-result", &written("V-1.json", json), "--log", &log, "--receipt", receipt])
    };
    let (code, told) = verify(&bundle.body);
    assert_eq!(code, Some(0), "{told}");
    assert!(told.contains("of 15 in the log"), "{told}");
    assert!(told.contains("the log still begins as it stood"), "{told}");
    assert!(told.contains("the result binds, by By-law 12/2026"), "{told}");
    let (code, told) = verify(&bundle.body.replacen("\"budget_minor\":2", "\"budget_minor\":3", 1));
    assert_eq!(code, Some(5), "{told}");
    assert!(told.contains("Wrong at rules"), "{told}");
    // Other programs count the published ballots to the same end.
    let file = city.street.get("/ballot/1/result.pb").await.body;
    let said = |key: &str| {
        let lines = file.lines().filter_map(|line| line.split_once(';'));
        lines.into_iter().find(|(name, _)| *name == key).map(|(_, value)| value.to_owned()).unwrap()
    };
    let (rule, step) = (said("rule"), said("step"));
    let file = written("V-1.pb", &file);
    let (code, told) = run(&["count", &file, "--rule", &rule, "--step", &step, "--json"]);
    assert_eq!(code, Some(0), "{told}");
    let json = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap();
    assert_eq!(json(&told)["order"], json(&bundle.body)["outcome"]["order"], "{told}");
}

/// The final result is a decision, once; the way leads on and back.
async fn decided(city: &City, round: &str, committee: &str, days: &Days) {
    let nadege = city.member("nadege").await;
    let due = days.day(30);
    let said = [
        ("short", "2 kamyon dlo chak maten"),
        ("reasons", "Most who voted chose the water."),
        ("promise_body", committee),
        ("promise_what", "De kamyon dlo dèyè legliz la"),
        ("promise_day", due.as_str()),
    ];
    let decide = format!("{round}/decide?lang=en");
    let early = nadege.post(&decide, &said).await;
    assert_eq!(early.status, 409, "one may still appeal: {}", early.plain());
    days.pass(4);
    let nadege = city.member("nadege").await;
    nadege.post(&decide, &said).await.moved();
    let again = nadege.post(&decide, &said).await;
    assert!(again.body.contains("is a decision already"), "{}", again.plain());
    for (path, way) in [
        ("/ballot/1?lang=en", "/decision/1"),
        ("/decision/1?lang=en", "/ballot/1"),
        ("/decision/1?lang=en", "/need/1"),
        ("/need/1?lang=en", "/decision/1"),
    ] {
        let page = city.street.get(path).await;
        assert!(page.body.contains(way), "{path} leads to {way}: {}", page.plain());
        assert!(!page.body.contains("zaboka") && !page.body.contains("3700000"), "{path}");
    }
    let decision = city.street.get("/decision/1?lang=en").await;
    assert!(decision.body.contains("Binding, by By-law 12/2026"), "{}", decision.plain());
    assert!(decision.body.contains("Two water trucks each morning"), "{}", decision.plain());
    let told = city.phone(MARLENE).receives("2 kamyon dlo").await;
    assert!(words::sms_length(&told).parts == 1, "{told}");
}

/// What was promised with it is taken up like any other promise.
async fn taken_up(city: &City, code: &str) {
    let yolande = city.member("yolande").await;
    let waits = yolande.get("/desk/decisions?lang=en").await;
    let ids = waits.body.split("/desk/decisions/").skip(1).filter_map(|rest| rest.get(..26));
    let id = ids.into_iter().find(|id| id.parse::<record::Id>().is_ok());
    let id = id.unwrap_or_else(|| panic!("{}", waits.plain()));
    let task = yolande.post("/desk/tasks/promise?lang=en", &[("decision", id)]).await.moved();
    assert!(task.starts_with("/desk/tasks/"), "{task}");
    let follow = city.street.get(&format!("/follow/{code}?lang=en")).await;
    assert!(follow.body.contains("D-1"), "{}", follow.plain());
}

async fn story(town: &Town) {
    town.settle().await;
    let node = town.open().await;
    let (_, committee) = bele::bodies(&node.house).await;
    let days = Days::default();
    let web: Web = town.serve_by(&days).await;
    let city = City { street: web.clone(), desk: web };
    let code = heard(&city).await;
    grouped(&city, &committee).await;
    let decides = authority(&node.house).await;
    let round = announced(&city, &node.house, &decides, &days).await;
    let (cards, by_sms) = handed_out(&city, &round).await;
    days.pass(3);
    let receipt = voted(&city, &cards, &by_sms).await;
    days.pass(3);
    recounted(town, &city, &round, &receipt).await;
    decided(&city, &round, &committee, &days).await;
    taken_up(&city, &code).await;
    let (status, out, err) = town.command(&["verify"]);
    assert_eq!(status, 0, "{out}{err}");
}

#[test]
fn a_vote_on_projects_leads_from_a_need_to_a_decision_and_back() {
    for town in towns(PROGRAM) {
        // A runtime of its own for each town: with it the node stops.
        let runtime = tokio::runtime::Runtime::new().unwrap();
        runtime.block_on(story(&town));
    }
}
