//! A house with all rooms for the tests of this one, on both engines: people who speak, needs their
//! voices belong to, decisions that promise, bodies that do.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use axum::middleware::from_fn_with_state;
use minicbor::{Decode, Encode};
use page::{Lang, Texts};
use record::{DAY_MS, Draft, Id, Payload, Signer};
use seal::Vault;
use store::{Change, Database, Decision, Opening, Plan, Store};
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use crate::actions::rules::{Actor, Asked};
use crate::actions::{Task, TaskDelivered, acts, queries};
use crate::decisions::{NewRules, Present, Promise, Tally};
use crate::door::{self, Guarding, House, HouseParts, Member, Role};
use crate::needs::Need;
use crate::people::{self, Ceiling};
use crate::places::{self, CityWords};
use crate::voices::queries as voices;
use crate::voices::{Inbound, Voice, hear, notices, outbound};

/// A noon in November 2026.
pub(super) const NOW_MS: i64 = 20_776 * DAY_MS + DAY_MS / 2;

pub(super) struct Home {
    pub(super) house: House,
    now: Arc<AtomicI64>,
    parts: Arc<Parts>,
    _folder: Arc<TempDir>,
}

/// What a second process of the same city shares with the first.
struct Parts {
    database: Database,
    node: Signer,
    vault: Vault,
    texts: &'static Texts,
    data: std::path::PathBuf,
}

pub(super) async fn home() -> Home {
    home_on(None).await
}

/// Both engines, where this machine has both.
pub(super) async fn homes() -> Vec<Home> {
    let mut homes = vec![home().await];
    if let Some(url) = testkit::postgres::url() {
        let fresh = testkit::postgres::fresh_database(&url).expect("an empty database");
        homes.push(home_on(Some(Database::Postgres(fresh))).await);
    }
    homes
}

async fn home_on(database: Option<Database>) -> Home {
    let folder = Arc::new(tempfile::tempdir().expect("a folder for the test"));
    let file = Database::Sqlite(folder.path().join("baraza.db"));
    let all: Vec<_> = crate::texts().chain([page::KIT_TEXTS]).flatten().copied().collect();
    let parts = Parts {
        database: database.unwrap_or(file),
        node: Signer::fresh(),
        vault: Vault::fresh(),
        texts: Box::leak(Box::new(Texts::new(&all).expect("sound texts"))),
        data: folder.path().to_path_buf(),
    };
    let now = Arc::new(AtomicI64::new(NOW_MS));
    let home = process(Arc::new(parts), now, folder).await;
    let city = CityWords {
        name: "Port Kilima".to_owned(),
        country: "HTI".to_owned(),
        languages: vec![Lang::En, Lang::Ht],
        emergency: "114".to_owned(),
        sms_number: String::new(),
        offset_minutes: -300,
        demo: true,
    };
    places::name_city(&home.house, city, None).await.expect("the city is named");
    home
}

async fn process(parts: Arc<Parts>, now: Arc<AtomicI64>, folder: Arc<TempDir>) -> Home {
    let (signer, clock) = (Signer::fresh(), now.clone());
    let opening = Opening {
        database: parts.database.clone(),
        plan: Plan { views: crate::views(), drawers: crate::drawers() },
        delegation: parts.node.delegate(signer.public(), NOW_MS),
        signer,
        node: parts.node.public(),
        now: Arc::new(move || clock.load(Ordering::SeqCst)),
    };
    let house = House::new(HouseParts {
        store: Store::open(opening).await.expect("a store opens"),
        vault: parts.vault.clone(),
        texts: parts.texts,
        data: parts.data.clone(),
        // A test's session is its role, or the member it names.
        who: Arc::new(|_, token| Box::pin(async move { member(&token) })),
    });
    places::refresh(&house).await.expect("the city is read");
    Home { house, now, parts, _folder: folder }
}

fn member(token: &str) -> Option<Member> {
    let (role, body) = token.split_once('.').unwrap_or((token, ""));
    Some(Member {
        id: Id::named("member", role),
        name: "Josué".to_owned(),
        roles: vec![Role::from_code(role)?],
        bodies: body.parse().into_iter().collect(),
        csrf: "token".to_owned(),
    })
}

#[derive(Encode, Decode)]
struct Stated {
    #[n(0)]
    number: i64,
    #[n(1)]
    title: String,
    #[n(2)]
    sector: String,
    #[n(3)]
    severity: u8,
    #[n(4)]
    people_min: Option<i64>,
    #[n(5)]
    people_max: Option<i64>,
    #[n(6)]
    since_day: Option<i64>,
    #[n(7)]
    source: Option<String>,
}
impl Payload for Stated {
    const KIND: &'static str = "need.stated";
}

#[derive(Encode, Decode)]
struct Confirmed {
    #[n(0)]
    by: Option<Id>,
    #[n(1)]
    how: String,
}
impl Payload for Confirmed {
    const KIND: &'static str = "need.confirmed";
}

#[derive(Encode, Decode)]
struct Moved {
    #[n(0)]
    number: i64,
    #[n(1)]
    assembly: Option<Id>,
    #[n(2)]
    body: Id,
    #[n(3)]
    subject: String,
    #[n(4)]
    title: String,
    #[n(5)]
    short: String,
    #[n(6)]
    effects: String,
    #[n(7)]
    money: Option<Ceiling>,
    #[n(8)]
    kind: String,
    #[n(9)]
    needs: Vec<Id>,
    #[n(10)]
    proposal: Option<Id>,
    #[n(11)]
    options: Vec<String>,
    #[n(12)]
    affects: Vec<Id>,
    #[n(13)]
    affects_whom: Option<String>,
    #[n(14)]
    emergency: bool,
    #[n(15)]
    promise: Option<Promise>,
    #[n(16)]
    rules: Option<NewRules>,
}
impl Payload for Moved {
    const KIND: &'static str = "decision.moved";
}

#[derive(Encode, Decode)]
struct Resolved {
    #[n(0)]
    outcome: String,
    #[n(1)]
    option: u8,
    #[n(2)]
    force: String,
    #[n(3)]
    force_why: String,
    #[n(4)]
    mandate: Option<Id>,
    #[n(5)]
    present: Option<Present>,
    #[n(6)]
    hall: Vec<Tally>,
    #[n(7)]
    afar: Vec<Tally>,
    #[n(8)]
    secret: bool,
    #[n(9)]
    reasons: String,
    #[n(10)]
    because: String,
    #[n(11)]
    dissent: Option<String>,
    #[n(12)]
    review_day: Option<i64>,
    #[n(13)]
    promise: Option<Promise>,
    #[n(14)]
    conditions: Vec<String>,
    #[n(15)]
    from_day: i64,
}
impl Payload for Resolved {
    const KIND: &'static str = "decision.resolved";
}

/// Whoever coordinates.
pub(super) fn anybody() -> Actor {
    Actor { id: Some(Id::named("member", "Josué")), bodies: Vec::new(), coordinates: true }
}

pub(super) fn a_truck() -> TaskDelivered {
    TaskDelivered {
        what: "a water truck".to_owned(),
        how: "It stands behind the church every morning.".to_owned(),
        ..TaskDelivered::default()
    }
}

impl Home {
    /// A second process of the same city.
    pub(super) async fn other(&self) -> Home {
        process(self.parts.clone(), self.now.clone(), self._folder.clone()).await
    }

    pub(super) fn pass(&self, ms: i64) {
        self.now.fetch_add(ms, Ordering::SeqCst);
    }

    async fn write(&self, drafts: Vec<Draft>) {
        let decision = Decision { drafts, ..Decision::default() };
        self.house.store().append(Change::writing(decision)).await.expect("written");
    }

    /// A need, perhaps raised by an assembly.
    pub(super) async fn need(&self, number: i64, by_assembly: bool) -> Id {
        let id = Id::named("need", &number.to_string());
        let stated = Stated {
            number,
            title: "Water is missing".to_owned(),
            sector: "wash".to_owned(),
            severity: 3,
            people_min: None,
            people_max: None,
            since_day: None,
            source: None,
        };
        let how = if by_assembly { "assembly" } else { "residents" };
        let confirmed = Confirmed {
            by: by_assembly.then(|| Id::named("body", "assembly")),
            how: how.to_owned(),
        };
        self.write(vec![Draft::new(id, &stated), Draft::new(id, &confirmed)]).await;
        id
    }

    /// A carried decision with a promise.
    pub(super) async fn decided(&self, number: i64, needs: Vec<Id>, body: Id, due_day: i64) -> Id {
        let id = Id::named("decision", &number.to_string());
        let promise = Some(Promise { body, what: "Bring water to Block 4".to_owned(), due_day });
        let moved = Moved {
            number,
            assembly: None,
            body,
            subject: "water".to_owned(),
            title: "Water for Block 4".to_owned(),
            short: "Water for Block 4".to_owned(),
            effects: "A truck a day".to_owned(),
            money: None,
            kind: "ordinary".to_owned(),
            needs,
            proposal: None,
            options: Vec::new(),
            affects: Vec::new(),
            affects_whom: None,
            emergency: false,
            promise: promise.clone(),
            rules: None,
        };
        let resolved = Resolved {
            outcome: "carried".to_owned(),
            option: 0,
            force: "binding".to_owned(),
            force_why: String::new(),
            mandate: None,
            present: None,
            hall: Vec::new(),
            afar: Vec::new(),
            secret: false,
            reasons: "People are thirsty".to_owned(),
            because: String::new(),
            dissent: None,
            review_day: None,
            promise,
            conditions: Vec::new(),
            from_day: 0,
        };
        self.write(vec![Draft::new(id, &moved), Draft::new(id, &resolved)]).await;
        id
    }

    /// Somebody speaks, and it belongs to a need.
    pub(super) async fn says_of(&self, need: Id, words: &str, number: Option<&str>) -> Id {
        says_of(&self.house, need, words, number).await
    }

    pub(super) async fn body(&self, name: &str) -> Id {
        let formed = people::form_body(&self.house, name, "committee", None, None).await;
        formed.expect("a body")
    }

    pub(super) async fn set(&self, needs: Vec<Id>, body: Option<Id>) -> Id {
        let asked = Asked {
            what: "Bring water to Block 4".to_owned(),
            kind: "do".to_owned(),
            needs,
            body,
            due_day: queries::today(&self.house) + 5,
            ..Asked::default()
        };
        acts::set(&self.house, asked, None).await.expect("set")
    }

    pub(super) async fn delivers(&self, task: Id) {
        acts::deliver(&self.house, task, a_truck(), anybody()).await.expect("delivered");
    }

    /// Carries out what is owed; how many were told.
    pub(super) async fn tells(&self) -> usize {
        notices::carry(&self.house).await.expect("told")
    }

    /// A person answers on the page.
    pub(super) async fn answers(&self, voice: Id, yes: bool) {
        let voice = self.voice(voice).await;
        crate::voices::acts::confirm(&self.house, &voice, yes, "page", None).await.expect("said");
    }

    pub(super) async fn settles(&self) -> usize {
        crate::actions::settle(&self.house).await.expect("settled")
    }

    pub(super) async fn voice(&self, id: Id) -> Voice {
        voices::voice(&self.house, id).await.expect("read").expect("there")
    }

    pub(super) async fn need_now(&self, id: Id) -> Need {
        crate::needs::need(&self.house, id).await.expect("read").expect("there")
    }

    pub(super) async fn task(&self, id: Id) -> Task {
        queries::task(&self.house, id).await.expect("read").expect("there")
    }

    pub(super) async fn tasks_of(&self, need: Id) -> Vec<Task> {
        queries::tasks_of_need(&self.house, need).await.expect("read")
    }

    /// The committee's tasks of a need.
    pub(super) async fn owed_of(&self, need: Id) -> Vec<Task> {
        self.tasks_of(need).await.into_iter().filter(|task| task.kind == "committee").collect()
    }

    /// All SMS that wait, taken away: number and words.
    pub(super) async fn texts_out(&self) -> Vec<(String, String)> {
        let mut all = Vec::new();
        loop {
            let leased = outbound::lease(&self.house, 500).await.expect("leased");
            if leased.is_empty() {
                return all;
            }
            let ids: Vec<Id> = leased.iter().map(|message| message.id).collect();
            outbound::handed(&self.house, &ids).await.expect("handed");
            all.extend(leased.into_iter().map(|message| (message.to, message.text)));
        }
    }

    /// How many records there are.
    pub(super) async fn records(&self) -> i64 {
        let row = self.house.store().read_one("SELECT COUNT(*) FROM records", vec![]).await;
        row.expect("read").expect("a row").int(0)
    }

    /// Status, where it leads, body. A session is a role, perhaps with a body: `committee.<id>`.
    pub(super) async fn asks(
        &self,
        who: Option<&str>,
        path: &str,
        form: Option<&str>,
    ) -> (u16, String, String) {
        let routes = crate::routes();
        let guarding = Guarding::new(self.house.clone(), &routes.table, |_, _| Vec::new());
        let app = routes.router.with_state(self.house.clone());
        let app: axum::Router = app.layer(from_fn_with_state(guarding, door::guard));
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        tokio::spawn(async move { axum::serve(listener, app).await });
        let method = if form.is_some() { "POST" } else { "GET" };
        let cookie = who.map(|who| format!("Cookie: baraza={who}\r\n")).unwrap_or_default();
        let csrf = if who.is_some() { "csrf=token&" } else { "" };
        let form = form.map(|form| format!("{csrf}{form}")).unwrap_or_default();
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: node.test\r\nConnection: close\r\n{cookie}\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{form}",
            form.len()
        );
        let mut stream = TcpStream::connect(address).await.expect("it listens");
        stream.write_all(request.as_bytes()).await.expect("it is sent");
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).await.expect("it answers");
        let answer = String::from_utf8(bytes).expect("text");
        let (head, body) = answer.split_once("\r\n\r\n").expect("a head and a body");
        let status = head.split(' ').nth(1).and_then(|s| s.parse().ok()).expect("a status");
        let to = head.lines().find_map(|line| line.strip_prefix("location: "));
        (status, to.unwrap_or_default().to_owned(), body.to_owned())
    }
}

/// Somebody speaks, by phone or on the page, and it belongs to a need.
pub(super) async fn says_of(house: &House, need: Id, words: &str, number: Option<&str>) -> Id {
    let inbound = Inbound {
        channel: if number.is_some() { "sms" } else { "page" },
        words: words.to_owned(),
        number: number.map(str::to_owned),
        language: Some("en".to_owned()),
        ..Inbound::default()
    };
    let heard = hear(house, inbound).await.expect("heard");
    let code = heard.code.parse().expect("a code");
    let id = voices::by_code(house, &code).await.expect("read").expect("kept").id;
    let change = Change::on(vec![id], move |known| {
        let drafts = crate::voices::rules::group(id, known.of(id), need, None)?;
        Ok(Decision { drafts, ..Decision::default() })
    });
    house.store().append(change).await.expect("grouped");
    id
}
