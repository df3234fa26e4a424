//! The golden thread: from an SMS in Creole through a need, an assembly led by women, a promise and
//! a delivery to NON and WI, and to being forgotten. On SQLite, and on PostgreSQL with two
//! processes of which one is killed in between.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a failing story is a failing test")]

use rooms::door::Role;
use rooms::people::NewMember;
use stories::{
    PASSPHRASE, Phone, ROUNDS_MAX, Running, Town, Web, code_in, day_from_now, found_in, towns,
};

const PROGRAM: &str = env!("CARGO_BIN_EXE_town");
const MARLENE: &str = "+50937000001";
const WORDS: &str = "Nou pa gen dlo pou bwè dèyè legliz Bèlè. 3 timoun zaboka";
const NEIGHBOURS: usize = 11;

/// The city: one process, or two on PostgreSQL: phones reach one, the desk the other.
struct City {
    street: Running,
    desk: Option<Running>,
}

impl City {
    fn serve(town: &Town) -> City {
        let desk = town.database.is_some().then(|| town.serve());
        City { street: town.serve(), desk }
    }

    /// The process that phones reach is killed, and starts again.
    fn killed(self, town: &Town) -> City {
        self.street.kill();
        City { street: town.serve(), desk: self.desk }
    }

    async fn member(&self, name: &str) -> Web {
        let web = self.desk.as_ref().map_or(&self.street.web, |desk| &desk.web);
        web.sign_in(name).await
    }

    fn phone(&self, number: &str) -> Phone {
        Phone::new(&self.street.web, number)
    }
}

/// The body that meets, and the authority: with their members and what they may decide.
async fn bodies(town: &Town) -> (String, String) {
    let node = town.open().await;
    let house = &node.house;
    let area = rooms::places::atlas(house).by_text("Bèlè").first().map(|area| area.id).unwrap();
    let assembly = rooms::people::form_body(house, "Asanble Bèlè", "assembly", Some(area), None);
    let assembly = assembly.await.unwrap();
    let committee = rooms::people::form_body(house, "Komite dlo", "committee", Some(area), None);
    let committee = committee.await.unwrap();
    for (body, name, role) in
        [(assembly, "fabiola", Role::Facilitator), (committee, "yolande", Role::Committee)]
    {
        let (name, passphrase) = (name.to_owned(), PASSPHRASE.to_owned());
        let new = NewMember { name, passphrase, roles: vec![role] };
        let member = rooms::people::join(house, new, None).await.unwrap();
        rooms::people::set_membership(house, body, member, true, None).await.unwrap();
    }
    let mandate = rooms::people::MandateAsked {
        body: assembly,
        subject: "Water points".to_owned(),
        area: Some(area),
        ceiling: Some((500_000, "USD".to_owned())),
        expiry_day: record::day_of(house.now_ms()) + 90,
        instrument: "By-law 12/2026".to_owned(),
        by: None,
    };
    rooms::people::give_mandate(house, mandate, None).await.unwrap();
    (assembly.to_string(), committee.to_string())
}

/// The ids of the voices that the desk offers for grouping on this page.
fn ids_after<'a>(page: &'a str, mark: &str) -> Vec<&'a str> {
    page.split(mark).skip(1).filter_map(|rest| rest.get(..26)).collect()
}

async fn heard(city: &City) -> String {
    let receipt = city.phone(MARLENE).ask(WORDS).await;
    let code = code_in(&receipt).unwrap_or_else(|| panic!("no code in {receipt}"));
    assert_eq!(words::language(&receipt).code, "ht", "{receipt}");
    for n in 0..NEIGHBOURS {
        let phone = city.phone(&format!("+5093710000{n:02}"));
        phone.ask(&format!("Pa gen dlo pou bwè bò legliz Bèlè, nou se fanmi {n}")).await;
    }
    code
}

/// An operator groups what was heard; what is lacking is previewed, shown and confirmed.
async fn grouped(city: &City, committee: &str) -> String {
    let josue = city.member("josue").await;
    let page = josue.get("/desk/grouping").await;
    assert_eq!(page.status, 200, "{}", page.plain());
    let list = josue.get("/desk/voices").await;
    let mut ids = ids_after(&list.body, "/desk/voices/");
    ids.sort_unstable();
    ids.dedup();
    assert!(ids.len() > NEIGHBOURS, "{}", list.plain());
    let mut fields = vec![
        ("do", "new"),
        ("title", "Dlo pou bwè dèyè legliz la"),
        ("sector", "wash"),
        ("area", "Bèlè"),
        ("severity", "3"),
        ("people_min", "300"),
        ("people_max", "400"),
    ];
    fields.extend(ids.iter().flat_map(|id| [("v", *id), ("m", *id)]));
    josue.post("/desk/grouping", &fields).await.moved();
    let list = josue.get("/desk/needs").await;
    let need = ids_after(&list.body, "/desk/needs/");
    let need = need.iter().find(|id| id.parse::<record::Id>().is_ok());
    let need = need.unwrap_or_else(|| panic!("{}", list.plain())).to_string();
    let hidden = city.street.web.get("/need/1").await;
    assert_eq!(hidden.status, 404, "nothing is shown before it was previewed");
    let preview = josue.get(&format!("/desk/needs/{need}/publish")).await;
    assert!(preview.body.contains("Dlo pou bwè dèyè legliz la"), "{}", preview.plain());
    josue.post(&format!("/desk/needs/{need}/publish"), &[]).await.moved();
    let yolande = city.member("yolande").await;
    let fields = [("how", "committee"), ("body", committee)];
    yolande.post(&format!("/desk/needs/{need}/confirm"), &fields).await.moved();
    need
}

/// Fabiola calls the assembly; all who spoke are invited; the hall votes, counted twice.
async fn decided(city: &City, (assembly, committee): (&str, &str), need: &str) -> String {
    let fabiola = city.member("fabiola").await;
    let day = day_from_now(1);
    let called = [
        ("body", assembly),
        ("area", "Bèlè"),
        ("title", "Asanble sou dlo"),
        ("place", "Lekòl Bèlè"),
        ("day", &day),
        ("hour", "15:00"),
        ("from_afar", "SMS: VOT"),
        ("childcare", "yes"),
    ];
    let evening = fabiola.post("/desk/assemblies", &called).await.moved();
    let evening = evening.trim_end_matches("/agenda").to_owned();
    let agenda = fabiola.get(&format!("{evening}/agenda")).await;
    assert!(agenda.body.contains("Dlo pou bwè"), "{}", agenda.plain());
    let item = format!("place-need-{need}");
    let left = [("do", "publish")];
    let refused = fabiola.post(&format!("{evening}/agenda"), &left).await;
    assert_ne!(refused.status, 303, "a need that many spoke of is not left out without a reason");
    let publish = [(item.as_str(), "1"), ("do", "publish")];
    fabiola.post(&format!("{evening}/agenda"), &publish).await.moved();
    let invited = city.phone(MARLENE).receives("Lekòl").await;
    assert!(words::sms_length(&invited).parts == 1, "{invited}");

    let chair = [("chair", "other"), ("co_chair", "none"), ("exception", "")];
    let refused = fabiola.post(&format!("{evening}/open"), &chair).await;
    assert_ne!(refused.status, 303, "neither chair nor co-chair is a woman");
    fabiola.post(&format!("{evening}/open"), &[("chair", "woman")]).await.moved();
    let motion = [
        ("kind", "ordinary"),
        ("subject", "Water points"),
        ("title", "De kamyon dlo chak maten"),
        ("short", "2 kamyon dlo chak maten"),
        ("effects", "De kamyon dlo vini chak maten dèyè legliz la, pandan de semèn."),
        ("amount", "1200"),
        ("currency", "USD"),
        ("needs", need),
        ("promise_body", committee),
        ("promise_what", "De kamyon dlo dèyè legliz la"),
        ("promise_day", &day),
    ];
    let decision = fabiola.post(&format!("{evening}/motions"), &motion).await.moved();
    let yolande = city.member("yolande").await;
    fabiola.post(&format!("{decision}/conflict"), &[("who", "nobody")]).await.moved();
    fabiola.post(&format!("{decision}/begin"), &[]).await.moved();
    let id = decision.rsplit('/').next().unwrap();
    for (counter, member) in [("1", &fabiola), ("2", &yolande)] {
        let there = [
            ("moment", "vote"),
            ("of", id),
            ("counter", counter),
            ("women", "26"),
            ("men", "15"),
            ("other", "0"),
        ];
        member.post(&format!("{evening}/roll"), &there).await.moved();
        // The second counter sees one hand more: it is counted again.
        let men_against = if counter == "1" { "4" } else { "5" };
        hands(member, &decision, (counter, "1"), men_against).await;
    }
    let why = [("reasons", "Ponp lan kraze, dlo a pa bon."), ("because", "ponp lan kraze")];
    let refused = fabiola.post(&format!("{decision}/resolve"), &why).await;
    assert_ne!(refused.status, 303, "two counts that differ");
    fabiola.post(&format!("{decision}/recount"), &[]).await.moved();
    for (counter, member) in [("1", &fabiola), ("2", &yolande)] {
        hands(member, &decision, (counter, "2"), "5").await;
    }
    fabiola.post(&format!("{decision}/resolve"), &why).await.moved();
    decision
}

/// One counter counts the hands of one round.
async fn hands(member: &Web, decision: &str, (counter, round): (&str, &str), men_against: &str) {
    let hands = [
        ("counter", counter),
        ("round", round),
        ("yes-women", "24"),
        ("yes-men", "10"),
        ("no-women", "2"),
        ("no-men", men_against),
    ];
    member.post(&format!("{decision}/count"), &hands).await.moved();
}

async fn story(town: &Town) {
    town.settle().await;
    let (assembly, committee) = bodies(town).await;
    let city = City::serve(town);
    let code = heard(&city).await;
    let need = grouped(&city, &committee).await;
    let decision = decided(&city, (&assembly, &committee), &need).await;
    let told = city.phone(MARLENE).receives("2 kamyon dlo").await;
    assert!(told.contains(&code), "{told}");

    // What was acknowledged stands when a process is killed.
    let city = city.killed(town);
    let shown = city.street.web.get("/decision/1?lang=en").await;
    assert_eq!(shown.status, 200);
    assert!(shown.body.contains("By-law 12/2026"), "{}", shown.plain());

    // The promise is taken up, and said to be kept; Marlène is asked, and says NON.
    let yolande = city.member("yolande").await;
    let id = decision.rsplit('/').next().unwrap();
    let task = yolande.post("/desk/tasks/promise", &[("decision", id)]).await.moved();
    let delivered = [("what", "De kamyon dlo"), ("much", "8000 lit"), ("how", "Kamyon")];
    yolande.post(&format!("{task}/deliver"), &delivered).await.moved();
    let marlene = city.phone(MARLENE);
    let asked = marlene.receives("De kamyon dlo").await;
    assert!(asked.contains(&code), "{asked}");
    let stranger = city.phone("+50939999999");
    stranger.ask(&format!("WI {code}")).await;
    let believed = marlene.ask("NON").await;
    assert!(believed.contains(&code), "{believed}");
    let again = wait_for_task(&yolande).await;
    let page = city.street.web.get("/need/1?lang=en").await;
    assert!(!page.body.contains("zaboka") && !page.body.contains("3700000"), "a word is shown");

    // A second delivery; WI closes her voice.
    yolande.post(&format!("{again}/deliver"), &delivered).await.moved();
    marlene.receives("De kamyon dlo").await;
    let thanks = marlene.ask("WI").await;
    assert!(thanks.contains(&code), "{thanks}");
    let (status, out, err) = town.command(&["trace", &code, "--json"]);
    assert_eq!(status, 0, "{err}");
    assert!(out.contains("confirmed") && out.contains("N-1") && out.contains("D-1"), "{out}");

    forgotten(town, city, &code).await;
}

/// The committee's task that a NO gives.
async fn wait_for_task(yolande: &Web) -> String {
    for _ in 0..ROUNDS_MAX {
        let page = yolande.get("/desk/tasks?which=committee").await;
        let open = page.body.split("/desk/tasks/").skip(1);
        let mut ids = open.filter_map(|rest| rest.get(..26));
        if let Some(id) = ids.find(|id| id.parse::<record::Id>().is_ok()) {
            return format!("/desk/tasks/{id}");
        }
        tokio::time::sleep(std::time::Duration::from_secs(1)).await;
    }
    panic!("no task for the committee");
}

/// She asks to be forgotten: nothing of hers is left, and everything still holds.
async fn forgotten(town: &Town, city: City, code: &str) {
    let before = city.street.web.get("/decision/1?lang=en").await.plain();
    drop(city);
    let (status, out, err) = town.command(&["forget", code]);
    assert_eq!(status, 0, "{out}{err}");
    let (status, out, err) = town.command(&["verify"]);
    assert_eq!(status, 0, "{out}{err}");
    if town.database.is_none() {
        let files = town.raw_bytes();
        for left in ["zaboka", "37000001"] {
            assert_eq!(found_in(&files, left.as_bytes()), None, "{left} is left");
        }
    }
    let city = City::serve(town);
    let after = city.street.web.get("/decision/1?lang=en").await.plain();
    assert_eq!(before, after, "a decision changes when a person is forgotten");
    let followed = city.street.web.get(&format!("/follow/{code}?lang=en")).await;
    assert_eq!(followed.status, 200);
}

#[test]
fn marlene_walks_the_whole_thread() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    for town in towns(PROGRAM) {
        runtime.block_on(story(&town));
    }
}
