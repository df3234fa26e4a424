//! Paper: two counters of different groups, the same lines or a recount, each card once.

use ballots::{read, verify};
use record::Id;

use super::super::card::Card;
use super::super::{acts, queries};
use super::home::{Home, code, cumulative, home_on, homes};
use crate::door::Trouble;

async fn types(
    home: &Home,
    id: Id,
    batch: Id,
    who: &str,
    lines: &[String],
) -> Result<bool, Trouble> {
    acts::type_paper(&home.house, id, batch, &lines.join("\n"), home.hand(who)).await
}

fn lines(cards: &[Card], ticks: &str) -> Vec<String> {
    cards.iter().map(|card| format!("{card} {ticks}")).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn papers_count_once_both_counters_have_the_same() {
    for home in homes().await {
        let (id, cards) = home.open(12).await;
        let batch = Id::fresh(home.house.now_ms());
        let (papers, page) = (lines(&cards[..6], "1 3"), &cards[6..]);
        assert!(!types(&home, id, batch, "nadege", &papers).await.expect("kept"));
        assert_eq!(queries::cast(&home.house, id).await.expect("read"), 0, "not yet in the box");
        for who in ["nadege", "rose"] {
            let refused = types(&home, id, batch, who, &papers).await;
            assert!(["ballot-paper-hands", "ballot-hands"].contains(&code(refused)), "{who}");
        }
        let mut mixed = papers.clone();
        mixed.reverse();
        assert!(types(&home, id, batch, "ines", &mixed).await.expect("taken"), "in any order");
        assert_eq!(queries::cast(&home.house, id).await.expect("read"), 6);
        let again = types(&home, id, batch, "ines", &papers).await;
        assert_eq!(code(again), "ballot-paper-again");
        for card in page {
            home.cast(id, card, &[2]).await.expect("cast");
        }
        home.closes();
        acts::count(&home.house, id, home.hand("wilner")).await.expect("counted");
        let json = queries::bundle(&home.house, id).await.expect("read").expect("published");
        let bundle = read(json.as_bytes()).expect("a bundle");
        assert_eq!(verify(&bundle).found, vec![]);
        assert_eq!(bundle.papers.len(), 1);
        assert_eq!(bundle.papers[0].groups, ["Women of Lavil", "Market sellers"]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn papers_with_points_are_typed_on_the_desks_form_and_count_each_card_once() {
    for home in homes().await {
        let (id, cards) = home.open_as(cumulative(), 12).await;
        let path = format!("/desk/ballots/{id}/paper?lang=en");
        let form = home.page("nadege", &path).await;
        assert!(form.contains("K7M4-QX2R-9TWB 1:4 3:6"), "how to type points: {form}");
        // The first card was used on the page before, one by SMS.
        let page = format!("code={}&p02=10", cards[0]);
        assert_eq!(home.asks("", "/ballot/1/vote?lang=en", Some(&page)).await.0, 303);
        home.sms("+50937000001", &format!("V1 {} 2=10", cards[1])).await;
        let typed = |points: &str| lines(&cards, points).join("%0A").replace(' ', "+");
        let sends = async |who: &str, batch: &str, points: &str| {
            let form = format!("batch={batch}&papers={}", typed(points));
            home.asks(who, &path, Some(&form)).await
        };
        for wrong in ["1:7 3:4", "1:5 1:5", "1 3", "9:1", "1:x"] {
            let (status, _, body) = sends("nadege", "", wrong).await;
            assert_eq!((status, body.contains("Line 1 cannot be taken")), (422, true), "{wrong}");
        }
        let (status, to, body) = sends("nadege", "", "1:4 3:6").await;
        assert!(status == 303 && to.contains("done=first"), "{body}");
        let batch = queries::papers(&home.house, id).await.expect("read")[0].id.to_string();
        let (_, to, _) = sends("ines", &batch, "3=6 1=4").await;
        assert!(to.contains("done=taken"), "however the second one writes it: {to}");
        let bundle = home.result(id).await;
        assert_eq!(bundle.outcome.ballots, Some(12), "each card once");
        let points = |n: usize| bundle.outcome.projects[n].points;
        assert_eq!((points(0), points(2)), (Some(12 * 4), Some(12 * 6)));
        assert_eq!(bundle.papers.len(), 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn counters_who_differ_begin_again() {
    for home in homes().await {
        let (id, cards) = home.open(4).await;
        let batch = Id::fresh(home.house.now_ms());
        let right = lines(&cards, "1 3");
        let wrong = lines(&cards, "1 2");
        types(&home, id, batch, "nadege", &right).await.expect("kept");
        assert!(!types(&home, id, batch, "ines", &wrong).await.expect("kept"));
        let papers = queries::papers(&home.house, id).await.expect("read");
        assert_eq!(papers[0].status(), "differs");
        assert_eq!(code(types(&home, id, batch, "ines", &right).await), "ballot-paper-again");
        let page = home.page("nadege", &format!("/desk/ballots/{id}/paper?lang=en")).await;
        assert!(page.contains("the two differ") && page.contains("Both type again"));
        let recount = |who: &str| acts::recount(&home.house, id, batch, home.hand(who));
        assert_eq!(code(recount("rose").await), "ballot-hands");
        recount("nadege").await.expect("again");
        assert_eq!(code(recount("nadege").await), "ballot-paper-again");
        types(&home, id, batch, "ines", &right).await.expect("kept");
        assert!(types(&home, id, batch, "nadege", &right).await.expect("taken"));
        assert_eq!(queries::cast(&home.house, id).await.expect("read"), 4);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_line_that_cannot_be_taken_is_named() {
    let home = home_on(None).await;
    let (id, cards) = home.open(2).await;
    let batch = Id::fresh(home.house.now_ms());
    let check = |lines: Vec<String>, expected: (&'static str, &'static str)| {
        let home = &home;
        async move {
            match types(home, id, batch, "nadege", &lines).await {
                Err(Trouble::Refused(refusal)) => {
                    let named = refusal.args.first().map(|(_, value)| value.clone());
                    assert_eq!((refusal.code, named.as_deref()), (expected.0, Some(expected.1)));
                }
                other => panic!("not refused: {other:?}"),
            }
        }
    };
    let good = format!("{} 1", cards[0]);
    let line = "ballot-paper-line";
    check(vec![good.clone(), "K7M4-QX2R 1".to_owned()], (line, "2")).await;
    check(vec![good.clone(), format!("{} 9", cards[1])], (line, "2")).await;
    check(vec![format!("{} 1:4", cards[1])], (line, "1")).await;
    check(vec![format!("{}", cards[1])], (line, "1")).await;
    check(vec![format!("{} 1", Card::from_chance([5; 7]))], (line, "1")).await;
    check(vec![good.clone(), good.clone()], ("ballot-paper-many", "50")).await;
    check(vec![], ("ballot-paper-many", "50")).await;
    check(vec![good; 51], ("ballot-paper-many", "50")).await;
    let alone = types(&home, id, batch, "wilner", &lines(&cards, "1")).await;
    assert_eq!(code(alone), "ballot-paper-hands", "of no group");
}
