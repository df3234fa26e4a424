//! The pages: each opens, says what it must and keeps what it must not say; forms over HTTP.

use record::Id;

use super::home::{Home, anybody, home, homes, just};
use crate::resources::rules::{Given, Wayward};
use crate::resources::{acts, queries};
use crate::voices::queries as voices;

async fn full(home: &Home) -> (Id, Id, Id) {
    let (hill, port) = (home.area("Kilima", 0).await, home.area("Bandari", 3).await);
    let ana = home.member("Ana").await;
    let need = home.need(hill, Some(100)).await;
    let asked =
        crate::resources::RequestAsked { need: Some(need), ..home.asking("tarpaulin", 60, ana) };
    acts::requests::ask(&home.house, asked, Some(hill), None).await.unwrap();
    let request = home.request("mason", 5, hill, ana).await;
    home.sms("+50937000001", "OFFER mason 3 days Kilima").await;
    let lot = home.stock("tarpaulin", 100, port).await;
    let wayward = Wayward { lot, to: Some(hill), amount: 60, ..Wayward::default() };
    acts::goods::send(&home.house, wayward, Some(Id::named("member", "Bo"))).await.unwrap();
    (request, lot, ana)
}

#[tokio::test(flavor = "multi_thread")]
async fn every_page_opens_in_every_language_and_leaves_no_text_out() {
    let home = home().await;
    let (request, lot, ana) = full(&home).await;
    let offer = home.offers().await[0].id;
    let waybill = queries::waybills(&home.house, "sent", None).await.unwrap()[0].id;
    let officer = format!("officer.{ana}");
    let desk = [
        "/desk/requests".to_owned(),
        "/desk/requests?which=handover".to_owned(),
        "/desk/requests?which=closed".to_owned(),
        "/desk/requests/new".to_owned(),
        format!("/desk/requests/{request}"),
        "/desk/matches".to_owned(),
        "/desk/offers".to_owned(),
        "/desk/offers/new".to_owned(),
        format!("/desk/offers/{offer}"),
        "/desk/stock".to_owned(),
        "/desk/stock/new".to_owned(),
        format!("/desk/stock/{lot}"),
        "/desk/waybills".to_owned(),
        format!("/desk/waybills/{waybill}"),
        "/desk".to_owned(),
    ];
    let street = ["/help-wanted", "/help-wanted/offer", "/request/1", "/request/2"];
    for lang in ["en", "fr", "es", "ht", "sw", "ar"] {
        let at = |path: &str| {
            let mark = if path.contains('?') { '&' } else { '?' };
            format!("{path}{mark}lang={lang}")
        };
        for path in &desk {
            let (status, _, page) = home.asks(Some(&officer), &at(path), None).await;
            assert!(status == 200 && !page.contains('⟦'), "{lang} {path} {status}: {page}");
            let ids = page.split(" id=\"").skip(1).map(|rest| rest.split('"').next().unwrap());
            let mut ids: Vec<&str> = ids.collect();
            ids.sort_unstable();
            let twice = ids.windows(2).find(|pair| pair[0] == pair[1]);
            assert!(twice.is_none(), "{path} has an id twice: {twice:?}");
        }
        for path in street {
            let (status, _, page) = home.asks(None, &at(path), None).await;
            assert!(status == 200 && !page.contains('⟦'), "{lang} {path} {status}: {page}");
            assert!(!page.contains("+50937000001") && !page.contains(">Ana<"), "{path}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_resident_offers_on_the_page_without_an_account() {
    let home = home().await;
    let area = home.area("Kilima", 0).await;
    let (today, later) = ("2026-11-19", "2026-12-19");
    let form = format!(
        "item=nurse&words=I+nursed+for+ten+years&area={area}&amount=4&giver=resident\
         &number=%2B50937000009&from={today}&until={later}&lang-ht=yes"
    );
    let (status, to, page) = home.asks(None, "/help-wanted/offer", Some(&form)).await;
    assert!(status == 303 && to.contains("/follow/"), "{status} {to} {page}");
    let offer = home.offers().await.remove(0);
    assert_eq!((offer.item.as_str(), offer.amount, offer.area), ("nurse", 4, Some(area)));
    assert_eq!(offer.languages, ["ht"]);
    assert!(!home.holds("nursed for ten").await && !home.holds("50937000009").await);
    let voice = voices::voice(&home.house, offer.voice.unwrap()).await.unwrap().unwrap();
    assert_eq!(voice.kind.as_deref(), Some("offer"));
    // What is wrong comes back with its words, and nothing is half kept.
    let heard = home.offers().await.len();
    let t = page::Tongue::new(page::Lang::En, home.house.texts());
    let no_whole = t.say("refused-resource-whole");
    for (name, value, code) in [
        ("amount", "4.5", no_whole.as_str()),
        ("price", "12.50", "price cannot be right"),
        ("item", "magic", "what kind of thing"),
        ("until", "2020-01-01", "day does not fit"),
    ] {
        let form = format!(
            "item=nurse&words=I+nursed&giver=resident&from={today}&until={later}&currency=USD"
        );
        let others: Vec<&str> =
            form.split('&').filter(|field| !field.starts_with(&format!("{name}="))).collect();
        let form = format!("{}&{name}={value}", others.join("&"));
        let (status, _, page) = home.asks(None, "/help-wanted/offer?lang=en", Some(&form)).await;
        assert!(status == 422 && page.contains(code), "{name}: {status} {page}");
        assert!(page.contains("I nursed</textarea>"), "{name}: the words are lost");
    }
    assert_eq!(home.offers().await.len(), heard);
    // Nobody calls themselves a body here.
    let form = format!("item=nurse&words=x&giver=body&from={today}&until={later}");
    assert_eq!(home.asks(None, "/help-wanted/offer", Some(&form)).await.0, 422);
}

/// The one-time id that a form carries.
fn once(page: &str) -> String {
    let at = page.split("name=\"once\"").next().expect("a part before it").len();
    let field = &page[page[..at].rfind("<input").expect("a field")..];
    let value = field.split("value=\"").nth(1).or_else(|| field.split("value=").nth(1));
    value.expect("a value").chars().take_while(char::is_ascii_alphanumeric).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_that_is_sent_twice_makes_one_offer() {
    for home in homes().await {
        let officer = format!("officer.{}", home.member("Ana").await);
        let (guild, typed) = (home.body("Guild").await, "&from=2026-11-19&until=2026-12-19");
        for (who, path, of) in [
            (None, "/help-wanted/offer", "item=nurse&words=I+nursed&giver=resident".to_owned()),
            (
                Some(officer.as_str()),
                "/desk/offers/new",
                format!("item=mason&giver=body&body={guild}"),
            ),
        ] {
            let before = home.offers().await.len();
            let (_, _, page) = home.asks(who, &format!("{path}?lang=en"), None).await;
            let form = format!("once={}&{of}{typed}", once(&page));
            let (first, second) =
                tokio::join!(home.asks(who, path, Some(&form)), home.asks(who, path, Some(&form)));
            let third = home.asks(who, path, Some(&form)).await;
            assert_eq!((first.0, second.0, third.0), (303, 303, 303), "{}", first.2);
            assert!(first.1 == second.1 && first.1 == third.1, "{} {}", first.1, second.1);
            assert_eq!(home.offers().await.len(), before + 1, "{path}");
            // Whoever goes back and changes something, or opens the form again, offers once more.
            home.asks(who, path, Some(&format!("{form}&amount=9"))).await;
            assert_eq!(home.offers().await.len(), before + 2, "{path}");
            let (_, _, page) = home.asks(who, path, None).await;
            let form = format!("once={}&{of}{typed}", once(&page));
            home.asks(who, path, Some(&form)).await;
            assert_eq!(home.offers().await.len(), before + 3, "{path}");
        }
        // A form that comes back keeps its id.
        let bad = "once=0123&item=magic&words=I+nursed&giver=resident";
        let (status, _, page) = home.asks(None, "/help-wanted/offer", Some(bad)).await;
        assert_eq!((status, once(&page).as_str()), (422, "0123"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_offer_at_the_desk_is_a_bodys_or_a_voices() {
    let home = home().await;
    let officer = format!("officer.{}", home.member("Ana").await);
    let form = "item=nurse&amount=4&giver=body&from=2026-11-19&until=2026-12-19&body=&voice=";
    let (status, _, page) = home.asks(Some(&officer), "/desk/offers/new", Some(form)).await;
    assert!(status == 422 && page.contains(">offer-whose<"), "{status} {page}");
    assert!(home.offers().await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_desk_takes_in_one_tap_and_shows_the_reason() {
    let home = home().await;
    let (request, _, ana) = full(&home).await;
    let officer = format!("officer.{ana}");
    let path = format!("/desk/requests/{request}?lang=en");
    let (_, _, page) = home.asks(Some(&officer), &path, None).await;
    assert!(page.contains("is there already") && page.contains("Take it"), "{page}");
    assert!(page.contains("nobody offers") || page.contains("stay open"), "{page}");
    let offer = home.offers().await[0].id;
    let form = format!("request={request}&amount=3");
    let to = format!("/desk/offers/{offer}/claim");
    let (status, ..) = home.asks(Some(&officer), &to, Some(&form)).await;
    assert_eq!(status, 303);
    let (status, _, page) = home.asks(Some(&officer), &format!("{to}?lang=en"), Some(&form)).await;
    assert!(status == 409 && page.contains("Somebody else was faster"), "{page}");
    let (_, _, page) = home.asks(Some(&officer), &path, None).await;
    assert!(page.contains("wanted, not promised yet") && page.contains("They said yes"), "{page}");
    let (_, _, page) = home.asks(None, "/request/2?lang=en", None).await;
    assert!(page.contains("nothing promised yet"), "{page}");
    let (_, _, page) = home.asks(Some("focal_point"), &path, None).await;
    assert!(!page.contains("They said yes"), "no button for who may not");
}

#[tokio::test(flavor = "multi_thread")]
async fn how_long_a_few_people_worked_is_not_told_to_the_street() {
    let home = home().await;
    let (area, ana) = (home.area("Kilima", 0).await, home.member("Ana").await);
    let guild = home.body("Guild").await;
    let request = home.request("mason", 40, area, ana).await;
    let works = async |n: i64| {
        let offer = home.offer("mason", 3, area, guild).await;
        let take = acts::offers::claim(&home.house, offer, request, 3, anybody()).await.unwrap();
        acts::offers::commit(&home.house, offer, take, anybody()).await.unwrap();
        let given = Given { take, amount: 3, difference: String::new() };
        acts::offers::given(&home.house, offer, given, just(ana)).await.unwrap();
        n
    };
    let part = async || {
        let visitor = crate::door::Visitor(std::sync::Arc::new(crate::door::VisitorParts {
            tongue: page::Tongue::new(page::Lang::En, home.house.texts()),
            member: None,
            large: false,
            path: "/".to_owned(),
            wants_json: false,
            origin: [0; 16],
        }));
        let t = visitor.tongue();
        let rows = crate::resources::area_cells(&home.house, t, area).await.unwrap();
        let cells = rows.into_iter().flat_map(|(_, cells)| cells.into_iter().map(|cell| cell.0));
        let part = crate::resources::area_part(&home.house, &visitor, area).await.unwrap().0;
        format!("{}|{part}", cells.collect::<Vec<_>>().join("|"))
    };
    for n in 0..4 {
        works(n).await;
    }
    let few = part().await;
    assert!(few.contains("|some|") && !few.contains("12 days"), "{few}");
    assert!(!few.contains("of 100 days"), "{few}");
    assert!(few.contains("fewer than five people"), "and why not is said: {few}");
    assert!(few.contains("others: fewer than 5 times"), "{few}");
    works(4).await;
    let many = part().await;
    assert!(many.contains("100 of 100 days") && many.contains("|some|"), "{many}");
    assert!(many.contains("From others: at least 5 times"), "{many}");
    assert!(many.contains("about 100 times it came from this area itself"), "{many}");
    // One who came to another area is not told of; the city's share is, in tens and without a sum.
    let (port, offer) = (home.area("Bandari", 3).await, home.offer("mason", 3, area, guild).await);
    let request = home.request("mason", 3, port, ana).await;
    let take = acts::offers::claim(&home.house, offer, request, 3, anybody()).await.unwrap();
    let given = Given { take, amount: 3, difference: String::new() };
    acts::offers::given(&home.house, offer, given, just(ana)).await.unwrap();
    let (_, _, page) = home.asks(None, &format!("/area/{port}?lang=en"), None).await;
    assert!(page.contains("fewer than five people"), "{page}");
    assert!(!page.contains("In Port Kilima as a whole"), "one of the city's is few too: {page}");
    for _ in 0..4 {
        let request = home.request("mason", 3, port, ana).await;
        let offer = home.offer("mason", 3, area, guild).await;
        let take = acts::offers::claim(&home.house, offer, request, 3, anybody()).await.unwrap();
        let given = Given { take, amount: 3, difference: String::new() };
        acts::offers::given(&home.house, offer, given, just(ana)).await.unwrap();
    }
    let third = home.area("Soko", 6).await;
    let request = home.request("mason", 3, third, ana).await;
    let offer = home.offer("mason", 3, area, guild).await;
    let take = acts::offers::claim(&home.house, offer, request, 3, anybody()).await.unwrap();
    let given = Given { take, amount: 3, difference: String::new() };
    acts::offers::given(&home.house, offer, given, just(ana)).await.unwrap();
    let (_, _, page) = home.asks(None, &format!("/area/{third}?lang=en"), None).await;
    assert!(page.contains("as a whole, about 40 of 100 days"), "{page}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_waybill_is_found_by_its_number_and_a_slip_is_told() {
    let home = home().await;
    let (_, _, ana) = full(&home).await;
    let officer = format!("officer.{ana}");
    let (status, to, _) =
        home.asks(Some(&officer), "/desk/waybills?number=W-1-1&lang=en", None).await;
    assert!(status == 303 && to.contains("/desk/waybills/"), "{to}");
    let (status, _, page) =
        home.asks(Some(&officer), "/desk/waybills?number=W-1-7&lang=en", None).await;
    assert!(status == 422 && page.contains("A sign of this number is wrong"), "{page}");
    let (_, _, page) = home.asks(Some(&officer), &to, None).await;
    assert!(page.contains("W-1-1") && page.contains("Received, signature"), "{page}");
    let path = to.split('?').next().unwrap().to_owned();
    let form = "amount=50&difference=Ten+fell+into+the+river";
    let (status, ..) = home.asks(Some(&officer), &format!("{path}/receive"), Some(form)).await;
    assert_eq!(status, 303);
    let (_, _, page) = home.asks(Some(&officer), &format!("{path}?lang=en"), None).await;
    assert!(page.contains("50 pieces came") && page.contains("Ten fell into the river"), "{page}");
}
