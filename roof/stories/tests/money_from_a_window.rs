//! The thread with money in it: after the assembly has decided, a window with published weights, an
//! application, the water line by the city's own risk, a payment by two hands, a delivery, WI of
//! those who spoke, and the whole way back from the payment to at least so many voices. Over HTTP
//! and SMS, on SQLite and on PostgreSQL, by a clock that the story moves.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a failing story is a failing test")]

use rooms::door::House;
use rooms::people::{BodyAsked, MandateAsked, set_membership, write_body};
use stories::bele::{self, City, MARLENE, NEIGHBOURS, decided, grouped, heard};
use stories::{Days, ROUNDS_MAX, Town, Web, towns};

const PROGRAM: &str = env!("CARGO_BIN_EXE_town");
const RISK: &str = "dimension,dimension_weight,category,category_weight,component,\
    component_weight,measure,weight,scale,from,to,source\n\
    Hazard,1,Water,1,Floods,1,Flood days,1,even,0,30,Counted by assemblies\n\
    People,1,Water,1,Pumps,1,Homes without a pump,1,even,0,100,Walked in May\n";

/// Who keeps the money: two members, with a law that lets them give out so much of it.
async fn keepers(house: &House) -> String {
    let asked = BodyAsked {
        name: "Komisyon lajan".to_owned(),
        kind: "committee".to_owned(),
        constituency: "resident".to_owned(),
        ..BodyAsked::default()
    };
    let body = write_body(house, asked, None).await.unwrap();
    for name in ["wilner", "ines"] {
        let all = rooms::people::here(house, None).await.unwrap();
        let (member, _) = all.iter().find(|(_, known)| known == name).unwrap();
        set_membership(house, body, *member, true, None).await.unwrap();
    }
    let mandate = MandateAsked {
        body,
        subject: "Water points".to_owned(),
        area: None,
        ceiling: Some((1_000_000, "USD".to_owned())),
        expiry_day: record::day_of(house.now_ms()) + 300,
        instrument: "Resolution 7 of the council".to_owned(),
        by: None,
    };
    rooms::people::give_mandate(house, mandate, None).await.unwrap();
    body.to_string()
}

/// The id of a member, as forms send it.
async fn member_id(house: &House, name: &str) -> String {
    let all = rooms::people::here(house, None).await.unwrap();
    all.iter().find(|(_, known)| known == name).map(|(id, _)| id.to_string()).unwrap()
}

/// The city says what risk is made of, and what was measured; of one area nobody has.
async fn risk_set(city: &City, days: &Days) {
    let wilner = city.member("wilner").await;
    let index = [("index", RISK), ("reason", "What two assemblies named first")];
    wilner.post("/desk/places/risk/index", &index).await.moved();
    let readings = "area,Flood days,Homes without a pump\nBèlè,24,80\nRavin Blan,6,30\n";
    let brought = [("readings", readings), ("day", &days.day(0))];
    wilner.post("/desk/places/risk/readings", &brought).await.moved();
    let page = city.street.get("/risk?lang=en").await;
    assert!(page.body.contains("What two assemblies named first"), "{}", page.plain());
}

/// A window is written, published with its weights, and filled.
async fn opened(city: &City, house: &House, body: &str, days: &Days) -> String {
    let wilner = city.member("wilner").await;
    let (opens, closes, decides) = (days.day(1), days.day(9), days.day(12));
    let mut terms = vec![
        ("name", "Dlo pou katye yo"),
        ("purpose", "Small works that bring water back."),
        ("mechanism", "grant"),
        ("currency", "USD"),
        ("body", body),
        ("subject", "Water points"),
        ("most", "4000.00"),
        ("overhead_percent", "10"),
        ("women_led", "0"),
        ("pool0", "Common pool"),
        ("criterion0", "Does it reach those in need?"),
        ("weight0", "60"),
        ("criterion1", "Can they do it?"),
        ("weight1", "40"),
        ("opens", &opens),
        ("closes", &closes),
        ("decides", &decides),
        ("appeal_days", "3"),
    ];
    let (nadege, ines, fabiola) = (
        member_id(house, "nadege").await,
        member_id(house, "ines").await,
        member_id(house, "fabiola").await,
    );
    for (member, seat, woman, who) in [
        ("member0", "seat0", "woman0", &nadege),
        ("member1", "seat1", "woman1", &ines),
        ("member2", "seat2", "woman2", &fabiola),
    ] {
        terms.extend([(member, who.as_str()), (seat, "resident"), (woman, "yes")]);
    }
    let window = wilner.post("/desk/money/new?lang=en", &terms).await.moved();
    assert_eq!(city.street.get("/money/1").await.status, 404, "a draft is nobody's yet");
    let act = format!("{window}/do?lang=en");
    wilner.post(&act, &[("act", "publish")]).await.moved();
    let page = city.street.get("/money/1?lang=en").await;
    assert!(page.body.contains("Does it reach those in need?"), "the weights stand: {}", page.body);
    let due = days.day(30);
    let pledge = [
        ("act", "pledge"),
        ("amount", "3000.00"),
        ("currency", "USD"),
        ("rate", "1"),
        ("rate_day", &days.day(0)),
        ("directness", "direct_donor"),
        ("pool", "0"),
        ("due", &due),
    ];
    wilner.post(&act, &pledge).await.moved();
    let commit =
        [("act", "commit"), ("of", "1"), ("amount", "3000.00"), ("instrument", "Letter 4")];
    wilner.post(&act, &commit).await.moved();
    let paid_in = [
        ("act", "pay_in"),
        ("of", "1"),
        ("amount", "3000.00"),
        ("day", &days.day(0)),
        ("reference", "slip 7"),
    ];
    wilner.post(&act, &paid_in).await.moved();
    window
}

/// The committee asks; the panel scores; the line is drawn; the keepers decide.
async fn granted(city: &City, window: &str, body: &str, days: &Days) {
    days.pass(2);
    let yolande = city.member("yolande").await;
    let asked = [
        ("body", body),
        ("kind", "grassroots_org"),
        ("area", "Bèlè"),
        ("what", "Two water trucks each morning"),
        ("people", "350"),
        ("amount", "1200.00"),
        ("how", "The driver lives here; women keep the queue."),
        ("needs", "N-1"),
        ("decision", "D-1"),
    ];
    let slip = [&asked[..5], &[("amount", "1,200")], &asked[6..]].concat();
    assert_eq!(yolande.post("/money/1/apply?lang=en", &slip).await.status, 422);
    yolande.post("/money/1/apply?lang=en", &asked).await.moved();
    days.pass(8);
    let wilner = city.member("wilner").await;
    let list = wilner.get(&format!("{window}?lang=en")).await;
    let application = list.body.split("/desk/application/").nth(1).and_then(|r| r.get(..26));
    let application = application.unwrap_or_else(|| panic!("{}", list.plain()));
    let act = format!("/desk/application/{application}/do?lang=en");
    for name in ["nadege", "ines", "fabiola"] {
        let scores = [
            ("act", "score"),
            ("points0", "4"),
            ("why0", "The only water there is."),
            ("points1", "3"),
            ("why1", "They did it before."),
        ];
        city.member(name).await.post(&act, &scores).await.moved();
    }
    let share = format!("{window}/share?lang=en");
    let form = wilner.get(&share).await;
    assert!(form.body.contains("value=\"8.0\""), "the city's own risk stands there: {}", form.body);
    let figures = [
        ("cost", "20.00"),
        ("day", &days.day(0)),
        ("people0", "350"),
        ("covered0", ""),
        ("risk0", "8.0"),
        ("source0", "Count of the committee"),
    ];
    wilner.post(&share, &figures).await.moved();
    let yes = [
        ("act", "fund"),
        ("amount", "1200.00"),
        ("pool", "0"),
        ("reason", "It reaches most of those in need."),
    ];
    wilner.post(&act, &yes).await.moved();
}

/// One prepares the payment, another approves it once the days for appeals are over.
async fn paid(city: &City, window: &str, days: &Days) {
    let act = format!("{window}/do?lang=en");
    let (wilner, ines) = (city.member("wilner").await, city.member("ines").await);
    let payment = [
        ("act", "pay"),
        ("of", "1"),
        ("amount", "1080.00"),
        ("means", "mobile_money"),
        ("what", "Two water trucks for six days"),
    ];
    wilner.post(&act, &payment).await.moved();
    let approve = [("act", "approve"), ("of", "1"), ("reference", "MM 31")];
    let early = ines.post(&act, &approve).await;
    assert_ne!(early.status, 303, "the days for appeals are not over");
    days.pass(4);
    let (wilner, ines) = (city.member("wilner").await, city.member("ines").await);
    let own = wilner.post(&act, &approve).await;
    assert_ne!(own.status, 303, "nobody approves their own payment");
    ines.post(&act, &approve).await.moved();
    let spent = [
        ("act", "spend"),
        ("of", "1"),
        ("amount", "1000.00"),
        ("what", "Water for six days"),
        ("supplier", "Depo dlo"),
        ("local", "yes"),
        ("bill", "F 12"),
        ("day", &days.day(0)),
    ];
    wilner.post(&act, &spent).await.moved();
    let confirm = [("act", "confirm"), ("of", "1")];
    let early = wilner.post(&act, &confirm).await;
    assert_ne!(early.status, 303, "only people's own answers confirm");
}

/// The water comes, and everybody who spoke is asked: all but one say WI, and a week passes.
async fn confirmed(city: &City, decision: &str, days: &Days) {
    let yolande = city.member("yolande").await;
    let id = decision.rsplit('/').next().unwrap();
    let task = yolande.post("/desk/tasks/promise", &[("decision", id)]).await.moved();
    let delivered = [("what", "De kamyon dlo"), ("much", "8000 lit"), ("how", "Kamyon")];
    yolande.post(&format!("{task}/deliver"), &delivered).await.moved();
    city.phone(MARLENE).receives("De kamyon dlo").await;
    let neighbours = (0..NEIGHBOURS).map(|n| format!("+5093710000{n:02}"));
    for number in neighbours {
        city.phone(&number).ask("WI").await;
    }
    days.pass(8);
}

/// The page that says something, as soon as the node has counted.
async fn page_with(web: &Web, path: &str, words: &str) -> String {
    for _ in 0..ROUNDS_MAX {
        let page = web.get(path).await;
        if page.plain().contains(words) {
            return page.body;
        }
        tokio::time::sleep(std::time::Duration::from_secs(1)).await;
    }
    panic!("{path} never said {words}: {}", web.get(path).await.plain());
}

/// From the payment to the voices, and from the need to the payment.
async fn walked_back(city: &City, window: &str) {
    let wilner = city.member("wilner").await;
    page_with(&city.street, "/need/1?lang=en", "those who spoke say it arrived").await;
    let confirm = [("act", "confirm"), ("of", "1")];
    wilner.post(&format!("{window}/do?lang=en"), &confirm).await.moved();
    let path = "/money/payment/1?lang=en";
    let payment = page_with(&city.street, path, "at least 10 voices").await;
    for words in ["1,080 USD", "1,000 USD", "/decision/1", "/need/1", "/money/1"] {
        assert!(payment.contains(words), "{words}: {payment}");
    }
    for (path, way) in [
        ("/need/1?lang=en", "/money/payment/1"),
        ("/decision/1?lang=en", "/money/payment/1"),
        ("/money/1?lang=en", "/money/payment/1"),
    ] {
        let page = city.street.get(path).await;
        assert!(page.body.contains(way), "{path} leads to the payment: {}", page.plain());
        assert!(!page.body.contains("zaboka") && !page.body.contains("3700000"), "{path}");
    }
    assert!(!payment.contains("zaboka") && !payment.contains("3700000"), "a word is shown");
}

/// The one who had not answered says that it did not come: nothing is confirmed any more. Then she
/// is forgotten, and the count of the voices that the payment leads to is what it was.
async fn taken_back(city: &City) {
    let marlene = city.phone(MARLENE);
    marlene.ask("NON").await;
    let path = "/money/payment/1?lang=en";
    page_with(&city.street, path, "not confirmed yet").await;
    marlene.ask("EFASE").await;
    let payment = page_with(&city.street, path, "at least 10 voices").await;
    assert!(payment.contains("1,000 USD") && !payment.contains("3700000"));
}

async fn story(town: &Town) {
    town.settle().await;
    let node = town.open().await;
    let (assembly, committee) = bele::bodies(&node.house).await;
    let keepers = keepers(&node.house).await;
    let days = Days::default();
    let web = town.serve_by(&days).await;
    let city = City { street: web.clone(), desk: web };
    heard(&city).await;
    let need = grouped(&city, &committee).await;
    let decision = decided(&city, (&assembly, &committee), &need).await;
    risk_set(&city, &days).await;
    let window = opened(&city, &node.house, &keepers, &days).await;
    granted(&city, &window, &committee, &days).await;
    paid(&city, &window, &days).await;
    confirmed(&city, &decision, &days).await;
    walked_back(&city, &window).await;
    taken_back(&city).await;
    let (status, out, err) = town.command(&["verify"]);
    assert_eq!(status, 0, "{out}{err}");
}

#[test]
fn money_goes_from_a_window_to_those_who_asked_and_is_walked_back() {
    for town in towns(PROGRAM) {
        // A runtime of its own for each town: with it the node stops.
        let runtime = tokio::runtime::Runtime::new().unwrap();
        runtime.block_on(story(&town));
    }
}
