//! Tests of assemblies and proposals: the rules on records made here, the rest through a house with
//! all rooms, on every database there is.

mod check;
mod evenings;
mod folds;
mod meetings;
mod pages;
mod phone;
mod room;
mod rules;
mod texts;

use std::collections::HashMap;
use std::sync::Arc;

use page::{Lang, Texts, Tongue};
use record::{Clock, DAY_MS, Draft, Id, Record, Refusal, Signer};
use seal::Vault;
use store::{Database, Known, Opening, Plan, Store};
use tempfile::TempDir;

use crate::door::{House, HouseParts, Member, Role, Trouble, Visitor, VisitorParts};
use crate::people::{self, Body};
use crate::places::{self, CityWords};
use crate::voices::sms::{Elsewhere, Sms, receive};
use crate::voices::{outbound, queries};

/// A noon in November 2026.
const NOW_MS: i64 = 20_776 * DAY_MS + DAY_MS / 2;
const MINUTE_MS: i64 = 60_000;

fn id(name: &str) -> Id {
    Id::named("test", name)
}

/// What is known: records written one after the other, a minute apart, by a member each.
struct Told {
    records: HashMap<Id, Vec<Record>>,
    now_ms: i64,
    seq: u64,
}

impl Told {
    fn nothing() -> Told {
        Told { records: HashMap::new(), now_ms: NOW_MS, seq: 0 }
    }

    fn known(&self) -> Known<'_> {
        Known { records: &self.records, now_ms: self.now_ms }
    }

    fn happens(&mut self, drafts: Result<Vec<Draft>, Refusal>) {
        for draft in drafts.unwrap_or_else(|refusal| panic!("refused: {refusal:?}")) {
            self.seq += 1;
            self.now_ms += MINUTE_MS;
            let clock = Clock::at(self.now_ms);
            let place = draft.place(id("writer"), self.seq, [0; 32], clock, [[0; 16]; 3]);
            self.records.entry(place.record.entity).or_default().push(place.record);
        }
    }

    fn of(&self, entity: Id) -> Vec<Record> {
        self.records.get(&entity).cloned().unwrap_or_default()
    }
}

/// The code of a refusal; what was decided is shown when there was none.
fn refused(outcome: Result<Vec<Draft>, Refusal>) -> &'static str {
    match outcome {
        Err(refusal) => refusal.code,
        Ok(drafts) => {
            panic!("not refused: {:?}", drafts.iter().map(|d| d.kind).collect::<Vec<_>>())
        }
    }
}

fn code<T: std::fmt::Debug>(outcome: Result<T, Trouble>) -> &'static str {
    match outcome {
        Err(Trouble::Refused(refusal)) => refusal.code,
        Err(Trouble::NotFound) => "not-found",
        other => panic!("not refused: {other:?}"),
    }
}

/// A house of all rooms, with a clock that tests move.
struct Home {
    house: House,
    _folder: TempDir,
}

async fn home_on(database: Option<Database>) -> Home {
    let folder = tempfile::tempdir().expect("a folder for the test");
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
        // A test's session is its role, and perhaps a name after it: `facilitator.nadege`.
        who: Arc::new(|_, token| Box::pin(async move { member(&token) })),
    });
    house.keep(Elsewhere(|house, asked, person| {
        Box::pin(crate::decisions::by_sms(house, asked, person))
    }));
    let city = CityWords {
        name: "Port Kilima".to_owned(),
        country: "HTI".to_owned(),
        languages: vec![Lang::En],
        emergency: "114".to_owned(),
        sms_number: "+50937000099".to_owned(),
        offset_minutes: -300,
        demo: true,
    };
    places::name_city(&house, city, None).await.expect("the city is named");
    Home { house, _folder: folder }
}

fn member(token: &str) -> Option<Member> {
    let (role, name) = token.split_once('.').unwrap_or((token, token));
    Some(Member {
        id: id(name),
        name: "Josué".to_owned(),
        roles: vec![Role::from_code(role)?],
        bodies: Vec::new(),
        csrf: "token".to_owned(),
    })
}

/// Both engines, where this machine has both.
async fn homes() -> Vec<Home> {
    let mut homes = vec![home_on(None).await];
    if let Some(url) = testkit::postgres::url() {
        let fresh = testkit::postgres::fresh_database(&url).expect("an empty database");
        homes.push(home_on(Some(Database::Postgres(fresh))).await);
    }
    homes
}

impl Home {
    fn tongue(&self) -> Tongue {
        Tongue::new(Lang::En, self.house.texts())
    }

    fn visitor(&self, token: &str, bodies: &[Id]) -> Visitor {
        let member = member(token).map(|member| Member { bodies: bodies.to_vec(), ..member });
        Visitor(Arc::new(VisitorParts {
            tongue: self.tongue(),
            member,
            large: false,
            path: "/".to_owned(),
            wants_json: false,
            origin: [0; 16],
        }))
    }

    async fn body(&self, name: &str) -> Body {
        let id =
            people::form_body(&self.house, name, "assembly", None, None).await.expect("formed");
        let all = people::bodies(&self.house).await.expect("read");
        all.into_iter().find(|body| body.id == id).expect("kept")
    }

    /// Sends an SMS; what is answered to its number.
    async fn sms(&self, from: &str, text: &str) -> Vec<String> {
        self.sms_again(from, text, &Id::fresh(0).to_string()).await
    }

    /// The same, with an id: a gateway's retry has the same.
    async fn sms_again(&self, from: &str, text: &str, id: &str) -> Vec<String> {
        let sms = Sms {
            gateway: "test".to_owned(),
            id: id.to_owned(),
            from: from.to_owned(),
            text: text.to_owned(),
            sent_ms: None,
        };
        receive(&self.house, &sms).await.expect("the SMS is taken");
        self.replies(from).await
    }

    async fn replies(&self, to: &str) -> Vec<String> {
        let leased = outbound::lease(&self.house, 100).await.expect("leased");
        let ids: Vec<Id> = leased.iter().map(|message| message.id).collect();
        outbound::handed(&self.house, &ids).await.expect("handed");
        leased.into_iter().filter(|message| message.to == to).map(|message| message.text).collect()
    }

    async fn voice(&self, from: &str, text: &str) -> Id {
        let replies = self.sms(from, text).await;
        let receipt = replies.first().expect("a receipt");
        let words = receipt.split(|c: char| c.is_whitespace() || c == ':' || c == ',');
        let mut codes = words.filter_map(|word| word.trim_end_matches('.').parse().ok());
        let code = codes.next().expect("a code");
        queries::by_code(&self.house, &code).await.expect("read").expect("kept").id
    }
}
