//! Bèlè without water: how a story is heard, grouped and decided, over HTTP and SMS, for stories
//! that begin where this one ends.

use rooms::door::{House, Role, Trouble};
use rooms::people::NewMember;

use crate::{PASSPHRASE, Phone, Web, code_in, day_from_now};

/// The phone of her who speaks first.
pub const MARLENE: &str = "+50937000001";
/// What she says.
pub const WORDS: &str = "Nou pa gen dlo pou bwè dèyè legliz Bèlè. 3 timoun zaboka";
/// How many others say the same.
pub const NEIGHBOURS: usize = 11;

/// The city as people reach it: phones and browsers at one address, the desk perhaps at another.
#[derive(Clone)]
pub struct City {
    /// Where phones and browsers are answered.
    pub street: Web,
    /// Where members sign in.
    pub desk: Web,
}

impl City {
    /// A member who has signed in.
    pub async fn member(&self, name: &str) -> Web {
        self.desk.sign_in(name).await
    }

    /// A phone.
    #[must_use]
    pub fn phone(&self, number: &str) -> Phone {
        Phone::new(&self.street, number)
    }
}

fn failed<T>(trouble: Trouble) -> T {
    panic!("the story cannot be set up: {trouble:?}")
}

/// The body that meets, and the authority: with their members and what they may decide.
pub async fn bodies(house: &House) -> (String, String) {
    let area = rooms::places::atlas(house).by_text("Bèlè").first().map(|area| area.id);
    let assembly = rooms::people::form_body(house, "Asanble Bèlè", "assembly", area, None);
    let assembly = assembly.await.unwrap_or_else(failed);
    let committee = rooms::people::form_body(house, "Komite dlo", "committee", area, None);
    let committee = committee.await.unwrap_or_else(failed);
    for (body, name, role) in
        [(assembly, "fabiola", Role::Facilitator), (committee, "yolande", Role::Committee)]
    {
        let (name, passphrase) = (name.to_owned(), PASSPHRASE.to_owned());
        let new = NewMember { name, passphrase, roles: vec![role] };
        let member = rooms::people::join(house, new, None).await.unwrap_or_else(failed);
        rooms::people::set_membership(house, body, member, true, None).await.unwrap_or_else(failed);
    }
    mandate(house, assembly).await;
    (assembly.to_string(), committee.to_string())
}

/// A mandate on a by-law for water points of the quarter.
///
/// # Panics
/// When it cannot be given.
pub async fn mandate(house: &House, body: record::Id) {
    let area = rooms::places::atlas(house).by_text("Bèlè").first().map(|area| area.id);
    let mandate = rooms::people::MandateAsked {
        body,
        subject: "Water points".to_owned(),
        area,
        ceiling: Some((500_000, "USD".to_owned())),
        expiry_day: record::day_of(house.now_ms()) + 90,
        instrument: "By-law 12/2026".to_owned(),
        by: None,
    };
    rooms::people::give_mandate(house, mandate, None).await.unwrap_or_else(failed);
}

/// The ids of the voices that the desk offers for grouping on this page.
fn ids_after<'a>(page: &'a str, mark: &str) -> Vec<&'a str> {
    page.split(mark).skip(1).filter_map(|rest| rest.get(..26)).collect()
}

/// Marlène and her neighbours say it by SMS. Returns her code.
pub async fn heard(city: &City) -> String {
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
pub async fn grouped(city: &City, committee: &str) -> String {
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
    let hidden = city.street.get("/need/1").await;
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
pub async fn decided(city: &City, (assembly, committee): (&str, &str), need: &str) -> String {
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
    voted(&fabiola, &yolande, &evening, &decision).await;
    decision
}

/// The hall votes by hands; two count, differ, and count again.
async fn voted(fabiola: &Web, yolande: &Web, evening: &str, decision: &str) {
    fabiola.post(&format!("{decision}/conflict"), &[("who", "nobody")]).await.moved();
    fabiola.post(&format!("{decision}/begin"), &[]).await.moved();
    let id = decision.rsplit('/').next().unwrap_or_default();
    for (counter, member) in [("1", fabiola), ("2", yolande)] {
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
        hands(member, decision, (counter, "1"), men_against).await;
    }
    let why = [("reasons", "Ponp lan kraze, dlo a pa bon."), ("because", "ponp lan kraze")];
    let refused = fabiola.post(&format!("{decision}/resolve"), &why).await;
    assert_ne!(refused.status, 303, "two counts that differ");
    fabiola.post(&format!("{decision}/recount"), &[]).await.moved();
    for (counter, member) in [("1", fabiola), ("2", yolande)] {
        hands(member, decision, (counter, "2"), "5").await;
    }
    fabiola.post(&format!("{decision}/resolve"), &why).await.moved();
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
