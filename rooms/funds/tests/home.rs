//! A house with all rooms for the tests of this one, on both engines: bodies with mandates, members
//! who keep, score and decide, needs that voices belong to.

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

use crate::door::{self, Guarding, House, HouseParts, Member, Role};
use crate::funds::acts::{self, Act};
use crate::funds::queries;
use crate::funds::records::{
    ApplicationMade, AreaLine, Criterion, Given, Pool, PurseCommitted, PursePaidIn,
    PursePaymentApproved, PursePaymentAsked, PursePledged, Score, Seat, Terms,
};
use crate::funds::rules::Actor;
use crate::funds::rules::application::Verdict;
use crate::funds::views::{Application, Purse, Window};
use crate::people::{self, BodyAsked, MandateAsked};
use crate::places::{self, CityWords, Outline};

/// A noon in November 2026.
pub(super) const NOW_MS: i64 = 20_776 * DAY_MS + DAY_MS / 2;
/// What the mandates are about.
pub(super) const SUBJECT: &str = "Small repairs of water points";

pub(super) struct Home {
    pub(super) house: House,
    now: Arc<AtomicI64>,
    parts: Arc<Parts>,
    _folder: Arc<TempDir>,
    /// The body that decides, and the city above it.
    pub(super) committee: Id,
    pub(super) city: Id,
    pub(super) women: Id,
    pub(super) club: Id,
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
    let parts = Arc::new(Parts {
        database: database.unwrap_or(file),
        node: Signer::fresh(),
        vault: Vault::fresh(),
        texts: Box::leak(Box::new(Texts::new(&all).expect("sound texts"))),
        data: folder.path().to_path_buf(),
    });
    let now = Arc::new(AtomicI64::new(NOW_MS));
    let house = process(&parts, &now).await;
    places::name_city(&house, city_words(""), None).await.expect("the city is named");
    let body = async |name: &str, kind: &str, constituency: &str| {
        let asked = BodyAsked {
            name: name.to_owned(),
            kind: kind.to_owned(),
            constituency: constituency.to_owned(),
            ..BodyAsked::default()
        };
        people::write_body(&house, asked, None).await.expect("a body")
    };
    let committee = body("Komite Pelikan", "committee", "resident").await;
    let city = body("City of Port Kilima", "authority", "local_government").await;
    let women = body("Fanm Pelikan", "organisation", "women_led_org").await;
    let club = body("Pelikan Youth Club", "organisation", "grassroots_org").await;
    let home = Home { house, now, parts, _folder: folder, committee, city, women, club };
    home.mandate(committee, 500_000, "Resolution 12").await;
    home.mandate(city, 10_000_000, "Law of municipalities").await;
    home
}

fn city_words(sms_number: &str) -> CityWords {
    CityWords {
        name: "Port Kilima".to_owned(),
        country: "HTI".to_owned(),
        languages: vec![Lang::En, Lang::Ht],
        emergency: "114".to_owned(),
        sms_number: sms_number.to_owned(),
        offset_minutes: -300,
        demo: true,
    }
}

async fn process(parts: &Arc<Parts>, now: &Arc<AtomicI64>) -> House {
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
        // A test's session is a role, a body perhaps, and a name perhaps.
        who: Arc::new(|_, token| Box::pin(async move { member(&token) })),
    });
    house.keep(crate::funds::dialogue());
    places::refresh(&house).await.expect("the city is read");
    house
}

fn member(token: &str) -> Option<Member> {
    let mut parts = token.split('.');
    let role = parts.next()?;
    let body = parts.next().unwrap_or_default();
    let name = parts.next().unwrap_or(role);
    Some(Member {
        id: Id::named("member", name),
        name: name.to_owned(),
        roles: vec![Role::from_code(role)?],
        bodies: body.parse().into_iter().collect(),
        csrf: "token".to_owned(),
    })
}

/// Somebody of a body.
pub(super) fn of(name: &str, body: Id) -> Actor {
    Actor { id: Some(Id::named("member", name)), bodies: vec![body], coordinates: false }
}

pub(super) fn area(name: &str) -> Id {
    Id::named("area", name)
}

/// Terms that hold.
pub(super) fn terms(committee: Id, today: i64) -> Terms {
    let seat = |name: &str, seat: &str, woman| Seat {
        member: Id::named("member", name),
        seat: seat.to_owned(),
        woman,
    };
    Terms {
        name: "First ninety days".to_owned(),
        purpose: "Small works that bring water back.".to_owned(),
        mechanism: "pooled".to_owned(),
        currency: "USD".to_owned(),
        body: Some(committee),
        subject: SUBJECT.to_owned(),
        pools: vec![Pool { name: "Common pool".to_owned(), areas: Vec::new() }],
        women_led_percent: 30,
        application_minor_max: 600_000,
        overhead_percent: 10,
        criteria: vec![
            Criterion { name: "Does it reach those in need?".to_owned(), weight: 60 },
            Criterion { name: "Can they do it?".to_owned(), weight: 40 },
        ],
        panel: vec![
            seat("Ines", "resident", true),
            seat("Odile", "resident", true),
            seat("Rose", "resident", true),
            seat("Baraka", "officer", false),
            seat("Amara", "funder", true),
        ],
        opens_day: today + 1,
        closes_day: today + 10,
        decides_day: today + 15,
        appeal_days: 3,
        ..Terms::default()
    }
}

pub(super) fn pledge(amount_minor: i64, due_day: i64) -> PursePledged {
    let currency = "USD".to_owned();
    let given = Given { amount_minor, currency, rate_digits: 1, rate_scale: 0, rate_day: 20_000 };
    let directness = "direct_donor".to_owned();
    PursePledged { directness, given, due_day, ..PursePledged::default() }
}

pub(super) fn line(name: &str, people: i64, risk: Option<i64>, cap: i64) -> AreaLine {
    AreaLine {
        area: area(name),
        name: name.to_owned(),
        people,
        cost_minor: 2_000,
        cap_minor: cap,
        risk_tenths: risk,
        source: "Count by the city office".to_owned(),
        day: 20_770,
        ..AreaLine::default()
    }
}

pub(super) fn yes(amount_minor: i64) -> Verdict {
    Verdict {
        funded: true,
        amount_minor,
        reason: "It reaches most of those in need.".to_owned(),
        ..Verdict::default()
    }
}

impl Home {
    /// A second process of the same city.
    pub(super) async fn other(&self) -> House {
        process(&self.parts, &self.now).await
    }

    /// An area that the city has drawn.
    pub(super) async fn drawn(&self, name: &str) -> Id {
        let corners = "18.50, -72.40\n18.50, -72.39\n18.51, -72.39\n18.51, -72.40";
        let outline = Outline::typed(name, corners).expect("an outline");
        let id = places::draw_official(&self.house, outline, None).await.expect("drawn");
        places::refresh(&self.house).await.expect("read");
        id
    }

    /// From now on the city has a number for SMS.
    pub(super) async fn reachable_by_sms(&self, number: &str) {
        places::name_city(&self.house, city_words(number), None).await.expect("named");
        places::refresh(&self.house).await.expect("read");
    }

    /// What is sealed of dialogues and of those who are told.
    pub(super) async fn sealed(&self) -> Vec<Vec<u8>> {
        let sql = "SELECT sealed FROM dialogues UNION ALL SELECT sealed FROM followed";
        let rows = self.house.store().read(sql, vec![]).await.expect("read");
        rows.iter().map(|row| row.bytes(0)).collect()
    }

    /// Whether these bytes stand in a file of the node's folder.
    pub(super) fn on_disk(&self, bytes: &[u8]) -> bool {
        let files = std::fs::read_dir(&self.parts.data).expect("a folder");
        files
            .filter_map(|file| std::fs::read(file.ok()?.path()).ok())
            .any(|file| file.windows(bytes.len()).any(|part| part == bytes))
    }

    /// How many rows a query finds.
    pub(super) async fn kept(&self, sql: &str) -> usize {
        self.house.store().read(sql, vec![]).await.expect("read").len()
    }

    pub(super) fn pass(&self, days: i64) {
        self.now.fetch_add(days * DAY_MS, Ordering::SeqCst);
    }

    pub(super) fn today(&self) -> i64 {
        queries::today(&self.house)
    }

    pub(super) async fn mandate(&self, body: Id, amount: i64, instrument: &str) -> Id {
        let asked = MandateAsked {
            body,
            subject: SUBJECT.to_owned(),
            area: None,
            ceiling: Some((amount, "USD".to_owned())),
            expiry_day: self.today() + 365,
            instrument: instrument.to_owned(),
            by: None,
        };
        people::give_mandate(&self.house, asked, None).await.expect("a mandate")
    }

    pub(super) fn keeper(&self) -> Actor {
        of("Wilner", self.committee)
    }

    pub(super) fn other_keeper(&self) -> Actor {
        of("Nadège", self.committee)
    }

    /// A published window.
    pub(super) async fn window(&self, change: impl Fn(&mut Terms)) -> Id {
        let mut terms = terms(self.committee, self.today());
        change(&mut terms);
        let set = acts::set_terms(&self.house, None, terms, String::new(), self.keeper()).await;
        let id = set.expect("terms are set");
        acts::publish(&self.house, id, self.keeper()).await.expect("published");
        id
    }

    pub(super) async fn keeps(&self, window: Id, act: Act) {
        acts::keep(&self.house, window, act, self.keeper()).await.expect("kept");
    }

    /// Why something is not written.
    pub(super) async fn refuses(&self, window: Id, act: Act, actor: Actor) -> &'static str {
        code(acts::keep(&self.house, window, act, actor).await)
    }

    /// Money that is promised, signed for and there.
    pub(super) async fn filled(&self, window: Id, amount_minor: i64) {
        let pledged = pledge(amount_minor, self.today() + 30);
        self.keeps(window, Act::Pledge(pledged)).await;
        let instrument = "Letter of agreement".to_owned();
        self.keeps(window, Act::Commit(PurseCommitted { pledge: 1, amount_minor, instrument }))
            .await;
        let day = self.today();
        let reference = "slip 7".to_owned();
        self.keeps(
            window,
            Act::PayIn(PursePaidIn { pledge: 1, amount_minor, day, reference, given: None }),
        )
        .await;
    }

    pub(super) fn made(&self, window: Id, body: Option<Id>, amount_minor: i64) -> ApplicationMade {
        let (name, kind) = match body {
            Some(body) if body == self.women => ("Fanm Pelikan", "women_led_org"),
            Some(_) => ("Pelikan Youth Club", "grassroots_org"),
            None => ("Neighbours of the well", "grassroots_org"),
        };
        ApplicationMade {
            window,
            body,
            body_name: name.to_owned(),
            kind: kind.to_owned(),
            what: "Two water trucks for six days".to_owned(),
            people: 400,
            amount_minor,
            how: "The trucks come each morning until the pump works again.".to_owned(),
            needs: vec![Id::named("need", "water")],
            channel: "page".to_owned(),
            ..ApplicationMade::default()
        }
    }

    pub(super) async fn applies(
        &self,
        window: Id,
        body: Option<Id>,
        amount_minor: i64,
        place: &str,
    ) -> Id {
        let made = self.made(window, body, amount_minor);
        let place = Some(area(place)).filter(|_| !place.is_empty());
        acts::apply(&self.house, made, place, None).await.expect("applied").0
    }

    pub(super) async fn scores(&self, id: Id, name: &str, points: [i64; 2]) {
        let scores = points.iter().zip(0..).map(|(points, criterion)| Score {
            criterion,
            points: *points,
            reason: "They know the place.".to_owned(),
        });
        let actor = Actor { id: Some(Id::named("member", name)), ..Actor::default() };
        acts::score(&self.house, id, scores.collect(), actor).await.expect("scored");
    }

    pub(super) async fn decides(&self, id: Id, verdict: Verdict) -> Result<(), &'static str> {
        decided(acts::decide(&self.house, id, verdict, self.keeper()).await)
    }

    /// A payment prepared by one and approved by another.
    pub(super) async fn pays(&self, window: Id, application: i64, amount_minor: i64) -> i64 {
        let asked = self.asked(application, amount_minor);
        let number = acts::ask_payment(&self.house, window, asked, self.keeper()).await;
        let number = number.expect("asked");
        let approved = PursePaymentApproved { number, day: 0, reference: "MM 31".to_owned() };
        let act = Act::Approve(approved);
        acts::keep(&self.house, window, act, self.other_keeper()).await.expect("approved");
        number
    }

    pub(super) fn asked(&self, application: i64, amount_minor: i64) -> PursePaymentAsked {
        PursePaymentAsked {
            application,
            amount_minor,
            means: "mobile_money".to_owned(),
            what: "Two water trucks for six days".to_owned(),
            ..PursePaymentAsked::default()
        }
    }

    pub(super) async fn window_now(&self, id: Id) -> Window {
        queries::window(&self.house, id).await.expect("read").expect("there")
    }

    pub(super) async fn purse(&self, id: Id) -> Purse {
        queries::purse(&self.house, id).await.expect("read")
    }

    pub(super) async fn application(&self, id: Id) -> Application {
        queries::application(&self.house, id).await.expect("read").expect("there")
    }

    /// Status, where it leads, body. A session is `role.body.name`.
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

/// The code of a refusal.
pub(super) fn code<T>(answer: Result<T, door::Trouble>) -> &'static str {
    match answer {
        Err(door::Trouble::Refused(refusal)) => refusal.code,
        Err(door::Trouble::NotFound) => "not found",
        Err(other) => panic!("{other}"),
        Ok(_) => "done",
    }
}

fn decided(answer: Result<(), door::Trouble>) -> Result<(), &'static str> {
    match code(answer) {
        "done" => Ok(()),
        code => Err(code),
    }
}
