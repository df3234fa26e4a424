//! Voices of one need: all are told, each person once, and one answer is enough for all that a
//! person said of it.

use record::Id;
use store::{Change, Decision};

use super::desk::{Home, NUMBER, homes};
use crate::voices::notices::{Notice, carry, owe, settled, unsettled};
use crate::voices::{Code, Voice, queries, rules};

const OTHER: &str = "+50937000002";

fn need() -> Id {
    Id::named("test", "need of water")
}

async fn told(home: &Home, from: &str, text: &str) -> Code {
    let replies = home.ask(from, text).await;
    let words = replies.iter().flat_map(|reply| reply.split([' ', ':', ',']));
    words.filter_map(|word| word.trim_end_matches('.').parse().ok()).next().expect("a code")
}

async fn voice(home: &Home, code: &Code) -> Voice {
    queries::by_code(&home.house, code).await.expect("read").expect("known")
}

async fn group(home: &Home, code: &Code) {
    let id = voice(home, code).await.id;
    let change = Change::on(vec![id], move |known| {
        let drafts = rules::group(id, known.of(id), need(), None)?;
        Ok(Decision { drafts, ..Decision::default() })
    });
    home.house.store().append(change).await.expect("grouped");
}

fn arrived(task: &str) -> Notice {
    Notice {
        need: need(),
        about: Id::named("test", task),
        standing: "delivered".to_owned(),
        key: "sms-asked".to_owned(),
        args: vec![("words".to_owned(), "Kamyon dlo a rive.".to_owned())],
        body: None,
        due_day: None,
    }
}

async fn owed(home: &Home, notice: &Notice) {
    let mut decision = Decision::default();
    owe(&mut decision, &home.house, notice);
    home.house.store().append(Change::writing(decision)).await.expect("owed");
}

#[tokio::test]
async fn who_spoke_twice_of_one_need_is_asked_once_and_answers_once() {
    for home in homes().await {
        let first = told(&home, NUMBER, "Nou bezwen dlo pou bwè").await;
        let second = told(&home, NUMBER, "Dlo a poko rive isit").await;
        let neighbour = told(&home, OTHER, "Pa gen dlo nan katye a").await;
        for code in [&first, &second, &neighbour] {
            group(&home, code).await;
        }
        owed(&home, &arrived("truck")).await;
        owed(&home, &arrived("truck")).await;
        assert_eq!(carry(&home.house).await.expect("carried"), 3);
        assert_eq!(carry(&home.house).await.expect("carried"), 0, "nobody is told twice");
        let counts = queries::counts_of_need(&home.house, need()).await.expect("counted");
        assert_eq!((counts.voices, counts.asked, counts.yes, counts.no), (3, 3, 0, 0));

        let screen = home.ask(NUMBER, "wi").await;
        assert_eq!(screen.len(), 2, "the one question and the one answer: {screen:?}");
        assert!(screen.iter().any(|text| text.contains("Kamyon dlo a rive.")), "{screen:?}");
        for code in [&first, &second] {
            assert_eq!(voice(&home, code).await.status, "confirmed");
        }
        assert_eq!(voice(&home, &neighbour).await.status, "delivered");

        home.ask(OTHER, "non").await;
        let counts = queries::counts_of_need(&home.house, need()).await.expect("counted");
        assert_eq!((counts.yes, counts.no), (2, 1));
        let waiting = unsettled(&home.house).await.expect("read");
        assert_eq!(waiting.iter().map(|one| one.need).collect::<Vec<_>>(), [need()]);
        let done = waiting.iter().map(settled).collect();
        home.house.store().run(done).await.expect("settled");
        assert!(unsettled(&home.house).await.expect("read").is_empty());
    }
}

#[tokio::test]
async fn a_yes_by_the_code_of_somebody_else_closes_nothing() {
    for home in homes().await {
        let own = told(&home, NUMBER, "Nou bezwen dlo pou bwè").await;
        group(&home, &own).await;
        owed(&home, &arrived("truck")).await;
        carry(&home.house).await.expect("carried");
        let replies = home.ask(OTHER, &format!("wi {own}")).await;
        assert_eq!(replies.len(), 1, "{replies:?}");
        assert_eq!(voice(&home, &own).await.status, "delivered");
        assert!(unsettled(&home.house).await.expect("read").is_empty());
    }
}

#[tokio::test]
async fn who_is_forgotten_or_asked_for_codes_only_hears_no_words() {
    for home in homes().await {
        let quiet = told(&home, NUMBER, "Nou bezwen dlo pou bwè").await;
        home.ask(NUMBER, "kod").await;
        let gone = told(&home, OTHER, "Pa gen dlo nan katye a").await;
        for code in [&quiet, &gone] {
            group(&home, code).await;
        }
        let erased = voice(&home, &gone).await.id;
        crate::voices::forget::voice(&home.house, erased).await.expect("forgotten");
        owed(&home, &arrived("truck")).await;
        carry(&home.house).await.expect("carried");
        let screen = home.ask(NUMBER, "ede").await;
        assert!(screen.iter().all(|text| !text.contains("Kamyon")), "{screen:?}");
        assert!(screen.iter().any(|text| text.contains(&quiet.to_string())), "{screen:?}");
        assert_eq!(voice(&home, &gone).await.need, Some(need()), "it stays counted");
    }
}
