//! Tests of the kit: one evening on two phones, taken in at the node on both engines.

mod evening;
mod http;

use std::sync::Arc;

use page::{Lang, Texts};
use record::{DAY_MS, Id, Signer};
use seal::Vault;
use serde_json::{Value, json};
use store::{Database, Opening, Plan, Store};
use tempfile::TempDir;

use super::acts::{Receipt, Sender, receive};
use crate::decisions::assemblies::records::{AgendaItem, AssemblyAgendaSet};
use crate::decisions::assemblies::rules::meeting::Calling;
use crate::decisions::assemblies::{self, Assembly};
use crate::decisions::resolutions::acts::{Actor, move_motion};
use crate::decisions::resolutions::records::DecisionMoved;
use crate::decisions::resolutions::rules::MotionAsked;
use crate::decisions::{Decision, decision, of_assembly};
use crate::door::{House, HouseParts, Member, Role};
use crate::people::{self, BodyAsked};
use crate::places::{self, CityWords};

/// A noon in November 2026.
const NOW_MS: i64 = 20_776 * DAY_MS + DAY_MS / 2;
const HOUR_MS: i64 = 3_600_000;

pub(super) struct Hall {
    pub house: House,
    pub assembly: Id,
    pub body: Id,
    events: std::cell::Cell<u128>,
    _folder: TempDir,
}

fn member(role: Role) -> Option<Member> {
    Some(Member {
        id: Id::named("member", role.code()),
        name: "Nadège".to_owned(),
        roles: vec![role],
        bodies: Vec::new(),
        csrf: "token".to_owned(),
    })
}

async fn house_on(database: Option<Database>) -> (House, TempDir) {
    let folder = tempfile::tempdir().expect("a folder");
    let file = Database::Sqlite(folder.path().join("baraza.db"));
    let (signer, node) = (Signer::fresh(), Signer::fresh());
    let opening = Opening {
        database: database.unwrap_or(file),
        plan: Plan { views: crate::views(), drawers: crate::drawers() },
        delegation: node.delegate(signer.public(), NOW_MS),
        signer,
        node: node.public(),
        now: Arc::new(|| NOW_MS),
    };
    let all: Vec<_> = crate::texts().chain([page::KIT_TEXTS]).flatten().copied().collect();
    let texts: &'static Texts = Box::leak(Box::new(Texts::new(&all).expect("sound texts")));
    let house = House::new(HouseParts {
        store: Store::open(opening).await.expect("a new store opens"),
        vault: Vault::fresh(),
        texts,
        data: folder.path().to_path_buf(),
        who: Arc::new(|_, token| Box::pin(async move { member(Role::from_code(&token)?) })),
    });
    let city = CityWords {
        name: "Port Kilima".to_owned(),
        country: "HTI".to_owned(),
        languages: vec![Lang::Ht, Lang::Fr],
        emergency: "114".to_owned(),
        sms_number: String::new(),
        offset_minutes: 0,
        demo: false,
    };
    places::name_city(&house, city, None).await.expect("the city is named");
    (house, folder)
}

/// An evening that was called and whose agenda is public, on both engines where both are there.
pub(super) async fn halls() -> Vec<Hall> {
    let mut halls = vec![hall_on(None).await];
    if let Some(url) = testkit::postgres::url() {
        let fresh = testkit::postgres::fresh_database(&url).expect("an empty database");
        halls.push(hall_on(Some(Database::Postgres(fresh))).await);
    }
    halls
}

async fn hall_on(database: Option<Database>) -> Hall {
    let (house, folder) = house_on(database).await;
    let body = BodyAsked {
        name: "Assembly of Bel-Air".to_owned(),
        kind: "assembly".to_owned(),
        area: None,
        constituency: "resident".to_owned(),
        contact: String::new(),
    };
    let body = people::write_body(&house, body, None).await.expect("written down");
    let assembly = called(&house, body).await;
    Hall { house, assembly, body, events: std::cell::Cell::new(0), _folder: folder }
}

async fn called(house: &House, body: Id) -> Id {
    let calling = Calling {
        body,
        title: "Water this month".to_owned(),
        place: "the church hall".to_owned(),
        starts_ms: NOW_MS + 2 * HOUR_MS,
        women_first: true,
        ..Calling::default()
    };
    let id = assemblies::acts::call(house, calling, None).await.expect("called");
    let item =
        AgendaItem { kind: "own".to_owned(), of: Id::NONE, title: "Where to dig".to_owned() };
    let agenda = AssemblyAgendaSet { items: vec![item], ..AssemblyAgendaSet::default() };
    let t = page::Tongue::new(Lang::En, house.texts());
    assemblies::acts::publish(house, t, id, agenda, None).await.expect("published");
    id
}

pub(super) fn first() -> Sender {
    Sender { id: Some(Id::named("member", "nadege")), groups: Vec::new() }
}

pub(super) fn second() -> Sender {
    Sender { id: Some(Id::named("member", "josue")), groups: Vec::new() }
}

impl Hall {
    pub(super) async fn motion(&self, options: &[&str]) -> Id {
        let moved = DecisionMoved {
            assembly: Some(self.assembly),
            body: self.body,
            subject: "water".to_owned(),
            title: "Dig a well at the market".to_owned(),
            short: "A well at the market".to_owned(),
            effects: "Everybody near the market has water.".to_owned(),
            kind: "ordinary".to_owned(),
            options: options.iter().map(|o| (*o).to_owned()).collect(),
            ..DecisionMoved::default()
        };
        let asked = MotionAsked { moved, area: None };
        move_motion(&self.house, asked, &Actor::default()).await.expect("moved")
    }

    /// A fact with a new id; its place is the order in which it was made.
    pub(super) fn fact(&self, mut said: Value) -> Value {
        let n = self.events.get() + 1;
        self.events.set(n);
        let all = said.as_object_mut().expect("an object");
        all.insert("id".to_owned(), format!("{:032x}", n + (7 << 64)).into());
        all.insert("n".to_owned(), i64::try_from(n).expect("small").into());
        said
    }

    pub(super) async fn sends(&self, by: &Sender, facts: &[Value]) -> Receipt {
        receive(&self.house, self.assembly, facts, by).await.expect("received")
    }

    pub(super) async fn now(&self) -> Assembly {
        assemblies::assembly(&self.house, self.assembly).await.expect("read").expect("there")
    }

    pub(super) async fn decision(&self, id: Id) -> Decision {
        decision(&self.house, id).await.expect("read").expect("there")
    }

    pub(super) async fn motions(&self) -> Vec<Decision> {
        of_assembly(&self.house, self.assembly).await.expect("read")
    }

    /// The records of an entity, to see that nothing was written twice.
    pub(super) async fn records(&self, id: Id) -> usize {
        self.house.store().records_of(id).await.expect("read").len()
    }

    pub(super) fn opened(&self) -> Value {
        self.fact(json!({ "k": "opened", "chair": true, "co": null, "why": "" }))
    }

    pub(super) fn counted(&self, counter: u8, of: &str, (w, m): (i64, i64)) -> Value {
        self.fact(json!({ "k": "counted", "of": of, "moment": "x", "counter": counter,
            "women": w, "men": m, "other": 0, "ages": null }))
    }

    pub(super) fn asked(&self, of: &str) -> Value {
        let said = json!({ "k": "conflict", "of": of, "declared": false, "chair": false,
            "what": "" });
        self.fact(said)
    }

    pub(super) fn hands(&self, counter: u8, of: &str, round: u8, votes: [(i64, i64); 3]) -> Value {
        let choices = ["yes", "no", "abstain"].into_iter();
        let tallies: Vec<Value> = choices.zip(votes).map(tally).collect();
        self.fact(json!({ "k": "hands", "of": of, "counter": counter, "round": round,
            "tallies": tallies }))
    }

    pub(super) fn resolved(&self, of: &str, reasons: &str) -> Value {
        self.fact(json!({ "k": "resolved", "of": of, "reasons": reasons, "because": "",
            "dissent": "The road first.", "review_day": null, "promise": null }))
    }
}

fn tally((choice, (women, men)): (&str, (i64, i64))) -> Value {
    json!({ "choice": choice, "women": women, "men": men, "other": 0 })
}

pub(super) fn codes(unsettled: &[super::acts::Unsettled]) -> Vec<&'static str> {
    unsettled.iter().map(|one| one.why.code).collect()
}
