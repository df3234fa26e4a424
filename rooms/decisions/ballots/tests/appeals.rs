//! Appeals: several at once, each answered; one member says that a result stands, two of different
//! bodies that it is void; words are public with the answer alone.

use record::{Clock, Draft, Id};

use super::super::acts;
use super::super::records::{BallotRoundAppealAnswered, BallotRoundAppealed};
use super::super::rules::Answering;
use super::super::views::Round;
use super::home::{HOUR_MS, Home, code, homes};
use crate::door::Trouble;

const DAY: i64 = 24 * HOUR_MS;

/// A counted round, a day after.
async fn counted(home: &Home) -> Id {
    let (id, cards) = home.open(12).await;
    for card in &cards {
        home.cast(id, card, &[1]).await.expect("cast");
    }
    home.result(id).await;
    id
}

async fn appeals(home: &Home, id: Id, by: Option<Id>) -> Result<(), Trouble> {
    acts::appeal(&home.house, id, "The hall was locked".to_owned(), by).await
}

async fn answers(
    home: &Home,
    id: Id,
    who: &str,
    (appeal, stands): (u32, bool),
) -> Result<(), Trouble> {
    let reason = format!("{who} looked at the doors");
    let asked = Answering { appeal, stands, fit: stands, reason };
    acts::answer_appeal(&home.house, id, asked, home.hand(who)).await
}

fn status(home: &Home, round: &Round) -> &'static str {
    round.status(home.house.now_ms())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_result_is_final_when_nobody_appeals_and_void_when_two_bodies_say_so() {
    for home in homes().await {
        let id = counted(&home).await;
        let by = Some(home.hand("mirlande").id);
        let none = answers(&home, id, "josue", (1, true)).await;
        assert_eq!(code(none), "ballot-appeal-over");
        appeals(&home, id, by).await.expect("appealed");
        for who in ["rose", "wilner", "mirlande"] {
            let refused = answers(&home, id, who, (1, false)).await;
            assert_eq!(code(refused), "ballot-hands", "{who}");
        }
        home.at(home.house.now_ms() + 8 * DAY);
        assert_eq!(status(&home, &home.round(id).await), "counted", "an open one keeps it open");
        answers(&home, id, "josue", (1, true)).await.expect("answered");
        assert_eq!(status(&home, &home.round(id).await), "final");
        assert_eq!(code(appeals(&home, id, by).await), "ballot-appeal-over");
        home.at(home.round(id).await.counted_ms + DAY);
        // Nobody knows who this was: the first to say that it is void may have made it.
        appeals(&home, id, None).await.expect("appealed");
        answers(&home, id, "josue", (2, false)).await.expect("said");
        assert_eq!(status(&home, &home.round(id).await), "counted", "one is not enough");
        for who in ["josue", "ines"] {
            let refused = answers(&home, id, who, (2, false)).await;
            assert_eq!(code(refused), "ballot-appeal-hands", "{who}: of the same body");
        }
        answers(&home, id, "nadege", (2, false)).await.expect("said");
        assert_eq!(status(&home, &home.round(id).await), "void");
        let page = home.page("", "/ballot/1?lang=en").await;
        assert!(page.contains("the result is not valid"), "{page}");
        assert!(page.contains("josue looked") && page.contains("nadege looked"), "{page}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_appeal_stops_another_and_words_wait_for_the_answer() {
    for home in homes().await {
        let id = counted(&home).await;
        let send = |words: &'static str| {
            let (home, form) = (&home, format!("why={words}"));
            async move { home.asks("", "/ballot/1/appeal?lang=en", Some(&form)).await.0 }
        };
        assert_eq!((send("Nonsense").await, send("The+hall+was+locked").await), (303, 303));
        let street = home.page("", "/ballot/1?lang=en").await;
        assert!(!street.contains("Nonsense") && !street.contains("hall was locked"), "{street}");
        assert!(street.contains("being looked at") && street.contains("/ballot/1/appeal"));
        let path = format!("/desk/ballots/{id}?lang=en");
        let desk = home.page("josue", &path).await;
        assert!(desk.contains("Nonsense") && desk.contains("hall was locked"), "{desk}");
        let answer = |form: &'static str| {
            let (home, path) = (&home, format!("/desk/ballots/{id}/answer?lang=en"));
            async move { home.asks("josue", &path, Some(form)).await.0 }
        };
        assert_eq!(answer("appeal=9&stands=yes&fit=no&reason=No+such").await, 409);
        assert_eq!(answer("appeal=1&stands=yes&fit=no&reason=It+says+nothing").await, 303);
        assert_eq!(answer("appeal=2&stands=yes&fit=yes&reason=It+was+open").await, 303);
        assert_eq!(answer("appeal=2&stands=yes&fit=yes&reason=It+was+open").await, 409);
        let street = home.page("", "/ballot/1?lang=en").await;
        assert!(street.contains("hall was locked") && street.contains("It was open"), "{street}");
        assert!(!street.contains("Nonsense") && street.contains("It says nothing"), "{street}");
        assert!(street.contains("/ballot/1/appeal"), "the days are not over");
    }
}

#[test]
fn answers_from_when_one_alone_decided_mean_what_they_meant() {
    let id = Id::named("test", "round");
    let answer = BallotRoundAppealAnswered {
        stands: false,
        reason: "It was".to_owned(),
        ..BallotRoundAppealAnswered::default()
    };
    let why = "Locked".to_owned();
    let drafts = [Draft::new(id, &BallotRoundAppealed { why }), Draft::new(id, &answer)];
    let records: Vec<record::Record> = (1..)
        .zip(drafts)
        .map(|(seq, draft)| {
            let (writer, at) = (Id::named("test", "writer"), Clock::at(1));
            draft.place(writer, seq, [0; 32], at, [[0; 16]; 3]).record
        })
        .collect();
    let round = Round::fold(id, &records);
    let first = round.appeals.first().expect("one");
    assert_eq!(first.answer, Some((false, "It was".to_owned())));
    assert!(first.is_public(), "its words were public from the start");
}
