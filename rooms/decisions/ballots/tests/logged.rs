//! The log by its address, receipts by SMS and of paper, and an appeal without an account.

use ballots::Watch;
use record::Id;

use super::super::{acts, queries, tend};
use super::home::{home_on, homes};

const MARLENE: &str = "+50937000001";

#[tokio::test(flavor = "multi_thread")]
async fn whoever_watched_the_log_sees_that_nothing_was_taken_out() {
    for home in homes().await {
        let (id, cards) = home.open(24).await;
        let look = |path: &'static str| {
            let home = &home;
            async move { serde_json::from_str::<Watch>(&home.page("", path).await).expect("JSON") }
        };
        let empty = look("/ballot/1/log.json").await;
        assert_eq!((empty.to.size, empty.heads.len()), (0, 1));
        for card in &cards {
            home.cast(id, card, &[1]).await.expect("cast");
        }
        tend(&home.house).await.expect("tended");
        let half = look("/ballot/1/log.json").await;
        assert_eq!((half.from.size, half.to.size, half.heads.len()), (0, 14, 2));
        let bundle = home.result(id).await;
        let proof = look("/ballot/1/log.json?from=14&to=24").await;
        assert!(!proof.proof.is_empty());
        for watch in [empty, half, proof] {
            assert_eq!(watch.against(&bundle), vec![]);
        }
        for wrong in ["from=3&to=25", "from=9&to=8"] {
            let path = format!("/ballot/1/log.json?{wrong}");
            let (status, _, body) = home.asks("", &path, None).await;
            assert_eq!((status, body.contains("ballot-log-sizes")), (422, true), "{body}");
        }
        assert_eq!(home.asks("", "/ballot/9/log.json", None).await.0, 404);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_ballot_by_sms_has_a_receipt_that_the_page_takes() {
    for home in homes().await {
        let (_, cards) = home.open(1).await;
        let replies = home.sms(MARLENE, &format!("V1 {} 1", cards[0])).await;
        let words = replies[0].split_whitespace().map(|word| word.trim_end_matches('.'));
        let hex = |word: &&str| word.len() == 16 && word.bytes().all(|b| b.is_ascii_hexdigit());
        let receipt = words.into_iter().find(hex).expect("a receipt").to_owned();
        let page = home.page("", &format!("/ballot/1/check?lang=en&receipt={receipt}")).await;
        assert!(page.contains("This ballot is in the box"), "{page}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_batch_of_paper_has_a_public_receipt_without_a_small_number() {
    for home in homes().await {
        let (id, cards) = home.open(12).await;
        for (from, to) in [(0, 6), (6, 9)] {
            let lines: Vec<String> = cards[from..to].iter().map(|c| format!("{c} 1")).collect();
            let batch = Id::fresh(home.house.now_ms());
            for who in ["nadege", "ines"] {
                let text = lines.join("\n");
                let typed = acts::type_paper(&home.house, id, batch, &text, home.hand(who));
                typed.await.expect("typed");
            }
        }
        let page = home.page("", "/ballot/1?lang=en").await;
        let desk = home.page("nadege", &format!("/desk/ballots/{id}/paper?lang=en")).await;
        for paper in queries::papers(&home.house, id).await.expect("read") {
            let digest = ballots::Hex(paper.taken.expect("taken").digest).to_string();
            assert!(page.contains(&digest) && desk.contains(&digest), "{digest}: {page}");
        }
        assert!(page.contains("fewer than 5"), "three papers are not counted out: {page}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn anybody_appeals_without_an_account_and_not_too_often() {
    for home in homes().await {
        let (id, cards) = home.open(12).await;
        let send = |words: &'static str| {
            let home = &home;
            let form = format!("why={words}");
            async move { home.asks("", "/ballot/1/appeal?lang=en", Some(&form)).await }
        };
        assert_eq!(send("Too+early").await.0, 409);
        for card in &cards {
            home.cast(id, card, &[1]).await.expect("cast");
        }
        home.result(id).await;
        assert!(home.page("", "/ballot/1?lang=en").await.contains("/ballot/1/appeal"));
        let (status, _, body) = send("Call+%2B509+3700+0001").await;
        assert_eq!((status, body.contains("Call +509 3700 0001")), (422, true), "{body}");
        let (status, to, body) = send("The+hall+was+locked").await;
        assert_eq!((status, to.starts_with("/ballot/1")), (303, true), "{body}");
        let page = home.page("", "/ballot/1?lang=en").await;
        assert!(page.contains("/ballot/1/appeal"), "others may too");
        for _ in 0..3 {
            assert_eq!(send("Another").await.0, 303);
        }
        assert_eq!(send("Another").await.0, 429, "the sixth of an hour");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_gives_out_cards_is_told_that_codes_went_by_sms() {
    let home = home_on(None).await;
    let id = home.announces(super::home::asked()).await.expect("announced");
    let desk = format!("/desk/ballots/{id}/cards?lang=en");
    assert!(!home.page("rose", &desk).await.contains("went by SMS already"));
    for at in 0..5 {
        home.sms(&format!("+5093711{at:04}"), &format!("Nou bezwen dlo nan lari {at}")).await;
    }
    let batch = Id::fresh(home.house.now_ms());
    acts::send(&home.house, id, batch, home.hand("rose")).await.expect("sent");
    assert!(home.page("rose", &desk).await.contains("5 codes went by SMS already"));
}
