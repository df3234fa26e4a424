//! A payment walked back: whoever opens the demo city goes from the page of money to a payment, to
//! the decision that asked for it, to the need, to at least so many voices, and forwards to what
//! those who asked say; recomputes the sharing-out from its published files; and takes the money
//! away as IATI, FTS and a plain table. On SQLite, and on PostgreSQL.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a failing story is a failing test")]

use exchange::{Moment, fts, iati, lines};
use stories::{Town, Web, towns};

const PROGRAM: &str = env!("CARGO_BIN_EXE_town");

/// The first address on a page that begins so and goes on with a digit.
fn leads_to(page: &str, begins: &str) -> String {
    let mut found = page.match_indices(begins).map(|(at, _)| &page[at..]);
    let digit = |rest: &&str| rest[begins.len()..].starts_with(|c: char| c.is_ascii_digit());
    let rest = found.find(digit).unwrap_or_else(|| panic!("no way to {begins}: {page}"));
    let end = rest.find(['"', '?', '&', ' ', '>']).unwrap_or(rest.len());
    rest[..end].to_owned()
}

async fn page(web: &Web, path: &str) -> String {
    let answer = web.get(&format!("{path}?lang=en")).await;
    assert_eq!(answer.status, 200, "{path}: {}", answer.plain());
    answer.body
}

/// From the payment to the voices, a click at a time.
async fn walked_back(web: &Web) {
    assert!(page(web, "/").await.contains("/money"), "the front page leads to the money");
    let money = page(web, "/money").await;
    let window = page(web, &leads_to(&money, "/money/")).await;
    assert!(window.contains("<svg"), "the water line is drawn");
    let payment = page(web, "/money/payment/1").await;
    assert!(payment.contains("at least"), "how many voices: {payment}");
    assert!(payment.contains("onfirmed"), "and forwards, to what those who asked say: {payment}");
    let decision = leads_to(&payment, "/decision/");
    let decided = page(web, &decision).await;
    assert!(decided.contains("/money/payment/1"), "and back: {decided}");
    let need = page(web, &leads_to(&payment, "/need/")).await;
    assert!(need.contains("/money/payment/1"), "{need}");
    let unknown = web.get("/money/payment/999").await;
    assert_eq!(unknown.status, 404);
}

/// Anybody recomputes the sharing-out from the two files of the window's page.
async fn recomputed(town: &Town, web: &Web) {
    let folder = town.data.parent().unwrap();
    let files = ["question", "result"].map(|name| folder.join(format!("{name}.json")));
    for (name, file) in ["question", "result"].iter().zip(&files) {
        let answer = web.get(&format!("/money/1/{name}.json")).await;
        std::fs::write(file, answer.body).unwrap();
    }
    let [question, result] = files.each_ref().map(|file| file.to_str().unwrap());
    let run = |question: &str, result: &str| {
        let mut command = std::process::Command::new(PROGRAM);
        command.args(["allocate", "--check", question, result]).output().unwrap()
    };
    let checked = run(question, result);
    let said = String::from_utf8_lossy(&checked.stdout).into_owned();
    let wrong = String::from_utf8_lossy(&checked.stderr).into_owned();
    assert_eq!(checked.status.code(), Some(0), "{said}{wrong}");
    assert!(said.contains("Nothing is wrong"), "{said}");
    // One figure changed, and it is found.
    let whole = std::fs::read_to_string(&files[1]).unwrap();
    let total = whole.split("\"total\":").nth(1).unwrap();
    let total = total.split([',', '}']).next().unwrap();
    let changed = whole.replace(&format!("\"total\":{total}"), "\"total\":1");
    std::fs::write(&files[1], changed).unwrap();
    assert_eq!(run(question, result).status.code(), Some(5));
}

/// What others read.
fn taken_away(town: &Town) {
    let (status, table, err) = town.command(&["export", "lines"]);
    assert_eq!(status, 0, "{err}");
    let (all, _) = lines::read_lines(table.as_bytes()).unwrap();
    assert!(all.iter().any(|line| line.step == lines::Step::Confirmed), "{table}");
    let (status, flows, err) = town.command(&["export", "fts"]);
    assert!(status == 0 || status == 4, "{err}");
    assert!(!fts::read_flows(flows.as_bytes()).unwrap().rows.is_empty(), "{flows}");
    let asked = ["export", "iati", "--reporter", "XM-DAC-99-1", "--country", "HT"];
    let (status, xml, err) = town.command(&asked);
    assert_eq!(status, 0, "{err}");
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    let now = Moment::of_epoch_ms(i64::try_from(now.as_millis()).unwrap()).unwrap();
    let report = iati::check(xml.as_bytes(), now.day).unwrap();
    assert!(report.is_sound() && report.activities > 0, "{:?}", report.findings);
    let (status, _, err) = town.command(&["export", "iati", "--reporter", "", "--country", "H"]);
    assert_eq!(status, 1, "{err}");
    assert!(err.contains("country"), "it says what is lacking: {err}");
}

#[test]
fn a_payment_is_walked_back_to_the_voices_and_recomputed_by_anybody() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    for town in towns(PROGRAM) {
        let running = town.demo();
        runtime.block_on(walked_back(&running.web));
        runtime.block_on(recomputed(&town, &running.web));
        drop(running);
        taken_away(&town);
    }
}
