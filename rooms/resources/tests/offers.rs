//! Requests and offers in a whole house, on both engines: by SMS and page, vouched for, claimed by
//! two at once, forgotten.

use record::{DAY_MS, Id};

use super::home::{anybody, code, home, homes, just};
use crate::actions::rules::Actor;
use crate::resources::queries::{self, Came};
use crate::resources::records::OfferMade;
use crate::resources::rules::Given;
use crate::resources::{acts, settle};
use crate::voices::{forget, queries as voices};

const PHONE: &str = "+50937000001";

#[tokio::test(flavor = "multi_thread")]
async fn a_mason_offers_by_sms_is_found_and_is_told_when_wanted() {
    for home in homes().await {
        let (area, ana) = (home.area("Kilima Kati", 0).await, home.member("Ana").await);
        let replies = home.sms(PHONE, "OFFER mason 3 days Kilima Kati").await;
        assert_eq!(replies.len(), 1, "one receipt as for any voice: {replies:?}");
        let offers = home.offers().await;
        let [offer] = offers.as_slice() else { panic!("{offers:?}") };
        assert_eq!((offer.item.as_str(), offer.amount, offer.area), ("mason", 3, Some(area)));
        assert_eq!(queries::suppliers(&home.house, area).await.unwrap(), [("mason".to_owned(), 1)]);
        let request = home.request("mason", 2, area, ana).await;
        let take = acts::offers::claim(&home.house, offer.id, request, 0, anybody()).await.unwrap();
        let came = queries::came(&home.house, request).await.unwrap();
        assert_eq!((came.claimed, came.pledged), (2, 0), "a wish is no promise");
        let asked = home.replies(PHONE).await;
        assert!(asked.len() == 1 && asked[0].contains("Can you help?"), "{asked:?}");
        acts::offers::commit(&home.house, offer.id, take, anybody()).await.unwrap();
        let told = home.replies(PHONE).await;
        assert!(told.len() == 1 && told[0].contains("R-1"), "{told:?}");
        assert!(told[0].contains("Kilima Kati"), "{told:?}");
        // The second time nobody is told again.
        acts::offers::commit(&home.house, offer.id, take, anybody()).await.unwrap();
        assert!(home.replies(PHONE).await.is_empty());
        let given = Given { take, amount: 2, difference: String::new() };
        acts::offers::given(&home.house, offer.id, given, just(ana)).await.unwrap();
        let days = queries::days(&home.house, area).await.unwrap();
        assert_eq!((days.here, days.asked, days.people), (2, 2, [1, 0, 0]));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_who_claim_the_same_at_once_do_not_both_have_it() {
    for home in homes().await {
        let (area, body) = (home.area("Kilima Kati", 0).await, home.body("Depot").await);
        let ana = home.member("Ana").await;
        let offer = home.offer("tarpaulin", 200, area, body).await;
        let one = home.request("tarpaulin", 150, area, ana).await;
        let two = home.request("tarpaulin", 150, area, ana).await;
        // Two processes of one city, where the engine lets two write; else two tasks of one.
        let other = if home.house.store().is_embedded() { None } else { Some(home.other().await) };
        let second = other.as_ref().map_or(&home.house, |other| &other.house).clone();
        let (left, right) = tokio::join!(
            acts::offers::claim(&home.house, offer, one, 150, anybody()),
            acts::offers::claim(&second, offer, two, 150, anybody()),
        );
        assert!(left.is_ok() != right.is_ok(), "{left:?} {right:?}");
        assert_eq!(code(if left.is_err() { left } else { right }), "offer-taken");
        let offer = home.offer_now(offer).await;
        assert_eq!((offer.takes.len(), offer.left()), (1, 50));
        let came = |of| queries::came(&home.house, of);
        let (a, b): (Came, Came) = (came(one).await.unwrap(), came(two).await.unwrap());
        assert_eq!(a.claimed + b.claimed, 150, "and the loser's request has nothing");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_forgotten_offers_no_more_and_every_total_holds() {
    for home in homes().await {
        let (area, ana) = (home.area("Kilima Kati", 0).await, home.member("Ana").await);
        home.sms(PHONE, "OFFER mason 9 days Kilima Kati zanzigo").await;
        let offer = home.offers().await.remove(0);
        let request = home.request("mason", 4, area, ana).await;
        let claim = acts::offers::claim(&home.house, offer.id, request, 0, anybody());
        let take = claim.await.unwrap();
        acts::offers::commit(&home.house, offer.id, take, anybody()).await.unwrap();
        let given = Given { take, amount: 4, difference: String::new() };
        acts::offers::given(&home.house, offer.id, given, just(ana)).await.unwrap();
        let before = queries::figures(&home.house, area).await.unwrap();
        let path = format!("/area/{area}?lang=en");
        let (_, _, shown) = home.asks(None, &path, None).await;
        assert!(shown.contains("mason") && shown.contains("Received"), "{shown}");
        let voice = voices::voice(&home.house, offer.voice.unwrap()).await.unwrap().unwrap();
        assert!(voices::words(&home.house, voice.id).await.unwrap().is_some());
        forget::person(&home.house, voice.person.unwrap()).await.unwrap();
        // Before any chore has run, nobody can take it.
        let claim = acts::offers::claim(&home.house, offer.id, request, 1, anybody()).await;
        assert_eq!(code(claim), "offer-gone");
        assert_eq!(settle(&home.house).await.unwrap(), 1);
        assert_eq!(settle(&home.house).await.unwrap(), 0, "once");
        assert!(home.offers().await.is_empty());
        assert!(voices::words(&home.house, voice.id).await.unwrap().is_none());
        assert!(!home.holds("zanzigo").await && !home.holds(PHONE).await);
        assert_eq!(queries::figures(&home.house, area).await.unwrap(), before);
        assert_eq!(home.asks(None, &path, None).await.2, shown, "the area's page is the same");
        assert!(queries::suppliers(&home.house, area).await.unwrap().is_empty());
        for noun in ["request", "offer", "lot", "waybill", "advice"] {
            home.house.store().rebuild(noun, |_| {}).await.expect("rebuilt");
        }
        assert_eq!(queries::figures(&home.house, area).await.unwrap(), before);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_firm_whose_owner_decides_is_kept_away_and_that_is_written_down() {
    let home = home().await;
    let (area, ana) = (home.area("Kilima Kati", 0).await, home.member("Ana").await);
    let (committee, firm) = (home.body("Committee").await, home.body("Shop").await);
    let made = OfferMade { conflict: Some(committee), ..home.offering("tarpaulin", 200, firm) };
    let offer = acts::offers::make(&home.house, made, Some(area), None).await.unwrap();
    let asked = crate::resources::RequestAsked {
        body: Some(committee),
        ..home.asking("tarpaulin", 50, ana)
    };
    let request = acts::requests::ask(&home.house, asked, Some(area), None).await.unwrap();
    let claim = acts::offers::claim(&home.house, offer, request, 0, anybody()).await;
    assert_eq!(code(claim), "offer-conflict");
    let kept = home.offer_now(offer).await;
    assert_eq!((kept.excluded, kept.takes.len()), (vec![request], 0));
    // A member of that committee takes it for nobody else either.
    let elsewhere = home.request("tarpaulin", 50, area, ana).await;
    let sits = Actor { bodies: vec![committee], ..just(Id::named("member", "owner")) };
    let claim = acts::offers::claim(&home.house, offer, elsewhere, 0, sits).await;
    assert_eq!(code(claim), "offer-conflict");
    assert!(acts::offers::claim(&home.house, offer, elsewhere, 0, anybody()).await.is_ok());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_released_is_there_again_and_whoever_was_asked_is_told() {
    let home = home().await;
    let (area, ana) = (home.area("Kilima Kati", 0).await, home.member("Ana").await);
    home.sms(PHONE, "OFFER nurse 4 days Kilima Kati").await;
    let offer = home.offers().await.remove(0).id;
    let request = home.request("nurse", 4, area, ana).await;
    let take = acts::offers::claim(&home.house, offer, request, 0, anybody()).await.unwrap();
    assert_eq!(home.replies(PHONE).await.len(), 1, "is asked");
    acts::offers::release(&home.house, offer, take, anybody()).await.unwrap();
    assert_eq!(home.replies(PHONE).await.len(), 1, "and told that it is not needed");
    let take = acts::offers::claim(&home.house, offer, request, 0, anybody()).await.unwrap();
    acts::offers::commit(&home.house, offer, take, anybody()).await.unwrap();
    home.replies(PHONE).await;
    acts::offers::release(&home.house, offer, take, anybody()).await.unwrap();
    assert_eq!(home.replies(PHONE).await.len(), 1);
    assert_eq!(home.offer_now(offer).await.left(), 4);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_offer_that_no_word_names_is_heard_and_waits_to_be_listed() {
    let home = home().await;
    let replies = home.sms(PHONE, "OFFER my two hands").await;
    assert_eq!(replies.len(), 1, "it is heard");
    assert!(home.offers().await.is_empty());
    let (_, _, page) = home.asks(Some("operator"), "/desk/offers?lang=en", None).await;
    assert!(page.contains("OFFER my two hands") && page.contains("List it"), "{page}");
    let (_, _, page) = home.asks(Some("committee"), "/desk/offers?lang=en", None).await;
    assert!(!page.contains("my two hands"), "words are for those who read voices");
    // An ordinary word at the beginning is nobody's offer.
    home.sms("+50937000002", "Offering is not what I want, I need water").await;
    assert!(home.offers().await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_waits_for_its_hand_over_and_says_so() {
    let home = home().await;
    let (area, ana) = (home.area("Kilima Kati", 0).await, home.member("Ana").await);
    let request = home.request("engineer", 5, area, ana).await;
    let due = queries::list(&home.house, queries::Which::HandOver(home.day(0)), None, None);
    assert!(due.await.unwrap().is_empty());
    home.pass(31 * DAY_MS);
    let due = queries::list(&home.house, queries::Which::HandOver(home.day(0)), None, None);
    assert_eq!(due.await.unwrap().len(), 1);
    let (_, _, page) = home.asks(None, "/request/1?lang=en", None).await;
    assert!(page.contains("hand-over is due"), "{page}");
    let other = acts::requests::hand_over(&home.house, request, anybody()).await;
    assert_eq!(code(other), "request-not-counterpart");
    acts::requests::hand_over(&home.house, request, just(ana)).await.unwrap();
    assert!(!home.request_now(request).await.is_hand_over_due(home.day(0)));
}
