//! A house with all rooms for the tests of this one, on both engines: two areas, members who work
//! beside whoever comes, bodies, needs, phones.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use axum::middleware::from_fn_with_state;
use page::{Lang, Texts};
use record::{DAY_MS, Id, Signer};
use seal::Vault;
use store::{Database, Opening, Plan, Store};
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use crate::actions::today;
use crate::door::{self, Guarding, House, HouseParts, Member, Role, Trouble};
use crate::needs::{self, Said};
use crate::people::{self, NewMember};
use crate::places::{self, CityWords, Outline};
use crate::resources::acts;
use crate::resources::queries;
use crate::resources::records::{LotStocked, OfferMade, RequestAsked};
use crate::resources::rules::Actor;
use crate::resources::views::{Lot, Offer, Request};
use crate::voices::sms::{Offered, Sms, receive};
use crate::voices::{Inbound, hear, outbound, queries as voices};

/// A noon in November 2026.
pub(super) const NOW_MS: i64 = 20_776 * DAY_MS + DAY_MS / 2;

pub(super) struct Home {
    pub(super) house: House,
    now: Arc<AtomicI64>,
    parts: Arc<Parts>,
    folder: Arc<TempDir>,
}

/// What a second process of the same city shares with the first.
struct Parts {
    database: Database,
    node: Signer,
    vault: Vault,
    texts: &'static Texts,
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

pub(super) async fn home() -> Home {
    home_on(None).await
}

async fn home_on(database: Option<Database>) -> Home {
    let folder = Arc::new(tempfile::tempdir().expect("a folder for the test"));
    let file = Database::Sqlite(folder.path().join("baraza.db"));
    let all: Vec<_> = crate::texts().chain([page::KIT_TEXTS]).flatten().copied().collect();
    let parts = Arc::new(Parts {
        database: database.unwrap_or(file),
        node: Signer::fresh(),
        vault: Vault::fresh(),
        texts: Box::leak(Box::new(Texts::new(&all).expect("sound texts"))),
    });
    let now = Arc::new(AtomicI64::new(NOW_MS));
    let home = process(parts, now, folder).await;
    let city = CityWords {
        name: "Port Kilima".to_owned(),
        country: "HTI".to_owned(),
        languages: vec![Lang::En, Lang::Ht],
        emergency: "114".to_owned(),
        sms_number: String::new(),
        offset_minutes: 0,
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
        data: folder.path().to_path_buf(),
        // A test's session is its role and the member: `officer.<id>`.
        who: Arc::new(|_, token| Box::pin(async move { member(&token) })),
    });
    house.keep(Offered(|house, voice| Box::pin(acts::offers::by_sms(house, voice))));
    places::refresh(&house).await.expect("the city is read");
    Home { house, now, parts, folder }
}

fn member(token: &str) -> Option<Member> {
    let (role, id) = token.split_once('.').unwrap_or((token, ""));
    Some(Member {
        id: id.parse().unwrap_or(Id::named("member", role)),
        name: "Josué".to_owned(),
        roles: vec![Role::from_code(role)?],
        bodies: Vec::new(),
        csrf: "token".to_owned(),
    })
}

/// Whoever coordinates.
pub(super) fn anybody() -> Actor {
    Actor { id: Some(Id::named("member", "Josué")), bodies: Vec::new(), coordinates: true }
}

/// A member with no body and no say for others.
pub(super) fn just(id: Id) -> Actor {
    Actor { id: Some(id), bodies: Vec::new(), coordinates: false }
}

/// The code of a refusal.
pub(super) fn code<T: std::fmt::Debug>(outcome: Result<T, Trouble>) -> &'static str {
    match outcome {
        Err(Trouble::Refused(refusal)) => refusal.code,
        Err(Trouble::NotFound) => "not-found",
        other => panic!("not refused: {other:?}"),
    }
}

impl Home {
    /// A second process of the same city.
    pub(super) async fn other(&self) -> Home {
        process(self.parts.clone(), self.now.clone(), self.folder.clone()).await
    }

    pub(super) fn pass(&self, ms: i64) {
        self.now.fetch_add(ms, Ordering::SeqCst);
    }

    pub(super) fn day(&self, ahead: i64) -> i64 {
        today(&self.house) + ahead
    }

    /// An area, a kilometre wide; each further east of the one before.
    pub(super) async fn area(&self, name: &str, east: i64) -> Id {
        let west = 36_000_000 + east * 20_000;
        let at = |lon: i64, lat: i64| {
            let part = |n: i64| format!("{}.{:06}", n / 1_000_000, n % 1_000_000);
            format!("{}, {}", part(lat), part(lon))
        };
        let (right, low, high) = (west + 10_000, 1_000_000, 1_010_000);
        let corners = [at(west, low), at(right, low), at(right, high), at(west, high)].join("\n");
        let outline = Outline::typed(name, &corners).expect("an outline");
        let id = places::draw_official(&self.house, outline, None).await.expect("drawn");
        places::refresh(&self.house).await.expect("read");
        id
    }

    pub(super) async fn member(&self, name: &str) -> Id {
        let new = NewMember {
            name: name.to_owned(),
            passphrase: "four small plain words".to_owned(),
            roles: vec![Role::Officer],
        };
        people::join(&self.house, new, None).await.expect("joined")
    }

    pub(super) async fn body(&self, name: &str) -> Id {
        let formed = people::form_body(&self.house, name, "committee", None, None).await;
        formed.expect("a body")
    }

    pub(super) async fn need(&self, area: Id, people: Option<i64>) -> Id {
        let said = Said {
            title: "Dry places to sleep are missing".to_owned(),
            area: Some(area),
            sector: "shelter".to_owned(),
            severity: 3,
            people_min: people,
            people_max: people,
            since_day: None,
        };
        needs::acts::state(&self.house, said, "visit", &[], None).await.expect("stated")
    }

    /// What is asked for when nothing else matters.
    pub(super) fn asking(&self, item: &str, amount: i64, counterpart: Id) -> RequestAsked {
        RequestAsked {
            item: item.to_owned(),
            what: "Repair the walls of the school".to_owned(),
            amount,
            counterpart,
            wanted_day: self.day(7),
            hand_over_day: self.day(30),
            urgency: 3,
            ..RequestAsked::default()
        }
    }

    pub(super) async fn request(&self, item: &str, amount: i64, area: Id, counterpart: Id) -> Id {
        let asked = self.asking(item, amount, counterpart);
        acts::requests::ask(&self.house, asked, Some(area), None).await.expect("asked")
    }

    /// What a body offers when nothing else matters.
    pub(super) fn offering(&self, item: &str, amount: i64, body: Id) -> OfferMade {
        OfferMade {
            item: item.to_owned(),
            amount,
            from_day: self.day(0),
            until_day: self.day(60),
            giver: "body".to_owned(),
            body: Some(body),
            ..OfferMade::default()
        }
    }

    pub(super) async fn offer(&self, item: &str, amount: i64, area: Id, body: Id) -> Id {
        let made = self.offering(item, amount, body);
        acts::offers::make(&self.house, made, Some(area), None).await.expect("offered")
    }

    pub(super) async fn stock(&self, item: &str, amount: i64, area: Id) -> Id {
        let stocked = LotStocked {
            item: item.to_owned(),
            amount,
            source: "bought".to_owned(),
            ..LotStocked::default()
        };
        acts::goods::stock(&self.house, stocked, Some(area), None).await.expect("stocked")
    }

    /// Sends an SMS; what is answered to its number.
    pub(super) async fn sms(&self, from: &str, text: &str) -> Vec<String> {
        let sms = Sms {
            gateway: "test".to_owned(),
            id: Id::fresh(self.house.now_ms()).to_string(),
            from: from.to_owned(),
            text: text.to_owned(),
            sent_ms: None,
        };
        receive(&self.house, &sms).await.expect("the SMS is taken");
        self.replies(from).await
    }

    pub(super) async fn replies(&self, to: &str) -> Vec<String> {
        let leased = outbound::lease(&self.house, 100).await.expect("leased");
        let ids: Vec<Id> = leased.iter().map(|message| message.id).collect();
        outbound::handed(&self.house, &ids).await.expect("handed");
        leased.into_iter().filter(|message| message.to == to).map(|message| message.text).collect()
    }

    /// Somebody speaks by phone, and it belongs to a need.
    pub(super) async fn says_of(&self, need: Id, number: &str) -> Id {
        let inbound = Inbound {
            channel: "sms",
            words: "We sleep in the wet".to_owned(),
            number: Some(number.to_owned()),
            language: Some("en".to_owned()),
            ..Inbound::default()
        };
        let heard = hear(&self.house, inbound).await.expect("heard");
        let code = heard.code.parse().expect("a code");
        let id = voices::by_code(&self.house, &code).await.expect("read").expect("kept").id;
        needs::acts::group(&self.house, &[(id, need)], None).await.expect("grouped");
        id
    }

    pub(super) async fn request_now(&self, id: Id) -> Request {
        queries::request(&self.house, id).await.expect("read").expect("there")
    }

    pub(super) async fn offer_now(&self, id: Id) -> Offer {
        queries::offer(&self.house, id).await.expect("read").expect("there")
    }

    pub(super) async fn lot_now(&self, id: Id) -> Lot {
        queries::lot(&self.house, id).await.expect("read").expect("there")
    }

    /// All open offers.
    pub(super) async fn offers(&self) -> Vec<Offer> {
        queries::offers(&self.house, (None, None), None).await.expect("read")
    }

    /// Whether any record or row of any table still holds these letters.
    pub(super) async fn holds(&self, letters: &str) -> bool {
        let rows = self.house.store().read("SELECT plain, sealed FROM records", vec![]).await;
        let needle = letters.as_bytes();
        let has = |bytes: Vec<u8>| bytes.windows(needle.len()).any(|window| window == needle);
        rows.expect("read").iter().any(|row| has(row.bytes(0)) || has(row.bytes(1)))
    }

    /// Status, where it leads, body. A session is a role and a member: `officer.<id>`.
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
