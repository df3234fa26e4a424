//! Tests of the thread: the counts against somebody clever, the way of a voice, and the pages
//! through HTTP on a house with all rooms.

mod acts;
mod counts;
mod freezing;
mod pages;
mod way;

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use axum::Router;
use axum::middleware::from_fn_with_state;
use page::{Lang, Texts};
use record::{DAY_MS, Id, Signer};
use seal::Vault;
use store::{Change, Database, Decision, Name, Opening, Plan, Statement, Store};
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use crate::door::{self, Guarding, House, HouseParts};
use crate::places::{self, AreaProps, CityWords};
use crate::voices::{self, Code, Inbound, Voice, VoiceAnswered};

/// A noon in November 2026.
const NOW_MS: i64 = 20_776 * DAY_MS + DAY_MS / 2;
/// The word that people here choose.
const WORD: &str = "mango";

/// A house with all rooms that listens, and whose clock the test turns.
struct Home {
    house: House,
    now: Arc<AtomicI64>,
    address: std::net::SocketAddr,
    _folder: TempDir,
}

/// What came back.
struct Answer {
    status: u16,
    to: String,
    body: String,
}

async fn home() -> Home {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let database = Database::Sqlite(folder.path().join("baraza.db"));
    home_on(database, folder).await
}

async fn home_on(database: Database, folder: TempDir) -> Home {
    let (signer, node) = (Signer::fresh(), Signer::fresh());
    let now = Arc::new(AtomicI64::new(NOW_MS));
    let clock = now.clone();
    let opening = Opening {
        database,
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
        who: Arc::new(|_, _| Box::pin(async { None })),
    });
    let city = CityWords {
        name: "Port Kilima".to_owned(),
        country: "HTI".to_owned(),
        languages: Lang::ALL.to_vec(),
        emergency: "114".to_owned(),
        sms_number: "+509 3700 0000".to_owned(),
        offset_minutes: -300,
        demo: false,
    };
    places::name_city(&house, city, None).await.expect("the city is named");
    let address = open(&house).await;
    Home { house, now, address, _folder: folder }
}

async fn open(house: &House) -> std::net::SocketAddr {
    let routes = crate::routes();
    let guarding = Guarding::new(house.clone(), &routes.table, |_, _| Vec::new());
    let app: Router =
        routes.router.with_state(house.clone()).layer(from_fn_with_state(guarding, door::guard));
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(async move { axum::serve(listener, app).await });
    address
}

impl Home {
    async fn asks(&self, method: &str, path: &str, form: &str) -> Answer {
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: node.test\r\nConnection: close\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{form}",
            form.len()
        );
        let mut stream = TcpStream::connect(self.address).await.expect("it listens");
        stream.write_all(request.as_bytes()).await.expect("it is sent");
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).await.expect("it answers");
        let answer = String::from_utf8(bytes).expect("text");
        let (head, body) = answer.split_once("\r\n\r\n").expect("a head and a body");
        let mut lines = head.lines();
        let status = lines.next().and_then(|line| line.split(' ').nth(1)).expect("a status");
        let to = lines.find_map(|line| line.strip_prefix("location: ")).unwrap_or_default();
        Answer {
            status: status.parse().expect("a number"),
            to: to.to_owned(),
            body: body.to_owned(),
        }
    }

    async fn get(&self, path: &str) -> Answer {
        self.asks("GET", path, "").await
    }

    async fn page(&self, path: &str) -> String {
        let answer = self.get(path).await;
        assert_eq!(answer.status, 200, "{path}: {}", answer.body);
        assert!(!answer.body.contains('⟦'), "{path}: a text is missing: {}", answer.body);
        answer.body
    }

    fn pass(&self, ms: i64) {
        self.now.fetch_add(ms, Ordering::SeqCst);
    }

    /// Somebody says something on the page, with a word of theirs; the code that follows it.
    async fn hear(&self, area: Option<Id>) -> Code {
        let inbound = Inbound {
            channel: "page",
            words: "Dlo antre nan kay la".to_owned(),
            place: Some("dèyè legliz la".to_owned()),
            number: Some("+50937000123".to_owned()),
            chosen_word: Some(WORD.to_owned()),
            area,
            ..Inbound::default()
        };
        let heard = voices::hear(&self.house, inbound).await.expect("it is heard");
        heard.code.parse().expect("a code")
    }

    async fn voice(&self, code: &Code) -> Voice {
        let found = voices::queries::by_code(&self.house, code).await;
        found.expect("the store reads").expect("the code is known")
    }

    async fn answer(&self, code: &Code, outcome: &str, words: &str) {
        let answered = VoiceAnswered {
            outcome: outcome.to_owned(),
            body: None,
            due_day: (outcome == "in_progress").then_some(NOW_MS / DAY_MS + 2),
        };
        let voice = self.voice(code).await;
        voices::acts::answer(&self.house, &voice, answered, words.to_owned(), None)
            .await
            .expect("it is answered");
    }

    /// A report as the sealed log keeps it, with its code.
    async fn sealed(&self) -> Code {
        let mut chance = [0; 5];
        seal::chance(&mut chance);
        let (code, id) = (Code::from_chance(chance), Id::fresh(NOW_MS));
        let sql = "INSERT INTO sensitive_log (writer, place, id, day, sealed, keys, before, hash, \
                   code, state) VALUES ($1, 1, $2, $3, $4, $5, $6, $7, $8, 'received')";
        let none = || store::Value::from(vec![0u8; 4]);
        let params = vec![
            self.house.store().writer().into(),
            id.into(),
            (NOW_MS / DAY_MS).into(),
            none(),
            none(),
            none(),
            none(),
            code.plain().into(),
        ];
        let statements = vec![Statement::new(sql, params)];
        let decision = Decision { statements, ..Decision::default() };
        let key = self.house.vault().keyed("code", code.plain().as_bytes());
        let change = Change::writing(decision).claiming(Name { space: "code", key }, id);
        self.house.store().append(change).await.expect("the report is kept");
        code
    }

    /// Invented areas, all in one row from west to east, each in one of two districts.
    async fn areas(&self, n: usize) -> Vec<Id> {
        let features: Vec<_> = (0..n).map(feature).collect();
        let file = serde_json::json!({ "type": "FeatureCollection", "features": features });
        let props = AreaProps {
            name: "name".to_owned(),
            parent: Some("district".to_owned()),
            ..AreaProps::default()
        };
        let bytes = file.to_string();
        let done = places::import_areas(&self.house, bytes.as_bytes(), &props, None, |_, _| ());
        assert_eq!(done.await.expect("the file is read").new, n);
        places::atlas(&self.house).areas().iter().map(|area| area.id).collect()
    }
}

fn feature(n: usize) -> serde_json::Value {
    let west = 0.01 * f64::from(u32::try_from(n).unwrap_or(0));
    let east = west + 0.01;
    let ring = [[west, 0.0], [east, 0.0], [east, 0.01], [west, 0.01], [west, 0.0]];
    let district = if n.is_multiple_of(3) { "Kaskazini" } else { "Kusini & Pwani" };
    serde_json::json!({
        "type": "Feature",
        "properties": { "name": format!("Mtaa {n}"), "district": district },
        "geometry": { "type": "Polygon", "coordinates": [ring] },
    })
}
