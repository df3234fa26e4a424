//! What others reported, on both engines: the published tables come to their totals to the cent,
//! bringing a table again changes nothing, an old one replaces nothing, and what is taken back is
//! gone from every sum.

use exchange::fts::{Flow, PlanRow, Totals, read_flows, read_plans};
use page::Lang;

use super::home::{Home, home, homes};
use crate::door::{House, Trouble};
use crate::funds::reported::{
    FLOWS_MAX, Taken, flows, plans, reported, take_back_flows, take_flows, take_plans,
};

const HEAD: &str = "date,description,amountUSD,srcOrganization,destPlan,destPlanId,\
    destOrganization,destGlobalClusters,destLocations,boundary,onBoundary,status,id,updatedAt";

fn read(rows: &[&str]) -> Vec<Flow> {
    let table = format!("{HEAD}\n{}\n", rows.join("\n"));
    read_flows(table.as_bytes()).expect("a sound table").rows
}

/// Five flows of two countries: paid, signed for, promised, shared, handed on.
fn five() -> Vec<Flow> {
    read(&[
        "2026-03-01,Water,1000.50,\"Luz, Government of\",HTI 2026,9,Fanm,Water,HTI,\
         incoming,single,paid,1,2026-03-02",
        "2026-03-01,,200,,,,Fanm,,HTI,incoming,single,commitment,2,2026-03-02",
        "2026-03-01,,30,Luz,HTI 2026,9,Fanm,Water,HTI,incoming,single,pledge,3,2026-03-02",
        "2026-03-01,,4,Luz,,,Fanm,Health,\"HTI,DOM\",incoming,shared,paid,4,2026-03-02",
        "2026-03-01,,500,Fund,,,Fanm,Water,HTI,internal,single,paid,5,2026-03-02",
    ])
}

async fn get(home: &Home, path: &str) -> String {
    let (status, _, body) = home.asks(None, path, None).await;
    assert_eq!(status, 200, "{path}: {body}");
    body
}

fn taken(new: usize, changed: usize, older: usize, same: usize) -> Taken {
    Taken { new, changed, older, same }
}

async fn take(house: &House, flows: &[Flow]) -> Taken {
    take_flows(house, flows).await.expect("taken")
}

#[tokio::test(flavor = "multi_thread")]
async fn flows_are_known_by_their_ids_and_the_later_version_stands() {
    for home in homes().await {
        let house = &home.house;
        assert_eq!(take(house, &five()).await, taken(5, 0, 0, 0));
        assert_eq!(take(house, &five()).await, taken(0, 0, 0, 5));
        let all = reported(house).await.unwrap();
        assert_eq!((all.flows, all.funded(), all.incoming()), (5, 120_050, 123_450));
        let class = ["paid", "commitment", "pledge", "shared", "internal"].map(|of| all.class(of));
        assert_eq!(class, [100_050, 20_000, 3_000, 400, 50_000]);
        assert_eq!(all.from[""], 20_000, "nobody is named, and nothing is lost");
        assert_eq!(all.clusters["Water"], 100_050);

        let row = |amount: &str, day: &str| {
            read(&[&format!(
                "2026-03-01,Water,{amount},Luz,,,Fanm,Water,HTI,incoming,single,paid,1,{day}"
            )])
        };
        assert_eq!(take(house, &row("7", "2026-03-01")).await, taken(0, 0, 1, 0));
        assert_eq!(take(house, &row("7", "2026-04-01")).await, taken(0, 1, 0, 0));
        assert_eq!(reported(house).await.unwrap().class("paid"), 700);

        let gone = &five()[..2];
        assert_eq!(take_back_flows(house, gone).await.unwrap(), taken(0, 2, 0, 0));
        assert_eq!(take_back_flows(house, gone).await.unwrap(), taken(0, 0, 0, 2));
        let all = reported(house).await.unwrap();
        assert_eq!((all.flows, all.funded()), (3, 0));
        assert_eq!(flows(house).await.unwrap().len(), 3);
        assert_eq!(take(house, gone).await, taken(2, 0, 0, 0), "and can be brought again");
        assert_eq!(reported(house).await.unwrap().funded(), 120_050);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_too_much_is_refused_whole() {
    let home = home().await;
    let one = five().remove(0);
    let many = (0..=FLOWS_MAX).map(|n| Flow { id: format!("n{n}"), ..one.clone() });
    let many: Vec<Flow> = many.collect();
    let long = Flow { description: "w".repeat(2_001), ..one.clone() };
    let most = 1_000_000_000_000_000;
    let rich =
        (0..101).map(|n| Flow { id: format!("r{n}"), amount_usd_minor: most, ..one.clone() });
    let rich: Vec<Flow> = rich.collect();
    for (table, code) in [
        (many, "reported-many"),
        (vec![one.clone(), long], "reported-long"),
        (rich, "reported-sum"),
    ] {
        match take_flows(&home.house, &table).await {
            Err(Trouble::Refused(refusal)) => assert_eq!(refusal.code, code),
            other => panic!("{code}: {other:?}"),
        }
        assert_eq!(reported(&home.house).await.unwrap().flows, 0, "{code}: nothing half written");
    }
    let plan =
        read_plans(b"countryCode,id,name,year,requirements,funding\nHTI,9,HTI 2026,2026,1,1\n");
    let plan = plan.unwrap().0.remove(0);
    let many: Vec<PlanRow> =
        (0..2_001).map(|n| PlanRow { name: format!("P{n}"), ..plan.clone() }).collect();
    match take_plans(&home.house, &many).await {
        Err(Trouble::Refused(refusal)) => assert_eq!(refusal.code, "reported-plans-many"),
        other => panic!("{other:?}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_says_what_came_and_whether_plans_agree() {
    for home in homes().await {
        let empty = get(&home, "/money/reported?lang=en").await;
        assert!(empty.contains("Nothing has been brought in yet"), "{empty}");
        assert!(!get(&home, "/money?lang=en").await.contains("/money/reported"));
        take(&home.house, &five()).await;
        let table = "countryCode,id,name,year,requirements,funding,percentFunded\n\
                     HTI,9,HTI 2026,2026,4000,1000.50,25\nHTI,,Not specified,2026,,200,\n";
        let rows = read_plans(table.as_bytes()).unwrap().0;
        assert_eq!(take_plans(&home.house, &rows).await.unwrap(), taken(2, 0, 0, 0));
        assert_eq!(take_plans(&home.house, &rows).await.unwrap(), taken(0, 0, 0, 2));
        let page = get(&home, "/money/reported?lang=en").await;
        for words in [
            "4 flows of money tell of",
            "1,234.50 USD",
            "1,200.50 USD",
            "No plan named",
            "Not specified",
            "Nobody is named",
            "to the cent",
        ] {
            assert!(page.contains(words), "{words}: {page}");
        }
        let less = PlanRow { year: 2025, ..rows[0].clone() };
        take_plans(&home.house, &[less]).await.unwrap();
        assert!(get(&home, "/money/reported?lang=en").await.contains("They differ by"));
        for lang in Lang::ALL {
            let page = get(&home, &format!("/money/reported?lang={}", lang.code())).await;
            assert!(!page.contains("reported-"), "{}: a text is missing", lang.code());
        }
        assert!(get(&home, "/money?lang=en").await.contains("/money/reported"));
        let told = get(&home, "/money/reported.csv").await;
        let again = read_flows(told.split("\r\n\r\n").last().unwrap().as_bytes()).unwrap();
        assert_eq!(Totals::of(&again.rows), Totals::of(&five()));
        let taken_again = take(&home.house, &again.rows).await;
        assert_eq!(taken_again, taken(0, 0, 0, 5), "the table read again says the same");
    }
}

/// A published table; none where the data is not at hand.
fn published(name: &str) -> Option<Vec<u8>> {
    let said = std::env::var_os("BARAZA_TRIAL_DATA").filter(|said| !said.is_empty());
    let data = said.map_or_else(
        || concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/data").into(),
        std::path::PathBuf::from,
    );
    if !data.join("funding").is_dir() {
        assert!(std::env::var_os("CI").is_none(), "no trial data in CI");
        eprintln!("BARAZA_TRIAL_DATA has no funding: this trial did not run");
        return None;
    }
    Some(std::fs::read(data.join("funding").join(name)).unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_four_published_tables_come_to_their_totals_to_the_cent() {
    // Whole dollars: everything, funding, pledges, shared; a flow that stands twice counts once.
    let expected: [(&str, i64, i64, i64, i64); 3] = [
        ("afg", 754_117_611, 725_591_299, 0, 28_526_312),
        ("jor", 889_974_329, 714_246_261, 81_128, 175_646_940),
        ("pse", 405_982_143, 381_508_179, 29_621, 24_444_343),
    ];
    for home in homes().await {
        let house = &home.house;
        for (of, all, funded, pledged, shared) in expected {
            let name = format!("fts_incoming_funding_{of}_2020.csv");
            let Some(bytes) = published(&name) else { return };
            let rows = read_flows(&bytes).unwrap().rows;
            take(house, &rows).await;
            let told = reported(house).await.unwrap();
            let come = [told.incoming(), told.funded(), told.class("pledge"), told.class("shared")];
            assert_eq!(come, [all, funded, pledged, shared].map(|it| it * 100), "{of}");
            take_back_flows(house, &rows).await.unwrap();
            assert_eq!(reported(house).await.unwrap().incoming(), 0);
        }
        let Some(bytes) = published("fts_incoming_funding_global_2020.csv") else { return };
        let rows = read_flows(&bytes).unwrap().rows;
        assert_eq!(take(house, &rows).await, taken(1_103, 0, 0, 3));
        let told = reported(house).await.unwrap();
        assert_eq!(told.flows, 1_103);
        assert_eq!(told.funded(), 1_821_345_739 * 100);
        let all = told.clusters.values().sum::<i64>();
        assert_eq!(all, told.funded(), "clusters, with what is not specified, make the whole");
        let Some(bytes) = published("fts_requirements_funding_global.csv") else { return };
        take_plans(house, &read_plans(&bytes).unwrap().0).await.unwrap();
        let known = plans(house).await.unwrap();
        assert_eq!(known.iter().filter(|plan| plan.plan.is_none()).count(), 3);
        for country in ["AFG", "JOR", "PSE"] {
            let own = known.iter().filter(|plan| plan.country == country);
            let plans: i64 = own.filter_map(|plan| plan.funded_usd_minor).sum();
            assert_eq!(told.into[country], plans, "{country}");
        }
    }
}
