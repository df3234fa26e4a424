//! Nobody acts on what they gain from: who vouches, who takes, who signs for what came. Each with
//! its refusal; and what is agreed beforehand, which is another's yes.

use record::{DAY_MS, Id};

use super::home::{Home, anybody, code, homes, just};
use crate::actions::rules::Actor;
use crate::people;
use crate::resources::acts::goods::{receive, send};
use crate::resources::acts::offers::{arrange, claim, commit, given, make, vouch};
use crate::resources::acts::requests::ask;
use crate::resources::records::OfferArranged;
use crate::resources::rules::{Given, Wayward};
use crate::resources::{OfferMade, RequestAsked, matching, queries};

fn of(member: Id, body: Id) -> Actor {
    Actor { bodies: vec![body], ..just(member) }
}

async fn belongs(home: &Home, member: Id, body: Id) {
    people::set_membership(&home.house, body, member, true, None).await.expect("a member of it");
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_vouches_for_takes_or_signs_for_what_their_own_group_offers() {
    for home in homes().await {
        let house = &home.house;
        let (hill, ana) = (home.area("Kilima", 0).await, home.member("Ana").await);
        let (firm, committee) = (home.body("Shop").await, home.body("Committee").await);
        let owner = home.member("Bo").await;
        let offer = home.offer("tarpaulin", 200, hill, firm).await;
        let own = vouch(house, offer, None, of(owner, firm)).await;
        assert_eq!(code(own), "offer-vouch-own");
        // Taking it: a member of the group that offers, whoever else they act for.
        let request = home.request("tarpaulin", 60, hill, ana).await;
        let boss = Actor { coordinates: true, ..of(owner, firm) };
        assert_eq!(code(claim(house, offer, request, 10, boss).await), "offer-claim-own");
        // Or that group's own request, whoever takes it.
        let asked = RequestAsked { body: Some(firm), ..home.asking("tarpaulin", 60, ana) };
        let theirs = ask(house, asked, Some(hill), None).await.unwrap();
        assert_eq!(code(claim(house, offer, theirs, 10, anybody()).await), "offer-claim-own");
        // Whoever would sign for it belongs to the group: it is refused before anything is
        // promised.
        belongs(&home, owner, firm).await;
        let signs = home.request("tarpaulin", 60, hill, owner).await;
        let early = claim(house, offer, signs, 10, anybody()).await;
        assert_eq!(code(early), "offer-counterpart-own");
        assert!(home.offer_now(offer).await.takes.is_empty(), "nothing is half taken");
        // And whoever joins it later does not sign either.
        let take = claim(house, offer, request, 10, of(ana, committee)).await.unwrap();
        let all = || Given { take, amount: 10, difference: String::new() };
        assert_eq!(code(given(house, offer, all(), of(ana, firm)).await), "offer-receipt-own");
        given(house, offer, all(), just(ana)).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_carried_goods_does_not_sign_for_what_came() {
    for home in homes().await {
        let (port, hill) = (home.area("Bandari", 0).await, home.area("Kilima", 3).await);
        let (drivers, lot) = (home.body("Drivers").await, home.stock("food", 40, port).await);
        let (ana, bo) = (home.member("Ana").await, home.member("Bo").await);
        belongs(&home, bo, drivers).await;
        let wayward = Wayward {
            lot,
            to: Some(hill),
            amount: 40,
            carrier: Some(drivers),
            ..Wayward::default()
        };
        let id = send(&home.house, wayward, None).await.unwrap();
        let own = receive(&home.house, id, 40, String::new(), Some(bo)).await;
        assert_eq!(code(own), "waybill-carrier");
        receive(&home.house, id, 40, String::new(), Some(ana)).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_agreed_beforehand_is_drawn_on_in_one_tap_until_its_day() {
    for home in homes().await {
        let house = &home.house;
        let (hill, port) = (home.area("Kilima", 0).await, home.area("Bandari", 3).await);
        let (ana, shop) = (home.member("Ana").await, home.body("Shop").await);
        let made = OfferMade { giver: "firm".to_owned(), ..home.offering("tarpaulin", 50, shop) };
        let offer = make(house, made, Some(hill), None).await.unwrap();
        let river = || OfferArranged {
            trigger: "The river stands above two metres at the bridge".to_owned(),
            until_day: home.day(9),
            amount: Some(200),
            price_minor: Some(450),
            currency: Some("USD".to_owned()),
            place: Some(port),
        };
        let arranges = |change: OfferArranged| arrange(house, offer, change, anybody());
        let none = OfferArranged { amount: Some(0), ..river() };
        assert_eq!(code(arranges(none).await), "resource-amount");
        let odd = OfferArranged { currency: Some("dollars".to_owned()), ..river() };
        assert_eq!(code(arranges(odd).await), "offer-price");
        let past = OfferArranged { until_day: home.day(-1), ..river() };
        assert_eq!(code(arranges(past).await), "resource-when");
        arranges(river()).await.unwrap();
        let now = home.offer_now(offer).await;
        assert_eq!((now.amount, now.price_minor, now.area), (200, 450, Some(port)));
        let request = home.request("tarpaulin", 60, hill, ana).await;
        let take = claim(house, offer, request, 0, anybody()).await.unwrap();
        let came = queries::came(house, request).await.unwrap();
        assert_eq!((came.claimed, came.pledged), (0, 60), "the yes is given already");
        commit(house, offer, take, anybody()).await.unwrap();
        let less = OfferArranged { amount: Some(59), ..river() };
        assert_eq!(code(arranges(less).await), "offer-arrange-less");
        let (_, _, page) = home.asks(None, &format!("/area/{port}?lang=en"), None).await;
        assert!(page.contains("Agreed beforehand") && page.contains("140 pieces"), "{page}");
        // After its day nothing proposes it, nobody takes it, and the pages say so.
        home.pass(10 * DAY_MS);
        let more = home.request("tarpaulin", 60, hill, ana).await;
        assert_eq!(code(claim(house, offer, more, 0, anybody()).await), "offer-gone");
        assert!(matching::propose_all(house).await.unwrap().proposed.is_empty());
        let (_, _, page) = home.asks(None, &format!("/area/{port}?lang=en"), None).await;
        assert!(!page.contains("Agreed beforehand"), "{page}");
        let (_, _, page) = home.asks(Some("officer"), "/desk/offers?lang=en", None).await;
        assert!(page.contains("its days are over"), "{page}");
    }
}
