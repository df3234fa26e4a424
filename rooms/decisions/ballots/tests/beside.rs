//! What stands beside a result: most votes alone, votes that were lacking, how the cards came, and
//! the ballots for other programs.

use fair::voting::{Terms, count, pb};

use super::super::acts::{self, Sheet};
use super::super::queries;
use super::super::records::BallotRoundAnnounced;
use super::home::{HOUR_MS, NOW_MS, asked, code, home_on, homes};

#[tokio::test(flavor = "multi_thread")]
async fn a_result_says_what_most_votes_alone_and_a_few_votes_more_would_have_done() {
    for home in homes().await {
        // Twelve want two projects that take all the money; six want the drain.
        let rule = "mes_cost_utility".to_owned();
        let said = BallotRoundAnnounced { rule, budget_minor: 700_000, ..asked() };
        let (id, cards) = home.open_as(said, 18).await;
        for (n, card) in cards.iter().enumerate() {
            home.cast(id, card, if n < 12 { &[1, 2] } else { &[3] }).await.expect("cast");
        }
        let bundle = home.result(id).await;
        let beside = bundle.beside.clone().expect("enough ballots");
        let page = home.page("", "/ballot/1?lang=en").await;
        assert!(page.contains("ost votes alone"), "{page}");
        assert!(!beside.greedy.is_empty() && !beside.more.is_empty(), "{beside:?}");
        let more = format!("With {} votes more it would have won", beside.more[0].votes);
        assert!(page.contains(&more), "{more}: {page}");
        assert!(page.contains("it goes to what most people want"), "what is left over: {page}");
        // Other programs count the published ballots to the same end.
        assert!(page.contains("/ballot/1/result.pb"), "{page}");
        let file = home.page("", "/ballot/1/result.pb").await;
        let election = pb::read(file.as_bytes()).expect("it is read").election;
        let rule = bundle.rules.rule.parse().expect("a rule");
        let outcome = count(&election, &Terms::of(rule)).expect("counted");
        assert_eq!(outcome.ids(&election), bundle.outcome.order);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_round_in_one_place_tells_what_each_way_of_cards_got_and_nothing_of_few() {
    for home in homes().await {
        let lots = |small: bool| {
            let school = small.then_some((4, "The school"));
            [(12, "Women's group"), (11, "")].into_iter().chain(school)
        };
        for (number, small) in [(1, false), (2, true)] {
            home.at(NOW_MS);
            let id = home.announces(asked()).await.expect("announced");
            let mut cards = Vec::new();
            for (n, lot) in lots(small) {
                let batch = record::Id::fresh(home.house.now_ms());
                let sheet = Sheet { batch, cards: n, area: None, lot: lot.to_owned() };
                let made = acts::cards(&home.house, id, sheet, home.hand("rose"));
                cards.extend(made.await.expect("printed"));
            }
            home.at(NOW_MS + 26 * HOUR_MS);
            for (n, card) in cards.iter().enumerate() {
                home.cast(id, card, if n < 12 { &[1] } else { &[2] }).await.expect("cast");
            }
            let bundle = home.result(id).await;
            assert_eq!(bundle.groups.len(), 1);
            let ways = bundle.beside.expect("enough ballots").ways;
            let told: Vec<(&str, Option<u64>)> =
                ways.iter().map(|way| (way.name.as_str(), way.ballots)).collect();
            let page = home.page("", &format!("/ballot/{number}?lang=en")).await;
            let shown = page.contains("group</bdi>") && page.contains("cards by hand");
            if small {
                assert_eq!((told, shown), (vec![], false), "{page}");
            } else {
                let expected = vec![("Women's group", Some(12)), ("card", Some(11))];
                assert_eq!((told, shown), (expected, true), "{page}");
            }
            assert!(!page.contains("The school"), "{page}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn ballots_that_are_not_published_are_no_file_and_words_on_a_sheet_name_nobody() {
    let home = home_on(None).await;
    let (id, cards) = home.open(12).await;
    let batch = record::Id::fresh(home.house.now_ms());
    let lot = "Call +509 3700 0001".to_owned();
    let sheet = Sheet { batch, cards: 1, area: None, lot };
    let refused = acts::cards(&home.house, id, sheet, home.hand("rose")).await;
    assert_eq!(code(refused), "need-public-number");
    for (n, card) in cards.iter().enumerate() {
        home.cast(id, card, if n < 9 { &[1] } else { &[2] }).await.expect("cast");
    }
    home.result(id).await;
    let (status, _, body) = home.asks("", "/ballot/1/result.pb?lang=en", None).await;
    assert_eq!((status, body.contains("ballot-no-ballots")), (404, true), "{body}");
    assert!(!home.page("", "/ballot/1?lang=en").await.contains("result.pb"));
    assert!(queries::bundle(&home.house, id).await.expect("read").is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_done_with_money_left_over_is_chosen_when_it_is_announced() {
    let home = home_on(None).await;
    let (rose, wilner) = (home.hand("rose").id, home.hand("wilner").id);
    let mut number = 0;
    for (kind, rest, rule, said) in [
        ("mes_cost", "none", "mes_cost", "it stays"),
        ("mes_cost", "add1", "mes_cost_add1", "the rest stays"),
        ("mes_cost", "utility", "mes_cost_utility", "it goes to what most people want"),
        ("mes_cost", "add1u", "mes_cost_add1u", "then the rest goes to what most people want"),
        ("greedy_cost", "add1", "greedy_cost", "Most votes first"),
        ("phragmen", "none", "phragmen", "save for it together"),
    ] {
        number += 1;
        let form = format!(
            "question=What&projects=A+tap;4000&budget=10000&currency=HTG&who=Everybody&\
             kind=approval&choices_max=1&points=0&rule={kind}&rest={rest}&tie=cost&\
             opens_day=2026-11-29&opens_hour=08:00&closes_day=2026-12-02&closes_hour=18:00&\
             publication=full&appeal_days=7&registrar={rose}&keeper={wilner}&area=&right={}",
            home.women
        );
        let (status, _, body) = home.asks("nadege", "/desk/ballots?lang=en", Some(&form)).await;
        assert_eq!(status, 303, "{kind} {rest}: {body}");
        let round = queries::by_number(&home.house, number).await.expect("read").expect("there");
        assert_eq!(round.rules().rule, rule);
        let page = home.page("", &format!("/ballot/{number}?lang=en")).await;
        assert!(page.contains(said), "{said}: {page}");
    }
}
