//! Money in files that others read: each step once, its sums those of the purse, sound by the rules
//! of whoever reads it, and nobody in it who did not give or receive in the name of a body.

use std::collections::{HashMap, HashSet};

use exchange::lines::{Line, Step, read_lines};
use exchange::{Currency, Day, Moment, fts, iati};
use page::{Lang, Tongue};
use record::Id;

use super::home::{Home, home, homes, pledge, yes};
use crate::funds::acts::Act;
use crate::funds::records::{
    Given, PurseCommitted, PursePaidIn, PursePledged, PurseReleased, PurseReturned, PurseSpent,
    PurseWithdrawn,
};
use crate::funds::telling::{Books, Reporting, books};

/// A window in which everything happened once: given, withdrawn, handed on, spent, returned.
async fn moved(home: &Home) -> Id {
    let window = home.window(|terms| terms.women_led_percent = 0).await;
    home.filled(window, 600_000).await;
    let more = crate::funds::records::PursePledged {
        given: crate::funds::records::Given {
            amount_minor: 90_000,
            currency: "USD".to_owned(),
            rate_digits: 1,
            rate_scale: 0,
            rate_day: 20_000,
        },
        ..pledge(90_000, home.today() + 30)
    };
    home.keeps(window, Act::Pledge(more)).await;
    let instrument = "Letter".to_owned();
    let signed = PurseCommitted { pledge: 2, amount_minor: 30_000, instrument };
    home.keeps(window, Act::Commit(signed)).await;
    let withdrawn = PurseWithdrawn { pledge: 2, amount_minor: 10_000, reason: "Cut.".to_owned() };
    home.keeps(window, Act::Withdraw(withdrawn)).await;
    home.pass(2);
    let women = home.applies(window, Some(home.women), 400_000, "Pelikan").await;
    home.pass(10);
    home.scores(women, "Ines", [4, 3]).await;
    let mut verdict = yes(400_000);
    verdict.departs = "The pump cannot wait.".to_owned();
    assert_eq!(home.decides(women, verdict).await, Ok(()));
    home.pass(5);
    let payment = home.pays(window, 1, 250_000).await;
    let spent = PurseSpent {
        payment,
        amount_minor: 200_000,
        supplier: "Depo dlo".to_owned(),
        local: true,
        bill: "F 12".to_owned(),
        what: "=Water, for \"six\" days".to_owned(),
        day: home.today(),
        ..PurseSpent::default()
    };
    home.keeps(window, Act::Spend(spent)).await;
    let reason = "The sixth day was dry.".to_owned();
    let back = PurseReturned { payment, amount_minor: 20_000, reason };
    home.keeps(window, Act::GiveBack(back)).await;
    let reason = "Not needed.".to_owned();
    let released = PurseReleased { application: 1, amount_minor: 50_000, reason };
    home.keeps(window, Act::Release(released)).await;
    window
}

async fn told(home: &Home) -> Books {
    let t = Tongue::new(Lang::En, home.house.texts());
    books(&home.house, t).await.expect("read")
}

fn sum(lines: &[Line], of: impl Fn(&Line) -> bool) -> i64 {
    lines.iter().filter(|line| of(line)).map(|line| line.money.minor).sum()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_step_is_a_line_once_and_children_are_never_more_than_their_parent() {
    for home in homes().await {
        let window = moved(&home).await;
        let table = told(&home).await.lines().expect("told");
        let (lines, left_out) = read_lines(table.as_bytes()).expect("read again");
        assert!(left_out.is_empty());
        let ids: HashSet<&str> = lines.iter().map(|line| line.flow.as_str()).collect();
        assert_eq!(ids.len(), lines.len(), "{table}");
        let states = home.purse(window).await.states();
        let step = |step: Step| sum(&lines, |line| line.step == step);
        assert_eq!(step(Step::Pledged), states.pledged, "{table}");
        assert_eq!(step(Step::Committed), states.committed);
        let handed_on = |line: &Line| line.step == Step::Disbursed && line.to.name != "Port Kilima";
        let back = step(Step::Returned);
        assert_eq!(sum(&lines, handed_on) - back, states.disbursed, "{table}");
        assert_eq!(step(Step::Spent), states.spent);
        let parents: HashMap<&str, i64> =
            lines.iter().map(|line| (line.flow.as_str(), line.money.minor)).collect();
        for line in &lines {
            let Some(parent) = &line.part_of else { continue };
            let own = |of: &Line| of.part_of.as_ref() == Some(parent) && of.step == line.step;
            let parent = parents.get(parent.as_str()).copied().expect("a parent that is told");
            assert!(sum(&lines, own) <= parent, "{line:?}");
        }
        assert!(lines.iter().any(|line| line.to.name == "Fanm Pelikan"));
        for nobody in ["Wilner", "Nadège", "Ines"] {
            assert!(!table.contains(nobody), "a member is named: {table}");
        }
        // The same flow keeps its id, whatever happens later.
        home.pays(window, 1, 10_000).await;
        let later = told(&home).await.lines().expect("told");
        assert!(table.lines().all(|line| later.contains(line)), "{later}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn iati_is_sound_by_its_own_rules_and_says_what_is_lacking() {
    let home = home().await;
    moved(&home).await;
    let generated = Moment::of_epoch_ms(home.house.now_ms()).expect("a day");
    let by = |reporter: &str, country: &str| Reporting {
        reporter: reporter.to_owned(),
        country: country.to_owned(),
        language: "en".to_owned(),
        generated,
        today: home.today(),
    };
    let books = told(&home).await;
    let file = books.iati(&by("HT-COA-7", "HT")).expect("told");
    assert_eq!(file.activities, 1);
    let report = iati::check(file.file.as_bytes(), generated.day).expect("readable");
    assert!(report.is_sound(), "{:?}", report.findings);
    for part in ["<provider-org", "Fanm Pelikan", "HT-COA-7-W1", "code=\"3\""] {
        assert!(file.file.contains(part), "{part}: {}", file.file);
    }
    assert!(!file.file.contains("Depo dlo"), "what the women spend is theirs to report");
    let lacks = books.iati(&by("", "Haiti")).expect_err("no reporter").to_string();
    assert!(lacks.contains("country") && lacks.lines().count() > 1, "{lacks}");
}

#[tokio::test(flavor = "multi_thread")]
async fn fts_reads_what_came_and_other_currencies_are_named() {
    let home = home().await;
    let window = moved(&home).await;
    home.window(|terms| {
        terms.currency = "HTG".to_owned();
        terms.body = Some(home.committee);
    })
    .await;
    let told = told(&home).await.fts("HTI").expect("told");
    assert_eq!(told.left_out, ["W-2 (HTG)"]);
    let flows = fts::read_flows(told.file.as_bytes()).expect("read again").rows;
    assert_eq!(flows.len(), told.flows);
    let states = home.purse(window).await.states();
    let of = |boundary: fts::Boundary, status: Option<fts::Status>| -> i64 {
        let own = flows.iter().filter(|flow| flow.boundary == boundary);
        let own = own.filter(|flow| status.is_none_or(|status| flow.status == status));
        own.map(|flow| flow.amount_usd_minor).sum()
    };
    assert_eq!(of(fts::Boundary::Incoming, None), states.pledged);
    assert_eq!(of(fts::Boundary::Incoming, Some(fts::Status::Paid)), states.paid_in);
    assert_eq!(of(fts::Boundary::Internal, None), states.allocated);
    assert_eq!(of(fts::Boundary::Internal, Some(fts::Status::Paid)), states.disbursed);
    assert!(flows.iter().all(|flow| flow.date <= Day::of_epoch(home.today()).expect("a day")));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_came_in_another_currency_is_told_as_it_came_on_the_day_it_came() {
    let home = home().await;
    let window = home.window(|terms| terms.mechanism = "in_kind".to_owned()).await;
    let (today, currency) = (home.today(), "EUR".to_owned());
    let given =
        Given { amount_minor: 10_000, currency, rate_digits: 110, rate_scale: 2, rate_day: 20_000 };
    let promised = PursePledged { given: given.clone(), ..pledge(0, today + 30) };
    home.keeps(window, Act::Pledge(promised)).await;
    let instrument = "Letter".to_owned();
    let signed = PurseCommitted { pledge: 1, amount_minor: 11_000, instrument };
    home.keeps(window, Act::Commit(signed)).await;
    let came = Given { amount_minor: 6_000, rate_digits: 120, ..given };
    let came = PursePaidIn { pledge: 1, day: today - 3, given: Some(came), ..Default::default() };
    home.keeps(window, Act::PayIn(came)).await;
    let books = told(&home).await;
    let file = books.fts("HTI").expect("told").file;
    let flows = fts::read_flows(file.as_bytes()).expect("read again").rows;
    let told: Vec<_> = flows
        .iter()
        .map(|flow| (flow.status, flow.amount_usd_minor, flow.original.amount_minor))
        .collect();
    let paid = (fts::Status::Paid, 7_200, Some(6_000));
    assert_eq!(told, [paid, (fts::Status::Commitment, 4_400, Some(4_000))]);
    assert!(flows.iter().all(|flow| flow.contribution == "in kind"));
    let (lines, _) = read_lines(books.lines().expect("told").as_bytes()).expect("read");
    let sum = |step: Step| -> i64 {
        let own = lines.iter().filter(|line| line.step == step);
        own.map(|line| line.money.minor).sum()
    };
    assert_eq!((sum(Step::Pledged), sum(Step::Disbursed)), (11_600, 7_200));
    let came = lines.iter().find(|line| line.step == Step::Disbursed).expect("it came");
    assert_eq!(came.day, Day::of_epoch(today - 3).expect("a day"));
    let ids: HashSet<&str> = lines.iter().map(|line| line.flow.as_str()).collect();
    assert_eq!(ids.len(), lines.len(), "each step has an id of its own");
}

#[tokio::test(flavor = "multi_thread")]
async fn anybody_takes_the_table_away_from_the_page_of_money() {
    let home = home().await;
    let (status, _, empty) = home.asks(None, "/money/flows.csv", None).await;
    assert_eq!((status, empty.lines().count()), (200, 1), "the columns alone");
    moved(&home).await;
    let (_, _, page) = home.asks(None, "/money?lang=en", None).await;
    assert!(page.contains("/money/flows.csv"), "{page}");
    let (_, _, table) = home.asks(None, "/money/flows.csv", None).await;
    let (_, _, none) = home.asks(None, "/money/flows.csv?before=1", None).await;
    assert_eq!(none, empty, "the newest windows first, and below the first there is none");
    assert!(read_lines(table.as_bytes()).is_ok_and(|(lines, _)| lines.len() > 8), "{table}");
}

#[test]
fn amounts_have_the_same_digits_on_pages_and_in_files() {
    for code in ["USD", "EUR", "HTG", "UGX", "XOF", "XAF", "JPY", "KWD", "TND", "CDF", "KES"] {
        let currency: Currency = code.parse().expect("known");
        let (_, rest) = crate::people::minor_parts(1, code);
        assert_eq!(rest.len(), usize::from(currency.decimals()), "{code}");
    }
}
