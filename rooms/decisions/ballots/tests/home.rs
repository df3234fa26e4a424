//! A house with all rooms for the tests of ballots: Mirlande is steward, Rose gives out cards,
//! Wilner keeps the box, Nadège and Inès count papers, Josué is somebody else at the desk.

use std::collections::HashMap;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};

use axum::middleware::from_fn_with_state;
use page::{Lang, Texts};
use record::{DAY_MS, Id, Signer};
use seal::Vault;
use store::{Database, Opening, Plan, Store};
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use super::super::acts;
use super::super::card::Card;
use super::super::queries;
use super::super::records::{BallotRoundAnnounced, ProjectSaid, RightSaid};
use super::super::rules::{Announcing, CLOSE_GRACE_MS, Hand};
use super::super::views::Round;
use crate::decisions::resolutions::acts::Actor;
use crate::door::{self, Guarding, House, HouseParts, Member, Role, Trouble};
use crate::people::{self, NewMember};
use crate::places::{self, CityWords};
use crate::voices::sms::{Elsewhere, Sms, receive};
use crate::{decisions, voices};

pub(super) const NOW_MS: i64 = 20_784 * DAY_MS + DAY_MS / 2;
pub(super) const HOUR_MS: i64 = 60 * 60 * 1000;

pub(super) struct Home {
    pub(super) house: House,
    pub(super) now: Arc<AtomicI64>,
    members: Arc<Mutex<HashMap<String, Member>>>,
    pub(super) market: Id,
    pub(super) women: Id,
    _folder: TempDir,
}

pub(super) async fn home_on(database: Option<Database>) -> Home {
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
    let members: Arc<Mutex<HashMap<String, Member>>> = Arc::default();
    let known = members.clone();
    let house = House::new(HouseParts {
        store: Store::open(opening).await.expect("a new store opens"),
        vault: Vault::fresh(),
        texts,
        data: folder.path().to_path_buf(),
        who: Arc::new(move |_, token| {
            let found = known.lock().expect("nobody broke it").get(&token).cloned();
            Box::pin(async move { found })
        }),
    });
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
    house.keep(Elsewhere(|house, asked, person| Box::pin(decisions::by_sms(house, asked, person))));
    let body = |name: &'static str| people::form_body(&house, name, "organisation", None, None);
    let women = body("Women of Lavil").await.expect("formed");
    let market = body("Market sellers").await.expect("formed");
    let home = Home { house, now, members, market, women, _folder: folder };
    home.joins("mirlande", Role::Steward, &[]).await;
    home.joins("rose", Role::Committee, &[]).await;
    home.joins("wilner", Role::Officer, &[]).await;
    home.joins("nadege", Role::Facilitator, &[women]).await;
    home.joins("ines", Role::Committee, &[market]).await;
    home.joins("josue", Role::Operator, &[market]).await;
    home
}

pub(super) async fn homes() -> Vec<Home> {
    let mut homes = vec![home_on(None).await];
    if let Some(url) = testkit::postgres::url() {
        let fresh = testkit::postgres::fresh_database(&url).expect("an empty database");
        homes.push(home_on(Some(Database::Postgres(fresh))).await);
    }
    homes
}

/// The code of a refusal.
pub(super) fn code<T: std::fmt::Debug>(outcome: Result<T, Trouble>) -> &'static str {
    match outcome {
        Err(Trouble::Refused(refusal)) => refusal.code,
        other => panic!("not refused: {other:?}"),
    }
}

/// A round as it could be announced now: four projects, three ticks, 10 000 gourdes.
pub(super) fn asked() -> BallotRoundAnnounced {
    let project = |title: &str, gourdes: i64| ProjectSaid {
        title: title.to_owned(),
        cost_minor: gourdes * 100,
        ..ProjectSaid::default()
    };
    BallotRoundAnnounced {
        question: "What shall the money of this year do for Lavil?".to_owned(),
        kind: "approval".to_owned(),
        choices_max: 3,
        rule: "mes_cost_add1u".to_owned(),
        tie: "list".to_owned(),
        budget_minor: 1_000_000,
        decimals: 2,
        currency: "HTG".to_owned(),
        projects: vec![
            project("A tap at the school", 4_000),
            project("Lamps on the stairs", 3_000),
            project("A drain behind the market", 5_000),
            project("A bench in the shade", 500),
        ],
        place: "Port Kilima".to_owned(),
        who: "Everybody of sixteen and more who lives here".to_owned(),
        opens_ms: NOW_MS + 25 * HOUR_MS,
        closes_ms: NOW_MS + 73 * HOUR_MS,
        appeal_days: 7,
        full_if_many: true,
        right: Some(RightSaid::default()),
        ..BallotRoundAnnounced::default()
    }
}

/// The same with ten points on a ballot, counted by them.
pub(super) fn cumulative() -> BallotRoundAnnounced {
    BallotRoundAnnounced {
        kind: "cumulative".to_owned(),
        points: 10,
        rule: "mes_points_add1u".to_owned(),
        ..asked()
    }
}

impl Home {
    async fn joins(&self, name: &str, role: Role, bodies: &[Id]) {
        let new = NewMember {
            name: name.to_owned(),
            passphrase: "tap lamp drain bench".to_owned(),
            roles: vec![role],
        };
        let id = people::join(&self.house, new, None).await.expect("joined");
        for body in bodies {
            let joined = people::set_membership(&self.house, *body, id, true, None);
            joined.await.expect("belongs");
        }
        let (name, roles) = (name.to_owned(), vec![role]);
        let (bodies, csrf) = (bodies.to_vec(), "token".to_owned());
        let member = Member { id, name: name.clone(), roles, bodies, csrf };
        self.members.lock().expect("nobody broke it").insert(name, member);
    }

    pub(super) fn hand(&self, name: &str) -> Hand {
        let members = self.members.lock().expect("nobody broke it");
        let member = members.get(name).expect("a member");
        Hand { id: member.id, bodies: member.bodies.clone() }
    }

    /// Announces a round that Rose and Wilner look after.
    pub(super) async fn announces(&self, said: BallotRoundAnnounced) -> Result<Id, Trouble> {
        let (registrar, keeper) = (self.hand("rose").id, self.hand("wilner").id);
        let said = self.for_women(BallotRoundAnnounced { registrar, keeper, ..said });
        acts::announce(&self.house, Announcing { said, area: None }, &Actor::default()).await
    }

    /// The round as the women's body holds it, where it says no other.
    pub(super) fn for_women(&self, said: BallotRoundAnnounced) -> BallotRoundAnnounced {
        let named = said.right.clone().filter(|right| right.body != Id::NONE);
        let right = named.unwrap_or(RightSaid { body: self.women, ..RightSaid::default() });
        BallotRoundAnnounced { right: Some(right), ..said }
    }

    /// A round with so many cards, open.
    pub(super) async fn open(&self, cards: usize) -> (Id, Vec<Card>) {
        self.open_as(asked(), cards).await
    }

    pub(super) async fn open_as(
        &self,
        said: BallotRoundAnnounced,
        cards: usize,
    ) -> (Id, Vec<Card>) {
        let id = self.announces(said).await.expect("announced");
        let made = self.cards(id, cards).await.expect("printed");
        self.at(NOW_MS + 26 * HOUR_MS);
        (id, made)
    }

    pub(super) async fn cards(&self, id: Id, n: usize) -> Result<Vec<Card>, Trouble> {
        let batch = Id::fresh(self.house.now_ms());
        let sheet = acts::Sheet { batch, cards: n, area: None, lot: String::new() };
        acts::cards(&self.house, id, sheet, self.hand("rose")).await
    }

    pub(super) fn at(&self, now_ms: i64) {
        self.now.store(now_ms, Ordering::SeqCst);
    }

    /// Two minutes and a moment after closing.
    pub(super) fn closes(&self) {
        self.at(asked().closes_ms + CLOSE_GRACE_MS + 1);
    }

    pub(super) async fn round(&self, id: Id) -> Round {
        queries::round(&self.house, id).await.expect("read").expect("there")
    }

    pub(super) async fn cast(
        &self,
        id: Id,
        card: &Card,
        ticks: &[usize],
    ) -> Result<[u8; 32], Trouble> {
        let ticked = ticks.iter().map(|n| (*n, 1)).collect();
        acts::cast(&self.house, &self.round(id).await, card.clone(), &ticked).await
    }

    /// Closes and counts; the result, recounted by whoever reads it.
    pub(super) async fn result(&self, id: Id) -> ballots::Bundle {
        self.closes();
        acts::count(&self.house, id, self.hand("wilner")).await.expect("counted");
        let json = queries::bundle(&self.house, id).await.expect("read").expect("published");
        let bundle = ballots::read(json.as_bytes()).expect("a bundle");
        assert_eq!(ballots::verify(&bundle).found, vec![]);
        bundle
    }

    /// Sends an SMS; what is answered.
    pub(super) async fn sms(&self, from: &str, text: &str) -> Vec<String> {
        self.sms_again(from, text, &Id::fresh(0).to_string()).await
    }

    pub(super) async fn sms_again(&self, from: &str, text: &str, id: &str) -> Vec<String> {
        let sms = Sms {
            gateway: "test".to_owned(),
            id: id.to_owned(),
            from: from.to_owned(),
            text: text.to_owned(),
            sent_ms: None,
        };
        receive(&self.house, &sms).await.expect("the SMS is taken");
        self.out().await.into_iter().filter(|(to, _)| to == from).map(|(_, text)| text).collect()
    }

    /// What waits to be sent, handed over.
    pub(super) async fn out(&self) -> Vec<(String, String)> {
        let leased = voices::outbound::lease(&self.house, 1000).await.expect("leased");
        let ids: Vec<Id> = leased.iter().map(|message| message.id).collect();
        voices::outbound::handed(&self.house, &ids).await.expect("handed");
        leased.into_iter().map(|message| (message.to, message.text)).collect()
    }

    /// Status, where it leads, body.
    pub(super) async fn asks(
        &self,
        who: &str,
        path: &str,
        form: Option<&str>,
    ) -> (u16, String, String) {
        let routes = crate::routes();
        let guarding = Guarding::new(self.house.clone(), &routes.table, |_, _| Vec::new());
        let app = routes.router.with_state(self.house.clone());
        let app: axum::Router = app.layer(from_fn_with_state(guarding, door::guard));
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let server = tokio::spawn(async move { axum::serve(listener, app).await });
        let method = if form.is_some() { "POST" } else { "GET" };
        let csrf = if who.is_empty() { "" } else { "csrf=token&" };
        let cookie =
            if who.is_empty() { String::new() } else { format!("Cookie: baraza={who}\r\n") };
        let form = form.map(|form| format!("{csrf}{form}")).unwrap_or_default();
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: node.test\r\nConnection: close\r\n{cookie}\
             Content-Type: application/x-www-form-urlencoded\r\n\
             Content-Length: {}\r\n\r\n{form}",
            form.len()
        );
        let mut stream = TcpStream::connect(address).await.expect("it listens");
        stream.write_all(request.as_bytes()).await.expect("it is sent");
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).await.expect("it answers");
        server.abort();
        let answer = String::from_utf8(bytes).expect("text");
        let (head, body) = answer.split_once("\r\n\r\n").expect("a head and a body");
        let status = head.split(' ').nth(1).and_then(|s| s.parse().ok()).expect("a status");
        let to = head.lines().find_map(|line| line.strip_prefix("location: "));
        (status, to.unwrap_or_default().to_owned(), body.to_owned())
    }

    pub(super) async fn page(&self, who: &str, path: &str) -> String {
        let (status, to, body) = self.asks(who, path, None).await;
        assert_eq!(status, 200, "{who} {path}: {to} {body}");
        body
    }
}
