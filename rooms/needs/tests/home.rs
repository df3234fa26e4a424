//! A house with all rooms that listens, whose clock the test turns, and the people of its tests.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use axum::Router;
use axum::middleware::from_fn_with_state;
use page::{Lang, Texts};
use record::{DAY_MS, Id, Signer};
use seal::Vault;
use store::{Database, Opening, Plan, Store};
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use crate::door::{self, Guarding, House, HouseParts, Member, Role};
use crate::needs::{Need, Said, acts};
use crate::places::{self, AreaProps, CityWords};
use crate::voices::{self, Inbound, Voice};

/// A noon in November 2026.
pub(super) const NOW_MS: i64 = 20_776 * DAY_MS + DAY_MS / 2;
pub(super) const TODAY: i64 = 20_776;
/// The word that people here choose.
pub(super) const WORD: &str = "mango";

pub(super) struct Home {
    pub(super) house: House,
    now: Arc<AtomicI64>,
    address: std::net::SocketAddr,
    _folder: TempDir,
}

/// What came back.
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) to: String,
    pub(super) body: String,
}

/// A committee of the tests.
pub(super) fn committee() -> Id {
    Id::named("body", "committee")
}

/// A session is a role, perhaps a second one of it (`operator/2`) or one in the committee
/// (`operator/body`).
fn member(token: &str) -> Option<Member> {
    let (role, rest) = token.split_once('/').unwrap_or((token, ""));
    Some(Member {
        id: Id::named("member", token),
        name: "Josué".to_owned(),
        roles: vec![Role::from_code(role)?],
        bodies: if rest == "body" { vec![committee()] } else { Vec::new() },
        csrf: "token".to_owned(),
    })
}

async fn home_on(database: Option<Database>) -> Home {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let file = Database::Sqlite(folder.path().join("baraza.db"));
    let (signer, node) = (Signer::fresh(), Signer::fresh());
    let now = Arc::new(AtomicI64::new(NOW_MS));
    let clock = now.clone();
    let opening = Opening {
        database: database.unwrap_or(file),
        plan: Plan { views: crate::views(), drawers: crate::drawers() },
        delegation: node.delegate(signer.public(), NOW_MS),
        signer,
        node: node.public(),
        now: Arc::new(move || clock.load(Ordering::SeqCst)),
    };
    let all: Vec<_> = crate::texts().chain([page::KIT_TEXTS]).flatten().copied().collect();
    let texts: &'static Texts = Box::leak(Box::new(Texts::new(&all).expect("sound texts")));
    let house = House::new(HouseParts {
        store: Store::open(opening).await.expect("a new store opens"),
        vault: Vault::fresh(),
        texts,
        data: folder.path().to_path_buf(),
        who: Arc::new(|_, token| Box::pin(async move { member(&token) })),
    });
    let city = CityWords {
        name: "Port Kilima".to_owned(),
        country: "HTI".to_owned(),
        languages: Lang::ALL.to_vec(),
        emergency: "114".to_owned(),
        sms_number: String::new(),
        offset_minutes: 0,
        demo: false,
    };
    places::name_city(&house, city, None).await.expect("the city is named");
    let routes = crate::routes();
    let guarding = Guarding::new(house.clone(), &routes.table, |_, _| Vec::new());
    let app: Router =
        routes.router.with_state(house.clone()).layer(from_fn_with_state(guarding, door::guard));
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(async move { axum::serve(listener, app).await });
    Home { house, now, address, _folder: folder }
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

impl Home {
    pub(super) fn pass(&self, ms: i64) {
        self.now.fetch_add(ms, Ordering::SeqCst);
    }

    /// Somebody says something on the page, with a word of theirs; `shown` lets words be shown.
    pub(super) async fn says(&self, words: &str, area: Option<Id>, shown: bool) -> Voice {
        let inbound = Inbound {
            channel: "page",
            words: words.to_owned(),
            chosen_word: Some(WORD.to_owned()),
            area,
            show_words: shown,
            ..Inbound::default()
        };
        let heard = voices::hear(&self.house, inbound).await.expect("heard");
        let code = heard.code.parse().expect("a code");
        let found = voices::queries::by_code(&self.house, &code).await;
        found.expect("read").expect("kept")
    }

    pub(super) async fn voice(&self, id: Id) -> Voice {
        voices::queries::voice(&self.house, id).await.expect("read").expect("kept")
    }

    pub(super) async fn need(&self, id: Id) -> Need {
        crate::needs::need(&self.house, id).await.expect("read").expect("kept")
    }

    /// A need of these voices.
    pub(super) async fn states(&self, of: &[Id], area: Option<Id>) -> Need {
        let said = Said { area, ..said("Drinking water in the lower quarter") };
        let source = if of.is_empty() { "visit" } else { "voices" };
        let id = acts::state(&self.house, said, source, of, None).await.expect("stated");
        self.need(id).await
    }

    /// Invented areas, all in one row from west to east.
    pub(super) async fn areas(&self, n: u32) -> Vec<Id> {
        let feature = |n: u32| {
            let west = 0.01 * f64::from(n);
            let east = west + 0.01;
            let ring = [[west, 0.0], [east, 0.0], [east, 0.01], [west, 0.01], [west, 0.0]];
            serde_json::json!({
                "type": "Feature",
                "properties": { "name": format!("Mtaa {n}") },
                "geometry": { "type": "Polygon", "coordinates": [ring] },
            })
        };
        let features: Vec<_> = (0..n).map(feature).collect();
        let file = serde_json::json!({ "type": "FeatureCollection", "features": features });
        let props = AreaProps { name: "name".to_owned(), ..AreaProps::default() };
        let bytes = file.to_string();
        let done = places::import_areas(&self.house, bytes.as_bytes(), &props, None, |_, _| ());
        done.await.expect("the file is read");
        places::atlas(&self.house).areas().iter().map(|area| area.id).collect()
    }

    /// Asks as a member (`operator`, `officer/body`), or as nobody (empty).
    pub(super) async fn asks(&self, who: &str, path: &str, form: Option<&str>) -> Answer {
        let method = if form.is_some() { "POST" } else { "GET" };
        let cookie =
            if who.is_empty() { String::new() } else { format!("Cookie: baraza={who}\r\n") };
        let csrf = if who.is_empty() { "" } else { "csrf=token&" };
        let form = form.map(|form| format!("{csrf}{form}")).unwrap_or_default();
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: node.test\r\nConnection: close\r\n{cookie}\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{form}",
            form.len()
        );
        let mut stream = TcpStream::connect(self.address).await.expect("it listens");
        stream.write_all(request.as_bytes()).await.expect("it is sent");
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).await.expect("it answers");
        let answer = String::from_utf8(bytes).expect("text");
        let (head, body) = answer.split_once("\r\n\r\n").expect("a head and a body");
        let status = head.split(' ').nth(1).and_then(|s| s.parse().ok()).expect("a status");
        let to = head.lines().find_map(|line| line.strip_prefix("location: "));
        let to = to.unwrap_or_default().to_owned();
        Answer { status, to, body: body.to_owned() }
    }

    /// A page as a member sees it, in English and whole.
    pub(super) async fn page(&self, who: &str, path: &str) -> String {
        let mark = if path.contains('?') { '&' } else { '?' };
        let answer = self.asks(who, &format!("{path}{mark}lang=en"), None).await;
        assert_eq!(answer.status, 200, "{path}: {}", answer.body);
        assert!(!answer.body.contains('⟦'), "{path}: a text is missing: {}", answer.body);
        answer.body
    }

    /// Does something as an operator, and is led on.
    pub(super) async fn does(&self, path: &str, form: &str) -> String {
        let answer = self.asks("operator", path, Some(form)).await;
        assert_eq!(answer.status, 303, "{path} {form}: {}", answer.body);
        answer.to
    }
}

pub(super) fn said(title: &str) -> Said {
    Said { title: title.to_owned(), sector: "wash".to_owned(), ..Said::default() }
}
