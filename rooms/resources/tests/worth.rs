//! What became of requests for people, places, rides and goods, on both engines: asked of those who
//! spoke of the need, rated by whoever asked, timed to the first useful answer; and the page of an
//! area, which shows all of it.

use record::{DAY_MS, Id};

use super::home::{Home, anybody, code, homes, just};
use crate::actions;
use crate::actions::rules::Actor;
use crate::resources::acts::goods::{receive, send};
use crate::resources::acts::offers::{claim, commit, given};
use crate::resources::acts::requests::{ask, ask_people, rate};
use crate::resources::lists::Kind;
use crate::resources::queries::{self, Worth};
use crate::resources::rules::{Given, Wayward};
use crate::resources::{RequestAsked, settle};
use crate::voices::notices;

const HOUR_MS: i64 = 3_600_000;

/// All of a request comes from an offer of a body: its yes after two hours, the thing two days on.
async fn comes(home: &Home, request: Id, item: &str, amount: i64, area: Id, who: Id) {
    let offer = home.offer(item, amount, area, home.body("Guild").await).await;
    let take = claim(&home.house, offer, request, amount, anybody()).await.unwrap();
    home.pass(2 * HOUR_MS);
    commit(&home.house, offer, take, anybody()).await.unwrap();
    home.pass(2 * DAY_MS);
    let all = Given { take, amount, difference: String::new() };
    given(&home.house, offer, all, just(who)).await.unwrap();
}

async fn confirmed(home: &Home, area: Id) -> Vec<(String, i64)> {
    let lines = queries::figures(&home.house, area).await.unwrap();
    lines.into_iter().map(|line| (line.item, line.confirmed)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn work_is_confirmed_by_those_who_spoke_of_the_need() {
    for home in homes().await {
        let (hill, ana) = (home.area("Kilima", 0).await, home.member("Ana").await);
        let need = home.need(hill, Some(100)).await;
        let phone = "+50937000001";
        home.says_of(need, phone).await;
        home.replies(phone).await;
        let asked = RequestAsked { need: Some(need), ..home.asking("mason", 4, ana) };
        let request = ask(&home.house, asked, None, None).await.unwrap();
        let before = ask_people(&home.house, &home.request_now(request).await, anybody()).await;
        assert_eq!(code(before), "request-nothing-came");
        comes(&home, request, "mason", 4, hill, ana).await;
        notices::carry(&home.house).await.unwrap();
        let told = home.replies(phone).await;
        assert!(told.len() == 1 && told[0].contains("Repair the walls"), "asked once: {told:?}");
        settle(&home.house).await.unwrap();
        assert_eq!(confirmed(&home, hill).await, [("mason".to_owned(), 0)], "silence is no yes");
        // The word of whoever asked does not stand for theirs.
        rate(&home.house, request, 5, String::new(), just(ana)).await.unwrap();
        assert_eq!(confirmed(&home, hill).await, [("mason".to_owned(), 0)]);
        home.sms(phone, "YES").await;
        actions::settle(&home.house).await.unwrap();
        settle(&home.house).await.unwrap();
        assert_eq!(confirmed(&home, hill).await, [("mason".to_owned(), 4)]);
        let (_, _, page) = home.asks(None, &format!("/area/{hill}?lang=en"), None).await;
        for said in ["Asked", "Promised", "Received", "Confirmed", "Silence is no yes", ">all<"] {
            assert!(page.contains(said), "{said}: {page}");
        }
        assert!(page.contains("No money was asked for here yet"), "{page}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_asked_says_what_it_was_worth_and_another_than_who_signed_confirms() {
    for home in homes().await {
        let (hill, ana) = (home.area("Kilima", 0).await, home.member("Ana").await);
        let bo = home.member("Bo").await;
        let asked = home.asking("truck", 3, ana);
        let request = ask(&home.house, asked, Some(hill), Some(bo)).await.unwrap();
        let rates = |stars, by| rate(&home.house, request, stars, "On time".to_owned(), by);
        assert_eq!(code(rates(4, just(bo)).await), "request-nothing-came");
        comes(&home, request, "truck", 3, hill, ana).await;
        assert_eq!(code(rates(4, just(Id::named("member", "Cy"))).await), "request-rate-others");
        assert_eq!(code(rates(0, just(bo)).await), "request-stars");
        assert_eq!(code(rates(6, just(bo)).await), "request-stars");
        let guild = home.offers().await.remove(0).body.unwrap();
        let gave = Actor { bodies: vec![guild], ..just(bo) };
        assert_eq!(code(rates(5, gave).await), "request-rate-own");
        rates(4, just(ana)).await.unwrap();
        assert_eq!(confirmed(&home, hill).await, [("truck".to_owned(), 0)], "she signed for it");
        rates(4, just(bo)).await.unwrap();
        assert_eq!(confirmed(&home, hill).await, [("truck".to_owned(), 3)]);
        let (_, _, page) = home.asks(None, "/request/1?lang=en", None).await;
        for said in ["4 of 5", "On time", "2 hours", "says whoever asked"] {
            assert!(page.contains(said), "{said}: {page}");
        }
        let (_, _, desk) =
            home.asks(Some("officer"), &format!("/desk/requests/{request}?lang=en"), None).await;
        assert!(desk.contains("just what was needed"), "{desk}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn halves_of_many_are_told_by_kind_and_of_few_nothing() {
    for home in homes().await {
        let (port, hill) = (home.area("Bandari", 0).await, home.area("Kilima", 3).await);
        let ana = home.member("Ana").await;
        for n in 0..5 {
            let told = queries::worths(&home.house, 5).await.unwrap();
            assert!(told.is_empty(), "{n} are few: {told:?}");
            let request = home.request("tarpaulin", 10, hill, ana).await;
            let lot = home.stock("tarpaulin", 10, port).await;
            let wayward = Wayward {
                lot,
                to: Some(hill),
                amount: 10,
                request: Some(request),
                ..Wayward::default()
            };
            home.pass(3 * HOUR_MS);
            let id = send(&home.house, wayward, Some(Id::named("member", "Bo"))).await.unwrap();
            home.pass(DAY_MS);
            receive(&home.house, id, 10, String::new(), Some(ana)).await.unwrap();
            let stars = if n < 2 { 2 } else { 4 };
            rate(&home.house, request, stars, String::new(), just(ana)).await.unwrap();
        }
        let told = queries::worths(&home.house, 5).await.unwrap();
        assert_eq!(told, [Worth { kind: Kind::Goods, hours: Some(4), stars: Some(4) }]);
        let (_, _, page) = home.asks(None, "/help-wanted?lang=en", None).await;
        assert!(page.contains("requests for goods") && page.contains("within 4 hours"), "{page}");
        assert!(page.contains("4 of 5 or more"), "{page}");
    }
}
