//! Each refusal of the rules that no other test names, and each limit one beyond it.

use record::{Draft, Id, Refusal};

use super::folds::id;
use super::home::{anybody, code, home, just};
use crate::actions::rules::Actor;
use crate::resources::acts;
use crate::resources::records::{
    AdviceInvited, AdviceWords, OfferArranged, OfferMade, RequestAsked,
};
use crate::resources::rules::{
    ADVICE_CHARS_MAX, AHEAD_DAYS_MAX, AMOUNT_MAX, Asking, Given, INVITED_MAX, Making,
    PRICE_MINOR_MAX, REASON_CHARS_MAX, WHAT_CHARS_MAX, WHO_CHARS_MAX, Wayward, ask, made, said,
    worded,
};

const TODAY: i64 = 100;

fn refused(outcome: Result<Vec<Draft>, Refusal>) -> &'static str {
    match outcome {
        Err(refusal) => refusal.code,
        Ok(drafts) => panic!("not refused: {} records", drafts.len()),
    }
}

fn asking() -> Asking {
    Asking {
        asked: RequestAsked {
            item: "mason".to_owned(),
            what: "Repair the walls of the school".to_owned(),
            amount: 5,
            wanted_day: TODAY + 3,
            hand_over_day: TODAY + 9,
            urgency: 3,
            ..RequestAsked::default()
        },
        area: Some(id("area")),
        counterpart_here: true,
    }
}

#[test]
fn a_request_says_what_how_much_where_by_when_and_with_whom() {
    let check = |change: fn(&mut Asking), expected: &str| {
        let mut asking = asking();
        change(&mut asking);
        assert_eq!(refused(ask(id("it"), 1, &asking, TODAY, None)), expected);
    };
    assert!(ask(id("it"), 1, &asking(), TODAY, None).is_ok());
    check(|a| a.asked.item = "magic".to_owned(), "resource-item-unknown");
    check(|a| a.asked.amount = 0, "resource-amount");
    check(|a| a.asked.amount = -5, "resource-amount");
    check(|a| a.asked.amount = AMOUNT_MAX + 1, "resource-amount");
    check(|a| a.asked.what = " ".to_owned(), "request-what-empty");
    check(|a| a.asked.what = "a".repeat(WHAT_CHARS_MAX + 1), "resource-words-long");
    check(|a| a.area = None, "request-where");
    check(|a| a.counterpart_here = false, "request-counterpart");
    check(|a| a.asked.wanted_day = TODAY - 1, "resource-when");
    check(|a| a.asked.hand_over_day = TODAY + AHEAD_DAYS_MAX + 1, "resource-when");
    check(|a| a.asked.hand_over_day = TODAY + 2, "request-hand-over");
    check(|a| a.asked.urgency = 6, "list-unknown");
    check(|a| a.asked.languages = vec!["tlh".to_owned()], "list-unknown");
    // Nobody's number, and no few people, in words that everybody reads.
    let mut personal = asking();
    personal.asked.what = "Call +509 3700 0001 about the wall".to_owned();
    assert!(ask(id("it"), 1, &personal, TODAY, None).is_err());
}

#[test]
fn an_offer_has_a_sound_price_and_days() {
    let making = || Making {
        made: OfferMade {
            item: "mason".to_owned(),
            amount: 5,
            giver: "firm".to_owned(),
            from_day: TODAY,
            until_day: TODAY + 9,
            ..OfferMade::default()
        },
        area: None,
    };
    let check = |change: fn(&mut OfferMade), expected: &str| {
        let mut making = making();
        change(&mut making.made);
        assert_eq!(refused(made(id("it"), &[], 1, &making, TODAY, None)), expected);
    };
    assert!(made(id("it"), &[], 1, &making(), TODAY, None).is_ok());
    check(|m| m.item = String::new(), "resource-item-unknown");
    check(|m| m.giver = "king".to_owned(), "list-unknown");
    check(|m| m.amount = -1, "resource-amount");
    check(|m| m.amount = AMOUNT_MAX + 1, "resource-amount");
    check(|m| m.price_minor = 5, "offer-price");
    check(|m| (m.price_minor, m.currency) = (-5, "USD".to_owned()), "offer-price");
    check(|m| (m.price_minor, m.currency) = (5, "usd".to_owned()), "offer-price");
    check(|m| (m.price_minor, m.currency) = (PRICE_MINOR_MAX + 1, "USD".to_owned()), "offer-price");
    check(|m| m.until_day = TODAY - 1, "resource-when");
    check(|m| m.from_day = TODAY + 10, "offer-days");
}

#[test]
fn words_have_limits() {
    let long = |n: usize| "a".repeat(n);
    let code = |outcome: Result<String, Refusal>| outcome.err().map(|refusal| refusal.code);
    assert_eq!(code(said(&long(REASON_CHARS_MAX), REASON_CHARS_MAX, "x")), None);
    let most = REASON_CHARS_MAX;
    assert_eq!(code(said(&long(most + 1), most, "x")), Some("resource-words-long"));
    let advice = |n: usize| AdviceWords { words: long(n), ..AdviceWords::default() };
    assert!(worded(&advice(ADVICE_CHARS_MAX)).is_ok());
    assert!(worded(&advice(ADVICE_CHARS_MAX + 1)).is_err());
    let who = |n| AdviceWords { who: long(n), ..advice(1) };
    assert!(worded(&who(WHO_CHARS_MAX)).is_ok() && worded(&who(WHO_CHARS_MAX + 1)).is_err());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_there_or_not_theirs_is_refused() {
    let home = home().await;
    let house = &home.house;
    let (area, ana) = (home.area("Kilima Kati", 0).await, home.member("Ana").await);
    let (committee, nothing) = (home.body("Committee").await, id("nothing"));
    let asked = |body| RequestAsked { body, ..home.asking("mason", 5, ana) };
    let unknown = acts::requests::ask(house, asked(Some(nothing)), Some(area), None).await;
    assert_eq!(code(unknown), "resource-body-unknown");
    let stranger = RequestAsked { counterpart: nothing, ..asked(None) };
    let stranger = acts::requests::ask(house, stranger, Some(area), None).await;
    assert_eq!(code(stranger), "request-counterpart");
    let of_nothing = RequestAsked { need: Some(nothing), ..asked(None) };
    let of_nothing = acts::requests::ask(house, of_nothing, Some(area), None).await;
    assert_eq!(code(of_nothing), "request-need-unknown");
    let request = acts::requests::ask(house, asked(Some(committee)), Some(area), None);
    let request = request.await.unwrap();
    let offer = home.offer("nurse", 5, area, home.body("Clinic").await).await;
    let claim = |of, request, who| acts::offers::claim(house, of, request, 0, who);
    assert_eq!(code(claim(nothing, request, anybody()).await), "offer-unknown");
    assert_eq!(code(claim(offer, nothing, anybody()).await), "request-unknown");
    assert_eq!(code(claim(offer, request, anybody()).await), "offer-other-item");
    assert_eq!(code(claim(offer, request, just(nothing)).await), "request-of-others");
    let part = acts::offers::commit(house, offer, nothing, anybody()).await;
    assert_eq!(code(part), "offer-part-unknown");
    let given = Given { take: nothing, ..Given::default() };
    assert_eq!(
        code(acts::offers::given(house, offer, given, just(ana)).await),
        "offer-part-unknown"
    );
    assert_eq!(
        code(acts::requests::close(house, nothing, "Why".to_owned(), anybody()).await),
        "request-unknown"
    );
    let close = |why: &str| acts::requests::close(house, request, why.to_owned(), anybody());
    assert_eq!(code(close(" ").await), "resource-reason-empty");
    close("It was done by the school").await.unwrap();
    assert_eq!(code(close("Again").await), "request-closed");
    let send = Wayward { lot: nothing, to: Some(area), amount: 1, ..Wayward::default() };
    assert_eq!(code(acts::goods::send(house, send, None).await), "stock-unknown");
    let receive = acts::goods::receive(house, nothing, 1, String::new(), None).await;
    assert_eq!(code(receive), "waybill-unknown");
    let work = crate::resources::LotStocked {
        item: "mason".to_owned(),
        amount: 1,
        source: "bought".to_owned(),
        ..Default::default()
    };
    assert_eq!(code(acts::goods::stock(house, work, Some(area), None).await), "stock-no-goods");
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_vouches_for_their_own_or_for_a_body_that_is_not_theirs() {
    let home = home().await;
    let house = &home.house;
    let (area, clinic) = (home.area("Kilima Kati", 0).await, home.body("Clinic").await);
    let offer = home.offer("nurse", 5, area, clinic).await;
    let own = Actor { bodies: vec![clinic], ..just(id("ana")) };
    let vouch = |body, who| acts::offers::vouch(house, offer, body, who);
    assert_eq!(code(vouch(Some(clinic), own).await), "offer-vouch-own");
    assert_eq!(code(vouch(Some(id("other")), just(id("bo"))).await), "offer-vouch-own");
    vouch(None, just(id("bo"))).await.unwrap();
    vouch(None, just(id("bo"))).await.unwrap();
    assert_eq!(home.offer_now(offer).await.vouches.len(), 1, "once each");
    let arrange = |trigger: &str| OfferArranged {
        trigger: trigger.to_owned(),
        until_day: home.day(9),
        ..OfferArranged::default()
    };
    let silent = acts::offers::arrange(house, offer, arrange(" "), anybody()).await;
    assert_eq!(code(silent), "offer-trigger-empty");
    let river = arrange("The river stands above two metres at the bridge");
    acts::offers::arrange(house, offer, river, anybody()).await.unwrap();
    assert!(home.offer_now(offer).await.trigger.is_some());
    let sort = acts::offers::sort(house, offer, "magic".to_owned(), 5, None).await;
    assert_eq!(code(sort), "resource-item-unknown");
    let other = || just(id("bo"));
    let taken_off = acts::offers::withdraw(house, offer, Some(other())).await;
    assert_eq!(code(taken_off), "offer-of-others", "nobody takes a rival's offer off the list");
    let slander = acts::offers::conflict(house, offer, clinic, other()).await;
    assert_eq!(code(slander), "offer-of-others");
    acts::offers::withdraw(house, offer, Some(anybody())).await.unwrap();
    acts::offers::withdraw(house, offer, None).await.unwrap();
    assert_eq!(code(vouch(None, just(id("cy"))).await), "offer-gone");
    let ana = home.member("Ana").await;
    let request = home.request("nurse", 5, area, ana).await;
    let claim = acts::offers::claim(house, offer, request, 0, anybody()).await;
    assert_eq!(code(claim), "offer-gone");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_part_that_is_taken_cannot_be_called_something_else() {
    let home = home().await;
    let (area, ana) = (home.area("Kilima Kati", 0).await, home.member("Ana").await);
    let offer = home.offer("mason", 5, area, home.body("Guild").await).await;
    let request = home.request("mason", 9, area, ana).await;
    acts::offers::claim(&home.house, offer, request, 3, anybody()).await.unwrap();
    let sort = acts::offers::sort(&home.house, offer, "nurse".to_owned(), 5, None).await;
    assert_eq!(code(sort), "offer-taken");
    let more = acts::offers::claim(&home.house, offer, request, 3, anybody()).await;
    assert_eq!(code(more), "offer-taken");
    let none = acts::offers::claim(&home.house, offer, request, -1, anybody()).await;
    assert_eq!(code(none), "resource-amount");
}

#[tokio::test(flavor = "multi_thread")]
async fn so_many_are_invited_and_no_more() {
    let home = home().await;
    let (area, ana) = (home.area("Kilima Kati", 0).await, home.member("Ana").await);
    let request = home.request("engineer", 5, area, ana).await;
    let invited =
        || AdviceInvited { request, discipline: "science".to_owned(), until_day: home.day(9) };
    for _ in 0..INVITED_MAX {
        acts::advice::invite(&home.house, invited(), "", anybody()).await.unwrap();
    }
    let more = acts::advice::invite(&home.house, invited(), "", anybody()).await;
    assert_eq!(code(more), "advice-many");
    let odd = AdviceInvited { discipline: "magic".to_owned(), ..invited() };
    let odd = acts::advice::invite(&home.house, odd, "", anybody()).await;
    assert_eq!(code(odd), "list-unknown");
    let other = acts::advice::invite(&home.house, invited(), "", just(Id::NONE)).await;
    assert!(other.is_err());
}
