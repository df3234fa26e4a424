//! The first evening of a flood: leaders of the zones meet in the short form, move people out of
//! the water at once, and what they decide in haste comes back by itself. On SQLite, and on
//! PostgreSQL with two processes.

#![expect(clippy::unwrap_used, reason = "a failing story is a failing test")]

use record::Id;
use rooms::door::{House, Role};
use rooms::people::{self, MandateAsked, NewMember};
use stories::{PASSPHRASE, Phone, Running, Town, Web, day_from_now, towns};

const PROGRAM: &str = env!("CARGO_BIN_EXE_town");
const PHONES: [&str; 3] = ["+50937000001", "+50937000002", "+50937000003"];
/// What the leaders may spend by themselves, in cents.
const CEILING_MINOR: i64 = 500_000;

/// Who meets, who governs, and the two people of city hall: the officer, and who stands in.
struct Bodies {
    leaders: Id,
    city_hall: Id,
}

async fn bodies(town: &Town) -> Bodies {
    let node = town.open().await;
    let house = &node.house;
    let leaders = people::form_body(house, "Lidè zòn yo", "assembly", None, None).await.unwrap();
    let city_hall = people::form_body(house, "Meri", "authority", None, None).await.unwrap();
    let youth = people::form_body(house, "Jèn Fò Mèkredi", "organisation", None, None);
    let youth = youth.await.unwrap();
    joins(house, "fabiola", Role::Facilitator, leaders).await;
    joins(house, "yolande", Role::Committee, youth).await;
    joins(house, "odile", Role::Officer, city_hall).await;
    mandate(house, leaders, Some(CEILING_MINOR)).await;
    mandate(house, city_hall, Some(CEILING_MINOR * 100)).await;
    Bodies { leaders, city_hall }
}

async fn joins(house: &House, name: &str, role: Role, body: Id) {
    let (name, passphrase) = (name.to_owned(), PASSPHRASE.to_owned());
    let member = people::join(house, NewMember { name, passphrase, roles: vec![role] }, None);
    people::set_membership(house, body, member.await.unwrap(), true, None).await.unwrap();
}

async fn mandate(house: &House, body: Id, ceiling_minor: Option<i64>) {
    let asked = MandateAsked {
        body,
        subject: "Shelter".to_owned(),
        area: None,
        ceiling: ceiling_minor.map(|minor| (minor, "USD".to_owned())),
        expiry_day: record::day_of(house.now_ms()) + 90,
        instrument: "Civil protection decree 3/2026".to_owned(),
        by: None,
    };
    people::give_mandate(house, asked, None).await.unwrap();
}

/// The node that phones and members reach; on PostgreSQL members reach another process.
struct City {
    street: Running,
    desk: Option<Running>,
}

impl City {
    async fn member(&self, name: &str) -> Web {
        let web = self.desk.as_ref().map_or(&self.street.web, |desk| &desk.web);
        web.sign_in(name).await
    }
}

/// Three zones say that the water is in their houses; a severe need is made of it and shown.
async fn heard(city: &City) -> String {
    for (phone, area) in PHONES.into_iter().zip(["Bèlè", "Ravin Blan", "Fò Mèkredi"]) {
        let words = format!("Dlo antre nan kay nou nan {area}, nou bezwen kote pou dòmi");
        Phone::new(&city.street.web, phone).ask(&words).await;
    }
    let josue = city.member("josue").await;
    let list = josue.get("/desk/voices").await;
    let mut ids: Vec<&str> =
        list.body.split("/desk/voices/").skip(1).filter_map(|rest| rest.get(..26)).collect();
    ids.retain(|id| id.parse::<Id>().is_ok());
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), PHONES.len(), "{}", list.plain());
    let mut fields = vec![
        ("do", "new"),
        ("title", "Kote pou dòmi pou moun dlo antre lakay yo"),
        ("sector", "shelter"),
        ("severity", "4"),
    ];
    fields.extend(ids.iter().flat_map(|id| [("v", *id), ("m", *id)]));
    josue.post("/desk/grouping", &fields).await.moved();
    let list = josue.get("/desk/needs").await;
    let mut needs = list.body.split("/desk/needs/").skip(1).filter_map(|rest| rest.get(..26));
    let need = needs.find(|id| id.parse::<Id>().is_ok()).unwrap().to_owned();
    josue.post(&format!("/desk/needs/{need}/publish"), &[]).await.moved();
    let how = [("how", "residents")];
    josue.post(&format!("/desk/needs/{need}/confirm"), &how).await.moved();
    need
}

/// An evening of the zones' leaders, open and counted; `short` is the form of an emergency.
async fn evening(who: &Web, leaders: Id, agenda: &[(&str, &str)], short: bool) -> String {
    let (body, day) = (leaders.to_string(), day_from_now(1));
    let mut called = vec![
        ("body", body.as_str()),
        ("title", "Lidè zòn yo"),
        ("place", "Meri"),
        ("day", &day),
        ("hour", "17:00"),
    ];
    called.extend(short.then_some(("short_form", "yes")));
    let evening = who.post("/desk/assemblies", &called).await.moved();
    let evening = evening.trim_end_matches("/agenda").to_owned();
    if agenda.iter().any(|(item, _)| item.starts_with("place-")) {
        let other = [("own-0", "Lòt bagay"), ("do", "publish")];
        let refused = who.post(&format!("{evening}/agenda?lang=en"), &other).await;
        let said = refused.plain();
        assert!(said.contains("This is missing from the agenda"), "{said}");
    }
    let agenda = [agenda, &[("do", "publish")]].concat();
    who.post(&format!("{evening}/agenda"), &agenda).await.moved();
    who.post(&format!("{evening}/open"), &[("chair", "woman"), ("co_chair", "none")]).await.moved();
    evening
}

/// Moves something and has it voted on by nine women and six men, all in favour but two.
async fn voted(counters: [&Web; 2], evening: &str, motion: &[(&str, &str)]) -> String {
    let [leads, second] = counters;
    let decision = leads.post(&format!("{evening}/motions"), motion).await.moved();
    leads.post(&format!("{decision}/conflict"), &[("who", "nobody")]).await.moved();
    leads.post(&format!("{decision}/begin"), &[]).await.moved();
    let id = decision.rsplit('/').next().unwrap();
    for (counter, member) in [("1", leads), ("2", second)] {
        let there = [("moment", "vote"), ("of", id), ("counter", counter), ("women", "9")];
        let there = [&there[..], &[("men", "6"), ("other", "0")]].concat();
        member.post(&format!("{evening}/roll"), &there).await.moved();
        let hands = [("counter", counter), ("round", "1"), ("yes-women", "8"), ("yes-men", "5")];
        let hands = [&hands[..], &[("no-women", "1"), ("no-men", "1")]].concat();
        member.post(&format!("{decision}/count"), &hands).await.moved();
    }
    decision
}

fn relocation<'a>(need: &'a str, amount: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("kind", "relocation"),
        ("subject", "Shelter"),
        ("title", "Fanmi bò ravin lan al nan lekòl nasyonal la"),
        ("short", "fanmi yo al nan lekòl la"),
        ("effects", "120 fanmi dòmi nan lekòl la jiskaske dlo a desann."),
        ("affects_whom", "Fanmi ki rete bò ravin lan"),
        ("affects1", "Ravin Blan"),
        ("needs", need),
        ("amount", amount),
        ("currency", "USD"),
    ]
}

/// Decides in haste: it binds at once and is to be looked at again within two weeks.
async fn in_haste(city: &City, bodies: &Bodies, need: &str) {
    let (fabiola, yolande) = (city.member("fabiola").await, city.member("yolande").await);
    let counters = [&fabiola, &yolande];
    let item = format!("place-need-{need}");
    let agenda = [(item.as_str(), "1")];
    let evening = evening(&fabiola, bodies.leaders, &agenda, true).await;
    let decision = voted(counters, &evening, &relocation(need, "1200")).await;
    let why = [("reasons", "Dlo a ap monte."), ("because", "dlo a ap monte")];
    let far = day_from_now(20);
    let late = [&why[..], &[("review_day", &far)]].concat();
    let refused = fabiola.post(&format!("{decision}/resolve?lang=en"), &late).await;
    let said = refused.plain();
    assert!(said.contains("What cannot wait is looked at again soon"), "in 20 days: {said}");
    fabiola.post(&format!("{decision}/resolve"), &why).await.moved();
    let page = city.street.web.get("/decision/1?lang=en").await;
    assert!(page.body.contains("Looked at again on"), "{}", page.plain());
    let told = Phone::new(&city.street.web, PHONES[0]).receives("fanmi yo al nan lekòl la").await;
    assert!(words::sms_length(&told).parts == 1, "{told}");

    // Over their ceiling it goes to city hall. The officer is away; who stands in takes it up.
    let dear = voted(counters, &evening, &relocation(need, "20000")).await;
    fabiola.post(&format!("{dear}/resolve"), &why).await.moved();
    let page = city.street.web.get("/decision/2?lang=en").await;
    assert!(page.body.contains("Meri"), "it waits for city hall: {}", page.plain());
    let odile = city.member("odile").await;
    let waits = odile.get("/desk/waiting?lang=en").await;
    assert!(waits.body.contains("D-2"), "{}", waits.plain());
    let body = bodies.city_hall.to_string();
    let taken = [("body", body.as_str()), ("outcome", "accepted"), ("reason", "Gen lajan.")];
    odile.post(&format!("{dear}/take"), &taken).await.moved();
    let page = city.street.web.get("/decision/2?lang=en").await;
    assert!(page.body.contains("Meri accepted it. Gen lajan."), "{}", page.plain());
}

/// What falls due comes back by itself: on the desk, and on the next agenda.
async fn looked_at_again(city: &City, bodies: &Bodies, need: &str) {
    let (fabiola, yolande) = (city.member("fabiola").await, city.member("yolande").await);
    let agenda = [("own-0", "Nwit la")];
    let first = evening(&fabiola, bodies.leaders, &agenda, true).await;
    let soon = voted([&fabiola, &yolande], &first, &relocation(need, "900")).await;
    let why = [("reasons", "Yon lòt nwit."), ("because", "yon lòt nwit")];
    let day = day_from_now(0);
    let today = [&why[..], &[("review_day", &day)]].concat();
    fabiola.post(&format!("{soon}/resolve"), &today).await.moved();
    let waits = fabiola.get("/desk/waiting?lang=en").await;
    assert!(waits.body.contains("D-3"), "{}", waits.plain());

    let id = soon.rsplit('/').next().unwrap();
    let review = format!("place-review-{id}");
    let agenda = [(review.as_str(), "1")];
    evening(&fabiola, bodies.leaders, &agenda, false).await;
    let kept = [("review", "kept"), ("reason", "Dlo a poko desann.")];
    fabiola.post(&format!("{soon}/review"), &kept).await.moved();
    let page = city.street.web.get("/decision/3?lang=en").await;
    assert!(page.body.contains("Dlo a poko desann."), "{}", page.plain());
    assert!(page.body.contains("Looked at again on"), "in two weeks more: {}", page.plain());
    let ended = [("review", "ended"), ("reason", "Dlo a desann.")];
    fabiola.post(&format!("{soon}/review"), &ended).await.moved();
    let page = city.street.web.get("/decision/3?lang=en").await;
    assert!(page.body.contains("and ended: Dlo a desann."), "{}", page.plain());
    let nothing = fabiola.post(&format!("{soon}/review?lang=en"), &kept).await.plain();
    assert!(nothing.contains("There is nothing to look at again"), "it is over: {nothing}");

    // Without haste nobody is moved who was not told in time.
    let last = evening(&fabiola, bodies.leaders, &[("own-0", "Demen")], false).await;
    let slow = voted([&fabiola, &yolande], &last, &relocation(need, "900")).await;
    let refused = fabiola.post(&format!("{slow}/resolve?lang=en"), &why).await.plain();
    assert!(refused.contains("were not told in time"), "told nobody: {refused}");
}

async fn story(town: &Town) {
    town.settle().await;
    let bodies = bodies(town).await;
    let desk = town.database.is_some().then(|| town.serve());
    let city = City { street: town.serve(), desk };
    let need = heard(&city).await;
    in_haste(&city, &bodies, &need).await;
    looked_at_again(&city, &bodies, &need).await;
    drop(city);
    let (status, out, err) = town.command(&["verify"]);
    assert_eq!(status, 0, "{out}{err}");
}

#[test]
fn what_is_decided_in_a_flood_binds_at_once_and_comes_back_by_itself() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    for town in towns(PROGRAM) {
        runtime.block_on(story(&town));
    }
}
