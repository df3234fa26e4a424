//! Ballots by SMS: one message, one answer that repeats neither code nor choice, and nothing that
//! leads from a number to a ballot.

use super::super::{acts, queries};
use super::home::{Home, asked, code, cumulative, home_on, homes};
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
        // The receipt is chance, and may hold any figure.
        let (said, _) = replies[0].split_once(" Receipt,").expect("a receipt");
        assert!(!said.contains(&cards[0].to_string()) && !said.contains(" 3"), "{said}");
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
    check(format!("V1 {card} 1=5 4=3"), "takes no points").await;
    home.at(asked().closes_ms);
    check(format!("V1 {card} 1 2"), "takes no ballots now").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn points_by_sms_and_then_by_page_are_one_ballot() {
    for home in homes().await {
        let (id, cards) = home.open_as(cumulative(), 12).await;
        for (n, card) in cards.iter().enumerate() {
            let from = format!("+5093700{n:04}");
            let replies = home.sms(&from, &format!("V1 {card} 1=5, 4 = 3")).await;
            assert!(replies[0].contains("your ballot is in the box"), "{replies:?}");
            assert!(replies[0].contains("gateway") && !replies[0].contains('='), "{replies:?}");
        }
        // The same card on the page, and another one on the page and then by SMS.
        let on_page = |card: &super::super::Card| format!("code={card}&p02=10");
        for card in &cards[..2] {
            let page = home.asks("", "/ballot/1/vote?lang=en", Some(&on_page(card))).await;
            assert_eq!(page.0, 303, "{}", page.2);
        }
        home.sms(MARLENE, &format!("V1 {} ١:٥ ٤:٣", cards[1])).await;
        let street = home.page("", "/ballot/1?lang=en").await;
        assert!(street.contains("then project=points, such as 1=5 4=3"), "{street}");
        let bundle = home.result(id).await;
        assert_eq!(bundle.outcome.ballots, Some(12), "each card once");
        let points = |n: usize| bundle.outcome.projects[n].points;
        assert_eq!(points(0), Some(11 * 5));
        assert_eq!(points(3), Some(11 * 3));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn points_that_cannot_be_taken_are_answered_plainly_and_nothing_is_cast() {
    for home in homes().await {
        let (id, cards) = home.open_as(cumulative(), 1).await;
        let odd = [
            ("1=5 4=6", "you gave 11 points in all. At most 10"),
            ("1=5 9=1", "not on the list, which goes from 1 to 4"),
            ("1=5 1=2", "a project stands there twice"),
            ("1=1 2=1 3=1 4=1", "at most 3 projects"),
            ("1=2.5", "points are whole numbers"),
            ("1=five", "only numbers can be read"),
            ("1 4", "is a vote with points"),
            ("", "is a vote with points"),
        ];
        for (n, (written, expected)) in odd.into_iter().enumerate() {
            let from = format!("+5093700{n:04}");
            let replies = home.sms(&from, &format!("V1 {} {written}", cards[0])).await;
            assert!(replies.len() == 1 && replies[0].contains(expected), "{written}: {replies:?}");
            assert!(!replies[0].contains(&cards[0].to_string()), "{replies:?}");
        }
        assert_eq!(queries::cast(&home.house, id).await.expect("read"), 0);
        let sql = "SELECT COUNT(*) FROM voices_2";
        let row = home.house.store().read_one(sql, vec![]).await.expect("read").expect("a row");
        assert_eq!(row.int(0), 0, "no code is heard as words");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_says_how_points_are_written() {
    let home = home_on(None).await;
    let id = home.announces(cumulative()).await.expect("announced");
    let desk = format!("/desk/ballots/{id}/cards?lang=en");
    assert!(home.page("rose", &desk).await.contains("Send codes by SMS"));
    let print = format!("n=1&batch={}&area=", record::Id::fresh(home.house.now_ms()));
    let (status, _, sheet) = home.asks("rose", &desk, Some(&print)).await;
    assert!(status == 200 && sheet.contains("project=points (1=5 4=3)"), "{sheet}");
    speak(&home, 5).await;
    let batch = record::Id::fresh(home.house.now_ms());
    acts::send(&home.house, id, batch, home.hand("rose")).await.expect("sent");
    let out = home.out().await;
    let told = out.iter().filter(|(_, text)| text.contains("1=5 4=3")).count();
    assert_eq!(told, 5, "{out:?}");
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
