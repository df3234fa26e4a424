//! Ballots by SMS: one message, one answer that repeats neither code nor choice, and nothing that
//! leads from a number to a ballot.

use super::super::{acts, queries};
use super::home::{Home, asked, code, home_on, homes};
use crate::decisions::ballots::records::BallotRoundAnnounced;

const MARLENE: &str = "+50937000001";

#[tokio::test(flavor = "multi_thread")]
async fn one_sms_is_one_ballot_and_the_answer_says_what_the_gateway_sees() {
    for home in homes().await {
        let (id, cards) = home.open(2).await;
        let text = format!("v1 {} 1 3", cards[0]);
        let replies = home.sms_again(MARLENE, &text, "one").await;
        assert_eq!(replies.len(), 1, "{replies:?}");
        assert!(replies[0].contains("your ballot is in the box"), "{replies:?}");
        assert!(replies[0].contains("gateway"), "{replies:?}");
        assert!(!replies[0].contains(&cards[0].to_string()) && !replies[0].contains(" 3"));
        // The gateway's retry does nothing twice.
        assert!(home.sms_again(MARLENE, &text, "one").await.is_empty());
        assert_eq!(queries::cast(&home.house, id).await.expect("read"), 1);
        home.sms(MARLENE, &format!("V-1 {} 2", cards[0].to_string().replace('-', " "))).await;
        assert_eq!(queries::cast(&home.house, id).await.expect("read"), 2, "the later one counts");
        // Nobody was made for this number, and nothing was heard.
        let sql = "SELECT COUNT(*) FROM claims WHERE space = 'number'";
        let row = home.house.store().read_one(sql, vec![]).await.expect("read").expect("a row");
        assert_eq!(row.int(0), 0);
        let sql = "SELECT COUNT(*) FROM voices_2";
        let row = home.house.store().read_one(sql, vec![]).await.expect("read").expect("a row");
        assert_eq!(row.int(0), 0);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_taken_is_answered_plainly() {
    let home = home_on(None).await;
    let (_, cards) = home.open(1).await;
    let card = cards[0].to_string();
    let check = |text: String, expected: &'static str| {
        let home = &home;
        async move {
            let from = format!("+509370{:05}", text.len() * 7 + expected.len());
            let replies = home.sms(&from, &text).await;
            assert!(replies.len() == 1 && replies[0].contains(expected), "{text}: {replies:?}");
        }
    };
    check(format!("V9 {card} 1"), "do not fit any open vote").await;
    check("V1 K7M4-QX2R-9TWA 1".to_owned(), "do not fit any open vote").await;
    check(format!("V1 {} 1", &card[..13]), "do not fit any open vote").await;
    check(format!("V1 {card}"), "choose 1 to 3").await;
    check(format!("V1 {card} 1 2 3 4"), "choose 1 to 3").await;
    check(format!("V1 {card} 7"), "choose 1 to 3").await;
    check(format!("V1 {card} water"), "choose 1 to 3").await;
    home.at(asked().closes_ms);
    check(format!("V1 {card} 1 2"), "takes no ballots now").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_guesses_by_sms_does_not_get_far() {
    let home = home_on(None).await;
    let (id, cards) = home.open(1).await;
    for n in 0..12u8 {
        let wrong = super::super::Card::from_chance([n + 1; 7]);
        let replies = home.sms(MARLENE, &format!("V1 {wrong} 1")).await;
        assert!(replies[0].contains("do not fit"), "{n}: {replies:?}");
    }
    let replies = home.sms(MARLENE, &format!("V1 {} 1", cards[0])).await;
    assert!(replies[0].contains("Wait an hour"), "{replies:?}");
    assert_eq!(queries::cast(&home.house, id).await.expect("read"), 0);
}

async fn speak(home: &Home, n: u32) {
    for at in 0..n {
        home.sms(&format!("+5093711{at:04}"), &format!("Nou bezwen dlo nan lari {at}")).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn codes_go_to_everybody_who_spoke_once_and_together() {
    for home in homes().await {
        let id = home.announces(asked()).await.expect("announced");
        let send = |who: &str| {
            let batch = record::Id::fresh(home.house.now_ms());
            acts::send(&home.house, id, batch, home.hand(who))
        };
        speak(&home, 4).await;
        assert_eq!(code(send("rose").await), "ballot-sms-few", "one fewer than five");
        speak(&home, 5).await;
        assert_eq!(code(send("wilner").await), "ballot-hands");
        assert_eq!(send("rose").await.expect("sent"), 5);
        let out = home.out().await;
        let codes: std::collections::BTreeSet<String> = out
            .iter()
            .filter_map(|(_, text)| {
                text.split_whitespace().find_map(|word| {
                    let word = word.trim_end_matches(['.', ',']);
                    word.parse::<super::super::Card>().ok().map(|card| card.to_string())
                })
            })
            .collect();
        assert_eq!((out.len(), codes.len()), (5, 5), "{out:?}");
        // Nobody gets a second one.
        assert_eq!(code(send("rose").await), "ballot-cards-many");
        home.at(asked().opens_ms);
        for code in &codes {
            let replies = home.sms("+50937119999", &format!("V1 {code} 1")).await;
            assert!(replies[0].contains("is in the box"), "from whichever phone: {replies:?}");
        }
        // The queue of messages says of no person that a code went to them.
        let sql = "SELECT COUNT(*) FROM outbound WHERE sealed IS NOT NULL";
        let row = home.house.store().read_one(sql, vec![]).await.expect("read").expect("a row");
        assert_eq!(row.int(0), 0);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn where_women_vote_alone_no_code_goes_by_sms() {
    let home = home_on(None).await;
    let said = BallotRoundAnnounced { women_only: true, ..asked() };
    let id = home.announces(said).await.expect("announced");
    speak(&home, 6).await;
    let batch = record::Id::fresh(home.house.now_ms());
    let sent = acts::send(&home.house, id, batch, home.hand("rose")).await;
    assert_eq!(code(sent), "ballot-sms-women");
    assert!(home.page("", "/ballot/1?lang=en").await.contains("Only women vote here"));
}
