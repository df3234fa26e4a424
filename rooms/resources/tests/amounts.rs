//! How much of a request is asked, promised and received in a whole house, on both engines: what
//! did not come is asked for again, goods that change trucks count once, nobody takes more than is
//! lacked, and what was taken for a closed request is free.

use record::Id;

use super::home::{Home, anybody, code, homes, just};
use crate::resources::acts::goods::{receive, send};
use crate::resources::acts::offers::{claim, commit, given};
use crate::resources::acts::requests::close;
use crate::resources::queries::{self, Came};
use crate::resources::rules::{BUSY, Given, Supply, Wayward};
use crate::resources::views::Request;

fn member(name: &str) -> Option<Id> {
    Some(Id::named("member", name))
}

async fn came(home: &Home, request: Id) -> Came {
    queries::came(&home.house, request).await.expect("read")
}

/// Promised and received in an area, of the first item in its list.
async fn line(home: &Home, area: Id) -> (i64, i64) {
    let lines = queries::figures(&home.house, area).await.expect("read");
    lines.first().map_or((0, 0), |line| (line.pledged, line.received))
}

async fn lacks(home: &Home, request: Id) -> i64 {
    came(home, request).await.lacks(&home.request_now(request).await)
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_promised_and_did_not_come_is_asked_for_again() {
    for home in homes().await {
        let (area, ana) = (home.area("Kilima", 0).await, home.member("Ana").await);
        let offer = home.offer("tarpaulin", 200, area, home.body("Shop").await).await;
        let request = home.request("tarpaulin", 60, area, ana).await;
        let take = claim(&home.house, offer, request, 0, anybody()).await.unwrap();
        commit(&home.house, offer, take, anybody()).await.unwrap();
        assert_eq!((lacks(&home, request).await, line(&home, area).await), (0, (60, 0)));
        let short = Given { take, amount: 50, difference: "Ten were torn".to_owned() };
        given(&home.house, offer, short, just(ana)).await.unwrap();
        assert_eq!((lacks(&home, request).await, line(&home, area).await), (10, (50, 50)));
        // So ten more are taken in one tap.
        claim(&home.house, offer, request, 0, anybody()).await.unwrap();
        assert_eq!((came(&home, request).await.claimed, lacks(&home, request).await), (10, 0));
        // The same of a waybill that comes short.
        let port = home.area("Bandari", 3).await;
        let (lot, other) =
            (home.stock("food", 40, port).await, home.request("food", 40, area, ana).await);
        let wayward =
            Wayward { lot, to: Some(area), amount: 40, request: Some(other), carrier: None };
        let id = send(&home.house, wayward, member("Bo")).await.unwrap();
        assert_eq!(lacks(&home, other).await, 0);
        receive(&home.house, id, 33, "Rats".to_owned(), ana.into()).await.unwrap();
        let now = came(&home, other).await;
        assert_eq!((now.pledged, now.received, lacks(&home, other).await), (33, 33, 7));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn goods_that_change_trucks_on_the_way_count_once() {
    for home in homes().await {
        let (port, stop) = (home.area("Bandari", 0).await, home.area("Soko", 3).await);
        let (hill, ana) = (home.area("Kilima", 6).await, home.member("Ana").await);
        let request = home.request("tarpaulin", 60, hill, ana).await;
        let lot = home.stock("tarpaulin", 100, port).await;
        let way = |lot, to, amount| Wayward {
            lot,
            to: Some(to),
            amount,
            request: Some(request),
            carrier: None,
        };
        let first = send(&home.house, way(lot, stop, 60), member("Bo")).await.unwrap();
        let now = || async { (came(&home, request).await, line(&home, hill).await) };
        let still = |pledged, received| {
            let came = Came { pledged, received, ..Came::default() };
            (came, (pledged, received))
        };
        assert_eq!(now().await, still(60, 0), "on the first truck");
        receive(&home.house, first, 58, "Two were torn".to_owned(), ana.into()).await.unwrap();
        assert_eq!(now().await, still(58, 0), "at the stop nothing has come to the hill");
        assert_eq!(line(&home, stop).await, (0, 0), "and nothing is promised to the stop");
        let closed = close(&home.house, request, "Enough".to_owned(), anybody()).await;
        assert_eq!(code(closed), "request-on-road");
        let at_stop = queries::lots(&home.house, Some(stop), None).await.unwrap().remove(0);
        let second = send(&home.house, way(at_stop.id, hill, 58), member("Bo")).await.unwrap();
        assert_eq!(now().await, still(58, 0), "on the second truck");
        receive(&home.house, second, 57, "One was wet".to_owned(), ana.into()).await.unwrap();
        assert_eq!(now().await, still(57, 57));
        assert_eq!(lacks(&home, request).await, 3);
        // What is there goes nowhere else for this request, and nothing else goes for it.
        let here = queries::lots(&home.house, Some(hill), None).await.unwrap().remove(0);
        let back = send(&home.house, way(here.id, stop, 5), member("Bo")).await;
        assert_eq!(code(back), "waybill-there");
        let food = home.stock("food", 10, port).await;
        let other = send(&home.house, way(food, hill, 5), member("Bo")).await;
        assert_eq!(code(other), "offer-other-item");
        close(&home.house, request, "Enough".to_owned(), anybody()).await.unwrap();
        let late = send(&home.house, way(lot, hill, 5), member("Bo")).await;
        assert_eq!(code(late), "request-closed");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_who_take_different_offers_for_one_request_take_no_more_than_it_lacks() {
    for home in homes().await {
        let (area, ana) = (home.area("Kilima", 0).await, home.member("Ana").await);
        let one = home.offer("tarpaulin", 200, area, home.body("Shop").await).await;
        let two = home.offer("tarpaulin", 200, area, home.body("Depot").await).await;
        let request = home.request("tarpaulin", 100, area, ana).await;
        let more = claim(&home.house, one, request, 101, anybody()).await;
        assert_eq!(code(more), "request-lacks-less");
        let other = if home.house.store().is_embedded() { None } else { Some(home.other().await) };
        let second = other.as_ref().map_or(&home.house, |other| &other.house).clone();
        let (left, right) = tokio::join!(
            claim(&home.house, one, request, 60, anybody()),
            claim(&second, two, request, 60, anybody()),
        );
        assert!(left.is_ok() != right.is_ok(), "{left:?} {right:?}");
        assert_eq!(code(if left.is_err() { left } else { right }), "request-lacks-less");
        assert_eq!(came(&home, request).await.claimed, 60, "nothing half written");
        // In one tap the other takes what is still lacked, and then nothing more.
        let first_has = home.offer_now(one).await.left() == 140;
        let rest = if first_has { two } else { one };
        claim(&home.house, rest, request, 0, anybody()).await.unwrap();
        assert_eq!(lacks(&home, request).await, 0);
        let none = claim(&home.house, rest, request, 0, anybody()).await;
        assert_eq!(code(none), "request-lacks-less");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_taken_for_a_request_that_is_closed_is_free_again() {
    for home in homes().await {
        let (area, ana) = (home.area("Kilima", 0).await, home.member("Ana").await);
        let phone = "+50937000001";
        home.sms(phone, "OFFER mason 3 days Kilima").await;
        let mason = home.offers().await.remove(0).id;
        let guild = home.offer("mason", 10, area, home.body("Guild").await).await;
        let request = home.request("mason", 12, area, ana).await;
        let first = claim(&home.house, mason, request, 3, anybody()).await.unwrap();
        commit(&home.house, mason, first, anybody()).await.unwrap();
        let second = claim(&home.house, guild, request, 4, anybody()).await.unwrap();
        claim(&home.house, guild, request, 5, anybody()).await.unwrap();
        let worked = Given { take: second, amount: 4, difference: String::new() };
        given(&home.house, guild, worked, just(ana)).await.unwrap();
        home.replies(phone).await;
        close(&home.house, request, "The wall is up".to_owned(), anybody()).await.unwrap();
        assert_eq!(home.offer_now(mason).await.left(), 3);
        assert_eq!(home.offer_now(guild).await.left(), 6, "what came stays counted");
        let now = came(&home, request).await;
        assert_eq!((now.claimed, now.pledged, now.received), (0, 4, 4));
        let told = home.replies(phone).await;
        assert!(told.len() == 1 && told[0].contains("not needed"), "{told:?}");
        let again = commit(&home.house, mason, first, anybody()).await;
        assert_eq!(code(again), "offer-part-unknown");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_did_not_see_what_others_took_has_to_look_again() {
    let home = super::home::home().await;
    let (area, ana) = (home.area("Kilima", 0).await, home.member("Ana").await);
    let offer = home.offer("tarpaulin", 200, area, home.body("Shop").await).await;
    let id = home.request("tarpaulin", 100, area, ana).await;
    claim(&home.house, offer, id, 60, anybody()).await.unwrap();
    let records = home.house.store().records_of(id).await.unwrap();
    let request = Request::fold(id, &records);
    let blind = Supply { of_request: &records, by: &[] };
    assert_eq!(blind.lacks(&request).map_err(|refusal| refusal.code), Err(BUSY));
    assert_eq!(BUSY, "request-busy");
    let taken = home.house.store().records_of(offer).await.unwrap();
    let sees = Supply { of_request: &records, by: &[(offer, &taken)] };
    assert_eq!(sees.lacks(&request).ok(), Some(40));
}
