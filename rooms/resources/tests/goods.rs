//! Goods in a whole house, on both engines: never below zero whoever sends at once, waybills with a
//! difference, handed out and confirmed by people alone.

use record::{DAY_MS, Id};

use super::home::{anybody, code, home, homes, just};
use crate::actions;
use crate::resources::acts::goods::{cancel, hand_out, lose, receive, send};
use crate::resources::records::LotStocked;
use crate::resources::rules::{Wayward, check_symbol, number_typed};
use crate::resources::{acts, queries, settle};
use crate::voices::notices;

fn ana() -> Option<Id> {
    Some(Id::named("member", "Ana"))
}

fn bo() -> Option<Id> {
    Some(Id::named("member", "Bo"))
}

#[tokio::test(flavor = "multi_thread")]
async fn stock_never_falls_below_zero_whoever_sends_at_once() {
    for home in homes().await {
        let (hill, port) = (home.area("Kilima", 0).await, home.area("Bandari", 3).await);
        let lot = home.stock("tarpaulin", 100, port).await;
        let other = if home.house.store().is_embedded() { None } else { Some(home.other().await) };
        let second = other.as_ref().map_or(&home.house, |other| &other.house).clone();
        let wayward = || Wayward { lot, to: Some(hill), amount: 60, ..Wayward::default() };
        let (left, right) =
            tokio::join!(send(&home.house, wayward(), ana()), send(&second, wayward(), bo()),);
        assert!(left.is_ok() != right.is_ok(), "{left:?} {right:?}");
        assert_eq!(code(if left.is_err() { left } else { right }), "stock-short");
        assert_eq!(home.lot_now(lot).await.here, 40);
        assert_eq!(code(lose(&home.house, lot, 41, "Torn".to_owned(), None).await), "stock-short");
        lose(&home.house, lot, 40, "Torn".to_owned(), None).await.unwrap();
        assert_eq!(home.lot_now(lot).await.here, 0);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_waybill_is_received_by_another_with_its_difference_explained() {
    for home in homes().await {
        let (hill, port) = (home.area("Kilima", 0).await, home.area("Bandari", 3).await);
        let lot = home.stock("tarpaulin", 100, port).await;
        let wayward = Wayward { lot, to: Some(hill), amount: 60, ..Wayward::default() };
        let id = send(&home.house, wayward, ana()).await.unwrap();
        let own = receive(&home.house, id, 60, String::new(), ana()).await;
        assert_eq!(code(own), "waybill-own");
        let silent = receive(&home.house, id, 58, String::new(), bo()).await;
        assert_eq!(code(silent), "resource-difference");
        let more = receive(&home.house, id, 61, "More".to_owned(), bo()).await;
        assert_eq!(code(more), "resource-more");
        receive(&home.house, id, 55, "Five were torn".to_owned(), bo()).await.unwrap();
        let again = receive(&home.house, id, 55, "Five were torn".to_owned(), bo()).await;
        assert_eq!(code(again), "waybill-over");
        let waybill = queries::waybill(&home.house, id).await.unwrap().unwrap();
        assert_eq!(
            (waybill.came, waybill.difference.as_deref()),
            (Some(55), Some("Five were torn"))
        );
        let there = queries::lots(&home.house, Some(hill), None).await.unwrap();
        assert_eq!((there.len(), there[0].here), (1, 55));
        let late = cancel(&home.house, &waybill, "No truck".to_owned(), None).await;
        assert_eq!(code(late), "waybill-over");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_not_sent_lies_where_it_lay() {
    let home = home().await;
    let (hill, port) = (home.area("Kilima", 0).await, home.area("Bandari", 3).await);
    let lot = home.stock("tarpaulin", 100, port).await;
    let wayward = Wayward { lot, to: Some(hill), amount: 60, ..Wayward::default() };
    let id = send(&home.house, wayward, ana()).await.unwrap();
    assert_eq!(home.lot_now(lot).await.here, 40);
    let waybill = queries::waybill(&home.house, id).await.unwrap().unwrap();
    cancel(&home.house, &waybill, "The truck did not come".to_owned(), ana()).await.unwrap();
    assert_eq!(home.lot_now(lot).await.here, 100);
    let nowhere = Wayward { lot, to: Some(port), amount: 1, ..Wayward::default() };
    assert_eq!(code(send(&home.house, nowhere, None).await), "waybill-where");
}

#[tokio::test(flavor = "multi_thread")]
async fn only_those_who_asked_confirm_what_was_handed_out() {
    for home in homes().await {
        let (hill, anas) = (home.area("Kilima", 0).await, home.member("Ana").await);
        let need = home.need(hill, Some(100)).await;
        let voice = home.says_of(need, "+50937000001").await;
        home.replies("+50937000001").await;
        let asked = crate::resources::RequestAsked {
            need: Some(need),
            ..home.asking("tarpaulin", 60, anas)
        };
        let request = acts::requests::ask(&home.house, asked, None, None).await.unwrap();
        let lot = home.stock("tarpaulin", 40, hill).await;
        let what = "tarpaulins".to_owned();
        let asks = hand_out(&home.house, lot, (40, Some(request)), what, anybody()).await.unwrap();
        assert!(asks, "people are asked");
        notices::carry(&home.house).await.unwrap();
        let told = home.replies("+50937000001").await;
        assert!(told.len() == 1 && told[0].contains("tarpaulins"), "asked once: {told:?}");
        settle(&home.house).await.unwrap();
        assert_eq!(home.request_now(request).await.answered, None, "silence is no receipt");
        home.sms("+50937000001", "YES").await;
        actions::settle(&home.house).await.unwrap();
        assert_eq!(settle(&home.house).await.unwrap(), 1);
        assert_eq!(home.request_now(request).await.answered, Some((true, 40)));
        let line = queries::figures(&home.house, hill).await.unwrap().remove(0);
        assert_eq!((line.asked, line.confirmed, line.here), (60, 40, 0));
        assert_eq!(settle(&home.house).await.unwrap(), 0, "once");
        let hand = home.lot_now(lot).await.hands.remove(0);
        assert!(hand.task.is_some());
        assert!(voice != Id::NONE);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_past_its_day_is_neither_sent_nor_handed_out() {
    let home = home().await;
    let (hill, port) = (home.area("Kilima", 0).await, home.area("Bandari", 3).await);
    let stocked = LotStocked {
        item: "food".to_owned(),
        amount: 50,
        good_until_day: Some(home.day(3)),
        source: "given".to_owned(),
        ..LotStocked::default()
    };
    let lot = acts::goods::stock(&home.house, stocked.clone(), Some(port), None).await.unwrap();
    home.pass(4 * DAY_MS);
    let wayward = Wayward { lot, to: Some(hill), amount: 5, ..Wayward::default() };
    assert_eq!(code(send(&home.house, wayward, None).await), "stock-past");
    let hand = hand_out(&home.house, lot, (5, None), String::new(), anybody()).await;
    assert_eq!(code(hand), "stock-past");
    let late = acts::goods::stock(&home.house, stocked, Some(port), None).await;
    assert_eq!(code(late), "stock-past");
    let (_, _, page) = home.asks(Some("officer"), "/desk/stock?lang=en", None).await;
    assert!(page.contains("was good until") && page.contains("tag bad"), "{page}");
    // What becomes of it is written down.
    lose(&home.house, lot, 50, "Spoiled, buried".to_owned(), None).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn goods_that_a_firm_gives_lie_in_stock_and_only_the_counterpart_says_so() {
    let home = home().await;
    let (hill, anas) = (home.area("Kilima", 0).await, home.member("Ana").await);
    let firm = home.body("Shop").await;
    let offer = home.offer("tarpaulin", 200, hill, firm).await;
    let request = home.request("tarpaulin", 60, hill, anas).await;
    let take = acts::offers::claim(&home.house, offer, request, 60, anybody()).await.unwrap();
    let given = |amount, why: &str| crate::resources::rules::Given {
        take,
        amount,
        difference: why.to_owned(),
    };
    let other = acts::offers::given(&home.house, offer, given(60, ""), anybody()).await;
    assert_eq!(code(other), "request-not-counterpart");
    let silent = acts::offers::given(&home.house, offer, given(50, ""), just(anas)).await;
    assert_eq!(code(silent), "resource-difference");
    let why = given(50, "Ten were sold before");
    acts::offers::given(&home.house, offer, why, just(anas)).await.unwrap();
    let lots = queries::lots(&home.house, Some(hill), None).await.unwrap();
    assert_eq!((lots.len(), lots[0].here, lots[0].request), (1, 50, Some(request)));
    let again = acts::offers::given(&home.house, offer, given(50, "Ten"), just(anas)).await;
    assert_eq!(code(again), "offer-given");
    let kept = acts::offers::release(&home.house, offer, take, anybody()).await;
    assert_eq!(code(kept), "offer-given");
}

#[test]
fn a_slip_of_the_finger_changes_the_check_symbol() {
    for number in [1_i64, 7, 12, 99, 1041, 73_510] {
        let symbol = check_symbol(number);
        assert_eq!(number_typed(&format!("w {number}-{symbol}")).ok(), Some(number));
        let digits: Vec<char> = number.to_string().chars().collect();
        for at in 0..digits.len() {
            for other in '0'..='9' {
                let mut typed = digits.clone();
                typed[at] = other;
                let typed: String = typed.iter().collect();
                if typed != number.to_string() {
                    assert!(
                        number_typed(&format!("W-{typed}-{symbol}")).is_err(),
                        "{typed}{symbol}"
                    );
                }
            }
            let mut typed = digits.clone();
            if at + 1 < typed.len() && typed[at] != typed[at + 1] {
                typed.swap(at, at + 1);
                let typed: String = typed.iter().collect();
                assert!(number_typed(&format!("W-{typed}-{symbol}")).is_err(), "{typed}{symbol}");
            }
        }
    }
    for typed in ["", "W-", "W-0-0", "W-x-7"] {
        let refused = number_typed(typed).map_err(|refusal| refusal.code);
        assert_eq!(refused, Err("waybill-mistyped"), "{typed}");
    }
}
