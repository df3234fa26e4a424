//! Money that buys of an offer which a local supplier has here: the purse and the offer agree, the
//! local share is read from the offer, and nobody buys from their own group.

use record::Id;

use super::home::{Home, area, code, homes, of, yes};
use crate::funds::buying::buy;
use crate::funds::queries;
use crate::funds::records::PurseSpent;
use crate::resources;
use crate::resources::OfferMade;

/// A window from which the women's group was paid 3,200 USD for Pelikan.
async fn paid(home: &Home) -> (Id, i64) {
    let window = home.window(|_| {}).await;
    home.filled(window, 1_000_000).await;
    home.pass(2);
    let women = home.applies(window, Some(home.women), 400_000, "Pelikan").await;
    home.pass(10);
    for member in ["Ines", "Odile"] {
        home.scores(women, member, [4, 3]).await;
    }
    assert_eq!(home.decides(women, yes(400_000)).await, Ok(()));
    home.pass(5);
    (window, home.pays(window, 1, 320_000).await)
}

async fn offer(home: &Home, price_minor: i64, place: Option<Id>) -> Id {
    let made = OfferMade {
        item: "water".to_owned(),
        amount: 500,
        price_minor,
        currency: if price_minor > 0 { "USD".to_owned() } else { String::new() },
        from_day: home.today(),
        until_day: home.today() + 30,
        giver: "firm".to_owned(),
        body: Some(home.club),
        ..OfferMade::default()
    };
    resources::acts::offers::make(&home.house, made, place, None).await.expect("offered")
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_bought_of_an_offer_counts_there_and_in_the_local_share() {
    for home in homes().await {
        let (window, payment) = paid(&home).await;
        let pelikan = area("Pelikan");
        let here = offer(&home, 500, Some(pelikan)).await;
        let gift = offer(&home, 0, Some(pelikan)).await;
        let spent = |amount_minor, units| PurseSpent {
            payment,
            amount_minor,
            supplier: "Depo dlo".to_owned(),
            what: "Water".to_owned(),
            day: home.today(),
            units: Some(units),
            ..PurseSpent::default()
        };
        let buys = |of, said, who| buy(&home.house, window, of, said, who);
        let odile = || of("Odile", home.women);
        assert_eq!(code(buys(gift, spent(50_000, 100), odile()).await), "offer-not-sold");
        assert_eq!(code(buys(here, spent(50_001, 100), odile()).await), "offer-dearer");
        assert_eq!(code(buys(here, spent(50_000, 501), odile()).await), "offer-taken");
        let mut both = odile();
        both.bodies.push(home.club);
        assert_eq!(code(buys(here, spent(50_000, 100), both).await), "offer-claim-own");
        let stranger = of("Somebody", home.city);
        assert_eq!(code(buys(here, spent(50_000, 100), stranger).await), "funds-of-others");
        let known = resources::queries::offer(&home.house, here).await.expect("read");
        assert!(known.expect("there").takes.is_empty(), "nothing is half written");
        buys(here, spent(50_000, 100), odile()).await.expect("bought");
        let known = resources::queries::offer(&home.house, here).await.expect("read");
        assert_eq!(known.expect("there").left(), 400);
        let lines = resources::figures(&home.house, pelikan).await.expect("read");
        let line = lines.iter().find(|line| line.item == "water").expect("water");
        assert_eq!((line.pledged, line.received), (100, 100));
        // One from elsewhere in the city is not of this area, whatever somebody ticks.
        let far = offer(&home, 500, Some(area("Bele"))).await;
        let ticked = PurseSpent { local: true, ..spent(10_000, 20) };
        buys(far, ticked, odile()).await.expect("bought");
        let (all, _) = queries::figures(&home.house).await.expect("read");
        assert_eq!((all["USD"].local_minor, all["USD"].bought_minor), (50_000, 60_000));
        let purse = home.purse(window).await;
        assert!(purse.balances() && purse.spends[0].of.offer == Some(here));
    }
}
