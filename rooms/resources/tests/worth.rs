//! What became of requests for people, places, rides and goods, on both engines: asked of those who
//! spoke of the need, rated by whoever asked, timed to the first useful answer; and the page of an
//! area, which shows all of it.

use record::{DAY_MS, Id};

use super::home::{Home, anybody, code, homes, just};
use crate::actions;
use crate::actions::rules::Actor;
use crate::resources::acts::goods::{receive, send};
use crate::resources::acts::offers::{claim, commit, given, release};
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
        let committee = home.body("Committee").await;
        let body = Some(committee);
        let asked = RequestAsked { need: Some(need), body, ..home.asking("mason", 4, ana) };
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
        for said in ["Asked", "Promised", "Received", "Confirmed", "Silence is no yes", ">some<"] {
            assert!(page.contains(said), "{said}: {page}");
        }
        assert!(!page.contains(">all<"), "how long a single mason worked is theirs: {page}");
        assert!(page.contains("No money was asked for here yet"), "{page}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_asked_says_what_it_was_worth_and_confirms_nothing_by_it() {
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
        rates(4, just(bo)).await.unwrap();
        assert_eq!(confirmed(&home, hill).await, [("truck".to_owned(), 0)], "a mark is no receipt");
        let (_, _, page) = home.asks(None, "/request/1?lang=en", None).await;
        for said in ["4 of 5", "On time", "2 hours", "never counts as confirmed"] {
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
        let bo = || just(Id::named("member", "Bo"));
        for n in 0..5 {
            let told = queries::worths(&home.house, 5).await.unwrap();
            assert!(told.is_empty(), "{n} are few: {told:?}");
            let asked = home.asking("tarpaulin", 10, ana);
            let request = ask(&home.house, asked, Some(hill), bo().id).await.unwrap();
            let lot = home.stock("tarpaulin", 10, port).await;
            let wayward = Wayward {
                lot,
                to: Some(hill),
                amount: 10,
                request: Some(request),
                ..Wayward::default()
            };
            home.pass(3 * HOUR_MS);
            let id = send(&home.house, wayward, bo().id).await.unwrap();
            home.pass(DAY_MS);
            receive(&home.house, id, 10, String::new(), Some(ana)).await.unwrap();
            let sent = rate(&home.house, request, 5, String::new(), bo()).await;
            assert_eq!(code(sent), "request-rate-own", "who sent it does not rate it");
            let stars = if n < 2 { 2 } else { 4 };
            rate(&home.house, request, stars, String::new(), just(ana)).await.unwrap();
        }
        home.request("tarpaulin", 10, hill, ana).await;
        let told = queries::worths(&home.house, 5).await.unwrap();
        assert_eq!(
            told,
            [Worth { kind: Kind::Goods, hours: Some(4), stars: Some(4), unhelped: 1 }]
        );
        let (_, _, page) = home.asks(None, "/help-wanted?lang=en", None).await;
        assert!(page.contains("requests for goods") && page.contains("within 4 hours"), "{page}");
        assert!(page.contains("that were helped") && page.contains("without one: 1"), "{page}");
        assert!(page.contains("4 of 5 or more"), "{page}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn people_are_asked_once_when_all_that_was_promised_came_by_whoever_may() {
    for home in homes().await {
        let (house, hill) = (&home.house, home.area("Kilima", 0).await);
        let (ana, phone) = (home.member("Ana").await, "+50937000001");
        let need = home.need(hill, Some(100)).await;
        home.says_of(need, phone).await;
        home.replies(phone).await;
        let (committee, guild) = (home.body("Committee").await, home.body("Guild").await);
        let asking = |body| RequestAsked { need: Some(need), body, ..home.asking("mason", 4, ana) };
        // Without a body nobody would owe the next step to whoever says NO.
        let nobodys = ask(house, asking(None), None, None).await.unwrap();
        comes(&home, nobodys, "mason", 4, hill, ana).await;
        let now = home.request_now(nobodys).await;
        assert_eq!(code(ask_people(house, &now, anybody()).await), "request-no-body");
        let request = ask(house, asking(Some(committee)), None, None).await.unwrap();
        let offer = home.offer("mason", 4, hill, guild).await;
        let first = claim(house, offer, request, 1, anybody()).await.unwrap();
        let second = claim(house, offer, request, 2, anybody()).await.unwrap();
        let one = Given { take: first, amount: 1, difference: String::new() };
        commit(house, offer, second, anybody()).await.unwrap();
        given(house, offer, one, just(ana)).await.unwrap();
        let asks = |who| async {
            let now = home.request_now(request).await;
            ask_people(&home.house, &now, who).await
        };
        assert_eq!(code(asks(anybody()).await), "request-more-comes");
        release(house, offer, second, anybody()).await.unwrap();
        let stranger = just(Id::named("member", "Cy"));
        assert_eq!(code(asks(stranger).await), "request-of-others");
        assert_eq!(home.request_now(request).await.asked_about, None, "nothing is half written");
        asks(just(ana)).await.unwrap();
        // Whoever read the page before presses once more: nobody is told twice.
        assert_eq!(code(asks(anybody()).await), "request-asked");
        notices::carry(house).await.unwrap();
        assert_eq!(home.replies(phone).await.len(), 1);
        let tasks = actions::tasks_of_need(house, need).await.unwrap();
        assert_eq!(tasks.len(), 1);
        assert_eq!(tasks[0].body, Some(committee));
    }
}
